"""
A council's casework as it stood on a day, in counts and in times that add up.

Counting two lists of cases and adding gives what counting the lists joined gives.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, Self, TypeVar, final

from lgsco._values import Day, validate, value
from lgsco.casework.progress import DatedRecommendation, Progress, Task, area_order, checked, recommended_by, sent_by
from lgsco.casework.tallies import (
    AreaTally,
    EnquiryTally,
    KindTally,
    PaymentTally,
    RecommendationTally,
    payments_in,
)
from lgsco.errors import InvalidValue, NotComparable
from lgsco.model.cases import ComplianceOutcome, Decision, Enquiry, Investigation, RecommendationKind, ServiceArea
from lgsco.model.counting import tally_compliance
from lgsco.model.tallies import ComplianceTally
from lgsco.stats.survival import WaitingTimes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["CaseworkTally", "tally_casework", "tally_enquiries"]


@final
@value
class CaseworkTally:
    """
    Casework as it stood at the end of one day, in counts and in times.

    Those of two lists of cases, as of the same day, add up to that of the lists joined.
    ``completion`` is from decision to completion, ``answers`` from an enquiry to its answer; ``late_completion`` and
    ``late_answers`` are from the due date, for what was late or is overdue: by how many days, and by how many so far.
    ``compliance`` is ``None`` where it is not known.

    Raises:
        InvalidValue: a field is of the wrong type, or an area or a kind stands twice.
        InvalidValue: the recommendations by area are not those by kind, or not those whose times there are.
    """

    on: dt.date
    _: KW_ONLY
    by_area: tuple[AreaTally, ...] = ()
    by_kind: tuple[KindTally, ...] = ()
    enquiries: EnquiryTally = EnquiryTally()
    compliance: ComplianceTally | None = None
    completion: WaitingTimes = WaitingTimes.zero()
    late_completion: WaitingTimes = WaitingTimes.zero()
    answers: WaitingTimes = WaitingTimes.zero()
    late_answers: WaitingTimes = WaitingTimes.zero()

    def __attrs_post_init__(self) -> None:
        areas, kinds = [one.service_area for one in self.by_area], [one.kind for one in self.by_kind]
        for field, keys, order in (
            ("by_area", areas, sorted({*areas}, key=area_order)),
            ("by_kind", kinds, [kind for kind in RecommendationKind if kind in kinds]),
        ):
            if keys != order:
                raise InvalidValue.at(field, tuple(keys), "must be in the order of the enumeration, each once")
        by_kind = _sum((one.recommendations for one in self.by_kind), RecommendationTally.zero())
        if by_kind != self.recommendations:
            raise InvalidValue.at("by_kind", by_kind, f"is not what by_area gives, {self.recommendations}")
        done, asked = self.recommendations, self.enquiries
        for field, times, ended, waiting in (
            ("completion", self.completion, done.done, done.outstanding),
            ("late_completion", self.late_completion, done.done_late, done.overdue),
            ("answers", self.answers, asked.answered, asked.total - asked.answered),
            ("late_answers", self.late_answers, asked.answered_late, asked.overdue),
        ):
            if (len(times.ended), len(times.waiting)) != (ended, waiting):
                raise InvalidValue.at(
                    field, times, f"must be the times of {ended} that ended and {waiting} that did not"
                )

    @property
    def cases(self) -> int:
        """Cases decided by the day."""
        return sum(one.cases for one in self.by_area)

    @property
    def public_reports(self) -> int:
        """Of them, those with a public interest report."""
        return sum(one.public_reports for one in self.by_area)

    @property
    def public_reports_not_stated(self) -> int:
        """Of them, those that do not say whether there was one."""
        return sum(one.public_reports_not_stated for one in self.by_area)

    @property
    def recommendations(self) -> RecommendationTally:
        """All that was recommended in them, of whatever kind and in whatever area."""
        return _sum((one.recommendations for one in self.by_area), RecommendationTally.zero())

    @property
    def payments(self) -> PaymentTally:
        """All the money that was recommended in them."""
        return _sum((one.payments for one in self.by_area), PaymentTally.zero())

    def __add__(self, other: object) -> CaseworkTally:
        """
        Add the casework of other cases as of the same day; what is not known of either is not known of both.

        Raises:
            NotComparable: the other is as of another day.
        """
        if not isinstance(other, CaseworkTally):
            return NotImplemented
        if other.on != self.on:
            raise NotComparable("the day", str(self.on), str(other.on))
        areas = {one.service_area: one for one in self.by_area}
        for area in other.by_area:
            areas[area.service_area] = _joined(areas.get(area.service_area), area)
        kinds = {one.kind: one.recommendations for one in self.by_kind}
        for kind in other.by_kind:
            kinds[kind.kind] = kinds.get(kind.kind, RecommendationTally.zero()) + kind.recommendations
        return CaseworkTally(
            self.on,
            by_area=tuple(areas[area] for area in sorted(areas, key=area_order)),
            by_kind=tuple(KindTally(kind, kinds[kind]) for kind in RecommendationKind if kind in kinds),
            enquiries=self.enquiries + other.enquiries,
            compliance=None
            if self.compliance is None or other.compliance is None
            else self.compliance + other.compliance,
            completion=self.completion + other.completion,
            late_completion=self.late_completion + other.late_completion,
            answers=self.answers + other.answers,
            late_answers=self.late_answers + other.late_answers,
        )

    @classmethod
    def zero(cls, on: dt.date) -> Self:
        """No casework at all; adding it changes nothing as of the same day."""
        return cls(on, compliance=ComplianceTally.zero())


AnySum = TypeVar("AnySum", RecommendationTally, PaymentTally)


def _sum(parts: Iterable[AnySum], so_far: AnySum) -> AnySum:
    for part in parts:
        so_far = so_far + part
    return so_far


def _joined(one: AreaTally | None, other: AreaTally) -> AreaTally:
    if one is None:
        return other
    return AreaTally(
        other.service_area,
        one.cases + other.cases,
        public_reports=one.public_reports + other.public_reports,
        public_reports_not_stated=one.public_reports_not_stated + other.public_reports_not_stated,
        recommendations=one.recommendations + other.recommendations,
        payments=one.payments + other.payments,
    )


# --- Counting


def tally_enquiries(enquiries: Iterable[Enquiry], on: dt.date) -> EnquiryTally:
    """
    Count the enquiries that had been sent by a day by whether they were answered by then.

    Also for the enquiries of complaints that are not decided yet, which no case holds.

    >>> import datetime as dt
    >>> enquiry = Enquiry(dt.date(2019, 10, 1), dt.date(2019, 10, 29), answered_on=dt.date(2019, 11, 20))
    >>> tally_enquiries([enquiry], dt.date(2019, 11, 1)).overdue
    1
    >>> tally_enquiries([enquiry], dt.date(2019, 12, 1)).answered_late
    1

    Raises:
        InvalidValue: the day is no ``datetime.date``.
    """
    validate(on=(on, Day))
    sent = [*enquiries]
    return _enquiry_tally(sent, [*sent_by(sent, on)], on)


def _enquiry_tally(enquiries: Iterable[Enquiry], tasks: Sequence[Task], on: dt.date) -> EnquiryTally:
    counted = Counter(task.progress for task in tasks)
    threats = (enquiry.summons_threatened_on for enquiry in enquiries)
    return EnquiryTally(
        answered_on_time=counted[Progress.DONE_ON_TIME],
        answered_late=counted[Progress.DONE_LATE],
        not_yet_due=counted[Progress.NOT_YET_DUE],
        overdue=counted[Progress.OVERDUE],
        summonses_threatened=sum(threat is not None and threat <= on for threat in threats),
    )


def tally_casework(
    cases: Iterable[Decision | Investigation],
    on: dt.date,
    *,
    compliance: Iterable[ComplianceOutcome] | None = None,
    enquiries: Iterable[Enquiry] = (),
) -> CaseworkTally:
    """
    Count casework as it stood at the end of a day.

    Cases count once they are decided, with all that was recommended in them; enquiries once they are sent, whether the
    case is decided or not; compliance outcomes once they are recorded. ``enquiries`` are those of complaints that are
    not decided yet, which no case holds. Leave out ``compliance`` where it is not known: an empty list says that
    nothing was recorded.

    Raises:
        InvalidValue: the day is no ``datetime.date``.
        InvalidValue: lists every case that stands twice, everything completed before its case was decided, and
            everything that was recorded as carried out but has no date of completion, or a later one.
    """
    validate(on=(on, Day))
    held, settled = [*cases], None if compliance is None else [*compliance]
    checked(held, settled or ())
    asked = [*enquiries]
    decided: dict[ServiceArea | None, list[Decision]] = {}
    for case in held:
        if isinstance(case, Investigation):
            asked += case.enquiries
        decision = case.decision
        if decision.decided_on <= on:
            decided.setdefault(decision.service_area, []).append(decision)
    recommended = [*recommended_by(held, on)]
    of_area: dict[ServiceArea | None, list[DatedRecommendation]] = {area: [] for area in decided}
    of_kind: dict[RecommendationKind, list[DatedRecommendation]] = {}
    for one in recommended:
        of_area[one.decision.service_area].append(one)
        of_kind.setdefault(one.recommendation.kind, []).append(one)
    to_do, to_answer = [one.task for one in recommended], [*sent_by(asked, on)]
    return CaseworkTally(
        on,
        by_area=tuple(_area_tally(area, decided[area], of_area[area]) for area in sorted(decided, key=area_order)),
        by_kind=tuple(
            KindTally(kind, _recommendation_tally(of_kind[kind])) for kind in RecommendationKind if kind in of_kind
        ),
        enquiries=_enquiry_tally(asked, to_answer, on),
        compliance=None if settled is None else tally_compliance(one for one in settled if one.recorded_on <= on),
        completion=_times(to_do, on),
        late_completion=_late_times(to_do, on),
        answers=_times(to_answer, on),
        late_answers=_late_times(to_answer, on),
    )


def _recommendation_tally(recommended: Iterable[DatedRecommendation]) -> RecommendationTally:
    counted = Counter(one.task.progress for one in recommended)
    return RecommendationTally(**{progress.value: count for progress, count in counted.items()})


def _area_tally(
    area: ServiceArea | None, decisions: Sequence[Decision], recommended: Sequence[DatedRecommendation]
) -> AreaTally:
    return AreaTally(
        area,
        len(decisions),
        public_reports=sum(decision.public_report is True for decision in decisions),
        public_reports_not_stated=sum(decision.public_report is None for decision in decisions),
        recommendations=_recommendation_tally(recommended),
        payments=payments_in(one.recommendation for one in recommended),
    )


def _times(tasks: Iterable[Task], on: dt.date) -> WaitingTimes:
    """From the beginning to the end, or to the day."""
    ended, waiting = [], []
    for task in tasks:
        if task.done_on is None:
            waiting.append((on - task.begun_on).days)
        else:
            ended.append((task.done_on - task.begun_on).days)
    return WaitingTimes(tuple(ended), tuple(waiting))


def _late_times(tasks: Iterable[Task], on: dt.date) -> WaitingTimes:
    """From the due date of what was late to its end, and of what is overdue to the day."""
    ended, waiting = [], []
    for task in tasks:
        if task.progress is Progress.DONE_LATE and task.done_on is not None and task.due_on is not None:
            ended.append((task.done_on - task.due_on).days)
        elif task.progress is Progress.OVERDUE and task.due_on is not None:
            waiting.append((on - task.due_on).days)
    return WaitingTimes(tuple(ended), tuple(waiting))
