"""Tables of text for a terminal, Markdown and HTML, escaping of text for each, and numbers and dates in words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """
    Return a table for a terminal: two spaces between columns, numbers aligned to the right, under a ruled header.

    Args:
        header: the headings.
        rows: the rows, each with a cell for each heading.

    Returns:
        The lines, without spaces at their ends.

    >>> print(text_table(["Name", "Rate"], [["Uphold rate", "86%"]]))
    Name         Rate
    -----------  ----
    Uphold rate   86%
    """
    columns = [*zip(header, *rows, strict=True)]
    widths = [max(map(len, column)) for column in columns]
    numbers = [all(map(_NUMBER.fullmatch, column[1:])) for column in columns]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(line, widths, numbers, strict=True)
        ).rstrip()
        for line in lines
    )


_NUMBER = re.compile("[\N{POUND SIGN}\N{MINUS SIGN}0-9,.]+%?|-|n/a|not known|")


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    r"""
    Return a Markdown table; a bar or a line break in a cell cannot break out of it.

    Args:
        header: the headings.
        rows: the rows, each with a cell for each heading.

    Returns:
        The lines.

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
    Escape a text for Markdown, on one line.

    Args:
        text: any text.

    Returns:
        Markdown that shows the text character by character.

    >>> print(markdown_text("a|b <script> [x](y) *z*"))
    a\|b &lt;script> \[x\](y) \*z\*
    >>> print(markdown_text("1. one"), markdown_text("# two"), markdown_text("19 of 22"))
    1\. one \# two 19 of 22
    """
    # At the beginning of a line these would make a heading, a quotation, a list or a rule.
    return re.sub(r"^(\d{1,9}(?=[.)]( |$)))?(?=[.)#>+=-])", r"\g<0>\\", _signs(text))


def _signs(text: str) -> str:
    """Escape the signs that have a meaning in Markdown anywhere in a line."""
    return re.sub(r"[\\|*_`\[\]~$]|&(?=[#\w])", r"\\\g<0>", one_line(text)).replace("<", "&lt;")


def html_text(text: str) -> str:
    """
    Escape a text for HTML, also within the quotes of an attribute, on one line.

    Args:
        text: any text.

    Returns:
        HTML that shows the text character by character.

    >>> print(html_text('<b> & "c"'))
    &lt;b&gt; &amp; &quot;c&quot;
    """
    line = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return line.replace('"', "&quot;").replace("'", "&#39;")


def inert_text(text: str) -> str:
    """
    Return a text on one line that no spreadsheet takes for a formula.

    Args:
        text: any text.

    Returns:
        The text, after an apostrophe where it begins as a formula does.

    >>> inert_text("=cmd()"), inert_text("Kent"), inert_text("-1")
    ("'=cmd()", 'Kent', "'-1")
    """
    line = one_line(text)
    return f"'{line}" if line[:1] in {"=", "+", "-", "@"} else line


def html_table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """
    Return a small HTML table for a notebook; its first column has the headings of its rows.

    Args:
        caption: the caption.
        header: the headings of the columns.
        rows: the rows, each with a cell for each heading.

    Returns:
        The table, its texts escaped.

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
    """The base of results that a notebook shows as a table: HTML with a caption, and the same as plain text."""

    __slots__ = ()

    if TYPE_CHECKING:
        # Each result has its own: the caption, the headings of the columns, and the rows, each after its heading.
        def as_table(self) -> tuple[str, Sequence[str], Sequence[Sequence[str]]]: ...

    def _repr_html_(self) -> str:
        return html_table(*self.as_table())

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:  # noqa: ARG002  # IPython chooses by them itself
        caption, header, rows = self.as_table()
        lines = [[one_line(cell) for cell in row] for row in rows]
        return {"text/plain": f"{one_line(caption)}\n\n{text_table(header, lines)}", "text/html": self._repr_html_()}


def one_line(text: str) -> str:
    r"""
    Return a text on one line, each run of white space as one space, and harmless.

    Args:
        text: any text.

    Returns:
        The text, without characters that command a terminal.

    >>> one_line(" two\nlines\N{NO-BREAK SPACE}and\N{RIGHT-TO-LEFT OVERRIDE}more ")
    'two lines and\ufffdmore'
    """
    return harmless(" ".join(text.split()))


def bullets(items: Sequence[str], width: int) -> str:
    """
    Return a bulleted list, each item wrapped and indented by two spaces.

    Args:
        items: the items.
        width: the most characters in a line.

    Returns:
        The lines.

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
    Return a text in which no character commands the terminal that shows it.

    Args:
        text: any text; line breaks stay.

    Returns:
        The text, with U+FFFD for each character that cannot be printed.

    >>> harmless("Kent\x1b[2J County\nCouncil")
    'Kent\ufffd[2J County\nCouncil'
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text)


def number_of(count: int, noun: str, plural: str | None = None) -> str:
    """
    Return a count with its noun, singular or plural.

    Args:
        count: how many.
        noun: the noun in the singular.
        plural: its plural; ``None`` where it only adds "s".

    Returns:
        The words, thousands separated by commas.

    >>> number_of(0, "case"), number_of(1, "case"), number_of(2, "inquiry", "inquiries"), number_of(1234, "case")
    ('0 cases', '1 case', '2 inquiries', '1,234 cases')
    """
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def long_date(year: int, month: int, day: int) -> str:
    """
    Return a date in English, whatever the machine's locale.

    Args:
        year: the year.
        month: the month, from 1 to 12.
        day: the day of the month.

    Returns:
        The day, the name of the month and the year.

    >>> long_date(2020, 7, 22)
    '22 July 2020'
    """
    return f"{day} {_MONTHS[month - 1]} {year}"


def pounds(sum_of_money: Decimal) -> str:
    """
    Return a sum of money in words; pence only where there are any.

    Args:
        sum_of_money: pounds, to the penny.

    Returns:
        The sum after a pound sign, thousands separated by commas.

    >>> pounds(Decimal("4200.00")), pounds(Decimal("1234567.5"))
    ('£4,200', '£1,234,567.50')
    """
    # By its digits: to write a Decimal otherwise would depend on the caller's context.
    whole, _, pence = f"{sum_of_money:f}".partition(".")
    shown = pence[:2].ljust(2, "0")
    return f"\N{POUND SIGN}{int(whole):,}" + (f".{shown}" if shown != "00" else "")


def short_decimal(number: Decimal) -> str:
    """
    Return a decimal in digits, without zeros at its end.

    Args:
        number: any finite number.

    Returns:
        The digits, whatever the caller's context, on which ``Decimal.normalize`` depends.

    >>> short_decimal(Decimal("72.50")), short_decimal(Decimal("100.0")), short_decimal(Decimal(100))
    ('72.5', '100', '100')
    """
    text = f"{number:f}"
    return text.rstrip("0").removesuffix(".") if "." in text else text
