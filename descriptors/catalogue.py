"""Names the eight descriptors and hands out their JSON Schemas, wherever these come from."""

from __future__ import annotations

TYPE_CHECKING = False  # read by type checkers; importing `typing` would take longer than everything here
if TYPE_CHECKING:
    from typing import Any

    from descriptors.errata import Erratum
    from descriptors.schema_store import SchemaStore, Source

NAMES = {
    "system_context": "System Context",
    "raw_data": "Raw Data",
    "data_pipeline": "Data Pipeline",
    "training_data": "Training Data",
    "trained_model": "Trained Model",
    "development_environment": "Development Environment",
    "production_environment": "Production Environment",
    "production_data": "Production Data",
}
"""Identifier → what people call it."""

DESCRIPTORS = tuple(NAMES)
"""All identifiers, in the order every page and report uses."""

LATEST = "1.2"
"""The version new documents are written in. A newer schema may be available without being the one in use."""

OWN_VERSIONS = ("1.0", "1.1", "1.2")
"""The versions whose schemas come with the project, oldest first."""

PREFIXES = {
    "system_context": "SC",
    "raw_data": "RD",
    "data_pipeline": "DP",
    "training_data": "TD",
    "trained_model": "TM",
    "development_environment": "DE",
    "production_environment": "PE",
    "production_data": "PD",
}
"""Identifier → the two letters its required-field codes begin with."""

PRODUCERS = {
    "system_context": ("Product owner", "System owner", "System architect"),
    "raw_data": ("Data owner or provider", "Data engineer"),
    "data_pipeline": ("Data engineer", "Model developer"),
    "training_data": ("Model developer", "Data engineer"),
    "trained_model": ("Model developer",),
    "development_environment": ("Software engineer", "System integrator"),
    "production_environment": ("Operations",),
    "production_data": ("System owner", "System architect", "Operations"),
}
"""Identifier → the roles that write it; the first is the usual one."""

CONSUMERS = {
    "system_context": ("All roles",),
    "raw_data": ("Data engineer", "Model developer"),
    "data_pipeline": ("Model developer", "Software engineer", "System integrator", "Operations"),
    "training_data": ("Model evaluator or tester", "Model integrator (software engineer)"),
    "trained_model": ("Model evaluator or tester", "Software engineer", "System integrator", "Operations"),
    "development_environment": ("Data engineer", "Model developer"),
    "production_environment": ("Data engineer", "Model developer", "Software engineer", "System integrator"),
    "production_data": ("Data engineer", "Model developer", "Software engineer", "System integrator"),
}
"""Identifier → the roles that work from it; the first is the usual one."""


def versions(descriptor: str = "") -> tuple[str, ...]:
    """The versions there is a schema of, oldest first: of any descriptor, or of *descriptor* only."""
    return _store().versions(descriptor)


def schema(descriptor: str, version: str = LATEST) -> dict[str, Any]:
    """The JSON Schema with its errata repaired and its references written out.

    It is shared: read it, never change it. Raises `UnknownSchema` (a `LookupError`) naming what is known.
    """
    return _store().schema(descriptor, version)


def source() -> Source:
    """Where the schemas come from: our own files, or the submodule at a commit."""
    return _store().source


def errata(descriptor: str, version: str = LATEST) -> tuple[Erratum, ...]:
    """The known faults of a schema, repaired ones first."""
    return _store().errata(descriptor, version)


def reload() -> None:
    """Look at the schema files again, after the submodule was moved to another commit."""
    global _opened
    _opened = None


_opened: SchemaStore | None = None


def _store() -> SchemaStore:
    global _opened
    if _opened is None:
        # Imported late: most of what needs the names above never needs a schema.
        from descriptors.schema_store import SchemaStore

        _opened = SchemaStore()
    return _opened
