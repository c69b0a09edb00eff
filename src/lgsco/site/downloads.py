"""The figures of the site as files for other programs, with metadata that says what is in them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lgsco import convert
from lgsco._text import html_text, inert_text, number_of
from lgsco.comparison.comparisons import compare
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.words import MADE_BY
from lgsco.site.pages import SitePage, page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lgsco.site.held import Held

__all__ = ["download_pages"]

Row = dict[str, Any]


def download_pages(held: Held) -> Iterator[SitePage]:
    """Give the files, and the page that leads to them."""
    said = []
    for name, words, rows in _tables(held):
        if rows:
            path = f"downloads/{name}.csv"
            table = SitePage(path=path, text=_csv(rows))
            described = SitePage(path=f"{path}-metadata.json", text=_json(_metadata(name, words, rows)))
            yield table
            yield described
            said.append(_link(table, "CSV", f"{words} ({number_of(len(rows), 'row')})"))
            said.append(_link(described, "CSVW", f"What is in the columns of {name}.csv"))
    for name, words, values in _values(held):
        if values:
            document = SitePage(path=f"downloads/{name}.json", text=f"{convert.to_json(values)}\n")
            yield document
            said.append(_link(document, "JSON", f"{words} ({number_of(len(values), 'value')})"))
    body = (
        '<article class="lgsco"><h1>Downloads</h1>\n'
        "<p>The figures behind these pages. In a CSV an empty cell is not known, which is not nought; what is in each"
        " column its metadata say, after CSV on the Web. lgsco reads the JSON back into the values that it was made"
        " of.</p>\n"
        f"<ul>{''.join(said)}</ul>\n"
        '<p>Whoever passes them on says <a href="methods.html">whose they are</a>.</p></article>'
    )
    yield page("downloads.html", "Downloads", body)


def _link(file: SitePage, kind: str, words: str) -> str:
    size = number_of(-(-len(file.text.encode()) // 1000), "kilobyte")
    name = file.path.rpartition("/")[2]
    return f'<li><a href="{file.path}">{html_text(name)}</a> ({kind}, {size}): {html_text(words)}</li>'


def _tables(held: Held) -> Iterator[tuple[str, str, Sequence[Row]]]:
    yield "councils", "Every council of the register", [_council(held, one) for one in held.register]
    rates = [
        row
        for review in held.in_order()
        for measure in KEY_STATISTICS
        if measure(review) is not None
        for row in convert.rows_of([compare(review, held.average(review, measure), measure, register=held.register)])
    ]
    yield "rates", "The three statistics of each council and year, beside the average as printed", rates
    yield "reviews", "The counts of each council and year", convert.rows_of(held.in_order())
    yield "averages", "Averages of groups as printed", convert.rows_of(held.averages)


def _values(held: Held) -> Iterator[tuple[str, str, Sequence[object]]]:
    yield "reviews", "The counts of each council and year", held.in_order()
    yield "printed", "Every figure of a council as printed, contradictions included", held.printed
    yield "averages", "Averages of groups as printed", held.averages


def _council(held: Held, authority: Any) -> Row:
    entry = held.register.entry(authority)
    east, north = entry.centre_km or (None, None)
    return {
        "authority": authority.name,
        "code": authority.code,
        "authority_type": authority.type.value,
        "comparison_group": None if entry.group is None else entry.group.value,
        "region": entry.region,
        "start": entry.start,
        "end": entry.end,
        "successors": "; ".join(one.name for one in entry.successors) or None,
        "easting_km": east,
        "northing_km": north,
        "years_held": " ".join(str(review.year) for review in held.by_council.get(authority, ())) or None,
        "page": held.paths.get(authority),
    }


def _csv(rows: Sequence[Mapping[str, object]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(rows[0])
    writer.writerows([_cell(held) for held in row.values()] for row in rows)
    return written.getvalue()


def _cell(held: object) -> str:
    if held is None:
        return ""
    if isinstance(held, dt.date):
        return held.isoformat()
    if isinstance(held, Decimal):
        return f"{held:f}"
    return inert_text(held) if isinstance(held, str) else str(held)


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
    words = _MEANING.get(heading) or heading.replace("_", " ").capitalize()
    return {"name": heading, "titles": heading, "dc:description": words, "datatype": _datatype(kinds), "null": ""}


def _datatype(kinds: set[type]) -> str:
    if kinds and all(issubclass(kind, dt.date) for kind in kinds):
        return "date"
    if kinds == {int}:
        return "integer"
    return "decimal" if kinds and kinds <= {int, float, Decimal} else "string"


_MEANING = {
    "authority": "The council's name today",
    "code": "Its code of the Office for National Statistics",
    "authority_type": "What kind of body it is; of an average, the Ombudsman's comparison group",
    "comparison_group": "The Ombudsman's comparison group, where it stands in one",
    "start": "Its first day, where that is known",
    "end": "The first day on which it no longer existed",
    "easting_km": "A central point on the British National Grid, kilometres to the east",
    "northing_km": "A central point on the British National Grid, kilometres to the north",
    "years_held": "The reporting years of which figures are held",
    "page": "The council's page on this site",
    "year_ending": "The last day of the reporting year",
    "measure": "Which statistic",
    "numerator": "How many were counted",
    "denominator": "Out of how many",
    "percent": "The rate in whole per cent, halves rounded up",
    "lower": "Lower limit of the 95% Wilson interval, as a share from 0 to 1",
    "upper": "Upper limit of the 95% Wilson interval, as a share from 0 to 1",
    "benchmark": "The average as printed, as a share from 0 to 1",
    "position": "Where the rate lies against control limits about the average",
    "verdict": "What the comparison comes to",
    "investigations": "Investigations: upheld and not upheld",
    "satisfactory_remedies": "Upheld decisions that the council had already put right",
    "complied": "Compliance outcomes that were satisfactory, late ones included",
    "late": "Of those, carried out late",
    "source_basis": "Whether the figures were published, or made from cases",
}


def _json(document: Mapping[str, Any]) -> str:
    return f"{json.dumps(document, indent=1, ensure_ascii=False)}\n"
