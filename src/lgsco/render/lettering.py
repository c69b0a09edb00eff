"""Widths of text in a picture, which nobody measures before it is drawn, and texts that fit into a width."""

from __future__ import annotations

import functools
import unicodedata

from lgsco._text import one_line

__all__ = ["LINE", "SIZE", "lines_within", "short_names", "shortened", "width_of"]

SIZE, LINE = 14, 18
"""The size of the letters of a picture and the height of a line, in its units."""

# Widths of the letters of Helvetica, in thousandths of their size; Arial and Liberation Sans have the same.
_GROUPS = {
    191: "'", 222: "ijl", 260: "|", 278: " !,./:;\\[]ftI", 333: "()-`r", 334: "{}", 355: '"', 389: "*", 469: "^",
    500: "Jcksvxyz", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%",
    944: "W", 1015: "@",
}  # fmt: skip
_WIDTHS = {sign: width for width, signs in _GROUPS.items() for sign in signs}
_USUAL, _ACCENTED, _FULL = 556, 700, 1000
_ROOM, _BOLD = 1.15, 1.13
"""Room for DejaVu Sans, the widest of the fonts that a machine without Arial may have, whose bold letters are wider."""


@functools.lru_cache(maxsize=4096)
def width_of(words: str, size: float = SIZE, *, bold: bool = False) -> float:
    """
    Return about how wide a text is, rather more than less.

    >>> width_of("ill") < width_of("Www") < width_of("Www", bold=True)
    True
    """
    total = sum(_width(sign) for sign in words)
    return total * size * _ROOM * (_BOLD if bold else 1) / 1000


def _width(sign: str) -> int:
    if sign.isascii():
        return _WIDTHS.get(sign, _USUAL)
    return _FULL if unicodedata.east_asian_width(sign) in {"W", "F"} or sign > "\u2fff" else _ACCENTED


def shortened(words: str, width: float, size: float = SIZE, *, bold: bool = False) -> str:
    """
    Return a text on one line that fits into a width; what is cut off is marked by an ellipsis.

    >>> shortened("Kent", 100), shortened("Bournemouth, Christchurch and Poole Council", 100)
    ('Kent', 'Bournemout…')
    """
    line = one_line(words)
    if width_of(line, size, bold=bold) <= width:
        return line
    least, most = 0, len(line)
    while most - least > 1:
        middle = (least + most) // 2
        if width_of(f"{line[:middle]}…", size, bold=bold) <= width:
            least = middle
        else:
            most = middle
    return f"{line[:least].rstrip()}…"


def lines_within(words: str, width: float, size: float = SIZE, *, bold: bool = False, most: int = 3) -> list[str]:
    """
    Break a text into lines of a width; of one that needs more than ``most`` lines the last is cut.

    >>> lines_within("Environmental services, public protection and regulation", 200)
    ['Environmental services,', 'public protection and', 'regulation']
    """
    lines = [""]
    words_left = one_line(words).split(" ")
    for index, word in enumerate(words_left):
        longer = f"{lines[-1]} {word}".lstrip()
        if not lines[-1] or width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = " ".join([lines[-1], *words_left[index:]])
            break
    return [shortened(line, width, size, bold=bold) for line in lines]


@functools.lru_cache(maxsize=64)
def short_names(names: tuple[str, ...]) -> dict[str, str]:
    """
    Return names without the last words that all of them share.

    >>> short_names(("Kent County Council", "East Sussex County Council"))
    {'Kent County Council': 'Kent', 'East Sussex County Council': 'East Sussex'}
    """
    words = [one_line(name).split(" ") for name in names]
    shared = 0
    while len(set(names)) > 1 and all(len(parts) > shared + 1 for parts in words):
        if len({parts[-1 - shared] for parts in words}) > 1:
            break
        shared += 1
    return {name: " ".join(parts[: len(parts) - shared]) for name, parts in zip(names, words, strict=True)}
