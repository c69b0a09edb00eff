"""The key statistics of each council and year beside similar authorities, as one tidy frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, cast

from lgsco._values import LARGEST_COUNT, Choice, choice_of
from lgsco.errors import InvalidValue
from lgsco.frames._columns import (
    COUNTS,
    OWN,
    WHOLE,
    AnyFrame,
    FrameT,
    as_frame,
    as_given,
    check_columns,
    is_whole,
    key_columns,
    nw,
    repeated,
    with_plain_texts,
)
from lgsco.frames._rates import WITHIN, Share, counted_over, position, shares_of, target_of, with_sums
from lgsco.frames._tallies import BY
from lgsco.model.measures import KEY_STATISTICS, ProportionMeasure
from lgsco.stats.intervals import Sides, tail_of


class Against(Choice):
    """What the rate of each council is set beside."""

    OTHERS = "others"
    """The pooled rate of the other councils of its group."""
    GROUP = "group"
    """That of its whole group, itself included."""


class Layout(Choice):
    """The names of the columns for the authority and the year."""

    PLAIN = "plain"
    """The names of this package: ``authority``, ``authority_type``, ``year_ending``."""
    DFE = "dfe"
    """The names that the Department for Education asks for: ``time_period`` 201920, ``la_name``, ``new_la_code``."""


SHARE, TARGET = Share.of("numerator", "denominator"), target_of("share")
_PLACE = f"{OWN}place"
_RESULTS = (
    "measure", "numerator", "denominator", "percent", "rate", "lower", "upper", "benchmark", "average",
    "average_percent", "position",
)  # fmt: skip
_DFE_RESULTS = ("time_period", "time_identifier", "geographic_level", "new_la_code", "la_name")


def compare(  # noqa: PLR0913  # each is a choice that the reader of a comparison must know of
    counts: FrameT,
    by: Sequence[str] = BY,
    within: Sequence[str] = WITHIN,
    *,
    measures: Sequence[ProportionMeasure] | None = None,
    confidence: float = 0.95,
    against: Against | Literal["others", "group"] = "others",
    layout: Layout | Literal["plain", "dfe"] = "plain",
    columns: Mapping[str, str] | None = None,
) -> FrameT:
    """
    Compare each key statistic of each council and year with that of similar authorities, one row a statistic.

    Args:
        counts: a frame with the columns of ``by`` and the counts ``investigations``, ``upheld``,
            ``satisfactory_remedies``, ``compliance_outcomes`` and ``complied``, as far as the measures need them.
        by: the columns that name a row; add "code" to keep it.
        within: the columns in which similar authorities agree, a part of ``by``.
        measures: one or more of the key statistics; without any, those whose counts are there.
        confidence: of the interval, between 0 and 1.
        against: "others", the other councils, as ``Dataset.compare`` has it; or "group", which includes the council
            itself, as the printed averages do.
        layout: "plain" or "dfe", see ``Layout``.
        columns: the caller's own names of columns, by ours, such as ``{"upheld": "fault_found"}``; the result has ours,
            and so have ``by`` and ``within``.

    Returns:
        A frame of the kind that was given. These are its columns, in order.

    ==================== ========= ==================================================================================
    column               type      content
    ==================== ========= ==================================================================================
    those of ``by``      as given
    ``measure``          text      "uphold_rate", "compliance_rate" or "satisfactory_remedy_rate"
    ``numerator``        whole     what is counted
    ``denominator``      whole     what it is counted over
    ``percent``          whole     the rate in per cent, half up, exact
    ``rate``             float     the rate, from 0 to 1
    ``lower``            float     its Wilson interval, from 0 to 1
    ``upper``            float
    ``benchmark``        text      "others" or "group", as asked for
    ``average``          float     the pooled rate of similar authorities (see ``add_average``), from 0 to 1
    ``average_percent``  whole     the same in per cent, half up, exact
    ``position``         text      where the rate lies against score limits about it (see ``add_funnel_position``)
    ==================== ========= ==================================================================================

    A missing value is null. Rows are sorted by the columns of ``by``, then by measure in the order given.
    With the layout "dfe" the columns of authority and year are ``time_period`` (the digits of the year, 201920),
    ``time_identifier`` ("Financial year"), ``geographic_level``, ``new_la_code`` where ``by`` names "code", ``la_name``
    and the others of ``by``.

    >>> import polars
    >>> from lgsco import uphold_rate
    >>> names = [f"County {letter}" for letter in "ABCDEF"]
    >>> counts = polars.DataFrame({"authority": names, "upheld": [9, 5, 6, 4, 7, 6], "investigations": [10] * 6})
    >>> counts = counts.with_columns(authority_type=polars.lit("county_council"))
    >>> compared = compare(counts, ["authority", "authority_type"], ["authority_type"], measures=[uphold_rate])
    >>> compared.select("authority", "percent", "average_percent", "position").row(0)
    ('County A', 90, 56, 'above_alert')

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: an argument is not allowed, or ``counts`` is not a frame.
    """
    chosen, benchmark = choice_of("layout", layout, Layout), choice_of("against", against, Against)
    tail_of(confidence, Sides.BOTH)
    results = (*_RESULTS, *(_DFE_RESULTS if chosen is Layout.DFE else ()))
    keys, group_keys = key_columns(by, "by", results), key_columns(within, "within")
    if not set(within) <= set(by):
        raise InvalidValue.at("within", tuple(within), f"must be among the columns of by, {', '.join(by)}")
    if chosen is Layout.DFE and not {"authority", "year_ending"} <= set(by):
        raise InvalidValue.at("layout", layout, "needs authority and year_ending among the columns of by")
    frame, shares = shares_of(counts, measures, {**keys, **group_keys}, columns)
    summed = with_sums(with_plain_texts(frame, by), within, shares, include_self=benchmark is Against.GROUP)
    wide = summed.select(
        *by,
        *(share.count.alias(f"{OWN}numerator_{name}") for name, share in shares.items()),
        *(share.total.alias(f"{OWN}denominator_{name}") for name, share in shares.items()),
        *(nw.col(f"{OWN}over_{name}", f"{OWN}under_{name}") for name in shares),
    )
    long = repeated(wide, len(shares), _PLACE).with_columns(
        _of_measure([nw.lit(name) for name in shares]).alias("measure"),
        *(
            _of_measure([nw.col(f"{OWN}{part}_{name}") for name in shares]).alias(alias)
            for part, alias in (
                ("numerator", "numerator"),
                ("denominator", "denominator"),
                ("over", f"{OWN}over_share"),
                ("under", f"{OWN}under_share"),
            )
        ),
    )
    lower, upper = SHARE.limits(confidence)
    comparisons = long.select(
        *by,
        "measure",
        "numerator",
        "denominator",
        SHARE.percent.alias("percent"),
        SHARE.rate.alias("rate"),
        lower.alias("lower"),
        upper.alias("upper"),
        nw.lit(benchmark.value).alias("benchmark"),
        TARGET.rate.alias("average"),
        TARGET.percent.alias("average_percent"),
        position(SHARE, TARGET).alias("position"),
        _PLACE,
    )
    rows = comparisons.sort(*by, _PLACE).drop(_PLACE)
    return cast("FrameT", as_given(_dfe_layout(rows, by) if chosen is Layout.DFE else rows, counts))


def _of_measure(cells: Sequence[nw.Expr]) -> nw.Expr:
    """Return the cell of each row's measure, of one for each measure."""
    *others, last = cells
    cell = last
    for place, expression in enumerate(others):
        cell = nw.when(nw.col(_PLACE) == place).then(expression).otherwise(cell)
    return cell


def _dfe_layout(frame: AnyFrame, by: Sequence[str]) -> AnyFrame:
    """Return a frame with the columns that the Department for Education asks of published data."""
    ending = nw.col("year_ending").dt.year().cast(nw.Int64)
    names = frame.collect_schema().names()
    codes = ["new_la_code"] if "code" in by else []
    others = [name for name in names if name not in {"authority", "code", "year_ending"}]
    return frame.with_columns(
        # The last two digits, without the remainder of a division, which pandas lacks for Arrow's types.
        (100 * (ending - 1) + ending - ending // 100 * 100).alias("time_period"),
        nw.lit("Financial year").alias("time_identifier"),
        nw.lit("Local authority").alias("geographic_level"),
        nw.col("authority").alias("la_name"),
        *(nw.col("code").alias(name) for name in codes),
    ).select("time_period", "time_identifier", "geographic_level", *codes, "la_name", *others)


def inconsistent_counts(counts: FrameT, *, columns: Mapping[str, str] | None = None) -> FrameT:
    """
    Find the rows whose counts are impossible: a count is negative, not whole or vast, or a part exceeds its whole.

    Args:
        counts: a frame with any of the counts named in ``compare``.
        columns: the caller's own names of columns, by ours, such as ``{"upheld": "fault_found"}``; the result has them.

    Returns:
        Those rows. A lazy frame stays lazy, and nothing is computed until the caller collects it.

    Raises:
        InvalidValue: none of the counts is there, or one is not a whole number.
        InvalidValue: ``counts`` is not a frame.
    """
    frame = as_frame(counts, columns)
    schema = frame.collect_schema()
    names = [name for name in COUNTS if name in schema]
    check_columns(frame, dict.fromkeys(names, WHOLE), either=[dict.fromkeys(names or COUNTS, WHOLE)])
    parts = [pair for pair in counted_over(KEY_STATISTICS).values() if set(pair) <= set(names)]
    # A missing value must not make the whole condition missing.
    faults = [
        *(((nw.col(name) < 0) | (nw.col(name) > LARGEST_COUNT)).fill_null(False) for name in names),
        *(~is_whole(name) & ~nw.col(name).is_null() for name in names if schema[name].is_float()),
        *((nw.col(part) > nw.col(whole)).fill_null(False) for part, whole in parts),
    ]
    return cast("FrameT", as_given(frame.filter(nw.any_horizontal(*faults, ignore_nulls=True)), counts, columns))
