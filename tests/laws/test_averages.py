"""
Laws of averages over similar authorities.

- Pooling is a mediant; no method leaves the range of the rates.
- Splitting a council in two leaves the pooled average.
- A council's own cases and the others' recombine to the whole.
- Neither the order nor the names of the councils matter.
- Nothing is lost: each council asked for is a part or is not held.
- Too little is no average, by every method.
"""

from fractions import Fraction

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    Average,
    InvestigationTally,
    PrintedPercent,
    Proportion,
    ReportingYear,
    average_of,
    compare,
    pooled,
    similar_authorities,
    strategies,
    uphold_rate,
)
from lgsco.comparison import AverageMethod, GroupRates
from lgsco.model.authorities import authority_order

FEW = settings(max_examples=settings().max_examples // 3)
AVERAGES = strategies.averages(rates=strategies.group_rates(min_size=1))
FULL = strategies.averages(rates=strategies.group_rates(min_size=5, max_size=7, known=True, defined=True))
REVIEWS = strategies.review_groups(max_size=6, years=strategies.reporting_years(min_ending=2018, max_ending=2026))
METHODS = st.sampled_from([method.value for method in AverageMethod])
MEASURES = strategies.measures()


def renamed(review):
    return attrs.evolve(
        review, authority=attrs.evolve(review.authority, name=f"New {review.authority.name}", code=None)
    )


def figures(average):
    return average.value, average.pooled, average.group.type, len(average.group.missing)


@given(AVERAGES)
def test_pooling_is_a_mediant(average):
    """The pooled share lies between the least and the greatest rate."""
    if average.group.values:
        assert min(average.group.values) <= average.pooled.value <= max(average.group.values)


@FEW
@given(FULL)
def test_an_average_lies_among_its_rates(average):
    """By every method the average lies between the least and the greatest rate."""
    for method in AverageMethod:
        assert min(average.group.values) <= attrs.evolve(average, method=method).value <= max(average.group.values)


@given(st.integers(5, 9), strategies.proportions(defined=True), st.sampled_from(AverageMethod))
def test_the_average_of_one_rate_is_that_rate(councils, rate, method):
    """Where all councils have the same rate, of however many cases, every method gives it."""
    bodies = [Authority(f"Council {at}", AuthorityType.OTHER) for at in range(councils)]
    reviews = [
        AnnualReview(
            body,
            ReportingYear(2020),
            investigations=InvestigationTally(at * rate.numerator, at * (rate.denominator - rate.numerator)),
        )
        for at, body in enumerate(bodies, 1)
    ]

    assert rate.value == average_of(reviews, uphold_rate, method=method.value).value


@given(AVERAGES)
def test_there_is_an_average_exactly_where_there_is_not_too_little(average):
    """With fewer than five rates, or less than half the group, there is no average by any method."""
    group = average.group
    enough = len(group.values) >= 5 and (group.size is None or 2 * len(group.members) >= group.size)

    assert (
        enough == (average.value is not None) == (average.percent() is not None) == (average.insufficient_data is None)
    )


@FEW
@given(FULL, st.integers(0, 2))
def test_the_printed_average_holds_the_average(average, places):
    """An average prints as a percentage that holds it."""
    if average.value is not None:
        assert average.value in PrintedPercent(average.percent(places), places=places)


@FEW
@given(st.data(), FULL)
def test_splitting_a_council_leaves_the_pooled_average(data, average):
    """However the cases of one council are dealt to two, all cases come to the same."""
    whole, *others = average.group.members
    upheld = data.draw(st.integers(0, whole.rate.numerator))
    rest = data.draw(st.integers(0, whole.rate.denominator - whole.rate.numerator))
    one = Proportion(upheld, upheld + rest)
    other = Proportion(whole.rate.numerator - one.numerator, whole.rate.denominator - one.denominator)
    halves = [
        attrs.evolve(whole, authority=Authority(f"{name} half", AuthorityType.OTHER), rate=rate)
        for name, rate in (("One", one), ("Other", other))
    ]

    assert average.pooled == attrs.evolve(average, group=attrs.evolve(average.group, members=[*halves, *others])).pooled


@FEW
@given(REVIEWS, MEASURES)
def test_own_and_others_recombine_to_the_whole(reviews, measure):
    """Taking a council out and adding its own cases again gives all cases."""
    average = average_of(reviews, measure)
    own, others = measure(reviews[0]) or Proportion(0, 0), average.without(reviews[0]).pooled

    assert average.pooled == pooled([own, others])


@FEW
@given(REVIEWS, MEASURES, METHODS)
def test_without_is_the_average_of_the_others(reviews, measure, method):
    """Leaving a council out afterwards is never having had it."""
    me, *others = reviews
    without = average_of(reviews, measure, method=method).without(me)
    group = attrs.evolve(without.group, excluding=())

    assert not others or attrs.evolve(without, group=group) == average_of(others, measure, method=method)


@FEW
@given(st.data(), AVERAGES)
def test_a_council_is_left_out_once(data, average):
    """Leaving out a council leaves a group of one fewer; doing so again changes nothing."""
    council = data.draw(st.sampled_from([*(part.authority for part in average.group.members), *average.group.missing]))
    review = data.draw(strategies.annual_reviews(authorities=st.just(council)))
    without = average.without(review)

    assert without.without(review) == without
    assert (average.group.size and average.group.size - 1) == without.group.size
    known = [member.authority for member in without.group.members]
    assert len(known) + len(without.group.missing) == len(average.group.members) + len(average.group.missing) - 1
    assert council not in {*known, *without.group.missing}


@FEW
@given(st.data(), REVIEWS, MEASURES, METHODS)
def test_the_order_of_councils_does_not_matter(data, reviews, measure, method):
    """Councils in another order average the same."""
    one = average_of(reviews, measure, method=method)
    other = average_of(data.draw(st.permutations(reviews)), measure, method=method)

    assert figures(one) == figures(other)
    assert set(one.group.members) == set(other.group.members)


@FEW
@given(REVIEWS, MEASURES, METHODS)
def test_the_names_of_councils_do_not_matter(reviews, measure, method):
    """Councils under other names average the same."""
    one = average_of(reviews, measure, method=method)
    other = average_of(map(renamed, reviews), measure, method=method)

    assert figures(one) == figures(other)
    assert [part.rate for part in one.group.members] == [part.rate for part in other.group.members]


@FEW
@given(REVIEWS, MEASURES)
def test_no_council_is_lost(reviews, measure):
    """Each council that was given is a part, or is named as not held."""
    average = average_of(reviews, measure)
    held = {part.authority for part in average.group.members}

    assert {review.authority for review in reviews} == held | set(average.group.missing)
    assert held.isdisjoint(average.group.missing)


@FEW
@given(st.data(), REVIEWS, strategies.review_groups(max_size=3))
def test_similar_authorities_are_the_group_and_the_council_itself(data, reviews, strangers):
    """Whatever else is held, in whatever order, a council's peers are those of its group and year, itself included."""
    me = reviews[0]
    strangers = [other for other in strangers if (other.year, other.authority.type) != (me.year, me.authority.type)]
    held = data.draw(st.permutations([*reviews, *strangers]))

    assert tuple(sorted(reviews, key=lambda review: authority_order(review.authority))) == similar_authorities(me, held)


@FEW
@given(st.data(), REVIEWS, MEASURES)
def test_a_council_is_compared_with_the_others(data, reviews, measure):
    """A comparison is the same whether the council is in the average or not, and in whatever order the others stand."""
    me, *others = reviews
    shuffled = data.draw(st.permutations(reviews))
    one = compare(me, average_of(shuffled, measure), measure)

    if others:
        other = compare(me, average_of(others, measure), measure)

        assert figures(other.benchmark) == figures(one.benchmark)
        assert other.cautions == one.cautions


@FEW
@given(strategies.comparisons(measures=strategies.measures(key=True)))
def test_a_comparison_holds_the_councils_own_figures(comparison):
    """Rate and interval of a comparison are those of the review, whatever it is set beside."""
    rate = comparison.measure(comparison.review)

    assert rate == comparison.rate
    assert (rate and rate.interval(comparison.confidence)) == comparison.interval


@given(st.lists(strategies.members(), max_size=6), st.sampled_from(AverageMethod))
def test_the_pooled_share_is_the_same_by_every_method(parts, method):
    """The method decides the average, not what all cases come to."""
    average = Average(GroupRates(uphold_rate, ReportingYear(2020), members=parts), method=method)

    assert sum(part.rate.numerator for part in parts) == average.pooled.numerator
    assert sum((Fraction(part.rate.denominator) for part in parts), Fraction(0)) == average.pooled.denominator
