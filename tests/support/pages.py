"""
Pages of a council's performance to test the reader with, in each of the layouts that the Ombudsman's site has had.

Only the figures stand in the Ombudsman's printed sentences; all else is our own.
``render_page`` writes the page that prints the given figures, ``as_html`` the same page as HTML.
"""

import html
import itertools
from decimal import Decimal

import attrs
from hypothesis import strategies as st
from tests.support.letters import (
    NOT_APPLICABLE,
    PLAIN,
    noisy,
    printed_statistics,
)

from lgsco import Overview, PrintedReview, ReportingYear
from lgsco.documents import PrintedPer100k, PrintedStatistic, PrintedTally

NAMES = (
    "Barsetshire County Council",
    "Bournemouth, Christchurch and Poole Council",
    "Royal Borough of Windsor and Maidenhead Council",
    "King's Lynn & West Norfolk Council",
    "Børchester City Council",
)
COOKIES = """\
Privacy settings

We keep a few small files on your machine.

Required files

You can turn off 100% of the others.
"""
ADVICE = """\
On comparing years

In 2022-23 we changed how we work. In 2020-21 we were closed from April to June 2020.
"""
GLOSSARY = """\
More about this data

Complaints upheld \N{EN DASH} those in which we found something.

Satisfactory remedies provided by the Council \N{EN DASH} those that it had put right.

Compliance with Ombudsman recommendations \N{EN DASH} a rate below 100% is rare.

Complaints dealt with
Not for us
Assessed and closed
Investigated
"""


@attrs.frozen(kw_only=True)
class Layout:
    """How a page is laid out."""

    cookies: bool = False
    advice: bool = False
    captions: bool = False
    """As the pages of 2018-19 have it: a percentage with the council's name above each statistic."""
    stray: bool = False
    """A sign of per cent after the figures per 100,000 residents."""
    shuffled: tuple[int, ...] = ()
    """The order of the sentences of each block, where it is not ours."""
    year_lines: bool = False
    """A line with the year above each year's figures."""
    menu: bool = False
    """A list of all years, each on a line, above everything."""
    reports: tuple[str, ...] | None = None
    """The public reports, ``None`` for no such list."""
    bullets: str = ""


def layouts(*, several=False):
    """Any layout; with several years each has its year line."""
    return st.builds(
        Layout,
        cookies=st.booleans(),
        advice=st.booleans(),
        captions=st.booleans(),
        stray=st.booleans(),
        shuffled=st.just(()) | st.permutations(range(6)).map(tuple),
        year_lines=st.just(True) if several else st.booleans(),
        menu=st.booleans(),
        reports=st.none() | st.lists(st.sampled_from(REPORTS), max_size=3, unique=True).map(tuple),
        bullets=st.sampled_from(("", "\N{BULLET} ", "- ")),
    )


REPORTS = (
    "A bridge in Barchester stayed shut for 86% of a year, and nobody was told.",
    "An almshouse took 12 upheld decisions to be mended.",
    "The Council lost a file; we found it.",
)


def render_page(name, reviews, layout=Layout(), noise=PLAIN):
    """Write the page of a council with the figures of these years."""
    lines = []
    if layout.cookies:
        lines += [COOKIES]
    if layout.advice:
        lines += [ADVICE]
    if layout.menu:
        lines += ["2024-25", "2023-24", "2022-23", ""]
    lines += [name, ""]
    if any(review.overview for review in reviews):
        lines += ["Complaint overview", ""]
    else:
        lines += ["Annual statistics ?What is this", ""]
    for review in reviews:
        if layout.year_lines:
            lines += ["", str(review.year), ""]
        if review.overview:
            lines += [noisy([overview(review)], noise), "", GLOSSARY, ""]
        for part in noise.order:
            if said := [*_sentences(name, review, part, layout)]:
                lines += [layout.bullets + HEADINGS[part], "", noisy(_shuffled(said, layout), noise), ""]
    lines += ["Annual letters", "", "We write letters.", ""]
    if layout.reports is not None:
        lines += ["Public reports ?What is this", ""]
        lines += [f"In the last nine years, we have published the following public interest reports against {name}", ""]
        lines += [
            *itertools.chain.from_iterable((report, "") for report in layout.reports or ("No reports published",))
        ]
        lines += ["Service improvements ?What is this", "", "Case reference: 20 010 732", "Category: Education", ""]
        lines += ["The Council agreed to write to 86% of its schools.", ""]
    return "\n".join(lines)


def as_html(text):
    """Give a text as a page: a paragraph for each line that holds anything."""
    paragraphs = "".join(
        f"<div class='row'>\n  <p>{html.escape(line)}</p></div>\n" for line in text.split("\n") if line.strip()
    )
    return f"<!DOCTYPE html><html><head><title>A page 2019-20</title></head><body>{paragraphs}</body></html>"


HEADINGS = {
    "upheld": "Complaints upheld",
    "compliance": "Compliance with Ombudsman recommendations",
    "remedies": "Satisfactory remedies provided by the Council",
}


def overview(review):
    """Give the sentences of the overview."""
    held = review.overview
    return (
        f"Between 1 April {review.year.ending - 1} to 31 March {review.year.ending}, we dealt with {held.total} complaints."
        f" Of these, {held.counts.not_for_us} were not for us or not ready for us to investigate."
        f" We assessed and closed {held.counts.assessed_and_closed} complaints."
        f" We investigated {held.counts.investigated} complaints."
    )


def _shuffled(said, layout):
    # The one that ends in a year stays last: glued to the figures of another, nobody could tell where they part.
    last = [sentence for sentence in said if sentence.startswith("Statistics")]
    others = [sentence for sentence in said if sentence not in last]
    return [*(others[at] for at in layout.shuffled if at < len(others)), *last] if layout.shuffled else said


def _sentences(name, review, part, layout):
    statistic = getattr(review, part)
    if statistic is None and not (part == "upheld" and review.per_100k):
        return
    statistic = statistic or PrintedStatistic()
    if statistic.base == 0 and statistic.percent is None:
        yield {
            "compliance": "No recommendations were due for compliance in this period",
            "remedies": "The Ombudsman did not uphold any complaints in this period",
            "upheld": "We investigated 0 complaints and upheld 0.",
        }[part]
        return
    if statistic.percent is not None:
        if layout.captions:
            yield _caption(part, name).format(statistic.percent)
        yield _SENTENCES[part].format(statistic.percent)
    if statistic.average is not None:
        average = "n/a" if statistic.average is NOT_APPLICABLE else statistic.average
        yield f"This compares to an average of {average} in similar authorities."
    if statistic.count is not None:
        plural = "" if statistic.count == 1 else "s"
        yield f"{statistic.count} {'upheld' if part == 'upheld' else 'satisfactory remedy'} decision{plural}"
    if part == "upheld" and review.per_100k:
        sign = "%" if layout.stray else ""
        per = review.per_100k
        if per.rate is not None:
            yield f"Adjusted for {name}'s population, this is {per.rate}{sign} upheld decisions per 100,000 residents."
        if per.average is not None:
            held = "n/a" if per.average is NOT_APPLICABLE else f"{per.average}{sign}"
            yield f"The average for authorities of this type is {held} upheld decisions per 100,000 residents."
    if statistic.base is not None:
        noun = statistic.base_noun.removesuffix("s") if statistic.base == 1 else statistic.base_noun
        yield (
            f"Statistics are based on a total of {statistic.base} {noun} for the period between"
            f" 1 April {review.year.ending - 1} to 31 March {review.year.ending}"
        )


_SENTENCES = {
    "upheld": "{} of complaints we investigated were upheld.",
    "compliance": "{} of cases we were satisfied the Council had successfully implemented our recommendations.",
    "remedies": (
        "In {} of upheld cases we found the Council had provided a satisfactory remedy before the complaint reached"
        " the Ombudsman."
    ),
}


def _caption(part, name):
    return {
        "upheld": f"{{}} Complaints upheld by {name}.",
        "compliance": f"{{}} of cases were successfully implemented by {name}.",
        "remedies": f"{{}} Complaints with satisfactory remedy provided by {name}.",
    }[part]


_RATES = st.integers(0, 2_000).map(lambda tenths: Decimal(tenths).scaleb(-1)) | st.integers(0, 90).map(Decimal)


@st.composite
def printed_years(draw, *, several=False):
    """
    Give a council and its figures of a year or of several, as a page may print them.

    Leaves out an upheld count and base in the same sentence but for nought, and a page without any figure.
    """
    name = draw(st.sampled_from(NAMES))
    endings = draw(
        st.lists(st.integers(2019, 2024), min_size=2 if several else 1, max_size=4 if several else 1, unique=True)
    )
    return name, tuple(_review(draw, name, ReportingYear(ending)) for ending in endings)


def _review(draw, name, year):
    def statistic(*nouns, counted=True):
        held = st.none() | st.just(PrintedStatistic(base=0)) | printed_statistics(counted=counted, nouns=nouns)
        return draw(held)

    upheld = draw(printed_statistics(counted=True, nouns=("detailed investigations", "investigations")))
    return PrintedReview(
        name,
        year,
        upheld=upheld,
        compliance=statistic("compliance outcomes", counted=False),
        remedies=statistic("detailed investigations", "upheld decisions"),
        per_100k=draw(
            st.none() | st.builds(PrintedPer100k, rate=_RATES, average=st.none() | _RATES | st.just(NOT_APPLICABLE))
        ),
    )


def with_overview(review, counts, total):
    """Give figures with an overview, as the pages from 2024-25 have it."""
    return attrs.evolve(review, overview=PrintedTally(Overview(**counts), total=total))
