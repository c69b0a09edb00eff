"""
A text as people see it: from text, HTML or a PDF to lines without the marks, breaks and odd characters of their making.

All that is done to a text takes time in proportion to its length.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import KW_ONLY
from typing import final

from lgsco._values import value
from lgsco.readers.bounds import Bounds
from lgsco.readers.markup import is_markup, lines_of_markup
from lgsco.readers.pdfs import is_pdf, pages_of_pdf, refused

DEFAULT_BOUNDS = Bounds()

# What is left of a link is its words.
_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{0,500})\]\((?P<address>[^()\s]{0,500})[^()\n]{0,100}\)")
_EMPHASIS = ("*", "__")
# Left by a PDF where a word was hyphenated at the end of a line, in the middle of which it is.
_BROKEN_WORD = re.compile("[\ufffe\x02][ \r]{0,9}\n? {0,9}")
_SPACES = "\t\x0b\x1f\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{MEDIUM MATHEMATICAL SPACE}" + (
    "".join(map(chr, range(0x2000, 0x200B)))
)
_AS_TYPED = {
    # UTF-8 that somebody read as Windows-1252; first, since it is made of characters that are below.
    "\xe2\u20ac\u2122": "\N{RIGHT SINGLE QUOTATION MARK}",
    "\xe2\u20ac\u02dc": "\N{LEFT SINGLE QUOTATION MARK}",
    "\xe2\u20ac\u0153": "\N{LEFT DOUBLE QUOTATION MARK}",
    "\xe2\u20ac\x9d": "\N{RIGHT DOUBLE QUOTATION MARK}",
    "\xe2\u20ac\u201c": "\N{EN DASH}",
    "\xe2\u20ac\u201d": "\N{EM DASH}",
    "\xe2\u20ac\xa2": "\N{BULLET}",
    "\xc2\xa3": "\N{POUND SIGN}",
    "\xc2\xa0": " ",
    # What is not seen.
    "\N{ZERO WIDTH SPACE}": "",
    "\N{ZERO WIDTH NON-JOINER}": "",
    "\N{ZERO WIDTH JOINER}": "",
    "\N{WORD JOINER}": "",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "",
    "\N{SOFT HYPHEN}": "",
    # What is seen as something else.
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{LATIN SMALL LIGATURE FFI}": "ffi",
    "\N{LATIN SMALL LIGATURE FFL}": "ffl",
    "\N{LATIN SMALL LIGATURE FF}": "ff",
    "\N{LATIN SMALL LIGATURE FI}": "fi",
    "\N{LATIN SMALL LIGATURE FL}": "fl",
    **dict.fromkeys(_SPACES, " "),
}
# The encodings that a page of HTML may name for itself, by the name that Python has for each.
_CHARSETS = {
    b"utf-8": "utf-8-sig",
    b"utf8": "utf-8-sig",
    b"us-ascii": "cp1252",
    b"iso-8859-1": "cp1252",
    b"latin1": "cp1252",
    b"windows-1252": "cp1252",
    b"cp1252": "cp1252",
}
_ENCODINGS = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?(?P<name>[\w-]{1,40})", re.IGNORECASE)
_HEAD_OF_PAGE = 4_096


@final
@value
class Document:
    """
    The lines of a text, each with single spaces and none at its ends; lines without anything are kept, empty.

    ``numbers`` are the numbers of the lines in the original, from 1; in a PDF, whose ``pages`` are the indexes at which
    a page begins, in all that its pages say.
    ``links`` are the addresses that a line links to, each with the index of its line.
    """

    _: KW_ONLY
    lines: Sequence[str]
    numbers: Sequence[int]
    pages: Sequence[int] = ()
    links: Sequence[tuple[int, str]] = ()

    def place(self, index: int) -> str:
        """Return the place of a line: its number, or in a PDF the page and the line of that page."""
        if not self.pages:
            return f"line {self.numbers[index]}"
        page = bisect.bisect_right(self.pages, index)
        return f"page {page}, line {index - self.pages[page - 1] + 1}"


@final
@value
class FlatText:
    """
    A document on one line, which remembers the line of the document that each part is from.

    ``searched`` is the same text for searching: in small letters, with straight quotes and hyphens.
    ``starts`` are the offsets at which a new line of the document begins, ``indexes`` the indexes of those lines.
    """

    text: str
    searched: str
    starts: Sequence[int]
    indexes: Sequence[int]

    @classmethod
    def of(cls, document: Document) -> FlatText:
        """Join all lines of a document."""
        pieces: list[str] = []
        starts, indexes = [], []
        offset = 0
        for index, line in enumerate(document.lines):
            if line:
                starts.append(offset)
                indexes.append(index)
                pieces.append(line)
                offset += len(line) + 1
        text = " ".join(pieces)
        return cls(text, searchable(text), starts, indexes)

    def stretch(self, first: int, last: int) -> tuple[int, int]:
        """Return where the text of these lines of the document, neither of them empty, begins and ends."""
        start = self.starts[bisect.bisect_left(self.indexes, first)]
        beyond = bisect.bisect_right(self.indexes, last)
        return start, self.starts[beyond] - 1 if beyond < len(self.starts) else len(self.text)

    def sentence_before(self, offset: int, reach: int) -> int:
        """Return where the line is that begins with a capital, at most so far before a place."""
        number = bisect.bisect_right(self.starts, offset) - 1
        while self.starts[number] > max(offset - reach, 0) and not self.text[self.starts[number]].isupper():
            number -= 1
        return max(self.starts[number], offset - reach)

    def sentence_after(self, offset: int, reach: int) -> int:
        """Return where the next line begins with a capital, at most so far after a place."""
        number = bisect.bisect_left(self.starts, offset)
        while number < len(self.starts) and not self.text[self.starts[number]].isupper():
            number += 1
            if self.starts[number - 1] > offset + reach:
                break
        return min(self.starts[number] if number < len(self.starts) else len(self.text), offset + reach)

    def index_at(self, offset: int) -> int:
        """Return the index of the line of the document that this part of the text is from."""
        return self.indexes[bisect.bisect_right(self.starts, offset) - 1]


_STRAIGHT = {
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
    # In small letters it would be two characters, and all that follows would be elsewhere.
    "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}": "i",
}


def searchable(text: str) -> str:
    """Return a text in small letters, with straight quotes and hyphens, each character where it was."""
    return (text if text.isascii() else _replaced(text, _STRAIGHT)).lower()


_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def document_of(source: str | bytes, bounds: Bounds, expected: str) -> Document:
    """
    Return the lines of a text, of a page of HTML, or of a PDF.

    Raises:
        UnreadableDocument: it is beyond a bound, is not UTF-8 text, or is a PDF that cannot be read.
        MissingExtra: it is a PDF, and the extra that reads PDFs is not installed.
    """
    if type(source) is bytes and is_pdf(source):
        return _of_pages(pages_of_pdf(source, bounds, expected))
    if len(source) > bounds.text_bytes:
        unit = "characters" if isinstance(source, str) else "bytes"
        raise refused(expected, "the whole", f"has {len(source):,} {unit}, and at most {bounds.text_bytes:,} are read")
    text = source if isinstance(source, str) else _decoded(source, expected)
    if (half := _HALF_CHARACTER.search(text)) is not None:
        reason = f"has half of a character (U+{ord(half[0]):X}), which no file can have"
        raise refused(expected, "the whole", reason)
    if is_markup(text):
        lines, numbers, links = lines_of_markup(text, bounds, expected)
        return Document(lines=[" ".join(_as_typed(line).split()) for line in lines], numbers=numbers, links=links)
    links = [
        (index, match["address"])
        for index, line in enumerate(text.splitlines() if _may_link(text) else ())
        for match in _LINK.finditer(line)
    ]
    lines = _lines(_unmarked(_as_typed(text)))
    return Document(lines=lines, numbers=range(1, len(lines) + 1), links=links)


def _of_pages(texts: Sequence[str]) -> Document:
    lines: list[str] = []
    pages: list[int] = []
    for text in texts:
        pages.append(len(lines))
        lines += _lines(_unmarked(_as_typed(text)))
    return Document(lines=lines, numbers=range(1, len(lines) + 1), pages=pages)


def _unmarked(text: str) -> str:
    """Take away the marks of emphasis and links in a text that was typed with them."""
    for mark in _EMPHASIS:
        # A single sign is found many times faster than two.
        if mark[0] in text:
            text = text.replace(mark, "")
    return _LINK.sub(r"\g<words>", text) if _may_link(text) else text


def _may_link(text: str) -> bool:
    return "[" in text and "](" in text


def _as_typed(text: str) -> str:
    """Undo what fonts, encodings and extraction do to characters."""
    if text.isascii() and not any(mark in text for mark in "\t\x02\x0b\x1f"):
        return text
    text = _replaced(text, _AS_TYPED)
    return _BROKEN_WORD.sub("", text) if "\ufffe" in text or "\x02" in text else text


def _replaced(text: str, characters: dict[str, str]) -> str:
    # Quicker than ``translate``, which asks for every character of a text that is not all ASCII.
    for character, replacement in characters.items():
        if character in text:
            text = text.replace(character, replacement)
    return text


def _lines(text: str) -> list[str]:
    stripped = map(str.strip, text.splitlines())
    return [" ".join(line.split()) if "  " in line else line for line in stripped] if "  " in text else [*stripped]


def _decoded(source: bytes, expected: str) -> str:
    named = _CHARSET.search(source, 0, _HEAD_OF_PAGE)
    charset = _CHARSETS.get(named["name"].lower(), "utf-8-sig") if named else "utf-8-sig"
    try:
        return source.decode(charset)
    except UnicodeDecodeError as error:
        raise refused(expected, f"byte {error.start}", f"this is not text in {_ENCODINGS[charset]}") from None
