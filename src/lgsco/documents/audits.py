"""Audits of what was printed: against its own counts, and against what was printed elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from lgsco._values import validate
from lgsco.documents.decisions import DecisionListing
from lgsco.documents.disagreements import counts_of, disagreements
from lgsco.documents.figures import PrintedAverage, PrintedPercent, PrintedReview, PrintedStatistic, PrintedTally
from lgsco.documents.findings import Certainty, Finding, FindingKind
from lgsco.documents.letters import AnnualLetter, ParagraphTopic, PerformancePage
from lgsco.documents.missing import Missing
from lgsco.documents.table_fields import TableField
from lgsco.documents.table_rows import WrongTotal
from lgsco.documents.tables import PublishedTable
from lgsco.model.authorities import Register
from lgsco.model.measures import compliance_rate, satisfactory_remedy_rate, uphold_rate
from lgsco.model.years import ReportingYear
from lgsco.stats.rates import Proportion

if TYPE_CHECKING:
    from lgsco.documents.decisions import ConflictingDecision
    from lgsco.model.measures import ProportionMeasure
    from lgsco.model.tallies import ComplianceTally, DecisionTally, Overview, ReceivedTally

Audited: TypeAlias = PrintedReview | AnnualLetter | PerformancePage | PublishedTable | DecisionListing | PrintedAverage
"""What can be audited: figures as printed in one place, or what was read of a document that prints them."""


def audit(printed: Audited | Iterable[Audited], *, register: Register | None = None) -> tuple[Finding, ...]:
    """
    List the contradictions in what was printed.

    Of each document: percentages against their counts and bases, totals against their parts, late compliance that is
    counted as none, and copies of one decision that differ. Of several that print the same council and year, also the
    counts and percentages on which they disagree; and of one group and year, the averages.
    Nothing is corrected, and a missing figure contradicts nothing.

    Args:
        printed: the figures of one place, a document, or several of either.
        register: the councils that there are. With it a council is the same under all its names, and the group of its
            average is known; without it, councils are the same that are printed alike, and averages are compared only
            where they name a group.

    Returns:
        The findings, in the order of the input, with those between documents last.

    >>> from lgsco import PrintedPercent, PrintedReview, ReportingYear
    >>> from lgsco.documents import PrintedStatistic
    >>> page = PrintedReview(
    ...     "Cumbria County Council",
    ...     ReportingYear(2024),
    ...     upheld=PrintedStatistic(percent=PrintedPercent(91), count=9, base=10),
    ... )
    >>> print(*audit(page))
    Cumbria County Council, 2023-24, uphold rate: printed 91%; 9 of 10 is 90%

    Raises:
        InvalidValue: an item is none that can be audited, or the register is not one.
    """
    documents = (printed,) if isinstance(printed, Audited) else tuple(printed)
    validate(printed=(documents, tuple[Audited, ...]), register=(register, Register | None))
    findings = [finding for document in documents for finding in _audit_one(document)]
    reviews = [review for document in documents for review in _reviews_of(document)]
    averages = [document for document in documents if isinstance(document, PrintedAverage)]
    return (*findings, *disagreements(reviews, averages, register))


def _reviews_of(printed: Audited) -> tuple[PrintedReview, ...]:
    """Return the figures of councils that a document prints."""
    if isinstance(printed, PrintedReview):
        return (printed,)
    if isinstance(printed, AnnualLetter):
        return (printed.figures,)
    if isinstance(printed, PerformancePage):
        return printed.reviews
    return printed.printed() if isinstance(printed, PublishedTable) else ()


def _audit_one(printed: Audited) -> Iterator[Finding]:
    if isinstance(printed, PublishedTable):
        yield from _audit_table(printed)
    elif isinstance(printed, DecisionListing):
        yield from map(_clash, printed.clashes)
    else:
        for review in _reviews_of(printed):
            late = _late_in_counts(review)
            yield from late
            yield from _audit_rates(review, late)
            yield from _total(review, "overview", review.overview)
            yield from _total(review, "complaints decided", review.decided)
            yield from _total(review, "complaints received", review.received)
            # The parts exceed the total for the same reason: once is enough.
            yield from () if late else _total(review, "compliance outcomes", review.compliance_outcomes)
            yield from _within(review)
        if isinstance(printed, AnnualLetter):
            yield from _late_in(printed)


def _audit_rates(review: PrintedReview, late: Sequence[Finding]) -> list[Finding]:
    """Compare the rates with their counts; a rate that leaves out what was late is not what its counts give."""
    upheld = review.upheld or PrintedStatistic()
    compliance = review.compliance or PrintedStatistic()
    remedies = review.remedies or PrintedStatistic()
    return [
        *_against_counts(review, uphold_rate, upheld, upheld.base),
        *(() if late else _against_counts(review, compliance_rate, compliance, compliance.base)),
        *_remedies(review, remedies, upheld),
    ]


_LIKELY = {FindingKind.MISNAMED_BASE, FindingKind.LATE_CALLED_FAILED}


def _finding(review: PrintedReview, kind: FindingKind, where: str, printed: str, follows: str) -> Finding:
    certainty = Certainty.LIKELY if kind in _LIKELY else Certainty.CERTAIN
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
    review: PrintedReview, measure: ProportionMeasure, statistic: PrintedStatistic, base: int | None
) -> list[Finding]:
    """Compare a percentage with its count and its base, as far as they are printed."""
    where, count, percent = measure.title.lower(), statistic.count, statistic.percent
    if count is not None and base is not None and count > base:
        return [
            _finding(review, FindingKind.COUNT_ABOVE_BASE, where, f"{count} of {base}", "no part exceeds its whole")
        ]
    if percent is None or isinstance(percent, Missing):
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
    Compare the satisfactory remedies with the upheld decisions, and the stated base with both.

    The percentage rests on the upheld decisions; letters and pages state other bases, or call this one by another name.
    """
    where = satisfactory_remedy_rate.title.lower()
    base, noun = remedies.base, remedies.base_noun
    true_base = upheld.counts(upheld.base)[0]
    findings = _against_counts(review, satisfactory_remedy_rate, remedies, base if true_base is None else true_base)
    if base is None or true_base is None:
        return findings
    printed = f"a base of {base} {noun}" if noun else f"a base of {base}"
    if base != true_base:
        follows = _on_either(remedies, true_base, base)
        return [*findings, _finding(review, FindingKind.WRONG_BASE, where, printed, follows)]
    # The right number; but where the same page counts other investigations, not by the right name.
    if noun is not None and "investigation" in noun and upheld.base is not None and base != upheld.base:
        follows = f"{base} is the number upheld; {upheld.base} were investigated"
        findings.append(_finding(review, FindingKind.MISNAMED_BASE, where, printed, follows))
    return findings


def _on_either(remedies: PrintedStatistic, upheld: int, stated: int) -> str:
    """Return what the rate is on the upheld decisions, and what it would be on the stated base."""
    count = remedies.count
    if count is None or not 0 < count <= min(upheld, stated):
        return f"the rate rests on the {upheld} upheld"
    places = remedies.percent.places if isinstance(remedies.percent, PrintedPercent) else 0
    on_upheld, on_stated = Proportion(count, upheld).percent(places), Proportion(count, stated).percent(places)
    return f"{on_upheld}% is {count} of {upheld} upheld; of {stated} it would be {on_stated}%"


def _total(
    review: PrintedReview,
    where: str,
    tally: PrintedTally[Overview]
    | PrintedTally[DecisionTally]
    | PrintedTally[ReceivedTally]
    | PrintedTally[ComplianceTally]
    | None,
) -> list[Finding]:
    if tally is None or not tally.is_contradictory:
        return []
    parts = "the parts that are printed" if tally.adds_up is None else "the parts"
    follows = f"{parts} make {sum(tally.counts.known().values())}"
    return [_finding(review, FindingKind.TOTAL, where, f"a total of {tally.total}", follows)]


def _within(review: PrintedReview) -> list[Finding]:
    """Find counts of the same cases that differ within one place."""
    findings = []
    for what, places in counts_of(review).items():
        for where, count in places[1:]:
            first_where, first = places[0]
            if count != first:
                follows = f"{first} under {first_where}"
                findings.append(_finding(review, FindingKind.COUNTS_DISAGREE, where, f"{count} {what}", follows))
    return findings


# --- Late, but counted as not complied

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERED = re.compile(
    rf"\b(?P<number>{'|'.join(_NUMBERS)}|\d{{1,4}}) (?:of your |of the )?"
    r"(?:cases?|complaints?|recommendations?|occasions?|instances?|remed(?:y|ies))\b",
    re.ASCII | re.IGNORECASE,
)


def _late_in(letter: AnnualLetter) -> list[Finding]:
    """
    Find late compliance that a letter counts as none.

    It is likely where the letter mentions as many late cases as it counts without compliance, and none that failed.
    """
    review = letter.figures
    statistic = review.compliance or PrintedStatistic()
    count, base = statistic.counts(statistic.base)
    topics = {topic for paragraph in letter.paragraphs for topic in paragraph.topics}
    if count is None or base is None or count >= base or ParagraphTopic.COMPLIANCE in topics:
        return []
    late = [
        number
        for paragraph in letter.paragraphs
        if ParagraphTopic.LATE_COMPLIANCE in paragraph.topics
        for number in map(_number, _NUMBERED.finditer(paragraph.text))
    ]
    if base - count not in late:
        return []
    follows = f"it speaks of {base - count} late, and late is complied with: {base} of {base} is 100%"
    printed = f"{count} of {base} complied with"
    return [_finding(review, FindingKind.LATE_CALLED_FAILED, compliance_rate.title.lower(), printed, follows)]


def _number(match: re.Match[str]) -> int:
    number = match["number"].lower()
    return int(number) if number.isdigit() else _NUMBERS.index(number) + 1


def _late_in_counts(review: PrintedReview) -> list[Finding]:
    """Find late compliance that is left out of the rate, or counted a second time as not complied."""
    if review.compliance_outcomes is None:
        return []
    counts, outcomes = review.compliance_outcomes.counts, review.compliance_outcomes.total
    complied, late, failed = counts.complied, counts.late, counts.not_complied
    if complied is None or late is None or outcomes is None or not 0 < late <= outcomes - complied + late:
        return []
    on_time, right = complied - late, Proportion(complied, outcomes)
    percent = review.compliance and review.compliance.percent
    if failed is not None and failed + on_time == outcomes:
        printed, follows = f"{failed} not complied", f"{late} of them were complied with late"
    elif (
        isinstance(percent, PrintedPercent)
        and Proportion(on_time, outcomes).value in percent
        and right.value not in percent
    ):
        printed, follows = str(percent), f"with the {late} late it is {right.percent(percent.places)}%"
    else:
        return []
    return [_finding(review, FindingKind.LATE_CALLED_FAILED, compliance_rate.title.lower(), printed, follows)]


# --- Tables and listings


def _audit_table(table: PublishedTable) -> Iterator[Finding]:
    explained: set[tuple[int | None, TableField]] = set()
    for row in table.rows:
        review = row.printed(table.source)
        if review is None:
            continue
        late = _late_in_counts(review)
        if late:
            explained.add((row.line, TableField.COMPLIANCE_OUTCOMES))
        yield from late
        yield from _audit_rates(review, late)
    for wrong in table.wrong_totals:
        if (wrong.line, wrong.field) not in explained:
            yield _wrong_total(wrong, table)


def _wrong_total(wrong: WrongTotal, table: PublishedTable) -> Finding:
    parts = "the rows it covers" if wrong.down else "the parts that are printed" if wrong.at_least else "the parts"
    return Finding(
        kind=FindingKind.TOTAL,
        name=wrong.name,
        year=wrong.year,
        where=wrong.field.replace("_", " ") + ("" if wrong.line is None else f", row {wrong.line}"),
        printed=f"a total of {wrong.stated}",
        follows=f"{parts} make {'at least ' if wrong.at_least else ''}{wrong.added}",
        certainty=Certainty.CERTAIN if wrong.is_certain else Certainty.LIKELY,
        source=table.source,
    )


def _clash(clash: ConflictingDecision) -> Finding:
    """Return how copies of one decision differ."""
    first = clash.entries[0]
    days = [entry.decided_on for entry in clash.entries if entry.decided_on is not None]
    fields = [field for field in clash.fields if len({getattr(entry, field) for entry in clash.entries}) > 1]

    def words(entry: object) -> str:
        return ", ".join(f"{field.replace('_', ' ')} {getattr(entry, field)}" for field in fields)

    places = [f"{words(entry)} ({entry.place})" if entry.place else words(entry) for entry in clash.entries]
    return Finding(
        kind=FindingKind.COPIES_DISAGREE,
        name=first.body or "a body that is not named",
        year=ReportingYear.containing(days[0]) if days else None,
        where=f"decision {first.reference}",
        printed=places[0],
        follows="; ".join(places[1:]),
    )
