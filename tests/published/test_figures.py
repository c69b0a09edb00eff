"""Every real figure that ships is reproduced from its counts, or stands here as a contradiction, with the reason."""

from collections import Counter
from decimal import Decimal

import pytest

from lgsco import (
    KEY_STATISTICS,
    AuthorityType,
    InvestigationTally,
    PrintedPercent,
    PrintedReview,
    Proportion,
    ReportingYear,
    Source,
    audit,
    average_of,
    compare,
    compliance_rate,
    published,
    satisfactory_remedy_rate,
    uphold_rate,
)
from lgsco.documents import Certainty, FindingKind, PrintedStatistic

REGISTER = published.register()

# Every percentage that ships and is not what its own counts give.
NOT_REPRODUCED = {
    ("Nottinghamshire County Council", 2021, uphold_rate): (
        FindingKind.NO_SUCH_COUNT,
        "The council's own notice gives 54% of 29 decisions: 15 would be 52% and 16 would be 55%.",
    ),
    ("Allerdale Borough Council", 2023, compliance_rate): (
        FindingKind.RATE_OF_NOTHING,
        "The page prints 0% of 0 compliance outcomes; other pages say in words that none were due.",
    ),
    ("Cumbria County Council", 2024, uphold_rate): (
        FindingKind.PERCENT_AGAINST_COUNTS,
        "The page of the abolished council prints 91% with 9 upheld of 10, which is 90%.",
    ),
}
# What else contradicts itself, in a base or between two sources.
OTHER_CONTRADICTIONS = {
    ("Worcestershire County Council", 2020, "satisfactory remedy rate"): (
        FindingKind.WRONG_BASE,
        "The letter rests its 16% on 22 detailed investigations; 3 of the 19 upheld is 16%, 3 of 22 would be 14%.",
    ),
    ("Nottinghamshire County Council", 2021, "uphold rate"): (
        FindingKind.COUNTS_DISAGREE,
        "A newspaper counts 15 upheld of 28, which is 54%; the council's own notice prints 54% of 29.",
    ),
    ("Portsmouth City Council", 2016, "complaints received"): (
        FindingKind.TOTAL,
        "The newspaper names eight subjects with 52 complaints, and a total of 47.",
    ),
    ("Leeds City Council", 2024, "complaints decided"): (
        FindingKind.COUNTS_DISAGREE,
        "A newspaper counts 42 upheld decisions where the Ombudsman's page counts 44.",
    ),
}
# In 2018-19 and 2022-23 the pages call the upheld decisions "detailed investigations", under the satisfactory remedies.
MISNAMED_BASES = {
    2019: {"Dorset County Council"},
    2023: {
        "Allerdale Borough Council",
        "Bracknell Forest Council",
        "Kent County Council",
        "Leeds City Council",
        "London Borough of Croydon",
        "London Borough of Merton",
        "London Borough of Tower Hamlets",
        "Northumberland County Council",
        "Somerset County Council",
        "Surrey County Council",
        "West Sussex County Council",
    },
}


def true_base(printed, measure):
    """Give the printed number that a percentage rests on: of satisfactory remedies, the upheld decisions."""
    base = printed.statistic(measure).base
    if measure is satisfactory_remedy_rate and printed.upheld is not None and printed.upheld.count is not None:
        base = printed.upheld.count
    return base


def shares(printed, measure):
    """
    Give every share that the printed counts leave possible, by trying them.

    One where count and base are printed; of a base alone any part of it; of a count alone any whole up to 2,000.
    """
    count, base = printed.statistic(measure).count, true_base(printed, measure)
    counts = range(base + 1) if count is None else [count]
    bases = range(max(counts), 2_000) if base is None else [base]
    return [Proportion(one, other) for one in counts for other in bases if one <= other]


def as_printed(share, percent):
    """Whether this share prints as that percentage."""
    return share.percent(percent.places) == percent.value


PERCENTAGES = [
    (printed, measure, printed.statistic(measure).percent)
    for printed in published.printed()
    for measure in KEY_STATISTICS
    if printed.statistic(measure) is not None and isinstance(printed.statistic(measure).percent, PrintedPercent)
]
WITH_COUNTS = [
    (printed, measure, percent)
    for printed, measure, percent in PERCENTAGES
    if printed.statistic(measure).count is not None or true_base(printed, measure) is not None
]


def test_the_figures_that_are_tried():
    """So many percentages ship, and so many of them with a count; none is left out by what follows."""
    assert {uphold_rate: 202, compliance_rate: 76, satisfactory_remedy_rate: 71} == Counter(
        measure for _, measure, _ in PERCENTAGES
    )
    assert {uphold_rate: 186, compliance_rate: 55, satisfactory_remedy_rate: 67} == Counter(
        measure for _, measure, _ in WITH_COUNTS
    )


def test_every_percentage_is_reproduced_from_its_counts_or_is_a_known_contradiction():
    """From counts to the printed per cent, halves up, for the three statistics, with no exception but those listed."""
    astray = [
        (printed.name, printed.year.ending, measure)
        for printed, measure, percent in WITH_COUNTS
        if not any(as_printed(share, percent) for share in shares(printed, measure))
    ]

    assert [*NOT_REPRODUCED] == astray


def test_the_counts_that_are_taken_from_print_give_the_printed_percentage():
    """What ``review`` makes of a row, stated or recovered, prints as the row does, but for the contradictions."""
    rates = [
        (printed, measure, percent, measure(printed.review(REGISTER))) for printed, measure, percent in PERCENTAGES
    ]
    astray = {
        (printed.name, printed.year.ending, measure)
        for printed, measure, percent, rate in rates
        if rate is not None and not as_printed(rate, percent)
    }

    assert {uphold_rate: 185, compliance_rate: 55, satisfactory_remedy_rate: 66} == Counter(
        measure for _, measure, _, rate in rates if rate is not None
    )
    assert astray == set(NOT_REPRODUCED) - {("Nottinghamshire County Council", 2021, uphold_rate)}


def test_the_satisfactory_remedies_rest_on_the_upheld_decisions():
    """Of 42 rates that could tell, the upheld decisions fit all, and the investigations 2, by large numbers alone."""
    known = [
        (printed.remedies.percent, printed.remedies.count, printed.upheld.count, printed.upheld.base)
        for printed, measure, _ in WITH_COUNTS
        if measure is satisfactory_remedy_rate
        and printed.remedies.count
        and printed.upheld is not None
        and None not in {printed.upheld.count, printed.upheld.base}
        and printed.upheld.count < printed.upheld.base
    ]

    fits_both = [row for row in known if as_printed(Proportion(row[1], row[3]), row[0])]

    assert [] == [row for row in known if not as_printed(Proportion(row[1], row[2]), row[0])]
    assert (42, 2) == (len(known), len(fits_both))


def findings(kind=None):
    """Audit all that ships, and give the council, the year, the place and the kind of what is found."""
    return {
        (finding.name, finding.year.ending, finding.where, finding.kind)
        for finding in audit(published.printed())
        if (finding.kind is FindingKind.MISNAMED_BASE) is (kind is FindingKind.MISNAMED_BASE)
    }


def test_every_contradiction_that_ships_is_known():
    """The audit of all that ships finds these and nothing else; a new one is looked into and listed, or it is ours."""
    expected = {
        (name, ending, measure.title.lower(), kind) for (name, ending, measure), (kind, _) in NOT_REPRODUCED.items()
    } | {(*key, kind) for key, (kind, _) in OTHER_CONTRADICTIONS.items()}

    assert expected == findings()
    assert {Certainty.CERTAIN} == {
        finding.certainty for finding in audit(published.printed()) if finding.kind is not FindingKind.MISNAMED_BASE
    }


def test_every_misnamed_base_that_ships_is_known():
    """The right number under the name of another one: likely a fault of the page, and never of the rate."""
    expected = {
        (name, ending, "satisfactory remedy rate", FindingKind.MISNAMED_BASE)
        for ending, names in MISNAMED_BASES.items()
        for name in names
    }

    assert expected == findings(FindingKind.MISNAMED_BASE)
    assert {Certainty.LIKELY} == {
        finding.certainty for finding in audit(published.printed()) if finding.kind is FindingKind.MISNAMED_BASE
    }


@pytest.mark.parametrize("ending", [2019, 2023])
def test_every_page_of_these_years_misnames_its_base(ending):
    """Of 2018-19 and 2022-23, each page that states a base of detailed investigations states the upheld decisions."""
    stated = {
        printed.name
        for printed in published.printed(ReportingYear(ending))
        if printed.remedies is not None and printed.remedies.base_noun == "detailed investigations"
    }

    assert MISNAMED_BASES[ending] == stated


@pytest.mark.parametrize("ending", [2022, 2024])
def test_the_pages_of_these_years_name_their_base_rightly(ending):
    """In 2021-22 and 2023-24 the base is called upheld decisions, and is their number."""
    stated = [
        (printed.remedies.base_noun, printed.remedies.base, printed.upheld.count)
        for printed in published.printed(ReportingYear(ending))
        if printed.remedies is not None and printed.remedies.base is not None
    ]

    assert stated
    assert [] == [row for row in stated if row[0] != "upheld decisions" or row[1] != row[2]]


def test_hounslow_2023_24():
    """The page, not among the figures that ship, prints 93% with 22 upheld of 24, which is 92%."""
    page = PrintedReview(
        "London Borough of Hounslow",
        ReportingYear(2024),
        upheld=PrintedStatistic(percent=PrintedPercent(93), count=22, base=24, base_noun="investigations"),
        source=Source("LGSCO, Your council's performance: London Borough of Hounslow"),
    )
    (finding,) = audit(page)

    assert (FindingKind.PERCENT_AGAINST_COUNTS, Certainty.CERTAIN, "uphold rate") == (
        finding.kind,
        finding.certainty,
        finding.where,
    )
    assert Decimal(92) == uphold_rate(page.review(REGISTER)).percent()


@pytest.mark.parametrize(
    ("name", "ending", "investigations", "percent"),
    [
        ("Leicestershire County Council", 2025, (33, 7), 83),
        ("Warrington Council", 2024, (7, 1), 88),
        ("Kent County Council", 2024, (76, 18), 81),
        ("Scarborough Borough Council", 2020, (1, 2), 33),
        ("Lancaster City Council", 2020, (0, 2), 0),
    ],
)
def test_a_council_and_its_figure(name, ending, investigations, percent):
    """A few rows by hand, exact halves and a true nought among them."""
    (printed,) = (
        held for held in published.printed(ReportingYear(ending)) if held.name == name and held.upheld is not None
    )
    upheld, not_upheld = investigations

    assert (upheld, upheld + not_upheld) == (printed.upheld.count, printed.upheld.base)
    assert PrintedPercent(percent) == printed.upheld.percent
    assert percent == uphold_rate(InvestigationTally(upheld, not_upheld)).percent()


# --- Averages

COUNTIES_2025 = published.reviews(ReportingYear(2025), AuthorityType.COUNTY_COUNCIL)


def test_the_average_of_county_councils_in_2024_25_is_pooled():
    """Of 21 county councils 15 are held: pooled 88.6%, as printed (89%), and 86.1% as the mean of their rates."""
    pooled = average_of(COUNTIES_2025, uphold_rate, register=REGISTER)
    mean = average_of(COUNTIES_2025, uphold_rate, method="mean", register=REGISTER)
    printed = published.average(COUNTIES_2025[0], uphold_rate)

    assert Proportion(15, 21) == pooled.group.coverage
    assert Proportion(782, 883) == pooled.pooled
    assert (Decimal("88.6"), Decimal("86.1")) == (pooled.percent(1), mean.percent(1))
    assert PrintedPercent(89) == printed.percent
    assert (True, False) == (pooled.value in printed.percent, mean.value in printed.percent)


def test_a_council_is_in_the_printed_average_and_out_of_the_computed_one():
    """Kent is compared with 719 of the others' 807, and with the printed average that Kent is part of."""
    (kent,) = (review for review in COUNTIES_2025 if review.authority.name == "Kent County Council")
    others = compare(kent, average_of(COUNTIES_2025, uphold_rate, register=REGISTER), uphold_rate).benchmark

    assert (Proportion(719, 807), Proportion(14, 20)) == (others.pooled, others.group.coverage)
    assert Proportion(63, 76) == uphold_rate(kent)


def test_no_other_printed_average_can_be_checked():
    """Of no other group, year and statistic are half the councils held, so nothing is computed for them."""
    computed = {
        (printed.group, printed.year.ending, printed.measure)
        for printed in published.averages()
        if (reviews := published.reviews(printed.year, printed.group))
        and average_of(reviews, printed.measure, register=REGISTER).value is not None
    }

    assert {(AuthorityType.COUNTY_COUNCIL, 2025, uphold_rate)} == computed


def test_the_printed_average_of_a_page_is_that_of_its_group():
    """Every page of a group and year prints the same average as the table of averages, or "n/a", or none."""
    astray = [
        (printed.name, printed.year.ending, measure.name)
        for printed in published.printed()
        for measure in KEY_STATISTICS
        if printed.statistic(measure) is not None
        and isinstance(printed.statistic(measure).average, PrintedPercent)
        and (held := published.average(printed.review(REGISTER), measure)) is not None
        and held.percent != printed.statistic(measure).average
    ]

    assert [] == astray


def rounded_to(per_100k):
    """Give the least and the first greater rate per 100,000 that prints so."""
    return per_100k - Decimal("0.05"), per_100k + Decimal("0.05")


def test_the_figures_of_a_region_rest_on_one_population():
    """Complaints received and decisions upheld, each with its rate per 100,000, leave room for one population."""
    both = [row for row in published.regional() if None not in {row.upheld_count, row.upheld_per_100k, row.received}]
    ranges = [
        [
            (count / high, count / low)
            for count, rate in ((row.received, row.received_per_100k), (row.upheld_count, row.upheld_per_100k))
            for low, high in [rounded_to(rate)]
        ]
        for row in both
    ]

    assert ["South West", "West Midlands"] == [row.region for row in both]
    assert [] == [pair for pair in ranges if max(low for low, _ in pair) > min(high for _, high in pair)]


def test_the_shares_of_the_regions_rest_on_one_number_which_is_not_that_of_england():
    """In 2023-24 each region's share of what was received fits 17,400 to 17,500; 17,937 were received in all."""
    shares = [(row.received, row.received_percent) for row in published.regional() if row.received_percent is not None]
    fits = [
        total
        for total in range(17_000, 18_001)
        if all(as_printed(Proportion(received, total), percent) for received, percent in shares)
    ]
    (england,) = (row.received for row in published.national() if row.year.ending == 2024)

    assert (3, 17_365, 17_512) == (len(shares), fits[0], fits[-1])
    assert england not in fits


def test_the_uphold_rate_of_all_regions_is_that_of_england():
    """In every year that prints both."""
    england = {row.year: row.upheld for row in published.national() if row.upheld is not None}
    regions = [(row.year, row.upheld_average) for row in published.regional() if row.upheld_average is not None]

    assert 7 == len({year for year, _ in regions})
    assert [] == [(year, percent) for year, percent in regions if england[year] != percent]


def test_the_overviews_of_2024_25_add_up():
    """On 99 of 99 pages what is not for the Ombudsman, closed and investigated makes what was dealt with."""
    pages = [printed for printed in published.printed(ReportingYear(2025)) if printed.overview is not None]

    assert (99, {True}) == (len(pages), {printed.overview.adds_up for printed in pages})
    assert [] == [
        printed.name
        for printed in pages
        if printed.upheld is not None and printed.upheld.base not in {None, printed.overview.counts.investigated}
    ]
