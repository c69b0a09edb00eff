"""``lgsco site``: what it writes, what it leaves, what it removes, and what it never touches."""

import hashlib
import io
import json
import sys
from functools import partial

import pytest
from tests.support.values import data_of

from lgsco import AnnualReview, Authority, AuthorityType, InvestigationTally, Register, ReportingYear
from lgsco.cli import _site, main
from lgsco.model import RegisterEntry
from lgsco.site import SitePage, site_pages
from lgsco.site.keys import digest
from lgsco.site.pages import PageText

OK, CANNOT, UNREADABLE, STOPPED = 0, 2, 3, 130
MANIFEST, JOURNAL = ".lgsco-site.json", ".lgsco-site.journal"


@pytest.fixture
def run(capsys):
    """Give a function that carries out a command, and gives its exit code, its output and its complaints."""

    def carried_out(*arguments):
        try:
            code = main([str(word) for word in arguments])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return carried_out


@pytest.fixture
def pages(monkeypatch):
    """Let the site be of these few pages, which a test can change."""
    held = {"index.html": "first", "councils/kent.html": "Kent", "councils/essex.html": "Essex"}
    monkeypatch.setattr(
        _site,
        "site_pages",
        lambda *_arguments, **_named: tuple(
            SitePage(path=path, key=digest(text), make=partial(PageText, text)) for path, text in held.items()
        ),
    )
    return held


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {MANIFEST, JOURNAL}
    }


@pytest.mark.slow
def test_the_shipped_figures_become_a_site(run, tmp_path):
    """Every page, byte for byte, and under 20 MB; a second time nothing is written."""
    folder = tmp_path / "a" / "site"
    code, out, err = run("site", "-o", folder, "--no-charts")
    written = contents(folder)

    assert (OK, "") == (code, err)
    assert f"{len(written)} files written, 0 unchanged: {folder / 'index.html'}\n" == out
    assert sum(len(text.encode()) for text in written.values()) < 20_000_000
    assert {"index.html", "councils/kent-county-council.html", "downloads/figures.json"} < set(written)
    assert (OK, f"0 files written, {len(written)} unchanged: {folder / 'index.html'}\n", "") == run(
        "site", "-o", folder, "--no-charts"
    )


def test_pictures_are_drawn_unless_they_are_not_wanted(run, tmp_path, monkeypatch):
    """The option stands for an argument."""
    council = Authority("Kent", AuthorityType.COUNTY_COUNCIL)
    review = AnnualReview(council, ReportingYear(2024), investigations=InvestigationTally(1, 1))
    register = Register([RegisterEntry(council)])
    data = data_of(review, register=register)
    monkeypatch.setattr(_site, "site_pages", lambda *_, **options: site_pages(data, **options))
    run("site", "-o", tmp_path / "with", "--as-at", "2026-11-29")
    run("site", "-o", tmp_path / "without", "--no-charts")

    assert "<svg" in contents(tmp_path / "with")["councils/kent.html"]
    assert "<svg" not in contents(tmp_path / "without")["councils/kent.html"]
    dated = [path for path, text in contents(tmp_path / "with").items() if "Figures as at 29 November 2026." in text]
    assert [path for path in contents(tmp_path / "with") if path.endswith(".html")] == dated


def test_only_what_has_changed_is_written(run, tmp_path, pages):
    """Nothing else is opened for writing, so its time stays."""
    run("site", "-o", tmp_path)
    before = {path: (tmp_path / path).stat().st_mtime_ns for path in pages}
    pages["councils/kent.html"] = "Kent, changed"
    _, out, _ = run("site", "-o", tmp_path)

    assert out.startswith("1 file written, 2 unchanged: ")
    assert pages == contents(tmp_path)
    assert {"index.html", "councils/essex.html"} == {
        path for path in pages if (tmp_path / path).stat().st_mtime_ns == before[path]
    }


def test_a_page_that_was_lost_is_written_anew(run, tmp_path, pages):
    """What the site says is what the figures say."""
    run("site", "-o", tmp_path)
    (tmp_path / "councils" / "kent.html").unlink()
    _, out, _ = run("site", "-o", tmp_path)

    assert out.startswith("1 file written, 2 unchanged: ")
    assert pages == contents(tmp_path)


def test_a_page_that_was_changed_by_hand_is_not_written_over(run, tmp_path, pages):
    """Then nothing at all is written."""
    run("site", "-o", tmp_path)
    (tmp_path / "index.html").write_text("by hand", encoding="utf-8")
    changed = pages | {"index.html": "by hand"}
    pages["councils/kent.html"] = "Kent, changed"
    code, _, err = run("site", "-o", tmp_path)

    assert CANNOT == code
    assert str(tmp_path / "index.html") in err
    assert changed == contents(tmp_path)


def test_pages_that_are_no_more_are_removed(run, tmp_path, pages):
    """And a folder that held nothing else, but not one in which something of somebody else's stands."""
    pages["groups/x.html"] = "group"
    run("site", "-o", tmp_path)
    (tmp_path / "groups" / "mine.txt").write_text("mine", encoding="utf-8")
    del pages["councils/kent.html"], pages["councils/essex.html"], pages["groups/x.html"]
    _, out, _ = run("site", "-o", tmp_path)

    assert out.startswith("0 files written, 1 unchanged, 3 removed: ")
    assert {"index.html": "first", "groups/mine.txt": "mine"} == contents(tmp_path)
    assert not (tmp_path / "councils").exists()


def test_a_page_that_is_no_more_but_was_changed_by_hand_is_left(run, tmp_path, pages):
    """And said; from then on it is nobody's of ours."""
    run("site", "-o", tmp_path)
    (tmp_path / "councils" / "kent.html").write_text("by hand", encoding="utf-8")
    del pages["councils/kent.html"]
    code, out, err = run("site", "-o", tmp_path)

    assert OK == code
    assert "removed" not in out
    assert f"{tmp_path / 'councils' / 'kent.html'}: is no longer part of the site" in err
    assert "by hand" == contents(tmp_path)["councils/kent.html"]
    assert "" == run("site", "-o", tmp_path)[2]
    pages["councils/kent.html"] = "Kent"
    assert CANNOT == run("site", "-o", tmp_path)[0]


def test_somebody_elses_file_is_never_written_over(run, tmp_path, pages):
    """Then nothing at all is written; other files do not matter."""
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "index.html").write_text("mine too", encoding="utf-8")
    code, out, err = run("site", "-o", tmp_path)

    assert (CANNOT, "") == (code, out)
    assert f"{tmp_path / 'index.html'}: already exists" in err
    assert {"mine.txt": "mine", "index.html": "mine too"} == contents(tmp_path)
    assert not (tmp_path / MANIFEST).exists()
    (tmp_path / "index.html").unlink()
    assert OK == run("site", "-o", tmp_path)[0]
    assert {**pages, "mine.txt": "mine"} == contents(tmp_path)


def test_no_link_leads_a_build_out_of_its_folder(run, tmp_path, pages):
    """Neither one of a folder nor one of a file, also where a build wrote there before."""
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "councils").symlink_to(outside)

    assert CANNOT == run("site", "-o", folder)[0]
    (folder / "councils").unlink()
    assert OK == run("site", "-o", folder)[0]
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(outside / "index.html")
    assert CANNOT == run("site", "-o", folder)[0]
    assert [] == list(outside.iterdir())
    assert "first" == pages["index.html"]


def test_a_build_that_was_cut_off_is_taken_up_again(run, tmp_path, pages, monkeypatch):
    """What it had begun is still known to be its own."""
    pages["councils/old.html"] = "old"
    run("site", "-o", tmp_path)
    del pages["councils/old.html"]
    pages |= {"councils/kent.html": "Kent, changed", "councils/new.html": "new"}

    def cut_off(items, _noun):
        first, *_ = items
        yield first
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(_site, "counted", cut_off)
        assert STOPPED == run("site", "-o", tmp_path)[0]
    # The line of a page that was not written any more, cut off.
    with (tmp_path / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write('\n["councils/new.ht')
    code, out, _ = run("site", "-o", tmp_path)

    assert OK == code
    assert out.startswith("1 file written, 3 unchanged: ")
    assert pages == contents(tmp_path)
    assert not (tmp_path / JOURNAL).exists()


def test_a_file_of_ones_own_is_safe_after_a_first_build_that_was_cut_off(run, tmp_path, pages, monkeypatch):
    """A path that the build would have come to is not yet its own."""

    def cut_off(items, _noun):
        yield items[0]
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(_site, "counted", cut_off)
        assert STOPPED == run("site", "-o", tmp_path)[0]
    mine = tmp_path / "councils" / "kent.html"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")

    assert CANNOT == run("site", "-o", tmp_path)[0]
    assert {"index.html": "first", "councils/kent.html": "mine"} == contents(tmp_path)
    mine.unlink()
    assert OK == run("site", "-o", tmp_path)[0]
    assert pages == contents(tmp_path)


def test_a_list_cannot_make_a_build_remove_what_it_did_not_write(run, tmp_path, pages):
    """Neither a file in the folder, whose hash it does not know, nor one outside to which a link leads."""
    outside, folder = tmp_path / "outside", tmp_path / "site"
    outside.mkdir()
    folder.mkdir()
    (outside / "victim.txt").write_text("precious", encoding="utf-8")
    (folder / "x").symlink_to(outside)
    (folder / "link.html").symlink_to(outside / "victim.txt")
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    digest = hashlib.sha256(b"precious").hexdigest()
    entries = {"x/victim.txt": ["", digest], "link.html": ["", digest], "mine.txt": ["", ""]}
    (folder / MANIFEST).write_text(json.dumps({"lgsco-site": 1, "files": entries}), encoding="utf-8")
    code, out, err = run("site", "-o", folder)

    assert OK == code
    assert "removed" not in out
    assert 3 == err.count("so it is left")
    assert "precious" == (outside / "victim.txt").read_text(encoding="utf-8")
    assert (folder / "link.html").is_symlink()
    assert "mine" == (folder / "mine.txt").read_text(encoding="utf-8")
    assert "first" == pages["index.html"]


def test_a_list_that_is_a_link_is_refused(run, tmp_path, pages):
    """What it leads to is not read, nor written."""
    other = tmp_path / "other.json"
    other.write_text('{"lgsco-site": 1, "files": {}}', encoding="utf-8")
    for name in (MANIFEST, JOURNAL):
        folder = tmp_path / name.rpartition(".")[2]
        folder.mkdir()
        (folder / name).symlink_to(other)

        assert CANNOT == run("site", "-o", folder)[0]
        assert [name] == [path.name for path in folder.iterdir()]
    assert pages


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not JSON",
        "[]",
        "{}",
        '{"lgsco-site": 2, "files": {}}',
        '{"lgsco-site": 1, "files": []}',
        '{"lgsco-site": 1, "files": {"../x.html": ["", ""]}}',
        '{"lgsco-site": 1, "files": {"/etc/x": ["", ""]}}',
        '{"lgsco-site": 1, "files": {"a//b": ["", ""]}}',
        '{"lgsco-site": 1, "files": {"index.html": ["", 7]}}',
        '{"lgsco-site": 1, "files": {"index.html": [""]}}',
        '{"lgsco-site": 1, "files": {"index.html": "ab"}}',
    ],
)
def test_a_list_that_no_build_wrote_is_refused(run, tmp_path, pages, content):
    """Nothing is written or removed by it."""
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    (tmp_path / "x.html").write_text("mine", encoding="utf-8")
    code, out, err = run("site", "-o", tmp_path)

    assert (UNREADABLE, "") == (code, out)
    assert f"{tmp_path / MANIFEST}: was not written by a build of a site" in err
    assert {"x.html": "mine"} == contents(tmp_path)
    assert "index.html" in pages


def test_a_list_that_is_no_text_is_refused(run, tmp_path, pages):
    """The same."""
    (tmp_path / MANIFEST).write_bytes(b"\xff\xfe\x00")

    assert UNREADABLE == run("site", "-o", tmp_path)[0]
    assert {} == contents(tmp_path)
    assert pages


def test_a_folder_that_cannot_be_written_is_said(run, tmp_path, pages):
    """A file stands where the folder is to be."""
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    code, out, err = run("site", "-o", tmp_path / "site")

    assert (UNREADABLE, "") == (code, out)
    assert err.startswith(f"lgsco: {tmp_path / 'site'}")
    assert pages


def test_a_site_needs_a_folder(run):
    """As the help says."""
    code, _, err = run("site")

    assert CANNOT == code
    assert "-o/--output" in err


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def test_a_terminal_is_told_how_far_it_is(tmp_path, pages, monkeypatch):
    """Beside the answers, in one line."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    main(["site", "-o", str(tmp_path)])

    assert "\r1 of 3 pages\r2 of 3 pages\r3 of 3 pages\n" == terminal.getvalue()
    assert pages == contents(tmp_path)


def test_the_list_names_what_was_written(run, tmp_path, pages):
    """Each file with the key of its page and the hash of its bytes."""
    run("site", "-o", tmp_path)
    held = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))

    assert 1 == held["lgsco-site"]
    assert sorted(pages) == list(held["files"])
    assert {64} == {len(part) for noted in held["files"].values() for part in noted}
