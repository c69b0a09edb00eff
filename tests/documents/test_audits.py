"""Print against its own counts: one example, or a few, of every kind of finding, and of print that agrees."""

import datetime as dt
import pickle
from decimal import Decimal

import attrs
import pytest
from tests.support.values import YEAR

from lgsco import (
    AnnualLetter,
    AuthorityType,
    DecisionListing,
    DecisionTally,
    Finding,
    Outcome,
    Overview,
    PerformancePage,
    PrintedAverage,
    PrintedPercent,
    PrintedReview,
    Proportion,
    PublishedTable,
    ReceivedTally,
    ReportingYear,
    Source,
    audit,
    published,
    uphold_rate,
)
from lgsco.documents import (
    Certainty,
    FindingKind,
    Missing,
    Paragraph,
    ParagraphTopic,
    PrintedStatistic,
    PrintedTally,
    PublishedDecision,
    TableColumn,
    TableField,
    TableRow,
)
from lgsco.errors import InvalidValue

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
        page(upheld=statistic(Missing.NOT_APPLICABLE, 19, 22)),
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
    with pytest.raises(InvalidValue) as caught:
        Finding(kind="total", name="", year=2020, where="", printed="", follows="", certainty="certain", source="page")

    assert ["kind", "name", "year", "where", "printed", "follows", "certainty", "source"] == [
        problem.place.path for problem in caught.value.problems
    ]


# --- Between places


def review_of(name, average=None, source="A letter", **printed):
    """Give figures with an average of their group, from a source of this title."""
    upheld = PrintedStatistic(average=PrintedPercent(average) if average else None, **printed)
    return PrintedReview(name, YEAR, upheld=upheld, source=Source(source))


def test_percentages_that_no_rate_could_print_both_disagree():
    """68% and 68.4% may be one rate; 67% and 68.4% may not."""
    rounded = review_of("Barsetshire", percent=PrintedPercent(68))
    finer = review_of("Barsetshire", percent=PrintedPercent(Decimal("68.4"), places=1), source="A table")
    other = review_of("Barsetshire", percent=PrintedPercent(67), source="A page")

    assert audit([rounded, finer]) == ()
    (finding,) = audit([rounded, finer, other])
    assert finding == Finding(
        kind=FindingKind.PERCENTS_DISAGREE,
        name="Barsetshire",
        year=YEAR,
        where="uphold rate",
        printed="67%",
        follows="68% in A letter",
        source=Source("A page"),
    )


def test_what_most_places_print_leads():
    """Of three places the one that differs is found, wherever it stands; a disputed count is not told twice."""
    odd = review_of("Barsetshire", percent=PrintedPercent(50), count=1, base=2, source="Odd")
    usual = review_of("Barsetshire", percent=PrintedPercent(100), count=2, base=2, source="Usual")

    (finding,) = audit([odd, usual, usual])

    assert ("1 upheld", "2 in Usual and 1 more") == (finding.printed, finding.follows)


def test_a_council_is_the_same_under_all_its_names_by_a_register():
    kent = review_of("Kent", count=3, base=4)
    whole = review_of("Kent County Council", count=2, base=4, source="A table")
    unknown = review_of("Nowhere", count=1, base=4)

    assert audit([kent, whole, unknown]) == ()
    (finding,) = audit([kent, whole, unknown], register=published.register())
    assert ("Kent County Council", "2 upheld", "3 in A letter") == (finding.name, finding.printed, finding.follows)


def test_averages_of_one_group_and_year_agree_in_all_letters():
    kent, essex = review_of("Kent", 66), review_of("Essex County Council", 67, source="Another letter")
    leeds = review_of("Leeds City Council", 70)
    listed = PrintedAverage(AuthorityType.COUNTY_COUNCIL, YEAR, measure=uphold_rate, percent=PrintedPercent(66))

    assert audit([kent, essex, leeds]) == ()
    (finding,) = audit([kent, listed, essex, leeds], register=published.register())
    assert FindingKind.AVERAGES_DISAGREE is finding.kind
    assert ("Essex County Council", "67%", "66% in A letter and 1 more") == (
        finding.name,
        finding.printed,
        finding.follows,
    )
    assert "uphold rate, average of county councils" == finding.where
    (without,) = audit([listed, attrs.evolve(listed, percent=PrintedPercent(65))])
    assert ("County Councils", "65%", "66% elsewhere") == (without.name, without.printed, without.follows)


# --- Late, but called failed


def letter_about(*paragraphs, count=9, base=12):
    """Give a letter with these paragraphs, each about late compliance unless it says otherwise."""
    return AnnualLetter(
        page(compliance=statistic(Proportion(count, base).percent().__int__(), count, base)),
        paragraphs=[Paragraph(text, line, topics=topics) for line, (text, topics) in enumerate(paragraphs, 1)],
    )


LATE = (ParagraphTopic.LATE_COMPLIANCE,)


def test_a_letter_may_count_late_compliance_as_none():
    """Three of twelve did not comply, and three were late: likely the same three."""
    (finding,) = audit(letter_about(("In three cases the remedies were late.", LATE)))

    assert (FindingKind.LATE_CALLED_FAILED, Certainty.LIKELY) == (finding.kind, finding.certainty)
    assert "9 of 12 complied with" == finding.printed
    assert "it speaks of 3 late, and late is complied with: 12 of 12 is 100%" == finding.follows


@pytest.mark.parametrize(
    "letter",
    [
        letter_about(("In two cases the remedies were late.", LATE)),
        letter_about(("The remedies were late in March.", LATE)),
        letter_about(("In 3 cases we waited.", ())),
        letter_about(
            ("In 3 cases the remedies were late.", LATE), ("We noted non-compliance.", (ParagraphTopic.COMPLIANCE,))
        ),
        letter_about(("In 3 cases the remedies were late.", LATE), count=12),
        AnnualLetter(page(), paragraphs=[Paragraph("In 3 cases the remedies were late.", 1, topics=LATE)]),
    ],
    ids=["others", "no-number", "not-late", "some-failed", "all-complied", "no-figures"],
)
def test_a_letter_that_may_be_right_about_late_compliance_is_left_alone(letter):
    assert audit(letter) == ()


# --- Tables and listings

FIELD = TableField


def table(*rows, totals=(), source=SOURCE, year=YEAR):
    """Give a table of one row for each mapping from fields to figures."""
    fields = list(dict.fromkeys(field for row in (*rows, *totals) for field in row))
    return PublishedTable(
        [
            TableRow(
                f"Council {number}",
                year=year,
                line=number + 1,
                fields=fields,
                figures=[row.get(field, Missing.BLANK) for field in fields],
            )
            for number, row in enumerate(rows, 1)
        ],
        columns=[*map(TableColumn, fields)],
        totals=[
            TableRow("All councils", line=len(rows) + 2, fields=list(row), figures=list(row.values())) for row in totals
        ],
        source=source,
    )


def test_a_table_is_added_up_across_and_down_and_its_rates_are_held_against_its_counts():
    right = {FIELD.UPHELD: 3, FIELD.NOT_UPHELD: 1, FIELD.INVESTIGATED: 4, FIELD.UPHOLD_RATE: PrintedPercent(75)}
    wrong = {FIELD.UPHELD: 3, FIELD.NOT_UPHELD: 1, FIELD.INVESTIGATED: 5, FIELD.UPHOLD_RATE: PrintedPercent(75)}

    findings = audit(table(right, wrong, totals=[{FIELD.UPHELD: 7, FIELD.NOT_UPHELD: 2}]))

    assert [
        (FindingKind.PERCENT_AGAINST_COUNTS, "Council 2", "uphold rate", "75%", "3 of 5 is 60%"),
        (FindingKind.TOTAL, "Council 2", "investigated, row 3", "a total of 5", "the parts make 4"),
        (FindingKind.TOTAL, "All councils", "upheld, row 4", "a total of 7", "the rows it covers make 6"),
    ] == [(one.kind, one.name, one.where, one.printed, one.follows) for one in findings]
    assert [YEAR, YEAR, None] == [one.year for one in findings]
    assert "All councils, upheld, row 4: printed a total of 7; the rows it covers make 6" == str(findings[-1])


def test_a_row_without_a_year_is_still_added_up():
    held = table({FIELD.UPHELD: 3, FIELD.NOT_UPHELD: 1, FIELD.INVESTIGATED: 2}, year=None)

    assert [(FindingKind.TOTAL, "investigated, row 2")] == found(held)


@pytest.mark.parametrize(
    ("row", "printed", "follows"),
    [
        ({FIELD.NOT_COMPLIED: 3}, "3 not complied", "2 of them were complied with late"),
        # The parts exceed the total for the same reason, which is told once.
        ({FIELD.COMPLIED: 9, FIELD.NOT_COMPLIED: 3}, "3 not complied", "2 of them were complied with late"),
        ({FIELD.COMPLIANCE_RATE: PrintedPercent(70)}, "70%", "with the 2 late it is 90%"),
    ],
)
def test_a_table_may_count_late_compliance_as_none(row, printed, follows):
    (finding,) = audit(table({FIELD.COMPLIED_ON_TIME: 7, FIELD.COMPLIED_LATE: 2, FIELD.COMPLIANCE_OUTCOMES: 10, **row}))

    assert (FindingKind.LATE_CALLED_FAILED, printed, follows) == (finding.kind, finding.printed, finding.follows)


@pytest.mark.parametrize(
    "row",
    [
        {FIELD.NOT_COMPLIED: 1, FIELD.COMPLIANCE_RATE: PrintedPercent(90)},
        {FIELD.COMPLIED_LATE: 0, FIELD.NOT_COMPLIED: 3, FIELD.COMPLIANCE_RATE: PrintedPercent(70)},
        {FIELD.COMPLIED_LATE: Missing.DASH, FIELD.COMPLIANCE_RATE: Missing.DASH},
    ],
)
def test_a_table_that_counts_late_compliance_as_compliance_is_left_alone(row):
    counts = {FIELD.COMPLIED_ON_TIME: 7, FIELD.COMPLIED_LATE: 2, FIELD.COMPLIANCE_OUTCOMES: 10}

    assert audit(table({**counts, **row})) == ()


def test_a_rate_that_is_the_same_with_and_without_the_late_says_nothing():
    counts = {FIELD.COMPLIED_ON_TIME: 996, FIELD.COMPLIED_LATE: 1, FIELD.COMPLIANCE_OUTCOMES: 1_000}

    assert audit(table({**counts, FIELD.COMPLIANCE_RATE: PrintedPercent(100)})) == ()


def test_copies_of_one_decision_that_differ_are_found():
    one = PublishedDecision(
        "Leeds City Council",
        "17 015 887",
        outcome=Outcome.UPHELD,
        decided_on=dt.date(2019, 7, 17),
        place="line 3",
    )
    bare = attrs.evolve(one, body="York", decided_on=None, place=None)
    listing = DecisionListing(
        [
            one,
            attrs.evolve(one, outcome=Outcome.NOT_UPHELD, place="line 9"),
            bare,
            attrs.evolve(bare, outcome=Outcome.NOT_UPHELD),
        ]
    )

    leeds, york = audit(listing)

    assert leeds == Finding(
        kind=FindingKind.COPIES_DISAGREE,
        name="Leeds City Council",
        year=YEAR,
        where="decision 17 015 887",
        printed="outcome upheld (line 3)",
        follows="outcome not_upheld (line 9)",
    )
    assert (None, "outcome upheld", "outcome not_upheld") == (york.year, york.printed, york.follows)


def test_a_page_and_several_documents_of_all_kinds_are_taken():
    wrong = page(upheld=statistic(91, 9, 10))
    held = PerformancePage("Barsetshire", [wrong])

    assert [(FindingKind.PERCENT_AGAINST_COUNTS, "uphold rate")] == found(held)
    assert 1 == len(audit([held, table(), DecisionListing([])]))
