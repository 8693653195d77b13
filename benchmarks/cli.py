"""How long `tec check` takes as a whole process, beside a Python that does nothing.

Run it with the interpreter that has TEC: `python benchmarks/cli.py [runs]`. The goal is a ratio of at most 8.
Both commands are run alternately, so that a busy machine slows both. TEC is compiled to byte code first, as
installing it from a wheel does; uncompiled, with PYTHONDONTWRITEBYTECODE set, every start compiles it anew.
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOAL = 8


def main(runs: int) -> int:
    """Print median times and ratio for each example; exit with 1 if one misses the goal."""
    for package in ("tec", "descriptors", "mismatch"):
        compileall.compile_dir(ROOT / package, quiet=1)
    script = Path(sys.executable).with_name("tec")
    missed = False
    print(f"{'example':32}  {'nothing':>9}  {'tec check':>9}  {'ratio':>5}  (medians of {runs})")
    for example in sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir()):
        nothing, check = [], []
        for _ in range(runs):
            nothing.append(milliseconds([sys.executable, "-c", "pass"]))
            check.append(milliseconds([str(script), "check", str(example)]))
        base, whole = statistics.median(nothing), statistics.median(check)
        ratio = whole / base
        missed = missed or ratio > GOAL
        print(f"{example.name:32}  {base:6.1f} ms  {whole:6.1f} ms  {ratio:5.2f}")
    return 1 if missed else 0


def milliseconds(command: list[str]) -> float:
    """The wall-clock time of one process."""
    before = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    taken = time.perf_counter() - before
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr.decode()}")
    return taken * 1000


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 40))
