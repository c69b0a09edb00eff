"""What all reports share: cells of rates, printed averages, cautions, marks and numbers of notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lgsco.documents.missing import Missing
from lgsco.model.measures import KEY_STATISTICS
from lgsco.reports.elements import Absent, Cell, Note, marks_in
from lgsco.wording import reports as wording
from lgsco.wording.comparisons import no_rate_sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lgsco.comparison.comparisons import Comparison
    from lgsco.documents.figures import PrintedAverage
    from lgsco.documents.findings import Finding
    from lgsco.model.authorities import Authority, AuthorityType, Register
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.reviews import AnnualReview
    from lgsco.model.years import ReportingYear
    from lgsco.reports.elements import Report, Section
    from lgsco.sources import Source

NOT_HELD = Absent(Missing.NOT_AVAILABLE, "not held")


def rate_cell(review: AnnualReview, measure: ProportionMeasure) -> Cell:
    """Return the rate of a review, or why there is none: not held, or of no cases."""
    rate = measure(review)
    if rate is None:
        return NOT_HELD
    return Absent(Missing.NOT_APPLICABLE, measure.nothing) if rate.value is None else rate


def measure_notes() -> tuple[Note, ...]:
    """Return a note on what each of the three statistics counts, marked with its title."""
    return tuple(Note(measure.title, wording.counted_note(measure.counted, measure.over)) for measure in KEY_STATISTICS)


def comparison_sentence(comparison: Comparison) -> str:
    """Return a comparison in words; a rate that is not known here may have been published all the same."""
    if comparison.rate is not None:
        return comparison.sentence()
    return no_rate_sentence(
        comparison.measure.title, f"{comparison.review.authority}, {comparison.review.year}", "not held"
    )


def printed_for(
    averages: Sequence[PrintedAverage], group: AuthorityType | None, year: ReportingYear
) -> dict[ProportionMeasure, PrintedAverage]:
    """Return the printed averages of a group and year by their measures, the first where one is duplicated."""
    return {
        average.measure: average
        for average in reversed(averages)
        if group is not None and (average.group, average.year) == (group, year)
    }


def missing_councils(
    group: AuthorityType | None, year: ReportingYear, known: Collection[Authority], register: Register | None
) -> tuple[list[str], int]:
    """Return the councils of a group that are not among those known, by name, and the size of the group."""
    councils = () if register is None or group is None else register.in_group(group, year.end)
    return sorted(council.name for council in councils if council not in known), len(councils)


def cautions(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    """Return each caution once, with the statistics that it concerns where it does not concern all."""
    titles_of: dict[str, dict[str, None]] = {}
    for comparison in comparisons:
        for caution in comparison.cautions:
            titles_of.setdefault(caution.words, {})[comparison.measure.title] = None
    measures = {comparison.measure.title for comparison in comparisons}
    return tuple(
        wording.caution(words, () if len(titles) == len(measures) else tuple(titles))
        for words, titles in titles_of.items()
    )


def contradiction(finding: Finding) -> str:
    """Return a contradiction in print in words."""
    return wording.contradiction(finding.where, finding.printed, finding.follows)


def distinct(sources: Iterable[Source | None]) -> tuple[Source, ...]:
    """Return each source once, in the order in which they come."""
    return tuple(dict.fromkeys(source for source in sources if source is not None))


def notes_by_mark(report: Report) -> dict[str, int]:
    """Number the notes of a report in the order in which its tables refer to them, and then those of no table."""
    marks = dict.fromkeys([*marks_in(report.tables), *(note.mark for note in report.notes)])
    return {mark: number for number, mark in enumerate(marks, 1)}


def numbered(report: Report) -> list[tuple[int, Note]]:
    """Return the notes of a report with their numbers, in order."""
    numbers = notes_by_mark(report)
    return sorted(((numbers[note.mark], note) for note in report.notes), key=lambda numbered: numbered[0])


def has_unavailable_cells(sections: Iterable[Section]) -> bool:
    """Return whether any table has a cell whose figure is not held."""
    return any(
        isinstance(cell, Absent) and cell.missing is Missing.NOT_AVAILABLE
        for section in sections
        for table in section.tables
        for row in table.rows
        for cell in row.cells
    )


def is_web_address(url: str) -> bool:
    """
    Return whether an address can be made a link without harm.

    >>> [is_web_address(url) for url in ("https://www.lgo.org.uk/a?b=c", "javascript:alert(1)", "https://a b")]
    [True, False, False]
    """
    return _WEB_ADDRESS.fullmatch(url) is not None


_WEB_ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w./~%?=&+,;:@!$()*#-]*)?", re.ASCII)
