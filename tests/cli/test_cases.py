"""``lgsco cases``: from an export to the three statistics, in two commands."""

import json

import pytest

from lgsco import Basis, Dataset, published, uphold_rate
from lgsco.cli import main
from lgsco.convert import from_json

OK, CANNOT, UNREADABLE = 0, 2, 3
EXPORT = """Report run on 14/06/2024;;;;;;;
LGSCO ref;Decision;Decision date;Put right before?;Agreed action;Compliance;Compliance date;Officer
23 000 001;Upheld: fault and injustice;1/6/2023;Yes;Apology;Compliant;1/10/2023;A
23 000 002;Upheld: fault and injustice;1/6/2023;;Apology;Non-compliant;1/10/2023;A
23 000 003;Not upheld: no fault;2/6/2023;;;;;A
23 000 004;Upheld;1/4/2024;No;;;;A
23 000 005;;;;;;;A
23 000 003;Not upheld: no fault;2/6/2023;;;;;A
"""


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    """Give a function that carries out the command in a folder of its own, with the export in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export.csv").write_text(EXPORT, encoding="cp1252")

    def carried_out(*arguments, file="export.csv"):
        try:
            code = main(["cases", file, "--authority", "Kent", *arguments])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return carried_out


def words(text):
    return " ".join(text.split())


def test_two_commands_make_statistics_of_an_export(run, tmp_path):
    """The first proposes and writes the columns, the second reads by them; the year that is over is compared."""
    code, out, err = run("--suggest", "map.json")
    assert (OK, "") == (code, err)
    assert "'LGSCO ref' is reference" in out
    assert "'Officer': no field" in out
    assert "lgsco cases export.csv" in out

    code, out, err = run("--columns", "map.json", "--copies", "drop", "-o", "own.json")
    assert (OK, "") == (code, err)
    assert "Read: 4 cases decided, 2 compliance outcomes recorded, 1 case not decided yet" in words(out)
    assert "row 8." in out
    assert "67%" in out
    assert "Satisfactory remedy rate: 1 of 2 answers is missing, so the rate is not known." in words(out)
    assert "Uphold rate, as published: 81% (76 of 94)." in out
    assert "The year 2024-25 was not over on 14 June 2024." in words(out)
    assert "Uphold rate: 100% (1 of 1)." in out
    assert "Compliance rate: no rate, since the list has no such case in 2024-25." in words(out)
    own = from_json((tmp_path / "own.json").read_text(encoding="utf-8"), Dataset)
    assert (4, 2) == (len(own.cases), len(own.compliance))
    joined = published.dataset() + own
    assert "67% (2 of 3)" == str(uphold_rate(joined.review("Kent", "2023-24", basis=Basis.OWN_CASES)))


def test_cases_without_an_answer_are_left_out_where_that_is_asked(run):
    """With the number of them."""
    run("--suggest", "map.json")
    _, out, _ = run("--columns", "map.json", "--copies", "drop", "--known-only")

    assert "1 of 2 answers is missing, and that case is left out." in words(out)
    assert "already put right" in words(out)


def test_a_list_that_names_no_day_leaves_its_last_year_open(run, tmp_path):
    """It is said, and the option ``--on`` settles it."""
    (tmp_path / "short.csv").write_text("\n".join(EXPORT.splitlines()[1:4]), encoding="utf-8")
    run("--suggest", "map.json", file="short.csv")

    assert "We do not know whether 2023-24 was over" in words(run("--columns", "map.json", file="short.csv")[1])
    settled = run("--columns", "map.json", "--on", "2024-04-01", file="short.csv")[1]
    assert "We do not know" not in settled
    assert "Satisfactory remedy rate, as published" in words(settled)


def test_a_list_of_compliance_alone_does_not_tell_the_other_rates(run, tmp_path):
    """What no column holds is not known, and never none."""
    (tmp_path / "c.csv").write_text("Ref,Compliance,Compliance date\n23 000 001,Late,1/10/2023\n", encoding="utf-8")
    run("--suggest", "map.json", file="c.csv")
    _, out, _ = run("--columns", "map.json", file="c.csv")

    assert "Read: 1 compliance outcome recorded." in out
    assert "Uphold rate: not known, since the list does not say it of any case." in words(out)


def test_every_problem_is_listed_by_its_kind(run, tmp_path):
    """With rows and values; words that are not understood come with what to fill in, and nothing is printed."""
    run("--suggest", "map.json")
    rows = [f"23 000 {number:03};Odd;soon;;;;;A" for number in range(100, 112)]
    (tmp_path / "bad.csv").write_text("\n".join([*EXPORT.splitlines()[1:3], *rows]), encoding="utf-8")
    code, out, err = run("--columns", "map.json", file="bad.csv")

    assert (UNREADABLE, "") == (code, out)
    assert "13 problems of 2 kinds" in err
    assert "- Decision date: 'soon' " in err
    assert "(rows 3, 4, 5, 6, 7, 8, 9, 10 and 4 more)" in err
    assert '"Odd": "?"' in err
    code, out, err = run("--columns", "map.json")
    assert (UNREADABLE, "") == (code, out)
    assert "--copies drop" in err


def test_the_proposal_says_what_is_missing_and_what_is_not_understood(run, tmp_path):
    """In words and in JSON; what cannot be read at all is refused."""
    (tmp_path / "few.csv").write_text("Ref,Outcome,Outcome\n23 000 001,Odd,x\n", encoding="utf-8")
    (tmp_path / "words.csv").write_text("Ref,Outcome\n23 000 001,Odd\n23 000 002,Odd\n", encoding="utf-8")
    (tmp_path / "none.csv").write_text("Name\nA\n", encoding="utf-8")

    assert "Still needed, before anything can be read: outcome, decided_on." in words(run(file="few.csv")[1])
    assert "'Odd' as outcome (2 rows)" in run(file="words.csv")[1]
    assert "No column is understood." in run(file="none.csv")[1]
    document = json.loads(run("--json", file="words.csv")[1])
    assert ({"reference": "Ref", "outcome": "Outcome"}, {"outcome": {"Odd": "?"}}, ["decided_on"], {}) == (
        document["columns"], document["words"], document["missing"], document["not_understood"]
    )  # fmt: skip


def test_the_years_as_json(run):
    """With the cases, the comparisons and the missing answers."""
    run("--suggest", "map.json")
    document = json.loads(run("--columns", "map.json", "--copies", "drop", "--json")[1])
    [first, second] = document["years"]

    assert 4 == len(document["cases"]["decisions"])
    assert [("2023-24", True), ("2024-25", False)] == [(year["year"], year["is_over"]) for year in (first, second)]
    assert [(0, 3), (0, 0), (1, 2)] == [
        (statistic["missing_answers"], statistic["of_answers"]) for statistic in first["statistics"]
    ]
    assert [None] * 3 == [statistic["comparison"]["benchmark"] for statistic in second["statistics"]]


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"columns": 1}', '{"columns": {"reference": 1}}', '{"columns": {}, "words": {"a": 1}}',
                '{"columns": {}, "more": 1}', '{"columns": {}, "words": []}']
)  # fmt: skip
def test_what_is_no_file_of_columns_is_unreadable(run, tmp_path, content):
    """The complaint names the file."""
    (tmp_path / "map.json").write_text(content, encoding="utf-8")
    code, out, err = run("--columns", "map.json")

    assert (UNREADABLE, "") == (code, out)
    assert err.startswith("lgsco: map.json: ")


def test_files_that_cannot_be_written_or_are_there_already_are_left_alone(run, tmp_path):
    """A file of columns may have been filled in."""
    run("--suggest", "map.json")
    before = (tmp_path / "map.json").read_text(encoding="utf-8")

    assert UNREADABLE == run("--suggest", "map.json")[0]
    assert before == (tmp_path / "map.json").read_text(encoding="utf-8")
    assert UNREADABLE == run("--suggest", "no/map.json")[0]
    assert UNREADABLE == run("--columns", "map.json", "--copies", "drop", "-o", "no/own.json")[0]
    assert CANNOT == run("--authority", "Nowhere")[0]
