"""A table of a report as CSV, with metadata that describes its columns (CSV on the Web)."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lgsco._text import inert_text, one_line
from lgsco.reports.cells import LEGEND, plain_columns
from lgsco.reports.words import notes_by_mark, numbered
from lgsco.wording.phrases import citation

if TYPE_CHECKING:
    from lgsco.reports.cells import Plain, PlainColumn
    from lgsco.reports.elements import Report, Table


def to_csv(report: Report, table: Table) -> str:
    r"""
    Return one table of a report as CSV (RFC 4180), with one figure in a column.

    A rate has three columns: its percentage, the number counted and the number it is of. A missing figure is written as
    its sign, which ``csv_metadata`` explains. No text is written in a way that a spreadsheet would run as a formula.

    Args:
        report: whose notes the table refers to by number.
        table: one of the report's tables.

    >>> from lgsco import Proportion
    >>> from lgsco.reports import ColumnKind, Report, Column, Row, Section, Table
    >>> rates = Column("This council", ColumnKind.RATE)
    >>> row = Row("Uphold rate", [Proportion(76, 94)])
    >>> table = Table("Rates", "Statistic", columns=[rates], rows=[row])
    >>> parts = [Section("Rates", tables=[table])]
    >>> report = Report("Kent", scope="2023-24", units="Complaints", made_by="By lgsco", sections=parts)
    >>> print(to_csv(report, table).replace("\r", ""))
    Statistic,This council,This council: number counted,This council: out of how many
    Uphold rate,81,76,94
    <BLANKLINE>
    """
    columns = plain_columns(table, notes_by_mark(report))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([inert_text(column.heading) for column in columns])
    writer.writerows(zip(*(map(_text, column.cells) for column in columns), strict=True))
    return stream.getvalue()


def _text(cell: Plain) -> str:
    if isinstance(cell, str):
        return inert_text(cell)
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def csv_metadata(report: Report, table: Table, *, url: str) -> dict[str, Any]:
    """
    Return metadata of a table's CSV as CSV on the Web defines it: titles, units, datatypes, signs, notes and sources.

    Args:
        report: the report of the table.
        table: one of the report's tables.
        url: the address of the CSV, relative to that of the metadata.

    Returns:
        The metadata as a dictionary that JSON can represent.

    Source: W3C, Metadata Vocabulary for Tabular Data.
    """
    notes = notes_by_mark(report)
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": one_line(table.caption),
        "dc:description": f"{one_line(report.scope)} {one_line(report.units)}",
        "dc:creator": one_line(report.made_by),
        "dc:source": [one_line(citation(source)) for source in report.sources],
        "notes": [
            *({"shorthand": sign, "meaning": words} for sign, words in LEGEND.items()),
            *({"note": number, "words": one_line(note.words)} for number, note in numbered(report)),
        ],
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": "\r\n"},
        "tableSchema": {
            "columns": [
                _description(number, column, notes) for number, column in enumerate(plain_columns(table, notes), 1)
            ]
        },
    }


def _description(number: int, column: PlainColumn, notes: dict[str, int]) -> dict[str, Any]:
    description: dict[str, Any] = {"name": f"column_{number}", "titles": inert_text(column.heading)}
    if column.numbers:
        description["dc:description"] = "per cent" if column.unit == "%" else column.unit
    if column.marks:
        description["notes"] = [notes[mark] for mark in column.marks]
    if column.numbers:
        whole = all(isinstance(cell, int) for cell in column.cells if not isinstance(cell, str))
        return {**description, "datatype": "integer" if whole else "decimal", "null": ["[z]", "[x]", "[low]"]}
    if column.unit == "date":
        return {**description, "datatype": "date", "null": ["[z]", "[x]"]}
    return {**description, "datatype": "string"}
