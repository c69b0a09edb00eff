"""
What it costs to compare a country's councils, beside PHStatsMethods doing the part that it can, in the same run.

Run it with: uv run --group bench python benchmarks/bench_comparison.py
Ours: 340 councils on three measures, each with its Wilson interval, score test, doubled exact test and funnel position.
Theirs: Wilson intervals and funnel significance for the same councils on one measure.
"""

import random
import statistics
import time
import warnings
from fractions import Fraction

import pandas as pd
from PHStatsMethods import funnels, ph_proportion

import lgsco

COUNCILS, ROUNDS = 340, 5
TARGETS = {
    "uphold_rate": Fraction(80, 100),
    "compliance_rate": Fraction(99, 100),
    "satisfactory_remedy_rate": Fraction(13, 100),
}


def reviews():
    """Make up a country of councils, the same one each time."""
    draw = random.Random(2026)  # noqa: S311  # made-up figures
    made = []
    for number in range(COUNCILS):
        investigated = draw.randint(1, 200)
        upheld = sum(draw.random() < 0.8 for _ in range(investigated))
        remedies = sum(draw.random() < 0.13 for _ in range(upheld))
        outcomes = draw.randint(1, 150)
        complied = sum(draw.random() < 0.99 for _ in range(outcomes))
        made.append(
            lgsco.AnnualReview(
                lgsco.Authority(f"Council {number}", lgsco.AuthorityType.DISTRICT_COUNCIL),
                lgsco.ReportingYear(2025),
                investigations=lgsco.InvestigationTally(upheld, investigated - upheld, satisfactory_remedies=remedies),
                compliance=lgsco.ComplianceTally(complied, outcomes - complied),
            )
        )
    return made


def ours(councils):
    """Compare every council on every measure, and set each measure in a funnel."""
    for measure in lgsco.KEY_STATISTICS:
        target = TARGETS[measure.name]
        for review in councils:
            rate = measure(review)
            rate.interval()
            lgsco.stats.score_test(rate, target)
            lgsco.stats.binomial_test(rate, target, method="doubled")
        lgsco.funnel(councils, measure, target=target)


def theirs(frame):
    """Wilson intervals and funnel significance of one measure."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ph_proportion(frame, "upheld", "investigations", ["council"])
        funnels.assign_funnel_significance(frame, "upheld", "proportion", "investigations")


def seconds(work, given):
    """Time one round."""
    start = time.perf_counter()
    work(given)
    return time.perf_counter() - start


def main():
    """Interleave the two, so that a busy moment touches both, and compare the medians."""
    councils = reviews()
    frame = pd.DataFrame(
        {
            "council": [review.authority.name for review in councils],
            "upheld": [review.investigations.upheld for review in councils],
            "investigations": [review.investigations.total for review in councils],
        }
    )
    taken = {"lgsco": [], "PHStatsMethods": []}
    for _ in range(ROUNDS):
        taken["lgsco"].append(seconds(ours, councils))
        taken["PHStatsMethods"].append(seconds(theirs, frame))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    print(f"lgsco, three measures, all of it     {1000 * medians['lgsco']:7.1f} ms")
    print(f"PHStatsMethods, one measure, a part  {1000 * medians['PHStatsMethods']:7.1f} ms")
    print(f"ratio                                {medians['lgsco'] / medians['PHStatsMethods']:7.2f}")


if __name__ == "__main__":
    main()
