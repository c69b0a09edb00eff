"""One loading of files: each is read as what it is, and taken into the dataset."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import PurePosixPath
from typing import TypeAlias, TypeVar

import attrs

from lgsco import published
from lgsco._text import one_line
from lgsco._values import evolve, validate
from lgsco.convert.json import from_json
from lgsco.dataset import CouncilLike, Dataset, YearLike, reporting_year
from lgsco.documents.decisions import DecisionListing
from lgsco.documents.figures import PrintedReview
from lgsco.documents.improvements import ServiceImprovement
from lgsco.documents.letters import AnnualLetter, PerformancePage
from lgsco.documents.tables import PublishedTable
from lgsco.errors import AuthorityLookupError, InvalidValue, LgscoError, Place, Problem, UnreadableDocument
from lgsco.loading.files import Content, File, Loadable, contents_of, files_in
from lgsco.loading.results import Loaded, LoadedDocument, LoadedFile, combined, place_in
from lgsco.model.authorities import Authority, Register
from lgsco.model.cases import CaseList, ComplianceOutcome, Decision, Enquiry, Investigation
from lgsco.model.counting import reviews_of
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import ReportingYear
from lgsco.readers.bounds import ISOLATED, Bounds
from lgsco.readers.cases import read_cases
from lgsco.readers.documents import ReadDocument, read_any
from lgsco.readers.pdfs import is_pdf
from lgsco.readers.scanner import years_in
from lgsco.readers.tables import read_tables
from lgsco.sources import Basis, Source
from lgsco.wording import commands as wording

Progress: TypeAlias = Callable[[int, int], object]
"""What is called with how many files are read, and of how many."""

_AROUND_A_YEAR = re.compile("_|-(?=[^0-9])|(?<=[^0-9])-")
"""What joins a year to other words in the name of a file."""
CaseT = TypeVar("CaseT", bound=Decision | Investigation | ComplianceOutcome)


def load(  # noqa: PLR0913  # each says something of the files that the caller may know
    *paths: Loadable,
    register: Register | None = None,
    columns: Mapping[str, str] | None = None,
    authority: CouncilLike | None = None,
    words: Mapping[str, Mapping[str, object]] | None = None,
    year: YearLike | None = None,
    exclude: Iterable[str | os.PathLike[str]] = (),
    bounds: Bounds = ISOLATED,
    progress: Progress | None = None,
) -> Loaded:
    """
    Read files and folders into one dataset.

    Letters, pages, spreadsheets, listings of decisions, zip archives of these and saved datasets are told apart by what
    is in them. Of folders, hidden files, links and what is not a plain file are skipped, and listed.

    Args:
        paths: files and folders, at least one; an open binary file; or a database that ``lgsco.store`` wrote, by the
            path of a SQLite file or an address such as "postgresql+psycopg://host/name".
        register: the councils that there are; where left out, those that ship.
        columns: for a council's own export of cases, the heading of each field, as ``lgsco.readers.read_cases`` takes
            them; a spreadsheet that has all these headings is read as such an export.
        authority: whose cases an own export has, where no column says it; without ``columns``, whose figures a
            spreadsheet has that is of one council and does not name it.
        words: the meanings of words in an own export, as ``lgsco.readers.read_cases`` takes them.
        year: the year of spreadsheets that do not state it. Where left out, it is taken from the name of the file if
            nothing in the file says otherwise, and listed among the problems.
        exclude: files that are not read even where they are in a folder.
        bounds: the most that is read; the size of a file is asked before it is read. Where left out, PDFs and workbooks
            are read in a worker with bounded memory and time.
        progress: called with how many files are read, and of how many.

    Returns:
        The dataset, the documents, and everything that was not understood, refused or contradictory, with its place.
        The source of each figure names the file.

    Raises:
        InvalidValue: there is no path, one of them does not exist, or ``columns``, ``authority`` and ``words`` do not
            fit one another.
        AuthorityLookupError: ``authority`` is not in the register.

    >>> load()
    Traceback (most recent call last):
    lgsco.errors.InvalidValue: paths: () must be at least one file or folder
    """
    if not paths:
        raise InvalidValue.at("paths", (), "must be at least one file or folder")
    known = published.register() if register is None else register
    in_year = None if year is None else reporting_year(year)
    exports = None
    if columns is None and words is not None:
        raise InvalidValue.at("columns", None, "must be given where words are")
    validate(authority=(authority, Authority | str | None))
    whose = known.find(authority) if isinstance(authority, str) else authority
    if columns is not None:
        exports = _Exports(columns, whose, known, words, bounds)
    files, skipped = files_in(paths, exclude)
    loading = _Loading(known, exports, whose if exports is None else None, in_year, bounds)
    for index, file in enumerate(files):
        if progress is not None:
            progress(index, len(files))
        loading.add(file)
    if progress is not None:
        progress(len(files), len(files))
    return loading.loaded(skipped)


# --- What is in them


class _Exports:
    """How a council's own exports are read; refuses columns by which none could be."""

    def __init__(
        self,
        columns: Mapping[str, str],
        authority: Authority | None,
        register: Register,
        words: Mapping[str, Mapping[str, object]] | None,
        bounds: Bounds,
    ) -> None:
        self._columns, self._authority, self._register = columns, authority, register
        self._words, self._bounds = words, bounds
        try:
            self.read([])
        except InvalidValue as error:
            # Of no rows the headings are missing, which have a column for their place; all else is of the arguments.
            if any(problem.place.column is None for problem in error.problems):
                raise

    def read(self, source: bytes | list[Sequence[object]]) -> CaseList:
        return read_cases(
            source,
            columns=self._columns,
            authority=self._authority,
            register=self._register,
            words=self._words,
            bounds=self._bounds,
        )

    def has_any_heading(self, error: LgscoError) -> bool:
        """Whether a file that was refused for its headings has some of them, so that it may be such an export."""
        return isinstance(error, InvalidValue) and len(error.problems) < len(set(self._columns.values()))


def _at(file: str, reason: str) -> Problem:
    return Problem(Place(file=file), reason)


def _is_without_headings(error: LgscoError) -> bool:
    """Whether an export was refused since it is none: it lacks headings, and no row was read."""
    if isinstance(error, InvalidValue):
        return all(problem.place.row is None for problem in error.problems)
    return not (isinstance(error, UnreadableDocument) and error.found)


class _Loading:
    """One loading of files: what was taken of each, and what was not."""

    def __init__(
        self,
        register: Register,
        exports: _Exports | None,
        council: Authority | None,
        year: ReportingYear | None,
        bounds: Bounds,
    ) -> None:
        self._skipped: list[Problem] = []
        self._council = None if council is None else council.name
        self._register, self._exports, self._year, self._bounds = register, exports, year, bounds
        self._files: list[LoadedFile] = []
        self._printed: list[PrintedReview] = []
        self._listings: list[tuple[str, DecisionListing]] = []
        self._cases: dict[tuple[str, Authority], tuple[Decision | Investigation, str]] = {}
        self._compliance: dict[tuple[str, Authority], tuple[ComplianceOutcome, str]] = {}
        self._saved = Dataset(register)
        self._enquiries: list[Enquiry] = []
        self._improvements: list[ServiceImprovement] = []

    def add(self, file: File) -> None:
        """Read one file, or each file of an archive."""
        for content in contents_of(file, self._bounds):
            if content.skipped is not None:
                self._skipped.append(content.skipped)
            elif content.error is not None:
                self._refuse(content.name, content.error)
            else:
                self._add_content(content)

    def _refuse(self, name: str, error: LgscoError) -> None:
        if isinstance(error, InvalidValue):
            # With the file in each place, the error can be shown by itself.
            problems = tuple(problem.within(Place(file=name)) for problem in error.problems)
            error = InvalidValue(problems, subject=error.subject)
        else:
            problems = (_at(name, one_line(str(error))),)
        self._files.append(LoadedFile(name, problems=problems, error=error))

    def _add_content(self, content: Content) -> None:
        name = content.name
        try:
            documents, problems = self._read(name, content.data, content.database)
            taken = [self._take(name, document) for document in documents]
        except LgscoError as error:
            self._refuse(name, error)
            return
        self._files.append(
            LoadedFile(
                name,
                documents=tuple(document for document, _, _ in taken),
                rows=sum(rows for _, rows, _ in taken),
                problems=(*problems, *itertools.chain.from_iterable(problems for _, _, problems in taken)),
            )
        )

    def _read(
        self, name: str, content: bytes, database: str | None
    ) -> tuple[tuple[LoadedDocument, ...], list[Problem]]:
        if database is not None:
            # Loaded when it is needed: without the extra it is not there.
            try:
                saved: Dataset = import_module("lgsco.store").load(database)
            except InvalidValue as error:
                # An address may have a password, which is not shown.
                raise InvalidValue(
                    attrs.evolve(problem, value=name) if problem.value == database else problem
                    for problem in error.problems
                ) from None
            return (saved,), []
        if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
            return (from_json(content, Dataset),), []
        if self._exports is None or is_pdf(content):
            return self._read_published(name, content)
        try:
            return (self._exports.read(content),), []
        except LgscoError as error:
            if not _is_without_headings(error):
                raise
            refusal = error
        try:
            return self._read_published(name, content)
        except UnreadableDocument:
            if self._exports.has_any_heading(refusal):
                raise refusal from None
            raise

    def _read_published(self, name: str, content: bytes) -> tuple[tuple[ReadDocument, ...], list[Problem]]:
        """Read what the Ombudsman published; the year of a table is asked of the caller and of the name at last."""
        try:
            return read_any(content, council=self._council, bounds=self._bounds), []
        except UnreadableDocument as error:
            refusal = error
        named = years_in(_AROUND_A_YEAR.sub(" ", PurePosixPath(name.replace(os.sep, "/")).stem))
        if is_pdf(content) or (self._year is None and len(named) != 1):
            raise refusal
        year = named[0] if self._year is None else self._year
        try:
            tables = read_tables(content, year=year, council=self._council, bounds=self._bounds)
        except UnreadableDocument:
            raise refusal from None
        if self._year is not None:
            return tables, []
        if any(stated != year for table in tables for stated in _years_stated(table)):
            raise refusal
        return tables, [_at(name, f"states no year; {year} is taken from the name of the file")]

    # Into the dataset

    def _take(self, name: str, document: LoadedDocument) -> tuple[LoadedDocument, int, list[Problem]]:
        """Return a document with its source, how many rows of it are in the dataset, and what is wrong with it."""
        if isinstance(document, AnnualLetter):
            source = Source(name, published_on=document.dated)
            letter = evolve(document, figures=evolve(document.figures, source=source))
            return letter, *self._take_printed(name, [letter.figures], letter.not_found)
        if isinstance(document, PerformancePage):
            reviews = tuple(evolve(review, source=Source(name)) for review in document)
            rows, problems = self._take_printed(name, reviews, document.not_found)
            agreed, unmatched = self._take_improvements(name, document)
            return evolve(document, reviews=reviews), rows + agreed, [*problems, *unmatched]
        if isinstance(document, PublishedTable):
            return self._take_table(name, document)
        if isinstance(document, DecisionListing):
            self._listings.append((name, document))
            return document, 0, [problem.within(Place(file=name)) for problem in document.problems]
        if isinstance(document, CaseList):
            return document, *self._take_cases(name, document)
        return document, *self._take_saved(name, document)

    def _take_printed(
        self, name: str, reviews: Iterable[PrintedReview], not_found: tuple[str, ...]
    ) -> tuple[int, list[Problem]]:
        problems = [_at(name, wording.not_found(not_found))] if not_found else []
        rows = 0
        for review in reviews:
            try:
                review.authority(self._register)
            except AuthorityLookupError as error:
                reason = f"cannot be matched: {error}"
                problems.append(Problem(Place(file=name), reason, value=f"{review.name}, {review.year}"))
            else:
                self._printed.append(review)
                rows += 1
        return rows, problems

    def _take_improvements(self, name: str, page: PerformancePage) -> tuple[int, list[Problem]]:
        if not page.improvements:
            return 0, []
        try:
            authority = self._register.find(page.name)
        except AuthorityLookupError as error:
            return 0, [Problem(Place(file=name), f"service improvements cannot be matched: {error}", value=page.name)]
        self._improvements += (evolve(improvement, authority=authority) for improvement in page.improvements)
        return len(page.improvements), []

    def _take_table(self, name: str, table: PublishedTable) -> tuple[PublishedTable, int, list[Problem]]:
        place = Place(file=name, sheet=table.sheet)
        source = Source(name if table.sheet is None else f"{name}, sheet {table.sheet!r}")
        sourced = evolve(table, source=source)
        rows, unmatched = sourced.matched_rows(self._register)
        self._printed += rows
        problems = [problem.within(place) for problem in (*table.problems, *unmatched)]
        if table.missing_columns:
            lacking = wording.no_column_for(field.replace("_", " ") for field in table.missing_columns)
            problems.append(Problem(place, lacking))
        return sourced, len(rows), problems

    def _take_cases(self, name: str, cases: CaseList) -> tuple[int, list[Problem]]:
        investigated = {case.decision for case in cases.investigations}
        own: list[Decision | Investigation] = [*cases.investigations]
        own += [case for case in cases.decisions or () if case not in investigated]
        problems = [
            Problem(Place(file=name, column=heading), "is a heading that no field was asked of")
            for heading in cases.unread_columns
        ]
        problems += [
            Problem(Place(file=name), "is not decided, so it is not counted", value=reference)
            for reference in cases.undecided
        ]
        rows = self._keep(name, own, self._cases, problems)
        rows += self._keep(name, cases.compliance or (), self._compliance, problems)
        self._enquiries += cases.enquiries
        return rows, problems

    @staticmethod
    def _keep(
        name: str,
        cases: Iterable[CaseT],
        known: dict[tuple[str, Authority], tuple[CaseT, str]],
        problems: list[Problem],
    ) -> int:
        """Keep each case once; what another file has otherwise is a problem, and the first stays."""
        rows = 0
        for case in cases:
            own = case.decision if isinstance(case, Investigation) else case
            first, file = known.setdefault((own.reference, own.authority), (case, name))
            rows += first == case
            if first != case:
                reason = f"is also in {file}, and not alike; that is the copy that counts"
                problems.append(Problem(Place(file=name), reason, value=own.reference))
        return rows

    def _take_saved(self, name: str, saved: Dataset) -> tuple[int, list[Problem]]:
        # Refused before anything of it is kept, where its register has a council differently.
        self._saved += evolve(saved, cases=(), compliance=())
        problems: list[Problem] = []
        rows = self._keep(name, saved.cases, self._cases, problems)
        rows += self._keep(name, saved.compliance, self._compliance, problems)
        return rows + len(saved.printed) + len(saved.counts), problems

    def loaded(self, skipped: tuple[Problem, ...]) -> Loaded:
        """Return all that was read, with what else was skipped."""
        counts = self._decisions()
        dataset = self._saved + Dataset(
            self._register,
            printed=tuple(self._printed),
            counts=counts,
            cases=tuple(case for case, _ in self._cases.values()),
            compliance=tuple(outcome for outcome, _ in self._compliance.values()),
            enquiries=tuple(self._enquiries),
            improvements=tuple(self._improvements),
        )
        return Loaded(dataset, files=tuple(self._files), skipped=(*skipped, *self._skipped))

    def _decisions(self) -> tuple[AnnualReview, ...]:
        """Count the decisions of all listings together, so that copies in several files are one case."""
        if not self._listings:
            return ()
        matched = combined(self._listings).decisions(self._register)
        places = {
            place_in(name, entry): Place(file=name, path=entry.place)
            for name, listing in self._listings
            for entry in listing.as_printed
        }
        unmatched: dict[str | None, list[Problem]] = {}
        for problem in matched.unmatched:
            place = places[problem.place.path or ""]
            unmatched.setdefault(place.file, []).append(attrs.evolve(problem, place=place))
        entries = {name: len(listing) for name, listing in self._listings}
        for index, file in enumerate(self._files):
            if file.name in entries:
                problems = unmatched.get(file.name, ())
                self._files[index] = attrs.evolve(
                    file, rows=max(entries[file.name] - len(problems), 0), problems=(*file.problems, *problems)
                )
        source = Source(wording.published_decisions([*entries]), basis=Basis.PUBLISHED_DECISIONS)
        return reviews_of(matched.found, source=source) if matched.found else ()


def _years_stated(table: PublishedTable) -> list[ReportingYear]:
    """Return the years that a table mentions anywhere but in its rows."""
    texts = [table.sheet, *(note.text for note in table.notes), *(column.heading for column in table.columns)]
    return [year for text in texts for year in years_in(text)]
