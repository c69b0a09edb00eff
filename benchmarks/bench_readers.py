"""
What it costs to read a letter, a PDF, a listing and a workbook, beside the bare library or language doing the part that it can.

Run it with: uv run --group bench python benchmarks/bench_readers.py
A letter as text beside the splitting of its lines; as PDF beside PDFium's own extraction of its text; a listing beside a
search of it with one pattern; a workbook of 340 councils beside the same library giving its rows. Ours and the bare one take turns, in one run; of five turns the medians are printed, and
the median of the ratios. Time is that of the processor, which other work on the machine disturbs less. Then how the
time grows with the length of texts that nobody would write.
"""

import io
import pathlib
import random
import re
import statistics
import sys
import time

import pypdfium2
import python_calamine

import lgsco
from lgsco.readers import Bounds, read_decisions, read_letter, read_page, read_tables

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from tests.support import sheets  # found beside this directory, whatever it is run from
from tests.support.pdfs import MAKERS

TURNS, LETTERS, ENTRIES, COUNCILS = 5, 30, 20_000, 340
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
    subjects = [name for category in lgsco.documents.DECISION_CATEGORIES for name in category.subcategories]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    entries = (
        f"-\nBarsetshire {number % 300} Council (24 {number // 1000:03} {number % 1000:03})\n"
        f"Statement {draw.choice(outcomes)} {draw.choice(subjects)} "
        f"{draw.randint(1, 28):02}-{draw.choice(months)}-{draw.randint(2016, 2025)}\n"
        f"Summary: {PROSE}\n"
        for number in range(ENTRIES)
    )
    return "Recent statements in this category are shown below:\n" + "".join(entries)


def table():
    """Make up a table of what was decided, the same one each time, under a title."""
    draw = random.Random(2026)  # noqa: S311  # made-up figures
    heads = [
        "Authority Name", "Invalid or incomplete", "Advice given", "Referred back for local resolution",
        "Closed after initial enquiries", "Not upheld", "Upheld", "Total", "Uphold rate (%)",
        "Average uphold rate (%) of similar authorities",
    ]  # fmt: skip
    rows = [["Complaints decided 2023-24"], [], heads]
    for number in range(COUNCILS):
        counts = [draw.randint(0, 90) for _ in range(6)]
        rows.append([f"Barsetshire {number} Council", *counts, sum(counts), draw.randint(2, 100), 66])
    return rows


def rows_of(workbook):
    """Take the rows out of a workbook, and do nothing with them."""
    opened = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    return [opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names]


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


def growth(read, scrap):
    """Give how many times longer eight times the text takes."""
    bounds = Bounds(text_bytes=10**9, sheet_rows=10**9, sheet_columns=10**9)

    def attempt(times):
        try:
            read(scrap * times, bounds=bounds)
        except lgsco.errors.UnreadableDocument:
            return

    one, eight = (min(timed(lambda times=times: attempt(times), 1) for _ in range(3)) for times in (2_000, 16_000))
    return eight / one


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
    for kind, write in (("XLSX", sheets.as_xlsx), ("XLS", sheets.as_xls), ("ODS", sheets.as_ods)):
        workbook = write({"Decided": table()})
        ours_and_bare = (lambda workbook=workbook: read_tables(workbook), lambda workbook=workbook: rows_of(workbook))
        told(f"{COUNCILS} councils as {kind}", paired(*ours_and_bare, LETTERS))
    print("eight times the text takes so many times longer:")
    for scrap in ("<", '<a "', "<!--", "<script>", "&", "[a](", "(24 000 001)\n", "Statement Upheld\n", "complaints upheld by ",
                  "1 april ", "total of 1", "former Council\n", "Decision : ", "2019-20\n",
                  "Council,Upheld,Total\n", "[note 1] ", "*", "a,", "1,"):  # fmt: skip
        ratios = ", ".join(
            f"{read.__name__} {growth(read, scrap):.1f}"
            for read in (read_letter, read_page, read_decisions, read_tables)
        )
        print(f"  {scrap!r}: {ratios}")


if __name__ == "__main__":
    main()
