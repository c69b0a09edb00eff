"""
What every value of lgsco shares: frozen, slotted, closed to subclassing, valid or not born.

A rule says why a value breaks it, or ``None``.
Where one rule of a class is broken all of its rules are asked, so that an error names every bad field.
"""

from __future__ import annotations

import datetime as dt
import enum
import math
import re
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import attrs

from lgsco.errors import InvalidCount, InvalidField, InvalidFields, NoSubclassing

if TYPE_CHECKING:
    from builtins import tuple as tuple_of
    from collections.abc import Callable

    from attrs import frozen as value

__all__ = [
    "Rule",
    "Slug",
    "a_confidence",
    "a_count",
    "a_count_or_none",
    "a_day",
    "a_day_or_none",
    "a_flag_or_none",
    "a_probability",
    "a_share",
    "a_spread",
    "a_sum_of_money",
    "a_text",
    "a_text_or_none",
    "each",
    "instance_of",
    "matching",
    "one_named",
    "one_of",
    "optional",
    "refuse_broken",
    "setters_of",
    "some_cases",
    "tuple_of",
    "value",
]


class Slug(enum.StrEnum):
    """Words that are written the same in Python, JSON, columns and files."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"


Named = TypeVar("Named", bound=Slug)

if not TYPE_CHECKING:

    class tuple_of:  # noqa: N801  # type checkers see ``tuple``
        """A converter that freezes a list, and leaves what is neither list nor tuple for the rule to refuse."""

        def __class_getitem__(cls, _):  # noqa: ANN001, ANN204  # never seen by a type checker
            return _FREEZING

    def value(cls=None, **options):  # noqa: ANN001, ANN003, ANN202  # the same
        """Make a class a value. Type checkers see ``attrs.frozen``, which this wraps."""
        if cls is None:
            return lambda cls: value(cls, **options)
        cls.__repr__ = cls.__dict__.get("__repr__", _repr)
        rules, settle = {}, getattr(cls, "__attrs_post_init__", None)
        cls.__attrs_post_init__ = _keeping(rules, settle)
        ordered = options.get("order", False)
        made = attrs.frozen(repr=False, eq=ordered, field_transformer=_taking(rules), **options)(cls)
        # What attrs would write and compile for each class takes long to load, and no less long to run.
        if not ordered:
            made.__eq__, made.__hash__ = _equality_of(made)
        made.__rules__, made.__settle__ = rules, settle
        made.__init_subclass__ = classmethod(_refuse_subclass)
        return made


def _taking(rules: dict[str, Rule]) -> Callable[..., list[attrs.Attribute[Any]]]:
    """Take the rules out of the hands of attrs."""

    def take(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
        for field in fields:
            if isinstance(field.validator, Rule):
                rules[field.name] = field.validator
                # The fields are this class's own; to copy each of them takes as long as all the rest.
                object.__setattr__(field, "validator", None)
        return fields

    return take


def _keeping(rules: dict[str, Rule], settle: Callable[[Any], None] | None) -> Callable[[Any], None]:
    """Ask the rules of a new value, and then whatever the class itself asks of it."""

    def keep(self: attrs.AttrsInstance) -> None:
        for name, rule in rules.items():
            held = getattr(self, name)
            if type(held) not in rule.fine and rule.why(held) is not None:
                refuse(broken_rules(self))
        if settle is not None:
            settle(self)

    return keep


def rules_of(kind: type) -> dict[str, Rule]:
    """Give the rules of a class of values, by the names of the fields."""
    return cast("dict[str, Rule]", getattr(kind, "__rules__", {}))


def settling_of(kind: type) -> Callable[[Any], None] | None:
    """Give what a class asks of a value, or fills in, once its rules are kept; ``None`` where there is nothing."""
    return cast("Callable[[Any], None] | None", getattr(kind, "__settle__", None))


def _equality_of(kind: type[attrs.AttrsInstance]) -> tuple[Callable[..., Any], Callable[..., int]]:
    """Give what makes two values of a class equal, and the hash that goes with it: its fields, and nothing else."""
    held = attrgetter(*[field.name for field in attrs.fields(kind) if field.eq])

    def equal(self: object, other: object) -> Any:
        return held(self) == held(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(held(self))

    return equal, hashed


def _frozen_list(items: object) -> object:
    return tuple(items) if type(items) is list else items


# One for all fields: attrs looks at the signature of each converter.
_FREEZING = attrs.Converter(_frozen_list)


def _refuse_subclass(cls: type, **_: object) -> NoReturn:
    raise NoSubclassing(cls.__base__.__name__ if cls.__base__ else cls.__name__)


def _repr(self: attrs.AttrsInstance) -> str:
    """Give what one would type to make the value: fields left at their default are not shown."""
    given = (
        f"{field.alias}={getattr(self, field.name)!r}"
        for field in attrs.fields(type(self))
        if field.init and field.repr and getattr(self, field.name) != field.default
    )
    return f"{type(self).__name__}({', '.join(given)})"


class Rule:
    """
    A validator that knows why a value breaks it.

    ``fine`` are classes whose every value keeps the rule, so that it need not be asked: most fields of most values
    hold one of them, and a million values are made of many fields.
    """

    __slots__ = ("error", "fine", "why")

    def __init__(
        self,
        why: Callable[[Any], str | None],
        error: type[InvalidField] = InvalidField,
        *,
        fine: tuple[type, ...] = (),
    ) -> None:
        self.why = why
        self.error = error
        self.fine = fine

    if TYPE_CHECKING:
        # It stands where attrs has its validators, but it is ``value`` that asks it: attrs alone could not.
        def __call__(self, instance: Any, field: Any, held: Any) -> None: ...


def setters_of(kind: type[attrs.AttrsInstance]) -> list[Callable[[object, object], None]]:
    """
    Give what puts each field, in their order, into a value that is being made, and asks no rule.

    For readers, which make values by the hundred thousand of parts that keep the rules by how they were made.
    No caller's own data may come here.
    """
    return [getattr(kind, field.name).__set__ for field in attrs.fields(kind)]


def broken_rules(instance: attrs.AttrsInstance) -> list[InvalidField]:
    """List every field of a value that breaks its rule."""
    found = []
    for name, rule in rules_of(type(instance)).items():
        held = getattr(instance, name)
        if (reason := rule.why(held)) is not None:
            alias = getattr(attrs.fields(type(instance)), name).alias
            found.append(rule.error(alias, held, reason))
    return found


def refuse(problems: list[InvalidField]) -> NoReturn:
    """Raise one problem as itself, several as a group."""
    if len(problems) == 1:
        raise problems[0]
    raise InvalidFields("several fields are wrong", problems)


def refuse_broken(**given: tuple[object, Rule]) -> None:
    """
    Hold the arguments of a function, by their names, against their rules.

    Raises:
        InvalidField: one of them breaks its rule (InvalidFields where several do).
    """
    found = [
        rule.error(name, held, reason) for name, (held, rule) in given.items() if (reason := rule.why(held)) is not None
    ]
    if found:
        refuse(found)


def _why_no_count(value: object) -> str | None:
    # type(...) is int: True and 1.0 equal 1, but neither is a count.
    if type(value) is not int:
        return "a count is a whole number"
    return "a count cannot be negative" if value < 0 else None


def _why_no_text(value: object) -> str | None:
    if type(value) is not str:
        return "must be text"
    return None if value and value == value.strip() else "must be text without spaces at its ends, and not empty"


def _why_no_day(value: object) -> str | None:
    # type(...) is date: a datetime is a date to Python, but it is a moment and not a day.
    return None if type(value) is dt.date else "must be a datetime.date, a day without a time"


def _why_no_sum(held: object) -> str | None:
    if type(held) is not Decimal:
        return "must be a Decimal of pounds"
    if not held.is_finite() or held < 0:
        return "must be a sum of money, nought or more"
    # By digits: Decimal arithmetic depends on the caller's context, and to write out a vast exponent takes for ever.
    _, digits, exponent = held.as_tuple()
    if held.adjusted() >= _MOST_DIGITS or int(exponent) < -_MOST_DIGITS:
        return f"must be a sum of at most {_MOST_DIGITS} digits"
    return "must be whole pence" if int(exponent) < -_PLACES and any(digits[int(exponent) + _PLACES :]) else None


_PLACES = 2
"""Pence are the second decimal of a pound."""
_MOST_DIGITS = 12
"""Sums of money have fewer, before the point and after it."""


def _why_no_share(value: object) -> str | None:
    return None if type(value) is Fraction and 0 <= value <= 1 else "must be a Fraction from 0 to 1"


def _why_no_probability(value: object) -> str | None:
    return None if type(value) is float and 0.0 <= value <= 1.0 else "must be a float from 0 to 1"


def _why_no_spread(value: object) -> str | None:
    held = type(value) is float and math.isfinite(value) and value >= 0.0
    return None if held else "must be a float of nought or more"


def _why_no_cases(value: object) -> str | None:
    return _why_no_count(value) or (None if value else "there must be at least one case")


def _why_no_confidence(value: object) -> str | None:
    # Nought and one are refused: every rate, or none, would be inside. NaN fails both comparisons.
    return None if type(value) is float and 0 < value < 1 else "must be a float between 0 and 1, such as 0.95"


def instance_of(kind: type) -> Rule:
    """Require exactly this class: no subclass, no look-alike."""
    return Rule(lambda value: None if type(value) is kind else f"must be {_named(kind)}", fine=(kind,))


def one_of(*kinds: type) -> Rule:
    """Require exactly one of these classes."""
    names = " or ".join(_named(kind) for kind in kinds)
    return Rule(lambda value: None if type(value) in kinds else f"must be {names}", fine=kinds)


def each(kind: type) -> Rule:
    """Require a tuple that holds only this class."""

    def why(value: object) -> str | None:
        if type(value) is not tuple:
            return f"must be a tuple of {kind.__name__}"
        if set(map(type, value)) <= {kind}:
            return None
        at, item = next((at, item) for at, item in enumerate(value) if type(item) is not kind)
        return f"item {at} is {item!r}: must be {_named(kind)}"

    return Rule(why)


def optional(rule: Rule) -> Rule:
    """Allow ``None``, which always means not known or not published."""
    needed = rule.why

    def why(value: object) -> str | None:
        if value is None or (reason := needed(value)) is None:
            return None
        return f"{reason}, or None where it is not known"

    return Rule(why, rule.error, fine=(*rule.fine, type(None)))


def matching(pattern: str, reason: str) -> Rule:
    """Require text of a fixed form, in ASCII only."""
    compiled = re.compile(pattern, re.ASCII)
    return Rule(lambda value: None if type(value) is str and compiled.fullmatch(value) else reason)


def one_named(field: str, name: object, kind: type[Named]) -> Named:
    """
    Give the named choice that a word stands for.

    Raises:
        InvalidField: no choice has this name.
    """
    for choice in kind:
        if choice == name:
            return choice
    raise InvalidField(field, name, f"must be one of {', '.join(kind)}")


def _named(kind: type) -> str:
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


a_count = Rule(_why_no_count, InvalidCount)
a_count_or_none = optional(a_count)
a_text = Rule(_why_no_text)
a_text_or_none = optional(a_text)
a_day = Rule(_why_no_day, fine=(dt.date,))
a_day_or_none = optional(a_day)
a_flag_or_none = optional(instance_of(bool))
a_confidence = Rule(_why_no_confidence)
a_probability = Rule(_why_no_probability)
a_share = Rule(_why_no_share)
a_spread = Rule(_why_no_spread)
some_cases = Rule(_why_no_cases, InvalidCount)
a_sum_of_money = Rule(_why_no_sum)
