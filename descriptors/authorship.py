"""Who last changed each field of a document: kept beside it and carried along with every save.

So the answer costs the same after ten revisions and after ten thousand. It can always be worked out again
from the revisions; what was never carried along starts with the newest ones.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from descriptors.blame import Lines


class Authorship(models.Model):
    """For the newest revision of one document, which revision last changed what."""

    document = models.OneToOneField(
        "descriptors.Document", on_delete=models.CASCADE, related_name="authorship"
    )
    number = models.PositiveIntegerField()  # the revision it is about
    since = models.PositiveIntegerField()  # looked at from here on: this number means “here or earlier”
    text = models.TextField()

    def __str__(self) -> str:
        return f"authorship of {self.document} at revision {self.number}"

    @property
    def lines(self) -> Lines:
        found: Lines = json.loads(self.text)
        return found
