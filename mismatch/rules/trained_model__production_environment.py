"""What the model needs and wants watched, against what production provides and collects."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, hit, rule
from mismatch.reading import column, group, loose, number, text
from mismatch.rules._offers import unmet
from mismatch.rules._resources import shortages
from mismatch.wording import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found
    from mismatch.reading import Doc

MODEL, PRODUCTION = "trained_model", "production_environment"
MILLISECONDS = {"Milliseconds": 1, "Seconds": 1_000, "Minutes": 60_000, "Hours": 3_600_000}
LOOSELY = {loose(unit): factor for unit, factor in MILLISECONDS.items()}


@rule(
    "prod-resources-insufficient",
    code="TEC-7",
    severity="critical",
    waits_for="production_environment",
    waiting=("resource requirement", "resource requirements"),
    risk="Low: figures are compared as they stand, in the units of the schema.",
    source="Rule 7 of the original TEC. Sizing: need against what is there.",
)
def prod_resources_insufficient(trained_model: Doc, production_environment: Doc) -> Found:
    """The production environment has less of a resource than the model needs.

    In production the model would be slow, fail to load or not run at all.

    Remedy: Enlarge the environment, or reduce what the model needs; correct the figure if it is a blank 0.

    Example: The model needs 24 CPUs, production has 12. It is silent from 24 CPUs on.

    Decision: As in dev-resources-insufficient: what the model needs 0 of never counts, and 0 available is
    compared as 0, with the doubt in the message.
    """
    return shortages(trained_model, production_environment, PRODUCTION, "the production environment")


@rule(
    "business-metric-not-collected",
    code="TEC-9",
    severity="major",
    waits_for="production_environment",
    waiting=("business metric", "business metrics"),
    risk="Medium: a metric may be collected outside of the environment, in a report for one.",
    source="Rule 9 of the original TEC. Measure in operation, too (NIST AI RMF, MEASURE 2.4).",
)
def business_metric_not_collected(trained_model: Doc, production_environment: Doc) -> Found:
    """A business metric that the model’s success hangs on is not collected in production.

    A metric that nobody collects gives no evidence for the benefit of the model, nor against it.

    Remedy: Add the metric to the Production Environment with how it is collected, or drop it from the model.

    Example: The model is to lower “pages per week”, which production does not list. It is silent once it
    does.

    Decision: A metric listed twice is reported once, a blank one never.

    Decision: A metric that is listed without saying how it is collected counts as collected, and the list of
    other metrics is not searched: both are what the original TEC does.

    Decision: Names are compared exactly; a difference of only case, spacing or the form of letters is minor.
    """
    return _not_collected(
        trained_model,
        production_environment,
        ("business_metrics", "metric"),
        ("business_metrics", "metric"),
        "The business metric {name} is not collected in production",
    )


@rule(
    "algorithm-metric-not-collected",
    code="TEC-10",
    severity="major",
    waits_for="production_environment",
    waiting=("algorithm metric", "algorithm metrics"),
    risk="Medium: a metric that is worked out later from logs is not listed.",
    source="Rule 10 of the original TEC. Measure in operation, too (NIST AI RMF, MEASURE 2.4).",
)
def algorithm_metric_not_collected(trained_model: Doc, production_environment: Doc) -> Found:
    """An algorithm metric that shows how well the model works is not collected in production.

    Without it, drift and malfunction of the model stay unnoticed while it is in use.

    Remedy: Add the metric to the Production Environment with how it is collected, or drop it from the model.

    Example: The model is watched by “calibration error”, which production does not list. It is silent once
    it does.

    Decision: As in business-metric-not-collected.
    """
    return _not_collected(
        trained_model,
        production_environment,
        ("algorithm_metrics", "metric"),
        ("algorithm_metrics", "metric"),
        "The algorithm metric {name} is not collected in production",
    )


@rule(
    "log-not-captured",
    code="TEC-11",
    severity="minor",
    waits_for="production_environment",
    waiting=("log", "logs"),
    risk="Low: names are compared as they are written.",
    source="Rule 11 of the original TEC. Logs are evidence (ISO/IEC 42001, A.6).",
)
def log_not_captured(trained_model: Doc, production_environment: Doc) -> Found:
    """Log data that the model asks for is not captured in production.

    What is not logged is not there when a fault has to be found or the model has to be trained again.

    Remedy: Add the log to the Production Environment with how it is captured, or drop it from the model.

    Example: The model asks for “inputs at alert time”, production logs requests only. It is silent once the
    log is listed.

    Decision: As in business-metric-not-collected; the list of other logs is not searched.
    """
    return _not_collected(
        trained_model,
        production_environment,
        ("log_data", "log"),
        ("model_logs", "log"),
        "The log data {name} is not captured in production",
    )


@rule(
    "inference-too-slow",
    code="TEC-12",
    severity="critical",
    risk="Low: a time without a unit is not compared.",
    source="Rule 12 of the original TEC. Response times are requirements like others (ISO/IEC 25059).",
)
def inference_too_slow(trained_model: Doc, production_environment: Doc) -> Found:
    """The model takes longer for an inference than production allows.

    A model slower than the system needs breaks its response time or its throughput, every time.

    Remedy: Make the model faster, give it more capacity, or agree on a longer time.

    Example: An inference takes 5 seconds, production allows 2000 milliseconds. It is silent at 2 seconds, and
    while a time or a unit is blank.

    Decision: A time without a unit cannot be compared, nor can one in an unknown unit; the original TEC read
    both as milliseconds. Nothing is compared either if both the required time and its unit are untouched.

    Decision: A required time of 0 with a unit is compared as it stands, with the doubt in the message.
    """
    observed = group(trained_model, "inference_time")
    required = group(production_environment, "required_inference_time")
    takes, allowed = number(observed, "time"), number(required, "time")
    factor, limit = _factor(observed), _factor(required)
    if takes is None or allowed is None or factor is None or limit is None:
        yield CANNOT_TELL
    elif takes * factor > allowed * limit:
        said = f"An inference takes {_time(takes, observed)}, production allows {_time(allowed, required)}"
        if allowed == 0:
            said += "; the 0 may mean that nobody has filled it in"
        elif factor != limit:
            said += f" ({_time(allowed * limit / factor, observed)})"
        yield hit(
            f"{said}.",
            (MODEL, "inference_time"),
            (PRODUCTION, "required_inference_time"),
            key=(),
        )


@rule(
    "feedback-not-captured",
    code="TEC-13",
    severity="minor",
    waits_for="production_environment",
    waiting=("kind of feedback", "kinds of feedback"),
    risk="Low: names are compared as they are written.",
    source="Rule 13 of the original TEC. Feedback is part of the design (NIST AI RMF, MEASURE 3.3).",
)
def feedback_not_captured(trained_model: Doc, production_environment: Doc) -> Found:
    """Feedback of users or systems that the model counts on is not captured in production.

    Feedback that is planned and never collected can neither correct the model nor train the next one.

    Remedy: Add the feedback to the Production Environment with how it is captured, or drop it from the model.

    Example: The model counts on “nurse override”, which production does not list. It is silent once it does.

    Decision: As in business-metric-not-collected.
    """
    return _not_collected(
        trained_model,
        production_environment,
        ("user_system_feedback", "short_name"),
        ("user_system_feedback", "feedback"),
        "The feedback {name} is not captured in production",
    )


def _not_collected(
    model: Doc, production: Doc, wanted: tuple[str, str], collected: tuple[str, str], said: str
) -> Found:
    """A hit for each row of the list and field *wanted* of the model that *collected* of production lacks."""
    rows, field = wanted
    return unmet(
        column(model, rows, field),
        lambda number: (MODEL, rows, number, field),
        column(production, *collected),
        (PRODUCTION, collected[0]),
        said,
        collected[1:],
    )


def _factor(holder: Doc) -> int | None:
    """How many milliseconds the unit of a group has; None if it is blank or unknown."""
    unit = text(holder, "unit")
    return MILLISECONDS.get(unit) or LOOSELY.get(loose(unit))


def _time(time: float, holder: Doc) -> str:
    """*time* with the unit of a group: “90 seconds”."""
    unit = text(holder, "unit").strip().lower()
    return f"{plain(time)} {unit.removesuffix('s') if time == 1 else unit}"
