"""What is said of a table that is read: the notes in it, and what is wrong, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.documents.tables import TableNote
from lgsco.errors import NO_VALUE, Place, Problem
from lgsco.readers.columns import Column
from lgsco.readers.scanner import is_empty, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_NOTE = 2_000
"""The signs of a note that are kept."""


class Remarks:
    """The notes and the problems of one table."""

    def __init__(self, sheet: str | None) -> None:
        self._sheet = sheet
        self.notes: list[TableNote] = []
        self.problems: list[Problem] = []

    def problem(
        self, line: int | None, reason: str, value: object = NO_VALUE, column: Column | str | None = None
    ) -> None:
        """Keep what is wrong with a row, a column or a cell."""
        heading = column.heading if isinstance(column, Column) else column
        place = Place(sheet=self._sheet, row=line, column=heading)
        self.problems.append(Problem(place, reason, value=value if value is NO_VALUE else shown(value)))

    def note(self, line: int, texts: Iterable[object], column: Column | None = None) -> None:
        """Keep what is in some cells as a note; nothing where they are empty."""
        text = " ".join(shown(cell, longest=LONGEST_NOTE) for cell in texts if not is_empty(cell))
        if text:
            self.notes.append(TableNote(Place(row=line, column=None if column is None else column.heading), text))
