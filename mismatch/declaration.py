"""How a rule is declared: a function whose parameters are the descriptors it reads, and what it yields."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter

from tec.named import NamedTuple
from tec.registry import Registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from typing import Any, TypeAlias

    At: TypeAlias = tuple[str | int, ...]
    """Descriptor and tokens: ("trained_model", "output_spec", 0, "item_type")."""
    Memo: TypeAlias = dict[Any, Any]
    """What the rules of one run have worked out and share, such as which items are mapped to which."""

VARIABLE_KEYWORDS = 0x08
"""Flag of the code of a function that ends with `**`; `inspect` has it too, but is slow to import."""

FAIL, PASS = "fail", "pass"
NOT_APPLICABLE = "not-applicable"
"""Yielded by a rule that has nothing to say about this project."""
CANNOT_TELL = "cannot-tell"
"""Yielded by a rule that had to leave something out because a field is blank or cannot be read."""


class Hit(NamedTuple):
    """One thing wrong as a rule yields it; the engine adds what it knows itself."""

    message: str
    places: tuple[At, ...]
    key: tuple[str, ...]
    severity: str = ""
    remedy: str = ""
    explains: tuple[tuple[str, tuple[str, ...]], ...] = ()


def hit(
    message: str,
    *places: At,
    key: tuple[str, ...],
    severity: str = "",
    remedy: str = "",
    explains: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> Hit:
    """One thing wrong: what, and where it shows, the side that must change first in front.

    *key* names it for ever (see `mismatch.fingerprint`). *severity* and *remedy*, if given, replace the
    rule's own for this one; a lowered severity gives its reason in the message. *explains* names what other
    rules may have found and this one explains, each as (slug, key); what they did not find is left out.
    """
    return tuple.__new__(Hit, (message, places, key, severity, remedy, explains))  # see `place_at`


if TYPE_CHECKING:
    Found: TypeAlias = Iterator[Hit | str]
    """What a rule yields: hits, and NOT_APPLICABLE or CANNOT_TELL."""


class Param(NamedTuple):
    """A tolerance, threshold or convention of a rule, which a project may set otherwise."""

    default: float | str
    about: str  # what it is, without a full stop: “share of the width of the range”
    least: float = 0.0
    most: float = 1.0
    choices: tuple[str, ...] = ()  # for a convention: the words it may be

    @property
    def takes(self) -> str:
        """What it may be, in words: “a number from 0 to 1”."""
        if self.choices:
            return " or ".join(self.choices)
        whole = "whole " if isinstance(self.default, int) else ""
        return f"a {whole}number from {_figure(self.least)} to {_figure(self.most)}"

    def fault(self, value: Any) -> str:
        """Why *value* cannot be taken, “” if it can: “has to be a number from 0 to 1”."""
        if self.choices:
            fits = value in self.choices
        else:
            kind = int if isinstance(self.default, int) else (int, float)
            number = isinstance(value, kind) and not isinstance(value, bool)
            fits = number and self.least <= value <= self.most
        return "" if fits else f"has to be {self.takes}"


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:g}"


class Rule:
    """A registered rule; the texts come from its docstring."""

    title: str  # one sentence that says what is wrong when the rule fires
    why: str  # why it matters; paragraphs are parted by an empty line
    remedy: str  # what to do about it
    example: str  # when it fires, and when it is silent
    decisions: tuple[str, ...]  # where it could do otherwise: what it does on purpose, and why

    def __init__(
        self,
        function: Callable[..., Found],
        *,
        slug: str,
        code: str,
        severity: str,
        waits_for: str = "",
        waiting: tuple[str, str] = ("", ""),
        pack: str = "tec",
        params: Mapping[str, Param] | None = None,
        follows: str = "",
        risk: str = "",
        source: str = "",
    ) -> None:
        names = function.__code__.co_varnames
        count = function.__code__.co_argcount
        self.function = function
        self.slug = slug
        self.code = code
        self.severity = severity
        self.reads: tuple[str, ...] = names[:count]
        self.needs = frozenset(self.reads[: count - len(function.__defaults__ or ())])
        self.options: tuple[str, ...] = names[count : count + function.__code__.co_kwonlyargcount]
        if function.__code__.co_flags & VARIABLE_KEYWORDS:
            self.options += tuple(params or ())
        self.waits_for = waits_for
        self.waiting = waiting
        self.pack = pack
        self.settings: Mapping[str, Param] = params or {}
        self.params: Mapping[str, Any] = {name: each.default for name, each in self.settings.items()}
        self.follows = follows
        self.risk = risk
        self.source = source
        self.rank = rank(code)
        self.definition: dict[str, Any] = {}  # of a rule that is made of data: all of it
        self.wants_today = "today" in self.options
        self.wants_memo = "memo" in self.options
        self.fetch = itemgetter(*self.reads)  # what it reads, out of something by descriptor
        for name in self.options:
            if name not in ("today", "memo") and name not in self.params:
                raise ValueError(f"Rule “{slug}” asks for “{name}”, which is not among its params.")
        self.given = self._given()

    def __repr__(self) -> str:
        return f"<Rule {self.code} {self.slug}>"

    def tuned(self, params: Mapping[str, Any]) -> Rule:
        """The rule as it is with *params*, which a profile sets otherwise."""
        made = object.__new__(Rule)
        made.__dict__.update(self.__dict__, params={**self.params, **params})
        made.given = made._given()
        return made

    def _given(self) -> dict[str, Any]:
        """What the function is given of the params, by name; worked out once, since it is called for ever."""
        return {name: self.params[name] for name in self.options if name in self.params}

    def apply(self, bodies: Mapping[str, Any], today: date | None, memo: Memo | None = None) -> Found:
        """What the rule yields for *bodies*, which holds a document, perhaps empty, for all it reads.

        *memo* has to be the same one for all rules that are applied to the same bodies, and for no other."""
        documents = self.fetch(bodies) if len(self.reads) > 1 else (self.fetch(bodies),)
        if not self.options:
            return self.function(*documents)
        others: dict[str, Any] = {}
        if self.wants_memo:
            others["memo"] = {} if memo is None else memo
        if self.wants_today:
            others["today"] = today
        return self.function(*documents, **self.given, **others)

    def __getattr__(self, name: str) -> Any:
        """Read the docstring the first time that one of its parts is asked for; most runs never do."""
        if name not in ("title", "why", "remedy", "example", "decisions"):
            raise AttributeError(name)
        texts = sections(self.function.__doc__ or self.slug)
        self.title, self.why, self.remedy, self.example, self.decisions = texts
        return getattr(self, name)


RULES: Registry[Rule] = Registry("rule")
"""All rules by slug; complete once `mismatch.engine` is imported."""


def rule(
    slug: str,
    *,
    code: str,
    severity: str,
    waits_for: str = "",
    waiting: tuple[str, str] = ("", ""),
    pack: str = "tec",
    params: Mapping[str, Param] | None = None,
    follows: str = "",
    risk: str = "",
    source: str = "",
    registry: Registry[Rule] = RULES,
) -> Callable[[Callable[..., Found]], Callable[..., Found]]:
    """Register the decorated function as a rule.

    Its positional parameters are the descriptors it reads; one with a default is passed empty if absent,
    without the others the rule cannot tell. Keyword-only parameters are `today` (a date; without it the
    rule is not applicable), `memo` (a dictionary in which the rules of one run share what they worked out)
    and the names in *params*, which declares tolerances and the like; `**` takes all of those. What a rule
    worked out with one of its params goes into `memo` under a key that holds the param. A rule that *follows*
    another one, by its slug, has the same params, and is given what is set for that one.

    *slug* and *code* are permanent. *waits_for* names the descriptor whose absence is itself a finding: the
    rule then runs against an empty one, and all it yields becomes one finding of outcome cannot-tell;
    *waiting* are the words for one and for many of those items. *risk* says when the rule may be wrong,
    *source* where it comes from.
    """

    def register(function: Callable[..., Found]) -> Callable[..., Found]:
        made = Rule(
            function,
            slug=slug,
            code=code,
            severity=severity,
            waits_for=waits_for,
            waiting=waiting,
            pack=pack,
            params=params,
            follows=follows,
            risk=risk,
            source=source,
        )
        registry.add(slug, made)
        return function

    return register


def sections(docstring: str) -> tuple[str, str, str, str, tuple[str, ...]]:
    """The parts of a rule's docstring: title, why, remedy, example and decisions."""
    title, *paragraphs = [" ".join(part.split()) for part in docstring.split("\n\n")]
    parts: dict[str, list[str]] = {"Remedy": [], "Example": [], "Decision": []}
    why = []
    for paragraph in paragraphs:
        head, _, rest = paragraph.partition(": ")
        if head in parts:
            parts[head].append(rest)
        elif paragraph:
            why.append(paragraph)
    remedy, example = "\n\n".join(parts["Remedy"]), "\n\n".join(parts["Example"])
    return title, "\n\n".join(why), remedy, example, tuple(parts["Decision"])


@lru_cache(maxsize=1024)
def rank(code: str) -> tuple[str, int, str]:
    """Sorts codes as people count: TEC-2, TEC-3A, TEC-3B, TEC-10."""
    head = code.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    digits = head[len(head.rstrip("0123456789")) :]
    return head[: len(head) - len(digits)], int(digits or 0), code[len(head) :]
