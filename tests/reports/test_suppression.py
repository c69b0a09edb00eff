"""Reports from own cases without small counts: cells, charts and sentences."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.refusals import fields

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceTally,
    Dataset,
    Decision,
    DecisionTally,
    Enquiry,
    Investigation,
    Outcome,
    Proportion,
    Recommendation,
    RecommendationKind,
    Register,
    ReportingYear,
    ServiceArea,
    convert,
    review_of,
    strategies,
)
from lgsco.casework import tally_casework
from lgsco.documents import Missing
from lgsco.errors import EmptyInput, InvalidValue
from lgsco.model import RegisterEntry
from lgsco.reports import Absent, Amount, area_chart, council_report, group_report
from lgsco.reports.cases import cases_sections
from lgsco.reports.casework import casework_sections
from lgsco.site import site_pages

COUNCIL = Authority("Barsetshire County Council", AuthorityType.COUNTY_COUNCIL)
YEAR, ON = ReportingYear(2024), dt.date(2024, 3, 31)
HIDDEN = Absent(Missing.WITHHELD, "[c]")
APOLOGY, PAYMENT = RecommendationKind.APOLOGY, RecommendationKind.PAYMENT


def cases(area, upheld, not_upheld, recommendations=(), enquiries=()):
    """Cases of one service area, of which the first has the recommendations and the enquiries."""
    outcomes = [Outcome.UPHELD] * upheld + [Outcome.NOT_UPHELD] * not_upheld
    number = [*ServiceArea].index(area) + 1
    made = [
        Investigation(
            Decision(
                f"23 {number:03} {index:03}",
                COUNCIL,
                outcome=outcome,
                decided_on=dt.date(2023, 6, 1),
                service_area=area,
                public_report=False,
            )
        )
        for index, outcome in enumerate(outcomes)
    ]
    return [
        Investigation(made[0].decision, recommendations=tuple(recommendations), enquiries=tuple(enquiries)),
        *made[1:],
    ]


def recommended(kind, number, *, done=None, payment=None):
    due = dt.date(2023, 9, 1)
    return [
        Recommendation(kind, f"Do {index}.", due_on=due, completed_on=done, payment=payment) for index in range(number)
    ]


ON_TIME, LATE = dt.date(2023, 8, 1), dt.date(2023, 10, 1)
HOUSING = cases(
    ServiceArea.HOUSING,
    3,
    9,
    [
        *recommended(APOLOGY, 3, done=LATE),
        *recommended(APOLOGY, 20, done=ON_TIME),
        *recommended(PAYMENT, 9, done=LATE, payment=Decimal(100)),
    ],
    [
        Enquiry(dt.date(2023, 4, 3), dt.date(2023, 5, 2), answered_on=dt.date(2023, 5, day))
        for day in (1, 9, 9, 9, 9, 9)
    ],
)
PLANNING = cases(
    ServiceArea.PLANNING_AND_DEVELOPMENT,
    7,
    6,
    [*recommended(PAYMENT, 28, done=ON_TIME), *recommended(PAYMENT, 2, done=ON_TIME, payment=Decimal(50))],
)
HIGHWAYS = cases(ServiceArea.HIGHWAYS_AND_TRANSPORT, 8, 40, recommended(APOLOGY, 6))
ALL = [*HOUSING, *PLANNING, *HIGHWAYS]


def cells(table):
    return {row.heading: row.cells for row in table.rows}


def test_a_rate_of_few_and_the_one_that_would_tell_it_are_in_no_cell_point_or_sentence():
    """Three upheld of twelve go, and with them the area with the fewest others; the sums of the year stay."""
    rates, _, recommendations = cases_sections(ALL, YEAR, None, suppression="below-five")

    assert {
        "Housing": (HIDDEN,),
        "Planning and development": (HIDDEN,),
        "Highways and transport": (Proportion(8, 48),),
    } == {heading: cells(rates.tables[0])[heading] for heading in cells(rates.tables[0])}
    assert [Proportion(8, 48)] == [point.rate for point in rates.charts[0].points]
    assert "Housing" not in rates.charts[0].words
    assert "[c]" in rates.paragraphs[1]
    assert (29, Absent(Missing.NOT_AVAILABLE, "not known")) == cells(recommendations.tables[0])["Apology"]
    assert (39, Amount(Decimal("1000.00"))) == cells(recommendations.tables[0])["Payment"]

    few = cases_sections(HOUSING, YEAR, None, suppression="below-ten")
    assert () == few[0].charts
    with pytest.raises(EmptyInput):
        area_chart(HOUSING, suppression="below-ten")
    assert (HIDDEN, HIDDEN) == cells(few[2].tables[0])["Payment"]


def test_what_two_tables_would_tell_together_stands_in_one_of_them():
    """Recommendations by kind are in the tables of the casework."""
    tally = tally_casework(ALL, ON)

    assert 3 == len(cases_sections(ALL, YEAR, None, casework=tally))
    assert 2 == len(cases_sections(ALL, YEAR, None, suppression="below-five", casework=tally))


def test_reports_take_the_policy_as_one_argument():
    """On a council with its casework, and on a group."""
    data = Dataset(
        Register((RegisterEntry(COUNCIL, group=COUNCIL.type),)),
        cases=tuple(HOUSING),
        counts=(review_of(COUNCIL, YEAR, HOUSING),),
    )
    tally = tally_casework(HOUSING, ON)
    rates = "Uphold rate by service area"
    for report in (
        council_report(data, COUNCIL, YEAR, casework=tally, suppression="below-five"),
        group_report(data, "county_council", YEAR, suppression="below-five"),
    ):
        (shown,) = [section for section in report.sections if section.heading == rates]
        assert {"Housing": (HIDDEN,)} == cells(shown.tables[0])
    pages = {
        policy: [page.content().decode() for page in site_pages(data, charts=False, suppression=policy)]
        for policy in ("off", "below-five")
    }
    assert (False, True) == tuple(any("[c]" in page for page in pages[policy]) for policy in pages)


def test_casework_tells_no_small_count():
    """Neither by kind nor by area, nor in its sentences."""
    done, asked = casework_sections(tally_casework(ALL, ON), suppression="below-five")
    by_kind, by_area = done.tables

    assert ["All", "Done on time", "Done late", "Not due yet", "Overdue"] == [
        column.heading for column in by_kind.columns
    ]
    assert {
        "Apology": (29, HIDDEN, HIDDEN, 0, 6),
        "Payment": (39, HIDDEN, HIDDEN, 0, 0),
        "All recommendations": (68, 50, 12, 0, 6),
    } == cells(by_kind)
    assert {
        "Highways and transport": (48, 0, 6, 6, 6, Absent(Missing.NOT_AVAILABLE, "not known")),
        "Housing": (12, 0, 32, 0, 0, HIDDEN),
        "Planning and development": (13, 0, 30, 0, 0, HIDDEN),
    } == cells(by_area)
    assert done.paragraphs[1:3] == ("12 were done late, by 30 days.", "6 are overdue, by 212 days so far.")
    assert [HIDDEN, HIDDEN, 0, 0, 6, 0] == [row.cells[0] for row in asked.tables[0].rows]
    assert "None is outstanding" in asked.paragraphs[0]


def test_sentences_on_small_counts_are_left_out():
    """Of six recommendations two are done late, one is overdue, and of one payment the sum is not stated."""
    few = cases(
        ServiceArea.HOUSING,
        9,
        9,
        [*recommended(APOLOGY, 3, done=ON_TIME), *recommended(APOLOGY, 2, done=LATE), *recommended(PAYMENT, 1)],
        [Enquiry(dt.date(2023, 4, 3), dt.date(2023, 5, 2))],
    )
    done, asked = casework_sections(tally_casework(few, ON), suppression="below-five")

    assert 2 == len(done.paragraphs)
    assert "some payments" in done.paragraphs[0]
    assert 1 == len(asked.paragraphs)
    assert (6, HIDDEN, HIDDEN, 0, HIDDEN) == cells(done.tables[0])["All recommendations"]
    assert (18, 0, HIDDEN, HIDDEN, HIDDEN) == cells(done.tables[1])["Housing"][:5]


@given(strategies.investigation_lists(), st.sampled_from([("below-five", 5), ("below-ten", 10)]))
def test_no_report_of_cases_shows_a_small_count(investigations, policy):
    """In no cell, in no rate, and in no point of a chart."""
    name, least = policy
    sections = [
        section
        for year in {ReportingYear.containing(case.decision.decided_on) for case in investigations}
        for section in (
            *cases_sections(investigations, year, None, suppression=name),
            *casework_sections(tally_casework(investigations, year.end), suppression=name),
        )
    ]
    rates = [point.rate for section in sections for chart in section.charts for point in chart.points]
    for section in sections:
        for table in section.tables:
            shown = [cell for row in table.rows for cell in row.cells]
            rates += [cell for cell in shown if isinstance(cell, Proportion)]
            assert not [cell for cell in shown if type(cell) is int and 0 < cell < least]
    assert not [
        rate for rate in rates for count in (rate.numerator, rate.denominator - rate.numerator) if 0 < count < least
    ]


def test_rows_have_the_sign_where_a_report_has_it():
    """For kinds, areas and enquiries; what has no counts to suppress is refused."""
    tally = tally_casework(ALL, ON)
    apology, payment = convert.rows_of(tally.by_kind, suppression="below-five")
    areas = convert.rows_of(tally.by_area, suppression="below-five")
    [enquiries] = convert.rows_of([tally.enquiries], suppression="below-five")

    assert ["[c]", "[c]", 6] == [
        apology[f"recommendations_{name}"] for name in ("done_on_time", "done_late", "overdue")
    ]
    assert "[c]" == payment["recommendations_done_late"]
    assert [Decimal("0.00"), "[c]", "[c]"] == [row["payments_pounds"] for row in areas]
    assert "[c]" == enquiries["answered_late"]
    assert ",[c],[c]," in convert.to_csv([tally.enquiries], suppression="below-five").replace("\n", ",")
    reviews = [
        AnnualReview(COUNCIL, YEAR, compliance=ComplianceTally(9, 3, late=2)),
        AnnualReview(COUNCIL, YEAR, decided=DecisionTally(upheld=3, not_upheld=9)),
    ]
    compliance, decided = convert.rows_of(reviews, suppression="below-five")
    assert [12, "[c]", "[c]", "[c]"] == [
        compliance[name] for name in ("compliance_outcomes", "complied", "not_complied", "late")
    ]
    assert ["[c]", "[c]", None] == [decided[f"decided_{name}"] for name in ("upheld", "not_upheld", "total")]
    with pytest.raises(TypeError):
        convert.rows_of([Proportion(3, 4)], suppression="below-five")
    with pytest.raises(InvalidValue) as caught:
        convert.rows_of([], suppression="below-six")
    assert ["suppression"] == fields(caught)
