"""
The sentences of a comparison: the counts first, then the benchmark, then what chance alone could explain.

Nothing here is computed but what rounding needs: every figure comes in as a count, a share or a verdict.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from lgsco._text import number_of
from lgsco.stats.intervals import half_up
from lgsco.stats.verdicts import DECIDED, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from lgsco.stats.intervals import Interval
    from lgsco.stats.rates import Proportion

__all__ = [
    "POLARITIES",
    "VERDICT_WORDS",
    "BenchmarkWords",
    "average_words",
    "chance_sentences",
    "failure_sentence",
    "no_benchmark_sentence",
    "no_cases_sentence",
    "no_rate_sentence",
    "printed_average_words",
    "printed_percent_words",
    "rate_words",
    "selection_words",
    "target_words",
    "verdict_sentence",
]

VERDICT_WORDS = {
    Verdict.HIGHER: "higher than chance alone would explain",
    Verdict.LOWER: "lower than chance alone would explain",
    Verdict.NOT_DISTINGUISHABLE: "within what chance alone could explain",
    Verdict.BORDERLINE: "borderline",
    Verdict.TOO_FEW: "too few cases to tell",
}
POLARITIES = {"higher is better": ("better", "worse"), "higher is worse": ("worse", "better")}


def no_rate_sentence(title: str, where: str, state: str) -> str:
    """State that a rate is not known, in the words for its state."""
    return f"The {title.lower()} of {where} is {state}."


def no_cases_sentence(where: str, nothing: str) -> str:
    """State that there were no cases, so no rate."""
    return f"In {where}, {nothing}, so there is no rate to compare."


def no_benchmark_sentence(reason: str | None) -> str:
    """State that there is nothing to compare with, and why where that is known."""
    return f"There is nothing to compare it with: {reason}." if reason else "No benchmark is held for it."


def rate_words(counted: str, rate: Proportion, interval: Interval) -> str:
    """Name a rate by its counts, with its percentage and its interval."""
    lower, upper = interval.percents()
    return f"{counted} ({rate.percent()}%; {lower}% to {upper}% allowing for chance)"


class BenchmarkWords(NamedTuple):
    """A benchmark in words: in a table, in a sentence, and in a sentence after one that has named it in full."""

    label: str
    full: str
    short: str


def printed_average_words(percent: object) -> BenchmarkWords:
    """Return the words for the Ombudsman's average of similar authorities."""
    full = f"a printed average of {percent} in similar authorities, this council included"
    return BenchmarkWords(f"{percent} (average as printed)", full, f"a printed {percent}")


def printed_percent_words(percent: object) -> BenchmarkWords:
    """Return the words for a printed percentage that is not an average."""
    return BenchmarkWords(f"{percent} (as printed)", f"{percent} as printed", f"a printed {percent}")


def average_words(method: str, percent: Decimal | None, pooled: Proportion, councils: int) -> BenchmarkWords:
    """Return the words for a computed average of other councils, by its method: pooled, mean or median."""
    label = "none" if percent is None else f"{percent}% ({method} average of {councils} others)"
    others = number_of(councils, "other council")
    full = f"a {method} rate of {percent}% in the {others} held"
    if method == "pooled":
        full = f"{pooled.percent()}% ({pooled.numerator:,} of {pooled.denominator:,}) in the {others} held"
    return BenchmarkWords(label, full, f"{percent}%")


def selection_words(
    method: str, percent: Decimal | None, pooled: Proportion, selection: str, councils: Proportion
) -> BenchmarkWords:
    """
    Return the words for the average of councils that the caller chose: of how many, and of how many there are figures.

    >>> from lgsco.stats.rates import Proportion
    >>> selection_words("pooled", 89, Proportion(80, 90), "chosen councils", Proportion(2, 3)).full
    '89% (80 of 90) in the chosen councils, of which figures are held for 2 of 3'
    """
    of = f"{councils.numerator} of {councils.denominator}"
    label = "none" if percent is None else f"{percent}% ({method} average of the {selection}, {of} held)"
    full = f"a {method} rate of {percent}%"
    if method == "pooled":
        full = f"{pooled.percent()}% ({pooled.numerator:,} of {pooled.denominator:,})"
    return BenchmarkWords(label, f"{full} in the {selection}, of which figures are held for {of}", f"{percent}%")


def target_words(share: Fraction) -> BenchmarkWords:
    """Return the words for a target that the caller set."""
    full = f"a target of {half_up(100 * share, 1).normalize():f}%"
    return BenchmarkWords(f"{half_up(100 * share, 1)}% (target)", full, full)


def verdict_sentence(verdict: Verdict, total: int, borderline_reasons: Sequence[str], polarity: str | None) -> str:
    """State what a sample of this size can show about the difference."""
    if verdict is Verdict.TOO_FEW:
        return f"{number_of(total, 'case')} {'is' if total == 1 else 'are'} too few to tell: any count could be chance."
    if verdict is Verdict.BORDERLINE:
        return f"Whether chance alone could explain the difference is borderline: {'; '.join(borderline_reasons)}."
    judged = {
        Verdict.HIGHER: "That is higher than chance alone would explain",
        Verdict.LOWER: "That is lower than chance alone would explain",
        Verdict.NOT_DISTINGUISHABLE: "Chance alone could explain the difference",
    }[verdict]
    if polarity is not None and verdict in DECIDED:
        judged += f", and so {POLARITIES[polarity][verdict is Verdict.LOWER]}"
    depends = f" (but {'; '.join(borderline_reasons)})" if borderline_reasons else ""
    return f"{judged}{depends}."


def failure_sentence(not_carried_out: int | None, late: int | None, total: int) -> str:
    """
    Tell compliance by its failures: how many recommendations were not carried out, and how many late.

    >>> print(failure_sentence(1, 3, 12))
    The council carried out 11 of 12 agreed recommendations. 1 was not carried out and should be looked at. 3 were
    late.
    >>> failure_sentence(0, None, 12)
    'The council carried out all 12 agreed recommendations.'
    """
    if not not_carried_out:
        what = "the only agreed recommendation" if total == 1 else f"all {total:,} agreed recommendations"
        sentences = [f"The council carried out {what}."]
    else:
        done = total - not_carried_out
        of = f"{f'{done:,}' if done else 'none'} of {total:,} agreed recommendations"
        sentences = [
            f"The council {f'carried out {of}' if total > 1 else 'did not carry out the only agreed recommendation'}."
        ]
        was = "was not carried out and" if not_carried_out == 1 else "were not carried out and each"
        sentences.append(f"{not_carried_out:,} {was} should be looked at.")
    if late:
        sentences.append(f"{late:,} {'was' if late == 1 else 'were'} late.")
    return " ".join(sentences)


def chance_sentences(  # noqa: PLR0913  # all by name; each is one figure of the comparison
    *,
    phrase: tuple[str, str, str],
    rate: Proportion,
    verdict: Verdict,
    figure: str,
    chance: range,
    others: Iterable[tuple[Proportion, Verdict]],
    detectable: tuple[float | None, float | None] | None,
) -> list[str]:
    """State what one case more or fewer would change, and what a sample of this size can show."""
    changed = [
        f"With {other.numerator} instead of {rate.numerator} it would be {other.percent()}%, and"
        f" {VERDICT_WORDS[its_verdict]}."
        for other, its_verdict in others
        if its_verdict is not verdict
    ]
    return [*changed, _chance_in_cases(phrase, figure, chance, rate.denominator), _what_would_show(detectable)]


def _chance_in_cases(phrase: tuple[str, str, str], figure: str, chance: range, total: int) -> str:
    """State which counts chance alone may give, from whichever end there are the fewest cases to name."""
    case, cases, done = phrase
    # Never empty: no count and its neighbour are both as rare as a tail, since the two come to one.
    least, most = chance[0], chance[-1]
    if most == total:
        most, done = total - least, f"not {done}"
    elif least:
        counts = f"only {least:,}" if least == most else f"{least:,} to {most:,}"
        words = f"{counts} {done} may be chance beside {figure}, fewer or more would not be"
        return f"Of {total:,} {cases}, {words}."
    of = f"{total:,} {case if total == 1 else cases}"
    if most == 0:
        return f"Of {of}, even 1 {done} would not be chance beside {figure}."
    upto = "1" if most == 1 else f"up to {most:,}"
    return f"Of {of}, {upto} {done} may be chance beside {figure}, {most + 1:,} would not be."


def _what_would_show(detectable: tuple[float | None, float | None] | None) -> str:
    """State how far from the benchmark a rate must be for a sample of this size to show the difference."""
    below, above = detectable or (None, None)
    sides = []
    if below is not None:
        sides.append(f"{half_up(100 * Fraction(below))}% or lower")
    if above is not None:
        sides.append(f"{half_up(100 * Fraction(above))}% or higher")
    # One side at least is there: where no count could be told from the benchmark, the cases are too few to tell.
    behind = f"if the rate behind these cases were {', or '.join(sides)}"
    return f"A difference would show, in four years of five, only {behind}."
