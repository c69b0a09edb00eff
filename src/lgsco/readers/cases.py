"""
A council's own cases, from an export of its case system: rows, comma-separated text or a workbook.

The caller maps fields to headings. Each cell is read for what it should hold; then the cases are made by the rules of
their types. All problems are reported at once, each with its row and heading, and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias, TypeVar

from lgsco.convert.rows import columns_of, read_rows
from lgsco.errors import (
    NO_VALUE,
    AuthorityLookupError,
    InvalidValue,
    Place,
    Problem,
    UnreadableDocument,
)
from lgsco.model.authorities import Authority, Register
from lgsco.model.cases import CaseList, ComplianceOutcome, Decision, Enquiry, Investigation, Outcome
from lgsco.readers.bounds import TABLE, Bounds
from lgsco.readers.case_cells import EMPTY, READ, folded
from lgsco.readers.days import read_days
from lgsco.readers.scanner import is_empty, shown
from lgsco.readers.sheets import (
    Cells,
    Sheet,
    is_workbook,
    named,
    sheets_of_rows,
    sheets_of_text,
)
from lgsco.readers.texts import DEFAULT_BOUNDS
from lgsco.readers.workbooks import sheets_of_workbook

__all__ = ["CASE_FIELDS", "read_cases"]

T = TypeVar("T")
Export: TypeAlias = bytes | str | Iterable[Mapping[str, object] | Sequence[object]]
Words: TypeAlias = Mapping[str, Mapping[str, object]]
"""For a field, what words of the export stand for."""

_HEADER_WITHIN = 100
"""Lines among which the headings are; no export has so many titles."""

_WHO = ("authority", "code", "authority_type")
_DECISION = ("outcome", "decided_on", "satisfactory_remedy", "public_report")
_COMPLIANCE = {
    f"compliance_{field}": field for field in columns_of(ComplianceOutcome) if field not in {"reference", *_WHO}
}
_RECOMMENDATION = tuple(field for field in columns_of(Investigation) if field.startswith("recommendation_"))
_ENQUIRY = {f"enquiry_{field}": field for field in columns_of(Enquiry)}
_WORK = ("opened_on", *_RECOMMENDATION, *_ENQUIRY)

CASE_FIELDS = (*columns_of(Investigation), *_COMPLIANCE)
"""What a column of an export may hold, by the names of ``lgsco.convert.rows_of``."""

# What must be mapped where any column of its kind is.
_NEEDED = (
    ((*_DECISION, *_WORK), ("outcome", "decided_on")),
    (tuple(_COMPLIANCE), ("compliance_status", "compliance_recorded_on")),
    (_RECOMMENDATION, ("recommendation_kind", "recommendation_text")),
    (tuple(_ENQUIRY), ("enquiry_sent_on", "enquiry_due_on")),
)


def read_cases(  # noqa: PLR0913  # each says something of the export that only the caller knows
    rows: Export,
    columns: Mapping[str, str],
    authority: Authority | None = None,
    *,
    register: Register | None = None,
    words: Words | None = None,
    sheet: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> CaseList:
    """
    Read a council's own export of its cases.

    Args:
        rows: mappings from headings to cells, or rows of cells, one of which has the headings, or a file of them:
            comma-separated text (UTF-8, UTF-16 or Windows-1252; with commas, semicolons or tabs) or a workbook
            (extra ``lgsco[sheets]``).
        columns: the heading of each field. The fields are those of ``CASE_FIELDS``: ``reference``, and ``outcome`` and
            ``decided_on`` for decisions, ``compliance_status`` and ``compliance_recorded_on`` for compliance.
        authority: whose cases they are. Where the export has those of several bodies, map ``authority`` and give a
            ``register``, or map ``authority_type`` too.
        register: where bodies are looked up.
        words: for a field, the meanings of words of the export; ``None`` for what is not known.
        sheet: the name of the sheet, where several sheets of a workbook have these headings.
        bounds: the most that is read.

    Returns:
        The cases. Without a column for them, ``decisions`` or ``compliance`` is ``None``.

    Dates are read in the usual British forms and in ISO, day first; ambiguous dates are refused.
    An empty cell, a dash and "n/a" are not known. A row that holds neither a decision nor a compliance outcome
    is a case that is not decided: ``undecided`` has its reference. Where recommendations or enquiries are mapped, a
    case has as many rows as it needs.

    >>> from lgsco import Authority, AuthorityType, reviews_of
    >>> me = Authority("Barsetshire County Council", AuthorityType.COUNTY_COUNCIL)
    >>> cases = read_cases(
    ...     [
    ...         {"Ref no": "19003456", "Result": "Upheld", "Date": "1/10/2019", "Put right?": "Y"},
    ...         {"Ref no": "19 003 457", "Result": "No fault", "Date": "2 March 2020", "Put right?": ""},
    ...     ],
    ...     {"reference": "Ref no", "outcome": "Result", "decided_on": "Date", "satisfactory_remedy": "Put right?"},
    ...     authority=me,
    ...     words={"outcome": {"No fault": "not_upheld"}},
    ... )
    >>> [review] = reviews_of(cases.decisions, cases.compliance)
    >>> print(review.year, review.investigations.upheld, review.investigations.total)
    2019-20 1 2

    Raises:
        InvalidValue: a heading is missing, ``columns`` or ``words`` name an unknown field or leave out one that is
            needed, or cells or cases are wrong: lists every problem, with its row and heading.
        UnreadableDocument: a file is beyond a bound, damaged or not text, or several of its sheets fit.
        MissingExtra: it is a workbook, and what reads workbooks is not installed.
    """
    _check_columns(columns, words or {}, authority, register)
    export = _export(rows, columns, sheet, bounds)
    return _Reading(export, columns, words or {}, authority, register).case_list()


def _check_columns(
    columns: Mapping[str, str], words: Words, authority: Authority | None, register: Register | None
) -> None:
    """Refuse columns by which no case could be made, before any cell is read."""
    needed = ["reference"]
    for any_of, these in _NEEDED:
        needed += these if any(field in columns for field in any_of) else ()
    if authority is None:
        needed += ["authority"] if register is not None else ["authority", "authority_type"]
    problems = [
        Problem.at(
            f"{what}[{field!r}]",
            mapping[field],
            f"is not for a field: give one of {', '.join(CASE_FIELDS)}",
        )
        for what, mapping in (("columns", columns), ("words", words))
        for field in mapping
        if field not in CASE_FIELDS
    ]
    problems += [
        Problem.at(f"columns[{field!r}]", None, "must have a heading")
        for field in dict.fromkeys(needed)
        if field not in columns
    ]
    if authority is not None:
        problems += [
            Problem.at(
                f"columns[{field!r}]",
                columns[field],
                "must be left out where the authority is given",
            )
            for field in _WHO
            if field in columns
        ]
    if not any(field in columns for field in (*_DECISION, *_COMPLIANCE)):
        problems.append(Problem.at("columns", dict(columns), "must map decisions (outcome, decided_on) or compliance"))
    if problems:
        raise InvalidValue(problems, subject="these columns make no cases")


# --- The rows of an export


class _Export(NamedTuple):
    """The headings of an export, its rows with their numbers, and the sheet that they are on."""

    headings: list[str]
    rows: list[tuple[int, Sequence[object]]]
    sheet: str | None = None


def _export(rows: Export, columns: Mapping[str, str], sheet: str | None, bounds: Bounds) -> _Export:
    wanted = {folded(heading) for heading in columns.values()}
    if isinstance(rows, bytes) and is_workbook(rows):
        sheets = sheets_of_workbook(rows, bounds)
        chosen = named(sheets, sheet)
        complete = [page for page in chosen if wanted <= _header(page.rows, wanted)[1]]
        if len(complete) > 1:
            names = tuple(f"cases on sheet {page.name!r}" for page in complete)
            raise UnreadableDocument(TABLE, names, ("which to read: name it",))
        best = max(chosen, key=lambda page: len(_header(page.rows, wanted)[1]))
        return _of_sheet(best, wanted)
    if isinstance(rows, bytes | str):
        return _of_sheet(sheets_of_text(rows, bounds, lambda cells: len(_header(cells, wanted)[1])), wanted)
    listed = [*rows]
    of_mappings = bool(listed) and isinstance(listed[0], Mapping)
    wrong = [
        Problem(Place(row=number), f"is a {type(row).__name__}, and the first is a {type(listed[0]).__name__}")
        for number, row in enumerate(listed, 1)
        if isinstance(row, Mapping) != of_mappings
    ]
    if wrong:
        raise InvalidValue(wrong, subject="these rows hold no cases")
    if of_mappings:
        return _of_mappings(listed, bounds)
    return _of_sheet(sheets_of_rows(listed, bounds), wanted)  # type: ignore[arg-type]  # none is a mapping


def _of_mappings(rows: Sequence[object], bounds: Bounds) -> _Export:
    mappings = [row for row in rows if isinstance(row, Mapping)]
    headings = list(dict.fromkeys(heading for row in mappings for heading in row))
    cells = sheets_of_rows(([row.get(heading) for heading in headings] for row in mappings), bounds).rows
    return _Export([str(heading) for heading in headings], [*enumerate(cells, 1)])


def _of_sheet(sheet: Sheet, wanted: set[str]) -> _Export:
    header, _ = _header(sheet.rows, wanted)
    headings = [
        "" if is_empty(cell) else " ".join(str(cell).split()) for cell in (sheet.rows[header] if sheet.rows else ())
    ]
    below = enumerate(sheet.rows[header + 1 :], sheet.first_row + header + 2)
    # An empty line is not a row.
    return _Export(headings, [(number, row) for number, row in below if not all(map(is_empty, row))], sheet.name)


def _header(rows: Cells, wanted: set[str]) -> tuple[int, set[str]]:
    """Find the line of the headings: the first that holds the most of those that are wanted."""
    matches = [wanted & {folded(cell) for cell in row if isinstance(cell, str)} for row in rows[:_HEADER_WITHIN]]
    index = max(range(len(matches)), key=lambda row: len(matches[row]), default=0)
    return index, matches[index] if matches else set()


# --- From cells to cases


class _Row(NamedTuple):
    """One row of which every cell could be read: its number, and its cells by field."""

    number: int
    cells: dict[str, Any]

    @property
    def key(self) -> tuple[object, object]:
        return self.cells["reference"], self.cells["authority"]

    def has(self, fields: Iterable[str]) -> bool:
        """Whether anything is known of any of these."""
        return any(self.cells.get(field) is not None for field in fields)

    def only(self, fields: Iterable[str]) -> dict[str, Any]:
        return {field: self.cells.get(field) for field in fields}


class _Reading:
    """One reading of an export: what it holds, and all that is wrong with it."""

    def __init__(
        self,
        export: _Export,
        columns: Mapping[str, str],
        words: Words,
        authority: Authority | None,
        register: Register | None,
    ) -> None:
        self._export = export
        self._columns = columns
        self._words = {
            field: {folded(word): meaning for word, meaning in meanings.items()} for field, meanings in words.items()
        }
        self._authority = authority
        self._register = register
        self._problems: list[Problem] = []
        self._has_work = self._maps(_WORK)

    def case_list(self) -> CaseList:
        rows = self._rows(self._positions())
        decided = [row for row in rows if row.has(_DECISION)]
        settled = [row for row in rows if row.has(_COMPLIANCE)]
        undecided = [row for row in rows if not row.has((*_DECISION, *_COMPLIANCE))]
        investigated = [row for row in decided if self._is_investigated(row)]
        not_investigated = [row for row in decided if not self._is_investigated(row)]
        self._check_work(row for row in rows if row.cells.get("outcome") not in _INVESTIGATED)
        self._check_duplicates(investigated, not_investigated)
        investigations = self._values(Investigation, investigated, _AS_INVESTIGATION)
        decisions = self._values(Decision, not_investigated, _AS_DECISION)
        compliance = self._values(ComplianceOutcome, self._distinct(settled), _AS_COMPLIANCE)
        enquiries = self._values(Enquiry, [row for row in undecided if row.has(_ENQUIRY)], _ENQUIRY)
        if self._problems:
            self._problems.sort(key=lambda problem: problem.place.row or 0)
            raise InvalidValue(self._problems, subject="these cases cannot be read")
        first = {row.key: index for index, row in reversed([*enumerate(rows)])}
        cases = [*(case.decision for case in investigations), *decisions]
        in_order = sorted(cases, key=lambda case: first[case.reference, case.authority.name])
        return CaseList(
            decisions=tuple(in_order) if self._maps(_DECISION) else None,
            compliance=tuple(compliance) if self._maps(_COMPLIANCE) else None,
            investigations=tuple(investigations),
            undecided=tuple(dict.fromkeys(row.cells["reference"] for row in undecided)),
            enquiries=tuple(enquiries),
            unread_columns=self._unread(),
        )

    def _is_investigated(self, row: _Row) -> bool:
        return self._has_work and row.cells["outcome"] in _INVESTIGATED

    def _maps(self, fields: Iterable[str]) -> bool:
        return any(field in self._columns for field in fields)

    def _unread(self) -> tuple[str, ...]:
        read = {folded(heading) for heading in self._columns.values()}
        return tuple(heading for heading in self._export.headings if heading and folded(heading) not in read)

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

    def _rows(self, positions: Mapping[str, int]) -> list[_Row]:
        """Read every cell, column by column, and return the rows of which all could be read."""
        rows = [_Row(number, {}) for number, _ in self._export.rows]
        faulty: set[int] = set()
        for field, position in positions.items():
            cells = [row[position] if position < len(row) else None for _, row in self._export.rows]
            column, problems = self._column(field, cells)
            for row, cell in zip(rows, column, strict=True):
                row.cells[field] = cell
            if not problems and (field == "reference" or (field in _WHO[::2] and self._register is None)):
                problems = [(index, NO_VALUE, "is missing") for index, cell in enumerate(column) if cell is None]
            for index, value, reason in problems:
                faulty.add(index)
                self._problem(rows[index].number, field, reason, value)
        whole = [row for index, row in enumerate(rows) if index not in faulty]
        return [row for row in whole if self._has_authority(row)]

    def _column(self, field: str, cells: Sequence[object]) -> tuple[Sequence[object], list[tuple[int, object, str]]]:
        """Read a column, and return its cells and what is wrong with it: the row, the value and the reason."""
        words = self._words.get(field, {})
        known = [self._known(cell, words) for cell in cells]
        read = READ.get(field)
        if read is None:
            days, refused = read_days(known)
            return days, [(index, shown(known[index]), reason) for index, reason in refused]
        column: list[object] = [None] * len(known)
        problems: list[tuple[int, object, str]] = []
        for index, cell in enumerate(known):
            try:
                column[index] = None if cell is None else read(cell)
            except InvalidValue as error:
                problems += [(index, problem.value, problem.reason) for problem in error.problems]
        return column, problems

    @staticmethod
    def _known(cell: object, words: Mapping[str, object]) -> object:
        """Return what a cell stands for by the caller's words; ``None`` for what is not known."""
        word = "" if cell is None else folded(cell)
        if word in words:
            return words[word]
        return None if word in EMPTY else cell

    def _has_authority(self, row: _Row) -> bool:
        """Put the body into a row whose column does not hold all of it."""
        authority = self._authority
        if authority is None and self._register is not None:
            on = row.cells.get("decided_on") or row.cells.get("compliance_recorded_on")
            try:
                authority = self._register.find(row.cells["authority"] or "", on)
            except AuthorityLookupError as error:
                self._problem(row.number, "authority", str(error))
                return False
        if authority is not None:
            row.cells.update(authority=authority.name, code=authority.code, authority_type=authority.type.value)
        return True

    def _check_work(self, rows: Iterable[_Row]) -> None:
        """Refuse recommendations and enquiries that would be lost: no investigation has them."""
        for row in rows:
            lost = (*_RECOMMENDATION, *(_ENQUIRY if row.has((*_DECISION, *_COMPLIANCE)) else ()))
            for field in lost:
                if row.cells.get(field) is not None:
                    reason = "is in a row whose case is not said to have ended upheld or not upheld"
                    self._problem(row.number, field, reason)

    def _check_duplicates(self, investigated: Iterable[_Row], not_investigated: Iterable[_Row]) -> None:
        first = {row.key: row.number for row in investigated}
        for row in not_investigated:
            if (number := first.setdefault(row.key, row.number)) != row.number:
                self._duplicate(row, number)

    def _distinct(self, settled: Iterable[_Row]) -> list[_Row]:
        """Return the first row of each compliance outcome; a case of several rows has it in each."""
        first: dict[tuple[object, object], _Row] = {}
        for row in settled:
            known = first.setdefault(row.key, row)
            copied = self._has_work and row.only(_COMPLIANCE) == known.only(_COMPLIANCE)
            if known is not row and not copied:
                self._duplicate(row, known.number)
        return [*first.values()]

    def _duplicate(self, row: _Row, number: int) -> None:
        reason = f"{row.cells['reference']} of {row.cells['authority']} is also in row {number}"
        self._problem(row.number, "reference", reason)

    def _values(self, kind: type[T], rows: Iterable[_Row], fields: Mapping[str, str]) -> list[T]:
        """Make values of rows by the rules of their type; ``fields`` are the export's, each with the type's own."""
        numbered = [(row.number, {own: row.cells.get(field) for field, own in fields.items()}) for row in rows]
        try:
            return read_rows(numbered, kind)
        except InvalidValue as error:
            of_own = {own: field for field, own in fields.items()}
            for problem in error.problems:
                own = problem.place.column or ""
                self._problem(problem.place.row or 0, of_own.get(own, own), problem.reason, problem.value)
            return []

    def _problem(self, number: int, field: str, reason: str, value: object = NO_VALUE) -> None:
        place = Place(sheet=self._export.sheet, row=number, column=self._columns.get(field))
        self._problems.append(Problem(place, reason, value=value))


_INVESTIGATED = {Outcome.UPHELD.value, Outcome.NOT_UPHELD.value}
_AS_INVESTIGATION = {field: field for field in columns_of(Investigation)}
_AS_DECISION = {field: field for field in columns_of(Decision)}
_AS_COMPLIANCE = {field: field for field in ("reference", *_WHO)} | _COMPLIANCE
