"""What people send about findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import User

from mismatch import lifecycle
from mismatch.decisions.models import ACCEPTED_DAYS, LONGEST_QUERY, DecisionKind, SavedView, accepted_until
from mismatch.services.decide_findings import LONGEST_REASON, DecisionRefused, Terms
from tec.projects.people import called

if TYPE_CHECKING:
    from tec.projects.models import Project

    UserChoice = forms.ModelChoiceField[User]
    ViewForm = forms.ModelForm[SavedView]
else:
    UserChoice, ViewForm = forms.ModelChoiceField, forms.ModelForm


class PersonField(UserChoice):
    def label_from_instance(self, obj: User) -> str:
        return called(obj)


class DecideForm(forms.Form):
    """What is decided about the chosen findings; the service checks what belongs together."""

    kind = forms.ChoiceField(
        label="Decision",
        choices=DecisionKind.choices,
        initial=DecisionKind.ACCEPT,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed to accept a risk or to say that nothing is wrong.",
    )
    until = forms.DateField(
        label="Until",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=f"A risk is accepted to this day, {ACCEPTED_DAYS} days unless you say otherwise; "
        "a planned fix is to be made by then.",
    )
    for_ever = forms.BooleanField(label="Accept without end", required=False)
    who = PersonField(
        label="Who fixes it",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody yet",
        help_text="For a planned fix.",
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = accepted_until(lifecycle.today())
        self.fields["who"].queryset = project.members.order_by("username")  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        """What was decided; a day beside “without end” is the one the form came with, and is left out."""
        data = self.cleaned_data
        accept, dismiss = data["kind"] == DecisionKind.ACCEPT, data["kind"] == DecisionKind.DISMISS
        for_ever = accept and data["for_ever"]
        until = None if for_ever or dismiss else data["until"]
        return Terms(data["kind"], data["reason"], until, for_ever, None if dismiss else data["who"])

    def refuse(self, refused: DecisionRefused) -> None:
        """Say at the right field why the decision was refused."""
        self.add_error(refused.field if refused.field in self.fields else None, str(refused))


class AssignForm(forms.Form):
    """Who looks after the chosen findings."""

    to = PersonField(
        label="Looked after by", queryset=User.objects.none(), required=False, empty_label="Nobody"
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = project.members.order_by("username")  # type: ignore[attr-defined]


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Comment", max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class SavedViewForm(ViewForm):
    """Filters under a name."""

    query = forms.CharField(required=False, max_length=LONGEST_QUERY)

    class Meta:
        model = SavedView
        fields = ["name", "kind", "query", "shared"]

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if kind not in SavedView.PAGES:
            raise forms.ValidationError("A view is of mismatches or of missing fields.")
        return kind


class DecisionsFileForm(forms.Form):
    """A file to decide by."""

    file = forms.FileField(
        label="tec-ignore.yaml",
        help_text="Its entries name a rule and a reason, and may name places and a day.",
    )
