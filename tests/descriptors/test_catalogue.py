from __future__ import annotations

import subprocess
import sys

import pytest

from descriptors import catalogue
from descriptors.catalogue import CONSUMERS, DESCRIPTORS, LATEST, NAMES, PREFIXES, PRODUCERS
from descriptors.schema_store import SchemaStore, Source, UnknownSchema


@pytest.fixture
def own(tmp_path, monkeypatch):
    """The catalogue of an installation whose submodule is not checked out."""
    store = SchemaStore(submodule=str(tmp_path))
    monkeypatch.setattr(catalogue, "_store", lambda: store)
    return store


def test_the_eight_descriptors_come_in_the_order_people_know():
    assert DESCRIPTORS == (
        "system_context",
        "raw_data",
        "data_pipeline",
        "training_data",
        "trained_model",
        "development_environment",
        "production_environment",
        "production_data",
    )


@pytest.mark.parametrize("table", [NAMES, PREFIXES, PRODUCERS, CONSUMERS])
def test_every_table_covers_every_descriptor_in_order(table):
    assert tuple(table) == DESCRIPTORS
    assert all(table.values())


def test_prefixes_are_two_letters_and_differ():
    assert all(len(prefix) == 2 for prefix in PREFIXES.values())
    assert len(set(PREFIXES.values())) == 8


def test_without_the_submodule_our_own_files_are_used(own):
    assert catalogue.versions() == ("1.0", "1.1", "1.2")
    assert catalogue.source() == Source("own")
    assert catalogue.source().name == "own"


def test_the_newest_version_is_the_one_taken_by_default(own):
    assert catalogue.schema("raw_data") is catalogue.schema("raw_data", LATEST)
    assert catalogue.schema("raw_data")["properties"]["version"]["const"] == LATEST


@pytest.mark.parametrize(
    ("descriptor", "version", "message"),
    [
        ("raw_data", "2.0", "Raw Data has no version “2.0”; known: 1.0, 1.1, 1.2."),
        ("raw_data", "../1.0", "Raw Data has no version “../1.0”; known: 1.0, 1.1, 1.2."),
        ("model", "1.2", f"There is no descriptor “model”; known: {', '.join(DESCRIPTORS)}."),
    ],
)
def test_an_unknown_schema_is_refused_with_what_is_known(own, descriptor, version, message):
    with pytest.raises(UnknownSchema) as refused:
        catalogue.schema(descriptor, version)
    assert str(refused.value) == message


def test_what_the_trained_model_requires_without_defining_it_is_accepted(own):
    schema = catalogue.schema("trained_model")
    assert "error_handling" not in schema["required"]
    assert "error_handling" not in schema["properties"]

    first = catalogue.errata("trained_model")[0]
    assert (first.code, first.paths, first.repaired) == ("E1", ("error_handling",), True)


def test_error_handling_of_an_older_trained_model_stays_required(own):
    assert "error_handling" in catalogue.schema("trained_model", "1.1")["required"]
    assert all(not erratum.repaired for erratum in catalogue.errata("trained_model", "1.1"))


def test_only_the_trained_model_of_1_2_needs_a_repair(own):
    repaired = [
        (descriptor, version)
        for version in catalogue.versions()
        for descriptor in DESCRIPTORS
        if any(erratum.repaired for erratum in catalogue.errata(descriptor, version))
    ]
    assert repaired == [("trained_model", "1.2")]


def test_all_thirteen_errata_are_named_openly(own):
    codes = {
        erratum.code
        for version in catalogue.versions()
        for descriptor in DESCRIPTORS
        for erratum in catalogue.errata(descriptor, version)
    }
    assert codes == {f"E{number}" for number in range(1, 14)}


def test_every_erratum_says_what_is_done_about_it_and_points_at_fields_there_are(own):
    for version in catalogue.versions():
        for descriptor in DESCRIPTORS:
            paths = set(paths_of(catalogue.schema(descriptor, version)))
            for erratum in catalogue.errata(descriptor, version):
                assert erratum.fault.endswith(".")
                assert erratum.treatment.endswith(".")
                if not erratum.repaired:
                    assert set(erratum.paths) <= paths, (descriptor, version, erratum)


def paths_of(schema, path=""):
    for name, part in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        yield here
        yield from paths_of(part, here)
    if isinstance(schema.get("items"), dict):
        yield from paths_of(schema["items"], f"{path}[]")


def test_the_names_are_cheap_to_import():
    heavy = {"jsonschema", "git", "json", "tomllib", "pathlib", "dataclasses", "inspect", "asyncio"}
    code = "import sys; import descriptors.catalogue, descriptors.upgrades; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    alone = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True
    )
    assert (set(loaded.split()) - set(alone.stdout.split())) & heavy == set()


def test_schemas_are_looked_for_again_when_asked(own, monkeypatch):
    monkeypatch.undo()
    before = catalogue.schema("raw_data")
    assert catalogue.schema("raw_data") is before
    catalogue.reload()
    assert catalogue.schema("raw_data") is not before
    assert catalogue.schema("raw_data") == before
