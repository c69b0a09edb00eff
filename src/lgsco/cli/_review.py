"""``lgsco review``: every figure of a council and year, with the averages of similar councils."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.cli._dataset import add_figures, dataset_of
from lgsco.cli._figures import comparisons_of, council_in
from lgsco.cli._terminal import OK, add_council_and_year, plain, say, say_json, show
from lgsco.documents.audits import audit
from lgsco.model.measures import KEY_STATISTICS
from lgsco.render import to_markdown
from lgsco.reports import review_report

if TYPE_CHECKING:
    import argparse

    from lgsco.cli._terminal import Commands


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "review",
        help="a council's figures of a year, with the averages of similar councils",
        description="Show every figure of a council and year, with the averages of similar councils.",
    )
    add_council_and_year(parser)
    add_figures(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON instead of text")
    form.add_argument("--markdown", action="store_true", help="print Markdown instead of text")
    parser.set_defaults(run=_review)


def _review(options: argparse.Namespace) -> int:
    data, year = dataset_of(options), options.year
    council = council_in(data, options.name, year)
    if options.json:
        say_json(
            statistics=plain([data.statistic(council, year, measure) for measure in KEY_STATISTICS]),
            comparisons=plain(comparisons_of(data, council, year)),
            findings=plain(audit(data.printed_of(council, year))),
        )
        return OK
    report = review_report(data, council, year)
    if options.markdown:
        say(to_markdown(report))
    else:
        show(report)
    return OK
