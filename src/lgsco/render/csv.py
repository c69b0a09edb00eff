"""A table of a report as CSV, and the metadata that says what is in it (CSV on the Web)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from lgsco._text import inert_text, one_line
from lgsco.reports.cells import LEGEND, plain_columns
from lgsco.reports.words import cited, notes_by_mark, numbered

if TYPE_CHECKING:
    from lgsco.reports.cells import Plain, PlainColumn
    from lgsco.reports.elements import Report, Table

__all__ = ["csv_metadata", "to_csv"]


def to_csv(report: Report, table: Table) -> str:
    r"""
    Give one table of a report as CSV (RFC 4180): one figure a column, and no text that a spreadsheet would run.

    A rate has three columns: its per cent, the number counted and the number it is of. In place of a figure that there
    is not stands its shorthand, which ``csv_metadata`` explains.

    >>> from lgsco import Proportion
    >>> from lgsco.reports import ColumnKind, Report, Column, Row, Section, Table
    >>> rates = Column("This council", ColumnKind.RATE)
    >>> row = Row("Uphold rate", [Proportion(76, 94)])
    >>> table = Table("Rates", "Statistic", columns=[rates], rows=[row])
    >>> parts = [Section("Rates", tables=[table])]
    >>> report = Report("Kent", scope="2023-24", units="Complaints", made_by="By lgsco", sections=parts)
    >>> print(to_csv(report, table).replace("\r", ""))
    Statistic,This council,This council: counted,This council: of
    Uphold rate,81,76,94
    <BLANKLINE>
    """
    columns = plain_columns(table, notes_by_mark(report))
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([inert_text(column.heading) for column in columns])
    writer.writerows(zip(*([_written(held) for held in column.cells] for column in columns), strict=True))
    return written.getvalue()


def _written(held: Plain) -> str:
    return inert_text(held) if isinstance(held, str) else f"{held:f}" if not isinstance(held, int) else str(held)


def csv_metadata(report: Report, table: Table, *, url: str) -> dict[str, Any]:
    """
    Give what is in the CSV of a table, as CSV on the Web has it: titles, units, kinds, shorthand, notes and sources.

    ``url`` is the name under which the CSV is kept, beside the metadata.

    Source: W3C, Metadata Vocabulary for Tabular Data.
    """
    notes = notes_by_mark(report)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": one_line(table.caption),
        "dc:description": f"{one_line(report.scope)} {one_line(report.units)}",
        "dc:creator": one_line(report.made_by),
        "dc:source": [one_line(cited(source)) for source in report.sources],
        "notes": [
            *({"shorthand": sign, "meaning": words} for sign, words in LEGEND.items()),
            *({"note": number, "words": one_line(note.words)} for number, note in numbered(report)),
        ],
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": "\r\n"},
        "tableSchema": {
            "columns": [_described(at, column, notes) for at, column in enumerate(plain_columns(table, notes), 1)]
        },
    }


def _described(at: int, column: PlainColumn, notes: dict[str, int]) -> dict[str, Any]:
    said: dict[str, Any] = {"name": f"column_{at}", "titles": inert_text(column.heading)}
    if column.unit is not None:
        said["dc:description"] = "per cent" if column.unit == "%" else column.unit
    if column.marks:
        said["notes"] = [notes[mark] for mark in column.marks]
    if column.numbers:
        whole = all(isinstance(held, int) for held in column.cells if not isinstance(held, str))
        return {**said, "datatype": "integer" if whole else "decimal", "null": ["[z]", "[x]", "[low]"]}
    return {**said, "datatype": "string"}
