"""The sentences of casework: how long things took, what was late, what was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import number_of, pounds
from lgsco.wording.phrases import number_of_days

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from lgsco.stats.survival import WaitingTimes


def median_time(times: WaitingTimes, what: str, noun: str, plural: str | None = None) -> str:
    """
    State the median of waiting times with its likely range, and how many of them are not over.

    >>> from lgsco.stats.survival import WaitingTimes
    >>> print(median_time(WaitingTimes([77, 88], [90]), "decision to completion", "recommendation"))
    Half of the recommendations took 88 days or less from decision to completion (likely range: 77 days or more). 1 of 3
    recommendations is outstanding, and counts as still waiting.
    """
    median, nouns = times.median(), plural or f"{noun}s"
    if not times.total:
        return f"There are no {nouns} whose time we know."
    if median.days is None:
        words = f"We cannot say how long half of the {nouns} take from {what}, because too many are outstanding"
    else:
        words = f"Half of the {nouns} took {number_of(median.days, 'day')} or less from {what}"
    if median.lower is not None:
        last = "or more" if median.upper is None else f"to {number_of(median.upper, 'day')}"
        days = number_of(median.lower, "day") if median.upper is None else f"{median.lower:,}"
        words += f" (likely range: {days} {last})"
    if not times.waiting:
        return f"{words}. None is outstanding."
    waiting, total = len(times.waiting), number_of(times.total, noun, plural)
    is_, counts = ("is", "counts") if waiting == 1 else ("are", "count")
    return f"{words}. {waiting} of {total} {is_} outstanding, and {counts} as still waiting."


def lateness(times: WaitingTimes, late: str) -> list[str]:
    """State by how many days what was late was late, and by how many what is overdue is late so far."""
    kinds = ((times.ended, ("was", "were"), late, ""), (times.waiting, ("is", "are"), "overdue", " so far"))
    return [
        f"{len(days)} {verbs[len(days) > 1]} {what}, by {number_of_days(days)}{so_far}."
        for days, verbs, what, so_far in kinds
        if days
    ]


def payments_not_stated(count: int) -> str:
    """State of how many payments the sum is not known, where the known ones are in a table."""
    payments = number_of(count, "payment")
    return f"Of {payments} the sum is not stated, so that more was recommended than the table shows."


def payments_without_a_sum() -> str:
    """State that of some payments the sum is not known, where their number is not shown."""
    return "Of some payments the sum is not stated, so that more was recommended than the table shows."


def small_counts(most: int) -> str:
    """
    State what stands for a count that is not shown.

    >>> small_counts(4)
    '[c] stands for a number from 1 to 4, or one that would reveal such a number. Small numbers could identify people.'
    """
    return (
        f"[c] stands for a number from 1 to {most}, or one that would reveal such a number."
        " Small numbers could identify people."
    )


# --- The command's page

NOTHING_AGREED = "Nothing was agreed."
NOTHING_RECURS = "No kind of recommendation recurs in two cases of one service area."
UNDATED = "Whether these are overdue, for want of a due date:"
NO_ENQUIRIES = "has no column sent_on, so it is not a list of enquiries"
COMPLIANCE_NOT_GIVEN = "Not known: no column has them. The option --compliance names a file of them."


def casework_title(councils: Collection[str], on: str) -> str:
    """Name the councils and the day of a page on casework."""
    return f"{' and '.join(sorted(councils)) or 'No cases'}: casework on {on}"


def cases_decided(cases: int, public_reports: int, not_stated: int) -> str:
    """State how many cases were decided, and how many of them with a public report."""
    words = f"{number_of(cases, 'case')} {'was' if cases == 1 else 'were'} decided by then"
    if not_stated < cases:
        words += f", {public_reports} with a public report"
    if not_stated:
        words += f"; of {number_of(not_stated, 'case')} it is not stated whether there was a public report"
    return f"{words}."


def money_recommended(sum_of_money: Decimal, stated: int, not_stated: int, in_text: int, total: int) -> str:
    """
    State how much money was recommended, and of how many recommendations no sum is known.

    >>> from decimal import Decimal
    >>> print(money_recommended(Decimal(300), 2, 1, 1, 6))
    The money recommended is £300, in 2 of 6 recommendations. 1 of these sums was found in the text: check it. 1 payment
    has no sum, so there is more.
    >>> print(money_recommended(Decimal(0), 0, 0, 0, 6))
    We do not know how much money was recommended: no sum is stated in any of 6 recommendations.
    """
    if not stated:
        recommendations = number_of(total, "recommendation")
        words = f"We do not know how much money was recommended: no sum is stated in any of {recommendations}."
    else:
        recommendations = number_of(total, "recommendation")
        words = f"The money recommended is {pounds(sum_of_money)}, in {stated} of {recommendations}."
    if in_text:
        was, it = ("was", "it") if in_text == 1 else ("were", "them")
        words += f" {in_text} of these sums {was} found in the text: check {it}."
    if not_stated:
        has = "has" if not_stated == 1 else "have"
        words += f" {number_of(not_stated, 'payment')} {has} no sum, so there is more."
    return words


def summonses_threatened(count: int) -> str:
    """State how often a witness summons was threatened."""
    summonses = number_of(count, "witness summons", "witness summonses")
    return f"{summonses} {'was' if count == 1 else 'were'} threatened to obtain an answer."


def compliance_recorded(total: int, complied: int, late: int | None, not_complied: int | None) -> str:
    """
    State how many compliance outcomes were recorded, by their kinds.

    >>> print(compliance_recorded(12, 11, None, 1))
    12 compliance outcomes were recorded by then: 11 complied, 1 not complied. It is not known how many were late.
    """
    recorded = f"{number_of(total, 'compliance outcome')} {'was' if total == 1 else 'were'} recorded by then"
    if late is None:
        return f"{recorded}: {complied} complied, {not_complied} not complied. It is not known how many were late."
    return f"{recorded}: {complied - late} on time, {late} late, {not_complied} not complied. Late counts as complied."
