"""What a document says in the few words that fit on the map of a project."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from mismatch.reading import column, group, number_of, rows, text, text_of, truth
from mismatch.showing.evidence import on_one_line
from mismatch.wording import plain

if TYPE_CHECKING:
    from mismatch.reading import Doc

LONGEST = 200  # letters of a name that are kept at all; the map cuts again, to the width it has
FEW = 20  # entries of a list that are read out on one line
UNITS = {"milliseconds": "ms", "seconds": "s", "minutes": "min", "hours": "h"}


class Excerpt(NamedTuple):
    """The words of one document."""

    title: str = ""  # what it is about, with its version
    lines: tuple[str, ...] = ()  # more about it: the goals, or what there is of it
    said: dict[str, tuple[str, ...]] = {}  # attribute of the map → what stands at its end
    names: dict[str, str] = {}  # descriptor → the identifier by which this document names it


NOTHING_SAID = Excerpt()


def excerpt(descriptor: str, body: Doc | None) -> Excerpt:
    """The words of *body*, a document of the newest schema in any state."""
    return READERS[descriptor](body) if body else NOTHING_SAID


def cut(words: str, width: int) -> str:
    """*words* in at most *width* columns: letters of Chinese take two, capitals a little more than one."""
    ends = list(accumulate(map(_columns, words[: 4 * width])))  # no letter has more marks than that
    if len(words) == len(ends) and (not ends or ends[-1] <= width):
        return words
    return f"{words[: bisect_right(ends, width - 1)].rstrip()}…"


def _columns(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 2
    return 1.7 if letter in "MW@" else 1.2 if letter.isupper() else 1


def _line(*parts: str) -> str:
    return on_one_line(" ".join(part[:LONGEST] for part in parts if part))


def _counted(holder: Doc, name: str, one: str, many: str = "") -> tuple[str]:
    number = len(rows(holder, name))
    return (f"{number or 'no'} {one if number == 1 else many or one + 's'}",)


def _listed(found: Iterable[str], room: int, what: str = "") -> tuple[str, ...]:
    """What was *found*, each once; beyond *room* lines the last one says how many more there are."""
    names = list(dict.fromkeys(filter(None, found)))
    if len(names) <= room:
        return tuple(map(_line, names))
    return *map(_line, names[: room - 1]), f"and {len(names) - room + 1} more{what}"


def _texts(holder: Doc, name: str) -> list[str]:
    """The entries of a list of texts."""
    found = holder.get(name)
    return [text_of(entry) for entry in found] if isinstance(found, list) else []


def _joined(found: Iterable[str]) -> tuple[str, ...]:
    names = cut(", ".join(map(_line, list(dict.fromkeys(filter(None, found)))[:FEW])), LONGEST)
    return (names,) if names else ()


def _resources(holder: Doc, name: str) -> tuple[str, ...]:
    """“1 GPU 4 CPU 8/120 GB”: memory and storage behind the processors."""
    found = [number_of(group(holder, name).get(key)) for key in ("gpu", "cpu", "memory", "storage")]
    if not any(found):
        return ()
    gpu, cpu, memory, storage = (plain(number or 0) for number in found)
    return (f"{gpu} GPU {cpu} CPU {memory}/{storage} GB",)


def _time(holder: Doc, name: str) -> tuple[str, ...]:
    number = number_of(group(holder, name).get("time"))
    unit = text(group(holder, name), "unit").strip()
    return (f"{plain(number)} {UNITS.get(unit.lower(), _line(unit))}".strip(),) if number else ()


def _system_context(body: Doc) -> Excerpt:
    goals = (_line(text(goal, "id"), text(goal, "goal")) for goal in rows(body, "goals"))
    problem = group(body, "ml_problem_type")
    kind = text(problem, "other_problem") or text(problem, "ml_problem")
    return Excerpt(_line(text(body, "task")), (_line(kind), *_listed(goals, 3, " goals")))


def _raw_data(body: Doc) -> Excerpt:
    number = number_of(body.get("number_of_instances"))
    instances = f"{number:,.0f}".replace(",", "\u202f") if number else ""
    about = _line(instances, text(body, "instance_type"))
    return Excerpt(_line(text(body, "dataset_identifier"), text(body, "dataset_version")), (about,))


def _data_pipeline(body: Doc) -> Excerpt:
    title = _line(text(body, "pipeline_identifier"), text(body, "pipeline_version"))
    return Excerpt(title, said={"upstream component API": _counted(body, "input_spec", "input")})


def _training_data(body: Doc) -> Excerpt:
    title = _line(text(body, "dataset_identifier"), text(body, "dataset_version"))
    names = {"raw_data": _line(text(body, "raw_data_identifier"))}
    return Excerpt(title, said=_data(body), names=names)


def _production_data(body: Doc) -> Excerpt:
    return Excerpt(_line(text(body, "data_rates")), said=_data(body))


def _data(body: Doc) -> dict[str, tuple[str, ...]]:
    return {
        "data schema": _counted(body, "schema", "field"),
        "data statistics": _counted(body, "statistics", "statistic"),
        "data distribution": _counted(body, "distribution", "label"),
    }


def _trained_model(body: Doc) -> Excerpt:
    outputs = "final_output_spec" if truth(body, "post_processing") else "output_spec"
    languages = chain.from_iterable(
        _texts(part, "programming_languages") for part in rows(body, "model_components")
    )
    return Excerpt(
        _line(text(body, "model_name"), text(body, "model_version")),
        said={
            "programming language": _joined(languages),
            "downstream component API": _counted(body, outputs, "output"),
            "computing resources": _resources(body, "computing_resource_reqs"),
            "ML frameworks": _joined(_texts(body, "ml_frameworks")),
            "algorithm metrics": _counted(body, "algorithm_metrics", "metric"),
            "business metrics": _counted(body, "business_metrics", "metric"),
            "logs": _counted(body, "log_data", "log"),
            "user and system feedback": _counted(body, "user_system_feedback", "kind"),
            "inference time": _time(body, "inference_time"),
        },
        names={
            "data_pipeline": _line(text(body, "data_pipeline_identifier")),
            "training_data": _line(text(body, "training_data_identifier")),
        },
    )


def _development_environment(body: Doc) -> Excerpt:
    return Excerpt(
        said={
            "upstream component API": _listed(column(body, "upstream_components", "component_name"), 3),
            "programming language": _joined(_texts(body, "programming_languages")),
            "downstream component API": _listed(column(body, "downstream_components", "component_name"), 2),
            "computing resources": _resources(body, "computing_resources"),
            "ML frameworks": _joined(_texts(body, "ml_frameworks")),
        }
    )


def _production_environment(body: Doc) -> Excerpt:
    return Excerpt(
        _line(text(body, "deployment_platform")),
        said={
            "algorithm metrics": _counted(body, "algorithm_metrics", "metric"),
            "business metrics": _counted(body, "business_metrics", "metric"),
            "logs": _counted(body, "model_logs", "log"),
            "user and system feedback": _counted(body, "user_system_feedback", "kind"),
            "computing resources": _resources(body, "computing_resources"),
            "inference time": _time(body, "required_inference_time"),
        },
    )


READERS: dict[str, Callable[[Doc], Excerpt]] = {
    "system_context": _system_context,
    "raw_data": _raw_data,
    "data_pipeline": _data_pipeline,
    "training_data": _training_data,
    "trained_model": _trained_model,
    "development_environment": _development_environment,
    "production_environment": _production_environment,
    "production_data": _production_data,
}
