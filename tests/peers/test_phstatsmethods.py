"""
Figures that PHStatsMethods, the health department's package, gives for the same counts.

A group of its own, since it brings pandas: ``uv run --group peers pytest tests/peers``.
"""

import datetime as dt
import random
from fractions import Fraction

import pandas as pd
import pytest
from PHStatsMethods import funnels, ph_proportion, ph_rate

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    InvestigationTally,
    Population,
    PopulationRate,
    Proportion,
    ReportingYear,
    funnel,
    uphold_rate,
)

DRAW = random.Random(2026)
COUNTS = [(DRAW.randint(0, total), total) for total in (1, 2, 5, 22, 40, 193, 1000, 20_000)]
# PHStatsMethods warns of its own use of pandas; that is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore")


def test_wilson_limits():
    """Of one proportion, to the last digits."""
    frame = pd.DataFrame({"name": range(len(COUNTS)), "k": [k for k, _ in COUNTS], "n": [n for _, n in COUNTS]})
    theirs = ph_proportion(frame, "k", "n", ["name"])

    for (count, total), lower, upper in zip(COUNTS, theirs["lower_95_ci"], theirs["upper_95_ci"], strict=True):
        ours = Proportion(count, total).interval()
        assert (lower, upper) == (pytest.approx(ours.lower, abs=1e-12), pytest.approx(ours.upper, abs=1e-12))


def test_byar_s_limits():
    """Of a rate per 100,000; below ten events theirs are exact, so ours are asked for so."""
    events = [3, 9, 10, 31, 65, 400]
    frame = pd.DataFrame({"name": range(len(events)), "k": events, "n": [560_000] * len(events)})
    theirs = ph_rate(frame, "k", "n", ["name"])

    for count, lower, upper in zip(events, theirs["lower_95_ci"], theirs["upper_95_ci"], strict=True):
        rate = PopulationRate(count, Population(560_000, dt.date(2021, 6, 30)))
        ours = rate.interval(method="exact" if count < 10 else "byar")
        assert (lower, upper) == (pytest.approx(ours.lower, rel=1e-9), pytest.approx(ours.upper, rel=1e-9))


def test_funnel_limits():
    """Score limits about the pooled rate; theirs pass 1 where few cases leave room, ours are capped."""
    counts = [(19, 22), (11, 12), (3, 19), (30, 40), (50, 60)]
    frame = pd.DataFrame({"name": range(5), "k": [k for k, _ in counts], "n": [n for _, n in counts]})
    theirs = funnels.calculate_funnel_limits(frame, "k", "proportion", 1, "n")
    reviews = [
        AnnualReview(
            Authority(f"Council {at}", AuthorityType.DISTRICT_COUNCIL),
            ReportingYear(2025),
            investigations=InvestigationTally(k, n - k),
        )
        for at, (k, n) in enumerate(counts)
    ]
    ours = funnel(reviews, uphold_rate)

    assert theirs["baseline"][0] == pytest.approx(float(ours.target))
    assert Fraction(113, 153) == ours.target
    for row in theirs.itertuples():
        for confidence, lower, upper in (
            (0.95, row.lower_2s_limit, row.upper_2s_limit),
            (0.998, row.lower_3s_limit, row.upper_3s_limit),
        ):
            low, high = ours.limits_at(int(row.Population), confidence)
            assert (max(lower, 0.0), min(upper, 1.0)) == (pytest.approx(low, abs=1e-9), pytest.approx(high, abs=1e-9))
