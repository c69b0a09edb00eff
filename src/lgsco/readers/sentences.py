"""
The sentences in which the Ombudsman prints figures, as data; ``readers.facts`` finds them, wherever they are.

Of each sentence we keep a few words that are always the same, and what the figure beside them is.
The words are looked for as they are, which is quick, and a short pattern is tried only beside them, over a bounded
stretch: so reading takes time in proportion to the length of the text, whatever it contains.
"""

from __future__ import annotations

from typing import NamedTuple

from lgsco._values import Choice
from lgsco.readers.scanner import PER_CENT, PERIOD, SPACED, WHOLE


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


# Not the end of a longer number or of a range; and not perhaps the end of one that is broken by a space or a line, as
# "6%" is in "8 6%": what is before it may be the end of a year, or of a number that it cannot be part of.
_START = r"(?=\d)(?<![-\d])(?<!\d[.,])"
_TWO_PARTS = r"(?<!(?<![-/\d])\d )(?<!(?<!and upheld )\b\d\d\. )"
_BROKEN = r"(?<!(?<![-/\d])\d )(?<!(?<![-/\d])\d\d )(?<!(?<![-/\d])\d\d\d )"
_NOT_APPLICABLE = rf"(?P<absent>n/a)(?:{PER_CENT})?"
_SHARE = rf"(?:(?!0\d)\d{{2,9}}|{_TWO_PARTS}\d)(?:\.\d{{1,9}})?"
_PERCENT = rf"(?:{_START}(?P<percent>{_SHARE}){PER_CENT}|{_NOT_APPLICABLE})"
_COUNT = rf"{_START}(?P<count>{SPACED})(?!,?\d)"
_COUNT_BEFORE = rf"{_START}{_BROKEN}(?P<count>{WHOLE})"
# Some pages print a stray sign of per cent after a figure per 100,000 residents.
_RATE = rf"(?:{_START}(?P<rate>\d{{1,9}}(?:\.\d{{1,9}})?)(?:{PER_CENT})?|{_NOT_APPLICABLE})"
_NOUNS = r"(?P<noun>detailed investigation|investigation|upheld decision|compliance outcome)s?"


class Sentence(NamedTuple):
    """
    One sentence, by words that it always has.

    ``words`` are in small letters, with single spaces and straight quotes; ``before`` and ``after`` are the patterns of
    what is directly at either side of them.
    ``part`` is the part that it speaks of, ``None`` where it is of the one last spoken of.
    ``field`` is what the figure in it is; ``None`` where it has none, and only says what is spoken of.
    ``where`` are the documents that print it.
    ``opening`` are words with which it begins and no other does: where they are and no figure follows, the figure is
    not read.
    ``reach`` is how far before its words it is looked at: more than a figure has signs.
    """

    words: str
    part: Part | None
    field: str | None
    where: str
    before: str = ""
    after: str = ""
    opening: str = ""
    reach: int = 36
    evidence: Evidence = Evidence.CONFIRMED


_ALL, _TO_2024 = "letters and pages of all years", "letters and pages, 2018-19 to 2023-24"
_OLD_PAGES, _PAGES_2023, _PAGES_2025 = "pages, 2018-19 to 2023-24", "pages from 2022-23", "pages from 2024-25"
_OF_CASES = rf"{_PERCENT} ?$"
_HEADS = r"(?! ?[-:])"
_REMEDIES_HEAD = rf"(?:ies|y) provided by the (?:authority|council|organisation){_HEADS}"
_SIMILAR = "letters and pages of all years; organisations in the letters of 2022"
_OWN_RATE, _GROUP_RATE = (rf"\b{words} {_RATE} ?upheld decisions? ?$" for words in ("this is", "of this type is"))
_BOTH_COUNTS = rf"{_COUNT} complaints? and upheld (?P<upheld>{SPACED})(?!,?\d)"
_PERIOD_END = r" ?:? ?31(?:/0?3/| march )(?P<end>\d{4}|\d{2})(?![\d/])"
_PERIOD = rf" {PERIOD}(?P<overview>,? we dealt with)?"
SENTENCES = (
    Sentence("of complaints we investigated were upheld", Part.UPHELD, "percent", _ALL, _OF_CASES),
    Sentence("complaints upheld by ", Part.UPHELD, "percent", _OLD_PAGES, _OF_CASES),
    Sentence("upheld decision", Part.UPHELD, "count", _TO_2024, rf"(?<!of ){_COUNT_BEFORE} ?$", r"s?+(?! ?per\b)"),
    Sentence("of cases we were satisfied", Part.COMPLIANCE, "percent", _ALL, _OF_CASES),
    Sentence("of cases were successfully implemented", Part.COMPLIANCE, "percent", _OLD_PAGES, _OF_CASES),
    Sentence("no recommendations were due", Part.COMPLIANCE, "nothing", _ALL),
    Sentence("of upheld cases we found", Part.REMEDIES, "percent", _ALL, _OF_CASES),
    Sentence("complaints with satisfactory remedy provided by ", Part.REMEDIES, "percent", _OLD_PAGES, _OF_CASES),
    Sentence("satisfactory remedy decision", Part.REMEDIES, "count", _TO_2024, rf"{_COUNT_BEFORE} ?$"),
    Sentence("did not uphold any complaints in this period", Part.REMEDIES, "nothing", _ALL),
    Sentence(" in similar ", None, "average", _SIMILAR, rf"average of {_PERCENT} ?$",
             r"(?:authorit|organisation|council)", "compares to an average", reach=40),
    Sentence("total of ", None, "base", _ALL, "", rf"{_COUNT} ?{_NOUNS}", "statistics are based on"),
    Sentence("per 100,000 residents", Part.PER_100K, "rate", _PAGES_2023, _OWN_RATE, "", "population, this is", 60),
    Sentence("per 100,000 residents", Part.PER_100K, "average", _PAGES_2023, _GROUP_RATE, "",
             "average for authorities of this type", 60),
    Sentence("we dealt with ", Part.OVERVIEW, "total", _PAGES_2025, "", rf"{_COUNT} complaint"),
    Sentence("not for us", Part.OVERVIEW, "not_for_us", _PAGES_2025, rf"{_COUNT_BEFORE} (?:were|was) $"),
    Sentence("assessed and closed ", Part.OVERVIEW, "assessed_and_closed", _PAGES_2025, "", rf"{_COUNT} complaint"),
    Sentence("we investigated ", Part.OVERVIEW, "investigated", _PAGES_2025, "",
             rf"{_COUNT} complaints?(?! and upheld)\b"),
    Sentence("we investigated ", Part.UPHELD, "base", _PAGES_2025, "", _BOTH_COUNTS),
    # Headings move on to the next statistic and say nothing of it; what explains a heading follows it after a dash.
    Sentence("complaints upheld", Part.UPHELD, None, _ALL, "", _HEADS),
    Sentence("compliance with ombudsman recommendations", Part.COMPLIANCE, None, _ALL, "", _HEADS),
    Sentence("satisfactory remed", Part.REMEDIES, None, _ALL, "", _REMEDIES_HEAD),
    # Of which year it all is.
    Sentence(" april", None, "year", _ALL, r"(?:between|period|from) 1(?:st)?$", _PERIOD, "period between 1 april"),
    Sentence("period ending", None, "year", "letters from 2021 on", "", _PERIOD_END, evidence=Evidence.ASSUMED),
)  # fmt: skip
