"""What a check does around its rules: absence, outcomes, order, selection, old versions."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from types import MappingProxyType

import pytest

from descriptors.catalogue import DESCRIPTORS
from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, Param, Rule, hit, rule
from mismatch.engine import RULES, check, required_codes, run
from mismatch.findings import SEVERITIES, Report
from tec.pointers import resolve
from tec.registry import Registry
from tests.examples import FOLDER, example
from tests.mismatch.rules.documents import environment, model

LEVEL = ("level", "Integer", "Board", "level")
PROJECT = model(LEVEL) | environment({"Board": {"level": "Float"}})


def declared(function, *, code="X1", severity="minor", **more) -> Rule:
    """A rule that is in no registry but its own."""
    mine: Registry[Rule] = Registry("rule")
    rule("mine", code=code, severity=severity, registry=mine, **more)(function)
    return mine["mine"]


def bodies(**documents):
    return {name: documents.get(name, {}) for name in DESCRIPTORS}


class TestAbsence:
    @pytest.mark.parametrize("nothing", [None, {}, [], "", 0, "text", [{}], 3.5, True])
    def test_what_is_no_filled_object_is_absent(self, nothing):
        assert check({"trained_model": nothing}) == check({})

    def test_an_empty_project_lacks_eight_documents_and_nothing_else(self):
        report = check({})

        assert [finding.code for finding in report.findings] == [
            f"{prefix}-00" for prefix in ("SC", "RD", "DP", "TD", "TM", "DE", "PE", "PD")
        ]
        assert {finding.severity for finding in report.findings} == {"info"}
        assert {report.outcomes[rule.code] for rule in RULES if rule.pack == "tec"} == {"cannot-tell"}

    def test_unknown_documents_are_not_looked_at(self):
        assert check({"weather": {"goals": []}}) == check({})

    def test_a_rule_without_its_documents_cannot_tell_and_stays_silent(self):
        report = check(model(LEVEL), rules=["TEC-3A"])

        assert report == Report([], {"TEC-3A": "cannot-tell"})

    def test_what_waits_for_a_document_is_one_finding(self):
        [finding] = check(
            environment({"Board": {"level": "Float"}, "Log": {"line": "String"}}), rules=["TEC-3C"]
        ).findings

        assert (finding.kind, finding.outcome, finding.severity) == ("mismatch", "cannot-tell", "info")
        assert [place.value for place in finding.places] == ["level", "line"]
        assert finding.remedy == "Fill in or import Trained Model; the next check compares them."

    def test_many_waiting_items_are_counted_in_the_message_and_all_in_the_places(self):
        inputs = {f"i{number}": "Float" for number in range(40)}
        [finding] = check(environment({"Board": inputs}), rules=["TEC-3C"]).findings

        assert "“Board › i4” and 35 more" in finding.message
        assert len(finding.places) == 40

    def test_a_rule_can_do_without_some_documents(self):
        def needs_one(trained_model, raw_data=None):
            yield hit(f"raw: {raw_data}", ("trained_model",), key=("x",))

        findings, outcomes = run([declared(needs_one)], bodies(trained_model={"a": 1}))

        assert [finding.message for finding in findings] == ["raw: {}"]
        assert outcomes == {"X1": "fail"}


class TestOutcomes:
    @pytest.mark.parametrize(
        ("yields", "outcome"),
        [
            ([], "pass"),
            ([NOT_APPLICABLE], "not-applicable"),
            ([CANNOT_TELL], "cannot-tell"),
            ([CANNOT_TELL, NOT_APPLICABLE], "cannot-tell"),
            ([NOT_APPLICABLE, CANNOT_TELL], "cannot-tell"),
            ([CANNOT_TELL, hit("x", ("raw_data",), key=())], "fail"),
            ([hit("x", ("raw_data",), key=()), NOT_APPLICABLE], "fail"),
        ],
    )
    def test_the_worst_that_a_rule_yields_is_its_outcome(self, yields, outcome):
        def said(raw_data):
            yield from yields

        _, outcomes = run([declared(said)], bodies(raw_data={"a": 1}))

        assert outcomes == {"X1": outcome}

    def test_every_rule_has_an_outcome_in_the_order_of_the_codes(self):
        assert list(check(PROJECT).outcomes) == [each.code for each in RULES]

    def test_a_fault_in_a_rule_is_not_hidden(self):
        def broken(raw_data):
            yield raw_data["no such key"]

        with pytest.raises(KeyError):
            run([declared(broken)], bodies(raw_data={"a": 1}))


class TestDeclaration:
    def test_a_rule_that_needs_a_date_is_not_applicable_without_one(self):
        def late(raw_data, *, today):
            yield hit(f"It is {today:%Y}.", ("raw_data",), key=())

        late_rule, present = declared(late), bodies(raw_data={"a": 1})

        assert run([late_rule], present) == ([], {"X1": "not-applicable"})
        [finding], _ = run([late_rule], present, date(2025, 3, 1))
        assert finding.message == "It is 2025."

    def test_a_rule_is_given_its_parameters(self):
        def tolerant(raw_data, *, tolerance):
            yield hit(f"tolerance {tolerance}", ("raw_data",), key=())

        [finding], _ = run(
            [declared(tolerant, params={"tolerance": Param(0.5, "how much")})], bodies(raw_data={"a": 1})
        )

        assert finding.message == "tolerance 0.5"

    def test_a_rule_that_asks_for_what_it_does_not_declare_is_refused(self):
        def wrong(raw_data, *, tolerence):
            yield NOT_APPLICABLE

        with pytest.raises(ValueError, match="asks for “tolerence”, which is not among its params"):
            declared(wrong, params={"tolerance": Param(0.5, "how much")})

    def test_two_rules_of_one_slug_are_refused(self):
        def twice(raw_data):
            yield NOT_APPLICABLE

        mine: Registry[Rule] = Registry("rule")
        register = rule("twice", code="X1", severity="info", registry=mine)
        register(twice)

        with pytest.raises(ValueError, match="Two rules are called “twice”"):
            register(twice)

    def test_a_hit_may_replace_severity_and_remedy(self):
        def lenient(raw_data):
            """Title.

            Remedy: Usual.
            """
            yield hit("a", ("raw_data",), key=("a",))
            yield hit("b", ("raw_data",), key=("b",), severity="info", remedy="Other.")

        findings, _ = run([declared(lenient)], bodies(raw_data={"a": 1}))

        assert [(found.severity, found.remedy) for found in findings] == [
            ("minor", "Usual."),
            ("info", "Other."),
        ]


class TestOrder:
    @pytest.mark.parametrize("name", sorted(path.parent.name for path in FOLDER.glob("*/expected.json")))
    def test_findings_are_worst_first_then_by_code(self, name):
        findings = check(example(name)).findings
        codes = [each.code for each in RULES] + sorted(required_codes(), key=_display_order)

        keys = [(SEVERITIES.index(found.severity), codes.index(found.code)) for found in findings]
        assert keys == sorted(keys)

    def test_rows_come_from_the_top_and_row_ten_after_row_nine(self):
        documents = model(*[(f"out {n}", "Float", "", "") for n in range(12)])
        findings = check(documents, rules=["TEC-3B"]).findings

        assert [found.places[0].pointer.split("/")[2] for found in findings] == [str(n) for n in range(12)]

    def test_places_come_in_order_even_if_a_rule_walks_backwards(self):
        def backwards(raw_data):
            for number in (10, 2, 0):
                yield hit("x", ("raw_data", "schema", number), key=(str(number),))

        findings, _ = run([declared(backwards)], bodies(raw_data={"a": 1}))

        assert [found.places[0].pointer for found in findings] == ["/schema/0", "/schema/2", "/schema/10"]

    def test_the_same_documents_give_the_same_report_in_another_process(self):
        text = "import json,sys; from mismatch.engine import check; r = check(json.load(sys.stdin)); "
        text += "print(json.dumps([[f.as_json() for f in r.findings], r.outcomes]))"
        documents = example("emergency-triage")
        results = [
            subprocess.run(
                [sys.executable, "-c", text],
                input=json.dumps(documents),
                env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(FOLDER.parent)},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        ]

        report = check(documents)
        assert results[0] == results[1]
        assert json.loads(results[0]) == [[found.as_json() for found in report.findings], report.outcomes]


def _display_order(code: str) -> tuple[int, int]:
    prefix, _, number = code.partition("-")
    return ["SC", "RD", "DP", "TD", "TM", "DE", "PE", "PD"].index(prefix), int(number)


class TestSelection:
    @pytest.mark.parametrize("name", ["output-type-mismatch", "TEC-3A", "tec-3a", "Output-Type-Mismatch"])
    def test_a_rule_is_chosen_by_slug_or_code(self, name):
        report = check(PROJECT, rules=[name])

        assert [found.code for found in report.findings] == ["TEC-3A"]
        assert report.outcomes == {"TEC-3A": "fail"}

    @pytest.mark.parametrize("name", ["TM-01", "tm-01"])
    def test_a_required_field_is_chosen_by_its_code(self, name):
        report = check(PROJECT, rules=[name])

        assert [found.code for found in report.findings] == ["TM-01"]
        assert report.outcomes == {}

    def test_an_absent_document_is_chosen_by_its_code(self):
        assert [found.code for found in check(PROJECT, rules=["RD-00", "TM-00"]).findings] == ["RD-00"]

    def test_several_names_may_be_given_once_or_twice(self):
        report = check(PROJECT, rules=(name for name in ("TEC-3A", "output-type-mismatch", "RD-00")))

        assert [found.code for found in report.findings] == ["TEC-3A", "RD-00"]

    def test_one_name_may_be_given_as_it_is(self):
        assert check(PROJECT, rules="TEC-3A") == check(PROJECT, rules=["TEC-3A"])

    def test_no_names_are_no_rules(self):
        assert check(PROJECT, rules=[]) == Report([], {})

    def test_an_unknown_rule_is_refused_with_the_nearest_name(self):
        with pytest.raises(ValueError, match=r"“output-type-mismtach”.*mean “output-type-mismatch”"):
            check({}, rules=["output-type-mismtach"])

    def test_packs_can_be_run_one_by_one(self):
        whole = check(PROJECT, packs=["tec", "required"])
        tec, required = check(PROJECT, packs=["tec"]), check(PROJECT, packs=["required"])

        assert {found.kind for found in tec.findings} == {"mismatch"}
        assert {found.kind for found in required.findings} == {"missing"}
        assert sorted(tec.findings + required.findings) == sorted(whole.findings)
        assert (tec.outcomes, required.outcomes) == (whole.outcomes, {})


class TestVersions:
    OLD = {
        "version": "1.0",
        "business_goals": [{"id": "BG-01", "goal": "Save water"}, {"id": "BG-02", "goal": "Save power"}],
        "success_criteria": ["less"],
    }
    MODEL = {"version": "1.2", "business_metrics": [{"metric": "Cost", "goal_mapping": "G-02"}]}

    def test_an_old_document_is_upgraded_first_and_its_places_point_into_it(self):
        [finding] = check({"system_context": self.OLD, "trained_model": self.MODEL}, rules=["TEC-1"]).findings

        assert finding.message == "No metric measures the goal “G-01”, “Save water”."
        assert finding.places[1].pointer == "/business_goals/0/goal"
        assert finding.places[1].value == "Save water"
        assert finding.places[1].label == "Goals 1 › Goal"

    def test_a_field_the_old_version_did_not_have_leads_to_its_nearest_parent(self):
        old = {"version": "1.0", "algorithm_metrics": [{"metric": "Drift", "threshold": 1}]}
        [finding] = check({"trained_model": old}, rules=["TM-47"]).findings

        [place] = finding.places
        assert place.pointer == "/algorithm_metrics/0"
        assert place.value == {"metric": "Drift", "threshold": 1}
        assert place.label.endswith("Operator")

    def test_the_documents_are_left_as_they_were(self):
        before = json.dumps(self.OLD)

        check({"system_context": self.OLD})

        assert json.dumps(self.OLD) == before

    @pytest.mark.parametrize("version", [None, "", "1.3", "9", 1.2, [], {}, "1.2 "])
    def test_a_document_of_no_known_version_is_checked_as_it_is(self, version):
        documents = example("emergency-triage")
        documents["training_data"]["version"] = version

        assert check(documents) == check(example("emergency-triage"))

    def test_documents_may_come_in_any_mapping(self):
        assert check(MappingProxyType(PROJECT)) == check(PROJECT)


def test_a_complete_and_consistent_project_has_no_findings():
    report = check(example("consumer-loan-default"), packs=["tec", "required"])

    assert report.findings == []
    assert set(report.outcomes.values()) <= {"pass", "not-applicable"}


def test_every_place_shows_what_stands_at_its_pointer():
    for name in ("emergency-triage", "server-anomaly-alerts"):
        documents = example(name)
        for finding in check(documents).findings:
            for place in finding.places:
                found = resolve(documents.get(place.descriptor), place.pointer)
                assert place.label
                assert place.value == found or (place.value is None and isinstance(found, list))


def test_the_engine_stands_on_nothing_heavy():
    text = "import sys; import mismatch.engine; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", text],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(FOLDER.parent)},
    )
    heavy = {"django", "jsonschema", "dataclasses", "inspect", "difflib", "hashlib", "tomllib", "unicodedata"}

    assert heavy & set(done.stdout.split()) == set()
