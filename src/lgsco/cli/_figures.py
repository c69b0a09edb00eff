"""The shipped figures of one council and year, and what stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco import published
from lgsco.comparison.comparisons import Comparison, compare
from lgsco.comparison.groups import average_of, similar_authorities
from lgsco.errors import LgscoError
from lgsco.model.authorities import comparison_group
from lgsco.model.measures import KEY_STATISTICS
from lgsco.model.years import ReportingYear
from lgsco.reports.words import contradiction

if TYPE_CHECKING:
    from lgsco.comparison.groups import Average
    from lgsco.model.reviews import AnnualReview
    from lgsco.sources import Source


__all__ = [
    "NoFigures",
    "average_in",
    "beside_held",
    "beside_printed",
    "cited",
    "contradiction",
    "held_review",
    "sources_of",
]


class NoFigures(LgscoError, LookupError):
    """The shipped figures hold nothing for this council and year."""


def held_review(name: str, year: ReportingYear) -> AnnualReview:
    """Find the review that is held of a council and year; refuse with what is held instead."""
    register = published.register()
    authority = register.find_in_print(name, year.end)
    held = [review for review in published.reviews() if review.authority == authority]
    review = next((review for review in held if review.year == year), None)
    if review is None:
        # An abolished council without figures is refused as such, with its successors.
        register.find(name, year.end)
        years = ", ".join(str(one.year) for one in held)
        raise NoFigures(f"no figures of {authority} are held for {year}" + (f"; held: {years}" if years else ""))
    return review


def beside_printed(review: AnnualReview) -> list[Comparison]:
    """Compare a council's three key statistics with the averages that were printed."""
    return [
        compare(review, published.average(review, measure), measure, register=published.register())
        for measure in KEY_STATISTICS
    ]


def beside_held(review: AnnualReview) -> list[Comparison] | None:
    """Compare with the averages computed from what is held of the group; ``None`` for a council without a group."""
    register = published.register()
    if comparison_group(review.authority, register, review.year.end) is None:
        return None
    group = similar_authorities(review, published.reviews(review.year), register=register)
    return [
        compare(review, average_of(group, measure, register=register), measure, register=register)
        for measure in KEY_STATISTICS
    ]


def average_in(comparison: Comparison) -> Average:
    """Give the computed average of a comparison with one."""
    average = comparison.computed_average
    if average is None:
        raise TypeError("the comparison is not with a computed average")
    return average


def sources_of(beside_print: list[Comparison]) -> list[str]:
    """Cite the sources of a council's figures, and of the averages where they are others."""
    own = beside_print[0].review.source
    averages = [each.printed_average for each in beside_print if each.printed_average is not None]
    printed = {average.source: None for average in averages if average.source != own}
    lines = ["Figures of the council: " + cited(own)]
    lines += ["Averages: " + cited(source) for source in printed]
    if len(lines) == 1 and averages:
        lines = ["Figures of the council and averages: " + cited(own)]
    return lines


def cited(source: Source | None) -> str:
    """Cite a source in a line."""
    if source is None:
        return "not known."
    return source.title + (f", {source.url}" if source.url else ".")
