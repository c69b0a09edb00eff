"""Cases counted: into tallies, into a council's year, and into every council and year at once."""

import datetime as dt
import pickle

import attrs
import pytest
from tests.support.refusals import cases
from tests.support.tables import each_of
from tests.support.values import KENT, YEAR

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    Basis,
    ComplianceOutcome,
    ComplianceStatus,
    ComplianceTally,
    Decision,
    DecisionTally,
    Investigation,
    InvestigationTally,
    Outcome,
    Source,
    review_of,
    reviews_of,
    tally_compliance,
    tally_decisions,
    tally_investigations,
)
from lgsco.errors import InvalidValue

WORCESTERSHIRE = Authority("Worcestershire County Council", AuthorityType.COUNTY_COUNCIL, code="E10000034")


def decision(number, outcome=Outcome.UPHELD, authority=WORCESTERSHIRE, day=(2019, 9, 30), **known):
    """Give a decision of 2019-20 under a reference that ends in the number."""
    return Decision(f"19 003 {number:03}", authority, outcome=outcome, decided_on=dt.date(*day), **known)


def settled(number, status=ComplianceStatus.ON_TIME, authority=WORCESTERSHIRE, day=(2019, 9, 30)):
    """Give a compliance outcome of 2019-20 under a reference that ends in the number."""
    return ComplianceOutcome(f"19 003 {number:03}", authority, status=status, recorded_on=dt.date(*day))


# --- Counting cases


def test_investigations_are_the_upheld_and_not_upheld():
    """The other four outcomes are in neither count; a decision and its investigation count alike."""
    cases = [
        decision(1, satisfactory_remedy=True),
        Investigation(decision(2, satisfactory_remedy=False)),
        Investigation(decision(3, Outcome.NOT_UPHELD)),
        *(decision(at, outcome) for at, outcome in enumerate(set(Outcome) - {Outcome.UPHELD, Outcome.NOT_UPHELD}, 10)),
    ]

    assert InvestigationTally(2, 1, satisfactory_remedies=1) == tally_investigations(cases)


def test_no_cases_are_noughts():
    """An empty list says that there were none."""
    assert InvestigationTally.zero() == tally_investigations([])
    assert DecisionTally.zero() == tally_decisions([])
    assert ComplianceTally.zero() == tally_compliance([])


def test_an_unknown_remedy_leaves_the_remedies_unknown():
    """Whether an upheld case had been put right; of a case not upheld it does not matter."""
    cases = [decision(1, satisfactory_remedy=True), decision(2, Outcome.NOT_UPHELD)]

    assert InvestigationTally(1, 1, satisfactory_remedies=1) == tally_investigations(cases)
    assert InvestigationTally(2, 1) == tally_investigations([*cases, decision(3)])


def test_an_unknown_outcome_leaves_the_counts_unknown():
    """It may be any of the six; that there is one case more is known."""
    cases = [decision(1), decision(2, None)]

    assert InvestigationTally(None, None) == tally_investigations(cases)
    assert DecisionTally(total=2) == tally_decisions(cases)


def test_decisions_are_counted_by_outcome():
    """Each of the six under its own name."""
    cases = [decision(1), Investigation(decision(2)), decision(3, Outcome.REFERRED_BACK)]

    assert attrs.evolve(DecisionTally.zero(), upheld=2, referred_back=1) == tally_decisions(cases)


def test_late_compliance_is_compliance():
    """What was done late counts as complied, and as late too; one of no known time leaves the late ones unknown."""
    dated = [status for status in ComplianceStatus if status is not ComplianceStatus.COMPLIED]
    outcomes = [settled(at, status) for at, status in enumerate([*dated, ComplianceStatus.LATE])]

    assert ComplianceTally(3, 1, late=2) == tally_compliance(outcomes)
    assert ComplianceTally(4, 1) == tally_compliance([*outcomes, settled(9, ComplianceStatus.COMPLIED)])


# --- One council's year


def test_a_review_counts_one_councils_year():
    """Decisions by the day they were made, compliance by the day it was recorded; the source is kept."""
    source = Source("Case register", basis=Basis.OWN_CASES)
    review = review_of(WORCESTERSHIRE, YEAR, [decision(1), decision(2, Outcome.NOT_UPHELD)], [settled(3)], source)

    assert (
        AnnualReview(
            WORCESTERSHIRE,
            YEAR,
            investigations=InvestigationTally(1, 1),
            compliance=ComplianceTally(1, 0, late=0),
            decided=attrs.evolve(DecisionTally.zero(), upheld=1, not_upheld=1),
            source=source,
        )
        == review
    )
    assert review == pickle.loads(pickle.dumps(review))


def test_what_is_not_given_is_not_known():
    """Leaving cases out is not the same as saying that there were none."""
    unknown, none = review_of(WORCESTERSHIRE, YEAR), review_of(WORCESTERSHIRE, YEAR, [], [])

    assert AnnualReview(WORCESTERSHIRE, YEAR) == unknown
    assert (InvestigationTally.zero(), ComplianceTally.zero(), DecisionTally.zero()) == (
        none.investigations,
        none.compliance,
        none.decided,
    )


def test_a_review_lists_every_case_that_does_not_belong():
    """Cases of another council or year and repeats, of decisions and of compliance, all at once."""
    with pytest.raises(InvalidValue) as caught:
        review_of(
            WORCESTERSHIRE,
            YEAR,
            [
                decision(1),
                decision(2, authority=KENT),
                decision(3, day=(2020, 4, 1)),
                decision(4, authority=KENT, day=(2019, 3, 31)),
                Investigation(decision(1)),
            ],
            [settled(5), settled(5), settled(6, authority=KENT)],
        )

    assert [
        ("19 003 002", KENT.name),
        ("19 003 003", WORCESTERSHIRE.name),
        ("19 003 004", KENT.name),
        ("19 003 004", KENT.name),
        ("19 003 006", KENT.name),
        ("19 003 001", WORCESTERSHIRE.name),
        ("19 003 005", WORCESTERSHIRE.name),
    ] == cases(caught)


def test_one_reference_may_be_a_case_of_two_bodies():
    """A joint case has a decision for each; and a decision and its compliance share a reference."""
    reviews = reviews_of([decision(1), decision(1, authority=KENT)], [settled(1)])

    assert [KENT, WORCESTERSHIRE] == [review.authority for review in reviews]


def test_reviews_stand_in_the_order_of_names_and_years():
    """Whatever the order of the cases; one review for each council and year that has any."""
    reviews = reviews_of(
        [decision(1), decision(2, day=(2019, 3, 31)), decision(3, authority=KENT), decision(4, Outcome.NOT_UPHELD)],
        [settled(9, authority=KENT, day=(2020, 4, 1))],
        Source("Case register"),
    )

    assert [("Kent", 2020), ("Kent", 2021), ("Worcestershire", 2019), ("Worcestershire", 2020)] == [
        (review.authority.name.removesuffix(" County Council"), review.year.ending) for review in reviews
    ]
    assert [(1, 0), (0, 0), (1, 0), (1, 1)] == [
        (review.investigations.upheld, review.investigations.not_upheld) for review in reviews
    ]
    assert [0, 1, 0, 0] == [review.compliance.total for review in reviews]
    assert {Source("Case register")} == {review.source for review in reviews}


def test_councils_of_one_name_are_told_apart_by_code():
    """Two councils called alike are two reviews, in the order of their codes, none first."""
    alike = [attrs.evolve(KENT, code=code) for code in ("E10000099", None, "E10000016")]
    reviews = reviews_of(decision(1, authority=authority) for authority in alike)

    assert [None, "E10000016", "E10000099"] == [review.authority.code for review in reviews]


def test_compliance_that_is_not_given_is_not_known():
    """Where no compliance outcomes are given, no review claims that there were none; no cases make no reviews."""
    (review,) = reviews_of([decision(1)])

    assert review.compliance is None
    assert () == reviews_of([]) == reviews_of([], [])


def test_reviews_list_every_repeat():
    """The same reference of the same body twice, among decisions and among compliance outcomes."""
    with pytest.raises(InvalidValue) as caught:
        reviews_of([decision(1), decision(1), decision(2)], [settled(2), settled(3), settled(3), settled(3)])

    assert ["19 003 001", "19 003 003", "19 003 003"] == [reference for reference, _ in cases(caught)]


def test_reviews_leave_unknown_what_their_cases_leave_unknown():
    """An outcome that is not known, and of an upheld case whether it had been put right; each in its own year only."""
    cases = [
        decision(1, None),
        Investigation(decision(2)),
        decision(3, day=(2019, 3, 31), satisfactory_remedy=True),
        decision(4, day=(2019, 3, 31), satisfactory_remedy=False),
        decision(5, day=(2018, 3, 31)),
    ]

    assert [
        (InvestigationTally(1, 0), attrs.evolve(DecisionTally.zero(), upheld=1)),
        (InvestigationTally(2, 0, satisfactory_remedies=1), attrs.evolve(DecisionTally.zero(), upheld=2)),
        (InvestigationTally(None, None), DecisionTally(total=2)),
    ] == [(review.investigations, review.decided) for review in reviews_of(iter(cases))]


def test_a_body_is_known_by_what_it_is():
    """Not by which object it is: two that are equal have one review, and repeats among their cases are found."""
    again = attrs.evolve(KENT)
    (review,) = reviews_of([decision(1, authority=KENT), decision(2, authority=again)])
    with pytest.raises(InvalidValue) as caught:
        reviews_of([decision(1), decision(1, authority=KENT), decision(1, authority=again), decision(2)])

    assert again is not KENT
    assert (KENT, 2) == (review.authority, review.investigations.upheld)
    assert review == review_of(again, YEAR, [decision(1, authority=KENT), decision(2, authority=again)])
    assert [("19 003 001", KENT.name)] == cases(caught)


@each_of("count", [tally_investigations, tally_decisions, reviews_of])
def test_what_is_no_case_is_not_counted(count):
    """It is refused, and no count comes out of it."""
    with pytest.raises(InvalidValue):
        count([decision(1), Investigation(decision(2)), settled(3)])
