"""A report as a workbook and as CSV: one figure a cell, nothing blank, nothing that a spreadsheet would run."""

import csv
import datetime as dt
import io
import re
import sys
from decimal import Decimal

import attrs
import openpyxl
import pytest
from tests.support.values import KENT, data_of, report_on

from lgsco import (
    AnnualReview,
    ComplianceTally,
    InvestigationTally,
    PrintedPercent,
    Proportion,
    ReportingYear,
    Source,
)
from lgsco.documents import Missing
from lgsco.errors import MissingExtra
from lgsco.render import csv_metadata, to_csv, to_workbook
from lgsco.reports import (
    Absent,
    Amount,
    Column,
    ColumnKind,
    Day,
    Note,
    Report,
    Row,
    Section,
    Table,
    letter_report,
)

YEAR = ReportingYear(2024)
HISTORY = [
    AnnualReview(
        KENT,
        ReportingYear(ending),
        investigations=InvestigationTally(1, 399, satisfactory_remedies=1),
        compliance=ComplianceTally(0, 0) if ending == 2022 else None,
    )
    for ending in (2021, 2022, 2024)
]
REPORT = report_on(*HISTORY[::-1])
RATE = Proportion(1_234, 2_000)
TABLE = Table(
    "Every kind",
    "Row",
    columns=(
        Column("Text", ColumnKind.TEXT),
        Column("Count", ColumnKind.COUNT, marks=("b",)),
        Column("Rate", ColumnKind.RATE),
        Column("Limits", ColumnKind.LIMITS),
        Column("Per cent", ColumnKind.PERCENT),
        Column("Amount", ColumnKind.AMOUNT),
        Column("Decided on", ColumnKind.DATE),
        Column("rate: out of how many", ColumnKind.COUNT),
    ),
    rows=(
        Row(
            "one",
            (
                "words",
                1_234,
                RATE,
                RATE.interval(),
                PrintedPercent(Decimal("99.4"), places=1),
                Amount(Decimal("4.8")),
                Day(dt.date(2024, 3, 5)),
                0,
            ),
            marks=("a", "b"),
        ),
        Row(
            "two",
            (
                "words",
                0,
                Proportion(0, 0),
                Absent(Missing.NOT_APPLICABLE, "no rate"),
                Absent(Missing.NOT_AVAILABLE, "not held"),
                Absent(Missing.NOT_AVAILABLE, "not held"),
                Absent(Missing.NOT_AVAILABLE, "not held"),
                7,
            ),
            breaks=("all changed", "twice"),
        ),
    ),
)


NOTES = (Note("a", "First."), Note("b", "Second."))


def report_of(*tables, notes=NOTES, name="Kent"):
    return Report(
        name,
        scope=name,
        units=name,
        made_by="By lgsco",
        sections=(Section(name, paragraphs=(name,), tables=tables),),
        notes=tuple(notes),
        sources=(Source(name, url="https://a.example/b"),),
    )


EVERY_KIND = report_of(TABLE)
DAY = dt.date(2024, 3, 5)
EXPECTED = [
    [
        "Row", "Text", "Count", "Rate", "Rate: number counted", "Rate: out of how many",
        "Limits: lower limit", "Limits: upper limit", "Per cent", "Amount", "Decided on",
        "rate: out of how many (2)", "Series break", "Notes",
    ],
    ["one", "words", 1234, 62, 1234, 2000, 60, 64, Decimal("99.4"), Decimal("4.8"), DAY, 0, "none",
     "[note 2] [note 1]"],
    ["two", "words", 0, "[z]", 0, 0, "[z]", "[z]", "[x]", "[x]", "[x]", 7, "[b] all changed; twice", "none"],
]  # fmt: skip
HOSTILE = [
    "=cmd|'/c calc'!A1", "+1", "-2+3", "@SUM(A1)", "[a](https://evil.example)", "$$a$$", "???", "\u5bff\u53f8",
    "{=1}", "<b>&amp;", "\x1b[2J\u202ex", "A" * 40_000, "'quoted", '"', "https://evil.example", "12", "a,b;c", "[x]",
]  # fmt: skip


def opened(report):
    return openpyxl.load_workbook(io.BytesIO(to_workbook(report)))


def table_of(sheet):
    """Give the cells of the one table of a sheet, headings first, as its own record of it says where it stands."""
    (reference,) = [table.ref for table in sheet.tables.values()]
    return [[cell.value for cell in row] for row in sheet[reference]]


def number(cell):
    """Give a number of a workbook, which knows floats only, as the decimal it shows; and a date as one."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    return Decimal(repr(cell)) if isinstance(cell, float) else cell


# --- Workbook


def test_a_workbook_has_a_figure_in_each_cell():
    """Percentages, counts and limits each in a column of their own, headed with their unit and note."""
    rows = table_of(opened(EVERY_KIND)["Table_1"])
    headings, *cells = [[number(cell) for cell in row] for row in rows]

    assert EXPECTED[0] == [heading.split("\n")[0] for heading in headings]
    assert EXPECTED[1:] == cells
    assert "Count\n(number)\n[note 1]" in headings
    assert "Rate\n(%)" in headings
    assert "Text" in headings


def test_the_sheets_of_a_workbook():
    """A cover, contents that link to each sheet, notes, and a sheet for each table, all of one table."""
    book = opened(REPORT)
    names = ["Cover", "Contents", "Notes", *(f"Table_{at}" for at in range(1, len(REPORT.tables) + 1))]
    links = {cell.value: cell.hyperlink.location for row in book["Contents"] for cell in row if cell.hyperlink}

    assert names == book.sheetnames
    assert {name: f"'{name}'!A1" for name in names[2:]} == links
    assert [["Note number", "Note text"], *([at, held] for at, held in _notes(REPORT))] == table_of(book["Notes"])
    assert all(len(book[name].tables) == 1 for name in names[1:])
    assert len({table for sheet in book for table in sheet.tables}) == len(names) - 1


def _notes(report):
    # In the order in which tables refer to them: columns of the first table, then its rows.
    marks = ["average"]
    words = {note.mark: note.words for note in report.notes}
    return [(at, words[mark]) for at, mark in enumerate(marks, 1)]


def test_the_checklist_of_the_analysis_function():
    """No cell of a table is blank, merged, hidden or a formula; a title begins each sheet; text is 12 at least."""
    book = opened(REPORT)

    for sheet in book:
        assert "visible" == sheet.sheet_state
        assert [] == list(sheet.merged_cells.ranges)
        assert not any(held.hidden for held in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        assert isinstance(sheet["A1"].value, str)
        for row in sheet:
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert cell.value is None or cell.font.sz >= 12
        if sheet.title != "Cover":
            assert None not in [cell for row in table_of(sheet) for cell in row]
            assert "This worksheet contains one table." in sheet["A2"].value


def test_sheets_print_as_wide_as_the_paper_with_their_headings():
    """On A4 across, the row of headings on each page, and the page's number."""
    book = opened(REPORT)

    for sheet in book:
        assert ("landscape", 9) == (sheet.page_setup.orientation, int(sheet.page_setup.paperSize))
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (None, 0) == (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight)  # one page is not written
        assert "Page &P of &N" == sheet.oddFooter.center.text
        for table in sheet.tables.values():
            row = table.ref.partition(":")[0].lstrip("A")
            assert f"${row}:${row}" == sheet.print_title_rows
    assert not book["Cover"].tables


def test_every_cell_of_a_workbook_against_the_checklist():
    """
    Cell by cell, whatever the sheet: no blank row within a table, one header row, no two headings alike, no colour.

    Text begins in the first column, starts with a title, has no line above the table blank, and no cell is locked away,
    turned or struck out; shorthand stands alone in its cell; numbers are numbers, and right of their heading's unit.
    """
    book = opened(REPORT)

    for sheet in book:
        if sheet.title == "Cover":
            continue
        (table,) = sheet.tables.values()
        first, _, last = table.ref.partition(":")
        above = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=sheet[first].row - 1)]
        headings, *rows = table_of(sheet)

        assert all(line[0] and not any(line[1:]) for line in above)
        assert (sheet[last].row, sheet[last].column) == (sheet.max_row, sheet.max_column)
        assert 1 == table.headerRowCount
        assert len(headings) == len({heading.casefold() for heading in headings})
        assert [column.name for column in table.tableColumns] == headings
        for cell in (cell for row in sheet for cell in row):
            assert cell.fill.fill_type is None
            assert {False, None} >= {cell.font.strike, cell.alignment.textRotation, cell.protection.hidden}
            assert cell.comment is None
        for at, heading in enumerate(headings):
            held = [row[at] for row in rows]
            if "\n(" in heading:
                assert all(isinstance(cell, int | float) or cell in {"[z]", "[x]", "[low]"} for cell in held)
            elif heading != "Note number":
                assert all(isinstance(cell, str) for cell in held)


def test_a_sheet_explains_the_shorthand_it_uses():
    """That and no other, above its table; and says whose figures and whose sources these are."""
    text = [row[0].value for row in opened(EVERY_KIND)["Table_1"]]
    signs = [line.split(" means ")[0] for line in text if line and " means " in line]
    low = [row[0].value for row in opened(REPORT)["Table_1"]]

    assert ["[z]", "[x]", "[b]"] == signs
    assert any(line.startswith("[low] means") for line in low if line)
    assert "Source: Kent" in text
    assert "Table 1: Every kind" == text[0]


def test_a_low_rate_is_no_nought():
    """1 of 400 is [low] in its column of per cents, its counts beside it."""
    rows = table_of(opened(REPORT)["Table_1"])

    assert ["Uphold rate", "[low]", 1, 400] == rows[1][:4]


def test_the_cover_says_all_that_the_page_says_in_words():
    """Every paragraph and item, who made it, and the sources with their addresses."""
    text = "\n".join(str(row[0].value) for row in opened(REPORT)["Cover"])

    assert REPORT.made_by in text
    for section in REPORT.sections:
        for words in (*section.paragraphs, *section.items):
            colon = "" if section.heading.endswith("?") else ":"
            assert f"{section.heading}{colon} {words}" in text


def test_a_report_without_notes_or_tables_is_a_workbook_all_the_same():
    """Then there is no sheet for them."""
    assert ["Cover", "Contents", "Table_1"] == opened(
        letter_report(data_of(HISTORY[0]), KENT, HISTORY[0].year)
    ).sheetnames
    assert ["Cover"] == opened(report_of(notes=())).sheetnames


def test_the_same_report_makes_the_same_workbook():
    """Byte for byte: nothing in it is the moment or the machine."""
    assert to_workbook(EVERY_KIND) == to_workbook(EVERY_KIND)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_commands_a_workbook(name):
    """No formula, no link, no note of its own, and nothing refused."""
    row = Row(name, (name, Absent(Missing.NOT_AVAILABLE, name)), marks=(name,), breaks=(name,))
    columns = (Column(name, ColumnKind.TEXT), Column("B", ColumnKind.RATE))
    table = Table(name, "Stub", columns=columns, rows=(row,), marks=(name,))
    book = opened(report_of(table, notes=(Note(name, name),), name=name))
    cells = [cell for sheet in book for row in sheet for cell in row]
    stub, *_ = table_of(book["Table_1"])[1]

    assert {"s", "n"} >= {cell.data_type for cell in cells}
    assert {"Contents", "Cover"} >= {cell.parent.title for cell in cells if cell.hyperlink}
    assert {"https"} >= {
        cell.hyperlink.target.partition(":")[0] for cell in cells if cell.hyperlink and cell.parent.title == "Cover"
    }
    assert isinstance(stub, str)
    assert re.sub(r"\W", "", name.replace("\x1b", "").replace("\u202e", ""))[:300] in re.sub(r"\W|_x001B_", "", stub)


def test_without_the_extra_a_workbook_says_what_to_install(monkeypatch):
    """And nothing else of a report needs it."""
    monkeypatch.setitem(sys.modules, "gptables", None)
    with pytest.raises(MissingExtra) as caught:
        to_workbook(REPORT)

    assert "workbook" == caught.value.extra


# --- CSV


def read(report, table):
    return list(csv.reader(io.StringIO(to_csv(report, table), newline="")))


def test_csv_has_a_figure_in_each_cell():
    """The same columns as the workbook."""
    assert [[str(cell) for cell in row] for row in EXPECTED] == read(EVERY_KIND, TABLE)


def test_metadata_describes_every_column():
    """Its heading as in the file, its kind, its unit, its notes and what stands for no figure."""
    said = csv_metadata(EVERY_KIND, TABLE, url="every-kind.csv")
    columns = said["tableSchema"]["columns"]
    kinds = {"string": str, "integer": int, "decimal": Decimal, "date": dt.date}

    assert EXPECTED[0] == [column["titles"] for column in columns]
    assert len(columns) == len({column["name"] for column in columns})
    for at, column in enumerate(columns):
        for row in EXPECTED[1:]:
            held = row[at]
            if held in column.get("null", ()):
                continue
            assert isinstance(held, kinds[column["datatype"]] | (int if column["datatype"] == "decimal" else str))
    assert {"per cent", "number"} == {column["dc:description"] for column in columns if "dc:description" in column}
    assert [[1]] == [column["notes"] for column in columns if "notes" in column]
    assert ("every-kind.csv", "Every kind", ["Kent"]) == (said["url"], said["dc:title"], said["dc:source"])
    assert {"[z]", "[x]", "[low]", "[b]", "[c]"} == {note["shorthand"] for note in said["notes"] if "shorthand" in note}
    assert {1: "Second.", 2: "First."} == {note["note"]: note["words"] for note in said["notes"] if "note" in note}


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_no_name_commands_a_csv(name):
    """No cell begins as a formula does, and each stays in its place."""
    table = attrs.evolve(TABLE, stub=name, rows=tuple(attrs.evolve(row, heading=name) for row in TABLE.rows))
    rows = read(report_of(table), table)

    assert [len(EXPECTED[0])] * 3 == [len(row) for row in rows]
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell]
