"""Rows as a file of comma-separated values, and back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import typing
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, TypeVar, get_args, get_origin

from lgsco._values import fields_of
from lgsco.convert.converter import is_tuple, is_union, is_value, members_of
from lgsco.convert.rows import columns_of, read_rows, rows_of
from lgsco.errors import InvalidValue, Place, Problem
from lgsco.stats.suppression import SuppressionPolicyLike

T = TypeVar("T")


def to_csv(values: Sequence[object], *, suppression: SuppressionPolicyLike = "off") -> str:
    r"""
    Write values of one type as comma-separated values, a line for each row that ``rows_of`` gives.

    A missing value is an empty cell; a day is written "2020-03-31", a flag "true" or "false". A text that a spreadsheet
    would take for a formula has an apostrophe before it, which ``from_csv`` takes off again. To keep the text, write it
    to a file opened with ``newline=""`` and ``encoding="utf-8"``.

    Args:
        values: at least one, all of one type that has a flat form.
        suppression: as in ``rows_of``; the cell of a count that is not shown is [c].

    Returns:
        A line of column names and a line for each row, each ended by a line feed.

    >>> from lgsco import Proportion
    >>> to_csv([Proportion(19, 22)])
    'numerator,denominator\n19,22\n'

    Raises:
        TypeError: as ``rows_of``, or there are no values, and so no columns.
        InvalidValue: as ``rows_of``, or a text is longer than a cell may be.
    """
    if not values:
        raise TypeError("give at least one value: without any there are no columns")
    rows = rows_of(values, suppression=suppression)
    problems = [
        Problem(
            Place(row=number, column=name), f"has {len(cell):,} characters, and at most {_LONGEST:,} go into a cell"
        )
        for number, row in enumerate(rows, 1)
        for name, cell in row.items()
        if isinstance(cell, str) and len(cell) > _LONGEST
    ]
    if problems:
        raise InvalidValue(problems)
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(rows[0])
    writer.writerows([_written(cell) for cell in row.values()] for row in rows)
    return "".join(lines.written)


class _Lines:
    """Takes lines that end in CR and LF, so that a cell with either is quoted, and ends them in LF."""

    def __init__(self) -> None:
        self.written: list[str] = []

    def write(self, line: str) -> None:
        self.written.append(line.removesuffix("\r\n") + "\n")


_LONGEST = 100_000
"""The reader of Python takes cells of 131,072 characters, apostrophes and all."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def _written(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    text = cell.isoformat() if isinstance(cell, dt.date) else str(cell)
    return f"'{text}" if isinstance(cell, str) and _FORMULA.match(text) else text


def from_csv(text: str | bytes, type: type[T]) -> list[T]:  # noqa: A002  # as in ``from_rows``
    r"""
    Read comma-separated values that ``to_csv`` wrote, in UTF-8, also after a spreadsheet saved them.

    The first row names the columns, in any order; empty columns may be left out. Nothing is guessed: "31/03/2020" is
    refused.

    Args:
        text: the file, as text or in UTF-8, with or without a byte order mark.
        type: the type of the values.

    Returns:
        The values, in the order of their first rows.

    >>> from lgsco import Proportion
    >>> from_csv("denominator,numerator\r\n22,19\r\n", Proportion)
    [Proportion(numerator=19, denominator=22)]

    Raises:
        InvalidValue: lists everything that is wrong, each with its row, as a spreadsheet numbers it, and column.
        TypeError: as ``from_rows``.
    """
    kind: Any = type
    columns = columns_of(kind)
    table = _table(text, type.__name__)
    header, body = (table[0], table[1:]) if table else ((1, [""]), [])
    names = [name.strip() for name in header[1]]
    problems = [
        Problem(Place(row=header[0]), f"column {name!r} is duplicated")
        for name, times in Counter(names).items()
        if times > 1
    ]
    if not set(names) & set(columns):
        problems.append(Problem(Place(row=header[0]), f"names no column of {type.__name__}: {', '.join(columns)}"))
    problems += [
        Problem(Place(row=number), f"has {len(cells)} cells under {len(names)} columns")
        for number, cells in body
        if len(cells) != len(names)
    ]
    if problems:
        raise InvalidValue(problems, subject=f"these are not rows of {type.__name__}")
    kinds = {column: _kinds_of(kind, path) for column, path in columns.items()}
    return read_rows(
        (
            (number, {name: _read(cell, kinds.get(name, ())) for name, cell in zip(names, cells, strict=True)})
            for number, cells in body
        ),
        kind,
    )


def _table(text: str | bytes, name: str) -> list[tuple[int, list[str]]]:
    """Return the rows without empty lines, each with its number."""
    try:
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\N{BYTE ORDER MARK}")
    except UnicodeDecodeError as error:
        problem = Problem(Place(path=f"byte {error.start}"), "not text in UTF-8")
        raise InvalidValue([problem], subject=f"these are not rows of {name}") from None
    reader = csv.reader(io.StringIO(decoded, newline=""), strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(reader)
    except csv.Error as error:
        problem = Problem(Place(row=len(rows) + 1), f"not comma-separated values: {error}")
        raise InvalidValue([problem], subject=f"these are not rows of {name}") from None
    return [(number, cells) for number, cells in enumerate(rows, 1) if cells]


_WHOLE = re.compile(r"-?[0-9]{1,4000}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def _read(cell: str, kinds: Sequence[Any]) -> object:
    """Return a cell as a row has it; what does not fit its column is left as text, to be refused."""
    if not cell:
        return None
    if bool in kinds and cell.lower() in {"true", "false"}:
        return cell.lower() == "true"
    if int in kinds and _WHOLE.fullmatch(cell):
        return int(cell)
    if float in kinds and _NUMBER.fullmatch(cell):
        return float(cell)
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _kinds_of(kind: Any, path: Iterable[str]) -> tuple[Any, ...]:
    """Return the types that are allowed at a path within a value."""
    kinds: tuple[Any, ...] = (kind,)
    for name in path:
        (within,) = [get_origin(member) or member for member in kinds if is_value(member)]
        hints = typing.get_type_hints(within)
        hint = next(hints[field.name] for field in fields_of(within) if field.alias == name)
        # Each item of a list has a row of its own.
        kinds = get_args(hint)[:1] if is_tuple(hint) else members_of(hint) if is_union(hint) else (hint,)
    return kinds
