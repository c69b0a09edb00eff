"""A report as a self-contained page of HTML, or as a part of another page."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import quote

from lgsco._text import html_text
from lgsco._version import __version__
from lgsco.errors import InvalidValue
from lgsco.render.chart_style import chart_style
from lgsco.render.csv import to_csv
from lgsco.render.svg import page_svg, to_svg
from lgsco.reports.cells import LEGEND, LOW, has_low_rate, rate_parts, words_of
from lgsco.reports.elements import Absent, Cell, ColumnKind
from lgsco.reports.words import is_web_address, notes_by_mark, numbered
from lgsco.stats.rates import Proportion
from lgsco.wording.phrases import citation
from lgsco.wording.reports import as_at, back_to_note, download

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lgsco.reports.elements import Chart, Column, Report, Row, Section, Table
    from lgsco.reports.headlines import Figure
    from lgsco.sources import Source


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
    picture = None if fragment else _data_picture
    draw = page_svg if charts else None
    body = article(report, level, draw=draw, downloads=not fragment, picture=picture)
    return f"<style>\n{style()}</style>\n{body}" if fragment else html_page(report.title, body)


_DEEPEST = 5


def _data_picture(chart: Chart) -> str:
    return f"data:image/svg+xml,{quote(to_svg(chart), safe=_SAFE)}"


def article(  # noqa: PLR0913  # what is in the page
    report: Report,
    level: int,
    *,
    draw: Callable[[Chart], str] | None,
    links: Mapping[str, str] | None = None,
    contents: Mapping[str, str] | None = None,
    downloads: bool = False,
    name: str | None = None,
    picture: Callable[[Chart], str] | None = None,
) -> str:
    """
    Return a report as the main part of a page.

    ``draw`` draws a chart; without it there are no pictures. ``links`` are addresses of pages about councils, by name,
    for tables whose rows are councils. ``contents`` are the links to sections at the beginning, by heading; without
    them a long page has all of its sections there. ``downloads`` adds each table as CSV, within the page itself.
    ``name`` begins the ids, which otherwise begin with the report's title. ``picture`` gives the address of a chart as
    a picture of its own.
    """
    prefix = f"{slug(report.title)}-" if name is None else name
    return _Page(report, level, draw, links or {}, contents, picture=picture, downloads=downloads, prefix=prefix).body()


def html_page(title: str, body: str, *, head: str | None = None, before: str = "", after: str = "") -> str:
    """Return a whole page, with more before and after its body; a ``head`` is there in place of the style."""
    head = f"<style>\n{style()}</style>\n" if head is None else head
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta name="generator" content="lgsco {__version__}">\n'
        f"<title>{html_text(title)}</title>\n{head}</head>\n"
        f'<body class="lgsco-page">\n{before}<main id="content">\n{body}\n</main>\n{after}</body>\n</html>\n'
    )


@functools.cache
def style() -> str:
    """Return the style of all pages; every rule of it begins with a class of lgsco's."""
    rules = resources.files(__name__.rpartition(".")[0]).joinpath("page.css").read_text(encoding="utf-8")
    return f"{rules}{chart_style()}\n"


class _Page:
    """The parts of one report as HTML; ids within it begin with a prefix."""

    def __init__(  # noqa: PLR0913  # as of article
        self,
        report: Report,
        level: int,
        draw: Callable[[Chart], str] | None,
        links: Mapping[str, str],
        contents: Mapping[str, str] | None,
        *,
        picture: Callable[[Chart], str] | None,
        downloads: bool,
        prefix: str,
    ) -> None:
        self.report = report
        self.level = level
        self.draw = draw
        self.links = links
        self.contents = contents
        self.picture = picture
        self.downloads = downloads
        self.notes = notes_by_mark(report)
        self.referred: set[int] = set()
        self.name = prefix
        self.tables = 0

    def body(self) -> str:
        report = self.report
        dated = [] if report.as_at is None else [as_at(report.as_at)]
        title = f"<h{self.level}>{prose(report.heading or report.title)}</h{self.level}>"
        parts = [
            f'<article class="lgsco" lang="en-GB">\n{title}',
            f'<p class="lgsco-made-by">{html_text(" ".join([report.made_by, *dated]))}</p>',
            f"<p>{prose(report.scope)}</p>",
            *self.nav(),
            *(self.section(number, section) for number, section in enumerate(report.sections, 1)),
        ]
        if report.notes:
            items = "\n".join(
                f'<li id="{self.name}note-{number}">{prose(note.words)}{self.way_back(number)}</li>'
                for number, note in numbered(report)
            )
            parts.append(f'<section class="lgsco-notes">{self.heading("Notes")}\n<ol>\n{items}\n</ol></section>')
        if report.sources:
            items = "\n".join(f"<li>{_source(source)}</li>" for source in report.sources)
            parts.append(f'<section class="lgsco-notes">{self.heading("Sources")}\n<ul>\n{items}\n</ul></section>')
        about = f"<p>{prose(report.units)}</p><p>{prose(report.citation)}</p>"
        return "\n".join([*parts, f'<div class="lgsco-notes">{about}</div>', "</article>"])

    def way_back(self, number: int) -> str:
        """Return a link from a note to the first place that refers to it."""
        if number not in self.referred:
            return ""
        return f' <a href="#{self.name}mark-{number}" aria-label="{back_to_note(number)}">\N{LEFTWARDS ARROW}</a>'

    def heading(self, words: str) -> str:
        return f"<h{self.level + 1}>{prose(words)}</h{self.level + 1}>"

    def nav(self) -> list[str]:
        sections = self.report.sections
        contents = self.contents
        if contents is None:
            long = self.level == 1 and len(sections) >= _LONG
            contents = {section.heading: section.heading for section in sections} if long else {}
        items = "".join(
            f'<li><a href="#{self.name}section-{number}">{prose(contents[section.heading])}</a></li>'
            for number, section in enumerate(sections, 1)
            if section.heading in contents
        )
        return [f'<nav aria-label="On this page"><ul class="lgsco-menu">{items}</ul></nav>'] if items else []

    def section(self, number: int, section: Section) -> str:
        parts = [self.heading(section.heading)]
        if section.figures:
            parts.append(f'<div class="lgsco-cards">{"".join(map(self.card, section.figures))}</div>')
        parts += [f"<p>{prose(words)}</p>" for words in section.paragraphs]
        items = [*map(prose, section.items), *(_link(link.words, link.url) for link in section.links)]
        if items:
            parts.append(f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")
        if self.draw is not None:
            parts += [self.figure(chart, self.draw) for chart in section.charts]
        elif not section.tables:
            parts += [f"<p>{prose(f'{chart.title}: {chart.words}')}</p>" for chart in section.charts]
        parts += [self.table(table, section.heading) for table in section.tables]
        return f'<section id="{self.name}section-{number}">{chr(10).join(parts)}</section>'

    def card(self, figure: Figure) -> str:
        size = "lgsco-big" if any(map(str.isdigit, figure.number)) else "lgsco-words"
        counts = f" <small>{html_text(figure.counts)}</small>" if figure.counts else ""
        verdict = "lgsco-verdict lgsco-look" if figure.needs_attention else "lgsco-verdict"
        lines = (("", figure.beside), (verdict, figure.verdict), ("lgsco-quiet", figure.meaning))
        return (
            f'<div class="lgsco-card"><h{self.level + 2}>{html_text(figure.title)}</h{self.level + 2}>'
            f'<p class="{size}">{html_text(figure.number)}{counts}</p>'
            + "".join(f'<p class="{kind}">{prose(words)}</p>' for kind, words in lines if words)
            + "</div>"
        )

    def figure(self, chart: Chart, draw: Callable[[Chart], str]) -> str:
        link = "" if self.picture is None else _download(self.picture(chart), chart.title, "svg")
        title = prose(chart.title)
        return f'<figure class="lgsco-figure"><figcaption>{title}</figcaption>{draw(chart)}{link}</figure>'

    def table(self, table: Table, heading: str) -> str:
        self.tables += 1
        name = f"{self.name}table-{self.tables}"
        columns = "".join(
            f'<th scope="col"{_aligned(column)}>{html_text(column.heading)}{self.marks(column.marks)}</th>'
            for column in table.columns
        )
        counts = [row.cells[0] for row in table.rows if not row.whole and type(row.cells[0]) is int]
        longest = max(counts, default=0) if len(table.columns) == 1 and len(counts) >= _FEWEST_BARS else 0
        rows = "\n".join(self.row(row, table, longest) for row in table.rows)
        after = [f"<p>{html_text(f'{LOW}: {LEGEND[LOW]}')}</p>"] if has_low_rate(table) else []
        if self.downloads and len(table.rows) >= _FEWEST_ROWS:
            content = quote(to_csv(self.report, table), safe=_SAFE)
            after.append(_download(f"data:text/csv;charset=utf-8,{content}", table.caption, "csv"))
        legend = f'<div class="lgsco-legend">{"".join(after)}</div>' if after else ""
        # Only what is wide enough to scroll is a stop for the keyboard.
        wide = f' role="region" aria-labelledby="{name}" tabindex="0"' if len(table.columns) >= _WIDE else ""
        # A caption that begins as the heading does is for those who hear the page; of one column it says what that is.
        caption = prose(table.caption)
        if len(table.columns) > 1 and table.caption.startswith(heading):
            caption = f'<span class="lgsco-heard">{caption}</span>'
        return (
            f'<div class="lgsco-scroll"{wide}>'
            f'<table><caption id="{name}">{caption}{self.marks(table.marks)}</caption>\n'
            f'<thead><tr><th scope="col">{html_text(table.stub)}</th>'
            f"{columns}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>{legend}"
        )

    def row(self, row: Row, table: Table, longest: int) -> str:
        # A break begins a group of rows, headed by what changed.
        parted = "".join(
            f'</tbody><tbody><tr class="lgsco-break">'
            f'<th scope="rowgroup" colspan="{len(table.columns) + 1}">'
            f"Series break: {html_text('; '.join(row.breaks))}</th></tr>\n"
            for _ in row.breaks[:1]
        )
        shown = f' <span class="lgsco-this">({html_text(row.marked)})</span>' if row.marked else ""
        # Of one column the caption says what it is.
        several = len(table.columns) > 1
        cells = "".join(
            f"<td{_aligned(column)}{_label(column) if several else ''}>{_cell(cell)}"
            f"{_bar(0 if row.whole else cell, longest)}</td>"
            for column, cell in zip(table.columns, row.cells, strict=True)
        )
        kinds = [name for name, is_so in (("lgsco-marked", row.marked), ("lgsco-whole", row.whole)) if is_so]
        begin = f'<tr class="{" ".join(kinds)}">' if kinds else "<tr>"
        heading = html_text(row.heading)
        if table.stub == "Council" and row.heading in self.links and not row.marked:
            heading = f'<a href="{html_text(self.links[row.heading])}">{heading}</a>'
        return f'{parted}{begin}<th scope="row">{heading}{shown}{self.marks(row.marks)}</th>{cells}</tr>'

    def marks(self, marks: tuple[str, ...]) -> str:
        return "".join(map(self.mark, marks))

    def mark(self, mark: str) -> str:
        number = self.notes[mark]
        # The first reference has an id, for the way back.
        name = "" if number in self.referred else f' id="{self.name}mark-{number}"'
        self.referred.add(number)
        return f' <a class="lgsco-mark"{name} href="#{self.name}note-{number}">[note {number}]</a>'


_LONG = 4
"""A page of so many sections begins with its contents."""
_FEWEST_BARS = 3
_FEWEST_ROWS = 3
"""A smaller table is sooner copied than downloaded."""
_SAFE = "!$()*,-./:;=?@_~"
"""What an address in an attribute may have as it is."""
_WIDE = 7


def _download(url: str, title: str, kind: str) -> str:
    label = download(kind.upper())
    # The words that are seen begin the name that is heard.
    return (
        f'<p class="lgsco-download"><a href="{html_text(url)}" download="{slug(title)}.{kind}"'
        f' aria-label="{label}: {html_text(title)}">{label}</a></p>'
    )


def prose(text: str) -> str:
    """Return a text as HTML in which no year is broken at its hyphen."""
    return _YEAR.sub(r"<span>\g<0></span>", html_text(text))


_YEAR = re.compile(r"\b\d{4}-\d\d\b")


def _aligned(column: Column) -> str:
    return ' class="lgsco-number"' if column.kind in {ColumnKind.COUNT, ColumnKind.AMOUNT} else ""


def _label(column: Column) -> str:
    return f' data-label="{html_text(column.heading)}"'


def _cell(cell: Cell) -> str:
    if isinstance(cell, Proportion):
        share, counts = rate_parts(cell)
        return f"<b>{share}</b> <span>{counts}</span>"
    words = html_text(words_of(cell))
    return f'<span class="lgsco-absent">{words}</span>' if isinstance(cell, Absent) else words


def _bar(cell: Cell, longest: int) -> str:
    """Return a bar as long as a count beside the greatest of its table."""
    if type(cell) is not int or not longest:
        return ""
    width = 100 * cell // longest
    return (
        f'<svg class="lgsco-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="10"/></svg>'
    )


def _link(words: str, url: str) -> str:
    if not is_web_address(url):
        return f"{html_text(words)}: {html_text(url)}"
    return f'<a href="{html_text(url)}">{prose(words)}</a>'


def _source(source: Source) -> str:
    words = citation(source)
    return html_text(words) if source.url is None else _link(words, source.url)


def slug(text: str) -> str:
    """
    Return a name of letters, digits and hyphens for a part of a page, or for a file.

    >>> slug("King's Lynn & West Norfolk, 2023-24"), slug("!")
    ('king-s-lynn-west-norfolk-2023-24', 'report')
    """
    words = re.findall(r"[a-z0-9]+", text.casefold(), re.ASCII)
    return "-".join(words)[:80].strip("-") or "report"
