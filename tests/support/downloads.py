"""A folder as an analyst has it: a letter, a page, three spreadsheets of a year, an own export and a broken file."""

from tests.support.letters import render
from tests.support.pages import as_html, render_page
from tests.support.sheets import as_csv, as_xlsx

from lgsco import PrintedPercent, PrintedReview, ReportingYear
from lgsco.documents import PrintedStatistic

WORCESTERSHIRE, KENT, ESSEX = "Worcestershire County Council", "Kent County Council", "Essex County Council"


def figures(name, percent, upheld, investigated):
    """Give the uphold rate of a council in 2019-20 as printed, beside an average of 66%."""
    statistic = PrintedStatistic(
        percent=PrintedPercent(percent),
        count=upheld,
        base=investigated,
        base_noun="detailed investigations",
        average=PrintedPercent(66),
    )
    return PrintedReview(name, ReportingYear(2020), upheld=statistic)


RECEIVED = [["Complaints received 2019-20"], ["Council", "Housing", "Other", "Grit", "Total"], [KENT, 4, 6, 1, 10]]
DECIDED = [
    ["Complaints decided 2019-20"],
    [],
    ["Council", "Upheld", "Not upheld"],
    [KENT, 54, 20],
    ["Barset", 1, "two"],
]
COMPLIANCE = [["Compliance 2019-20"], ["Council", "Late", "Complied", "Compliance outcomes"], ["E10000016", 2, 40, 41]]
OWN = [["Ref", "Result", "Date", "Clerk"], ["19 001 001", "Upheld", "1/10/2019", "S"], ["19 001 002", "", "", "S"]]
COLUMNS = {"reference": "Ref", "outcome": "Result", "decided_on": "Date"}
FILES = {
    "letter.txt": render(figures(WORCESTERSHIRE, 86, 19, 22)),
    "page.html": as_html(render_page(ESSEX, (figures(ESSEX, 75, 31, 40),))),
    "sheets/received.csv": as_csv(RECEIVED),
    "sheets/decided.csv": as_csv(DECIDED),
    "sheets/compliance.xlsx": as_xlsx({"Compliance": COMPLIANCE}),
    "own.csv": as_csv(OWN),
    "broken.xlsx": b"PK\x03\x04",
}


def fill(folder, files):
    """Write files into a folder, which is made where there is none."""
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
