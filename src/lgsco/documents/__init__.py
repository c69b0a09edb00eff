"""
What the Ombudsman prints: letters, pages, tables and listings of decisions, kept as they were printed.

Percentages stand here as percentages, because they were printed; rates are computed elsewhere, from counts. Readers in
``lgsco.readers`` make these values from files; here they are matched, recovered and audited. Start with a figure:

>>> from lgsco.documents import PrintedPercent
>>> PrintedPercent(92).numerators(12)  # "92% of 12 compliance outcomes" means 11
range(11, 12)

**Figures** (``documents.figures``): ``PrintedPercent``, ``PrintedStatistic``, ``PrintedReview`` (one council and year),
``PrintedAverage`` of similar authorities; ``AnnualLetter`` and ``PerformancePage`` hold them.

**Areas** (``documents.areas``): ``NationalFigures`` and ``RegionalFigures``.

**Tables** (``documents.tables``): ``PublishedTable``, a spreadsheet by rows, with what was not understood and why.

**Decisions** (``documents.decisions``, ``documents.categories``): ``DecisionListing`` of ``PublishedDecision``s, and
the service area in which each category is counted. A rate made of published decisions is never the published rate.

**Improvements** (``documents.improvements``): ``ServiceImprovement``, what a council agreed to change after a case.

**Audits** (``documents.audits``, ``documents.findings``, ``documents.disagreements``): ``audit`` compares what is
printed with what follows from it, and one source with another; each contradiction is a ``Finding``, graded certain,
likely or possible. Nothing is mended.
"""

from lgsco.documents.areas import NationalFigures, RegionalFigures
from lgsco.documents.audits import audit
from lgsco.documents.categories import DECISION_CATEGORIES, DecisionCategory
from lgsco.documents.decisions import (
    ConflictingDecision,
    DecisionListing,
    PublishedDecision,
)
from lgsco.documents.figures import (
    PrintedAverage,
    PrintedPer100k,
    PrintedPercent,
    PrintedPopulationAverage,
    PrintedReview,
    PrintedStatistic,
    PrintedTally,
)
from lgsco.documents.findings import Certainty, Finding, FindingKind
from lgsco.documents.improvements import ServiceImprovement
from lgsco.documents.letters import AnnualLetter, Paragraph, ParagraphTopic, PerformancePage
from lgsco.documents.matching import Matched
from lgsco.documents.missing import Missing
from lgsco.documents.table_fields import TableField, TableKind
from lgsco.documents.table_rows import TableRow, TotalKind, WrongTotal
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
    "RegionalFigures",
    "ServiceImprovement",
    "TableColumn",
    "TableField",
    "TableKind",
    "TableNote",
    "TableRow",
    "TotalKind",
    "WrongTotal",
    "audit",
]
