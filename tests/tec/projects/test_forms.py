"""What may be said about a project, and what counts as saying nothing."""

from __future__ import annotations

import pytest

from tec.projects.forms import DeleteForm, ProjectForm

GOOD = {"name": "Churn", "description": "Who leaves.", "point_of_contact": "Product Owner"}

BLANKS = {
    "empty": "",
    "spaces": "   ",
    "tab and newline": "\t\n",
    "no-break space": "\u00a0",
    "ideographic space": "\u3000",
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d \u200d",
    "direction marks": "\u200e\u202e",
    "byte order mark": "\ufeff",
    "a control character": "\x01",
}


@pytest.mark.parametrize("field", GOOD)
@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS)
def test_text_that_nobody_can_see_is_refused_with_a_sentence(field, blank):
    form = ProjectForm({**GOOD, field: blank})

    assert list(form.errors) == [field]
    [sentence] = form.errors[field]
    assert sentence == ProjectForm.base_fields[field].error_messages["required"]
    assert sentence.endswith(".")


@pytest.mark.parametrize("field", GOOD)
def test_a_field_that_was_not_sent_is_refused(field):
    form = ProjectForm({key: value for key, value in GOOD.items() if key != field})

    assert list(form.errors) == [field]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Churn  ", "Churn"),
        ("Churn\n2", "Churn 2"),
        ("Churn   \t 2", "Churn 2"),
        ("Cafe\u0301", "Café"),
        ("信用卡欺诈检测", "信用卡欺诈检测"),
        ("نظام", "نظام"),
        ("👩‍🔬 lab", "👩‍🔬 lab"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_a_name_is_kept_on_one_line_and_otherwise_as_typed(typed, kept):
    form = ProjectForm({**GOOD, "name": typed})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == kept


def test_a_description_keeps_its_lines():
    form = ProjectForm({**GOOD, "description": " One.\n\nTwo. "})

    assert form.is_valid()
    assert form.cleaned_data["description"] == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("field", "longest"), [("name", 200), ("description", 5000), ("point_of_contact", 200)]
)
def test_texts_have_a_longest_length(field, longest):
    assert ProjectForm({**GOOD, field: "x" * longest}).is_valid()
    assert list(ProjectForm({**GOOD, field: "x" * (longest + 1)}).errors) == [field]


def test_a_null_character_is_refused():
    assert list(ProjectForm({**GOOD, "name": "a\x00b"}).errors) == ["name"]


@pytest.mark.parametrize("typed", ["Churn 2", " Churn  2 ", "Churn\t2"])
def test_the_name_confirms_the_deletion(typed):
    assert DeleteForm({"confirmation": typed}, name="Churn 2").is_valid()


@pytest.mark.parametrize("typed", ["", " ", "churn 2", "Churn", "Churn 22", "delete"])
def test_anything_else_does_not(typed):
    form = DeleteForm({"confirmation": typed}, name="Churn 2")

    assert list(form.errors) == ["confirmation"]


def test_the_refusal_names_both_what_was_typed_and_the_project():
    form = DeleteForm({"confirmation": "Chrun"}, name="Churn")

    [sentence] = form.errors["confirmation"]
    assert "“Chrun”" in sentence
    assert "“Churn”" in sentence


def test_a_name_that_was_composed_differently_confirms_too():
    assert DeleteForm({"confirmation": "Cafe\u0301"}, name="Café").is_valid()
