"""Resources and times of the environments: plausible, comparable, and with room to spare."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, Param, hit, rule
from mismatch.reading import NOTHING, group, number, text
from mismatch.rules._resources import RESOURCES
from mismatch.text.units import unit
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import At, Found, Hit
    from mismatch.reading import Doc

MODEL, DEVELOPMENT, PRODUCTION = "trained_model", "development_environment", "production_environment"
NEEDS, HAS = "computing_resource_reqs", "computing_resources"
SAID = {DEVELOPMENT: "the development environment", PRODUCTION: "production"}


def seconds(holder: Doc) -> float | None:
    """How long a time with its unit is; None if one of them is blank or the unit is unknown."""
    time, known = number(holder, "time"), unit(text(holder, "unit"))
    return time * known[1] if time is not None and known and known[0] == "time" else None


@rule(
    "production-smaller-than-development",
    code="X601",
    severity="minor",
    pack="x",
    params={
        "share": Param(0.5, "part of the development environment below which production is small"),
        "tenth": Param(0.1, "part below which it is minor although the model needs little"),
        "thin": Param(0.9, "part of what production has above which the model’s need makes it major"),
    },
    risk="Medium: a development server may serve many projects.",
    source="Measure under conditions like those of operation (NIST AI RMF, MEASURE 2.3).",
)
def production_smaller_than_development(
    production_environment: Doc,
    development_environment: Doc,
    trained_model: Doc = NOTHING,
    *,
    share: float,
    tenth: float,
    thin: float,
) -> Found:
    """Production is much smaller than the environment the model was integrated and tested in.

    Times and tests from the larger machine do not carry over to the smaller one.

    Remedy: Measure again on a machine like the one in production, or enlarge production.

    Example: Development has 64 GB of memory, production 4 GB, and the model needs 3. It is silent if
    production has 32 GB.

    Decision: Processors and memory below half of development’s count, and GPUs if there are fewer; storage
    does not bear on times. A resource that the model does not need, or of which production has twice what it
    needs, is worth knowing only, unless production has less than a tenth. It is major if the model takes
    more than nine tenths of it.

    Decision: A resource that falls short of the model’s need is left to the rule about insufficient
    resources, and a blank or 0 figure is not compared, but for GPUs.
    """
    smaller, larger = group(production_environment, HAS), group(development_environment, HAS)
    needs = group(trained_model, NEEDS)
    if not any(number(smaller, field) and number(larger, field) for field in ("cpu", "memory")):
        yield CANNOT_TELL
        return
    for field in ("gpu", "cpu", "memory"):
        have, had, need = number(smaller, field) or 0, number(larger, field) or 0, number(needs, field) or 0
        few = have < had if field == "gpu" else 0 < have < share * had
        if not few or have < 0 or need > have:
            continue
        severity = "info"
        if field != "gpu" and have and need > thin * have:
            severity = "major"
        elif field != "gpu" and (need * 2 > have or have < tenth * had):
            severity = ""
        yield hit(
            f"Production has {_amount(have, field)}, the development environment {_amount(had, field)}"
            f"{f', and the model needs {plain(need)}' if need else ''}.",
            (PRODUCTION, HAS, field),
            (DEVELOPMENT, HAS, field),
            *([(MODEL, NEEDS, field)] if need else []),
            key=(field,),
            severity=severity,
        )


@rule(
    "no-headroom",
    code="X602",
    severity="minor",
    pack="x",
    params={
        "resource": Param(0.9, "part of a resource that the model may need"),
        "time": Param(0.8, "part of the time allowed that an inference may take"),
    },
    risk="Low.",
    source="Rules of thumb for sizing: the system and peaks need room too.",
)
def no_headroom(
    trained_model: Doc,
    production_environment: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    *,
    resource: float,
    time: float,
) -> Found:
    """The model fits, but with nothing to spare.

    The pipeline, the operating system and peaks of load need room as well.

    Remedy: Give it more room, or make the model smaller or faster.

    Example: The model needs 15 of 16 GB. It is silent up to 14.4 GB, and an inference up to eight tenths of
    the time allowed.

    Decision: Memory and storage count, in both environments; processors are shared and have no such limit.
    What does not fit at all is left to the rules about insufficient resources and slow inference.
    """
    needs = group(trained_model, NEEDS)
    compared = False
    given = ((PRODUCTION, production_environment), (DEVELOPMENT, development_environment))
    for descriptor, environment in given:
        has = group(environment, HAS)
        for field in ("memory", "storage"):
            need, have = number(needs, field) or 0, number(has, field) or 0
            compared = compared or (need > 0 and have > 0)
            if resource * have < need <= have and have > 0:
                yield hit(
                    f"The model needs {plain(need)} of {_amount(have, field)} in {SAID[descriptor]}.",
                    (descriptor, HAS, field),
                    (MODEL, NEEDS, field),
                    key=(descriptor, field),
                )
    takes = seconds(group(trained_model, "inference_time"))
    allowed = seconds(group(production_environment, "required_inference_time"))
    compared = compared or (takes is not None and allowed is not None)
    if takes and allowed and time * allowed + 1e-9 < takes <= allowed:
        yield hit(
            f"An inference takes {plain(round(100 * takes / allowed))} % of the time that production allows.",
            (MODEL, "inference_time"),
            (PRODUCTION, "required_inference_time"),
            key=("inference_time",),
        )
    if not compared:
        yield CANNOT_TELL


@rule(
    "resource-implausible",
    code="X604",
    severity="info",
    pack="x",
    risk="Low for negative figures, medium for the others, hence only worth knowing.",
    source="Units slip: memory and storage are to be given in GB.",
)
def resource_implausible(
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    production_environment: Doc = NOTHING,
) -> Found:
    """A resource has a figure that is impossible, or that looks like another unit.

    One slip of a unit turns the comparison of what the model needs with what is there upside down.

    Remedy: Give memory and storage in GB, and GPUs and CPUs in their own fields.

    Example: The memory is 16384, which is 16 GB in MB. It is silent at 16, and at 1024 with 128 CPUs.

    Decision: A negative figure is major, memory of 1024 or more and 512 for each CPU minor. Worth knowing are
    memory of 1024 or more that is a multiple of 1024, on at most 64 CPUs; memory of an environment below a
    quarter of a GB; and more GPUs than CPUs.
    """
    seen = False
    for descriptor, field, holder in (
        (MODEL, NEEDS, group(trained_model, NEEDS)),
        (DEVELOPMENT, HAS, group(development_environment, HAS)),
        (PRODUCTION, HAS, group(production_environment, HAS)),
    ):
        figures = {name: number(holder, name) or 0 for name in RESOURCES}
        seen = seen or any(figures.values())
        for name, said, severity in _slips(figures, descriptor):
            yield hit(
                f"{plain(figures[name])} {RESOURCES[name][1]} {said}.",
                (descriptor, field, name),
                key=(descriptor, name),
                severity=severity,
            )
    if not seen:
        yield CANNOT_TELL


def _slips(figures: dict[str, float], descriptor: str) -> Iterator[tuple[str, str, str]]:
    """Resource, what is odd about its figure, and a severity if it is not the rule’s own."""
    for name, figure in figures.items():
        if figure < 0:
            yield name, "cannot be", "major"
    memory, cpu, gpu = figures["memory"], figures["cpu"], figures["gpu"]
    if memory >= 1024 and memory >= 512 * cpu > 0:
        yield "memory", "would be a lot for so few CPUs; are they MB?", "minor"
    elif memory >= 1024 and memory % 1024 == 0 and cpu <= 64:
        yield "memory", "would be a lot; are they MB?", ""
    elif 0 < memory < 0.25 and descriptor != MODEL:
        yield "memory", "would be very little; are they TB?", ""
    if descriptor != MODEL and gpu > cpu > 0:
        yield (
            "gpu",
            f"beside {plain(cpu)} {'CPU' if cpu == 1 else 'CPUs'} is unusual; are the two swapped?",
            "",
        )


@rule(
    "time-without-measure",
    code="X605",
    severity="minor",
    pack="x",
    risk="None.",
    source="The original TEC reads a time without a unit as milliseconds.",
)
def time_without_measure(trained_model: Doc = NOTHING, production_environment: Doc = NOTHING) -> Found:
    """A time has no unit, or a unit and a time of 0.

    2 without a unit may be milliseconds or seconds, so nobody can say whether the model is fast enough; and
    nothing takes 0 seconds.

    Remedy: Choose the unit. Times are whole numbers, so give what is below one in the next smaller unit.

    Example: The inference takes 180, without a unit. It is silent at 180 milliseconds, and while time and
    unit are both blank, which the required fields report.

    Decision: That a required time of 0 is always exceeded is explained by this finding.
    """
    seen = False
    for at, holder in (
        ((MODEL, "inference_time"), group(trained_model, "inference_time")),
        ((PRODUCTION, "required_inference_time"), group(production_environment, "required_inference_time")),
    ):
        time, said = number(holder, "time"), text(holder, "unit")
        seen = seen or bool(time) or bool(said)
        fault = _unmeasured(time, said)
        if fault:
            yield _unmeasured_hit(at, *fault, zero=not time)
    if not seen:
        yield NOT_APPLICABLE


def _unmeasured(time: float | None, said: str) -> tuple[str, str] | None:
    """The field at fault and what is wrong with it."""
    known = unit(said)
    if time and time < 0:
        return "time", f"is {plain(time)}, less than nothing"
    if time and not said:
        return "unit", f"is {plain(time)}, without a unit"
    if time and not (known and known[0] == "time"):
        return "unit", f"is in {quote(said)}, which is no known unit of time"
    if time == 0 and said:
        return "time", f"is 0 {quote(said)}, which is hardly meant"
    return None


def _unmeasured_hit(at: At, field: str, fault: str, *, zero: bool) -> Hit:
    required = at[0] == PRODUCTION
    return hit(
        f"The {'required ' if required else ''}inference time {fault}.",
        (*at, field),
        key=(str(at[0]),),
        explains=(("inference-too-slow", ()),) if zero and required else (),
    )


def _amount(figure: float, field: str) -> str:
    one, many = RESOURCES[field]
    return f"{plain(figure)} {one if figure == 1 else many}"
