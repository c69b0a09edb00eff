"""The shipped figures of one council and year, with comparisons and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco import published
from lgsco.comparison.groups import similar_authorities
from lgsco.errors import LgscoError
from lgsco.model.authorities import comparison_group
from lgsco.reports.council import compare_with_others
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.comparison.comparisons import Comparison
    from lgsco.model.authorities import Authority
    from lgsco.model.reviews import AnnualReview
    from lgsco.model.years import ReportingYear

__all__ = ["NoFigures", "compare_with_shipped", "review_in", "reviews_of", "sources_of"]


class NoFigures(LgscoError, LookupError):
    """No shipped figures for this council and year."""


def reviews_of(authority: Authority) -> list[AnnualReview]:
    """Return the shipped reviews of a council."""
    return [review for review in published.reviews() if review.authority == authority]


def review_in(name: str, year: ReportingYear) -> AnnualReview:
    """
    Return the shipped review of a council and year.

    Raises:
        NoFigures: there is none; names the years of which there are.
    """
    register = published.register()
    authority = register.find_in_print(name, year.end)
    reviews = {review.year: review for review in reviews_of(authority)}
    if year not in reviews:
        # An abolished council without figures is refused as such, with its successors.
        register.find(name, year.end)
        raise NoFigures(wording.no_figures(str(authority), str(year), reviews))
    return reviews[year]


def compare_with_shipped(review: AnnualReview) -> list[Comparison] | None:
    """Compare a council with averages of its group computed from the shipped figures; ``None`` without a group."""
    register = published.register()
    if comparison_group(review.authority, register, review.year.end) is None:
        return None
    similar = similar_authorities(review, published.reviews(review.year), register=register)
    return compare_with_others(review, similar, register)


def sources_of(with_print: Sequence[Comparison]) -> list[str]:
    """Return the sources of a council's figures, and of printed averages where they differ, in words."""
    own = with_print[0].review.source
    averages = [average.source for item in with_print if (average := item.printed_average) is not None]
    distinct = [source for source in dict.fromkeys(averages) if source != own]
    return wording.council_sources(own, distinct, shared=bool(averages))
