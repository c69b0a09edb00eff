"""The files that a command reads, what each is, and a summary of what was read."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lgsco import convert, readers
from lgsco._text import number_of
from lgsco._values import evolve
from lgsco.cli._terminal import UnreadableFile, content_of
from lgsco.documents.decisions import DecisionListing
from lgsco.documents.figures import AnnualLetter, PerformancePage, PrintedReview
from lgsco.documents.tables import PublishedTable
from lgsco.errors import LgscoError
from lgsco.model.measures import KEY_STATISTICS
from lgsco.sources import Source
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lgsco.model.years import ReportingYear
    from lgsco.readers import ReadDocument

__all__ = [
    "FileRead",
    "FileToRead",
    "as_json",
    "files_in",
    "kind_of",
    "problems_of",
    "read_files",
    "sourced",
    "summary_of",
]

_QUIET_SECONDS = 1
_BOUNDS = readers.Bounds(isolate=True)


class FileRead(NamedTuple):
    """A file by the name to show, with the documents in it, or the reason why it cannot be read."""

    name: str
    documents: tuple[ReadDocument, ...] = ()
    error: LgscoError | None = None


class FileToRead(NamedTuple):
    """A file by its path, and by the name to show."""

    path: str
    name: str


def files_in(names: Sequence[str]) -> tuple[list[FileToRead], list[str]]:
    """
    Return the files that are named and all files in the folders that are named, in the order of their names.

    The name to show of a file in the only folder is its path from there. Hidden files, whose names begin with a dot,
    are returned apart.

    Raises:
        UnreadableFile: a folder cannot be read.
    """
    files: list[FileToRead] = []
    hidden: list[str] = []
    for name in names:
        if name == "-" or not Path(name).is_dir():
            files.append(FileToRead(name, name))
            continue
        top = Path(name) if len(names) == 1 else Path()
        for folder, subfolders, contents in os.walk(name, onerror=_refuse_folder):
            here = Path(folder)
            hidden += [_shown(here / entry, top) for entry in sorted((*subfolders, *contents)) if entry.startswith(".")]
            subfolders[:] = sorted(entry for entry in subfolders if not entry.startswith("."))
            visible = (here / entry for entry in sorted(contents) if not entry.startswith("."))
            files += [FileToRead(str(path), _shown(path, top)) for path in visible]
    return files, hidden


def _shown(path: Path, top: Path) -> str:
    return str(path.relative_to(top)) if path.is_relative_to(top) else str(path)


def _refuse_folder(error: OSError) -> None:
    raise UnreadableFile(f"{error.filename}: {error.strerror}") from None


def read_files(files: Sequence[FileToRead], year: ReportingYear | None) -> list[FileRead]:
    """Read each file, and show the progress on a terminal where that takes longer than a second."""
    return [_read(file, year) for file in _with_progress(files)]


def _read(file: FileToRead, year: ReportingYear | None) -> FileRead:
    try:
        return FileRead(file.name, readers.read_any(content_of(file.path), year=year, bounds=_BOUNDS))
    except LgscoError as error:
        return FileRead(file.name, error=error)


def _with_progress(files: Sequence[FileToRead]) -> Iterator[FileToRead]:
    start, shown = time.monotonic(), False
    for done, file in enumerate(files):
        if sys.stderr.isatty() and time.monotonic() - start > _QUIET_SECONDS:
            print(f"\r{done} of {len(files)} files read", end="", file=sys.stderr, flush=True)  # noqa: T201  # to standard error
            shown = True
        yield file
    if shown:
        print(f"\r{len(files)} of {len(files)} files read", file=sys.stderr)  # noqa: T201  # the same


def sourced(read: FileRead) -> tuple[ReadDocument, ...]:
    """Return the documents of a file with the file as their source, so that findings name it."""
    source = Source(read.name)

    def with_source(document: ReadDocument) -> ReadDocument:
        if isinstance(document, AnnualLetter):
            return evolve(document, figures=evolve(document.figures, source=source))
        if isinstance(document, PerformancePage):
            return evolve(document, reviews=tuple(evolve(figures, source=source) for figures in document))
        return evolve(document, source=source) if isinstance(document, PublishedTable) else document

    return tuple(map(with_source, read.documents))


def kind_of(document: ReadDocument) -> str:
    """Return the type of a document in a word."""
    if isinstance(document, AnnualLetter):
        return "letter"
    if isinstance(document, PerformancePage):
        return "page"
    return "table" if isinstance(document, PublishedTable) else "decisions"


def summary_of(document: ReadDocument) -> str:
    """Return a summary of a document: the councils, the years and the statistics in it."""
    if isinstance(document, AnnualLetter):
        return f"{document.figures.name}, {document.figures.year}: {_statistics([document.figures])}"
    if isinstance(document, PerformancePage):
        return f"{document.name}, {_years(figures.year for figures in document)}: {_statistics(document.reviews)}"
    if isinstance(document, PublishedTable):
        about = ", ".join(document.kinds)
        return f"{number_of(len(document), 'council')}, {_years(row.year for row in document)}: {about}"
    assert isinstance(document, DecisionListing)  # noqa: S101  # for type checkers: there are these four
    dates = [entry.decided_on for entry in document if entry.decided_on is not None]
    return wording.listing_summary(len(document), dates, len(document.duplicates))


def _statistics(reviews: Sequence[PrintedReview]) -> str:
    count = sum(review.statistic(measure) is not None for review in reviews for measure in KEY_STATISTICS)
    return number_of(count, "statistic")


def _years(years: Iterable[ReportingYear | None]) -> str:
    known = sorted({year for year in years if year is not None})
    if not known:
        return "year not known"
    return str(known[0]) if len(known) == 1 else f"{known[0]} to {known[-1]}"


def problems_of(document: ReadDocument) -> list[str]:
    """Return what was not understood in a document, and which expected parts are not in it."""
    if isinstance(document, AnnualLetter | PerformancePage):
        return [wording.not_found(document.not_found)] if document.not_found else []
    problems = [str(problem) for problem in document.problems]
    if isinstance(document, PublishedTable) and document.missing_columns:
        problems.append(wording.no_column_for(field.replace("_", " ") for field in document.missing_columns))
    return problems


def as_json(document: ReadDocument) -> dict[str, Any]:
    """Return a document as JSON has it, with its type."""
    members: dict[str, Any] = json.loads(convert.to_json(document))
    return members
