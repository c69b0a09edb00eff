"""Findings: one contradiction in what is printed, of what kind, and how certain it is."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import final

from lgsco._values import Choice, Text, value
from lgsco.model.years import ReportingYear
from lgsco.sources import Source


class FindingKind(Choice):
    """In what way print contradicts itself."""

    PERCENT_AGAINST_COUNTS = "percent_against_counts"
    """The percentage is not what its counts give."""
    NO_SUCH_COUNT = "no_such_count"
    """No whole number of the stated base gives the percentage."""
    WRONG_BASE = "wrong_base"
    """The base stated is not the number that the percentage rests on."""
    MISNAMED_BASE = "misnamed_base"
    """The base is the right number under a name that means another one."""
    RATE_OF_NOTHING = "rate_of_nothing"
    """A percentage of no cases at all."""
    COUNT_ABOVE_BASE = "count_above_base"
    """More cases counted than there are."""
    TOTAL = "total"
    """The parts of a table do not make its total."""
    COUNTS_DISAGREE = "counts_disagree"
    """Two places give different counts of the same cases."""
    PERCENTS_DISAGREE = "percents_disagree"
    """Two places give different percentages of one council and year."""
    AVERAGES_DISAGREE = "averages_disagree"
    """Two places give different averages of one group and year."""
    LATE_CALLED_FAILED = "late_called_failed"
    """What was complied with late is counted as not complied."""
    COPIES_DISAGREE = "copies_disagree"
    """Copies of one published decision differ."""


class Certainty(Choice):
    """How sure a finding is."""

    CERTAIN = "certain"
    """The printed figures cannot all be true."""
    LIKELY = "likely"
    """The printed figures could all be true only under a meaning that no other figure bears out."""


@final
@value
class Finding:
    """One contradiction: what is printed where, what follows from the counts, and how certain that is."""

    _: KW_ONLY
    kind: FindingKind
    name: Text
    """The council as printed, or what a row of totals is called."""
    year: ReportingYear | None
    """``None`` where what is printed does not say it."""
    where: Text
    """The statistic or the table."""
    printed: Text
    follows: Text
    certainty: Certainty = Certainty.CERTAIN
    source: Source | None = None

    def __str__(self) -> str:
        when = "" if self.year is None else f", {self.year}"
        return f"{self.name}{when}, {self.where}: printed {self.printed}; {self.follows}"
