"""
JSON read at speed, where ``lgsco[fast]`` is installed: msgspec takes the text apart, and many values are made at once.

Every type has a twin, a struct of msgspec's with the keys of its fields, made at first use from the same fields.
A column, which is one field of many values, is read at a time, and what stands in it often, such as an authority, once.
Every rule is asked, but for those that the class of a value settles, which msgspec has looked at.

Nothing is explained here. Where anything at all is wrong, the strict way reads the text again and says what it is.
"""

from __future__ import annotations

import datetime as dt
import functools
import types
import typing
from collections import Counter, deque
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast, get_args, get_origin

import attrs

from lgsco._values import constraints_of, fields_of, settling_of
from lgsco.convert.converter import (
    DERIVED,
    FORMAT,
    converter,
    is_measure,
    is_slug,
    is_tuple,
    is_union,
    is_value,
    members_of,
    public_types,
)
from lgsco.model.authorities import Authority
from lgsco.model.years import ReportingYear
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

Column = list[Any]
AS_FOUND = (int, bool, str, float, dt.date)
"""Of these msgspec takes what the strict way takes, and makes the same of it."""
AS_TEXT = (Decimal, Fraction, ReportingYear)
_MADE_ANEW: Any = attrs.Factory
SHARED = (Authority, Source)
"""The same few of these stand in most values of a document."""


class Part(NamedTuple):
    """How a place in a document is read, for a whole column of such places."""

    form: Any
    """What msgspec is to find there."""
    read: Callable[[Column], tuple[Column, int]]
    """Makes the values, and counts the keys that stood in them."""
    classes: tuple[type, ...]
    """The classes that the values are of."""


class NoTwin(Exception):
    """A type holds something that only the strict way reads."""


@functools.cache
def library() -> ModuleType | None:
    """Give msgspec, where it is installed."""
    try:
        import msgspec  # noqa: PLC0415  # an extra
    except ModuleNotFoundError:
        return None
    return msgspec


@functools.cache
def fast_reader(asked: Any) -> Callable[[str | bytes], tuple[Any, bool]] | None:
    """
    Give the quick way to read documents of a type, or of several values of it, where there is one.

    It gives what the strict way would, and whether no key can stand twice in an object; or it raises some error where
    the strict way would refuse the text, or might.
    """
    several = get_origin(asked) is tuple
    kind: Any = get_args(asked)[0] if several else asked
    name: str = kind.__name__
    if (msgspec := library()) is None or public_types()[name] is not kind:
        return None
    try:
        part = _part(asked)
    except NoTwin:
        return None
    key = "values" if several else "value"
    document = msgspec.defstruct(
        "Document", [("lgsco", int), ("type", str), (key, part.form)], forbid_unknown_fields=True
    )
    decode, given = msgspec.json.Decoder(document).decode, attrgetter(key)

    def read(text: str | bytes) -> tuple[Any, bool]:
        found = decode(text)
        if (found.lgsco, found.type) != (FORMAT, name):
            raise ValueError("another version or type")
        (value,), keys = part.read([given(found)])
        return value, keys + 3 == (text.count(b":") if isinstance(text, bytes) else text.count(":"))

    return read


def _part(kind: Any) -> Part:
    """
    Give the way to read one type.

    Raises:
        NoTwin: only the strict way reads it.
    """
    if kind in AS_FOUND or is_slug(kind):
        return Part(kind, _as_found, (kind,))
    if kind in AS_TEXT or is_measure(kind):
        return _text_part(kind)
    if is_tuple(kind):
        return _tuple_part(kind)
    if is_union(kind):
        return _optional_part(kind)
    if is_value(kind):
        return _value_part(kind)
    raise NoTwin(kind)


def _as_found(column: Column) -> tuple[Column, int]:
    return column, 0


def _text_part(kind: Any) -> Part:
    """Read what JSON has as text as the strict way does, each text once."""
    strictly = converter().get_structure_hook(kind)

    def read(column: Column) -> tuple[Column, int]:
        known = {text: strictly(text, kind) for text in {*column}}
        return [known[text] for text in column], 0

    return Part(str, read, (get_origin(kind) or kind,))


def _tuple_part(kind: Any) -> Part:
    members = get_args(kind)
    if Ellipsis not in members:
        if any(member not in AS_FOUND for member in members):
            raise NoTwin(kind)
        return Part(kind, _as_found, (tuple,))
    member = _part(members[0])

    def read(column: Column) -> tuple[Column, int]:
        values, keys = member.read([*chain.from_iterable(column)])
        left = iter(values)
        return [tuple(islice(left, len(held))) for held in column], keys

    return Part(types.GenericAlias(list, (member.form,)), read, (tuple,))


def _optional_part(kind: Any) -> Part:
    part = _part(only_needed(kind))
    return Part(part.form | None, _where_there(part, None), (*part.classes, types.NoneType))


def only_needed(union: Any) -> Any:
    """
    Give the one type that a place may hold where it does not hold ``None``.

    Raises:
        NoTwin: there are several.
    """
    needed = [member for member in members_of(union) if member is not types.NoneType]
    if len(needed) != 1:
        raise NoTwin(union)
    return needed[0]


def _where_there(part: Part, nothing: object) -> Callable[[Column], tuple[Column, int]]:
    """Read a column in which nothing may stand in some places, and leave those."""
    if part.read is _as_found:
        return _as_found

    def read(column: Column) -> tuple[Column, int]:
        values, keys = part.read([held for held in column if held is not nothing])
        left = iter(values)
        return [held if held is nothing else next(left) for held in column], keys

    return read


def _shared_part(kind: Any) -> Part:
    """Leave each place as the text that it is, and read each text once."""
    msgspec = cast("ModuleType", library())
    part = _part(kind)
    decode = msgspec.json.Decoder(part.form).decode

    def read(column: Column) -> tuple[Column, int]:
        texts = [bytes(raw) for raw in column]
        known, keys = {}, 0
        for text, times in Counter(texts).items():
            (known[text],), found = part.read([decode(text)])
            keys += found * times
        return [known[text] for text in texts], keys

    return Part(msgspec.Raw, read, part.classes)


class _Field(NamedTuple):
    """One field of a type: how it is read, where it is put, and what it must keep to."""

    part: Part
    get: Callable[[Any], Any]
    put: Callable[[Any, Any], None]
    default: object
    broken: Callable[[Any], Any] | None


def _value_part(kind: type) -> Part:
    msgspec = cast("ModuleType", library())
    if not has_twin(kind):
        raise NoTwin(kind)
    fields = fields_of(cast("type[attrs.AttrsInstance]", kind))
    hints = typing.get_type_hints(kind)
    read_by = [_field(kind, field, hints[field.name]) for field in fields]
    form = msgspec.defstruct(
        kind.__name__,
        [
            (field.alias, read.part.form)
            if read.default is attrs.NOTHING
            else (field.alias, read.part.form, msgspec.UNSET)
            for field, read in zip(fields, read_by, strict=True)
        ],
        forbid_unknown_fields=True,
        kw_only=True,
        gc=False,
    )
    settle = settling_of(kind)

    def read(column: Column) -> tuple[Column, int]:
        made: Column = [*map(object.__new__, repeat(kind, len(column)))]
        keys = 0
        for field in read_by:
            values, found = _read_field(field, column, msgspec.UNSET)
            keys += found
            _all(map(field.put, made, values))
        if settle is not None:
            _all(map(settle, made))
        return made, keys

    return Part(form, read, (kind,))


def _read_field(field: _Field, column: Column, unset: object) -> tuple[Column, int]:
    found = [*map(field.get, column)]
    given = [held for held in found if held is not unset]
    values, keys = field.part.read(given)
    if field.broken is not None and any(map(field.broken, values)):
        raise ValueError("a rule is broken")
    if len(given) < len(found):
        left = iter(values)
        values = [field.default if held is unset else next(left) for held in found]
    return values, keys + len(given)


def _all(calls: Any) -> None:
    """Make every call, and keep nothing of what they give."""
    deque(calls, maxlen=0)


def has_twin(kind: type) -> bool:
    """Whether all that a class writes stands in its fields, and each of them is given."""
    return (
        kind not in DERIVED
        and get_origin(kind) is None
        and all(map(_is_plain, fields_of(cast("type[attrs.AttrsInstance]", kind))))
    )


def _is_plain(field: attrs.Attribute[Any]) -> bool:
    """Whether a field is given, and keeps what it is given as it is."""
    return (
        field.init and field.converter is None and field.validator is None and not isinstance(field.default, _MADE_ANEW)
    )


def _field(kind: type, field: attrs.Attribute[Any], hint: Any) -> _Field:
    part = _shared_part(hint) if (only_needed(hint) if is_union(hint) else hint) in SHARED else _part(hint)
    constraint = constraints_of(kind).get(field.name)
    return _Field(
        part,
        attrgetter(cast("str", field.alias)),
        getattr(kind, field.name).__set__,
        field.default,
        None if constraint is None or {*part.classes} <= {*constraint.passes} else constraint.check,
    )
