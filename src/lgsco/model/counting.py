"""
From cases to counts: what a million decisions come to, by authority and year.

Counting is a homomorphism into tallies: ``tally(a + b) == tally(a) + tally(b)``.
Cases are looked at where they stand: what is given as a list or a tuple is never copied.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeVar, cast

from lgsco.errors import InvalidValue, Place, Problem
from lgsco.model.authorities import authority_order
from lgsco.model.cases import ComplianceOutcome, ComplianceStatus, Decision, Investigation, Outcome
from lgsco.model.reviews import AnnualReview
from lgsco.model.tallies import ComplianceTally, DecisionTally, InvestigationTally
from lgsco.model.years import ReportingYear

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from lgsco.model.authorities import Authority
    from lgsco.sources import Source

__all__ = [
    "decision_of",
    "repeated",
    "review_of",
    "reviews_of",
    "tally_compliance",
    "tally_decisions",
    "tally_investigations",
]

Case = TypeVar("Case")
Countable = TypeVar("Countable", bound=str | None)


def decision_of(case: Decision | Investigation) -> Decision:
    """Give the decision that a case is, or rests on."""
    return case if isinstance(case, Decision) else case.decision


def _sequence(cases: Iterable[Case]) -> Sequence[Case]:
    """Give cases that can be gone through more than once, copied only where they come one by one."""
    return cases if isinstance(cases, list | tuple) else [*cases]


def _decisions(cases: Sequence[Decision | Investigation]) -> Sequence[Decision]:
    """Give the decisions of cases: the cases themselves, where all of them are decisions."""
    if {*map(type, cases)} <= {Decision}:
        return cast("Sequence[Decision]", cases)
    return [decision_of(case) for case in cases]


def tally_investigations(cases: Iterable[Decision | Investigation]) -> InvestigationTally:
    """
    Count the cases that ended upheld or not upheld; the other four outcomes are in neither count.

    A case whose outcome is not known leaves every count unknown.
    An upheld case of which it is not known whether it had been put right leaves the satisfactory remedies unknown.
    """
    given = _sequence(cases)
    try:
        return _investigated(cast("Sequence[Decision]", given))
    except AttributeError:
        # An investigation has its outcome in its decision. To ask each case which it is takes a third of the time.
        return _investigated([decision_of(case) for case in given])


def _investigated(decisions: Sequence[Decision]) -> InvestigationTally:
    # By ``is``, and each member looked up once: to find one takes longer than to count a case.
    was_upheld, was_not_upheld = Outcome.UPHELD, Outcome.NOT_UPHELD
    upheld = not_upheld = remedies = 0
    unknown_outcome = unknown_remedy = False
    for decision in decisions:
        outcome = decision.outcome
        if outcome is was_upheld:
            upheld += 1
            if decision.satisfactory_remedy:
                remedies += 1
            elif decision.satisfactory_remedy is None:
                unknown_remedy = True
        elif outcome is was_not_upheld:
            not_upheld += 1
        elif outcome is None:
            unknown_outcome = True
    if unknown_outcome:
        return InvestigationTally(None, None)
    return InvestigationTally(upheld, not_upheld, satisfactory_remedies=None if unknown_remedy else remedies)


def tally_decisions(cases: Iterable[Decision | Investigation]) -> DecisionTally:
    """
    Count cases by the six outcomes.

    A case whose outcome is not known leaves the six unknown; the total is known all the same.
    """
    given = _sequence(cases)
    try:
        outcomes = [case.outcome for case in cast("Sequence[Decision]", given)]
    except AttributeError:  # as above
        outcomes = [decision_of(case).outcome for case in given]
    counts: Counter[Kind] = Counter(outcomes)
    return _decided(counts, counts[Outcome.UPHELD])


def _decided(counts: Mapping[Kind, int], upheld: int) -> DecisionTally:
    if counts[None]:
        return DecisionTally(total=sum(counts.values()))
    return DecisionTally(
        invalid_or_incomplete=counts[Outcome.INVALID_OR_INCOMPLETE],
        advice_given=counts[Outcome.ADVICE_GIVEN],
        referred_back=counts[Outcome.REFERRED_BACK],
        closed_after_initial_enquiries=counts[Outcome.CLOSED_AFTER_INITIAL_ENQUIRIES],
        not_upheld=counts[Outcome.NOT_UPHELD],
        upheld=upheld,
    )


def tally_compliance(outcomes: Iterable[ComplianceOutcome]) -> ComplianceTally:
    """Count compliance outcomes; what was done late counts as complied, and as late too."""
    return _settled(Counter([outcome.status for outcome in outcomes]))


def _settled(counts: Mapping[ComplianceStatus, int]) -> ComplianceTally:
    late = counts[ComplianceStatus.LATE]
    return ComplianceTally(counts[ComplianceStatus.ON_TIME] + late, counts[ComplianceStatus.NOT_COMPLIED], late=late)


# --- One council's year


def review_of(
    authority: Authority,
    year: ReportingYear,
    decisions: Iterable[Decision | Investigation] | None = None,
    compliance: Iterable[ComplianceOutcome] | None = None,
    source: Source | None = None,
) -> AnnualReview:
    """
    Count the cases of one authority and year.

    Decisions fall in the year in which they were made, compliance outcomes in the year in which they were recorded.
    Leave out what is not known: an empty list says that there were none, which is not the same.

    Raises:
        InvalidValue: lists every case of another body or year, and every case that stands twice.
    """
    decided = None if decisions is None else _decisions(_sequence(decisions))
    settled = None if compliance is None else _sequence(compliance)
    problems = [
        *_misplaced(decided or (), [case.decided_on for case in decided or ()], authority, year),
        *_misplaced(settled or (), [case.recorded_on for case in settled or ()], authority, year),
        *repeated(decided or ()),
        *repeated(settled or ()),
    ]
    if problems:
        raise InvalidValue(problems, subject=f"these cases cannot be counted for {authority}, {year}")
    return _review(
        authority,
        year,
        None if decided is None else Counter(_kinds(decided)),
        None if settled is None else Counter(_statuses(settled)),
        source,
    )


def reviews_of(
    decisions: Iterable[Decision | Investigation] | None,
    compliance: Iterable[ComplianceOutcome] | None = None,
    source: Source | None = None,
) -> tuple[AnnualReview, ...]:
    """
    Count cases into one review for each authority and year that has any, in the order of their names and years.

    Leave out ``compliance`` where it is not known, and give ``None`` for decisions that are not; of what is given, an
    authority and year without any had none.

    Raises:
        InvalidValue: lists every case that stands twice.
    """
    decided = None if decisions is None else _decisions(_sequence(decisions))
    settled = None if compliance is None else _sequence(compliance)
    problems = [*repeated(decided or ()), *repeated(settled or ())]
    if problems:
        raise InvalidValue(problems, subject="these cases cannot be counted")
    endings = _Endings()
    cases = _counted(
        decided or (), [endings[case.decided_on] for case in decided or ()], _kinds(decided or ()), _NO_CASES
    )
    outcomes = _counted(
        settled or (), [endings[case.recorded_on] for case in settled or ()], _statuses(settled or ()), _NO_OUTCOMES
    )
    return tuple(
        _review(
            authority,
            year,
            None if decided is None else cases.get((authority, year), _NO_CASES),
            None if settled is None else outcomes.get((authority, year), _NO_OUTCOMES),
            source,
        )
        for authority, year in sorted({**cases, **outcomes}, key=_by_name)
    )


def _by_name(key: tuple[Authority, ReportingYear]) -> tuple[tuple[str, ...], ReportingYear]:
    authority, year = key
    return authority_order(authority), year


def _review(
    authority: Authority,
    year: ReportingYear,
    decided: Mapping[Kind, int] | None,
    settled: Mapping[ComplianceStatus, int] | None,
    source: Source | None,
) -> AnnualReview:
    return AnnualReview(
        authority,
        year,
        investigations=None if decided is None else _investigations(decided),
        compliance=None if settled is None else _settled(settled),
        decided=None if decided is None else _decided(decided, _upheld(decided)),
        source=source,
    )


# --- What of a case is counted

# An upheld case counts by whether it had been put right, any other by its outcome.
Kind = str | None
_PUT_RIGHT: dict[bool | None, str] = {True: "put right", False: "not put right", None: "not known whether put right"}
_NO_CASES: dict[Kind, int] = dict.fromkeys((*Outcome, None, *_PUT_RIGHT.values()), 0)
_NO_OUTCOMES = dict.fromkeys(ComplianceStatus, 0)


def _kinds(decisions: Sequence[Decision]) -> list[Kind]:
    upheld = Outcome.UPHELD
    return [
        _PUT_RIGHT[decision.satisfactory_remedy] if decision.outcome is upheld else decision.outcome
        for decision in decisions
    ]


def _investigations(kinds: Mapping[Kind, int]) -> InvestigationTally:
    if kinds[None]:
        return InvestigationTally(None, None)
    return InvestigationTally(
        _upheld(kinds),
        kinds[Outcome.NOT_UPHELD],
        satisfactory_remedies=None if kinds[_PUT_RIGHT[None]] else kinds[_PUT_RIGHT[True]],
    )


def _upheld(kinds: Mapping[Kind, int]) -> int:
    return sum([kinds[how] for how in _PUT_RIGHT.values()])


def _statuses(outcomes: Sequence[ComplianceOutcome]) -> list[ComplianceStatus]:
    return [outcome.status for outcome in outcomes]


class _Endings(dict["dt.date", int]):
    """The year in which the reporting year of a day ends, worked out once for each day."""

    def __missing__(self, day: dt.date) -> int:
        ending = self[day] = ReportingYear.containing(day).ending
        return ending


def _counted(
    cases: Sequence[Decision | ComplianceOutcome],
    endings: Sequence[int],
    kinds: Sequence[Countable],
    none_yet: dict[Countable, int],
) -> dict[tuple[Authority, ReportingYear], Mapping[Countable, int]]:
    """Count cases, whose years and kinds stand beside them, by authority, year and kind; from none yet of each kind."""
    counts: dict[Authority, dict[int, dict[Countable, int]]] = {}
    # By identity first: the same few bodies stand in most cases, and to hash one takes longer than to count a case.
    seen: dict[int, dict[int, dict[Countable, int]]] = {}
    authorities = [case.authority for case in cases]
    for authority, ending, kind in zip(authorities, endings, kinds, strict=True):
        try:
            years = seen[id(authority)]
        except KeyError:
            years = seen[id(authority)] = counts.setdefault(authority, {})
        try:
            counted = years[ending]
        except KeyError:
            counted = years[ending] = none_yet.copy()
        counted[kind] += 1
    return {
        (authority, ReportingYear(ending)): counted
        for authority, years in counts.items()
        for ending, counted in years.items()
    }


# --- Cases that cannot be counted


def _misplaced(
    cases: Sequence[Decision | ComplianceOutcome], days: Sequence[dt.date], authority: Authority, year: ReportingYear
) -> list[Problem]:
    first, last = year.start, year.end
    problems = []
    for case, day in zip(cases, days, strict=True):
        if case.authority is not authority and case.authority != authority:
            problems.append(
                Problem(Place(path=f"{case.reference} ({case.authority.name})"), f"is not a case of {authority}")
            )
        if not first <= day <= last:
            problems.append(Problem(Place(path=f"{case.reference} ({case.authority.name})"), f"{day} is not in {year}"))
    return problems


def repeated(cases: Iterable[Decision | ComplianceOutcome]) -> list[Problem]:
    """List the cases that stand twice, each as often as it stands again."""
    given = _sequence(cases)
    if len({case.reference for case in given}) == len(given):
        return []
    # A joint case has one reference and is a case of each of its bodies.
    times = Counter([case.reference for case in given])
    seen: set[tuple[str, Authority]] = set()
    problems = []
    for case in given:
        if times[case.reference] == 1:
            continue
        key = (case.reference, case.authority)
        if key in seen:
            problems.append(Problem(Place(path=f"{case.reference} ({case.authority.name})"), "is duplicated"))
        seen.add(key)
    return problems
