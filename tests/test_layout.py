"""The direction of imports: who may know whom."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path
    for package in ("tec", "descriptors", "mismatch")
    for path in (ROOT / package).rglob("*.py")
    if "ml-mismatch-descriptors" not in path.parts
)

LEAVES = {
    "tec.strictjson",
    "tec.strictyaml",
    "tec.jsonfaults",
    "tec.jsonpositions",
    "tec.markdown",
    "tec.named",
    "tec.paragraphs",
    "tec.plain",
    "tec.pointers",
    "tec.registry",
    "tec.env",
    "tec.hosts",
    "tec.api.problems",
}

# Package → what it may import of ours, besides itself and the leaves.
MAY_KNOW = {
    "tec.audit": (),
    "tec.accounts": ("tec.audit", "tec.celery", "tec.sealing", "tec.tries"),
    "tec.api": (),
    "tec.projects": ("tec.audit", "tec.api", "tec.accounts.letters"),
    "tec.work": ("tec.celery", "tec.broker"),
    "tec.notices": (
        "tec.projects",
        "tec.audit",
        "tec.api",
        "tec.celery",
        "tec.work",
        "tec.sealing",
        "tec.tries",
    ),
    "descriptors": (
        "tec.projects",
        "tec.audit",
        "tec.api",
        "tec.celery",
        "tec.work",
        "tec.sealing",
    ),
    "mismatch": (
        "descriptors",
        "tec.projects",
        "tec.audit",
        "tec.api",
        "tec.celery",
        "tec.work",
        "tec.notices",
    ),
}

NO_DJANGO = [
    *LEAVES - {"tec.env"},
    "tec.cli",
    "descriptors.catalogue",
    "descriptors.guides",
    "descriptors.validation",
    "descriptors.reading",
    "descriptors.writing",
    "descriptors.upgrades",
    "descriptors.links",
    "descriptors.repositories.address",
    "descriptors.repositories.fetching",
    "descriptors.repositories.gitting",
    "descriptors.repositories.hosts",
    "descriptors.repositories.problems",
    "descriptors.repositories.reader",
    "descriptors.differences",
    "mismatch.engine",
    "mismatch.declaration",
    "mismatch.findings",
    "mismatch.fit",
    "mismatch.fixes",
    "mismatch.fixing",
    "mismatch.lineage",
    "mismatch.traceability",
    "mismatch.fingerprint",
    "mismatch.guesses",
    "mismatch.reading",
    "mismatch.recall",
    "mismatch.required.blanks",
    "mismatch.required.limits",
    "mismatch.own.files",
    "mismatch.own.operators",
    "mismatch.own.rules",
    "mismatch.plugins",
    "mismatch.profiles.profile",
    "mismatch.profiles.files",
    "mismatch.profiles.words",
    "mismatch.required",
    "mismatch.required.checks",
    "mismatch.required.wording",
    "mismatch.showing.rule_pages",
    "mismatch.rules",
    "mismatch.text",
    "mismatch.wording",
    "mismatch.reports",
    "mismatch.baseline",
    "mismatch.comparison",
    "mismatch.gate",
    "mismatch.ignoring.file",
    "mismatch.ignoring.matching",
    "mismatch.results",
    "mismatch.decisions.subject",
]
DJANGO = re.compile(r"^(django|rest_framework|celery|csp|whitenoise)\b")


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def home(module: str) -> str | None:
    return next((package for package in MAY_KNOW if inside(module, package)), None)


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_imports_run_one_way(path: Path) -> None:
    module = module_of(path)
    package = home(module)
    if package is None:  # the site wires all apps
        return
    for name in imports(path):
        if not name.startswith(("tec.", "descriptors", "mismatch")) or inside(name, package):
            continue
        allowed = any(inside(name, known) for known in (*MAY_KNOW[package], *LEAVES))
        assert allowed or name == "tec", f"{module} imports {name}"


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if any(inside(module_of(p), m) for m in NO_DJANGO)], ids=module_of
)
def test_the_engine_room_knows_no_django(path: Path) -> None:
    assert [name for name in imports(path) if DJANGO.match(name)] == []


@pytest.mark.parametrize("app", ["tec/projects", "descriptors", "mismatch"])
def test_models_and_services_know_no_views(app: str) -> None:
    for path in [ROOT / app / "models.py", *(ROOT / app / "services").glob("*.py")]:
        for name in imports(path):
            assert not re.match(r"(tec|descriptors|mismatch)\b.*\.(views|forms|urls)\b", name), (
                f"{module_of(path)} imports {name}"
            )


def test_outside_json_comes_through_one_door() -> None:
    """`json.loads` of anything a person sent would let in what the database cannot hold."""
    allowed = {
        "tec.strictjson",
        "tec.jsonfaults",
        "tec.jsonpositions",
        "tec.audit.models",
        "descriptors.authorship",
        "descriptors.drafts",
        "descriptors.models",
        "descriptors.schema_store",
    }
    users = {
        module_of(path)
        for path in SOURCES
        if re.search(r"\bjson\.loads?\(", path.read_text("utf-8")) and "tests" not in path.parts
    }
    assert {user for user in users if user not in allowed and "strictjson" not in user} <= set()
