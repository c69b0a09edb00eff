"""
Reference cases of intervals, tests, differences and funnels: figures that other programs or papers give.

Each stands in ``cases/inference.json`` with its source and its tolerance.
A case marked ``differs`` is a peer's figure that is wrong or follows another convention: it must not be reproduced.
"""

import datetime as dt
import json
import math
from fractions import Fraction
from pathlib import Path
from statistics import fmean, median

import pytest

from lgsco import Population, PopulationRate, Proportion
from lgsco.stats import (
    binomial_test,
    difference,
    directly_standardised_rate,
    dobson_interval,
    fisher_test,
    score_test,
    two_proportion_test,
)
from lgsco.stats.control_limits import arcsine_limits
from lgsco.stats.distributions import gamma_quantile
from lgsco.stats.hypothesis_tests import score_squared
from lgsco.stats.intervals import CountMethod, ProportionMethod, count_limits
from lgsco.stats.overdispersion import overdispersion

CASES = json.loads((Path(__file__).parent / "cases" / "inference.json").read_text(encoding="utf-8"))
METHODS = {
    "wilson": "wilson",
    "wilson_cc": "wilson-cc",
    "clopper_pearson": "clopper-pearson",
    "jeffreys": "jeffreys",
    "jeffreys_bcd": "jeffreys",
    "mid_p": "mid-p",
    "agresti_coull_unclipped": "agresti-coull",
}
MID_2021 = dt.date(2021, 6, 30)
TESTS = {"binom_test": "minimum-likelihood", "binom_test_central": "doubled", "binom_test_midp": "mid-p"}


def exactly(number):
    """The fraction that a decimal in the case stands for."""
    return Fraction(str(number))


def interval(function, given):
    """Limits for a share, two-sided or one-sided."""
    rate, confidence = Proportion(given["x"], given["n"]), given.get("confidence", 0.95)
    method = METHODS[function.removesuffix("_one_sided")]
    made = rate.interval(confidence, method, sides=given["side"] if function.endswith("_one_sided") else "both")
    return {"lower": made.lower, "upper": made.upper}


def spread(given):
    """Phi and tau squared from z-scores on the scale that the case names."""
    pairs = list(zip(given["x"], given["n"], strict=True))
    pooled = sum(given["x"]) / sum(given["n"])
    if given["scale"] == "arcsine":
        middle = math.asin(math.sqrt(pooled))
        scores = [(math.asin(math.sqrt(x / n)) - middle) * 2 * math.sqrt(n) for x, n in pairs]
        variances = [1 / (4 * n) for _, n in pairs]
    elif given["scale"] == "sqrt":
        scores = [2 * (math.sqrt(x) - math.sqrt(n)) for x, n in pairs]
        variances = [1 / (4 * n) for _, n in pairs]
    elif given["scale"] == "log":
        variances = [1 / n for _, n in pairs]
        scores = [math.log(x / n) * math.sqrt(n) for x, n in pairs]
    elif given["scale"] == "poisson":
        # Events over those expected, about the overall ratio.
        variances = [pooled / n for _, n in pairs]
        scores = [(x / n - pooled) / math.sqrt(v) for (x, n), v in zip(pairs, variances, strict=True)]
    else:
        variances = [pooled * (1 - pooled) / n for _, n in pairs]
        scores = [(x / n - pooled) / math.sqrt(v) for (x, n), v in zip(pairs, variances, strict=True)]
    found = overdispersion(scores, variances, trim=given.get("trim", 0.1), trimming=given.get("method", "winsorise"))
    return {"phi": found.phi, "tau2": found.tau_squared, "units": found.units}


def both_limits(limits):
    """The alert and the alarm limits, by the names of the cases."""
    named = {}
    for confidence in (0.95, 0.998):
        named[f"lower_{confidence}"], named[f"upper_{confidence}"] = limits(confidence)
    return named


def poisson_ratio(expected, confidence):
    """Exact limits of observed over expected."""
    tail = (1 - confidence) / 2
    return gamma_quantile(tail, expected) / expected, gamma_quantile(tail, expected + 1, upper=True) / expected


def per_population(given):
    """A rate per population, or one of several strata directly standardised, with its limits."""
    if "standard" not in given:
        rate = PopulationRate(given["x"], Population(given["population"], MID_2021), per=given["per"])
        return both_limits(lambda c: ends(rate.interval(c, "byar-or-exact")))
    pairs = zip(given["x"], given["population"], strict=True)
    strata, standard = [PopulationRate(x, Population(n, MID_2021)) for x, n in pairs], given["standard"]
    return {
        "rate": float(directly_standardised_rate(strata, standard, per=given["per"])),
        **both_limits(lambda c: ends(dobson_interval(strata, standard, per=given["per"], confidence=c))),
    }


def ends(made):
    """Both limits of an interval."""
    return made.lower, made.upper


def benchmark(given):
    """An average of shares: pooled without one of them, the mean, or the median."""
    pairs = [pair for at, pair in enumerate(zip(given["x"], given["n"], strict=True)) if at != given.get("exclude")]
    if given["kind"] == "pooled":
        return sum(x for x, _ in pairs) / sum(n for _, n in pairs)
    return {"mean": fmean, "median": median}[given["kind"]]([x / n for x, n in pairs])


def found_by_us(function, given):
    """What our own functions give for a case, by the names that the case uses."""
    if function.removesuffix("_one_sided") in METHODS:
        return interval(function, given)
    if function in TESTS:
        rate = Proportion(given["x"], given["n"])
        side = given.get("alternative", "two-sided")
        made = binomial_test(rate, exactly(given["p0"]), method=TESTS[function], alternative=side)
        return {"p_value": made.p_value}
    if function == "score_test_one":
        rate, target = Proportion(given["x"], given["n"]), exactly(given["p0"])
        return {"p_value": score_test(rate, target).p_value, "chi2": float(score_squared(rate, target))}
    if function in {"ztest_two", "fisher_exact"}:
        pair = Proportion(given["x1"], given["n1"]), Proportion(given["x2"], given["n2"])
        return {"p_value": (two_proportion_test if function == "ztest_two" else fisher_test)(*pair).p_value}
    if function in {"newcombe", "miettinen_nurminen"}:
        pair = Proportion(given["x1"], given["n1"]), Proportion(given["x2"], given["n2"])
        made = difference(*pair, confidence=given.get("confidence", 0.95), method=function.replace("_", "-")).interval
        return {"lower": made.lower, "upper": made.upper}
    if function == "poisson_exact":
        lower, upper = count_limits(given["x"], 0.025, CountMethod.EXACT)
        return {"lower": lower, "upper": upper}
    if function == "poisson_two_counts":
        # Of all events as many are in either year, where the years are alike.
        counts = Proportion(given["x1"], given["x1"] + given["x2"])
        return {"p_value": binomial_test(counts, Fraction(1, 2)).p_value}
    if function in {"byar_or_exact_rate", "direct_rate"}:
        return per_population(given)
    return {
        "funnel_arcsine": lambda: both_limits(
            lambda c: arcsine_limits(given["n"], exactly(given["target"]), c, tau_squared=float(given["tau2"]))
        ),
        "funnel_ratio_poisson": lambda: both_limits(lambda c: poisson_ratio(given["expected"], c)),
        "overdispersion": lambda: spread(given),
        "benchmark": lambda: {"benchmark": benchmark(given)},
    }[function]()


def is_near(found, expected, tolerance):
    """Whether every number is as near as the case asks."""
    pairs = zip(found, expected, strict=True) if isinstance(expected, list) else [(found, expected)]
    return all(
        abs(one - other) <= max(tolerance.get("abs", 0), tolerance.get("rel", 0) * abs(other)) for one, other in pairs
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_is_reproduced_or_rightly_not(case):
    """At its own tolerance, for every figure that it gives."""
    found = found_by_us(case["function"], case["inputs"])
    agrees = all(is_near(found[name], figure, case["tolerance"]) for name, figure in case["expected"].items())

    assert agrees is (case["check"] == "agrees")


def test_every_method_has_a_case():
    """Each way to limits for one proportion."""
    assert set(ProportionMethod) == set(METHODS.values())
