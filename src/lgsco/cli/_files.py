"""The files that a command reads: one, several, or all in a folder; what each is, and in short what was read."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lgsco import convert, readers
from lgsco._text import long_date, number_of
from lgsco._values import evolve
from lgsco.cli._terminal import UnreadableFile, content_of
from lgsco.documents.decisions import DecisionListing
from lgsco.documents.figures import AnnualLetter, PerformancePage, PrintedReview
from lgsco.documents.tables import PublishedTable
from lgsco.errors import LgscoError
from lgsco.model.measures import KEY_STATISTICS
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lgsco.model.years import ReportingYear
    from lgsco.readers import ReadDocument

__all__ = [
    "FileRead",
    "FileToRead",
    "as_json",
    "files_in",
    "held_in",
    "kind_of",
    "problems_of",
    "read_files",
    "sourced",
]

_QUIET_SECONDS = 1


class FileRead(NamedTuple):
    """A file by the name to show, with what was read of it, or why nothing was."""

    name: str
    documents: tuple[ReadDocument, ...] = ()
    error: LgscoError | None = None


class FileToRead(NamedTuple):
    """A file by its path, and by the name to show."""

    path: str
    name: str


def files_in(given: Sequence[str]) -> tuple[list[FileToRead], list[str]]:
    """
    Give the files that are named, and all that stand in the folders that are, in the order of their names.

    Within a folder that is the only one given, files are called by their path from there.
    Those whose names begin with a dot are not read; they are given apart.

    Raises:
        UnreadableFile: a folder cannot be looked into.
    """
    files: list[FileToRead] = []
    hidden: list[str] = []
    for each in given:
        if each == "-" or not Path(each).is_dir():
            files.append(FileToRead(each, each))
            continue
        below = Path(each) if len(given) == 1 else Path()
        for folder, folders, found in os.walk(each, onerror=_cannot_look_into):
            here = Path(folder)
            hidden += [_called(here / one, below) for one in sorted((*folders, *found)) if one.startswith(".")]
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            seen = (here / one for one in sorted(found) if not one.startswith("."))
            files += [FileToRead(str(path), _called(path, below)) for path in seen]
    return files, hidden


def _called(path: Path, below: Path) -> str:
    return str(path.relative_to(below)) if path.is_relative_to(below) else str(path)


def _cannot_look_into(error: OSError) -> None:
    raise UnreadableFile(f"{error.filename}: {error.strerror}") from None


def read_files(files: Sequence[FileToRead], year: ReportingYear | None) -> list[FileRead]:
    """Read each file; say on a terminal how far it is where that takes longer than a second."""
    return [_read(file, year) for file in _told(files)]


def _read(file: FileToRead, year: ReportingYear | None) -> FileRead:
    try:
        return FileRead(file.name, readers.read_any(content_of(file.path), year=year))
    except LgscoError as error:
        return FileRead(file.name, error=error)


def _told(files: Sequence[FileToRead]) -> Iterator[FileToRead]:
    begun, shown = time.monotonic(), False
    for done, file in enumerate(files):
        if sys.stderr.isatty() and time.monotonic() - begun > _QUIET_SECONDS:
            print(f"\r{done} of {len(files)} files read", end="", file=sys.stderr, flush=True)  # noqa: T201  # beside the answers
            shown = True
        yield file
    if shown:
        print(f"\r{len(files)} of {len(files)} files read", file=sys.stderr)  # noqa: T201  # the same


def sourced(read: FileRead) -> tuple[ReadDocument, ...]:
    """Give what was read with the file as its source, so that findings name the file."""
    source = Source(read.name)

    def with_source(document: ReadDocument) -> ReadDocument:
        if isinstance(document, AnnualLetter):
            return evolve(document, figures=evolve(document.figures, source=source))
        if isinstance(document, PerformancePage):
            return evolve(document, reviews=tuple(evolve(one, source=source) for one in document))
        return evolve(document, source=source) if isinstance(document, PublishedTable) else document

    return tuple(map(with_source, read.documents))


def kind_of(document: ReadDocument) -> str:
    """Say what a document is."""
    if isinstance(document, AnnualLetter):
        return "letter"
    if isinstance(document, PerformancePage):
        return "page"
    return "table" if isinstance(document, PublishedTable) else "decisions"


def held_in(document: ReadDocument) -> str:
    """Say in short what was read of a document: whose figures, of when, and which."""
    if isinstance(document, AnnualLetter):
        return f"{document.figures.name}, {document.figures.year}: {_statistics([document.figures])}"
    if isinstance(document, PerformancePage):
        return f"{document.name}, {_years(one.year for one in document)}: {_statistics(document.reviews)}"
    if isinstance(document, PublishedTable):
        about = ", ".join(document.kinds)
        return f"{number_of(len(document), 'council')}, {_years(row.year for row in document)}: {about}"
    assert isinstance(document, DecisionListing)  # noqa: S101  # for type checkers: there are these four
    days = sorted(entry.decided_on for entry in document if entry.decided_on is not None)
    between = (long_date(day.year, day.month, day.day) for day in (days[0], days[-1])) if days else ()
    when = " to ".join(dict.fromkeys(between)) or "without dates"
    copies = f", {number_of(len(document.duplicates), 'copy', 'copies')} folded" if document.duplicates else ""
    return f"{number_of(len(document), 'decision')}, {when}{copies}"


def _statistics(reviews: Sequence[PrintedReview]) -> str:
    count = sum(review.statistic(measure) is not None for review in reviews for measure in KEY_STATISTICS)
    return number_of(count, "statistic")


def _years(years: Iterable[ReportingYear | None]) -> str:
    known = sorted({year for year in years if year is not None})
    if not known:
        return "year not known"
    return str(known[0]) if len(known) == 1 else f"{known[0]} to {known[-1]}"


def problems_of(document: ReadDocument) -> list[str]:
    """List what could not be understood of a document, and what such a document has and this one lacks."""
    if isinstance(document, AnnualLetter | PerformancePage):
        return [f"not found: {', '.join(document.not_found)}"] if document.not_found else []
    found = [str(problem) for problem in document.problems]
    if isinstance(document, PublishedTable) and document.missing_columns:
        found.append(f"no column for: {', '.join(field.replace('_', ' ') for field in document.missing_columns)}")
    return found


def as_json(document: ReadDocument) -> dict[str, Any]:
    """Give a document as it stands in JSON, its type beside it."""
    made: dict[str, Any] = json.loads(convert.to_json(document))
    return made
