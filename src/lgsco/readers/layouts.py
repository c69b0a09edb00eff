"""
Tables in other layouts, laid out as the usual one: a row for each council and year, and a column for each measure.

Years or councils across, the measures down; one column that names the measure and one of values; one measure in the
title with a column for each year; the years of one council below its name, and then those of the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lgsco.documents.table_fields import TableField, TableKind
from lgsco.errors import Place, Problem, UnreadableDocument
from lgsco.readers.blocks import blocks_of
from lgsco.readers.bounds import TABLE
from lgsco.readers.headings import alters, fields_of, is_neutral, is_note, summary_of
from lgsco.readers.names import is_council
from lgsco.readers.scanner import is_empty, is_number, one_line, plain, shown, without_years, year_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.readers.blocks import Block
    from lgsco.readers.columns import Mapped
    from lgsco.readers.sheets import Sheet

_MOST_LINES, _FIRST, _SEVERAL = 100, 10, 2
"""Lines among which the headings are, rows that show what a column holds, and how many things make a layout."""


def laid_out(sheet: Sheet, mapped: Mapped) -> tuple[Sheet, list[Block]]:
    """
    Return a sheet in the usual layout, and its blocks; none where no table is on it.

    Raises:
        UnreadableDocument: its rows are of parts of the figures, or of several measures that cannot be told apart.
    """
    of_measures = _with_columns_of_measures(sheet)
    if of_measures is not None:
        sheet = of_measures
    if blocks := blocks_of(sheet, mapped):
        return sheet, blocks
    for turn in (_with_measure_of_title, _with_councils_down):
        if (turned := turn(sheet)) is not None and (blocks := blocks_of(turned, mapped)):
            return turned, blocks
    # A table of one council is taken for one only where nothing else is on its sheet.
    blocks = blocks_of(sheet, mapped, own=True)
    if blocks:
        named = _with_names(sheet, blocks)
        return (sheet, blocks) if named is None else (named, blocks_of(named, mapped))
    turned = _with_years_down(sheet)
    return (sheet, []) if turned is None else (turned, blocks_of(turned, mapped, own=True))


def _labels(row: Sequence[object]) -> dict[int, str]:
    """Return the texts of a row, by their positions, of one without numbers."""
    labels = {}
    for position, cell in enumerate(row):
        if is_empty(cell):
            continue
        if not isinstance(cell, str) or is_number(cell):
            return {}
        labels[position] = one_line(cell)
    return labels


def _rows_below(sheet: Sheet, line: int, most: int | None = None) -> list[int]:
    """Return the rows below a line that hold anything, as positions, to the first that has one cell or none."""
    rows: list[int] = []
    for index in range(line + 1, len(sheet.rows) if most is None else min(line + 1 + most, len(sheet.rows))):
        if sum(not is_empty(cell) for cell in sheet.rows[index]) > 1:
            rows.append(index)
        elif rows:
            break
    return rows


def _cell(sheet: Sheet, index: int, position: int) -> Any:
    row = sheet.rows[index]
    return row[position] if position < len(row) else ""


def _measure(cell: object) -> TableField | bool | None:
    """Return the field that a cell names, ``None`` for a total; ``False`` where it names none."""
    fields = fields_of(one_line(cell)) if isinstance(cell, str) and not is_empty(cell) else ()
    return False if not fields or (fields[0] is not None and fields[0].kind is None) else fields[0]


def has_measures_down(sheet: Sheet) -> bool:
    """Whether the first texts of several rows name measures, as those of one column do in the usual layout."""
    firsts = (next((cell for cell in row if not is_empty(cell)), None) for row in sheet.rows[:_MOST_LINES])
    return len({_measure(cell) for cell in firsts} - {False, None}) >= _SEVERAL


# --- A column that names the measure


def _with_columns_of_measures(sheet: Sheet) -> Sheet | None:
    """Give each measure that a column names a column of its own; ``None`` where no column names measures."""
    tried = 0
    for line, row in enumerate(sheet.rows[:_MOST_LINES]):
        labels = _labels(row)
        who = {fields[0]: position for position, text in labels.items() if (fields := fields_of(text))}
        if TableField.NAME not in who or tried > _SEVERAL:
            continue
        tried += 1
        taken = {position for field, position in who.items() if field is not None and field.kind is None}
        # In most tables the first rows show that no column names measures.
        firsts = _rows_below(sheet, line, _FIRST)
        named = [
            position
            for position in labels.keys() - taken
            if any(_measure(_cell(sheet, index, position)) is not False for index in firsts)
        ]
        if not named:
            continue
        rows = _rows_below(sheet, line)
        keys = [tuple(map(one_line, names)) for names in _names(sheet, rows, sorted(taken), who[TableField.NAME])]
        if len({*keys}) == len(keys):
            continue
        naming = []
        for position in named:
            measures = [_measure(_cell(sheet, index, position)) for index in rows]
            if len({*measures} - {False}) > 1 and 2 * measures.count(False) < len(measures):
                naming.append(position)
        if naming:
            return _spread(sheet, line, rows, labels, taken, naming)
    return None


def _names(sheet: Sheet, rows: Sequence[int], who: Sequence[int], name: int) -> list[list[Any]]:
    """Return what says whose each row is; a council may be named once for the rows below it, perhaps with the year."""
    names: list[list[Any]] = []
    for index in rows:
        own = [_cell(sheet, index, position) for position in who]
        if names and is_empty(_cell(sheet, index, name)):
            own = [above if is_empty(cell) else cell for cell, above in zip(own, names[-1], strict=True)]
        names.append(own)
    return names


def _spread(  # noqa: PLR0913, PLR0917  # where each is
    sheet: Sheet, line: int, rows: Sequence[int], labels: dict[int, str], taken: set[int], naming: Sequence[int]
) -> Sheet:
    others = [
        position
        for position in range(max(len(sheet.rows[index]) for index in (line, *rows)))
        if position not in taken and position not in naming
        and any(not is_empty(_cell(sheet, index, position)) for index in rows)
    ]  # fmt: skip
    kinds = {field.kind for index in rows if isinstance(field := _measure(_cell(sheet, index, naming[0])), TableField)}
    if len(naming) > 1 or len(others) != 1 or not _heads_values(labels.get(others[0], ""), kinds):
        known = tuple(f"column {labels[position]!r}, which names measures" for position in naming)
        missing = "one column of values beside it: give each measure a column of its own, and each council a row"
        raise UnreadableDocument(TABLE, known, (missing,))
    who = sorted(taken)
    measures: dict[str, str] = {}
    groups: dict[tuple[str, ...], tuple[int, list[Any], dict[str, Any]]] = {}
    problems: list[Problem] = []
    name = next(position for position in who if TableField.NAME in fields_of(labels[position]))
    for index, names in zip(rows, _names(sheet, rows, who, name), strict=True):
        label = _cell(sheet, index, naming[0])
        measure = plain(one_line(label))
        measures.setdefault(measure, one_line(label))
        _, _, figures = groups.setdefault(tuple(map(one_line, names)), (index, names, {}))
        if measure in figures:
            place = Place(sheet=sheet.name, row=sheet.line(index), column=labels[naming[0]])
            problems.append(Problem(place, "is there already for this council and year", value=shown(label)))
        figures[measure] = _cell(sheet, index, others[0])
    if problems:
        known = (f"column {labels[naming[0]]!r}, which names measures",)
        raise UnreadableDocument(TABLE, known, (_ONCE,), tuple(problems))
    spread: list[list[Any]] = [[*row] for row in sheet.rows]
    for index in rows:
        spread[index] = []
    spread[line] = [*(labels[position] for position in who), *measures.values()]
    for index, key, figures in groups.values():
        spread[index] = [*key, *(figures.get(measure, "") for measure in measures)]
    return sheet._replace(rows=spread, merged=(), tables=(), has_letters=False)


_ONCE = "each measure once for a council and year"
_TOTALS_OF = {TableKind.RECEIVED: TableField.RECEIVED, TableKind.DECIDED: TableField.DECIDED}


def _heads_values(heading: str, kinds: set[TableKind | None]) -> bool:
    """Whether a heading is that of the values of measures, and not of a part of them."""
    if is_neutral(heading) or plain(heading) in _VALUES:
        return True
    return len(kinds) == 1 and _TOTALS_OF.get(next(iter(kinds))) in fields_of(heading)  # type: ignore[arg-type]  # or None


_VALUES = {"value", "values", "figure", "amount", "result", "statistic", "measure value", "count", "n"}


# --- Councils or years across


def _with_measure_of_title(sheet: Sheet) -> Sheet | None:
    """Put the one measure that the title names into headings that are years alone; ``None`` for any other table."""
    for line, row in enumerate(sheet.rows[:_MOST_LINES]):
        names = [position for position, cell in enumerate(row) if TableField.NAME in fields_of(one_line(cell))]
        years = [position for position, cell in enumerate(row) if year_of(cell)]
        if len(names) != 1 or len(years) < _SEVERAL or any(_measure(cell) is not False for cell in row):
            continue
        titles = [one_line(cell) for above in sheet.rows[:line] for cell in above if not is_empty(cell)]
        measures = {text: field for text in titles if isinstance(field := _measure(without_years(text)), TableField)}
        if len({*measures.values()}) != 1:
            return None
        measure = without_years(next(iter(measures)))
        headings = [f"{measure} {year_of(cell)}" if position in years else cell for position, cell in enumerate(row)]
        return sheet._replace(rows=[*sheet.rows[:line], headings, *sheet.rows[line + 1 :]])
    return None


def _with_councils_down(sheet: Sheet) -> Sheet | None:
    """Turn a table whose columns are councils; ``None`` for any other."""
    for line, row in enumerate(sheet.rows[:_MOST_LINES]):
        labels = _labels(row)
        names = [position for position, text in labels.items() if is_council(text) or summary_of(text)]
        others = [position for position in labels if position not in names]
        if not any(is_council(labels[position]) for position in names) or len(others) > 1:
            continue
        if not others or others[0] < names[0]:
            return _turned(sheet, line, others[0] if others else names[0] - 1, names, "Council")
    return None


def _with_years_down(sheet: Sheet) -> Sheet | None:
    """Turn a table of one council whose years go across, perhaps with their total; ``None`` for any other."""
    for line, row in enumerate(sheet.rows[:_MOST_LINES]):
        filled = [position for position, cell in enumerate(row) if not is_empty(cell)]
        years = [position for position in filled if year_of(row[position]) is not None]
        others = [position for position in filled if position not in years]
        after = [position for position in others if years and position > years[-1]]
        if not years or len(others) - len(after) > 1 or any(years[0] < position < years[-1] for position in others):
            continue
        label = next((position for position in others if position < years[0]), years[0] - 1)
        if (turned := _turned(sheet, line, label, [*years, *after], "Year")) is not None:
            return turned
    return None


def _turned(sheet: Sheet, line: int, label: int, names: Sequence[int], heading: str) -> Sheet | None:
    """Return a sheet with a row for each of these columns; ``None`` where the labels of the rows name no measure."""
    if label < 0:
        return None
    below: list[list[Any]] = []
    notes: list[list[Any]] = []
    for index in range(line + 1, len(sheet.rows)):
        row = sheet.rows[index]
        if sum(not is_empty(cell) for cell in row) != 1:
            below += [] if all(map(is_empty, row)) else [row]
        elif alters(one_line(next(cell for cell in row if not is_empty(cell)))):
            # What is below is of the same measures, and not the same.
            notes += sheet.rows[index:]
            break
        else:
            notes.append(row)
    if not any(label < len(row) and fields_of(one_line(row[label])) for row in below):
        return None
    # "Number" and "%" below each year; any other words make parts of what is down.
    words = [row for row in below if label >= len(row) or is_empty(row[label])]
    if any(not is_neutral(one_line(row[position])) for row in words for position in names if position < len(row)):
        return None
    below = [row for row in below if label < len(row) and not is_empty(row[label])]
    filled = {position for row in below for position, cell in enumerate(row) if not is_empty(cell)}
    names = [*names, *sorted(filled - {label, *names})]
    width = max(map(len, (*below, sheet.rows[line])))
    columns = [[*row, *[""] * (width - len(row))] for row in (sheet.rows[line], *below)]
    turned = [[row[position] for row in columns] for position in (label, *names)]
    turned[0][0] = heading
    rows = [*sheet.rows[:line], *turned, [], *notes]
    return sheet._replace(rows=rows, merged=(), tables=(), has_lines=False, has_letters=False)


# --- The years of several councils


def _with_names(sheet: Sheet, blocks: Sequence[Block]) -> Sheet | None:
    """Put the council above each of several lots of years into a column; ``None`` where there is one or none."""
    alone = {
        index: texts[0]
        for index, row in enumerate(sheet.rows)
        if len(texts := [one_line(cell) for cell in row if not is_empty(cell)]) == 1
    }
    if sum(map(is_council, alone.values())) < _SEVERAL:
        return None
    headings = {line for block in blocks for header in block.headers for line in range(header.first, header.below)}
    headings |= {line for block in blocks for line in block.repeats}
    rows: list[list[Any]] = []
    name = ""
    for index, row in enumerate(sheet.rows):
        if index in headings:
            rows.append(["Council", *row])
            continue
        text = alone.get(index)
        if text is not None and not is_note(text):
            # Words that are no council's name are not the council's above either.
            name = text
        rows.append([name, *row] if text is None and not all(map(is_empty, row)) else [])
    return sheet._replace(rows=rows, first_column=sheet.first_column - 1, merged=(), tables=())
