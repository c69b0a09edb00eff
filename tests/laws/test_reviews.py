"""
Laws of reviews: cases grouped by authority and year.

- The reviews of many cases partition them: their sum is the count of the whole.
- The review of one group alone is its review among the others.
- Neither the order of cases nor the names of authorities change a count.
- A case that stands twice is refused, wherever the two stand.
"""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.refusals import cases as cases_of

from lgsco import (
    Authority,
    AuthorityType,
    Investigation,
    ReportingYear,
    review_of,
    reviews_of,
    strategies,
    tally_compliance,
    tally_decisions,
    tally_investigations,
)
from lgsco.errors import InvalidValue
from lgsco.model import sum_tallies
from lgsco.model.authorities import authority_order

FEW = settings(max_examples=settings().max_examples // 2)
BODIES = st.sampled_from(
    [
        Authority("Barsetshire County Council", AuthorityType.COUNTY_COUNCIL),
        Authority("Borchester", AuthorityType.UNITARY_COUNCIL, code="E06000001"),
        Authority("Borchester", AuthorityType.DISTRICT_COUNCIL, code="E07000001"),
    ]
)
YEARS = st.sampled_from([ReportingYear(2020), ReportingYear(2021)])
DECISIONS = strategies.decision_lists(strategies.decisions(authorities=BODIES, years=YEARS), max_size=8)
SETTLED = strategies.compliance_outcome_lists(
    strategies.compliance_outcomes(authorities=BODIES, years=YEARS), max_size=6
)


def count(review):
    return review.year, review.investigations, review.compliance, review.decided


@FEW
@given(DECISIONS, SETTLED)
def test_the_reviews_of_all_groups_add_up_to_the_whole(decisions, settled):
    """Grouping loses no case and counts none twice."""
    reviews = reviews_of(decisions, settled)
    zero = review_of(Authority("Nowhere", AuthorityType.OTHER), ReportingYear(2020), [], [])

    assert tally_decisions(decisions) == sum_tallies(review.decided for review in (zero, *reviews))
    assert tally_investigations(decisions) == sum_tallies(review.investigations for review in (zero, *reviews))
    assert tally_compliance(settled) == sum_tallies(review.compliance for review in (zero, *reviews))


@FEW
@given(DECISIONS, SETTLED)
def test_there_is_one_review_for_each_group_that_has_cases(decisions, settled):
    """No group is left out, invented or split."""
    groups = {(case.authority, ReportingYear.containing(case.decided_on)) for case in decisions}
    groups |= {(case.authority, ReportingYear.containing(case.recorded_on)) for case in settled}
    reviews = reviews_of(decisions, settled)

    assert groups == {(review.authority, review.year) for review in reviews}
    assert len(groups) == len(reviews)


@FEW
@given(DECISIONS, SETTLED | st.none())
def test_the_review_of_one_group_is_its_review_among_others(decisions, settled):
    """Counting one body and year by themselves comes to the same as counting all at once."""
    for review in reviews_of(decisions, settled):
        me, year = review.authority, review.year
        mine = [case for case in decisions if case.authority == me and case.decided_on in year]
        my_settled = settled and [case for case in settled if case.authority == me and case.recorded_on in year]

        assert review == review_of(me, year, mine, my_settled)


@FEW
@given(st.data(), DECISIONS, SETTLED)
def test_the_order_of_cases_does_not_matter(data, decisions, settled):
    """Cases in another order give the same reviews in the same order."""
    shuffled = data.draw(st.permutations(decisions)), data.draw(st.permutations(settled))

    assert reviews_of(decisions, settled) == reviews_of(*shuffled)


@FEW
@given(DECISIONS, SETTLED)
def test_the_names_of_authorities_do_not_matter(decisions, settled):
    """Bodies under other names have the same counts."""

    def renamed(value):
        return attrs.evolve(value, authority=attrs.evolve(value.authority, name=f"Old {value.authority.name}"))

    assert set(map(renamed, reviews_of(decisions, settled))) == set(
        reviews_of(map(renamed, decisions), map(renamed, settled))
    )


@FEW
@given(DECISIONS, SETTLED)
def test_reviews_are_in_order_of_name_and_year(decisions, settled):
    """Reviews come by name, and of one body by year."""
    keys = [(authority_order(review.authority), review.year) for review in reviews_of(decisions, settled)]

    assert sorted(keys) == keys


@FEW
@given(strategies.decision_lists(strategies.decisions(authorities=BODIES, years=YEARS, known=True), max_size=5))
def test_what_is_not_given_is_not_known(decisions):
    """Without compliance outcomes the compliance is not known, with an empty list of them it is none at all."""
    left_out, none_at_all = reviews_of(decisions), reviews_of(decisions, [])

    assert {None} >= {review.compliance for review in left_out}
    assert {0} >= {review.compliance.total for review in none_at_all}
    assert [count(review)[2:] for review in left_out] != [] or decisions == []


@FEW
@given(st.data(), strategies.decision_lists(strategies.decisions(authorities=BODIES), min_size=1, max_size=5))
def test_a_case_that_stands_twice_is_refused(data, decisions):
    """Repeats are found at any distance, also where the repeat has another outcome."""
    repeat = attrs.evolve(data.draw(st.sampled_from(decisions)), outcome=None, satisfactory_remedy=None)
    at = data.draw(st.integers(0, len(decisions)))

    with pytest.raises(InvalidValue) as caught:
        reviews_of([*decisions[:at], repeat, *decisions[at:]])

    assert [(repeat.reference, repeat.authority.name)] == cases_of(caught)


@FEW
@given(
    st.lists(
        strategies.investigations(),
        max_size=4,
        unique_by=lambda case: (case.decision.reference, case.decision.authority),
    )
)
def test_investigations_count_as_their_decisions(investigations):
    """Casework changes no review."""
    decisions = [case.decision for case in investigations]

    assert all(type(case) is Investigation for case in investigations)
    assert reviews_of(decisions) == reviews_of(investigations)
