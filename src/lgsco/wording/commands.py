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


def no_history(council: str, notes: Sequence[str]) -> str:
    """State that no figures of a council are held, with what is known of it otherwise."""
    return " ".join([f"no figures of {council} are held.", *notes])


# --- Files

NO_FILES = "There are no files."
NOTHING_CONTRADICTS = "Nothing contradicts."
NO_CONTRADICTION_IN_LETTER = "Nothing in it contradicts its own counts."


def not_found_in_letter(parts: Iterable[str]) -> str:
    """Name the parts of a letter that were not found in it."""
    return f"Not found in it: {', '.join(parts)}."


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
