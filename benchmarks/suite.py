"""
What each promise of speed costs beside its peer, in one run, as a table.

Run it with: uv run --group bench python benchmarks/suite.py
Ours and theirs take turns, so that a busy moment touches both, and the ratio is that of the medians.
Theirs is what a good analyst writes by hand for the same counts; "all of it" is beside the counting alone.
``--rows`` says how many cases stand in the Parquet files (10,000,000), ``--into`` where they are kept.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, NamedTuple

import duckdb
import polars as pl
import scale

from lgsco import frames

ROUNDS = 5
KEYS = ["authority", "authority_type", "year_ending"]


class Pair(NamedTuple):
    """One piece of work, and the same or a part of it done by somebody else."""

    work: str
    against: str
    at_most: float | None
    """The ratio that is promised, where one is."""
    ours: Callable[[], Any]
    theirs: Callable[[], Any]


def polars_pairs(folder, rows):
    """Count cases in Parquet, lazily."""
    upheld, not_upheld = pl.col("outcome") == "upheld", pl.col("outcome") == "not_upheld"

    def scanned():
        return pl.scan_parquet(f"{folder}/*/*.parquet", hive_partitioning=False)

    def by_hand():
        counted = (
            scanned()
            .group_by(KEYS)
            .agg(
                decisions=pl.len(),
                investigations=(upheld | not_upheld).sum(),
                upheld=upheld.sum(),
                satisfactory_remedies=(upheld & pl.col("satisfactory_remedy")).sum(),
            )
        )
        return counted.sort(KEYS).collect()

    def counted():
        return frames.tally(scanned()).collect()

    def compared():
        return frames.compare(frames.tally(scanned()), measures=scale.MEASURES).collect()

    assert by_hand().cast(pl.Utf8).equals(counted().cast(pl.Utf8))
    return [
        Pair(f"{rows:,} cases in Parquet to counts, polars lazy", "the same by hand", 1.15, counted, by_hand),
        Pair("the same, then rates, intervals, averages, positions", "the counting by hand", 1.25, compared, by_hand),
    ]


def duckdb_pairs(folder, rows):
    """Count cases in Parquet in a database."""
    database = duckdb.connect()
    source = f"read_parquet('{folder}/*/*.parquet', hive_partitioning=false)"
    # Every path and name in it is our own.
    statement = f"""
        select authority, "authority_type", year_ending, count(*) as decisions,
            count(*) filter (where outcome in ('upheld', 'not_upheld')) as investigations,
            count(*) filter (where outcome = 'upheld') as upheld,
            count(*) filter (where outcome = 'upheld' and satisfactory_remedy) as satisfactory_remedies
        from {source} group by all order by all
    """  # noqa: S608

    def by_hand():
        return database.sql(statement).fetchall()

    def counted():
        return frames.tally(database.sql(f"from {source}")).fetchall()

    def compared():
        return frames.compare(frames.tally(database.sql(f"from {source}")), measures=scale.MEASURES).fetchall()

    assert by_hand() == counted()
    return [
        Pair(f"{rows:,} cases in Parquet to counts, DuckDB", "SQL by hand", 1.1, counted, by_hand),
        Pair("the same, then rates, intervals, averages, positions", "SQL for the counting", 1.6, compared, by_hand),
    ]


def pandas_pairs(folder):
    """Count a million cases that pandas holds."""
    cases = pl.scan_parquet(f"{folder}/*/*.parquet", hive_partitioning=False).head(1_000_000).collect().to_pandas()
    cases["satisfactory_remedy"] = cases["satisfactory_remedy"].astype("boolean")
    cases["year_ending"] = cases["year_ending"].astype("datetime64[us]")

    def by_hand():
        return cases.groupby([*KEYS, "outcome"]).size().unstack(fill_value=0)

    def counted():
        return frames.tally(cases)

    assert [*by_hand()["upheld"]] == [*counted()["upheld"]]
    work = f"{len(cases):,} cases to counts, pandas"
    return [Pair(work, "groupby(...).size().unstack()", 1.25, counted, by_hand)]


def measured(pair, rounds=ROUNDS):
    """Give the medians of ours and theirs, in seconds."""
    taken = {"ours": [], "theirs": []}
    for _ in range(rounds):
        for name, work in (("ours", pair.ours), ("theirs", pair.theirs)):
            start = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - start)
    return statistics.median(taken["ours"]), statistics.median(taken["theirs"])


def main():
    """Measure every pair, and print a row for each as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--into", default=tempfile.gettempdir())
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    folder = scale.made(given.rows, given.into)
    makers = [
        lambda: polars_pairs(folder, given.rows),
        lambda: duckdb_pairs(folder, given.rows),
        lambda: pandas_pairs(folder),
    ]
    if find_spec("bench_objects") is not None:
        import bench_objects  # noqa: PLC0415  # its rows come last, where its peers are installed

        makers += [bench_objects.counting_pairs]
    print("| work | beside | ours, s | theirs, s | ratio | at most |\n|---|---|---|---|---|---|")
    for make in makers:
        for pair in make():
            ours, theirs = measured(pair, given.rounds)
            most = "" if pair.at_most is None else f"{pair.at_most:g}"
            told = f"{ours:.3f} | {theirs:.3f} | {ours / theirs:.2f} | {most}"
            print(f"| {pair.work} | {pair.against} | {told} |", flush=True)


if __name__ == "__main__":
    main()
