"""
What a picture costs, beside what vl-convert took for the same charts before the package drew them itself.

Run it with: uv run --group bench python benchmarks/bench_pictures.py
All are milliseconds of the processor, so that a busy machine changes little.
Ours: SVG that stands alone, and the two forms of a page. The first funnel of a group and year places its labels too.
"""

import random
import statistics
import time

import lgsco
from lgsco import published, reports
from lgsco.render import page_svg, to_svg
from lgsco.render.label_placement import place_labels

ROUNDS = 30
THEIRS = {"dots": 44.0, "funnel": 51.0, "years": 62.0}
"""Milliseconds of vl-convert 1.9 when it was last measured, as medians, in the same hour as 0.6, 0.9 and 0.6 of ours."""


def charts():
    """Make the charts of a county council, and a funnel of 164 districts that are made up, the same each time."""
    year, kind = lgsco.ReportingYear(2025), lgsco.AuthorityType.COUNTY_COUNCIL
    register, reviews = published.register(), published.reviews(year, kind)
    kent = register.find("Kent")
    draw = random.Random(2026)  # noqa: S311  # made-up figures
    districts = []
    for number in range(164):
        cases = draw.randint(1, 30)
        upheld = sum(draw.random() < 0.7 for _ in range(cases))
        council = lgsco.Authority(f"Place {number} Borough Council", lgsco.AuthorityType.DISTRICT_COUNCIL)
        tally = lgsco.InvestigationTally(upheld, cases - upheld)
        districts.append(lgsco.AnnualReview(council, year, investigations=tally))
    history = [review for review in published.reviews() if review.authority == kent]
    return {
        "dots": reports.dot_chart(reviews, lgsco.uphold_rate, marked=kent),
        "funnel": reports.funnel_chart(lgsco.funnel(reviews, lgsco.uphold_rate), kent),
        "funnel of 164": reports.funnel_chart(lgsco.funnel(districts, lgsco.uphold_rate), districts[7].authority),
        "years": reports.years_chart(history, averages=published.averages(), national=published.national()),
    }


def milliseconds(work, rounds=ROUNDS, before=lambda: None):
    """Give the median time of a piece of work, before each of which something is done that is not timed."""
    times = []
    for _ in range(rounds):
        before()
        start = time.process_time()
        work()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times)


def main():
    """Print a row for each kind of chart."""
    print(f"{'chart':<14} {'first':>8} {'alone':>8} {'page':>8} {'vl-convert':>11} {'ratio':>7}")
    for name, chart in charts().items():
        first = milliseconds(lambda chart=chart: to_svg(chart), 5, place_labels.cache_clear)
        alone = milliseconds(lambda chart=chart: to_svg(chart))
        page = milliseconds(lambda chart=chart: page_svg(chart))
        theirs = THEIRS.get(name)
        beside = f"{theirs:>8.0f} ms {theirs / alone:>6.0f}x" if theirs else ""
        print(f"{name:<14} {first:>5.1f} ms {alone:>5.2f} ms {page:>5.2f} ms {beside}")


if __name__ == "__main__":
    main()
