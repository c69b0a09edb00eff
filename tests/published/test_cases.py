"""
Reference cases: figures that somebody else printed or computed, each with its source, at its own tolerance.

The cases stand as data in ``cases/``.
A tolerance is absolute, relative, or the larger of both, and 0 where neither is given.
"""

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from lgsco import Population, PopulationRate, Proportion

FOLDER = Path(__file__).parent / "cases"


def cases(name):
    """Parametrise a test over the cases of one file."""
    held = json.loads(FOLDER.joinpath(f"{name}.json").read_text(encoding="utf-8"))["cases"]
    return pytest.mark.parametrize("case", held, ids=[case["id"] for case in held])


def within(found, expected, tolerance):
    """Whether a number is as near as its case asks."""
    return abs(found - expected) <= max(tolerance.get("abs", 0), tolerance.get("rel", 0) * abs(expected))


@cases("percents")
def test_percent(case):
    """Percentages are rounded halves up; a printed figure that was cut off, or made from another base, is not ours."""
    found = Proportion(case["numerator"], case["denominator"]).percent(case["places"])

    assert case["reproduced"] is (Decimal(case["percent"]) == found)


@cases("rates")
def test_rate(case):
    """A rate is exact."""
    value = Proportion(case["numerator"], case["denominator"]).value

    assert Fraction(*case["value"]) == value
    assert case["float"] == float(value)


@cases("wilson")
def test_wilson(case):
    """Limits agree with other programs, and never leave 0 and 1."""
    interval = Proportion(case["numerator"], case["denominator"]).interval(case["confidence"])

    assert [] == [
        (name, expected, getattr(interval, name))
        for name, expected in case["limits"].items()
        if not within(getattr(interval, name), expected, case["tolerance"])
    ]
    assert 0 <= interval.lower <= interval.upper <= 1


@cases("population_rates")
def test_population_rate(case):
    """A rate per so many residents agrees with print, as far as the population is known."""
    rate = PopulationRate(case["events"], Population(case["people"], dt.date(2021, 6, 30)), per=case["per"])

    assert within(float(rate.value), case["rate"], case["tolerance"])


def test_every_case_has_a_source():
    """Of every file in the folder, each case says where its figure comes from, and no two have one name."""
    files = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    held = [case for file in files for case in (file if isinstance(file, list) else file["cases"])]
    ids = [case["id"] for case in held]

    assert [] == [case["id"] for case in held if not case.get("source") or not case.get("kind")]
    assert len(ids) == len(set(ids))
