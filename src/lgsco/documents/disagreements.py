"""Several places that print the same council and year, or the average of one group: on what they disagree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from lgsco.documents.figures import PrintedAverage, PrintedPercent, PrintedReview, PrintedStatistic, PrintedTally
from lgsco.documents.findings import Finding, FindingKind
from lgsco.errors import AuthorityLookupError
from lgsco.model.authorities import Authority, AuthorityType, comparison_group
from lgsco.model.counts import COUNTS
from lgsco.model.measures import KEY_STATISTICS, ProportionMeasure
from lgsco.model.years import ReportingYear
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from lgsco.model.authorities import Register

Counted: TypeAlias = tuple[str, int]
"""Where a count is printed, and what it is."""


_WHERE = {
    "overview": "overview",
    "decided": "complaints decided",
    "received": "complaints received",
    "compliance": "compliance outcomes",
}
"""Where each part of a review is printed as a table."""


def counts_of(review: PrintedReview) -> dict[str, list[Counted]]:
    """Return each count of one council's cases that is printed, with the places that print it."""
    upheld, compliance, remedies = (
        statistic or PrintedStatistic() for statistic in (review.upheld, review.compliance, review.remedies)
    )
    counts: dict[str, list[tuple[str, int | None]]] = {
        "upheld": [("uphold rate", upheld.count)],
        "investigated": [("uphold rate", upheld.base)],
        "compliance outcomes": [("compliance rate", compliance.base)],
        "complied": [("compliance rate", compliance.count)],
        "satisfactory remedies": [("satisfactory remedy rate", remedies.count)],
    }
    tables: dict[str, PrintedTally[Any] | None] = {
        "overview": review.overview,
        "decided": review.decided,
        "received": review.received,
        "compliance": review.compliance_outcomes,
    }
    for entry in COUNTS:
        table = tables.get(entry.field)
        if table is not None:
            # A total that is not that of its parts is a finding already.
            total = None if table.is_contradictory else table.total
            count = total if entry.name == "total" else getattr(table.counts, entry.name)
            counts.setdefault(entry.cases.replace("_", " "), []).append((_WHERE[entry.field], count))
    if review.decided is not None:
        counts["investigated"].append((_WHERE["decided"], review.decided.counts.overview.investigated))
    return {what: [(where, count) for where, count in places if count is not None] for what, places in counts.items()}


def disagreements(
    reviews: Sequence[PrintedReview], averages: Sequence[PrintedAverage], register: Register | None
) -> list[Finding]:
    """Find what several places print differently: counts, then percentages, then averages."""
    known = _Known(register)
    counts = [figure for review in reviews for figure in _counts(review, known)]
    apart = [*_apart(counts, FindingKind.COUNTS_DISAGREE)]
    disputed = {(finding.name, finding.year) for finding in apart}
    percents = [
        figure
        for review in reviews
        if (review.name, review.year) not in disputed
        for figure in _percents(review, known)
    ]
    means = [
        *(figure for review in reviews for figure in _averages(review, known)),
        *map(_average, averages),
    ]
    return [
        *apart,
        *_apart(percents, FindingKind.PERCENTS_DISAGREE),
        *_apart(means, FindingKind.AVERAGES_DISAGREE),
    ]


class _Figure(NamedTuple):
    """What one place prints of something: a count or a percentage, and who prints it where."""

    key: Hashable
    printed: int | PrintedPercent
    where: str
    name: str
    year: ReportingYear
    source: Source | None
    noun: str = ""

    @property
    def shown(self) -> str:
        return f"{self.printed} {self.noun}".rstrip()


class _Known:
    """Who a printed name is, by the register where there is one."""

    def __init__(self, register: Register | None) -> None:
        self._register = register
        self._found: dict[tuple[str, ReportingYear], Authority | None] = {}

    def authority(self, review: PrintedReview) -> Authority | None:
        key = review.name, review.year
        if key not in self._found:
            self._found[key] = self._find(*key)
        return self._found[key]

    def _find(self, name: str, year: ReportingYear) -> Authority | None:
        if self._register is None:
            return None
        try:
            return self._register.find_in_print(name, year.end)
        except AuthorityLookupError:
            # Then it is whoever else is printed by that name.
            return None

    def who(self, review: PrintedReview) -> Hashable:
        return self.authority(review) or review.name

    def group(self, review: PrintedReview) -> AuthorityType | None:
        authority = self.authority(review)
        return None if authority is None else comparison_group(authority, self._register, review.year.end)


def _counts(review: PrintedReview, known: _Known) -> Iterator[_Figure]:
    for what, places in counts_of(review).items():
        if places:
            where, count = places[0]
            yield _Figure(
                (known.who(review), review.year, what), count, where, review.name, review.year, review.source, what
            )


def _statistics(review: PrintedReview) -> Iterable[tuple[ProportionMeasure, PrintedStatistic]]:
    for measure in KEY_STATISTICS:
        if (statistic := review.statistic(measure)) is not None:
            yield measure, statistic


def _percents(review: PrintedReview, known: _Known) -> Iterator[_Figure]:
    for measure, statistic in _statistics(review):
        if isinstance(statistic.percent, PrintedPercent):
            key = known.who(review), review.year, measure
            yield _Figure(key, statistic.percent, measure.title.lower(), review.name, review.year, review.source)


def _averages(review: PrintedReview, known: _Known) -> Iterator[_Figure]:
    group = known.group(review)
    for measure, statistic in _statistics(review):
        if group is not None and isinstance(statistic.average, PrintedPercent):
            key, where = (group, review.year, measure), _where(measure, group)
            yield _Figure(key, statistic.average, where, review.name, review.year, review.source)


def _average(average: PrintedAverage) -> _Figure:
    group, year, measure = average.group, average.year, average.measure
    where = _where(measure, group)
    return _Figure((group, year, measure), average.percent, where, group.label, year, average.source)


def _where(measure: ProportionMeasure, group: AuthorityType) -> str:
    return f"{measure.title.lower()}, average of {group.label.lower()}"


def _apart(figures: Iterable[_Figure], kind: FindingKind) -> Iterator[Finding]:
    """Find figures that differ from what most places print; where no figure leads, from the first."""
    by_key: dict[Hashable, list[_Figure]] = {}
    for figure in figures:
        by_key.setdefault(figure.key, []).append(figure)
    for several in by_key.values():
        # Counted in the order in which they come, so that the first of equals leads.
        usual, times = Counter(figure.printed for figure in several).most_common(1)[0]
        first = next(figure for figure in several if figure.printed == usual)
        for figure in several:
            if not _agree(figure.printed, usual):
                yield Finding(
                    kind=kind,
                    name=figure.name,
                    year=figure.year,
                    where=figure.where,
                    printed=figure.shown,
                    follows=f"{first.printed} {_elsewhere(first, times)}",
                    source=figure.source,
                )


def _agree(first: int | PrintedPercent, second: int | PrintedPercent) -> bool:
    """Return True where two figures can be of one rate: percentages with different numbers of decimals often can."""
    if isinstance(first, PrintedPercent) and isinstance(second, PrintedPercent):
        return first.lower < second.upper and second.lower < first.upper
    return first == second


def _elsewhere(first: _Figure, times: int) -> str:
    place = "elsewhere" if first.source is None else f"in {first.source.title}"
    return place if times == 1 else f"{place} and {times - 1} more"
