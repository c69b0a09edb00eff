"""Cautions: reasons to read a figure carefully, worded for the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from lgsco._values import Choice, Text, value
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import SERIES_BREAKS, ReportingYear
from lgsco.sources import Basis
from lgsco.stats.rates import Proportion
from lgsco.wording import cautions as wording

if TYPE_CHECKING:
    from lgsco.model.authorities import RegisterEntry

FEWEST_CASES = 30
"""Below this many cases one case more or less moves the rate by over 3 percentage points, and a caution says so."""


class CautionKind(Choice):
    """The kinds of reason to read a figure carefully."""

    SMALL_NUMBERS = "small_numbers"
    SERIES_BREAK = "series_break"
    PARTIAL_COVERAGE = "partial_coverage"
    REORGANISED = "reorganised"
    BASIS = "basis"
    GAP = "gap"


@final
@value
class Caution:
    """One reason to read a figure carefully, in words for the reader."""

    kind: CautionKind
    words: Text

    def __str__(self) -> str:
        return self.words


def small_numbers(rate: Proportion | None) -> list[Caution]:
    """Caution about a rate of under thirty cases."""
    if rate is None or not 0 < rate.denominator < FEWEST_CASES:
        return []
    return [Caution(CautionKind.SMALL_NUMBERS, wording.few_cases(rate.denominator))]


def series_break(year: ReportingYear, measure: str) -> list[Caution]:
    """Caution about the first year after a series break of a measure."""
    return [
        Caution(CautionKind.SERIES_BREAK, wording.not_before(str(broken.year), broken.what))
        for broken in SERIES_BREAKS
        if broken.year == year and broken.affects(measure)
    ]


def reorganised(review: AnnualReview, entry: RegisterEntry | None) -> list[Caution]:
    """Caution about a council that was created in the year, or abolished by its end, as the register knows it."""
    if entry is None:
        return []
    council, year = str(review.authority), review.year
    sentences = []
    if entry.start is not None and entry.start in year:
        sentences.append(wording.created(council, entry.start, [each.name for each in entry.predecessors]))
    if entry.end is not None and entry.end <= year.end:
        sentences.append(wording.abolished(council, entry.end, [each.name for each in entry.successors]))
    return [Caution(CautionKind.REORGANISED, words) for words in sentences]


def basis(review: AnnualReview) -> list[Caution]:
    """Caution about figures that do not come from the Ombudsman itself, or not from all decisions."""
    words = None if review.source is None else _BASIS_WORDS.get(review.source.basis)
    return [] if words is None else [Caution(CautionKind.BASIS, words)]


_BASIS_WORDS = {Basis.PUBLISHED_DECISIONS: wording.FROM_DECISIONS, Basis.SECOND_HAND: wording.SECOND_HAND}
