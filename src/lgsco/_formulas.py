"""
Closed forms, written once for single numbers and for columns alike.

They use only the operators of Arithmetic, so a float may stand in them and so may a dataframe's column expression.
The caller decides what no cases mean: every formula here needs a total above nought.
"""

from __future__ import annotations

from typing import Any, Protocol, Self, TypeVar

__all__ = ["Arithmetic", "wilson_bounds"]


class Arithmetic(Protocol):
    """What a closed form may use."""

    def __add__(self, other: Any, /) -> Self: ...
    def __sub__(self, other: Any, /) -> Self: ...
    def __rsub__(self, other: Any, /) -> Self: ...
    def __mul__(self, other: Any, /) -> Self: ...
    def __truediv__(self, other: Any, /) -> Self: ...
    def __pow__(self, other: Any, /) -> Self: ...


Number = TypeVar("Number", bound=Arithmetic)


def wilson_bounds(count: Number, total: Number, z: float) -> tuple[Number, Number]:
    """
    Wilson's score limits for a proportion: the rates that a score test of this size would not reject.

    Source: E. B. Wilson (1927), JASA 22, 209-212; R. G. Newcombe (1998), Statistics in Medicine 17, 857-872, method 3.
    """
    weight = z * z
    middle = count + weight / 2
    reach = (count * (total - count) / total + weight / 4) ** 0.5 * z
    return (middle - reach) / (total + weight), (middle + reach) / (total + weight)
