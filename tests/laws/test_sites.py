"""
Laws of the site.

- Every figure of every review stands on the page of its council as the core computes it.
- Whatever councils and years are held, every link leads to a page, and ids stand once.
- A page that is made again of the same figures, in any order, has the same key.
- Of a group of which too little is held no funnel is drawn.
"""

import itertools
import posixpath
import re
from collections import Counter

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.rendered import Page
from tests.support.values import data_of

from lgsco import (
    KEY_STATISTICS,
    AnnualReview,
    Authority,
    AuthorityType,
    InvestigationTally,
    Register,
    ReportingYear,
    strategies,
)
from lgsco._text import html_text
from lgsco.model import RegisterEntry
from lgsco.site import site_pages
from lgsco.wording.phrases import with_article

COUNCILS = strategies.authorities(types=strategies.authority_types(comparison_groups=True))
FEWER = settings(max_examples=settings.default.max_examples // 4)


@st.composite
def holdings(draw):
    """Draw a register, some of whose councils have figures in some years."""
    councils = draw(st.lists(COUNCILS, max_size=9, unique_by=lambda council: council.code or council.name))
    years = draw(
        st.lists(strategies.reporting_years(min_ending=2018, max_ending=2026), min_size=1, max_size=3, unique=True)
    )
    entries = [
        RegisterEntry(council, group=council.type, region=draw(st.none() | st.just("London"))) for council in councils
    ]
    reviews = [
        attrs.evolve(draw(strategies.annual_reviews(authorities=st.just(council), years=st.just(year))), source=None)
        for council in councils
        for year in years
        if draw(st.booleans())
    ]
    parts = ("investigations", "compliance", "overview", "decided", "received")
    return Register(entries), [review for review in reviews if any(getattr(review, part) for part in parts)]


def pages_of(held):
    register, reviews = held
    return {page.path: page for page in site_pages(data_of(*reviews, register=register))}


def read(pages):
    return {path: Page(page.text) for path, page in pages.items() if path.endswith(".html")}


@FEWER
@given(holdings())
def test_every_rate_stands_on_its_councils_page(held):
    """In the table of its year, or in that of the other years, or in words where there is none."""
    _, reviews = held
    pages = pages_of(held)
    by_title = {}
    for path, page in pages.items():
        if path.startswith("councils/"):
            by_title.setdefault(re.search(r"<h1>.* complaints about (.*?)</h1>", page.text)[1], []).append(
                Page(page.text)
            )

    for review in reviews:
        found = by_title[html_text(with_article(review.authority.name))]
        shown = [
            [row[1] for row in table["rows"][1:] if newest or row[0].startswith(f"{review.year}: ")]
            for page in found
            for table in page.tables
            if (newest := re.fullmatch(f"The three statistics: .*, {review.year}", table["caption"]))
            or table["caption"] == "The three statistics in other years"
        ]
        rates = [measure(review) for measure in KEY_STATISTICS]
        if any(rate is not None for rate in rates):
            wanted = [said(measure, rate) for measure, rate in zip(KEY_STATISTICS, rates, strict=True)]
            assert any(len(row) == len(wanted) and all(map(is_same, row, wanted)) for row in shown)


def is_same(cell, wanted):
    """Compare a cell with what is wanted; where there is no rate, one of its counts may stand there by itself."""
    return cell == wanted or (wanted == "not held" and cell.endswith("not held)"))


def said(measure, rate):
    if rate is None:
        return "not held"
    if not rate.denominator:
        return measure.nothing
    percent = (200 * rate.numerator + rate.denominator) // (2 * rate.denominator)
    low = " [low]" if rate.numerator and not percent else ""
    return f"{percent}%{low} ({rate.numerator:,} of {rate.denominator:,})"


@FEWER
@given(holdings())
def test_every_link_leads_to_a_page_and_ids_stand_once(held):
    """Also where names come to the same address."""
    pages = pages_of(held)
    for path, page in read(pages).items():
        ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)

        assert {1} >= set(ids.values())
        for tag, attributes in page.elements:
            end = attributes.get("href", "") if tag == "a" else "https://"
            if end.startswith("#"):
                assert end[1:] in ids
            elif not re.match("https?://|data:text/csv", end):
                file = end.partition("#find=")[0]
                assert posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) in pages


def test_two_councils_of_one_name_make_the_same_pages_in_either_order():
    """Without a code, of another type, and with two codes: the name alone does not say which stands first."""
    councils = [
        Authority("Newcastle", AuthorityType.DISTRICT_COUNCIL),
        Authority("Newcastle", AuthorityType.DISTRICT_COUNCIL, code="E07000195"),
        Authority("Newcastle", AuthorityType.DISTRICT_COUNCIL, code="E07000196"),
        Authority("Newcastle", AuthorityType.METROPOLITAN_BOROUGH, code="E07000001"),
    ]
    register = Register([RegisterEntry(council, group=council.type) for council in councils])
    reviews = [
        AnnualReview(council, ReportingYear(2025), investigations=InvestigationTally(upheld, 1))
        for upheld, council in enumerate(councils)
    ]
    made = {
        tuple((path, page.key) for path, page in pages_of((register, held)).items())
        for held in itertools.permutations(reviews)
    }

    assert 1 == len(made)


@FEWER
@given(holdings(), st.randoms(use_true_random=False))
def test_the_same_figures_in_any_order_make_the_same_pages(held, chance):
    """Key by key, so that a second build has nothing to write."""
    register, reviews = held
    shuffled = [*reviews]
    chance.shuffle(shuffled)
    made = {path: page.key for path, page in pages_of(held).items()}

    assert made == {path: page.key for path, page in pages_of((register, shuffled)).items()}


@FEWER
@given(holdings())
def test_no_funnel_is_drawn_of_a_group_of_which_too_little_is_held(held):
    """Under five councils, or under half of those that the register has."""
    register, reviews = held
    groups = Counter(
        (review.authority.type, review.year) for review in reviews if review.authority.type.is_comparison_group
    )
    pages = pages_of(held)

    for (kind, year), count in groups.items():
        page = pages[f"groups/{kind.label.lower().replace(' ', '-')}-{year}.html"]
        if count < 5 or 2 * count < len(register.in_group(AuthorityType(kind), year.end)):
            assert {"dots"} >= {chart.kind.value for _, chart in page.pictures}
            assert "That is too little to draw a funnel of the group" in page.text
        else:
            assert "That is too little to draw a funnel of the group" not in page.text
