"""Forms of the site itself."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm


class LogInForm(AuthenticationForm):
    """User name and password; the refusal says what to do, not which of the two was wrong."""

    error_messages = {
        "invalid_login": "This user name and password do not belong together. Both are case-sensitive: "
        "please type them again, or ask an administrator for a new password.",
        "inactive": "This account is switched off. Ask an administrator to switch it on again.",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["username"].label = "User name"
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
