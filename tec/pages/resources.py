"""What the resource pages say: what each descriptor is about and how the schemas changed."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from descriptors import catalogue
from descriptors.errata import Erratum
from descriptors.guides import guide
from tec.named import NamedTuple

CHANGELOG = Path(__file__).with_name("changelog.toml")

ABOUT = {
    "system_context": "what the system is for, its goals and risks",
    "raw_data": "its sources and what the values mean",
    "data_pipeline": "inputs, steps, reaction to bad values",
    "training_data": "fields, statistics, label shares",
    "trained_model": "outputs, metrics, what it needs to run",
    "development_environment": "neighbouring components, machines",
    "production_environment": "machines, logs, feedback, time limits",
    "production_data": "what really arrives",
}
"""Identifier → a few words, in display order."""


class Descriptor(NamedTuple):
    """One of the eight, as the public pages introduce it."""

    identifier: str
    about: str

    @property
    def name(self) -> str:
        return catalogue.NAMES[self.identifier]

    @property
    def summary(self) -> str:
        return guide(self.identifier).summary

    @property
    def producers(self) -> tuple[str, ...]:
        return catalogue.PRODUCERS[self.identifier]

    @property
    def consumers(self) -> tuple[str, ...]:
        return catalogue.CONSUMERS[self.identifier]


def eight() -> list[Descriptor]:
    return [Descriptor(identifier, about) for identifier, about in ABOUT.items()]


class Change(NamedTuple):
    """What became different for one descriptor in one version, and what happens to older content."""

    name: str
    what: list[str]
    older: list[str]


class Version(NamedTuple):
    number: str
    before: str
    changes: list[Change]
    unchanged: list[str]  # names of the descriptors in which only the version number is new


@cache
def changelog() -> list[Version]:
    """The versions of the schemas that changed something, newest first."""
    with CHANGELOG.open("rb") as file:
        return [_version(**table) for table in tomllib.load(file)["version"]]


def _version(*, number: str, before: str, **tables: dict[str, list[str]]) -> Version:
    changes = [
        Change(name, tables[key]["what"], tables[key].get("older", []))
        for key, name in catalogue.NAMES.items()
        if key in tables
    ]
    return Version(number, before, changes, [n for key, n in catalogue.NAMES.items() if key not in tables])


class Fault(NamedTuple):
    """One known fault of the published schemas, with everything it concerns."""

    erratum: Erratum
    concerns: list[tuple[str, tuple[str, ...]]]  # name of the descriptor, fields


def faults(version: str = catalogue.LATEST) -> list[Fault]:
    """The known faults of the schemas of *version*, repaired ones first, then by number."""
    found: dict[Erratum, Fault] = {}
    for descriptor in catalogue.DESCRIPTORS:
        for erratum in catalogue.errata(descriptor, version):
            fault = found.setdefault(erratum._replace(paths=()), Fault(erratum, []))
            fault.concerns.append((catalogue.NAMES[descriptor], erratum.paths))
    return sorted(found.values(), key=lambda each: (not each.erratum.repaired, int(each.erratum.code[1:])))
