"""Elements of SVG: small functions that make them, in which every text is escaped and every number is short."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from lgsco._text import html_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Anchor: TypeAlias = Literal["start", "middle", "end"]


class Element(NamedTuple):
    """A part of a picture; only the functions of this module make it."""

    tag: str
    style: str
    where: str
    """The attributes that place it, or the steps of a path."""
    words: str | None = None
    """The content of a text; of a shape the name that is shown where it is pointed at."""
    anchor: Anchor = "start"
    places: tuple[tuple[float, float], ...] = ()
    """Of a path of straight lines its places."""


def number(value: float) -> str:
    """
    Return a coordinate with at most one decimal.

    >>> number(12.0), number(3.14159), number(-0.01)
    ('12', '3.1', '0')
    """
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def text(x: float, y: float, words: str, style: str = "", *, anchor: Anchor = "start") -> Element:
    """Return a text that begins, is centred or ends at a place; its base line is at ``y``."""
    return Element("text", style, f' x="{number(x)}" y="{number(y)}"', words, anchor)


def line(x: float, y: float, to_x: float, to_y: float, style: str) -> Element:
    """Return a straight line."""
    return polyline(((x, y), (to_x, to_y)), style)


def polyline(places: Iterable[tuple[float, float]], style: str) -> Element:
    """Return a line through places, at least one."""
    return Element("path", style, "", places=tuple(places))


def path(steps: str, style: str, name: str | None = None) -> Element:
    """Return a path by its steps, with a name that is shown where it is pointed at."""
    return Element("path", style, steps, name)


def circle(x: float, y: float, radius: float, style: str, name: str | None = None) -> Element:
    """Return a circle, with a name that is shown where it is pointed at."""
    return Element("circle", style, f' cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"', name)


def diamond(x: float, y: float, radius: float, style: str, name: str | None = None) -> Element:
    """Return a square on its corner, with a name that is shown where it is pointed at."""
    reach = number(radius)
    return path(f"M{number(x)} {number(y - radius)}l{reach} {reach}l-{reach} {reach}l-{reach}-{reach}z", style, name)


def rect(x: float, y: float, width: float, height: float, style: str) -> Element:
    """Return a rectangle by its upper left corner."""
    size = f'width="{number(width)}" height="{number(height)}"'
    return Element("rect", style, f' x="{number(x)}" y="{number(y)}" {size}')


def markup(elements: Iterable[Element]) -> str:
    """Return elements as SVG, one after another."""
    return "".join(map(_markup, elements))


def _markup(element: Element) -> str:
    where = element.where
    if element.tag == "path":
        steps = where or "M" + "L".join(f"{number(x)} {number(y)}" for x, y in element.places)
        where = f' d="{steps}"'
    return _tagged(element, f"{_anchor(element.anchor)}{_class(element.style)}{where}")


def short_markup(elements: Iterable[Element], *, names: bool) -> str:
    """
    Return elements as SVG of the same look in fewer letters: those of one style together, from the ground up.

    Args:
        elements: the parts of a picture.
        names: with the names that are shown where a mark is pointed at.
    """
    ordered = sorted(elements, key=_layer)
    parts = []
    for (_, tag, style, anchor), alike in itertools.groupby(ordered, key=_layer):
        together = [*alike]
        if not names and tag != "text":
            together = [element._replace(words=None) for element in together]
        if tag == "path" and not any(element.words for element in together):
            steps = "".join(element.where or "".join(_steps(element.places)) for element in together)
            parts.append(f'<path{_class(style)} d="{steps}"/>')
            continue
        inside = "".join(
            _tagged(element, f' d="{element.where}"' if tag == "path" else element.where) for element in together
        )
        hoisted = _class(style) + _anchor(anchor)
        parts.append(f"<g{hoisted}>{inside}</g>" if hoisted else inside)
    return "".join(parts)


_LAYERS = (
    "bg", "grid", "axis", "break", "lim", "range", "avg", "eng", "trend", "leader", "text", "other", "this", "num",
)  # fmt: skip
"""What is drawn over what, by the first word of the style; every text but a number in a mark is one layer."""


def _layer(element: Element) -> tuple[int, str, str, Anchor]:
    first = element.style.partition(" ")[0]
    layer = first if first in _LAYERS else "text"
    return _LAYERS.index(layer), element.tag, element.style, element.anchor


def _steps(places: Sequence[tuple[float, float]]) -> Iterator[str]:
    """Return the steps of a line in tenths, each from where the one before ends, so that no error adds up."""
    tenths = [(round_tenths(x), round_tenths(y)) for x, y in places]
    yield f"M{_tenth(tenths[0][0])} {_tenth(tenths[0][1])}"
    for (x, y), (to_x, to_y) in itertools.pairwise(tenths):
        if y == to_y:
            yield f"h{_tenth(to_x - x)}"
        elif x == to_x:
            yield f"v{_tenth(to_y - y)}"
        else:
            down = _tenth(to_y - y)
            yield f"l{_tenth(to_x - x)}{'' if down.startswith('-') else ' '}{down}"


def round_tenths(value: float) -> int:
    """
    Return a coordinate in whole tenths.

    >>> round_tenths(3.14159), round_tenths(-0.06)
    (31, -1)
    """
    return int(f"{10 * value:.0f}")


def _tenth(tenths: int) -> str:
    """Return whole tenths as a number without a leading zero."""
    whole, tenth = divmod(abs(tenths), 10)
    shown = f"{whole or ''}.{tenth}" if tenth else str(whole)
    return f"-{shown}" if tenths < 0 else shown


def _anchor(anchor: Anchor) -> str:
    return "" if anchor == "start" else f' text-anchor="{anchor}"'


def _class(style: str) -> str:
    return f' class="{style}"' if style else ""


def _tagged(element: Element, attributes: str) -> str:
    tag, words = element.tag, element.words
    if words is None:
        return f"<{tag}{attributes}/>"
    content = html_text(words) if tag == "text" else f"<title>{html_text(words)}</title>"
    return f"<{tag}{attributes}>{content}</{tag}>"
