"""
Which cases answer what a statistic asks of each, and how many do not.

A case without an answer leaves the whole rate unknown. A caller who wants the rate of the others asks for it, and the
number of the missing answers goes with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from lgsco._values import Count, value
from lgsco.errors import InvalidValue
from lgsco.model.cases import Decision, Investigation, Outcome
from lgsco.model.measures import satisfactory_remedy_rate, uphold_rate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lgsco.model.measures import ShareMeasure


@final
@value
class AnswerTally:
    """
    How many cases answer what a statistic asks of each (``known``), and how many do not (``missing``).

    >>> AnswerTally(14, 1).total
    15
    """

    known: Count
    missing: Count

    @property
    def total(self) -> int:
        """The cases of which it is asked."""
        return self.known + self.missing


def tally_answers(cases: Iterable[Decision | Investigation], measure: ShareMeasure) -> AnswerTally:
    """
    Count the cases that answer what a statistic asks, and those that leave it open.

    Args:
        cases: the cases of any councils and years, each once.
        measure: ``uphold_rate``, which asks each case for its outcome, or ``satisfactory_remedy_rate``, which asks
            each upheld case whether it had been put right.

    Returns:
        The tally. A case of unknown outcome may be upheld, so it leaves both open.

    Raises:
        InvalidValue: it is another measure.
    """
    _check(measure)
    of_upheld = measure == satisfactory_remedy_rate
    asked = [case for case in cases if not of_upheld or case.outcome in {Outcome.UPHELD, None}]
    known = sum(_answers(case, of_upheld=of_upheld) for case in asked)
    return AnswerTally(known, len(asked) - known)


def answered_cases(
    cases: Iterable[Decision | Investigation], measure: ShareMeasure
) -> tuple[Decision | Investigation, ...]:
    """
    Return the cases without those that leave a statistic open, so that the rate of the others can be counted.

    Args:
        cases: the cases of any councils and years, each once.
        measure: ``uphold_rate`` or ``satisfactory_remedy_rate``.

    Returns:
        The cases, in their order. ``tally_answers`` has the number of those that are left out.

    Raises:
        InvalidValue: it is another measure.

    >>> import datetime as dt
    >>> from lgsco import Authority, AuthorityType, tally_investigations
    >>> me = Authority("Barsetshire", AuthorityType.COUNTY_COUNCIL)
    >>> day = dt.date(2020, 1, 31)
    >>> cases = [
    ...     Decision("19 003 456", me, outcome=Outcome.UPHELD, decided_on=day, satisfactory_remedy=True),
    ...     Decision("19 003 457", me, outcome=Outcome.UPHELD, decided_on=day),
    ... ]
    >>> print(satisfactory_remedy_rate(tally_investigations(cases)))
    None
    >>> print(satisfactory_remedy_rate(tally_investigations(answered_cases(cases, satisfactory_remedy_rate))))
    100% (1 of 1)
    """
    _check(measure)
    of_upheld = measure == satisfactory_remedy_rate
    return tuple(case for case in cases if _answers(case, of_upheld=of_upheld))


def _check(measure: ShareMeasure) -> None:
    if measure not in (uphold_rate, satisfactory_remedy_rate):
        raise InvalidValue.at("measure", measure, "must be uphold_rate or satisfactory_remedy_rate")


def _answers(case: Decision | Investigation, *, of_upheld: bool) -> bool:
    """Return True where a case says what is asked of it."""
    if of_upheld and case.outcome is Outcome.UPHELD:
        return case.satisfactory_remedy is not None
    return case.outcome is not None
