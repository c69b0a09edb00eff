"""
Checks of the columns of a frame, and conversion of frames of any kind to narwhals and back.

Only names and types are checked here, and no row, so a lazy frame stays lazy.
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
    "as_frame",
    "as_given",
    "check_columns",
    "key_columns",
    "nw",
    "stacked",
    "unpivoted",
]


class ArrowStream(Protocol):
    """Any object that offers its rows by the Arrow C stream."""

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


def as_frame(frame: Any) -> AnyFrame:
    """
    Return any frame as a frame of narwhals; what has only the Arrow C stream becomes a pyarrow table.

    Raises:
        InvalidValue: the argument is not a frame.
    """
    known: Any = nw.from_native(frame, allow_series=True, pass_through=True)
    if isinstance(known, nw.DataFrame | nw.LazyFrame):
        return known
    if hasattr(frame, "__arrow_c_stream__") and not isinstance(known, nw.Series):
        return nw.from_arrow(frame, backend="pyarrow")
    raise InvalidValue.at("frame", type(frame).__name__, "is not a frame, and offers no Arrow C stream")


def as_given(frame: AnyFrame, original: object) -> Any:
    """Return a frame as the kind that the caller gave."""
    return frame if isinstance(original, nw.DataFrame | nw.LazyFrame) else frame.to_native()


def stacked(parts: list[Any]) -> AnyFrame:
    """Concatenate frames of one kind and the same columns."""
    frame: AnyFrame = nw.concat(parts, how="vertical")
    return frame


def unpivoted(frame: AnyFrame, columns: Sequence[str], name: str, cell: str) -> AnyFrame:
    """Turn columns without blanks into rows, each with the name of its column, its cell, and all else of the row."""
    if frame.implementation.is_duckdb():
        # narwhals asks DuckDB's default connection for this, and a relation may be of another; it asks itself here.
        quoted = ", ".join(f'"{column}"' for column in columns)
        relation: Any = frame.to_native()
        unpivoted_relation = relation.query("_wide", f'unpivot _wide on {quoted} into name "{name}" value "{cell}"')
        long: AnyFrame = nw.from_native(unpivoted_relation)
        return long
    index = [column for column in frame.collect_schema().names() if column not in columns]
    return frame.unpivot(on=[*columns], index=index, variable_name=name, value_name=cell)


def check_columns(frame: AnyFrame, wanted: Mapping[str, str], *, either: Iterable[Mapping[str, str]] = ()) -> None:
    """
    Check the names and the types of the columns of a frame.

    Args:
        frame: the frame.
        wanted: the type of each column that must be there.
        either: alternatives, of each of which one column is enough.

    Raises:
        InvalidValue: lists every column that is missing or of the wrong type.
    """
    schema = frame.collect_schema()
    numpy = frame.implementation.is_pandas_like()
    problems = [Problem(Place(column=name), "is missing") for name in wanted if name not in schema]
    types = dict(wanted)
    for choice in either:
        names = [name for name in choice if name in schema]
        if names:
            types[names[0]] = choice[names[0]]
        else:
            problems.append(Problem(Place(column=" or ".join(choice)), "is missing"))
    for name, kind in types.items():
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


def key_columns(columns: object, argument: str) -> dict[str, str]:
    """
    Return the types that columns named by the caller must have; a column of the caller's own may have any.

    Raises:
        InvalidValue: the names are not one or more, in a list or tuple.
    """
    if isinstance(columns, str) or not isinstance(columns, Sequence) or not columns:
        raise InvalidValue.at(argument, columns, "must be the names of one or more columns, in a list or tuple")
    return {name: _KEYS.get(name, ANYTHING) for name in columns}


_KEYS = {"authority": TEXT, "code": TEXT, "authority_type": TEXT, "service_area": TEXT, "year_ending": DAY}
