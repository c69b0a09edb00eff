"""What was printed, kept as printed, and the counts behind it where they are stated or fit exactly once."""

import datetime as dt
import pickle
import sys
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from tests.support.refusals import faults, fields
from tests.support.values import YEAR

from lgsco import (
    AnnualLetter,
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceTally,
    DecisionTally,
    InvestigationTally,
    Overview,
    PrintedAverage,
    PrintedPercent,
    PrintedReview,
    ReceivedTally,
    Register,
    ReportingYear,
    Source,
    compliance_rate,
    late_compliance_rate,
    satisfactory_remedy_rate,
    uphold_rate,
)
from lgsco.documents import (
    Missing,
    NationalFigures,
    Paragraph,
    ParagraphTopic,
    PrintedPer100k,
    PrintedPopulationAverage,
    PrintedStatistic,
    PrintedTally,
)
from lgsco.errors import AmbiguousAuthority, AuthorityNotCurrent, InvalidValue, UnknownAuthority
from lgsco.model import RegisterEntry

COUNTY, UNITARY = AuthorityType.COUNTY_COUNCIL, AuthorityType.UNITARY_COUNCIL
WORCESTERSHIRE = Authority("Worcestershire County Council", COUNTY, code="E10000034")
SOMERSET_COUNTY = Authority("Somerset County Council", COUNTY, code="E10000027")
SOMERSET = Authority("Somerset Council", UNITARY, code="E06000066")
REORGANISED = dt.date(2023, 4, 1)
REGISTER = Register(
    [
        RegisterEntry(WORCESTERSHIRE, group=COUNTY),
        RegisterEntry(SOMERSET_COUNTY, group=COUNTY, end=REORGANISED, successors=[SOMERSET]),
        RegisterEntry(SOMERSET, group=UNITARY, start=REORGANISED),
    ]
)
LETTER = Source("Annual review letter 2020", published_on=dt.date(2020, 7, 22))

# Worcestershire's letter of 2020, as printed, its wrong base for the satisfactory remedies included.
WORCESTERSHIRE_2020 = PrintedReview(
    "Worcestershire County Council",
    YEAR,
    upheld=PrintedStatistic(
        percent=PrintedPercent(86), count=19, base=22, base_noun="detailed investigations", average=PrintedPercent(66)
    ),
    compliance=PrintedStatistic(
        percent=PrintedPercent(92), base=12, base_noun="compliance outcomes", average=PrintedPercent(100)
    ),
    remedies=PrintedStatistic(
        percent=PrintedPercent(16), count=3, base=22, base_noun="detailed investigations", average=PrintedPercent(9)
    ),
    source=LETTER,
)


def page(**printed):
    """Give a made-up page of Worcestershire's with these parts."""
    return PrintedReview("Worcestershire", YEAR, **printed)


def statistic(percent=None, **printed):
    """Give a statistic with this percentage."""
    return PrintedStatistic(percent=None if percent is None else PrintedPercent(percent), **printed)


# --- A percentage


@pytest.mark.parametrize(
    ("percent", "places", "lower", "upper"),
    [
        (92, 0, Fraction(183, 200), Fraction(185, 200)),
        (0, 0, Fraction(0), Fraction(1, 200)),
        (100, 0, Fraction(199, 200), Fraction(1)),
        (Decimal("99.4"), 1, Fraction(1987, 2000), Fraction(1989, 2000)),
        (Decimal("12.5"), 2, Fraction(2499, 20_000), Fraction(2501, 20_000)),
    ],
)
def test_a_printed_percentage_stands_for_a_range(percent, places, lower, upper):
    """Half a unit each way, ending at 0 and 1; the lower end prints so, the upper end does not, but for 100%."""
    printed = PrintedPercent(percent, places=places)

    assert (lower, upper) == (printed.lower, printed.upper)
    assert lower in printed
    assert (percent == 100) is (upper in printed)


def test_what_a_printed_percentage_contains():
    """Exact rates from 0 to 1 only."""
    assert [True, True, False, False] == [
        rate in PrintedPercent(0) for rate in (0, Fraction(1, 201), Fraction(1, 200), -1)
    ]
    assert [True, False, False] == [rate in PrintedPercent(100) for rate in (1, Fraction(201, 200), "1")]


@pytest.mark.parametrize(
    ("percent", "denominator", "fits"),
    [
        (92, 12, range(11, 12)),  # Worcestershire 2020: only 11 of 12 prints as 92%
        (92, 400, range(366, 370)),
        (83, 40, range(33, 34)),  # Leicestershire 2024-25: 82.5%, half up
        (13, 16, range(2, 3)),  # 12.5%, half up
        (54, 29, range(0)),  # a council's notice that no whole number makes
        (0, 12, range(1)),
        (100, 12, range(12, 13)),
        (0, 400, range(2)),
        (100, 400, range(398, 401)),
        (0, 0, range(0)),
        (50, 1, range(0)),
    ],
)
def test_the_counts_that_print_so(percent, denominator, fits):
    """Of so many cases: one count, several, or none."""
    assert fits == PrintedPercent(percent).numerators(denominator)


@pytest.mark.parametrize(
    ("percent", "numerator", "fits"),
    [
        (67, 2, range(3, 4)),
        (86, 19, range(22, 23)),
        (60, 21, range(35, 36)),
        (100, 7, range(7, 8)),
        (50, 0, range(0)),
        (100, 0, range(0)),
        (99, 1, range(0)),
        (92, 22, range(24, 25)),
        (0, 0, range(1, sys.maxsize)),
        (0, 5, range(1001, sys.maxsize)),
        (1, 1, range(67, 201)),
    ],
)
def test_the_numbers_of_cases_that_print_so(percent, numerator, fits):
    """So many of how many: one number, several, none, or any from some number on."""
    assert fits == PrintedPercent(percent).denominators(numerator)


def test_more_decimals_fit_fewer_counts():
    """99.4% of 700 is 696 of them, or one less or more; 99% is any of seven."""
    assert range(696, 697) == PrintedPercent(Decimal("99.4"), places=1).numerators(700)
    assert range(690, 697) == PrintedPercent(99).numerators(700)
    assert range(11, 12) == PrintedPercent(Decimal("91.666666666667"), places=12).numerators(12)


@pytest.mark.parametrize(
    ("field", "held"),
    [
        ("value", 92.0),
        ("value", "92"),
        ("value", True),
        ("value", None),
        ("value", Decimal("Infinity")),
        ("value", -1),
        ("value", 101),
        ("value", Decimal("99.4")),
        ("value", Decimal("-0")),
        ("value", Decimal("1e-99999999")),
        ("places", -1),
        ("places", 13),
        ("places", True),
    ],
)
def test_what_no_printed_percentage_is(field, held):
    """A float is not what was printed; more decimals than were printed are not either."""
    with pytest.raises(InvalidValue) as caught:
        PrintedPercent(**{"value": 92, field: held})

    assert [(field, held)] == faults(caught)


def test_a_percentage_prints_as_it_was():
    """With the decimals that were printed."""
    assert ["92%", "99.0%"] == [str(PrintedPercent(92)), str(PrintedPercent(Decimal("99.0"), places=1))]
    assert PrintedPercent(92) == pickle.loads(pickle.dumps(PrintedPercent(92)))
    assert PrintedPercent(92) != PrintedPercent(92, places=1)


# --- A statistic


@pytest.mark.parametrize(
    ("printed", "base", "counts"),
    [
        (statistic(86, count=19), 22, (19, 22)),
        (statistic(92), 12, (11, 12)),  # recovered: 11 of 12 alone is 92%
        (statistic(92), 400, (None, 400)),  # four counts fit
        (statistic(54), 29, (None, 29)),  # none fits
        (statistic(67, count=2), None, (2, 3)),  # recovered: 2 of 3 alone is 67%
        (statistic(1, count=1), None, (1, None)),
        (statistic(86), None, (None, None)),
        (statistic(), 12, (None, 12)),
        (statistic(count=19), None, (19, None)),
        (statistic(), 0, (0, 0)),  # nothing over nothing is printed in words
        (statistic(0), 0, (0, 0)),  # one page printed 0 of 0 as 0%
        (statistic(count=1), 0, (1, 0)),  # a contradiction is kept
        (statistic(91, count=9), 10, (9, 10)),  # and so is this one
        (PrintedStatistic(percent=Missing.NOT_APPLICABLE), 12, (None, 12)),
    ],
)
def test_counts_are_stated_or_recovered(printed, base, counts):
    """A missing count is recovered where exactly one whole number fits, never guessed."""
    assert counts == printed.counts(base)


def test_not_applicable_is_not_missing():
    """What stands in print as "n/a" is a value; None is a figure that does not stand there."""
    printed = PrintedStatistic(percent=PrintedPercent(50), average=Missing.NOT_APPLICABLE)

    assert "n/a" == printed.average.label
    assert PrintedStatistic(percent=PrintedPercent(50)) != printed


@pytest.mark.parametrize(
    ("field", "held"),
    [("percent", 86), ("percent", "n/a"), ("count", 19.0), ("base", -1), ("base_noun", ""), ("average", 66)],
)
def test_what_a_statistic_cannot_hold(field, held):
    """A bare number is no printed percentage, since its places are not known."""
    with pytest.raises(InvalidValue) as caught:
        PrintedStatistic(**{field: held})

    assert [(field, held)] == faults(caught)


def test_everything_wrong_with_a_statistic_is_said_at_once():
    """Each bad field is one problem."""
    with pytest.raises(InvalidValue) as caught:
        PrintedStatistic(percent=86, count="19", base=22.0)

    assert ["percent", "count", "base"] == [problem.place.path for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("field", "held"),
    [
        ("rate", 5.5),
        ("rate", Decimal(-1)),
        ("rate", Decimal("NaN")),
        ("rate", Decimal("1e999999999")),
        ("average", 5),
        ("average", "n/a"),
    ],
)
def test_what_a_rate_per_population_cannot_hold(field, held):
    """A Decimal as printed; only the average may be n/a."""
    with pytest.raises(InvalidValue) as caught:
        PrintedPer100k(**{field: held})

    assert [field] == fields(caught)
    assert held is caught.value.problems[0].value


def test_a_rate_per_population_is_kept_as_printed():
    """The population is not printed, so no count follows."""
    printed = PrintedPer100k(rate=Decimal("5.5"), average=Missing.NOT_APPLICABLE)

    assert ("5.5", "n/a") == (str(printed.rate), printed.average.label)
    assert Decimal(0) == attrs.evolve(printed, rate=Decimal(0)).rate
    assert printed == pickle.loads(pickle.dumps(printed))


# --- A table

# Real totals of a page of 2024-25 would do as well; these are made up to be easy to add.
WHOLE = Overview(not_for_us=29, assessed_and_closed=27, investigated=23)


@pytest.mark.parametrize(
    ("printed", "adds_up", "tally"),
    [
        (PrintedTally(WHOLE, total=79), True, WHOLE),
        (PrintedTally(WHOLE, total=80), False, WHOLE),
        (PrintedTally(WHOLE), None, WHOLE),
        (PrintedTally(Overview(investigated=23), total=79), None, Overview(investigated=23, total=79)),
        (PrintedTally(Overview(investigated=23), total=22), None, Overview(investigated=23)),
        (PrintedTally(Overview(investigated=23), total=23), None, Overview(investigated=23, total=23)),
        (PrintedTally(Overview(not_for_us=29, investigated=23), total=79), None, WHOLE),
    ],
)
def test_a_printed_total_is_used_where_it_can_be_true(printed, adds_up, tally):
    """With all parts it is checked; with some it may give the last one; where it cannot be true it is left out."""
    assert (adds_up, tally) == (printed.adds_up, printed.tally())


def test_what_a_table_cannot_hold():
    """Investigations alone are no table of counts; a total is a count."""
    with pytest.raises(InvalidValue) as caught:
        PrintedTally(InvestigationTally(1, 2), total="3")

    assert ["counts", "total"] == [problem.place.path for problem in caught.value.problems]


# --- A council's year


def test_worcestershires_letter_of_2020_gives_its_counts():
    """19 of 22, 11 of 12 recovered, and 3 put right of 19, whatever base is stated for them; the source is kept."""
    assert AnnualReview(
        WORCESTERSHIRE,
        YEAR,
        investigations=InvestigationTally(19, 3, satisfactory_remedies=3),
        compliance=ComplianceTally(11, 1),
        source=LETTER,
    ) == WORCESTERSHIRE_2020.review(REGISTER)
    assert WORCESTERSHIRE_2020 == pickle.loads(pickle.dumps(WORCESTERSHIRE_2020))


def test_a_statistic_is_found_by_its_measure():
    """The three key statistics; there is no other."""
    assert [WORCESTERSHIRE_2020.upheld, WORCESTERSHIRE_2020.compliance, WORCESTERSHIRE_2020.remedies, None] == [
        WORCESTERSHIRE_2020.statistic(measure)
        for measure in (uphold_rate, compliance_rate, satisfactory_remedy_rate, late_compliance_rate)
    ]


@pytest.mark.parametrize(
    ("printed", "investigations"),
    [
        (page(), None),
        (page(upheld=statistic(86)), None),
        (page(upheld=statistic(86, count=19)), InvestigationTally(19, 3)),
        (page(upheld=statistic(86, base=22)), InvestigationTally(19, 3)),
        (page(upheld=statistic(base=22)), InvestigationTally(None, None, total=22)),
        (page(upheld=statistic(base=0)), InvestigationTally(0, 0, satisfactory_remedies=0)),
        (page(upheld=statistic(count=10, base=9)), None),
        (page(upheld=statistic(91, count=9, base=10)), InvestigationTally(9, 1)),
        # The overview says how many were investigated where the statistic does not.
        (page(upheld=statistic(count=19), overview=PrintedTally(Overview(investigated=22))), InvestigationTally(19, 3)),
        (page(overview=PrintedTally(Overview(investigated=22))), InvestigationTally(None, None, total=22)),
        # A base called upheld decisions is their number; called anything else it is not.
        (
            page(remedies=statistic(16, base=19, base_noun="upheld decisions")),
            InvestigationTally(19, None, satisfactory_remedies=3),
        ),
        (page(remedies=statistic(16, base=22, base_noun="detailed investigations")), None),
        (
            page(remedies=statistic(count=3, base=22, base_noun="detailed investigations")),
            InvestigationTally(None, None, satisfactory_remedies=3),
        ),
        # More put right than upheld cannot be true.
        (page(upheld=statistic(count=3, base=22), remedies=statistic(count=5)), InvestigationTally(3, 19)),
        (
            page(upheld=statistic(count=0, base=5), remedies=statistic()),
            InvestigationTally(0, 5, satisfactory_remedies=0),
        ),
    ],
)
def test_the_investigations_behind_what_is_printed(printed, investigations):
    """Stated, recovered, or not known; what cannot be true is not known either."""
    assert investigations == printed.review(REGISTER).investigations


@pytest.mark.parametrize(
    ("compliance", "tally"),
    [
        (None, None),
        (statistic(92), None),
        (statistic(92, base=12), ComplianceTally(11, 1)),
        (statistic(92, base=400), ComplianceTally(None, None, total=400)),
        (statistic(base=0), ComplianceTally(0, 0)),
        (statistic(count=11), ComplianceTally(11, None)),
        (statistic(count=13, base=12), None),
    ],
)
def test_the_compliance_behind_what_is_printed(compliance, tally):
    """The letters do not print the numerator: it is recovered where one whole number fits."""
    assert tally == page(compliance=compliance).review(REGISTER).compliance


def test_tables_come_along_where_they_agree():
    """Overview, outcomes and service areas, each with its total where that can be true."""
    decided = DecisionTally(upheld=19, not_upheld=3, closed_after_initial_enquiries=27)
    received = ReceivedTally(housing=5)
    review = page(
        upheld=statistic(86, count=19, base=22),
        overview=PrintedTally(Overview(investigated=22, assessed_and_closed=27), total=78),
        decided=PrintedTally(decided, total=78),
        received=PrintedTally(received, total=99),
    ).review(REGISTER)

    assert Overview(not_for_us=29, assessed_and_closed=27, investigated=22) == review.overview
    assert attrs.evolve(decided, total=78) == review.decided
    assert (5, 99) == (review.received.housing, review.received.total)


def test_tables_that_disagree_with_the_statistics_are_not_used():
    """The statistics go before the overview, and both before the outcomes; nothing is mended."""
    review = page(
        upheld=statistic(86, count=19, base=22),
        overview=PrintedTally(Overview(investigated=23)),
        decided=PrintedTally(DecisionTally(upheld=18)),
    ).review(REGISTER)

    assert (InvestigationTally(19, 3), None, None) == (review.investigations, review.overview, review.decided)


def test_outcomes_that_disagree_with_the_overview_alone_are_not_used():
    """The overview stays."""
    review = page(
        overview=PrintedTally(Overview(investigated=23)), decided=PrintedTally(DecisionTally(upheld=19, not_upheld=3))
    ).review(REGISTER)

    assert (Overview(investigated=23), None) == (review.overview, review.decided)


def test_figures_printed_after_abolition_are_the_old_councils():
    """Abolished councils keep their pages, under a name that only they have borne."""
    printed = PrintedReview("Somerset County Council", ReportingYear(2024))

    assert SOMERSET_COUNTY == printed.authority(REGISTER) == printed.review(REGISTER).authority
    assert SOMERSET == PrintedReview("Somerset", ReportingYear(2024)).authority(REGISTER)
    assert SOMERSET_COUNTY == PrintedReview("Somerset", ReportingYear(2023)).authority(REGISTER)


def test_figures_from_before_a_council_are_nobodys():
    """Somerset Council had none in 2021-22."""
    with pytest.raises(AuthorityNotCurrent) as caught:
        PrintedReview("Somerset Council", ReportingYear(2022)).review(REGISTER)

    assert ("Somerset Council", dt.date(2022, 3, 31), REORGANISED) == (
        caught.value.name,
        caught.value.on,
        caught.value.start,
    )


def test_a_printed_name_is_found_or_refused():
    """As the register refuses it."""
    with pytest.raises(UnknownAuthority):
        PrintedReview("Barsetshire", YEAR).review(REGISTER)

    twins = Register([RegisterEntry(Authority(name, UNITARY)) for name in ("Barset Council", "Barset City Council")])
    with pytest.raises(AmbiguousAuthority):
        PrintedReview("Barset Borough", YEAR).authority(twins)


@pytest.mark.parametrize(
    ("field", "held"),
    [
        ("name", ""),
        ("year", 2020),
        ("upheld", PrintedPercent(86)),
        ("compliance", InvestigationTally(1, 2)),
        ("remedies", {}),
        ("per_100k", Decimal("5.5")),
        ("overview", WHOLE),
        ("decided", DecisionTally()),
        ("received", ReceivedTally()),
        ("source", "the letter"),
    ],
)
def test_what_a_printed_review_cannot_hold(field, held):
    """What was printed is held in the types of what was printed."""
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(WORCESTERSHIRE_2020, **{field: held})

    assert [(field, held)] == faults(caught)


@pytest.mark.parametrize(
    ("field", "counts"), [("overview", ReceivedTally()), ("decided", Overview()), ("received", DecisionTally())]
)
def test_each_table_stands_in_its_own_place(field, counts):
    """Complaints received are no overview, whatever table holds them."""
    with pytest.raises(InvalidValue) as caught:
        page(**{field: PrintedTally(counts)})

    assert [(field, PrintedTally(counts))] == faults(caught)


def test_everything_wrong_with_a_printed_review_is_said_at_once():
    """Each bad field is one problem."""
    with pytest.raises(InvalidValue) as caught:
        PrintedReview(None, "2019-20", upheld=86, received={})

    assert ["name", "year", "upheld", "received"] == [problem.place.path for problem in caught.value.problems]


# --- Averages, national figures, letters


def test_an_average_is_of_one_of_the_five_groups():
    """Letter of 2020: county councils, 66% upheld. National parks have no average."""
    average = PrintedAverage(COUNTY, YEAR, measure=uphold_rate, percent=PrintedPercent(66), source=LETTER)

    assert average == pickle.loads(pickle.dumps(average))
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(average, group=AuthorityType.NATIONAL_PARK)
    assert [("group", AuthorityType.NATIONAL_PARK)] == faults(caught)


def test_everything_wrong_with_an_average_is_said_at_once():
    """Each bad field is one problem; a percentage is a printed one."""
    with pytest.raises(InvalidValue) as caught:
        PrintedAverage("county_council", 2020, measure="uphold_rate", percent=66)

    assert ["group", "year", "measure", "percent"] == [problem.place.path for problem in caught.value.problems]


def test_the_averages_beside_a_councils_own_figures_are_those_of_its_group():
    """Each that is printed as a percentage, with the letter's year and source; none for a body in no group."""
    upheld = PrintedStatistic(percent=PrintedPercent(86), average=PrintedPercent(66))
    printed = PrintedReview(WORCESTERSHIRE.name, YEAR, upheld=upheld, remedies=PrintedStatistic(), source=LETTER)
    park = Authority("Exmoor National Park", AuthorityType.NATIONAL_PARK)

    assert (
        PrintedAverage(COUNTY, YEAR, measure=uphold_rate, percent=PrintedPercent(66), source=LETTER),
    ) == printed.averages(REGISTER)
    assert () == attrs.evolve(printed, name=park.name).averages(Register([RegisterEntry(park)]))


def test_an_average_per_population_is_a_decimal():
    """As printed, which a float is not."""
    with pytest.raises(InvalidValue) as caught:
        PrintedPopulationAverage(COUNTY, ReportingYear(2024), per_100k=4.5)

    assert [("per_100k", 4.5)] == faults(caught)
    assert Decimal("4.5") == PrintedPopulationAverage(COUNTY, ReportingYear(2024), per_100k=Decimal("4.5")).per_100k


def test_national_figures_may_be_text():
    """Text such as ">99" is kept as it stands; a float is refused."""
    national = NationalFigures(ReportingYear(2021), upheld=PrintedPercent(67), compliance=">99", received=11_830)

    assert (">99", 11_830, None) == (national.compliance, national.received, national.investigations)
    with pytest.raises(InvalidValue) as caught:
        NationalFigures(ReportingYear(2021), upheld=0.67, investigations=1.5)
    assert ["upheld", "investigations"] == [problem.place.path for problem in caught.value.problems]


def test_a_letter_holds_its_figures_and_its_paragraphs():
    """Lists are frozen to tuples; the addressee is an office."""
    passage = Paragraph("In three separate cases ...", 30, topics=[ParagraphTopic.LATE_COMPLIANCE])
    letter = AnnualLetter(
        WORCESTERSHIRE_2020,
        addressed_to="Head of Paid Service",
        dated=dt.date(2020, 7, 22),
        paragraphs=[passage],
        not_found=["complaints received"],
    )

    assert ((ParagraphTopic.LATE_COMPLIANCE,), (passage,)) == (passage.topics, letter.paragraphs)
    assert 1 == attrs.evolve(passage, line=1).line
    assert ("complaints received",) == letter.not_found
    assert letter == pickle.loads(pickle.dumps(letter))


@pytest.mark.parametrize(("field", "held"), [("text", " "), ("line", 0), ("line", "30"), ("topics", ("liaison",))])
def test_what_a_passage_cannot_hold(field, held):
    """Lines are counted from one; a topic is one of ours."""
    with pytest.raises(InvalidValue) as caught:
        Paragraph(**{"text": "In three separate cases ...", "line": 30, field: held})

    assert [(field, held)] == faults(caught)


def test_everything_wrong_with_a_letter_is_said_at_once():
    """Each bad field is one problem."""
    with pytest.raises(InvalidValue) as caught:
        AnnualLetter(None, addressed_to="", dated="22 July 2020", paragraphs=["text"], not_found="all")

    assert ["figures", "addressed_to", "dated", "paragraphs", "not_found"] == [
        problem.place.path for problem in caught.value.problems
    ]
