"""What the project may do with its data, against what it does."""

from __future__ import annotations

from functools import lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, column, rows, text
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


CLAIMED = ("anonymi", "pseudonymi", "masked", "maskiert", "masqué", "redact", "deidentif", "identif")
SOFTENED = wordset("unless where if possible may might should planned except optional optionally not needed")
NEGATED = wordset("none no not keine kein nicht aucune aucun non never ne without")
EXCUSED = wordset(
    "needed necessary required personal nötig erforderlich relevant applicable nécessaire persons people pii"
)
HINTS = ("mask", "masq", "anonym", "pseudo", "redact", "clear", "klartext", "clair")
REFUTED = (
    "not masked",
    "unmasked",
    "not anonymised",
    "not anonymized",
    "not pseudonymised",
    "not pseudonymized",
    "unredacted",
    "not redacted",
    "in clear text",
    "nicht maskiert",
    "unmaskiert",
    "nicht anonymisiert",
    "im klartext",
    "non masqué",
    "en clair",
)


@rule(
    "anonymisation-denied",
    code="X906",
    severity="minor",
    pack="x",
    risk="Low: one side has to claim it, and the other to deny it.",
    source="A promise about personal data that is broken is a breach (GDPR Art. 5, NIST AI RMF, MEASURE 2).",
)
def anonymisation_denied(raw_data: Doc, system_context: Doc = NOTHING, training_data: Doc = NOTHING) -> Found:
    """The policies say that data are anonymised or masked, and a description says that they are not.

    Somebody relies on the promise: those whose data they are, and those who pass the data on.

    Remedy: Anonymise the data as promised, or have the policy changed by those who made it.

    Example: “Personal data are masked before training”, and the training text is “as received, not masked”.
    It is silent if nothing is said to be unmasked, and for “none needed, no personal data”.

    Decision: Claims are clauses on anonymising, masking or no re-identification in the policies and in
    what the raw data say about anonymisation. Denials are a “none” there, and “not masked”, “unredacted”, “in
    clear text” and the like on training fields and steps.
    """
    bodies = {"raw_data": raw_data, "system_context": system_context}
    anonymised: At = ("raw_data", "anonymization")
    said = text(raw_data, "anonymization")
    claims = [at for at in RULES_OF_DATA if _claims(text(bodies[str(at[0])], str(at[1])))]
    denied = bool(said) and _denies(said)
    if said and not denied and _claims(said):
        claims.append(anonymised)
    if not claims:
        yield NOT_APPLICABLE
        return
    refuted = [(anonymised, said)] if denied else []
    for place, row in enumerate(rows(training_data, "schema")):
        refuted.append(
            (("training_data", "schema", place, "field_description"), text(row, "field_description"))
        )
    for place, row in enumerate(rows(training_data, "preparation_process")):
        detail: At = ("training_data", "preparation_process", place, "data_processing_detail")
        refuted.append((detail, text(row, "data_processing_detail")))
    for at, words_ in refuted:
        if words_ and (at == anonymised or _refutes(words_)):
            yield hit(
                f"{quote(words_)} contradicts {quote(text(bodies[str(claims[0][0])], str(claims[0][1])))}.",
                at,
                claims[0],
                key=(str(at[0]), str(at[-1])),
            )
            return


@lru_cache(maxsize=256)
def _claims(said: str) -> bool:
    """Does a clause promise that persons cannot be told?"""
    for clause in clauses(said):
        joined = " ".join(clause).replace("de identif", "deidentif")
        if not any(stem in joined for stem in CLAIMED) or not SOFTENED.isdisjoint(clause):
            continue
        if "re identif" in joined or "reidentif" in joined:
            if not DENIALS.isdisjoint(clause) or "prohibited" in clause or "forbidden" in clause:
                return True
        elif DENIALS.isdisjoint(clause) and any(stem in joined for stem in CLAIMED[:-1]):
            return True
    return False


@lru_cache(maxsize=256)
def _denies(said: str) -> bool:
    """Does the text on anonymisation begin with a bare “none”, or “not anonymised”, without saying that none
    is needed or that anything is done after all?"""
    first, *others = clauses(said)
    if not first or first[0] not in NEGATED or not EXCUSED.isdisjoint(words(said)):
        return False
    if len(first) > 1 and not any(word.startswith(CLAIMED[:-1]) for word in first):
        return False
    return not any(word.startswith(CLAIMED[:-1]) for clause in others for word in clause)


@lru_cache(maxsize=2048)
def _refutes(said: str) -> bool:
    folded = said.lower()
    if not any(hint in folded for hint in HINTS):
        return False
    ends = [folded.partition(each)[2] for each in REFUTED if each in folded]
    return any(not end or end[0] in ",.;:)" or end[:2] == " (" for end in ends)  # not “the unmasked area”
