"""The sentences on a council's years: what changed, series breaks, and the councils before and after it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lgsco._text import short_decimal
from lgsco.stats.verdicts import Verdict
from lgsco.wording.phrases import date, listed

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


def likely_change(limits: tuple[object, object], level: Decimal) -> str:
    """
    State the limits of a change in percentage points; the confidence where it is not the usual 95%.

    >>> likely_change((-10, 13), Decimal(95)), likely_change((1, 2), Decimal("99.0"))
    ('likely range ...10 to 13', 'likely range at 99% confidence 1 to 2')
    """
    confidence = "" if level == _USUAL else f" at {short_decimal(level)}% confidence"
    return f"likely range{confidence} {' to '.join(map(str, limits))}".replace("-", "\N{MINUS SIGN}")


_USUAL = 95


def trend(sentence: str | None, fewest: int) -> str:
    """Report a trend, or that there are too few years for one."""
    return f"Trend: {sentence or f'too short to tell; it needs {fewest} years counted in the same way.'}"


def run_rules(sentence: str) -> str:
    """Report what the run rules of a control chart find."""
    return f"Run rules: {sentence}"


def years_without_comparison(years: Iterable[object]) -> str:
    """Name the years that are compared with no other year."""
    return (
        f"Not compared with another year, because no other year was counted in the same way: {listed(map(str, years))}."
    )


def series_break(year: str, what: str, broken: Sequence[str], cautioned: Sequence[str]) -> str:
    """State what changed at the beginning of a year, which rates it breaks, and which need care."""
    advice = []
    if broken:
        advice.append(f"Do not compare the {' or the '.join(broken)} with the years before.")
    if cautioned:
        advice.append(f"Compare the {' and the '.join(cautioned)} with the years before with care.")
    return f"From {year}: {what}. {' '.join(advice)}"


def in_years(years: Sequence[object]) -> str:
    """Name the years that a report on a council covers."""
    return f"in {listed(map(str, years))}" if years else "of which we have no figures"


def created(council: str, day: dt.date, predecessors: Sequence[tuple[str, Sequence[object]]]) -> str:
    """State when a council was created, and which councils it followed, each with the years held of it."""
    return f"{council} was created on {date(day)}. {_others('before', predecessors)}"


def abolished(council: str, day: dt.date, successors: Sequence[tuple[str, Sequence[object]]]) -> str:
    """State when a council was abolished, and which councils followed it, each with the years held of it."""
    return f"{council} was abolished on {date(day)}. {_others('after', successors)}"


def _others(when: str, councils: Sequence[tuple[str, Sequence[object]]]) -> str:
    names = [
        f"{council} ({f'figures of {listed(map(str, years))}' if years else 'no figures'})"
        for council, years in councils
    ]
    which, whose = ("council", "Its") if len(names) == 1 else ("councils", "Their")
    return f"The {which} {when} it: {'; '.join(names)}. {whose} figures are not in this series."
