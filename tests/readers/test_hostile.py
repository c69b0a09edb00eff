"""
Workbooks and PDFs that ask for more than they are worth: each costs a refusal, and never the process.

They are unpacked in the worker; a few words, a few hundred bytes, and what stands in them takes gigabytes.
"""

import os
import struct
import sys
import zipfile
import zlib
from functools import partial

import pytest
from tests.support import isolated, sheets
from tests.support.pdfs import by_fpdf, empty_pages, locked

from lgsco import ReportingYear
from lgsco.documents import TableField
from lgsco.errors import MissingExtra, UnreadableDocument
from lgsco.readers import Bounds, read_any, read_table, read_tables, worker
from lgsco.readers.compounds import records_of
from lgsco.readers.texts import document_of
from lgsco.readers.worker import in_worker

YEAR = ReportingYear(2024)
ROWS = [["Council", "Upheld", "Not upheld"], *[[f"Council {number}", number, 2] for number in range(12)]]
ISOLATED = Bounds(isolate=True, worker_bytes=500_000_000)


def reason_of(source, **bounds):
    """Read what is refused, and give the reason and its place."""
    with pytest.raises(UnreadableDocument) as caught:
        read_tables(source, year=YEAR, bounds=Bounds(**bounds))
    (problem,) = caught.value.problems
    return f"{problem.place}: {problem.reason}"


# --- The worker


def test_a_file_that_ends_the_worker_is_refused_and_the_next_is_read():
    """By memory or by time, with the bound in the reason; a new worker reads on."""
    spaces = '<text:s text:c="2000000000"/>'
    cells = f'<table:table-cell office:value-type="string"><text:p>A{spaces}</text:p></table:table-cell>'
    small = ods(f"<table:table-row>{cells}</table:table-row>")
    good = sheets.as_xlsx({"A": ROWS})

    assert 1_000 > len(small)
    assert "needs more than 400,000,000 bytes of memory" in reason_of(small, isolate=True, worker_bytes=400_000_000)
    assert 12 == len(read_table(good, year=YEAR, bounds=ISOLATED))
    with pytest.raises(ValueError, match="longer to read than 1 second"):
        in_worker(isolated.wait, b"", Bounds(worker_seconds=1), refuse=ValueError)
    assert 12 == len(read_table(good, year=YEAR, bounds=ISOLATED))


def test_a_pdf_of_a_kilobyte_that_unpacks_to_gigabytes_is_refused():
    """A page whose contents are packed three times; it is taken for what it is once, and not by each reader."""
    with pytest.raises(UnreadableDocument) as caught:
        read_any(packed_pdf(b"q " * 20_000_000), bounds=ISOLATED)

    (problem,) = caught.value.problems
    assert "memory" in problem.reason
    assert ["one"] == [line for line in document_of(by_fpdf("one"), ISOLATED, "a text").lines if line]


def test_the_worker_answers_as_the_process_itself_does(monkeypatch):
    """Rows, lines and refusals are the same; a file that is too large is not sent to it."""
    for source in (*(make({"A": ROWS}) for make in (sheets.as_xlsx, sheets.as_xls, sheets.as_ods)), b"PK\x03\x04"):
        here, there = (
            read_or_refuse(partial(read_tables, source, year=YEAR), bounds) for bounds in (Bounds(), ISOLATED)
        )

        assert here == there
    for source in (by_fpdf("one\ntwo"), locked("secret"), empty_pages(1), b"%PDF-1.4"):
        here, there = (
            read_or_refuse(partial(document_of, source, expected="x"), bounds) for bounds in (Bounds(), ISOLATED)
        )

        assert here == there
    monkeypatch.setattr(worker, "_Worker", None)
    assert "at most 10 are read" in reason_of(sheets.as_xlsx({"A": ROWS}), isolate=True, archive_bytes=10)
    assert 12 == len(read_table(sheets.as_text(ROWS), year=YEAR, bounds=ISOLATED))
    assert {"a"} == {*document_of("a", ISOLATED, "a text").lines}


def test_one_worker_serves_until_it_is_ended():
    """The same process for one file after another; and another one where it was ended from outside."""
    ask = partial(in_worker, isolated.process_of, b"", ISOLATED, refuse=ValueError)
    first, second = ask(), ask()

    assert first == second != os.getpid()
    process = worker._Worker.current._process
    process.kill()
    process.wait()
    assert first != ask()


def test_a_worker_that_needed_much_memory_is_replaced():
    """So that what one file leaves behind is not taken from the next."""
    ask = partial(in_worker, isolated.process_of, b"", refuse=ValueError)

    last = ask(ISOLATED)
    assert last == ask(ISOLATED)
    assert last == in_worker(isolated.fill, b"", ISOLATED, 300_000_000, refuse=ValueError)
    assert last != ask(ISOLATED)


def test_where_no_process_can_be_started_it_is_said(monkeypatch):
    """A file is refused with the reason, and not read without a bound."""
    worker._end()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert "no process could be started" in reason_of(sheets.as_xlsx({"A": ROWS}), isolate=True)


def test_the_extra_that_is_missing_is_named_by_the_worker_too():
    """As by the process itself."""
    with pytest.raises(MissingExtra) as caught:
        in_worker(isolated.without_pdfium, by_fpdf("one"), ISOLATED, refuse=ValueError)

    assert ("pdf", "pypdfium2") == (caught.value.extra, caught.value.package)


def read_or_refuse(read, bounds):
    """Give what is read, or the refusal in words."""
    try:
        return read(bounds=bounds)
    except UnreadableDocument as error:
        return str(error)


def packed_pdf(contents):
    """Give a PDF of one page with these contents, packed three times."""
    packed = zlib.compress(zlib.compress(zlib.compress(contents)))
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter[/FlateDecode/FlateDecode/FlateDecode]>>stream\n%s\nendstream" % (len(packed), packed),
    )
    return pdf_of(objects)


def pdf_of(objects):
    """Write a PDF of these objects, the first of which is its catalogue."""
    written = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        written, size, table, size, len(written)
    )  # fmt: skip


def test_a_pdf_without_pages_does_not_get_the_error_of_the_one_before():
    """PDFium keeps its last error where it sets none."""
    without_pages = pdf_of((b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"))
    reasons = []
    for source in (without_pages, locked("secret"), without_pages, b"%PDF-1.7", without_pages):
        with pytest.raises(UnreadableDocument) as caught:
            document_of(source, Bounds(), "a text")
        reasons += [problem.reason for problem in caught.value.problems]

    assert [reasons[0]] * 2 == reasons[2::2]
    assert 3 == len(set(reasons))


# --- What is said of sizes, and what comes of them


def test_workbooks_beyond_a_bound_are_refused():
    """With the bound, and the place where it was met; of an archive, by what it says of itself."""
    xlsx, xls, ods_file = (make({"A": ROWS, "B": ROWS}) for make in (sheets.as_xlsx, sheets.as_xls, sheets.as_ods))
    for source in (xlsx, xls, ods_file):
        for bounds, reason in (
            ({"archive_bytes": 100}, "the whole: has "),
            ({"sheets": 1}, "the whole: has 2 sheets, and at most 1 are read"),
            ({"sheet_cells": 77}, "sheet 'B': brings the cells to 78, and at most 77 are read"),
            ({"sheet_rows": 12}, "row 13: at most 12 rows are read"),
            ({"sheet_columns": 2}, "row 13: has 3 columns, and at most 2 are read"),
            ({"text_bytes": 100}, "sheet 'A': the text of the cells so far exceeds the 100 characters"),
        ):
            assert reason_of(source, **bounds).startswith(reason)
    assert reason_of(xlsx, archive_parts=2).startswith("the whole: has ")
    bomb = written(PLAIN_SHEET, parts={"xl/other.xml": "a" * 70_000_000}.items())
    assert "unpacks to 70," in reason_of(bomb)
    assert "this archive is damaged" in reason_of(xlsx[:-30])
    assert "this workbook cannot be read" in reason_of(sheets.zipped({"readme.txt": "words"}))
    # An older library does not foresee this one.
    assert reason_of(xls[:600]).startswith("the whole: this workbook ")


def test_far_and_hidden_sizes_end_in_a_refusal():
    """What an archive does not say of itself, and what its cells say of where they stand."""
    lying = bytearray(written(PLAIN_SHEET, parts={"xl/sharedStrings.xml": "a" * 100_000_000}.items()))
    at = lying.rindex(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 10)
    many = ' table:number-columns-repeated="16384"'
    rows = ' table:number-rows-repeated="1048576"'
    for source in (
        bytes(lying),
        written(PLAIN_SHEET + f'<row r="1048576">{number(1, "XFD1048576")}</row>'),
        written(PLAIN_SHEET + f'<row r="9">{number(1, "ZZZZZZ9999999999")}</row>'),
        written(PLAIN_SHEET, before='<!DOCTYPE a [<!ENTITY b "c">]>', sheet="&b;"),
        ods(f'<table:table-row{rows}><table:table-cell office:value-type="string"{many}><text:p>a</text:p></table:table-cell></table:table-row>'),
        sheets.zipped({"xl/workbook.xml": "<a/>"}, zipfile.ZIP_BZIP2),
    ):  # fmt: skip
        with pytest.raises(UnreadableDocument):
            read_tables(source, year=YEAR, bounds=ISOLATED)


def test_two_sheets_of_one_name_are_refused():
    """Only one of them could be read."""
    table = '<table:table table:name="S">{}</table:table>'
    twice = sheets.ods_of(sheets.ods_content(table.format(HEADED) + table.format(HEADED)))

    assert "two sheets with the name 'S'" in reason_of(twice)


# --- The records of the workbooks from before 2007


def test_the_records_of_an_old_workbook_are_found():
    """In large sectors and in small ones; what is cut off, elsewhere or goes round in a circle is refused."""
    old = sheets.as_xls({"A": ROWS})
    records = records_of(old)
    beginning = struct.pack("<HHH", 0x809, 16, 0x600)

    assert beginning == records[:6]
    assert all(name.encode() in records for name in ("Council 0", "Council 11"))

    def patched(at, put):
        return old[:at] + put + old[at + len(put) :]

    for source, reason in (
        (old[:20], "ends too early"),
        (old[:600], "a sector is missing"),
        (patched(30, b"\x03\0"), "sectors have no size"),
        (patched(48, b"\0\0\xff\0"), "a sector is missing"),
        (patched(68, b"\0\0\0\0"), "ends too early"),
        (old.replace("Workbook".encode("utf-16-le"), "Elephant".encode("utf-16-le")), "has no sheets"),
    ):
        with pytest.raises(UnreadableDocument) as caught:
            records_of(source)
        (problem,) = caught.value.problems

        assert reason in problem.reason


# --- What is odd and harmless

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def written(cells, *, before="", parts=(), sheet=f"<worksheet {SPACE}><sheetData>{{}}</sheetData></worksheet>"):
    """Give a workbook of one sheet, written by hand."""
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return sheets.zipped({
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {SPACE} xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": before + sheet.format(cells),
        **dict(parts),
    })  # fmt: skip


def said(text, place=""):
    """Give a cell of a hand-written sheet."""
    where = f' r="{place}"' if place else ""
    return f'<c{where} t="inlineStr"><is><t>{text}</t></is></c>'


def number(count, place=""):
    """Give another."""
    where = f' r="{place}"' if place else ""
    return f"<c{where}><v>{count}</v></c>"


PLAIN_SHEET = f'<row r="1">{said("Council", "A1")}{said("Upheld", "B1")}</row><row r="2">{said("Kent", "A2")}{number(3, "B2")}</row>'
UNPLACED = f"<row>{said('Council')}{said('Upheld')}</row><row>{said('Kent')}{number(3)}</row>"
FAR = '<row r="2"><c r="A2" s="1"/></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'


def ods(rows):
    """Give a workbook of hand-written rows."""
    return sheets.ods_of(sheets.ods_content(f'<table:table table:name="S">{rows}</table:table>'))


def cell(text):
    """Give a cell of one."""
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


HEADED = f"<table:table-row>{cell('Council')}{cell('Upheld')}</table:table-row>"


def test_sheets_are_written_in_many_ways():
    """With places or without, with far cells that have nothing in them, and with blanks repeated without end."""
    blank = '<table:table-cell table:number-columns-repeated="99999999"/>'
    row = f"<table:table-row>{cell('Kent')}{cell('3')}{blank}</table:table-row>"
    prefixed = PLAIN_SHEET
    for tag in ("</", "<r", "<c", "<i", "<t", "<v"):
        prefixed = prefixed.replace(tag, f"{tag[:-1]}x:{tag[-1]}" if tag != "</" else "</x:")
    odd = f"<x:worksheet {SPACE.replace('xmlns', 'xmlns:x')}><x:sheetData>{{}}</x:sheetData></x:worksheet>"
    for source in (
        *map(written, (PLAIN_SHEET, UNPLACED, PLAIN_SHEET.replace("r=", "r ="), PLAIN_SHEET + FAR)),
        written(PLAIN_SHEET.replace('"', "'")),
        written(prefixed, sheet=odd),
        ods(f'{HEADED}{row}<table:table-row table:number-rows-repeated="99999999"/>'),
    ):
        for bounds in (Bounds(), ISOLATED):
            table = read_table(source, year=YEAR, bounds=bounds)

            assert (["Kent"], (3,)) == ([line.name for line in table], table.figures(TableField.UPHELD))
