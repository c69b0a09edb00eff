"""``lgsco compare``: a council's statistics compared with similar authorities, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco import published
from lgsco.cli._figures import compare_with_shipped, review_in, sources_of
from lgsco.cli._terminal import OK, Page, add_council_and_year, plain, say, say_json
from lgsco.model.years import ReportingYear
from lgsco.reports.council import average_in, compare_with_print

if TYPE_CHECKING:
    from lgsco.cli._terminal import Commands

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "compare",
        help="a council's statistics compared with similar authorities, in words",
        description="Compare each key statistic of a council with similar authorities, in words.",
    )
    add_council_and_year(parser)
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=lambda options: _compare(options.name, options.year, as_json=options.json))


def _compare(name: str, year: ReportingYear, *, as_json: bool) -> int:
    review = review_in(name, year)
    with_print = compare_with_print(review, published.averages(), published.register())
    # A computed average is added to the printed one where enough is held for it.
    computed = [item for item in compare_with_shipped(review) or () if average_in(item).value is not None]
    if as_json:
        say_json(comparisons=plain([*with_print, *computed]))
        return OK
    page = Page(markdown=False)
    blocks = [page.heading(f"{review.authority}, {year}", level=1)]
    for comparison in with_print:
        of_measure = [comparison, *(item for item in computed if item.measure == comparison.measure)]
        blocks += [page.heading(comparison.measure.title), *(page.filled(item.paragraph()) for item in of_measure)]
    blocks += [page.heading("Sources"), page.items(sources_of(with_print))]
    say("\n\n".join(blocks))
    return OK
