"""
What it costs to read a letter, a PDF and a listing, beside the bare library or language doing the part that it can.

Run it with: uv run --group bench python benchmarks/bench_readers.py
A letter as text beside the splitting of its lines; as PDF beside PDFium's own extraction of its text; a listing beside a
search of it with one pattern. Then how the time grows with the length of texts that nobody would write.
"""

import pathlib
import random
import re
import sys
import time

import pypdfium2

import lgsco
from lgsco.readers import Bounds, read_decisions, read_letter, read_page

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from tests.support.pdfs import MAKERS  # found beside this directory, whatever it is run from

ROUNDS, ENTRIES = 30, 20_000
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
    subjects = ("Special educational needs", "Noise", "Planning applications", "Charging")
    entries = (
        f"-\nBarsetshire {number % 300} Council (24 {number // 1000:03} {number % 1000:03})\n"
        f"Statement {draw.choice(outcomes)} {draw.choice(subjects)} {draw.randint(1, 28):02}-Sep-2025\n"
        f"Summary: {PROSE}\n"
        for number in range(ENTRIES)
    )
    return "Recent statements in this category are shown below:\n" + "".join(entries)


def best(call, rounds=ROUNDS):
    """Give the quickest of several rounds, in seconds."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return min(times)


def extract(pdf):
    """Take the text out of a PDF, and do nothing with it."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            page.get_textpage().get_text_range()


def told(what, ours, bare, per=""):
    print(f"{what}: {ours * 1000:.2f} ms, {ours / bare:.2f} times the bare {bare * 1000:.2f} ms{per}")


def growth(read, scrap):
    """Give how many times longer eight times the text takes."""
    bounds = Bounds(text_bytes=10**9)

    def attempt(times):
        try:
            read(scrap * times, bounds=bounds)
        except lgsco.UnreadableDocument:
            return

    one, eight = (best(lambda times=times: attempt(times), 3) for times in (2_000, 16_000))
    return eight / one


def main():
    told(
        "a letter as text",
        best(lambda: read_letter(LETTER)),
        best(lambda: [line.split() for line in LETTER.split("\n")]),
    )
    for make in MAKERS:
        pdf = make(LETTER)
        told(
            f"a letter as a PDF {make.__name__}",
            best(lambda pdf=pdf: read_letter(pdf)),
            best(lambda pdf=pdf: extract(pdf)),
        )
    text, bounds = listing(), Bounds(text_bytes=10**9)
    ours = best(lambda: read_decisions(text, bounds=bounds), 5)
    bare = best(lambda: ONE_PATTERN.findall(text), 5)
    told("a listing", ours, bare, f"; {ENTRIES / ours:,.0f} entries a second")
    print("eight times the text takes so many times longer:")
    for scrap in ("<", '<a "', "<!--", "<script>", "&", "[a](", "(24 000 001)\n", "Statement Upheld\n", "complaints upheld by ",
                  "1 april ", "total of 1", "former Council\n", "Decision : ", "2019-20\n"):  # fmt: skip
        ratios = ", ".join(
            f"{read.__name__} {growth(read, scrap):.1f}" for read in (read_letter, read_page, read_decisions)
        )
        print(f"  {scrap!r}: {ratios}")


if __name__ == "__main__":
    main()
