"""``lgsco history``: the years of a council, series breaks, and changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.cli._dataset import add_figures, dataset_of
from lgsco.cli._figures import NoFigures
from lgsco.cli._terminal import OK, plain, say_json, show
from lgsco.reports import history_report
from lgsco.reports.histories import reorganisation, series_of
from lgsco.reports.words import years_of_council
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    import argparse

    from lgsco.cli._terminal import Commands


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "history",
        help="a council's years, series breaks, and changes",
        description="Show the years of a council, and which changes are small enough to be chance.",
    )
    parser.add_argument("name", metavar="NAME", help="the council's name or its ONS code")
    add_figures(parser)
    parser.add_argument(
        "--across-breaks", action="store_true", help="compare years across series breaks too; the cautions stay"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=_history)


def _history(options: argparse.Namespace) -> int:
    data = dataset_of(options)
    history = data.history(options.name)
    council = history.authority
    if not years_of_council(data, council):
        raise NoFigures(wording.no_history(str(council), [*reorganisation(data, history)]))
    if options.json:
        series = series_of(history, across_breaks=options.across_breaks)
        say_json(
            history=plain([history])[0],
            changes=plain([changed for item in series for changed in item.changes]),
            trends=plain([item.trend for item in series if item.trend is not None]),
            charts=plain([item.chart for item in series]),
        )
    else:
        show(history_report(data, council, across_breaks=options.across_breaks))
    return OK
