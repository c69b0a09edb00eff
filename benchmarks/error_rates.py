"""
Error rates of everything that warns or decides, where nothing is to be found.

Each row says what is claimed, and what no effect at all gives at small, middling and large counts. Verdicts and
positions are added up exactly over all counts, at the worst of 99 targets; the rest is simulated, with a seed.

Run: python benchmarks/error_rates.py [--runs 2000] [--seed 20261129]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    InvestigationTally,
    Proportion,
    ReportingYear,
    ServiceArea,
    uphold_rate,
)
from lgsco.comparison import funnel
from lgsco.series import History, early_warnings, p_chart, trend, upheld_decisions, xmr_chart
from lgsco.series.changes import Change
from lgsco.stats import BenchmarkRange, Position, Verdict, verdict_of
from lgsco.stats.control_limits import exact_tails, score_position
from lgsco.stats.distributions import binomial_mass, is_rarer

ME = Authority("Barset County Council", AuthorityType.COUNTY_COUNCIL)
FIRST = 2001
TARGETS = [Fraction(per_cent, 100) for per_cent in range(1, 100)]
DECIDED = {Verdict.HIGHER, Verdict.LOWER}
Draw = np.random.Generator


def history(pairs: list[tuple[int, int]], area: ServiceArea | None = None) -> History:
    """Years of upheld among investigated, one after the other."""
    reviews = (
        AnnualReview(ME, ReportingYear(FIRST + index), investigations=InvestigationTally(int(k), int(n) - int(k)))
        for index, (k, n) in enumerate(pairs)
    )
    return History(ME, tuple(reviews), service_area=area)


def worst(cases: int, found: Callable[[Proportion, Fraction], bool]) -> float:
    """The greatest probability over all targets of a false finding among so many cases, exact."""
    rates = [Proportion(count, cases) for count in range(cases + 1)]
    return max(
        sum(binomial_mass(rate.numerator, cases, float(target)) for rate in rates if found(rate, target))
        for target in TARGETS
    )


def is_decided(rate: Proportion, target: Fraction) -> bool:
    """Whether the verdict finds a difference."""
    return verdict_of(rate, BenchmarkRange(target, target)) in DECIDED


def is_outside_score(rate: Proportion, target: Fraction) -> bool:
    """Whether the rate is beyond the 95% score limits."""
    return score_position(rate, target) is not Position.WITHIN


def is_outside_exact(rate: Proportion, target: Fraction) -> bool:
    """Whether the rate is beyond the 95% exact limits."""
    return is_rarer(min(exact_tails(rate, target)), 0.025)


def share(found: Iterator[bool]) -> float:
    """The share of true answers."""
    answers = [*found]
    return sum(answers) / len(answers)


def shares(draw: Draw, cases: int, rate: float, years: int = 10) -> list[tuple[int, int]]:
    """Years of one rate."""
    return [(int(draw.binomial(cases, rate)), cases) for _ in range(years)]


def changes(draw: Draw, runs: int, cases: int, rate: float) -> float:
    """Change: a difference between two years of one rate."""

    def found() -> Iterator[bool]:
        for _ in range(runs):
            one, other = history(shares(draw, cases, rate, 2)).reviews
            yield Change(one, other, measure=uphold_rate).verdict in DECIDED

    return share(found())


def trends(draw: Draw, runs: int, cases: int, rate: float, years: int) -> float:
    """Trend: a rise or fall over years of one rate."""
    return share(
        trend(history(shares(draw, cases, rate, years)), uphold_rate, across_breaks=True).verdict in DECIDED
        for _ in range(runs)
    )


def rate_charts(draw: Draw, runs: int, cases: int, rate: float) -> float:
    """Any rule of a chart of shares of one rate over ten years."""
    return share(
        bool(p_chart(history(shares(draw, cases, rate)), uphold_rate, across_breaks=True).signals) for _ in range(runs)
    )


def count_charts(draw: Draw, runs: int, mean: float, dispersion: float = 1.0) -> float:
    """Any rule of a chart of counts of one mean over ten years, Poisson or more spread by the dispersion."""

    def counts() -> list[int]:
        if dispersion == 1.0:
            return [int(count) for count in draw.poisson(mean, 10)]
        return [int(count) for count in draw.negative_binomial(mean / (dispersion - 1.0), 1.0 / dispersion, 10)]

    return share(
        bool(
            xmr_chart(
                history([(count, count) for count in counts()]), upheld_decisions, title="Upheld", across_breaks=True
            ).signals
        )
        for _ in range(runs)
    )


def baseline_charts(draw: Draw, runs: int, cases: int, rate: float) -> float:
    """Any rule of a chart of shares of one rate over twelve years, its limits from the first eight."""
    until = ReportingYear(FIRST + 7)
    return share(
        bool(
            p_chart(
                history(shares(draw, cases, rate, 12)), uphold_rate, across_breaks=True, baseline_until=until
            ).signals
        )
        for _ in range(runs)
    )


def warnings(draw: Draw, runs: int, cases: float, years: int, dispersion: float = 1.0) -> float:
    """Any early warning of a council of nine areas, of so many cases an area and year, of which 70% are upheld."""

    def council() -> dict[ServiceArea, History]:
        made = {}
        for area in ServiceArea:
            mean = draw.uniform(1.0, 30.0) if cases == 0 else cases
            if dispersion == 1.0:
                totals = draw.poisson(mean, years)
            else:
                totals = draw.negative_binomial(mean / (dispersion - 1.0), 1.0 / dispersion, years)
            made[area] = history([(int(draw.binomial(total, 0.7)), int(total)) for total in totals], area)
        return made

    return share(
        any(one.warns for one in early_warnings(council(), uphold_rate, across_breaks=True)) for _ in range(runs)
    )


Row = tuple[str, str, str, str]


def exact_rows() -> Iterator[Row]:
    """What is added up over all counts."""
    for cases in (5, 40, 400):
        yield "verdict", "at most 5%", f"{cases} cases", f"{worst(cases, is_decided):.1%}"
    for cases in (5, 40, 400):
        yield "position, exact limits", "at most 5%", f"{cases} cases", f"{worst(cases, is_outside_exact):.1%}"
    for cases, claim in ((5, "up to 15%"), (40, "up to 8%"), (400, "up to 7%")):
        yield "position, score limits", claim, f"{cases} cases", f"{worst(cases, is_outside_score):.1%}"


def year_rows(draw: Draw, runs: int) -> Iterator[Row]:
    """Changes, trends and charts."""
    for cases in (5, 40, 400):
        found = [changes(draw, runs, cases, rate) for rate in (0.5, 0.8, 0.95)]
        yield "change", "at most 5%", f"{cases} cases a year", f"{max(found):.1%}"
    for years in (3, 10):
        for cases in (2, 10, 100):
            false = trends(draw, runs // 2, cases, 0.7, years)
            # With so many cases the check is an approximation.
            claim = "about 5%" if (years, cases) == (10, 100) else "at most 5%"
            yield "trend", claim, f"{years} years of {cases} cases", f"{false:.1%}"
    for cases in (5, 40, 400):
        found = [rate_charts(draw, runs, cases, rate) for rate in (0.5, 0.8, 0.95)]
        yield "chart of shares, any rule", "at most 3%", f"ten years of {cases} cases", f"{max(found):.1%}"
    for mean in (0.05, 0.5, 2, 8, 12, 30, 300):
        claim = "at most 3%" if mean < SMALL else "about 6%"
        yield "chart of counts, any rule", claim, f"ten years, mean {mean}", f"{count_charts(draw, runs, mean):.1%}"
    for mean in (2, 8, 30):
        found_here = count_charts(draw, runs, mean, 2.0)
        yield (
            "chart of counts, variance twice the mean",
            "about 10%" if mean < SMALL else "about 6%",
            f"ten years, mean {mean}",
            f"{found_here:.1%}",
        )


def warning_rows(draw: Draw, runs: int) -> Iterator[Row]:
    """Early warnings of nine service areas."""
    for years in (2, 10):
        for cases, name in ((3, "3"), (0, "1 to 30"), (30, "30"), (300, "300")):
            found = warnings(draw, runs, cases, years)
            yield "early warning, any", "at most 5%", f"{years} years, {name} cases an area", f"{found:.1%}"
    found = warnings(draw, runs, 30, 10, 2.0)
    yield "early warning, variance of cases twice the mean", "at most 5%", "10 years, 30 cases an area", f"{found:.1%}"


SMALL = 10


def baseline_rows(draw: Draw, runs: int) -> Iterator[Row]:
    """Charts with a fixed baseline, whose own uncertainty the limits do not allow for."""
    for cases in (5, 40, 400):
        found = [baseline_charts(draw, runs, cases, rate) for rate in (0.5, 0.8, 0.95)]
        claim = "up to 10%"
        yield "chart of shares, baseline of eight years", claim, f"twelve years of {cases} cases", f"{max(found):.1%}"


def positions(draw: Draw, runs: int, cases: int, spread: float, **how: str) -> float:
    """Positions of a group of 20 councils whose rates vary about 70% with this standard deviation, and no further."""
    size = 0.21 / spread**2 - 1.0

    def found() -> Iterator[bool]:
        for _ in range(runs):
            rates = draw.beta(0.7 * size, 0.3 * size, 20)
            councils = (
                AnnualReview(
                    Authority(f"County {index}", AuthorityType.COUNTY_COUNCIL),
                    ReportingYear(FIRST),
                    investigations=InvestigationTally(upheld, cases - upheld),
                )
                for index, upheld in enumerate(int(draw.binomial(cases, rate)) for rate in rates)
            )
            drawn = funnel(councils, uphold_rate, **how)  # type: ignore[arg-type]  # names of methods
            yield from (point.position is not Position.WITHIN for point in drawn.points)

    return share(found())


def widened_rows(draw: Draw, runs: int) -> Iterator[Row]:
    """Positions against limits that allow for councils which differ."""
    for name, how in (
        ("additive limits", {"overdispersion": "additive"}),
        ("multiplicative limits", {"overdispersion": "multiplicative"}),
        ("beta-binomial limits", {"limits": "beta-binomial"}),
    ):
        for cases in (5, 40, 400):
            found = positions(draw, runs, cases, 0.08, **how)
            yield f"position, {name}", "up to 10%", f"20 councils of {cases} cases", f"{found:.1%}"


def rows(runs: int, seed: int) -> Iterator[Row]:
    """What decides, what it claims, the counts, and what they give."""
    draw = np.random.default_rng(seed)
    yield from exact_rows()
    yield from year_rows(draw, runs)
    yield from warning_rows(draw, max(runs // 4, 100))
    yield from baseline_rows(draw, runs)
    yield from widened_rows(np.random.default_rng([seed, 7]), max(runs // 8, 100))


def main() -> None:
    """Print the table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20261129)
    chosen = parser.parse_args()
    print("| what decides | claims | counts | gives |\n| --- | --- | --- | --- |")
    for row in rows(chosen.runs, chosen.seed):
        print(f"| {' | '.join(row)} |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
