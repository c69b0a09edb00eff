"""The documents from which fuzzing begins, written by the renderers of the tests, the same each time."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.support import letters, listings, pages, pdfs, sheets

import lgsco
from lgsco.readers import CASE_FIELDS

COLUMNS = {field: field for field in CASE_FIELDS}
ME = lgsco.Authority("Barsetshire County Council", lgsco.AuthorityType.COUNTY_COUNCIL)
CASES = [
    [*CASE_FIELDS],
    *(
        [words.get(field, "") for field in CASE_FIELDS]
        for words in (
            {"reference": "19 003 456", "outcome": "Upheld", "decided_on": "1 April 2019", "opened_on": "2019-01-31"},
            {
                "reference": "19-003-457",
                "outcome": "not upheld",
                "decided_on": "30/04/2019",
                "satisfactory_remedy": "no",
            },
        )
    ),
]


def drawn(render, *strategies, count=6):
    """Give what is rendered of so many draws, the same each time."""
    found = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(st.tuples(*strategies))
    def draw(parts):
        found.append(render(*parts))

    draw()
    return found


def of_letters():
    texts = drawn(letters.render, letters.printed_figures(), letters.noises())
    return [*texts, *map(pages.as_html, texts[:3]), *(make(text) for make in pdfs.MAKERS for text in texts[:2])]


def of_pages():
    texts = drawn(
        lambda printed, layout, noise: pages.render_page(*printed, layout, noise),
        pages.printed_years(several=True),
        pages.layouts(several=True),
        letters.noises(),
    )
    return [*texts, *map(pages.as_html, texts[:3])]


def of_decisions():
    entries = st.lists(listings.listed(), min_size=1, max_size=3)
    return [
        *drawn(listings.render_listing, entries, listings.styles()),
        *drawn(listings.listing_as_html, entries, count=3),
        *drawn(listings.render_page, listings.paged(), count=3),
    ]


def of_tables():
    held = sheets.sheets().flatmap(lambda one: st.tuples(st.just(one), sheets.styles(one)))
    rows = drawn(lambda both: sheets.rows_of(*both), held)
    books = [make({"Data": each}) for make in (sheets.as_xlsx, sheets.as_xls, sheets.as_ods) for each in rows[:2]]
    return [*map(sheets.as_text, rows), *books]


def of_cases():
    books = [make({"Cases": CASES}) for make in (sheets.as_xlsx, sheets.as_xls, sheets.as_ods)]
    return [sheets.as_text(CASES), sheets.as_text(CASES, delimiter="\t"), *books]
