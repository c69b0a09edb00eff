"""
Every error that lgsco raises on purpose, as a value that carries its data.

Catch by class and read the fields; the wording of a message may change between releases.

What was refused, whatever it was (an argument, a field of a value, a cell, a document), is an ``InvalidValue``: it has
all ``Problem``s at once, each with its ``Place``, its value and the reason.

>>> from lgsco import InvestigationTally
>>> try:
...     InvestigationTally(upheld=-1, not_upheld="3")
... except InvalidValue as error:
...     for problem in error.problems:
...         print(problem.place.path, repr(problem.value), problem.reason)
upheld -1 is negative
not_upheld '3' is not a whole number

The others say that something is missing rather than wrong: a council (``AuthorityLookupError`` and its three kinds),
cases or years (``EmptyInput``, ``SeriesTooShort``), a ground for comparing (``NotComparable``,
``CrossesSeriesBreak``), figures in a document (``UnreadableDocument``), an optional part of the package
(``MissingExtra``). All of them are ``LgscoError``s.
"""

from __future__ import annotations

import enum
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Self

import attrs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

__all__ = [
    "NO_VALUE",
    "AmbiguousAuthority",
    "AuthorityLookupError",
    "AuthorityNotCurrent",
    "CrossesSeriesBreak",
    "EmptyInput",
    "InvalidValue",
    "LgscoError",
    "MissingDates",
    "MissingExtra",
    "NoSubclassing",
    "NotComparable",
    "Place",
    "Problem",
    "ProblemCollector",
    "SeriesTooShort",
    "UnknownAuthority",
    "UnknownWords",
    "UnreadableDocument",
    "by_kind",
]

_MOST_LINES = 20
"""More problems than this are shown as kinds, each with its number and its first places."""
_FIRST_PLACES = 3
_LONGEST_VALUE = 80


class NoValue(enum.Enum):
    """What a problem has for its value where there is none; ``None`` is a value like any other."""

    NO_VALUE = "no value"

    def __repr__(self) -> str:
        return self.name


NO_VALUE: Final = NoValue.NO_VALUE


@attrs.frozen
class Place:
    """
    Where something stands: in a file, a sheet, a row, a column, or at a path within a value or a document.

    What does not apply is ``None``. Rows are counted from 1, as a spreadsheet counts them.

    >>> print(Place(file="decided.xlsx", sheet="2024", row=7, column="Decided"))
    decided.xlsx, sheet '2024', row 7, Decided
    """

    file: str | None = attrs.field(default=None, kw_only=True)
    sheet: str | None = attrs.field(default=None, kw_only=True)
    row: int | None = attrs.field(default=None, kw_only=True)
    column: str | None = attrs.field(default=None, kw_only=True)
    path: str | None = attrs.field(default=None, kw_only=True)

    def within(self, outer: Place) -> Place:
        """
        Return the same place seen from further out: what it lacks it has from there, and paths are joined.

        Args:
            outer: the place of what this place is in.

        Returns:
            The joint place.

        >>> print(Place(path="upheld").within(Place(row=3)))
        row 3, upheld
        """
        paths = [path for path in (outer.path, self.path) if path]
        return Place(
            file=outer.file if self.file is None else self.file,
            sheet=outer.sheet if self.sheet is None else self.sheet,
            row=outer.row if self.row is None else self.row,
            column=outer.column if self.column is None else self.column,
            path="".join(paths[:1]) + "".join(f"{'' if path[0] == '[' else '.'}{path}" for path in paths[1:]) or None,
        )

    def __str__(self) -> str:
        sheet = None if self.sheet is None else f"sheet {self.sheet!r}"
        row = None if self.row is None else f"row {self.row}"
        return ", ".join(part for part in (self.file, sheet, row, self.column, self.path) if part)


@attrs.frozen
class Problem:
    """
    One thing that is wrong: its place, the reason as the rest of a sentence, and the value where there is one.

    >>> print(Problem(Place(path="upheld"), "is not a whole number", value=33.0))
    upheld: 33.0 is not a whole number
    """

    place: Place
    reason: str
    value: object = attrs.field(default=NO_VALUE, kw_only=True)

    @classmethod
    def at(cls, path: str, value: object, reason: str) -> Self:
        """Make the problem of one field or argument, by its name."""
        return cls(Place(path=path), reason, value=value)

    def within(self, outer: Place) -> Problem:
        """Return the same problem seen from further out."""
        return attrs.evolve(self, place=self.place.within(outer))

    def __str__(self) -> str:
        place = str(self.place)
        value = "" if self.value is NO_VALUE else excerpt(self.value)
        what = f"{value} {self.reason}" if value else self.reason
        return f"{place}: {what}" if place else what

    def _repr_pretty_(self, printer: Any, _: object) -> None:
        # Hypothesis would write each field its own way.
        printer.text(repr(self))


def _as_tuple(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problems)


class LgscoError(Exception):
    """Base of every error that lgsco raises on purpose."""


@attrs.frozen
class InvalidValue(LgscoError, ValueError):
    """
    Something was refused; has everything that is wrong with it, all at once.

    ``subject`` says what was refused where the places alone do not.

    >>> from lgsco import Proportion
    >>> Proportion(3, 2)
    Traceback (most recent call last):
    lgsco.errors.InvalidValue: numerator: 3 exceeds the denominator, 2
    """

    problems: tuple[Problem, ...] = attrs.field(converter=_as_tuple)
    subject: str | None = None

    @classmethod
    def at(cls, path: str, value: object, reason: str) -> Self:
        """Make the error of one field or argument, by its name."""
        return cls([Problem.at(path, value, reason)])

    def __str__(self) -> str:
        if len(self.problems) == 1:
            text = str(self.problems[0])
            return f"{self.subject}: {text}" if self.subject else text
        lines = [*map(str, self.problems)] if len(self.problems) <= _MOST_LINES else by_kind(self.problems)
        head = f"{len(self.problems)} problems"
        return "\n- ".join([f"{self.subject}: {head}" if self.subject else head, *lines])


@attrs.frozen
class UnknownWords(InvalidValue):
    """
    Words of an export are not understood; has one problem for each, beside whatever else is wrong.

    ``skeleton`` has the words by field, each with a question mark to replace by its meaning, as ``words`` of
    ``lgsco.readers.read_cases`` takes them.
    """

    skeleton: Mapping[str, Mapping[str, str]] = attrs.field(factory=dict)


class MissingDates(InvalidValue):
    """What was asked depends on dates that are not known; has one problem for each case without one."""


class ProblemCollector:
    """
    Gathers problems, so that all of them are raised at once.

    >>> problems = ProblemCollector()
    >>> for number, row in enumerate(["2", "x"], start=1):
    ...     with problems.at(row=number):
    ...         if not row.isdigit():
    ...             problems.add("upheld", row, "is not a whole number")
    >>> problems.raise_if_any()
    Traceback (most recent call last):
    lgsco.errors.InvalidValue: row 2, upheld: 'x' is not a whole number
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._place = Place()

    def add(self, path: str | None, value: object, reason: str) -> None:
        """Keep one problem of the place that the collector is at."""
        self.problems.append(Problem(Place(path=path), reason, value=value).within(self._place))

    @contextmanager
    def at(
        self, *, sheet: str | None = None, row: int | None = None, column: str | None = None, path: str | None = None
    ) -> Iterator[None]:
        """Work at a place; the problems of an ``InvalidValue`` that is raised there are kept, with their places."""
        outer, self._place = self._place, Place(sheet=sheet, row=row, column=column, path=path).within(self._place)
        try:
            yield
        except InvalidValue as error:
            self.problems += [problem.within(self._place) for problem in error.problems]
        finally:
            self._place = outer

    def raise_if_any(self, subject: str | None = None) -> None:
        """
        Raise what was gathered.

        Raises:
            InvalidValue: there is at least one problem.
        """
        if self.problems:
            raise InvalidValue(self.problems, subject=subject)


@attrs.frozen
class NoSubclassing(LgscoError, TypeError):
    """A value class was subclassed; values are closed so that equality, hashing and pickling can be trusted."""

    name: str

    def __str__(self) -> str:
        return f"{self.name} is a value and cannot be subclassed; hold one in a field of your own class instead"


class AuthorityLookupError(LgscoError, LookupError):
    """No one authority answers to what was asked for: it is unknown, ambiguous, or did not exist on the date."""


@attrs.frozen
class UnknownAuthority(AuthorityLookupError):
    """No body in the register has this name or code; has the nearest names."""

    name: str
    nearest: tuple[str, ...] = ()

    def __str__(self) -> str:
        hint = f"; did you mean {_either(self.nearest)}?" if self.nearest else ""
        return f"no authority in the register is called {self.name!r}{hint}"


@attrs.frozen
class AmbiguousAuthority(AuthorityLookupError):
    """Several bodies answer to this name; has the name of each."""

    name: str
    candidates: tuple[str, ...]
    on: dt.date | None = None

    def __str__(self) -> str:
        when = "" if self.on is None else f" on {self.on}"
        return f"{self.name!r} may be {_either(self.candidates)}{when}: give the full name, the code or a date"


@attrs.frozen
class AuthorityNotCurrent(AuthorityLookupError):
    """The body is in the register but did not exist on the date; says from when, until when, and what followed."""

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


@attrs.frozen
class EmptyInput(LgscoError, ValueError):
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
class SeriesTooShort(LgscoError, ValueError):
    """A series has fewer years with cases than what was asked of it needs."""

    what: str
    least: int
    years: int

    def __str__(self) -> str:
        return f"{self.what} needs at least {self.least} years with cases, and there {_are(self.years)}"


@attrs.frozen
class CrossesSeriesBreak(LgscoError, ValueError):
    """What was asked for would be drawn across a series break, and the caller did not say that it should be."""

    what: str
    breaks: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.what} would cross a series break ({'; '.join(self.breaks)}): ask for it with across_breaks=True"


@attrs.frozen
class MissingExtra(LgscoError, ImportError):
    """A part of the package that is installed on request is not there; says which to install, and what it is for."""

    extra: str
    package: str
    purpose: str

    @classmethod
    def unless_broken(cls, error: ImportError, module: str, *, extra: str, package: str, purpose: str) -> ImportError:
        """Return the error of a module that is not installed; where it is, and lacks another, that error itself."""
        return cls(extra, package, purpose) if (error.name or "").partition(".")[0] == module else error

    def __str__(self) -> str:
        return f"{self.package} is needed to {self.purpose}: install lgsco[{self.extra}]"


@attrs.frozen
class UnreadableDocument(LgscoError, ValueError):
    """
    A document could not be read as what it was taken for.

    Has what it was taken for, what was found in it, what was not, and what is wrong, each with its place.
    """

    expected: str
    found: tuple[str, ...]
    missing: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        names = _list(self.found) if self.found else "nothing"
        missing = f"; not found: {_list(self.missing)}" if self.missing else ""
        problems = "".join(f"\n- {problem}" for problem in self.problems)
        return f"cannot read this as {self.expected}: found {names}{missing}{problems}"


def by_kind(problems: Iterable[Problem]) -> list[str]:
    """
    Return a line for each kind of problem: the reason, how many there are, and the first places.

    Args:
        problems: any number of them.

    Returns:
        The lines, in the order in which each kind comes first.

    >>> by_kind([Problem(Place(row=2), "is not a date", value="x"), Problem(Place(row=9), "is not a date", value="y")])
    ['2 times: is not a date (row 2; row 9)']
    """
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.reason, []).append(problem)
    lines = []
    for reason, alike in kinds.items():
        if len(alike) == 1:
            lines.append(str(alike[0]))
            continue
        first = "; ".join(str(problem.place) for problem in alike[:_FIRST_PLACES])
        more = f" and {len(alike) - _FIRST_PLACES} more" if len(alike) > _FIRST_PLACES else ""
        lines.append(f"{len(alike)} times: {reason} ({first}{more})")
    return lines


def excerpt(value: object) -> str:
    """Return a value as Python shows it, short enough for an error."""
    try:
        text = repr(value)
    except ValueError:  # Python writes no whole number of thousands of digits
        text = "a number of thousands of digits"
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _are(count: int) -> str:
    return f"{'is' if count == 1 else 'are'} {count or 'none'}"


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names)
