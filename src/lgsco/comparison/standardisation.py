"""
Indirect standardisation by service mix: a council's upheld cases over those expected at its group's rates.

A county and a district do not get the same complaints, and complaints about some services are upheld more often than
those about others. So a council is compared with what its own mix of cases would give at the group's rate in each
service.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY
from fractions import Fraction
from typing import Annotated, TypeAlias, final

from lgsco._values import Constraint, Count, choice_of, refusal_of, value
from lgsco.errors import EmptyInput, InvalidValue, Problem
from lgsco.model.cases import Decision, Investigation, ServiceArea
from lgsco.model.counting import tally_investigations
from lgsco.model.tallies import InvestigationTally
from lgsco.stats.intervals import CountMethod, CountMethodLike, Interval, Sides, count_limits, tail_of
from lgsco.stats.rates import Proportion, pooled


@final
@value
class AreaRates:
    """
    One service area: the council's rate in it, and the group's.

    Where it is not known how many of the council's cases in the area were upheld, ``own`` is ``None`` and ``cases``
    says how many there were.

    Raises:
        InvalidValue: a field is of the wrong type, the council has cases where the group has none, or both or neither
            of ``own`` and ``cases`` are set.
    """

    service_area: ServiceArea
    _: KW_ONLY
    own: Proportion | None = None
    group: Proportion
    cases: Count | None = None

    def __attrs_post_init__(self) -> None:
        if (self.own is None) is (self.cases is None):
            raise InvalidValue.at("cases", self.cases, "is given where the council's own rate is not, and only there")
        if self.total and not self.group.denominator:
            reason = f"has no rate in {self.service_area}, in which the council has cases"
            raise InvalidValue.at("group", self.group, reason)

    @property
    def total(self) -> int:
        """How many cases the council has in the area."""
        return self.own.denominator if self.own is not None else self.cases or 0

    @property
    def expected(self) -> Fraction:
        """How many of the council's cases would be upheld at the group's rate, exact."""
        return self.total * (self.group.value or Fraction(0))


def _check_areas(rates: object) -> str | None:
    """Return why something is not the rates of distinct service areas."""
    if not isinstance(rates, tuple):
        return "must be a tuple or a list"
    if (reason := refusal_of(rates, tuple[AreaRates, ...])) is not None:
        return reason
    areas = [area.service_area for area in rates]
    return None if areas and len(set(areas)) == len(areas) else "must hold each service area once, and at least one"


@final
@value
class StandardisedRatio:
    """
    Upheld cases observed over those expected at the group's rate in each service area.

    >>> mixed = StandardisedRatio(
    ...     [
    ...         AreaRates(ServiceArea.HOUSING, own=Proportion(6, 10), group=Proportion(50, 100)),
    ...         AreaRates(ServiceArea.PLANNING_AND_DEVELOPMENT, own=Proportion(2, 10), group=Proportion(40, 200)),
    ...     ]
    ... )
    >>> mixed.observed, mixed.expected, mixed.ratio
    (8, Fraction(7, 1), Fraction(8, 7))

    ``total_observed`` is how many of the council's cases were upheld in all, where it is not known of each area.

    Raises:
        InvalidValue: there is no service area, or one is duplicated; or the total observed is missing, more than the
            cases, or not the sum of the areas.
    """

    areas: Annotated[tuple[AreaRates, ...], Constraint(_check_areas)]
    _: KW_ONLY
    total_observed: Count | None = None

    def __attrs_post_init__(self) -> None:
        parts = [None if area.own is None else area.own.numerator for area in self.areas]
        known = [part for part in parts if part is not None]
        reason = None
        if self.total_observed is None:
            reason = "is needed where the upheld cases of an area are not known" if None in parts else None
        elif self.total_observed > sum(area.total for area in self.areas):
            reason = "is more than the council has cases"
        elif self.total_observed < sum(known) or (None not in parts and self.total_observed != sum(known)):
            reason = f"does not fit the upheld cases of the areas, {sum(known)}"
        if reason is not None:
            raise InvalidValue.at("total_observed", self.total_observed, reason)

    @property
    def own(self) -> Proportion:
        """The council's rate over all of the service areas, as it is."""
        return Proportion(self.observed, sum(area.total for area in self.areas))

    @property
    def group(self) -> Proportion:
        """The group's crude rate over all of the service areas given, as it is."""
        return pooled(area.group for area in self.areas)

    @property
    def observed(self) -> int:
        """How many of the council's cases were upheld."""
        if self.total_observed is not None:
            return self.total_observed
        return sum(area.own.numerator for area in self.areas if area.own is not None)

    @property
    def expected(self) -> Fraction:
        """How many would be at the group's rate in each service area, exact."""
        return sum((area.expected for area in self.areas), Fraction(0))

    @property
    def ratio(self) -> Fraction | None:
        """Observed over expected, exact; ``None`` where none is expected."""
        return self.observed / self.expected if self.expected else None

    @property
    def rate(self) -> Fraction | None:
        """
        The indirectly standardised rate: the ratio times the crude rate of the whole group.

        ``None`` where none is expected. With one service area, the group's only one, it is the council's own rate. It
        may exceed 1, since it is no share of any cases.
        """
        return None if self.ratio is None or self.group.value is None else self.ratio * self.group.value

    def interval(self, confidence: float = 0.95, method: CountMethodLike = "byar") -> Interval | None:
        """
        Return a confidence interval for the ratio, the expected number taken as known.

        Upheld cases cannot exceed the cases, so where the rates are high the interval is wider than it need be, and
        never too narrow for that reason.

        Args:
            confidence: of the interval, between 0 and 1.
            method: "byar", "exact" or "byar-or-exact", all for Poisson counts.

        Returns:
            The interval, as ratios; ``None`` where none is expected.

        Raises:
            InvalidValue: the confidence is not a float between 0 and 1, or the method is not known.

        Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, chapter 2.
        """
        tail = tail_of(confidence, Sides.BOTH)
        chosen = choice_of("method", method, CountMethod)
        if not self.expected:
            return None
        lower, upper = count_limits(self.observed, tail, chosen)
        expected = float(self.expected)
        return Interval(lower / expected, upper / expected, confidence=confidence, method=chosen.value)


ByArea: TypeAlias = "Mapping[ServiceArea, InvestigationTally] | Mapping[ServiceArea | None, InvestigationTally]"


def standardise(
    own: ByArea,
    group: ByArea,
    *,
    observed: int | None = None,
) -> StandardisedRatio:
    """
    Compare a council's upheld cases with those that its service mix would give at the group's rates.

    Service areas in which the council has no cases change nothing, whether they are spelt out as zero or left out: the
    rate is the ratio times the crude rate of the whole group.

    Args:
        own: the council's investigations by service area.
        group: the group's, with the council's own cases among them, as in all averages of the Ombudsman.
        observed: the council's upheld cases of all areas together, where only the cases of each area are known.

    Returns:
        The upheld cases over those expected, with the standardised rate.

    >>> own = {ServiceArea.HOUSING: InvestigationTally(6, 4)}
    >>> group = {ServiceArea.HOUSING: InvestigationTally(50, 50), ServiceArea.OTHER: InvestigationTally(9, 1)}
    >>> beside = standardise(own, group)
    >>> beside.ratio, beside.rate, beside.own.value
    (Fraction(6, 5), Fraction(177, 275), Fraction(3, 5))
    >>> standardise({ServiceArea.HOUSING: InvestigationTally(None, None, total=10)}, group, observed=6).ratio
    Fraction(6, 5)

    Raises:
        EmptyInput: the council has no service areas at all.
        InvalidValue: a count of the council or its group is not known, or the group has no cases where the council has;
            or the total observed is missing, or does not fit; or cases without a service area are among them.
    """
    if not own:
        raise EmptyInput("no service areas of the council")
    nobody = InvestigationTally.zero()
    problems = [
        Problem.at(f"{name}.{area}", tally, "counts cases of no known service area; leave them out by name")
        for name, tallies in (("own", own), ("group", group))
        for area, tally in tallies.items()
        if area not in {*ServiceArea} and tally != nobody
    ] + [
        problem
        for area in ServiceArea
        if area in own or area in group
        for problem in _missing(area, own.get(area, nobody), group.get(area), has_total=observed is not None)
    ]
    if problems:
        raise InvalidValue(problems)
    return StandardisedRatio(
        tuple(
            _area_rates(area, own.get(area, nobody), group.get(area, nobody))
            for area in ServiceArea
            if area in own or area in group
        ),
        total_observed=observed,
    )


def _area_rates(area: ServiceArea, own: InvestigationTally, group: InvestigationTally) -> AreaRates:
    """Return the rates of one service area, the council's own where its upheld cases are known."""
    if own.upheld is None:
        return AreaRates(area, group=_rate(group), cases=own.total)
    return AreaRates(area, own=_rate(own), group=_rate(group))


def _rate(tally: InvestigationTally) -> Proportion:
    """Return the uphold rate of a tally whose counts are known."""
    return Proportion(tally.upheld or 0, tally.total or 0)


def _missing(
    area: ServiceArea, own: InvestigationTally, group: InvestigationTally | None, *, has_total: bool
) -> list[Problem]:
    """Return what is missing of the counts of one service area."""
    if own.total is None or (own.upheld is None and not has_total):
        return [Problem.at(f"own.{area}", own, "must have both counts, or its total and the total observed")]
    if group is None or group.total == 0:
        reason = f"has no cases where the council has {own.total}"
        return [Problem.at(f"group.{area}", group, reason)] if own.total else []
    # The crude rate rests on the areas in which the council has no cases, too.
    if group.upheld is None or group.total is None:
        return [Problem.at(f"group.{area}", group, "must have both counts")]
    return []


def tally_by_area(cases: Iterable[Decision | Investigation]) -> dict[ServiceArea | None, InvestigationTally]:
    """
    Return the cases that ended upheld or not upheld by their service area.

    The parts add up to ``tally_investigations`` of all the cases.

    Args:
        cases: decisions or investigations.

    Returns:
        The tally of each area that has a case, in the Ombudsman's order; under ``None``, last, that of the cases whose
        service area is not known. ``standardise`` refuses those until they are taken out by name.
    """
    by_area: dict[ServiceArea | None, list[Decision]] = {}
    for case in cases:
        decision = case.decision
        by_area.setdefault(decision.service_area, []).append(decision)
    return {area: tally_investigations(by_area[area]) for area in (*ServiceArea, None) if area in by_area}
