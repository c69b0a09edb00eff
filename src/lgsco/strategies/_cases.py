"""Strategies for cases and their casework."""

from __future__ import annotations

import datetime as dt
import string

from hypothesis import strategies as st

from lgsco.model import cases
from lgsco.model.authorities import Authority
from lgsco.model.years import ReportingYear
from lgsco.strategies._common import DAYS, MAX_COUNT, POUNDS, SPANS, TEXTS, day_from, day_of, day_to, maybe
from lgsco.strategies._derived import OF_ANNOTATION, composes, named
from lgsco.strategies._parties import AUTHORITIES, YEARS


@named
def references() -> st.SearchStrategy[str]:
    """Case references in the three forms that there are: ``19 003 456``, ``17 002 402b`` and ``96/A/1637``."""
    number = st.builds("{:02} {:03} {:03}".format, st.integers(0, 99), st.integers(0, 999), st.integers(0, 999))
    letter = st.sampled_from(string.ascii_lowercase)
    old = st.builds(
        "{:02}/{}/{}".format, st.integers(0, 99), st.sampled_from(string.ascii_uppercase), st.integers(0, 99_999)
    )
    return number | st.builds("{}{}".format, number, letter) | old


_REFERENCES = references()
OF_ANNOTATION[cases.Reference] = _REFERENCES
FLAGS, _NO = st.booleans(), st.just(value=False)


@composes(cases.Decision)
def decisions(  # noqa: PLR0913  # each narrows one thing, by keyword
    draw: st.DrawFn,
    *,
    authorities: st.SearchStrategy[Authority] = AUTHORITIES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    days: st.SearchStrategy[dt.date] | None = None,
    outcomes: st.SearchStrategy[cases.Outcome | None] | None = None,
    known: bool = False,
) -> cases.Decision:
    """
    Decisions about any body in any year; leaves out that the reference tells the year in which the case arrived.

    ``years`` are those in which the decisions are made, or ``days`` their days, such as ``st.dates(first, last)``;
    ``outcomes`` wins over ``known``.
    """
    outcome = draw(maybe(st.sampled_from(cases.Outcome), known=known) if outcomes is None else outcomes)
    remedy = FLAGS if outcome is cases.Outcome.UPHELD else _NO
    return cases.Decision(
        draw(_REFERENCES),
        draw(authorities),
        outcome=outcome,
        decided_on=day_of(draw, draw(years)) if days is None else draw(days),
        service_area=draw(maybe(st.sampled_from(cases.ServiceArea), known=known)),
        satisfactory_remedy=draw(maybe(remedy, known=known)),
        public_report=draw(maybe(FLAGS, known=known)),
    )


_DECISIONS = decisions()


@named
def decision_lists(
    decisions: st.SearchStrategy[cases.Decision] = _DECISIONS, *, min_size: int = 0, max_size: int | None = None
) -> st.SearchStrategy[list[cases.Decision]]:
    """Decisions that can be counted together; leaves out duplicates of a reference and body."""
    return st.lists(decisions, min_size=min_size, max_size=max_size, unique_by=_key)


_INVESTIGATED = st.sampled_from((cases.Outcome.UPHELD, cases.Outcome.NOT_UPHELD))
INVESTIGATED_DECISIONS = decisions(outcomes=_INVESTIGATED)


@composes(cases.Recommendation)
def recommendations(draw: st.DrawFn, *, decided_on: dt.date | None = None, known: bool = False) -> cases.Recommendation:
    """
    Things that a body agreed to do; with ``decided_on`` about that day, and completed no sooner.

    Leaves out payments above ten million pounds.
    """
    agreed = draw(DAYS) if decided_on is None else decided_on + draw(_NEAR)
    return cases.Recommendation(
        draw(maybe(st.sampled_from(cases.RecommendationKind), known=known)),
        draw(TEXTS),
        agreed_on=agreed if known or draw(FLAGS) else None,
        due_on=day_from(draw, agreed, known=known),
        completed_on=day_from(draw, max(agreed, decided_on or agreed), known=known),
        payment=draw(maybe(POUNDS, known=known)),
        payment_in_text=not known and draw(FLAGS),
    )


_NEAR = st.integers(-60, 120).map(dt.timedelta)


@composes(cases.Enquiry)
def enquiries(draw: st.DrawFn, *, known: bool = False) -> cases.Enquiry:
    """
    Questions to a body, answered in time, late or not at all, some after the threat of a witness summons.

    With ``known=True`` they are always answered.
    """
    sent = draw(DAYS)
    return cases.Enquiry(
        sent,
        sent + draw(SPANS),
        answered_on=day_from(draw, sent, known=known),
        summons_threatened_on=day_from(draw, sent, known=False),
    )


@composes(cases.Investigation)
def investigations(
    draw: st.DrawFn,
    *,
    decisions: st.SearchStrategy[cases.Decision] = INVESTIGATED_DECISIONS,
    in_order: bool = False,
    known: bool = False,
) -> cases.Investigation:
    """
    Cases that ended upheld or not upheld, with the work on them; ``decisions`` must be of these two outcomes.

    With ``in_order=True`` nothing is completed before the case is decided.
    Leaves out that a case which is not upheld seldom ends in recommendations, and, unless it is asked for, any order of
    its dates and theirs.
    """
    decision = draw(decisions)
    recommended = recommendations(decided_on=decision.decided_on if in_order else None, known=known)
    return cases.Investigation(
        decision,
        opened_on=day_to(draw, decision.decided_on, known=known),
        recommendations=tuple(draw(st.lists(recommended, max_size=2))),
        enquiries=tuple(draw(st.lists(enquiries(known=known), max_size=2))),
    )


_IN_ORDER = investigations(in_order=True)


@named
def investigation_lists(
    investigations: st.SearchStrategy[cases.Investigation] = _IN_ORDER,
    *,
    min_size: int = 0,
    max_size: int | None = None,
) -> st.SearchStrategy[list[cases.Investigation]]:
    """
    Investigations whose casework can be counted together.

    Leaves out duplicates of a reference and body, and, by default, what is completed before its case is decided.
    """
    return st.lists(investigations, min_size=min_size, max_size=max_size, unique_by=lambda case: _key(case.decision))


@composes(cases.ComplianceOutcome)
def compliance_outcomes(
    draw: st.DrawFn,
    *,
    authorities: st.SearchStrategy[Authority] = AUTHORITIES,
    years: st.SearchStrategy[ReportingYear] = YEARS,
    days: st.SearchStrategy[dt.date] | None = None,
    known: bool = False,
) -> cases.ComplianceOutcome:
    """
    What became of recommendations; ``years`` are those in which it is recorded, or ``days`` the days.

    With ``known=True`` both dates are given, but for the completion of what was never completed.
    """
    recorded = day_of(draw, draw(years)) if days is None else draw(days)
    status = draw(st.sampled_from(cases.ComplianceStatus))
    due: dt.date | None
    completed: dt.date | None
    if status is cases.ComplianceStatus.NOT_COMPLIED:
        due, completed = day_to(draw, recorded, known=known), None
    elif status is not cases.ComplianceStatus.LATE:
        done = recorded - draw(SPANS)
        due = day_from(draw, done, known=known)
        completed = done if known or draw(FLAGS) else None
    else:
        missed = recorded - dt.timedelta(1) - draw(SPANS)
        due = missed if known or draw(FLAGS) else None
        completed = min(missed + dt.timedelta(1) + draw(SPANS), recorded) if known or draw(FLAGS) else None
    return cases.ComplianceOutcome(
        draw(_REFERENCES),
        draw(authorities),
        status=status,
        recorded_on=recorded,
        due_on=due,
        completed_on=completed,
    )


_COMPLIANCE_OUTCOMES = compliance_outcomes()


@named
def compliance_outcome_lists(
    outcomes: st.SearchStrategy[cases.ComplianceOutcome] = _COMPLIANCE_OUTCOMES,
    *,
    min_size: int = 0,
    max_size: int | None = None,
) -> st.SearchStrategy[list[cases.ComplianceOutcome]]:
    """Compliance outcomes that can be counted together; leaves out duplicates of a reference and body."""
    return st.lists(outcomes, min_size=min_size, max_size=max_size, unique_by=_key)


@composes(cases.CaseList)
def case_lists(draw: st.DrawFn) -> cases.CaseList:
    """What exports of cases hold; the decision of each investigation is among the decisions."""
    decided = draw(st.lists(_DECISIONS, max_size=3))
    investigated = draw(st.lists(_IN_ORDER, max_size=2))
    is_stated: bool = draw(FLAGS)
    every = {_key(case): case for case in [*decided, *(case.decision for case in investigated)]}
    return cases.CaseList(
        decisions=tuple(every.values()) if every or is_stated else None,
        compliance=draw(maybe(compliance_outcome_lists(max_size=2).map(tuple), known=False)),
        investigations=tuple({_key(case.decision): case for case in investigated}.values()),
        undecided=tuple(draw(st.lists(_REFERENCES, max_size=2, unique=True))),
        enquiries=tuple(draw(st.lists(enquiries(), max_size=2))),
        unread_columns=tuple(draw(st.lists(TEXTS, max_size=2))),
        dropped_rows=tuple(draw(st.lists(st.integers(1, MAX_COUNT), max_size=2))),
        as_of=draw(maybe(DAYS, known=False)),
    )


def _key(case: cases.Decision | cases.ComplianceOutcome) -> tuple[str, Authority]:
    return case.reference, case.authority
