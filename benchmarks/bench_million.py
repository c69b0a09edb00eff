"""
What each statistic takes at a million cases: nothing may take over a second.

Run it with: uv run --group bench python benchmarks/bench_million.py
"""

import datetime as dt
import itertools
import time
from fractions import Fraction

import lgsco
from lgsco import (
    Authority,
    AuthorityType,
    InvestigationTally,
    Population,
    PopulationRate,
    Proportion,
    ReportingYear,
    comparison,
    series,
    stats,
)
from lgsco.stats import control_limits, verdicts

MILLION = 10**6
COUNTY = AuthorityType.COUNTY_COUNCIL


def rate(index, share=0.66):
    """A rate of about a million cases, none like the one before."""
    return Proportion(int(MILLION * share) + 37 * index * (-1) ** index, MILLION + index)


def reviews(councils=20, years=1, spread=0.02):
    """Councils with a million investigations each, in each of some years."""
    made = []
    for council, year in itertools.product(range(councils), range(years)):
        own = rate(council * 7 + year, 0.6 + spread * (council % 5) + 0.001 * (year % 3))
        tally = InvestigationTally(own.numerator, own.denominator - own.numerator, satisfactory_remedies=1000)
        made.append(
            lgsco.AnnualReview(Authority(f"County {council}", COUNTY), ReportingYear(2013 + year), investigations=tally)
        )
    return made


OWN, BESIDE, TARGET = rate(0), rate(1), Fraction(2, 3)
BENCHMARK = stats.BenchmarkRange(Fraction(655, 1000), Fraction(665, 1000))
EVENTS = PopulationRate(MILLION, Population(60_000_000, dt.date(2021, 6, 30)))
GROUP, YEARS = reviews(), reviews(1, 10)
HISTORY = series.history_of(YEARS[0].authority, YEARS)
AREAS = {area: series.history_of(YEARS[0].authority, YEARS, service_area=area) for area in lgsco.ServiceArea}
WORK = {
    **{
        f"interval, {method}": lambda method=method: OWN.interval(method=method)
        for method in ("wilson", "wilson-cc", "clopper-pearson", "mid-p", "jeffreys", "agresti-coull")
    },
    **{
        f"interval of events, {method}": lambda method=method: EVENTS.interval(method=method)
        for method in ("byar", "exact", "byar-or-exact")
    },
    "verdict_of": lambda: stats.verdict_of(OWN, BENCHMARK),
    "consistent_counts": lambda: verdicts.consistent_counts(MILLION, BENCHMARK),
    "minimum_detectable_rates": lambda: verdicts.minimum_detectable_rates(MILLION, BENCHMARK),
    "score_test": lambda: stats.score_test(OWN, TARGET),
    "binomial_test": lambda: stats.binomial_test(OWN, TARGET),
    "two_proportion_test": lambda: stats.two_proportion_test(OWN, BESIDE),
    "fisher_test": lambda: stats.fisher_test(OWN, BESIDE),
    "difference": lambda: stats.difference(OWN, BESIDE),
    "homogeneity_test": lambda: stats.homogeneity_test([rate(index) for index in range(300)]),
    "trend_test": lambda: stats.trend_test([rate(index) for index in range(10)], [*range(10)]),
    "adjust_p_values": lambda: stats.adjust_p_values([0.5] * MILLION),
    "WaitingTimes": lambda: stats.WaitingTimes([*range(1000)] * 500, [*range(1000)] * 500).median(),
    "exact_limits": lambda: control_limits.exact_limits(MILLION, TARGET, 0.998),
    "beta_binomial_limits": lambda: control_limits.beta_binomial_limits(MILLION, TARGET, 0.998, tau_squared=0.01),
    "poisson_limits": lambda: control_limits.poisson_limits(1e6, 0.998),
    **{
        f"funnel of 20 councils, {limits}": lambda limits=limits: comparison.funnel(
            GROUP, lgsco.uphold_rate, limits=limits
        ).rows()
        for limits in ("score", "exact", "beta-binomial")
    },
    "shrink": lambda: comparison.shrink(GROUP, lgsco.uphold_rate).points,
    "change": lambda: series.change(HISTORY, lgsco.uphold_rate, YEARS[4].year, YEARS[5].year).verdict,
    "trend": lambda: series.trend(HISTORY, lgsco.uphold_rate, across_breaks=True).verdict,
    "p_chart": lambda: series.p_chart(HISTORY, lgsco.uphold_rate, across_breaks=True).signals,
    "xmr_chart": lambda: series.xmr_chart(HISTORY, series.upheld_decisions, title="Upheld", across_breaks=True).signals,
    "early_warnings of 9 areas": lambda: [
        warning.sentence() for warning in series.early_warnings(AREAS, lgsco.uphold_rate, across_breaks=True)
    ],
}


def main():
    for name, work in WORK.items():
        start = time.process_time()
        work()
        taken = time.process_time() - start
        print(f"{name:40}{taken:8.3f} s{'  MORE THAN A SECOND' if taken > 1 else ''}", flush=True)


if __name__ == "__main__":
    main()
