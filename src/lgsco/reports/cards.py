"""The large figures with which a report on a council opens, and the section on what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco.model.measures import compliance_rate, satisfactory_remedy_rate
from lgsco.reports.elements import PartialRate, Section
from lgsco.reports.headlines import Figure, Link
from lgsco.stats.rates import Proportion
from lgsco.wording import figures as figure_wording
from lgsco.wording import reports as wording
from lgsco.wording.comparisons import VERDICT_WORDS, verdict_sentence
from lgsco.wording.phrases import number_and_total

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from lgsco.comparison.comparisons import Comparison
    from lgsco.model.authorities import Authority, AuthorityType
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.reviews import AnnualReview
    from lgsco.reports.elements import Cell
    from lgsco.sources import Source


def statistic_figure(cell: Cell, comparison: Comparison, whose: str | None) -> Figure:
    """Return a key statistic as a large figure; ``whose`` names those whose average it is beside."""
    measure, benchmark = comparison.measure, comparison.benchmark
    title, number, counts = _number(cell, measure)
    verdict, failures = None, 0
    rate = comparison.rate
    if rate is not None and rate.denominator:
        failures = 0 if measure.judged_by_chance else rate.denominator - rate.numerator
        if not measure.judged_by_chance:
            verdict = wording.carried_out(failures)
        elif comparison.verdict in VERDICT_WORDS:
            verdict = verdict_sentence(comparison.verdict, rate.denominator, None)
    elif isinstance(cell, PartialRate):
        verdict = wording.NO_RATE_FROM_THIS if cell.percent is None else wording.NO_VERDICT_WITHOUT_COUNTS
    return Figure(
        title,
        number,
        counts=counts,
        beside=None if benchmark is None or whose is None else wording.average_beside(whose, benchmark.words.short),
        verdict=verdict,
        needs_attention=failures > 0,
        meaning=wording.MEANINGS[measure.name],
    )


def _number(cell: Cell, measure: ProportionMeasure) -> tuple[str, str, str | None]:
    """Return a cell in three parts: its title, the number, and what it is made from or what is not known of it."""
    title = measure.title
    if isinstance(cell, Proportion):
        return title, f"{cell.percent()}%", number_and_total(cell.numerator, cell.denominator)
    if not isinstance(cell, PartialRate):
        return title, str(cell), None
    known, (_, cases, done) = (cell.numerator, cell.denominator), measure.phrase
    if cell.percent is None:
        of_numerator, of_denominator = figure_wording.COUNT_TITLES[measure.name]
        title, count = (of_denominator, cell.denominator) if cell.numerator is None else (of_numerator, cell.numerator)
        return title, f"{count:,}", figure_wording.missing_count(cell.numerator, cases, done)
    nothing = known == (None, None)
    rest = figure_wording.COUNTS_NOT_HELD if nothing else figure_wording.part_of_counts(*known, *measure.phrase)
    return title, str(cell.percent), rest


def known_figures(
    review: AnnualReview, group: AuthorityType | None, cells: Sequence[Cell], comparisons: Sequence[Comparison]
) -> tuple[Figure, ...]:
    """Return what is known of a year without a rate: counts, parts of rates, and what is usual for the group."""
    investigated = review.overview and review.overview.investigated
    counts = (
        (wording.RECEIVED, review.received and review.received.total),
        (wording.DECIDED, review.decided and review.decided.total),
        (wording.DEALT_WITH, review.overview and review.overview.total),
        (wording.INVESTIGATED, investigated),
    )
    figures = [Figure(title, f"{count:,}") for title, count in counts if count is not None]
    for cell, comparison in zip(cells, comparisons, strict=True):
        measure = comparison.measure
        if isinstance(cell, PartialRate) and (cell.denominator is None or cell.denominator != investigated):
            title, number, rest = _number(cell, measure)
            figures.append(Figure(title, number, counts=rest, verdict=wording.NO_RATE_FROM_THIS))
    leading = comparisons[0]
    if group is not None and leading.benchmark is not None:
        title = wording.usual_rate(leading.measure.title, group.label)
        meaning = wording.MEANINGS[leading.measure.name]
        figures.append(Figure(title, leading.benchmark.words.short, meaning=meaning))
    return tuple(figures)


def next_section(council: Authority, comparisons: Sequence[Comparison], sources: Iterable[Source | None]) -> Section:
    """Return what to ask, where to look, and when the next figures come."""
    pages = (source.url for source in sources if source is not None and source.url is not None)
    own = next((url for url in pages if url.startswith(f"{wording.PERFORMANCE_PAGE}/")), None)
    words = wording.performance_search if own is None else wording.performance_link
    return Section(
        wording.NEXT,
        items=(*_questions(comparisons), wording.NEXT_LETTERS),
        links=(
            Link(words(council.name), own or wording.PERFORMANCE_PAGE),
            Link(wording.decisions_link(council.name), wording.DECISIONS_PAGE),
        ),
    )


def _questions(comparisons: Sequence[Comparison]) -> Iterator[str]:
    for comparison in comparisons:
        rate = comparison.rate
        failures = 0 if rate is None else rate.denominator - rate.numerator
        if rate is not None and failures and comparison.measure is compliance_rate:
            yield wording.ask_about_failures(failures)
        if rate is not None and failures and comparison.measure is satisfactory_remedy_rate:
            yield wording.ask_about_remedies(failures, rate.denominator)


def newest_date(sources: Iterable[Source | None]) -> dt.date | None:
    """Return the newest date of some sources."""
    return max((source.published_on for source in sources if source is not None and source.published_on), default=None)
