"""A dataset as frames, through files of them and other engines, and back."""

from __future__ import annotations

import io

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings

from lgsco import (
    AnnualReview,
    InvestigationTally,
    ReportingYear,
    compare,
    convert,
    frames,
    published,
    store,
    strategies,
    uphold_rate,
)
from lgsco.comparison import GroupRates, group_rates, shrink
from lgsco.dataset import Dataset
from lgsco.errors import EmptyInput, InvalidValue
from lgsco.series import change

BACKENDS = ("pandas", "polars", "pyarrow")


def through_parquet(frame):
    """Write a frame to Parquet and read it."""
    file = io.BytesIO()
    frame.write_parquet(file)
    return pl.read_parquet(io.BytesIO(file.getvalue()))


def through_text(frame):
    """Write a frame to comma-separated values and read it, all as text."""
    return pl.read_csv(io.StringIO(frame.write_csv()), infer_schema=False)


def through_duckdb(frame):
    """Hand a frame to DuckDB, which keeps it."""
    return duckdb.from_arrow(frame.to_arrow())


def test_what_ships_comes_back_from_every_backend():
    """Frames hold all that ships."""
    data = published.dataset()

    for backend in BACKENDS:
        assert frames.dataset_from(frames.frames_of(data, backend)) == data


@settings(max_examples=5, deadline=None)
@given(dataset=strategies.datasets())
def test_a_dataset_goes_through_every_form(dataset):
    """Parquet, text, DuckDB, pandas and a database give back what was laid out."""
    made = frames.frames_of(dataset, "polars")

    for through in (through_parquet, through_text, through_duckdb, pl.DataFrame.to_pandas, pl.DataFrame.lazy):
        assert frames.dataset_from({name: through(frame) for name, frame in made.items()}) == dataset
    assert frames.dataset_from(frames.frames_of(dataset, "pandas")) == dataset


def test_whole_numbers_may_be_missing_in_pandas():
    """No count becomes a float because another is missing."""
    printed = frames.frames_of(published.dataset(), "pandas")["printed_figures"]

    assert printed["upheld_count"].dtype == pd.Int64Dtype()
    assert printed["upheld_count"].isna().any()


def test_what_is_not_a_dataset_is_told():
    """A frame of another kind, a column that is missing, and a cell of another type."""
    made = frames.frames_of(Dataset(published.register(), averages=published.averages()), "polars")
    with pytest.raises(InvalidValue):
        frames.dataset_from({**made, "averages": [1, 2]})
    with pytest.raises(InvalidValue):
        frames.frames_of(published.dataset(), "spreadsheet")

    with pytest.raises(InvalidValue) as caught:
        frames.dataset_from({**made, "averages": made["averages"].drop("measure").with_columns(percent=pl.lit(66))})

    columns = {problem.place.column for problem in caught.value.problems}
    assert columns == {"measure", "percent"}


def test_a_database_and_frames_have_the_same_tables(tmp_path):
    """What is in a database may be read by any engine, and becomes a dataset again."""
    address = str(tmp_path / "figures.sqlite")
    store.save(published.dataset(), address)
    made = frames.frames_of(published.dataset(), "polars")

    assert frames.dataset_from(made) == store.load(address)


@pytest.mark.parametrize("backend", BACKENDS)
def test_results_are_frames_too(backend):
    """The rows of every result are those of ``convert.rows_of``, also where a column has nothing but blanks."""
    data = published.dataset()
    reviews = data.reviews(year="2023-24", group="county_council")
    [compared, unknown] = [
        compare(AnnualReview(reviews[0].authority, reviews[0].year, investigations=tally), "50%", uphold_rate)
        for tally in (InvestigationTally(3, 4), None)
    ]
    changed = change(data.history("Kent"), uphold_rate, ReportingYear(2024), ReportingYear(2025))
    for result in (
        compared,
        unknown,
        changed,
        data.funnel("county_council", "2023-24", uphold_rate),
        group_rates(reviews, uphold_rate),
        shrink(reviews, uphold_rate),
    ):
        frame = nw.from_native(frames.frame_from([result], backend))
        rows = convert.rows_of([result])

        assert [*rows[0]] == frame.columns
        assert [
            [None if missing else cell for cell, missing in zip(nw_column, nw_column.is_null(), strict=True)]
            for nw_column in (frame[name] for name in frame.columns if not name.endswith("year_ending"))
        ] == [[row[name] for row in rows] for name in frame.columns if not name.endswith("year_ending")]
        assert nw.String not in {frame.schema[name] for name in frame.columns if name.startswith(("lower", "num"))}


def test_frames_of_nothing_and_of_two_kinds_are_refused():
    """A result beside a review, or no value at all of ours; a result without councils has no columns."""
    review = published.dataset().reviews(year="2023-24")[0]
    for wrong in ([1], [review, compare(review, "50%", uphold_rate)]):
        with pytest.raises(InvalidValue):
            frames.frame_from(wrong, "polars")
    with pytest.raises(EmptyInput):
        frames.frame_from([GroupRates(uphold_rate, review.year, members=())], "polars")

    assert frames.frame_from([], "polars").is_empty()
