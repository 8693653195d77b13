"""What administrators manage of the documents: the vocabularies everybody chooses from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin

from descriptors.models import VocabularyTerm
from tec.audit.record import record

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


class TermForm(forms.ModelForm):  # type: ignore[type-arg]
    """A term; the same in another case is no second one."""

    class Meta:
        model = VocabularyTerm
        fields = ["list", "term"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        folded = cleaned.get("term", "").casefold()
        same = VocabularyTerm.objects.filter(list=cleaned.get("list"), folded=folded).exclude(
            pk=self.instance.pk
        )
        if folded and same.exists():
            raise forms.ValidationError(f"“{same[0].term}” is on this list already.", code="twice")
        return cleaned


@admin.register(VocabularyTerm)
class TermAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = TermForm
    list_display = ["term", "list"]
    list_filter = ["list"]
    search_fields = ["term"]

    def save_model(self, request: HttpRequest, obj: VocabularyTerm, form: Any, change: bool) -> None:
        obj.folded = obj.term.casefold()
        super().save_model(request, obj, form, change)
        if change:
            changes = {name: [form.initial.get(name), getattr(obj, name)] for name in form.changed_data}
            record("vocabulary.changed", actor=request.user, target=obj.term, changes=changes)
        else:
            record("vocabulary.added", actor=request.user, terms=[[obj.list, obj.term]])

    def delete_model(self, request: HttpRequest, obj: VocabularyTerm) -> None:
        record("vocabulary.removed", actor=request.user, target=obj.term, list=obj.list)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[VocabularyTerm]) -> None:
        for term in queryset:
            record("vocabulary.removed", actor=request.user, target=term.term, list=term.list)
        super().delete_queryset(request, queryset)
