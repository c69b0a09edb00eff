"""Phrases that sentences share: lists of names, dates, numbers of days, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._text import long_date, number_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from lgsco.sources import Source


def listed(names: Iterable[str]) -> str:
    """
    Join names as a sentence does.

    >>> listed(["Kent"]), listed(["Kent", "Essex"]), listed(["Kent", "Essex", "Devon"])
    ('Kent', 'Kent and Essex', 'Kent, Essex and Devon')
    >>> listed(["Kent", "Bournemouth, Christchurch and Poole"])
    'Kent; and Bournemouth, Christchurch and Poole'
    """
    *before, last = names
    if any("," in name for name in (*before, last)):
        return "; ".join([*before, f"and {last}" if before else last])
    return f"{', '.join(before)} and {last}" if before else last


def with_article(council: str, article: str = "the") -> str:
    """
    Put "the", or "The", before a council's name where a sentence needs it.

    >>> with_article("London Borough of Croydon"), with_article("City of York Council")
    ('the London Borough of Croydon', 'City of York Council')
    """
    return f"{article} {council}" if " of " in council and not council.endswith("Council") else council


def number_and_total(number: int, total: int) -> str:
    """Write the two counts of a rate."""
    return f"{number:,} of {total:,}"


def date(day: dt.date) -> str:
    """Write a date in English."""
    return long_date(day.year, day.month, day.day)


def period(first: dt.date, last: dt.date) -> str:
    """Name the days from the first to the last."""
    return f"{date(first)} to {date(last)}"


def number_of_days(days: Sequence[int]) -> str:
    """
    Name numbers of days in ascending order by the least and the greatest.

    >>> number_of_days([3, 3]), number_of_days([1, 5])
    ('3 days', '1 to 5 days')
    """
    last = number_of(days[-1], "day")
    return last if days[0] == days[-1] else f"{days[0]:,} to {last}"


def sentence_after_colon(subject: str, sentence: str) -> str:
    """
    Put a sentence after its subject and a colon, with a small letter.

    >>> sentence_after_colon("Uphold rate", "From 81% to 83%.")
    'Uphold rate: from 81% to 83%.'
    """
    return f"{subject}: {sentence[:1].lower()}{sentence[1:]}"


_USUAL = 0.95


def with_intervals(title: str, confidence: float = _USUAL) -> str:
    """Add to a title that likely ranges are shown, and at what confidence where it is not the usual one."""
    return f"{title}, with likely ranges" + ("" if confidence == _USUAL else f" ({100 * confidence:g}% confidence)")


def citation(source: Source) -> str:
    """Return the title of a source and its date, where the date is known and not in the title."""
    if source.published_on is None:
        return source.title
    published = date(source.published_on)
    return source.title if published in source.title else f"{source.title}, {published}"
