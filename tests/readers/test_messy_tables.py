"""Tables as people make them: several on a sheet, years side by side, rows that summarise, errors, merged names."""

import io
import struct

import openpyxl
import pytest
import xlwt
from tests.support import sheets

from lgsco import PrintedPercent, ReportingYear, audit, published
from lgsco.documents import Certainty, Missing, TableField, TableKind
from lgsco.errors import InvalidValue, UnreadableDocument
from lgsco.readers import read_any, read_cases, read_table, read_tables
from lgsco.readers.cell_states import states_of_records
from lgsco.readers.compounds import records_of
from lgsco.readers.headings import alters, clashes, is_neutral

F = TableField
REGISTER = published.register()
EARLIER, YEAR, LATER = map(ReportingYear, (2023, 2024, 2025))
HEADS = "Authority Name,Not upheld,Upheld"
TITLE = "Complaints decided 2023-24"
KENT, SURREY = "Kent County Council", "Surrey County Council"


def figures(source, *, year=None, **more):
    """Give the figures of each row of all tables, by name and year; a row that is there again is a failure."""
    rows = [row for table in read_tables(source, year=year, **more) for row in table]
    assert len({(row.name, row.year, row.fields) for row in rows}) == len(rows)
    return {(row.name, row.year): row.figures for row in rows}


def lines(*rows):
    """Give comma-separated text."""
    return "\n".join(rows)


def certain(table):
    """Give the findings that are certain."""
    return [finding for finding in audit(table) if finding.certainty is Certainty.CERTAIN]


# --- Years


SIDE_BY_SIDE = (
    ("Complaints decided", ",2022-23,,2023-24,", "Authority Name,Not upheld,Upheld,Not upheld,Upheld"),
    ("Complaints decided", "Authority Name,Not upheld,Upheld,Not upheld,Upheld", ",2022-23,2022-23,2023-24,2023-24"),
    ("Decided", "Council,Not upheld 2022-23,Upheld 2022/23,Not upheld (2023-24),Upheld in 2023/24"),
    (TITLE, ",Last year,,This year,", "Authority Name,Not upheld,Upheld,Not upheld,Upheld"),
    (TITLE, "Council,Not upheld (previous year),Upheld (previous year),Not upheld,Upheld"),
    (",Year ending 31 March 2023,,Year ending 31 March 2024,", "Authority Name,Not upheld,Upheld,Not upheld,Upheld"),
    (",22/23,,23/24,", "Authority Name,Not upheld,Upheld,Not upheld,Upheld"),
    (",2023,,2024,", "Authority Name,Not upheld,Upheld,Not upheld,Upheld"),
)


@pytest.mark.parametrize("year", [None, EARLIER, YEAR])
def test_years_side_by_side_are_several_years(year):
    """Whatever year is given, none is taken for another."""
    for above in SIDE_BY_SIDE:
        read = figures(lines(*above, f"{KENT},8,53,18,76", f"{SURREY},9,51,10,40"), year=year)

        assert {
            (KENT, EARLIER): (8, 53), (KENT, YEAR): (18, 76), (SURREY, EARLIER): (9, 51), (SURREY, YEAR): (10, 40),
        } == read, above  # fmt: skip


UNCLEAR_YEARS = (
    # Nobody says which year this year is.
    (",Last year,,This year,", "Authority Name,Not upheld,Upheld,Not upheld,Upheld"),
    # The years are not above the first of their columns.
    (",,2022-23,,2023-24", "Authority Name,Not upheld,Upheld,Not upheld,Upheld"),
    # The years are gone.
    ("Authority Name,Not upheld,Upheld,Not upheld,Upheld",),
    (",2022-23,,2023-24,", "", "Authority Name,Not upheld,Upheld,Not upheld,Upheld"),
    ("Authority Name,Year,Not upheld 2022-23,Upheld 2022-23,Upheld 2023-24",),
)


@pytest.mark.parametrize("year", [None, EARLIER, YEAR])
def test_years_that_are_not_clear_are_refused(year):
    """And the columns are named, whatever year is given."""
    for above in UNCLEAR_YEARS:
        with pytest.raises(UnreadableDocument) as caught:
            read_tables(lines(*above, f"{KENT},8,53,18,76"), year=year)

        assert caught.value.found


def test_columns_that_are_changes_are_not_read():
    """Under a line of headings that says so."""
    table = read_table(
        lines(TITLE, ",Number,,Change,", "Council,Not upheld,Upheld,Not upheld,Upheld", f"{KENT},8,53,1,2")
    )

    assert [(8, 53)] == [row.figures for row in table]
    assert ["D", "E"] == [note.place.column for note in table.unknown_columns]
    assert 2 == len(table.problems)


def test_years_of_sections_and_of_a_column_go_before_the_one_given():
    """A title within the rows begins a section."""
    sections = lines("Complaints decided", HEADS, "2022-23,,", f"{KENT},8,53", "2023-24,,", f"{KENT},18,76")
    column = lines("Council,Year,Upheld", f"{KENT},2022-23,53", f"{KENT},2023-24,76")

    assert {(KENT, EARLIER): (8, 53), (KENT, YEAR): (18, 76)} == figures(sections, year=LATER)
    assert {(KENT, EARLIER): (53,), (KENT, YEAR): (76,)} == figures(column, year=LATER)
    assert {(KENT, YEAR): (18, 76)} == figures(lines(TITLE, HEADS, f"{KENT},18,76"), year=LATER)


def test_a_table_of_one_council_has_years_down_or_across():
    """With the council given; without it, it is asked for."""
    down = lines("Year,Not upheld,Upheld", "2022-23,8,31", "2023-24,9,30", "2024-25,11,28")
    across = lines("Our complaints", "Outcome,2022-23,2023-24,2024-25", "Not upheld,8,9,11", "Upheld,31,30,28")
    wanted = {(KENT, EARLIER): (8, 31), (KENT, YEAR): (9, 30), (KENT, LATER): (11, 28)}

    for source in (down, across, across.replace("Outcome", "")):
        assert wanted == figures(source, council=KENT, year=YEAR)
        with pytest.raises(UnreadableDocument) as caught:
            read_tables(source)
        assert caught.value.found
    assert 3 == len(read_any(down, council=KENT)[0])


# --- Several tables


def test_two_tables_on_a_sheet_are_two():
    """Each has its own headings and kind."""
    received, decided = read_tables(
        lines(
            "Complaints received 2023-24,,,", "Authority Name,Housing,Planning & Development,Total", f"{KENT},1,2,3",
            ",,,", "Complaints decided 2023-24,,,", "Authority Name,Not upheld,Upheld,Total", f"{KENT},18,76,94",
            f"{SURREY},10,40,50",
        )
    )  # fmt: skip

    assert ((TableKind.RECEIVED,), (TableKind.DECIDED,)) == (received.kinds, decided.kinds)
    assert (1, 2) == (len(received), len(decided))
    assert ("Complaints received 2023-24", "Complaints decided 2023-24") == (received.title, decided.title)


def test_two_tables_side_by_side_are_two():
    """Each has its own column of councils."""
    source = lines(TITLE, f"{HEADS},,Council,Complied", f"{KENT},18,76,,{SURREY},5")

    assert {(KENT, YEAR): (18, 76), (SURREY, YEAR): (5,)} == figures(source)


def test_headings_may_be_repeated():
    """At a break of a page; a title of another year between them begins another table."""
    repeated = lines(TITLE, HEADS, f"{KENT},18,76", HEADS, f"{SURREY},10,40", "Total,28,116")
    years = lines(TITLE, HEADS, f"{KENT},18,76", "", "Complaints decided 2022-23", HEADS, f"{KENT},8,53")
    lost = lines(HEADS, f"{KENT},18,76", "", "Complaints decided 2022-23", HEADS, f"{KENT},8,53")

    table = read_table(repeated)
    assert (2, 1, ()) == (len(table), len(table.totals), audit(table))
    assert {(KENT, YEAR): (18, 76), (KENT, EARLIER): (8, 53)} == figures(years)
    with pytest.raises(UnreadableDocument):
        read_tables(lost)


def test_two_tables_that_disagree_are_refused():
    """The year of one of them must be another."""
    with pytest.raises(UnreadableDocument) as caught:
        read_tables(lines(HEADS, f"{KENT},18,76", "", "Another", HEADS.replace("Name", ""), f"{KENT},8,53"), year=YEAR)

    assert caught.value.problems


@pytest.mark.parametrize(
    "below",
    [
        ("", "Authority Name,Median days,Longest wait"),
        ("", "Some other table", "Area,Days,Weeks"),
        ("Change since 2022-23,,",),
        ("Percentages,,",),
        ("", "In 2019-20 it was different,,"),
    ],
)
def test_rows_under_words_that_are_not_understood_are_not_read(below):
    """They are told."""
    table = read_table(lines(TITLE, HEADS, f"{KENT},18,76", *below, f"{KENT},3,4", f"{SURREY},5,6"))

    assert [(18, 76)] == [row.figures for row in table]
    (problem,) = table.problems
    assert 4 <= problem.place.row


def test_a_title_of_a_part_or_of_others_is_refused():
    """A service, a stage of the council's own procedure, another ombudsman, a forecast, percentages."""
    for title in (
        "Complaints about adult social care decided 2023-24", "Housing: complaints decided 2023-24",
        "Stage 2 complaints 2023-24", "Housing Ombudsman determinations 2023-24", "Forecast of decisions 2023-24",
        "Decided 2023-24 (percent)", "Decided 2023-24: percentages",
    ):  # fmt: skip
        with pytest.raises(UnreadableDocument) as caught:
            read_table(lines(title, HEADS, f"{KENT},18,76"))
        assert [(1, title)] == [(problem.place.row, problem.value) for problem in caught.value.problems]
    for title in ("Local Government and Social Care Ombudsman: complaints decided 2023-24", "Planning team: 2023-24"):
        assert {(KENT, YEAR): (18, 76)} == figures(lines(title, HEADS, f"{KENT},18,76"))


@pytest.mark.parametrize("title", ["Percentages of complaints 2023-24", "Complaints upheld by area 2023-24"])
def test_a_title_of_other_figures_than_the_headings_is_refused(title):
    """What was upheld by service area is not what was received."""
    with pytest.raises(UnreadableDocument):
        read_table(lines(title, "Council,Housing,Planning", f"{KENT},18,76"))


# --- Rows that summarise


@pytest.mark.parametrize(
    "summary",
    [
        "Average,14,58", "Mean,14,58", "Median,14.5,58", "England average,14,58", "England,900,5000", "All councils,28,116",
        "County councils,900,5000", "South East,28,116", "Total,28,116", "Overall,28,116", "Similar authorities,30,60",
    ],
)  # fmt: skip
def test_rows_that_summarise_are_no_councils(summary):
    """Wherever they are; a benchmark larger than the rows checks nothing."""
    rows = [f"{KENT},18,76", f"{SURREY},10,40"]
    for place in range(3):
        table = read_table(lines(TITLE, HEADS, *rows[:place], summary, *rows[place:]))

        assert [KENT, SURREY] == [row.name for row in table]
        assert () == audit(table)
        assert () == table.problems


def test_a_wrong_total_is_found():
    """With its certainty."""
    wrong = read_table(lines(TITLE, HEADS, f"{KENT},18,76", f"{SURREY},10,40", "Total,28,117"))
    unread = read_table(lines(TITLE, HEADS, f"{KENT},18,76", ",1,1", f"{SURREY},10,40", "Total,28,117"))

    assert [Certainty.CERTAIN] == [finding.certainty for finding in audit(wrong)]
    assert [Certainty.LIKELY] == [finding.certainty for finding in audit(unread)]


def test_a_column_that_is_not_understood_may_explain_a_total():
    """It is named, and nothing is certain across it."""
    areas = "Adult Care Services,Benefits & Tax,Corporate & Other Services,Education & Children's Services,"
    areas += (
        "Environmental Services & Public Protection & Regulation,Highways & Transport,Housing,Planning & Development"
    )
    table = read_table(
        lines(
            "Complaints received 2023-24", f"Authority Name,{areas},Null,Other,Total", f"{KENT},1,2,3,4,5,6,7,8,2,9,47"
        )
    )

    assert ["Null"] == [note.text for note in table.unknown_columns] == [problem.value for problem in table.problems]
    assert [] == certain(table)


def test_a_column_without_a_heading_is_told():
    """Its figures may be of anything."""
    table = read_table(lines(TITLE, f"{HEADS},", f"{KENT},18,76,5"))

    assert ["column D has figures and no heading"] == [problem.reason for problem in table.problems]


# --- Names


def test_a_joint_row_is_of_neither_council():
    """Both are named, and their own rows are kept."""
    matched = read_table(lines(TITLE, HEADS, "Adur & Worthing,1,3", "Worthing,1,1", "Adur,0,2")).reviews(REGISTER)

    assert {"Worthing Borough Council": (1, 1), "Adur District Council": (2, 0)} == {
        review.authority.name: (review.investigations.upheld, review.investigations.not_upheld) for review in matched
    }
    (joint,) = matched.unmatched
    assert "Adur & Worthing" == joint.value
    assert all(name in joint.reason for name in ("Adur District Council", "Worthing Borough Council"))


def test_names_have_more_than_a_name():
    """Populations, marks of notes, breaks of lines."""
    table = read_table(
        [[TITLE], HEADS.split(","), ["Kent\nCounty Council (1,593,200)", 18, 76], [f"{SURREY}¹ [2]", 10, 40],
         ["Devon County Council (pop. 811,640)", 1, 2]]
    )  # fmt: skip

    assert [KENT, SURREY, "Devon County Council"] == [row.name for row in table]
    assert 3 == len(table.reviews(REGISTER))


# --- Figures


def test_a_mixed_scale_of_percentages_is_told():
    """And no figure is read on either."""
    table = read_table(lines("Compliance 2023-24", "Council,Compliance rate", "Kent,0.98", "Surrey,1", "Devon,100"))

    assert {Missing.UNREADABLE} == set(table.figures(F.COMPLIANCE_RATE))
    assert {"Compliance rate"} == {problem.place.column for problem in table.problems}


@pytest.mark.parametrize("cell", ["#REF!", "#DIV/0!", "#N/A", "Err:502", "#VALUE!"])
def test_errors_in_text_are_told(cell):
    """As in a workbook."""
    table = read_table(lines(TITLE, HEADS, f"{KENT},{cell},76", f"{cell},1,2"))

    assert [(Missing.UNREADABLE, 76)] == [row.figures for row in table]
    assert [cell, cell] == [problem.value for problem in table.problems]


# --- Forms


def test_tables_in_html_and_markdown_are_read():
    """A heading of the page is the title; cells may reach over several."""
    html = (
        f"<html><body><h1>{TITLE}</h1><table><tr><th>Authority Name</th><th>Not upheld</th><th>Upheld</th></tr>"
        f"<tr><td>{KENT}</td><td>18</td><td>76</td></tr></table></body></html>"
    )
    spans = (
        "<table><tr><th rowspan=2>Council</th><th colspan='2'>2022-23</th><th colspan=2>2023-24</th></tr><tr><th>Not upheld"
        "<th>Upheld<th>Not<br>upheld<th>Upheld</tr><tr><td>Kent<td>8<td>53<td>18<td>76</table>"
    )
    markdown = "| Authority Name | Not upheld | Upheld |\n|---|---|---|\n| Kent County Council | 18 | 76 |\n"

    assert {(KENT, YEAR): (18, 76)} == figures(html) == figures(markdown, year=YEAR)
    assert {(KENT, YEAR): (18, 76)} == figures(f"## {TITLE}\n\n{markdown}")
    assert {(KENT, YEAR): (18, 76)} == figures(f"{TITLE}\n{HEADS.replace(',', '|')}\n{KENT}|18|76\n")
    assert {("Kent", EARLIER): (8, 53), ("Kent", YEAR): (18, 76)} == figures(spans)
    assert 1 == len(read_any(html)[0])


# --- Workbooks


def saved(book):
    """Give the bytes of a workbook."""
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


MERGED = [["Council", "Year", "Not upheld", "Upheld"], [KENT, "2021-22", 5, 15], ["", "2022-23", 8, 53],
          ["", "2023-24", 18, 76], [SURREY, "2023-24", 10, 40]]  # fmt: skip


def ods_cell(cell, more=""):
    """Give a cell of an ODS."""
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"{more}><text:p>{cell}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}"{more}><text:p>{cell}</text:p></table:table-cell>'


def as_ods(rows, more="", columns=""):
    """Give an ODS of rows; the second cell of the first column has something more."""
    made = []
    for number, row in enumerate(rows):
        cells = [ods_cell(cell, more if number == 1 and not column else "") for column, cell in enumerate(row)]
        made.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    table = f'<table:table table:name="S">{columns}{"".join(made)}</table:table>'
    return sheets.ods_of(sheets.ods_content(table))


def test_names_that_are_merged_down_rows_are_filled():
    """In each kind of workbook; a figure that is merged is that of no row."""
    book = openpyxl.load_workbook(io.BytesIO(sheets.as_xlsx({"S": MERGED})))
    book["S"].merge_cells("A2:A4")
    old = xlwt.Workbook()
    page = old.add_sheet("S")
    for line, row in enumerate(MERGED):
        for column, cell in enumerate(row):
            if cell != "" and (line, column) != (1, 0):
                page.write(line, column, cell)
    page.write_merge(1, 3, 0, 0, KENT)
    wanted = {(KENT, ReportingYear(2022)): (5, 15), (KENT, EARLIER): (8, 53), (KENT, YEAR): (18, 76),
              (SURREY, YEAR): (10, 40)}  # fmt: skip

    for source in (saved(book), saved(old), as_ods(MERGED, ' table:number-rows-spanned="3"')):
        assert wanted == figures(source)
    book["S"].merge_cells("D2:D3")
    assert [(5, Missing.UNREADABLE), (8, Missing.UNREADABLE)] == [row.figures for row in read_table(saved(book))][:2]


def test_years_over_merged_cells_are_those_of_the_cells():
    """However far each reaches."""
    rows = [["", "2022-23", "", "2023-24"], ["Council", "Not upheld", "Upheld", "Upheld"], [KENT, 8, 53, 76]]
    book = openpyxl.load_workbook(io.BytesIO(sheets.as_xlsx({"S": rows})))
    book["S"].merge_cells("B1:C1")

    assert {(KENT, EARLIER): (8, 53), (KENT, YEAR): (Missing.BLANK, 76)} == figures(saved(book))


ERRORS = [["Council", "Not upheld", "Upheld"], [KENT, 18, "#REF!"], [SURREY, "=5+5", 40]]


def with_errors():
    """Give workbooks with an error and a formula without a value, of each kind."""
    book = openpyxl.load_workbook(io.BytesIO(sheets.as_xlsx({"2023-24": ERRORS})))
    book["2023-24"]["C2"].data_type, book["2023-24"]["B3"].data_type = "e", "f"
    old = xlwt.Workbook()
    page = old.add_sheet("2023-24")
    for line, row in enumerate(ERRORS):
        for column, cell in enumerate(row):
            page.write(line, column, xlwt.Formula("5+5") if cell == "=5+5" else cell)
    page.write(1, 3, 1)
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    rows = "".join(
        f"<table:table-row>{''.join(cells)}</table:table-row>"
        for cells in (
            map(ods_cell, ERRORS[0]),
            (ods_cell(KENT), ods_cell(18), (f'<table:table-cell {calc} table:formula="of:=B9" office:value-type="string" '
             'office:string-value="" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>')),
            (ods_cell(SURREY), '<table:table-cell table:formula="of:=5+5"/>', ods_cell(40)),
        )
    )  # fmt: skip
    open_document = sheets.ods_of(sheets.ods_content(f'<table:table table:name="2023-24">{rows}</table:table>'))
    return {"xlsx": saved(book), "xls": saved(old), "ods": open_document}


def test_a_formula_that_gives_an_empty_text_has_a_value():
    """A workbook from before 2007 names what calculated it last; one that only was written names nothing."""
    stream = records_of(with_errors()["xls"])
    sheet = stream.index(struct.pack("<HH", 0x85, len("2023-24") + 8))
    (place,) = struct.unpack_from("<I", stream, sheet + 4)
    calculated = struct.pack("<HHHHI", 0x1C1, 8, 0x1C1, 0, 1)
    moved = stream[: sheet + 4] + struct.pack("<I", place + len(calculated)) + stream[sheet + 8 :]
    states = [states_of_records(each)["2023-24"].texts for each in (stream, moved[:sheet] + calculated + moved[sheet:])]

    assert [[(2, 1)], []] == [sorted(texts) for texts in states]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_errors_and_formulas_without_a_value_are_told(kind):
    """With sheet, row and heading; no council is lost."""
    table = read_table(with_errors()[kind])

    assert [(18, Missing.UNREADABLE), (Missing.UNREADABLE, 40)] == [row.figures for row in table]
    assert [("2023-24", 2, "Upheld"), ("2023-24", 3, "Not upheld")] == [
        (problem.place.sheet, problem.place.row, problem.place.column)
        for problem in table.problems
        if problem.place.column
    ]


def test_errors_in_own_cases_are_told():
    """As if they were text."""
    rows = [["Ref", "Outcome", "Date"], ["19003456", "Upheld", "1 Oct 2019"], ["19003457", "#REF!", "#REF!"]]
    book = openpyxl.load_workbook(io.BytesIO(sheets.as_xlsx({"S": rows})))
    book["S"]["B3"].data_type = book["S"]["C3"].data_type = "e"

    with pytest.raises(InvalidValue) as caught:
        read_cases(saved(book), {"reference": "Ref", "outcome": "Outcome", "decided_on": "Date"}, REGISTER.find("Kent"))

    assert {(3, "Outcome"), (3, "Date")} == {(each.place.row, each.place.column) for each in caught.value.problems}


def test_what_is_hidden_is_read_and_told():
    """Rows, columns and sheets, in each kind of workbook."""
    rows = [HEADS.split(","), [KENT, 18, 76], [SURREY, 10, 40]]
    book = openpyxl.load_workbook(io.BytesIO(sheets.as_xlsx({"2023-24": rows, "Cover": [["x"]]})))
    book["2023-24"].row_dimensions[3].hidden = True
    book["2023-24"].column_dimensions["C"].hidden = True
    book["2023-24"].sheet_state = "hidden"
    old = xlwt.Workbook()
    page = old.add_sheet("2023-24")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            page.write(line, column, cell)
    page.row(2).hidden, page.col(2).hidden = True, True
    page.visibility = 1
    old.add_sheet("Cover")
    old.active_sheet = 1

    for source in (saved(book), saved(old)):
        table = read_table(source)
        assert [(18, 76), (10, 40)] == [row.figures for row in table]
        told = " ".join(problem.reason for problem in table.problems)
        assert all(words in told for words in ("sheet is hidden", "rows hidden", ", 3:", "columns hidden", ", C:"))
        assert {("2023-24", None)} == {(problem.place.sheet, problem.place.row) for problem in table.problems}


def test_percentages_that_are_shares_of_one():
    """In a workbook they are; 1 beside them is 100%."""
    table = read_table(lines("Compliance 2023-24", "Council,Compliance rate", "Kent,0.98", "Surrey,1"))

    assert (PrintedPercent(98), PrintedPercent(100)) == table.figures(F.COMPLIANCE_RATE)


def test_words_that_change_a_figure_are_known():
    """And those that change nothing."""
    assert is_neutral("Complaints and enquiries decided")
    assert not is_neutral("Average")
    assert alters("Percentage of complaints")
    assert not alters("Complaints decided and uphold rate")
    assert clashes("Complaints decided", F.HOUSING)
    assert not clashes("Complaints received", F.HOUSING)


def test_a_number_that_cannot_be_written_out_is_a_problem():
    """In any column; the other rows are read."""
    for row in (["Kent County Council", 10**6000], ["Kent County Council", -(10**6000)], [10**6000, 3]):
        table = read_table([["Council", "Upheld"], row, ["Essex County Council", 4]], year=ReportingYear(2024))

        assert 4 in table.figures("upheld")
        assert table.problems or "bits" in next(iter(table)).name


# --- What is no row, or is not where it belongs


def page(tables):
    """Give a page of HTML with tables."""
    return f"<html><body><h1>Complaints decided</h1>{tables}</body></html>"


def html_table(*rows):
    """Give a table in HTML, whose cells may have attributes."""
    cells = ("".join(f"<td>{cell}</td>" if not cell.startswith("<td") else cell for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


OWN_ROWS = (KENT, "18", "76")
HEAD_CELLS = tuple(HEADS.split(","))
TWICE = {(KENT, EARLIER): (8, 53), (SURREY, EARLIER): (9, 51), (KENT, YEAR): (18, 76), (SURREY, YEAR): (10, 40)}
ONE_ROW = {(KENT, YEAR): (18, 76)}
AS_MEANT = (
    # A name or a year is written once for the rows below it; the total rows are no councils.
    (
        lines("Council,Year,Not upheld,Upheld", f"{KENT},2022-23,8,53", ",2023-24,18,76", f"{SURREY},2022-23,9,51",
              ",2023-24,10,40", "Total,2022-23,17,104", ",2023-24,28,116"),
        TWICE,
    ),
    (
        lines("Year,Council,Not upheld,Upheld", f"2022-23,{KENT},8,53", f",{SURREY},9,51", ",Total,17,104",
              f"2023-24,{KENT},18,76", f",{SURREY},10,40", ",Total,28,116"),
        TWICE,
    ),
    # The mark of a note is no part of a number or a name.
    (
        page(html_table(HEAD_CELLS, (f"{KENT}<sup>a1</sup>", "18<sup>2</sup>", "76 <sup>[3]</sup>"))),
        {(f"{KENT} [a1]", YEAR): (18, 76)},
    ),
    (lines(TITLE, HEADS, f"{KENT}1,18,76"), ONE_ROW),
    # A table within a cell is another one, and so is the next on a page.
    (page(html_table(HEAD_CELLS, (KENT + html_table(("Pages", "9", "9")), "18", "76"))), ONE_ROW),
    (page(html_table((html_table(HEAD_CELLS, OWN_ROWS),))), ONE_ROW),
    (page(html_table(HEAD_CELLS, OWN_ROWS) + html_table(("Pages", "9", "9"))), ONE_ROW),
    (page(html_table(HEAD_CELLS, OWN_ROWS) + html_table(HEAD_CELLS, (SURREY, "1", "2"))), ONE_ROW | {(SURREY, YEAR): (1, 2)}),
    (
        page("<h2>2022-23</h2>" + html_table(HEAD_CELLS, (KENT, "8", "53"))
             + f"<h2>2023-24</h2>{html_table(HEAD_CELLS, OWN_ROWS)}".replace("<table>", "<table><caption>Decided</caption>")),
        {(KENT, EARLIER): (8, 53)} | ONE_ROW,
    ),
    (page(html_table(("Code", *HEAD_CELLS), ("E10000016", *OWN_ROWS), ("<td colspan=2>Total</td>", "18", "76"))), ONE_ROW),
    # Lines below a table, and a title below a note, are not rows.
    (lines(TITLE, HEADS, f"{KENT},18,76", "", "Source: the Ombudsman,2024", "1,The council had 3 more", "Printed on,2024"), ONE_ROW),
    (
        lines(f"{TITLE}", HEADS, f"{KENT},18,76", "Note 1: provisional.", "Complaints received 2022-23 [note 1]",
              "Council,Housing,Total", f"{SURREY},1,2"),
        ONE_ROW | {(SURREY, EARLIER): (1, 2)},
    ),
    # At a break of a page the headings are repeated below a note, without the years above them.
    (
        lines("Decided", ",,2022-23,,2023-24,", "Council,Rank,Not upheld,Upheld,Not upheld,Upheld", f"{KENT},1,8,53,18,76",
              "In 2019-20 the counting changed.", "Council,Rank,Not upheld,Upheld,Not upheld,Upheld", f"{SURREY},2,9,51,10,40"),
        TWICE,
    ),
    # Words between rows say that what is below is of another year; an error is no heading.
    (lines(TITLE, HEADS, f"{KENT},18,76", "", "Previous year", f"{KENT},8,53"), ONE_ROW),
    (lines(TITLE, HEADS, f"{SURREY},#VALUE!,Err:502", f"{KENT},18,76"), ONE_ROW | {(SURREY, YEAR): (Missing.UNREADABLE,) * 2}),
    # A comma within a number shifts what is after it.
    (lines(TITLE, HEADS, f"{SURREY},1,018,2,076", f"{KENT},18,76"), ONE_ROW),
    # Markdown without pipes at its sides, with a blank name; with links and emphasis; Excel's word on what parts cells.
    (lines(TITLE, HEADS.replace(",", " | "), "--- | ---: | :---:", " | 1 | 2", f"{KENT} | 18 | 76"), ONE_ROW),
    (lines(TITLE, f"|{HEADS.replace(',', '|')}|", "|--|--|--|", f"| [{KENT}](https://a.b/c) | *18* | `76` |"), ONE_ROW),
    (lines("sep=;", TITLE, HEADS.replace(",", ";"), f"{KENT};18;76"), ONE_ROW),
)  # fmt: skip


def test_what_is_no_row_is_none():
    """Each figure is that of the council and the year that a careful person would say."""
    for source, expected in AS_MEANT:
        assert expected == figures(source, year=YEAR), source


def test_parts_of_a_year_are_no_year():
    """Whatever year the title has beside them."""
    for part in (
        "Q1 2023-24",
        "2023-24 to date",
        "2023-24 (to 31 December)",
        "2023-24, until the end of June",
        "2023-24 so far",
    ):
        with pytest.raises(UnreadableDocument):
            read_tables(lines(f'"Complaints decided {part}"', HEADS, f"{KENT},18,76"), year=YEAR)


def test_a_sheet_may_be_named_after_another_year():
    """A title that has another year than the only table's sheet leaves the year open; one of two tables has its own."""
    rows = [["Complaints decided 2022-23"], HEADS.split(","), [KENT, 8, 53]]
    for name in ("2023-24", "23-24", "2023 to 2024"):
        book = sheets.as_xlsx({name: rows})

        assert [{(KENT, year): (8, 53)} for year in (EARLIER, YEAR)] == [
            figures(book, year=year) for year in (EARLIER, YEAR)
        ]
        with pytest.raises(UnreadableDocument):
            read_tables(book)
        both = sheets.as_xlsx({name: [*rows, [], [TITLE], HEADS.split(","), [KENT, 18, 76]]})
        assert {(KENT, EARLIER): (8, 53)} | ONE_ROW == figures(both, year=YEAR)
        assert {(KENT, YEAR): (8, 53)} == figures(sheets.as_xlsx({name: rows[1:]}), year=LATER)


def test_a_blank_below_a_year_is_not_the_year_that_is_given():
    """It may be the one above, or another; where no year is there at all, it is the one given."""
    heads = "Council,Year,Not upheld,Upheld"
    unclear = lines(heads, f"{KENT},2022-23,8,53", f"{SURREY},,9,51", f"{KENT},2022-23,1,2")

    assert {(KENT, EARLIER), (SURREY, None)} == {(row.name, row.year) for row in read_table(unclear, year=YEAR)}
    assert {(KENT, YEAR): (8, 53)} == figures(lines(heads, f"{KENT},,8,53"), year=YEAR)


def test_a_table_of_another_council_is_told():
    """A title that names another than the council given is a problem, and rows of several are refused."""
    rows = ["Year,Not upheld,Upheld", "2022-23,8,53", "2023-24,18,76"]
    [table] = read_tables(lines(f"{SURREY}: complaints decided", *rows), council="Kent")
    [other] = read_tables(lines(f"{KENT}: complaints decided", *rows), council="Kent")

    assert [(1, SURREY)] == [(problem.place.row, problem.value) for problem in table.problems]
    assert () == other.problems


# --- Other layouts


BOTH = {(KENT, YEAR): (18, 76), (SURREY, YEAR): (10, 40)}
LAYOUTS = (
    # Councils across, with their total, a row that is not understood, and a note.
    (
        lines(TITLE, f"Outcome,{KENT},{SURREY},Total", "Not upheld,18,10,28", "Withdrawn,1,2,3", "Upheld,76,40,116", "",
              "Note: provisional"),
        BOTH,
    ),
    (lines(TITLE, f",{KENT},{SURREY}", "Not upheld,18,10", "Upheld,76,40", "Percentages", "Not upheld,19,20", "Upheld,81,80"), BOTH),
    # A column names the measure; the council may be named once for several.
    (lines(TITLE, "Council,Outcome,Number", f"{KENT},Not upheld,18", ",Upheld,76", f"{SURREY},Not upheld,10", ",Upheld,40"), BOTH),
    (
        lines("Council,Year,Measure,Value", *(f"{name},{year},{measure},{figures[number]}" for (name, year), figures in
              TWICE.items() for number, measure in enumerate(("Not upheld", "Upheld")))),
        TWICE,
    ),
    # The title names the measure.
    (
        lines("Upheld decisions", "Council,2022-23,2023-24,Change", f"{KENT},53,76,23", "Average,50,60,10"),
        {(KENT, EARLIER): (53,), (KENT, YEAR): (76,)},
    ),
    # The years of a council below its name.
    (
        lines("Decided", "Year,Not upheld,Upheld", KENT, "2022-23,8,53", "2023-24,18,76", SURREY, "2022-23,9,51", "2023-24,10,40"),
        TWICE,
    ),
    (
        lines(KENT, "Year,Not upheld,Upheld", "2022-23,8,53", "2023-24,18,76", "", SURREY, "Year,Not upheld,Upheld",
              "2022-23,9,51", "2023-24,10,40"),
        TWICE,
    ),
)  # fmt: skip


def test_other_layouts_are_laid_out_as_the_usual_one():
    """Whatever goes across or down, each figure has its council, its year and its measure."""
    for source, expected in LAYOUTS:
        assert expected == figures(source), source


def test_years_across_have_a_total_and_numbers_beside_percentages():
    """The total is no year, and neither is what has no year above it."""
    across = lines(",2022-23,2023-24,Total,Change", "Not upheld,8,18,26,10", "Upheld,53,76,129,23")
    [table] = read_tables(across, council=KENT)
    doubled = lines(",2022-23,,2023-24,", ",Number,%,Number,%", "Not upheld,8,13%,18,19%", "Upheld,53,87%,76,81%")

    assert [(EARLIER, (8, 53)), (YEAR, (18, 76))] == [(row.year, row.figures) for row in table]
    assert [(26, 129)] == [row.figures for row in table.totals]
    assert {None} == {row.line for row in (*table, *table.totals)}
    assert {(KENT, EARLIER): (8, 53), (KENT, YEAR): (18, 76)} == {
        place: own for place, own in figures(doubled, council=KENT).items() if place[1] is not None
    }


PARTS = (
    lines(TITLE, "Council,Service,Not upheld,Upheld", f"{KENT},Housing,1,2", ",Planning,3,4"),
    # Of each subject, what was upheld: these are no complaints received.
    lines(TITLE, "Council,Service area,Upheld,Not upheld", f"{KENT},Housing,1,2", f"{KENT},Planning,3,4"),
    lines(TITLE, "Council,Service area,Upheld", f"{KENT},Housing,1", f"{KENT},Planning,3"),
    lines(",2022-23,,2023-24,", ",Upheld,Not upheld,Upheld,Not upheld", "Housing,1,2,3,4", "Planning,5,6,7,8"),
    # Two figures of one thing, two measures, two years of each council.
    lines(TITLE, "Council,Outcome,Number", f"{KENT},Upheld,1", f"{KENT},Upheld,2", f"{KENT},Not upheld,3"),
    lines(TITLE, "Council,Outcome,Number,Average", f"{KENT},Upheld,1,2", f"{KENT},Not upheld,3,4"),
    lines("Upheld and not upheld", "Council,2022-23,2023-24", f"{KENT},53,76"),
    lines(f",{KENT},,{SURREY},", ",2022-23,2023-24,2022-23,2023-24", "Not upheld,8,18,9,10", "Upheld,53,76,51,40"),
    lines("Year,Not upheld,Upheld", "Kent", "2022-23,8,53", "Surrey", "2022-23,9,51"),
)


def test_rows_below_other_words_are_not_of_the_council_above():
    """They are of what the words say, which a register knows or not; a note says nothing."""
    source = lines("Year,Not upheld,Upheld", KENT, "2022-23,8,53", SURREY, "2022-23,9,51", "Devon", "2023-24,1,2",
                   "Note: provisional", "2022-23,3,4")  # fmt: skip

    assert {
        (KENT, EARLIER): (8, 53), (SURREY, EARLIER): (9, 51), ("Devon", YEAR): (1, 2), ("Devon", EARLIER): (3, 4),
    } == figures(source)  # fmt: skip


def test_parts_of_figures_are_refused():
    """What is down or across may be parts of a figure, or figures of several things."""
    for source in PARTS:
        with pytest.raises(UnreadableDocument):
            read_tables(source, year=YEAR, council=KENT)
