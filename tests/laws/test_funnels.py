"""
Laws of funnels.

- A benchmark is outside the Wilson interval exactly where the point is outside the score funnel.
- Under exact limits a point is beyond exactly where the doubled exact test says so: all of n is never above by drawing.
- Under exact limits a point is drawn beyond a line exactly where its position is beyond it.
- Limits straddle the target, widen with confidence, narrow with cases, and stay between nought and one.
- Where the councils differ by no more than chance, limits that allow for it are the plain limits, bit for bit.
- More counted never lowers a position; what is said of the cases is said of the others, mirrored.
- Neither the order nor the names of the councils move a point, and the target is the pooled average.
- Over-dispersion does not depend on the order of the councils, and pulling in outliers never raises it.
"""

from fractions import Fraction

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgsco import Funnel, Position, Proportion, ReportingYear, average_of, funnel, strategies, uphold_rate
from lgsco.comparison import FunnelPoint, GroupRates
from lgsco.stats.control_limits import LimitMethod, exact_limits, exact_tails
from lgsco.stats.hypothesis_tests import binomial_test
from lgsco.stats.overdispersion import FunnelScale, Overdispersion, OverdispersionModel, overdispersion

FEW = settings(max_examples=settings().max_examples // 3)
FUNNELS = strategies.funnels(known=True, max_size=3)
RATES = strategies.proportions(defined=True, max_count=500)
SHARES = st.fractions(0, 1, max_denominator=200)
# Beside these no count lies exactly on a limit, where the last bit of a float would decide.
OFF_LIMITS = st.builds(Fraction, st.integers(0, 97), st.just(97))
CASES = st.integers(1, 500)
REVIEWS = strategies.review_groups(max_size=6, max_count=300, years=strategies.reporting_years(min_ending=2018))
LEVELS = [0.95, 0.998]
IN_ORDER = list(Position)
HAIR = 1e-9
Z_SCORES = st.lists(st.floats(-6, 6), min_size=2, max_size=12)
NO_SPREAD = Overdispersion(phi=1.0, tau_squared=0.0, units=9, scale="linear", trimming="winsorise, 0.1 on each side")


def plain(target, limits=LimitMethod.SCORE):
    """A funnel with no points, whose limits are those of chance alone."""
    return Funnel(
        GroupRates(uphold_rate, ReportingYear(2025), members=()),
        target=target,
        target_is="given",
        limits=limits,
    )


@given(RATES, SHARES)
def test_a_point_is_outside_where_the_target_is_outside_its_interval(rate, target):
    """The score funnel and Wilson's interval agree, at both limits."""
    position = plain(target).position(rate)

    for level, beyond in zip(LEVELS, ({"within"}, {"within", "below_alert", "above_alert"}), strict=True):
        interval = rate.interval(level)
        if min(abs(target - interval.lower), abs(target - interval.upper)) > HAIR:
            assert (target not in interval) == (position.value not in beyond)


@given(RATES, SHARES)
def test_under_exact_limits_the_exact_test_decides(rate, target):
    """A point is beyond a limit exactly where the smaller tail of its count is rarer than that limit allows."""
    position = plain(target, LimitMethod.EXACT).position(rate)
    p_value = binomial_test(rate, target, method="doubled").p_value

    for level, beyond in zip(LEVELS, ({"within"}, {"within", "below_alert", "above_alert"}), strict=True):
        assert abs(p_value - (1 - level)) < HAIR or (p_value < 1 - level) == (position.value not in beyond)


@given(st.integers(1, 2_000), SHARES)
def test_a_perfect_score_is_never_above_by_drawing_alone(cases, target):
    """All of n is above a limit only where so many would all be counted as rarely as the limit allows."""
    position = plain(target, LimitMethod.EXACT).position(Proportion(cases, cases))
    chance = float(target) ** cases

    if all(abs(chance - tail) > HAIR for tail in (0.025, 0.001)):
        assert (chance < 0.025) == (position in {Position.ABOVE_ALERT, Position.ABOVE_ALARM})
        assert (chance < 0.001) == (position is Position.ABOVE_ALARM)


@given(RATES, SHARES, st.sampled_from([LimitMethod.EXACT, LimitMethod.BETA_BINOMIAL]), st.floats(0.0, 0.05))
def test_exact_limits_are_drawn_where_positions_say(rate, target, method, tau_squared):
    """At both limits, with and without a spread between councils."""
    spread = attrs.evolve(NO_SPREAD, tau_squared=tau_squared)
    drawn = attrs.evolve(plain(target, method), adjustment=OverdispersionModel.ADDITIVE, overdispersion=spread)
    position = drawn.position(rate)
    tails = exact_tails(rate, target, tau_squared if method is LimitMethod.BETA_BINOMIAL else 0.0)

    for level, inside in zip(LEVELS, ({"within"}, {"within", "below_alert", "above_alert"}), strict=True):
        lower, upper = drawn.limits_at(rate.denominator, level)
        if all(abs(tail - (1 - level) / 2) > HAIR for tail in tails):
            assert (lower <= rate.value <= upper) == (position.value in inside)


@given(CASES, SHARES, st.sampled_from(LEVELS))
def test_exact_limits_mirror_those_of_the_other_cases(cases, target, level):
    """The upper limit is one less the lower limit of one less the target."""
    lower, upper = exact_limits(cases, target, level)
    others = exact_limits(cases, 1 - target, level)

    assert (1 - others[1], 1 - others[0]) == pytest.approx((lower, upper), abs=HAIR)


@given(FUNNELS, CASES)
def test_limits_straddle_the_target(held, cases):
    """The target lies between its score limits, and they between nought and one, however they are widened."""
    lower, upper = attrs.evolve(held, limits=LimitMethod.SCORE).limits_at(cases)

    assert 0 <= lower <= float(held.target) + HAIR
    assert float(held.target) - HAIR <= upper <= 1


@given(FUNNELS, CASES)
def test_the_alarm_limits_contain_the_alert_limits(held, cases):
    """Limits widen with confidence."""
    alert, alarm = (held.limits_at(cases, level) for level in LEVELS)

    assert alarm[0] <= alert[0]
    assert alert[1] <= alarm[1]


@given(SHARES, CASES, CASES, st.sampled_from(LEVELS))
def test_limits_narrow_as_cases_grow(target, one, other, level):
    """Of more cases the score limits lie within those of fewer."""
    fewer, more = (plain(target).limits_at(cases, level) for cases in sorted((one, other)))

    assert fewer[0] <= more[0]
    assert more[1] <= fewer[1]


@given(SHARES, CASES, st.sampled_from(LEVELS), st.sampled_from(OverdispersionModel))
def test_without_spread_limits_are_the_plain_limits(target, cases, level, adjustment):
    """With tau squared 0, or phi 1, limits and positions are those of chance alone, bit for bit."""
    widened = attrs.evolve(plain(target), overdispersion=NO_SPREAD, adjustment=adjustment)

    assert plain(target).limits_at(cases, level) == widened.limits_at(cases, level)


@given(RATES, st.sampled_from(LEVELS))
def test_a_point_leaves_the_funnel_where_the_target_leaves_its_interval(rate, level):
    """About a target a hair inside a limit of its interval a point is within the limits, a hair outside beyond them."""
    for limits, method in ((LimitMethod.SCORE, "wilson"), (LimitMethod.EXACT, "clopper-pearson")):
        interval = rate.interval(level, method)
        for limit, outwards in ((interval.lower, -1e-8), (interval.upper, 1e-8)):
            if 0 < limit < 1:
                inside, outside = (
                    plain(Fraction(limit + moved), limits).position(rate) for moved in (-outwards, outwards)
                )

                assert abs(IN_ORDER.index(inside) - 2) < abs(IN_ORDER.index(outside) - 2) == LEVELS.index(level) + 1


@given(SHARES, RATES, st.sampled_from(LEVELS))
def test_a_point_is_within_where_its_rate_is_between_the_limits(target, rate, level):
    """Score limits as they are drawn decide as the position does."""
    lower, upper = plain(target).limits_at(rate.denominator, level)
    position = plain(target).position(rate)

    if min(abs(rate.value - lower), abs(rate.value - upper)) > HAIR:
        assert (not lower <= rate.value <= upper) == (abs(IN_ORDER.index(position) - 2) > LEVELS.index(level))


@given(SHARES, CASES, st.sampled_from(FunnelScale), st.integers(1, 9))
def test_spread_is_worth_so_many_times_fewer_cases(target, cases, scale, phi):
    """With phi 4, limits are those of a quarter of the cases; so are those with a tau squared that says as much."""
    bare = attrs.evolve(plain(target), scale=scale)
    variance = 1 / 4 if scale is FunnelScale.ARCSINE else float(target * (1 - target))
    spread = Overdispersion(
        phi=float(phi),
        tau_squared=variance / cases - variance / (phi * cases),
        units=9,
        scale=scale.value,
        trimming="winsorise",
    )

    for adjustment in OverdispersionModel:
        widened = attrs.evolve(bare, overdispersion=spread, adjustment=adjustment).limits_at(phi * cases)

        assert bare.limits_at(cases) == pytest.approx(widened, abs=HAIR)


@given(SHARES, RATES, st.sampled_from(FunnelScale), st.floats(0, 0.1), st.floats(1, 20))
def test_spread_never_moves_a_point_outwards(target, rate, scale, tau_squared, phi):
    """Limits that allow for spread lie around those that do not, and a point that is within stays within."""
    bare = attrs.evolve(plain(target), scale=scale)
    spread = Overdispersion(phi=phi, tau_squared=tau_squared, units=9, scale=scale.value, trimming="truncate")

    for adjustment in OverdispersionModel:
        widened = attrs.evolve(bare, overdispersion=spread, adjustment=adjustment)
        lower, upper = widened.limits_at(rate.denominator)

        assert lower <= bare.limits_at(rate.denominator)[0]
        assert bare.limits_at(rate.denominator)[1] <= upper
        assert bare.position(rate) is not Position.WITHIN or widened.position(rate) is Position.WITHIN


@given(FUNNELS, CASES, st.data())
def test_more_counted_never_lowers_a_position(held, cases, data):
    """Positions of one number of cases are ordered as the counts."""
    fewer = data.draw(st.integers(0, cases - 1))
    one, other = (held.position(Proportion(count, cases)) for count in (fewer, fewer + 1))

    assert IN_ORDER.index(one) <= IN_ORDER.index(other)


@given(OFF_LIMITS, RATES, st.sampled_from(LimitMethod))
def test_what_is_said_of_the_cases_is_said_of_the_others(target, rate, limits):
    """The other cases about the other target lie as far out, on the other side."""
    others = Proportion(rate.denominator - rate.numerator, rate.denominator)
    position, mirrored = plain(target, limits).position(rate), plain(1 - target, limits).position(others)

    assert len(IN_ORDER) - 1 == IN_ORDER.index(position) + IN_ORDER.index(mirrored)


@given(SHARES, CASES)
def test_the_target_itself_is_within(target, cases):
    """A council whose rate is the target is within, whatever the limits."""
    rate = Proportion(target.numerator * cases, target.denominator * cases)

    for limits in LimitMethod:
        assert Position.WITHIN is plain(target, limits).position(rate)


@FEW
@given(st.data(), REVIEWS, strategies.measures(), SHARES | st.none())
def test_the_order_of_councils_moves_no_point(data, reviews, measure, target):
    """Councils in another order have the same positions."""
    one = funnel(reviews, measure, target=target)
    other = funnel(data.draw(st.permutations(reviews)), measure, target=target)

    assert (one.target, one.insufficient_data) == (other.target, other.insufficient_data)
    assert set(one.points) == set(other.points)


@FEW
@given(REVIEWS, strategies.measures(), SHARES | st.none())
def test_the_names_of_councils_move_no_point(reviews, measure, target):
    """Councils under other names have the same positions."""

    def renamed(review):
        return attrs.evolve(review, authority=attrs.evolve(review.authority, name=f"New {review.authority.name}"))

    one, other = funnel(reviews, measure, target=target), funnel(map(renamed, reviews), measure, target=target)

    assert [(point.rate, point.position) for point in one.points] == [
        (point.rate, point.position) for point in other.points
    ]


@FEW
@given(REVIEWS, strategies.measures())
def test_the_target_is_the_pooled_average(reviews, measure):
    """Without a target of the caller's, a funnel is about the average, or there is too little for both."""
    held, average = funnel(reviews, measure), average_of(reviews, measure)

    assert average.value == held.target
    assert average.insufficient_data == held.insufficient_data
    assert average.group.missing == held.group.missing
    assert [part.authority for part in average.group.members] == [point.authority for point in held.points]


@FEW
@given(REVIEWS, strategies.measures(), SHARES, st.sampled_from(LimitMethod))
def test_each_point_lies_where_its_rate_does(reviews, measure, target, limits):
    """The position of a point is that of its rate; without cases it has none."""
    held = funnel(reviews, measure, target=target, limits=limits.value)

    for point in held.points:
        assert type(point) is FunnelPoint
        assert held.position(point.rate) == point.position
        assert (point.rate.value is None) == (point.position is None)


@given(st.data(), Z_SCORES)
def test_over_dispersion_does_not_depend_on_the_order(data, z_scores):
    """Councils in another order differ as much."""
    variances = [1 / (10 + at) for at in range(len(z_scores))]
    paired = data.draw(st.permutations(list(zip(z_scores, variances, strict=True))))
    one = overdispersion(z_scores, variances)

    assert one == overdispersion(*map(list, zip(*paired, strict=True)))


@given(Z_SCORES)
def test_phi_is_the_mean_square(z_scores):
    """Without trimming, phi is the mean of the squared z-scores, of all of them."""
    found = overdispersion(z_scores, [0.01] * len(z_scores), trim=0.0)

    assert len(z_scores) == found.units
    assert pytest.approx(sum(z * z for z in z_scores) / len(z_scores)) == found.phi


@given(st.lists(st.floats(-6, 6), min_size=11, max_size=11), st.floats(0, 100))
def test_it_does_not_matter_how_far_out_an_outlier_lies(z_scores, further):
    """Of eleven councils the outermost on each side counts as the one next to it, however far out it lies."""
    low, *between, high = sorted(z_scores)
    one, other = (overdispersion([low - moved, *between, high + moved], [0.01] * 11).phi for moved in (0.0, further))

    assert pytest.approx(one) == other


@given(Z_SCORES, st.floats(0, 0.49))
def test_pulling_in_outliers_never_raises_phi(z_scores, trim):
    """Winsorised z-scores have no greater mean square where they lie on both sides, and tau squared goes with phi."""
    both_sides = [*z_scores, *(-z for z in z_scores)]
    variances = [0.01] * len(both_sides)
    trimmed, whole = (overdispersion(both_sides, variances, trim=share) for share in (trim, 0.0))

    assert trimmed.phi <= whole.phi + HAIR
    assert trimmed.tau_squared <= whole.tau_squared + HAIR
    assert whole.tau_squared == 0 or whole.phi > (whole.units - 1) / whole.units
