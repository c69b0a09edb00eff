"""Strategies for what was printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from lgsco.documents import figures, letters
from lgsco.documents.areas import NationalFigures, RegionalFigures
from lgsco.documents.missing import Missing
from lgsco.model.measures import compliance_rate, satisfactory_remedy_rate, uphold_rate
from lgsco.model.tallies import ComplianceTally, DecisionTally, InvestigationTally, Overview, ReceivedTally
from lgsco.model.years import ReportingYear
from lgsco.stats.intervals import half_up
from lgsco.stats.rates import Proportion
from lgsco.strategies._cases import FLAGS
from lgsco.strategies._common import MAX_COUNT, NAMES, maybe
from lgsco.strategies._counts import (
    compliance_tallies,
    counts_up_to,
    decision_tallies,
    overviews,
    partly_known_tally,
    received_tallies,
)
from lgsco.strategies._derived import composes, derive, draws, named
from lgsco.strategies._parties import GROUPS, SOURCES, YEARS


@composes(figures.PrintedPercent)
def printed_percents(draw: st.DrawFn, *, places: st.SearchStrategy[int] | None = None) -> figures.PrintedPercent:
    """Percentages from 0 to 100 as printed, whole ones most; leaves out more than two decimals unless asked for."""
    decimals = draw(st.sampled_from((0, 0, 1, 2)) if places is None else places)
    return _percent(draw(st.integers(0, 100 * 10**decimals)), decimals)


def _percent(scaled: int, places: int) -> figures.PrintedPercent:
    if scaled % 10**places == 0:
        return figures.PrintedPercent(scaled // 10**places, places=places)
    return figures.PrintedPercent(Decimal((0, tuple(map(int, str(scaled))), -places)), places=places)


PERCENTS = printed_percents()
_PERCENT_TEXTS = PERCENTS | st.sampled_from((">99", "over 80"))
_COUNT_TEXTS = st.integers(0, 30_000) | st.sampled_from(("over 4,000", "about 17,500"))
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


def _per_100k_or_not(*, known: bool, **_: object) -> st.SearchStrategy[Decimal | Missing]:
    return _PER_100K if known else st.just(Missing.NOT_APPLICABLE) | _PER_100K


def _not_found(*parts: str) -> Callable[..., st.SearchStrategy[tuple[str, ...]]]:
    """Return what draws the parts of a document that were not found; none where everything is known."""
    some = st.lists(st.sampled_from(parts), unique=True).map(tuple)
    return lambda *, known, **_: st.just(()) if known else some


printed_statistics = derive(
    figures.PrintedStatistic,
    """One of the three statistics as printed, any of it missing; its figures need not agree with one another.

    With ``known=True`` nothing is missing and nothing is "n/a".
    """,
    base_noun=_BASE_NOUNS | NAMES,
)


printed_per_100ks = derive(
    figures.PrintedPer100k,
    "Upheld decisions per 100,000 residents as printed, with one decimal; leaves out rates above 200.",
    rate=_PER_100K,
    average=_per_100k_or_not,
)


PrintedTallyT = TypeVar("PrintedTallyT", Overview, DecisionTally, ReceivedTally, ComplianceTally)


@draws(figures.PrintedTally)
def printed_tallies(
    counts: st.SearchStrategy[PrintedTallyT] | None = None, *, known: bool = False, max_count: int = MAX_COUNT
) -> st.SearchStrategy[figures.PrintedTally[PrintedTallyT]]:
    """Tables of the counts given, or of any, with a total beside them that often is their sum and need not be."""
    any_counts: list[st.SearchStrategy[Any]] = [
        tallies(known=known, max_count=max_count)
        for tallies in (overviews, decision_tallies, received_tallies, compliance_tallies)
    ]
    return (st.one_of(any_counts) if counts is None else counts).flatmap(
        lambda tally: _with_total(tally, known=known, max_count=max_count)
    )


def _with_total(
    counts: PrintedTallyT, *, known: bool, max_count: int
) -> st.SearchStrategy[figures.PrintedTally[PrintedTallyT]]:
    totals = st.just(sum(counts.known().values())) | counts_up_to(10 * max_count)
    return maybe(totals, known=known).map(lambda total: figures.PrintedTally(counts, total=total))


printed_reviews = derive(
    figures.PrintedReview,
    """One council and year as printed, any of it missing; its figures need not agree with one another.

    Take ``consistent_printed_reviews`` where they must.
    """,
)


@named
@st.composite
def consistent_printed_reviews(
    draw: st.DrawFn,
    *,
    names: st.SearchStrategy[str] = NAMES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    known: bool = False,
    max_count: int = MAX_COUNT,
) -> tuple[figures.PrintedReview, InvestigationTally, ComplianceTally]:
    """
    What is printed of true counts, any of it missing, and the true counts of investigations and of compliance.

    Each percentage follows from its count and its true base, half up; 0 of 0 has none.
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

    def statistic(rate: Proportion | None, *nouns: str) -> figures.PrintedStatistic | None:
        return draw(maybe(_statistic_of(rate, nouns, known=known), known=known)) if rate is not None else None

    def table(kind: type[PrintedTallyT], true: dict[str, int]) -> figures.PrintedTally[PrintedTallyT] | None:
        if not known and draw(FLAGS):
            return None
        counts = partly_known_tally(draw, kind, true, known=known)
        return figures.PrintedTally(counts, total=sum(true.values()) if known or draw(FLAGS) else None)

    printed = figures.PrintedReview(
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
def _statistic_of(
    draw: st.DrawFn, rate: Proportion, nouns: tuple[str, ...], *, known: bool
) -> figures.PrintedStatistic:
    percents: st.SearchStrategy[figures.PrintedPercent | Missing | None]
    if rate.value is None:
        percents = st.none() | st.just(Missing.NOT_APPLICABLE)
    else:
        places = draw(st.sampled_from((0, 0, 1, 2)))
        percents = maybe(st.just(_percent(int(half_up(rate.value * 100 * 10**places)), places)), known=known)
    return figures.PrintedStatistic(
        percent=draw(percents),
        count=draw(maybe(st.just(rate.numerator), known=known)),
        base=draw(maybe(st.just(rate.denominator), known=known)),
        base_noun=draw(maybe(st.sampled_from(nouns), known=known)),
        average=draw(st.none() | _PERCENTS_OR_NOT),
    )


printed_averages = derive(
    figures.PrintedAverage,
    "Averages of a comparison group as printed, for any measure, also those of which none is printed.",
    group=GROUPS,
)


printed_population_averages = derive(
    figures.PrintedPopulationAverage,
    "A group's average of upheld decisions per 100,000 residents; leaves out averages above 200.",
    group=GROUPS,
    per_100k=_PER_100K,
)


national_figures = derive(
    NationalFigures,
    "One year's figures for England, as numbers and as text such as ``>99``; ``known=True`` leaves no gap.",
    upheld=_PERCENT_TEXTS,
    compliance=_PERCENT_TEXTS,
    received=_COUNT_TEXTS,
    investigations=_COUNT_TEXTS,
)


regional_figures = derive(
    RegionalFigures,
    "One year's figures for a region, any of them missing; leaves out that they need not agree with one another.",
    region=st.sampled_from(("North West", "London", "Yorkshire and The Humber")) | NAMES,
    received_per_100k=_PER_100K,
    received_per_100k_average=_PER_100K,
    upheld_per_100k=_PER_100K,
    upheld_per_100k_average=_PER_100K,
)


paragraphs = derive(
    letters.Paragraph,
    "Paragraphs of a letter, on any line and about anything; leaves out that the words suit the topics.",
    line=st.integers(1, 500),
    topics=st.lists(st.sampled_from(letters.ParagraphTopic), unique=True).map(tuple),
)


annual_letters = derive(
    letters.AnnualLetter,
    "Letters with any figures and paragraphs; leaves out that their words and their figures go together.",
    addressed_to=st.sampled_from(("Head of Paid Service", "Chief Executive")) | NAMES,
    not_found=_not_found("compliance", "date"),
)


performance_pages = derive(
    letters.PerformancePage,
    "Pages with the figures of up to two years; leaves out that they are of the same council.",
    not_found=_not_found("figures", "public reports"),
)
