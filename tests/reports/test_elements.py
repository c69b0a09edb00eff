"""Reports as data: what a cell, a row, a table, a chart and a report may hold, and what is refused."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.support.refusals import faults, fields

from lgsco import PrintedPercent, Proportion
from lgsco.documents import Missing
from lgsco.errors import InvalidValue
from lgsco.reports import (
    Absent,
    Amount,
    Break,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Day,
    Line,
    Note,
    PartialRate,
    Point,
    Report,
    Row,
    Section,
    Table,
)
from lgsco.reports.cells import plain_columns

NOT_HELD = Absent(Missing.NOT_AVAILABLE, "not held")
RATE = Proportion(19, 22)
RATES = Column("This council", ColumnKind.RATE)
POINT = Point("Uphold rate", RATE)


def table(*cells, columns=(RATES,), **more):
    return Table("Statistics", "Statistic", columns=columns, rows=(Row("Uphold rate", cells),), **more)


def chart(kind=ChartKind.DOTS, **more):
    return Chart(kind, "One", words="Uphold rate: 86%", across="Per cent", **{"points": (POINT,), **more})


def report(*sections, notes=()):
    return Report(
        "Kent", scope="2023-24", units="Complaints", made_by="By lgsco", sections=sections, notes=tuple(notes)
    )


# --- Cells


def test_what_stands_in_place_of_a_figure_has_words_and_a_sign():
    """A page shows the words, a workbook the shorthand."""
    assert ["[z]", "[x]"] == [missing.sign for missing in (Missing.NOT_APPLICABLE, Missing.NOT_AVAILABLE)]
    assert "not held" == str(NOT_HELD)
    assert "4.80" == str(Amount(Decimal("4.80")))


@pytest.mark.parametrize("number", [4.8, 5, "4.8", Decimal("NaN"), Decimal("Infinity"), None])
def test_an_amount_is_a_finite_decimal(number):
    """A float is not what was printed."""
    with pytest.raises(InvalidValue) as caught:
        Amount(number)

    assert ["number"] == fields(caught)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (ColumnKind.TEXT, "within the limits"),
        (ColumnKind.COUNT, 0),
        (ColumnKind.RATE, Proportion(0, 0)),
        (ColumnKind.LIMITS, RATE.interval()),
        (ColumnKind.PERCENT, PrintedPercent(66)),
        (ColumnKind.AMOUNT, Amount(Decimal("4.8"))),
        (ColumnKind.DATE, Day(dt.date(2024, 3, 5))),
    ],
)
def test_a_column_takes_its_own_kind_and_what_says_why_there_is_none(kind, cell):
    """Each kind of column holds one kind of figure."""
    for held in (cell, NOT_HELD):
        assert held == table(held, columns=(Column("Figure", kind),)).rows[0].cells[0]


@pytest.mark.parametrize("cell", [19, "86%", PrintedPercent(86), RATE.interval()])
def test_a_column_refuses_another_kind(cell):
    """A rate is not text, nor a count."""
    with pytest.raises(InvalidValue) as caught:
        table(cell)

    assert [("rows", cell)] == faults(caught)


@pytest.mark.parametrize("cell", [True, 0.86, Fraction(19, 22), None, -1, "", " x", [1]])
def test_no_cell_holds_anything_else(cell):
    """No float, no flag, no negative count, no empty text."""
    with pytest.raises(InvalidValue) as caught:
        Row("Uphold rate", (cell,))

    assert ["cells"] == fields(caught)


def test_a_row_is_a_tuple_of_cells():
    """A list is frozen, text is not taken for a list."""
    assert (1, 2) == Row("Complaints", [1, 2]).cells
    with pytest.raises(InvalidValue):
        Row("Complaints", "12")


# --- Tables


@pytest.mark.parametrize("cells", [(), (RATE, RATE)])
def test_a_row_has_a_cell_for_each_column(cells):
    """No cell is left out, none left over."""
    with pytest.raises(InvalidValue) as caught:
        table(*cells)

    assert [("rows", cells)] == faults(caught)


def test_a_table_has_columns_each_under_a_heading_of_its_own():
    """Two alike would be one to whoever reads them by name."""
    with pytest.raises(InvalidValue):
        table(columns=())
    with pytest.raises(InvalidValue):
        table(RATE, RATE, columns=(RATES, RATES))
    with pytest.raises(InvalidValue):
        table(RATE, columns=(Column("Statistic", ColumnKind.RATE),))


def test_a_table_has_rows():
    """Where there is nothing to show there is no table."""
    with pytest.raises(InvalidValue) as caught:
        Table("Statistics", "Statistic", columns=(RATES,), rows=())

    assert ["rows"] == fields(caught)


def test_every_bad_field_of_a_table_is_named():
    """One error holds them all."""
    with pytest.raises(InvalidValue) as caught:
        Table("", "Statistic", columns=(), rows=("row",))

    assert ["caption", "rows"] == [problem.place.path for problem in caught.value.problems]


# --- Charts


def test_a_chart_has_points():
    """An empty picture is not drawn."""
    with pytest.raises(InvalidValue) as caught:
        chart(points=())

    assert ["points"] == fields(caught)


def test_a_rate_of_no_cases_is_no_point():
    """It lies nowhere."""
    with pytest.raises(InvalidValue) as caught:
        Point("Uphold rate", Proportion(0, 0))

    assert ["rate"] == fields(caught)


def test_points_and_breaks_of_years_are_at_years():
    """What is at no tick would be drawn nowhere."""
    at = Point("2019-20", RATE, at="2019-20")

    assert (at,) == chart(ChartKind.YEARS, points=(at,), ticks=("2019-20",)).points
    for more in (
        {"points": (POINT,), "ticks": ("2019-20",)},
        {"points": (at,), "ticks": ()},
        {"points": (at,), "ticks": ("2019-20",), "breaks": (Break("2020-21", "fewer"),)},
        {"points": (at,), "ticks": ("2019-20",), "lines": (Line("Average", ((1.0, 0.5),)),)},
        {"points": (at,), "ticks": ("2019-20",), "lines": (Line("Average", ((0.5, 0.5),)),)},
    ):
        with pytest.raises(InvalidValue):
            chart(ChartKind.YEARS, **more)


@pytest.mark.parametrize(
    "steps", [(), [], ((1.0,),), ((1, 0.5),), ((1.0, float("nan")),), ("ab",), ([1.0, 0.5],), "ab", (1.0, 0.5)]
)
def test_a_line_is_made_of_pairs_of_finite_numbers(steps):
    """At least one of them."""
    with pytest.raises(InvalidValue) as caught:
        Line("BenchmarkRange", steps)

    assert ["steps"] == fields(caught)


# --- Reports


def test_a_report_lists_its_tables_and_charts():
    """In the order of its sections."""
    one, other = table(RATE), table(NOT_HELD)
    held = report(Section("A", tables=(one,), charts=(chart(),)), Section("B", tables=(other,)))

    assert (one, other) == held.tables
    assert (chart(),) == held.charts


@pytest.mark.parametrize("texts", [("",), (" a",), (1,), "text"])
def test_paragraphs_are_texts(texts):
    """None is empty, and text is not taken for a list of letters."""
    with pytest.raises(InvalidValue) as caught:
        Section("A", paragraphs=texts)

    assert ["paragraphs"] == fields(caught)


def test_marks_stand_for_notes():
    """Each for one, and none for nothing."""
    note = Note("a", "In words.")
    marked = [
        table(RATE, marks=("a",)),
        table(RATE, columns=(Column("This council", ColumnKind.RATE, marks=("a",)),)),
        Table("S", "T", columns=(RATES,), rows=(Row("Uphold rate", (RATE,), marks=("a",)),)),
    ]

    for one in marked:
        assert (note,) == report(Section("A", tables=(one,)), notes=[note]).notes
        with pytest.raises(InvalidValue) as caught:
            report(Section("A", tables=(one,)))
        assert [("notes", "a")] == faults(caught)
    with pytest.raises(InvalidValue):
        report(Section("A"), notes=[note, note])


def test_a_part_of_a_rate_fills_the_columns_that_it_has():
    """A percentage without counts and a count without its total have their own cells, and a sign for the rest."""
    table = Table(
        "Uphold rate",
        "Council",
        columns=(Column("Rate", ColumnKind.RATE),),
        rows=(
            Row("A", (PartialRate("69% (counts not held)", percent=PrintedPercent(69)),)),
            Row("B", (PartialRate("34 upheld (number investigated not held)", numerator=34),)),
        ),
    )

    rate, counted, total = plain_columns(table, {})[1:]

    assert ([69, "[x]"], ["[x]", 34], ["[x]", "[x]"]) == (
        [*rate.cells],
        [*counted.cells],
        [*total.cells],
    )
