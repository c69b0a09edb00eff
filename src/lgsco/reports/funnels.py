"""A funnel as a section: the picture, the councils by name, or what is missing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco._text import number_of
from lgsco.model.authorities import authority_order
from lgsco.reports.elements import (
    Absence,
    Absent,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Line,
    Point,
    Row,
    Section,
    Table,
)
from lgsco.reports.words import POSITIONS, listed, not_held
from lgsco.stats.control_limits import ALARM, ALERT, Position
from lgsco.stats.intervals import half_up
from lgsco.stats.rates import Proportion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.comparison.funnels import Funnel, FunnelPoint
    from lgsco.model.authorities import Authority, Register

_STEPS = 60


def funnel_section(
    heading: str, made: Funnel, *, marked: Authority | None = None, register: Register | None = None
) -> Section:
    """Show a funnel of shares with its table by name, or say what is held and what is missing."""
    table = funnel_table(made, marked)
    missing = _missing(made, register)
    if made.target is None:
        paragraphs = (f"There is no funnel of the {made.measure.title.lower()}: {made.insufficient_data}.", *missing)
        return Section(heading, paragraphs=paragraphs, tables=() if table is None else (table,))
    limits = (
        f"{_target(made)} The limits widen where cases are few: chance alone puts 1 council in 20 beyond a 95% limit"
        " and 1 in 500 beyond a 99.8% limit. Councils stand by name: a position is no rank."
    )
    paragraphs = (limits, *_placed(made, marked), *missing)
    return Section(
        heading,
        paragraphs=paragraphs,
        charts=tuple(chart for chart in (funnel_chart(made, marked),) if chart is not None),
        tables=() if table is None else (table,),
    )


def _target(made: Funnel) -> str:
    held = number_of(len(made.points), "council")
    of = "" if made.group.size is None else f" of the {made.group.size} in the group"
    middle = half_up(100 * (made.target or Fraction(0)), 1)
    return (
        f"The {made.measure.title.lower()} of {held}{of}, {made.year}, against limits about {middle}%,"
        f" {made.target_is}."
    )


def _placed(made: Funnel, marked: Authority | None) -> list[str]:
    placed = [(point, POSITIONS[point.position]) for point in _by_name(made) if point.position is not None]
    said = [f"{point.authority} is {where}, with {point.rate}." for point, where in placed if point.authority == marked]
    beyond = [
        f"{point.authority} ({where})"
        for point, where in placed
        if point.position is not Position.WITHIN and point.authority != marked
    ]
    others = "other " if marked is not None else ""
    said.append(f"Beyond a limit: {listed(beyond)}." if beyond else f"No {others}council held is beyond a limit.")
    return said


def _missing(made: Funnel, register: Register | None) -> list[str]:
    said = []
    if made.group.missing:
        names = listed(sorted(authority.name for authority in made.group.missing))
        said.append(f"Held without this rate: {names}.")
    if register is not None and made.group.type is not None:
        known = {point.authority for point in made.points} | set(made.group.missing)
        all_of_it = register.in_group(made.group.type, made.year.end)
        rest = [each.name for each in all_of_it if each not in known]
        if rest:
            said.append(not_held(rest, len(all_of_it)))
    return said


def _by_name(made: Funnel) -> list[FunnelPoint]:
    return sorted(made.points, key=lambda point: authority_order(point.authority))


def funnel_table(made: Funnel, marked: Authority | None = None) -> Table | None:
    """Give the councils of a funnel by name; ``None`` where none is held."""
    if not made.points:
        return None
    columns = [Column("Rate", ColumnKind.RATE), Column("95% interval", ColumnKind.LIMITS)]
    if made.target is not None:
        columns.append(Column("Position", ColumnKind.TEXT))
    rows = []
    for point in _by_name(made):
        rate = _share(point)
        none = Absent(Absence.NOT_APPLICABLE, made.measure.nothing)
        interval = rate.interval()
        cells: list[Cell] = [none, none] if interval is None else [rate, interval]
        if made.target is not None:
            cells.append(none if point.position is None else POSITIONS[point.position])
        of_report = "this council" if point.authority == marked else None
        rows.append(Row(point.authority.name, tuple(cells), marked=of_report))
    of = made.group.type.label if made.group.type is not None else "councils given"
    return Table(
        f"{made.measure.title} of {of}, {made.year}, by name", "Council", columns=tuple(columns), rows=tuple(rows)
    )


def _share(point: FunnelPoint) -> Proportion:
    if not isinstance(point.rate, Proportion):
        raise TypeError("a report shows funnels of shares, not of rates for so many residents")
    return point.rate


def funnel_chart(made: Funnel, marked: Authority | None = None) -> Chart | None:
    """Give a funnel of shares as a chart; ``None`` where it has no target, or no council has cases."""
    points = [
        Point(
            point.authority.name,
            _share(point),
            marked=point.authority == marked,
            named=point.position is not Position.WITHIN,
        )
        for point in _by_name(made)
        if _share(point).denominator
    ]
    if made.target is None or not points:
        return None
    widest = max(point.rate.denominator for point in points)
    target = float(made.target)
    lines = [Line(f"Target, {half_up(100 * made.target, 1)}%", ((1.0, target), (float(widest), target)))]
    widened = "" if made.adjustment is None else ", widened because the councils differ by more than chance gives"
    for confidence, name in ((ALERT, f"95% limits{widened}"), (ALARM, f"99.8% limits{widened}")):
        sides = [(cases, made.limits_at(cases, confidence)) for cases in _cases(widest)]
        for end in (0, 1):
            steps = tuple((float(cases), pair[end]) for cases, pair in sides if pair is not None)
            lines.append(Line(name, steps))
    of = made.group.type.label if made.group.type is not None else "the councils given"
    return Chart(
        ChartKind.FUNNEL,
        f"{made.measure.title} of {of}, {made.year}",
        words=" ".join([_target(made), *_widened(made), *_placed(made, marked)]),
        across=f"Number of {made.measure.phrase[1]}",
        up=made.measure.title,
        points=tuple(points),
        lines=tuple(lines),
    )


def _widened(made: Funnel) -> list[str]:
    """Say that limits are widened, where they are."""
    return [] if made.adjustment is None else [f"{made.spread[0].upper()}{made.spread[1:]}."]


def _cases(widest: int) -> Sequence[int]:
    """Give the numbers of cases at which limits are drawn: each of the few, and then ever further apart."""
    steps = {int(widest ** (step / _STEPS)) for step in range(_STEPS)}
    return sorted({widest} | steps | set(range(1, min(widest, 30) + 1)))
