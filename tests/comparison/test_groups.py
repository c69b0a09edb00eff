"""Similar authorities, their average, and one council beside it, all by hand."""

import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from tests.support.refusals import faults, fields

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    Average,
    Basis,
    Caution,
    Comparison,
    InvestigationTally,
    Population,
    PopulationRate,
    PrintedAverage,
    PrintedPercent,
    Proportion,
    Register,
    ReportingYear,
    Source,
    average_of,
    compare,
    compliance_rate,
    per_population_measure,
    satisfactory_remedy_rate,
    similar_authorities,
    uphold_rate,
)
from lgsco.comparison import AverageMethod, CautionKind, GroupRates, Member, Target, group_rates
from lgsco.errors import EmptyInput, InvalidValue, NotComparable, UnknownAuthority
from lgsco.model import SERIES_BREAKS, RegisterEntry

COUNTY, UNITARY = AuthorityType.COUNTY_COUNCIL, AuthorityType.UNITARY_COUNCIL
# A year in which no series breaks, so that the only cautions are those a test is about.
YEAR = ReportingYear(2022)


def council(name, kind=COUNTY):
    """Give a made-up council."""
    return Authority(f"{name}shire County Council", kind)


def review(authority, *counts, year=YEAR, **parts):
    """Give a review with these investigations, upheld and not upheld; none where no counts are given."""
    return AnnualReview(authority, year, investigations=InvestigationTally(*counts) if counts else None, **parts)


BARSET, COUNTIES = council("Barset"), [council(name) for name in ("Ambre", "Borset", "Loam", "Mid", "Wesse")]
# Rates of 9/10, 1/2, 1/2, 3/4, 4/5 and 0/5: pooled 19 of 31 with 2 of 5 for the second half.
MINE = review(BARSET, 9, 1)
OTHERS = [
    review(authority, *counts)
    for authority, counts in zip(COUNTIES, [(1, 1), (2, 3), (3, 1), (4, 1), (0, 5)], strict=True)
]
GROUP = [MINE, *OTHERS]
REGISTER = Register([RegisterEntry(each, group=COUNTY) for each in (BARSET, *COUNTIES)])


def words(comparison):
    """Give the kinds of a comparison's cautions."""
    return [caution.kind for caution in comparison.cautions]


# --- Who is similar


def test_similar_authorities_are_the_same_group_and_year_the_council_included():
    """In the order of their names; other years and groups are left out."""
    reviews = [
        *reversed(OTHERS),
        review(COUNTIES[0], 1, 1, year=ReportingYear(2023)),
        review(council("Uni", UNITARY), 1, 1),
    ]

    assert [OTHERS[0], MINE, *OTHERS[1:]] == [*similar_authorities(MINE, reviews)]


def test_the_councils_own_review_is_in_once():
    """Whether or not it stands among the others; the one given is the one used."""
    corrected = review(BARSET, 8, 2)

    assert similar_authorities(corrected, OTHERS) == similar_authorities(corrected, GROUP)
    assert (MINE,) == similar_authorities(MINE, [])


def test_a_register_decides_who_is_similar():
    """Durham calls itself a county council and is unitary; the Isles of Scilly are unitary and stand in no group."""
    durham = Authority("Durham County Council", UNITARY, code="E06000047")
    scilly = Authority("Council of the Isles of Scilly", UNITARY, code="E06000053")
    somerset = Authority("Somerset Council", UNITARY, code="E06000066")
    register = Register(
        [RegisterEntry(durham, group=UNITARY), RegisterEntry(somerset, group=UNITARY), RegisterEntry(scilly)]
    )
    reviews = [review(each, 1, 1) for each in (durham, somerset, scilly)]

    assert [durham, somerset] == [
        each.authority for each in similar_authorities(reviews[0], reviews, register=register)
    ]
    assert 3 == len(similar_authorities(reviews[0], reviews))
    with pytest.raises(NotComparable) as caught:
        similar_authorities(reviews[2], reviews, register=register)
    assert "group" == caught.value.what


def test_in_a_register_only_those_in_being_are_similar():
    """A council abolished within the year keeps its page, but is not among the others at the year's end."""
    entries = [RegisterEntry(each, group=COUNTY, end=YEAR.end if each is COUNTIES[0] else None) for each in COUNTIES]
    register = Register([*entries, RegisterEntry(BARSET, group=COUNTY)])

    assert [MINE, *OTHERS[1:]] == [*similar_authorities(MINE, GROUP, register=register)]
    with pytest.raises(NotComparable):
        similar_authorities(OTHERS[0], GROUP, register=register)


def test_a_body_in_no_group_has_no_similar_authorities():
    """A national park is compared with nobody."""
    with pytest.raises(NotComparable) as caught:
        similar_authorities(review(Authority("Exmoor National Park", AuthorityType.NATIONAL_PARK), 1, 1), [])

    assert "group" == caught.value.what


def test_an_authority_that_the_register_does_not_know_is_refused():
    """Rather than left out, which would change the average unseen."""
    with pytest.raises(UnknownAuthority) as caught:
        similar_authorities(MINE, [review(council("Strange"), 1, 1)], register=REGISTER)

    assert "Strangeshire County Council" == caught.value.name


# --- The average


@pytest.mark.parametrize(
    ("method", "value", "percent"),
    [
        ("pooled", Fraction(19, 31), 61),
        ("mean", Fraction(67, 120), 56),  # (0.9 + 0.5 + 0.4 + 0.75 + 0.8 + 0) / 6
        ("median", Fraction(5, 8), 63),  # between 0.5 and 0.75; an exact half
    ],
)
def test_three_ways_to_an_average(method, value, percent):
    """Pooled counts each case alike, the mean each council; the median is the middle one. All are exact."""
    average = average_of(GROUP, uphold_rate, method=method)

    assert (value, percent) == (average.value, average.percent())
    assert (COUNTY, YEAR, AverageMethod(method), None) == (
        average.group.type,
        average.year,
        average.method,
        average.group.coverage,
    )


def test_an_average_is_pooled_unless_asked_otherwise():
    """Much the likelier method of the printed averages."""
    average = average_of(iter(GROUP), uphold_rate)

    assert Proportion(19, 31) == average.pooled
    assert average == average_of(GROUP, uphold_rate, method="pooled")
    assert Decimal("61.3") == average.percent(1)
    assert average == pickle.loads(pickle.dumps(average))


@pytest.mark.parametrize(
    ("method", "value"), [("pooled", Fraction(10, 21)), ("mean", Fraction(49, 100)), ("median", Fraction(1, 2))]
)
def test_an_average_without_one_council(method, value):
    """The others by the same method; whoever was taken out is named, and is not taken out twice."""
    average = average_of(GROUP, uphold_rate, method=method)

    assert value == average.without(MINE).value
    assert (BARSET,) == average.without(MINE).group.excluding
    assert average.without(MINE) == average.without(MINE).without(MINE)
    assert average.value == average.without(review(council("Strange"), 1, 1)).value


def test_a_council_of_nought_over_nought_is_a_part_without_a_rate():
    """It adds nothing to the pool and nothing to the mean, yet it is held."""
    average = average_of([*GROUP, review(council("Empty"), 0, 0)], uphold_rate, method="mean")

    assert (7, 6, Fraction(67, 120)) == (len(average.group.members), len(average.group.values), average.value)


def test_a_council_whose_counts_are_not_known_is_named():
    """It is no part of the average, and it is said to be left out."""
    silent, half = review(council("Silent")), review(council("Half"), 3, None)
    average = average_of([*GROUP, silent, half], uphold_rate)

    assert ((silent.authority, half.authority), Fraction(19, 31)) == (average.group.missing, average.value)
    assert (half.authority,) == average.without(silent).group.missing


def test_fewer_than_five_rates_make_no_average():
    """One council would be most of it. Councils with 0 of 0 do not count as rates."""
    four = average_of([*OTHERS[:4], review(council("Empty"), 0, 0)], uphold_rate)

    assert four.insufficient_data
    assert (None, None, Proportion(10, 16)) == (four.value, four.percent(), four.pooled)
    assert average_of(OTHERS, uphold_rate).insufficient_data is None
    assert average_of(OTHERS, uphold_rate).without(OTHERS[0]).value is None


@pytest.mark.parametrize(("size", "there_is"), [(10, True), (11, False)])
def test_less_than_half_a_group_makes_no_average(size, there_is):
    """Five of ten do, five of eleven do not."""
    absent = [council(f"Absent {at}") for at in range(size - len(OTHERS))]
    register = Register([RegisterEntry(each, group=COUNTY) for each in [*COUNTIES, *absent]])
    average = average_of(OTHERS, uphold_rate, register=register)

    assert Proportion(5, size) == average.group.coverage
    assert there_is is (average.value is not None)
    assert there_is is (average.insufficient_data is None)


def test_the_coverage_without_a_council_is_that_of_the_others():
    """Of the five others of a group of six all are held, also where the council itself was never in the average."""
    average = average_of(GROUP, uphold_rate, register=REGISTER)

    assert (Proportion(6, 6), Proportion(5, 5)) == (average.group.coverage, average.without(MINE).group.coverage)


def test_a_council_of_another_group_leaves_the_group_as_it_is():
    """The five others of a group of six stay five of six without a council that was never of the group."""
    average = average_of(OTHERS, uphold_rate, register=REGISTER)

    assert Proportion(5, 6) == average.without(review(council("Uni", UNITARY), 1, 1)).group.coverage


def test_a_council_outside_the_average_is_not_one_of_the_others():
    """An average made of the five others of a group of six covers all of them."""
    comparison = compare(MINE, average_of(OTHERS, uphold_rate, register=REGISTER), uphold_rate, register=REGISTER)

    assert CautionKind.PARTIAL_COVERAGE not in words(comparison)


def test_the_average_of_any_councils_that_the_caller_names():
    """Of several groups: it has no group, and so no coverage."""
    mixed = [*OTHERS, review(council("Uni", UNITARY), 5, 5)]
    average = average_of(mixed, uphold_rate)

    assert (None, None, Fraction(15, 31)) == (average.group.type, average.group.coverage, average.value)


def test_councils_that_are_no_more_may_still_be_averaged():
    """Abolished councils keep their pages, but the group is those in being at the end of the year."""
    abolished = [RegisterEntry(each, group=COUNTY, end=dt.date(2021, 4, 1)) for each in COUNTIES]
    register = Register([*abolished, RegisterEntry(BARSET, group=COUNTY)])
    average = average_of(GROUP, uphold_rate, register=register)

    assert (Fraction(19, 31), Fraction(10, 21)) == (average.value, average.without(MINE).value)


def test_taking_out_an_abolished_council_leaves_the_size_of_the_group():
    """It stood in no group on that day, so the set has none, and no coverage to speak of."""
    abolished = RegisterEntry(BARSET, group=COUNTY, end=dt.date(2021, 4, 1))
    register = Register([abolished, *(RegisterEntry(each, group=COUNTY) for each in COUNTIES)])
    average = average_of(GROUP, uphold_rate, register=register)

    assert (None, None) == (average.group.type, average.group.coverage)
    assert 5 == len(average.without(MINE).group.members)


def test_an_average_of_abolished_councils_alone_can_be_without_one():
    """A group of which nobody is left has no size to subtract from."""
    register = Register([RegisterEntry(BARSET, group=COUNTY, end=dt.date(2021, 4, 1))])
    average = average_of([MINE], uphold_rate, register=register)

    assert () == average.without(MINE).group.members


def test_nothing_has_no_average():
    """Not even a year."""
    with pytest.raises(EmptyInput):
        average_of([], uphold_rate)


def test_an_average_is_of_one_year():
    """The first review sets it."""
    with pytest.raises(NotComparable) as caught:
        average_of([*GROUP, review(council("Late"), 1, 1, year=ReportingYear(2023))], uphold_rate)

    assert ("year", "2021-22", "2022-23") == attrs.astuple(caught.value)


def test_no_council_stands_in_an_average_twice():
    """It would weigh double."""
    with pytest.raises(NotComparable) as caught:
        average_of([*GROUP, MINE], uphold_rate)

    assert "council" == caught.value.what


@pytest.mark.parametrize("method", ["mode", "", None, "Pooled", 1])
def test_an_unknown_method_is_refused(method):
    """Even of no reviews."""
    with pytest.raises(InvalidValue) as caught:
        average_of([], uphold_rate, method=method)

    assert [("method", method)] == faults(caught)


def test_an_average_in_a_register_that_does_not_know_a_council_is_refused():
    """Rather than made without knowing the group."""
    with pytest.raises(UnknownAuthority):
        average_of([*GROUP, review(council("Strange"), 1, 1)], uphold_rate, register=REGISTER)


def test_a_rate_per_population_is_not_averaged():
    """It is no share of cases, and its populations are not cases to pool."""
    per_100k = per_population_measure({(BARSET, YEAR): Population(500_000, dt.date(2020, 6, 30))})
    with pytest.raises(InvalidValue) as caught:
        average_of([MINE], per_100k)

    assert ["measure"] == fields(caught)


def test_everything_wrong_with_an_average_is_said_at_once():
    """Each bad field is one problem."""
    with pytest.raises(InvalidValue) as caught:
        GroupRates("uphold_rate", 2020, members=[MINE], type="county_council", size=-1)

    assert ["measure", "year", "members", "type", "size"] == [each.place.path for each in caught.value.problems]


def test_rates_of_a_group_are_of_one_kind():
    """Shares and rates per population, or rates for different numbers of residents, cannot be pooled."""
    residents = Population(500_000, dt.date(2020, 6, 30))
    mixed = [Proportion(1, 2), PopulationRate(1, residents), PopulationRate(1, residents, per=10_000)]
    for rates in (mixed[:2], mixed[1:]):
        with pytest.raises(InvalidValue) as caught:
            GroupRates(uphold_rate, YEAR, members=tuple(map(Member, COUNTIES, rates)))

        assert ["members"] == fields(caught)


def test_rates_per_population_are_pooled_by_residents():
    """All events for all residents, as on the latest day of estimate."""
    people = {(each, YEAR): Population(100_000 * n, dt.date(2019 + n, 6, 30)) for n, each in enumerate(COUNTIES[:3], 1)}
    group = group_rates(OTHERS[:3], per_population_measure(people))

    assert PopulationRate(6, Population(600_000, dt.date(2022, 6, 30))) == group.pooled
    assert (100_000, ()) == (group.per, group.shares)
    with pytest.raises(InvalidValue) as caught:
        Average(group)
    assert ["group"] == fields(caught)
    for wrong in (attrs.evolve(group, measure=uphold_rate), group.members):
        with pytest.raises(InvalidValue):
            Average(wrong)


def test_nobodys_rates_are_pooled_to_nothing():
    """0 of 0, of no kind, of no group."""
    group = GroupRates(uphold_rate, YEAR, members=())

    assert (Proportion(0, 0), None, None) == (group.pooled, group.per, group.coverage)


def test_a_part_is_a_council_and_its_rate():
    """Both in their own types."""
    with pytest.raises(InvalidValue) as caught:
        Member("Barsetshire", Fraction(9, 10))

    assert ["authority", "rate"] == [problem.place.path for problem in caught.value.problems]


# --- Beside a benchmark


def test_worcestershire_2020_beside_the_printed_average():
    """19 of 22 against a printed 66%: the rate, its Wilson interval, and that 22 cases are few."""
    worcestershire = Authority("Worcestershire County Council", COUNTY, code="E10000034")
    year = ReportingYear(2020)
    printed = PrintedAverage(COUNTY, year, measure=uphold_rate, percent=PrintedPercent(66))
    comparison = compare(review(worcestershire, 19, 3, year=year), printed, uphold_rate)

    assert (Proportion(19, 22), printed) == (comparison.rate, comparison.benchmark)
    assert (Decimal("66.7"), Decimal("95.3")) == comparison.interval.percents(1)
    assert [CautionKind.SMALL_NUMBERS] == words(comparison)
    assert "22 cases" in str(comparison.cautions[0])
    assert comparison == pickle.loads(pickle.dumps(comparison))


def test_a_computed_average_is_compared_without_the_council():
    """The council would otherwise be compared partly with itself; a printed average includes it."""
    comparison = compare(MINE, average_of(GROUP, uphold_rate), uphold_rate)

    assert average_of(OTHERS, uphold_rate).group.members == comparison.benchmark.group.members
    assert (BARSET,) == comparison.benchmark.group.excluding
    assert Fraction(10, 21) == comparison.benchmark.value


@pytest.mark.parametrize("beside", [None, PrintedPercent(66), Target(Fraction(2, 3)), Target(Fraction(0))])
def test_a_benchmark_may_be_a_figure_a_target_or_nothing(beside):
    """It is kept as it was given."""
    assert beside == compare(MINE, beside, uphold_rate).benchmark


@pytest.mark.parametrize(
    ("counts", "rate"), [((), None), ((3, None), None), ((0, 0), Proportion(0, 0)), ((0, 40), Proportion(0, 40))]
)
def test_the_states_of_a_rate_in_a_comparison(counts, rate):
    """Not published and 0 of 0 have no interval and no caution about small numbers; 0 of 40 is a figure."""
    comparison = compare(review(BARSET, *counts), None, uphold_rate)

    assert (rate, ()) == (comparison.rate, comparison.cautions)
    assert (rate == Proportion(0, 40)) is (comparison.interval is not None)


def test_a_comparison_may_be_made_at_another_confidence():
    """The interval is wider at 99%."""
    usual, wide = compare(MINE, None, uphold_rate).interval, compare(MINE, None, uphold_rate, confidence=0.99).interval

    assert (0.95, 0.99) == (usual.confidence, wide.confidence)
    assert wide.lower < usual.lower < usual.upper < wide.upper


@pytest.mark.parametrize(
    ("beside", "measure", "what"),
    [
        (average_of(GROUP, uphold_rate), satisfactory_remedy_rate, "measure"),
        (
            PrintedAverage(COUNTY, YEAR, measure=compliance_rate, percent=PrintedPercent(99)),
            uphold_rate,
            "measure",
        ),
        (
            PrintedAverage(COUNTY, ReportingYear(2023), measure=uphold_rate, percent=PrintedPercent(66)),
            uphold_rate,
            "year",
        ),
        (PrintedAverage(UNITARY, YEAR, measure=uphold_rate, percent=PrintedPercent(66)), uphold_rate, "group"),
        (average_of([review(BARSET, 9, 1, year=ReportingYear(2023))], uphold_rate), uphold_rate, "year"),
        (average_of([review(council("Uni", UNITARY), 1, 1)], uphold_rate), uphold_rate, "group"),
    ],
)
def test_only_like_is_compared_with_like(beside, measure, what):
    """An average of another year, group or measure is refused."""
    with pytest.raises(NotComparable) as caught:
        compare(MINE, beside, measure)

    assert what == caught.value.what


def test_a_body_in_no_group_cannot_be_set_beside_a_group():
    """Nor can one that the register puts in no group; beside a target it can."""
    park = review(Authority("Exmoor National Park", AuthorityType.NATIONAL_PARK), 1, 1)
    printed = PrintedAverage(COUNTY, YEAR, measure=uphold_rate, percent=PrintedPercent(66))
    with pytest.raises(NotComparable) as caught:
        compare(park, printed, uphold_rate)
    assert "group" == caught.value.what

    with pytest.raises(NotComparable):
        compare(MINE, printed, uphold_rate, register=Register([RegisterEntry(BARSET)]))

    assert Proportion(1, 2) == compare(park, Fraction(1, 2), uphold_rate).rate


def test_an_average_of_named_councils_fits_any_council():
    """The caller chose them, whatever their groups."""
    chosen = average_of([*OTHERS, review(council("Uni", UNITARY), 5, 5)], uphold_rate)

    assert chosen.value == compare(MINE, chosen, uphold_rate).benchmark.value


@pytest.mark.parametrize(
    "beside", [66.0, 66, 1, "66", "others", Decimal(66), Proportion(2, 3), Fraction(-1, 3), Fraction(3, 2)]
)
def test_what_no_benchmark_is(beside):
    """A target is a share from 0 to 1; a whole number might be a share or a percentage."""
    with pytest.raises(InvalidValue) as caught:
        compare(MINE, beside, uphold_rate)

    assert [("benchmark", beside)] == faults(caught)


@pytest.mark.parametrize("beside", [0.66, "66%", "0.66", "33/50", Decimal("0.66")])
def test_a_target_may_have_any_form(beside):
    """It is the exact share that was meant."""
    assert Target(Fraction(66, 100)) == compare(MINE, beside, uphold_rate).benchmark


def test_everything_wrong_with_a_comparison_is_said_at_once():
    """Each bad field is one problem."""
    with pytest.raises(InvalidValue) as caught:
        Comparison("Barsetshire", "uphold_rate", benchmark=0.5, confidence=95, cautions=["few"])

    assert ["review", "measure", "benchmark", "confidence", "cautions"] == [
        each.place.path for each in caught.value.problems
    ]


def test_a_confidence_that_is_none_is_refused():
    """95 is not 0.95."""
    with pytest.raises(InvalidValue) as caught:
        compare(MINE, None, uphold_rate, confidence=95)

    assert [("confidence", 95)] == faults(caught)


# --- Cautions


@pytest.mark.parametrize(
    ("counts", "named"),
    [
        ((1, 0), "1 case,"),
        ((1, 1), "about 50 percentage"),
        ((22, 0), "about 5 percentage"),
        ((29, 0), "29 cases"),
        ((30, 0), None),
    ],
)
def test_few_cases_are_a_caution(counts, named):
    """Below thirty one case more or less moves the rate by over three points; the caution gives the number."""
    cautions = compare(review(BARSET, *counts), None, uphold_rate).cautions

    assert ([] if named is None else [CautionKind.SMALL_NUMBERS]) == [caution.kind for caution in cautions]
    assert all(named in str(caution) for caution in cautions)


@pytest.mark.parametrize("broken", SERIES_BREAKS, ids=lambda broken: str(broken.year))
def test_a_series_break_is_a_caution(broken):
    """In the first year on the new footing."""
    comparison = compare(review(BARSET, 30, 30, year=broken.year), None, uphold_rate)

    assert ([CautionKind.SERIES_BREAK] if "uphold_rate" in broken.breaks else []) == words(comparison)
    assert all(broken.what in str(caution) for caution in comparison.cautions)


def test_a_partly_held_group_is_a_caution():
    """The number held and the number there are, without the council itself."""
    register = Register([RegisterEntry(each, group=COUNTY) for each in (BARSET, *COUNTIES, council("Absent"))])
    comparison = compare(
        review(BARSET, 30, 30), average_of(GROUP, uphold_rate, register=register), uphold_rate, register=register
    )

    assert [CautionKind.PARTIAL_COVERAGE] == words(comparison)
    assert "5 of the 6" in str(comparison.cautions[0])


@pytest.mark.parametrize(("silent", "named"), [(1, "1 council "), (2, "2 councils ")])
def test_councils_whose_figures_are_not_known_are_a_caution(silent, named):
    """Where the size of the group is not known, those asked for and not held are counted."""
    missing = [review(council(f"Silent {at}")) for at in range(silent)]
    comparison = compare(review(BARSET, 30, 30), average_of([*GROUP, *missing], uphold_rate), uphold_rate)

    assert [CautionKind.PARTIAL_COVERAGE] == words(comparison)
    assert named in str(comparison.cautions[0])


def test_a_whole_group_is_no_caution():
    """All six held, with a register and without."""
    mine = review(BARSET, 30, 30)

    for register in (REGISTER, None):
        assert (
            ()
            == compare(mine, average_of(GROUP, uphold_rate, register=register), uphold_rate, register=register).cautions
        )


OLD, NEW = council("Old"), council("New")
BEGAN = dt.date(2021, 4, 1)


@pytest.mark.parametrize(
    ("entries", "authority", "named"),
    [
        ([RegisterEntry(OLD, end=BEGAN, successors=[NEW]), RegisterEntry(NEW, start=BEGAN)], NEW, OLD.name),
        ([RegisterEntry(NEW, start=BEGAN)], NEW, "1 April 2021"),
        ([RegisterEntry(OLD, end=BEGAN, successors=[NEW]), RegisterEntry(NEW, start=BEGAN)], OLD, NEW.name),
        ([RegisterEntry(OLD, end=dt.date(2022, 3, 31))], OLD, "31 March 2022"),
    ],
)
def test_a_reorganised_council_is_a_caution(entries, authority, named):
    """Created in the year, or abolished by its end; predecessors and successors are named."""
    comparison = compare(review(authority, 30, 30), None, uphold_rate, register=Register(entries))

    assert [CautionKind.REORGANISED] == words(comparison)
    assert named in str(comparison.cautions[0])


@pytest.mark.parametrize(
    "entry",
    [
        RegisterEntry(BARSET),
        RegisterEntry(BARSET, start=dt.date(2021, 3, 31)),
        RegisterEntry(BARSET, end=dt.date(2022, 4, 1)),
    ],
)
def test_a_council_that_stood_all_year_is_no_caution(entry):
    """One created in the year before, or abolished on the first day of the next, had this year whole."""
    assert () == compare(review(BARSET, 30, 30), None, uphold_rate, register=Register([entry])).cautions


def test_a_comparison_in_a_register_needs_the_council_in_it():
    """Its dates are not known otherwise."""
    with pytest.raises(UnknownAuthority):
        compare(review(council("Strange"), 30, 30), None, uphold_rate, register=REGISTER)


@pytest.mark.parametrize(
    ("basis", "kinds"),
    [(Basis.PUBLISHED, []), (Basis.OWN_CASES, []), (Basis.PUBLISHED_DECISIONS, [CautionKind.BASIS])],
)
def test_a_rate_from_published_decisions_is_a_caution(basis, kinds):
    """It is never the council's published rate."""
    source = Source("Decisions as listed", basis=basis)

    assert kinds == words(compare(review(BARSET, 30, 30, source=source), None, uphold_rate))


def test_several_cautions_stand_in_one_order():
    """Small numbers, series break, partial coverage, reorganised, basis."""
    year = ReportingYear(2023)
    others = [attrs.evolve(other, year=year) for other in OTHERS]
    mine = review(NEW, 1, 1, year=year, source=Source("Decisions as listed", basis=Basis.PUBLISHED_DECISIONS))
    register = Register(
        [
            RegisterEntry(NEW, group=COUNTY, start=year.start),
            *(RegisterEntry(each, group=COUNTY) for each in (BARSET, *COUNTIES)),
        ]
    )
    comparison = compare(
        mine, average_of([mine, *others], uphold_rate, register=register), uphold_rate, register=register
    )

    # A gap is between the years of a series, which a comparison has not.
    assert [kind for kind in CautionKind if kind is not CautionKind.GAP] == words(comparison)


def test_what_a_caution_cannot_be():
    """A kind and words."""
    with pytest.raises(InvalidValue) as caught:
        Caution("small_numbers", "")

    assert ["kind", "words"] == [problem.place.path for problem in caught.value.problems]


def test_an_abolished_council_was_never_one_of_the_group():
    """So the group is as large without it, as the register has it; by its type alone it would count one fewer."""
    gone = RegisterEntry(BARSET, group=COUNTY, end=YEAR.end)
    average = average_of(
        OTHERS, uphold_rate, register=Register([gone, *(RegisterEntry(each, group=COUNTY) for each in COUNTIES)])
    )
    register = Register([gone, *(RegisterEntry(each, group=COUNTY) for each in COUNTIES)])

    assert Proportion(5, 5) == average.group.coverage == average.without(MINE, register=register).group.coverage
    assert average.without(MINE).group.coverage is None
