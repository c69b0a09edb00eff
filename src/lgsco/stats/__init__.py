"""
Statistics of counts and rates: intervals, tests, limits and their adjustments. Nothing here knows of councils.

Start with ``Proportion``, two whole numbers that know their rate:

>>> from lgsco.stats import Proportion, fisher_test, score_test
>>> rate = Proportion(19, 22)
>>> print(rate, rate.interval().percents())
86% (19 of 22) (Decimal('67'), Decimal('95'))

**Rates** (``stats.rates``, ``stats.intervals``, ``stats.formulas``): ``Proportion``, ``PopulationRate`` and
``Population``; ``pooled`` adds proportions up; ``Interval`` by Wilson unless another method is asked for. A formula is
written once, in ``formulas``, and serves single values and columns of a data frame. ``directly_standardised_rate``
(``stats.direct_standardisation``) weights rates by a standard population.

**Tests** (``stats.hypothesis_tests``, ``stats.multiplicity``, ``stats.heterogeneity``): ``score_test`` and
``binomial_test`` of a rate against a given one, ``two_proportion_test`` and ``fisher_test`` of two rates,
``difference`` with its limits, ``homogeneity_test`` and ``trend_test`` of many, and ``adjust_p_values`` where many are
looked at together.

>>> from fractions import Fraction
>>> f"{score_test(rate, Fraction(66, 100)).p_value:.3f}"
'0.044'
>>> f"{fisher_test(Proportion(19, 22), Proportion(12, 20)).p_value:.3f}"
'0.081'

**Verdicts** (``stats.verdicts``): ``verdict_of`` returns what a sample of this size can show about a rate and a
benchmark. One method decides (the score test), another checks it (the doubled exact test); where they differ the
verdict is too close to call.

**Limits** (``stats.control_limits``, ``stats.overdispersion``): control limits of funnel plots at 95% and 99.8%, and
their widening where councils differ by more than chance.

**Series** (``stats.chart_limits``, ``stats.run_rules``): limits of control charts and the rules by which points signal.

**Waiting times** (``stats.survival``): ``WaitingTimes``, Kaplan-Meier estimates with censoring.

**Small counts** (``stats.suppression``): ``suppress`` leaves them out of a table, with whatever would tell
them; ``suppressed_counts`` names them where counts are sums of sums.

``stats.distributions`` has the probabilities behind them, to the last digits of a float; scipy is needed to test
them and never to run them. *Methods* in the documentation names every convention and its source.
"""

from lgsco.stats.chart_limits import ControlChartType
from lgsco.stats.control_limits import LimitMethod, Position
from lgsco.stats.differences import Difference, difference
from lgsco.stats.direct_standardisation import directly_standardised_rate, dobson_interval
from lgsco.stats.heterogeneity import homogeneity_test, trend_test
from lgsco.stats.hypothesis_tests import (
    Alternative,
    TestResult,
    binomial_test,
    fisher_test,
    score_test,
    two_proportion_test,
)
from lgsco.stats.intervals import Interval, Sides
from lgsco.stats.multiplicity import MultipleTestingMethod, adjust_p_values, significant_after_adjustment
from lgsco.stats.overdispersion import FunnelScale, Overdispersion, OverdispersionModel, Trimming
from lgsco.stats.rates import Population, PopulationRate, Proportion, pooled
from lgsco.stats.run_rules import RunRule
from lgsco.stats.suppression import SuppressionPolicy, suppress, suppressed_counts
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
    "SuppressionPolicy",
    "TestResult",
    "TimeStep",
    "Trimming",
    "Verdict",
    "WaitingTimes",
    "adjust_p_values",
    "binomial_test",
    "difference",
    "directly_standardised_rate",
    "dobson_interval",
    "fisher_test",
    "homogeneity_test",
    "pooled",
    "score_test",
    "significant_after_adjustment",
    "suppress",
    "suppressed_counts",
    "trend_test",
    "two_proportion_test",
    "verdict_of",
]
