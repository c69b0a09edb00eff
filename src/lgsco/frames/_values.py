"""Conversion of frames to reviews and back, the only module that reads rows."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Literal, get_args

from lgsco.convert.results import ROWS_OF_RESULTS
from lgsco.convert.rows import columns_of, from_rows, rows_of
from lgsco.convert.tables import dataset_from_tables, layout, tables_of
from lgsco.errors import EmptyInput, InvalidValue, Problem
from lgsco.frames._columns import DAY, TEXT, WHOLE, as_frame, check_columns, nw
from lgsco.model.reviews import AnnualReview

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lgsco.comparison.comparisons import Comparison
    from lgsco.comparison.funnels import Funnel
    from lgsco.comparison.groups import GroupRates
    from lgsco.comparison.shrinkage import Shrinkage
    from lgsco.dataset import Dataset
    from lgsco.series.changes import Change

    Result = Comparison | Change | Funnel | GroupRates | Shrinkage

Backend = Literal["pandas", "polars", "pyarrow"]
_WHO_AND_WHEN = {"authority": TEXT, "authority_type": TEXT, "year_ending": DAY}
_TEXTS = {"authority", "code", "authority_type", "source_title", "source_url", "source_basis"}
_TEXTS |= {"measure", "position", "verdict"}
_FLOATS = {"lower", "upper", "benchmark", "difference", "target", "z_score", "p_value", "estimate", "weight"}
_FLOATS |= {f"{limit}_{level}" for limit in ("lower", "upper") for level in ("95", "99_8")}
_DAYS = {"year_ending", "source_published_on"}
_MIDNIGHT = dt.time()
_DTYPES: dict[type, Any] = {int: nw.Int64, float: nw.Float64, str: nw.String, bool: nw.Boolean, dt.date: nw.Date}
_NULLABLE = {int: "Int64", bool: "boolean", str: "string"}
_FLAGS = ("true", "false", "True", "False", "TRUE", "FALSE")
_WHOLE = re.compile(r"-?\d{1,19}", re.ASCII)
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", re.ASCII)


def reviews_from(counts: object, *, columns: Mapping[str, str] | None = None) -> tuple[AnnualReview, ...]:
    """
    Read a review from each row of a frame.

    Args:
        counts: a frame with ``authority``, ``authority_type``, ``year_ending`` and any other columns of
            ``convert.rows_of`` reviews. Further columns, such as rates, are ignored. A lazy frame is collected.
        columns: the caller's own names of columns, by ours, such as ``{"upheld": "fault_found"}``.

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
    frame = as_frame(counts, columns)
    names = [name for name in columns_of(AnnualReview) if name in frame.collect_schema()]
    whole = [name for name in names if name not in _TEXTS | _DAYS]
    check_columns(frame, {**_WHO_AND_WHEN, **dict.fromkeys(whole, WHOLE)})
    return tuple(from_rows(_rows(frame.select(*names)), AnnualReview))


def frame_from(values: Iterable[AnnualReview | Result], backend: Backend) -> Any:
    """
    Return reviews, or results of one type, as a frame with the columns of ``convert.rows_of``.

    Args:
        values: any reviews; or comparisons, changes, funnels, rates of groups or shrinkages, at least one.
        backend: "pandas", "polars" or "pyarrow".

    Returns:
        A frame with one row for a review, a comparison or a change, else with one for each council. ``reviews_from``
        reads reviews back. Whole numbers and texts may be missing (``Int64`` and ``string`` in pandas). In pandas, days
        are times at midnight.

    Raises:
        InvalidValue: the backend is none of these, or a value is of another type or not of the type of the others.
        EmptyInput: the results are of no council.

    >>> from lgsco import published, uphold_rate
    >>> data = published.dataset()
    >>> compared = [data.compare("Kent", year, uphold_rate) for year in ("2023-24", "2024-25")]
    >>> frame_from(compared, "polars").select("year_ending", "numerator", "percent").rows()
    [(datetime.date(2024, 3, 31), 76, 81), (datetime.date(2025, 3, 31), 63, 83)]
    """
    _check_backend(backend)
    parts = [*values]
    allowed = (AnnualReview, *ROWS_OF_RESULTS)
    kind = type(parts[0]) if parts and type(parts[0]) in allowed else AnnualReview
    problems = [
        Problem.at(f"values[{index}]", part, f"is not {kind.__name__}")
        for index, part in enumerate(parts)
        if type(part) is not kind
    ]
    if problems:
        raise InvalidValue(problems)
    rows = rows_of(parts)
    if kind is not AnnualReview and not rows:
        raise EmptyInput("the results are of no council")
    names = columns_of(AnnualReview) if kind is AnnualReview else rows[0]
    return _frame_of(rows, {name: _kind_of(name) for name in names}, backend)


def _kind_of(column: str) -> type:
    """Return what a column of reviews or results has, by its name."""
    name = column.removeprefix("earlier_").removeprefix("later_")
    if name in _DAYS:
        return dt.date
    return str if name in _TEXTS else float if name in _FLOATS else bool if name == "widened" else int


def frames_of(dataset: Dataset, backend: Backend) -> dict[str, Any]:
    """
    Return a dataset as frames, one for each table of ``convert.tables_of``.

    Args:
        dataset: the dataset.
        backend: "pandas", "polars" or "pyarrow".

    Returns:
        The frames by name, which ``dataset_from`` reads back. The numbers in columns such as ``authority_id`` are those
        of the column ``id`` of another frame.

    >>> from lgsco import published
    >>> tables = frames_of(published.dataset(), "polars")
    >>> tables["averages"].join(tables["sources"], left_on="source_id", right_on="id").columns[:5]
    ['id', 'authority_type', 'year_ending', 'measure', 'percent']

    Raises:
        InvalidValue: the backend is none of these.
    """
    _check_backend(backend)
    rows = tables_of(dataset)
    return {
        name: _frame_of(rows[name], {column.name: column.kind for column in columns}, backend)
        for name, columns in layout().tables.items()
    }


def dataset_from(frames: Mapping[str, object]) -> Dataset:
    """
    Read a dataset from the frames that ``frames_of`` made, or that files of them gave back.

    Args:
        frames: frames of any kind, by the names of ``convert.tables_of``. A lazy frame is collected. A file of text is
            best read as text, so that a printed 4.0 does not become 4: whole numbers, days and flags are read from it.

    Returns:
        The dataset, equal to the one that was laid out.

    Raises:
        InvalidValue: an argument is not a frame; or a table, a column or a cell is not that of a dataset; lists all.
    """
    tables: dict[str, list[dict[str, Any]]] = {}
    for name, frame in frames.items():
        kinds = {column.name: column.kind for column in layout().tables.get(name, ())}
        tables[name] = [
            {column: _typed(cell, kinds.get(column, object)) for column, cell in row.items()} for row in _rows(frame)
        ]
    return dataset_from_tables(tables)


def _check_backend(backend: object) -> None:
    if backend not in get_args(Backend):
        raise InvalidValue.at("backend", backend, f"must be one of {', '.join(get_args(Backend))}")


def _frame_of(rows: Sequence[Mapping[str, Any]], kinds: Mapping[str, type], backend: Backend) -> Any:
    cells: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in kinds}
    if backend != "pandas":
        return nw.from_dict(cells, {name: _DTYPES[kind] for name, kind in kinds.items()}, backend=backend).to_native()
    # It has no type for days alone; its types for what may be missing are its own, and no other engine's.
    dtypes: dict[str, Any] = {name: _DTYPES[kind] for name, kind in kinds.items()}
    for name, kind in kinds.items():
        if kind is dt.date:
            dtypes[name] = nw.Datetime("us")
            cells[name] = [None if day is None else dt.datetime.combine(day, _MIDNIGHT) for day in cells[name]]
    nullable = {name: _NULLABLE[kind] for name, kind in kinds.items() if kind in _NULLABLE}
    return (
        nw.from_dict(cells, dtypes | dict.fromkeys(nullable, nw.Object), backend=backend).to_native().astype(nullable)
    )


def _rows(frame: object) -> Iterator[dict[str, Any]]:
    """Return the rows of any frame, with ``None`` for what is missing."""
    known = as_frame(frame)
    eager = known.collect() if isinstance(known, nw.LazyFrame) else known
    # Each engine has its own mark for a missing value, and is asked which cells have it.
    cells = [
        [None if missing else _plain(cell) for cell, missing in zip(eager[name], eager[name].is_null(), strict=True)]
        for name in eager.columns
    ]
    # A frame without columns has no rows.
    return (dict(zip(eager.columns, row, strict=True)) for row in zip(*cells, strict=True))


def _typed(cell: Any, kind: type) -> Any:
    """Return a cell as a table has it, where a file of text has kept it otherwise; what does not fit stays as it is."""
    if kind is dt.date and isinstance(cell, str) and _DAY.fullmatch(cell):
        return dt.date.fromisoformat(cell)
    if kind is int and isinstance(cell, str) and _WHOLE.fullmatch(cell):
        return int(cell)
    return cell.casefold() == "true" if kind is bool and cell in _FLAGS else cell


def _plain(cell: Any) -> Any:
    """Return a cell of any engine as a value of Python: a time at midnight as a day, a whole float as an int."""
    plain = nw.to_py_scalar(cell)
    if isinstance(plain, dt.datetime) and plain.time() == _MIDNIGHT:
        return plain.date()
    return int(plain) if isinstance(plain, float) and plain.is_integer() else plain
