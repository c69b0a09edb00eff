"""
Listings and pages of decisions to test the reader with, in each of the layouts that the Ombudsman's site has had.

The facts stand as the site prints them; the summaries and all else are our own.
"""

import datetime as dt
import html

import attrs
from hypothesis import strategies as st

from lgsco import Outcome
from lgsco.documents import DECISION_CATEGORIES, PublishedDecision

PUBLISHED = (Outcome.UPHELD, Outcome.NOT_UPHELD, Outcome.CLOSED_AFTER_INITIAL_ENQUIRIES)
BODIES = (
    "Barsetshire County Council",
    "Bournemouth, Christchurch and Poole Council",
    "London Borough of Hammersmith & Fulham",
    "Example Care Homes (UK) Limited",
    "NHS Chelsea - West Barchester University Hospital",
    "King\N{RIGHT SINGLE QUOTATION MARK}s Lynn & West Norfolk Council",
    "St. Septimus's Primary School",
    "Statement & Report Council",
    "Børchester City Council",
)
SUBCATEGORIES = sorted(
    {name for category in DECISION_CATEGORIES for name in category.subcategories}
    | {"Covid-19", "Council house repairs", "Land and buildings 2019"}
)
SUMMARIES = (
    "We will not investigate this complaint.",
    "the Council was not at fault.",
    "Ms X complained about the Council.\nMr X did not. See also Barchester Council (19 001 002)",
    "We have upheld this complaint, as we did in 19 001 002 on 01-Jan-2019:",
    "Mr X says that the Council\n\u2022 did this; and\n\u2022 did that.",
    "The decision: none. Category: none.",
    "",
)
COOKIES = "Privacy settings\n\nWe keep small files.\n\nView required files\n\n"
FRAME = (COOKIES, "Home > Decisions > Education\n\n", "")
FOOTER = ("\nBack to top\n\nPrint this page\n", "\n1\n2\n3\nNext\n", "")


@attrs.frozen(kw_only=True)
class Style:
    """How a listing is printed, and what copying did to it."""

    bullet: str = "  \u2022 "
    indent: str = "    "
    blank: str = "\n"
    """What stands between two lines of an entry, besides the end of the line."""
    lead: str = "Recent statements in this category are shown below:"
    heading: str = "Special educational needs"
    frame: str = ""
    footer: str = ""
    hard_spaces: bool = False
    bold: bool = False
    links: bool = False
    glued: bool = False
    broken: bool = False
    """The line of type, outcome, subcategory and date is broken at each of its spaces but the first two."""
    line_ends: str = "\n"


PLAIN = Style()


def styles():
    """Any style."""
    layouts = st.sampled_from(
        (("  \u2022 ", "    ", "\n"), ("-\n", "", ""), ("", "", ""), ("* ", "  ", ""), ("", "", "\n"))
    )
    return st.builds(
        lambda layout, **given: Style(bullet=layout[0], indent=layout[1], blank=layout[2], **given),
        layouts,
        lead=st.sampled_from(
            (
                "Recent statements in this category are shown below:",
                "Recent reports in this category are shown below:",
                "Archive has 347 results",
            )
        ),
        heading=st.sampled_from(("Special educational needs", "COVID-19 archive", "Noise archive 2020-2021", "")),
        frame=st.sampled_from(FRAME),
        footer=st.sampled_from(FOOTER),
        hard_spaces=st.booleans(),
        bold=st.booleans(),
        links=st.booleans(),
        glued=st.booleans(),
        broken=st.booleans(),
        line_ends=st.sampled_from(("\n", "\r\n")),
    )


def title(entry):
    """Give the first line of an entry; nothing where it is missing."""
    return f"{entry.body} ({entry.reference})" if entry.reference else ""


def metadata(entry):
    """Give the second line of an entry; nothing where it is missing."""
    if entry.document_type is None:
        return ""
    day = "" if entry.decided_on is None else printed_day(entry.decided_on)
    outcome = "" if entry.outcome is None else entry.outcome.label
    return " ".join(part for part in (entry.document_type, outcome, entry.subcategory, day) if part)


def printed_day(day, between="-"):
    """Give a day as listings print it."""
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{day.day:02}{between}{months[day.month - 1]}{between}{day.year:04}"


def render_listing(entries, style=PLAIN, summaries=("We will not investigate this complaint.",)):
    """Write the listing of these entries."""
    blocks = []
    for at, entry in enumerate(entries):
        first, second = title(entry), metadata(entry)
        if style.bold and first:
            first = f"**{first}**"
        if style.links and first:
            first = f"[{first}](/elsewhere)"
        if style.hard_spaces:
            first, second = (line.replace(" ", "\N{NO-BREAK SPACE}") for line in (first, second))
        elif style.broken and second.count(" ") > 2 and entry.decided_on is not None:
            words = second.split(" ")
            second = " ".join(words[:2]) + "\n" + " ".join(words[2:])
        third = f"Summary: {summaries[at % len(summaries)]}"
        if style.glued:
            lines = [f"{first}{second}{third}"] if first and second and entry.decided_on else [first, second, third]
        else:
            lines = [first, second, third]
        said = f"\n{style.blank}{style.indent}".join(line for line in lines if line)
        blocks.append(f"{style.bullet}{said}\n")
    text = f"{style.frame}{style.heading}\n\n{style.lead}\n\n" + style.blank.join(blocks) + style.footer
    return text.replace("\n", style.line_ends)


def listing_as_html(entries, summaries=("We will not investigate this complaint.",), *, slug=None):
    """Write the listing of these entries as HTML; a slug of a category makes each title a link."""
    items = []
    for at, entry in enumerate(entries):
        said = html.escape(title(entry))
        if slug and entry.reference:
            said = (
                f'<a href="https://www.lgo.org.uk/decisions/{slug}/some/{entry.reference.replace(" ", "-")}">{said}</a>'
            )
        summary = html.escape(summaries[at % len(summaries)])
        items.append(
            f"<li class='entry'>\n <h3>{said}</h3>\n <p>{html.escape(metadata(entry))}</p>\n"
            f" <p><strong>Summary:</strong> {summary}</p>\n</li>\n"
        )
    return (
        "<!doctype html>\n<html>\n<head><title>Listing</title><script>if (1 < 2) { x('</p>') }</script></head>\n<body>\n"
        f"<h1>Some category</h1>\n<p>Recent statements in this category are shown below:</p>\n<ul>\n{''.join(items)}</ul>\n"
        "</body>\n</html>\n"
    )


def render_page(entry, *, colon=" : ", blank="\n", frame="", values_below=False):
    """Write the page of one decision."""
    labels = []
    between = "\n" if values_below else ""
    if entry.category is not None:
        below = f" > {entry.subcategory}" if entry.subcategory else ""
        labels.append(f"Category{colon}{between}{entry.category}{below}")
    if entry.outcome is not None:
        labels.append(f"Decision{colon}{between}{entry.outcome.label}")
    if entry.decided_on is not None:
        labels.append(f"Decision date{colon}{between}{printed_day(entry.decided_on, ' ')}")
    head = title(entry) if entry.body else entry.reference
    lines = [
        head,
        *labels,
        "The Ombudsman's final decision:",
        "Summary: The Council was not at fault.",
        "The complaint",
        "1. Mr X complained, as in Barchester Council (19 001 002)",
        "Back to top",
        "Final decision",
        "2. We uphold the complaint.",
        "Print this page",
    ]
    return frame + f"\n{blank}".join(lines) + "\n"


def as_read(entry):
    """Give an entry as it is read from a text, in which hard spaces are spaces; it is the same but for that."""
    return entry


def as_bytes(text):
    """Give a text as the bytes of a file."""
    return text.encode()


REFERENCES = st.builds(
    lambda year, number, letter: f"{year:02} {number // 1000:03} {number % 1000:03}{letter}",
    st.integers(9, 26),
    st.integers(0, 999_999),
    st.sampled_from(("", "", "", "a", "b", "c")),
)
_DAYS = st.dates(dt.date(2009, 4, 1), dt.date(2026, 6, 30))


def listed(*, complete=False):
    """
    Give entries as a listing prints them, whole or with a line, an outcome or a date missing.

    Leaves out an entry without its second line that has no title either.
    """
    whole = st.builds(
        PublishedDecision,
        st.sampled_from(BODIES),
        REFERENCES,
        document_type=st.sampled_from(("Statement", "Report")),
        outcome=st.sampled_from(PUBLISHED),
        subcategory=st.sampled_from(SUBCATEGORIES),
        decided_on=_DAYS,
    )
    if complete:
        return whole
    return whole | whole.flatmap(
        lambda entry: st.sampled_from(
            (
                attrs.evolve(entry, body=None, reference=None),
                attrs.evolve(entry, document_type=None, outcome=None, subcategory=None, decided_on=None),
                attrs.evolve(entry, outcome=None),
                attrs.evolve(entry, decided_on=None),
            )
        )
    )


def paged():
    """Give decisions as their own pages print them, whole, without labels, or without a body."""
    whole = st.sampled_from(DECISION_CATEGORIES).flatmap(
        lambda category: st.builds(
            PublishedDecision,
            st.sampled_from(BODIES),
            REFERENCES,
            outcome=st.sampled_from(PUBLISHED),
            category=st.just(category.name),
            subcategory=st.sampled_from(category.subcategories),
            decided_on=_DAYS,
        )
    )
    return whole | whole.flatmap(
        lambda entry: st.sampled_from(
            (
                attrs.evolve(entry, outcome=None, category=None, subcategory=None, decided_on=None),
                attrs.evolve(entry, body=None),
            )
        )
    )
