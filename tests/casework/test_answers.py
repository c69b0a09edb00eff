"""Which cases answer what a statistic asks, and how many leave it open."""

import datetime as dt

import pytest

from lgsco import (
    Authority,
    AuthorityType,
    Decision,
    Investigation,
    Outcome,
    compliance_rate,
    satisfactory_remedy_rate,
    tally_investigations,
    uphold_rate,
)
from lgsco.casework import AnswerTally, answered_cases, tally_answers
from lgsco.errors import InvalidValue

ME = Authority("Barsetshire", AuthorityType.COUNTY_COUNCIL)
CASES = [
    Decision(f"19 000 {number:03}", ME, outcome=outcome, decided_on=dt.date(2019, 10, 1), satisfactory_remedy=remedy)
    for number, (outcome, remedy) in enumerate(
        [
            (Outcome.UPHELD, True),
            (Outcome.UPHELD, False),
            (Outcome.UPHELD, None),
            (Outcome.NOT_UPHELD, None),
            (Outcome.ADVICE_GIVEN, None),
            (None, None),
        ]
    )
]


def test_answers_are_counted_of_the_cases_that_are_asked():
    """Of every case its outcome; of every case that may be upheld whether it had been put right."""
    assert AnswerTally(5, 1) == tally_answers(CASES, uphold_rate)
    assert AnswerTally(2, 2) == tally_answers(CASES, satisfactory_remedy_rate)
    assert AnswerTally(0, 0) == tally_answers([], uphold_rate)
    assert 4 == tally_answers(CASES, satisfactory_remedy_rate).total
    worked = [Investigation(CASES[0]), Investigation(CASES[2])]
    assert AnswerTally(1, 1) == tally_answers(worked, satisfactory_remedy_rate)


def test_the_others_have_a_rate():
    """Unknown of all, known without those that leave it open."""
    assert None is uphold_rate(tally_investigations(CASES))
    assert "75% (3 of 4)" == str(uphold_rate(tally_investigations(answered_cases(CASES, uphold_rate))))
    remedied = tally_investigations(answered_cases(CASES, satisfactory_remedy_rate))
    assert "50% (1 of 2)" == str(satisfactory_remedy_rate(remedied))


def test_another_measure_is_refused():
    """Compliance is of outcomes, not of decisions."""
    for function in (tally_answers, answered_cases):
        with pytest.raises(InvalidValue):
            function(CASES, compliance_rate)
