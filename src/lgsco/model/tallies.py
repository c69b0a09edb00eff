"""
Counts of cases, and what one council's year comes to.

Every count is a whole number, or ``None`` where it is not known; ``None`` plus anything is ``None``.
Tallies of one kind form a commutative monoid under ``+``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar, final

import attrs

from lgsco._values import a_count_or_none, value
from lgsco.errors import InvalidCount, NothingToCombine

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ComplianceTally",
    "DecisionTally",
    "InvestigationTally",
    "Overview",
    "ReceivedTally",
    "Tally",
    "total",
]


class Tally:
    """
    What the five kinds of tally share: parts that make up a total, and addition.

    The total is known when every part is, or when it was stated; where all parts but one are known and the total is
    stated, the last part follows and is filled in.
    """

    __slots__ = ()

    if TYPE_CHECKING:
        _total: int | None

        def __init__(self, *counts: int | None, total: int | None = None, **named: int | None) -> None: ...

    @classmethod
    def zero(cls) -> Self:
        """No cases at all; adding it changes nothing."""
        return cls(**dict.fromkeys(_COUNTS[cls], 0))

    @property
    def total(self) -> int | None:
        """All parts together; ``None`` unless every part, or the total itself, is known."""
        if self._total is not None:
            return self._total
        so_far = 0
        for part in _PARTS[type(self)]:
            if (count := getattr(self, part)) is None:
                return None
            so_far += count
        return so_far

    def known(self) -> dict[str, int]:
        """The parts that are known, by name."""
        return {part: count for part in _PARTS[type(self)] if (count := getattr(self, part)) is not None}

    def __add__(self, other: object) -> Self:
        if not isinstance(other, Tally) or type(other) is not type(self):
            return NotImplemented
        added = {name: _plus(getattr(self, name), getattr(other, name)) for name in _COUNTS[type(self)]}
        return type(self)(**added, total=_plus(self.total, other.total))

    def __attrs_post_init__(self) -> None:
        if self._total is not None:
            self._hold_against(self._total)
        for inner, outer in _WITHIN.get(type(self), ()):
            held, limit = getattr(self, inner), getattr(self, outer)
            # Where the whole of a part is not known, the total still bounds it.
            limit = limit if limit is not None else self._total
            if held is not None and limit is not None and held > limit:
                raise InvalidCount(inner, held, f"exceeds {outer}, of which it is part: {limit}")

    def _hold_against(self, stated: int) -> None:
        """Hold the parts against the total that was stated, and fill in the one that follows."""
        parts = _PARTS[type(self)]
        known = self.known()
        so_far = sum(known.values())
        if so_far > stated or (len(known) == len(parts) and so_far != stated):
            raise InvalidCount("total", stated, f"its parts come to {so_far}")
        if len(known) == len(parts) - 1:
            (missing,) = set(parts).difference(known)
            object.__setattr__(self, missing, stated - so_far)
            known[missing] = stated - so_far
        if len(known) == len(parts):
            # What the parts give is not held twice, so that ``attrs.evolve`` of a part cannot contradict it.
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
        InvalidCount: a count is no whole number or negative, the parts do not make the total, or more cases were put
            right than were upheld (InvalidFields where several fields are wrong).
    """

    upheld: int | None = attrs.field(validator=a_count_or_none)
    not_upheld: int | None = attrs.field(validator=a_count_or_none)
    satisfactory_remedies: int | None = attrs.field(default=None, kw_only=True, validator=a_count_or_none)
    _total: int | None = attrs.field(default=None, alias="total", kw_only=True, validator=a_count_or_none)


@final
@value
class ComplianceTally(Tally):
    """
    Compliance outcomes recorded in one year: whether agreed recommendations were carried out.

    ``late`` is the part of ``complied`` that came after the agreed date.
    The total is not that year's upheld cases: what was agreed in one year is often settled in the next.

    >>> ComplianceTally(11, 1, late=3).total
    12

    Raises:
        InvalidCount: a count is no whole number or negative, the parts do not make the total, or more were late than
            complied (InvalidFields where several fields are wrong).
    """

    complied: int | None = attrs.field(validator=a_count_or_none)
    not_complied: int | None = attrs.field(validator=a_count_or_none)
    late: int | None = attrs.field(default=None, kw_only=True, validator=a_count_or_none)
    _total: int | None = attrs.field(default=None, alias="total", kw_only=True, validator=a_count_or_none)


@final
@value(kw_only=True)
class Overview(Tally):
    """
    All complaints dealt with in a year, as the pages from 2024-25 group them.

    ``not_for_us`` is invalid or incomplete, advice given and referred back; ``assessed_and_closed`` is closed after
    initial enquiries; ``investigated`` is upheld and not upheld. The total is what was dealt with.

    >>> Overview(not_for_us=29, assessed_and_closed=27, investigated=23).total
    79

    Raises:
        InvalidCount: as InvestigationTally.
    """

    not_for_us: int | None = attrs.field(default=None, validator=a_count_or_none)
    assessed_and_closed: int | None = attrs.field(default=None, validator=a_count_or_none)
    investigated: int | None = attrs.field(default=None, validator=a_count_or_none)
    _total: int | None = attrs.field(default=None, alias="total", validator=a_count_or_none)


@final
@value(kw_only=True)
class DecisionTally(Tally):
    """
    Complaints decided in a year, by the Ombudsman's six outcomes.

    >>> DecisionTally(upheld=43, not_upheld=29, total=441).closed_after_initial_enquiries is None
    True

    Raises:
        InvalidCount: as InvestigationTally.
    """

    invalid_or_incomplete: int | None = attrs.field(default=None, validator=a_count_or_none)
    advice_given: int | None = attrs.field(default=None, validator=a_count_or_none)
    referred_back: int | None = attrs.field(default=None, validator=a_count_or_none)
    closed_after_initial_enquiries: int | None = attrs.field(default=None, validator=a_count_or_none)
    not_upheld: int | None = attrs.field(default=None, validator=a_count_or_none)
    upheld: int | None = attrs.field(default=None, validator=a_count_or_none)
    _total: int | None = attrs.field(default=None, alias="total", validator=a_count_or_none)

    @property
    def investigations(self) -> InvestigationTally:
        """Those of the complaints that ended upheld or not upheld."""
        return InvestigationTally(self.upheld, self.not_upheld)

    @property
    def overview(self) -> Overview:
        """The same complaints in the three groups of the pages from 2024-25."""
        return Overview(
            not_for_us=_plus(_plus(self.invalid_or_incomplete, self.advice_given), self.referred_back),
            assessed_and_closed=self.closed_after_initial_enquiries,
            investigated=_plus(self.upheld, self.not_upheld),
            total=self.total,
        )


@final
@value(kw_only=True)
class ReceivedTally(Tally):
    """
    Complaints received in a year, by the Ombudsman's nine service areas.

    Not the complaints decided in it: some arrive in one year and are decided in the next.

    Raises:
        InvalidCount: as InvestigationTally.
    """

    adult_care_services: int | None = attrs.field(default=None, validator=a_count_or_none)
    benefits_and_tax: int | None = attrs.field(default=None, validator=a_count_or_none)
    corporate_and_other_services: int | None = attrs.field(default=None, validator=a_count_or_none)
    education_and_childrens_services: int | None = attrs.field(default=None, validator=a_count_or_none)
    environmental_services: int | None = attrs.field(default=None, validator=a_count_or_none)
    highways_and_transport: int | None = attrs.field(default=None, validator=a_count_or_none)
    housing: int | None = attrs.field(default=None, validator=a_count_or_none)
    planning_and_development: int | None = attrs.field(default=None, validator=a_count_or_none)
    other: int | None = attrs.field(default=None, validator=a_count_or_none)
    _total: int | None = attrs.field(default=None, alias="total", validator=a_count_or_none)


# Counts that are part of another count, and so no part of the total.
_WITHIN: dict[type[Tally], tuple[tuple[str, str], ...]] = {
    InvestigationTally: (("satisfactory_remedies", "upheld"),),
    ComplianceTally: (("late", "complied"),),
}
_COUNTS: dict[type[Tally], tuple[str, ...]] = {
    kind: tuple(field.name for field in attrs.fields(kind) if field.name != "_total")
    for kind in (InvestigationTally, ComplianceTally, Overview, DecisionTally, ReceivedTally)
}
_PARTS: dict[type[Tally], tuple[str, ...]] = {
    kind: tuple(name for name in names if name not in dict(_WITHIN.get(kind, ()))) for kind, names in _COUNTS.items()
}


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


AnyTally = TypeVar("AnyTally", bound=Tally)


def total(tallies: Iterable[AnyTally]) -> AnyTally:
    """
    Add tallies of one kind; a count that is not known in any of them is not known in the sum.

    >>> total([InvestigationTally(19, 3), InvestigationTally(1, None)])
    InvestigationTally(upheld=20, not_upheld=None)

    Raises:
        NothingToCombine: there are no tallies, so not even their kind is known; ``InvestigationTally.zero()`` is one.
        TypeError: the tallies are of different kinds.
    """
    remaining = iter(tallies)
    for so_far in remaining:
        for tally in remaining:
            so_far = so_far + tally  # noqa: PLW2901  # a running sum
        return so_far
    raise NothingToCombine("no tallies")
