"""
What it costs to import lgsco, beside a bare ``import attrs`` in the same run.

Run it with: uv run --group bench python benchmarks/bench_import.py
Byte code must be cached, as it is in any installation, so PYTHONDONTWRITEBYTECODE is unset for the measured processes.
Then where the time of the whole core goes, most of which attrs spends on making the classes.
"""

import os
import statistics
import subprocess
import sys

ROUNDS = 25
CORE = "import lgsco.casework, lgsco.dataset, lgsco.reports"
STATEMENTS = {
    "import attrs": "import attrs",
    "import lgsco": "import lgsco",
    "lgsco.compare": "import lgsco; lgsco.compare",
    "compare itself": "from lgsco.comparison.comparisons import compare",
    "the whole core": CORE,
}
AT_MOST = {"import attrs": 1, "import lgsco": 0.5, "lgsco.compare": 3.5, "compare itself": 3.5, "the whole core": 3.5}
PROFILE = f"""
import builtins, time
import attrs

spent = dict.fromkeys(("making classes with attrs", "of which compiling their methods"), 0.0)
classes = 0

def timed(call, name):
    def run(*given, **named):
        start = time.process_time()
        try:
            return call(*given, **named)
        finally:
            spent[name] += time.process_time() - start
    return run

def frozen(kind=None, frozen=attrs.frozen, **options):
    global classes
    if kind is None:
        return lambda kind: attrs.frozen(kind, **options)
    classes += 1
    return timed(frozen(**options), "making classes with attrs")(kind)

attrs.frozen = frozen
builtins.compile = timed(builtins.compile, "of which compiling their methods")
start = time.process_time()
{CORE}
print(f"the core but attrs, with this profile: {{1000 * (time.process_time() - start):.1f}} ms")
print(f"classes made: {{classes}}")
for name, seconds in spent.items():
    print(f"{{name}}: {{1000 * seconds:.1f}} ms")
"""


def run(code):
    """Run code in a fresh interpreter, and give what it prints."""
    kept = {name: held for name, held in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=kept)  # noqa: S603  # our own interpreter
    return done.stdout


def seconds(statement):
    """Time one statement inside a fresh interpreter."""
    return float(run(f"import time; start = time.perf_counter(); {statement}; print(time.perf_counter() - start)"))


def medians(rounds=ROUNDS):
    """Give the median of each; they take turns, so that a busy moment touches all of them."""
    for statement in STATEMENTS.values():
        seconds(statement)
    taken = {name: [] for name in STATEMENTS}
    for _ in range(rounds):
        for name, statement in STATEMENTS.items():
            taken[name].append(seconds(statement))
    return {name: statistics.median(times) for name, times in taken.items()}


def main():
    found = medians()
    for name, median in found.items():
        ratio = median / found["import attrs"]
        print(f"{name:16} {1000 * median:7.1f} ms  {ratio:5.2f} times import attrs, at most {AT_MOST[name]}")
    print(run(PROFILE), end="")


if __name__ == "__main__":
    main()
