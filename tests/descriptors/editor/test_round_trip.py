"""A form that is opened and sent back untouched changes nothing, to the byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from descriptors import catalogue
from descriptors.editor.nodes import Input
from descriptors.editor.plan import plan_for
from descriptors.editor.posted import read_form
from tec import strictjson
from tec.pointers import pointer, resolve, tokens
from tests.descriptors.editor.documents import documents, storable
from tests.descriptors.editor.forms import example_documents, inputs, laid_out, submitted

EXAMPLES = example_documents()


@pytest.mark.parametrize(
    ("project", "descriptor", "body"), EXAMPLES, ids=[f"{p}-{d}" for p, d, _ in EXAMPLES]
)
def test_an_example_comes_back_as_it_was(project: str, descriptor: str, body: dict[str, Any]) -> None:
    plan = plan_for(descriptor)
    reading = read_form(plan, body, submitted(laid_out(plan, body)))
    assert strictjson.dumps(reading.document) == strictjson.dumps(body)
    assert (reading.faults, reading.changed) == ((), ())


@pytest.mark.parametrize("version", catalogue.OWN_VERSIONS)
@pytest.mark.parametrize("descriptor", catalogue.DESCRIPTORS)
@pytest.mark.parametrize("faulty", [False, True], ids=["valid", "faulty"])
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_any_document_comes_back_as_it_was(
    data: st.DataObject, faulty: bool, descriptor: str, version: str
) -> None:
    schema = catalogue.schema(descriptor, version)
    body = data.draw(documents(schema, faulty=faulty))
    assume(isinstance(body, dict) and storable(body))
    plan = plan_for(descriptor, version)
    reading = read_form(plan, body, submitted(laid_out(plan, body)))
    assert strictjson.dumps(reading.document) == strictjson.dumps(body)
    assert (reading.faults, reading.changed) == ((), ())


@pytest.mark.parametrize("descriptor", catalogue.DESCRIPTORS)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_one_edit_changes_one_value_and_leaves_the_rest(data: st.DataObject, descriptor: str) -> None:
    body = data.draw(documents(catalogue.schema(descriptor), faulty=True))
    assume(isinstance(body, dict) and storable(body))
    plan = plan_for(descriptor)
    layout = laid_out(plan, body)
    found = [each for section in plan.sections for each in inputs(layout.section(section.plans))]
    texts = [each.name for each in found if isinstance(resolve(body, each.name), str)]
    editable = [name for name in texts if plan_of(found, name) in {"text", "area", "uri", "date"}]
    assume(editable)
    name = data.draw(st.sampled_from(editable))
    reading = read_form(plan, body, submitted(layout) | {name: "a text nobody else typed"})
    assert reading.changed == (name,)
    assert strictjson.dumps(reading.document) == strictjson.dumps(replaced(body, name))


def plan_of(found: list[Input], name: str) -> str:
    return next(each.plan.kind for each in found if each.name == name)


def replaced(body: Any, name: str) -> Any:
    """*body* with the text at *name* replaced."""
    copy = json.loads(json.dumps(body))
    *path, last = tokens(name)
    holder = resolve(copy, pointer(*path))
    holder[int(last) if isinstance(holder, list) else last] = "a text nobody else typed"
    return copy
