"""A file of unknown kind: read as what it can be read as."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lgsco.documents.decisions import DecisionListing
from lgsco.documents.letters import AnnualLetter, PerformancePage
from lgsco.documents.tables import PublishedTable
from lgsco.errors import Place, Problem, UnreadableDocument
from lgsco.readers.decisions import decisions_in
from lgsco.readers.letters import letter_in
from lgsco.readers.pages import page_in
from lgsco.readers.pdfs import is_pdf
from lgsco.readers.sheets import is_workbook
from lgsco.readers.tables import read_tables
from lgsco.readers.texts import DEFAULT_BOUNDS, document_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lgsco.model.years import ReportingYear
    from lgsco.readers.bounds import Bounds

ReadDocument: TypeAlias = AnnualLetter | PerformancePage | DecisionListing | PublishedTable
"""What a published document is read as."""


def read_any(
    source: str | bytes,
    *,
    year: ReportingYear | None = None,
    council: str | None = None,
    url: str | None = None,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> tuple[ReadDocument, ...]:
    r"""
    Read a document of which it is not known what it is: a letter, a page, decisions, or a spreadsheet and its tables.

    The readers are tried in order: a letter has all that a page needs, and no page is a letter.

    Args:
        source: what ``read_letter``, ``read_page``, ``read_decisions`` and ``read_tables`` take.
        year: the year of a spreadsheet that does not state it.
        council: the council of a table of its own, which does not name it.
        url: the address of the document.
        bounds: the most that is read.

    Returns:
        One value, or one for each table of a workbook.

    >>> from lgsco import ReportingYear
    >>> [table] = read_any("Council,Upheld,Not upheld\nBarsetshire,3,1\n", year=ReportingYear(2020))
    >>> type(table).__name__, len(table)
    ('PublishedTable', 1)

    Raises:
        UnreadableDocument: it is none of these; has the problems of each reader that found anything.
        MissingExtra: it is a PDF or a workbook, and what reads these is not installed.
    """
    refusals: list[UnreadableDocument] = []
    if not (isinstance(source, bytes) and is_workbook(source)):
        try:
            # The text of a PDF is taken out once, for all of them.
            document = document_of(source, bounds, "text or a PDF")
        except UnreadableDocument as error:
            refusals.append(error)
        else:
            readers: tuple[Callable[[], ReadDocument], ...] = (
                lambda: letter_in(document),
                lambda: page_in(document, url=url),
                lambda: decisions_in(document, url=url),
            )
            for read in readers:
                try:
                    return (read(),)
                except UnreadableDocument as error:
                    refusals.append(error)
    if not (isinstance(source, bytes) and is_pdf(source)):
        try:
            return read_tables(source, year=year, council=council, url=url, bounds=bounds)
        except UnreadableDocument as error:
            refusals.append(error)
    raise _none_of(refusals)


def _none_of(refusals: list[UnreadableDocument]) -> UnreadableDocument:
    """Gather the problems of the readers."""
    problems: dict[str, Problem] = {}
    for error in refusals:
        reasons = [str(problem) for problem in error.problems]
        if error.found or reasons:
            reason = "; ".join([f"found {', '.join(error.found)}"] * bool(error.found) + reasons)
            lacks = f"; not found: {', '.join(error.missing)}" if error.found and error.missing else ""
            problems.setdefault(reason, Problem(Place(path=f"as {error.expected}"), reason + lacks))
    return UnreadableDocument("a document", (), tuple(error.expected for error in refusals), tuple(problems.values()))
