"""A tile map: a tile of one size for each council, by region, and a table by region with its figures."""

from __future__ import annotations

import re
from itertools import combinations, groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

import attrs

from lgsco._text import html_text
from lgsco.model.authorities import authority_order
from lgsco.model.measures import uphold_rate
from lgsco.render.html import prose, slug
from lgsco.reports.cells import words_of
from lgsco.reports.words import NOT_HELD, statistic_cell
from lgsco.site.councils import kind_of, years_held
from lgsco.site.pages import page
from lgsco.wording import site as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lgsco.model.authorities import RegisterEntry
    from lgsco.site.figures import SiteFigures
    from lgsco.site.pages import PageText

_REGIONS = (
    "North East", "North West", "Yorkshire and The Humber", "East Midlands", "West Midlands", "East of England",
    "London", "South East", "South West",
)  # fmt: skip
"""The regions from north to south; the style sheet lays them out about as England is."""
_KINDS = {"and", "borough", "city", "council", "county", "district", "london", "metropolitan", "of", "royal", "the"}
"""Words of names that tell nothing, for the labels alone."""
_LETTERS = 3


@attrs.frozen
class Tile:
    """A council on the map, with its label, which is that of no other, and empty where there are no letters for it."""

    label: str
    entry: RegisterEntry


def map_page(figures: SiteFigures) -> PageText:
    """Return the page with the map, or without it where the register has no regions."""
    tiles = tiles_of(figures)
    if not any(tile.entry.region for tile in tiles):
        body = f'<article class="lgsco"><h1>Map</h1>\n<p>{wording.NO_MAP}</p></article>'
        return page("map.html", "Map", body, as_at=figures.date)
    known = sum(tile.entry.authority in figures.paths for tile in tiles)
    looks = (("lgsco-held", wording.TILE_WITH_FIGURES), ("lgsco-not-held", wording.TILE_WITHOUT_FIGURES))
    legend = "".join(f'<li><span class="lgsco-tile {look}"></span> {words}</li>' for look, words in looks)
    regions = "\n".join(
        f'<section class="lgsco-of-{slug(region)}"><h2><a href="#{slug(region)}">{html_text(region)}</a></h2>'
        f"<ul>{''.join(_drawn(figures, tile) for tile in own)}</ul></section>"
        for region, own in _by_region(tiles)
    )
    body = (
        '<article class="lgsco"><h1>Map</h1>\n'
        f"<p>{wording.map_introduction(str(figures.newest))} {wording.map_words(len(tiles), known)}</p>\n"
        f'<ul class="lgsco-legend lgsco-tiles">{legend}</ul>\n'
        f'<div class="lgsco-map">\n{regions}\n</div>\n{_table(figures, tiles)}</article>'
    )
    return page("map.html", "Map", body, as_at=figures.date)


def tiles_of(figures: SiteFigures) -> list[Tile]:
    """Return the councils that existed on the last day of the newest year held, by region and name."""
    if figures.newest is None:
        return []
    order = {region: index for index, region in enumerate(_REGIONS)}
    entries = sorted(
        (entry for entry in figures.register.entries if entry.exists_on(figures.newest.end)),
        key=lambda entry: (
            entry.region is None,
            order.get(entry.region or "", len(order)),
            entry.region or "",
            authority_order(entry.authority),
        ),
    )
    names = labels_of(entry.authority.name for entry in entries)
    return [Tile(label, entry) for label, entry in zip(names, entries, strict=True)]


def labels_of(names: Iterable[str]) -> list[str]:
    """
    Return a label of three letters for each name, each once; an empty one where its letters make no other.

    >>> labels_of(["Kent County Council", "North Kent Council", "Northampton Council", "Kenton Council", "11"])
    ['KEN', 'NOR', 'NOT', 'KET', '']
    """
    taken: dict[str, None] = {}
    labels = []
    for name in names:
        words = re.findall(r"[a-z]+", name.casefold().replace("'", ""), re.ASCII)
        letters = "".join(word for word in words if word not in _KINDS).upper()
        choices = (letters[0] + "".join(rest) for rest in combinations(letters[1:], _LETTERS - 1))
        label = next((label for label in choices if label not in taken), "")
        taken[label] = None
        labels.append(label)
    return labels


def _by_region(tiles: Sequence[Tile]) -> Iterator[tuple[str, list[Tile]]]:
    """Return the tiles of each region."""
    for region, of_region in groupby(tiles, key=lambda tile: tile.entry.region):
        yield region or wording.NO_REGION, [*of_region]


def _drawn(figures: SiteFigures, tile: Tile) -> str:
    """Return a tile, which leads to the council's page, or where there is none to what the index says instead."""
    name = tile.entry.authority.name
    path = figures.paths.get(tile.entry.authority)
    end = path or f"index.html#find={quote(name)}"
    words = html_text(wording.map_tile(tile.label, name, has_figures=path is not None))
    look = "lgsco-not-held" if path is None else "lgsco-held"
    link = f'<a class="lgsco-tile {look}" href="{html_text(end)}" title="{words}" aria-label="{words}">{tile.label}</a>'
    return f"<li>{link}</li>"


def _table(figures: SiteFigures, tiles: Sequence[Tile]) -> str:
    columns = wording.map_columns(str(figures.newest))
    header = "".join(f'<th scope="col">{prose(name)}</th>' for name in columns)
    bodies = "\n".join(
        f'<tbody id="{slug(region)}"><tr class="lgsco-region"><th scope="rowgroup" colspan="{len(columns)}">'
        f"{html_text(region)}</th></tr>\n{''.join(_row(figures, tile, columns) for tile in own)}</tbody>"
        for region, own in _by_region(tiles)
    )
    return (
        '<div class="lgsco-scroll"><table><caption>The councils on the map</caption>\n'
        f"<thead><tr>{header}</tr></thead>\n{bodies}</table></div>"
    )


def _row(figures: SiteFigures, tile: Tile, columns: Sequence[str]) -> str:
    authority, year = tile.entry.authority, figures.newest
    name, years, rate = html_text(authority.name), _absent("none held"), _absent(str(NOT_HELD))
    if authority in figures.paths and year is not None:
        name = f'<a href="{figures.paths[authority]}">{name}</a>'
        years = prose(years_held(figures.years_of[authority]))
        cell = statistic_cell(figures.data, authority, year, uphold_rate)
        rate = html_text(words_of(cell)) if cell != NOT_HELD else rate
    kind = html_text(kind_of(authority).capitalize())
    cells = [
        f'<td data-label="{label}">{content}</td>'
        for label, content in zip(columns[2:], (kind, rate, years), strict=True)
    ]
    return f'<tr><td>{tile.label}</td><th scope="row">{name}</th>{"".join(cells)}</tr>\n'


def _absent(words: str) -> str:
    return f'<span class="lgsco-absent">{words}</span>'
