"""The learning register: rows fit for a committee, what is overdue, what recurs, and what is refused."""

import datetime as dt
from decimal import Decimal

import attrs
import pytest
from tests.support.refusals import cases, faults, fields
from tests.support.tables import each_of

from lgsco import (
    Authority,
    AuthorityType,
    Decision,
    Investigation,
    Outcome,
    Recommendation,
    RecommendationKind,
    ServiceArea,
)
from lgsco.casework import LearningEntry, LearningLog, Progress, Recurrence, learning_log
from lgsco.errors import InvalidValue, MissingDates

COUNCIL = Authority("Barsetshire", AuthorityType.COUNTY_COUNCIL)
OTHER_COUNCIL = Authority("Borchester", AuthorityType.DISTRICT_COUNCIL)
DECIDED = dt.date(2019, 10, 1)
ON = dt.date(2020, 3, 31)
SCHOOLS, HOUSING = ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES, ServiceArea.HOUSING
APOLOGY, PAYMENT, REVIEW = RecommendationKind.APOLOGY, RecommendationKind.PAYMENT, RecommendationKind.POLICY_REVIEW


def case(number, *recommendations, area=SCHOOLS, authority=COUNCIL, decided=DECIDED):
    """Give an upheld case under a reference that ends in the number."""
    decision = Decision(f"19 000 {number:03}", authority, outcome=Outcome.UPHELD, decided_on=decided, service_area=area)
    return Investigation(decision, recommendations=recommendations)


def agreed(kind=APOLOGY, text="Apologise", *, due=None, done=None, **known):
    return Recommendation(kind, text, due_on=due, completed_on=done, **known)


ENTRY = LearningEntry(
    reference="19 000 001",
    authority=COUNCIL,
    service_area=SCHOOLS,
    kind=PAYMENT,
    text="Pay for lost education",
    payment=Decimal(4200),
    agreed_on=dt.date(2019, 9, 20),
    due_on=dt.date(2019, 11, 1),
    completed_on=dt.date(2019, 11, 12),
    on=ON,
    progress=Progress.DONE_LATE,
)


def test_an_entry_holds_what_was_agreed_and_what_became_of_it():
    """Every field of the recommendation, with its case's reference and area, and no field for a person."""
    paid = agreed(
        PAYMENT,
        "Pay for lost education",
        agreed_on=dt.date(2019, 9, 20),
        due=dt.date(2019, 11, 1),
        done=dt.date(2019, 11, 12),
        payment=Decimal(4200),
    )

    assert LearningLog(ON, [ENTRY]) == learning_log([case(1, paid)], ON)
    assert 11 == ENTRY.days_late


def test_an_entry_is_told_as_of_its_day():
    """What is dated later is left out: paid on 12 November, it was overdue on the 11th."""
    paid = agreed(due=dt.date(2019, 11, 1), done=dt.date(2019, 11, 12), agreed_on=dt.date(2019, 9, 20))
    (entry,) = learning_log([case(1, paid)], dt.date(2019, 11, 11)).entries

    assert (None, Progress.OVERDUE, 10) == (entry.completed_on, entry.progress, entry.days_late)


def test_entries_come_by_area_reference_and_kind():
    """In the order of the enumerations, what is not known last, whatever the order of the cases."""
    cases = [
        case(4, agreed(), area=None),
        case(3, agreed(), area=HOUSING),
        case(2, agreed(REVIEW), agreed(PAYMENT), agreed(APOLOGY)),
        case(1, agreed()),
        case(5),
        case(6, agreed(), decided=dt.date(2020, 4, 1)),
    ]
    register = learning_log(cases, ON)

    assert [
        ("19 000 001", APOLOGY),
        ("19 000 002", APOLOGY),
        ("19 000 002", PAYMENT),
        ("19 000 002", REVIEW),
        ("19 000 003", APOLOGY),
        ("19 000 004", APOLOGY),
    ] == [(entry.reference, entry.kind) for entry in register.entries]
    assert register == learning_log(reversed(cases), ON)


@each_of(
    ("changes", "words"),
    [
        ({}, "agreed 20 September 2019, due 1 November 2019, done 12 November 2019: done late by 11 days"),
        (
            {"completed_on": dt.date(2019, 11, 1), "progress": Progress.DONE_ON_TIME},
            "agreed 20 September 2019, due 1 November 2019, done 1 November 2019: done on time",
        ),
        (
            {"completed_on": None, "progress": Progress.OVERDUE, "agreed_on": None},
            "due 1 November 2019: overdue on 31 March 2020 by 151 days",
        ),
        (
            {"completed_on": None, "progress": Progress.OVERDUE, "agreed_on": None, "due_on": dt.date(2020, 3, 30)},
            "due 30 March 2020: overdue on 31 March 2020 by 1 day",
        ),
        (
            {"completed_on": None, "progress": Progress.NOT_YET_DUE, "agreed_on": None, "due_on": ON},
            "due 31 March 2020: outstanding",
        ),
        (
            {"completed_on": None, "progress": Progress.OUTSTANDING_UNDATED, "agreed_on": None, "due_on": None},
            "outstanding, no date agreed",
        ),
        (
            {"progress": Progress.DONE_UNDATED, "due_on": None},
            "agreed 20 September 2019, done 12 November 2019: done, no date agreed",
        ),
    ],
)
def test_an_entry_in_words(changes, words):
    """Reference, area, kind and sum, what was agreed, its dates, and what had become of it."""
    head = "19 000 001, Education and children's services, payment of £4,200: Pay for lost education"

    assert f"{head} ({words})" == str(attrs.evolve(ENTRY, **changes))


def test_an_entry_without_area_or_sum_in_words():
    """What is not known is said to be so; no sum is no sum."""
    bare = attrs.evolve(ENTRY, service_area=None, payment=None, kind=REVIEW)

    assert str(bare).startswith("19 000 001, service area not known, policy review: Pay")
    in_text = attrs.evolve(ENTRY, kind=None, payment_in_text=True)
    assert "services, kind not known, £4,200 in its text: Pay" in str(in_text)


# --- What is overdue


def test_what_is_overdue_is_listed():
    """Not what is done, and not what is not yet due."""
    late, soon, done = (dt.date(2020, 3, 30), ON, dt.date(2020, 1, 1))
    register = learning_log([case(1, agreed(due=late), agreed(due=soon), agreed(due=late, done=done))], ON)

    assert [Progress.OVERDUE] == [entry.progress for entry in register.overdue()]


def test_without_a_date_nobody_can_tell():
    """The list of what is overdue is refused, with everything that has no date; what is done needs none."""
    done = agreed(text="Done", done=dt.date(2020, 1, 1))
    register = learning_log([case(1, agreed(text="One"), done), case(2, agreed(text="Two"))], ON)

    with pytest.raises(MissingDates) as caught:
        register.overdue()

    assert [("19 000 001", COUNCIL.name), ("19 000 002", COUNCIL.name)] == cases(caught)


# --- What recurs


def test_the_same_kind_in_the_same_area_recurs():
    """In two cases or more; not twice in one case, nor where the area is not known, nor in another area."""
    cases = [
        case(1, agreed(), agreed(), agreed(REVIEW)),
        case(2, agreed()),
        case(3, agreed(), area=HOUSING),
        case(4, agreed(REVIEW), area=None),
        case(5, agreed(REVIEW), area=None),
        case(6, agreed(PAYMENT), agreed(PAYMENT)),
        case(7, agreed(), area=HOUSING),
    ]

    assert (
        Recurrence(kind=APOLOGY, service_area=SCHOOLS, references=("19 000 001", "19 000 002")),
        Recurrence(kind=APOLOGY, service_area=HOUSING, references=("19 000 003", "19 000 007")),
    ) == learning_log(cases, ON).recurring


def test_a_joint_case_does_not_recur_with_itself():
    """Decided about two bodies under one reference, it is one case."""
    cases = [case(1, agreed()), case(1, agreed(), authority=OTHER_COUNCIL)]

    assert () == learning_log(cases, ON).recurring


def test_the_register_in_words():
    """Its day, a line for each entry, and what recurs by name."""
    cases = [case(1, agreed(due=ON)), case(2, agreed(due=ON))]
    lines = str(learning_log(cases, ON)).splitlines()

    assert "Learning register on 31 March 2020" == lines[0]
    assert [True, True] == [line.startswith(f"- 19 000 00{number}, ") for number, line in enumerate(lines[1:3], 1)]
    assert ["", "What recurs"] == lines[3:5]
    assert "- Apology in Education and children's services: 2 cases (19 000 001, 19 000 002)" == lines[5]
    assert "Learning register on 31 March 2020" == str(LearningLog(ON, []))


# --- What is refused


def test_contradictions_are_refused_all_at_once():
    """A case that stands twice and a completion before its decision."""
    with pytest.raises(InvalidValue) as caught:
        learning_log([case(1), case(1), case(2, agreed(done=dt.date(2019, 9, 30)))], ON)

    assert ["19 000 001", "19 000 002"] == [reference for reference, _ in cases(caught)]


def test_the_day_is_a_day():
    """There is none unless the caller names one."""
    with pytest.raises(InvalidValue) as caught:
        learning_log([], "2020-03-31")

    assert ["on"] == fields(caught)


@each_of(
    ("changes", "field"),
    [
        ({"progress": Progress.DONE_ON_TIME}, "progress"),
        ({"completed_on": dt.date(2020, 4, 1)}, "completed_on"),
        ({"agreed_on": dt.date(2020, 4, 1)}, "agreed_on"),
        ({"due_on": dt.date(2019, 9, 19)}, "due_on"),
        ({"reference": "19003456"}, "reference"),
        ({"payment": Decimal("0.001")}, "payment"),
    ],
)
def test_an_entry_that_contradicts_itself_is_refused(changes, field):
    """Its progress is what its dates give, and it tells nothing that happened after its day."""
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(ENTRY, **changes)

    assert [field] == fields(caught)


def test_every_wrong_field_of_an_entry_is_named():
    """All at once."""
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(ENTRY, text="", kind="apology", on=None)

    assert ["kind", "text", "on"] == [problem.place.path for problem in caught.value.problems]


def test_a_register_is_of_one_day():
    """An entry as of another day is refused."""
    with pytest.raises(InvalidValue) as caught:
        LearningLog(dt.date(2020, 4, 1), [ENTRY])

    assert [("entries", ENTRY)] == faults(caught)


@each_of(
    "references", [(), ("19 000 001",), ("19 000 001", "19 000 001"), ("19 000 002", "19 000 001"), ("1", "2"), (1, 2)]
)
def test_two_cases_recur_and_one_does_not(references):
    """Two references or more, each once and in order."""
    with pytest.raises(InvalidValue) as caught:
        Recurrence(kind=APOLOGY, service_area=SCHOOLS, references=references)

    assert ["references"] == fields(caught)
