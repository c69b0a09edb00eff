"""Rates by hand: the four states, rounding as printed, intervals, populations, and the measures."""

import datetime as dt
import decimal
import math
import pickle
import pydoc
import sys
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from tests.support.refusals import faults, fields
from tests.support.tables import each_of
from tests.support.values import YEAR

from lgsco import (
    KEY_STATISTICS,
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceTally,
    DecisionTally,
    Interval,
    InvestigationTally,
    Measure,
    Overview,
    Population,
    PopulationRate,
    Proportion,
    ReportingYear,
    Source,
    compliance_rate,
    investigation_rate,
    late_compliance_rate,
    per_population_measure,
    satisfactory_remedy_rate,
    uphold_rate,
)
from lgsco.errors import InvalidValue
from lgsco.model import measure as measure_of
from lgsco.stats import Sides

COUNCIL = Authority("Worcestershire County Council", AuthorityType.COUNTY_COUNCIL, code="E10000034")
# Worcestershire's letter of 2020: 19 of 22 upheld, 3 put right; 92% of 12 compliance outcomes, three of them late.
LETTER = AnnualReview(
    COUNCIL,
    YEAR,
    investigations=InvestigationTally(19, 3, satisfactory_remedies=3),
    compliance=ComplianceTally(11, 1, late=3),
)


# --- Proportions


@each_of(
    ("numerator", "denominator", "printed"),
    [
        (19, 22, 86),  # Worcestershire 2020, uphold rate
        (11, 12, 92),  # Worcestershire 2020, compliance rate
        (3, 19, 16),  # Worcestershire 2020, satisfactory remedy rate
        (33, 40, 83),  # Leicestershire 2024-25, uphold rate: an exact half
        (2, 16, 13),  # an exact half that Python's round gives as 12
        (0, 5, 0),
        (5, 5, 100),
        (1, 200, 1),
        (199, 200, 100),
    ],
)
def test_percentages_are_rounded_as_they_are_printed(numerator, denominator, printed):
    """To whole per cent, halves up."""
    assert printed == Proportion(numerator, denominator).percent()


def test_the_four_states_of_a_rate():
    """Not published is None; 0 of 0 is no rate, never 0%; 0 of n is a true nought; the rest are figures."""
    nothing, nought, figure = Proportion(0, 0), Proportion(0, 5), Proportion(19, 22)

    assert [None, Fraction(0), Fraction(19, 22)] == [rate.value for rate in (nothing, nought, figure)]
    assert [None, Decimal(0), Decimal(86)] == [rate.percent() for rate in (nothing, nought, figure)]
    assert ["no rate (0 of 0)", "0% (0 of 5)", "86% (19 of 22)"] == [str(rate) for rate in (nothing, nought, figure)]
    assert nothing.interval() is None


def test_more_places_on_request():
    """Counts in the text are grouped by thousands; the percentage keeps the places asked for."""
    rate = Proportion(1234, 5000)

    assert (Decimal("24.7"), Decimal("24.68"), Decimal("24.6800")) == (
        rate.percent(1),
        rate.percent(2),
        rate.percent(4),
    )
    assert "24.6800" == str(rate.percent(4))
    assert "25% (1,234 of 5,000)" == str(rate)


def test_rounding_does_not_listen_to_the_callers_context():
    """A Decimal context that rounds down to two digits changes nothing."""
    with decimal.localcontext() as context:
        context.prec, context.rounding = 2, decimal.ROUND_DOWN

        assert "86.364" == str(Proportion(19, 22).percent(3))


@each_of("places", [-1, 1.0, True, None])
def test_places_are_a_count(places):
    """Minus one place would round to tens, True is not one."""
    with pytest.raises(InvalidValue) as caught:
        Proportion(1, 3).percent(places)

    assert [("places", places)] == faults(caught)


@each_of("not_a_count", [-1, True, 1.0, "3", None])
@each_of("field", ["numerator", "denominator"])
def test_a_proportion_is_of_counts(field, not_a_count):
    """A rate is two whole numbers."""
    with pytest.raises(InvalidValue) as caught:
        Proportion(**{"numerator": 0, "denominator": 5, field: not_a_count})

    assert [(field, not_a_count)] == faults(caught)


def test_a_part_is_no_more_than_its_whole():
    """The numerator is named."""
    with pytest.raises(InvalidValue) as caught:
        Proportion(6, 5)

    assert [("numerator", 6)] == faults(caught)


def test_everything_wrong_with_a_proportion_is_said_at_once():
    """Both counts are checked before they are compared."""
    with pytest.raises(InvalidValue) as caught:
        Proportion(1.5, "2")

    assert [("numerator", 1.5), ("denominator", "2")] == [
        (each.place.path, each.value) for each in caught.value.problems
    ]


def test_a_proportion_keeps_its_counts():
    """1 of 2 is not 2 of 4, although they are the same share."""
    assert Proportion(1, 2) != Proportion(2, 4)
    assert Proportion(1, 2).value == Proportion(2, 4).value
    assert {Proportion(1, 2)} == {pickle.loads(pickle.dumps(Proportion(1, 2)))}


# --- Intervals


def test_the_wilson_interval_of_worcestershire():
    """19 of 22 at 95%: 66.7% to 95.3%."""
    interval = Proportion(19, 22).interval()

    assert (Decimal("66.7"), Decimal("95.3")) == interval.percents(1)
    assert (Decimal(67), Decimal(95)) == interval.percents()
    assert (0.95, "wilson") == (interval.confidence, interval.method)


@each_of(
    ("method", "printed"),
    [
        ("wilson", [(0.2553, 0.3662), (0.0624, 0.1605), (0.0, 0.1611), (0.0061, 0.1718)]),
        ("wilson-cc", [(0.2535, 0.3682), (0.0598, 0.1644), (0.0, 0.2005), (0.0018, 0.1963)]),
        ("clopper-pearson", [(0.2527, 0.3676), (0.0578, 0.1617), (0.0, 0.1684), (0.0009, 0.1776)]),
        ("mid-p", [(0.2544, 0.3658), (0.0601, 0.1581), (0.0, 0.1391), (0.0017, 0.1585)]),
    ],
)
def test_newcombes_printed_limits(method, printed):
    """81 of 263, 15 of 148, 0 of 20, 1 of 29: Newcombe (1998), table I, methods 3 to 6 (recalled, not seen here)."""
    found = [Proportion(k, n).interval(method=method) for k, n in ((81, 263), (15, 148), (0, 20), (1, 29))]

    assert printed == [(round(limits.lower, 4), round(limits.upper, 4)) for limits in found]


@each_of(
    ("method", "upper"),
    [
        ("clopper-pearson", 1 - 0.025 ** (1 / 20)),  # no case in 20 has probability (1 - p) ** 20
        ("mid-p", 1 - 0.05 ** (1 / 20)),  # half of that
    ],
)
def test_exact_limits_of_no_case_by_hand(method, upper):
    """0 of 20, and 20 of 20 as its mirror."""
    none, whole = Proportion(0, 20).interval(method=method), Proportion(20, 20).interval(method=method)

    assert (0.0, pytest.approx(upper, abs=1e-12)) == (none.lower, none.upper)
    assert (pytest.approx(1 - upper, abs=1e-12), 1.0) == (whole.lower, whole.upper)


@each_of("method", ["wilson", "wilson-cc", "clopper-pearson", "mid-p", "jeffreys", "agresti-coull"])
def test_every_method_is_closed_at_its_ends(method):
    """None of n begins at exactly 0, all of n ends at exactly 1, and both say how they were made."""
    none, whole = Proportion(0, 7).interval(method=method), Proportion(7, 7).interval(method=method)

    assert (0.0, 1.0, method, Sides.BOTH) == (none.lower, whole.upper, none.method, none.sides)
    assert Proportion(0, 0).interval(method=method) is None
    # At next to no confidence the limits meet, and neither is above the other by the last bit.
    assert Proportion(76, 94).interval(1e-17, method=method).upper == pytest.approx(76 / 94, abs=0.01)


def test_agresti_coull_is_about_wilsons_middle():
    """Agresti and Coull (1998): the same middle, wider limits, the same ones where the rate is a half."""
    wilson, wider = (Proportion(3, 10).interval(method=method) for method in ("wilson", "agresti-coull"))
    half = [Proportion(5, 10).interval(method=method).lower for method in ("wilson", "agresti-coull")]

    assert pytest.approx(wilson.lower + wilson.upper) == wider.lower + wider.upper
    assert wider.lower < wilson.lower
    assert pytest.approx(half[0]) == half[1]


def test_a_limit_to_one_side_is_that_of_a_wider_interval():
    """All of the error on one side at 97.5% is half of it on each at 95%; the other end is as far as can be."""
    rate = Proportion(19, 22)
    both, lower, upper = rate.interval(0.95), rate.interval(0.975, sides="lower"), rate.interval(0.975, sides="upper")

    assert (pytest.approx(both.lower), 1.0, Sides.LOWER) == (lower.lower, lower.upper, lower.sides)
    assert (0.0, pytest.approx(both.upper), Sides.UPPER) == (upper.lower, upper.upper, upper.sides)
    assert Proportion(0, 0).interval(sides="lower") is None


@each_of("denominator", [1, 7, 22, 1000])
def test_the_ends_are_exact(denominator):
    """None of n begins at exactly 0, all of n ends at exactly 1; the other end is inside."""
    none, whole = Proportion(0, denominator).interval(), Proportion(denominator, denominator).interval()

    assert (0.0, 1.0) == (none.lower, whole.upper)
    assert 0 < none.upper < 1
    assert 0 < whole.lower < 1


def test_an_interval_says_what_it_contains():
    """By its own limits, which belong to it; what is no number is never inside."""
    interval = Interval(0.25, 0.75, confidence=0.95, method="by hand")

    assert [True, True, True, False, False, False] == [
        rate in interval for rate in (0.25, Fraction(3, 4), 0.5, 0, 1, 0.7500001)
    ]
    assert [False, False] == [rate in interval for rate in ("half", math.nan)]


@each_of("confidence", [0.0, 1.0, 95, 1, "0.95", math.nan])
def test_a_confidence_is_a_share(confidence):
    """95 and 1 are refused, and so are the ends."""
    with pytest.raises(InvalidValue) as caught:
        Proportion(19, 22).interval(confidence)

    assert ["confidence"] == fields(caught)
    assert confidence is caught.value.problems[0].value


def test_any_confidence_between_nought_and_one_has_an_interval():
    """The last float below 1 too, and the first above 0, where only the rate itself is left."""
    almost, hardly = (Proportion(1, 2).interval(each) for each in (math.nextafter(1.0, 0.0), math.nextafter(0.0, 1.0)))

    assert 0 < almost.lower < 0.05
    assert 0.95 < almost.upper < 1
    assert (0.5, 0.5) == (hardly.lower, hardly.upper)


def test_an_unknown_method_is_refused_even_of_nothing():
    """The method is checked whether or not there is a rate."""
    for rate in (Proportion(0, 0), Proportion(19, 22)):
        with pytest.raises(InvalidValue) as caught:
            rate.interval(method="wald")

        assert [("method", "wald")] == faults(caught)


@each_of(
    ("field", "held"),
    [
        ("lower", 0),
        ("lower", math.nan),
        ("upper", math.inf),
        ("confidence", 1.0),
        ("method", ""),
        ("sides", "both"),
        ("lower", 0.8),
    ],
)
def test_what_an_interval_cannot_hold(field, held):
    """Limits are finite floats, the lower not above the upper."""
    with pytest.raises(InvalidValue) as caught:
        Interval(**{"lower": 0.25, "upper": 0.75, "confidence": 0.95, "method": "by hand", field: held})

    assert [field] == fields(caught)
    assert held is caught.value.problems[0].value


def test_limits_below_nought_are_rounded_away_from_it():
    """A difference of rates may be below nought: minus a half is rounded as a half is."""
    assert (Decimal(-13), Decimal(13)) == Interval(-0.125, 0.125, confidence=0.95, method="by hand").percents()


def test_everything_wrong_with_an_interval_is_said_at_once():
    """Each bad field is one problem."""
    with pytest.raises(InvalidValue) as caught:
        Interval(None, "1", confidence=95, method=None)

    assert ["lower", "upper", "confidence", "method"] == [problem.place.path for problem in caught.value.problems]


# --- Rates per population

BARSETSHIRE = Authority("Barsetshire Council", AuthorityType.UNITARY_COUNCIL)
PEOPLE = Population(560_000, dt.date(2021, 6, 30), source=Source("ONS mid-year estimates"))


@each_of(
    ("events", "people", "printed"),
    [(31, 560_000, "5.5"), (0, 560_000, "0"), (1, 50_000, "2"), (5, 2_000_000, "0.3"), (2_500, 1_000_000, "250")],
)
def test_a_rate_per_population_is_printed_with_one_decimal(events, people, printed):
    """Halves up, a trailing .0 dropped; 0.25 is printed 0.3."""
    rate = PopulationRate(events, Population(people, PEOPLE.estimated_on))

    assert printed == str(rate).split(" per ")[0]
    assert Fraction(events * 100_000, people) == rate.value


def test_nobody_has_no_rate():
    """Events among nobody are no rate, and have no interval; the counts are kept."""
    rate = PopulationRate(3, Population(0, PEOPLE.estimated_on))

    assert rate.interval() is None

    assert (None, None, "no rate (3 among 0)") == (rate.value, rate.rounded(), str(rate))


def test_a_rate_may_be_for_another_number_of_residents():
    """Per 10,000, and to more places."""
    rate = PopulationRate(31, PEOPLE, per=10_000)

    assert (Decimal("0.6"), Decimal("0.55")) == (rate.rounded(), rate.rounded(2))
    assert "0.6 per 10,000 (31 among 560,000)" == str(rate)


def test_limits_of_a_rate_per_population_by_hand():
    """Exact limits of no event are 0 and -log(0.025); Byar's are close to the exact ones, and scale with the rate."""
    none = PopulationRate(0, Population(100_000, PEOPLE.estimated_on)).interval(method="exact")
    byar, exact = (PopulationRate(31, PEOPLE).interval(method=method) for method in ("byar", "exact"))
    tenth = PopulationRate(31, PEOPLE, per=10_000).interval()

    assert (0.0, pytest.approx(-math.log(0.025))) == (none.lower, none.upper)
    assert (0.95, "exact") == (none.confidence, none.method)
    assert (pytest.approx(exact.lower, abs=0.01), pytest.approx(exact.upper, abs=0.01)) == (byar.lower, byar.upper)
    assert (pytest.approx(byar.lower / 10), pytest.approx(byar.upper / 10)) == (tenth.lower, tenth.upper)
    assert 0.0 == PopulationRate(0, PEOPLE).interval(method="byar").lower


def test_what_limits_of_a_rate_per_population_cannot_be_asked():
    """A method for shares is none for counts; a confidence is a share."""
    with pytest.raises(InvalidValue) as caught:
        PopulationRate(31, PEOPLE).interval(method="wilson")
    assert [("method", "wilson")] == faults(caught)

    with pytest.raises(InvalidValue) as caught:
        PopulationRate(31, PEOPLE).interval(95)
    assert [("confidence", 95)] == faults(caught)


@each_of(("field", "held"), [("events", -1), ("population", 560_000), ("per", 0), ("per", 1e5)])
def test_what_a_rate_per_population_cannot_hold(field, held):
    """A population carries its day and source, so a bare number is none; a rate is for at least one."""
    with pytest.raises(InvalidValue) as caught:
        PopulationRate(**{"events": 31, "population": PEOPLE, field: held})

    assert [(field, held)] == faults(caught)


def test_everything_wrong_with_a_population_is_said_at_once():
    """Each bad field is one problem."""
    with pytest.raises(InvalidValue) as caught:
        Population(560_000.0, 2021, source="ONS")

    assert ["people", "estimated_on", "source"] == [problem.place.path for problem in caught.value.problems]


# --- Measures


def test_worcestershire_2020():
    """The council's letter prints 86%, 92% and 16%, in this order."""
    assert ["86% (19 of 22)", "92% (11 of 12)", "16% (3 of 19)"] == [str(measure(LETTER)) for measure in KEY_STATISTICS]
    assert "27% (3 of 11)" == str(late_compliance_rate(LETTER))


def test_leicestershire_2024_25():
    """The council's LGSCO page reads: 40 investigated, 33 upheld, 83%. An exact half, so it settles the rounding."""
    investigations = InvestigationTally(upheld=33, not_upheld=7)

    assert 40 == investigations.total
    assert 83 == uphold_rate(investigations).percent()


@each_of(
    ("measure", "tally", "rate"),
    [
        (uphold_rate, InvestigationTally(19, 3), Proportion(19, 22)),
        (uphold_rate, InvestigationTally(0, 5), Proportion(0, 5)),
        (uphold_rate, InvestigationTally(5, 0), Proportion(5, 5)),
        (uphold_rate, InvestigationTally(0, 0), Proportion(0, 0)),
        (uphold_rate, InvestigationTally(19, None), None),
        (uphold_rate, InvestigationTally(None, 3), None),
        (compliance_rate, ComplianceTally(11, 1), Proportion(11, 12)),
        (compliance_rate, ComplianceTally(11, None), None),
        (compliance_rate, ComplianceTally.zero(), Proportion(0, 0)),
        (satisfactory_remedy_rate, InvestigationTally(19, None, satisfactory_remedies=3), Proportion(3, 19)),
        (satisfactory_remedy_rate, InvestigationTally(19, 3), None),
        (satisfactory_remedy_rate, InvestigationTally(None, 3, satisfactory_remedies=3), None),
        (satisfactory_remedy_rate, InvestigationTally(0, 3, satisfactory_remedies=0), Proportion(0, 0)),
        (late_compliance_rate, ComplianceTally(11, 1, late=3), Proportion(3, 11)),
        (late_compliance_rate, ComplianceTally(11, 1), None),
        (late_compliance_rate, ComplianceTally(0, 1, late=0), Proportion(0, 0)),
        (investigation_rate, Overview(not_for_us=29, assessed_and_closed=27, investigated=23), Proportion(23, 79)),
        (investigation_rate, Overview(investigated=23, total=79), Proportion(23, 79)),
        (investigation_rate, Overview(investigated=23), None),
    ],
)
def test_a_measure_of_its_tally(measure, tally, rate):
    """Numerator over denominator where both are known, None where either is not."""
    assert rate == measure(tally)


@each_of("measure", [*KEY_STATISTICS, late_compliance_rate, investigation_rate])
def test_a_measure_of_a_review_is_that_of_its_tally(measure):
    """A review without that tally is not published; any keyword is refused."""
    assert measure(AnnualReview(COUNCIL, YEAR)) is None
    with pytest.raises(TypeError):
        measure(LETTER, places=1)


def test_the_investigation_rate_of_a_review_may_follow_from_its_outcomes():
    """The overview is used where it stands, else that of the six outcomes."""
    decided = DecisionTally(upheld=43, not_upheld=29, total=441)
    overview = Overview(investigated=72, total=441)

    assert Proportion(72, 441) == investigation_rate(AnnualReview(COUNCIL, YEAR, decided=decided))
    assert Proportion(72, 441) == investigation_rate(AnnualReview(COUNCIL, YEAR, overview=overview))
    assert investigation_rate(AnnualReview(COUNCIL, YEAR, overview=Overview(), decided=decided)) is None


@each_of(
    ("rate", "words"),
    [
        (None, "not held"),
        (Proportion(0, 0), uphold_rate.nothing),
        (Proportion(0, 5), "0% (0 of 5)"),
        (Proportion(19, 22), "86% (19 of 22)"),
    ],
)
def test_the_four_states_are_told_apart_in_words(rate, words):
    """Not held, nothing investigated, zero and a figure are four texts."""
    assert words == uphold_rate.describe(rate)


def per_100k(**options):
    """Make a measure, as a user would, from one population."""
    return per_population_measure({(BARSETSHIRE, ReportingYear(2023)): PEOPLE}, **options)


def test_upheld_per_population_needs_the_very_council_and_year():
    """Another year or council than the population's, or no count, gives None."""
    review = AnnualReview(BARSETSHIRE, ReportingYear(2023), investigations=InvestigationTally(31, None))

    assert PopulationRate(31, PEOPLE) == per_100k()(review)
    assert PopulationRate(31, PEOPLE, per=1_000) == per_100k(per=1_000)(review)
    assert [None] * 4 == [
        per_100k()(attrs.evolve(review, **other))
        for other in (
            {"year": ReportingYear(2024)},
            {"authority": COUNCIL},
            {"investigations": None},
            {"investigations": InvestigationTally(None, 8)},
        )
    ]


def test_a_rate_per_population_in_words():
    """Where nobody lives there is no rate, and the measure says why."""
    measure = per_100k()

    assert ["not held", measure.nothing, "5.5 per 100,000 (31 among 560,000)"] == [
        measure.describe(rate)
        for rate in (None, PopulationRate(0, Population(0, PEOPLE.estimated_on)), PopulationRate(31, PEOPLE))
    ]


@each_of("per", [0, -1, 1e5, True, None])
def test_a_rate_is_for_at_least_one_resident(per):
    """Per nobody is no rate."""
    with pytest.raises(InvalidValue) as caught:
        per_100k(per=per)

    assert [("per", per)] == faults(caught)


@each_of("measure", [*KEY_STATISTICS, late_compliance_rate, investigation_rate])
def test_a_named_measure_pickles_as_its_name(measure):
    """In another process it is the very measure that the library holds there."""
    assert measure is pickle.loads(pickle.dumps(measure))


def test_a_made_measure_pickles_by_its_parts():
    """It arrives equal and computes the same."""
    measure = per_100k()
    review = AnnualReview(BARSETSHIRE, ReportingYear(2023), investigations=InvestigationTally(31, 8))
    again = pickle.loads(pickle.dumps(measure))

    assert measure == again
    assert hash(measure) == hash(again)
    assert measure(review) == again(review)


def test_a_changed_copy_of_a_measure_is_not_the_measure():
    """A measure of the same name with another title pickles by its parts, as itself."""
    renamed = attrs.evolve(uphold_rate, title="Share of complaints upheld")
    again = pickle.loads(pickle.dumps(renamed))

    assert renamed != uphold_rate
    assert renamed == again
    assert "Share of complaints upheld" == again.title


@each_of("measure", [*KEY_STATISTICS, late_compliance_rate, investigation_rate])
def test_a_measure_explains_itself(measure):
    """Its help names numerator and denominator, and it says what it counts over what, and by whose definition."""
    help_text = pydoc.getdoc(measure)

    assert "Numerator:" in help_text
    assert "Denominator:" in help_text
    assert "Source:" in help_text
    assert all([measure.title, measure.counted, measure.over, measure.nothing, measure.source.title])
    assert f"<Measure {measure.name}>" == repr(measure)


def test_the_class_of_measures_has_a_help_of_its_own():
    """What a measure is, not what one of them counts."""
    assert "Numerator:" not in pydoc.getdoc(Measure)
    assert "One quantity under one name" in pydoc.getdoc(Measure)


def test_a_measure_takes_no_other_tally():
    """A tally of all decisions has upheld ones too, but the rate would be over another denominator."""
    with pytest.raises(InvalidValue) as caught:
        uphold_rate(DecisionTally(upheld=8, not_upheld=2, referred_back=40, total=50))

    assert ["counts"] == fields(caught)


def test_investigations_follow_from_the_outcomes_decided():
    """Where only the outcomes are known, upheld and not upheld are among them."""
    review = AnnualReview(LETTER.authority, LETTER.year, decided=DecisionTally(upheld=3, not_upheld=2))

    assert Proportion(3, 5) == uphold_rate(review)


@measure_of(
    title="Share not upheld",
    counted="decisions not upheld",
    over="investigations",
    nothing="nothing was investigated",
    source=Source("This test"),
)
def share_not_upheld(tally: InvestigationTally) -> Proportion | None:
    """Numerator: not upheld. Denominator: upheld and not upheld."""
    return Proportion(tally.not_upheld, tally.total)


def test_a_measure_of_ones_own():
    """Anyone may make one from a function; texts must not be empty."""
    measure = share_not_upheld

    assert Proportion(3, 22) == measure(LETTER)
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(measure, name="", source="This test")
    assert ["name", "source"] == [problem.place.path for problem in caught.value.problems]


def test_one_sided_limits_of_a_rate_per_population():
    """All of the error on one side: the limit of a two-sided interval with twice the error; nobody has none."""
    rate = PopulationRate(31, PEOPLE)
    both, lower, upper = rate.interval(0.9), rate.interval(0.95, sides="lower"), rate.interval(0.95, sides="upper")

    assert (both.lower, both.upper) == pytest.approx((lower.lower, upper.upper), rel=1e-12)
    assert (sys.float_info.max, 0.0) == (lower.upper, upper.lower)
    assert ("lower", "upper") == (lower.sides, upper.sides)
    nobody = PopulationRate(3, Population(0, PEOPLE.estimated_on))
    assert nobody.interval(sides="upper") is None


def test_exact_below_ten_events():
    """From ten on Byar's limits, below them Garwood's."""
    for events, same in ((9, "exact"), (10, "byar")):
        rate = PopulationRate(events, PEOPLE)
        switched, alone = rate.interval(method="byar-or-exact"), rate.interval(method=same)
        assert (alone.lower, alone.upper) == (switched.lower, switched.upper)
        assert "byar-or-exact" == switched.method


def test_populations_may_come_as_pairs():
    """As a frame gives them, row by row; anything else is refused."""
    key = (BARSETSHIRE, ReportingYear(2023))
    pairs, mapping = per_population_measure([(key, PEOPLE)]), per_population_measure({key: PEOPLE})

    assert mapping == pairs
    for odd in ({BARSETSHIRE: PEOPLE}, {key: 560_000}, [key], [(key, PEOPLE, 1)]):
        with pytest.raises(InvalidValue) as caught:
            per_population_measure(odd)

        assert ["populations"] == fields(caught)


def test_a_measure_of_ones_own_pickles():
    """It arrives equal, with its function."""
    assert share_not_upheld == pickle.loads(pickle.dumps(share_not_upheld))


def taken_of_a_year(year: ReportingYear) -> Proportion | None:
    """Stands for a function that takes what no review has counts of."""
    return Proportion(year.ending, year.ending)


@each_of("function", [lambda _: None, taken_of_a_year, len])
def test_the_function_of_a_measure_names_its_tally(function):
    """Without annotations, or with those of another class, it is not known what of a review it takes."""
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(share_not_upheld, function=function)

    assert ["function"] == fields(caught)


def test_a_rate_for_a_population_as_a_table():
    """Its limits stand from the lower to the upper, and none of nobody."""
    caption, headings, [row] = PopulationRate(31, Population(560_000, dt.date(2021, 6, 30))).as_table()
    *_, [nobody] = PopulationRate(0, Population(0, dt.date(2021, 6, 30))).as_table()

    assert ("Events for the size of the population", 4) == (caption, len(headings))
    assert ["5.5", "31", "560,000", "3.8 to 7.9"] == row
    assert ["no rate", "0", "0", "no rate"] == nobody
