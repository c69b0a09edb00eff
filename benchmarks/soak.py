"""
Load, compare and render in one process, over and over: memory stays flat.

    uv run --group bench python benchmarks/soak.py --minutes 30

Each round reads what ships from JSON, compares every statistic of a council and year, and renders its report as text,
HTML and JSON; councils and years take turns. It prints the resident memory at even times, and ends with 1 where that of
the last quarter is more than 5% above that of the second.
"""

import argparse
import itertools
import statistics
import sys
import time
from pathlib import Path

import lgsco
from lgsco import convert, published, render, reports


def resident() -> float:
    """Return the resident memory of this process in megabytes, on Linux."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4_096 / 1e6


def one_round(tables: str, council: lgsco.Authority, year: lgsco.ReportingYear) -> int:
    """Load, compare, render; return how much was written."""
    reviews = convert.from_json(tables, tuple[lgsco.AnnualReview, ...])
    data = published.dataset() + lgsco.Dataset(published.register(), counts=reviews)
    for measure in lgsco.KEY_STATISTICS:
        if measure(data.review(council, year)) is not None:
            data.compare(council, year, measure)
    report = reports.council_report(data, council, year)
    return len(render.to_html(report)) + len(render.to_text(report)) + len(convert.to_json(report))


def main() -> int:
    """Work for so long, and look at the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    asked = parser.parse_args()
    reviews = published.reviews()
    tables = convert.to_json(reviews)
    begin, seconds = time.monotonic(), 60 * asked.minutes
    turns, samples, rounds, passed = itertools.cycle(reviews), list[float](), 0, 0.0
    while passed < seconds:
        review = next(turns)
        one_round(tables, review.authority, review.year)
        rounds, passed = rounds + 1, time.monotonic() - begin
        if passed >= seconds * len(samples) / 40:
            samples.append(resident())
    quarter = len(samples) // 4
    second, last = statistics.median(samples[quarter : 2 * quarter]), statistics.median(samples[-quarter:])
    print(
        f"{rounds} rounds in {passed / 60:.1f} minutes; megabytes: {', '.join(f'{sample:.0f}' for sample in samples)}"
    )
    print(f"second quarter {second:.1f} MB, last quarter {last:.1f} MB")
    return int(last > 1.05 * second)


if __name__ == "__main__":
    sys.exit(main())
