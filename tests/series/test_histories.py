"""The years of one council: order, gaps, breaks, reorganisation, and what is no series."""

import datetime as dt

import pytest
from tests.support.refusals import fields, years
from tests.support.tables import each_of
from tests.support.values import KENT

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    Decision,
    Investigation,
    InvestigationTally,
    Outcome,
    Proportion,
    Register,
    ReportingYear,
    ServiceArea,
    compliance_rate,
    per_population_measure,
    published,
    uphold_rate,
)
from lgsco.errors import EmptyInput, InvalidValue, UnknownAuthority
from lgsco.model import RegisterEntry
from lgsco.series import History, YearRate, histories_by_area, histories_of, history_of

OLD = Authority("Old District Council", AuthorityType.DISTRICT_COUNCIL)
NEW = Authority("New Council", AuthorityType.UNITARY_COUNCIL)
LATER = Authority("Later Council", AuthorityType.UNITARY_COUNCIL)
REGISTER = Register(
    [
        RegisterEntry(OLD, end=dt.date(2021, 4, 1), successors=(NEW,)),
        RegisterEntry(NEW, start=dt.date(2021, 4, 1), end=dt.date(2023, 4, 1), successors=(LATER,)),
        RegisterEntry(LATER, start=dt.date(2023, 4, 1)),
    ]
)


def review(ending, authority=KENT, upheld=1, not_upheld=1):
    return AnnualReview(authority, ReportingYear(ending), investigations=InvestigationTally(upheld, not_upheld))


def endings(years):
    return [year.ending for year in years]


def test_reviews_are_put_in_the_order_of_their_years():
    """With the years between that are not held."""
    history = history_of(KENT, [review(2013), review(2009), review(2010)])

    assert [2009, 2010, 2013] == endings(history.years) == endings(each.year for each in history)
    assert [2011, 2012] == endings(history.gaps)
    assert 3 == len(history)


def test_a_history_of_nothing_is_empty():
    """It has no years, no gaps, no breaks and no stretches."""
    nothing = history_of(KENT, [])

    assert ((), (), (), (), 0) == (nothing.years, nothing.gaps, nothing.breaks, nothing.segments(), len(nothing))


def test_series_breaks_part_the_years():
    """A break stands before the first year on the new footing."""
    history = history_of(KENT, [review(ending) for ending in (2019, 2020, 2022, 2023, 2024, 2025)])

    assert [2021, 2023] == endings(broken.year for broken in history.breaks)
    assert [[2019, 2020], [2022], [2023, 2024, 2025]] == [endings(part.years) for part in history.segments()]


def test_breaks_belong_to_measures():
    """The pause of 2020 breaks counts, 2022-23 breaks what depends on borderline cases, and neither compliance."""
    history = history_of(KENT, [review(ending) for ending in (2019, 2020, 2022, 2023, 2024, 2025)])
    parted = {
        name: [endings(part.years) for part in history.segments(name)]
        for name in (uphold_rate, compliance_rate, "complaints_received")
    }

    assert [[2019, 2020, 2022], [2023, 2024, 2025]] == parted[uphold_rate]
    assert [[2019, 2020, 2022, 2023, 2024, 2025]] == parted[compliance_rate]
    assert [[2019, 2020], [2022, 2023, 2024, 2025]] == parted["complaints_received"]
    assert () == history.breaks_of(compliance_rate)


def test_a_break_in_the_first_year_is_between_no_two():
    """It matters to years before, of which none is held."""
    assert () == history_of(KENT, [review(2024), review(2025)]).breaks


def test_rates_are_by_year():
    """None where the counts are not known."""
    history = history_of(KENT, [review(2025), AnnualReview(KENT, ReportingYear(2024))])

    assert (YearRate(ReportingYear(2024), None), YearRate(ReportingYear(2025), Proportion(1, 2))) == history.rates(
        uphold_rate
    )
    with pytest.raises(InvalidValue) as caught:
        history.rates(per_population_measure({}))
    assert ["measure"] == fields(caught)


def test_a_year_that_is_not_held_is_refused():
    """With what is."""
    history = history_of(KENT, [review(2024)])

    assert review(2024) == history.on(ReportingYear(2024))
    for held, words in ((history, "held: 2023-24"), (history_of(KENT, []), "held: none")):
        with pytest.raises(InvalidValue) as caught:
            held.on(ReportingYear(2025))
        assert caught.value.problems[0].reason.endswith(words)


def test_what_is_no_series_is_listed_all_at_once():
    """Another council's reviews, and years that stand twice."""
    with pytest.raises(InvalidValue) as caught:
        history_of(KENT, [review(2024), review(2024), review(2023, OLD), review(2025)])

    assert [("Old District Council", "2022-23"), ("Kent County Council", "2023-24")] == years(caught)


def test_a_history_holds_its_years_in_order():
    """Who makes one by hand gives them so."""
    with pytest.raises(InvalidValue) as caught:
        History(KENT, [review(2025), review(2024)])

    assert ["comes after 2024-25"] == [problem.reason for problem in caught.value.problems]


def test_a_councils_years_never_join_those_before_or_after_it():
    """A predecessor's and a successor's figures are not one series, and the refusal says whose they are."""
    with pytest.raises(InvalidValue) as caught:
        history_of(NEW, [review(2021, OLD), review(2022, NEW), review(2024, LATER), review(2024)], register=REGISTER)

    assert [
        "is one of the councils before New Council, and their figures are not one series",
        "is one of the councils after New Council, and their figures are not one series",
        "is not a review of New Council",
    ] == [problem.reason for problem in caught.value.problems]


def test_a_history_knows_what_the_register_knows():
    """Of this very council."""
    history = history_of(NEW, [review(2022, NEW)], register=REGISTER)

    assert ((OLD,), (LATER,)) == (history.entry.predecessors, history.entry.successors)
    with pytest.raises(UnknownAuthority):
        history_of(KENT, [], register=REGISTER)
    with pytest.raises(InvalidValue) as caught:
        History(KENT, [], entry=REGISTER.entry(NEW))
    assert ["entry"] == fields(caught)


def test_a_history_for_each_council():
    """By name, whatever the order of the reviews."""
    held = histories_of([review(2022, NEW), review(2020, OLD), review(2023, NEW)], register=REGISTER)

    assert [(NEW, [2022, 2023]), (OLD, [2020])] == [(each.authority, endings(each.years)) for each in held]
    assert () == histories_of([])


def test_years_that_stand_twice_are_listed_for_every_council():
    """All at once."""
    with pytest.raises(InvalidValue) as caught:
        histories_of([review(2022, NEW), review(2020, OLD), review(2022, NEW), review(2020, OLD), review(2021, OLD)])

    assert [("New Council", "2021-22"), ("Old District Council", "2019-20")] == years(caught)


def test_cumbria_and_its_successors_are_three_series():
    """The shipped figures of the county stay its own after its abolition."""
    register = published.register()
    cumbria = register.find("Cumbria County Council")
    history = history_of(cumbria, [one for one in published.reviews() if one.authority == cumbria], register=register)

    assert [2024, 2025] == endings(history.years)
    assert dt.date(2023, 4, 1) == history.entry.end
    assert ["Cumberland Council", "Westmorland and Furness Council"] == [
        council.name for council in history.entry.successors
    ]


def decided(number, ending, area, authority=KENT, outcome=Outcome.UPHELD):
    day = dt.date(ending, 1, 15)
    return Decision(f"20 000 {number:03}", authority, outcome=outcome, decided_on=day, service_area=area)


def test_cases_by_area_have_every_year_of_the_council():
    """A year without cases of an area stands there as none."""
    made = histories_by_area(
        [
            decided(1, 2024, ServiceArea.HOUSING),
            Investigation(decided(2, 2025, ServiceArea.HOUSING, outcome=Outcome.NOT_UPHELD)),
            decided(3, 2025, ServiceArea.BENEFITS_AND_TAX),
        ]
    )

    assert [ServiceArea.BENEFITS_AND_TAX, ServiceArea.HOUSING] == [*made]
    assert [Proportion(0, 0), Proportion(1, 1)] == [
        point.rate for point in made[ServiceArea.BENEFITS_AND_TAX].rates(uphold_rate)
    ]
    assert [Proportion(1, 1), Proportion(0, 1)] == [
        point.rate for point in made[ServiceArea.HOUSING].rates(uphold_rate)
    ]
    assert {area: area for area in made} == {area: history.service_area for area, history in made.items()}


def test_cases_that_cannot_be_placed_are_all_listed():
    """Another council's, and those of no known area; a case that stands twice; none at all."""
    with pytest.raises(InvalidValue) as caught:
        histories_by_area([decided(1, 2024, None), decided(2, 2025, None, OLD), decided(3, 2025, ServiceArea.OTHER)])
    assert [
        ("Kent County Council", "the service area of 20 000 001 is not known"),
        ("Old District Council", "20 000 002 is not a case of Kent County Council"),
        ("Old District Council", "the service area of 20 000 002 is not known"),
    ] == [(name, problem.reason) for (name, _), problem in zip(years(caught), caught.value.problems, strict=True)]
    with pytest.raises(InvalidValue):
        histories_by_area([decided(1, 2024, ServiceArea.OTHER)] * 2)
    with pytest.raises(EmptyInput):
        histories_by_area([])


@each_of("given", ["review", None, ReportingYear(2024)])
def test_what_is_no_review_is_refused(given):
    """As a history itself refuses it."""
    for make in (lambda: history_of(KENT, [given]), lambda: histories_of([given])):
        with pytest.raises(InvalidValue) as caught:
            make()

        assert ["reviews"] == fields(caught)
