"""Two short reports on a council's year: all its figures, and how its statistics compare, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._values import evolve
from lgsco.dataset import reporting_year
from lgsco.reports.beside import beside_section
from lgsco.reports.council import newer_figures
from lgsco.reports.counts import counts_sections, other_counts
from lgsco.reports.elements import Report, Section
from lgsco.reports.statistics import StatisticsOfYear, care_section, checked_peers, findings_sections
from lgsco.reports.words import (
    certainty_section,
    comparison_sentences,
    distinct,
    has_unavailable_cells,
    meanings,
)
from lgsco.wording import reports as wording
from lgsco.wording.comparisons import small

if TYPE_CHECKING:
    from lgsco.dataset import CouncilLike, Dataset, Peers, YearLike


def review_report(data: Dataset, council: CouncilLike, year: YearLike) -> Report:
    """
    Report on every figure of a council and year, with the averages of similar councils.

    Args:
        data: all that is known.
        council: an Authority, its name or its ONS code.
        year: a ReportingYear or its name.

    Returns:
        The report, with the three statistics, what they mean, counts, contradictions and sources.

    >>> from lgsco import published
    >>> from lgsco.reports import review_report
    >>> report = review_report(published.dataset(), "Bournemouth, Christchurch and Poole", "2020-21")
    >>> print(*(row.cells[0] for row in report.tables[0].rows[:2]), sep="; ")
    69% (counts not held); 100% (counts not held)

    Raises:
        AuthorityLookupError: no council has this name in this year.
        InvalidValue: the year is refused.
    """
    statistics = _statistics(data, council, year)
    section = statistics.section(chart=False, explained=False)
    sections = [
        evolve(section, paragraphs=(_group(statistics), *newer_figures(data, statistics.council, statistics.year))),
        *counts_sections(statistics.review),
        *other_counts(statistics.review, statistics.printed, data.register),
        *findings_sections(statistics.printed),
    ]
    care = care_section(statistics.comparisons, incomplete=has_unavailable_cells(sections))
    return _report(statistics, [*sections, care, Section(wording.MEANING, items=(*meanings(), wording.RANGE_NOTE))])


def comparison_report(
    data: Dataset, council: CouncilLike, year: YearLike, *, against: Peers = "others", detail: bool = False
) -> Report:
    """
    Report on how the three statistics of a council compare with similar councils: a headline, then three sentences.

    Args:
        data: all that is known.
        council: an Authority, its name or its ONS code.
        year: a ReportingYear or its name.
        against: "others", for the printed average and the other councils of the group; "printed", for the average
            alone; or "region" or a list of councils, for these in place of them.
        detail: add how sure one can be, and cautions.

    Returns:
        The report.

    >>> from lgsco import published
    >>> from lgsco.reports import comparison_report
    >>> report = comparison_report(published.dataset(), "Kent", "2023-24")
    >>> print(report.sections[1].paragraphs[0])
    In 2023-24 the Ombudsman investigated 94 complaints about Kent County Council and found fault in 76 (81%). The
    average for county councils was 85%. The difference is small enough to be chance.

    Raises:
        AuthorityLookupError: no council has this name in this year.
        InvalidValue: the year, or what to compare with, is refused.
    """
    statistics = _statistics(data, council, year, against)
    whole = statistics.table()
    kept = [index for index, column in enumerate(whole.columns) if column.heading != wording.LIKELY_RANGE]
    columns = tuple(whole.columns[index] for index in kept)
    rows = tuple(evolve(row, cells=tuple(row.cells[index] for index in kept)) for row in whole.rows)
    headline = evolve(whole, columns=columns, rows=rows)
    sections = [
        Section(wording.STATISTICS, tables=(headline,)),
        *(
            Section(comparison.measure.title, paragraphs=(comparison_sentences(cell, comparison),))
            for cell, comparison in zip(statistics.cells, statistics.leading, strict=True)
        ),
    ]
    if statistics.selection is not None:
        sections.append(beside_section(data, statistics.council, statistics.year, statistics.selection))
    care = care_section(statistics.comparisons, incomplete=has_unavailable_cells(sections))
    return _report(statistics, [*sections, care, certainty_section(statistics.comparisons)] if detail else sections)


def _statistics(data: Dataset, council: CouncilLike, year: YearLike, against: Peers = "others") -> StatisticsOfYear:
    in_year = reporting_year(year)
    authority = data.review(council, in_year).authority
    return StatisticsOfYear(
        data, authority, in_year, data.printed_of(authority, in_year), against=checked_peers(against)
    )


def _group(statistics: StatisticsOfYear) -> str:
    group = statistics.group
    council = str(statistics.council)
    return wording.no_group(council) if group is None else wording.similar_councils(council, small(group.label))


def _report(statistics: StatisticsOfYear, sections: list[Section]) -> Report:
    council, year = statistics.council, statistics.year
    return Report(
        f"{council}, {year}",
        scope=wording.year_scope(str(council), year.start, year.end),
        units=wording.UNITS,
        made_by=wording.MADE_BY,
        sections=tuple(sections),
        notes=statistics.notes(),
        sources=distinct(statistics.sources()),
    )
