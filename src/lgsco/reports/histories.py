"""The report on a council's years: rates by year, what changed, and series breaks."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from lgsco.comparison.cautions import CautionKind
from lgsco.errors import SeriesTooShort
from lgsco.model.measures import KEY_STATISTICS
from lgsco.model.years import SERIES_BREAKS, ReportingYear
from lgsco.reports.elements import Report, Section
from lgsco.reports.words import NOT_HELD, distinct, statistic_cell, years_of_council
from lgsco.reports.years import years_table
from lgsco.series.changes import change
from lgsco.series.control_charts import p_chart
from lgsco.series.counts import complaints_decided, complaints_received
from lgsco.series.trends import trend
from lgsco.stats.heterogeneity import FEWEST_FOR_A_TREND
from lgsco.wording import histories as wording
from lgsco.wording import reports as general
from lgsco.wording.phrases import sentence_after_colon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lgsco.comparison.cautions import Caution
    from lgsco.dataset import CouncilLike, Dataset
    from lgsco.model.authorities import Authority
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.years import SeriesBreak
    from lgsco.reports.elements import Cell
    from lgsco.series.histories import History
    from lgsco.series.trends import Trend


class Series:
    """The changes, the trend and the control chart of one measure over years counted in the same way."""

    def __init__(self, measure: ProportionMeasure, segment: History, *, across_breaks: bool) -> None:
        self.measure = measure
        rates = segment.rates(measure)
        self.years = [point.year for point in rates if point.rate is not None and point.rate.denominator]
        self.changes = [
            change(segment, measure, earlier, later, across_breaks=across_breaks)
            for earlier, later in itertools.pairwise(self.years)
        ]
        self.trend = _trend_or_none(segment, measure, across_breaks=across_breaks)
        self.chart = p_chart(segment, measure, across_breaks=across_breaks)

    def sentences(self) -> list[str]:
        """Return each change in words."""
        return [changed.sentence() for changed in self.changes]

    def certainty(self) -> list[str]:
        """Return the trend and the run rules in words; nothing where there is no change."""
        if not self.changes:
            return []
        trend_words = wording.trend(None if self.trend is None else self.trend.sentence(), FEWEST_FOR_A_TREND)
        rules = wording.run_rules(self.chart.sentence())
        return [sentence_after_colon(self.measure.title, f"{trend_words} {rules}")]

    def cautions(self) -> list[Caution]:
        """Return the cautions that are not at the head of the page."""
        of_changes = (caution for changed in self.changes for caution in changed.cautions)
        cautions = [*(self.trend.cautions if self.trend else ()), *of_changes]
        return [caution for caution in cautions if caution.kind not in {CautionKind.REORGANISED, CautionKind.GAP}]


def _break_sentence(series_break: SeriesBreak) -> str:
    """Return a break in words, with the statistics that it breaks or that need care."""
    broken = [measure.title.lower() for measure in KEY_STATISTICS if measure.name in series_break.breaks]
    cautioned = [measure.title.lower() for measure in KEY_STATISTICS if measure.name in series_break.cautions]
    return wording.series_break(str(series_break.year), series_break.what, broken, cautioned)


def _sentences(series: Sequence[Series]) -> list[str]:
    """Return the changes of one measure in words, and the years that are compared with no other."""
    sentences = [sentence for item in series for sentence in item.sentences()]
    if single := [item.years[0] for item in series if len(item.years) == 1]:
        sentences.append(wording.years_without_comparison(single))
    return sentences or [wording.NO_YEAR_WITH_CASES]


def _trend_or_none(segment: History, measure: ProportionMeasure, *, across_breaks: bool) -> Trend | None:
    try:
        return trend(segment, measure, across_breaks=across_breaks)
    except SeriesTooShort:
        return None


def series_of(history: History, *, across_breaks: bool = False) -> list[Series]:
    """Return the series of each statistic; a series ends where the way of counting changes."""
    return [
        Series(measure, segment, across_breaks=across_breaks)
        for measure in KEY_STATISTICS
        for segment in ((history,) if across_breaks else history.segments(measure))
    ]


def history_report(data: Dataset, council: CouncilLike, *, across_breaks: bool = False) -> Report:
    """
    Report on the years of a council: the three statistics by year, what changed, and series breaks.

    Args:
        data: all that is known.
        council: an Authority, its name or its ONS code.
        across_breaks: compare years across series breaks too; the cautions stay.

    Returns:
        The report.

    >>> from lgsco import published
    >>> from lgsco.reports import history_report
    >>> print(history_report(published.dataset(), "Kent").title)
    Kent County Council, 2022-23 to 2024-25

    Raises:
        AuthorityLookupError: no council has this name.
    """
    history = data.history(council)
    authority = history.authority
    years = years_of_council(data, authority)
    series = series_of(history, across_breaks=across_breaks)
    sections = [Section(general.YEARS, paragraphs=tuple(reorganisation(data, history)))]
    if years:
        sections = [
            _table_section(data, history, years),
            *_breaks(years),
            *(
                Section(
                    f"{measure.title}: {wording.WHAT_CHANGED}",
                    items=tuple(_sentences([item for item in series if item.measure == measure])),
                )
                for measure in KEY_STATISTICS
            ),
        ]
    cautions = tuple(dict.fromkeys(str(caution) for item in series for caution in item.cautions()))
    sections.append(Section(general.CARE, items=(*cautions, general.NOT_HELD_MEANS)))
    sections.append(
        Section(
            general.HOW_SURE,
            paragraphs=(general.CHANCE,),
            items=tuple(sentence for item in series for sentence in item.certainty()),
        )
    )
    span = "" if not years else f", {years[0]}" + (f" to {years[-1]}" if len(years) > 1 else "")
    return Report(
        f"{authority}{span}",
        scope=general.scope(str(authority), wording.in_years(years)),
        units=general.UNITS,
        made_by=general.MADE_BY,
        sections=tuple(sections),
        sources=distinct(
            [
                *(review.source for review in history),
                *(row.source for year in years for row in data.printed_of(authority, year)),
            ]
        ),
    )


def _table_section(data: Dataset, history: History, years: Sequence[ReportingYear]) -> Section:
    council = history.authority
    rates = {
        measure: {year: statistic_cell(data, council, year, measure) for year in years} for measure in KEY_STATISTICS
    }
    counters = {"Received": complaints_received, "Decided": complaints_decided}
    counts: dict[str, dict[ReportingYear, Cell]] = {}
    for title, counter in counters.items():
        column = {review.year: count for review in history if (count := counter(review)) is not None}
        if column:
            counts[title] = {year: column.get(year, NOT_HELD) for year in years}
    missing = [
        ReportingYear(ending)
        for ending in range(years[0].ending, years[-1].ending)
        if ReportingYear(ending) not in years
    ]
    gaps = [general.years_not_held(missing)] if missing else []
    return Section(
        general.YEARS,
        paragraphs=(*reorganisation(data, history), *gaps),
        tables=(years_table(council, rates, more=counts),),
    )


def _breaks(years: Sequence[ReportingYear]) -> list[Section]:
    breaks = [item for item in SERIES_BREAKS if years[0] <= item.year <= years[-1]]
    items = tuple(map(_break_sentence, breaks))
    return [Section("Series breaks", items=items)] if items else []


def reorganisation(data: Dataset, history: History) -> Iterator[str]:
    """State when a council was created or abolished, and which councils it followed or was followed by."""
    entry = data.register.entry(history.authority)
    council = str(entry.authority)
    if entry.start is not None and entry.predecessors:
        yield wording.created(council, entry.start, _years_by_council(data, entry.predecessors))
    if entry.end is not None:
        yield wording.abolished(council, entry.end, _years_by_council(data, entry.successors))
        if any(review.year.end >= entry.end for review in history):
            yield wording.DECIDED_AFTER_END


def _years_by_council(data: Dataset, councils: Sequence[Authority]) -> list[tuple[str, tuple[ReportingYear, ...]]]:
    return [(str(council), years_of_council(data, council)) for council in councils]
