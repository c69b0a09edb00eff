"""
Pages of a council's performance: the figures of every year on them, and what else they say.

Laws:

- Any figures of one year, in any layout and with any noise, are read back as they were.
- So are those of several years on one page.
- A page as HTML is read as the text of it is.
- Any text and any bytes are read or refused, and nothing else.
"""

from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.letters import PLAIN, Noise, noises
from tests.support.pages import Layout, as_html, layouts, printed_years, render_page, with_overview
from tests.support.pdfs import MAKERS

from lgsco import Overview, PerformancePage, PrintedPercent, PrintedReview, ReportingYear, audit, published
from lgsco.documents import (
    Missing,
    ParagraphTopic,
    PrintedPer100k,
    PrintedStatistic,
    PrintedTally,
    ServiceImprovement,
)
from lgsco.errors import UnreadableDocument
from lgsco.readers import read_page
from lgsco.readers.names import council_in, is_council

NAME = "Barsetshire County Council"
OLD = PrintedReview(
    NAME,
    ReportingYear(2019),
    upheld=PrintedStatistic(
        percent=PrintedPercent(80), count=12, base=15, base_noun="investigations", average=PrintedPercent(55)
    ),
    compliance=PrintedStatistic(
        percent=PrintedPercent(100), base=10, base_noun="compliance outcomes", average=PrintedPercent(100)
    ),
    remedies=PrintedStatistic(
        percent=PrintedPercent(8), count=1, base=12, base_noun="upheld decisions", average=PrintedPercent(11)
    ),
)
LATER = PrintedReview(
    NAME,
    ReportingYear(2023),
    upheld=PrintedStatistic(
        percent=PrintedPercent(83), count=5, base=6, base_noun="detailed investigations", average=PrintedPercent(59)
    ),
    compliance=PrintedStatistic(base=0),
    remedies=PrintedStatistic(
        percent=PrintedPercent(20),
        count=1,
        base=5,
        base_noun="detailed investigations",
        average=Missing.NOT_APPLICABLE,
    ),
    per_100k=PrintedPer100k(rate=Decimal("3.5"), average=Decimal("1.4")),
)
NEW = """\
Barsetshire County Council

Complaint overview

Between 1 April 2024 to 31 March 2025, we dealt with 79 complaints. Of these, 29 were not for us or not ready for us to
investigate. We assessed and closed 27 complaints. We investigated 23 complaints.

Complaints upheld

We investigated 23 complaints and upheld 18.

78% of complaints we investigated were upheld.

This compares to an average of 89% in similar authorities.

Adjusted for Barsetshire County Council's population, this is 2.6% upheld decisions per 100,000 residents.

Compliance with Ombudsman recommendations

100% of cases we were satisfied the Council had successfully implemented our recommendations.

Statistics are based on a total of 16 compliance outcomes for the period between 1 April 2024 to 31 March 2025
"""


def read(source, **given):
    """Read a page, and give its figures without their sources."""
    return [attrs.evolve(review, source=None) for review in read_page(source, **given)]


def refused(source):
    """Read what cannot be read, and give the error."""
    with pytest.raises(UnreadableDocument) as caught:
        read_page(source)
    return caught.value


# --- Figures


@pytest.mark.parametrize("layout", [Layout(), Layout(captions=True), Layout(cookies=True, advice=True, menu=True)])
def test_a_page_of_2018_19_is_read_as_printed(layout):
    """The three statistics with counts, averages and bases as stated."""
    assert [OLD] == read(render_page(NAME, [OLD], layout))


@pytest.mark.parametrize("stray", [False, True])
def test_a_page_of_2022_23_is_read_as_printed(stray):
    """Figures per 100,000 residents, with a stray sign or without, an average that does not apply, and nothing due."""
    assert [LATER] == read(render_page(NAME, [LATER], Layout(stray=stray)))


def test_a_page_of_2024_25_is_read_as_printed():
    """The overview with its groups, and the counts in one sentence."""
    assert [
        PrintedReview(
            NAME,
            ReportingYear(2025),
            upheld=PrintedStatistic(percent=PrintedPercent(78), count=18, base=23, average=PrintedPercent(89)),
            compliance=PrintedStatistic(percent=PrintedPercent(100), base=16, base_noun="compliance outcomes"),
            per_100k=PrintedPer100k(rate=Decimal("2.6")),
            overview=PrintedTally(Overview(not_for_us=29, assessed_and_closed=27, investigated=23), total=79),
        )
    ] == read(NEW)


def test_a_year_without_investigations():
    """Nought is printed in words, and the words that explain the overview are no figures."""
    counts = {"not_for_us": 6, "assessed_and_closed": 9, "investigated": 0}
    empty = with_overview(
        PrintedReview(
            NAME,
            ReportingYear(2025),
            compliance=PrintedStatistic(base=0),
            remedies=PrintedStatistic(base=0),
        ),
        counts,
        15,
    )

    assert [empty] == read(render_page(NAME, [empty]))
    assert [None] == [review.upheld for review in read(render_page(NAME, [empty]))]


def test_a_page_gives_counts_and_findings():
    """It is audited as it is, and its figures become counts."""
    page = read_page(NEW.replace("Barsetshire", "Cambridgeshire").replace("upheld 18", "upheld 19"))
    (review,) = page
    counts = review.review(published.register())

    assert [("uphold rate", "78%")] == [(finding.where, finding.printed) for finding in audit(page)]
    assert (19, 4) == (counts.investigations.upheld, counts.investigations.not_upheld)


def test_the_figures_say_where_they_came_from():
    """Their source names the council and the year, and the address where that is given."""
    (review,) = read_page(NEW, url="https://www.lgo.org.uk/your-councils-performance/x/statistics")

    assert "https://www.lgo.org.uk/your-councils-performance/x/statistics" == review.source.url
    assert all(words in review.source.title for words in (NAME, "2024-25"))


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_a_page_printed_to_a_pdf(maker):
    """As somebody keeps it who prints it."""
    assert [LATER] == read(maker(render_page(NAME, [LATER])))


# --- Several years


@pytest.mark.parametrize("layout", [Layout(), Layout(year_lines=True), Layout(menu=True), Layout(captions=True)])
def test_several_years_on_one_page(layout):
    """Each block is of the year that it names, or that stands above it; a menu of years is none."""
    between = attrs.evolve(
        LATER, year=ReportingYear(2022), upheld=attrs.evolve(LATER.upheld, percent=PrintedPercent(84)), per_100k=None
    )

    assert [LATER, between, OLD] == read(render_page(NAME, [LATER, between, OLD], layout))


def test_a_year_may_stand_in_other_words():
    """As a period or as the year that ends, on a line of its own."""
    sentence = "{}% of complaints we investigated were upheld."
    text = "\n".join(
        (
            NAME,
            "Annual statistics",
            "Statistics for 2023-24",
            sentence.format(81),
            "1 April 2022 to 31 March 2023",
            sentence.format(82),
            "Year ending 31 March 2022",
            sentence.format(83),
            "2020-22",
            "2020/2021",
            sentence.format(84),
        )
    )

    assert [(2024, 81), (2023, 82), (2022, 83), (2021, 84)] == [
        (review.year.ending, review.upheld.percent.value) for review in read(text)
    ]


def test_a_block_without_a_year_takes_that_of_its_neighbours():
    """Of the block before it, unless that year has such a block; then of the one after."""
    due = "Compliance with Ombudsman recommendations\nNo recommendations were due for compliance in this period"
    upheld = (
        "Complaints upheld\n{}% of complaints we investigated were upheld.\nStatistics are based on a total of 3"
        " investigations for the period between 1 April {} to 31 March {}"
    )
    text = "\n".join(
        (NAME, "Annual statistics", due, upheld.format(81, 2022, 2023), upheld.format(82, 2021, 2022), due)
    )

    assert [(2023, 0, 81), (2022, 0, 82)] == [
        (review.year.ending, review.compliance.base, review.upheld.percent.value) for review in read(text)
    ]
    problems = refused(f"{text}\n{due.replace('No rec', '5% of cases we were satisfied. No rec')}").problems
    assert ["the year is not printed"] == [problem.reason.partition(": ")[2] for problem in problems]


def test_the_year_may_stand_in_the_text_alone():
    """Where no period is printed, the year that the page says it is about will do."""
    text = f"{NAME}\nAnnual statistics\nFigures for the year ending 31 March 2020, all of them\n"

    assert [2020] == [review.year.ending for review in read(text + "81% of complaints we investigated were upheld.")]


# --- Whose page it is, and what else it says


@pytest.mark.parametrize(
    "text",
    [
        "Our cookies\n\nBarsetshire County Council\n\nAnnual statistics ?What is this\n",
        "80% Complaints upheld by Barsetshire County Council80% of complaints we investigated were upheld.",
        "Adjusted for Barsetshire County\nCouncil\N{RIGHT SINGLE QUOTATION MARK}s population, this is 1 upheld decisions per 100,000 residents.",
        "Home\nBarsetshire County Council\nStatistics",
    ],
)
def test_the_council_is_named_above_the_figures_or_among_them(text):
    """In the line above the first heading, in a sentence, or on a line of its own."""
    page = read_page(
        f"{text}\nWe have published the following reports\nNo reports published\nyear ending 31 March 2023\n"
    )

    assert NAME == page.name


def test_public_reports_are_listed():
    """Each with its line, in texts with empty lines and without; the rest of the page is not among them."""
    reports = ("A bridge stayed shut for 86% of a year.", "An almshouse was lost.")
    text = render_page(NAME, [OLD], Layout(reports=reports, bullets="- "))
    bare = "\n".join(line for line in text.split("\n") if line)
    page = read_page(text)

    assert [*reports] == [passage.text for passage in page.public_reports]
    assert [*reports] == [passage.text for passage in read_page(bare).public_reports]
    assert {(ParagraphTopic.PUBLIC_REPORT,)} == {passage.topics for passage in page.public_reports}
    assert [text.split("\n").index(report) + 1 for report in reports] == [held.line for held in page.public_reports]


def test_a_report_may_go_on_over_a_line():
    """Where empty lines part the reports, one line is part of the next."""
    text = f"{NEW}\npublished the following public interest reports against X\n\nA bridge\nstayed shut.\n\nMore.\n\n2\nView all"

    assert ["A bridge stayed shut.", "More."] == [passage.text for passage in read_page(text).public_reports]
    assert () == read_page(text).not_found[1:]


def test_a_page_may_end_in_its_lists():
    """What stands at the end of a text is read like the rest of it."""
    page = read_page(f"{NEW}\nPredecessor councils:\nLoamshire Council")
    listed = read_page(f"{NEW}\npublished the following public interest reports against X\n\nA bridge stayed shut.")

    assert ("Loamshire Council",) == page.predecessors
    assert ["A bridge stayed shut."] == [passage.text for passage in listed.public_reports]


def test_no_public_reports_is_told_from_no_list():
    """A page that says that there are none lists none; one without the list does not say."""
    with_list, without = (read_page(render_page(NAME, [OLD], Layout(reports=held))) for held in ((), None))

    assert () == with_list.public_reports == without.public_reports
    assert ((), ("public reports",)) == (with_list.not_found, without.not_found)


@pytest.mark.parametrize(
    ("said", "before", "after"),
    [
        ("This council was replaced by Loamshire Council.", (), ("Loamshire Council",)),
        ("Barsetshire County Council is now part of Loamshire Council", (), ("Loamshire Council",)),
        (
            "Successor councils:\n- Loamshire Council\n- Felpersham City Council\n\nMore",
            (),
            ("Loamshire Council", "Felpersham City Council"),
        ),
        (
            "Barsetshire County Council replaced Loamshire District Council, Felpersham Borough Council and Poole, Ham and Combe Council.",
            ("Loamshire District Council", "Felpersham Borough Council", "Poole, Ham and Combe Council"),
            (),
        ),
        ("Predecessor authorities: Loamshire Council", ("Loamshire Council",), ()),
        ("Our council has replaced its chairs.", (), ()),
        ("", (), ()),
    ],
)  # fmt: skip
def test_councils_before_and_after(said, before, after):
    """In the words that we believe such a page to have; no real page has confirmed them."""
    page = read_page(NEW.replace("Complaint overview", f"Complaint overview\n\n{said}\n", 1))

    assert (before, after) == (page.predecessors, page.successors)


MERGED = """\
North Borsetshire Council
North Borsetshire Council is a merger of several councils and the historical information for these are located from the following links.
Borchester Borough Council
Felpersham District Council
Borsetshire County Council
Annual statistics
Between 1 April 2024 to 31 March 2025, we dealt with 119 complaints. Of these, 54 were not for us or not ready for us to investigate. We assessed and closed 43 complaints. We investigated 22 complaints.
Complaints upheld
We investigated 22 complaints and upheld 20.
91% of complaints we investigated were upheld.
"""
LINKS = "from the following links."


def test_a_page_of_a_merged_council_is_its_own():
    """However its sentence is broken, the figures are not those of the council that is listed last above them."""
    for old, new, name in (
        ("", "", "North Borsetshire Council"),
        ("North Borsetshire Council\nNorth", "North", "North Borsetshire Council"),
        ("North Borsetshire Council\nNorth", "North borsetshire Council\nNorth", "North Borsetshire Council"),
        ("North Borsetshire Council is", "North & borsetshire Council is", "North & borsetshire Council"),
        ("Council\nNorth", "CouncilNorth", "North Borsetshire Council"),
        ("Council is a merger", "\nCouncil is a merger", "North Borsetshire Council"),
        ("Council is a merger", "Council\nis a merger", "North Borsetshire Council"),
        ("the following links.", "the\nfollowing links.\n", "North Borsetshire Council"),
        ("following links.\n", "following links.", "North Borsetshire Council"),
        ("Borough Council\n", "Borough Council\n\n", "North Borsetshire Council"),
        ("Borchester Borough", "\N{BULLET} Borchester Borough", "North Borsetshire Council"),
        ("Annual statistics\n", "", "North Borsetshire Council"),
    ):
        text = MERGED.replace(old, new, 1)
        page = read_page(text)

        assert (name, page) == (page.name, attrs.evolve(read_page(text.encode()))), old
        assert [(name, 2025, 20, 119)] == [
            (review.name, review.year.ending, review.upheld.count, review.overview.total) for review in page
        ]
        assert {"Borchester Borough Council", "Felpersham District Council", "Borsetshire County Council"} == {
            *page.predecessors
        }


def test_figures_below_the_name_of_another_council_are_not_taken():
    """They are another council's, and the page says that it left them out."""
    other = "Borsetshire County Council\nComplaints upheld\n86% of complaints we investigated were upheld.\n2023-24\n"
    page = read_page(f"{MERGED}{other}North Borsetshire Council\nCompliance with Ombudsman recommendations\n"
                     "100% of cases we were satisfied with it.")  # fmt: skip

    assert [(2025, 91, 100)] == [
        (review.year.ending, review.upheld.percent.value, review.compliance.percent.value) for review in page
    ]
    assert ("figures of Borsetshire County Council",) == page.not_found[-1:]


HELP = (
    "Find out more about reports\nWe issue reports on certain investigations, particularly where there is a matter of"
    " public interest.\n"
)
TITLE = f"{NAME} (22 016 433)"
ABOUT = "The Council left a child without school, and 12% of cases we were satisfied."


def test_figures_of_other_years_and_councils_are_named_and_not_taken():
    """Beside the council's own, or below a line that says whose they are."""
    figures = (
        "50% of complaints we investigated were upheld.\n\n"
        "Statistics are based on a total of 4 investigations for the period between 1 April 2022 to 31 March 2023\n"
    )
    for text, other in (
        (NEW.replace("78% of", "Last year 71% of complaints we investigated were upheld. 78% of"), "'last year'"),
        (NEW.replace("78% of", "Nationally, 83% of complaints we investigated were upheld. 78% of"), "'nationally'"),
        (f"{NEW}\nHistorical figures for Loamshire Council\n\n{figures}", "Loamshire Council"),
        (f"{NEW}\nLoamshire Council\n{figures}", "Loamshire Council"),
    ):
        page = read_page(text)

        assert read(NEW) == read(text)
        assert f"figures of {other}" in page.not_found


def test_marks_of_notes_are_no_part_of_numbers():
    """In HTML they are raised, and what is struck out is not said."""
    text = as_html(NEW).replace("16 compliance", "16<sup>1</sup> compliance").replace("78%", "<del>70%</del> 78%")

    assert read(NEW) == read(text)


def test_a_title_and_its_summary_are_one_report():
    """With an empty line between them or none; help text that is unfolded is no report."""
    for listed in (
        f"{HELP}Public reports\n{TITLE}\n{ABOUT}\n",
        f"Public reports\n{HELP}{TITLE}\n{ABOUT}\n",
        f"Public reports ?What is this\n\n{TITLE}\n\n{ABOUT}\n\nView all\nMore",
        f"Public reports\n{TITLE} {ABOUT}\n",
        f"Public reports\n{HELP.replace('where', chr(10) + 'where')}{TITLE}\n{ABOUT}\n",
        f"Public reports\nService improvements\nAnnual letters\n\nPublic reports\n\n{TITLE}\n{ABOUT}\n\nAbout us\n",
        f"We have published the following\npublic interest reports against {NAME}\n{HELP}{TITLE}\n{ABOUT}\nService improvements\n",
    ):
        page = read_page(f"{NEW}\n{listed}")

        assert [f"{TITLE} {ABOUT}"] == [report.text for report in page.public_reports]
        assert [PrintedPercent(100)] == [review.compliance.percent for review in page]


def test_reports_with_titles_are_as_many_as_their_titles():
    """Each with its own summary, and a heading without any report is no list."""
    several = f"Public reports\n{TITLE}\n{ABOUT}\n{TITLE.replace('433', '434')}\nAnother\nsummary.\n"

    assert [f"{TITLE} {ABOUT}", f"{TITLE.replace('433', '434')} Another summary."] == [
        report.text for report in read_page(f"{NEW}\n{several}").public_reports
    ]
    assert "public reports" in read_page(f"Public reports\n{NEW}").not_found
    dated = read_page(f"{NEW}\nPublic reports\n\n{TITLE}\n\n12 March 2024\n\n{ABOUT}\n\nAbout us")
    assert [f"{TITLE} 12 March 2024 {ABOUT}"] == [report.text for report in dated.public_reports]
    none = read_page(f"{NEW}\nPublic reports\nWe have not published any public interest reports against X.\nMore")
    assert ((), False) == (none.public_reports, "public reports" in none.not_found)


IMPROVED = """\
Service improvements

Case reference:
22016433
Category:
Education
Sub Category:
School transport

Train staff on 12% of cases.

Write a policy.

Annual letters
More
"""
ON_LINES = """\
Service improvements
Case reference: 22 016 433
Category: Education
Sub Category: School transport
\N{BULLET} Train staff
on 12% of cases.
\N{BULLET} Write a policy.
"""


def test_service_improvements_are_values():
    """Each with the case and its category; labels may be on one line or have their values below."""
    labels = "Case reference: 22-016-433 Category: Education Sub-category: School transport"
    for listed in (
        IMPROVED,
        ON_LINES,
        f"{labels}\n\nTrain staff on 12% of cases.\n\nWrite a policy.\n\nView all\nMore",
    ):
        page = read_page(f"{NEW}\n{listed}")

        assert page.improvements == tuple(
            ServiceImprovement("22 016 433", agreed, category="Education", subcategory="School transport")
            for agreed in ("Train staff on 12% of cases.", "Write a policy.")
        )
        assert [PrintedPercent(100)] == [review.compliance.percent for review in page]


def test_an_improvement_that_is_cut_off_is_named():
    """Without what was agreed, or with a reference that is none."""
    page = read_page(f"{NEW}\nCase reference: X\nCategory: Housing\nDo it.\nCase reference: 22 016 433")

    assert (ServiceImprovement(None, "Do it.", category="Housing"),) == page.improvements
    assert ("service improvement: reference of the case", "service improvement 22 016 433: what was agreed") == (
        page.not_found[-2:]
    )


def test_figures_of_which_only_words_are_found_are_named():
    """Bases in words that are not known, and sentences that are cut off, by part and year."""
    text = NEW.replace("of 16 compliance outcomes", "of 16 promises").replace("average of 89%", "average of most")

    assert {
        "complaints upheld, 2024-25: average of similar authorities",
        "compliance, 2024-25: number that it is based on",
    } < {*read_page(text).not_found}
    assert "satisfactory remedies, 2024-25" in read_page(f"{NEW}\nIn 16% of upheld ca").not_found


def test_a_page_without_figures_is_a_page():
    """Copies of older pages lack them; what they list is read all the same."""
    page = read_page(render_page(NAME, [], Layout(reports=("A bridge stayed shut.",))))

    assert (0, 1, ("figures",)) == (len(page), len(page.public_reports), page.not_found)


def test_a_page_is_like_its_reviews():
    """It is counted, looped over and indexed as they are."""
    page = read_page(NEW)

    assert (1, [*page.reviews], page.reviews[0]) == (len(page), [*page], page[0])


# --- What is refused


def test_figures_that_clash_are_told_with_both_lines():
    """Of one year; which of them is right nobody but the writer knows."""
    text = NEW + "\n77% of complaints we investigated were upheld."
    first, last = (next(at for at, line in enumerate(text.split("\n"), 1) if share in line) for share in ("78%", "77%"))
    (problem,) = refused(text).problems

    assert f"line {last}" == str(problem.place)
    assert all(words in problem.reason for words in ("77%", "78%", f"line {first}", "2024-25"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("between 1 April 2024 to 31 March 2025", "between 1 April 2024 to 31 March 2026"),
        ("78% of", "178% of"),
        ("April 2024 to 31 March 2025", "April 1849 to 31 March 1850"),
        (
            "period between 1 April 2024 to 31 March 2025",
            "period between 1 April 2024 to 31 March 2025, or the period between 1 April 2023 to 31 March 2024",
        ),
    ],
)
def test_what_cannot_be_is_told(old, new):
    """Periods that are no year, percentages above a hundred, years before the Ombudsman, two periods of one block."""
    assert old in NEW

    error = refused(NEW.replace(old, new))
    assert {"line"} == {str(problem.place).split(" ")[0] for problem in error.problems}


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("", ("council", "figures", "public reports")),
        ("Barsetshire County Council", ("figures", "public reports")),
        (
            "81% of complaints we investigated were upheld in the year ending 31 March 2020.",
            ("council", "public reports"),
        ),
        (b"\xff", ("text",)),
    ],
)
def test_what_is_no_page_is_refused(source, missing):
    """The refusal says what was found, and what was not."""
    assert missing == refused(source).missing


# --- Real figures


def test_the_published_overviews_are_read_back():
    """Every overview that ships, printed as its page prints it."""
    held = [review for review in published.printed() if review.overview]

    assert 90 < len(held)
    for review in held:
        shown = attrs.evolve(review, upheld=None, source=None)
        (read_back,) = read(render_page(review.name, [shown]))

        assert shown.overview == read_back.overview
        assert shown.year == read_back.year


def _in_words(statistic):
    """Whether print says in words that there is nothing, and so names no base; nor does it where there is none."""
    return statistic.base is None or (statistic.base == 0 and statistic.percent is None)


def test_the_published_figures_of_pages_are_read_back():
    """Every statistic that ships of the years with pages, as far as a page prints it."""
    held = [
        review
        for review in published.printed()
        if 2019 <= review.year.ending <= 2024 and review.upheld and review.upheld.percent
    ]

    assert 50 < len(held)
    for review in held:
        statistics = {
            part: attrs.evolve(statistic, base_noun=None if _in_words(statistic) else statistic.base_noun or noun)
            for part, noun in (("upheld", "investigations"), ("compliance", "compliance outcomes"), ("remedies", "upheld decisions"))
            if (statistic := getattr(review, part))
        }  # fmt: skip
        shown = PrintedReview(review.name, review.year, per_100k=review.per_100k, **statistics)

        assert [shown] == read(render_page(review.name, [shown], Layout(year_lines=True)))


# --- Laws


@given(printed_years(), layouts(), noises())
def test_what_is_printed_of_a_year_is_read_back(printed, layout, noise):
    """Whatever the figures, the layout, and what copying did to them."""
    name, years = printed
    page = read_page(render_page(name, years, attrs.evolve(layout, year_lines=True), noise))

    assert [*years] == [attrs.evolve(review, source=None) for review in page]
    assert name == page.name
    assert (layout.reports or ()) == tuple(passage.text for passage in page.public_reports)


@given(printed_years(several=True), layouts(several=True), noises())
def test_what_is_printed_of_several_years_is_read_back(printed, layout, noise):
    """One below the other, each with its year above."""
    name, years = printed

    assert [*years] == read(render_page(name, years, layout, noise))


def test_what_names_a_council():
    """Every name of the register, however it is typed; no heading, no line of an address, and no part of a sentence."""
    names = [authority.name for authority in published.register()]
    lines = ("Council Offices", "Council House", "The Council", "Your council", "Local Planning Authority", "Borough Road",
             "Return to Barsetshire County Council", "I am writing to Barsetshire Council", "City of London Police",
             "Our ref: BCC/Council", "Local Government Ombudsman", "Compare with another council", "")  # fmt: skip

    assert 300 < len(names)
    assert [] == [name for name in names if not is_council(name)]
    assert all(is_council(name.upper()) for name in names)
    assert [] == [line for line in lines if is_council(line)]
    assert all(map(is_council, ("Westmorland & furness Council", "Royal Borough of Windsor and Maidenhead")))
    assert ("Barsetshire County Council",) * 3 == tuple(
        map(council_in, (f"Chief Executive, {NAME}", f"To: {NAME}", f"The Chief Executive of {NAME},"))
    )


@given(printed_years(), layouts(), st.sampled_from((PLAIN, Noise(glued=True))))
def test_html_is_read_as_the_text_is(printed, layout, noise):
    """The same page as HTML holds the same figures."""
    name, years = printed
    text = render_page(name, years, attrs.evolve(layout, year_lines=True), noise)

    assert [*years] == read(as_html(text)) == read(as_html(text).encode())


_SCRAPS = st.sampled_from([*NEW.split("\n"), *render_page(NAME, [LATER, OLD], Layout(year_lines=True)).split("\n")])


@given(st.text() | st.binary() | st.lists(_SCRAPS, max_size=40).map("\n".join) | st.lists(_SCRAPS).map("".join))
def test_anything_is_read_or_refused(source):
    """Nothing but a page or a refusal comes out of any text and any bytes."""
    try:
        page = read_page(source)
    except UnreadableDocument as error:
        refusal, page = error, PerformancePage("nobody", ())
    else:
        refusal = None

    assert refusal is None or refusal.missing or refusal.problems
    assert page.name
