"""Forms of the site itself."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm


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


class NewPasswordForm(PasswordChangeForm):
    """The old password, and the new one twice."""

    error_messages = {
        "password_mismatch": "This is not the same as the new password above. Type it again.",
        "password_incorrect": "This is not your present password. Type it again.",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["old_password"].label = "Present password"
        self.fields["new_password2"].label = "New password, again"
        self.fields["new_password2"].help_text = ""
        self.fields["new_password1"].help_text = (
            "At least 12 characters; a few unrelated words are easier to remember and harder to guess "
            "than one word with digits."
        )
