"""Rates, intervals, averages of similar authorities and positions in a funnel, as columns beside the counts."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, cast

import attrs

from lgsco._values import LARGEST_COUNT, PositiveCount, choice_of, validate
from lgsco.comparison.groups import FEWEST_AUTHORITIES, AverageMethod
from lgsco.errors import InvalidValue
from lgsco.frames._columns import (
    OWN,
    WHOLE,
    AnyFrame,
    FrameT,
    as_frame,
    as_given,
    check_columns,
    key_columns,
    nw,
    whole_numbers,
)
from lgsco.model.authorities import AuthorityType
from lgsco.model.counts import RATE_COLUMNS
from lgsco.model.measures import KEY_STATISTICS, ProportionMeasure
from lgsco.stats.control_limits import ALARM, ALERT, Position, z_of
from lgsco.stats.formulas import halves_up, score_terms, wilson_bounds
from lgsco.stats.intervals import Sides, tail_of

WITHIN = ("authority_type", "year_ending")
_GROUPS = [kind.value for kind in AuthorityType if kind.is_comparison_group]


def counted_over(measures: Iterable[ProportionMeasure]) -> dict[str, tuple[str, str]]:
    """
    Return for each measure, by its name, the columns of its numerator and its denominator.

    Raises:
        InvalidValue: a measure is none of the three key statistics, or there is none.
    """
    chosen = list(measures)
    if not chosen or any(measure not in KEY_STATISTICS for measure in chosen):
        raise InvalidValue.at(
            "measures", chosen, "must be one or more of the key statistics; add_population_rate has another"
        )
    return {measure.name: RATE_COLUMNS[measure.name] for measure in chosen}


@attrs.frozen
class Share:
    """
    A count over a total, in columns: expressions that are null where there is no rate, and never NaN.

    Counts that contradict one another (more counted than there are, or fewer than none) have no rate either.
    """

    count: nw.Expr
    total: nw.Expr

    @classmethod
    def of(cls, count: str, total: str) -> Share:
        """Return the share of two columns of this package's own."""
        return cls(nw.col(count), nw.col(total))

    @property
    def has_rate(self) -> nw.Expr:
        """True where both counts are known, the count is from 0 to the total, and the total is from 1 and no vaster."""
        return (self.count >= 0) & (self.count <= self.total) & (self.total > 0) & (self.total <= LARGEST_COUNT)

    @property
    def divisor(self) -> nw.Expr:
        """The total, or 1 where it is 0: an engine that has all rows at once divides those without a rate too."""
        return nw.when(self.total > 0).then(self.total).otherwise(1)

    def where_there_is_one(self, expression: nw.Expr) -> nw.Expr:
        """Return an expression that is null where there is no rate."""
        return nw.when(self.has_rate).then(expression)

    @property
    def percent(self) -> nw.Expr:
        """The rate in whole per cent, half up."""
        return self.where_there_is_one(halves_up(100 * self.count, self.divisor))

    @property
    def rate(self) -> nw.Expr:
        """The rate as a float from 0 to 1."""
        return self.where_there_is_one(self.count.cast(nw.Float64) / self.divisor.cast(nw.Float64))

    def limits(self, confidence: float) -> tuple[nw.Expr, nw.Expr]:
        """Return the Wilson limits, exactly 0 where none and exactly 1 where all are counted."""
        z = z_of(confidence)
        # The root of a negative number would be NaN on an engine that computes it for rows that are then made null.
        count = nw.when(self.has_rate).then(self.count).otherwise(0).cast(nw.Float64)
        lower, upper = wilson_bounds(count, nw.when(self.has_rate).then(self.total).otherwise(1).cast(nw.Float64), z)
        return (
            self.where_there_is_one(nw.when(self.count == 0).then(nw.lit(0.0)).otherwise(lower)),
            self.where_there_is_one(nw.when(self.count == self.total).then(nw.lit(1.0)).otherwise(upper)),
        )


def shares_of(
    counts: object,
    measures: Iterable[ProportionMeasure] | None,
    keys: Mapping[str, str],
    columns: Mapping[str, str] | None,
) -> tuple[AnyFrame, dict[str, Share]]:
    """
    Return a frame whose columns are checked, and the share that each measure, by its name, is of its counts.

    Raises:
        InvalidValue: lists every column of the measures or of ``keys`` that is missing or of the wrong type.
        InvalidValue: a measure is none of the three key statistics, or ``counts`` is not a frame.
    """
    frame = as_frame(counts, columns)
    schema = frame.collect_schema()
    parts = counted_over(KEY_STATISTICS if measures is None else measures)
    if measures is None:
        # Those whose counts are there; where there is none, all are missing.
        parts = {name: pair for name, pair in parts.items() if set(pair) <= set(schema)} or parts
    check_columns(frame, {**keys, **{name: WHOLE for pair in parts.values() for name in pair}})
    return frame, {name: Share(*(whole_numbers(part, schema) for part in pair)) for name, pair in parts.items()}


def add_rates(
    counts: FrameT,
    measures: Sequence[ProportionMeasure] | None = None,
    *,
    columns: Mapping[str, str] | None = None,
) -> FrameT:
    """
    Add two columns a measure, such as ``uphold_rate``, a float from 0 to 1, and ``uphold_rate_percent``, whole.

    Args:
        counts: a frame with the counts of the measures, see ``compare``.
        measures: one or more of the key statistics; without any, those whose counts are there.
        columns: the caller's own names of columns, by ours, such as ``{"upheld": "fault_found"}``.

    Returns:
        The frame with the columns added. Both are null where there is no rate, which is where a count is missing, the
        denominator is 0, or the counts are inconsistent (``inconsistent_counts`` finds those rows). The percentage is
        rounded half up and exact, as ``Proportion.percent()`` is.

    >>> import polars
    >>> from lgsco import uphold_rate
    >>> counts = polars.DataFrame({"upheld": [33, 0, 0], "investigations": [40, 5, 0]})
    >>> add_rates(counts, [uphold_rate]).rows()
    [(33, 40, 0.825, 83), (0, 5, 0.0, 0), (0, 0, None, None)]

    Raises:
        InvalidValue: lists every count that is missing or not a whole number.
        InvalidValue: a measure is none of the key statistics, or ``counts`` is not a frame.
    """
    frame, shares = shares_of(counts, measures, {}, columns)
    added = frame.with_columns(
        *(share.rate.alias(name) for name, share in shares.items()),
        *(share.percent.alias(f"{name}_percent") for name, share in shares.items()),
    )
    return cast("FrameT", as_given(added, counts, columns))


def add_population_rate(counts: FrameT, *, per: int = 100_000, columns: Mapping[str, str] | None = None) -> FrameT:
    """
    Add ``upheld_per_population``, the upheld decisions for a number of residents, as ``per_population_measure`` has it.

    Args:
        counts: a frame with ``upheld`` and ``population``, the residents of each council in its year; the Ombudsman
            uses those of the June before the year begins.
        per: the number of residents for which the rate is stated.
        columns: the caller's own names of columns, by ours, such as ``{"population": "residents"}``.

    Returns:
        The frame with the column added, a float; null where a count is missing or inconsistent, or nobody lives.

    >>> import polars
    >>> frame = polars.DataFrame({"upheld": [31, None], "residents": [560_000, 1_600_000]})
    >>> add_population_rate(frame, columns={"population": "residents"})["upheld_per_population"].to_list()
    [5.53..., None]

    Raises:
        InvalidValue: lists every column that is missing or not of whole numbers.
        InvalidValue: ``per`` is not a whole number from one, or ``counts`` is not a frame.
    """
    validate(per=(per, PositiveCount))
    frame = as_frame(counts, columns)
    check_columns(frame, {"upheld": WHOLE, "population": WHOLE})
    upheld, people = (whole_numbers(name, frame.collect_schema()) for name in ("upheld", "population"))
    has_rate = (upheld >= 0) & (upheld <= LARGEST_COUNT) & (people > 0) & (people <= LARGEST_COUNT)
    divisor = nw.when(people > 0).then(people).otherwise(1).cast(nw.Float64)
    rate = nw.when(has_rate).then(upheld.cast(nw.Float64) * per / divisor)
    return cast("FrameT", as_given(frame.with_columns(rate.alias("upheld_per_population")), counts, columns))


def add_intervals(frame: FrameT, count: str, total: str, confidence: float = 0.95) -> FrameT:
    """
    Add ``lower`` and ``upper``, the Wilson confidence interval of a column over another.

    Args:
        frame: a frame with both columns.
        count: the column of the numerator.
        total: the column of the denominator.
        confidence: of the interval, between 0 and 1.

    Returns:
        The frame with the columns added, shares from 0 to 1 as ``Proportion.interval()`` gives; null where there is no
        rate.

    Raises:
        InvalidValue: a column is missing or is not of whole numbers.
        InvalidValue: the confidence is not a float between 0 and 1, or ``frame`` is not a frame.
    """
    tail_of(confidence, Sides.BOTH)
    known = as_frame(frame)
    check_columns(known, {count: WHOLE, total: WHOLE})
    schema = known.collect_schema()
    lower, upper = Share(whole_numbers(count, schema), whole_numbers(total, schema)).limits(confidence)
    return cast("FrameT", as_given(known.with_columns(lower.alias("lower"), upper.alias("upper")), frame))


def add_average(  # noqa: PLR0913  # each is a choice that the reader of an average must know of
    counts: FrameT,
    within: Sequence[str] = WITHIN,
    method: AverageMethod | Literal["pooled", "mean"] = "pooled",
    *,
    include_self: bool = True,
    measures: Sequence[ProportionMeasure] | None = None,
    columns: Mapping[str, str] | None = None,
) -> FrameT:
    """
    Add the average of each rate over the rows that agree in the columns of ``within``.

    Args:
        counts: a frame with the columns of ``within`` and the counts of the measures, see ``compare``.
        within: the columns in which similar authorities agree.
        method: "pooled", the sum of the numerators over the sum of the denominators, or "mean", the mean of the rates,
            in which each council has the same weight.
        include_self: True for averages that include the council itself, as the published ones do.
        measures: one or more of the key statistics; without any, those whose counts are there.
        columns: the caller's own names of columns, by ours, such as ``{"upheld": "fault_found"}``.

    Returns:
        The frame with columns such as ``uphold_rate_average``, a float from 0 to 1, and for "pooled"
        ``uphold_rate_average_percent``, whole and half up. An average is null where fewer than five rates would be
        averaged, where a column of ``within`` is missing, and (if ``authority_type`` is among them) where the type is
        none of the five for which the Ombudsman gives averages.

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: the method or a measure is not known, ``within`` names nothing, or ``counts`` is not a frame.
    """
    mean = _is_mean(method)
    frame, shares = shares_of(counts, measures, key_columns(within, "within"), columns)
    averages: dict[str, nw.Expr] = {}
    for name in shares:
        averages[f"{name}_average"] = _mean_of(name) if mean else target_of(name).rate
        if not mean:
            averages[f"{name}_average_percent"] = target_of(name).percent
    summed = with_sums(frame, within, shares, include_self=include_self)
    return cast("FrameT", as_given(_added(frame, summed, averages), counts, columns))


def add_funnel_position(
    counts: FrameT,
    within: Sequence[str] = WITHIN,
    *,
    include_self: bool = True,
    measures: Sequence[ProportionMeasure] | None = None,
    columns: Mapping[str, str] | None = None,
) -> FrameT:
    """
    Add the position of each rate against the 95% and 99.8% score limits about the pooled rate of similar authorities.

    Args:
        counts: a frame with the columns of ``within`` and the counts of the measures, see ``compare``.
        within: the columns in which similar authorities agree.
        include_self: True for pooled rates that include the council itself.
        measures: one or more of the key statistics; without any, those whose counts are there.
        columns: the caller's own names of columns, by ours, such as ``{"upheld": "fault_found"}``.

    Returns:
        The frame with columns such as ``uphold_rate_position``, the words of ``Position`` as ``lgsco.funnel`` decides
        them; on a limit is within. Null where there is no rate or (see ``add_average``) no average.

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: a measure is not known, ``within`` names nothing, or ``counts`` is not a frame.
    """
    frame, shares = shares_of(counts, measures, key_columns(within, "within"), columns)
    positions = {f"{name}_position": position(share, target_of(name)) for name, share in shares.items()}
    summed = with_sums(frame, within, shares, include_self=include_self)
    return cast("FrameT", as_given(_added(frame, summed, positions), counts, columns))


def _added(frame: AnyFrame, summed: AnyFrame, added: Mapping[str, nw.Expr]) -> AnyFrame:
    """Return the columns that the frame had and those that are added, without the intermediate ones."""
    columns = [name for name in frame.collect_schema().names() if name not in added]
    return summed.select(*columns, *(expression.alias(name) for name, expression in added.items()))


def _is_mean(method: object) -> bool:
    chosen = choice_of("method", method, AverageMethod)
    if chosen is AverageMethod.MEDIAN:
        raise InvalidValue.at("method", method, "must be 'pooled' or 'mean'; not every engine has a median of groups")
    return chosen is AverageMethod.MEAN


def target_of(name: str) -> Share:
    """Return the pooled share of similar authorities, from the columns that ``with_sums`` adds for a measure."""
    return Share.of(f"{OWN}over_{name}", f"{OWN}under_{name}")


def _mean_of(name: str) -> nw.Expr:
    return nw.col(f"{OWN}shares_{name}") / nw.col(f"{OWN}rates_{name}")


def with_sums(frame: AnyFrame, within: Sequence[str], shares: Mapping[str, Share], *, include_self: bool) -> AnyFrame:
    """
    Add sums over the rows that agree in ``within``: of numerators, denominators and rates, and the number of rates.

    They are null where too few rows have a rate. A lazy engine leaves out those that are not used.
    """
    # Each summand is a column of its own; in a row without a rate it is 0.
    parts: dict[str, nw.Expr] = {}
    for name, share in shares.items():
        parts[f"{OWN}over_{name}"] = share.where_there_is_one(share.count).fill_null(0)
        parts[f"{OWN}under_{name}"] = share.where_there_is_one(share.total).fill_null(0)
        parts[f"{OWN}shares_{name}"] = share.rate.fill_null(0.0)
        parts[f"{OWN}rates_{name}"] = nw.when(share.has_rate).then(nw.lit(1)).otherwise(0)
    own = frame.with_columns(expression.alias(f"{name}_own") for name, expression in parts.items())
    # No sum is null, so that all can be cast: some engines give sums of whole numbers as decimals.
    kinds = {name: nw.Float64 if name.startswith(f"{OWN}shares_") else nw.Int64 for name in parts}
    if own.implementation.is_pyarrow():
        # What a window gives there comes in the order of a join, which is none; whole rows are joined instead.
        sums: Any = own.group_by(*within).agg(nw.col(f"{name}_own").sum().alias(name) for name in parts)
        sums = sums.with_columns(nw.col(name).cast(kind) for name, kind in kinds.items())
        joined = own.join(sums, on=[*within], how="left")
    else:
        # A join of a lazy frame with its own sums would have the engine read the cases twice.
        joined = own.with_columns(
            nw.col(f"{name}_own").sum().over(*within).cast(kind).alias(name) for name, kind in kinds.items()
        )
    if not include_self:
        joined = joined.with_columns(nw.col(name) - nw.col(f"{name}_own") for name in parts)
    conditions = [~nw.col(name).is_null() for name in within]
    if "authority_type" in within:
        conditions.append(nw.col("authority_type").is_in(_GROUPS))
    # Rows with missing values in these columns agree on some engines only; on none are they similar authorities.
    similar = functools.reduce(operator.and_, conditions)
    return joined.with_columns(
        nw.when(similar & (nw.col(f"{OWN}rates_{measure}") >= FEWEST_AUTHORITIES)).then(nw.col(name)).alias(name)
        for measure in shares
        for name in (f"{OWN}over_{measure}", f"{OWN}under_{measure}", f"{OWN}shares_{measure}", f"{OWN}rates_{measure}")
    )


def position(share: Share, target: Share) -> nw.Expr:
    """Return the position of a share about a target, as its word; null where either is missing."""
    # Products of whole numbers would overflow; where a rate is beyond a limit, floats know on which side.
    count, total, over, under = (
        part.cast(nw.Float64) for part in (share.count, share.total, target.count, target.total)
    )
    squared, variance = score_terms(count, total, over, under)
    above = count * under > over * total

    def beyond(confidence: float) -> nw.Expr:
        z = z_of(confidence)
        return squared > z * z * variance

    def word(place: Position) -> nw.Expr:
        return nw.lit(place.value)

    positions = (
        nw.when(beyond(ALARM))
        .then(nw.when(above).then(word(Position.ABOVE_ALARM)).otherwise(word(Position.BELOW_ALARM)))
        .otherwise(
            nw.when(beyond(ALERT))
            .then(nw.when(above).then(word(Position.ABOVE_ALERT)).otherwise(word(Position.BELOW_ALERT)))
            .otherwise(word(Position.WITHIN))
        )
    )
    return nw.when(share.has_rate & target.has_rate).then(positions)
