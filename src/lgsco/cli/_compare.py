"""``lgsco compare``: a council's statistics compared with similar councils, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.cli._dataset import add_beside, add_figures, beside_of, dataset_of
from lgsco.cli._figures import comparisons_of, council_in
from lgsco.cli._terminal import OK, add_council_and_year, plain, say, say_json, show
from lgsco.reports import comparison_report
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    import argparse

    from lgsco.cli._terminal import Commands


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "compare",
        help="a council's statistics compared with similar councils, in words",
        description="Compare each key statistic of a council with similar councils, in words.",
    )
    add_council_and_year(parser)
    add_figures(parser)
    add_beside(parser)
    parser.add_argument("--detail", action="store_true", help="add how sure one can be, and cautions")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=_compare)


def _compare(options: argparse.Namespace) -> int:
    data, year = dataset_of(options), options.year
    council = council_in(data, options.name, year)
    if options.json:
        say_json(comparisons=plain(comparisons_of(data, council, year, beside_of(options))))
        return OK
    show(comparison_report(data, council, year, against=beside_of(options), detail=options.detail))
    if not options.detail:
        say(wording.ADD_DETAIL)
    return OK
