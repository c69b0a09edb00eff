"""The dataset that a command asks: what ships, and what the options name."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from lgsco import published
from lgsco.cli._figures import NoFigures
from lgsco.cli._files import load_named
from lgsco.cli._terminal import complain, content_of, day
from lgsco.errors import InvalidValue, by_kind
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from lgsco.dataset import Dataset, Peers
    from lgsco.errors import Problem

_MOST_KINDS = 8
_HEADINGS = {"authority", "council", "name", "local authority", "code"}


def add_figures(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the figures."""
    parser.add_argument(
        "--figures",
        metavar="PATH",
        action="append",
        default=[],
        help="figures beside those that ship: a file, a folder, or what lgsco collect wrote; may be repeated",
    )
    parser.add_argument("--only-figures", action="store_true", help="leave out the figures that ship; needs --figures")


def add_as_at(parser: argparse.ArgumentParser) -> None:
    """Add the option that dates the figures."""
    parser.add_argument(
        "--as-at",
        type=day,
        metavar="DATE",
        help="the date of the figures, such as 2026-11-29, which the pages state; without it the newest date of their"
        " sources",
    )


def add_beside(parser: argparse.ArgumentParser) -> None:
    """Add the option that chooses the councils to compare with."""
    parser.add_argument(
        "--beside",
        metavar="COUNCILS",
        help="compare with these in place of the group: 'A; B; C', a text or CSV file with a council on each line,"
        " or 'region'",
    )


def beside_of(options: argparse.Namespace) -> Peers:
    """
    Return what the options choose to compare with.

    Raises:
        UnreadableFile: the file that is named cannot be read.
        InvalidValue: no council is named.
    """
    text: str | None = options.beside
    if text is None or text == "region":
        return "others" if text is None else "region"
    if Path(text).is_file() or Path(text).suffix.lower() in {".csv", ".txt"}:
        rows = csv.reader(io.StringIO(content_of(text).decode("utf-8-sig", errors="replace")))
        names = [row[0].strip() for row in rows if row and row[0].strip()]
        # A file of a spreadsheet may have a heading, which names no council.
        names = names[1:] if names and names[0].casefold() in _HEADINGS else names
    else:
        names = [name.strip() for name in text.split(";") if name.strip()]
    if not names:
        raise InvalidValue.at("--beside", text, "names no council")
    return names


def dataset_of(options: argparse.Namespace) -> Dataset:
    """
    Return the dataset that the options choose, and say on standard error what was not understood of the files.

    Raises:
        UnreadableFile: a file that is named cannot be read.
        NoFigures: the shipped figures are to be left out, and there are no others.
    """
    paths: list[str] = options.figures
    if not paths:
        if options.only_figures:
            raise NoFigures(wording.NEEDS_FIGURES)
        return published.dataset()
    loaded = load_named(paths, every=True)
    _complain_of(loaded.problems)
    return loaded.dataset if options.only_figures else published.dataset() + loaded.dataset


def _complain_of(problems: Sequence[Problem]) -> None:
    kinds = by_kind(problems)
    for line in kinds[:_MOST_KINDS]:
        complain(f"lgsco: {line}")
    if len(kinds) > _MOST_KINDS:
        complain(f"lgsco: {wording.figures_not_understood(len(kinds), _MOST_KINDS)}")
