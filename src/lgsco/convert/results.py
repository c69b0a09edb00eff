"""
Results of computing as flat rows: comparisons, rates of groups, funnels, shrunken rates and changes.

They leave out the values from which they were computed, and are not read back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from lgsco.comparison.comparisons import Comparison
from lgsco.comparison.funnels import Funnel, FunnelPoint
from lgsco.comparison.groups import GroupRates, Member
from lgsco.comparison.shrinkage import Shrinkage, ShrunkRate
from lgsco.model.authorities import Authority, AuthorityType
from lgsco.model.measures import Measure
from lgsco.model.years import ReportingYear
from lgsco.series.changes import Change
from lgsco.stats.rates import PopulationRate, Proportion

Row = dict[str, Any]


AUTHORITY_COLUMNS = {"authority": "name", "code": "code", "authority_type": "type"}
"""The columns of an authority, each with its field."""


def _whose(authority: Authority) -> Row:
    cells = {column: getattr(authority, field) for column, field in AUTHORITY_COLUMNS.items()}
    return {column: cell.value if isinstance(cell, AuthorityType) else cell for column, cell in cells.items()}


def _counts(rate: Proportion | PopulationRate | None) -> Row:
    """Return the counts of a rate, with its whole percentage if it is a share, else the number of people it is for."""
    if isinstance(rate, PopulationRate):
        people = rate.population.people
        return {"numerator": rate.events, "denominator": people, "percent": None, "per": rate.per}
    return {**_share(rate), "per": None}


def _share(rate: Proportion | None) -> Row:
    percent = None if rate is None else rate.percent()
    return {
        "numerator": None if rate is None else rate.numerator,
        "denominator": None if rate is None else rate.denominator,
        "percent": None if percent is None else int(percent),
    }


def _comparison_row(comparison: Comparison) -> Row:
    review, interval = comparison.review, comparison.interval
    share = None if comparison.benchmark is None else comparison.benchmark.shown_rate
    return {
        **_whose(review.authority),
        "year_ending": review.year.end,
        "measure": comparison.measure.name,
        **_share(comparison.rate),
        "lower": None if interval is None else interval.lower,
        "upper": None if interval is None else interval.upper,
        "benchmark": None if share is None else float(share),
        "position": None if comparison.position is None else comparison.position.value,
        "verdict": comparison.verdict.value,
    }


def _change_row(change: Change) -> Row:
    difference = change.difference
    return {
        **_whose(change.later.authority),
        "measure": change.measure.name,
        **_of_year("earlier", change.earlier.year, change.before),
        **_of_year("later", change.later.year, change.after),
        "difference": None if difference is None else float(difference.value),
        "lower": None if difference is None else difference.interval.lower,
        "upper": None if difference is None else difference.interval.upper,
        "verdict": change.verdict.value,
    }


def _of_year(which: str, year: ReportingYear, rate: Proportion | None) -> Row:
    return {f"{which}_year_ending": year.end} | {f"{which}_{column}": cell for column, cell in _share(rate).items()}


def _member_row(member: Member | FunnelPoint | ShrunkRate, of: Row | None = None) -> Row:
    return {**_whose(member.authority), **(of or {}), **_counts(member.rate)}


def _point_row(point: FunnelPoint, of: Row | None = None) -> Row:
    return {**_member_row(point, of), "position": None if point.position is None else point.position.value}


def _shrunk_row(point: ShrunkRate, of: Row | None = None) -> Row:
    return {**_member_row(point, of), "estimate": point.estimate, "weight": point.weight}


def _made_of(year: ReportingYear, measure: Measure[Any, Any]) -> Row:
    return {"year_ending": year.end, "measure": measure.name}


def _group_rows(group: GroupRates) -> list[Row]:
    return [_member_row(member, _made_of(group.year, group.measure)) for member in group.members]


def _funnel_rows(funnel: Funnel) -> list[Row]:
    columns = ("target", "z_score", "p_value", "lower_95", "upper_95", "lower_99_8", "upper_99_8", "widened")
    return [
        _point_row(point, _made_of(funnel.year, funnel.measure)) | {name: row[name] for name in columns}
        for point, row in zip(funnel.points, funnel.rows(), strict=True)
    ]


def _shrinkage_rows(shrinkage: Shrinkage) -> list[Row]:
    return [_shrunk_row(point, _made_of(shrinkage.year, shrinkage.measure)) for point in shrinkage.points]


def _each(row_of: Callable[[Any], Row]) -> Callable[[Iterable[Any]], list[Row]]:
    return lambda values: [row_of(value) for value in values]


def _all(rows_of: Callable[[Any], list[Row]]) -> Callable[[Iterable[Any]], list[Row]]:
    return lambda values: [row for value in values for row in rows_of(value)]


ROWS_OF_RESULTS = cast(
    "dict[type, Callable[[Iterable[Any]], list[Row]]]",
    {
        Change: _each(_change_row),
        Comparison: _each(_comparison_row),
        Funnel: _all(_funnel_rows),
        FunnelPoint: _each(_point_row),
        GroupRates: _all(_group_rows),
        Member: _each(_member_row),
        Shrinkage: _all(_shrinkage_rows),
        ShrunkRate: _each(_shrunk_row),
    },
)
