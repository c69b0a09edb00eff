"""The three statistics of one council and year: the section on them, cautions, and contradictions in print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.comparison.groups import Average
from lgsco.documents.audits import audit
from lgsco.documents.missing import Missing
from lgsco.errors import InvalidValue
from lgsco.model.authorities import comparison_group
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.cards import known_figures, next_section, statistic_figure
from lgsco.reports.elements import (
    Absent,
    Amount,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Line,
    Note,
    PartialRate,
    Point,
    Row,
    Section,
    Table,
)
from lgsco.reports.words import NO_RATE, NOT_HELD, cautions, comparison_sentences, contradiction, statistic_cell
from lgsco.wording import reports as wording
from lgsco.wording.comparisons import verdict_in_short
from lgsco.wording.phrases import with_intervals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.comparison.cautions import CautionKind
    from lgsco.comparison.comparisons import Comparison
    from lgsco.comparison.groups import GroupRates
    from lgsco.dataset import Dataset, Peers
    from lgsco.documents.figures import PrintedReview
    from lgsco.model.authorities import Authority
    from lgsco.model.years import ReportingYear
    from lgsco.reports.headlines import Figure
    from lgsco.sources import Source

AVERAGES_NOTE = "average"
OTHERS_NOTE = "others"


def checked_peers(against: Peers) -> Peers:
    """
    Return the councils to compare with.

    Raises:
        InvalidValue: what is given is no choice of councils; a report has no target.
    """
    if isinstance(against, list | tuple) or (type(against) is str and against in _PEERS):
        return against
    raise InvalidValue.at("against", against, f"must be {', '.join(map(repr, _PEERS))} or a list of councils")


_PEERS = ("printed", "others", "region")


class StatisticsOfYear:
    """The three statistics of a council and year, with what they are compared with."""

    def __init__(
        self,
        data: Dataset,
        council: Authority,
        year: ReportingYear,
        printed: Sequence[PrintedReview],
        *,
        against: Peers | None = "others",
    ) -> None:
        self.council, self.year, self.printed = council, year, printed
        self.is_chosen = against == "region" or not isinstance(against, str | None)
        self.review = data.review(council, year)
        self.group = comparison_group(council, data.register, year.end)
        self.statistics = [data.statistic(council, year, measure) for measure in KEY_STATISTICS]
        self.cells = [statistic_cell(data, council, year, measure) for measure in KEY_STATISTICS]
        self.with_print = [data.compare(council, year, measure) for measure in KEY_STATISTICS]
        others = [
            data.compare(council, year, measure, against=against)
            for measure in KEY_STATISTICS
            if against not in (None, "printed")
        ]
        # A set that was asked for is shown also where nothing of it is held.
        self.with_others = [
            comparison
            for comparison in others
            if (average := comparison.computed_average) is not None and (self.is_chosen or average.value is not None)
        ]
        self.leading = self.with_others if self.is_chosen else self.with_print
        """The comparisons that the sentences are about."""

    @property
    def comparisons(self) -> list[Comparison]:
        """The comparisons with the printed averages, then those with the other councils."""
        return [*self.with_print, *self.with_others]

    @property
    def selection(self) -> GroupRates | None:
        """The councils that the reader chose to compare with, if any."""
        return average_in(self.with_others[0]).group if self.is_chosen else None

    @property
    def any_known(self) -> bool:
        """Whether anything is known of any of the three."""
        return any(cell != NOT_HELD for cell in self.cells)

    @property
    def any_rate(self) -> bool:
        """Whether any of the three has a rate, a percentage, or the words for no cases."""
        return any(
            cell != NOT_HELD and not (isinstance(cell, PartialRate) and cell.percent is None) for cell in self.cells
        )

    def sources(self) -> list[Source | None]:
        """Return the sources of the figures, and of the averages."""
        averages = [statistic.average.source for statistic in self.statistics if statistic.average is not None]
        return [*self._own_sources(), *averages, *(figures.source for figures in self.printed)]

    def _own_sources(self) -> list[Source | None]:
        return [self.review.source, *(source for statistic in self.statistics for source in statistic.sources)]

    def section(self, *, newer: Sequence[str] = (), chart: bool = True, explained: bool = True) -> Section:
        """Return the section on the three statistics: sentences, what they mean, a chart and a table."""
        missing = [measure.title for measure, cell in zip(KEY_STATISTICS, self.cells, strict=True) if cell == NOT_HELD]
        words = [
            comparison_sentences(cell, comparison)
            for cell, comparison in zip(self.cells, self.leading, strict=True)
            if cell != NOT_HELD
        ]
        if missing:
            every = len(missing) == len(KEY_STATISTICS)
            words.append(wording.not_known(() if every else missing, str(self.council), str(self.year)))
        return Section(
            wording.STATISTICS,
            figures=self.figures() if explained and self.any_rate else (),
            paragraphs=(*words, *newer),
            charts=self._chart() if chart else (),
            tables=self.tables(),
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the table of the three statistics, and that of the figures per 100,000 residents if there are any."""
        return (self.table(), *_per_head(self.printed))

    def figures(self) -> tuple[Figure, ...]:
        """Return the three statistics as large figures."""
        whose = (self.selection and self.selection.selection) or (self.group and self.group.label)
        return tuple(
            statistic_figure(cell, comparison, whose) for cell, comparison in zip(self.cells, self.leading, strict=True)
        )

    def known_section(self) -> Section:
        """Return what leads where no rate is known: the counts, and the average of the group."""
        figures = known_figures(self.review, self.group, self.cells, self.with_print)
        return Section(wording.known_of(str(self.year)), figures=figures, links=self.next().links)

    def next(self) -> Section:
        """Return what to do next."""
        own = [*self._own_sources(), *(figures.source for figures in self.printed)]
        return next_section(self.council, self.with_print, own)

    def table(self) -> Table:
        """Return the three statistics with their likely ranges, the averages, and the verdicts in a few words."""
        others = {comparison.measure: average_in(comparison) for comparison in self.with_others}
        columns = [
            Column("This council", ColumnKind.RATE),
            Column(wording.LIKELY_RANGE, ColumnKind.LIMITS),
            Column("Average", ColumnKind.PERCENT, marks=(AVERAGES_NOTE,)),
        ]
        if others:
            columns.append(
                Column(
                    wording.others_heading(self.selection and self.selection.selection),
                    ColumnKind.RATE,
                    marks=(OTHERS_NOTE,),
                )
            )
        columns.append(Column("In short", ColumnKind.TEXT))
        rows = []
        for cell, comparison, leading in zip(self.cells, self.with_print, self.leading, strict=True):
            limits: Cell = NOT_HELD
            if comparison.rate is not None:
                limits = comparison.interval or NO_RATE
            average = others.get(comparison.measure)
            rows.append(
                Row(
                    comparison.measure.title,
                    (
                        cell,
                        limits,
                        self._average(comparison),
                        *((TOO_FEW if average is None else _pooled(average),) if others else ()),
                        _in_short(leading),
                    ),
                )
            )
        return Table(
            f"{wording.STATISTICS}: {self.council}, {self.year}", "Statistic", columns=tuple(columns), rows=tuple(rows)
        )

    def _average(self, comparison: Comparison) -> Cell:
        if comparison.printed_average is not None:
            return comparison.printed_average.percent
        return NO_GROUP if self.group is None else NOT_HELD

    def notes(self) -> tuple[Note, ...]:
        """Return the notes on the columns of the table."""
        coverage = [
            (comparison.measure.title, len(average.group.members), average.group.size)
            for comparison in self.with_others
            for average in (average_in(comparison),)
        ]
        selection = self.selection and self.selection.selection
        return (
            Note(AVERAGES_NOTE, wording.GROUP_AVERAGE_NOTE),
            *((Note(OTHERS_NOTE, wording.others_note(coverage, selection)),) if coverage else ()),
        )

    def _chart(self) -> tuple[Chart, ...]:
        points, lines, sentences = [], [], []
        for comparison in self.with_print:
            title, rate, percent = comparison.measure.title, comparison.rate, None
            if rate is None or rate.value is None:
                continue
            points.append(Point(title, rate, interval=comparison.interval, marked=True))
            if (average := comparison.printed_average) is not None:
                percent = average.percent
                lines.append(Line(wording.AVERAGE_LINE, ((0.0, float(average.shown_rate)),), panel=title))
            sentences.append(wording.rate_point(title, rate, comparison.interval, percent))
        if not points:
            return ()
        return (
            Chart(
                ChartKind.DOTS,
                with_intervals(f"{wording.STATISTICS} of {self.council}, {self.year}"),
                words=" ".join(sentences),
                across="Per cent",
                points=tuple(points),
                lines=tuple(lines),
            ),
        )


def _pooled(average: Average) -> Cell:
    return NOT_HELD if average.value is None else average.pooled


TOO_FEW = Absent(Missing.NOT_AVAILABLE, "too few held")
NO_GROUP = Absent(Missing.NOT_APPLICABLE, "n/a")


def average_in(comparison: Comparison) -> Average:
    """Return the computed average of a comparison that has one."""
    average = comparison.computed_average
    if average is None:
        raise TypeError("the comparison is not with a computed average")
    return average


def _in_short(comparison: Comparison) -> Cell:
    rate, failures = comparison.rate, None
    if not comparison.measure.judged_by_chance and rate is not None and rate.denominator:
        failures = rate.denominator - rate.numerator
    words = verdict_in_short(comparison.verdict, failures)
    return Absent(Missing.NOT_APPLICABLE, "not compared") if words is None else words


def _per_head(printed: Sequence[PrintedReview]) -> tuple[Table, ...]:
    """Return the printed figures per 100,000 residents, where there are any."""
    per_100k = next((figures.per_100k for figures in printed if figures.per_100k is not None), None)
    if per_100k is None:
        return ()
    cells = tuple(
        NOT_HELD
        if each is None
        else Absent(Missing.NOT_APPLICABLE, each.label)
        if isinstance(each, str)
        else Amount(each)
        for each in (per_100k.rate, per_100k.average)
    )
    return (
        Table(
            wording.FOR_POPULATION,
            "Figure",
            columns=(
                Column("This council", ColumnKind.AMOUNT),
                Column("Average", ColumnKind.AMOUNT, marks=(AVERAGES_NOTE,)),
            ),
            rows=(Row("Upheld per 100,000 residents", cells),),
        ),
    )


def care_section(
    comparisons: Sequence[Comparison], *, incomplete: bool, leave_out: CautionKind | None = None
) -> Section:
    """Return the cautions, each once."""
    not_held = (wording.NOT_HELD_MEANS,) if incomplete else ()
    return Section(wording.CARE, items=(*cautions(comparisons, leave_out=leave_out), *not_held, wording.BARE_NUMBERS))


def findings_sections(printed: Sequence[PrintedReview]) -> list[Section]:
    """Return the contradictions in what is printed; no section where there is none."""
    findings = audit(printed)
    if not findings:
        return []
    return [
        Section(
            wording.FINDINGS,
            paragraphs=(wording.FINDINGS_INTRODUCTION,),
            items=tuple(contradiction(finding) for finding in findings),
        )
    ]
