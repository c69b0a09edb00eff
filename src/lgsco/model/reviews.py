"""Annual reviews: the counts of one council and reporting year."""

from __future__ import annotations

from collections import Counter
from dataclasses import KW_ONLY
from typing import final

from lgsco._text import ShownAsTable
from lgsco._values import value
from lgsco.errors import InvalidValue, Problem
from lgsco.model.authorities import Authority
from lgsco.model.counts import COUNTS, part_names
from lgsco.model.tallies import (
    TALLY_TYPES,
    ComplianceTally,
    DecisionTally,
    InvestigationTally,
    Overview,
    ReceivedTally,
    Tally,
)
from lgsco.model.years import ReportingYear
from lgsco.sources import Source
from lgsco.stats.rates import Population

__all__ = [
    "AnnualReview",
    "AuthorityPopulation",
    "contradictions",
]


@final
@value
class AnnualReview(ShownAsTable):
    """
    The counts of one council and reporting year.

    A part that is ``None`` is not held, which is not the same as no cases.
    ``overview`` may be left out where ``decided`` is given, from which it follows.

    Raises:
        InvalidValue: a field is of the wrong type.
        InvalidValue: two parts give different counts of the same cases.
    """

    authority: Authority
    year: ReportingYear
    _: KW_ONLY
    investigations: InvestigationTally | None = None
    compliance: ComplianceTally | None = None
    overview: Overview | None = None
    decided: DecisionTally | None = None
    received: ReceivedTally | None = None
    source: Source | None = None

    def as_table(self) -> tuple[str, list[str], list[list[str]]]:
        """Return the table that a notebook shows: its caption, its headings and a row for each count."""
        source = "" if self.source is None else f". Source: {self.source.title}"
        rows = []
        for field in TALLY_TYPES:
            tally: Tally | None = getattr(self, field)
            if tally is not None:
                counts = {name: getattr(tally, name) for name in (*part_names(field), "total")}
                rows += [
                    [f"{field.capitalize()}: {name.replace('_', ' ')}", "not known" if count is None else f"{count:,}"]
                    for name, count in counts.items()
                ]
        caption = f"{self.authority}, {self.year}{source}"
        return caption, ["Count", "Number"], rows or [["All counts", "not known"]]

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem.at(field, count, f"is contradicted by {contrary_field}, {contrary_count}")
            for (field, count), (contrary_field, contrary_count) in contradictions(
                self.investigations, self.overview, self.decided
            )
        ]
        if problems:
            raise InvalidValue(problems)


_TIMES_COUNTED = Counter(entry.cases for entry in COUNTS)
_COMPARABLE = [entry for entry in COUNTS if _TIMES_COUNTED[entry.cases] > 1]


@final
@value
class AuthorityPopulation:
    """
    The residents that stand for a council in a reporting year; the population says on which day and by whom.

    >>> import datetime as dt
    >>> from lgsco import Authority, AuthorityType
    >>> kent = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
    >>> AuthorityPopulation(kent, ReportingYear(2024), population=Population(1_600_000, dt.date(2022, 6, 30))).year
    ReportingYear(ending=2024)

    Raises:
        InvalidValue: a field is of the wrong type.
    """

    authority: Authority
    year: ReportingYear
    _: KW_ONLY
    population: Population


def contradictions(
    investigations: InvestigationTally | None, overview: Overview | None, decided: DecisionTally | None
) -> list[tuple[tuple[str, int], tuple[str, int]]]:
    """
    List the counts of the same cases on which two parts of a review disagree.

    Args:
        investigations: the investigations of the year, where they are known.
        overview: the complaints dealt with in the year, where they are known.
        decided: the complaints decided in the year, by outcome, where they are known.

    Returns:
        Pairs of counts that are known and differ, each count with its path within a review.

    >>> contradictions(InvestigationTally(3, 1), Overview(investigated=5), None)
    [(('investigations.total', 4), ('overview.investigated', 5))]
    """
    tallies = {"investigations": investigations, "overview": overview, "decided": decided}
    counts: dict[str, list[tuple[str, int]]] = {}
    for entry in _COMPARABLE:
        if (count := getattr(tallies[entry.field], entry.name, None)) is not None:
            counts.setdefault(entry.cases, []).append((f"{entry.field}.{entry.name}", count))
    if decided is not None and (investigated := decided.investigations.total) is not None:
        counts.setdefault("investigated", []).append(("decided.overview.investigated", investigated))
    return [(first, contrary) for first, *others in counts.values() for contrary in others if contrary[1] != first[1]]
