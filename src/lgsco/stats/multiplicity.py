"""
Many tests at once: p-values adjusted for how many there are.

Of twenty councils that differ by chance alone one is expected beyond a 95% limit; what is read from many tests must
allow for that. Which error is kept small is a choice, and each has its name.
"""

from __future__ import annotations

import numbers
from collections.abc import Iterable

from lgsco._values import Choice, Confidence, Probability, choice_of, refusal_of, validate
from lgsco.errors import InvalidValue, Problem

__all__ = ["MultipleTestingMethod", "adjust_p_values", "significant_after_adjustment"]


class MultipleTestingMethod(Choice):
    """How p-values allow for the number of tests."""

    BENJAMINI_HOCHBERG = "benjamini-hochberg"
    """Keeps the share of false findings among all findings small; for independent tests, and many that are not."""
    HOLM = "holm"
    """Keeps the probability of any false finding small, whatever the tests have to do with one another."""
    BONFERRONI = "bonferroni"
    """The same as Holm, and never finds more; for whoever must repeat an older analysis."""


def adjust_p_values(p_values: Iterable[float], *, method: str = "benjamini-hochberg") -> tuple[float, ...]:
    """
    Adjust p-values for how many there are, in the order given.

    An adjusted p-value is the least level at which its test would be among the findings. It is never below the p-value
    itself, and of two p-values the smaller is never adjusted to more than the other.

    >>> adjust_p_values([0.01, 0.04, 0.03])
    (0.03, 0.04, 0.04)
    >>> adjust_p_values([0.01, 0.04, 0.03], method="holm")
    (0.03, 0.06, 0.06)
    >>> adjust_p_values([])
    ()

    Raises:
        InvalidValue: a p-value is no float from 0 to 1, or the method is not known.

    Source: Benjamini and Hochberg (1995), JRSS B 57, 289-300; Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    """
    chosen = choice_of("method", method, MultipleTestingMethod)
    held = _checked(p_values)
    total = len(held)
    rising = sorted(range(total), key=held.__getitem__)
    adjusted = [0.0] * total
    if chosen is MultipleTestingMethod.BENJAMINI_HOCHBERG:
        # From the greatest down: no p-value may be adjusted to more than one above it.
        least = 1.0
        for rank in range(total, 0, -1):
            at = rising[rank - 1]
            # The rank of the greatest is the number of tests, so that it stands as it is, to the last bit.
            least = min(least, held[at] if rank == total else held[at] * total / rank)
            adjusted[at] = max(least, held[at])
        return tuple(adjusted)
    greatest = 0.0
    for rank, at in enumerate(rising):
        times = total - rank if chosen is MultipleTestingMethod.HOLM else total
        greatest = max(greatest, min(held[at] * times, 1.0))
        adjusted[at] = greatest
    return tuple(adjusted)


def significant_after_adjustment(
    p_values: Iterable[float], *, level: float = 0.05, method: str = "benjamini-hochberg"
) -> tuple[bool, ...]:
    """
    Say for each p-value whether its test is among the findings at a level, in the order given.

    >>> significant_after_adjustment([0.01, 0.06, 0.03])
    (True, False, True)

    Raises:
        InvalidValue: as ``adjust_p_values``, or the level is not a float between 0 and 1.
    """
    validate(level=(level, Confidence))
    return tuple(p_value <= level for p_value in adjust_p_values(p_values, method=method))


def _is_number(given: object) -> bool:
    return isinstance(given, numbers.Real) and not isinstance(given, numbers.Integral)


def _checked(p_values: Iterable[float]) -> list[float]:
    # Arrays and series hold numbers of their own kinds.
    held = [float(p_value) if _is_number(p_value) else p_value for p_value in p_values]
    problems = [
        Problem.at(f"p_values[{at}]", p_value, reason)
        for at, p_value in enumerate(held)
        if (reason := refusal_of(p_value, Probability)) is not None
    ]
    if problems:
        raise InvalidValue(problems)
    return held
