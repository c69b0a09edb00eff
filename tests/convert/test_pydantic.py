"""Values as fields of pydantic models, and as what FastAPI routes take and return."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import fastapi
import jsonschema
import pydantic
import pytest
from fastapi.testclient import TestClient
from hypothesis import strategies as st
from tests.support.public import VALUES, of_every

import lgsco
from lgsco import convert, published
from lgsco.convert.converter import json_form

KENT = published.dataset().review("Kent", "2023-24")


class Card(pydantic.BaseModel):
    """A model of a caller, with values of ours."""

    review: lgsco.AnnualReview
    rates: list[lgsco.Proportion] = []
    overview: lgsco.documents.PrintedTally[lgsco.Overview] | None = None


def test_a_model_of_values_goes_through_json():
    """An instance passes, JSON is read, and what is written is read back."""
    overview = lgsco.documents.PrintedTally(lgsco.Overview(not_for_us=1, assessed_and_closed=2, investigated=3))
    card = Card(review=KENT, rates=[{"numerator": 76, "denominator": 94}], overview=overview)

    assert card.rates == [lgsco.Proportion(76, 94)]
    assert card.model_dump()["review"] is KENT
    assert Card.model_validate_json(card.model_dump_json()) == card


def test_what_is_refused_has_its_path():
    """Each problem is told at its place, all at once."""
    review = {"authority": {"name": "Kent", "type": "shire"}, "year": "2023-24", "investigations": {"upheld": "two"}}

    with pytest.raises(pydantic.ValidationError) as caught:
        Card.model_validate({"review": review, "rates": [{"numerator": 3, "denominator": 1}]})

    assert {error["loc"] for error in caught.value.errors()} == {
        ("review", "authority", "type"),
        ("review", "investigations", "upheld"),
        ("review", "investigations", "not_upheld"),
        ("rates", 0, "numerator"),
    }


def test_a_route_takes_and_returns_values():
    """FastAPI reads a body, answers 422 with the paths of what is wrong, and describes both in its schema."""
    app = fastapi.FastAPI()

    @app.post("/rates")
    def rate_of(review: Annotated[lgsco.AnnualReview, fastapi.Body()]) -> lgsco.Proportion | None:
        return lgsco.uphold_rate(review)

    client = TestClient(app)
    answer = client.post("/rates", json=json_form(KENT))
    refused = client.post("/rates", json={"authority": {"name": "Kent", "type": "shire"}, "year": "2023-24"})
    document = client.get("/openapi.json").json()

    assert answer.json() == {"numerator": 76, "denominator": 94}
    assert refused.status_code == 422
    assert [error["loc"] for error in refused.json()["detail"]] == [["body", "authority", "type"]]
    body = document["paths"]["/rates"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["year"]["type"] == "string"
    assert set(body["required"]) == {"authority", "year"}
    jsonschema.validate(json_form(KENT), body)


@of_every(VALUES, examples=3)
def test_every_value_is_a_field(kind, data):
    """Any value goes through JSON by pydantic as it does by ``convert``."""
    value = data.draw(st.from_type(kind))
    try:
        written = convert.to_dict(value)["value"]
    except TypeError:  # a measure that a caller made has no JSON
        return
    field = pydantic.TypeAdapter(kind)

    assert field.validate_python(value) is value
    assert field.validate_python(written) == convert.from_dict(convert.to_dict(value), kind)
    assert field.dump_python(value, mode="json") == written


def test_pydantic_is_not_loaded_before_it_asks():
    """A value knows pydantic only where pydantic is."""
    program = "import sys, lgsco; lgsco.AnnualReview, lgsco.convert.to_json; print('pydantic_core' in sys.modules)"

    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "False"
