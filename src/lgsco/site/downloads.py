"""The figures of the site as files for other programs, with metadata that describes their columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from lgsco import convert
from lgsco._text import html_text, inert_text, number_of
from lgsco._values import evolve
from lgsco.joining import is_published
from lgsco.model.measures import KEY_STATISTICS
from lgsco.site.pages import PageText, page
from lgsco.wording import site as wording
from lgsco.wording.reports import MADE_BY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from lgsco.dataset import Dataset
    from lgsco.site.figures import SiteFigures

Row = dict[str, Any]


class Downloads:
    """The files of the figures, each made once, and the page with links to them."""

    def __init__(self, figures: SiteFigures) -> None:
        self._figures = figures
        reviews = figures.in_order()
        rated = any(measure(review) is not None for review in reviews for measure in KEY_STATISTICS)
        known = (
            ("councils", wording.EVERY_COUNCIL, len(figures.register) > 0),
            ("rates", wording.EVERY_RATE, rated),
            ("reviews", wording.EVERY_COUNT, bool(reviews)),
            ("averages", wording.EVERY_AVERAGE, bool(figures.data.averages)),
        )
        self._tables = {name: words for name, words, is_known in known if is_known}
        self._rows: dict[str, Sequence[Row]] = {}

    def files(self) -> Iterator[tuple[str, Callable[[], PageText]]]:
        """Return the path of each file, and what makes it."""
        for name in self._tables:
            yield f"downloads/{name}.csv", partial(self._csv, name)
            yield f"downloads/{name}.csv-metadata.json", partial(self._described, name)
        yield "downloads/figures.json", self._document
        yield "downloads.html", self._page

    def _csv(self, name: str) -> PageText:
        return PageText(_csv(self._table(name)))

    def _described(self, name: str) -> PageText:
        return PageText(_json(_metadata(name, self._tables[name], self._table(name))))

    def _document(self) -> PageText:
        return PageText(f"{convert.to_json(_published(self._figures))}\n")

    def _page(self) -> PageText:
        links = []
        for name, words in self._tables.items():
            path = f"downloads/{name}.csv"
            rows = number_of(len(self._table(name)), "row")
            links.append(_link(path, self._csv(name), "CSV", f"{words} ({rows})"))
            links.append(_link(f"{path}-metadata.json", self._described(name), "CSVW", wording.columns_of(name)))
        links.append(_link("downloads/figures.json", self._document(), "JSON", wording.AS_DATASET))
        body = (
            '<article class="lgsco"><h1>Downloads</h1>\n'
            f"<p>{html_text(wording.DOWNLOADS_INTRODUCTION)}</p>\n<ul>{''.join(links)}</ul>\n"
            f'<p>{wording.PASSING_ON} <a href="methods.html">{wording.WHOSE_THEY_ARE}</a>.</p></article>'
        )
        return page("downloads.html", "Downloads", body, as_at=self._figures.date)

    def _table(self, name: str) -> Sequence[Row]:
        if name not in self._rows:
            self._rows[name] = _rows(self._figures, name)
        return self._rows[name]


def _link(path: str, file: PageText, kind: str, words: str) -> str:
    size = number_of(-(-len(file.text.encode()) // 1000), "kilobyte")
    name = path.rpartition("/")[2]
    return f'<li><a href="{path}">{html_text(name)}</a> ({kind}, {size}): {html_text(words)}</li>'


def _rows(figures: SiteFigures, name: str) -> Sequence[Row]:
    if name == "councils":
        return [_council(figures, council) for council in figures.register]
    if name == "rates":
        compared = [
            figures.data.compare(review.authority, review.year, measure)
            for review in figures.in_order()
            for measure in KEY_STATISTICS
            if measure(review) is not None
        ]
        return convert.rows_of(compared)
    return convert.rows_of(figures.in_order() if name == "reviews" else figures.data.averages)


def _published(figures: SiteFigures) -> Dataset:
    """Return what is published in the dataset; a council's own cases are not."""
    counts = tuple(review for review in figures.data.counts if is_published(review.source))
    return evolve(figures.data, counts=counts, cases=(), compliance=(), enquiries=())


def _council(figures: SiteFigures, authority: Any) -> Row:
    entry = figures.register.entry(authority)
    east, north = entry.centre_km or (None, None)
    return {
        "authority": authority.name,
        "code": authority.code,
        "authority_type": authority.type.value,
        "comparison_group": None if entry.group is None else entry.group.value,
        "region": entry.region,
        "start": entry.start,
        "end": entry.end,
        "successors": "; ".join(successor.name for successor in entry.successors) or None,
        "easting_km": east,
        "northing_km": north,
        "years_held": " ".join(map(str, figures.years_of.get(authority, ()))) or None,
        "page": figures.paths.get(authority),
    }


def _csv(rows: Sequence[Mapping[str, object]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(rows[0])
    writer.writerows(map(_cell, row.values()) for row in rows)
    return stream.getvalue()


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return inert_text(cell) if isinstance(cell, str) else str(cell)


def _metadata(name: str, words: str, rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{name}.csv",
        "dc:title": words,
        "dc:creator": MADE_BY,
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": "\r\n"},
        "tableSchema": {"columns": [_column(heading, rows) for heading in rows[0]]},
    }


def _column(heading: str, rows: Sequence[Row]) -> dict[str, Any]:
    kinds = {type(row[heading]) for row in rows if row[heading] is not None}
    words = wording.COLUMN_MEANINGS.get(heading) or heading.replace("_", " ").capitalize()
    return {"name": heading, "titles": heading, "dc:description": words, "datatype": _datatype(kinds), "null": ""}


def _datatype(kinds: set[type]) -> str:
    if kinds and all(issubclass(kind, dt.date) for kind in kinds):
        return "date"
    if kinds == {int}:
        return "integer"
    return "decimal" if kinds and kinds <= {int, float, Decimal} else "string"


def _json(document: Mapping[str, Any]) -> str:
    return f"{json.dumps(document, indent=1, ensure_ascii=False)}\n"
