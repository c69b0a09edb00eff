"""What had become of a council's cases by a day: recommendations, money, enquiries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import long_date, number_of
from lgsco.casework.progress import Progress
from lgsco.documents.missing import Missing
from lgsco.reports.cases import KINDS
from lgsco.reports.counts import counts_table
from lgsco.reports.elements import (
    Absent,
    Amount,
    Cell,
    Column,
    ColumnKind,
    Row,
    Section,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lgsco.casework.counting import CaseworkTally
    from lgsco.casework.tallies import AreaTally, EnquiryTally, RecommendationTally
    from lgsco.stats.survival import WaitingTimes

__all__ = ["casework_sections"]

_HEADINGS = {
    Progress.DONE_ON_TIME: "Done on time",
    Progress.DONE_LATE: "Done late",
    Progress.DONE_UNDATED: "Done, no due date",
    Progress.NOT_YET_DUE: "Not due yet",
    Progress.OVERDUE: "Overdue",
    Progress.OUTSTANDING_UNDATED: "Not done, no due date",
}
_WHERE_ANY = {Progress.DONE_UNDATED, Progress.OUTSTANDING_UNDATED}
_NOT_KNOWN = Absent(Missing.NOT_AVAILABLE, "not known")
_NONE = Absent(Missing.NOT_APPLICABLE, "none")


def casework_sections(tally: CaseworkTally | None) -> list[Section]:
    """Show casework as it stood on a day: what was done of what was recommended, and how enquiries were answered."""
    if tally is None:
        return []
    on = long_date(tally.on.year, tally.on.month, tally.on.day)
    sections = []
    if tally.recommendations.total:
        sections.append(
            Section(
                f"What had become of recommendations by {on}",
                paragraphs=tuple(_told(tally)),
                tables=(_by_kind(tally, on), _by_area(tally.by_area, on)),
            )
        )
    if tally.enquiries.total:
        sections.append(
            Section(
                f"How the Ombudsman's enquiries had been answered by {on}",
                paragraphs=tuple(_times(tally.answers, "enquiry to answer", "enquiry", "enquiries")),
                tables=(_enquiries(tally.enquiries, on),),
            )
        )
    return sections


def _told(tally: CaseworkTally) -> Iterable[str]:
    yield from _times(tally.completion, "decision to completion", "recommendation")
    late, overdue = tally.late_completion.ended, tally.late_completion.waiting
    if late:
        yield f"{len(late)} done late, by {_span(late)}."
    if overdue:
        yield f"{len(overdue)} overdue, by {_span(overdue)} so far."
    if tally.payments.not_stated:
        payments = number_of(tally.payments.not_stated, "payment")
        yield f"Of {payments} the sum is not stated, so that more was recommended than the table shows."


def _times(times: WaitingTimes, what: str, one: str, many: str | None = None) -> Iterable[str]:
    waiting = f"{len(times.waiting)} of {number_of(times.total, one, many)}"
    counted = f"{waiting} outstanding on the day, counted as still waiting" if times.waiting else "none is outstanding"
    yield f"Median time from {what}: {times.median()}; {counted}."


def _span(days: tuple[int, ...]) -> str:
    return number_of(days[0], "day") if days[0] == days[-1] else f"{days[0]:,} to {number_of(days[-1], 'day')}"


def _by_kind(tally: CaseworkTally, on: str) -> Table:
    shown = [one for one in Progress if one not in _WHERE_ANY or _count(tally.recommendations, one)]

    def row(heading: str, counts: RecommendationTally) -> Row:
        return Row(heading, (counts.total, *(_count(counts, one) for one in shown)))

    return Table(
        f"Recommendations by kind, on {on}",
        "Kind",
        columns=(
            Column("All", ColumnKind.COUNT),
            *(Column(_HEADINGS[one], ColumnKind.COUNT) for one in shown),
        ),
        rows=(
            *(row(KINDS[one.kind], one.recommendations) for one in tally.by_kind),
            row("All recommendations", tally.recommendations),
        ),
    )


def _count(counts: RecommendationTally, progress: Progress) -> int:
    held: int = getattr(counts, progress.value)
    return held


def _by_area(areas: Iterable[AreaTally], on: str) -> Table:
    counts = ("Cases decided", "Public interest reports", "Recommendations", "Outstanding", "Overdue")
    return Table(
        f"Cases and recommendations by service area, on {on}",
        "Service area",
        columns=(
            *(Column(name, ColumnKind.COUNT) for name in counts),
            Column("Money recommended (pounds)", ColumnKind.AMOUNT),
        ),
        rows=tuple(
            Row(
                "Not known" if area.service_area is None else area.service_area.label,
                (
                    area.cases,
                    _NOT_KNOWN if area.public_reports_not_stated == area.cases else area.public_reports,
                    area.recommendations.total,
                    area.recommendations.outstanding,
                    area.recommendations.overdue,
                    _money(area),
                ),
            )
            for area in areas
        ),
    )


def _money(area: AreaTally) -> Cell:
    if area.payments.stated:
        return Amount(area.payments.pounds)
    return _NOT_KNOWN if area.payments.not_stated else _NONE


def _enquiries(asked: EnquiryTally, on: str) -> Table:
    return counts_table(
        f"Enquiries, on {on}",
        "Answer",
        [
            ("Answered on time", asked.answered_on_time),
            ("Answered late", asked.answered_late),
            ("Not due yet", asked.not_yet_due),
            ("Overdue", asked.overdue),
            ("All enquiries", asked.total),
            ("of these, a witness summons was threatened", asked.summonses_threatened),
        ],
    )
