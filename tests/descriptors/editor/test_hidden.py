"""Values that stop applying are named before they go, and only those."""

from __future__ import annotations

from typing import Any

from descriptors.editor.hidden import Leftover, leftovers, without
from descriptors.editor.plan import plan_for
from descriptors.editor.posted import read_form
from tests.descriptors.editor.forms import example

PLAN = plan_for("trained_model")


def found(saved: dict[str, Any], **state: str) -> tuple[list[Leftover], dict[str, Any]]:
    reading = read_form(PLAN, saved, {"/" + name.replace("__", "/"): text for name, text in state.items()})
    left = leftovers(PLAN, saved, reading)
    return left, without(reading.document, left)


def model() -> dict[str, Any]:
    return example("emergency-triage", "trained_model")


def test_another_type_leaves_the_limits_of_the_old_one_behind() -> None:
    left, cleaned = found(model(), output_spec__0__item_type="String")
    assert [(each.pointer, each.value) for each in left] == [
        ("/output_spec/0/item_specification/min_value", 1),
        ("/output_spec/0/item_specification/max_value", 5),
    ]
    assert left[0].label == "Output specification 1 › Item specification › Minimum value"
    assert cleaned["output_spec"][0]["item_specification"]["min_value"] == 0
    assert list(cleaned["output_spec"][0]) == list(model()["output_spec"][0])


def test_moved_rows_are_told_apart() -> None:
    left, _ = found(model(), output_spec="3,1,0", output_spec__0__item_type="Other")
    assert [each.pointer for each in left] == [
        "/output_spec/2/item_specification/min_value",
        "/output_spec/2/item_specification/max_value",
    ]


def test_a_whole_list_goes_as_one() -> None:
    saved = example("server-anomaly-alerts", "trained_model")
    assert saved["post_processing"]
    left, cleaned = found(saved, post_processing="false")
    assert [each.pointer for each in left] == ["/post_processing_process", "/final_output_spec"]
    assert cleaned["post_processing_process"] == cleaned["final_output_spec"] == []


def test_what_was_hidden_before_is_left_alone() -> None:
    saved = model()
    saved["output_spec"][0]["item_specification"]["max_length"] = 40
    assert found(saved, model_name="x")[0] == []


def test_a_hidden_value_that_was_typed_just_now_is_named() -> None:
    left, _ = found(model(), output_spec__0__item_specification__max_length="12")
    assert [each.value for each in left] == [12]


def test_choosing_the_old_type_again_leaves_nothing_behind() -> None:
    assert found(model(), output_spec__0__item_type="Integer")[0] == []


def test_an_optional_value_is_removed() -> None:
    saved = model()
    saved["output_spec"][0] |= {"item_type": "Image"}
    saved["output_spec"][0]["item_specification"] |= {"image_format": "PNG", "min_value": 0, "max_value": 0}
    left, cleaned = found(saved, output_spec__0__item_type="Float")
    assert [each.plan.key for each in left] == ["image_format"]
    assert "image_format" not in cleaned["output_spec"][0]["item_specification"]
