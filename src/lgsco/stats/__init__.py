"""Counts and rates, and what chance can do to them; it knows nothing of councils."""

from lgsco.stats.control_limits import LimitMethod, Position
from lgsco.stats.heterogeneity import homogeneity, trend_test
from lgsco.stats.hypothesis_tests import (
    Alternative,
    Difference,
    TestResult,
    binomial_test,
    difference,
    fisher_test,
    score_test,
    two_proportion_test,
)
from lgsco.stats.intervals import Interval, Sides
from lgsco.stats.multiplicity import Correction, adjust, rejections
from lgsco.stats.overdispersion import Adjustment, Overdispersion, Scale, Trimming
from lgsco.stats.rates import Population, PopulationRate, Proportion
from lgsco.stats.run_rules import ChartKind, RunRule
from lgsco.stats.survival import MedianTime, TimeStep, WaitingTimes
from lgsco.stats.verdicts import Target, Verdict, verdict_of

__all__ = [
    "Adjustment",
    "Alternative",
    "ChartKind",
    "Correction",
    "Difference",
    "Interval",
    "LimitMethod",
    "MedianTime",
    "Overdispersion",
    "Population",
    "PopulationRate",
    "Position",
    "Proportion",
    "RunRule",
    "Scale",
    "Sides",
    "Target",
    "TestResult",
    "TimeStep",
    "Trimming",
    "Verdict",
    "WaitingTimes",
    "adjust",
    "binomial_test",
    "difference",
    "fisher_test",
    "homogeneity",
    "rejections",
    "score_test",
    "trend_test",
    "two_proportion_test",
    "verdict_of",
]
