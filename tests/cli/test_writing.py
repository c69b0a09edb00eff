"""What is written is written whole or not at all, and how a command ends when it cannot be."""

import errno
import io
import json
import os
import sys

import pytest

from lgsco.cli import _report, main
from lgsco.cli._terminal import UnreadableFile, say_json
from lgsco.cli._writing import write

OK, CANNOT, UNREADABLE, STOPPED = 0, 2, 3, 130
REPORT = ("report", "Kent", "--year", "2023-24", "--no-charts", "-o")


def full(*_arguments):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path, monkeypatch, capsys):
    """The report before it is whole, and nothing lies beside it."""
    file = tmp_path / "kent.html"
    file.write_text("earlier", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", full)

    assert UNREADABLE == main([*REPORT, str(file)])
    assert str(file) in capsys.readouterr().err
    assert "earlier" == file.read_text(encoding="utf-8")
    assert [file] == [*tmp_path.iterdir()]


def test_a_file_is_put_in_the_place_of_the_one_before(tmp_path):
    """With its permissions."""
    file = tmp_path / "kent.txt"
    file.write_text("earlier", encoding="utf-8")
    file.chmod(0o640)
    write(file, b"later")

    assert (b"later", 0o640) == (file.read_bytes(), file.stat().st_mode & 0o777)
    assert [file] == [*tmp_path.iterdir()]


def test_what_is_no_plain_file_is_left(tmp_path):
    """A link, also one that leads nowhere, and a folder."""
    target, link, lost, folder = (tmp_path / name for name in ("target.md", "link.md", "lost.md", "folder.md"))
    target.write_text("mine", encoding="utf-8")
    link.symlink_to(target)
    lost.symlink_to(tmp_path / "nowhere")
    folder.mkdir()
    for file in (link, lost, folder):
        with pytest.raises(UnreadableFile):
            write(file, b"ours")

    assert "mine" == target.read_text(encoding="utf-8")
    assert {target, link, lost, folder} == {*tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (KeyboardInterrupt(), STOPPED),
        (MemoryError(), CANNOT),
        (ImportError("a library lacks what it needs"), CANNOT),
        (PermissionError(errno.EACCES, "Permission denied", "figures.json"), UNREADABLE),
    ],
)
def test_what_is_not_foreseen_ends_in_a_sentence(monkeypatch, capsys, tmp_path, error, code):
    """Never in a traceback, and never with 1, by which figures contradict each other."""

    def broken(*_arguments, **_named):
        raise error

    monkeypatch.setattr(_report, "council_report", broken)

    assert code == main([*REPORT, str(tmp_path / "kent.md")])
    assert 1 == capsys.readouterr().err.count("\n")


class Full(io.StringIO):
    """An output whose device is full, which is noticed when it is flushed."""

    def __init__(self, device):
        super().__init__()
        self.fileno = device.fileno

    def flush(self):
        """Fail."""
        full()


def test_an_output_that_cannot_be_written_is_said(monkeypatch, capsys, tmp_path):
    """Also where it is noticed only at the end; the rest is discarded."""
    with (tmp_path / "out").open("wb") as device:
        monkeypatch.setattr(sys, "stdout", Full(device))
        code = main(["review", "Kent", "--year", "2023-24"])
        device.write(b"more")

    assert UNREADABLE == code
    assert "standard output" in capsys.readouterr().err
    assert b"" == (tmp_path / "out").read_bytes()


def test_a_stream_that_is_closed_is_no_fault_of_ours(monkeypatch, capsys):
    """Without standard input a file is unreadable; without standard error nothing is said anywhere else."""
    monkeypatch.setattr(sys, "stdin", None)

    assert UNREADABLE == main(["audit", "-"])
    assert "" == capsys.readouterr().out
    monkeypatch.setattr(sys, "stderr", None)
    assert CANNOT == main(["review", "Nowhere", "--year", "2023-24"])
    assert "" == capsys.readouterr().out


def test_json_is_what_was_read(capsys):
    """A mark of direction, and what could command a terminal, are escaped and not replaced."""
    text = "Kent\N{RIGHT-TO-LEFT MARK} CC\x1b[2J \N{ZERO WIDTH JOINER}\U000e0001\udcff"
    say_json(name=text)
    out = capsys.readouterr().out

    assert text == json.loads(out)["name"]
    assert out.isascii()
