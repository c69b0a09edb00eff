"""
Closed forms, written once for single numbers and for columns alike.

They use only the operators of Arithmetic, so a float may stand in them and so may a dataframe's column expression.
The caller decides what no cases mean: every formula here needs a total above zero.
"""

from __future__ import annotations

from typing import Any, Protocol, Self, TypeVar


class Arithmetic(Protocol):
    """The operators that a closed form may use."""

    def __add__(self, other: Any, /) -> Self: ...
    def __sub__(self, other: Any, /) -> Self: ...
    def __rsub__(self, other: Any, /) -> Self: ...
    def __mul__(self, other: Any, /) -> Self: ...
    def __truediv__(self, other: Any, /) -> Self: ...
    def __pow__(self, other: Any, /) -> Self: ...


class WholeArithmetic(Protocol):
    """The operators that a closed form may use that is exact in whole numbers."""

    def __add__(self, other: Any, /) -> Self: ...
    def __sub__(self, other: Any, /) -> Self: ...
    def __mul__(self, other: Any, /) -> Self: ...
    def __rmul__(self, other: Any, /) -> Self: ...
    def __floordiv__(self, other: Any, /) -> Self: ...


Number = TypeVar("Number", bound=Arithmetic)
Whole = TypeVar("Whole", bound=WholeArithmetic)


def halves_up(numerator: Whole, denominator: Whole) -> Whole:
    """Round a quotient of zero or more to a whole number, half up, by whole numbers alone."""
    return (2 * numerator + denominator) // (2 * denominator)


def score_terms(count: Whole, total: Whole, over: Whole, under: Whole) -> tuple[Whole, Whole]:
    """
    Return numerator and denominator of the squared score of ``count`` of ``total`` about the target ``over / under``.

    The score is (share - target) in standard deviations of the target; its square is exact where the numbers are.
    """
    gap = count * under - over * total
    return gap * gap, over * (under - over) * total


def wilson_bounds(count: Number, total: Number, z: float) -> tuple[Number, Number]:
    """
    Return Wilson's score limits for a proportion: the rates that a score test of this size would not reject.

    Source: E. B. Wilson (1927), JASA 22, 209-212; R. G. Newcombe (1998), Statistics in Medicine 17, 857-872, method 3.
    """
    weight = z * z
    middle = count + weight / 2
    reach = (count * (total - count) / total + weight / 4) ** 0.5 * z
    return (middle - reach) / (total + weight), (middle + reach) / (total + weight)
