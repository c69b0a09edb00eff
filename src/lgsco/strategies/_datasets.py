"""Strategies for what a dataset knows of one statistic. A dataset itself is drawn by its annotations."""

from __future__ import annotations

from hypothesis import strategies as st

from lgsco.dataset import FigureState, Statistic, state_of
from lgsco.model.measures import KEY_STATISTICS
from lgsco.strategies._cases import FLAGS
from lgsco.strategies._common import MAX_COUNT, maybe
from lgsco.strategies._derived import draws
from lgsco.strategies._parties import SOURCES
from lgsco.strategies._printed import PERCENTS, printed_averages
from lgsco.strategies._rates import proportions

__all__ = ["statistics"]


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
