"""The data dictionary of counts agrees with the tallies, the reviews and the measures that it describes."""

import pytest
from tests.support.tables import each_of

from lgsco import AnnualReview, Authority, AuthorityType, ReportingYear
from lgsco._values import fields_of
from lgsco.convert import rows_of
from lgsco.errors import InvalidValue
from lgsco.model import measures
from lgsco.model.counts import COUNTS, RATE_COLUMNS, part_names
from lgsco.model.tallies import TALLY_TYPES

FULL = AnnualReview(
    Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL),
    ReportingYear(2024),
    investigations=TALLY_TYPES["investigations"](76, 18, satisfactory_remedies=2),
    compliance=TALLY_TYPES["compliance"](61, 1, late=14),
    overview=TALLY_TYPES["overview"](not_for_us=5, assessed_and_closed=6, investigated=94),
)


@each_of("field", TALLY_TYPES)
def test_a_tally_has_the_counts_of_its_entries(field):
    """Its fields, in their order, and a total."""
    own = [entry for entry in COUNTS if entry.field == field]

    assert part_names(field) == tuple(one.alias for one in fields_of(TALLY_TYPES[field]) if one.alias != "total")
    assert ["total"] == [entry.name for entry in own if entry.part_of is None]
    assert {entry.part_of for entry in own} - {None, "total"} <= set(part_names(field))


def test_a_review_has_the_tallies_of_the_entries():
    """Every tally, and no other field that an entry names."""
    names = {field.name for field in fields_of(AnnualReview)}

    assert {*TALLY_TYPES} == {entry.field for entry in COUNTS} <= names


def test_a_column_is_of_one_count():
    """No two counts share a column."""
    assert len(COUNTS) == len({entry.column for entry in COUNTS})


@each_of("name", RATE_COLUMNS)
def test_a_rate_is_over_the_count_of_which_it_is_part(name):
    """The columns named are the numerator and the denominator of the measure."""
    [row] = rows_of([FULL])
    rate = getattr(measures, name)(FULL)

    assert tuple(row[column] for column in RATE_COLUMNS[name]) == (rate.numerator, rate.denominator)


def test_every_contradiction_is_listed():
    """Not the first alone."""
    decided = TALLY_TYPES["decided"](upheld=75, not_upheld=20, total=105)

    with pytest.raises(InvalidValue) as caught:
        AnnualReview(FULL.authority, FULL.year, investigations=FULL.investigations, decided=decided)

    assert {("investigations.total", 94), ("investigations.upheld", 76), ("investigations.not_upheld", 18)} == {
        (problem.place.path, problem.value) for problem in caught.value.problems
    }
