"""
Results as flat rows: comparisons, funnels, shrunken rates and changes.

They leave out the values from which they were computed, and are not read back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, cast

from lgsco.comparison.comparisons import Comparison
from lgsco.comparison.funnels import Funnel, FunnelPoint
from lgsco.comparison.groups import Average
from lgsco.comparison.shrinkage import Shrinkage, ShrunkRate
from lgsco.documents.figures import PrintedAverage, PrintedPercent
from lgsco.model.authorities import Authority, AuthorityType
from lgsco.model.measures import Measure
from lgsco.model.years import ReportingYear
from lgsco.series.changes import Change
from lgsco.stats.rates import PopulationRate, Proportion

__all__ = ["AUTHORITY_COLUMNS", "ROWS_OF_RESULTS", "Row"]

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
    benchmark = comparison.benchmark
    if isinstance(benchmark, PrintedAverage):
        benchmark = benchmark.percent
    share = Fraction(benchmark.value) / 100 if isinstance(benchmark, PrintedPercent) else benchmark
    share = share.value if isinstance(share, Average) else share
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


def _point_row(point: FunnelPoint, of: Row | None = None) -> Row:
    position = None if point.position is None else point.position.value
    return {**_whose(point.authority), **(of or {}), **_counts(point.rate), "position": position}


def _shrunk_row(point: ShrunkRate, of: Row | None = None) -> Row:
    cells = {"estimate": point.estimate, "weight": point.weight}
    return {**_whose(point.authority), **(of or {}), **_counts(point.rate), **cells}


def _made_of(year: ReportingYear, measure: Measure[Any, Any]) -> Row:
    return {"year_ending": year.end, "measure": measure.name}


def _funnel_rows(funnel: Funnel) -> list[Row]:
    told = ("target", "z_score", "p_value", "lower_95", "upper_95", "lower_99_8", "upper_99_8", "widened")
    return [
        _point_row(point, _made_of(funnel.year, funnel.measure)) | {name: row[name] for name in told}
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
        Shrinkage: _all(_shrinkage_rows),
        ShrunkRate: _each(_shrunk_row),
    },
)
