"""Reports on a council, on a group and in the letter's words: what they say, of whom, and when they say nothing."""

import datetime as dt
import re
from decimal import Decimal

import attrs
import pytest
from tests.support.letters import in_the_first_person
from tests.support.values import data_of, report_on

import lgsco
from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceTally,
    Decision,
    DecisionTally,
    Enquiry,
    Investigation,
    InvestigationTally,
    Outcome,
    Overview,
    PrintedAverage,
    PrintedPercent,
    PrintedReview,
    Proportion,
    ReceivedTally,
    Recommendation,
    RecommendationKind,
    ReportingYear,
    ServiceArea,
    Source,
    published,
    readers,
)
from lgsco.documents import Missing, NationalFigures, PrintedPer100k, PrintedStatistic
from lgsco.errors import EmptyInput, InvalidValue, NotComparable
from lgsco.reports import (
    Absent,
    Amount,
    ChartKind,
    LineKind,
    PartialRate,
    area_chart,
    control_chart,
    council_report,
    dot_chart,
    funnel_chart,
    funnel_report,
    group_report,
    history_report,
    letter_report,
    years_chart,
)
from lgsco.reports.statistics import average_in
from lgsco.series import History, p_chart
from lgsco.wording.comparisons import small

YEAR = ReportingYear(2024)
REGISTER = published.register()
KENT = REGISTER.find("Kent County Council")
SOURCE = Source("The council's own record", basis=lgsco.Basis.OWN_CASES)


def county(number, upheld, not_upheld, **more):
    council = Authority(f"County {number}", AuthorityType.COUNTY_COUNCIL)
    return AnnualReview(council, more.pop("year", YEAR), investigations=InvestigationTally(upheld, not_upheld), **more)


COUNTIES = [county(number, 15 + number, 4) for number in range(1, 6)]
FAR = county(9, 10, 40)


def section(report, heading):
    (found,) = [one for one in report.sections if one.heading == heading]
    return found


def cells(table):
    return {row.heading: row.cells for row in table.rows}


def held_report(name, year):
    return council_report(published.dataset(), name, year)


ALONE = lgsco.Register([])
"""Of no council, so that those of a test are the whole of their group."""


def of_group(*reviews, group=AuthorityType.COUNTY_COUNCIL, register=ALONE, **more):
    return group_report(data_of(*reviews, register=register, **more), group, reviews[0].year)


def letter_of(review):
    return letter_report(data_of(review), review.authority, review.year)


# --- One council


def test_kent_in_2023_24():
    """Its page prints 81% of 94, 98% of 63, 3% of 76, 4.8 and the averages 85%, 100%, 7% and 4.5."""
    report = held_report("Kent County Council", YEAR)
    statistics, per_head = section(report, "The three statistics").tables

    assert "Kent County Council, 2023-24" == report.title
    assert "not by the Ombudsman" in report.made_by
    assert {
        "Uphold rate": (Proportion(76, 94), Proportion(76, 94).interval(), PrintedPercent(85), "could be chance"),
        "Compliance rate": (
            Proportion(62, 63),
            Proportion(62, 63).interval(),
            PrintedPercent(100),
            "1 not carried out",
        ),
        "Satisfactory remedy rate": (
            Proportion(2, 76),
            Proportion(2, 76).interval(),
            PrintedPercent(7),
            "could be chance",
        ),
    } == cells(statistics)
    assert {"Upheld per 100,000 residents": (Amount(Decimal("4.8")), Amount(Decimal("4.5")))} == cells(per_head)
    assert "1 April 2023 to 31 March 2024" in report.scope


def test_worcestershire_in_2019_20_says_what_print_gets_wrong():
    """Its letter states a base of 22 for 3 of 19."""
    report = held_report("Worcestershire County Council", ReportingYear(2020))

    assert (Proportion(3, 19),) == cells(report.tables[0])["Satisfactory remedy rate"][:1]
    assert "22 detailed investigations" in section(report, "What the published figures get wrong").items[0]
    assert "22 cases are few" in " ".join(section(report, "Read with care").items)


def test_a_group_of_which_too_little_is_held_is_listed_and_not_drawn():
    """Eight of the 21 county councils: no funnel, and the report says who is missing."""
    similar = section(held_report("Kent County Council", YEAR), "Similar councils")

    assert () == similar.charts
    assert similar.paragraphs[0] == "We cannot draw a chart with limits: we have a rate for only 8 of the 21 councils."
    assert any("We have no figures for Essex County Council" in words for words in similar.paragraphs)
    assert ["this council"] == [row.marked for row in similar.tables[0].rows if row.heading == "Kent County Council"]


def test_of_a_large_group_it_says_how_many_are_not_held():
    """Nobody reads a hundred names; what is not held is explained once."""
    report = held_report("Scarborough Borough Council", ReportingYear(2022))
    whole = report_on(
        AnnualReview(
            REGISTER.find("City of London Corporation"),
            YEAR,
            investigations=InvestigationTally(3, 1, satisfactory_remedies=1),
            compliance=ComplianceTally(1, 0, late=0),
        ),
    )

    assert (
        "We have no figures for 169 of the 181 councils of the group." in section(report, "Similar councils").paragraphs
    )
    assert ["we do not have this figure" in item for item in section(report, "Read with care").items].count(True) == 1
    assert "we do not have this figure" not in " ".join(section(whole, "Read with care").items)


def test_a_group_of_which_all_is_held_misses_nobody():
    """Then nobody is listed as not held."""
    register = lgsco.Register([lgsco.model.RegisterEntry(one.authority, group=one.authority.type) for one in COUNTIES])
    similar = section(report_on(*COUNTIES, register=register), "Similar councils")

    assert 1 == len(similar.charts)
    assert not [
        words for words in similar.paragraphs if words.startswith("We have no") or "but not the counts" in words
    ]


def test_a_group_of_which_enough_is_held_is_drawn():
    """Fifteen of the 21 county councils in 2024-25, the council marked, those beyond a limit named."""
    similar = section(held_report("Essex County Council", ReportingYear(2025)), "Similar councils")
    (funnel,) = similar.charts

    assert ChartKind.FUNNEL is funnel.kind
    assert ["Essex County Council"] == [point.name for point in funnel.points if point.marked]
    assert {"Essex County Council", "East Sussex County Council"} == {
        point.name for point in funnel.points if point.named
    }
    assert "Essex County Council is above the 95% limit, with 95% (183 of 193)." in funnel.words
    assert "1 other council is outside a limit: East Sussex County Council (below the 95% limit)." in funnel.words


def test_the_average_of_the_others_stands_beside_the_printed_one():
    """Where enough is held, and the note says of how many."""
    report = held_report("Essex County Council", ReportingYear(2025))

    assert Proportion(599, 690) == cells(report.tables[0])["Uphold rate"][3]
    assert Absent(Missing.NOT_AVAILABLE, "too few held") == cells(report.tables[0])["Compliance rate"][3]
    assert any("14 other councils of the 20 in the group" in note.words for note in report.notes)


def test_years_are_parted_where_the_series_breaks():
    """A break stands at its year, a year that is not held has a row, and no line crosses either."""
    history = [county(1, 8, 2, year=ReportingYear(ending)) for ending in (2020, 2021, 2024)]
    years = section(report_on(*history), "Year by year")
    table, chart = years.tables[0], years.charts[0]

    assert ["2019-20", "2020-21", "2021-22", "2022-23", "2023-24"] == [row.heading for row in table.rows]
    assert [False, False, False, True, False] == [bool(row.breaks) for row in table.rows]
    assert ["this year", None, None, None, None] == [row.marked for row in table.rows]
    assert "We have no figures for 2021-22 and 2022-23." in years.paragraphs
    assert ["2022-23"] == [each.at for each in chart.breaks]
    assert ["2019-20", "2020-21", "2023-24"] == [point.at for point in chart.points]


def test_changes_are_told_within_a_stretch_without_a_break():
    """From the year before and to the year after, of each rate that both years have; none across a break."""
    history = [
        county(1, 8, 2, year=ReportingYear(2022)),
        county(1, 9, 1, year=ReportingYear(2023)),
        county(1, 5, 5, year=ReportingYear(2024), compliance=ComplianceTally(1, 0)),
        county(1, 0, 0, year=ReportingYear(2025)),
    ]

    def told(at):
        return section(report_on(history[at], *history), YEARS).items

    assert () == told(0)
    (fall,) = told(1)
    assert fall.startswith(
        "The uphold rate fell by 40 percentage points, from 90% (9 of 10) in 2022-23 to 50% (5 of 10) in 2023-24 ("
    )
    assert told(1) == told(2)
    assert () == told(3)


YEARS = "Year by year"


def test_a_council_of_one_year_has_no_years():
    """It says so."""
    years = section(report_on(COUNTIES[0]), "Year by year")

    assert ((), ()) == (years.charts, years.tables)
    assert years.paragraphs == ("We have no figures of this council for another year.",)


def test_years_without_any_rate_are_not_drawn():
    """Counts of another kind alone give neither table nor chart."""
    bare = [AnnualReview(KENT, ReportingYear(ending)) for ending in (2020, 2021)]
    empty = [attrs.evolve(one, investigations=InvestigationTally(0, 0)) for one in bare]

    assert ((), ()) == _drawn(bare)
    charts, tables = _drawn(empty)
    assert () == charts
    assert Absent(Missing.NOT_APPLICABLE, "no complaints were investigated") == tables[0].rows[0].cells[0]


def _drawn(history):
    years = section(report_on(*history), "Year by year")
    return years.charts, years.tables


def test_what_is_not_held_is_said_not_to_be():
    """Neither zero nor a claim that it was not published."""
    report = report_on(AnnualReview(KENT, YEAR))
    received = report_on(AnnualReview(KENT, YEAR, received=ReceivedTally(housing=3)))

    assert ["What we know of 2023-24", "What complaints are about"] == [each.heading for each in received.sections[:2]]
    assert () == report.tables[0].marks
    assert {Absent(Missing.NOT_AVAILABLE, "not held"), Absent(Missing.NOT_APPLICABLE, "not compared")} == {
        cell for row in report.tables[0].rows for cell in row.cells
    }
    assert "We do not have the three statistics of Kent County Council for 2023-24." in report.sections[1].paragraphs[0]
    assert ["https://www.lgo.org.uk/your-councils-performance", "https://www.lgo.org.uk/decisions"] == [
        link.url for link in report.sections[0].links
    ]
    assert () == report.charts


def test_a_report_opens_with_its_figures():
    """Each with its counts, the average and a verdict; failures first, a percentage alone without one, counts alone."""
    kent, percents, count, nothing = (
        held_report(*each)
        for each in (
            ("Kent", "2023-24"),
            ("Bournemouth, Christchurch and Poole", "2020-21"),
            ("Sheffield", "2019-20"),
            ("Sheffield", "2023-24"),
        )
    )

    assert [
        ("81%", "76 of 94", "Average of county councils: 85%", "The difference is small enough to be chance.", False),
        ("98%", "62 of 63", "Average of county councils: 100%", "1 not carried out. It should be looked at.", True),
        ("3%", "2 of 76", "Average of county councils: 7%", "The difference is small enough to be chance.", False),
    ] == [(one.number, one.counts, one.beside, one.verdict, one.needs_attention) for one in kent.sections[0].figures]
    assert all(one.meaning.startswith("Of the ") for one in kent.sections[0].figures)
    assert ("69%", "counts not held", "Without the counts we cannot say whether the difference is chance.") == (
        percents.sections[0].figures[0].number,
        percents.sections[0].figures[0].counts,
        percents.sections[0].figures[0].verdict,
    )
    assert [("Complaints upheld", "34"), ("Average uphold rate of metropolitan boroughs", "67%")] == [
        (one.title, one.number) for one in count.sections[0].figures
    ]
    assert ("Complaints received", "148") == (
        nothing.sections[0].figures[0].title,
        nothing.sections[0].figures[0].number,
    )
    for report in (kent, percents, count, nothing):
        assert "What to do next" == report.sections[-1].heading
        assert 2 == sum(len(each.links) for each in report.sections)
    assert "Ask which recommendation was not carried out" in kent.sections[-1].items[0]
    assert (
        report_on(
            AnnualReview(KENT, YEAR, investigations=InvestigationTally(1, 1), source=Source("P", published_on=YEAR.end))
        ).as_at
        == YEAR.end
    )


def test_a_rate_of_nothing_is_no_rate():
    """0 of 0 stands in words, in the table and in the text."""
    nothing = AnnualReview(
        KENT,
        YEAR,
        investigations=InvestigationTally(0, 0, satisfactory_remedies=0),
        compliance=ComplianceTally.zero(),
    )
    table = report_on(nothing).tables[0]

    assert [
        "no complaints were investigated",
        "no recommendations were due",
        "no complaints were upheld",
    ] == [str(row.cells[0]) for row in table.rows]


def test_the_counts_beside_the_statistics_are_shown():
    """Complaints received, decided and dealt with, and what was carried out late."""
    review = AnnualReview(
        KENT,
        YEAR,
        received=ReceivedTally(housing=3, total=10),
        decided=DecisionTally(upheld=2, not_upheld=1, total=12),
        compliance=ComplianceTally(5, 1, late=2),
    )
    report = report_on(review)

    assert 3 == cells(section(report, "What complaints are about").tables[0])["Housing"][0]
    assert 10 == cells(section(report, "What complaints are about").tables[0])["All complaints received"][0]
    decided = cells(section(report, "What became of complaints").tables[0])
    assert (2,) == decided["Upheld"]
    assert (Absent(Missing.NOT_AVAILABLE, "not known"),) == decided["Advice given"]
    assert (2,) == cells(section(report, "Whether recommendations were carried out").tables[0])[
        "of these, carried out late"
    ]


def test_complaints_dealt_with_are_shown_in_their_three_groups():
    """As the pages from 2024-25 print them."""
    review = AnnualReview(KENT, YEAR, overview=Overview(not_for_us=87, assessed_and_closed=128, investigated=76))
    table = section(report_on(review), "What became of complaints").tables[0]

    assert [87, 128, 76, 291] == [row.cells[0] for row in table.rows]


def test_figures_per_head_may_be_missing_or_not_applicable():
    """The two are told apart."""
    printed = PrintedReview("Kent", YEAR, per_100k=PrintedPer100k(average=Missing.NOT_APPLICABLE))
    report = report_on(AnnualReview(KENT, YEAR), printed=(printed,))

    assert (Absent(Missing.NOT_AVAILABLE, "not held"), Absent(Missing.NOT_APPLICABLE, "n/a")) == (
        report.tables[1].rows[0].cells
    )


def test_a_council_without_a_group_is_set_beside_nobody():
    """The City of London stands in none."""
    city = REGISTER.find("City of London Corporation")
    report = report_on(AnnualReview(city, YEAR))

    assert "is in no comparison group" in section(report, "Similar councils").paragraphs[0]


def test_sources_stand_once():
    """A source that is cited for two things is one source."""
    report = held_report("Kent County Council", YEAR)

    assert len(set(report.sources)) == len(report.sources) == 2


# --- Cases


def case(number, outcome=Outcome.UPHELD, area=ServiceArea.HOUSING, day=dt.date(2023, 6, 1), **more):
    reference = f"23 000 {number:03}"
    return Decision(reference, KENT, outcome=outcome, decided_on=day, service_area=area, **more)


CASES = [
    case(1),
    case(2, Outcome.NOT_UPHELD),
    case(3, area=ServiceArea.ADULT_CARE_SERVICES, public_report=True),
    case(4, day=dt.date(2024, 6, 1)),
    case(5, area=None, public_report=False),
    case(6, Outcome.ADVICE_GIVEN),
]
PAID = Investigation(
    case(7, area=None),
    recommendations=(
        Recommendation(RecommendationKind.PAYMENT, "Pay.", payment=Decimal("4200.50")),
        Recommendation(RecommendationKind.PAYMENT, "Pay.", payment=Decimal(100)),
        Recommendation(RecommendationKind.APOLOGY, "Say sorry."),
    ),
)


def test_cases_tell_rates_by_service_area_reports_and_recommendations():
    """Each kind under its heading, with a warning that these are no published rates."""
    report = report_on(AnnualReview(KENT, YEAR), cases=(*CASES, PAID), cases_from=SOURCE)
    areas = section(report, "Uphold rate by service area")

    assert {
        "Adult care services": (Proportion(1, 1), Absent(Missing.NOT_AVAILABLE, "no cases held")),
        "Housing": (Proportion(1, 2), Proportion(1, 1)),
        "Not known": (Proportion(2, 2), Absent(Missing.NOT_AVAILABLE, "no cases held")),
    } == cells(areas.tables[0])
    assert "counted from single cases" in areas.paragraphs[0]
    assert ("23 000 003",) == tuple(cells(section(report, "Public interest reports").tables[0]))
    recommended = cells(section(report, "Recommendations").tables[0])
    assert (2, Amount(Decimal("4300.50"))) == recommended["Payment"]
    assert (1, Absent(Missing.NOT_AVAILABLE, "not known")) == recommended["Apology"]
    assert SOURCE in report.sources


def test_published_decisions_are_said_to_leave_some_out():
    """A rate made of them is never taken for the published one."""
    source = Source("A listing", basis=lgsco.Basis.PUBLISHED_DECISIONS)
    report = report_on(AnnualReview(KENT, YEAR), cases=tuple(CASES), cases_from=source)

    assert "which leave some out" in section(report, "Uphold rate by service area").paragraphs[0]


def test_cases_without_a_report_or_an_area_say_so():
    """Known to have none, and not known to have one, are two things."""
    known = report_on(AnnualReview(KENT, YEAR), cases=(case(1, area=None, public_report=False),))
    unknown = report_on(AnnualReview(KENT, YEAR), cases=(case(1, area=None),))

    assert ("There is no public interest report among these cases.",) == (
        section(known, "Public interest reports").paragraphs
    )
    assert ["A list of single cases, added to the figures"] == [source.title for source in known.sources]
    assert "of 1 case we do not know" in section(unknown, "Public interest reports").paragraphs[0]
    assert {"Not known": (Proportion(1, 1),)} == cells(section(known, "Uphold rate by service area").tables[0])


def test_cases_that_ended_neither_way_make_no_rates():
    """There is then no section on the rates of areas."""
    report = report_on(AnnualReview(KENT, YEAR), cases=(case(1, Outcome.ADVICE_GIVEN),))

    assert "Uphold rate by service area" not in [one.heading for one in report.sections]


def test_cases_of_another_year_alone_tell_nothing_of_this_one():
    """The report is then as without them."""
    assert report_on(AnnualReview(KENT, ReportingYear(2019))) == report_on(
        AnnualReview(KENT, ReportingYear(2019)), cases=tuple(CASES)
    )


def test_casework_tells_what_had_become_of_recommendations_by_a_day():
    """By kind and by service area, late ones by how much, money to the penny, and what is not stated said to be."""
    on_time, late = dt.date(2023, 9, 1), dt.date(2023, 9, 11)
    worked = Investigation(
        case(8, area=None, public_report=True),
        recommendations=(
            Recommendation(RecommendationKind.APOLOGY, "Say sorry.", due_on=on_time, completed_on=on_time),
            Recommendation(RecommendationKind.OTHER, "Mend it.", due_on=on_time, completed_on=late),
            Recommendation(RecommendationKind.OTHER, "Mend more.", due_on=dt.date(2024, 1, 1)),
            Recommendation(RecommendationKind.PAYMENT, "Pay."),
        ),
        enquiries=(Enquiry(dt.date(2023, 4, 3), dt.date(2023, 5, 2), answered_on=dt.date(2023, 5, 12)),),
    )
    paid = Investigation(
        case(9),
        recommendations=(
            Recommendation(RecommendationKind.PAYMENT, "Pay.", due_on=on_time, payment=Decimal("4200.5")),
            Recommendation(RecommendationKind.OTHER, "Mend it.", due_on=on_time, completed_on=dt.date(2023, 9, 2)),
        ),
    )
    tally = lgsco.casework.tally_casework([worked, paid, case(1, area=ServiceArea.OTHER)], dt.date(2023, 12, 31))
    report = report_on(AnnualReview(KENT, YEAR), casework=tally)
    done = section(report, "Progress of recommendations at 31 December 2023")
    asked = section(report, "How the Ombudsman's enquiries had been answered by 31 December 2023")
    by_kind, by_area = done.tables
    unpaid = Absent(Missing.NOT_APPLICABLE, "none")

    assert ["All", "Done on time", "Done late", "Not due yet", "Overdue", "Not done, no due date"] == [
        column.heading for column in by_kind.columns
    ]
    assert {
        "Apology": (1, 1, 0, 0, 0, 0),
        "Payment": (2, 0, 0, 0, 1, 1),
        "Other": (3, 0, 2, 1, 0, 0),
        "All recommendations": (6, 1, 2, 1, 1, 1),
    } == cells(by_kind)
    assert {
        "Housing": (1, Absent(Missing.NOT_AVAILABLE, "not known"), 2, 1, 1, Amount(Decimal("4200.50"))),
        "Other": (1, Absent(Missing.NOT_AVAILABLE, "not known"), 0, 0, 0, unpaid),
        "Not known": (1, 1, 4, 2, 0, Absent(Missing.NOT_AVAILABLE, "not known")),
    } == cells(by_area)
    assert "2 were done late, by 1 to 10 days." in done.paragraphs
    assert "1 is overdue, by 121 days so far." in done.paragraphs
    assert "Of 1 payment the sum is not stated, so that more was recommended than the table shows." in done.paragraphs
    assert "3 of 6 recommendations are outstanding, and count as still waiting." in done.paragraphs[0]
    assert "None is outstanding" in asked.paragraphs[0]
    assert [0, 1, 0, 0, 1, 0] == [row.cells[0] for row in asked.tables[0].rows]


def test_casework_in_which_all_was_done_on_time_tells_of_no_delay():
    """Nothing is said of what is late, overdue or not stated where there is none of it."""
    due = dt.date(2023, 9, 1)
    done = Recommendation(RecommendationKind.APOLOGY, "Say sorry.", due_on=due, completed_on=due)
    tally = lgsco.casework.tally_casework([Investigation(case(8), recommendations=(done,))], dt.date(2023, 12, 31))
    report = report_on(AnnualReview(KENT, YEAR), casework=tally)
    told = section(report, "Progress of recommendations at 31 December 2023")

    assert {"Apology": (1, 1, 0, 0, 0), "All recommendations": (1, 1, 0, 0, 0)} == cells(told.tables[0])
    assert 1 == len(told.paragraphs)


def test_casework_of_which_there_is_none_has_no_section():
    """A day before anything was decided or asked."""
    nothing = lgsco.casework.tally_casework([], dt.date(2023, 12, 31))

    assert report_on(AnnualReview(KENT, YEAR)) == report_on(AnnualReview(KENT, YEAR), casework=nothing)


def test_cases_of_another_council_are_left_out():
    """A dataset has the cases of many councils."""
    assert report_on(COUNTIES[0]) == report_on(COUNTIES[0], cases=tuple(CASES))


def test_service_areas_are_small_panels():
    """One for each area, with its years; cases whose area is not known are counted by themselves."""
    chart = area_chart(CASES)

    assert ["Adult care services", "Housing", "Housing", "Not known"] == [point.panel for point in chart.points]
    assert ("2023-24", "2024-25") == chart.ticks
    assert "Housing: 50% (1 of 2) in 2023-24; 100% (1 of 1) in 2024-25." in chart.words
    with pytest.raises(EmptyInput):
        area_chart([case(1, Outcome.ADVICE_GIVEN)])


def test_service_areas_of_one_year_are_one_below_another():
    """On one scale, with their likely ranges."""
    chart = area_chart([case(1, Outcome.UPHELD), case(2, Outcome.NOT_UPHELD)])
    (point,) = chart.points

    assert (ChartKind.DOTS, Proportion(1, 2), Proportion(1, 2).interval()) == (chart.kind, point.rate, point.interval)
    assert chart.words.startswith(f"{point.name}: 50% (1 of 2), likely range ")


# --- A group


def test_the_county_councils_of_2024_25():
    """Fifteen of 21 pool to 782 of 883, printed 89%."""
    report = group_report(published.dataset(), "county_council", "2024-25")
    counts, rates = section(report, "Totals by group").tables

    assert "County Councils, 2024-25" == report.title
    assert (Proportion(782, 883), 15, PrintedPercent(89)) == cells(rates)["Uphold rate"]
    assert (Absent(Missing.NOT_AVAILABLE, "not held"), 0) == cells(rates)["Compliance rate"][:2]
    assert 18 == cells(counts)["County Councils"][0]
    assert [ChartKind.FUNNEL] == [chart.kind for chart in section(report, "Uphold rate").charts]
    assert [ChartKind.DOTS] == [chart.kind for chart in section(report, "Councils side by side").charts]
    assert section(report, "Compliance rate").paragraphs == ("We do not have this rate for any council.",)
    missing = section(report, "What we have figures for").paragraphs[1]
    assert "We have no figures for Lancashire County Council" in missing
    assert {note.mark for note in report.notes} >= {"Uphold rate", "pooled", "average"}


def test_all_councils_of_a_year():
    """A table for each statistic with a row for each group, and one funnel or list for each group."""
    report = group_report(published.dataset(), None, YEAR)
    groups = [kind.label for kind in AuthorityType if kind.is_comparison_group]

    assert "All councils we have figures for, 2023-24" == report.title
    for table in section(report, "Totals by group").tables:
        assert groups == [row.heading for row in table.rows]
    assert [f"Uphold rate of {small(label)}" for label in groups] == [
        one.heading for one in report.sections if one.heading.startswith("Uphold rate of")
    ]
    assert "What complaints are about" in [one.heading for one in report.sections]
    assert "Uphold rate of county councils, 2023-24, with likely ranges" in [
        chart.title for one in report.sections for chart in one.charts
    ]
    assert "We have figures for 11 of the 21 county councils." == report.sections[0].paragraphs[0]


def test_a_report_on_one_group_names_the_councils_without_figures_once():
    """In its first section; each chart names the group, so that it can stand alone."""
    report = group_report(published.dataset(), "london_borough", YEAR)
    said = [words for one in report.sections for words in one.paragraphs]

    assert 1 == said.count("We have no figures for 22 of the 32 councils of the group.")
    assert all("of London boroughs, 2023-24" in chart.title for one in report.sections for chart in one.charts)


def test_councils_of_no_group_are_named():
    """An abolished council and the City of London are in no total of a group."""
    city = AnnualReview(REGISTER.find("City of London Corporation"), YEAR, investigations=InvestigationTally(1, 1))
    report = of_group(city, group=None, register=REGISTER)

    assert "These were in no comparison group on the last day of the year: City of London Corporation." in [
        words for one in report.sections for words in one.paragraphs
    ]
    assert "All councils we have figures for, 2023-24" == report.title


def test_rates_of_no_cases_are_pooled_to_none():
    """Nothing of nothing stays nothing."""
    report = of_group(county(1, 0, 0))

    assert (
        Absent(Missing.NOT_APPLICABLE, "no complaints were investigated")
        == (cells(section(report, "Totals by group").tables[1])["Uphold rate"][0])
    )
    assert () == report.charts


def test_service_areas_are_added_up_over_the_councils_that_give_them():
    """Beside each sum stands of how many councils it is."""
    reviews = [
        county(1, 1, 1, received=ReceivedTally(housing=3)),
        county(2, 1, 1, received=ReceivedTally(housing=4, other=1)),
        county(3, 1, 1),
    ]
    table = section(of_group(*reviews), "What complaints are about").tables[0]

    assert (7, 2) == cells(table)["Housing"]
    assert (1, 1) == cells(table)["Other"]
    assert (Absent(Missing.NOT_AVAILABLE, "not held"), 0) == cells(table)["Planning and development"]


def test_a_group_report_needs_figures():
    """Of a group and year of which there are none there is no report."""
    with pytest.raises(EmptyInput):
        group_report(published.dataset(), "county_council", "1999-00")
    with pytest.raises(InvalidValue):
        group_report(published.dataset(), "counties", YEAR)


def test_a_group_report_takes_cases():
    """Of all its councils."""
    report = of_group(
        AnnualReview(KENT, YEAR, received=ReceivedTally(total=9)), cases=(*CASES, PAID), register=REGISTER
    )

    assert "Recommendations" in [one.heading for one in report.sections]


# --- Charts


def test_councils_stand_by_name_unless_asked_otherwise():
    """By size the most cases come first; by rate only where somebody asks for it."""
    reviews = [county(2, 9, 1), county(1, 1, 1), county(3, 30, 70), AnnualReview(KENT, YEAR)]

    def names(order):
        return [point.name for point in dot_chart(reviews, lgsco.uphold_rate, order=order).points]

    assert ["County 1", "County 2", "County 3"] == names("name")
    assert ["County 3", "County 2", "County 1"] == names("size")
    assert ["County 3", "County 1", "County 2"] == names("rate")
    assert "We do not have this rate for Kent County Council." in dot_chart(reviews, lgsco.uphold_rate).words
    with pytest.raises(InvalidValue):
        names("merit")


def test_two_councils_of_one_name_stand_in_one_order():
    """In tables and in pictures, in whatever order the reviews are given."""
    reviews = [
        *(county(number, 10 + number, 10) for number in range(4)),
        attrs.evolve(county(4, 3, 1), authority=Authority("County 4", AuthorityType.COUNTY_COUNCIL)),
        attrs.evolve(county(4, 1, 3), authority=Authority("County 4", AuthorityType.COUNTY_COUNCIL, code="E10000034")),
    ]
    other_way = reviews[::-1]

    assert of_group(*reviews) == of_group(*other_way)
    assert dot_chart(reviews, lgsco.uphold_rate) == dot_chart(other_way, lgsco.uphold_rate)
    assert lgsco.similar_authorities(reviews[4], reviews) == lgsco.similar_authorities(reviews[4], other_way)
    assert lgsco.funnel(reviews, lgsco.uphold_rate).as_table() == lgsco.funnel(other_way, lgsco.uphold_rate).as_table()


def test_dots_are_of_one_year_and_one_measure():
    """A line at the average of another year would mislead."""
    average = PrintedAverage(
        AuthorityType.COUNTY_COUNCIL, YEAR, measure=lgsco.compliance_rate, percent=PrintedPercent(99)
    )

    assert "Average of similar councils (Ombudsman's figure): 99%." in (
        dot_chart([county(1, 1, 1, compliance=ComplianceTally(1, 0))], lgsco.compliance_rate, average=average).words
    )
    with pytest.raises(NotComparable):
        dot_chart(COUNTIES, lgsco.uphold_rate, average=average)
    with pytest.raises(NotComparable):
        dot_chart([COUNTIES[0], county(2, 1, 1, year=ReportingYear(2023))], lgsco.uphold_rate)
    with pytest.raises(EmptyInput):
        dot_chart([AnnualReview(KENT, YEAR)], lgsco.uphold_rate)


def test_a_funnel_without_a_target_is_no_chart():
    """Nor is one in which no council has cases."""
    target = lgsco.funnel(COUNTIES, lgsco.uphold_rate).target

    assert funnel_chart(lgsco.funnel(COUNTIES[:2], lgsco.uphold_rate)) is None
    assert funnel_chart(lgsco.funnel([county(1, 0, 0)], lgsco.uphold_rate, target=target)) is None
    drawn = funnel_chart(lgsco.funnel([*COUNTIES, FAR], lgsco.uphold_rate, target=target))
    assert ["County 9"] == [point.name for point in drawn.points if point.named]


def test_a_report_shows_funnels_of_shares_only():
    """A rate for so many residents has another axis."""
    population = lgsco.Population(100_000, dt.date(2022, 6, 30))
    per_head = lgsco.per_population_measure({(one.authority, YEAR): population for one in COUNTIES})

    with pytest.raises(TypeError):
        funnel_chart(lgsco.funnel(COUNTIES, per_head))


def test_years_need_a_rate():
    """Of no year is there a chart."""
    with pytest.raises(EmptyInput):
        years_chart([])
    with pytest.raises(EmptyInput):
        years_chart([AnnualReview(KENT, YEAR)])
    for other in (COUNTIES[1], county(1, 1, 1)):
        with pytest.raises(NotComparable):
            years_chart([COUNTIES[0], other])


def test_compliance_and_lateness_are_two_panels():
    """The late ones are a share of those carried out."""
    history = [
        AnnualReview(KENT, ReportingYear(ending), compliance=ComplianceTally(8, 2, late=4)) for ending in (2019, 2020)
    ]
    chart = years_chart(history, [lgsco.compliance_rate, lgsco.late_compliance_rate])

    assert ["Compliance rate", "Late compliance rate"] == list(dict.fromkeys(point.panel for point in chart.points))
    assert {Proportion(8, 10), Proportion(4, 8)} == {point.rate for point in chart.points}
    assert "Late compliance rate" in [
        column.heading for column in section(report_on(*history), "Year by year").tables[0].columns
    ]


def test_averages_and_england_are_beside_the_years():
    """Those of the council's group and of the years shown; what is printed as text is not drawn."""
    history = [
        AnnualReview(KENT, ReportingYear(ending), investigations=InvestigationTally(8, 2)) for ending in (2023, 2025)
    ]
    averages = [
        PrintedAverage(group, ReportingYear(ending), measure=lgsco.uphold_rate, percent=PrintedPercent(80 + number))
        for number, (group, ending) in enumerate(
            [(KENT.type, 2023), (KENT.type, 2025), (AuthorityType.DISTRICT_COUNCIL, 2024), (KENT.type, 2019)]
        )
    ]
    national = [
        NationalFigures(ReportingYear(2024), upheld=PrintedPercent(81)),
        NationalFigures(ReportingYear(2025), upheld=">80"),
    ]
    lines = years_chart(history, averages=averages, national=national).lines

    assert [
        (LineKind.AVERAGE, "Uphold rate", ((0.0, 0.8), (2.0, 0.81))),
        (LineKind.ENGLAND, "Uphold rate", ((1.0, 0.81),)),
    ] == [(each_line.kind, each_line.panel, each_line.steps) for each_line in lines]


def test_a_control_chart_has_its_average_its_limits_and_its_signals():
    """A year without cases has no point; a short series has neither limits nor an average; counts have no chart."""

    def chart(tallies):
        reviews = [
            AnnualReview(KENT, ReportingYear(2011 + number), compliance=ComplianceTally(*tally))
            for number, tally in enumerate(tallies)
        ]
        return p_chart(History(KENT, reviews), lgsco.compliance_rate)

    whole = chart([(38, 2)] * 6 + [(0, 0), (20, 20)] + [(38, 2)] * 4)
    drawn, short = control_chart(whole), control_chart(chart([(38, 2)] * 2))

    assert ["2017-18"] == [point.at for point in drawn.points if point.marked]
    assert "2016-17" not in {point.at for point in drawn.points}
    assert [LineKind.AVERAGE, LineKind.ALARM, LineKind.ALARM] == [each_line.kind for each_line in drawn.lines]
    assert {12, 11} == {len(each_line.steps) for each_line in drawn.lines}
    assert "signal" in drawn.words
    assert [LineKind.AVERAGE] == [each_line.kind for each_line in short.lines]
    assert drawn.lines[1:] == control_chart(attrs.evolve(whole, centre=None)).lines
    with pytest.raises(EmptyInput):
        control_chart(chart([(0, 0)] * 3))


# --- The letter's words


def read_back(report):
    """Read a report in the letter's words as a letter."""
    lines = [in_the_first_person(words) for one in report.sections for words in (one.heading, *one.paragraphs)]
    return readers.read_letter("\n".join(["Kent County Council", "", "Dear Chief Executive", *lines])).figures


def test_worcestershires_letter_in_its_own_words():
    """As printed in 2020, but for the base of the satisfactory remedies, which is the upheld decisions."""
    report = letter_report(published.dataset(), "Worcestershire", "2019-20")
    read = read_back(report)

    assert (PrintedPercent(86), 19, 22, "detailed investigations", PrintedPercent(66)) == (
        read.upheld.percent,
        read.upheld.count,
        read.upheld.base,
        read.upheld.base_noun,
        read.upheld.average,
    )
    assert (PrintedPercent(92), None, 12, PrintedPercent(100)) == (
        read.compliance.percent,
        read.compliance.count,
        read.compliance.base,
        read.compliance.average,
    )
    assert (PrintedPercent(16), 3, 19, "upheld decisions", PrintedPercent(9)) == (
        read.remedies.percent,
        read.remedies.count,
        read.remedies.base,
        read.remedies.base_noun,
        read.remedies.average,
    )
    assert "not by the Ombudsman" in report.made_by
    assert not any("Yours" in words for one in report.sections for words in one.paragraphs)


def test_a_letter_of_nothing_says_so_in_the_letters_words():
    """0 of 0 is not 0%."""
    nothing = AnnualReview(
        KENT, YEAR, investigations=InvestigationTally(0, 0, satisfactory_remedies=0), compliance=ComplianceTally.zero()
    )
    read = read_back(letter_of(nothing))

    assert (None, None, None) == (read.upheld.percent, read.compliance.percent, read.remedies.percent)
    assert (0, 0, 0) == (read.upheld.base, read.compliance.base, read.remedies.base)


def test_a_letter_of_what_is_not_held_says_so():
    """And keeps a count that is known without its rate."""
    upheld = AnnualReview(KENT, YEAR, investigations=InvestigationTally(4, None))

    assert ("The uphold rate is not held.", "4 upheld decisions") == (
        section(letter_of(upheld), "Complaints upheld").paragraphs
    )
    assert ("The uphold rate is not held.",) == section(
        letter_of(AnnualReview(KENT, YEAR)), "Complaints upheld"
    ).paragraphs


def test_a_letter_from_2024_25_begins_with_the_overview():
    """Where all of it is known, also from the outcomes."""
    overview = Overview(not_for_us=87, assessed_and_closed=128, investigated=76)
    decided = DecisionTally(
        invalid_or_incomplete=1,
        advice_given=2,
        referred_back=3,
        closed_after_initial_enquiries=4,
        not_upheld=5,
        upheld=6,
    )

    (words,) = section(letter_of(AnnualReview(KENT, YEAR, overview=overview)), "Overview").paragraphs
    (summed,) = section(letter_of(AnnualReview(KENT, YEAR, decided=decided)), "Overview").paragraphs

    assert words == (
        "Between 1 April 2023 to 31 March 2024, the Ombudsman dealt with 291 complaints. Of these, 87 were not for the"
        " Ombudsman or not ready for it to investigate. It assessed and closed 128 complaints. It investigated 76"
        " complaints."
    )
    assert "the Ombudsman dealt with 21 complaints" in summed
    part = AnnualReview(KENT, YEAR, overview=Overview(investigated=76, total=291))
    assert "Overview" not in [one.heading for one in letter_of(part).sections]


def test_only_a_computed_average_is_taken_for_one():
    """A comparison with a printed average, or with nothing, is refused."""
    with pytest.raises(TypeError):
        average_in(lgsco.compare(AnnualReview(KENT, YEAR), None, lgsco.uphold_rate))


def test_a_percentage_without_its_counts_is_shown_beside_the_average_without_a_verdict():
    """Bournemouth, Christchurch and Poole 2020-21: 69%, 100% and 0%; and a document that says "n/a" is quoted."""
    report = held_report("Bournemouth, Christchurch and Poole", "2020-21")
    printed = PrintedReview("Kent", YEAR, compliance=PrintedStatistic(percent=Missing.NOT_APPLICABLE))
    row = cells(report.tables[0])["Uphold rate"]

    assert PartialRate("69% (counts not held)", percent=PrintedPercent(69)) == row[0]
    assert (PrintedPercent(63), Absent(Missing.NOT_APPLICABLE, "not compared")) == row[-2:]
    assert report.sections[0].paragraphs[0].endswith("69% (counts not held). The average for unitary councils was 63%.")
    assert ["69%", "0%"] == [
        str(row.cells[0])[: len(text)] for row, text in zip(report.tables[0].rows[::2], ("69%", "0%"), strict=True)
    ]
    assert (
        Absent(Missing.NOT_APPLICABLE, "n/a, as the document says")
        == (cells(report_on(AnnualReview(KENT, YEAR), printed=(printed,)).tables[0])["Compliance rate"][0])
    )


def test_a_group_of_which_nothing_is_counted_says_so():
    """A council of which only a percentage is held, alone in its group and year."""
    printed = PrintedReview("Kent", ReportingYear(2012), upheld=PrintedStatistic(percent=PrintedPercent(50)))
    report = report_on(AnnualReview(KENT, ReportingYear(2012)), printed=(printed,))

    assert ("We have no counts of county councils for 2011-12.",) == section(report, "Similar councils").paragraphs


def test_how_far_councils_differ_is_said_of_a_funnel():
    """Unless the limits allow for it already, or are exact."""
    data = published.dataset()

    def sure(**options):
        report = funnel_report(data, "county_council", "2024-25", lgsco.uphold_rate, **options)
        return " ".join(section(report, "How sure can we be?").paragraphs)

    assert "1.9 times as much" in sure()
    assert "times as much" not in sure(limits="exact")
    assert "widened" in sure(overdispersion="additive")
    target = lgsco.funnel(COUNTIES, lgsco.uphold_rate, target=0.5)
    assert "Share that was asked for, 50.0%" == funnel_chart(target).lines[0].name


def test_the_years_of_a_council_without_figures_are_none():
    """The report says what is known of the council: when it ended, and what came after it."""
    report = history_report(published.dataset(), "Taunton Deane")

    assert "was abolished on 1 April 2019" in report.sections[0].paragraphs[0]
    assert () == report.tables


def test_of_a_year_after_its_end_a_report_says_first_that_the_council_was_no_more():
    """And says it once; a name that is not a council's own has its article within a sentence."""
    report = held_report("Cumbria County Council", ReportingYear(2025))
    paragraphs = held_report("London Borough of Croydon", YEAR).sections[0].paragraphs
    empty = held_report("Adur", YEAR)

    assert (
        "Cumbria County Council was abolished on 1 April 2023. It was replaced by" in report.sections[0].paragraphs[0]
    )
    assert not any("abolished" in item for item in section(report, "Read with care").items)
    assert "about the London Borough of Croydon and" in paragraphs[0]
    assert "In 2023-24 the London Borough of Croydon carried out" in paragraphs[1]
    assert (2, 0) == (len(empty.sections[0].links), len(section(empty, "What to do next").links))


def test_a_table_says_no_more_than_the_sentences_leave_to_say():
    """None due is no table of zeros, no cases have no likely range, and a caption does not repeat its heading."""
    none_due = held_report("Runnymede", ReportingYear(2023))
    similar = section(none_due, "Similar councils").tables[0]
    page = lgsco.render.to_html(none_due)

    assert not any(each.heading == "Whether recommendations were carried out" for each in none_due.sections)
    assert ["Uphold rate", "Likely range"] == [column.heading for column in similar.columns]
    assert ["no complaints were investigated", "no rate"] == next(
        [cell.words for cell in row.cells] for row in similar.rows if row.heading == "South Hams District Council"
    )
    assert 1 == len(re.findall(r'<caption id="[^"]*"><span class="lgsco-heard">The three statistics', page))
    assert re.search(r'<caption id="[^"]*">Uphold rate of district councils', page)
