"""
Every published decision that we hold, printed as the Ombudsman's site prints it, is read back.

``decisions.csv`` beside this file holds facts of 450 decisions as printed, read from the Ombudsman's listings and pages
of 2016 to 2026 (www.lgo.org.uk/decisions): no summaries. Rows with a document type were read from a listing, those without
from the decision's own page; an empty cell was not printed in that copy.
Copyright in the decisions is held by the Commission for Local Administration in England, which allows re-use if the
source and its copyright are acknowledged (https://www.lgo.org.uk/copyright).
"""

import csv
import datetime as dt
import pathlib

import attrs
import pytest
from tests.support.listings import SUMMARIES, Style, listing_as_html, render_listing, render_page

from lgsco import DecisionListing, Outcome, published
from lgsco.documents import DECISION_CATEGORIES, PublishedDecision
from lgsco.readers import read_decisions

OUTCOMES = {outcome.label: outcome for outcome in Outcome}


def _entry(row):
    """Give a row as an entry: what is empty is not known."""
    return PublishedDecision(
        row["authority"] or None,
        row["reference"] or None,
        document_type=row["document_type"] or None,
        outcome=OUTCOMES.get(row["outcome"]),
        category=row["category"] or None,
        subcategory=row["subcategory"] or None,
        decided_on=dt.date.fromisoformat(row["date_iso"]) if row["date_iso"] else None,
    )


with (pathlib.Path(__file__).parent / "decisions.csv").open(encoding="utf-8", newline="") as file:
    HELD = [_entry(row) for row in csv.DictReader(file)]
LISTED = [attrs.evolve(entry, category=None) for entry in HELD if entry.document_type]
PAGED = [entry for entry in HELD if not entry.document_type]


def _read(source):
    return [attrs.evolve(entry, place=None) for entry in read_decisions(source).as_printed]


def test_the_rows_are_of_both_kinds():
    """Listings and pages, whole and with what copies of them lack."""
    assert (320, 130) == (len(LISTED), len(PAGED))
    assert {"body", "reference", "outcome", "decided_on"} == {name for entry in HELD for name in entry.missing}


@pytest.mark.parametrize(
    "style",
    [Style(), Style(bullet="-\n", indent="", blank=""), Style(bullet="", indent="", blank=""), Style(hard_spaces=True), Style(glued=True)],
    ids=["bullets", "dashes", "bare", "hard spaces", "glued"],
)  # fmt: skip
def test_every_listed_decision_is_read_back(style):
    """All of them in one listing, in each of its layouts."""
    assert LISTED == _read(render_listing(LISTED, style, SUMMARIES))


def test_every_listed_decision_is_read_back_from_html():
    """The same from a page of HTML."""
    assert LISTED == _read(listing_as_html(LISTED, SUMMARIES))


def test_every_paged_decision_is_read_back():
    """Each from a page of its own; what such a copy does not print it does not tell."""
    for entry in PAGED:
        shown = entry if entry.outcome else attrs.evolve(entry, category=None, subcategory=None)

        assert [shown] == _read(render_page(shown))


def test_every_category_is_in_our_table():
    """With its subcategories, so that each that is printed has its service area, or is known to have none."""
    known = {(held.name, name.casefold()) for held in DECISION_CATEGORIES for name in held.subcategories}

    assert set() == {(entry.category, entry.subcategory.casefold()) for entry in HELD if entry.category} - known


def test_most_become_cases_of_councils():
    """Every body that calls itself a council is found in the register; what is left out has its reason."""
    cases = DecisionListing(LISTED).decisions(published.register())
    left = {str(problem.value): problem.reason for problem in cases.unmatched}

    assert 303 == len(cases)
    assert set() == {body for body in left if "Council" in body}
    assert all(reason.endswith("not a council") or reason.startswith("has no") for reason in left.values())
