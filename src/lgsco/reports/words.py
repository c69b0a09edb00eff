"""What all reports share: cells of rates, printed averages, cautions, marks and numbers of notes."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from lgsco.dataset import FigureState
from lgsco.documents.missing import Missing
from lgsco.model.measures import KEY_STATISTICS, satisfactory_remedy_rate
from lgsco.reports.elements import Absent, Cell, Note, PartialRate, Section, marks_in
from lgsco.stats.rates import Proportion
from lgsco.wording import figures
from lgsco.wording import reports as wording
from lgsco.wording.comparisons import CANNOT_SHOW, no_rate_sentence, part_sentence, percent_sentence
from lgsco.wording.phrases import sentence_after_colon

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lgsco.comparison.cautions import CautionKind
    from lgsco.comparison.comparisons import Comparison
    from lgsco.dataset import Dataset, Statistic
    from lgsco.documents.figures import PrintedAverage
    from lgsco.documents.findings import Finding
    from lgsco.model.authorities import Authority, AuthorityType, Register
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.years import ReportingYear
    from lgsco.reports.elements import Report
    from lgsco.sources import Source

NOT_HELD = Absent(Missing.NOT_AVAILABLE, "not held")
NO_RATE = Absent(Missing.NOT_APPLICABLE, "no rate")


def rate_cell(rate: Proportion | None, measure: ProportionMeasure) -> Cell:
    """Return a rate, or why there is none: not held, or of no cases."""
    if rate is None:
        return NOT_HELD
    return Absent(Missing.NOT_APPLICABLE, measure.nothing) if rate.value is None else rate


def statistic_cell(data: Dataset, council: Authority, year: ReportingYear, measure: ProportionMeasure) -> Cell:
    """Return what is known of a key statistic: a rate, a percentage or a count by itself, or why there is none."""
    rate = measure(data.review(council, year))
    if rate is not None:
        return rate_cell(rate, measure)
    statistic = data.statistic(council, year, measure)
    if statistic.state is FigureState.NOT_APPLICABLE:
        return Absent(Missing.NOT_APPLICABLE, str(statistic))
    # How many were upheld is said of the uphold rate already.
    only_upheld = measure is satisfactory_remedy_rate and (statistic.numerator, statistic.printed) == (None, None)
    if statistic.state is FigureState.NOT_HELD or only_upheld:
        return NOT_HELD
    return PartialRate(
        statistic_words(statistic),
        percent=statistic.printed,
        numerator=statistic.numerator,
        denominator=statistic.denominator,
    )


def statistic_words(statistic: Statistic) -> str:
    """Return a statistic in words; beside a percentage without its counts stands the one of them that is held."""
    counts = (statistic.numerator, statistic.denominator)
    if statistic.state is FigureState.PERCENT_ONLY and counts != (None, None):
        return figures.percent_and_part(statistic.printed, *counts, *statistic.measure.phrase)
    return str(statistic)


def years_of_council(data: Dataset, council: Authority) -> tuple[ReportingYear, ...]:
    """Return the years of which any figure of a council is held, in order; a percentage without counts is a figure."""
    return tuple(sorted({*data.years_of(council), *data.history(council).years}))


def meanings() -> tuple[str, ...]:
    """State what each of the three statistics means."""
    return tuple(sentence_after_colon(measure.title, wording.MEANINGS[measure.name]) for measure in KEY_STATISTICS)


def figure_items(section: Section) -> list[str]:
    """Return the large figures of a section in words; beside a table of them, what they mean."""
    if section.tables:
        return [sentence_after_colon(figure.title, figure.meaning) for figure in section.figures if figure.meaning]
    return [wording.figure_words(figure.title, figure.number, figure.counts) for figure in section.figures]


def measure_notes() -> tuple[Note, ...]:
    """Return a note on what each of the three statistics means, marked with its title."""
    return tuple(Note(measure.title, words) for measure, words in zip(KEY_STATISTICS, meanings(), strict=True))


def comparison_sentences(cell: Cell, comparison: Comparison) -> str:
    """Return a statistic in words beside the average; only a rate with its counts gets a verdict."""
    if comparison.rate is not None:
        return comparison.sentence()
    measure, average = comparison.measure, comparison.benchmark
    where = str(comparison.review.authority), str(comparison.review.year)
    sentence = no_rate_sentence(measure.title, *where, str(cell))
    if cell == NOT_HELD:
        sentence = wording.not_known([measure.title], *where)
    if isinstance(cell, PartialRate):
        counts = cell.numerator, cell.denominator
        part = None if counts == (None, None) else figures.part_of_counts(*counts, *measure.phrase)
        if cell.percent is None:
            sentence = part_sentence(measure.name, *where, counts, part or str(cell))
        else:
            sentence = percent_sentence(measure.title, *where, cell.percent, part)
    return sentence if average is None else f"{sentence} {average.words.sentence}"


def known_figures(data: Dataset, council: Authority, year: ReportingYear) -> list[str]:
    """Return what is known of each key statistic of a year in words; those not held are left out."""
    cells = [(measure, statistic_cell(data, council, year, measure)) for measure in KEY_STATISTICS]
    return [
        f"{measure.title.lower()} {cell}" if has_percentage(cell) else str(cell)
        for measure, cell in cells
        if cell != NOT_HELD
    ]


def has_percentage(cell: Cell) -> bool:
    """Return whether a cell shows a percentage, with or without its counts."""
    return isinstance(cell, Proportion) or (isinstance(cell, PartialRate) and cell.percent is not None)


def certainty_section(comparisons: Sequence[Comparison]) -> Section:
    """Return how sure one can be of each comparison, after what chance means."""
    items = []
    for comparison in comparisons:
        sentences = [words for words in comparison.certainty() if words != CANNOT_SHOW]
        title, average = comparison.measure.title, comparison.computed_average
        if average is not None:
            # The likely range, which is the first, has been said beside the printed average.
            sentences = sentences[1:]
            title = wording.beside_in_short(title, average.group.selection)
        if sentences:
            items.append(sentence_after_colon(title, " ".join(sentences)))
    once = [CANNOT_SHOW] if any(CANNOT_SHOW in comparison.certainty() for comparison in comparisons) else []
    tests = [wording.TESTS] if items else []
    return Section(wording.HOW_SURE, paragraphs=(wording.CHANCE, wording.RANGE_NOTE), items=(*items, *once, *tests))


def averages_of(data: Dataset, group: AuthorityType, year: ReportingYear) -> dict[ProportionMeasure, PrintedAverage]:
    """Return the printed averages of a group and year by measure; some are known from a council's page only."""
    averages: dict[ProportionMeasure, PrintedAverage] = {}
    for measure in KEY_STATISTICS:
        of_members = (data.average(council, year, measure) for council in data.register.in_group(group, year.end))
        of_group = (each for each in data.averages if (each.group, each.year, each.measure) == (group, year, measure))
        known = (average for average in itertools.chain(of_members, of_group) if average is not None)
        if (average := next(known, None)) is not None:
            averages[measure] = average
    return averages


def missing_councils(
    group: AuthorityType | None, year: ReportingYear, known: Collection[Authority], register: Register
) -> tuple[list[str], int]:
    """Return the councils of a group that are not among those known, by name, and the size of the group."""
    councils = () if group is None else register.in_group(group, year.end)
    return sorted(council.name for council in councils if council not in known), len(councils)


def cautions(
    comparisons: Sequence[Comparison], *, leave_out: CautionKind | None = None, only: CautionKind | None = None
) -> tuple[str, ...]:
    """Return each caution once, with the statistics that it concerns where it does not concern all."""
    titles_of: dict[str, dict[str, None]] = {}
    for comparison in comparisons:
        for caution in comparison.cautions:
            if caution.kind is not leave_out and only in {None, caution.kind}:
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
    Return whether an address can be made a link without harm: on the web, or of another page of the same site.

    >>> [is_web_address(url) for url in ("https://www.lgo.org.uk/a?b=c", "javascript:alert(1)", "https://a b")]
    [True, False, False]
    >>> is_web_address("../groups/county-councils-2024-25.html")
    True
    """
    return (_WEB_ADDRESS.fullmatch(url) or _PAGE_OF_SITE.fullmatch(url)) is not None


_WEB_ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w./~%?=&+,;:@!$()*#-]*)?", re.ASCII)
_PAGE_OF_SITE = re.compile(r"(\.\./)*([a-z0-9][a-z0-9-]*/)?[a-z0-9][a-z0-9-]*\.html")
