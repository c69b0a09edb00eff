"""Every public type is found in the registry; a new one needs no more than its class, exported by its package."""

import json
import pathlib
import re
from dataclasses import KW_ONLY

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lgsco import AuthorityType, ReportingYear, model
from lgsco._values import Choice, Count, Share, Text, public_types, value
from lgsco.convert import from_csv, from_json, from_rows, json_schema, rows_of, to_csv, to_json
from lgsco.errors import InvalidValue
from lgsco.strategies._registration import register


@value
class Ward:
    """A value as a package of the core may have it one day."""

    __module__ = "lgsco.model.wards"

    name: Text
    seats: Count
    _: KW_ONLY
    kind: AuthorityType | None = None
    since: ReportingYear | None = None
    turnout: Share | None = None


@pytest.fixture(scope="module", autouse=True)
def exported():
    """Export the value, which is all that is done for it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "__all__", [*model.__all__, "Ward"])
        register()
        yield


@given(st.data())
def test_a_new_value_is_read_back(data):
    """From JSON, from rows and from comma-separated values; and its document fits its schema."""
    ward = data.draw(st.from_type(Ward))

    assert ward == from_json(to_json(ward), Ward)
    assert [ward] == from_rows(rows_of([ward]), Ward) == from_csv(to_csv([ward]), Ward)
    Draft202012Validator(json_schema(Ward)).validate(json.loads(to_json(ward)))


def test_a_new_value_is_read_strictly():
    """Every field that is wrong is told, with its place."""
    with pytest.raises(InvalidValue) as caught:
        from_json(to_json(Ward("North", 3)).replace("3", "-3").replace("North", ""), Ward)

    assert ["$.value.name", "$.value.seats"] == [str(problem.place) for problem in caught.value.problems]


def test_what_no_package_exports_is_not_public():
    """A value of a caller's, and one of ours that is not exported, have no JSON form."""

    class Colour(Choice):
        """Not of ours."""

        GREEN = "green"

    assert Ward is public_types()["Ward"]
    assert {"Colour", "_UpheldAmong", "Bounds"} & {*public_types()} == set()
    with pytest.raises(TypeError):
        to_json(Colour.GREEN)


def test_the_reference_has_every_public_type():
    """Each has its line in a page of the reference."""
    pages = (pathlib.Path(__file__).parents[2] / "docs" / "reference").glob("*.md")
    listed = {
        name
        for page in pages
        for name in re.findall(r"autoclass:: lgsco\.(?:\w+\.)?(\w+)", page.read_text(encoding="utf-8"))
    }

    assert set() == {*public_types()} - listed - {"Ward"}
