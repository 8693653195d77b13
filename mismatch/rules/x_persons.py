"""What is said about persons in the data, against the fields that there are."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, rows, text
from mismatch.rules.x_governance import RULES_OF_DATA, clauses
from mismatch.text.names import words, wordset
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import At, Found
    from mismatch.reading import Doc

ANONYMISED: At = ("raw_data", "anonymization")
STATEMENTS = (*RULES_OF_DATA, ANONYMISED)

PERSONS = wordset(
    "customer customers subscriber subscribers patient patients person persons employee employees driver "
    "drivers client clients user users member members applicant applicants citizen citizens student students "
    "recipient recipients contact contacts holder owner owners guest guests"
)
KINDS = {
    "names": (wordset("name names surname surnames"), wordset("name surname lastname firstname fullname")),
    "e-mail addresses": (wordset("email emails mail mails"), wordset("email emailaddress mailaddress")),
    "phone numbers": (
        wordset("phone phones telephone msisdn msisdns"),
        wordset("phone phonenumber telephone telephonenumber msisdn mobilenumber"),
    ),
    "addresses": (wordset("address addresses"), wordset("address street postaladdress homeaddress")),
    "dates of birth": (
        wordset("birth birthdate birthdates dob"),
        wordset("birthdate dateofbirth dob birthday"),
    ),
}
"""What identifies a person → its words where it is denied, and its names as a field."""
HIDDEN = (
    "hash",
    "pseudo",
    "anonym",
    "mask",
    "token",
    "encrypt",
    "redact",
    "scrambl",
    "surrogate",
    "synthetic",
    "dummy",
    "blank",
    "empty",
    "removed",
)
"""Beginnings of words by which a field says that it does not hold the thing itself."""
DENIED = frozenset({"no", "without", "neither", "nor", "keine", "ohne"})
"""Words in front of what is not in the data."""
OTHERS = wordset("or and nor real full customer patient personal postal e date dates of")
"""Words that may stand between the denial and the thing."""


@rule(
    "identifier-in-spite-of-denial",
    code="X907",
    severity="minor",
    pack="x",
    risk="Low: the denial has to be explicit, and the field called by its plain name.",
    source="Whoever passes data on relies on what is said about them (GDPR Art. 5; Datasheets for Datasets).",
)
def identifier_in_spite_of_denial(
    raw_data: Doc,
    system_context: Doc = NOTHING,
    training_data: Doc = NOTHING,
) -> Found:
    """The data are said to hold no names, addresses or the like, and a field holds them.

    Somebody gave the data away because of that sentence, or will.

    Remedy: Take the field out, or correct what is said about the data.

    Example: The anonymisation says “no names”, and there is a field “customer name”. It is silent for the
    name of a product or a sensor, and for a field that says that it is hashed.

    Decision: Only “no …” and “without …” count, in the policies and in what is said about anonymisation;
    “names removed” may be said of a later step. A name is one of a person only if the field or its
    description speaks of persons, or of a full, first or last name.
    """
    bodies = {"raw_data": raw_data, "system_context": system_context}
    denied: dict[str, tuple[At, str]] = {}
    for at in STATEMENTS:
        for kind, clause in _denied(text(bodies[str(at[0])], str(at[1]))):
            denied.setdefault(kind, (at, clause))
    if not denied:
        yield NOT_APPLICABLE
        return
    for descriptor, body in (("raw_data", raw_data), ("training_data", training_data)):
        for place, row in enumerate(rows(body, "schema")):
            name = text(row, "field_name")
            kind = _identifies(name, text(row, "field_description"))
            if kind in denied:
                at, clause = denied[kind]
                yield hit(
                    f"{quote(name)} holds {kind}, but it is said: {quote(clause)}.",
                    (descriptor, "schema", place, "field_name"),
                    at,
                    key=(descriptor, name),
                )


@lru_cache(maxsize=256)
def _denied(said: str) -> tuple[tuple[str, str], ...]:
    """The kinds of identifiers that a text says are not in the data, with the clause that says so."""
    found = []
    for clause in clauses(said):
        for number, word in enumerate(clause):
            at = number + 1
            while word in DENIED and at < len(clause):
                for kind, (named, _) in KINDS.items():
                    behind = clause[at + 1 : at + 2]
                    if clause[at] in named and not (kind == "names" and behind in {("of",), ("for",)}):
                        found.append((kind, " ".join(clause)))
                if clause[at] not in OTHERS and not any(clause[at] in named for named, _ in KINDS.values()):
                    break
                at += 1
    return tuple(found)


@lru_cache(maxsize=4096)
def _identifies(name: str, described: str) -> str:
    """What of a person a field holds, by its name; "" for anything else, and for what is hashed."""
    parts = words(name.replace("_", " "))
    if not parts or len(parts) > 5:
        return ""
    joined = {*parts, "".join(parts), *("".join(pair) for pair in pairwise(parts))}
    kind = next((kind for kind, (_, fields) in KINDS.items() if not fields.isdisjoint(joined)), "")
    if not kind:
        return ""
    about = (*parts, *words(described))
    if any(word.startswith(HIDDEN) for word in about) or {"ip", "mac", "url", "memory"} & set(parts):
        return ""
    whole = {"surname", "lastname", "firstname", "fullname"}
    if kind in {"names", "addresses"} and whole.isdisjoint(joined):
        cust = any(part in {"cust", "pat", "emp"} for part in parts)
        return kind if cust or not PERSONS.isdisjoint(about) else ""
    return kind


NOT_PERSONAL = (
    ("no", "personal", "data"),
    ("no", "personal", "information"),
    ("no", "personally", "identifiable"),
    ("no", "pii"),
    ("without", "personal", "data"),
    ("not", "personal", "data"),
    ("keine", "personenbezogenen", "daten"),
)


@rule(
    "personal-data-denied",
    code="X908",
    severity="minor",
    pack="x",
    risk="Low: one text has to deny personal data, and another to say that persons were pseudonymised.",
    source="Pseudonymised data are personal data (GDPR, recital 26).",
)
def personal_data_denied(raw_data: Doc, system_context: Doc = NOTHING) -> Found:
    """One text says that there are no personal data, another that they were pseudonymised.

    Data that can be led back to a person with a key are personal, and whoever believes the first text handles
    them as if they were not.

    Remedy: Say in both texts that the data are personal, and on which ground they are used.

    Example: The policies say “no personal data”, and the anonymisation “customer number hashed”. It is silent
    for “no personal data” and “not needed”, and for data that are anonymised.

    Decision: Pseudonyms, hashes and tokens of persons count, and a legal ground such as “GDPR Art. 6”.
    """
    bodies = {"raw_data": raw_data, "system_context": system_context}
    given = [(at, said) for at in STATEMENTS if (said := text(bodies[str(at[0])], str(at[1])))]
    denials = [(at, said) for at, said in given if _denies(said)]
    if not denials:
        yield NOT_APPLICABLE if given else CANNOT_TELL
        return
    for at, said in given:
        if _admits(said, at == ANONYMISED) and not _denies(said):
            there, denial = denials[0]
            yield hit(
                f"{quote(denial)} is said of data of which it is also said: {quote(said)}.",
                there,
                at,
                key=(),
            )
            return


@lru_cache(maxsize=256)
def _denies(said: str) -> bool:
    return any(_holds(clause, denial) for clause in clauses(said) for denial in NOT_PERSONAL)


THERE = wordset("is are at involved included contained collected processed present whatsoever used in")


def _holds(clause: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """Does a clause deny this altogether, not “no personal data leave the EU”?"""
    size = len(phrase)
    return any(
        clause[at : at + size] == phrase and THERE.issuperset(clause[at + size : at + size + 2])
        for at in range(len(clause) - size + 1)
    )


@lru_cache(maxsize=256)
def _admits(said: str, anonymisation: bool) -> bool:
    """Does a text say that persons can be told by a key, or give a legal ground for personal data?"""
    for clause in clauses(said):
        known = set(clause)
        if known & {"no", "not", "none", "never", "without", "unless", "if"}:
            continue
        if anonymisation and any(word.startswith("pseudonym") for word in clause):
            return True
        hashed = any(word.startswith(("hash", "token")) for word in clause)
        if anonymisation and hashed and (known & PERSONS or known & KINDS["phone numbers"][0]):
            return True
        if "gdpr" in known and known & {"art", "article", "consent", "6"}:
            return True
    return False
