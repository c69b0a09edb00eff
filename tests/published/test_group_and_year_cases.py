"""
Reference cases of many councils and many years: adjusted p-values, homogeneity, trend, control charts.

Each stands in ``cases/groups_and_years.json`` with its source and its tolerance.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from lgsco import Proportion
from lgsco.stats import adjust_p_values, homogeneity_test, significant_after_adjustment, trend_test
from lgsco.stats.chart_limits import xmr_limits
from lgsco.stats.run_rules import seven_in_one_direction, seven_on_one_side, two_of_three

CASES = json.loads((Path(__file__).parent / "cases" / "groups_and_years.json").read_text(encoding="utf-8"))
METHODS = {"bh": "benjamini-hochberg", "holm": "holm", "bonferroni": "bonferroni"}


def rates(given):
    """The shares of a case."""
    return [Proportion(count, cases) for count, cases in zip(given["x"], given["n"], strict=True)]


def chi_squared(result):
    """A test by the names of the cases."""
    return {"chi2": result.statistic, "df": result.degrees_of_freedom, "p_value": result.p_value}


def xmr(given):
    """Mean and limits of individual values."""
    limits = xmr_limits(given["values"], screen=given["screen"])
    lower, upper = limits.limits_at(0)
    return {"mean": float(limits.centre), "lower": lower, "upper": upper}


OURS = {
    "adjust_p": lambda given: {"adjusted": list(adjust_p_values(given["p"], method=METHODS[given["method"]]))},
    "bh_rejections": lambda given: {"rejected": sum(significant_after_adjustment(given["p"], level=given["q"]))},
    "homogeneity_chi2": lambda given: chi_squared(homogeneity_test(rates(given))),
    "given_proportion_chi2": lambda given: chi_squared(
        homogeneity_test(rates(given), target=Fraction(str(given["p0"])))
    ),
    "cochran_armitage": lambda given: chi_squared(trend_test(rates(given), given.get("scores"))),
    "xmr": xmr,
    "rule_seven_one_side": lambda given: {"flags": list(seven_on_one_side(given["sides"]))},
    "rule_seven_trend": lambda given: {"flags": list(seven_in_one_direction(given["values"]))},
    "rule_two_in_three": lambda given: {
        "flags": list(two_of_three([bool(near) for near in given["close"]], given["sides"]))
    },
}


def is_near(found, expected, tolerance):
    """Whether every number is as near as the case asks."""
    pairs = zip(found, expected, strict=True) if isinstance(expected, list) else [(found, expected)]
    return all(
        abs(one - other) <= max(tolerance.get("abs", 0), tolerance.get("rel", 0) * abs(other)) for one, other in pairs
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_is_reproduced_or_rightly_not(case):
    """At its own tolerance, for every figure that it gives."""
    found = OURS[case["function"]](case["inputs"])
    agrees = all(is_near(found[name], figure, case["tolerance"]) for name, figure in case["expected"].items())

    assert agrees is (case["check"] == "agrees")


def test_every_function_has_a_case():
    """None of the lines above is without one."""
    assert set(OURS) == {case["function"] for case in CASES}
