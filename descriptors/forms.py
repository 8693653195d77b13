"""What people send in: a document as text, a file, a reason."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.dateparse import parse_date, parse_datetime

from tec import strictjson

MAX_UPLOAD = 25_000_000


class BasedOnForm(forms.Form):
    """A change names the revision it started from, so that nothing is overwritten unseen."""

    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=500, required=False, label="Reason", help_text="Stands in the history."
    )


class CompareForm(forms.Form):
    """Two revisions of a document; 0 is the state before the first."""

    left = forms.IntegerField(min_value=0, label="Compare revision")
    right = forms.IntegerField(min_value=0, label="with revision")

    def __init__(self, *args: Any, newest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newest = newest

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for side in ("left", "right"):
            if cleaned.get(side, 0) > self.newest:
                self.add_error(side, f"There is no revision {cleaned[side]}; the newest is {self.newest}.")
        return cleaned


class MomentForm(forms.Form):
    """A moment in the past, in UTC."""

    at = forms.CharField(max_length=32, label="As it was on (UTC)")

    def clean_at(self) -> datetime:
        try:
            return moment(self.cleaned_data["at"].strip())
        except (ValueError, OverflowError):
            raise forms.ValidationError(
                f"“{self.cleaned_data['at']}” is no day and time: write it like 2026-11-29T14:30."
            ) from None

    def moment(self) -> datetime:
        found: datetime = self.cleaned_data["at"]
        return found


def moment(text: str) -> datetime:
    """The end of that day or minute, or that very second; raises ValueError for what is none."""
    if day := parse_date(text):
        return datetime.combine(day, time.max, UTC)
    found = parse_datetime(text)
    if found is None:
        raise ValueError(text)
    found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    return found if found.second or found.microsecond else found.replace(second=59, microsecond=999_999)


class DocumentForm(BasedOnForm):
    """A document as JSON text."""

    # No strip: the text is data. The reader below the form says what is wrong with it, and where.
    text = forms.CharField(
        strip=False,
        required=False,
        max_length=strictjson.MAX_BYTES,
        label="Document",
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "code"}),
    )

    def clean_text(self) -> bytes:
        # Browsers send CR LF for line ends; a NUL never gets here, Django refuses it.
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        return text.encode("utf-8", "surrogatepass")


class ImportForm(BasedOnForm):
    """One descriptor, as a file or as pasted text."""

    file = forms.FileField(required=False, label="File", help_text="A .json file.", allow_empty_file=True)
    text = forms.CharField(
        strip=False,
        required=False,
        max_length=strictjson.MAX_BYTES,
        label="or pasted text",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "code"}),
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        return not_too_large(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = [name for name in ("file", "text") if cleaned.get(name)]
        if not self.errors and len(given) != 1:
            raise forms.ValidationError(
                "Choose a file or paste a text." if not given else "Choose a file or paste a text, not both.",
                code="one",
            )
        return cleaned

    def content(self) -> tuple[str, bytes]:
        """The name to use in messages, and the bytes."""
        if file := self.cleaned_data["file"]:
            return file.name, file.read()
        return "pasted text", self.cleaned_data["text"].replace("\r\n", "\n").encode("utf-8", "surrogatepass")


class ImportProjectForm(forms.Form):
    """A zip or bundle with several descriptors; `seen` names the revisions the person saw."""

    file = forms.FileField(
        label="File",
        help_text="A .zip with one .json per descriptor, or one .json bundle.",
        allow_empty_file=True,
    )
    seen = forms.JSONField(widget=forms.HiddenInput, required=False)  # {} counts as empty
    reason = forms.CharField(
        max_length=500, required=False, label="Reason", help_text="Stands in the history."
    )

    def clean_file(self) -> UploadedFile[Any] | None:
        return not_too_large(self.cleaned_data["file"])

    def clean_seen(self) -> dict[str, int]:
        seen = self.cleaned_data["seen"]
        if not isinstance(seen, dict) or not all(type(number) is int for number in seen.values()):
            raise forms.ValidationError("Reload the page and choose the file again.")
        return seen


def not_too_large(file: UploadedFile[Any] | None) -> UploadedFile[bytes] | None:
    if file and file.size and file.size > MAX_UPLOAD:
        raise forms.ValidationError(
            f"“{file.name}” has {file.size / 1e6:.0f} MB; at most {MAX_UPLOAD / 1e6:.0f} MB are taken. "
            "Import the descriptors one by one."
        )
    return file
