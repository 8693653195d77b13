"""Rules of one's own as YAML: read strictly, every mistake with its line, tried on their own cases."""

from __future__ import annotations

from descriptors.catalogue import DESCRIPTORS
from descriptors.guides import guide
from mismatch.findings import SEVERITIES
from mismatch.own.operators import NUMERIC, OPERATORS, UNARY
from mismatch.own.rules import CODE, OwnRule, compiled, parsed
from tec import strictyaml
from tec.named import NamedTuple
from tec.strictjson import Refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

FILE = "tec-rules.yaml"
MAX_BYTES = 200_000
MOST_RULES = 200
MOST_CASES = 20
LONGEST = {
    "title": 200,
    "why": 2_000,
    "message": 500,
    "remedy": 1_000,
    "risk": 500,
    "source": 500,
    "example": 1_000,
}
NEEDED = ("title", "why", "severity", "left", "operator", "message", "remedy", "tests")
OPTIONAL = ("code", "right", "value", "values", "join", "tolerance", "relative", "risk", "source", "example")

Way = tuple[str | int, ...]


class OwnRuleProblem(Refused):
    """A rule of one's own that cannot be used."""


class Fault(NamedTuple):
    at: Way
    what: str
    remedy: str


class CaseResult(NamedTuple):
    """What became of one embedded test case."""

    name: str
    expected: int
    found: list[str]  # the messages

    @property
    def passed(self) -> bool:
        return len(self.found) == self.expected


def read_rules_file(data: bytes, *, name: str = FILE) -> list[OwnRule]:
    """The rules in *data*, all tried on their cases, or an OwnRuleProblem with the first mistake."""
    read = strictyaml.read(data, name=name, max_bytes=MAX_BYTES)
    value = read.value
    if not isinstance(value, dict) or set(value) != {"rules"} or not isinstance(value.get("rules"), list):
        raise _problem(
            Fault((), "it has to hold “rules:” and nothing else", "List the rules below it."), read, name
        )
    if len(value["rules"]) > MOST_RULES:
        raise _problem(
            Fault(("rules", MOST_RULES), f"more than {MOST_RULES} rules", "Split them."), read, name
        )
    rules: list[OwnRule] = []
    for number, definition in enumerate(value["rules"]):
        at: Way = ("rules", number)
        faults = check_definition(definition, at) or wrong_cases(definition, at)
        if not faults and any(rule.code == definition["code"] for rule in rules):
            faults = [
                Fault((*at, "code"), f"the code {definition['code']} is used twice", "Give it another one.")
            ]
        if faults:
            raise _problem(faults[0], read, name)
        rules.append(compiled(definition))
    return rules


def read_definition(data: bytes, code: str, *, name: str = "") -> dict[str, Any]:
    """The one rule in *data*, written without its list, as the rule *code*; its cases are not tried here."""
    read = strictyaml.read(data, name=name, max_bytes=MAX_BYTES)
    definition = {**read.value, "code": code} if isinstance(read.value, dict) else read.value
    faults = check_definition(definition, ())
    if isinstance(read.value, dict) and read.value.get("code", code) != code:
        faults = [Fault(("code",), f"the code is {code} and stays it", "Leave “code” out.")]
    if faults:
        raise _problem(faults[0], read, name)
    return dict(definition)


def check_definition(definition: Any, at: Way) -> list[Fault]:
    """What is wrong with the shape of one rule."""
    if not isinstance(definition, dict):
        return [Fault(at, "a rule has to be a group of keys", f"It needs {', '.join(NEEDED)}.")]
    known = {*NEEDED, *OPTIONAL}
    for key in definition:
        if key not in known:
            return [
                Fault(
                    (*at, key), f"“{key}” is no key of a rule", f"Known: {', '.join([*NEEDED, *OPTIONAL])}."
                )
            ]
    lacking = [key for key in NEEDED if definition.get(key) in (None, "", [])]
    if lacking:
        return [Fault(at, f"the rule lacks {', '.join(lacking)}", "Add it.")]
    return (
        _texts(definition, at)
        or _sides(definition, at)
        or _operator(definition, at)
        or _cases(definition, at)
    )


def _texts(definition: Mapping[str, Any], at: Way) -> list[Fault]:
    code = definition.get("code")
    if not isinstance(code, str) or not CODE.fullmatch(code):
        return [
            Fault((*at, "code"), "“code” has to be U and a number", "Write U1, U2 and so on, each for ever.")
        ]
    for key, limit in LONGEST.items():
        text = definition.get(key, "")
        if not isinstance(text, str):
            return [Fault((*at, key), f"“{key}” has to be a text", "Put it in quotes.")]
        if len(text) > limit:
            return [
                Fault(
                    (*at, key), f"“{key}” has {len(text):,} characters; {limit:,} is the limit", "Shorten it."
                )
            ]
    if definition["severity"] not in SEVERITIES:
        what = f"“{definition['severity']}” is no severity"
        return [Fault((*at, "severity"), what, f"Known: {', '.join(SEVERITIES)}.")]
    return []


def _sides(definition: Mapping[str, Any], at: Way) -> list[Fault]:
    for key in ("left", "right"):
        if key in definition and (fault := _wrong_place(definition[key])):
            return [
                Fault((*at, key), f"“{key}” {fault}", "Write descriptor:/field, or descriptor:/list/*/field.")
            ]
    join = definition.get("join")
    if join is None:
        return []
    if not isinstance(join, dict) or not {"left", "right"} <= set(join) <= {"left", "right", "match"}:
        return [
            Fault(
                (*at, "join"), "“join” needs “left” and “right”", "Name a field of the rows of either side."
            )
        ]
    if not all(isinstance(join[key], str) and join[key] for key in join):
        return [Fault((*at, "join"), "“join” takes names of fields", "Put them in quotes.")]
    if join.get("match", "exact") not in ("exact", "name"):
        return [
            Fault(
                (*at, "join", "match"),
                "“match” has to be exact or name",
                "With name, spelling does not count.",
            )
        ]
    if "right" not in definition or "*" not in str(definition["left"]) or "*" not in str(definition["right"]):
        return [Fault((*at, "join"), "“join” is for two lists", "Put /*/ into both places, or leave it out.")]
    return []


def _wrong_place(place: Any) -> str:
    """What is wrong with one side, “” if nothing."""
    if not isinstance(place, str) or ":/" not in place or len(place) > 200:
        return "has to name a place"
    way = parsed(place)
    if way[0] not in DESCRIPTORS:
        return f"names “{way[0]}”, which is no descriptor (known: {', '.join(DESCRIPTORS)})"
    if way.count("*") > 2 or "" in way[1:]:
        return "may hold * twice at most, and no empty part"
    path = ".".join("[]" if part == "*" else str(part) for part in way[1:]).replace(".[]", "[]")
    fields = guide(str(way[0])).fields
    if fields and path not in fields and f"{path}[]" not in fields:
        from mismatch.guesses import nearest

        hint = nearest(path, fields)
        return f"names a field that {way[0]} does not have" + (f" (did you mean “{hint}”?)" if hint else "")
    return ""


def _operator(definition: Mapping[str, Any], at: Way) -> list[Fault]:
    name = definition["operator"]
    if not isinstance(name, str) or name not in OPERATORS:
        return [Fault((*at, "operator"), f"“{name}” is no operator", f"Known: {', '.join(OPERATORS)}.")]
    given = [key for key in ("right", "value", "values") if key in definition]
    wanted = ["values"] if name in UNARY else ["right", "value"]
    if len(given) != 1 or given[0] not in wanted:
        return [
            Fault(
                (*at, "operator"), f"{name} compares “left” with {' or '.join(wanted)}", "Give exactly one."
            )
        ]
    values = definition.get("values", [])
    if (
        not isinstance(values, list)
        or len(values) > 500
        or any(isinstance(each, (dict, list)) for each in values)
    ):
        return [
            Fault((*at, "values"), "“values” has to be a list of at most 500 texts or numbers", "Shorten it.")
        ]
    if isinstance(definition.get("value"), (dict, list)):
        return [
            Fault(
                (*at, "value"), "“value” has to be a text or a number", "Name a place with “right” instead."
            )
        ]
    if name in NUMERIC and "value" in definition and not isinstance(definition["value"], (int, float)):
        return [Fault((*at, "value"), f"{name} compares numbers", "Write the number without quotes.")]
    tolerance = definition.get("tolerance")
    if name == "within" and not (isinstance(tolerance, (int, float)) and tolerance >= 0):
        return [Fault((*at, "tolerance"), "within needs “tolerance”, a number from 0 on", "Add it.")]
    if name != "within" and {"tolerance", "relative"} & set(definition):
        return [Fault(at, f"{name} has no tolerance", "Use within, or remove it.")]
    if not isinstance(definition.get("relative", False), bool):
        return [Fault((*at, "relative"), "“relative” has to be true or false", "Write it without quotes.")]
    if name == "present-if-present" and "right" not in definition:
        return [Fault(at, "present-if-present needs “right”", "Name the place that has to be filled in.")]
    return []


def _cases(definition: Mapping[str, Any], at: Way) -> list[Fault]:
    cases = definition["tests"]
    if not isinstance(cases, list) or len(cases) > MOST_CASES:
        return [
            Fault((*at, "tests"), f"“tests” has to be a list of at most {MOST_CASES} cases", "Shorten it.")
        ]
    for number, case in enumerate(cases):
        where: Way = (*at, "tests", number)
        if not isinstance(case, dict) or set(case) != {"name", "fires", "documents"}:
            return [Fault(where, "a case has “name”, “fires” and “documents”", "Write exactly these.")]
        if not isinstance(case["name"], str) or not case["name"] or len(case["name"]) > 200:
            return [
                Fault(where, "the name of a case has to be a text of at most 200 characters", "Write one.")
            ]
        if not isinstance(case["fires"], int) or isinstance(case["fires"], bool) or case["fires"] < 0:
            return [
                Fault(
                    (*where, "fires"), "“fires” is how many findings there are, 0 for none", "Write a number."
                )
            ]
        documents = case["documents"]
        if not isinstance(documents, dict) or not set(documents) <= set(DESCRIPTORS):
            return [
                Fault(
                    (*where, "documents"), "“documents” maps descriptors to documents", "Correct the names."
                )
            ]
    if not any(case["fires"] for case in cases) or all(case["fires"] for case in cases):
        return [
            Fault((*at, "tests"), "a firing and a silent case are needed", "Add the one that is missing.")
        ]
    return []


def case_results(definition: Mapping[str, Any]) -> list[CaseResult]:
    """Every embedded case, tried."""
    from mismatch.engine import run

    rule = compiled(definition)
    results = []
    for case in definition["tests"]:
        bodies = {name: {} for name in DESCRIPTORS} | {
            name: body if isinstance(body, dict) else {} for name, body in case["documents"].items()
        }
        found, _ = run([rule], bodies)
        results.append(CaseResult(case["name"], case["fires"], [each.message for each in found]))
    return results


def wrong_cases(definition: Mapping[str, Any], at: Way) -> list[Fault]:
    """The cases that do not come out as they say."""
    return [
        Fault(
            (*at, "tests", number),
            f"the case “{result.name}” expects {result.expected} findings, but there are {len(result.found)}",
            f"They say: {'; '.join(result.found[:3])}." if result.found else "Correct the rule or the case.",
        )
        for number, result in enumerate(case_results(definition))
        if not result.passed
    ]


def _problem(fault: Fault, read: strictyaml.Read, name: str) -> OwnRuleProblem:
    return OwnRuleProblem("bad_rule", fault.what, fault.remedy, line=read.line(*fault.at), name=name)
