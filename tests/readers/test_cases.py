"""A council's own export: columns mapped by the caller, British and ISO days, everything wrong told at once."""

import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

import lgsco
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
    ServiceArea,
    published,
)
from lgsco.errors import InvalidValue, UnknownWords, UnreadableDocument
from lgsco.model import CaseList
from lgsco.readers import Bounds, read_cases

ME = Authority("Barsetshire County Council", AuthorityType.COUNTY_COUNCIL)
COLUMNS = {
    "reference": "Ref no",
    "outcome": "Decision",
    "decided_on": "Date of decision",
    "service_area": "Service",
    "satisfactory_remedy": "Put right before?",
}
ROWS = [
    {
        "Ref no": "19003456",
        "Decision": "Upheld",
        "Date of decision": "1/10/2019",
        "Service": "Education & children's services",
        "Put right before?": "No",
        "Officer": "A",
    },
    {
        "Ref no": "19 003 457",
        "Decision": "not_upheld",
        "Date of decision": dt.date(2020, 3, 31),
        "Service": "Adult social care",
        "Put right before?": "n/a",
        "Officer": "B",
    },
    {
        "Ref no": "19-003-458",
        "Decision": "Closed after initial enquiries",
        "Date of decision": "2 April 2020",
        "Service": "-",
        "Put right before?": "",
        "Officer": None,
    },
]
READ = (
    Decision(
        "19 003 456",
        ME,
        outcome=Outcome.UPHELD,
        decided_on=dt.date(2019, 10, 1),
        service_area=ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES,
        satisfactory_remedy=False,
    ),
    Decision(
        "19 003 457",
        ME,
        outcome=Outcome.NOT_UPHELD,
        decided_on=dt.date(2020, 3, 31),
        service_area=ServiceArea.ADULT_CARE_SERVICES,
    ),
    Decision("19 003 458", ME, outcome=Outcome.CLOSED_AFTER_INITIAL_ENQUIRIES, decided_on=dt.date(2020, 4, 2)),
)


def _problems(error):
    return [(str(problem.place), problem.reason) for problem in error.value.problems]


def _csv(rows, delimiter=","):
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def _lines(above=()):
    headings = list(ROWS[0])
    days = [[cell.strftime("%d/%m/%Y") if isinstance(cell, dt.date) else cell for cell in row.values()] for row in ROWS]
    return [*above, headings, *days]


def _workbook(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_rows_become_cases_and_what_was_not_read_is_named():
    cases = read_cases(ROWS, COLUMNS, ME)

    assert cases.decisions == READ
    assert cases.investigations == cases.undecided == cases.enquiries == ()
    assert cases.compliance is None
    assert cases.unread_columns == ("Officer",)


def test_the_cases_are_counted_as_any_others():
    cases = read_cases(ROWS, COLUMNS, authority=ME)
    [first, second] = lgsco.reviews_of(cases.decisions, cases.compliance)

    assert first.compliance is second.compliance is None
    assert (first.year.ending, first.investigations.upheld, first.investigations.total) == (2020, 1, 2)
    assert (second.year.ending, second.investigations.total) == (2021, 0)


@pytest.mark.parametrize(
    "export",
    [
        _lines(),
        _csv(_lines()),
        _csv(_lines([["Complaints to the Ombudsman"], [], ["Printed by the case system"]]), ";"),
        "\N{ZERO WIDTH NO-BREAK SPACE}" + _csv(_lines(), "\t"),
        _csv(_lines()).encode("utf-16"),
        _workbook({"Notes": [["Nothing here"]], "Cases": _lines([["A title"]])}),
        _workbook({"Cases": [list(ROWS[0]), *(list(row.values()) for row in ROWS)]}),
    ],
    ids=["rows", "commas", "titles-and-semicolons", "tabs", "utf-16", "second-sheet", "dates-in-a-workbook"],
)
def test_an_export_may_be_rows_text_or_a_workbook(export):
    assert READ == read_cases(export, COLUMNS, ME).decisions


def test_headings_are_found_whatever_their_case_and_spaces():
    rows = [{" ref  NO": "19 003 456", "decision": "Upheld", "DATE of decision": "2019-10-01"}]
    columns = {"reference": "Ref no", "outcome": "Decision", "decided_on": "Date of Decision"}

    [decision] = read_cases(rows, columns, ME).decisions

    assert dt.date(2019, 10, 1) == decision.decided_on


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1/4/2023", dt.date(2023, 4, 1)),
        ("01.04.23", dt.date(2023, 4, 1)),
        ("31/03/73", dt.date(2073, 3, 31)),
        ("01-04-2023", dt.date(2023, 4, 1)),
        ("2023-04-01", dt.date(2023, 4, 1)),
        ("2023/04/01", dt.date(2023, 4, 1)),
        ("2023-04-01T00:00:00", dt.date(2023, 4, 1)),
        ("01/04/2023 09:15", dt.date(2023, 4, 1)),
        ("1 April 2023", dt.date(2023, 4, 1)),
        ("Saturday 1st April 2023", dt.date(2023, 4, 1)),
        ("1-Apr-23", dt.date(2023, 4, 1)),
        ("1 Sept. 2023", dt.date(2023, 9, 1)),
        (dt.datetime(2023, 4, 1, 12, 30), dt.date(2023, 4, 1)),  # noqa: DTZ001  # as a workbook holds it
    ],
)
def test_days_are_read_as_people_write_them(written, day):
    rows = [{"r": "19 003 456", "o": "upheld", "d": written}]

    [decision] = read_cases(rows, {"reference": "r", "outcome": "o", "decided_on": "d"}, ME).decisions

    assert day == decision.decided_on


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("4/25/2023", "has its month first"),
        ("31/2/2023", "is not a date of the calendar"),
        ("1 Juny 2023", "is not a date of the calendar"),
        ("01-04-23", "may begin with its day or its year"),
        ("1/4/85", "may be of 1985 or of 2085"),
        ("spring 2023", "is not a date: write it like"),
        ("1/4/2023" + " " * 100 + "x" * 100, "is not a date: write it like"),
        (45017, "is a number, as spreadsheets keep dates"),
        (dt.datetime(2023, 4, 1, tzinfo=dt.UTC), "has a time zone"),
    ],
)
def test_days_that_may_be_others_are_refused(written, reason):
    rows = [{"r": "19 003 456", "o": "upheld", "d": written}]

    with pytest.raises(InvalidValue) as error:
        read_cases(rows, {"reference": "r", "outcome": "o", "decided_on": "d"}, ME)

    [(place, why)] = _problems(error)
    assert place == "row 1, d"
    assert reason in why


def test_all_that_is_wrong_is_told_at_once_in_the_order_of_the_rows():
    rows = [
        ["Ref no", "Decision", "Date of decision", "Service", "Put right before?"],
        ["19 003 456", "Upheld", "1/10/2019", "Housing", "perhaps"],
        ["", "Upheld", "1/10/2019", "Housing", "yes"],
        ["19 003 458", "Withdrawn", "32/10/2019", "Cemeteries", "yes"],
        [],
        ["19 003 459", "Not upheld", "1/10/2019", "Housing", "yes"],
        ["19 3", "Upheld", "1/10/2019", "Housing", "yes"],
        ["19 003 460", "Upheld", "", "Housing", "yes"],
        ["19 003 461", "Upheld", "1/10/2019", "Housing", "yes"],
        ["19003461", "Upheld", "1/10/2019", "Housing", "yes"],
        ["19 003 462", "Upheld", "1/10/2019", 5, 3],
    ]

    with pytest.raises(InvalidValue) as error:
        read_cases(rows, COLUMNS, ME)

    assert [place for place, _ in _problems(error)] == [
        "row 2, Put right before?",
        "row 3, Ref no",
        "row 4, Decision",
        "row 4, Date of decision",
        "row 4, Service",
        "row 6, Put right before?",
        "row 7, Ref no",
        "row 8, Date of decision",
        "row 10, Ref no",
        "row 11, Service",
        "row 11, Put right before?",
    ]


def test_headings_that_are_missing_or_stand_twice_are_named_all_at_once():
    rows = [["Ref no", "Decision", "Decision"], ["19 003 456", "Upheld", "x"]]

    with pytest.raises(InvalidValue) as error:
        read_cases(rows, COLUMNS, ME)

    assert ["Decision", "Date of decision", "Service", "Put right before?"] == [place for place, _ in _problems(error)]


@pytest.mark.parametrize("export", [[], "", [[]], [{}]])
def test_an_export_without_headings_has_none(export):
    with pytest.raises(InvalidValue) as error:
        read_cases(export, {"reference": "r", "outcome": "o", "decided_on": "d"}, ME)

    assert {("r", "is not a heading; there are none"), ("o", "is not a heading; there are none")} < set(
        _problems(error)
    )


@pytest.mark.parametrize(
    ("columns", "words", "fields"),
    [
        ({}, {}, ["columns['reference']", "columns['outcome']", "columns['decided_on']"]),
        ({"reference": "r"}, {}, ["columns['outcome']", "columns['decided_on']"]),
        ({"reference": "r", "outcome": "o"}, {}, ["columns['decided_on']"]),
        (
            {"reference": "r", "compliance_due_on": "d"},
            {},
            ["columns['compliance_status']", "columns['compliance_recorded_on']"],
        ),
        (
            {"reference": "r", "outcome": "o", "decided_on": "d", "opened": "x", "code": "c"},
            {"result": {}},
            ["columns['opened']", "words['result']", "columns['code']"],
        ),
        (
            {"reference": "r", "outcome": "o", "decided_on": "d", "enquiry_sent_on": "s", "recommendation_text": "t"},
            {},
            ["columns['enquiry_due_on']"],
        ),
    ],
)
def test_columns_that_make_no_cases_are_refused_before_any_cell_is_read(columns, words, fields):
    with pytest.raises((InvalidValue, InvalidValue)) as error:
        read_cases([{}], columns, ME, words=words)

    problems = error.value.problems if isinstance(error.value, InvalidValue) else [error.value]
    assert fields == [problem.place.path for problem in problems]


def test_the_body_may_stand_in_the_export_and_is_found_in_a_register_on_its_day():
    rows = [
        {"ref": "22 003 456", "body": "Cumbria", "result": "Upheld", "on": "31/3/2023"},
        {"ref": "19 003 457", "body": "Kent", "result": "Not upheld", "on": "1/4/2019"},
    ]
    columns = {"reference": "ref", "authority": "body", "outcome": "result", "decided_on": "on"}

    cases = read_cases(rows, columns, register=published.register())

    assert ["Cumbria County Council", "Kent County Council"] == [case.authority.name for case in cases.decisions]
    with pytest.raises(InvalidValue) as error:
        read_cases(
            [*rows, {**rows[0], "on": "1/4/2023"}, {**rows[1], "body": "Kemt"}], columns, register=published.register()
        )
    assert ["row 3, body", "row 4, body"] == [place for place, _ in _problems(error)]


def test_without_a_register_the_export_says_what_kind_of_body_it_is():
    rows = [
        {
            "ref": "19 003 456",
            "body": "Barsetshire County Council",
            "kind": "County council",
            "result": "Upheld",
            "on": "1/4/2019",
        }
    ]
    columns = {
        "reference": "ref",
        "authority": "body",
        "authority_type": "kind",
        "outcome": "result",
        "decided_on": "on",
    }

    [decision] = read_cases(rows, columns).decisions

    assert ME == decision.authority
    with pytest.raises(InvalidValue) as error:
        read_cases(rows, {name: heading for name, heading in columns.items() if name != "authority_type"})
    assert error.value.problems[0].place.path == "columns['authority_type']"
    with pytest.raises(InvalidValue) as missing:
        read_cases([{**rows[0], "kind": ""}], columns)
    assert [("row 1, kind", "is missing")] == _problems(missing)


def test_words_of_ones_own_stand_for_what_the_caller_says():
    rows = [
        {"r": "19 003 456", "o": "Fault", "d": "1/4/2019", "s": 1},
        {"r": "19 003 457", "o": "No fault", "d": "1/4/2019", "s": 0},
        {"r": "19 003 458", "o": "tbc", "d": "1/4/2019", "s": None},
    ]
    columns = {"reference": "r", "outcome": "o", "decided_on": "d", "satisfactory_remedy": "s"}
    words = {
        "outcome": {"fault": "upheld", "No  Fault": Outcome.NOT_UPHELD, "tbc": None},
        "satisfactory_remedy": {"1": True, "0": False},
    }

    decisions = read_cases(rows, columns, ME, words=words).decisions

    assert [Outcome.UPHELD, Outcome.NOT_UPHELD, None] == [case.outcome for case in decisions]
    assert [True, False, None] == [case.satisfactory_remedy for case in decisions]


def test_cases_that_are_not_decided_are_told_apart():
    rows = [*ROWS, {"Ref no": "20 000 001", "Service": "Housing"}]

    cases = read_cases(rows, COLUMNS, ME)

    assert (READ, ("20 000 001",)) == (cases.decisions, cases.undecided)


COMPLIANCE = {
    "reference": "Ref",
    "compliance_status": "Outcome",
    "compliance_recorded_on": "Recorded",
    "compliance_due_on": "Due",
}


def test_compliance_outcomes_are_read_beside_the_cases_or_alone():
    rows = [
        {"Ref": "19 003 456", "Outcome": "Complete but late", "Recorded": "1/5/2020", "Due": "1/4/2020"},
        {"Ref": "19 003 457", "Outcome": "Not complied", "Recorded": "1/5/2020", "Due": ""},
    ]

    cases = read_cases(rows, COMPLIANCE, ME)

    assert cases.undecided == ()
    assert cases.decisions is None
    assert cases.compliance == (
        ComplianceOutcome(
            "19 003 456",
            ME,
            status=ComplianceStatus.LATE,
            recorded_on=dt.date(2020, 5, 1),
            due_on=dt.date(2020, 4, 1),
        ),
        ComplianceOutcome("19 003 457", ME, status=ComplianceStatus.NOT_COMPLIED, recorded_on=dt.date(2020, 5, 1)),
    )


def test_compliance_outcomes_that_cannot_be_are_refused_and_so_are_repeats():
    rows = [
        {"Ref": "19 003 456", "Outcome": "on time", "Recorded": "1/5/2020", "Due": "1/4/2020"},
        {"Ref": "19 003 456", "Outcome": "on time", "Recorded": "1/5/2020", "Due": "1/4/2020"},
        {"Ref": "19 003 457", "Outcome": "late", "Recorded": "1/4/2020", "Due": "1/5/2020"},
        {"Ref": "19 003 458", "Outcome": "mostly", "Recorded": "1/4/2020", "Due": "1/5/2020"},
    ]

    with pytest.raises(InvalidValue) as error:
        read_cases(rows, COMPLIANCE, ME)

    assert ["row 2, Ref", "row 3, Outcome", "row 4, Outcome"] == [place for place, _ in _problems(error)]


WORK = {
    "reference": "ref",
    "outcome": "outcome",
    "decided_on": "decided",
    "opened_on": "opened",
    "recommendation_kind": "kind",
    "recommendation_text": "text",
    "recommendation_payment": "pay",
    "enquiry_sent_on": "sent",
    "enquiry_due_on": "reply by",
    "compliance_status": "status",
    "compliance_recorded_on": "settled",
}
CASE = {"ref": "19 003 456", "outcome": "upheld", "decided": "1/10/2019", "opened": "1/6/2019"}
SETTLED = {"status": "on time", "settled": "1/12/2019"}


def test_a_case_has_a_row_for_each_recommendation_and_each_enquiry():
    rows = [
        {**CASE, **SETTLED, "kind": "Payment", "text": "=1+1", "pay": "\N{POUND SIGN}1,200.50"},
        {**CASE, **SETTLED, "kind": "apology", "text": "Apologise", "pay": 100},
        {**CASE, **SETTLED, "sent": "1/7/2019", "reply by": "29/7/2019"},
        {"ref": "19 003 457", "outcome": "advice given", "decided": "1/10/2019"},
        {"ref": "20 003 458", "opened": "1/6/2020", "sent": "1/7/2020", "reply by": "29/7/2020"},
    ]

    cases = read_cases(rows, WORK, ME)

    decision = Decision("19 003 456", ME, outcome=Outcome.UPHELD, decided_on=dt.date(2019, 10, 1))
    other = Decision("19 003 457", ME, outcome=Outcome.ADVICE_GIVEN, decided_on=dt.date(2019, 10, 1))
    assert cases.investigations == (
        Investigation(
            decision,
            opened_on=dt.date(2019, 6, 1),
            recommendations=[
                Recommendation(RecommendationKind.PAYMENT, "=1+1", payment=Decimal("1200.50")),
                Recommendation(RecommendationKind.APOLOGY, "Apologise", payment=Decimal(100)),
            ],
            enquiries=[Enquiry(dt.date(2019, 7, 1), dt.date(2019, 7, 29))],
        ),
    )
    assert (decision, other) == cases.decisions
    assert len(cases.compliance) == 1
    assert ("20 003 458",) == cases.undecided
    assert (Enquiry(dt.date(2020, 7, 1), dt.date(2020, 7, 29)),) == cases.enquiries


def test_work_that_no_case_could_hold_and_rows_that_deny_one_another_are_refused():
    rows = [
        {**CASE, **SETTLED, "kind": "apology", "text": "Apologise"},
        {**CASE, "status": "late", "settled": "1/12/2019", "sent": "1/7/2019", "reply by": "29/7/2019"},
        {**CASE, "opened": "2/6/2019", "sent": "1/8/2019", "reply by": "29/8/2019"},
        {"ref": "19 003 457", "outcome": "advice given", "decided": "1/10/2019", "kind": "apology", "text": "A"},
        {"ref": "20 003 458", "kind": "apology", "text": "A", "pay": "much"},
        {"ref": "20 003 459", "kind": "apology", "text": 7, "pay": 0.1 + 0.2},
        {"ref": "20 003 460", "kind": "apology", "text": "A"},
        {**CASE, "outcome": "not upheld", "decided": "1/10/2019", "kind": "apology", "text": "A"},
        {**CASE, "outcome": "advice given"},
    ]

    with pytest.raises(InvalidValue) as error:
        read_cases(rows, WORK, ME)

    assert [
        "row 2, ref",
        "row 3, opened",
        "row 4, kind",
        "row 4, text",
        "row 5, pay",
        "row 6, text",
        "row 7, kind",
        "row 7, text",
        "row 8, outcome",
        "row 9, ref",
    ] == [place for place, _ in _problems(error)]


def test_rows_of_two_makings_and_rows_that_are_none_are_refused():
    with pytest.raises(InvalidValue) as error:
        read_cases([ROWS[0], ["19 003 456"]], COLUMNS, ME)
    assert ["row 2"] == [place for place, _ in _problems(error)]
    with pytest.raises(UnreadableDocument):
        read_cases([list(ROWS[0]), "19 003 456"], COLUMNS, ME)
    with pytest.raises(InvalidValue) as reverse:
        read_cases([list(ROWS[0]), ROWS[0]], COLUMNS, ME)
    assert ["row 2"] == [place for place, _ in _problems(reverse)]


def test_a_sheet_is_named_where_several_fit():
    both = _workbook({"2019": _lines(), "2020": _lines()})

    assert READ == read_cases(both, COLUMNS, ME, sheet="2020").decisions
    with pytest.raises(UnreadableDocument) as several:
        read_cases(both, COLUMNS, ME)
    assert several.value.found == ("cases on sheet '2019'", "cases on sheet '2020'")
    with pytest.raises(UnreadableDocument) as none:
        read_cases(both, COLUMNS, ME, sheet="2021")
    assert none.value.missing == ("sheet '2021'",)
    with pytest.raises(InvalidValue) as elsewhere:
        read_cases(_workbook({"A": [["x"]], "B": [["Ref no", "Decision"]]}), COLUMNS, ME)
    assert "sheet 'B', Date of decision" in [place for place, _ in _problems(elsewhere)]


def test_an_export_beyond_a_bound_is_refused():
    with pytest.raises(UnreadableDocument):
        read_cases(ROWS, COLUMNS, ME, bounds=Bounds(sheet_rows=2))


BY = {"reference": "r", "outcome": "o", "decided_on": "d"}
LINE = {"r": "19 003 456", "o": "Upheld", "d": "1/10/2019"}


def test_exact_copies_of_a_row_are_refused_left_out_or_kept_as_the_caller_says():
    """Contradictions are refused whatever the caller says."""
    rows = [LINE, {**LINE, "r": "19 003 457"}, {**LINE}, {**LINE, "note": ""}]

    with pytest.raises(InvalidValue) as copied:
        read_cases(rows, BY, ME)
    assert ["row 3, r", "row 4, r"] == [place for place, _ in _problems(copied)]
    cases = read_cases(rows, BY, ME, duplicates="drop-identical")
    assert (2, (3, 4)) == (len(cases.decisions), cases.dropped_rows)
    for duplicates in ("drop-identical", "keep-identical"):
        with pytest.raises(InvalidValue) as denied:
            read_cases([LINE, {**LINE, "o": "Not upheld"}], BY, ME, duplicates=duplicates)
        assert ["row 2, r"] == [place for place, _ in _problems(denied)]
    with pytest.raises(InvalidValue):
        read_cases(rows, BY, ME, duplicates="drop")
    twice = [{**LINE, "a": "Apologise"}] * 2
    [case] = read_cases(twice, {**BY, "recommendation_text": "a"}, ME, duplicates="keep-identical").investigations
    assert 2 == len(case.recommendations)


@pytest.mark.parametrize(
    ("text", "cell", "payment", "in_text"),
    [
        ("Apology and \u00a3250", None, Decimal(250), True),
        ("Pay \u00a31,250.50.", "", Decimal("1250.50"), True),
        ("Apology and \u00a3250", "\u00a3300", Decimal(300), False),
        ("Apologise", 100, Decimal(100), False),
        ("Apologise", None, None, False),
        ("\u00a3250 for distress and \u00a3100 for time", None, None, True),
        ("up to \u00a3250", None, None, True),
        ("\u00a320 a month", None, None, True),
        ("\u00a32.5k", None, None, True),
        ("refund in \u00a3", None, None, True),
        ("Pay 1,300 pounds", None, Decimal(1300), True),
        ("GBP 300 and gbp 20", None, None, True),
        ("in 300 pound notes", None, None, False),
    ],
)
def test_money_in_a_text_is_marked_as_found_there(text, cell, payment, in_text):
    """Where no column has the sum; what comes to no one sum is marked and has none. The kind may be unknown."""
    columns = {**BY, "recommendation_text": "a", "recommendation_payment": "p"}
    [case] = read_cases([{**LINE, "a": text, "p": cell}], columns, ME).investigations

    assert (Recommendation(None, text, payment=payment, payment_in_text=in_text),) == case.recommendations


def test_cells_beyond_the_headings_are_told():
    """A comma within a cell shifts those after it."""
    text = (
        "r,o,d,s\n19 003 456,Upheld,1/10/2019,yes\n19 003 457,Upheld,2/10/2019,no,yes\n19 003 458,Upheld,2/10/2019,,,"
    )
    with pytest.raises(InvalidValue) as caught:
        read_cases(text, {**BY, "satisfactory_remedy": "s"}, ME)

    assert [(3, "yes")] == [(problem.place.row, problem.value) for problem in caught.value.problems]


def test_what_a_form_says_of_every_case_makes_neither_a_decision_nor_a_recommendation():
    """A "no" and a sum of zero."""
    columns = {**BY, "public_report": "report", "recommendation_text": "a", "recommendation_payment": "p"}
    rows = [{"r": "20 000 001", "report": "No", "p": 0, "a": ""}, {**LINE, "report": "No", "p": "\u00a30"}]
    cases = read_cases(rows, columns, ME)

    assert ("20 000 001",) == cases.undecided
    assert [()] == [case.recommendations for case in cases.investigations]


def test_words_that_are_not_understood_come_back_once_each():
    """At the first of their rows, with a skeleton to fill in; a meaning that is none is refused before."""
    rows = [{**LINE, "r": f"19 003 {number}", "o": word} for number, word in enumerate(["Odd", "Odd", "odder"], 100)]

    with pytest.raises(UnknownWords) as caught:
        read_cases(rows, BY, ME)
    assert [("row 1, o", "Odd"), ("row 3, o", "odder")] == [
        (str(problem.place), problem.value) for problem in caught.value.problems
    ]
    assert {"outcome": {"Odd": "?", "odder": "?"}} == caught.value.skeleton
    with pytest.raises(InvalidValue) as unfilled:
        read_cases(rows, BY, ME, words=caught.value.skeleton)
    assert ["words['outcome']['Odd']", "words['outcome']['odder']"] == [
        problem.place.path for problem in unfilled.value.problems
    ]


def test_contradictions_that_counting_would_find_are_told_with_their_rows():
    """Completed before the decision, recorded before it was completed, and after the list was made."""
    columns = {
        **BY,
        "recommendation_text": "a",
        "recommendation_completed_on": "done",
        "compliance_status": "status",
        "compliance_recorded_on": "recorded",
    }
    rows = [
        {**LINE, "a": "A", "done": "30/9/2019"},
        {**LINE, "r": "19 003 457", "a": "A", "done": "1/12/2019", "status": "on time", "recorded": "30/11/2019"},
        {**LINE, "r": "19 003 458", "a": "A", "done": "1/12/2019", "status": "not complied", "recorded": "30/11/2019"},
        {**LINE, "r": "19 003 459", "a": "A", "done": "2/4/2020"},
        {**LINE, "r": "19 003 460", "d": ""},
    ]

    with pytest.raises(InvalidValue) as caught:
        read_cases(rows, columns, ME, as_of=dt.date(2020, 4, 1))
    assert ["row 1, done", "row 2, done", "row 4, done", "row 5, d"] == [place for place, _ in _problems(caught)]


def test_a_year_is_over_or_not_by_the_day_of_the_list():
    """Known by a later year too; the last year of a list without a day may be over or not."""
    rows = [{**LINE, "d": "1/3/2020"}, {**LINE, "r": "19 003 457", "d": "1/6/2020"}]
    first, last = lgsco.ReportingYear(2020), lgsco.ReportingYear(2021)

    def over(**options):
        cases = read_cases(rows, BY, ME, **options)
        return [cases.is_over(year) for year in cases.years]

    assert (first, last) == read_cases(rows, BY, ME).years
    assert [True, None] == over()
    assert [True, False] == over(as_of=dt.date(2021, 3, 30))
    assert [True, True] == over(as_of=dt.date(2021, 3, 31))
    with pytest.raises(InvalidValue):
        over(as_of="2021-03-31")
    assert () == CaseList().years


EXPORT = {"reference": "Ref", "outcome": "Decision", "decided_on": "Decided"}


def test_rows_of_another_council_are_refused():
    """A column that nobody mapped may say whose the cases are, in any spelling, or be of something else."""
    kent = published.register().find("Kent")

    def refused(*councils, register=None):
        rows = [[f"19 000 00{number}", "Upheld", "1/7/2019", name] for number, name in enumerate(councils)]
        try:
            read_cases([["Ref", "Decision", "Decided", "Council"], *rows], EXPORT, kent, register=register)
        except InvalidValue as error:
            return [(problem.place.row, problem.place.column, problem.value) for problem in error.problems]
        return []

    assert [] == refused("Kent CC", "Kent County Council", "", "Adult services")
    assert [(3, "Council", "Surrey County Council")] == refused("Kent", "Surrey County Council")
    assert [(2, "Council", "Surrey"), (3, "Council", "Durham")] == refused(
        "Surrey", "Durham", register=published.register()
    )


def test_yes_and_no_are_one_and_zero():
    """As text or as numbers; any other number is neither."""
    columns = EXPORT | {"public_report": "Report"}
    row = ["19 000 001", "Upheld", "1/7/2019"]
    flags = [
        read_cases([["Ref", "Decision", "Decided", "Report"], [*row, cell]], columns, ME).decisions[0].public_report
        for cell in ("1", 1, 1.0, "Y", True, "0", 0, 0.0, "n", False, "")
    ]

    assert [True] * 5 + [False] * 5 + [None] == flags
    with pytest.raises(UnknownWords):
        read_cases([["Ref", "Decision", "Decided", "Report"], [*row, 2]], columns, ME)


def test_dates_as_numbers_are_no_dates_and_no_references():
    """Excel counts days from two different years; eight figures may be a reference too."""
    heads = ["Reference", "Outcome", "Decision date"]
    for cell in (43647, 43647.0, "43647", "20190701"):
        rows = [heads, ["19 000 001", "Upheld", cell], ["19 000 002", "Upheld", cell]]
        proposal = read_cases(rows, authority=ME)

        assert ({"reference": "Reference", "outcome": "Outcome"}, ("decided_on",)) == (
            proposal.mapping,
            proposal.missing,
        )
        with pytest.raises(InvalidValue) as error:
            read_cases(rows, dict(zip(("reference", "outcome", "decided_on"), heads, strict=True)), ME)
        assert [2, 3] == [problem.place.row for problem in error.value.problems]


def test_each_problem_is_told_once():
    """A reference is that of the decision and of the compliance outcome; a case that ended did so on a day."""
    columns = EXPORT | {"compliance_status": "Compliance", "compliance_recorded_on": "Recorded"}
    rows = [
        [*columns.values()],
        ["?", "Upheld", "1/7/2019", "Complied", "1/8/2019"],
        ["19 000 002", "Upheld", "", "", ""],
    ]
    with pytest.raises(InvalidValue) as error:
        read_cases(rows, columns, ME)

    assert [(2, "Ref"), (3, "Decided")] == [
        (problem.place.row, problem.place.column) for problem in error.value.problems
    ]
