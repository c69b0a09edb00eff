"""The sentences that say why to read a figure carefully."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco.stats.intervals import half_up
from lgsco.wording.phrases import date, listed, with_article

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

FROM_DECISIONS = (
    "The rate is made from published decisions, which leave some out: it is not the council's published rate."
)
SECOND_HAND = "Some or all of these figures come from a newspaper or a committee paper, not from the Ombudsman itself."


def few_cases(cases: int) -> str:
    """State by how much one case would move a rate of few cases."""
    if cases == 1:
        return "There is only 1 case, so the rate can only be 0% or 100%."
    points = half_up(Fraction(100, cases))
    return f"{cases} cases are few: one case more or less would move the rate by about {points} percentage points."


def not_before(year: str, what: str) -> str:
    """State that the years before a series break cannot be compared, and what changed."""
    return f"Do not compare with years before {year}, because {what}."


def created(council: str, day: dt.date, predecessors: Sequence[str]) -> str:
    """
    State when a council was created, and what it replaced.

    >>> import datetime as dt
    >>> created("Cumberland Council", dt.date(2023, 4, 1), ["Allerdale", "Carlisle", "Copeland"])
    'Cumberland Council was created on 1 April 2023. It replaced Allerdale, Carlisle and Copeland.'
    """
    before = f" It replaced {listed(predecessors)}." if predecessors else ""
    return f"{with_article(council, 'The')} was created on {date(day)}.{before}"


def abolished(council: str, day: dt.date, successors: Sequence[str]) -> str:
    """State when a council was abolished, and what replaced it."""
    after = f" It was replaced by {listed(successors)}." if successors else ""
    return f"{with_article(council, 'The')} was abolished on {date(day)}.{after}"
