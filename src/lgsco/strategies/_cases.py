"""Strategies for cases and their casework."""

from __future__ import annotations

import datetime as dt
import string
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from lgsco.authorities import Authority
from lgsco.casework import (
    ComplianceOutcome,
    ComplianceStatus,
    Decision,
    Enquiry,
    Investigation,
    Outcome,
    Recommendation,
    RecommendationKind,
    ReportingYear,
    ServiceArea,
)
from lgsco.strategies._common import DAYS, SPANS, TEXTS, day_from, day_of, day_to, maybe
from lgsco.strategies._parties import AUTHORITIES, YEARS

if TYPE_CHECKING:
    from collections.abc import Callable


__all__ = [
    "FLAGS",
    "OF_TYPE",
    "compliance_outcome_lists",
    "compliance_outcomes",
    "decision_lists",
    "decisions",
    "enquiries",
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
FLAGS, _NO = st.booleans(), st.just(value=False)


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
    """Decisions that can be counted together; leaves out the same reference and body twice."""
    return st.lists(decisions, min_size=min_size, max_size=max_size, unique_by=_key)


_INVESTIGATED = st.sampled_from((Outcome.UPHELD, Outcome.NOT_UPHELD))
_INVESTIGATED_DECISIONS = decisions(outcomes=_INVESTIGATED)


@st.composite
def recommendations(draw: st.DrawFn, *, known: bool = False) -> Recommendation:
    """Things that a body agreed to do; leaves out payments above ten million pounds."""
    agreed = draw(DAYS)
    return Recommendation(
        draw(st.sampled_from(RecommendationKind)),
        draw(TEXTS),
        agreed_on=agreed if known or draw(FLAGS) else None,
        due_on=day_from(draw, agreed, known=known),
        completed_on=day_from(draw, agreed, known=known),
        payment=draw(maybe(_POUNDS, known=known)),
    )


# By digits: Decimal arithmetic would depend on the caller's context.
_POUNDS = st.integers(0, 1_000_000_000).map(lambda pence: Decimal(f"{pence // 100}.{pence % 100:02}")) | st.integers(
    0, 10_000_000
).map(Decimal)


@st.composite
def enquiries(draw: st.DrawFn, *, known: bool = False) -> Enquiry:
    """Questions to a body, answered in time, late or not at all; with ``known=True`` always answered."""
    sent = draw(DAYS)
    return Enquiry(sent, sent + draw(SPANS), answered_on=day_from(draw, sent, known=known))


@st.composite
def investigations(
    draw: st.DrawFn, *, decisions: st.SearchStrategy[Decision] = _INVESTIGATED_DECISIONS, known: bool = False
) -> Investigation:
    """
    Cases that ended upheld or not upheld, with the work on them; ``decisions`` must be of these two outcomes.

    Leaves out that a case which is not upheld seldom ends in recommendations, and any order of its dates and theirs.
    """
    decision = draw(decisions)
    return Investigation(
        decision,
        opened_on=day_to(draw, decision.decided_on, known=known),
        recommendations=tuple(draw(st.lists(recommendations(known=known), max_size=2))),
        enquiries=tuple(draw(st.lists(enquiries(known=known), max_size=2))),
    )


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
    elif status is ComplianceStatus.ON_TIME:
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
    """Compliance outcomes that can be counted together; leaves out the same reference and body twice."""
    return st.lists(outcomes, min_size=min_size, max_size=max_size, unique_by=_key)


def _key(case: Decision | ComplianceOutcome) -> tuple[str, Authority]:
    return case.reference, case.authority


OF_TYPE: dict[type, Callable[[], st.SearchStrategy[Any]]] = {
    ComplianceOutcome: compliance_outcomes,
    Decision: decisions,
    Enquiry: enquiries,
    Investigation: investigations,
    Recommendation: recommendations,
}
