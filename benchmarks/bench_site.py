"""
What a site of all councils costs: its pages, its pictures, its weight, and building it again with one council changed.

Run it with: uv run --group bench python benchmarks/bench_site.py
The figures are those of ``bench_dataset.py``, made up, over seven years. Seconds are of the processor, so that a busy
machine changes little.
"""

import time
from collections import Counter

import bench_dataset

import lgsco
from lgsco import documents
from lgsco.site import site_pages


def national():
    """Make up the figures of seven years."""
    bench_dataset.YEARS = tuple(lgsco.ReportingYear(ending) for ending in range(2019, 2026))
    bench_dataset.DECISIONS = 0
    return bench_dataset.parts()[0]


def changed(data, name, ending):
    """Change one figure of one council."""
    year = lgsco.ReportingYear(ending)
    index, row = next((index, row) for index, row in enumerate(data.printed) if (row.name, row.year) == (name, year))
    other = lgsco.evolve(row, upheld=documents.PrintedStatistic(count=1, base=2))
    return lgsco.evolve(data, printed=(*data.printed[:index], other, *data.printed[index + 1 :]))


def main():
    """Print the seconds of each step, and the megabytes by folder."""
    data = national()
    start = time.process_time()
    pages = site_pages(data)
    known = time.process_time()
    for page in pages:
        _ = page.text
    made = time.process_time()
    weights = Counter()
    for page in pages:
        weights[page.path.rpartition("/")[0] or "first pages"] += len(page.content())
    drawn = time.process_time()
    print(f"{len(pages)} files: keys {known - start:.1f} s, pages {made - known:.1f} s, pictures {drawn - made:.1f} s")
    for folder, weight in weights.most_common():
        print(f"{folder:12} {weight / 1e6:5.1f} MB")
    print(f"{'all':12} {weights.total() / 1e6:5.1f} MB")
    keys = {page.path: page.key for page in pages}
    for name in ("Kent County Council", "Adur District Council"):
        for ending in (2019, 2025):
            other = changed(data, name, ending)
            start, clock = time.process_time(), time.perf_counter()
            again = [page for page in site_pages(other) if keys[page.path] != page.key]
            for page in again:
                page.content()
            spent, waited = time.process_time() - start, time.perf_counter() - clock
            print(f"again, {name} of {ending} changed: {len(again)} files, {spent:.1f} s, {waited:.1f} s on the clock")


if __name__ == "__main__":
    main()
