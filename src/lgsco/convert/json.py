"""Values to JSON and back."""

from __future__ import annotations

import json
import types
import typing
from collections import Counter
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, get_args, get_origin

from cattrs.errors import BaseValidationError

from lgsco.convert.converter import FORMAT, converter, flaws_of, is_public, json_form, path_text
from lgsco.errors import InvalidValue, LgscoError, Place, Problem, excerpt

T = TypeVar("T")


def to_dict(value: object, *, type: type | None = None) -> dict[str, Any]:  # noqa: A002  # as in ``from_dict``
    """
    Return the document that ``to_json`` writes, as a dictionary of text, numbers, lists and dictionaries.

    Args:
        value: a value of a public type, or values of one type in a list or a tuple.
        type: the type of the values, which an empty list or tuple needs.

    Returns:
        A document with the version of the form (``lgsco``), the name of the type, and ``value`` or ``values``.

    >>> from lgsco import Proportion
    >>> to_dict(Proportion(19, 22))
    {'lgsco': 1, 'type': 'Proportion', 'value': {'numerator': 19, 'denominator': 22}}
    >>> to_dict([], type=Proportion)
    {'lgsco': 1, 'type': 'Proportion', 'values': []}

    Raises:
        TypeError: the type is not one of lgsco's, there are several types, or the list is empty and no type is given.
    """
    several = isinstance(value, list | tuple)
    values: list[Any] = [*value] if isinstance(value, list | tuple) else [value]
    kinds = {member.__class__ for member in values} | ({type} if type is not None else set())
    if len(kinds) != 1:
        raise TypeError("give values of one type, and the type of an empty list")
    kind: Any = kinds.pop()
    if not is_public(kind):
        raise TypeError(f"{getattr(kind, '__name__', kind)} is not a type of lgsco's")
    written = [json_form(member) for member in values]
    body = {"values": written} if several else {"value": written[0]}
    return {"lgsco": FORMAT, "type": kind.__name__, **body}


def to_json(value: object, *, indent: int | None = None, type: type | None = None) -> str:  # noqa: A002  # the same
    """
    Write a value, or a list or tuple of values of one type, as JSON.

    Args:
        value: a value of a public type, or values of one type in a list or a tuple.
        indent: the number of spaces of each level; without it all is on one line.
        type: the type of the values, which an empty list or tuple needs.

    Returns:
        A document with the version of the form (``lgsco``), the name of the type, and ``value`` or ``values``.

    >>> from lgsco import Proportion, ReportingYear
    >>> print(to_json(Proportion(19, 22)))
    {"lgsco": 1, "type": "Proportion", "value": {"numerator": 19, "denominator": 22}}
    >>> print(to_json([ReportingYear(2020)]))
    {"lgsco": 1, "type": "ReportingYear", "values": ["2019-20"]}

    Raises:
        TypeError: the type is not one of lgsco's, there are several types, or the list is empty and no type is given.
    """
    return json.dumps(to_dict(value, type=type), ensure_ascii=False, indent=indent)


@typing.overload
def from_json(text: str | bytes, type: type[T]) -> T: ...  # the contract's name
@typing.overload
def from_json(text: str | bytes, type: Any) -> Any: ...
def from_json(text: str | bytes, type: Any) -> Any:  # noqa: A002  # the contract's name
    """
    Read JSON that ``to_json`` wrote.

    Args:
        text: the document, as text or in UTF-8.
        type: the type of the value, or ``list[Type]`` or ``tuple[Type, ...]`` for a document of several values.

    Returns:
        The value, or a list or a tuple of values.

    >>> from lgsco import Proportion
    >>> from_json('{"lgsco": 1, "type": "Proportion", "value": {"numerator": 3, "denominator": 2}}', Proportion)
    Traceback (most recent call last):
    ...
    lgsco.errors.InvalidValue: this is not a Proportion: $.value.numerator: 3 exceeds the denominator, 2

    Raises:
        InvalidValue: the text is not JSON, is of another type or version, or is not such a value; lists everything
            that is wrong with it, each with its path.
        TypeError: the type asked for is not one of lgsco's.
    """
    return _read(lambda name: parse_json(text, name), type)


@typing.overload
def from_dict(document: object, type: type[T]) -> T: ...  # the contract's name
@typing.overload
def from_dict(document: object, type: Any) -> Any: ...
def from_dict(document: object, type: Any) -> Any:  # noqa: A002  # the contract's name
    """
    Read a document that ``to_dict`` returned, or that was JSON before.

    Args:
        document: the dictionary.
        type: the type of the value, or ``list[Type]`` or ``tuple[Type, ...]`` for a document of several values.

    Returns:
        The value, or a list or a tuple of values.

    >>> from lgsco import Proportion
    >>> from_dict(to_dict([Proportion(19, 22)]), list[Proportion])
    [Proportion(numerator=19, denominator=22)]

    Raises:
        InvalidValue: the document is of another type or version, or is not such a value; lists everything that is
            wrong with it, each with its path.
        TypeError: the type asked for is not one of lgsco's.
    """
    return _read(lambda _: document, type)


def _read(parse: Callable[[str], Any], asked: Any) -> Any:
    several = get_origin(asked) in {tuple, list}
    kind = get_args(asked)[0] if several else asked
    name = getattr(kind, "__name__", str(kind))
    if not is_public(get_origin(kind) or kind) or (get_origin(asked) is tuple and get_args(asked)[1:] != (Ellipsis,)):
        raise TypeError(f"{name} is not a type of lgsco's, nor tuple[Type, ...] or list[Type] of one")
    document = parse(name)
    if not isinstance(document, dict):
        problem = Problem(Place(path="$"), f"expected an object, got {excerpt(document)}")
        raise InvalidValue([problem], subject=_subject(name))
    key = "values" if several else "value"
    if "lgsco" in document and document["lgsco"] != FORMAT:
        # What another version of the form allows, this one cannot judge.
        problem = Problem(Place(path="$.lgsco"), f"must be {FORMAT}, not {excerpt(document['lgsco'])}")
        raise InvalidValue([problem], subject=_subject(name))
    wrong = [
        Problem(Place(path=f"$.{entry}"), f"must be {expected!r}, not {excerpt(document.get(entry))}")
        for entry, expected in (("lgsco", FORMAT), ("type", name))
        if document.get(entry) != expected or document.get(entry).__class__ is not expected.__class__
    ]
    wrong += [
        Problem(Place(path=f"$.{entry}"), "unknown key") for entry in document if entry not in {"lgsco", "type", key}
    ]
    if key not in document:
        wrong.append(Problem(Place(path=f"$.{key}"), "missing"))
        raise InvalidValue(wrong, subject=_subject(name))
    try:
        members: Any = types.GenericAlias(tuple, (kind, ...))
        read = converter().structure(document[key], members if several else kind)
    except (BaseValidationError, LgscoError, ValueError) as error:
        problems = [flaw.problem(Place(path=f"$.{key}{path_text(flaw.path)}")) for flaw in flaws_of(error)]
        raise InvalidValue([*wrong, *problems], subject=_subject(name)) from None
    if wrong:
        raise InvalidValue(wrong, subject=_subject(name))
    return [*read] if get_origin(asked) is list else read


def _subject(name: str) -> str:
    return f"this is not {'an' if name[0] in 'AEIOU' else 'a'} {name}"


def parse_json(text: str | bytes, name: str) -> Any:
    """Read JSON of any kind; what is not JSON, or has a duplicated key, is refused as not a value of that name."""
    try:
        # By name, since json would also take other encodings, and guess which.
        decoded = text.decode("utf-8-sig") if isinstance(text, bytes) else text
        return json.loads(decoded, object_pairs_hook=_without_repeats, parse_constant=_no_number)
    except _Repeated as error:
        raise InvalidValue([Problem(Place(path="$"), str(error))], subject=_subject(name)) from None
    except json.JSONDecodeError as error:
        problem = Problem(Place(path=f"line {error.lineno}, column {error.colno}"), f"not JSON: {error.msg}")
        raise InvalidValue([problem], subject=_subject(name)) from None
    except UnicodeDecodeError as error:
        problem = Problem(Place(path=f"byte {error.start}"), "not text in UTF-8")
        raise InvalidValue([problem], subject=_subject(name)) from None
    except RecursionError:
        raise InvalidValue([Problem(Place(path="$"), "nested too deeply")], subject=_subject(name)) from None
    except ValueError as error:
        raise InvalidValue([Problem(Place(path="$"), str(error))], subject=_subject(name)) from None


class _Repeated(ValueError):
    """A JSON object has one key twice, of which Python would silently keep the last."""


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        twice = sorted(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise _Repeated(f"key {', '.join(map(repr, twice))} is duplicated in one object")
    return members


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")
