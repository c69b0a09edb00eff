"""
Letters to test the reader with: only the figures stand in the Ombudsman's printed sentences, all else is our own.

``render`` writes the letter that prints the given figures.
``Noise`` says what copying and extraction have done to it, and in which of the printed forms a sentence stands.
"""

import itertools
from decimal import Decimal

import attrs
from hypothesis import strategies as st

from lgsco import PrintedPercent, PrintedReview, ReportingYear
from lgsco.documents import Missing, PrintedStatistic

HEADINGS = {
    "upheld": "Complaints upheld",
    "compliance": "Compliance with Ombudsman recommendations",
    "remedies": "Satisfactory remedies provided by the authority",
}
NOT_APPLICABLE = Missing.NOT_APPLICABLE


@attrs.frozen(kw_only=True)
class Noise:
    """What is done to a letter; as it is by default, nothing."""

    bold: bool = False
    """Percentages and counts stand between asterisks."""
    gaps: tuple[str, ...] = (" ",)
    """What stands between two words of a sentence, in turn."""
    glued: bool = False
    """No space and no line break between one sentence and the next."""
    shouted: bool = False
    """Capitals throughout the figures."""
    organisations: bool = False
    """As the letters of 2022 have it, where those before say authorities."""
    wrong_plurals: bool = False
    """ "1 upheld decisions", as the pages print it."""
    separators: bool = False
    """A comma in thousands."""
    headings: bool = True
    """A heading over each statistic."""
    repeated: bool = False
    """Every sentence stands twice, alike."""
    order: tuple[str, ...] = ("upheld", "compliance", "remedies")
    """The statistics in another order."""
    until: str = "to"
    """What stands between the first and the last day of the period."""
    line_ends: str = "\n"


PLAIN = Noise()


def noises():
    """Any noise, also all of it at once."""
    return st.builds(
        Noise,
        bold=st.booleans(),
        gaps=st.lists(
            st.sampled_from((" ", "\n", "\N{NO-BREAK SPACE}", "  ", " \n\n ", "\t", "\r\n")), min_size=1, max_size=7
        ).map(tuple),
        glued=st.booleans(),
        shouted=st.booleans(),
        organisations=st.booleans(),
        wrong_plurals=st.booleans(),
        separators=st.booleans(),
        headings=st.booleans(),
        repeated=st.booleans(),
        order=st.permutations(list(HEADINGS)).map(tuple),
        until=st.sampled_from(("to", "and")),
        line_ends=st.sampled_from(("\n", "\r\n")),
    )


def render(figures, noise=PLAIN, *, dated="22 July 2020", block=("Chief Executive",), said=()):
    """Write a letter with these figures, to this block of lines above the council, that says these paragraphs."""
    words = [
        dated,
        "",
        *block,
        figures.name,
        "",
        f"Dear {block[0] if block else 'all'}",
        "",
        f"Here is what we counted for the year ending 31 March {figures.year.ending}.",
        "",
        *itertools.chain.from_iterable((paragraph, "") for paragraph in said),
        "Yours faithfully",
        "",
        "The people who count",
        "",
        *(_block(figures, name, noise) for name in noise.order),
    ]
    return noise.line_ends.join(words)


def sentences(figures, name, noise=PLAIN):
    """Give what is printed of one statistic: a heading, where there is one, and its sentences."""
    statistic = getattr(figures, name)
    if statistic is None:
        return []
    said = {"upheld": _upheld, "compliance": _compliance, "remedies": _remedies}[name](statistic, noise, figures.year)
    # An average, or a base that other statistics have too, is of the statistic last spoken of.
    heading = [HEADINGS[name]] if noise.headings or statistic.percent is None else []
    return [*heading, *said]


def _block(figures, name, noise):
    return noisy(sentences(figures, name, noise), noise)


def noisy(said, noise):
    """Give sentences as one text, with all that the noise does to them."""
    said = [sentence for sentence in said for _ in range(2)] if noise.repeated else said
    gaps = itertools.cycle(noise.gaps)
    spaced = ["".join(itertools.chain.from_iterable((word, next(gaps)) for word in each.split(" "))) for each in said]
    text = "".join(each.rstrip() for each in spaced) if noise.glued else noise.line_ends.join(spaced)
    return text.upper() if noise.shouted else text


def _upheld(statistic, noise, year):
    if statistic.percent is not None:
        yield f"{_percent(statistic.percent, noise)} of complaints we investigated were upheld."
    yield from _average(statistic, noise)
    if statistic.count is not None:
        yield f"{_count(statistic.count, noise)} {_noun(statistic.count, 'upheld decision', noise)}"
    yield from _base(statistic, noise, year)


def _compliance(statistic, noise, year):
    if statistic.base == 0:
        yield "No recommendations were due for compliance in this period"
        return
    if statistic.percent is not None:
        yield (
            f"In {_percent(statistic.percent, noise)} of cases we were satisfied the authority had successfully"
            " implemented our recommendations."
        )
    yield from _average(statistic, noise)
    yield from _base(statistic, noise, year)


def _remedies(statistic, noise, year):
    if statistic.base == 0:
        yield "The Ombudsman did not uphold any complaints in this period"
        return
    if statistic.percent is not None:
        yield (
            f"In {_percent(statistic.percent, noise)} of upheld cases we found the authority had provided"
            " a satisfactory remedy before the complaint reached the Ombudsman."
        )
    yield from _average(statistic, noise)
    if statistic.count is not None:
        yield f"{_count(statistic.count, noise)} {_noun(statistic.count, 'satisfactory remedy decision', noise)}"
    yield from _base(statistic, noise, year)


def _average(statistic, noise):
    if statistic.average is not None:
        similar = "organisations" if noise.organisations else "authorities"
        held = "n/a" if statistic.average is NOT_APPLICABLE else _percent(statistic.average, noise)
        yield f"This compares to an average of {held} in similar {similar}."


def _base(statistic, noise, year):
    if statistic.base is not None:
        noun = _noun(statistic.base, statistic.base_noun.removesuffix("s"), noise)
        yield (
            f"Statistics are based on a total of {_count(statistic.base, noise)} {noun} for the period"
            f" between 1 April {year.ending - 1} {noise.until} 31 March {year.ending}"
        )


def _percent(percent, noise):
    return _marked(f"{percent.value}%", noise)


def _count(count, noise):
    return _marked(f"{count:,}" if noise.separators else str(count), noise)


def _marked(figure, noise):
    return f"**{figure}**" if noise.bold else figure


def _noun(count, singular, noise):
    plural = (count == 1) if noise.wrong_plurals else (count != 1)
    return f"{singular}s" if plural else singular


# --- Figures that a letter can print

_PERCENTS = st.integers(0, 100).map(PrintedPercent) | st.integers(0, 1_000).map(
    lambda tenths: PrintedPercent(Decimal(f"{tenths // 10}.{tenths % 10}"), places=1)
)
_COUNTS = st.integers(1, 30) | st.integers(1, 12_000)


def _maybe(strategy):
    return st.none() | strategy


def printed_statistics(*, counted, nouns):
    return st.builds(
        PrintedStatistic,
        percent=_maybe(_PERCENTS),
        count=_maybe(st.just(0) | _COUNTS) if counted else st.none(),
        average=_maybe(_PERCENTS | st.just(NOT_APPLICABLE)),
        base=_COUNTS,
        base_noun=st.sampled_from(nouns),
    )


def _nothing():
    return st.just(PrintedStatistic(base=0))


@st.composite
def printed_figures(draw):
    """
    Figures as a letter may print them; they need not agree with one another.

    Leaves out a base of nought other than in words, and a letter without any statistic.
    """
    upheld = _maybe(printed_statistics(counted=True, nouns=("detailed investigations",)))
    compliance = _maybe(_nothing() | printed_statistics(counted=False, nouns=("compliance outcomes",)))
    remedies = _maybe(
        _nothing() | printed_statistics(counted=True, nouns=("detailed investigations", "upheld decisions"))
    )
    held = [draw(upheld), draw(compliance), draw(remedies)]
    if held == [None, None, None]:
        held[0] = PrintedStatistic(percent=draw(_PERCENTS))
    name = draw(st.sampled_from(("Barsetshire County Council", "Borough of Poole", "Børchester & Felpersham Council")))
    year = ReportingYear(draw(st.integers(2019, 2022)))
    return PrintedReview(name, year, upheld=held[0], compliance=held[1], remedies=held[2])


def in_the_first_person(words):
    """Turn a generated sentence, which is in the third person, into that of a letter."""
    for third, first in (
        ("complaints that the Ombudsman investigated", "complaints we investigated"),
        ("the Ombudsman was satisfied", "we were satisfied"),
        ("implemented its recommendations", "implemented our recommendations"),
        ("the Ombudsman found the authority", "we found the authority"),
        ("complaint reached it.", "complaint reached the Ombudsman."),
    ):
        words = words.replace(third, first)
    return words
