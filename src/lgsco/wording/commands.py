"""The sentences that only commands print: on what is not held, and on files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import number_of
from lgsco.wording.phrases import date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

ADD_DETAIL = "How sure can we be? Add --detail."


def no_figures(council: str, year: str, years: Iterable[object]) -> str:
    """State that no figures of a council and year are held, and of which years there are."""
    names = ", ".join(map(str, years))
    return f"no figures of {council} are held for {year}" + (f"; held: {names}" if names else "")


NOTHING_HELD = "We have no figures of this council. The page says where to find them."


def no_history(council: str, notes: Sequence[str]) -> str:
    """State that no figures of a council are held, with what is known of it otherwise."""
    return " ".join([f"no figures of {council} are held.", *notes])


# --- Files

NO_FILES = "There are no files."
NOT_UNDERSTOOD = "Not understood, or not there:"
NOTHING_CONTRADICTS = "Nothing contradicts."
NO_CONTRADICTION_IN_LETTER = "Nothing in it contradicts its own counts."


def not_found(parts: Iterable[str]) -> str:
    """Name the parts of a document that were not found."""
    return f"not found: {', '.join(parts)}"


def no_column_for(fields: Iterable[str]) -> str:
    """Name the fields for which a table has no column."""
    return f"no column for: {', '.join(fields)}"


def letter_title(council: str, year: str, dated: dt.date | None) -> str:
    """Return what a letter is, to whom and of which day."""
    return f"Annual review letter to {council}, {year}{'' if dated is None else f', of {date(dated)}'}"


def listing_summary(decisions: int, dates: Sequence[dt.date], duplicates: int) -> str:
    """State how many decisions a listing has, of which dates, and how many copies were left out."""
    when = " to ".join(dict.fromkeys(map(date, (min(dates), max(dates))))) if dates else "without dates"
    copies = f", {number_of(duplicates, 'copy', 'copies')} folded" if duplicates else ""
    return f"{number_of(decisions, 'decision')}, {when}{copies}"


def case_list_summary(decisions: int | None, compliance: int | None) -> str:
    """State how many decisions and compliance outcomes an own export has; ``None`` where it has no such column."""
    parts = [
        None if decisions is None else number_of(decisions, "decision"),
        None if compliance is None else number_of(compliance, "compliance outcome"),
    ]
    return " and ".join(filter(None, parts))


def is_a_folder(name: str) -> str:
    """State that a folder was named where a file should be."""
    return f"{name}: is a folder, and this command reads one file"


def figures_not_understood(kinds: int, shown: int) -> str:
    """State how many kinds of problems there are beyond those that are shown, and what lists them."""
    return f"and {number_of(kinds - shown, 'more kind')} of problem: lgsco collect lists all"


def collected(file: str, summary: str) -> str:
    """State what was written, and of how much."""
    return f"Written to {file}: {summary}."


def no_such_folder(file: str) -> str:
    """State that a file cannot be written, since its folder does not exist."""
    return f"{file}: its folder does not exist"


def read_and_written(file: str) -> str:
    """State that a file cannot be written, since it is one of those that are read."""
    return f"{file}: is to be read and written: name another file after -o"


NEEDS_FIGURES = "--only-figures leaves out the figures that ship: name others with --figures"


def not_a_plain_file(file: str) -> str:
    """State that a file is not written, since its name leads to something else."""
    return f"{file}: is a link or not a plain file, so it is left"


def changed_by_hand(file: str) -> str:
    """State that a page of a site is not written over, since it is not as the last build left it."""
    return f"{file}: was changed since this command wrote it; move or delete it, and try again"


OUTPUT = "standard output"
NO_INPUT = "-: there is no standard input"
INTERRUPTED = "lgsco: stopped"
NO_MEMORY = "there is not enough memory"


def published_decisions(files: Sequence[str]) -> str:
    """Name the files from which decisions are counted; of many only the first."""
    names = ", ".join(files) if len(files) <= _FEW_FILES else f"{files[0]} and {len(files) - 1} more files"
    return f"LGSCO, published decisions: {names}"


_FEW_FILES = 3


def not_certain(certainty: str) -> str:
    """
    State how certain a contradiction is, where it is not certain.

    >>> not_certain("likely"), not_certain("certain")
    (' (likely, not certain)', '')
    """
    return "" if certainty == "certain" else f" ({certainty}, not certain)"
