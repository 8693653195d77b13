"""Whether logs are kept as long as needed, in a form that can be read, and no longer than allowed."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, PASS, Param, hit, rule
from mismatch.reading import NOTHING, rows, text
from mismatch.rules._results import MODEL
from mismatch.text.names import key, words, wordset
from mismatch.text.units import duration, durations
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from mismatch.declaration import Found, Hit
    from mismatch.reading import Doc

PRODUCTION = "production_environment"
KEPT = (
    "keep",
    "kept",
    "retain",
    "retention",
    "rotat",
    "delet",
    "purge",
    "expire",
    "history",
    "archiv",
    "ring",
    "drop",
    "remov",
    "clean",
    "trunc",
    "overwrit",
    "discard",
    "lifecycle",
    "ttl",
    "stored",
    "held",
    "aufbewahr",
    "vorgehalten",
    "conserv",
    "rétention",
    "supprim",
    "gelöscht",
)
FORMATS = wordset("json jsonl ndjson csv parquet avro protobuf xml orc syslog png jpeg jpg")
SAME_FORMAT = {"jsonl": "json", "ndjson": "json", "jpg": "jpeg"}


@rule(
    "log-shorter-than-needed",
    code="X702",
    severity="minor",
    pack="x",
    params={"slack": Param(0.05, "part of the time that does not matter")},
    risk="Low: both sides have to be explicit.",
    source="Logs are evidence, and the material of the next training (ISO/IEC 42001, A.6).",
)
def log_shorter_than_needed(trained_model: Doc, production_environment: Doc, *, slack: float) -> Found:
    """A log is kept for a shorter time than the model needs it, or in another format.

    When a fault has to be found or the model to be trained again, the log is gone or cannot be read.

    Remedy: Agree on how long and in which format the log is kept.

    Example: The model needs the log for 2 years, and production keeps it for 90 days. It is silent at 24
    months, and while one side names no time.

    Decision: Names are compared without case, spacing and signs. Of several times in one text the longest
    counts; a month is a twelfth of a year, and one twentieth less is rounding. A time counts beside a word
    for keeping or deleting, or alone behind a comma or in brackets, as in “Loki, 7 days”.

    Decision: A format that only one side names is not compared; both sides naming one in common is enough.
    """
    collected: dict[str, tuple[int, Doc]] = {}
    for place, row in enumerate(rows(production_environment, "model_logs")):
        collected.setdefault(key(text(row, "log")), (place, row))
    outcomes: set[str] = set()
    for place, row in enumerate(rows(trained_model, "log_data")):
        name = text(row, "log")
        found = collected.get(key(name)) if name else None
        if not found:
            continue
        how = text(found[1], "implementation")
        needed, kept = _longest(text(row, "history")), _kept(how) if how else None
        ours, theirs = _formats(text(row, "log_data_format")), _formats(how)
        outcomes.add(PASS if (needed and kept) or (ours and theirs) else CANNOT_TELL)
        at = (PRODUCTION, "model_logs", found[0], "implementation")
        if needed and kept and kept < needed * (1 - slack):
            yield hit(
                f"The log {quote(name)} is needed for {quote(text(row, 'history'))}, but production says "
                f"{quote(how)}.",
                at,
                (MODEL, "log_data", place, "history"),
                key=(name, "history"),
            )
        if ours and theirs and not ours & theirs:
            yield hit(
                f"The log {quote(name)} is needed as {quote(text(row, 'log_data_format'))}, but production "
                f"says {quote(how)}.",
                at,
                (MODEL, "log_data", place, "log_data_format"),
                key=(name, "log_data_format"),
            )
    if PASS not in outcomes:
        yield CANNOT_TELL if outcomes else NOT_APPLICABLE


REPEATED = frozenset({"every", "each", "per", "within", "alle"})


@lru_cache(maxsize=256)
def _kept(how: str) -> float | None:
    """How long a log is kept, in seconds, where a text says so: by a word for it, or as a bare time at the
    end, “Loki, 7 days”. What is done “every 15 minutes” is no such time."""
    parts = how.split()
    said = " ".join(
        [
            part
            for place, part in enumerate(parts)
            if REPEATED.isdisjoint(word.lower() for word in parts[max(0, place - 2) : place + 1])
        ]
    )
    if any(word.startswith(KEPT) for word in words(said)):
        return _longest(said)
    head, _, last = said.rstrip(" .)").replace(";", ",").replace("(", ",").rpartition(",")
    last = _spelled(last.strip().removeprefix("for ").removeprefix("last "))
    return duration(last) if head and len(last.split()) == 2 else None


def _longest(said: str) -> float | None:
    """The longest time that a text names, in seconds."""
    return max(durations(_spelled(said)), default=None)


def _spelled(said: str) -> str:
    """With “days” and “years” where a number has a single letter behind it: “30 d”, “3y”."""
    return _letter().sub(_word, said)


def _word(each: re.Match[str]) -> str:
    return f"{each[1]} {'days' if each[2] in 'dD' else 'years'}"


@cache
def _letter() -> re.Pattern[str]:
    import re

    return re.compile(r"(?<![\w.,])(\d{1,4}) ?([dDyY])\b")


def _formats(said: str) -> set[str]:
    found = FORMATS.intersection(words(said))
    return {SAME_FORMAT.get(each, each) for each in found}


PROMISED = ("keep", "kept", "retain", "retention", "stored", "delet", "eras", "destroy", "purge")
POLICIES = {
    ("system_context", "data_rights_policies"): "the policies of the project",
    ("raw_data", "data_policies"): "the policies of the raw data",
    ("raw_data", "restrictions"): "the restrictions of the raw data",
}
LEAST = wordset("least minimum longer than")


@rule(
    "log-longer-than-allowed",
    code="X704",
    severity="major",
    pack="x",
    params={"slack": Param(0.05, "part of the time that does not matter")},
    risk="Low: sentence and log have to name the same thing and a time each.",
    source="Storage limitation: what a policy promises holds for logs as well.",
)
def log_longer_than_allowed(
    trained_model: Doc, system_context: Doc = NOTHING, raw_data: Doc = NOTHING, *, slack: float
) -> Found:
    """A log is to be kept for longer than a policy allows.

    A promise about how long data are kept is broken from the first day that it is up.

    Remedy: Keep the log for as long as the policy says, or have the policy changed by those it protects.

    Example: “Prompts are kept for 30 days” says the policy, and the log “prompt and output” has a history of
    2 years. It is silent at 30 days.

    Decision: Only a sentence that names exactly one time, says that something is kept or deleted, and shares
    a word with the name of the log. “At least 10 years” is no upper limit.
    """
    bodies = {"system_context": system_context, "raw_data": raw_data}
    promises = [(at, *promise) for at in POLICIES for promise in _promises(text(bodies[at[0]], at[1]))]
    logs = rows(trained_model, "log_data")
    if not promises or not any(text(row, "log") for row in logs):
        yield NOT_APPLICABLE
        return
    for place, row in enumerate(logs):
        name, wanted = text(row, "log"), _longest(text(row, "history"))
        for at, said, allowed, stems in promises if name and wanted else ():
            if wanted and wanted * (1 - slack) > allowed and stems & _stems(name):
                yield _too_long(place, row, said, at)
                break


def _too_long(place: int, row: Doc, said: str, at: tuple[str, str]) -> Hit:
    return hit(
        f"The log {quote(text(row, 'log'))} is to be kept for {quote(text(row, 'history'))}, but "
        f"{POLICIES[at]} say {quote(said)}.",
        (MODEL, "log_data", place, "history"),
        at,
        key=(text(row, "log"),),
    )


@lru_cache(maxsize=256)
def _promises(said: str) -> tuple[tuple[str, float, set[str]], ...]:
    """The sentences that say for how many seconds something is kept, with the stems of their words."""
    for mark in (";", "\n", ". "):
        said = said.replace(mark, "\0")
    sentences = [part.strip(" .") for part in said.split("\0")][:50]
    return tuple([(each, allowed, _stems(each)) for each in sentences if (allowed := _promise(each))])


def _promise(sentence: str) -> float | None:
    """How long something may be kept, in seconds; None if the sentence makes no such promise."""
    found, parts = durations(sentence), words(sentence)
    if len(found) != 1 or not any(word.startswith(PROMISED) for word in parts) or LEAST & set(parts):
        return None
    return found[0]


def _stems(said: str) -> set[str]:
    return {word[:5] for word in words(said) if len(word) > 4} - {"store", "delet", "after", "retai", "month"}
