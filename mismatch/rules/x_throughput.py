"""How fast the model is, against how much arrives; and whether it comes one by one or in batches."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, Param, hit, rule
from mismatch.reading import NOTHING, group, number, text
from mismatch.rules._resources import RESOURCES
from mismatch.rules.x_environments import HAS, MODEL, NEEDS, PRODUCTION, seconds
from mismatch.text.names import words, wordset
from mismatch.text.placeholders import says_nothing
from mismatch.text.units import rate, rates
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found
    from mismatch.reading import Doc

BATCHED = wordset("batch batches batchwise nightly overnight bulk")
GROUPED = BATCHED | wordset("window windows aggregate aggregated aggregation hourly daily weekly collected")
AWAITED = wordset("synchronous synchronously interactive interactively realtime online")
ONE_BY_ONE = wordset("api request requests rest grpc realtime online interactive stream streaming endpoint")


@rule(
    "throughput-too-low",
    code="X606",
    severity="major",
    pack="x",
    params={"busy": Param(0.7, "share of its time that one worker may be busy", 0.05, 1.0)},
    risk="Medium: several workers may share the load, and records may be answered together.",
    source="A queue that is filled faster than it is emptied grows without end.",
)
def throughput_too_low(
    trained_model: Doc, production_data: Doc, production_environment: Doc = NOTHING, *, busy: float
) -> Found:
    """Data arrives faster than the model can answer.

    The queue in front of the model grows without end, and with it the time until an answer.

    Remedy: Make the model faster, let several workers share the load, or answer records in batches.

    Example: 100 records arrive per second, and an inference takes 180 milliseconds. It is silent at 2 records
    per second.

    Decision: One worker is assumed. It is minor from seven tenths of its time on, where production has room
    for as many workers as it takes, and where a buffer may put records together.

    Decision: Where the model answers batches or windows, the time of an inference says nothing about a
    single record, so nobody can tell. Nor from a rate in bytes or per working day.

    Decision: A queue outlasts a peak, so beside the usual rate a peak says nothing; if only peaks are given,
    it is minor from the whole time of one worker on.
    """
    said = text(production_data, "data_rates")
    arriving, peak = _arriving(said)
    takes = seconds(group(trained_model, "inference_time"))
    buffer = text(trained_model, "data_buffering_reqs")
    mechanism = text(production_environment, "deployment_mechanism")
    if not arriving or not takes or GROUPED & {*words(buffer), *words(mechanism)}:
        yield CANNOT_TELL
        return
    load = arriving * takes
    if load <= (1.0 if peak else busy) + 1e-9:
        return
    workers = _workers(trained_model, production_environment)
    spare = load <= busy * workers
    buffered = bool(buffer) and not says_nothing(buffer) and load <= 10
    room = f"; production has room for {plain(workers)} workers" if spare and workers > 1 else ""
    yield hit(
        f"{quote(said.strip())} keeps one worker of the model busy for "
        f"{plain(round(100 * load)) if load < 1e6 else 'far more than 1000000'} % of the time, at "
        f"{plain(takes)} seconds each{room}.",
        (MODEL, "inference_time"),
        ("production_data", "data_rates"),
        key=(),
        severity="minor" if load <= 1 or spare or buffered or peak else "",
    )


def _arriving(said: str) -> tuple[float, bool]:
    """How many records arrive per second, 0 if nobody can tell; and if only peaks tell.

    Of several rates the highest that is no peak counts."""
    single = rate(said)
    if single is not None:
        return single, False
    found = rates(said)
    usual = [each for each, peak in found if not peak]
    return (max(usual), False) if usual else (max((each for each, _ in found), default=0.0), True)


def _workers(model: Doc, environment: Doc) -> int:
    """How many copies of the model production has room for; 1 if that cannot be told."""
    needs, has = group(model, NEEDS), group(environment, HAS)
    found = []
    for field in RESOURCES:
        need, have = number(needs, field) or 0, number(has, field) or 0
        if need > 0 and field != "storage":
            found.append(min(have / need, 1e6))
    return max(int(min(found)), 1) if found else 1


@rule(
    "batches-and-requests",
    code="X608",
    severity="info",
    pack="x",
    risk="Medium: requests may be collected, and batches may go through an interface.",
    source="Batch and online serving differ in code, sizing and monitoring.",
)
def batches_and_requests(
    production_environment: Doc, trained_model: Doc = NOTHING, production_data: Doc = NOTHING
) -> Found:
    """The model is to answer in batches on one side and one by one on the other.

    A model that waits for a batch does not answer a request, and a service for requests does not run by
    night.

    Remedy: Agree on one of the two, or name what collects the data in between.

    Example: The model expects one batch a night, and production serves it by an API. It is silent if
    production writes a batch file.

    Decision: A text that names both, such as “API and nightly batch”, fits either side. It is minor where
    somebody waits for the answer, as “synchronous” or “online” says, and the model takes a minute or more.
    """
    mechanism = text(production_environment, "deployment_mechanism")
    served = set(words(mechanism.replace("real-time", "realtime")))
    others = (
        ((MODEL, "data_buffering_reqs"), text(trained_model, "data_buffering_reqs")),
        (("production_data", "data_rates"), text(production_data, "data_rates")),
    )
    batched, single = bool(served & BATCHED), bool(served & ONE_BY_ONE)
    awaited = single and bool(served & AWAITED)
    slow = awaited and (seconds(group(trained_model, "inference_time")) or 0) >= 60
    if batched == single or not any(said for _, said in others):
        yield CANNOT_TELL
        return
    for at, said in others:
        known = set(words(said.replace("real-time", "realtime").replace("real time", "realtime")))
        if (batched and known & ONE_BY_ONE and not known & GROUPED) or (
            single and known & BATCHED and not known & ONE_BY_ONE
        ):
            yield hit(
                f"Production serves the model by {quote(mechanism)}, but its data come as {quote(said)}.",
                (PRODUCTION, "deployment_mechanism"),
                at,
                key=(str(at[0]),),
                severity="minor" if slow else "",
            )
