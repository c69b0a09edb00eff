"""``lgsco collect``: files and folders to one dataset in a file."""

from __future__ import annotations

import argparse
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from lgsco import convert
from lgsco.cli._files import json_of, load_named, overview, summary_of
from lgsco.cli._terminal import OK, UNREADABLE, Page, UnreadableFile, say, say_json, year_of
from lgsco.cli._writing import check_not_read, ending_in, write
from lgsco.errors import UnreadableDocument
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from lgsco.cli._terminal import Commands
    from lgsco.dataset import Dataset


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "collect",
        help="read files and folders into one dataset, and say what was read and what was not",
        description="Read letters, pages, spreadsheets, listings, archives, saved datasets and a council's own cases"
        " into one file, which the commands that show figures take. PDFs need lgsco[pdf], workbooks lgsco[sheets].",
        epilog="Exit codes: 0 all was read; 2 an option is wrong; 3 a file cannot be read or written; what was read of"
        " the others is written all the same.",
    )
    parser.add_argument(
        "files", metavar="PATH", nargs="+", help="a file, a folder, or - for standard input; one or more"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        type=partial(ending_in, (".json", *_DATABASES)),
        help="the file to write: JSON where it ends in .json, or a SQLite database where it ends in .sqlite or .db",
    )
    parser.add_argument("--year", type=year_of, help="the year of spreadsheets that do not state it, such as 2019-20")
    parser.add_argument(
        "--column",
        metavar="FIELD=HEADING",
        type=_column,
        action="append",
        default=[],
        help="a column of a council's own export, such as reference='Ref no'; may be repeated",
    )
    parser.add_argument(
        "--council",
        metavar="NAME",
        help="whose cases an own export has, or without --column whose figures a table of one council has",
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")
    parser.set_defaults(run=_collect)


_DATABASES = (".sqlite", ".db")


def _column(text: str) -> tuple[str, str]:
    field, sign, heading = text.partition("=")
    if not (field and sign and heading):
        raise argparse.ArgumentTypeError(f"{text!r} must be written like reference='Ref no'")
    return field, heading


def _collect(options: argparse.Namespace) -> int:
    output: str = options.output
    if not Path(output).absolute().parent.is_dir():
        raise UnreadableFile(wording.no_such_folder(output))
    check_not_read(output, options.files)
    loaded = load_named(
        options.files,
        year=options.year,
        columns=dict(options.column) or None,
        authority=options.council,
        exclude=[output],
    )
    if output.lower().endswith(_DATABASES):
        _save(output, loaded.dataset)
    else:
        write(Path(output), f"{convert.to_json(loaded.dataset)}\n".encode())
    if options.json:
        say_json(output=output, **json_of(loaded, documents=False))
    else:
        written = wording.collected(output, summary_of(loaded.dataset))
        say("\n\n".join([*overview(Page(), loaded), written]))
    return UNREADABLE if any(file.error is not None for file in loaded.files) else OK


def _save(output: str, dataset: Dataset) -> None:
    """Write a database, in one transaction."""
    try:
        # Loaded when it is asked for: without the extra it is not there.
        import_module("lgsco.store").save(dataset, output)
    except UnreadableDocument as error:
        raise UnreadableFile(f"{output}: {error}") from None
