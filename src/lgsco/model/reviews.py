"""What one council's reporting year comes to, in counts."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import final

from lgsco._text import ShownAsTable
from lgsco._values import value
from lgsco.errors import InvalidValue
from lgsco.model.authorities import Authority
from lgsco.model.tallies import (
    _COUNTS,
    ComplianceTally,
    DecisionTally,
    InvestigationTally,
    Overview,
    ReceivedTally,
    Tally,
    _plus,
)
from lgsco.model.years import ReportingYear
from lgsco.sources import Source

__all__ = [
    "AnnualReview",
    "contradictions",
]


@final
@value
class AnnualReview(ShownAsTable):
    """
    What one council's reporting year comes to, in counts.

    A part that is ``None`` is not known (or was not published), which is not the same as no cases.
    ``overview`` may be left out where ``decided`` is given, from which it follows.

    Raises:
        InvalidValue: a field is of the wrong type.
        InvalidValue: two parts give different counts of the same cases.
    """

    authority: Authority
    year: ReportingYear
    _: KW_ONLY
    investigations: InvestigationTally | None = None
    compliance: ComplianceTally | None = None
    overview: Overview | None = None
    decided: DecisionTally | None = None
    received: ReceivedTally | None = None
    source: Source | None = None

    def as_table(self) -> tuple[str, list[str], list[list[str]]]:
        """Give the table by which a notebook shows the counts that are known, and those that are not."""
        source = "" if self.source is None else f". Source: {self.source.title}"
        rows = []
        for part in ("investigations", "compliance", "overview", "decided", "received"):
            tally: Tally | None = getattr(self, part)
            if tally is not None:
                counts = {name: getattr(tally, name) for name in (*_COUNTS[type(tally)], "total")}
                rows += [
                    [f"{part.capitalize()}: {name.replace('_', ' ')}", "not known" if count is None else f"{count:,}"]
                    for name, count in counts.items()
                ]
        caption = f"{self.authority}, {self.year}{source}"
        return caption, ["Count", "Number"], rows or [["All counts", "not known"]]

    def __attrs_post_init__(self) -> None:
        for (one_name, one), (other_name, other) in contradictions(self.investigations, self.overview, self.decided):
            raise InvalidValue.at(one_name, one, f"is contradicted by {other_name}, {other}")


def contradictions(
    investigations: InvestigationTally | None, overview: Overview | None, decided: DecisionTally | None
) -> list[tuple[tuple[str, int], tuple[str, int]]]:
    """List the counts of the same cases on which two parts of a review disagree, each named."""
    counted: dict[str, list[tuple[str, int | None]]] = {"upheld": [], "not upheld": [], "investigated": [], "all": []}
    if investigations is not None:
        counted["upheld"].append(("investigations.upheld", investigations.upheld))
        counted["not upheld"].append(("investigations.not_upheld", investigations.not_upheld))
        counted["investigated"].append(("investigations.total", investigations.total))
    if overview is not None:
        counted["investigated"].append(("overview.investigated", overview.investigated))
        counted["all"].append(("overview.total", overview.total))
    if decided is not None:
        counted["upheld"].append(("decided.upheld", decided.upheld))
        counted["not upheld"].append(("decided.not_upheld", decided.not_upheld))
        investigated = _plus(decided.upheld, decided.not_upheld)
        counted["investigated"].append(("decided.overview.investigated", investigated))
        counted["all"].append(("decided.total", decided.total))
    found = []
    for places in counted.values():
        known = [(name, count) for name, count in places if count is not None]
        found += [(known[0], other) for other in known[1:] if other[1] != known[0][1]]
    return found
