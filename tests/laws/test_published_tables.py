"""
Laws of published tables.

- What is written in any layout and style, as a file of any kind, is read back as it was.
- Whatever is given, a table is read or the file is refused with a reason.
- A printed total that its parts do not make is told, and no other.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import sheets

from lgsco.readers import read_table

FEW = settings(max_examples=max(settings().max_examples // 2, 10))
WRITERS = {
    "rows": lambda rows: rows,
    "text": sheets.as_text,
    "csv": sheets.as_csv,
    "csv with a mark": lambda rows: sheets.as_csv(rows, "utf-8-sig"),
    "csv in utf-16": lambda rows: sheets.as_csv(rows, "utf-16", line_ends="\n"),
    "csv with semicolons": lambda rows: sheets.as_csv(rows, delimiter=";"),
    "csv with tabs": lambda rows: sheets.as_csv(rows, delimiter="\t"),
    "xlsx": lambda rows: sheets.as_xlsx({"Data": rows}),
    "xls": lambda rows: sheets.as_xls({"Data": rows}),
    "ods": lambda rows: sheets.as_ods({"Data": rows}),
}


def said(table):
    """Give what a table says, as the support has it."""
    return {
        "names": table.names,
        "years": table.years,
        "codes": table.codes,
        "columns": tuple((column.field, column.figures) for column in table.columns),
    }


def meant(held):
    """Give what was to be said."""
    return {
        "names": held.names,
        "years": held.years,
        "codes": held.codes or (),
        "columns": tuple(zip(held.layout.fields, held.figures, strict=True)),
    }


@pytest.mark.parametrize("kind", WRITERS)
@FEW
@given(data=st.data(), held=sheets.sheets())
def test_what_is_written_is_read_back(kind, data, held):
    """Any table, in any layout and style, is read as it was written, and nothing in it is a problem."""
    style = data.draw(sheets.styles(held))
    written = WRITERS[kind](sheets.rows_of(held, style))

    table = read_table(written, year=held.years[0] if style.year_in == "given" else None)

    assert meant(held) == said(table)
    assert () == table.problems
    assert style.unknown == bool(table.unknown_columns)
    assert ["All councils"] * style.total == [row.name for row in table.totals]
