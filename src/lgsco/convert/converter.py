"""The strict converter, and the words for what it refuses."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
import types
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, NamedTuple, TypeVar, Union, cast, get_args, get_origin

import attrs
import cattrs
from cattrs.errors import BaseValidationError, ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from lgsco import casework, comparison, documents, model, reports, series, sources, stats
from lgsco._values import fields_of
from lgsco.casework.counting import CaseworkTally
from lgsco.casework.learning import LearningLog
from lgsco.comparison.comparisons import Comparison
from lgsco.comparison.funnels import Funnel
from lgsco.comparison.groups import Average
from lgsco.comparison.shrinkage import Shrinkage
from lgsco.comparison.standardisation import StandardisedRatio
from lgsco.documents.figures import COUNTED, PrintedTally
from lgsco.errors import NO_VALUE, InvalidValue, LgscoError, Place, Problem
from lgsco.model import measures
from lgsco.model.measures import Measure
from lgsco.model.tallies import Overview, Tally
from lgsco.model.years import ReportingYear
from lgsco.series.changes import Change, Trend

FORMAT = 1
"""The version of the JSON form, under the key ``lgsco``."""


def shown(held: object) -> str:
    """Give what was found, short enough for an error."""
    text = repr(held)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004  # about a line


class Flaw(NamedTuple):
    """One thing wrong with a document: the keys and numbers that lead to it, the reason, and the value if any."""

    path: tuple[str | int, ...]
    reason: str
    value: object = NO_VALUE

    def problem(self, place: Place) -> Problem:
        """Return the problem that this is at a place."""
        return Problem(place, self.reason, value=self.value)


class FlawsFound(ValueError):
    """Carries what is wrong out of a hook, through cattrs."""

    def __init__(self, flaws: list[Flaw]) -> None:
        super().__init__("flaws found")
        self.flaws = flaws


def path_text(path: tuple[str | int, ...]) -> str:
    """
    Write a path as it is added to the name of a document.

    >>> path_text(("recommendations", 2, "kind"))
    '.recommendations[2].kind'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


@functools.cache
def public_types() -> dict[str, type]:
    """Every public value class and enumeration of the core, by its name."""
    packages = (sources, stats, model, documents, comparison, series, casework, reports)
    held = (getattr(package, name) for package in packages for name in package.__all__)
    return {kind.__name__: kind for kind in held if isinstance(kind, type)}


@functools.cache
def measures_by_name() -> dict[str, Measure[Any, Any]]:
    """Every measure of the package by its name."""
    return {name: held for name, held in vars(measures).items() if isinstance(held, Measure)}


def is_measure(kind: Any) -> bool:
    """Tell whether a type is that of measures."""
    return (get_origin(kind) or kind) is Measure


def is_slug(kind: Any) -> bool:
    """Tell whether a type is an enumeration of words."""
    return isinstance(kind, type) and issubclass(kind, enum.StrEnum)


def is_tuple(kind: Any) -> bool:
    """Tell whether a type is a tuple of one kind."""
    return get_origin(kind) is tuple


def is_union(kind: Any) -> bool:
    """Tell whether a type leaves a choice of several."""
    return get_origin(kind) in {types.UnionType, Union} or isinstance(kind, TypeVar)


def is_value(kind: Any) -> bool:
    """Tell whether a type is a class of values."""
    return attrs.has(get_origin(kind) or kind)


def members_of(union: Any) -> tuple[Any, ...]:
    """Return the types among which a union leaves a choice."""
    members = union.__constraints__ if isinstance(union, TypeVar) else get_args(union)
    return tuple(member.__origin__ if get_origin(member) is Annotated else member for member in members)


def _words(kind: Any) -> str:
    """Say what JSON must hold for a type, for an error."""
    if is_slug(kind):
        return f"one of {', '.join(kind)}"
    if is_value(kind) and kind is not ReportingYear and not is_measure(kind):
        return f"an object with the fields of {(get_origin(kind) or kind).__name__}"
    return _SCALARS[kind][0]


_DECIMAL = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")
_FRACTION = re.compile(r"-?[0-9]{1,4000}/[0-9]{1,4000}")


def iso_day(held: str) -> dt.date | None:
    """Read a date written as we write it; ``None`` for any other form."""
    day = dt.date.fromisoformat(held)
    # fromisoformat also takes "20200331" and week dates, which we do not write.
    return day if day.isoformat() == held else None


def _decimal(held: str) -> Decimal | None:
    return Decimal(held) if _DECIMAL.fullmatch(held) else None


def _fraction(held: str) -> Fraction | None:
    # The form first: Fraction would also take "1e999999999", and work on it for ever.
    if not _FRACTION.fullmatch(held):
        return None
    fraction = Fraction(held)
    return fraction if held == f"{fraction.numerator}/{fraction.denominator}" else None


def _year(held: str) -> ReportingYear | None:
    year = ReportingYear.parse(held)
    return year if str(year) == held else None


# What stands in JSON for each simple type: in words, the class that JSON gives, how it is read, how it is written.
_SCALARS: dict[Any, tuple[str, tuple[type, ...], Callable[[Any], Any], Callable[[Any], Any]]] = {
    # By class and not by ``isinstance``: a bool is an int to Python, and a count is neither "3" nor 3.0.
    int: ("a whole number", (int,), int, int),
    bool: ("true or false", (bool,), bool, bool),
    str: ("text", (str,), str, str),
    # JSON does not tell 1 from 1.0, so a whole number may stand for a float.
    float: ("a number", (float, int), float, float),
    dt.date: ("a date such as '2020-03-31'", (str,), iso_day, dt.date.isoformat),
    Decimal: ("a decimal number in quotes such as '4200.00'", (str,), _decimal, "{:f}".format),
    Fraction: (
        "a fraction in lowest terms such as '2/3'",
        (str,),
        _fraction,
        lambda held: f"{held.numerator}/{held.denominator}",
    ),
    ReportingYear: ("a reporting year such as '2019-20'", (str,), _year, str),
}


def _scalar_reader(kind: Any) -> Callable[[Any, Any], Any]:
    words, classes, read, _ = _SCALARS[kind]

    def reader(held: Any, _: object) -> Any:
        if type(held) is kind and kind in _PYTHON_ONLY:
            # Rows may hold the value itself, where JSON holds its text.
            return held
        try:
            found = read(held) if type(held) in classes else None
        except (ValueError, ArithmeticError):
            found = None
        if found is None:
            raise ValueError(f"expected {words}, got {shown(held)}")
        return found

    return reader


_PYTHON_ONLY = {dt.date, Decimal}


def _read_slug(held: Any, kind: Any) -> enum.StrEnum:
    if type(held) in (str, kind) and held in list(kind):
        return cast("enum.StrEnum", kind(held))
    raise ValueError(f"expected {_words(kind)}, got {shown(held)}")


def _read_measure(held: Any, _: object) -> Measure[Any, Any]:
    if type(held) is str and held in measures_by_name():
        return measures_by_name()[held]
    raise ValueError(f"expected one of {', '.join(measures_by_name())}, got {shown(held)}")


def write_measure(measure: Measure[Any, Any]) -> str:
    """Write a measure of the package as its name."""
    if measures_by_name().get(measure.name) != measure:
        raise TypeError(f"{measure.name} was made by a caller, so its name alone would not bring it back")
    return measure.name


# What follows from the other fields is written too, for readers in other languages; on reading it must agree.
DERIVED: dict[Any, tuple[str, ...]] = {
    Comparison: ("rate", "interval", "verdict"),
    Average: ("pooled", "value", "insufficient_data"),
    Funnel: ("points", "insufficient_data"),
    Shrinkage: ("pooled", "between_variance", "points", "insufficient_data"),
    Change: ("before", "after", "difference", "verdict"),
    StandardisedRatio: ("observed", "expected", "ratio"),
    Trend: ("test", "per_year", "verdict"),
    CaseworkTally: ("cases", "public_reports", "public_reports_not_stated", "recommendations", "payments"),
    LearningLog: ("recurring",),
}


@functools.cache
def converter() -> cattrs.Converter:
    """Give the converter of this package, made at first use; the one that cattrs shares is left alone."""
    made = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True, use_alias=True)
    # The last one registered is asked first.
    made.register_structure_hook_factory(is_value, _value_reader)
    made.register_structure_hook_factory(_is_printed_tally, _printed_tally_reader)
    made.register_structure_hook_func(is_measure, _read_measure)
    made.register_structure_hook_factory(is_tuple, _tuple_reader)
    made.register_structure_hook_factory(is_union, _union_reader)
    made.register_unstructure_hook_factory(lambda t: t in DERIVED, _value_writer)
    made.register_unstructure_hook_factory(lambda t: isinstance(t, type) and issubclass(t, Tally), _tally_writer)
    made.register_unstructure_hook_factory(_is_printed_tally, _printed_tally_writer)
    made.register_unstructure_hook_func(is_measure, write_measure)
    made.register_unstructure_hook_factory(is_tuple, _tuple_writer)
    made.register_unstructure_hook_factory(is_union, _union_writer)
    # By the very class, each of them: cattrs asks its hooks by class first, where a hook on ``int`` serves bool as
    # well, and one on ``str`` every StrEnum.
    for kind, (*_, write) in _SCALARS.items():
        made.register_structure_hook(kind, _scalar_reader(kind))
        made.register_unstructure_hook(kind, write)
    for slug in (kind for kind in public_types().values() if is_slug(kind)):
        made.register_structure_hook(slug, _read_slug)
        made.register_unstructure_hook(slug, str)
    return made


def plain(held: object) -> Any:
    """Give a value in the types that JSON has."""
    return converter().unstructure(held, type(held))


def _value_reader(kind: Any, made: cattrs.Converter) -> Callable[[Any, Any], Any]:
    read = _only_objects(kind, make_dict_structure_fn(kind, made))
    derived = DERIVED.get(kind)
    if derived is None:
        return read

    def reader(held: Any, _: object) -> Any:
        if type(held) is not dict:
            return read(held, kind)
        given = read({key: part for key, part in held.items() if key not in derived}, kind)
        flaws = [
            Flaw((name,), f"{shown(held[name])} does not follow from the rest")
            for name in derived
            if name in held and held[name] != plain(getattr(given, name))
        ]
        if flaws:
            raise FlawsFound(flaws)
        return given

    return reader


def _value_writer(kind: Any, made: cattrs.Converter) -> Callable[[Any], Any]:
    write = make_dict_unstructure_fn(kind, made)
    return lambda held: {**write(held), **{name: plain(getattr(held, name)) for name in DERIVED[kind]}}


def _tally_writer(kind: Any, _: cattrs.Converter) -> Callable[[Any], Any]:
    names = [field.name for field in fields_of(kind) if field.name != "_total"]
    # The total is written even where it follows from the parts, for readers in other languages.
    return lambda held: {**{name: getattr(held, name) for name in names}, "total": held.total}


def _is_printed_tally(kind: Any) -> bool:
    return (get_origin(kind) or kind) is PrintedTally


def _printed_tally_reader(_: Any, made: cattrs.Converter) -> Callable[[Any, Any], Any]:
    """Read what a PrintedTally counts by the type that it names, since JSON cannot carry the type argument."""
    counts = override(struct_hook=_union_reader(COUNTED, made))
    return _only_objects(PrintedTally, make_dict_structure_fn(PrintedTally[Overview], made, counts=counts))


def _printed_tally_writer(_: Any, made: cattrs.Converter) -> Callable[[Any], Any]:
    return make_dict_unstructure_fn(
        PrintedTally[Overview], made, counts=override(unstruct_hook=_union_writer(COUNTED, made))
    )


def _only_objects(kind: Any, read: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def reader(held: Any, _: object) -> Any:
        if type(held) is not dict:
            raise ValueError(f"expected {_words(kind)}, got {shown(held)}")
        return read(held, kind)

    return reader


def _classes_of(union: Any) -> dict[str, Any]:
    """Give the members of a union that are objects in JSON."""
    kinds = [kind for kind in members_of(union) if is_value(kind) and kind not in _SCALARS]
    return {(get_origin(kind) or kind).__name__: kind for kind in kinds}


def _union_reader(union: Any, made: cattrs.Converter) -> Callable[[Any, Any], Any]:
    members = members_of(union)
    classes = _classes_of(union)
    simple = [kind for kind in members if kind is not types.NoneType and kind not in classes.values()]

    def object_reader(held: dict[str, Any]) -> Any:
        if len(classes) == 1:
            return made.structure(held, *classes.values())
        if (kind := classes.get(str(held.get("type")))) is None:
            raise ValueError(f"needs a 'type', one of {', '.join(classes)}")
        return made.structure({key: part for key, part in held.items() if key != "type"}, kind)

    def reader(held: Any, _: object) -> Any:
        if held is None and types.NoneType in members:
            return None
        if type(held) is dict and classes:
            return object_reader(held)
        for kind in simple:
            try:
                return made.structure(held, kind)
            except (ValueError, BaseValidationError):
                continue
        wanted = " or ".join(_words(kind) for kind in members if kind is not types.NoneType)
        raise ValueError(f"expected {wanted}, got {shown(held)}")

    return reader


def _union_writer(union: Any, _: cattrs.Converter) -> Callable[[Any], Any]:
    classes = _classes_of(union)

    def writer(held: Any) -> Any:
        name = type(held).__name__
        # Where several classes may stand, the object says which one it is.
        return {"type": name, **plain(held)} if len(classes) > 1 and name in classes else plain(held)

    return writer


def _tuple_writer(kind: Any, made: cattrs.Converter) -> Callable[[Any], Any]:
    member = get_args(kind)[0]
    # Where several classes may stand, each object says which one it is.
    write = _union_writer(member, made) if is_union(member) else plain
    return lambda held: [write(one) for one in held]


def _tuple_reader(kind: Any, made: cattrs.Converter) -> Callable[[Any, Any], Any]:
    args = get_args(kind)

    def reader(held: Any, _: object) -> Any:
        # A string would be taken for a list of its letters.
        if type(held) not in (list, tuple):
            raise ValueError(f"expected a list, got {shown(held)}")
        if Ellipsis not in args and len(held) != len(args):
            raise ValueError(f"expected a list of {len(args)}, got {shown(held)}")
        kinds = [args[0]] * len(held) if Ellipsis in args else args
        read, flaws = [], []
        for at, (member, member_kind) in enumerate(zip(held, kinds, strict=True)):
            try:
                read.append(made.structure(member, member_kind))
            except (BaseValidationError, LgscoError, ValueError) as error:
                flaws += flaws_of(error, (at,))
        if flaws:
            raise FlawsFound(flaws)
        return tuple(read)

    return reader


def flaws_of(error: BaseException, path: tuple[str | int, ...] = ()) -> list[Flaw]:
    """List everything wrong within an error of cattrs or of ours, each with its path."""
    if isinstance(error, ClassValidationError):
        inner, loose = error.group_exceptions()
        found = [flaw for each, note in inner for flaw in flaws_of(each, (*path, note.name.lstrip("_")))]
        return found + [flaw for each in loose for flaw in flaws_of(each, path)]
    if isinstance(error, ForbiddenExtraKeysError):
        return [Flaw((*path, key), "unknown key") for key in sorted(error.extra_fields)]
    if isinstance(error, FlawsFound):
        return [flaw._replace(path=(*path, *flaw.path)) for flaw in error.flaws]
    if isinstance(error, InvalidValue):
        return [
            Flaw((*path, *filter(None, [problem.place.path])), problem.reason, problem.value)
            for problem in error.problems
        ]
    if isinstance(error, KeyError):
        return [Flaw(path, "missing")]
    return [Flaw(path, str(error))]
