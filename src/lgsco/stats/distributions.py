"""
Probability distributions, on the standard library alone.

Tails are computed from saddle-point densities, which keep the digits that differences of ``lgamma`` lose, and
continued fractions or series; quantiles by Newton's method on the logarithm of a tail, kept inside a bracket.
Each tail is computed as itself and never as one minus the other, so that small tails are right to their last digits.

Sources: C. Loader (2000), Fast and accurate computation of binomial probabilities; W. J. Lentz (1976), Applied Optics
15, 668-671; NIST Digital Library of Mathematical Functions, 8.9, 8.11 and 8.17.
"""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from statistics import NormalDist

_TINY = 1e-300
_EPSILON = 2.0**-53
_NEWTON_STEPS = 60
_HALF_LOG_TAU = 0.5 * math.log(math.tau)


@functools.cache
def _standard_normal() -> NormalDist:
    from statistics import NormalDist  # noqa: PLC0415  # takes long to load, and brings much that is not used

    return NormalDist()


def normal_quantile(probability: float) -> float:
    """Return the quantile of the standard normal distribution at a probability between 0 and 1."""
    return _standard_normal().inv_cdf(probability)


def normal_tail(z: float) -> float:
    """Return the probability that a standard normal variable is above ``z``."""
    return 0.5 * math.erfc(z / math.sqrt(2.0))


def binomial_mass(count: float, total: float, rate: float, rest: float | None = None) -> float:
    """
    Return the binomial probability of a count; ``rest`` is 1 - rate where it is known more exactly than that.

    Also serves counts that are not whole, as the density that the beta tails need.
    """
    rest = 1.0 - rate if rest is None else rest
    if rate <= 0.0 or rest <= 0.0:
        return float(count == (0 if rate <= 0.0 else total))
    if count in {0, total}:
        only, share = (total, rest) if count == 0 else (total, rate)
        # log1p keeps the digits of a share close to 1.
        complement = rate if count == 0 else rest
        return math.exp(only * (math.log1p(-complement) if complement < 0.5 else math.log(share)))  # noqa: PLR2004  # a half
    exponent = (
        _stirling_error(total)
        - _stirling_error(count)
        - _stirling_error(total - count)
        - _deviance(count, total * rate)
        - _deviance(total - count, total * rest)
    )
    return math.exp(exponent) * math.sqrt(total / (math.tau * count * (total - count)))


def _stirling_error(n: float) -> float:
    """Return the error of Stirling's formula for log n!, by which it falls short."""
    if n < 16:  # noqa: PLR2004  # from here the series is right to the last digit
        return math.lgamma(n + 1.0) - (n + 0.5) * math.log(n) + n - _HALF_LOG_TAU
    m = n * n
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / (1188 * m)) / m) / m) / m) / n


def _deviance(count: float, expected: float) -> float:
    """Return count * log(count / expected) + expected - count, right also where the two are close."""
    excess = (count - expected) / expected
    if abs(excess) > 0.1:  # noqa: PLR2004  # above, the closed form loses nothing
        return count * math.log(count / expected) + expected - count
    # The series of (1 + e) log(1 + e) - e.
    total, power, k = 0.0, excess * excess, 2
    while True:
        term = power / (k * (k - 1))
        if total + term == total:
            return expected * total
        total += term
        power *= -excess
        k += 1


def beta_tails(x: float, a: float, b: float, rest: float | None = None) -> tuple[float, float]:
    """Return the probabilities that a beta variable is below and above ``x``, each to its own last digits."""
    rest = 1.0 - x if rest is None else rest
    if x <= 0.0:
        return 0.0, 1.0
    if rest <= 0.0:
        return 1.0, 0.0
    # x^a (1 - x)^b / B(a, b), through the binomial density.
    front = a * b / (a + b) * binomial_mass(a, a + b, x, rest)
    if x < (a + 1.0) / (a + b + 2.0):
        lower = front / a * _beta_fraction(x, a, b)
        return lower, 1.0 - lower
    upper = front / b * _beta_fraction(rest, b, a)
    return 1.0 - upper, upper


def _beta_fraction(x: float, a: float, b: float) -> float:
    """Return the continued fraction of the incomplete beta function, DLMF 8.17.22, by Lentz's method."""
    c, d = 1.0, 1.0 / _off_zero(1.0 - (a + b) * x / (a + 1.0))
    value = d
    m = 0
    while True:
        m += 1
        index = a + 2 * m
        even = m * (b - m) * x / ((index - 1.0) * index)
        # No call in the loop: it runs some tens of times for every probability. A denominator of 0 is nudged off it.
        d = 1.0 / ((1.0 + even * d) or _TINY)
        c = (1.0 + even / c) or _TINY
        value *= c * d
        odd = -(a + m) * (a + b + m) * x / (index * (index + 1.0))
        d = 1.0 / ((1.0 + odd * d) or _TINY)
        c = (1.0 + odd / c) or _TINY
        step = c * d
        value *= step
        # Written like this, it also ends where a step is not a number.
        if not abs(step - 1.0) >= 4 * _EPSILON:
            return value


def _off_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY


def binomial_tails(count: int, total: int, rate: float) -> tuple[float, float]:
    """Return the probabilities of at most and of at least a count, both with the count itself."""
    at_most = 1.0 if count >= total else beta_tails(rate, count + 1, total - count)[1]
    at_least = 1.0 if count <= 0 else beta_tails(rate, count, total - count + 1)[0]
    return at_most, at_least


def smaller_binomial_tail(count: int, total: int, rate: float) -> float:
    """Return the smaller of the probabilities of at most and of at least a count, as far as it is below one half."""
    below = count < total * rate
    if below:
        tail = 1.0 if count >= total else beta_tails(rate, count + 1, total - count)[1]
    else:
        tail = 1.0 if count <= 0 else beta_tails(rate, count, total - count + 1)[0]
    # The two come to more than one, so where this one is below a half the other is not.
    return tail if tail < 0.5 else min(binomial_tails(count, total, rate))  # noqa: PLR2004  # a half


def is_rarer(tail: float, limit: float) -> bool:
    """Return whether a probability is below a limit; one that equals it, within float rounding, is not."""
    return tail < limit * (1.0 - 1e-9)


def hypergeometric_mass(count: int, drawn: int, marked: int, unmarked: int) -> float:
    """Return the probability of a count of marked ones among those drawn without replacement."""
    population = marked + unmarked
    if drawn in {0, population}:
        return float(count == (0 if drawn == 0 else marked))
    # The three binomial probabilities at any one rate; at this one none of them is small.
    rate, rest = drawn / population, (population - drawn) / population
    return (
        binomial_mass(count, marked, rate, rest)
        * binomial_mass(drawn - count, unmarked, rate, rest)
        / binomial_mass(drawn, population, rate, rest)
    )


def hypergeometric_tails(count: int, drawn: int, marked: int, unmarked: int) -> tuple[float, float]:
    """
    Return the probabilities of at most and of at least a count among those drawn; that away from the mean as itself.

    Summed from the count outwards until nothing is added: some ten standard deviations at the most, whatever the cases.
    """
    mass = hypergeometric_mass(count, drawn, marked, unmarked)
    terms = [mass]
    term, total = mass, mass
    if count * (marked + unmarked) < drawn * marked:
        k = count
        while term > total * _EPSILON**2:
            term *= k * (unmarked - drawn + k) / ((drawn - k + 1) * (marked - k + 1))
            total += term
            terms.append(term)
            k -= 1
        at_most = math.fsum(terms)
        return min(at_most, 1.0), min(1.0 - at_most + mass, 1.0)
    k = count
    while term > total * _EPSILON**2:
        term *= (drawn - k) * (marked - k) / ((k + 1) * (unmarked - drawn + k + 1))
        total += term
        terms.append(term)
        k += 1
    at_least = math.fsum(terms)
    return min(1.0 - at_least + mass, 1.0), min(at_least, 1.0)


def student_tail(t: float, degrees: float) -> float:
    """Return the probability that a Student variable, of any positive degrees of freedom, is above a positive ``t``."""
    return 0.5 * beta_tails(degrees / (degrees + t * t), degrees / 2.0, 0.5, t * t / (degrees + t * t))[0]


def gamma_tails(x: float, shape: float) -> tuple[float, float]:
    """Return the probabilities that a gamma variable of scale 1 is below and above ``x``."""
    if x <= 0.0:
        return 0.0, 1.0
    # x^shape exp(-x) / Gamma(shape + 1), the Poisson probability of ``shape`` events where ``x`` are expected.
    front = math.exp(-_stirling_error(shape) - _deviance(shape, x)) / math.sqrt(math.tau * shape)
    if x < shape + 1.0:
        # DLMF 8.11.4.
        term = total = 1.0
        k = shape
        while term > total * _EPSILON:
            k += 1.0
            term *= x / k
            total += term
        lower = front * total
        return lower, 1.0 - lower
    # DLMF 8.9.2, by Lentz's method.
    b = x + 1.0 - shape
    c, d = 1.0 / _TINY, 1.0 / b
    value = d
    k = 0.0
    while True:
        k += 1.0
        numerator = -k * (k - shape)
        b += 2.0
        d = 1.0 / _off_zero(numerator * d + b)
        c = _off_zero(b + numerator / c)
        step = c * d
        value *= step
        if not abs(step - 1.0) >= 4 * _EPSILON:
            break
    upper = front * shape * value
    return 1.0 - upper, upper


def poisson_mass(count: int, mean: float) -> float:
    """Return the Poisson probability of a count; needs a mean above zero."""
    if count == 0:
        return math.exp(-mean)
    return math.exp(-_stirling_error(count) - _deviance(count, mean)) / math.sqrt(math.tau * count)


def poisson_tails(count: int, mean: float) -> tuple[float, float]:
    """Return the Poisson probabilities of at most and of at least a count."""
    if mean <= 0.0:
        return 1.0, float(count == 0)
    return gamma_tails(mean, count + 1)[1], 1.0 if count == 0 else gamma_tails(mean, count)[0]


def poisson_range(mean: float, tail: float) -> tuple[int, int]:
    """Return the least and the greatest count that is no rarer than a tail; needs a mean above zero."""
    low, least = -1, math.ceil(mean)
    while low + 1 < least:
        middle = (low + least) // 2
        low, least = (middle, least) if is_rarer(poisson_tails(middle, mean)[0], tail) else (low, middle)
    greatest, beyond = math.floor(mean), math.ceil(mean) + 1
    while not is_rarer(poisson_tails(beyond, mean)[1], tail):
        greatest, beyond = beyond, 2 * beyond
    while greatest + 1 < beyond:
        middle = (greatest + beyond) // 2
        greatest, beyond = (greatest, middle) if is_rarer(poisson_tails(middle, mean)[1], tail) else (middle, beyond)
    return least, greatest


def chi_squared_tail(statistic: float, degrees: int) -> float:
    """Return the probability that a chi-squared variable with these degrees of freedom is above a number."""
    return gamma_tails(statistic / 2.0, degrees / 2.0)[1]


def beta_quantile(tail: float, a: float, b: float, *, upper: bool = False) -> float:
    """Return the quantile that leaves this probability below it, or with ``upper`` above it."""
    mean = a / (a + b)
    spread = math.sqrt(mean * (1.0 - mean) / (a + b + 1.0))
    z = normal_quantile(tail)
    start = mean - z * spread if upper else mean + z * spread

    def error(x: float) -> tuple[float, float]:
        reached = beta_tails(x, a, b)[upper]
        density = a * b / (a + b) * binomial_mass(a, a + b, x) / (x * (1.0 - x))
        return _log_error(reached, tail, -density if upper else density)

    return solve(error, 0.0, 1.0, start, rising=not upper)


def gamma_quantile(tail: float, shape: float, *, upper: bool = False) -> float:
    """Return the quantile that leaves this probability below it, or with ``upper`` above it, for a gamma of scale 1."""
    # Wilson and Hilferty (1931).
    z = -normal_quantile(tail) if upper else normal_quantile(tail)
    start = shape * (1.0 - 1.0 / (9.0 * shape) + z / (3.0 * math.sqrt(shape))) ** 3

    def error(x: float) -> tuple[float, float]:
        reached = gamma_tails(x, shape)[upper]
        density = math.exp(-_stirling_error(shape) - _deviance(shape, x)) / math.sqrt(math.tau * shape) * shape / x
        return _log_error(reached, tail, -density if upper else density)

    return solve(error, 0.0, shape + 40.0 * math.sqrt(shape) + 800.0, start, rising=not upper)


def _log_error(reached: float, tail: float, slope: float) -> tuple[float, float]:
    """Return the error of a tail and its slope, on the log scale, on which tails are nearly straight."""
    if reached <= 0.0:
        return -math.inf, 0.0
    return math.log(reached / tail), slope / reached


def solve(
    error: Callable[[float], tuple[float, float]], low: float, high: float, start: float, *, rising: bool
) -> float:
    """
    Return the root between two points of a monotone function that returns its value and its slope.

    Newton's steps, and the middle of what is left where a step would leave it.
    """
    x = start if low < start < high else 0.5 * (low + high)
    attempt = 0
    while True:
        attempt += 1
        value, slope = error(x)
        if value == 0.0:
            return x
        if (value > 0.0) is rising:
            high = x
        else:
            low = x
        step = value / slope if slope and math.isfinite(value) else math.inf
        following = x - step
        if attempt > _NEWTON_STEPS or not low < following < high:
            following = 0.5 * (low + high)
        if abs(following - x) <= 2 * _EPSILON * abs(x) or following in {low, high}:
            return following
        x = following
