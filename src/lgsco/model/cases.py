"""Cases and when they fall: the reporting year, decisions, investigations, recommendations, compliance, enquiries."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import final

import attrs

from lgsco._values import (
    Slug,
    a_day,
    a_day_or_none,
    a_flag_or_none,
    a_sum_of_money,
    a_text,
    each,
    instance_of,
    matching,
    optional,
    tuple_of,
    value,
)
from lgsco.errors import InvalidField
from lgsco.model.authorities import Authority

__all__ = [
    "CaseList",
    "ComplianceOutcome",
    "ComplianceStatus",
    "Decision",
    "Enquiry",
    "Investigation",
    "Outcome",
    "Recommendation",
    "RecommendationKind",
    "ServiceArea",
    "a_reference",
]


class Outcome(Slug):
    """How a complaint was decided: the Ombudsman's six outcomes. ``None`` stands for one that is not known."""

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


class ServiceArea(Slug):
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


def _sentence(slug: str) -> str:
    return slug.replace("_", " ").capitalize()


_AREA_LABELS = {
    ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES: "Education and children's services",
    ServiceArea.ENVIRONMENTAL_SERVICES: "Environmental services, public protection and regulation",
}

# "19 003 456"; the bodies of a joint health case carry a letter: "17 002 402b"; before 2009 "96/A/1637".
a_reference = matching(
    r"\d\d \d{3} \d{3}[a-z]?|\d\d/[A-Z]/\d{1,5}",
    "must be a case reference such as '19 003 456' ('17 002 402b' in a joint case, '96/A/1637' before 2009)",
)


@final
@value
class Decision:
    """
    One case as decided about one body.

    A case is known by its reference *and* its body: a joint case has one decision for each body.
    ``None`` in a field means not known, and then counts that rest on it are not known either.

    Raises:
        InvalidField: a field is of the wrong type or form, or a satisfactory remedy is claimed for a case that is not
            known to be upheld (InvalidFields where there are several).
    """

    reference: str = attrs.field(validator=a_reference)
    authority: Authority = attrs.field(validator=instance_of(Authority))
    outcome: Outcome | None = attrs.field(kw_only=True, validator=optional(instance_of(Outcome)))
    decided_on: dt.date = attrs.field(kw_only=True, validator=a_day)
    service_area: ServiceArea | None = attrs.field(
        default=None, kw_only=True, validator=optional(instance_of(ServiceArea))
    )
    satisfactory_remedy: bool | None = attrs.field(default=None, kw_only=True, validator=a_flag_or_none)
    public_report: bool | None = attrs.field(default=None, kw_only=True, validator=a_flag_or_none)

    def __attrs_post_init__(self) -> None:
        if self.satisfactory_remedy and self.outcome is not Outcome.UPHELD:
            raise InvalidField(
                "satisfactory_remedy",
                self.satisfactory_remedy,
                f"only an upheld case can have been put right; this one is {self.outcome or 'of unknown outcome'}",
            )


class RecommendationKind(Slug):
    """What the Ombudsman asked a body to do."""

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
    One thing that a body agreed to do, and when.

    ``payment`` is in pounds. ``completed_on`` is ``None`` while it is not known to be done.

    Raises:
        InvalidField: a field is of the wrong type, or it falls due or is completed before it was agreed
            (InvalidFields where there are several).
    """

    kind: RecommendationKind = attrs.field(validator=instance_of(RecommendationKind))
    text: str = attrs.field(validator=a_text)
    agreed_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=a_day_or_none)
    due_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=a_day_or_none)
    completed_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=a_day_or_none)
    payment: Decimal | None = attrs.field(default=None, kw_only=True, validator=optional(a_sum_of_money))

    def __attrs_post_init__(self) -> None:
        _in_order(("agreed_on", self.agreed_on), ("due_on", self.due_on))
        _in_order(("agreed_on", self.agreed_on), ("completed_on", self.completed_on))


@final
@value
class Enquiry:
    """
    One question that the Ombudsman sent to a body, and when it was answered.

    ``answered_on`` is ``None`` while it is not known to be answered; ``summons_threatened_on`` is the day on which the
    Ombudsman threatened a witness summons to obtain the answer, which is rare, and ``None`` where no threat is known.

    Raises:
        InvalidField: a date is no date, or it is due, answered or a summons threatened before it was sent
            (InvalidFields where several are no dates).
    """

    sent_on: dt.date = attrs.field(validator=a_day)
    due_on: dt.date = attrs.field(validator=a_day)
    answered_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=a_day_or_none)
    summons_threatened_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=a_day_or_none)

    def __attrs_post_init__(self) -> None:
        _in_order(("sent_on", self.sent_on), ("due_on", self.due_on))
        _in_order(("sent_on", self.sent_on), ("answered_on", self.answered_on))
        _in_order(("sent_on", self.sent_on), ("summons_threatened_on", self.summons_threatened_on))


@final
@value
class Investigation:
    """
    A case that ended upheld or not upheld, and the work on it.

    Raises:
        InvalidField: the decision is not known to be upheld or not upheld, or the case was opened after it was decided.
    """

    decision: Decision = attrs.field(validator=instance_of(Decision))
    opened_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=a_day_or_none)
    recommendations: tuple[Recommendation, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[Recommendation, ...], validator=each(Recommendation)
    )
    enquiries: tuple[Enquiry, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[Enquiry, ...], validator=each(Enquiry)
    )

    def __attrs_post_init__(self) -> None:
        outcome = self.decision.outcome
        if outcome is not Outcome.UPHELD and outcome is not Outcome.NOT_UPHELD:
            raise InvalidField("decision.outcome", outcome, "an investigation ends upheld or not upheld")
        _in_order(("opened_on", self.opened_on), ("decision.decided_on", self.decision.decided_on))


class ComplianceStatus(Slug):
    """Whether agreed recommendations were carried out. Late is still complied."""

    ON_TIME = "on_time"
    LATE = "late"
    NOT_COMPLIED = "not_complied"


@final
@value
class ComplianceOutcome:
    """
    What became of the recommendations of one case, as recorded in the year in which it was settled.

    Raises:
        InvalidField: a field is of the wrong type or form, or the dates deny the status: on time but completed after it
            was due, late but completed (or recorded) by then, not complied but completed, or completed after it was
            recorded (InvalidFields where there are several).
    """

    reference: str = attrs.field(validator=a_reference)
    authority: Authority = attrs.field(validator=instance_of(Authority))
    status: ComplianceStatus = attrs.field(kw_only=True, validator=instance_of(ComplianceStatus))
    recorded_on: dt.date = attrs.field(kw_only=True, validator=a_day)
    due_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=a_day_or_none)
    completed_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=a_day_or_none)

    def __attrs_post_init__(self) -> None:
        _in_order(("completed_on", self.completed_on), ("recorded_on", self.recorded_on))
        if (reason := self._denial()) is not None:
            raise InvalidField("status", self.status, reason)

    def _denial(self) -> str | None:
        if self.status is ComplianceStatus.NOT_COMPLIED:
            return None if self.completed_on is None else f"yet completed on {self.completed_on}"
        if self.due_on is None:
            return None
        if self.status is ComplianceStatus.ON_TIME:
            late = self.completed_on is not None and self.completed_on > self.due_on
            return f"completed on {self.completed_on}, after it was due on {self.due_on}" if late else None
        # What was recorded as done by the due date was done by then, whatever the day of completion.
        known_by, done = (
            ("recorded", self.recorded_on) if self.completed_on is None else ("completed", self.completed_on)
        )
        return f"{known_by} on {done}, by the due date of {self.due_on}" if done <= self.due_on else None


def _in_order(earlier: tuple[str, dt.date | None], later: tuple[str, dt.date | None]) -> None:
    if earlier[1] is not None and later[1] is not None and later[1] < earlier[1]:
        raise InvalidField(later[0], later[1], f"is before {earlier[0]}, {earlier[1]}")


@final
@value
class CaseList:
    """
    What a council's own export of its cases holds.

    ``decisions`` are all cases that are decided; ``investigations`` are those among them that ended upheld or not
    upheld, with the work on them, where the export tells of it. ``compliance`` are the compliance outcomes.
    Either is ``None`` where the export does not tell of it, which is not the same as none.
    ``undecided`` are the references of cases that the export holds and that are not decided, and ``enquiries`` what was
    asked in those. ``unread_columns`` are headings that nobody said to read.

    Count it with ``reviews_of(cases.decisions, cases.compliance)``.

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    decisions: tuple[Decision, ...] | None = attrs.field(
        default=None,
        kw_only=True,
        converter=attrs.converters.optional(tuple_of[Decision, ...]),
        validator=optional(each(Decision)),
    )
    compliance: tuple[ComplianceOutcome, ...] | None = attrs.field(
        default=None,
        kw_only=True,
        converter=attrs.converters.optional(tuple_of[ComplianceOutcome, ...]),
        validator=optional(each(ComplianceOutcome)),
    )
    investigations: tuple[Investigation, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[Investigation, ...], validator=each(Investigation)
    )
    undecided: tuple[str, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[str, ...], validator=each(str)
    )
    enquiries: tuple[Enquiry, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[Enquiry, ...], validator=each(Enquiry)
    )
    unread_columns: tuple[str, ...] = attrs.field(
        default=(), kw_only=True, converter=tuple_of[str, ...], validator=each(str)
    )
