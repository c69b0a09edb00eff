"""Tables, lists and numbers in words: what is aligned, wrapped and escaped."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lgsco._text import bullets, long_date, markdown_table, number_of, text_table

# --- Text


def test_a_text_table():
    """Columns are as wide as their widest cell, two spaces apart, with no spaces at the ends of lines."""
    assert [
        "Statistic    Rate",
        "-----------  -----------",
        "Uphold rate  86%",
        "Other        no rate yet",
    ] == text_table(["Statistic", "Rate"], [["Uphold rate", "86%"], ["Other", "no rate yet"]]).splitlines()


def test_a_table_may_have_no_rows():
    """Then it is a header."""
    assert "A  Bc\n-  --" == text_table(["A", "Bc"], [])
    assert "| A | Bc |\n| --- | --- |" == markdown_table(["A", "Bc"], [])


@pytest.mark.parametrize("rows", [[["1"]], [["1", "2", "3"]], [["1", "2"], []]])
def test_a_row_of_a_text_table_has_a_cell_for_each_column(rows):
    """A short row is a mistake, and is not filled up."""
    with pytest.raises(ValueError):
        text_table(["A", "B"], rows)


CELLS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_every_column_begins_at_one_place(rows):
    """Whatever the cells, the second column stands under its heading; numbers end at one place."""
    lines = text_table(["First", "Second"], rows).splitlines()
    at = lines[0].index("Second")

    assert [second for _, second in rows] == [line[at:].lstrip() for line in lines[2:]]
    assert {"  "} == {line[at - 2 : at] for line in (lines[0], *lines[2:])}


# --- Markdown


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("plain", "plain"),
        ("a|b", r"a\|b"),
        (r"a\b", r"a\\b"),
        (r"a\|b", r"a\\\|b"),
        ("two\nlines", "two lines"),
        ("  many   spaces ", "many spaces"),
        ("<script>", "&lt;script>"),
        ("", ""),
        ("86% (19 of 22)", "86% (19 of 22)"),
    ],
)
def test_a_cell_of_markdown_stays_in_its_place(cell, expected):
    """Bars, backslashes, line breaks and tags are written so that they are read as text."""
    assert f"| {expected} | x |" == markdown_table(["A", "B"], [[cell, "x"]]).splitlines()[2]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_no_cell_breaks_out_of_a_markdown_table(rows):
    """There is one line a row and there are three bars a line, whatever stands in the cells."""
    lines = markdown_table(["A", "B"], rows).split("\n")

    assert 2 + len(rows) == len(lines)
    assert {3} == {unescaped_bars(line) for line in lines}


def unescaped_bars(line):
    """Count the bars that Markdown takes for the edges of cells."""
    bars, escaped = 0, False
    for character in line:
        bars += character == "|" and not escaped
        escaped = character == "\\" and not escaped
    return bars


# --- Lists


def test_items_are_wrapped_and_hung():
    """A long item goes on under its own text."""
    assert ["- one two", "  three", "- four"] == bullets(["one two three", "four"], 10).splitlines()
    assert "" == bullets([], 10)


def test_addresses_and_names_are_not_broken():
    """A link that is cut in two leads nowhere, and a hyphen is no place to break a name."""
    address = "https://example.org/a-long-way-to-go"

    assert ["- see", f"  {address}"] == bullets([f"see {address}"], 12).splitlines()
    assert ["- in", "  Stoke-on-Trent"] == bullets(["in Stoke-on-Trent"], 12).splitlines()


# --- Numbers and dates in words


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "0 cases"), (1, "1 case"), (2, "2 cases"), (1_000, "1,000 cases"), (1_234_567, "1,234,567 cases")],
)
def test_a_number_of_things(count, expected):
    """One is singular, nought and many are plural, thousands have a comma."""
    assert expected == number_of(count, "case")


def test_an_irregular_plural():
    """Where an "s" will not do, the plural is given."""
    assert ("1 enquiry", "2 enquiries") == (
        number_of(1, "enquiry", "enquiries"),
        number_of(2, "enquiry", "enquiries"),
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2020, 1, 1), "1 January 2020"),
        (dt.date(2020, 7, 22), "22 July 2020"),
        (dt.date(1975, 12, 31), "31 December 1975"),
    ],
)
def test_a_date_in_words(day, expected):
    """In English, without a leading nought, whatever the machine's language."""
    assert expected == long_date(day.year, day.month, day.day)
