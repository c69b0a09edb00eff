"""
Cases of any number in partitioned Parquet, counted and compared through polars, DuckDB and Spark.

Run it with: uv run --group bench --group spark python benchmarks/scale.py --rows 10000000
The cases are made up from a seed, the same ones each time, in one folder for each year of decision; ``--into`` says
where, and what is there already is used again. Each engine runs in a process of its own, so that the memory is its own:
what is printed is the peak of what it held resident, the Java process of Spark included.
"""

import argparse
import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lgsco import AuthorityType, Outcome, frames, satisfactory_remedy_rate, uphold_rate

COUNCILS, YEARS, CHUNK, SEED = 340, range(2019, 2027), 1_000_000, 2026
OUTCOMES = {
    Outcome.INVALID_OR_INCOMPLETE: 0.10,
    Outcome.ADVICE_GIVEN: 0.10,
    Outcome.REFERRED_BACK: 0.30,
    Outcome.CLOSED_AFTER_INITIAL_ENQUIRIES: 0.25,
    Outcome.NOT_UPHELD: 0.07,
    Outcome.UPHELD: 0.18,
}
ENGINES = ("polars", "duckdb", "spark")
MEASURES = (uphold_rate, satisfactory_remedy_rate)


def councils():
    """Give the names of made-up councils, and the group of each."""
    kinds = [kind.value for kind in AuthorityType if kind.is_comparison_group]
    return [f"Council {number:03} of Barsetshire" for number in range(COUNCILS)], [
        kinds[number % len(kinds)] for number in range(COUNCILS)
    ]


def chunk(rows, seed, year):
    """Make up so many cases of one year."""
    draw = np.random.default_rng(seed)
    names, groups = councils()
    council = draw.integers(0, COUNCILS, rows)
    outcome = draw.choice(len(OUTCOMES), rows, p=[*OUTCOMES.values()])
    upheld = outcome == [*OUTCOMES].index(Outcome.UPHELD)
    return pa.table(
        {
            "authority": pa.DictionaryArray.from_arrays(pa.array(council, pa.int32()), names).cast(pa.string()),
            "authority_type": pa.DictionaryArray.from_arrays(pa.array(council, pa.int32()), groups).cast(pa.string()),
            "year_ending": pa.array([dt.date(year, 3, 31)], pa.date32()).take(pa.array(np.zeros(rows, np.int8))),
            "outcome": pa.DictionaryArray.from_arrays(
                pa.array(outcome, pa.int32()), [one.value for one in OUTCOMES]
            ).cast(pa.string()),
            "satisfactory_remedy": pa.array(draw.random(rows) < 0.13, mask=~upheld),
        }
    )


def made(rows, into):
    """Write the cases where they are not there yet, and give the folder."""
    folder = Path(into) / f"cases-{rows}"
    done = folder / "_done"
    if done.exists():
        return folder
    for place, year in enumerate(YEARS):
        part = folder / f"decided={year}"
        part.mkdir(parents=True, exist_ok=True)
        left = rows // len(YEARS) + (place < rows % len(YEARS))
        with pq.ParquetWriter(part / "cases.parquet", chunk(1, 0, year).schema) as writer:
            for number in range(-(-left // CHUNK)):
                writer.write_table(chunk(min(CHUNK, left - number * CHUNK), [SEED, year, number], year))
    done.touch()
    return folder


def with_polars(folder):
    """Count and compare in a stream."""
    import polars as pl  # noqa: PLC0415  # each process loads its own engine and no other

    counts = frames.tally(pl.scan_parquet(f"{folder}/*/*.parquet", hive_partitioning=False))
    return frames.compare(counts, measures=MEASURES).collect(engine="streaming").height


def with_duckdb(folder):
    """Count and compare in a database in memory."""
    import duckdb  # noqa: PLC0415  # the same

    counts = frames.tally(duckdb.connect().read_parquet(f"{folder}/*/*.parquet", hive_partitioning=False))
    return len(frames.compare(counts, measures=MEASURES).fetchall())


def with_spark(folder):
    """Count and compare on two threads, in a Java process of 2 GiB."""
    from pyspark.sql import SparkSession  # noqa: PLC0415  # the same

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.memory", "2g")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    counts = frames.tally(session.read.parquet(*sorted(str(path) for path in folder.glob("*/*.parquet"))))
    return len(frames.compare(counts, measures=MEASURES).collect())


def run(engine, folder):
    """Run one engine in this process, and print what it took."""
    start = time.perf_counter()
    rows = {"polars": with_polars, "duckdb": with_duckdb, "spark": with_spark}[engine](folder)
    taken = time.perf_counter() - start
    java = 0
    if engine == "spark":
        from pyspark import SparkContext  # noqa: PLC0415  # the same

        process = SparkContext._gateway.proc.pid  # noqa: SLF001  # the one way to the Java process
        java = max(_peak(path) for path in Path("/proc").glob("[0-9]*/status") if _is_java(path, process))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": taken, "mib": own + java, "rows": rows}))


def _is_java(status, process):
    """Whether a process is the one, or was started by it."""
    try:
        text = status.read_text(encoding="utf-8")
    except OSError:
        return False
    return status.parent.name == str(process) or f"PPid:\t{process}\n" in text


def _peak(status):
    """Give the peak of what a process held resident, in MiB."""
    held = [line.split()[1] for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM")]
    return int(held[0]) // 1024 if held else 0


def main():
    """Make the cases, and run each engine in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=["polars", "duckdb", "spark"])
    parser.add_argument("--into", default=tempfile.gettempdir())
    parser.add_argument("--run", choices=ENGINES, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        run(given.run, made(given.rows[0], given.into))
        return
    print(f"{'cases':>13}  {'engine':8} {'seconds':>8} {'peak MiB':>9}  rows given")
    for rows in given.rows:
        made(rows, given.into)
        for engine in given.engines:
            command = [sys.executable, __file__, "--run", engine, "--rows", str(rows), "--into", given.into]
            done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # our own interpreter
            told = json.loads(done.stdout.splitlines()[-1])
            print(f"{rows:>13,}  {engine:8} {told['seconds']:8.2f} {told['mib']:9,}  {told['rows']:,}", flush=True)


if __name__ == "__main__":
    main()
