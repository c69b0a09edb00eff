"""
JSON written at speed, where ``lgsco[fast]`` is installed: the very text that the strict way writes, sooner.

A column, which is one field of many values, is put into JSON's types at a time, and msgspec writes what comes of it.
Numbers with a fraction are left to the strict way, since msgspec writes 1e+16 as 1e16.
"""

from __future__ import annotations

import functools
import typing
from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast, get_args

from lgsco._values import fields_of
from lgsco.convert.converter import (
    FORMAT,
    converter,
    is_measure,
    is_slug,
    is_tuple,
    is_union,
    is_value,
    public_types,
)
from lgsco.convert.fast_reading import AS_FOUND, AS_TEXT, SHARED, Column, NoTwin, has_twin, library, only_needed
from lgsco.model.tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    import attrs

    Write = Callable[[Column], Column]


@functools.cache
def fast_writer(kind: type) -> Callable[[Column, bool], str] | None:
    """
    Give the quick way to write documents of one value of a type, or of several, where there is one.

    It gives the text that the strict way would, or raises some error where that would, or might.
    """
    name = kind.__name__
    if (msgspec := library()) is None or public_types().get(name) is not kind:
        return None
    try:
        write = _writer(kind)
    except NoTwin:
        return None

    def text(values: Column, several: bool) -> str:  # noqa: FBT001  # the two kinds of document
        written = write(values)
        body = {"values": written} if several else {"value": written[0]}
        compact = msgspec.json.encode({"lgsco": FORMAT, "type": name, **body})
        # With the spaces that Python's json writes.
        return cast("bytes", msgspec.json.format(compact, indent=0)).decode()

    return text


def _writer(kind: Any) -> Write:
    """
    Give the way to write one type.

    Raises:
        NoTwin: only the strict way writes it as it must be.
    """
    if (kind in AS_FOUND and kind is not float) or is_slug(kind):
        return _as_found
    if kind in AS_TEXT or is_measure(kind):
        write = converter().get_unstructure_hook(kind)
        return lambda column: [write(held) for held in column]
    if is_tuple(kind):
        return _tuple_writer(kind)
    if is_union(kind):
        return _where_there(_writer(only_needed(kind)))
    if is_value(kind):
        return _value_writer(kind)
    raise NoTwin(kind)


def _as_found(column: Column) -> Column:
    return column


def _tuple_writer(kind: Any) -> Write:
    members = get_args(kind)
    if Ellipsis not in members:
        if any(_writer(member) is not _as_found for member in members):
            raise NoTwin(kind)
        return _as_found
    member = _writer(members[0])

    def write(column: Column) -> Column:
        written = iter(member([*chain.from_iterable(column)]))
        return [[*islice(written, len(held))] for held in column]

    return write


def _where_there(needed: Write) -> Write:
    if needed is _as_found:
        return _as_found

    def write(column: Column) -> Column:
        written = iter(needed([held for held in column if held is not None]))
        return [None if held is None else next(written) for held in column]

    return write


def _shared_writer(needed: Write) -> Write:
    """Write what stands in many places once, and put the same text into each of them."""
    msgspec = cast("ModuleType", library())

    def write(column: Column) -> Column:
        held = {id(one): one for one in column}
        texts = (msgspec.Raw(msgspec.json.encode(written)) for written in needed([*held.values()]))
        known = dict(zip(held, texts, strict=True))
        return [known[id(one)] for one in column]

    return write


def _value_writer(kind: type) -> Write:
    msgspec = cast("ModuleType", library())
    if not has_twin(kind):
        raise NoTwin(kind)
    hints = typing.get_type_hints(kind)
    fields = fields_of(cast("type[attrs.AttrsInstance]", kind))
    columns = [(_getter(kind, field), _field_writer(hints[field.name])) for field in fields]
    twin = msgspec.defstruct(kind.__name__, [(field.alias, Any) for field in fields], gc=False)

    def write(column: Column) -> Column:
        return [*map(twin, *(written([*map(get, column)]) for get, written in columns))]

    return write


def _field_writer(hint: Any) -> Write:
    write = _writer(hint)
    return _shared_writer(write) if (only_needed(hint) if is_union(hint) else hint) in SHARED else write


def _getter(kind: type, field: attrs.Attribute[Any]) -> Callable[[Any], Any]:
    # The total of a tally is written even where it follows from the parts.
    return attrgetter("total" if issubclass(kind, Tally) and field.name == "_total" else field.name)
