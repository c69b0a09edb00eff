"""Indirect standardisation by service mix: examples worked by hand, the edges, and what is refused."""

import datetime as dt
from fractions import Fraction

import pytest
from tests.support.refusals import fields
from tests.support.values import KENT

from lgsco import (
    Decision,
    Investigation,
    InvestigationTally,
    Outcome,
    Proportion,
    ServiceArea,
)
from lgsco.comparison import AreaRates, StandardisedRatio, standardise, tally_by_area
from lgsco.errors import EmptyInput, InvalidValue

HOUSING, PLANNING, OTHER = ServiceArea.HOUSING, ServiceArea.PLANNING_AND_DEVELOPMENT, ServiceArea.OTHER
OWN = {PLANNING: InvestigationTally(2, 8), HOUSING: InvestigationTally(6, 4)}
GROUP = {
    HOUSING: InvestigationTally(50, 50),
    PLANNING: InvestigationTally(40, 160),
    OTHER: InvestigationTally(9, 1),
}


def test_expected_is_what_the_group_would_have_upheld_of_these_cases():
    """Half of 10 housing cases and a fifth of 10 planning cases are 7; 8 were upheld."""
    beside = standardise(OWN, GROUP)

    assert (8, Fraction(7), Fraction(8, 7)) == (beside.observed, beside.expected, beside.ratio)
    assert {HOUSING, PLANNING, OTHER} == {area.service_area for area in beside.areas}
    assert (Proportion(8, 20), Proportion(99, 310)) == (beside.own, beside.group)
    assert Fraction(8, 7) * Fraction(99, 310) == beside.rate


def test_limits_are_those_of_a_poisson_count_over_the_expected():
    """Byar's for 8 are 3.445 and 15.764, the exact ones 3.454 and 15.763; over 7."""
    beside = standardise(OWN, GROUP)

    assert (3.445 / 7, 15.764 / 7) == pytest.approx((beside.interval().lower, beside.interval().upper), abs=1e-3)
    exact = beside.interval(method="exact")
    assert (3.4538 / 7, 15.7632 / 7) == pytest.approx((exact.lower, exact.upper), abs=1e-4)
    assert ("byar", "exact") == (beside.interval().method, exact.method)


def test_where_none_is_expected_there_is_no_ratio():
    """Nor limits, nor a rate: nothing is told from nothing."""
    beside = standardise({HOUSING: InvestigationTally(0, 3)}, {HOUSING: InvestigationTally(0, 50)})

    assert (0, None, None, None) == (beside.expected, beside.ratio, beside.rate, beside.interval())


def test_none_upheld_is_a_true_nought():
    """The ratio is 0, and its lower limit too."""
    beside = standardise({HOUSING: InvestigationTally(0, 3)}, GROUP)

    assert (0, 0.0) == (beside.ratio, beside.interval().lower)


def test_areas_without_cases_change_nothing():
    """Whether the group has any there or not."""
    nothing = {**OWN, OTHER: InvestigationTally(0, 0), ServiceArea.BENEFITS_AND_TAX: InvestigationTally(0, 0)}

    left_out, spelt_out = standardise(OWN, GROUP), standardise(nothing, GROUP)
    assert (left_out.ratio, left_out.rate) == (spelt_out.ratio, spelt_out.rate)


def test_a_total_observed_is_enough_for_the_ratio():
    """Of each area only the cases are known; what does not fit is refused."""
    cases = {area: InvestigationTally(None, None, total=tally.total) for area, tally in OWN.items()}
    by_total, by_area = standardise(cases, GROUP, observed=8), standardise(OWN, GROUP)

    assert (by_area.ratio, by_area.rate, by_area.own) == (by_total.ratio, by_total.rate, by_total.own)
    assert by_area.interval() == by_total.interval()
    assert by_area.ratio == standardise(OWN, GROUP, observed=8).ratio
    for own, observed in ((cases, 21), (OWN, 7), ({**cases, HOUSING: OWN[HOUSING]}, 5)):
        with pytest.raises(InvalidValue) as caught:
            standardise(own, GROUP, observed=observed)

        assert ["total_observed"] == fields(caught)
    unknown = AreaRates(HOUSING, group=Proportion(1, 2), cases=3)
    with pytest.raises(InvalidValue):
        StandardisedRatio((unknown,))
    for both in ({}, {"own": Proportion(1, 2), "cases": 2}):
        with pytest.raises(InvalidValue) as caught:
            AreaRates(HOUSING, group=Proportion(1, 2), **both)

        assert ["cases"] == fields(caught)


def test_all_that_is_not_known_is_named_at_once():
    """The council's own counts, the group's, and areas in which the group has no cases."""
    own = {
        HOUSING: InvestigationTally(1, None),
        PLANNING: InvestigationTally(1, 1),
        OTHER: InvestigationTally(1, 1),
        ServiceArea.BENEFITS_AND_TAX: InvestigationTally(1, 1),
    }
    group = {HOUSING: InvestigationTally(9, 9), PLANNING: InvestigationTally(9, None), OTHER: InvestigationTally(0, 0)}
    with pytest.raises(InvalidValue) as caught:
        standardise(own, group)

    assert {"own.housing", "group.planning_and_development", "group.other", "group.benefits_and_tax"} == {
        problem.place.path for problem in caught.value.problems
    }


def test_a_council_without_service_areas_has_no_mix():
    """There is nothing to standardise."""
    with pytest.raises(EmptyInput):
        standardise({}, GROUP)


def test_a_ratio_holds_each_area_once():
    """And at least one, in each of which the group has cases where the council has."""
    area = AreaRates(HOUSING, own=Proportion(1, 2), group=Proportion(1, 2))
    for areas in ((), (area, area), [1]):
        with pytest.raises(InvalidValue) as caught:
            StandardisedRatio(areas)

        assert ["areas"] == fields(caught)
    with pytest.raises(InvalidValue) as caught:
        AreaRates(HOUSING, own=Proportion(1, 2), group=Proportion(0, 0))

    assert ["group"] == fields(caught)


def decided(number, area, outcome=Outcome.UPHELD):
    return Decision(f"24 000 {number:03}", KENT, outcome=outcome, decided_on=dt.date(2025, 1, 1), service_area=area)


def test_cases_are_counted_by_their_area():
    """In the Ombudsman's order; the other outcomes make an area of no investigations."""
    cases = [
        decided(1, PLANNING),
        Investigation(decided(2, HOUSING, Outcome.NOT_UPHELD)),
        decided(3, HOUSING),
        decided(4, OTHER, Outcome.ADVICE_GIVEN),
    ]

    assert [
        (HOUSING, 1, 1),
        (PLANNING, 1, 0),
        (OTHER, 0, 0),
    ] == [(area, tally.upheld, tally.not_upheld) for area, tally in tally_by_area(cases).items()]


def test_cases_of_no_known_area_are_counted_by_themselves():
    """No case is left out silently: they come last, and a mix of services is refused while they are there."""
    counted = tally_by_area([decided(1, None), decided(2, HOUSING), decided(3, None, Outcome.NOT_UPHELD)])

    assert [(HOUSING, InvestigationTally(1, 0)), (None, InvestigationTally(1, 1))] == [*counted.items()]
    with pytest.raises(InvalidValue) as caught:
        standardise(counted, counted)
    assert ["own.None", "group.None"] == fields(caught)
    unknown = counted.pop(None)
    assert standardise(counted, counted) == standardise({**counted, None: InvestigationTally.zero()}, counted)
    assert 2 == unknown.total
