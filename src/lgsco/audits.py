"""What was printed, held against what its own counts say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias, final

import attrs

from lgsco._values import Slug, a_text, instance_of, optional, value
from lgsco.casework import ReportingYear
from lgsco.measures import compliance_rate, satisfactory_remedy_rate, uphold_rate
from lgsco.printed import AnnualLetter, NotApplicable, PrintedPercent, PrintedReview, PrintedStatistic, PrintedTally
from lgsco.rates import Proportion
from lgsco.sources import Source

if TYPE_CHECKING:
    from lgsco.measures import ProportionMeasure
    from lgsco.tallies import DecisionTally, Overview, ReceivedTally

__all__ = ["Audited", "Certainty", "Finding", "FindingKind", "audit"]


class FindingKind(Slug):
    """In what way print contradicts itself."""

    PERCENT_AGAINST_COUNTS = "percent_against_counts"
    """The percentage is not what its counts give."""
    NO_SUCH_COUNT = "no_such_count"
    """No whole number of the stated base gives the percentage."""
    WRONG_BASE = "wrong_base"
    """The base stated is not the number that the percentage rests on."""
    MISNAMED_BASE = "misnamed_base"
    """The base is the right number under a name that means another one."""
    RATE_OF_NOTHING = "rate_of_nothing"
    """A percentage of no cases at all."""
    COUNT_ABOVE_BASE = "count_above_base"
    """More cases counted than there are."""
    TOTAL = "total"
    """The parts of a table do not make its total."""
    COUNTS_DISAGREE = "counts_disagree"
    """Two places give different counts of the same cases."""


class Certainty(Slug):
    """How sure a finding is."""

    CERTAIN = "certain"
    """The printed figures cannot all be true."""
    LIKELY = "likely"
    """The printed figures could all be true only under a meaning that no other figure bears out."""


@final
@value(kw_only=True)
class Finding:
    """
    One contradiction: what is printed, what follows from the counts, how sure that is, and where it stands.

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    kind: FindingKind = attrs.field(validator=instance_of(FindingKind))
    name: str = attrs.field(validator=a_text)
    """The council as printed."""
    year: ReportingYear = attrs.field(validator=instance_of(ReportingYear))
    where: str = attrs.field(validator=a_text)
    """The statistic or the table."""
    printed: str = attrs.field(validator=a_text)
    follows: str = attrs.field(validator=a_text)
    certainty: Certainty = attrs.field(default=Certainty.CERTAIN, validator=instance_of(Certainty))
    source: Source | None = attrs.field(default=None, validator=optional(instance_of(Source)))

    def __str__(self) -> str:
        return f"{self.name}, {self.year}, {self.where}: printed {self.printed}; {self.follows}"


Audited: TypeAlias = PrintedReview | AnnualLetter
"""What can be audited: figures as printed in one place, or a letter that holds them."""


def audit(printed: Audited | Iterable[Audited]) -> tuple[Finding, ...]:
    """
    List the contradictions in what was printed, in the order of the input; none where it agrees with itself.

    Of several places that print the same council and year, also those counts on which they disagree.
    Nothing is mended, and a figure that is missing contradicts nothing.

    >>> from lgsco import PrintedPercent, PrintedReview, PrintedStatistic, ReportingYear
    >>> page = PrintedReview(
    ...     "Cumbria County Council",
    ...     ReportingYear(2024),
    ...     upheld=PrintedStatistic(percent=PrintedPercent(91), count=9, base=10),
    ... )
    >>> print(*audit(page))
    Cumbria County Council, 2023-24, uphold rate: printed 91%; 9 of 10 is 90%
    """
    many = (printed,) if isinstance(printed, PrintedReview | AnnualLetter) else tuple(printed)
    reviews = [each.figures if isinstance(each, AnnualLetter) else each for each in many]
    alone = [finding for review in reviews for finding in _audit_one(review)]
    return (*alone, *_disagreements(reviews))


def _audit_one(review: PrintedReview) -> list[Finding]:
    upheld = review.upheld or PrintedStatistic()
    remedies = review.remedies or PrintedStatistic()
    return [
        *_against_counts(review, uphold_rate, review.upheld, upheld.base),
        *_against_counts(review, compliance_rate, review.compliance, review.compliance and review.compliance.base),
        *_remedies(review, remedies, upheld),
        *_total(review, "overview", review.overview),
        *_total(review, "complaints decided", review.decided),
        *_total(review, "complaints received", review.received),
        *_within(review),
    ]


def _finding(review: PrintedReview, kind: FindingKind, where: str, printed: str, follows: str) -> Finding:
    certainty = Certainty.LIKELY if kind is FindingKind.MISNAMED_BASE else Certainty.CERTAIN
    return Finding(
        kind=kind,
        name=review.name,
        year=review.year,
        where=where,
        printed=printed,
        follows=follows,
        certainty=certainty,
        source=review.source,
    )


def _against_counts(
    review: PrintedReview, measure: ProportionMeasure, statistic: PrintedStatistic | None, base: int | None
) -> list[Finding]:
    """Hold a percentage against its count and its base, as far as they are printed."""
    if statistic is None:
        return []
    where, count, percent = measure.title.lower(), statistic.count, statistic.percent
    if count is not None and base is not None and count > base:
        return [
            _finding(review, FindingKind.COUNT_ABOVE_BASE, where, f"{count} of {base}", "no part exceeds its whole")
        ]
    if percent is None or isinstance(percent, NotApplicable):
        return []
    if base == 0:
        return [
            _finding(
                review, FindingKind.RATE_OF_NOTHING, where, f"{percent} of 0", f"there is no rate: {measure.nothing}"
            )
        ]
    if count is not None and base is not None:
        rate = Proportion(count, base)
        if rate.value not in percent:
            follows = f"{count} of {base} is {rate.percent(percent.places)}%"
            return [_finding(review, FindingKind.PERCENT_AGAINST_COUNTS, where, str(percent), follows)]
    elif base is not None and not percent.numerators(base):
        follows = f"no whole number of {base} gives it; {_nearest(percent, base)}"
        return [_finding(review, FindingKind.NO_SUCH_COUNT, where, f"{percent} of {base}", follows)]
    elif count is not None and not percent.denominators(count):
        return [
            _finding(
                review, FindingKind.NO_SUCH_COUNT, where, f"{count}, or {percent}", "it is a share of no whole number"
            )
        ]
    return []


def _nearest(percent: PrintedPercent, base: int) -> str:
    below = int(percent.lower * base)
    near = [Proportion(count, base) for count in (below, below + 1) if count <= base]
    return " and ".join(f"{rate.numerator} is {rate.percent(percent.places)}%" for rate in near)


def _remedies(review: PrintedReview, remedies: PrintedStatistic, upheld: PrintedStatistic) -> list[Finding]:
    """
    Hold the satisfactory remedies against the upheld decisions, and the stated base against both.

    The percentage rests on the upheld decisions; letters and pages state other bases, or call this one by another name.
    """
    where = satisfactory_remedy_rate.title.lower()
    base, noun = remedies.base, remedies.base_noun
    true_base = upheld.counts(upheld.base)[0]
    found = _against_counts(review, satisfactory_remedy_rate, review.remedies, base if true_base is None else true_base)
    if base is None or true_base is None:
        return found
    printed = f"a base of {base} {noun}" if noun else f"a base of {base}"
    if base != true_base:
        follows = _on_either(remedies, true_base, base)
        return [*found, _finding(review, FindingKind.WRONG_BASE, where, printed, follows)]
    # The right number; but where the same page counts other investigations, not by the right name.
    if noun is not None and "investigation" in noun and upheld.base is not None and base != upheld.base:
        follows = f"{base} is the number upheld; {upheld.base} were investigated"
        found.append(_finding(review, FindingKind.MISNAMED_BASE, where, printed, follows))
    return found


def _on_either(remedies: PrintedStatistic, upheld: int, stated: int) -> str:
    """Say what the rate is on the upheld decisions, and what it would be on the stated base."""
    count = remedies.count
    if count is None or not 0 < count <= min(upheld, stated):
        return f"the rate rests on the {upheld} upheld"
    places = remedies.percent.places if isinstance(remedies.percent, PrintedPercent) else 0
    on_upheld, on_stated = Proportion(count, upheld).percent(places), Proportion(count, stated).percent(places)
    return f"{on_upheld}% is {count} of {upheld} upheld; of {stated} it would be {on_stated}%"


def _total(
    review: PrintedReview,
    where: str,
    table: PrintedTally[Overview] | PrintedTally[DecisionTally] | PrintedTally[ReceivedTally] | None,
) -> list[Finding]:
    if table is None or table.total is None:
        return []
    parts = table.counts.known()
    if table.adds_up is False or sum(parts.values()) > table.total:
        known = "the parts" if table.adds_up is False else "the parts that are printed"
        return [
            _finding(
                review, FindingKind.TOTAL, where, f"a total of {table.total}", f"{known} make {sum(parts.values())}"
            )
        ]
    return []


Counted: TypeAlias = tuple[str, int]


def _counts(review: PrintedReview) -> dict[str, list[Counted]]:
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


def _within(review: PrintedReview) -> list[Finding]:
    """Find counts of the same cases that differ within one place."""
    found = []
    for what, places in _counts(review).items():
        for where, count in places[1:]:
            first_where, first = places[0]
            if count != first:
                follows = f"{first} under {first_where}"
                found.append(_finding(review, FindingKind.COUNTS_DISAGREE, where, f"{count} {what}", follows))
    return found


def _disagreements(reviews: list[PrintedReview]) -> list[Finding]:
    """Find counts of the same council and year that differ between two places."""
    found = []
    first_said: dict[tuple[str, ReportingYear, str], tuple[int, PrintedReview]] = {}
    for review in reviews:
        for what, places in _counts(review).items():
            if not places:
                continue
            where, count = places[0]
            first, other = first_said.setdefault((review.name, review.year, what), (count, review))
            if count != first:
                elsewhere = "elsewhere" if other.source is None else other.source.title
                follows = f"{first} in {elsewhere}"
                found.append(_finding(review, FindingKind.COUNTS_DISAGREE, where, f"{count} {what}", follows))
    return found
