"""
Laws of casework as it stood on a day.

- Splitting a list of cases in two and adding the counts gives the whole, and no casework is the identity.
- The order of cases, of what was recommended in them and of outcomes does not matter, nor do names.
- What is dated after the day does not matter: with it left out, the day is told the same.
- What has passed its date only grows with the day, and so does what is done; without completions, so does what is
  overdue.
- Every recommendation of a decided case is in one count, by area as by kind, and is one entry of the register.
- The register and the counts agree, and so do the entries that are late and the times from the due date.
- Money is the sum of the sums, in whole pence, whatever the Decimal context.
- A completion before its decision is refused wherever it stands, with all others.
"""

import datetime as dt
import decimal
from collections import Counter

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.refusals import cases as cases_of

from lgsco import Authority, AuthorityType, Outcome, RecommendationKind, ReportingYear, ServiceArea, strategies
from lgsco.casework import CaseworkTally, Progress, learning_log, tally_casework, tally_enquiries
from lgsco.errors import InvalidValue

FEW = settings(max_examples=settings().max_examples // 2)
BODIES = st.sampled_from(
    [Authority("Barsetshire", AuthorityType.COUNTY_COUNCIL), Authority("Borchester", AuthorityType.DISTRICT_COUNCIL)]
)
DECISIONS = strategies.decisions(
    authorities=BODIES,
    years=st.just(ReportingYear(2020)),
    outcomes=st.sampled_from([Outcome.UPHELD, Outcome.NOT_UPHELD]),
)
CASES = strategies.investigation_lists(strategies.investigations(decisions=DECISIONS, in_order=True), max_size=6)
# Before the first decision, among them, and long after the last.
DAYS = st.dates(dt.date(2019, 3, 1), dt.date(2025, 3, 31))
SPANS = st.integers(0, 800).map(dt.timedelta)
OTHERS = strategies.compliance_outcome_lists(
    strategies.compliance_outcomes(
        authorities=st.just(Authority("Elsewhere", AuthorityType.OTHER)), years=st.just(ReportingYear(2021))
    ),
    max_size=4,
)


def past_its_date(tally):
    """Give how many recommendations and enquiries had passed their date without being done by it."""
    done, asked = tally.recommendations, tally.enquiries
    return done.done_late + done.overdue, asked.answered_late + asked.overdue


# --- Adding


@FEW
@given(CASES, OTHERS, DAYS, st.data())
def test_the_parts_of_a_list_add_up_to_the_whole(cases, outcomes, on, data):
    """Count and add, or join and count: for cases, their enquiries and compliance outcomes."""
    cut, settled = data.draw(st.integers(0, len(cases))), data.draw(st.integers(0, len(outcomes)))
    one = tally_casework(cases[:cut], on, compliance=outcomes[:settled])
    other = tally_casework(cases[cut:], on, compliance=outcomes[settled:])

    assert tally_casework(cases, on, compliance=outcomes) == one + other == other + one


@FEW
@given(strategies.casework_tallies(), strategies.casework_tallies(), strategies.casework_tallies())
def test_casework_is_a_commutative_monoid(one, other, third):
    """As of one day, addition is associative and commutative; no casework is its identity; unknown stays unknown."""
    other, third = (tally_at(one.on, tally) for tally in (other, third))

    assert one + other == other + one
    assert (one + other) + third == one + (other + third)
    assert one == one + CaseworkTally.zero(one.on)
    assert ((one + other).compliance is None) == (one.compliance is None or other.compliance is None)


def tally_at(on, tally):
    """Give the counts of another day as if of this one: no count holds the day."""
    return attrs.evolve(tally, on=on)


@given(strategies.payment_tallies(), strategies.payment_tallies(), strategies.payment_tallies())
def test_money_is_a_commutative_monoid(one, other, third):
    """To the penny."""
    assert one + other == other + one
    assert (one + other) + third == one + (other + third)
    assert one == one + type(one).zero()


@given(strategies.recommendation_tallies(), strategies.recommendation_tallies(), strategies.enquiry_tallies())
def test_totals_add_up(one, other, asked):
    """The total of a sum is the sum of the totals, and each is done or outstanding."""
    assert one.total + other.total == (one + other).total == (one + other).done + (one + other).outstanding
    assert 2 * asked.total == (asked + asked).total
    assert one + type(one).zero() == one
    assert asked + type(asked).zero() == asked


# --- What does not matter


@FEW
@given(CASES, OTHERS, DAYS, st.data())
def test_the_order_of_cases_does_not_matter(cases, outcomes, on, data):
    """Nor that of outcomes, nor that of what was recommended and asked within a case."""
    shuffled = [
        attrs.evolve(
            case,
            recommendations=tuple(data.draw(st.permutations(case.recommendations))),
            enquiries=tuple(data.draw(st.permutations(case.enquiries))),
        )
        for case in data.draw(st.permutations(cases))
    ]
    settled = data.draw(st.permutations(outcomes))

    assert tally_casework(cases, on, compliance=outcomes) == tally_casework(shuffled, on, compliance=settled)
    assert learning_log(cases, on) == learning_log(shuffled, on)


def without_what_came_after(case, on):
    """Give a case without what was done, answered, agreed or threatened after a day."""

    def known(day):
        return None if day is None or day > on else day

    return attrs.evolve(
        case,
        recommendations=tuple(
            attrs.evolve(
                one,
                agreed_on=known(one.agreed_on),
                due_on=None if one.agreed_on is not None and one.agreed_on > on else one.due_on,
                completed_on=known(one.completed_on),
            )
            for one in case.recommendations
        ),
        enquiries=tuple(
            attrs.evolve(
                one, answered_on=known(one.answered_on), summons_threatened_on=known(one.summons_threatened_on)
            )
            for one in case.enquiries
            if one.sent_on <= on
        ),
    )


@FEW
@given(CASES, DAYS)
def test_what_came_after_does_not_matter(cases, on):
    """The day is told the same by whoever does not know what came after it."""
    then = [without_what_came_after(case, on) for case in cases]

    assert tally_casework(cases, on) == tally_casework(then, on)
    assert learning_log(cases, on) == learning_log(then, on)


# --- As the days go by


@FEW
@given(CASES, DAYS, SPANS)
def test_what_has_passed_its_date_only_grows(cases, on, span):
    """Late and overdue together: what was overdue is later still overdue, or done late."""
    earlier, later = tally_casework(cases, on), tally_casework(cases, on + span)

    assert all(one <= other for one, other in zip(past_its_date(earlier), past_its_date(later), strict=True))
    assert earlier.cases <= later.cases
    assert earlier.recommendations.done <= later.recommendations.done
    assert earlier.enquiries.total <= later.enquiries.total
    assert earlier.payments.pounds <= later.payments.pounds


@FEW
@given(CASES, DAYS, SPANS)
def test_what_is_overdue_and_never_done_stays_overdue(cases, on, span):
    """Without completions and answers, overdue on a day is overdue on every later day."""
    never = [
        attrs.evolve(
            case,
            recommendations=tuple(attrs.evolve(one, completed_on=None) for one in case.recommendations),
            enquiries=tuple(attrs.evolve(one, answered_on=None) for one in case.enquiries),
        )
        for case in cases
    ]
    earlier, later = tally_casework(never, on), tally_casework(never, on + span)

    assert earlier.recommendations.overdue <= later.recommendations.overdue
    assert earlier.enquiries.overdue <= later.enquiries.overdue
    assert later.recommendations.done == later.enquiries.answered == 0


# --- Nothing is lost


@FEW
@given(CASES, DAYS)
def test_everything_is_in_one_count(cases, on):
    """Each decided case in one area, each recommendation in one kind and one answer, each enquiry in one."""
    tally = tally_casework(cases, on)
    decided = [case for case in cases if case.decision.decided_on <= on]
    asked = [one for case in cases for one in case.enquiries]

    assert len(decided) == tally.cases
    assert sum(len(case.recommendations) for case in decided) == tally.recommendations.total
    assert {
        kind: count
        for kind in (*RecommendationKind, None)
        if (count := sum(one.kind is kind for case in decided for one in case.recommendations))
    } == {one.kind: one.recommendations.total for one in tally.by_kind}
    assert {
        area: count
        for area in (*ServiceArea, None)
        if (count := sum(case.decision.service_area is area for case in decided))
    } == {one.service_area: one.cases for one in tally.by_area}
    assert sum(one.sent_on <= on for one in asked) == tally.enquiries.total
    assert tally.enquiries == tally_enquiries(asked, on)


@FEW
@given(CASES, DAYS)
def test_the_register_and_the_counts_agree(cases, on):
    """Entries by their answer are the counts; days late of those done, and days so far of those overdue, the times."""
    entries, tally = learning_log(cases, on).entries, tally_casework(cases, on)
    counted = Counter(entry.progress for entry in entries)

    assert {progress: getattr(tally.recommendations, progress) for progress in Progress if counted[progress]} == counted
    assert tally.late_completion.ended == tuple(
        sorted(entry.days_late for entry in entries if entry.progress is Progress.DONE_LATE)
    )
    assert tally.late_completion.waiting == tuple(
        sorted(entry.days_late for entry in entries if entry.progress is Progress.OVERDUE)
    )
    assert all((entry.days_late is None) == (entry.progress not in LATE) for entry in entries)


LATE = {Progress.DONE_LATE, Progress.OVERDUE}


@FEW
@given(CASES, DAYS)
def test_what_recurs_is_in_two_cases(cases, on):
    """Of one kind in one area, each case once, and none left out."""
    register = learning_log(cases, on)
    found = Counter(
        (entry.kind, entry.service_area)
        for entry in {(entry.reference, entry.kind, entry.service_area): entry for entry in register.entries}.values()
        if entry.service_area is not None and entry.kind is not None
    )

    assert {key: count for key, count in found.items() if count > 1} == {
        (one.kind, one.service_area): len(one.references) for one in register.recurring
    }


# --- Money, and the caller's Decimal context

CONTEXTS = st.builds(
    decimal.Context,
    prec=st.sampled_from([1, 2, 28]),
    rounding=st.sampled_from([decimal.ROUND_DOWN, decimal.ROUND_UP, decimal.ROUND_HALF_EVEN]),
    traps=st.sampled_from([[], [decimal.Inexact, decimal.Rounded, decimal.FloatOperation]]),
)


@FEW
@given(CONTEXTS, CASES, DAYS)
def test_money_does_not_depend_on_the_decimal_context(context, cases, on):
    """Sums, and the sums in words, are the same whatever the context."""
    expected = tally_casework(cases, on), str(learning_log(cases, on))

    with decimal.localcontext(context):
        tally = tally_casework(cases, on)
        found = tally, str(learning_log(cases, on))
        twice = tally.payments + tally.payments

    assert expected == found
    assert repr(expected[0]) == repr(found[0])
    assert twice == expected[0].payments + expected[0].payments


# --- Refusals


@FEW
@given(CASES.filter(bool), st.data(), st.integers(1, 1_000))
def test_every_completion_before_its_decision_is_refused(cases, data, days):
    """However many there are, all are listed, whatever the day asked about."""
    wrong = data.draw(st.sets(st.sampled_from(range(len(cases))), min_size=1))
    early = [
        attrs.evolve(case, recommendations=tuple(too_early(case, one, days) for one in case.recommendations))
        if at in wrong
        else case
        for at, case in enumerate(cases)
    ]
    expected = [case.decision.reference for at, case in enumerate(cases) if at in wrong for _ in case.recommendations]
    if expected:
        for asked in (tally_casework, learning_log):
            with pytest.raises(InvalidValue) as caught:
                asked(early, dt.date(2020, 1, 1))

            assert expected == [reference for reference, _ in cases_of(caught)]


def too_early(case, recommendation, days):
    return attrs.evolve(
        recommendation,
        agreed_on=None,
        due_on=None,
        completed_on=case.decision.decided_on - dt.timedelta(days),
    )
