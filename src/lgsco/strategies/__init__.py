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
    compliance_outcome_lists,
    compliance_outcomes,
    decision_lists,
    decisions,
    enquiries,
    investigations,
    recommendations,
    references,
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
    other_counts,
    overdispersions,
    parts,
    results_of_tests,
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
    passages,
    printed_averages,
    printed_nationals,
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

__all__ = [
    "absents",
    "amounts",
    "annual_letters",
    "annual_reviews",
    "authorities",
    "authority_types",
    "averages",
    "benchmarks",
    "cautions",
    "comparisons",
    "compliance_outcome_lists",
    "compliance_outcomes",
    "compliance_tallies",
    "consistent_printed_reviews",
    "decision_lists",
    "decision_tallies",
    "decisions",
    "differences",
    "enquiries",
    "findings",
    "funnel_points",
    "funnels",
    "intervals",
    "investigation_tallies",
    "investigations",
    "measures",
    "names",
    "other_counts",
    "overdispersions",
    "overviews",
    "parts",
    "passages",
    "population_rates",
    "populations",
    "printed_averages",
    "printed_nationals",
    "printed_per_100ks",
    "printed_percents",
    "printed_population_averages",
    "printed_reviews",
    "printed_statistics",
    "printed_tallies",
    "proportions",
    "received_tallies",
    "recommendations",
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
    "series_breaks",
    "sources",
    "targets",
]
