"""The documents from which fuzzing begins, written by the renderers of the tests, the same each time."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.support import letters, listings, pages, pdfs, sheets

import lgsco
from lgsco.readers import CASE_FIELDS

# Whose the cases are is given, and so is no column.
COLUMNS = {field: field for field in CASE_FIELDS if field not in {"authority", "code", "authority_type"}}
ME = lgsco.Authority("Barsetshire County Council", lgsco.AuthorityType.COUNTY_COUNCIL)
CASES = [
    [*CASE_FIELDS],
    *(
        [words.get(field, "") for field in CASE_FIELDS]
        for words in (
            {"reference": "19 003 456", "outcome": "Upheld", "decided_on": "1 April 2019", "opened_on": "2019-01-31",
             "recommendation_kind": "payment", "recommendation_text": "Apology and \N{POUND SIGN}250",
             "recommendation_due_on": "30/06/2019", "recommendation_completed_on": "1 May 2019",
             "compliance_status": "Complied", "compliance_recorded_on": "2 July 2019"},
            {"reference": "19-003-457", "outcome": "not upheld", "decided_on": "30/04/2019",
             "satisfactory_remedy": "no", "enquiry_sent_on": "1/2/2019", "enquiry_due_on": "1/3/2019"},
            {"reference": "19 003 458", "outcome": "Premature", "decided_on": "2019-05-01", "service_area": "Housing"},
        )
    ),
]  # fmt: skip


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


def rows_of_tables():
    held = sheets.sheets().flatmap(lambda one: st.tuples(st.just(one), sheets.styles(one)))
    return drawn(lambda both: sheets.rows_of(*both), held)


BOOKS = (sheets.as_xlsx, sheets.as_xls, sheets.as_ods)


def of_tables():
    rows = rows_of_tables()
    books = [make({"Data": each}) for make in BOOKS for each in rows[:2]]
    return [*map(sheets.as_text, rows), *books]


def of_cases():
    books = [make({"Cases": CASES}) for make in BOOKS]
    return [sheets.as_text(CASES), sheets.as_text(CASES, delimiter="\t"), *books]
