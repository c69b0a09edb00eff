"""A sketch map: a numbered mark for each council at its central point, and a table by region with its figures."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from lgsco._text import html_text
from lgsco.model.authorities import AuthorityType, authority_order
from lgsco.model.measures import uphold_rate
from lgsco.render.html import slug
from lgsco.reports.cells import words_of
from lgsco.reports.words import NOT_HELD, statistic_cell
from lgsco.site.councils import kind_of, years_held
from lgsco.site.pages import page
from lgsco.wording import site as wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lgsco.model.authorities import RegisterEntry
    from lgsco.site.figures import SiteFigures
    from lgsco.site.pages import SitePage

_SCALE = 1.75
"""Pixels for a kilometre, so many that marks and numbers of London are side by side, near their places."""
_EDGE = 24
_HALF = 5.5
_HIGH, _WIDE = 12.5, 34
"""The height and the width of a mark with its number."""
_STEP = 3.0
_CROWD_KM = 20

# Centred on zero, all of about the same size to the eye, in the order of the legend.
_SHAPES: dict[AuthorityType, tuple[str, str]] = {
    AuthorityType.COUNTY_COUNCIL: ("Square", "M-5-5h10v10h-10z"),
    AuthorityType.DISTRICT_COUNCIL: ("Circle", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"),
    AuthorityType.METROPOLITAN_BOROUGH: ("Diamond", "M0-6.2L6.2 0L0 6.2L-6.2 0z"),
    AuthorityType.UNITARY_COUNCIL: ("Triangle", "M0-6L6 5H-6z"),
    AuthorityType.LONDON_BOROUGH: ("Half circle", "M-5.5 4a5.5 7.5 0 0 1 11 0z"),
}
_OTHER_SHAPE = ("Cross", "M-2-5h4v3h3v4h-3v3h-4v-3h-3v-4h3z")


@attrs.frozen
class Mark:
    """A council on the map: its number, also that of its row in the table, and its place in pixels."""

    number: int
    entry: RegisterEntry
    x: float
    y: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The edges of the mark with its number: left, top, right, bottom."""
        left, top = self.x - _HALF - 1, self.y - _HIGH / 2
        return left, top, left + _WIDE, top + _HIGH


def map_page(figures: SiteFigures) -> SitePage:
    """Return the page with the map, or without it where the register has no central points."""
    marks = marks_of(figures)
    if not marks:
        body = f'<article class="lgsco"><h1>Map</h1>\n<p>{wording.NO_MAP}</p></article>'
        return page("map.html", "Map", body, as_at=figures.date)
    newest = figures.newest
    kinds = {mark.entry.authority.type for mark in marks}
    shapes = [(name, path, kind.label) for kind, (name, path) in _SHAPES.items() if kind in kinds]
    if kinds - set(_SHAPES):
        shapes.append((*_OTHER_SHAPE, "bodies that stand in no group"))
    legend = "".join(
        '<li><svg viewBox="-8 -8 16 16" width="20" height="20" aria-hidden="true">'
        f'<path class="lgsco-held" d="{path}"/></svg> {name}: {html_text(label)}</li>'
        for name, path, label in shapes
    )
    body = (
        '<article class="lgsco"><h1>Map</h1>\n'
        f"<p>{wording.map_introduction(str(newest))}</p>\n"
        f'<nav aria-label="{wording.MAP_REGIONS}"><ul class="lgsco-menu">{_regions(marks)}</ul></nav>\n'
        f'<ul class="lgsco-legend lgsco-shapes">{legend}</ul>\n'
        f'<figure class="lgsco-map"><figcaption id="map">{wording.MAP_TITLE}: {_coverage(figures, marks)}</figcaption>'
        '<div class="lgsco-scroll" role="region" aria-labelledby="map" tabindex="0">'
        f"{_svg(figures, marks)}</div></figure>\n{_table(figures, marks)}</article>"
    )
    return page("map.html", "Map", body, as_at=figures.date)


def _coverage(figures: SiteFigures, marks: Sequence[Mark]) -> str:
    return wording.map_words(len(marks), sum(mark.entry.authority in figures.paths for mark in marks))


def _by_region(marks: Sequence[Mark]) -> Iterator[tuple[str, list[Mark]]]:
    """Return the marks of each region, in the order of their numbers."""
    for region, of_region in groupby(marks, key=lambda mark: mark.entry.region):
        yield region or wording.NO_REGION, [*of_region]


def _regions(marks: Sequence[Mark]) -> str:
    """Return a link to each region in the table, with the numbers of its councils."""
    return "".join(
        f'<li><a href="#{slug(region)}">{html_text(wording.region_numbers(region, first.number, last.number))}</a></li>'
        for region, (first, *_, last) in ((region, (*own, own[-1])) for region, own in _by_region(marks))
    )


def marks_of(figures: SiteFigures) -> list[Mark]:
    """
    Number the councils by region and name and place each at its central point, or as near to it as there is room.

    The councils are those that existed on the last day of the newest year held.
    """
    if figures.newest is None:
        return []
    day = figures.newest.end
    entries = sorted(
        (entry for entry in figures.register.entries if entry.centre_km is not None and entry.exists_on(day)),
        key=lambda entry: (entry.region is None, entry.region or "", authority_order(entry.authority)),
    )
    if not entries:
        return []
    west = min(_centre(entry)[0] for entry in entries)
    north = max(_centre(entry)[1] for entry in entries)
    taken: dict[tuple[int, int], list[Mark]] = {}
    marks = []
    # The most crowded councils first: those at the edge of a city then move outwards.
    neighbours = {
        number: sum(math.dist(_centre(entry), _centre(other)) < _CROWD_KM for other in entries)
        for number, entry in enumerate(entries, 1)
    }
    for number, entry in sorted(enumerate(entries, 1), key=lambda item: -neighbours[item[0]]):
        east, up = _centre(entry)
        x, y = _EDGE + _SCALE * (east - west), _EDGE + _SCALE * (north - up)
        mark = next(
            mark
            for dx, dy in _nearest_first()
            if not _collides(mark := Mark(number, entry, x + dx, y + dy), taken) and mark.box[0] >= 0 <= mark.box[1]
        )
        taken.setdefault(_cell(mark), []).append(mark)
        marks.append(mark)
    return sorted(marks, key=lambda mark: mark.number)


def _centre(entry: RegisterEntry) -> tuple[int, int]:
    return entry.centre_km or (0, 0)


def _nearest_first() -> Iterator[tuple[float, float]]:
    """Return ever more distant steps away from a point, in the same order for every point."""
    reach = 0
    while True:
        ring = [
            (_STEP * dx, _STEP * dy)
            for dx in range(-reach, reach + 1)
            for dy in range(-reach, reach + 1)
            if max(abs(dx), abs(dy)) == reach
        ]
        yield from sorted(ring, key=lambda step: (step[0] ** 2 + step[1] ** 2, step))
        reach += 1


def _cell(mark: Mark) -> tuple[int, int]:
    return int(mark.x // _WIDE), int(mark.y // _HIGH)


def _collides(mark: Mark, taken: dict[tuple[int, int], list[Mark]]) -> bool:
    """Return whether a mark overlaps another; only those of the neighbouring cells can."""
    across, down = _cell(mark)
    left, top, right, bottom = mark.box
    return any(
        left < other.box[2] and other.box[0] < right and top < other.box[3] and other.box[1] < bottom
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
        for other in taken.get((across + dx, down + dy), ())
    )


def _svg(figures: SiteFigures, marks: Sequence[Mark]) -> str:
    wide = max(mark.box[2] for mark in marks) + _EDGE
    high = max(mark.box[3] for mark in marks) + _EDGE
    drawn = "".join(_drawn(figures, mark) for mark in marks)
    # The table has the same links in a better order for the keyboard and for whoever hears the page.
    return f'<svg viewBox="0 0 {wide:.0f} {high:.0f}" aria-hidden="true">{drawn}</svg>'


def _drawn(figures: SiteFigures, mark: Mark) -> str:
    authority = mark.entry.authority
    _, path = _SHAPES.get(authority.type, _OTHER_SHAPE)
    has_figures = authority in figures.paths
    words = wording.map_mark(mark.number, authority.name, has_figures=has_figures)
    drawn = (
        f'<g transform="translate({mark.x:.1f} {mark.y:.1f})"><title>{html_text(words)}</title>'
        f'<path class="{"lgsco-held" if has_figures else "lgsco-not-held"}" d="{path}"/>'
        f'<text x="8" y="4">{mark.number}</text></g>'
    )
    return f'<a href="{figures.paths[authority]}" tabindex="-1">{drawn}</a>' if has_figures else drawn


def _table(figures: SiteFigures, marks: Sequence[Mark]) -> str:
    columns = wording.map_columns(str(figures.newest))
    header = "".join(f'<th scope="col">{name}</th>' for name in columns)
    bodies = "\n".join(
        f'<tbody id="{slug(region)}"><tr class="lgsco-region"><th scope="rowgroup" colspan="{len(columns)}">'
        f"{html_text(region)}</th></tr>\n{''.join(_row(figures, mark, columns) for mark in own)}</tbody>"
        for region, own in _by_region(marks)
    )
    return (
        '<div class="lgsco-scroll"><table><caption>The councils on the map</caption>\n'
        f"<thead><tr>{header}</tr></thead>\n{bodies}</table></div>"
    )


def _row(figures: SiteFigures, mark: Mark, columns: Sequence[str]) -> str:
    authority, year = mark.entry.authority, figures.newest
    name, years, rate = html_text(authority.name), _absent("none held"), _absent(str(NOT_HELD))
    if authority in figures.paths and year is not None:
        name = f'<a href="{figures.paths[authority]}">{name}</a>'
        years = html_text(years_held(figures.years_of[authority]))
        cell = statistic_cell(figures.data, authority, year, uphold_rate)
        rate = html_text(words_of(cell)) if cell != NOT_HELD else rate
    kind = html_text(kind_of(authority).capitalize())
    cells = [
        f'<td data-label="{label}">{content}</td>'
        for label, content in zip(columns[2:], (kind, rate, years), strict=True)
    ]
    return f'<tr><td>{mark.number}</td><th scope="row">{name}</th>{"".join(cells)}</tr>\n'


def _absent(words: str) -> str:
    return f'<span class="lgsco-absent">{words}</span>'
