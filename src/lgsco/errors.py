"""
Every error that lgsco raises on purpose, as a value that carries its data.

Catch by class and read the fields; the wording of a message may change between releases.
An error that gathers several problems is an exception group: it holds all of them, in order, as ``.problems``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

__all__ = [
    "AcrossBreak",
    "AmbiguousAuthority",
    "AuthorityNotInBeing",
    "InvalidCasework",
    "InvalidColumns",
    "InvalidCount",
    "InvalidDocument",
    "InvalidField",
    "InvalidFields",
    "InvalidRegister",
    "InvalidSeries",
    "LgscoError",
    "MisplacedCase",
    "MisplacedCases",
    "MisplacedReview",
    "MissingDates",
    "MissingExtra",
    "NoSubclassing",
    "NotComparable",
    "NothingToCombine",
    "PlacedProblem",
    "Problems",
    "TooShort",
    "UnknownAuthority",
    "UnreadableDocument",
    "UnreadableLetter",
    "UnreadableListing",
    "UnreadablePage",
    "UnreadableTable",
]


class LgscoError(Exception):
    """Base of every error that lgsco raises on purpose."""


class Problems(LgscoError, ExceptionGroup[LgscoError], ValueError):
    """
    Everything that is wrong with one input, all at once.

    An exception group, so ``except*`` reaches each problem by its own class.
    """

    @property
    def problems(self) -> tuple[LgscoError, ...]:
        """Each thing that is wrong, in the order in which it was met."""
        return tuple(problem for problem in self.exceptions if isinstance(problem, LgscoError))

    def derive(self, excs: Sequence[LgscoError], /) -> Problems:  # type: ignore[override]  # keeps our class on split
        """Give the same kind of group with other members, as ``except*`` needs it."""
        return type(self)(self.message, excs)

    def __str__(self) -> str:
        return f"{self.message}:" + "".join(f"\n  - {problem}" for problem in self.exceptions)


@attrs.frozen
class InvalidField(LgscoError, ValueError):
    """One field was given a value that it cannot hold: the field, the value, and the rule it breaks."""

    field: str
    value: object
    reason: str

    def __str__(self) -> str:
        return f"{self.field} = {self.value!r}: {self.reason}"


@attrs.frozen
class InvalidCount(InvalidField):
    """A count was not a whole number, was negative, or exceeded what it is part of."""


class InvalidFields(Problems):
    """Several fields of one value were refused; holds one error for each."""


@attrs.frozen
class NoSubclassing(LgscoError, TypeError):
    """A value class was subclassed; values are closed so that equality, hashing and pickling can be trusted."""

    name: str

    def __str__(self) -> str:
        return f"{self.name} is a value and cannot be subclassed; hold one in a field of your own class instead"


@attrs.frozen
class UnknownAuthority(LgscoError, LookupError):
    """No body in the register has this name or code; holds the nearest names."""

    name: str
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        hint = f"; did you mean {_either(self.nearest)}?" if self.nearest else ""
        return f"no authority in the register is called {self.name!r}{hint}"


@attrs.frozen
class AmbiguousAuthority(LgscoError, LookupError):
    """Several bodies answer to this name; holds the name of each."""

    name: str
    candidates: tuple[str, ...]
    on: dt.date | None = None

    def __str__(self) -> str:
        when = "" if self.on is None else f" on {self.on}"
        return f"{self.name!r} may be {_either(self.candidates)}{when}: give the full name, the code or a date"


@attrs.frozen
class AuthorityNotInBeing(LgscoError, LookupError):
    """The body is in the register, but not in being on the date; says from when, until when, and what followed."""

    name: str
    on: dt.date
    start: dt.date | None = None
    end: dt.date | None = None
    successors: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.end is not None and self.on >= self.end:
            after = f"; succeeded by {_list(self.successors)}" if self.successors else ""
            return f"{self.name} was abolished on {self.end}, so it did not exist on {self.on}{after}"
        since = "" if self.start is None else f" before {self.start}"
        return f"{self.name} did not exist{since}, so not on {self.on}"


class InvalidRegister(Problems):
    """The entries of a register contradict one another; holds each contradiction."""


@attrs.frozen
class MisplacedCase(LgscoError, ValueError):
    """One case that does not belong in a set of cases, and why."""

    reference: str
    authority: str
    reason: str

    def __str__(self) -> str:
        return f"{self.reference} ({self.authority}): {self.reason}"


class MisplacedCases(Problems):
    """Cases of another body or year, or the same case twice; holds one error for each."""


class InvalidCasework(Problems):
    """Cases that stand twice, or whose dates contradict one another or leave an answer open; one error for each."""


class MissingDates(Problems):
    """What was asked turns on dates that are not known; holds one error for each case that lacks one."""


@attrs.frozen
class NothingToCombine(LgscoError, ValueError):
    """A sum or an average of nothing at all was asked for."""

    what: str

    def __str__(self) -> str:
        return f"there is nothing to combine: {self.what}"


@attrs.frozen
class NotComparable(LgscoError, ValueError):
    """A review was set beside figures of another year, another group or another measure."""

    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.what} differs: {self.expected} cannot be compared with {self.found}"


@attrs.frozen
class MisplacedReview(LgscoError, ValueError):
    """One review that does not belong in a series, and why."""

    authority: str
    year: str
    reason: str

    def __str__(self) -> str:
        return f"{self.authority}, {self.year}: {self.reason}"


class InvalidSeries(Problems):
    """Reviews of several authorities, or of one year twice, in one series; holds one error for each."""


@attrs.frozen
class TooShort(LgscoError, ValueError):
    """A series has fewer years than what was asked of it needs."""

    what: str
    least: int
    held: int

    def __str__(self) -> str:
        return f"{self.what} needs at least {self.least} years with cases, and there {_are(self.held)}"


@attrs.frozen
class AcrossBreak(LgscoError, ValueError):
    """What was asked for would be drawn across a series break, and the caller did not say that it should be."""

    what: str
    breaks: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.what} would cross a series break ({'; '.join(self.breaks)}): ask for it with across_breaks=True"


@attrs.frozen
class PlacedProblem(LgscoError, ValueError):
    """One thing wrong with a document: where it stands, and why it is refused."""

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class InvalidDocument(Problems):
    """Everything wrong with JSON or rows handed to us; each problem has its path."""


@attrs.frozen
class InvalidColumns(LgscoError, ValueError):
    """
    Columns of a frame are missing or of the wrong type; says it of all of them, before any work.

    ``mistyped`` holds for each its name, what it must hold, and the type that it has.
    """

    missing: tuple[str, ...] = ()
    mistyped: tuple[tuple[str, str, str], ...] = ()

    def __str__(self) -> str:
        absent = [f"there is no column {name}" for name in self.missing]
        wrong = [f"{name} must hold {kind}, and is {found}" for name, kind, found in self.mistyped]
        return "; ".join((*absent, *wrong))


@attrs.frozen
class MissingExtra(LgscoError, ImportError):
    """A part of the package that is installed on request is not there; says which to install, and what it is for."""

    extra: str
    package: str
    purpose: str

    def __str__(self) -> str:
        return f"{self.package} is needed to {self.purpose}: install lgsco[{self.extra}]"


@attrs.frozen
class UnreadableDocument(LgscoError, ValueError):
    """A document could not be read as what it was taken for; says what was found, what was not, and what is wrong."""

    found: tuple[str, ...]
    missing: tuple[str, ...]
    problems: tuple[PlacedProblem, ...] = ()
    taken_for: ClassVar[str] = "a document"

    def __str__(self) -> str:
        found = _list(self.found) if self.found else "nothing"
        missing = f"; not found: {_list(self.missing)}" if self.missing else ""
        clashes = "".join(f"\n  - {problem}" for problem in self.problems)
        return f"cannot read this as {self.taken_for}: found {found}{missing}{clashes}"


@attrs.frozen
class UnreadableLetter(UnreadableDocument):
    """No letter could be made of a document: it lacks a council, a year or figures, or prints two for one thing."""

    taken_for: ClassVar[str] = "an annual review letter"


@attrs.frozen
class UnreadablePage(UnreadableDocument):
    """No performance page could be made of a document: it lacks a council or a year, or prints two figures for one."""

    taken_for: ClassVar[str] = "a page of a council's performance"


@attrs.frozen
class UnreadableListing(UnreadableDocument):
    """A document holds no decision and nothing that a listing of decisions prints."""

    taken_for: ClassVar[str] = "decisions"


@attrs.frozen
class UnreadableTable(UnreadableDocument):
    """No table could be made of a sheet: it is beyond a bound or damaged, or has no headings or no year."""

    taken_for: ClassVar[str] = "a published table"


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _are(count: int) -> str:
    return f"{'is' if count == 1 else 'are'} {count or 'none'}"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names)
