"""
How long a hundred examples of each strategy take: at most two seconds of the processor.

    uv run --group test python benchmarks/bench_strategies.py
"""

import sys
import time
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from lgsco import strategies

LIMIT = 2.0
HUNDRED = settings(
    max_examples=100,
    database=None,
    deadline=None,
    derandomize=True,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.generate],
)


def seconds(strategy: st.SearchStrategy[Any]) -> float:
    """Draw a hundred examples."""

    @HUNDRED
    @given(strategy)
    def draw(_: object) -> None:
        pass

    begin = time.process_time()
    draw()
    return time.process_time() - begin


def main() -> int:
    """Measure each, the slowest first."""
    times = {name: seconds(getattr(strategies, name)()) for name in strategies.__all__}
    for name, taken in sorted(times.items(), key=lambda pair: -pair[1]):
        print(f"{taken:5.2f} s  {name}")
    return int(max(times.values()) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
