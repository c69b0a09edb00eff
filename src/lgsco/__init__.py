"""
What the Local Government and Social Care Ombudsman publishes about English councils, as types and measures.

The names that most programs need stand here; each package holds the rest, and says on its first page what it has.
Nothing is loaded before it is used.
"""

from importlib import import_module

from lgsco._version import __version__ as __version__

_MODULES = {
    # Who and when
    "Authority": "model.authorities",
    "AuthorityType": "model.authorities",
    "Register": "model.authorities",
    "Source": "sources",
    "Basis": "sources",
    # What was decided
    "ReportingYear": "model.years",
    "Outcome": "model.cases",
    "ServiceArea": "model.cases",
    "Decision": "model.cases",
    "Investigation": "model.cases",
    "Recommendation": "model.cases",
    "RecommendationKind": "model.cases",
    "Enquiry": "model.cases",
    "ComplianceOutcome": "model.cases",
    "ComplianceStatus": "model.cases",
    # Counts
    "InvestigationTally": "model.tallies",
    "ComplianceTally": "model.tallies",
    "DecisionTally": "model.tallies",
    "ReceivedTally": "model.tallies",
    "Overview": "model.tallies",
    "AnnualReview": "model.reviews",
    "tally_investigations": "model.counting",
    "tally_decisions": "model.counting",
    "tally_compliance": "model.counting",
    "review_of": "model.counting",
    "reviews_of": "model.counting",
    # Rates
    "Proportion": "stats.rates",
    "pooled": "stats.rates",
    "Interval": "stats.intervals",
    "Population": "stats.rates",
    "PopulationRate": "stats.rates",
    "Measure": "model.measures",
    "KEY_STATISTICS": "model.measures",
    "uphold_rate": "model.measures",
    "compliance_rate": "model.measures",
    "satisfactory_remedy_rate": "model.measures",
    "late_compliance_rate": "model.measures",
    "investigation_rate": "model.measures",
    "per_population_measure": "model.measures",
    # What was printed
    "PrintedPercent": "documents.figures",
    "PrintedReview": "documents.figures",
    "PrintedAverage": "documents.figures",
    "AnnualLetter": "documents.letters",
    "PerformancePage": "documents.letters",
    # Decisions as published
    "DecisionListing": "documents.decisions",
    # Tables as published
    "PublishedTable": "documents.tables",
    # Comparison
    "similar_authorities": "comparison.groups",
    "average_of": "comparison.groups",
    "Average": "comparison.groups",
    "compare": "comparison.comparisons",
    "Comparison": "comparison.comparisons",
    "Verdict": "stats.verdicts",
    "Caution": "comparison.cautions",
    # Funnels
    "funnel": "comparison.funnels",
    "Funnel": "comparison.funnels",
    "Position": "stats.control_limits",
    # Contradictions in print
    "audit": "documents.audits",
    "Finding": "documents.findings",
    # All that is known
    "Dataset": "dataset",
    "Statistic": "dataset",
    "load": "loading.loads",
    "Loaded": "loading.results",
    # When it goes wrong
    "LgscoError": "errors",
    "InvalidValue": "errors",
    # Values changed
    "evolve": "_values",
}
_PACKAGES = (
    "casework",
    "comparison",
    "convert",
    "dataset",
    "documents",
    "errors",
    "frames",
    "loading",
    "model",
    "published",
    "readers",
    "render",
    "reports",
    "series",
    "site",
    "stats",
    "store",
    "strategies",
)

__all__ = [*_MODULES]  # pyright: ignore[reportUnsupportedDunderAll]  # it reads the stub beside this file


def __getattr__(name: str) -> object:
    if name in _PACKAGES:
        return import_module(f"lgsco.{name}")
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"lgsco.{_MODULES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*_MODULES, *_PACKAGES, "__version__"]
