"""
Frames of Spark against the values, on two threads of this machine; run it with ``pytest tests/spark``.

One session serves all: to start one takes longer than what is tested.
"""

import datetime as dt
import pathlib
import sys

import nbformat
import polars as pl
import pytest
from pyspark.sql import DataFrame, SparkSession
from tests.support.engines import table

from lgsco import frames, published


@pytest.fixture(scope="module")
def spark():
    """Give a session of two threads, with no page and few partitions."""
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.pyspark.python", sys.executable)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .getOrCreate()
    )
    yield session
    session.stop()


END = dt.date(2025, 3, 31)
CASES = {
    "authority": ["Barset", "Barset", "Barset", "Dorset", "Dorset", "Essex", None, "Essex"],
    "authority_type": ["county_council"] * 6 + [None, "county_council"],
    "decided_on": [END, dt.date(2025, 4, 1), *[END] * 5, dt.date(2026, 1, 31)],
    "outcome": ["upheld", "not_upheld", "not_upheld", "upheld", "upheld", None, "advice_given", "Upheld"],
    "satisfactory_remedy": [True, None, None, None, True, None, None, None],
}


def on_spark(spark, columns):
    """Give columns as a frame of Spark, with the types of the contract."""
    kinds = {"string": "string", "date32[day]": "date", "bool": "boolean", "int64": "bigint"}
    held = table(columns)
    schema = ", ".join(f"{field.name} {kinds[str(field.type)]}" for field in held.schema)
    return spark.createDataFrame([tuple(row.values()) for row in held.to_pylist()], schema)


def rows(frame):
    """Collect rows of Spark, or of polars, as tuples."""
    return [tuple(row) for row in frame.collect()] if isinstance(frame, DataFrame) else frame.rows()


def close(one, other):
    """Whether two rows are equal, their floats to 1e-12."""
    return len(one) == len(other) and all(
        abs(a - b) < 1e-12 if isinstance(a, float) and isinstance(b, float) else a == b
        for a, b in zip(one, other, strict=True)
    )


def test_cases_are_counted_as_elsewhere(spark):
    """Which the laws of agreement hold against the values; blank councils, years and unlisted words among them."""
    counted = frames.tally(on_spark(spark, CASES))

    assert isinstance(counted, DataFrame)
    assert set(rows(frames.tally(pl.DataFrame(CASES)))) == set(rows(counted))
    assert [("Upheld", 1)] == rows(frames.unknown_outcomes(on_spark(spark, CASES)))


def test_compliance_is_counted_and_joined_as_elsewhere(spark):
    """None on one side is nought; what is not known stays so."""
    outcomes = {
        "authority": ["Barset", "Sussex", "Wilts"],
        "authority_type": ["county_council"] * 3,
        "recorded_on": [END] * 3,
        "status": ["late", "on_time", "unheard_of"],
    }
    joined = frames.join_tallies(
        frames.tally(on_spark(spark, CASES)), frames.tally_compliance(on_spark(spark, outcomes))
    )
    wanted = frames.join_tallies(frames.tally(pl.DataFrame(CASES)), frames.tally_compliance(pl.DataFrame(outcomes)))

    assert set(wanted.rows()) == set(rows(joined))


@pytest.mark.parametrize("against", ["others", "group"])
def test_published_reviews_are_compared_as_elsewhere(spark, against):
    """Every figure that is shipped: percentages and positions equal, limits to 1e-12."""
    held = frames.frame_from(published.reviews(), "polars").select(
        "authority",
        "authority_type",
        "year_ending",
        "investigations",
        "upheld",
        "satisfactory_remedies",
        "compliance_outcomes",
        "complied",
    )
    given = on_spark(spark, held.to_dict(as_series=False))
    wanted = frames.compare(held, against=against).rows()
    compared = rows(frames.compare(given, against=against))

    assert len(wanted) > 500
    assert [] == [pair for pair in zip(wanted, compared, strict=True) if not close(*pair)]
    for add in (frames.add_rates, frames.add_average, frames.add_funnel_position):
        by_council = [sorted(rows(add(frame)), key=lambda row: row[:3]) for frame in (held, given)]

        assert [] == [pair for pair in zip(*by_council, strict=True) if not close(*pair)]


def test_reviews_are_made_of_rows_of_spark(spark):
    """Values out of any engine."""
    counts = {"authority": ["Kent"], "authority_type": ["county_council"], "year_ending": [END], "complied": [3]}
    (review,) = frames.reviews_from(on_spark(spark, counts))

    assert 3 == review.compliance.complied
    assert (review,) == frames.reviews_from(table(counts))


def test_the_five_lines_of_the_notebook_give_the_same_table(spark):
    """The cases, the lines and the way to tell a table are those of *every engine*."""
    book = nbformat.read(pathlib.Path(__file__).parents[2] / "docs" / "notebooks" / "every_engine.ipynb", as_version=4)
    names = {}
    for cell in book.cells:
        if cell.cell_type == "code":
            exec(cell.source, names)  # noqa: S102  # a page of our own
    frame = names["five_lines"](on_spark(spark, {name: names["cases"][name].to_pylist() for name in CASES_IN_BOOK}))
    on_spark_table = [dict(zip(frame.columns, row, strict=True)) for row in frame.collect()]

    same = names["exact_and_rounded"]
    assert same(names["on_polars"]) == same(on_spark_table)


CASES_IN_BOOK = ("authority", "authority_type", "outcome", "year_ending", "satisfactory_remedy")
