"""The output of all commands: text, Markdown or JSON, and the exit codes."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias, TypeVar

from lgsco import convert
from lgsco._text import bullets, harmless
from lgsco.errors import InvalidValue, LgscoError
from lgsco.model.years import ReportingYear
from lgsco.render.text import to_text
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lgsco.reports.elements import Report

    # argparse has no public name for where a command adds its options.
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  # see above

__all__ = [
    "CANNOT",
    "DISAGREE",
    "INTERRUPTED",
    "OK",
    "UNREADABLE",
    "Page",
    "UnreadableFile",
    "add_council_and_year",
    "complain",
    "content_of",
    "counted",
    "is_watched",
    "plain",
    "say",
    "say_json",
    "show",
    "standard_input",
    "year_of",
]


T = TypeVar("T")
OK, DISAGREE, CANNOT, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130
_NARROWEST, _WIDEST = 60, 100


def say(text: str) -> None:
    """Print text to standard output."""
    print(harmless(text))


def show(report: Report) -> None:
    """Print a report as text that fits the terminal, from 60 columns to 100."""
    say(to_text(report, width=_width()))


def _width() -> int:
    return min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)


def say_json(**members: object) -> None:
    """Print a JSON document to standard output, with the version of its format first."""
    text = json.dumps({"lgsco": convert.FORMAT, **members}, ensure_ascii=False, indent=2)
    # What could command a terminal is escaped, as only JSON can, so that what is read is what was written.
    print("".join(sign if sign.isprintable() or sign == "\n" else json.dumps(sign)[1:-1] for sign in text))


def complain(text: str) -> None:
    """Print text to standard error, if there is one."""
    if sys.stderr is not None:
        print(harmless(text), file=sys.stderr)


def is_watched() -> bool:
    """Return whether standard error is a terminal, on which progress is shown."""
    return sys.stderr is not None and sys.stderr.isatty()


def standard_input() -> BinaryIO:
    """
    Return the bytes of standard input.

    Raises:
        UnreadableFile: it is closed.
    """
    if sys.stdin is None:
        raise UnreadableFile(wording.NO_INPUT)
    return sys.stdin.buffer


def plain(values: Sequence[object]) -> list[object]:
    """Return values as JSON has them."""
    documents: list[object] = json.loads(convert.to_json(values))["values"] if values else []
    return documents


def year_of(text: str) -> ReportingYear:
    """Return the reporting year that an argument names."""
    try:
        return ReportingYear.parse(text)
    except InvalidValue as error:
        raise argparse.ArgumentTypeError(f"{text!r} {error.problems[0].reason}") from None


def day(text: str) -> dt.date:
    """Return the day that an argument names."""
    try:
        named = dt.date.fromisoformat(text)
    except ValueError:
        named = None
    # fromisoformat also takes "20200331" and week dates.
    if named is None or named.isoformat() != text:
        raise argparse.ArgumentTypeError(f"{text!r} must be a day written like '2020-03-31'")
    return named


def add_council_and_year(parser: argparse.ArgumentParser) -> None:
    """Add the two arguments that most commands have."""
    parser.add_argument("name", metavar="NAME", help="the council's name or its ONS code")
    parser.add_argument("--year", required=True, type=year_of, help="the reporting year, such as 2019-20")


def counted(items: Sequence[T], noun: str) -> Iterator[T]:
    """Yield items, and show on a terminal, on standard error, how many of them are done."""
    shown = is_watched()
    for done, item in enumerate(items, 1):
        yield item
        if shown:
            end = "\n" if done == len(items) else ""
            print(f"\r{done} of {len(items)} {noun}", end=end, file=sys.stderr, flush=True)


class UnreadableFile(LgscoError, ValueError):
    """A file does not exist, cannot be read, or is not of the right kind."""


def content_of(file: str) -> bytes:
    """Return the bytes of a file, or of standard input for "-"."""
    try:
        return standard_input().read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{file}: {error.strerror}") from None


class Page:
    """The parts of an output as text for a terminal."""

    def __init__(self) -> None:
        self.width = _width()

    def heading(self, words: str, level: int = 2) -> str:
        """Return a heading, underlined."""
        return f"{words}\n{('=' if level == 1 else '-') * len(words)}"

    def items(self, items: Sequence[str]) -> str:
        """Return a list, each item wrapped to the width of the terminal."""
        return bullets(items, self.width)

    def filled(self, paragraph: str) -> str:
        """Wrap a paragraph to the width of the terminal."""
        return textwrap.fill(paragraph, self.width, break_long_words=False, break_on_hyphens=False)
