"""Many tests at once: examples worked by hand, and what is refused."""

import math

import numpy as np
import pytest
from tests.support.refusals import faults, fields
from tests.support.tables import each_of

from lgsco.errors import InvalidValue
from lgsco.stats import MultipleTestingMethod, adjust_p_values, significant_after_adjustment

P_VALUES = [0.01, 0.04, 0.03, 0.5]


def test_benjamini_and_hochberg_divide_by_the_rank():
    """Four times 0.01, then 4/3 of 0.04 for both of the next, then 0.5 as it is."""
    assert (0.04, 4 * 0.04 / 3, 4 * 0.04 / 3, 0.5) == pytest.approx(adjust_p_values(P_VALUES))


def test_holm_multiplies_by_how_many_are_left():
    """4 * 0.01, 3 * 0.03, then no less than that: 0.09 for 2 * 0.04, and 1 * 0.5."""
    assert (0.04, 0.09, 0.09, 0.5) == pytest.approx(adjust_p_values(P_VALUES, method="holm"))


def test_bonferroni_multiplies_by_all_of_them():
    """And never above 1."""
    assert (0.04, 0.16, 0.12, 1.0) == pytest.approx(adjust_p_values(P_VALUES, method="bonferroni"))


def test_the_methods_have_names():
    """Each of them, and no other."""
    assert [(1.0,)] * 3 == [adjust_p_values([1.0], method=method) for method in MultipleTestingMethod]
    with pytest.raises(InvalidValue) as caught:
        adjust_p_values([0.5], method="fdr")

    assert [("method", "fdr")] == faults(caught)


def test_one_test_needs_no_adjustment():
    """Nor does none at all."""
    assert [(0.03,), ()] == [adjust_p_values([0.03]), adjust_p_values([])]


def test_equal_p_values_are_adjusted_alike():
    """Whichever of them is met first."""
    assert (0.02, 0.02, 0.02) == adjust_p_values([0.02, 0.02, 0.02])
    assert (0.06, 0.06, 0.06) == pytest.approx(adjust_p_values([0.02, 0.02, 0.02], method="holm"))


def test_what_is_at_the_level_is_a_finding():
    """At or below, as a test rejects at its level."""
    assert (True, False) == significant_after_adjustment([0.025, 0.06], level=0.05)
    assert (True, True) == significant_after_adjustment([0.05, 0.05])


def test_all_that_are_no_p_values_are_named_at_once():
    """Each with its place."""
    with pytest.raises(InvalidValue) as caught:
        adjust_p_values([0.5, 1.5, math.nan, 1, "0.1"])

    assert ["p_values[1]", "p_values[2]", "p_values[3]", "p_values[4]"] == [
        problem.place.path for problem in caught.value.problems
    ]


@each_of("level", [0.0, 1.0, 5, math.nan])
def test_a_level_is_a_probability(level):
    """Between 0 and 1, as a float."""
    with pytest.raises(InvalidValue) as caught:
        significant_after_adjustment([0.5], level=level)

    assert ["level"] == fields(caught)


def test_p_values_may_come_in_an_array():
    """Of any width."""
    held = [0.01, 0.04, 0.03]

    assert adjust_p_values(held) == adjust_p_values(np.array(held))
    assert adjust_p_values([0.25, 0.5]) == adjust_p_values(np.array([0.25, 0.5], dtype=np.float32))
