"""What no template and no script may contain: the content-security policy would block it, or it would be unsafe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CODE = sorted(
    path
    for app in ("tec", "descriptors", "mismatch")
    for path in (ROOT / app).rglob("*.py")
    if "ml-mismatch-descriptors" not in path.parts
)
TAG = re.compile(r"<[a-zA-Z][^<>]*>")
DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a script without a source": r"<script(?![^>]*\bsrc=)",
    "an event handler": r"<[^>]*\son[a-z]+\s*=",
    "a javascript: address": r"javascript:",
    "htmx that needs eval": r"hx-on|hx-vals\s*=\s*.js:",
    "something from another site": r"(src|href)\s*=\s*[\"']?(https?:)?//",
    "text marked as safe": r"\|\s*safe\b|autoescape\s+off|safeseq",
}


STANDS_ALONE = {
    ("a style element", "templates/reports/paper.html"),
    ("text marked as safe", "templates/reports/paper.html"),
    ("text marked as safe", "templates/reports/blocks/picture.html"),
}
"""A report that is saved as a file brings our stylesheet along, and every report the pictures we drew: neither
is made of anything that people typed unescaped (tests/tec/reports tries)."""

SAMPLES = {
    "a style attribute": '<p style="color: red">',
    "a style element": "<style>p { color: red }</style>",
    "a script without a source": "<script type='module'>go()</script>",
    "an event handler": '<a href="#" onclick="go()">',
    "a javascript: address": '<a href="javascript:go()">',
    "htmx that needs eval": "<a hx-vals='js:{a: 1}'>",
    "something from another site": '<img src="//evil.example/x.png">',
    "text marked as safe": "{{ name|safe }}",
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_patterns_find_what_they_are_for(what):
    assert re.search(FORBIDDEN[what], SAMPLES[what], re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_template_contains_no(path, what):
    pattern = FORBIDDEN[what]
    text = DJANGO.sub("", path.read_text("utf-8")) if "safe" not in pattern else path.read_text("utf-8")

    assert bool(re.search(pattern, text, re.IGNORECASE)) == ((what, name(path)) in STANDS_ALONE)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_attribute_is_quoted(path):
    bare = DJANGO.sub("", path.read_text("utf-8"))

    for tag in TAG.findall(bare):
        unquoted = re.sub(r"=(\"[^\"]*\"|'[^']*')", "", tag)
        assert "=" not in unquoted, tag


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_template_compiles(path):
    get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_is_short_enough_to_read(path):
    assert len(path.read_text("utf-8").splitlines()) <= 120


ESCAPES_ITSELF = {
    "descriptors/editor/widgets.py"
}  # writes inputs by the thousand, through one escaping function


@pytest.mark.parametrize("path", [path for path in CODE if name(path) not in ESCAPES_ITSELF], ids=name)
def test_code_builds_no_html_from_variables_without_escaping(path):
    text = path.read_text("utf-8")

    assert not re.search(r"mark_safe\((?!\s*(\"|'))", text), "mark_safe is for constants; use format_html"
    assert not re.search(r"mark_safe\(\s*f[\"']|format_html\(\s*f[\"']", text)


def test_the_stylesheet_loads_nothing():
    text = (ROOT / "static/css/tec.css").read_text("utf-8")

    assert "@import" not in text
    assert "url(" not in text


def test_every_colour_is_a_token():
    text = (ROOT / "static/css/tec.css").read_text("utf-8")
    rest = text[text.index("/* ---------- base ---------- */") :]

    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", rest)) <= {"#fff"}  # paper is white in print
