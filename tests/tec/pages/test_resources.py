"""The pages about roles, schema versions and schema faults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from descriptors import catalogue
from tec.pages.resources import ABOUT, changelog, eight, faults

SCHEMAS = Path(__file__).resolve().parents[3] / "descriptors" / "schemas"


def schema(version: str, descriptor: str) -> dict:
    """A schema as published, without its version and its texts."""

    def bare(part):
        if isinstance(part, dict):
            return {
                k: bare(v)
                for k, v in part.items()
                if k not in {"$id", "$schema", "title", "description", "const", "version"}
            }
        return [bare(each) for each in part] if isinstance(part, list) else part

    [path] = (SCHEMAS / version).glob(f"{descriptor}*.json")
    return bare(json.loads(path.read_text("utf-8")))


def test_the_eight_come_in_display_order():
    assert tuple(ABOUT) == catalogue.DESCRIPTORS


@pytest.mark.parametrize("descriptor", eight(), ids=lambda each: each.identifier)
def test_every_descriptor_is_introduced_with_its_roles(client, descriptor):
    page = client.get("/resources/").content.decode()

    assert descriptor.summary in page
    for role in (*descriptor.producers, *descriptor.consumers):
        assert role in page


def test_the_changelog_covers_every_step():
    steps = [(version.before, version.number) for version in changelog()]

    assert steps == [("1.1", "1.2"), ("1.0", "1.1")]


@pytest.mark.parametrize("version", changelog(), ids=lambda version: version.number)
def test_the_changelog_names_exactly_the_descriptors_that_changed(version):
    changed = {
        catalogue.NAMES[name]
        for name in catalogue.DESCRIPTORS
        if schema(version.before, name) != schema(version.number, name)
    }

    assert {change.name for change in version.changes} == changed
    assert changed | set(version.unchanged) == set(catalogue.NAMES.values())


@pytest.mark.parametrize("version", changelog(), ids=lambda version: version.number)
def test_every_field_the_changelog_names_is_in_one_of_the_two_schemas(version):
    both = [schema(v, d) for v in (version.before, version.number) for d in catalogue.DESCRIPTORS]
    known = json.dumps(both)

    for change in version.changes:
        for text in change.what + change.older:
            for path in text.split("`")[1::2]:
                assert all(f'"{name}"' in known for name in path.split(".")), path


def test_the_changelog_says_nothing_twice(client):
    page = client.get("/resources/changelog/").content.decode()

    assert page.count("success_criteria") == 1
    assert "<code>item_specification.other_value</code>" in page
    assert "1.0, 1.1, 1.2" in page


def test_the_faults_name_their_fields_and_the_repaired_one_comes_first(client):
    found = faults()

    assert found[0].erratum.repaired
    assert found[0].concerns == [("Trained Model", ("error_handling",))]
    assert {each.erratum.code for each in found} >= {f"E{number}" for number in range(1, 13)}


def test_no_fault_is_lost_by_putting_them_together():
    together = {(name, path) for fault in faults() for name, paths in fault.concerns for path in paths}
    apart = {
        (catalogue.NAMES[name], path)
        for name in catalogue.DESCRIPTORS
        for erratum in catalogue.errata(name)
        for path in erratum.paths
    }

    assert together == apart


def test_every_fault_is_on_the_page(client):
    page = client.get("/resources/errata/").content.decode()

    assert page.count("<tr>") == len(faults()) + 1
    assert "repaired" in page
