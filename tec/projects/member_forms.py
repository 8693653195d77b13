"""Forms about the people of a project: add, invite, change a role, join by an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from tec.projects.forms import NameField
from tec.projects.models import Role

if TYPE_CHECKING:
    from django.contrib.auth.models import User as UserType

    Account = UserCreationForm[UserType]
else:
    Account = UserCreationForm

DAYS = {1: "one day", 7: "a week", 30: "30 days"}


class RoleForm(forms.Form):
    """What somebody is to the project."""

    role = forms.ChoiceField(choices=Role.choices, initial=Role.VIEWER)


class AddForm(RoleForm):
    """Somebody who has an account, by user name or e-mail address."""

    person = NameField(
        max_length=254,
        label="User name or e-mail address",
        error_messages={"required": "Say who: a user name, or the e-mail address of an account."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    field_order = ("person", "role")

    def clean_person(self) -> UserType:
        asked: str = self.cleaned_data["person"]
        people = User.objects.filter(is_active=True)
        found = list(people.filter(username=asked)) or list(people.filter(email__iexact=asked)[:2])
        if len(found) != 1:
            said = "Nobody here has" if not found else "Several people have"
            advice = "Invite them by a link instead." if not found else "Give the user name."
            raise ValidationError(f"{said} the name or address “{asked}”. {advice}")
        return found[0]


class InviteForm(RoleForm):
    """A link for one person."""

    note = NameField(
        max_length=100,
        required=False,
        label="For whom",
        help_text="So that you know later which link this was.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        max_length=254,
        required=False,
        label="E-mail address",
        help_text="The link is sent there.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(label="Works for", choices=list(DAYS.items()), coerce=int, initial=7)
    field_order = ("note", "email", "role", "days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not settings.MAIL:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        return {"email": ""} | (super().clean() or self.cleaned_data)


class JoinForm(Account):
    """The account of somebody who comes by an invitation; the password by the rules for every password."""

    class Meta(UserCreationForm.Meta):
        fields = ("username", "first_name", "last_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        texts = {
            "username": ("User name", "What you log in with: letters, digits and @ . + - _ only."),
            "first_name": ("First name", ""),
            "last_name": ("Last name", ""),
            "email": ("E-mail address", "For a new password, should you forget yours."),
            "password1": ("Password", "At least 12 characters, and none of the passwords everybody uses."),
            "password2": ("Password once more", ""),
        }
        for name, (label, help_text) in texts.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        completions = {"username": "username", "first_name": "given-name", "last_name": "family-name"}
        for name, kind in completions.items():
            self.fields[name].widget.attrs |= {"autocomplete": kind}
            self.fields[name].widget.attrs.pop("autofocus", None)
        for name in ("password1", "password2"):
            self.fields[name].widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})

    @property
    def account(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
