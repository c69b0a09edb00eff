"""Strategies for cases and their casework."""

from __future__ import annotations

import datetime as dt
import string

from hypothesis import strategies as st

from lgsco.model.authorities import Authority
from lgsco.model.cases import (
    CaseList,
    ComplianceOutcome,
    ComplianceStatus,
    Decision,
    Enquiry,
    Investigation,
    Outcome,
    Recommendation,
    RecommendationKind,
    Reference,
    ServiceArea,
)
from lgsco.model.years import ReportingYear
from lgsco.strategies._common import DAYS, MAX_COUNT, POUNDS, SPANS, TEXTS, day_from, day_of, day_to, maybe
from lgsco.strategies._derived import OF_ANNOTATION, draws
from lgsco.strategies._parties import AUTHORITIES, YEARS

__all__ = [
    "case_lists",
    "compliance_outcome_lists",
    "compliance_outcomes",
    "decision_lists",
    "decisions",
    "enquiries",
    "investigation_lists",
    "investigations",
    "recommendations",
    "references",
]


def references() -> st.SearchStrategy[str]:
    """Case references in the three forms that there are: ``19 003 456``, ``17 002 402b`` and ``96/A/1637``."""
    number = st.builds("{:02} {:03} {:03}".format, st.integers(0, 99), st.integers(0, 999), st.integers(0, 999))
    letter = st.sampled_from(string.ascii_lowercase)
    old = st.builds(
        "{:02}/{}/{}".format, st.integers(0, 99), st.sampled_from(string.ascii_uppercase), st.integers(0, 99_999)
    )
    return number | st.builds("{}{}".format, number, letter) | old


_REFERENCES = references()
OF_ANNOTATION[Reference] = _REFERENCES
FLAGS, _NO = st.booleans(), st.just(value=False)


@draws(Decision)
@st.composite
def decisions(
    draw: st.DrawFn,
    *,
    authorities: st.SearchStrategy[Authority] = AUTHORITIES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    outcomes: st.SearchStrategy[Outcome | None] | None = None,
    known: bool = False,
) -> Decision:
    """
    Decisions about any body in any year; leaves out that the reference tells the year in which the case arrived.

    ``years`` are those in which the decisions are made; ``outcomes`` wins over ``known``.
    """
    outcome = draw(maybe(st.sampled_from(Outcome), known=known) if outcomes is None else outcomes)
    remedy = FLAGS if outcome is Outcome.UPHELD else _NO
    return Decision(
        draw(_REFERENCES),
        draw(authorities),
        outcome=outcome,
        decided_on=day_of(draw, draw(years)),
        service_area=draw(maybe(st.sampled_from(ServiceArea), known=known)),
        satisfactory_remedy=draw(maybe(remedy, known=known)),
        public_report=draw(maybe(FLAGS, known=known)),
    )


_DECISIONS = decisions()


def decision_lists(
    decisions: st.SearchStrategy[Decision] = _DECISIONS, *, min_size: int = 0, max_size: int | None = None
) -> st.SearchStrategy[list[Decision]]:
    """Decisions that can be counted together; leaves out duplicates of a reference and body."""
    return st.lists(decisions, min_size=min_size, max_size=max_size, unique_by=_key)


_INVESTIGATED = st.sampled_from((Outcome.UPHELD, Outcome.NOT_UPHELD))
INVESTIGATED_DECISIONS = decisions(outcomes=_INVESTIGATED)


@draws(Recommendation)
@st.composite
def recommendations(draw: st.DrawFn, *, decided_on: dt.date | None = None, known: bool = False) -> Recommendation:
    """
    Things that a body agreed to do; with ``decided_on`` about that day, and completed no sooner.

    Leaves out payments above ten million pounds.
    """
    agreed = draw(DAYS) if decided_on is None else decided_on + draw(_NEAR)
    return Recommendation(
        draw(maybe(st.sampled_from(RecommendationKind), known=known)),
        draw(TEXTS),
        agreed_on=agreed if known or draw(FLAGS) else None,
        due_on=day_from(draw, agreed, known=known),
        completed_on=day_from(draw, max(agreed, decided_on or agreed), known=known),
        payment=draw(maybe(POUNDS, known=known)),
        payment_in_text=not known and draw(FLAGS),
    )


_NEAR = st.integers(-60, 120).map(dt.timedelta)


@draws(Enquiry)
@st.composite
def enquiries(draw: st.DrawFn, *, known: bool = False) -> Enquiry:
    """
    Questions to a body, answered in time, late or not at all, some after the threat of a witness summons.

    With ``known=True`` they are always answered.
    """
    sent = draw(DAYS)
    return Enquiry(
        sent,
        sent + draw(SPANS),
        answered_on=day_from(draw, sent, known=known),
        summons_threatened_on=day_from(draw, sent, known=False),
    )


@draws(Investigation)
@st.composite
def investigations(
    draw: st.DrawFn,
    *,
    decisions: st.SearchStrategy[Decision] = INVESTIGATED_DECISIONS,
    in_order: bool = False,
    known: bool = False,
) -> Investigation:
    """
    Cases that ended upheld or not upheld, with the work on them; ``decisions`` must be of these two outcomes.

    With ``in_order=True`` nothing is completed before the case is decided.
    Leaves out that a case which is not upheld seldom ends in recommendations, and, unless it is asked for, any order of
    its dates and theirs.
    """
    decision = draw(decisions)
    recommended = recommendations(decided_on=decision.decided_on if in_order else None, known=known)
    return Investigation(
        decision,
        opened_on=day_to(draw, decision.decided_on, known=known),
        recommendations=tuple(draw(st.lists(recommended, max_size=2))),
        enquiries=tuple(draw(st.lists(enquiries(known=known), max_size=2))),
    )


_IN_ORDER = investigations(in_order=True)


def investigation_lists(
    investigations: st.SearchStrategy[Investigation] = _IN_ORDER, *, min_size: int = 0, max_size: int | None = None
) -> st.SearchStrategy[list[Investigation]]:
    """
    Investigations whose casework can be counted together.

    Leaves out duplicates of a reference and body, and, by default, what is completed before its case is decided.
    """
    return st.lists(investigations, min_size=min_size, max_size=max_size, unique_by=lambda case: _key(case.decision))


@draws(ComplianceOutcome)
@st.composite
def compliance_outcomes(
    draw: st.DrawFn,
    *,
    authorities: st.SearchStrategy[Authority] = AUTHORITIES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    known: bool = False,
) -> ComplianceOutcome:
    """
    What became of recommendations; ``years`` are those in which it is recorded.

    With ``known=True`` both dates are given, but for the completion of what was never completed.
    """
    recorded = day_of(draw, draw(years))
    status = draw(st.sampled_from(ComplianceStatus))
    due: dt.date | None
    completed: dt.date | None
    if status is ComplianceStatus.NOT_COMPLIED:
        due, completed = day_to(draw, recorded, known=known), None
    elif status is not ComplianceStatus.LATE:
        done = recorded - draw(SPANS)
        due = day_from(draw, done, known=known)
        completed = done if known or draw(FLAGS) else None
    else:
        missed = recorded - dt.timedelta(1) - draw(SPANS)
        due = missed if known or draw(FLAGS) else None
        completed = min(missed + dt.timedelta(1) + draw(SPANS), recorded) if known or draw(FLAGS) else None
    return ComplianceOutcome(
        draw(_REFERENCES),
        draw(authorities),
        status=status,
        recorded_on=recorded,
        due_on=due,
        completed_on=completed,
    )


_COMPLIANCE_OUTCOMES = compliance_outcomes()


def compliance_outcome_lists(
    outcomes: st.SearchStrategy[ComplianceOutcome] = _COMPLIANCE_OUTCOMES,
    *,
    min_size: int = 0,
    max_size: int | None = None,
) -> st.SearchStrategy[list[ComplianceOutcome]]:
    """Compliance outcomes that can be counted together; leaves out duplicates of a reference and body."""
    return st.lists(outcomes, min_size=min_size, max_size=max_size, unique_by=_key)


@draws(CaseList)
@st.composite
def case_lists(draw: st.DrawFn) -> CaseList:
    """What exports of cases hold; the decision of each investigation is among the decisions."""
    decided = draw(st.lists(_DECISIONS, max_size=3))
    investigated = draw(st.lists(_IN_ORDER, max_size=2))
    is_stated: bool = draw(FLAGS)
    cases = {_key(case): case for case in [*decided, *(case.decision for case in investigated)]}
    return CaseList(
        decisions=tuple(cases.values()) if cases or is_stated else None,
        compliance=draw(maybe(compliance_outcome_lists(max_size=2).map(tuple), known=False)),
        investigations=tuple({_key(case.decision): case for case in investigated}.values()),
        undecided=tuple(draw(st.lists(_REFERENCES, max_size=2, unique=True))),
        enquiries=tuple(draw(st.lists(enquiries(), max_size=2))),
        unread_columns=tuple(draw(st.lists(TEXTS, max_size=2))),
        dropped_rows=tuple(draw(st.lists(st.integers(1, MAX_COUNT), max_size=2))),
        as_of=draw(maybe(DAYS, known=False)),
    )


def _key(case: Decision | ComplianceOutcome) -> tuple[str, Authority]:
    return case.reference, case.authority
