"""``lgsco read``: what a published document is, and the figures in it."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from lgsco._text import one_line, text_table
from lgsco.cli._files import as_json, load_named, summary_of
from lgsco.cli._terminal import OK, UNREADABLE, Page, UnreadableFile, say, say_json, year_of
from lgsco.convert.converter import json_form
from lgsco.documents.decisions import DecisionListing
from lgsco.documents.figures import PrintedReview
from lgsco.documents.letters import AnnualLetter, PerformancePage
from lgsco.documents.missing import Missing
from lgsco.documents.tables import PublishedTable
from lgsco.model.measures import KEY_STATISTICS
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lgsco.cli._terminal import Commands
    from lgsco.documents.improvements import ServiceImprovement
    from lgsco.loading.results import Loaded, LoadedDocument
    from lgsco.model.years import ReportingYear


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "read",
        help="the figures in a letter, a page, a spreadsheet or a listing of decisions",
        description="Read a document that the Ombudsman published, and show what it is and the figures in it as they"
        " are printed. PDFs need lgsco[pdf], workbooks lgsco[sheets].",
    )
    parser.add_argument("file", metavar="FILE", help="the file, or - for standard input")
    parser.add_argument(
        "--year", type=year_of, help="the year of a spreadsheet that does not state it, such as 2019-20"
    )
    parser.add_argument("--council", metavar="NAME", help="whose figures a table of one council has")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=lambda options: _read(options.file, options.year, options.council, in_json=options.json))


def _read(file: str, year: ReportingYear | None, council: str | None, *, in_json: bool) -> int:
    if file != "-" and Path(file).is_dir():
        raise UnreadableFile(wording.is_a_folder(file))
    loaded = load_named([file], year=year, authority=council)
    if in_json:
        documents = [as_json(document) for _, document in loaded.documents]
        say_json(documents=documents, problems=[json_form(problem) for problem in loaded.problems])
    else:
        page = Page()
        blocks = [block for _, document in loaded.documents for block in _blocks(document)]
        say("\n\n".join([*blocks, *problems_of(page, loaded)]))
    return UNREADABLE if any(each.error is not None for each in loaded.files) else OK


def problems_of(page: Page, loaded: Loaded) -> list[str]:
    """Return what was not understood in a file, or is not there, as blocks of a text."""
    inside = [evolve(problem, place=evolve(problem.place, file=None)) for problem in loaded.problems]
    problems = loaded.problems if len(loaded.files) > 1 else inside
    return [wording.NOT_UNDERSTOOD, page.items([*map(str, problems)])] if problems else []


def _blocks(document: LoadedDocument) -> list[str]:
    if isinstance(document, AnnualLetter):
        return [title_of(document), statistics_table(document.figures)]
    if isinstance(document, PerformancePage):
        years = [[str(review.year), statistics_table(review), *_further_figures(review)] for review in document]
        improvements = [_improvements_table(document.improvements)] if document.improvements else []
        return [title_of(document), *itertools.chain.from_iterable(years), *improvements]
    if isinstance(document, PublishedTable):
        return [title_of(document), _figures_table(document)]
    if isinstance(document, DecisionListing):
        return [title_of(document), _decisions_table(document)]
    return [title_of(document)]


def title_of(document: LoadedDocument) -> str:
    """Return what a document is, and of which council, in a line."""
    if isinstance(document, AnnualLetter):
        return wording.letter_title(document.figures.name, str(document.figures.year), document.dated)
    if isinstance(document, PerformancePage):
        return f"Page of {document.name}"
    if isinstance(document, PublishedTable):
        sheet = f" on sheet {document.sheet!r}" if document.sheet else ""
        return f"Table{sheet}: {summary_of(document)}"
    return f"{'Listing' if isinstance(document, DecisionListing) else 'Dataset'}: {summary_of(document)}"


def statistics_table(figures: PrintedReview) -> str:
    """Return a table of the three statistics as they are printed."""
    rows = []
    for measure in KEY_STATISTICS:
        printed = figures.statistic(measure)
        base = None if printed is None or printed.base is None else f"{printed.base} {printed.base_noun or ''}".strip()
        cells = (None, None, None, None) if printed is None else (printed.percent, printed.count, base, printed.average)
        rows.append([measure.title, *map(_shown_figure, cells)])
    return text_table(["As printed", "Percentage", "Count", "Stated base", "Average"], rows)


def _further_figures(figures: PrintedReview) -> list[str]:
    """Return tables of the overview and of the figures per 100,000 residents, where they are printed."""
    tables = []
    if figures.overview is not None:
        counts = [("Not for the Ombudsman", "not_for_us"), ("Assessed and closed", "assessed_and_closed")]
        counts += [("Investigated", "investigated"), ("All", "total")]
        rows = [[title, _shown_figure(getattr(figures.overview.counts, name))] for title, name in counts]
        tables.append(text_table(["Complaints dealt with", "Number"], rows))
    if figures.per_100k is not None:
        rate, average = figures.per_100k.rate, figures.per_100k.average
        cells = ["Upheld per 100,000 residents", _shown_figure(rate), _shown_figure(average)]
        tables.append(text_table(["As printed", "This council", "Average"], [cells]))
    return tables


def _improvements_table(improvements: Iterable[ServiceImprovement]) -> str:
    rows = [
        [improvement.reference or "-", improvement.category or "-", one_line(improvement.agreed)]
        for improvement in improvements
    ]
    return text_table(["Case", "Category", "Service improvement agreed"], rows)


def _shown_figure(figure: object) -> str:
    if figure is None:
        return "-"
    return figure.label if isinstance(figure, Missing) else str(figure)


def _figures_table(table: PublishedTable) -> str:
    """Return a table with a row for each column of the sheet: its field, its numbers of figures, and their sum."""
    rows = []
    for column in table.columns:
        figures = table.figures(column.field)
        counts = [figure for figure in figures if type(figure) is int]
        missing = sum(isinstance(figure, Missing) for figure in figures)
        known = len(figures) - missing
        added = str(sum(counts)) if counts and len(counts) == known else "-"
        rows.append([column.field.replace("_", " "), column.letter or "-", str(known), str(missing), added])
    return text_table(["Column", "In", "Figures", "Without", "Sum"], rows)


def _decisions_table(listing: DecisionListing) -> str:
    rows = [
        [
            entry.reference or "-",
            entry.body or "-",
            "-" if entry.decided_on is None else entry.decided_on.isoformat(),
            "-" if entry.outcome is None else entry.outcome.label,
        ]
        for entry in listing
    ]
    return text_table(["Reference", "Body", "Decided", "Outcome"], rows)
