"""A text as people see it: without the marks, breaks and spaces that copying and extraction leave in it."""

from __future__ import annotations

import bisect
import re
from typing import final

import attrs

from lgsco._values import value

__all__ = ["FlatText", "decoded"]

# Bold and italic marks, links and hard spaces; what is left of a link is its words.
_MARKS = re.compile(r"\*{1,3}|_{2}|\[(?=[^\]\n]{0,200}\]\()|\]\([^)\n]{0,500}\)")
_SPACES = re.compile(r"\s+")


def decoded(text: str | bytes) -> str:
    """
    Give text as text, bytes as the UTF-8 they hold.

    Raises:
        UnicodeDecodeError: the bytes are not UTF-8.
    """
    return text if isinstance(text, str) else text.decode("utf-8-sig")


@final
@value
class FlatText:
    """
    A text on one line, which remembers on which line of the original each part stood.

    ``starts`` are the offsets at which a new line of the original begins, ``lines`` their numbers from 1.
    """

    text: str = attrs.field()
    starts: tuple[int, ...] = attrs.field()
    lines: tuple[int, ...] = attrs.field()

    @classmethod
    def of(cls, original: str) -> FlatText:
        """Lay all lines of a text out on one, each run of white space made one space."""
        pieces: list[str] = []
        starts, numbers = [], []
        offset = 0
        for number, line in enumerate(original.splitlines(), 1):
            clean = plain(line)
            if clean:
                starts.append(offset)
                numbers.append(number)
                pieces.append(clean)
                offset += len(clean) + 1
        return cls(" ".join(pieces), tuple(starts), tuple(numbers))

    def line_at(self, offset: int) -> int:
        """Give the line of the original on which this part of the text stood."""
        return self.lines[bisect.bisect_right(self.starts, offset) - 1]


def plain(line: str) -> str:
    """One line without marks of emphasis and links, its white space made single spaces."""
    return _SPACES.sub(" ", _MARKS.sub("", line)).strip()
