"""Where a figure came from."""

from __future__ import annotations

import datetime as dt
from typing import final

import attrs

from lgsco._values import Slug, a_day_or_none, a_text, a_text_or_none, instance_of, value

__all__ = ["Basis", "Source"]


class Basis(Slug):
    """What kind of record a figure rests on."""

    PUBLISHED = "published"
    """Figures that the Ombudsman published, or that somebody quoted from it."""
    OWN_CASES = "own_cases"
    """Counted from a council's own record of its cases."""
    PUBLISHED_DECISIONS = "published_decisions"
    """Counted from decisions in a public listing, which leaves some decisions out: never a published rate."""


@final
@value
class Source:
    """
    Where figures came from, so that a reader can look them up.

    >>> Source("Annual review letter 2020", published_on=dt.date(2020, 7, 22))
    Source(title='Annual review letter 2020', published_on=datetime.date(2020, 7, 22))

    Raises:
        InvalidField: a field is of the wrong type, or empty (InvalidFields where there are several).
    """

    title: str = attrs.field(validator=a_text)
    url: str | None = attrs.field(default=None, kw_only=True, validator=a_text_or_none)
    published_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=a_day_or_none)
    basis: Basis = attrs.field(default=Basis.PUBLISHED, kw_only=True, validator=instance_of(Basis))
