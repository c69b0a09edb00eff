"""Limits, positions and over-dispersion."""

import datetime as dt
import itertools
import math
from fractions import Fraction

import pytest
from tests.support.refusals import faults, fields

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    InvestigationTally,
    Population,
    PopulationRate,
    Position,
    Proportion,
    Register,
    ReportingYear,
    funnel,
    per_population_measure,
    uphold_rate,
)
from lgsco.comparison import funnels_by_group
from lgsco.errors import EmptyInput, InvalidValue, NotComparable
from lgsco.model import RegisterEntry
from lgsco.stats import Overdispersion
from lgsco.stats.beta_binomial import beta_binomial_mass
from lgsco.stats.control_limits import (
    arcsine_limits,
    beta_binomial_limits,
    exact_limits,
    exact_tails,
    is_outside,
    poisson_limits,
    score_position,
    z_of,
)
from lgsco.stats.distributions import poisson_tails
from lgsco.stats.overdispersion import overdispersion

YEAR = ReportingYear(2025)
COUNTY, UNITARY = AuthorityType.COUNTY_COUNCIL, AuthorityType.UNITARY_COUNCIL
TWO_THIRDS = Fraction(2, 3)


def council(name, kind=COUNTY):
    """A made-up council."""
    return Authority(name, kind)


def review(name, upheld, total, kind=COUNTY, year=YEAR):
    """A made-up year of one."""
    tally = None if total is None else InvestigationTally(upheld, total - upheld)
    return AnnualReview(council(name, kind), year, investigations=tally)


ALIKE = [review(f"Council {n}", 6 + n % 2, 10) for n in range(6)]
APART = [review(f"Council {n}", upheld, 60) for n, upheld in enumerate((10, 20, 30, 40, 50, 58, 30, 5))]


def test_a_group_about_its_pooled_rate():
    """Each council in the order given, with its position; what is not published is named, 0 of 0 has no position."""
    made = funnel([*ALIKE, review("Empty", 0, 0), review("Silent", 0, None)], uphold_rate)

    assert Fraction(39, 60) == made.target
    assert [*[Position.WITHIN] * 6, None] == [point.position for point in made.points]
    assert ("Silent",) == tuple(authority.name for authority in made.group.missing)
    assert (COUNTY, None, None) == (made.group.type, made.group.coverage, made.insufficient_data)
    assert "chance alone" in made.spread


def test_limits_straddle_the_target_and_stay_possible():
    """Capped at 0 and 1; the alarm limits hold the alert limits."""
    made = funnel(ALIKE, uphold_rate, target=Fraction(9, 10))
    alert, alarm = made.limits_at(10), made.limits_at(10, 0.998)

    assert 0 <= alarm[0] < alert[0] < 0.9 < alert[1] == alarm[1] == 1.0
    assert "share that was asked for" == made.target_is


def test_a_funnel_says_about_what_its_limits_are():
    """243 of 480 with one decimal; 243 among 800,000, for 100,000 each."""
    people = {(one.authority, YEAR): Population(100_000, dt.date(2023, 6, 30)) for one in APART}

    assert "limits about 50.6%, average of" in funnel(APART, uphold_rate).as_table()[0]
    assert "limits about 30.4 per 100,000, average of" in funnel(APART, per_population_measure(people)).as_table()[0]


def test_too_few_councils_have_no_funnel():
    """Their points stand without a position, and it says why."""
    made = funnel(ALIKE[:4], uphold_rate)

    assert "only 4 rates" in made.insufficient_data
    assert (None, None, {None}) == (made.target, made.limits_at(5), {point.position for point in made.points})


def test_the_coverage_of_a_group():
    """With a register, how much of the group is held; less than half is too little."""
    known = [RegisterEntry(one.authority, group=COUNTY) for one in ALIKE]
    others = [RegisterEntry(council(f"Other {n}"), group=COUNTY) for n in range(7)]

    assert Proportion(6, 6) == funnel(ALIKE, uphold_rate, register=Register(known)).group.coverage
    assert "6 of the group's 13" in funnel(ALIKE, uphold_rate, register=Register([*known, *others])).insufficient_data


def test_positions_by_score_and_by_the_exact_tail():
    """19 of 22 against 66% is beyond the alert limit by score and within it exactly; a perfect score is not flagged."""
    one = [review("One", 19, 22)]
    target = Fraction(66, 100)

    assert [Position.ABOVE_ALERT] == [p.position for p in funnel(one, uphold_rate, target=target).points]
    assert [Position.WITHIN] == [p.position for p in funnel(one, uphold_rate, target=target, limits="exact").points]
    perfect = funnel([review("All", 12, 12)], uphold_rate, target=Fraction(99, 100), limits="exact")
    assert perfect.limits_at(12)[1] == 1.0
    assert [Position.WITHIN] == [point.position for point in perfect.points]


@pytest.mark.parametrize(
    ("count", "position"),
    [
        (0, Position.BELOW_ALARM),
        (40, Position.BELOW_ALERT),
        (50, Position.WITHIN),
        (60, Position.ABOVE_ALERT),
        (70, Position.ABOVE_ALARM),
    ],
)
def test_the_five_positions(count, position):
    """Of 100 against a half: the alert limits lie at 40.2 and 59.8, the alarm limits at 34.5 and 65.5."""
    made = funnel([review("One", count, 100)], uphold_rate, target=Fraction(1, 2))

    assert position == made.points[0].position == score_position(Proportion(count, 100), Fraction(1, 2))


def test_on_a_limit_is_within():
    """The count that lies exactly on the limit is told by whole-number arithmetic, not by floats."""
    assert score_position(Proportion(0, 0), Fraction(1, 2)) is None
    assert (
        Position.WITHIN
        == score_position(Proportion(1, 2), Fraction(1, 2))
        == score_position(Proportion(0, 5), Fraction(0))
    )
    assert Position.ABOVE_ALARM == score_position(Proportion(1, 5), Fraction(0))
    for share in (Fraction(1, 3), Fraction(1)):
        limit = (share - TWO_THIRDS) ** 2 / Fraction(z_of(0.95)) ** 2
        sides = [is_outside(share, TWO_THIRDS, limit * (1 + hair), 0.95) for hair in (Fraction(-1, 10**15), 0)]
        assert [True, False] == sides


@pytest.mark.parametrize("scale", ["linear", "arcsine"])
@pytest.mark.parametrize("kind", ["additive", "multiplicative"])
def test_councils_that_differ_widen_the_limits(kind, scale):
    """By a variance between them or by a factor, as asked; it says which and how much."""
    bare, wide = funnel(APART, uphold_rate), funnel(APART, uphold_rate, overdispersion=kind, scale=scale)

    assert wide.limits_at(60)[0] < bare.limits_at(60)[0] < bare.limits_at(60)[1] < wide.limits_at(60)[1]
    assert (kind, scale) == (wide.adjustment, wide.overdispersion.scale)
    assert wide.overdispersion.phi > 1
    assert "widened" in wide.spread
    assert sum(p.position is Position.WITHIN for p in wide.points) > sum(
        p.position is Position.WITHIN for p in bare.points
    )


@pytest.mark.parametrize("kind", ["additive", "multiplicative"])
def test_councils_that_are_alike_widen_nothing(kind):
    """No more than chance gives: the limits are the plain ones bit for bit, and it says so."""
    made = funnel(ALIKE, uphold_rate, overdispersion=kind)

    assert funnel(ALIKE, uphold_rate).limits_at(10) == made.limits_at(10)
    assert made.adjustment is None
    assert "no more than chance" in made.spread


def test_either_model_is_left_out_where_it_widens_nothing():
    """Of eight, phi is 0.96: a variance is left after seven degrees of freedom, but no factor above one."""
    reviews = [review(f"Council {n}", 5_049 if n % 2 else 4_951, 10_000) for n in range(8)]
    kinds = [funnel(reviews, uphold_rate, overdispersion=kind).adjustment for kind in ("additive", "multiplicative")]

    assert ["additive", None] == kinds


def test_next_to_nothing_leaves_no_spread_to_estimate():
    """As a target of nothing does not; every council is above it."""
    for kind in ("additive", "multiplicative"):
        for power in (120, 310, 400):
            drawn = funnel(APART, uphold_rate, target=Fraction(1, 10**power), overdispersion=kind)
            assert (None, None) == (drawn.overdispersion, drawn.adjustment)
            assert {Position.ABOVE_ALARM} == {point.position for point in drawn.points}


def test_overdispersion_by_hand():
    """Of -2 and 2 phi is 4; weights of 1/4 leave 1/4, so tau squared is 4 * 7. On the arcsine scale by its z-scores."""
    spread = overdispersion([-2.0, 2.0], [4.0, 4.0], trim=0.0)
    assert (4.0, 28.0, 2) == (spread.phi, spread.tau_squared, spread.units)

    angles = [math.asin(math.sqrt(upheld / 60)) for upheld in (10, 20, 30, 40, 50, 58, 30, 5)]
    gaps = [(angle - math.asin(math.sqrt(243 / 480))) * 2 * math.sqrt(60) for angle in angles]
    expected, got = (
        overdispersion(gaps, [1 / 240] * 8),
        funnel(APART, uphold_rate, overdispersion="additive", scale="arcsine").overdispersion,
    )
    assert (expected.phi, expected.tau_squared) == pytest.approx((got.phi, got.tau_squared))


def test_winsorised_and_truncated():
    """The outermost are pulled in, or left out, so that one outlier does not widen the limits that should show it."""
    scores, variances = [-1.0, -0.5, 0.0, 0.5, 1.0, 9.0], [0.01] * 6
    pulled = overdispersion(scores, variances, trim=0.2)
    dropped = overdispersion(scores, variances, trim=0.2, trimming="truncate")

    assert (6, 4) == (pulled.units, dropped.units)
    assert dropped.phi < 1.0
    assert "truncate, 0.2 on each side" == dropped.trimming


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"trimming": "drop"}, "trimming"), ({"trim": 0.5}, "trim"), ({"trim": 0}, "trim"), ({"trim": -0.1}, "trim")],
)
def test_what_cannot_be_trimmed(changes, field):
    """Unknown ways and shares that would leave nothing are refused."""
    with pytest.raises(InvalidValue) as caught:
        overdispersion([0.0, 1.0], [1.0, 1.0], **changes)

    assert [field] == fields(caught)


def test_over_dispersion_needs_two():
    """One council does not differ from itself."""
    with pytest.raises(EmptyInput):
        overdispersion([1.0], [1.0])
    with pytest.raises(InvalidValue):
        Overdispersion(phi=-1.0, tau_squared=0.0, units=1, scale="linear", trimming="none")


def test_rates_per_population():
    """The cases are residents; limits are rates, not capped at one, by score and exactly."""
    people = {
        (one.authority, YEAR): Population(100_000 + 50_000 * n, dt.date(2023, 6, 30)) for n, one in enumerate(APART)
    }
    measure = per_population_measure(people)
    score, exact = funnel(APART, measure), funnel(APART, measure, limits="exact")

    assert score.target == exact.target == Fraction(243 * 100_000, sum(one.people for one in people.values()))
    assert score.limits_at(100_000)[0] < float(score.target) < score.limits_at(100_000)[1]
    assert exact.limits_at(100_000)[0] < float(exact.target) < exact.limits_at(100_000)[1]
    assert Position.BELOW_ALARM in {point.position for point in exact.points}
    assert funnel(APART, measure, overdispersion="additive").adjustment == "additive"
    # The variance is the events expected, in events for as many residents as the rates are for.
    centre, z = float(score.target), z_of(0.95)
    reach = z * math.sqrt(centre / 4)
    assert (centre - reach, centre + reach) == pytest.approx(score.limits_at(400_000))
    spread = funnel(APART, measure, overdispersion="additive").overdispersion
    for kind, variance in (
        ("additive", centre / 4 + spread.tau_squared),
        ("multiplicative", centre / 4 * spread.phi),
    ):
        reach = z * math.sqrt(variance)
        wide = funnel(APART, measure, overdispersion=kind).limits_at(400_000)
        assert (max(centre - reach, 0.0), centre + reach) == pytest.approx(wide)
    of_events = [limit / 4 for limit in poisson_limits(4 * centre, 0.95)]
    assert of_events == pytest.approx(exact.limits_at(400_000))
    three = PopulationRate(3, Population(200_000, dt.date(2023, 6, 30)))
    assert poisson_tails(3, 5.0) == pytest.approx(exact_tails(three, Fraction(5, 2)))
    assert (176 / 1024, 968 / 1024) == pytest.approx(exact_tails(Proportion(3, 10), Fraction(1, 2)))


def test_rates_per_population_about_nothing():
    """A target of nought leaves no event to be expected; an authority without residents has no position."""
    people = {(one.authority, YEAR): Population(1000 * n, dt.date(2023, 6, 30)) for n, one in enumerate(APART)}
    made = funnel(APART, per_population_measure(people), target=Fraction(0), limits="exact")
    for odd in (0.5, Fraction(-1)):
        with pytest.raises(InvalidValue) as caught:
            funnel(APART, per_population_measure(people), target=odd)

        assert ["target"] == fields(caught)

    assert [None, *[Position.ABOVE_ALARM] * 7] == [point.position for point in made.points]
    assert 0.0 == made.limits_at(1000)[0]
    none = [review("None", 0, 5)]
    counted = {(none[0].authority, YEAR): Population(1000, dt.date(2023, 6, 30))}
    quiet = funnel(none, per_population_measure(counted), target=Fraction(0), limits="exact")
    assert [Position.WITHIN] == [point.position for point in quiet.points]
    few = funnel(none, per_population_measure(counted), target=Fraction(100), limits="exact")
    assert [Position.WITHIN] == [point.position for point in few.points]


@pytest.mark.parametrize(
    ("reviews", "error"),
    [
        ([], EmptyInput),
        ([review("One", 1, 2), review("One", 1, 2)], NotComparable),
        ([review("One", 1, 2), review("Two", 1, 2, UNITARY)], NotComparable),
        ([review("One", 1, 2), review("Two", 1, 2, year=ReportingYear(2024))], NotComparable),
    ],
)
def test_what_is_no_group(reviews, error):
    """Nothing, one council twice, two groups or two years."""
    with pytest.raises(error):
        funnel(reviews, uphold_rate)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"limits": "wald"}, "limits"),
        ({"overdispersion": "both"}, "overdispersion"),
        ({"scale": "log"}, "scale"),
        ({"limits": "exact", "overdispersion": "additive"}, "limits"),
        ({"limits": "exact", "scale": "arcsine"}, "limits"),
        ({"limits": "beta-binomial", "scale": "arcsine"}, "limits"),
        ({"limits": "beta-binomial", "overdispersion": "multiplicative"}, "limits"),
        ({"target": 1}, "target"),
        ({"target": Fraction(-1, 2)}, "target"),
        ({"target": Fraction(3, 2)}, "target"),
    ],
)
def test_choices_that_are_not_allowed(changes, field):
    """Each is refused by its name."""
    with pytest.raises(InvalidValue) as caught:
        funnel(ALIKE, uphold_rate, **changes)

    assert [field] == fields(caught)


@pytest.mark.parametrize(
    ("cases", "confidence", "field"), [(0, 0.95, "cases"), (2.0, 0.95, "cases"), (5, 1.0, "confidence")]
)
def test_limits_need_cases_and_a_confidence(cases, confidence, field):
    """Nothing over nothing has no limits."""
    with pytest.raises(InvalidValue) as caught:
        funnel(ALIKE, uphold_rate).limits_at(cases, confidence)

    assert [field] == fields(caught)


def test_a_rate_per_population_has_no_angle():
    """The arcsine is of the root of a share; a rate for so many residents may be above 1."""
    people = {(one.authority, YEAR): Population(100_000, dt.date(2023, 6, 30)) for one in APART}
    with pytest.raises(InvalidValue) as caught:
        funnel(APART, per_population_measure(people), scale="arcsine", overdispersion="additive")

    assert [("scale", "arcsine")] == faults(caught)


def test_an_unknown_trimming_is_refused_though_nothing_is_trimmed():
    """A word that would be passed over today would be an error when the spread is asked for."""
    with pytest.raises(InvalidValue) as caught:
        funnel(APART, uphold_rate, trimming="prune")

    assert ["trimming"] == fields(caught)


def test_a_count_as_rare_as_an_exact_limit_is_within_it():
    """1 of 1 where 1 in 40 is the rate has a tail of 2.5%, which is on the alert limit."""
    lone, fortieth = review("Lone", 1, 1), Fraction(1, 40)
    below = fortieth - Fraction(1, 10**6)
    made = [funnel([lone], uphold_rate, target=target, limits="exact") for target in (fortieth, below)]

    assert [Position.WITHIN, Position.ABOVE_ALERT] == [one.points[0].position for one in made]


def test_a_funnel_for_each_group():
    """In the Ombudsman's order, and only of groups that are given."""
    made = funnels_by_group([review("Uni", 1, 2, UNITARY), *ALIKE], uphold_rate)

    assert [COUNTY, UNITARY] == [*made]
    assert 6 == len(made[COUNTY].points)


def test_exact_limits_are_drawn_where_positions_say():
    """One half of 20: 0.2558 and, mirrored, 0.7442. 22 of 22 lie above 77%, and so does the line."""
    assert [0.2558, 0.7442] == [round(limit, 4) for limit in exact_limits(20, Fraction(1, 2), 0.95)]
    perfect = exact_limits(22, Fraction(85, 100), 0.95)
    assert 1.0 == perfect[1]
    # Below the first case: all of ten fail with 0.999^10, of which the tail is cut.
    assert 0.975 / 0.999**10 / 10 == pytest.approx(exact_limits(10, Fraction(1, 1000), 0.95)[1])
    none = math.prod((998.001 + n) / (999 + n) for n in range(10))
    spread = beta_binomial_limits(10, Fraction(1, 1000), 0.95, tau_squared=0.999e-6)
    assert 0.975 / none / 10 == pytest.approx(spread[1])


@pytest.mark.parametrize("expected", [0.3, 2.0, 9.5, 40.0])
def test_poisson_limits_hold_the_counts_that_are_no_rarer_than_the_tail(expected):
    """Each count by its own probability."""
    low, high = poisson_limits(expected, 0.95)

    for count in range(100):
        assert (low <= count <= high) == (min(poisson_tails(count, expected)) >= 0.025)
    assert (0.0, 0.0) == poisson_limits(0.0, 0.95)


@pytest.mark.parametrize(
    "limits",
    [
        lambda: exact_limits(0, 0.5, 0.95),
        lambda: arcsine_limits(0, 0.5, 0.95),
        lambda: beta_binomial_limits(0, 0.5, 0.95, tau_squared=0.01),
    ],
)
def test_limits_of_nothing_about_no_share_are_refused(limits):
    """Both at once: no cases, and a target that is no fraction."""
    with pytest.raises(InvalidValue) as caught:
        limits()

    assert ["total", "target"] == [each.place.path for each in caught.value.problems]


def test_a_spread_is_not_negative():
    """Nor endless."""
    with pytest.raises(InvalidValue) as caught:
        arcsine_limits(10, TWO_THIRDS, 0.95, phi=-1.0, tau_squared=math.inf)

    assert {"phi", "tau_squared"} == {each.place.path for each in caught.value.problems}


def test_arcsine_limits_are_held_in_the_quarter_circle():
    """They never fold back, as a peer's do at small numbers."""
    assert 0.0 == arcsine_limits(10, Fraction(9, 100), 0.998)[0]
    assert 1.0 == arcsine_limits(5, Fraction(66, 100), 0.998, tau_squared=0.1)[1]


def test_truncation_drops_by_rank():
    """FunnelPlotR 0.6.0 on the log scale gives phi 6.02354 and tau squared 0.115927 of ten units."""
    events = [23, 8, 34, 19, 59, 31, 72, 38, 104, 64, 120, 88]
    expected = [12, 18, 25, 30, 38, 45, 55, 64, 72, 85, 96, 110]
    scores = [math.sqrt(n) * math.log(x / n) for x, n in zip(events, expected, strict=True)]
    found = overdispersion(scores, [1 / n for n in expected], trimming="truncate")

    assert 10 == found.units
    assert (6.0235360861525, 0.115927311429532) == (pytest.approx(found.phi), pytest.approx(found.tau_squared))
    assert 2 == overdispersion([0.0, 1.0], [0.1, 0.1], trimming="truncate").units


@pytest.mark.parametrize("kind", ["additive", "multiplicative"])
def test_a_group_without_a_single_failure(kind):
    """About a target of 1 chance has no variance to be exceeded, so nothing is widened."""
    made = funnel([review(f"Council {n}", 10, 10) for n in range(6)], uphold_rate, overdispersion=kind)

    assert (None, {Position.WITHIN}) == (made.adjustment, {point.position for point in made.points})


def test_beta_binomial_limits_allow_for_councils_that_differ():
    """They are wider than exact ones by the variance that was estimated, and positions follow its exact tails."""
    plain = funnel(APART, uphold_rate, limits="exact")
    wide = funnel(APART, uphold_rate, limits="beta-binomial")
    spread = wide.overdispersion.tau_squared

    assert spread > 0
    assert beta_binomial_limits(60, wide.target, 0.95, tau_squared=spread) == wide.limits_at(60)
    assert wide.limits_at(60)[0] < plain.limits_at(60)[0] < plain.limits_at(60)[1] < wide.limits_at(60)[1]
    assert {Position.WITHIN} == {point.position for point in wide.points}
    assert Position.ABOVE_ALARM in {point.position for point in plain.points}
    assert wide == funnel(APART, uphold_rate, limits="beta-binomial", overdispersion="additive")


def test_beta_binomial_limits_by_adding_every_count():
    """Below the lower one are as many as the tail has, the count at it in part; the upper one is mirrored."""

    def lower(total, target, tau_squared, tail):
        size = target * (1 - target) / tau_squared - 1
        masses = [beta_binomial_mass(count, total, target * size, (1 - target) * size) for count in range(total + 1)]
        reached = list(itertools.accumulate(masses))
        count = next(count for count, at_most in enumerate(reached) if at_most >= tail)
        return max(count - (reached[count] - tail) / masses[count], 0.0)

    cases = itertools.product((5, 40), (Fraction(1, 10), Fraction(1, 2)), (0.001, 0.02, 0.08), (0.3, 0.95, 0.998))
    # So skew a tail that the sum is to be taken further back than it begins.
    for total, share, tau_squared, confidence in (*cases, (100, Fraction(9_999, 10_000), 3.5e-10, 0.99998)):
        low, high = beta_binomial_limits(total, share, confidence, tau_squared=tau_squared)
        tail = (1 - confidence) / 2
        assert lower(total, float(share), tau_squared, tail) / total == pytest.approx(low, abs=1e-9)
        assert 1 - lower(total, 1 - float(share), tau_squared, tail) / total == pytest.approx(high, abs=1e-9)


def test_beta_binomial_limits_without_a_spread_are_the_exact_ones():
    """Where chance explains all, and about 0 and 1, where there is no room for one."""
    alike = funnel(ALIKE, uphold_rate, limits="beta-binomial")

    assert alike.adjustment is None
    assert funnel(ALIKE, uphold_rate, limits="exact").limits_at(10) == alike.limits_at(10)
    for target in (Fraction(0), Fraction(1)):
        assert exact_limits(10, target, 0.95) == beta_binomial_limits(10, target, 0.95, tau_squared=0.1)
    assert exact_limits(10, TWO_THIRDS, 0.95) == beta_binomial_limits(10, TWO_THIRDS, 0.95, tau_squared=1e-18)


def test_no_spread_of_shares_is_above_all_or_nothing():
    """With more variance than that either all cases are counted or none; then no count is rare."""
    assert (0.0, 1.0) == pytest.approx(beta_binomial_limits(10, TWO_THIRDS, 0.95, tau_squared=9.0), abs=0.01)
    assert (1 / 3, 1.0) == pytest.approx(exact_tails(Proportion(0, 10), TWO_THIRDS, 9.0), abs=1e-6)


def test_beta_binomial_limits_are_for_shares():
    """A rate per population has no beta."""
    people = {(one.authority, YEAR): Population(100_000, dt.date(2023, 6, 30)) for one in APART}
    with pytest.raises(InvalidValue) as caught:
        funnel(APART, per_population_measure(people), limits="beta-binomial")

    assert ["limits"] == fields(caught)
    for tau_squared in (-0.1, math.nan, 1):
        with pytest.raises(InvalidValue) as caught:
            beta_binomial_limits(10, TWO_THIRDS, 0.95, tau_squared=tau_squared)
        assert ["tau_squared"] == fields(caught)


def test_outliers_are_the_councils_outside():
    """In the order of the points, those without cases left out."""
    made = funnel([review("Low", 1, 40), *ALIKE, review("None", 0, 0)], uphold_rate)

    assert ["Low"] == [point.authority.name for point in made.outliers]
    assert () == funnel(ALIKE[:2], uphold_rate).outliers


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"limits": "exact"},
        {"limits": "beta-binomial"},
        {"overdispersion": "additive"},
        {"overdispersion": "multiplicative"},
        {"scale": "arcsine"},
    ],
)
def test_rows_say_what_positions_say(choices):
    """A rate is outside the limits of a level where its p-value is below what that level leaves."""
    given = [review(name, count, 40) for name, count in zip("ABCDEFG", (5, 12, 20, 22, 25, 33, 39), strict=True)]
    made = funnel(given, uphold_rate, **choices)

    for point, row in zip(made.points, made.rows(0.5, 0.95, 0.998), strict=True):
        for level, name in ((0.5, "50"), (0.95, "95"), (0.998, "99_8")):
            within = row[f"lower_{name}"] <= row["numerator"] / row["denominator"] <= row[f"upper_{name}"]
            assert made.is_outside(point.rate, level) is (row["p_value"] < 1 - level) is not within
        assert (row["z_score"] is None) is ("beta" in made.limits or made.limits == "exact")
    assert {None if made.adjustment is None else made.adjustment.value} == {row["widened"] for row in made.rows()}
    assert "lower_99_8" in made.rows()[0]
    assert ("widened" in made.as_table()[0]) is (made.adjustment is not None)


def test_rows_of_nothing_have_no_limits():
    """A council without cases, a funnel without a target, and a target that leaves no variance."""
    empty = funnel([*ALIKE, review("None", 0, 0)], uphold_rate)
    none = funnel(ALIKE[:1], uphold_rate)
    sure = funnel([review("One", 3, 4)], uphold_rate, target=Fraction(1))

    row = empty.rows()[-1]
    assert (None, None, None, None) == (row["z_score"], row["p_value"], row["lower_95"], row["position"])
    assert (None, None) == (none.rows()[0]["target"], none.rows()[0]["upper_95"])
    assert (None, None) == (none.is_outside(none.points[0].rate), none.p_value(none.points[0].rate))
    assert (None, None) == (sure.z_score(sure.points[0].rate), sure.p_value(sure.points[0].rate))
    with pytest.raises(InvalidValue):
        empty.rows(95.0)
