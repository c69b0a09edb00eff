"""``lgsco report``: a report on a council's year as a page, a text or a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lgsco import published
from lgsco.cli._figures import review_in, reviews_of
from lgsco.cli._terminal import OK, UNREADABLE, add_council_and_year, complain, say
from lgsco.render import to_html, to_markdown, to_workbook
from lgsco.reports import council_report

if TYPE_CHECKING:
    from lgsco.cli._terminal import Commands
    from lgsco.model.years import ReportingYear
    from lgsco.reports.elements import Report

__all__ = ["add_to"]

_ENDINGS = (".html", ".md", ".xlsx")


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "report",
        help="a report on a council's year, as a page, a text or a workbook",
        description="Write a report on a council's year as HTML, Markdown or a workbook, from the shipped figures.",
    )
    add_council_and_year(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        type=_output,
        metavar="FILE",
        help=f"the file to write; its ending gives the format: {', '.join(_ENDINGS)}",
    )
    parser.add_argument("--no-charts", action="store_true", help="no pictures")
    parser.set_defaults(
        json=False, run=lambda options: _report(options.name, options.year, options.output, not options.no_charts)
    )


def _output(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in _ENDINGS:
        raise argparse.ArgumentTypeError(f"{text!r} must end in one of {', '.join(_ENDINGS)}")
    return path


def _report(name: str, year: ReportingYear, output: Path, charts: bool) -> int:  # noqa: FBT001  # one of the options
    report = _council_report(name, year)
    ending = output.suffix.lower()
    if ending == ".xlsx":
        content = to_workbook(report)
    else:
        content = (to_markdown(report) if ending == ".md" else to_html(report, charts=charts)).encode()
    try:
        output.write_bytes(content)
    except OSError as error:
        complain(f"lgsco: {output}: {error.strerror}")
        return UNREADABLE
    say(f"{report.title}: {output}")
    return OK


def _council_report(name: str, year: ReportingYear) -> Report:
    """Report on a council and year from the shipped figures of it and of its group."""
    review = review_in(name, year)
    register = published.register()
    return council_report(
        review,
        published.reviews(year),
        reviews_of(review.authority),
        averages=published.averages(),
        printed=[figures for figures in published.printed(year) if figures.authority(register) == review.authority],
        register=register,
    )
