"""
The sentences of a comparison: first the counts, then the average, then the verdict; how sure it is comes after.

Nothing here is computed but what rounding needs: every figure comes in as a count, a share or a verdict.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from lgsco._text import number_of, short_decimal
from lgsco.stats.intervals import half_up
from lgsco.stats.verdicts import DECIDED, Verdict
from lgsco.wording.phrases import with_article

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from lgsco.stats.intervals import Interval
    from lgsco.stats.rates import Proportion

VERDICT_WORDS = {
    Verdict.HIGHER: "higher than we would expect from chance",
    Verdict.LOWER: "lower than we would expect from chance",
    Verdict.NOT_DISTINGUISHABLE: "small enough to be chance",
    Verdict.BORDERLINE: "too close to call",
    Verdict.TOO_FEW: "too few cases to tell",
}
POLARITIES = {"higher is better": ("better", "worse"), "higher is worse": ("worse", "better")}


def no_rate_sentence(title: str, council: str, year: str, state: str) -> str:
    """State that a rate is not known, in the words for its state."""
    return f"The {title.lower()} of {with_article(council)} in {year} is {state}."


def no_cases_sentence(name: str, council: str, year: str, nothing: str) -> str:
    """
    State that there were no cases, so no rate.

    >>> print(no_cases_sentence("uphold_rate", "Kent", "2023-24", "no complaints were investigated"))
    In 2023-24 the Ombudsman investigated no complaints about Kent, so there is no rate to compare.
    """
    words = {
        "uphold_rate": f"the Ombudsman investigated no complaints about {with_article(council)}",
        "compliance_rate": f"no agreed recommendations of {with_article(council)} were due",
        "satisfactory_remedy_rate": f"the Ombudsman upheld no complaints about {with_article(council)}",
    }
    return f"In {year} {words.get(name, f'{nothing} ({council})')}, so there is no rate to compare."


def percent_sentence(title: str, council: str, year: str, percent: object, part: str | None) -> str:
    """
    State a published percentage whose counts are not both held.

    >>> percent_sentence("Uphold rate", "Kent", "2023-24", "69%", None)
    'The uphold rate of Kent in 2023-24 was 69% (counts not held).'
    """
    rate = f"The {title.lower()} of {with_article(council)} in {year} was {percent}"
    return f"{rate} (counts not held)." if part is None else f"{rate}. Of its counts we have one: {part}."


def part_sentence(name: str, council: str, year: str, counts: tuple[int | None, int | None], part: str) -> str:
    """
    State the one of two counts that is held.

    >>> part_sentence("uphold_rate", "Kent", "2023-24", (34, None), "34 upheld (number investigated not held)")
    'In 2023-24 the Ombudsman upheld 34 complaints about Kent. We do not have the number that it investigated.'
    >>> part_sentence("compliance_rate", "Kent", "2023-24", (9, None), "9 complied (number of outcomes not held)")
    'Of Kent in 2023-24 we have only this: 9 complied (number of outcomes not held).'
    """
    if name != "uphold_rate":
        return f"Of {with_article(council)} in {year} we have only this: {part}."
    numerator, denominator = counts
    council = with_article(council)
    count, done, other = (
        (denominator or 0, "investigated", "upheld") if numerator is None else (numerator, "upheld", "investigated")
    )
    complaints = number_of(count, "complaint") if count else "no complaints"
    return f"In {year} the Ombudsman {done} {complaints} about {council}. We do not have the number that it {other}."


def no_benchmark_sentence(reason: str | None) -> str:
    """State that there is nothing to compare with, and why where that is known."""
    return (
        f"There is nothing to compare it with: {reason}." if reason else "We do not have an average to compare it with."
    )


# --- The first sentence: the council, the number, the total and the percentage


def rate_sentences(  # noqa: PLR0913  # all by name; each is one part of the sentence
    *, name: str, counted: str, council: str, year: str, rate: Proportion, not_carried_out: int | None, late: int | None
) -> list[str]:
    """
    State a rate by its counts; compliance also by its failures.

    >>> from lgsco.stats.rates import Proportion
    >>> parts = {"counted": "", "council": "Kent", "year": "2023-24", "not_carried_out": 1, "late": 0}
    >>> print(*rate_sentences(name="uphold_rate", rate=Proportion(76, 94), **parts))
    In 2023-24 the Ombudsman investigated 94 complaints about Kent and found fault in 76 (81%).
    >>> print(*rate_sentences(name="compliance_rate", rate=Proportion(62, 63), **parts))
    In 2023-24 Kent carried out the agreed recommendations in 62 of 63 cases (98%). It did not in 1 case, which should
    be looked at.
    >>> print(*rate_sentences(name="satisfactory_remedy_rate", rate=Proportion(2, 76), **parts))
    Of 76 upheld complaints about Kent in 2023-24, the council had already put right 2 (3%).
    """
    council = with_article(council)
    if name == "uphold_rate":
        return [_upheld(council, year, rate)]
    if name == "satisfactory_remedy_rate":
        return [_remedied(council, year, rate)]
    if name == "compliance_rate":
        failures = rate.denominator - rate.numerator if not_carried_out is None else not_carried_out
        return [_complied(council, year, rate), *_failures(failures, late or 0, rate.denominator)]
    return [f"{counted} ({rate.percent()}%): {council}, {year}."]


def _remedied(council: str, year: str, rate: Proportion) -> str:
    count, total = rate.numerator, rate.denominator
    if total == 1:
        had = "had" if count else "had not"
        return f"In {year} {council} {had} already put right the only upheld complaint ({rate.percent()}%)."
    right = ("both" if total == _PAIR else f"all {total:,}") if count == total else f"{count:,}" if count else "none"
    share = f"{right} ({rate.percent()}%)"
    return f"Of {total:,} upheld complaints about {council} in {year}, the council had already put right {share}."


_PAIR = 2


def _upheld(council: str, year: str, rate: Proportion) -> str:
    count, total = rate.numerator, rate.denominator
    fault = f"found fault in {count:,}"
    if count == 0:
        fault = "did not find fault" if total == 1 else "found fault in none"
    elif count == total:
        fault = {1: "found fault", _PAIR: "found fault in both"}.get(total, f"found fault in all {total:,}")
    complaints = number_of(total, "complaint")
    return f"In {year} the Ombudsman investigated {complaints} about {council} and {fault} ({rate.percent()}%)."


def _complied(council: str, year: str, rate: Proportion) -> str:
    count, total = rate.numerator, rate.denominator
    cases = f"{count:,} of {number_of(total, 'case')}"
    if count == total:
        cases = {1: "the only case", _PAIR: "both cases"}.get(total, f"all {total:,} cases")
    elif count == 0:
        cases = f"none of {total:,} cases"
    if (count, total) == (0, 1):
        return f"In {year} {council} did not carry out the agreed recommendations in the only case (0%)."
    return f"In {year} {council} carried out the agreed recommendations in {cases} ({rate.percent()}%)."


def _failures(failures: int, late: int, total: int) -> list[str]:
    sentences = ["That case should be looked at."] if failures == total == 1 else []
    if failures and total > 1:
        which = "which" if failures == 1 else "each of which"
        sentences.append(f"It did not in {number_of(failures, 'case')}, {which} should be looked at.")
    if late:
        sentences.append(f"In {number_of(late, 'case')} it was late.")
    return sentences


# --- The second: the average


class BenchmarkWords(NamedTuple):
    """What a council is compared with, in words: in a table, as a sentence, and after that sentence."""

    label: str
    sentence: str
    short: str


def printed_average_words(percent: object, group: str) -> BenchmarkWords:
    """Return the words for the Ombudsman's average of similar councils."""
    label = f"{percent} (average of similar councils)"
    return BenchmarkWords(label, f"The average for {small(group)} was {percent}.", str(percent))


def small(group: str) -> str:
    """
    Return the name of a group within a sentence.

    >>> small("County Councils"), small("London Boroughs")
    ('county councils', 'London boroughs')
    """
    return group.lower().replace("london", "London")


def printed_percent_words(percent: object) -> BenchmarkWords:
    """Return the words for a published percentage that is not an average."""
    return BenchmarkWords(f"{percent} (published)", f"The published figure beside it is {percent}.", str(percent))


def average_words(method: str, percent: Decimal | None, pooled: Proportion, councils: int) -> BenchmarkWords:
    """Return the words for an average computed from other councils, by its method: pooled, mean or median."""
    if percent is None:
        return BenchmarkWords("none", "We do not have this figure for enough other councils.", "none")
    label = f"{percent}% ({method} average of {councils} others)"
    others = f"The {number_of(councils, 'other council')} we have figures for"
    sentence = f"{others} had a {method} rate of {percent}%."
    if method == "pooled":
        together = f"{pooled.percent()}% ({pooled.numerator:,} of {pooled.denominator:,})"
        sentence = f"{others}, together: {together}."
    return BenchmarkWords(label, sentence, f"{percent}%")


def selection_words(
    method: str, percent: Decimal | None, pooled: Proportion, selection: str, councils: Proportion
) -> BenchmarkWords:
    """
    Return the words for the average of councils that the caller chose: of how many, and of how many there are figures.

    >>> from lgsco.stats.rates import Proportion
    >>> selection_words("pooled", 89, Proportion(80, 90), "chosen councils", Proportion(2, 3)).sentence
    'The chosen councils (we have figures for 2 of 3), together: 89% (80 of 90).'
    """
    of = f"{councils.numerator} of {councils.denominator}"
    label = f"{percent}% ({method} average of the {selection}, figures for {of})"
    who = f"The {selection} (we have figures for {of})"
    if percent is None:
        return BenchmarkWords("none", f"We do not have this figure for any of the {selection}.", "none")
    sentence = f"{who} had a {method} rate of {percent}%."
    if method == "pooled":
        together = f"{pooled.percent()}% ({pooled.numerator:,} of {pooled.denominator:,})"
        sentence = f"{who}, together: {together}."
    return BenchmarkWords(label, sentence, f"{percent}%")


def target_words(share: Fraction) -> BenchmarkWords:
    """Return the words for a share that the caller set."""
    percent = f"{short_decimal(half_up(100 * share, 1))}%"
    return BenchmarkWords(f"{half_up(100 * share, 1)}% (target)", f"The target is {percent}.", percent)


# --- The third: the verdict, in at most fifteen words


def verdict_sentence(verdict: Verdict, total: int, polarity: str | None) -> str:
    """
    State what a sample of this size can show about the difference.

    >>> verdict_sentence(Verdict.LOWER, 60, "higher is better")
    'This is lower than we would expect from chance alone, and so worse.'
    >>> verdict_sentence(Verdict.TOO_FEW, 1, None)
    '1 case is too few to tell.'
    """
    if verdict is Verdict.TOO_FEW:
        return f"{number_of(total, 'case')} {'is' if total == 1 else 'are'} too few to tell."
    if verdict is Verdict.BORDERLINE:
        return "It is too close to call whether this is a real difference."
    if verdict not in DECIDED:
        return "The difference is small enough to be chance."
    judged = "" if polarity is None else f", and so {POLARITIES[polarity][verdict is Verdict.LOWER]}"
    direction = "higher" if verdict is Verdict.HIGHER else "lower"
    return f"This is {direction} than we would expect from chance alone{judged}."


def verdict_in_short(verdict: Verdict, not_carried_out: int | None) -> str | None:
    """Return a verdict in a few words, for a table; compliance by its failures; ``None`` where there is none."""
    if not_carried_out is not None:
        return f"{not_carried_out:,} not carried out" if not_carried_out else "all carried out"
    shown = {**VERDICT_WORDS, Verdict.NOT_DISTINGUISHABLE: "could be chance"}
    return shown.get(verdict)


# --- How sure can we be?


def likely_range(interval: Interval) -> str:
    """Write the two limits of a likely range."""
    lower, upper = interval.percents()
    return f"{lower}% to {upper}%"


def certainty_sentences(  # noqa: PLR0913  # all by name; each is one figure of the comparison
    *,
    rate: Proportion,
    interval: Interval,
    verdict: Verdict,
    reasons: Iterable[str],
    done: str,
    figure: str,
    chance: range | None,
    others: Iterable[tuple[Proportion, Verdict]],
    detectable: tuple[float | None, float | None] | None,
) -> list[str]:
    """State the likely range, what chance could give, what would be noticed, and what one case would change."""
    sentences = [f"The likely range is {likely_range(interval)}.", *reasons]
    if verdict is Verdict.TOO_FEW:
        return [*sentences, f"With {number_of(rate.denominator, 'case')} any result could be chance."]
    if chance is None:
        return sentences
    sentences += [_chance_alone(rate, done, figure, chance), *_what_would_show(detectable)]
    for other, its_verdict in others:
        if its_verdict is not verdict:
            case = "fewer" if other.numerator < rate.numerator else "more"
            sentences.append(f"One {case} complaint {done} would have made this {VERDICT_WORDS[its_verdict]}.")
    if verdict is Verdict.NOT_DISTINGUISHABLE:
        sentences.append(CANNOT_SHOW)
    return sentences


CANNOT_SHOW = (
    "Where the difference could be chance, these figures alone cannot show whether the council did better or worse than"
    " others."
)


def _chance_alone(rate: Proportion, done: str, figure: str, chance: range) -> str:
    """State which counts chance alone could give a typical council."""
    # Never empty: no count and its neighbour are both as rare as a tail, since the two come to one.
    least, most = chance[0], chance[-1]
    counts = f"only {least:,}" if least == most else f"anything from {least:,} to {most:,}"
    return (
        f"If the council were typical ({figure}), chance alone could give {counts} {done} out of"
        f" {rate.denominator:,}. It had {rate.numerator:,}."
    )


_WHOLE = 100


def _what_would_show(detectable: tuple[float | None, float | None] | None) -> list[str]:
    """State how far from the average a rate must be for a sample of this size to show the difference."""
    below, above = detectable or (None, None)
    sides = []
    if below is not None:
        sides.append(f"{percent}% or lower" if (percent := half_up(100 * Fraction(below))) else "0%")
    if above is not None:
        sides.append(f"{percent}% or higher" if (percent := half_up(100 * Fraction(above))) < _WHOLE else "100%")
    # One side at least is there: where no count could be told from the average, the cases are too few to tell.
    only_if = f"only if the council's underlying rate were {', or '.join(sides)}"
    return [f"With this many cases we would usually notice a difference {only_if}."]


def differing_tests(*, score_decides: bool) -> str:
    """State that the deciding test and its check differ."""
    first, second = ("tells", "does not") if score_decides else ("does not tell", "does")
    return f"Two standard tests disagree: the score test {first} the two apart, the exact test {second}."


def rounding_decides(low: Fraction, high: Fraction) -> str:
    """State that the answer depends on what the rounded figure stands for."""
    ends = " to ".join(f"{short_decimal(half_up(100 * end, 2))}%" for end in (low, high))
    return f"The published figure is rounded (it stands for {ends}), and that decides the answer."


def other_average(name: str, average: Fraction, verdict: Verdict) -> str:
    """State what the verdict would be with another average."""
    return f"With {name}, {half_up(100 * average)}%, it would be {VERDICT_WORDS[verdict]}."
