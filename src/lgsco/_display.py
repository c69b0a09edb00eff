"""Rows of text to aligned tables, for a terminal and for Markdown. Knows no domain type."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["bullets", "harmless", "long_date", "markdown_table", "number_of", "pounds", "text_table"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """
    Align columns to the left, two spaces apart, under a ruled header.

    >>> print(text_table(["Name", "Rate"], [["Uphold rate", "86%"]]))
    Name         Rate
    -----------  ----
    Uphold rate  86%
    """
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    r"""
    Give a Markdown table; a bar or a line break in a cell cannot break out of it.

    >>> print(markdown_table(["Name"], [["a|b"]]))
    | Name |
    | --- |
    | a\|b |
    """
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(_escaped(cell) for cell in line)} |" for line in lines)


def _escaped(cell: str) -> str:
    return " ".join(cell.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def bullets(items: Sequence[str], width: int) -> str:
    """
    Give a list, each item wrapped to the width and hung by two spaces.

    >>> print(bullets(["one two three"], 10))
    - one two
      three
    """
    return "\n".join(
        textwrap.fill(
            item, width, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
        for item in items
    )


def harmless(text: str) -> str:
    r"""
    Give a text in which no character commands the terminal that shows it.

    >>> harmless("Kent\x1b[2J County\nCouncil")
    'Kent\ufffd[2J County\nCouncil'
    """
    return "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text)


def number_of(count: int, noun: str, plural: str | None = None) -> str:
    """
    Give a count and its noun in the right number.

    >>> number_of(0, "case"), number_of(1, "case"), number_of(2, "inquiry", "inquiries"), number_of(1234, "case")
    ('0 cases', '1 case', '2 inquiries', '1,234 cases')
    """
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def long_date(year: int, month: int, day: int) -> str:
    """
    Write a date in English, whatever the machine's locale.

    >>> long_date(2020, 7, 22)
    '22 July 2020'
    """
    return f"{day} {_MONTHS[month - 1]} {year}"


def pounds(sum_of_money: Decimal) -> str:
    """
    Write a sum of whole pence, without pence where there are none.

    >>> pounds(Decimal("4200.00")), pounds(Decimal("1234567.5"))
    ('£4,200', '£1,234,567.50')
    """
    # By its digits: to write a Decimal otherwise would depend on the caller's context.
    whole, _, pence = f"{sum_of_money:f}".partition(".")
    shown = pence[:2].ljust(2, "0")
    return f"\N{POUND SIGN}{int(whole):,}" + (f".{shown}" if shown != "00" else "")
