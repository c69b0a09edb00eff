"""
The learning register: what was agreed in a set of cases, as rows fit for a committee paper, and what recurs in them.

It holds what was agreed and never who complained; the texts are those of the caller's cases, who keeps names out of
them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, final

from lgsco._text import long_date, number_of, pounds
from lgsco._values import Day, Money, Text, refusal_of, validate, value
from lgsco.casework.progress import Progress, area_order, checked, progress_of, recommended_by
from lgsco.errors import InvalidValue, MissingDates, Place, Problem
from lgsco.model.authorities import Authority, authority_order
from lgsco.model.cases import Decision, Investigation, Recommendation, RecommendationKind, Reference, ServiceArea

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LearningEntry", "LearningLog", "Recurrence", "learning_log"]


@final
@value
class LearningEntry:
    """
    One thing that a body agreed to do, and what had become of it by the day ``on``.

    Raises:
        InvalidValue: a field is of the wrong type or form, something is told that happened after the day, or the
            progress is not what the dates give.
    """

    _: KW_ONLY
    reference: Reference
    authority: Authority
    service_area: ServiceArea | None
    kind: RecommendationKind
    text: Text
    payment: Money | None = None
    agreed_on: dt.date | None = None
    due_on: dt.date | None = None
    completed_on: dt.date | None = None
    on: dt.date
    progress: Progress

    def __attrs_post_init__(self) -> None:
        for field, day in (("agreed_on", self.agreed_on), ("completed_on", self.completed_on)):
            if day is not None and day > self.on:
                raise InvalidValue.at(field, day, f"is after the day as of which it is told, {self.on}")
        # What it says of the recommendation must make one, with its dates in order.
        Recommendation(
            self.kind,
            self.text,
            agreed_on=self.agreed_on,
            due_on=self.due_on,
            completed_on=self.completed_on,
            payment=self.payment,
        )
        expected = progress_of(self.due_on, self.completed_on, self.on)
        if self.progress is not expected:
            raise InvalidValue.at("progress", self.progress, f"is not what the dates give, {expected}")

    @property
    def days_late(self) -> int | None:
        """Days from the due date to the completion of what was late, or so far to the day; ``None`` for all else."""
        if self.due_on is None:
            return None
        days = ((self.completed_on or self.on) - self.due_on).days
        return days if days > 0 else None

    def __str__(self) -> str:
        what = self.kind.replace("_", " ")
        if self.payment is not None:
            what = f"{what} of {pounds(self.payment)}"
        dated = (("agreed", self.agreed_on), ("due", self.due_on), ("done", self.completed_on))
        dates = ", ".join(f"{word} {_written(day)}" for word, day in dated if day is not None)
        told = f"{dates}: {self._status()}" if dates else self._status()
        return f"{self.reference}, {_area(self.service_area)}, {what}: {self.text} ({told})"

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
        InvalidValue: a field is of the wrong type, or there are not two references, in order (InvalidValue where
            there are several).
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
"""What happened in one case alone does not recur."""


@final
@value
class LearningLog:
    """
    What was agreed in a set of cases and what had become of it by one day, by service area and reference.

    Raises:
        InvalidValue: a field is of the wrong type, or an entry is told as of another day or stands out of order.
    """

    on: dt.date
    entries: tuple[LearningEntry, ...]

    def __attrs_post_init__(self) -> None:
        for entry in self.entries:
            if entry.on != self.on:
                raise InvalidValue.at("entries", entry, f"is told as of another day than {self.on}")
        # Made so and not refused: two registers of the same entries are the same register.
        object.__setattr__(self, "entries", tuple(sorted(self.entries, key=_place)))

    @property
    def recurring(self) -> tuple[Recurrence, ...]:
        """
        What recurs across cases: the same kind in the same service area, in two cases or more.

        A case whose service area is not known recurs with none. A joint case, decided about two bodies under one
        reference, is one case here.
        """
        found: dict[tuple[ServiceArea | None, RecommendationKind], set[str]] = {}
        for entry in self.entries:
            found.setdefault((entry.service_area, entry.kind), set()).add(entry.reference)
        return tuple(
            Recurrence(kind=kind, service_area=area, references=tuple(sorted(found[area, kind])))
            for area in ServiceArea
            for kind in RecommendationKind
            if len(found.get((area, kind), ())) >= _RECURS
        )

    def overdue(self) -> tuple[LearningEntry, ...]:
        """
        Give what is overdue on the day.

        Raises:
            MissingDates: something is not done and has no date by which it was to be, so that nobody can tell whether
                it is overdue; lists everything of the kind.
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
        recurring = [str(one) for one in self.recurring]
        parts = [f"Learning register on {_written(self.on)}", *(f"- {entry}" for entry in self.entries)]
        parts += ["", "What recurs", *(f"- {one}" for one in recurring)] if recurring else []
        return "\n".join(parts)


def _place(entry: LearningEntry) -> tuple[object, ...]:
    days = tuple(day or dt.date.max for day in (entry.agreed_on, entry.due_on, entry.completed_on))
    kind = [*RecommendationKind].index(entry.kind)
    payment = "" if entry.payment is None else pounds(entry.payment)
    return (
        area_order(entry.service_area), entry.reference, authority_order(entry.authority),
        kind, entry.text, *days, payment,
    )  # fmt: skip


def learning_log(cases: Iterable[Decision | Investigation], on: dt.date) -> LearningLog:
    """
    List every recommendation of the cases decided by a day, as it stood at the end of that day.

    The order of the cases does not matter: entries come by service area, reference and kind.

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
        InvalidValue: the day is no ``datetime.date``.
        InvalidValue: lists every case that stands twice, and everything completed before its case was decided.
    """
    validate(on=(on, Day))
    held = [*cases]
    checked(held)
    return LearningLog(
        on,
        tuple(
            LearningEntry(
                reference=one.decision.reference,
                authority=one.decision.authority,
                service_area=one.decision.service_area,
                kind=one.recommendation.kind,
                text=one.recommendation.text,
                payment=one.recommendation.payment,
                agreed_on=one.recommendation.agreed_on,
                due_on=one.recommendation.due_on,
                completed_on=one.recommendation.completed_on,
                on=on,
                progress=one.task.progress,
            )
            for one in recommended_by(held, on)
        ),
    )


def _area(area: ServiceArea | None) -> str:
    return "service area not known" if area is None else area.label


def _written(day: dt.date) -> str:
    return long_date(day.year, day.month, day.day)
