"""``lgsco collect``, and the options by which every command takes figures that do not ship."""

import argparse
import json
import os

import pytest
from tests.cli.test_files import section
from tests.support.downloads import COLUMNS, FILES, WORCESTERSHIRE, fill

import lgsco
from lgsco import cli, convert, published
from lgsco.cli import _dataset
from lgsco.cli._terminal import UnreadableFile

OK, CANNOT, UNREADABLE = 0, 2, 3
OWN = ["--council", "Kent", *(part for pair in COLUMNS.items() for part in ("--column", "=".join(pair)))]


@pytest.fixture
def run(capsys, monkeypatch):
    """Give a function that carries out a command, and gives its code, its answer and its complaints."""
    monkeypatch.setenv("COLUMNS", "100")

    def carried_out(*arguments):
        code = cli.main(list(map(str, arguments)))
        return code, *capsys.readouterr()

    return carried_out


def options(*arguments):
    """Parse the options that choose figures, as a command that has them does."""
    parser = argparse.ArgumentParser()
    _dataset.add_figures(parser)
    return parser.parse_args(list(map(str, arguments)))


def test_a_folder_is_collected_and_what_was_taken_refused_and_contradictory_is_said(run, tmp_path):
    """As text and as JSON; the file that it writes is the dataset that ``load`` gives, and is not read itself."""
    folder = fill(tmp_path, FILES)
    output = folder / "figures.json"
    output.write_text("what was there before")
    code, out, err = run("collect", folder, "-o", output, *OWN)
    loaded = lgsco.load(folder, columns=COLUMNS, authority="Kent", exclude=[output])

    assert (UNREADABLE, "") == (code, err)
    assert loaded.dataset == convert.from_json(output.read_text(), lgsco.Dataset)
    assert sorted([*FILES, "figures.json"]) == sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*"))
    assert [
        ["broken.xlsx", "not", "read", "-", "-"],
        ["letter.txt", "letter", "1", "0"],
        ["own.csv", "own", "cases", "1", "0"],
        ["page.html", "page", "1", "1"],
        ["sheets/compliance.xlsx", "table", "1", "0"],
        ["sheets/decided.csv", "table", "1", "0"],
        ["sheets/received.csv", "table", "1", "0"],
    ] == [line.split() for line in out.splitlines()[2:9]]
    assert ["broken.xlsx"] == [item.partition(":")[0] for item in section(out, "Not read")]
    assert ["figures.json"] == [item.partition(":")[0] for item in section(out, "Skipped")]
    listed = [str(problem) for file in loaded.files if file.error is None for problem in file.problems]
    assert listed == section(out, "Not understood, or not there")
    assert [str(finding) for finding in loaded.findings] == section(out, "page.html:")
    assert out.splitlines()[-1].startswith(f"Written to {output}: 3 councils, 2019-20")

    code, out, err = run("collect", folder, "-o", output, "--json", *OWN)
    told = json.loads(out)
    assert (UNREADABLE, "", str(output)) == (code, err, told["output"])
    assert [(file.name, file.rows, len(file.problems)) for file in loaded.files] == [
        (file["file"], file["rows"], len(file["problems"])) for file in told["files"]
    ]
    assert ["table"] == [kind for file in told["files"] for kind in file["kinds"] if "decided" in file["file"]]
    assert "documents" not in told["files"][0]
    assert [1] == [len(file["findings"]) for file in told["files"] if file["file"] == "page.html"]
    assert ["broken.xlsx"] == [file["file"] for file in told["files"] if file["error"]]


def test_what_is_collected_is_taken_as_figures(run, tmp_path, capsys):
    """Beside what ships, or alone; from a folder, from what ``collect`` wrote, or from both."""
    folder = fill(tmp_path / "downloads", FILES)
    output, database = tmp_path / "figures.json", tmp_path / "figures.sqlite"
    run("collect", folder, "-o", output)
    run("collect", output, "-o", database)
    capsys.readouterr()

    for paths in ([folder], [output], [database], [output, folder / "letter.txt"]):
        named = [part for path in paths for part in ("--figures", path)]
        both, alone = _dataset.dataset_of(options(*named)), _dataset.dataset_of(options(*named, "--only-figures"))
        for data in (both, alone):
            assert "73% (54 of 74)" == str(data.statistic("Kent", "2019-20", lgsco.uphold_rate))
            assert 54 == data.review("Kent", "2019-20").investigations.upheld
            assert "66%" == str(data.average(WORCESTERSHIRE, "2019-20", lgsco.uphold_rate).percent)
        assert "81% (76 of 94)" == str(both.statistic("Kent", "2023-24", lgsco.uphold_rate))
        assert {"2019-20"} == {str(year) for year in alone.years}
        assert published.register() == alone.register
    assert published.dataset() == _dataset.dataset_of(options())


def test_what_is_not_understood_of_figures_is_said_by_kind_on_standard_error(tmp_path, capsys):
    """Each kind in a line with its number and its first places, and of many kinds the first."""
    rows = "\n".join(f"Kent,many,{number}" for number in range(30))
    headings = "Council,Upheld," + ",".join(f"Odd {chr(65 + number)}" for number in range(9))
    fill(tmp_path, {"decided.csv": f"Decided 2019-20\n{headings}\n{rows}\n"})
    _dataset.dataset_of(options("--figures", tmp_path))
    out, err = capsys.readouterr()

    assert "" == out
    assert 10 > len(err.splitlines())
    assert "30 times" in err
    assert "decided.csv, row 3, Upheld" in err


def test_figures_that_cannot_be_read_end_the_command(tmp_path):
    """A file that is named, or is not there; without figures there is nothing to show alone."""
    fill(tmp_path, {"minutes.txt": "Minutes", "letter.txt": FILES["letter.txt"]})
    for name in ("minutes.txt", "missing.txt"):
        with pytest.raises(UnreadableFile, match=name):
            _dataset.dataset_of(options("--figures", tmp_path / "letter.txt", "--figures", tmp_path / name))
    with pytest.raises(lgsco.errors.LgscoError):
        _dataset.dataset_of(options("--only-figures"))


def test_a_file_is_written_whole_or_not_at_all(run, tmp_path, monkeypatch):
    """What was there stays where writing fails; a folder that is not there is found before anything is read."""
    fill(tmp_path, {"letter.txt": FILES["letter.txt"], "figures.json": "before"})

    def fail(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        code, out, err = run("collect", tmp_path / "letter.txt", "-o", tmp_path / "figures.json")

    assert (UNREADABLE, "") == (code, out)
    assert "No space left" in err
    assert "before" == (tmp_path / "figures.json").read_text()
    assert ["figures.json", "letter.txt"] == sorted(path.name for path in tmp_path.iterdir())
    assert UNREADABLE == run("collect", tmp_path / "letter.txt", "-o", tmp_path / "missing" / "figures.json")[0]
    fill(tmp_path, {"figures.db": "This is no database, but as long as the first page of one would have to be." * 99})
    code, out, err = run("collect", tmp_path / "letter.txt", "-o", tmp_path / "figures.db")
    assert (UNREADABLE, "", True) == (code, out, err.startswith(f"lgsco: {tmp_path}/figures.db"))


def test_collect_refuses_wrong_words(run, tmp_path):
    """A single file that cannot be read, an unknown field, a council that is unknown, and half a column."""
    fill(tmp_path, {"minutes.txt": "Minutes", "letter.txt": FILES["letter.txt"]})
    letter, output = tmp_path / "letter.txt", tmp_path / "figures.json"

    assert UNREADABLE == run("collect", tmp_path / "minutes.txt", "-o", output)[0]
    assert CANNOT == run("collect", letter, "-o", output, "--column", "colour=Ref", "--council", "Kent")[0]
    assert CANNOT == run("collect", letter, "-o", output, *OWN, "--council", "Barset")[0]
    with pytest.raises(SystemExit):
        run("collect", letter, "-o", output, "--column", "reference")
    assert not output.exists()
    assert OK == run("collect", letter, "-o", output)[0]


def test_what_is_read_is_not_written_over(run, tmp_path, capsys):
    """Neither the file that is named twice nor one of another kind: both stay as they were."""
    saved, table = tmp_path / "figures.json", tmp_path / "received.csv"
    saved.write_text(convert.to_json(lgsco.Dataset(published.register())))
    table.write_text("Complaints received 2023-24\nCouncil,Total\nKent County Council,10\n")
    before = saved.read_bytes(), table.read_bytes()
    code, out, err = run("collect", saved, table, "-o", saved)

    assert (UNREADABLE, "") == (code, out)
    assert str(saved) in err
    for command in (["collect", table], ["cases", table, "--authority", "Kent"]):
        with pytest.raises(SystemExit) as stopped:
            run(*command, "-o", table)
        assert CANNOT == stopped.value.code
    assert "received.csv" in capsys.readouterr().err
    assert (UNREADABLE, "") == run("report", "Kent", "--year", "2023-24", "-o", tmp_path / "none" / "kent.html")[:2]
    assert (UNREADABLE, "") == run("compare", "Kent", "--year", "2023-24", "--beside", "neighbours.csv")[:2]
    assert before == (saved.read_bytes(), table.read_bytes())
