"""
Tallies: counts of cases that add up.

Every count is a whole number, or ``None`` where it is not known; ``None`` plus anything is ``None``.
Tallies of one kind form a commutative monoid under ``+``.
"""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, Self, TypeVar, final

import attrs

from lgsco._values import Count, value
from lgsco.errors import EmptyInput, InvalidValue
from lgsco.model.counts import COUNTS, part_names

if TYPE_CHECKING:
    from collections.abc import Iterable


class Tally:
    """
    Counts of the parts of a total, which can be added: the base of the five kinds of tally.

    The total is known when every part is, or when it was stated; where all parts but one are known and the total is
    stated, the last part follows and is filled in.
    """

    __slots__ = ()

    if TYPE_CHECKING:
        _total: int | None

        def __init__(self, *counts: int | None, total: int | None = None, **named: int | None) -> None: ...

    @classmethod
    def zero(cls) -> Self:
        """
        Return the tally of no cases; adding it changes nothing.

        Returns:
            A tally of which every count is zero.
        """
        return cls(**dict.fromkeys(_COUNTS[cls], 0))

    @property
    def total(self) -> int | None:
        """The sum of all parts; ``None`` unless every part, or the total itself, is known."""
        if self._total is not None:
            return self._total
        so_far = 0
        for part in _PARTS[type(self)]:
            if (count := getattr(self, part)) is None:
                return None
            so_far += count
        return so_far

    def known(self) -> dict[str, int]:
        """
        Return the parts that are known.

        Returns:
            The counts by the names of their fields, in the order of the fields.
        """
        return {part: count for part in _PARTS[type(self)] if (count := getattr(self, part)) is not None}

    def __add__(self, other: object) -> Self:
        if not isinstance(other, Tally) or type(other) is not type(self):
            return NotImplemented
        added = {name: _plus(getattr(self, name), getattr(other, name)) for name in _COUNTS[type(self)]}
        return type(self)(**added, total=_plus(self.total, other.total))

    def __attrs_post_init__(self) -> None:
        if self._total is not None:
            self._check_total(self._total)
        for inner, outer in _WITHIN[type(self)]:
            count, limit = getattr(self, inner), getattr(self, outer)
            # Where the whole of a part is not known, the total still bounds it.
            limit = limit if limit is not None else self._total
            if count is not None and limit is not None and count > limit:
                raise InvalidValue.at(inner, count, f"exceeds {outer}, of which it is part: {limit}")

    def _check_total(self, stated: int) -> None:
        """Check the parts against the stated total and fill in a single missing part."""
        parts = _PARTS[type(self)]
        known = self.known()
        so_far = sum(known.values())
        if so_far > stated or (len(known) == len(parts) and so_far != stated):
            raise InvalidValue.at("total", stated, f"is not what its parts come to, {so_far}")
        if len(known) == len(parts) - 1:
            (missing,) = set(parts).difference(known)
            object.__setattr__(self, missing, stated - so_far)
            known[missing] = stated - so_far
        if len(known) == len(parts):
            # The sum of the parts is not stored, so that ``attrs.evolve`` of a part cannot contradict it.
            object.__setattr__(self, "_total", None)


@final
@value
class InvestigationTally(Tally):
    """
    Cases of one year that ended upheld or not upheld, cases settled early included.

    ``satisfactory_remedies`` are the upheld cases that the council had already put right, a part of ``upheld``.
    The total is what the letters call detailed investigations.

    >>> InvestigationTally(19, 3, satisfactory_remedies=3).total
    22
    >>> InvestigationTally(upheld=19, not_upheld=None, total=22).not_upheld
    3
    >>> InvestigationTally(upheld=9, not_upheld=None).total is None
    True

    Raises:
        InvalidValue: a count is not a whole number or is negative, the parts do not add up to the total, or more cases
            were put right than were upheld.
    """

    upheld: Count | None
    not_upheld: Count | None
    _: KW_ONLY
    satisfactory_remedies: Count | None = None
    _total: Count | None = attrs.field(default=None, alias="total")


@final
@value
class ComplianceTally(Tally):
    """
    Compliance outcomes recorded in one year: how many agreed recommendations were carried out.

    ``late`` is the part of ``complied`` that came after the agreed date.
    The total is not that year's upheld cases: what was agreed in one year is often settled in the next.

    >>> ComplianceTally(11, 1, late=3).total
    12

    Raises:
        InvalidValue: a count is not a whole number or is negative, the parts do not add up to the total, or more were
            late than complied.
    """

    complied: Count | None
    not_complied: Count | None
    _: KW_ONLY
    late: Count | None = None
    _total: Count | None = attrs.field(default=None, alias="total")


@final
@value
class Overview(Tally):
    """
    Complaints dealt with in one year, in the three groups of the Ombudsman's pages from 2024-25.

    ``not_for_us`` is invalid or incomplete, advice given and referred back; ``assessed_and_closed`` is closed after
    initial enquiries; ``investigated`` is upheld and not upheld. The total is what was dealt with.

    >>> Overview(not_for_us=29, assessed_and_closed=27, investigated=23).total
    79

    Raises:
        InvalidValue: as InvestigationTally.
    """

    _: KW_ONLY
    not_for_us: Count | None = None
    assessed_and_closed: Count | None = None
    investigated: Count | None = None
    _total: Count | None = attrs.field(default=None, alias="total")


@final
@value
class DecisionTally(Tally):
    """
    Complaints decided in one year, by the Ombudsman's six outcomes.

    >>> DecisionTally(upheld=43, not_upheld=29, total=441).closed_after_initial_enquiries is None
    True

    Raises:
        InvalidValue: as InvestigationTally.
    """

    _: KW_ONLY
    invalid_or_incomplete: Count | None = None
    advice_given: Count | None = None
    referred_back: Count | None = None
    closed_after_initial_enquiries: Count | None = None
    not_upheld: Count | None = None
    upheld: Count | None = None
    _total: Count | None = attrs.field(default=None, alias="total")

    @property
    def investigations(self) -> InvestigationTally:
        """The complaints among them that ended upheld or not upheld."""
        return InvestigationTally(self.upheld, self.not_upheld)

    @property
    def overview(self) -> Overview:
        """The same complaints in the three groups of the pages from 2024-25."""
        return Overview(
            not_for_us=_plus(self.invalid_or_incomplete, self.advice_given, self.referred_back),
            assessed_and_closed=self.closed_after_initial_enquiries,
            investigated=_plus(self.upheld, self.not_upheld),
            total=self.total,
        )


@final
@value
class ReceivedTally(Tally):
    """
    Complaints received in one year, by the Ombudsman's nine service areas.

    Not the complaints decided in it: some arrive in one year and are decided in the next.

    Raises:
        InvalidValue: as InvestigationTally.
    """

    _: KW_ONLY
    adult_care_services: Count | None = None
    benefits_and_tax: Count | None = None
    corporate_and_other_services: Count | None = None
    education_and_childrens_services: Count | None = None
    environmental_services: Count | None = None
    highways_and_transport: Count | None = None
    housing: Count | None = None
    planning_and_development: Count | None = None
    other: Count | None = None
    _total: Count | None = attrs.field(default=None, alias="total")


TALLY_TYPES: dict[str, type[Tally]] = {
    "investigations": InvestigationTally,
    "compliance": ComplianceTally,
    "overview": Overview,
    "decided": DecisionTally,
    "received": ReceivedTally,
}
"""The tallies of an AnnualReview, by the field that has them."""

_COUNTS = {kind: part_names(field) for field, kind in TALLY_TYPES.items()}
# Counts that are part of another count, and so no part of the total.
_WITHIN = {
    kind: tuple(
        (entry.name, entry.part_of)
        for entry in COUNTS
        if entry.field == field and entry.part_of is not None and entry.part_of != "total"
    )
    for field, kind in TALLY_TYPES.items()
}
_PARTS = {kind: tuple(name for name in names if name not in dict(_WITHIN[kind])) for kind, names in _COUNTS.items()}


def _plus(*counts: int | None) -> int | None:
    """Return the sum of counts; ``None`` where any of them is."""
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


AnyTally = TypeVar("AnyTally", bound=Tally)


def sum_tallies(tallies: Iterable[AnyTally]) -> AnyTally:
    """
    Add tallies of one kind.

    Args:
        tallies: one or more tallies of the same class.

    Returns:
        The sum; a count that is not known in any of the tallies is not known in it.

    >>> sum_tallies([InvestigationTally(19, 3), InvestigationTally(1, None)])
    InvestigationTally(upheld=20, not_upheld=None)

    Raises:
        EmptyInput: there are no tallies, so not even their kind is known; ``InvestigationTally.zero()`` is one.
        InvalidValue: the first is not a tally.
        TypeError: the tallies are of different kinds.
    """
    remaining = iter(tallies)
    for so_far in remaining:
        if not isinstance(so_far, Tally):
            raise InvalidValue.at("tallies", so_far, "is not a tally")
        for tally in remaining:
            so_far = so_far + tally  # noqa: PLW2901  # a running sum
        return so_far
    raise EmptyInput("no tallies")
