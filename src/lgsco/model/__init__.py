"""
Who, when and what: authorities, reporting years, cases, their tallies, and the measures made of them.

Start with the cases, count them, and ask a measure:

>>> import datetime as dt
>>> from lgsco.model import Authority, AuthorityType, Decision, Outcome, reviews_of, uphold_rate
>>> kent = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL)
>>> day = dt.date(2024, 1, 31)
>>> cases = [
...     Decision("23 000 001", kent, outcome=Outcome.UPHELD, decided_on=day),
...     Decision("23 000 002", kent, outcome=Outcome.NOT_UPHELD, decided_on=day),
... ]
>>> [review] = reviews_of(cases)
>>> print(review.year, uphold_rate(review))
2023-24 50% (1 of 2)

**Who** (``model.authorities``): ``Authority``, its ``AuthorityType``, and a ``Register`` that finds one by name or code
on a date. Which councils are similar follows from the register, never from a name.

**When** (``model.years``): ``ReportingYear``, April to March, named by the year in which it ends; ``SERIES_BREAKS``.

**What** (``model.cases``): ``Decision`` with one of six ``Outcome``s, ``Investigation`` with its ``Recommendation``s
and ``Enquiry``s, ``ComplianceOutcome``.

**Counts** (``model.tallies``, ``model.reviews``, ``model.counting``): ``InvestigationTally``, ``ComplianceTally``,
``DecisionTally``, ``ReceivedTally`` and ``Overview``, which add up; ``AnnualReview``, all of one council and year;
``review_of``, ``reviews_of`` and the ``tally_...`` functions make them from cases. A count that is ``None`` is not
held; zero is a count.

**Measures** (``model.measures``): ``uphold_rate``, ``compliance_rate`` and ``satisfactory_remedy_rate``, together
``KEY_STATISTICS``; ``late_compliance_rate``, ``investigation_rate`` and ``per_population_measure``. Each knows what it
counts, over what.
"""

from lgsco.model.authorities import Authority, AuthorityType, Register, RegisterEntry
from lgsco.model.cases import (
    CaseList,
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
from lgsco.model.counting import review_of, reviews_of, tally_compliance, tally_decisions, tally_investigations
from lgsco.model.measures import (
    KEY_STATISTICS,
    Measure,
    compliance_rate,
    investigation_rate,
    late_compliance_rate,
    measure,
    per_population_measure,
    satisfactory_remedy_rate,
    uphold_rate,
)
from lgsco.model.reviews import AnnualReview, AuthorityPopulation
from lgsco.model.tallies import ComplianceTally, DecisionTally, InvestigationTally, Overview, ReceivedTally, sum_tallies
from lgsco.model.years import SERIES_BREAKS, ReportingYear, SeriesBreak

__all__ = [
    "KEY_STATISTICS",
    "SERIES_BREAKS",
    "AnnualReview",
    "Authority",
    "AuthorityPopulation",
    "AuthorityType",
    "CaseList",
    "ComplianceOutcome",
    "ComplianceStatus",
    "ComplianceTally",
    "Decision",
    "DecisionTally",
    "Enquiry",
    "Investigation",
    "InvestigationTally",
    "Measure",
    "Outcome",
    "Overview",
    "ReceivedTally",
    "Recommendation",
    "RecommendationKind",
    "Register",
    "RegisterEntry",
    "ReportingYear",
    "SeriesBreak",
    "ServiceArea",
    "compliance_rate",
    "investigation_rate",
    "late_compliance_rate",
    "measure",
    "per_population_measure",
    "review_of",
    "reviews_of",
    "satisfactory_remedy_rate",
    "sum_tallies",
    "tally_compliance",
    "tally_decisions",
    "tally_investigations",
    "uphold_rate",
]
