"""
What columns a frame must have, and how a frame of any kind comes in and goes out again.

Only names and types are looked at here; no row is, so a lazy frame stays lazy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from lgsco.errors import InvalidValue, MissingExtra, Place, Problem
from lgsco.model import counts
from lgsco.model.counts import RATE_COLUMNS
from lgsco.model.measures import KEY_STATISTICS

try:
    import narwhals.stable.v2 as nw
except ImportError:
    raise MissingExtra("frames", "narwhals", "work on frames") from None

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from narwhals.stable.v2.typing import IntoFrame

__all__ = [
    "ANYTHING",
    "COUNTS",
    "DAY",
    "FLAG",
    "TEXT",
    "WHOLE",
    "AnyFrame",
    "ArrowStream",
    "FrameT",
    "checked",
    "given_back",
    "named",
    "nw",
    "opened",
    "stacked",
    "unpivoted",
]


class ArrowStream(Protocol):
    """Whatever offers its rows by the Arrow C stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


FrameT = TypeVar("FrameT", bound="IntoFrame | ArrowStream")
AnyFrame: TypeAlias = "nw.DataFrame[Any] | nw.LazyFrame[Any]"

ANYTHING = "anything"
TEXT = "text"
DAY = "a date"
FLAG = "true or false"
WHOLE = "whole numbers"

_COUNTED = {column for measure in KEY_STATISTICS for column in RATE_COLUMNS[measure.name]}
COUNTS = tuple(entry.column for entry in counts.COUNTS if entry.column in _COUNTED)
"""The counts from which the three key statistics follow."""


def opened(frame: Any) -> AnyFrame:
    """
    Take any frame in; what offers nothing but the Arrow C stream becomes a pyarrow table.

    Raises:
        InvalidValue: it is no frame.
    """
    known: Any = nw.from_native(frame, allow_series=True, pass_through=True)
    if isinstance(known, nw.DataFrame | nw.LazyFrame):
        return known
    if hasattr(frame, "__arrow_c_stream__") and not isinstance(known, nw.Series):
        return nw.from_arrow(frame, backend="pyarrow")
    raise InvalidValue.at("frame", type(frame).__name__, "is no frame, and offers no Arrow C stream")


def given_back(frame: AnyFrame, given: object) -> Any:
    """Give a frame as the kind that was given."""
    return frame if isinstance(given, nw.DataFrame | nw.LazyFrame) else frame.to_native()


def stacked(parts: list[Any]) -> AnyFrame:
    """Lay frames of one kind and the same columns one under another."""
    below: AnyFrame = nw.concat(parts, how="vertical")
    return below


def unpivoted(frame: AnyFrame, columns: Sequence[str], name: str, cell: str) -> AnyFrame:
    """Turn columns without blanks into rows, each with the name of its column, its cell, and all else of the row."""
    if frame.implementation.is_duckdb():
        # narwhals asks DuckDB's default connection for this, and a relation may be of another; it asks itself here.
        quoted = ", ".join(f'"{column}"' for column in columns)
        relation: Any = frame.to_native()
        turned = relation.query("_wide", f'unpivot _wide on {quoted} into name "{name}" value "{cell}"')
        long: AnyFrame = nw.from_native(turned)
        return long
    index = [column for column in frame.collect_schema().names() if column not in columns]
    return frame.unpivot(on=[*columns], index=index, variable_name=name, value_name=cell)


def checked(frame: AnyFrame, wanted: Mapping[str, str], *, either: Iterable[Mapping[str, str]] = ()) -> None:
    """
    Hold the columns of a frame against what is wanted; of each ``either`` one is enough.

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
    """
    schema = frame.collect_schema()
    numpy = frame.implementation.is_pandas_like()
    problems = [Problem(Place(column=name), "is missing") for name in wanted if name not in schema]
    asked = dict(wanted)
    for choice in either:
        held = [name for name in choice if name in schema]
        if held:
            asked[held[0]] = choice[held[0]]
        else:
            problems.append(Problem(Place(column=" or ".join(choice)), "is missing"))
    for name, kind in asked.items():
        if name in schema and not _is(schema[name], kind, numpy=numpy):
            problems.append(Problem(Place(column=name), f"is not {kind}", value=str(schema[name])))
    if problems:
        raise InvalidValue(problems)


def _is(dtype: Any, kind: str, *, numpy: bool) -> bool:
    if kind == ANYTHING:
        return True
    if kind == TEXT:
        return dtype in {nw.String, nw.Categorical} or isinstance(dtype, nw.Enum)
    if kind == DAY:
        return dtype == nw.Date or (dtype == nw.Datetime and getattr(dtype, "time_zone", None) is None)
    if kind == FLAG:
        return bool(dtype == nw.Boolean)
    # In pandas on numpy a column of whole numbers with blanks is of floats: it has no other.
    return bool(dtype.is_integer() or (numpy and dtype.is_float()))


def named(columns: object, argument: str) -> dict[str, str]:
    """
    Give what columns that the caller names must hold; one that is the caller's own may hold anything.

    Raises:
        InvalidValue: they are not one or more names in a list or tuple.
    """
    if isinstance(columns, str) or not isinstance(columns, Sequence) or not columns:
        raise InvalidValue.at(argument, columns, "must be the names of one or more columns, in a list or tuple")
    return {name: _KEYS.get(name, ANYTHING) for name in columns}


_KEYS = {"authority": TEXT, "code": TEXT, "authority_type": TEXT, "service_area": TEXT, "year_ending": DAY}
