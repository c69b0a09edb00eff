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
import typing
from collections.abc import Callable
from decimal import Decimal
from types import NoneType
from typing import Any, Final, NamedTuple, get_args, get_origin

import sqlalchemy as sa

from lgsco._values import fields_of
from lgsco.convert.converter import is_measure, is_slug, is_tuple, is_union, is_value, members_of
from lgsco.dataset import Dataset
from lgsco.documents.figures import PrintedAverage, PrintedTally
from lgsco.documents.findings import Finding
from lgsco.documents.missing import Missing
from lgsco.errors import InvalidValue
from lgsco.model.authorities import Authority, RegisterEntry
from lgsco.model.years import ReportingYear
from lgsco.sources import Source
from lgsco.store.shapes import Cell, Choices, Fields, Many, Reference, Several, Shape, Tagged

__all__ = ["AUTHORITIES", "FINDINGS", "IS_NUMBER", "SOURCES", "YEARS", "Layout", "TablePart", "layout_of"]

IS_NUMBER: Final = {"number": True}
"""Marks a column that keeps a decimal number as text, exactly as it was printed."""
_LARGEST: Final = 2**63 - 1
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
    """All tables with the parts of a dataset that they hold."""

    metadata: sa.MetaData
    parts: tuple[TablePart, ...]
    shared: dict[str, Shape]
    """How a council and a source stand in the rows of their tables."""


_PATHS: Final = tuple(
    ("register", "entries") if field.name == "register" else (field.name,) for field in fields_of(Dataset)
)


def layout_of(schema: str | None = None) -> Layout:
    """Return the tables, in a schema of the database where one is named."""
    return _Maker(schema).layout()


class _Maker:
    """Makes the tables from annotations."""

    def __init__(self, schema: str | None) -> None:
        self.metadata = sa.MetaData(schema=schema)
        self.prefix = f"{schema}." if schema else ""
        self.shared: dict[Any, tuple[str, Shape]] = {}

    def layout(self) -> Layout:
        for kind, name in ((Authority, AUTHORITIES), (Source, SOURCES)):
            shape = self._fields(kind, "", name, optional=False)
            self._table(name, shape)
            self.shared[kind] = (name, shape)
        sa.Table(
            YEARS,
            self.metadata,
            sa.Column("year_ending", sa.Date, primary_key=True),
            sa.Column("name", sa.String(7), nullable=False, unique=True),
        )
        hints: dict[tuple[str, ...], Any] = {
            ("register", "entries"): RegisterEntry,
            **{(name,): get_args(hint)[0] for name, hint in typing.get_type_hints(Dataset).items() if is_tuple(hint)},
        }
        parts = [self._part(path, _TABLES.get(path[-1], "_".join(path)), hints[path]) for path in _PATHS]
        parts.append(self._part((FINDINGS,), FINDINGS, Finding))
        return Layout(self.metadata, tuple(parts), dict(self.shared.values()))

    def _part(self, path: tuple[str, ...], table: str, kind: Any) -> TablePart:
        shape = self._item(kind, table)
        # Print names a council; which one of the register it is follows from the name and the year.
        council: sa.Column[int] = sa.Column("authority_id", sa.ForeignKey(f"{self.prefix}{AUTHORITIES}.id"), index=True)
        self._table(table, shape, *((council,) if path == ("printed",) else ()))
        return TablePart(path, table, shape)

    def _table(self, name: str, shape: Shape, *extra: sa.Column[Any]) -> None:
        sa.Table(
            name,
            self.metadata,
            sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
            *extra,
            *shape.columns,
        )

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
        flag = sa.Column(f"{prefix}_stated", sa.Boolean, nullable=False)
        return Fields(fields, flag, flag.name, tag)

    def _shape(self, hint: Any, column: str, table: str, *, optional: bool) -> Shape:
        if is_union(hint):
            members = [member for member in members_of(hint) if member is not NoneType]
            optional = optional or _is_optional(hint)
            if len(members) > 1:
                return self._choices(members, column, table)
            return self._shape(members[0], column, table, optional=optional)
        if hint in self.shared:
            name, shape = self.shared[hint]
            key = sa.ForeignKey(f"{self.prefix}{name}.id")
            number: sa.Column[int] = sa.Column(
                f"{column or hint.__name__.lower()}_id", key, nullable=optional, index=True
            )
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
            return _year(f"{self.prefix}{YEARS}", column, optional=optional)
        return _cell(hint, column, optional=optional)

    def _choices(self, members: list[Any], column: str, table: str) -> Shape:
        if set(members) == {int, Decimal}:
            # As text, since a printed 100.0 has one decimal place and 100 has none.
            printed = sa.Column(column, sa.String(40), info=IS_NUMBER)
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
        shape = self._item(kind, table)
        self._table(
            table,
            shape,
            sa.Column("parent_id", sa.ForeignKey(f"{self.prefix}{parent}.id"), nullable=False, index=True),
            sa.Column("position", sa.Integer, nullable=False),
        )
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


def _whole(content: int) -> int:
    if abs(content) > _LARGEST:
        raise InvalidValue.at("count", content, f"must be at most {_LARGEST:,} to be kept in a database")
    return content


def _cell(hint: Any, column: str, *, optional: bool) -> Cell:
    if is_slug(hint) or is_measure(hint):
        return Cell(sa.Column(column, sa.String(60), nullable=optional))
    if hint is dt.date:
        return Cell(sa.Column(column, sa.Date, nullable=optional), dt.date.fromisoformat, dt.date.isoformat)
    if hint is int:
        return Cell(sa.Column(column, sa.BigInteger, nullable=optional), _whole)
    if hint is bool:
        return Cell(sa.Column(column, sa.Boolean, nullable=optional))
    if hint is Decimal:
        return Cell(sa.Column(column, sa.String(80), nullable=optional, info=IS_NUMBER))
    if hint is not str:
        raise TypeError(f"{column} has no column in a database: {hint}")
    return Cell(sa.Column(column, sa.UnicodeText, nullable=optional))


def _year(table: str, column: str, *, optional: bool) -> Cell:
    name = "year_ending" if column == "year" else f"{column}_ending"
    key = sa.ForeignKey(f"{table}.year_ending")
    return Cell(
        sa.Column(name, sa.Date, key, nullable=optional, index=True),
        lambda content: ReportingYear.parse(content).end,
        lambda cell: str(ReportingYear.containing(cell)),
    )
