"""
Suppression of small counts in a table with totals, so that no suppressed count can be worked out from the rest.

A count of few people may tell who they are. Where the totals are shown, a single count left out is the difference of
the others, so that more must be left out with it: secondary suppression. Zeros are shown.

Source: Government Analysis Function, Disclosure control for tables; Castro (2012), Recent advances in optimization
techniques for statistical tabular data protection, European Journal of Operational Research 216, 257-269.
"""

from __future__ import annotations

import heapq
import itertools
import operator
import sys
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, TypeAlias, TypeVar

from lgsco._values import Choice, Count, choice_of, validate
from lgsco.errors import InvalidValue


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
Name = TypeVar("Name")
Step: TypeAlias = tuple[object, object]


def suppress(
    table: Sequence[Sequence[int]], *, policy: SuppressionPolicyLike = "off", shared_totals: bool = False
) -> tuple[tuple[int | None, ...], ...]:
    """
    Return a table of counts without its small counts, and without what would tell them.

    Whoever knows all that is shown, and that what is not shown is above zero, is left with at least two possible values
    of each small count. What is left out with them is small itself; totals may be among it.

    Args:
        table: rows of counts, of which the last of each row is its total; with more rows than one, the last row has the
            totals of the columns.
        policy: "off", "below-five" or "below-ten".
        shared_totals: whether the last row stands in other tables too: it is then left out only where one of its own
            counts is small, so that other tables need not know of the counts of this one.

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
    counts = {(row, column): count for row, line in enumerate(rows) for column, count in enumerate(line)}
    size = len(rows), len(rows[0])
    last, most = (size[0] - 1, sum(counts.values())) if shared_totals else (None, 0)
    prices = {cell: count + (most if cell[0] == last else 0) for cell, count in counts.items()}
    hidden = _hidden(counts, {cell: _ends_in_table(cell, size) for cell in counts}, chosen, prices)
    return tuple(
        tuple(None if (row, column) in hidden else count for column, count in enumerate(line))
        for row, line in enumerate(rows)
    )


def suppressed_counts(
    counts: Mapping[Name, int], sums: Mapping[Name, Collection[Name]], *, policy: SuppressionPolicyLike = "off"
) -> frozenset[Name]:
    """
    Return which of several counts are not to be shown: the small ones, and what would tell them.

    Args:
        counts: each count by its name.
        sums: the parts of each count that is the sum of others; no count is a part of two sums.
        policy: "off", "below-five" or "below-ten".

    Returns:
        The names of the counts that are not to be shown.

    Raises:
        InvalidValue: a count is not a whole number from zero, the parts do not add up or are parts of two sums, or the
            policy is not known.

    >>> counts = {"all": 40, "upheld": 33, "not upheld": 7, "remedied": 2, "not remedied": 31}
    >>> sums = {"all": ["upheld", "not upheld"], "upheld": ["remedied", "not remedied"]}
    >>> sorted(suppressed_counts(counts, sums, policy="below-five"))
    ['not remedied', 'remedied']
    """
    chosen = choice_of("policy", policy, SuppressionPolicy)
    validate(**{f"counts[{name}]": (count, Count) for name, count in counts.items()})
    for name, parts in sums.items():
        if not {name, *parts} <= counts.keys() or sum(counts[part] for part in parts) != counts[name]:
            raise InvalidValue.at(f"sums[{name}]", parts, "must be counts that add up to it")
    part_of = {part: name for name, parts in sums.items() for part in parts}
    if len(part_of) < sum(map(len, sums.values())):
        raise InvalidValue.at("sums", sums, "must have no count in two sums")
    # One more of a count is one too many among the parts of its sum, or one too few for the sum of its own parts.
    ends = {name: (name if name in sums else None, part_of.get(name)) for name in counts}
    return frozenset(_hidden(counts, ends, chosen, counts))


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


def _hidden(
    counts: Mapping[Name, int], ends: Mapping[Name, Step], policy: SuppressionPolicy, prices: Mapping[Name, int]
) -> set[Name]:
    """
    Return the counts that are not to be shown.

    A change of one hidden count must be made up for in each sum that it is in, and so on around a circle of hidden
    counts. One more of a count is a step between its two sums, one less is the step back.
    """
    small = [name for name, count in counts.items() if 0 < count < policy.least_shown]
    # What is not shown is above zero.
    steps = {name: [ends[name], *([ends[name][::-1]] if count > 1 else [])] for name, count in counts.items() if count}
    hidden = set(small)
    for name in small:
        costs = {key: 0 if key in hidden else prices[key] for key in steps if key != name}
        ways = [_cheapest_way(end, start, steps, costs) for start, end in steps[name]]
        hidden |= min(ways, key=operator.itemgetter(0))[1]
    return hidden


def _ends_in_table(cell: Cell, size: Cell) -> Step:
    row, column = cell
    # Parts less their total are zero: a total counts the other way. A single row has no sums of columns.
    is_total = (column == size[1] - 1) != (row == size[0] - 1 and size[0] > 1)
    of_row, of_column = f"row {row}", f"column {column if size[0] > 1 else ''}"
    return (of_row, of_column) if is_total else (of_column, of_row)


def _cheapest_way(
    start: object, goal: object, steps: Mapping[Name, Sequence[Step]], costs: Mapping[Name, int]
) -> tuple[int, frozenset[Name]]:
    """Return the smallest sum of counts to hide for a way from a node to another, with its cells; by Dijkstra."""
    order = itertools.count()
    waiting: list[tuple[int, int, int, list[Name], object]] = [(0, 0, next(order), [], start)]
    seen: set[object] = set()
    while waiting:
        cost, length, _, cells, node = heapq.heappop(waiting)
        if node == goal:
            return cost, frozenset(cells)
        if node not in seen:
            seen.add(node)
            for cell, price in costs.items():
                for origin, end in steps[cell]:
                    if origin == node:
                        entry = (cost + price, length + 1, next(order), [*cells, cell], end)
                        heapq.heappush(waiting, entry)
    return sys.maxsize, frozenset()
