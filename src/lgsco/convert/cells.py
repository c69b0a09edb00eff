"""How the fields of a value are kept in the cells of a row, and how they are read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias

import attrs

Row: TypeAlias = dict[str, Any]
Scalar: TypeAlias = int | str | bool | dt.date


@attrs.frozen
class Column:
    """
    A column of a table.

    ``kind`` is the type of its cells, ``refers_to`` the table whose rows it leads to, and ``is_decimal`` marks text
    that is a decimal number, kept exactly as it was printed.
    """

    name: str
    kind: type[Scalar]
    optional: bool = attrs.field(default=False, kw_only=True)
    refers_to: str | None = attrs.field(default=None, kw_only=True)
    is_decimal: bool = attrs.field(default=False, kw_only=True)
    longest: int | None = attrs.field(default=None, kw_only=True)
    """Of text that is a word or a number: the most characters that it has."""


class Rows:
    """The rows of each table, and of each shared value the row that it has."""

    def __init__(self, by_table: dict[str, list[Row]] | None = None) -> None:
        self.by_table: dict[str, list[Row]] = {} if by_table is None else by_table
        self._ids: dict[tuple[str, str], int] = {}
        self._by_number: dict[str, dict[int, Row]] = {}
        self._children: dict[str, dict[int, list[Row]]] = {}

    def add(self, table: str, **cells: Any) -> Row:
        """Add a row with the next number."""
        rows = self.by_table.setdefault(table, [])
        row = {"id": len(rows) + 1, **cells}
        rows.append(row)
        return row

    def id_of(self, table: str, content: Any, shape: Shape) -> int:
        """Return the number of the row of a shared value, which is added where it is new."""
        key = (table, repr(content))
        if key not in self._ids:
            row = self.add(table)
            shape.write(content, row, self)
            self._ids[key] = row["id"]
        return self._ids[key]

    def row_of(self, table: str, number: int) -> Row:
        """Return the row with a number."""
        return self._numbered(table)[number]

    def has(self, table: str, number: object) -> bool:
        """Return whether there is a row with a number."""
        return number in self._numbered(table)

    def _numbered(self, table: str) -> dict[int, Row]:
        if table not in self._by_number:
            self._by_number[table] = {row.get("id", 0): row for row in self.by_table[table]}
        return self._by_number[table]

    def children(self, table: str, parent: int) -> list[Row]:
        """Return the rows that belong to another row, in their order."""
        if table not in self._children:
            grouped: dict[int, list[Row]] = {}
            for row in self.by_table.get(table, ()):
                grouped.setdefault(row["parent_id"], []).append(row)
            self._children[table] = grouped
        return self._children[table].get(parent, [])


class Shape(Protocol):
    """How a field is kept in cells: the columns, and the way between JSON and cells."""

    columns: tuple[Column, ...]

    def write(self, content: Any, row: Row, rows: Rows) -> None:
        """Put the JSON form of a field into the cells of a row."""

    def read(self, row: Row, rows: Rows) -> Any:
        """Return the JSON form of a field from the cells of a row."""


class Cell:
    """One column."""

    def __init__(
        self,
        column: Column,
        encode: Callable[[Any], Any] = lambda content: content,
        decode: Callable[[Any], Any] = lambda cell: cell,
    ) -> None:
        self.columns: tuple[Column, ...] = (column,)
        self.name, self.encode, self.decode = column.name, encode, decode

    def write(self, content: Any, row: Row, rows: Rows) -> None:
        del rows
        row[self.name] = None if content is None else self.encode(content)

    def read(self, row: Row, rows: Rows) -> Any:
        del rows
        cell = row[self.name]
        return None if cell is None else self.decode(cell)


class Choices:
    """One of several shapes, each with the test of what it takes; at most one of them has cells."""

    def __init__(self, choices: list[tuple[Callable[[Any], bool], Shape]]) -> None:
        self.choices = choices
        self.columns: tuple[Column, ...] = tuple(column for _, shape in choices for column in shape.columns)

    def write(self, content: Any, row: Row, rows: Rows) -> None:
        taken = content is None
        for accepts, shape in self.choices:
            fits = not taken and accepts(content)
            shape.write(content if fits else None, row, rows)
            taken = taken or fits

    def read(self, row: Row, rows: Rows) -> Any:
        for _, shape in self.choices:
            if (content := shape.read(row, rows)) is not None:
                return content
        return None


class Fields:
    """The fields of a value within the row, with a flag where no cell tells whether there is one."""

    def __init__(self, fields: Mapping[str, Shape], flag: Column | None, sign: str, tag: str | None) -> None:
        self.fields, self.flag, self.sign, self.tag = fields, flag, sign, tag
        own = () if flag is None else (flag,)
        self.columns: tuple[Column, ...] = (
            *own,
            *(column for shape in fields.values() for column in shape.columns),
        )

    def write(self, content: Any, row: Row, rows: Rows) -> None:
        if self.flag is not None:
            row[self.flag.name] = content is not None
        for name, shape in self.fields.items():
            shape.write(None if content is None else content[name], row, rows)

    def read(self, row: Row, rows: Rows) -> Any:
        if self.sign and (not row[self.sign] if self.flag is not None else row[self.sign] is None):
            return None
        fields = {name: shape.read(row, rows) for name, shape in self.fields.items()}
        return fields if self.tag is None else {"type": self.tag, **fields}


class Tagged:
    """One of several values, named in a column; columns of one name are shared."""

    def __init__(self, kinds: Mapping[str, Shape]) -> None:
        self.kinds = kinds
        shared = {column.name: column for shape in kinds.values() for column in shape.columns}
        optional = (attrs.evolve(column, optional=True) for column in shared.values())
        self.columns: tuple[Column, ...] = (Column("kind", str, longest=40), *optional)

    def write(self, content: Any, row: Row, rows: Rows) -> None:
        row.update(dict.fromkeys(column.name for column in self.columns))
        row["kind"] = content["type"]
        self.kinds[content["type"]].write(content, row, rows)

    def read(self, row: Row, rows: Rows) -> Any:
        shape = self.kinds.get(row["kind"])
        return {"type": row["kind"], **(shape.read(row, rows) if shape else {})}


class Reference:
    """The number of a row in the table of a shared value."""

    def __init__(self, column: Column, table: str, shape: Shape) -> None:
        self.columns: tuple[Column, ...] = (column,)
        self.name, self.table, self.shape = column.name, table, shape

    def write(self, content: Any, row: Row, rows: Rows) -> None:
        row[self.name] = None if content is None else rows.id_of(self.table, content, self.shape)

    def read(self, row: Row, rows: Rows) -> Any:
        number = row[self.name]
        return None if number is None else self.shape.read(rows.row_of(self.table, number), rows)


class Many:
    """The rows of another table that belong to this row."""

    def __init__(self, table: str, shape: Shape) -> None:
        self.columns: tuple[Column, ...] = ()
        self.table, self.shape = table, shape

    def write(self, content: Any, row: Row, rows: Rows) -> None:
        for position, item in enumerate(content or (), 1):
            child = rows.add(self.table, parent_id=row["id"], position=position)
            self.shape.write(item, child, rows)

    def read(self, row: Row, rows: Rows) -> Any:
        return [self.shape.read(child, rows) for child in rows.children(self.table, row["id"])]


class Several:
    """A fixed number of cells, all of them or none."""

    def __init__(self, shapes: list[Cell]) -> None:
        self.shapes = shapes
        self.columns: tuple[Column, ...] = tuple(column for shape in shapes for column in shape.columns)

    def write(self, content: Any, row: Row, rows: Rows) -> None:
        for index, shape in enumerate(self.shapes):
            shape.write(None if content is None else content[index], row, rows)

    def read(self, row: Row, rows: Rows) -> Any:
        cells = [shape.read(row, rows) for shape in self.shapes]
        return None if None in cells else cells
