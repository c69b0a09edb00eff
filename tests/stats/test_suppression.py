"""Small counts left out of tables, and what must go with them."""

import pytest
from tests.support.refusals import fields

from lgsco.errors import InvalidValue
from lgsco.stats import SuppressionPolicy, suppress


def test_it_is_off_unless_it_is_asked_for():
    """Then the table is as it was."""
    assert ((2, 30, 32),) == suppress([[2, 30, 32]])
    assert ((2, 30, 32),) == suppress([(2, 30, 32)], policy=SuppressionPolicy.OFF)


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ([0, 5, 5], (0, 5, 5)),
        ([2, 0, 30, 32], (None, 0, None, 32)),
        ([3, 0, 3], (None, 0, None)),
        ([1, 1, 60, 62], (None, None, None, 62)),
        ([2, 2, 60, 64], (None, None, 60, 64)),
    ],
)
def test_a_row_of_counts(row, shown):
    """Zeros stay; a second count goes, or the total; two ones of which the sum is known are not enough."""
    assert (shown,) == suppress([row], policy="below-five")


def test_a_table_hides_a_circle_of_counts():
    """A small count goes with one in its row, one in its column, and the one where those meet."""
    table = [[8, 30, 25, 63], [15, 20, 40, 75], [23, 50, 65, 138]]

    assert (tuple(table[0]), tuple(table[1]), tuple(table[2])) == suppress(table, policy="below-five")
    shown = suppress(table, policy="below-ten")
    assert ((None, None, 25, 63), (None, None, 40, 75), (23, 50, 65, 138)) == shown


@pytest.mark.parametrize(
    ("table", "field"),
    [
        ([], "table"),
        ([[1]], "table"),
        ([[1, 2, 3], [1, 1]], "table"),
        ([[1, 2, 4]], "table"),
        ([[1, 2, 3], [1, 2, 3], [2, 5, 7]], "table"),
        ([[1, -1, 0]], "table[0]"),
        ([[1, 2.0, 3]], "table[0]"),
    ],
)
def test_what_is_no_table_with_totals_is_refused(table, field):
    """By its place."""
    with pytest.raises(InvalidValue) as caught:
        suppress(table, policy="below-five")

    assert [field] == fields(caught)
