"""``lgsco read``: what a published document is, and the figures in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import text_table
from lgsco.cli._files import FileToRead, as_json, problems_of, read_files, summary_of
from lgsco.cli._terminal import OK, Page, say, say_json, year_of
from lgsco.documents.figures import AnnualLetter, PerformancePage, PrintedReview
from lgsco.documents.missing import Missing
from lgsco.documents.tables import PublishedTable
from lgsco.model.measures import KEY_STATISTICS
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from lgsco.cli._terminal import Commands
    from lgsco.documents.decisions import DecisionListing
    from lgsco.model.years import ReportingYear
    from lgsco.readers import ReadDocument

__all__ = ["add_to", "statistics_table", "title_of"]


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
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=lambda options: _read(options.file, options.year, in_json=options.json))


def _read(file: str, year: ReportingYear | None, *, in_json: bool) -> int:
    [read] = read_files([FileToRead(file, file)], year)
    if read.error is not None:
        raise read.error
    if in_json:
        say_json(documents=[as_json(document) for document in read.documents])
    else:
        say("\n\n".join(map(_text, read.documents)))
    return OK


def _text(document: ReadDocument) -> str:
    page = Page()
    if isinstance(document, AnnualLetter):
        blocks = [title_of(document), statistics_table(document.figures)]
    elif isinstance(document, PerformancePage):
        blocks = [title_of(document)]
        for review in document:
            blocks += [str(review.year), statistics_table(review)]
    elif isinstance(document, PublishedTable):
        blocks = [title_of(document), _figures_table(document)]
    else:
        blocks = [title_of(document), _decisions_table(document)]
    problems = problems_of(document)
    if problems:
        blocks += ["Not understood, or not there:", page.items(problems)]
    return "\n\n".join(blocks)


def title_of(document: ReadDocument) -> str:
    """Return what a document is, and of which council, in a line."""
    if isinstance(document, AnnualLetter):
        return wording.letter_title(document.figures.name, str(document.figures.year), document.dated)
    if isinstance(document, PerformancePage):
        return f"Page of {document.name}"
    if isinstance(document, PublishedTable):
        sheet = f" on sheet {document.sheet!r}" if document.sheet else ""
        return f"Table{sheet}: {summary_of(document)}"
    return f"Listing: {summary_of(document)}"


def statistics_table(figures: PrintedReview) -> str:
    """Return a table of the three statistics as they are printed."""
    rows = []
    for measure in KEY_STATISTICS:
        printed = figures.statistic(measure)
        base = None if printed is None or printed.base is None else f"{printed.base} {printed.base_noun or ''}".strip()
        cells = (None, None, None, None) if printed is None else (printed.percent, printed.count, base, printed.average)
        rows.append([measure.title, *map(_shown_figure, cells)])
    return text_table(["As printed", "Percentage", "Count", "Stated base", "Average"], rows)


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
