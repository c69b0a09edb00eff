"""
What every value of lgsco shares: frozen, slotted, closed to subclassing, valid when it exists.

A field is declared by its annotation alone, and ``value`` derives the check from it: ``Count``, ``Text`` and the like
carry a constraint, a class allows its own instances and nothing else, ``| None`` allows a missing value.
Where one field of a value is refused, all are checked, so that the error names every bad field.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import math
import numbers
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from operator import attrgetter
from types import CodeType, NoneType, UnionType
from typing import (
    Annotated,
    Any,
    NoReturn,
    TypeAlias,
    TypeVar,
    Union,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    overload,
)

import attrs

from lgsco.errors import InvalidValue, NoSubclassing, Problem, excerpt

__all__ = [
    "LARGEST_COUNT",
    "Choice",
    "Confidence",
    "Constraint",
    "Count",
    "Day",
    "Money",
    "NonNegative",
    "PositiveCount",
    "Probability",
    "Share",
    "ShareLike",
    "Text",
    "choice_of",
    "constraint_of",
    "evolve",
    "fields_of",
    "is_short",
    "matching",
    "public_types",
    "refusal_of",
    "setters_of",
    "share_of",
    "validate",
    "value",
]

V = TypeVar("V")
ChoiceT = TypeVar("ChoiceT", bound="Choice")
_REGISTRY: list[type] = []
_CORE = ("sources", "stats", "model", "documents", "comparison", "series", "casework", "dataset", "reports")


def public_types() -> dict[str, type]:
    """
    Return the public classes of values and enumerations that are loaded, by name.

    A class is public when the package of the core in which it is defined exports it: its name is in the package's
    ``__all__``. A new one needs nothing else: JSON, rows, schema, strategies and the tests of every type find it here.
    """
    packages = [sys.modules[name] for name in (f"lgsco.{package}" for package in _CORE) if name in sys.modules]
    exported = {(package.__name__, name) for package in packages for name in package.__all__}
    public = [kind for kind in _REGISTRY if (".".join(kind.__module__.split(".")[:2]), kind.__name__) in exported]
    return {kind.__name__: kind for kind in sorted(public, key=attrgetter("__name__"))}


class Choice(enum.StrEnum):
    """An enumeration whose members are written the same in Python, JSON, columns and files."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        _REGISTRY.append(cls)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


class Constraint:
    """
    What a field or an argument must satisfy, as part of an annotation: ``Annotated[int, Constraint(...)]``.

    Args:
        check: returns why a value is refused, as the rest of a sentence ("is negative"), or ``None``.
        passes: classes whose every instance passes, so that it need not be checked: most fields of most values have
            one of them, and a million values are made of many fields.
        normalise: brings a value that is also accepted, such as a list for a tuple, to the form that is stored.
        schema: the keywords by which JSON Schema says the same of the JSON form.
    """

    __slots__ = ("check", "normalise", "passes", "schema")

    def __init__(
        self,
        check: Callable[[Any], str | None],
        *,
        passes: tuple[type, ...] = (),
        normalise: Callable[[Any], Any] | None = None,
        schema: Mapping[str, Any] | None = None,
    ) -> None:
        self.check = check
        self.passes = passes
        self.normalise = normalise
        self.schema = schema or {}


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def value(cls: type[V], /) -> type[V]: ...
@overload
@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def value(*, order: bool) -> Callable[[type[V]], type[V]]: ...
def value(cls: Any = None, /, *, order: bool = False) -> Any:
    """
    Make a class a value: each field is checked against its annotation, and those below ``_: KW_ONLY`` go by name.

    >>> @value
    ... class Plot:
    ...     name: Text
    ...     trees: Count
    >>> Plot("", -1)
    Traceback (most recent call last):
    lgsco.errors.InvalidValue: 2 problems
    - name: '' must be text without spaces at its ends, and not empty
    - trees: -1 is negative
    """
    if cls is None:
        return functools.partial(_made_value, order=order)
    return _made_value(cls, order=order)


def _made_value(cls: Any, *, order: bool) -> Any:
    if "__repr__" not in cls.__dict__:
        cls.__repr__ = _repr
    if "_repr_pretty_" not in cls.__dict__:
        cls._repr_pretty_ = _repr_pretty
    by_name = _named_only(cls)
    constraints: dict[str, Constraint] = {}
    settle = getattr(cls, "__attrs_post_init__", None)
    cls.__attrs_post_init__ = _checking(constraints, settle)
    frozen = attrs.frozen(repr=False, eq=order, order=order, field_transformer=_constraining(constraints, by_name))(cls)
    # What attrs would write and compile for each class takes long to load, and no less long to run.
    if not order:
        frozen.__eq__, frozen.__hash__ = _equality_of(frozen)
    frozen.__init_subclass__ = classmethod(_refuse_subclass)
    frozen.__get_pydantic_core_schema__ = classmethod(_pydantic_core_schema)
    frozen.__get_pydantic_json_schema__ = classmethod(_pydantic_json_schema)
    _REGISTRY.append(frozen)
    return frozen


def _named_only(cls: type) -> frozenset[str]:
    """Take the line that ``_: KW_ONLY`` draws out of the annotations, and return the names below it."""
    names = [*cls.__annotations__]
    marks = [index for index, name in enumerate(names) if cls.__annotations__[name] in {KW_ONLY, "KW_ONLY"}]
    if not marks:
        return frozenset()
    del cls.__annotations__[names[marks[0]]]
    return frozenset(names[marks[0] + 1 :])


def _constraining(
    constraints: dict[str, Constraint], by_name: frozenset[str]
) -> Callable[[type, list[attrs.Attribute[Any]]], list[attrs.Attribute[Any]]]:
    """Work out what each field must satisfy."""

    def transform(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
        for field in fields:
            if field.init and (constraint := constraint_of(_annotation_of(cls, field))) is not None:
                constraints[field.name] = constraint
            if field.name in by_name:
                # The fields are this class's own; to copy each of them takes as long as all the rest.
                object.__setattr__(field, "kw_only", True)
        return fields

    return transform


def _annotation_of(cls: type, field: attrs.Attribute[Any]) -> Any:
    """Return what the annotation of a field means where it is written, as ``typing.get_type_hints`` does."""
    if not isinstance(field.type, str):
        return field.type
    home = next(base for base in cls.__mro__ if field.name in getattr(base, "__annotations__", ()))
    names = vars(sys.modules[home.__module__])
    return names[field.type] if field.type in names else eval(_compiled(field.type), names)  # noqa: S307  # our own


@functools.cache
def _compiled(annotation: str) -> CodeType:
    """Compile an annotation once: most classes have the same few, and to compile all takes long."""
    return compile(annotation, "<annotation>", "eval")


def _checking(
    constraints: dict[str, Constraint], settle: Callable[[Any], None] | None
) -> Callable[[attrs.AttrsInstance], None]:
    """Check a new value, and then ask whatever the class itself asks of it."""

    def check(self: attrs.AttrsInstance) -> None:
        for name, constraint in constraints.items():
            candidate = getattr(self, name)
            if type(candidate) in constraint.passes:
                continue
            is_refused = constraint.check(candidate) is not None
            if is_refused and constraint.normalise is not None:
                normal = constraint.normalise(candidate)
                object.__setattr__(self, name, normal)
                is_refused = constraint.check(normal) is not None
            if is_refused:
                raise InvalidValue(_problems_of(self, constraints))
        if settle is not None:
            settle(self)

    return check


def _problems_of(instance: attrs.AttrsInstance, constraints: dict[str, Constraint]) -> list[Problem]:
    """List every field of a value that is refused."""
    kind, problems = type(instance), []
    for name, constraint in constraints.items():
        candidate = getattr(instance, name)
        if constraint.normalise is not None:
            candidate = constraint.normalise(candidate)
        if (reason := constraint.check(candidate)) is not None:
            problems.append(Problem.at(getattr(attrs.fields(kind), name).alias, candidate, reason))
    return problems


def evolve(instance: V, /, **changes: Any) -> V:
    """
    Return a copy of a value with some of its fields changed, checked like any new value.

    Args:
        instance: the value, which stays as it is.
        changes: the new fields, by name.

    Returns:
        The changed copy.

    >>> from lgsco import InvestigationTally
    >>> evolve(InvestigationTally(3, 4), upheld=5)
    InvestigationTally(upheld=5, not_upheld=4)

    Raises:
        InvalidValue: the changed value is refused; lists every problem.
        TypeError: the value has no field of this name.
    """
    return attrs.evolve(instance, **changes)  # type: ignore[misc]  # V is a value, which only this module knows


def fields_of(kind: type) -> tuple[attrs.Attribute[Any], ...]:
    """Return the fields of a class of values, in order."""
    return cast("tuple[attrs.Attribute[Any], ...]", attrs.fields(cast("type[attrs.AttrsInstance]", kind)))


def setters_of(kind: type) -> list[Callable[[object, object], None]]:
    """
    Return what puts each field, in order, into a value that is being made, and checks nothing.

    For readers, which make values by the hundred thousand of parts that satisfy the constraints by how they were made.
    No caller's own data may come here.
    """
    return [getattr(kind, field.name).__set__ for field in fields_of(kind)]


def _equality_of(kind: type) -> tuple[Callable[..., Any], Callable[..., int]]:
    """Return what makes two values of a class equal, and the hash that goes with it: its fields, and nothing else."""
    parts = attrgetter(*[field.name for field in fields_of(kind) if field.eq])

    def equal(self: object, other: object) -> Any:
        return parts(self) == parts(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(parts(self))

    return equal, hashed


class ShowsItself:
    """The base of values that notebooks show: they ask the value for its forms, and ``render`` makes them."""

    __slots__ = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Any:  # noqa: ARG002  # IPython chooses by them itself
        return import_module("lgsco.render.notebook").forms_of(self)


# The one way up: pydantic asks a value for its schemas, and ``convert``, which knows them, is above.
def _pydantic_core_schema(cls: type, source: Any, _: object) -> Any:
    return import_module("lgsco.convert.pydantic").core_schema_of(source or cls)


def _pydantic_json_schema(cls: type, *_: object) -> Any:
    return import_module("lgsco.convert.pydantic").json_schema_of(cls)


def _refuse_subclass(cls: type, /, **_: object) -> NoReturn:
    raise NoSubclassing(cls.__base__.__name__ if cls.__base__ else cls.__name__)


def _shown_fields(instance: attrs.AttrsInstance) -> list[tuple[str, Any]]:
    """Return the fields that one would type to make the value: those left at their default are not shown."""
    fields = (
        (field, getattr(instance, field.name)) for field in fields_of(type(instance)) if field.init and field.repr
    )
    return [(str(field.alias), part) for field, part in fields if part != field.default]


def _repr(self: attrs.AttrsInstance) -> str:
    shown = ", ".join(f"{name}={part!r}" for name, part in _shown_fields(self))
    return f"{type(self).__name__}({shown})"


def _repr_pretty(self: attrs.AttrsInstance, printer: Any, _: object) -> None:
    """
    Write what ``_repr`` returns over as many lines as it needs, for IPython and Hypothesis.

    A long value that has a short form of its own is written in that form.
    """
    parts = _shown_fields(self)
    sizes = [len(part) for _, part in parts if type(part) is tuple]
    if type(self).__repr__ is not _repr and max(sizes, default=0) > _MOST_ITEMS:
        printer.text(repr(self))
        return
    opening = f"{type(self).__name__}("
    with printer.group(4, opening, ")"):
        for index, (name, part) in enumerate(parts):
            if index:
                printer.text(",")
                printer.breakable()
            printer.text(f"{name}=")
            printer.pretty(part)


_MOST_ITEMS = 8


@functools.cache
def constraint_of(annotation: Any) -> Constraint | None:
    """Return the constraint that an annotation stands for; ``None`` for what it leaves open."""
    origin = get_origin(annotation)
    if origin is Annotated:
        stated = next((part for part in annotation.__metadata__ if isinstance(part, Constraint)), None)
        return constraint_of(annotation.__origin__) if stated is None else _freezing(stated, annotation.__origin__)
    if origin in {UnionType, Union}:
        return _any_of(get_args(annotation))
    if isinstance(annotation, TypeVar):
        return _any_of(annotation.__constraints__)
    if origin is tuple:
        arguments = get_args(annotation)
        return _tuple_of(arguments[0]) if Ellipsis in arguments else _freezing(_exactly(tuple), tuple)
    kind = origin or annotation
    if not isinstance(kind, type) or kind in {Any, object, type} or kind.__module__ == "collections.abc":
        return None
    return _exactly(kind)


def _exactly(kind: type) -> Constraint:
    """Require exactly this class: no subclass, no look-alike."""
    reason = f"must be {_with_article(kind)}"
    return Constraint(lambda candidate: None if type(candidate) is kind else reason, passes=(kind,))


def _any_of(annotations: tuple[Any, ...]) -> Constraint | None:
    """Require one of several; ``None`` among them always means a missing value."""
    kinds = [annotation for annotation in annotations if annotation is not NoneType]
    constraints = [constraint_of(kind) for kind in kinds]
    needed = [constraint for constraint in constraints if constraint is not None]
    if len(needed) < len(constraints):
        return None
    passes = tuple(kind for constraint in needed for kind in constraint.passes)
    if len(kinds) < len(annotations):
        passes = (*passes, NoneType)
    expected = " or ".join(_with_article(_class_of(kind)) for kind in kinds)
    classes = {_class_of(kind): constraint for kind, constraint in zip(kinds, needed, strict=True)}

    def check(candidate: object) -> str | None:
        if type(candidate) in passes:
            return None
        if len(needed) == 1:
            return needed[0].check(candidate)
        own = classes.get(type(candidate))
        return f"must be {expected}" if own is None else own.check(candidate)

    normal = [constraint.normalise for constraint in needed if constraint.normalise is not None]
    return Constraint(check, passes=passes, normalise=normal[0] if normal else None)


def _class_of(annotation: Any) -> type:
    return (
        _class_of(annotation.__origin__)
        if get_origin(annotation) is Annotated
        else get_origin(annotation) or annotation
    )


def _tuple_of(member: Any) -> Constraint:
    """Require a tuple whose every item satisfies the constraint of one annotation; a list is frozen."""
    constraint = constraint_of(member)
    passes = frozenset(constraint.passes) if constraint is not None else frozenset()

    def check(candidate: object) -> str | None:
        if type(candidate) is not tuple:
            return "must be a tuple or a list"
        if constraint is None or passes.issuperset(map(type, candidate)):
            return None
        reasons = ((index, item, constraint.check(item)) for index, item in enumerate(candidate))
        return next(
            (f"has {excerpt(item)} at [{index}], which {reason}" for index, item, reason in reasons if reason), None
        )

    return Constraint(check, normalise=_frozen)


def _freezing(constraint: Constraint, kind: Any) -> Constraint:
    """Let a constraint on a tuple take a list too."""
    if (get_origin(kind) or kind) is not tuple or constraint.normalise is not None:
        return constraint
    return Constraint(constraint.check, passes=constraint.passes, normalise=_frozen)


def _frozen(candidate: object) -> object:
    return tuple(candidate) if type(candidate) is list else candidate


def validate(**arguments: tuple[object, Any]) -> None:
    """
    Check the arguments of a function, by their names, each against an annotation.

    >>> validate(total=(0, PositiveCount), confidence=(95, Confidence))
    Traceback (most recent call last):
    lgsco.errors.InvalidValue: 2 problems
    - total: 0 must be at least one
    - confidence: 95 must be a float between 0 and 1, such as 0.95

    Raises:
        InvalidValue: lists every argument that is refused.
    """
    problems = [
        Problem.at(name, candidate, reason)
        for name, (candidate, annotation) in arguments.items()
        if (reason := refusal_of(candidate, annotation)) is not None
    ]
    if problems:
        raise InvalidValue(problems)


def refusal_of(candidate: object, annotation: Any) -> str | None:
    """Return why an annotation refuses a value, as the rest of a sentence; ``None`` where it allows it."""
    constraint = constraint_of(annotation)
    return None if constraint is None else constraint.check(candidate)


def choice_of(argument: str, word: object, kind: type[ChoiceT]) -> ChoiceT:
    """
    Return the member of an enumeration with a given value.

    Raises:
        InvalidValue: no member has this name.
    """
    for member in kind if isinstance(word, str) else ():
        if member == word:
            return member
    raise InvalidValue.at(argument, word, f"must be one of {', '.join(kind)}")


def matching(pattern: str, reason: str) -> Constraint:
    """Require text of a fixed form, in ASCII only."""
    compiled = re.compile(pattern, re.ASCII)
    return Constraint(
        lambda candidate: None if type(candidate) is str and compiled.fullmatch(candidate) else reason,
        schema=_whole_text(pattern.replace(r"\d", "[0-9]")),
    )


def _whole_text(pattern: str) -> dict[str, str]:
    # To some engines the end also lies before a last line break.
    return {"pattern": f"^(?:{pattern})$(?!\\n)"}


def _with_article(kind: type) -> str:
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


def _as_int(candidate: object) -> object:
    """Store any whole number (of numpy, say) as an int; True equals 1, but is not a count."""
    return int(candidate) if isinstance(candidate, numbers.Integral) and not isinstance(candidate, bool) else candidate


LARGEST_COUNT = 10**15
"""The largest count: whole numbers up to it are exact as floats too, and their hundredfold in 64 bits."""


def _check_count(candidate: object) -> str | None:
    """Return why something is not a count, which is a whole number from zero."""
    # type(...) is int: True and 1.0 equal 1, but neither is a count.
    if type(candidate) is not int:
        return "is not a whole number"
    if candidate > LARGEST_COUNT:
        return f"is more than {LARGEST_COUNT:,}"
    return "is negative" if candidate < 0 else None


def _check_positive(candidate: object) -> str | None:
    return _check_count(candidate) or (None if candidate else "must be at least one")


def _check_text(candidate: object) -> str | None:
    if type(candidate) is not str:
        return "must be text"
    if not candidate or candidate != candidate.strip():
        return "must be text without spaces at its ends, and not empty"
    # To ask whether all is ASCII takes no time.
    fits = candidate.isascii() or _HALF_CHARACTER.search(candidate) is None
    return None if fits else "must have no half of a character (U+D800 to U+DFFF), which no file can have"


_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def _check_day(candidate: object) -> str | None:
    # type(...) is date: a datetime is a date to Python, but it is a moment and not a day.
    return None if type(candidate) is dt.date else "must be a datetime.date, a day without a time"


_PLACES = 2
"""Pence are the second decimal of a pound."""
_MOST_DIGITS = 12
"""Sums of money have fewer, before the point and after it."""


def is_short(number: Decimal) -> bool:
    """Return whether a decimal is finite and has as few digits as people print: to write others takes for ever."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent > -_LONGEST_PART and number.adjusted() < _LONGEST_WHOLE


_LONGEST_WHOLE, _LONGEST_PART = 15, 30


def _check_money(candidate: object) -> str | None:
    if type(candidate) is not Decimal:
        return "must be a Decimal of pounds"
    if not candidate.is_finite() or candidate < 0:
        return "must be a sum of money, zero or more"
    # By digits: Decimal arithmetic depends on the caller's context, and to write out a vast exponent takes for ever.
    _, digits, exponent = candidate.as_tuple()
    if candidate.adjusted() >= _MOST_DIGITS or int(exponent) < -_MOST_DIGITS:
        return f"must be a sum of at most {_MOST_DIGITS} digits"
    return "must be whole pence" if int(exponent) < -_PLACES and any(digits[int(exponent) + _PLACES :]) else None


def _check_share(candidate: object) -> str | None:
    return None if type(candidate) is Fraction and 0 <= candidate <= 1 else "must be a Fraction from 0 to 1"


def _check_probability(candidate: object) -> str | None:
    return None if type(candidate) is float and 0.0 <= candidate <= 1.0 else "must be a float from 0 to 1"


def _check_non_negative(candidate: object) -> str | None:
    fits = type(candidate) is float and math.isfinite(candidate) and candidate >= 0.0
    return None if fits else "must be a non-negative float"


def _check_confidence(candidate: object) -> str | None:
    # Zero and one are refused: every rate, or none, would be inside. NaN fails both comparisons.
    return None if type(candidate) is float and 0 < candidate < 1 else "must be a float between 0 and 1, such as 0.95"


Count = Annotated[int, Constraint(_check_count, normalise=_as_int, schema={"minimum": 0, "maximum": LARGEST_COUNT})]
"""A whole number from zero; any ``numbers.Integral`` but ``bool`` is taken, and stored as an ``int``."""
PositiveCount = Annotated[
    int, Constraint(_check_positive, normalise=_as_int, schema={"minimum": 1, "maximum": LARGEST_COUNT})
]
"""A whole number from one."""
Text = Annotated[str, Constraint(_check_text, schema=_whole_text(r"\S(?:[\s\S]*\S)?"))]
"""Text that is not empty and has no spaces at its ends."""
Day = Annotated[dt.date, Constraint(_check_day, passes=(dt.date,))]
"""A date without a time."""
Money = Annotated[Decimal, Constraint(_check_money, schema=_whole_text(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,2}0{0,10})?"))]
"""A sum of pounds and whole pence."""
Share = Annotated[Fraction, Constraint(_check_share, schema={"pattern": "^[0-9]"})]
"""A Fraction from 0 to 1."""
Probability = Annotated[float, Constraint(_check_probability, schema={"minimum": 0, "maximum": 1})]
"""A float from 0 to 1."""
NonNegative = Annotated[float, Constraint(_check_non_negative, schema={"minimum": 0})]
"""A finite float, zero or more."""
Confidence = Annotated[float, Constraint(_check_confidence, schema={"exclusiveMinimum": 0, "exclusiveMaximum": 1})]
"""A float between 0 and 1, both excluded."""

ShareLike: TypeAlias = Fraction | Decimal | float | str
"""A share as people have it: ``Fraction(89, 100)``, ``Decimal("0.89")``, ``0.89``, ``"0.89"`` or ``"89%"``."""


def share_of(argument: str, given: object) -> Fraction:
    """
    Return the exact share that is meant.

    A float stands for its shortest decimal form; text holds a decimal, a fraction or per cent. Whole numbers are
    refused: 1 may be meant for 1%.

    >>> [share_of("target", given) for given in (Fraction(1, 4), Decimal("0.1"), 0.1, "0.1", "1/3", "66%")]
    [Fraction(1, 4), Fraction(1, 10), Fraction(1, 10), Fraction(1, 10), Fraction(1, 3), Fraction(33, 50)]

    Raises:
        InvalidValue: it is no share from 0 to 1.
    """
    share: Fraction | None = None
    if isinstance(given, str):
        text, per_cent = given.removesuffix("%"), given.endswith("%")
        share = None if _SHARE_TEXT.fullmatch(text) is None else Fraction(text) / (100 if per_cent else 1)
    elif isinstance(given, float) and math.isfinite(given):
        # numpy's floats are floats, and show themselves otherwise.
        share = Fraction(float.__repr__(given))
    elif isinstance(given, Fraction) or (
        isinstance(given, Decimal)
        and given.is_finite()
        and given.adjusted() <= 0
        and int(given.as_tuple().exponent) > -_MOST_PLACES
    ):
        share = Fraction(given)
    if share is None or not 0 <= share <= 1:
        raise InvalidValue.at(argument, given, "must be a share from 0 to 1, such as Fraction(2, 3), 0.66 or '66%'")
    return share


_MOST_PLACES = 400
_SHARE_TEXT = re.compile(r"\d{1,20}(?:\.\d{1,20})?|\d{1,20}/0*[1-9]\d{0,19}", re.ASCII)
