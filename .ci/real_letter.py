"""
Read the real annual review letter of 2020 where it is at hand, and check every figure that it prints.

The letter is read in place and never copied: its figures are public, its words are the Ombudsman's.
"""

import datetime as dt
import sys
from pathlib import Path

import lgsco
from lgsco import published, readers


def main() -> int:
    """Check the letter at the path given, and say what was checked."""
    letter = readers.read_letter(Path(sys.argv[1]).read_bytes())
    figures = letter.figures
    review = figures.review(published.register())
    findings = lgsco.audit(letter)
    topics = {topic for passage in letter.passages for topic in passage.topics}
    printed = [
        (statistic.percent.value, statistic.count, statistic.base, statistic.base_noun, statistic.average.value)
        for statistic in (figures.upheld, figures.compliance, figures.remedies)
    ]
    checks = {
        "council and year": (figures.name, figures.year)
        == ("Worcestershire County Council", lgsco.ReportingYear(2020)),
        "office and date": (letter.addressed_to, letter.dated) == ("Head of Paid Service", dt.date(2020, 7, 22)),
        "figures as printed": printed
        == [
            (86, 19, 22, "detailed investigations", 66),
            (92, None, 12, "compliance outcomes", 100),
            (16, 3, 22, "detailed investigations", 9),
        ],
        "counts": (review.investigations, review.compliance)
        == (lgsco.InvestigationTally(19, 3, satisfactory_remedies=3), lgsco.ComplianceTally(11, 1)),
        "rates": [str(measure(review)) for measure in lgsco.KEY_STATISTICS]
        == ["86% (19 of 22)", "92% (11 of 12)", "16% (3 of 19)"],
        "the one contradiction": [finding.kind for finding in findings] == [lgsco.FindingKind.WRONG_BASE],
        "what it complains of": topics == set(lgsco.PassageTopic),
        "nothing missing": letter.not_found == (),
    }
    for what, holds in checks.items():
        print(f"{'ok' if holds else 'WRONG':6}{what}")
    return 0 if all(checks.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
