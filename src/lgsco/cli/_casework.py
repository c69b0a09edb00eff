"""``lgsco casework``: the progress of a council's own cases at a day."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar

from lgsco import convert, published
from lgsco._text import text_table
from lgsco.casework.counting import CaseworkTally, tally_casework
from lgsco.casework.learning import LearningLog, learning_log
from lgsco.casework.progress import Progress
from lgsco.cli._case_files import add_case_options, cases_in
from lgsco.cli._terminal import DISAGREE, OK, Page, UnreadableFile, content_of, day, plain, say, say_json
from lgsco.convert.json import parse_json
from lgsco.errors import InvalidValue, MissingDates, Place, Problem
from lgsco.model.cases import CaseList, ComplianceOutcome, Decision, Enquiry, Investigation, Outcome
from lgsco.readers.days import read_days
from lgsco.readers.sheets import sheets_of_text
from lgsco.readers.texts import DEFAULT_BOUNDS
from lgsco.reports.casework import progress_columns
from lgsco.wording import casework as wording
from lgsco.wording.phrases import date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.casework.tallies import RecommendationTally
    from lgsco.cli._terminal import Commands

T = TypeVar("T")


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "casework",
        help="the progress of a council's own cases at a day",
        description="Show the progress at a day of recommendations and enquiries in a council's own cases, and list"
        " what was agreed. Files are workbooks, comma-separated values or JSON, with the columns of"
        " lgsco.convert.rows_of or with others that --columns explains.",
        epilog="Exit codes: 0 success; 1 dates are missing, so that it is not known what is overdue; 2 the command"
        " cannot be carried out; 3 a file cannot be read, or its cases contradict themselves.",
    )
    parser.add_argument("file", metavar="FILE", help="the cases that were investigated, or - for standard input")
    parser.add_argument("--on", required=True, type=day, metavar="DATE", help="the day, such as 2020-03-31")
    parser.add_argument("--compliance", metavar="FILE", help="the compliance outcomes, if they are to be counted")
    parser.add_argument("--enquiries", metavar="FILE", help="enquiries in complaints that are not yet decided")
    parser.add_argument("--authority", metavar="NAME", help="the council whose cases they are, where no column says so")
    add_case_options(parser)
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=_casework)


def _casework(options: argparse.Namespace) -> int:
    on: dt.date = options.on
    try:
        listed = _cases_in(content_of(options.file), options)
        cases = listed.investigations or [Investigation(case) for case in listed.decisions or () if _ended(case)]
        compliance = listed.compliance if options.compliance is None else _outcomes_in(options)
        enquiries = [*listed.enquiries, *(_enquiries_in(options.enquiries) if options.enquiries else ())]
        tally = tally_casework(cases, on, compliance=compliance, enquiries=enquiries)
        learning = learning_log(cases, on)
    except InvalidValue as error:
        raise UnreadableFile(f"{options.file}: {error}") from None
    undated = _undated(learning)
    if options.json:
        medians = plain([tally.completion.median(), tally.answers.median()])
        say_json(
            casework=plain([tally])[0],
            medians=dict(zip(("completion", "answers"), medians, strict=True)),
            learning=plain([learning])[0],
            cannot_tell=[str(problem) for problem in undated],
        )
    else:
        say(_page({case.decision.authority.name for case in cases}, tally, learning, undated))
    return DISAGREE if undated else OK


def _cases_in(content: bytes, options: argparse.Namespace) -> CaseList:
    """Return the cases in a file: JSON, or what a case system or a spreadsheet writes."""
    if _is_json(content):
        return CaseList(investigations=tuple(_values_in(options.file, content, Investigation)))
    authority = None if options.authority is None else published.register().find(options.authority)
    return cases_in(content, options, authority)


def _ended(case: Decision) -> bool:
    return case.outcome in {Outcome.UPHELD, Outcome.NOT_UPHELD}


def _outcomes_in(options: argparse.Namespace) -> Sequence[ComplianceOutcome]:
    content = content_of(options.compliance)
    if _is_json(content):
        return _values_in(options.compliance, content, ComplianceOutcome)
    own = argparse.Namespace(**{**vars(options), "file": options.compliance, "columns": None, "sheet": None})
    return cases_in(content, own, None).compliance or ()


def _enquiries_in(file: str) -> Sequence[Enquiry]:
    content = content_of(file)
    if _is_json(content):
        return _values_in(file, content, Enquiry)
    header, *body = sheets_of_text(content, DEFAULT_BOUNDS, lambda rows: max(map(len, rows), default=0)).rows or [[]]
    if "sent_on" not in header:
        raise UnreadableFile(f"{file}: {wording.NO_ENQUIRIES}")
    problems, columns = [], {}
    for position, heading in enumerate(header):
        days, refused = read_days([row[position] if position < len(row) else None for row in body])
        columns[heading] = days
        problems += [Problem(Place(row=row + 2, column=heading), reason) for row, reason in refused]
    if problems:
        raise UnreadableFile(f"{file}: {InvalidValue(problems)}")
    try:
        rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
        return convert.from_rows([row for row in rows if any(row.values())], Enquiry)
    except InvalidValue as error:
        raise UnreadableFile(f"{file}: {error}") from None


def _is_json(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def _values_in(file: str, content: bytes, kind: type[T]) -> list[T]:
    """Return the values in JSON rows, or in JSON as ``to_json`` writes it."""
    try:
        if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
            many: Any = tuple[kind, ...]  # type: ignore[valid-type]  # a type that is only known as it runs
            return [*convert.from_json(content, many)]
        return convert.from_rows(parse_json(content, kind.__name__), kind)
    except InvalidValue as error:
        raise UnreadableFile(f"{file}: {error}") from None


def _undated(learning: LearningLog) -> tuple[Problem, ...]:
    """Return the recommendations of which it is not known whether they are overdue."""
    try:
        learning.overdue()
    except MissingDates as error:
        return error.problems
    return ()


def _page(bodies: set[str], tally: CaseworkTally, learning: LearningLog, undated: Sequence[Problem]) -> str:
    page = Page()
    decided = wording.cases_decided(tally.cases, tally.public_reports, tally.public_reports_not_stated)
    blocks = [
        page.heading(wording.casework_title(bodies, date(tally.on)), level=1),
        page.filled(decided),
        page.heading("Recommendations"),
        *_recommendations(page, tally),
        page.heading("Answers to the Ombudsman's enquiries"),
        *_enquiries(page, tally),
        page.heading("Compliance outcomes"),
        page.filled(_compliance(tally)),
        page.heading("Learning register"),
        page.items([str(entry) for entry in learning.entries]) if learning.entries else wording.NOTHING_AGREED,
        page.heading("What recurs"),
        page.items([str(entry) for entry in learning.recurring])
        if learning.recurring
        else page.filled(wording.NOTHING_RECURS),
    ]
    if undated:
        blocks += [page.heading("What cannot be told"), wording.UNDATED]
        blocks += [page.items([str(problem) for problem in undated])]
    return "\n\n".join(blocks)


def _recommendations(page: Page, tally: CaseworkTally) -> list[str]:
    if not tally.recommendations.total:
        return ["None."]
    columns = progress_columns(tally.recommendations)
    header = [_HEADINGS[progress] for progress in columns]

    def cells(counts: RecommendationTally) -> list[str]:
        return [str(counts.total), *(str(getattr(counts, progress)) for progress in columns)]

    kinds = [
        [
            "Not known" if item.kind is None else item.kind.replace("_", " ").capitalize(),
            *cells(item.recommendations),
        ]
        for item in tally.by_kind
    ]
    areas = [
        [
            "Not known" if item.service_area is None else item.service_area.label,
            str(item.cases),
            str(item.public_reports),
            str(item.recommendations.total),
            str(item.recommendations.outstanding),
            str(item.recommendations.overdue),
        ]
        for item in tally.by_area
    ]
    payments = tally.payments
    return [
        text_table(["Kind", "All", *header], [*kinds, ["All kinds", *cells(tally.recommendations)]]),
        text_table(["Service area", "Cases", "Reports", "All", "Outstanding", "Overdue"], areas),
        page.items(
            [
                wording.money_recommended(
                    payments.pounds,
                    payments.stated,
                    payments.not_stated,
                    payments.in_text,
                    tally.recommendations.total,
                ),
                wording.median_time(tally.completion, "decision to completion", "recommendation"),
                *wording.lateness(tally.late_completion, "done late"),
            ]
        ),
    ]


_HEADINGS = {
    Progress.DONE_ON_TIME: "On time",
    Progress.DONE_LATE: "Late",
    Progress.DONE_UNDATED: "Done, no date",
    Progress.NOT_YET_DUE: "Not due yet",
    Progress.OVERDUE: "Overdue",
    Progress.OUTSTANDING_UNDATED: "Not done, no date",
}


def _enquiries(page: Page, tally: CaseworkTally) -> list[str]:
    enquiries = tally.enquiries
    if not enquiries.total:
        return ["None."]
    counts = [enquiries.total, *(getattr(enquiries, name) for name in _ANSWERS.values())]
    lines = [
        wording.median_time(tally.answers, "enquiry to answer", "enquiry", "enquiries"),
        *wording.lateness(tally.late_answers, "answered late"),
    ]
    if enquiries.summonses_threatened:
        lines.append(wording.summonses_threatened(enquiries.summonses_threatened))
    return [text_table(["All", *_ANSWERS], [[str(count) for count in counts]]), page.items(lines)]


_ANSWERS = {
    "On time": "answered_on_time",
    "Late": "answered_late",
    "Not due yet": "not_yet_due",
    "Overdue": "overdue",
}


def _compliance(tally: CaseworkTally) -> str:
    counts = tally.compliance
    if counts is None or counts.total is None or counts.complied is None:
        return wording.COMPLIANCE_NOT_GIVEN
    return wording.compliance_recorded(counts.total, counts.complied, counts.late, counts.not_complied)
