"""What rules read with, say things with and guess with; and what makes a finding the same finding."""

from __future__ import annotations

from hashlib import sha256
from time import perf_counter

import pytest

from mismatch.engine import check
from mismatch.findings import Place, Report, place
from mismatch.fingerprint import fingerprint
from mismatch.guesses import Guesses, nearest
from mismatch.reading import blank, column, group, loose, number, rows, text, texts, truth
from mismatch.wording import listing, plain, quote
from tests.examples import example
from tests.mismatch.rules.documents import environment, model


class TestReading:
    @pytest.mark.parametrize(
        ("value", "read"),
        [("a", "a"), (" a ", " a "), ("", ""), (" \t\u2003", ""), (None, ""), (5, "5"), (2.50, "2.5"), (True, ""),
         (["a"], ""), ({"a": 1}, "")],
    )  # fmt: skip
    def test_a_text_is_read_as_it_stands_and_blank_as_nothing(self, value, read):
        assert text({"it": value}, "it") == read
        assert column({"rows": [{"it": value}, {}]}, "rows", "it") == [read, ""]
        assert texts({"it": [value, "x"]}, "it") == [read, "x"]

    def test_a_number_that_python_will_not_write_out_reads_as_blank(self):
        assert text({"it": 10**5000}, "it") == ""

    def test_what_is_missing_reads_as_blank(self):
        assert (text({}, "it"), texts({}, "it"), rows({}, "it"), group({}, "it"), number({}, "it")) == (
            "",
            [],
            [],
            {},
            None,
        )

    def test_a_row_that_is_none_keeps_its_number(self):
        assert rows({"it": [{"a": 1}, "b", None, {"c": 2}]}, "it") == [{"a": 1}, {}, {}, {"c": 2}]

    def test_a_list_of_one_may_be_written_without_its_brackets(self):
        assert texts({"it": "Python"}, "it") == ["Python"]

    @pytest.mark.parametrize(
        ("value", "read"),
        [(5, 5), (2.5, 2.5), (0, 0), (" 12.50 ", 12.5), ("1e3", 1000), ("-4", -4)],
    )
    def test_a_number_may_be_written_as_text(self, value, read):
        assert number({"it": value}, "it") == read

    @pytest.mark.parametrize(
        "value",
        [None, "", "many", "12 GB", "1_000", True, False, "nan", "inf", "1e999", float("nan"), float("-inf"), 10**400,
         "9" * 5000, [], {}, "1,5"],
    )  # fmt: skip
    def test_what_is_no_finite_number_is_none(self, value):
        assert number({"it": value}, "it") is None

    @pytest.mark.parametrize("value", [True, 1, 2.5, "true", " Yes", "ON", "1"])
    def test_a_yes_may_be_written_in_many_ways(self, value):
        assert truth({"it": value}, "it")

    @pytest.mark.parametrize(
        "value", [False, None, 0, 0.0, "", "false", "no", "off", "0", [], {}, "maybe", [1]]
    )
    def test_everything_else_is_a_no(self, value):
        assert not truth({"it": value}, "it")

    def test_blank_is_what_holds_nothing_to_read(self):
        assert [blank(value) for value in (None, "", " \n", [], {})] == [True] * 5
        assert [blank(value) for value in (0, False, "x", [0], {"a": None})] == [False] * 5

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Scikit-Learn ", "scikit-learn"),
            ("Py Torch", "PyTorch"),
            ("Caf\u00e9", "cafe\u0301"),
            ("\uff21\uff22", "ab"),
            ("Stra\u00dfe", "STRASSE"),
        ],
    )
    def test_case_spacing_and_form_of_letters_do_not_count_loosely(self, one, other):
        assert loose(one) == loose(other)

    @pytest.mark.parametrize(("one", "other"), [("C", "C++"), ("a_b", "a-b"), ("resume", "r\u00e9sum\u00e9")])
    def test_other_signs_do_count(self, one, other):
        assert loose(one) != loose(other)


class TestWording:
    @pytest.mark.parametrize(
        ("text", "quoted"),
        [
            ("level", "“level”"),
            ("", "“”"),
            ("two words", "“two words”"),
            (" level", "“␣level”"),
            ("level\t", "“level␣”"),
            ("two \n lines", "“two lines”"),
            ("a\u202eb\ud800c\x00", "“a�b�c�”"),
            ("x" * 500, f"“{'x' * 119}…”"),
        ],
    )
    def test_a_value_is_quoted_on_one_line(self, text, quoted):
        assert quote(text) == quoted

    @pytest.mark.parametrize(
        ("names", "listed"),
        [
            ([], ""),
            (["a"], "“a”"),
            (["a", "b"], "“a” and “b”"),
            (["a", "b", "c"], "“a”, “b” and “c”"),
            (list("abcdef"), "“a”, “b”, “c”, “d”, “e” and “f”"),
            (list("abcdefg"), "“a”, “b”, “c”, “d”, “e” and 2 more"),
        ],
    )
    def test_names_are_listed_as_people_do(self, names, listed):
        assert listing(names) == listed

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (8, "8"),
            (8.0, "8"),
            (0.25, "0.25"),
            (0.1 + 0.2, "0.3"),
            (-3, "-3"),
            (10**20, "1e+20"),
            (94.0, "94"),
        ],
    )
    def test_a_number_is_written_as_people_do(self, value, written):
        assert plain(value) == written

    def test_a_message_stays_readable_with_very_long_values_and_the_place_keeps_them(self):
        long = "level " * 5000
        [finding] = check(
            model((long, "Integer", long, long)) | environment({long: {long: "Float"}}), rules=["TEC-3A"]
        ).findings

        assert len(finding.message) < 500
        [mapping] = check(model((long, "", "", "x")), rules=["TEC-3B"]).findings
        assert mapping.places[0].value == ""
        [unfed] = check(model() | environment({"Board": {long: "Float"}}), rules=["TEC-3C"]).findings
        assert unfed.places[1].value == long


class TestGuesses:
    @pytest.mark.parametrize(
        ("name", "meant"),
        [("Bord", "Board"), ("board ", "Board"), ("ED Trackin board", "ED Tracking Board"), ("Printer", "")],
    )
    def test_the_nearest_name_is_guessed(self, name, meant):
        assert nearest(name, ["Log", "Board", "ED Tracking Board"]) == meant

    def test_a_difference_in_case_goes_before_a_likeness(self):
        assert nearest("LEVEL", ["LEVELS", "level"]) == "level"

    def test_the_first_of_equals_is_meant(self):
        assert nearest("a", ["A", " a"]) == "A"

    def test_very_long_lists_are_only_compared_loosely(self):
        known = [f"name {number}" for number in range(5000)]

        assert nearest("NAME 7", known) == "name 7"
        assert nearest("nome 7", known) == ""

    def test_a_single_question_may_be_about_many_names(self):
        known = [f"rule-{number}-about-something" for number in range(1000)]

        assert nearest("rule-17-abuot-something", [*known, "rule-17-about-something"]) in known
        assert Guesses().nearest("rule-17-abuot-something", known) == ""

    def test_many_guesses_at_long_names_are_cheap(self):
        known = ["ab" * 29 + str(number) for number in range(190)]
        guesses = Guesses()
        start = perf_counter()

        for row in range(3000):
            guesses.nearest("ba" * 28 + str(row), known)

        assert perf_counter() - start < 15


class TestFingerprint:
    def test_it_is_the_beginning_of_the_digest_of_slug_and_keys(self):
        digest = sha256(b"goal-without-metric\x1fG-03").hexdigest()

        assert fingerprint("goal-without-metric", "G-03") == digest[:32]

    def test_keys_do_not_run_into_each_other(self):
        assert fingerprint("x", "a", "b") != fingerprint("x", "ab") != fingerprint("xa", "b")

    def test_what_is_no_text_has_one_too(self):
        assert len(fingerprint("x", "\ud800")) == 32

    def test_equal_things_are_counted(self):
        findings = check(
            model(("level", "Float", "", ""), ("level", "Float", "", ""), ("level", "Float", "", "")),
            rules=["TEC-3B"],
        ).findings

        assert [found.fingerprint for found in findings] == [
            fingerprint("output-unmapped", "level"),
            fingerprint("output-unmapped", "level", repeat=2),
            fingerprint("output-unmapped", "level", repeat=3),
        ]

    def test_a_finding_stays_the_same_when_rows_move_and_values_change(self):
        [before] = check(
            model(("x", "Float", "Board", "level")) | environment({"Board": {"level": "String"}}),
            rules=["TEC-3A"],
        ).findings
        [after] = check(
            model(("y", "Float", "Board", "y"), ("x", "Image", "Board", "level"))
            | environment({"Log": {}, "Board": {"y": "Float", "level": "String"}}),
            rules=["TEC-3A"],
        ).findings

        assert before.fingerprint == after.fingerprint

    def test_renaming_makes_a_new_finding(self):
        [before] = check(model(("x", "Float", "", "")), rules=["TEC-3B"]).findings
        [after] = check(model(("X", "Float", "", "")), rules=["TEC-3B"]).findings

        assert before.fingerprint != after.fingerprint

    def test_no_two_findings_of_a_project_are_the_same(self):
        for name in ("emergency-triage", "server-anomaly-alerts"):
            prints = [found.fingerprint for found in check(example(name)).findings]
            assert len(prints) == len(set(prints))


class TestPlaces:
    DOCUMENT = {"goals": [{"id": "G-01", "metrics": ["a", "b"]}], "risks": {"risk_fp": ""}, "words": "text"}

    def test_a_place_knows_its_pointer_value_and_label(self):
        assert place(self.DOCUMENT, "system_context", "goals", 0, "id") == Place(
            "system_context", "/goals/0/id", "G-01", "Goals 1 › Goal id"
        )

    @pytest.mark.parametrize(
        ("tokens", "value"),
        [
            (("risks", "risk_fp"), ""),
            (("risks",), {"risk_fp": ""}),
            (("goals", 0, "metrics"), ["a", "b"]),
            (("goals", 0, "metrics", 1), "b"),
            (("goals",), None),  # a list of rows is no value to show
            (("goals", 3, "id"), None),
            (("nothing", "here"), None),
            (("words", 0), None),  # a letter is no entry
            (("words", "x"), None),
            ((), None),
        ],
    )
    def test_the_value_is_what_is_there(self, tokens, value):
        assert place(self.DOCUMENT, "system_context", *tokens).value == value

    def test_very_long_lists_are_not_carried_along(self):
        assert place({"words": ["x"] * 1000}, "system_context", "words").value is None

    def test_a_report_counts_by_severity(self):
        findings = check(model(("a", "", "", ""), ("b", "", "", "")), rules=["TEC-3B"]).findings
        report = Report([findings[0], findings[1]._replace(severity="major")], {})

        assert report.counts() == {"critical": 0, "major": 1, "minor": 1, "info": 0}
        assert Report([], {}).counts() == dict.fromkeys(("critical", "major", "minor", "info"), 0)

    def test_a_finding_as_json_has_all_its_parts(self):
        [finding, *_] = check(example("bakery-demand-forecast")).findings
        parts = finding.as_json()

        assert list(parts) == [
            "code",
            "rule",
            "kind",
            "outcome",
            "severity",
            "message",
            "remedy",
            "fingerprint",
            "places",
        ]
        assert list(parts["places"][0]) == ["descriptor", "pointer", "value", "label"]
