"""``lgsco history``: the years of a council, series breaks, and changes."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from lgsco import published
from lgsco._text import text_table
from lgsco.cli._figures import NoFigures, reviews_of
from lgsco.cli._terminal import OK, Page, plain, say, say_json
from lgsco.comparison.cautions import CautionKind
from lgsco.errors import SeriesTooShort
from lgsco.model.measures import KEY_STATISTICS
from lgsco.model.years import SERIES_BREAKS, SeriesBreak
from lgsco.series.changes import change
from lgsco.series.control_charts import p_chart
from lgsco.series.counts import complaints_decided, complaints_received
from lgsco.series.histories import history_of
from lgsco.series.trends import trend
from lgsco.stats.heterogeneity import FEWEST_FOR_A_TREND
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.comparison.cautions import Caution
    from lgsco.model.authorities import Authority
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.years import ReportingYear
    from lgsco.series.histories import History
    from lgsco.series.trends import Trend

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "history",
        help="a council's years, series breaks, and changes",
        description="Show the years that are held of a council, and which changes chance alone could explain.",
    )
    parser.add_argument("name", metavar="NAME", help="the council's name or its ONS code")
    parser.add_argument(
        "--across-breaks", action="store_true", help="compare years across series breaks too; the cautions stay"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(
        run=lambda options: _history(options.name, across_breaks=options.across_breaks, as_json=options.json)
    )


def _history(name: str, *, across_breaks: bool, as_json: bool) -> int:
    register = published.register()
    authority = register.find(name)
    history = history_of(authority, reviews_of(authority), register=register)
    if not history.reviews:
        raise NoFigures(wording.no_history(str(authority), _reorganisation(history)))
    series = [
        _Series(measure, segment, across_breaks=across_breaks)
        for measure in KEY_STATISTICS
        for segment in ((history,) if across_breaks else history.segments(measure))
    ]
    if as_json:
        say_json(
            history=plain([history])[0],
            changes=plain([changed for item in series for changed in item.changes]),
            trends=plain([item.trend for item in series if item.trend is not None]),
            charts=plain([item.chart for item in series]),
        )
    else:
        say(_page(history, series))
    return OK


class _Series:
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
        """Return each change, the trend and the run rules in words; nothing where there is no change."""
        if not self.changes:
            return []
        return [
            *(changed.sentence() for changed in self.changes),
            wording.trend(None if self.trend is None else self.trend.sentence(), FEWEST_FOR_A_TREND),
            wording.run_rules(self.chart.sentence()),
        ]

    def cautions(self) -> list[Caution]:
        """Return the cautions that are not at the head of the page."""
        of_changes = (caution for changed in self.changes for caution in changed.cautions)
        cautions = [*(self.trend.cautions if self.trend else ()), *of_changes]
        return [caution for caution in cautions if caution.kind not in {CautionKind.REORGANISED, CautionKind.GAP}]


def _break_sentences(series_break: SeriesBreak) -> list[str]:
    """Return a break in words, with the statistics that it breaks or that need care; nothing where it affects none."""
    broken = [measure.title.lower() for measure in KEY_STATISTICS if measure.name in series_break.breaks]
    cautioned = [measure.title.lower() for measure in KEY_STATISTICS if measure.name in series_break.cautions]
    if not broken and not cautioned:
        return []
    return [wording.series_break(str(series_break.year), series_break.what, broken, cautioned)]


def _sentences(series: Sequence[_Series]) -> list[str]:
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


def _page(history: History, series: Sequence[_Series]) -> str:
    page = Page(markdown=False)
    first, last = history.years[0], history.years[-1]
    span = str(first) if first == last else f"{first} to {last}"
    blocks = [page.heading(f"{history.authority}, {span}", level=1), *map(page.filled, _reorganisation(history))]
    if history.gaps:
        blocks.append(page.filled(wording.years_not_held(history.gaps)))
    blocks.append(_table(history))
    if breaks := [item for item in SERIES_BREAKS if first <= item.year <= last]:
        sentences = [sentence for item in breaks for sentence in _break_sentences(item)]
        blocks += [page.heading("Series breaks"), page.items(sentences)]
    for measure in KEY_STATISTICS:
        sentences = _sentences([item for item in series if item.measure == measure])
        blocks += [page.heading(f"{measure.title}: what changed"), page.items(sentences)]
    if cautions := [caution for item in series for caution in item.cautions()]:
        blocks += [page.heading("Read with care"), page.items([*dict.fromkeys(map(str, cautions))])]
    sources = dict.fromkeys(wording.source_line(review.source) for review in history)
    blocks += [page.heading("Sources"), page.items([*sources])]
    return "\n\n".join(blocks)


def _reorganisation(history: History) -> list[str]:
    """State when a council was created or abolished, and which councils it followed or was followed by."""
    entry = history.entry
    if entry is None:
        return []
    sentences, council = [], str(entry.authority)
    if entry.start is not None and entry.predecessors:
        sentences.append(wording.created(council, entry.start, _years_by_council(entry.predecessors)))
    if entry.end is not None:
        sentences.append(wording.abolished(council, entry.end, _years_by_council(entry.successors)))
        if any(review.year.end >= entry.end for review in history):
            sentences.append(wording.DECIDED_AFTER_END)
    return sentences


def _years_by_council(councils: Sequence[Authority]) -> list[tuple[str, list[ReportingYear]]]:
    return [(str(council), [review.year for review in reviews_of(council)]) for council in councils]


def _table(history: History) -> str:
    counters = {"Received": complaints_received, "Decided": complaints_decided}
    counts = {title: [count(review) for review in history] for title, count in counters.items()}
    known = {title: column for title, column in counts.items() if any(count is not None for count in column)}
    header = ["Year", *(measure.title for measure in KEY_STATISTICS), *known]
    rows = [
        [
            str(review.year),
            *(measure.describe(measure(review)) for measure in KEY_STATISTICS),
            *("-" if column[index] is None else f"{column[index]:,}" for column in known.values()),
        ]
        for index, review in enumerate(history)
    ]
    return text_table(header, rows)
