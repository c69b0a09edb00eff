"""
What the Local Government and Social Care Ombudsman publishes about English councils, as types and measures.

Names are grouped by what a reader is trying to do; only what is used is loaded.
The edges are modules of their own: ``lgsco.published``, ``lgsco.readers``, ``lgsco.convert``, ``lgsco.frames``,
``lgsco.report``, ``lgsco.strategies``.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lgsco import convert, frames, published, readers, report, strategies
    from lgsco.alerts import EarlyWarning, early_warnings
    from lgsco.audits import audit
    from lgsco.authorities import Authority, AuthorityType, Register, RegisterEntry
    from lgsco.case_lists import CaseList
    from lgsco.caseloads import CaseworkTally, tally_casework, tally_enquiries
    from lgsco.casework import (
        SERIES_BREAKS,
        ComplianceOutcome,
        ComplianceStatus,
        Decision,
        Enquiry,
        Investigation,
        Outcome,
        Recommendation,
        RecommendationKind,
        ReportingYear,
        SeriesBreak,
        ServiceArea,
    )
    from lgsco.casework_tallies import AreaTally, EnquiryTally, KindTally, PaymentTally, RecommendationTally
    from lgsco.cautions import Caution, CautionKind
    from lgsco.changes import Change, Trend, change, trend
    from lgsco.charts import ChartKind, RunRule
    from lgsco.comparisons import Benchmark, Comparison, OtherCount, compare
    from lgsco.control_limits import LimitMethod, Position
    from lgsco.counting import review_of, reviews_of, tally_compliance, tally_decisions, tally_investigations
    from lgsco.dispersion import Adjustment, Overdispersion, Scale, Trimming
    from lgsco.documents import (
        Absence,
        Absent,
        Amount,
        Cell,
        ColumnKind,
        Report,
        ReportBreak,
        ReportChart,
        ReportChartKind,
        ReportColumn,
        ReportLine,
        ReportNote,
        ReportPoint,
        ReportRow,
        ReportSection,
        ReportTable,
    )
    from lgsco.errors import (
        AcrossBreak,
        AmbiguousAuthority,
        AuthorityNotInBeing,
        InvalidCasework,
        InvalidColumns,
        InvalidCount,
        InvalidDocument,
        InvalidField,
        InvalidFields,
        InvalidRegister,
        InvalidSeries,
        LgscoError,
        MisplacedCase,
        MisplacedCases,
        MisplacedReview,
        MissingDates,
        MissingExtra,
        NoSubclassing,
        NotComparable,
        NothingToCombine,
        PlacedProblem,
        Problems,
        TooShort,
        UnknownAuthority,
        UnreadableDocument,
        UnreadableLetter,
        UnreadableListing,
        UnreadablePage,
        UnreadableTable,
    )
    from lgsco.findings import Certainty, Finding, FindingKind
    from lgsco.funnels import Funnel, FunnelPoint, funnel, funnels_by_group
    from lgsco.heterogeneity import homogeneity, trend_test
    from lgsco.histories import History, YearRate, histories_by_area, histories_of, history_of
    from lgsco.inference import (
        Alternative,
        Difference,
        TestResult,
        binomial_test,
        difference,
        fisher_test,
        score_test,
        two_proportion_test,
    )
    from lgsco.intervals import Interval, Sides
    from lgsco.learning import LearningEntry, LearningRegister, Recurrence, learning_register
    from lgsco.listings import (
        DECISION_CATEGORIES,
        DecisionCategory,
        DecisionClash,
        DecisionListing,
        ListingProblem,
        MatchedDecisions,
        PublishedDecision,
        UnmatchedDecision,
    )
    from lgsco.measures import (
        KEY_STATISTICS,
        Measure,
        compliance_rate,
        investigation_rate,
        late_compliance_rate,
        satisfactory_remedy_rate,
        upheld_per_population,
        uphold_rate,
    )
    from lgsco.multiplicity import Correction, adjust, rejections
    from lgsco.peers import Average, AverageMethod, Part, average_of, similar_authorities
    from lgsco.printed import (
        AnnualLetter,
        NotApplicable,
        Passage,
        PassageTopic,
        PrintedAverage,
        PrintedNational,
        PrintedPage,
        PrintedPer100k,
        PrintedPercent,
        PrintedPopulationAverage,
        PrintedReview,
        PrintedStatistic,
        PrintedTally,
    )
    from lgsco.progress import Progress
    from lgsco.rates import Population, PopulationRate, Proportion
    from lgsco.shrinkage import Shrinkage, ShrinkageMethod, Shrunk, shrink
    from lgsco.signals import (
        Chart,
        ChartPoint,
        RuleAnswer,
        RuleReading,
        complaints_decided,
        complaints_received,
        p_chart,
        received_in,
        upheld_decisions,
        xmr_chart,
    )
    from lgsco.sources import Basis, Source
    from lgsco.standardisation import AreaRates, StandardisedRatio, standardise, tally_by_area
    from lgsco.survival import MedianTime, TimeStep, WaitingTimes
    from lgsco.tables import (
        MatchedReviews,
        NoFigure,
        PublishedTable,
        TableColumn,
        TableField,
        TableKind,
        TableNote,
        TableProblem,
        TableRow,
        UnmatchedRow,
        WrongTotal,
    )
    from lgsco.tallies import (
        AnnualReview,
        ComplianceTally,
        DecisionTally,
        InvestigationTally,
        Overview,
        ReceivedTally,
        total,
    )
    from lgsco.verdicts import Target, Verdict, verdict_of

__version__ = "0.1.0"

__all__ = [
    # Who and when
    "Authority",
    "AuthorityType",
    "Register",
    "RegisterEntry",
    "Source",
    "Basis",
    # What was decided
    "ReportingYear",
    "SeriesBreak",
    "SERIES_BREAKS",
    "Outcome",
    "ServiceArea",
    "Decision",
    "Investigation",
    "Recommendation",
    "RecommendationKind",
    "Enquiry",
    "ComplianceOutcome",
    "ComplianceStatus",
    "CaseList",
    # Counts
    "InvestigationTally",
    "ComplianceTally",
    "DecisionTally",
    "ReceivedTally",
    "Overview",
    "AnnualReview",
    "tally_investigations",
    "tally_decisions",
    "tally_compliance",
    "total",
    "review_of",
    "reviews_of",
    # Rates
    "Proportion",
    "Interval",
    "Sides",
    "Population",
    "PopulationRate",
    "Measure",
    "KEY_STATISTICS",
    "uphold_rate",
    "compliance_rate",
    "satisfactory_remedy_rate",
    "late_compliance_rate",
    "investigation_rate",
    "upheld_per_population",
    # What was printed
    "PrintedPercent",
    "PrintedStatistic",
    "PrintedPer100k",
    "PrintedTally",
    "PrintedReview",
    "PrintedAverage",
    "PrintedPopulationAverage",
    "PrintedNational",
    "NotApplicable",
    "AnnualLetter",
    "PrintedPage",
    "Passage",
    "PassageTopic",
    # Decisions as published
    "PublishedDecision",
    "DecisionListing",
    "ListingProblem",
    "DecisionClash",
    "MatchedDecisions",
    "UnmatchedDecision",
    "DecisionCategory",
    "DECISION_CATEGORIES",
    # Tables as published
    "PublishedTable",
    "TableRow",
    "TableColumn",
    "TableField",
    "TableKind",
    "NoFigure",
    "TableNote",
    "TableProblem",
    "WrongTotal",
    "MatchedReviews",
    "UnmatchedRow",
    # Comparison
    "similar_authorities",
    "average_of",
    "Average",
    "AverageMethod",
    "Part",
    "compare",
    "Benchmark",
    "Comparison",
    "Verdict",
    "Target",
    "verdict_of",
    "OtherCount",
    "Caution",
    "CautionKind",
    # Tests and differences
    "score_test",
    "binomial_test",
    "two_proportion_test",
    "fisher_test",
    "difference",
    "TestResult",
    "Alternative",
    "Difference",
    # Funnels
    "funnel",
    "funnels_by_group",
    "Funnel",
    "FunnelPoint",
    "Position",
    "LimitMethod",
    "Scale",
    "Adjustment",
    "Trimming",
    "Overdispersion",
    # Many councils at once
    "homogeneity",
    "adjust",
    "rejections",
    "Correction",
    "shrink",
    "Shrinkage",
    "Shrunk",
    "ShrinkageMethod",
    "standardise",
    "tally_by_area",
    "StandardisedRatio",
    "AreaRates",
    # Years
    "history_of",
    "histories_of",
    "histories_by_area",
    "History",
    "YearRate",
    "change",
    "Change",
    "trend",
    "trend_test",
    "Trend",
    "p_chart",
    "xmr_chart",
    "complaints_received",
    "received_in",
    "complaints_decided",
    "upheld_decisions",
    "Chart",
    "ChartKind",
    "ChartPoint",
    "RunRule",
    "RuleReading",
    "RuleAnswer",
    "early_warnings",
    "EarlyWarning",
    # What becomes of cases
    "tally_casework",
    "CaseworkTally",
    "Progress",
    "RecommendationTally",
    "PaymentTally",
    "KindTally",
    "AreaTally",
    "tally_enquiries",
    "EnquiryTally",
    "WaitingTimes",
    "TimeStep",
    "MedianTime",
    "learning_register",
    "LearningRegister",
    "LearningEntry",
    "Recurrence",
    # Contradictions in print
    "audit",
    "Finding",
    "FindingKind",
    "Certainty",
    # Reports as data
    "Report",
    "ReportSection",
    "ReportTable",
    "ReportColumn",
    "ColumnKind",
    "ReportRow",
    "Cell",
    "Absent",
    "Absence",
    "Amount",
    "ReportNote",
    "ReportChart",
    "ReportChartKind",
    "ReportPoint",
    "ReportLine",
    "ReportBreak",
    # When it goes wrong
    "LgscoError",
    "Problems",
    "InvalidField",
    "InvalidFields",
    "InvalidCount",
    "InvalidRegister",
    "InvalidDocument",
    "InvalidColumns",
    "PlacedProblem",
    "NoSubclassing",
    "UnknownAuthority",
    "AmbiguousAuthority",
    "AuthorityNotInBeing",
    "MisplacedCase",
    "MisplacedCases",
    "MisplacedReview",
    "InvalidSeries",
    "TooShort",
    "AcrossBreak",
    "InvalidCasework",
    "MissingDates",
    "NothingToCombine",
    "NotComparable",
    "UnreadableDocument",
    "UnreadableLetter",
    "UnreadablePage",
    "UnreadableListing",
    "UnreadableTable",
    "MissingExtra",
]

# From the lowest floor up: a name is looked for where nothing above it need be loaded.
_ROOMS = (
    "errors",
    "sources",
    "authorities",
    "casework",
    "tallies",
    "intervals",
    "rates",
    "measures",
    "cautions",
    "counting",
    "survival",
    "casework_tallies",
    "progress",
    "caseloads",
    "learning",
    "case_lists",
    "inference",
    "multiplicity",
    "standardisation",
    "heterogeneity",
    "charts",
    "histories",
    "printed",
    "listings",
    "tables",
    "verdicts",
    "control_limits",
    "dispersion",
    "findings",
    "documents",
    "funnels",
    "peers",
    "shrinkage",
    "comparisons",
    "changes",
    "signals",
    "alerts",
    "audits",
)
_EDGES = ("convert", "frames", "published", "readers", "report", "strategies")


def __getattr__(name: str) -> object:
    if name in _EDGES:
        return import_module(f"lgsco.{name}")
    if name in __all__:
        rooms = map(import_module, (f"lgsco.{room}" for room in _ROOMS))
        room = next(room for room in rooms if name in room.__all__)
        # All that the room has for the front door, so that no other name of it need be looked for.
        globals().update({public: getattr(room, public) for public in room.__all__ if public in __all__})
        return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, *_EDGES, "__version__"]
