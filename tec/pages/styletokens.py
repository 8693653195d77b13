"""The design tokens as the stylesheet declares them, for the page that shows them all."""

from __future__ import annotations

import re
from pathlib import Path

from tec.named import NamedTuple

STYLESHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "tec.css"


class Tokens(NamedTuple):
    """Names of custom properties, without their dashes."""

    colours: list[str]
    types: list[str]
    spaces: list[str]


def tokens() -> Tokens:
    declared = STYLESHEET.read_text("utf-8").partition(":root {")[2].partition("}")[0]
    return Tokens(
        re.findall(r"--([a-z0-9-]+): light-dark\(", declared),
        re.findall(r"--(t-[a-z0-9]+):", declared),
        re.findall(r"--(s\d+):", declared),
    )
