"""Cases and when they fall: the reporting year, decisions, investigations, recommendations, compliance, enquiries."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Self, final

import attrs

from lgsco._values import (
    Rule,
    Slug,
    a_day,
    a_day_or_none,
    a_flag_or_none,
    a_text,
    each,
    instance_of,
    matching,
    optional,
    tuple_of,
    value,
)
from lgsco.authorities import Authority
from lgsco.errors import InvalidField

__all__ = [
    "SERIES_BREAKS",
    "ComplianceOutcome",
    "ComplianceStatus",
    "Decision",
    "Enquiry",
    "Investigation",
    "Outcome",
    "Recommendation",
    "RecommendationKind",
    "ReportingYear",
    "SeriesBreak",
    "ServiceArea",
]

_FIRST_YEAR = 1975
"""The Ombudsman's office was founded by the Local Government Act 1974, so no reporting year ends sooner."""


def _why_no_year(held: object) -> str | None:
    if type(held) is int and _FIRST_YEAR <= held <= dt.MAXYEAR:
        return None
    return f"must be the year in which the reporting year ends, a whole number from {_FIRST_YEAR} to {dt.MAXYEAR}"


@final
@value(order=True)
class ReportingYear:
    """
    The twelve months to 31 March that one set of figures covers, named by the year in which they end.

    >>> year = ReportingYear(2020)
    >>> print(year, year.start, year.end)
    2019-20 2019-04-01 2020-03-31
    >>> dt.date(2019, 3, 31) in year
    False
    >>> ReportingYear(2019) < year
    True

    Raises:
        InvalidField: the year is not a whole number from 1975.
    """

    ending: int = attrs.field(validator=Rule(_why_no_year))

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Read "2019-20", "2019/20", "2019-2020" or "2020", which is the year ending in March 2020.

        >>> ReportingYear.parse("2019/20") == ReportingYear.parse("2020") == ReportingYear(2020)
        True

        Raises:
            InvalidField: the text is of none of these forms, or its two years do not follow each other.
        """
        match = _YEAR.fullmatch(text.strip()) if type(text) is str else None
        if match is None:
            raise InvalidField("year", text, "must be written like '2019-20', '2019/20' or '2020'")
        first, second = match["first"], match["second"]
        if second is None:
            return cls(int(first))
        ending = int(first) + 1
        if second not in {f"{ending:04}", f"{ending % 100:02}"}:
            raise InvalidField("year", text, f"the year after {first} is {ending}, not {second}")
        return cls(ending)

    @classmethod
    def containing(cls, day: dt.date) -> Self:
        """
        Give the reporting year in which a day falls.

        >>> ReportingYear.containing(dt.date(2020, 4, 1))
        ReportingYear(ending=2021)
        """
        if (reason := a_day.why(day)) is not None:
            raise InvalidField("day", day, reason)
        return cls(day.year + ((day.month, day.day) >= (4, 1)))

    @property
    def start(self) -> dt.date:
        """1 April."""
        return dt.date(self.ending - 1, 4, 1)

    @property
    def end(self) -> dt.date:
        """31 March, the last day."""
        return dt.date(self.ending, 3, 31)

    def __contains__(self, day: object) -> bool:
        return type(day) is dt.date and self.start <= day <= self.end

    def __str__(self) -> str:
        return f"{self.ending - 1}-{self.ending % 100:02}"


_YEAR = re.compile(r"(?P<first>\d{4})(?:\s?[-/\N{EN DASH}]\s?(?P<second>\d{4}|\d{2}))?", re.ASCII)


@final
@value
class SeriesBreak:
    """
    A change after which the figures of a year no longer continue those of the year before.

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    year: ReportingYear = attrs.field(validator=instance_of(ReportingYear))
    """The first year on the new footing."""
    what: str = attrs.field(validator=a_text)


SERIES_BREAKS = (
    SeriesBreak(ReportingYear(2015), "upheld and not upheld replace the older findings"),
    SeriesBreak(ReportingYear(2019), "the three key statistics and the group averages begin"),
    SeriesBreak(ReportingYear(2021), "no new complaints were taken from April to June 2020, so counts are smaller"),
    SeriesBreak(ReportingYear(2023), "fewer borderline cases are investigated, so uphold rates rise everywhere"),
    SeriesBreak(
        ReportingYear(2024), "figures per 100,000 residents begin, and detailed investigations become investigations"
    ),
)
"""The breaks in what the Ombudsman publishes, in order. Source: the Ombudsman's annual reviews and their notes."""


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


def _why_no_payment(held: object) -> str | None:
    if type(held) is not Decimal:
        return "must be a Decimal of pounds"
    if not held.is_finite() or held < 0:
        return "must be a sum of money, nought or more"
    # Compared by digits, not by quantize: that would depend on the caller's Decimal context.
    whole, _, pence = f"{held:f}".partition(".")
    return None if whole and not pence[2:].strip("0") else "must be whole pence"


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
    payment: Decimal | None = attrs.field(default=None, kw_only=True, validator=optional(Rule(_why_no_payment)))

    def __attrs_post_init__(self) -> None:
        _in_order(("agreed_on", self.agreed_on), ("due_on", self.due_on))
        _in_order(("agreed_on", self.agreed_on), ("completed_on", self.completed_on))


@final
@value
class Enquiry:
    """
    One question that the Ombudsman sent to a body, and when it was answered.

    Raises:
        InvalidField: a date is no date, or it is due or answered before it was sent.
    """

    sent_on: dt.date = attrs.field(validator=a_day)
    due_on: dt.date = attrs.field(validator=a_day)
    answered_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=a_day_or_none)

    def __attrs_post_init__(self) -> None:
        _in_order(("sent_on", self.sent_on), ("due_on", self.due_on))
        _in_order(("sent_on", self.sent_on), ("answered_on", self.answered_on))


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
