"""Findings as a page shows them: sides, the relation between them, tables, what waits. No database."""

from __future__ import annotations

from typing import Any

import pytest

from mismatch.models import Finding, Sighting
from mismatch.showing.listing import Entry
from mismatch.showing.places import Documents
from mismatch.showing.presentation import Card, Table, cards, descriptors_of, gathered, waits
from tests.examples import example

DOCUMENTS = Documents(example("emergency-triage"))


def place(descriptor: str, pointer: str, value: Any = None) -> dict[str, Any]:
    return {"descriptor": descriptor, "pointer": pointer, "value": value, "label": "Somewhere"}


def sighting(
    *places: dict[str, Any], rule: str = "output-type-mismatch", code: str = "TEC-3A", **over: Any
) -> Sighting:
    fields = {
        "kind": "mismatch",
        "outcome": "fail",
        "severity": "major",
        "message": "“level” differs.",
        "remedy": "Agree.",
        **over,
    }
    return Sighting(
        finding=Finding(rule=rule, code=code, fingerprint="0" * 32), places=list(places), **fields
    )


def cards_of(*found: Sighting, new: bool = False) -> list[Card]:
    entries = [
        Entry(pk, each.finding.rule, each.finding.code, each.kind, each.outcome, each.severity, (), "", new)
        for pk, each in enumerate(found)
    ]
    return cards(entries, dict(enumerate(found)), DOCUMENTS)


def card_of(found: Sighting) -> Card:
    return cards_of(found)[0]


def text(card: Card, side: int, spot: int = 0) -> str:
    shown = card.sides[side].spots[spot].shown
    return shown.nothing or "".join(piece.text for piece in shown.pieces)


def signs(card: Card) -> str:
    return card.relation.sign if card.relation else ""


def test_the_first_place_is_the_side_that_changes_first():
    card = card_of(
        sighting(
            place("development_environment", "/programming_languages", ["C#"]),
            place("trained_model", "/model_components/1/programming_languages/0", "Julia"),
        )
    )

    assert [(side.name, side.owner, side.first) for side in card.sides] == [
        ("Development Environment", "Software engineer", True),
        ("Trained Model", "Model developer", False),
    ]
    assert signs(card) == "∌"


def test_several_places_of_one_document_make_one_side():
    card = card_of(
        sighting(
            place("trained_model", "/algorithm_metrics", None),
            place("trained_model", "/business_metrics", None),
            place("system_context", "/goals/2/id", "G-03"),
        )
    )

    assert [len(side.spots) for side in card.sides] == [2, 1]
    assert text(card, 0, 0).startswith("G-0")
    assert signs(card) == "∌"


def test_a_third_document_gets_a_side_of_its_own():
    card = card_of(
        sighting(
            place("data_pipeline", "/input_spec/0/item_type", "Float"),
            place("production_data", "/schema/0/field_type", "string"),
            place("training_data", "/schema/0/field_type", "string"),
        )
    )

    assert [side.descriptor for side in card.sides] == ["data_pipeline", "production_data", "training_data"]
    assert signs(card) == "≠"


def test_two_places_of_one_document_stand_on_one_side_alone():
    card = card_of(
        sighting(
            place("trained_model", "/output_spec/0/item_name", "a"),
            place("trained_model", "/output_spec/1/item_name", "a"),
        )
    )

    assert len(card.sides) == 1
    assert card.relation is None


def test_a_finding_is_never_shown_as_if_all_were_well():
    card = card_of(
        sighting(
            place("trained_model", "/output_spec", ["confidence"]),
            place("development_environment", "/downstream_components/1/input_spec/0/item_name", "confidence"),
        )
    )

    assert signs(card) == "≠"


def test_a_blank_is_set_against_what_could_stand_there():
    card = card_of(sighting(place("trained_model", "/output_spec/3/component_mapping/component", "")))

    assert text(card, 0) == "blank"
    assert text(card, 1) == "Hospital Record System, ED Tracking Board"
    assert signs(card) == "∅"


def test_what_is_filled_in_is_not_set_against_choices():
    card = card_of(sighting(place("trained_model", "/output_spec/0/component_mapping/component", "ED Board")))

    assert len(card.sides) == 1


def test_a_missing_field_has_places_and_no_relation():
    card = card_of(
        sighting(
            place("trained_model", "/output_spec/3/component_mapping/component"),
            place("trained_model", "/output_spec/3/component_mapping/data_item"),
            kind="missing",
            rule="tm-15",
            code="TM-15",
            message="Trained Model: “X” is blank. An output can be integrated only when its receiver is known.",
        )
    )

    assert len(card.sides[0].spots) == 2
    assert card.relation is None
    assert card.gap == "“X” is blank."


def shares(*pairs: tuple[float, float], **over: Any) -> list[Sighting]:
    return [
        sighting(
            place("training_data", f"/distribution/{row}/percentage", left),
            place("production_data", f"/distribution/{row}/percentage", right),
            rule="distribution",
            code="TEC-16",
            **over,
        )
        for row, (left, right) in enumerate(pairs)
    ]


def test_figures_of_one_list_become_a_table_in_the_order_of_its_rows():
    one, two, three = shares((1.4, 0.9), (21.1, 14.6), (43.5, 45.5))
    one.severity = "info"

    (table,) = gathered(cards_of(three, one, two))

    assert isinstance(table, Table)
    assert [(row.name, row.left, row.difference) for row in table.rows] == [
        ("1", 1.4, -0.5),
        ("2", 21.1, -6.5),
        ("3", 43.5, 2.0),
    ]
    assert (table.title, table.unit, table.severity, table.decimals, table.scale) == (
        "Distribution",
        "%",
        "major",
        1,
        45.5,
    )
    assert table.tally == {"critical": 0, "major": 2, "minor": 0, "info": 1}


def test_two_figures_are_no_table():
    assert len(gathered(cards_of(*shares((1, 2), (3, 4))))) == 2


def test_tables_stand_where_their_first_finding_stood():
    other = sighting(
        place("trained_model", "/output_spec/0/item_type", "Integer"),
        place("production_data", "/schema", None),
    )

    shown = gathered(cards_of(other, *shares((1, 2), (3, 4), (5, 6)), other))

    assert [isinstance(each, Table) for each in shown] == [False, True, False]


@pytest.mark.parametrize("values", [("1", "2"), (True, False), (None, 1.0)])
def test_only_figures_become_a_table(values):
    found = shares(values, values, values)

    assert not any(isinstance(each, Table) for each in gathered(cards_of(*found)))


def test_what_waits_is_gathered_by_the_document_it_waits_for():
    found = [
        sighting(
            place("trained_model", "/log_data/0/log", "x"),
            rule=rule,
            code=code,
            outcome="cannot-tell",
            severity="info",
        )
        for rule, code in [("log-not-captured", "TEC-11"), ("goal-without-metric", "TEC-1"), ("gone", "X999")]
    ]

    waiting = waits(cards_of(*found))

    assert [(wait.name, wait.owner, len(wait.cards)) for wait in waiting] == [
        ("Trained Model", "Model developer", 1),
        ("Production Environment", "Operations", 1),
        ("", "", 1),
    ]
    assert waiting[1].cards[0].waiting == "1 log"
    assert waiting[2].cards[0].waiting == "X999"


def test_a_finding_that_is_gone_meanwhile_is_left_out():
    entry = Entry(1, "x", "X1", "mismatch", "fail", "major", (), "", False)

    assert cards([entry], {}, DOCUMENTS) == []


def test_only_documents_that_are_shown_are_read():
    assert descriptors_of([sighting(place("raw_data", "/x"))]) == {
        "raw_data",
        "trained_model",
        "development_environment",
    }
    assert descriptors_of([sighting(place("unheard_of", "/x"), rule="gone", code="X9")]) == set()
