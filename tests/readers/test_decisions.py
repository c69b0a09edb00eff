"""
Decisions: listings, archives and pages of single decisions are read as printed, and what is missing is told.

Laws:

- Any entries, printed in any style, are read back as they were, in their order.
- Any decision is read back from its own page.
- A listing as HTML is read as the text of it is.
- Any text and any bytes are read or refused, and nothing else.
"""

import datetime as dt

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support import listings as support
from tests.support.listings import (
    COOKIES,
    PLAIN,
    SUMMARIES,
    Style,
    as_bytes,
    listed,
    listing_as_html,
    paged,
    render_listing,
    render_page,
    styles,
)

from lgsco import DecisionListing, Outcome
from lgsco.documents import PublishedDecision
from lgsco.errors import UnreadableDocument
from lgsco.readers import read_any, read_decisions

ONE = PublishedDecision(
    "Barsetshire County Council",
    "24 013 122",
    document_type="Report",
    outcome=Outcome.UPHELD,
    subcategory="Special educational needs",
    decided_on=dt.date(2025, 7, 24),
)
OTHER = PublishedDecision(
    "Example Care Homes (UK) Limited",
    "23 000 008",
    document_type="Statement",
    outcome=Outcome.NOT_UPHELD,
    subcategory="Residential care",
    decided_on=dt.date(2025, 1, 5),
)
ON_A_PAGE = PublishedDecision(
    "Leeds City Council",
    "17 015 887",
    outcome=Outcome.UPHELD,
    category="Adult care services",
    subcategory="Safeguarding",
    decided_on=dt.date(2019, 7, 17),
)


def read(source, **given):
    """Read, and give the entries as printed without their places, which must be there."""
    printed = read_decisions(source, **given).as_printed

    assert all(entry.place for entry in printed)
    return [attrs.evolve(entry, place=None) for entry in printed]


def listing(*lines):
    """Write a listing of these lines."""
    return "\n".join(("Recent statements in this category are shown below:", *lines))


# --- Listings


def test_a_listing_is_read_as_printed():
    """Every field of every entry, and where each stands."""
    found = read_decisions(render_listing([ONE, OTHER]))

    assert [ONE, OTHER] == [attrs.evolve(entry, place=None) for entry in found.entries]
    assert ["line 5", "line 11"] == [entry.place for entry in found.entries]
    assert ((), (), ()) == (found.duplicates, found.clashes, found.problems)


@pytest.mark.parametrize(
    "style",
    [
        Style(bullet="-\n", indent="", blank=""),
        Style(bullet="", indent="", blank=""),
        Style(bullet="* ", blank=""),
        Style(frame=COOKIES),
        Style(hard_spaces=True),
        Style(bold=True),
        Style(links=True),
        Style(glued=True),
        Style(broken=True),
        Style(line_ends="\r\n"),
        Style(lead="Archive has 347 results", heading="Child protection archive 2020-2021"),
        Style(lead="Recent reports in this category are shown below:"),
        Style(heading=""),
    ],
    ids=lambda style: ",".join(name for name, held in attrs.asdict(style).items() if held != getattr(PLAIN, name)),
)
def test_a_style_changes_nothing(style):
    """Bullets, blanks, frames, marks, breaks and glue are not part of what is printed."""
    assert [ONE, OTHER] == read(render_listing([ONE, OTHER], style, SUMMARIES))


@pytest.mark.parametrize(
    ("printed", "outcome"),
    [
        ("Upheld", Outcome.UPHELD),
        ("UPHELD", Outcome.UPHELD),
        ("Not Upheld", Outcome.NOT_UPHELD),
        ("Closed after initial enquiries", Outcome.CLOSED_AFTER_INITIAL_ENQUIRIES),
        ("Referred back for local resolution", Outcome.REFERRED_BACK),
        ("Advice given", Outcome.ADVICE_GIVEN),
        ("Incomplete/Invalid", Outcome.INVALID_OR_INCOMPLETE),
        ("Invalid or incomplete", Outcome.INVALID_OR_INCOMPLETE),
    ],
)
def test_an_outcome_in_any_wording(printed, outcome):
    """The six outcomes, in the capitals and the order of words in which they are met."""
    (entry,) = read(listing("Leeds City Council (24 000 001)", f"Statement {printed} Noise 01-Feb-2025"))

    assert (outcome, "Noise") == (entry.outcome, entry.subcategory)


@pytest.mark.parametrize(
    "printed",
    ["01-Feb-2025", "1-Feb-2025", "01 Feb 2025", "1 February 2025", "01-FEB-2025", "01/02/2025", "01.02.2025"],
)
def test_a_date_in_any_form(printed):
    """Days stand before months, as they do in Britain."""
    (entry,) = read(listing("Leeds City Council (24 000 001)", f"Statement Upheld Noise {printed}"))

    assert (dt.date(2025, 2, 1), "Noise") == (entry.decided_on, entry.subcategory)


@pytest.mark.parametrize(
    ("printed", "reference"),
    [
        ("24 013 122", "24 013 122"),
        ("24-013-122", "24 013 122"),
        ("24013122", "24 013 122"),
        ("24\N{NO-BREAK SPACE}013\N{NO-BREAK SPACE}122", "24 013 122"),
        ("24\N{NON-BREAKING HYPHEN}013\N{NON-BREAKING HYPHEN}122", "24 013 122"),
        ("17 002 402b", "17 002 402b"),
        ("17 002 402 B", "17 002 402b"),
        ("96/A/1637", "96/A/1637"),
        ("Ref: 24 013 122", "24 013 122"),
    ],
)
def test_a_reference_in_any_form(printed, reference):
    """It is given in the form that cases have, whatever stands between its figures."""
    (entry,) = read(listing(f"Leeds City Council ({printed})", "Statement Upheld Noise 01-Feb-2025"))

    assert ("Leeds City Council", reference) == (entry.body, entry.reference)


def test_only_the_last_brackets_hold_the_reference():
    """A name has brackets of its own, numbers too, and may be missing altogether."""
    names = ("Bupa Care Homes (BNH) Limited", "Example (24 000 009) Limited")

    assert [*names, None] == [
        entry.body
        for name in (*names, "")
        for entry in read(listing(f"{name} (24 000 001)", "Statement Upheld Noise 01-Feb-2025"))
    ]


def test_a_category_in_the_heading():
    """The page of a whole category has it as its heading, and each entry its own subcategory."""
    text = "Planning\n" + listing("Leeds City Council (24 000 001)", "Statement Upheld Other 01-Feb-2025")

    assert [("Planning", "Other")] == [(entry.category, entry.subcategory) for entry in read(text)]


@pytest.mark.parametrize(
    ("url", "category"),
    [
        ("https://www.lgo.org.uk/decisions/education/special-educational-needs", "Education"),
        ("http://lgo.org.uk/Decisions/children-s-care-services?displaypref=3", "Children's care services"),
        ("/decisions/other-categories/", "Other Categories"),
        ("/decisions/nonsense/", None),
        ("http://lgo.org.uk/Decisions/Archive?t=both&fd=2020-03-31", None),
        (None, None),
    ],
)
def test_a_category_in_the_address(url, category):
    """The address of a listing tells the category of its entries, where it is one that we know."""
    assert [attrs.evolve(ONE, category=category)] == read(render_listing([ONE]), url=url)


def test_a_category_in_the_links_of_a_text():
    """A link within the text tells it too, and for each entry on its own."""
    text = listing(
        "- [Leeds City Council (24 000 001)](https://www.lgo.org.uk/decisions/housing/allocations/24-000-001)",
        "Statement Upheld Allocations 01-Feb-2025",
        "- [York City Council (24 000 002)](https://www.lgo.org.uk/decisions/planning/other/24-000-002)",
        "Statement Upheld Other 01-Feb-2025",
    )

    assert ["Housing", "Planning"] == [entry.category for entry in read(text)]


def test_a_summary_is_not_looked_into():
    """What reads like an entry, a date or an outcome in it belongs to the summary."""
    text = listing(
        "- Leeds City Council (24 000 001)",
        "Statement Not upheld Noise 01-Feb-2025",
        "Summary: Upheld, as on 02-Feb-2025, in (24 000 002)",
        "which Mr X knew from York City Council (24 000 003)",
        "the second time: see York City Council (24 000 004)",
        "- Hull City Council (24 000 005)",
        "Statement Upheld Noise 03-Feb-2025",
    )
    found = read_decisions(text)

    assert ["24 000 001", "24 000 005"] == [entry.reference for entry in found.entries]


def test_metadata_over_several_lines():
    """Each of its parts may stand on a line of its own, as it does in some copies."""
    (entry,) = read(
        listing("Leeds City Council (24 000 001)", "Statement", "Upheld", "Noise", "01-Feb-2025", "Summary: x")
    )

    assert ("Statement", Outcome.UPHELD, "Noise", dt.date(2025, 2, 1)) == (
        entry.document_type,
        entry.outcome,
        entry.subcategory,
        entry.decided_on,
    )


def test_unknown_words_are_part_of_the_subcategory():
    """An outcome that nobody knows is not made up: what stands between the known ends is kept as printed."""
    found = read_decisions(listing("Leeds City Council (24 000 001)", "Statement Discontinued Noise 01-Feb-2025"))

    assert [(None, "Discontinued Noise")] == [(entry.outcome, entry.subcategory) for entry in found.entries]
    assert ["line 2: this decision is printed without an outcome"] == [str(problem) for problem in found.problems]


# --- What is missing


@pytest.mark.parametrize(
    ("lacking", "lines"),
    [
        (("body", "reference"), ["Statement Upheld Noise 01-Feb-2025", "Summary: x"]),
        (("outcome", "decided_on"), ["Leeds City Council (24 000 001)", "Summary: x"]),
        (("outcome", "decided_on"), ["\u2022 Leeds City Council (24 000 001)", "Next"]),
        (("outcome", "decided_on"), ["\u2022 Leeds City Council (24 000 001)"]),
        (("outcome",), ["Leeds City Council (24 000 001)", "Statement Noise 01-Feb-2025"]),
        (("decided_on",), ["Leeds City Council (24 000 001)", "Statement Upheld Noise", "Summary: x"]),
        (("decided_on",), ["Leeds City Council (24 000 001)", "Statement Upheld Noise", "York Council (24 000 002)"]),
        (("decided_on",), ["Leeds City Council (24 000 001)", "Statement Upheld Noise"]),
        (("decided_on",), ["Leeds City Council (24 000 001)", "Statement Upheld Noise", "x" * 200]),
        (("body",), ["(24 000 001)", "Statement Upheld Noise 01-Feb-2025"]),
    ],
)
def test_an_entry_that_lacks_something_is_kept_and_flagged(lacking, lines):
    """It has what it has; the rest is ``None``, and the problem names where and what."""
    found = read_decisions(listing(*lines))
    words = {"body": "a body", "reference": "a reference", "outcome": "an outcome", "decided_on": "a date"}

    assert lacking == found.entries[0].missing
    assert ("line 2", f"this decision is printed without {', '.join(words[name] for name in lacking)}") in [
        (problem.place.path, problem.reason) for problem in found.problems
    ]


def test_a_title_that_nothing_follows_is_told():
    """It may be a decision of which only the title was copied, or anything else; no entry is made of it."""
    found = read_decisions(
        listing("Leeds City Council (24 000 001)", "York Council (24 000 002)", "Statement Upheld Noise 01-Feb-2025")
    )

    assert ["24 000 002"] == [entry.reference for entry in found.entries]
    assert ["line 2"] == [str(problem.place) for problem in found.problems]
    assert "Leeds City Council (24 000 001)" == found.problems[0].value


@pytest.mark.parametrize("printed", ["31-Feb-2025", "00-Jan-2025", "12-Smarch-2025", "12/13/2025", "01-Jan-0000"])
def test_a_day_that_is_none_is_told(printed):
    """Its entry has no date, and the problem says what was printed."""
    found = read_decisions(listing("Leeds City Council (24 000 001)", f"Statement Upheld Noise {printed}"))
    (entry,) = found.entries

    assert (Outcome.UPHELD, "Noise", None) == (entry.outcome, entry.subcategory, entry.decided_on)
    assert ["line 2", "line 2"] == [str(problem.place) for problem in found.problems]
    assert printed == found.problems[0].value


def test_an_empty_listing_is_a_listing():
    """One that says that it has no results, or shows none, holds no entries; that is no error."""
    assert DecisionListing(()) == read_decisions("Noise archive 2019-2020\nArchive has 0 results")
    for none in (
        "Your search has no results",
        "Search decisions\n\nNo results found",
        "Your search returned 0 results.",
    ):
        assert DecisionListing(()) == read_decisions(none)
        assert (DecisionListing(()),) == read_any(none)


def test_a_listing_on_one_line_has_all_its_decisions():
    """A copy may lose its lines; a day is of a year that the Ombudsman can have."""
    entry = "Barsetshire Council (24 013 12{}) Statement Upheld Housing 24-Jul-2025 Summary: It was late. "
    listing = read_decisions("".join(entry.format(number) for number in range(3)))
    old = read_decisions(entry.format(1).replace("2025", "0025"))

    assert ["24 013 120", "24 013 121", "24 013 122"] == [entry.reference for entry in listing.entries]
    assert (None, True) == (old.entries[0].decided_on, bool(old.problems))


def test_copies_are_folded_and_clashes_told():
    """The same case twice is one entry; the same case with two outcomes is a clash."""
    clashing = attrs.evolve(ONE, outcome=Outcome.NOT_UPHELD)
    found = read_decisions(render_listing([ONE, OTHER, OTHER, clashing]))

    assert (3, 1, [("outcome",)]) == (len(found), len(found.duplicates), [clash.fields for clash in found.clashes])


# --- Pages of single decisions


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"colon": ": "},
        {"colon": ":"},
        {"blank": ""},
        {"frame": COOKIES},
        {"frame": "Home > Decisions > Leeds City Council (17 015 887)\n"},
        {"values_below": True},
    ],
)
def test_a_page_of_a_decision_is_read_as_printed(given):
    """Category and subcategory, outcome and date, by their labels."""
    found = read_decisions(render_page(ON_A_PAGE, **given))

    assert [ON_A_PAGE] == [attrs.evolve(entry, place=None) for entry in found.entries]
    assert () == found.problems


def test_labels_may_be_glued():
    """One line may hold all three."""
    text = (
        "Leeds City Council (17 015 887)Category : Adult care services > SafeguardingDecision : Upheld"
        "Decision date : 17 Jul 2019\nThe Ombudsman\N{RIGHT SINGLE QUOTATION MARK}s final decision:"
    )

    assert [ON_A_PAGE] == read(text)


def test_several_pages_in_one_text():
    """Each title begins another decision, and what it says of other cases is none."""
    other = attrs.evolve(ON_A_PAGE, reference="18 000 001", outcome=Outcome.NOT_UPHELD)

    assert [ON_A_PAGE, other] == read(render_page(ON_A_PAGE) + render_page(other))


@pytest.mark.parametrize(
    "text",
    [
        "Leeds City Council (17 015 887)\nThe Ombudsman's final decision:\nSummary: x",
        "Leeds City Council (17 015 887)\nThe Ombudsmen's final decision:\nSummary: x",
        "Leeds City Council (17 015 887)\n\nOverview:\n\nKey to names used\n\nMr X\n\nFinding\n\nFault found.",
        "Leeds City Council (17 015 887)\nPrint this page",
        "Leeds City Council (17 015 887)",
    ],
)
def test_a_page_without_labels_is_kept_and_flagged(text):
    """Copies of older pages and of public interest reports lack them; no outcome is made up."""
    found = read_decisions(text)

    assert [PublishedDecision("Leeds City Council", "17 015 887", place="line 1")] == [*found.entries]
    assert ["this decision is printed without an outcome, a date"] == [problem.reason for problem in found.problems]


def test_the_title_of_an_older_summary_is_the_reference_alone():
    """The page of a report's summary names no body."""
    text = "15 010 742\nCategory : Planning > Planning applications\nDecision : Upheld\nDecision date : 29 Jun 2016\n"
    found = read_decisions(text + "Ombudsman satisfied with council's response: 23 September 2016.\n")

    assert [(None, "15 010 742", Outcome.UPHELD, dt.date(2016, 6, 29))] == [
        (entry.body, entry.reference, entry.outcome, entry.decided_on) for entry in found.entries
    ]
    assert ("body",) == found.entries[0].missing


@pytest.mark.parametrize(
    ("labels", "value"),
    [
        ("Decision : Withdrawn\nDecision date : 17 Jul 2019", "Withdrawn"),
        ("Decision : Upheld\nDecision date : soon", "soon"),
        ("Decision : Upheld\nDecision date : 31 Jun 2019", "31 Jun 2019"),
    ],
)
def test_a_label_with_an_odd_value_is_told(labels, value):
    """What is printed is the value of the problem, and the field is not known."""
    found = read_decisions(f"Leeds City Council (17 015 887)\nCategory : Housing > Allocations\n{labels}\n")

    assert value == found.problems[0].value
    assert "Housing" == found.entries[0].category


def test_labels_without_a_title_are_kept_where_they_say_something():
    """A copy may lack its first line; labels of another kind of page are no decision."""
    text = "Category : Housing > Allocations\nDecision : Upheld\nDecision date : 17 Jul 2019"

    assert [("Housing", Outcome.UPHELD, None)] == [(held.category, held.outcome, held.body) for held in read(text)]
    with pytest.raises(UnreadableDocument):
        read_decisions("Case reference: 20 010 732\nCategory: Education\nSub Category: Land\n")


def test_labels_end_where_the_text_ends():
    """A label without a value says nothing."""
    assert [(None, None)] == [
        (entry.outcome, entry.decided_on) for entry in read("Leeds City Council (17 015 887)\nDecision :")
    ]


# --- HTML and bytes


def test_html_is_read_as_the_text_is():
    """Tags, scripts and entities are not part of what is printed; links tell the category."""
    found = read_decisions(listing_as_html([ONE, OTHER], slug="adult-care-services").encode())

    assert [attrs.evolve(entry, category="Adult care services") for entry in (ONE, OTHER)] == [
        attrs.evolve(entry, place=None) for entry in found.entries
    ]
    assert ["line 9", "line 14"] == [entry.place for entry in found.entries]


def test_a_body_with_an_entity():
    """An ampersand is one sign, however HTML writes it."""
    entry = attrs.evolve(ONE, body="Cheshire West & Chester Council")

    assert [entry] == read(listing_as_html([entry]))


@pytest.mark.parametrize("source", ["", b"", "\n\n", "Nothing of the kind.", "()", ")", "1", "C", "Decision", b"\xff"])
def test_what_holds_no_decision_is_refused(source):
    """The refusal says what was looked for."""
    with pytest.raises(UnreadableDocument) as caught:
        read_decisions(source)

    assert () == caught.value.found
    assert caught.value.missing in (("decisions",), ("text",))
    assert "decisions" in str(caught.value)


# --- Laws


@given(st.lists(listed(), min_size=1, max_size=6), styles(), st.permutations(SUMMARIES))
@example([ONE, OTHER], Style(glued=True, broken=True), SUMMARIES)
def test_what_is_printed_is_read_back(entries, style, summaries):
    """Whatever the entries, and whatever copying did to them."""
    assert [support.as_read(entry) for entry in entries] == read(render_listing(entries, style, summaries))


@given(st.lists(listed(), min_size=1, max_size=6), st.permutations(SUMMARIES))
def test_a_listing_as_html_is_read_back(entries, summaries):
    """HTML holds the same entries."""
    assert [support.as_read(entry) for entry in entries] == read(listing_as_html(entries, summaries))


@given(st.lists(listed(), min_size=1, max_size=4))
def test_every_lack_is_told(entries):
    """An entry is among the problems exactly where it lacks something."""
    found = read_decisions(render_listing(entries))

    assert {entry.place for entry in found.as_printed if entry.missing} == {
        str(problem.place) for problem in found.problems
    }


@given(paged(), st.sampled_from((" : ", ": ", ":")), st.sampled_from(("", "\n")), st.booleans())
def test_a_page_is_read_back(entry, colon, blank, values_below):
    """Whatever the decision, and however its labels are set."""
    assert [entry] == read(render_page(entry, colon=colon, blank=blank, values_below=values_below))


@given(st.lists(listed(), min_size=1, max_size=3), styles())
def test_bytes_are_read_like_their_text(entries, style):
    """A listing is the same whether its text or its bytes are given."""
    text = render_listing(entries, style)

    assert read_decisions(text) == read_decisions(as_bytes(text))


_SCRAPS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["Leeds City Council (24 000 001)", "Statement Upheld Noise 01-Feb-2025", "Statement", "Upheld", "Summary:",
         "Category : ", "Decision : ", "Decision date : ", "(24 000 001)", "24 000 001", "The Ombudsman's final decision:",
         "\n", "\n\n", "- ", "\u2022", "(", ")", "99-99-9999", "31-Feb-2025", "<p>", "</p>", "<!--", "<script>", "&#0;",
         "Recent x in this category are shown below", "Archive has 1 result", " > ", "\x00", "\ud800", "\u0663"],
    ),
)  # fmt: skip


@given(st.text() | st.binary() | st.lists(_SCRAPS, max_size=30).map("".join) | st.lists(_SCRAPS).map("\n".join))
def test_anything_is_read_or_refused(source):
    """Nothing but a listing or a refusal comes out of any text and any bytes."""
    try:
        found = read_decisions(source)
    except UnreadableDocument as error:
        refusal, found = error, DecisionListing(())
    else:
        refusal = None

    assert (refusal is None) or refusal.missing
    assert {entry.place for entry in found.as_printed if entry.missing} <= {
        str(problem.place) for problem in found.problems
    }


def test_a_name_never_begins_with_a_space_of_any_kind():
    """After a bullet may stand white space that no keyboard has."""
    assert ["Leeds City Council"] == [
        entry.body for entry in read_decisions("\u2022\u1680Leeds City Council (24 000 001)").as_printed
    ]


def test_a_day_that_is_glued_to_a_word_is_no_date_whatever_stood_before():
    """Whether the day was read in another entry makes no difference."""
    before = "Leeds City Council (24 000 001)\nStatement Upheld Noise 24-Jul-2025\n"
    glued = "Leeds City Council (24 000 002)\nStatement Upheld Noise24-Jul-2025\n"

    assert None is read_decisions(glued).entries[0].decided_on
    assert None is read_decisions(before + glued).entries[1].decided_on


@given(st.lists(listed(), min_size=1, max_size=3), styles())
def test_entries_keep_the_rules_of_every_other_value(entries, style):
    """What is read is made of its own fields anew, each held against its rule, and is the same."""
    for entry in read_decisions(render_listing(entries, style)).as_printed:
        assert entry == attrs.evolve(entry)
