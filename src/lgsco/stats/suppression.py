"""
Suppression of small counts in a table with totals, so that no suppressed count can be worked out from the rest.

A count of few people may tell who they are. Where the totals are shown, a single count left out is the difference of
the others, so that more must be left out with it: secondary suppression. Zeros are shown.

Source: Government Analysis Function, Disclosure control for tables; Castro (2012), Recent advances in optimization
techniques for statistical tabular data protection, European Journal of Operational Research 216, 257-269.
"""

from __future__ import annotations

import heapq
import sys
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from lgsco._values import Choice, Count, choice_of, validate
from lgsco.errors import InvalidValue

__all__ = ["SuppressionPolicy", "SuppressionPolicyLike", "suppress"]


class SuppressionPolicy(Choice):
    """The counts that are not shown."""

    OFF = "off"
    """All counts are shown."""
    BELOW_FIVE = "below-five"
    """1 to 4 are not shown, nor what would tell them."""
    BELOW_TEN = "below-ten"
    """1 to 9 are not shown, nor what would tell them."""

    @property
    def least_shown(self) -> int:
        """The least count, above zero, that is shown."""
        return {SuppressionPolicy.OFF: 1, SuppressionPolicy.BELOW_FIVE: 5, SuppressionPolicy.BELOW_TEN: 10}[self]


SuppressionPolicyLike: TypeAlias = SuppressionPolicy | Literal["off", "below-five", "below-ten"]
Cell: TypeAlias = tuple[int, int]


def suppress(
    table: Sequence[Sequence[int]], *, policy: SuppressionPolicyLike = "off"
) -> tuple[tuple[int | None, ...], ...]:
    """
    Return a table of counts without its small counts, and without what would tell them.

    Whoever knows all that is shown, and that what is not shown is above zero, is left with at least two possible values
    of each small count. What is left out with them is small itself; totals may be among it.

    Args:
        table: rows of counts, of which the last of each row is its total; with more rows than one, the last row has the
            totals of the columns.
        policy: "off", "below-five" or "below-ten".

    Returns:
        The same rows, with ``None`` for each count that is not to be shown (the sign for it is [c]).

    Raises:
        InvalidValue: a count is not a whole number from zero, the rows are not of one length of two or more, a total is
            not the sum, or the policy is not known.

    >>> suppress([[2, 30, 11, 43]], policy="below-five")
    ((None, 30, None, 43),)
    >>> suppress([[2, 30, 32], [15, 20, 35], [17, 50, 67]], policy="below-five")
    ((None, None, 32), (None, None, 35), (17, 50, 67))
    """
    chosen = choice_of("policy", policy, SuppressionPolicy)
    rows = [tuple(row) for row in table]
    _check_totals(rows)
    counts = {(row, column): count for row, line in enumerate(rows) for column, count in enumerate(line) if count}
    small = [cell for cell, count in counts.items() if count < chosen.least_shown]
    steps = {cell: [*_steps(cell, count, (len(rows), len(rows[0])))] for cell, count in counts.items()}
    hidden = set(small)
    for cell in small:
        costs = {other: 0 if other in hidden else counts[other] for other in counts if other != cell}
        hidden |= min(_cheapest_way(end, start, steps, costs) for start, end in steps[cell])[1]
    return tuple(
        tuple(None if (row, column) in hidden else count for column, count in enumerate(line))
        for row, line in enumerate(rows)
    )


def _check_totals(rows: list[tuple[int, ...]]) -> None:
    validate(**{f"table[{index}]": (row, tuple[Count, ...]) for index, row in enumerate(rows)})
    reason = None
    if not rows or len(rows[0]) < 2 or len({*map(len, rows)}) > 1:  # noqa: PLR2004  # a count and its total
        reason = "must have rows of one length, two or more"
    elif any(sum(row[:-1]) != row[-1] for row in rows) or (
        len(rows) > 1 and any(sum(column[:-1]) != column[-1] for column in zip(*rows, strict=True))
    ):
        reason = "must have the sums in the last column and, with more rows than one, in the last row"
    if reason is not None:
        raise InvalidValue.at("table", rows, reason)


def _steps(cell: Cell, count: int, size: Cell) -> Iterator[tuple[str, str]]:
    """
    Yield the ways in which a hidden count can change by one: from its row to its column is more, back is less.

    A change of one count must be made up for in its row and in its column, and so on around a circle of hidden counts.
    """
    row, column = cell
    # Parts less their total are zero: a total counts the other way. A single row has no sums of columns.
    is_total = (column == size[1] - 1) != (row == size[0] - 1 and size[0] > 1)
    ends = f"row {row}", f"column {column if size[0] > 1 else ''}"
    back = (ends[1], ends[0])
    more, less = (back, ends) if is_total else (ends, back)
    yield more
    # What is not shown is above zero.
    if count > 1:
        yield less


def _cheapest_way(
    start: str, goal: str, steps: dict[Cell, list[tuple[str, str]]], costs: dict[Cell, int]
) -> tuple[int, frozenset[Cell]]:
    """Return the smallest sum of counts to hide for a way from a node to another, with its cells; by Dijkstra."""
    waiting: list[tuple[int, int, list[Cell], str]] = [(0, 0, [], start)]
    seen: set[str] = set()
    while waiting:
        cost, length, cells, node = heapq.heappop(waiting)
        if node == goal:
            return cost, frozenset(cells)
        if node not in seen:
            seen.add(node)
            for cell, price in costs.items():
                for origin, end in steps[cell]:
                    if origin == node:
                        heapq.heappush(waiting, (cost + price, length + 1, [*cells, cell], end))
    return sys.maxsize, frozenset()
