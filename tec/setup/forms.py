"""The form at the end of the set-up link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.forms import UserCreationForm

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    Base = UserCreationForm[User]
else:
    Base = UserCreationForm


class FirstAdminForm(Base):
    """User name and a password typed twice, by the rules for every password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, first, second = (self.fields[key] for key in ("username", "password1", "password2"))
        name.label, first.label, second.label = "User name", "Password", "Password once more"
        name.help_text = "Letters, digits and @ . + - _ only."
        first.help_text = "At least 12 characters, and none of the passwords everybody uses."
        second.help_text = ""
        for field in (first, second):
            field.widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
