"""One council beside a benchmark: the verdict, on what it depends, and the words."""

import datetime as dt
from fractions import Fraction

import attrs
import pytest
from tests.support.refusals import fields
from tests.support.values import YEAR

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    Basis,
    ComplianceTally,
    InvestigationTally,
    Measure,
    Population,
    Position,
    PrintedAverage,
    PrintedPercent,
    Proportion,
    Source,
    Verdict,
    average_of,
    compare,
    compliance_rate,
    late_compliance_rate,
    per_population_measure,
    satisfactory_remedy_rate,
    uphold_rate,
)
from lgsco._values import evolve
from lgsco.comparison import Comparison, Target
from lgsco.errors import InvalidValue

COUNTY = AuthorityType.COUNTY_COUNCIL
ME = Authority("Barsetshire County Council", COUNTY)
# The counts of Worcestershire's annual review letter of 2020.
LETTER = AnnualReview(
    ME,
    YEAR,
    investigations=InvestigationTally(19, 3, satisfactory_remedies=3),
    compliance=ComplianceTally(11, 1),
)


def of(upheld, total, name="Barsetshire County Council"):
    """A review with so many upheld."""
    return AnnualReview(Authority(name, COUNTY), YEAR, investigations=InvestigationTally(upheld, total - upheld))


HALF = Fraction(1, 2)
OTHERS = [of(60 + n, 100, f"County {n}") for n in range(5)]


def test_19_of_22_against_a_printed_66_per_cent():
    """Borderline: the method that decides and its check differ, and one case more or less settles it."""
    beside = compare(LETTER, PrintedAverage(COUNTY, YEAR, measure=uphold_rate, percent=PrintedPercent(66)), uphold_rate)

    assert Verdict.BORDERLINE == beside.verdict
    assert Position.ABOVE_ALERT == beside.position
    assert [0.044, 0.061] == [round(result.p_value, 3) for result in beside.tests]
    assert 1 == len(beside.borderline_reasons)
    assert [(Proportion(18, 22), Verdict.NOT_DISTINGUISHABLE), (Proportion(20, 22), Verdict.HIGHER)] == [
        (other.rate, other.verdict) for other in beside.one_case_sensitivity
    ]
    assert range(10, 20) == beside.consistent_counts
    assert beside.sentence().startswith(
        f"In {YEAR} the Ombudsman investigated 22 complaints about {ME} and found fault in 19 (86%)."
        " The average for county councils was 66%. It is too close to call"
    )
    assert "The likely range is 67% to 95%. Two standard tests disagree" in beside.paragraph()


def test_11_of_12_against_a_printed_100_per_cent():
    """Compliance is told by its failures: how many there were comes first, and chance is no excuse."""
    beside = compare(LETTER, PrintedPercent(100), compliance_rate)

    assert (Verdict.NOT_JUDGED, 1) == (beside.verdict, beside.not_carried_out)
    assert ((), None, (), None, None, ()) == (
        beside.borderline_reasons,
        beside.position,
        beside.tests,
        beside.consistent_counts,
        beside.minimum_detectable_rates,
        beside.one_case_sensitivity,
    )
    assert beside.sentence().startswith(
        f"In {YEAR} {ME} carried out the agreed recommendations in 11 of 12 cases (92%). It did not in 1 case,"
    )
    assert "chance" not in beside.paragraph().partition("cases are few")[0]


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (ComplianceTally(12, 0, late=0), "carried out the agreed recommendations in all 12 cases (100%). The"),
        (
            ComplianceTally(1, 0, late=1),
            "carried out the agreed recommendations in the only case (100%). In 1 case it was late.",
        ),
        (ComplianceTally(0, 1), "did not carry out the agreed recommendations in the only case (0%). That case should"),
        (
            ComplianceTally(9, 3, late=2),
            "in 9 of 12 cases (75%). It did not in 3 cases, each of which should be looked at.",
        ),
        (
            ComplianceTally(0, 3),
            "carried out the agreed recommendations in none of 3 cases (0%). It did not in 3 cases",
        ),
    ],
)
def test_failures_and_lateness_are_counted(tally, words):
    """A late one counts as carried out; what is not held is not said."""
    review = evolve(LETTER, compliance=tally)
    beside = compare(review, PrintedPercent(100), compliance_rate)

    assert (tally.not_complied, tally.late) == (beside.not_carried_out, beside.late)
    assert words in beside.sentence()
    if tally.late:
        late = compare(review, None, late_compliance_rate)
        assert f"{tally.late} of {tally.complied}" in late.sentence() or "The only" in late.sentence()
    bare = compare(evolve(LETTER, compliance=None), None, uphold_rate)
    assert (None, None) == (bare.not_carried_out, bare.late)


def test_3_of_19_against_a_printed_9_per_cent():
    """Chance alone could explain it, and nothing depends on how it is looked at."""
    beside = compare(LETTER, PrintedPercent(9), satisfactory_remedy_rate)

    assert (Verdict.NOT_DISTINGUISHABLE, ()) == (beside.verdict, beside.borderline_reasons)
    assert "the council had already put right 3 (16%)." in beside.sentence()
    assert "The difference is small enough to be chance." in beside.sentence()
    assert "cannot show whether the council did better or worse" in beside.paragraph()


def test_a_computed_average_is_that_of_the_others_with_its_counts():
    """The difference has its limits; other ways of averaging that change the verdict are named."""
    beside = compare(of(90, 100), average_of([of(90, 100), *OTHERS], uphold_rate), uphold_rate)

    assert Verdict.HIGHER == beside.verdict
    assert Fraction(28, 100) == beside.difference.value
    assert "The 5 other councils we have figures for, together: 62% (310 of 500)." in beside.sentence()
    assert "This is higher than we would expect from chance alone." in beside.sentence()


def test_a_verdict_that_the_way_of_averaging_decides():
    """Five small councils at 100% and one large at 50%: the pooled rate and the mean are far apart."""
    uneven = [*(of(4, 4, f"Small {n}") for n in range(5)), of(500, 1000, "Large")]
    beside = compare(of(50, 100), average_of(uneven, uphold_rate), uphold_rate)

    assert Verdict.NOT_DISTINGUISHABLE == beside.verdict
    assert any("the mean of the rates, 92%" in reason for reason in beside.borderline_reasons)
    assert "With the mean of the rates, 92%, it would be lower" in beside.paragraph()
    assert (
        "a mean rate of 92%"
        in compare(of(50, 100), average_of(uneven, uphold_rate, method="mean"), uphold_rate).sentence()
    )
    assert (
        "a median rate of 100%"
        in compare(of(50, 100), average_of(uneven, uphold_rate, method="median"), uphold_rate).sentence()
    )


def test_a_council_that_is_most_of_its_own_average():
    """With itself in it, the average would not tell it apart; both are shown."""
    average = average_of([of(900, 1000), *(of(6, 10, f"Small {n}") for n in range(5))], uphold_rate)
    beside = compare(of(900, 1000), average, uphold_rate)

    assert Verdict.HIGHER == beside.verdict
    assert any("with the council itself" in reason for reason in beside.borderline_reasons)


@pytest.mark.parametrize(
    ("polarity", "word"), [("higher is better", "and so better"), ("higher is worse", "and so worse"), (None, None)]
)
def test_nothing_is_better_or_worse_unless_asked(polarity, word):
    """The caller says which way is good."""
    said = compare(of(90, 100), Fraction(1, 2), uphold_rate).sentence(polarity=polarity)

    assert (word is None) == ("better" not in said and "worse" not in said)
    assert word is None or word in said
    assert "The target is 50%." in said


def test_lower_is_the_other_word():
    """Of a rate that is lower, what higher would not be."""
    said = compare(of(10, 100), Fraction(1, 2), uphold_rate).sentence(polarity="higher is worse")

    assert "lower than we would expect from chance alone, and so better" in said


def test_no_other_polarity():
    """A word that is neither is refused."""
    with pytest.raises(InvalidValue) as caught:
        compare(LETTER, None, uphold_rate).sentence(polarity="good")

    assert ["polarity"] == fields(caught)


@pytest.mark.parametrize(
    ("upheld", "total", "counts"),
    [
        (0, 22, "22 complaints about Barsetshire County Council and found fault in none (0%)."),
        (1, 22, "22 complaints about Barsetshire County Council and found fault in 1 (5%)."),
        (22, 22, "22 complaints about Barsetshire County Council and found fault in all 22 (100%)."),
        (1, 1, "1 complaint about Barsetshire County Council and found fault (100%)."),
        (0, 1, "1 complaint about Barsetshire County Council and did not find fault (0%)."),
    ],
)
def test_english_for_none_one_and_all(upheld, total, counts):
    """The counts come first."""
    assert counts in compare(of(upheld, total), Fraction(1, 2), uphold_rate).sentence()


@pytest.mark.parametrize(("total", "words"), [(1, "1 case is too few"), (2, "2 cases are too few")])
def test_too_few_to_tell(total, words):
    """A result of its own, which depends on nothing and has nothing to add."""
    beside = compare(of(total, total), Fraction(66, 100), uphold_rate)

    assert (Verdict.TOO_FEW, ()) == (beside.verdict, beside.borderline_reasons)
    assert words in beside.sentence()
    assert "If the council were typical" not in beside.paragraph()


def test_what_there_is_no_rate_of():
    """Not held, and nothing to share are said apart, and have neither position nor tests."""
    silent = AnnualReview(ME, YEAR)
    own = AnnualReview(ME, YEAR, source=Source("Our own cases", basis=Basis.OWN_CASES))
    beside = compare(silent, Fraction(1, 2), uphold_rate)

    assert (Verdict.NO_RATE, None, (), None, None, None, ()) == (
        beside.verdict,
        beside.position,
        beside.tests,
        beside.difference,
        beside.consistent_counts,
        beside.minimum_detectable_rates,
        beside.one_case_sensitivity,
    )
    assert "is not held" in beside.sentence()
    assert () == beside.borderline_reasons
    assert "is not held" in compare(own, Fraction(1, 2), uphold_rate).sentence()
    assert "the Ombudsman investigated no complaints about" in compare(of(0, 0), None, uphold_rate).sentence()
    assert beside.sentence() == beside.paragraph()


def test_what_there_is_nothing_to_set_it_beside():
    """No benchmark, or an average of too few councils, which says why."""
    nothing = compare(LETTER, None, uphold_rate)
    few = compare(LETTER, average_of(OTHERS[:2], uphold_rate), uphold_rate)

    assert (Verdict.NO_BENCHMARK, ()) == (nothing.verdict, nothing.tests)
    assert "We do not have an average to compare it with." in nothing.sentence()
    assert "only 2 rates are held" in few.sentence()
    assert (None, None) == (few.difference, few.benchmark_range)


def test_what_so_many_cases_would_show():
    """The nearest rates on either side that would be told apart."""
    below, above = compare(LETTER, Fraction(66, 100), uphold_rate).minimum_detectable_rates

    assert below < 0.66 < above


def test_a_comparison_made_by_hand_has_the_usual_confidence():
    """As the function that makes one."""
    beside = compare(LETTER, HALF, uphold_rate)

    assert beside == Comparison(LETTER, uphold_rate, benchmark=Target(HALF), cautions=beside.cautions)


def test_one_case_fewer_may_be_none_and_one_more_may_be_all():
    """And no fewer than none, no more than all."""
    for upheld, by_one in ((0, [1]), (1, [0, 2]), (2, [1])):
        beside = compare(of(upheld, 2), Fraction(1, 2), uphold_rate)
        assert by_one == [each.rate.numerator for each in beside.one_case_sensitivity]


def test_a_target_of_nought_or_one_has_no_p_value():
    """Tests against a certainty say nothing; the verdict stands."""
    assert () == compare(LETTER, Fraction(1), uphold_rate).tests
    assert Verdict.LOWER == compare(LETTER, Fraction(1), uphold_rate).verdict
    assert Position.ABOVE_ALARM == compare(LETTER, PrintedPercent(0), uphold_rate).position


def test_a_check_that_is_quicker_than_what_it_checks():
    """None of 72 against 5%: the exact test tells the two apart, the score test not quite; borderline too."""
    beside = compare(of(0, 72), Fraction(5, 100), uphold_rate)

    assert Verdict.BORDERLINE == beside.verdict
    assert "the score test does not tell the two apart, the exact test does" in beside.borderline_reasons[0]


def test_one_count_alone_could_be_chance():
    """At a confidence of next to nothing only the likeliest count is left; the paragraph names it in the singular."""
    beside = compare(of(3, 4), Fraction(1, 2), uphold_rate, confidence=0.3)

    assert range(2, 3) == beside.consistent_counts
    assert "chance alone could give only 2 upheld out of 4. It had 3." in beside.paragraph()


def test_a_rate_per_population_is_no_share():
    """It is refused with the reason, before anything is worked out."""
    people = {(ME, YEAR): Population(600_000, dt.date(2018, 6, 30))}
    with pytest.raises(InvalidValue) as caught:
        compare(LETTER, None, per_population_measure(people))

    assert ["measure"] == fields(caught)


def test_a_measure_made_by_hand_is_judged_by_chance():
    """Unless it says otherwise."""
    parts = {field.name: getattr(uphold_rate, field.name) for field in attrs.fields(Measure) if field.init}
    del parts["judged_by_chance"]

    assert Measure(**parts).judged_by_chance


def test_a_measure_is_a_measure():
    """A function that gives a rate is not one: it does not say what is counted over what."""
    with pytest.raises(InvalidValue) as caught:
        compare(LETTER, None, lambda _: Proportion(1, 2))

    assert ["measure"] == fields(caught)


@pytest.mark.parametrize(
    ("review", "beside", "words"),
    [
        (
            of(40, 40),
            PrintedPercent(9),
            "If the council were typical (9%), chance alone could give anything from 0 to 8 upheld",
        ),
        (of(0, 1), Fraction(1, 100), "typical (1%), chance alone could give only 0 upheld out of 1. It had 0."),
        (
            of(9, 10),
            Fraction(1),
            "typical (100%), chance alone could give only 10 upheld out of 10. It had 9.",
        ),
        (
            of(5, 20),
            Fraction(1, 2),
            "chance alone could give anything from 6 to 14 upheld out of 20. It had 5.",
        ),
    ],
)
def test_what_may_be_chance_is_said_in_cases(review, beside, words):
    """From the end where there are fewer to name: those counted, those not counted, or both limits."""
    assert words in compare(review, beside, uphold_rate).paragraph()


def test_how_far_a_rate_must_be_to_show():
    """On either side, or on the one side where there is a rate at all."""
    below = compare(LETTER, Fraction(995, 1000), uphold_rate).paragraph()
    either = compare(LETTER, PrintedPercent(66), uphold_rate).paragraph()

    assert "or lower." in below
    assert "only if the council's underlying rate were 35% or lower, or 93% or higher." in either


def test_what_may_be_chance_beside_the_others_held():
    """A computed average is named by its percentage."""
    beside = compare(LETTER, average_of(OTHERS, uphold_rate), uphold_rate)

    assert "If the council were typical (62%)" in beside.paragraph()


@pytest.mark.parametrize(
    ("compared_with", "low", "high", "shown", "words"),
    [
        (PrintedPercent(66), 655, 665, 660, ("66% (published)", "The published figure beside it is 66%.", "66%")),
        (PrintedPercent(100), 995, 1000, 1000, ("100% (published)", "The published figure beside it is 100%.", "100%")),
        (Target(Fraction(2, 3)), 667, 667, 667, ("66.7% (target)", "The target is 66.7%.", "66.7%")),
        (
            average_of(OTHERS, uphold_rate),
            620,
            620,
            620,
            (
                "62% (pooled average of 5 others)",
                "The 5 other councils we have figures for, together: 62% (310 of 500).",
                "62%",
            ),
        ),
    ],
)
def test_every_benchmark_has_a_range_a_rate_and_words(compared_with, low, high, shown, words):
    """In thousandths: the rates that it stands for, and the one that is shown for it."""
    ends = (compared_with.benchmark_range.low, compared_with.benchmark_range.high, compared_with.shown_rate)

    assert [low, high, shown] == [round(1000 * share) for share in ends]
    assert words == compared_with.words


def test_a_comparison_has_its_average_by_kind():
    """A printed one, a computed one, or neither."""
    printed = PrintedAverage(COUNTY, YEAR, measure=uphold_rate, percent=PrintedPercent(66))
    computed = average_of(OTHERS, uphold_rate)
    kinds = [
        (each.printed_average, each.computed_average)
        for each in (compare(LETTER, beside, uphold_rate) for beside in (printed, computed, "66%", None))
    ]

    assert [(printed, None), (None, computed), (None, None), (None, None)] == kinds


def test_a_verdict_that_the_rounding_of_the_benchmark_decides():
    """
    145 of 200 beside a printed 66%: higher than 65.5%, and not distinguishable from 66.5%.

    Of 3 of 13 beside 50% the score test alone says so.
    """
    for rate, percent, ends in ((of(145, 200), 66, "65.5% to 66.5%"), (of(3, 13), 50, "49.5% to 50.5%")):
        beside = compare(rate, PrintedPercent(percent), uphold_rate)

        assert Verdict.BORDERLINE == beside.verdict
        assert any(ends in reason for reason in beside.borderline_reasons)
