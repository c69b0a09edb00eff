"""
The rows of an export: each cell read for what its column should hold, and every problem at its row and heading.

A word that is not understood is told once, at the first of its rows.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from lgsco.errors import NO_VALUE, AmbiguousAuthority, AuthorityLookupError, InvalidValue, Place, Problem
from lgsco.model.authorities import Register, RegisterEntry
from lgsco.readers.case_cells import READ, is_blank, sums_in
from lgsco.readers.case_columns import DECISION, RECOMMENDATION, WHO, UnknownWord, Words, unknown_words
from lgsco.readers.cells import fault_of
from lgsco.readers.days import read_days
from lgsco.readers.names import is_council
from lgsco.readers.scanner import folded, shown
from lgsco.wording import cases as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.model.authorities import Authority
    from lgsco.readers.case_export import Export

Duplicates: TypeAlias = Literal["refuse", "drop-identical", "keep-identical"]
"""What becomes of a row that is an exact copy of an earlier one."""
_Refusal: TypeAlias = tuple[int, object, str | None]
"""The index of a cell, its value, and why it is refused; ``None`` where another cell says so for it."""


class CaseRow(NamedTuple):
    """One row of which every cell could be read: its number, and its cells by field."""

    number: int
    cells: dict[str, Any]

    @property
    def key(self) -> tuple[object, object]:
        """The case that the row is of: its reference and its body."""
        return self.cells["reference"], self.cells["authority"]

    def has(self, fields: Iterable[str]) -> bool:
        """Whether anything is known of any of these."""
        return any(self.cells.get(field) is not None for field in fields)

    @property
    def is_decided(self) -> bool:
        """Whether it holds a decision; that something is not so, as a form says of every case, is none."""
        return any(self.cells.get(field) not in (None, False) for field in DECISION)

    def only(self, fields: Iterable[str]) -> dict[str, Any]:
        """Return the cells of these fields."""
        return {field: self.cells.get(field) for field in fields}


class CaseRows:
    """The rows of an export, read cell by cell, and all that is wrong with them."""

    def __init__(
        self,
        export: Export,
        columns: Mapping[str, str],
        words: Words,
        authority: Authority | None,
        register: Register | None,
    ) -> None:
        self.problems: list[Problem] = []
        self.unknown: list[UnknownWord] = []
        self.dropped: tuple[int, ...] = ()
        self._export = export
        self._columns = columns
        self._words = {
            field: {folded(word): meaning for word, meaning in meanings.items()} for field, meanings in words.items()
        }
        self._authority = authority
        self._register = register

    def maps(self, fields: Iterable[str]) -> bool:
        """Whether any of these fields has a column."""
        return any(field in self._columns for field in fields)

    def unread_columns(self) -> tuple[str, ...]:
        """Return the headings that nobody asked for."""
        read = {folded(heading) for heading in self._columns.values()}
        return tuple(heading for heading in self._export.headings if heading and folded(heading) not in read)

    def check_bodies(self, headings: Iterable[str]) -> None:
        """Refuse rows whose own column has another body than the one given."""
        if self._authority is None:
            return
        texts = [*map(folded, self._export.headings)]
        is_other = functools.cache(functools.partial(self._is_other_body, self._authority))
        for heading in headings:
            position = texts.index(folded(heading))
            for (number, _), cell in zip(self._export.rows, self._export.cells(position), strict=True):
                if isinstance(cell, str) and not is_blank(cell) and is_other(cell):
                    place = Place(sheet=self._export.sheet, row=number, column=heading)
                    self.problems.append(Problem(place, wording.other_body(self._authority.name), value=shown(cell)))

    def _is_other_body(self, own: Authority, name: str) -> bool:
        """Whether a name is that of a body, and not of the one given."""
        for register in filter(None, (Register((RegisterEntry(own),)), self._register)):
            try:
                return register.find(name) != own
            except AmbiguousAuthority as error:
                return own.name not in error.candidates
            except AuthorityLookupError:
                continue
        return is_council(name)

    def _positions(self) -> dict[str, int]:
        """Return the position of each field's heading in a row."""
        positions: dict[str, list[int]] = {}
        for position, heading in enumerate(self._export.headings):
            positions.setdefault(folded(heading), []).append(position)
        headings = ", ".join(repr(shown(heading)) for heading in self._export.headings if heading) or "none"
        problems = []
        for heading in dict.fromkeys(self._columns.values()):
            times = len(positions.get(folded(heading), ()))
            if times != 1:
                reason = f"is not a heading; there are {headings}" if times == 0 else f"heads {times} columns"
                problems.append(Problem(Place(sheet=self._export.sheet, column=shown(heading)), reason))
        if problems:
            raise InvalidValue(problems, subject="these columns cannot be found")
        return {field: positions[folded(heading)][0] for field, heading in self._columns.items()}

    def _copies(self, duplicates: Duplicates) -> tuple[int, ...]:
        """Return the numbers of the rows that are left out as copies; refuse copies where nobody asked for more."""
        first: dict[str, int] = {}
        copies = {}
        for number, row in self._export.rows:
            contents = {position: cell for position, cell in enumerate(row) if not is_blank(cell)}
            original = first.setdefault(repr(contents), number)
            if original != number:
                copies[number] = original
        if duplicates == "refuse":
            for number, original in copies.items():
                self.refuse(number, "reference", wording.is_a_copy(original))
        if duplicates == "keep-identical":
            return ()
        kept = [(number, row) for number, row in self._export.rows if number not in copies]
        self._export = self._export._replace(rows=kept)
        return tuple(copies) if duplicates == "drop-identical" else ()

    def read(self, duplicates: Duplicates) -> list[CaseRow]:
        """Read every cell, column by column, and return the rows of which all could be read."""
        positions = self._positions()
        self.dropped = self._copies(duplicates)
        rows = [CaseRow(number, {}) for number, _ in self._export.rows]
        width = len(self._export.headings)
        for number, row in self._export.rows:
            if len(row) > width and (extra := [shown(cell) for cell in row[width:] if not is_blank(cell)]):
                self.refuse(number, "", wording.MORE_THAN_HEADINGS, ", ".join(extra))
        faulty: set[int] = set()
        for field, position in positions.items():
            column, faults = self._column(field, self._export.cells(position))
            for row, cell in zip(rows, column, strict=True):
                row.cells[field] = cell
            if field == "reference" or (field in WHO[::2] and self._register is None):
                refused = {index for index, _, _ in faults}
                blank = [index for index, cell in enumerate(column) if cell is None and index not in refused]
                faults += [(index, NO_VALUE, "is missing") for index in blank]
            for index, value, reason in faults:
                faulty.add(index)
                if reason is not None:
                    self.refuse(rows[index].number, field, reason, value)
        whole = [row for index, row in enumerate(rows) if index not in faulty]
        if not self.maps(["recommendation_payment_in_text"]):
            for row in whole:
                _find_payment(row.cells)
        return [row for row in whole if self._has_authority(row)]

    def _column(self, field: str, cells: Sequence[object]) -> tuple[Sequence[object], list[_Refusal]]:
        """Read a column, and return its cells and what is wrong with it."""
        words = self._words.get(field, {})
        errors = [fault_of(cell) for cell in cells]
        faults: list[_Refusal] = [
            (index, shown(cells[index]), reason) for index, reason in enumerate(errors) if reason is not None
        ]
        known = [
            None if reason is not None else _known(cell, words) for cell, reason in zip(cells, errors, strict=True)
        ]
        read = READ.get(field)
        if read is None:
            days, refused = read_days(known)
            return days, [*faults, *((index, shown(known[index]), reason) for index, reason in refused)]
        pending = {unknown.word: unknown for unknown in unknown_words(field, known)}
        self.unknown += pending.values()
        unknown = {*pending}
        column: list[object] = [None] * len(known)
        for index, cell in enumerate(known):
            try:
                column[index] = None if cell is None else read(cell)
            except InvalidValue as error:
                reason, word = error.problems[0].reason, shown(cell)
                if word not in unknown:
                    faults.append((index, word, reason))
                elif (first := pending.pop(word, None)) is None:
                    faults.append((index, word, None))
                else:
                    # Told once for each word, at the first of its rows.
                    faults.append((index, word, wording.unknown_word(reason, first.rows)))
        return column, faults

    def _has_authority(self, row: CaseRow) -> bool:
        """Put the body into a row whose column does not hold all of it."""
        authority = self._authority
        if authority is None and self._register is not None:
            on = row.cells.get("decided_on") or row.cells.get("compliance_recorded_on")
            try:
                authority = self._register.find(row.cells["authority"] or "", on)
            except AuthorityLookupError as error:
                self.refuse(row.number, "authority", str(error))
                return False
        if authority is not None:
            row.cells.update(authority=authority.name, code=authority.code, authority_type=authority.type.value)
        return True

    def refuse(self, number: int, field: str, reason: str, value: object = NO_VALUE) -> None:
        """Keep a problem of one row and field."""
        place = Place(sheet=self._export.sheet, row=number, column=self._columns.get(field))
        self.problems.append(Problem(place, reason, value=value))


def _known(cell: object, words: Mapping[str, object]) -> object:
    """Return what a cell stands for by the caller's words; ``None`` for what is not known."""
    word = "" if cell is None else folded(cell)
    if word in words:
        return words[word]
    return None if is_blank(cell) else cell


def _find_payment(cells: dict[str, Any]) -> None:
    """Look for the sum of a payment in the text of a recommendation, where no column has it."""
    text = cells.get("recommendation_text")
    if cells.get("recommendation_payment") == 0 and all(cells.get(field) is None for field in _WHAT):
        # Nothing was recommended, and a form says zero.
        cells["recommendation_payment"] = None
    if text is not None and cells.get("recommendation_payment") is None:
        speaks_of_money, payment = sums_in(text)
        if speaks_of_money:
            cells.update(recommendation_payment=payment, recommendation_payment_in_text=True)


_WHAT = tuple(field for field in RECOMMENDATION if field != "recommendation_payment")
