"""What a section of a report leads with: large figures in words, and links to what is elsewhere."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import final

from lgsco._values import Text, value


@final
@value
class Figure:
    """
    A large figure at the head of a section: the number, its counts, what it is compared with, and what it means.

    >>> Figure("Uphold rate", "81%", counts="76 of 94", beside="Average of county councils: 85%").number
    '81%'

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    title: Text
    number: Text
    """The number to print large, or a few words where there is none."""
    _: KW_ONLY
    counts: Text | None = None
    """What the number is made from, such as "76 of 94", or what is not known of it."""
    beside: Text | None = None
    """What to compare it with."""
    verdict: Text | None = None
    """What the comparison comes to, in a few words."""
    needs_attention: bool = False
    """Whether somebody should look at the cases behind it."""
    meaning: Text | None = None
    """What the number is, as a sentence."""


@final
@value
class Link:
    """
    A link in words, to a page outside the report.

    Raises:
        InvalidValue: a field is of the wrong type or empty.
    """

    words: Text
    url: Text
