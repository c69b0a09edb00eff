"""Tallies of a frame with one row a case: a frame with one row a council and year."""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Mapping, Sequence
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
_NO_FINDING, _UPHELD, _REMEDIED, _REMEDY_UNKNOWN, _NOT_UPHELD, _UNKNOWN = range(6)
_NOT_COMPLIED, _LATE, _ON_TIME = range(3)
_COMPLIED = 4  # _UNKNOWN is 5
_IS, _ROWS, _YEAR, _UNKNOWNS, _REMEDY_UNKNOWNS, _UNDATED = (
    f"{OWN}{name}" for name in ("is", "rows", "year", "unknown", "remedy_unknown", "undated")
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
    # Compared word by word, which takes half as long as to look each outcome up in a list.
    closed = functools.reduce(operator.or_, (outcome == word for word in _NO_FINDINGS))
    # One small number has all that counts of a case; rows are counted by it, and nothing more is done to each.
    finding = _code(
        (
            outcome == Outcome.UPHELD.value,
            _code((remedy, _REMEDIED), (remedy.is_null(), _REMEDY_UNKNOWN), otherwise=_UPHELD),
        ),
        (outcome == Outcome.NOT_UPHELD.value, _NOT_UPHELD),
        (closed, _NO_FINDING),
        otherwise=_UNKNOWN,
    )
    wanted = {"outcome": TEXT, "satisfactory_remedy": FLAG}
    kind_counts = _counted(frame, by, "decided_on", wanted, finding, results=_DECISION_COUNTS)
    is_upheld = nw.col(_IS).is_in([_UPHELD, _REMEDIED, _REMEDY_UNKNOWN])
    parts = {
        "decisions": None,
        "investigations": is_upheld | (nw.col(_IS) == _NOT_UPHELD),
        "upheld": is_upheld,
        "satisfactory_remedies": nw.col(_IS) == _REMEDIED,
        _UNKNOWNS: nw.col(_IS) == _UNKNOWN,
        _REMEDY_UNKNOWNS: nw.col(_IS) == _REMEDY_UNKNOWN,
    }
    totals = _summed(kind_counts, by, parts)
    known = nw.col(_UNKNOWNS) == 0
    blanked = totals.with_columns(
        nw.when(known).then(nw.col("investigations")).alias("investigations"),
        nw.when(known).then(nw.col("upheld")).alias("upheld"),
        nw.when(known & (nw.col(_REMEDY_UNKNOWNS) == 0))
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
    kind = _code(
        (status == ComplianceStatus.ON_TIME.value, _ON_TIME),
        (status == ComplianceStatus.LATE.value, _LATE),
        (status == ComplianceStatus.COMPLIED.value, _COMPLIED),
        (status == ComplianceStatus.NOT_COMPLIED.value, _NOT_COMPLIED),
        otherwise=_UNKNOWN,
    )
    kind_counts = _counted(frame, by, "recorded_on", {"status": TEXT}, kind, results=_COMPLIANCE_COUNTS)
    parts = {
        "compliance_outcomes": None,
        "complied": nw.col(_IS).is_in([_ON_TIME, _LATE, _COMPLIED]),
        "late": nw.col(_IS) == _LATE,
        _UNDATED: nw.col(_IS) == _COMPLIED,
        _UNKNOWNS: nw.col(_IS) == _UNKNOWN,
    }
    known = nw.col(_UNKNOWNS) == 0
    blanked = _summed(kind_counts, by, parts).with_columns(
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


def _code(*choices: tuple[nw.Expr, int | nw.Expr], otherwise: int) -> nw.Expr:
    """Return the code of the first condition that holds, as a small number."""
    code = nw.lit(otherwise, nw.Int8)
    for condition, number in reversed(choices):
        code = nw.when(condition).then(nw.lit(number, nw.Int8) if isinstance(number, int) else number).otherwise(code)
    return code


def _counted(  # noqa: PLR0913  # they are what two functions differ in
    cases: AnyFrame, by: Sequence[str], day: str, wanted: Mapping[str, str], kind: nw.Expr, *, results: Iterable[str]
) -> AnyFrame:
    """Count rows by keys and kind into a column; without a column ``year_ending`` the year follows from the day."""
    kinds = {**key_columns(by, "by", results), **wanted}
    follows = "year_ending" in by and "year_ending" not in cases.collect_schema()
    if not follows:
        check_columns(cases, kinds)
        cases = with_plain_texts(cases, kinds)
        if cases.implementation.is_polars():
            # The one engine that works out a small number for each row sooner than it groups by the words themselves.
            return cases.select(*by, kind.alias(_IS)).group_by(*by, _IS).agg(nw.len().alias(_ROWS))
        together = dict.fromkeys([*by, *wanted])
        rows = cases.select(*together).group_by(*together).agg(nw.len().alias(_ROWS))
        return rows.select(*by, kind.alias(_IS), _ROWS)
    del kinds["year_ending"]
    check_columns(cases, kinds, either=[{"year_ending": DAY, day: DAY}])
    cases = with_plain_texts(cases, kinds)
    date = nw.col(day)
    # A missing date is of no year; it is year 0 on the way, since pandas cannot cast the year of a missing date.
    ending = date.dt.year().fill_null(0).cast(nw.Int32) + (date.dt.month().fill_null(0) > _LAST_MONTH).cast(nw.Int32)
    others = [name for name in by if name != "year_ending"]
    selected = cases.select(*others, ending.alias(_YEAR), kind.alias(_IS))
    rows = selected.group_by(*others, _YEAR, _IS).agg(nw.len().alias(_ROWS))
    is_known = (nw.col(_YEAR) >= _FIRST_YEAR) & (nw.col(_YEAR) <= _LAST_YEAR)
    last_day = nw.concat_str([nw.when(is_known).then(_YEAR).otherwise(1975).cast(nw.String), nw.lit("-03-31")])
    # Only the frames that have a type for dates get dates; what came as a time goes as a time.
    is_date = cases.collect_schema()[day] == nw.Date
    year = last_day.str.to_date("%Y-%m-%d") if is_date else last_day.str.to_datetime("%Y-%m-%d")
    return rows.with_columns(nw.when(is_known).then(year).alias("year_ending"))


_LAST_MONTH, _FIRST_YEAR, _LAST_YEAR = 3, 1678, 2261
"""The last month of a reporting year; the years of which every engine has all days, to the nanosecond."""


def _summed(kind_counts: AnyFrame, by: Sequence[str], parts: Mapping[str, nw.Expr | None]) -> AnyFrame:
    """Add up the rows for which the condition of each part holds; a part without a condition is of all rows."""
    # Rows are counted without a null; adding a zero made of a key gives them a type that can have one.
    rows = nw.col(_ROWS).cast(nw.Int64) + (nw.col(by[0]) != nw.col(by[0])).cast(nw.Int64).fill_null(0) * 0
    # Each product is a column before it is summed: within ``agg`` a condition is wrong on some engines.
    flagged = kind_counts.with_columns(
        (rows if holds is None else nw.when(holds).then(rows).otherwise(0)).alias(name) for name, holds in parts.items()
    )
    return flagged.group_by(*by).agg(nw.col(*parts).sum()).with_columns(nw.col(*parts).cast(nw.Int64))
