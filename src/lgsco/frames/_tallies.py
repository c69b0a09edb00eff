"""From case grain to counts: one row a case in, one row a council and year out."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from typing import cast

from lgsco.frames._columns import (
    DAY,
    FLAG,
    TEXT,
    WHOLE,
    AnyFrame,
    FrameT,
    checked,
    given_back,
    named,
    nw,
    opened,
    stacked,
)
from lgsco.model.cases import ComplianceStatus, Outcome

__all__ = ["BY", "join_tallies", "tally", "tally_compliance", "unknown_outcomes"]

BY = ("authority", "authority_type", "year_ending")
_NO_FINDING, _UPHELD, _REMEDIED, _REMEDY_UNKNOWN, _NOT_UPHELD, _UNKNOWN = range(6)
_NOT_COMPLIED, _LATE, _ON_TIME = range(3)
_NO_FINDINGS = [outcome.value for outcome in Outcome if outcome not in {Outcome.UPHELD, Outcome.NOT_UPHELD}]


def tally(decisions: FrameT, by: Sequence[str] = BY) -> FrameT:
    """
    Count decisions, one row a case, into one row for each council and year.

    Columns wanted: those of ``by`` (in place of ``year_ending`` a ``decided_on`` will do), ``outcome`` (the words of
    ``Outcome``, blank where it is not known) and ``satisfactory_remedy`` (true or false, blank where it is not known).
    Columns given: those of ``by``, then

    - ``decisions``: all cases,
    - ``investigations``: those that ended upheld or not upheld,
    - ``upheld``: those of them that were upheld,
    - ``satisfactory_remedies``: those of the upheld that the council had already put right.

    As where ``Decision`` values are tallied, a case whose outcome is not known, or is none of the six, leaves the last
    three unknown, and an upheld case of which it is not known whether it had been put right leaves the last unknown.
    ``unknown_outcomes`` says which words were met. Rows are sorted by the columns of ``by``.

    >>> import polars
    >>> cases = polars.DataFrame(
    ...     {
    ...         "authority": ["Kent County Council"] * 3,
    ...         "authority_type": ["county_council"] * 3,
    ...         "outcome": ["upheld", "not_upheld", "advice_given"],
    ...         "satisfactory_remedy": [True, None, None],
    ...     }
    ... )
    >>> tally(cases, by=["authority", "authority_type"]).rows()
    [('Kent County Council', 'county_council', 3, 2, 1, 1)]

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: it is no frame.
    """
    frame = opened(decisions)
    outcome, remedy = nw.col("outcome"), nw.col("satisfactory_remedy")
    # Compared word by word, which takes half as long as to look each outcome up in a list.
    closed = functools.reduce(operator.or_, (outcome == word for word in _NO_FINDINGS))
    # One small number says all that counts of a case; rows are counted by it, and nothing more is done to each.
    finding = (
        nw.when(outcome == Outcome.UPHELD.value)
        .then(
            nw.when(remedy)
            .then(nw.lit(_REMEDIED, nw.Int8))
            .otherwise(
                nw.when(remedy.is_null()).then(nw.lit(_REMEDY_UNKNOWN, nw.Int8)).otherwise(nw.lit(_UPHELD, nw.Int8))
            )
        )
        .otherwise(
            nw.when(outcome == Outcome.NOT_UPHELD.value)
            .then(nw.lit(_NOT_UPHELD, nw.Int8))
            .otherwise(nw.when(closed).then(nw.lit(_NO_FINDING, nw.Int8)).otherwise(nw.lit(_UNKNOWN, nw.Int8)))
        )
    )
    wanted = {"outcome": TEXT, "satisfactory_remedy": FLAG}
    counted = _counted(frame, by, "decided_on", wanted, finding)
    is_upheld = nw.col("_is").is_in([_UPHELD, _REMEDIED, _REMEDY_UNKNOWN])
    parts = {
        "decisions": None,
        "investigations": is_upheld | (nw.col("_is") == _NOT_UPHELD),
        "upheld": is_upheld,
        "satisfactory_remedies": nw.col("_is") == _REMEDIED,
        "_unknown": nw.col("_is") == _UNKNOWN,
        "_remedy_unknown": nw.col("_is") == _REMEDY_UNKNOWN,
    }
    summed = _summed(counted, by, parts)
    known = nw.col("_unknown") == 0
    blanked = summed.with_columns(
        nw.when(known).then(nw.col("investigations")).alias("investigations"),
        nw.when(known).then(nw.col("upheld")).alias("upheld"),
        nw.when(known & (nw.col("_remedy_unknown") == 0))
        .then(nw.col("satisfactory_remedies"))
        .alias("satisfactory_remedies"),
    )
    shown = blanked.select(*by, "decisions", "investigations", "upheld", "satisfactory_remedies")
    return cast("FrameT", given_back(shown.sort(*by), decisions))


def tally_compliance(outcomes: FrameT, by: Sequence[str] = BY) -> FrameT:
    """
    Count compliance outcomes, one row an outcome, into one row for each council and year.

    Columns wanted: those of ``by`` (in place of ``year_ending`` a ``recorded_on`` will do) and ``status`` (the words of
    ``ComplianceStatus``). Columns given: those of ``by``, then ``compliance_outcomes`` (all of them), ``complied``
    (late ones included) and ``late``. A status that is blank or not listed leaves the last two unknown.

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: it is no frame.
    """
    frame = opened(outcomes)
    status = nw.col("status")
    kind = (
        nw.when(status == ComplianceStatus.ON_TIME.value)
        .then(nw.lit(_ON_TIME, nw.Int8))
        .otherwise(
            nw.when(status == ComplianceStatus.LATE.value)
            .then(nw.lit(_LATE, nw.Int8))
            .otherwise(
                nw.when(status == ComplianceStatus.NOT_COMPLIED.value)
                .then(nw.lit(_NOT_COMPLIED, nw.Int8))
                .otherwise(nw.lit(_UNKNOWN, nw.Int8))
            )
        )
    )
    counted = _counted(frame, by, "recorded_on", {"status": TEXT}, kind)
    parts = {
        "compliance_outcomes": None,
        "complied": nw.col("_is").is_in([_ON_TIME, _LATE]),
        "late": nw.col("_is") == _LATE,
        "_unknown": nw.col("_is") == _UNKNOWN,
    }
    known = nw.col("_unknown") == 0
    blanked = _summed(counted, by, parts).with_columns(
        nw.when(known).then(nw.col(name)).alias(name) for name in ("complied", "late")
    )
    shown = blanked.select(*by, "compliance_outcomes", "complied", "late")
    return cast("FrameT", given_back(shown.sort(*by), outcomes))


def join_tallies(decided: FrameT, complied: FrameT, by: Sequence[str] = BY) -> FrameT:
    """
    Set the counts of ``tally`` and of ``tally_compliance`` side by side.

    A council and year that stands on one side only had none on the other, as where cases become reviews: 0, not blank.

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: one of them is no frame.
    """
    left, right = opened(decided), opened(complied)
    own = dict.fromkeys(("decisions", "investigations", "upheld", "satisfactory_remedies"), WHOLE)
    theirs = dict.fromkeys(("compliance_outcomes", "complied", "late"), WHOLE)
    checked(left, {**named(by, "by"), **own})
    checked(right, {**named(by, "by"), **theirs})
    counts = (*own, *theirs)
    # A blank is a count that is not known, and must not become the 0 of a council that stands on one side only.
    sides = [
        frame.select(
            *by,
            *((nw.col(name).fill_null(0) if name in held else nw.lit(0)).cast(nw.Int64).alias(name) for name in counts),
            *(
                (nw.col(name).is_null() if name in held else nw.lit(False)).cast(nw.Int8).alias(f"_no_{name}")
                for name in counts
            ),
        )
        for frame, held in ((left, own), (right, theirs))
    ]
    summed = stacked(sides).group_by(*by).agg(nw.col(*counts).sum(), nw.col(*(f"_no_{name}" for name in counts)).max())
    shown = summed.select(
        *by, *(nw.when(nw.col(f"_no_{name}") == 0).then(nw.col(name).cast(nw.Int64)).alias(name) for name in counts)
    )
    return cast("FrameT", given_back(shown.sort(*by), decided))


def unknown_outcomes(cases: FrameT) -> FrameT:
    """
    Give the words of ``outcome`` (or of ``status``) that are none of those listed, each with the number of its rows.

    Blank is not among them: it stands for what is not known. A lazy frame stays lazy; nothing is looked at until the
    caller collects it.

    Raises:
        InvalidValue: there is neither column, or it holds no text.
        InvalidValue: it is no frame.
    """
    frame = opened(cases)
    checked(frame, {}, either=[{"outcome": TEXT, "status": TEXT}])
    name = "outcome" if "outcome" in frame.collect_schema() else "status"
    listed = [word.value for word in (Outcome if name == "outcome" else ComplianceStatus)]
    column = nw.col(name)
    met = frame.filter(~column.is_null() & ~column.is_in(listed)).group_by(name).agg(nw.len().alias("rows"))
    return cast("FrameT", given_back(met.sort(name), cases))


def _counted(cases: AnyFrame, by: Sequence[str], day: str, wanted: Mapping[str, str], kind: nw.Expr) -> AnyFrame:
    """Count rows by their keys and kind, into ``_rows``; a year follows from the day where it does not stand there."""
    kinds = {**named(by, "by"), **wanted}
    follows = "year_ending" in by and "year_ending" not in cases.collect_schema()
    if not follows:
        checked(cases, kinds)
        if cases.implementation.is_polars():
            # The one engine that works out a small number for each row sooner than it groups by the words themselves.
            return cases.select(*by, kind.alias("_is")).group_by(*by, "_is").agg(nw.len().alias("_rows"))
        rows = cases.select(*by, *wanted).group_by(*by, *wanted).agg(nw.len().alias("_rows"))
        return rows.select(*by, kind.alias("_is"), "_rows")
    del kinds["year_ending"]
    checked(cases, kinds, either=[{"year_ending": DAY, day: DAY}])
    date = nw.col(day)
    ending = date.dt.year().cast(nw.Int32) + (date.dt.month() > _LAST_MONTH).cast(nw.Int32)
    others = [name for name in by if name != "year_ending"]
    counted = cases.select(*others, ending.alias("_year"), kind.alias("_is"))
    rows = counted.group_by(*others, "_year", "_is").agg(nw.len().alias("_rows"))
    last_day = nw.concat_str([nw.col("_year").cast(nw.String), nw.lit("-03-31")])
    # Only the frames that have a type for dates get dates; what came as a time goes as a time.
    is_date = cases.collect_schema()[day] == nw.Date
    year = last_day.str.to_date("%Y-%m-%d") if is_date else last_day.str.to_datetime("%Y-%m-%d")
    return rows.with_columns(year.alias("year_ending"))


_LAST_MONTH = 3


def _summed(counted: AnyFrame, by: Sequence[str], parts: Mapping[str, nw.Expr | None]) -> AnyFrame:
    """Add up the rows that each part takes in; a part without a condition takes in all."""
    # Rows are counted without a null; adding a nought made of a key gives them the kind of number that can hold one.
    rows = nw.col("_rows").cast(nw.Int64) + (nw.col(by[0]) != nw.col(by[0])).cast(nw.Int64).fill_null(0) * 0
    # Each product is a column before it is summed: within ``agg`` a condition is wrong on some engines.
    flagged = counted.with_columns(
        (rows if holds is None else nw.when(holds).then(rows).otherwise(0)).alias(name) for name, holds in parts.items()
    )
    return flagged.group_by(*by).agg(nw.col(*parts).sum()).with_columns(nw.col(*parts).cast(nw.Int64))
