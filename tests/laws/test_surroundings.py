"""
Laws of what results do not depend on.

- The caller's Decimal context: its precision, its rounding and its traps.
- The thread: computed in many at once, results are those computed in one.
"""

import decimal
import pickle
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgsco import (
    KEY_STATISTICS,
    Authority,
    AuthorityType,
    PrintedPercent,
    Register,
    ReportingYear,
    audit,
    average_of,
    compare,
    published,
    similar_authorities,
    strategies,
    uphold_rate,
)
from lgsco.comparison import AverageMethod
from lgsco.model import RegisterEntry
from lgsco.render import to_text
from lgsco.reports import council_report
from lgsco.series import change

FEW = settings(max_examples=settings().max_examples // 3)
CONTEXTS = st.builds(
    decimal.Context,
    prec=st.sampled_from([1, 2, 28]),
    rounding=st.sampled_from([decimal.ROUND_DOWN, decimal.ROUND_UP, decimal.ROUND_HALF_EVEN]),
    traps=st.sampled_from([[], [decimal.Inexact, decimal.Rounded, decimal.FloatOperation]]),
)
PLACES = st.integers(0, 6)
GROUPS = strategies.review_groups(min_size=5, max_size=6, known=True)


def about_a_group(reviews):
    me = reviews[0]
    found = []
    for measure in KEY_STATISTICS:
        for method in AverageMethod:
            average = average_of(similar_authorities(me, reviews), measure, method=method.value)
            result = compare(me, average, measure)
            found += [average.percent(1), result.benchmark, result.interval, *map(str, result.cautions)]
            found.append(measure.describe(result.rate))
    return found


def about_print(printed):
    register = Register([RegisterEntry(Authority(printed.name, AuthorityType.OTHER))])
    return printed.review(register), [str(finding) for finding in audit(printed)]


@given(CONTEXTS, strategies.proportions(), PLACES)
def test_percentages_do_not_depend_on_the_decimal_context(context, rate, places):
    """A rate prints the same whatever the context."""
    expected = rate.percent(places), str(rate), rate.interval() and rate.interval().percents(places)

    with decimal.localcontext(context):
        found = rate.percent(places), str(rate), rate.interval() and rate.interval().percents(places)

    assert repr(expected) == repr(found)


@given(CONTEXTS, strategies.population_rates(), PLACES)
def test_population_rates_do_not_depend_on_the_decimal_context(context, rate, places):
    """A rate per population rounds the same whatever the context."""
    expected = rate.rounded(places), str(rate)

    with decimal.localcontext(context):
        found = rate.rounded(places), str(rate)

    assert repr(expected) == repr(found)


@given(CONTEXTS, strategies.printed_percents(places=PLACES), st.integers(0, 5_000))
def test_printed_percentages_do_not_depend_on_the_decimal_context(context, percent, count):
    """A printed percentage stands for the same rates and counts whatever the context."""
    expected = percent.lower, percent.upper, percent.numerators(count), percent.denominators(count), str(percent)

    with decimal.localcontext(context):
        made = attrs.evolve(percent)
        found = made.lower, made.upper, made.numerators(count), made.denominators(count), str(made)

    assert expected == found


@given(
    CONTEXTS,
    st.one_of(
        strategies.recommendations(known=True),
        strategies.printed_per_100ks(known=True),
        strategies.printed_population_averages(),
        strategies.printed_percents(places=PLACES),
    ),
)
def test_what_is_a_value_does_not_depend_on_the_decimal_context(context, value):
    """A value with a Decimal can be made, shown, pickled and compared whatever the context."""
    expected = repr(value), hash(value)

    with decimal.localcontext(context):
        made = pickle.loads(pickle.dumps(attrs.evolve(value)))  # our own
        found = repr(made), hash(made)

    assert value == made
    assert expected == found


@FEW
@given(CONTEXTS, GROUPS)
def test_comparisons_do_not_depend_on_the_decimal_context(context, reviews):
    """Averages, comparisons and their cautions are the same whatever the context."""
    expected = about_a_group(reviews)

    with decimal.localcontext(context):
        found = about_a_group(reviews)

    assert expected == found


def test_words_do_not_depend_on_the_decimal_context():
    """Of a benchmark, of what it stands for, of the confidence of a change, and of a whole report."""
    data = published.dataset()
    kent = data.register.find("Kent")
    review = data.review(kent, "2023-24")

    def words():
        against = [compare(review, target, uphold_rate) for target in (PrintedPercent(73), Fraction(725, 1000))]
        moved = change(data.history(kent), uphold_rate, review.year, ReportingYear(2025), confidence=0.995)
        report = to_text(council_report(data, kent, review.year))
        return (
            [(each.borderline_reasons, each.benchmark.words, each.sentence()) for each in against],
            moved.sentence(),
            report,
        )

    expected = words()
    for traps in ([], [decimal.Inexact, decimal.Rounded]):
        with decimal.localcontext(decimal.Context(prec=1, traps=traps)):
            assert expected == words()
    assert "72.5%" == expected[0][1][1].short


@FEW
@given(CONTEXTS, strategies.printed_reviews(max_count=60))
def test_findings_do_not_depend_on_the_decimal_context(context, printed):
    """The counts taken from print, and the findings in it, are the same whatever the context."""
    expected = about_print(printed)

    with decimal.localcontext(context):
        found = about_print(printed)

    assert expected == found


@pytest.fixture(scope="module")
def threads():
    with ThreadPoolExecutor(8) as pool:
        yield pool


@FEW
@given(groups=st.lists(GROUPS, min_size=1, max_size=3))
def test_results_do_not_depend_on_the_thread(threads, groups):
    """Computed in eight threads at once, results are those computed in one."""
    many = groups * 8

    assert [about_a_group(group) for group in many] == [*threads.map(about_a_group, many)]
