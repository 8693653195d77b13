"""What a form page sends beside the inputs of the document itself."""

from __future__ import annotations

from django import forms

from descriptors.services.keep_draft import KEY


class TypedForm(forms.Form):
    """Which revision was shown, in which window, and what to do with what was typed."""

    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    draft = forms.RegexField(KEY, max_length=40)
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    section = forms.CharField(max_length=100, required=False)
    op = forms.CharField(max_length=20_200, required=False, strip=False)  # which button; a draft has none
    reason = forms.CharField(max_length=500, required=False)


class DecisionForm(forms.Form):
    """Which draft is decided on, and which revision was seen beside it."""

    draft = forms.RegexField(KEY, max_length=40)
    based_on = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    reason = forms.CharField(max_length=500, required=False)
