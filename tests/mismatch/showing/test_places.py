"""Places in words, and the values a page sets against each other."""

from __future__ import annotations

import pytest

from mismatch.showing.places import Documents
from tests.examples import example

TRIAGE = Documents(example("emergency-triage"))


def words(documents: Documents, descriptor: str, pointer: str) -> str:
    return " › ".join(part.text for part in documents.field(descriptor, pointer).parts)


@pytest.mark.parametrize(
    ("descriptor", "pointer", "said"),
    [
        ("trained_model", "/output_spec/0/item_type", "Output specification › level › Item type"),
        (
            "development_environment",
            "/downstream_components/0/input_spec/0/item_type",
            "Downstream components › Hospital Record System › Input specification › triage_level › Item type",
        ),
        ("system_context", "/goals/2/goal", "Goals › G-03 › Goal"),
        ("training_data", "/statistics/0/value", "Statistics › Median, heart_rate › Value"),
        ("trained_model", "/computing_resource_reqs/gpu", "Computing resource requirements › GPUs"),
        (
            "trained_model",
            "/model_components/1/programming_languages/0",
            "Model components 2 › Programming language 1",
        ),
        ("trained_model", "/output_spec", "Output specification"),
        ("trained_model", "", ""),
        ("trained_model", "/output_spec/99/item_type", "Output specification 100 › Item type"),
        ("trained_model", "/no_such_field/0/x", "No such field 1 › X"),
    ],
)
def test_a_place_is_named_by_labels_and_by_the_names_of_rows(descriptor, pointer, said):
    assert words(TRIAGE, descriptor, pointer) == said


def test_a_row_whose_name_is_the_place_itself_goes_by_its_number():
    said = words(TRIAGE, "development_environment", "/downstream_components/1/input_spec/0/item_name")

    assert said == "Downstream components › ED Tracking Board › Input specification 1 › Item name"


def test_a_row_that_is_called_other_goes_by_what_it_is():
    rows = [{"metric": "Other", "other_metric": "Gini"}, {"metric": "Other", "other_metric": "Lift"}]
    documents = Documents({"trained_model": {"test_metrics": rows}})

    assert words(documents, "trained_model", "/test_metrics/1/result") == "Test metrics › Lift › Result"
    assert documents.value("trained_model", "/test_metrics", rows) == ["Gini", "Lift"]
    assert words(documents, "trained_model", "/test_metrics/1/metric") == "Test metrics 2 › Metric"


def test_rows_of_one_name_go_by_their_numbers():
    rows = [{"item_name": "level", "item_type": ""}, {"item_name": "level"}]

    assert words(
        Documents({"trained_model": {"output_spec": rows}}), "trained_model", "/output_spec/1/item_type"
    ) == ("Output specification 2 › Item type")


def test_a_long_name_is_cut_in_the_path():
    rows = [{"item_name": "n" * 500}]

    said = words(
        Documents({"trained_model": {"output_spec": rows}}), "trained_model", "/output_spec/0/item_type"
    )

    assert len(said) < 100


def test_a_document_that_is_gone_still_has_labels():
    assert (
        words(Documents({}), "trained_model", "/output_spec/0/item_type")
        == "Output specification 1 › Item type"
    )


def test_the_pointer_becomes_a_safe_fragment():
    field = TRIAGE.field("trained_model", '/output_spec/0/"><script>')

    assert field.fragment == "/output_spec/0/%22%3E%3Cscript%3E"


def test_a_figure_has_its_unit():
    assert TRIAGE.field("trained_model", "/computing_resource_reqs/storage").unit == "GB"
    assert TRIAGE.field("trained_model", "/computing_resource_reqs/gpu").unit == ""


def test_a_list_of_rows_is_shown_by_what_it_says_about_the_other_document():
    shown = TRIAGE.value("trained_model", "/output_spec", None, "development_environment")

    assert shown == [
        "Hospital Record System › triage_level",
        "ED Board › confidence",
        "ED Board › wait_limit",
    ]


def test_a_list_of_rows_is_otherwise_shown_by_its_names():
    assert TRIAGE.value("trained_model", "/output_spec", None, "raw_data") == [
        "level",
        "confidence",
        "waiting_limit",
        "findings",
    ]


def test_a_value_that_is_there_is_shown_as_it_is():
    assert TRIAGE.value("trained_model", "/output_spec/0/item_type", "Integer") == "Integer"
    assert TRIAGE.value("trained_model", "/nowhere", None) is None


def test_a_blank_field_could_name_what_the_other_document_has():
    field, offered = TRIAGE.choices("trained_model", "/output_spec/3/component_mapping/component")

    assert (field.descriptor, field.pointer) == ("development_environment", "/downstream_components")
    assert offered == ["Hospital Record System", "ED Tracking Board"]


def test_a_field_without_a_link_offers_nothing():
    assert TRIAGE.choices("trained_model", "/model_name") is None


@pytest.mark.parametrize(
    "body",
    [None, [], "text", {"output_spec": "no list"}, {"output_spec": [None, 3, []]}, {"output_spec": {}}],
)
def test_no_document_however_broken_makes_it_raise(body):
    documents = Documents({"trained_model": body, "development_environment": body})

    documents.field("trained_model", "/output_spec/1/item_type")
    documents.value("trained_model", "/output_spec", None, "development_environment")
    documents.choices("trained_model", "/output_spec/0/component_mapping/component")
