"""Comma-separated values: what is awkward in a cell comes back, and no spreadsheet runs it."""

import csv
import io

import pytest

from lgsco import Source
from lgsco.convert import from_csv, to_csv
from lgsco.errors import InvalidValue

AWKWARD = ["a\rb", "a\nb", "a\r\nb", 'a"b', "a,b", "'quoted'", "x" * 100_000]
FORMULAS = ['=HYPERLINK("http://x","y")', "+1", "-1", "@x", "'=1", "''-1"]


def test_what_is_awkward_in_a_cell_comes_back():
    """Signs that end a line are quoted, whichever they are; what is written is what Python reads."""
    sources = [Source(title) for title in AWKWARD]
    text = to_csv(sources)

    assert sources == from_csv(text, Source)
    assert AWKWARD == [row["title"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_no_spreadsheet_runs_a_cell():
    """What looks like a formula has an apostrophe before it, which is taken off again, and no other is."""
    sources = [Source(title) for title in FORMULAS]
    text = to_csv(sources)

    assert sources == from_csv(text, Source)
    assert [f"'{title}" for title in FORMULAS] == [row["title"] for row in csv.DictReader(io.StringIO(text))]


def test_what_no_cell_can_have_is_not_written():
    """Python reads no longer one."""
    with pytest.raises(InvalidValue) as caught:
        to_csv([Source("short"), Source("x" * 100_001)])

    assert ["row 2, title"] == [str(problem.place) for problem in caught.value.problems]
