"""The JSON Schema of each type."""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import itertools
import textwrap
import types
import typing
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, cast, get_args, get_origin

import attrs

from lgsco._values import Constraint, fields_of
from lgsco.convert.converter import (
    DERIVED,
    FORMAT,
    is_measure,
    is_public,
    is_slug,
    is_tuple,
    is_union,
    is_value,
    measures_by_name,
    members_of,
)
from lgsco.model.years import ReportingYear

_SCHEMAS: dict[Any, dict[str, Any]] = {
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    str: {"type": "string"},
    float: {"type": "number"},
    dt.date: {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)"},
    Decimal: {"type": "string", "pattern": r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,29})?$(?!\n)"},
    Fraction: {"type": "string", "pattern": r"^-?[0-9]+/[0-9]+$(?!\n)"},
    ReportingYear: {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}$(?!\n)"},
    types.NoneType: {"type": "null"},
    # The value of a problem, which is written as text.
    object: {"type": "string"},
}


def json_schema(type: type) -> dict[str, Any]:  # noqa: A002  # the contract's name
    """
    Return the JSON Schema (draft 2020-12) of the documents that ``to_json`` writes for one value of a type.

    The schema describes each field as its docstring does, and refuses what ``from_json`` refuses, but for what JSON
    Schema cannot say: rules between fields, such as that a part does not exceed its whole; days that no month has; the
    years that a reporting year joins; fractions above one or not in lowest terms; half of a character in a text; and a
    whole number written as 1.0.

    Args:
        type: a public type of lgsco's.

    Returns:
        The schema, as a dictionary that ``json`` writes.

    >>> from lgsco import Proportion
    >>> schema = json_schema(Proportion)
    >>> schema["properties"]["value"]
    {'$ref': '#/$defs/Proportion'}
    >>> schema["$defs"]["Proportion"]["required"]
    ['numerator', 'denominator']

    Raises:
        TypeError: the type is not one of lgsco's.
    """
    if not is_public(type):
        raise TypeError(f"{type} is not a type of lgsco's")
    definitions: dict[str, Any] = {}
    value = _schema(type, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": type.__name__,
        "type": "object",
        "properties": {"lgsco": {"const": FORMAT}, "type": {"const": type.__name__}, "value": value},
        "required": ["lgsco", "type", "value"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if get_origin(kind) is Annotated:
        schema = _schema(kind.__origin__, definitions)
        stated = [part.schema for part in kind.__metadata__ if isinstance(part, Constraint)]
        return {**schema, **{keyword: limit for limits in stated for keyword, limit in limits.items()}}
    if kind in _SCHEMAS:
        return _SCHEMAS[kind]
    if is_measure(kind):
        return {"enum": [*measures_by_name()]}
    if is_slug(kind):
        return {"enum": [slug.value for slug in kind]}
    if is_tuple(kind):
        members = get_args(kind)
        if Ellipsis in members:
            return {"type": "array", "items": _schema(members[0], definitions)}
        fixed = [_schema(member, definitions) for member in members]
        return {"type": "array", "prefixItems": fixed, "minItems": len(fixed), "maxItems": len(fixed)}
    if is_union(kind):
        return _union_schema(kind, definitions)
    return _value_schema(kind, definitions)


def _union_schema(union: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    members = members_of(union)
    classes = [member for member in members if is_value(member) and member not in _SCHEMAS and not is_measure(member)]
    tagged = len(classes) > 1
    choices = []
    for member, annotation in zip(members, get_args(union) or members, strict=True):
        schema = _schema(annotation, definitions)
        if tagged and member in classes:
            own = definitions[member.__name__]
            schema = {**own, "properties": {"type": {"const": member.__name__}, **own["properties"]}}
            schema["required"] = ["type", *own["required"]]
        choices.append(schema)
    return {"anyOf": choices}


def _value_schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(kind) or kind
    # A generic value, such as a PrintedTally of an Overview, is defined once, for all that it may hold.
    if origin.__name__ not in definitions:
        definitions[origin.__name__] = {}
        hints = typing.get_type_hints(origin, include_extras=True)
        fields = [field for field in fields_of(origin) if field.init]
        notes = _descriptions(origin)
        properties = {
            cast("str", field.alias): _schema(hints[field.name], definitions) | notes.get(field.name, {})
            for field in fields
        }
        for name in DERIVED.get(origin, ()):
            hint = typing.get_type_hints(getattr(origin, name).fget, include_extras=True)["return"]
            properties[name] = _schema(hint, definitions)
        definitions[origin.__name__] = {
            "description": (inspect.getdoc(origin) or origin.__name__).partition("\n")[0],
            "type": "object",
            "properties": properties,
            "required": [cast("str", field.alias) for field in fields if field.default is attrs.NOTHING],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{origin.__name__}"}


def _descriptions(kind: type) -> dict[str, dict[str, str]]:
    """Return the docstring of each field that has one, from the source, since Python keeps none of them."""
    try:
        source = inspect.getsource(kind)
    except (OSError, TypeError):
        # A class that was made at run time has none.
        return {}
    (definition,) = ast.parse(textwrap.dedent(source)).body
    body = cast("ast.ClassDef", definition).body
    notes = {}
    for field, note in itertools.pairwise(body):
        match field, note:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                notes[name] = {"description": inspect.cleandoc(text)}
    return notes
