"""``lgsco review``: a council's three key statistics beside those of similar authorities."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from lgsco import convert, published
from lgsco._text import markdown_table, text_table
from lgsco.cli._figures import average_in, beside_held, beside_printed, contradiction, held_review, sources_of
from lgsco.cli._terminal import OK, Page, add_council_and_year, plain, say
from lgsco.comparison.comparisons import Comparison
from lgsco.documents.audits import audit
from lgsco.model.authorities import comparison_group
from lgsco.model.years import ReportingYear
from lgsco.reports.words import cautions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.documents.findings import Finding

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its words."""
    parser = commands.add_parser(
        "review",
        help="a council's three key statistics beside those of similar authorities",
        description="Show a council's three key statistics beside similar authorities, from the shipped figures.",
    )
    add_council_and_year(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON instead of text")
    form.add_argument("--markdown", action="store_true", help="print Markdown instead of text")
    parser.set_defaults(run=lambda asked: _review(asked.name, asked.year, _form(asked)))


def _review(name: str, year: ReportingYear, form: str) -> int:
    review = held_review(name, year)
    beside_print, beside_others = beside_printed(review), beside_held(review)
    register = published.register()
    findings = audit(one for one in published.printed(year) if one.authority(register) == review.authority)
    if form == "json":
        document = {
            "lgsco": convert.FORMAT,
            "comparisons": plain([*beside_print, *(beside_others or ())]),
            "findings": plain(findings),
        }
        say(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        say(_ReviewPage(markdown=form == "markdown").of(beside_print, beside_others, findings))
    return OK


class _ReviewPage(Page):
    """One council's year: a table, what is counted, what makes for care, and the sources."""

    def of(
        self, beside_print: list[Comparison], beside_others: list[Comparison] | None, findings: Sequence[Finding]
    ) -> str:
        review = beside_print[0].review
        group = comparison_group(review.authority, published.register(), review.year.end)
        beside = "none, since this body stands in no comparison group" if group is None else group.label
        blocks = [
            self.heading(f"{review.authority}, {review.year}", level=1),
            f"Similar authorities: {beside}.",
            self.table(beside_print, beside_others),
            *self.averages(beside_print, beside_others),
            self.heading("What is counted"),
            self.items(
                [f"{each.measure.title}: {each.measure.counted}, of {each.measure.over}." for each in beside_print]
            ),
        ]
        if care := cautions(beside_print):
            blocks += [self.heading("Read with care"), self.items(care)]
        if findings:
            blocks += [
                self.heading("What the published figures get wrong"),
                self.items([contradiction(one) for one in findings]),
            ]
        blocks += [self.heading("Sources"), self.items(sources_of(beside_print))]
        return "\n\n".join(blocks)

    def table(self, beside_print: list[Comparison], beside_others: list[Comparison] | None) -> str:
        header = ["Statistic", "This council", "95% interval", "Average as printed"]
        rows = [
            [each.measure.title, each.measure.describe(each.rate), _interval(each), _printed(each)]
            for each in beside_print
        ]
        if beside_others is not None and any(average_in(each).value is not None for each in beside_others):
            header.append("Others held")
            rows = [[*row, _computed(each)] for row, each in zip(rows, beside_others, strict=True)]
        return markdown_table(header, rows) if self.markdown else text_table(header, rows)

    def averages(self, beside_print: list[Comparison], beside_others: list[Comparison] | None) -> list[str]:
        said = []
        if any(each.benchmark is not None for each in beside_print):
            said.append("Averages are as printed by the Ombudsman and include the council itself.")
        for each in beside_others or ():
            average = average_in(each)
            if average.value is not None and (coverage := average.group.coverage) is not None:
                said.append(
                    f"Others held ({each.measure.title.lower()}): computed here from {coverage.numerator}"
                    f" of the {coverage.denominator} other councils, their cases pooled."
                )
        return [self.items(said)] if said else []


def _interval(comparison: Comparison) -> str:
    if comparison.interval is None:
        return "-"
    lower, upper = comparison.interval.percents()
    return f"{lower}% to {upper}%"


def _printed(comparison: Comparison) -> str:
    if comparison.printed_average is not None:
        return str(comparison.printed_average.percent)
    review = comparison.review
    # A council that stands in no group has no average, and pages of abolished councils print as much.
    return "none held" if comparison_group(review.authority, published.register(), review.year.end) else "n/a"


def _computed(comparison: Comparison) -> str:
    average = average_in(comparison)
    return "too few held" if average.value is None else str(average.pooled)


def _form(asked: argparse.Namespace) -> str:
    if asked.json:
        return "json"
    return "markdown" if asked.markdown else "text"
