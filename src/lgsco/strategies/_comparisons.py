"""Strategies for averages, comparisons, tests, funnels and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from hypothesis import strategies as st

from lgsco.comparison.cautions import Caution
from lgsco.comparison.comparisons import Comparison, Sensitivity, Target
from lgsco.comparison.funnels import Funnel, FunnelPoint
from lgsco.comparison.groups import Average
from lgsco.documents.findings import Finding
from lgsco.model.authorities import AuthorityType
from lgsco.model.measures import Measure
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import ReportingYear
from lgsco.stats.control_limits import LimitMethod
from lgsco.stats.differences import Difference, DifferenceMethod, difference
from lgsco.stats.hypothesis_tests import TestResult
from lgsco.stats.overdispersion import FunnelScale, Overdispersion, OverdispersionModel
from lgsco.stats.rates import Proportion
from lgsco.stats.verdicts import BenchmarkRange
from lgsco.strategies._common import CONFIDENCES, MAX_COUNT, SHARES, maybe
from lgsco.strategies._counts import annual_reviews
from lgsco.strategies._derived import composes, derive, draws, named
from lgsco.strategies._groups import averages, group_rates
from lgsco.strategies._parties import COUNCILS, GROUPS, YEARS
from lgsco.strategies._printed import PERCENTS, printed_averages
from lgsco.strategies._rates import MEASURES, PROPORTIONS, proportions

if TYPE_CHECKING:
    from lgsco.comparison.comparisons import Benchmark


targets = derive(Target, "Shares to compare with, 0 and 1 among them.", share=SHARES)
cautions = derive(Caution, "Reasons for care in any words; leaves out that the words suit the kind.")


@named
def benchmarks(
    *,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = MEASURES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    groups: st.SearchStrategy[AuthorityType] = GROUPS,
    known: bool = False,
) -> st.SearchStrategy[Benchmark]:
    """What a council may be set beside, of all five kinds; with ``known=True`` never nothing."""
    return maybe(
        averages(rates=group_rates(measures=measures, years=years, groups=groups))
        | printed_averages(measures=measures, years=years, groups=groups)
        | PERCENTS
        | targets(),
        known=known,
    )


@composes(Comparison)
def comparisons(
    draw: st.DrawFn,
    *,
    reviews: st.SearchStrategy[AnnualReview] | None = None,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = MEASURES,
) -> Comparison:
    """
    A council beside a benchmark of the same year, measure and group, with any cautions.

    Leaves out that the cautions follow from the figures: for those call ``lgsco.compare``.
    """
    review = draw(annual_reviews(authorities=COUNCILS) if reviews is None else reviews)
    measure = draw(measures)
    group = review.authority.type if review.authority.type.is_comparison_group else draw(GROUPS)
    benchmark = draw(benchmarks(measures=st.just(measure), years=st.just(review.year), groups=st.just(group)))
    return Comparison(
        review,
        measure,
        benchmark=benchmark.without(review) if isinstance(benchmark, Average) else benchmark,
        confidence=draw(CONFIDENCES),
        cautions=tuple(draw(st.lists(cautions(), max_size=3))),
    )


@draws(BenchmarkRange)
def benchmark_ranges() -> st.SearchStrategy[BenchmarkRange]:
    """One rate, or the range that a printed percentage stands for; leaves out all other ranges."""
    return SHARES.map(lambda share: BenchmarkRange(share, share)) | PERCENTS.map(
        lambda percent: BenchmarkRange(percent.lower, percent.upper)
    )


sensitivities = derive(
    Sensitivity,
    "Counts that there might have been; leaves out that the verdict follows from the count.",
    rate=proportions(defined=True),
)


results_of_tests = derive(
    TestResult,
    """P-values in any words; leaves out that the p-value follows from any test.

    Not named by its type: what begins with "test" is a test to those who collect them.
    """,
    sides=st.sampled_from(("two-sided", "one-sided")),
)


@composes(Difference)
def differences(draw: st.DrawFn, *, max_count: int = MAX_COUNT) -> Difference:
    """Differences of two rates with their true limits, by either method."""
    rates = proportions(defined=True, max_count=max_count)
    result = difference(
        draw(rates),
        draw(rates),
        confidence=draw(CONFIDENCES),
        method=draw(st.sampled_from(DifferenceMethod)).value,
    )
    return cast("Difference", result)  # there is one where both rates are defined


overdispersions = derive(
    Overdispersion,
    "Estimates of overdispersion; leaves out that phi and tau squared go together.",
    phi=st.floats(0, 20),
    tau_squared=st.just(0.0) | st.floats(0, 0.1),
    units=st.integers(2, 40),
    scale=st.sampled_from(FunnelScale).map(str),
    trimming=st.sampled_from(("winsorise, 0.1 on each side", "truncate, 0.1 on each side")),
)


funnel_points = derive(
    FunnelPoint,
    "Councils in a funnel, alone; leaves out that the position follows from a target, and rates per population.",
    authority=COUNCILS,
    rate=PROPORTIONS,
)


@composes(Funnel)
def funnels(  # noqa: PLR0913  # each narrows one thing, by keyword
    draw: st.DrawFn,
    *,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = MEASURES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    known: bool = False,
    max_size: int = 8,
    max_count: int = 300,
) -> Funnel:
    """
    Councils of one group against limits of every kind about a target, their positions as they follow from it.

    With ``known=True`` there are a target and a council, each council has figures, and the group's size is known.
    Leaves out what ``group_rates`` leaves out.
    """
    # A target of the caller's may be any; without one there is too little data.
    target = draw(maybe(SHARES, known=known))
    group = draw(
        group_rates(
            measures=measures,
            years=years,
            known=known,
            min_size=int(known),
            max_size=max_size if target is not None else min(max_size, 4),
            max_count=max_count,
        )
    )
    method = draw(st.sampled_from(LimitMethod))
    plain = target is None or method is LimitMethod.EXACT
    additive = method is LimitMethod.BETA_BINOMIAL
    adjustments = [OverdispersionModel.ADDITIVE] if additive else [*OverdispersionModel]
    adjustment = None if plain else draw(st.none() | st.sampled_from(adjustments))
    return Funnel(
        group,
        target=target,
        target_is="given by the caller" if target is not None else "the pooled rate of the councils held",
        limits=method,
        adjustment=adjustment,
        overdispersion=None if plain else draw(overdispersions() if adjustment else st.none() | overdispersions()),
        scale=FunnelScale.LINEAR if plain or additive else draw(st.sampled_from(FunnelScale)),
    )


findings = derive(Finding, "Contradictions of any kind in any words; for true ones call ``lgsco.audit``.")
