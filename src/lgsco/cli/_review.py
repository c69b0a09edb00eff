"""``lgsco review``: a council's three key statistics with those of similar authorities."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lgsco import published
from lgsco._text import markdown_table, text_table
from lgsco.cli._figures import compare_with_shipped, review_in, sources_of
from lgsco.cli._terminal import OK, Page, add_council_and_year, plain, say, say_json
from lgsco.comparison.comparisons import Comparison
from lgsco.documents.audits import audit
from lgsco.model.authorities import comparison_group
from lgsco.model.measures import KEY_STATISTICS
from lgsco.model.years import ReportingYear
from lgsco.reports.council import average_in, compare_with_print
from lgsco.reports.words import cautions, contradiction
from lgsco.wording import commands as wording
from lgsco.wording.reports import interval_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.documents.findings import Finding

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "review",
        help="a council's three key statistics with those of similar authorities",
        description="Show a council's key statistics with those of similar authorities, from the shipped figures.",
    )
    add_council_and_year(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON instead of text")
    form.add_argument("--markdown", action="store_true", help="print Markdown instead of text")
    parser.set_defaults(run=lambda options: _review(options.name, options.year, _form(options)))


def _review(name: str, year: ReportingYear, form: str) -> int:
    review, register = review_in(name, year), published.register()
    with_print = compare_with_print(review, published.averages(), register)
    with_others = compare_with_shipped(review)
    findings = audit(figures for figures in published.printed(year) if figures.authority(register) == review.authority)
    if form == "json":
        say_json(comparisons=plain([*with_print, *(with_others or ())]), findings=plain(findings))
    else:
        say(_ReviewPage(markdown=form == "markdown").of(with_print, with_others, findings))
    return OK


class _ReviewPage(Page):
    """The page on a council's year: a table, what is counted, cautions, contradictions and sources."""

    def of(
        self, with_print: list[Comparison], with_others: list[Comparison] | None, findings: Sequence[Finding]
    ) -> str:
        review = with_print[0].review
        group = comparison_group(review.authority, published.register(), review.year.end)
        blocks = [
            self.heading(f"{review.authority}, {review.year}", level=1),
            wording.similar_authorities(None if group is None else group.label),
            self.table(with_print, with_others),
            *self.averages(with_print, with_others),
            self.heading("What is counted"),
            self.items([wording.counted(measure.title, measure.counted, measure.over) for measure in KEY_STATISTICS]),
        ]
        if care := cautions(with_print):
            blocks += [self.heading("Read with care"), self.items(care)]
        if findings:
            blocks += [
                self.heading("What the published figures get wrong"),
                self.items([contradiction(finding) for finding in findings]),
            ]
        blocks += [self.heading("Sources"), self.items(sources_of(with_print))]
        return "\n\n".join(blocks)

    def table(self, with_print: list[Comparison], with_others: list[Comparison] | None) -> str:
        header = ["Statistic", "This council", "95% interval", "Average as printed"]
        rows = [
            [
                item.measure.title,
                item.measure.describe(item.rate),
                "-" if item.interval is None else interval_words(item.interval),
                _printed(item),
            ]
            for item in with_print
        ]
        if with_others is not None and any(average_in(item).value is not None for item in with_others):
            header.append("Others held")
            rows = [[*row, _computed(item)] for row, item in zip(rows, with_others, strict=True)]
        return markdown_table(header, rows) if self.markdown else text_table(header, rows)

    def averages(self, with_print: list[Comparison], with_others: list[Comparison] | None) -> list[str]:
        sentences = []
        if any(item.benchmark is not None for item in with_print):
            sentences.append(wording.AVERAGES_INCLUDE_COUNCIL)
        for item in with_others or ():
            coverage = None if average_in(item).value is None else average_in(item).group.coverage
            if coverage is not None:
                title = item.measure.title
                sentences.append(wording.average_computed_from(title, coverage.numerator, coverage.denominator))
        return [self.items(sentences)] if sentences else []


def _printed(comparison: Comparison) -> str:
    if comparison.printed_average is not None:
        return str(comparison.printed_average.percent)
    review = comparison.review
    # A council without a group has no average; pages of abolished councils print "n/a" too.
    return "none held" if comparison_group(review.authority, published.register(), review.year.end) else "n/a"


def _computed(comparison: Comparison) -> str:
    average = average_in(comparison)
    return "too few held" if average.value is None else str(average.pooled)


def _form(options: argparse.Namespace) -> str:
    if options.json:
        return "json"
    return "markdown" if options.markdown else "text"
