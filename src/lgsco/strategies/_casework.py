"""Strategies for what becomes of cases: counts, times and the learning log."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from lgsco.casework.counting import CaseworkTally, tally_casework
from lgsco.casework.learning import LearningEntry, LearningLog, Recurrence, learning_log
from lgsco.casework.tallies import AreaTally, EnquiryTally, KindTally, PaymentTally, RecommendationTally
from lgsco.model.cases import Decision, Investigation, ServiceArea
from lgsco.stats.survival import MedianTime, TimeStep, WaitingTimes
from lgsco.strategies._cases import (
    INVESTIGATED_DECISIONS,
    compliance_outcome_lists,
    enquiries,
    investigation_lists,
    recommendations,
    references,
)
from lgsco.strategies._common import CONFIDENCES, DAYS, MAX_COUNT, POUNDS, SPANS
from lgsco.strategies._derived import composes, derive, draws


@draws(WaitingTimes)
def waiting_times(*, max_days: int = 1_500, max_size: int = 8) -> st.SearchStrategy[WaitingTimes]:
    """Days to an end and days so far, of few cases; leaves out that what began together ends at different times."""
    days = st.lists(st.integers(0, max_days), max_size=max_size).map(tuple)
    return st.builds(WaitingTimes, days, days)


@composes(TimeStep)
def time_steps(draw: st.DrawFn) -> TimeStep:
    """One day of an estimate, of those that some cases give."""
    ended = draw(st.lists(st.integers(0, 1_500), min_size=1, max_size=8))
    times = WaitingTimes(tuple(ended), tuple(draw(st.lists(st.integers(0, 1_500), max_size=8))))
    return draw(st.sampled_from(times.steps(draw(CONFIDENCES))))


@composes(MedianTime)
def median_times(draw: st.DrawFn) -> MedianTime:
    """The day by which half had ended, reached or not, with its limits; of those that some cases give."""
    return draw(waiting_times()).median(draw(CONFIDENCES))


recommendation_tallies = derive(
    RecommendationTally, "Recommendations by what had become of them, each count on its own."
)


@composes(EnquiryTally)
def enquiry_tallies(draw: st.DrawFn, *, max_count: int = MAX_COUNT) -> EnquiryTally:
    """Enquiries by whether they were answered; leaves out that a summons is threatened for few of them."""
    on_time, late, awaited, overdue = (draw(st.integers(0, max_count)) for _ in range(4))
    return EnquiryTally(
        answered_on_time=on_time,
        answered_late=late,
        not_yet_due=awaited,
        overdue=overdue,
        summonses_threatened=draw(st.integers(0, on_time + late + awaited + overdue)),
    )


@composes(PaymentTally)
def payment_tallies(draw: st.DrawFn, *, max_count: int = MAX_COUNT) -> PaymentTally:
    """Sums of money; leaves out that many payments come to more than few."""
    stated = draw(st.integers(0, max_count))
    return PaymentTally(
        pounds=draw(POUNDS) if stated else PaymentTally.zero().pounds,
        stated=stated,
        not_stated=draw(st.integers(0, max_count)),
        in_text=draw(st.integers(0, stated)),
    )


kind_tallies = derive(KindTally, "Recommendations of any kind by what had become of them.")


@composes(AreaTally)
def area_tallies(draw: st.DrawFn, *, known: bool = False, max_count: int = MAX_COUNT) -> AreaTally:
    """Cases of one service area, or of none that is known; with ``known=True`` it is, and each says of its report."""
    cases = draw(st.integers(0, max_count))
    reports = draw(st.integers(0, cases))
    recommended = draw(recommendation_tallies(max_count=max_count))
    stated = draw(st.integers(0, recommended.total))
    return AreaTally(
        draw(st.sampled_from(ServiceArea) if known else st.none() | st.sampled_from(ServiceArea)),
        cases,
        public_reports=reports,
        public_reports_not_stated=0 if known else draw(st.integers(0, cases - reports)),
        recommendations=recommended,
        payments=PaymentTally(
            pounds=draw(POUNDS) if stated else PaymentTally.zero().pounds,
            stated=stated,
            not_stated=draw(st.integers(0, recommended.total - stated)),
        ),
    )


_CASES = investigation_lists(max_size=4)


@composes(CaseworkTally)
def casework_tallies(draw: st.DrawFn, *, cases: st.SearchStrategy[list[Investigation]] = _CASES) -> CaseworkTally:
    """
    Casework as it stood on a day; ``cases`` are those that are counted, with others that are not decided yet.

    Leaves out compliance outcomes of the cases themselves.
    """
    sample = draw(cases)
    keys = {(case.decision.reference, case.decision.authority) for case in sample}
    outcomes = draw(st.none() | compliance_outcome_lists(max_size=3))
    return tally_casework(
        sample,
        _day_about(draw, sample),
        compliance=outcomes and [outcome for outcome in outcomes if (outcome.reference, outcome.authority) not in keys],
        enquiries=draw(st.lists(enquiries(), max_size=2)),
    )


def _day_about(draw: st.DrawFn, cases: list[Investigation]) -> dt.date:
    """Draw a day on which something can be told: any, or one soon after some case was decided."""
    if not cases:
        return draw(DAYS)
    decided = draw(st.sampled_from(cases)).decision.decided_on
    return draw(DAYS | st.integers(0, 800).map(lambda days: decided + dt.timedelta(days)))


@composes(LearningEntry)
def learning_entries(
    draw: st.DrawFn, *, decisions: st.SearchStrategy[Decision] = INVESTIGATED_DECISIONS
) -> LearningEntry:
    """What was agreed in some case, and what had become of it by a day on or after the decision."""
    decision = draw(decisions)
    recommended = draw(recommendations(decided_on=decision.decided_on))
    on = decision.decided_on + draw(SPANS)
    (entry,) = learning_log([Investigation(decision, recommendations=(recommended,))], on).entries
    return entry


@composes(LearningLog)
def learning_logs(draw: st.DrawFn, *, cases: st.SearchStrategy[list[Investigation]] = _CASES) -> LearningLog:
    """The learning log of some cases on a day."""
    sample = draw(cases)
    return learning_log(sample, _day_about(draw, sample))


recurrences = derive(
    Recurrence,
    "What recurs in a few cases.",
    references=st.lists(references(), min_size=2, max_size=4, unique=True).map(sorted),
)
