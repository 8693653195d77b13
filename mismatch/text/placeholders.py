"""Knows texts that stand in for an answer (TBD, lorem ipsum), and answers that say “nothing”."""

from __future__ import annotations

from functools import lru_cache

from mismatch.text.names import words

STAND_INS = frozenset(
    (
        "tbd",
        "t b d",
        "tba",
        "tbc",
        "to do",
        "todo",
        "fixme",
        "to be defined",
        "to be determined",
        "to be decided",
        "to be done",
        "to be added",
        "to be announced",
        "to be confirmed",
        "to be completed",
        "to be filled",
        "to be filled in",
        "to be specified",
        "to be written",
        "to be clarified",
        "to be discussed",
        "to be agreed",
        "to be provided",
        "to be supplied",
        "to be implemented",
        "to be updated",
        "to follow",
        "will follow",
        "follows later",
        "later",
        "pending",
        "wip",
        "work in progress",
        "under construction",
        "not yet",
        "not yet written",
        "not yet available",
        "not yet implemented",
        "not implemented yet",
        "not available yet",
        "noch offen",
        "noch unklar",
        "noch zu klären",
        "noch zu definieren",
        "noch festzulegen",
        "noch nicht festgelegt",
        "noch nicht bekannt",
        "wird nachgereicht",
        "wird ergänzt",
        "wird noch ergänzt",
        "folgt",
        "folgt noch",
        "à définir",
        "à compléter",
        "à préciser",
        "por definir",
        "da definire",
        "nog te bepalen",
        "not yet defined",
        "not yet known",
        "not yet decided",
        "not defined yet",
        "not known yet",
        "not decided yet",
        "fill in",
        "fill me in",
        "fill this in",
        "fill in later",
        "add later",
        "coming soon",
        "change me",
        "changeme",
        "placeholder",
        "dummy",
        "sample text",
        "your text here",
        "enter text here",
        "enter description",
        "insert text here",
        "description here",
        "asdf",
        "asdfasdf",
        "asdfg",
        "qwerty",
        "qwertz",
        "foo",
        "bar",
        "foo bar",
        "foobar",
        "blah",
        "blah blah",
        "bla",
        "bla bla",
        "xx",
        "xxx",
        "xxxx",
        "xxxxx",
    )
)
_LEADS = (
    "tbd",
    "todo",
    "tba",
    "fixme",
    "lorem ipsum",
    "to be defined",
    "to be determined",
    "to be decided",
    "to be clarified",
)
_GOES_ON = frozenset({"by", "later", "with", "in", "soon", "ask", "check", "see", "from"})
NOTHING = frozenset(
    (
        "none",
        "no",
        "nil",
        "null",
        "nothing",
        "n a",
        "na",
        "not applicable",
        "not available",
        "not relevant",
        "not needed",
        "not required",
        "no data",
        "none known",
        "none needed",
        "none required",
        "none so far",
        "no risk",
        "no risks",
        "no known issues",
        "no restrictions",
        "unrestricted",
        "no risk known",
        "negligible",
    )
)


def placeholder(text: str) -> bool:
    """Does the whole text only keep a place: TBD, “to be defined”, ???, …, xxx, asdf, lorem ipsum …?

    False for blank text, and for answers such as “none” or “test”, which may be meant.
    """
    return len(text) <= 400 and _placeholder(text)


@lru_cache(maxsize=8192)
def _placeholder(text: str) -> bool:
    core = text.strip()
    if not core:
        return False
    parts = words(core)
    if not parts:  # signs only; a dash is an answer, and other signs may be names
        return set(core) <= set("?.…_<>[]{} ") and (
            "?" in core or "…" in core or "..." in core or "__" in core
        )
    whole = " ".join(parts)
    if whole in STAND_INS:
        return True
    if len(parts) == 3 and parts[:2] == ("to", "be") and parts[2].endswith("ed"):
        return True
    return len(parts) <= 12 and whole.startswith(_LEADS) and _stops(core, whole)


def _stops(core: str, whole: str) -> bool:
    """Does the text that begins with a stand-in say no more than that: “TBD (ask Ann)”, “TODO: write”?"""
    lead = next(lead for lead in _LEADS if whole.startswith(lead))
    if lead == "lorem ipsum":
        return True
    rest = whole[len(lead) :]
    if rest and rest[0] != " ":
        return False  # “todos”
    after = core[len(lead) :].lstrip()
    return not rest or after[:1] in set(":-–—,(.!?") or rest.split()[0] in _GOES_ON


@lru_cache(maxsize=8192)
def says_nothing(text: str) -> bool:
    """Is the whole text an answer that there is nothing: “none”, “N/A”, “-”, “not applicable”?

    False for blank text and for placeholders; True also for “none (see wiki)”.
    """
    core = text.strip()
    if not core or len(core) > 200:
        return False
    bare = core.partition("(")[0].strip(" .,;:!") or core
    if set(bare) <= set("-–—/"):
        return True
    return " ".join(words(bare)) in NOTHING
