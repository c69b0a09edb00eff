"""What the headings of an export may stand for: proposed with reasons, and followed only where the caller says so."""

import datetime as dt

import pytest

from lgsco import Authority, AuthorityType, ComplianceStatus, Outcome
from lgsco.errors import InvalidValue
from lgsco.readers import CASE_WORDS, ColumnProposal, UnknownWord, read_cases
from lgsco.readers.case_words import meaning_of

ME = Authority("Barsetshire County Council", AuthorityType.COUNTY_COUNCIL)
EXPORT = """Ombudsman complaints;;;;;;;;;;
Report run on 14/03/2024;;;;;;;;;;

Our ref;LGSCO ref no.;Directorate;Date rec'd;Ombudsman decision;Decision date;Put right already?;Agreed action;\
Remedy due date;Complied?;Date compliance confirmed
C-1;23 000 001;Adult Social Care;1/4/2023;Upheld: maladministration and injustice;1/6/2023;Yes;Apology and \u00a3250;\
1/9/2023;Compliant;1/10/2023
C-2;23 000 002;Children's Services;2/4/2023;Not upheld: no fault;2/6/2023;;;;;
C-3;23 000 003;Cemeteries;3/4/2023;Withdrawn;3/6/2023;;;;;
"""


def proposed(header, *rows, authority=ME):
    return read_cases([header, *rows], authority=authority)


def fields(proposal):
    return {column.heading: column.field for column in proposal.columns}


def test_a_mapping_is_proposed_with_its_reasons_and_nothing_is_read():
    """Each heading once: placed, or not understood; the words that are not understood, with their rows."""
    proposal = read_cases(EXPORT.encode("cp1252"), authority=ME)

    assert isinstance(proposal, ColumnProposal)
    assert fields(proposal) == {
        "LGSCO ref no.": "reference",
        "Ombudsman decision": "outcome",
        "Decision date": "decided_on",
        "Directorate": "service_area",
        "Put right already?": "satisfactory_remedy",
        "Date rec'd": "opened_on",
        "Agreed action": "recommendation_text",
        "Remedy due date": "recommendation_due_on",
        "Complied?": "compliance_status",
        "Date compliance confirmed": "compliance_recorded_on",
    }
    assert all(column.reason for column in proposal.columns)
    assert ["Our ref"] == [unplaced.heading for unplaced in proposal.unplaced]
    assert () == proposal.missing
    assert (UnknownWord("outcome", "Withdrawn", 1), UnknownWord("service_area", "Cemeteries", 1)) == (
        proposal.unknown_words
    )
    assert proposal.words == {"outcome": {"Withdrawn": "?"}, "service_area": {"Cemeteries": "?"}}


def test_a_proposal_is_taken_where_the_caller_says_so():
    """By its mapping, or by ``accept``; the day of the list is that of its first lines."""
    words = {"outcome": {"withdrawn": None}, "service_area": {"Cemeteries": "other"}}
    mapping = read_cases(EXPORT, authority=ME).mapping
    cases = read_cases(EXPORT, authority=ME, accept=True, words=words)

    assert cases == read_cases(EXPORT, mapping, ME, words=words)
    assert [Outcome.UPHELD, Outcome.NOT_UPHELD, None] == [case.outcome for case in cases.decisions]
    assert ComplianceStatus.COMPLIED is cases.compliance[0].status
    assert dt.date(2024, 3, 14) == cases.as_of
    assert ("Our ref",) == cases.unread_columns


REF, OUTCOME, DAY = "19 003 456", "Upheld", "1/6/2019"


@pytest.mark.parametrize(
    ("header", "row", "expected", "unplaced"),
    [
        # The only dates of no name are those of the decision; of two nobody can tell.
        (["Ref", "Outcome", "Date"], [REF, OUTCOME, DAY], {"decided_on": "Date"}, []),
        (["Ref", "Outcome", "Date", "Date 2"], [REF, OUTCOME, DAY, DAY], {"decided_on": None}, ["Date", "Date 2"]),
        # What is under a heading counts: dates are no outcome, and words no date.
        (["Ref", "Decision", "Outcome"], [REF, DAY, OUTCOME], {"decided_on": "Decision", "outcome": "Outcome"}, []),
        (["Ref", "Outcome", "Decided"], [REF, OUTCOME, "in May"], {"decided_on": None}, ["Decided"]),
        (["Ref", "Payment"], [REF, "see letter"], {"recommendation_payment": None}, ["Payment"]),
        # Two headings for one field, and one heading twice.
        (["Case ref", "Ombudsman ref"], [REF, REF], {"reference": None}, ["Case ref", "Ombudsman ref"]),
        (["Ref", "Outcome", "outcome"], [REF, OUTCOME, OUTCOME], {"outcome": None}, ["Outcome", "outcome"]),
        # Without recommendations the dates are those of compliance, and without a date there is no compliance.
        (
            ["Ref", "Status", "Recorded on", "Due date", "Completed"],
            [REF, "Late", DAY, "1/5/2019", "2/5/2019"],
            {"compliance_due_on": "Due date", "compliance_completed_on": "Completed"},
            [],
        ),
        (["Ref", "Complied?"], [REF, "Yes"], {"compliance_status": None}, ["Complied?"]),
        (["Ref", "Amount"], [REF, 250], {"recommendation_payment": None}, ["Amount"]),
        # A heading is placed without contents; the name of a field is placed whatever is under it.
        (["Ref", "Outcome", "Decided on"], [REF, None, ""], {"outcome": "Outcome", "decided_on": "Decided on"}, []),
        (["reference", "outcome", "decided_on"], [REF, "x", "soon"], {"decided_on": "decided_on"}, []),
        # Cells without a heading, and whose cases they are where that is known.
        (["Ref", "Outcome", ""], [REF, OUTCOME, "x"], {}, [""]),
        (["Ref", "Council"], [REF, "Barsetshire"], {"authority": None}, ["Council"]),
    ],
)
def test_a_heading_is_placed_by_its_words_and_its_contents(header, row, expected, unplaced):
    """Each case beside its comment."""
    proposal = proposed(header, row)

    assert expected == {field: proposal.mapping.get(field) for field in expected}
    assert unplaced == [heading.heading for heading in proposal.unplaced]


def test_columns_are_found_by_their_contents_alone():
    """References and outcomes tell what they are; a column of yes and no does not."""
    proposal = proposed(
        ["A", "B", "C", "D"], [REF, "Upheld", "Yes", "Housing"], ["19 003 457", "Premature", "No", "Planning"]
    )

    assert {"A": "reference", "B": "outcome", "D": "service_area"} == fields(proposal)
    assert ("decided_on",) == proposal.missing


def test_what_is_missing_is_named_and_cannot_be_accepted():
    """The fields without which there is no case; of bodies unless the council is given."""
    assert ("reference", "outcome", "decided_on") == proposed(["Officer"], ["A"]).missing
    assert ("authority", "authority_type") == proposed(
        ["Ref", "Outcome", "Decided"], [REF, OUTCOME, DAY], authority=None
    ).missing
    with pytest.raises(InvalidValue) as caught:
        read_cases([["Ref", "Outcome"], [REF, OUTCOME]], authority=ME, accept=True)
    assert ["columns['decided_on']"] == [problem.place.path for problem in caught.value.problems]


def test_words_of_a_case_system_are_understood():
    """The Ombudsman's words, those that people use, and none that say two things."""
    table = {
        "outcome": {
            "Upheld: maladministration and injustice": "upheld",
            "upheld - maladministration, no injustice": "upheld",
            "UPHELD (fault and injustice)": "upheld",
            "Partly upheld": "upheld",
            "Not upheld: no fault": "not_upheld",
            "Not upheld \u2013 no evidence of fault": "not_upheld",
            "No maladministration": "not_upheld",
            "Premature": "referred_back",
            "Closed after initial enquiries - out of jurisdiction": "closed_after_initial_enquiries",
            "Closed after initial enquiries; no further action": "closed_after_initial_enquiries",
            "Incomplete/Invalid": "invalid_or_incomplete",
            "Advice given: signposted": "advice_given",
            # What is not the last word.
            **dict.fromkeys(["Upheld (draft)", "Not upheld - provisional", "Upheld: under review", "Upheld: stage 2"]),
            # What denies itself, and what may be anything.
            "Upheld: no fault": None,
            "Upheld - not upheld": None,
            "Not upheld: fault and injustice": None,
            "Closed after initial enquiries: upheld": None,
            "Closed": None,
            "Fault: no": None,
            "Upheld" + " x" * 200: None,
        },
        "compliance_status": {
            "Compliant": "complied",
            "Remedy complete and satisfied": "complied",
            "Remedy completed late": "late",
            "Complied on time": "on_time",
            "Non-compliant": "not_complied",
            "N": "not_complied",
            "Open": None,
        },
        "service_area": {"Children's Services": "education_and_childrens_services", "Cemeteries": None},
        "recommendation_kind": {"Financial remedy": "payment", "Written apology": "apology", "Letter": None},
        "public_report": {"TRUE": "yes", "n": "no", "1": "yes", "2": None},
    }

    assert table == {
        field: {words: meaning_of(field, words) for words in meanings} for field, meanings in table.items()
    }
    assert len({(word.field, word.words) for word in CASE_WORDS}) == len(CASE_WORDS)
