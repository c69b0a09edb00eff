"""Casework as it stood on a day: what counts, what is counted apart, what was not known yet, and what is refused."""

import datetime as dt
from decimal import Decimal

import attrs
import pytest
from tests.support.refusals import cases as cases_of
from tests.support.refusals import faults, fields
from tests.support.tables import each_of

from lgsco import (
    Authority,
    AuthorityType,
    ComplianceOutcome,
    ComplianceStatus,
    ComplianceTally,
    Decision,
    Enquiry,
    Investigation,
    Outcome,
    Recommendation,
    RecommendationKind,
    ServiceArea,
)
from lgsco.casework import (
    AreaTally,
    CaseworkTally,
    EnquiryTally,
    KindTally,
    PaymentTally,
    Progress,
    RecommendationTally,
    tally_casework,
    tally_enquiries,
)
from lgsco.errors import InvalidValue, NotComparable
from lgsco.stats import WaitingTimes

COUNCIL = Authority("Barsetshire", AuthorityType.COUNTY_COUNCIL)
OTHER_COUNCIL = Authority("Borchester", AuthorityType.DISTRICT_COUNCIL)
DECIDED = dt.date(2019, 10, 1)
SCHOOLS = ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES


def day(number):
    """Give the day so many days after the decision."""
    return DECIDED + dt.timedelta(number)


def case(*recommendations, number=1, enquiries=(), decided=DECIDED, **known):
    """Give an upheld case with recommendations."""
    known.setdefault("service_area", SCHOOLS)
    authority = known.pop("authority", COUNCIL)
    decision = Decision(f"19 000 {number:03}", authority, outcome=Outcome.UPHELD, decided_on=decided, **known)
    return Investigation(decision, recommendations=recommendations, enquiries=enquiries)


def agreed(kind=RecommendationKind.APOLOGY, due=30, done=None, *, on=None, payment=None):
    """Give a recommendation with its dates in days after the decision."""
    due_on, done_on, agreed_on = (None if number is None else day(number) for number in (due, done, on))
    return Recommendation(kind, "Do it", agreed_on=agreed_on, due_on=due_on, completed_on=done_on, payment=payment)


def settled(number=1, status=ComplianceStatus.ON_TIME, recorded=100):
    return ComplianceOutcome(f"19 000 {number:03}", COUNCIL, status=status, recorded_on=day(recorded))


# --- Recommendations


@each_of(
    ("due", "done", "on", "progress"),
    [
        (30, 29, 40, Progress.DONE_ON_TIME),
        (30, 30, 40, Progress.DONE_ON_TIME),
        (30, 31, 40, Progress.DONE_LATE),
        (None, 31, 40, Progress.DONE_UNDATED),
        (30, None, 29, Progress.NOT_YET_DUE),
        (30, None, 30, Progress.NOT_YET_DUE),
        (30, None, 31, Progress.OVERDUE),
        (None, None, 31, Progress.OUTSTANDING_UNDATED),
        # What was done on a later day was not done yet on this one.
        (30, 41, 40, Progress.OVERDUE),
        (30, 41, 41, Progress.DONE_LATE),
        (30, 25, 24, Progress.NOT_YET_DUE),
        (None, 41, 40, Progress.OUTSTANDING_UNDATED),
    ],
)
def test_what_had_become_of_a_recommendation(due, done, on, progress):
    """On time up to and on its date; overdue from the day after it; as it stood at the end of the day."""
    tally = tally_casework([case(agreed(due=due, done=done))], day(on))

    assert RecommendationTally(**{progress.value: 1}) == tally.recommendations


def test_what_was_agreed_later_had_no_date_yet():
    """DatedRecommendation in the decision, agreed 60 days after: until then it is outstanding, with no date agreed."""
    cases = [case(agreed(due=90, on=60))]

    assert RecommendationTally(outstanding_undated=1) == tally_casework(cases, day(59)).recommendations
    assert RecommendationTally(not_yet_due=1) == tally_casework(cases, day(60)).recommendations
    assert RecommendationTally(overdue=1) == tally_casework(cases, day(91)).recommendations


def test_a_case_counts_from_its_decision():
    """The day before, neither it nor what was recommended in it is there; on the day it is."""
    cases = [case(agreed(done=0), public_report=True)]

    assert CaseworkTally(day(-1)) == tally_casework(cases, day(-1))
    on_the_day = tally_casework(cases, day(0))
    assert (1, 1, 1) == (on_the_day.cases, on_the_day.public_reports, on_the_day.recommendations.done)
    assert WaitingTimes([0], []) == on_the_day.completion


def test_parts_of_a_tally():
    """Done and outstanding make up the total."""
    tally = RecommendationTally(
        done_on_time=1, done_late=2, done_undated=4, not_yet_due=8, overdue=16, outstanding_undated=32
    )

    assert (7, 56, 63) == (tally.done, tally.outstanding, tally.total)
    assert RecommendationTally.zero() == RecommendationTally()
    assert attrs.evolve(tally, done_on_time=2, done_late=4, overdue=32) == tally + (
        RecommendationTally(done_on_time=1, done_late=2, overdue=16)
    )
    with pytest.raises(TypeError):
        tally + EnquiryTally()


def test_times_run_from_the_decision_and_from_the_due_date():
    """Done after 20 and 45 days, not done after 100: the last counts as waiting; two are 15 and 70 days late."""
    cases = [
        case(agreed(due=30, done=20), agreed(due=30, done=45)),
        case(agreed(due=30), agreed(due=None), number=2),
    ]
    tally = tally_casework(cases, day(100))

    assert WaitingTimes([20, 45], [100, 100]) == tally.completion
    assert WaitingTimes([15], [70]) == tally.late_completion


# --- By kind, by area, money, reports


def test_recommendations_by_kind_and_area():
    """In the order of the enumerations, with what is not known last; the totals are the same either way."""
    kinds = RecommendationKind
    cases = [
        case(agreed(kinds.POLICY_REVIEW, done=1), agreed(kinds.APOLOGY), number=1, service_area=None),
        case(agreed(kinds.APOLOGY, done=40), number=2, service_area=ServiceArea.HOUSING),
        case(number=3, service_area=ServiceArea.ADULT_CARE_SERVICES),
    ]
    tally = tally_casework(cases, day(31))

    assert (
        KindTally(kinds.APOLOGY, RecommendationTally(overdue=2)),
        KindTally(kinds.POLICY_REVIEW, RecommendationTally(done_on_time=1)),
    ) == tally.by_kind
    assert [(ServiceArea.ADULT_CARE_SERVICES, 1, 0), (ServiceArea.HOUSING, 1, 1), (None, 1, 2)] == [
        (area.service_area, area.cases, area.recommendations.total) for area in tally.by_area
    ]
    assert (3, 3) == (tally.cases, tally.recommendations.total)


def test_money_is_exact_and_what_is_not_stated_is_counted_apart():
    """£4,200 and 10p in two sums; a payment without a sum, by its kind or by its text; an apology needs none."""
    payment = RecommendationKind.PAYMENT
    cases = [
        case(agreed(payment, payment=Decimal(4200)), agreed(payment), agreed()),
        case(agreed(RecommendationKind.OTHER, payment=Decimal("0.1")), number=2, service_area=ServiceArea.HOUSING),
    ]

    assert PaymentTally(pounds=Decimal("4200.10"), stated=2, not_stated=1) == tally_casework(cases, day(1)).payments
    texts = [Recommendation(None, "Do it", payment=sum_, payment_in_text=True) for sum_ in (Decimal(250), None)]
    tally = tally_casework([case(*texts)], day(1))
    assert PaymentTally(pounds=Decimal(250), stated=1, not_stated=1, in_text=1) == tally.payments
    assert [(None, 2)] == [(one.kind, one.recommendations.total) for one in tally.by_kind]


def test_many_pence_make_pounds():
    """Ten times ten pence is a pound, whatever digits the sums were written with."""
    tenths = [agreed(RecommendationKind.PAYMENT, payment=Decimal(text)) for text in ("0.1", ".10", "0.100", "1E-1")]
    tally = tally_casework([case(*tenths * 2, *tenths[:2])], day(1)).payments

    assert "1.00" == str(tally.pounds)
    assert "2.00" == str((tally + tally).pounds)
    with pytest.raises(TypeError):
        tally + 1


def test_public_reports_are_counted_and_so_is_what_is_not_stated():
    """One report, one that says there was none, one that says nothing; and a decision without casework counts too."""
    cases = [case(number=1, public_report=True), case(number=2, public_report=False), case(number=3).decision]
    tally = tally_casework(cases, day(1))

    assert (3, 1, 1) == (tally.cases, tally.public_reports, tally.public_reports_not_stated)


# --- Enquiries


@each_of(
    ("answered", "on", "field"),
    [
        (9, 10, "answered_on_time"),
        (10, 10, "answered_on_time"),
        (11, 12, "answered_late"),
        (None, 0, "not_yet_due"),
        (None, 10, "not_yet_due"),
        (None, 11, "overdue"),
        (12, 11, "overdue"),
    ],
)
def test_what_had_become_of_an_enquiry(answered, on, field):
    """Sent on day 0 and due on day 10: on time on that day, overdue from the next, as it stood on the day."""
    enquiry = Enquiry(day(0), day(10), answered_on=None if answered is None else day(answered))

    assert EnquiryTally(**{field: 1}) == tally_enquiries([enquiry], day(on))


def test_enquiries_count_once_they_are_sent():
    """Also in a case that is decided later, and in a complaint that no case holds yet."""
    early, late = Enquiry(day(-30), day(-20)), Enquiry(day(5), day(15))
    tally = tally_casework([case(agreed(), enquiries=[early, late])], day(-10), enquiries=[early])

    assert (0, 0) == (tally.cases, tally.recommendations.total)
    assert EnquiryTally(overdue=2) == tally.enquiries
    assert WaitingTimes([], [20, 20]) == tally.answers
    assert WaitingTimes([], [10, 10]) == tally.late_answers


def test_answers_have_times():
    """Answered after 9 and 22 days, due after 10: the second 12 days late."""
    enquiries = [
        Enquiry(day(0), day(10), answered_on=day(9)),
        Enquiry(day(0), day(10), answered_on=day(22)),
        Enquiry(day(0), day(40)),
    ]
    tally = tally_casework([], day(30), enquiries=enquiries)

    assert EnquiryTally(answered_on_time=1, answered_late=1, not_yet_due=1) == tally.enquiries
    assert (2, 3) == (tally.enquiries.answered, tally.enquiries.total)
    assert WaitingTimes([9, 22], [30]) == tally.answers
    assert WaitingTimes([12], []) == tally.late_answers


def test_a_threatened_summons_counts_from_its_day():
    """The letter of 2020 to Worcestershire names one; the day is made up."""
    enquiry = Enquiry(day(0), day(10), summons_threatened_on=day(40))

    assert 0 == tally_enquiries([enquiry], day(39)).summonses_threatened
    assert 1 == tally_enquiries([enquiry], day(40)).summonses_threatened


# --- Compliance


def test_compliance_is_as_recorded_by_the_day():
    """On time, late and not complied, of those recorded; none is not the same as not known."""
    outcomes = [
        settled(1),
        settled(2, ComplianceStatus.LATE),
        settled(3, ComplianceStatus.NOT_COMPLIED),
        settled(4, recorded=101),
    ]

    assert ComplianceTally(2, 1, late=1) == tally_casework([], day(100), compliance=outcomes).compliance
    assert ComplianceTally.zero() == tally_casework([], day(100), compliance=[]).compliance
    assert tally_casework([], day(100)).compliance is None


# --- Addition


def test_casework_adds_up():
    """Two lists of cases as of one day; what is not known of one is not known of both."""
    one = tally_casework(
        [case(agreed(done=1), number=1, public_report=True)], day(31), compliance=[settled(9, recorded=31)]
    )
    other = tally_casework(
        [case(agreed(), number=2), case(agreed(), number=3, service_area=None)], day(31), compliance=[]
    )
    both = one + other

    assert both == other + one
    assert [(SCHOOLS, 2), (None, 1)] == [(area.service_area, area.cases) for area in both.by_area]
    assert (3, 1, 2) == (both.cases, both.public_reports, both.public_reports_not_stated)
    assert RecommendationTally(done_on_time=1, overdue=2) == both.recommendations
    assert ComplianceTally(1, 0, late=0) == both.compliance
    assert (one + attrs.evolve(other, compliance=None)).compliance is None
    assert one == one + CaseworkTally.zero(day(31))
    with pytest.raises(TypeError):
        one + 1


def test_casework_of_two_days_does_not_add_up():
    """What stood on one day and what stood on another are no whole."""
    with pytest.raises(NotComparable) as caught:
        CaseworkTally(day(0)) + CaseworkTally(day(1))

    assert (str(day(0)), str(day(1))) == (caught.value.expected, caught.value.found)


# --- What is refused


def test_everything_that_contradicts_itself_is_listed():
    """A case twice, an outcome twice, two completions before decisions: all at once, each with its case."""
    cases = [
        case(agreed(done=-1), agreed(done=5), agreed(done=-3), number=1),
        case(number=2),
        case(number=2).decision,
        case(number=2, authority=OTHER_COUNCIL),
    ]
    with pytest.raises(InvalidValue) as caught:
        tally_casework(cases, day(0), compliance=[settled(4), settled(4)])

    assert ["19 000 002", "19 000 004", "19 000 001", "19 000 001"] == [reference for reference, _ in cases_of(caught)]
    assert {COUNCIL.name} == {name for _, name in cases_of(caught)}
    assert str(day(-3)) in caught.value.problems[-1].reason


def test_what_was_recorded_as_done_needs_its_date():
    """Without it nobody could tell on which days it was outstanding; done after it was recorded is no less wrong."""
    cases = [
        case(agreed(done=10), agreed(), number=1),
        case(agreed(done=101), number=2),
        case(agreed(), number=3),
        case(agreed(), number=4),
        case(agreed(done=100), number=5),
    ]
    outcomes = [settled(1), settled(2, ComplianceStatus.LATE), settled(3, ComplianceStatus.NOT_COMPLIED), settled(5)]
    for on in (day(1), day(200)):
        with pytest.raises(InvalidValue) as caught:
            tally_casework(cases, on, compliance=outcomes)

        assert ["19 000 001", "19 000 002"] == [reference for reference, _ in cases_of(caught)]


@each_of("on", [None, "2020-03-31", dt.datetime(2020, 3, 31), 2020])  # noqa: DTZ001  # a moment
def test_the_day_is_a_day(on):
    """A moment, a text or nothing at all is refused: there is no day unless the caller names one."""
    for asked in (tally_casework, tally_enquiries):
        with pytest.raises(InvalidValue) as caught:
            asked([], on)

        assert [("on", on)] == faults(caught)


def test_counts_are_counts():
    """Each wrong one is named; more threats than enquiries, or more reports than cases, cannot be."""
    with pytest.raises(InvalidValue) as several:
        RecommendationTally(done_late=-1, overdue=True)

    assert ["done_late", "overdue"] == [problem.place.path for problem in several.value.problems]
    with pytest.raises(InvalidValue) as caught:
        EnquiryTally(overdue=1, summonses_threatened=2)

    assert ["summonses_threatened"] == fields(caught)


def test_money_comes_from_somewhere():
    """There are no pounds without a sum that was stated, and no parts of pence."""
    with pytest.raises(InvalidValue) as caught:
        PaymentTally(pounds=Decimal(1), stated=0, not_stated=1)

    assert ["pounds"] == fields(caught)
    with pytest.raises(InvalidValue):
        PaymentTally(pounds=Decimal("0.001"), stated=1, not_stated=0)
    with pytest.raises(InvalidValue) as more:
        PaymentTally(pounds=Decimal(1), stated=1, not_stated=0, in_text=2)
    assert ["in_text"] == fields(more)


AREA = AreaTally(
    SCHOOLS,
    1,
    public_reports=1,
    public_reports_not_stated=0,
    recommendations=RecommendationTally(done_late=1),
    payments=PaymentTally.zero(),
)
KIND = KindTally(RecommendationKind.APOLOGY, AREA.recommendations)
WHOLE = CaseworkTally(
    DECIDED,
    by_area=[AREA],
    by_kind=[KIND],
    completion=WaitingTimes([40], []),
    late_completion=WaitingTimes([10], []),
)


@each_of(
    ("held", "changes", "field"),
    [
        (AREA, {"public_reports_not_stated": 1}, "cases"),
        (AREA, {"payments": PaymentTally(pounds=Decimal(1), stated=1, not_stated=1)}, "payments"),
        (WHOLE, {"by_area": [AREA, AREA]}, "by_area"),
        (WHOLE, {"by_kind": [KIND, KIND]}, "by_kind"),
        (WHOLE, {"by_area": [attrs.evolve(AREA, service_area=None), AREA]}, "by_area"),
        (WHOLE, {"by_kind": []}, "by_kind"),
        (WHOLE, {"completion": WaitingTimes([], [40])}, "completion"),
        (WHOLE, {"late_completion": WaitingTimes([10, 10], [])}, "late_completion"),
        (WHOLE, {"answers": WaitingTimes([1], [])}, "answers"),
        (WHOLE, {"late_answers": WaitingTimes([1], [])}, "late_answers"),
    ],
)
def test_parts_that_contradict_one_another_are_refused(held, changes, field):
    """More reports than cases, more sums than recommendations, areas that are not the kinds, times of others."""
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(held, **changes)

    assert [field] == fields(caught)


@each_of("progress", Progress)
def test_progress_is_said_in_words(progress):
    """Each answer differs from all others, and none says more than it knows."""
    assert progress.label.startswith(("done", "outstanding", "overdue"))
    assert len(Progress) == len({one.label for one in Progress})
