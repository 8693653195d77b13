"""How a project is linked to a repository, as people enter it; no secret is ever sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings

from descriptors.repositories import keys
from descriptors.repositories.address import (
    AddressRefused,
    branch_problem,
    folder_problem,
    listed_as_any,
    parse,
)
from descriptors.repositories.models import Every, OnDifference, Repository
from tec.projects.forms import VersionField

if TYPE_CHECKING:
    from tec.audit.moved import Moved

KEEP = "keep"

CREDENTIALS = [
    ("", "None: everybody may read it"),
    ("token", "A token, for https"),
    ("made", "A key pair that TEC makes, for ssh"),
    ("key", "A private key of yours, for ssh"),
]


def plain(longest: int, *, required: bool = False, inputmode: str = "text", **more: Any) -> forms.CharField:
    """A line that no browser completes or corrects."""
    attrs = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none", "inputmode": inputmode}
    return forms.CharField(max_length=longest, required=required, widget=forms.TextInput(attrs=attrs), **more)


class RepositoryForm(forms.Form):
    """Where the documents come from, as whom, and what happens then."""

    url = plain(
        500,
        label="Address",
        required=True,
        inputmode="url",
        error_messages={"required": "Give the address of the repository."},
    )
    branch = plain(200, label="Branch", help_text="Empty: the main branch of the repository.")
    path = plain(
        400,
        label="Folder",
        help_text="Where the descriptor files are, like docs/descriptors. Empty: at the top.",
    )
    credential = forms.ChoiceField(required=False, label="Access", widget=forms.RadioSelect)
    username = plain(
        100,
        label="User name for the token",
        help_text="Most hosts take any. Bitbucket wants x-token-auth, or your name for an app password.",
    )
    token = forms.CharField(
        max_length=1_000,
        required=False,
        label="Token",
        help_text="One that may only read this repository. It is kept encrypted and never shown again.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    key = forms.CharField(
        max_length=keys.MAX_LENGTH,
        required=False,
        strip=False,
        label="Private key",
        help_text="Without a passphrase, for this purpose only. It is kept encrypted and never shown again.",
        widget=forms.Textarea(
            attrs={"rows": 4, "spellcheck": "false", "class": "code", "autocomplete": "off"}
        ),
    )
    every = forms.TypedChoiceField(
        choices=Every.choices,
        coerce=int,
        label="Look for changes",
        help_text="A webhook makes changes arrive at once; see the page after linking.",
    )
    on_difference = forms.ChoiceField(
        choices=OnDifference.choices,
        widget=forms.RadioSelect,
        label="If a document was changed in TEC and in Git",
    )
    check_after = forms.BooleanField(required=False, label="Start a check when documents have changed")

    version = VersionField()

    def __init__(self, *args: Any, repository: Repository | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.repository = repository
        choices = list(CREDENTIALS)
        if repository and repository.credential:
            kept = "token" if repository.token else "key"
            choices.insert(0, (KEEP, f"The {kept} that was entered before"))
        self.fields["credential"].choices = choices  # type: ignore[attr-defined]
        self.fields["url"].help_text = accepted()

    @staticmethod
    def initial_of(repository: Repository | None) -> dict[str, Any]:
        """What the form shows at first."""
        if repository is None:
            return {
                "credential": "",
                "every": Every.HOUR,
                "on_difference": OnDifference.ASK,
                "check_after": True,
            }
        shown = ("url", "branch", "path", "username", "every", "on_difference", "check_after", "version")
        values = {name: getattr(repository, name) for name in shown}
        return {**values, "credential": KEEP if repository.credential else ""}

    def merged(self, moved: Moved, repository: Repository) -> RepositoryForm:
        """The form anew, on what others have saved: theirs where the person had left it alone; no secret."""
        now, values = self.initial_of(repository), self.values()
        mine = {name: value for name, value in values.items() if value != moved.was(name)}
        kind = self.cleaned_data["credential"]
        mine |= {} if kind == KEEP else {"credential": kind}
        return RepositoryForm(repository=repository, initial=now | mine)

    def clean_url(self) -> str:
        try:
            address = parse(
                self.cleaned_data["url"].strip(),
                hosts=settings.GIT_HOSTS,
                local_paths=settings.GIT_LOCAL_PATHS,
            )
        except AddressRefused as refused:
            self._forget_secret_in_address()
            raise forms.ValidationError(str(refused)) from refused
        return address.url

    def _forget_secret_in_address(self) -> None:
        """What was typed before an @ in the address may be a token: it is not sent back."""
        typed = str(self.data.get("url", ""))
        if "@" in typed and typed.startswith("https:"):
            shown = {name: self.data[name] for name in self.data}
            self.data = shown | {"url": "https://" + typed.rpartition("@")[2]}

    def clean_branch(self) -> str:
        return self._judged("branch", branch_problem)

    def clean_path(self) -> str:
        self.cleaned_data["path"] = self.cleaned_data["path"].strip("/")
        return self._judged("path", folder_problem)

    def _judged(self, name: str, problem: Any) -> str:
        value: str = self.cleaned_data[name]
        if why := problem(value):
            raise forms.ValidationError(why)
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, url = cleaned.get("credential"), cleaned.get("url", "")
        if kind == "token" and not cleaned.get("token"):
            self.add_error("token", "Enter the token.")
        if kind == "token" and url.startswith("ssh:"):
            self.add_error(
                "credential", "A token is for addresses that start with https://; ssh wants a key."
            )
        if kind in ("key", "made") and url.startswith("https:"):
            self.add_error(
                "credential", "A key is for ssh addresses, like git@host:path; https wants a token."
            )
        if kind == "key":
            try:
                cleaned["key"] = keys.cleaned(cleaned.get("key", ""))
            except keys.KeyRefused as refused:
                self.add_error("key", str(refused))
        if kind == KEEP and self.repository and url and url != self.repository.url:
            self.add_error(
                "credential",
                "The address is another one now. Enter the token or key again: it is not taken along, so "
                "that nobody can have it sent elsewhere.",
            )
        return cleaned

    def credential_given(self) -> dict[str, str] | None:
        """What the service keeps sealed; None leaves what is there."""
        kind = self.cleaned_data["credential"]
        if kind == KEEP:
            return None
        if kind == "token":
            return {
                "kind": kind,
                "token": self.cleaned_data["token"],
                "username": self.cleaned_data["username"],
            }
        return {"kind": kind, "key": self.cleaned_data["key"] if kind == "key" else ""}

    def values(self) -> dict[str, Any]:
        """The rest, as the service takes it."""
        names = ("url", "branch", "path", "every", "on_difference", "check_after")
        return {name: self.cleaned_data[name] for name in names}


class ChoiceForm(forms.Form):
    """Which side of a difference wins; names what the person saw of both."""

    take = forms.ChoiceField(choices=[("git", "Git"), ("tec", "TEC")])
    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    offered = forms.RegexField(r"^[0-9a-f]{64}$")


def accepted() -> str:
    """What an address may look like on this server."""
    text = "Like https://git.example.org/team/repo.git or git@git.example.org:team/repo.git."
    if not listed_as_any(settings.GIT_HOSTS):
        text += f" Hosts that this server allows: {', '.join(settings.GIT_HOSTS)}."
    if settings.GIT_LOCAL_PATHS:
        text += f" Also folders of the server below {', '.join(settings.GIT_LOCAL_PATHS)}."
    return text


def without_secret(url: str) -> str:
    """The address as a page may link to it; only those of https are pages."""
    return url if urlsplit(url).scheme == "https" else ""
