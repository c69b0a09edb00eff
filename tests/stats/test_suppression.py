"""Small counts left out of tables, and what must go with them."""

import pytest
from tests.support.refusals import fields
from tests.support.tables import each_of

from lgsco.errors import InvalidValue
from lgsco.stats import SuppressionPolicy, suppress, suppressed_counts


def test_it_is_off_unless_it_is_asked_for():
    """Then the table is as it was."""
    assert ((2, 30, 32),) == suppress([[2, 30, 32]])
    assert ((2, 30, 32),) == suppress([(2, 30, 32)], policy=SuppressionPolicy.OFF)


@each_of(
    ("row", "shown"),
    [
        ([0, 5, 5], (0, 5, 5)),
        ([2, 0, 30, 32], (None, 0, None, 32)),
        ([3, 0, 3], (None, 0, None)),
        ([7, 7], (7, 7)),
        ([3, 3], (None, None)),
        ([1, 1, 60, 62], (None, None, None, 62)),
        ([2, 2, 60, 64], (None, None, 60, 64)),
    ],
)
def test_a_row_of_counts(row, shown):
    """Zeros stay; a second count goes, or the total; two ones of which the sum is known are not enough."""
    assert (shown,) == suppress([row], policy="below-five")


def test_of_two_ways_that_hide_as_much_the_shorter_is_taken():
    """Where both cost the same."""
    table = [[6, 0, 6], [0, 10, 10], [2, 2, 4], [8, 12, 20]]

    assert ((None, 0, None), (0, 10, 10), (None,) * 3, (None, None, 20)) == suppress(table, policy="below-five")


def test_a_table_hides_a_circle_of_counts():
    """A small count goes with one in its row, one in its column, and the one where those meet."""
    table = [[8, 30, 25, 63], [15, 20, 40, 75], [23, 50, 65, 138]]

    assert (tuple(table[0]), tuple(table[1]), tuple(table[2])) == suppress(table, policy="below-five")
    shown = suppress(table, policy="below-ten")
    assert ((None, None, 25, 63), (None, None, 40, 75), (23, 50, 65, 138)) == shown


@each_of(
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


def test_totals_that_other_tables_have_too_are_kept_where_they_can_be():
    """One of six goes with the five beside it and the five below; the totals are not cheaper by having been shown."""
    table = [[5, 1, 6], [0, 5, 5], [5, 6, 11]]

    assert None in suppress(table, policy="below-five")[-1]
    assert ((5, None, None), (0, None, None), (5, 6, 11)) == suppress(table, policy="below-five", shared_totals=True)


def test_sums_of_sums():
    """Two of thirty-three go with the rest of them; what is no sum, or in two, is refused."""
    counts = {"all": 40, "upheld": 33, "not": 7, "remedied": 2, "rest": 31}
    sums = {"all": ["upheld", "not"], "upheld": ["remedied", "rest"]}

    assert {"remedied", "rest"} == suppressed_counts(counts, sums, policy="below-five")
    assert {"remedied", "not", "upheld"} == suppressed_counts(counts, sums, policy="below-ten")
    assert set() == suppressed_counts(counts, sums)
    for wrong, wrong_sums, field in (
        (counts | {"not": 8}, sums, "sums[all]"),
        (counts, {"all": ["elsewhere"]}, "sums[all]"),
        ({"a": 0, "b": 0, "c": 0}, {"a": ["c"], "b": ["c"]}, "sums"),
        ({"a": -1}, {}, "counts[a]"),
    ):
        with pytest.raises(InvalidValue) as caught:
            suppressed_counts(wrong, wrong_sums, policy="below-five")
        assert [field] == fields(caught)
