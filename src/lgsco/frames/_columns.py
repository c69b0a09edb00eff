"""
Checks of the columns of a frame, and conversion of frames of any kind to narwhals and back.

Only names and types are checked here, and no row, so a lazy frame stays lazy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from lgsco._text import one_line
from lgsco._values import LARGEST_COUNT
from lgsco.convert.rows import columns_of
from lgsco.errors import InvalidValue, MissingExtra, Place, Problem
from lgsco.model import counts
from lgsco.model.counts import RATE_COLUMNS
from lgsco.model.measures import KEY_STATISTICS
from lgsco.model.reviews import AnnualReview

try:
    import narwhals.stable.v2 as nw
    from narwhals.exceptions import DuplicateError
except ImportError as error:
    raise MissingExtra.unless_broken(
        error, "narwhals", extra="frames", package="narwhals", purpose="work on frames"
    ) from None

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from narwhals.stable.v2.typing import IntoFrame

__all__ = [
    "ANYTHING",
    "COUNTS",
    "DAY",
    "FLAG",
    "OWN",
    "TEXT",
    "WHOLE",
    "AnyFrame",
    "ArrowStream",
    "FrameT",
    "as_frame",
    "as_given",
    "check_columns",
    "is_whole",
    "key_columns",
    "nw",
    "repeated",
    "stacked",
    "whole_numbers",
    "with_plain_texts",
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

OWN = "_lgsco_"
"""How the names of all columns begin that are there on the way only; no frame may have one of its own."""

_COUNTED = {column for measure in KEY_STATISTICS for column in RATE_COLUMNS[measure.name]}
COUNTS = tuple(entry.column for entry in counts.COUNTS if entry.column in _COUNTED)
"""The counts from which the three key statistics follow."""


def as_frame(frame: Any, columns: Mapping[str, str] | None = None) -> AnyFrame:
    """
    Return any frame as a frame of narwhals; what has only the Arrow C stream becomes a pyarrow table.

    Args:
        frame: the frame.
        columns: the caller's names of columns, by ours, which they get.

    Raises:
        InvalidValue: the argument is not a frame, or the name of a column is duplicated or reserved; or ``columns``
            names one that is not there, or is not ours.
    """
    try:
        known: Any = nw.from_native(frame, allow_series=True, pass_through=True)
        if hasattr(frame, "__arrow_c_stream__") and not isinstance(known, nw.DataFrame | nw.LazyFrame | nw.Series):
            known = nw.from_arrow(frame, backend="pyarrow")
        if not isinstance(known, nw.DataFrame | nw.LazyFrame):
            raise InvalidValue.at("frame", type(frame).__name__, "is not a frame, and offers no Arrow C stream")
        names = known.collect_schema().names()
    except DuplicateError as error:
        raise InvalidValue.at(
            "frame", type(frame).__name__, f"has two columns of one name: {one_line(str(error))}"
        ) from None
    reserved = [name for name in names if str(name).startswith(OWN)]
    if reserved:
        raise InvalidValue([Problem(Place(column=name), f"begins with {OWN}, as only ours do") for name in reserved])
    if not columns:
        return known
    problems = [
        Problem.at("columns", ours, "is not a column of this package" if ours not in _NAMES else "is there already")
        for ours in columns
        if ours not in _NAMES or (ours in names and ours not in columns.values())
    ]
    times = Counter(columns.values())
    problems += [
        Problem(Place(column=theirs), "is duplicated" if theirs in names else "is missing")
        for theirs in times
        if theirs not in names or times[theirs] > 1
    ]
    if problems:
        raise InvalidValue(problems)
    return known.rename({theirs: ours for ours, theirs in columns.items()})


def as_given(frame: AnyFrame, original: object, columns: Mapping[str, str] | None = None) -> Any:
    """
    Return a frame as the kind that the caller gave, and its columns, by our names, under those of the caller.

    Raises:
        InvalidValue: a column that was added has a name of the caller's.
    """
    if columns:
        names = frame.collect_schema().names()
        taken = [theirs for theirs in columns.values() if theirs in names and theirs not in columns]
        if taken:
            raise InvalidValue(Problem(Place(column=name), "is also a column of the result") for name in taken)
        frame = frame.rename(dict(columns))
    return frame if isinstance(original, nw.DataFrame | nw.LazyFrame) else frame.to_native()


_NAMES = {
    *columns_of(AnnualReview),
    *("decided_on", "recorded_on", "outcome", "satisfactory_remedy", "service_area", "status", "decisions"),
    "population",
}


def stacked(parts: list[Any]) -> AnyFrame:
    """Concatenate frames of one kind and the same columns."""
    frame: AnyFrame = nw.concat(parts, how="vertical")
    return frame


def repeated(frame: AnyFrame, times: int, name: str) -> AnyFrame:
    """Return each row a number of times, with a column that numbers its copies from 0."""
    if frame.implementation.is_duckdb():
        # narwhals asks DuckDB's default connection to unpivot, and a relation may be of another; it asks itself here.
        relation: Any = frame.to_native()
        copies: AnyFrame = nw.from_native(relation.project(f'*, unnest({[*range(times)]}) as "{name}"'))
        return copies
    numbers = [f"{name}_{number}" for number in range(times)]
    numbered = frame.with_columns(nw.lit(number, nw.Int64).alias(column) for number, column in enumerate(numbers))
    index = frame.collect_schema().names()
    return numbered.unpivot(on=numbers, index=index, variable_name=f"{name}_name", value_name=name)


def with_plain_texts(frame: AnyFrame, columns: Iterable[str]) -> AnyFrame:
    """Return a frame whose categories of Arrow are texts: neither pyarrow nor pandas sorts all of them."""
    arrow = frame.implementation.is_pyarrow()
    if not arrow and not frame.implementation.is_pandas_like():
        return frame
    schema, native = frame.collect_schema(), frame.to_native()
    coded = [
        name
        for name in columns
        if schema[name] == nw.Categorical and (arrow or str(native[name].dtype).startswith("dictionary"))
    ]
    return frame.with_columns(nw.col(name).cast(nw.String) for name in coded) if coded else frame


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
            # What pandas does not know the type of: objects of Python, such as True beside None.
            hint = "; give it a type, as pandas does by convert_dtypes()" if schema[name] == nw.Object else ""
            problems.append(Problem(Place(column=name), f"is not {kind}{hint}", value=str(schema[name])))
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


def is_whole(name: str) -> nw.Expr:
    """Return True where a column of floats has a whole number, which is never so vast that it is not exact."""
    column = nw.col(name)
    # What is left over is not asked for: pandas has it for some of its types only.
    return (column // 1 == column) & (column.abs() <= LARGEST_COUNT)


def whole_numbers(name: str, schema: Mapping[str, Any]) -> nw.Expr:
    """Return a column of whole numbers, small ones widened, so that none overflows; null where it has none."""
    kind = schema[name]
    if kind.is_float():
        return nw.when(is_whole(name)).then(nw.col(name))
    return nw.col(name) if kind == nw.Int64 else nw.col(name).cast(nw.Int64)


def key_columns(columns: object, argument: str, results: Iterable[str] = ()) -> dict[str, str]:
    """
    Return the types that columns named by the caller must have; a column of the caller's own may have any.

    Args:
        columns: the names.
        argument: the name of the argument.
        results: the names of the columns that are put beside them.

    Raises:
        InvalidValue: the names are not one or more, in a list or tuple, or one is duplicated or that of a result.
    """
    if isinstance(columns, str) or not isinstance(columns, Sequence) or not columns:
        raise InvalidValue.at(argument, columns, "must be the names of one or more columns, in a list or tuple")
    problems = [Problem.at(argument, name, "is duplicated") for name, times in Counter(columns).items() if times > 1]
    problems += [Problem.at(argument, name, "is also a column of the result") for name in results if name in columns]
    if problems:
        raise InvalidValue(problems)
    return {name: _KEYS.get(name, ANYTHING) for name in columns}


_KEYS = {"authority": TEXT, "code": TEXT, "authority_type": TEXT, "service_area": TEXT, "year_ending": DAY}
