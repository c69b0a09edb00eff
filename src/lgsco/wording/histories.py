"""The sentences on a council's years: what changed, series breaks, and the councils before and after it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco._text import number_of, short_decimal
from lgsco.stats.intervals import half_up
from lgsco.stats.verdicts import Verdict
from lgsco.wording.phrases import date, listed, with_article

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

CHANGED = {
    Verdict.HIGHER: "This is a greater rise than we would expect from chance alone.",
    Verdict.LOWER: "This is a greater fall than we would expect from chance alone.",
    Verdict.NOT_DISTINGUISHABLE: "The change is small enough to be chance.",
    Verdict.BORDERLINE: "It is too close to call whether this is a real change.",
    Verdict.TOO_FEW: "There are too few cases to tell.",
}
TREND = {
    Verdict.HIGHER: "more than we would expect from chance alone",
    Verdict.LOWER: "more than we would expect from chance alone",
    Verdict.NOT_DISTINGUISHABLE: "which is small enough to be chance",
    Verdict.BORDERLINE: "and it is too close to call whether that is chance",
    Verdict.TOO_FEW: "and there are too few cases to tell it from chance",
}
STRAY = "The years also stray from that line by more than we would expect from chance, so it says little."
WHAT_CHANGED = "what changed"
NO_YEAR_WITH_CASES = "We have no year with cases."
DECIDED_AFTER_END = "Complaints about it were still decided afterwards; the figures of those years are its own."


def change_sentence(title: str, ends: tuple[str, str], gap: Fraction, limits: str | None) -> str:
    """
    State how a rate changed, with the likely range of the change where there is one.

    >>> change_sentence("Uphold rate", ("87% in 2022-23", "81% in 2023-24"), Fraction(-6, 100), likely_change((-17, 7)))
    'The uphold rate fell by 6 percentage points, from 87% in 2022-23 to 81% in 2023-24 (likely range: 17 lower to 7
    higher).'
    >>> change_sentence("Compliance rate", ("90% (9 of 10) in 2022-23", "90% (9 of 10) in 2023-24"), Fraction(0), None)
    'The compliance rate did not change: it was 90% (9 of 10) in 2022-23 and 90% (9 of 10) in 2023-24.'
    """
    before, after = ends
    points = half_up(abs(100 * gap))
    in_brackets = "" if limits is None else f" ({limits})"
    if not gap:
        return f"The {title.lower()} did not change: it was {before} and {after}{in_brackets}."
    verb = ("rose by" if gap > 0 else "fell by") if points else "changed by"
    size = number_of(int(points), "percentage point") if points else "less than half a percentage point"
    return f"The {title.lower()} {verb} {size}, from {before} to {after}{in_brackets}."


def likely_change(limits: tuple[Decimal, Decimal], level: Decimal | int = 95) -> str:
    """
    State the limits of a change in percentage points; the confidence where it is not the usual 95%.

    >>> likely_change((-10, 13)), likely_change((-9, -2)), likely_change((0, 2), Decimal("99.0"))
    ('likely range: 10 lower to 13 higher', 'likely range: 2 to 9 lower', 'likely range at 99% confidence: no change to
    2 higher')
    """
    confidence = "" if level == _USUAL else f" at {short_decimal(Decimal(level))}% confidence"
    first, last = limits
    # Without a sign by text: arithmetic would round to the caller's Decimal context.
    points = [str(limit).removeprefix("-") for limit in limits]
    if first > 0:
        ends = [points[0], f"{points[1]} higher"]
    elif last < 0:
        ends = [points[1], f"{points[0]} lower"]
    else:
        ends = [f"{points[0]} lower" if first else "no change", f"{points[1]} higher" if last else "no change"]
    return f"likely range{confidence}: {' to '.join(ends)}"


_USUAL = 95


def no_change(rates: Iterable[str]) -> str:
    """State that a change cannot be worked out, with what is known of the two years."""
    return f"We cannot work out a change ({'; '.join(rates)})."


def trend(sentence: str | None, fewest: int) -> str:
    """Report a trend, or that there are too few years for one."""
    return sentence or f"There are too few years for a trend, which needs {fewest} that were counted in the same way."


def trend_line(rates: Sequence[str], per_year: Fraction, verdict: Verdict, *, strays: bool) -> str:
    """State the rate of every year, the line through them, and whether it may be chance."""
    slope = "The line through them neither rises nor falls"
    if per_year:
        points, way = half_up(abs(100 * per_year), 1), "rises" if per_year > 0 else "falls"
        slope = f"The line through them {way} by {points} percentage points a year"
    judged = f", {TREND[verdict]}" if verdict in TREND else ""
    stray = f" {STRAY}" if strays else ""
    return f"The rate was {listed(rates)}. {slope}{judged}.{stray}"


def run_rules(sentence: str) -> str:
    """Report what the run rules of a control chart find."""
    return f"Run rules: {sentence}"


def years_without_comparison(years: Iterable[object]) -> str:
    """Name the years that are compared with no other year."""
    return (
        f"We do not compare {listed(map(str, years))} with another year, because no other year was counted in the same"
        " way."
    )


def series_break(year: str, what: str, broken: Sequence[str], cautioned: Sequence[str]) -> str:
    """State what changed at the beginning of a year, which rates it breaks, and which need care."""
    advice = []
    if broken:
        advice.append(f"Do not compare {' or '.join(f'the {name}' for name in broken)} with the years before.")
    if cautioned:
        advice.append(f"Compare {listed(f'the {name}' for name in cautioned)} with the years before with care.")
    return f"From {year}: {what}. {' '.join(advice)}"


def in_years(years: Sequence[object]) -> str:
    """Name the years that a report on a council covers."""
    return f"in {listed(map(str, years))}" if years else "of which we have no figures"


def created(council: str, day: dt.date, predecessors: Sequence[tuple[str, Sequence[object]]]) -> str:
    """State when a council was created, and which councils it followed, each with the years held of it."""
    return f"{with_article(council, 'The')} was created on {date(day)}. {_others('before', predecessors)}"


def abolished(council: str, day: dt.date, successors: Sequence[tuple[str, Sequence[object]]]) -> str:
    """State when a council was abolished, and which councils followed it, each with the years held of it."""
    return f"{with_article(council, 'The')} was abolished on {date(day)}. {_others('after', successors)}"


def _others(when: str, councils: Sequence[tuple[str, Sequence[object]]]) -> str:
    names = [
        f"{council} ({f'figures of {listed(map(str, years))}' if years else 'no figures'})"
        for council, years in councils
    ]
    which, whose = ("council", "Its") if len(names) == 1 else ("councils", "Their")
    return f"The {which} {when} it: {'; '.join(names)}. {whose} figures are not in this series."
