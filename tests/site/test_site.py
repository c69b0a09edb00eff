"""The pages of the site: every link leads somewhere, every figure is the core's, and what is not held is said."""

import base64
import csv
import functools
import hashlib
import io
import itertools
import json
import posixpath
import re
from collections import Counter
from html import unescape

import attrs
import pytest
from tests.support.rendered import Page
from tests.support.values import data_of

import lgsco
from lgsco import (
    KEY_STATISTICS,
    AnnualReview,
    Authority,
    AuthorityType,
    Dataset,
    Decision,
    InvestigationTally,
    Outcome,
    PrintedAverage,
    PrintedPercent,
    Register,
    ReportingYear,
    Source,
    published,
    uphold_rate,
)
from lgsco.convert import from_csv, from_json
from lgsco.model import RegisterEntry
from lgsco.model.authorities import comparison_group
from lgsco.render.alternatives import alternative
from lgsco.site import site_pages
from lgsco.wording.phrases import with_article

OUTSIDE = ("https://", "http://", "data:text/csv")
"""Addresses that lead to no page of the site; a small file may be in the page itself."""
REGISTER = published.register()
YEAR = ReportingYear(2025)
BEFORE = ReportingYear(2024)


def data_parts(more):
    """Take from the options those that are parts of a dataset."""
    return {name: tuple(more.pop(name)) for name in ("printed", "averages", "cases") if name in more}


def site(reviews=None, register=REGISTER, **more):
    data = published.dataset() if reviews is None else data_of(*reviews, register=register, **data_parts(more))
    pages = site_pages(data, **more)
    assert len(pages) == len({page.path for page in pages})
    return {page.path: page for page in pages}


@functools.cache
def whole():
    return site()


@functools.cache
def read():
    return {path: Page(page.text) for path, page in whole().items() if path.endswith(".html")}


def text(page):
    return " ".join(page.content().decode().split())


def tables(path, caption):
    """Give the rows of each table whose caption begins so."""
    return [table["rows"] for table in read()[path].tables if table["caption"].startswith(caption)]


def unmarked(cell):
    return re.sub(r" \[note \d+\]", "", cell)


def county(number, **more):
    return Authority(f"County {number}", AuthorityType.COUNTY_COUNCIL, **more)


def small(names=tuple(f"County {number}" for number in range(6)), held=6, **more):
    """Give the reviews and the register of a few councils, those of the first of them."""
    councils = [Authority(name, AuthorityType.COUNTY_COUNCIL) for name in names]
    register = Register(
        [
            RegisterEntry(council, group=AuthorityType.COUNTY_COUNCIL, centre_km=(400, 300), **more)
            for council in councils
        ]
    )
    reviews = [
        AnnualReview(council, YEAR, investigations=InvestigationTally(10 + at, 5, satisfactory_remedies=1))
        for at, council in enumerate(councils[:held])
    ]
    return reviews, register


# --- The whole


def test_every_link_leads_to_a_page_of_the_site():
    """Relative, so that the folder can stand anywhere; to an id that the page has, or to the web."""
    for path, page in read().items():
        ids = {held["id"] for _, held in page.elements if "id" in held}
        for _, held in page.elements:
            end = held.get("href")
            if end is None or end.startswith(OUTSIDE):
                continue
            if end.startswith("#"):
                assert end[1:] in ids, (path, end)
            else:
                # What stands after "#find=" is for the box of the index.
                file = end.partition("#find=")[0]
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) in whole(), (path, end)


def test_every_page_is_led_to():
    """From the first page, over links alone."""
    reached, wanted = set(), {"index.html"}
    while wanted:
        path = wanted.pop()
        reached.add(path)
        for _, held in read()[path].elements if path in read() else ():
            end = held.get("href", "#")
            if not end.startswith((*OUTSIDE, "#")):
                file = end.partition("#find=")[0]
                wanted.add(posixpath.normpath(posixpath.join(posixpath.dirname(path), file)))
        wanted -= reached

    assert set(whole()) == reached


def test_ids_stand_once_in_a_page_and_what_refers_to_them_finds_them():
    """Captions, notes and pictures included."""
    for path, page in read().items():
        ids = Counter(held["id"] for _, held in page.elements if "id" in held)

        assert not [name for name, count in ids.items() if count > 1], path
        for _, held in page.elements:
            for attribute in ("aria-labelledby", "aria-describedby", "for"):
                assert set(held.get(attribute, "").split()) <= set(ids), path


def test_pages_ask_for_nothing_and_only_the_index_has_a_script():
    """No source outside the page; the one script is the one that its policy allows."""
    for path, page in read().items():
        assert not [held for _, held in page.elements if "src" in held or "srcset" in held], path
        assert {"iframe", "object", "img", "form"}.isdisjoint(tag for tag, _ in page.elements)
        assert ["style.css"] == [posixpath.basename(held["href"]) for tag, held in page.elements if tag == "link"]
        policy = next(held["content"] for _, held in page.elements if "http-equiv" in held)
        scripts = re.findall(r"<script>(.*?)</script>", whole()[path].text, re.DOTALL)
        signs = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts]

        assert policy.startswith("default-src 'none';")
        assert [f"'sha256-{sign}'" for sign in signs] == re.findall(r"'sha256-[^']+'", policy)
        assert (path == "index.html") == bool(scripts)


def test_pages_have_one_first_heading_a_title_and_a_menu_that_says_where_one_is():
    """And say who made them."""
    for path, page in read().items():
        tags = Counter(tag for tag, _ in page.elements)

        assert 1 == tags["h1"] == tags["main"] == tags["header"] == tags["footer"]
        assert "not by the Ombudsman" in page.text
        here = [held["href"] for tag, held in page.elements if tag == "a" and "aria-current" in held]
        assert [path] == here if "/" not in path else [] == here


def test_the_whole_is_small():
    """Well under 20 MB with its pictures, which weigh some 14,000 bytes each, wide and narrow."""
    written = sum(len(page.text.encode()) for page in whole().values())
    pictures = sum(len(page.pictures) for page in whole().values())

    assert written + 15_000 * pictures < 12_000_000


# --- Councils


def test_each_council_with_figures_has_a_page_and_no_other():
    """By its name."""
    councils = {authority.name for authority in published.dataset().authorities}
    pages = {path: page for path, page in read().items() if path.startswith("councils/")}
    titles = {next(iter(re.findall(r"<h1>(.*?)</h1>", whole()[path].text))) for path in pages}

    assert len(councils) == len(pages)
    assert {
        lgsco._text.html_text(f"Ombudsman's decisions on complaints about {with_article(name)}") for name in councils
    } == titles


def test_every_rate_on_a_councils_page_is_the_cores():
    """Of each year held, in its own table and in that of the years, and none of another year."""
    by_council = {}
    for review in published.reviews():
        by_council.setdefault(review.authority.name, []).append(review)
    checked = 0
    for path in (path for path in read() if path.startswith("councils/")):
        name = (
            " ".join(
                re.search(r"<h1>(.*?)</h1>", whole()[path].text)[1].replace("&amp;", "&").replace("&#39;", "'").split()
            )
            .removeprefix("Ombudsman's decisions on complaints about ")
            .removeprefix("the ")
        )
        # Of some councils percentages alone are held, and no review.
        reviews = by_council.get(name, [])
        for review in reviews:
            rates = {measure.title: said(measure, review) for measure in KEY_STATISTICS}
            shown = {
                unmarked(row[0]): row[1]
                for rows in tables(path, f"The three statistics: {name}, {review.year}")
                for row in rows[1:]
            } or {
                title: row[1]
                for rows in tables(path, "The three statistics in other years")
                for row in rows[1:]
                for title in rates
                if row[0] == f"{review.year}: {title.lower()}"
            }
            if not shown:
                assert {"not held"} == set(rates.values())
                assert re.search(f"We have none of the three statistics for [^.]*{review.year}", read()[path].text)
                continue
            assert set(rates) == set(shown)
            assert all(is_said(rates[title], cell) for title, cell in shown.items())
            checked += sum("%" in cell for cell in rates.values())
        for rows in tables(path, f"{name}, year by year"):
            columns = [unmarked(cell) for cell in rows[0]]
            years = {re.sub(r" \(this year\)", "", row[0]): row for row in rows[1:] if len(row) > 1}
            for review, measure in itertools.product(reviews, KEY_STATISTICS):
                if measure.title in columns:
                    cell = years[str(review.year)][columns.index(measure.title)]
                    assert is_said(said(measure, review), cell)

    assert checked > 300


def is_said(wanted, cell):
    """Compare; where there is no rate, a percentage or one of its counts may stand there by itself."""
    return cell == wanted or (wanted == "not held" and cell.endswith("not held)"))


def said(measure, review):
    """Give what a cell should say of a rate, worked out apart from the pages."""
    rate = measure(review)
    if rate is None:
        return "not held"
    if not rate.denominator:
        return measure.nothing
    percent = (200 * rate.numerator + rate.denominator) // (2 * rate.denominator)
    return f"{percent}% ({rate.numerator:,} of {rate.denominator:,})"


def test_a_council_page_says_all_years_and_what_was_printed_wrong():
    """Kent's holds three; what its page of 2022-23 got wrong is said of that year."""
    page = read()["councils/kent-county-council.html"]

    ((_, *rows),) = tables("councils/kent-county-council.html", "The three statistics in other years")
    assert ["2023-24", "2022-23"] == list(dict.fromkeys(row[0].partition(":")[0] for row in rows))
    assert "The three statistics, 2024-25" in page.text
    assert "2022-23: uphold rate and satisfactory remedy rate: do not compare with years before 2022-23" in page.text
    for year in ("2022-23", "2023-24", "2024-25"):
        assert f"groups/county-councils-{year}.html" in whole()["councils/kent-county-council.html"].text
    assert "What the published figures get wrong, 2022-23" in page.text
    assert "Public interest reports" in page.text
    assert "We have none, which does not mean that there was none" in page.text
    assert "ONS code E10000016" in page.text
    # The three statistics of the last year, and the years; the funnel is on the page of the group.
    assert 2 == len(whole()["councils/kent-county-council.html"].pictures)


def test_the_years_of_a_council_are_led_to():
    """Where there are several, from the beginning of its page."""
    page = whole()["councils/kent-county-council.html"].text
    links = re.findall(r'<li><a href="#([^"]+)">(The three statistics, <span>2024-25</span>|Other years)</a>', page)

    assert ["The three statistics, <span>2024-25</span>", "Other years"] == [words for _, words in links]
    for name, words in links:
        assert f'<section id="{name}"><h2>{words}</h2>' in page


def test_councils_before_and_after_are_linked():
    """Where they have a page."""
    before = whole()["councils/dorset-county-council.html"].text
    after = whole()["councils/dorset-council.html"].text

    assert "Abolished on 1 April 2019" in before
    assert 'After it: <a href="dorset-council.html">Dorset Council</a>' in before
    assert "In being from 1 April 2019" in after
    assert '<a href="dorset-county-council.html">Dorset County Council</a>' in after
    assert "West Dorset District Council" in after


def test_a_council_in_no_group_says_so():
    """An abolished one stood in none at the end of its last year."""
    assert "is in no comparison group" in read()["councils/allerdale-borough-council.html"].text


def test_a_councils_page_does_not_name_a_hundred_others():
    """The page of its group does; few are named."""
    assert (
        "We have no figures for 199 of the 201 councils of the group."
        in read()["councils/boston-borough-council.html"].text
    )
    kent = read()["councils/kent-county-council.html"].text
    assert "We have no figures for Lancashire County Council, Nottinghamshire County Council and Warwickshire" in kent


def test_public_interest_reports_of_any_year_are_listed():
    """From the cases given, those that were none left out."""
    reviews, register = small()
    report = Decision(
        "19 003 456", reviews[0].authority, outcome=Outcome.UPHELD, decided_on=BEFORE.end, public_report=True
    )
    pages = site(reviews, register, cases=[report], cases_from=Source("The cases of County 0"))

    assert "The cases of County 0" in pages["councils/county-0.html"].text
    assert 1 == pages["councils/county-0.html"].text.count("<h2>Public interest reports")
    assert "The cases of County 0" not in pages["councils/county-1.html"].text
    assert "19 003 456" in pages["councils/county-0.html"].text
    assert "Public interest reports" in pages["councils/county-1.html"].text
    assert "19 003 456" not in pages["councils/county-1.html"].text


def test_councils_whose_names_come_to_the_same_have_pages_of_their_own():
    """Each is led to from the index, and no table links to either by the name alone."""
    councils = [county("A", code="E10000001"), county("a"), county("A", code="E10000002")]
    register = Register([RegisterEntry(council, group=AuthorityType.COUNTY_COUNCIL) for council in councils])
    pages = site([AnnualReview(each, YEAR, investigations=InvestigationTally(1, 1)) for each in councils], register)
    links = re.findall(r'href="(councils/[^"]+)"', pages["index.html"].text)

    assert ["councils/county-a-2.html", "councils/county-a-3.html", "councils/county-a.html"] == sorted(links)
    assert 'href="../councils/county-a.html"' not in pages["groups/county-councils-2024-25.html"].text


def test_pages_have_names_that_windows_can_write():
    """A council may be called like a device."""
    councils = [Authority(name, AuthorityType.OTHER) for name in ("Con", "LPT1", "Conwy")]
    register = Register([RegisterEntry(council) for council in councils])
    pages = site([AnnualReview(each, YEAR, investigations=InvestigationTally(1, 1)) for each in councils], register)

    assert {"councils/con-2.html", "councils/lpt1-2.html", "councils/conwy.html"} <= set(pages)
    assert not {"councils/con.html", "councils/lpt1.html"} & set(pages)


# --- Groups


def test_a_group_page_says_what_is_held_and_what_is_missing():
    """Every council of the group stands on it once: in the table of the held, or among those not held."""
    paths = [path for path in whole() if path.startswith("groups/") and path.endswith(".html")]

    assert len(paths) > 40
    for path in paths:
        says_what_is_held_and_what_is_missing(path)


def says_what_is_held_and_what_is_missing(path):
    kind, year = next(
        (kind, year)
        for kind in AuthorityType
        for year in (ReportingYear(ending) for ending in range(2015, 2026))
        if path == f"groups/{kind.label.lower().replace(' ', '-')}-{year}.html"
    )
    reviews = published.reviews(year, kind)
    members = REGISTER.in_group(kind, year.end)
    missing = {authority.name for authority in members} - {review.authority.name for review in reviews}
    page = read()[path]

    assert f"We have figures for {len(reviews)} of the {len(members)} councils of the group." in page.text
    for name in missing:
        assert name in page.text
    enough = len(reviews) >= 5 and 2 * len(reviews) >= len(members)
    assert enough == ("That is too little to draw a funnel of the group" not in page.text)
    if not enough and reviews:
        assert {"dots"} >= {chart.kind.value for _, chart in whole()[path].pictures}
        assert "Totals by group" not in page.text
        (rows,) = tables(path, "Councils side by side")
        assert [review.authority.name for review in sorted(reviews, key=lambda one: one.authority.name)] == [
            row[0] for row in rows[1:]
        ]
        for row, review in zip(rows[1:], sorted(reviews, key=lambda one: one.authority.name), strict=True):
            assert all(
                is_said(said(measure, review), cell) for measure, cell in zip(KEY_STATISTICS, row[1:], strict=True)
            )


def test_a_group_of_which_enough_is_held_is_drawn():
    """The uphold rate of the counties, as dots and as a funnel; of statistics of which too few are held, nothing."""
    path = "groups/county-councils-2024-25.html"
    reviews = published.reviews(YEAR, AuthorityType.COUNTY_COUNCIL)
    rates = [rate for review in reviews if (rate := uphold_rate(review)) is not None]
    pooled = f"{sum(rate.numerator for rate in rates)} of {sum(rate.denominator for rate in rates)}"
    (rows,) = tables(path, "The three statistics")

    assert ["dots", "funnel"] == [chart.kind.value for _, chart in whole()[path].pictures]
    assert pooled in rows[1][1]
    assert "too few held" == rows[2][1] == rows[3][1]
    assert '<a href="../councils/kent-county-council.html">Kent County Council</a>' in whole()[path].text


def test_every_rate_of_a_funnel_is_the_cores():
    """By name, with its interval."""
    (rows,) = tables("groups/county-councils-2024-25.html", "Uphold rate of county councils")
    expected = [
        [
            review.authority.name,
            said(uphold_rate, review),
            "{}% to {}%".format(*uphold_rate(review).interval().percents()),
        ]
        for review in sorted(published.reviews(YEAR, AuthorityType.COUNTY_COUNCIL), key=lambda one: one.authority.name)
        if uphold_rate(review) is not None
    ]

    assert expected == [row[:3] for row in rows[1:]]


def test_a_group_that_is_held_whole_but_without_its_rates_is_not_drawn():
    """Of the metropolitan boroughs of 2024-25 enough are held, but too few uphold rates."""
    path = "groups/metropolitan-boroughs-2024-25.html"
    (rows,) = tables(path, "The three statistics")

    assert ["dots", "dots"] == [chart.kind.value for _, chart in whole()[path].pictures]
    assert "too few held" == rows[1][1]
    assert "We cannot draw a chart with limits" in read()[path].text


def test_averages_as_printed_stand_on_the_page_of_their_group():
    """Also where too little is held to compute one."""
    (rows,) = tables("groups/unitary-councils-2023-24.html", "Averages that the Ombudsman prints")
    printed = {
        average.measure.title: str(average.percent)
        for average in published.averages()
        if (average.group, average.year) == (AuthorityType.UNITARY_COUNCIL, BEFORE)
    }

    assert printed == {unmarked(row[0]): row[1] for row in rows[1:]}


def test_a_group_of_which_only_an_average_is_held_has_a_page():
    """It says that none of its councils is held."""
    reviews, register = small()
    average = PrintedAverage(
        AuthorityType.LONDON_BOROUGH, YEAR, measure=uphold_rate, percent=PrintedPercent(70), source=Source("A letter")
    )
    page = site(reviews, register, averages=[average])["groups/london-boroughs-2024-25.html"]

    assert "We have figures for 0 of the 0 councils of the group." in text(page)
    assert "70%" in page.text
    assert "not held" in page.text
    assert "A letter" in page.text


def test_the_missing_are_named_where_they_are_many_and_the_group_is_drawn():
    """A report says only how many they are; the page of the group names them."""
    names = tuple(f"County {number:02}" for number in range(50))
    reviews, register = small(names, held=26)
    page = site(reviews, register)["groups/county-councils-2024-25.html"]

    assert page.pictures
    assert "We have figures for 26 of the 50 councils of the group." in page.text
    for name in names:
        assert name in page.text


def test_the_page_of_groups_says_how_much_of_each_is_held():
    """A cell for each group and year, and a link where there is a page."""
    (rows,) = tables("groups.html", "How many councils")
    cells = {(row[0], kind): cell for row in rows[1:] for kind, cell in zip(rows[0][1:], row[1:], strict=True)}

    assert "18 of 21; uphold rate: 15 County Councils, 2024-25" == cells["2024-25", "County Councils"]
    assert "none held" == cells["2014-15", "London Boroughs"]
    assert [str(ReportingYear(ending)) for ending in range(2025, 2014, -1)] == [row[0] for row in rows[1:]]
    assert "There are enough for County Councils, 2024-25" in read()["groups.html"].text


# --- Index and map


def test_the_index_names_every_council_once():
    """Without scripts too; those with figures are links, and the others say that none are held."""
    page = whole()["index.html"].text
    items = re.findall(r"<li[^>]*>(?:<a href=\"(.*?)\">)?<b>(.*?)</b>.*?</li>", page)
    held = published.dataset().authorities

    assert sorted(entry.authority.name for entry in REGISTER.entries) == [
        name.replace("&amp;", "&").replace("&#39;", "'") for _, name in items
    ]
    assert len(held) == sum(bool(link) for link, _ in items)
    assert len(REGISTER) - len(held) == page.count("We have no figures: <a ")
    assert [held for _, held in read()["index.html"].elements if "hidden" in held] == [
        {"class": "lgsco-find", "role": "search", "aria-label": "Councils", "hidden": None}
    ]


def test_the_index_knows_other_spellings():
    """Words of a spelling that the name has not, none that only says what kind of council it is, and initials."""
    reviews, register = small(names=["Kent County Council"], spellings=("The Garden of England's county", "Kent CC"))

    assert 'data-also="garden englands cc kcc kc"' in site(reviews, register)["index.html"].text


def test_every_council_in_being_is_on_the_map_and_in_the_table_below_it():
    """By the same label, region by region, by name, with whether figures are held, a link, and the newest rate."""
    exists_on = {entry.authority.name: entry for entry in REGISTER.entries if entry.exists_on(YEAR.end)}
    page = whole()["map.html"].text
    regions = re.findall(r'<section class="lgsco-of-([a-z-]+)"><h2><a href="#\1">(.*?)</a></h2>(.*?)</section>', page)
    drawn = re.findall(
        r'<li><a class="lgsco-tile (lgsco-[a-z-]+)" href="(.*?)" title="(.*?)" aria-label="(.*?)">(.*?)</a></li>', page
    )
    (table,) = tables("map.html", "The councils on the map")
    region_of, rows = {}, []
    for row in table[1:]:
        if len(row) == 1:
            region = row[0]
        else:
            region_of[row[1]] = region
            rows.append(row)

    assert {name: entry.region for name, entry in exists_on.items()} == region_of
    assert [name for _, name, _ in regions] == list(dict.fromkeys(region_of.values()))
    assert 9 == len(regions)
    for _, name, tiles in regions:
        own = [row[1] for row in rows if region_of[row[1]] == name]
        assert own == [unescape(each) for each in re.findall(r'title="\w+: (.*?), (?:with|no) figures"', tiles)]
        assert own == sorted(own)
    labels = [row[0] for row in rows]
    assert len(labels) == len(set(labels))
    assert all(re.fullmatch("[A-Z]{3}", label) for label in labels)
    for (look, link, title, spoken, label), row in zip(drawn, rows, strict=True):
        has_figures = row[4] != "none held"
        words = "with figures" if has_figures else "no figures"
        assert f"{row[0]}: {row[1]}, {words}" == unescape(title) == unescape(spoken)
        assert label == row[0]
        assert (look == "lgsco-held") == has_figures == link.startswith("councils/")
        wanted = said(uphold_rate, published.dataset().review(row[1], YEAR))
        assert is_said(wanted, row[3]) or (wanted == "not held" and "%" in row[3])


def test_without_regions_or_figures_there_is_no_map():
    """Its page says so; councils in no region stand after the others."""
    for pages in (site(*small()), site([], REGISTER)):
        assert "There is no map" in pages["map.html"].text
        assert "lgsco-tile" not in pages["map.html"].text
    reviews, register = small(region="Mercia")
    alone = Authority("Alone", AuthorityType.OTHER)
    page = site(reviews, Register([*register.entries, RegisterEntry(alone)]))["map.html"].text
    assert ["Mercia", "In no region"] == re.findall(r'<h2><a href="#.*?">(.*?)</a></h2>', page)


# --- Downloads


def test_downloads_hold_the_figures():
    """They are read back as the values that they were made of."""
    reviews = sorted(published.reviews(), key=lambda one: (one.authority.name, one.year))

    data = from_json(whole()["downloads/figures.json"].content(), Dataset)
    assert attrs.evolve(published.dataset(), cases=(), compliance=(), enquiries=()) == data
    assert reviews == from_csv(whole()["downloads/reviews.csv"].content(), AnnualReview)
    assert list(published.dataset().averages) == from_csv(whole()["downloads/averages.csv"].content(), PrintedAverage)


def test_downloaded_rates_are_the_cores():
    """With their intervals, the printed average where there is one, and no row where the rate is not held."""
    rows = list(csv.DictReader(io.StringIO(whole()["downloads/rates.csv"].text, newline="")))
    expected = [
        (review, measure, measure(review))
        for review in sorted(published.reviews(), key=lambda one: (one.authority.name, one.year))
        for measure in KEY_STATISTICS
        if measure(review) is not None
    ]

    assert len(expected) == len(rows)
    for row, (review, measure, rate) in zip(rows, expected, strict=True):
        average = published.dataset().average(review.authority, review.year, measure)
        interval = rate.interval()
        assert (review.authority.name, str(review.year.end), measure.name) == (
            row["authority"],
            row["year_ending"],
            row["measure"],
        )
        assert (str(rate.numerator), str(rate.denominator)) == (row["numerator"], row["denominator"])
        assert ("" if rate.percent() is None else str(rate.percent())) == row["percent"]
        assert ("" if interval is None else str(interval.lower)) == row["lower"]
        assert ("" if average is None else f"{float(average.percent.value) / 100:g}") == _short(row["benchmark"])


def _short(cell):
    return f"{float(cell):g}" if cell else ""


def test_metadata_describe_every_column():
    """Heading, kind and words; every cell that is not empty is of its kind."""
    kinds = {"integer": int, "decimal": float, "string": str, "date": lambda cell: ReportingYear.containing(_day(cell))}
    tables_held = [path for path in whole() if path.endswith(".csv")]
    for path in tables_held:
        said_of = json.loads(whole()[f"{path}-metadata.json"].text)
        columns = said_of["tableSchema"]["columns"]
        header, *rows = csv.reader(io.StringIO(whole()[path].text, newline=""))

        assert header == [column["titles"] for column in columns] == [column["name"] for column in columns]
        assert posixpath.basename(path) == said_of["url"]
        assert all(column["dc:description"] for column in columns)
        for row in rows:
            for column, cell in zip(columns, row, strict=True):
                if cell:
                    kinds[column["datatype"]](cell)
    assert {"councils", "rates", "reviews", "averages"} == {posixpath.basename(path)[:-4] for path in tables_held}


def _day(cell):
    return lgsco.site.downloads.dt.date.fromisoformat(cell)


def test_every_council_is_in_the_download_with_its_page():
    """And the years that are held of it."""
    rows = {
        row["authority"]: row for row in csv.DictReader(io.StringIO(whole()["downloads/councils.csv"].text, newline=""))
    }

    assert len(REGISTER) == len(rows)
    assert "councils/kent-county-council.html" == rows["Kent County Council"]["page"]
    assert "2022-23 2023-24 2024-25" == rows["Kent County Council"]["years_held"]
    assert "" == rows["Adur District Council"]["page"]
    assert ("448", "531") == tuple(
        rows["Hartlepool Borough Council"][heading] for heading in ("easting_km", "northing_km")
    )


def test_nothing_to_download_is_no_file():
    """Without averages there is no file of them."""
    paths = site(*small())

    assert "downloads/averages.csv" not in paths
    assert "averages" not in paths["downloads.html"].text


# --- Pictures


@pytest.mark.slow
def test_pictures_are_drawn_where_they_belong():
    """With their words; a page without charts has none, and says the same."""
    page = whole()["councils/kent-county-council.html"]
    drawn = Page(page.content().decode())
    svgs = [held for tag, held in drawn.elements if tag == "svg" and held["class"] != "lgsco-bar"]
    announced = [held["aria-label"] for _, held in drawn.elements if held.get("role") == "img"]

    # A wide and a narrow form of each, which are announced as one picture.
    assert 2 * 2 == 2 * len(page.pictures) == len(svgs)
    assert "\0" not in page.content().decode()
    assert [alternative(chart) for _, chart in page.pictures] == announced
    without = site(charts=False)
    assert not [path for path, each in without.items() if each.pictures]
    assert re.sub(r"<figure.*?</figure>", "", page.text, flags=re.DOTALL).split() == (
        without["councils/kent-county-council.html"].text.split()
    )


# --- What is refused, and what does no harm


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|'/c calc'!A1",
    "@SUM(A1)",
    "\N{RIGHT-TO-LEFT OVERRIDE}tnuoC",
    "\0000\0",
    "W" * 300,
)


def test_no_name_commands_a_page():
    """Pages of hostile names have the elements of pages of harmless ones, and nothing of them is a formula."""
    reviews, register = small(HOSTILE, held=7)
    plain_reviews, plain_register = small(tuple(f"County {number}" for number in range(7)), held=7)
    hostile, plain = site(reviews, register), site(plain_reviews, plain_register)

    def elements(pages):
        return sorted(
            tuple(tag for tag, _ in Page(page.text).elements) for path, page in pages.items() if path.endswith(".html")
        )

    assert elements(plain) == elements(hostile)
    for path, page in hostile.items():
        # JSON holds a name as it is, to be read back.
        assert path.endswith(".json") or not re.search("[\N{RIGHT-TO-LEFT OVERRIDE}\N{RIGHT-TO-LEFT MARK}]", page.text)
        assert page.content()
        if path.endswith(".csv"):
            cells = [cell for row in csv.reader(io.StringIO(page.text, newline="")) for cell in row]
            assert not [cell for cell in cells if cell[:1] in set("=+-@") and not re.fullmatch(r"-?[\d.]+", cell)]
    for path in hostile:
        assert re.fullmatch(r"([a-z0-9]+/)?[a-z0-9.-]+", path)


def test_comparison_groups_are_those_of_the_register():
    """A check of the checks above: each review held stands in the group whose page names it."""
    for review in published.reviews():
        kind = comparison_group(review.authority, REGISTER, review.year.end)
        if kind is not None:
            path = f"groups/{kind.label.lower().replace(' ', '-')}-{review.year}.html"
            assert review.authority.name in read()[path].text
