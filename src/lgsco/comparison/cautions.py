"""Cautions: reasons to read a figure carefully, worded for the reader."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, final

from lgsco._values import Choice, Text, value
from lgsco.model.reviews import AnnualReview
from lgsco.model.years import SERIES_BREAKS, ReportingYear
from lgsco.sources import Basis
from lgsco.stats.intervals import half_up
from lgsco.stats.rates import Proportion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lgsco.model.authorities import Authority, RegisterEntry

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
    points = half_up(Fraction(100, rate.denominator))
    if rate.denominator == 1:
        words = "There is only 1 case, so the rate can only be 0% or 100%."
    else:
        words = (
            f"{rate.denominator} cases are few: one case more or less would move the rate by about"
            f" {points} percentage points."
        )
    return [Caution(CautionKind.SMALL_NUMBERS, words)]


def series_break(year: ReportingYear, measure: str) -> list[Caution]:
    """Caution about the first year after a series break of a measure."""
    return [
        Caution(CautionKind.SERIES_BREAK, f"Do not compare with years before {broken.year}: {broken.what}.")
        for broken in SERIES_BREAKS
        if broken.year == year and broken.affects(measure)
    ]


def reorganised(review: AnnualReview, entry: RegisterEntry | None) -> list[Caution]:
    """Caution about a council that was created in the year, or abolished by its end, as the register knows it."""
    if entry is None:
        return []
    year = review.year
    sentences = []
    if entry.start is not None and entry.start in year:
        before = f"; before it stood {_names(entry.predecessors)}" if entry.predecessors else ""
        sentences.append(f"{review.authority} was created on {entry.start}{before}.")
    if entry.end is not None and entry.end <= year.end:
        after = f"; it was succeeded by {_names(entry.successors)}" if entry.successors else ""
        sentences.append(f"{review.authority} was abolished on {entry.end}{after}.")
    return [Caution(CautionKind.REORGANISED, words) for words in sentences]


def _names(authorities: Iterable[Authority]) -> str:
    """Return the names of authorities as a list in words."""
    return ", ".join(authority.name for authority in authorities)


def basis(review: AnnualReview) -> list[Caution]:
    """Caution about figures that do not come from the Ombudsman itself, or not from all decisions."""
    words = None if review.source is None else _BASIS_WORDS.get(review.source.basis)
    return [] if words is None else [Caution(CautionKind.BASIS, words)]


_BASIS_WORDS = {
    Basis.PUBLISHED_DECISIONS: (
        "The rate is made from published decisions, which leave some out: it is not the council's published rate."
    ),
    Basis.SECOND_HAND: (
        "Some or all of these figures come from a newspaper or a committee paper, not from the Ombudsman itself."
    ),
}
