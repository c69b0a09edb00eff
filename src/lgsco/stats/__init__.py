"""Counts and rates, and what chance can do to them; it knows nothing of councils."""

from lgsco.stats.control_limits import LimitMethod, Position
from lgsco.stats.heterogeneity import homogeneity_test, trend_test
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
from lgsco.stats.multiplicity import MultipleTestingMethod, adjust_p_values, significant_after_adjustment
from lgsco.stats.overdispersion import FunnelScale, Overdispersion, OverdispersionModel, Trimming
from lgsco.stats.rates import Population, PopulationRate, Proportion
from lgsco.stats.run_rules import ControlChartType, RunRule
from lgsco.stats.survival import MedianTime, TimeStep, WaitingTimes
from lgsco.stats.verdicts import BenchmarkRange, Verdict, verdict_of

__all__ = [
    "Alternative",
    "BenchmarkRange",
    "ControlChartType",
    "Difference",
    "FunnelScale",
    "Interval",
    "LimitMethod",
    "MedianTime",
    "MultipleTestingMethod",
    "Overdispersion",
    "OverdispersionModel",
    "Population",
    "PopulationRate",
    "Position",
    "Proportion",
    "RunRule",
    "Sides",
    "TestResult",
    "TimeStep",
    "Trimming",
    "Verdict",
    "WaitingTimes",
    "adjust_p_values",
    "binomial_test",
    "difference",
    "fisher_test",
    "homogeneity_test",
    "score_test",
    "significant_after_adjustment",
    "trend_test",
    "two_proportion_test",
    "verdict_of",
]
