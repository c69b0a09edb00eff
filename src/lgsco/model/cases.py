"""Cases: decisions, investigations, recommendations, compliance outcomes and enquiries."""

from __future__ import annotations

import datetime as dt
from dataclasses import KW_ONLY
from typing import Annotated, final

from lgsco._values import Choice, Money, PositiveCount, Text, matching, value
from lgsco.errors import InvalidValue
from lgsco.model.authorities import Authority
from lgsco.model.years import ReportingYear


class Outcome(Choice):
    """The Ombudsman's six outcomes of a complaint. ``None`` stands for an outcome that is not known."""

    INVALID_OR_INCOMPLETE = "invalid_or_incomplete"
    ADVICE_GIVEN = "advice_given"
    REFERRED_BACK = "referred_back"
    CLOSED_AFTER_INITIAL_ENQUIRIES = "closed_after_initial_enquiries"
    NOT_UPHELD = "not_upheld"
    UPHELD = "upheld"

    @property
    def label(self) -> str:
        """
        The outcome as the Ombudsman words it.

        >>> Outcome.REFERRED_BACK.label
        'Referred back for local resolution'
        """
        return "Referred back for local resolution" if self is Outcome.REFERRED_BACK else _sentence(self)


class ServiceArea(Choice):
    """The nine service areas of the Ombudsman's annual figures."""

    ADULT_CARE_SERVICES = "adult_care_services"
    BENEFITS_AND_TAX = "benefits_and_tax"
    CORPORATE_AND_OTHER_SERVICES = "corporate_and_other_services"
    EDUCATION_AND_CHILDRENS_SERVICES = "education_and_childrens_services"
    ENVIRONMENTAL_SERVICES = "environmental_services"
    HIGHWAYS_AND_TRANSPORT = "highways_and_transport"
    HOUSING = "housing"
    PLANNING_AND_DEVELOPMENT = "planning_and_development"
    OTHER = "other"

    @property
    def label(self) -> str:
        """
        The service area as the Ombudsman words it.

        >>> ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES.label
        "Education and children's services"
        """
        return _AREA_LABELS.get(self, _sentence(self))


def _sentence(choice: str) -> str:
    return choice.replace("_", " ").capitalize()


_AREA_LABELS = {
    ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES: "Education and children's services",
    ServiceArea.ENVIRONMENTAL_SERVICES: "Environmental services, public protection and regulation",
}

# "19 003 456"; the bodies of a joint health case carry a letter: "17 002 402b"; before 2009 "96/A/1637".
Reference = Annotated[
    str,
    matching(
        r"\d\d \d{3} \d{3}[a-z]?|\d\d/[A-Z]/\d{1,5}",
        "must be a case reference such as '19 003 456' ('17 002 402b' in a joint case, '96/A/1637' before 2009)",
    ),
]


@final
@value
class Decision:
    """
    The decision of one case about one body.

    A case is known by its reference *and* its body: a joint case has one decision for each body.
    ``None`` in a field means not known, and then counts that rest on it are not known either.

    Raises:
        InvalidValue: a field is of the wrong type or form, or a satisfactory remedy is claimed for a case that is not
            known to be upheld.
    """

    reference: Reference
    authority: Authority
    _: KW_ONLY
    outcome: Outcome | None
    decided_on: dt.date
    service_area: ServiceArea | None = None
    satisfactory_remedy: bool | None = None
    public_report: bool | None = None

    def __attrs_post_init__(self) -> None:
        if self.satisfactory_remedy and self.outcome is not Outcome.UPHELD:
            raise InvalidValue.at(
                "satisfactory_remedy",
                self.satisfactory_remedy,
                f"can be known of an upheld case only; this one is {self.outcome or 'of unknown outcome'}",
            )

    @property
    def decision(self) -> Decision:
        """The case itself, so that decisions and investigations can be read alike."""
        return self


class RecommendationKind(Choice):
    """The kinds of recommendation that the Ombudsman makes."""

    APOLOGY = "apology"
    PAYMENT = "payment"
    REMINDER_OR_TRAINING = "reminder_or_training"
    POLICY_REVIEW = "policy_review"
    SERVICE_IMPROVEMENT = "service_improvement"
    OTHER = "other"


@final
@value
class Recommendation:
    """
    One recommendation that a body agreed to carry out, and its dates.

    ``kind`` is ``None`` where it is not known. ``payment`` is in pounds, and ``None`` where no sum is known, which is
    not the same as no payment. ``payment_in_text`` says that money was found in the text alone; where the text does not
    come to one sum ("up to \N{POUND SIGN}250"), ``payment`` is ``None`` beside it.
    ``completed_on`` is ``None`` while it is not known to be done.

    Raises:
        InvalidValue: a field is of the wrong type, or it falls due or is completed before it was agreed.
    """

    kind: RecommendationKind | None
    text: Text
    _: KW_ONLY
    agreed_on: dt.date | None = None
    due_on: dt.date | None = None
    completed_on: dt.date | None = None
    payment: Money | None = None
    payment_in_text: bool = False

    def __attrs_post_init__(self) -> None:
        _in_order(("agreed_on", self.agreed_on), ("due_on", self.due_on))
        _in_order(("agreed_on", self.agreed_on), ("completed_on", self.completed_on))


@final
@value
class Enquiry:
    """
    One enquiry that the Ombudsman sent to a body, and its dates.

    ``answered_on`` is ``None`` while it is not known to be answered; ``summons_threatened_on`` is the day on which the
    Ombudsman threatened a witness summons to obtain the answer, which is rare, and ``None`` where no threat is known.

    Raises:
        InvalidValue: a date is not a date, or it is due, answered or a summons threatened before it was sent.
    """

    sent_on: dt.date
    due_on: dt.date
    _: KW_ONLY
    answered_on: dt.date | None = None
    summons_threatened_on: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        _in_order(("sent_on", self.sent_on), ("due_on", self.due_on))
        _in_order(("sent_on", self.sent_on), ("answered_on", self.answered_on))
        _in_order(("sent_on", self.sent_on), ("summons_threatened_on", self.summons_threatened_on))


@final
@value
class Investigation:
    """
    A case that ended upheld or not upheld, with its recommendations and enquiries.

    Raises:
        InvalidValue: the decision is not known to be upheld or not upheld, or the case was opened after it was decided.
    """

    decision: Decision
    _: KW_ONLY
    opened_on: dt.date | None = None
    recommendations: tuple[Recommendation, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()

    def __attrs_post_init__(self) -> None:
        outcome = self.decision.outcome
        if outcome is not Outcome.UPHELD and outcome is not Outcome.NOT_UPHELD:
            raise InvalidValue.at("decision.outcome", outcome, "must be upheld or not_upheld")
        _in_order(("opened_on", self.opened_on), ("decision.decided_on", self.decision.decided_on))

    @property
    def outcome(self) -> Outcome | None:
        """The outcome of its decision: upheld or not upheld."""
        return self.decision.outcome

    @property
    def satisfactory_remedy(self) -> bool | None:
        """True where the council had already put the complaint right; ``None`` where that is not known."""
        return self.decision.satisfactory_remedy


class ComplianceStatus(Choice):
    """The ways in which agreed recommendations were carried out, or not. Late is still complied."""

    ON_TIME = "on_time"
    LATE = "late"
    COMPLIED = "complied"
    """Carried out, and it is not known whether on time."""
    NOT_COMPLIED = "not_complied"


@final
@value
class ComplianceOutcome:
    """
    The outcome of the recommendations of one case, as the Ombudsman recorded it.

    Raises:
        InvalidValue: a field is of the wrong type or form, or the dates deny the status: on time but completed after it
            was due, late but completed (or recorded) by then, not complied but completed, or completed after it was
            recorded.
    """

    reference: Reference
    authority: Authority
    _: KW_ONLY
    status: ComplianceStatus
    recorded_on: dt.date
    due_on: dt.date | None = None
    completed_on: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        _in_order(("completed_on", self.completed_on), ("recorded_on", self.recorded_on))
        if (reason := self._denial()) is not None:
            raise InvalidValue.at("status", self.status, reason)

    def _denial(self) -> str | None:
        if self.status is ComplianceStatus.NOT_COMPLIED:
            return None if self.completed_on is None else f"is contradicted by completed_on, {self.completed_on}"
        if self.due_on is None or self.status is ComplianceStatus.COMPLIED:
            return None
        if self.status is ComplianceStatus.ON_TIME:
            late = self.completed_on is not None and self.completed_on > self.due_on
            return (
                f"is contradicted by completed_on, {self.completed_on}, after due_on, {self.due_on}" if late else None
            )
        # What was recorded as done by the due date was done by then, whatever the day of completion.
        known_by, day = (
            ("recorded_on", self.recorded_on) if self.completed_on is None else ("completed_on", self.completed_on)
        )
        return f"is contradicted by {known_by}, {day}, by due_on, {self.due_on}" if day <= self.due_on else None


def _in_order(earlier: tuple[str, dt.date | None], later: tuple[str, dt.date | None]) -> None:
    if earlier[1] is not None and later[1] is not None and later[1] < earlier[1]:
        raise InvalidValue.at(later[0], later[1], f"is before {earlier[0]}, {earlier[1]}")


@final
@value
class CaseList:
    """
    The cases of a council's own export.

    ``decisions`` are all cases that are decided; ``investigations`` are those among them that ended upheld or not
    upheld, with the work on them, where the export has it. ``compliance`` are the compliance outcomes.
    Either is ``None`` where the export has no such column, which is not the same as none.
    ``undecided`` are the references of cases in the export that are not decided, and ``enquiries`` those of the
    Ombudsman's enquiries that were made in them. ``unread_columns`` are headings that the caller did not ask for, and
    ``dropped_rows`` the numbers of the rows that were exact copies of an earlier one and left out at the caller's word.
    ``as_of`` is the day on which the list was made; ``None`` where nobody said so.

    Count it with ``reviews_of(cases.decisions, cases.compliance)``.
    """

    _: KW_ONLY
    decisions: tuple[Decision, ...] | None = None
    compliance: tuple[ComplianceOutcome, ...] | None = None
    investigations: tuple[Investigation, ...] = ()
    undecided: tuple[str, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    unread_columns: tuple[str, ...] = ()
    dropped_rows: tuple[PositiveCount, ...] = ()
    as_of: dt.date | None = None

    @property
    def years(self) -> tuple[ReportingYear, ...]:
        """The years in which a case was decided or a compliance outcome recorded, in order."""
        days = [case.decided_on for case in self.decisions or ()]
        days += [outcome.recorded_on for outcome in self.compliance or ()]
        return tuple(sorted({*map(ReportingYear.containing, days)}))

    def is_over(self, year: ReportingYear) -> bool | None:
        """
        Return True where a year was over when the list was made.

        Args:
            year: the reporting year.

        Returns:
            False where it was not; ``None`` where nobody said on which day it was made, and no later year has a case.
        """
        if self.as_of is not None:
            return year.end <= self.as_of
        return True if any(later > year for later in self.years) else None
