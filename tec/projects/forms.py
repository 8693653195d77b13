"""Forms about a project itself."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from tec.projects.models import Project

if TYPE_CHECKING:
    from tec.audit.moved import Moved


def one_line(text: str) -> str:
    """NFC, without spaces at the ends, and single spaces inside: how names are kept and compared."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def says_something(text: str) -> bool:
    """Whether a reader would see anything: not only spaces, control and zero-width characters."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in text)


class VisibleCharField(forms.CharField):
    """Text that must say something; invisible characters count as blank."""

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n")
        return text if says_something(text) else ""


class NameField(VisibleCharField):
    """A visible text of one line."""

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value))


class VersionField(forms.IntegerField):
    """Which version of settings a form shows; one that does not say so knows of no change at all."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> int:
        text = str(value or "0")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class ProjectForm(forms.Form):
    """The three texts of a project, all of them required."""

    name = NameField(
        max_length=200,
        help_text="What people call the system, for example “Probability of default for instalment loans”. "
        "It can be changed at any time; links keep working.",
        error_messages={"required": "Give the project a name that can be read: spaces alone are not one."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    description = VisibleCharField(
        max_length=5000,
        help_text="What the system does and for whom, in a few sentences.",
        error_messages={"required": "Say in a sentence what the system does, so that others recognise it."},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    point_of_contact = NameField(
        max_length=200,
        label="Main point of contact",
        help_text="Whom to ask about this project: a role, a name or an address.",
        error_messages={"required": "Name somebody who can be asked: a role, a name or an address."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @staticmethod
    def initial_of(project: Project) -> dict[str, str]:
        return {name: getattr(project, name) for name in ProjectForm.base_fields}


class EditForm(ProjectForm):
    """The texts of a project that is there; knows which state of them was before the person."""

    version = VersionField()

    @staticmethod
    def initial_of(project: Project) -> dict[str, Any]:
        return {**ProjectForm.initial_of(project), "version": project.version}

    @staticmethod
    def merged(moved: Moved, typed: dict[str, str], project: Project) -> EditForm:
        """The form anew, on what others have saved: their texts where the person had left them alone."""
        now = EditForm.initial_of(project)
        mine = {name: typed[name] for name in ProjectForm.base_fields if typed[name] != moved.was(name)}
        return EditForm(initial=now | mine)


class DeleteForm(forms.Form):
    """Asks to type the project's name, so that nobody deletes the wrong one in passing."""

    confirmation = NameField(
        label="Name of the project",
        error_messages={"required": "Type the name of the project to delete it."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = name

    def clean_confirmation(self) -> str:
        typed: str = self.cleaned_data["confirmation"]
        if typed != one_line(self.wanted):
            raise ValidationError(
                "“%(typed)s” is not the name of this project. It is called “%(name)s”.",
                params={"typed": typed, "name": self.wanted},
            )
        return typed
