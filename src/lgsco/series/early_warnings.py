"""
Early warnings: the years of each service area of a council, allowing for everything that is looked at.

The last change, and every rule of every chart, of all service areas are one family of tests. A warning is what stands
after adjusting for the whole family, so that a council in which nothing changes is warned at all in at most one case of
twenty. What could not have been told from chance whatever had happened is not in the family: it is too few to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY
from typing import final

import attrs

from lgsco._values import Confidence, Probability, evolve, validate, value
from lgsco.errors import InvalidValue
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import ProportionMeasure, ShareMeasure
from lgsco.series.changes import Change, change
from lgsco.series.control_charts import ControlChart, p_chart, rule_p_values, upheld_decisions, xmr_chart
from lgsco.series.histories import History
from lgsco.stats.distributions import hypergeometric_tails
from lgsco.stats.hypothesis_tests import TestResult, fisher_test
from lgsco.stats.multiplicity import adjust_p_values
from lgsco.stats.rates import Proportion
from lgsco.stats.run_rules import ControlChartType

__all__ = ["EarlyWarning", "early_warnings"]


@final
@value
class EarlyWarning:
    """
    One service area over its years: the last change of its rate, and the charts of its rate and upheld decisions.

    ``tests`` are the checks that could have told something, with their own p-values; ``adjusted_p_values`` the same,
    in the same order, adjusted for all checks of all service areas. A rule that does not signal has a p-value of 1.
    ``level`` is that at or below which an adjusted p-value warns.

    Raises:
        InvalidValue: a field is of the wrong type, or there are not as many adjusted p-values as tests (InvalidValues
            where there are several).
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
        """Whether the years and cases are too few for any check to tell anything."""
        return not self.tests

    @property
    def warns(self) -> bool:
        """Whether anything stands after adjusting for all checks of all service areas."""
        return any(p_value <= self.level for p_value in self.adjusted_p_values)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What warns, each check by its name; empty where nothing does."""
        pairs = zip(self.tests, self.adjusted_p_values, strict=True)
        return tuple(result.test for result, p_value in pairs if p_value <= self.level)

    def sentence(self) -> str:
        """Say in plain words what is seen in the service area."""
        told = "There is no change to tell: fewer than two years can be compared."
        if self.change is not None:
            told = self.change.sentence()
        allowing = "Allowing for all checks of all service areas,"
        if self.too_few:
            judged = "There are too few cases and years for an early warning."
        elif self.warns:
            judged = f"{allowing} chance alone would not explain this: {'; '.join(self.reasons)}."
        else:
            judged = f"{allowing} chance alone could explain what is seen."
        charts = f"Rates: {self.rates.sentence()} Counts: {self.counts.sentence()}"
        return f"{self.service_area.label}: {told} {judged} {charts}"


def early_warnings(
    histories: Mapping[ServiceArea, History],
    measure: ProportionMeasure,
    *,
    level: float = 0.05,
    across_breaks: bool = False,
) -> tuple[EarlyWarning, ...]:
    """
    Look at the years of each service area: the last change of its rate, and charts of its rate and upheld decisions.

    The p-values of the last changes (Fisher's exact test) and of every rule of every chart are one family, adjusted
    after Benjamini and Hochberg. Where nothing changes a council is warned of anything with a probability of at most
    ``level``; *Methods* has the rates that were simulated. A chart that shows variation beyond chance between its years
    stands for the last change too.
    Years before the last break of the measure (for the counts, of upheld decisions) are left out, unless the caller
    says otherwise. ``histories_by_area`` makes the histories. Every area is given, in the Ombudsman's order, whether it
    warns or not.

    Raises:
        InvalidValue: the level is not between 0 and 1, or the measure gives no shares.

    Source: Benjamini and Hochberg (1995), JRSS B 57, 289-300; Tarone (1990), Biometrics 46, 515-522, on leaving out
    what could not have been found.
    """
    validate(level=(level, Confidence), measure=(measure, ShareMeasure))
    looked_at = [
        _looked_at(area, histories[area], measure, across_breaks=across_breaks)
        for area in ServiceArea
        if area in histories
    ]
    enough = _least_needed([least for one in looked_at for _, least in one.checks], level)
    kept = [[result for result, least in one.checks if least <= enough] for one in looked_at]
    adjusted = iter(adjust_p_values(result.p_value for tests in kept for result in tests))
    return tuple(
        EarlyWarning(
            one.service_area,
            change=one.change,
            rates=one.rates,
            counts=one.counts,
            tests=tuple(tests),
            adjusted_p_values=tuple(next(adjusted) for _ in tests),
            level=level,
        )
        for one, tests in zip(looked_at, kept, strict=True)
    )


def _least_needed(least: list[float], level: float) -> float:
    """
    Return how small a p-value a check must be able to give to be counted: the level over the number that are.

    What cannot be so small could not be found whatever its cases, and would only weaken the rest; Tarone (1990).
    """
    number = 1
    while sum(one <= level / number for one in least) > number:
        number += 1
    return level / number


@final
@attrs.frozen
class _LookedAt:
    """A service area before its p-values are adjusted; each check with the least p-value that it could have given."""

    service_area: ServiceArea
    change: Change | None
    rates: ControlChart
    counts: ControlChart
    checks: tuple[tuple[TestResult, float], ...]


def _looked_at(area: ServiceArea, history: History, measure: ProportionMeasure, *, across_breaks: bool) -> _LookedAt:
    split = bool(history.reviews) and not across_breaks
    latest = history.segments(measure)[-1] if split else history
    counted = history.segments(upheld_decisions.__name__)[-1] if split else history
    made = _last_change(latest, measure, across_breaks=across_breaks)
    rates = p_chart(latest, measure, across_breaks=across_breaks)
    counts = xmr_chart(counted, upheld_decisions, title="Upheld decisions", across_breaks=across_breaks)
    return _LookedAt(area, made, rates, counts, tuple(_checks_of(made, rates, counts)))


def _checks_of(made: Change | None, rates: ControlChart, counts: ControlChart) -> Iterator[tuple[TestResult, float]]:
    if (
        made is not None
        and made.before is not None
        and made.after is not None
        and rates.kind is not ControlChartType.P_PRIME
    ):
        result = fisher_test(made.after, made.before)
        if result is not None:
            yield evolve(result, test="the last change"), _least_p_value(made.after, made.before)
    for name, chart in (("rates", rates), ("counts", counts)):
        for rule, held in rule_p_values(chart).items():
            test = f"{name}, {rule.label}"
            yield TestResult(p_value=held.p_value, test=test, hypothesis="nothing changes over the years"), held.least


def _least_p_value(one: Proportion, other: Proportion) -> float:
    """Return the least p-value that any split of these counted cases over the two years could have."""
    drawn = one.numerator + other.numerator
    margins = drawn, one.denominator, other.denominator
    extremes = max(0, drawn - other.denominator), min(drawn, one.denominator)
    return min(tail for count in extremes for tail in hypergeometric_tails(count, *margins))


def _last_change(history: History, measure: ProportionMeasure, *, across_breaks: bool) -> Change | None:
    if len(history) < 2:  # noqa: PLR2004  # a change is between two years
        return None
    return change(history, measure, *history.years[-2:], across_breaks=across_breaks)
