"""
The learning register: what was agreed in a set of cases, as rows fit for a committee paper, and what recurs in them.

It holds what was agreed and never who complained; the texts are those of the caller's cases, who keeps names out of
them.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, final

import attrs

from lgsco._text import long_date, number_of, pounds
from lgsco._values import (
    a_day,
    a_day_or_none,
    a_sum_of_money,
    a_text,
    each,
    instance_of,
    optional,
    refuse_broken,
    tuple_of,
    value,
)
from lgsco.casework.progress import Progress, area_order, checked, progress_of, recommended_by
from lgsco.errors import InvalidField, MisplacedCase, MissingDates
from lgsco.model.authorities import Authority, authority_order
from lgsco.model.cases import Decision, Investigation, Recommendation, RecommendationKind, ServiceArea, a_reference

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["LearningEntry", "LearningRegister", "Recurrence", "learning_register"]


@final
@value(kw_only=True)
class LearningEntry:
    """
    One thing that a body agreed to do, and what had become of it by the day ``on``.

    Raises:
        InvalidField: a field is of the wrong type or form, something is told that happened after the day, or the
            progress is not what the dates give (InvalidFields where there are several).
    """

    reference: str = attrs.field(validator=a_reference)
    authority: Authority = attrs.field(validator=instance_of(Authority))
    service_area: ServiceArea | None = attrs.field(validator=optional(instance_of(ServiceArea)))
    kind: RecommendationKind = attrs.field(validator=instance_of(RecommendationKind))
    text: str = attrs.field(validator=a_text)
    payment: Decimal | None = attrs.field(default=None, validator=optional(a_sum_of_money))
    agreed_on: dt.date | None = attrs.field(default=None, validator=a_day_or_none)
    due_on: dt.date | None = attrs.field(default=None, validator=a_day_or_none)
    completed_on: dt.date | None = attrs.field(default=None, validator=a_day_or_none)
    on: dt.date = attrs.field(validator=a_day)
    progress: Progress = attrs.field(validator=instance_of(Progress))

    def __attrs_post_init__(self) -> None:
        for field, day in (("agreed_on", self.agreed_on), ("completed_on", self.completed_on)):
            if day is not None and day > self.on:
                raise InvalidField(field, day, f"is after the day as of which it is told, {self.on}")
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
            raise InvalidField("progress", self.progress, f"the dates give {expected}")

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
@value(kw_only=True)
class Recurrence:
    """
    The same kind of recommendation in the same service area, in two cases or more.

    Raises:
        InvalidField: a field is of the wrong type, or there are not two references, in order (InvalidFields where
            there are several).
    """

    kind: RecommendationKind = attrs.field(validator=instance_of(RecommendationKind))
    service_area: ServiceArea = attrs.field(validator=instance_of(ServiceArea))
    references: tuple[str, ...] = attrs.field(converter=tuple_of[str, ...], validator=each(str))

    def __attrs_post_init__(self) -> None:
        for reference in self.references:
            if (reason := a_reference.why(reference)) is not None:
                raise InvalidField("references", reference, reason)
        if len(self.references) < _RECURS or sorted({*self.references}) != [*self.references]:
            raise InvalidField("references", self.references, "must be two or more, in order, each once")

    def __str__(self) -> str:
        kind = self.kind.replace("_", " ").capitalize()
        return f"{kind} in {self.service_area.label}: {len(self.references)} cases ({', '.join(self.references)})"


_RECURS = 2
"""What happened in one case alone does not recur."""


@final
@value
class LearningRegister:
    """
    What was agreed in a set of cases and what had become of it by one day, by service area and reference.

    Raises:
        InvalidField: a field is of the wrong type, or an entry is told as of another day or stands out of order
            (InvalidFields where there are several).
    """

    on: dt.date = attrs.field(validator=a_day)
    entries: tuple[LearningEntry, ...] = attrs.field(
        converter=tuple_of[LearningEntry, ...], validator=each(LearningEntry)
    )

    def __attrs_post_init__(self) -> None:
        for entry in self.entries:
            if entry.on != self.on:
                raise InvalidField("entries", entry, f"is told as of another day than {self.on}")
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
                f"whether these are overdue on {self.on} cannot be told",
                [
                    MisplacedCase(entry.reference, entry.authority.name, f"{entry.text!r} has no due date")
                    for entry in undated
                ],
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


def learning_register(cases: Iterable[Decision | Investigation], on: dt.date) -> LearningRegister:
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
    >>> [entry] = learning_register([Investigation(decision, recommendations=[agreed])], dt.date(2020, 3, 31)).entries
    >>> print(entry)
    19 003 456, Housing, apology: Apologise in writing (due 28 February 2020: overdue on 31 March 2020 by 32 days)

    Raises:
        InvalidField: the day is no ``datetime.date``.
        InvalidCasework: lists every case that stands twice, and everything completed before its case was decided.
    """
    refuse_broken(on=(on, a_day))
    held = [*cases]
    checked(held)
    return LearningRegister(
        on,
        [
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
        ],
    )


def _area(area: ServiceArea | None) -> str:
    return "service area not known" if area is None else area.label


def _written(day: dt.date) -> str:
    return long_date(day.year, day.month, day.day)
