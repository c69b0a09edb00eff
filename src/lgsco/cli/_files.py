"""The files that a command reads: what each is, what was not understood, and an overview of all."""

from __future__ import annotations

import itertools
import json
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lgsco import convert
from lgsco._text import number_of, one_line, text_table
from lgsco.cli._terminal import UnreadableFile, is_watched, plain, standard_input
from lgsco.convert.converter import json_form
from lgsco.dataset import Dataset
from lgsco.documents.decisions import DecisionListing
from lgsco.documents.figures import PrintedReview
from lgsco.documents.letters import AnnualLetter, PerformancePage
from lgsco.documents.tables import PublishedTable
from lgsco.errors import InvalidValue
from lgsco.loading.loads import load
from lgsco.loading.results import findings_of
from lgsco.model.cases import CaseList
from lgsco.model.measures import KEY_STATISTICS
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.cli._terminal import Page
    from lgsco.dataset import CouncilLike
    from lgsco.documents.findings import Finding
    from lgsco.loading.loads import Progress
    from lgsco.loading.results import Loaded, LoadedDocument, LoadedFile
    from lgsco.model.years import ReportingYear

_QUIET_SECONDS = 1


def load_named(  # noqa: PLR0913  # each says something of the files that the caller may know
    names: Sequence[str],
    *,
    year: ReportingYear | None = None,
    columns: Mapping[str, str] | None = None,
    authority: CouncilLike | None = None,
    exclude: Sequence[str] = (),
    every: bool = False,
) -> Loaded:
    """
    Load files and folders by their names, "-" for standard input, and show the progress on a terminal.

    Raises:
        UnreadableFile: a file does not exist, or the only one cannot be read; with ``every``, any that is named.
    """
    sources = [standard_input() if name == "-" else name for name in names]
    try:
        loaded = load(
            *sources, year=year, columns=columns, authority=authority, exclude=exclude, progress=_reading_progress()
        )
    except InvalidValue as error:
        if any(problem.place.file is None for problem in error.problems):
            raise
        raise UnreadableFile(str(error)) from None
    named = {name for name in names if name == "-" or not (Path(name).is_dir() and os.access(name, os.R_OK))}
    # The address of a database is shown without its password.
    wrong = [file for file in loaded.files if file.error is not None and (file.name in named or "://" in file.name)]
    if wrong and (every or len(names) == 1):
        raise UnreadableFile("\n".join(refusals(wrong)))
    return loaded


def _reading_progress() -> Progress:
    """Show the progress on a terminal, on standard error, where reading takes longer than a second."""
    start, shown = time.monotonic(), False

    def progress(done: int, total: int) -> None:
        nonlocal shown
        if done == total:
            end = "\n"
        elif is_watched() and time.monotonic() - start > _QUIET_SECONDS:
            shown, end = True, ""
        else:
            return
        if shown:
            print(f"\r{done} of {total} files read", end=end, file=sys.stderr, flush=True)  # noqa: T201  # to standard error

    return progress


def refusals(files: Iterable[LoadedFile]) -> list[str]:
    """Return why files cannot be read, with their names."""
    return [
        str(file.error) if isinstance(file.error, InvalidValue) else f"{file.name}: {file.error}"
        for file in files
        if file.error is not None
    ]


# --- What a document is


def _kind_of(document: LoadedDocument) -> str:
    return next(word for kind, word in _KINDS.items() if isinstance(document, kind))


_KINDS = {
    AnnualLetter: "letter",
    PerformancePage: "page",
    PublishedTable: "table",
    DecisionListing: "decisions",
    CaseList: "own cases",
    Dataset: "dataset",
}


def summary_of(document: LoadedDocument) -> str:
    """Return a summary of a document: the councils, the years and the statistics in it."""
    if isinstance(document, AnnualLetter):
        return f"{document.figures.name}, {document.figures.year}: {_statistics([document.figures])}"
    if isinstance(document, PerformancePage):
        return f"{document.name}, {_years(figures.year for figures in document)}: {_statistics(document.reviews)}"
    if isinstance(document, PublishedTable):
        about = ", ".join(document.kinds)
        councils = len({row.name for row in document})
        return f"{number_of(councils, 'council')}, {_years(row.year for row in document)}: {about}"
    if isinstance(document, DecisionListing):
        dates = [entry.decided_on for entry in document if entry.decided_on is not None]
        return wording.listing_summary(len(document), dates, len(document.duplicates))
    if isinstance(document, CaseList):
        return wording.case_list_summary(
            None if document.decisions is None else len(document.decisions),
            None if document.compliance is None else len(document.compliance),
        )
    figures = f"{number_of(len(document.authorities), 'council')}, {_years(document.years)}"
    return f"{figures}, {number_of(len(document.cases), 'case')}" if document.cases else figures


def _statistics(reviews: Sequence[PrintedReview]) -> str:
    count = sum(review.statistic(measure) is not None for review in reviews for measure in KEY_STATISTICS)
    return number_of(count, "statistic")


def _years(years: Iterable[ReportingYear | None]) -> str:
    known = sorted({year for year in years if year is not None})
    if not known:
        return "year not known"
    return str(known[0]) if len(known) == 1 else f"{known[0]} to {known[-1]}"


def as_json(document: LoadedDocument) -> dict[str, Any]:
    """Return a document as JSON has it, with its type."""
    members: dict[str, Any] = json.loads(convert.to_json(document))
    return members


# --- All files


def findings_apart(loaded: Loaded) -> tuple[list[tuple[Finding, ...]], list[Finding]]:
    """Return the findings of each file, and those of all files together that are not in any by itself."""
    within = [findings_of([file], loaded.dataset.register) for file in loaded.files]
    own = Counter(itertools.chain(*within))
    return within, [finding for finding in loaded.findings if not own[finding]]


def json_of(loaded: Loaded, *, documents: bool) -> dict[str, object]:
    """Return what was loaded as members of a JSON document, with or without the documents themselves."""
    within, between = findings_apart(loaded)
    files = [
        {
            "file": file.name,
            "kinds": [_kind_of(document) for document in file.documents],
            **({"documents": [as_json(document) for document in file.documents]} if documents else {}),
            "rows": file.rows,
            "problems": [json_form(problem) for problem in file.problems],
            "findings": plain(findings),
            "error": None if file.error is None else str(file.error),
        }
        for file, findings in zip(loaded.files, within, strict=True)
    ]
    return {"files": files, "between": plain(between), "skipped": [json_form(problem) for problem in loaded.skipped]}


def overview(page: Page, loaded: Loaded) -> list[str]:
    """Return the blocks of a text on files: what each is, what contradicts, and what was not understood."""
    within, between = findings_apart(loaded)
    rows = []
    for file, findings in zip(loaded.files, within, strict=True):
        kinds = ", ".join(dict.fromkeys(map(_kind_of, file.documents))) or "not read"
        counts = [str(file.rows), str(len(findings))] if file.documents else ["-", "-"]
        rows.append([one_line(file.name), kinds, *counts])
    blocks = [text_table(["File", "What it is", "Rows", "Faults"], rows)] if rows else [wording.NO_FILES]
    read = [f"{name}: {summary_of(document)}" for name, document in loaded.documents]
    blocks += _section(page, "What was read", read)
    if count := sum(map(len, within)) + len(between):
        blocks.append(page.heading(number_of(count, "contradiction")))
        for file, findings in zip(loaded.files, within, strict=True):
            if findings:
                blocks += [f"{file.name}:", page.items([*map(_finding_line, findings)])]
        if between:
            blocks += ["Between files:", page.items([_with_source(finding) for finding in between])]
    else:
        blocks.append(wording.NOTHING_CONTRADICTS)
    problems = [str(problem) for file in loaded.files if file.error is None for problem in file.problems]
    blocks += _section(page, "Not understood, or not there", problems)
    blocks += _section(page, "Not read", refusals(loaded.files))
    blocks += _section(page, "Skipped", [str(problem) for problem in loaded.skipped])
    return blocks


def _finding_line(finding: Finding) -> str:
    return f"{finding}{wording.not_certain(finding.certainty.value)}"


def _with_source(finding: Finding) -> str:
    return _finding_line(finding) if finding.source is None else f"{finding.source.title}: {_finding_line(finding)}"


def _section(page: Page, heading: str, items: Sequence[str]) -> list[str]:
    return [page.heading(heading), page.items([one_line(item) for item in items])] if items else []
