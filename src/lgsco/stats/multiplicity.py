"""
Multiple testing: p-values adjusted for the number of tests.

Of twenty councils that differ by chance alone one is expected beyond a 95% limit; a reading of many tests must allow
for that. Which error is kept small is a choice, and each method has its name.
"""

from __future__ import annotations

import numbers
from collections.abc import Iterable
from typing import Literal, TypeAlias

from lgsco._values import Choice, Confidence, Probability, choice_of, refusal_of, validate
from lgsco.errors import InvalidValue, Problem


class MultipleTestingMethod(Choice):
    """The method by which p-values allow for the number of tests."""

    BENJAMINI_HOCHBERG = "benjamini-hochberg"
    """Keeps the share of false findings among all findings small; for independent tests, and many that are not."""
    HOLM = "holm"
    """Keeps the probability of any false finding small, whatever the tests have to do with one another."""
    BONFERRONI = "bonferroni"
    """Keeps the same probability small as Holm, and never finds more; for whoever must repeat an older analysis."""


MultipleTestingMethodLike: TypeAlias = MultipleTestingMethod | Literal["benjamini-hochberg", "holm", "bonferroni"]


def adjust_p_values(
    p_values: Iterable[float], *, method: MultipleTestingMethodLike = "benjamini-hochberg"
) -> tuple[float, ...]:
    """
    Adjust p-values for the number of tests.

    An adjusted p-value is the least level at which its test would be significant. It is never below the p-value
    itself, and of two p-values the smaller is never adjusted to more than the greater.

    Args:
        p_values: floats from 0 to 1, as many as there are tests.
        method: "benjamini-hochberg", "holm" or "bonferroni".

    Returns:
        The adjusted p-values, in the order given.

    Raises:
        InvalidValue: a p-value is not a float from 0 to 1, or the method is not known.

    >>> adjust_p_values([0.01, 0.04, 0.03])
    (0.03, 0.04, 0.04)
    >>> adjust_p_values([0.01, 0.04, 0.03], method="holm")
    (0.03, 0.06, 0.06)
    >>> adjust_p_values([])
    ()

    Source: Benjamini and Hochberg (1995), JRSS B 57, 289-300; Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    """
    chosen = choice_of("method", method, MultipleTestingMethod)
    values = _checked(p_values)
    total = len(values)
    rising = sorted(range(total), key=values.__getitem__)
    adjusted = [0.0] * total
    if chosen is MultipleTestingMethod.BENJAMINI_HOCHBERG:
        # From the greatest down: no p-value may be adjusted to more than a greater p-value is.
        least = 1.0
        for rank in range(total, 0, -1):
            index = rising[rank - 1]
            # The rank of the greatest is the number of tests, so that it stays as it is, to the last bit.
            least = min(least, values[index] if rank == total else values[index] * total / rank)
            adjusted[index] = max(least, values[index])
        return tuple(adjusted)
    greatest = 0.0
    for rank, index in enumerate(rising):
        times = total - rank if chosen is MultipleTestingMethod.HOLM else total
        greatest = max(greatest, min(values[index] * times, 1.0))
        adjusted[index] = greatest
    return tuple(adjusted)


def significant_after_adjustment(
    p_values: Iterable[float], *, level: float = 0.05, method: MultipleTestingMethodLike = "benjamini-hochberg"
) -> tuple[bool, ...]:
    """
    Return which tests are significant at a level after adjustment for their number.

    Args:
        p_values: floats from 0 to 1, as many as there are tests.
        level: the level, between 0 and 1, at or below which an adjusted p-value is significant.
        method: as of ``adjust_p_values``.

    Returns:
        True or False for each p-value, in the order given.

    Raises:
        InvalidValue: as ``adjust_p_values``, or the level is not a float between 0 and 1.

    >>> significant_after_adjustment([0.01, 0.06, 0.03])
    (True, False, True)
    """
    validate(level=(level, Confidence))
    return tuple(p_value <= level for p_value in adjust_p_values(p_values, method=method))


def _as_float(p_value: float) -> float:
    is_real = isinstance(p_value, numbers.Real) and not isinstance(p_value, numbers.Integral)
    return float(p_value) if is_real else p_value


def _checked(p_values: Iterable[float]) -> list[float]:
    # Arrays and series hold numbers of their own kinds.
    values = [p_value if type(p_value) is float else _as_float(p_value) for p_value in p_values]
    problems = [
        Problem.at(f"p_values[{index}]", p_value, reason)
        for index, p_value in enumerate(values)
        # Most are floats within bounds, and a million of them are soon adjusted.
        if not (type(p_value) is float and 0.0 <= p_value <= 1.0)
        and (reason := refusal_of(p_value, Probability)) is not None
    ]
    if problems:
        raise InvalidValue(problems)
    return values
