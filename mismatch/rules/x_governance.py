"""What the project may do with its data, against what it does."""

from __future__ import annotations

from functools import lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, column, text
from mismatch.text.names import key, words, wordset
from mismatch.text.placeholders import placeholder
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import At, Found
    from mismatch.reading import Doc

PLATFORM: At = ("production_environment", "deployment_platform")
RULES_OF_DATA: tuple[At, ...] = (
    ("raw_data", "restrictions"),
    ("raw_data", "data_policies"),
    ("raw_data", "data_rights"),
    ("system_context", "data_rights_policies"),
)
"""The fields that say what may be done with the data."""
MOST = 60  # clauses of one text that are looked at


@lru_cache(maxsize=256)
def clauses(said: str) -> tuple[tuple[str, ...], ...]:
    """The words of each part of a text between full stops, commas and the like."""
    for mark in (".", ";", ":", ",", "\n", "(", ")"):
        said = said.replace(mark, "\0")
    return tuple([words(part) for part in said.split("\0")[:MOST]])


PERSONAL = wordset("pii gdpr dsgvo hipaa phi ccpa patient patients")
PHRASES = (
    ("personal", "data"),
    ("personal", "information"),
    ("personally", "identifiable"),
    ("health", "data"),
)
DENIALS = wordset("no not without non never free none neither excluding")
FIELDS = wordset(
    "email emailaddress phone phonenumber telephone ssn socialsecuritynumber passport passportnumber "
    "dateofbirth dob birthdate ipaddress firstname lastname surname fullname iban creditcardnumber"
)


@rule(
    "personal-data-not-anonymised",
    code="X902",
    severity="info",
    pack="x",
    risk="Medium: a policy may be quoted without need.",
    source="Privacy is designed in, or it is missing (NIST AI RMF, MEASURE 2.10; Datasheets for Datasets).",
)
def personal_data_not_anonymised(
    raw_data: Doc,
    system_context: Doc = NOTHING,
    training_data: Doc = NOTHING,
    production_data: Doc = NOTHING,
) -> Found:
    """There are personal data, and nothing is said about anonymisation.

    Somebody has to confirm that personal data were removed, or that they may be used.

    Remedy: Describe how the data were anonymised, or write why that is not needed.

    Example: The policies name the GDPR, and the field on anonymisation is blank. It is silent for “no
    personal data”, and once the field says anything.

    Decision: Words such as GDPR, HIPAA, PII, patient and personal data count unless they are denied; so do
    fields called email, phone, date of birth and the like.
    """
    if text(raw_data, "anonymization"):
        return
    bodies = {"raw_data": raw_data, "system_context": system_context}
    schemas = {"raw_data": raw_data, "training_data": training_data, "production_data": production_data}
    found = next(_signs(bodies, schemas), None)
    if found is None:
        yield NOT_APPLICABLE
    else:
        at, said = found
        yield hit(
            f"{said}, but nothing is said about anonymisation.",
            ("raw_data", "anonymization"),
            at,
            key=(),
        )


def _signs(bodies: dict[str, Doc], schemas: dict[str, Doc]) -> Iterator[tuple[At, str]]:
    """Where personal data show."""
    for at in RULES_OF_DATA:
        for clause in clauses(text(bodies[str(at[0])], str(at[1]))):
            sign = _personal(clause)
            if sign:
                yield at, f"{quote(' '.join(clause))} speaks of personal data"
    for descriptor, body in schemas.items():
        for place, name in enumerate(column(body, "schema", "field_name")):
            if key(name) in FIELDS:
                yield (descriptor, "schema", place, "field_name"), f"The field {quote(name)} is personal"


def _personal(clause: tuple[str, ...]) -> bool:
    for place, word in enumerate(clause):
        if word in PERSONAL or clause[place : place + 2] in PHRASES:
            denied = DENIALS & {*clause[max(0, place - 4) : place], *clause[place + 1 : place + 5]}
            if not denied:
                return True
    return False


@rule(
    "research-data-in-operation",
    code="X905",
    severity="minor",
    pack="x",
    risk="Low: the operation itself may be research.",
    source="Data licences bind the model that was trained with the data (Datasheets for Datasets).",
)
def research_data_in_operation(raw_data: Doc, production_environment: Doc) -> Found:
    """The data may be used for research only, and the model is to go into operation.

    Who publishes data for research does not thereby allow a product that is built on them.

    Remedy: Get the right to use the data in operation, or train with other data.

    Example: The data rights say “non-commercial use only”, and there is a platform for production. It is
    silent for “research network only”, which is a place.

    Decision: Only explicit wordings count: research only, for research purposes only, academic use,
    non-commercial.
    """
    rights = [(at, text(raw_data, str(at[1]))) for at in RULES_OF_DATA if at[0] == "raw_data"]
    if not any(said for _, said in rights) or not text(production_environment, "deployment_platform"):
        yield CANNOT_TELL
        return
    for at, said in rights:
        clause = next((clause for clause in clauses(said) if _for_research(clause)), None)
        if clause and not placeholder(said):
            yield hit(
                f"The data may be used for {quote(' '.join(clause))}, but the model is to run on "
                f"{quote(text(production_environment, 'deployment_platform'))}.",
                PLATFORM,
                at,
                key=(str(at[1]),),
            )
            return


def _for_research(clause: tuple[str, ...]) -> bool:
    joined = " ".join(clause)
    if {"no", "not"} & set(clause) and "commercial" not in clause:
        return False
    if "non commercial" in joined or "noncommercial" in joined or "not for commercial" in joined:
        return True
    purpose = any(
        said in joined for said in ("research only", "academic use", "research purposes", "research use")
    )
    return purpose and ("only" in clause or "solely" in clause)
