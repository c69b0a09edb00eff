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
    from lgsco.readers.bounds import ISOLATED

from seeds import COLUMNS, ME, of_cases, of_decisions, of_letters, of_pages, of_tables


def isolated(read):
    """Have PDFs and workbooks unpacked in the worker, as commands do: what ends the worker is an error of ours."""
    return lambda source: read(source, bounds=ISOLATED)


READERS = {
    "letters": (isolated(readers.read_letter), of_letters),
    "pages": (isolated(readers.read_page), of_pages),
    "decisions": (isolated(readers.read_decisions), of_decisions),
    "tables": (isolated(readers.read_tables), of_tables),
    "cases": (lambda source: readers.read_cases(source, COLUMNS, ME, bounds=ISOLATED), of_cases),
    "columns": (lambda source: readers.read_cases(source, None, ME, accept=True, bounds=ISOLATED), of_cases),
    "any": (
        isolated(readers.read_any),
        lambda: [*of_letters()[:4], *of_pages()[:4], *of_decisions()[:4], *of_tables()[:4]],
    ),
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
