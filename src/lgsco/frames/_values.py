"""From frames to typed values, and back: the only place where rows are looked at."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal, get_args

from lgsco.convert import from_rows, rows_of
from lgsco.convert.rows import columns_of
from lgsco.errors import InvalidValue
from lgsco.frames._columns import DAY, TEXT, WHOLE, checked, nw, opened
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
    Make a review of each row of a frame: the columns are those of ``convert.rows_of`` reviews, any count may be absent.

    Other columns (rates, say) are left alone. A lazy frame is collected here.

    >>> import polars, datetime
    >>> kent = {"authority": "Kent County Council", "authority_type": "county_council"}
    >>> row = kent | {"year_ending": datetime.date(2024, 3, 31), "upheld": 76, "investigations": 94}
    >>> reviews_from(polars.DataFrame([row]))[0].investigations
    InvestigationTally(upheld=76, not_upheld=18)

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
        InvalidValue: lists everything that is wrong with the rows, each with its row (from 1) and column.
        InvalidValue: it is no frame.
    """
    frame = opened(counts)
    held = [name for name in columns_of(AnnualReview) if name in frame.collect_schema()]
    whole = [name for name in held if name not in _TEXTS | _DAYS]
    checked(frame, {**_WHO_AND_WHEN, **dict.fromkeys(whole, WHOLE)})
    asked = frame.select(*held)
    eager = asked.collect() if isinstance(asked, nw.LazyFrame) else asked
    # Each engine has marks of its own for a blank; it is asked which cells are blank.
    cells = [
        [None if blank else _plain(cell) for cell, blank in zip(eager[name], eager[name].is_null(), strict=True)]
        for name in held
    ]
    rows = (dict(zip(held, row, strict=True)) for row in zip(*cells, strict=True))
    return tuple(from_rows(rows, AnnualReview))


def frame_from(reviews: Iterable[AnnualReview], backend: Backend) -> Any:
    """
    Lay reviews out as a frame of "pandas", "polars" or "pyarrow": the columns of ``convert.rows_of``, one row a review.

    ``reviews_from`` reads it back. In pandas, days are times at midnight and whole numbers with blanks are floats.

    Raises:
        InvalidValue: the backend is none of these.
    """
    if backend not in get_args(Backend):
        raise InvalidValue.at("backend", backend, f"must be one of {', '.join(get_args(Backend))}")
    rows = rows_of(reviews)
    held: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in columns_of(AnnualReview)}
    kinds: dict[str, Any] = dict.fromkeys(held, nw.Int64) | dict.fromkeys(_TEXTS, nw.String)
    if backend == "pandas":
        # It has no type for days alone, and none on numpy for whole numbers with blanks.
        kinds |= {name: nw.Float64 for name in held if kinds[name] == nw.Int64 and None in held[name]}
        kinds |= dict.fromkeys(_DAYS, nw.Datetime("us"))
        for name in _DAYS:
            held[name] = [None if day is None else dt.datetime.combine(day, _MIDNIGHT) for day in held[name]]
    else:
        kinds |= dict.fromkeys(_DAYS, nw.Date)
    return nw.from_dict(held, {name: kinds[name] for name in held}, backend=backend).to_native()


def _plain(cell: Any) -> Any:
    """Give a cell of pandas or numpy as Python has it; a day as a day, and a whole number as one."""
    held = nw.to_py_scalar(cell)
    if isinstance(held, dt.datetime) and held.time() == _MIDNIGHT:
        return held.date()
    return int(held) if isinstance(held, float) and held.is_integer() else held
