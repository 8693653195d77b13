"""Components on both sides of the model."""

from __future__ import annotations

from tests.mismatch.rules.documents import environment
from tests.mismatch.rules.tables import firing, messages, silent

UP, DOWN = "development_environment/upstream_components", "development_environment/downstream_components"

test_silent = silent(
    "component-on-both-sides",
    {
        "other components": ("pass", environment(up={"Monitor": {}}, down={"Board": {}})),
        "near miss: numbered components": ("pass", environment(up={"Line 1": {}}, down={"Line 2": {}})),
        "near miss: a longer name": ("pass", environment(up={"Planning": {}}, down={"Planning Screen": {}})),
        "near miss: twice on one side": ("pass", environment(up={"A": {}, "a": {}}, down={"B": {}})),
        "a side without components": ("cannot-tell", environment(up={"A": {}})),
        "a side without names": ("cannot-tell", environment(up={"A": {}}, down={"": {}})),
        "no environment": ("cannot-tell", {}),
    },
)

test_firing = firing(
    "component-on-both-sides",
    {
        "the same component": (
            [f"info {DOWN}/1/component_name {UP}/0/component_name"],
            environment(up={"Records": {}}, down={"Board": {}, "Records": {}}),
        ),
        "in another spelling": (
            [f"info {DOWN}/0/component_name {UP}/1/component_name"],
            environment(up={"Monitor": {}, "record-system": {}}, down={"Record System": {}}),
        ),
    },
)


def test_the_message_says_what_may_happen():
    assert messages("component-on-both-sides", environment(up={"A": {}}, down={"A": {}})) == [
        "“A” delivers data to the model and receives its results; they may come back to it."
    ]
