"""
A comparison in plain words: the counts first, then the benchmark, then what chance alone could explain.

Nothing here is computed; every figure is the comparison's own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from lgsco._display import number_of
from lgsco.intervals import half_up
from lgsco.peers import Average, AverageMethod
from lgsco.printed import PrintedAverage, PrintedPercent
from lgsco.sources import Basis
from lgsco.verdicts import DECIDED, Verdict

if TYPE_CHECKING:
    from lgsco.comparisons import Comparison

__all__ = ["POLARITIES", "VERDICT_WORDS", "more_of", "sentences_of"]

VERDICT_WORDS = {
    Verdict.HIGHER: "higher than chance alone would explain",
    Verdict.LOWER: "lower than chance alone would explain",
    Verdict.NOT_DISTINGUISHABLE: "within what chance alone could explain",
    Verdict.BORDERLINE: "borderline",
    Verdict.TOO_FEW: "too few cases to tell",
}
POLARITIES = {"higher is better": ("better", "worse"), "higher is worse": ("worse", "better")}


def sentences_of(comparison: Comparison, polarity: str | None) -> list[str]:
    """Give the sentences of a comparison, in order."""
    rate, measure = comparison.rate, comparison.measure
    where = f"{comparison.review.authority}, {comparison.review.year}"
    if rate is None:
        basis = Basis.PUBLISHED if comparison.review.source is None else comparison.review.source.basis
        return [f"The {measure.title.lower()} of {where} is {measure.describe(None, basis)}."]
    if rate.value is None or comparison.interval is None:
        return [f"In {where}, {measure.nothing}, so there is no rate to compare."]
    lower, upper = comparison.interval.percents()
    counted = f"{measure.counted_of(rate)} ({rate.percent()}%; {lower}% to {upper}% allowing for chance)"
    if comparison.target is None:
        why = comparison.benchmark.too_little if isinstance(comparison.benchmark, Average) else None
        return [
            f"{counted}.",
            f"There is nothing to compare it with: {why}." if why else "No benchmark is held for it.",
        ]
    return [f"{counted}, against {_beside(comparison)}.", _judged(comparison, polarity)]


def _beside(comparison: Comparison) -> str:
    benchmark = comparison.benchmark
    if isinstance(benchmark, PrintedAverage):
        return f"a printed average of {benchmark.percent} in similar authorities, this council included"
    if isinstance(benchmark, PrintedPercent):
        return f"{benchmark} as printed"
    if isinstance(benchmark, Average):
        held = number_of(len(benchmark.parts), "other council")
        if benchmark.method is AverageMethod.POOLED:
            pooled = benchmark.pooled
            return f"{pooled.percent()}% ({pooled.numerator:,} of {pooled.denominator:,}) in the {held} held"
        kind = "a mean rate" if benchmark.method is AverageMethod.MEAN else "a median rate"
        return f"{kind} of {benchmark.percent()}% in the {held} held"
    return f"a target of {half_up(100 * Fraction(benchmark or 0), 1).normalize():f}%"


def _judged(comparison: Comparison, polarity: str | None) -> str:
    verdict, rate = comparison.verdict, comparison.rate
    total = 0 if rate is None else rate.denominator
    if verdict is Verdict.TOO_FEW:
        return f"{number_of(total, 'case')} {'is' if total == 1 else 'are'} too few to tell: any count could be chance."
    if verdict is Verdict.BORDERLINE:
        return f"Whether chance alone could explain the difference is borderline: {'; '.join(comparison.depends_on)}."
    judged = {
        Verdict.HIGHER: "That is higher than chance alone would explain",
        Verdict.LOWER: "That is lower than chance alone would explain",
        Verdict.NOT_DISTINGUISHABLE: "Chance alone could explain the difference",
    }[verdict]
    if polarity is not None and verdict in DECIDED:
        judged += f", and so {POLARITIES[polarity][verdict is Verdict.LOWER]}"
    depends = f" (but {'; '.join(comparison.depends_on)})" if comparison.depends_on else ""
    return f"{judged}{depends}."


def more_of(comparison: Comparison) -> list[str]:
    """Say what one case the other way would change, and what so many cases can show."""
    chance, rate = comparison.could_be_chance, comparison.rate
    if chance is None or rate is None or comparison.verdict is Verdict.TOO_FEW:
        return []
    said = [
        f"With {other.rate.numerator} instead of {rate.numerator} it would be {other.rate.percent()}%, and"
        f" {VERDICT_WORDS[other.verdict]}."
        for other in comparison.one_other
        if other.verdict is not comparison.verdict
    ]
    return [*said, _chance_in_cases(comparison, chance, rate.denominator), *_what_would_show(comparison)]


def _chance_in_cases(comparison: Comparison, chance: range, total: int) -> str:
    """Say which counts chance alone may give, from whichever end there are the fewest cases to name."""
    one, several, done = comparison.measure.phrase
    # Never empty: no count and its neighbour are both as rare as a tail, since the two come to one.
    least, most = chance[0], chance[-1]
    if most == total:
        most, done = total - least, f"not {done}"
    elif least:
        counts = f"only {least:,}" if least == most else f"{least:,} to {most:,}"
        words = f"{counts} {done} may be chance beside {_figure(comparison)}, fewer or more would not be"
        return f"Of {total:,} {several}, {words}."
    of = f"{total:,} {one if total == 1 else several}"
    if most == 0:
        return f"Of {of}, even 1 {done} would not be chance beside {_figure(comparison)}."
    upto = "1" if most == 1 else f"up to {most:,}"
    return f"Of {of}, {upto} {done} may be chance beside {_figure(comparison)}, {most + 1:,} would not be."


def _figure(comparison: Comparison) -> str:
    benchmark = comparison.benchmark
    if isinstance(benchmark, PrintedAverage | PrintedPercent):
        return f"a printed {benchmark.percent if isinstance(benchmark, PrintedAverage) else benchmark}"
    if isinstance(benchmark, Average):
        return f"{benchmark.percent()}%"
    return _beside(comparison)


def _what_would_show(comparison: Comparison) -> list[str]:
    """Say how far from the benchmark a rate must be for so many cases to tell it from there."""
    below, above = comparison.detectable or (None, None)
    sides = []
    if below is not None:
        sides.append(f"{half_up(100 * Fraction(below))}% or lower")
    if above is not None:
        sides.append(f"{half_up(100 * Fraction(above))}% or higher")
    if not sides:
        return []
    behind = f"if the rate behind these cases were {', or '.join(sides)}"
    return [f"A difference would show, in four years of five, only {behind}."]
