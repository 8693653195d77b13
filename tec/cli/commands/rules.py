"""`tec rules`: lists the rules, or explains one."""

from __future__ import annotations

from descriptors.catalogue import NAMES
from mismatch.showing.rule_pages import page, pages
from tec.cli import BAD_INPUT, CLEAN, console
from tec.cli.options import Parser
from tec.paragraphs import wrapped
from tec.plain import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from mismatch.showing.rule_pages import RulePage

SUMMARY = "list the rules, or explain one"

_INDENT = 2


def run(arguments: Sequence[str]) -> int:
    """Print the list, or the page of the rule that is named."""
    options = _options(arguments)
    if options.rule is None:
        kind = "missing" if options.missing else "mismatch"
        lines = _list([each for each in pages() if each.kind == kind], options.missing)
    else:
        try:
            lines = _page(page(options.rule))
        except LookupError as problem:
            console.complain(f"{visible(str(problem.args[0]))} “tec rules” lists them all.")
            return BAD_INPUT
    console.write("\n".join(lines) + "\n")
    return CLEAN


def _options(arguments: Sequence[str]) -> Namespace:
    parser = Parser(
        "rules",
        "List the rules that tec check runs, or print the page of one.",
        "Exit status: 0, or 2 if there is no such rule.",
    )
    parser.add_argument("rule", metavar="RULE", nargs="?", help="slug or code of the rule to explain")
    parser.add_argument(
        "--missing", action="store_true", help="list the required-field checks instead of the rules"
    )
    return parser.parse_args(arguments)


def _list(found: Sequence[RulePage], missing: bool) -> Iterator[str]:
    width = max(len(each.code) for each in found)
    for each in found:
        first, *rest = wrapped(each.title, console.width(), width + 12)
        yield f"{each.code:{width}}  {each.severity:8}" + first[width + 10 :]
        yield from rest
    yield ""
    if missing:
        yield f"{len(found)} checks for what is missing. “tec rules CODE” explains one."
    else:
        hint = "“tec rules RULE” explains one; “tec rules --missing” lists the checks for what is missing."
        yield from wrapped(f"{len(found)} rules. {hint}", console.width())


def _page(rule: RulePage) -> Iterator[str]:
    width = console.width()
    yield from wrapped(rule.title, width)
    yield ""
    reads = ", ".join(NAMES[name] for name in rule.reads)
    yield from wrapped(f"{rule.code}, {rule.slug}: {rule.severity}. Reads {reads}.", width)
    for heading, text in _sections(rule):
        yield ""
        yield heading
        for paragraph in text.split("\n\n"):
            yield from wrapped(paragraph, width, _INDENT)
    if rule.notes:
        yield ""
        yield "Decisions and conditions"
        for note in rule.notes:
            yield from wrapped(f"• {note}", width, _INDENT, _INDENT + 2)


def _sections(rule: RulePage) -> Iterator[tuple[str, str]]:
    settings = "\n\n".join(
        f"{name}: {param.default} ({param.about}; {param.takes})" for name, param in rule.settings.items()
    )
    if rule.follows:
        settings = f"Those of {rule.follows}."
    waits = f"One finding says what waits for {NAMES[rule.waits_for]}." if rule.waits_for else ""
    texts = {
        "Why it matters": rule.why,
        "What to do": rule.remedy,
        "Example": rule.example,
        "While a document is absent": waits,
        "Settings": settings,
        "When it may be wrong": rule.risk,
        "Source": rule.source,
    }
    yield from ((heading, text) for heading, text in texts.items() if text)
