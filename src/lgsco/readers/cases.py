"""
A council's own cases, from an export of its case system: rows, comma-separated text or a workbook.

The caller says which heading stands for what. Each cell is read for what it should hold; then the cases are made by the
rules of their types. Whatever is wrong is told at once, with its row and heading, and nothing is left out.
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
from lgsco.readers.case_cells import EMPTY, READ, Unfit, folded
from lgsco.readers.cells import Misread, is_empty, shown
from lgsco.readers.days import read_days
from lgsco.readers.sheets import Cells, Sheet, is_workbook, sheets_of_rows, sheets_of_text, sheets_of_workbook
from lgsco.readers.texts import DEFAULT_BOUNDS

__all__ = ["CASE_FIELDS", "read_cases"]

T = TypeVar("T")
Export: TypeAlias = bytes | str | Iterable[Mapping[str, object] | Sequence[object]]
Words: TypeAlias = Mapping[str, Mapping[str, object]]
"""For a field, what words of the export stand for."""

_HEADER_WITHIN = 100
"""Lines among which the headings stand; no export has so many titles."""

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

    ``rows`` are mappings from headings to cells, or rows of cells of which one holds the headings, or a file of them:
    comma-separated text (UTF-8, UTF-16 or Windows-1252; parted by commas, semicolons or tabs) or a workbook
    (extra ``lgsco[sheets]``), of which ``sheet`` names the sheet where several fit.
    ``columns`` says under which heading each field stands; the fields are those of ``CASE_FIELDS``: ``reference``, and
    ``outcome`` and ``decided_on`` for decisions, ``compliance_status`` and ``compliance_recorded_on`` for compliance.
    ``authority`` is whose cases they are. Where the export holds those of several bodies, map ``authority`` and give a
    ``register`` to find them in, or map ``authority_type`` too.
    ``words`` says, for a field, what words of the export stand for; ``None`` for what is not known.

    Days are read in the usual British forms and in ISO, day first; what may be one day or another is refused.
    What no column tells of is not known: then ``decisions`` or ``compliance`` is ``None``.
    An empty cell, a dash and "n/a" are not known either. A row that holds neither a decision nor a compliance outcome
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
        InvalidValue: a heading is missing, or cells or cases are wrong: lists all that is, with its row and heading.
        UnreadableDocument: a file is beyond a bound, damaged or no text, or several of its sheets fit.
        InvalidValue: ``columns`` or ``words`` name a field that there is not, or leave one out that is needed.
        MissingExtra: it is a workbook, and what reads workbooks is not installed.
    """
    _refuse_columns(columns, words or {}, authority, register)
    export = _export(rows, columns, sheet, bounds)
    return _Reading(export, columns, words or {}, authority, register).case_list()


def _refuse_columns(
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
            given[field],
            f"is for no field: give one of {', '.join(CASE_FIELDS)}",
        )
        for what, given in (("columns", columns), ("words", words))
        for field in given
        if field not in CASE_FIELDS
    ]
    problems += [
        Problem.at(f"columns[{field!r}]", None, "must say under which heading it stands")
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
    """The headings of an export, its rows with their numbers, and what stands before the place of a cell."""

    headings: list[str]
    rows: list[tuple[int, Sequence[object]]]
    sheet: str | None = None


def _export(rows: Export, columns: Mapping[str, str], sheet: str | None, bounds: Bounds) -> _Export:
    wanted = {folded(heading) for heading in columns.values()}
    if isinstance(rows, bytes) and is_workbook(rows):
        sheets = sheets_of_workbook(rows, bounds)
        chosen = [one for one in sheets if sheet in (None, one.name)]
        if not chosen:
            raise UnreadableDocument(TABLE, tuple(f"sheet {one.name!r}" for one in sheets), (f"sheet {sheet!r}",))
        whole = [one for one in chosen if wanted <= _header(one.rows, wanted)[1]]
        if len(whole) > 1:
            raise UnreadableDocument(
                TABLE, tuple(f"cases on sheet {one.name!r}" for one in whole), ("which to read: name it",)
            )
        best = whole[0] if whole else max(chosen, key=lambda one: len(_header(one.rows, wanted)[1]))
        return _of_sheet(best, wanted)
    if isinstance(rows, bytes | str):
        return _of_sheet(sheets_of_text(rows, bounds, lambda cells: len(_header(cells, wanted)[1])), wanted)
    given = [*rows]
    of_mappings = bool(given) and isinstance(given[0], Mapping)
    wrong = [
        Problem(Place(row=number), f"is a {type(row).__name__}, and the first is a {type(given[0]).__name__}")
        for number, row in enumerate(given, 1)
        if isinstance(row, Mapping) != of_mappings
    ]
    if wrong:
        raise InvalidValue(wrong, subject="these rows hold no cases")
    if of_mappings:
        return _of_mappings(given, bounds)
    return _of_sheet(sheets_of_rows(given, bounds), wanted)  # type: ignore[arg-type]  # none is a mapping


def _of_mappings(rows: Sequence[object], bounds: Bounds) -> _Export:
    held = [row for row in rows if isinstance(row, Mapping)]
    headings = list(dict.fromkeys(heading for row in held for heading in row))
    cells = sheets_of_rows(([row.get(heading) for heading in headings] for row in held), bounds).rows
    return _Export([str(heading) for heading in headings], [*enumerate(cells, 1)])


def _of_sheet(sheet: Sheet, wanted: set[str]) -> _Export:
    at, _ = _header(sheet.rows, wanted)
    headings = [
        "" if is_empty(cell) else " ".join(str(cell).split()) for cell in (sheet.rows[at] if sheet.rows else ())
    ]
    below = enumerate(sheet.rows[at + 1 :], sheet.first_row + at + 2)
    # A line in which nothing stands is no row.
    return _Export(headings, [(number, row) for number, row in below if not all(map(is_empty, row))], sheet.name)


def _header(rows: Cells, wanted: set[str]) -> tuple[int, set[str]]:
    """Find the line of the headings: the first that holds the most of those that are wanted."""
    held = [wanted & {folded(cell) for cell in row if isinstance(cell, str)} for row in rows[:_HEADER_WITHIN]]
    at = max(range(len(held)), key=lambda line: len(held[line]), default=0)
    return at, held[at] if held else set()


# --- From cells to cases


class _Row(NamedTuple):
    """One row of which every cell could be read: its number, and what its fields hold."""

    number: int
    said: dict[str, Any]

    @property
    def key(self) -> tuple[object, object]:
        return self.said["reference"], self.said["authority"]

    def has(self, fields: Iterable[str]) -> bool:
        """Whether anything is known of any of these."""
        return any(self.said.get(field) is not None for field in fields)

    def only(self, fields: Iterable[str]) -> dict[str, Any]:
        return {field: self.said.get(field) for field in fields}


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
        self._words = {field: {folded(word): means for word, means in given.items()} for field, given in words.items()}
        self._authority = authority
        self._register = register
        self._problems: list[tuple[int, Problem]] = []
        self._works = self._tells(_WORK)

    def case_list(self) -> CaseList:
        investigated: list[_Row] = []
        others: list[_Row] = []
        settled: list[_Row] = []
        undecided: list[_Row] = []
        rows = self._rows(self._positions())
        for row in rows:
            if row.has(_DECISION):
                (investigated if self._works and row.said["outcome"] in _INVESTIGATED else others).append(row)
            elif not row.has(_COMPLIANCE):
                undecided.append(row)
            if row.has(_COMPLIANCE):
                settled.append(row)
        self._refuse_work(row for row in rows if row.said.get("outcome") not in _INVESTIGATED)
        self._refuse_repeats(investigated, others)
        investigations = self._made(Investigation, investigated, _AS_INVESTIGATION)
        decisions = self._made(Decision, others, _AS_DECISION)
        compliance = self._made(ComplianceOutcome, self._once(settled), _AS_COMPLIANCE)
        enquiries = self._made(Enquiry, [row for row in undecided if row.has(_ENQUIRY)], _ENQUIRY)
        if self._problems:
            self._problems.sort(key=lambda placed: placed[0])
            raise InvalidValue([problem for _, problem in self._problems], subject="these cases cannot be read")
        first = {row.key: at for at, row in reversed([*enumerate(rows)])}
        read = [*(case.decision for case in investigations), *decisions]
        in_order = sorted(read, key=lambda case: first[case.reference, case.authority.name])
        return CaseList(
            decisions=tuple(in_order) if self._tells(_DECISION) else None,
            compliance=tuple(compliance) if self._tells(_COMPLIANCE) else None,
            investigations=tuple(investigations),
            undecided=tuple(dict.fromkeys(row.said["reference"] for row in undecided)),
            enquiries=tuple(enquiries),
            unread_columns=self._unread(),
        )

    def _tells(self, fields: Iterable[str]) -> bool:
        return any(field in self._columns for field in fields)

    def _unread(self) -> tuple[str, ...]:
        read = {folded(heading) for heading in self._columns.values()}
        return tuple(heading for heading in self._export.headings if heading and folded(heading) not in read)

    def _positions(self) -> dict[str, int]:
        """Give the place of each field's heading in a row."""
        found: dict[str, list[int]] = {}
        for at, heading in enumerate(self._export.headings):
            found.setdefault(folded(heading), []).append(at)
        headings = ", ".join(repr(shown(heading)) for heading in self._export.headings if heading) or "none"
        problems = []
        for heading in dict.fromkeys(self._columns.values()):
            times = len(found.get(folded(heading), ()))
            if times != 1:
                reason = f"is no heading; there are {headings}" if times == 0 else f"is the heading of {times} columns"
                problems.append(Problem(Place(sheet=self._export.sheet, column=shown(heading)), reason))
        if problems:
            raise InvalidValue(problems, subject="these columns cannot be found")
        return {field: found[folded(heading)][0] for field, heading in self._columns.items()}

    def _rows(self, positions: Mapping[str, int]) -> list[_Row]:
        """Read every cell, column by column, and give the rows of which all could be read."""
        numbers = [number for number, _ in self._export.rows]
        said: list[dict[str, Any]] = [{} for _ in numbers]
        faulty: set[int] = set()
        for field, position in positions.items():
            cells = [row[position] if position < len(row) else None for _, row in self._export.rows]
            column, misread = self._column(field, cells)
            for row, held in zip(said, column, strict=True):
                row[field] = held
            missing = [Misread(at, "is missing") for at, held in enumerate(column) if held is None]
            needed = field == "reference" or (field in _WHO[::2] and self._register is None)
            for at, reason in (*misread, *(missing if needed and not misread else ())):
                faulty.add(at)
                self._problem(numbers[at], field, reason)
        rows = [
            _Row(number, row) for at, (number, row) in enumerate(zip(numbers, said, strict=True)) if at not in faulty
        ]
        return [row for row in rows if self._has_authority(row)]

    def _column(self, field: str, cells: Sequence[object]) -> tuple[Sequence[object], list[Misread]]:
        words = self._words.get(field, {})
        known = [self._known(cell, words) for cell in cells]
        read = READ.get(field)
        if read is None:
            return read_days(known)
        held: list[object] = []
        misread: list[Misread] = []
        for at, cell in enumerate(known):
            try:
                held.append(None if cell is None else read(cell))
            except Unfit as error:
                held.append(None)
                misread.append(Misread(at, f"{shown(cell)!r} {error}"))
        return held, misread

    @staticmethod
    def _known(cell: object, words: Mapping[str, object]) -> object:
        """Give what a cell stands for by the caller's words; ``None`` for what is not known."""
        said = "" if cell is None else folded(cell)
        if said in words:
            return words[said]
        return None if said in EMPTY else cell

    def _has_authority(self, row: _Row) -> bool:
        """Put the body into a row whose column does not say all of it."""
        authority = self._authority
        if authority is None and self._register is not None:
            on = row.said.get("decided_on") or row.said.get("compliance_recorded_on")
            try:
                authority = self._register.find(row.said["authority"] or "", on)
            except AuthorityLookupError as error:
                self._problem(row.number, "authority", str(error))
                return False
        if authority is not None:
            row.said.update(authority=authority.name, code=authority.code, authority_type=authority.type.value)
        return True

    def _refuse_work(self, rows: Iterable[_Row]) -> None:
        """Refuse recommendations and enquiries that would be lost: no investigation holds them."""
        for row in rows:
            lost = (*_RECOMMENDATION, *(_ENQUIRY if row.has((*_DECISION, *_COMPLIANCE)) else ()))
            for field in lost:
                if row.said.get(field) is not None:
                    reason = "stands in a row that says of no case that it ended upheld or not upheld"
                    self._problem(row.number, field, reason)

    def _refuse_repeats(self, investigated: Iterable[_Row], others: Iterable[_Row]) -> None:
        first = {row.key: row.number for row in investigated}
        for row in others:
            if first.setdefault(row.key, row.number) != row.number:
                self._problem(row.number, "reference", _stands_twice(row, first[row.key]))

    def _once(self, settled: Iterable[_Row]) -> list[_Row]:
        """Give the first row of each compliance outcome; a case of several rows has it in each."""
        first: dict[tuple[object, object], _Row] = {}
        for row in settled:
            other = first.setdefault(row.key, row)
            copied = self._works and row.only(_COMPLIANCE) == other.only(_COMPLIANCE)
            if other is not row and not copied:
                self._problem(row.number, "reference", _stands_twice(row, other.number))
        return [*first.values()]

    def _made(self, kind: type[T], rows: Iterable[_Row], fields: Mapping[str, str]) -> list[T]:
        """Make values of rows by the rules of their type; ``fields`` are the export's, each with the type's own."""
        numbered = [(row.number, {own: row.said.get(field) for field, own in fields.items()}) for row in rows]
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
        self._problems.append((number, Problem(place, reason, value=value)))


def _stands_twice(row: _Row, first: int) -> str:
    return f"{row.said['reference']} of {row.said['authority']} stands in row {first} too"


_INVESTIGATED = {Outcome.UPHELD.value, Outcome.NOT_UPHELD.value}
_AS_INVESTIGATION = {field: field for field in columns_of(Investigation)}
_AS_DECISION = {field: field for field in columns_of(Decision)}
_AS_COMPLIANCE = {field: field for field in ("reference", *_WHO)} | _COMPLIANCE
