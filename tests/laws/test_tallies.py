"""
Laws of tallies.

- Counting is a homomorphism: count then add, or join then count. So for all three functions, unknowns included.
- Late is complied; a case that does not tell leaves what rests on it unknown, and nothing else.
- Counting looks at nothing but the cases: not at their order, nor at the work on them.
- Tallies of one kind are a commutative monoid under addition.
- What is not known in one is not known in the sum, and nothing else is lost.
- A total and all parts but one give the last part.
- A tally made again from its fields is the same tally.
"""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgsco import (
    ComplianceStatus,
    ComplianceTally,
    DecisionTally,
    InvestigationTally,
    Outcome,
    Overview,
    ReceivedTally,
    strategies,
    tally_compliance,
    tally_decisions,
    tally_investigations,
)
from lgsco.model import sum_tallies

CASES = st.lists(strategies.decisions() | strategies.investigations(), max_size=4)
OUTCOMES = st.lists(strategies.compliance_outcomes(), max_size=6)
FEW = settings(max_examples=settings().max_examples // 2)
OF_EACH_KIND = {
    InvestigationTally: strategies.investigation_tallies,
    ComplianceTally: strategies.compliance_tallies,
    DecisionTally: strategies.decision_tallies,
    ReceivedTally: strategies.received_tallies,
    Overview: strategies.overviews,
}
ONE = st.one_of([tallies() for tallies in OF_EACH_KIND.values()])
TWO = st.one_of([st.tuples(tallies(), tallies()) for tallies in OF_EACH_KIND.values()])
THREE = st.one_of([st.tuples(tallies(), tallies(), tallies()) for tallies in OF_EACH_KIND.values()])
MANY = st.one_of([st.lists(tallies(), min_size=1, max_size=4) for tallies in OF_EACH_KIND.values()])
KNOWN = st.one_of([tallies(known=True) for tallies in OF_EACH_KIND.values()])


@FEW
@given(CASES, CASES)
def test_two_lists_of_investigations_tally_like_one(one, other):
    """Counting investigations is a homomorphism, with outcomes and remedies that are not known."""
    assert tally_investigations(one) + tally_investigations(other) == tally_investigations(one + other)


@FEW
@given(CASES, CASES)
def test_two_lists_of_decisions_tally_like_one(one, other):
    """Counting decisions is a homomorphism, with outcomes that are not known."""
    assert tally_decisions(one) + tally_decisions(other) == tally_decisions(one + other)


@FEW
@given(OUTCOMES, OUTCOMES)
def test_two_lists_of_compliance_outcomes_tally_like_one(one, other):
    """Counting compliance outcomes is a homomorphism."""
    assert tally_compliance(one) + tally_compliance(other) == tally_compliance(one + other)


@FEW
@given(st.data(), CASES, OUTCOMES)
def test_the_order_of_cases_does_not_matter(data, cases, outcomes):
    """Cases in another order come to the same counts."""
    shuffled, settled = data.draw(st.permutations(cases)), data.draw(st.permutations(outcomes))

    assert tally_investigations(cases) == tally_investigations(shuffled)
    assert tally_decisions(cases) == tally_decisions(shuffled)
    assert tally_compliance(outcomes) == tally_compliance(settled)


@FEW
@given(st.lists(strategies.investigations(), max_size=5))
def test_an_investigation_counts_as_its_decision(investigations):
    """The work on a case changes no count."""
    decisions = [investigation.decision for investigation in investigations]

    assert tally_investigations(decisions) == tally_investigations(investigations)
    assert tally_decisions(decisions) == tally_decisions(investigations)


@FEW
@given(CASES)
def test_both_tallies_of_decisions_agree(cases):
    """The investigations are the two outcomes of the six that are findings."""
    six, two = tally_decisions(cases), tally_investigations(cases)

    assert (six.upheld, six.not_upheld) == (two.upheld, two.not_upheld)
    assert len(cases) == six.total


@FEW
@given(CASES)
def test_remedies_are_known_where_each_upheld_case_tells(cases):
    """One upheld case that does not tell, or one case without an outcome, leaves remedies unknown; no other does."""
    upheld = [case for case in cases if case.outcome in {Outcome.UPHELD, None}]
    remedies = [None if case.outcome is None else case.satisfactory_remedy for case in upheld]

    assert (None if None in remedies else sum(remedies)) == tally_investigations(cases).satisfactory_remedies


@FEW
@given(OUTCOMES)
def test_late_is_complied_and_every_outcome_counts_once(outcomes):
    """Late work is part of the complied, where its time is known, and what was not complied is all the rest."""
    tally = tally_compliance(outcomes)

    late = sum(outcome.status is ComplianceStatus.LATE for outcome in outcomes)
    undated = any(outcome.status is ComplianceStatus.COMPLIED for outcome in outcomes)
    assert (None if undated else late) == tally.late
    assert sum(outcome.status is ComplianceStatus.NOT_COMPLIED for outcome in outcomes) == tally.not_complied
    assert len(outcomes) == tally.total


@given(THREE)
def test_it_does_not_matter_which_two_are_added_first(three):
    """Addition is associative, also where only totals are known."""
    one, two, last = three

    assert (one + two) + last == one + (two + last)


@given(TWO)
def test_it_does_not_matter_which_comes_first(two):
    """Addition is commutative."""
    one, other = two

    assert one + other == other + one


@given(ONE)
def test_adding_no_cases_changes_nothing(tally):
    """Zero is the identity of addition."""
    assert tally == tally + type(tally).zero()


@given(TWO)
def test_a_count_of_the_sum_is_known_where_both_are(two):
    """What is not known stays not known, what is known adds up, and so does the total."""
    one, other = two
    both = {name: count + other.known()[name] for name, count in one.known().items() if name in other.known()}

    assert both == (one + other).known()
    assert (None if None in (one.total, other.total) else one.total + other.total) == (one + other).total


@given(MANY, st.integers(0, 4))
def test_a_sum_of_sums_is_the_sum(tallies, cut):
    """However a list of tallies is cut in two, the sums of both pieces make the whole sum."""
    zero = type(tallies[0]).zero()

    assert sum_tallies(tallies) == sum_tallies([zero, *tallies[:cut]]) + sum_tallies([zero, *tallies[cut:]])


@given(st.data(), KNOWN)
def test_the_last_part_follows_from_the_total(data, tally):
    """A tally of which one part is hidden and the total stated is the tally."""
    hidden = data.draw(st.sampled_from(sorted(tally.known())))

    assert tally == attrs.evolve(tally, **{hidden: None}, total=tally.total)


@given(ONE)
def test_a_tally_made_again_is_the_same(tally):
    """Evolving nothing changes nothing, and giving the total that it has changes no count that it knows."""
    assert tally == attrs.evolve(tally)
    assert tally.known().items() <= attrs.evolve(tally, total=tally.total).known().items()


@given(st.data(), KNOWN, st.integers(0, 9_000))
def test_a_part_can_be_changed_without_a_word_of_the_total(data, tally, count):
    """Where all parts are known the total follows them, also when one is evolved."""
    part = data.draw(st.sampled_from(sorted(tally.known())))
    bigger = tally.known()[part] + count

    assert tally.total + count == attrs.evolve(tally, **{part: bigger}).total


@given(strategies.decision_tallies(known=True), strategies.decision_tallies(known=True))
def test_the_overview_of_a_sum_is_the_sum_of_the_overviews(one, other):
    """Regrouping six outcomes into three is a homomorphism."""
    assert one.overview + other.overview == (one + other).overview


@given(strategies.decision_tallies())
def test_an_overview_keeps_the_total(tally):
    """Regrouping gains and loses no complaint, known or not."""
    assert tally.total == tally.overview.total


@given(TWO, ONE)
def test_only_like_is_added_to_like(two, stranger):
    """Tallies of two kinds have no sum."""
    if type(stranger) is type(two[0]):
        stranger = Overview.zero() if type(stranger) is not Overview else ReceivedTally.zero()

    with pytest.raises(TypeError):
        two[0] + stranger
