"""
Reference cases that follow another convention than ours, each with its reason.

Each stands in ``cases/conventions.json``. What the two conventions share is reproduced; where they part, how far.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from lgsco.stats.control_limits import beta_binomial_limits, exact_limits

CASES = json.loads((Path(__file__).parent / "cases" / "conventions.json").read_text(encoding="utf-8"))
OFFERED = [case for case in CASES if case["function"] != "smallest_detectable"]


def counts(case):
    """Pairs of their count and ours at each limit: the lower ones, and the upper ones."""
    given, expected = case["inputs"], case["expected"]
    total, target = given["n"], Fraction(str(given["target"]))

    def limits(confidence):
        if "tau" in given:
            return beta_binomial_limits(total, target, confidence, tau_squared=given["tau"] ** 2)
        return exact_limits(total, target, confidence)

    if "counts" in expected:
        pairs = [
            (count, total * limits(abs(1 - 2 * probability))[probability > 0.5], probability > 0.5)
            for probability, count in zip(given["probabilities"], expected["counts"], strict=True)
        ]
    else:
        pairs = [
            (total * figure, total * limits(float(name.split("_")[1]))[name.startswith("upper")], "upper" in name)
            for name, figure in expected.items()
        ]
    return [pair[:2] for pair in pairs if not pair[2]], [pair[:2] for pair in pairs if pair[2]]


@pytest.mark.parametrize("case", OFFERED, ids=[case["id"] for case in OFFERED])
def test_lower_limits_agree_and_upper_ones_lie_a_case_higher_at_the_most(case):
    """Theirs is between the last count within and the one before it; ours between it and the one after."""
    lower, upper = counts(case)

    for theirs, ours in lower:
        assert theirs == pytest.approx(ours, abs=max(1e-6, case["tolerance"].get("rel", 0) * theirs))
    for theirs, ours in upper:
        assert -1e-6 <= ours - theirs <= 1 + 1e-6


def test_every_convention_has_its_reason():
    """In words."""
    assert all(len(case["convention"]) > 40 for case in CASES)
