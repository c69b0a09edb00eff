"""
Counts of casework: recommendations, enquiries and money, by what had become of them.

Every count is known; what a case does not say, such as a due date or a sum, is counted apart and never filled in.
Tallies of one kind form a commutative monoid under ``+``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self, final

import attrs

from lgsco._values import a_count, a_sum_of_money, instance_of, optional, value
from lgsco.errors import InvalidCount, InvalidField
from lgsco.model.cases import Recommendation, RecommendationKind, ServiceArea

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AreaTally",
    "EnquiryTally",
    "KindTally",
    "PaymentTally",
    "RecommendationTally",
    "payments_in",
]


class _Counts:
    """Counts, all of them known, that add field by field."""

    __slots__ = ()

    @classmethod
    def zero(cls) -> Self:
        """None of any; adding it changes nothing."""
        return cls(**dict.fromkeys(_names(cls), 0))

    def __add__(self, other: object) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return type(self)(**{name: getattr(self, name) + getattr(other, name) for name in _names(type(self))})


def _names(kind: Any) -> list[str]:
    return [field.name for field in attrs.fields(kind)]


@final
@value(kw_only=True)
class RecommendationTally(_Counts):
    """
    Recommendations by what had become of them on a day; each is in one count.

    ``overdue`` are those known to be: while ``outstanding_undated`` is not nought, more may be.

    >>> tally = RecommendationTally(done_on_time=3, overdue=1, outstanding_undated=1)
    >>> tally.total, tally.done, tally.outstanding
    (5, 3, 2)

    Raises:
        InvalidCount: a count is no whole number, or negative (InvalidFields where several are).
    """

    done_on_time: int = attrs.field(default=0, validator=a_count)
    done_late: int = attrs.field(default=0, validator=a_count)
    done_undated: int = attrs.field(default=0, validator=a_count)
    not_yet_due: int = attrs.field(default=0, validator=a_count)
    overdue: int = attrs.field(default=0, validator=a_count)
    outstanding_undated: int = attrs.field(default=0, validator=a_count)

    @property
    def done(self) -> int:
        """Done on time, late, or with no date to hold it to."""
        return self.done_on_time + self.done_late + self.done_undated

    @property
    def outstanding(self) -> int:
        """Not done by the day, whether overdue or not."""
        return self.not_yet_due + self.overdue + self.outstanding_undated

    @property
    def total(self) -> int:
        """Done and outstanding together."""
        return self.done + self.outstanding


@final
@value(kw_only=True)
class EnquiryTally(_Counts):
    """
    Enquiries sent by a day, by whether they had been answered; each is in one of the first four counts.

    ``summonses_threatened`` is how many of them had come to the threat of a witness summons.

    >>> EnquiryTally(answered_on_time=2, answered_late=1, overdue=1).total
    4

    Raises:
        InvalidCount: a count is no whole number or negative, or more summonses were threatened than enquiries sent
            (InvalidFields where several fields are wrong).
    """

    answered_on_time: int = attrs.field(default=0, validator=a_count)
    answered_late: int = attrs.field(default=0, validator=a_count)
    not_yet_due: int = attrs.field(default=0, validator=a_count)
    overdue: int = attrs.field(default=0, validator=a_count)
    summonses_threatened: int = attrs.field(default=0, validator=a_count)

    def __attrs_post_init__(self) -> None:
        if self.summonses_threatened > self.total:
            raise InvalidCount("summonses_threatened", self.summonses_threatened, f"exceeds the total, {self.total}")

    @property
    def answered(self) -> int:
        """Answered by the day, on time or late."""
        return self.answered_on_time + self.answered_late

    @property
    def total(self) -> int:
        """Answered or not, together."""
        return self.answered + self.not_yet_due + self.overdue


@final
@value(kw_only=True)
class PaymentTally:
    """
    Money recommended, in pounds, exactly.

    ``stated`` is how many recommendations state a sum; ``not_stated`` how many are of a payment but state none, so that
    the sum of all is not known while there are any.

    >>> PaymentTally(pounds=Decimal("4200"), stated=1, not_stated=0) + PaymentTally.zero()
    PaymentTally(pounds=Decimal('4200.00'), stated=1, not_stated=0)

    Raises:
        InvalidField: the pounds are no Decimal of whole pence, or there are pounds where no sum was stated.
        InvalidCount: a count is no whole number, or negative (InvalidFields where several fields are wrong).
    """

    pounds: Decimal = attrs.field(validator=a_sum_of_money)
    stated: int = attrs.field(validator=a_count)
    not_stated: int = attrs.field(validator=a_count)

    def __attrs_post_init__(self) -> None:
        if self.pounds and not self.stated:
            raise InvalidField("pounds", self.pounds, "come from no recommendation that states a sum")

    @classmethod
    def zero(cls) -> Self:
        """No payments; adding it changes nothing."""
        return cls(pounds=_pounds(0), stated=0, not_stated=0)

    def __add__(self, other: object) -> PaymentTally:
        if not isinstance(other, PaymentTally):
            return NotImplemented
        return PaymentTally(
            pounds=_pounds(_pence(self.pounds) + _pence(other.pounds)),
            stated=self.stated + other.stated,
            not_stated=self.not_stated + other.not_stated,
        )


def _pence(pounds: Decimal) -> int:
    # By digits: Decimal arithmetic would depend on the caller's context.
    _, digits, exponent = pounds.as_tuple()
    return int(Decimal((0, digits, int(exponent) + 2)))


def _pounds(pence: int) -> Decimal:
    return Decimal(f"{pence // 100}.{pence % 100:02}")


def payments_in(recommendations: Iterable[Recommendation]) -> PaymentTally:
    """Count the money in recommendations, of whatever kind; a payment without a sum is counted apart."""
    pence = stated = not_stated = 0
    for one in recommendations:
        if one.payment is not None:
            pence += _pence(one.payment)
            stated += 1
        elif one.kind is RecommendationKind.PAYMENT:
            not_stated += 1
    return PaymentTally(pounds=_pounds(pence), stated=stated, not_stated=not_stated)


@final
@value
class KindTally:
    """
    The recommendations of one kind.

    Raises:
        InvalidField: a field is of the wrong type (InvalidFields where there are several).
    """

    kind: RecommendationKind = attrs.field(validator=instance_of(RecommendationKind))
    recommendations: RecommendationTally = attrs.field(validator=instance_of(RecommendationTally))


@final
@value
class AreaTally:
    """
    The cases decided in one service area, and what was recommended in them.

    ``service_area`` is ``None`` for the cases whose area is not known; ``public_reports_not_stated`` are those that do
    not say whether there was a public interest report.

    Raises:
        InvalidField: a field is of the wrong type.
        InvalidCount: a count is no whole number or negative, or there are more reports than cases (InvalidFields where
            several fields are wrong).
    """

    service_area: ServiceArea | None = attrs.field(validator=optional(instance_of(ServiceArea)))
    cases: int = attrs.field(validator=a_count)
    public_reports: int = attrs.field(kw_only=True, validator=a_count)
    public_reports_not_stated: int = attrs.field(kw_only=True, validator=a_count)
    recommendations: RecommendationTally = attrs.field(kw_only=True, validator=instance_of(RecommendationTally))
    payments: PaymentTally = attrs.field(kw_only=True, validator=instance_of(PaymentTally))

    def __attrs_post_init__(self) -> None:
        told = self.public_reports + self.public_reports_not_stated
        if told > self.cases:
            raise InvalidCount("cases", self.cases, f"are fewer than those with a public report or not known: {told}")
        payments = self.payments.stated + self.payments.not_stated
        if payments > self.recommendations.total:
            raise InvalidCount("payments", payments, f"exceed the recommendations, {self.recommendations.total}")
