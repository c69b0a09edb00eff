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
BY_NAME = "the name of the field itself"
ONLY_DATES = "the only dates that no other column claims"
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
NO_DAY = "is missing, and the row says how the case ended"
MORE_THAN_HEADINGS = "is more than there are headings, so some cells may be shifted"
WORK_OF_NO_INVESTIGATION = "is in a row whose case is not said to have ended upheld or not upheld"


def other_body(authority: str) -> str:
    """State that a row is of another body than the one that was given."""
    return f"is not {authority}, whose cases you said they are: leave out the rows of others"


def is_a_copy(row: int) -> str:
    """State that a row is an exact copy, and how to have copies left out."""
    how = 'duplicates="drop-identical", or --copies drop in a command'
    return f"is an exact copy of row {row}; to leave copies out, say {how}"


def not_a_meaning(choices: Sequence[str]) -> str:
    """State what a word of an export may be said to mean."""
    return f"must be one of {', '.join(choices)}; or None (null in a file) for what is not known"


def unknown_word(reason: str, rows: int) -> str:
    """State that a word is not understood, and in how many rows it is."""
    return reason if rows == 1 else f"{reason} (in {rows:,} rows)"


def after_the_list(day: dt.date) -> str:
    """State that a date is later than the list that has it."""
    return f"is after the day on which the list was made, {day}"


# --- The commands

NO_COLUMNS_FILE = 'is not a file of columns: it needs {"columns": {...}} and may have {"words": {...}}'
FILE_EXISTS = "there is a file of this name already, and it may have been filled in: name another"
EXPLAIN_WORDS = "Explain these words in the file of columns, with the meaning of each (or null) for its question mark:"
_MOST_ROWS, _MOST_VALUES = 8, 4


def not_read(file: str, problems: int, kinds: int) -> str:
    """Head the list of what is wrong with a file, of which nothing was read."""
    of_kinds = "" if kinds == problems else f" of {number_of(kinds, 'kind')}"
    return f"{file}: nothing was read: {number_of(problems, 'problem')}{of_kinds}"


def problem_kind(where: str, reason: str, cells: Sequence[tuple[int | None, str]]) -> str:
    """
    State one kind of problem with the rows that have it, and what is in them.

    >>> problem_kind("Decided", "is not a date", [(4, "soon"), (9, "later")])
    "Decided: 'soon', 'later' is not a date (rows 4, 9)"
    """
    values = [*dict.fromkeys(repr(value) for _, value in cells if value)]
    shown = ", ".join(values[:_MOST_VALUES]) + (", ..." if len(values) > _MOST_VALUES else "")
    numbers = [f"{row:,}" for row, _ in cells if row is not None]
    more = f" and {len(numbers) - _MOST_ROWS} more" if len(numbers) > _MOST_ROWS else ""
    rows = f" ({'row' if len(numbers) == 1 else 'rows'} {', '.join(numbers[:_MOST_ROWS])}{more})" if numbers else ""
    return f"{where}: {shown} {reason}{rows}" if shown else f"{where}: {reason}{rows}"


def proposal_title(file: str) -> str:
    """Head a proposal."""
    return f"What the columns of {file} may be"


NOTHING_READ_YET = "Nothing has been read yet. Check each line: the headings were compared with words that we know."
UNPLACED = "Columns that will not be read"
UNKNOWN_WORDS = "Words that are not understood"
NOTHING_PLACED = "No column is understood."


def missing_fields(fields: Sequence[str]) -> str:
    """State which fields still need a heading before anything can be read."""
    return f"Still needed, before anything can be read: {', '.join(fields)}. Write the heading of each into the file."


def unknown_in_rows(field: str, word: str, rows: int) -> str:
    """State one word that is not understood."""
    return f"{word!r} as {field} ({number_of(rows, 'row')})"


def next_step(file: str, columns: str | None, council: str, *, has_unknown_words: bool) -> tuple[str, str]:
    """State what to do with the proposal, and the command that then reads the cases."""
    if columns is None:
        return "To write this into a file that you can correct, add: --suggest MAP.json", ""
    command = f'lgsco cases {file} --authority "{council}" --columns {columns}'
    words = " Put what each word means in place of its '?', or null if it says nothing." if has_unknown_words else ""
    return f"Written to {columns}. Check and correct it there.{words} Then run:", f"  {command}"


def cases_title(council: str, file: str) -> str:
    """Head the statistics of a council's own cases."""
    return f"{council}: own cases in {file}"


OWN_COUNTS = (
    "These figures are counted from the council's own list. The Ombudsman counts by rules of its own, so its published"
    " figures can differ."
)


def cases_read(decided: int | None, undecided: int, compliance: int | None, on: str | None) -> str:
    """State how many cases were read, and when the list was made."""
    parts = [] if decided is None else [f"{number_of(decided, 'case')} decided"]
    parts += [] if compliance is None else [f"{number_of(compliance, 'compliance outcome')} recorded"]
    parts += [f"{number_of(undecided, 'case')} not decided yet"] if undecided else []
    ending = "." if on is None else f", in a list made on {on}."
    return f"Read: {', '.join(parts)}{ending}"


def rows_dropped(rows: Sequence[int]) -> str:
    """State which rows were left out as exact copies."""
    noun = "row" if len(rows) == 1 else "rows"
    return f"Left out as exact copies of earlier rows: {noun} {', '.join(f'{row:,}' for row in rows)}."


def columns_not_read(headings: Sequence[str]) -> str:
    """State which columns nobody asked for."""
    return f"Columns not read: {', '.join(headings)}."


def year_not_over(year: str, on: str) -> str:
    """State that a year is not compared because it was not over."""
    return f"The year {year} was not over on {on}. Its counts so far are shown and not compared with a whole year."


def year_may_not_be_over(year: str) -> str:
    """State that nobody knows whether the last year of a list was over."""
    return (
        f"We do not know whether {year} was over when this list was made, since the list does not say on which day that"
        " was. If it was not, do not use the comparison. Give the day: --on YYYY-MM-DD"
    )


def rate_so_far(title: str, rate: str) -> str:
    """State a rate that is not compared."""
    return f"{title}: {rate}."


def answers_missing(title: str, missing: int, total: int, *, left_out: bool) -> str:
    """
    State how many cases leave a rate open, and whether they were left out at the reader's word.

    >>> print(answers_missing("Satisfactory remedy rate", 1, 15, left_out=True))
    Satisfactory remedy rate: 1 of 15 answers is missing, and that case is left out.
    """
    which = f"{title}: {missing:,} of {number_of(total, 'answer')} {'is' if missing == 1 else 'are'} missing"
    if left_out:
        return f"{which}, and {'that case is' if missing == 1 else 'those cases are'} left out."
    return f"{which}, so the rate is not known. To have the rate of the others, add: --known-only"


def not_in_the_list(title: str) -> str:
    """State that a list does not say of any case what a rate asks."""
    return f"{title}: not known, since the list does not say it of any case."


def none_in_the_list(title: str, year: str) -> str:
    """State that a list has no case of a year that a rate would be of."""
    return f"{title}: no rate, since the list has no such case in {year}."


def published_beside(title: str, figure: str) -> str:
    """State what the Ombudsman published of the same council and year."""
    return f"{title}, as published: {figure}."


def no_mapping(file: str) -> str:
    """State that the headings of a file are not those of the plain layout, and how to say what they are."""
    return (
        "nothing was read, since its headings are not those of the plain layout. To say what each column is, run:\n\n"
        f"  lgsco cases {file} --authority NAME --suggest MAP.json\n\nCheck the file, and then add: --columns MAP.json"
    )
