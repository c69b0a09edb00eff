"""A file of the site, and the frame of all its pages."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, Annotated, final

import attrs

from lgsco._text import html_text
from lgsco._values import Constraint, value
from lgsco.render.chart_style import chart_style
from lgsco.render.html import article, html_page, style
from lgsco.render.svg import page_svg, picture
from lgsco.reports.elements import Chart
from lgsco.wording import site as wording
from lgsco.wording.reports import MADE_BY
from lgsco.wording.reports import as_at as figures_as_at

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from lgsco.reports.elements import Report

_PLACE = re.compile("\0([0-9]+)\0")
"""The place in a page of a picture that is not drawn yet; NUL is in no text."""


def _check_pictures(pictures: object) -> str | None:
    if type(pictures) is not tuple:
        return "must be a tuple of pictures"
    for index, candidate in enumerate(pictures):
        match candidate:
            case (str(), Chart()):
                continue
        return f"item {index} is {candidate!r}: must be a name and a Chart"
    return None


@final
@value
class PageText:
    """
    The text of a file, with a placeholder for each picture, and the charts to draw there, each with its name.

    Raises:
        InvalidValue: a field is of the wrong type.
    """

    text: str = attrs.field(repr=False)
    pictures: Annotated[tuple[tuple[str, Chart], ...], Constraint(_check_pictures)] = attrs.field(
        default=(), repr=False
    )


@final
@attrs.frozen(kw_only=True, eq=False)
class SitePage:
    """
    A file of a site: its path, with "/" between folders, and its content, which is made when it is asked for.

    ``key`` is a digest of all that the content depends on, and is known before anything is made: a page whose key has
    not changed since it was written need not be made again.
    """

    path: str
    key: str
    _make: Callable[[], PageText] = attrs.field(alias="make", repr=False)

    @cached_property
    def _page_text(self) -> PageText:
        return self._make()

    @property
    def text(self) -> str:
        """The content, with a placeholder for each picture."""
        return self._page_text.text

    @property
    def pictures(self) -> tuple[tuple[str, Chart], ...]:
        """The charts to draw at the placeholders, each with its name."""
        return self._page_text.pictures

    def content(self) -> bytes:
        """Return the bytes of the file; this draws its pictures."""

        def draw(place: re.Match[str]) -> str:
            name, chart = self.pictures[int(place[1])]
            alone = self.path.endswith(".svg")
            return picture(chart, name, chart_style(), short=True) if alone else page_svg(chart)

        return _PLACE.sub(draw, self.text).encode()


def way(start: str, end: str) -> str:
    """
    Return the relative address of a page as seen from another.

    >>> way("councils/kent.html", "index.html"), way("index.html", "councils/kent.html")
    ('../index.html', 'councils/kent.html')
    """
    return posixpath.relpath(end, posixpath.dirname(start) or ".")


def body_of(
    report: Report,
    links: Mapping[str, str],
    *,
    charts: bool,
    contents: Mapping[str, str] | None = None,
    files: str | None = None,
) -> tuple[str, list[tuple[str, Chart]]]:
    """
    Return a report as part of a page, with a placeholder for each picture, and the charts to draw there.

    With ``files``, the path of the page, each chart has a link to its file at ``picture_path``.
    """
    pictures: list[tuple[str, Chart]] = []

    def place(chart: Chart) -> str:
        pictures.append((f"chart-{len(pictures)}", chart))
        return f"\0{len(pictures) - 1}\0"

    draw = place if charts else None

    def address(chart: Chart) -> str:
        return posixpath.basename(picture_path(files or "", report.charts.index(chart)))

    picture_of = None if files is None else address
    body = article(report, 1, draw=draw, links=links, contents=contents, downloads=True, name="", picture=picture_of)
    return body, pictures


def picture_path(path: str, index: int) -> str:
    """
    Return the path of the file of a chart of a page.

    >>> picture_path("groups/county-councils-2024-25.html", 0)
    'groups/county-councils-2024-25-1.svg'
    """
    return f"{path.removesuffix('.html')}-{index + 1}.svg"


_MENU = (
    ("index.html", "Councils"),
    ("groups.html", "Groups and years"),
    ("national.html", "England"),
    ("map.html", "Map"),
    ("methods.html", "Methods"),
    ("downloads.html", "Downloads"),
)


def page(  # noqa: PLR0913  # the parts of a page
    path: str,
    title: str,
    body: str,
    pictures: Sequence[tuple[str, Chart]] = (),
    *,
    script: str | None = None,
    as_at: dt.date | None = None,
) -> PageText:
    """Return a page of the site around its body, with the menu before it and the date of its figures after it."""
    items = "".join(
        f'<li><a href="{way(path, end)}"{" aria-current=page" if end == path else ""}>{words}</a></li>'
        for end, words in _MENU
    )
    before = (
        '<a class="lgsco-skip" href="#content">Skip to the content</a>\n'
        f'<header class="lgsco"><p class="lgsco-site">{wording.SITE_TITLE}</p>\n'
        f'<nav aria-label="Pages"><ul class="lgsco-menu">{items}</ul></nav></header>\n'
    )
    dated = "" if as_at is None else f"{figures_as_at(as_at)} "
    after = (
        f'<footer class="lgsco"><p>{html_text(MADE_BY)} {dated}{wording.FAR_FROM_ALL}'
        f' <a href="{way(path, "methods.html")}">{wording.METHODS_LINK}</a>.</p></footer>\n'
    )
    code = "" if script is None else f"<script>\n{script}</script>\n"
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">\n'
        f'<link rel="stylesheet" href="{way(path, STYLE)}">\n'
    )
    name = title if path == "index.html" else f"{title} - {wording.SITE_TITLE}"
    text = html_page(name, body, head=head, before=before, after=f"{after}{code}")
    return PageText(text, tuple(pictures))


def _policy(script: str | None) -> str:
    """Return a policy that forbids the page everything but the site's style and its own script."""
    allowed = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
    if script is None:
        return allowed
    signed = base64.b64encode(hashlib.sha256(f"\n{script}".encode()).digest()).decode()
    return f"{allowed}; script-src 'sha256-{signed}'"


STYLE = "style.css"


def style_page() -> PageText:
    """Return the style sheet of all pages."""
    return PageText(f"{style()}{file_of('site.css')}")


def file_of(name: str) -> str:
    """Return the text of a file of this folder."""
    return resources.files(__name__.rpartition(".")[0]).joinpath(name).read_text(encoding="utf-8")
