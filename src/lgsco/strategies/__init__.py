"""
Hypothesis strategies for every public type of lgsco, for whoever tests code that uses them.

Each strategy is named by the plural of its type, narrows by keyword, and builds valid values instead of filtering.
Where a part of a value may be unknown it sometimes is; ``known=True`` leaves unknown parts out.
Where the package is installed, ``hypothesis.strategies.from_type`` knows the types without further ado.

>>> from hypothesis import strategies as st
>>> from lgsco import AuthorityType
>>> from lgsco import strategies
>>> kent = strategies.authorities(types=st.just(AuthorityType.COUNTY_COUNCIL))
>>> decisions = strategies.decisions(authorities=kent, known=True)

Needs the extra ``lgsco[hypothesis]``.
"""

from __future__ import annotations

from importlib import import_module

# First of all: Hypothesis, as it is imported, loads our entry point, which needs the modules below whole.
import hypothesis  # noqa: F401  # for that alone

from lgsco.strategies._common import MODULES, names
from lgsco.strategies._derived import OF_TYPE, UNTYPED

_FUNCTIONS = {"names": names}
for _module in (import_module(f"{__name__}.{module}") for module in MODULES):
    _registered = [*OF_TYPE.values(), *UNTYPED]
    _FUNCTIONS |= {name: thing for name, thing in vars(_module).items() if thing in _registered and name[0] != "_"}
for _name, _function in _FUNCTIONS.items():
    # A derived one has its name from the module that keeps it; help() shows it.
    _function.__name__ = _function.__qualname__ = _name
globals().update(_FUNCTIONS)
__all__ = [*sorted(_FUNCTIONS)]  # pyright: ignore[reportUnsupportedDunderAll]  # it reads the stub beside this file


def __dir__() -> list[str]:
    return __all__
