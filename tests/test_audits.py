"""Print against its own counts: one example, or a few, of every kind of finding, and of print that agrees."""

import pickle
from decimal import Decimal

import attrs
import pytest

from lgsco import (
    AnnualLetter,
    Certainty,
    DecisionTally,
    Finding,
    FindingKind,
    InvalidFields,
    NotApplicable,
    Overview,
    PrintedPercent,
    PrintedReview,
    PrintedStatistic,
    PrintedTally,
    ReceivedTally,
    ReportingYear,
    Source,
    audit,
)

YEAR = ReportingYear(2020)
SOURCE = Source("A page")

# Worcestershire's letter of 2020 states 22 detailed investigations under 16%, which is 3 of the 19 upheld.
WORCESTERSHIRE = PrintedReview(
    "Worcestershire County Council",
    YEAR,
    upheld=PrintedStatistic(percent=PrintedPercent(86), count=19, base=22, base_noun="detailed investigations"),
    compliance=PrintedStatistic(percent=PrintedPercent(92), base=12, base_noun="compliance outcomes"),
    remedies=PrintedStatistic(percent=PrintedPercent(16), count=3, base=22, base_noun="detailed investigations"),
)


def statistic(percent=None, count=None, base=None, noun=None):
    """Give a statistic with this percentage, count and stated base."""
    printed = PrintedPercent(percent) if isinstance(percent, int) else percent
    return PrintedStatistic(percent=printed, count=count, base=base, base_noun=noun)


def page(name="Barsetshire", source=SOURCE, **printed):
    """Give a made-up page."""
    return PrintedReview(name, YEAR, source=source, **printed)


def found(printed):
    """Audit, and give the kind and the place of each finding."""
    return [(finding.kind, finding.where) for finding in audit(printed)]


def test_worcestershires_letter_of_2020_states_the_wrong_base():
    """16% is 3 of 19 upheld; of the 22 stated it would be 14%. Nothing else is wrong with the letter."""
    (finding,) = audit(WORCESTERSHIRE)

    assert (FindingKind.WRONG_BASE, Certainty.CERTAIN, "satisfactory remedy rate", None) == (
        finding.kind,
        finding.certainty,
        finding.where,
        finding.source,
    )
    assert "22" in finding.printed
    assert "3 of 19" in finding.follows
    assert "14%" in finding.follows


def test_a_finding_prints_with_its_place():
    """Who, when and where come first."""
    (finding,) = audit(WORCESTERSHIRE)

    assert str(finding).startswith("Worcestershire County Council, 2019-20, satisfactory remedy rate: ")
    assert finding == pickle.loads(pickle.dumps(finding))


def test_a_letter_is_audited_by_its_figures():
    """A letter, its figures, and either in a list are the same to an audit; the order is that of the input."""
    other = page(upheld=statistic(91, 9, 10))

    assert audit(WORCESTERSHIRE) == audit(AnnualLetter(WORCESTERSHIRE)) == audit([WORCESTERSHIRE])
    assert (*audit(other), *audit(WORCESTERSHIRE)) == audit(iter([other, AnnualLetter(WORCESTERSHIRE)]))


@pytest.mark.parametrize(
    "printed",
    [
        [],
        page(),
        page(upheld=statistic(86, 19, 22), compliance=statistic(92, base=12), remedies=statistic(16, 3, 19)),
        page(upheld=statistic(83, 33, 40)),
        page(upheld=statistic(86), compliance=statistic(count=3), remedies=statistic(16)),
        page(upheld=statistic(86, 19), compliance=statistic(0, 0)),
        page(upheld=statistic(NotApplicable.NOT_APPLICABLE, 19, 22)),
        page(upheld=statistic(base=0), compliance=statistic(base=0), remedies=statistic(base=0)),
        page(remedies=statistic(16, 3, 19, "upheld decisions")),
        # 2018-19 and 2022-23: the right number by a misleading name, but nothing printed shows that it misleads.
        page(upheld=statistic(86, 19), remedies=statistic(16, 3, 19, "detailed investigations")),
        page(remedies=statistic(16, 3, 19, "detailed investigations")),
        # All upheld: investigations and upheld decisions are the same number.
        page(upheld=statistic(100, 19, 19), remedies=statistic(16, 3, 19, "investigations")),
        page(overview=PrintedTally(Overview(not_for_us=29, assessed_and_closed=27, investigated=23), total=79)),
        page(
            upheld=statistic(86, 19, 22),
            overview=PrintedTally(Overview(investigated=22)),
            decided=PrintedTally(DecisionTally(upheld=19, not_upheld=3)),
        ),
        page(decided=PrintedTally(DecisionTally(upheld=19), total=19), received=PrintedTally(ReceivedTally(housing=5))),
    ],
)
def test_print_that_agrees_or_is_missing_has_no_findings(printed):
    """A figure that is missing contradicts nothing."""
    assert () == audit(printed)


@pytest.mark.parametrize(
    ("percent", "count", "base", "correct"),
    [
        (91, 9, 10, "90%"),  # one page printed 91% with 9 upheld of 10
        (93, 22, 24, "92%"),  # another 93% with 22 of 24
        (82, 33, 40, "83%"),  # an exact half rounded down
        (PrintedPercent(Decimal("82.4"), places=1), 33, 40, "82.5%"),
    ],
)
def test_a_percentage_against_its_counts(percent, count, base, correct):
    """What the counts give is said to as many places as were printed."""
    (finding,) = audit(page(upheld=statistic(percent, count, base)))

    assert (FindingKind.PERCENT_AGAINST_COUNTS, "uphold rate", SOURCE) == (finding.kind, finding.where, finding.source)
    assert str(statistic(percent).percent) == finding.printed
    assert correct in finding.follows


@pytest.mark.parametrize(
    ("compliance", "named"),
    [
        (statistic(54, base=29), ["15 is 52%", "16 is 55%"]),  # a council's notice gives 54% of 29
        (statistic(50, base=1), ["0 is 0%", "1 is 100%"]),
        (statistic(99, base=2), ["1 is 50%", "2 is 100%"]),
        (statistic(99, 1), []),
        (statistic(50, 0), []),
    ],
)
def test_a_percentage_that_no_whole_number_makes(compliance, named):
    """The nearest counts are given where the base is known."""
    (finding,) = audit(page(compliance=compliance))

    assert (FindingKind.NO_SUCH_COUNT, "compliance rate") == (finding.kind, finding.where)
    assert [] == [words for words in named if words not in finding.follows]


@pytest.mark.parametrize("percent", [0, 100])
def test_a_rate_of_nothing(percent):
    """One page printed 0 of 0 as 0%; nothing over nothing is no rate."""
    printed = page(compliance=statistic(percent, base=0))

    assert [(FindingKind.RATE_OF_NOTHING, "compliance rate")] == found(printed)


def test_a_remedy_rate_of_nothing_upheld():
    """0% of no upheld cases is a rate of nothing, whatever base is stated."""
    printed = page(upheld=statistic(0, 0, 5), remedies=statistic(0, base=5, noun="investigations"))

    assert [
        (FindingKind.RATE_OF_NOTHING, "satisfactory remedy rate"),
        (FindingKind.WRONG_BASE, "satisfactory remedy rate"),
    ] == found(printed)


def test_a_wrong_base_of_nothing_upheld_names_no_rate():
    """0 of 0 has no percentage to name."""
    printed = page(upheld=statistic(0, 0, 5), remedies=statistic(0, 0, 5, "investigations"))

    assert [FindingKind.RATE_OF_NOTHING, FindingKind.WRONG_BASE] == [finding.kind for finding in audit(printed)]
    assert [] == [finding for finding in audit(printed) if "None" in str(finding)]


@pytest.mark.parametrize("where", ["upheld", "compliance", "remedies"])
def test_a_count_above_its_base(where):
    """Ten of nine; the percentage is then not looked at."""
    assert [FindingKind.COUNT_ABOVE_BASE] == [finding.kind for finding in audit(page(**{where: statistic(90, 10, 9)}))]


def test_more_put_right_than_upheld():
    """5 put right of 3 upheld is impossible, although 5 of the 22 stated would not be; both things are said."""
    printed = page(upheld=statistic(14, 3, 22), remedies=statistic(23, 5, 22, "investigations"))

    assert [FindingKind.COUNT_ABOVE_BASE, FindingKind.WRONG_BASE] == [finding.kind for finding in audit(printed)]


def test_the_true_base_may_be_recovered():
    """Where no upheld count is printed, 86% of 22 makes it 19, and 16% of 22 is then wrong."""
    printed = page(upheld=statistic(86, base=22), remedies=statistic(16, 3, 22))

    assert [(FindingKind.WRONG_BASE, "satisfactory remedy rate")] == found(printed)


@pytest.mark.parametrize(
    "remedies",
    [statistic(16, base=22), statistic(count=3, base=22), statistic(count=23, base=22, noun="investigations")],
)
def test_a_wrong_base_without_a_count_or_percentage(remedies):
    """What the rate rests on is said; what it would be cannot be."""
    *_, finding = audit(page(upheld=statistic(86, 19, 22), remedies=remedies))

    assert FindingKind.WRONG_BASE is finding.kind
    assert "19" in finding.follows


def test_a_wrong_base_may_be_smaller_than_the_right_one():
    """3 of 3 would be 100%; where no name is printed for the base none is given."""
    *_, finding = audit(page(upheld=statistic(86, 19, 22), remedies=statistic(16, 3, 3)))

    assert FindingKind.WRONG_BASE is finding.kind
    assert "of 3 it would be 100%" in finding.follows
    assert "None" not in finding.printed


@pytest.mark.parametrize("noun", ["detailed investigations", "investigations"])
def test_the_right_base_by_the_wrong_name(noun):
    """Pages of 2018-19 and 2022-23 call upheld decisions investigations; likely, as a name may be meant otherwise."""
    (finding,) = audit(page(upheld=statistic(86, 19, 22), remedies=statistic(16, 3, 19, noun)))

    assert (FindingKind.MISNAMED_BASE, Certainty.LIKELY) == (finding.kind, finding.certainty)
    assert "22 were investigated" in finding.follows


@pytest.mark.parametrize(
    ("printed", "where"),
    [
        (
            {"overview": PrintedTally(Overview(not_for_us=29, assessed_and_closed=27, investigated=23), total=80)},
            "overview",
        ),
        ({"overview": PrintedTally(Overview(not_for_us=81), total=80)}, "overview"),
        ({"decided": PrintedTally(DecisionTally(upheld=19, not_upheld=3), total=21)}, "complaints decided"),
        ({"received": PrintedTally(attrs.evolve(ReceivedTally.zero(), housing=5), total=4)}, "complaints received"),
    ],
)
def test_a_total_that_the_parts_do_not_make(printed, where):
    """All parts must make it; some must not exceed it."""
    assert [(FindingKind.TOTAL, where)] == found(page(**printed))


def test_counts_that_differ_within_one_place():
    """The statistics, the overview and the outcomes count the same cases."""
    printed = page(
        upheld=statistic(86, 19, 22),
        overview=PrintedTally(Overview(investigated=23)),
        decided=PrintedTally(DecisionTally(upheld=18, not_upheld=3)),
    )

    assert [
        (FindingKind.COUNTS_DISAGREE, "complaints decided"),
        (FindingKind.COUNTS_DISAGREE, "overview"),
        (FindingKind.COUNTS_DISAGREE, "complaints decided"),
    ] == found(printed)


def test_counts_that_differ_between_two_places():
    """Of the same council and year; the place that came first is named, the finding is the later one's."""
    first = page(source=Source("The letter"), upheld=statistic(86, 19, 22), compliance=statistic(base=12))
    second = page(upheld=statistic(90, 18, 20), compliance=statistic(base=12), remedies=statistic(count=3))
    findings = audit([first, second])

    assert [(FindingKind.COUNTS_DISAGREE, "uphold rate", SOURCE)] * 2 == [
        (finding.kind, finding.where, finding.source) for finding in findings
    ]
    assert ["18 upheld", "20 investigated"] == [finding.printed for finding in findings]
    assert all("The letter" in finding.follows for finding in findings)


def test_places_without_a_source_are_still_held_against_each_other():
    """They are elsewhere; other councils and years are other cases."""
    first, second = page(source=None, upheld=statistic(count=19)), page(source=None, upheld=statistic(count=18))

    assert [FindingKind.COUNTS_DISAGREE] == [finding.kind for finding in audit([first, second])]
    assert () == audit([first, attrs.evolve(second, name="Borsetshire")])
    assert () == audit([first, attrs.evolve(second, year=ReportingYear(2021))])


def test_everything_wrong_with_a_finding_is_said_at_once():
    """Each bad field is one problem."""
    with pytest.raises(InvalidFields) as caught:
        Finding(kind="total", name="", year=2020, where="", printed="", follows="", certainty="certain", source="page")

    assert ["kind", "name", "year", "where", "printed", "follows", "certainty", "source"] == [
        problem.field for problem in caught.value.problems
    ]
