"""
HTML to the lines that a browser would show.

Not by a parser of the standard library: some of its versions take time by the square of what was left unclosed.
Here each character is looked at a bounded number of times, whatever is open, and nothing recurs.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from lgsco.errors import Place, Problem, UnreadableDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lgsco.readers.bounds import Bounds

_ELEMENTS = "html|head|body|main|div|section|article|h[1-6]|ul|ol|li|dl|dt|dd|p|br|table|tr|td|span|strong|b|a"
_MARKUP = re.compile(rf"<(?:!doctype html|/?(?:{_ELEMENTS})(?:\s[^<>]{{0,2000}})?/?)>", re.IGNORECASE)
# Neither a quoted value nor what is outside of one holds "<", so a tag that is never closed ends at the next one.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)"
    # A value that lacks its closing quote ends with the tag.
    r"(?P<rest>[^<>\"']*+(?:\"[^\"<]*+\"[^<>\"']*+|'[^'<]*+'[^<>\"']*+)*+(?=>)|[^<>]*+)>"
)
_ADDRESS = re.compile(r"href\s{0,9}=\s{0,9}[\"']?(?P<address>[^\"'\s>]{1,2000})", re.IGNORECASE)
# What is struck out is not what is said.
_UNSEEN = frozenset(
    {"del", "head", "noscript", "s", "script", "strike", "style", "svg", "template", "textarea", "title"}
)
# In a sentence the mark of a note would be part of the number before it; in a cell it is a note.
_UNSEEN_IN_LINES = _UNSEEN | {"sup"}
_ITEM = frozenset({"li"})
_CELLS = frozenset({"td", "th"})
_OPTIONAL_ENDS = frozenset({"p", "dt", "dd", "option", "tr", "thead", "tbody", "tfoot", "body", "html"})
_CONTAINERS = frozenset(
    {
        "address", "article", "aside", "blockquote", "button", "caption", "center", "details", "dialog", "div", "dl",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
        "legend", "main", "menu", "nav", "ol", "pre", "section", "select", "summary", "table", "ul",
    }
)  # fmt: skip
_EMPTY_LINES = frozenset({"br", "hr"})
_BREAKING = _CONTAINERS | _OPTIONAL_ENDS | _ITEM | _EMPTY_LINES
_BULLET = "\N{BULLET} "


def is_markup(text: str) -> bool:
    """Whether a text is HTML, whole or a part of a page."""
    return "<" in text and _MARKUP.search(text) is not None


def lines_of_markup(text: str, bounds: Bounds, expected: str) -> tuple[list[str], list[int], list[tuple[int, str]]]:
    """
    Return the lines that are seen, the number of the line in the source where each begins, and their links.

    A new line begins with every block, item and row; an item begins with a bullet, and a block ends with an empty line.

    Raises:
        UnreadableDocument: elements are nested more deeply than the bound.
    """
    page = _Page()
    for start, end, tag, is_seen in _pieces(text, bounds, expected, _UNSEEN_IN_LINES):
        if tag is not None:
            page.pass_tag(tag["name"].lower(), tag["rest"], closes=bool(tag["close"]))
        elif is_seen:
            page.say(text, start, end)
        else:
            page.skip(text, start, end)
    return page.finished()


def _pieces(
    text: str, bounds: Bounds, expected: str, unseen_elements: frozenset[str] = _UNSEEN
) -> Iterator[tuple[int, int, re.Match[str] | None, bool]]:
    """Return the stretches of a text in their order: of each its ends, the tag that it is, and whether it is seen."""
    at = depth = 0
    end_of = _Ends(text)
    while (start := text.find("<", at)) >= 0:
        yield at, start, None, True
        tag = _TAG.match(text, start)
        if tag is None:
            # A comment, a doctype, a sign of less than, or something that is never closed.
            unseen = text.startswith(("<!", "<?"), start)
            beyond = end_of("-->" if text.startswith("<!--", start) else ">", start) if unseen else 0
            at = beyond or start + 1
            yield start, at, None, not beyond
            continue
        name, closes = tag["name"].lower(), bool(tag["close"])
        at = tag.end()
        if name in unseen_elements and not closes and not tag["rest"].endswith("/"):
            beyond = end_of.element(name, at)
            yield at, beyond, None, False
            at = beyond
        elif name in _CONTAINERS:
            depth = max(depth - 1, 0) if closes else depth + 1
            if depth > bounds.html_depth:
                place = f"line {text.count(chr(10), 0, start) + 1}"
                reason = f"elements are nested more than {bounds.html_depth:,} deep"
                raise UnreadableDocument(expected, (), ("text",), (Problem(Place(path=place), reason),))
        yield start, at, tag, True
    yield at, len(text), None, True


_SPAN = {
    kind: re.compile(rf"\b{kind}span\s{{0,9}}=\s{{0,9}}[\"']?(?P<count>[0-9]{{1,4}})", re.IGNORECASE)
    for kind in ("row", "col")
}


def rows_of_markup(
    text: str, bounds: Bounds, expected: str
) -> tuple[list[list[str]], tuple[tuple[int, int, int, int], ...]]:
    """
    Return the rows of every table of a page, and the cells that are merged; each line of text beside them is a row.

    Raises:
        UnreadableDocument: elements are nested more deeply than the bound, or there are too many cells.
    """
    grid = _Grid(bounds, expected)
    for start, end, tag, is_seen in _pieces(text, bounds, expected):
        if tag is not None:
            grid.pass_tag(tag["name"].lower(), tag["rest"], closes=bool(tag["close"]))
        elif is_seen:
            grid.say(text[start:end])
    return grid.finished()


class _Level:
    """The rows of a table within a cell, or of all that is in none, and the cell that is being written."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.within: list[_Level] = []
        """The tables within its cells, which come after it."""
        self.tables = 0
        """How many tables are open in it."""
        self.pieces: list[str] = []
        self.raised = 0
        """The piece with which what is raised begins."""
        self.row: list[str] | None = None
        self.in_cell, self.span = False, (1, 1)
        # For each column, the row in which a cell above it ends.
        self.taken: dict[int, int] = {}

    def take_within(self) -> None:
        """Add the rows of the tables that were within its cells."""
        for level in self.within:
            above = len(self.rows) + 1
            self.rows += [[], *level.rows]
            self.merged += [(top + above, bottom + above, left, right) for top, bottom, left, right in level.merged]
        self.within = []


class _Grid:
    """The rows seen so far, table by table: one within a cell of another comes after that."""

    def __init__(self, bounds: Bounds, expected: str) -> None:
        self._bounds, self._expected = bounds, expected
        self._levels = [_Level()]
        self._rows = self._cells = 0

    @property
    def _level(self) -> _Level:
        return self._levels[-1]

    def say(self, text: str) -> None:
        if self._level.in_cell or self._level.row is None:
            self._level.pieces.append(text)

    def pass_tag(self, name: str, rest: str, *, closes: bool) -> None:
        level = self._level
        if name in _CELLS:
            self._end_cell()
            if not closes and level.row is not None:
                level.in_cell = True
                down, across = (_SPAN[kind].search(rest) for kind in ("row", "col"))
                level.span = (max(int(down["count"]), 1) if down else 1, max(int(across["count"]), 1) if across else 1)
        elif name == "tr":
            self._end_row()
            level.row = None if closes else []
        elif name == "table":
            self._pass_table(closes=closes)
        elif name == "sup":
            self._pass_raised(closes=closes)
        elif level.in_cell and name in _BREAKING:
            level.pieces.append(" ")
        elif name in _BREAKING:
            self._end_line()

    def _pass_table(self, *, closes: bool) -> None:
        if self._level.in_cell and not closes:
            self._levels.append(_Level())
            return
        self._end_row()
        if closes and not self._level.tables and len(self._levels) > 1:
            self._end_level()
            return
        level = self._level
        level.tables = max(level.tables + (-1 if closes else 1), 0)
        level.taken = {}
        self._add([])
        if not level.tables:
            level.take_within()

    def _end_level(self) -> None:
        level = self._levels.pop()
        level.take_within()
        self._level.within.append(level)

    def _pass_raised(self, *, closes: bool) -> None:
        """Tell the mark of a note from the figure or the name that it is at."""
        pieces = self._level.pieces
        if not closes:
            self._level.raised = len(pieces)
            return
        mark = "".join(pieces[self._level.raised :]).strip(" []()")
        if mark and not mark.isalpha():
            pieces[self._level.raised :] = [f" [{mark}]"]

    def _text(self) -> str:
        text = " ".join(html.unescape("".join(self._level.pieces)).split())
        self._level.pieces, self._level.raised = [], 0
        return text

    def _end_cell(self) -> None:
        level = self._level
        if level.row is None or not level.in_cell:
            return
        self._pass_taken(level.row)
        down, across = level.span
        down, across = min(down, self._bounds.sheet_rows), min(across, self._bounds.sheet_columns)
        index, first = len(level.rows), len(level.row)
        level.row += [self._text(), *[""] * (across - 1)]
        if down > 1 or across > 1:
            level.merged.append((index, index + down - 1, first, first + across - 1))
        if down > 1:
            level.taken.update(dict.fromkeys(range(first, first + across), index + down - 1))
        level.in_cell = False

    def _pass_taken(self, row: list[str]) -> None:
        while self._level.taken.get(len(row), -1) >= len(self._level.rows):
            row.append("")

    def _end_row(self) -> None:
        self._end_cell()
        if self._level.row is not None:
            self._pass_taken(self._level.row)
            self._add(self._level.row)
            self._level.row = None
        else:
            self._end_line()

    def _end_line(self) -> None:
        if self._level.row is None and (text := self._text()):
            self._add([text])

    def _add(self, row: list[str]) -> None:
        self._level.rows.append(row)
        self._rows, self._cells = self._rows + 1, self._cells + len(row)
        if self._rows > self._bounds.sheet_rows or self._cells > self._bounds.sheet_cells:
            reason = f"has more than {self._bounds.sheet_rows:,} rows or {self._bounds.sheet_cells:,} cells"
            raise UnreadableDocument(self._expected, (), ("rows",), (Problem(Place(path="the whole"), reason),))

    def finished(self) -> tuple[list[list[str]], tuple[tuple[int, int, int, int], ...]]:
        self._end_row()
        while len(self._levels) > 1:
            self._end_level()
            self._end_row()
        self._level.take_within()
        return self._level.rows, tuple(self._level.merged)


class _Ends:
    """Finds where things end, and remembers what has no further end, so that no stretch is searched twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lowered: str | None = None
        self._none: set[str] = set()

    def __call__(self, mark: str, start: int) -> int:
        """Return the place beyond the next such mark; 0 where there is none."""
        at = self._find(self._text, mark, start)
        return 0 if at < 0 else at + len(mark)

    def element(self, name: str, start: int) -> int:
        """Return where the contents of an unseen element end, at its closing tag; without one, all is seen."""
        if self._lowered is None:
            lowered = self._text.lower()
            self._lowered = lowered if len(lowered) == len(self._text) else self._text
        at = self._find(self._lowered, f"</{name}", start)
        return start if at < 0 else at

    def _find(self, text: str, mark: str, start: int) -> int:
        at = -1 if mark in self._none else text.find(mark, start)
        if at < 0:
            self._none.add(mark)
        return at


class _Page:
    """The lines seen so far, and the one that is being written."""

    def __init__(self) -> None:
        self.number = 1
        self._lines: list[str] = []
        self._numbers: list[int] = []
        self._links: list[tuple[int, str]] = []
        self._pieces: list[str] = []
        self._began = 1

    def say(self, text: str, start: int, end: int) -> None:
        if start < end:
            text = text[start:end]
            if not self._pieces or self._pieces == [_BULLET]:
                # The line begins where its first word is.
                blank = len(text) - len(text.lstrip())
                self._began = self.number + text.count("\n", 0, blank)
            if text.strip() or self._pieces:
                self._pieces.append(text)
            self.number += text.count("\n")

    def skip(self, text: str, start: int, end: int) -> None:
        """Pass over what is not seen."""
        self.number += text.count("\n", start, end)

    def pass_tag(self, name: str, rest: str, *, closes: bool) -> None:
        self.number += rest.count("\n")
        if name in _BREAKING:
            self._end_line()
            if closes and name in _CONTAINERS | {"p"} and self._lines and self._lines[-1]:
                self._add_line("")
            if name in _ITEM and not closes:
                self._pieces.append(_BULLET)
        elif name in _CELLS and self._pieces:
            self._pieces.append(" ")
        elif name == "a" and not closes and (match := _ADDRESS.search(rest)):
            self._links.append((len(self._lines), html.unescape(match["address"])))

    def _end_line(self) -> None:
        if self._pieces:
            text = html.unescape("".join(self._pieces))
            # White space in HTML is any run of it; what entities become is not part of one.
            self._add_line(" ".join(text.split()))
            self._pieces = []
        self._began = self.number

    def _add_line(self, line: str) -> None:
        self._lines.append(line)
        self._numbers.append(self._began)

    def finished(self) -> tuple[list[str], list[int], list[tuple[int, str]]]:
        self._end_line()
        return self._lines, self._numbers, self._links
