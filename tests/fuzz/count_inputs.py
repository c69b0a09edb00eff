"""
Every reader is given a stated number of broken documents: each is read or refused, by an error of ours.

Run it with: uv run --group test python tests/fuzz/count_inputs.py [--texts 1000000] [--files 20000] [READER ...]
Documents that the renderers of the tests write are cut, joined, repeated and spoilt, by numbers from a fixed seed: the
same count gives the same inputs. So that a fair share is read, half of the tables, cases and workbooks have rows with
spoilt cells, written anew, and half of the PDFs have spoilt text. PDFs and workbooks are read in the worker. What
breaks a reader is shown with its number, which ``--only NUMBER READER`` reads once more.
``docs/reference/readers.md`` has what was tried.
Coverage does not lead the way here, as in ``fuzz_readers.py``; this needs nothing but the tests' own libraries.
"""

import argparse
import io
import pathlib
import random
import resource
import sys
import time
import traceback
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))
from seeds import BOOKS, CASES, COLUMNS, ME, of_cases, of_decisions, of_letters, of_pages, of_tables, rows_of_tables
from tests.support import pdfs, sheets

from lgsco import LgscoError, ReportingYear, readers

YEAR = ReportingYear(2024)
ISOLATED = readers.Bounds(isolate=True, worker_bytes=500_000_000, worker_seconds=20)
SCRAPS = (
    "\n", "\n\n", " ", "%", "0", "9" * 12, "1,", "186%", "n/a", "**", "[", "](", "(", ")", "<", "<p>", "</div>", "<!--",
    "&", "\ufeff", "\x00", "\ud800", "\u2028", "\N{BULLET} ", "Dear ", "Yours ", "Public reports\n", "Case reference: ",
    "Category: ", "(24 000 001)", "Statement Upheld ", "Summary:", "1 april 2019 to 31 march 2020", "2023-24\n",
    "is a merger of ", "Barsetshire County Council\n", "of complaints we investigated were upheld", "total of ",
    " in similar ", "upheld decisions", "31 February 2020", ",", ";", "\t", '"', "Total", "#REF!",
)  # fmt: skip


def texts(documents):
    """Give those of some documents that are text."""
    return [document for document in documents if isinstance(document, str)]


def files(documents, *marks):
    """Give those that are files with one of these marks."""
    return [document for document in documents if isinstance(document, bytes) and document.startswith(marks)]


def shown():
    """Give the texts of letters and pages."""
    return [*texts(of_letters())[:3], *texts(of_pages())[:2]]


def of_pdfs():
    """Give letters and pages as PDFs."""
    return [make(text) for make in pdfs.MAKERS for text in shown()]


def anew(text, chance):
    """Write a PDF of a text that was spoilt once."""
    return chance.choice(pdfs.MAKERS)(spoilt(text, [text], chance, most=1).encode("utf-8", "replace").decode())


def with_spoilt_cells(rows, chance):
    """Give rows of which some cells, or a row, are spoilt."""
    rows = [[*row] for row in rows]
    for _ in range(chance.randint(1, 3)):
        # The first row may be headings, without which nothing is read.
        row, other = chance.choices(rows[chance.random() < 0.8 :] or rows, k=2)
        match chance.randrange(16):
            case 0:
                rows.remove(row)
                rows = rows or [[""]]
            case 1:
                rows.insert(chance.randrange(len(rows) + 1), [*row])
            case 2:
                rows.insert(chance.randrange(len(rows) + 1), [chance.choice(CELLS) for _ in row])
            case 3 | 4 | 5 | 6 | 7 | 8 if row and len(row) == len(other):
                place = chance.randrange(len(row))
                row[place] = other[place]
            case _ if row:
                row[chance.randrange(len(row))] = chance.choice(CELLS)
    return rows


def as_a_text(rows, chance):
    """Write rows with spoilt cells as text."""
    return sheets.as_text(with_spoilt_cells(rows, chance), chance.choice(",,;\t|"), chance.choice(("\r\n", "\n", "\r")))


def as_a_book(rows, chance):
    """Write rows with spoilt cells as a workbook."""
    return chance.choice(BOOKS)({"Data": with_spoilt_cells(rows, chance)})


READERS = {
    "letters": (readers.read_letter, lambda: texts(of_letters())),
    "pages": (readers.read_page, lambda: texts(of_pages())),
    "decisions": (readers.read_decisions, lambda: texts(of_decisions())),
    "tables": (lambda source: readers.read_tables(source, year=YEAR), lambda: texts(of_tables())),
    "cases": (
        lambda source: readers.read_cases(source, COLUMNS, ME, duplicates="drop-identical"),
        lambda: texts(of_cases()),
    ),
    "proposals": (lambda source: readers.read_cases(source, None, ME, accept=True), lambda: texts(of_cases())),
    "pdfs": (lambda source: readers.read_any(source, bounds=ISOLATED), of_pdfs),
    "workbooks": (
        lambda source: readers.read_tables(source, year=YEAR, bounds=ISOLATED),
        lambda: files([*of_tables(), *of_cases()], b"PK", b"\xd0\xcf"),
    ),
}
"""By name: the reader, and what makes the documents from which it begins."""
WRITTEN = {
    "tables": (rows_of_tables, as_a_text),
    "cases": (lambda: [CASES], as_a_text),
    "proposals": (lambda: [CASES], as_a_text),
    "pdfs": (shown, anew),
    "workbooks": (rows_of_tables, as_a_book),
}
"""What is spoilt before it is written, for half of the inputs, and what writes it."""
CELLS = (
    "", " ", "0", "1", "12", "1,204", "0.5", "50%", "<1%", "n/a", "-", "*", "[x]", "#REF!", "Total", "England",
    "Average", "2023-24", "2022/23", "31/12/2019", "1 April 2019", "12/25/2019", "Upheld", "not upheld", "Kent",
    "Adur & Worthing", "yes", "TRUE", "9" * 12, "-3", "Housing", "Council", "19 003 456", "\N{POUND SIGN}250", "a\nb",
    '"', "=1+1",
)  # fmt: skip
LONGEST = 6_000
"""The signs of a text that are kept, so that a million of them come to an end."""
OF_FILES = ("pdfs", "workbooks")


def spoilt(document, others, chance, most=6):
    """Give a document with one to so many things done to it."""
    for _ in range(chance.randint(1, most)):
        first, last = sorted(chance.choices(range(len(document) + 1), k=2))
        last = min(last, first + chance.choice((1, 8, 60, len(document))))
        match chance.randrange(6):
            case 0:
                document = document[:first] + document[last:]
            case 1:
                document = document[:last] + document[first:last] + document[last:]
            case 2:
                document = document[:first]
            case 3:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                document = document[:first] + other[start : start + 60] + document[first:]
            case _:
                document = document[:first] + scrap(document, chance) + document[first + chance.randrange(3) :]
    return document[:LONGEST] if isinstance(document, str) else document


def scrap(document, chance):
    """Give something to put into a document."""
    return chance.choice(SCRAPS) if isinstance(document, str) else chance.randbytes(chance.choice((1, 2, 4)))


def spoilt_within(archive, chance):
    """Give an archive of which one part is spoilt, so that the archive itself is whole."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as parts, zipfile.ZipFile(made, "w") as written:
        chosen = chance.choice(parts.namelist())
        for name in parts.namelist():
            part = parts.read(name)
            written.writestr(zipfile.ZipInfo(name), spoilt(part, [part], chance) if name == chosen else part)
    return made.getvalue()


def inputs(name, count, only):
    """Give numbers, and the input of each."""
    documents = READERS[name][1]()
    make, write = WRITTEN.get(name, (list, None))
    contents = make()
    for number in range(count) if only is None else (only,):
        chance = random.Random(f"{name} {number}")
        if contents and number % 4 < 2:
            yield number, write(chance.choice(contents), chance)
            continue
        document = chance.choice(documents)
        within = isinstance(document, bytes) and document.startswith(b"PK") and number % 2
        source = spoilt_within(document, chance) if within else spoilt(document, documents, chance)
        if isinstance(source, str) and number % 8 == 0:
            source = source.encode("utf-8", "surrogatepass")
        yield number, source


def tried(name, count, only):
    """Read so many inputs, and give how many were read, were refused, and broke the reader."""
    read = READERS[name][0]
    taken = refused = broken = 0
    for number, source in inputs(name, count, only):
        try:
            read(source)
            taken += 1
        except LgscoError:
            refused += 1
        except Exception:  # noqa: BLE001  # what this looks for
            broken += 1
            print(f"{name}, input {number}:", traceback.format_exc(), sep="\n", flush=True)
    return taken, refused, broken


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "readers", nargs="*", metavar="READER", help=f"of {', '.join(READERS)}; all where none is named"
    )
    parser.add_argument("--texts", type=int, default=1_000_000, help="how many inputs each reader of text is given")
    parser.add_argument("--files", type=int, default=20_000, help="how many the readers of PDFs and workbooks are")
    parser.add_argument("--only", type=int, metavar="NUMBER", help="the one input to read once more")
    asked = parser.parse_args()
    if unknown := set(asked.readers) - set(READERS):
        parser.error(f"no reader is called {', '.join(sorted(unknown))}")
    all_broken = 0
    for name in asked.readers or READERS:
        begun = time.process_time()
        taken, refused, broken = tried(name, asked.files if name in OF_FILES else asked.texts, asked.only)
        all_broken += broken
        seconds = time.process_time() - begun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{name}: {taken:,} read, {refused:,} refused, {broken:,} broken; {seconds:,.0f} s, {memory:,} MB",
            flush=True,
        )
    sys.exit(bool(all_broken))


if __name__ == "__main__":
    main()
