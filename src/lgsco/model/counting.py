"""
Counts of cases: tallies and annual reviews made from decisions and compliance outcomes.

Counting is a homomorphism into tallies: ``tally(a + b) == tally(a) + tally(b)``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeVar, cast

from lgsco._values import evolve, validate
from lgsco.errors import InvalidValue, Place, Problem
from lgsco.model.authorities import Authority, authority_order
from lgsco.model.cases import ComplianceOutcome, ComplianceStatus, Decision, Investigation, Outcome
from lgsco.model.reviews import AnnualReview
from lgsco.model.tallies import ComplianceTally, DecisionTally, InvestigationTally
from lgsco.model.years import ReportingYear
from lgsco.sources import Source

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence


Case = TypeVar("Case")
Kind = TypeVar("Kind", bound=str | None)


def tally_investigations(cases: Iterable[Decision | Investigation]) -> InvestigationTally:
    """
    Count the cases that ended upheld or not upheld; the other four outcomes are in neither count.

    A case whose outcome is not known leaves every count unknown.
    An upheld case of which it is not known whether it had been put right leaves the satisfactory remedies unknown.

    Args:
        cases: the cases of any councils and years, each counted once.

    Returns:
        The tally; ``InvestigationTally.zero()`` where there are no cases.

    >>> tally_investigations([])
    InvestigationTally(upheld=0, not_upheld=0, satisfactory_remedies=0)

    Raises:
        InvalidValue: an item is not a case.
    """
    # By ``is``, and each member looked up once: to find one takes longer than to count a case.
    is_upheld, is_not_upheld = Outcome.UPHELD, Outcome.NOT_UPHELD
    upheld = not_upheld = remedies = 0
    unknown_outcome = unknown_remedy = False
    for case in _sequence("cases", cases, _CASES):
        outcome = case.outcome
        if outcome is is_upheld:
            upheld += 1
            if case.satisfactory_remedy:
                remedies += 1
            elif case.satisfactory_remedy is None:
                unknown_remedy = True
        elif outcome is is_not_upheld:
            not_upheld += 1
        elif outcome is None:
            unknown_outcome = True
    if unknown_outcome:
        return InvestigationTally(None, None)
    return InvestigationTally(upheld, not_upheld, satisfactory_remedies=None if unknown_remedy else remedies)


def tally_decisions(cases: Iterable[Decision | Investigation]) -> DecisionTally:
    """
    Count cases by the six outcomes.

    Args:
        cases: the cases of any councils and years, each counted once.

    Returns:
        The tally. Where the outcome of a case is not known, the total alone is known.

    Raises:
        InvalidValue: an item is not a case.
    """
    return _decision_tally(Counter([case.outcome for case in _sequence("cases", cases, _CASES)]))


def _decision_tally(counts: Mapping[Outcome | None, int]) -> DecisionTally:
    if counts[None]:
        return DecisionTally(total=sum(counts.values()))
    return DecisionTally(**{outcome.value: counts[outcome] for outcome in Outcome})


def tally_compliance(outcomes: Iterable[ComplianceOutcome]) -> ComplianceTally:
    """
    Count compliance outcomes.

    Args:
        outcomes: the outcomes of any councils and years, each counted once.

    Returns:
        The tally; late outcomes are in ``complied`` and, as a part of it, in ``late``, which is not known where it is
        not known of one outcome whether it was on time.

    Raises:
        InvalidValue: an item is not a compliance outcome.
    """
    return _compliance_tally(Counter([outcome.status for outcome in _sequence("outcomes", outcomes, _OUTCOMES)]))


def _compliance_tally(counts: Mapping[ComplianceStatus, int]) -> ComplianceTally:
    late, undated = counts[ComplianceStatus.LATE], counts[ComplianceStatus.COMPLIED]
    complied = counts[ComplianceStatus.ON_TIME] + late + undated
    return ComplianceTally(complied, counts[ComplianceStatus.NOT_COMPLIED], late=None if undated else late)


# --- Reviews of a council's year


def review_of(
    authority: Authority,
    year: ReportingYear,
    decisions: Iterable[Decision | Investigation] | None = None,
    compliance: Iterable[ComplianceOutcome] | None = None,
    source: Source | None = None,
) -> AnnualReview:
    """
    Count the cases of one authority and year.

    Decisions fall in the year of ``decided_on``, compliance outcomes in the year of ``recorded_on``.

    Args:
        authority: the body whose cases they are.
        year: the year in which all of them fall.
        decisions: its cases; ``None`` where they are not known, an empty list where there were none.
        compliance: its compliance outcomes; ``None`` where they are not known, an empty list where there were none.
        source: where the cases were found.

    Returns:
        The review, with ``investigations``, ``decided`` and ``compliance`` as far as they are known.

    Raises:
        InvalidValue: lists every case of another body or year, and every duplicate; or a wrong argument.
    """
    validate(authority=(authority, Authority), year=(year, ReportingYear), source=(source, Source | None))
    decided = None if decisions is None else _decisions(decisions)
    outcomes = None if compliance is None else _sequence("compliance", compliance, _OUTCOMES)
    problems = [
        *_misplaced(decided or (), [case.decided_on for case in decided or ()], authority, year),
        *_misplaced(outcomes or (), [outcome.recorded_on for outcome in outcomes or ()], authority, year),
        *duplicates(decided or ()),
        *duplicates(outcomes or ()),
    ]
    if problems:
        raise InvalidValue(problems, subject=f"these cases cannot be counted for {authority}, {year}")
    return _review(
        authority,
        year,
        None if decided is None else Counter(_kinds(decided)),
        None if outcomes is None else Counter([outcome.status for outcome in outcomes]),
        source,
    )


def reviews_of(
    decisions: Iterable[Decision | Investigation] | None,
    compliance: Iterable[ComplianceOutcome] | None = None,
    source: Source | None = None,
) -> tuple[AnnualReview, ...]:
    """
    Count cases into one review for each authority and year that has any.

    Args:
        decisions: cases of any councils and years; ``None`` where they are not known.
        compliance: compliance outcomes of any councils and years; ``None`` where they are not known.
        source: where the cases were found.

    Returns:
        The reviews, in the order of the authorities' names and of the years. An authority and year without any of the
        cases that are known had none: its counts are zero.

    Raises:
        InvalidValue: lists every duplicate; or a wrong argument.
    """
    validate(source=(source, Source | None))
    decided = None if decisions is None else _decisions(decisions)
    outcomes = None if compliance is None else _sequence("compliance", compliance, _OUTCOMES)
    problems = [*duplicates(decided or ()), *duplicates(outcomes or ())]
    if problems:
        raise InvalidValue(problems, subject="these cases cannot be counted")
    endings = _YearEndings()
    kinds_of = _counted(decided or (), [endings[case.decided_on] for case in decided or ()], _kinds(decided or ()))
    statuses_of = _counted(
        outcomes or (),
        [endings[outcome.recorded_on] for outcome in outcomes or ()],
        [outcome.status for outcome in outcomes or ()],
    )
    return tuple(
        _review(
            authority,
            year,
            None if decided is None else kinds_of.get((authority, year), Counter()),
            None if outcomes is None else statuses_of.get((authority, year), Counter()),
            source,
        )
        for authority, year in sorted({**kinds_of, **statuses_of}, key=_by_name)
    )


def _by_name(key: tuple[Authority, ReportingYear]) -> tuple[tuple[str, ...], ReportingYear]:
    authority, year = key
    return authority_order(authority), year


def _review(
    authority: Authority,
    year: ReportingYear,
    kinds: Mapping[str | None, int] | None,
    statuses: Mapping[ComplianceStatus, int] | None,
    source: Source | None,
) -> AnnualReview:
    investigations, decided = (None, None) if kinds is None else _tallies_of_kinds(kinds)
    return AnnualReview(
        authority,
        year,
        investigations=investigations,
        compliance=None if statuses is None else _compliance_tally(statuses),
        decided=decided,
        source=source,
    )


# An upheld case counts by whether it had been put right, any other by its outcome.
_REMEDY_KINDS: dict[bool | None, str] = {True: "put right", False: "not put right", None: "remedy not known"}


def _kinds(decisions: Sequence[Decision]) -> list[str | None]:
    upheld = Outcome.UPHELD
    return [
        _REMEDY_KINDS[decision.satisfactory_remedy] if decision.outcome is upheld else decision.outcome
        for decision in decisions
    ]


def _tallies_of_kinds(kinds: Mapping[str | None, int]) -> tuple[InvestigationTally, DecisionTally]:
    """Return what ``tally_investigations`` and ``tally_decisions`` would, from the number of cases of each kind."""
    remedies: dict[bool | None, int] = {remedy: kinds[kind] for remedy, kind in _REMEDY_KINDS.items()}
    outcomes = {outcome: kinds[outcome] for outcome in (*Outcome, None)} | {Outcome.UPHELD: sum(remedies.values())}
    decided = _decision_tally(outcomes)
    known = not (outcomes[None] or remedies[None])
    return evolve(decided.investigations, satisfactory_remedies=remedies[True] if known else None), decided


_CASES, _OUTCOMES = tuple[Decision | Investigation, ...], tuple[ComplianceOutcome, ...]


def _sequence(argument: str, cases: Iterable[Case], annotation: object) -> tuple[Case, ...]:
    """Return cases that can be gone through more than once; refuse what the annotation does not allow."""
    sequence = tuple(cases)
    validate(**{argument: (sequence, annotation)})
    return sequence


def _decisions(cases: Iterable[Decision | Investigation]) -> Sequence[Decision]:
    """Return the decisions of cases: the cases themselves, where all of them are decisions."""
    sequence = _sequence("decisions", cases, _CASES)
    if {*map(type, sequence)} <= {Decision}:
        return cast("Sequence[Decision]", sequence)
    return [case.decision for case in sequence]


class _YearEndings(dict["dt.date", int]):
    """The year in which the reporting year of a day ends, worked out once for each day."""

    def __missing__(self, day: dt.date) -> int:
        ending = self[day] = ReportingYear.containing(day).ending
        return ending


def _counted(
    cases: Sequence[Decision | ComplianceOutcome], endings: Sequence[int], kinds: Sequence[Kind]
) -> dict[tuple[Authority, ReportingYear], Mapping[Kind, int]]:
    """Count cases by authority, year and kind; ``endings`` has the year of each case, ``kinds`` its kind."""
    counts: dict[Authority, dict[int, dict[Kind, int]]] = {}
    # By identity first: the same few bodies are in most cases, and to hash one takes longer than to count a case.
    seen: dict[int, dict[int, dict[Kind, int]]] = {}
    authorities = [case.authority for case in cases]
    for authority, ending, kind in zip(authorities, endings, kinds, strict=True):
        try:
            years = seen[id(authority)]
        except KeyError:
            years = seen[id(authority)] = counts.setdefault(authority, defaultdict(lambda: defaultdict(int)))
        years[ending][kind] += 1
    return {
        (authority, ReportingYear(ending)): counts_of_year
        for authority, years in counts.items()
        for ending, counts_of_year in years.items()
    }


# --- Cases that cannot be counted


def _misplaced(
    cases: Sequence[Decision | ComplianceOutcome], days: Sequence[dt.date], authority: Authority, year: ReportingYear
) -> list[Problem]:
    first, last = year.start, year.end
    problems = []
    for case, day in zip(cases, days, strict=True):
        if case.authority is not authority and case.authority != authority:
            problems.append(Problem(_place(case), f"is not a case of {authority}"))
        if not first <= day <= last:
            problems.append(Problem(_place(case), f"{day} is not in {year}"))
    return problems


def _place(case: Decision | ComplianceOutcome) -> Place:
    return Place(path=f"{case.reference} ({case.authority.name})")


def duplicates(cases: Iterable[Decision | ComplianceOutcome]) -> list[Problem]:
    """
    List the cases that are duplicated.

    A joint case has one reference and is a case of each of its bodies, so it is no duplicate.

    Args:
        cases: the cases of any councils and years.

    Returns:
        A problem for each case that an earlier one has the reference and the body of.
    """
    sequence = [*cases]
    if len({case.reference for case in sequence}) == len(sequence):
        return []
    times = Counter([case.reference for case in sequence])
    seen: set[tuple[str, Authority]] = set()
    problems = []
    for case in sequence:
        if times[case.reference] == 1:
            continue
        key = (case.reference, case.authority)
        if key in seen:
            problems.append(Problem(_place(case), "is duplicated"))
        seen.add(key)
    return problems
