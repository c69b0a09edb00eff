"""
How pydantic reads and writes our values: as fields of a model, and as what a FastAPI route takes and returns.

It is loaded when pydantic asks a value for its schema, and at no other time.
"""

from __future__ import annotations

from typing import Any, get_origin

from cattrs.errors import BaseValidationError
from pydantic_core import CoreSchema, PydanticCustomError, ValidationError, core_schema

from lgsco.convert.converter import converter, flaws_of, json_form
from lgsco.convert.schema import json_schema
from lgsco.errors import NO_VALUE, LgscoError

__all__ = ["core_schema_of", "json_schema_of"]


def core_schema_of(kind: Any) -> CoreSchema:
    """
    Return what pydantic needs of a type: an instance passes, anything else is read as JSON is, strictly.

    Everything that is wrong is told at once, each with its path. In JSON a value is written as ``to_dict`` writes it,
    without the envelope; in Python it stays itself.
    """
    origin = get_origin(kind) or kind

    def read(content: Any) -> Any:
        if type(content) is origin:
            return content
        try:
            return converter().structure(content, kind)
        except (BaseValidationError, LgscoError, ValueError) as error:
            raise ValidationError.from_exception_data(
                origin.__name__,
                [
                    {
                        "type": PydanticCustomError("lgsco", "{reason}", {"reason": flaw.reason}),
                        "loc": flaw.path,
                        "input": content if flaw.value is NO_VALUE else flaw.value,
                    }
                    for flaw in flaws_of(error)
                ],
            ) from None

    written = core_schema.plain_serializer_function_ser_schema(json_form, when_used="json")
    return core_schema.no_info_plain_validator_function(read, serialization=written)


def json_schema_of(kind: type) -> dict[str, Any]:
    """Return the JSON Schema of a value without the envelope of a document, whole in itself."""
    schema = json_schema(kind)
    return {"title": kind.__name__, **_without_references(schema["properties"]["value"], schema["$defs"])}


def _without_references(schema: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(schema, list):
        return [_without_references(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        named = definitions[schema["$ref"].rpartition("/")[2]]
        return _without_references(
            {**named, **{key: part for key, part in schema.items() if key != "$ref"}}, definitions
        )
    return {key: _without_references(part, definitions) for key, part in schema.items()}
