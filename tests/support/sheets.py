"""
Published spreadsheets to test the reader with, in each layout that we believe there is, as CSV, XLSX, XLS and ODS.

No real spreadsheet was at hand: the layouts are assumed, but for headings that newspapers and councils quote.
"""

import csv
import io
import zipfile
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

import attrs
import openpyxl
import xlwt
from hypothesis import strategies as st

from lgsco import PrintedPercent, ReportingYear
from lgsco.documents import Missing, TableField
from lgsco.readers.cells import INSTEAD
from lgsco.readers.headings import HEADINGS, summary_of
from lgsco.readers.scanner import without_marks
from lgsco.strategies import names, reporting_years

F = TableField
AREAS = tuple(field for field in F if field.kind is F.HOUSING.kind)
OUTCOMES = (
    F.INVALID_OR_INCOMPLETE,
    F.ADVICE_GIVEN,
    F.REFERRED_BACK,
    F.CLOSED_AFTER_INITIAL_ENQUIRIES,
    F.NOT_UPHELD,
    F.UPHELD,
)


@attrs.frozen
class Layout:
    """What a sheet's title says before the year, and its columns from left to right after the council's."""

    title: str
    fields: tuple[TableField, ...]


LAYOUTS = (
    Layout("Complaints received", AREAS),
    Layout("Complaints decided", (*OUTCOMES, F.DECIDED)),
    Layout("Complaints decided", (*OUTCOMES, F.UPHOLD_RATE, F.UPHOLD_AVERAGE, F.DECIDED)),
    Layout("Complaints decided", (F.UPHELD, F.NOT_UPHELD, F.UPHOLD_RATE, F.UPHELD_PER_100K, F.UPHELD_PER_100K_AVERAGE)),
    Layout("Complaints overview", (F.DEALT_WITH, F.NOT_FOR_US, F.ASSESSED_AND_CLOSED, F.INVESTIGATED, F.UPHELD)),
    Layout(
        "A council's own table",
        (F.INVESTIGATED, F.UPHELD, F.NOT_UPHELD, F.NOT_INVESTIGATED, F.DEALT_WITH, F.UPHOLD_RATE),
    ),
    Layout(
        "Remedy and compliance outcomes",
        (
            F.COMPLIED_ON_TIME,
            F.COMPLIED_LATE,
            F.NOT_COMPLIED,
            F.COMPLIANCE_OUTCOMES,
            F.COMPLIANCE_RATE,
            F.COMPLIANCE_AVERAGE,
        ),
    ),
    Layout(
        "Remedy outcomes", (F.UPHELD, F.SATISFACTORY_REMEDIES, F.REMEDIED_BY_OMBUDSMAN, F.REMEDY_RATE, F.REMEDY_AVERAGE)
    ),
    Layout("Received and decided", (*AREAS, *OUTCOMES, F.DECIDED)),
)
# What a total is called where the columns beside it say whose it is.
PLAIN_TOTALS = {
    F.RECEIVED: F.HOUSING,
    F.DECIDED: F.UPHELD,
    F.DEALT_WITH: F.NOT_INVESTIGATED,
    F.COMPLIANCE_OUTCOMES: F.NOT_COMPLIED,
}
BODIES = (
    "Barsetshire County Council",
    "Bournemouth, Christchurch and Poole Council",
    "London Borough of Hammersmith & Fulham",
    "King\N{RIGHT SINGLE QUOTATION MARK}s Lynn & West Norfolk Council",
    "Allerdale Borough Council",
    "Example Care Homes (UK) Limited",
    "Kent; Medway",
    "=SUM(A1:A9)",
    "Durham",
    "Børchester City Council",
)


@attrs.frozen(kw_only=True)
class Held:
    """What a sheet is to say: whose figures, of which years, and the figures of each column."""

    layout: Layout
    names: tuple[str, ...]
    codes: tuple[str | None, ...] | None
    years: tuple[ReportingYear, ...]
    figures: tuple[tuple[object, ...], ...]
    """For each field of the layout, the figures of every row."""


@attrs.frozen(kw_only=True)
class Style:
    """How it is written, and what is done to it."""

    headings: tuple[str, ...]
    """Of the name, the code, the year, and each field."""
    instead: dict = attrs.field(factory=dict, hash=False)
    titles: int = 1
    blank_rows: int = 0
    blank_columns: int = 0
    notes: tuple[str, ...] = ()
    year_in: str = "title"
    year_form: str = "short"
    two_lines: bool = False
    thousands: bool = False
    as_text: bool = False
    marks: str = ""
    hard_spaces: bool = False
    percent: str = "plain"
    unknown: bool = False
    total: bool = False


def year_as(year, form):
    """Write a year."""
    first, last = year.ending - 1, year.ending
    return {
        "short": f"{first}-{last % 100:02}",
        "slash": f"{first}/{last % 100:02}",
        "long": f"{first} - {last}",
        "dash": f"{first}\N{EN DASH}{last % 100:02}",
        "days": f"1 April {first} to 31 March {last}",
        "ending": f"Year ending 31 March {last}",
    }[form]


YEAR_FORMS = ("short", "slash", "long", "dash", "days", "ending")


def figure_as(figure, style, column):
    """Write a cell."""
    if isinstance(figure, Missing):
        return style.instead.get(figure, INSTEAD[figure][0])
    if isinstance(figure, PrintedPercent):
        if style.percent == "share" and any(type(one) is PrintedPercent and 0 < one.value < 100 for one in column):
            cell = float(Decimal(figure.value) / 100)
        elif style.percent == "sign":
            return f"{figure.value}%"
        else:
            cell = figure.value if isinstance(figure.value, int) else float(figure.value)
    elif isinstance(figure, Decimal):
        cell = float(figure)
    else:
        cell = f"{figure:,}" if style.thousands else figure
    return f"{cell}{style.marks}" if style.as_text or style.marks else cell


def rows_of(held, style):
    """Lay the sheet out as rows of cells."""
    heads = [style.headings[0]]
    body = [[name] for name in held.names]
    if held.codes is not None:
        heads.append(style.headings[1])
        for row, code in zip(body, held.codes, strict=True):
            row.append(code or "")
    if style.year_in == "column":
        heads.append(style.headings[2])
        for row, year in zip(body, held.years, strict=True):
            row.append(year_as(year, style.year_form))
    for heading, column in zip(style.headings[3:], held.figures, strict=True):
        heads.append(heading)
        for row, figure in zip(body, column, strict=True):
            row.append(figure_as(figure, style, column))
    if style.unknown:
        heads.append("Rank among its neighbours")
        for number, row in enumerate(body):
            row.append(number)
    if style.total:
        sums = [sum(figure for figure in column if type(figure) is int) for column in held.figures]
        body.append(
            ["All councils", *[""] * (len(heads) - 1 - len(sums) - style.unknown)]
            + [count if field.holds is int else "" for count, field in zip(sums, held.layout.fields, strict=True)]
            + [""] * style.unknown
        )
    above = []
    if style.titles:
        year = f" {year_as(held.years[0], style.year_form)}" if style.year_in == "title" else ""
        above.append([f"{held.layout.title}{year}"])
        above += [["Source: the Ombudsman. A dash stands for none that is known."]] * (style.titles - 1)
    lines = broken(heads) if style.two_lines else [heads]
    rows = [*above, *[[]] * style.blank_rows, *lines, *body]
    rows += [[], *[[note] for note in style.notes]] if style.notes else []
    rows = [[*[""] * style.blank_columns, *row] for row in rows]
    return [[hard(cell) for cell in row] for row in rows] if style.hard_spaces else rows


def broken(heads):
    """Break each heading after its first word onto a second line."""
    parted = [heading.partition(" ") for heading in heads]
    return [[first for first, _, _ in parted], [rest for _, _, rest in parted]]


def hard(cell):
    """Write spaces as hard ones."""
    return cell.replace(" ", "\N{NO-BREAK SPACE}") if isinstance(cell, str) else cell


# --- Files


def as_text(rows, delimiter=",", line_ends="\r\n"):
    """Write rows as text."""
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter, lineterminator=line_ends).writerows(rows)
    return made.getvalue()


def as_csv(rows, encoding="utf-8", **how):
    """Write rows as the bytes of text."""
    return as_text(rows, **how).encode(encoding)


def as_xlsx(sheets):
    """Write sheets, by name, as XLSX."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row, 1):
                if cell != "":
                    written = sheet.cell(at, column)
                    written.value = cell
                    if isinstance(cell, str):
                        written.data_type = "s"  # nothing is a formula here
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def as_xls(sheets):
    """Write sheets, by name, as XLS."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    sheet.write(at, column, cell)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_MIME = "application/vnd.oasis.opendocument.spreadsheet"


def ods_content(tables):
    """Write the part of an ODS that holds its tables, given as XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.3"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def ods_of(content):
    """Pack the content of an ODS."""
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return zipped({"mimetype": _MIME, "content.xml": content, "META-INF/manifest.xml": manifest})


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """Pack parts, by name."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()


def unzipped(source):
    """Give the parts of an archive, by name."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_ods(sheets):
    """Write sheets, by name, as ODS, with the rows and columns that stand for all that are blank."""
    tables = []
    for name, rows in sheets.items():
        lines = []
        for row in rows:
            cells = "".join(map(_ods_cell, row))
            lines.append(
                f'<table:table-row>{cells}<table:table-cell table:number-columns-repeated="{16_384 - len(row)}"/>'
                "</table:table-row>"
            )
        lines.append(
            f'<table:table-row table:number-rows-repeated="{1_048_576 - len(rows)}">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        )
        tables.append(f"<table:table table:name={quoteattr(name)}>{''.join(lines)}</table:table>")
    return ods_of(ods_content("".join(tables)))


def _ods_cell(cell):
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
    )


# --- What is drawn


def _printable(name):
    return without_marks(name)[0] == name and summary_of(name) is None


COUNCILS = st.sampled_from(BODIES) | names().filter(_printable)
_STATES = [state for state in Missing if state is not Missing.UNREADABLE]
_CODES = st.sampled_from(("E10000016", "E07000999", None))


def _figures(field):
    told = {
        int: st.integers(0, 40) | st.integers(0, 12_000),
        # That 1 may be 1% or 100% is for an example of its own.
        PrintedPercent: st.sampled_from((0, *range(2, 101))).map(PrintedPercent),
        Decimal: st.integers(0, 300).map(lambda tenths: Decimal(tenths) / 10),
    }[field.holds]
    return told | told | st.sampled_from(_STATES)


@st.composite
def sheets(draw):
    """What any sheet may say."""
    layout = draw(st.sampled_from(LAYOUTS))
    councils = tuple(draw(st.lists(COUNCILS, min_size=1, max_size=5, unique=True)))
    rows = len(councils)
    figures = [draw(st.lists(_figures(field), min_size=rows, max_size=rows)) for field in layout.fields]
    # A row of which every figure is blank is a note, as far as anybody can see.
    figures[0] = [Missing.DASH if figure is Missing.BLANK else figure for figure in figures[0]]
    several = draw(st.booleans())
    year = draw(reporting_years(min_ending=2010, max_ending=2030))
    return Held(
        layout=layout,
        names=councils,
        codes=draw(st.none() | st.lists(_CODES, min_size=rows, max_size=rows).map(tuple)),
        years=tuple(draw(reporting_years(min_ending=2010, max_ending=2030)) if several else year for _ in councils),
        figures=tuple(map(tuple, figures)),
    )


def _heading(draw, field, fields):
    """Draw one of the headings of a field, in small letters or not; of a total, the plain word where that will do."""
    known = [heading.words for heading in HEADINGS if heading.field is field]
    beside = PLAIN_TOTALS.get(field)
    if beside in fields and fields[fields.index(field) - 1].kind is field.kind:
        known.append("total")
    words = draw(st.sampled_from(known))
    words = words.replace("percent", "%") if words.endswith("percent") else words
    return draw(st.sampled_from((str, str.title, str.upper, str.capitalize)))(words)


@st.composite
def styles(draw, held):
    """Draw any way to write a sheet that says so."""
    fields = held.layout.fields
    one_year = len(set(held.years)) == 1
    mark = draw(st.sampled_from(("", "", " [note 1]", "\N{SUPERSCRIPT ONE}")))
    return Style(
        headings=tuple(
            f"{_heading(draw, field, fields)}{draw(st.sampled_from(('', '', ' [note 2]')))}"
            for field in (F.NAME, F.CODE, F.YEAR, *fields)
        ),
        instead={state: draw(st.sampled_from(INSTEAD[state])) for state in _STATES},
        titles=draw(st.integers(1, 4)),
        blank_rows=draw(st.integers(0, 3)),
        blank_columns=draw(st.integers(0, 2)),
        notes=draw(st.sampled_from(((), ("Note 1: some were counted twice.",), ("Notes", "1. In 2019 there were 3.")))),
        year_in=draw(st.sampled_from(("title", "given", "column") if one_year else ("column",))),
        year_form=draw(st.sampled_from(YEAR_FORMS)),
        two_lines=draw(st.booleans()),
        thousands=draw(st.booleans()),
        as_text=draw(st.booleans()),
        marks=mark,
        hard_spaces=draw(st.booleans()),
        percent=draw(st.sampled_from(("plain", "share", "sign"))),
        unknown=draw(st.booleans()),
        total=draw(st.booleans()),
    )
