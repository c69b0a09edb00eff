"""
Reference cases that follow another convention than ours, or are not offered, each with its reason.

They stand in ``cases/conventions.json`` and ``cases/not_offered.json``. What two conventions share is reproduced; where
they part, how far.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from lgsco import Proportion
from lgsco.stats.control_limits import beta_binomial_limits, exact_limits

FOLDER = Path(__file__).parent / "cases"
CASES = json.loads((FOLDER / "conventions.json").read_text(encoding="utf-8"))
NOT_OFFERED = json.loads((FOLDER / "not_offered.json").read_text(encoding="utf-8"))
LIMITS = [case for case in CASES if case["function"].startswith("funnel_")]
HALVES = [case for case in CASES if case["function"] == "percent_half_even"]
CUT = [case for case in CASES if case["function"] == "agresti_coull_unclipped"]


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


@pytest.mark.parametrize("case", LIMITS, ids=[case["id"] for case in LIMITS])
def test_lower_limits_agree_and_upper_ones_lie_a_case_higher_at_the_most(case):
    """Theirs is between the last count within and the one before it; ours between it and the one after."""
    lower, upper = counts(case)

    for theirs, ours in lower:
        assert theirs == pytest.approx(ours, abs=max(1e-6, case["tolerance"].get("rel", 0) * theirs))
    for theirs, ours in upper:
        assert -1e-6 <= ours - theirs <= 1 + 1e-6


@pytest.mark.parametrize("case", HALVES, ids=[case["id"] for case in HALVES])
def test_halves_are_rounded_up(case):
    """The even neighbour is ours or one less; what the Ombudsman prints is ours."""
    ours = int(Proportion(case["inputs"]["x"], case["inputs"]["n"]).percent())
    theirs = case["expected"]["percent"]

    assert ours - theirs in ({0} if case["check"] == "differs" else {0, 1})


@pytest.mark.parametrize("case", CUT, ids=[case["id"] for case in CUT])
def test_limits_are_cut_at_0_and_1(case):
    """The lower limit agrees; the upper one is above 1 by theirs."""
    ours = Proportion(case["inputs"]["x"], case["inputs"]["n"]).interval(method="agresti-coull")

    assert case["expected"]["lower"] == pytest.approx(ours.lower, abs=case["tolerance"]["abs"])
    assert case["expected"]["upper"] > ours.upper == 1.0


def test_every_convention_has_its_reason():
    """In words; and so has every method that is not offered."""
    assert all(len(case["convention"]) > 40 for case in CASES)
    assert all(len(case["reason"]) > 40 for case in NOT_OFFERED)
    assert len(LIMITS) + len(HALVES) + len(CUT) == len([c for c in CASES if c["function"] != "smallest_detectable"])
