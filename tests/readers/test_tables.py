"""Published spreadsheets: their headings, their cells, their kinds of file, and what is refused."""

import datetime as dt
import io
import sys
from decimal import Decimal

import openpyxl
import pytest
from tests.support import sheets
from tests.support.refusals import fields

from lgsco import PrintedPercent, ReportingYear
from lgsco.documents import Missing, TableField, TableKind, TableNote
from lgsco.errors import NO_VALUE, InvalidValue, MissingExtra, Place, UnreadableDocument
from lgsco.readers import Bounds, read_table, read_tables
from lgsco.readers.cells import read_counts, read_percents, read_rates
from lgsco.readers.headings import HEADINGS, fields_of, summary_of
from lgsco.readers.scanner import plain, without_marks
from lgsco.readers.sentences import Evidence

F = TableField
YEAR = ReportingYear(2024)
TITLE = ["Complaints decided 2023-24"]
HEADS = ["Authority", "Upheld", "Not upheld"]
# Every heading that newspapers and councils quote, with the table that they say it stands in.
QUOTED = {
    "Advice given": F.ADVICE_GIVEN,
    "Closed after initial enquiries": F.CLOSED_AFTER_INITIAL_ENQUIRIES,
    "Closed after initial enquiry": F.CLOSED_AFTER_INITIAL_ENQUIRIES,
    "Compliance rate": F.COMPLIANCE_RATE,
    "Incomplete/Invalid": F.INVALID_OR_INCOMPLETE,
    "Invalid": F.INVALID_OR_INCOMPLETE,
    "Invalid or incomplete": F.INVALID_OR_INCOMPLETE,
    "Investigated (upheld + not upheld)": F.INVESTIGATED,
    "Not upheld": F.NOT_UPHELD,
    "Referred back": F.REFERRED_BACK,
    "Referred back for local resolution": F.REFERRED_BACK,
    "Sent back to HBC [Referred back for local resolution]": F.REFERRED_BACK,
    "Total": None,
    "Upheld": F.UPHELD,
    "Uphold rate": F.UPHOLD_RATE,
    "Adult Social Care": F.ADULT_CARE_SERVICES,
    "Adult care services": F.ADULT_CARE_SERVICES,
    "Adult social care": F.ADULT_CARE_SERVICES,
    "Benefits and Tax": F.BENEFITS_AND_TAX,
    "Corporate": F.CORPORATE_AND_OTHER_SERVICES,
    "Corporate Services": F.CORPORATE_AND_OTHER_SERVICES,
    "Corporate and other services": F.CORPORATE_AND_OTHER_SERVICES,
    "Education and Children's Services": F.EDUCATION_AND_CHILDRENS_SERVICES,
    "Education and Children\N{RIGHT SINGLE QUOTATION MARK}s Services": F.EDUCATION_AND_CHILDRENS_SERVICES,
    "Environmental Services, Public Protection and Regulation": F.ENVIRONMENTAL_SERVICES,
    "Environmental services": F.ENVIRONMENTAL_SERVICES,
    "Environmental services and public protection": F.ENVIRONMENTAL_SERVICES,
    "Environmental services and regulation": F.ENVIRONMENTAL_SERVICES,
    "Highways": F.HIGHWAYS_AND_TRANSPORT,
    "Highways and Transport": F.HIGHWAYS_AND_TRANSPORT,
    "Housing": F.HOUSING,
    "Other": F.OTHER,
    "Planning and Development": F.PLANNING_AND_DEVELOPMENT,
    "Satisfactorily by authority before LGO involvement": F.SATISFACTORY_REMEDIES,
    "by LGO": F.REMEDIED_BY_OMBUDSMAN,
    "Average County Council uphold rate %": F.UPHOLD_AVERAGE,
    "ESCC uphold rate %": F.UPHOLD_RATE,
    "Investigated": F.INVESTIGATED,
    "Not investigated": F.NOT_INVESTIGATED,
}


def each(table, attribute):
    """Give one attribute of every row."""
    return tuple(getattr(row, attribute) for row in table)


# --- Headings


@pytest.mark.parametrize("heading", QUOTED)
def test_quoted_headings_are_understood(heading):
    """Those of the tables that newspapers and councils have printed."""
    assert (QUOTED[heading],) == fields_of(heading)


def test_the_headings_are_data_that_say_how_well_they_are_known():
    """Each stands once, as headings are compared; no real file has confirmed any."""
    assert len(HEADINGS) == len({heading.words for heading in HEADINGS})
    assert [heading.words for heading in HEADINGS] == [plain(heading.words) for heading in HEADINGS]
    assert set(F) == {heading.field for heading in HEADINGS} - {None}
    assert {Evidence.QUOTED, Evidence.ASSUMED} == {heading.evidence for heading in HEADINGS}
    assert {heading.words for heading in HEADINGS if heading.evidence is Evidence.QUOTED} == {"average uphold rate"} | (
        {plain(heading) for heading in QUOTED} & {heading.words for heading in HEADINGS}
    )


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("AUTHORITY  NAME", F.NAME),
        ("Upheld (%)", F.UPHOLD_RATE),
        ("Average uphold rate (%) of similar authorities", F.UPHOLD_AVERAGE),
        ("Education &\nChildren's services [note 3]", F.EDUCATION_AND_CHILDRENS_SERVICES),
        ("Upheld decisions per 100,000 residents", F.UPHELD_PER_100K),
        ("Uphold rate\N{SUPERSCRIPT TWO}", F.UPHOLD_RATE),
    ],
)
def test_headings_vary(heading, field):
    """In case, breaks, marks of notes, signs of per cent."""
    assert (field,) == fields_of(heading)


@pytest.mark.parametrize("heading", ["Rank", "Not upheld (%)", "Change in uphold rate", "", "%", "Housing (%)"])
def test_headings_that_only_look_alike_are_not_understood(heading):
    """A share is no count, and a change no rate."""
    assert () == fields_of(heading)


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("Total", True),
        ("All councils", True),
        ("TOTALS:", True),
        ("England", True),
        ("County Councils total", True),
        ("Sub-total", True),
        ("Allerdale Borough Council", False),
        ("Totnes", False),
        ("New England Homes", False),
    ],
)
def test_rows_that_add_up_others_are_known_by_their_names(name, total):
    """No council is called so."""
    assert total is (summary_of(name) is not None)


def test_marks_of_notes_are_told_from_what_they_mark():
    """A cell that is nothing but a sign keeps it."""
    assert ("Total", "[note 1]") == without_marks("Total [note 1]")
    assert ("12", "*\N{DAGGER}") == without_marks("12*\N{DAGGER}")
    assert ("*", "") == without_marks("*")
    assert ("[c]", "") == without_marks("[c]")
    assert 4 == without_marks("1 [r] [p] [e] [b] [u] [1]")[1].count("[")


# --- Cells


def test_counts_are_whole_numbers_and_nothing_else():
    """As numbers or as they are printed."""
    cells = [3, 4.0, "1,204", "12\N{NO-BREAK SPACE}345", " 7 ", "0", "8.0", Decimal(9), "12 [r]", 2_000.0]

    assert ((3, 4, 1204, 12345, 7, 0, 8, 9, 12, 2000), [], [(8, "[r]")]) == read_counts(cells)
    assert ((2_000, 3), [], []) == read_counts([2_000.0, 3.0])


@pytest.mark.parametrize(
    "cell",
    [-1, -1.0, 1.5, "1.5", "-3", "two", True, 10**9, 1e300, float("nan"), float("inf"), "5%", "12,34", "1e3",
     "=1+1", dt.date(2024, 3, 31), Decimal("NaN"), "\N{ARABIC-INDIC DIGIT THREE}", "9" * 5_000],
)  # fmt: skip
def test_what_is_no_count_is_told(cell):
    """And the rest of the column is kept."""
    figures, misread, marks = read_counts([5.0, cell, 1.0])

    assert (5, Missing.UNREADABLE, 1) == figures
    assert [(1, "is not a whole number")] == misread
    assert [] == marks


@pytest.mark.parametrize(
    ("cell", "state"),
    [
        (None, Missing.BLANK),
        ("", Missing.BLANK),
        (" \N{NO-BREAK SPACE}", Missing.BLANK),
        ("-", Missing.DASH),
        ("\N{EN DASH}", Missing.DASH),
        ("N/A", Missing.NOT_APPLICABLE),
        ("[z]", Missing.NOT_APPLICABLE),
        ("[x]", Missing.NOT_AVAILABLE),
        ("..", Missing.NOT_AVAILABLE),
        ("*", Missing.WITHHELD),
        ("<5", Missing.WITHHELD),
        ("n/a [note 2]", Missing.NOT_APPLICABLE),
    ],
)
def test_what_stands_instead_of_a_figure_is_kept_apart(cell, state):
    """In every kind of column."""
    for read in (read_counts, read_percents, read_rates):
        assert state is read([cell, 2.0])[0][0]


def test_percentages_are_read_as_printed():
    """With or without a sign, with their decimals."""
    cells = ["86%", 86, 86.0, "86.4 %", "86.40", 0, 100, "7"]

    assert (
        (
            PrintedPercent(86),
            PrintedPercent(86),
            PrintedPercent(86),
            PrintedPercent(Decimal("86.4"), places=1),
            PrintedPercent(Decimal("86.4"), places=1),
            PrintedPercent(0),
            PrintedPercent(100),
            PrintedPercent(7),
        ),
        [],
        [],
    ) == read_percents(cells)


def test_shares_of_one_are_percentages():
    """As spreadsheets hold them: with all their decimals where they were worked out."""
    figures, misread, _ = read_percents([0.86, 1.0, 0, 19 / 22, 0.5])

    assert [] == misread
    assert (PrintedPercent(86), PrintedPercent(100), PrintedPercent(0), PrintedPercent(50)) == (
        *figures[:3],
        figures[4],
    )
    assert PrintedPercent(Decimal("86.363636363636"), places=12) == figures[3]
    assert range(19, 20) == figures[3].numerators(22)


def test_a_column_of_noughts_and_ones_is_not_guessed_at():
    """1 may be 1% or 100%, nought is nought, and a sign settles it."""
    figures, misread, _ = read_percents([0.0, 1.0, "1%"])

    assert (PrintedPercent(0), Missing.UNREADABLE, PrintedPercent(1)) == figures
    assert [(1, "may be 1% or 100%")] == misread


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("many", "is not a percentage"),
        (101, "is more than 100%"),
        ("-5%", "is not a percentage"),
        (True, "is not a percentage"),
    ],
)
def test_what_is_no_percentage_is_told(cell, reason):
    """With the reason."""
    assert [(0, reason)] == read_percents([cell, 50])[1]


def test_rates_per_100000_keep_their_decimals():
    """A stray sign of per cent is passed over."""
    assert (
        (Decimal("4.8"), Decimal(5), Decimal("11.9"), Decimal(0), Missing.UNREADABLE),
        [(4, "is not a rate")],
        [],
    ) == (read_rates([4.8, 5.0, "11.9%", "0.0", "high"]))


# --- Where the table stands


def test_the_headings_stand_under_titles_and_notes():
    """Whatever stands above is a note, and its first line the title."""
    table = read_table([
        ["Complaints decided: year ending 31 March 2024 [note 1]", ""],
        ["This sheet has one table.", "Published July 2024"],
        [],
        ["", "Authority Name", "Upheld", "Rank", "Not upheld"],
        ["", "Barsetshire Council [note 2]", 3, 1, "-"],
        ["", None, "", "", ""],
        ["", "Note 1: as at July.", "", "", ""],
        ["Note 2: a new council."],
    ])  # fmt: skip

    assert "Complaints decided: year ending 31 March 2024" == table.title
    assert (("Barsetshire Council",), (5,), (YEAR,)) == (each(table, "name"), each(table, "line"), each(table, "year"))
    assert [(F.UPHELD, "C", (3,)), (F.NOT_UPHELD, "E", (Missing.DASH,))] == [
        (column.field, column.letter, table.figures(column.field)) for column in table.columns
    ]
    assert (TableNote(Place(column="D"), "Rank"),) == table.unknown_columns
    assert [
        "row 1: Complaints decided: year ending 31 March 2024 [note 1]",
        "row 2: This sheet has one table. Published July 2024",
        "row 7: Note 1: as at July.",
        "row 8: Note 2: a new council.",
        "row 5, Authority Name: [note 2]",
    ] == [str(note) for note in table.notes]
    assert "LGSCO, Complaints decided: year ending 31 March 2024" == table.source.title


def test_names_are_on_one_line():
    """With single spaces, whatever they stood on."""
    table = read_table([TITLE, HEADS, ["Kent\nCounty  Council", 1, 2], [2024, 3, 4], ["Total\n", 4, 6]])

    assert ("Kent County Council",) == each(table, "name")
    assert [(4, "2024")] == [(problem.place.row, problem.value) for problem in table.problems]
    assert ["Total"] == [row.name for row in table.totals]


def test_headings_may_stand_on_two_lines():
    """A heading over several columns, one broken in two, and one that takes both lines."""
    table = read_table([
        TITLE,
        ["Authority", "Complaints received", "", "", "Complaints decided", "", "Uphold"],
        ["", "Adult care", "Housing", "Total", "Upheld", "Total", "rate"],
        ["Barsetshire Council", 1, 2, 3, 4, 5, "80%"],
    ])  # fmt: skip

    assert (F.ADULT_CARE_SERVICES, F.HOUSING, F.RECEIVED, F.UPHELD, F.DECIDED, F.UPHOLD_RATE) == table.fields
    assert (TableKind.RECEIVED, TableKind.DECIDED) == table.kinds


def test_a_total_is_that_of_the_columns_beside_it():
    """To the left, or else to the right; one beside nothing that has a total is not understood."""
    assert (F.DEALT_WITH,) == read_table([TITLE, ["Authority", "Total", "Not investigated"], ["A", 1, 2]]).fields[:1]
    assert (F.COMPLIANCE_OUTCOMES,) == (read_table([TITLE, ["Authority", "Complied", "Total"], ["A", 1, 2]]).fields[1:])
    assert (TableNote(Place(column="C"), "Total"),) == (
        read_table([TITLE, ["Authority", "By LGO", "Total"], ["A", 1, 2]]).unknown_columns
    )


def test_the_caller_can_say_what_headings_stand_for():
    """By field or its name; the caller goes before what we know."""
    rows = [["Place", "Found wrong", "Upheld"], ["Barsetshire Council", 3, 4]]

    table = read_table(rows, year=YEAR, columns={"place": "name", "FOUND  wrong": F.UPHELD, "Upheld": F.NOT_UPHELD})

    assert ((3,), (4,)) == tuple(map(table.figures, table.fields))
    with pytest.raises(InvalidValue) as caught:
        read_table(rows, columns={"Place": "town"})
    assert ["columns['Place']"] == fields(caught)


def test_every_bad_cell_is_listed_and_the_rest_is_kept():
    """With sheet, row and column."""
    table = read_table(
        sheets.as_xlsx(
            {
                "Data": [
                    TITLE,
                    ["Authority", "ONS code", "Year", "Upheld", "Not upheld"],
                    ["Barsetshire Council", "E1", "2023-25", "four", 3],
                    ["", "", "2023-24", 4, 3],
                    ["Barchester Council", "E10000016", "2023/24", -1, 2.5],
                    ["Barchester Council", "", 2024, 7, 2],
                ]
            }
        )
    )

    assert [
        (3, "ONS code", "E1"),
        (3, "Year", "2023-25"),
        (3, "Upheld", "four"),
        (4, "Authority", NO_VALUE),
        (5, "Upheld", "-1.0"),
        (5, "Not upheld", "2.5"),
        (6, "Authority", "Barchester Council"),
    ] == [(problem.place.row, problem.place.column, problem.value) for problem in table.problems]
    assert {"Data"} == {problem.place.sheet for problem in table.problems}
    assert "is also in row 5" == table.problems[-1].reason
    assert (None, YEAR, YEAR) == each(table, "year")
    assert (None, "E10000016", None) == each(table, "code")
    assert (3, Missing.UNREADABLE, 2) == table.figures(F.NOT_UPHELD)


def test_rows_of_totals_stand_apart():
    """Wherever they stand."""
    table = read_table([
        TITLE,
        [*HEADS, "Uphold rate"],
        ["Kent", 2, 1, "67%"],
        ["County Councils total", 2, 1, ""],
        ["Bexley", 3, 1, "75%"],
        ["All councils", 5, 3, "63%"],
    ])  # fmt: skip

    assert ("Kent", "Bexley") == each(table, "name")
    assert (3, 5) == each(table, "line")
    assert [("County Councils total", 4), ("All councils", 6)] == [(row.name, row.line) for row in table.totals]
    assert ["row 6, All councils: not upheld is 3, and the rows it covers come to 2"] == [
        str(wrong) for wrong in table.wrong_totals
    ]


# --- The year


@pytest.mark.parametrize(
    "title",
    ["Decided 2023-24", "Decided 2023/24", "Decided 2023 to 2024", "Decided 2023\N{EN DASH}24", "1 April 2023 to 31 March 2024",
     "Year ending 31st March 2024", "Year to 2024", "2023-24 and 2023/2024"],
)  # fmt: skip
def test_a_title_says_the_year(title):
    """In any of the forms that are used."""
    assert (YEAR,) == each(read_table([[title], HEADS, ["Kent", 1, 2]]), "year")


def test_the_name_of_a_sheet_says_the_year_where_no_title_does():
    """A slash cannot stand in one."""
    written = sheets.as_xlsx({"Decided 2023-24": [HEADS, ["Kent", 1, 2]]})

    assert (YEAR,) == each(read_table(written), "year")


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2023-24", YEAR), ("2024", YEAR), (2024, YEAR), (2024.0, YEAR), (dt.date(2024, 3, 31), YEAR),
        (dt.datetime.fromisoformat("2024-03-31 00:00"), YEAR), ("31 March 2024", YEAR), (2024.5, None), (1, None),
        ("soon", None), ("", None), ("31/03/2024", YEAR), ("1/4/2023", YEAR), ("31.03.2024", YEAR), ("03/31/2024", None),
    ],
)  # fmt: skip
def test_a_column_says_the_year_of_each_row(cell, year):
    """As a year, the number in which it ends, or its last day."""
    table = read_table([["Authority", "Year", "Upheld"], ["Kent", cell, 3]])

    assert (year,) == each(table, "year")
    assert (year is None) == bool(table.problems)


def test_a_year_that_is_not_known_or_not_one_is_asked_for():
    """And the caller's goes before what a title says, which is told."""
    with pytest.raises(UnreadableDocument) as none:
        read_table([HEADS, ["Kent", 1, 2]])
    with pytest.raises(UnreadableDocument) as two:
        read_table([["Decided 2022-23 and 2023-24"], HEADS, ["Kent", 1, 2]])

    assert ("the year: give it as 'year'",) == none.value.missing
    assert ("column 'Authority'", "column 'Upheld'", "column 'Not upheld'") == none.value.found
    assert ["row 1: speaks of 2022-23", "row 1: speaks of 2023-24"] == [str(one) for one in two.value.problems]
    told = read_table([["Decided 2022-23"], HEADS, ["Kent", 1, 2]], year=YEAR)
    assert [(2, "2022-23")] == [(problem.place.row, problem.value) for problem in told.problems]


# --- Files


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_the_usual_encodings(encoding, delimiter):
    """Parted by any of three signs."""
    rows = [TITLE, HEADS, ["Børchester; Town, and \N{EN DASH} more", 1, 2]]

    table = read_table(sheets.as_csv(rows, encoding, delimiter=delimiter))

    assert ("Børchester; Town, and \N{EN DASH} more",) == each(table, "name")
    assert [] == list(table.problems)


def test_cells_that_look_like_formulas_are_data():
    """In a name and in a figure."""
    table = read_table(sheets.as_csv([TITLE, HEADS, ["=HYPERLINK(A1)", "=1+1", 2]]))

    assert ("=HYPERLINK(A1)",) == each(table, "name")
    assert ["=1+1"] == [problem.value for problem in table.problems]


def workbook(**sheets_by_name):
    """Give a workbook of these sheets."""
    return sheets.as_xlsx(sheets_by_name)


def test_one_table_of_several_is_named():
    """Sheets without one are passed over."""
    book = workbook(
        Cover=[["About these figures"]],
        Received=[["Complaints received 2023-24"], ["Authority", "Housing"], ["Kent", 1]],
        Decided=[TITLE, HEADS, ["Kent", 1, 2]],
    )

    with pytest.raises(UnreadableDocument) as several:
        read_table(book)
    with pytest.raises(UnreadableDocument) as unknown:
        read_table(book, sheet="Upheld")
    with pytest.raises(UnreadableDocument) as cover:
        read_table(book, sheet="Cover")

    assert ["Received", "Decided"] == [table.sheet for table in read_tables(book)]
    assert (TableKind.DECIDED,) == read_table(book, sheet="Decided").kinds
    assert (
        "a table on sheet 'Received', 'Complaints received 2023-24'",
        "a table on sheet 'Decided', 'Complaints decided 2023-24'",
    ) == several.value.found
    assert ("sheet 'Upheld'",) == unknown.value.missing
    assert ((), ("a column of councils", "a column of figures")) == (cover.value.found, cover.value.missing)


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([], ("a column of councils", "a column of figures")),
        ([["Upheld", "Housing"], [1, 2]], ("a column of councils",)),
        ([["Council", "Code"], ["Kent", "E10000016"]], ("a column of figures",)),
    ],
)
def test_a_sheet_without_headings_is_refused(rows, missing):
    """With what was found of them."""
    with pytest.raises(UnreadableDocument) as caught:
        read_table(rows)

    assert missing == caught.value.missing


def test_a_workbook_made_by_a_program_is_read():
    """With dates, formulas without a result, and a sheet that begins further down."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Data"
    page["C5"], page["D5"], page["E5"], page["F5"] = "Authority", "Year ending", "Upheld", "Uphold rate"
    page["C6"], page["D6"], page["E6"], page["F6"] = "Kent", dt.date(2024, 3, 31), "=1+1", 0.81
    made = io.BytesIO()
    book.save(made)

    table = read_table(made.getvalue())

    assert (("Kent",), (YEAR,), (6,)) == (each(table, "name"), each(table, "year"), each(table, "line"))
    assert [("E", (Missing.UNREADABLE,)), ("F", (PrintedPercent(81),))] == [
        (column.letter, table.figures(column.field)) for column in table.columns
    ]


def test_the_extra_that_reads_workbooks_is_named_where_it_is_missing(monkeypatch):
    """Text needs none."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)

    with pytest.raises(MissingExtra) as caught:
        read_table(workbook(Data=[TITLE]))

    assert "sheets" == caught.value.extra
    assert 1 == len(read_table(sheets.as_csv([TITLE, HEADS, ["Kent", 1, 2]])))


# --- What is refused


def reason_of(source, **bounds):
    """Read what is refused, and give the reason and its place."""
    with pytest.raises(UnreadableDocument) as caught:
        read_tables(source, year=YEAR, bounds=Bounds(**bounds))
    (problem,) = caught.value.problems
    return f"{str(problem.place)!s}: {problem.reason}"


ROWS = [HEADS, *[[f"Council {number}", number, 2] for number in range(12)]]


@pytest.mark.parametrize(
    ("source", "bounds", "reason"),
    [
        (ROWS, {"sheet_rows": 12}, "row 13: at most 12 rows are read"),
        (ROWS, {"sheet_columns": 2}, "row 1: has 3 columns, and at most 2 are read"),
        (["Council", "Upheld"], {}, "row 1: a row is a list of cells"),
        ([3], {}, "row 1: a row is a list of cells"),
        (sheets.as_csv(ROWS), {"sheet_rows": 12}, "row 13: at most 12 rows are read"),
        (sheets.as_csv(ROWS), {"text_bytes": 100}, "the whole: has 213 bytes, and at most 100 are read"),
        (sheets.as_text(ROWS), {"text_bytes": 100}, "the whole: has 213 characters, and at most 100 are read"),
        (b"\xff\xfeA", {}, "byte 2: this is not text in UTF-8, UTF-16 or Windows-1252"),
        (b"Council\x81,Upheld", {}, "byte 7: this is not text in UTF-8, UTF-16 or Windows-1252"),
        ("a" * 200_000, {}, "row 1: this is not comma-separated text: field larger than field limit (131072)"),
    ],
)  # fmt: skip
def test_what_is_beyond_a_bound_is_refused(source, bounds, reason):
    """With the bound, and the place where it was met."""
    assert reason == reason_of(source, **bounds)[: len(reason)]
