"""
Hypothesis strategies for every public type of lgsco, for whoever tests code that uses them.

Each strategy is named by the plural of its type, narrows by keyword, and builds valid values instead of filtering.
Where a part of a value may be unknown it sometimes is; ``known=True`` leaves unknown parts out.
Where the package is installed, ``hypothesis.strategies.from_type`` knows the types without further ado.

>>> from hypothesis import strategies as st
>>> from lgsco import AuthorityType
>>> from lgsco import strategies
>>> kent = strategies.authorities(types=st.just(AuthorityType.COUNTY_COUNCIL))
>>> decisions = strategies.decisions(authorities=kent, known=True)

Needs the extra ``lgsco[hypothesis]``.
"""

from __future__ import annotations

# First of all: Hypothesis, as it is imported, loads our entry point, which needs the rooms below whole.
import hypothesis  # noqa: F401  # for that alone

from lgsco.strategies._cases import (
    case_lists,
    compliance_outcome_lists,
    compliance_outcomes,
    decision_lists,
    decisions,
    enquiries,
    investigation_lists,
    investigations,
    recommendations,
    references,
)
from lgsco.strategies._casework import (
    area_tallies,
    casework_tallies,
    enquiry_tallies,
    kind_tallies,
    learning_entries,
    learning_logs,
    median_times,
    payment_tallies,
    recommendation_tallies,
    recurrences,
    time_steps,
    waiting_times,
)
from lgsco.strategies._common import names
from lgsco.strategies._comparisons import (
    averages,
    benchmarks,
    cautions,
    comparisons,
    differences,
    findings,
    funnel_points,
    funnels,
    overdispersions,
    parts,
    results_of_tests,
    sensitivities,
    targets,
)
from lgsco.strategies._counts import (
    annual_reviews,
    compliance_tallies,
    decision_tallies,
    investigation_tallies,
    overviews,
    received_tallies,
    review_groups,
)
from lgsco.strategies._groups import area_rates, shrinkages, shrunk_rates, standardised_ratios
from lgsco.strategies._listings import (
    conflicting_decisions,
    decision_categories,
    decision_listings,
    published_decisions,
)
from lgsco.strategies._parties import (
    authorities,
    authority_types,
    register_entries,
    registers,
    reporting_years,
    series_breaks,
    sources,
)
from lgsco.strategies._printed import (
    annual_letters,
    consistent_printed_reviews,
    national_figures,
    paragraphs,
    performance_pages,
    printed_averages,
    printed_per_100ks,
    printed_percents,
    printed_population_averages,
    printed_reviews,
    printed_statistics,
    printed_tallies,
)
from lgsco.strategies._rates import intervals, measures, population_rates, populations, proportions
from lgsco.strategies._reports import (
    absents,
    amounts,
    report_breaks,
    report_charts,
    report_columns,
    report_lines,
    report_notes,
    report_points,
    report_rows,
    report_sections,
    report_tables,
    reports,
)
from lgsco.strategies._tables import (
    matches,
    published_tables,
    table_columns,
    table_notes,
    table_rows,
    wrong_totals,
)
from lgsco.strategies._years import (
    changes,
    chart_points,
    charts,
    early_warnings,
    histories,
    rule_results,
    trends,
    year_rates,
)

__all__ = [
    "absents",
    "amounts",
    "annual_letters",
    "annual_reviews",
    "area_rates",
    "area_tallies",
    "authorities",
    "authority_types",
    "averages",
    "benchmarks",
    "case_lists",
    "casework_tallies",
    "cautions",
    "changes",
    "chart_points",
    "charts",
    "comparisons",
    "compliance_outcome_lists",
    "compliance_outcomes",
    "compliance_tallies",
    "conflicting_decisions",
    "consistent_printed_reviews",
    "decision_categories",
    "decision_listings",
    "decision_lists",
    "decision_tallies",
    "decisions",
    "differences",
    "early_warnings",
    "enquiries",
    "enquiry_tallies",
    "findings",
    "funnel_points",
    "funnels",
    "histories",
    "intervals",
    "investigation_lists",
    "investigation_tallies",
    "investigations",
    "kind_tallies",
    "learning_entries",
    "learning_logs",
    "matches",
    "measures",
    "median_times",
    "names",
    "national_figures",
    "overdispersions",
    "overviews",
    "paragraphs",
    "parts",
    "payment_tallies",
    "performance_pages",
    "population_rates",
    "populations",
    "printed_averages",
    "printed_per_100ks",
    "printed_percents",
    "printed_population_averages",
    "printed_reviews",
    "printed_statistics",
    "printed_tallies",
    "proportions",
    "published_decisions",
    "published_tables",
    "received_tallies",
    "recommendation_tallies",
    "recommendations",
    "recurrences",
    "references",
    "register_entries",
    "registers",
    "report_breaks",
    "report_charts",
    "report_columns",
    "report_lines",
    "report_notes",
    "report_points",
    "report_rows",
    "report_sections",
    "report_tables",
    "reporting_years",
    "reports",
    "results_of_tests",
    "review_groups",
    "rule_results",
    "sensitivities",
    "series_breaks",
    "shrinkages",
    "shrunk_rates",
    "sources",
    "standardised_ratios",
    "table_columns",
    "table_notes",
    "table_rows",
    "targets",
    "time_steps",
    "trends",
    "waiting_times",
    "wrong_totals",
    "year_rates",
]
