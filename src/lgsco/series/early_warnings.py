"""
Early warnings for the service areas of a council, adjusted for multiple testing.

The last change, and every rule of every chart, of all service areas are one family of tests. A warning is what remains
significant after adjusting for the whole family, so that a council in which nothing changes is warned at all in at most
one case of twenty. A check that could not have told anything from chance is not in the family: it has too few cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import final

import attrs

from lgsco._values import Confidence, Probability, evolve, validate, value
from lgsco.errors import InvalidValue
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import ProportionMeasure, ShareMeasure
from lgsco.series.changes import Change, change
from lgsco.series.control_charts import ControlChart, p_chart, xmr_chart
from lgsco.series.counts import upheld_decisions
from lgsco.series.histories import History
from lgsco.series.rule_results import RuleStatus, sides_in, usual_centre
from lgsco.stats.chart_limits import ChartLimits, ControlChartType, are_small_counts, c_limits, p_limits, xmr_limits
from lgsco.stats.distributions import hypergeometric_tails
from lgsco.stats.hypothesis_tests import TestResult, fisher_test
from lgsco.stats.multiplicity import adjust_p_values
from lgsco.stats.rates import Proportion
from lgsco.stats.rule_p_values import (
    RuleP,
    direction_p_value,
    odd_count_p_value,
    odd_rate_p_value,
    odd_value_p_value,
    side_p_value,
    two_of_three_p_value,
)
from lgsco.stats.run_rules import RunRule


@final
@value
class EarlyWarning:
    """
    One service area over its years: the last change of its rate, and the charts of its rate and upheld decisions.

    Args:
        service_area: the service area.
        change: the last change of its rate; ``None`` where fewer than two years can be compared.
        rates: the chart of its rate.
        counts: the chart of its upheld decisions.
        tests: the checks that could have told something, with their own p-values; that of a rule without a signal is 1.
        adjusted_p_values: the same p-values, in the same order, adjusted for all checks of all service areas.
        level: the level at or below which an adjusted p-value warns.

    Raises:
        InvalidValue: a field is of the wrong type, or there are not as many adjusted p-values as tests.
    """

    service_area: ServiceArea
    _: KW_ONLY
    change: Change | None
    rates: ControlChart
    counts: ControlChart
    tests: tuple[TestResult, ...] = ()
    adjusted_p_values: tuple[Probability, ...] = ()
    level: Confidence = 0.05

    def __attrs_post_init__(self) -> None:
        if len(self.tests) != len(self.adjusted_p_values):
            raise InvalidValue.at("adjusted_p_values", self.adjusted_p_values, f"must be {len(self.tests)}, one a test")

    @property
    def adjusted_p(self) -> float | None:
        """The smallest adjusted p-value; ``None`` where the years and cases are too few to tell anything."""
        return min(self.adjusted_p_values, default=None)

    @property
    def too_few(self) -> bool:
        """True where the years and cases are too few for any check to tell anything."""
        return not self.tests

    @property
    def warns(self) -> bool:
        """True where a check is significant after adjusting for all checks of all service areas."""
        return any(p_value <= self.level for p_value in self.adjusted_p_values)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The names of the checks that warn; empty where none does."""
        pairs = zip(self.tests, self.adjusted_p_values, strict=True)
        return tuple(result.test for result, p_value in pairs if p_value <= self.level)

    def sentence(self) -> str:
        """
        Return in plain words what is seen in the service area.

        Returns:
            Some sentences.
        """
        latest = "No change can be reported: fewer than two years can be compared."
        if self.change is not None:
            latest = self.change.sentence()
        allowing = "Allowing for all checks of all service areas,"
        if self.too_few:
            judged = "There are too few cases and years for an early warning."
        elif self.warns:
            judged = f"{allowing} chance alone would not explain this: {'; '.join(self.reasons)}."
        else:
            judged = f"{allowing} chance alone could explain what is seen."
        charts = f"Rates: {self.rates.sentence()} Counts: {self.counts.sentence()}"
        return f"{self.service_area.label}: {latest} {judged} {charts}"


def early_warnings(
    histories: Mapping[ServiceArea, History],
    measure: ProportionMeasure,
    *,
    level: float = 0.05,
    across_breaks: bool = False,
) -> tuple[EarlyWarning, ...]:
    """
    Check the years of each service area: the last change of its rate, and charts of its rate and upheld decisions.

    The p-values of the last changes (Fisher's exact test) and of every rule of every chart are one family, adjusted
    after Benjamini and Hochberg. Where nothing changes a council is warned of anything with a probability of at most
    ``level``; *Methods* has the rates that were simulated. A chart that shows variation beyond chance between its years
    also takes the place of the last change.

    Args:
        histories: the history of each service area, made by ``histories_by_area``.
        measure: a measure whose rates are proportions.
        level: the level at or below which an adjusted p-value warns, between 0 and 1.
        across_breaks: keep the years before the last break of the measure (for the counts, of upheld decisions), which
            are otherwise left out.

    Returns:
        A result for each service area, with or without a warning, in the Ombudsman's order.

    Raises:
        InvalidValue: the histories are not by service area, the level is not between 0 and 1, or the measure's rates
            are not proportions.

    Source: Benjamini and Hochberg (1995), JRSS B 57, 289-300; Tarone (1990), Biometrics 46, 515-522, on leaving out
    what could not have been found.
    """
    validate(level=(level, Confidence), measure=(measure, ShareMeasure))
    by_area: object = histories
    if not isinstance(by_area, Mapping) or not {*by_area} <= {*ServiceArea}:
        raise InvalidValue.at("histories", histories, "must be a mapping of service areas to histories")
    areas = [
        _area_checks(area, histories[area], measure, across_breaks=across_breaks)
        for area in ServiceArea
        if area in histories
    ]
    enough = _least_needed([least for area in areas for _, least in area.checks], level)
    kept = [[result for result, least in area.checks if least <= enough] for area in areas]
    adjusted = iter(adjust_p_values(result.p_value for tests in kept for result in tests))
    return tuple(
        EarlyWarning(
            area.service_area,
            change=area.change,
            rates=area.rates,
            counts=area.counts,
            tests=tuple(tests),
            adjusted_p_values=tuple(next(adjusted) for _ in tests),
            level=level,
        )
        for area, tests in zip(areas, kept, strict=True)
    )


def _least_needed(least: list[float], level: float) -> float:
    """
    Return the p-value that a check must be able to give to be counted: the level over the number of checks that can.

    What cannot be that small could not be found whatever its cases, and would only weaken the rest; Tarone (1990).
    """
    number = 1
    while sum(p_value <= level / number for p_value in least) > number:
        number += 1
    return level / number


@final
@attrs.frozen
class _AreaChecks:
    """A service area before its p-values are adjusted; each check with the least p-value that it could have given."""

    service_area: ServiceArea
    change: Change | None
    rates: ControlChart
    counts: ControlChart
    checks: tuple[tuple[TestResult, float], ...]


def _area_checks(
    area: ServiceArea, history: History, measure: ProportionMeasure, *, across_breaks: bool
) -> _AreaChecks:
    split = bool(history.reviews) and not across_breaks
    latest = history.segments(measure)[-1] if split else history
    counted = history.segments("upheld_decisions")[-1] if split else history
    last_change = _last_change(latest, measure, across_breaks=across_breaks)
    rates = p_chart(latest, measure, across_breaks=across_breaks)
    counts = xmr_chart(counted, upheld_decisions, title="Upheld decisions", across_breaks=across_breaks)
    return _AreaChecks(area, last_change, rates, counts, tuple(_checks_of(last_change, rates, counts)))


def _checks_of(
    last_change: Change | None, rates: ControlChart, counts: ControlChart
) -> Iterator[tuple[TestResult, float]]:
    before, after = (None, None) if last_change is None else (last_change.before, last_change.after)
    if before is not None and after is not None and rates.kind is not ControlChartType.P_PRIME:
        result = fisher_test(after, before)
        if result is not None:
            yield evolve(result, test="the last change"), _least_p_value(after, before)
    for name, chart in (("rates", rates), ("counts", counts)):
        for rule, checked in rule_p_values(chart).items():
            result = TestResult(
                p_value=checked.p_value, test=f"{name}, {rule.label}", hypothesis="nothing changes over the years"
            )
            yield result, checked.least


def _least_p_value(first: Proportion, second: Proportion) -> float:
    """Return the least p-value that any split of these counted cases over the two years could have."""
    drawn = first.numerator + second.numerator
    margins = drawn, first.denominator, second.denominator
    extremes = max(0, drawn - second.denominator), min(drawn, first.denominator)
    return min(tail for count in extremes for tail in hypergeometric_tails(count, *margins))


def _last_change(history: History, measure: ProportionMeasure, *, across_breaks: bool) -> Change | None:
    if len(history) < 2:  # noqa: PLR2004  # a change is between two years
        return None
    return change(history, measure, *history.years[-2:], across_breaks=across_breaks)


def rule_p_values(chart: ControlChart) -> dict[RunRule, RuleP]:
    """Return the p-value under no effect of each rule that has enough years; 1 where it does not signal."""
    rates = (
        [point.rate for point in chart.points] if chart.kind in {ControlChartType.P, ControlChartType.P_PRIME} else []
    )
    values = [point.value for point in chart.points]
    limits = p_limits(rates) if rates else c_limits(values) if are_small_counts(values) else xmr_limits(values)
    if limits is None:
        return {}
    by_rule: dict[RunRule, RuleP] = {}
    for result in chart.results:
        if result.status is RuleStatus.TOO_SHORT:
            continue
        if result.rule is RunRule.OUTSIDE_LIMITS:
            p_value = _odd_year(limits, rates, values)
        elif result.rule is RunRule.TWO_OF_THREE:
            p_value = two_of_three_p_value([point.year in result.years for point in chart.points])
        elif result.rule is RunRule.SHIFT:
            p_value = side_p_value(sides_in(limits, rates, usual_centre(limits, rates)))
        else:
            p_value = direction_p_value(values)
        signals = result.status is RuleStatus.SIGNAL
        by_rule[result.rule] = p_value if signals else RuleP(1.0, p_value.least)
    return by_rule


def _odd_year(limits: ChartLimits, rates: Sequence[Proportion | None], values: Sequence[Fraction | None]) -> RuleP:
    if limits.kind is ControlChartType.P:
        return odd_rate_p_value(rates)
    return odd_count_p_value(values) if limits.kind is ControlChartType.C else odd_value_p_value(limits)
