"""
The data dictionary of counts: each count of an AnnualReview, once, with its names and what it is part of.

Tallies, contradictions, flat rows, frames and the shipped CSV take their names and sums from here.
"""

from __future__ import annotations

from typing import NamedTuple


class CountEntry(NamedTuple):
    """One count of a review."""

    column: str
    """Its column in flat rows, frames and CSV."""
    field: str
    """The field of AnnualReview that has its tally."""
    name: str
    """Its field in the tally and in JSON; "total" for all parts together."""
    cases: str
    """Which cases are counted; two counts of the same cases of one review are equal."""
    part_of: str | None = None
    """The count of the same tally that includes it: "total", or a part of it; ``None`` for the total itself."""
    rate: str | None = None
    """The measure that gives it as a share of the count of which it is part."""


COUNTS = tuple(
    CountEntry(*entry)
    for entry in (
        ("investigations", "investigations", "total", "investigated"),
        ("upheld", "investigations", "upheld", "upheld", "total", "uphold_rate"),
        ("not_upheld", "investigations", "not_upheld", "not_upheld", "total"),
        (
            "satisfactory_remedies", "investigations", "satisfactory_remedies", "satisfactory_remedies", "upheld",
            "satisfactory_remedy_rate",
        ),
        ("compliance_outcomes", "compliance", "total", "compliance_outcomes"),
        ("complied", "compliance", "complied", "complied", "total", "compliance_rate"),
        ("not_complied", "compliance", "not_complied", "not_complied", "total"),
        ("late", "compliance", "late", "complied_late", "complied", "late_compliance_rate"),
        ("dealt_with", "overview", "total", "dealt_with"),
        ("not_for_us", "overview", "not_for_us", "not_for_us", "total"),
        ("assessed_and_closed", "overview", "assessed_and_closed", "assessed_and_closed", "total"),
        ("investigated", "overview", "investigated", "investigated", "total", "investigation_rate"),
        *(
            (f"decided_{name}", "decided", name, name, "total")
            for name in (
                "invalid_or_incomplete", "advice_given", "referred_back", "closed_after_initial_enquiries",
                "not_upheld", "upheld",
            )
        ),
        ("decided_total", "decided", "total", "dealt_with"),
        *(
            (f"received_{name}", "received", name, name, "total")
            for name in (
                "adult_care_services", "benefits_and_tax", "corporate_and_other_services",
                "education_and_childrens_services", "environmental_services", "highways_and_transport", "housing",
                "planning_and_development", "other",
            )
        ),
        ("received_total", "received", "total", "received"),
    )
)  # fmt: skip
"""Every count of a review, in the order of the columns of its flat rows."""

_COLUMN_OF = {(entry.field, entry.name): entry.column for entry in COUNTS}
RATE_COLUMNS: dict[str, tuple[str, str]] = {
    entry.rate: (entry.column, _COLUMN_OF[entry.field, entry.part_of])
    for entry in COUNTS
    if entry.rate is not None and entry.part_of is not None
}
"""For each measure, by its name: the column of its numerator and that of its denominator."""


def part_names(field: str) -> tuple[str, ...]:
    """
    Return the names of the counts of one tally, its total left out.

    Args:
        field: the field of AnnualReview that has the tally.

    Returns:
        The names, in the order of the tally's fields.

    >>> part_names("compliance")
    ('complied', 'not_complied', 'late')
    """
    return tuple(entry.name for entry in COUNTS if entry.field == field and entry.part_of is not None)
