"""What a report becomes: Markdown, HTML, Vega-Lite, SVG and PNG, in none of which a name can do any harm."""

import datetime as dt
import json
import re
from xml.etree import ElementTree as ET

import attrs
import pytest
from tests.support.refusals import faults
from tests.support.rendered import Page, markdown_tables
from tests.support.values import KENT, report_on

import lgsco
from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceTally,
    InvestigationTally,
    Proportion,
    ReportingYear,
    Source,
)
from lgsco.documents import Missing
from lgsco.errors import InvalidValue
from lgsco.render import page_svg, to_html, to_markdown, to_svg, to_text, to_vega_lite
from lgsco.reports import (
    Absent,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Line,
    Note,
    Point,
    Report,
    Row,
    Section,
    Table,
    funnel_chart,
)

YEAR = ReportingYear(2024)
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><b>",
    "=cmd|'/c calc'!A1",
    "[link](javascript:alert(1))",
    "| a | b |",
    "`code` *bold* _under_ ~~gone~~",
    "right\N{RIGHT-TO-LEFT OVERRIDE}to\N{RIGHT-TO-LEFT MARK}left",
    "\x1b[2J\x00",
    "A" * 300,
    "&lt;b&gt; &amp;",
    "]]> --> */ }}",
]


def report_of(name):
    """Put one text in every place of a report that takes any."""
    rate = Proportion(1, 400)
    rows = [
        Row(name, (rate, name), marks=(name,), marked=name),
        Row("b", (Absent(Missing.NOT_AVAILABLE, name), "x"), breaks=(name,)),
    ]
    columns = (Column(name, ColumnKind.RATE), TEXT)
    table = Table(name, "Stub", columns=columns, rows=tuple(rows), marks=(name,))
    points = [Point(name, rate, marked=True), Point("Other", Proportion(3, 4), named=True)]
    lines = [Line(name, ((1.0, 0.5), (400.0, 0.4)))]
    charts = [
        Chart(kind, name, words=name, across=name, up=name, points=points, lines=lines)
        for kind in (ChartKind.FUNNEL, ChartKind.DOTS)
    ]
    at = [Point(name, rate, interval=rate.interval(), at=name, panel=name)]
    charts.append(Chart(ChartKind.YEARS, name, words=name, across=name, points=at, ticks=(name,)))
    section = Section(name, paragraphs=(name,), items=(name,), charts=charts, tables=(table,))
    return Report(
        name,
        scope=name,
        units=name,
        made_by=name,
        sections=(section,),
        notes=(Note(name, name),),
        sources=(Source(name, url=f"javascript:{name}"), Source("b", url="https://a.example/b?c=d&e")),
    )


TEXT = Column("Text", ColumnKind.TEXT)
HISTORY = [
    AnnualReview(
        KENT, ReportingYear(ending), investigations=InvestigationTally(76, 18), compliance=ComplianceTally(9, 1)
    )
    for ending in (2022, 2023, 2024)
]
REPORT = report_on(*HISTORY[::-1])


# --- HTML


def test_a_page_is_whole_and_asks_for_nothing():
    """One document in English with a title, one first heading, no script, and nothing to fetch."""
    text = to_html(REPORT)
    page = Page(text)
    tags = [tag for tag, _ in page.elements]

    assert text.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert 1 == tags.count("h1") == tags.count("main")
    assert {"title", "style", "figure", "table"} <= set(tags)
    assert set() == {"script", "link", "img", "iframe", "object"} & set(tags)
    assert not re.search(r"(?:src|srcset|action|poster|data)=|url\(|@import|\bon\w+=", text)
    assert all(
        name in {"href", "xmlns"} for _, held in page.elements for name, words in held.items() if "http" in words
    )


def test_a_fragment_is_a_part_of_another_page():
    """It begins with its style, has one article at the level asked for, and its rules reach nothing else."""
    text = to_html(REPORT, fragment=True, level=3, charts=False)
    page = Page(text)
    rules = re.sub(r"/\*.*?\*/|@media[^{]*\{|@page[^}]*\}", "", text[: text.index("</style>")], flags=re.DOTALL)
    selectors = [
        one.strip() for held in re.findall(r"([^{}]+)\{", rules.removeprefix("<style>")) for one in held.split(",")
    ]

    assert ["style", "article", "h3"] == [tag for tag, _ in page.elements[:3]]
    assert {"h3", "h4", "h5"} == {tag for tag, _ in page.elements if re.fullmatch(r"h\d", tag)}
    assert [] == [one for one in selectors if not one.startswith(".lgsco")]


@pytest.mark.parametrize("level", [0, 6, True, 1.0, "1"])
def test_headings_begin_at_a_level_that_there_is(level):
    """Below the fifth there would be none for the sections."""
    with pytest.raises(InvalidValue) as caught:
        to_html(REPORT, fragment=True, level=level)

    assert [("level", level)] == faults(caught)


def test_tables_are_headed_by_row_and_by_column():
    """Each has a caption, each heading its scope, and a break heads the rows after it."""
    page = Page(to_html(REPORT, charts=False))
    scopes = {held["scope"] for tag, held in page.elements if tag == "th"}

    assert len(REPORT.tables) == len(page.tables)
    assert all(table["caption"] for table in page.tables)
    assert {"col", "row", "rowgroup"} == scopes
    assert all("scope" in held for tag, held in page.elements if tag == "th")
    assert "Series break: fewer borderline cases are investigated" in page.text


def test_every_id_stands_once_and_every_reference_leads_somewhere():
    """Also where two reports stand in one page."""
    one, other = REPORT, attrs.evolve(REPORT, title="Another")
    page = Page(f"<main>{to_html(one, fragment=True)}{to_html(other, fragment=True)}</main>")
    ids = [held["id"] for _, held in page.elements if "id" in held]
    wanted = [held["href"][1:] for tag, held in page.elements if tag == "a" and held["href"].startswith("#")]
    wanted += [name for _, held in page.elements for name in held.get("aria-labelledby", "").split()]

    assert len(set(ids)) == len(ids)
    assert wanted
    assert set(wanted) <= set(ids)


def test_a_low_rate_is_told_from_nought():
    """0% of 400 with one upheld is marked, and the sign is explained."""
    low = report_on(AnnualReview(KENT, YEAR, investigations=InvestigationTally(1, 399)))

    for text in (Page(to_html(low, charts=False)).text, to_markdown(low).replace("\\", "")):
        assert "0% [low] (1 of 400)" in text
        assert "[low]: a rate that is not zero, but rounds to zero" in text


# --- Markdown


def test_markdown_holds_the_same_tables():
    """Row by row and cell by cell what the page shows."""
    pages = Page(to_html(REPORT, charts=False)).tables
    texts = markdown_tables(to_markdown(REPORT))

    def rows(table):
        return [row for row in table if not row[0].startswith("Series break")]

    assert [rows(table["rows"]) for table in pages] == [
        [[cell.removesuffix(" [b]") for cell in row] for row in table] for table in texts
    ]


def test_a_chart_without_a_table_is_told_in_its_sentence():
    """In Markdown and in a page without pictures; where the section has a table, its figures stand there."""
    (chart,) = REPORT.sections[0].charts
    alone = attrs.evolve(REPORT, sections=(Section("Alone", charts=(chart,)),))

    assert f"{chart.title}: {chart.words}" in to_markdown(alone).replace("\\", "")
    assert chart.words not in to_markdown(REPORT)
    assert f"{chart.title}: {chart.words}" in Page(to_html(alone, charts=False)).text
    assert chart.words not in Page(to_html(REPORT, charts=False)).text


def test_the_names_of_panels_are_whole():
    """On as many lines as they need, up to four, so that none is cut short beside a neighbour."""
    areas = ["Environmental services, public protection and regulation", "Housing", "X" * 300]
    points = [Point("a", Proportion(1, 2), at="2023-24", panel=area) for area in areas]
    chart = Chart(ChartKind.YEARS, "Areas", words="Areas", across="Year", points=points, ticks=("2023-24",))
    spec = to_vega_lite(chart)
    titles = [
        [layer["data"]["values"][0]["panel"] for layer in reversed(panel["layer"]) if "panel" in str(layer.get("data"))]
        for panel in spec["concat"]
    ]

    assert areas[:2] == [" ".join(lines) for lines in titles[:2]]
    assert "\N{HORIZONTAL ELLIPSIS}" == titles[2][-1][-1]
    assert spec["spacing"]["row"] >= to_vega_lite(attrs.evolve(chart, points=points[1:2]))["spacing"]["row"]


def test_notes_and_sources_are_numbered_and_linked():
    """An address that could be a command is written out, and is no link."""
    text = to_markdown(report_of("Kent"))

    assert "- Note 1: Kent" in text
    assert "b, <https://a.example/b?c=d&e>" in text
    assert "<javascript" not in text


def test_a_source_says_its_date_once():
    """Where the title does not hold it already."""
    day = dt.date(2020, 7, 22)
    sources = Source("A letter", published_on=day), Source("A letter of 22 July 2020", published_on=day)
    text = to_markdown(attrs.evolve(REPORT, sources=sources))

    assert "- A letter, 22 July 2020." in text
    assert "- A letter of 22 July 2020." in text


# --- Vega-Lite, SVG and PNG


@pytest.mark.parametrize("chart", REPORT.charts, ids=lambda chart: chart.kind.value)
def test_a_chart_is_plain_data(chart):
    """JSON holds it, and it carries the sentence and the counts of every point."""
    spec = to_vega_lite(chart)
    text = json.dumps(spec, allow_nan=False)

    assert json.loads(text) == spec
    assert chart.words == spec["description"]
    for point in chart.points:
        assert f'"cases": {point.rate.denominator}, "counted": {point.rate.numerator}' in text


def test_axes_run_from_nought_to_a_hundred():
    """Every scale of per cents, in every kind of chart."""
    funnel = funnel_chart(lgsco.funnel(_counties(), lgsco.uphold_rate))

    for chart in (*REPORT.charts, funnel):
        domains = re.findall(r'"domain": (\[[^\]]*\]), "nice": false', json.dumps(to_vega_lite(chart)))
        assert {"[0, 100]"} == set(domains)


def _counties():
    return [
        AnnualReview(
            Authority(f"County {number}", AuthorityType.COUNTY_COUNCIL),
            YEAR,
            investigations=InvestigationTally(20 * number, 4),
        )
        for number in range(1, 7)
    ]


def test_no_line_joins_years_across_a_break_or_a_gap():
    """Neighbouring years without a break are in one run."""
    history = [attrs.evolve(HISTORY[0], year=ReportingYear(ending)) for ending in (2019, 2020, 2022, 2023, 2024)]
    (years,) = [chart for chart in report_on(*history).charts if chart.kind is ChartKind.YEARS]
    rows = to_vega_lite(years)["concat"][0]["data"]["values"]

    assert {"2018-19": 0, "2019-20": 0, "2021-22": 1, "2022-23": 2, "2023-24": 2} == {
        row["at"]: row["run"] for row in rows
    }


def test_two_long_names_alike_at_first_have_two_rows():
    """Where what is shown of them would be the same."""
    points = [Point("A" * 60 + end, Proportion(1, 2)) for end in "bc"]
    chart = Chart(ChartKind.DOTS, "Long", words="Long", across="Per cent", points=points)
    labels = [row["label"] for row in to_vega_lite(chart)["datasets"]["points"]]

    assert 2 == len(set(labels))
    assert all(len(label) < 60 for label in labels)


# --- Harm


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_commands_a_page(name):
    """It is shown, and adds no element, no attribute and no link."""
    text = to_html(report_of(name), charts=False)
    page, plain = Page(text), Page(to_html(report_of("Kent"), charts=False))

    def shape(page):
        return [
            (tag, sorted(held))
            for tag, held in page.elements
            if tag in {"script", "img", "a", "b", "style"} or any(key.startswith("on") for key in held)
        ]

    assert shape(plain) == shape(page)
    assert not re.search("[\x00-\x08\x1b\u200f\u202e]", text)


@pytest.mark.parametrize("kind", ChartKind)
def test_no_name_commands_a_picture(kind):
    """The picture is well-formed, and holds no more than lines and words."""
    years = kind is ChartKind.YEARS
    points = [
        Point(name, Proportion(at, 20), named=True, at=name if years else None, panel=name if years else None)
        for at, name in enumerate(HOSTILE)
    ]
    words = " ".join(HOSTILE)
    chart = Chart(
        kind, words, words=words, across=words, up=words, points=points, ticks=tuple(HOSTILE) if years else ()
    )
    for text in (to_svg(chart, name='"><script>'), f'<svg xmlns="http://www.w3.org/2000/svg">{page_svg(chart)}</svg>'):
        root = ET.fromstring(text)

        assert {held.tag.removeprefix(SVG) for held in root.iter()} <= {
            "svg", "title", "desc", "style", "path", "rect", "circle", "text", "g", "div",
        }  # fmt: skip
        assert not [key for held in root.iter() for key in held.attrib if key.startswith("on") or "href" in key]
        assert not re.search("[\x00-\x08\x1b\u200f\u202e]", text)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_commands_markdown(name):
    """No line begins with it, no tag, link or code is made of it, and the tables keep their columns."""
    text = to_markdown(report_of(name))
    plain = to_markdown(report_of("Kent"))

    assert [len(row) for table in markdown_tables(plain) for row in table] == [
        len(row) for table in markdown_tables(text) for row in table
    ]
    assert len(plain.splitlines()) == len(text.splitlines())
    assert not re.search(r"(?<!\\)<(?!https://a\.example)|(?<!\\)`|(?<!\\)\[", text)
    assert not re.search("[\x00-\x08\x1b\u200f\u202e]", text)


def test_text_fits_its_width_and_aligns_numbers():
    """Percentages and counts stand below one another; cells that are too wide go over several lines."""
    text = to_text(REPORT, width=60)
    rates = [line for line in text.splitlines() if re.search(r"\d% +\(", line) and line[:1].isdigit()]

    assert max(len(line) for line in text.splitlines() if "://" not in line) <= 60
    assert rates
    assert 1 == len({line.index("%") for line in rates})
    assert "=" * 40 in text
    low = report_on(AnnualReview(KENT, YEAR, investigations=InvestigationTally(1, 399)))
    assert "[low]: a rate that is not zero" in to_text(low)
    for width in (39, 60.0):
        with pytest.raises(InvalidValue):
            to_text(REPORT, width=width)


def test_a_chart_without_a_table_is_told_in_words_in_a_text():
    """And a word that is wider than the line is left whole."""
    report = report_of("W" * 100)

    assert "W" * 100 in to_text(report)
