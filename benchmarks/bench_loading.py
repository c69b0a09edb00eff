"""
What it costs to load four official-sized CSV files of one year, beside plain pandas that joins them by hand.

Run it with: uv run --group bench python benchmarks/bench_loading.py
Each file has a row for each of 340 councils: what was received, decided, complied with and put right. Theirs reads the
same files, joins them by the printed name, and divides; it knows no register, checks no total and says of no cell why it
is not understood. Ours and theirs take turns, in one run; of the turns the medians are printed, and the median of the
ratios. Time is that of the processor, which other work on the machine disturbs less. The promise is 300 ms.
"""

import csv
import pathlib
import random
import statistics
import tempfile
import time

import pandas as pd

import lgsco
from lgsco import published

TURNS, COUNCILS = 9, 340
YEAR = lgsco.ReportingYear(2024)
AREAS = (
    "Adult care services", "Benefits and tax", "Corporate and other services", "Education and children's services",
    "Environmental services, public protection and regulation", "Highways and transport", "Housing",
    "Planning and development", "Other",
)  # fmt: skip
OUTCOMES = (
    "Invalid or incomplete", "Advice given", "Referred back for local resolution", "Closed after initial enquiries",
    "Not upheld", "Upheld",
)  # fmt: skip


def write(folder):
    """Make up four tables under a title, the same ones each time, and return how many rows each has."""
    draw = random.Random(2026)  # noqa: S311  # made-up figures
    register = published.register()
    names = [entry.authority.name for entry in register.entries if entry.exists_on(YEAR.end)][:COUNCILS]

    def percent(part, whole):
        return f"{(200 * part + whole) // (2 * whole)}%" if whole else "-"

    received, decided, compliance, remedies = [], [], [], []
    for name in names:
        areas = [draw.randint(0, 30) for _ in AREAS]
        outcomes = [draw.randint(0, 30) for _ in OUTCOMES]
        upheld, investigated = outcomes[-1], sum(outcomes[-2:])
        on_time, late, failed = draw.randint(0, 20), draw.randint(0, 3), draw.randint(0, 1)
        outcomes_due = on_time + late + failed
        remedied = draw.randint(0, upheld)
        received.append([name, *areas, sum(areas)])
        decided.append([name, *outcomes, sum(outcomes), percent(upheld, investigated)])
        compliance.append([name, on_time, late, failed, outcomes_due, percent(on_time + late, outcomes_due)])
        remedies.append([name, upheld, remedied, percent(remedied, upheld)])
    for title, heads, rows in (
        ("Complaints received", [*AREAS, "Total"], received),
        ("Complaints decided", [*OUTCOMES, "Total", "Uphold rate (%)"], decided),
        (
            "Compliance",
            ["On time", "Late", "Not complied", "Compliance outcomes", "Compliance rate"],
            compliance,
        ),
        ("Remedies", ["Upheld", "Satisfactory remedies", "Satisfactory remedy rate"], remedies),
    ):
        with pathlib.Path(folder, f"{title.lower()}.csv").open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([[f"{title} {YEAR}"], [], ["Authority Name", *heads], *rows])
    return len(names)


def ours(folder):
    """Load the folder; give the rates that are held of all councils."""
    data = lgsco.load(folder).dataset
    return sum(review.investigations is not None for review in data.reviews(year=YEAR))


def theirs(folder):
    """Join the same files by the printed name."""
    joined = pd.concat(
        {
            path.stem: pd.read_csv(path, skiprows=2).set_index("Authority Name")
            for path in sorted(pathlib.Path(folder).glob("*.csv"))
        },
        axis=1,
    )
    decided = joined["complaints decided"]
    rate = decided["Upheld"] / (decided["Upheld"] + decided["Not upheld"])
    return int(rate.notna().sum())


def main():
    """Print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        rows = write(folder)
        assert ours(folder) == rows
        turns = {load: [] for load in (lgsco.load, ours, theirs)}
        for _ in range(TURNS):
            for load, times in turns.items():
                start = time.process_time()
                load(folder)
                times.append(time.process_time() - start)
        findings = lgsco.load(folder)
        start = time.process_time()
        count = len(findings.findings)
        audit = time.process_time() - start
    loaded, joined, by_hand = turns.values()
    ratio = statistics.median(mine / theirs for mine, theirs in zip(joined, by_hand, strict=True))
    print(f"four files of {rows} councils: loaded in {statistics.median(loaded) * 1000:.0f} ms")
    print(f"the same, and joined by council: {statistics.median(joined) * 1000:.0f} ms")
    print(f"plain pandas, joined by hand: {statistics.median(by_hand) * 1000:.0f} ms, a ratio of {ratio:.1f}")
    print(f"the contradictions among them, {count}: {audit * 1000:.0f} ms more")


if __name__ == "__main__":
    main()
