"""
A council's own cases, from an export of its case system: rows, comma-separated text, a workbook or a data frame.

The caller maps fields to headings, or takes the mapping that is proposed. Each cell is read for what it should hold;
then the cases are made by the rules of their types. All problems are reported at once, each with its row and heading,
and nothing is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, TypeVar, get_args, overload

from lgsco._values import Day, validate
from lgsco.casework.progress import completion_fault
from lgsco.convert.rows import columns_of, read_rows
from lgsco.errors import InvalidValue, UnknownWords
from lgsco.model.authorities import Authority, Register
from lgsco.model.cases import CaseList, ComplianceOutcome, ComplianceStatus, Decision, Enquiry, Investigation, Outcome
from lgsco.readers.bounds import Bounds
from lgsco.readers.case_columns import (
    COMPLIANCE,
    DECISION,
    ENQUIRY,
    RECOMMENDATION,
    WHO,
    ColumnProposal,
    Words,
    check_columns,
    skeleton_of,
)
from lgsco.readers.case_export import CaseSource, export_of
from lgsco.readers.case_proposals import is_case_heading, names_bodies, proposal_for
from lgsco.readers.case_rows import CaseRow, CaseRows, Duplicates
from lgsco.readers.scanner import folded
from lgsco.readers.texts import DEFAULT_BOUNDS
from lgsco.wording import cases as wording

__all__ = ["Duplicates", "read_cases"]

T = TypeVar("T")
_ENOUGH = 2
"""Known headings in a row that may head cases."""


@overload
def read_cases(
    source: CaseSource,
    columns: None = None,
    authority: Authority | None = None,
    *,
    register: Register | None = None,
    accept: Literal[False] = False,
    words: Words | None = None,
    duplicates: Duplicates = "refuse",
    as_of: dt.date | None = None,
    sheet: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> ColumnProposal: ...
@overload
def read_cases(
    source: CaseSource,
    columns: Mapping[str, str],
    authority: Authority | None = None,
    *,
    register: Register | None = None,
    accept: bool = False,
    words: Words | None = None,
    duplicates: Duplicates = "refuse",
    as_of: dt.date | None = None,
    sheet: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> CaseList: ...
@overload
def read_cases(
    source: CaseSource,
    columns: Mapping[str, str] | None = None,
    authority: Authority | None = None,
    *,
    register: Register | None = None,
    accept: Literal[True],
    words: Words | None = None,
    duplicates: Duplicates = "refuse",
    as_of: dt.date | None = None,
    sheet: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> CaseList: ...
def read_cases(  # noqa: PLR0913  # each says something of the export that only the caller knows
    source: CaseSource,
    columns: Mapping[str, str] | None = None,
    authority: Authority | None = None,
    *,
    register: Register | None = None,
    accept: bool = False,
    words: Words | None = None,
    duplicates: Duplicates = "refuse",
    as_of: dt.date | None = None,
    sheet: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> CaseList | ColumnProposal:
    """
    Read a council's own export of its cases, or propose what its headings stand for.

    Args:
        source: the bytes of a file (comma-separated text in UTF-8, UTF-16 or Windows-1252, with commas, semicolons or
            tabs; or a workbook, extra ``lgsco[sheets]``), its text, rows of cells, mappings from headings to cells, or
            any data frame (extra ``lgsco[frames]``).
        columns: the heading of each field. The fields are those of ``CASE_FIELDS``: ``reference``, and ``outcome`` and
            ``decided_on`` for decisions, ``compliance_status`` and ``compliance_recorded_on`` for compliance. Without
            it nothing is read, and a mapping is proposed.
        authority: whose cases they are. Where the export has those of several bodies, map ``authority`` and give a
            ``register``, or map ``authority_type`` too.
        register: where bodies are looked up.
        accept: read by the proposed mapping, where no ``columns`` are given.
        words: for a field, the meanings of words of the export; ``None`` for what is not known.
        duplicates: what becomes of a row that is an exact copy of an earlier one: it is refused, left out
            ("drop-identical"), or kept as a recommendation or an enquiry of its own ("keep-identical").
        as_of: the day on which the export was made; by default the day that its first lines name.
        sheet: the name of the sheet, where several sheets of a workbook have these headings.
        bounds: the most that is read.

    Returns:
        The cases; without a column for them, ``decisions`` or ``compliance`` is ``None``. Or the proposal.

    Dates are read in the usual British forms and in ISO, day first; ambiguous dates are refused.
    An empty cell, a dash and "n/a" are not known. A row that holds neither a decision nor a compliance outcome
    is a case that is not decided: ``undecided`` has its reference. Where recommendations or enquiries are mapped, a
    case has as many rows as it needs. Where no column has the sum of a payment, it is looked for in the text of the
    recommendation, and marked as found there.

    >>> from lgsco import Authority, AuthorityType, reviews_of
    >>> me = Authority("Barsetshire County Council", AuthorityType.COUNTY_COUNCIL)
    >>> cases = read_cases(
    ...     [
    ...         {"Ref no": "19003456", "Result": "Upheld: fault and injustice", "Date": "1/10/2019", "Put right?": "Y"},
    ...         {"Ref no": "19 003 457", "Result": "Nothing wrong", "Date": "2 March 2020", "Put right?": ""},
    ...     ],
    ...     {"reference": "Ref no", "outcome": "Result", "decided_on": "Date", "satisfactory_remedy": "Put right?"},
    ...     authority=me,
    ...     words={"outcome": {"Nothing wrong": "not_upheld"}},
    ... )
    >>> [review] = reviews_of(cases.decisions, cases.compliance)
    >>> print(review.year, review.investigations.upheld, review.investigations.total)
    2019-20 1 2

    Raises:
        InvalidValue: a heading is missing, ``columns`` or ``words`` name an unknown field or leave out one that is
            needed, or cells or cases are wrong, or contradict each other: lists every problem, with its row and
            heading. Where words are not understood it is ``UnknownWords``, with a skeleton of ``words`` to fill in.
        UnreadableDocument: a file is beyond a bound, damaged or not text, or several of its sheets fit.
        MissingExtra: it is a workbook or a data frame, and what reads these is not installed.
    """
    if duplicates not in get_args(Duplicates):
        raise InvalidValue.at("duplicates", duplicates, f"must be one of {', '.join(get_args(Duplicates))}")
    if as_of is not None:
        validate(as_of=(as_of, Day))
    if columns is None:
        export = export_of(source, _rate_any, _ENOUGH, sheet, bounds)
        proposal = proposal_for(export, authority, register)
        if not accept:
            return proposal
        columns = proposal.mapping
        check_columns(columns, words or {}, authority, register)
    else:
        check_columns(columns, words or {}, authority, register)
        wanted = {folded(heading) for heading in columns.values()}
        export = export_of(source, _rate_of(wanted), len(wanted), sheet, bounds)
    rows = CaseRows(export, columns, words or {}, authority, register)
    rows.check_bodies([*filter(names_bodies, rows.unread_columns())])
    return _Making(rows, duplicates).case_list(as_of or export.as_of)


def _rate_of(wanted: set[str]) -> Callable[[Sequence[object]], int]:
    return lambda row: len(wanted & {folded(cell) for cell in row if isinstance(cell, str)})


def _rate_any(row: Sequence[object]) -> int:
    """Rate a row as the headings of cases, by how many are known; a single one may be chance."""
    known = sum(map(is_case_heading, row))
    return known if known >= _ENOUGH else 0


class _Making:
    """The cases that rows make, by the rules of their types."""

    def __init__(self, source: CaseRows, duplicates: Duplicates) -> None:
        self._source = source
        self._rows = source.read(duplicates)
        self._has_work = source.maps(("opened_on", *RECOMMENDATION, *ENQUIRY))

    def case_list(self, as_of: dt.date | None) -> CaseList:
        rows = self._rows
        decided = [row for row in rows if row.is_decided]
        settled = [row for row in rows if row.has(COMPLIANCE)]
        undecided = [row for row in rows if not row.is_decided and not row.has(COMPLIANCE)]
        for row in decided:
            if row.cells.get("decided_on") is None:
                self._source.refuse(row.number, "decided_on", wording.NO_DAY)
        decided = [row for row in decided if row.cells.get("decided_on") is not None]
        investigated = [row for row in decided if self._is_investigated(row)]
        not_investigated = [row for row in decided if not self._is_investigated(row)]
        self._check_work(row for row in rows if row.cells.get("outcome") not in _INVESTIGATED)
        self._check_duplicates(investigated, not_investigated)
        self._check_days(rows, as_of)
        self._check_completion(investigated, settled)
        investigations = self._values(Investigation, investigated, _AS_INVESTIGATION)
        decisions = self._values(Decision, not_investigated, _AS_DECISION)
        compliance = self._values(ComplianceOutcome, self._distinct(settled), _AS_COMPLIANCE)
        enquiries = self._values(Enquiry, [row for row in undecided if row.has(ENQUIRY)], ENQUIRY)
        self._refuse()
        first = {row.key: index for index, row in reversed([*enumerate(rows)])}
        cases = [*(case.decision for case in investigations), *decisions]
        in_order = sorted(cases, key=lambda case: first[case.reference, case.authority.name])
        return CaseList(
            decisions=tuple(in_order) if self._source.maps(DECISION) else None,
            compliance=tuple(compliance) if self._source.maps(COMPLIANCE) else None,
            investigations=tuple(investigations),
            undecided=tuple(dict.fromkeys(row.cells["reference"] for row in undecided)),
            enquiries=tuple(enquiries),
            unread_columns=self._source.unread_columns(),
            dropped_rows=self._source.dropped,
            as_of=as_of,
        )

    def _refuse(self) -> None:
        if not self._source.problems:
            return
        # A reference that is refused may be that of a decision and of a compliance outcome.
        different = {str(problem): problem for problem in self._source.problems}
        problems = sorted(different.values(), key=lambda problem: problem.place.row or 0)
        if self._source.unknown:
            raise UnknownWords(problems, subject=wording.NOT_READ, skeleton=skeleton_of(self._source.unknown))
        raise InvalidValue(problems, subject=wording.NOT_READ)

    def _is_investigated(self, row: CaseRow) -> bool:
        return self._has_work and row.cells["outcome"] in _INVESTIGATED

    def _check_work(self, rows: Iterable[CaseRow]) -> None:
        """Refuse recommendations and enquiries that would be lost: no investigation has them."""
        for row in rows:
            lost = (*RECOMMENDATION, *(ENQUIRY if row.is_decided or row.has(COMPLIANCE) else ()))
            for field in lost:
                if row.cells.get(field) is not None and self._source.maps([field]):
                    self._source.refuse(row.number, field, wording.WORK_OF_NO_INVESTIGATION)

    def _check_duplicates(self, investigated: Iterable[CaseRow], not_investigated: Iterable[CaseRow]) -> None:
        first = {row.key: row.number for row in reversed([*investigated])}
        for row in not_investigated:
            if (number := first.setdefault(row.key, row.number)) != row.number:
                self._duplicate(row, number)

    def _check_days(self, rows: Iterable[CaseRow], as_of: dt.date | None) -> None:
        """Refuse what happened after the list was made."""
        if as_of is None:
            return
        for row in rows:
            for field in _PAST:
                if (day := row.cells.get(field)) is not None and day > as_of:
                    self._source.refuse(row.number, field, wording.after_the_list(as_of), day.isoformat())

    def _check_completion(self, investigated: Iterable[CaseRow], settled: Iterable[CaseRow]) -> None:
        """Refuse what counting would refuse: recommendations completed before the decision, or after being recorded."""
        recorded = {
            row.key: row.cells["compliance_recorded_on"]
            for row in settled
            if row.cells.get("compliance_status") not in (None, ComplianceStatus.NOT_COMPLIED.value)
        }
        for row in investigated:
            completed, decided = row.cells.get("recommendation_completed_on"), row.cells["decided_on"]
            if completed is None:
                continue
            reason = completion_fault(completed, decided, recorded.get(row.key))
            if reason is not None:
                self._source.refuse(row.number, "recommendation_completed_on", reason)

    def _distinct(self, settled: Iterable[CaseRow]) -> list[CaseRow]:
        """Return the first row of each compliance outcome; a case of several rows has it in each."""
        first: dict[tuple[object, object], CaseRow] = {}
        for row in settled:
            known = first.setdefault(row.key, row)
            copied = self._has_work and row.only(COMPLIANCE) == known.only(COMPLIANCE)
            if known is not row and not copied:
                self._duplicate(row, known.number)
        return [*first.values()]

    def _duplicate(self, row: CaseRow, number: int) -> None:
        reason = f"{row.cells['reference']} of {row.cells['authority']} is also in row {number}"
        self._source.refuse(row.number, "reference", reason)

    def _values(self, kind: type[T], rows: Iterable[CaseRow], fields: Mapping[str, str]) -> list[T]:
        """Make values of rows by the rules of their type; ``fields`` are the export's, each with the type's own."""
        numbered = [(row.number, {own: row.cells.get(field) for field, own in fields.items()}) for row in rows]
        try:
            return read_rows(numbered, kind)
        except InvalidValue as error:
            of_own = {own: field for field, own in fields.items()}
            for problem in error.problems:
                own = problem.place.column or ""
                self._source.refuse(problem.place.row or 0, of_own.get(own, own), problem.reason, problem.value)
            return []


_INVESTIGATED = {Outcome.UPHELD.value, Outcome.NOT_UPHELD.value}
_PAST = (
    "opened_on", "decided_on", "recommendation_agreed_on", "recommendation_completed_on", "compliance_recorded_on",
    "compliance_completed_on", "enquiry_sent_on", "enquiry_answered_on", "enquiry_summons_threatened_on",
)  # fmt: skip
"""The days on which something happened, which is not after the list was made."""
_AS_INVESTIGATION = {field: field for field in columns_of(Investigation)}
_AS_DECISION = {field: field for field in columns_of(Decision)}
_AS_COMPLIANCE = {field: field for field in ("reference", *WHO)} | COMPLIANCE
