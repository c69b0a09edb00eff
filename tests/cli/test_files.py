"""``lgsco read`` and ``lgsco audit`` over files of all kinds and over folders of them."""

import datetime as dt
import io
import json
import os
import sys
import types

import attrs
import pytest
from tests.support.letters import render
from tests.support.listings import render_listing
from tests.support.pages import as_html, render_page
from tests.support.pdfs import by_reportlab
from tests.support.sheets import as_csv, as_ods, as_text, as_xlsx
from tests.support.values import YEAR

from lgsco import Outcome, PrintedPercent, PrintedReview, PublishedTable, cli, convert
from lgsco.documents import PrintedStatistic, PublishedDecision

OK, DISAGREE, CANNOT, UNREADABLE = 0, 1, 2, 3
NAME = "Worcestershire County Council"
# As printed in the letter of 2020, whose base of the satisfactory remedies is wrong; the page has the right one.
FIGURES = PrintedReview(
    NAME,
    YEAR,
    upheld=PrintedStatistic(
        percent=PrintedPercent(86), count=19, base=22, base_noun="detailed investigations", average=PrintedPercent(66)
    ),
    compliance=PrintedStatistic(
        percent=PrintedPercent(92), base=12, base_noun="compliance outcomes", average=PrintedPercent(100)
    ),
    remedies=PrintedStatistic(
        percent=PrintedPercent(16), count=3, base=22, base_noun="detailed investigations", average=PrintedPercent(9)
    ),
)
ON_PAGE = attrs.evolve(FIGURES, remedies=attrs.evolve(FIGURES.remedies, base=19, base_noun="upheld decisions"))
DECIDED = [
    ["Council", "Not upheld", "Upheld", "Uphold rate"],
    [NAME, 3, 19, "86%"],
    ["Kent County Council", 18, 76, "81%"],
    ["Total", 21, 96, ""],
]
REMEDIES = [
    ["Remedies 2019-20"],
    ["Published in July"],
    [],
    [],
    ["", "Council", "Satisfactory remedies"],
    ["", NAME, 3],
]
COMPLIANCE = [
    ["Compliance 2019-20"],
    ["Council", "On time", "Late", "Complied", "Compliance outcomes", "Compliance rate"],
    [NAME, 8, 3, 11, 12, "92%"],
]
DECISION = PublishedDecision(
    NAME,
    "19 003 456",
    document_type="Statement",
    outcome=Outcome.UPHELD,
    subcategory="Special educational needs",
    decided_on=dt.date(2019, 7, 17),
)


@pytest.fixture
def run(capsys, monkeypatch):
    """Give a function that carries out a command, and gives its code, its answer and its complaints."""
    monkeypatch.setenv("COLUMNS", "80")

    def carried_out(*arguments):
        code = cli.main(list(map(str, arguments)))
        return code, *capsys.readouterr()

    return carried_out


@pytest.fixture
def folder(tmp_path):
    """Give a folder of one document of every kind: a letter twice, a page, three spreadsheets and a listing."""
    files = {
        "letter.txt": render(FIGURES).encode(),
        "letter.pdf": by_reportlab(render(FIGURES)),
        "page.html": as_html(render_page(NAME, (ON_PAGE,))).encode(),
        "tables/decided.csv": as_csv([["Complaints decided 2019-20"], [], *DECIDED]),
        "tables/moved.xlsx": as_xlsx({"Remedies": REMEDIES}),
        "tables/compliance.ods": as_ods({"Compliance": COMPLIANCE}),
        "decisions.txt": render_listing([DECISION]).encode(),
    }
    (tmp_path / "tables").mkdir()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def section(out, heading):
    """Give the items under a heading, each on one line."""
    lines = iter(out.splitlines())
    for line in lines:
        if line == heading:
            break
    items = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:])
        elif line.startswith("  "):
            items[-1] += line[1:]
        elif line and not line.startswith("-") and items:
            break
    return items


def test_a_folder_is_read_whole_and_exactly_its_faults_are_told(run, folder):
    """What each is, what was read of it, and the three faults that are there."""
    code, out, err = run("audit", folder)

    assert (DISAGREE, "") == (code, err)
    assert [
        ["decisions.txt", "decisions", "1", "0"],
        ["letter.pdf", "letter", "1", "1"],
        ["letter.txt", "letter", "1", "1"],
        ["page.html", "page", "1", "0"],
        ["tables/compliance.ods", "table", "1", "0"],
        ["tables/decided.csv", "table", "2", "1"],
        ["tables/moved.xlsx", "table", "1", "0"],
    ] == [line.split() for line in out.splitlines()[2:9]]
    assert [
        "decisions.txt: 1 decision, 17 July 2019",
        f"letter.pdf: {NAME}, 2019-20: 3 statistics",
        f"letter.txt: {NAME}, 2019-20: 3 statistics",
        f"page.html: {NAME}, 2019-20: 3 statistics",
        "tables/compliance.ods: 1 council, 2019-20: compliance",
        "tables/decided.csv: 2 councils, 2019-20: decided",
        "tables/moved.xlsx: 1 council, 2019-20: remedies",
    ] == section(out, "What was read")
    assert "3 contradictions" in out.splitlines()
    wrong_base = (
        f"{NAME}, 2019-20, satisfactory remedy rate: printed a base of 22 detailed investigations;"
        " 16% is 3 of 19 upheld; of 22 it would be 14%"
    )
    assert [wrong_base] == section(out, "letter.pdf:") == section(out, "letter.txt:")
    assert ["Total, 2019-20, upheld, row 6: printed a total of 96; the rows it covers make 95"] == section(
        out, "tables/decided.csv:"
    )


def test_files_that_disagree_are_named(run, folder):
    """A second page with another count of the same council and year."""
    other = attrs.evolve(ON_PAGE, upheld=PrintedStatistic(percent=PrintedPercent(82), count=18, base=22))
    (folder / "other.html").write_text(as_html(render_page(NAME, (other,))))
    _, out, _ = run("audit", folder / "page.html", folder / "other.html")

    assert [
        f"{folder / 'other.html'}: {NAME}, 2019-20, uphold rate: printed 18 upheld; 19 in {folder / 'page.html'}"
    ] == section(out, "Between files:")


def test_what_cannot_be_read_is_told_with_the_reason_and_the_rest_is_read(run, folder):
    """Exit code 3, since the audit is not whole."""
    (folder / "minutes.txt").write_text("Minutes of the meeting of 1 May.")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04")
    (folder / ".hidden").write_text("x")
    (folder / ".git").mkdir()
    code, out, err = run("audit", folder)

    assert (UNREADABLE, "") == (code, err)
    assert ["broken.xlsx", "minutes.txt"] == [item.partition(":")[0] for item in section(out, "Not read")]
    assert [".git", ".hidden"] == [item.partition(":")[0] for item in section(out, "Skipped")]
    assert "3 contradictions" in out.splitlines()


def test_a_folder_in_which_nothing_contradicts(run, tmp_path):
    (tmp_path / "moved.xlsx").write_bytes(as_xlsx({"Remedies": REMEDIES}))
    code, out, _ = run("audit", tmp_path)

    assert OK == code
    assert "Nothing contradicts." in out.splitlines()


def test_an_empty_folder_has_no_files(run, tmp_path):
    code, out, err = run("audit", tmp_path)

    assert (OK, "") == (code, err)
    assert out.startswith("There are no files.\n\nNothing contradicts.\n")


def test_a_folder_that_cannot_be_looked_into_is_unreadable(run, tmp_path, monkeypatch):
    """Below another folder it is listed, and the rest is read; where it alone is named, there is nothing to show."""
    (tmp_path / "page.html").write_text(as_html(render_page(NAME, (ON_PAGE,))))

    def walk(folder, onerror):
        yield folder, ["locked"], ["page.html"]
        onerror(PermissionError(13, "Permission denied", f"{tmp_path}/locked"))

    with monkeypatch.context() as patched:
        patched.setattr(os, "walk", walk)
        code, out, _ = run("audit", tmp_path)

    assert UNREADABLE == code
    assert ["locked: Permission denied"] == section(out, "Not read")
    assert [f"page.html: {NAME}, 2019-20: 3 statistics"] == section(out, "What was read")


def test_an_audit_of_a_folder_as_json(run, folder):
    """Every document as the value that it is, its findings, and those between files."""
    (folder / "minutes.txt").write_text("Minutes")
    code, out, _ = run("audit", folder, "--json")
    said = json.loads(out)
    files = {file["file"]: file for file in said["files"]}

    assert (UNREADABLE, 1, []) == (code, said["lgsco"], said["between"])
    [table] = files["tables/decided.csv"]["documents"]
    assert 2 == len(convert.from_json(json.dumps(table), PublishedTable))
    assert ["total"] == [finding["kind"] for finding in files["tables/decided.csv"]["findings"]]
    assert [] == files["minutes.txt"]["documents"]
    assert "minutes" not in files["minutes.txt"]["error"]


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self):
        """Say so."""
        return True


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.1, ""), (0.6, "\r1 of 3 files read\r2 of 3 files read\r3 of 3 files read\n")]
)
def test_progress_is_told_on_a_terminal_when_it_takes_longer_than_a_second(run, tmp_path, monkeypatch, seconds, said):
    """On a clock of the test's own, on which each file takes so long."""
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(render(FIGURES))
    ticks = iter(range(100))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr("time.monotonic", lambda: next(ticks) * seconds)
    run("audit", tmp_path)

    assert said == terminal.getvalue()


# --- read


@pytest.mark.parametrize(
    ("name", "first", "holds"),
    [
        ("letter.txt", f"Annual review letter to {NAME}, 2019-20, of 22 July 2020", "22 detailed investigations"),
        ("letter.pdf", f"Annual review letter to {NAME}, 2019-20, of 22 July 2020", "22 detailed investigations"),
        ("page.html", f"Page of {NAME}", "19 upheld decisions"),
        ("tables/decided.csv", "Table: 2 councils, 2019-20: decided", "upheld       C         2        0   95"),
        ("tables/moved.xlsx", "Table on sheet 'Remedies': 1 council, 2019-20: remedies", "satisfactory remedies"),
        ("decisions.txt", "Listing: 1 decision, 17 July 2019", "19 003 456"),
    ],
)
def test_a_document_is_told_by_what_it_says(run, folder, name, first, holds):
    code, out, err = run("read", folder / name)

    assert (OK, "") == (code, err)
    assert first == out.splitlines()[0]
    assert holds in out


def test_what_a_table_lacks_and_what_was_not_understood_is_named(run, tmp_path):
    file = tmp_path / "table.csv"
    file.write_text(as_text([["Council", "Housing", "Received"], ["Kent", "many", 3], ["Essex", "-", 4]]))
    code, out, _ = run("read", file, "--year", "2019-20")

    assert OK == code
    assert "row 2, Housing: 'many' is not a whole number" in section(out, "Not understood, or not there:")
    assert "housing   B         0        2    -" in out.splitlines()


def test_what_is_not_certain_is_said_to_be_so_and_councils_are_counted_once(run, tmp_path):
    """Across a column that is not understood no total is certainly wrong."""
    path = tmp_path / "received.csv"
    areas = "Adult Care Services,Benefits & Tax,Corporate & Other Services,Education & Children's Services"
    more = "Environmental Services & Public Protection & Regulation,Highways & Transport,Housing,Planning & Development"
    rows = [f"Council,Year,{areas},{more},Null,Other,Total"]
    rows += [f"Kent,{year},1,1,1,1,1,1,1,1,2,1,11" for year in ("2022-23", "2023-24")]
    path.write_text("\n".join(rows))
    _, out, _ = run("collect", str(path), "-o", str(tmp_path / "figures.json"))
    out = " ".join(out.split())

    assert "(likely, not certain)" in out
    assert ": 1 council, 2022-23 to 2023-24: received" in out


def test_a_table_whose_rows_have_no_year_and_decisions_without_dates(run, tmp_path):
    rows = [["Council", "Year", "Upheld"], ["Kent", "sometime", 3], ["Essex", "2019-20", 4], ["Devon", "2020-21", 4]]
    (tmp_path / "table.csv").write_text(as_text(rows))
    (tmp_path / "decisions.txt").write_text(render_listing([attrs.evolve(DECISION, decided_on=None)] * 2))

    assert "Table: 3 councils, 2019-20 to 2020-21: decided" in run("read", tmp_path / "table.csv")[1].splitlines()
    assert (
        "Listing: 1 decision, without dates, 1 copy folded" in run("read", tmp_path / "decisions.txt")[1].splitlines()
    )


def test_a_document_as_json_comes_back_as_its_value(run, folder):
    code, out, _ = run("read", folder / "tables/decided.csv", "--json")
    said = json.loads(out)

    assert (OK, 1) == (code, said["lgsco"])
    [table] = said["documents"]
    assert [NAME, "Kent County Council"] == [row.name for row in convert.from_json(json.dumps(table), PublishedTable)]


def test_a_document_from_standard_input(run, monkeypatch):
    stream = io.BytesIO(render(FIGURES).encode())
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=stream))

    assert OK == run("read", "-")[0]


def test_what_is_no_document_is_unreadable(run, tmp_path):
    (tmp_path / "minutes.txt").write_text("Minutes")
    code, out, err = run("read", tmp_path / "minutes.txt")

    assert (UNREADABLE, "") == (code, out)
    assert f"lgsco: {tmp_path / 'minutes.txt'}: cannot read this" in err
    assert UNREADABLE == run("read", tmp_path)[0]


def test_a_page_shows_its_overview_its_population_figures_and_what_was_agreed(run, tmp_path):
    """All that a page prints of a year is in what the command shows."""
    (tmp_path / "page.txt").write_text(
        "Kent County Council\n"
        "Your council's performance\n"
        "Annual statistics\n"
        "Between 1 April 2023 to 31 March 2024, we dealt with 441 complaints.\n"
        "Of these, 120 were not for us or not ready for us to investigate.\n"
        "We assessed and closed 227 complaints.\n"
        "We investigated 94 complaints.\n"
        "Complaints upheld\n"
        "81% of complaints we investigated were upheld.\n"
        "Adjusted for Kent County Council's population, this is 4.8 upheld decisions per 100,000 residents.\n"
        "The average for authorities of this type is 4.5 upheld decisions per 100,000 residents.\n"
        "Statistics are based on a total of 94 investigations for the period between 1 April 2023 to 31 March 2024\n"
        "Service improvements\n"
        "Case reference: 22 016 433\n"
        "Category: Education\n"
        "Sub Category: School transport\n"
        "The Council agreed to train its staff.\n"
    )

    code, out, _ = run("read", str(tmp_path / "page.txt"))
    lines = [line.split() for line in out.splitlines()]

    assert code == OK
    for row in ("Not for the Ombudsman 120", "Assessed and closed 227", "Investigated 94", "All 441"):
        assert row.split() in lines
    assert ["Upheld", "per", "100,000", "residents", "4.8", "4.5"] in lines
    assert ["22", "016", "433", "Education", "The", "Council", "agreed", "to", "train", "its", "staff."] in lines
