"""Strategies for decisions as published."""

from __future__ import annotations

from hypothesis import strategies as st

from lgsco.documents.categories import DECISION_CATEGORIES, DecisionCategory
from lgsco.documents.decisions import (
    ConflictingDecision,
    DecisionListing,
    PublishedDecision,
)
from lgsco.model.cases import Outcome, ServiceArea
from lgsco.strategies._common import NAMES, PROBLEMS
from lgsco.strategies._derived import composes, derive, named

_BODY_NAMES = NAMES | st.sampled_from(("Example Care Limited", "NHS Barchester ICB", "St. Septimus's Primary School"))
_CATEGORIES = st.sampled_from([category.name for category in DECISION_CATEGORIES]) | NAMES
_SUBCATEGORIES = (
    st.sampled_from(sorted({name for category in DECISION_CATEGORIES for name in category.subcategories})) | NAMES
)
_PLACES = st.integers(1, 9_999).map("line {}".format)


published_decisions = derive(
    PublishedDecision,
    """Decisions as a listing or a page prints them, any of it missing.

    Leaves out that a subcategory belongs to a category, and that the reference tells the year.
    """,
    body=_BODY_NAMES,
    document_type=st.sampled_from(("Statement", "Report")),
    category=_CATEGORIES,
    subcategory=_SUBCATEGORIES,
    place=_PLACES,
)


@composes(DecisionListing)
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


conflicting_decisions = derive(
    ConflictingDecision,
    "Copies of a case that differ in some fields; leaves out that they do.",
    entries=st.lists(published_decisions(), min_size=2, max_size=3).map(tuple),
    fields=st.lists(st.sampled_from(("outcome", "decided_on")), min_size=1, unique=True).map(tuple),
)


@named
def decision_categories() -> st.SearchStrategy[DecisionCategory]:
    """Categories of published decisions: those that there are, and others of any name."""
    return st.sampled_from(DECISION_CATEGORIES) | st.builds(
        DecisionCategory,
        NAMES,
        st.none() | st.sampled_from(ServiceArea),
        subcategories=st.lists(NAMES, max_size=2).map(tuple),
    )
