"""
The progress of recommendations and enquiries on a day that the caller names.

Everything is as it was at the end of that day. What is dated later was not known then: a case decided later is not
counted, what was completed or answered later was still outstanding. A recommendation counts from its decision.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, final

from lgsco._values import Choice, evolve, value
from lgsco.errors import InvalidValue, Place, Problem
from lgsco.model.cases import (
    ComplianceOutcome,
    ComplianceStatus,
    Decision,
    Enquiry,
    Investigation,
    Recommendation,
    ServiceArea,
)
from lgsco.model.counting import duplicates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Progress(Choice):
    """
    The progress of a recommendation or an enquiry on a day.

    Without an agreed date it has one of two members of their own, since nobody can tell whether it was late or is
    overdue.
    """

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    DONE_UNDATED = "done_undated"
    """Done, with no date known by which it should have been."""
    NOT_YET_DUE = "not_yet_due"
    OVERDUE = "overdue"
    """Not done, and its date has passed; on the date itself it is not yet overdue."""
    OUTSTANDING_UNDATED = "outstanding_undated"
    """Not done, with no date known by which it should be."""

    @property
    def label(self) -> str:
        """
        The progress in words.

        >>> Progress.DONE_UNDATED.label
        'done, no date agreed'
        """
        return _LABELS.get(self, self.replace("_", " "))


_LABELS = {
    Progress.DONE_UNDATED: "done, no date agreed",
    Progress.NOT_YET_DUE: "outstanding",
    Progress.OUTSTANDING_UNDATED: "outstanding, no date agreed",
}


def progress_of(due_on: dt.date | None, done_on: dt.date | None, on: dt.date) -> Progress:
    """Return the progress on a day; ``done_on`` is ``None`` for what was not yet done on it."""
    if done_on is not None:
        if due_on is None:
            return Progress.DONE_UNDATED
        return Progress.DONE_LATE if done_on > due_on else Progress.DONE_ON_TIME
    if due_on is None:
        return Progress.OUTSTANDING_UNDATED
    return Progress.OVERDUE if due_on < on else Progress.NOT_YET_DUE


@final
@value
class Task:
    """A task as known on a day: when it began, was due and was done, and its progress."""

    begun_on: dt.date
    due_on: dt.date | None
    done_on: dt.date | None
    progress: Progress


@final
@value
class DatedRecommendation:
    """A recommendation as it was known on a day, with its decision."""

    decision: Decision
    recommendation: Recommendation
    task: Task


def dated_recommendations(cases: Iterable[Decision | Investigation], on: dt.date) -> Iterator[DatedRecommendation]:
    """Yield the recommendations of the cases decided by a day, as they were known on it."""
    for case in cases:
        if isinstance(case, Investigation) and case.decision.decided_on <= on:
            for recommendation in case.recommendations:
                known = _as_of(recommendation, on)
                due, done = known.due_on, known.completed_on
                yield DatedRecommendation(
                    case.decision, known, Task(case.decision.decided_on, due, done, progress_of(due, done, on))
                )


def _as_of(recommendation: Recommendation, on: dt.date) -> Recommendation:
    agreed = _known_by(recommendation.agreed_on, on)
    return evolve(
        recommendation,
        agreed_on=agreed,
        # What was agreed later had no date on that day.
        due_on=recommendation.due_on if agreed == recommendation.agreed_on else None,
        completed_on=_known_by(recommendation.completed_on, on),
    )


def enquiry_tasks(enquiries: Iterable[Enquiry], on: dt.date) -> Iterator[Task]:
    """Yield a task for each enquiry sent by a day, as it was known on it."""
    for enquiry in enquiries:
        if enquiry.sent_on <= on:
            done = _known_by(enquiry.answered_on, on)
            yield Task(enquiry.sent_on, enquiry.due_on, done, progress_of(enquiry.due_on, done, on))


def _known_by(day: dt.date | None, on: dt.date) -> dt.date | None:
    return None if day is None or day > on else day


def check_cases(cases: Sequence[Decision | Investigation], compliance: Sequence[ComplianceOutcome] = ()) -> None:
    """
    Refuse cases whose progress cannot be known.

    Raises:
        InvalidValue: lists every case that is duplicated, everything completed before its case was decided, and
            everything that was recorded as carried out but has no date of completion, or a later one.
    """
    problems = [*duplicates(case.decision for case in cases), *duplicates(compliance)]
    carried_out = {
        (outcome.reference, outcome.authority): outcome.recorded_on
        for outcome in compliance
        if outcome.status is not ComplianceStatus.NOT_COMPLIED
    }
    for case in cases:
        if isinstance(case, Investigation):
            decision = case.decision
            recorded = carried_out.get((decision.reference, decision.authority))
            place = Place(path=f"{decision.reference} ({decision.authority.name})")
            problems += [
                Problem(place, f"{recommendation.text!r} {reason}")
                for recommendation in case.recommendations
                if (reason := completion_fault(recommendation.completed_on, decision.decided_on, recorded)) is not None
            ]
    if problems:
        raise InvalidValue(problems, subject="these cases contradict themselves, or leave open what had become of them")


def completion_fault(completed: dt.date | None, decided: dt.date, recorded: dt.date | None) -> str | None:
    """
    Return why the completion of a recommendation is contradicted, or ``None``.

    Args:
        completed: the day on which it was completed.
        decided: the day on which its case was decided.
        recorded: the day on which the case was recorded as carried out; ``None`` where it is not known to be.
    """
    if completed is None:
        return None if recorded is None else f"has no date of completion, yet was recorded as carried out on {recorded}"
    if completed < decided:
        return f"was completed on {completed}, before the decision of {decided}"
    if recorded is not None and recorded < completed:
        return f"was completed on {completed}, yet recorded as carried out on {recorded}"
    return None


def area_order(area: ServiceArea | None) -> int:
    """Return the rank of a service area in the order in which the Ombudsman lists them; not known is last."""
    return _AREA_ORDER[area]


_AREA_ORDER: dict[ServiceArea | None, int] = {area: index for index, area in enumerate((*ServiceArea, None))}
