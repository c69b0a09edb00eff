"""
The command line, the one room that prints, reads files and ends with an exit code.

Exit codes: 0 all is well; 1 ``audit`` found figures that disagree; 2 the command cannot be carried out (its words are
wrong, the council is unknown, no figures are held); 3 a file cannot be read, or not as what it should be.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import lgsco
from lgsco import convert, published, readers
from lgsco._display import bullets, long_date, markdown_table, number_of, text_table
from lgsco.audits import audit
from lgsco.casework import ReportingYear
from lgsco.errors import InvalidField, LgscoError, UnreadableLetter
from lgsco.peers import Average, Comparison, average_of, compare, similar_authorities
from lgsco.printed import PrintedAverage
from lgsco.rates import KEY_STATISTICS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.audits import Finding
    from lgsco.printed import AnnualLetter
    from lgsco.sources import Source
    from lgsco.tallies import AnnualReview

__all__ = ["main"]

OK, DISAGREE, CANNOT, UNREADABLE = 0, 1, 2, 3
_NARROWEST, _WIDEST = 60, 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and give its exit code."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        if asked.command == "audit":
            return _audit(asked.file, as_json=asked.json)
        return _review(asked.name, asked.year, "json" if asked.json else "markdown" if asked.markdown else "text")
    except UnreadableLetter as error:
        print(f"lgsco: {asked.file}: {error}", file=sys.stderr)
        return UNREADABLE
    except LgscoError as error:
        print(f"lgsco: {error}", file=sys.stderr)
        return CANNOT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lgsco",
        description="What the Local Government and Social Care Ombudsman publishes about English councils.",
        epilog="Exit codes: 0 all is well; 1 figures disagree (audit); 2 the command cannot be carried out;"
        " 3 a file cannot be read.",
    )
    parser.add_argument("--version", action="version", version=f"lgsco {lgsco.__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    review = commands.add_parser(
        "review",
        help="a council's three key statistics beside those of similar authorities",
        description="Show a council's three key statistics beside similar authorities, from the shipped figures.",
    )
    review.add_argument("name", metavar="NAME", help="the council's name or its ONS code")
    review.add_argument("--year", required=True, type=_year, help="the reporting year, such as 2019-20")
    form = review.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print JSON instead of text")
    form.add_argument("--markdown", action="store_true", help="print Markdown instead of text")
    check = commands.add_parser(
        "audit",
        help="hold a letter's figures against its own counts",
        description="Read an annual review letter (its text) and list the figures in it that contradict one another.",
    )
    check.add_argument("file", metavar="FILE", help="the letter as a text file, or - for standard input")
    check.add_argument("--json", action="store_true", help="print JSON instead of text")
    return parser


def _year(text: str) -> ReportingYear:
    try:
        return ReportingYear.parse(text)
    except InvalidField as error:
        raise argparse.ArgumentTypeError(f"{text!r} {error.reason}") from None


def _review(name: str, year: ReportingYear, form: str) -> int:
    register = published.register()
    authority = register.find_in_print(name, year.end)
    held = [review for review in published.reviews() if review.authority == authority]
    review = next((review for review in held if review.year == year), None)
    if review is None:
        # An abolished council without figures is refused as such, with its successors.
        register.find(name, year.end)
        years = ", ".join(str(one.year) for one in held)
        raise _NoFigures(f"no figures of {authority} are held for {year}" + (f"; held: {years}" if years else ""))
    beside_print = [
        compare(review, published.average(review, measure), measure, register=register) for measure in KEY_STATISTICS
    ]
    beside_others = _beside_others(review)
    findings = audit(one for one in published.printed(year) if one.authority(register) == authority)
    if form == "json":
        document = {
            "lgsco": convert.FORMAT,
            "comparisons": _plain([*beside_print, *(beside_others or ())]),
            "findings": _plain(findings),
        }
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        print(_Page(markdown=form == "markdown").of(beside_print, beside_others, findings))
    return OK


class _NoFigures(LgscoError, LookupError):
    """The shipped figures hold nothing for this council and year."""


def _plain(values: Sequence[object]) -> list[object]:
    if not values:
        return []
    plain: list[object] = json.loads(convert.to_json(values))["values"]
    return plain


def _beside_others(review: AnnualReview) -> list[Comparison] | None:
    """Compare with the averages computed from what is held of the group; ``None`` for a council without a group."""
    register = published.register()
    entry = register.entry(review.authority)
    if entry.group is None or not entry.in_being(review.year.end):
        return None
    group = similar_authorities(review, published.reviews(review.year), register=register)
    return [
        compare(review, average_of(group, measure, register=register), measure, register=register)
        for measure in KEY_STATISTICS
    ]


class _Page:
    """The parts of a review as text for a terminal, or as Markdown."""

    def __init__(self, *, markdown: bool) -> None:
        self.markdown = markdown
        self.width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)

    def of(
        self, beside_print: list[Comparison], beside_others: list[Comparison] | None, findings: Sequence[Finding]
    ) -> str:
        review = beside_print[0].review
        group = published.register().entry(review.authority).group
        beside = group.label if group is not None else "none: this body stands in no comparison group"
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
        if cautions := _cautions(beside_print):
            blocks += [self.heading("Read with care"), self.items(cautions)]
        if findings:
            blocks += [
                self.heading("What the published figures get wrong"),
                self.items([_said(one) for one in findings]),
            ]
        blocks += [self.heading("Sources"), self.items(_sources(beside_print))]
        return "\n\n".join(blocks)

    def heading(self, words: str, level: int = 2) -> str:
        if self.markdown:
            return f"{'#' * level} {words}"
        return f"{words}\n{('=' if level == 1 else '-') * len(words)}"

    def items(self, items: Sequence[str]) -> str:
        return "\n".join(f"- {item}" for item in items) if self.markdown else bullets(items, self.width)

    def table(self, beside_print: list[Comparison], beside_others: list[Comparison] | None) -> str:
        header = ["Statistic", "This council", "95% interval", "Average as printed"]
        rows = [
            [each.measure.title, each.measure.describe(each.rate), _interval(each), _printed(each)]
            for each in beside_print
        ]
        if beside_others is not None and any(_average(each).value is not None for each in beside_others):
            header.append("Others held")
            rows = [[*row, _computed(each)] for row, each in zip(rows, beside_others, strict=True)]
        return markdown_table(header, rows) if self.markdown else text_table(header, rows)

    def averages(self, beside_print: list[Comparison], beside_others: list[Comparison] | None) -> list[str]:
        said = []
        if any(each.benchmark is not None for each in beside_print):
            said.append("Averages are as printed by the Ombudsman and include the council itself.")
        for each in beside_others or ():
            average = _average(each)
            if average.value is not None and average.coverage is not None:
                said.append(
                    f"Others held ({each.measure.title.lower()}): computed here from {average.coverage.numerator}"
                    f" of the {average.coverage.denominator} other councils, their cases pooled."
                )
        return [self.items(said)] if said else []


def _average(comparison: Comparison) -> Average:
    benchmark = comparison.benchmark
    if not isinstance(benchmark, Average):
        raise TypeError("the comparison is not with a computed average")
    return benchmark


def _interval(comparison: Comparison) -> str:
    if comparison.interval is None:
        return "-"
    lower, upper = comparison.interval.percents()
    return f"{lower}% to {upper}%"


def _printed(comparison: Comparison) -> str:
    return str(comparison.benchmark.percent) if isinstance(comparison.benchmark, PrintedAverage) else "none held"


def _computed(comparison: Comparison) -> str:
    average = _average(comparison)
    return "too few held" if average.value is None else str(average.pooled)


def _cautions(beside_print: list[Comparison]) -> list[str]:
    """Give each caution once, with the statistics that it concerns where it does not concern all."""
    concerned: dict[str, list[str]] = {}
    for each in beside_print:
        for caution in each.cautions:
            concerned.setdefault(caution.words, []).append(each.measure.title)
    return [
        words if len(titles) == len(beside_print) else f"{' and '.join(titles)}: {words}"
        for words, titles in concerned.items()
    ]


def _said(finding: Finding) -> str:
    return f"{finding.where.capitalize()}: printed {finding.printed}; {finding.follows}."


def _sources(beside_print: list[Comparison]) -> list[str]:
    own = beside_print[0].review.source
    printed = {
        each.benchmark.source: None
        for each in beside_print
        if isinstance(each.benchmark, PrintedAverage) and each.benchmark.source != own
    }
    lines = ["Figures of the council: " + _cited(own)]
    lines += ["Averages: " + _cited(source) for source in printed]
    if len(lines) == 1 and any(isinstance(each.benchmark, PrintedAverage) for each in beside_print):
        lines = ["Figures of the council and averages: " + _cited(own)]
    return lines


def _cited(source: Source | None) -> str:
    if source is None:
        return "not known."
    return source.title + (f", {source.url}" if source.url else ".")


def _audit(file: str, *, as_json: bool) -> int:
    try:
        text = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        print(f"lgsco: {file}: {error.strerror}", file=sys.stderr)
        return UNREADABLE
    letter = readers.read_letter(text)
    findings = audit(letter)
    if as_json:
        document = {"lgsco": convert.FORMAT, "letter": _plain([letter])[0], "findings": _plain(findings)}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        print(_audited(letter, findings))
    return DISAGREE if findings else OK


def _audited(letter: AnnualLetter, findings: Sequence[Finding]) -> str:
    figures = letter.figures
    of = "" if letter.dated is None else f", of {long_date(letter.dated.year, letter.dated.month, letter.dated.day)}"
    rows = []
    for measure in KEY_STATISTICS:
        printed = figures.statistic(measure)
        base = None if printed is None or printed.base is None else f"{printed.base} {printed.base_noun or ''}".strip()
        cells = (None, None, None, None) if printed is None else (printed.percent, printed.count, base, printed.average)
        rows.append([measure.title, *("-" if cell is None else str(cell) for cell in cells)])
    page = _Page(markdown=False)
    blocks = [
        f"Annual review letter to {figures.name}, {figures.year}{of}",
        text_table(["As printed", "Percentage", "Count", "Stated base", "Average"], rows),
    ]
    if letter.not_found:
        blocks.append(f"Not found in it: {', '.join(letter.not_found)}.")
    if findings:
        blocks += [f"{number_of(len(findings), 'contradiction')}:", page.items([_said(one) for one in findings])]
    else:
        blocks.append("Nothing in it contradicts its own counts.")
    return "\n\n".join(blocks)
