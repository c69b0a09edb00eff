"""
How the time of each reader grows with the length of texts that nobody would write.

Run it with: uv run --group bench python benchmarks/bench_growth.py
Each scrap is repeated to 1, 2, 4 and 8 megabytes, and the nanoseconds for each byte are printed: where reading takes
time in proportion to the length they stay the same, and where it takes its square they double from column to column.
"""

import contextlib
import time

import lgsco
from lgsco.readers import CASE_FIELDS, Bounds, read_cases, read_decisions, read_letter, read_page, read_tables

SIZES = (1_000_000, 2_000_000, 4_000_000, 8_000_000)
BOUNDS = Bounds(text_bytes=10**9, sheet_rows=10**9, sheet_cells=10**9)
SCRAPS = (
    "<", '<a "', "<!--", "<script>", "<p>", "&", "[a](", "(24 000 001)\n", "A (24 000 001)\nStatement Upheld\n",
    "A (24 000 001)\nStatement Upheld Noise 1-Jan-2025\n", "complaints upheld by ", "1 april ", "total of 1",
    "former Council\n", "Decision : ", "2019-20\n", "Total,", "1,\n", '"', " ", "\u2022",
)  # fmt: skip
READERS = {
    "letters": read_letter,
    "pages": read_page,
    "decisions": read_decisions,
    "tables": read_tables,
    "cases": lambda source, bounds: read_cases(source, {field: field for field in CASE_FIELDS}, bounds=bounds),
}


def nanoseconds(read, text):
    """Give the time of reading for each character."""
    begun = time.process_time()
    with contextlib.suppress(lgsco.LgscoError):
        read(text, bounds=BOUNDS)
    return (time.process_time() - begun) / len(text) * 1e9


def main():
    print(f"{'nanoseconds a byte, at megabytes':44}{''.join(f'{size // 10**6:>8}' for size in SIZES)}")
    for scrap in SCRAPS:
        for name, read in READERS.items():
            taken = [nanoseconds(read, scrap * (size // len(scrap))) for size in SIZES]
            mark = "  grows" if taken[-1] > 3 * taken[0] else ""
            print(f"{name:10}{scrap[:30]!r:34}{''.join(f'{each:8.0f}' for each in taken)}{mark}", flush=True)


if __name__ == "__main__":
    main()
