"""A registry keeps order and refuses doubles; a package is walked without a list of its modules."""

from __future__ import annotations

import sys

import pytest

from tec.registry import Registry, discover


def test_things_come_back_in_the_order_they_were_added():
    rules: Registry[int] = Registry("rule")
    rules.add("second", 2)
    rules.add("first", 1)

    assert list(rules) == [2, 1]
    assert rules.ids() == ["second", "first"]
    assert (len(rules), rules["first"], "first" in rules, "third" in rules) == (2, 1, True, False)


def test_things_can_be_put_into_another_order():
    rules: Registry[int] = Registry("rule")
    for number in (3, 1, 2):
        rules.add(str(number), number)

    rules.sort(lambda number: number)

    assert rules.ids() == ["1", "2", "3"]


def test_a_second_thing_of_the_same_id_is_refused():
    rules: Registry[int] = Registry("rule")
    rules.add("twice", 1)

    with pytest.raises(ValueError, match="Two rules are called “twice”"):
        rules.add("twice", 2)


def test_an_unknown_id_names_the_known_ones():
    rules: Registry[int] = Registry("rule")
    rules.add("known", 1)

    with pytest.raises(KeyError, match="There is no rule called “knwon”; known: known"):
        rules["knwon"]


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package "pack" with a module, a sub-package and files that are no modules."""
    for path, text in {
        "pack/__init__.py": "seen = []",
        "pack/b.py": "import pack; pack.seen.append('b')",
        "pack/a.py": "import pack; pack.seen.append('a')",
        "pack/notes.txt": "",
        "pack/no-module.py": "raise RuntimeError",
        "pack/data/facts.json": "{}",
        "pack/sub/__init__.py": "",
        "pack/sub/c.py": "import pack; pack.seen.append('c')",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path / "pack"
    for name in [name for name in sys.modules if name.partition(".")[0] == "pack"]:
        del sys.modules[name]


def test_every_module_below_a_package_is_imported(package):
    discover("pack")

    assert sys.modules["pack"].seen == ["a", "b", "c"]


def test_a_module_that_cannot_be_imported_stops_the_walk(package):
    (package / "broken.py").write_text("import no_such_module_anywhere", "utf-8")

    with pytest.raises(ModuleNotFoundError, match="no_such_module_anywhere"):
        discover("pack")
