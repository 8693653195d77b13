"""The measure of the rules holds: faults are found at the right field, harmless edits stay silent."""

from __future__ import annotations

from benchmarks import quality

KNOWN = {
    "two channels",
}
"""Faults that no rule finds so far. “two channels”: an inner output, while post-processing is on, is compared
with nothing."""


def test_faults_seeded_into_the_examples_are_found_at_the_right_field():
    assert len(quality.FAULTS) >= 100
    assert {fault.title for fault, _ in quality.missed()} <= KNOWN


def test_harmless_edits_raise_nothing_that_is_minor_or_worse():
    assert quality.edits_of_all() >= 300
    assert [(name, edit.title) for name, edit, _ in quality.alarms()] == []
