"""
What it costs to import lgsco, beside a bare ``import attrs`` in the same run.

Run it with: uv run --group bench python benchmarks/bench_import.py
Byte code must be cached, as it is in any installation, so PYTHONDONTWRITEBYTECODE is unset for the measured processes.
"""

import os
import statistics
import subprocess
import sys

ROUNDS = 25
CORE = "import lgsco; [getattr(lgsco, name) for name in lgsco.__all__]"
STATEMENTS = {"import attrs": "import attrs", "import lgsco": "import lgsco", "the whole core": CORE}


def seconds(statement):
    """Time one statement inside a fresh interpreter."""
    timed = f"import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"
    kept = {name: held for name, held in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", timed], check=True, capture_output=True, text=True, env=kept)  # noqa: S603  # our own interpreter
    return float(done.stdout)


def main():
    """Interleave the statements, so that a busy moment touches all of them, and compare the medians."""
    for statement in STATEMENTS.values():
        seconds(statement)
    taken = {name: [] for name in STATEMENTS}
    for _ in range(ROUNDS):
        for name, statement in STATEMENTS.items():
            taken[name].append(seconds(statement))
    base = statistics.median(taken["import attrs"])
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name:16} {1000 * median:7.1f} ms  {median / base:5.2f} times import attrs")


if __name__ == "__main__":
    main()
