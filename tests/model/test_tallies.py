"""Counts: totals stated and derived, addition with unknowns, and cases counted into a council's year."""

import pickle

import attrs
import pytest
from tests.support.refusals import faults
from tests.support.tables import each_of
from tests.support.values import KENT, YEAR

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceTally,
    DecisionTally,
    InvestigationTally,
    Overview,
    ReceivedTally,
)
from lgsco.errors import EmptyInput, InvalidValue
from lgsco.model import sum_tallies

WORCESTERSHIRE = Authority("Worcestershire County Council", AuthorityType.COUNTY_COUNCIL, code="E10000034")
KINDS = [InvestigationTally, ComplianceTally, Overview, DecisionTally, ReceivedTally]

# Six outcomes that come to 441, of which 72 investigated.
DECIDED = DecisionTally(
    invalid_or_incomplete=21,
    advice_given=22,
    referred_back=160,
    closed_after_initial_enquiries=166,
    not_upheld=29,
    upheld=43,
)


# --- One tally


def test_worcestershire_2019_20():
    """The council's letter of 2020: 22 detailed investigations, 19 upheld, 3 put right; 12 compliance outcomes."""
    assert 22 == InvestigationTally(19, 3, satisfactory_remedies=3).total
    assert 12 == ComplianceTally(11, 1, late=3).total


@each_of("kind", KINDS)
def test_zero_has_nought_in_every_field(kind):
    """No cases at all is known of every count, those within others included."""
    zero = kind.zero()

    assert 0 == zero.total
    assert {0} == {getattr(zero, field.name) for field in attrs.fields(kind) if field.name != "_total"}


@each_of("not_a_count", [-1, True, 1.0, "3"])
@each_of("field", ["upheld", "not_upheld", "satisfactory_remedies", "total"])
def test_only_whole_numbers_from_nought_are_counts(field, not_a_count):
    """A tally refuses anything that is not a count, and says which field it was."""
    with pytest.raises(InvalidValue) as caught:
        InvestigationTally(**{"upheld": 0, "not_upheld": None, field: not_a_count})

    assert [(field, not_a_count)] == faults(caught)


def test_everything_wrong_with_a_tally_is_said_at_once():
    """Each bad count is one problem."""
    with pytest.raises(InvalidValue) as caught:
        ComplianceTally(-1, "1", late=True, total=1.0)

    assert [("complied", -1), ("not_complied", "1"), ("late", True), ("total", 1.0)] == [
        (problem.place.path, problem.value) for problem in caught.value.problems
    ]


def test_both_counts_must_be_given():
    """A count that was not published is None, and that must be said."""
    with pytest.raises(TypeError):
        InvestigationTally(19)


def test_the_total_is_known_when_every_part_is():
    """One unknown part leaves it unknown, unless the total itself was stated."""
    assert 441 == DECIDED.total
    assert attrs.evolve(DECIDED, upheld=None).total is None
    assert 441 == DecisionTally(upheld=43, not_upheld=29, total=441).total
    assert {"upheld": 43, "not_upheld": 29} == DecisionTally(upheld=43, not_upheld=29, total=441).known()


def test_the_last_part_follows_from_a_stated_total():
    """19 upheld of 22 leaves 3; two unknown parts stay unknown."""
    assert InvestigationTally(19, 3) == InvestigationTally(19, None, total=22)
    assert DECIDED == attrs.evolve(DECIDED, upheld=None, total=441)
    assert DecisionTally(upheld=43, not_upheld=29, total=441).advice_given is None
    assert InvestigationTally(None, None, total=22).upheld is None


def test_a_total_that_the_parts_make_is_not_held_twice():
    """So that changing one part cannot contradict it; a total that is needed is held."""
    tally = attrs.evolve(InvestigationTally(19, None, total=22), upheld=18)

    assert (18, 3, 21) == (tally.upheld, tally.not_upheld, tally.total)
    assert InvestigationTally(19, 3) == InvestigationTally(19, 3, total=22)
    assert 22 == attrs.evolve(InvestigationTally(None, None, total=22), satisfactory_remedies=3).total


@each_of("stated", [21, 23])
def test_a_total_that_its_parts_do_not_make_is_refused(stated):
    """19 and 3 are 22, neither more nor less."""
    with pytest.raises(InvalidValue) as caught:
        InvestigationTally(19, 3, total=stated)

    assert [("total", stated)] == faults(caught)


def test_parts_may_not_exceed_their_total():
    """Even where other parts are not known."""
    with pytest.raises(InvalidValue) as caught:
        Overview(not_for_us=80, total=79)

    assert [("total", 79)] == faults(caught)


@each_of(
    ("make", "field", "held"),
    [
        (lambda: InvestigationTally(2, 3, satisfactory_remedies=3), "satisfactory_remedies", 3),
        (lambda: InvestigationTally(None, 20, satisfactory_remedies=3, total=22), "satisfactory_remedies", 3),
        (lambda: InvestigationTally(None, None, satisfactory_remedies=23, total=22), "satisfactory_remedies", 23),
        (lambda: ComplianceTally(2, 9, late=3), "late", 3),
        (lambda: ComplianceTally(None, None, late=13, total=12), "late", 13),
    ],
)
def test_a_count_within_another_cannot_exceed_it(make, field, held):
    """Put right is part of upheld, late part of complied; where those are not known the total still bounds them."""
    with pytest.raises(InvalidValue) as caught:
        make()

    assert [(field, held)] == faults(caught)


def test_a_count_within_an_unknown_one_is_kept():
    """Three late is known even where it is not known how many complied; equal counts are in order."""
    assert 3 == ComplianceTally(None, 1, late=3).late
    assert 3 == InvestigationTally(3, 0, satisfactory_remedies=3).satisfactory_remedies


def test_a_tally_is_shown_as_one_would_type_it():
    """Counts left out, and a total that follows, are not shown; a stated one that does not follow is."""
    assert "InvestigationTally(upheld=19, not_upheld=3)" == repr(InvestigationTally(19, None, total=22))
    assert "Overview(investigated=23, total=79)" == repr(Overview(investigated=23, total=79))


@each_of(
    "tally",
    [
        InvestigationTally(None, None, satisfactory_remedies=1, total=7),
        ComplianceTally(None, None, late=1, total=7),
        Overview(investigated=2, total=7),
        DecisionTally(upheld=2, total=7),
        ReceivedTally(housing=2, total=7),
    ],
)
def test_a_tally_is_one_value(tally):
    """Equal counts are one key, through pickling and evolving; counts of different things are never equal."""
    assert {tally} == {pickle.loads(pickle.dumps(tally)), attrs.evolve(tally)}
    assert [type(tally)] == [kind for kind in KINDS if kind.zero() == type(tally).zero()]


def test_the_six_outcomes_make_the_three_groups():
    """Not for us is the first three, assessed and closed the fourth, investigated the last two."""
    assert Overview(not_for_us=203, assessed_and_closed=166, investigated=72) == DECIDED.overview


def test_groups_of_unknown_outcomes_are_unknown():
    """What can be told is told: 72 of 441 investigated, the rest not."""
    overview = DecisionTally(upheld=43, not_upheld=29, total=441).overview

    assert Overview(investigated=72, total=441) == overview
    assert (None, None, 441) == (overview.not_for_us, overview.assessed_and_closed, overview.total)
    assert Overview() == DecisionTally(upheld=43).overview


# --- Addition


def test_tallies_are_added_count_by_count():
    """Counts within others are added too."""
    assert InvestigationTally(20, 5, satisfactory_remedies=4) == (
        InvestigationTally(19, 3, satisfactory_remedies=3) + InvestigationTally(1, 2, satisfactory_remedies=1)
    )


def test_unknown_plus_anything_is_unknown():
    """Only of that count; a total that both state is still known."""
    both = InvestigationTally(19, 3, satisfactory_remedies=3) + InvestigationTally(None, None, total=5)

    assert (None, None, None, 27) == (both.upheld, both.not_upheld, both.satisfactory_remedies, both.total)
    assert InvestigationTally(20, None) == InvestigationTally(19, 3) + InvestigationTally(1, None)


@each_of("other", [ComplianceTally(1, 2), 3, None, {"upheld": 1}])
def test_different_kinds_cannot_be_added(other):
    """Investigations and compliance outcomes are counts of different things."""
    with pytest.raises(TypeError):
        InvestigationTally(1, 2) + other


def test_a_total_of_several_tallies():
    """Any iterable of one kind; one tally is its own total."""
    tallies = [InvestigationTally(19, 3), InvestigationTally(1, 2), InvestigationTally(0, 0)]

    assert InvestigationTally(20, 5) == sum_tallies(iter(tallies))
    assert tallies[0] == sum_tallies(tallies[:1])


def test_nothing_has_no_total():
    """Not even its kind is known, so no zero can be given."""
    with pytest.raises(EmptyInput):
        sum_tallies([])


def test_a_total_of_different_kinds_is_refused():
    """As adding them is."""
    with pytest.raises(TypeError):
        sum_tallies([InvestigationTally.zero(), ComplianceTally.zero()])


# --- One council's year


@each_of(
    ("field", "held"),
    [
        ("authority", "Kent"),
        ("year", 2020),
        ("investigations", ComplianceTally(1, 2)),
        ("compliance", InvestigationTally(1, 2)),
        ("overview", DECIDED),
        ("decided", Overview()),
        ("received", {}),
        ("source", "the letter"),
    ],
)
def test_what_a_review_cannot_hold(field, held):
    """Each part is a tally of its own kind."""
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(AnnualReview(KENT, YEAR), **{field: held})

    assert [(field, held)] == faults(caught)


def test_a_review_as_a_table():
    """A row for each count that its tallies have, by name; one row where it has none."""
    caption, headings, rows = AnnualReview(KENT, YEAR, compliance=ComplianceTally(1_011, None)).as_table()

    assert (f"{KENT}, {YEAR}", ["Count", "Number"]) == (caption, headings)
    assert [
        ["Compliance: complied", "1,011"],
        ["Compliance: not complied", "not known"],
        ["Compliance: late", "not known"],
        ["Compliance: total", "not known"],
    ] == rows
    assert [["All counts", "not known"]] == AnnualReview(KENT, YEAR).as_table()[2]


def test_everything_wrong_with_a_review_is_said_at_once():
    """Each bad part is one problem."""
    with pytest.raises(InvalidValue) as caught:
        AnnualReview("Kent", 2020, received=3)

    assert ["authority", "year", "received"] == [problem.place.path for problem in caught.value.problems]


@each_of(
    ("parts", "field", "held"),
    [
        ({"investigations": InvestigationTally(42, None), "decided": DECIDED}, "investigations.upheld", 42),
        ({"investigations": InvestigationTally(None, 30), "decided": DECIDED}, "investigations.not_upheld", 30),
        (
            {"investigations": InvestigationTally(43, 29), "overview": Overview(investigated=71)},
            "investigations.total",
            72,
        ),
        ({"overview": Overview(investigated=71), "decided": DECIDED}, "overview.investigated", 71),
        ({"overview": Overview(total=440), "decided": DECIDED}, "overview.total", 440),
    ],
)
def test_two_counts_of_the_same_cases_must_agree(parts, field, held):
    """A review whose parts contradict each other cannot be built."""
    with pytest.raises(InvalidValue) as caught:
        AnnualReview(KENT, YEAR, **parts)

    assert [(field, held)] == faults(caught)


def test_parts_that_agree_or_are_not_known_make_a_review():
    """The same counts in three places, and one place that knows only some."""
    review = AnnualReview(
        KENT, YEAR, investigations=InvestigationTally(43, 29), overview=DECIDED.overview, decided=DECIDED
    )

    assert 441 == review.overview.total
    assert (
        InvestigationTally(43, None) == attrs.evolve(review, investigations=InvestigationTally(43, None)).investigations
    )
