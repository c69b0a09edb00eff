"""What the Ombudsman prints: letters, pages, tables and listings of decisions, kept as they were printed."""

from lgsco.documents.audits import audit
from lgsco.documents.categories import DECISION_CATEGORIES, DecisionCategory
from lgsco.documents.decisions import (
    ConflictingDecision,
    DecisionListing,
    PublishedDecision,
)
from lgsco.documents.figures import (
    AnnualLetter,
    NationalFigures,
    Paragraph,
    ParagraphTopic,
    PerformancePage,
    PrintedAverage,
    PrintedPer100k,
    PrintedPercent,
    PrintedPopulationAverage,
    PrintedReview,
    PrintedStatistic,
    PrintedTally,
)
from lgsco.documents.findings import Certainty, Finding, FindingKind
from lgsco.documents.matching import Matched
from lgsco.documents.missing import Missing
from lgsco.documents.table_fields import TableField, TableKind
from lgsco.documents.table_rows import TableRow, WrongTotal
from lgsco.documents.tables import PublishedTable, TableColumn, TableNote

__all__ = [
    "DECISION_CATEGORIES",
    "AnnualLetter",
    "Certainty",
    "ConflictingDecision",
    "DecisionCategory",
    "DecisionListing",
    "Finding",
    "FindingKind",
    "Matched",
    "Missing",
    "NationalFigures",
    "Paragraph",
    "ParagraphTopic",
    "PerformancePage",
    "PrintedAverage",
    "PrintedPer100k",
    "PrintedPercent",
    "PrintedPopulationAverage",
    "PrintedReview",
    "PrintedStatistic",
    "PrintedTally",
    "PublishedDecision",
    "PublishedTable",
    "TableColumn",
    "TableField",
    "TableKind",
    "TableNote",
    "TableRow",
    "WrongTotal",
    "audit",
]
