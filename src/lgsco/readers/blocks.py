"""
Blocks of a sheet: the tables on it, each with its titles, its headings and its rows.

A new line of headings begins a new block, unless it repeats that of the block above it. Rows that are under words of
which nobody knows what they do to the figures belong to no block: they are told, and not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lgsco.documents.table_fields import AREAS, TableField
from lgsco.readers.cells import fault_of, is_missing
from lgsco.readers.columns import Header, headers_at, kind_of, speaks_of_last_year
from lgsco.readers.headings import alters, clashes, fields_of, is_neutral, is_note
from lgsco.readers.scanner import folded, is_empty, one_line, shown, without_years, year_of, years_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lgsco.model.years import ReportingYear
    from lgsco.readers.columns import Mapped, RowKind
    from lgsco.readers.sheets import Sheet


class Unread(NamedTuple):
    """Rows that are not read, as positions, and where they are, so that nobody knows what they say."""

    first: int
    last: int
    reason: str


class Block(NamedTuple):
    """
    A table on a sheet: its headers, its titles and its rows.

    Several tables side by side have a header each. Titles, rows and notes are positions in the sheet.
    ``sections`` are the years of sections: each is that of the rows from its position on.
    """

    headers: tuple[Header, ...]
    titles: range
    rows: tuple[int, ...]
    notes: tuple[int, ...]
    sections: tuple[tuple[int, ReportingYear], ...]
    unread: tuple[Unread, ...]
    repeats: tuple[int, ...] = ()
    """Where the headings are repeated."""


def score_of(rows: Sequence[Sequence[object]], sheet: Sheet, mapped: Mapped) -> int:
    """Return how many columns are understood of the first lines of headings, to tell what parts the cells of a text."""
    page = sheet._replace(rows=[list(row) for row in rows])
    kinds = [kind_of(row) for row in rows]
    return max(
        (
            len(header.columns)
            for index, kind in enumerate(kinds)
            if kind.filled and not kind.counts
            for own in (False, True)
            for header in headers_at(page, index, kinds, mapped, own=own)
        ),
        default=max((len(row) > 1 for row in rows), default=0),
    )


def nearest_columns(sheet: Sheet, mapped: Mapped) -> tuple[int, dict[int, tuple[str, TableField | bool | None]]]:
    """
    Return the line that comes nearest to headings, and each text in it with its field, by position.

    The field of a total is ``None``, and ``False`` is that of a text that is not understood. A line with a column of
    councils comes nearer than any other.
    """
    best: tuple[int, dict[int, tuple[str, TableField | bool | None]]] = (0, {})
    most = (False, 0)
    for line, row in enumerate(sheet.rows[:_MOST_LINES]):
        texts = {
            position: one_line(cell) for position, cell in enumerate(row) if isinstance(cell, str) and cell.strip()
        }
        fields = {position: (mapped.get(folded(text)), *fields_of(text), False) for position, text in texts.items()}
        known = {position: several[0] or several[1] for position, several in fields.items()}
        heads_names = TableField.NAME in known.values() and len(known) > 1
        understood = heads_names, sum(field is not False for field in known.values())
        if understood > most:
            most, best = understood, (line, {position: (texts[position], field) for position, field in known.items()})
    return best


_MOST_LINES = 100


def blocks_of(sheet: Sheet, mapped: Mapped, *, own: bool = False) -> list[Block]:
    """Cut a sheet into its blocks, from top to bottom."""
    kinds = [kind_of(row) for row in sheet.rows]
    starts = _starts(sheet, kinds, mapped, own=own)
    blocks: list[Block] = []
    end = 0
    for number, (titles, headers) in enumerate(starts):
        end = starts[number + 1][0].start if number + 1 < len(starts) else len(sheet.rows)
        stop = _end_of_table(sheet, kinds, headers[0], end)
        block = _block(sheet, kinds, titles, headers, range(headers[0].below, stop), mapped)
        if numbers := [index for index in range(stop, end) if kinds[index].counts]:
            unread = Unread(numbers[0], numbers[-1], "of another table, which has no headings that are understood")
            block = block._replace(unread=(*block.unread, unread))
        blocks.append(block)
    return blocks


def _end_of_table(sheet: Sheet, kinds: Sequence[RowKind], header: Header, end: int) -> int:
    """Return where the table of these headings ends, as the file says; one that repeats them goes on with it."""
    headings = [*map(one_line, sheet.rows[header.below - 1])]
    for start in sheet.tables:
        if header.below < start < end:
            top = next((index for index in range(start, end) if kinds[index].counts), end)
            if not any([*map(one_line, sheet.rows[index])] == headings for index in range(start, top)):
                return start
    return end


def _starts(
    sheet: Sheet, kinds: Sequence[RowKind], mapped: Mapped, *, own: bool
) -> list[tuple[range, tuple[Header, ...]]]:
    """Return the titles and the headers of each block; a header that is repeated begins none."""
    starts: list[tuple[range, tuple[Header, ...]]] = []
    index = after = 0
    while index < len(kinds):
        may_head = kinds[index].filled and not kinds[index].counts
        headers = headers_at(sheet, index, kinds, mapped, own=own, after=after) if may_head else []
        if not headers:
            index += 1
            continue
        titles = _titles(sheet, kinds, headers[0].first, after if starts else 0)
        if not starts or not _is_repeated(sheet, starts[-1], headers, titles):
            starts.append((titles, tuple(headers)))
        index = after = max(headers[0].below, index + 1)
    return starts


def _titles(sheet: Sheet, kinds: Sequence[RowKind], first: int, after: int) -> range:
    """Return the lines of text above headings: all at the top of a sheet, else those next to them."""
    if not after:
        return range(first)
    start = first
    while start > after and not kinds[start - 1].filled:
        start -= 1
    # A caption is within its table, and a heading of the page above it.
    while start > after and (_is_text(sheet.rows[start - 1], kinds[start - 1]) or start - 1 in sheet.tables):
        start -= 1
    return range(start, first)


def _is_text(row: Sequence[object], kind: RowKind) -> bool:
    """Whether a row has words alone, and is not the row of a council of which nothing is known."""
    if not kind.filled or kind.numbers:
        return False
    cells = [cell for cell in row if not is_empty(cell)]
    return len(cells) == 1 or not all(_is_no_word(cell) for cell in cells[1:])


def _is_no_word(cell: object) -> bool:
    is_code = isinstance(cell, str) and len(cell) == len("E10000016") and cell[1:].isdecimal()
    return is_code or is_missing(cell) or year_of(cell) is not None or fault_of(cell) is not None


def _is_repeated(
    sheet: Sheet, start: tuple[range, tuple[Header, ...]], headers: Sequence[Header], titles: range
) -> bool:
    known, header = start[1][0], headers[0]
    texts = [one_line(cell) for line in titles for cell in sheet.rows[line] if not is_empty(cell)]
    texts = [text for text in texts if not is_note(text)]
    height = header.below - header.first
    # At a break of a page the line of years above may not be repeated.
    if height > known.below - known.first or (height < known.below - known.first and texts):
        return False
    above, below = (
        [[*filter(None, map(one_line, sheet.rows[line]))] for line in range(last - height, last)]
        for last in (known.below, header.below)
    )
    if above != below:
        return False
    years = {year for line in start[0] for cell in sheet.rows[line] for year in years_in(cell)}
    return not any(alters(text) for text in texts) and {year for text in texts for year in years_in(text)} <= years


def _block(  # noqa: PLR0913, PLR0917  # all of them are needed to tell the rows apart
    sheet: Sheet, kinds: Sequence[RowKind], titles: range, headers: tuple[Header, ...], below: range, mapped: Mapped
) -> Block:
    header = headers[0]
    heading_lines = {tuple(map(one_line, sheet.rows[line])) for line in range(header.first, header.below)}
    key = next(column.position for column in header.columns if column.field is header.key)
    figures = [column.position for each in headers for column in each.figures]
    areas = next((column.field for each in headers for column in each.figures if column.field in AREAS), None)
    rows: list[int] = []
    notes: list[int] = []
    sections: list[tuple[int, ReportingYear]] = []
    unread: list[Unread] = []
    repeats: list[int] = []
    # What begins unread rows, where it is not yet known whether any row follows.
    waiting: tuple[int, str] | None = None
    was_blank = False
    for index in below:
        row, kind = sheet.rows[index], kinds[index]
        if not kind.filled:
            was_blank = True
            continue
        is_data = kind.numbers or not _is_text(row, kind) or _is_named(row, key, figures)
        if not is_data and tuple(map(one_line, row)) in heading_lines:
            waiting, was_blank = None, False
            repeats.append(index)
            continue
        if kind.numbers and not kind.counts and _section_year(row, figures) is not None:
            is_data = False
        if is_data:
            if waiting is not None:
                unread.append(Unread(waiting[0], below.stop - 1, waiting[1]))
                break
            rows.append(index)
        else:
            reason, year = _meaning(
                row,
                key,
                figures,
                was_blank=was_blank or bool(notes and notes[-1] == index - 1),
                mapped=mapped,
                areas=areas,
            )
            if reason == _UNREADABLE:
                rows.append(index)
            else:
                notes.append(index)
                if year is not None:
                    sections.append((index, year))
                    waiting = None
                elif reason:
                    waiting = waiting or (index, reason)
        was_blank = False
    return Block(headers, titles, tuple(rows), tuple(notes), tuple(sections), tuple(unread), tuple(repeats))


def _is_named(row: Sequence[object], key: int, figures: Sequence[int]) -> bool:
    """Whether a row has a name, and signs for each figure that there is none."""
    cells = [row[position] for position in figures if position < len(row)]
    return key < len(row) and not is_empty(row[key]) and all(map(is_missing, cells)) and not all(map(is_empty, cells))


_UNREADABLE = "unreadable"
_OTHER_HEADINGS = "under headings that are not understood"


def _section_year(row: Sequence[object], figures: Iterable[int]) -> ReportingYear | None:
    """Return the year that a row is, where it is nothing else."""
    cells = [(column, cell) for column, cell in enumerate(row) if not is_empty(cell)]
    if len(cells) != 1 or cells[0][0] in figures:
        return None
    return year_of(cells[0][1])


def _meaning(  # noqa: PLR0913  # the place of the words says what they mean
    row: Sequence[object],
    key: int,
    figures: Sequence[int],
    *,
    was_blank: bool,
    mapped: Mapped,
    areas: TableField | None,
) -> tuple[str, ReportingYear | None]:
    """Return why the rows below a row of words are not read, if they are not; or else the year that it begins."""
    texts = [one_line(cell) for cell in row if not is_empty(cell)]
    words = [position for position in figures if position < len(row) and not is_missing(row[position])]
    name = one_line(row[key]) if key < len(row) else ""
    if len(texts) > 1 and words:
        is_heading = TableField.NAME in fields_of(name) or mapped.get(name.casefold()) is TableField.NAME
        knows = sum(bool(fields_of(one_line(row[position]))) for position in words)
        if is_heading or was_blank or knows or len(words) > max(len(figures) // 2, 1):
            return _OTHER_HEADINGS, None
        return _UNREADABLE, None
    if len(texts) > 1 and TableField.NAME in fields_of(name):
        return _OTHER_HEADINGS, None
    years = [year for text in texts for year in years_in(text)] or [year for text in texts if (year := year_of(text))]
    if any(map(alters, texts)) or any(clashes(text, areas) for text in texts if len(text) < _LONGEST_TITLE):
        return f"under {shown(texts[0])!r}, which may change what they are", None
    if any(speaks_of_last_year(text) for text in texts if len(text) < _LONGEST_TITLE):
        return f"under {shown(texts[0])!r}, which speaks of a year", None
    if not years:
        return "", None
    if len(set(years)) == 1 and all(is_neutral(without_years(text)) or year_of(text) for text in texts):
        return "", years[0]
    return f"under {shown(texts[0])!r}, which speaks of a year", None


_LONGEST_TITLE = 60
