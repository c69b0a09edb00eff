"""
Published decisions: copies are folded, clashes are told, bodies are matched, and nothing is dropped without a word.

Laws:

- Every copy is an entry or a repeat; entries that clash differ, and no others share a case.
- Folding does not depend on how copies are divided among listings.
- Every entry becomes a case or is listed with the reason.
"""

import datetime as dt

import attrs
import pytest
from hypothesis import given
from tests.support.refusals import fields

from lgsco import (
    Authority,
    AuthorityType,
    Basis,
    DecisionListing,
    Outcome,
    Register,
    ServiceArea,
    published,
    strategies,
)
from lgsco.documents import DECISION_CATEGORIES, PublishedDecision
from lgsco.errors import InvalidValue, Place, Problem
from lgsco.model import RegisterEntry

ONE = PublishedDecision(
    "Leeds City Council",
    "17 015 887",
    document_type="Statement",
    outcome=Outcome.UPHELD,
    subcategory="Safeguarding",
    decided_on=dt.date(2019, 7, 17),
    place="line 3",
)
REGISTER = published.register()


def changed(**given):
    """Give the entry with some of it changed."""
    return attrs.evolve(ONE, **given)


def matched(*entries):
    """Make cases of entries."""
    return DecisionListing(entries).decisions(REGISTER)


# --- Entries


def test_what_is_missing_is_named():
    """The fields that every decision has; a category or a type is not among them."""
    assert () == ONE.missing
    assert ("body", "reference", "outcome", "decided_on") == PublishedDecision(None, None, category="Housing").missing


@pytest.mark.parametrize("reference", ["17015887", "17-015-887", "17 015 887B", " 17 015 887", "", "reference"])
def test_a_reference_has_the_form_of_cases(reference):
    """Readers give it that form; nothing else is let in."""
    with pytest.raises(InvalidValue) as caught:
        PublishedDecision("Leeds City Council", reference)

    assert ["reference"] == fields(caught)


def test_every_wrong_field_is_named():
    """An outcome is one of the six, not its words; a day is no text."""
    with pytest.raises(InvalidValue) as caught:
        PublishedDecision("", None, outcome="Upheld", decided_on="2019-07-17")

    assert ["body", "outcome", "decided_on"] == [problem.place.path for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("category", "subcategory", "area"),
    [
        ("Adult care services", "Charging", ServiceArea.ADULT_CARE_SERVICES),
        ("Children\N{RIGHT SINGLE QUOTATION MARK}s care services", None, ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES),
        ("education", "Other", ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES),
        ("Other Categories", "Other", ServiceArea.CORPORATE_AND_OTHER_SERVICES),
        ("Health", "Other", None),
        ("Nonsense", "Noise", None),
        (None, "Noise", ServiceArea.ENVIRONMENTAL_SERVICES),
        (None, "School Admissions", ServiceArea.EDUCATION_AND_CHILDRENS_SERVICES),
        (None, "Other", None),
        (None, "COVID-19", None),
        (None, "Nonsense", None),
        (None, None, None),
    ],
)
def test_the_service_area_of_a_category(category, subcategory, area):
    """By our own table; by the subcategory alone where that stands under one area only."""
    assert area is changed(category=category, subcategory=subcategory).service_area


def test_the_table_of_categories_is_whole():
    """Eight of the nine service areas have a category; each category stands once, with its subcategories."""
    names = [category.name for category in DECISION_CATEGORIES]

    assert len(names) == len(set(names)) == 10
    assert {area for area in ServiceArea if area is not ServiceArea.OTHER} == {
        category.service_area for category in DECISION_CATEGORIES if category.service_area
    }
    assert all(len(held.subcategories) == len(set(held.subcategories)) > 0 for held in DECISION_CATEGORIES)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Barchester Healthcare Homes Limited", AuthorityType.CARE_PROVIDER),
        ("Bluebird Care AKA BenJeMax Limited", AuthorityType.CARE_PROVIDER),
        ("Piromar Ltd", AuthorityType.CARE_PROVIDER),
        ("Princess Alexandra Hospital NHS Trust", AuthorityType.HEALTH_BODY),
        ("NHS Devon Clinicial Commissioning Group", AuthorityType.HEALTH_BODY),
        ("NHS Kent and Medway ICB", AuthorityType.HEALTH_BODY),
        ("St. Georges Primary School", AuthorityType.OTHER),
        ("Environment Agency", AuthorityType.OTHER),
        ("Peak District National Park Authority", AuthorityType.NATIONAL_PARK),
        ("Ltdshire County Council", None),
        ("School Lane Council", None),
        ("Hammersmith & Fulham", None),
        (None, None),
    ],
)
def test_a_body_that_is_no_council_is_known_by_its_words(body, kind):
    """Whole words, and never where it calls itself a council."""
    assert kind is changed(body=body).body_type


# --- Folding


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"place": "line 99"},
        {"document_type": None, "category": "Adult care services"},
        {"outcome": None, "decided_on": None, "subcategory": None, "document_type": None},
        {"subcategory": "SAFEGUARDING"},
        {"body": "Leeds  city  council".replace("  ", " ")},
    ],
)
def test_copies_of_a_case_are_folded(given):
    """Copies that say the same, as far as both say it; what one lacks is taken from the other."""
    copy = changed(**given)

    for first, second in ((ONE, copy), (copy, ONE)):
        listing = DecisionListing([first, second])
        (entry,) = listing.entries

        assert ((second,), ()) == (listing.duplicates, listing.clashes)
        assert (ONE.outcome, ONE.decided_on) == (entry.outcome, entry.decided_on)
        assert copy.category == entry.category
        assert first.place == entry.place


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"outcome": Outcome.NOT_UPHELD}, ("outcome",)),
        ({"decided_on": dt.date(2019, 7, 18)}, ("decided_on",)),
        ({"subcategory": "Charging", "document_type": "Report"}, ("document_type", "subcategory")),
    ],
)
def test_copies_that_differ_clash(given, fields):
    """Both stay, and the clash says in what they differ; which is right is not ours to choose."""
    listing = DecisionListing([ONE, changed(**given)])
    (clash,) = listing.clashes

    assert (2, (), fields) == (len(listing), listing.duplicates, clash.fields)
    assert listing.entries == clash.entries


@pytest.mark.parametrize(
    "given", [{"body": "York City Council"}, {"reference": "17 015 888"}, {"body": None}, {"reference": None}]
)
def test_other_cases_are_not_folded(given):
    """A joint case has an entry for each body, and what has no body or reference is the copy of nothing known."""
    listing = DecisionListing([ONE, changed(**given), changed(**given, outcome=Outcome.NOT_UPHELD)])

    assert () == listing.duplicates
    assert ONE == listing.entries[0]


def test_an_ampersand_is_an_and():
    """One body, however its name is spelled."""
    listing = DecisionListing([changed(body="A & B Council"), changed(body="A and B Council")])

    assert 1 == len(listing.entries)


def test_listings_add_up():
    """What both hold is folded; problems are kept."""
    problem = Problem(Place(path="line 1"), "nothing")
    whole = DecisionListing([ONE], problems=[problem]) + DecisionListing([changed(place="line 9")])

    assert (1, 1, (problem,)) == (len(whole), len(whole.duplicates), whole.problems)
    assert [ONE] == [*whole]
    assert NotImplemented is whole.__add__(3)


# --- Cases


def test_an_entry_becomes_a_case():
    """With its authority, its outcome, its day and its service area; a report is a public report."""
    cases = matched(
        ONE,
        changed(reference="17 000 001", document_type="Report"),
        changed(reference="17 000 002", document_type=None),
    )
    first, report, unknown = cases

    assert (3, ()) == (len(cases), cases.unmatched)
    assert ("Leeds City Council", AuthorityType.METROPOLITAN_BOROUGH) == (first.authority.name, first.authority.type)
    assert (Outcome.UPHELD, dt.date(2019, 7, 17), ServiceArea.ADULT_CARE_SERVICES) == (
        first.outcome,
        first.decided_on,
        first.service_area,
    )
    assert (False, True, None) == (first.public_report, report.public_report, unknown.public_report)


def test_an_outcome_that_is_not_known_is_no_reason_to_drop_a_case():
    """It has none, and says so."""
    (case,) = matched(changed(outcome=None))

    assert case.outcome is None


def test_an_abolished_council_keeps_its_cases():
    """Decisions about it go on after its end."""
    (case,) = matched(changed(body="Northamptonshire County Council", decided_on=dt.date(2021, 9, 1)))

    assert "Northamptonshire County Council" == case.authority.name


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"body": None}, "has no body"),
        ({"reference": None, "decided_on": None}, "has no reference and no date"),
        ({"body": "Piromar Ltd"}, "names a care provider, not a council"),
        (
            {"body": "Borsetshire County Council"},
            "cannot be matched: no authority in the register is called",
        ),
        ({"body": "Somerset Council"}, "cannot be matched: Somerset Council did not exist before 2023-04-01"),
    ],
)
def test_what_cannot_be_matched_is_listed(given, reason):
    """With the reason, and each time that it is met."""
    again = {"reference": "17 000 001", **given}
    cases = matched(changed(**given, place="line 1"), changed(**again, place="line 2"), ONE)

    assert [ONE.reference] == [case.reference for case in cases]
    assert ["line 1", "line 2"] == [problem.place.path for problem in cases.unmatched]
    assert [] == [problem.reason for problem in cases.unmatched if not problem.reason.startswith(reason)]


def test_a_name_of_two_bodies_is_listed():
    """Which of them is meant is not ours to choose."""
    two = [Authority(f"{name} Council", AuthorityType.DISTRICT_COUNCIL) for name in ("East Barset", "West Barset")]
    register = Register([RegisterEntry(body, spellings=("Barset",)) for body in two])
    cases = DecisionListing([changed(body="Barset")]).decisions(register)

    assert ["Barset (17 015 887)"] == [problem.value for problem in cases.unmatched]
    assert "East Barset Council or West Barset Council" in cases.unmatched[0].reason


def test_a_clash_becomes_no_case():
    """Neither copy is taken for the truth."""
    cases = matched(ONE, changed(outcome=Outcome.NOT_UPHELD))

    assert (0, 2) == (len(cases), len(cases.unmatched))
    assert {"conflicts with another copy of the same case"} == {unmatched.reason for unmatched in cases.unmatched}


def test_one_case_under_two_spellings_is_one_case():
    """The register knows that both are the same body."""
    cases = matched(ONE, changed(body="Leeds"))

    assert 1 == len(cases)
    assert ["is also a case of Leeds City Council under another spelling"] == [
        unmatched.reason for unmatched in cases.unmatched
    ]


def test_counts_of_published_decisions_say_so():
    """They are no published figures, and their source tells."""
    listing = DecisionListing([ONE, changed(reference="17 000 001", outcome=Outcome.NOT_UPHELD)])
    (review,) = listing.reviews(REGISTER)

    assert Basis.PUBLISHED_DECISIONS is review.source.basis
    assert (1, 1) == (review.investigations.upheld, review.investigations.not_upheld)


# --- Laws


@given(strategies.decision_listings())
def test_every_copy_is_an_entry_or_a_repeat(listing):
    """None is lost, and those of one case that both stay differ."""
    assert len(listing.as_printed) == len(listing.entries) + len(listing.duplicates)
    assert all(clash.fields and len(clash.entries) > 1 for clash in listing.clashes)
    assert {entry for clash in listing.clashes for entry in clash.entries} <= {*listing.entries}


@given(strategies.decision_listings(), strategies.decision_listings())
def test_listings_may_be_divided(one, other):
    """Two listings come to what one of both would."""
    assert DecisionListing(one.as_printed + other.as_printed, problems=one.problems + other.problems) == one + other
    assert DecisionListing(()) + one == one == one + DecisionListing(())


@given(strategies.decision_listings())
def test_every_entry_is_a_case_or_has_a_reason(listing):
    """In the register that ships."""
    cases = listing.decisions(REGISTER)

    assert len(listing.entries) == len(cases) + len(cases.unmatched)


def test_thousands_of_copies_of_one_case_are_kept_and_told():
    """Each that differs stays among the entries, and one that repeats the first is folded away."""
    copies = [
        PublishedDecision("Leeds City Council", "24 000 001", outcome=Outcome.UPHELD, subcategory=f"Noise {number}")
        for number in range(5_000)
    ]

    listing = DecisionListing([*copies, copies[0]])

    assert tuple(copies) == listing.entries
    assert (copies[0],) == listing.duplicates
    assert [("subcategory",)] == [clash.fields for clash in listing.clashes]
    assert tuple(copies) == listing.clashes[0].entries
