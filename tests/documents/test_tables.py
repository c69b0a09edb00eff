"""Tables of many councils as published: what a cell may hold, totals added again, and councils found by name."""

from decimal import Decimal

import attrs
import pytest
from tests.support.refusals import fields

from lgsco import (
    AuthorityType,
    ComplianceTally,
    DecisionTally,
    InvestigationTally,
    Overview,
    PrintedPercent,
    PublishedTable,
    ReceivedTally,
    ReportingYear,
    Source,
    audit,
    published,
)
from lgsco.documents import (
    Matched,
    Missing,
    PrintedPer100k,
    PrintedStatistic,
    PrintedTally,
    TableColumn,
    TableField,
    TableKind,
    TableNote,
    TableRow,
    WrongTotal,
)
from lgsco.errors import InvalidValue, Place

F = TableField
YEAR = ReportingYear(2024)
REGISTER = published.register()


def row(name="Kent County Council", year=YEAR, **figures):
    """Give a row of these figures, by field."""
    return TableRow(
        name, year=year, line=5, fields=tuple(F(field) for field in figures), figures=tuple(figures.values())
    )


def table(*rows, years=None, codes=None, lines=None, **more):
    """Give a table of rows, each a name and its figures by field."""
    fields = [F(field) for field in dict.fromkeys(field for _, figures in rows for field in figures)]
    count = len(rows)
    return PublishedTable(
        [
            TableRow(
                name,
                year=year,
                code=code,
                line=line,
                fields=fields,
                figures=[figures.get(field, Missing.BLANK) for field in fields],
            )
            for (name, figures), year, code, line in zip(
                rows, years or [YEAR] * count, codes or [None] * count, lines or range(5, 5 + count), strict=True
            )
        ],
        columns=[TableColumn(field) for field in fields],
        **more,
    )


def test_every_field_is_of_a_kind_or_says_whose_the_figures_are():
    """Counts, percentages and rates per 100,000 are told apart."""
    assert {F.NAME, F.CODE, F.YEAR} == {field for field in F if field.kind is None}
    assert set(TableKind) == {field.kind for field in F} - {None}
    assert {int, str, PrintedPercent, Decimal} == {field.holds for field in F}
    assert F.UPHOLD_RATE.holds is PrintedPercent


@pytest.mark.parametrize(
    ("field", "figures"),
    [
        (F.UPHELD, (1.0,)),
        (F.UPHELD, (True,)),
        (F.UPHELD, ("1",)),
        (F.UPHELD, (-1,)),
        (F.UPHELD, (None,)),
        (F.UPHOLD_RATE, (86,)),
        (F.UPHELD_PER_100K, (Decimal("-0.1"),)),
        (F.UPHELD_PER_100K, (Decimal("NaN"),)),
        (F.UPHELD_PER_100K, (Decimal("Infinity"),)),
        (F.NAME, ("Kent",)),
    ],
)
def test_a_row_refuses_what_its_fields_do_not_hold(field, figures):
    """A count is exactly an int, a percentage a PrintedPercent."""
    with pytest.raises(InvalidValue) as caught:
        TableRow("Kent County Council", fields=(field,), figures=figures)

    assert [("fields" if field is F.NAME else "figures")] == fields(caught)


def test_a_row_holds_figures_and_why_there_are_none():
    """Zero is a figure, and nothing that is missing is zero."""
    areas = [field for field in F if field.kind is TableKind.RECEIVED]
    figures = (0, *Missing)

    assert figures == TableRow("Kent", fields=areas[: len(figures)], figures=figures).figures
    assert (Missing.DASH,) == TableRow("Kent", fields=[F.UPHOLD_RATE], figures=[Missing.DASH]).figures
    assert 0 not in list(Missing)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"fields": (F.UPHELD,)}, {"figures"}),
        ({"fields": (F.UPHELD, F.UPHELD), "figures": (1, 1)}, {"fields"}),
        ({"fields": (F.UPHELD,), "figures": (-1,)}, {"figures"}),
        ({"figures": 3, "line": 0, "code": "kent"}, {"figures", "line", "code"}),
        ({"year": 2024, "fields": 3}, {"year", "fields"}),
    ],
)
def test_a_row_refuses_what_cannot_be(given, wrong):
    """There is one figure for each field."""
    with pytest.raises((InvalidValue, InvalidValue)) as caught:
        TableRow("Kent County Council", **given)

    assert wrong == {problem.place.path for problem in getattr(caught.value, "problems", (caught.value,))}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"rows": "Kent"}, {"rows"}),
        ({"rows": [TableRow("Kent")]}, {"rows"}),
        ({"rows": [TableRow("Kent", fields=[F.NOT_UPHELD], figures=[1])]}, {"rows"}),
        ({"columns": [TableColumn(F.UPHELD)] * 2}, {"columns", "rows"}),
        ({"columns": [F.UPHELD], "sheet": ""}, {"columns", "sheet"}),
    ],
)
def test_a_table_refuses_what_does_not_fit(given, wrong):
    """Each row has the fields of the columns, and no column is duplicated."""
    whole = {
        "rows": [TableRow("Kent", year=YEAR, fields=[F.UPHELD], figures=[1])],
        "columns": [TableColumn(F.UPHELD)],
    }

    with pytest.raises(InvalidValue) as caught:
        PublishedTable(**{**whole, **given})

    assert wrong == set(fields(caught))


def test_a_table_has_rows_and_columns():
    """Each row with all that is beside the figures, and each column from top to bottom."""
    held = table(
        ("Kent County Council", {"upheld": 76, "not_upheld": 18}),
        ("Bexley", {"upheld": 3}),
        codes=("E10000016", None),
    )

    assert 2 == len(held)
    assert list(held.rows) == list(held)
    assert (
        TableRow(
            "Kent County Council",
            year=YEAR,
            code="E10000016",
            line=5,
            fields=(F.UPHELD, F.NOT_UPHELD),
            figures=(76, 18),
        )
        == held.rows[0]
    )
    assert (3, None, Missing.BLANK, None) == (
        held.rows[1].count(F.UPHELD),
        held.rows[1].count(F.NOT_UPHELD),
        held.rows[1].figure(F.NOT_UPHELD),
        held.rows[1].figure(F.HOUSING),
    )
    assert (F.UPHELD, F.NOT_UPHELD) == held.fields
    assert (76, 3) == held.figures(F.UPHELD)
    assert () == held.figures(F.HOUSING)


def test_a_table_names_the_columns_that_it_lacks():
    """By the kinds that it holds."""
    held = table(("Kent", {"housing": 1, "upheld": 2, "complied": 3, "satisfactory_remedies": 1, "dealt_with": 9}))

    assert tuple(TableKind) == held.kinds
    assert {F.RECEIVED, F.DECIDED, F.NOT_UPHELD, F.COMPLIANCE_OUTCOMES, F.ADVICE_GIVEN} <= set(held.missing_columns)
    assert not {F.HOUSING, F.UPHELD, F.COMPLIED} & set(held.missing_columns)


def test_a_row_becomes_what_is_printed_of_a_council():
    """Counts with the totals beside them, percentages, rates and averages, any of it missing."""
    source = Source("LGSCO, made up")
    areas = dict.fromkeys((field.name for field in attrs.fields(ReceivedTally) if field.name != "_total"), 2)
    printed = row(
        **areas,
        received=19,
        upheld=7,
        not_upheld=3,
        decided=30,
        uphold_rate=PrintedPercent(70),
        uphold_average=Missing.NOT_APPLICABLE,
        upheld_per_100k=Decimal("1.2"),
        upheld_per_100k_average=Missing.NOT_APPLICABLE,
        not_for_us=12,
        dealt_with=30,
        complied_on_time=4,
        complied_late=1,
        compliance_outcomes=5,
        satisfactory_remedies=1,
        satisfactory_remedy_rate=Missing.BLANK,
    ).printed(source)

    assert PrintedTally(ReceivedTally(**areas), total=19) == printed.received
    assert PrintedTally(DecisionTally(upheld=7, not_upheld=3), total=30) == printed.decided
    assert PrintedTally(Overview(not_for_us=12), total=30) == printed.overview
    assert (
        PrintedStatistic(percent=PrintedPercent(70), count=7, base=10, average=Missing.NOT_APPLICABLE) == printed.upheld
    )
    assert PrintedStatistic(count=5, base=5) == printed.compliance
    assert PrintedStatistic(count=1) == printed.remedies
    assert PrintedPer100k(rate=Decimal("1.2"), average=Missing.NOT_APPLICABLE) == printed.per_100k
    assert source == printed.source
    assert 1 == len(audit(printed))


def test_a_row_that_says_little_becomes_little():
    """What is not there is None."""
    bare = row(upheld=Missing.DASH).printed()

    assert (None,) * 7 == (
        bare.upheld, bare.compliance, bare.remedies, bare.per_100k, bare.overview, bare.decided, bare.received,
    )  # fmt: skip
    assert row(year=None, upheld=3).printed() is None
    assert 12 == row(investigated=12, upheld=5).printed().upheld.base
    assert row(upheld=5).printed().upheld.base is None
    assert 4 == row(complied=4, complied_late=1).printed().compliance.count
    assert row(complied_late=1).printed().compliance is None
    assert row(upheld_per_100k=Missing.BLANK).printed().per_100k is None


def test_late_compliance_outcomes_are_kept():
    """Those that contradict one another are left out."""

    def outcomes(**figures):
        return row(**figures).printed().compliance_outcomes

    assert PrintedTally(ComplianceTally(5, 1, late=2)) == outcomes(complied=5, not_complied=1, complied_late=2)
    assert PrintedTally(ComplianceTally(5, None, late=1), total=7) == outcomes(
        complied_on_time=4, complied_late=1, compliance_outcomes=7
    )
    assert outcomes(complied=1, complied_late=2) is None
    assert outcomes(upheld=1) is None


def test_compliance_outcomes_that_cannot_be_true_are_not_counted():
    """Then the printed statistic is, as where no table of outcomes is printed."""
    figures = {"complied": 9, "not_complied": 3, "complied_late": 2, "compliance_outcomes": 10}

    assert ComplianceTally(9, None, total=10) == row(**figures).printed().review(REGISTER).compliance
    assert ComplianceTally(9, 1, late=2) == row(**{**figures, "not_complied": 1}).printed().review(REGISTER).compliance
    late = PrintedTally(ComplianceTally(None, None, late=3), total=2)
    assert late.is_contradictory
    assert ComplianceTally(None, None, late=3) == late.tally()


def test_totals_are_added_again_across_each_row():
    """Where a part is not known, a total that is exceeded already is wrong, and another may be right."""
    held = table(
        ("Kent", {"upheld": 2, "not_upheld": 1, "investigated": 3}),
        ("Bexley", {"upheld": 2, "not_upheld": 1, "investigated": 4}),
        ("Devon", {"upheld": 2, "investigated": 1}),
        ("Dorset", {"upheld": 2, "investigated": 5}),
        ("Essex", {"upheld": 2, "not_upheld": 1, "investigated": Missing.DASH}),
    )

    assert (
        WrongTotal(field=F.INVESTIGATED, stated=4, added=3, name="Bexley", line=6, year=YEAR),
        WrongTotal(field=F.INVESTIGATED, stated=1, added=2, name="Devon", line=7, year=YEAR, at_least=True),
    ) == held.wrong_totals
    assert "row 7, Devon: investigated is 1, and its parts come to at least 2" == str(held.wrong_totals[1])


def total(line=9, name="All councils", year=None, **figures):
    """Give a row of totals."""
    return attrs.evolve(row(name, year, **figures), line=line)


def test_totals_are_added_again_down_each_column():
    """A row of totals is held against all rows above it, or those since the last."""
    rows = (("Kent", {"upheld": 2}), ("Bexley", {"upheld": 3}), ("Devon", {"upheld": 5}))

    assert () == table(*rows, totals=(total(upheld=10),)).wrong_totals
    assert () == table(*rows, totals=(total(7, upheld=5), total(9, upheld=5), total(10, upheld=10))).wrong_totals
    assert () == table(*rows, totals=(total(upheld=Missing.DASH, uphold_rate=PrintedPercent(5)),)).wrong_totals
    likely = WrongTotal(field=F.UPHELD, stated=11, added=10, name="All councils", line=9, down=True, is_certain=False)
    assert (likely,) == table(*rows, totals=(total(upheld=11),)).wrong_totals
    assert (attrs.evolve(likely, stated=9, is_certain=True),) == table(*rows, totals=(total(upheld=9),)).wrong_totals
    assert "row 9, All councils: upheld is 11, and the rows it covers come to 10" == str(
        table(*rows, totals=(total(upheld=11),)).wrong_totals[0]
    )
    # Of all that it could be the total of, the nearest is told.
    assert [5, 10] == [
        wrong.added for wrong in table(*rows, totals=(total(7, upheld=6), total(9, upheld=9))).wrong_totals
    ]


def test_a_total_of_a_column_with_an_unknown_cell():
    """It is wrong only where what is known exceeds it."""
    rows = (("Kent", {"upheld": 2}), ("Bexley", {"upheld": Missing.WITHHELD}))

    assert () == table(*rows, totals=(total(upheld=4),)).wrong_totals
    assert (True, 2) == tuple(
        getattr(table(*rows, totals=(total(upheld=1),)).wrong_totals[0], name) for name in ("at_least", "added")
    )


def test_a_total_that_states_a_year_is_that_of_its_year():
    """Where rows of several years stand together."""
    rows = (("Kent", {"upheld": 2}), ("Kent", {"upheld": 3}))
    years = (ReportingYear(2023), YEAR)

    assert () == table(*rows, years=years, totals=(total(upheld=3, year=YEAR),)).wrong_totals
    assert 1 == len(table(*rows, years=years, totals=(total(upheld=4, year=YEAR),)).wrong_totals)


def test_without_numbers_of_rows_totals_stand_below_all():
    """A table that a program makes may have none."""
    rows = (("Kent", {"upheld": 2}), ("Bexley", {"upheld": 3}))
    below = attrs.evolve(total(upheld=6), line=None)
    held = table(*rows, lines=[None, None], totals=(below,))

    assert ["All councils: upheld is 6, and the rows it covers come to 5"] == [*map(str, held.wrong_totals)]


def test_councils_are_found_by_code_or_name():
    """On the last day of the year; what is not found is listed, with the nearest names."""
    held = table(
        ("Kent", {"upheld": 76, "not_upheld": 18, "complied": 9, "complied_late": 2, "compliance_outcomes": 10}),
        ("Kent County Council", {"upheld": 1}),
        ("Kant County Council", {"upheld": 2}),
        ("Nobody in particular", {"upheld": 3}),
        ("Devon County Council", {"upheld": 4}),
        ("Cumbria County Council", {"upheld": 5}),
        ("Bexley", {"upheld": 6}),
        codes=(None, None, None, "E06000059", "E10000016", None, None),
        years=(YEAR,) * 6 + (None,),
    )

    matched = held.reviews(REGISTER)

    assert type(matched) is Matched
    assert ["Kent County Council", "Dorset Council", "Cumbria County Council"] == [
        review.authority.name for review in matched
    ]
    assert 3 == len(matched)
    assert InvestigationTally(76, 18) == matched.found[0].investigations
    assert ComplianceTally(9, 1, late=2) == matched.found[0].compliance
    assert AuthorityType.COUNTY_COUNCIL is matched.found[0].authority.type
    assert [
        (6, "Kent County Council"),
        (7, "Kant County Council"),
        (9, "Devon County Council"),
        (11, "Bexley"),
    ] == [(problem.place.row, problem.value) for problem in matched.unmatched]
    duplicate, unknown, of_two, without_year = (problem.reason for problem in matched.unmatched)
    assert "is a second row of Kent County Council for 2023-24" == duplicate
    assert "did you mean Kent County Council" in unknown
    assert "has the code of Kent County Council, and the name of Devon County Council" == of_two
    assert "has no known year" == without_year


def test_printed_leaves_out_rows_whose_year_is_not_known():
    """The others keep the source of the table."""
    held = table(
        ("Kent", {"upheld": 7}), ("Bexley", {"upheld": 3}), years=(YEAR, None), source=Source("LGSCO, decided")
    )

    assert ["Kent"] == [review.name for review in held.printed()]
    assert "LGSCO, decided" == held.printed()[0].source.title


def test_notes_say_where_they_are():
    """The row and the column."""
    assert "row 1: Complaints" == str(TableNote(Place(row=1), "Complaints"))
    assert "row 7, Upheld: [note 1]" == str(TableNote(Place(row=7, column="Upheld"), "[note 1]"))


def test_what_columns_make_up_is_not_missing():
    """On time and late together are what was complied with."""
    held = table(("Kent", {"complied_on_time": 1, "complied_late": 2, "compliance_outcomes": 3}))

    assert held.missing_columns == ()
