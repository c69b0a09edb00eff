"""
The law of noisy tables: a table with any real kind of mess in it is read back to the same figures, or refused.

What a careful person would not read may be left out and told; no figure is ever that of another council, year or field.
"""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import sheets

from lgsco import ReportingYear
from lgsco.documents import Missing, TableField
from lgsco.errors import UnreadableDocument
from lgsco.readers import read_tables

F = TableField
NAMES = (
    "Kent County Council",
    "Surrey County Council",
    "London Borough of Barnet",
    "Durham",
    "Adur & Worthing",
    "Three Rivers",
)
KINDS = (
    ("Complaints decided", ((F.NOT_UPHELD, "Not upheld"), (F.UPHELD, "Upheld"), (F.DECIDED, "Total decided"))),
    ("Complaints received", ((F.HOUSING, "Housing"), (F.PLANNING_AND_DEVELOPMENT, "Planning & Development"), (F.RECEIVED, "Total"))),  # noqa: E501  # one kind of table a line
    ("Compliance outcomes", ((F.COMPLIED, "Complied"), (F.NOT_COMPLIED, "Not complied"), (F.COMPLIANCE_RATE, "Compliance rate (%)"))),  # noqa: E501  # one kind of table a line
)  # fmt: skip
TOTALS = ("Total", "Grand total", "England", "All councils", "South East", "County councils", "Average", "Median")
NOTES = (
    "Note 1: figures are provisional.", "Source: the Ombudsman", "In 2019-20 the way of counting changed.",
    "Figures for 2021-22 were published in 2022-23.", "County councils", "Change", "Percentages", "Quarter 1",
)  # fmt: skip
EXTRA = (
    "Rank",
    "Null",
    "Change",
    "",
    "Withdrawn",
    "Upheld Q1",
    "Average",
    "Uphold rate of similar councils (2020)",
    "Q1",
)
DRAWS = settings(max_examples=settings().max_examples)


@attrs.frozen
class Messy:
    """The rows of a messy sheet, the year that is given, and what its figures are, by name, year and field."""

    rows: list
    year: ReportingYear | None
    figures: dict


def _written(draw, field, figure):
    """Write a figure in one of the ways that people do."""
    if field is F.COMPLIANCE_RATE:
        return draw(st.sampled_from((f"{figure}%", figure)))
    return draw(st.sampled_from((figure, str(figure), f"{figure:,}", f"{figure} [r]", f" {figure} ")))


@st.composite
def messy(draw):  # noqa: C901, PLR0912  # each kind of mess has its branch
    """Draw figures, and a sheet that says so among all else."""
    figures, rows = {}, []
    given = draw(st.none() | st.integers(2020, 2025).map(ReportingYear))
    for title, columns in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2, unique=True)):
        years = draw(st.lists(st.integers(2020, 2025).map(ReportingYear), min_size=1, max_size=3, unique=True))
        extra = draw(st.lists(st.sampled_from(EXTRA), max_size=1))
        names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
        layout = draw(st.sampled_from(("beside", "within", "column", "sections", "one")))
        years = years[:1] if layout == "one" else years
        heads = [heading for _, heading in columns]
        noted = draw(st.sampled_from(("", " [note 1]", " (provisional)")))
        rows += [[]] * draw(st.integers(0, 2))
        rows.append([title + (f" {years[0]}" if layout == "one" else "") + noted])
        rows += [[draw(st.sampled_from(NOTES[:3]))]] * draw(st.integers(0, 1))
        above, line = [], ["Authority Name"]
        if layout == "beside":
            above = [["", *(cell for year in years for cell in (str(year), *[""] * (len(heads) - 1)))]]
            line += heads * len(years)
        elif layout == "within":
            line += [f"{head} {year}" for year in years for head in heads]
        else:
            line += [*(["Year"] if layout == "column" else []), *heads]
        at = draw(st.integers(1, len(line)))
        line[at:at] = extra
        for each in above:
            each[at:at] = [""] * len(extra)
        rows += [*above, line]
        body = []

        def cells(name, year, columns=columns):
            of_row = []
            for field, _ in columns:
                figure = draw(st.integers(2, 99) if field is F.COMPLIANCE_RATE else st.integers(0, 3000))
                figures[name, year, field] = figure
                of_row.append(_written(draw, field, figure))
            return of_row

        if layout in ("beside", "within"):
            body = [[name, *(cell for year in years for cell in cells(name, year))] for name in names]
        elif layout == "sections":
            for year in years:
                body += [[str(year)], *([name, *cells(name, year)] for name in names)]
        else:
            for name in names:
                body += [[name, *([str(year)] if layout == "column" else []), *cells(name, year)] for year in years]
        for row in body:
            if len(row) > 1:
                row[at:at] = [draw(st.integers(0, 50))] * len(extra)
        for _ in range(draw(st.integers(0, 3))):
            place = draw(st.integers(0, len(body)))
            width = len(line) - 1
            body[place:place] = draw(
                st.sampled_from((
                    [[]],
                    [[draw(st.sampled_from(NOTES))]],
                    [[draw(st.sampled_from(TOTALS)), *draw(st.lists(st.integers(0, 90), min_size=width, max_size=width))]],  # noqa: E501  # one kind of table a line
                    [list(line)],
                    [["Nobody", *["n/a"] * width]],
                ))
            )  # fmt: skip
        rows += body
    indent = draw(st.integers(0, 1))
    return Messy([[*[""] * indent, *row] for row in rows], given, figures)


@DRAWS
@given(messy(), st.sampled_from(("rows", "csv", "xlsx")))
def test_a_messy_table_is_read_as_it_is_or_refused(sheet, kind):
    """No figure is ever that of another council, year or field."""
    written = {
        "rows": lambda: sheet.rows,
        "csv": lambda: sheets.as_csv(sheet.rows),
        "xlsx": lambda: sheets.as_xlsx({"S": sheet.rows}),
    }
    try:
        tables = read_tables(written[kind](), year=sheet.year)
    except UnreadableDocument:
        return
    for table in tables:
        for row in table:
            for field, figure in zip(row.fields, row.figures, strict=True):
                if row.year is not None and not isinstance(figure, Missing):
                    wanted = sheet.figures.get((row.name, row.year, field))
                    assert wanted == (figure if isinstance(figure, int) else figure.value)
