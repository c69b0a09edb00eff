"""``lgsco cases``: the statistics of a council's own cases, from an export of its case system."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lgsco import convert
from lgsco.casework.answers import answered_cases, tally_answers
from lgsco.cli._case_files import add_case_options, cases_in, problems_in, write_columns
from lgsco.cli._dataset import add_figures, dataset_of
from lgsco.cli._terminal import OK, Page, UnreadableFile, content_of, day, plain, say, say_json
from lgsco.cli._writing import check_not_read, ending_in, write
from lgsco.comparison.comparisons import compare
from lgsco.dataset import Dataset, FigureState
from lgsco.errors import InvalidValue
from lgsco.model.counting import review_of
from lgsco.model.measures import KEY_STATISTICS, compliance_rate
from lgsco.readers.bounds import ISOLATED
from lgsco.readers.cases import read_cases
from lgsco.sources import Basis, Source
from lgsco.wording import cases as wording
from lgsco.wording.phrases import date

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from lgsco.cli._terminal import Commands
    from lgsco.comparison.comparisons import Comparison
    from lgsco.model.authorities import Authority
    from lgsco.model.cases import CaseList
    from lgsco.model.measures import ShareMeasure
    from lgsco.model.years import ReportingYear
    from lgsco.readers.case_columns import ColumnProposal


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "cases",
        help="the statistics of a council's own cases, from an export of its case system",
        description="Without --columns, propose what the columns of an export are, and read nothing. With it, read the"
        " cases, and show the three statistics of each year beside similar authorities.",
        epilog="Exit codes: 0 success; 2 the command cannot be carried out; 3 the file cannot be read, or its cells"
        " cannot, and every problem is listed.",
    )
    parser.add_argument("file", metavar="FILE", help="the export, as a workbook or comma-separated text, or -")
    parser.add_argument("--authority", required=True, metavar="NAME", help="the council whose cases they are")
    add_case_options(parser)
    parser.add_argument("--suggest", metavar="MAP.json", help="write the proposed columns to this file, to correct")
    parser.add_argument("--on", type=day, metavar="DATE", help="the day on which the list was made, such as 2024-05-31")
    parser.add_argument(
        "--known-only", action="store_true", help="leave out cases without an answer, and say how many they are"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=partial(ending_in, (".json",)),
        help="write the cases as a dataset in JSON",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    add_figures(parser)
    parser.set_defaults(run=_cases)


def _cases(options: argparse.Namespace) -> int:
    data = dataset_of(options)
    authority = data.register.find(options.authority)
    content = content_of(options.file)
    if options.columns is None:
        return _propose(options, content, authority)
    cases = cases_in(content, options, authority, options.on, data.register)
    if options.output is not None:
        check_not_read(options.output, [options.columns, *options.figures])
        write(Path(options.output), f"{convert.to_json(_dataset(data, cases))}\n".encode())
    years = [_Year(data, authority, year, cases, known_only=options.known_only) for year in cases.years]
    if options.json:
        say_json(
            cases=plain([cases])[0],
            years=[year.as_json() for year in years],
        )
    else:
        say(_page(options.file, authority, cases, years))
    return OK


# --- The proposal


def _propose(options: argparse.Namespace, content: bytes, authority: Authority) -> int:
    try:
        proposal = read_cases(content, authority=authority, sheet=options.sheet, bounds=ISOLATED)
    except InvalidValue as error:
        raise UnreadableFile(problems_in(error, options.file)) from None
    if options.suggest is not None:
        write_columns(options.suggest, proposal)
    if options.json:
        say_json(
            columns=proposal.mapping,
            words=proposal.words,
            missing=[*proposal.missing],
            not_understood={unplaced.heading: unplaced.reason for unplaced in proposal.unplaced},
        )
    else:
        say(_proposal_page(options, proposal))
    return OK


def _proposal_page(options: argparse.Namespace, proposal: ColumnProposal) -> str:
    page = Page()
    blocks = [page.heading(wording.proposal_title(options.file), level=1), page.filled(wording.NOTHING_READ_YET)]
    placed = [f"{column.heading!r} is {column.field} ({column.reason})" for column in proposal.columns]
    blocks.append(page.items(placed) if placed else wording.NOTHING_PLACED)
    if proposal.missing:
        blocks.append(page.filled(wording.missing_fields(proposal.missing)))
    if proposal.unplaced:
        lines = [f"{unplaced.heading!r}: {unplaced.reason}" for unplaced in proposal.unplaced]
        blocks += [page.heading(wording.UNPLACED), page.items(lines)]
    if proposal.unknown_words:
        lines = [wording.unknown_in_rows(word.field, word.word, word.rows) for word in proposal.unknown_words]
        blocks += [page.heading(wording.UNKNOWN_WORDS), page.items(lines)]
    has_unknown_words = bool(proposal.unknown_words)
    text, command = wording.next_step(
        options.file, options.suggest, options.authority, has_unknown_words=has_unknown_words
    )
    blocks += [page.filled(text), *([command] if command else [])]
    return "\n\n".join(blocks)


# --- The statistics


def _dataset(data: Dataset, cases: CaseList) -> Dataset:
    """Return a dataset of the cases alone, each with the work on it where the list has it."""
    investigations = {case.decision: case for case in cases.investigations}
    return Dataset(
        data.register,
        cases=tuple(investigations.get(decision, decision) for decision in cases.decisions or ()),
        compliance=cases.compliance or (),
        enquiries=cases.enquiries,
    )


class _Year:
    """One year of the cases: each statistic beside the printed average, unless the year was not over."""

    def __init__(
        self, data: Dataset, authority: Authority, year: ReportingYear, cases: CaseList, *, known_only: bool
    ) -> None:
        self.year = year
        self.is_over = cases.is_over(year)
        self._data = data
        self._authority = authority
        self._known_only = known_only
        self._decisions = (
            None if cases.decisions is None else [case for case in cases.decisions if case.decided_on in year]
        )
        self._compliance = (
            None if cases.compliance is None else [item for item in cases.compliance if item.recorded_on in year]
        )

    def missing(self, measure: ShareMeasure) -> tuple[int, int]:
        """Return how many answers a statistic lacks, and of how many."""
        if measure == compliance_rate or self._decisions is None:
            return 0, 0
        tally = tally_answers(self._decisions, measure)
        return tally.missing, tally.total

    def comparison(self, measure: ShareMeasure) -> Comparison:
        """Return the rate of the cases beside the printed average; beside nothing, where the year was not over."""
        decisions: Any = self._decisions
        if decisions is not None and self._known_only and measure != compliance_rate:
            decisions = answered_cases(decisions, measure)
        review = review_of(
            self._authority, self.year, decisions, self._compliance, Source("Own cases", basis=Basis.OWN_CASES)
        )
        average = None if self.is_over is False else self._data.average(self._authority, self.year, measure)
        return compare(review, average, measure, register=self._data.register)

    def lines(self) -> Iterator[str]:
        """State each statistic, what is missing for it, and what was published of it."""
        for measure in KEY_STATISTICS:
            known = self._compliance if measure == compliance_rate else self._decisions
            missing, total = self.missing(measure)
            rate = self.comparison(measure).rate
            if known is None or 0 < missing == total:
                yield wording.not_in_the_list(measure.title)
            elif missing:
                yield wording.answers_missing(measure.title, missing, total, left_out=self._known_only)
            if rate is not None and rate.value is None and not missing:
                yield wording.none_in_the_list(measure.title, str(self.year))
            elif rate is not None and rate.value is not None:
                yield (
                    wording.rate_so_far(measure.title, str(rate))
                    if self.is_over is False
                    else self.comparison(measure).sentence()
                )
            statistic = self._data.statistic(self._authority, self.year, measure)
            if statistic.state is not FigureState.NOT_HELD:
                yield wording.published_beside(measure.title, str(statistic))

    def as_json(self) -> dict[str, object]:
        """Return the year as JSON has it."""
        statistics = []
        for measure in KEY_STATISTICS:
            missing, total = self.missing(measure)
            comparison = plain([self.comparison(measure)])[0]
            statistics.append({"comparison": comparison, "missing_answers": missing, "of_answers": total})
        return {"year": str(self.year), "is_over": self.is_over, "statistics": statistics}


def _page(file: str, authority: Authority, cases: CaseList, years: list[_Year]) -> str:
    page = Page()
    decided = None if cases.decisions is None else len(cases.decisions)
    recorded = None if cases.compliance is None else len(cases.compliance)
    list_day = None if cases.as_of is None else date(cases.as_of)
    notes = [wording.cases_read(decided, len(cases.undecided), recorded, list_day)]
    notes += [wording.rows_dropped(cases.dropped_rows)] if cases.dropped_rows else []
    notes += [wording.columns_not_read(cases.unread_columns)] if cases.unread_columns else []
    blocks = [page.heading(wording.cases_title(str(authority), file), level=1), *map(page.filled, notes)]
    blocks.append(page.filled(wording.OWN_COUNTS))
    for year in years:
        blocks.append(page.heading(str(year.year)))
        if year.is_over is None:
            blocks.append(page.filled(wording.year_may_not_be_over(str(year.year))))
        elif not year.is_over and cases.as_of is not None:
            blocks.append(page.filled(wording.year_not_over(str(year.year), date(cases.as_of))))
        blocks.append(page.items([*year.lines()]))
    return "\n\n".join(blocks)
