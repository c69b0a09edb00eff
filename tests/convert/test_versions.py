"""What a reader of one version does with a document of another, in both directions."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from hypothesis import strategies as st
from tests.support.public import VALUES, of_every

from lgsco import convert
from lgsco._values import public_types
from lgsco.convert.converter import json_form
from lgsco.errors import InvalidValue

FORM_1 = json.loads(Path(__file__).with_name("form_1.json").read_text(encoding="utf-8"))


def test_documents_of_form_1_are_read_as_they_were_written():
    """Each reads as a value, and the value writes the same document: nothing of it has another meaning."""
    for document in FORM_1:
        assert convert.to_dict(convert.from_dict(document, _kind(document))) == document


@of_every(VALUES, examples=2)
def test_what_an_older_release_leaves_out_has_a_default(kind, data):
    """A document without the keys that may be left out is the same value."""
    value = data.draw(st.from_type(kind))
    try:
        document = convert.to_dict(value)
    except TypeError:  # a measure that a caller made has no JSON
        return
    defaults = {
        field.name: json_form(field.default)
        for field in attrs.fields(kind)
        if field.default is not attrs.NOTHING and not isinstance(field.default, attrs.Factory)
    }
    if isinstance(document["value"], dict):
        for key, default in defaults.items():
            if key in document["value"] and document["value"][key] == default:
                del document["value"][key]

    assert convert.from_dict(document, kind) == value


def test_another_form_is_refused_for_its_version_alone():
    """Nothing else of it is judged, since its rules are not known."""
    document = FORM_1[0] | {"value": {"new": "form"}, "signature": "abc"}

    for version in (0, 2, "1", 1.5, None):
        with pytest.raises(InvalidValue) as caught:
            convert.from_dict(document | {"lgsco": version}, _kind(document))

        assert [problem.place.path for problem in caught.value.problems] == ["$.lgsco"]


def test_what_a_newer_release_adds_is_refused_where_it_is():
    """Every key that is not known is told, and nothing is left out in silence."""
    for document in FORM_1:
        newer = document | {"value": {**document["value"], "invented": 1, "later": []}}

        with pytest.raises(InvalidValue) as caught:
            convert.from_dict(newer, _kind(document))

        assert [problem.place.path for problem in caught.value.problems] == ["$.value.invented", "$.value.later"]


def _kind(document):
    return public_types()[document["type"]]
