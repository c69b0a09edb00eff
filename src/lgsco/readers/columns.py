"""
Columns of a published table: from the lines of headings to what each column holds, and of which year.

A heading is on one line or broken over several. What is above several headings is understood with each of them: a year
is theirs, words such as "Complaints decided" change nothing, and under any others a column is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from lgsco.documents.table_fields import TableField, TableKind
from lgsco.model.years import ReportingYear
from lgsco.readers.cells import is_missing
from lgsco.readers.headings import clashes, fields_of, is_neutral
from lgsco.readers.scanner import (
    LAST_YEAR,
    folded,
    is_empty,
    is_number,
    one_line,
    plain,
    without_marks,
    without_years,
    year_of,
    years_in,
)
from lgsco.readers.sheets import Sheet

Mapped: TypeAlias = Mapping[str, TableField]
"""The fields of headings, by the caller's word."""
ColumnYear: TypeAlias = ReportingYear | int | None
"""The year of a column, or how many years after "this year" it is, or none that it says."""


class Column(NamedTuple):
    """
    A column that is understood: its position in the rows, what it holds, its heading as printed, and its year.

    ``shared`` is true where the year is above it, where it may be that of its neighbours.
    """

    position: int
    field: TableField
    heading: str
    year: ColumnYear = None
    shared: bool = False


class Header(NamedTuple):
    """The lines of headings: where they begin, where the rows below begin, and the columns."""

    first: int
    below: int
    columns: tuple[Column, ...]
    unknown: tuple[tuple[int, str], ...]
    duplicates: tuple[Column, ...]
    is_own: bool = False
    """Whether the rows are of one council, which no column names."""

    @property
    def figures(self) -> tuple[Column, ...]:
        """The columns of figures."""
        return tuple(column for column in self.columns if column.field.kind is not None)

    @property
    def key(self) -> TableField:
        """What says whose row it is: the name of a council, or else the year."""
        return TableField.YEAR if self.is_own else TableField.NAME

    @property
    def is_complete(self) -> bool:
        """Whether a column says whose a row is, and another holds figures."""
        return bool(self.figures) and any(column.field is self.key for column in self.columns)


class RowKind(NamedTuple):
    """What a row has: any contents, numbers, numbers that are no years."""

    filled: bool
    numbers: bool
    counts: bool


_EMPTY, _TEXT = RowKind(filled=False, numbers=False, counts=False), RowKind(filled=True, numbers=False, counts=False)
_YEARS, _COUNTS = RowKind(filled=True, numbers=True, counts=False), RowKind(filled=True, numbers=True, counts=True)


def kind_of(row: Sequence[object]) -> RowKind:
    """Return what a row has."""
    filled = numbers = False
    for cell in row:
        # Most rows end at their first figure, which is no year.
        if isinstance(cell, str):
            if not cell or cell.isspace():
                continue
            filled = True
            if not is_number(cell):
                continue
            if len(cell.strip()) != _YEAR_LENGTH or year_of(cell) is None:
                return _COUNTS
            numbers = True
        elif cell is not None:
            if year_of(cell) is None:
                return _COUNTS
            filled = numbers = True
    return _YEARS if numbers else _TEXT if filled else _EMPTY


_YEAR_LENGTH = 4


def headers_at(  # noqa: PLR0913  # where, and what is known of it
    sheet: Sheet, index: int, kinds: Sequence[RowKind], mapped: Mapped, *, own: bool, after: int = 0
) -> list[Header]:
    """
    Return the complete headers whose column of councils is headed on this line: several stand side by side.

    Args:
        sheet: the rows.
        index: the line.
        kinds: what each row has.
        mapped: the fields of headings that the caller knows.
        own: whether the rows may be of one council, with a column of years in place of one of councils.
        after: where the lines above may begin, below the headings of another table.
    """
    key = TableField.YEAR if own else TableField.NAME
    found: list[list[Header]] = []
    for is_joint, anchors in enumerate(_anchors(sheet, index, mapped, key)):
        if anchors:
            first, below = _lines(sheet, index, kinds, anchors[0], is_joint=bool(is_joint), after=after)
            texts = _texts_by_column(sheet, first, below)
            spans = [*map(range, [0, *anchors[1:]], [*anchors[1:], len(texts)])]
            headers = [_header(first, below, texts, span, mapped, own=own) for span in spans]
            if not all(header.is_complete for header in headers):
                headers = [_header(first, below, texts, range(len(texts)), mapped, own=own)]
            found.append([header for header in headers if header.is_complete])
    # A heading on one line may be the first word of another on two.
    return max(found, key=lambda headers: sum(len(header.columns) for header in headers), default=[])


def _anchors(sheet: Sheet, index: int, mapped: Mapped, key: TableField) -> tuple[list[int], list[int]]:
    """Return the columns whose heading on this line says whose a row is, and those on this line and the next."""
    row = sheet.rows[index]
    single = [
        column for column, cell in enumerate(row) if isinstance(cell, str) and cell and key in _fields(cell, mapped)
    ]
    lower = sheet.rows[index + 1] if index + 1 < len(sheet.rows) else []
    joint = [
        column
        for column, (above, cell) in enumerate(zip(row, lower, strict=False))
        if isinstance(above, str) and isinstance(cell, str) and above and cell
        and key in _fields(f"{above} {cell}", mapped)
    ]  # fmt: skip
    return single, joint


def _fields(text: str, mapped: Mapped) -> tuple[TableField | None, ...]:
    field = mapped.get(folded(text)) if mapped else None
    return fields_of(text) if field is None else (field,)


_MOST_ABOVE, _MOST_BELOW = 3, 2


def _lines(  # noqa: PLR0913  # where, and what is known of it
    sheet: Sheet, index: int, kinds: Sequence[RowKind], anchor: int, *, is_joint: bool, after: int
) -> tuple[int, int]:
    """Return where the lines of headings begin, and where the rows below them do."""
    below = index + 1 + is_joint
    while below < min(len(sheet.rows), index + 1 + _MOST_BELOW) and _goes_on(sheet, index, below, kinds[below], anchor):
        below += 1
    first = index
    while first > max(index - _MOST_ABOVE, after) and _is_group_line(sheet, first - 1, kinds[first - 1], anchor):
        first -= 1
    return first, below


def _goes_on(sheet: Sheet, index: int, line: int, kind: RowKind, anchor: int) -> bool:
    """Whether a line below headings goes on with them: it has words or years, and no name."""
    if not kind.filled or kind.counts:
        return False
    row = sheet.rows[line]
    name = one_line(row[anchor]) if anchor < len(row) else ""
    if name and TableField.NAME not in fields_of(f"{one_line(sheet.rows[index][anchor])} {name}"):
        return False
    if kind.numbers:
        return not name and _years_only(row)
    return any(isinstance(cell, str) and not is_missing(cell) for column, cell in enumerate(row) if column != anchor)


def _years_only(row: Sequence[object]) -> bool:
    return all(is_empty(cell) or year_of(cell) is not None for cell in row)


def _is_group_line(sheet: Sheet, line: int, kind: RowKind, anchor: int) -> bool:
    """Whether a line above headings is of groups of columns: it has something above the columns of figures."""
    if not kind.filled or kind.counts:
        return False
    row = sheet.rows[line]
    places = [column for column, cell in enumerate(row) if not is_empty(cell)]
    if kind.numbers and (not all(year_of(row[column]) for column in places if is_number(row[column]))):
        return False
    if places[-1] <= anchor:
        return False
    if len(places) > 1:
        return True
    # A lone text may be the title, somewhat to the right; one with a year, or over all columns, is.
    top, right = sheet.merged, places[0]
    spans = [area for area in top if area[0] <= line <= area[1] and area[2] == right and area[3] > area[2]]
    text = one_line(row[right])
    return not years_in(text) and not is_neutral(text) if not spans else spans[0][2] > anchor


class _Text(NamedTuple):
    """A text in or above the heading of a column; ``shared`` where it is in a cell of another column."""

    text: str
    shared: bool
    line: int


def _texts_by_column(sheet: Sheet, first: int, below: int) -> list[list[_Text]]:
    """Return the texts of each column from top to bottom, with those that reach over it from the left."""
    width = max(len(row) for row in sheet.rows[first:below])
    texts: list[list[_Text]] = [[] for _ in range(width)]
    for line in range(first, below):
        row = sheet.rows[line]
        spans = {
            area[2]: area[3] for area in sheet.merged if area[0] == line and area[3] > area[2] and area[2] < len(row)
        }
        reach, carried = -1, ""
        for column in range(width):
            text = _text_of(row[column]) if column < len(row) else ""
            if text:
                texts[column].append(_Text(text, shared=False, line=line))
                reach = spans.get(column, -1) if spans else width
                # What heads a column of councils, codes or years reaches over no other.
                of_who = any(field is not None and field.kind is None for field in fields_of(text))
                carried = "" if of_who else text
            elif carried and column <= reach and line < below - 1:
                texts[column].append(_Text(carried, shared=True, line=line))
    return texts


def _text_of(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return one_line(cell)


_THIS_YEAR = re.compile(r"\b(?:this|current|latest|present) (?:financial |reporting )?(?:year|period)\b", re.IGNORECASE)


def speaks_of_last_year(text: str) -> bool:
    """Whether a text says that something is of the year before, and not which year that is."""
    return LAST_YEAR.search(text) is not None


def _years_of(text: str) -> list[ReportingYear | int]:
    if _THIS_YEAR.search(text):
        return [0]
    if speaks_of_last_year(text):
        return [-1]
    years: list[ReportingYear | int] = [*years_in(text)]
    if not years and (year := year_of(without_marks(text)[0])) is not None:
        years = [year]
    return years


def _bare(text: str) -> str:
    if year_of(text) is not None:
        return ""
    bare = LAST_YEAR.sub(" ", _THIS_YEAR.sub(" ", text))
    return without_years(bare) if bare != text or years_in(text) else text


def _header(  # noqa: PLR0913  # each is of the lines of headings
    first: int, below: int, texts: Sequence[Sequence[_Text]], span: range, mapped: Mapped, *, own: bool
) -> Header:
    understood: list[tuple[int, TableField | None, str, ColumnYear, bool]] = []
    unknown: list[tuple[int, str]] = []
    for position in span:
        of_column = texts[position]
        if all(text.shared for text in of_column):
            # Nothing is in the column itself.
            continue
        heading = " ".join(text.text for text in of_column if not text.shared)
        field, words = _field_of(of_column, mapped)
        years = [(text, _years_of(text.text)) for text in of_column]
        years = [(text, several) for text, several in years if several]
        if (
            not field
            or any(len(several) > 1 for _, several in years)
            or len({tuple(several) for _, several in years}) > 1
        ):
            unknown.append((position, heading))
            continue
        text, of_text = years[0] if years else (None, [None])
        understood.append((position, field[0], words, of_text[0], text is not None and text.line < of_column[-1].line))
    return _resolved(first, below, understood, unknown, own=own)


def _field_of(texts: Sequence[_Text], mapped: Mapped) -> tuple[tuple[TableField | None, ...], str]:
    """Return the field of a column and its words, one or several of its texts; those above must change nothing."""
    if mapped:
        for text in (" ".join(text.text for text in texts), texts[-1].text):
            if (field := mapped.get(folded(text))) is not None:
                return (field,), text
    whole = [text.text for text in texts]
    if len(whole) > 1 and plain(whole[-1]) in _NUMBER_WORDS:
        # "Upheld" over "Number" and "%".
        del whole[-1]
    bare = [text for text in map(_bare, whole) if text]
    for words in (whole, bare):
        for index in range(len(words)):
            fields = _fields(" ".join(words[index:]), mapped)
            if fields and (fields[0] is None or fields[0].kind is not None or index == 0 or len(words) - index == 1):
                above = words[:index]
                if all(_is_harmless(text, fields[0]) for text in above) and not any(
                    clashes(text, fields[0]) for text in above
                ):
                    return fields, " ".join(whole[index - len(words) :])
    return (), ""


_NUMBER_WORDS = frozenset({"number", "numbers", "no", "nos", "count", "n", "cases"})


def _is_harmless(text: str, field: TableField | None) -> bool:
    return not plain(_bare(text)) or is_neutral(_bare(text)) or (field is not None and field in fields_of(text))


_TOTALS = {
    TableKind.RECEIVED: TableField.RECEIVED,
    TableKind.DECIDED: TableField.DECIDED,
    TableKind.OVERVIEW: TableField.DEALT_WITH,
    TableKind.COMPLIANCE: TableField.COMPLIANCE_OUTCOMES,
}


def _resolved(
    first: int,
    below: int,
    understood: Sequence[tuple[int, TableField | None, str, ColumnYear, bool]],
    unknown: list[tuple[int, str]],
    *,
    own: bool,
) -> Header:
    """Resolve each total: it is that of the nearest figures before it, or else after it."""
    columns: dict[tuple[TableField, ColumnYear], Column] = {}
    duplicates: list[Column] = []
    kinds = [field.kind for _, field, *_ in understood if field is not None and field.kind is not None]
    near = next(iter(kinds), TableKind.REMEDIES)
    for position, field, heading, year, shared in understood:
        near = near if field is None else field.kind or near
        meant = _TOTALS.get(near) if field is None else field
        if meant is None:
            unknown.append((position, heading))
            continue
        key = (meant, None if meant.kind is None else year)
        column = Column(position, meant, heading, key[1], shared)
        if key in columns:
            duplicates.append(column)
        else:
            columns[key] = column
    return Header(first, below, tuple(columns.values()), tuple(sorted(unknown)), tuple(duplicates), own)
