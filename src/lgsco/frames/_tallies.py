"""Tallies of a frame with one row a case: a frame with one row a council and year."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping, Sequence
from typing import cast

from lgsco.frames._columns import (
    DAY,
    FLAG,
    OWN,
    TEXT,
    WHOLE,
    AnyFrame,
    FrameT,
    as_frame,
    as_given,
    check_columns,
    key_columns,
    nw,
    stacked,
    whole_numbers,
    with_plain_texts,
)
from lgsco.model.cases import ComplianceStatus, Outcome

BY = ("authority", "authority_type", "year_ending")
_ROWS, _YEAR, _KNOWN, _REMEDY_UNKNOWN, _UNDATED = (
    f"{OWN}{name}" for name in ("rows", "year", "known", "remedy_unknown", "undated")
)
_DECISION_COUNTS = ("decisions", "investigations", "upheld", "satisfactory_remedies")
_COMPLIANCE_COUNTS = ("compliance_outcomes", "complied", "late")
_NO_FINDINGS = [outcome.value for outcome in Outcome if outcome not in {Outcome.UPHELD, Outcome.NOT_UPHELD}]


def tally(decisions: FrameT, by: Sequence[str] = BY, *, columns: Mapping[str, str] | None = None) -> FrameT:
    """
    Count decisions, one row a case, into one row for each council and year.

    As in ``tally_investigations``, a case whose outcome is missing, or is none of the six, leaves all counts but the
    first missing, and an upheld case whose remedy is missing leaves the last missing. ``unknown_outcomes`` finds the
    words that are none of the six.

    Args:
        decisions: a frame with the columns of ``by`` (in place of ``year_ending`` a ``decided_on`` will do),
            ``outcome`` (the words of ``Outcome``) and ``satisfactory_remedy`` (true or false).
        by: the columns by which cases are counted.
        columns: the caller's own names of columns, by ours, such as ``{"outcome": "result"}``; the result has ours, and
            so has ``by``.

    Returns:
        A frame of the same kind, sorted by the columns of ``by``, with those columns and

        - ``decisions``: all cases,
        - ``investigations``: those that ended upheld or not upheld,
        - ``upheld``: the investigations that were upheld,
        - ``satisfactory_remedies``: the upheld cases that the council had already put right.

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
        InvalidValue: ``decisions`` is not a frame.
    """
    frame = as_frame(decisions, columns)
    outcome, remedy = nw.col("outcome"), nw.col("satisfactory_remedy")
    is_upheld, is_not = outcome == Outcome.UPHELD.value, outcome == Outcome.NOT_UPHELD.value
    parts = {
        "investigations": is_upheld | is_not,
        "upheld": is_upheld,
        "satisfactory_remedies": is_upheld & remedy,
        # Compared word by word, which takes half as long as to look each outcome up in a list.
        _KNOWN: functools.reduce(operator.or_, (outcome == word for word in _NO_FINDINGS), is_upheld | is_not),
        _REMEDY_UNKNOWN: is_upheld & remedy.is_null(),
    }
    wanted = {"outcome": TEXT, "satisfactory_remedy": FLAG}
    totals = _counted(frame, by, "decided_on", wanted, parts, results=_DECISION_COUNTS)
    known = nw.col(_KNOWN) == nw.col("decisions")
    blanked = totals.with_columns(
        nw.when(known).then(nw.col("investigations")).alias("investigations"),
        nw.when(known).then(nw.col("upheld")).alias("upheld"),
        nw.when(known & (nw.col(_REMEDY_UNKNOWN) == 0))
        .then(nw.col("satisfactory_remedies"))
        .alias("satisfactory_remedies"),
    )
    tallies = blanked.select(*by, *_DECISION_COUNTS)
    return cast("FrameT", as_given(tallies.sort(*by), decisions))


def tally_compliance(outcomes: FrameT, by: Sequence[str] = BY, *, columns: Mapping[str, str] | None = None) -> FrameT:
    """
    Count compliance outcomes, one row an outcome, into one row for each council and year.

    Args:
        outcomes: a frame with the columns of ``by`` (in place of ``year_ending`` a ``recorded_on`` will do) and
            ``status`` (the words of ``ComplianceStatus``).
        by: the columns by which outcomes are counted.
        columns: as in ``tally``.

    Returns:
        A frame of the same kind, sorted by the columns of ``by``, with those columns, ``compliance_outcomes`` (all),
        ``complied`` (late ones included) and ``late``. A status that is missing or unknown leaves the last two missing,
        one that does not say whether it was on time the last.

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: ``outcomes`` is not a frame.
    """
    frame = as_frame(outcomes, columns)
    status = nw.col("status")
    is_late, is_undated = status == ComplianceStatus.LATE.value, status == ComplianceStatus.COMPLIED.value
    complied = (status == ComplianceStatus.ON_TIME.value) | is_late | is_undated
    parts = {
        "complied": complied,
        "late": is_late,
        _KNOWN: complied | (status == ComplianceStatus.NOT_COMPLIED.value),
        _UNDATED: is_undated,
    }
    totals = _counted(frame, by, "recorded_on", {"status": TEXT}, parts, results=_COMPLIANCE_COUNTS)
    known = nw.col(_KNOWN) == nw.col("compliance_outcomes")
    blanked = totals.with_columns(
        nw.when(known).then(nw.col("complied")).alias("complied"),
        nw.when(known & (nw.col(_UNDATED) == 0)).then(nw.col("late")).alias("late"),
    )
    tallies = blanked.select(*by, *_COMPLIANCE_COUNTS)
    return cast("FrameT", as_given(tallies.sort(*by), outcomes))


def join_tallies(decided: FrameT, complied: FrameT, by: Sequence[str] = BY) -> FrameT:
    """
    Join the counts of ``tally`` and of ``tally_compliance``.

    Args:
        decided: what ``tally`` returns.
        complied: what ``tally_compliance`` returns.
        by: the columns by which both were counted.

    Returns:
        A frame with the columns of both, sorted by ``by``. A council and year that is in one frame only had no cases in
        the other: its counts there are 0 and not missing, as where cases become reviews.

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: an argument is not a frame.
    """
    left, right = as_frame(decided), as_frame(complied)
    counts = (*_DECISION_COUNTS, *_COMPLIANCE_COUNTS)
    keys, sides = key_columns(by, "by", counts), []
    for frame, columns in ((left, _DECISION_COUNTS), (right, _COMPLIANCE_COUNTS)):
        check_columns(frame, {**keys, **dict.fromkeys(columns, WHOLE)})
        schema = frame.collect_schema()
        cells = {name: whole_numbers(name, schema) if name in columns else nw.lit(0) for name in counts}
        # A count that is missing must not become the 0 of a council that is in one frame only.
        sides.append(
            with_plain_texts(frame, by).select(
                *by,
                *(cell.fill_null(0).cast(nw.Int64).alias(name) for name, cell in cells.items()),
                *(cell.is_null().cast(nw.Int8).alias(f"{OWN}no_{name}") for name, cell in cells.items()),
            )
        )
    totals = (
        stacked(sides).group_by(*by).agg(nw.col(*counts).sum(), nw.col(*(f"{OWN}no_{name}" for name in counts)).max())
    )
    tallies = totals.select(
        *by, *(nw.when(nw.col(f"{OWN}no_{name}") == 0).then(nw.col(name).cast(nw.Int64)).alias(name) for name in counts)
    )
    return cast("FrameT", as_given(tallies.sort(*by), decided))


def unknown_outcomes(cases: FrameT) -> FrameT:
    """
    Find the words that are no ``Outcome`` (or no ``ComplianceStatus``), with the number of their rows.

    Args:
        cases: a frame with a column ``outcome``, or failing that ``status``.

    Returns:
        A frame with that column and ``rows``, sorted; missing values are not in it. A lazy frame stays lazy, and
        nothing is computed until the caller collects it.

    Raises:
        InvalidValue: there is neither column, or it is not of text.
        InvalidValue: ``cases`` is not a frame.
    """
    frame = as_frame(cases)
    check_columns(frame, {}, either=[{"outcome": TEXT, "status": TEXT}])
    name = "outcome" if "outcome" in frame.collect_schema() else "status"
    listed = [word.value for word in (Outcome if name == "outcome" else ComplianceStatus)]
    column = nw.col(name)
    unknown = frame.filter(~column.is_null() & ~column.is_in(listed)).group_by(name).agg(nw.len().alias("rows"))
    return cast("FrameT", as_given(unknown.sort(name), cases))


def _counted(  # noqa: PLR0913  # they are what two functions differ in
    cases: AnyFrame,
    by: Sequence[str],
    day: str,
    wanted: Mapping[str, str],
    parts: Mapping[str, nw.Expr],
    *,
    results: Sequence[str],
) -> AnyFrame:
    """
    Count rows by keys, all of them under the first name of the results, and those of which each part is true.

    Without a column ``year_ending`` the year follows from the day.
    """
    kinds = {**key_columns(by, "by", results), **wanted}
    columns = cases.collect_schema()
    follows = "year_ending" in by and "year_ending" not in columns
    if follows:
        del kinds["year_ending"]
    check_columns(cases, kinds, either=[{"year_ending": DAY, day: DAY}] if follows else ())
    cases = with_plain_texts(cases, kinds)
    keys: dict[str, nw.Expr] = {name: nw.col(name) for name in by}
    if follows:
        date = nw.col(day)
        # A missing date is of no year; it is year 0 on the way, since pandas cannot cast the year of a missing date.
        is_next = (date.dt.month().fill_null(0) > _LAST_MONTH).cast(nw.Int32)
        del keys["year_ending"]
        keys[_YEAR] = date.dt.year().fill_null(0).cast(nw.Int32) + is_next
    total = nw.len().alias(results[0])
    if cases.implementation.is_polars():
        # The one engine that adds up what is true of each row sooner than it groups by the words themselves.
        flagged = cases.select(**keys, **parts)
        counted = flagged.group_by(*keys).agg(total, nw.col(*parts).sum())
    else:
        words = {name: nw.col(name) for name in wanted if name not in keys}
        rows = cases.select(**keys, **words).group_by(*keys, *words).agg(nw.len().alias(_ROWS))
        # Rows are counted without a null; adding a zero made of a key gives them a type that can have one.
        # Each product is a column before it is summed: within ``agg`` a condition is wrong on some engines.
        first = next(iter(keys))
        number = nw.col(_ROWS).cast(nw.Int64) + (nw.col(first) != nw.col(first)).cast(nw.Int64).fill_null(0) * 0
        weighed = {name: nw.when(holds).then(number).otherwise(0) for name, holds in parts.items()}
        counted = rows.select(*keys, **{results[0]: number}, **weighed)
    if follows:
        # Only the frames that have a type for dates get dates; what came as a time goes as a time.
        counted = counted.with_columns(year_ending=_last_day(is_date=columns[day] == nw.Date))
    sums = nw.col(results[0], *parts)
    return counted.group_by(*by).agg(sums.sum()).with_columns(sums.cast(nw.Int64))


def _last_day(*, is_date: bool) -> nw.Expr:
    """Return the last day of a reporting year; missing where there is no year, or one that an engine does not have."""
    is_known = (nw.col(_YEAR) >= _FIRST_YEAR) & (nw.col(_YEAR) <= _LAST_YEAR)
    text = nw.concat_str([nw.when(is_known).then(_YEAR).otherwise(1975).cast(nw.String), nw.lit("-03-31")])
    day = text.str.to_date("%Y-%m-%d") if is_date else text.str.to_datetime("%Y-%m-%d")
    return nw.when(is_known).then(day)


_LAST_MONTH, _FIRST_YEAR, _LAST_YEAR = 3, 1678, 2261
"""The last month of a reporting year; the years of which every engine has all days, to the nanosecond."""
