"""Conversion of frames to reviews and back, the only module that reads rows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal, get_args

from lgsco.convert import from_rows, rows_of
from lgsco.convert.rows import columns_of
from lgsco.errors import InvalidValue
from lgsco.frames._columns import DAY, TEXT, WHOLE, as_frame, check_columns, nw
from lgsco.model.reviews import AnnualReview

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["frame_from", "reviews_from"]

Backend = Literal["pandas", "polars", "pyarrow"]
_WHO_AND_WHEN = {"authority": TEXT, "authority_type": TEXT, "year_ending": DAY}
_TEXTS = {"authority", "code", "authority_type", "source_title", "source_url", "source_basis"}
_DAYS = {"year_ending", "source_published_on"}
_MIDNIGHT = dt.time()


def reviews_from(counts: object) -> tuple[AnnualReview, ...]:
    """
    Read a review from each row of a frame.

    Args:
        counts: a frame with ``authority``, ``authority_type``, ``year_ending`` and any other columns of
            ``convert.rows_of`` reviews. Further columns, such as rates, are ignored. A lazy frame is collected.

    Returns:
        The reviews, in the order of the rows.

    >>> import polars, datetime
    >>> kent = {"authority": "Kent County Council", "authority_type": "county_council"}
    >>> row = kent | {"year_ending": datetime.date(2024, 3, 31), "upheld": 76, "investigations": 94}
    >>> reviews_from(polars.DataFrame([row]))[0].investigations
    InvestigationTally(upheld=76, not_upheld=18)

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: lists everything that is wrong with the rows, each with its row (from 1) and column.
        InvalidValue: ``counts`` is not a frame.
    """
    frame = as_frame(counts)
    columns = [name for name in columns_of(AnnualReview) if name in frame.collect_schema()]
    whole = [name for name in columns if name not in _TEXTS | _DAYS]
    check_columns(frame, {**_WHO_AND_WHEN, **dict.fromkeys(whole, WHOLE)})
    selected = frame.select(*columns)
    eager = selected.collect() if isinstance(selected, nw.LazyFrame) else selected
    # Each engine has its own mark for a missing value, and is asked which cells have it.
    cells = [
        [None if missing else _plain(cell) for cell, missing in zip(eager[name], eager[name].is_null(), strict=True)]
        for name in columns
    ]
    rows = (dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True))
    return tuple(from_rows(rows, AnnualReview))


def frame_from(reviews: Iterable[AnnualReview], backend: Backend) -> Any:
    """
    Return reviews as a frame with the columns of ``convert.rows_of``, one row a review.

    Args:
        reviews: any reviews.
        backend: "pandas", "polars" or "pyarrow".

    Returns:
        The frame, which ``reviews_from`` reads back. In pandas, days are times at midnight and whole numbers with
        missing values are floats.

    Raises:
        InvalidValue: the backend is none of these.
    """
    if backend not in get_args(Backend):
        raise InvalidValue.at("backend", backend, f"must be one of {', '.join(get_args(Backend))}")
    rows = rows_of(reviews)
    cells: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in columns_of(AnnualReview)}
    kinds: dict[str, Any] = dict.fromkeys(cells, nw.Int64) | dict.fromkeys(_TEXTS, nw.String)
    if backend == "pandas":
        # It has no type for days alone, and none on numpy for whole numbers with missing values.
        kinds |= {name: nw.Float64 for name in cells if kinds[name] == nw.Int64 and None in cells[name]}
        kinds |= dict.fromkeys(_DAYS, nw.Datetime("us"))
        for name in _DAYS:
            cells[name] = [None if day is None else dt.datetime.combine(day, _MIDNIGHT) for day in cells[name]]
    else:
        kinds |= dict.fromkeys(_DAYS, nw.Date)
    return nw.from_dict(cells, {name: kinds[name] for name in cells}, backend=backend).to_native()


def _plain(cell: Any) -> Any:
    """Return a cell of any engine as a value of Python: a time at midnight as a day, a whole float as an int."""
    plain = nw.to_py_scalar(cell)
    if isinstance(plain, dt.datetime) and plain.time() == _MIDNIGHT:
        return plain.date()
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain
