"""One file of the site, and what all its pages have in common."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import posixpath
import re
from dataclasses import KW_ONLY
from importlib import resources
from typing import TYPE_CHECKING, Annotated, final

import attrs

from lgsco._text import html_text
from lgsco._values import Constraint, Text, value
from lgsco.render.html import article, html_page
from lgsco.render.pictures import drawn_by, to_svg
from lgsco.render.vega import to_vega_lite
from lgsco.reports.elements import Chart
from lgsco.reports.words import MADE_BY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lgsco.reports.elements import Report

__all__ = ["SitePage", "body_of", "file_of", "page", "way"]

_PLACE = re.compile("\0([0-9]+)\0")
"""Stands in a page for a picture that is not drawn yet; no text can hold it."""


def _why_no_pictures(held: object) -> str | None:
    if type(held) is not tuple:
        return "must be a tuple of pictures"
    for at, picture in enumerate(held):
        match picture:
            case (str(), Chart()):
                continue
        return f"item {at} is {picture!r}: must be a name and a Chart"
    return None


@final
@value
class SitePage:
    """
    One file of a site: its path, in which "/" parts the folders, and what it is made of.

    ``key`` is the same for the same content, and is known before anything is drawn: a page whose key has not changed
    since it was written need not be made again.

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    _: KW_ONLY
    path: Text
    text: str = attrs.field(repr=False)
    """What it holds, a place for each of its pictures included."""
    pictures: Annotated[tuple[tuple[str, Chart], ...], Constraint(_why_no_pictures)] = attrs.field(
        default=(), repr=False
    )
    """The charts that are drawn in these places, each with the name that its parts bear."""

    @property
    def key(self) -> str:
        """What the content depends on, as a hash."""
        made_of: list[object] = [self.path, self.text]
        if self.pictures:
            made_of.append(drawn_by())
        made_of += [[name, chart.title, chart.words, to_vega_lite(chart)] for name, chart in self.pictures]
        return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()

    def content(self) -> bytes:
        """
        Give the bytes of the file; this is when pictures are drawn.

        Raises:
            MissingExtra: there are pictures to draw, and the extra ``lgsco[charts]`` is not installed.
        """

        def drawn(place: re.Match[str]) -> str:
            name, chart = self.pictures[int(place[1])]
            return to_svg(chart, name=name, themed=True)

        return _PLACE.sub(drawn, self.text).encode()


def way(start: str, end: str) -> str:
    """
    Give the relative address of one page from another.

    >>> way("councils/kent.html", "index.html"), way("index.html", "councils/kent.html")
    ('../index.html', 'councils/kent.html')
    """
    return posixpath.relpath(end, posixpath.dirname(start) or ".")


def body_of(
    report: Report, path: str, links: Mapping[str, str], *, charts: bool, contents: Mapping[str, str] | None = None
) -> tuple[str, list[tuple[str, Chart]]]:
    """Give a report as part of a page, with a place for each picture, and the charts to draw there."""
    pictures: list[tuple[str, Chart]] = []

    def place(chart: Chart, name: str) -> str:
        pictures.append((name, chart))
        return f"\0{len(pictures) - 1}\0"

    ways = {name: way(path, end) for name, end in links.items()}
    return article(report, 1, draw=place if charts else None, links=ways, contents=contents), pictures


_MENU = (
    ("index.html", "Councils"),
    ("groups.html", "Groups and years"),
    ("map.html", "Map"),
    ("methods.html", "Methods"),
    ("downloads.html", "Downloads"),
)


def page(
    path: str, title: str, body: str, pictures: Sequence[tuple[str, Chart]] = (), *, script: str | None = None
) -> SitePage:
    """Give a page of the site around its body: the menu before it, whose figures these are after it."""
    items = "".join(
        f'<li><a href="{way(path, end)}"{" aria-current=page" if end == path else ""}>{words}</a></li>'
        for end, words in _MENU
    )
    before = (
        '<a class="lgsco-skip" href="#content">Skip to the content</a>\n'
        '<header class="lgsco"><p class="lgsco-site">What the Ombudsman publishes about councils</p>\n'
        f'<nav aria-label="Pages"><ul class="lgsco-menu">{items}</ul></nav></header>\n'
    )
    after = (
        f'<footer class="lgsco"><p>{html_text(MADE_BY)} The figures are those that are held, far from all that was'
        f' published. <a href="{way(path, "methods.html")}">How they are made, and whose they are</a>.</p></footer>\n'
    )
    held = "" if script is None else f"<script>\n{script}</script>\n"
    head = f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">\n<style>\n{_style()}</style>\n'
    name = title if path == "index.html" else f"{title} - What the Ombudsman publishes about councils"
    text = html_page(name, body, head=head, before=before, after=f"{after}{held}")
    return SitePage(path=path, text=text, pictures=tuple(pictures))


def _policy(script: str | None) -> str:
    """Forbid the page everything but its own style and its own script."""
    allowed = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    if script is None:
        return allowed
    signed = base64.b64encode(hashlib.sha256(f"\n{script}".encode()).digest()).decode()
    return f"{allowed}; script-src 'sha256-{signed}'"


@functools.cache
def _style() -> str:
    return file_of("site.css")


def file_of(name: str) -> str:
    """Give a file of this folder."""
    return resources.files(__name__.rpartition(".")[0]).joinpath(name).read_text(encoding="utf-8")
