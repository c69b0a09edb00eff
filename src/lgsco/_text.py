"""Rows of text to aligned tables, for a terminal, Markdown and HTML, and what makes any text harmless there."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "ShownAsTable",
    "bullets",
    "harmless",
    "html_table",
    "html_text",
    "inert_text",
    "long_date",
    "markdown_table",
    "markdown_text",
    "number_of",
    "one_line",
    "pounds",
    "text_table",
]

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
    lines = [[_signs(cell) for cell in line] for line in (header, *rows)]
    lines.insert(1, ["---"] * len(header))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def markdown_text(text: str) -> str:
    r"""
    Write a text so that Markdown shows its very signs, on one line and without a command among them.

    >>> print(markdown_text("a|b <script> [x](y) *z*"))
    a\|b &lt;script> \[x\](y) \*z\*
    >>> print(markdown_text("1. one"), markdown_text("# two"), markdown_text("19 of 22"))
    1\. one \# two 19 of 22
    """
    # At the beginning of a line these would make a heading, a quotation, a list or a rule.
    return re.sub(r"^(\d{1,9}(?=[.)]( |$)))?(?=[.)#>+=-])", r"\g<0>\\", _signs(text))


def _signs(text: str) -> str:
    """Write the signs that Markdown takes for its own anywhere in a line."""
    return re.sub(r"[\\|*_`\[\]~$]|&(?=[#\w])", r"\\\g<0>", one_line(text)).replace("<", "&lt;")


def html_text(text: str) -> str:
    """
    Write a text so that HTML, also within the quotes of an attribute, shows its very signs, on one line.

    >>> print(html_text('<b> & "c"'))
    &lt;b&gt; &amp; &quot;c&quot;
    """
    line = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return line.replace('"', "&quot;").replace("'", "&#39;")


def inert_text(text: str) -> str:
    """
    Write a text so that no spreadsheet takes it for a formula, on one line.

    >>> inert_text("=cmd()"), inert_text("Kent"), inert_text("-1")
    ("'=cmd()", 'Kent', "'-1")
    """
    line = one_line(text)
    return f"'{line}" if line[:1] in {"=", "+", "-", "@"} else line


def html_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """
    Give a small HTML table whose first column heads its rows, for a notebook.

    >>> print(html_table("Rates", ["Name", "Rate"], [["Uphold rate", "86%"]]))
    <table><caption>Rates</caption><thead><tr><th scope="col">Name</th><th scope="col">Rate</th></tr></thead>
    <tbody><tr><th scope="row">Uphold rate</th><td>86%</td></tr></tbody></table>
    """
    columns = "".join(f'<th scope="col">{html_text(name)}</th>' for name in header)
    lines = "".join(
        f'<tr><th scope="row">{html_text(first)}</th>{"".join(f"<td>{html_text(cell)}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    head = f"<caption>{html_text(caption)}</caption><thead><tr>{columns}</tr></thead>"
    return f"<table>{head}\n<tbody>{lines}</tbody></table>"


class ShownAsTable:
    """What results share that show themselves in a notebook: a table with its caption, and its plain text twin."""

    __slots__ = ()

    def as_table(self) -> tuple[str, Sequence[str], Sequence[Sequence[str]]]:
        """Give the caption, the headings and the rows, whose first cell heads each."""
        raise NotImplementedError  # each result gives its own

    def _repr_html_(self) -> str:
        return html_table(*self.as_table())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002  # IPython chooses by them itself
        caption, header, rows = self.as_table()
        lines = [[one_line(cell) for cell in row] for row in rows]
        return {"text/plain": f"{one_line(caption)}\n\n{text_table(header, lines)}", "text/html": self._repr_html_()}


def one_line(text: str) -> str:
    r"""
    Give a text on one line, each run of spaces as one space, and harmless.

    >>> one_line(" two\nlines\N{NO-BREAK SPACE}and\N{RIGHT-TO-LEFT OVERRIDE}more ")
    'two lines and\ufffdmore'
    """
    return harmless(" ".join(text.split()))


def bullets(items: Sequence[str], width: int) -> str:
    """
    Give a list, each item wrapped to the width and hung by two spaces.

    >>> print(bullets(["one two three"], 10))
    - one two
      three
    """
    from textwrap import fill  # noqa: PLC0415  # takes long to load, and few lists are printed

    return "\n".join(
        fill(item, width, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
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
