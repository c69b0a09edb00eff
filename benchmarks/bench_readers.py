"""
What it costs to read a letter, a PDF and a listing, beside the bare library or language doing the part that it can.

Run it with: uv run --group bench python benchmarks/bench_readers.py
A letter as text beside the splitting of its lines; as PDF beside PDFium's own extraction of its text; a listing beside a
search of it with one pattern. Ours and the bare one take turns, in one run; of five turns the medians are printed, and
the median of the ratios. Time is that of the processor, which other work on the machine disturbs less.
"""

import pathlib
import random
import re
import statistics
import sys
import time

import pypdfium2

import lgsco
from lgsco.readers import Bounds, read_decisions, read_letter

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from tests.support.pdfs import MAKERS  # found beside this directory, whatever it is run from

TURNS, LETTERS, ENTRIES = 5, 30, 20_000
PROSE = (
    "This is a paragraph of our own about what a council did in the year, and about what we asked of it: to look at its"
    " letters again, to tell its officers what we found, and to write to the people who had complained of a delay. "
)
LETTER = "\n\n".join(
    (
        "22 July 2020",
        "Mr Septimus Harding\nWarden\nBarsetshire County Council",
        "Dear Mr Harding",
        *[PROSE * 2] * 16,
        "Yours sincerely",
        "Complaints upheld",
        "86% of complaints we investigated were upheld.\nThis compares to an average of **66%** in similar authorities.",
        "19\nupheld decisions",
        "Statistics are based on a total of 22 detailed investigations for the period between 1 April 2019 to 31 March 2020",
    )
)
ONE_PATTERN = re.compile(r"^(.*) \((\d\d \d{3} \d{3})\)\n(Statement|Report) (.*) (\d\d-\w{3}-\d{4})$", re.MULTILINE)


def listing():
    """Make up a listing, the same one each time."""
    draw = random.Random(2026)  # noqa: S311  # made-up decisions
    outcomes = ("Upheld", "Not upheld", "Closed after initial enquiries")
    subjects = [name for category in lgsco.DECISION_CATEGORIES for name in category.subcategories]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    entries = (
        f"-\nBarsetshire {number % 300} Council (24 {number // 1000:03} {number % 1000:03})\n"
        f"Statement {draw.choice(outcomes)} {draw.choice(subjects)} "
        f"{draw.randint(1, 28):02}-{draw.choice(months)}-{draw.randint(2016, 2025)}\n"
        f"Summary: {PROSE}\n"
        for number in range(ENTRIES)
    )
    return "Recent statements in this category are shown below:\n" + "".join(entries)


def paired(ours, bare, times=1):
    """Give the medians of both, in seconds a time, and the median of their ratios, as they take turns."""
    turns = [(timed(ours, times), timed(bare, times)) for _ in range(TURNS)]
    mine, theirs = (statistics.median(side) for side in zip(*turns, strict=True))
    return mine, theirs, statistics.median(one / other for one, other in turns)


def timed(call, times):
    begun = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - begun) / times


def extract(pdf):
    """Take the text out of a PDF, and do nothing with it."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            page.get_textpage().get_text_range()


def told(what, measured, per=""):
    ours, bare, ratio = measured
    print(f"{what}: {ours * 1000:.2f} ms, {ratio:.2f} times the bare {bare * 1000:.2f} ms{per}")


def main():
    told(
        "a letter as text", paired(lambda: read_letter(LETTER), lambda: [*map(str.split, LETTER.split("\n"))], LETTERS)
    )
    for make in MAKERS:
        pdf = make(LETTER)
        measured = paired(lambda pdf=pdf: read_letter(pdf), lambda pdf=pdf: extract(pdf), LETTERS)
        told(f"a letter as a PDF {make.__name__}", measured)
    text, bounds = listing(), Bounds(text_bytes=10**9)
    measured = paired(lambda: read_decisions(text, bounds=bounds), lambda: ONE_PATTERN.findall(text))
    told("a listing", measured, f"; {ENTRIES / measured[0]:,.0f} entries a second")


if __name__ == "__main__":
    main()
