"""The OpenAPI document, written once per process, and read for the page about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")
PLACES = ("path", "query", "header")
SAMPLE = {
    "slug": "credit-scoring",
    "descriptor": "raw_data",
    "number": "7",
    "revision": "3",
    "report": "7",
    "fingerprint": "0f343b0931126a20f133d67c2b018a3b",
    "version": "1.2",
    "name": "TEC-3A",
    "vocabulary": "item_types",
    "term": "4",
    "own": "7",
    "webhook": "4",
    "delivery": "5f0c2a3e-0000-4000-8000-000000000000",
    "gate": "deploy",
    "username": "ana",
    "invitation": "4",
    "saved_view": "4",
}


class Member(NamedTuple):
    """A parameter, or a member of a body or an answer."""

    name: str
    type: str
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    place: str = ""  # of a parameter: "path", "query", "header"


class Reply(NamedTuple):
    """One answer there may be."""

    status: str
    about: str
    kinds: str  # media types
    members: list[Member]


class Entry(NamedTuple):
    """One thing the API does."""

    id: str
    method: str
    path: str
    summary: str
    about: list[str]
    right: str
    public: bool
    parameters: list[Member]
    body: list[Member]
    kinds: list[str]  # media types of the body
    replies: list[Reply]
    refusals: list[Reply]
    example: str


class Group(NamedTuple):
    name: str
    entries: list[Entry]

    @property
    def anchor(self) -> str:
        return self.name.lower().replace(" ", "-")


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document; it depends on the code only."""
    written: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return written


@cache
def groups() -> list[Group]:
    """Everything the API does, by heading, in the order of the addresses."""
    together: dict[str, list[Entry]] = {}
    for path, methods in document()["paths"].items():
        for method in METHODS:
            if method in methods:
                what = methods[method]
                together.setdefault(what["tags"][0], []).append(_entry(path, method, what))
    return [Group(name, entries) for name, entries in together.items()]


def _entry(path: str, method: str, what: Mapping[str, Any]) -> Entry:
    content = what.get("requestBody", {}).get("content", {})
    replies = [_reply(status, reply) for status, reply in what["responses"].items()]
    parameters = [_parameter(each) for each in what.get("parameters", ())]
    return Entry(
        what["operationId"],
        method.upper(),
        path,
        what["summary"],
        what.get("description", "").split("\n\n") if what.get("description") else [],
        what.get("x-right", ""),
        {} in what.get("security", ()),
        sorted(parameters, key=lambda each: (PLACES.index(each.place), path.find(f"{{{each.name}}}"))),
        _members(next(iter(content.values()))["schema"]) if content else [],
        list(content),
        [reply for reply in replies if reply.status < "400"],
        [reply for reply in replies if reply.status >= "400"],
        _example(path, method, what, list(content)),
    )


def _parameter(given: Mapping[str, Any]) -> Member:
    schema = given["schema"]
    about = given.get("description", "")
    return Member(
        given["name"], _type(schema), about, given.get("required", False), _choices(schema), given["in"]
    )


def _reply(status: str, given: Mapping[str, Any]) -> Reply:
    content = given.get("content", {})
    schema: Mapping[str, Any] = next(
        (each["schema"] for kind, each in content.items() if kind.endswith("json")), {}
    )
    members = _members(schema) if status < "400" else []
    return Reply(status, given.get("description", ""), " or ".join(content), members)


def _members(schema: Mapping[str, Any]) -> list[Member]:
    """The members of an object; of a page of a list, those of its entries."""
    schema = _resolved(schema)
    properties = schema.get("properties", {})
    if "results" in properties:
        inside = _members(properties["results"]["items"])
        outside = [_member(name, each, schema) for name, each in properties.items() if name != "results"]
        return [*outside, *(each._replace(name=f"results[].{each.name}") for each in inside)]
    return [_member(name, each, schema) for name, each in properties.items()]


def _member(name: str, given: Mapping[str, Any], parent: Mapping[str, Any]) -> Member:
    about = given.get("description") or _resolved(given).get("description", "")
    return Member(name, _type(given), about, name in parent.get("required", ()), _choices(given))


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if "allOf" in schema:
        schema = schema["allOf"][0]
    if "$ref" in schema:
        found: Mapping[str, Any] = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _type(schema: Mapping[str, Any]) -> str:
    """A type in words: “text”, “list of numbers”, “Finding or null”."""
    name = _plain_type(schema)
    return f"{name} or null" if schema.get("nullable") else name


def _plain_type(schema: Mapping[str, Any]) -> str:
    if "allOf" in schema or "$ref" in schema:
        reference = schema.get("$ref") or schema["allOf"][0]["$ref"]
        return str(reference.rpartition("/")[2])
    if schema.get("type") == "array":
        return f"list of {_plain_type(schema['items'])}"
    words = {"string": "text", "integer": "number", "boolean": "true or false", "object": "object"}
    formats = {"date": "day", "date-time": "time", "binary": "file", "uri": "address", "uuid": "UUID"}
    kind = str(schema.get("type", "anything"))
    return formats.get(schema.get("format", ""), words.get(kind, kind))


def _choices(schema: Mapping[str, Any]) -> tuple[str, ...]:
    inner = schema.get("items", schema) if schema.get("type") == "array" else schema
    return tuple(str(each) for each in inner.get("enum", ()) if each not in {None, ""})


def _example(path: str, method: str, what: Mapping[str, Any], kinds: list[str]) -> str:
    """The request as curl sends it."""
    parts = list(_parts(path, method, what, kinds))
    line = " ".join(parts)
    return line if len(line) < 110 else " \\\n  ".join(parts)


def _parts(path: str, method: str, what: Mapping[str, Any], kinds: list[str]) -> Iterator[str]:
    yield "curl" if method == "get" else f"curl -X {method.upper()}"
    if {} not in what.get("security", ()):
        yield '-H "Authorization: Bearer $TEC_TOKEN"'
    taken = {each["name"] for each in what.get("parameters", ()) if each["in"] == "header"}
    if "If-Match" in taken:
        yield "-H 'If-Match: \"3\"'"
    if kinds:
        yield f"-H 'Content-Type: {kinds[0]}'"
        schema = what["requestBody"]["content"][kinds[0]]["schema"]
        members = [each for each in _members(schema) if each.required]
        yield f"--data '{_sample(members)}'" if members else "--data-binary @file.json"
    address = path
    for name, value in SAMPLE.items():
        address = address.replace(f"{{{name}}}", value)
    asked = [each for each in what.get("parameters", ()) if each["in"] == "query" and each.get("required")]
    query = "&".join(f"{each['name']}=Credit%20scoring" for each in asked)
    yield f'"$TEC_URL{address}{"?" + query if query else ""}"'


def _sample(members: list[Member]) -> str:
    values = {"number": "7", "true or false": "true", "list of text": f'["{SAMPLE["fingerprint"]}"]'}
    pairs = [
        f'"{each.name}": {values.get(each.type) or chr(34) + (each.choices or ("…",))[0] + chr(34)}'
        for each in members
    ]
    return "{" + ", ".join(pairs) + "}"
