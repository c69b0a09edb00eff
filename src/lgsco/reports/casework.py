"""The sections of a report on casework at a day: progress of recommendations, money, enquiries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.casework.progress import Progress
from lgsco.documents.missing import Missing
from lgsco.reports.cases import KINDS
from lgsco.reports.counts import counts_table
from lgsco.reports.elements import Absent, Amount, Cell, Column, ColumnKind, Row, Section, Table
from lgsco.wording import casework as wording
from lgsco.wording.phrases import date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lgsco.casework.counting import CaseworkTally
    from lgsco.casework.tallies import AreaTally, EnquiryTally, RecommendationTally

__all__ = ["casework_sections"]

_HEADINGS = {
    Progress.DONE_ON_TIME: "Done on time",
    Progress.DONE_LATE: "Done late",
    Progress.DONE_UNDATED: "Done, no due date",
    Progress.NOT_YET_DUE: "Not due yet",
    Progress.OVERDUE: "Overdue",
    Progress.OUTSTANDING_UNDATED: "Not done, no due date",
}
_WITHOUT_DUE_DATE = {Progress.DONE_UNDATED, Progress.OUTSTANDING_UNDATED}
_NOT_KNOWN = Absent(Missing.NOT_AVAILABLE, "not known")
_NONE = Absent(Missing.NOT_APPLICABLE, "none")


def casework_sections(tally: CaseworkTally | None) -> list[Section]:
    """Return sections on the progress of recommendations and on the answers to enquiries at a day."""
    if tally is None:
        return []
    on = date(tally.on)
    sections = []
    if tally.recommendations.total:
        sections.append(
            Section(
                f"Progress of recommendations at {on}",
                paragraphs=tuple(_recommendation_sentences(tally)),
                tables=(_by_kind(tally, on), _by_area(tally.by_area, on)),
            )
        )
    if tally.enquiries.total:
        sections.append(
            Section(
                f"How the Ombudsman's enquiries had been answered by {on}",
                paragraphs=(wording.median_time(tally.answers, "enquiry to answer", "enquiry", "enquiries"),),
                tables=(_enquiries(tally.enquiries, on),),
            )
        )
    return sections


def _recommendation_sentences(tally: CaseworkTally) -> Iterable[str]:
    yield wording.median_time(tally.completion, "decision to completion", "recommendation")
    yield from wording.lateness(tally.late_completion, "done late")
    if tally.payments.not_stated:
        yield wording.payments_not_stated(tally.payments.not_stated)


def progress_columns(counts: RecommendationTally) -> list[Progress]:
    """Return what a table of progress shows: everything, but those without a due date only where there are any."""
    return [progress for progress in Progress if progress not in _WITHOUT_DUE_DATE or _count(counts, progress)]


def _by_kind(tally: CaseworkTally, on: str) -> Table:
    columns = progress_columns(tally.recommendations)

    def row(heading: str, counts: RecommendationTally) -> Row:
        return Row(heading, (counts.total, *(_count(counts, progress) for progress in columns)))

    return Table(
        f"Recommendations by kind, on {on}",
        "Kind",
        columns=(
            Column("All", ColumnKind.COUNT),
            *(Column(_HEADINGS[progress], ColumnKind.COUNT) for progress in columns),
        ),
        rows=(
            *(row(KINDS[of_kind.kind], of_kind.recommendations) for of_kind in tally.by_kind),
            row("All recommendations", tally.recommendations),
        ),
    )


def _count(counts: RecommendationTally, progress: Progress) -> int:
    count: int = getattr(counts, progress.value)
    return count


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


def _enquiries(enquiries: EnquiryTally, on: str) -> Table:
    return counts_table(
        f"Enquiries, on {on}",
        "Answer",
        [
            ("Answered on time", enquiries.answered_on_time),
            ("Answered late", enquiries.answered_late),
            ("Not due yet", enquiries.not_yet_due),
            ("Overdue", enquiries.overdue),
            ("All enquiries", enquiries.total),
            ("of these, a witness summons was threatened", enquiries.summonses_threatened),
        ],
    )
