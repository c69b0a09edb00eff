"""Cases and when they fall: reporting years, decisions, recommendations, compliance, enquiries."""

import datetime as dt
import pickle
from decimal import Decimal

import attrs
import pytest
from tests.support.refusals import faults, fields
from tests.support.tables import each_of

from lgsco import (
    Authority,
    AuthorityType,
    ComplianceOutcome,
    ComplianceStatus,
    Decision,
    Enquiry,
    Investigation,
    Outcome,
    Recommendation,
    RecommendationKind,
    ReportingYear,
    ServiceArea,
)
from lgsco.errors import InvalidValue
from lgsco.model import SERIES_BREAKS, CaseList, SeriesBreak

COUNCIL = Authority("Worcestershire County Council", AuthorityType.COUNTY_COUNCIL, code="E10000034")
MOMENT = dt.datetime(2019, 9, 30, 12)  # noqa: DTZ001  # a moment, which is refused wherever a day is wanted
DECIDED = dt.date(2019, 9, 30)
UPHELD = Decision("19 003 456", COUNCIL, outcome=Outcome.UPHELD, decided_on=DECIDED)


def days(*written):
    """Give days of 2019 written as (month, day), or None."""
    return tuple(day and dt.date(2019, *day) for day in written)


# --- The reporting year


def test_a_year_is_named_by_the_one_in_which_it_ends():
    """ReportingYear(2020) is 1 April 2019 to 31 March 2020, both days included."""
    year = ReportingYear(2020)

    assert ("2019-20", dt.date(2019, 4, 1), dt.date(2020, 3, 31)) == (str(year), year.start, year.end)
    assert [False, True, True, False] == [
        day in year for day in (dt.date(2019, 3, 31), dt.date(2019, 4, 1), dt.date(2020, 3, 31), dt.date(2020, 4, 1))
    ]
    assert "2019-06-01" not in year
    assert (ReportingYear(2021), ReportingYear(2018)) == (year + 1, year + -2)
    with pytest.raises(TypeError):
        year + 1.0
    with pytest.raises(InvalidValue):
        year + 9999


def test_the_turn_of_a_century_is_printed_with_two_digits():
    """1999-00, as the Ombudsman writes it."""
    assert "1999-00" == str(ReportingYear(2000))
    assert ReportingYear(2000) == ReportingYear.parse("1999-00")


@each_of(
    "text", ["2019-20", "2019/20", "2019-2020", "2019/2020", "2020", " 2019-20 ", "2019 - 20", "2019\N{EN DASH}20"]
)
def test_the_forms_in_which_a_year_is_written(text):
    """All of these are the year ending on 31 March 2020."""
    assert ReportingYear(2020) == ReportingYear.parse(text)


@each_of(
    "text",
    ["", "20", "19-20", "2019-21", "2019-2019", "2019-19", "2019-20-21", "FY2020", "\N{ARABIC-INDIC DIGIT TWO}020"],
)
def test_a_year_that_does_not_follow_is_refused(text):
    """Two years that do not follow each other, and all other forms, are refused, not guessed at."""
    with pytest.raises(InvalidValue) as caught:
        ReportingYear.parse(text)

    assert [("year", text)] == faults(caught)


def test_only_text_is_parsed():
    """A number is given to the class itself."""
    with pytest.raises(InvalidValue) as caught:
        ReportingYear.parse(2020)

    assert [("year", 2020)] == faults(caught)


@each_of("ending", [1974, 10_000, 2020.0, "2020", True, None])
def test_a_year_is_a_whole_number_since_the_office_was_founded(ending):
    """The Local Government Act 1974 founded it, so no year ends sooner."""
    with pytest.raises(InvalidValue) as caught:
        ReportingYear(ending)

    assert [("ending", ending)] == faults(caught)


@each_of("ending", [1975, 9999])
def test_the_first_and_the_last_year(ending):
    """From the founding of the office to the last year that a date can have."""
    assert dt.date(ending, 3, 31) == ReportingYear(ending).end


@each_of(
    ("day", "ending"),
    [((2020, 3, 31), 2020), ((2020, 4, 1), 2021), ((2019, 12, 31), 2020), ((2020, 1, 1), 2020), ((2020, 2, 29), 2020)],
)
def test_the_year_in_which_a_day_falls(day, ending):
    """The year turns between 31 March and 1 April."""
    assert ReportingYear(ending) == ReportingYear.containing(dt.date(*day))


def test_a_moment_falls_in_no_year():
    """A datetime has a time and perhaps a zone, so it is no day."""
    with pytest.raises(InvalidValue) as caught:
        ReportingYear.containing(MOMENT)

    assert [("day", MOMENT)] == faults(caught)


def test_a_year_is_over_on_its_last_day():
    """By the day on which the list was made; without one it is not known, unless a later year has a case."""
    days_of_march = [CaseList(as_of=dt.date(2019, 3, day)).is_over(ReportingYear(2019)) for day in (30, 31)]

    assert [False, True] == days_of_march
    assert [True, None] == [CaseList(decisions=(UPHELD,)).is_over(ReportingYear(year)) for year in (2019, 2020)]


def test_years_are_ordered():
    """By their end; a number is no year, even the right one."""
    years = [ReportingYear(2021), ReportingYear(2019), ReportingYear(2020)]

    assert [2019, 2020, 2021] == [year.ending for year in sorted(years)]
    assert ReportingYear(2020) <= ReportingYear(2020)
    assert ReportingYear(2020) != 2020
    with pytest.raises(TypeError):
        ReportingYear(2020) < 2021  # noqa: B015  # it is the comparison that raises


def test_a_year_is_one_value():
    """Equal years are one key, through pickling and evolving."""
    year = ReportingYear(2020)

    assert {year: 1} == {pickle.loads(pickle.dumps(year)): 1}
    assert ReportingYear(2021) == attrs.evolve(year, ending=2021)


def test_the_breaks_in_the_series_stand_in_order():
    """In order: April 2014, 2020-21, 2022-23; what is new or newly named breaks nothing."""
    assert ["2014-15", "2020-21", "2022-23"] == [str(broken.year) for broken in SERIES_BREAKS]


def test_what_a_break_cannot_be():
    """A break has a year and words."""
    with pytest.raises(InvalidValue) as caught:
        SeriesBreak(2019, "")

    assert [("year", 2019), ("what", "")] == [(problem.place.path, problem.value) for problem in caught.value.problems]


# --- Decisions


def test_outcomes_and_service_areas_are_worded_as_the_ombudsman_words_them():
    """In order: the six outcomes and the nine areas."""
    assert [
        "Invalid or incomplete",
        "Advice given",
        "Referred back for local resolution",
        "Closed after initial enquiries",
        "Not upheld",
        "Upheld",
    ] == [outcome.label for outcome in Outcome]
    assert [
        "Adult care services",
        "Benefits and tax",
        "Corporate and other services",
        "Education and children's services",
        "Environmental services, public protection and regulation",
        "Highways and transport",
        "Housing",
        "Planning and development",
        "Other",
    ] == [area.label for area in ServiceArea]


@each_of("reference", ["19 003 456", "17 002 402b", "96/A/1637", "07/B/12345", "08/C/1"])
def test_the_forms_of_a_reference(reference):
    """The present form, that of a joint case, and that from before 2009, each kept as it is."""
    assert reference == attrs.evolve(UPHELD, reference=reference).reference


@each_of(
    "reference",
    [
        "",
        "19-003-456",
        "19003456",
        "19 003 456B",
        "19 003 456\n",
        " 19 003 456",
        "96/a/1637",
        "96/A/",
        19_003_456,
        None,
    ],
)
def test_other_references_are_refused(reference):
    """Readers put references into form; a decision only holds them in it."""
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(UPHELD, reference=reference)

    assert [("reference", reference)] == faults(caught)


@each_of(
    ("field", "held"),
    [
        ("authority", "Worcestershire County Council"),
        ("outcome", "upheld"),
        ("decided_on", MOMENT),
        ("decided_on", None),
        ("service_area", "Housing"),
        ("satisfactory_remedy", 1),
        ("public_report", "yes"),
    ],
)
def test_what_a_decision_cannot_hold(field, held):
    """Nothing is coerced: text is no outcome, a moment no day, 1 no flag."""
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(UPHELD, **{field: held})

    assert [(field, held)] == faults(caught)


def test_an_outcome_must_be_given_even_if_not_known():
    """Not known is said with None, not by leaving the outcome out."""
    with pytest.raises(TypeError):
        Decision("19 003 456", COUNCIL, decided_on=DECIDED)

    assert Decision("19 003 456", COUNCIL, outcome=None, decided_on=DECIDED).outcome is None


@each_of("outcome", [None, *(outcome for outcome in Outcome if outcome is not Outcome.UPHELD)])
def test_only_an_upheld_case_can_have_been_put_right(outcome):
    """A satisfactory remedy without an upheld decision cannot be built; that there was none can."""
    with pytest.raises(InvalidValue) as caught:
        Decision("19 003 456", COUNCIL, outcome=outcome, decided_on=DECIDED, satisfactory_remedy=True)

    assert [("satisfactory_remedy", True)] == faults(caught)
    assert attrs.evolve(UPHELD, satisfactory_remedy=True).satisfactory_remedy
    assert not attrs.evolve(UPHELD, outcome=outcome, satisfactory_remedy=False).satisfactory_remedy


def test_everything_wrong_with_a_decision_is_said_at_once():
    """One refusal names every bad field, in order."""
    with pytest.raises(InvalidValue) as caught:
        Decision("?", None, outcome="upheld", decided_on=MOMENT)

    assert ["reference", "authority", "outcome", "decided_on"] == [
        problem.place.path for problem in caught.value.problems
    ]


def test_a_decision_is_one_value():
    """Equal decisions are one, through pickling."""
    assert {UPHELD} == {pickle.loads(pickle.dumps(UPHELD)), attrs.evolve(UPHELD)}


# --- Investigations, recommendations, enquiries


@each_of("outcome", [None, Outcome.ADVICE_GIVEN, Outcome.CLOSED_AFTER_INITIAL_ENQUIRIES])
def test_an_investigation_ends_upheld_or_not_upheld(outcome):
    """A case that was closed before, or whose outcome is not known, is no investigation."""
    with pytest.raises(InvalidValue) as caught:
        Investigation(attrs.evolve(UPHELD, outcome=outcome))

    assert [("decision.outcome", outcome)] == faults(caught)
    assert Outcome.NOT_UPHELD is Investigation(attrs.evolve(UPHELD, outcome=Outcome.NOT_UPHELD)).decision.outcome


def test_a_decision_and_an_investigation_are_read_alike():
    """Both have the decision, its outcome and whether the complaint had been put right."""
    case = Investigation(UPHELD)

    assert UPHELD.decision is UPHELD is case.decision
    assert (UPHELD.outcome, UPHELD.satisfactory_remedy) == (case.outcome, case.satisfactory_remedy)


def test_an_investigation_is_opened_before_it_is_decided():
    """On the day of the decision at the latest."""
    with pytest.raises(InvalidValue) as caught:
        Investigation(UPHELD, opened_on=dt.date(2019, 10, 1))

    assert [("decision.decided_on", DECIDED)] == faults(caught)
    assert DECIDED == Investigation(UPHELD, opened_on=DECIDED).opened_on


def test_an_investigation_freezes_its_lists():
    """Recommendations and enquiries given as lists are held as tuples."""
    apology = Recommendation(RecommendationKind.APOLOGY, "Apologise")
    enquiry = Enquiry(*days((6, 1), (6, 29)))
    case = Investigation(UPHELD, recommendations=[apology], enquiries=[enquiry])

    assert ((apology,), (enquiry,)) == (case.recommendations, case.enquiries)
    assert case == pickle.loads(pickle.dumps(case))


def test_everything_wrong_with_an_investigation_is_said_at_once():
    """Wrong classes are all reported, before any rule between fields is asked."""
    with pytest.raises(InvalidValue) as caught:
        Investigation("19 003 456", opened_on="then", recommendations=["Apologise"], enquiries={})

    assert ["decision", "opened_on", "recommendations", "enquiries"] == [
        each.place.path for each in caught.value.problems
    ]


@each_of("payment", [Decimal(0), Decimal(4200), Decimal("150.50"), Decimal("150.500"), Decimal("1E+3"), Decimal(".5")])
def test_a_payment_is_whole_pence(payment):
    """Worcestershire's letter of 2020 names a payment of £4,200 for lost education."""
    assert payment == Recommendation(RecommendationKind.PAYMENT, "Pay for lost education", payment=payment).payment


@each_of(
    "payment",
    [
        *map(Decimal, ("-1", "0.001", "1E-3", "1.2345", "NaN", "sNaN", "Infinity")),
        # Written out, these would fill the memory of the machine.
        *map(Decimal, ("1E+999999999", "0E+999999999", "0E-999999999", "1E+12")),
    ],
)
def test_a_payment_is_a_sum_of_money(payment):
    """Not negative, not a part of a penny, and a number."""
    with pytest.raises(InvalidValue) as caught:
        Recommendation(RecommendationKind.PAYMENT, "Pay", payment=payment)

    assert ["payment"] == fields(caught)
    assert payment is caught.value.problems[0].value


@each_of("payment", [4200, 4200.0, "4200", "£4,200"])
def test_a_payment_is_a_decimal(payment):
    """A float is not pounds and pence, and text is not read here."""
    with pytest.raises(InvalidValue) as caught:
        Recommendation(RecommendationKind.PAYMENT, "Pay", payment=payment)

    assert [("payment", payment)] == faults(caught)


@each_of("field", ["due_on", "completed_on"])
def test_nothing_falls_due_or_is_done_before_it_was_agreed(field):
    """On the same day it may be."""
    agreed, day_before = days((6, 1), (5, 31))
    recommendation = Recommendation(RecommendationKind.POLICY_REVIEW, "Review the policy", agreed_on=agreed)
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(recommendation, **{field: day_before})

    assert [(field, day_before)] == faults(caught)
    assert agreed == getattr(attrs.evolve(recommendation, **{field: agreed}), field)


def test_everything_wrong_with_a_recommendation_is_said_at_once():
    """One refusal names every bad field."""
    with pytest.raises(InvalidValue) as caught:
        Recommendation("apology", "", agreed_on=MOMENT, payment=1)

    assert ["kind", "text", "agreed_on", "payment"] == [problem.place.path for problem in caught.value.problems]


@each_of(
    ("sent", "due", "answered", "field"), [((6, 2), (6, 1), None, "due_on"), ((6, 2), (6, 29), (6, 1), "answered_on")]
)
def test_an_enquiry_is_sent_before_it_is_due_or_answered(sent, due, answered, field):
    """On the same day it may be."""
    sent_on, due_on, answered_on = days(sent, due, answered)
    with pytest.raises(InvalidValue) as caught:
        Enquiry(sent_on, due_on, answered_on=answered_on)

    assert [(field, dt.date(2019, 6, 1))] == faults(caught)
    assert sent_on == Enquiry(sent_on, sent_on, answered_on=sent_on).answered_on


def test_a_summons_is_threatened_after_the_enquiry_was_sent():
    """On the same day it may be; where no threat is known it is None."""
    sent, due, before = days((6, 2), (6, 29), (6, 1))
    with pytest.raises(InvalidValue) as caught:
        Enquiry(sent, due, summons_threatened_on=before)

    assert [("summons_threatened_on", before)] == faults(caught)
    assert sent == Enquiry(sent, due, summons_threatened_on=sent).summons_threatened_on
    assert Enquiry(sent, due).summons_threatened_on is None


# --- Compliance

ON_TIME, LATE, COMPLIED, NOT_COMPLIED = ComplianceStatus
DUE = (6, 1)


@each_of(
    ("status", "due", "completed", "recorded"),
    [
        (ON_TIME, None, None, (7, 1)),
        (ON_TIME, DUE, None, (7, 1)),
        (ON_TIME, DUE, (6, 1), (7, 1)),
        (ON_TIME, None, (6, 15), (7, 1)),
        (LATE, None, None, (7, 1)),
        (LATE, DUE, None, (6, 2)),
        (LATE, DUE, (6, 2), (6, 2)),
        (LATE, None, (6, 15), (7, 1)),
        (COMPLIED, DUE, (6, 1), (7, 1)),
        (COMPLIED, DUE, (6, 2), (7, 1)),
        (NOT_COMPLIED, None, None, (7, 1)),
        (NOT_COMPLIED, DUE, None, (7, 1)),
    ],
)
def test_dates_that_bear_out_a_status(status, due, completed, recorded):
    """A status stands where its dates agree or are not known."""
    due_on, completed_on, recorded_on = days(due, completed, recorded)
    outcome = ComplianceOutcome(
        "19 003 456", COUNCIL, status=status, recorded_on=recorded_on, due_on=due_on, completed_on=completed_on
    )

    assert status is outcome.status
    assert outcome == pickle.loads(pickle.dumps(outcome))


@each_of(
    ("status", "due", "completed", "recorded", "field"),
    [
        (ON_TIME, DUE, (6, 2), (7, 1), "status"),
        (LATE, DUE, (6, 1), (7, 1), "status"),
        (LATE, DUE, None, (6, 1), "status"),
        (NOT_COMPLIED, DUE, (6, 1), (7, 1), "status"),
        (NOT_COMPLIED, None, (6, 1), (7, 1), "status"),
        (ON_TIME, None, (7, 2), (7, 1), "recorded_on"),
        (LATE, DUE, (7, 2), (7, 1), "recorded_on"),
    ],
)
def test_dates_that_deny_a_status(status, due, completed, recorded, field):
    """On time but done too late, late but done or recorded in time, not complied but done, recorded before done."""
    due_on, completed_on, recorded_on = days(due, completed, recorded)
    given = {"status": status, "due_on": due_on, "completed_on": completed_on, "recorded_on": recorded_on}
    with pytest.raises(InvalidValue) as caught:
        ComplianceOutcome("19 003 456", COUNCIL, **given)

    assert [(field, given[field])] == faults(caught)


def test_everything_wrong_with_a_compliance_outcome_is_said_at_once():
    """One refusal names every bad field."""
    with pytest.raises(InvalidValue) as caught:
        ComplianceOutcome("19-003-456", "Kent", status="late", recorded_on=MOMENT, due_on="soon", completed_on=1)

    assert ["reference", "authority", "status", "recorded_on", "due_on", "completed_on"] == [
        problem.place.path for problem in caught.value.problems
    ]
