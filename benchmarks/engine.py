"""How long does a check take? Compared, in one process, with parsing the same eight documents.

    python benchmarks/engine.py [FOLDER …]

For each folder of descriptors: microseconds to parse them, to check them by the 24 rules and all required
fields, the ratio of the two (at most 3), the rules alone, a check by every pack there is, and what that takes
beside the 24 rules and required fields (at most 3 wanted). At last a project with 10 to 10,000 rows in each
list, to see that the time grows with their number and no faster.
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

LIMIT = 3.0
SIZES = (10, 100, 1_000, 10_000)
ROUNDS = 500


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


def measure(folder: Path) -> float:
    """Print one line on *folder* and return its ratio."""
    files = [(name, folder / f"{name}.json") for name in DESCRIPTORS]
    texts = {name: path.read_bytes() for name, path in files if path.exists()}
    documents = {name: json.loads(text) for name, text in texts.items()}
    found = len(check(documents).findings)
    gc.disable()
    parse, core, rules, whole = fastest(
        lambda: [json.loads(text) for text in texts.values()],
        lambda: check(documents, packs=("tec", "required")),
        lambda: check(documents, packs=("tec",)),
        lambda: check(documents),
    )
    gc.enable()
    print(
        f"{folder.name:28} parse {parse:4.0f} µs   check {core:4.0f} µs   ratio {core / parse:4.2f}   "
        f"rules alone {rules:4.0f} µs   all packs {whole:5.0f} µs ({whole / core:3.1f} ×)   "
        f"{found:2} findings"
    )
    return core / parse


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


def growth() -> None:
    """Print how long a check takes for ever longer lists, and per row."""
    folder = ROOT / "examples" / "consumer-loan-default"
    documents = {name: json.loads((folder / f"{name}.json").read_bytes()) for name in DESCRIPTORS}
    for size in SIZES:
        large = grown(documents, size)
        start = perf_counter()
        check(large)
        took = perf_counter() - start
        print(f"{size:6} rows in each of five lists: {took * 1e3:8.1f} ms, {took / size * 1e6:6.0f} µs a row")


def main(folders: list[str]) -> int:
    """Measure all *folders* (default: the examples); 1 if one of them is beyond the limit."""
    chosen = [Path(folder) for folder in folders] or sorted((ROOT / "examples").glob("*/"))
    worst = max(measure(folder) for folder in chosen)
    print(f"worst ratio {worst:.2f}, at most {LIMIT} wanted")
    growth()
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
