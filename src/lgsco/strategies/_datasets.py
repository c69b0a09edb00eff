"""Strategies for datasets of real councils, and for what a dataset knows of one statistic."""

from __future__ import annotations

import functools
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

from lgsco import published
from lgsco._values import evolve, fields_of
from lgsco.dataset import Dataset, FigureState, Statistic, state_of
from lgsco.documents.figures import PrintedReview
from lgsco.model.authorities import Authority
from lgsco.model.cases import Investigation
from lgsco.model.measures import KEY_STATISTICS
from lgsco.strategies._cases import FLAGS
from lgsco.strategies._common import MAX_COUNT, maybe
from lgsco.strategies._derived import draws, strategy_for
from lgsco.strategies._parties import SOURCES
from lgsco.strategies._printed import PERCENTS, printed_averages
from lgsco.strategies._rates import proportions

__all__ = ["datasets", "real_councils", "statistics"]


@functools.cache
def real_councils() -> st.SearchStrategy[Authority]:
    """
    Councils of the shipped register that have stood in a comparison group through all years.

    Leaves out councils that were founded or abolished, and those that no average is published for.
    """
    return st.sampled_from(
        [
            entry.authority
            for entry in published.register().entries
            if entry.group is not None and entry.start is None and entry.end is None
        ]
    )


@draws(Dataset)
@st.composite
def datasets(
    draw: st.DrawFn, *, councils: st.SearchStrategy[Authority] | None = None, known: bool = False, max_size: int = 2
) -> Dataset:
    """
    Datasets about councils of the shipped register, with at most ``max_size`` items of each kind.

    With ``known=True`` no part of an item is missing. Leaves out registers other than the shipped one.
    """
    of_council = councils or real_councils()
    parts: dict[str, Any] = {}
    hints = get_type_hints(Dataset, include_extras=True)
    for name in [field.name for field in fields_of(Dataset) if field.init and field.name != "register"]:
        items = draw(st.lists(strategy_for(get_args(hints[name])[0], known=known), max_size=max_size))
        parts[name] = tuple(_about(item, draw(of_council)) for item in items)
    return Dataset(published.register(), **parts)


def _about(item: Any, council: Authority) -> Any:
    """Return an item as one about another council, where it is about a council."""
    if isinstance(item, Investigation):
        return evolve(item, decision=evolve(item.decision, authority=council))
    if isinstance(item, PrintedReview):
        return evolve(item, name=council.name)
    return evolve(item, authority=council) if hasattr(item, "authority") else item


@draws(Statistic)
@st.composite
def statistics(draw: st.DrawFn, *, known: bool = False, max_count: int = MAX_COUNT) -> Statistic:
    """
    What is known of a key statistic, in every state.

    With ``known=True`` both counts are held. Leaves out that a percentage follows from the counts beside it.
    """
    rate = draw(proportions(max_count=max_count))
    numerator = rate.numerator if known or draw(FLAGS) else None
    denominator = rate.denominator if known or draw(FLAGS) else None
    printed = draw(maybe(PERCENTS, known=False))
    state = state_of(numerator, denominator, has_percent=printed is not None)
    if state is FigureState.NOT_HELD and draw(FLAGS):
        state = FigureState.NOT_APPLICABLE
    return Statistic(
        draw(st.sampled_from(KEY_STATISTICS)),
        state,
        numerator=numerator,
        denominator=denominator,
        printed=printed,
        average=draw(maybe(printed_averages(), known=False)),
        sources=tuple(draw(st.lists(SOURCES, max_size=2))),
    )
