"""
What Hypothesis is told of our types, through the entry point.

Hypothesis loads the entry point while it is itself being imported, which may be because ``lgsco.strategies`` is:
so this module takes nothing from the package that it is in, only from the modules beside it.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from lgsco.convert.converter import public_types
from lgsco.strategies import (  # noqa: F401  # each fills the table of those that are written by hand
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
from lgsco.strategies._derived import strategy_for

__all__ = ["register"]


def _drawn(kind: Any) -> st.SearchStrategy[Any]:
    return strategy_for(kind)


def register() -> None:
    """Tell Hypothesis of our types; it calls this by the entry point, before any test, and nothing is built yet."""
    for kind in public_types().values():
        st.register_type_strategy(kind, _drawn)
