"""Where cases come from: files as spreadsheets save them, data frames, and cells that hold no value."""

import datetime as dt
import io
import math
import zipfile

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xlwt

from lgsco import Authority, AuthorityType, Outcome
from lgsco.errors import InvalidValue, MissingExtra, UnreadableDocument
from lgsco.readers import Bounds, read_cases
from lgsco.readers import case_export as export_module

ME = Authority("Barsetshire County Council", AuthorityType.COUNTY_COUNCIL)
BY = {"reference": "Ref", "outcome": "Outcome", "decided_on": "Decided", "satisfactory_remedy": "Put right"}
COLUMNS = {
    "Ref": ["19003456", "19003457"],
    "Outcome": ["Upheld", "Not upheld"],
    "Decided": [dt.date(2019, 10, 1), dt.date(2019, 10, 2)],
    "Put right": [True, None],
    "Sum": [2.5, None],
}


def places(caught):
    return [(problem.place.sheet, problem.place.row, problem.place.column) for problem in caught.value.problems]


def refused(source, columns=BY):
    with pytest.raises(InvalidValue) as caught:
        read_cases(source, columns, ME)
    return places(caught)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(COLUMNS),
        pd.DataFrame(COLUMNS).convert_dtypes(),
        pd.DataFrame({**COLUMNS, "Decided": pd.to_datetime(COLUMNS["Decided"]), "Put right": ["Y", math.nan]}),
        pl.DataFrame(COLUMNS),
        pl.LazyFrame(COLUMNS),
        pa.table(COLUMNS),
        duckdb.sql("select * from frame_of_cases"),
        [dict(zip(COLUMNS, row, strict=True)) for row in zip(*COLUMNS.values(), strict=True)],
        [{**dict.fromkeys(COLUMNS, math.nan), "Ref": "19003456", "Outcome": "Upheld", "Decided": "1/10/2019",
          "Put right": "yes"}, {"Ref": 19003457.0, "Outcome": "Not upheld", "Decided": pd.Timestamp(2019, 10, 2),
          "Put right": pd.NA}],
    ]
    if (frame_of_cases := pa.table(COLUMNS)) is not None
    else [],
    ids=["pandas", "nullable", "nan", "polars", "lazy", "pyarrow", "duckdb", "rows", "rows-with-nan"],
)  # fmt: skip
def test_a_data_frame_is_a_source_and_what_it_lacks_is_blank(frame):
    """Whatever engine it is of, and however that writes a missing value."""
    cases = read_cases(frame, BY, ME)

    assert [(Outcome.UPHELD, True), (Outcome.NOT_UPHELD, None)] == [
        (case.outcome, case.satisfactory_remedy) for case in cases.decisions
    ]
    assert [dt.date(2019, 10, 1), dt.date(2019, 10, 2)] == [case.decided_on for case in cases.decisions]


def test_what_is_no_frame_and_a_frame_beyond_a_bound_are_refused(monkeypatch):
    """A look-alike, more rows than are read, and no library that knows frames."""

    class LookAlike:
        columns = ("Ref",)

    for source in (LookAlike(), 5, pd.DataFrame([["x", "y"]], columns=["Ref", "Ref"])):
        with pytest.raises(InvalidValue):
            read_cases(source, BY, ME)
    assert () == read_cases(pl.DataFrame(COLUMNS).clear(), BY, ME).decisions
    with pytest.raises(UnreadableDocument):
        read_cases(pl.DataFrame(COLUMNS), BY, ME, bounds=Bounds(sheet_rows=1))

    def missing(name):
        raise ModuleNotFoundError(name, name=name)

    monkeypatch.setattr(export_module, "import_module", missing)
    with pytest.raises(MissingExtra):
        read_cases(pl.DataFrame(COLUMNS), BY, ME)


HEADER = ["Ref", "Outcome", "Decided", "Put right"]
LINE = "19 003 456;Upheld;01/10/2019;TRUE"


def test_the_day_of_a_list_is_the_one_that_its_first_lines_name():
    """With a word that says so; of two days neither is, and the caller's own comes first."""

    def as_of(*titles, **options):
        return read_cases("\n".join([*titles, ";".join(HEADER), LINE]), BY, ME, **options).as_of

    assert dt.date(2024, 3, 14) == as_of("Report run on 14/03/2024;;;")
    assert dt.date(2024, 3, 14) == as_of("As at 14 March 2024;;;", ";;;")
    assert dt.date(2024, 5, 1) == as_of("As at 14 March 2024;;;", as_of=dt.date(2024, 5, 1))
    assert None is as_of("Cases of 14 March 2024;;;")
    assert None is as_of("Printed 14 March 2024;as at 15 March 2024;;")
    rows = [["Exported on", dt.date(2024, 3, 14)], HEADER, LINE.split(";")]
    assert dt.date(2024, 3, 14) == read_cases(rows, BY, ME).as_of


def xlsx(rows, sheet="Cases"):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(source, name, old, new):
    """Return a workbook with one of its parts changed."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(written, "w") as after:
        for part in before.namelist():
            content = before.read(part)
            assert part != name or old in content
            after.writestr(part, content.replace(old, new) if part == name else content)
    return written.getvalue()


def xls(rows, sheet="Cases"):
    book = xlwt.Workbook()
    page = book.add_sheet(sheet)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell == "#REF!":
                page.row(number).set_cell_error(column, "#REF!")
            else:
                page.write(number, column, cell)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def ods(rows):
    lines = "".join(f"<table:table-row>{''.join(map(open_cell, row))}</table:table-row>" for row in rows)
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{names} xmlns:calcext="urn:org:documentfoundation:calcext">'
        f'<office:body><office:spreadsheet><table:table table:name="Other"/><table:table table:name="Cases">{lines}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        archive.writestr("META-INF/manifest.xml", manifest)
    return written.getvalue()


def open_cell(cell):
    if cell == "#REF!":
        return (
            '<table:table-cell table:formula="of:=[.A1]" office:value-type="string" office:string-value=""'
            ' calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
        )
    if cell == "=A1":
        return '<table:table-cell table:formula="of:=[.A1]"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'


GOOD = ["19 003 456", "Upheld", "1/10/2019", "yes", "x"]
BAD = ["19 003 457", "#REF!", "1/10/2019", "#REF!", "#REF!"]
WIDE = [*HEADER, "Officer"]


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_an_error_of_a_spreadsheet_is_a_problem_at_its_place(make):
    """With sheet, row and heading, in every kind of workbook; one in a column that nobody reads is no matter."""
    expected = [("Cases", 3, "Outcome"), ("Cases", 3, "Put right")]

    assert expected == refused(make([WIDE, GOOD, BAD]))
    assert 1 == len(read_cases(make([WIDE, GOOD, [*GOOD[:4], "#REF!"]][:2]), BY, ME).decisions)
    [decision] = read_cases(make([WIDE, [*GOOD[:4], "#REF!"]]), BY, ME).decisions
    assert Outcome.UPHELD is decision.outcome


def test_a_row_of_nothing_but_errors_is_not_lost():
    """It would be no row at all to the library that reads workbooks."""
    assert [("Cases", 3, heading) for heading in HEADER] == refused(xlsx([HEADER, GOOD[:4], ["#REF!"] * 4]))


def test_a_formula_that_was_never_calculated_is_a_problem():
    """What openpyxl writes has no value; a formula whose value is an empty text has one."""
    source = xlsx([HEADER, ["19 003 456", "Upheld", "1/10/2019", "=A1"]])
    text = with_part(
        source, "xl/worksheets/sheet1.xml", b'<c r="D2"><f>A1</f><v />', b'<c r="D2" t="str"><f>A1</f><v/>'
    )

    assert [("Cases", 2, "Put right")] == refused(source)
    assert [("Cases", 2, "Put right")] == refused(ods([HEADER, ["19 003 456", "Upheld", "1/10/2019", "=A1"]]))
    assert None is read_cases(text, BY, ME).decisions[0].satisfactory_remedy


def test_the_errors_that_a_spreadsheet_writes_into_text_are_problems_too():
    """In a file of comma-separated values, whatever its column holds."""
    columns = {**BY, "recommendation_text": "Action"}
    text = "Ref,Outcome,Decided,Put right,Action\n19 003 456,#N/A,#VALUE!,########,#NAME?\n"

    assert [(None, 2, heading) for heading in ("Outcome", "Decided", "Put right", "Action")] == refused(text, columns)


def test_the_error_of_a_formula_in_an_old_workbook_is_a_problem():
    """Its record has the code in place of a number; so has that of a formula without a value."""
    rows = [HEADER, ["19 003 456", "Upheld", "1/10/2019", xlwt.Formula("A1")]]
    nothing, error = b"\x03\0\0\0\0\0\xff\xff", b"\x02\0\x17\0\0\0\xff\xff"
    whole = xls(rows)

    assert 1 == whole.count(nothing)
    for source in (whole, whole.replace(nothing, error)):
        assert [("Cases", 2, "Put right")] == refused(source)


def test_cells_without_a_value_are_told_in_the_worker_too():
    """A text that nobody reads as words would take #REF! for one; the same problems come back from the worker."""
    source = xlsx([[*HEADER, "Action"], ["19 003 456", "#REF!", "1/10/2019", "=A1", "#REF!"]])
    columns = {**BY, "recommendation_text": "Action"}
    problems = []
    for bounds in (Bounds(), Bounds(isolate=True)):
        with pytest.raises(InvalidValue) as caught:
            read_cases(source, columns, ME, bounds=bounds)
        problems.append([str(problem) for problem in caught.value.problems])
        assert [("Cases", 2, heading) for heading in ("Outcome", "Put right", "Action")] == places(caught)

    assert problems[0] == problems[1]


def test_a_workbook_whose_parts_cannot_be_looked_through_is_refused():
    """The library that reads workbooks forgives what is no XML."""
    source = with_part(xlsx([HEADER, GOOD[:4]]), "xl/_rels/workbook.xml.rels", b"</Relationships>", b"</Relationship >")

    with pytest.raises(UnreadableDocument):
        read_cases(source, BY, ME)
