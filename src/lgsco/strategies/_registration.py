"""
What Hypothesis is told of our types, through the entry point.

Hypothesis loads the entry point while it is itself being imported, which may be because ``lgsco.strategies`` is:
so this module takes nothing from the package that it is in, only from the modules beside it.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from hypothesis import strategies as st

from lgsco._values import public_types
from lgsco.strategies._common import MODULES
from lgsco.strategies._derived import strategy_for

for _module in MODULES:
    import_module(f"lgsco.strategies.{_module}")


def _strategy_of(kind: Any) -> st.SearchStrategy[Any]:
    return strategy_for(kind)


def register() -> None:
    """Tell Hypothesis of our types; it calls this by the entry point, before any test, and nothing is built yet."""
    for kind in public_types().values():
        st.register_type_strategy(kind, _strategy_of)
