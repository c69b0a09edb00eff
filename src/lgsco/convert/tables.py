"""
The tables of a dataset, which follow from the annotations of its values.

Each tuple of a dataset has a table, and each tuple within its values one more, with the row it belongs to and its
position. Councils, years and sources have tables of their own, to which the others refer. The fields of a value within
a value are columns of its row, joined by an underscore.

Cells come from the JSON form of the values and are read back through the strict converter, so that a changed database
is checked like any other document.
"""

from __future__ import annotations

import datetime as dt
import functools
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from types import NoneType
from typing import Any, Final, NamedTuple, get_args, get_origin

from cattrs.errors import BaseValidationError

from lgsco._values import fields_of, validate
from lgsco.convert.cells import Cell, Choices, Column, Fields, Many, Reference, Row, Rows, Several, Shape, Tagged
from lgsco.convert.converter import (
    Flaw,
    converter,
    flaws_of,
    is_measure,
    is_slug,
    is_tuple,
    is_union,
    is_value,
    json_form,
    members_of,
    path_text,
)
from lgsco.dataset import Dataset
from lgsco.documents.figures import PrintedAverage, PrintedTally
from lgsco.documents.findings import Finding
from lgsco.documents.missing import Missing
from lgsco.errors import InvalidValue, LgscoError, Place, Problem
from lgsco.model.authorities import Authority, RegisterEntry
from lgsco.model.years import ReportingYear
from lgsco.sources import Source

__all__ = ["AUTHORITIES", "SOURCES", "YEARS", "Layout", "TablePart", "dataset_from_tables", "layout", "tables_of"]

_SUBJECT: Final = "these tables are not a dataset"
_NOTHING: Final = object()
AUTHORITIES, SOURCES, YEARS, FINDINGS = "authorities", "sources", "years", "findings"
_TABLES: Final = {
    "printed": "printed_figures",
    "national": "national_figures",
    "regional": "regional_figures",
    "cases": "decisions",
    "compliance": "compliance_outcomes",
    "improvements": "service_improvements",
    "decisions_recommendations": "recommendations",
}
"""Tables that are not named as the field is."""
_COLUMNS: Final = {
    (PrintedAverage, "group"): "authority_type",
    (RegisterEntry, "group"): "comparison_group",
    (RegisterEntry, "start"): "start_on",
    (RegisterEntry, "end"): "end_on",
    (Finding, "where"): "statistic",
    (PrintedTally, "total"): "printed_total",
}
"""Columns that are not named as the field is: SQL has the word for itself, or a part has it too."""


class TablePart(NamedTuple):
    """One tuple of a dataset: where it is in the JSON form, its table, and how an item stands in a row."""

    path: tuple[str, ...]
    table: str
    shape: Shape


class Layout(NamedTuple):
    """All tables with their columns, and the parts of a dataset that they hold."""

    tables: dict[str, tuple[Column, ...]]
    parts: tuple[TablePart, ...]
    shared: dict[str, Shape]
    """How a council and a source are kept in the rows of their tables."""


_PATHS: Final = tuple(
    ("register", "entries") if field.name == "register" else (field.name,) for field in fields_of(Dataset)
)


def tables_of(dataset: Dataset) -> dict[str, list[Row]]:
    """
    Lay a dataset out as tables, for a database or for frames.

    Args:
        dataset: the dataset; its findings have a table too.

    Returns:
        The rows of each table, by its name. Cells are whole numbers, text, true or false, dates, or ``None``.

    >>> from lgsco import published
    >>> tables = tables_of(published.dataset())
    >>> tables["averages"][0]["percent"], tables["averages"][0]["measure"]
    ('99', 'compliance_rate')

    Raises:
        InvalidValue: the argument is not a dataset.
    """
    validate(dataset=(dataset, Dataset))
    plan = layout()
    document = {**json_form(dataset), FINDINGS: json_form(dataset.findings())}
    rows = Rows()
    for part in plan.parts:
        content: Any = document
        for name in part.path:
            content = content[name]
        for index, item in enumerate(content):
            row = rows.add(part.table)
            part.shape.write(item, row, rows)
            if part.path == ("printed",):
                authority = json_form(dataset.printed[index].authority(dataset.register))
                row["authority_id"] = rows.id_of(AUTHORITIES, authority, plan.shared[AUTHORITIES])
    endings = {
        cell
        for table, columns in plan.tables.items()
        for column in columns
        if column.refers_to == YEARS
        for row in rows.by_table.get(table, ())
        if (cell := row[column.name]) is not None
    }
    rows.by_table[YEARS] = [
        {"year_ending": ending, "name": str(ReportingYear.containing(ending))} for ending in sorted(endings)
    ]
    return {table: rows.by_table.get(table, []) for table in plan.tables}


def dataset_from_tables(tables: Mapping[str, Iterable[Row]]) -> Dataset:
    """
    Read the tables that ``tables_of`` made; the findings follow from the rest, and are not read.

    Args:
        tables: the rows of each table, by its name, in the order of their numbers; a table may be left out.

    Returns:
        The dataset, equal to the one that was laid out.

    Raises:
        InvalidValue: a table or a column is missing or unknown, a cell is of another type, or rows were changed so that
            they are not figures; lists each with its table and row.
    """
    plan = layout()
    rows = Rows({name: [*tables.get(name, ())] for name in plan.tables})
    problems = [Problem(Place(sheet=name), "is not a table of a dataset") for name in tables if name not in plan.tables]
    for name, columns in plan.tables.items():
        problems += _cell_problems(name, columns, rows)
    if problems:
        raise InvalidValue(problems, subject=_SUBJECT)
    document: dict[str, Any] = {}
    places: dict[tuple[str, ...], str] = {}
    for part in plan.parts:
        if part.table == FINDINGS:
            continue
        *outer, last = part.path
        inner = document
        for name in outer:
            inner = inner.setdefault(name, {})
        inner[last] = [part.shape.read(row, rows) for row in rows.by_table[part.table]]
        places[part.path] = part.table
    try:
        dataset: Dataset = converter().structure(document, Dataset)
    except (BaseValidationError, LgscoError, ValueError) as error:
        raise InvalidValue([_placed(flaw, places) for flaw in flaws_of(error)], subject=_SUBJECT) from None
    return dataset


def _cell_problems(table: str, columns: Iterable[Column], rows: Rows) -> Iterator[Problem]:
    """List the cells of a table that are missing, of another type, or lead nowhere."""
    for number, row in enumerate(rows.by_table[table], 1):
        for column in columns:
            place = Place(sheet=table, row=number, column=column.name)
            cell = row.get(column.name, _NOTHING)
            if cell is _NOTHING:
                yield Problem(place, "is missing")
            elif cell is None:
                if not column.optional:
                    yield Problem(place, "may not be missing")
            elif type(cell) is not column.kind:
                yield Problem(place, f"is not of the type {column.kind.__name__}", value=cell)
            elif column.refers_to is not None and column.kind is int and not rows.has(column.refers_to, cell):
                yield Problem(place, f"leads to no row of {column.refers_to}", value=cell)


def _placed(flaw: Flaw, places: Mapping[tuple[str, ...], str]) -> Problem:
    """Return a problem at its table, its row and the path within the row's value."""
    for path, table in places.items():
        match flaw.path[: len(path)] == path, flaw.path[len(path) :]:
            case True, (int(index), *keys):
                within = path_text((*keys,)).removeprefix(".") or None
                return flaw.problem(Place(sheet=table, row=index + 1, path=within))
    return flaw.problem(Place(path=path_text(flaw.path).removeprefix(".") or None))


@functools.cache
def layout() -> Layout:
    """Return the tables of a dataset; those that a table refers to come before it."""
    return _Maker().layout()


class _Maker:
    """Makes the tables from annotations."""

    def __init__(self) -> None:
        self.tables: dict[str, tuple[Column, ...]] = {}
        self.shared: dict[Any, tuple[str, Shape]] = {}

    def layout(self) -> Layout:
        for kind, name in ((Authority, AUTHORITIES), (Source, SOURCES)):
            shape = self._fields(kind, "", name, optional=False)
            self._table(name, shape)
            self.shared[kind] = (name, shape)
        self.tables[YEARS] = (Column("year_ending", dt.date), Column("name", str, longest=7))
        hints: dict[tuple[str, ...], Any] = {
            ("register", "entries"): RegisterEntry,
            **{(name,): get_args(hint)[0] for name, hint in typing.get_type_hints(Dataset).items() if is_tuple(hint)},
            (FINDINGS,): Finding,
        }
        parts = [
            self._part(path, _TABLES.get(path[-1], "_".join(path)), hints[path]) for path in (*_PATHS, (FINDINGS,))
        ]
        return Layout(self.tables, tuple(parts), dict(self.shared.values()))

    def _part(self, path: tuple[str, ...], table: str, kind: Any) -> TablePart:
        # In its place before the tables of what its rows own.
        self.tables[table] = ()
        shape = self._item(kind, table)
        # Print names a council; which one of the register it is follows from the name and the year.
        council = Column("authority_id", int, optional=True, refers_to=AUTHORITIES)
        self._table(table, shape, *((council,) if path == ("printed",) else ()))
        return TablePart(path, table, shape)

    def _table(self, name: str, shape: Shape, *extra: Column) -> None:
        self.tables[name] = (Column("id", int), *extra, *shape.columns)

    def _item(self, kind: Any, table: str) -> Shape:
        """Return the shape of an item of a tuple, which has a row of its own."""
        if is_union(kind):
            classes = {member.__name__: member for member in members_of(kind)}
            return Tagged({name: self._fields(member, "", table, optional=False) for name, member in classes.items()})
        if is_value(kind) and kind not in self.shared:
            return self._fields(kind, "", table, optional=False)
        return self._shape(kind, "" if kind in self.shared else "entry", table, optional=False)

    def _fields(self, kind: Any, prefix: str, table: str, *, optional: bool, tag: str | None = None) -> Fields:
        origin = get_origin(kind) or kind
        arguments = dict(zip(getattr(origin, "__parameters__", ()), get_args(kind), strict=False))
        hints = typing.get_type_hints(origin)
        fields: dict[str, Shape] = {}
        for field in fields_of(origin):
            if not field.init:
                continue
            alias = field.alias or field.name
            name = _COLUMNS.get((origin, alias), alias)
            # The one number of a printed percentage has the name of the percentage.
            column = prefix if alias == "value" and prefix else f"{prefix}_{name}".lstrip("_")
            if (hint := hints[field.name]) in arguments:
                filled = arguments[hint]
                fields[alias] = self._fields(filled, prefix, table, optional=False, tag=filled.__name__)
            else:
                fields[alias] = self._shape(hint, column, table, optional=optional)
        required = [
            shape.name
            for alias, shape in fields.items()
            if isinstance(shape, Cell) and not _is_optional(hints.get(alias, hints.get(f"_{alias}")))
        ]
        if not optional:
            return Fields(fields, None, "", tag)
        if required:
            return Fields(fields, None, required[0], tag)
        flag = Column(f"{prefix}_stated", bool)
        return Fields(fields, flag, flag.name, tag)

    def _shape(self, hint: Any, column: str, table: str, *, optional: bool) -> Shape:
        if is_union(hint):
            members = [member for member in members_of(hint) if member is not NoneType]
            optional = optional or _is_optional(hint)
            if len(members) > 1:
                return self._choices(members, column, table, optional=optional)
            return self._shape(members[0], column, table, optional=optional)
        if hint in self.shared:
            name, shape = self.shared[hint]
            number = Column(f"{column or hint.__name__.lower()}_id", int, optional=optional, refers_to=name)
            return Reference(number, name, shape)
        if is_tuple(hint):
            members = [*get_args(hint)]
            if Ellipsis not in members:
                cells = [
                    _cell(member, f"{column}_{index}", optional=optional) for index, member in enumerate(members, 1)
                ]
                return Several(cells)
            return self._many(members[0], f"{table}_{column}", table)
        if is_value(hint) and hint is not ReportingYear and not is_measure(hint):
            inner = "" if hint.__name__ == "Decision" else column
            return self._fields(hint, inner, table, optional=optional)
        if hint is ReportingYear:
            return _year(column, optional=optional)
        return _cell(hint, column, optional=optional)

    def _choices(self, members: list[Any], column: str, table: str, *, optional: bool) -> Shape:
        if set(members) == {int, Decimal}:
            # As text, since a printed 100.0 has one decimal place and 100 has none.
            printed = Column(column, str, optional=optional, is_decimal=True, longest=40)
            return Cell(printed, str, lambda cell: int(cell) if cell.isdigit() else cell)
        choices: list[tuple[Callable[[Any], bool], Shape]] = []
        for member in members:
            name = f"{column}{_SUFFIXES.get(member, '')}"
            choices.append((_ACCEPTS.get(member, _is_object), self._shape(member, name, table, optional=True)))
        # The narrower first: the name of a missing figure is text too.
        choices.sort(key=lambda choice: choice[0] is _is_text)
        return Choices(choices)

    def _many(self, kind: Any, name: str, parent: str) -> Shape:
        table = _TABLES.get(name, name)
        self.tables[table] = ()
        shape = self._item(kind, table)
        self._table(table, shape, Column("parent_id", int, refers_to=parent), Column("position", int))
        return Many(table, shape)


def _is_optional(hint: Any) -> bool:
    return is_union(hint) and NoneType in members_of(hint)


def _is_text(content: Any) -> bool:
    return isinstance(content, str)


def _is_object(content: Any) -> bool:
    return isinstance(content, dict)


def _is_number(content: Any) -> bool:
    return type(content) is int


def _is_missing(content: Any) -> bool:
    return content in list(Missing)


def _is_decimal(content: Any) -> bool:
    return isinstance(content, str) and content not in list(Missing)


_ACCEPTS: Final[dict[Any, Callable[[Any], bool]]] = {
    str: _is_text,
    int: _is_number,
    Decimal: _is_decimal,
    Missing: _is_missing,
}


_SUFFIXES: Final = {str: "_text", Missing: "_missing"}
"""What the column of a text or of a missing figure is called beside that of the figure."""


def _cell(hint: Any, name: str, *, optional: bool) -> Cell:
    if is_slug(hint) or is_measure(hint):
        return Cell(Column(name, str, optional=optional, longest=60))
    if hint is dt.date:
        return Cell(Column(name, dt.date, optional=optional), dt.date.fromisoformat, dt.date.isoformat)
    if hint is Decimal:
        return Cell(Column(name, str, optional=optional, is_decimal=True, longest=80))
    if hint not in {int, bool, str}:
        raise TypeError(f"{name} has no column in a table: {hint}")
    return Cell(Column(name, hint, optional=optional))


def _year(column: str, *, optional: bool) -> Cell:
    name = "year_ending" if column == "year" else f"{column}_ending"
    return Cell(
        Column(name, dt.date, optional=optional, refers_to=YEARS),
        lambda content: ReportingYear.parse(content).end,
        lambda cell: str(ReportingYear.containing(cell)),
    )
