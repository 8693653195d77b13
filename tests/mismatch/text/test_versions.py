"""Names and versions apart, versions compared, requirements read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.versions import Requirement, difference, disjoint, requirement, split_version, version_of

relaxed = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize(
    ("text", "name", "version"),
    [
        ("Python 3.8", "Python", "3.8"),
        ("Python version 3.8", "Python", "3.8"),
        ("torch==1.15", "torch", "1.15"),
        ("torch == 2.1+cu118", "torch", "2.1"),
        ("CUDA v12.4", "CUDA", "12.4"),
        ("Python (3.8)", "Python", "3.8"),
        ("R 4", "R", "4"),
        ("Python 3.x", "Python", "3"),
        ("TensorFlow 2.4.0rc1", "TensorFlow", "2.4.0"),
        ("python3.8", "python", "3.8"),
        ("Python3", "Python", "3"),
        ("Java17", "Java", "17"),
        ("cuda-12.4", "cuda", "12.4"),
        ("Log4j2.17", "Log4j", "2.17"),
        # whole
        ("Python", "Python", ""),
        ("C99", "C99", ""),
        ("H2O", "H2O", ""),
        ("Log4j", "Log4j", ""),
        ("libgomp1", "libgomp1", ""),
        ("Visual Studio 2019", "Visual Studio 2019", ""),
        ("Go 1.22 run time", "Go 1.22 run time", ""),
        ("glibc >= 2.31", "glibc >= 2.31", ""),
        ("3.8", "3.8", ""),
        ("", "", ""),
    ],
)
def test_a_name_is_split_from_its_version(text, name, version):
    assert split_version(text) == (name, version)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("3.8", "3.8", ""),
        ("3.8", "3.8.1", ""),
        ("3", "3.8", ""),
        ("1.15", "1.15.0", ""),
        ("", "", ""),
        ("3.8", "3.9", "minor"),
        ("3.8", "", "minor"),
        ("", "3.8", "minor"),
        ("1.15", "2.4", "major"),
        ("2", "3.1", "major"),
        ("new", "3.1", ""),
    ],
)
def test_versions_differ_more_or_less(one, other, expected):
    assert difference(one, other) == expected
    assert difference(other, one) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("numpy", Requirement("numpy", ())),
        ("numpy>=1.20,<2", Requirement("numpy", ((">=", (1, 20)), ("<", (2,))))),
        ("torch[cuda]==2.1", Requirement("torch", (("==", (2, 1)),))),
        ("pandas ~= 2.0  # pinned", Requirement("pandas", (("~=", (2, 0)),))),
        ("django==5.*", Requirement("django", (("~=", (5, 0)),))),
        ("CUDA 12.4", Requirement("CUDA", (("==", (12, 4)),))),
        ("CUDA 12.4 runtime", Requirement("CUDA", (("==", (12, 4)),))),
        ("Julia 1.10 run time", Requirement("Julia", (("==", (1, 10)),))),
        ("the run time of the decision engine", None),
        ("numpy; python_version < '3.9'", Requirement("numpy", ())),
        ("glibc 2.31 or newer", None),
        ("numpy >= latest", None),
        ("Container runtime with GPU support", None),
        ("", None),
    ],
)
def test_a_requirement_is_read(text, expected):
    assert requirement(text) == expected


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ([("==", (1, 0)), ("==", (1, 0, 0))], False),
        ([("==", (1, 0)), ("==", (1, 1))], True),
        ([(">=", (1, 20)), ("<", (2,))], False),
        ([(">=", (2,)), ("<", (2,))], True),
        ([(">", (2,)), ("<=", (2,))], True),
        ([(">=", (2,)), ("<=", (2,))], False),
        ([("~=", (2, 1)), ("==", (2, 5))], False),
        ([("~=", (2, 1)), ("==", (3, 0))], True),
        ([("~=", (2, 1)), (">=", (3,))], True),
        ([("~=", (2, 1, 3)), ("==", (2, 2))], True),
        ([("==", (2, 1)), ("!=", (2, 1))], True),
        ([(">=", (2, 1)), ("!=", (2, 1))], False),
        ([("==", (2,)), ("~=", (2, 0))], False),
        ([("<", (1,)), (">", (5,))], True),
        ([], False),
    ],
)
def test_bounds_exclude_one_another_or_not(bounds, expected):
    assert disjoint(bounds) is expected
    assert disjoint(reversed(bounds)) is expected


VERSIONS = st.lists(st.integers(0, 99), min_size=1, max_size=3).map(tuple)


@relaxed
@given(VERSIONS)
def test_a_version_that_is_written_down_reads_as_it_was(version):
    written = ".".join(map(str, version))

    assert version_of(written) == version
    assert version_of(f"v{written}") == version
    if len(version) > 1:
        assert split_version(f"Tool {written}") == ("Tool", written)


@relaxed
@given(VERSIONS, VERSIONS)
def test_two_pins_exclude_one_another_exactly_if_they_differ(one, other):
    same = tuple(one) + (0,) * (3 - len(one)) == tuple(other) + (0,) * (3 - len(other))

    assert disjoint([("==", one), ("==", other)]) is not same


@relaxed
@given(st.text(max_size=40) | st.text(alphabet="abv0123456789.=<>~!,; ()x*", max_size=30))
def test_no_text_makes_it_raise(text):
    name, version = split_version(text)

    assert isinstance(name, str)
    assert version == "" or version_of(version)
    found = requirement(text)
    assert found is None or disjoint(found.bounds) in {True, False}


@pytest.mark.parametrize(
    "text", ["9" * 5000, "x==" + "9" * 5000, "x " + "1." * 60 + "1", "\ud800 1.0", "٣.٤"]
)
def test_strange_texts_do_no_harm(text):
    assert isinstance(split_version(text), tuple)
    assert isinstance(version_of(text), tuple)
    assert requirement(text) is None or requirement(text)
