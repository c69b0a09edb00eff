"""What every command says, and how: text, Markdown or JSON, and the exit codes."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from lgsco import convert
from lgsco._text import bullets, harmless
from lgsco.errors import InvalidValue, LgscoError
from lgsco.model.years import ReportingYear

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    # argparse has no public name for where a command adds its own words.
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # see above

__all__ = [
    "CANNOT",
    "DISAGREE",
    "OK",
    "UNREADABLE",
    "Page",
    "UnreadableFile",
    "add_council_and_year",
    "complain",
    "content_of",
    "counted",
    "plain",
    "say",
    "year_of",
]


T = TypeVar("T")
OK, DISAGREE, CANNOT, UNREADABLE = 0, 1, 2, 3
_NARROWEST, _WIDEST = 60, 100


def say(text: str) -> None:
    """Print an answer."""
    print(harmless(text))


def complain(text: str) -> None:
    """Print why there is none, beside the answers."""
    print(harmless(text), file=sys.stderr)


def plain(values: Sequence[object]) -> list[object]:
    """Give values as they stand in JSON."""
    if not values:
        return []
    plain: list[object] = json.loads(convert.to_json(values))["values"]
    return plain


def year_of(text: str) -> ReportingYear:
    """Read the reporting year that a word of the command line names."""
    try:
        return ReportingYear.parse(text)
    except InvalidValue as error:
        raise argparse.ArgumentTypeError(f"{text!r} {error.problems[0].reason}") from None


def add_council_and_year(parser: argparse.ArgumentParser) -> None:
    """Add the two words that most commands begin with."""
    parser.add_argument("name", metavar="NAME", help="the council's name or its ONS code")
    parser.add_argument("--year", required=True, type=year_of, help="the reporting year, such as 2019-20")


def counted(items: Sequence[T], noun: str) -> Iterator[T]:
    """Go through items and say on a terminal, beside the answers, how many of them are done."""
    shown = sys.stderr.isatty()
    for done, item in enumerate(items, 1):
        yield item
        if shown:
            end = "\n" if done == len(items) else ""
            print(f"\r{done} of {len(items)} {noun}", end=end, file=sys.stderr, flush=True)


class UnreadableFile(LgscoError, ValueError):
    """A file is not there, or is not what it should be."""


def content_of(file: str) -> bytes:
    """Give what a file holds, or standard input where it is "-"."""
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{file}: {error.strerror}") from None


class Page:
    """The parts of an answer as text for a terminal, or as Markdown."""

    def __init__(self, *, markdown: bool) -> None:
        self.markdown = markdown
        self.width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)

    def heading(self, words: str, level: int = 2) -> str:
        """Give a heading, underlined on a terminal."""
        if self.markdown:
            return f"{'#' * level} {words}"
        return f"{words}\n{('=' if level == 1 else '-') * len(words)}"

    def items(self, items: Sequence[str]) -> str:
        """Give a list, each item wrapped to the width of the terminal."""
        return "\n".join(f"- {item}" for item in items) if self.markdown else bullets(items, self.width)

    def filled(self, paragraph: str) -> str:
        """Wrap a paragraph to the width of the terminal."""
        return textwrap.fill(paragraph, self.width, break_long_words=False, break_on_hyphens=False)
