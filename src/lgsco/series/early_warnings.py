"""Early warnings: the latest years of each service area of a council, allowing for how many areas are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY
from typing import final

from lgsco._values import Confidence, Probability, validate, value
from lgsco.model.cases import ServiceArea
from lgsco.model.measures import ProportionMeasure, ShareMeasure
from lgsco.series.changes import Change, change
from lgsco.series.control_charts import ControlChart, p_chart, upheld_decisions, xmr_chart
from lgsco.series.histories import History
from lgsco.stats.hypothesis_tests import fisher_test
from lgsco.stats.multiplicity import adjust_p_values

__all__ = ["EarlyWarning", "early_warnings"]


@final
@value
class EarlyWarning:
    """
    One service area in its latest years: the last change of its rate, and the charts of its rate and upheld decisions.

    ``adjusted_p`` is the exact p-value of the change, adjusted for the number of service areas looked at; ``None``
    where there is no change to test. ``level`` is that at or below which it warns.
    """

    service_area: ServiceArea
    _: KW_ONLY
    change: Change | None
    adjusted_p: Probability | None
    rates: ControlChart
    counts: ControlChart
    level: Confidence = 0.05

    @property
    def warns(self) -> bool:
        """Whether the last change, or any rule of either chart, is more than chance alone would explain."""
        changed = self.adjusted_p is not None and self.adjusted_p <= self.level
        return changed or bool(self.rates.signals or self.counts.signals)

    def sentence(self) -> str:
        """Say in plain words what is seen in the service area."""
        told = ["There is no change to tell: fewer than two years stand on one footing."]
        if self.change is not None:
            told = [self.change.sentence()]
        if self.adjusted_p is not None:
            among = "Allowing for all service areas looked at, chance alone"
            told.append(f"{among} {'would not' if self.adjusted_p <= self.level else 'could'} explain it.")
        return " ".join(
            [f"{self.service_area.label}:", *told, f"Rates: {self.rates.sentence()} Counts: {self.counts.sentence()}"]
        )


def early_warnings(
    histories: Mapping[ServiceArea, History],
    measure: ProportionMeasure,
    *,
    level: float = 0.05,
    across_breaks: bool = False,
) -> tuple[EarlyWarning, ...]:
    """
    Look at the latest years of each service area: the last change of its rate, and charts of its rate and its cases.

    The p-values of the changes are Fisher's, adjusted after Benjamini and Hochberg for the number of service areas.
    Years before the last series break are left out, unless the caller says otherwise. ``histories_by_area`` makes the
    histories. Every area is given, in the Ombudsman's order, whether it warns or not.

    Raises:
        InvalidValue: the level is not between 0 and 1, or the measure gives no shares.
    """
    validate(level=(level, Confidence), measure=(measure, ShareMeasure))
    latest = {
        area: histories[area] if across_breaks or not histories[area].reviews else histories[area].segments()[-1]
        for area in ServiceArea
        if area in histories
    }
    changes = {area: _last_change(history, measure, across_breaks=across_breaks) for area, history in latest.items()}
    p_values = {area: _exact_p(made) for area, made in changes.items()}
    tested = {area: p_value for area, p_value in p_values.items() if p_value is not None}
    adjusted = dict(zip(tested, adjust_p_values(tested.values()), strict=True))
    return tuple(
        EarlyWarning(
            area,
            change=changes[area],
            adjusted_p=adjusted.get(area),
            rates=p_chart(history, measure, across_breaks=across_breaks),
            counts=xmr_chart(history, upheld_decisions, title="Upheld decisions", across_breaks=across_breaks),
            level=level,
        )
        for area, history in latest.items()
    )


def _last_change(history: History, measure: ProportionMeasure, *, across_breaks: bool) -> Change | None:
    if len(history) < 2:  # noqa: PLR2004  # a change is between two years
        return None
    return change(history, measure, *history.years[-2:], across_breaks=across_breaks)


def _exact_p(made: Change | None) -> float | None:
    if made is None or made.before is None or made.after is None:
        return None
    result = fisher_test(made.after, made.before)
    return None if result is None else result.p_value
