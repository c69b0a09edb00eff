"""One dataset: what is known of a council and year, told apart to the end, joined from several sources."""

import datetime as dt
import itertools
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.support.refusals import fields

from lgsco import (
    KEY_STATISTICS,
    AnnualReview,
    Authority,
    AuthorityType,
    Basis,
    ComplianceOutcome,
    ComplianceStatus,
    ComplianceTally,
    Dataset,
    Decision,
    DecisionTally,
    InvalidValue,
    InvestigationTally,
    Outcome,
    Overview,
    Population,
    PrintedAverage,
    PrintedPercent,
    PrintedReview,
    Proportion,
    ReceivedTally,
    Register,
    ReportingYear,
    Source,
    Verdict,
    compliance_rate,
    evolve,
    late_compliance_rate,
    published,
    satisfactory_remedy_rate,
    uphold_rate,
)
from lgsco.comparison import AverageMethod, Comparison, Target
from lgsco.convert import from_json, to_json
from lgsco.dataset import FigureState, Statistic
from lgsco.documents import FindingKind, Missing, PrintedStatistic, PrintedTally
from lgsco.errors import AuthorityLookupError, EmptyInput, UnknownAuthority
from lgsco.joining import join_reviews
from lgsco.model import AuthorityPopulation, RegisterEntry, investigation_rate, measure

YEAR = ReportingYear(2024)
COUNTY = AuthorityType.COUNTY_COUNCIL
BARSET = Authority("Barsetshire County Council", COUNTY, code="E10000099")
OTHERS = tuple(Authority(f"County {number}", COUNTY) for number in range(1, 8))
REGISTER = Register(tuple(RegisterEntry(council, group=COUNTY) for council in (BARSET, *OTHERS)))
OWN = Source("The Ombudsman's page", published_on=dt.date(2024, 7, 20))
OLDER = Source("The letter", published_on=dt.date(2024, 7, 1))
UNDATED = Source("An undated page")
PAPER = Source("The Barchester Chronicle", published_on=dt.date(2024, 9, 1), basis=Basis.SECOND_HAND)


def row(source=OWN, *, name="Barsetshire", **statistics):
    """Make a printed row of the council."""
    return PrintedReview(name, YEAR, source=source, **statistics)


def upheld(count=None, base=None, percent=None, average=None):
    return PrintedStatistic(
        count=count,
        base=base,
        percent=None if percent is None else PrintedPercent(percent),
        average=None if average is None else PrintedPercent(average),
    )


def of(*rows, **more):
    return Dataset(REGISTER, printed=rows, **more)


@measure(title="Failures", counted="failures", over="outcomes", nothing="none were due", source=Source("our own"))
def failure_rate(compliance: ComplianceTally) -> Proportion | None:
    """Share of the outcomes that were not carried out."""
    return None if compliance.total is None else Proportion(compliance.not_complied, compliance.total)


# --- The states of a figure


@pytest.mark.parametrize(
    ("printed", "state", "text"),
    [
        ((), FigureState.NOT_HELD, "not held"),
        ((row(),), FigureState.NOT_HELD, "not held"),
        ((row(upheld=upheld(33, 40)),), FigureState.RATE, "83% (33 of 40)"),
        ((row(upheld=upheld(0, 5)),), FigureState.ZERO, "0% (0 of 5)"),
        ((row(upheld=upheld(0, 0)),), FigureState.NONE_DUE, "no complaints were investigated"),
        ((row(upheld=upheld(percent=69)),), FigureState.PERCENT_ONLY, "69% (counts not held)"),
        ((row(upheld=upheld(34)),), FigureState.PART_HELD, "34 upheld (number investigated not held)"),
        ((row(upheld=upheld(None, 1)),), FigureState.PART_HELD, "1 investigation (number upheld not held)"),
        ((row(upheld=upheld(None, 29)),), FigureState.PART_HELD, "29 investigations (number upheld not held)"),
    ],
)
def test_a_statistic_says_what_is_known(printed, state, text):
    """A rate, a real zero, none due, a percentage alone, one of two counts, nothing: never one for another."""
    statistic = of(*printed).statistic("Barsetshire", "2023-24", uphold_rate)

    assert (state, text) == (statistic.state, str(statistic))
    assert (statistic.rate is None) == (state not in {FigureState.RATE, FigureState.ZERO, FigureState.NONE_DUE})


def test_what_print_says_does_not_apply_is_told_apart():
    """Beside an abolished council the Ombudsman prints "n/a"."""
    data = published.dataset()
    states = {
        (authority, year): data.statistic(authority, year, measure).state
        for authority in data.authorities
        for year in data.years
        for measure in KEY_STATISTICS[:1]
    }

    assert FigureState.PERCENT_ONLY in states.values()
    assert FigureState.NOT_HELD in states.values()
    absent = of(row(upheld=PrintedStatistic(percent=Missing.NOT_APPLICABLE))).statistic(BARSET, YEAR, uphold_rate)
    assert (FigureState.NOT_APPLICABLE, None) == (absent.state, absent.printed)


def test_a_percentage_without_counts_is_shown_and_not_computed_with():
    """Of Bournemouth, Christchurch and Poole in 2020-21 three percentages are held, and no counts."""
    data = published.dataset()
    shown = [str(data.statistic("Bournemouth, Christchurch and Poole", "2020-21", one)) for one in KEY_STATISTICS]

    assert ["69% (counts not held)", "100% (counts not held)", "0% (counts not held)"] == shown
    assert Verdict.NO_RATE is data.compare("Bournemouth, Christchurch and Poole", "2020-21", uphold_rate).verdict


def test_every_printed_percentage_of_the_shipped_record_is_shown():
    """With its counts, which round to it or contradict it as a finding, or without them."""
    data = published.dataset()
    missing = [
        (printed.name, str(printed.year), measure.name)
        for printed in published.printed()
        for measure in KEY_STATISTICS
        if (one := printed.statistic(measure)) is not None and isinstance(one.percent, PrintedPercent)
        if data.statistic(printed.authority(data.register), printed.year, measure).state is FigureState.NOT_HELD
    ]

    assert [] == missing


def test_every_printed_count_of_the_shipped_record_is_known():
    """Upheld decisions and investigations as printed, unless two sources or two parts of one contradict each other."""
    data = published.dataset()
    lost = [
        (printed.name, str(printed.year))
        for printed in published.printed()
        if (one := printed.upheld) is not None and one.count is not None and one.base is not None
        if one.count <= one.base
        if data.statistic(printed.authority(data.register), printed.year, uphold_rate).rate is None
    ]

    assert [] == lost


# --- Joining


def test_the_ombudsmans_own_comes_first_then_the_newer_then_by_title():
    """Whatever the order in which they come."""
    rows = [
        row(PAPER, upheld=upheld(1, 10)),
        row(UNDATED, upheld=upheld(2, 10)),
        row(OLDER, upheld=upheld(3, 10)),
        row(OWN, upheld=upheld(4, 10)),
    ]

    for given_rows in itertools.permutations(rows):
        assert Proportion(4, 10) == of(*given_rows).statistic("Barsetshire", "2023-24", uphold_rate).rate
    assert Proportion(3, 10) == of(*rows[:3]).statistic("Barsetshire", "2023-24", uphold_rate).rate
    assert Proportion(2, 10) == of(*rows[:2]).statistic("Barsetshire", "2023-24", uphold_rate).rate


def test_sources_of_one_title_stand_in_the_order_of_their_addresses():
    """Whatever they say."""
    rows = [
        row(Source("The page", url=f"https://example.org/{letter}"), upheld=upheld(count, 10))
        for letter, count in (("a", 9), ("b", 1), ("c", 5))
    ]

    for given_rows in itertools.permutations(rows):
        assert tuple(rows) == Dataset(REGISTER, printed=given_rows).printed


def test_the_loser_is_kept_and_a_finding_made():
    """Nothing is dropped: both rows are in the dataset, and the contradiction is found."""
    data = of(row(OWN, upheld=upheld(4, 10))) + of(row(PAPER, upheld=upheld(5, 10)))

    assert 2 == len(data.printed)
    assert FindingKind.COUNTS_DISAGREE in {finding.kind for finding in data.findings()}


def test_every_source_that_says_the_same_is_named():
    """Of a rate, of one of two counts, and of a percentage; who says something else is not, and is a finding."""
    same = of(row(OWN, upheld=upheld(4, 10)), row(OLDER, upheld=upheld(4)), row(PAPER, upheld=upheld(5, 10)))
    percent = of(row(OWN, upheld=upheld(percent=69)), row(PAPER, upheld=upheld(percent=69)))
    own_words = {
        finding.source: finding.printed for finding in same.findings() if finding.kind is FindingKind.COUNTS_DISAGREE
    }

    assert (OWN, OLDER) == same.statistic(BARSET, YEAR, uphold_rate).sources
    assert (OWN, PAPER) == percent.statistic(BARSET, YEAR, uphold_rate).sources
    unlike = of(row(OWN, upheld=upheld(percent=69)), row(PAPER, upheld=upheld(percent=70)))
    assert (OWN,) == unlike.statistic(BARSET, YEAR, uphold_rate).sources
    assert {PAPER: "5 upheld"} == own_words
    assert () == of().statistic(BARSET, YEAR, uphold_rate).sources


def test_published_counts_are_found_to_differ_from_print():
    """Every part of them: what was received, decided, put right and carried out."""
    counts = AnnualReview(
        BARSET,
        YEAR,
        investigations=InvestigationTally(5, 5, satisfactory_remedies=1),
        compliance=ComplianceTally(7, 1, late=1),
        received=ReceivedTally(housing=3),
        source=PAPER,
    )
    printed = row(
        OWN,
        upheld=upheld(4, 10),
        compliance=upheld(7, 9),
        received=PrintedTally(ReceivedTally(housing=2)),
    )

    assert {"5 upheld", "8 compliance outcomes", "3 housing"} == {
        finding.printed for finding in (of(printed) + of(counts=(counts,))).findings()
    }


def test_a_count_that_a_better_source_lacks_is_filled_in_where_the_rest_is_the_same():
    """The page counts the investigations, the paper how many were upheld; of another total nothing is taken."""
    page = row(OWN, upheld=upheld(None, 10))

    assert Proportion(4, 10) == of(page, row(PAPER, upheld=upheld(4, 10))).statistic(BARSET, YEAR, uphold_rate).rate
    assert Proportion(4, 10) == of(page, row(PAPER, upheld=upheld(4))).statistic(BARSET, YEAR, uphold_rate).rate
    assert of(page, row(PAPER, upheld=upheld(4, 11))).statistic(BARSET, YEAR, uphold_rate).rate is None
    assert of(page, row(PAPER, upheld=upheld(11))).statistic(BARSET, YEAR, uphold_rate).rate is None


def test_of_two_who_differ_the_better_source_is_kept_whole():
    """And named alone; what cannot be true beside it is not taken either."""
    ours, theirs = (
        AnnualReview(BARSET, YEAR, investigations=InvestigationTally(upheld, None, total=10), source=source)
        for upheld, source in ((3, OWN), (4, OLDER))
    )

    total = evolve(ours, investigations=InvestigationTally(None, None, total=10))
    more = evolve(theirs, investigations=InvestigationTally(11, None))

    assert ours == join_reviews((BARSET, YEAR), [ours, theirs])
    assert total == join_reviews((BARSET, YEAR), [total, more])


def test_counts_without_a_source_are_joined_and_tables_are_counts_too():
    """Of two who give other parts both stand; a table of what was decided is audited beside the page."""
    nameless = AnnualReview(
        BARSET,
        YEAR,
        overview=Overview(not_for_us=1, assessed_and_closed=2, investigated=3),
        decided=DecisionTally(
            invalid_or_incomplete=1,
            advice_given=0,
            referred_back=0,
            closed_after_initial_enquiries=2,
            not_upheld=1,
            upheld=2,
        ),
    )
    data = of(row(OWN, compliance=upheld(3, 4)), counts=(nameless,))
    review = data.review(BARSET, YEAR)

    assert (ComplianceTally(3, 1), nameless.overview, OWN) == (review.compliance, review.overview, review.source)
    assert () == data.findings()


def test_every_measure_of_shares_has_a_statistic():
    """Those of the package say which of their counts is held; one of one's own has its rate."""
    data = of(
        row(compliance_outcomes=PrintedTally(ComplianceTally(9, 1, late=3))),
        row(OLDER, overview=PrintedTally(Overview(investigated=23))),
    )

    assert "33% (3 of 9)" == str(data.statistic(BARSET, YEAR, late_compliance_rate))
    assert FigureState.PART_HELD is data.statistic(BARSET, YEAR, investigation_rate).state
    assert Proportion(1, 10) == data.statistic(BARSET, YEAR, failure_rate).rate
    assert FigureState.NOT_HELD is of().statistic(BARSET, YEAR, failure_rate).state


def test_a_part_that_one_source_lacks_comes_from_another():
    """Both are named, and what is in part second-hand is second-hand."""
    data = of(row(OWN, upheld=upheld(4, 10)), row(PAPER, compliance=upheld(None, 3, percent=100)))
    review = data.review("Barsetshire", "2023-24")

    assert (4, 3) == (review.investigations.upheld, review.compliance.complied)
    assert Basis.SECOND_HAND is review.source.basis
    assert OWN.title in review.source.title
    assert PAPER.title in review.source.title
    assert ["basis"] == [
        caution.kind for caution in data.compare("Barsetshire", YEAR, uphold_rate, against=0.5).cautions
    ][-1:]


def test_own_cases_never_stand_in_for_a_published_figure_unless_asked_for():
    """They are counted when they are asked for by their basis."""
    case = Decision("23 000 001", BARSET, outcome=Outcome.UPHELD, decided_on=dt.date(2023, 5, 1))
    done = ComplianceOutcome("23 000 001", BARSET, status=ComplianceStatus.ON_TIME, recorded_on=dt.date(2023, 9, 1))
    data = of(cases=(case,), compliance=(done,))

    assert FigureState.NOT_HELD is data.statistic("Barsetshire", "2023-24", uphold_rate).state
    own = data.review("Barsetshire", "2023-24", basis="own_cases")
    assert (1, 1, Basis.OWN_CASES) == (own.investigations.upheld, own.compliance.complied, own.source.basis)
    assert own.investigations == of(cases=(case,)).review(BARSET, YEAR, basis="own_cases").investigations
    assert own.compliance == of(compliance=(done,)).review(BARSET, YEAR, basis="own_cases").compliance
    assert data.review(BARSET, YEAR, basis="published").investigations is None


def test_counts_of_another_basis_are_counted_when_asked_for():
    """Of two that state one council and year the better source stands."""
    counts = [
        AnnualReview(BARSET, YEAR, investigations=InvestigationTally(number, 1), source=source)
        for number, source in ((2, OLDER), (3, OWN), (4, PAPER))
    ]
    data = of(counts=tuple(counts))

    assert 3 == data.review(BARSET, YEAR).investigations.upheld
    assert 4 == data.review(BARSET, YEAR, basis=Basis.SECOND_HAND).investigations.upheld
    assert data.review(BARSET, YEAR, basis="published_decisions").investigations is None


def test_counts_without_a_source_stand_last_and_own_counts_not_at_all():
    """What nobody vouches for is used where there is nothing better; own counts are asked for by their basis."""
    nameless = AnnualReview(BARSET, YEAR, investigations=InvestigationTally(9, 1))
    own = AnnualReview(
        BARSET, YEAR, investigations=InvestigationTally(5, 5), source=Source("Our register", basis=Basis.OWN_CASES)
    )

    assert 9 == of(counts=(nameless, own)).review(BARSET, YEAR).investigations.upheld
    assert 5 == of(counts=(nameless, own)).review(BARSET, YEAR, basis="own_cases").investigations.upheld
    assert of(counts=(own,)).review(BARSET, YEAR).investigations is None
    assert 4 == of(row(PAPER, upheld=upheld(4, 10)), counts=(nameless,)).review(BARSET, YEAR).investigations.upheld


def test_registers_that_disagree_are_refused():
    """The same council cannot be two things; councils that only one knows are joined."""
    other = Register((RegisterEntry(BARSET, group=COUNTY, region="East"),))
    more = Register((RegisterEntry(Authority("Rutland County Council", AuthorityType.UNITARY_COUNCIL)),))

    with pytest.raises(InvalidValue) as caught:
        of() + Dataset(other)

    assert ["register"] == fields(caught)
    assert len(REGISTER) + 1 == len((of() + Dataset(more)).register)
    with pytest.raises(TypeError):
        of() + 1


SHIPPED = published.dataset()
# --- Comparing


def test_a_council_is_compared_with_what_is_asked_for():
    """The printed average, the others of its group, or a share; each says which it is."""
    rows = [
        row(upheld=upheld(6, 10, average=66)),
        *(row(name=council.name, upheld=upheld(5, 10)) for council in OTHERS),
    ]
    data = of(*rows)

    printed = data.compare("Barsetshire", "2023-24", uphold_rate)
    assert (
        PrintedAverage(COUNTY, YEAR, measure=uphold_rate, percent=PrintedPercent(66), source=OWN) == printed.benchmark
    )
    assert [Proportion(35, 70), Proportion(36, 70)] == [
        data.compare(council, YEAR, uphold_rate, against="others").benchmark.pooled for council in (BARSET, OTHERS[0])
    ]
    assert Target(Fraction(2, 3)) == data.compare(BARSET, YEAR, uphold_rate, against=Fraction(2, 3)).benchmark
    assert Verdict.NO_BENCHMARK is of(row(upheld=upheld(6, 10))).compare(BARSET, YEAR, uphold_rate).verdict


def test_an_average_of_its_own_row_comes_before_the_one_beside_a_council():
    """And the better source before the other."""
    average = PrintedAverage(COUNTY, YEAR, measure=uphold_rate, percent=PrintedPercent(70), source=PAPER)
    better = PrintedAverage(COUNTY, YEAR, measure=uphold_rate, percent=PrintedPercent(71), source=OWN)
    data = of(row(upheld=upheld(6, 10, average=66)), averages=(average, better))

    assert better == data.average("Barsetshire", "2023-24", uphold_rate)
    assert data.average("Barsetshire", "2023-24", compliance_rate) is None


REGIONS = Register(
    (
        *(RegisterEntry(council, group=COUNTY, region="Wessex") for council in (BARSET, *OTHERS[:2])),
        *(RegisterEntry(council, group=COUNTY, region="Mercia") for council in OTHERS[2:]),
        RegisterEntry(Authority("Barchester City Council", AuthorityType.DISTRICT_COUNCIL), region="Wessex"),
    )
)


def in_regions(*rows):
    return Dataset(REGIONS, printed=rows)


def test_a_chosen_set_needs_no_half_of_a_group_and_says_what_it_is():
    """By name, code or authority, itself left out; it says how many were chosen, and of how many figures are held."""
    data = in_regions(
        row(upheld=upheld(6, 10)),
        row(name="County 1", upheld=upheld(5, 10)),
        row(name="County 3", upheld=upheld(8, 10)),
    )
    chosen = data.compare(BARSET, YEAR, uphold_rate, against=["County 1", OTHERS[2], OTHERS[3], "County 1", BARSET])
    whole = data.compare(BARSET, YEAR, uphold_rate, against=("County 3",))

    assert Proportion(13, 20) == chosen.benchmark.pooled
    assert ("chosen councils", 3, (OTHERS[3],)) == (
        chosen.benchmark.group.selection,
        chosen.benchmark.group.size,
        chosen.benchmark.group.missing,
    )
    assert "The chosen councils (we have figures for 2 of 3), together: 65% (13 of 20)." in chosen.sentence()
    assert any("rests on 2 of the 3 chosen councils" in caution.words for caution in chosen.cautions)
    assert Verdict.NOT_DISTINGUISHABLE is chosen.verdict
    assert "partial_coverage" not in {caution.kind for caution in whole.cautions}
    assert chosen == from_json(to_json(chosen), Comparison)
    mean = evolve(chosen.benchmark, method=AverageMethod.MEAN)
    assert mean.words.sentence == "The chosen councils (we have figures for 2 of 3) had a mean rate of 65%."


def test_a_chosen_set_of_which_nothing_is_held_has_no_average():
    """It says so, and of 0 of 0 there is no rate either."""
    data = in_regions(row(upheld=upheld(6, 10)), row(name="County 2", upheld=upheld(0, 0)))
    nothing = data.compare(BARSET, YEAR, uphold_rate, against=[OTHERS[0], OTHERS[1]])

    assert Verdict.NO_BENCHMARK is nothing.verdict
    assert "no rate of the chosen councils is held" in nothing.sentence()
    assert "none" == nothing.benchmark.words.label


def test_a_region_is_a_chosen_set_of_every_type():
    """The council itself is left out, and the reviews of a region are asked for by its name."""
    data = in_regions(
        row(upheld=upheld(6, 10)),
        row(name="County 1", upheld=upheld(5, 10)),
        row(name="Barchester City", upheld=upheld(1, 2)),
        row(name="County 3", upheld=upheld(9, 10)),
    )
    beside = data.compare(BARSET, YEAR, uphold_rate, against="region").benchmark

    assert (Proportion(6, 12), 3) == (beside.pooled, beside.group.size)
    assert "councils of the region Wessex" == beside.group.selection
    assert ["County 3"] == [review.authority.name for review in data.reviews(region="mercia")]
    assert 2 == len(data.reviews(year=YEAR, group=COUNTY, region="Wessex"))
    assert () == data.reviews(year="2020-21", region="Wessex")


def test_the_letters_own_average_is_a_printed_average():
    """A council's own letter comes before what a newspaper says of the group."""
    paper = PrintedAverage(COUNTY, YEAR, measure=uphold_rate, percent=PrintedPercent(70), source=PAPER)
    beside = of(row(upheld=upheld(6, 10, average=66)), averages=(paper,)).compare(BARSET, YEAR, uphold_rate)

    assert PrintedAverage(COUNTY, YEAR, measure=uphold_rate, percent=PrintedPercent(66), source=OWN) == beside.benchmark


def test_the_group_the_funnel_and_the_years():
    """Every question through the dataset."""
    data = of(
        row(upheld=upheld(6, 10)),
        *(row(name=council.name, upheld=upheld(5, 10)) for council in OTHERS),
    )

    assert (YEAR,) == data.years
    assert (BARSET, *OTHERS) == data.authorities
    assert Proportion(8, 8) == data.coverage("county_council", "2023-24")
    assert [("county_council", "2023-24", Proportion(8, 8))] == [
        (each.group.value, str(each.year), each.councils) for each in data.coverages()
    ]
    assert 8 == len(data.funnel(COUNTY, YEAR, uphold_rate).points)
    assert (YEAR,) == tuple(data.history("Barsetshire").years)
    assert () == data.reviews(year="2022-23")
    assert () == data.reviews(group="district_council")
    assert () == tuple(of().history(BARSET).years)
    with pytest.raises(EmptyInput):
        of().funnel(COUNTY, YEAR, uphold_rate)


def test_a_body_in_no_group_has_no_average_and_no_others():
    """An abolished council, or a park."""
    park = Authority("Barset National Park", AuthorityType.OTHER)
    data = Dataset(Register((RegisterEntry(park),)), printed=(row(name="Barset National Park", upheld=upheld(1, 2)),))

    assert data.average(park, YEAR, uphold_rate) is None
    assert data.compare(park, YEAR, uphold_rate, against="others").benchmark is None


def test_populations_make_rates_and_the_better_source_stands():
    """Each belongs to a council and a year; joined, all are kept."""
    people = [
        AuthorityPopulation(BARSET, YEAR, population=Population(number, dt.date(2022, 6, 30), source=source))
        for number, source in ((400_000, PAPER), (500_000, OWN))
    ]
    data = of(row(upheld=upheld(5, 10)), populations=(people[0],)) + of(populations=(people[1],))
    review = data.review(BARSET, YEAR)

    assert set(people) == set(data.populations)
    assert Decimal("1.0") == data.per_population_measure()(review).rounded()
    assert "10 per 1,000,000" in str(data.per_population_measure(per=1_000_000)(review))
    assert of().per_population_measure()(review) is None


# --- Arguments


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (lambda data: data.statistic(3, "2023-24", uphold_rate), "council"),
        (lambda data: data.statistic(BARSET, 2024, uphold_rate), "year"),
        (lambda data: data.statistic(BARSET, "2023-25", uphold_rate), "year"),
        (lambda data: data.statistic(BARSET, YEAR, "uphold_rate"), "measure"),
        (lambda data: data.average(BARSET, YEAR, "uphold_rate"), "measure"),
        (lambda data: data.compare(BARSET, YEAR, "uphold_rate"), "measure"),
        (lambda data: data.compare(BARSET, YEAR, [], against="others"), "measure"),
        (lambda data: data.compare(BARSET, YEAR, 3, against=[*OTHERS]), "measure"),
        (lambda data: data.reviews(region="Wessex"), "region"),
        (lambda data: data.reviews(year=YEAR, group=COUNTY, region=3), "region"),
        (lambda data: data.compare(BARSET, YEAR, uphold_rate, against=[]), "against"),
        (lambda data: data.compare(BARSET, YEAR, uphold_rate, against=[BARSET]), "against"),
        (lambda data: data.compare(BARSET, YEAR, uphold_rate, against=(BARSET, 3)), "against[1]"),
        (lambda data: data.compare(BARSET, YEAR, uphold_rate, against="region"), "against"),
        (lambda data: data.compare(BARSET, YEAR, uphold_rate, against=None), "against"),
        (lambda data: data.review(BARSET, YEAR, basis="hearsay"), "basis"),
        (lambda data: data.reviews(year=2024), "year"),
        (lambda data: data.reviews(group="counties"), "group"),
        (lambda data: data.compare(BARSET, YEAR, uphold_rate, against="best"), "against"),
        (lambda data: data.compare(BARSET, YEAR, uphold_rate, against=2.0), "against"),
        (lambda data: data.coverage("counties", YEAR), "group"),
    ],
)
def test_a_wrong_argument_is_refused(ask, field):
    """Never answered with nothing."""
    with pytest.raises(InvalidValue) as caught:
        ask(of(row(upheld=upheld(6, 10))))

    assert [field] == fields(caught)


def test_a_council_nobody_knows_is_refused():
    """By name, and as an authority that the register does not have."""
    with pytest.raises(AuthorityLookupError):
        of().review("Borsetshire", YEAR)
    with pytest.raises(UnknownAuthority):
        of().review(Authority("Borsetshire", COUNTY), YEAR)


def test_a_dataset_shows_its_size():
    """Not its thousands of rows."""
    assert "<Dataset of nothing>" == repr(of())
    assert "<Dataset of 1 printed>" == repr(of(row(upheld=upheld(1, 2))))


def test_what_ships_is_one_dataset():
    """With the counts that are shipped, and each satisfactory remedy rate beside its average."""
    assert published.reviews() == SHIPPED.reviews()
    assert "81% (76 of 94)" == str(SHIPPED.statistic("Kent", "2023-24", uphold_rate))
    assert 85 == SHIPPED.statistic("E10000016", "2023-24", uphold_rate).average.percent.value
    assert FigureState.RATE is SHIPPED.statistic("Kent", "2023-24", satisfactory_remedy_rate).state


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (FigureState.RATE, {}),
        (FigureState.ZERO, {"numerator": 1, "denominator": 2}),
        (FigureState.NOT_APPLICABLE, {"denominator": 2}),
        (FigureState.NOT_HELD, {"printed": PrintedPercent(66)}),
        (FigureState.RATE, {"numerator": 3, "denominator": 2}),
    ],
)
def test_a_statistic_cannot_contradict_its_counts(state, counts):
    """Neither its state nor one count the other."""
    with pytest.raises(InvalidValue, match=r"state: .* must be|exceeds"):
        Statistic(uphold_rate, state, **counts)


def test_registers_that_overlap_are_joined():
    """An entry that both have stands in the result once."""
    entries = published.register().entries
    joined = (Dataset(Register(entries[:3])) + Dataset(Register(entries[2:5]))).register

    assert {*entries[:5]} == {*joined.entries}
    assert 5 == len(joined)
