"""tec.toml: read with the line of every mistake, and written so that it reads the same."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mismatch.profiles.files import ProfileProblem, line_of, read_profile, write_profile
from mismatch.profiles.profile import Deviation, Profile, subjects
from tests.mismatch.profiles.test_profile import deviations
from tests.mismatch.test_any_document import relaxed

GOOD = b"""\
[profile]
name = "Radiology"

[rules.TEC-13]
enabled = false
reason = "Feedback comes by telephone."

[rules.label-shift]
severity = "minor"
params = { minor_difference = 0.05 }
reason = "Small classes matter here."

[rules.SC-01.params]
[rules.SC-01]
severity = "info"
reason = \"\"\"
Written
elsewhere.\"\"\"
"""


def test_a_file_is_read():
    found = read_profile(GOOD)

    assert found.name == "Radiology"
    assert found.deviations == (
        Deviation("feedback-not-captured", "TEC-13", "minor", False, reason="Feedback comes by telephone."),
        Deviation("label-shift", "X308", "major", True, "minor", {"minor_difference": 0.05}, "Small classes matter here."),
        Deviation("sc-01", "SC-01", "minor", True, "info", reason="Written\nelsewhere."),
    )  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"# nothing\n", b"[profile]\n", b"[rules]\n", b"\xef\xbb\xbf# bom"])
def test_an_empty_file_wants_nothing_otherwise(data):
    assert not read_profile(data)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[rules.TEC-1]\nreason = 1 2", "tec.toml: line 2, column 12: not TOML: "),
        ("[rules.TEC-1", "tec.toml: line 1: not TOML: "),
        ("[rules.TEC-1]\nreason = \"x", "not TOML: "),
        ("[rules.TEC-1]\n[rules.TEC-1]", "tec.toml: line 2, column 13: not TOML: cannot declare"),
        ("\n\n[tool]\n", "line 3: “tool” cannot stand here"),
        ("rules = 1", "line 1: “rules” cannot stand here"),
        ("[profile]\n# words\ntitle = \"x\"", "line 3: “title” is not known"),
        ("[profile]\nname = 1", "line 2: the name has to be a text"),
        ("[rules.TEC-1]\nreason = \"x\"\n\n[rules.TEC-99]\nreason = \"x\"", "line 4: there is no rule “TEC-99”"),
        ("[rules]\nTEC-1 = { reason = \"x\" }\nTEC-2 = {\n reason = \"\" }".replace("{\n", "{"), "line 3: TEC-2 has no reason"),
        ("[rules.TEC-1]\nreason = \"\"\"\nx\n\ny\"\"\"\n\nseverity = \"bad\"", "line 7: “bad” is no severity"),
        ("[rules.X305]\nreason = \"x\"\n[rules.X305.params]\n\npoints = 99", "line 5: “points” has to be a number from 0 to 50"),
        ("[rules.X305]\nreason = \"x\"\nparams = { points = 99 }", "line 3: “points” has to be a number"),
        ("[rules.TEC-1]\nreason = 2020-01-01", "line 1: TEC-1 has no reason"),
        ("[rules.TEC-1]\nreason = \"x\"\nseverity = 2020-01-01", "line 3: “2020-01-01” is no severity"),
        ("a = " + "[" * 2000 + "]" * 2000, "nested too deep"),
        ("#" * 100_001, "100,001 bytes"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(text, words):
    before = time.process_time()
    with pytest.raises(ProfileProblem) as caught:
        read_profile(text.encode())

    assert words in str(caught.value)
    assert str(caught.value).startswith("tec.toml: ")
    assert str(caught.value).endswith(".")
    assert time.process_time() - before < 5


def test_bytes_that_are_no_utf_8_are_refused_with_their_line():
    with pytest.raises(ProfileProblem, match=r"mine.toml: line 2: it is not UTF-8. Save it as UTF-8."):
        read_profile("\nä".encode("latin-1"), name="mine.toml")


def test_looking_for_a_line_ends():
    text = "a = '''\n" + "\n" * 90_000 + "'''\n[rules.nothing]\nreason = 'x'"
    before = time.process_time()

    line_of(text, ("rules", "nothing"))

    assert time.process_time() - before < 10


@relaxed(60)
@given(deviations, st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_what_is_written_is_read_as_it_was(wanted, reason):
    wanted = [each._replace(reason=reason.strip()[:1000].strip() or "x") for each in wanted]
    wanted = [each if not subjects()[each.rule].follows else each._replace(params={}) for each in wanted]

    found = read_profile(write_profile(Profile(wanted).deviations, "Ours").encode())

    assert found.name == "Ours"
    assert found.deviations == Profile(wanted).deviations
