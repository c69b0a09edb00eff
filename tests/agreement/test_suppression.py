"""What a reader can work out of a table with counts left out: by linear programming, as scipy solves it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from lgsco.stats import suppress


def with_totals(parts):
    """Rows of counts with the sums of the rows, and of the columns where there are several rows."""
    rows = [[*row, sum(row)] for row in parts]
    return rows if len(rows) == 1 else [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def bounds(table, shown, cell):
    """The least and the greatest value of a cell that fit the sums, what is shown, and that the rest is above zero."""
    height, width = len(table), len(table[0])
    index = np.arange(height * width).reshape(height, width)
    sums = [*index] if height == 1 else [*index, *index.T]
    signs = np.zeros((len(sums), height * width))
    for line, cells in enumerate(sums):
        signs[line, cells[:-1]], signs[line, cells[-1]] = 1, -1
    limits = [(1, None) if count is None else (count, count) for row in shown for count in row]
    goal = np.zeros(height * width)
    goal[index[cell]] = 1
    ends = [linprog(sign * goal, A_eq=signs, b_eq=np.zeros(len(sums)), bounds=limits) for sign in (1, -1)]
    return ends[0].fun if ends[0].status == 0 else -np.inf, -ends[1].fun if ends[1].status == 0 else np.inf


@given(
    st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
        lambda size: st.lists(
            st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 9, 40]), min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )
)
def test_no_small_count_can_be_worked_out(parts):
    """Each has at least two possible values; and everything that is shown is as it was."""
    table = with_totals(parts)
    shown = suppress(table, policy="below-five")

    for row, line in enumerate(table):
        for column, count in enumerate(line):
            assert shown[row][column] in {count, None}
            if 0 < count < 5:
                assert shown[row][column] is None
                least, greatest = bounds(table, shown, (row, column))
                assert greatest - least >= 1 - 1e-6
            assert count or shown[row][column] == 0
