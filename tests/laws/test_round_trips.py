"""
Laws of JSON and rows.

- What is written is read back, for every public type, alone and in numbers.
- What is written fits the schema of its type, which is itself valid, and so does everything that is read.
- Rows come back as the values they were laid out from, but for parts in which nothing is known; so do comma-separated
  values.
- Rows of investigations come back in any order in which each case's own rows keep theirs.
- Every row of one type has the same columns, and holds nothing but plain cells.
- What the annotation of a field refuses, the schema refuses, but for what JSON Schema has no words for.
- Any JSON is either read as a value that can be written again, or refused with the place of every problem.
- Any text and any bytes that are no document are refused.
"""

import datetime as dt
import functools
import json
import types
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Union, get_args, get_origin, get_type_hints

import attrs
import pytest
from cattrs.errors import BaseValidationError
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.support.public import CLASSES as EVERY_TYPE
from tests.support.public import of_every

import lgsco
from lgsco import (
    AnnualReview,
    Authority,
    Caution,
    ComplianceOutcome,
    ComplianceTally,
    Decision,
    DecisionTally,
    Enquiry,
    Finding,
    Interval,
    InvestigationTally,
    Overview,
    Population,
    PopulationRate,
    PrintedAverage,
    PrintedPercent,
    Proportion,
    ReceivedTally,
    Recommendation,
    ReportingYear,
    Source,
    strategies,
)
from lgsco._values import Constraint, refusal_of
from lgsco.casework import AreaTally, EnquiryTally, KindTally, LearningEntry, PaymentTally, RecommendationTally
from lgsco.convert import from_csv, from_json, from_rows, json_schema, rows_of, to_csv, to_json
from lgsco.convert.converter import converter
from lgsco.documents import PrintedPer100k, PrintedPopulationAverage
from lgsco.errors import InvalidValue, LgscoError, Problem
from lgsco.stats import MedianTime, TimeStep
from lgsco.strategies._registration import register

# What Hypothesis itself calls where the package is installed.

register()

FLAT_TYPES = [
    AnnualReview,
    AreaTally,
    Authority,
    Caution,
    ComplianceOutcome,
    ComplianceTally,
    Decision,
    DecisionTally,
    Enquiry,
    EnquiryTally,
    Finding,
    Interval,
    InvestigationTally,
    KindTally,
    LearningEntry,
    MedianTime,
    Overview,
    PaymentTally,
    Population,
    PopulationRate,
    PrintedAverage,
    PrintedPer100k,
    PrintedPercent,
    PrintedPopulationAverage,
    Proportion,
    ReceivedTally,
    Recommendation,
    RecommendationTally,
    Source,
    TimeStep,
]


@functools.cache
def values(kind):
    """Give the strategy that the entry point registers for a type."""
    return st.from_type(kind)


@functools.cache
def schema(kind):
    """Give a validator for the documents of a type."""
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def without_empty_parts(value):
    """Give a value with every part in which nothing is known left out, as rows leave it out."""
    if not attrs.has(type(value)):
        return value
    parts = {
        field.alias: without_empty_parts(getattr(value, field.name))
        for field in attrs.fields(type(value))
        if field.init and attrs.has(type(getattr(value, field.name)))
    }
    return attrs.evolve(value, **{name: None if nothing_known(part) else part for name, part in parts.items()})


def nothing_known(part):
    """Whether every field of a part is empty."""
    return all(held is None for held in attrs.asdict(part).values())


def attempted(read, held, kind):
    """Read, and give what was read, or the problems for which it was refused; anything else is a crash."""
    try:
        return read(held, kind), ()
    except InvalidValue as error:
        problems = error.problems
    if not problems or any(type(problem) is not Problem for problem in problems):
        raise AssertionError(problems)
    return None, problems


# --- JSON


@of_every(EVERY_TYPE)
def test_what_is_written_is_read_back(kind, data):
    """JSON keeps a value whole, and writing what was read gives the same text."""
    value = data.draw(values(kind))
    text = to_json(value)

    assert value == from_json(text, kind) == from_json(text.encode(), kind)
    assert text == to_json(from_json(text, kind))


@of_every(EVERY_TYPE)
def test_many_are_read_back_in_order(kind, data):
    """The same of several values of one type."""
    many = tuple(data.draw(st.lists(values(kind), min_size=1, max_size=3)))

    assert many == from_json(to_json(many), tuple[kind, ...])


@of_every(EVERY_TYPE)
def test_what_is_written_fits_the_schema(kind, data):
    """The schema refuses nothing that is written."""
    document = json.loads(to_json(data.draw(values(kind))))

    assert [] == [error.message for error in schema(kind).iter_errors(document)]


# What a careless writer may put in a place, of every kind that JSON has.
SCRAPS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 40),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=6),
    st.sampled_from(
        (
            "3",
            "2019-20",
            "2020-03-31",
            "1/2",
            "2/4",
            "4.2",
            "-1",
            "n/a",
            "upheld",
            "uphold_rate",
            "Average",
            "county_council",
        )
    ),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.sampled_from(("type", "value", "upheld", "extra")), st.integers(0, 3), max_size=2),
)


def damaged(draw, held):
    """Give a JSON value with one place in it changed: replaced, left out, or added to."""
    if isinstance(held, dict) and held and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(held)))
        return {**held, key: damaged(draw, held[key])}
    if isinstance(held, list) and held and draw(st.integers(0, 4)):
        at = draw(st.integers(0, len(held) - 1))
        return [*held[:at], damaged(draw, held[at]), *held[at + 1 :]]
    how = draw(st.sampled_from(("replace", "replace", "leave out", "add")))
    if isinstance(held, dict) and how == "leave out" and held:
        gone = draw(st.sampled_from(sorted(held)))
        return {key: part for key, part in held.items() if key != gone}
    if isinstance(held, dict) and how == "add":
        return {**held, draw(st.text(max_size=5)): draw(SCRAPS)}
    if isinstance(held, list) and how == "add":
        return [*held, draw(SCRAPS)]
    return draw(SCRAPS)


@of_every(EVERY_TYPE, examples=5)
def test_a_damaged_document_is_read_or_refused(kind, data):
    """Whatever is done to a document, it holds a value that fits the schema, or every problem has its place."""
    document = json.loads(to_json(data.draw(values(kind))))
    for _ in range(data.draw(st.integers(1, 3))):
        document = damaged(data.draw, document)
    value, problems = attempted(from_json, json.dumps(document), kind)

    assert all(str(problem.place).startswith("$") and problem.reason for problem in problems)
    assert problems or value == from_json(to_json(value), kind)
    assert problems or [] == [error.message for error in schema(kind).iter_errors(document)]


def unsayable(annotation, scrap):
    """Tell whether JSON Schema has no words for why an annotation refuses a scrap."""
    origin = get_origin(annotation)
    if origin is Annotated:
        stated = [part for part in annotation.__metadata__ if isinstance(part, Constraint)]
        return any(not part.schema for part in stated) or unsayable(annotation.__origin__, scrap)
    if origin in {types.UnionType, Union}:
        return any(unsayable(member, scrap) for member in get_args(annotation))
    if origin is tuple or attrs.has(origin or annotation):
        # A list or a value has fields of its own, and rules between them; a year is text that no pattern can check.
        return isinstance(scrap, list | dict) or annotation is ReportingYear
    if annotation in {Fraction, dt.date}:
        return isinstance(scrap, str)
    return isinstance(scrap, float) and scrap.is_integer()


@of_every([kind for kind in EVERY_TYPE if attrs.has(kind)], examples=4)
def test_the_schema_refuses_what_a_field_refuses(kind, data):
    """One field with a scrap in it: what its annotation refuses, the schema refuses, where it has words for it."""
    document = json.loads(to_json(data.draw(values(kind))))
    if not isinstance(document["value"], dict):
        return
    hints = get_type_hints(kind, include_extras=True)
    fields = {field.alias: hints[field.name] for field in attrs.fields(kind) if field.init}
    name = data.draw(st.sampled_from(sorted(fields)))
    scrap = data.draw(SCRAPS)
    try:
        refused = refusal_of(converter().structure(scrap, fields[name]), fields[name]) is not None
    except (BaseValidationError, LgscoError, ValueError):
        refused = True

    if refused and not unsayable(fields[name], scrap):
        document["value"][name] = scrap
        assert not schema(kind).is_valid(document)


@given(st.text() | st.binary(), st.sampled_from(EVERY_TYPE))
def test_what_is_no_document_is_refused(text, kind):
    """Nothing but a refusal comes out of noise."""
    with pytest.raises(InvalidValue) as caught:
        from_json(text, kind)

    assert all(str(problem.place) and problem.reason for problem in caught.value.problems)


# --- Rows


@of_every(FLAT_TYPES)
def test_rows_come_back(kind, data):
    """Laying out and reading are inverse, but for parts in which nothing is known, which come back as no parts."""
    many = data.draw(st.lists(values(kind), max_size=3))
    rows = rows_of(many)
    back = from_rows(rows, kind)

    assert [without_empty_parts(value) for value in many] == back
    assert rows == rows_of(back)


@of_every(FLAT_TYPES)
def test_comma_separated_values_come_back(kind, data):
    """As text and as bytes, with and without the mark that spreadsheets put first, and with their line ends."""
    many = data.draw(st.lists(values(kind), min_size=1, max_size=3))
    text = to_csv(many)
    back = from_csv(text, kind)

    assert from_rows(rows_of(many), kind) == back
    assert back == from_csv(text.encode("utf-8-sig"), kind)
    assert text == to_csv(back) or many != back


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 40), st.floats(), st.text(max_size=4), st.dates(), st.just(Decimal("4.2"))
)


COUNCIL = lgsco.Authority("Barsetshire", lgsco.AuthorityType.OTHER)
DECISION = Decision("19 003 456", COUNCIL, outcome=lgsco.Outcome.UPHELD, decided_on=dt.date(2019, 10, 1))
COLUMNS = {*rows_of([lgsco.Investigation(DECISION)])[0], "nonsense"}

# A case is told from others by its reference and the name of its body.
CASES = strategies.investigation_lists(values(lgsco.Investigation)).filter(
    lambda cases: len(cases) == len({(case.decision.reference, case.decision.authority.name) for case in cases})
)


@given(CASES, st.data())
def test_investigations_come_back(cases, data):
    """A row for each recommendation and enquiry, in whatever order the cases stand; and as comma-separated values."""
    rows = rows_of(cases)
    order = data.draw(st.permutations(range(len(cases))))
    shuffled = [row for at in order for row in rows_of([cases[at]])]

    assert cases == from_rows(rows, lgsco.Investigation)
    assert [cases[at] for at in order] == from_rows(shuffled, lgsco.Investigation)
    assert not cases or cases == from_csv(to_csv(cases), lgsco.Investigation)
    assert len(rows) == sum(max(len(case.recommendations) + len(case.enquiries), 1) for case in cases)
    assert 1 >= len({tuple(row) for row in rows})


@given(CASES, st.data())
def test_a_damaged_investigation_is_read_or_refused(cases, data):
    """Whatever stands in the cells of its rows, they hold investigations, or every problem has its row and column."""
    rows = rows_of(cases)
    if rows:
        at = data.draw(st.integers(0, len(rows) - 1))
        rows[at] |= data.draw(st.dictionaries(st.sampled_from([*rows[at], "nonsense"]), CELLS, min_size=1, max_size=3))
        for column in data.draw(st.sets(st.sampled_from([*rows[at]]), max_size=2)):
            del rows[at][column]
    read, problems = attempted(from_rows, rows, lgsco.Investigation)
    places = {f"row {number}, {name}" for number in range(1, len(rows) + 1) for name in COLUMNS}

    assert set() == {str(problem.place) for problem in problems} - places
    assert problems or read == from_rows(rows_of(read), lgsco.Investigation)


@of_every(FLAT_TYPES)
def test_rows_make_a_table(kind, data):
    """Values of one type have the same columns in the same order, and each cell is plain."""
    first, other = rows_of([data.draw(values(kind)), data.draw(values(kind))])

    assert [*first] == [*other]
    assert {type(cell) for cell in first.values()} <= {str, int, bool, float, dt.date, Decimal, type(None)}


@given(values(lgsco.Comparison))
def test_a_comparison_makes_a_row(comparison):
    """The counts and the percentage of a row are those of the comparison, and its shares lie between 0 and 1."""
    (row,) = rows_of([comparison])
    rate = comparison.rate

    assert (row["numerator"], row["denominator"]) == (
        (None, None) if rate is None else (rate.numerator, rate.denominator)
    )
    assert row["percent"] == (None if rate is None or rate.percent() is None else int(rate.percent()))
    assert all(row[column] is None or 0 <= row[column] <= 1 for column in ("lower", "upper", "benchmark"))


@of_every(FLAT_TYPES, examples=20)
def test_a_damaged_row_is_read_or_refused(kind, data):
    """Whatever stands in its cells, a row is a value, or every problem has the row and a column."""
    (row,) = rows_of([data.draw(values(kind))])
    row |= data.draw(st.dictionaries(st.sampled_from([*row, "nonsense"]), CELLS, min_size=1, max_size=3))
    for column in data.draw(st.sets(st.sampled_from([*row]), max_size=2)):
        del row[column]
    read, problems = attempted(from_rows, [row], kind)
    columns = {*rows_of([data.draw(values(kind))])[0], *row}

    assert set() == {
        str(problem.place) for problem in problems if str(problem.place).removeprefix("row 1, ") not in columns
    }
    assert problems or rows_of(read) == rows_of(from_rows(rows_of(read), kind))
