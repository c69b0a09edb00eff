"""Frames of every kind from the same columns, and their rows again, blanks as ``None``."""

import datetime as dt

import duckdb
import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import pyarrow as pa

TYPES = {
    **dict.fromkeys(("authority", "code", "authority_type", "outcome", "status", "service_area"), pa.string()),
    **dict.fromkeys(("year_ending", "decided_on", "recorded_on"), pa.date32()),
    "satisfactory_remedy": pa.bool_(),
}
"""What each column holds; any other holds whole numbers."""


class Stream:
    """Offers the Arrow C stream, and nothing else."""

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)


def table(columns):
    """Give columns, each a list, as a pyarrow table with the types of the contract."""
    return pa.table({name: pa.array(cells, TYPES.get(name, pa.int64())) for name, cells in columns.items()})


def pandas_on_numpy(columns):
    """Days as times at midnight, whole numbers with blanks as floats, flags with blanks as pandas' own."""
    frame = pd.DataFrame(index=range(len(next(iter(columns.values())))))
    for name, cells in columns.items():
        kind = TYPES.get(name, pa.int64())
        if kind == pa.string():
            frame[name] = pd.Series(cells, dtype="str")
        elif kind == pa.date32():
            frame[name] = pd.Series(np.array(cells, "datetime64[us]"))
        elif kind == pa.bool_():
            frame[name] = pd.Series(cells, dtype="boolean" if None in cells else "bool")
        else:
            frame[name] = pd.Series(cells, dtype="float64" if None in cells else "int64")
    return frame


def pandas_nullable(columns):
    """With the types that pandas has for columns with blanks."""
    frame = pd.DataFrame(index=range(len(next(iter(columns.values())))))
    for name, cells in columns.items():
        kind = TYPES.get(name, pa.int64())
        if kind == pa.date32():
            frame[name] = pd.Series(np.array(cells, "datetime64[us]"))
        else:
            chosen = {pa.string(): "string", pa.bool_(): "boolean"}.get(kind, "Int64")
            frame[name] = pd.Series(cells, dtype=chosen)
    return frame


def pandas_on_arrow(columns):
    """With Arrow's types, as ``pandas.read_parquet(..., dtype_backend="pyarrow")`` gives them."""
    return table(columns).to_pandas(types_mapper=pd.ArrowDtype)


def polars_eager(columns):
    return nw.from_arrow(table(columns), backend="polars").to_native()


def polars_lazy(columns):
    return polars_eager(columns).lazy()


def duckdb_default(columns):
    return duckdb.from_arrow(table(columns))


def duckdb_opened(columns):
    """A relation of a connection that the caller opened."""
    return OWN.from_arrow(table(columns))


OWN = duckdb.connect()


def stream(columns):
    return Stream(table(columns))


ENGINES = {
    "pandas on numpy": pandas_on_numpy,
    "pandas, nullable": pandas_nullable,
    "pandas on Arrow": pandas_on_arrow,
    "polars": polars_eager,
    "polars, lazy": polars_lazy,
    "pyarrow": table,
    "DuckDB": duckdb_default,
    "DuckDB, a connection of one's own": duckdb_opened,
    "the Arrow C stream": stream,
}


def rows_of(frame):
    """Give a frame's rows in order, each a dictionary, blanks as ``None`` and days as days."""
    known = nw.from_native(frame)
    eager = known.collect() if isinstance(known, nw.LazyFrame) else known
    cells = {
        name: [None if blank else _plain(cell) for cell, blank in zip(eager[name], eager[name].is_null(), strict=True)]
        for name in eager.columns
    }
    return [dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True)]


def _plain(cell):
    held = nw.to_py_scalar(cell)
    return held.date() if isinstance(held, dt.datetime) else held
