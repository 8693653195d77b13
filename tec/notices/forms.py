"""What people say about what they want to be told, and where other systems are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from tec.notices.kinds import KINDS, public
from tec.notices.models import Mail, Webhook, Wishes
from tec.notices.posting import Unsendable, target_of, veiled
from tec.projects.forms import NameField, VersionField
from tec.projects.models import Project

if TYPE_CHECKING:
    from tec.audit.moved import Moved

SEVERITIES = (
    ("info", "Everything"),
    ("minor", "Minor and worse"),
    ("major", "Major and worse"),
    ("critical", "Critical only"),
)
MOST_RULES = 50


class WishesForm(forms.Form):
    """How and about what somebody wants to be told."""

    mail = forms.ChoiceField(choices=Mail.choices, widget=forms.RadioSelect, label="By mail")
    link_only = forms.BooleanField(
        required=False,
        label="Mails only say that something happened, with a link",
        help_text="Then nothing about projects or findings leaves TEC by mail.",
    )
    kinds = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, label="What you are told", choices=()
    )
    least = forms.ChoiceField(choices=SEVERITIES, label="Findings from which severity on")
    descriptors = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Only findings about",
        help_text="None ticked means all.",
    )
    rules = forms.CharField(
        required=False,
        max_length=1000,
        label="Only findings of these rules",
        help_text="Codes parted by spaces or commas, such as TEC-3A X309. Blank means all.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    muted = forms.ModelMultipleChoiceField(
        queryset=Project.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Projects you hear nothing of",
    )

    def __init__(self, *args: Any, projects: Any, descriptors: Any, codes: Any, **kwargs: Any) -> None:
        """*projects* of the person, *descriptors* as (identifier, name), *codes* of all rules there are."""
        super().__init__(*args, **kwargs)
        self._codes = {code.upper(): code for code in codes}
        self.choices_of("kinds", [(kind.name, kind.label) for kind in KINDS.values()])
        self.choices_of("descriptors", descriptors)
        muted = self.fields["muted"]
        assert isinstance(muted, forms.ModelMultipleChoiceField)
        muted.queryset = projects

    def choices_of(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices

    def clean_rules(self) -> list[str]:
        words = list(dict.fromkeys(self.cleaned_data["rules"].replace(",", " ").upper().split()))
        if len(words) > MOST_RULES:
            raise ValidationError(f"{len(words)} rules are too many; name at most {MOST_RULES}.")
        unknown = [word for word in words if word not in self._codes]
        if unknown:
            raise ValidationError(
                f"There is no rule {', '.join(unknown[:5])}. The page “Rules” lists the codes."
            )
        return [self._codes[word] for word in words]

    @staticmethod
    def initial_of(wishes: Wishes) -> dict[str, Any]:
        return {
            "mail": wishes.mail,
            "link_only": wishes.link_only,
            "kinds": [name for name in KINDS if name not in wishes.off],
            "least": wishes.least,
            "descriptors": wishes.descriptors,
            "rules": " ".join(wishes.rules),
            "muted": wishes.muted.all() if wishes.pk else [],
        }


class WebhookForm(forms.Form):
    """Where another system is told, and of what."""

    name = NameField(max_length=80, help_text="For your list, for example “Team chat”.")
    url = forms.CharField(
        max_length=500,
        label="Address",
        help_text="Messages are sent there by POST, as JSON. It has to begin with https.",
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    kinds = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label="What it is told",
        error_messages={"required": "Choose at least one thing to be told."},
        choices=[(kind.name, kind.label) for kind in public().values()],
    )
    link_only = forms.BooleanField(
        required=False,
        label="Only say that something happened, with a link",
        help_text="Then nothing about the project or its findings leaves TEC.",
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        try:
            target_of(url, settings.WEBHOOK_HOSTS)
        except Unsendable as problem:
            raise ValidationError(str(problem)) from None
        return url

    @staticmethod
    def initial_of(hook: Webhook) -> dict[str, Any]:
        return {"name": hook.name, "url": hook.url, "kinds": hook.kinds, "link_only": hook.link_only}


class ChangeWebhookForm(WebhookForm):
    """What an address that is there is told; knows which state of it was before the person."""

    version = VersionField()

    @staticmethod
    def initial_of(hook: Webhook) -> dict[str, Any]:
        return {**WebhookForm.initial_of(hook), "version": hook.version}

    @staticmethod
    def merged(moved: Moved, typed: dict[str, Any], hook: Webhook) -> ChangeWebhookForm:
        """The form anew, on what others have saved: theirs where the person had left it alone."""
        seen = {name: typed[name] for name in WebhookForm.base_fields}
        as_told = {**seen, "url": veiled(seen["url"])}
        mine = {name: value for name, value in seen.items() if as_told[name] != moved.was(name)}
        return ChangeWebhookForm(initial=ChangeWebhookForm.initial_of(hook) | mine)
