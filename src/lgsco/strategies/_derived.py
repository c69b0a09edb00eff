"""
Strategies that follow from the annotations of a type, and the table of those written by hand.

A value whose fields may stand in any combination needs nothing here: each field is drawn by its annotation.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import inspect
from collections.abc import Callable
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
from hypothesis import strategies as st

from lgsco._values import (
    Confidence,
    Count,
    Day,
    Money,
    NonNegative,
    PositiveCount,
    Probability,
    Share,
    Text,
    fields_of,
)
from lgsco.strategies._common import CONFIDENCES, DAYS, MAX_COUNT, NAMES, POUNDS, SHARES, TEXTS, T, maybe

P = ParamSpec("P")
FunctionT = TypeVar("FunctionT", bound=Callable[..., st.SearchStrategy[Any]])

OF_ANNOTATION: dict[Any, st.SearchStrategy[Any]] = {
    Confidence: CONFIDENCES,
    Day: DAYS,
    Money: POUNDS,
    NonNegative: st.floats(0, 1_000),
    Probability: st.floats(0, 1),
    Share: SHARES,
    Text: TEXTS,
    bool: st.booleans(),
    dt.date: DAYS,
    str: TEXTS,
}
"""What an annotation draws; counts depend on the greatest that is asked for."""

OF_TYPE: dict[type, Callable[..., st.SearchStrategy[Any]]] = {}
"""The strategies with a name, by the type that they draw."""


UNTYPED: list[Callable[..., st.SearchStrategy[Any]]] = []
"""The other strategies with a name: of lists, of texts, or narrower than their type."""


def named(function: FunctionT) -> FunctionT:
    """Register a function that draws no one type, or not in the first place."""
    UNTYPED.append(function)
    return function


def draws(kind: type) -> Callable[[FunctionT], FunctionT]:
    """Register a function as the one that draws a type."""

    def register(function: FunctionT) -> FunctionT:
        OF_TYPE[kind] = function
        return function

    return register


def composes(
    kind: type[T],
) -> Callable[[Callable[Concatenate[st.DrawFn, P], T]], Callable[P, st.SearchStrategy[T]]]:
    """Register a function that draws the parts of a value and puts them together as the one that draws its type."""
    return lambda function: draws(kind)(st.composite(function))


@functools.lru_cache(maxsize=1_024)
def strategy_for(annotation: Any, *, known: bool = False, max_count: int = MAX_COUNT) -> st.SearchStrategy[Any]:
    """Return what draws values that an annotation allows; with ``known=True`` no part is missing."""
    if annotation in OF_ANNOTATION:
        return OF_ANNOTATION[annotation]
    if annotation in {Count, PositiveCount}:
        return st.integers(0 if annotation is Count else 1, max_count)
    of = functools.partial(strategy_for, known=known, max_count=max_count)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return of(annotation.__origin__)
    if origin in {UnionType, Union}:
        return st.one_of([of(member) for member in arguments if not (known and _is_missing(member, arguments))])
    if origin is tuple:
        return (
            st.lists(of(arguments[0]), max_size=2).map(tuple)
            if Ellipsis in arguments
            else st.tuples(*map(of, arguments))
        )
    kind = origin or annotation
    if kind in OF_TYPE:
        taken = inspect.signature(OF_TYPE[kind]).parameters
        knobs = {"known": known, "max_count": max_count}
        # A generic value, such as a PrintedTally of an Overview, is drawn of what stands in its brackets.
        of_argument = {"counts": of(arguments[0])} if arguments and "counts" in taken else {}
        return OF_TYPE[kind](**{name: knob for name, knob in knobs.items() if name in taken}, **of_argument)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return st.sampled_from(kind)
    return _builds(kind, {}, {}, known=known, max_count=max_count) if attrs.has(kind) else st.from_type(kind)


def _is_missing(member: Any, members: tuple[Any, ...]) -> bool:
    """Return whether a member of a union stands for a missing value: ``None``, or a word beside figures."""
    if member is NoneType:
        return True
    is_word = isinstance(member, type) and issubclass(member, enum.Enum)
    return is_word and any(other not in {member, NoneType} for other in members)


def _builds(
    kind: type[T], fields: dict[str, Any], narrowed: dict[str, st.SearchStrategy[Any]], *, known: bool, max_count: int
) -> st.SearchStrategy[T]:
    """Build a value of a strategy for each field: the caller's, the declared one, or that of the annotation."""
    hints = get_type_hints(kind, include_extras=True)
    parts = {}
    for field in filter(attrgetter("init"), fields_of(kind)):
        name, hint = str(field.alias), hints[field.name]
        part = fields.get(name, NAMES if name in {"name", "heading"} else None)
        if name in narrowed:
            parts[name] = narrowed[name]
        elif part is None:
            parts[name] = strategy_for(hint, known=known, max_count=max_count)
        else:
            declared = part if isinstance(part, st.SearchStrategy) else part(known=known, max_count=max_count)
            parts[name] = maybe(declared, known=known or NoneType not in get_args(hint))
    return st.builds(kind, **parts)


def derive(kind: type[T], says: str, **fields: Any) -> Callable[..., st.SearchStrategy[T]]:
    """
    Make the strategy of a type from its annotations.

    Args:
        kind: the type, whose fields may stand in any combination.
        says: the docstring, with what is left out.
        fields: what draws a field that is not missing, where its annotation says too little: a strategy, or a function
            from ``known`` and ``max_count`` to one.

    Returns:
        A function of ``known`` (no part is missing), ``max_count`` and, by its plural, a strategy for each field
        that is itself a value, an enumeration or a name.
    """
    hints = get_type_hints(kind)
    parts = {"name", *fields, *(name for name, hint in hints.items() if _is_part(hint))}
    names = [str(field.alias) for field in fields_of(kind) if field.init and field.name in parts]
    plurals = {_plural(name): name for name in names}

    @functools.lru_cache(maxsize=64)
    def strategy(*, known: bool = False, max_count: int = MAX_COUNT, **narrowed: Any) -> st.SearchStrategy[T]:
        if unknown := narrowed.keys() - plurals.keys():
            raise TypeError(f"strategies of {kind.__name__} are not narrowed by {', '.join(sorted(unknown))}")
        chosen = {plurals[name]: part for name, part in narrowed.items() if part is not None}
        return _builds(kind, fields, chosen, known=known, max_count=max_count)

    by_name = inspect.Parameter.KEYWORD_ONLY
    knobs = [
        inspect.Parameter("known", by_name, default=False, annotation="bool"),
        inspect.Parameter("max_count", by_name, default=MAX_COUNT, annotation="int"),
        *(
            inspect.Parameter(name, by_name, default=None, annotation="st.SearchStrategy[Any] | None")
            for name in plurals
        ),
    ]

    def function(**chosen: Any) -> st.SearchStrategy[T]:
        return strategy(**chosen)

    function.__doc__ = says
    # help() and the reference read it.
    function.__dict__["__signature__"] = inspect.Signature(
        knobs, return_annotation=f"st.SearchStrategy[{kind.__name__}]"
    )
    return draws(kind)(function)


def _is_part(hint: Any) -> bool:
    """Return whether an annotation is that of a value or an enumeration."""
    members = get_args(hint) if get_origin(hint) in {UnionType, Union} else (hint,)
    classes = [get_origin(member) or member for member in members]
    return any(attrs.has(one) or issubclass(one, enum.Enum) for one in classes)


def _plural(word: str) -> str:
    """Return the plural of the name of a field."""
    if word.endswith("is"):
        return f"{word[:-2]}es"
    if word.endswith("s"):
        return word
    return f"{word[:-1]}ies" if word.endswith("y") and word[-2] not in "aeiou" else f"{word}s"
