"""Several places that print the same council and year, or the average of one group: on what they disagree."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lgsco.documents.figures import PrintedAverage, PrintedPercent, PrintedReview, PrintedStatistic
from lgsco.documents.findings import Finding, FindingKind
from lgsco.errors import AuthorityLookupError
from lgsco.model.authorities import Authority, AuthorityType, comparison_group
from lgsco.model.measures import KEY_STATISTICS, ProportionMeasure
from lgsco.model.years import ReportingYear
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from lgsco.model.authorities import Register

__all__ = ["counts_of", "disagreements"]

Counted: TypeAlias = tuple[str, int]
"""Where a count is printed, and what it is."""


def counts_of(review: PrintedReview) -> dict[str, list[Counted]]:
    """Give each count of one council's cases that is printed, with the places that print it."""
    upheld, compliance, remedies = (
        statistic or PrintedStatistic() for statistic in (review.upheld, review.compliance, review.remedies)
    )
    overview = review.overview and review.overview.counts
    decided = review.decided and review.decided.counts
    counts: dict[str, list[tuple[str, int | None]]] = {
        "upheld": [("uphold rate", upheld.count), ("complaints decided", decided and decided.upheld)],
        "investigated": [
            ("uphold rate", upheld.base),
            ("overview", overview and overview.investigated),
            ("complaints decided", decided and decided.overview.investigated),
        ],
        "compliance outcomes": [("compliance rate", compliance.base)],
        "satisfactory remedies": [("satisfactory remedy rate", remedies.count)],
    }
    return {what: [(where, count) for where, count in places if count is not None] for what, places in counts.items()}


def disagreements(
    reviews: Sequence[PrintedReview], averages: Sequence[PrintedAverage], register: Register | None
) -> list[Finding]:
    """Find what several places print differently: counts, then percentages, then averages."""
    known = _Known(register)
    counts = [said for review in reviews for said in _counts_said(review, known)]
    apart = [*_apart(counts, FindingKind.COUNTS_DISAGREE)]
    disputed = {(finding.name, finding.year) for finding in apart}
    percents = [
        said
        for review in reviews
        if (review.name, review.year) not in disputed
        for said in _percents_said(review, known)
    ]
    means = [
        *(said for review in reviews for said in _averages_said(review, known)),
        *map(_average_said, averages),
    ]
    return [
        *apart,
        *_apart(percents, FindingKind.PERCENTS_DISAGREE),
        *_apart(means, FindingKind.AVERAGES_DISAGREE),
    ]


class _Said(NamedTuple):
    """What one place prints of something: a count or a percentage, and who prints it where."""

    key: Hashable
    figure: int | PrintedPercent
    where: str
    name: str
    year: ReportingYear
    source: Source | None
    noun: str = ""

    @property
    def shown(self) -> str:
        return f"{self.figure} {self.noun}".rstrip()


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


def _counts_said(review: PrintedReview, known: _Known) -> Iterator[_Said]:
    for what, places in counts_of(review).items():
        if places:
            where, count = places[0]
            yield _Said(
                (known.who(review), review.year, what), count, where, review.name, review.year, review.source, what
            )


def _statistics(review: PrintedReview) -> Iterable[tuple[ProportionMeasure, PrintedStatistic]]:
    for measure in KEY_STATISTICS:
        if (statistic := review.statistic(measure)) is not None:
            yield measure, statistic


def _percents_said(review: PrintedReview, known: _Known) -> Iterator[_Said]:
    for measure, statistic in _statistics(review):
        if isinstance(statistic.percent, PrintedPercent):
            key = known.who(review), review.year, measure
            yield _Said(key, statistic.percent, measure.title.lower(), review.name, review.year, review.source)


def _averages_said(review: PrintedReview, known: _Known) -> Iterator[_Said]:
    group = known.group(review)
    for measure, statistic in _statistics(review):
        if group is not None and isinstance(statistic.average, PrintedPercent):
            key, where = (group, review.year, measure), _where(measure, group)
            yield _Said(key, statistic.average, where, review.name, review.year, review.source)


def _average_said(average: PrintedAverage) -> _Said:
    group, year, measure = average.group, average.year, average.measure
    where = _where(measure, group)
    return _Said((group, year, measure), average.percent, where, group.label, year, average.source)


def _where(measure: ProportionMeasure, group: AuthorityType) -> str:
    return f"{measure.title.lower()}, average of {group.label.lower()}"


def _apart(said: Iterable[_Said], kind: FindingKind) -> Iterator[Finding]:
    """Find figures that differ from what most places print; where no figure leads, from the first."""
    by_key: dict[Hashable, list[_Said]] = {}
    for one in said:
        by_key.setdefault(one.key, []).append(one)
    for several in by_key.values():
        # Counted in the order in which they come, so that the first of equals leads.
        usual, times = Counter(one.figure for one in several).most_common(1)[0]
        first = next(one for one in several if one.figure == usual)
        for one in several:
            if not _agree(one.figure, usual):
                yield Finding(
                    kind=kind,
                    name=one.name,
                    year=one.year,
                    where=one.where,
                    printed=one.shown,
                    follows=f"{first.figure} {_elsewhere(first, times)}",
                    source=one.source,
                )


def _agree(one: int | PrintedPercent, other: int | PrintedPercent) -> bool:
    """Whether two figures can stand for one: percentages of one and of no decimal often can."""
    if isinstance(one, PrintedPercent) and isinstance(other, PrintedPercent):
        return one.lower < other.upper and other.lower < one.upper
    return one == other


def _elsewhere(first: _Said, times: int) -> str:
    place = "elsewhere" if first.source is None else f"in {first.source.title}"
    return place if times == 1 else f"{place} and {times - 1} more"
