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
    from lgsco.readers.bounds import Bounds

__all__ = ["is_markup", "lines_of_markup"]

_ELEMENTS = "html|head|body|main|div|section|article|h[1-6]|ul|ol|li|dl|dt|dd|p|br|table|tr|td|span|strong|b|a"
_MARKUP = re.compile(rf"<(?:!doctype html|/?(?:{_ELEMENTS})(?:\s[^<>]{{0,2000}})?/?)>", re.IGNORECASE)
# Neither a quoted value nor what is outside of one holds "<", so a tag that is never closed ends at the next one.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)"
    # A value that lacks its closing quote ends with the tag.
    r"(?P<rest>[^<>\"']*+(?:\"[^\"<]*+\"[^<>\"']*+|'[^'<]*+'[^<>\"']*+)*+(?=>)|[^<>]*+)>"
)
_ADDRESS = re.compile(r"href\s{0,9}=\s{0,9}[\"']?(?P<address>[^\"'\s>]{1,2000})", re.IGNORECASE)
_UNSEEN = frozenset({"head", "noscript", "script", "style", "svg", "template", "textarea", "title"})
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
    at = depth = 0
    end_of = _Ends(text)
    while (start := text.find("<", at)) >= 0:
        page.say(text, at, start)
        tag = _TAG.match(text, start)
        if tag is None:
            # A comment, a doctype, a sign of less than, or something that is never closed.
            unseen = text.startswith(("<!", "<?"), start)
            beyond = end_of("-->" if text.startswith("<!--", start) else ">", start) if unseen else 0
            if beyond:
                at = page.skip(text, start, beyond)
            else:
                at = start + 1
                page.say(text, start, at)
            continue
        name, closes = tag["name"].lower(), bool(tag["close"])
        at = tag.end()
        if name in _UNSEEN and not closes and not tag["rest"].endswith("/"):
            at = page.skip(text, at, end_of.element(name, at))
        elif name in _CONTAINERS:
            depth = max(depth - 1, 0) if closes else depth + 1
            if depth > bounds.html_depth:
                place, reason = f"line {page.number}", f"elements are nested more than {bounds.html_depth:,} deep"
                raise UnreadableDocument(expected, (), ("text",), (Problem(Place(path=place), reason),))
        page.pass_tag(name, tag["rest"], closes=closes)
    page.say(text, at, len(text))
    return page.finished()


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

    def skip(self, text: str, start: int, end: int) -> int:
        """Pass over what is not seen, and give where it ends."""
        self.number += text.count("\n", start, end)
        return end

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
