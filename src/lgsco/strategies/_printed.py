"""Strategies for what was printed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import strategies as st

from lgsco.documents.figures import (
    AnnualLetter,
    NationalFigures,
    Paragraph,
    ParagraphTopic,
    PerformancePage,
    PrintedAverage,
    PrintedPer100k,
    PrintedPercent,
    PrintedPopulationAverage,
    PrintedReview,
    PrintedStatistic,
    PrintedTally,
)
from lgsco.documents.missing import Missing
from lgsco.model.authorities import AuthorityType
from lgsco.model.measures import Measure, compliance_rate, satisfactory_remedy_rate, uphold_rate
from lgsco.model.tallies import ComplianceTally, DecisionTally, InvestigationTally, Overview, ReceivedTally
from lgsco.model.years import ReportingYear
from lgsco.stats.intervals import half_up
from lgsco.stats.rates import Proportion
from lgsco.strategies._cases import FLAGS
from lgsco.strategies._common import DAYS, MAX_COUNT, NAMES, TEXTS, maybe
from lgsco.strategies._counts import (
    compliance_tallies,
    counts_up_to,
    decision_tallies,
    overviews,
    received_tallies,
    tally_told,
)
from lgsco.strategies._parties import GROUPS, SOURCES, YEARS
from lgsco.strategies._rates import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable


__all__ = [
    "OF_TYPE",
    "PERCENTS",
    "PrintedTallyT",
    "annual_letters",
    "consistent_printed_reviews",
    "national_figures",
    "paragraphs",
    "performance_pages",
    "printed_averages",
    "printed_per_100ks",
    "printed_percents",
    "printed_population_averages",
    "printed_reviews",
    "printed_statistics",
    "printed_tallies",
]


@st.composite
def printed_percents(draw: st.DrawFn, *, places: st.SearchStrategy[int] | None = None) -> PrintedPercent:
    """Percentages from 0 to 100 as printed, whole ones most; leaves out more than two decimals unless asked for."""
    drawn = draw(st.sampled_from((0, 0, 1, 2)) if places is None else places)
    return _percent(draw(st.integers(0, 100 * 10**drawn)), drawn)


def _percent(scaled: int, places: int) -> PrintedPercent:
    if scaled % 10**places == 0:
        return PrintedPercent(scaled // 10**places, places=places)
    return PrintedPercent(Decimal((0, tuple(map(int, str(scaled))), -places)), places=places)


PERCENTS = printed_percents()
_PERCENTS_OR_NOT = st.just(Missing.NOT_APPLICABLE) | PERCENTS
_PER_100K = st.integers(0, 2_000).map(lambda tenths: Decimal(f"{tenths // 10}.{tenths % 10}"))
_BASE_NOUNS = st.sampled_from(
    (
        "detailed investigations",
        "investigations",
        "upheld decisions",
        "satisfactory remedy decisions",
        "compliance outcomes",
    )
)


def printed_statistics(*, known: bool = False, max_count: int = MAX_COUNT) -> st.SearchStrategy[PrintedStatistic]:
    """
    One of the three statistics as printed, any of it missing; its figures need not agree with one another.

    With ``known=True`` nothing is missing and nothing is "n/a".
    """
    percents = PERCENTS if known else st.none() | _PERCENTS_OR_NOT
    return st.builds(
        PrintedStatistic,
        percent=percents,
        count=maybe(counts_up_to(max_count), known=known),
        base=maybe(counts_up_to(max_count), known=known),
        base_noun=maybe(_BASE_NOUNS | NAMES, known=known),
        average=percents,
    )


def printed_per_100ks(*, known: bool = False) -> st.SearchStrategy[PrintedPer100k]:
    """Upheld decisions per 100,000 residents as printed, with one decimal; leaves out rates above 200."""
    return st.builds(
        PrintedPer100k,
        rate=maybe(_PER_100K, known=known),
        average=_PER_100K if known else st.none() | st.just(Missing.NOT_APPLICABLE) | _PER_100K,
    )


PrintedTallyT = TypeVar("PrintedTallyT", Overview, DecisionTally, ReceivedTally, ComplianceTally)


def printed_tallies(
    counts: st.SearchStrategy[PrintedTallyT], *, known: bool = False, max_count: int = MAX_COUNT
) -> st.SearchStrategy[PrintedTally[PrintedTallyT]]:
    """Tables of the counts given, with a total beside them that often is their sum and need not be."""
    return counts.flatmap(lambda held: _with_total(held, known=known, max_count=max_count))


def _with_total(
    counts: PrintedTallyT, *, known: bool, max_count: int
) -> st.SearchStrategy[PrintedTally[PrintedTallyT]]:
    totals = st.just(sum(counts.known().values())) | counts_up_to(10 * max_count)
    return maybe(totals, known=known).map(lambda total: PrintedTally(counts, total=total))


def printed_reviews(
    *,
    names: st.SearchStrategy[str] = NAMES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    known: bool = False,
    max_count: int = MAX_COUNT,
) -> st.SearchStrategy[PrintedReview]:
    """
    One council and year as printed, any of it missing; its figures need not agree with one another.

    Take ``consistent_printed_reviews`` where they must.
    """
    statistics = maybe(printed_statistics(known=known, max_count=max_count), known=known)
    return st.builds(
        PrintedReview,
        names,
        years,
        upheld=statistics,
        compliance=statistics,
        remedies=statistics,
        per_100k=maybe(printed_per_100ks(known=known), known=known),
        overview=maybe(
            printed_tallies(overviews(known=known, max_count=max_count), known=known, max_count=max_count), known=known
        ),
        decided=maybe(
            printed_tallies(decision_tallies(known=known, max_count=max_count), known=known, max_count=max_count),
            known=known,
        ),
        received=maybe(
            printed_tallies(received_tallies(known=known, max_count=max_count), known=known, max_count=max_count),
            known=known,
        ),
        compliance_outcomes=maybe(
            printed_tallies(compliance_tallies(known=known, max_count=max_count), known=known, max_count=max_count),
            known=known,
        ),
        source=maybe(SOURCES, known=known),
    )


@st.composite
def consistent_printed_reviews(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] = NAMES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    known: bool = False,
    max_count: int = MAX_COUNT,
) -> tuple[PrintedReview, InvestigationTally, ComplianceTally]:
    """
    What is printed of true counts, any of it missing, and the true counts of investigations and of compliance.

    Each percentage follows from its count and its true base, halves up; nought of nought has none.
    With ``known=True`` no statistic and no table is missing, nor anything of them but a percentage of nothing.
    Leaves out wrong bases, wrong names of a base and every other contradiction.
    """
    decided = draw(decision_tallies(known=True, max_count=max_count)).known()
    compliance = draw(compliance_tallies(known=True, max_count=max_count))
    truth = InvestigationTally(
        decided["upheld"],
        decided["not_upheld"],
        satisfactory_remedies=draw(st.integers(0, decided["upheld"])),
    )
    three = DecisionTally(**decided).overview.known()
    received = draw(received_tallies(known=True, max_count=max_count)).known()

    def statistic(rate: Proportion | None, *nouns: str) -> PrintedStatistic | None:
        return draw(maybe(_statistic_of(rate, nouns, known=known), known=known)) if rate is not None else None

    def table(kind: type[PrintedTallyT], true: dict[str, int]) -> PrintedTally[PrintedTallyT] | None:
        if not known and draw(FLAGS):
            return None
        held = tally_told(draw, kind, true, known=known)
        return PrintedTally(held, total=sum(true.values()) if known or draw(FLAGS) else None)

    printed = PrintedReview(
        draw(names),
        draw(years),
        upheld=statistic(uphold_rate(truth), "detailed investigations", "investigations"),
        compliance=statistic(compliance_rate(compliance), "compliance outcomes"),
        remedies=statistic(satisfactory_remedy_rate(truth), "upheld decisions"),
        per_100k=draw(st.none() | printed_per_100ks()),
        overview=table(Overview, three),
        decided=table(DecisionTally, decided),
        received=table(ReceivedTally, received),
        source=draw(st.none() | SOURCES),
    )
    return printed, truth, compliance


@st.composite
def _statistic_of(draw: st.DrawFn, rate: Proportion, nouns: tuple[str, ...], *, known: bool) -> PrintedStatistic:
    percents: st.SearchStrategy[PrintedPercent | Missing | None]
    if rate.value is None:
        percents = st.none() | st.just(Missing.NOT_APPLICABLE)
    else:
        places = draw(st.sampled_from((0, 0, 1, 2)))
        percents = maybe(st.just(_percent(int(half_up(rate.value * 100 * 10**places)), places)), known=known)
    return PrintedStatistic(
        percent=draw(percents),
        count=draw(maybe(st.just(rate.numerator), known=known)),
        base=draw(maybe(st.just(rate.denominator), known=known)),
        base_noun=draw(maybe(st.sampled_from(nouns), known=known)),
        average=draw(st.none() | _PERCENTS_OR_NOT),
    )


def printed_averages(
    *,
    groups: st.SearchStrategy[AuthorityType] = GROUPS,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    measures: st.SearchStrategy[Measure[Any, Proportion]] = MEASURES,
) -> st.SearchStrategy[PrintedAverage]:
    """Averages of a comparison group as printed, for any measure, also those of which none is printed."""
    return st.builds(PrintedAverage, groups, years, measure=measures, percent=PERCENTS, source=st.none() | SOURCES)


def printed_population_averages(
    *, groups: st.SearchStrategy[AuthorityType] = GROUPS, years: st.SearchStrategy[ReportingYear] = YEARS
) -> st.SearchStrategy[PrintedPopulationAverage]:
    """A group's average of upheld decisions per 100,000 residents; leaves out averages above 200."""
    return st.builds(PrintedPopulationAverage, groups, years, per_100k=_PER_100K, source=st.none() | SOURCES)


def national_figures(
    *, years: st.SearchStrategy[ReportingYear] = YEARS, known: bool = False
) -> st.SearchStrategy[NationalFigures]:
    """One year's figures for England, as numbers and as text such as ``>99``; ``known=True`` leaves no gap."""
    percents = maybe(PERCENTS | st.sampled_from((">99", "over 80")), known=known)
    counts = maybe(st.integers(0, 30_000) | st.sampled_from(("over 4,000", "about 17,500")), known=known)
    return st.builds(
        NationalFigures,
        years,
        upheld=percents,
        compliance=percents,
        received=counts,
        investigations=counts,
        source=maybe(SOURCES, known=known),
    )


def paragraphs() -> st.SearchStrategy[Paragraph]:
    """Paragraphs of a letter, on any line and about anything; leaves out that the words suit the topics."""
    return st.builds(
        Paragraph,
        TEXTS,
        st.integers(1, 500),
        topics=st.lists(st.sampled_from(ParagraphTopic), unique=True).map(tuple),
    )


def annual_letters(
    *, figures: st.SearchStrategy[PrintedReview] | None = None, known: bool = False
) -> st.SearchStrategy[AnnualLetter]:
    """Letters with any figures and paragraphs; leaves out that their words and their figures go together."""
    return st.builds(
        AnnualLetter,
        printed_reviews(known=known) if figures is None else figures,
        addressed_to=maybe(st.sampled_from(("Head of Paid Service", "Chief Executive")) | NAMES, known=known),
        dated=maybe(DAYS, known=known),
        paragraphs=st.lists(paragraphs(), max_size=3).map(tuple),
        not_found=st.just(()) if known else st.lists(st.sampled_from(("compliance", "date")), unique=True).map(tuple),
    )


def performance_pages(
    *, names: st.SearchStrategy[str] = NAMES, known: bool = False
) -> st.SearchStrategy[PerformancePage]:
    """Pages with the figures of up to three years; leaves out that they are of the same council."""
    some_names = st.lists(NAMES, max_size=2).map(tuple)
    return st.builds(
        PerformancePage,
        names,
        st.lists(printed_reviews(known=known), max_size=3).map(tuple),
        public_reports=st.lists(paragraphs(), max_size=2).map(tuple),
        predecessors=some_names,
        successors=some_names,
        not_found=st.just(())
        if known
        else st.lists(st.sampled_from(("figures", "public reports")), unique=True).map(tuple),
    )


OF_TYPE: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    AnnualLetter: annual_letters,
    Paragraph: paragraphs,
    PrintedAverage: printed_averages,
    NationalFigures: national_figures,
    PerformancePage: performance_pages,
    PrintedPer100k: printed_per_100ks,
    PrintedPercent: printed_percents,
    PrintedPopulationAverage: printed_population_averages,
    PrintedReview: printed_reviews,
    PrintedStatistic: printed_statistics,
}
