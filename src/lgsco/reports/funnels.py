"""The funnel section of a report: a chart and a table of councils by name, or what is missing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco.documents.missing import Missing
from lgsco.model.authorities import authority_order
from lgsco.reports.elements import (
    Absent,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Line,
    LineKind,
    Point,
    Row,
    Section,
    Table,
)
from lgsco.reports.words import missing_councils
from lgsco.stats.control_limits import ALARM, ALERT, Position
from lgsco.stats.intervals import half_up
from lgsco.stats.rates import Proportion
from lgsco.wording import charts as chart_wording
from lgsco.wording import reports as wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.comparison.funnels import Funnel, FunnelPoint
    from lgsco.model.authorities import Authority, Register

_STEPS = 60


def funnel_section(
    heading: str, funnel: Funnel, *, marked: Authority | None = None, register: Register | None = None
) -> Section:
    """Return a funnel of shares with its chart and its table by name, or what is held and what is missing."""
    chart, table = funnel_chart(funnel, marked), funnel_table(funnel, marked)
    if funnel.target is None:
        sentences = [wording.no_funnel(funnel.measure.title, funnel.insufficient_data)]
    else:
        sentences = [f"{_limits_sentence(funnel)} {wording.LIMITS_WIDEN}", *_position_sentences(funnel, marked)]
    return Section(
        heading,
        paragraphs=(*sentences, *_missing_sentences(funnel, register)),
        charts=() if chart is None else (chart,),
        tables=() if table is None else (table,),
    )


def _limits_sentence(funnel: Funnel) -> str:
    target, councils = funnel.target or Fraction(0), len(funnel.points)
    title, year = funnel.measure.title, str(funnel.year)
    return wording.limits_about(title, councils, funnel.group.size, year, target, funnel.target_is)


def _position_sentences(funnel: Funnel, marked: Authority | None) -> list[str]:
    """State where the marked council is, and which others are outside a limit."""
    sentences, outside = [], []
    positions = [(point, point.position) for point in _by_name(funnel) if point.position is not None]
    for point, place in positions:
        if point.authority == marked:
            sentences.append(wording.position(str(point.authority), place, point.rate))
        elif place is not Position.WITHIN:
            outside.append((str(point.authority), place))
    return [*sentences, wording.outside_limits(outside, others=marked is not None)]


def _missing_sentences(funnel: Funnel, register: Register | None) -> list[str]:
    """State which councils lack the rate, and which of the group are not held at all."""
    sentences = []
    if funnel.group.missing:
        sentences.append(wording.councils_without_rate(authority.name for authority in funnel.group.missing))
    known = {point.authority for point in funnel.points} | set(funnel.group.missing)
    missing, size = missing_councils(funnel.group.type, funnel.year, known, register)
    if missing:
        sentences.append(wording.councils_not_held(missing, size))
    return sentences


def _by_name(funnel: Funnel) -> list[FunnelPoint]:
    return sorted(funnel.points, key=lambda point: authority_order(point.authority))


def funnel_table(funnel: Funnel, marked: Authority | None = None) -> Table | None:
    """Return the councils of a funnel by name; ``None`` where none is held."""
    if not funnel.points:
        return None
    columns = [Column("Rate", ColumnKind.RATE), Column("95% interval", ColumnKind.LIMITS)]
    if funnel.target is not None:
        columns.append(Column("Position", ColumnKind.TEXT))
    rows = []
    for point in _by_name(funnel):
        rate = _share(point)
        none = Absent(Missing.NOT_APPLICABLE, funnel.measure.nothing)
        interval = rate.interval()
        cells: list[Cell] = [none, none] if interval is None else [rate, interval]
        if funnel.target is not None:
            cells.append(none if point.position is None else wording.POSITION_WORDS[point.position])
        label = "this council" if point.authority == marked else None
        rows.append(Row(point.authority.name, tuple(cells), marked=label))
    councils = funnel.group.type.label if funnel.group.type is not None else "councils given"
    return Table(
        f"{funnel.measure.title} of {councils}, {funnel.year}, by name",
        "Council",
        columns=tuple(columns),
        rows=tuple(rows),
    )


def _share(point: FunnelPoint) -> Proportion:
    if not isinstance(point.rate, Proportion):
        raise TypeError("a report shows funnels of shares, not of rates for so many residents")
    return point.rate


def funnel_chart(funnel: Funnel, marked: Authority | None = None) -> Chart | None:
    """
    Return a funnel of shares as a chart, with its average and its limits at 95% and 99.8%.

    Args:
        funnel: of a measure that gives proportions.
        marked: the council to mark.

    Returns:
        The chart, with a point for each council that has cases; ``None`` where there is no target or no such council.

    Raises:
        TypeError: the funnel is of rates for a population.
    """
    points = [
        Point(
            point.authority.name,
            _share(point),
            marked=point.authority == marked,
            named=point.position is not Position.WITHIN,
        )
        for point in _by_name(funnel)
        if _share(point).denominator
    ]
    if funnel.target is None or not points:
        return None
    widest = max(point.rate.denominator for point in points)
    target = float(funnel.target)
    lines = [Line(_about(funnel, points), ((1.0, target), (float(widest), target)))]
    widened = "" if funnel.adjustment is None else wording.WIDENED_LIMITS
    for confidence, name, kind in (
        (ALERT, f"{chart_wording.ALERT_LIMITS}{widened}", LineKind.ALERT),
        (ALARM, f"{chart_wording.ALARM_LIMITS}{widened}", LineKind.ALARM),
    ):
        limits = [(cases, funnel.limits_at(cases, confidence)) for cases in _cases(widest)]
        for end in (0, 1):
            steps = tuple((float(cases), pair[end]) for cases, pair in limits if pair is not None)
            lines.append(Line(name, steps, kind=kind))
    councils = funnel.group.type.label if funnel.group.type is not None else "the councils given"
    return Chart(
        ChartKind.FUNNEL,
        f"{funnel.measure.title} of {councils}, {funnel.year}",
        words=" ".join([_limits_sentence(funnel), *_widened(funnel), *_position_sentences(funnel, marked)]),
        across=f"Number of {funnel.measure.phrase[1]}",
        up=funnel.measure.title,
        points=tuple(points),
        lines=tuple(lines),
    )


def _about(funnel: Funnel, points: Sequence[Point]) -> str:
    """Name what the limits are about: the average of the councils shown, or what the caller chose."""
    target = funnel.target or Fraction(0)
    upheld, cases = (sum(getattr(point.rate, part) for point in points) for part in ("numerator", "denominator"))
    shown = half_up(100 * target, 1)
    if Fraction(upheld, cases) == target:
        return chart_wording.average_shown(len(points), shown)
    return chart_wording.chosen_benchmark(shown)


def _widened(funnel: Funnel) -> list[str]:
    """Return what widens the limits in words; nothing where nothing does."""
    return [] if funnel.adjustment is None else [wording.widened_by(funnel.spread)]


def _cases(widest: int) -> Sequence[int]:
    """Return the numbers of cases at which limits are drawn: each of the few, and then ever further apart."""
    steps = {int(widest ** (step / _STEPS)) for step in range(_STEPS)}
    return sorted({widest} | steps | set(range(1, min(widest, 30) + 1)))
