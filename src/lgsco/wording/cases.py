"""The sentences about a council's own cases: what a column may be, what is missing, and what is not compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import number_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

# --- Why a column is proposed, or is not

NO_HEADING = "has cells and no heading"
HEADS_SEVERAL = "heads more than one column"
AUTHORITY_GIVEN = "not needed: you said whose cases they are"
NO_FIELD = "no field that we know of"
DATES_WITHOUT_NAME = "has dates, and its heading does not say of what"


def by_heading(fitting: int, cells: int) -> str:
    """State that a heading says what its column holds, and how many cells bear it out."""
    return f"its heading, and {fitting} of {number_of(cells, 'cell')} can be read"


def by_heading_alone() -> str:
    """State that a heading says what its column holds, and that nothing is under it."""
    return "its heading; it has no contents"


def by_contents(field: str, cells: int) -> str:
    """State that the cells of a column show what it holds."""
    return f"all of its {number_of(cells, 'cell')} can be read as {field.replace('_', ' ')}"


def contents_differ(field: str) -> str:
    """State that the cells of a column are not what its heading says."""
    return f"may be {field} by its heading, but its contents are something else"


def rivals(field: str, headings: str) -> str:
    """State that several headings may stand for one field."""
    return f"may be {field}, and so may each of {headings}"


def part_lacks(field: str, lacking: Sequence[str]) -> str:
    """State that a field is of no use without others."""
    return f"may be {field}, which needs {' and '.join(lacking)} too"


# --- Why cases are not read

NOT_READ = "these cases cannot be read"
WORK_OF_NO_INVESTIGATION = "is in a row whose case is not said to have ended upheld or not upheld"


def is_a_copy(row: int) -> str:
    """State that a row is an exact copy, and how to have copies left out."""
    return f"is an exact copy of row {row}: ask for copies to be dropped if one of them is to be read"


def unknown_word(reason: str, rows: int) -> str:
    """State that a word is not understood, and in how many rows it is."""
    return reason if rows == 1 else f"{reason} (in {rows:,} rows)"


def after_the_list(day: dt.date) -> str:
    """State that a date is later than the list that has it."""
    return f"is after the day on which the list was made, {day}"
