"""
Tallies of a council's casework on a day: counts and times that add up.

Counting two lists of cases and adding gives what counting the lists joined gives.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, Self, TypeVar, final

from lgsco._values import Day, ShowsItself, evolve, validate, value
from lgsco.casework.progress import (
    DatedRecommendation,
    Progress,
    Task,
    area_order,
    check_cases,
    dated_recommendations,
    enquiry_tasks,
)
from lgsco.casework.tallies import (
    AreaTally,
    EnquiryTally,
    KindTally,
    PaymentTally,
    RecommendationTally,
    kind_order,
    payments_in,
)
from lgsco.errors import InvalidValue, NotComparable
from lgsco.model.cases import ComplianceOutcome, Decision, Enquiry, Investigation, RecommendationKind, ServiceArea
from lgsco.model.counting import tally_compliance
from lgsco.model.tallies import ComplianceTally
from lgsco.stats.survival import WaitingTimes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@final
@value
class CaseworkTally(ShowsItself):
    """
    Counts and times of casework at the end of one day.

    The tallies of two lists of cases, as of the same day, add up to that of the lists joined.
    ``completion`` is from decision to completion, ``answers`` from an enquiry to its answer; ``late_completion`` and
    ``late_answers`` are from the due date, for what was late or is overdue: by how many days, and by how many so far.
    ``compliance`` is ``None`` where it is not known.

    Raises:
        InvalidValue: a field is of the wrong type, or an area or a kind is duplicated.
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
        areas, kinds = [area.service_area for area in self.by_area], [kind.kind for kind in self.by_kind]
        for field, keys, order in (
            ("by_area", areas, sorted({*areas}, key=area_order)),
            ("by_kind", kinds, sorted({*kinds}, key=kind_order)),
        ):
            if keys != order:
                raise InvalidValue.at(field, tuple(keys), "must be in the order of the enumeration, each once")
        by_kind = _sum((kind.recommendations for kind in self.by_kind), RecommendationTally.zero())
        if by_kind != self.recommendations:
            raise InvalidValue.at("by_kind", by_kind, f"is not what by_area gives, {self.recommendations}")
        recommendations, enquiries = self.recommendations, self.enquiries
        for field, times, ended, waiting in (
            ("completion", self.completion, recommendations.done, recommendations.outstanding),
            ("late_completion", self.late_completion, recommendations.done_late, recommendations.overdue),
            ("answers", self.answers, enquiries.answered, enquiries.total - enquiries.answered),
            ("late_answers", self.late_answers, enquiries.answered_late, enquiries.overdue),
        ):
            if (len(times.ended), len(times.waiting)) != (ended, waiting):
                raise InvalidValue.at(
                    field, times, f"must be the times of {ended} that ended and {waiting} that did not"
                )

    @property
    def cases(self) -> int:
        """The cases decided by the day."""
        return sum(area.cases for area in self.by_area)

    @property
    def public_reports(self) -> int:
        """The cases decided by the day that have a public interest report."""
        return sum(area.public_reports for area in self.by_area)

    @property
    def public_reports_not_stated(self) -> int:
        """The cases decided by the day of which it is not known whether they have a public interest report."""
        return sum(area.public_reports_not_stated for area in self.by_area)

    @property
    def recommendations(self) -> RecommendationTally:
        """The recommendations of all kinds in those cases."""
        return _sum((area.recommendations for area in self.by_area), RecommendationTally.zero())

    @property
    def payments(self) -> PaymentTally:
        """The payments recommended in those cases."""
        return _sum((area.payments for area in self.by_area), PaymentTally.zero())

    def __add__(self, other: object) -> CaseworkTally:
        """
        Add the casework of other cases on the same day; what is not known of one of them is not known of the sum.

        Raises:
            NotComparable: the tallies are of different days.
        """
        if not isinstance(other, CaseworkTally):
            return NotImplemented
        if other.on != self.on:
            raise NotComparable("the day", str(self.on), str(other.on))
        areas = {area.service_area: area for area in self.by_area}
        for area in other.by_area:
            areas[area.service_area] = _area_sum(areas.get(area.service_area), area)
        kinds = {kind.kind: kind.recommendations for kind in self.by_kind}
        for kind in other.by_kind:
            kinds[kind.kind] = kinds.get(kind.kind, RecommendationTally.zero()) + kind.recommendations
        return CaseworkTally(
            self.on,
            by_area=tuple(areas[area] for area in sorted(areas, key=area_order)),
            by_kind=tuple(KindTally(kind, kinds[kind]) for kind in sorted(kinds, key=kind_order)),
            compliance=None
            if self.compliance is None or other.compliance is None
            else self.compliance + other.compliance,
            **{
                name: getattr(self, name) + getattr(other, name)
                for name in ("enquiries", "completion", "late_completion", "answers", "late_answers")
            },
        )

    @classmethod
    def zero(cls, on: dt.date) -> Self:
        """
        Return the tally of no cases; adding it to a tally of the same day changes nothing.

        Args:
            on: the day at whose end nothing is counted.

        Returns:
            The tally, with compliance outcomes known to be none.
        """
        return cls(on, compliance=ComplianceTally.zero())


AnySum = TypeVar("AnySum", RecommendationTally, PaymentTally)


def _sum(parts: Iterable[AnySum], so_far: AnySum) -> AnySum:
    for part in parts:
        so_far = so_far + part
    return so_far


def _area_sum(first: AreaTally | None, second: AreaTally) -> AreaTally:
    """Return the sum of two tallies of one area, of which the first may be missing."""
    if first is None:
        return second
    counts = ("cases", "public_reports", "public_reports_not_stated", "recommendations", "payments")
    return evolve(second, **{name: getattr(first, name) + getattr(second, name) for name in counts})


# --- Counting


def tally_enquiries(enquiries: Iterable[Enquiry], on: dt.date) -> EnquiryTally:
    """
    Count the enquiries sent by a day, answered and not answered.

    Args:
        enquiries: any enquiries, those of complaints that are not decided yet included.
        on: the day at whose end they are counted.

    Returns:
        The tally; enquiries sent after the day are not in it.

    >>> import datetime as dt
    >>> enquiry = Enquiry(dt.date(2019, 10, 1), dt.date(2019, 10, 29), answered_on=dt.date(2019, 11, 20))
    >>> tally_enquiries([enquiry], dt.date(2019, 11, 1)).overdue
    1
    >>> tally_enquiries([enquiry], dt.date(2019, 12, 1)).answered_late
    1

    Raises:
        InvalidValue: the day is not a ``datetime.date``.
    """
    validate(on=(on, Day))
    sent = [*enquiries]
    return _enquiry_tally(sent, [*enquiry_tasks(sent, on)], on)


def _enquiry_tally(enquiries: Iterable[Enquiry], tasks: Sequence[Task], on: dt.date) -> EnquiryTally:
    counts = Counter(task.progress for task in tasks)
    threats = (enquiry.summons_threatened_on for enquiry in enquiries)
    return EnquiryTally(
        answered_on_time=counts[Progress.DONE_ON_TIME],
        answered_late=counts[Progress.DONE_LATE],
        not_yet_due=counts[Progress.NOT_YET_DUE],
        overdue=counts[Progress.OVERDUE],
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
    Count casework at the end of a day.

    Cases count once they are decided, with all that was recommended in them; enquiries once they are sent, whether the
    case is decided or not; compliance outcomes once they are recorded.

    Args:
        cases: the cases, each once, decided by the day or later.
        on: the day.
        compliance: the compliance outcomes; ``None`` where they are not known, an empty list where none was recorded.
        enquiries: the enquiries of complaints that are not decided yet, which are in no case.

    Returns:
        The tally.

    Raises:
        InvalidValue: the day is not a ``datetime.date``.
        InvalidValue: lists every case that is duplicated, everything completed before its case was decided, and
            everything that was recorded as carried out but has no date of completion, or a later one.
    """
    validate(on=(on, Day))
    cases, outcomes = [*cases], None if compliance is None else [*compliance]
    check_cases(cases, outcomes or ())
    enquiries = [*enquiries]
    decided: dict[ServiceArea | None, list[Decision]] = {}
    for case in cases:
        if isinstance(case, Investigation):
            enquiries += case.enquiries
        decision = case.decision
        if decision.decided_on <= on:
            decided.setdefault(decision.service_area, []).append(decision)
    recommendations = [*dated_recommendations(cases, on)]
    of_area: dict[ServiceArea | None, list[DatedRecommendation]] = {area: [] for area in decided}
    of_kind: dict[RecommendationKind | None, list[DatedRecommendation]] = {}
    for dated in recommendations:
        of_area[dated.decision.service_area].append(dated)
        of_kind.setdefault(dated.recommendation.kind, []).append(dated)
    actions, questions = [dated.task for dated in recommendations], [*enquiry_tasks(enquiries, on)]
    return CaseworkTally(
        on,
        by_area=tuple(_area_tally(area, decided[area], of_area[area]) for area in sorted(decided, key=area_order)),
        by_kind=tuple(
            KindTally(kind, _recommendation_tally(of_kind[kind])) for kind in sorted(of_kind, key=kind_order)
        ),
        enquiries=_enquiry_tally(enquiries, questions, on),
        compliance=None
        if outcomes is None
        else tally_compliance(outcome for outcome in outcomes if outcome.recorded_on <= on),
        completion=_times(actions, on),
        late_completion=_late_times(actions, on),
        answers=_times(questions, on),
        late_answers=_late_times(questions, on),
    )


def _recommendation_tally(recommendations: Iterable[DatedRecommendation]) -> RecommendationTally:
    counts = Counter(dated.task.progress for dated in recommendations)
    return RecommendationTally(**{progress.value: count for progress, count in counts.items()})


def _area_tally(
    area: ServiceArea | None, decisions: Sequence[Decision], recommendations: Sequence[DatedRecommendation]
) -> AreaTally:
    return AreaTally(
        area,
        len(decisions),
        public_reports=sum(decision.public_report is True for decision in decisions),
        public_reports_not_stated=sum(decision.public_report is None for decision in decisions),
        recommendations=_recommendation_tally(recommendations),
        payments=payments_in(dated.recommendation for dated in recommendations),
    )


def _times(tasks: Iterable[Task], on: dt.date) -> WaitingTimes:
    """Return the days from the beginning of each task to its end, or to the day."""
    ended, waiting = [], []
    for task in tasks:
        if task.done_on is None:
            waiting.append((on - task.begun_on).days)
        else:
            ended.append((task.done_on - task.begun_on).days)
    return WaitingTimes(tuple(ended), tuple(waiting))


def _late_times(tasks: Iterable[Task], on: dt.date) -> WaitingTimes:
    """Return the days from the due date of each late task to its end, and of each overdue task to the day."""
    ended, waiting = [], []
    for task in tasks:
        if task.progress is Progress.DONE_LATE and task.done_on is not None and task.due_on is not None:
            ended.append((task.done_on - task.due_on).days)
        elif task.progress is Progress.OVERDUE and task.due_on is not None:
            waiting.append((on - task.due_on).days)
    return WaitingTimes(tuple(ended), tuple(waiting))
