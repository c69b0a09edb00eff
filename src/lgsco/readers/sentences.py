"""
The sentences in which the Ombudsman prints figures, as data; ``readers.facts`` finds them, wherever they are.

Of each sentence we keep a few words that are always the same, and what the figure beside them is.
The words are looked for as they are, which is quick, and a short pattern is tried only beside them, over a bounded
stretch: so reading takes time in proportion to the length of the text, whatever it contains.
"""

from __future__ import annotations

import re
from dataclasses import KW_ONLY
from typing import final

from lgsco._values import Choice, value

__all__ = ["KEY_PARTS", "SENTENCES", "YEAR_ENDING", "Evidence", "Part", "Sentence"]


class Part(Choice):
    """The parts of what is printed of a year, by the field of a PrintedReview that each fills."""

    UPHELD = "upheld"
    COMPLIANCE = "compliance"
    REMEDIES = "remedies"
    PER_100K = "per_100k"
    OVERVIEW = "overview"

    @property
    def words(self) -> str:
        """What a reader of an error would call it."""
        return _WORDS[self]


KEY_PARTS = (Part.UPHELD, Part.COMPLIANCE, Part.REMEDIES)
YEAR_ENDING = re.compile(r"year (?:ending|to|ended) 31 march (?P<end>\d{4})", re.ASCII)
"""How a text names its year where no sentence gives the period."""

_WORDS = {
    Part.UPHELD: "complaints upheld",
    Part.COMPLIANCE: "compliance",
    Part.REMEDIES: "satisfactory remedies",
    Part.PER_100K: "upheld decisions per 100,000 residents",
    Part.OVERVIEW: "complaint overview",
}


class Evidence(Choice):
    """How well we know a layout."""

    CONFIRMED = "confirmed"
    """Read in a real document."""
    QUOTED = "quoted"
    """Quoted by a newspaper or a council from such a document, which we have not read."""
    ASSUMED = "assumed"
    """Believed, or known from a description; no real document has confirmed it."""


_WHOLE_NUMBER = r"(?<![-\d])(?<!\d[.,])"
_NOT_APPLICABLE = r"(?P<absent>n/a)(?: ?%)?"
_PERCENT = rf"(?:{_WHOLE_NUMBER}(?P<percent>\d{{1,9}}(?:\.\d{{1,9}})?) ?%|{_NOT_APPLICABLE})"
_DIGITS = r"\d{1,3}(?:,\d{3}){1,2}|\d{1,9}"
_COUNT = rf"{_WHOLE_NUMBER}(?P<count>{_DIGITS})(?!,?\d)"
# Some pages print a stray sign of per cent after a figure per 100,000 residents.
_RATE = rf"(?:{_WHOLE_NUMBER}(?P<rate>\d{{1,9}}(?:\.\d{{1,9}})?)(?: ?%)?|{_NOT_APPLICABLE})"
_NOUNS = r"(?P<noun>detailed investigation|investigation|upheld decision|compliance outcome)s?"
_YEARS = r"(?P<start>\d{4}) (?:to|and|-|until) 31 march (?P<end>\d{4})"


@final
@value
class Sentence:
    """
    One sentence, by words that it always has.

    ``words`` are in small letters, with single spaces and straight quotes; ``before`` and ``after`` are the patterns of
    what is directly at either side of them.
    ``part`` is the part that it speaks of, ``None`` where it is of the one last spoken of.
    ``field`` is what the figure in it is; ``None`` where it has none, and only says what is spoken of.
    """

    _: KW_ONLY
    words: str
    part: Part | None = None
    field: str | None = None
    before: str = ""
    after: str = ""
    reach: int = 26
    """How far before its words it is looked at: more than a figure has signs."""
    opening: str = ""
    """Words with which it begins and no other does: where they are and no figure follows, the figure is not read."""
    where: str
    """The documents that print it."""
    evidence: Evidence = Evidence.CONFIRMED


_HEADS = r"(?! ?[-:])"
SENTENCES = (
    Sentence(
        words="of complaints we investigated were upheld",
        part=Part.UPHELD,
        field="percent",
        before=rf"{_PERCENT} ?$",
        where="letters and pages of all years",
    ),
    Sentence(
        words="complaints upheld by ",
        part=Part.UPHELD,
        field="percent",
        before=rf"{_PERCENT} ?$",
        where="pages, 2018-19 to 2023-24",
    ),
    Sentence(
        words="upheld decision",
        part=Part.UPHELD,
        field="count",
        before=rf"(?<!of ){_COUNT} ?$",
        after=r"s?+(?! ?per\b)",
        where="letters and pages, 2018-19 to 2023-24",
    ),
    Sentence(
        words="of cases we were satisfied",
        part=Part.COMPLIANCE,
        field="percent",
        before=rf"{_PERCENT} ?$",
        where="letters and pages of all years",
    ),
    Sentence(
        words="of cases were successfully implemented",
        part=Part.COMPLIANCE,
        field="percent",
        before=rf"{_PERCENT} ?$",
        where="pages, 2018-19 to 2023-24",
    ),
    Sentence(
        words="no recommendations were due",
        part=Part.COMPLIANCE,
        field="nothing",
        where="letters and pages of all years",
    ),
    Sentence(
        words="of upheld cases we found",
        part=Part.REMEDIES,
        field="percent",
        before=rf"{_PERCENT} ?$",
        where="letters and pages of all years",
    ),
    Sentence(
        words="complaints with satisfactory remedy provided by ",
        part=Part.REMEDIES,
        field="percent",
        before=rf"{_PERCENT} ?$",
        where="pages, 2018-19 to 2023-24",
    ),
    Sentence(
        words="satisfactory remedy decision",
        part=Part.REMEDIES,
        field="count",
        before=rf"{_COUNT} ?$",
        where="letters and pages, 2018-19 to 2023-24",
    ),
    Sentence(
        words="did not uphold any complaints in this period",
        part=Part.REMEDIES,
        field="nothing",
        where="letters and pages of all years",
    ),
    Sentence(
        words=" in similar ",
        field="average",
        before=rf"average of {_PERCENT} ?$",
        reach=40,
        after=r"(?:authorit|organisation|council)",
        opening="compares to an average",
        where="letters and pages of all years; organisations in the letters of 2022",
    ),
    Sentence(
        words="total of ",
        field="base",
        after=rf"{_COUNT} ?{_NOUNS}",
        opening="statistics are based on",
        where="letters and pages of all years",
    ),
    Sentence(
        words="per 100,000 residents",
        part=Part.PER_100K,
        field="rate",
        before=rf"\bthis is {_RATE} ?upheld decisions? ?$",
        reach=60,
        opening="population, this is",
        where="pages from 2022-23",
    ),
    Sentence(
        words="per 100,000 residents",
        part=Part.PER_100K,
        field="average",
        before=rf"\bof this type is {_RATE} ?upheld decisions? ?$",
        reach=60,
        opening="average for authorities of this type",
        where="pages from 2022-23",
    ),
    Sentence(
        words="we dealt with ",
        part=Part.OVERVIEW,
        field="total",
        after=rf"{_COUNT} complaint",
        where="pages from 2024-25",
    ),
    Sentence(
        words="not for us",
        part=Part.OVERVIEW,
        field="not_for_us",
        before=rf"{_COUNT} (?:were|was) $",
        where="pages from 2024-25",
    ),
    Sentence(
        words="assessed and closed ",
        part=Part.OVERVIEW,
        field="assessed_and_closed",
        after=rf"{_COUNT} complaint",
        where="pages from 2024-25",
    ),
    Sentence(
        words="we investigated ",
        part=Part.OVERVIEW,
        field="investigated",
        after=rf"{_COUNT} complaints?(?! and upheld)\b",
        where="pages from 2024-25",
    ),
    Sentence(
        words="we investigated ",
        part=Part.UPHELD,
        field="base",
        after=rf"{_COUNT} complaints? and upheld (?P<upheld>{_DIGITS})(?!,?\d)",
        where="pages from 2024-25",
    ),
    # Headings move on to the next statistic and say nothing of it; what explains a heading follows it after a dash.
    Sentence(words="complaints upheld", part=Part.UPHELD, after=_HEADS, where="letters and pages of all years"),
    Sentence(
        words="compliance with ombudsman recommendations",
        part=Part.COMPLIANCE,
        after=_HEADS,
        where="letters and pages of all years",
    ),
    Sentence(
        words="satisfactory remed",
        part=Part.REMEDIES,
        after=rf"(?:ies|y) provided by the (?:authority|council|organisation){_HEADS}",
        where="letters and pages of all years",
    ),
    # Of which year it all is.
    Sentence(
        words="1 april ",
        field="year",
        before=r"(?:between|period|from) $",
        after=rf"{_YEARS}(?P<overview>,? we dealt with)?",
        opening="period between 1 april",
        where="letters and pages of all years",
    ),
    Sentence(
        words="period ending",
        field="year",
        after=r" ?:? ?31(?:/0?3/| march )(?P<end>\d{4}|\d{2})(?![\d/])",
        where="letters from 2021 on",
        evidence=Evidence.ASSUMED,
    ),
)
