"""``lgsco report``: a council's year as a page, a text or a workbook to put before members."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lgsco import published
from lgsco.cli._figures import held_review
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
    """Add the command and its words."""
    parser = commands.add_parser(
        "report",
        help="a council's year as a page, a text or a workbook to put before members",
        description="Write a council's year as HTML, Markdown or a workbook, from the shipped figures.",
    )
    add_council_and_year(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        type=_output,
        metavar="FILE",
        help=f"the file to write, whose ending says its form: {', '.join(_ENDINGS)}",
    )
    parser.add_argument("--no-charts", action="store_true", help="no pictures, which need the extra lgsco[charts]")
    parser.set_defaults(
        json=False, run=lambda asked: _report(asked.name, asked.year, asked.output, not asked.no_charts)
    )


def _output(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in _ENDINGS:
        raise argparse.ArgumentTypeError(f"{text!r} must end in one of {', '.join(_ENDINGS)}")
    return path


def _report(name: str, year: ReportingYear, output: Path, charts: bool) -> int:  # noqa: FBT001  # one of the words given
    report = held_report(name, year)
    ending = output.suffix.lower()
    if ending == ".xlsx":
        written = to_workbook(report)
    else:
        written = (to_markdown(report) if ending == ".md" else to_html(report, charts=charts)).encode()
    try:
        output.write_bytes(written)
    except OSError as error:
        complain(f"lgsco: {output}: {error.strerror}")
        return UNREADABLE
    say(f"{report.title}: {output}")
    return OK


def held_report(name: str, year: ReportingYear) -> Report:
    """Report on a council and year from all that is held of it and of its group."""
    review = held_review(name, year)
    register = published.register()
    return council_report(
        review,
        published.reviews(year),
        [each for each in published.reviews() if each.authority == review.authority],
        averages=published.averages(),
        printed=[each for each in published.printed(year) if each.authority(register) == review.authority],
        register=register,
    )
