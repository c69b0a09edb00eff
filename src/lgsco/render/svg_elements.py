"""Elements of SVG: small functions that return markup, in which every text is escaped and every number is short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NewType, TypeAlias

from lgsco._text import html_text

if TYPE_CHECKING:
    from collections.abc import Iterable

Markup = NewType("Markup", str)
"""Text that is SVG already; only the functions of this module make it of other text."""

Anchor: TypeAlias = Literal["start", "middle", "end"]


def number(value: float) -> str:
    """
    Return a coordinate with at most one decimal.

    >>> number(12.0), number(3.14159), number(-0.01)
    ('12', '3.1', '0')
    """
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def text(x: float, y: float, words: str, style: str = "", *, anchor: Anchor = "start") -> Markup:
    """Return a text that begins, is centred or ends at a place; its base line is at ``y``."""
    where = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return Markup(f'<text x="{number(x)}" y="{number(y)}"{where}{_class(style)}>{html_text(words)}</text>')


def line(x: float, y: float, to_x: float, to_y: float, style: str) -> Markup:
    """Return a straight line."""
    return path(f"M{number(x)} {number(y)}L{number(to_x)} {number(to_y)}", style)


def polyline(places: Iterable[tuple[float, float]], style: str) -> Markup:
    """Return a line through places, at least one."""
    return path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in places), style)


def path(steps: str, style: str, name: str | None = None) -> Markup:
    """Return a path by its steps, with a name that is shown where it is pointed at."""
    return _shape(f'path{_class(style)} d="{steps}"', name)


def circle(x: float, y: float, radius: float, style: str, name: str | None = None) -> Markup:
    """Return a circle, with a name that is shown where it is pointed at."""
    return _shape(f'circle{_class(style)} cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"', name)


def diamond(x: float, y: float, radius: float, style: str, name: str | None = None) -> Markup:
    """Return a square on its corner, with a name that is shown where it is pointed at."""
    reach = number(radius)
    steps = f"M{number(x)} {number(y - radius)}l{reach} {reach}l-{reach} {reach}l-{reach}-{reach}z"
    return path(steps, style, name)


def rect(x: float, y: float, width: float, height: float, style: str) -> Markup:
    """Return a rectangle by its upper left corner."""
    size = f'width="{number(width)}" height="{number(height)}"'
    return Markup(f'<rect{_class(style)} x="{number(x)}" y="{number(y)}" {size}/>')


def _class(style: str) -> str:
    return f' class="{style}"' if style else ""


def _shape(start: str, name: str | None) -> Markup:
    if name is None:
        return Markup(f"<{start}/>")
    return Markup(f"<{start}><title>{html_text(name)}</title></{start.partition(' ')[0]}>")
