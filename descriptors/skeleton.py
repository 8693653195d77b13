"""The document to start from: every key of the schema, nothing filled in."""

from __future__ import annotations

from typing import Any

from descriptors import catalogue


def skeleton(descriptor: str, version: str = catalogue.LATEST) -> dict[str, Any]:
    """A new document with every property of the schema, in its order, blank; lists hold one blank row."""
    document = _blank(catalogue.schema(descriptor, version))
    return document if isinstance(document, dict) else {}


def _blank(schema: dict[str, Any]) -> Any:
    if "const" in schema:
        return schema["const"]
    match schema.get("type"):
        case "object":
            return {name: _blank(node) for name, node in schema.get("properties", {}).items()}
        case "array":
            row = schema.get("items", {})
            return [_blank(row)] if row.get("type") == "object" else []
        case "boolean":
            return False
        case "integer" | "number":
            return 0
    return ""
