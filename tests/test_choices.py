"""Arguments that choose: each takes its members by value, and refuses everything else with their names."""

import datetime as dt
from functools import partial

import pytest

from lgsco import (
    AuthorityType,
    Basis,
    Dataset,
    Decision,
    InvestigationTally,
    Outcome,
    Population,
    PopulationRate,
    Proportion,
    ServiceArea,
    average_of,
    casework,
    comparison,
    convert,
    frames,
    funnel,
    published,
    readers,
    reports,
    site,
    stats,
    uphold_rate,
)
from lgsco.comparison import AverageMethod, ShrinkageMethod
from lgsco.errors import InvalidValue
from lgsco.reports import DotOrder
from lgsco.stats import (
    Alternative,
    FunnelScale,
    LimitMethod,
    MultipleTestingMethod,
    OverdispersionModel,
    Sides,
    SuppressionPolicy,
    Trimming,
)
from lgsco.stats.differences import DifferenceMethod
from lgsco.stats.hypothesis_tests import BinomialMethod
from lgsco.stats.intervals import CountMethod, ProportionMethod

YEAR, DAY = "2023-24", dt.date(2024, 3, 31)
GROUPS = [kind.value for kind in AuthorityType if kind.is_comparison_group]
POLARITIES = ["higher is better", "higher is worse"]
SERIES = [
    "complaints_received",
    "complaints_decided",
    "upheld_decisions",
    "uphold_rate",
    "satisfactory_remedy_rate",
    "compliance_rate",
    "late_compliance_rate",
    "investigation_rate",
    "per_population_measure",
]
WRONG = ["mode", "", 5, 1.5, b"pooled", {}, object()]


def by_area(upheld, other):
    """Count cases of one service area."""
    return {ServiceArea.HOUSING: InvestigationTally(upheld, other)}


def of_numbers():
    """List the choosing arguments of statistics and groups, as ``of_packages`` does."""
    data = published.dataset()
    reviews = data.reviews(year=YEAR, group="county_council")
    rate, other = Proportion(3, 10), Proportion(4, 11)
    people = Population(1_000, dt.date(2024, 6, 30))
    for of, kind in ((rate, ProportionMethod), (PopulationRate(3, people), CountMethod)):
        yield "method", of.interval, kind, False
        yield "sides", of.interval, Sides, False
    for take in (
        partial(funnel, reviews, uphold_rate),
        partial(reports.funnel_report, data, "county_council", YEAR, uphold_rate),
    ):
        yield "limits", take, LimitMethod, False
        yield "overdispersion", take, OverdispersionModel, True
    yield "scale", partial(funnel, reviews, uphold_rate), FunnelScale, False
    yield "trimming", partial(funnel, reviews, uphold_rate), Trimming, False
    yield "alternative", partial(stats.score_test, rate, 0.3), Alternative, False
    yield "alternative", partial(stats.binomial_test, rate, 0.3), Alternative, False
    yield "alternative", partial(stats.fisher_test, rate, other), Alternative, False
    yield "alternative", partial(stats.two_proportion_test, rate, other), Alternative, False
    yield "method", comparison.standardise(by_area(1, 2), by_area(3, 4)).interval, CountMethod, False
    yield "method", partial(stats.dobson_interval, [PopulationRate(3, people)], [100]), CountMethod, False
    yield "method", partial(stats.binomial_test, rate, 0.3), BinomialMethod, False
    yield "method", partial(stats.difference, rate, other), DifferenceMethod, False
    yield "method", partial(stats.adjust_p_values, [0.1]), MultipleTestingMethod, False
    yield "method", partial(stats.significant_after_adjustment, [0.1]), MultipleTestingMethod, False
    yield "policy", partial(stats.suppress, [[1, 1]]), SuppressionPolicy, False
    yield "policy", partial(stats.suppressed_counts, {}, {}), SuppressionPolicy, False
    yield "method", partial(average_of, reviews, uphold_rate), AverageMethod, False
    yield "method", partial(comparison.shrink, reviews, uphold_rate), ShrinkageMethod, False


def of_packages():
    """List each choosing argument: its name, what takes it, its members, and whether ``None`` leaves it out."""
    data = published.dataset()
    register, reviews, history = data.register, data.reviews(year=YEAR, group="county_council"), data.history("Kent")
    compared, counts = data.compare("Kent", YEAR, uphold_rate), frames.frame_from(reviews, "polars")
    known = {"outcome": Outcome.UPHELD, "service_area": ServiceArea.HOUSING, "decided_on": DAY}
    cases = [Decision(f"23 000 {number:03}", history.authority, **known) for number in range(12)]
    for question in (data.coverage, partial(data.funnel, measure=uphold_rate)):
        yield "group", partial(question, year=YEAR), GROUPS, False
    for question in (data.reviews, published.printed, published.reviews, partial(reports.group_report, data)):
        yield "group", partial(question, year=YEAR), GROUPS, True
    for words in (compared.sentence, compared.paragraph):
        yield "polarity", words, POLARITIES, True
    for question in (history.breaks_of, history.segments):
        yield "measure", question, SERIES, True
    for make in (convert.rows_of, convert.to_csv):
        yield "suppression", partial(make, reviews), SuppressionPolicy, False
    yield "backend", partial(frames.frame_from, reviews), ["pandas", "polars", "pyarrow"], False
    yield "backend", partial(frames.frames_of, Dataset(register)), ["pandas", "polars", "pyarrow"], False
    yield "type", partial(register.in_group, on=DAY), AuthorityType, False
    yield "region", partial(register.in_region, on=DAY), ["West Midlands", "london"], False
    yield "region", data.reviews, ["West Midlands", "london"], True
    yield "basis", partial(data.review, "Kent", YEAR), Basis, True
    yield "against", partial(data.compare, "Kent", YEAR, uphold_rate), ["printed", "others", "region"], False
    for make in (reports.council_report, reports.comparison_report):
        yield "against", partial(make, data, "Kent", YEAR), ["printed", "others", "region", ["Essex"]], False
    yield "method", partial(frames.add_average, counts), ["pooled", "mean"], False
    yield "against", partial(frames.compare, counts), ["others", "group"], False
    yield "layout", partial(frames.compare, counts), ["plain", "dfe"], False
    yield "order", partial(reports.dot_chart, reviews, uphold_rate), DotOrder, False
    yield "order", partial(reports.group_report, data, "county_council", YEAR), DotOrder, False
    yield "suppression", partial(reports.area_chart, cases), SuppressionPolicy, False
    yield "suppression", partial(site.site_pages, data, charts=False), [], False
    yield "duplicates", partial(readers.read_cases, b"reference\n1\n", {}), [], False
    yield "measure", partial(casework.tally_answers, []), [uphold_rate], False
    yield "measure", partial(data.statistic, "Kent", YEAR), [uphold_rate], False
    yield "measure", history.rates, [uphold_rate], False


def test_each_argument_takes_its_members_and_nothing_else():
    """A member, its value as text, and ``None`` only where the signature has it; the error names the argument."""
    for argument, call, members, optional in [*of_numbers(), *of_packages()]:
        for member in members:
            call(**{argument: member})
            call(**{argument: getattr(member, "value", member)})
        if optional:
            call(**{argument: None})
        for wrong in [*WRONG, *([] if optional else [None])]:
            with pytest.raises(InvalidValue) as caught:
                call(**{argument: wrong})

            assert caught.value.problems[0].place.path.split(".")[0].split("[")[0] == argument, (call, wrong)
