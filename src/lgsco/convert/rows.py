"""Values to flat rows and back."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import typing
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeVar, cast, get_origin

import attrs
from cattrs.errors import BaseValidationError

from lgsco._values import choice_of, fields_of
from lgsco.casework.suppression import KEPT_BACK
from lgsco.convert.converter import (
    Flaw,
    converter,
    flaws_of,
    is_measure,
    is_public,
    is_tuple,
    is_union,
    is_value,
    iso_day,
    json_form,
    members_of,
    path_text,
)
from lgsco.convert.results import AUTHORITY_COLUMNS, ROWS_OF_RESULTS, Row
from lgsco.documents.missing import Missing
from lgsco.errors import InvalidValue, LgscoError, Place, Problem, excerpt
from lgsco.model.authorities import Authority, AuthorityType
from lgsco.model.cases import Decision, Enquiry, Investigation, Recommendation
from lgsco.model.counting import duplicates
from lgsco.model.counts import COUNTS
from lgsco.model.measures import Measure
from lgsco.model.reviews import AnnualReview
from lgsco.model.tallies import ComplianceTally, InvestigationTally
from lgsco.model.years import ReportingYear
from lgsco.stats.suppression import SuppressionPolicy, SuppressionPolicyLike

T = TypeVar("T")
_LAST_DAY = (3, 31)
_REVIEW_COLUMNS: dict[str, tuple[str, ...]] = {
    **{entry.column: (entry.field, entry.name) for entry in COUNTS},
    **{f"source_{name}": ("source", name) for name in ("title", "url", "published_on", "basis")},
}
"""The columns of a review, each with the path to its cell; those that frames share come first."""


def rows_of(values: Iterable[object], *, suppression: SuppressionPolicyLike = "off") -> list[Row]:
    """
    Lay out values of one type as flat rows, for a spreadsheet or a dataframe.

    An authority becomes ``authority``, ``code`` and ``authority_type``, a year the ``year_ending`` of its last day; the
    fields of a value within a value are joined by an underscore. A missing value is ``None``.
    A comparison has ``measure``, ``numerator``, ``denominator``, ``percent`` (whole, half up), and ``lower``,
    ``upper`` and ``benchmark`` as shares from 0 to 1, ``position`` and ``verdict``; a review has its counts.
    The point of a funnel has its counts and ``position``; a whole funnel has a row for each of its points, with the
    year and the measure. So do shrunken rates, with ``estimate`` and ``weight``. A change has the counts of both years
    and their ``difference``. A rate per population has the number of people in ``per``, and no ``percent``.
    An investigation has a row for each recommendation and each enquiry, each with all columns of the case, or one row
    where it has neither. Other values that contain lists (a Register, say) have no flat form: lay out their items.

    Args:
        values: of one type.
        suppression: which small counts of own cases are not shown, nor what would tell them: "off", "below-five" or
            "below-ten". Their cells have the sign [c]. All areas, or kinds, of one tally are given together.

    Returns:
        A dictionary for each row, all with the same columns in the same order.

    >>> from lgsco import Authority, AuthorityType, InvestigationTally, ReportingYear, AnnualReview
    >>> me = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
    >>> [row] = rows_of([AnnualReview(me, ReportingYear(2024), investigations=InvestigationTally(76, 18))])
    >>> row["authority"], row["authority_type"], row["year_ending"], row["investigations"], row["upheld"]
    ('Kent County Council', 'county_council', datetime.date(2024, 3, 31), 94, 76)
    >>> review = AnnualReview(me, ReportingYear(2024), investigations=InvestigationTally(upheld=3, not_upheld=9))
    >>> [row] = rows_of([review], suppression="below-five")
    >>> row["investigations"], row["upheld"], row["not_upheld"]
    (12, '[c]', '[c]')

    Raises:
        TypeError: a value is not of a type of lgsco's, contains a list, or is of another type than the first; or its
            counts cannot be suppressed: those of an ``AnnualReview``, ``AreaTally``, ``KindTally`` and ``EnquiryTally``
            can.
        InvalidValue: an investigation is duplicated, so that its rows would be read as those of one; or the
            suppression is not known.
    """
    policy = choice_of("suppression", suppression, SuppressionPolicy)
    instances = [*values]
    if not instances:
        return []
    kind: Any = type(instances[0])
    for value in instances:
        if type(value) is not kind:
            raise TypeError(f"give values of one type, not both {kind.__name__} and {type(value).__name__}")
    if policy is not SuppressionPolicy.OFF and kind not in KEPT_BACK:
        raise TypeError(f"the counts in rows of {kind.__name__} cannot be suppressed")
    if kind in ROWS_OF_RESULTS:
        return ROWS_OF_RESULTS[kind](instances)
    if kind is Investigation:
        return _investigation_rows(cast("list[Investigation]", instances))
    columns = columns_of(kind)
    kept_back = KEPT_BACK[kind](instances, policy) if kind in KEPT_BACK else [()] * len(instances)
    return [
        {
            column: Missing.WITHHELD.sign if column in names else _cell_of(value, path)
            for column, path in columns.items()
        }
        for value, names in zip(instances, kept_back, strict=True)
    ]


def from_rows(rows: Iterable[Mapping[str, Any]], type: type[T]) -> list[T]:  # noqa: A002  # the contract's name
    """
    Read rows that ``rows_of`` wrote; dates may also be text such as "2020-03-31".

    A part whose columns are all ``None`` or left out is missing. Rows of one investigation need not be adjacent.

    Args:
        rows: mappings from columns to cells.
        type: the type of the values.

    Returns:
        The values, in the order of their first rows.

    >>> from lgsco import Proportion
    >>> rows_of(from_rows([{"numerator": 3, "denominator": 4}], Proportion))
    [{'numerator': 3, 'denominator': 4}]

    Raises:
        InvalidValue: lists everything that is wrong, each with its row (from 1) and column.
        TypeError: the type has no flat form, or none that can be read back, as a Comparison, which leaves out
            what made it.
    """
    return read_rows(enumerate(rows, 1), type)


def read_rows(rows: Iterable[tuple[int, object]], kind: Any) -> list[Any]:
    """Read rows, each with the number by which its problems are placed."""
    columns = columns_of(kind)
    mappings: list[tuple[int, Mapping[str, Any]]] = []
    problems: list[Problem] = []
    for number, row in rows:
        if isinstance(row, Mapping):
            mappings.append((number, row))
        else:
            problems.append(Problem(Place(row=number), f"expected a mapping from columns to cells, got {excerpt(row)}"))
    read: list[Any] = (
        _read_investigations(mappings, problems) if kind is Investigation else _read_each(mappings, kind, problems)
    )
    problems += [
        Problem(Place(row=number, column=str(name)), "unknown column")
        for number, row in mappings
        for name in row
        if name not in columns
    ]
    if problems:
        raise InvalidValue(problems, subject=f"these are not rows of {kind.__name__}")
    return read


def _read_each(rows: Iterable[tuple[int, Mapping[str, Any]]], kind: Any, problems: list[Problem]) -> list[Any]:
    columns = columns_of(kind)
    column_at = {".".join(path): column for column, path in columns.items()}
    # A required field may still be missing; where it may not, its own constraint refuses it.
    unknown = {path[0]: None for path in columns.values() if len(path) == 1 and path[0] in _required(kind)}
    read: list[Any] = []
    for number, row in rows:
        try:
            read.append(converter().structure({**unknown, **_nested(row, columns)}, kind))
        except (BaseValidationError, LgscoError, ValueError) as error:
            problems += [
                flaw.problem(Place(row=number, column=_column_of(flaw.path, column_at))) for flaw in flaws_of(error)
            ]
    return read


def _required(kind: Any) -> set[str]:
    return {cast("str", field.alias) for field in fields_of(kind) if field.default is attrs.NOTHING}


def _column_of(path: tuple[str | int, ...], column_at: Mapping[str, str]) -> str:
    """Return the column of a path within a value: its own, the first of its parts, or that of what it is part of."""
    place = path_text(path).removeprefix(".")
    within = (column for path, column in column_at.items() if path == place or path.startswith(f"{place}."))
    around = (column for path, column in column_at.items() if place.startswith(f"{path}."))
    return next(within, None) or next(around, "the whole row")


@functools.cache
def columns_of(kind: Any) -> dict[str, tuple[str, ...]]:
    """Return the columns of a type, each with the path to its cells within a value."""
    if kind in ROWS_OF_RESULTS:
        raise TypeError(f"rows of {kind.__name__} leave out what made it; read rows of AnnualReview instead")
    if kind is Investigation:
        return _investigation_columns()
    if kind is AnnualReview:
        own = {column: ("authority", field) for column, field in AUTHORITY_COLUMNS.items()}
        return {**own, "year_ending": ("year",), **_REVIEW_COLUMNS}
    if not is_public(kind) or not attrs.has(kind) or kind in {Measure, ReportingYear}:
        raise TypeError(f"{getattr(kind, '__name__', repr(kind))} has no flat form")
    columns: dict[str, tuple[str, ...]] = {}
    hints = typing.get_type_hints(kind)
    for field in fields_of(kind):
        if not field.init:
            continue
        name = cast("str", field.alias)
        members = list(members_of(hints[field.name]) if is_union(hints[field.name]) else [hints[field.name]])
        inner = [
            member for member in members if is_value(member) and member is not ReportingYear and not is_measure(member)
        ]
        simple = [member for member in members if member is not type(None) and member not in inner]
        if any(is_tuple(member) for member in members) or len(inner) > 1 or (inner and simple):
            raise TypeError(f"{kind.__name__} has no flat form: its {name} is not a single value")
        if inner == [Authority]:
            columns |= {column: (name, part) for column, part in AUTHORITY_COLUMNS.items()}
        elif inner:
            within = columns_of(get_origin(inner[0]) or inner[0])
            columns |= {f"{name}_{column}": (name, *path) for column, path in within.items()}
        else:
            column = (
                "year_ending" if ReportingYear in members else "authority_type" if AuthorityType in members else name
            )
            columns[column] = (name,)
    return columns


def _cell_of(value: object, path: tuple[str, ...]) -> Any:
    """Return the cell of a row for a path within a value."""
    for name in path:
        if value is None:
            return None
        value = getattr(value, name)
    if isinstance(value, ReportingYear):
        return value.end
    if isinstance(value, enum.StrEnum):
        return value.value
    # A spreadsheet has no cells of these: they are text, as in JSON.
    return json_form(value) if isinstance(value, Measure | Fraction) else value


def _nested(row: Mapping[str, Any], columns: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """Put the cells of a row where ``from_json`` expects them."""
    nested: dict[str, Any] = {}
    for column, path in columns.items():
        cell = row.get(column)
        *within, last = path
        if within and column in AUTHORITY_COLUMNS:
            # An authority is never optional, so that each of its cells is asked for.
            nested.setdefault(path[0], {})
        if cell is None:
            continue
        inner = nested
        for name in within:
            inner = inner.setdefault(name, {})
        inner[last] = _year_of(cell) if column == "year_ending" else cell
    # Where a tally has one count, its other counts are missing.
    for part, kind in (("investigations", InvestigationTally), ("compliance", ComplianceTally)):
        if part in nested and isinstance(nested[part], dict):
            nested[part] = {**dict.fromkeys(_required(kind)), **nested[part]}
    return nested


def _year_of(cell: Any) -> Any:
    """Return the year that ends on this day, as JSON has it; anything else is left to be refused."""
    try:
        day = iso_day(cell) if type(cell) is str else cell
    except ValueError:
        day = None
    if type(day) is dt.date and (day.month, day.day) == _LAST_DAY:
        return f"{day.year - 1}-{day.year % 100:02}"
    # Any other cell is handed on in a form that is never read as a year.
    return {"not 31 March": excerpt(cell)}


# --- Investigations, of which each recommendation and each enquiry has a row

_ITEMS: dict[str, tuple[str, type]] = {
    "recommendation": ("recommendations", Recommendation),
    "enquiry": ("enquiries", Enquiry),
}
"""The lists of an investigation: the prefix of their columns, the field, and the type."""


def _investigation_columns() -> dict[str, tuple[str, ...]]:
    columns = {column: ("decision", *path) for column, path in columns_of(Decision).items()}
    columns["opened_on"] = ("opened_on",)
    for prefix, (part, kind) in _ITEMS.items():
        columns |= {f"{prefix}_{column}": (part, *path) for column, path in columns_of(kind).items()}
    return columns


def _investigation_rows(investigations: Iterable[Investigation]) -> list[Row]:
    cases = [*investigations]
    if problems := duplicates(case.decision for case in cases):
        raise InvalidValue(problems, subject="rows of one case twice would be read as rows of one case")
    columns = columns_of(Investigation)
    rows = []
    for case in cases:
        case_cells = {
            column: _cell_of(case, path) for column, path in columns.items() if path[0] in {"decision", "opened_on"}
        }
        items = [(part, item) for part, _ in _ITEMS.values() for item in getattr(case, part)]
        for part, item in items or [("", None)]:
            rows.append(
                {
                    column: case_cells[column]
                    if column in case_cells
                    else _cell_of(item, path[1:])
                    if path[0] == part
                    else None
                    for column, path in columns.items()
                }
            )
    return rows


def _read_investigations(rows: Iterable[tuple[int, Mapping[str, Any]]], problems: list[Problem]) -> list[Investigation]:
    cases: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for number, row in rows:
        # By what is written: a body by its name, so that a code which is given once and not again is found.
        cases.setdefault(repr((row.get("reference"), row.get("authority"))), []).append((number, row))
    read = []
    for case_rows in cases.values():
        problems += _not_of_one_case(case_rows)
        case, numbers = _case_of(case_rows)
        try:
            read.append(converter().structure(case, Investigation))
        except (BaseValidationError, LgscoError, ValueError) as error:
            problems += [_placed_in_rows(flaw, case_rows[0][0], numbers) for flaw in flaws_of(error)]
    return read


def _not_of_one_case(rows: list[tuple[int, Mapping[str, Any]]]) -> list[Problem]:
    """List where rows of one case differ, and rows without a recommendation or an enquiry beside others."""
    (first, first_row), *further = rows
    columns = columns_of(Investigation)
    problems = []
    for number, row in rows if further else ():
        if not any(row.get(column) is not None for column, path in columns.items() if path[0] in _PARTS):
            problems.append(
                Problem(
                    Place(row=number, column="reference"),
                    f"{excerpt(row.get('reference'))} has other rows, and here neither recommendation nor enquiry",
                )
            )
    for number, row in further:
        problems += [
            Problem(
                Place(row=number, column=column),
                f"{excerpt(row.get(column))}, but row {first} says {excerpt(first_row.get(column))} of the same case",
            )
            for column, path in columns.items()
            if path[0] not in _PARTS and row.get(column) != first_row.get(column)
        ]
    return problems


_PARTS = {part for part, _ in _ITEMS.values()}


def _case_of(rows: list[tuple[int, Mapping[str, Any]]]) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Return the rows of one case in the form of JSON, and the row number of each item of its lists."""
    (_, first_row), *_ = rows
    decision = dict.fromkeys(_required(Decision)) | _nested(first_row, columns_of(Decision))
    case: dict[str, Any] = {"decision": decision, "opened_on": first_row.get("opened_on")}
    numbers: dict[str, list[int]] = {}
    for prefix, (part, kind) in _ITEMS.items():
        names = {f"{prefix}_{column}": column for column in columns_of(kind)}
        items = [
            (number, {name: row[column] for column, name in names.items() if row.get(column) is not None})
            for number, row in rows
        ]
        case[part] = [dict.fromkeys(_required(kind)) | item for _, item in items if item]
        numbers[part] = [number for number, item in items if item]
    return case, numbers


def _placed_in_rows(flaw: Flaw, first: int, numbers: Mapping[str, list[int]]) -> Problem:
    """Return a problem of a case at its row and column: an item of a list has a row of its own."""
    match flaw.path:
        case (str(part), int(index), *names) if part in numbers:
            prefix = next(prefix for prefix, (field, _) in _ITEMS.items() if field == part)
            name = path_text(tuple(names)).removeprefix(".")
            return flaw.problem(Place(row=numbers[part][index], column=f"{prefix}_{name}"))
    column_at = {".".join(path): column for column, path in columns_of(Investigation).items()}
    return flaw.problem(Place(row=first, column=_column_of(flaw.path, column_at)))
