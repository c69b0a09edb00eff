"""
The command line, the one room that prints, reads files and ends with an exit code.

Exit codes: 0 all is well; 1 ``audit`` found figures that disagree; 2 the command cannot be carried out (its words are
wrong, the council is unknown, no figures are held); 3 a file cannot be read, or not as what it should be.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import sys
import textwrap
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import lgsco
from lgsco import convert, published, readers
from lgsco._display import bullets, harmless, long_date, markdown_table, number_of, text_table
from lgsco.audits import audit
from lgsco.authorities import AuthorityType, comparison_group
from lgsco.casework import ReportingYear
from lgsco.comparisons import Comparison, compare
from lgsco.errors import InvalidField, LgscoError, UnreadableLetter
from lgsco.funnels import ALARM, ALERT, LimitMethod, funnel
from lgsco.intervals import half_up
from lgsco.measures import KEY_STATISTICS
from lgsco.peers import Average, average_of, similar_authorities
from lgsco.printed import PrintedAverage
from lgsco.rates import Proportion

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lgsco.audits import Finding
    from lgsco.funnels import Funnel, FunnelPoint
    from lgsco.printed import AnnualLetter
    from lgsco.sources import Source
    from lgsco.tallies import AnnualReview

__all__ = ["main"]

OK, DISAGREE, CANNOT, UNREADABLE = 0, 1, 2, 3
_NARROWEST, _WIDEST = 60, 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and give its exit code."""
    asked = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # JSON is UTF-8 wherever it goes; text shows what the terminal has no letter for as a question mark.
        if asked.json:
            sys.stdout.reconfigure(encoding="utf-8")
        else:
            sys.stdout.reconfigure(errors="replace")
    try:
        return _COMMANDS[asked.command](asked)
    except UnreadableLetter as error:
        _complain(f"lgsco: {asked.file}: {error}")
        return UNREADABLE
    except LgscoError as error:
        _complain(f"lgsco: {error}")
        return CANNOT
    except BrokenPipeError:
        # Whoever read the output has gone, as ``head`` does; what Python would still flush has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _say(text: str) -> None:
    print(harmless(text))


def _complain(text: str) -> None:
    print(harmless(text), file=sys.stderr)


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
    beside = commands.add_parser(
        "compare",
        help="what a council's cases can say beside similar authorities, in words",
        description="Say for each key statistic what the council's cases can bear beside similar authorities.",
    )
    beside.add_argument("name", metavar="NAME", help="the council's name or its ONS code")
    beside.add_argument("--year", required=True, type=_year, help="the reporting year, such as 2019-20")
    beside.add_argument("--json", action="store_true", help="print JSON instead of text")
    group = commands.add_parser(
        "funnel",
        help="the councils of a group against control limits",
        description="Set every council held of a group against limits that widen as its cases get fewer.",
    )
    groups = [kind.value for kind in AuthorityType if kind.is_comparison_group]
    group.add_argument("--group", required=True, choices=groups, help="the comparison group")
    group.add_argument("--year", required=True, type=_year, help="the reporting year, such as 2024-25")
    names = [measure.name for measure in KEY_STATISTICS]
    group.add_argument("--measure", choices=names, default=names[0], help="the statistic (uphold_rate unless given)")
    kinds = [kind.value for kind in LimitMethod]
    group.add_argument("--limits", choices=kinds, default=kinds[0], help="how limits are made (score unless given)")
    group.add_argument("--json", action="store_true", help="print JSON instead of text")
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


def _held_review(name: str, year: ReportingYear) -> AnnualReview:
    """Find the review that is held of a council and year; refuse with what is held instead."""
    register = published.register()
    authority = register.find_in_print(name, year.end)
    held = [review for review in published.reviews() if review.authority == authority]
    review = next((review for review in held if review.year == year), None)
    if review is None:
        # An abolished council without figures is refused as such, with its successors.
        register.find(name, year.end)
        years = ", ".join(str(one.year) for one in held)
        raise _NoFigures(f"no figures of {authority} are held for {year}" + (f"; held: {years}" if years else ""))
    return review


def _beside_print(review: AnnualReview) -> list[Comparison]:
    return [
        compare(review, published.average(review, measure), measure, register=published.register())
        for measure in KEY_STATISTICS
    ]


def _review(name: str, year: ReportingYear, form: str) -> int:
    review = _held_review(name, year)
    beside_print, beside_others = _beside_print(review), _beside_others(review)
    register = published.register()
    findings = audit(one for one in published.printed(year) if one.authority(register) == review.authority)
    if form == "json":
        document = {
            "lgsco": convert.FORMAT,
            "comparisons": _plain([*beside_print, *(beside_others or ())]),
            "findings": _plain(findings),
        }
        _say(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _say(_Page(markdown=form == "markdown").of(beside_print, beside_others, findings))
    return OK


def _compare(name: str, year: ReportingYear, *, as_json: bool) -> int:
    review = _held_review(name, year)
    beside_print, beside_others = _beside_print(review), _beside_others(review) or []
    # A computed average stands beside a printed one, where enough is held for it.
    computed = [each for each in beside_others if _average(each).value is not None]
    if as_json:
        document = {"lgsco": convert.FORMAT, "comparisons": _plain([*beside_print, *computed])}
        _say(json.dumps(document, ensure_ascii=False, indent=2))
        return OK
    page = _Page(markdown=False)
    blocks = [page.heading(f"{review.authority}, {year}", level=1)]
    for each in beside_print:
        paragraphs = [each.paragraph(), *(one.paragraph() for one in computed if one.measure == each.measure)]
        blocks += [page.heading(each.measure.title), *(page.filled(paragraph) for paragraph in paragraphs)]
    blocks += [page.heading("Sources"), page.items(_sources(beside_print))]
    _say("\n\n".join(blocks))
    return OK


def _funnel(group: str, year: ReportingYear, measure_name: str, limits: str, *, as_json: bool) -> int:
    (measure,) = [one for one in KEY_STATISTICS if one.name == measure_name]
    kind = AuthorityType(group)
    reviews = published.reviews(year, kind)
    if not reviews:
        raise _NoFigures(f"no figures of {kind.label} are held for {year}")
    made = funnel(reviews, measure, limits=limits, register=published.register())
    if as_json:
        _say(convert.to_json(made, indent=2))
        return OK
    page = _Page(markdown=False)
    held = f"{len(made.points)} of {made.group_size} councils of the group are held."
    blocks = [page.heading(f"{measure.title}, {kind.label}, {year}", level=1)]
    if made.target is None:
        blocks.append(page.filled(f"There is no funnel: {made.too_little}."))
    else:
        blocks.append(
            page.filled(
                f"Limits about {half_up(100 * made.target, 1)}%, {made.target_is}; {held}"
                f" Alert limits are at 95%, alarm limits at 99.8%; {made.spread}."
            )
        )
    rows = [_funnel_row(made, point) for point in sorted(made.points, key=lambda point: point.authority.name)]
    blocks.append(text_table(["Council", "Rate", "Position", "95% limits", "99.8% limits"], rows))
    if made.not_published:
        names = ", ".join(authority.name for authority in made.not_published)
        blocks.append(page.filled(f"Held without this rate: {names}."))
    if made.target is not None:
        by_name = "By name, not by rate: a position is no rank."
        blocks.append(page.filled(f"{by_name} Chance alone puts 1 council in 20 beyond an alert limit."))
    _say("\n\n".join(blocks))
    return OK


def _funnel_row(made: Funnel, point: FunnelPoint) -> list[str]:
    cases = point.rate.denominator if isinstance(point.rate, Proportion) else point.rate.population.people
    limits = [made.limits_at(cases, confidence) if cases else None for confidence in (ALERT, ALARM)]
    shown = [
        "-" if pair is None else f"{half_up(100 * Fraction(pair[0]))}% to {half_up(100 * Fraction(pair[1]))}%"
        for pair in limits
    ]
    position = "-" if point.position is None else point.position.replace("_", " ")
    return [point.authority.name, str(point.rate), position, *shown]


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
    if comparison_group(review.authority, register, review.year.end) is None:
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

    def filled(self, paragraph: str) -> str:
        """Wrap a paragraph to the width of the terminal."""
        return textwrap.fill(paragraph, self.width, break_long_words=False, break_on_hyphens=False)

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
    if isinstance(comparison.benchmark, PrintedAverage):
        return str(comparison.benchmark.percent)
    review = comparison.review
    # A council that stands in no group has no average, and pages of abolished councils print as much.
    return "none held" if comparison_group(review.authority, published.register(), review.year.end) else "n/a"


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
        _complain(f"lgsco: {file}: {error.strerror}")
        return UNREADABLE
    letter = readers.read_letter(text)
    findings = audit(letter)
    if as_json:
        document = {"lgsco": convert.FORMAT, "letter": _plain([letter])[0], "findings": _plain(findings)}
        _say(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _say(_audited(letter, findings))
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


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "review": lambda asked: _review(asked.name, asked.year, _form(asked)),
    "compare": lambda asked: _compare(asked.name, asked.year, as_json=asked.json),
    "funnel": lambda asked: _funnel(asked.group, asked.year, asked.measure, asked.limits, as_json=asked.json),
    "audit": lambda asked: _audit(asked.file, as_json=asked.json),
}


def _form(asked: argparse.Namespace) -> str:
    if asked.json:
        return "json"
    return "markdown" if asked.markdown else "text"
