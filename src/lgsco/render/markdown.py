"""A report as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import markdown_table, markdown_text
from lgsco.reports.cells import BREAK, LEGEND, LOW, has_low_rate, words_of
from lgsco.reports.words import figure_items, is_web_address, notes_by_mark, numbered
from lgsco.wording.phrases import citation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lgsco.reports.elements import Report, Section, Table
    from lgsco.sources import Source


def to_markdown(report: Report) -> str:
    """
    Return a report as Markdown (CommonMark with tables), without pictures.

    A chart is left out where its section has a table, and is given in words where it has none. Names and notes are
    escaped, so that no part of them is read as Markdown.

    >>> from lgsco.reports.elements import Report, Section
    >>> print(to_markdown(Report(
    ...     "Kent <b>", scope="2023-24", units="Complaints", made_by="By lgsco", sections=[Section("Nothing")]
    ... )))
    # Kent &lt;b>
    <BLANKLINE>
    By lgsco
    <BLANKLINE>
    - Scope: 2023-24
    - Units: Complaints
    <BLANKLINE>
    ## Nothing
    <BLANKLINE>
    To cite: Kent &lt;b>. Ombudsman's figures, put together by lgsco ...
    <BLANKLINE>
    """
    notes = notes_by_mark(report)
    blocks = [
        f"# {markdown_text(report.title)}",
        markdown_text(report.made_by),
        f"- Scope: {markdown_text(report.scope)}\n- Units: {markdown_text(report.units)}",
    ]
    for section in report.sections:
        blocks += _section(section, notes)
    if report.notes:
        lines = [f"- Note {number}: {markdown_text(note.words)}" for number, note in numbered(report)]
        blocks += ["## Notes", "\n".join(lines)]
    if report.sources:
        blocks += ["## Sources", "\n".join(f"- {_source(source)}" for source in report.sources)]
    blocks.append(markdown_text(report.citation))
    return "\n\n".join(blocks) + "\n"


def _section(section: Section, notes: Mapping[str, int]) -> list[str]:
    blocks = [f"## {markdown_text(section.heading)}", *map(markdown_text, section.paragraphs)]
    items = [*map(markdown_text, (*figure_items(section), *section.items))]
    items += [_linked(link.words, link.url) for link in section.links]
    if items:
        blocks.append("\n".join(f"- {item}" for item in items))
    if not section.tables:
        blocks += [markdown_text(f"{chart.title}: {chart.words}") for chart in section.charts]
    for table in section.tables:
        blocks += _table(table, notes)
    return blocks


def _table(table: Table, notes: Mapping[str, int]) -> list[str]:
    header = [table.stub, *(_marked(column.heading, column.marks, notes) for column in table.columns)]
    rows = []
    for row in table.rows:
        heading = _marked(row.heading, row.marks, notes)
        heading += f" ({row.marked})" if row.marked else ""
        heading += f" {BREAK}" if row.breaks else ""
        rows.append([heading, *map(words_of, row.cells)])
    blocks = [f"**{markdown_text(_marked(table.caption, table.marks, notes))}**", markdown_table(header, rows)]
    legend = [f"- {markdown_text(f'{BREAK} {row.heading}: {words}')}" for row in table.rows for words in row.breaks]
    if has_low_rate(table):
        legend.append(f"- {markdown_text(f'{LOW}: {LEGEND[LOW]}')}")
    return [*blocks, "\n".join(legend)] if legend else blocks


def _marked(text: str, marks: tuple[str, ...], notes: Mapping[str, int]) -> str:
    return " ".join([text, *(f"[note {notes[mark]}]" for mark in marks)])


def _source(source: Source) -> str:
    words = citation(source)
    return markdown_text(f"{words}.") if source.url is None else _linked(words, source.url)


def _linked(words: str, url: str) -> str:
    return f"{markdown_text(words)}, {f'<{url}>' if is_web_address(url) else markdown_text(url)}"
