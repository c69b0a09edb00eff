"""The figures of the site as files for other programs, with metadata that describes their columns."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lgsco import convert
from lgsco._text import html_text, inert_text, number_of
from lgsco._values import evolve
from lgsco.joining import is_published
from lgsco.model.measures import KEY_STATISTICS
from lgsco.site.pages import SitePage, page
from lgsco.wording import site as wording
from lgsco.wording.reports import MADE_BY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lgsco.dataset import Dataset
    from lgsco.site.figures import SiteFigures

Row = dict[str, Any]


def download_pages(figures: SiteFigures) -> Iterator[SitePage]:
    """Return the files, and the page with links to them."""
    links = []
    for name, words, rows in _tables(figures):
        if rows:
            path = f"downloads/{name}.csv"
            table = SitePage(path=path, text=_csv(rows))
            described = SitePage(path=f"{path}-metadata.json", text=_json(_metadata(name, words, rows)))
            yield table
            yield described
            links.append(_link(table, "CSV", f"{words} ({number_of(len(rows), 'row')})"))
            links.append(_link(described, "CSVW", wording.columns_of(name)))
    document = SitePage(path="downloads/figures.json", text=f"{convert.to_json(_published(figures))}\n")
    yield document
    links.append(_link(document, "JSON", wording.AS_DATASET))
    body = (
        '<article class="lgsco"><h1>Downloads</h1>\n'
        f"<p>{html_text(wording.DOWNLOADS_INTRODUCTION)}</p>\n<ul>{''.join(links)}</ul>\n"
        f'<p>{wording.PASSING_ON} <a href="methods.html">{wording.WHOSE_THEY_ARE}</a>.</p></article>'
    )
    yield page("downloads.html", "Downloads", body, as_at=figures.date)


def _link(file: SitePage, kind: str, words: str) -> str:
    size = number_of(-(-len(file.text.encode()) // 1000), "kilobyte")
    name = file.path.rpartition("/")[2]
    return f'<li><a href="{file.path}">{html_text(name)}</a> ({kind}, {size}): {html_text(words)}</li>'


def _tables(figures: SiteFigures) -> Iterator[tuple[str, str, Sequence[Row]]]:
    yield "councils", "Every council of the register", [_council(figures, council) for council in figures.register]
    rates = [
        row
        for review in figures.in_order()
        for measure in KEY_STATISTICS
        if measure(review) is not None
        for row in convert.rows_of([figures.data.compare(review.authority, review.year, measure)])
    ]
    yield "rates", "The three statistics of each council and year, beside the Ombudsman's average", rates
    yield "reviews", "The counts of each council and year", convert.rows_of(figures.in_order())
    yield "averages", "Averages of groups, as the Ombudsman prints them", convert.rows_of(figures.data.averages)


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
