"""The sections of a report on casework at a day: progress of recommendations, money, enquiries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._values import choice_of
from lgsco.casework.progress import Progress
from lgsco.casework.suppression import KEPT_BACK, recommendations_kept_back
from lgsco.casework.tallies import AreaTally, EnquiryTally
from lgsco.documents.missing import Missing
from lgsco.reports.cases import KINDS, WITHHELD, suppression_note
from lgsco.reports.elements import Absent, Amount, Cell, Column, ColumnKind, Row, Section, Table
from lgsco.stats.suppression import SuppressionPolicy, SuppressionPolicyLike
from lgsco.wording import casework as wording
from lgsco.wording.phrases import date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lgsco.casework.counting import CaseworkTally
    from lgsco.casework.tallies import RecommendationTally

_HEADINGS = {
    Progress.DONE_ON_TIME: "Done on time",
    Progress.DONE_LATE: "Done late",
    Progress.DONE_UNDATED: "Done, no due date",
    Progress.NOT_YET_DUE: "Not due yet",
    Progress.OVERDUE: "Overdue",
    Progress.OUTSTANDING_UNDATED: "Not done, no due date",
}
_WITHOUT_DUE_DATE = {Progress.DONE_UNDATED, Progress.OUTSTANDING_UNDATED}
_OUTSTANDING = {Progress.NOT_YET_DUE, Progress.OVERDUE, Progress.OUTSTANDING_UNDATED}
_NOT_KNOWN = Absent(Missing.NOT_AVAILABLE, "not known")
_NONE = Absent(Missing.NOT_APPLICABLE, "none")


def casework_sections(tally: CaseworkTally | None, *, suppression: SuppressionPolicyLike = "off") -> list[Section]:
    """
    Return sections on the progress of recommendations and on the answers to enquiries at a day.

    Args:
        tally: the casework; without it there is no section.
        suppression: which small counts are not shown, in tables and in sentences, nor what would tell them.
    """
    policy = choice_of("suppression", suppression, SuppressionPolicy)
    if tally is None:
        return []
    on, note = date(tally.on), suppression_note(policy)
    sections = []
    if tally.recommendations.total:
        sections.append(
            Section(
                f"Progress of recommendations at {on}",
                paragraphs=(*_recommendation_sentences(tally, policy), *note),
                tables=(_by_kind(tally, on, policy), _by_area(tally.by_area, on, policy)),
            )
        )
    if tally.enquiries.total:
        sections.append(
            Section(
                f"How the Ombudsman's enquiries had been answered by {on}",
                paragraphs=(*_enquiry_sentences(tally, policy), *note),
                tables=(_enquiries(tally.enquiries, on, policy),),
            )
        )
    return sections


def _recommendation_sentences(tally: CaseworkTally, policy: SuppressionPolicy) -> Iterable[str]:
    """Yield what is not told by numbers that are kept back."""
    kept_back = recommendations_kept_back([kind.recommendations for kind in tally.by_kind], policy)[-1]
    if kept_back.isdisjoint({*_OUTSTANDING, "total"}):
        yield wording.median_time(tally.completion, "decision to completion", "recommendation")
    if kept_back.isdisjoint({Progress.DONE_LATE, Progress.OVERDUE}):
        yield from wording.lateness(tally.late_completion, "done late")
    if 0 < (not_stated := tally.payments.not_stated) < policy.least_shown:
        yield wording.payments_without_a_sum()
    elif not_stated:
        yield wording.payments_not_stated(not_stated)


def _enquiry_sentences(tally: CaseworkTally, policy: SuppressionPolicy) -> Iterable[str]:
    [kept_back] = KEPT_BACK[EnquiryTally]([tally.enquiries], policy)
    if kept_back.isdisjoint({"not_yet_due", "overdue", "total"}):
        yield wording.median_time(tally.answers, "enquiry to answer", "enquiry", "enquiries")


def progress_columns(counts: RecommendationTally) -> list[Progress]:
    """Return what a table of progress shows: everything, but those without a due date only where there are any."""
    return [progress for progress in Progress if progress not in _WITHOUT_DUE_DATE or _count(counts, progress)]


def _shown(tally: object, names: Iterable[str], kept_back: Collection[str]) -> tuple[Cell, ...]:
    """Return the cells of counts, of which some are kept back."""
    return tuple(WITHHELD if name in kept_back else getattr(tally, name) for name in names)


def _by_kind(tally: CaseworkTally, on: str, policy: SuppressionPolicy) -> Table:
    columns = progress_columns(tally.recommendations)
    kept_back = recommendations_kept_back([kind.recommendations for kind in tally.by_kind], policy)
    tallies = [(KINDS[kind.kind], kind.recommendations) for kind in tally.by_kind]

    return Table(
        f"Recommendations by kind, on {on}",
        "Kind",
        columns=(
            Column("All", ColumnKind.COUNT),
            *(Column(_HEADINGS[progress], ColumnKind.COUNT) for progress in columns),
        ),
        rows=tuple(
            Row(heading, _shown(counts, ("total", *columns), names))
            for (heading, counts), names in zip(
                [*tallies, ("All recommendations", tally.recommendations)], kept_back, strict=True
            )
        ),
    )


def _count(counts: RecommendationTally, progress: Progress) -> int:
    count: int = getattr(counts, progress.value)
    return count


def _by_area(areas: Sequence[AreaTally], on: str, policy: SuppressionPolicy) -> Table:
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
                    *_shown(area, ("cases",), names),
                    _NOT_KNOWN
                    if area.public_reports_not_stated == area.cases
                    else _shown(area, ("public_reports",), names)[0],
                    *_shown(area.recommendations, ("total", "outstanding", "overdue"), _of_recommendations(names)),
                    WITHHELD if "payments_pounds" in names else _money(area),
                ),
            )
            for area, names in zip(areas, KEPT_BACK[AreaTally](areas, policy), strict=True)
        ),
    )


def _of_recommendations(kept_back: Collection[str]) -> set[str]:
    """Return which counts of recommendations are kept back; those outstanding with any of their parts."""
    names = {name.removeprefix("recommendations_") for name in kept_back}
    return names if names.isdisjoint(_OUTSTANDING) else {*names, "outstanding"}


def _money(area: AreaTally) -> Cell:
    if area.payments.stated:
        return Amount(area.payments.pounds)
    return _NOT_KNOWN if area.recommendations.total else _NONE


def _enquiries(enquiries: EnquiryTally, on: str, policy: SuppressionPolicy) -> Table:
    [kept_back] = KEPT_BACK[EnquiryTally]([enquiries], policy)
    names = {
        "answered_on_time": "Answered on time",
        "answered_late": "Answered late",
        "not_yet_due": "Not due yet",
        "overdue": "Overdue",
        "total": "All enquiries",
        "summonses_threatened": "of these, a witness summons was threatened",
    }
    return Table(
        f"Enquiries, on {on}",
        "Answer",
        columns=(Column("Number", ColumnKind.COUNT),),
        rows=tuple(Row(label, _shown(enquiries, (name,), kept_back)) for name, label in names.items()),
    )
