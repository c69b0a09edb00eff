"""``lgsco compare``: what a council's cases can say beside similar authorities, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lgsco import convert
from lgsco.cli._figures import average_in, beside_held, beside_printed, held_review, sources_of
from lgsco.cli._terminal import OK, Page, add_council_and_year, plain, say
from lgsco.model.years import ReportingYear

if TYPE_CHECKING:
    from lgsco.cli._terminal import Commands

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its words."""
    parser = commands.add_parser(
        "compare",
        help="what a council's cases can say beside similar authorities, in words",
        description="Say for each key statistic what the council's cases can bear beside similar authorities.",
    )
    add_council_and_year(parser)
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=lambda asked: _compare(asked.name, asked.year, as_json=asked.json))


def _compare(name: str, year: ReportingYear, *, as_json: bool) -> int:
    review = held_review(name, year)
    beside_print, beside_others = beside_printed(review), beside_held(review) or []
    # A computed average stands beside a printed one, where enough is held for it.
    computed = [each for each in beside_others if average_in(each).value is not None]
    if as_json:
        document = {"lgsco": convert.FORMAT, "comparisons": plain([*beside_print, *computed])}
        say(json.dumps(document, ensure_ascii=False, indent=2))
        return OK
    page = Page(markdown=False)
    blocks = [page.heading(f"{review.authority}, {year}", level=1)]
    for each in beside_print:
        paragraphs = [each.paragraph(), *(one.paragraph() for one in computed if one.measure == each.measure)]
        blocks += [page.heading(each.measure.title), *(page.filled(paragraph) for paragraph in paragraphs)]
    blocks += [page.heading("Sources"), page.items(sources_of(beside_print))]
    say("\n\n".join(blocks))
    return OK
