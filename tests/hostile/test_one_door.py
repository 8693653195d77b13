"""Whatever comes from outside goes through the strict door: nothing else may parse JSON by other means."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

MAY_PARSE = {
    "tec/strictjson.py": "is the door",
    "tec/jsonpositions.py": "decodes single texts that it has scanned itself",
    "descriptors/models.py": "reads back what was stored, which came through the door",
    "descriptors/schema_store.py": "reads the schema files that come with the project",
}
MODULES = {"json", "json.decoder", "simplejson", "orjson", "ujson", "rest_framework.parsers"}
PARSERS = {"load", "loads", "JSONDecoder", "JSONParser"}


def test_only_known_modules_parse_json() -> None:
    found = {path for path, _ in parsing()}
    assert found == set(MAY_PARSE)


def parsing() -> Iterator[tuple[str, int]]:
    """File and line of every use of a JSON parser but ours."""
    for package in ("tec", "descriptors", "mismatch"):
        for path in sorted((ROOT / package).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "ml-mismatch-descriptors" in name:
                continue
            for node in ast.walk(ast.parse(path.read_bytes())):
                if is_parser(node):
                    yield name, node.lineno


def is_parser(node: ast.AST) -> bool:
    """Whether *node* names a parser: `json.loads`, `from json import load`, a parser class of DRF."""
    if isinstance(node, ast.Attribute):
        return node.attr in PARSERS and isinstance(node.value, ast.Name) and node.value.id in MODULES
    if isinstance(node, ast.ImportFrom):
        return node.module in MODULES and any(alias.name in PARSERS for alias in node.names)
    return False
