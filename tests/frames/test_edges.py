"""Columns of kinds that went wrong: missing dates, and counts in few bits."""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.support.engines import ENGINES, rows_of

import lgsco
from lgsco import frames

CASES = {
    "authority": ["Kent County Council", "Kent County Council"],
    "authority_type": ["county_council", "county_council"],
    "decided_on": [dt.date(2024, 3, 31), None],
    "outcome": ["upheld", "not_upheld"],
    "satisfactory_remedy": [True, None],
}
MAKERS = {
    "pyarrow": lambda table: table,
    "polars": pl.from_arrow,
    "lazy polars": lambda table: pl.from_arrow(table).lazy(),
    "DuckDB": duckdb.from_arrow,
    "pandas": lambda table: table.to_pandas(date_as_object=False),
    "pandas with Arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_case_without_a_date_has_a_row_without_a_year(engine):
    """The case is counted, and belongs to no year."""
    counted = rows_of(frames.tally(ENGINES[engine](CASES)))

    by_year = {row["year_ending"]: (row["decisions"], row["upheld"]) for row in counted}
    assert by_year == {dt.date(2024, 3, 31): (1, 1), None: (1, 0)}


@pytest.mark.parametrize("engine", MAKERS)
def test_counts_in_few_bits_do_not_overflow(engine):
    """76 of 94 is 81% also where a hundred times 76 does not fit the type of the column."""
    for bits in (pa.int8(), pa.uint8(), pa.int16(), pa.int32(), pa.uint64()):
        counts = pa.table({"upheld": pa.array([76], bits), "investigations": pa.array([94], bits)})

        [row] = rows_of(frames.add_rates(MAKERS[engine](counts), [lgsco.uphold_rate]))

        assert (row["uphold_rate_percent"], row["uphold_rate"]) == (81, 76 / 94)
