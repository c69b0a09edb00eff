"""
Laws of published tables.

- What is written in any layout and style, as a file of any kind, is read back as it was.
- Whatever is given, a table is read or the file is refused with a reason.
- A cell that is no figure is listed with its place, and costs no other.
- Every row becomes the counts of a council, or is listed with the reason; and what it prints can be audited.
- A printed total that its parts do not make is told, and no other.
"""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import sheets
from tests.support.tables import each_of

from lgsco import PrintedPercent, ReportingYear, audit, published, strategies
from lgsco.documents import Missing
from lgsco.errors import UnreadableDocument
from lgsco.readers import Bounds, read_table, read_tables

YEAR = ReportingYear(2024)
FEW = settings(max_examples=max(settings().max_examples // 2, 10))
WRITERS = {
    "rows": lambda rows: rows,
    "text": sheets.as_text,
    "csv": sheets.as_csv,
    "csv with a mark": lambda rows: sheets.as_csv(rows, "utf-8-sig"),
    "csv in utf-16": lambda rows: sheets.as_csv(rows, "utf-16", line_ends="\n"),
    "csv with semicolons": lambda rows: sheets.as_csv(rows, delimiter=";"),
    "csv with tabs": lambda rows: sheets.as_csv(rows, delimiter="\t"),
    "xlsx": lambda rows: sheets.as_xlsx({"Data": rows}),
    "xls": lambda rows: sheets.as_xls({"Data": rows}),
    "ods": lambda rows: sheets.as_ods({"Data": rows}),
}


def said(table):
    """Give what a table says, as the support has it."""
    return {
        "names": tuple(row.name for row in table),
        "years": tuple(row.year for row in table),
        "codes": tuple(row.code for row in table),
        "columns": tuple((field, table.figures(field)) for field in table.fields),
    }


def meant(held):
    """Give what was to be said."""
    return {
        "names": held.names,
        "years": held.years,
        "codes": held.codes or (None,) * len(held.names),
        "columns": tuple(zip(held.layout.fields, held.figures, strict=True)),
    }


@each_of("kind", WRITERS)
@FEW
@given(data=st.data(), held=sheets.sheets())
def test_what_is_written_is_read_back(kind, data, held):
    """Any table, in any layout and style, is read as it was written, and nothing in it is a problem."""
    style = data.draw(sheets.styles(held))
    written = WRITERS[kind](sheets.rows_of(held, style))

    table = read_table(written, year=held.years[0] if style.year_in == "given" else None)

    assert meant(held) == said(table)
    assert [note.text for note in table.unknown_columns] == [problem.value for problem in table.problems]
    assert style.unknown == bool(table.unknown_columns)
    assert ["All councils"] * style.total == [row.name for row in table.totals]


@each_of("kind", ["csv", "csv in utf-16", "xlsx", "xls", "ods"])
@FEW
@given(data=st.data(), held=sheets.sheets())
def test_a_damaged_file_is_read_or_refused(kind, data, held):
    """Bytes that are changed, lost or doubled, within the parts of an archive too, end in values or in our error."""
    written = WRITERS[kind](sheets.rows_of(held, data.draw(sheets.styles(held))))
    if kind in ("xlsx", "ods") and data.draw(st.booleans()):
        parts = sheets.unzipped(written)
        name = data.draw(st.sampled_from([name for name in sorted(parts) if "theme" not in name]))
        written = sheets.zipped({**parts, name: damaged(data, parts[name])})
    else:
        written = damaged(data, written)

    read_or_refused(written, held.years[0])


@FEW
@given(st.binary(max_size=300), st.sampled_from((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe")))
def test_any_bytes_are_read_or_refused(source, mark):
    """Whatever mark they begin with."""
    read_or_refused(mark + source)


CELLS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates() | st.decimals()


@FEW
@given(
    st.lists(
        st.lists(CELLS | st.sampled_from(("Council", "Upheld", "Year", "Code", "Total", "Uphold rate")), max_size=5)
    )
)
def test_any_rows_are_read_or_refused(rows):
    """Whatever stands in them."""
    read_or_refused([["Council", "Upheld", "Uphold rate", "Year", "Code"], *rows])
    read_or_refused(rows)


def damaged(data, source):
    """Change some bytes."""
    at = data.draw(st.integers(0, max(len(source) - 1, 0)))
    put = data.draw(
        st.binary(max_size=6) | st.sampled_from((b"\xff\xff\xff\xff", b"99999999", b"-1", source[at : at + 40] * 2))
    )
    lost = data.draw(st.integers(0, 12))
    return source[:at] + put + source[at + lost :]


ISOLATED = Bounds(isolate=True, worker_bytes=500_000_000)
"""A few bytes may have the library that reads workbooks ask for more memory than there is."""


def read_or_refused(source, year=YEAR):
    """Read it, and see that the tables hold together; or see that it is refused with what it lacks."""
    try:
        tables = read_tables(source, year=year, bounds=ISOLATED)
    except UnreadableDocument as error:
        refusal = error
    else:
        assert all(len(table) == len(table.rows) for table in tables)
        return
    assert refusal.missing


@given(data=st.data(), held=sheets.sheets())
def test_a_cell_that_is_no_figure_costs_no_other(data, held):
    """It is listed with its place, and all that stands beside it is read."""
    style = attrs.evolve(data.draw(sheets.styles(held)), total=False)
    row = data.draw(st.integers(0, len(held.names) - 1))
    column = data.draw(st.integers(0, len(held.layout.fields) - 1))
    rows = sheets.rows_of(held, style)
    first = next(at for at, cells in enumerate(rows) if sheets.hard(held.names[0]) in map(sheets.hard, cells))
    before = 1 + style.blank_columns + (held.codes is not None) + (style.year_in == "column")
    rows[first + row][before + column] = "about seven"
    field = held.layout.fields[column]

    table = read_table(rows, year=held.years[0] if style.year_in == "given" else None)

    (problem,) = (problem for problem in table.problems if problem.place.row is not None)
    assert (first + row + 1, "about seven") == (problem.place.row, problem.value)
    assert table.columns[column].heading == problem.place.column
    kept = [list(figures) for figures in held.figures]
    kept[column][row] = Missing.UNREADABLE
    expected = dict(zip(held.layout.fields, map(tuple, kept), strict=True))
    if field.holds is PrintedPercent:
        # Without this cell the column may no longer say whether it holds shares.
        expected.pop(field)
    assert expected == {field: table.figures(field) for field in table.fields if field in expected}


@given(data=st.data(), held=sheets.sheets())
def test_a_wrong_total_is_told_and_no_other(data, held):
    """The sums that are written are right, until one is not."""
    style = attrs.evolve(data.draw(sheets.styles(held)), total=True, marks="", thousands=False)
    year = held.years[0] if style.year_in == "given" else None
    rows = sheets.rows_of(held, style)
    (line,) = [
        at for at, cells in enumerate(rows) if "All councils" in [str(cell).replace("\xa0", " ") for cell in cells]
    ]
    rows[line] = ["Total" if str(cell).replace("\xa0", " ") == "All councils" else cell for cell in rows[line]]
    down = [wrong for wrong in read_table(rows, year=year).wrong_totals if wrong.down]
    counted = [at for at, cell in enumerate(rows[line]) if type(cell) is int]

    assert [] == down
    for at in counted[:1]:
        rows[line][at] += 1
        wrong = [one for one in read_table(rows, year=year).wrong_totals if one.down]
        whole = all(type(figure) is int for figure in held.figures[counted.index(at)])

        assert [(line + 1, rows[line][at], rows[line][at] - 1)] * whole == [
            (one.line, one.stated, one.added) for one in wrong
        ]


REGISTER = published.register()
SOME = st.sampled_from(("Kent County Council", "Bexley", "Cumbria", "Dorset Council", "Nobody", "St. Helens", "Durham"))


@given(strategies.published_tables(names=SOME, years=strategies.reporting_years(min_ending=2015, max_ending=2026)))
def test_every_row_is_matched_or_listed(table):
    """No row is lost, none is counted twice, and the figures printed can be audited, whatever they are."""
    matched = table.reviews(REGISTER)
    keys = [(review.authority, review.year) for review in matched]

    assert len(table) == len(matched) + len(matched.unmatched)
    assert len(set(keys)) == len(keys)
    assert sum(row.year is not None for row in table) == len(table.printed())
    assert all(str(finding) for finding in audit(table.printed()))
