"""What is known of a figure, in words: a rate, a percentage without counts, one of two counts, not held."""

from __future__ import annotations

NOT_HELD = "not held"
COUNTS_NOT_HELD = "counts not held"
NOT_APPLICABLE = "n/a, as the document says"


def percent_without_counts(percent: object) -> str:
    """
    Word a published percentage whose counts are not held.

    >>> percent_without_counts("69%")
    '69% (counts not held)'
    """
    return f"{percent} ({COUNTS_NOT_HELD})"


def part_of_counts(numerator: int | None, denominator: int | None, case: str, cases: str, done: str) -> str:
    """
    Word the one of two counts that is held.

    >>> part_of_counts(34, None, "investigation", "investigations", "upheld")
    '34 upheld (number investigated not held)'
    >>> part_of_counts(None, 1, "investigation", "investigations", "upheld")
    '1 investigation (number upheld not held)'
    """
    rest = missing_count(numerator, cases, done)
    if numerator is not None:
        return f"{numerator:,} {done} ({rest})"
    return f"{denominator:,} {case if denominator == 1 else cases} ({rest})"


def missing_count(numerator: int | None, cases: str, done: str) -> str:
    """Name the one of two counts that is not held."""
    if numerator is None:
        return f"number {done} not held"
    number = {"investigations": "number investigated"}.get(cases, f"number of {cases}")
    return f"{number} not held"


COUNT_TITLES = {
    "uphold_rate": ("Complaints upheld", "Complaints investigated"),
    "compliance_rate": ("Recommendations carried out", "Compliance outcomes"),
    "satisfactory_remedy_rate": ("Complaints already put right", "Complaints upheld"),
}
"""What the numerator and the denominator of each of the three statistics are called where only one of them is held."""


def percent_and_part(percent: object, numerator: int | None, denominator: int | None, *phrase: str) -> str:
    """
    Word a published percentage with the one of its counts that is held.

    >>> percent_and_part("69%", 34, None, "investigation", "investigations", "upheld")
    '69%; 34 upheld (number investigated not held)'
    """
    case, cases, done = phrase
    return f"{percent}; {part_of_counts(numerator, denominator, case, cases, done)}"
