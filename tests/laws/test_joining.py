"""
Laws of joining: datasets meet in any order, and nothing is dropped.

- A dataset joined to itself is itself; the order of joining, and what is joined first, do not matter.
- Every item of each is in the whole, once.
- Whatever is asked of the whole has the same answer in any order.
- Every printed percentage and count of the shipped record can be found in what the dataset says of it.
"""

import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from lgsco import KEY_STATISTICS, Dataset, PrintedPercent, published, strategies
from lgsco.joining import ORDER

SHIPPED = published.dataset()
FEW = settings(max_examples=max(settings().max_examples // 4, 10))
SHIPPED_PARTS = st.builds(
    lambda printed, averages, national: Dataset(
        SHIPPED.register, printed=tuple(printed), averages=tuple(averages), national=tuple(national)
    ),
    st.lists(st.sampled_from(SHIPPED.printed), max_size=8),
    st.lists(st.sampled_from(SHIPPED.averages), max_size=4),
    st.lists(st.sampled_from(SHIPPED.national), max_size=3),
)
PARTS = SHIPPED_PARTS | strategies.datasets()


@FEW
@given(PARTS, PARTS, PARTS)
def test_joining_is_a_union(one, two, three):
    """In any order, each once, and nothing is lost."""
    whole = one + two + three

    assert one + one == one
    assert one + two == two + one
    assert whole == one + (two + three)
    assert hash(whole) == hash(three + two + one)
    for name in ORDER:
        items = getattr(whole, name)
        assert set(items) == {item for part in (one, two, three) for item in getattr(part, name)}
        assert len(items) == len(set(items))


@FEW
@given(PARTS, PARTS)
def test_every_answer_is_the_same_in_any_order(one, two):
    """Whatever was joined first."""
    first, second = one + two, two + one

    assert first.reviews() == second.reviews()
    assert first.findings() == second.findings()
    assert first == pickle.loads(pickle.dumps(second))
    for authority in first.authorities:
        for year in first.years:
            for measure in KEY_STATISTICS:
                assert first.statistic(authority, year, measure) == second.statistic(authority, year, measure)


def test_nothing_that_ships_is_lost():
    """Each percentage and count is in the statistic or, where a better source differs, in a finding about it."""
    findings = {(finding.name, finding.year, finding.source) for finding in SHIPPED.findings()}
    lost = [
        (row.name, str(row.year), measure.name)
        for row in SHIPPED.printed
        for measure in KEY_STATISTICS
        if (printed := row.statistic(measure)) is not None
        and (row.name, row.year, row.source) not in findings
        and (known := SHIPPED.statistic(row.authority(SHIPPED.register), row.year, measure))
        and (
            (isinstance(printed.percent, PrintedPercent) and printed.percent != known.printed)
            or (printed.count is not None and printed.count != known.numerator)
        )
    ]

    assert [] == lost
