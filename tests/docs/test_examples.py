"""The examples do what they say: parts of another's page, a service over a database, a folder for a scheduler."""

import base64
import csv
import hashlib
import html
import io
import os
import subprocess
import sys
from pathlib import Path

import embed_in_flask
import openpyxl
import pytest
import refresh_folder
from tests.support.rendered import Page
from tests.support.services import check_service

import lgsco
from lgsco import convert, published, render, reports

EXAMPLES = Path(embed_in_flask.__file__).parent
YEAR = lgsco.ReportingYear(2024)
KENT = published.register().find("Kent County Council")
(REVIEW,) = [one for one in published.reviews(YEAR) if one.authority == KENT]


# --- In another application


@pytest.fixture
def client():
    return embed_in_flask.app.test_client()


@pytest.mark.parametrize("council", ["E10000016", "Kent County Council", "kent"])
def test_a_page_of_another_application_holds_the_figures(client, council):
    """One first heading, which is the application's own, and the figures below it."""
    answer = client.get(f"/councils/{council}/2023-24")
    page = Page(answer.text)

    assert 200 == answer.status_code
    assert 1 == [tag for tag, _ in page.elements].count("h1")
    assert ["Uphold rate", "81% (76 of 94)", "72% to 88%", "85%", "could be chance"] == page.tables[0]["rows"][1]
    assert 2 * 2 == [tag for tag, _ in page.elements].count("svg")


def test_the_policy_allows_the_style_and_nothing_else(client):
    """Its digest is that of the one style element, and no element has a style or a handler of its own."""
    answer = client.get("/councils/E10000016/2023-24")
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert f"default-src 'none'; style-src 'sha256-{digest}'" == answer.headers["Content-Security-Policy"]
    assert not [key for _, held in Page(answer.text).elements for key in held if key == "style" or key.startswith("on")]


def test_the_counts_travel_as_json(client):
    """And are the very same review at the other end."""
    answer = client.get("/councils/E10000016/2023-24.json")

    assert "application/json" == answer.mimetype
    assert REVIEW == convert.from_json(answer.data, lgsco.AnnualReview)


@pytest.mark.parametrize("ending", ["", ".json"])
def test_the_same_answer_is_kept(client, ending):
    """A browser that holds it is told so."""
    first = client.get(f"/councils/E10000016/2023-24{ending}")
    again = client.get(f"/councils/E10000016/2023-24{ending}", headers={"If-None-Match": first.headers["ETag"]})

    assert (304, b"") == (again.status_code, again.data)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("Kentshire/2023-24", "no authority in the register is called 'Kentshire'"),
        ("E10000016/2016-17", "no figures of Kent County Council are held for 2016-17"),
        ("E10000016/never", "never"),
        ("<script>/2023-24", "no authority in the register is called '<script>'"),
    ],
)
def test_what_is_not_held_is_not_found(client, address, said):
    """It says so, in plain text or escaped."""
    answer = client.get(f"/councils/{address}")

    assert 404 == answer.status_code
    assert "text/plain" == answer.mimetype or "<script>" not in answer.text
    assert said in html.unescape(answer.text)


# --- A service over a database


def test_a_service_keeps_own_decisions_in_a_database(tmp_path):
    """On SQLite; ``tests/postgres`` has the same on a server."""
    check_service(f"sqlite:///{tmp_path / 'complaints.sqlite'}")


# --- A folder for Power BI or Excel

NAMES = ["averages.csv", "counts.csv", "rates.csv", "report.xlsx"]
ASKED = ["--year", "2023-24", "--council", "Kent County Council"]


def rows(folder, name):
    text = (folder / name).read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_tables_are_those_of_the_core(tmp_path, capsys):
    """A row a council and year, a row a rate, a row an average; every figure as the core gives it."""
    code = refresh_folder.main([str(tmp_path), *ASKED])

    assert 0 == code
    assert NAMES == sorted(path.name for path in tmp_path.iterdir())
    assert [f"{name}: written" for name in ("counts.csv", "rates.csv", "averages.csv", "report.xlsx")] == (
        capsys.readouterr().out.splitlines()
    )
    counts = (tmp_path / "counts.csv").read_bytes().decode("utf-8-sig")
    assert list(published.reviews()) == convert.from_csv(counts, lgsco.AnnualReview)
    expected = {
        (one.authority.name, one.year.end.isoformat(), measure.name): measure(one)
        for one in published.reviews()
        for measure in lgsco.KEY_STATISTICS
        if measure(one) is not None
    }
    assert expected == {
        (row["authority"], row["year_ending"], row["measure"]): lgsco.Proportion(
            int(row["numerator"]), int(row["denominator"])
        )
        for row in rows(tmp_path, "rates.csv")
    }
    assert len(published.averages()) == len(rows(tmp_path, "averages.csv"))


def test_the_workbook_is_the_councils_or_that_of_all(tmp_path):
    """Whose it is stands on its cover."""
    refresh_folder.main([str(tmp_path), *ASKED])
    of_kent = openpyxl.load_workbook(tmp_path / "report.xlsx")
    refresh_folder.main([str(tmp_path), "--year", "2023-24"])
    of_all = openpyxl.load_workbook(tmp_path / "report.xlsx")

    assert "Kent County Council, 2023-24" == of_kent["Cover"]["A1"].value
    assert ["Uphold rate", 81, 76, 94] == [cell.value for cell in of_kent["Table_1"][5]][:4]
    assert "All councils we have figures for, 2023-24" == of_all["Cover"]["A1"].value


def test_what_has_not_changed_is_left_alone(tmp_path, capsys):
    """The second run writes nothing, on whatever day it is."""
    refresh_folder.main([str(tmp_path), *ASKED])
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()}
    capsys.readouterr()
    code = refresh_folder.main([str(tmp_path), *ASKED])

    assert 0 == code
    assert before == {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in tmp_path.iterdir()}
    assert {"as it was"} == {line.partition(": ")[2] for line in capsys.readouterr().out.splitlines()}


def test_a_file_that_cannot_be_replaced_stays_as_it_was(tmp_path, capsys, monkeypatch):
    """The others are written, nothing unfinished is left, and the code says that not all is well."""
    (tmp_path / "rates.csv").write_text("old", encoding="utf-8")
    replace = os.replace

    def refuse(source, target):
        if Path(target).name == "rates.csv":
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    code = refresh_folder.main([str(tmp_path), *ASKED])

    assert 3 == code
    assert NAMES == sorted(path.name for path in tmp_path.iterdir())
    assert "old" == (tmp_path / "rates.csv").read_text(encoding="utf-8")
    assert "rates.csv: not written: Permission denied\n" == capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--year", "2023-24", "--council", "Kentshire"], "Kentshire"),
        (["--year", "2016-17", "--council", "Kent County Council"], "is not held of Kent County Council"),
        (["--year", "2005-06"], "no figures"),
        (["--year", "never"], "never"),
    ],
)
def test_nothing_is_written_of_what_is_not_held(tmp_path, capsys, more, said):
    """And the code tells it from a file that cannot be written."""
    code = refresh_folder.main([str(tmp_path), *more])

    assert 2 == code
    assert [] == list(tmp_path.iterdir())
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    """As a program of its own, it ends with the code."""
    ended = subprocess.run(
        [sys.executable, str(EXAMPLES / "refresh_folder.py"), str(tmp_path / "gone"), "--year", "2023-24"],
        capture_output=True,
        check=False,
        text=True,
    )

    assert (3, "") == (ended.returncode, ended.stdout)
    assert 4 == ended.stderr.count("not written")


def test_the_examples_make_the_same_page_as_the_command(client):
    """A report is a function of the dataset."""
    made = reports.council_report(published.dataset(), KENT, YEAR)

    assert render.to_html(made, fragment=True, level=2) in client.get("/councils/E10000016/2023-24").text
