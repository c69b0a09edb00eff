"""``lgsco casework``: what it prints of a council's own cases, in which form, and with which exit code."""

import datetime as dt
import io
import json
import sys
import types
from decimal import Decimal

import pytest

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
)
from lgsco.casework import CaseworkTally, LearningLog, learning_log, tally_casework
from lgsco.cli import main
from lgsco.convert import from_json, rows_of, to_csv, to_json
from lgsco.stats import MedianTime

OK, MISSING, CANNOT, UNREADABLE = 0, 1, 2, 3
COUNCIL = Authority("Barsetshire", AuthorityType.COUNTY_COUNCIL)
ON = dt.date(2020, 3, 31)


def case(number, *recommendations, enquiries=(), area=ServiceArea.HOUSING, **known):
    decision = Decision(
        f"19 000 {number:03}",
        COUNCIL,
        outcome=Outcome.UPHELD,
        decided_on=dt.date(2019, 10, 1),
        service_area=area,
        **known,
    )
    return Investigation(decision, recommendations=recommendations, enquiries=enquiries)


def agreed(kind=RecommendationKind.APOLOGY, due=dt.date(2020, 1, 1), done=None, **known):
    return Recommendation(kind, "Do it", due_on=due, completed_on=done, **known)


LATE_ANSWER = Enquiry(
    dt.date(2019, 5, 1),
    dt.date(2019, 5, 29),
    answered_on=dt.date(2019, 6, 5),
    summons_threatened_on=dt.date(2019, 6, 1),
)
CASES = [
    case(
        1,
        agreed(RecommendationKind.PAYMENT, done=dt.date(2019, 12, 31), payment=Decimal(4200)),
        agreed(RecommendationKind.PAYMENT, due=dt.date(2020, 4, 1)),
        public_report=True,
        enquiries=[LATE_ANSWER],
    ),
    case(2, agreed(done=dt.date(2020, 1, 11)), public_report=False),
    case(3, agreed(), area=None),
]
OUTCOMES = [
    ComplianceOutcome(f"18 000 {number:03}", COUNCIL, status=status, recorded_on=dt.date(2019, 12, 1))
    for number, status in enumerate(
        [ComplianceStatus.ON_TIME, ComplianceStatus.LATE, ComplianceStatus.NOT_COMPLIED, ComplianceStatus.LATE]
    )
]


@pytest.fixture
def run(capsys):
    """Give a function that carries out the command, and gives its exit code, its output and its complaints."""

    def carried_out(*arguments, on="2020-03-31"):
        try:
            code = main(["casework", *map(str, arguments), "--on", on])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return carried_out


@pytest.fixture
def file(tmp_path):
    """Give a function that writes a file and gives its path."""

    def written(content, name="cases.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def words(text):
    return " ".join(text.split())


def rows(text):
    """Give the cells of each line, as they stand two spaces apart."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.splitlines()]


def test_a_page_of_casework(run, file):
    """What had become of everything, by kind and by area, the money, the times, the answers and the register."""
    code, out, err = run(file(to_csv(CASES)), "--compliance", file(to_csv(OUTCOMES), "outcomes.csv"))
    said, table = words(out), rows(out)

    assert (OK, "") == (code, err)
    assert "Barsetshire: casework on 31 March 2020" == out.splitlines()[0]
    assert "3 cases were decided by then, 1 with a public report; of 1 case it is not stated" in said
    assert ["Kind", "All", "On time", "Late", "Not due yet", "Overdue"] in table
    assert ["Apology", "2", "0", "1", "0", "1"] in table
    assert ["Payment", "2", "1", "0", "1", "0"] in table
    assert ["All kinds", "4", "1", "1", "1", "1"] in table
    assert ["Housing", "2", "1", "3", "1", "0"] in table
    assert ["Not known", "1", "0", "1", "1", "1"] in table
    assert (
        "The money recommended is \u00a34,200, in 1 of 4 recommendations. 1 payment has no sum, so there is more."
        in said
    )
    assert "2 of 4 recommendations are outstanding, and count as still waiting." in said
    assert "1 was done late, by 10 days." in said
    assert "1 is overdue, by 90 days so far." in said
    assert ["1", "0", "1", "0", "0"] in table
    assert "1 was answered late, by 7 days." in said
    assert "1 witness summons was threatened to obtain an answer." in said
    assert "4 compliance outcomes were recorded by then: 1 on time, 2 late, 1 not complied." in said
    assert "19 000 003, service area not known, apology: Do it (due 1 January 2020: overdue on 31 March 2020" in said
    assert "No kind of recommendation recurs in two cases of one service area." in said
    assert "cannot be told" not in said


def test_the_page_is_of_the_day(run, file):
    """In November nothing was done or overdue yet, and no case was decided before October."""
    cases = file(to_csv(CASES))

    assert ["All kinds", "4", "0", "0", "4", "0"] in rows(run(cases, on="2019-11-30")[1])
    before = words(run(cases, on="2019-05-01")[1])
    assert "0 cases were decided by then" in before
    assert "Nothing was agreed." in before
    assert "Not known: no column has them." in before


def test_what_recurs_is_named(run, file):
    """Two apologies in one area."""
    _, out, _ = run(file(to_csv([case(1, agreed()), case(2, agreed())])))

    assert "Apology in Housing: 2 cases (19 000 001, 19 000 002)" in words(out)
    assert "2 cases were decided by then; of 2 cases it is not stated whether there was a public report." in words(out)
    assert "We do not know how much money was recommended: no sum is stated in any of 2 recommendations." in words(out)
    assert "2 are overdue, by 90 days so far." in words(out)


def test_lateness_is_a_span(run, file):
    """From the least to the most days."""
    cases = [case(1, agreed(done=dt.date(2020, 1, 3))), case(2, agreed(done=dt.date(2020, 1, 11)))]

    assert "2 were done late, by 2 to 10 days." in words(run(file(to_csv(cases)))[1])


def test_what_has_no_date_is_listed_and_ends_with_one(run, file):
    """Everything else is told; whether these are overdue is not, and a program can see it."""
    code, out, err = run(file(to_csv([*CASES, case(4, agreed(due=None), agreed(due=None, done=ON))])))

    assert (MISSING, "") == (code, err)
    assert ["Kind", "All", "On time", "Late", "Done, no date", "Not due yet", "Overdue", "Not done, no date"] in rows(
        out
    )
    assert ["Apology", "4", "0", "1", "1", "0", "1", "1"] in rows(out)
    assert "- 19 000 004 (Barsetshire): 'Do it' has no due date" in out
    assert 1 == out.count("has no due date")


def test_casework_as_json(run, file):
    """The counts, the medians and the register are read back as what the page was made from."""
    outcomes, open_cases = file(to_csv(OUTCOMES), "outcomes.csv"), file(to_csv([LATE_ANSWER]), "open.csv")
    code, out, _ = run(file(to_csv(CASES)), "--compliance", outcomes, "--enquiries", open_cases, "--json")
    document = json.loads(out)
    tally = tally_casework(CASES, ON, compliance=OUTCOMES, enquiries=[LATE_ANSWER])

    def value(held, kind):
        return from_json(json.dumps({"lgsco": document["lgsco"], "type": kind.__name__, "value": held}), kind)

    assert OK == code
    assert tally == value(document["casework"], CaseworkTally)
    assert learning_log(CASES, ON) == value(document["learning"], LearningLog)
    assert {"completion": tally.completion.median(), "answers": tally.answers.median()} == {
        name: value(held, MedianTime) for name, held in document["medians"].items()
    }
    assert [] == document["cannot_tell"]


def test_what_cannot_be_told_as_json(run, file):
    """The same list, and the same exit code."""
    code, out, _ = run(file(to_csv([case(4, agreed(due=None))])), "--json")

    assert (MISSING, 1) == (code, len(json.loads(out)["cannot_tell"]))


def test_each_form_of_the_file_says_the_same(run, file):
    """Comma-separated values, rows as JSON, and what ``to_json`` writes."""
    rows_as_json = json.dumps(rows_of(CASES), default=str)

    assert run(file(to_csv(CASES))) == run(file(rows_as_json, "rows.json")) == run(file(to_json(CASES), "cases.json"))


def test_the_file_may_come_from_standard_input(run, file, monkeypatch):
    """As ``-``."""
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=io.BytesIO(to_csv(CASES).encode("utf-8-sig"))))

    assert run("-") == run(file(to_csv(CASES)))


def test_a_file_without_cases_is_no_failure(run, file):
    """Its header alone: nothing was decided."""
    code, out, _ = run(file("reference,authority,authority_type,outcome,decided_on\n"))

    assert OK == code
    assert "0 cases were decided by then" in words(out)


@pytest.mark.parametrize(
    "content", ["", "Complaints\n1\n", "{", "[3]", '{"lgsco": 1}', b"\xff\xfe", "[", '[{"a": 1, "a": 2}]']
)
@pytest.mark.parametrize("option", [None, "--compliance", "--enquiries"])
def test_what_is_no_such_file_is_unreadable(run, file, content, option):
    """The complaint names the file, whichever it is."""
    bad = file(content, "bad.txt")
    arguments = (bad,) if option is None else (file(to_csv(CASES)), option, bad)
    code, out, err = run(*arguments)

    assert (UNREADABLE, "") == (code, out)
    assert err.startswith(f"lgsco: {bad}: ")


def test_a_file_that_is_not_there_is_unreadable(run, tmp_path):
    """In the words of the system."""
    code, out, err = run(tmp_path / "none.csv")

    assert (UNREADABLE, "") == (code, out)
    assert "none.csv: No such file or directory" in err


def test_every_bad_cell_is_listed_with_its_row(run, file):
    """As a spreadsheet numbers them."""
    text = to_csv(CASES).replace("2020-01-11", "soon").replace("county_council", "County", 1)
    code, _, err = run(file(text))

    assert UNREADABLE == code
    assert "- authority_type: 'County' " in err
    assert "(row 2)" in err
    assert "- recommendation_completed_on: 'soon' " in err
    assert "(row 5)" in err


def test_cases_that_contradict_themselves_are_listed(run, file):
    """Completed before the decision, and recorded as carried out without a date."""
    early = file(to_csv([case(1, agreed(done=dt.date(2019, 9, 30), due=None))]))
    open_case = file(to_csv([case(2, agreed(), agreed(due=None))]), "open.csv")
    carried_out = ComplianceOutcome("19 000 002", COUNCIL, status=ComplianceStatus.LATE, recorded_on=ON)
    code, out, err = run(open_case, "--compliance", file(to_csv([carried_out]), "outcomes.csv"))

    assert (UNREADABLE, "") == (code, out)
    assert 2 == err.count("19 000 002 (Barsetshire)")
    code, out, err = run(early)
    assert (UNREADABLE, "") == (code, out)
    assert "recommendation_completed_on: " in err
    assert "(row 2)" in err


EXCEL_HEADINGS = (
    "reference;authority;code;group;outcome;decided_on;public_report;recommendation_text;recommendation_due_on;"
    "recommendation_completed_on"
)
EXCEL = f"""{EXCEL_HEADINGS}
19 000 001;Barsetshire;;county_council;upheld;02/09/2019;TRUE;Apology and \u00a3250;02/12/2019;18/11/2019
19 000 002;Barsetshire;;county_council;Not upheld: no fault;01/07/2019;FALSE;;;
"""


def test_what_a_spreadsheet_makes_of_the_file_is_read(run, file):
    """Semicolons, days first, TRUE and FALSE, an older heading, no kinds, and money that is in the text alone."""
    code, out, err = run(file(EXCEL.encode("cp1252")))

    assert (OK, "") == (code, err)
    assert "2 cases were decided by then, 1 with a public report." in words(out)
    assert ["Not known", "1", "1", "0", "0", "0"] in rows(out)
    assert "\u00a3250, in 1 of 1 recommendation. 1 of these sums was found in the text: check it." in words(out)
    assert "19 000 001, service area not known, kind not known, \u00a3250 in its text: Apology and" in words(out)


def test_the_files_beside_it_may_come_from_a_spreadsheet_too(run, file):
    """Compliance outcomes whose time is not known, and enquiries with their days first."""
    outcomes = (
        "reference,authority,group,status,recorded_on\n18 000 001,Barsetshire,county_council,Compliant,01/12/2019\n"
    )
    enquiries = "sent_on;due_on;answered_on\n01/05/2019;29/05/2019;05/06/2019\n;;\n"
    arguments = ("--compliance", file(outcomes, "o.csv"), "--enquiries", file(enquiries, "e.csv"))
    code, out, _ = run(file(EXCEL), *arguments)

    assert OK == code
    assert "1 complied, 0 not complied. It is not known how many were late." in words(out)
    assert "1 was answered late, by 7 days." in words(out)
    code, _, err = run(file(EXCEL), "--enquiries", file("sent_on,due_on\nsoon,29/05/2019\n", "bad.csv"))
    assert UNREADABLE == code
    assert "row 2, sent_on" in err


def test_a_council_s_own_file_is_read_by_its_columns(run, file):
    """By the mapping and with the council named; without them the command says what to do."""
    export = file("Ref,Result,When\n19 000 001,Upheld,02/09/2019\n", "export.csv")
    columns = {"columns": {"reference": "Ref", "outcome": "Result", "decided_on": "When"}}
    mapping = file(json.dumps(columns), "map.json")

    assert "1 case was decided by then" in words(run(export, "--columns", mapping, "--authority", "Kent")[1])
    code, _, err = run(export)
    assert UNREADABLE == code
    assert "--suggest MAP.json" in err
    code, _, err = run(file("reference,outcome,decided_on\n19 000 001,Upheld,02/09/2019\n", "own.csv"))
    assert UNREADABLE == code
    assert "columns['authority']" in err


@pytest.mark.parametrize("on", ["31/03/2020", "20200331", "2020-W14-2", "2020-02-30", "2020", ""])
def test_the_day_is_written_in_one_way(run, file, on):
    """Any other is a matter of usage; there is no day unless it is named."""
    code, out, err = run(file(to_csv(CASES)), on=on)

    assert (CANNOT, "") == (code, out)
    assert "must be a day written like '2020-03-31'" in words(err)


def test_without_a_day_there_is_no_answer(capsys):
    """The command has no clock."""
    with pytest.raises(SystemExit) as stop:
        main(["casework", "cases.csv"])

    assert CANNOT == stop.value.code
    assert "--on" in capsys.readouterr().err
