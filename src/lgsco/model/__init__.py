"""Who, when and what: authorities, years, cases, their tallies, and the measures made of them."""

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
from lgsco.model.reviews import AnnualReview
from lgsco.model.tallies import ComplianceTally, DecisionTally, InvestigationTally, Overview, ReceivedTally, sum_tallies
from lgsco.model.years import SERIES_BREAKS, ReportingYear, SeriesBreak

__all__ = [
    "KEY_STATISTICS",
    "SERIES_BREAKS",
    "AnnualReview",
    "Authority",
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
