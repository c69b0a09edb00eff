"""Strategies for decisions as published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from lgsco.documents.categories import DECISION_CATEGORIES, DecisionCategory
from lgsco.documents.decisions import (
    ConflictingDecision,
    DecisionListing,
    PublishedDecision,
)
from lgsco.model.cases import Outcome, ServiceArea
from lgsco.strategies._cases import references
from lgsco.strategies._common import DAYS, NAMES, PROBLEMS, maybe

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "OF_TYPE",
    "conflicting_decisions",
    "decision_categories",
    "decision_listings",
    "published_decisions",
]

_BODY_NAMES = NAMES | st.sampled_from(("Example Care Limited", "NHS Barchester ICB", "St. Septimus's Primary School"))
_CATEGORIES = st.sampled_from([category.name for category in DECISION_CATEGORIES]) | NAMES
_SUBCATEGORIES = (
    st.sampled_from(sorted({name for category in DECISION_CATEGORIES for name in category.subcategories})) | NAMES
)
_PLACES = st.integers(1, 9_999).map("line {}".format)


def published_decisions(
    *, bodies: st.SearchStrategy[str] = _BODY_NAMES, known: bool = False
) -> st.SearchStrategy[PublishedDecision]:
    """
    Decisions as a listing or a page prints them, any of it missing.

    Leaves out that a subcategory belongs to a category, and that the reference tells the year.
    """
    return st.builds(
        PublishedDecision,
        maybe(bodies, known=known),
        maybe(references(), known=known),
        document_type=maybe(st.sampled_from(("Statement", "Report")), known=known),
        outcome=maybe(st.sampled_from(Outcome), known=known),
        category=maybe(_CATEGORIES, known=known),
        subcategory=maybe(_SUBCATEGORIES, known=known),
        decided_on=maybe(DAYS, known=known),
        place=maybe(_PLACES, known=known),
    )


@st.composite
def decision_listings(draw: st.DrawFn, *, known: bool = False) -> DecisionListing:
    """Listings of up to six decisions, some of which are duplicated, alike or with a difference."""
    printed = draw(st.lists(published_decisions(known=known), max_size=4))
    if printed:
        again = draw(st.lists(st.sampled_from(printed), max_size=2))
        printed += [
            PublishedDecision(entry.body, entry.reference, outcome=draw(st.sampled_from(Outcome)), place="line 1")
            for entry in again
        ]
    return DecisionListing(tuple(printed), problems=tuple(draw(st.lists(PROBLEMS, max_size=2))))


def conflicting_decisions() -> st.SearchStrategy[ConflictingDecision]:
    """Copies of a case that differ in some fields; leaves out that they do."""
    return st.builds(
        ConflictingDecision,
        st.lists(published_decisions(), min_size=2, max_size=3).map(tuple),
        st.lists(st.sampled_from(("outcome", "decided_on")), min_size=1, unique=True).map(tuple),
    )


def decision_categories() -> st.SearchStrategy[DecisionCategory]:
    """Categories of published decisions: those that there are, and others of any name."""
    return st.sampled_from(DECISION_CATEGORIES) | st.builds(
        DecisionCategory,
        NAMES,
        st.none() | st.sampled_from(ServiceArea),
        subcategories=st.lists(NAMES, max_size=2).map(tuple),
    )


OF_TYPE: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    DecisionCategory: decision_categories,
    ConflictingDecision: conflicting_decisions,
    DecisionListing: decision_listings,
    PublishedDecision: published_decisions,
}
