"""
The learning log: the recommendations of a set of cases, as rows fit for a committee paper, and which of them recur.

It has what was agreed and never who complained; the texts are those of the caller's cases, and the caller keeps names
out of them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, final

from lgsco._text import long_date, number_of, pounds
from lgsco._values import Day, Money, ShowsItself, Text, fields_of, refusal_of, validate, value
from lgsco.casework.progress import Progress, area_order, check_cases, dated_recommendations, progress_of
from lgsco.casework.tallies import kind_order
from lgsco.errors import InvalidValue, MissingDates, Place, Problem
from lgsco.model.authorities import Authority, authority_order
from lgsco.model.cases import Decision, Investigation, Recommendation, RecommendationKind, Reference, ServiceArea

if TYPE_CHECKING:
    from collections.abc import Iterable

_RECOMMENDATION = [field.name for field in fields_of(Recommendation)]
"""The fields of a recommendation, each of which an entry has too."""


@final
@value
class LearningEntry:
    """
    One recommendation that a body agreed to carry out, and its progress on the day ``on``.

    Raises:
        InvalidValue: a field is of the wrong type or form, a date is after the day, or the progress does not follow
            from the dates.
    """

    _: KW_ONLY
    reference: Reference
    authority: Authority
    service_area: ServiceArea | None
    kind: RecommendationKind | None
    text: Text
    payment: Money | None = None
    payment_in_text: bool = False
    agreed_on: dt.date | None = None
    due_on: dt.date | None = None
    completed_on: dt.date | None = None
    on: dt.date
    progress: Progress

    def __attrs_post_init__(self) -> None:
        for field, day in (("agreed_on", self.agreed_on), ("completed_on", self.completed_on)):
            if day is not None and day > self.on:
                raise InvalidValue.at(field, day, f"is after the day of the entry, {self.on}")
        # Its fields must be those of a valid recommendation, with the dates in order.
        Recommendation(**{name: getattr(self, name) for name in _RECOMMENDATION})
        expected = progress_of(self.due_on, self.completed_on, self.on)
        if self.progress is not expected:
            raise InvalidValue.at("progress", self.progress, f"is not what the dates give, {expected}")

    @property
    def days_late(self) -> int | None:
        """Days from the due date to the completion if that was late, or to the day if overdue; ``None`` otherwise."""
        if self.due_on is None:
            return None
        days = ((self.completed_on or self.on) - self.due_on).days
        return days if days > 0 else None

    def __str__(self) -> str:
        what = "kind not known" if self.kind is None else self.kind.replace("_", " ")
        if self.payment is not None:
            sum_of_money = pounds(self.payment)
            what += f", {sum_of_money} in its text" if self.payment_in_text else f" of {sum_of_money}"
        dated = (("agreed", self.agreed_on), ("due", self.due_on), ("done", self.completed_on))
        dates = ", ".join(f"{word} {_written(day)}" for word, day in dated if day is not None)
        status = f"{dates}: {self._status()}" if dates else self._status()
        return f"{self.reference}, {_area(self.service_area)}, {what}: {self.text} ({status})"

    def _status(self) -> str:
        late = "" if self.days_late is None else f" by {number_of(self.days_late, 'day')}"
        on = f" on {_written(self.on)}" if self.progress is Progress.OVERDUE else ""
        return f"{self.progress.label}{on}{late}"


@final
@value
class Recurrence:
    """
    The same kind of recommendation in the same service area, in two cases or more.

    Raises:
        InvalidValue: a field is of the wrong type, or the references are not two or more, in order.
    """

    _: KW_ONLY
    kind: RecommendationKind
    service_area: ServiceArea
    references: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        for reference in self.references:
            if (reason := refusal_of(reference, Reference)) is not None:
                raise InvalidValue.at("references", reference, reason)
        if len(self.references) < _RECURS or sorted({*self.references}) != [*self.references]:
            raise InvalidValue.at("references", self.references, "must be two or more, in order, each once")

    def __str__(self) -> str:
        kind = self.kind.replace("_", " ").capitalize()
        return f"{kind} in {self.service_area.label}: {len(self.references)} cases ({', '.join(self.references)})"


_RECURS = 2
"""The fewest cases in which something recurs."""


@final
@value
class LearningLog(ShowsItself):
    """
    The recommendations of a set of cases and their progress on one day, by service area and reference.

    Raises:
        InvalidValue: a field is of the wrong type, or an entry is of another day.
    """

    on: dt.date
    entries: tuple[LearningEntry, ...]

    def __attrs_post_init__(self) -> None:
        for entry in self.entries:
            if entry.on != self.on:
                raise InvalidValue.at("entries", entry, f"is of another day than {self.on}")
        # Sorted and not refused: two logs of the same entries are the same log.
        object.__setattr__(self, "entries", tuple(sorted(self.entries, key=_order)))

    @property
    def recurring(self) -> tuple[Recurrence, ...]:
        """
        The kinds of recommendation that recur in a service area, in two cases or more.

        Cases whose service area is not known are left out, and recommendations whose kind is not. A joint case,
        decided about two bodies under one reference, is one case here.
        """
        references: dict[tuple[ServiceArea | None, RecommendationKind | None], set[str]] = {}
        for entry in self.entries:
            references.setdefault((entry.service_area, entry.kind), set()).add(entry.reference)
        return tuple(
            Recurrence(kind=kind, service_area=area, references=tuple(sorted(references[area, kind])))
            for area in ServiceArea
            for kind in RecommendationKind
            if len(references.get((area, kind), ())) >= _RECURS
        )

    def overdue(self) -> tuple[LearningEntry, ...]:
        """
        Return the entries that are overdue on the day.

        Returns:
            The entries that are not done and whose due date is before the day, in the order of the log.

        Raises:
            MissingDates: lists the entries that are not done and have no due date, so that nobody can tell whether
                they are overdue.
        """
        undated = [entry for entry in self.entries if entry.progress is Progress.OUTSTANDING_UNDATED]
        if undated:
            raise MissingDates(
                [
                    Problem(
                        Place(path=f"{entry.reference} ({entry.authority.name})"), f"{entry.text!r} has no due date"
                    )
                    for entry in undated
                ],
                subject=f"whether these are overdue on {self.on} cannot be told",
            )
        return tuple(entry for entry in self.entries if entry.progress is Progress.OVERDUE)

    def __str__(self) -> str:
        recurring = [f"- {recurrence}" for recurrence in self.recurring]
        parts = [f"Learning register on {_written(self.on)}", *(f"- {entry}" for entry in self.entries)]
        parts += ["", "What recurs", *recurring] if recurring else []
        return "\n".join(parts)


def _order(entry: LearningEntry) -> tuple[object, ...]:
    days = tuple(day or dt.date.max for day in (entry.agreed_on, entry.due_on, entry.completed_on))
    payment = "" if entry.payment is None else pounds(entry.payment)
    return (
        area_order(entry.service_area), entry.reference, authority_order(entry.authority),
        kind_order(entry.kind), entry.text, *days, payment, entry.payment_in_text,
    )  # fmt: skip


def learning_log(cases: Iterable[Decision | Investigation], on: dt.date) -> LearningLog:
    """
    List the recommendations of the cases decided by a day, with their progress at the end of it.

    Args:
        cases: the cases, each once, in any order.
        on: the day.

    Returns:
        The log, by service area, reference and kind.

    >>> from lgsco import AuthorityType, Outcome
    >>> decision = Decision(
    ...     "19 003 456",
    ...     Authority("Barsetshire", AuthorityType.COUNTY_COUNCIL),
    ...     outcome=Outcome.UPHELD,
    ...     decided_on=dt.date(2020, 1, 31),
    ...     service_area=ServiceArea.HOUSING,
    ... )
    >>> agreed = Recommendation(RecommendationKind.APOLOGY, "Apologise in writing", due_on=dt.date(2020, 2, 28))
    >>> [entry] = learning_log([Investigation(decision, recommendations=[agreed])], dt.date(2020, 3, 31)).entries
    >>> print(entry)
    19 003 456, Housing, apology: Apologise in writing (due 28 February 2020: overdue on 31 March 2020 by 32 days)

    Raises:
        InvalidValue: the day is not a ``datetime.date``.
        InvalidValue: lists every case that is duplicated, and everything completed before its case was decided.
    """
    validate(on=(on, Day))
    cases = [*cases]
    check_cases(cases)
    return LearningLog(
        on,
        tuple(
            LearningEntry(
                reference=dated.decision.reference,
                authority=dated.decision.authority,
                service_area=dated.decision.service_area,
                on=on,
                progress=dated.task.progress,
                **{name: getattr(dated.recommendation, name) for name in _RECOMMENDATION},
            )
            for dated in dated_recommendations(cases, on)
        ),
    )


def _area(area: ServiceArea | None) -> str:
    return "service area not known" if area is None else area.label


def _written(day: dt.date) -> str:
    return long_date(day.year, day.month, day.day)
