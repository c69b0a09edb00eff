"""
Counts of recommendations, of enquiries and of payments, by their progress.

Every count is known; what a case does not have, such as a due date or a sum, has a count of its own and is never
filled in.
Tallies of one kind form a commutative monoid under ``+``.
"""

from __future__ import annotations

from dataclasses import KW_ONLY
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self, final

from lgsco._values import Count, Money, fields_of, value
from lgsco.errors import InvalidValue
from lgsco.model.cases import Recommendation, RecommendationKind, ServiceArea

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Counts:
    """Counts, all of them known, that add field by field."""

    __slots__ = ()

    @classmethod
    def zero(cls) -> Self:
        """Return the tally of nothing; adding it changes nothing."""
        return cls(**dict.fromkeys(_names(cls), 0))

    def __add__(self, other: object) -> Self:
        if type(other) is not type(self):
            return NotImplemented
        return type(self)(**{name: getattr(self, name) + getattr(other, name) for name in _names(type(self))})


def _names(kind: Any) -> list[str]:
    return [field.name for field in fields_of(kind)]


@final
@value
class RecommendationTally(_Counts):
    """
    Recommendations by their progress on a day; each is in one count.

    ``overdue`` are those known to be: while ``outstanding_undated`` is more than 0, more may be.

    >>> tally = RecommendationTally(done_on_time=3, overdue=1, outstanding_undated=1)
    >>> tally.total, tally.done, tally.outstanding
    (5, 3, 2)

    Raises:
        InvalidValue: a count is not a whole number, or is negative.
    """

    _: KW_ONLY
    done_on_time: Count = 0
    done_late: Count = 0
    done_undated: Count = 0
    not_yet_due: Count = 0
    overdue: Count = 0
    outstanding_undated: Count = 0

    @property
    def done(self) -> int:
        """Recommendations done on time, late, or without a due date."""
        return self.done_on_time + self.done_late + self.done_undated

    @property
    def outstanding(self) -> int:
        """Recommendations not done by the day, overdue or not."""
        return self.not_yet_due + self.overdue + self.outstanding_undated

    @property
    def total(self) -> int:
        """All recommendations, done and outstanding."""
        return self.done + self.outstanding


@final
@value
class EnquiryTally(_Counts):
    """
    Enquiries sent by a day, answered or not; each is in one of the first four counts.

    ``summonses_threatened`` is how many of them had come to the threat of a witness summons.

    >>> EnquiryTally(answered_on_time=2, answered_late=1, overdue=1).total
    4

    Raises:
        InvalidValue: a count is not a whole number or is negative, or more summonses were threatened than enquiries
            sent.
    """

    _: KW_ONLY
    answered_on_time: Count = 0
    answered_late: Count = 0
    not_yet_due: Count = 0
    overdue: Count = 0
    summonses_threatened: Count = 0

    def __attrs_post_init__(self) -> None:
        if self.summonses_threatened > self.total:
            raise InvalidValue.at("summonses_threatened", self.summonses_threatened, f"exceeds the total, {self.total}")

    @property
    def answered(self) -> int:
        """Enquiries answered by the day, on time or late."""
        return self.answered_on_time + self.answered_late

    @property
    def total(self) -> int:
        """All enquiries, answered or not."""
        return self.answered + self.not_yet_due + self.overdue


@final
@value
class PaymentTally:
    """
    Payments recommended, in pounds and exact to the penny.

    ``stated`` is how many recommendations state a sum, and ``in_text`` those of them whose sum was found in the text
    alone; ``not_stated`` how many are of a payment but state no one sum, so that the sum of all is not known while
    there are any. Of the other recommendations no sum is known, which is not the same as none.

    >>> PaymentTally(pounds=Decimal("4200"), stated=1, not_stated=0) + PaymentTally.zero()
    PaymentTally(pounds=Decimal('4200.00'), stated=1, not_stated=0)

    Raises:
        InvalidValue: the pounds are not a Decimal of whole pence, or there are pounds where no sum was stated.
        InvalidValue: a count is not a whole number, or is negative, or more sums were found in texts than stated.
    """

    _: KW_ONLY
    pounds: Money
    stated: Count
    not_stated: Count
    in_text: Count = 0

    def __attrs_post_init__(self) -> None:
        if self.in_text > self.stated:
            raise InvalidValue.at("in_text", self.in_text, f"exceeds those stated, {self.stated}")
        if self.pounds and not self.stated:
            raise InvalidValue.at("pounds", self.pounds, "come from no recommendation that states a sum")

    @classmethod
    def zero(cls) -> Self:
        """Return the tally of no payments; adding it changes nothing."""
        return cls(pounds=_pounds(0), stated=0, not_stated=0)

    def __add__(self, other: object) -> PaymentTally:
        if not isinstance(other, PaymentTally):
            return NotImplemented
        return PaymentTally(
            pounds=_pounds(_pence(self.pounds) + _pence(other.pounds)),
            stated=self.stated + other.stated,
            not_stated=self.not_stated + other.not_stated,
            in_text=self.in_text + other.in_text,
        )


def _pence(pounds: Decimal) -> int:
    # By digits: Decimal arithmetic would depend on the caller's context.
    _, digits, exponent = pounds.as_tuple()
    return int(Decimal((0, digits, int(exponent) + 2)))


def _pounds(pence: int) -> Decimal:
    return Decimal(f"{pence // 100}.{pence % 100:02}")


def payments_in(recommendations: Iterable[Recommendation]) -> PaymentTally:
    """Add up the payments in recommendations of all kinds; a payment without a sum has a count of its own."""
    pence = stated = not_stated = in_text = 0
    for recommendation in recommendations:
        if recommendation.payment is not None:
            pence += _pence(recommendation.payment)
            stated += 1
            in_text += recommendation.payment_in_text
        elif recommendation.kind is RecommendationKind.PAYMENT or recommendation.payment_in_text:
            not_stated += 1
    return PaymentTally(pounds=_pounds(pence), stated=stated, not_stated=not_stated, in_text=in_text)


def kind_order(kind: RecommendationKind | None) -> int:
    """Return the rank of a kind of recommendation in its enumeration; not known is last."""
    return _KIND_ORDER[kind]


_KIND_ORDER: dict[RecommendationKind | None, int] = {
    kind: index for index, kind in enumerate((*RecommendationKind, None))
}


@final
@value
class KindTally:
    """The recommendations of one kind; ``None`` for those whose kind is not known."""

    kind: RecommendationKind | None
    recommendations: RecommendationTally


@final
@value
class AreaTally:
    """
    The cases decided in one service area, and their recommendations.

    ``service_area`` is ``None`` for the cases whose area is not known; ``public_reports_not_stated`` are those of which
    it is not known whether they have a public interest report.

    Raises:
        InvalidValue: a field is of the wrong type, a count is negative, or there are more reports than cases.
    """

    service_area: ServiceArea | None
    cases: Count
    _: KW_ONLY
    public_reports: Count
    public_reports_not_stated: Count
    recommendations: RecommendationTally
    payments: PaymentTally

    def __attrs_post_init__(self) -> None:
        reports = self.public_reports + self.public_reports_not_stated
        if reports > self.cases:
            raise InvalidValue.at(
                "cases", self.cases, f"are fewer than those with a public report or not known: {reports}"
            )
        payments = self.payments.stated + self.payments.not_stated
        if payments > self.recommendations.total:
            raise InvalidValue.at("payments", payments, f"exceed the recommendations, {self.recommendations.total}")
