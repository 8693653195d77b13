"""Writes a paper as HTML: as a page of the site, and as one file that stands alone. Both print well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from tec.reports.paper import Paper

STYLES = ("css/report.css",)


def as_file(paper: Paper) -> bytes:
    """One file with everything in it: no script, nothing that is loaded."""
    return render_to_string("reports/paper.html", {"paper": paper, "style": stylesheet()}).encode()


def as_page(paper: Paper, **context: Any) -> str:
    """A page of the site; its stylesheet is a static file, as the content-security policy wants."""
    return render_to_string("reports/paper.html", {"paper": paper, **context})


def stylesheet() -> str:
    """The stylesheet of reports. It is ours, so it holds nothing that could end its element."""
    texts = []
    for name in STYLES:
        path = finders.find(name)
        assert isinstance(path, str), f"{name} is not among the static files"
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    return "\n".join(texts)
