"""Our own schema files: sound, described in our words, and equal in all facts to what is published."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from descriptors.catalogue import DESCRIPTORS, NAMES, OWN_VERSIONS
from tests.descriptors.generated import spoilt, valid
from tests.descriptors.schema_repositories import own_schema

ALL = [(descriptor, version) for version in OWN_VERSIONS for descriptor in DESCRIPTORS]
UPSTREAM = os.environ.get("TEC_UPSTREAM_SCHEMAS", "")

every_schema = pytest.mark.parametrize(("descriptor", "version"), ALL)
needs_upstream = pytest.mark.skipif(
    not UPSTREAM, reason="needs the published schemas: set TEC_UPSTREAM_SCHEMAS to their folder"
)


def upstream_schema(descriptor, version):
    return json.loads((Path(UPSTREAM) / version / f"{descriptor}_schema.json").read_text("utf-8"))


def parts(schema):
    """All subschemas, the schema itself first."""
    yield schema
    for part in schema.get("properties", {}).values():
        yield from parts(part)
    if "items" in schema:
        yield from parts(schema["items"])


@every_schema
def test_a_schema_is_valid_draft_07_with_an_address_of_our_own(descriptor, version):
    schema = own_schema(descriptor, version)

    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["$id"] == f"urn:tec:schema:{descriptor}:{version}"
    assert schema["title"] == f"{NAMES[descriptor]} {version}"
    assert schema["properties"]["version"]["const"] == version


@every_schema
def test_every_property_says_what_to_write(descriptor, version):
    for part in parts(own_schema(descriptor, version)):
        for name, member in part.get("properties", {}).items():
            assert member["description"].endswith("."), name
            assert 15 < len(member["description"]) < 220, name


@every_schema
def test_a_schema_uses_only_what_forms_and_validation_understand(descriptor, version):
    known = {
        *("$schema", "$id", "title", "description", "type", "properties", "required", "items"),
        *("const", "enum", "format", "minItems", "minimum", "maximum"),
    }
    for part in parts(own_schema(descriptor, version)):
        assert set(part) <= known
        assert part.get("format", "uri") in ("uri", "date")


def test_processors_and_disks_are_not_mixed_up():
    for descriptor in ("development_environment", "production_environment"):
        words = own_schema(descriptor, "1.2")["properties"]["computing_resources"]["properties"]
        assert "graphics" in words["gpu"]["description"]
        assert "cores" in words["cpu"]["description"]
        assert "Disk" in words["storage"]["description"] or "disk" in words["storage"]["description"]


@needs_upstream
@every_schema
def test_all_facts_are_those_of_the_published_schema(descriptor, version):
    """Names, types, choices, limits, what is required, and all of it in the same order."""
    assert json.dumps(facts(own_schema(descriptor, version))) == json.dumps(
        facts(upstream_schema(descriptor, version))
    )


def facts(schema):
    words = ("description", "title", "$id")
    kept = {key: value for key, value in schema.items() if key not in words}
    if "properties" in kept:
        kept["properties"] = {name: facts(part) for name, part in kept["properties"].items()}
    if "items" in kept:
        kept["items"] = facts(kept["items"])
    return dict(sorted(kept.items()))  # of the keywords, the order means nothing


@needs_upstream
@every_schema
def test_no_description_is_that_of_the_published_schema(descriptor, version):
    published = {" ".join(words(part)) for part in parts(upstream_schema(descriptor, version))}
    ours = {" ".join(words(part)) for part in parts(own_schema(descriptor, version))}
    assert published & ours <= {""}


def words(part):
    return part.get("description", "").casefold().replace(".", "").split()


@needs_upstream
@every_schema
def test_documents_fare_alike_under_both_schemas(descriptor, version):
    ours, published = own_schema(descriptor, version), upstream_schema(descriptor, version)

    @settings(max_examples=6, deadline=None, database=None)
    @given(valid(ours), spoilt(ours))
    def same(good, bad):
        assert faults(ours, good) == faults(published, good)
        assert faults(ours, bad) == faults(published, bad)

    same()


def faults(schema, document):
    """Keyword and place of everything wrong."""
    return sorted(
        (str(error.validator), str(error.json_path))
        for error in Draft7Validator(schema).iter_errors(document)
    )


@every_schema
def test_documents_made_from_a_schema_are_valid_but_for_what_it_does_not_define(descriptor, version):
    schema = own_schema(descriptor, version)
    allowed = [("required", "$")] if (descriptor, version) == ("trained_model", "1.2") else []

    @settings(max_examples=4, deadline=None, database=None)
    @given(valid(schema))
    def good(document):
        assert faults(schema, document) == allowed

    good()
