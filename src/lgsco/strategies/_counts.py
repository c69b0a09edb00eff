"""Strategies for counts: tallies and reviews."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, cast

from hypothesis import strategies as st

from lgsco.model.authorities import Authority
from lgsco.model.cases import Outcome, ServiceArea
from lgsco.model.reviews import AnnualReview
from lgsco.model.tallies import ComplianceTally, DecisionTally, InvestigationTally, Overview, ReceivedTally
from lgsco.model.years import ReportingYear
from lgsco.strategies._cases import FLAGS
from lgsco.strategies._common import MAX_COUNT, AnyTally, maybe
from lgsco.strategies._derived import composes, draws, named
from lgsco.strategies._parties import AUTHORITIES, GROUPS, SOURCES, YEARS, councils

if TYPE_CHECKING:
    from collections.abc import Callable


def counts_up_to(max_count: int, min_count: int = 0) -> st.SearchStrategy[int]:
    return st.integers(min_count, max_count)


def partly_known_tally(
    draw: st.DrawFn, kind: type[AnyTally], true: dict[str, int], within: str | None = None, *, known: bool
) -> AnyTally:
    """Return a tally of true counts, some of them left out, so that all that it states can be true."""
    if known:
        return kind(**true)
    hidden = draw(_some_of(tuple(true)))
    counts: dict[str, int | None] = {name: None if name in hidden else count for name, count in true.items()}
    total = sum(count for name, count in true.items() if name != within) if draw(FLAGS) else None
    # Every kind of tally takes a total; that of their base class, which is never made, does not say so.
    return cast("Callable[..., AnyTally]", kind)(**counts, total=total)


@functools.cache
def _some_of(names: tuple[str, ...]) -> st.SearchStrategy[set[str]]:
    return st.sets(st.sampled_from(names))


@st.composite
def _with_a_part(
    draw: st.DrawFn, kind: type[AnyTally], counts: tuple[str, str, str], bounds: tuple[int, int], *, known: bool
) -> AnyTally:
    whole, remainder, inner = counts
    least, most = bounds
    count = draw(counts_up_to(most, least))
    true = {whole: count, remainder: draw(counts_up_to(most, least)), inner: draw(counts_up_to(count, least))}
    return partly_known_tally(draw, kind, true, inner, known=known)


@st.composite
def _independent(
    draw: st.DrawFn, kind: type[AnyTally], counts: tuple[str, ...], bounds: tuple[int, int], *, known: bool
) -> AnyTally:
    least, most = bounds
    return partly_known_tally(draw, kind, {name: draw(counts_up_to(most, least)) for name in counts}, known=known)


@draws(InvestigationTally)
def investigation_tallies(
    *, known: bool = False, min_count: int = 0, max_count: int = MAX_COUNT
) -> st.SearchStrategy[InvestigationTally]:
    """
    Cases upheld and not upheld, with any part of them, or only their total, missing.

    Leaves out that counts go together: most tallies drawn are larger than a district council's.
    """
    return _with_a_part(
        InvestigationTally, ("upheld", "not_upheld", "satisfactory_remedies"), (min_count, max_count), known=known
    )


@draws(ComplianceTally)
def compliance_tallies(
    *, known: bool = False, min_count: int = 0, max_count: int = MAX_COUNT
) -> st.SearchStrategy[ComplianceTally]:
    """Compliance outcomes, with any part of them, or only their total, missing."""
    return _with_a_part(ComplianceTally, ("complied", "not_complied", "late"), (min_count, max_count), known=known)


_OVERVIEW = ("not_for_us", "assessed_and_closed", "investigated")
_OUTCOMES = tuple(outcome.value for outcome in Outcome)
_AREAS = tuple(area.value for area in ServiceArea)


@draws(Overview)
def overviews(*, known: bool = False, min_count: int = 0, max_count: int = MAX_COUNT) -> st.SearchStrategy[Overview]:
    """Complaints dealt with in the three groups of recent pages, with any of them, or only the total, missing."""
    return _independent(Overview, _OVERVIEW, (min_count, max_count), known=known)


@draws(DecisionTally)
def decision_tallies(
    *, known: bool = False, min_count: int = 0, max_count: int = MAX_COUNT
) -> st.SearchStrategy[DecisionTally]:
    """Complaints decided by the six outcomes, with any of them, or only the total, missing."""
    return _independent(DecisionTally, _OUTCOMES, (min_count, max_count), known=known)


@draws(ReceivedTally)
def received_tallies(
    *, known: bool = False, min_count: int = 0, max_count: int = MAX_COUNT
) -> st.SearchStrategy[ReceivedTally]:
    """Complaints received by the nine service areas, with any of them, or only the total, missing."""
    return _independent(ReceivedTally, _AREAS, (min_count, max_count), known=known)


@composes(AnnualReview)
def annual_reviews(  # noqa: PLR0913  # each narrows one thing, by keyword
    draw: st.DrawFn,
    *,
    authorities: st.SearchStrategy[Authority] = AUTHORITIES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    known: bool = False,
    min_count: int = 0,
    max_count: int = MAX_COUNT,
) -> AnnualReview:
    """
    One body's year in counts that can all be true, any part of them missing.

    ``min_count`` and ``max_count`` bound each outcome and each service area.

    Leaves out reviews that only their gaps keep from contradicting themselves, such as 7 upheld of 5 investigated where
    the two are in different parts.
    """
    bounds: dict[str, Any] = {"min_count": min_count, "max_count": max_count}
    decided = draw(decision_tallies(known=True, **bounds)).known()
    remedies = draw(counts_up_to(decided["upheld"], min_count))
    three = DecisionTally(**decided).overview.known()
    two = {name: decided[name] for name in ("upheld", "not_upheld")} | {"satisfactory_remedies": remedies}

    def part(kind: type[AnyTally], true: dict[str, int], within: str | None = None) -> AnyTally | None:
        return partly_known_tally(draw, kind, true, within, known=known) if known or draw(FLAGS) else None

    return AnnualReview(
        draw(authorities),
        draw(years),
        investigations=part(InvestigationTally, two, "satisfactory_remedies"),
        compliance=draw(maybe(compliance_tallies(known=known, **bounds), known=known)),
        overview=part(Overview, three),
        decided=part(DecisionTally, decided),
        received=draw(maybe(received_tallies(known=known, **bounds), known=known)),
        source=draw(maybe(SOURCES, known=known)),
    )


@named
@st.composite
def review_groups(  # noqa: PLR0913  # each narrows one thing, by keyword
    draw: st.DrawFn,
    *,
    min_size: int = 1,
    max_size: int = 8,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    known: bool = False,
    min_count: int = 0,
    max_count: int = MAX_COUNT,
) -> tuple[AnnualReview, ...]:
    """Reviews of councils of one comparison group in one year; leaves out a council twice."""
    year, group = draw(years), draw(GROUPS)
    bodies = draw(councils(min_size=min_size, max_size=max_size, types=st.just(group)))
    bounds: dict[str, Any] = {"min_count": min_count, "max_count": max_count}
    return tuple(
        draw(annual_reviews(authorities=st.just(body), years=st.just(year), known=known, **bounds)) for body in bodies
    )


ONE_IN_FIVE = st.sampled_from((False, False, False, False, True))
