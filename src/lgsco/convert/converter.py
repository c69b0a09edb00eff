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
from typing import Annotated, Any, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import attrs
import cattrs
from cattrs.errors import BaseValidationError, ClassValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from lgsco import casework, comparison, documents, model, reports, series, sources, stats  # noqa: F401  # their types are public
from lgsco._values import fields_of, public_types
from lgsco.casework.counting import CaseworkTally
from lgsco.casework.learning import LearningLog
from lgsco.comparison.comparisons import Comparison
from lgsco.comparison.funnels import Funnel
from lgsco.comparison.groups import Average
from lgsco.comparison.shrinkage import Shrinkage
from lgsco.comparison.standardisation import StandardisedRatio
from lgsco.errors import NO_VALUE, InvalidValue, LgscoError, Place, Problem, excerpt
from lgsco.model import measures
from lgsco.model.measures import Measure
from lgsco.model.tallies import Tally
from lgsco.model.years import ReportingYear
from lgsco.series.changes import Change
from lgsco.series.trends import Trend

FORMAT = 1
"""The version of the JSON form, under the key ``lgsco``."""


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
def is_public(kind: Any) -> bool:
    """Return whether a class is one of the public types."""
    return kind in public_types().values()


@functools.cache
def measures_by_name() -> dict[str, Measure[Any, Any]]:
    """Every measure of the package by its name."""
    return {name: measure for name, measure in vars(measures).items() if isinstance(measure, Measure)}


def is_measure(kind: Any) -> bool:
    """Return whether a type is that of measures."""
    return (get_origin(kind) or kind) is Measure


def is_slug(kind: Any) -> bool:
    """Return whether a type is an enumeration of words."""
    return isinstance(kind, type) and issubclass(kind, enum.StrEnum)


def is_tuple(kind: Any) -> bool:
    """Return whether a type is a tuple."""
    return get_origin(kind) is tuple


def is_union(kind: Any) -> bool:
    """Return whether a type is a union of several."""
    return get_origin(kind) in {types.UnionType, Union} or isinstance(kind, TypeVar)


def is_value(kind: Any) -> bool:
    """Return whether a type is a class of values."""
    return attrs.has(get_origin(kind) or kind)


def members_of(union: Any) -> tuple[Any, ...]:
    """Return the types among which a union leaves a choice."""
    members = union.__constraints__ if isinstance(union, TypeVar) else get_args(union)
    return tuple(member.__origin__ if get_origin(member) is Annotated else member for member in members)


def _words(kind: Any) -> str:
    """Return what JSON must contain for a type, in words for an error."""
    if is_tuple(kind):
        return "a list"
    if is_union(kind):
        return " or ".join(_words(member) for member in members_of(kind) if member is not types.NoneType)
    if is_slug(kind):
        return f"one of {', '.join(kind)}"
    if is_value(kind) and kind is not ReportingYear and not is_measure(kind):
        return f"an object with the fields of {(get_origin(kind) or kind).__name__}"
    return _SCALARS[kind][0]


_DECIMAL = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")
_FRACTION = re.compile(r"-?[0-9]{1,4000}/[0-9]{1,4000}")


def iso_day(content: str) -> dt.date | None:
    """Read a date written as we write it; ``None`` for any other form."""
    day = dt.date.fromisoformat(content)
    # fromisoformat also takes "20200331" and week dates, which we do not write.
    return day if day.isoformat() == content else None


def _decimal(content: str) -> Decimal | None:
    return Decimal(content) if _DECIMAL.fullmatch(content) else None


def _fraction(content: str) -> Fraction | None:
    # The form first: Fraction would also take "1e999999999", and work on it for ever.
    if not _FRACTION.fullmatch(content):
        return None
    fraction = Fraction(content)
    return fraction if content == f"{fraction.numerator}/{fraction.denominator}" else None


def _year(content: str) -> ReportingYear | None:
    year = ReportingYear.parse(content)
    return year if str(year) == content else None


# The JSON form of each simple type: in words, its class in JSON, how it is read, how it is written.
_SCALARS: dict[Any, tuple[str, tuple[type, ...], Callable[[Any], Any], Callable[[Any], Any]]] = {
    # By class and not by ``isinstance``: a bool is an int to Python, and a count is neither "3" nor 3.0.
    int: ("a whole number", (int,), int, int),
    bool: ("true or false", (bool,), bool, bool),
    str: ("text", (str,), str, str),
    # JSON does not tell 1 from 1.0, so a whole number is read as a float too.
    float: ("a number", (float, int), float, float),
    dt.date: ("a date such as '2020-03-31'", (str,), iso_day, dt.date.isoformat),
    Decimal: ("a decimal number in quotes such as '4200.00'", (str,), _decimal, "{:f}".format),
    Fraction: (
        "a fraction in lowest terms such as '2/3'",
        (str,),
        _fraction,
        lambda content: f"{content.numerator}/{content.denominator}",
    ),
    ReportingYear: ("a reporting year such as '2019-20'", (str,), _year, str),
}


def _scalar_reader(kind: Any) -> Callable[[Any, Any], Any]:
    words, classes, read, _ = _SCALARS[kind]

    def reader(content: Any, _: object) -> Any:
        if type(content) is kind and kind in _PYTHON_ONLY:
            # A row may have the value itself, where JSON has its text.
            return content
        try:
            result = read(content) if type(content) in classes else None
        except (ValueError, ArithmeticError):
            result = None
        if result is None:
            raise ValueError(f"expected {words}, got {excerpt(content)}")
        return result

    return reader


_PYTHON_ONLY = {dt.date, Decimal}


def _read_slug(content: Any, kind: Any) -> enum.StrEnum:
    if type(content) in (str, kind) and content in list(kind):
        return cast("enum.StrEnum", kind(content))
    raise ValueError(f"expected {_words(kind)}, got {excerpt(content)}")


def _read_measure(content: Any, _: object) -> Measure[Any, Any]:
    if type(content) is str and content in measures_by_name():
        return measures_by_name()[content]
    raise ValueError(f"expected one of {', '.join(measures_by_name())}, got {excerpt(content)}")


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
    """Return the converter of this package, made at first use; the one that cattrs shares is left alone."""
    engine = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True, use_alias=True)
    # The last one registered is asked first.
    engine.register_structure_hook_factory(is_value, _value_reader)
    engine.register_structure_hook_factory(_is_generic, _generic_reader)
    engine.register_structure_hook(Problem, _problem_reader(engine))
    engine.register_structure_hook_func(is_measure, _read_measure)
    engine.register_structure_hook_factory(is_tuple, _tuple_reader)
    engine.register_structure_hook_factory(is_union, _union_reader)
    engine.register_unstructure_hook_factory(lambda t: t in DERIVED, _value_writer)
    engine.register_unstructure_hook_factory(lambda t: isinstance(t, type) and issubclass(t, Tally), _tally_writer)
    engine.register_unstructure_hook_factory(_is_generic, _generic_writer)
    engine.register_unstructure_hook(Problem, _write_problem)
    engine.register_unstructure_hook_func(is_measure, write_measure)
    engine.register_unstructure_hook_factory(is_tuple, _tuple_writer)
    engine.register_unstructure_hook_factory(is_union, _union_writer)
    # By the very class, each of them: cattrs asks its hooks by class first, where a hook on ``int`` serves bool as
    # well, and one on ``str`` every StrEnum.
    for kind, (*_, write) in _SCALARS.items():
        engine.register_structure_hook(kind, _scalar_reader(kind))
        engine.register_unstructure_hook(kind, write)
    for slug in (kind for kind in public_types().values() if is_slug(kind)):
        engine.register_structure_hook(slug, _read_slug)
        engine.register_unstructure_hook(slug, str)
    return engine


def json_form(instance: object) -> Any:
    """Return a value in the types that JSON has."""
    return converter().unstructure(instance, type(instance))


def _value_reader(kind: Any, engine: cattrs.Converter) -> Callable[[Any, Any], Any]:
    read = _only_objects(kind, make_dict_structure_fn(kind, engine))
    derived = DERIVED.get(kind)
    if derived is None:
        return read

    def reader(content: Any, _: object) -> Any:
        if type(content) is not dict:
            return read(content, kind)
        instance = read({key: part for key, part in content.items() if key not in derived}, kind)
        flaws = [
            Flaw((name,), f"{excerpt(content[name])} does not follow from the rest")
            for name in derived
            if name in content and content[name] != json_form(getattr(instance, name))
        ]
        if flaws:
            raise FlawsFound(flaws)
        return instance

    return reader


def _value_writer(kind: Any, engine: cattrs.Converter) -> Callable[[Any], Any]:
    write = make_dict_unstructure_fn(kind, engine)
    return lambda instance: {**write(instance), **{name: json_form(getattr(instance, name)) for name in DERIVED[kind]}}


def _tally_writer(kind: Any, _: cattrs.Converter) -> Callable[[Any], Any]:
    names = [field.name for field in fields_of(kind) if field.name != "_total"]
    # The total is written even where it follows from the parts, for readers in other languages.
    return lambda instance: {**{name: getattr(instance, name) for name in names}, "total": instance.total}


def _is_generic(kind: Any) -> bool:
    return is_value(kind) and not is_measure(kind) and bool(_parameters(kind))


def _parameters(kind: Any) -> tuple[Any, ...]:
    return getattr(get_origin(kind) or kind, "__parameters__", ())


def _open_fields(kind: Any) -> tuple[Any, dict[str, Any]]:
    """
    Return a generic value with one of its types filled in, and the hints of the fields that depend on it.

    JSON cannot carry the type argument, so these fields name the type of what they hold.
    """
    origin = get_origin(kind) or kind
    hints = get_type_hints(origin, include_extras=True)
    fields = {name: hint for name, hint in hints.items() if {hint, *get_args(hint)} & {*_parameters(origin)}}
    return origin[members_of(_parameters(origin)[0])[0]], fields


def _generic_reader(kind: Any, engine: cattrs.Converter) -> Callable[[Any, Any], Any]:
    filled, fields = _open_fields(kind)
    hooks: dict[str, Any] = {
        name: override(struct_hook=engine.get_structure_hook(hint)) for name, hint in fields.items()
    }
    return _only_objects(filled, make_dict_structure_fn(filled, engine, **hooks))


def _generic_writer(kind: Any, engine: cattrs.Converter) -> Callable[[Any], Any]:
    filled, fields = _open_fields(kind)
    hooks: dict[str, Any] = {
        name: override(unstruct_hook=engine.get_unstructure_hook(hint)) for name, hint in fields.items()
    }
    return make_dict_unstructure_fn(filled, engine, **hooks)


def _problem_reader(engine: cattrs.Converter) -> Callable[[Any, Any], Any]:
    text = override(struct_hook=_scalar_reader(str))
    return _only_objects(Problem, make_dict_structure_fn(Problem, engine, value=text))


def _write_problem(problem: Problem) -> dict[str, Any]:
    """Write a problem with its value as text, or without one."""
    value = {} if problem.value is NO_VALUE else {"value": str(problem.value)}
    return {"place": json_form(problem.place), "reason": problem.reason, **value}


def _only_objects(kind: Any, read: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def reader(content: Any, _: object) -> Any:
        if type(content) is not dict:
            raise ValueError(f"expected {_words(kind)}, got {excerpt(content)}")
        return read(content, kind)

    return reader


def _classes_of(union: Any) -> dict[str, Any]:
    """Return the members of a union that are objects in JSON, by name."""
    kinds = [kind for kind in members_of(union) if is_value(kind) and kind not in _SCALARS]
    return {(get_origin(kind) or kind).__name__: kind for kind in kinds}


def _union_reader(union: Any, engine: cattrs.Converter) -> Callable[[Any, Any], Any]:
    members = members_of(union)
    classes = _classes_of(union)
    simple = [kind for kind in members if kind is not types.NoneType and kind not in classes.values()]

    def object_reader(content: dict[str, Any]) -> Any:
        if len(classes) == 1:
            return engine.structure(content, *classes.values())
        if (kind := classes.get(str(content.get("type")))) is None:
            raise ValueError(f"needs a 'type', one of {', '.join(classes)}")
        return engine.structure({key: part for key, part in content.items() if key != "type"}, kind)

    def reader(content: Any, _: object) -> Any:
        if content is None and types.NoneType in members:
            return None
        if type(content) is dict and classes:
            return object_reader(content)
        for kind in simple:
            try:
                return engine.structure(content, kind)
            except (ValueError, BaseValidationError):
                continue
        raise ValueError(f"expected {_words(union)}, got {excerpt(content)}")

    return reader


def _union_writer(union: Any, _: cattrs.Converter) -> Callable[[Any], Any]:
    classes = _classes_of(union)

    def writer(instance: Any) -> Any:
        name = type(instance).__name__
        # Where several classes are allowed, the object names its own.
        return {"type": name, **json_form(instance)} if len(classes) > 1 and name in classes else json_form(instance)

    return writer


def _tuple_writer(kind: Any, engine: cattrs.Converter) -> Callable[[Any], Any]:
    member = get_args(kind)[0]
    # Where several classes are allowed, each object names its own.
    write = _union_writer(member, engine) if is_union(member) else json_form
    return lambda members: [write(member) for member in members]


def _tuple_reader(kind: Any, engine: cattrs.Converter) -> Callable[[Any, Any], Any]:
    args = get_args(kind)

    def reader(content: Any, _: object) -> Any:
        # A string would be taken for a list of its letters.
        if type(content) not in (list, tuple):
            raise ValueError(f"expected a list, got {excerpt(content)}")
        if Ellipsis not in args and len(content) != len(args):
            raise ValueError(f"expected a list of {len(args)}, got {excerpt(content)}")
        kinds = [args[0]] * len(content) if Ellipsis in args else args
        read, flaws = [], []
        for index, (member, member_kind) in enumerate(zip(content, kinds, strict=True)):
            try:
                read.append(engine.structure(member, member_kind))
            except (BaseValidationError, LgscoError, ValueError) as error:
                flaws += flaws_of(error, (index,))
        if flaws:
            raise FlawsFound(flaws)
        return tuple(read)

    return reader


def flaws_of(error: BaseException, path: tuple[str | int, ...] = ()) -> list[Flaw]:
    """List everything wrong within an error of cattrs or of ours, each with its path."""
    if isinstance(error, ClassValidationError):
        inner, loose = error.group_exceptions()
        flaws = [
            flaw for error_within, note in inner for flaw in flaws_of(error_within, (*path, note.name.lstrip("_")))
        ]
        return flaws + [flaw for error_within in loose for flaw in flaws_of(error_within, path)]
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
