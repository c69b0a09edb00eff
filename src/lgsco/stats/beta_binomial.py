"""
Beta-binomial probabilities: of a count of cases whose rate is itself a beta variable.

Source: Steffensen (1927), Interpolation, chapter 14, for sums by integrals (Gregory's formula).
"""

from __future__ import annotations

import functools
import math
import operator
import sys

from lgsco.stats.distributions import binomial_mass


def beta_binomial_mass(count: float, total: int, a: float, b: float) -> float:
    """
    Return the probability of a count where the rate is itself a beta variable of ``a`` and ``b``.

    Also serves counts between whole ones, over which the tails are integrated.
    """
    if 2 * count > total:
        # The smaller of the two counts keeps its digits beside a small parameter.
        return beta_binomial_mass(total - count, total, b, a)
    # Three binomial probabilities at one rate, as for the hypergeometric; the last, at its own rate, is never small.
    rate, rest = (count + a) / (total + a + b), (total - count + b) / (total + a + b)
    scale = (a / (count + a)) * (b / (total - count + b)) * ((total + a + b) / (a + b))
    own = binomial_mass(count, total, rate, rest) * binomial_mass(a, a + b, rate, rest)
    return scale * own / binomial_mass(count + a, total + a + b, rate, rest)


def beta_binomial_tails(count: int, total: int, a: float, b: float) -> tuple[float, float]:
    """
    Return the probabilities of at most and of at least a count; that on the count's side of the mean as itself.

    Summed from the count outwards, since they have no closed form; where that takes long, the rest is integrated.
    """
    mass = beta_binomial_mass(count, total, a, b)
    if count * (a + b) < total * a:
        at_most = _sum_downwards(count, total, a, b)
        return at_most, 1.0 - at_most + mass
    at_least = _sum_downwards(total - count, total, b, a)
    return 1.0 - at_least + mass, at_least


def _sum_downwards(count: int, total: int, a: float, b: float) -> float:
    """Return the sum of the beta-binomial probabilities from a count down to zero."""
    term = greatest = beta_binomial_mass(count, total, a, b)
    parts = [term]
    # With a of 1 or more the terms, once they fall, fall to the end: what is left is at most as many of the last.
    enough = _EPSILON / 8 if a >= 1.0 else 0.0
    # What is too small for a float beside the mean is so to the end.
    k = count if term > 0.0 else 0
    while k > 0:
        low = k - _width(k, total, a, b) if len(parts) > _FEW < k else k - 1
        if low < k - 1:
            before, term = term, beta_binomial_mass(low, total, a, b)
            parts.append(_sum_between(low, k, total, a, b) - before)
        else:
            term *= _ratio(k, total, a, b)
            parts.append(term)
        k = low
        if term > greatest:
            greatest = term
        elif term * k < greatest * enough:
            break
    return math.fsum(parts)


_EPSILON = sys.float_info.epsilon
_FEW = 512
"""So many terms are added one by one, the first and the last; what is between may be integrated."""
_NARROW, _STEEP, _NODES = 64, 8.0, 16


def _ratio(k: int, total: int, a: float, b: float) -> float:
    """Return the probability of the count before one, over that of the count."""
    return k * (total - k + b) / ((total - k + 1) * (k - 1 + a))


def _width(k: int, total: int, a: float, b: float) -> int:
    """Return the width of a stretch below a count on which the probability is smooth; 1 where there is none."""
    # No further than half the way to where it is not smooth, at either end, and no more than a factor of e^8.
    width = min(k // 2, total - k)
    while width >= _NARROW:
        if all(abs(math.log(_ratio(end, total, a, b))) * width <= _STEEP for end in (k, k - width)):
            return width
        width //= 2
    return 1


def _sum_between(low: int, high: int, total: int, a: float, b: float) -> float:
    """Return the sum of the probabilities of the counts from one to another, by Gregory's formula."""
    middle, half = (low + high) / 2, (high - low) / 2
    integral = half * math.fsum(
        weight * beta_binomial_mass(middle + half * node, total, a, b) for node, weight in _gauss_legendre(_NODES)
    )
    below, above = [beta_binomial_mass(low, total, a, b)], [beta_binomial_mass(high, total, a, b)]
    for step in range(1, len(_GREGORY)):
        below.append(below[-1] / _ratio(low + step, total, a, b))
        above.append(above[-1] * _ratio(high - step + 1, total, a, b))
    return integral + math.fsum(map(operator.mul, _GREGORY * 2, below + above))


# 1/2 - D/12 + D^2/24 - 19 D^3/720 + 3 D^4/160 - 863 D^5/60480, with D the differences from an end inwards.
_GREGORY = [
    math.fsum(
        factor * (-1) ** (order - step) * math.comb(order, step)
        for order, factor in enumerate((1 / 2, -1 / 12, 1 / 24, -19 / 720, 3 / 160, -863 / 60480))
        if order >= step
    )
    for step in range(6)
]


@functools.cache
def _gauss_legendre(number: int) -> list[tuple[float, float]]:
    """Return the nodes from -1 to 1 at which a function is integrated, each with its weight."""
    nodes = []
    for index in range(number):
        x, step, slope = math.cos(math.pi * (index + 0.75) / (number + 0.5)), 1.0, 1.0
        while abs(step) > _EPSILON:
            before, polynomial = 1.0, x
            for degree in range(2, number + 1):
                before, polynomial = polynomial, ((2 * degree - 1) * x * polynomial - (degree - 1) * before) / degree
            slope = number * (before - x * polynomial) / (1.0 - x * x)
            step = polynomial / slope
            x -= step
        nodes.append((x, 2.0 / ((1.0 - x * x) * slope * slope)))
    return nodes
