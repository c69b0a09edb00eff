"""
Laws of reports.

- Every figure of a review stands in its report as the core computes it.
- Every table of a report reads the same in HTML, in Markdown and in the record.
- Whatever its texts are, a report is a well-formed page whose elements do not depend on them.
- Every cell of every table is read back from CSV and from a workbook, and no cell of either is a formula.
- Every rate that is drawn stands in a table beside the picture, and is drawn in its place.
- A report in the letter's words, in the first person again, is read back as the counts it was made from, as
  far as a letter can hold them.
- A chart is plain data, in which every point has its counts.
"""

import csv
import datetime as dt
import io
import json
import re
from collections import Counter
from decimal import Decimal
from xml.etree import ElementTree as ET

import attrs
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.letters import in_the_first_person
from tests.support.rendered import Page, markdown_tables
from tests.support.values import data_of

from lgsco import (
    KEY_STATISTICS,
    AuthorityType,
    PrintedPercent,
    Proportion,
    Register,
    ReportingYear,
    compliance_rate,
    late_compliance_rate,
    readers,
    strategies,
    uphold_rate,
)
from lgsco._text import one_line
from lgsco.render import to_csv, to_html, to_markdown, to_svg, to_vega_lite, to_workbook
from lgsco.reports import (
    Absent,
    Amount,
    ChartKind,
    ColumnKind,
    Day,
    PartialRate,
    council_report,
    dot_chart,
    group_report,
    letter_report,
)

SVG = "{http://www.w3.org/2000/svg}"

ALONE = Register([])
FEWER = settings(max_examples=settings.default.max_examples // 2)
COUNCILS = strategies.authorities(types=st.just(AuthorityType.COUNTY_COUNCIL))
REVIEWS = strategies.annual_reviews(
    authorities=COUNCILS, years=strategies.reporting_years(min_ending=2015, max_ending=2030)
).map(lambda review: attrs.evolve(review, source=None))
"""Published counts: a dataset does not let own cases stand in for them."""


def shown(cell):
    """Give what a reader should read of a cell, worked out apart from the renderers."""
    if isinstance(cell, Proportion) and cell.denominator:
        percent = int(200 * cell.numerator / cell.denominator + 1) // 2
        exact = (200 * cell.numerator + cell.denominator) // (2 * cell.denominator)
        low = " [low]" if cell.numerator and not exact else ""
        assert abs(percent - exact) <= 1
        return f"{exact}%{low} ({cell.numerator:,} of {cell.denominator:,})"
    if type(cell) is int:
        return f"{cell:,}"
    if isinstance(cell, Amount):
        whole, point, places = str(cell).partition(".")
        return f"{int(whole):,}{point}{places}"
    if hasattr(cell, "percents"):
        return "{}% to {}%".format(*cell.percents())
    return one_line(str(cell))


def rows_of_page(report):
    """Give the rows of each table of a page, the headings of columns and of breaks left out."""
    return [
        [row[1:] for row in table["rows"][1:] if len(row) > 1] for table in Page(to_html(report, charts=False)).tables
    ]


@FEWER
@given(strategies.reports(charts=False))
def test_a_page_shows_every_cell(report):
    """Each cell of each table reads as its figure does."""
    assert [[[shown(cell) for cell in row.cells] for row in table.rows] for table in report.tables] == rows_of_page(
        report
    )


@FEWER
@given(strategies.reports(charts=False))
def test_markdown_shows_every_cell(report):
    """The same, signs that Markdown would take for its own included."""
    assert [[[shown(cell) for cell in row.cells] for row in table.rows] for table in report.tables] == [
        [row[1:] for row in table[1:]] for table in markdown_tables(to_markdown(report))
    ]


def plain(cell, kind):
    """Give what a machine should read of a cell, worked out apart from the renderers: one figure a column."""
    width = {ColumnKind.RATE: 3, ColumnKind.LIMITS: 2}.get(kind, 1)
    if isinstance(cell, Absent):
        return [cell.missing.sign] * width
    if isinstance(cell, PartialRate):
        percent = None if cell.percent is None else Decimal(cell.percent.value)
        return ["[x]" if part is None else part for part in (percent, cell.numerator, cell.denominator)]
    if isinstance(cell, Proportion):
        percent = (200 * cell.numerator + cell.denominator) // (2 * cell.denominator) if cell.denominator else "[z]"
        return ["[low]" if cell.numerator and not percent else percent, cell.numerator, cell.denominator]
    if isinstance(cell, PrintedPercent):
        return [Decimal(cell.value)]
    if isinstance(cell, Amount):
        return [cell.number]
    if isinstance(cell, Day):
        return [cell.date]
    return list(cell.percents()) if kind is ColumnKind.LIMITS else [cell]


def plain_rows(table):
    """Give the figures and the texts of each row, its heading left out."""
    kinds = [column.kind for column in table.columns]
    return [
        [part for cell, kind in zip(row.cells, kinds, strict=True) for part in plain(cell, kind)] for row in table.rows
    ]


def as_expected(found, expected):
    """Read what a file holds as the kind of thing that is expected there; a text as far as it says the same."""
    if isinstance(expected, str):
        # A workbook says of a text without letters that it is as written.
        return expected if letters(found.removesuffix(" (as written)")) == letters(expected) else found
    if isinstance(expected, dt.date):
        return found.date() if isinstance(found, dt.datetime) else dt.date.fromisoformat(found)
    return Decimal(repr(found) if isinstance(found, float) else str(found))


def letters(text):
    return "".join(character for character in one_line(text) if character.isalnum())[:100]


@FEWER
@given(strategies.reports(charts=False))
def test_csv_is_read_back(report):
    """Every figure to the last digit, every text with its letters, and no cell that a spreadsheet would run."""
    for table in report.tables:
        _, *rows = csv.reader(io.StringIO(to_csv(report, table), newline=""))
        expected = plain_rows(table)

        assert expected == [
            [as_expected(found, wanted) for found, wanted in zip(row[1:], line, strict=False)]
            for row, line in zip(rows, expected, strict=True)
        ]
        assert not [cell for row in rows for cell in row if cell and cell[0] in "=+-@"]


@settings(max_examples=max(settings.default.max_examples // 10, 3), deadline=None)
@given(strategies.reports(charts=False))
def test_a_workbook_is_read_back(report):
    """The same of the workbook's cells."""
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(report)))
    for number, table in enumerate(report.tables, 1):
        sheet = book[f"Table_{number}"]
        ((reference, _),) = [(held.ref, held) for held in sheet.tables.values()]
        _, *rows = [[cell.value for cell in row] for row in sheet[reference]]
        expected = plain_rows(table)

        assert expected == [
            [as_expected(found, wanted) for found, wanted in zip(row[1:], line, strict=False)]
            for row, line in zip(rows, expected, strict=True)
        ]
    assert {"s", "n", "d"} >= {cell.data_type for sheet in book for row in sheet for cell in row}


@settings(deadline=None)
@given(strategies.report_charts())
def test_a_picture_has_every_rate(chart):
    """A mark for each place, with the names and the counts of all who are there, wide and narrow."""
    counts = Counter((point.rate.numerator, point.rate.denominator) for point in chart.points)
    for narrow in (False, True):
        root = ET.fromstring(to_svg(chart, narrow=narrow))
        marks = [held.find(f"{SVG}title").text for held in root if held.find(f"{SVG}title") is not None]
        drawn = Counter(
            tuple(int(part.replace(",", "")) for part in match)
            for mark in marks
            for match in re.findall(r"% \(([\d,]+) of ([\d,]+)\)(?:; |$)", mark)
        )

        assert set(counts) == set(drawn)
        assert all(number in {counts[place], 8} for place, number in drawn.items())


@FEWER
@given(st.data())
def test_every_rate_drawn_stands_in_a_table_beside_it(data):
    """In the same part of a report on a council or on a group."""
    review = data.draw(REVIEWS)
    years = data.draw(st.lists(st.integers(2015, 2030), max_size=3, unique=True))
    history = [
        attrs.evolve(data.draw(REVIEWS), authority=review.authority, year=ReportingYear(ending))
        for ending in years
        if ending != review.year.ending
    ]
    group = [attrs.evolve(one, source=None) for one in data.draw(strategies.review_groups(min_size=1, max_size=7))]

    data = data_of(review, *history, *group, register=ALONE)
    reports = [council_report(data, review.authority, review.year)]
    if data.reviews(year=group[0].year):
        reports.append(group_report(data, None, group[0].year))
    for report in reports:
        for section in report.sections:
            held = [cell for table in section.tables for row in table.rows for cell in row.cells]
            assert all(point.rate in held for chart in section.charts for point in chart.points)


@FEWER
@given(strategies.reports(charts=False))
def test_the_elements_of_a_page_do_not_depend_on_its_texts(report):
    """A page is well-formed, and has an article, a heading for each section, and no script."""
    page = Page(to_html(report, charts=False))
    tags = [tag for tag, _ in page.elements]

    assert 1 == tags.count("article") == tags.count("h1")
    assert len(report.sections) + bool(report.notes) + bool(report.sources) == tags.count("h2")
    assert "script" not in tags
    assert one_line(report.title) in page.text


@FEWER
@given(st.data())
def test_every_figure_of_a_review_is_the_cores(data):
    """The three statistics, in this year and over the years, are what the measures give."""
    review = data.draw(REVIEWS)
    other = data.draw(strategies.annual_reviews(authorities=st.just(review.authority), years=st.just(review.year)))
    other = attrs.evolve(other, source=None, year=attrs.evolve(review.year, ending=review.year.ending + 2))
    report = council_report(data_of(review, other, register=ALONE), review.authority, review.year)

    def is_of(text, one, measure):
        rate = measure(one)
        if rate is None:
            return text.endswith(("not held", "not held)"))
        return text == (measure.nothing if rate.value is None else shown(rate))

    # What is known comes first, which may be other counts.
    place = [table.stub for table in report.tables].index("Statistic")
    statistics = [*rows_of_page(report)][place]
    assert all(is_of(row[0], review, measure) for row, measure in zip(statistics, KEY_STATISTICS, strict=True))
    years = [table for table in report.tables if table.stub == "Year"]
    titles = {measure.title: measure for measure in (*KEY_STATISTICS, late_compliance_rate)}
    for table in years:
        for row, one in ((table.rows[0], review), (table.rows[-1], other)):
            for column, cell in zip(table.columns, row.cells, strict=True):
                assert is_of(shown(cell), one, titles[column.heading])


@FEWER
@given(strategies.review_groups(min_size=1, max_size=7))
def test_totals_of_a_group_are_the_sums_of_its_councils(reviews):
    """Pooled over those whose rate is known, and every council's rate stands beside its name."""
    data = data_of(*(attrs.evolve(review, source=None) for review in reviews), register=ALONE)
    reviews = data.reviews()
    if not reviews:
        return
    report = group_report(data, None, reviews[0].year)
    rates = [rate for review in reviews if (rate := uphold_rate(review)) is not None]
    pooled = Proportion(sum(rate.numerator for rate in rates), sum(rate.denominator for rate in rates))
    totals = report.tables[1].rows[0].cells

    assert len(rates) == totals[1]
    assert isinstance(totals[0], Absent) if pooled.value is None else pooled == totals[0]
    named = {row.heading: row.cells[0] for table in report.tables if table.stub == "Council" for row in table.rows}
    assert all(
        isinstance(named[review.authority.name], Absent | Proportion)
        for review in reviews
        if uphold_rate(review) is not None
    )


@FEWER
@given(REVIEWS)
def test_a_letter_is_read_back(review):
    """Its counts where it prints them, its percentages as the counts give them; compliance as a range."""
    report = letter_report(data_of(review), review.authority, review.year)
    lines = [in_the_first_person(words) for one in report.sections for words in (one.heading, *one.paragraphs)]
    known = [measure for measure in KEY_STATISTICS if measure(review) is not None]
    upheld = None if review.investigations is None else review.investigations.upheld
    if not known and upheld is None:
        return
    period = f"for the period between 1 April {review.year.start.year} to 31 March {review.year.end.year}"
    read = readers.read_letter("\n".join(["Kent County Council", "", "Dear Chief Executive", period, *lines])).figures

    for measure in known:
        rate, printed = measure(review), read.statistic(measure)
        assert rate.denominator == printed.base
        if rate.value is None:
            assert printed.percent is None
            continue
        assert PrintedPercent(int(rate.percent())) == printed.percent
        if measure is compliance_rate:
            assert rate.numerator in printed.percent.numerators(printed.base)
        else:
            assert rate.numerator == printed.count


@given(strategies.report_charts())
def test_a_chart_is_plain_data(chart):
    """JSON holds all of it, and every point has its counts and its exact share."""
    spec = to_vega_lite(chart)
    text = json.dumps(spec, allow_nan=False)
    if chart.kind is ChartKind.YEARS:
        rows = [row for panel in spec["concat"] for row in panel["data"]["values"]]
    else:
        rows = spec["datasets"]["points"]

    assert json.loads(text) == json.loads(json.dumps(spec))
    assert sorted((point.rate.numerator, point.rate.denominator) for point in chart.points) == sorted(
        (row["counted"], row["cases"]) for row in rows
    )
    assert all(row["percent"] == 100 * row["counted"] / row["cases"] for row in rows)


@FEWER
@given(strategies.review_groups(min_size=1, max_size=7), st.sampled_from(("name", "size", "rate")))
def test_every_council_with_cases_is_a_dot(reviews, order):
    """Once, in whatever order."""
    rates = {review.authority.name: uphold_rate(review) for review in reviews}
    known = sorted(name for name, rate in rates.items() if rate is not None and rate.denominator)
    if known:
        chart = dot_chart(reviews, uphold_rate, order=order)

        assert known == sorted(point.name for point in chart.points)
        assert all(rates[point.name] == point.rate for point in chart.points)
