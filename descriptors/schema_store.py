"""Finds the schema of a descriptor in a version: in the submodule if that is checked out, else our own."""

from __future__ import annotations

import json
import os
from functools import cached_property
from typing import Any, NamedTuple

from descriptors import errata as faults
from descriptors import submodule
from descriptors.catalogue import DESCRIPTORS, NAMES, OWN_VERSIONS
from descriptors.errata import Erratum
from descriptors.schema_safety import SchemaRefused, accepted
from tec.plain import quoted

OWN_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "schemas")


class Source(NamedTuple):
    """Where schemas come from."""

    kind: str  # "own" or "submodule"
    commit: str = ""  # of the submodule
    note: str = ""  # a sentence for admins on why it is so; "" if all is as it should be

    @property
    def name(self) -> str:
        """As it is stored with every revision: "own", or "submodule" and the commit id."""
        return f"{self.kind} {self.commit}".rstrip()


class UnknownSchema(LookupError):
    """There is no schema of that descriptor in that version; the text names what there is."""


class SchemaStore:
    """The schemas of one installation, each read when it is first asked for."""

    def __init__(self, *, own: str = OWN_FOLDER, submodule: str = submodule.FOLDER) -> None:
        self._own = own
        self._submodule = submodule
        self._schemas: dict[tuple[str, str], tuple[dict[str, Any], tuple[Erratum, ...]]] = {}
        self._published: dict[tuple[str, str], dict[str, Any] | None] = {}
        self.refused: dict[tuple[str, str], str] = {}  # (version, descriptor) → why, as far as looked at

    @property
    def source(self) -> Source:
        return self._read[0]

    def versions(self, descriptor: str = "") -> tuple[str, ...]:
        """The versions that can be used, oldest first: of any descriptor, or of *descriptor*."""
        wanted = (descriptor,) if descriptor else DESCRIPTORS
        added = {
            version
            for version, name in self._files
            if version not in OWN_VERSIONS and name in wanted and self._from_submodule(name, version)
        }
        return tuple(sorted({*OWN_VERSIONS, *added}, key=number))

    def schema(self, descriptor: str, version: str) -> dict[str, Any]:
        return self._repaired(descriptor, version)[0]

    def errata(self, descriptor: str, version: str) -> tuple[Erratum, ...]:
        return self._repaired(descriptor, version)[1]

    @cached_property
    def _read(self) -> tuple[Source, dict[tuple[str, str], bytes]]:
        try:
            snapshot = submodule.read(self._submodule)
        except submodule.SubmoduleUnreadable as reason:
            # An empty folder is how most installations are meant to be.
            empty = not submodule.is_checked_out(self._submodule)
            return Source("own", note="" if empty else f"{reason} TEC’s own schema files are used."), {}
        moved = (
            ""
            if snapshot.commit == submodule.PINNED
            else "It is not the commit this version of TEC is made for."
        )
        return Source("submodule", snapshot.commit, moved), snapshot.files

    @property
    def _files(self) -> dict[tuple[str, str], bytes]:
        return self._read[1]

    def _repaired(self, descriptor: str, version: str) -> tuple[dict[str, Any], tuple[Erratum, ...]]:
        key = (descriptor, version)
        if key not in self._schemas:
            found = self._from_submodule(descriptor, version) or self._from_own(descriptor, version)
            if found is None:
                raise self._unknown(descriptor, version)
            schema, repaired = faults.repaired(found)
            self._schemas[key] = schema, (*repaired, *faults.known(descriptor, version))
        return self._schemas[key]

    def _from_submodule(self, descriptor: str, version: str) -> dict[str, Any] | None:
        key = (version, descriptor)
        if key not in self._published:
            self._published[key] = None
            if key in self._files:
                try:
                    self._published[key] = accepted(self._files[key])
                except SchemaRefused as reason:
                    self.refused[key] = str(reason)
        return self._published[key]

    def _from_own(self, descriptor: str, version: str) -> dict[str, Any] | None:
        if descriptor not in DESCRIPTORS or version not in OWN_VERSIONS:
            return None
        with open(os.path.join(self._own, version, f"{descriptor}.json"), encoding="utf-8") as file:
            schema: dict[str, Any] = json.load(file)
        return schema

    def _unknown(self, descriptor: str, version: str) -> UnknownSchema:
        if descriptor not in DESCRIPTORS:
            return UnknownSchema(
                f"There is no descriptor {quoted(descriptor)}; known: {', '.join(DESCRIPTORS)}."
            )
        reason = self.refused.get((version, descriptor))
        if reason:
            return UnknownSchema(f"The schema of {NAMES[descriptor]} {version} is not used. {reason}")
        known = ", ".join(self.versions(descriptor))
        return UnknownSchema(f"{NAMES[descriptor]} has no version {quoted(version)}; known: {known}.")


def number(version: str) -> tuple[int, ...]:
    """*version* as something to sort by: 1.10 comes after 1.9."""
    return tuple([int(part) for part in version.split(".")])
