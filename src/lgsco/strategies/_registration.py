"""
What Hypothesis is told of our types, through the entry point.

Hypothesis loads the entry point while it is itself being imported, which may be because ``lgsco.strategies`` is:
so this room takes nothing from the package that it stands in, only from the rooms beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_origin

from hypothesis import strategies as st

from lgsco.documents.figures import PrintedTally
from lgsco.model.tallies import ComplianceTally, DecisionTally, Overview, ReceivedTally
from lgsco.strategies import (
    _cases,
    _casework,
    _comparisons,
    _counts,
    _groups,
    _listings,
    _parties,
    _printed,
    _rates,
    _reports,
    _tables,
    _years,
)
from lgsco.strategies._counts import compliance_tallies, decision_tallies, overviews, received_tallies
from lgsco.strategies._printed import printed_tallies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["OF_TYPE", "register"]

OF_TYPE: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    kind: made
    for room in (
        _parties,
        _cases,
        _casework,
        _counts,
        _rates,
        _printed,
        _listings,
        _comparisons,
        _groups,
        _years,
        _reports,
        _tables,
    )
    for kind, made in room.OF_TYPE.items()
}
"""Every type that Hypothesis cannot work out for itself; the other enumerations it can."""


def _strategy_of(kind: type) -> st.SearchStrategy[Any]:
    return OF_TYPE[get_origin(kind) or kind]()


def _printed_tables(table: Any) -> st.SearchStrategy[Any]:
    """Give tables of the counts in the brackets of ``PrintedTally[...]``, or of any."""
    of_kind: dict[type, st.SearchStrategy[Any]] = {
        Overview: overviews(),
        DecisionTally: decision_tallies(),
        ReceivedTally: received_tallies(),
        ComplianceTally: compliance_tallies(),
    }
    asked: Iterable[Any] = get_args(table)
    wanted = [of_kind[kind] for kind in asked if kind in of_kind] or [*of_kind.values()]
    return st.one_of([printed_tallies(counts) for counts in wanted])


def register() -> None:
    """Tell Hypothesis of our types; it calls this by the entry point, before any test, and nothing is built yet."""
    for kind in OF_TYPE:
        st.register_type_strategy(kind, _strategy_of)
    st.register_type_strategy(PrintedTally, _printed_tables)
