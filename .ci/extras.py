"""
What each extra is for, done once with the installed package: python .ci/extras.py EXTRA, in an environment with it.

An empty EXTRA is the bare package, where what lacks an extra must say which one.
"""

import importlib
import sys
import tempfile
from pathlib import Path

from lgsco import published, readers, render, reports
from lgsco.errors import LgscoError, MissingExtra

NEEDED = {"database": "store", "frames": "frames"}


def bare() -> None:
    """Show a page without any extra, and name the extra where one is needed."""
    assert "81% (76 of 94)" in render.to_html(report())
    for extra, package in NEEDED.items():
        try:
            importlib.import_module(f"lgsco.{package}")
        except MissingExtra as error:
            if error.extra != extra:
                raise
        else:
            raise AssertionError(f"lgsco.{package} is there without lgsco[{extra}]")


def report() -> reports.Report:
    """Return a report to show."""
    return reports.council_report(published.dataset(), "Kent", "2023-24")


def database() -> None:
    """Save what ships, and load it."""
    from lgsco import store

    with tempfile.TemporaryDirectory() as folder:
        address = str(Path(folder) / "figures.sqlite")
        store.save(published.dataset(), address)
        assert store.load(address) == published.dataset()


def frames() -> None:
    """Load the package; which engine there is, is the user's own choice."""
    from lgsco import frames

    assert callable(frames.tally)


def hypothesis() -> None:
    """Draw a dataset."""
    from hypothesis import given, settings

    from lgsco import Dataset, strategies

    @settings(max_examples=5, database=None, deadline=None)
    @given(strategies.datasets())
    def check(dataset: Dataset) -> None:
        assert dataset + dataset == dataset

    check()


def unreadable(content: bytes) -> None:
    """Refuse a damaged file, which only the reader that the extra brings can tell."""
    try:
        readers.read_any(content)
    except MissingExtra:
        raise
    except LgscoError:
        return
    raise AssertionError("a damaged file was read")


def png() -> None:
    """Draw a chart."""
    [chart, *_] = [chart for section in report().sections for chart in section.charts]
    assert render.to_png(chart).startswith(b"\x89PNG")


def workbook() -> None:
    """Write a workbook."""
    assert render.to_workbook(report()).startswith(b"PK")


WORK = {
    "": bare,
    "database": database,
    "frames": frames,
    "hypothesis": hypothesis,
    "pdf": lambda: unreadable(b"%PDF-1.7\n%%EOF"),
    "png": png,
    "sheets": lambda: unreadable(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "workbook": workbook,
}

if __name__ == "__main__":
    extra = sys.argv[1]
    for name in [name for name in WORK if name] if extra == "all" else [extra]:
        WORK[name]()
