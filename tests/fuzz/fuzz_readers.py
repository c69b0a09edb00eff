"""
Every reader is given what nobody would write: a value comes out, or an error of ours, and nothing else.

Run it with: uv run --group fuzz python tests/fuzz/fuzz_readers.py [--seconds 60] [READER ...]
Coverage of our own code leads the way (atheris). It begins from documents that the renderers of the tests write, and
needs no others. What breaks a reader is kept in a file, which ``--again FILE READER`` reads once more.
Pytest does not collect this; the laws beside it try a little of the same in every run.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import atheris

sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))
with atheris.instrument_imports(include=["lgsco"]):
    import lgsco
    from lgsco import readers
    from lgsco.readers import CASE_FIELDS

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.support import letters, listings, pages, pdfs, sheets

COLUMNS = {field: field for field in CASE_FIELDS}
ME = lgsco.Authority("Barsetshire County Council", lgsco.AuthorityType.COUNTY_COUNCIL)
CASES = [
    [*CASE_FIELDS],
    *(
        [words.get(field, "") for field in CASE_FIELDS]
        for words in (
            {"reference": "19 003 456", "outcome": "Upheld", "decided_on": "1 April 2019", "opened_on": "2019-01-31"},
            {
                "reference": "19-003-457",
                "outcome": "not upheld",
                "decided_on": "30/04/2019",
                "satisfactory_remedy": "no",
            },
        )
    ),
]


def drawn(render, *strategies, count=6):
    """Give what is rendered of so many draws, the same each time."""
    found = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(st.tuples(*strategies))
    def draw(parts):
        found.append(render(*parts))

    draw()
    return found


def of_letters():
    texts = drawn(letters.render, letters.printed_figures(), letters.noises())
    return [*texts, *map(pages.as_html, texts[:3]), *(make(text) for make in pdfs.MAKERS for text in texts[:2])]


def of_pages():
    texts = drawn(
        lambda printed, layout, noise: pages.render_page(*printed, layout, noise),
        pages.printed_years(several=True),
        pages.layouts(several=True),
        letters.noises(),
    )
    return [*texts, *map(pages.as_html, texts[:3])]


def of_decisions():
    entries = st.lists(listings.listed(), min_size=1, max_size=3)
    return [
        *drawn(listings.render_listing, entries, listings.styles()),
        *drawn(listings.listing_as_html, entries, count=3),
        *drawn(listings.render_page, listings.paged(), count=3),
    ]


def of_tables():
    held = sheets.sheets().flatmap(lambda one: st.tuples(st.just(one), sheets.styles(one)))
    rows = drawn(lambda both: sheets.rows_of(*both), held)
    books = [make({"Data": each}) for make in (sheets.as_xlsx, sheets.as_xls, sheets.as_ods) for each in rows[:2]]
    return [*map(sheets.as_text, rows), *books]


def of_cases():
    books = [make({"Cases": CASES}) for make in (sheets.as_xlsx, sheets.as_xls, sheets.as_ods)]
    return [sheets.as_text(CASES), sheets.as_text(CASES, delimiter="\t"), *books]


READERS = {
    "letters": (readers.read_letter, of_letters),
    "pages": (readers.read_page, of_pages),
    "decisions": (readers.read_decisions, of_decisions),
    "tables": (readers.read_tables, of_tables),
    "cases": (lambda source: readers.read_cases(source, COLUMNS, ME), of_cases),
    "columns": (lambda source: readers.read_cases(source, None, ME, accept=True), of_cases),
    "any": (readers.read_any, lambda: [*of_letters()[:4], *of_pages()[:4], *of_decisions()[:4], *of_tables()[:4]]),
}
"""By name: the reader, and what makes the documents from which fuzzing begins."""


def attempt(read, source):
    """Read it; what is no error of ours goes through."""
    try:
        read(source)
    except lgsco.LgscoError:
        return


def try_one(name):
    """Give what libFuzzer calls: the bytes are read as they are, and as text unless they are a file of another kind."""
    read, _ = READERS[name]

    def once(data):
        attempt(read, data)
        if not data[:4].startswith((b"%PDF", b"PK", b"\xd0\xcf")):
            attempt(read, data.decode("utf-8", "surrogateescape"))

    return once


def fuzz(name, seconds, kept):
    """Fuzz one reader in this process, which libFuzzer ends."""
    _, made = READERS[name]
    with tempfile.TemporaryDirectory(prefix="lgsco-fuzz-") as corpus:
        for number, document in enumerate(made()):
            held = document if isinstance(document, bytes) else document.encode("utf-8", "surrogateescape")
            (pathlib.Path(corpus) / f"{number:03}").write_bytes(held)
        options = {"max_total_time": seconds, "timeout": 20, "rss_limit_mb": 2_048, "seed": 2026, "verbosity": 0}
        given_options = [f"-{option}={held}" for option, held in options.items()]
        atheris.Setup([sys.argv[0], corpus, f"-artifact_prefix={kept}/{name}-", *given_options], try_one(name))
        atheris.Fuzz()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "readers", nargs="*", metavar="READER", help=f"of {', '.join(READERS)}; all where none is named"
    )
    parser.add_argument("--seconds", type=int, default=60, help="how long each reader is tried")
    parser.add_argument("--keep", default=tempfile.gettempdir(), help="the folder for what breaks a reader")
    parser.add_argument("--again", metavar="FILE", help="read what broke a reader once more")
    parser.add_argument("--here", action="store_true", help="fuzz the one reader named in this process")
    asked = parser.parse_args()
    if unknown := set(asked.readers) - set(READERS):
        parser.error(f"no reader is called {', '.join(sorted(unknown))}")
    chosen = asked.readers or [*READERS]
    if asked.again:
        for name in chosen:
            try_one(name)(pathlib.Path(asked.again).read_bytes())
    elif asked.here:
        fuzz(chosen[0], asked.seconds, asked.keep)
    else:
        # libFuzzer ends its process, so each reader has one of its own.
        begun = [sys.executable, __file__, "--here", "--seconds", str(asked.seconds), "--keep", asked.keep]
        broken = [name for name in chosen if subprocess.run([*begun, name], check=False).returncode]
        print(f"fuzzed {', '.join(chosen)}: {f'broken: {chr(44).join(broken)}' if broken else 'nothing broke'}")
        sys.exit(bool(broken))


if __name__ == "__main__":
    main()
