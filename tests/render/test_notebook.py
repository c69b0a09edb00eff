"""How results show themselves in a notebook: tables with captions, plain text twins, and no harm from a name."""

import datetime as dt
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.rendered import Page
from tests.support.values import KENT, report_on

import lgsco
from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceTally,
    InvestigationTally,
    Population,
    PopulationRate,
    PrintedPercent,
    Proportion,
    ReportingYear,
    Source,
    casework,
    compare,
    funnel,
    render,
    reports,
    strategies,
    uphold_rate,
)
from lgsco._text import ShownAsTable, one_line
from lgsco.errors import EmptyInput

YEAR = ReportingYear(2024)
REVIEW = AnnualReview(
    KENT,
    YEAR,
    investigations=InvestigationTally(76, 18),
    compliance=ComplianceTally(62, 1),
    source=Source("LGSCO, Your council's performance"),
)


def counties(upheld=(20, 21, 22, 23, 24, 25)):
    return [
        AnnualReview(
            Authority(f"County {at}", AuthorityType.COUNTY_COUNCIL), YEAR, investigations=InvestigationTally(count, 5)
        )
        for at, count in enumerate(upheld)
    ]


def table(held):
    """Give the caption and the rows that a notebook shows, which its two forms agree on."""
    bundle = held._repr_mimebundle_(include=None, exclude=None)
    page = Page(bundle["text/html"])
    (shown,) = page.tables

    assert {"text/plain", "text/html"} == set(bundle)
    assert bundle["text/html"] == held._repr_html_()
    for words in (shown["caption"], *(cell for row in shown["rows"] for cell in row)):
        assert words in bundle["text/plain"]
    return shown["caption"], shown["rows"]


def test_a_rate():
    """With its counts and its interval; none of nothing."""
    assert [["Rate", "Counted", "Of", "95% interval (Wilson)"], ["81%", "76", "94", "72% to 88%"]] == (
        table(Proportion(76, 94))[1]
    )
    assert ["no rate", "0", "0", "no rate"] == table(Proportion(0, 0))[1][1]


def test_a_rate_per_population():
    """With the events and the people, and its interval by Byar."""
    people = Population(560_000, dt.date(2021, 6, 30))

    assert [
        ["Rate per 100,000", "Events", "People", "95% interval (Byar)"],
        ["5.5", "31", "560,000", "3.8 to 7.9"],
    ] == table(PopulationRate(31, people))[1]
    assert ["no rate", "0", "0", "no rate"] == table(PopulationRate(0, Population(0, people.estimated_on)))[1][1]


def test_a_review():
    """The counts that are known, those that are not, and the source."""
    caption, rows = table(REVIEW)

    assert "Kent County Council, 2023-24. Source: LGSCO, Your council's performance" == caption
    assert ["Investigations: upheld", "76"] in rows
    assert ["Compliance: late", "not known"] in rows
    assert ["Compliance: total", "63"] in rows
    assert [["Count", "Number"], ["All counts", "not known"]] == table(AnnualReview(KENT, YEAR))[1]


def test_a_comparison():
    """The rate, its interval, the benchmark, the verdict, the sentence and each caution."""
    beside = compare(attrs.evolve(REVIEW, year=ReportingYear(2023)), PrintedPercent(85), uphold_rate)
    caption, rows = table(beside)

    assert "Uphold rate, Kent County Council, 2022-23" == caption
    assert [
        ["Part", "Figure"],
        ["This council", "81% (76 of 94)"],
        ["Likely range", "72% to 88%"],
        ["Compared with", "85% (published)"],
        ["Verdict", "not distinguishable"],
        ["In words", beside.sentence()],
        *(["Read with care", caution.words] for caution in beside.cautions),
    ] == rows
    assert beside.cautions


@pytest.mark.parametrize(
    ("against", "shown"),
    [
        (None, "none held"),
        (Fraction(2, 3), "66.7% (target)"),
        (lgsco.average_of(counties(), uphold_rate), "82% (pooled average of 6 others)"),
        (lgsco.average_of(counties()[:2], uphold_rate), "none"),
        (
            lgsco.PrintedAverage(AuthorityType.COUNTY_COUNCIL, YEAR, measure=uphold_rate, percent=PrintedPercent(85)),
            "85% (average of similar councils)",
        ),
    ],
)
def test_each_kind_of_benchmark(against, shown):
    """As a figure, and what kind it is."""
    assert ["Compared with", shown] in table(compare(REVIEW, against, uphold_rate))[1]


def test_a_comparison_without_a_rate():
    """Says so in each place."""
    rows = table(compare(AnnualReview(KENT, YEAR), None, uphold_rate))[1]

    assert ["This council", "not held"] in rows
    assert ["Likely range", "no rate"] in rows


def test_a_funnel():
    """The councils by name, each with its rate and position, about the target."""
    caption, rows = table(funnel([*counties(), AnnualReview(KENT, YEAR)], uphold_rate))

    assert "Uphold rate of County Councils, 2023-24, by name; limits about 81.8%, average of the 6 councils shown" == (
        caption
    )
    assert [f"County {at}" for at in range(6)] == [row[0] for row in rows[1:]]
    assert ["County 0", "80% (20 of 25)", "within"] == rows[1]


def test_a_funnel_of_too_few_says_so():
    """And of rates per population the target is one."""
    caption, rows = table(funnel(counties((0,)), uphold_rate))
    people = {(one.authority, YEAR): Population(100_000, dt.date(2022, 6, 30)) for one in counties()}
    per_head = funnel(counties(), lgsco.per_population_measure(people))

    assert "no funnel: only 1" in caption
    assert "-" == rows[1][2]
    assert "limits about 22.5 per 100,000" in table(per_head)[0]
    assert [["Council", "Rate", "Position"], ["No council held", "-", "-"]] == (
        table(funnel([AnnualReview(KENT, YEAR)], uphold_rate))[1]
    )


@settings(max_examples=settings.default.max_examples // 2)
@given(
    st.one_of(
        strategies.proportions(),
        strategies.population_rates(),
        strategies.annual_reviews(),
        strategies.comparisons(),
        strategies.funnels(),
    )
)
def test_every_result_shows_itself(held):
    """Well-formed, with its cells as they are, and no element but those of a table."""
    caption, header, rows = held.as_table()
    page = Page(held._repr_html_())

    assert isinstance(held, ShownAsTable)
    assert {"table", "caption", "thead", "tbody", "tr", "th", "td"} >= {tag for tag, _ in page.elements}
    assert [[one_line(cell) for cell in row] for row in (header, *rows)] == page.tables[0]["rows"]
    assert one_line(caption) == page.tables[0]["caption"]


# --- Reports and charts


def test_a_chart_shows_itself():
    """As a picture, with its words for whoever reads plain text."""
    chart = reports.years_chart([REVIEW])
    name = "kent-county-council-year-by-year-with-likely-ranges"
    bundle = chart._repr_mimebundle_(include=None, exclude=None)

    assert {"text/plain", "image/svg+xml"} == set(bundle)
    assert chart.words in bundle["text/plain"]
    assert render.to_svg(chart, name=name) == bundle["image/svg+xml"]


def test_a_report_is_shown_as_its_page():
    """A fragment, and Markdown where there is no HTML."""
    made = report_on(REVIEW)
    bundle = made._repr_mimebundle_()

    assert bundle["text/html"] == render.to_html(made, fragment=True, level=2)
    assert bundle["text/plain"] == bundle["text/markdown"] == render.to_markdown(made)


def test_casework_shows_itself():
    """A tally as its tables, a log as one; without cases as a sentence."""
    on = dt.date(2024, 3, 31)
    done = lgsco.Recommendation(
        lgsco.RecommendationKind.APOLOGY,
        "Apologise <b>",
        due_on=dt.date(2024, 1, 31),
        completed_on=dt.date(2024, 1, 15),
    )
    decision = lgsco.Decision("24 000 001", KENT, outcome=lgsco.Outcome.UPHELD, decided_on=dt.date(2024, 1, 1))
    case = lgsco.Investigation(decision, recommendations=[done])
    tally, log = casework.tally_casework([case], on), casework.learning_log([case], on)
    of_tally, of_log = tally._repr_mimebundle_(), log._repr_mimebundle_()

    assert [1, 2] == [len(Page(bundle["text/html"]).tables) for bundle in (of_log, of_tally)]
    assert "Apologise <b>" in Page(of_log["text/html"]).text
    assert "Apologise <b>" in of_log["text/plain"]
    for empty in (casework.tally_casework([], on), casework.learning_log([], on)):
        assert str(empty) == Page(empty._repr_mimebundle_()["text/html"]).text.replace("  ", " ")


def test_several_results_are_one_table():
    """With a row for each and the columns that are not empty; of no results there is none."""
    beside = [compare(REVIEW, PrintedPercent(percent), uphold_rate) for percent in (85, 90)]
    table = render.table_of(beside, caption="Two comparisons")

    assert ("Two comparisons", 2) == (table.caption, len(table.rows))
    assert {"numerator", "denominator", "percent"} <= {column.heading for column in table.columns}
    assert "Two comparisons" in Page(table._repr_mimebundle_()["text/html"]).tables[0]["caption"]
    assert "2 results" == render.table_of(beside).caption
    with pytest.raises(EmptyInput):
        render.table_of([])


def test_a_table_of_a_report_is_shown_with_its_caption():
    """Every cell in words, what is marked said to be, and the breaks in a column of their own where there are any."""
    this_year = attrs.evolve(REVIEW, year=ReportingYear(2023))
    history = [this_year, AnnualReview(KENT, ReportingYear(2022), investigations=InvestigationTally(53, 8))]
    statistics, _, years, *_ = report_on(this_year, *history).tables

    assert [
        ["Statistic", "This council", "Likely range", "Average", "In short"],
        ["Uphold rate", "81% (76 of 94)", "72% to 88%", "not held", "not compared"],
        ["Compliance rate", "98% (62 of 63)", "92% to 100%", "not held", "1 not carried out"],
        ["Satisfactory remedy rate", "not held", "not held", "not held", "not compared"],
    ] == shown_table(statistics)
    assert [
        ["Year", "Uphold rate", "Compliance rate", "Series break"],
        ["2021-22", "87% (53 of 61)", "not held", ""],
        [
            "2022-23 (this year)",
            "81% (76 of 94)",
            "98% (62 of 63)",
            f"{lgsco.model.SERIES_BREAKS[-1].what} (uphold rate)",
        ],
    ] == shown_table(years)


def shown_table(held):
    bundle = held._repr_mimebundle_()
    (page,) = Page(bundle["text/html"]).tables

    assert held.caption == page["caption"]
    assert bundle["text/plain"].startswith(f"{held.caption}\n\n")
    assert all(cell in bundle["text/plain"] for row in page["rows"] for cell in row)
    return page["rows"]
