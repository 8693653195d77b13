"""Forms of the account pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.models import User

if TYPE_CHECKING:
    ProfileBase = forms.ModelForm[User]
    PasswordBase = PasswordChangeForm
    SetPasswordBase = SetPasswordForm[User]
else:
    ProfileBase, PasswordBase, SetPasswordBase = forms.ModelForm, PasswordChangeForm, SetPasswordForm

ADVICE = (
    "At least 12 characters; a few unrelated words are easier to remember and harder to guess "
    "than one word with digits."
)
DIFFERENT = "This is not the same as the new password above. Type it again."


class LogInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """User name and password; the refusal says what to do, not which of the two was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.help_text = "User name", ""
        name.widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        name.widget.attrs["maxlength"] = name.max_length
        password.widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})

    def add_prefix(self, field_name: str) -> str:
        """The input for the name is called as everywhere else, which browsers and scripts rely on."""
        return "username" if field_name == "login" else field_name


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]
    """One's own password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})


def ask_for_code(form: forms.Form, help_text: str) -> None:
    field = form.fields["code"]
    field.label, field.help_text = "Code", help_text
    field.widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": 20, "class": "number"}
    )


EITHER = "Six digits from your authenticator app, or one of your recovery codes."


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self, EITHER)


class ConfirmCodeForm(ReauthenticateByCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self, EITHER)


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_code(self, "The six digits that the app shows now.")


class NewPasswordForm(PasswordBase):
    """The old password, and the new one twice."""

    error_messages = {
        "password_mismatch": DIFFERENT,
        "password_incorrect": "This is not your present password. Type it again.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Present password"
        self.fields["new_password2"].label = "New password, again"
        self.fields["new_password2"].help_text = ""
        self.fields["new_password1"].help_text = ADVICE


class ForgottenPasswordForm(SetPasswordBase):
    """The new password twice; that it is theirs, they have shown by opening the link."""

    error_messages = {"password_mismatch": DIFFERENT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = ADVICE
        self.fields["new_password2"].label, self.fields["new_password2"].help_text = "New password, again", ""


class AddressForm(forms.Form):
    """Where a link for a new password is sent."""

    email = forms.EmailField(label="Mail address", max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs |= {"autocomplete": "email"}


class ProfileForm(ProfileBase):
    """What others see of a person, and where mail goes."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email"]
        labels = {"first_name": "First name", "last_name": "Last name", "email": "Mail address"}

    def __init__(self, *args: Any, mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["email"].disabled = not mail
        self.fields["email"].help_text = (
            "A new address gets a mail first, with a link that confirms it."
            if mail
            else "This TEC sends no mail, so it cannot confirm a new address; an administrator can change it."
        )


class TokenForm(forms.Form):
    """A new personal token."""

    name = forms.CharField(
        max_length=80,
        label="Name",
        help_text="What it is for, and where: “nightly check on build-7”. You recognise it by this later.",
    )
    days = forms.TypedChoiceField(
        coerce=int,
        label="Works for",
        choices=[(30, "30 days"), (90, "90 days"), (365, "365 days")],
        help_text="Then a program that still uses it is turned away. Short is safer.",
    )
    writes = forms.TypedChoiceField(
        coerce=lambda value: value == "write",
        label="May",
        choices=[("read", "read only"), ("write", "read and write")],
        help_text="Never more than you may yourself.",
    )
