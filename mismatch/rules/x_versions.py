"""Tools that both sides have, in versions that may not go together."""

from __future__ import annotations

from mismatch.declaration import rule
from mismatch.rules._links import needs
from mismatch.rules._references import two_names
from mismatch.text.names import known_as
from mismatch.text.versions import difference, split_version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Memo
    from mismatch.reading import Doc


@rule(
    "tool-version-differs",
    code="X204",
    severity="major",
    pack="x",
    risk="Low: a version is split off only where it is written as one.",
    source="Lewis and Bellomo (2021): languages of development and production; Breck et al. (2017).",
)
def tool_version_differs(trained_model: Doc, development_environment: Doc, *, memo: Memo) -> Found:
    """The model needs another version of a tool than the development environment has.

    The tool is there, and the model may still not load: major versions change formats and interfaces.
    Compared as mere names the two only look like different tools, or like the same one.

    Remedy: State the version on both sides, and install the one the model was trained with.

    Example: The model needs “TensorFlow 1.15”, the development environment has “TensorFlow 2.4”. It is silent
    if both say 2.4, and leaves C99, H2O and Log4j whole, whose digits are part of the name.

    Decision: Different first numbers are major, different second numbers are minor, and so is a version that
    only one side states. Versions that agree as far as both state them, as 3 and 3.8, are worth knowing only
    since the names differ.

    Decision: Of several entries for one tool the one that fits best counts.

    Decision: What other rules find because of the version stays; this rule explains it.
    """
    links = needs(memo, trained_model, development_environment)
    offers: dict[int, dict[str, list[str]]] = {}
    for each in links.found:
        if each.name in each.target.names:
            continue
        tools = offers.get(id(each.target))
        if tools is None:
            tools = offers[id(each.target)] = {}
            for name in each.target.names.exact:
                tools.setdefault(known_as(split_version(name)[0]), []).append(name)
        base, version = split_version(each.name)
        found = _best(version, tools.get(known_as(base), []))
        if found:
            weight, other = found
            yield two_names(each, other, VERSIONS[weight], weight)
    yield links.outcome()


VERSIONS = {
    "info": "one tool, in versions that agree as far as both are stated",
    "minor": "one tool, but not certainly in one version",
    "major": "one tool in versions that do not go together",
}


def _best(version: str, names: list[str]) -> tuple[str, str] | None:
    """Severity and name of the entry whose version fits best; None if no version is stated at all."""
    weighed = []
    for name in names:
        other = split_version(name)[1]
        if version or other:
            weighed.append((difference(version, other) or "info", name))
    order = ["info", "minor", "major"]
    return min(weighed, key=lambda each: order.index(each[0])) if weighed else None
