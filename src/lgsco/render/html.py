"""A report as a self-contained page of HTML, or as a part of another page."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import TYPE_CHECKING

from lgsco._text import html_text
from lgsco._version import __version__
from lgsco.errors import InvalidValue
from lgsco.render.chart_style import chart_style
from lgsco.render.svg import page_svg
from lgsco.reports.cells import LEGEND, LOW, has_low_rate, rate_parts, words_of
from lgsco.reports.elements import Absent, Cell, ColumnKind
from lgsco.reports.words import is_web_address, notes_by_mark, numbered
from lgsco.stats.rates import Proportion
from lgsco.wording.phrases import citation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lgsco.reports.elements import Chart, Column, Report, Row, Section, Table
    from lgsco.sources import Source

__all__ = ["article", "html_page", "slug", "style", "to_html"]


def to_html(report: Report, *, fragment: bool = False, level: int = 1, charts: bool = True) -> str:
    """
    Return a report as a whole page of HTML, or as a part to put into another page.

    The page has its style and its pictures in it and loads nothing: no script, no font, no address. It can be read from
    320 pixels of width, in light and in dark, and printed on A4.

    Args:
        report: the report.
        fragment: return only the part to put into another page, with its style, which applies to nothing outside it.
        level: of the first heading, from 1 to 5.
        charts: draw the charts; otherwise a chart is left out where its section has a table, and given in words where
            it has none.

    >>> from lgsco.reports.elements import Report, Section
    >>> care = Section("Care")
    >>> report = Report("Kent", scope="2023-24", units="Complaints", made_by="By lgsco", sections=[care])
    >>> "<h2>Kent</h2>" in to_html(report, fragment=True, level=2)
    True

    Raises:
        InvalidValue: the level is not from 1 to 5.
    """
    if type(level) is not int or not 1 <= level <= _DEEPEST:
        raise InvalidValue.at("level", level, f"must be from 1 to {_DEEPEST}, the level of the first heading")
    body = article(report, level, draw=page_svg if charts else None)
    return f"<style>\n{style()}</style>\n{body}" if fragment else html_page(report.title, body)


_DEEPEST = 5


def article(
    report: Report,
    level: int,
    *,
    draw: Callable[[Chart], str] | None,
    links: Mapping[str, str] | None = None,
    contents: Mapping[str, str] | None = None,
) -> str:
    """
    Return a report as the main part of a page.

    ``draw`` draws a chart; without it there are no pictures. ``links`` are addresses of pages about councils, by name,
    for tables whose rows are councils. ``contents`` are the links to sections at the beginning, by heading.
    """
    return _Page(report, level, draw, links or {}, contents or {}).body()


def html_page(title: str, body: str, *, head: str = "", before: str = "", after: str = "") -> str:
    """Return a whole page in the style of all pages, with more for its head and before and after its body."""
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta name="generator" content="lgsco {__version__}">\n'
        f"<title>{html_text(title)}</title>\n<style>\n{style()}</style>\n{head}</head>\n"
        f'<body class="lgsco-page">\n{before}<main id="content">\n{body}\n</main>\n{after}</body>\n</html>\n'
    )


@functools.cache
def style() -> str:
    """Return the style of all pages; every rule of it begins with a class of lgsco's."""
    rules = resources.files(__name__.rpartition(".")[0]).joinpath("page.css").read_text(encoding="utf-8")
    return f"{rules}{chart_style()}\n"


class _Page:
    """The parts of one report as HTML; ids within it begin with its title."""

    def __init__(
        self,
        report: Report,
        level: int,
        draw: Callable[[Chart], str] | None,
        links: Mapping[str, str],
        contents: Mapping[str, str],
    ) -> None:
        self.report = report
        self.level = level
        self.draw = draw
        self.links = links
        self.contents = contents
        self.notes = notes_by_mark(report)
        self.name = slug(report.title)
        self.tables = 0

    def body(self) -> str:
        report = self.report
        parts = [
            f'<article class="lgsco" lang="en-GB">\n<h{self.level}>{html_text(report.title)}</h{self.level}>',
            f'<p class="lgsco-made-by">{html_text(report.made_by)}</p>',
            f'<dl class="lgsco-facts">\n{_fact("Scope", report.scope)}\n{_fact("Units", report.units)}\n</dl>',
            *self.nav(),
            *(self.section(number, section) for number, section in enumerate(report.sections, 1)),
        ]
        if report.notes:
            items = "\n".join(
                f'<li id="{self.name}-note-{number}">{html_text(note.words)}</li>' for number, note in numbered(report)
            )
            parts.append(f'<section class="lgsco-notes">{self.heading("Notes")}\n<ol>\n{items}\n</ol></section>')
        if report.sources:
            items = "\n".join(f"<li>{_source(source)}</li>" for source in report.sources)
            parts.append(f'<section class="lgsco-notes">{self.heading("Sources")}\n<ul>\n{items}\n</ul></section>')
        return "\n".join([*parts, "</article>"])

    def heading(self, words: str) -> str:
        return f"<h{self.level + 1}>{html_text(words)}</h{self.level + 1}>"

    def nav(self) -> list[str]:
        items = "".join(
            f'<li><a href="#{self.name}-section-{number}">{html_text(self.contents[section.heading])}</a></li>'
            for number, section in enumerate(self.report.sections, 1)
            if section.heading in self.contents
        )
        return [f'<nav aria-label="On this page"><ul class="lgsco-menu">{items}</ul></nav>'] if items else []

    def section(self, number: int, section: Section) -> str:
        parts = [self.heading(section.heading), *(f"<p>{html_text(words)}</p>" for words in section.paragraphs)]
        if section.items:
            parts.append(f"<ul>{''.join(f'<li>{html_text(item)}</li>' for item in section.items)}</ul>")
        if self.draw is not None:
            parts += [self.figure(chart, self.draw) for chart in section.charts]
        elif not section.tables:
            parts += [f"<p>{html_text(f'{chart.title}: {chart.words}')}</p>" for chart in section.charts]
        parts += [self.table(table) for table in section.tables]
        return f'<section id="{self.name}-section-{number}">{chr(10).join(parts)}</section>'

    @staticmethod
    def figure(chart: Chart, draw: Callable[[Chart], str]) -> str:
        return f'<figure class="lgsco-figure"><figcaption>{html_text(chart.title)}</figcaption>{draw(chart)}</figure>'

    def table(self, table: Table) -> str:
        self.tables += 1
        name = f"{self.name}-table-{self.tables}"
        columns = "".join(
            f'<th scope="col"{_aligned(column)}>{html_text(column.heading)}{self.marks(column.marks)}</th>'
            for column in table.columns
        )
        rows = "\n".join(self.row(row, table) for row in table.rows)
        legend = ""
        if has_low_rate(table):
            legend = f'<p class="lgsco-legend">{html_text(f"{LOW}: {LEGEND[LOW]}")}</p>'
        return (
            f'<div class="lgsco-scroll" role="region" aria-labelledby="{name}" tabindex="0">'
            f'<table><caption id="{name}">{html_text(table.caption)}{self.marks(table.marks)}</caption>\n'
            f'<thead><tr><th scope="col">{html_text(table.stub)}</th>{columns}</tr></thead>\n'
            f"<tbody>\n{rows}\n</tbody></table></div>{legend}"
        )

    def row(self, row: Row, table: Table) -> str:
        # A break begins a group of rows, headed by what changed.
        parted = "".join(
            f'</tbody><tbody><tr class="lgsco-break"><th scope="rowgroup" colspan="{len(table.columns) + 1}">'
            f"Series break: {html_text('; '.join(row.breaks))}</th></tr>\n"
            for _ in row.breaks[:1]
        )
        shown = f' <span class="lgsco-this">({html_text(row.marked)})</span>' if row.marked else ""
        cells = "".join(
            f"<td{_aligned(column)}>{_cell(cell)}</td>" for column, cell in zip(table.columns, row.cells, strict=True)
        )
        begin = '<tr class="lgsco-marked">' if row.marked else "<tr>"
        heading = html_text(row.heading)
        if table.stub == "Council" and row.heading in self.links and not row.marked:
            heading = f'<a href="{html_text(self.links[row.heading])}">{heading}</a>'
        return f'{parted}{begin}<th scope="row">{heading}{shown}{self.marks(row.marks)}</th>{cells}</tr>'

    def marks(self, marks: tuple[str, ...]) -> str:
        numbers = [self.notes[mark] for mark in marks]
        return "".join(
            f' <a class="lgsco-mark" href="#{self.name}-note-{number}">[note {number}]</a>' for number in numbers
        )


def _fact(name: str, words: str) -> str:
    return f"<div><dt>{html_text(name)}</dt><dd>{html_text(words)}</dd></div>"


def _aligned(column: Column) -> str:
    return ' class="lgsco-number"' if column.kind in {ColumnKind.COUNT, ColumnKind.AMOUNT} else ""


def _cell(cell: Cell) -> str:
    if isinstance(cell, Proportion):
        share, counts = rate_parts(cell)
        return f'<b>{share}</b> <span class="lgsco-of">{counts}</span>'
    words = html_text(words_of(cell))
    return f'<span class="lgsco-absent">{words}</span>' if isinstance(cell, Absent) else words


def _source(source: Source) -> str:
    words = html_text(citation(source))
    if source.url is None:
        return words
    address = html_text(source.url)
    return f'{words}: <a href="{address}">{address}</a>' if is_web_address(source.url) else f"{words}: {address}"


def slug(text: str) -> str:
    """
    Return a name of letters, digits and hyphens for a part of a page, or for a file.

    >>> slug("King's Lynn & West Norfolk, 2023-24"), slug("!")
    ('king-s-lynn-west-norfolk-2023-24', 'report')
    """
    words = re.findall(r"[a-z0-9]+", text.casefold(), re.ASCII)
    return "-".join(words)[:80].strip("-") or "report"
