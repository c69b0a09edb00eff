"""
Joining sources: which one stands where several print the same figure, and what several say together.

The Ombudsman's own comes before second-hand, then the newer, then by title and address; nothing is dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias, TypeVar

from lgsco.documents.figures import PrintedReview, PrintedStatistic, PrintedTally
from lgsco.errors import InvalidValue
from lgsco.model import measures
from lgsco.model.authorities import Authority, AuthorityType, Register, authority_order, comparison_group
from lgsco.model.cases import Investigation
from lgsco.model.counts import COUNTS, part_names
from lgsco.model.measures import ShareMeasure
from lgsco.model.reviews import AnnualReview, contradictions
from lgsco.model.tallies import TALLY_TYPES, Tally
from lgsco.model.years import ReportingYear
from lgsco.sources import Basis, Source

CouncilYear: TypeAlias = tuple[Authority, ReportingYear]
"""A council and a year, by which everything is looked up."""
RowT = TypeVar("RowT", bound=PrintedReview | AnnualReview)
_Item = TypeVar("_Item")

PUBLISHED: Final = (Basis.PUBLISHED, Basis.SECOND_HAND)
"""The bases that stand for a published figure, the better first."""
_COUNT_NAMES: Final = {kind: part_names(field) for field, kind in TALLY_TYPES.items()}
_LAST: Final = dt.date.max.toordinal()


def precedence(source: Source | None) -> tuple[object, ...]:
    """Order sources: the Ombudsman's own before second-hand, the newer first (undated last), by title and address."""
    if source is None:
        return (len(PUBLISHED), 0, "", "")
    rank = PUBLISHED.index(source.basis) if source.basis in PUBLISHED else len(PUBLISHED)
    newest_first = _LAST - source.published_on.toordinal() if source.published_on else _LAST
    return (rank, newest_first, source.title, source.url or "")


def is_published(source: Source | None) -> bool:
    """Return True where figures of a source stand for published ones: those without a source do, behind all others."""
    return source is None or source.basis in PUBLISHED


def rows_by_key(rows: Iterable[tuple[CouncilYear, RowT]]) -> dict[CouncilYear, list[RowT]]:
    """Group what is known by council and year, in the order of years and councils, the better source first."""
    grouped: dict[CouncilYear, list[RowT]] = {}
    for key, row in rows:
        grouped.setdefault(key, []).append(row)
    keys = sorted(grouped, key=lambda key: (key[1], authority_order(key[0])))
    return {key: sorted(grouped[key], key=lambda row: precedence(row.source)) for key in keys}


def reviews_by_group(
    reviews: Iterable[AnnualReview], register: Register
) -> dict[tuple[AuthorityType, ReportingYear], tuple[AnnualReview, ...]]:
    """Group reviews by the comparison group on the last day of the year; a council that is in none is left out."""
    groups: dict[tuple[AuthorityType, ReportingYear], list[AnnualReview]] = {}
    for review in reviews:
        group = comparison_group(review.authority, register, review.year.end)
        if group is not None:
            groups.setdefault((group, review.year), []).append(review)
    return {key: tuple(members) for key, members in groups.items()}


def counts_of_measure(review: AnnualReview, measure: ShareMeasure) -> tuple[int | None, int | None]:
    """Return the numerator and the denominator of a measure, also where only one of them is held."""
    if measure not in _COUNTS_OF:
        rate = measure(review)
        return (None, None) if rate is None else (rate.numerator, rate.denominator)
    part, numerator, denominator = _COUNTS_OF[measure]
    tally = getattr(review, part)
    return (None, None) if tally is None else (getattr(tally, numerator), getattr(tally, denominator))


_COUNTS_OF: Final = {
    getattr(measures, entry.rate): (entry.field, entry.name, entry.part_of)
    for entry in COUNTS
    if entry.rate is not None and entry.part_of is not None
}
"""Of each measure of the package: the part of a review, its numerator and its denominator there."""


def is_same(counts: tuple[int | None, int | None], known: tuple[int | None, int | None]) -> bool:
    """Return True where a source gives at least one of the counts that are known, and none that differs."""
    pairs = [(count, true) for count, true in zip(counts, known, strict=True) if count is not None]
    return bool(pairs) and all(count == true for count, true in pairs)


def join_reviews(key: CouncilYear, reviews: Iterable[AnnualReview]) -> AnnualReview:
    """
    Take each count from the first source that gives it, unless its source contradicts what a better one gives.

    Args:
        key: the council and the year of all the reviews.
        reviews: what each source gives, the better one first.
    """
    ordered = [*reviews]
    if len(ordered) == 1:
        return ordered[0]
    taken: dict[str, Any] = dict.fromkeys(TALLY_TYPES)
    sources: list[Source] = []
    for review in ordered:
        before = taken
        for name in TALLY_TYPES:
            whole = {**taken, name: _filled(taken[name], getattr(review, name))}
            if not contradictions(whole["investigations"], whole["overview"], whole["decided"]):
                taken = whole
        if taken != before and review.source is not None:
            sources.append(review.source)
    return AnnualReview(*key, **taken, source=_joint_source(sources))


def _filled(better: Tally | None, other: Tally | None) -> Tally | None:
    """Fill in the counts that a better source lacks, where what both have is the same and all can be true."""
    if better is None or other is None:
        return other if better is None else better
    counts: dict[str, int | None] = {}
    for name in (*_COUNT_NAMES[type(better)], "total"):
        first, second = getattr(better, name), getattr(other, name)
        if first is not None and second is not None and first != second:
            return better
        counts[name] = second if first is None else first
    try:
        return type(better)(**counts)
    except InvalidValue:
        return better


def _joint_source(sources: list[Source]) -> Source | None:
    if len(sources) <= 1:
        return sources[0] if sources else None
    # As weak as its weakest part: what is in part second-hand is second-hand.
    basis = max(sources, key=precedence).basis
    return Source(" and ".join(dict.fromkeys(source.title for source in sources)), basis=basis)


def printed_counts(review: AnnualReview) -> PrintedReview:
    """Return counts as what their source prints, so that they are audited beside what others print."""
    figures: dict[str, Any] = {
        name: PrintedTally(tally, total=tally.total)
        for name in ("overview", "decided", "received")
        if (tally := getattr(review, name)) is not None
    }
    if review.compliance is not None:
        figures["compliance_outcomes"] = PrintedTally(review.compliance, total=review.compliance.total)
    if review.investigations is not None:
        counts = review.investigations
        figures["upheld"] = PrintedStatistic(count=counts.upheld, base=counts.total)
        figures["remedies"] = PrintedStatistic(count=counts.satisfactory_remedies)
    return PrintedReview(review.authority.name, review.year, source=review.source, **figures)


def join_registers(first: Register, second: Register) -> Register:
    """
    Return the councils of two registers.

    Raises:
        InvalidValue: the registers have the same council differently.
    """
    if first == second:
        return first
    known = {entry.authority: entry for entry in first.entries}
    clashes = [entry for entry in second.entries if known.get(entry.authority, entry) != entry]
    if clashes:
        names = ", ".join(entry.authority.name for entry in clashes)
        raise InvalidValue.at("register", names, "must be the same in both registers")
    extra = [entry for entry in second.entries if entry.authority not in known]
    return Register(tuple(sorted((*first.entries, *extra), key=repr))) if extra else first


def in_order(items: tuple[_Item, ...], key: Callable[[Any], tuple[Any, ...]]) -> tuple[_Item, ...]:
    """Put values in a total order, each once; those with one key are told apart by all that they are."""
    ordered: dict[tuple[Any, ...], list[_Item]] = {}
    for item in dict.fromkeys(items):
        ordered.setdefault(key(item), []).append(item)
    return tuple(
        item
        for place in sorted(ordered)
        for item in (sorted(ordered[place], key=repr) if len(ordered[place]) > 1 else ordered[place])
    )


def _source_key(source: Source | None) -> tuple[str, ...]:
    return ("", "") if source is None else (source.title, source.url or "")


ORDER: Final[dict[str, Callable[[Any], tuple[Any, ...]]]] = {
    "printed": lambda row: (row.year.ending, row.name, *_source_key(row.source)),
    "counts": lambda review: (review.year.ending, *authority_order(review.authority), *_source_key(review.source)),
    "averages": lambda row: (row.year.ending, row.group, row.measure.name, *_source_key(row.source)),
    "national": lambda row: (row.year.ending, *_source_key(row.source)),
    "regional": lambda row: (row.year.ending, row.region, *_source_key(row.source)),
    "populations": lambda row: (row.year.ending, *authority_order(row.authority), row.population.estimated_on),
    "cases": lambda case: (case.decision.reference if isinstance(case, Investigation) else case.reference,),
    "compliance": lambda outcome: (outcome.reference, *authority_order(outcome.authority)),
    "enquiries": lambda enquiry: (enquiry.sent_on.toordinal(), enquiry.due_on.toordinal()),
    "improvements": lambda improvement: (improvement.reference or "", improvement.agreed),
}
"""The tuples of a dataset, each with the key by which it is put in order."""
