"""
Laws of reporting years.

- They partition the days: each day is in exactly one, and each year begins on the day after the last ends.
- They are ordered as their days are.
- What they print can be read back, in every way of writing it.
"""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from lgsco import ReportingYear, strategies

YEARS = strategies.reporting_years(max_ending=9999)
# The first and the last day of a year as often as any between.
DAYS = (
    st.dates(dt.date(1974, 4, 1), dt.date(9999, 3, 31))
    | YEARS.map(lambda year: year.start)
    | YEARS.map(lambda year: year.end)
)
WAYS_OF_WRITING = (
    "{}-{}".format,
    "{}/{}".format,
    " {} - {} ".format,
    "{}\N{EN DASH}{}".format,
    lambda first, last: f"{first}/{last % 100:02}",
    lambda first, last: f"{first} / {last % 100:02}",
    lambda _, last: str(last),
)


@given(DAYS)
def test_a_day_is_in_the_year_that_contains_it(day):
    """Each day is in a year."""
    assert day in ReportingYear.containing(day)


@given(DAYS, YEARS)
def test_a_day_is_in_no_other_year(day, year):
    """Each day is in one year only."""
    assert (year == ReportingYear.containing(day)) == (day in year)


@given(st.sampled_from(range(1975, 9999)).map(ReportingYear))
def test_no_day_falls_between_two_years(year):
    """A year begins on the day after the one before it ends, and is a year long."""
    following = year + 1

    assert following.start == year.end + dt.timedelta(1)
    assert (year.end - year.start).days + 1 in {365, 366}


@given(DAYS, DAYS)
def test_years_are_ordered_as_their_days(one, other):
    """A later day is never in an earlier year."""
    earlier, later = sorted((one, other))

    assert ReportingYear.containing(earlier) <= ReportingYear.containing(later)


@given(YEARS, YEARS)
def test_years_are_ordered_by_their_ends(one, other):
    """The earlier year ends earlier."""
    assert (one.end < other.end) == (one < other)
    assert (one.end <= other.end) == (one <= other)


@given(YEARS)
def test_a_printed_year_can_be_read_back(year):
    """Parsing is the inverse of printing."""
    assert year == ReportingYear.parse(str(year))


@given(YEARS, st.sampled_from(WAYS_OF_WRITING))
def test_a_year_can_be_written_in_several_ways(year, write):
    """Every way of writing a year is read as that year."""
    assert year == ReportingYear.parse(write(year.ending - 1, year.ending))
