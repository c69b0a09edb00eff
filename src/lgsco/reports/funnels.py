"""The funnel section of a report: a chart and a table of councils by name, or what is missing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from lgsco._values import evolve
from lgsco.comparison.funnels import funnel
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
    Report,
    Row,
    Section,
    Table,
)
from lgsco.reports.words import NO_RATE, distinct, missing_councils
from lgsco.stats.control_limits import ALARM, ALERT, LimitMethod, Position
from lgsco.stats.overdispersion import OverdispersionModel
from lgsco.stats.rates import Proportion
from lgsco.wording import charts as chart_wording
from lgsco.wording import reports as wording
from lgsco.wording.comparisons import small

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.comparison.funnels import Funnel, FunnelPoint
    from lgsco.dataset import Dataset, YearLike
    from lgsco.model.authorities import Authority, AuthorityTypeLike, Register
    from lgsco.model.measures import ShareMeasure
    from lgsco.model.reviews import AnnualReview

_STEPS = 60


def funnel_section(  # noqa: PLR0913  # of whom, and what the page says elsewhere
    heading: str,
    funnel: Funnel,
    *,
    register: Register,
    marked: Authority | None = None,
    most: int | None = None,
    names_missing: bool = True,
) -> Section:
    """
    Return a funnel of shares with its chart and its table by name, or what is held and what is missing.

    With ``most`` it has no chart, and a table only of so many councils: the page of the group has both. With
    ``names_missing`` it states of which councils there are no figures at all.
    """
    chart = funnel_chart(funnel, marked) if most is None else None
    table = funnel_table(funnel, marked) if most is None or len(funnel.points) <= most else None
    if funnel.target is None:
        sentences = [wording.no_funnel(len(_with_cases(funnel)), funnel.group.size, funnel.insufficient_data)]
    else:
        sentences = [f"{_limits_sentence(funnel)} {wording.LIMITS}", *_position_sentences(funnel, marked)]
    return Section(
        heading,
        paragraphs=(*sentences, *_missing_sentences(funnel, register if names_missing else None, marked)),
        charts=() if chart is None else (chart,),
        tables=() if table is None else (table,),
    )


def _limits_sentence(funnel: Funnel) -> str:
    title, year = funnel.measure.title, str(funnel.year)
    return wording.limits_about(title, len(funnel.points), funnel.group.size, year, _line_name(funnel))


def _line_name(funnel: Funnel) -> str:
    """Name the line about which a funnel is drawn."""
    return wording.funnel_line(funnel.target_is, funnel.target or Fraction(0))


def _with_cases(funnel: Funnel) -> list[FunnelPoint]:
    return [point for point in funnel.points if _share(point).denominator]


def _position_sentences(funnel: Funnel, marked: Authority | None) -> list[str]:
    """State where the marked council is, and which others are outside a limit."""
    sentences, outside = [], []
    positions = [(point, point.position) for point in _by_name(funnel) if point.position is not None]
    for point, place in positions:
        if point.authority == marked:
            sentences.append(wording.position(str(point.authority), place, point.rate))
        elif place is not Position.WITHIN:
            outside.append((str(point.authority), place))
    shown = len(positions) - len(sentences)
    return [*sentences, wording.outside_limits(outside, shown, others=marked is not None)]


def _missing_sentences(funnel: Funnel, register: Register | None, marked: Authority | None) -> list[str]:
    """State which councils lack the rate, and which of the group are not held at all."""
    sentences = []
    if others := [authority.name for authority in funnel.group.missing if authority != marked]:
        sentences.append(wording.councils_without_rate(others))
    if register is None:
        return sentences
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
    columns = [Column(funnel.measure.title, ColumnKind.RATE), Column(wording.LIKELY_RANGE, ColumnKind.LIMITS)]
    if funnel.target is not None:
        columns.append(Column("Position", ColumnKind.TEXT))
    rows = []
    for point in _by_name(funnel):
        rate = _share(point)
        none = Absent(Missing.NOT_APPLICABLE, funnel.measure.nothing)
        interval = rate.interval()
        cells: list[Cell] = [none, NO_RATE] if interval is None else [rate, interval]
        if funnel.target is not None:
            cells.append(NO_RATE if point.position is None else wording.POSITION_WORDS[point.position])
        label = "this council" if point.authority == marked else None
        rows.append(Row(point.authority.name, tuple(cells), marked=label))
    councils = small(funnel.group.type.label) if funnel.group.type is not None else "chosen councils"
    return Table(
        f"{funnel.measure.title} of {councils}, {funnel.year}",
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
    Return a funnel of shares as a chart, with the average and limits at 95% and 99.8%.

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
    lines = [Line(_line_name(funnel).capitalize(), ((1.0, target), (float(widest), target)))]
    widened = "" if funnel.adjustment is None else wording.WIDENED_LIMITS
    for confidence, name, kind in (
        (ALERT, f"{chart_wording.ALERT_LIMITS}{widened}", LineKind.ALERT),
        (ALARM, f"{chart_wording.ALARM_LIMITS}{widened}", LineKind.ALARM),
    ):
        limits = [(cases, funnel.limits_at(cases, confidence)) for cases in _cases(widest)]
        for end in (0, 1):
            steps = tuple((float(cases), pair[end]) for cases, pair in limits if pair is not None)
            lines.append(Line(name, steps, kind=kind))
    councils = small(funnel.group.type.label) if funnel.group.type is not None else "chosen councils"
    return Chart(
        ChartKind.FUNNEL,
        f"{funnel.measure.title} of {councils}, {funnel.year}",
        words=" ".join([_limits_sentence(funnel), *_widened(funnel), *_position_sentences(funnel, marked)]),
        across=f"Number of {funnel.measure.phrase[1]}",
        up=funnel.measure.title,
        points=tuple(points),
        lines=tuple(lines),
    )


def _widened(funnel: Funnel) -> list[str]:
    """Return what widens the limits in words; nothing where nothing does."""
    return [] if funnel.adjustment is None else [wording.widened_by(funnel.spread)]


def _cases(widest: int) -> Sequence[int]:
    """Return the numbers of cases at which limits are drawn: each of the few, and then ever further apart."""
    steps = {int(widest ** (step / _STEPS)) for step in range(_STEPS)}
    return sorted({widest} | steps | set(range(1, min(widest, 30) + 1)))


def funnel_report(  # noqa: PLR0913  # whose figures, of what, and how the limits are drawn
    data: Dataset,
    group: AuthorityTypeLike,
    year: YearLike,
    measure: ShareMeasure,
    *,
    limits: LimitMethod | Literal["score", "exact", "beta-binomial"] = LimitMethod.SCORE,
    overdispersion: OverdispersionModel | Literal["additive", "multiplicative"] | None = None,
) -> Report:
    """
    Report on one statistic of the councils of a group, with limits that are wider where cases are few.

    Args:
        data: all that is known.
        group: a comparison group or its name.
        year: a ReportingYear or its name.
        measure: the statistic.
        limits: how the limits are computed.
        overdispersion: widen the limits where councils differ by more than chance.

    Returns:
        The report; where there are figures of too few councils it says so, and has no limits.

    >>> from lgsco import published, uphold_rate
    >>> from lgsco.reports import funnel_report
    >>> report = funnel_report(published.dataset(), "county_council", "2024-25", uphold_rate)
    >>> print(report.title)
    Uphold rate, County Councils, 2024-25

    Raises:
        EmptyInput: there are no counts of the group in the year.
        InvalidValue: an argument is refused.
    """
    reviews = data.reviews(year=year, group=group)
    drawn = funnel(reviews, measure, limits=limits, overdispersion=overdispersion, register=data.register)
    name = "" if drawn.group.type is None else drawn.group.type.label
    section = funnel_section(f"{measure.title} of {small(name)}", drawn, register=data.register)
    average = next(
        (each for review in reviews if (each := data.average(review.authority, review.year, measure)) is not None), None
    )
    first = () if average is None else (average.words.sentence,)
    sure = [
        wording.CHANCE,
        *([wording.LIMITS_WIDEN, *_spread(drawn, reviews, data)] if drawn.target is not None else []),
    ]
    in_year = drawn.year
    return Report(
        f"{measure.title}, {name}, {in_year}",
        scope=wording.year_scope(small(name), in_year.start, in_year.end, of_group=True),
        units=wording.UNITS,
        made_by=wording.MADE_BY,
        sections=(
            evolve(section, paragraphs=(*first, *section.paragraphs)),
            Section(wording.CARE, items=wording.GROUP_CARE),
            Section(wording.HOW_SURE, paragraphs=tuple(sure)),
        ),
        sources=distinct([*(review.source for review in reviews), None if average is None else average.source]),
    )


def _spread(drawn: Funnel, reviews: Sequence[AnnualReview], data: Dataset) -> list[str]:
    """State by how much the councils differ beyond chance."""
    if drawn.adjustment is not None or drawn.overdispersion is not None:
        return [wording.widened_by(drawn.spread)]
    if drawn.limits is LimitMethod.EXACT:
        return []
    adjusted = funnel(reviews, drawn.measure, overdispersion=OverdispersionModel.ADDITIVE, register=data.register)
    return [] if adjusted.overdispersion is None else [wording.overdispersed(adjusted.overdispersion.phi)]
