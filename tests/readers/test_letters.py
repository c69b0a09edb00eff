"""
Letters: what is printed is read as printed, whatever copying did to it, and what cannot be read is refused with places.

The letters are our own; only their figures stand in the Ombudsman's sentences.

Laws:

- Any figures, printed with any noise, are read back as they were.
- Any text and any bytes are read or refused, and nothing else.
- Text and its bytes are read alike.
"""

import datetime as dt
import io
from decimal import Decimal

import attrs
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.letters import HEADINGS, Noise, noises, printed_figures, render
from tests.support.pdfs import MAKERS, by_reportlab

from lgsco import AnnualLetter, Overview, PrintedPercent, PrintedReview, ReportingYear, audit, published
from lgsco.documents import FindingKind, Missing, ParagraphTopic, PrintedPer100k, PrintedStatistic, PrintedTally
from lgsco.errors import Problem, UnreadableDocument
from lgsco.readers import read_letter

LETTER = """\
22 July 2020

Mr Septimus Harding
Warden and Head of Paid Service
Barsetshire County Council

Dear Mr Harding

Below is what we counted about you.

Yours sincerely

The Archdeacon

Complaints upheld

86% of complaints we investigated were upheld.

This compares to an average of 66% in similar authorities.

19
upheld decisions

Statistics are based on a total of 22 detailed investigations for the period between 1 April 2019 to 31 March 2020

Compliance with Ombudsman recommendations

In 92% of cases we were satisfied the authority had successfully implemented our recommendations.

This compares to an average of 100% in similar authorities.

Statistics are based on a total of 12 compliance outcomes for the period between 1 April 2019 to 31 March 2020

Satisfactory remedies provided by the authority

In 16% of upheld cases we found the authority had provided a satisfactory remedy
before the complaint reached the Ombudsman.

This compares to an average of 9% in similar authorities.

3
satisfactory remedy decisions

Statistics are based on a total of 22 detailed investigations for the period between 1 April 2019 to 31 March 2020
"""
UPHELD = PrintedStatistic(
    percent=PrintedPercent(86),
    count=19,
    base=22,
    base_noun="detailed investigations",
    average=PrintedPercent(66),
)
COMPLIANCE = PrintedStatistic(
    percent=PrintedPercent(92), base=12, base_noun="compliance outcomes", average=PrintedPercent(100)
)
REMEDIES = PrintedStatistic(
    percent=PrintedPercent(16), count=3, base=22, base_noun="detailed investigations", average=PrintedPercent(9)
)
FIGURES = PrintedReview(
    "Barsetshire County Council", ReportingYear(2020), upheld=UPHELD, compliance=COMPLIANCE, remedies=REMEDIES
)
ALL = ("council", "year", "complaints upheld", "compliance", "satisfactory remedies", "date")


def figures_of(text):
    """Read a letter, and give its figures without their source."""
    return attrs.evolve(read_letter(text).figures, source=None)


def changed(old, new, times=1):
    """Give the letter with one of its sentences changed."""
    assert old in LETTER
    return LETTER.replace(old, new, times)


def refused(text):
    """Read what cannot be read, and give the error."""
    with pytest.raises(UnreadableDocument) as caught:
        read_letter(text)

    assert {Problem} >= {type(problem) for problem in caught.value.problems}
    return caught.value


def line_of(text, words):
    """Give the number of the first line that holds these words, from 1."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


# --- What is read


def test_a_letter_is_read_as_printed():
    """The three statistics with their averages and bases as stated, whom it addresses, and when."""
    letter = read_letter(LETTER)

    assert FIGURES == attrs.evolve(letter.figures, source=None)
    assert ("Warden and Head of Paid Service", dt.date(2020, 7, 22), ()) == (
        letter.addressed_to,
        letter.dated,
        letter.not_found,
    )


def test_the_figures_say_where_they_came_from():
    """Their source names the letter and its date."""
    source = read_letter(LETTER).figures.source

    assert dt.date(2020, 7, 22) == source.published_on
    assert "Barsetshire County Council" in source.title
    assert "2019-20" in source.title


def test_a_letter_gives_counts_and_a_finding():
    """From text to counts and to what the letter gets wrong, with nothing mended on the way."""
    worcestershire = LETTER.replace("Barsetshire", "Worcestershire")
    letter = read_letter(worcestershire)
    review = letter.figures.review(published.register())
    (finding,) = audit(letter)

    assert (19, 3, 3) == (
        review.investigations.upheld,
        review.investigations.not_upheld,
        review.investigations.satisfactory_remedies,
    )
    assert (11, 1) == (review.compliance.complied, review.compliance.not_complied)
    assert FindingKind.WRONG_BASE is finding.kind


@pytest.mark.parametrize(
    "noise",
    [
        Noise(bold=True),
        Noise(gaps=("\n",)),
        Noise(gaps=("\N{NO-BREAK SPACE}",)),
        Noise(gaps=("  ", "\t", " \n\n ")),
        Noise(glued=True),
        Noise(glued=True, headings=False),
        Noise(shouted=True),
        Noise(organisations=True),
        Noise(wrong_plurals=True),
        Noise(headings=False),
        Noise(repeated=True),
        Noise(until="and"),
        Noise(line_ends="\r\n"),
        Noise(order=("remedies", "upheld", "compliance")),
        Noise(order=("compliance", "remedies", "upheld"), headings=False),
        Noise(bold=True, glued=True, gaps=("\n", "\N{NO-BREAK SPACE}"), organisations=True, wrong_plurals=True),
    ],
    ids=lambda noise: ",".join(name for name, held in attrs.asdict(noise).items() if held != getattr(Noise(), name)),
)
def test_noise_does_not_matter(noise):
    """Marks, breaks, hard spaces, glued sentences, capitals, plurals, repeats and order change nothing."""
    assert FIGURES == figures_of(render(FIGURES, noise))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("86% of", "**86%** of"),
        ("86% of", "**86** % of"),
        ("86% of", "86 % of"),
        ("86% of", "***86%*** of"),
        ("86% of", "__86%__ of"),
        ("\n19\nupheld", "\n**19**\nupheld"),
        ("\n19\nupheld", "\n19 upheld"),
        ("\n19\nupheld decisions", "\n19\n\nupheld\ndecisions"),
        ("\n19\nupheld decisions", "\n19\n[upheld decisions](https://example.org/a)"),
        ("upheld.\n\nThis", "upheld.This"),
        ("authorities.\n\n19\n", "authorities.19 "),
        ("upheld decisions\n\nStatistics", "upheld decisionsStatistics"),
        ("upheld decisions\n\nStatistics", "upheld decisions\nView upheld decisionsStatistics"),
        ("satisfactory remedy decisions\n\nStatistics", "satisfactory remedy decisionsStatistics"),
        ("recommendations.\n\nThis", "recommendations.This"),
        ("22 detailed investigations", "22 detailed\ninvestigations"),
        ("22 detailed investigations", "22 detailed investigation"),
        ("12 compliance outcomes", "12 Compliance Outcomes"),
        ("12 compliance outcomes", "12 compliance outcome"),
        ("similar authorities", "similar organisations"),
        ("1 April 2019 to 31 March 2020", "1 April 2019 and 31 March 2020"),
        ("1 April 2019 to 31 March 2020", "1\nApril 2019\nto 31 March\n2020"),
        ("Complaints upheld\n", ""),
        ("Complaints upheld\n", "**Complaints upheld**\n"),
    ],
)
def test_a_sentence_as_it_is_found(old, new):
    """One change at a time, each seen in print or left by copying; the figures stay what they are."""
    assert FIGURES == figures_of(changed(old, new))


def test_thousands_have_a_separator_or_not():
    """Both are the same count; a comma in a list of figures makes no thousands."""
    for count in ("1019", "1,019"):
        letter = changed("\n19\n", f"\n{count}\n").replace("22 detailed", "12,022 detailed")

        assert (1_019, 12_022, 12_022) == (
            figures_of(letter).upheld.count,
            figures_of(letter).upheld.base,
            figures_of(letter).remedies.base,
        )


@pytest.mark.parametrize("figure", ["12,34", "1,0199", "0.19", "1.019"])
def test_a_part_of_a_number_is_no_count(figure):
    """What is no whole number is not read from its middle."""
    assert figures_of(changed("\n19\n", f"\n{figure}\n")).upheld.count is None


def test_decimals_are_kept():
    """A percentage with a decimal stands for a narrower range, so the decimal is part of what is printed."""
    read = figures_of(changed("86%", "86.4%").replace("66%", "66.0%")).upheld

    assert ("86.4", 1) == (str(read.percent.value), read.percent.places)
    assert ("66.0", 1) == (str(read.average.value), read.average.places)


@pytest.mark.parametrize("percent", [0, 100])
def test_nought_and_a_hundred_per_cent_are_figures(percent):
    """Neither end is taken for something missing."""
    assert PrintedPercent(percent) == figures_of(changed("86%", f"{percent}%")).upheld.percent


def test_not_applicable_is_told_from_missing():
    """Beside the figures of an abolished council "n/a" is printed; another letter leaves the sentence out."""
    absent = figures_of(changed("average of 66%", "average of n/a")).upheld
    missing = figures_of(changed("This compares to an average of 66% in similar authorities.", "")).upheld

    assert Missing.NOT_APPLICABLE is absent.average
    assert missing.average is None
    assert attrs.evolve(UPHELD, average=None) == missing


def without(name, words):
    """Give the letter with other words in place of all that it says of one statistic."""
    start = LETTER.index(HEADINGS[name] + "\n")
    after = [LETTER.index(heading + "\n") for heading in HEADINGS.values() if LETTER.index(heading + "\n") > start]
    return LETTER[:start] + words + "\n\n" + LETTER[min(after, default=len(LETTER)) :]


def test_no_recommendations_were_due():
    """Nothing over nothing is printed in words, and is a base of 0 without a rate."""
    letter = without("compliance", "No recommendations were due for compliance in this period")

    assert attrs.evolve(FIGURES, compliance=PrintedStatistic(base=0)) == figures_of(letter)


def test_no_complaints_were_upheld():
    """The same for the satisfactory remedies; the uphold rate of such a year is a true nought."""
    letter = without("remedies", "The Ombudsman did not uphold any complaints in this period").replace("86%", "0%")

    assert PrintedStatistic(base=0) == figures_of(letter).remedies
    assert PrintedPercent(0) == figures_of(letter).upheld.percent


@pytest.mark.parametrize(
    ("name", "words"),
    [("upheld", "complaints upheld"), ("compliance", "compliance"), ("remedies", "satisfactory remedies")],
)
def test_a_statistic_that_is_missing_is_named(name, words):
    """It is ``None``, which is not nought, and the others are read all the same."""
    letter = read_letter(without(name, "We are sorry, there is nothing here."))

    assert attrs.evolve(FIGURES, **{name: None}) == attrs.evolve(letter.figures, source=None)
    assert (words,) == letter.not_found


def test_what_copies_do_to_numbers():
    """A number in words of per cent, with spaces for commas; what may be part of a number is not read, and is named."""
    percent = "complaints upheld: percentage"
    for old, new, field, expected, not_found in (
        ("86%", "86 per cent", "percent", PrintedPercent(86), ()),
        ("66%", "66 percent", "average", PrintedPercent(66), ()),
        ("22 detailed", "1\N{NO-BREAK SPACE}022 detailed", "base", 1022, ()),
        ("1 April 2019 to 31 March", "1st April 2019 to 31st March", "base", 22, ()),
        ("86%", "8\n6%", "percent", None, (percent,)),
        ("86%", "86. 5%", "percent", None, (percent,)),
        ("86%", "86,5%", "percent", None, (percent,)),
        ("86%", "Eighty-six per cent", "percent", None, (percent,)),
        ("86% of complaints we investigated", "86% of complaints we inves-\ntigated", "percent", None, (percent,)),
        ("\n19\n", "\n1 019\n", "count", None, ()),
        ("\n19\n", "\n15 19\n", "count", None, ()),
    ):
        letter = read_letter(changed(old, new))

        assert (expected, not_found) == (getattr(letter.figures.upheld, field), letter.not_found), new


def test_figures_of_other_years_and_councils_are_named_and_not_taken():
    """By the words around a figure in its sentence; in a sentence of its own, a figure is the council's."""
    own = "86% of complaints we investigated were upheld"
    for said, other in (
        ("Last year, 71% of complaints we investigated were upheld.", "last year"),
        ("71% of complaints we investigated were upheld in the previous year.", "previous year"),
        ("In 2018-19, 71% of complaints we investigated were upheld.", "2018-19"),
        ("Nationally,\n71% of complaints we investigated were upheld.", "nationally"),
    ):
        letter = read_letter(changed("Below is", f"{said} Below is"))

        assert (UPHELD, (f"figures of {other!r}",)) == (letter.figures.upheld, letter.not_found)
    for said in ("In 2019-20, ", "In the last year, ", "Last year we wrote. ", "We spoke of it last year.\n"):
        assert FIGURES == figures_of(changed(own, said + own))


def test_two_letters_in_one_text_are_refused():
    """The figures of the second would be taken for those of the first."""
    second = changed("Barsetshire County", "Loamshire County")
    first = LETTER[: LETTER.index("Complaints upheld")]

    assert FIGURES == figures_of(f"{LETTER}\n{LETTER}")
    for text in (f"{LETTER}\n{second}", f"{first}\n{second}"):
        (problem,) = refused(text).problems
        assert "Loamshire County Council" in problem.reason


def test_what_is_printed_twice_alike_is_read_once():
    """A summary at the top and a table at the end may say the same."""
    twice = changed("Below is what", "86% of complaints we investigated were upheld. Below is what")

    assert FIGURES == figures_of(twice) == figures_of(LETTER + LETTER[LETTER.index("Complaints upheld") :])


def test_an_average_or_a_base_belongs_to_the_statistic_last_spoken_of():
    """Their sentences are the same for all three, so a heading or a sentence before them decides."""
    only_averages = (
        LETTER[: LETTER.index("Complaints upheld")]
        + "year ending 31 March 2020\n"
        + "Satisfactory remedies provided by the council\nThis compares to an average of 9% in similar authorities.\n"
        + "Complaints upheld\nThis compares to an average of 66% in similar authorities.\n"
    )

    assert PrintedReview(
        "Barsetshire County Council",
        ReportingYear(2020),
        upheld=PrintedStatistic(average=PrintedPercent(66)),
        remedies=PrintedStatistic(average=PrintedPercent(9)),
    ) == figures_of(only_averages)


def test_an_average_of_nothing_in_particular_is_left_alone():
    """Before any statistic is spoken of, nobody knows what an average is of."""
    letter = changed("Below is what", "There is an average of 12% in similar authorities. Below is what")

    assert FIGURES == figures_of(letter)


@pytest.mark.parametrize(
    "prose",
    [
        "We upheld 250 cases in the county.",
        "We gave 118 courses to 1,400 people, 47 more than last year.",
        "An authority with a compliance rate below 100% should look into it.",
        "Complaints upheld - we say what this means elsewhere.",
        "About 31% of all complaints were closed early.",
    ],
)
def test_other_numbers_are_no_figures(prose):
    """What is said in other words is not taken for one of the statistics."""
    assert FIGURES == figures_of(changed("Below is what", f"{prose} Below is what"))


@pytest.mark.parametrize("sign", ["", "%", " %"])
def test_figures_per_100_000_residents_are_read_and_are_no_counts(sign):
    """Later letters print them beside the average of the group, a trailing ".0" dropped, some with a stray sign."""
    letter = changed(
        "\n19\nupheld decisions\n",
        "\n19\nupheld decisions\n"
        f"Adjusted for Barsetshire County Council's population, this is\n4{sign} upheld decisions per 100,000 residents\n."
        f"The average for authorities of this type is 12.5{sign} upheld decisions per 100,000 residents.\n",
    )
    per_100k = PrintedPer100k(rate=Decimal(4), average=Decimal("12.5"))

    assert attrs.evolve(FIGURES, per_100k=per_100k) == figures_of(letter)


def test_an_overview_is_read_and_is_no_statistic():
    """The pages from 2024-25 say in sentences what was dealt with; a letter may say it too."""
    said = (
        "Between 1 April 2019 to 31 March 2020, we dealt with 1,079 complaints. Of these, 29 were not for us. We assessed"
        " and closed 1,027 complaints. We investigated 23 complaints. Below is what"
    )
    overview = PrintedTally(Overview(not_for_us=29, assessed_and_closed=1_027, investigated=23), total=1_079)

    assert attrs.evolve(FIGURES, overview=overview) == figures_of(changed("Below is what", said))


# --- Whom it addresses, and when


@pytest.mark.parametrize(
    ("block", "office"),
    [
        (("Mr Septimus Harding", "Warden", "Barsetshire County Council"), "Warden"),
        (("By email", "", "Ms Mary Harding", "Chief Executive", "Barsetshire County Council"), "Chief Executive"),
        (("By email", "Dr S. Harding", "Chief Executive", "Barsetshire County Council"), "Chief Executive"),
        (("**Mr Harding**", "**Warden**", "**Barsetshire County Council**"), "Warden"),
        (("Mr Harding", "Barsetshire County Council"), None),
        (("Barsetshire County Council",), None),
        (("Mr Harding", "", "Barsetshire County Council"), None),
        (("Warden", "Mr Septimus Harding", "Barsetshire County Council"), None),
        (("Warden", "Cllr Harding", "Barsetshire County Council"), None),
    ],
)
def test_the_office_is_kept_and_the_person_is_not(block, office):
    """A letter is to an office; whoever held it is named nowhere in what was read."""
    letter = read_letter(
        "\n".join([*block, "", "Dear Mr Harding", LETTER[LETTER.index("\nBelow") :].replace("The Archdeacon", "")])
    )

    assert ("Barsetshire County Council", office) == (letter.figures.name, letter.addressed_to)
    assert "Harding" not in repr(letter)


def test_an_address_is_no_council():
    """Where a street and a postcode follow the council, the figures are the council's."""
    street = changed("Barsetshire County Council\n", "Barsetshire County Council\nCounty Hall\nBarchester BA1 1AA\n")

    assert "Barsetshire County Council" == read_letter(street).figures.name


def test_the_signature_is_no_part_of_what_is_said():
    """Nobody who signs is named either."""
    assert "Archdeacon" not in repr(read_letter(LETTER))


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("22 July 2020", dt.date(2020, 7, 22)),
        ("1 July 2020", dt.date(2020, 7, 1)),
        ("**22 July 2020**", dt.date(2020, 7, 22)),
        ("22\N{NO-BREAK SPACE}July  2020", dt.date(2020, 7, 22)),
        ("Wednesday 22 July 2020", dt.date(2020, 7, 22)),
        ("Date: 22 July 2020", dt.date(2020, 7, 22)),
        ("29 February 2020", dt.date(2020, 2, 29)),
        ("31 February 2020", None),
        ("22/07/2020", dt.date(2020, 7, 22)),
        ("Wednesday, 22nd JULY 2020", dt.date(2020, 7, 22)),
        ("Your ref dated 3 January 2019\n22 July 2020", dt.date(2020, 7, 22)),
        ("for the year ended\n31 March 2020\n\n22 July 2020", dt.date(2020, 7, 22)),
        ("July 2020", None),
        ("22 Jullet 2020", None),
        ("", None),
    ],
)
def test_the_date_of_a_letter(printed, expected):
    """The first day in the heading; what is no day, or not in words that are known, is said not to be found."""
    letter = read_letter(changed("22 July 2020\n", f"{printed}\n"))

    assert (expected, () if expected else ("date",)) == (letter.dated, letter.not_found)
    assert expected == letter.figures.source.published_on


def test_a_day_in_the_text_is_not_the_date_of_the_letter():
    """Only what stands above the greeting is."""
    letter = read_letter(changed("22 July 2020\n", "").replace("Below is", "As of 29 July 2020, below is"))

    assert letter.dated is None


# --- What it says


def test_paragraphs_are_read_with_their_lines():
    """Between greeting and signature, each with the line on which it begins, its lines joined and its marks gone."""
    text = render(FIGURES, said=("We have **two** things\nto say, [here](https://example.org).", "", "And another."))
    paragraphs = read_letter(text).paragraphs

    assert [
        "Here is what we counted for the year ending 31 March 2020.",
        "We have two things to say, here.",
        "And another.",
    ] == [passage.text for passage in paragraphs]
    assert [line_of(text, "Here is"), line_of(text, "We have"), line_of(text, "And another")] == [
        passage.line for passage in paragraphs
    ]


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("We published a public report about your school transport.", [ParagraphTopic.PUBLIC_REPORT]),
        ("A public interest report on housing followed.", [ParagraphTopic.PUBLIC_REPORT]),
        ("Two public reports against you are on our site.", [ParagraphTopic.PUBLIC_REPORT]),
        ("Four remedies were not implemented within the time agreed.", [ParagraphTopic.LATE_COMPLIANCE]),
        ("You took too long to implement what was agreed.", [ParagraphTopic.LATE_COMPLIANCE]),
        ("We ask you to end late compliance.", [ParagraphTopic.LATE_COMPLIANCE]),
        ("It was not completed by the day agreed.", [ParagraphTopic.LATE_COMPLIANCE]),
        ("There are delays in implementing what was agreed.", [ParagraphTopic.LATE_COMPLIANCE]),
        ("We recorded that you took all the actions we asked for.", [ParagraphTopic.COMPLIANCE]),
        ("You have not complied with one of them.", [ParagraphTopic.COMPLIANCE]),
        ("You did not fully comply with our letter.", [ParagraphTopic.COMPLIANCE]),
        ("You failed to carry out two of them.", [ParagraphTopic.COMPLIANCE]),
        ("Non-compliance is rare.", [ParagraphTopic.COMPLIANCE]),
        ("Failure to comply with our recommendations is rare.", []),
        ("Your late replies cost us weeks.", [ParagraphTopic.LIAISON]),
        ("Responses to our enquiries were late in half of all cases.", [ParagraphTopic.LIAISON]),
        ("The remedies were completed late in two cases.", [ParagraphTopic.LATE_COMPLIANCE]),
        ("Once we came near to a witness summons.", [ParagraphTopic.LIAISON]),
        ("There were delays in responding to us.", [ParagraphTopic.LIAISON]),
        ("There was a delay of weeks in providing files.", [ParagraphTopic.LIAISON]),
        ("Please improve its liaison with us.", [ParagraphTopic.LIAISON]),
        ("It is public that we report on much.", []),
        ("Thank you for a good year, and for your publications.", []),
        (
            "After a public report about care, remedies came late and a witness\nsummons was near.",
            [ParagraphTopic.PUBLIC_REPORT, ParagraphTopic.LATE_COMPLIANCE, ParagraphTopic.LIAISON],
        ),
    ],
)
def test_what_a_paragraph_is_about(said, topics):
    """A public report, late compliance and liaison are recognised, also across line breaks; the rest has no topic."""
    *_, passage = read_letter(render(FIGURES, said=(said,))).paragraphs

    assert topics == [*passage.topics]


def test_paragraphs_without_empty_lines():
    """As extraction leaves a letter: a sentence that ends on a short line ends a paragraph, and a short line is a heading."""
    body = [
        "What we counted",
        "This is the first line of a paragraph that goes on over the end of a full line and comes to",
        "an end here.",
        "This is the first line of another one, about a public report on schools, which also goes on and",
        "ends as well.",
    ]
    text = "\n".join(
        line for line in LETTER.replace("Below is what we counted about you.", "\n".join(body)).split("\n") if line
    )

    assert [
        ("What we counted", ()),
        (" ".join(body[1:3]), ()),
        (" ".join(body[3:5]), (ParagraphTopic.PUBLIC_REPORT,)),
    ] == [(passage.text, passage.topics) for passage in read_letter(text).paragraphs]


# --- HTML and PDFs


@pytest.mark.parametrize(
    "tags", [("<p>", "</p>"), ("<div><span>", "</span></div>"), ("", "<br>"), ("<tr><td>", "</td></tr>")]
)
def test_a_letter_as_html(tags):
    """Whatever elements its lines stand in, the figures are the same."""
    before, after = tags
    lines = "\n".join(f"{before}{line}{after}" for line in LETTER.split("\n") if line)
    letter = read_letter(f"<!DOCTYPE html><html><body>{lines}</body></html>")

    assert FIGURES == attrs.evolve(letter.figures, source=None)
    assert dt.date(2020, 7, 22) == letter.dated


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_a_letter_as_a_pdf(maker):
    """By two makers, and by two extractors: the bytes, and the text that another library takes out of them."""
    said = ("There was a public report about school transport, and it was long.", "Nothing else was.")
    pdf = maker(render(FIGURES, said=said))
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)

    assert FIGURES == figures_of(pdf) == figures_of(text)
    assert [(ParagraphTopic.PUBLIC_REPORT,)] == [held.topics for held in read_letter(pdf).paragraphs if held.topics]


def test_what_is_wrong_in_a_pdf_has_its_page():
    """Page and line, since no one counts the lines of a whole file."""
    error = refused(
        by_reportlab(changed("86%", "186%") + "\n" * 60 + "1086% of complaints we investigated were upheld.")
    )

    assert ["page 1, line", "page 2, line"] == [str(problem.place).rpartition(" ")[0] for problem in error.problems]


def test_a_letter_without_figures_is_read_whether_it_is_dated_or_not():
    """Some years print them on the council's page alone; a letter that is not the Ombudsman's is refused."""
    said = LETTER[: LETTER.index("Complaints upheld")].replace(
        "about you", "about you for the year ending 31 March 2025"
    )
    ours = said.replace("The Archdeacon", "The Local Government and Social Care Ombudsman")
    statistics = ("complaints upheld", "compliance", "satisfactory remedies")

    assert statistics == read_letter(ours).not_found
    assert (*statistics, "date") == read_letter(ours.replace("22 July 2020", "")).not_found
    assert ReportingYear(2025) == read_letter(ours).figures.year
    assert statistics == refused(said).missing


BOOKLET = """\
The Local Government Ombudsman's
Annual Letter

{}
for the year ended
31 March 2008

The Local Government Ombudsman investigates complaints.

Our ref: BCC/07/Council
(Please quote our reference)

18 June 2008

Mr S Harding
Chief Executive
{}
Council Offices, Borough High Street
BARCHESTER BA1 1AA

Dear Mr Harding

Annual Letter 2007/08

We decided on 31 complaints.
"""


def test_a_letter_of_2008_is_to_the_council_that_it_names():
    """In its title or its address; a line of an address, a reference or a title is no council."""
    name = "Barsetshire County Council"
    both, title, address, office, nobody = (
        BOOKLET.format(*names)
        for names in ((name, name), (name, ""), ("", name), ("", f"The Chief Executive, {name}"), ("", ""))
    )

    assert {(name, 2008)} == {
        (letter.figures.name, letter.figures.year.ending) for letter in map(read_letter, (both, title, address, office))
    }
    assert ("Chief Executive", "Chief Executive", None) == tuple(
        read_letter(text).addressed_to for text in (both, address, title)
    )
    assert "council" in refused(nobody).missing
    assert "Harding" not in repr(read_letter(both))
    without_year = both.replace("for the year ended\n31 March 2008", "")
    assert ReportingYear(2008) == read_letter(without_year).figures.year
    assert "year" in refused(without_year.replace("2007/08", "2007/09")).missing
    assert dt.date(2008, 6, 18) == read_letter(both).dated
    (problem,) = refused(both.replace("2007/08", "2006/07")).problems
    assert "2007" in problem.reason


def test_a_heading_of_another_year_than_the_period_is_refused():
    """But not what a paragraph says of the letter before."""
    year = str(read_letter(LETTER).figures.year)
    for heading in (f"Annual Review letter {year}", "As our annual review letter 2018-19 said, this is the year after"):
        assert year == str(read_letter(f"{heading}\n\n{LETTER}").figures.year)
    (problem,) = refused(f"Annual Review letter 2022/23\n\n{LETTER}").problems
    assert "Annual Review letter 2022/23" == problem.value


def test_figures_of_which_only_words_are_found_are_named():
    """A base in words that are not known, and a sentence that is cut off wherever a copy ends."""
    base = "complaints upheld: number that it is based on"
    unknown = read_letter(changed("22 detailed investigations", "22 matters"))

    assert ((base,), None) == (unknown.not_found, unknown.figures.upheld.base)
    for words, name in (
        ("etailed investigations for", base),
        ("2 detailed investigations for", base),
        ("ased on a total", base),
        ("n similar authorities", "complaints upheld: average of similar authorities"),
        ("6% in similar authorities", "complaints upheld: average of similar authorities"),
    ):
        dated = LETTER.replace("about you", "about you for the year ending 31 March 2020")
        letter = read_letter(dated[: dated.index(words) + 1])

        assert name in letter.not_found, words
        assert {"compliance", "satisfactory remedies"} < {*letter.not_found}


@pytest.mark.parametrize("printed", ["31/03/20", "31/03/2020", "31 March 2020", ": 31/3/20"])
def test_the_year_of_a_period_that_ends(printed):
    """Later letters are believed to print the period's end alone above the figures."""
    text = LETTER.replace(" for the period between 1 April 2019 to 31 March 2020", "")

    assert FIGURES == figures_of(
        text.replace("\nComplaints upheld", f"\nFor the period ending {printed}\nComplaints upheld")
    )


# --- What is refused


def test_figures_that_clash_are_told_with_both_lines():
    """Which of two different figures is right, nobody but the writer knows."""
    text = changed("Below is what", "87% of complaints we investigated were upheld.\nBelow is what")
    error = refused(text)
    (problem,) = error.problems

    assert f"line {line_of(text, '86% of')}" == str(problem.place)
    assert f"line {line_of(text, '87% of')}" in problem.reason
    assert ("87%", "86%") == tuple(figure for figure in ("87%", "86%") if figure in problem.reason)
    assert (ALL, ()) == (error.found, error.missing)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("average of 66%", "average of 66% in similar authorities, or an average of 67%"),
        ("average of 66%", "average of 66% in similar authorities, or an average of n/a"),
        ("\n19\nupheld decisions", "\n19\nupheld decisions\n20\nupheld decisions"),
        ("of 12 compliance outcomes", "of 12 compliance outcomes or a total of 13 compliance outcomes"),
        ("of 22 detailed investigations", "of 22 detailed investigations or a total of 22 investigations"),
        ("\n3\nsatisfactory", "\n2\nsatisfactory remedy decisions\n3\nsatisfactory"),
    ],
)
def test_any_two_figures_for_one_thing_clash(old, new):
    """Percentages, averages, counts, bases and the names of bases."""
    assert 1 == len(refused(changed(old, new)).problems)


def test_every_clash_is_told():
    """One reading finds them all, in the order of the text."""
    text = LETTER + LETTER[LETTER.index("Complaints upheld") :].replace("86%", "85%").replace("9%", "8%")
    places = [str(problem.place) for problem in refused(text).problems]
    later = text.index("85%")

    assert [
        f"line {text[: text.index(words, later)].count(chr(10)) + 1}" for words in ("85%", "average of 8%")
    ] == places


@pytest.mark.parametrize("percent", ["186%", "101%", "100.1%", "999999999%"])
def test_more_than_a_hundred_per_cent_is_refused(percent):
    """A percentage that is none is told with its line; it is not cut down to something that is."""
    text = changed("86%", percent)
    (problem,) = refused(text).problems

    assert f"line {line_of(text, percent)}" == str(problem.place)
    assert percent in problem.reason


@pytest.mark.parametrize("digits", [10, 5_000])
@pytest.mark.parametrize("separator", ["", ","])
def test_a_number_without_end_is_no_count(digits, separator):
    """Digits beyond all cases that there could be are not a count, and no crash either."""
    endless = separator.join(["111"] * digits)

    assert figures_of(changed("\n19\n", f"\n{endless}\n")).upheld.count is None


@pytest.mark.parametrize(
    ("start", "end"), [("2019", "2021"), ("2019", "2019"), ("2020", "2019"), ("2018", "2020"), ("0000", "0000")]
)
def test_a_period_is_one_year(start, end):
    """April to March; anything else is told with its line, each time it is printed."""
    period = "1 April 2019 to 31 March 2020"
    text = LETTER.replace(period, f"1 April {start} to 31 March {end}")
    places = {str(problem.place) for problem in refused(text).problems}

    assert {f"line {number}" for number, line in enumerate(text.split("\n"), 1) if "period between" in line} == places


@pytest.mark.parametrize("year", ["1850", "0001"])
def test_a_year_before_the_ombudsman_is_refused(year):
    """A year that no figure can be of is told, and is no year."""
    text = LETTER.replace("1 April 2019 to 31 March 2020", f"1 April {int(year) - 1:04} to 31 March {year}")
    error = refused(text)

    assert "year" in error.missing
    assert {f"line {line_of(text, 'period between')}"} == {str(problem.place) for problem in error.problems}


def test_two_periods_are_told_with_both_lines():
    """One letter is about one year."""
    text = changed("12 compliance outcomes for the period between 1 April 2019 to 31 March 2020",
                   "12 compliance outcomes for the period between 1 April 2018 to 31 March 2019")  # fmt: skip
    (problem,) = refused(text).problems

    assert f"line {line_of(text, '12 compliance outcomes')}" == str(problem.place)
    assert f"line {line_of(text, 'upheld decisions') + 2}" in problem.reason


def test_the_year_may_stand_in_the_text_alone():
    """Where no period is printed, the year that the letter says it is about will do."""
    text = LETTER.replace(" for the period between 1 April 2019 to 31 March 2020", "")
    said = text.replace("about you", "about you for the year ending 31 March 2020")

    assert FIGURES == figures_of(said)
    assert ("year",) == refused(text).missing


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", b"", "\ufeff", "Dear", "Dear Mr Harding", "%"])
def test_nothing_is_no_letter(text):
    """The refusal names everything that was looked for."""
    error = refused(text)

    assert ((), ALL, ()) == (error.found, error.missing, error.problems)


def test_a_letter_without_figures_is_refused():
    """What was found is told from what was not."""
    error = refused(LETTER[: LETTER.index("Complaints upheld")])

    assert (("council", "date"), ("year", "complaints upheld", "compliance", "satisfactory remedies")) == (
        error.found,
        error.missing,
    )


def test_figures_without_a_greeting_are_refused():
    """Nobody knows whose they are."""
    error = refused(changed("Dear Mr Harding", ""))

    assert ("council", "date") == error.missing
    assert ("year", "complaints upheld", "compliance", "satisfactory remedies") == error.found


def test_bytes_are_utf_8():
    """With a mark of byte order or without; another encoding is refused at its first byte, and not guessed at."""
    broken = LETTER.replace("about you", "about £4,200").encode("cp1252")
    (problem,) = refused(broken).problems

    assert read_letter(LETTER) == read_letter(LETTER.encode()) == read_letter(b"\xef\xbb\xbf" + LETTER.encode())
    assert f"byte {broken.index(0xA3)}" == str(problem.place)
    assert ("text",) == refused(LETTER.encode("utf-16")).missing


def test_line_ends_do_not_matter():
    """Lines are counted alike, however they end."""
    assert read_letter(LETTER) == read_letter(LETTER.replace("\n", "\r\n")) == read_letter(LETTER.replace("\n", "\r"))


# --- Laws


@given(printed_figures(), noises())
def test_what_is_printed_is_read_back(figures, noise):
    """Whatever the figures, and whatever copying did to them."""
    assert figures == figures_of(render(figures, noise))


@given(printed_figures(), noises())
def test_what_is_not_printed_is_named(figures, noise):
    """A letter names the statistics and the percentages that it lacks, and no other."""
    words = {"upheld": "complaints upheld", "compliance": "compliance", "remedies": "satisfactory remedies"}

    printed = {said: getattr(figures, name) for name, said in words.items()}
    lacking = [said for said, statistic in printed.items() if statistic is None]
    lacking += [
        f"{said}: percentage"
        for said, statistic in printed.items()
        if statistic is not None and statistic.percent is None and statistic.base
    ]

    assert tuple(lacking) == read_letter(render(figures, noise)).not_found


@given(printed_figures(), noises())
def test_bytes_are_read_like_their_text(figures, noise):
    """A letter is the same whether its text or its bytes are given."""
    text = render(figures, noise)

    assert read_letter(text) == read_letter(text.encode())


_SCRAPS = st.one_of(
    st.text(max_size=20),
    st.sampled_from([line for line in LETTER.split("\n") if line]),
    st.sampled_from(
        ["Dear ", "Yours ", "\n", "\n\n", "**", "](", "[", "%", "n/a", "0", "186%", "1,", "average of ", "total of ",
         " in similar authorities", " upheld decisions", "1 April 2019 to 31 March 9999", "31 February 2020", "\x0c",
         "\u2028", "\x00", "\ud800", "٣", "²"],
    ),
)  # fmt: skip


@given(st.text() | st.binary() | st.lists(_SCRAPS, max_size=30).map("".join) | st.lists(_SCRAPS).map("\n".join))
def test_anything_is_read_or_refused(text):
    """Nothing but a letter or a refusal comes out of any text and any bytes."""
    try:
        letter = read_letter(text)
    except UnreadableDocument as error:
        refusal = error
        letter = None
    if letter is None:
        assert refusal.missing or refusal.problems
        assert str(refusal)
    else:
        assert type(letter) is AnnualLetter
        figures = (letter.figures.upheld, letter.figures.compliance, letter.figures.remedies)
        names = ("complaints upheld", "compliance", "satisfactory remedies")
        lacking = {name for name, figure in zip(names, figures, strict=True) if figure is None}
        assert lacking <= set(letter.not_found)
