"""What people set about rules: one rule at a time, or a whole file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from mismatch.findings import SEVERITIES
from mismatch.profiles.files import MAX_BYTES, ProfileProblem, read_profile
from mismatch.profiles.profile import LONGEST_REASON, Deviation, Subject
from tec.projects.forms import VersionField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mismatch.declaration import Param, Rule


class RuleForm(forms.Form):
    """What is wanted of one rule."""

    enabled = forms.ChoiceField(
        label="The rule is",
        choices=[("on", "On"), ("off", "Off")],
        widget=forms.RadioSelect,
        help_text="One that is off is not run and has no outcome; the gates, every check and report say so.",
    )
    severity = forms.ChoiceField(label="Severity", required=False)
    reason = forms.CharField(
        label="Reason",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For those who read a report and wonder.",
    )
    version = VersionField()

    def __init__(self, data: Any = None, *, subject: Subject, now: Deviation | None, version: int) -> None:
        """*now* is what is wanted of the rule as the form opens; *version* of the settings it came from."""
        self.subject = subject
        now = now or Deviation(subject.slug, subject.code, subject.severity)
        initial = {
            "enabled": "on" if now.enabled else "off",
            "severity": now.severity,
            "reason": now.reason,
            **{f"param-{name}": value for name, value in now.params.items()},
            "version": version,
        }
        super().__init__(data, initial=initial)
        severity = self.fields["severity"]
        severity.choices = [  # type: ignore[attr-defined]
            ("", f"As declared: {subject.severity}"),
            *((each, each.capitalize()) for each in SEVERITIES),
        ]
        severity.help_text = "The most that a finding of the rule gets; milder ones stay milder."
        self.settings = {} if subject.follows else subject.settings
        for name, param in self.settings.items():
            self.fields[f"param-{name}"] = _field(name, param)
            self.initial.setdefault(f"param-{name}", param.default)
        self.order_fields(["enabled", "severity", *(f"param-{name}" for name in self.settings), "reason"])

    @property
    def params(self) -> list[forms.BoundField]:
        return [self[f"param-{name}"] for name in self.settings]

    def again(self, version: int) -> dict[str, Any]:
        """What was sent, as if it had been on *version* of the settings."""
        return {name: self.data[name] for name in self.fields if name in self.data} | {"version": version}

    def wanted(self) -> Deviation:
        """What was chosen; a parameter as it is declared is left out."""
        data = self.cleaned_data
        given = {name: data.get(f"param-{name}") for name in self.settings}
        params = {
            name: value
            for name, value in given.items()
            if value not in (None, "") and value != self.settings[name].default
        }
        subject = self.subject
        return Deviation(
            subject.slug,
            subject.code,
            subject.severity,
            data["enabled"] == "on",
            data["severity"],
            params,
            data["reason"].strip(),
        )


def _field(name: str, param: Param) -> forms.Field:
    label = name.replace("_", " ").capitalize().replace("psi", "PSI")
    words = f"{param.about[:1].upper()}{param.about[1:]}"
    about = f"{words}. Usually {param.default}; {param.takes}."
    if param.choices:
        choices = [(each, each) for each in param.choices]
        return forms.ChoiceField(label=label, choices=choices, help_text=about)
    if isinstance(param.default, int):
        least, most = int(param.least), int(param.most)
        return forms.IntegerField(
            label=label, required=False, help_text=about, min_value=least, max_value=most
        )
    return forms.FloatField(
        label=label, required=False, help_text=about, min_value=param.least, max_value=param.most
    )


class ProfileFileForm(forms.Form):
    """A tec.toml that replaces all that is set."""

    file = forms.FileField(
        label="tec.toml",
        help_text="It replaces everything that is set here; what it does not name is as declared.",
    )

    version = VersionField()

    def __init__(self, *args: Any, own: Sequence[Rule] = (), version: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version
        self.own = own
        self.wanted: dict[str, Deviation] = {}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            profile = read_profile(file.read(MAX_BYTES + 1), name=file.name, own=self.own)
        except ProfileProblem as problem:
            raise forms.ValidationError(str(problem), code="bad_profile") from problem
        self.wanted = {each.code: each for each in profile.deviations}
        return file
