"""
The counts of a council's own cases that a policy keeps back, in reports and in rows alike.

Counts of one tally are protected together: the kinds with the sum of all kinds, the areas with the sum of all areas.
The two sums are the same, so that areas show no recommendations where a sum is small.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, cast

from lgsco.casework.progress import Progress
from lgsco.casework.tallies import AreaTally, EnquiryTally, KindTally, RecommendationTally
from lgsco.model.counts import COUNTS
from lgsco.model.reviews import AnnualReview
from lgsco.stats.suppression import SuppressionPolicy, suppress, suppressed_counts

Names: TypeAlias = frozenset[str]
_PROGRESS = [progress.value for progress in Progress]


def recommendations_kept_back(tallies: Sequence[RecommendationTally], policy: SuppressionPolicy) -> list[Names]:
    """
    Return for each tally the counts that are not shown, ``total`` among them, and last those of the sum of all.

    Args:
        tallies: recommendations in groups that are added up, each in one of them.
        policy: which counts are not shown.
    """
    table = [[*(getattr(tally, name) for name in _PROGRESS), tally.total] for tally in tallies]
    table.append([sum(column) for column in zip(*table, strict=True)])
    shown = suppress(table, policy=policy, shared_totals=True)
    return [
        frozenset(name for name, count in zip((*_PROGRESS, "total"), row, strict=True) if count is None)
        for row in shown
    ]


def _prefixed(names: Names) -> Names:
    return frozenset(f"recommendations_{name}" for name in names)


def _of_kinds(kinds: Sequence[KindTally], policy: SuppressionPolicy) -> list[Names]:
    return [*map(_prefixed, recommendations_kept_back([kind.recommendations for kind in kinds], policy)[:-1])]


def _of_areas(areas: Sequence[AreaTally], policy: SuppressionPolicy) -> list[Names]:
    tallies = [area.recommendations for area in areas]
    *rows, sums = recommendations_kept_back(tallies, policy)
    if sums:
        rows = [frozenset(name for name in (*_PROGRESS, "total") if getattr(tally, name)) for tally in tallies]
    cases = [
        [reports := area.public_reports, unknown := area.public_reports_not_stated, area.cases - reports - unknown]
        for area in areas
    ]
    table = [[*row, sum(row)] for row in [*cases, [sum(column) for column in zip(*cases, strict=True)]]]
    columns = ("public_reports", "public_reports_not_stated", "", "cases")
    payments = ("stated", "not_stated")
    # A sum of money tells its payments where they are few; and the sums of some areas tell that of the last.
    few = any(0 < getattr(area.payments, name) < policy.least_shown for area in areas for name in payments)
    return [
        frozenset(
            [
                *_prefixed(row),
                *(name for name, count in zip(columns, counts, strict=True) if count is None and name),
                *(f"payments_{name}" for name in ("pounds", *payments) if few and getattr(area.payments, name)),
            ]
        )
        for area, row, counts in zip(areas, rows, suppress(table, policy=policy), strict=False)
    ]


def _of_enquiries(tallies: Sequence[EnquiryTally], policy: SuppressionPolicy) -> list[Names]:
    return [_of_enquiry_tally(tally, policy) for tally in tallies]


def _of_enquiry_tally(tally: EnquiryTally, policy: SuppressionPolicy) -> Names:
    names = ("answered_on_time", "answered_late", "not_yet_due", "overdue", "total")
    answers = suppress([[getattr(tally, name) for name in names]], policy=policy)[0]
    threats, total = tally.summonses_threatened, tally.total
    threatened = suppress([[threats, total - threats, total]], policy=policy)[0]
    cells = zip((*names, "summonses_threatened"), (*answers, threatened[0]), strict=True)
    return frozenset(name for name, count in cells if count is None)


def _of_reviews(reviews: Sequence[AnnualReview], policy: SuppressionPolicy) -> list[Names]:
    return [_of_review(review, policy) for review in reviews]


# Every count of cases but those of areas, with its parts; a complement that is not shown would be told by the others.
_SUMS = {
    "dealt_with": ("not_for_us", "assessed_and_closed", "investigated"),
    "not_for_us": ("invalid_or_incomplete", "advice_given", "referred_back"),
    "investigated": ("upheld", "not_upheld"),
    "upheld": ("satisfactory_remedies", "not yet remedied"),
    "compliance_outcomes": ("complied", "not_complied"),
    "complied": ("complied_late", "on time"),
    "received": tuple(entry.cases for entry in COUNTS if entry.field == "received" and entry.part_of is not None),
}
_SAME_CASES = {"closed_after_initial_enquiries": "assessed_and_closed"}


def _of_review(review: AnnualReview, policy: SuppressionPolicy) -> Names:
    columns: dict[str, str] = {}
    counts: dict[str, int] = {}
    for entry in COUNTS:
        count = getattr(getattr(review, entry.field), entry.name, None)
        if count is not None:
            cases = _SAME_CASES.get(entry.cases, entry.cases)
            columns[entry.column], counts[cases] = cases, count
    if review.decided is not None:
        overview = {name: getattr(review.decided.overview, name) for name in _SUMS["dealt_with"]}
        counts |= {name: count for name, count in overview.items() if count is not None}
    for whole, part, rest in (("upheld", *_SUMS["upheld"]), ("complied", *_SUMS["complied"])):
        if whole in counts and part in counts:
            counts[rest] = counts[whole] - counts[part]
    sums = {name: parts for name, parts in _SUMS.items() if counts.keys() >= {name, *parts}}
    hidden = suppressed_counts(counts, sums, policy=policy)
    return frozenset(column for column, cases in columns.items() if cases in hidden)


KEPT_BACK = cast(
    "dict[type, Callable[[Sequence[Any], SuppressionPolicy], list[Names]]]",
    {KindTally: _of_kinds, AreaTally: _of_areas, EnquiryTally: _of_enquiries, AnnualReview: _of_reviews},
)
"""For each type made from own cases: the columns of its rows that are not shown, for each of some values."""
