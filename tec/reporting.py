"""What the error page of developers hides besides what Django does: addresses of services hold passwords."""

from __future__ import annotations

import re

from django.views.debug import SafeExceptionReporterFilter


class ReporterFilter(SafeExceptionReporterFilter):
    hidden_settings = re.compile(
        "API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|HTTP_COOKIE|(DATABASE|REDIS|BROKER|CACHE|EMAIL|SMTP).*URL",
        re.IGNORECASE,
    )
