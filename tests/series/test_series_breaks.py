"""What a series break names is a measure or a count that there is."""

import datetime as dt

from tests.support.tables import each_of

import lgsco
from lgsco import Authority, AuthorityType, Population, ReportingYear, series
from lgsco.model.years import SERIES_BREAKS

KENT = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
RESIDENTS = Population(1_600_000, dt.date(2022, 6, 30))
MEASURES = [
    *(thing for name in lgsco.__all__ if isinstance(thing := getattr(lgsco, name), lgsco.Measure)),
    lgsco.per_population_measure({(KENT, ReportingYear(2024)): RESIDENTS}),
]
COUNTS = [series.complaints_received, series.complaints_decided, series.upheld_decisions]
NAMES = {measure.name for measure in MEASURES} | {count.__name__ for count in COUNTS}


@each_of("broken", SERIES_BREAKS)
def test_a_series_break_names_what_there_is(broken):
    """Breaks and cautions are names in text: one that nothing has would break nothing, in silence."""
    assert set() == {*broken.breaks, *broken.cautions} - NAMES
    assert set() == {*broken.breaks} & {*broken.cautions}


def test_every_measure_and_count_is_named_somewhere():
    """A measure that is renamed would otherwise go on unbroken."""
    assert NAMES == {name for broken in SERIES_BREAKS for name in (*broken.breaks, *broken.cautions)}
