"""What all strategies share: texts, days, and parts that may be missing."""

from __future__ import annotations

import datetime as dt
import functools
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import strategies as st

from lgsco.errors import NO_VALUE, Place, Problem
from lgsco.model.tallies import Tally
from lgsco.model.years import ReportingYear

__all__ = [
    "CONFIDENCES",
    "DAYS",
    "MAX_COUNT",
    "MODULES",
    "NAMES",
    "PLACES",
    "POUNDS",
    "PROBLEMS",
    "SHARES",
    "SPANS",
    "TEXTS",
    "AnyTally",
    "T",
    "day_from",
    "day_of",
    "day_to",
    "maybe",
    "names",
]


MODULES = (
    "_cases",
    "_casework",
    "_comparisons",
    "_counts",
    "_datasets",
    "_groups",
    "_listings",
    "_parties",
    "_printed",
    "_rates",
    "_reports",
    "_tables",
    "_years",
)
"""The modules of strategies with a name; each lists them in its ``__all__``."""
T = TypeVar("T")
AnyTally = TypeVar("AnyTally", bound=Tally)
MAX_COUNT = 5_000
"""The greatest count drawn where the caller names none: more than any council has cases in a year."""


@functools.lru_cache(maxsize=256)
def _or_none(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    # Kept: Hypothesis looks into a strategy the first time that it draws from it, which takes longer than drawing.
    return st.none() | strategy


def maybe(strategy: st.SearchStrategy[T], *, known: bool) -> st.SearchStrategy[T | None]:
    return strategy if known else _or_none(strategy)


# Without separators (they could stand at an end, where no value takes them) and without what no file can hold.
_WORD = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
_TRICKY_NAMES = (
    "Kent County Council",
    "Durham County Council",  # a unitary council
    "Bournemouth, Christchurch and Poole Council",
    "Bath & North East Somerset Council",
    "King\N{RIGHT SINGLE QUOTATION MARK}s Lynn and West Norfolk Borough Council",
    "King's Lynn & West Norfolk",
    "London Borough of Barking & Dagenham",
    "City of London",
    "Example Care (UK) Ltd (23 012 345)",
    "St. Helens",
    "Stoke-on-Trent City Council",
    'The "Old Rectory" Residential Home',
    "Sedgemoor; Mendip",
    "=1+1",
    "n/a",
    "2020",
)


def names() -> st.SearchStrategy[str]:
    """
    Names of bodies: some as they are found in print, some of any letters and signs.

    Leaves out control characters, and spaces other than one between two words.
    """
    return st.sampled_from(_TRICKY_NAMES) | _WORD | st.builds("{} {}".format, _WORD, _WORD)


NAMES = names()
TEXTS = _WORD | st.builds("{}{}{}".format, _WORD, st.sampled_from((" ", "\n", "\N{NO-BREAK SPACE}", ", ", "\t")), _WORD)
PLACES = st.builds(
    Place,
    file=_or_none(NAMES),
    sheet=_or_none(NAMES),
    row=_or_none(st.integers(1, 400)),
    column=_or_none(NAMES),
    path=_or_none(st.integers(1, 9_999).map("line {}".format)),
)
PROBLEMS = st.builds(Problem, PLACES, TEXTS, value=st.just(NO_VALUE) | TEXTS | st.just(""))
SPANS = st.integers(0, 1_500).map(dt.timedelta)
_OFFSETS = st.integers(0, 365)


def day_of(draw: st.DrawFn, year: ReportingYear) -> dt.date:
    return min(year.start + dt.timedelta(draw(_OFFSETS)), year.end)


def day_from(draw: st.DrawFn, day: dt.date, *, known: bool) -> dt.date | None:
    span = draw(maybe(SPANS, known=known))
    return None if span is None else day + span


def day_to(draw: st.DrawFn, day: dt.date, *, known: bool) -> dt.date | None:
    span = draw(maybe(SPANS, known=known))
    return None if span is None else day - span


# By digits: Decimal arithmetic would depend on the caller's context.
POUNDS = st.integers(0, 1_000_000_000).map(lambda pence: Decimal(f"{pence // 100}.{pence % 100:02}")) | st.integers(
    0, 10_000_000
).map(Decimal)
SHARES = st.sampled_from((Fraction(0), Fraction(1))) | st.fractions(0, 1, max_denominator=1_000)
CONFIDENCES = st.sampled_from((0.95, 0.998, 0.8)) | st.floats(0.5, 0.9999)
DAYS = st.dates(dt.date(1975, 1, 1), dt.date(2100, 3, 31))
