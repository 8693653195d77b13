"""What is written about every rule and required field, taken from where it is declared."""

from __future__ import annotations

from descriptors.catalogue import DESCRIPTORS, NAMES, PREFIXES
from descriptors.guides import guide, label
from mismatch.engine import REQUIRED, RULES
from mismatch.plugins import PACK as PLUGIN
from mismatch.required.blanks import path_of
from mismatch.required.checks import Check, checks
from mismatch.required.wording import absence, advice, title
from tec.named import NamedTuple
from tec.plain import one_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mismatch.declaration import Param


class RulePage(NamedTuple):
    """The page of one rule, one required field, or one document that may be absent."""

    slug: str
    code: str
    kind: str  # "mismatch" or "missing"
    title: str
    why: str  # paragraphs, parted by empty lines
    remedy: str
    severity: str  # of the usual finding; the notes say when it is lower
    reads: tuple[str, ...]  # descriptors
    pack: str
    example: str = ""
    notes: tuple[str, ...] = ()  # decisions, conditions
    waits_for: str = ""  # descriptor whose absence is a finding of this rule
    settings: Mapping[str, Param] = {}  # what a profile may set otherwise
    follows: str = ""  # the rule, by its code, whose settings hold for this one
    risk: str = ""  # when it may be wrong
    source: str = ""

    @property
    def plugin(self) -> str:
        """The plug-in that it comes from, "" if it is one of TEC itself."""
        return self.pack.removeprefix(PLUGIN) if self.pack.startswith(PLUGIN) else ""


def pages() -> list[RulePage]:
    """All pages: rules in the order of their codes, then required fields by descriptor."""
    return [*_rules(), *_required()]


def page(name: str) -> RulePage:
    """The page of a rule by slug or code, in any case. Raises LookupError naming the nearest."""
    wanted = name.strip().lower()
    known = {alias.lower(): each for each in pages() for alias in (each.slug, each.code)}
    if wanted not in known:
        from mismatch.guesses import nearest

        hint = nearest(wanted, known)
        raise LookupError(f"There is no rule “{name}”." + (f" Did you mean “{hint}”?" if hint else ""))
    return known[wanted]


def markdown() -> str:
    """All pages as one document, `docs/rules.md`."""
    rules = [each for each in pages() if each.kind == "mismatch" and not each.pack.startswith(PLUGIN)]
    return "\n".join([INTRODUCTION, *_table(rules), *_entries(rules), *_required_fields()])


REQUIRED_SOURCE = "What the original TEC asks for, and what the other side of an interface needs to know."

INTRODUCTION = """\
# Rules

Written by `manage.py rule_docs` from the rules and the field guides themselves; do not edit it here.

A rule compares descriptors. Its outcome is *fail* if something does not fit, *pass* if it compared everything
and all of it fits, *cannot-tell* if a document or a field it needs is missing, and *not-applicable* if it has
nothing to say about the project. Severities: *critical*, deployment fails or outputs are wrong; *major*,
rework or a system that cannot be verified; *minor*, works, but fragile; *info*, worth knowing.

Codes and slugs are permanent: filters, exceptions and exchanged reports may rely on them.
"""


def _rules() -> Iterator[RulePage]:
    for rule in RULES:
        yield RulePage(
            slug=rule.slug,
            code=rule.code,
            kind="mismatch",
            title=rule.title,
            why=rule.why,
            remedy=rule.remedy,
            severity=rule.severity,
            reads=tuple([name for name in DESCRIPTORS if name in rule.reads]),
            pack=rule.pack,
            example=rule.example,
            notes=rule.decisions,
            waits_for=rule.waits_for,
            settings={} if rule.follows else rule.settings,
            follows=RULES[rule.follows].code if rule.follows else "",
            risk=rule.risk,
            source=rule.source,
        )


def _required() -> Iterator[RulePage]:
    for descriptor in DESCRIPTORS:
        yield _absent(descriptor)
        for check in sorted(checks(descriptor), key=lambda each: each.code):
            yield RulePage(
                slug=check.slug,
                code=check.code,
                kind="missing",
                title=f"{NAMES[descriptor]}: {title(check)} is blank.",
                why=check.why,
                remedy=check.remedy or advice(check),
                severity=check.severity,
                reads=(descriptor,),
                pack=REQUIRED,
                example=_example(check),
                notes=tuple(_conditions(check)),
                risk=_risk(check),
                source=REQUIRED_SOURCE,
            )


def _absent(descriptor: str) -> RulePage:
    _, remedy = absence(descriptor)
    return RulePage(
        slug=f"{PREFIXES[descriptor]}-00".lower(),
        code=f"{PREFIXES[descriptor]}-00",
        kind="missing",
        title=f"There is no {NAMES[descriptor]} descriptor.",
        why="Rules that read it cannot tell, and its required fields are not reported one by one.",
        remedy=remedy,
        severity="info",
        reads=(descriptor,),
        pack=REQUIRED,
        example="There is none, or an empty one. It is silent once anything is in it.",
        risk="Low: a part that the system does not have; switch it off in the profile of the project.",
        source=REQUIRED_SOURCE,
    )


def _example(check: Check) -> str:
    """When the check fires and when it is silent, by what the guide gives as a valid value."""
    if check.rows:
        return f"No row of {title(check)} is filled in. It is silent once one row is."
    path = path_of(check.slots[0])
    field = guide(check.descriptor).fields.get(path)
    value = one_line(field.example, 80) if field and field.example is not None else ""
    filled = f"it says {value}" if value else "it says anything"
    return f"{title(check)} is blank, or holds only spaces. It is silent once {filled}."


def _risk(check: Check) -> str:
    """When a blank is no gap."""
    if check.severity == "info":
        return "Medium: 0 or nothing may be the true value; it is only worth knowing."
    if "when" in next(each for each in guide(check.descriptor).required if each["code"] == check.code):
        return "Low: it is asked for only where it applies."
    return "Low: a field that does not apply to the system; say so in it, or set it otherwise in the profile."


def _conditions(check: Check) -> Iterator[str]:
    """When the check is looked at at all, and what was decided about it."""
    declared = next(table for table in guide(check.descriptor).required if table["code"] == check.code)
    when = declared.get("when")
    if when:
        field = label(check.descriptor, "/" + when["at"].replace("[]", "").replace(".", "/"))
        wanted = when["is"] if isinstance(when["is"], list) else [when["is"]]
        words = [("on" if each else "off") if isinstance(each, bool) else f"“{each}”" for each in wanted]
        yield f"Asked for only where {field} is {' or '.join(words)}."
    if check.parent:
        yield f"Not looked at where {check.parent} is reported, which covers it."
    if check.note:
        yield check.note


def _table(rules: Sequence[RulePage]) -> Iterator[str]:
    yield "| code | rule | severity | compares |"
    yield "|---|---|---|---|"
    for each in rules:
        reads = ", ".join(NAMES[name] for name in each.reads)
        yield f"| {each.code} | [{each.slug}](#{each.slug}) | {each.severity} | {reads} |"


def _entries(rules: Sequence[RulePage]) -> Iterator[str]:
    for each in rules:
        yield f"\n## {each.slug}\n\n**{each.title}** {each.code}, {each.severity}.\n\n{each.why}\n"
        yield f"*Remedy.* {each.remedy}"
        if each.example:
            yield f"\n*Example.* {each.example}"
        if each.waits_for:
            yield f"\n*Without {NAMES[each.waits_for]}* one finding says what waits for it."
        if each.settings:
            yield "\n*Settings*, which a [profile](profiles.md) may change.\n"
            for name, param in each.settings.items():
                yield f"- `{name}` {param.default}: {param.about}; {param.takes}."
        if each.follows:
            yield f"\n*Settings.* Those of {each.follows}."
        if each.risk:
            yield f"\n*May be wrong.* {each.risk}"
        if each.source:
            yield f"\n*Source.* {each.source}"
        if each.notes:
            yield "\n*Decided.*\n"
            yield from [f"- {note}" for note in each.notes]


def _required_fields() -> Iterator[str]:
    yield "\n## Required fields\n\nOne finding for each field that is blank, with all its places."
    yield "Of a document that is absent only that is reported (code `-00`)."
    for descriptor in DESCRIPTORS:
        yield f"\n### {NAMES[descriptor]}\n\n| code | field | severity | why | notes |\n|---|---|---|---|---|"
        for check in sorted(checks(descriptor), key=lambda each: each.code):
            notes = " ".join(_conditions(check))
            yield f"| {check.code} | {title(check)} | {check.severity} | {check.why} | {notes} |"
    yield ""
