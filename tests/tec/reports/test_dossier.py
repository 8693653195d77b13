"""The dossier: everything that a project's documents say, under the labels of the forms."""

from __future__ import annotations

import json
from typing import Any

import pytest

from descriptors.catalogue import DESCRIPTORS, NAMES
from mismatch.reading import blank
from tec.reports.dossier import compose, dossier_of, flat
from tec.reports.paper import Facts, Table, plain, texts
from tec.reports.rendering import render_report
from tests.examples import FOLDER, example
from tests.factories import make_project, make_revision
from tests.tec.reports.projects import checked_example

pytestmark = pytest.mark.django_db


def scalars(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [each for inner in value.values() for each in scalars(inner)]
    if isinstance(value, list):
        return [each for inner in value for each in scalars(inner)]
    return [] if blank(value) else [value]


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))
def test_nothing_that_a_document_says_is_left_out(name):
    project = make_project()
    for descriptor, body in example(name).items():
        make_revision(project, descriptor, body)
    dossier = dossier_of(project)
    said = "\n".join(texts(plain(compose(dossier))))
    for descriptor, body in dossier.documents.items():
        for value in scalars({key: each for key, each in body.items() if key != "version"}):
            if isinstance(value, str) and len(value) < 600:
                assert value in said, f"{descriptor}: {value}"
        listed = [
            value for part in dossier.parts if part.descriptor == descriptor for *_, value in flat(part)
        ]
        wanted = scalars({key: each for key, each in body.items() if key != "version"})
        assert sorted(repr(each) for each in listed if not blank(each)) == sorted(map(repr, wanted))


def test_fields_have_the_labels_of_the_forms_and_rows_that_fit_are_tables():
    paper = compose(dossier_of(checked_example()))
    titles = [section.title for section in paper.sections]
    assert [title for title in titles if title in NAMES.values()] == [NAMES[name] for name in DESCRIPTORS]
    tables = [block for s in paper.sections for block in s.blocks if isinstance(block, Table)]
    assert "Goals 1: G-01" in titles
    assert {"Evaluation metrics", "Documentation"} <= {table.title for table in tables}
    facts = [
        row for s in paper.sections for block in s.blocks if isinstance(block, Facts) for row in block.rows
    ]
    assert ("Revision", "1, saved") in [(name, value[:8]) for name, value in facts]


def test_absent_and_empty_documents_say_so():
    project = make_project()
    make_revision(project, "raw_data", {"version": "1.2", "own": {"deep": [1, {"x": "y"}]}})
    paper = compose(dossier_of(project))
    said = "\n".join(texts(plain(paper)))
    assert said.count("This document has not been started.") == 7
    assert "Further" in [section.title for section in paper.sections]
    assert "Not filled in:" in said


def test_the_json_can_be_imported_again():
    from descriptors.reading import read_bytes

    project = checked_example()
    data = render_report(project, kind="dossier", format="json").content
    assert read_bytes("dossier.json", data).documents == example("emergency-triage")
    assert json.loads(data)["state"]["raw_data"]["revision"] == 1


def test_the_number_of_queries_is_bounded(django_assert_max_num_queries):
    project = checked_example()
    with django_assert_max_num_queries(8):
        dossier_of(project)
