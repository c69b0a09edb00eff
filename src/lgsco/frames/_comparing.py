"""All of it at once: the key statistics of each council and year, tidy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from lgsco._values import Choice, choice_of
from lgsco.errors import InvalidValue
from lgsco.frames._columns import COUNTS, WHOLE, AnyFrame, FrameT, checked, given_back, named, nw, opened, unpivoted
from lgsco.frames._rates import WITHIN, Share, counted_over, position, target_of, with_sums
from lgsco.frames._tallies import BY
from lgsco.model.measures import KEY_STATISTICS, ProportionMeasure
from lgsco.stats.intervals import Sides, tail_of

__all__ = ["Layout", "compare", "inconsistent_counts"]


class Layout(Choice):
    """How the columns that say who and when are written."""

    PLAIN = "plain"
    """As everywhere in this package: ``authority``, ``authority_type``, ``year_ending``."""
    DFE = "dfe"
    """As the Department for Education asks of published data: ``time_period`` 201920, ``la_name``, ``new_la_code``."""


SHARE, TARGET = Share.of("numerator", "denominator"), target_of("share")


def compare(  # noqa: PLR0913  # each is a choice that the reader of a comparison must know of
    counts: FrameT,
    by: Sequence[str] = BY,
    within: Sequence[str] = WITHIN,
    *,
    measures: Sequence[ProportionMeasure] = KEY_STATISTICS,
    confidence: float = 0.95,
    include_self: bool = True,
    layout: str = "plain",
) -> FrameT:
    """
    Set each key statistic of each council and year beside that of similar authorities: one row for each of the three.

    Wanted: the columns of ``by`` (add "code" to keep it) and of ``within``, and the counts ``investigations``,
    ``upheld``, ``satisfactory_remedies``, ``compliance_outcomes`` and ``complied`` (those of ``measures`` alone).
    Given, in this order:

    ==================== ========= ==================================================================================
    column               type      what it holds
    ==================== ========= ==================================================================================
    those of ``by``      as given
    ``measure``          text      "uphold_rate", "compliance_rate" or "satisfactory_remedy_rate"
    ``numerator``        whole     what is counted
    ``denominator``      whole     what it is counted over
    ``percent``          whole     the rate in per cent, half up, exact
    ``rate``             float     the rate, from 0 to 1
    ``lower``            float     its Wilson interval, from 0 to 1
    ``upper``            float
    ``average``          float     the pooled rate of similar authorities (see ``add_average``), from 0 to 1
    ``average_percent``  whole     the same in per cent, half up, exact
    ``position``         text      where the rate lies against score limits about it (see ``add_funnel_position``)
    ==================== ========= ==================================================================================

    What there is not is null. Rows are sorted by the columns of ``by``, then as the measures are given.
    With the layout "dfe" the columns that say who and when are ``time_period`` (the digits of the year, 201920),
    ``time_identifier`` ("Financial year"), ``geographic_level``, ``new_la_code`` where ``by`` names "code", ``la_name``
    and the others of ``by``.

    >>> import polars
    >>> from lgsco import uphold_rate
    >>> names = [f"County {letter}" for letter in "ABCDE"]
    >>> counts = polars.DataFrame({"authority": names, "upheld": [9, 5, 6, 4, 7], "investigations": [10] * 5})
    >>> counts = counts.with_columns(authority_type=polars.lit("county_council"))
    >>> compared = compare(counts, ["authority", "authority_type"], ["authority_type"], measures=[uphold_rate])
    >>> compared.select("authority", "percent", "average_percent", "position").row(0)
    ('County A', 90, 62, 'within')

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: an argument is not allowed, or it is no frame.
    """
    columns = counted_over(measures)
    chosen = choice_of("layout", layout, Layout)
    tail_of(confidence, Sides.BOTH)
    keys, alike = named(by, "by"), named(within, "within")
    if not set(within) <= set(by):
        raise InvalidValue.at("within", tuple(within), f"must be among the columns of by, {', '.join(by)}")
    if chosen is Layout.DFE and not {"authority", "year_ending"} <= set(by):
        raise InvalidValue.at("layout", layout, "needs authority and year_ending among the columns of by")
    frame = opened(counts)
    checked(frame, {**keys, **alike, **{name: WHOLE for pair in columns.values() for name in pair}})
    shares = {name: Share.of(*pair) for name, pair in columns.items()}
    wide = with_sums(frame, within, shares, include_self=include_self).select(
        *by,
        *(share.count.alias(f"_numerator_{name}") for name, share in shares.items()),
        *(share.total.alias(f"_denominator_{name}") for name, share in shares.items()),
        *(nw.col(f"_over_{name}", f"_under_{name}") for name in shares),
        *(nw.lit(place, nw.Int64).alias(name) for place, name in enumerate(shares)),
    )
    long = unpivoted(wide, [*shares], "measure", "_place").with_columns(
        _of_measure("_numerator", shares).alias("numerator"),
        _of_measure("_denominator", shares).alias("denominator"),
        _of_measure("_over", shares).alias("_over_share"),
        _of_measure("_under", shares).alias("_under_share"),
    )
    lower, upper = SHARE.limits(confidence)
    measured = long.select(
        *by,
        "measure",
        "numerator",
        "denominator",
        SHARE.percent.alias("percent"),
        SHARE.rate.alias("rate"),
        lower.alias("lower"),
        upper.alias("upper"),
        TARGET.rate.alias("average"),
        TARGET.percent.alias("average_percent"),
        position(SHARE, TARGET).alias("position"),
        "_place",
    )
    told = measured.sort(*by, "_place").drop("_place")
    return cast("FrameT", given_back(_as_published(told, by) if chosen is Layout.DFE else told, counts))


def _of_measure(what: str, names: Iterable[str]) -> nw.Expr:
    """Give in each row what stands in the column of its measure."""
    last, *others = reversed([*names])
    picked = nw.col(f"{what}_{last}")
    for name in others:
        picked = nw.when(nw.col("measure") == name).then(nw.col(f"{what}_{name}")).otherwise(picked)
    return picked


def _as_published(frame: AnyFrame, by: Sequence[str]) -> AnyFrame:
    """Write who and when as the Department for Education asks of published data."""
    ending = nw.col("year_ending").dt.year().cast(nw.Int64)
    names = frame.collect_schema().names()
    codes = ["new_la_code"] if "code" in by else []
    others = [name for name in names if name not in {"authority", "code", "year_ending"}]
    return frame.with_columns(
        (100 * (ending - 1) + ending % 100).alias("time_period"),
        nw.lit("Financial year").alias("time_identifier"),
        nw.lit("Local authority").alias("geographic_level"),
        nw.col("authority").alias("la_name"),
        *(nw.col("code").alias(name) for name in codes),
    ).select("time_period", "time_identifier", "geographic_level", *codes, "la_name", *others)


def inconsistent_counts(counts: FrameT) -> FrameT:
    """
    Give the rows whose counts cannot be: one is negative, or a part is more than what it is part of.

    Of the counts named in ``compare`` those that there are are looked at. A lazy frame stays lazy; nothing is looked at
    until the caller collects it.

    Raises:
        InvalidValue: none of the counts is there, or one is no whole number.
        InvalidValue: it is no frame.
    """
    frame = opened(counts)
    held = [name for name in COUNTS if name in frame.collect_schema()]
    checked(frame, dict.fromkeys(held, WHOLE), either=[dict.fromkeys(held or COUNTS, WHOLE)])
    parts = [pair for pair in counted_over(KEY_STATISTICS).values() if set(pair) <= set(held)]
    # A blank says nothing, and must not make the whole condition blank.
    faults = [
        *((nw.col(name) < 0).fill_null(False) for name in held),
        *((nw.col(part) > nw.col(whole)).fill_null(False) for part, whole in parts),
    ]
    return cast("FrameT", given_back(frame.filter(nw.any_horizontal(*faults, ignore_nulls=True)), counts))
