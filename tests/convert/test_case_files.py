"""Investigations as rows, and rows as comma-separated values: the plain layout, there and back, and what is refused."""

import datetime as dt
from decimal import Decimal

import attrs
import pytest
from tests.support.refusals import cases
from tests.support.tables import each_of

from lgsco import (
    Authority,
    AuthorityType,
    ComplianceTally,
    Decision,
    Enquiry,
    Investigation,
    Outcome,
    Proportion,
    Recommendation,
    RecommendationKind,
    ServiceArea,
)
from lgsco.convert import from_csv, from_rows, rows_of, to_csv
from lgsco.errors import InvalidValue

COUNCIL = Authority("Barsetshire", AuthorityType.COUNTY_COUNCIL)
DECISION = Decision(
    "19 003 456",
    COUNCIL,
    outcome=Outcome.UPHELD,
    decided_on=dt.date(2019, 10, 1),
    service_area=ServiceArea.HOUSING,
    public_report=True,
)
FULL = Investigation(
    DECISION,
    opened_on=dt.date(2019, 6, 1),
    recommendations=[
        Recommendation(
            RecommendationKind.PAYMENT, "Pay, at once", due_on=dt.date(2019, 11, 1), payment=Decimal("4200.00")
        ),
        Recommendation(RecommendationKind.APOLOGY, 'Say "sorry"\nin writing'),
    ],
    enquiries=[Enquiry(dt.date(2019, 7, 1), dt.date(2019, 7, 29), answered_on=dt.date(2019, 8, 20))],
)
BARE = Investigation(attrs.evolve(DECISION, reference="19 003 457", public_report=None))
HEADER = (
    "reference,authority,code,authority_type,outcome,decided_on,service_area,satisfactory_remedy,public_report,opened_on,"
    "recommendation_kind,recommendation_text,recommendation_agreed_on,recommendation_due_on,"
    "recommendation_completed_on,recommendation_payment,recommendation_payment_in_text,"
    "enquiry_sent_on,enquiry_due_on,enquiry_answered_on,enquiry_summons_threatened_on"
)
FILE = f"""{HEADER}
19 003 456,Barsetshire,,county_council,upheld,2019-10-01,housing,,true,2019-06-01,\
payment,"Pay, at once",,2019-11-01,,4200.00,false,,,,
19 003 456,Barsetshire,,county_council,upheld,2019-10-01,housing,,true,2019-06-01,\
apology,"Say ""sorry""
in writing",,,,,false,,,,
19 003 456,Barsetshire,,county_council,upheld,2019-10-01,housing,,true,2019-06-01,\
,,,,,,,2019-07-01,2019-07-29,2019-08-20,
19 003 457,Barsetshire,,county_council,upheld,2019-10-01,housing,,,,,,,,,,,,,,
"""


def problems_of(read, held, kind=Investigation):
    with pytest.raises(InvalidValue) as caught:
        read(held, kind)
    return [str(problem.place) for problem in caught.value.problems]


# --- Rows


def test_each_recommendation_and_each_enquiry_has_a_row():
    """All that is told of the case stands in each of them, and a case without either has a row all the same."""
    rows = rows_of([FULL, BARE])

    assert 4 == len(rows)
    assert {HEADER} == {",".join(row) for row in rows}
    assert ["payment", "apology", None, None] == [row["recommendation_kind"] for row in rows]
    assert [None, None, dt.date(2019, 7, 1), None] == [row["enquiry_sent_on"] for row in rows]
    assert [True, True, True, None] == [row["public_report"] for row in rows]
    assert [FULL, BARE] == from_rows(rows, Investigation)
    assert [] == rows_of([]) == from_rows([], Investigation)


def test_rows_of_one_case_need_not_stand_together():
    """Cases come in the order of their first rows, what they hold in the order of its rows."""
    one, two, three, bare = rows_of([FULL, BARE])
    swapped = attrs.evolve(FULL, recommendations=FULL.recommendations[::-1])

    assert [BARE, FULL] == from_rows([bare, one, two, three], Investigation)
    assert [swapped, BARE] == from_rows([two, bare, three, one], Investigation)


def test_a_row_may_hold_a_recommendation_and_an_enquiry():
    """As somebody may write it who fills in a sheet by hand."""
    one, two, three, _ = rows_of([FULL, BARE])
    both = {**three, **{column: cell for column, cell in one.items() if cell is not None}}

    assert [FULL] == from_rows([both, two], Investigation)


def test_a_joint_case_is_two():
    """One reference and two bodies: each has its own rows."""
    other = attrs.evolve(BARE, decision=attrs.evolve(DECISION, authority=attrs.evolve(COUNCIL, name="Borchester")))

    assert [FULL, other] == from_rows(rows_of([FULL, other]), Investigation)


def test_everything_wrong_with_rows_is_told_at_once():
    """What a cell cannot hold, what rows of one case say differently, and columns that there are not, in their rows."""
    rows = rows_of([FULL, BARE])
    rows[0]["recommendation_due_on"] = "1 November"
    rows[1] |= {"recommendation_text": None, "opened_on": None}
    rows[2] |= {"enquiry_due_on": None, "public_report": False}
    rows[3] |= {"outcome": "closed_after_initial_enquiries", "name": "N. N."}

    assert [
        "row 1, recommendation_due_on",
        "row 2, opened_on",
        "row 2, recommendation_text",
        "row 3, enquiry_due_on",
        "row 3, public_report",
        "row 4, name",
        "row 4, outcome",
        "row 5",
    ] == sorted(problems_of(from_rows, [*rows, "19 003 458"]))


def test_a_case_that_stands_twice_is_refused():
    """Rows of it that hold neither are told: they could be it again; and it is not laid out twice."""
    (bare,) = rows_of([BARE])
    first, *_ = rows_of([FULL])

    assert ["row 1, reference", "row 2, reference"] == problems_of(from_rows, [bare, bare])
    assert ["row 2, reference"] == problems_of(
        from_rows, [first, {column: cell for column, cell in first.items() if "recommendation" not in column}]
    )
    with pytest.raises(InvalidValue) as caught:
        rows_of([FULL, BARE, FULL])

    assert [DECISION.reference] == [reference for reference, _ in cases(caught)]


def test_a_body_is_written_the_same_in_all_rows_of_its_case():
    """A code that stands in one row of a case and not in another is no second case."""
    rows = rows_of([FULL])
    rows[2]["code"] = "E10000099"

    assert ["row 3, code"] == problems_of(from_rows, rows)


def test_rules_between_fields_are_placed_too():
    """Completed before it was agreed, and opened after it was decided."""
    rows = rows_of([FULL])
    rows[1] |= {"recommendation_agreed_on": "2019-10-02", "recommendation_completed_on": "2019-10-01"}

    assert ["row 2, recommendation_completed_on"] == problems_of(from_rows, rows)
    late = [{**row, "opened_on": "2019-10-02"} for row in rows_of([FULL])]
    assert ["row 1, decided_on"] == problems_of(from_rows, late)


# --- Comma-separated values


def test_the_plain_file():
    """What a case list looks like as a file; text with commas, quotes and lines keeps them."""
    assert FILE == to_csv([FULL, BARE])
    assert [FULL, BARE] == from_csv(FILE, Investigation)


def test_a_file_that_a_spreadsheet_saved():
    """With its mark at the beginning, its line ends, its capitals and an empty line at the end."""
    saved = "\N{BYTE ORDER MARK}" + FILE.replace("true", "TRUE").replace("\n19", "\r\n19") + "\r\n\r\n"

    assert [FULL, BARE] == from_csv(saved, Investigation)
    assert [FULL, BARE] == from_csv(saved.encode(), Investigation)


def test_columns_may_be_left_out_and_stand_in_any_order():
    """What is not there is not known."""
    heading = "decided_on,authority_type,authority, outcome ,reference"
    text = f"{heading}\n2019-10-01,county_council,Barsetshire,upheld,19 003 457\n"
    decision = Decision("19 003 457", COUNCIL, outcome=Outcome.UPHELD, decided_on=dt.date(2019, 10, 1))

    assert [Investigation(decision)] == from_csv(text, Investigation)
    assert [] == from_csv("reference\n", Investigation)


def test_numbers_and_flags_are_read_as_such():
    """Whole numbers, shares and flags by their columns; what is none is refused and not coerced."""
    assert [Proportion(19, 22)] == from_csv(to_csv([Proportion(19, 22)]), Proportion)
    limits = Proportion(19, 22).interval()
    assert [limits] == from_csv(to_csv([limits]), type(limits))
    assert [ComplianceTally(11, None)] == from_csv(to_csv([ComplianceTally(11, None)]), ComplianceTally)
    assert ["row 2, numerator", "row 3, denominator"] == problems_of(
        from_csv, "numerator,denominator\n1.0,2\n1,two\n", Proportion
    )
    assert ["row 2, lower"] == problems_of(
        from_csv, "lower,upper,confidence,method\nnan,1.0,0.95,wilson\n", type(limits)
    )


def test_rows_of_a_file_are_numbered_as_in_a_spreadsheet():
    """The header is row 1; a cell that spans lines is in one row."""
    wrong = FILE.replace(",2019-08-20,", ",20/08/2019,").replace("19 003 457", "19003457")

    assert ["row 4, enquiry_answered_on", "row 5, reference"] == problems_of(from_csv, wrong)


@each_of(
    ("text", "places"),
    [
        ("", ["row 1"]),
        ("Complaints,Upheld\n1,2\n", ["row 1"]),
        ("numerator,numerator\n1,2\n", ["row 1"]),
        ("numerator,denominator\n1\n1,2,3\n1,2\n", ["row 2", "row 3"]),
        ('numerator,denominator\n1,"2', ["row 2"]),
        (b"numerator,denominator\n1,\xff\n", ["byte 24"]),
        ("numerator,denominator,percent\n1,2,50\n", ["row 2, percent"]),
        ("numerator,denominator\n" + "1" * 200_000 + ",2\n", ["row 2"]),
    ],
)
def test_what_is_no_such_file_is_refused(text, places):
    """No header, a column twice, cells without a column, an open quote, not UTF-8, an unknown column, no end."""
    assert places == problems_of(from_csv, text, Proportion)


def test_without_values_there_is_no_file():
    """There would be no columns to tell the type by."""
    with pytest.raises(TypeError):
        to_csv([])


def test_what_has_no_rows_has_no_file():
    """As for rows."""
    with pytest.raises(TypeError):
        from_csv("name\n", int)
