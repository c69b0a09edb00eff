"""``lgsco history``: the years of a council, what breaks the series, and what of a change chance could explain."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from lgsco import convert, published
from lgsco._text import long_date, text_table
from lgsco.cli._figures import NoFigures, cited
from lgsco.cli._terminal import OK, Page, plain, say
from lgsco.comparison.cautions import CautionKind
from lgsco.errors import SeriesTooShort
from lgsco.model.authorities import Authority
from lgsco.model.measures import KEY_STATISTICS
from lgsco.model.years import SERIES_BREAKS, SeriesBreak
from lgsco.series.changes import change, trend
from lgsco.series.control_charts import complaints_decided, complaints_received, p_chart
from lgsco.series.histories import history_of
from lgsco.stats.heterogeneity import FEWEST_FOR_A_TREND

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.comparison.cautions import Caution
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.reviews import AnnualReview
    from lgsco.series.changes import Trend
    from lgsco.series.histories import History

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its words."""
    parser = commands.add_parser(
        "history",
        help="a council's years, what breaks the series, and what changed",
        description="Show the years that are held of a council, and what of their changes chance alone could explain.",
    )
    parser.add_argument("name", metavar="NAME", help="the council's name or its ONS code")
    parser.add_argument(
        "--across-breaks", action="store_true", help="compare years across series breaks too; the cautions stay"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=lambda asked: _history(asked.name, across_breaks=asked.across_breaks, as_json=asked.json))


def _history(name: str, *, across_breaks: bool, as_json: bool) -> int:
    register = published.register()
    authority = register.find(name)
    history = history_of(authority, _held(authority), register=register)
    if not history.reviews:
        raise NoFigures(" ".join([f"no figures of {authority} are held.", *_kin_in_words(history)]))
    told = [
        _Told(measure, stretch, across_breaks=across_breaks)
        for measure in KEY_STATISTICS
        for stretch in ((history,) if across_breaks else history.segments(measure))
    ]
    if as_json:
        document = {
            "lgsco": convert.FORMAT,
            "history": plain([history])[0],
            "changes": plain([made for each in told for made in each.changes]),
            "trends": plain([each.trend for each in told if each.trend is not None]),
            "charts": plain([each.chart for each in told]),
        }
        say(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        say(_page(history, told))
    return OK


class _Told:
    """What is told of one measure in years that stand on one footing."""

    def __init__(self, measure: ProportionMeasure, stretch: History, *, across_breaks: bool) -> None:
        self.measure = measure
        rates = stretch.rates(measure)
        self.with_cases = [point.year for point in rates if point.rate is not None and point.rate.denominator]
        self.changes = [
            change(stretch, measure, earlier, later, across_breaks=across_breaks)
            for earlier, later in itertools.pairwise(self.with_cases)
        ]
        self.trend = _trend_or_none(stretch, measure, across_breaks=across_breaks)
        self.chart = p_chart(stretch, measure, across_breaks=across_breaks)

    def in_words(self) -> list[str]:
        """Say each change, then the trend and what the run rules find; nothing where there is no change to tell."""
        if not self.changes:
            return []
        said = [made.sentence() for made in self.changes]
        said.append(
            f"Trend: {self.trend.sentence()}"
            if self.trend is not None
            else f"Trend: too short to tell, it needs {FEWEST_FOR_A_TREND} years with cases on one footing."
        )
        return [*said, f"Run rules: {self.chart.sentence()}"]

    def cautions(self) -> list[Caution]:
        """Give what makes for care, but for what the head of the page says."""
        held = [*(self.trend.cautions if self.trend else ()), *(one for made in self.changes for one in made.cautions)]
        return [caution for caution in held if caution.kind not in {CautionKind.REORGANISED, CautionKind.GAP}]


def _break_in_words(broken: SeriesBreak) -> list[str]:
    """Say a break, and which of the statistics on the page it breaks or asks care of."""
    parted = [measure.title.lower() for measure in KEY_STATISTICS if measure.name in broken.breaks]
    careful = [measure.title.lower() for measure in KEY_STATISTICS if measure.name in broken.cautions]
    said = []
    if parted:
        said.append(f"Do not compare the {' or the '.join(parted)} with the years before.")
    if careful:
        said.append(f"Compare the {' and the '.join(careful)} with the years before with care.")
    return [f"From {broken.year}: {broken.what}. {' '.join(said)}"] if said else []


def _in_words(told: Sequence[_Told]) -> list[str]:
    """Say what changed in one measure, and which years are set beside no other."""
    said = [line for each in told for line in each.in_words()]
    alone = [each.with_cases[0] for each in told if len(each.with_cases) == 1]
    if alone:
        years = ", ".join(map(str, alone))
        said.append(f"Set beside no other year, since none with cases is held on the same footing: {years}.")
    return said or ["No year with cases is held."]


def _trend_or_none(stretch: History, measure: ProportionMeasure, *, across_breaks: bool) -> Trend | None:
    try:
        return trend(stretch, measure, across_breaks=across_breaks)
    except SeriesTooShort:
        return None


def _held(authority: Authority) -> list[AnnualReview]:
    return [review for review in published.reviews() if review.authority == authority]


def _page(history: History, told: Sequence[_Told]) -> str:
    page = Page(markdown=False)
    first, last = history.years[0], history.years[-1]
    span = str(first) if first == last else f"{first} to {last}"
    blocks = [page.heading(f"{history.authority}, {span}", level=1), *map(page.filled, _kin_in_words(history))]
    if history.gaps:
        blocks.append(page.filled(f"Not held: {', '.join(map(str, history.gaps))}."))
    blocks.append(_table(history))
    if breaks := [broken for broken in SERIES_BREAKS if first <= broken.year <= last]:
        said = [line for broken in breaks for line in _break_in_words(broken)]
        blocks += [page.heading("Series breaks"), page.items(said)]
    for measure in KEY_STATISTICS:
        lines = _in_words([each for each in told if each.measure == measure])
        blocks += [page.heading(f"{measure.title}: what changed"), page.items(lines)]
    if cautions := [caution for each in told for caution in each.cautions()]:
        blocks += [page.heading("Read with care"), page.items([*dict.fromkeys(map(str, cautions))])]
    blocks += [page.heading("Sources"), page.items([*dict.fromkeys(cited(review.source) for review in history)])]
    return "\n\n".join(blocks)


def _kin_in_words(history: History) -> list[str]:
    """Say when a council was created or abolished, and whose figures are others'."""
    entry = history.entry
    if entry is None:
        return []
    said = []
    if entry.start is not None and entry.predecessors:
        said.append(f"{entry.authority} was created on {_day(entry.start)}. {_others('Before', entry.predecessors)}")
    if entry.end is not None:
        said.append(f"{entry.authority} was abolished on {_day(entry.end)}. {_others('After', entry.successors)}")
        if any(review.year.end >= entry.end for review in history):
            said.append("Complaints about it were still decided afterwards; the figures of those years are its own.")
    return said


def _day(day: dt.date) -> str:
    return long_date(day.year, day.month, day.day)


def _others(when: str, councils: Sequence[Authority]) -> str:
    told = []
    for council in councils:
        years = ", ".join(str(review.year) for review in _held(council))
        told.append(f"{council} ({f'held: {years}' if years else 'nothing held'})")
    whose = "whose figures are no part of this series"
    return f"{when} it stood {'; '.join(told)}, {whose}."


def _table(history: History) -> str:
    counted = {"Received": complaints_received, "Decided": complaints_decided}
    counts = {title: [count(review) for review in history] for title, count in counted.items()}
    known = {title: held for title, held in counts.items() if any(one is not None for one in held)}
    header = ["Year", *(measure.title for measure in KEY_STATISTICS), *known]
    rows = [
        [
            str(review.year),
            *(measure.describe(measure(review)) for measure in KEY_STATISTICS),
            *("-" if held[at] is None else f"{held[at]:,}" for held in known.values()),
        ]
        for at, review in enumerate(history)
    ]
    return text_table(header, rows)
