"""How long does a check take? Compared, in one process, with parsing the same eight documents.

    python benchmarks/engine.py [FOLDER …]

For each folder of descriptors, as multiples of the time to parse it: a check by the 24 rules and all required
fields, and one by every pack there is; each of documents that were never looked at before (first), and of
the same once more (again), which a process remembers. At most 3 is wanted of the 24 rules, and every pack at
most 3 times as long as they. At last a project with 10 to 10,000 rows in each list, to see that the time
grows with their number and no faster, also where no name leads anywhere and every rule looks for what may
have been meant.
"""

from __future__ import annotations

import copy
import gc
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from descriptors.catalogue import DESCRIPTORS  # noqa: E402
from mismatch.engine import check  # noqa: E402
from mismatch.recall import MEMORY  # noqa: E402

LIMIT = 3.0
SIZES = (10, 100, 1_000, 10_000)
ROUNDS = 300
CORE = ("tec", "required")


def fastest(*actions: Callable[[], object]) -> list[float]:
    """Microseconds of the fastest of many calls of each action: what it costs if nothing else disturbs.

    The actions take turns, so that a busy moment of the machine does not fall on one of them only.
    """
    best = [float("inf")] * len(actions)
    for _ in range(ROUNDS):
        for number, action in enumerate(actions):
            start = perf_counter()
            action()
            best[number] = min(best[number], perf_counter() - start)
    return [seconds * 1e6 for seconds in best]


def first(documents: dict[str, Any], packs: tuple[str, ...] | None) -> Callable[[], object]:
    """A check of documents that were never looked at before."""

    def run() -> object:
        MEMORY.forget()
        return check(documents, packs=packs)

    return run


def measure(folder: Path) -> tuple[float, float]:
    """Print one line on *folder* and return the larger of its two ratios, of a first check and of another."""
    files = [(name, folder / f"{name}.json") for name in DESCRIPTORS]
    texts = {name: path.read_bytes() for name, path in files if path.exists()}
    documents = {name: json.loads(text) for name, text in texts.items()}
    found = len(check(documents).findings)
    gc.disable()
    parse, core_first, core, whole_first, whole = fastest(
        lambda: [json.loads(text) for text in texts.values()],
        first(documents, CORE),
        lambda: check(documents, packs=CORE),
        first(documents, None),
        lambda: check(documents),
    )
    gc.enable()
    print(
        f"{folder.name:28} parse {parse:4.0f} µs   24 rules: first {core_first / parse:4.1f} "
        f"again {core / parse:4.2f}   "
        f"every pack: first {whole_first / parse:4.1f} again {whole / parse:4.2f}   "
        f"every pack ÷ 24 rules: first {whole_first / core_first:3.1f} again {whole / core:3.1f}   "
        f"{found:2} findings"
    )
    return max(core_first / parse, whole_first / core_first), max(core / parse, whole / core)


def grown(documents: dict[str, Any], size: int) -> dict[str, Any]:
    """*documents* with *size* rows in the lists that are long in real projects, each row of its own name."""
    lists = (
        ("data_pipeline", "input_spec", "item_name"),
        ("trained_model", "output_spec", "item_name"),
        ("raw_data", "schema", "field_name"),
        ("training_data", "schema", "field_name"),
        ("production_data", "schema", "field_name"),
    )
    result = copy.deepcopy(documents)
    for descriptor, name, field in lists:
        first = result[descriptor][name][0]
        result[descriptor][name] = [{**first, field: f"{first[field]}_{number}"} for number in range(size)]
    for number, row in enumerate(result["training_data"]["schema"]):
        row["mapping_production_data"] = result["production_data"]["schema"][number]["field_name"]
    return result


def missing(documents: dict[str, Any], size: int) -> dict[str, Any]:
    """*documents* as `grown`, in which every name that leads elsewhere misses its aim by a typing error."""
    large = grown(documents, size)
    numbers = range(size)
    for row in large["training_data"]["schema"]:
        row["mapping_production_data"] = row["mapping_production_data"].replace("income", "incmoe")
    for number, row in enumerate(large["data_pipeline"]["input_spec"]):
        row["component_mapping"] = {"component": "Application Portal", "data_item": f"itme_{number}"}
    large["development_environment"]["upstream_components"][0]["output_spec"] = [
        {"item_name": f"item_{number}", "item_type": "Float", "expected_values": "0 - 1"}
        for number in numbers
    ]
    large["training_data"]["statistics"] = [
        {"property": "Mean", "field": f"net_incom_{number}", "value": str(number)} for number in numbers
    ]
    large["trained_model"]["log_data"] = [
        {"log": f"record of step {number}", "log_data_format": "CSV", "history": "1 year"}
        for number in numbers
    ]
    large["production_environment"]["model_logs"] = [
        {"log": f"recrod of step {number}", "implementation": "CSV"} for number in numbers
    ]
    large["trained_model"]["algorithm_metrics"] = [
        {
            "metric": f"share {number}",
            "operator": "less than",
            "threshold": 0.5,
            "goal_mapping": f"G-{number}",
        }
        for number in numbers
    ]
    large["system_context"]["goals"] = [
        {"id": f"g {number}", "goal": f"goal {number}", "metric": f"share {number}", "baseline": "5 %"}
        for number in numbers
    ]
    return large


def growth() -> None:
    """Print how long a check by every pack takes for ever longer lists; also where no name fits."""
    folder = ROOT / "examples" / "consumer-loan-default"
    documents = {name: json.loads((folder / f"{name}.json").read_bytes()) for name in DESCRIPTORS}
    for grow, said in ((grown, "rows in each of five lists"), (missing, "rows in ten, all names mistyped")):
        for size in SIZES:
            large = grow(documents, size)
            start = perf_counter()
            check(large)
            took = perf_counter() - start
            print(f"{size:6} {said}: {took * 1e3:8.1f} ms, {took / size * 1e6:6.0f} µs a row")


def main(folders: list[str]) -> int:
    """Measure all *folders* (default: the examples); 1 if a check of what is known is beyond the limit."""
    chosen = [Path(folder) for folder in folders] or sorted((ROOT / "examples").glob("*/"))
    firsts, agains = zip(*[measure(folder) for folder in chosen], strict=True)
    worst = max(agains)
    print(f"at most {LIMIT} wanted; worst ratio again {worst:.2f}, first {max(firsts):.2f}")
    growth()
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
