"""
What it costs to read a letter, a PDF, a listing and a sheet, beside the bare library or language doing what it can.

Run it with: uv run --group bench python benchmarks/bench_readers.py
A letter as text beside the splitting of its lines; as PDF beside PDFium's own extraction of its text; a listing beside a
search of it with one pattern; a workbook of 340 councils beside the same library giving its rows. Then how the time grows with the length of texts that nobody would write.
"""

import io
import pathlib
import random
import re
import sys
import time

import pypdfium2
import python_calamine

import lgsco
from lgsco.readers import Bounds, read_decisions, read_letter, read_page, read_tables

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from tests.support import sheets  # found beside this directory, whatever it is run from
from tests.support.pdfs import MAKERS

ROUNDS, ENTRIES, COUNCILS = 30, 20_000, 340
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
    bounds = Bounds(text_bytes=10**9, sheet_rows=10**9, sheet_columns=10**9)

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
    for kind, write in (("XLSX", sheets.as_xlsx), ("XLS", sheets.as_xls), ("ODS", sheets.as_ods)):
        workbook = write({"Decided": table()})
        told(
            f"{COUNCILS} councils as {kind}",
            best(lambda workbook=workbook: read_tables(workbook), 100),
            best(lambda workbook=workbook: rows_of(workbook), 100),
        )
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
