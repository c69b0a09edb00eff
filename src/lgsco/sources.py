"""Sources of figures, and what kind of record each is."""

from __future__ import annotations

import datetime as dt
from dataclasses import KW_ONLY
from typing import Literal, TypeAlias, final

from lgsco._values import Choice, Text, value

__all__ = ["Basis", "Source"]


class Basis(Choice):
    """The kind of record from which a figure comes."""

    PUBLISHED = "published"
    """Figures that the Ombudsman published itself."""
    SECOND_HAND = "second_hand"
    """Figures of the Ombudsman as a newspaper or a committee paper gives them."""
    OWN_CASES = "own_cases"
    """Counted from a council's own record of its cases."""
    PUBLISHED_DECISIONS = "published_decisions"
    """Counted from decisions in a public listing, which leaves some decisions out: never a published rate."""


BasisLike: TypeAlias = Basis | Literal["published", "second_hand", "own_cases", "published_decisions"]
"""A kind of record, or its value as text."""


@final
@value
class Source:
    """
    The source of figures, so that a reader can look them up.

    >>> Source("Annual review letter 2020", published_on=dt.date(2020, 7, 22))
    Source(title='Annual review letter 2020', published_on=datetime.date(2020, 7, 22))

    Raises:
        InvalidValue: a field is of the wrong type, or empty.
    """

    title: Text
    _: KW_ONLY
    url: Text | None = None
    published_on: dt.date | None = None
    basis: Basis = Basis.PUBLISHED
