"""A workbook in LibreOffice (``apt-get install libreoffice-calc``): what it shows is what the report holds."""

import csv
import io
import re
import shutil
import subprocess

import openpyxl
import pypdfium2
import pytest

from lgsco.cli import main


@pytest.fixture(scope="session")
def workbook(tmp_path_factory):
    """Write a council's year as a workbook."""
    file = tmp_path_factory.mktemp("workbook") / "kent.xlsx"
    assert main(["report", "Kent County Council", "--year", "2023-24", "-o", str(file)]) == 0
    return file


@pytest.fixture(scope="session")
def converted(workbook):
    """Give a function that lets LibreOffice write the workbook in another form, and gives the files."""
    office = shutil.which("soffice")
    assert office, "these tests need LibreOffice: apt-get install libreoffice-calc"

    def made(form, folder):
        profile = f"-env:UserInstallation={(workbook.parent / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(workbook)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return sorted(folder.iterdir())

    return made


def text(cell):
    return "" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)


def test_libreoffice_shows_every_cell(workbook, converted, tmp_path):
    """Each sheet as comma-separated values, cell by cell; no cell is an error or a formula."""
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    files = converted(every_sheet, tmp_path)
    book = openpyxl.load_workbook(workbook)
    by_name = {re.sub(r"^kent-|\.csv$", "", file.name): file for file in files}

    assert set(book.sheetnames) == set(by_name)
    for sheet in book:
        shown = list(csv.reader(io.StringIO(by_name[sheet.title].read_text(encoding="utf-8"))))
        held = [[text(cell.value) for cell in row] for row in sheet.iter_rows()]
        assert [[plain(cell) for cell in row if cell] for row in held] == [
            [plain(cell) for cell in row if cell] for row in shown
        ]
        assert not re.search(r"#(REF|NAME|VALUE|N/A|DIV)|Err:\d", by_name[sheet.title].read_text(encoding="utf-8"))


def plain(cell):
    """Give a cell without the signs by which numbers are grouped."""
    return re.sub(r"(?<=\d),(?=\d{3}\b)", "", cell)


def test_libreoffice_prints_it(converted, tmp_path):
    """Across, every sheet on as few pages as it has, each with its number."""
    (file,) = converted("pdf", tmp_path)
    document = pypdfium2.PdfDocument(file)
    pages = [(page.get_size(), page.get_textpage().get_text_range()) for page in document]
    document.close()

    assert 8 <= len(pages) <= 12
    for number, ((wide, high), words) in enumerate(pages, 1):
        assert wide > high
        assert re.search(rf"Page {number} of {len(pages)}", words)
