"""The form at the end of the set-up link."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import UserCreationForm


class FirstAdminForm(UserCreationForm):
    """User name and a password typed twice, by the rules for every password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        name, first, second = (self.fields[key] for key in ("username", "password1", "password2"))
        name.label, first.label, second.label = "User name", "Password", "Password once more"
        name.help_text = "Letters, digits and @ . + - _ only."
        first.help_text = "At least 12 characters, and none of the passwords everybody uses."
        second.help_text = ""
        for field in (first, second):
            field.widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
