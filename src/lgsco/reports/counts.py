"""The sections of a report on a council's counts: complaints received and decided, and compliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco._values import evolve
from lgsco.documents.missing import Missing
from lgsco.model.cases import Outcome, ServiceArea
from lgsco.model.reviews import AnnualReview
from lgsco.reports.elements import Absent, Cell, Column, ColumnKind, Row, Section, Table
from lgsco.wording import reports as wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lgsco.documents.figures import PrintedReview
    from lgsco.model.authorities import Register
    from lgsco.model.tallies import ComplianceTally, DecisionTally, Overview, ReceivedTally

_NUMBER = (Column("Number", ColumnKind.COUNT),)


def counts_sections(review: AnnualReview) -> list[Section]:
    """Return a section for each kind of count that is held."""
    sections = []
    where = f"{review.authority}, {review.year}"
    if review.received is not None:
        table = received_table(review.received, f"Complaints received, by service area: {where}")
        words = (wording.RECEIVED_ARE_NOT_DECIDED,)
        sections.append(Section("What complaints are about", paragraphs=words, tables=(table,)))
    tables = []
    if review.decided is not None:
        tables.append(decided_table(review.decided, f"Complaints decided, by outcome: {where}"))
    if review.overview is not None:
        tables.append(overview_table(review.overview, f"Complaints dealt with: {where}"))
    if tables:
        sections.append(Section("What became of complaints", tables=tuple(tables)))
    if review.compliance is not None and review.compliance.total != 0:
        table = compliance_table(review.compliance, f"Recommendations, by outcome recorded: {where}")
        words = (wording.LATE_COUNTS_AS_COMPLIED,)
        sections.append(Section("Whether recommendations were carried out", paragraphs=words, tables=(table,)))
    return sections


def other_counts(review: AnnualReview, printed: Iterable[PrintedReview], register: Register) -> list[Section]:
    """Return the counts that one source prints and another contradicts, each with its source."""
    sections = []
    for row in printed:
        counts = row.review(register)
        parts = {name: getattr(counts, name) for name in ("received", "decided", "overview", "compliance")}
        others = {name: tally for name, tally in parts.items() if tally is not None and tally != getattr(review, name)}
        if others and row.source is not None:
            of_source = AnnualReview(review.authority, review.year, **others)
            sections += [
                evolve(section, heading=f"{section.heading}: by another source, {row.source.title}")
                for section in counts_sections(of_source)
            ]
    return sections


def counts_table(caption: str, stub: str, counts: Iterable[tuple[str, int | None]]) -> Table:
    """Return a table of one column of counts, of which the last is the whole."""
    rows = [Row(name, (count_cell(count),)) for name, count in counts]
    return Table(caption, stub, columns=_NUMBER, rows=(*rows[:-1], evolve(rows[-1], whole=True)))


def count_cell(count: int | None) -> Cell:
    """Return a count, or that it is not known."""
    return Absent(Missing.NOT_AVAILABLE, "not known") if count is None else count


def received_table(received: ReceivedTally, caption: str) -> Table:
    """Return complaints received by service area."""
    areas = [(area.label, getattr(received, area.value)) for area in ServiceArea]
    return counts_table(caption, "Service area", [*areas, ("All complaints received", received.total)])


def decided_table(decided: DecisionTally, caption: str) -> Table:
    """Return complaints decided by outcome."""
    outcomes = [(outcome.label, getattr(decided, outcome.value)) for outcome in Outcome]
    return counts_table(caption, "Outcome", [*outcomes, ("All complaints decided", decided.total)])


def overview_table(overview: Overview, caption: str) -> Table:
    """Return complaints dealt with in the three groups of the pages from 2024-25."""
    return counts_table(
        caption,
        "Outcome",
        [
            ("Not for the Ombudsman, or not ready for it", overview.not_for_us),
            ("Assessed and closed", overview.assessed_and_closed),
            ("Investigated", overview.investigated),
            ("All complaints dealt with", overview.total),
        ],
    )


def compliance_table(compliance: ComplianceTally, caption: str) -> Table:
    """Return compliance outcomes, with the late ones also by themselves."""
    return counts_table(
        caption,
        "Outcome",
        [
            ("Carried out, late ones included", compliance.complied),
            ("of these, carried out late", compliance.late),
            ("Not carried out", compliance.not_complied),
            ("All compliance outcomes", compliance.total),
        ],
    )
