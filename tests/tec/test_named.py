"""Our NamedTuple is that of `typing` in everything that we use."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from tec.named import NamedTuple


class Ours(NamedTuple):
    """A pair."""

    first: int
    second: str = "two"

    @property
    def both(self) -> str:
        return f"{self.first} {self.second}"

    def doubled(self) -> Ours:
        return self._replace(first=2 * self.first)


class Theirs(typing.NamedTuple):
    """A pair."""

    first: int
    second: str = "two"


def test_it_has_fields_defaults_and_the_names_of_its_class() -> None:
    for name in ("_fields", "_field_defaults", "__doc__", "__match_args__"):
        assert getattr(Ours, name) == getattr(Theirs, name)
    assert (Ours.__name__, Ours.__qualname__, Ours.__module__) == ("Ours", "Ours", __name__)
    assert repr(Ours(1)) == "Ours(first=1, second='two')"
    assert Ours(1) == (1, "two") == tuple(Theirs(1))


def test_it_has_the_methods_and_properties_of_its_class() -> None:
    assert Ours(1).both == "1 two"
    assert Ours(1).doubled() == Ours(2)
    assert Ours(1)._asdict() == {"first": 1, "second": "two"}


def test_it_can_be_copied_and_pickled() -> None:
    assert copy.deepcopy(Ours(1, "b")) == pickle.loads(pickle.dumps(Ours(1, "b"))) == Ours(1, "b")


def test_a_field_that_is_missing_or_unknown_is_refused() -> None:
    with pytest.raises(TypeError):
        Ours()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Ours(1, third=3)  # type: ignore[call-arg]
