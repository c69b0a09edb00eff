"""Reports, charts, tables and casework as notebooks show them, and several results as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import html_table, html_text, number_of, one_line, text_table
from lgsco.casework.counting import CaseworkTally
from lgsco.casework.learning import LearningLog
from lgsco.convert.rows import rows_of
from lgsco.documents.missing import Missing
from lgsco.errors import EmptyInput
from lgsco.render.html import slug, to_html
from lgsco.render.markdown import to_markdown
from lgsco.render.svg import to_svg
from lgsco.reports.casework import casework_sections
from lgsco.reports.cells import words_of
from lgsco.reports.elements import Absent, Chart, Column, ColumnKind, Report, Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable


def forms_of(content: Report | Table | Chart | CaseworkTally | LearningLog) -> dict[str, str]:
    """Return the forms of a value by their media types, of which a notebook shows the richest that it can."""
    if isinstance(content, Chart):
        words = f"{one_line(content.title)}\n\n{one_line(content.words)}"
        return {"text/plain": words, "image/svg+xml": to_svg(content, name=slug(content.title))}
    if isinstance(content, Report):
        text = to_markdown(content)
        return {"text/plain": text, "text/html": to_html(content, fragment=True, level=2), "text/markdown": text}
    if isinstance(content, Table):
        return _joined([_table(content)])
    if isinstance(content, CaseworkTally):
        tables = [table for section in casework_sections(content) for table in section.tables]
    else:
        tables = [table_of(content.entries, caption=str(content).partition("\n")[0])] if content.entries else []
    if not tables:
        return {"text/plain": str(content), "text/html": f"<p>{html_text(str(content))}</p>"}
    return _joined([_table(table) for table in tables])


def _joined(forms: list[dict[str, str]]) -> dict[str, str]:
    return {kind: "\n\n".join(form[kind] for form in forms) for kind in ("text/plain", "text/html")}


def _table(table: Table) -> dict[str, str]:
    breaks = ["Series break"] if any(row.breaks for row in table.rows) else []
    header = [table.stub, *(column.heading for column in table.columns), *breaks]
    rows = [
        [
            f"{row.heading} ({row.marked})" if row.marked else row.heading,
            *map(words_of, row.cells),
            *("; ".join(row.breaks) for _ in breaks),
        ]
        for row in table.rows
    ]
    caption = one_line(table.caption)
    lines = [[one_line(cell) for cell in row] for row in rows]
    return {
        "text/plain": f"{caption}\n\n{text_table([one_line(name) for name in header], lines)}",
        "text/html": html_table(caption, header, rows),
    }


def table_of(results: Iterable[object], *, caption: str | None = None) -> Table:
    """
    Return several results of one type as a table, which shows itself in a notebook: a row for each.

    The columns are those of ``convert.rows_of``; those that are empty in every row are left out.

    Args:
        results: values of one type, such as comparisons.
        caption: the caption; ``None`` for the number of results.

    Returns:
        The table.

    >>> import lgsco
    >>> print(table_of([lgsco.Proportion(19, 22), lgsco.Proportion(3, 4)]).columns[0].heading)
    denominator

    Raises:
        EmptyInput: there are no results.
        InvalidValue: the results are of several types, or of a type that has no rows.
    """
    rows = rows_of(results)
    if not rows:
        raise EmptyInput("there are no results to show")
    first, *names = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    none = Absent(Missing.NOT_AVAILABLE, "not held")
    return Table(
        caption or number_of(len(rows), "result"),
        first,
        columns=tuple(Column(name, ColumnKind.TEXT) for name in names),
        rows=tuple(
            Row(str(row[first]), tuple(none if row[name] is None else one_line(str(row[name])) for name in names))
            for row in rows
        ),
    )
