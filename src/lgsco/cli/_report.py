"""``lgsco report``: a report on a council's year as a page, a text or a workbook."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lgsco.cli._dataset import add_as_at, add_beside, add_figures, beside_of, dataset_of
from lgsco.cli._figures import council_in
from lgsco.cli._terminal import OK, add_council_and_year, say, say_json
from lgsco.cli._writing import ending_in, write
from lgsco.render import to_html, to_markdown, to_text, to_workbook
from lgsco.reports import council_report
from lgsco.reports.words import years_of_council
from lgsco.wording.commands import NOTHING_HELD

if TYPE_CHECKING:
    import argparse

    from lgsco.cli._terminal import Commands

_ENDINGS = (".html", ".md", ".txt", ".xlsx")


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "report",
        help="a report on a council's year, as a page, a text or a workbook",
        description="Write a report on a council's year as HTML, Markdown, text or a workbook.",
    )
    add_council_and_year(parser)
    add_figures(parser)
    add_beside(parser)
    add_as_at(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        type=partial(ending_in, _ENDINGS),
        metavar="FILE",
        help=f"the file to write; its ending gives the format: {', '.join(_ENDINGS)}",
    )
    parser.add_argument("--no-charts", action="store_true", help="no pictures")
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")
    parser.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> int:
    data, output = dataset_of(options), Path(options.output)
    council = council_in(data, options.name, options.year, even_without_figures=True)
    report = council_report(data, council, options.year, against=beside_of(options), as_at=options.as_at)
    ending = output.suffix.lower()
    if ending == ".xlsx":
        content = to_workbook(report)
    elif ending == ".html":
        content = to_html(report, charts=not options.no_charts).encode()
    else:
        content = (to_markdown(report) if ending == ".md" else to_text(report)).encode()
    write(output, content)
    if options.json:
        say_json(title=report.title, output=str(output))
    else:
        say(f"{report.title}: {output}")
        if not years_of_council(data, council):
            say(NOTHING_HELD)
    return OK
