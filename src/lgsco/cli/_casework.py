"""``lgsco casework``: what had become of a council's own cases by a day."""

from __future__ import annotations

import argparse
import datetime as dt
import json
from typing import TYPE_CHECKING, Any, TypeVar

from lgsco import convert
from lgsco._text import long_date, number_of, pounds, text_table
from lgsco.casework.counting import CaseworkTally, tally_casework
from lgsco.casework.learning import LearningLog, learning_log
from lgsco.casework.progress import Progress
from lgsco.casework.tallies import PaymentTally, RecommendationTally
from lgsco.cli._terminal import DISAGREE, OK, Page, UnreadableFile, content_of, plain, say
from lgsco.convert.json import parse_json
from lgsco.errors import InvalidValue, MissingDates, Problem
from lgsco.model.cases import ComplianceOutcome, Enquiry, Investigation, ServiceArea

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.stats.survival import WaitingTimes

__all__ = ["add_to"]

T = TypeVar("T")


def add_to(commands: Commands) -> None:
    """Add the command and its words."""
    parser = commands.add_parser(
        "casework",
        help="what had become of a council's own cases by a day",
        description="Say what had become by a day of what was recommended and asked in a council's own cases, and list"
        " what was agreed. Files are comma-separated values or JSON, with the columns of lgsco.convert.rows_of.",
        epilog="Exit codes: 0 all is well; 1 dates are missing, so that what is overdue cannot be told; 2 the command"
        " cannot be carried out; 3 a file cannot be read, or its cases contradict themselves.",
    )
    parser.add_argument("file", metavar="FILE", help="the cases that were investigated, or - for standard input")
    parser.add_argument("--on", required=True, type=_day, metavar="DATE", help="the day, such as 2020-03-31")
    parser.add_argument("--compliance", metavar="FILE", help="the compliance outcomes, where they are to be counted")
    parser.add_argument("--enquiries", metavar="FILE", help="enquiries in complaints that are not decided yet")
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=_casework)


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    # fromisoformat also takes "20200331" and week dates.
    if day is None or day.isoformat() != text:
        raise argparse.ArgumentTypeError(f"{text!r} must be a day written like '2020-03-31'")
    return day


def _casework(asked: argparse.Namespace) -> int:
    on: dt.date = asked.on
    try:
        cases = _held(asked.file, Investigation)
        compliance = None if asked.compliance is None else _held(asked.compliance, ComplianceOutcome)
        enquiries = [] if asked.enquiries is None else _held(asked.enquiries, Enquiry)
        tally = tally_casework(cases, on, compliance=compliance, enquiries=enquiries)
        learning = learning_log(cases, on)
    except InvalidValue as error:
        raise UnreadableFile(f"{asked.file}: {error}") from None
    undated = _undated(learning)
    if asked.json:
        document = {
            "lgsco": convert.FORMAT,
            "casework": plain([tally])[0],
            "medians": {
                name: plain([times.median()])[0]
                for name, times in (("completion", tally.completion), ("answers", tally.answers))
            },
            "learning": plain([learning])[0],
            "cannot_tell": [str(problem) for problem in undated],
        }
        say(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        say(_page({case.decision.authority.name for case in cases}, tally, learning, undated))
    return DISAGREE if undated else OK


def _held(file: str, kind: type[T]) -> list[T]:
    """Read the values that a file holds: as comma-separated values, as JSON of rows, or as ``to_json`` writes them."""
    content = content_of(file)
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    try:
        if start == b"{":
            many: Any = tuple[kind, ...]  # type: ignore[valid-type]  # a type that is only known as it runs
            return [*convert.from_json(content, many)]
        if start == b"[":
            return convert.from_rows(parse_json(content, kind.__name__), kind)
        return convert.from_csv(content, kind)
    except InvalidValue as error:
        raise UnreadableFile(f"{file}: {error}") from None


def _undated(learning: LearningLog) -> tuple[Problem, ...]:
    """Give everything of which it cannot be told whether it is overdue."""
    try:
        learning.overdue()
    except MissingDates as error:
        return error.problems
    return ()


def _page(bodies: set[str], tally: CaseworkTally, learning: LearningLog, undated: Sequence[Problem]) -> str:
    page = Page(markdown=False)
    on = long_date(tally.on.year, tally.on.month, tally.on.day)
    of = " and ".join(sorted(bodies)) or "No cases"
    blocks = [
        page.heading(f"{of}: casework on {on}", level=1),
        page.filled(_cases(tally)),
        page.heading("Recommendations"),
        *_recommendations(page, tally),
        page.heading("Answers to the Ombudsman's enquiries"),
        *_enquiries(page, tally),
        page.heading("Compliance outcomes"),
        page.filled(_compliance(tally)),
        page.heading("Learning register"),
        page.items([str(entry) for entry in learning.entries]) if learning.entries else "Nothing was agreed.",
        page.heading("What recurs"),
        page.items([str(one) for one in learning.recurring])
        if learning.recurring
        else page.filled("No kind of recommendation stands in two cases of one service area."),
    ]
    if undated:
        blocks += [page.heading("What cannot be told"), "Whether these are overdue, for want of a due date:"]
        blocks += [page.items([str(problem) for problem in undated])]
    return "\n\n".join(blocks)


def _cases(tally: CaseworkTally) -> str:
    said = f"{number_of(tally.cases, 'case')} decided by then"
    unstated = tally.public_reports_not_stated
    if unstated < tally.cases:
        said += f", {tally.public_reports} with a public report"
    if unstated:
        said += f"; of {number_of(unstated, 'case')} it is not stated whether there was a public report"
    return f"{said}."


def _recommendations(page: Page, tally: CaseworkTally) -> list[str]:
    if not tally.recommendations.total:
        return ["None."]
    answers = [one for one in Progress if one in _ALWAYS or getattr(tally.recommendations, one)]
    header = [_HEADINGS[one] for one in answers]

    def cells(counts: RecommendationTally) -> list[str]:
        return [str(counts.total), *(str(getattr(counts, one)) for one in answers)]

    kinds = [[one.kind.replace("_", " ").capitalize(), *cells(one.recommendations)] for one in tally.by_kind]
    areas = [
        [
            _area(one.service_area),
            str(one.cases),
            str(one.public_reports),
            str(counts.total),
            str(counts.outstanding),
            str(counts.overdue),
        ]
        for one in tally.by_area
        for counts in [one.recommendations]
    ]
    return [
        text_table(["Kind", "All", *header], [*kinds, ["All kinds", *cells(tally.recommendations)]]),
        text_table(["Service area", "Cases", "Reports", "All", "Outstanding", "Overdue"], areas),
        page.items(
            [
                _money(tally.payments),
                *_times(tally.completion, "decision to completion", "recommendation"),
                *_lateness(tally.late_completion, "done late"),
            ]
        ),
    ]


_ALWAYS = {Progress.DONE_ON_TIME, Progress.DONE_LATE, Progress.NOT_YET_DUE, Progress.OVERDUE}
_HEADINGS = {
    Progress.DONE_ON_TIME: "On time",
    Progress.DONE_LATE: "Late",
    Progress.DONE_UNDATED: "Done, no date",
    Progress.NOT_YET_DUE: "Not due yet",
    Progress.OVERDUE: "Overdue",
    Progress.OUTSTANDING_UNDATED: "Not done, no date",
}


def _area(area: ServiceArea | None) -> str:
    return "Not known" if area is None else area.label


def _money(payments: PaymentTally) -> str:
    if not payments.stated + payments.not_stated:
        return "No money was recommended."
    said = f"Money recommended: {pounds(payments.pounds)} in {number_of(payments.stated, 'recommendation')}"
    if payments.not_stated:
        said += f"; {number_of(payments.not_stated, 'payment')} without a sum, so that there is more"
    return f"{said}."


def _times(times: WaitingTimes, what: str, of: str) -> list[str]:
    if not times.total:
        return []
    median = times.median()
    waiting = f"{len(times.waiting)} of {number_of(times.total, of, _PLURALS.get(of))}"
    counted = f"{waiting} outstanding on the day, counted as still waiting" if times.waiting else "none is outstanding"
    return [f"Median time from {what}: {median}; {counted}."]


_PLURALS = {"enquiry": "enquiries"}


def _lateness(times: WaitingTimes, late: str) -> list[str]:
    """Say by how many days what was late was late, and what is overdue is late so far."""
    said = []
    for days, what, so_far in ((times.ended, late, ""), (times.waiting, "overdue", " so far")):
        if days:
            span = number_of(days[0], "day") if days[0] == days[-1] else f"{days[0]:,} to {number_of(days[-1], 'day')}"
            said.append(f"{len(days)} {what}, by {span}{so_far}.")
    return said


def _enquiries(page: Page, tally: CaseworkTally) -> list[str]:
    asked = tally.enquiries
    if not asked.total:
        return ["None."]
    counts = [asked.total, asked.answered_on_time, asked.answered_late, asked.not_yet_due, asked.overdue]
    lines = [
        *_times(tally.answers, "enquiry to answer", "enquiry"),
        *_lateness(tally.late_answers, "answered late"),
    ]
    if asked.summonses_threatened:
        threats = number_of(asked.summonses_threatened, "witness summons", "witness summonses")
        lines.append(f"{threats} threatened to obtain an answer.")
    return [
        text_table(["All", "On time", "Late", "Not due yet", "Overdue"], [[str(count) for count in counts]]),
        page.items(lines),
    ]


def _compliance(tally: CaseworkTally) -> str:
    held = tally.compliance
    if held is None or held.total is None or held.complied is None or held.late is None:
        return "Not given. The option --compliance names a file of them."
    on_time = held.complied - held.late
    return (
        f"{number_of(held.total, 'compliance outcome')} recorded by then: {on_time} on time, {held.late} late,"
        f" {held.not_complied} not complied. Late counts as complied."
    )
