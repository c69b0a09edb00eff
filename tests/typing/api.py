"""
The public API, used once as a caller uses it, for mypy --strict and pyright.

Never run: what is asserted here are types. Everything is imported from where a caller finds it.
"""

import datetime as dt
import pathlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_type

import duckdb
import polars as pl
import pyarrow as pa
from hypothesis import strategies as hypothesis_strategies
from hypothesis.strategies import SearchStrategy

import lgsco
from lgsco import (
    KEY_STATISTICS,
    AnnualLetter,
    AnnualReview,
    Authority,
    AuthorityType,
    Average,
    Basis,
    Caution,
    Comparison,
    ComplianceOutcome,
    ComplianceStatus,
    ComplianceTally,
    Dataset,
    Decision,
    DecisionListing,
    DecisionTally,
    Enquiry,
    Finding,
    Funnel,
    Interval,
    InvalidValue,
    Investigation,
    InvestigationTally,
    LgscoError,
    Loaded,
    Measure,
    Outcome,
    Overview,
    PerformancePage,
    Population,
    PopulationRate,
    Position,
    PrintedAverage,
    PrintedPercent,
    PrintedReview,
    Proportion,
    PublishedTable,
    ReceivedTally,
    Recommendation,
    RecommendationKind,
    Register,
    ReportingYear,
    ServiceArea,
    Source,
    Statistic,
    Verdict,
    audit,
    average_of,
    compare,
    compliance_rate,
    convert,
    evolve,
    frames,
    funnel,
    investigation_rate,
    late_compliance_rate,
    load,
    per_population_measure,
    pooled,
    published,
    readers,
    render,
    reports,
    review_of,
    reviews_of,
    satisfactory_remedy_rate,
    similar_authorities,
    site,
    store,
    strategies,
    tally_compliance,
    tally_decisions,
    tally_investigations,
    uphold_rate,
)
from lgsco.casework import (
    AnswerTally,
    AreaTally,
    CaseworkTally,
    EnquiryTally,
    KindTally,
    LearningEntry,
    LearningLog,
    PaymentTally,
    Progress,
    RecommendationTally,
    Recurrence,
    answered_cases,
    learning_log,
    tally_answers,
    tally_casework,
    tally_enquiries,
)
from lgsco.comparison import (
    AreaRates,
    AverageMethod,
    Benchmark,
    CautionKind,
    FunnelPoint,
    GroupRates,
    Member,
    Sensitivity,
    Shrinkage,
    ShrinkageMethod,
    ShrunkRate,
    StandardisedRatio,
    Target,
    funnels_by_group,
    group_rates,
    shrink,
    standardise,
    tally_by_area,
)
from lgsco.documents import (
    DECISION_CATEGORIES,
    Certainty,
    ConflictingDecision,
    DecisionCategory,
    FindingKind,
    Matched,
    Missing,
    NationalFigures,
    Paragraph,
    ParagraphTopic,
    PrintedPer100k,
    PrintedPopulationAverage,
    PrintedStatistic,
    PrintedTally,
    PublishedDecision,
    RegionalFigures,
    ServiceImprovement,
    TableColumn,
    TableField,
    TableKind,
    TableNote,
    TableRow,
    TotalKind,
    WrongTotal,
)
from lgsco.errors import (
    NO_VALUE,
    AmbiguousAuthority,
    AuthorityLookupError,
    AuthorityNotCurrent,
    CrossesSeriesBreak,
    EmptyInput,
    MissingDates,
    MissingExtra,
    NoSubclassing,
    NotComparable,
    Place,
    Problem,
    ProblemCollector,
    SeriesTooShort,
    UnknownAuthority,
    UnknownWords,
    UnreadableDocument,
    by_kind,
)
from lgsco.model import SERIES_BREAKS, AuthorityPopulation, CaseList, RegisterEntry, SeriesBreak, measure, sum_tallies
from lgsco.reports import (
    Absent,
    Amount,
    Break,
    Cell,
    Chart,
    ChartKind,
    Column,
    ColumnKind,
    Day,
    Line,
    LineKind,
    Note,
    Point,
    Report,
    Row,
    Section,
    Table,
)
from lgsco.series import (
    Change,
    ChartPoint,
    ControlChart,
    EarlyWarning,
    History,
    RuleResult,
    RuleStatus,
    Trend,
    YearRate,
    change,
    complaints_decided,
    complaints_received,
    early_warnings,
    histories_by_area,
    histories_of,
    history_of,
    p_chart,
    received_in,
    trend,
    upheld_decisions,
    xmr_chart,
)
from lgsco.stats import (
    Alternative,
    BenchmarkRange,
    ControlChartType,
    Difference,
    FunnelScale,
    LimitMethod,
    MedianTime,
    MultipleTestingMethod,
    Overdispersion,
    OverdispersionModel,
    RunRule,
    Sides,
    SuppressionPolicy,
    TestResult,
    TimeStep,
    Trimming,
    WaitingTimes,
    adjust_p_values,
    binomial_test,
    difference,
    directly_standardised_rate,
    dobson_interval,
    fisher_test,
    homogeneity_test,
    score_test,
    significant_after_adjustment,
    suppress,
    suppressed_counts,
    trend_test,
    two_proportion_test,
    verdict_of,
)

# --- Who and when

me = Authority("Worcestershire County Council", AuthorityType.COUNTY_COUNCIL, code="E10000034")
assert_type(me.name, str)
assert_type(me.type, AuthorityType)
assert_type(me.code, str | None)
assert_type(me.type.label, str)
assert_type(me.type.is_comparison_group, bool)

year = ReportingYear(2020)
assert_type(ReportingYear.parse("2019-20"), ReportingYear)
assert_type(ReportingYear.containing(dt.date(2019, 4, 1)), ReportingYear)
assert_type(year.start, dt.date)
assert_type(year < ReportingYear(2021), bool)
assert_type(dt.date(2019, 4, 1) in year, bool)
assert_type(SERIES_BREAKS[0], SeriesBreak)

entry = RegisterEntry(me, group=AuthorityType.COUNTY_COUNCIL, spellings=("Worcs",), centre_km=(385, 255))
assert_type(entry.group, AuthorityType | None)
assert_type(entry.successors, tuple[Authority, ...])
assert_type(entry.spellings, tuple[str, ...])
assert_type(entry.exists_on(dt.date(2020, 3, 31)), bool)
# A list is taken too, whether written here or held, and frozen.
entries = [entry]
register = Register(tuple(entries))
assert_type(Register(tuple(entries)), Register)
assert_type(register.entries, tuple[RegisterEntry, ...])
assert_type(register.find("Worcestershire", on=year.end), Authority)
assert_type(register.entry(me), RegisterEntry)
assert_type(register.in_group(AuthorityType.COUNTY_COUNCIL, year.end), tuple[Authority, ...])
assert_type(iter(register), Iterator[Authority])
assert_type(len(register), int)

source = Source("Annual review letter 2020", url="https://www.lgo.org.uk/", published_on=dt.date(2020, 7, 22))
assert_type(source.basis, Basis)

# --- What was decided

decision = Decision(
    "19 003 456",
    me,
    outcome=Outcome.UPHELD,
    decided_on=dt.date(2019, 9, 30),
    service_area=ServiceArea.HOUSING,
    satisfactory_remedy=False,
    public_report=None,
)
assert_type(decision.outcome, Outcome | None)
assert_type(decision.satisfactory_remedy, bool | None)
assert_type(Outcome.UPHELD.label, str)
recommendation = Recommendation(RecommendationKind.PAYMENT, "Pay for lost education", payment=Decimal(4200))
assert_type(recommendation.payment, Decimal | None)
enquiry = Enquiry(dt.date(2019, 6, 1), dt.date(2019, 6, 29), answered_on=None)
investigation = Investigation(decision, recommendations=(recommendation,), enquiries=(enquiry,))
assert_type(investigation.recommendations, tuple[Recommendation, ...])
assert_type(investigation.enquiries, tuple[Enquiry, ...])
settled = ComplianceOutcome("19 003 456", me, status=ComplianceStatus.LATE, recorded_on=dt.date(2019, 12, 1))
assert_type(settled.status, ComplianceStatus)

# --- Counts

investigations = InvestigationTally(19, 3, satisfactory_remedies=3)
assert_type(investigations.upheld, int | None)
assert_type(investigations.total, int | None)
assert_type(investigations + investigations, InvestigationTally)
assert_type(InvestigationTally.zero(), InvestigationTally)
assert_type(InvestigationTally(19, None, total=22), InvestigationTally)
assert_type(sum_tallies([investigations, investigations]), InvestigationTally)
compliance = ComplianceTally(11, 1, late=3)
assert_type(compliance + ComplianceTally.zero(), ComplianceTally)
decided = DecisionTally(upheld=43, not_upheld=29, total=441)
assert_type(decided.overview, Overview)
assert_type(sum_tallies([decided]), DecisionTally)
received = ReceivedTally(housing=5)
assert_type(received.known(), dict[str, int])
assert_type(tally_investigations([decision, investigation]), InvestigationTally)
assert_type(tally_decisions(iter([decision])), DecisionTally)
assert_type(tally_compliance([settled]), ComplianceTally)

review = review_of(me, year, [investigation], [settled], source)
assert_type(review, AnnualReview)
assert_type(reviews_of([decision, investigation], [settled]), tuple[AnnualReview, ...])
assert_type(review.investigations, InvestigationTally | None)
assert_type(review.source, Source | None)
by_hand = AnnualReview(me, year, investigations=investigations, compliance=compliance, received=received)

# --- Rates

rate = uphold_rate(review)
assert_type(rate, Proportion | None)
assert_type(uphold_rate(investigations), Proportion | None)
assert_type(compliance_rate(compliance), Proportion | None)
assert_type(satisfactory_remedy_rate(investigations), Proportion | None)
assert_type(late_compliance_rate(review), Proportion | None)
assert_type(investigation_rate(decided.overview), Proportion | None)
uphold_rate(compliance)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # another tally is refused
investigation_rate(decided)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # six outcomes are no overview

proportion = Proportion(19, 22)
assert_type(proportion.value, Fraction | None)
assert_type(pooled([proportion]), Proportion)
assert_type(proportion.percent(1), Decimal | None)
interval = proportion.interval(0.998, method="wilson")
assert_type(interval, Interval | None)
if interval is not None:
    assert_type(interval.lower, float)
    assert_type(interval.percents(1), tuple[Decimal, Decimal])
    assert_type(interval.sides, Sides)
    assert_type(0.5 in interval, bool)
assert_type(proportion.lower_limit(0.975), Interval | None)
assert_type(proportion.upper_limit(method="mid-p"), Interval | None)
assert_type(proportion.intervals(0.95, 0.998), tuple[Interval, ...] | None)

for statistic_measure in KEY_STATISTICS:
    assert_type(statistic_measure(review), Proportion | None)
    assert_type(statistic_measure.title, str)
    assert_type(statistic_measure.describe(statistic_measure(review)), str)

population = Population(560_000, dt.date(2018, 6, 30), source=source)
assert_type(AuthorityPopulation(me, year, population=population).population, Population)
per_100k = per_population_measure({(me, year): population}, per=100_000)
per_resident = per_100k(review)
assert_type(per_resident, PopulationRate | None)
if per_resident is not None:
    assert_type(per_resident.value, Fraction | None)
    assert_type(per_resident.rounded(), Decimal | None)
    assert_type(per_resident.interval(method="exact"), Interval | None)
assert_type(per_100k.describe(per_resident), str)


@measure(
    title="Share not upheld",
    counted="decisions not upheld",
    over="investigations",
    nothing="nothing was investigated",
    source=source,
)
def share_not_upheld(tally: InvestigationTally) -> Proportion | None:
    """Return a rate, as a caller's own measure does."""
    if tally.not_upheld is None or tally.total is None:
        return None
    return Proportion(tally.not_upheld, tally.total)


own_measure: Measure[InvestigationTally, Proportion] = share_not_upheld
assert_type(own_measure(review), Proportion | None)

# --- What was printed

percent = PrintedPercent(Decimal("86.4"), places=1)
assert_type(percent.lower, Fraction)
assert_type(percent.numerators(22), range)
assert_type(percent.denominators(19), range)
assert_type(Fraction(19, 22) in percent, bool)
statistic = PrintedStatistic(percent=percent, count=19, base=22, average=Missing.NOT_APPLICABLE)
assert_type(statistic.percent, PrintedPercent | Missing | None)
assert_type(statistic.counts(22), tuple[int | None, int | None])
per_residents = PrintedPer100k(rate=Decimal("5.5"), average=Missing.NOT_APPLICABLE)
overview = PrintedTally(Overview(investigated=22), total=79)
assert_type(overview.adds_up, bool | None)
assert_type(overview.tally(), Overview)
printed = PrintedReview(
    "Worcestershire",
    year,
    upheld=statistic,
    per_100k=per_residents,
    overview=overview,
    decided=PrintedTally(decided),
    received=PrintedTally(received, total=5),
    source=source,
)
assert_type(printed.authority(register), Authority)
assert_type(printed.review(register), AnnualReview)
assert_type(printed.statistic(uphold_rate), PrintedStatistic | None)
printed_average = PrintedAverage(AuthorityType.COUNTY_COUNCIL, year, measure=uphold_rate, percent=PrintedPercent(66))
assert_type(PrintedPopulationAverage(AuthorityType.COUNTY_COUNCIL, year, per_100k=Decimal("4.5")).per_100k, Decimal)
assert_type(NationalFigures(year, compliance=">99").compliance, PrintedPercent | str | None)
assert_type(RegionalFigures("London", year, upheld=PrintedPercent(70)).upheld, PrintedPercent | None)
passage = Paragraph("In three separate cases ...", 30, topics=(ParagraphTopic.LATE_COMPLIANCE,))
letter = AnnualLetter(
    printed, addressed_to="Head of Paid Service", paragraphs=(passage,), not_found=("complaints received",)
)
assert_type(letter.paragraphs, tuple[Paragraph, ...])
assert_type(letter.not_found, tuple[str, ...])

# --- Comparison

similar = similar_authorities(review, [review, by_hand], register=register)
assert_type(similar, tuple[AnnualReview, ...])
average = average_of(similar, uphold_rate, method="median", register=register)
assert_type(average, Average)
assert_type(average.method, AverageMethod)
assert_type(average.group, GroupRates)
assert_type(group_rates(similar, uphold_rate, register=register), GroupRates)
assert_type(average.group.members, tuple[Member, ...])
assert_type(average.group.pooled, Proportion | PopulationRate)
assert_type(average.pooled, Proportion)
assert_type(average.value, Fraction | None)
assert_type(average.percent(), Decimal | None)
assert_type(average.group.coverage, Proportion | None)
assert_type(average.insufficient_data, str | None)
assert_type(average.without(review), Average)
assert_type(average.group.excluding, tuple[Authority, ...])

benchmarks: list[Benchmark] = [average, printed_average, PrintedPercent(66), Target(Fraction(2, 3)), None]
for beside in benchmarks:
    for each in KEY_STATISTICS:
        comparison = compare(review, beside, each, confidence=0.998, register=register)
        assert_type(comparison, Comparison)
        assert_type(comparison.rate, Proportion | None)
        assert_type(comparison.interval, Interval | None)
        assert_type(comparison.benchmark, Average | PrintedAverage | PrintedPercent | Target | None)
        assert_type(comparison.printed_average, PrintedAverage | None)
        assert_type(comparison.computed_average, Average | None)
        assert_type(comparison.benchmark_range, BenchmarkRange | None)
        assert_type(comparison.cautions, tuple[Caution, ...])
        assert_type([caution.kind for caution in comparison.cautions], list[CautionKind])
compare(review, 0.66, uphold_rate)
assert_type(printed.averages(register), tuple[PrintedAverage, ...])
average_of(similar, uphold_rate, method="mode")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
compare(review, 66j, uphold_rate)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # no share
compare(review, None, per_100k)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # no share of cases

# --- What becomes of cases

enquired = Enquiry(dt.date(2019, 6, 1), dt.date(2019, 6, 29), summons_threatened_on=dt.date(2019, 7, 1))
casework = tally_casework([decision, investigation], year.end, compliance=iter([settled]), enquiries=[enquired])
assert_type(casework, CaseworkTally)
assert_type(casework + CaseworkTally.zero(year.end), CaseworkTally)
assert_type(casework.on, dt.date)
assert_type(casework.cases, int)
assert_type(casework.recommendations, RecommendationTally)
assert_type(casework.recommendations + RecommendationTally(overdue=1), RecommendationTally)
assert_type(casework.recommendations.outstanding, int)
assert_type(casework.payments, PaymentTally)
assert_type(casework.payments.pounds + Decimal(1), Decimal)
assert_type(casework.by_kind, tuple[KindTally, ...])
assert_type(casework.by_area, tuple[AreaTally, ...])
assert_type(casework.by_area[0].service_area, ServiceArea | None)
assert_type(casework.compliance, ComplianceTally | None)
assert_type(tally_enquiries([enquired], year.end), EnquiryTally)
assert_type(tally_answers([decision], uphold_rate), AnswerTally)
assert_type(answered_cases([decision], uphold_rate), tuple[Decision | Investigation, ...])
assert_type(EnquiryTally.zero() + EnquiryTally.zero(), EnquiryTally)
times = WaitingTimes((10, 20), (30,))
assert_type(times + casework.completion, WaitingTimes)
assert_type(times.steps(0.9), tuple[TimeStep, ...])
assert_type(times.steps()[0].interval, Interval | None)
assert_type(times.median(), MedianTime)
assert_type(times.median().days, int | None)
learning = learning_log(iter([investigation]), year.end)
assert_type(learning, LearningLog)
assert_type(learning.entries, tuple[LearningEntry, ...])
assert_type(learning.entries[0].progress, Progress)
assert_type(learning.entries[0].progress.label, str)
assert_type(learning.overdue(), tuple[LearningEntry, ...])
assert_type(learning.recurring, tuple[Recurrence, ...])
tally_casework([enquired], year.end)  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]  # no case

# --- Contradictions in print

findings = audit([printed, letter])
assert_type(findings, tuple[Finding, ...])
assert_type(audit(letter)[0].kind, FindingKind)
assert_type(audit(printed)[0].certainty, Certainty)

# --- All that is known

data = published.dataset() + Dataset(register, printed=(printed,))
assert_type(data, Dataset)
assert_type(data.statistic("Kent", "2023-24", uphold_rate), Statistic)
assert_type(data.statistic("Kent", "2023-24", uphold_rate).rate, Proportion | None)
assert_type(data.review("Kent", year), AnnualReview)
assert_type(data.reviews(year="2023-24", group="county_council"), tuple[AnnualReview, ...])
assert_type(data.compare("Kent", year, uphold_rate, against="others"), Comparison)
assert_type(data.compare("Kent", year, uphold_rate, against=0.9), Comparison)
neighbours = ["Surrey", "Essex"]
assert_type(data.compare("Kent", year, uphold_rate, against=neighbours), Comparison)
assert_type(data.compare("Kent", year, uphold_rate, against=(register.find("Essex"), "Surrey")), Comparison)
assert_type(data.compare("Kent", year, uphold_rate, against="region").computed_average, lgsco.Average | None)
assert_type(data.reviews(year="2024-25", region="South East"), tuple[lgsco.AnnualReview, ...])
assert_type(data.per_population_measure(per=1_000)(lgsco.AnnualReview(me, year)), PopulationRate | None)
assert_type(data.funnel("county_council", year, uphold_rate), Funnel)
assert_type(data.findings(), tuple[Finding, ...])

# --- When it goes wrong

try:
    register.find("Worcester")
except UnknownAuthority as unknown:
    assert_type(unknown.nearest, tuple[str, ...])
except AmbiguousAuthority as ambiguous:
    assert_type(ambiguous.candidates, tuple[str, ...])
    assert_type(ambiguous.on, dt.date | None)
except AuthorityNotCurrent as gone:
    assert_type(gone.successors, tuple[str, ...])
except AuthorityLookupError as unfound:
    assert_type(str(unfound), str)
except UnknownWords as unexplained:
    assert_type(unexplained.skeleton, Mapping[str, Mapping[str, str]])
except MissingDates as undated:
    assert_type(undated.problems, tuple[Problem, ...])
except InvalidValue as refused:
    assert_type(refused.problems[0], Problem)
    assert_type(refused.problems[0].place, Place)
    assert_type(refused.problems[0].place.row, int | None)
    assert_type(refused.problems[0].reason, str)
    assert_type(refused.problems[0].value is NO_VALUE, bool)
except SeriesTooShort as short:
    assert_type(short.years, int)
except CrossesSeriesBreak as across:
    assert_type(across.breaks, tuple[str, ...])
except NotComparable as different:
    assert_type(different.what, str)
except UnreadableDocument as unreadable:
    assert_type(unreadable.problems, tuple[Problem, ...])
except (NoSubclassing, EmptyInput, LgscoError) as error:
    assert_type(str(error), str)

assert_type(lgsco.uphold_rate(lgsco.AnnualReview(me, year)), lgsco.Proportion | None)
assert_type(lgsco.__version__, str)
assert_type(evolve(me, code="E10000016"), Authority)
collector = ProblemCollector()
with collector.at(sheet="2024", row=7, column="Decided"):
    collector.add("decided_on", "x", "is not a date")
collector.raise_if_any("these cases cannot be read")
assert_type(by_kind(collector.problems), list[str])

loaded = load("downloads/", "letter.pdf", year="2019-20", progress=print)
assert_type(loaded, Loaded)
assert_type(loaded.dataset, Dataset)
assert_type(loaded.problems, tuple[Problem, ...])
assert_type(loaded.findings, tuple[Finding, ...])
assert_type(loaded.documents[0][0], str)

# --- Intervals, tests and differences

share = lgsco.Proportion(19, 22)
assert_type(share.lower_limit(0.95, "clopper-pearson"), lgsco.Interval | None)
assert_type(share.upper_limit(), lgsco.Interval | None)
assert_type(share.intervals(0.95, 0.998), tuple[lgsco.Interval, ...] | None)
limits = lgsco.Interval(0.1, 0.2, confidence=0.95, method="wilson")
assert_type(limits.sides, Sides)
tested: TestResult | None = score_test(share, Fraction(2, 3))
assert_type(binomial_test(share, Fraction(2, 3), method="doubled"), TestResult | None)
assert_type(two_proportion_test(share, share), TestResult | None)
assert_type(fisher_test(share, share, alternative="greater"), TestResult | None)
assert_type(Alternative.LESS.sides, str)
apart = difference(share, share, method="miettinen-nurminen")
assert_type(apart, Difference | None)

# --- Verdicts

sixty_six = BenchmarkRange(Fraction(655, 1000), Fraction(665, 1000))
assert_type(verdict_of(share, sixty_six), Verdict)
set_beside = lgsco.compare(lgsco.AnnualReview(me, year), Fraction(1, 2), lgsco.uphold_rate)
assert_type(set_beside.verdict, Verdict)
assert_type(set_beside.borderline_reasons, tuple[str, ...])
assert_type(set_beside.one_case_sensitivity, tuple[Sensitivity, ...])
assert_type(set_beside.tests, tuple[TestResult, ...])
assert_type(set_beside.position, Position | None)
assert_type(set_beside.consistent_counts, range | None)
assert_type(set_beside.sentence(polarity="higher is worse"), str)
assert_type(set_beside.paragraph(), str)
assert_type(set_beside.certainty(), tuple[str, ...])

# --- Funnels

councils = funnel([lgsco.AnnualReview(me, year)], lgsco.uphold_rate, overdispersion="additive")
assert_type(councils, Funnel)
assert_type(councils.limits, LimitMethod)
assert_type(Trimming("winsorise"), Trimming)
assert_type(councils.scale, FunnelScale)
assert_type(councils.adjustment, OverdispersionModel | None)
assert_type(councils.points, tuple[FunnelPoint, ...])
assert_type(councils.overdispersion, Overdispersion | None)
assert_type(councils.limits_at(22, 0.998), tuple[float, float] | None)
assert_type(funnels_by_group([lgsco.AnnualReview(me, year)], lgsco.uphold_rate), dict[lgsco.AuthorityType, Funnel])

# --- Many councils at once

together = [lgsco.AnnualReview(me, year)]
assert_type(homogeneity_test([share, share], target=Fraction(1, 2)), TestResult | None)
assert_type(adjust_p_values([0.01, 0.5], method="holm"), tuple[float, ...])
assert_type(suppressed_counts({"a": 1, "b": 1}, {"b": ["a"]}, policy="below-ten"), frozenset[str])
assert_type(convert.rows_of([review], suppression="below-five"), list[dict[str, Any]])
assert_type(suppress([[2, 30, 32]], policy="below-five"), tuple[tuple[int | None, ...], ...])
assert_type(SuppressionPolicy("below-ten").least_shown, int)
strata = [PopulationRate(31, Population(560_000, dt.date(2021, 6, 30)))]
assert_type(directly_standardised_rate(strata, [5000]), Fraction)
assert_type(dobson_interval(strata, [5000], method="exact"), Interval | None)
assert_type(significant_after_adjustment([0.01, 0.5], level=0.1), tuple[bool, ...])
assert_type(MultipleTestingMethod("holm"), MultipleTestingMethod)
moved = shrink(together, lgsco.uphold_rate, method="marshall")
assert_type(moved, Shrinkage)
assert_type(moved.method, ShrinkageMethod)
assert_type(moved.points, tuple[ShrunkRate, ...])
by_area = tally_by_area([])
assert_type(by_area, dict[ServiceArea | None, InvestigationTally])
mixed = standardise(by_area, by_area)
assert_type(mixed, StandardisedRatio)
assert_type(mixed.areas, tuple[AreaRates, ...])
assert_type(mixed.ratio, Fraction | None)
assert_type(mixed.interval(0.95, "exact"), Interval | None)

# --- Years

history = history_of(me, together, register=register)
assert_type(history, History)
assert_type(history.segments(), tuple[History, ...])
assert_type(history.rates(uphold_rate), tuple[YearRate, ...])
assert_type(histories_of(together), tuple[History, ...])
assert_type(histories_by_area([]), dict[ServiceArea, History])
moved_on = change(history, uphold_rate, year, year, across_breaks=True)
assert_type(moved_on, Change)
assert_type(moved_on.difference, Difference | None)
assert_type(moved_on.verdict, Verdict)
over_years = trend(history, uphold_rate)
assert_type(over_years, Trend)
assert_type(over_years.per_year, Fraction)
assert_type(trend_test([share, share, share], [2020, 2021, 2025]), TestResult | None)
chart = p_chart(history, uphold_rate)
assert_type(chart, ControlChart)
assert_type(chart.kind, ControlChartType | None)
assert_type(chart.points, tuple[ChartPoint, ...])
assert_type(chart.signals, tuple[RuleResult, ...])
assert_type([result.rule for result in chart.results], list[RunRule])
assert_type([result.status for result in chart.results], list[RuleStatus])
assert_type(xmr_chart(history, complaints_received, title="Complaints received"), ControlChart)
assert_type(xmr_chart(history, received_in(ServiceArea.HOUSING), title="Housing"), ControlChart)
assert_type(complaints_decided(review), int | None)
assert_type(upheld_decisions(review), int | None)
assert_type(early_warnings(histories_by_area([]), uphold_rate), tuple[EarlyWarning, ...])
trend(history, per_100k)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # no share of cases

# --- The edges

assert_type(convert.to_json(share), str)
assert_type(convert.to_dict([], type=lgsco.Proportion), dict[str, Any])
assert_type(convert.dataset_from_tables(convert.tables_of(published.dataset())), lgsco.Dataset)
assert_type(convert.from_dict({}, lgsco.Proportion), lgsco.Proportion)
assert_type(convert.from_dict({}, list[lgsco.Proportion]), list[lgsco.Proportion])
assert_type(convert.from_json("", lgsco.Proportion), lgsco.Proportion)
assert_type(convert.rows_of([share]), list[dict[str, Any]])
assert_type(convert.rows_of(lgsco.funnel([review], lgsco.uphold_rate).points), list[dict[str, Any]])
assert_type(convert.from_rows([{}], lgsco.Proportion), list[lgsco.Proportion])
assert_type(convert.json_schema(lgsco.Proportion), dict[str, Any])
assert_type(published.register(), lgsco.Register)
assert_type(published.printed(year), tuple[lgsco.PrintedReview, ...])
assert_type(published.reviews(group=lgsco.AuthorityType.COUNTY_COUNCIL), tuple[lgsco.AnnualReview, ...])
assert_type(published.average(lgsco.AnnualReview(me, year), lgsco.uphold_rate), lgsco.PrintedAverage | None)
assert_type(published.averages(), tuple[lgsco.PrintedAverage, ...])
assert_type(published.population_averages(), tuple[lgsco.documents.PrintedPopulationAverage, ...])
assert_type(published.national(), tuple[lgsco.documents.NationalFigures, ...])
assert_type(published.regional(), tuple[lgsco.documents.RegionalFigures, ...])
assert_type(readers.read_letter("" or b"", bounds=readers.Bounds(pdf_pages=9)), lgsco.AnnualLetter)
page = readers.read_page("" or b"", url="https://example.org")
assert_type(page, lgsco.PerformancePage)
assert_type(page[0], lgsco.PrintedReview)
assert_type(page.improvements, tuple[ServiceImprovement, ...])
assert_type(readers.Bounds(isolate=True, worker_bytes=10**9, worker_seconds=60).file_bytes, int)
assert_type(next(iter(page)), lgsco.PrintedReview)
assert_type(lgsco.audit(page), tuple[lgsco.Finding, ...])
listing = readers.read_decisions("" or b"", url=None)
assert_type(listing, lgsco.DecisionListing)
assert_type(listing + listing, lgsco.DecisionListing)
assert_type(listing.entries, tuple[lgsco.documents.PublishedDecision, ...])
assert_type(listing.duplicates, tuple[lgsco.documents.PublishedDecision, ...])
assert_type(listing.clashes, tuple[lgsco.documents.ConflictingDecision, ...])
assert_type(listing.problems, tuple[Problem, ...])
matched = listing.decisions(published.register())
assert_type(matched, lgsco.documents.Matched[lgsco.Decision])
assert_type(next(iter(matched)), lgsco.Decision)
assert_type(matched.unmatched, tuple[Problem, ...])
assert_type(listing.reviews(published.register()), tuple[lgsco.AnnualReview, ...])
category: DecisionCategory = DECISION_CATEGORIES[0]
clash: ConflictingDecision = listing.clashes[0]
problem: Problem = listing.problems[0]
cases: Matched[Decision] = DecisionListing(()).decisions(published.register())
listed: PublishedDecision = listing.entries[0]
left: Problem = cases.unmatched[0]
shown: PerformancePage = page
refusals: tuple[type[LgscoError], ...] = (UnreadableDocument, UnreadableDocument, UnreadableDocument, MissingExtra)
own_cases = readers.read_cases(
    [{"Ref": "19 003 456"}], {"reference": "Ref"}, authority=me, words={"outcome": {"x": None}}
)
assert_type(own_cases, CaseList)
assert_type(own_cases.is_over(year), bool | None)
proposal = readers.read_cases("Ref,Result\n", authority=me, sheet="1")
assert_type(proposal, readers.ColumnProposal)
assert_type(proposal.columns, tuple[readers.ProposedColumn, ...])
assert_type(proposal.unplaced, tuple[readers.UnplacedHeading, ...])
assert_type(proposal.unknown_words, tuple[readers.UnknownWord, ...])
assert_type(readers.CASE_WORDS[0], readers.CaseWord)
accepted = readers.read_cases(b"Ref,Result\n", authority=me, accept=True, duplicates="drop-identical", as_of=year.end)
assert_type(accepted, CaseList)
assert_type(own_cases.decisions, tuple[Decision, ...] | None)
table = readers.read_table(
    [["Council", "Upheld"]], sheet=None, columns={"Body": "name", "A": TableField.UPHELD}, year=year
)
assert_type(table, PublishedTable)
assert_type(readers.read_tables(b"", url="https://example.org"), tuple[PublishedTable, ...])
assert_type(table.rows, tuple[TableRow, ...])
assert_type(table.rows[0].covers, TotalKind | None)
assert_type(readers.read_table("", council="Kent"), PublishedTable)
assert_type(next(iter(table)).count(TableField.UPHELD), int | None)
assert_type(table.rows[0].figure(TableField.UPHELD), int | Decimal | lgsco.PrintedPercent | Missing | None)
assert_type(table.columns, tuple[TableColumn, ...])
assert_type(table.kinds, tuple[TableKind, ...])
assert_type(table.missing_columns, tuple[TableField, ...])
assert_type(table.unknown_columns, tuple[TableNote, ...])
assert_type(table.problems, tuple[Problem, ...])
assert_type(table.wrong_totals, tuple[WrongTotal, ...])
assert_type(table.printed(), tuple[lgsco.PrintedReview, ...])
assert_type(table.reviews(published.register()), Matched[lgsco.AnnualReview])
assert_type(table.reviews(published.register()).unmatched, tuple[Problem, ...])
no_table: type[LgscoError] = UnreadableDocument
assert_type(DECISION_CATEGORIES[0].service_area, lgsco.ServiceArea | None)
assert_type(strategies.proportions(defined=True), SearchStrategy[lgsco.Proportion])
assert_type(strategies.reports(charts=False), SearchStrategy[Report])

# --- Reports

told_row = Row("Uphold rate", (share, Absent(Missing.NOT_AVAILABLE, "not held")), marks=("a",))
told = Table(
    "Statistics",
    "Statistic",
    columns=(Column("This council", ColumnKind.RATE), Column("Average", ColumnKind.PERCENT)),
    rows=(told_row,),
)
assert_type(told_row.cells, tuple[Cell, ...])
assert_type(Amount(Decimal("4.8")).number, Decimal)
assert_type(Day(dt.date(2024, 3, 5)).date, dt.date)
point = Point("Uphold rate", share, interval=share.interval(), at="2019-20")
picture = Chart(
    ChartKind.YEARS,
    "Years",
    words="Uphold rate",
    across="Year",
    points=(point,),
    lines=(Line("BenchmarkRange", ((1.0, 0.5),), kind=LineKind.AVERAGE),),
    ticks=("2019-20",),
    breaks=(Break("2019-20", "key told_rows begin"),),
)
written = Report(
    "Kent",
    scope="2023-24",
    units="Complaints",
    made_by="By lgsco",
    sections=(
        Section(
            "Statistics",
            figures=(reports.Figure("Uphold rate", "81%", counts="76 of 94", needs_attention=False),),
            links=(reports.Link("Decisions", "https://www.lgo.org.uk/decisions"),),
            tables=(told,),
            charts=(picture,),
        ),
    ),
    heading="Kent, 2023-24",
    as_at=dt.date(2024, 7, 24),
    notes=(Note("a", "In words."),),
)
assert_type(written.tables, tuple[Table, ...])
assert_type(written.citation, str)
assert_type(published.dataset().years_of("Kent"), tuple[lgsco.ReportingYear, ...])
assert_type(published.dataset().printed_of("Kent", year), tuple[lgsco.PrintedReview, ...])
assert_type(reports.council_report(published.dataset(), "Kent", year), Report)
assert_type(reports.review_report(published.dataset(), "Kent", "2023-24"), Report)
assert_type(reports.comparison_report(published.dataset(), "Kent", "2023-24", detail=True), Report)
assert_type(reports.history_report(published.dataset(), "Kent", across_breaks=True), Report)
assert_type(reports.funnel_report(published.dataset(), "county_council", year, lgsco.uphold_rate), Report)
assert_type(reports.group_report(published.dataset(), "county_council", year, order="size"), Report)
assert_type(reports.letter_report(published.dataset(), "Kent", year), Report)
assert_type(reports.PartialRate("69% (counts not held)", percent=lgsco.PrintedPercent(69)), reports.PartialRate)
assert_type(render.to_text(written, width=60), str)
assert_type(render.to_html(written, fragment=True, level=2), str)
assert_type(render.to_markdown(written), str)
assert_type(render.to_workbook(written), bytes)
assert_type(render.to_csv(written, told), str)
assert_type(render.csv_metadata(written, told, url="a.csv"), dict[str, Any])
assert_type(render.to_vega_lite(picture), dict[str, Any])
assert_type(render.to_svg(picture, narrow=True, whole_scale=True), str)
assert_type(render.page_svg(picture), str)
assert_type(render.chart_style(), str)
assert_type(render.to_png(picture), bytes)
assert_type(reports.funnel_chart(councils, me), Chart | None)
assert_type(reports.years_chart(published.reviews(), [lgsco.uphold_rate]), Chart)
assert_type(reports.dot_chart(published.reviews(), lgsco.uphold_rate, order="name"), Chart)
assert_type(reports.area_chart(()), Chart)
assert_type(reports.control_chart(chart), Chart)
assert_type(render.table_of([written]), reports.Table)
site_files = site.site_pages(published.dataset(), charts=False)
assert_type(reports.dot_chart(published.reviews(), uphold_rate, order=reports.DotOrder.SIZE), reports.Chart)
assert_type(site_files, tuple[site.SitePage, ...])
assert_type(site_files[0].path, str)
assert_type(site_files[0].key, str)
assert_type(site_files[0].content(), bytes)
assert_type(share.as_table()[0], str)
missing: type[LgscoError] = MissingExtra
store.save(published.dataset(), "figures.sqlite")
assert_type(store.load("sqlite:///figures.sqlite", schema=None), lgsco.Dataset)

# --- Frames


def over_frames(cases: pa.Table, outcomes: pa.Table, lazily: pl.LazyFrame, relation: duckdb.DuckDBPyRelation) -> None:
    """Give each kind of frame as it was taken."""
    counts = frames.join_tallies(frames.tally(cases), frames.tally_compliance(outcomes))
    assert_type(frames.tally(lazily, by=["authority", "service_area"]), pl.LazyFrame)
    assert_type(frames.compare(lazily, confidence=0.9, against="group", layout="dfe", columns={}), pl.LazyFrame)
    assert_type(frames.add_rates(relation, measures=[lgsco.uphold_rate]), duckdb.DuckDBPyRelation)
    assert_type(frames.add_population_rate(lazily, per=1_000, columns={"population": "residents"}), pl.LazyFrame)
    assert_type(frames.add_intervals(relation, "upheld", "investigations", 0.9), duckdb.DuckDBPyRelation)
    assert_type(frames.add_average(lazily, within=["authority_type"], method="mean"), pl.LazyFrame)
    assert_type(frames.add_funnel_position(lazily), pl.LazyFrame)
    assert_type(frames.unknown_outcomes(lazily), pl.LazyFrame)
    assert_type(frames.inconsistent_counts(lazily), pl.LazyFrame)
    assert_type(frames.reviews_from(counts), tuple[AnnualReview, ...])
    assert_type(frames.frame_from([lgsco.AnnualReview(me, year)], backend="polars"), Any)
    assert_type(frames.dataset_from(frames.frames_of(published.dataset(), "pandas")), lgsco.Dataset)
    assert_type(frames.Layout("dfe"), frames.Layout)
    assert_type(frames.Against("others"), frames.Against)


# --- Strategies

days = hypothesis_strategies.dates()
assert_type(strategies.absents(), SearchStrategy[lgsco.reports.Absent])
assert_type(strategies.amounts(), SearchStrategy[lgsco.reports.Amount])
assert_type(strategies.annual_letters(), SearchStrategy[lgsco.AnnualLetter])
assert_type(strategies.annual_reviews(min_count=1), SearchStrategy[lgsco.AnnualReview])
assert_type(strategies.area_rates(), SearchStrategy[lgsco.comparison.AreaRates])
assert_type(strategies.area_tallies(), SearchStrategy[lgsco.casework.AreaTally])
assert_type(strategies.authorities(), SearchStrategy[lgsco.Authority])
assert_type(strategies.authority_types(comparison_groups=True), SearchStrategy[lgsco.AuthorityType])
assert_type(strategies.averages(), SearchStrategy[lgsco.Average])
assert_type(strategies.benchmark_ranges(), SearchStrategy[lgsco.stats.BenchmarkRange])
assert_type(strategies.benchmarks(known=True), SearchStrategy[lgsco.comparison.Benchmark])
assert_type(strategies.case_lists(), SearchStrategy[lgsco.model.CaseList])
assert_type(strategies.casework_tallies(), SearchStrategy[lgsco.casework.CaseworkTally])
assert_type(strategies.cautions(known=True), SearchStrategy[lgsco.Caution])
assert_type(strategies.changes(), SearchStrategy[lgsco.series.Change])
assert_type(strategies.chart_points(), SearchStrategy[lgsco.series.ChartPoint])
assert_type(strategies.charts(), SearchStrategy[lgsco.series.ControlChart])
assert_type(strategies.comparisons(), SearchStrategy[lgsco.Comparison])
assert_type(strategies.compliance_outcome_lists(min_size=1), SearchStrategy[list[lgsco.ComplianceOutcome]])
assert_type(strategies.compliance_outcomes(days=days), SearchStrategy[lgsco.ComplianceOutcome])
assert_type(strategies.compliance_tallies(min_count=1), SearchStrategy[lgsco.ComplianceTally])
assert_type(strategies.conflicting_decisions(), SearchStrategy[lgsco.documents.ConflictingDecision])
assert_type(
    strategies.consistent_printed_reviews(known=True),
    SearchStrategy[tuple[lgsco.PrintedReview, lgsco.InvestigationTally, lgsco.ComplianceTally]],
)
assert_type(
    strategies.datasets(councils=strategies.real_councils(), known=True, max_size=1), SearchStrategy[lgsco.Dataset]
)
assert_type(strategies.decision_categories(), SearchStrategy[lgsco.documents.DecisionCategory])
assert_type(strategies.decision_listings(), SearchStrategy[lgsco.DecisionListing])
assert_type(strategies.decision_lists(max_size=3), SearchStrategy[list[lgsco.Decision]])
assert_type(strategies.decision_tallies(min_count=1), SearchStrategy[lgsco.DecisionTally])
assert_type(strategies.decisions(days=days, known=True), SearchStrategy[lgsco.Decision])
assert_type(strategies.differences(), SearchStrategy[lgsco.stats.Difference])
assert_type(strategies.early_warnings(), SearchStrategy[lgsco.series.EarlyWarning])
assert_type(strategies.enquiries(), SearchStrategy[lgsco.Enquiry])
assert_type(strategies.enquiry_tallies(), SearchStrategy[lgsco.casework.EnquiryTally])
assert_type(strategies.findings(), SearchStrategy[lgsco.Finding])
assert_type(strategies.funnel_points(), SearchStrategy[lgsco.comparison.FunnelPoint])
assert_type(strategies.funnels(), SearchStrategy[lgsco.Funnel])
assert_type(strategies.group_rates(), SearchStrategy[lgsco.comparison.GroupRates])
assert_type(strategies.histories(), SearchStrategy[lgsco.series.History])
assert_type(strategies.intervals(), SearchStrategy[lgsco.Interval])
assert_type(
    strategies.investigation_lists(strategies.investigations(in_order=True)),
    SearchStrategy[list[lgsco.Investigation]],
)
assert_type(strategies.investigation_tallies(known=True, min_count=1), SearchStrategy[lgsco.InvestigationTally])
assert_type(strategies.investigations(), SearchStrategy[lgsco.Investigation])
assert_type(strategies.kind_tallies(), SearchStrategy[lgsco.casework.KindTally])
assert_type(strategies.learning_entries(), SearchStrategy[lgsco.casework.LearningEntry])
assert_type(strategies.learning_logs(), SearchStrategy[lgsco.casework.LearningLog])
assert_type(strategies.matches(), SearchStrategy[lgsco.documents.Matched[Any]])
assert_type(strategies.measures(key=True), SearchStrategy[lgsco.model.Measure[Any, lgsco.Proportion]])
assert_type(strategies.median_times(), SearchStrategy[lgsco.stats.MedianTime])
assert_type(strategies.members(), SearchStrategy[lgsco.comparison.Member])
assert_type(strategies.names(), SearchStrategy[str])
assert_type(strategies.national_figures(), SearchStrategy[lgsco.documents.NationalFigures])
assert_type(strategies.overdispersions(), SearchStrategy[lgsco.stats.Overdispersion])
assert_type(strategies.overviews(min_count=1, max_count=9), SearchStrategy[lgsco.Overview])
assert_type(strategies.paragraphs(), SearchStrategy[lgsco.documents.Paragraph])
assert_type(strategies.partial_rates(), SearchStrategy[lgsco.reports.PartialRate])
assert_type(strategies.payment_tallies(), SearchStrategy[lgsco.casework.PaymentTally])
assert_type(strategies.performance_pages(), SearchStrategy[lgsco.PerformancePage])
assert_type(strategies.population_rates(), SearchStrategy[lgsco.PopulationRate])
assert_type(strategies.populations(min_people=1), SearchStrategy[lgsco.Population])
assert_type(strategies.printed_averages(), SearchStrategy[lgsco.PrintedAverage])
assert_type(strategies.printed_per_100ks(), SearchStrategy[lgsco.documents.PrintedPer100k])
assert_type(strategies.printed_percents(), SearchStrategy[lgsco.PrintedPercent])
assert_type(strategies.printed_population_averages(), SearchStrategy[lgsco.documents.PrintedPopulationAverage])
assert_type(strategies.printed_reviews(), SearchStrategy[lgsco.PrintedReview])
assert_type(strategies.printed_statistics(), SearchStrategy[lgsco.documents.PrintedStatistic])
assert_type(strategies.printed_tallies(strategies.overviews()), SearchStrategy[lgsco.documents.PrintedTally[Overview]])
assert_type(strategies.published_decisions(), SearchStrategy[lgsco.documents.PublishedDecision])
assert_type(strategies.published_tables(), SearchStrategy[lgsco.PublishedTable])
assert_type(strategies.real_councils(), SearchStrategy[lgsco.Authority])
assert_type(strategies.received_tallies(min_count=1), SearchStrategy[lgsco.ReceivedTally])
assert_type(strategies.recommendation_tallies(), SearchStrategy[lgsco.casework.RecommendationTally])
assert_type(strategies.recommendations(), SearchStrategy[lgsco.Recommendation])
assert_type(strategies.recurrences(), SearchStrategy[lgsco.casework.Recurrence])
assert_type(strategies.references(), SearchStrategy[str])
assert_type(strategies.regional_figures(), SearchStrategy[lgsco.documents.RegionalFigures])
assert_type(strategies.register_entries(), SearchStrategy[lgsco.model.RegisterEntry])
assert_type(strategies.registers(min_size=1), SearchStrategy[lgsco.Register])
assert_type(strategies.report_breaks(), SearchStrategy[lgsco.reports.Break])
assert_type(strategies.report_charts(), SearchStrategy[lgsco.reports.Chart])
assert_type(strategies.report_columns(), SearchStrategy[lgsco.reports.Column])
assert_type(strategies.report_lines(), SearchStrategy[lgsco.reports.Line])
assert_type(strategies.report_notes(), SearchStrategy[lgsco.reports.Note])
assert_type(strategies.report_points(), SearchStrategy[lgsco.reports.Point])
assert_type(strategies.report_rows(), SearchStrategy[lgsco.reports.Row])
assert_type(strategies.report_sections(), SearchStrategy[lgsco.reports.Section])
assert_type(strategies.report_tables(), SearchStrategy[lgsco.reports.Table])
assert_type(strategies.reporting_years(min_ending=2014, max_ending=2025), SearchStrategy[lgsco.ReportingYear])
assert_type(strategies.results_of_tests(), SearchStrategy[lgsco.stats.TestResult])
assert_type(
    strategies.review_groups(min_size=5, known=True, min_count=1), SearchStrategy[tuple[lgsco.AnnualReview, ...]]
)
assert_type(strategies.rule_results(), SearchStrategy[lgsco.series.RuleResult])
assert_type(strategies.sensitivities(), SearchStrategy[lgsco.comparison.Sensitivity])
assert_type(strategies.series_breaks(), SearchStrategy[lgsco.model.SeriesBreak])
assert_type(strategies.shrinkages(), SearchStrategy[lgsco.comparison.Shrinkage])
assert_type(strategies.shrunk_rates(), SearchStrategy[lgsco.comparison.ShrunkRate])
assert_type(strategies.sources(), SearchStrategy[lgsco.Source])
assert_type(strategies.standardised_ratios(), SearchStrategy[lgsco.comparison.StandardisedRatio])
assert_type(strategies.statistics(), SearchStrategy[lgsco.Statistic])
assert_type(strategies.table_columns(), SearchStrategy[lgsco.documents.TableColumn])
assert_type(strategies.table_notes(), SearchStrategy[lgsco.documents.TableNote])
assert_type(strategies.table_rows(), SearchStrategy[lgsco.documents.TableRow])
assert_type(strategies.targets(), SearchStrategy[lgsco.comparison.Target])
assert_type(strategies.time_steps(), SearchStrategy[lgsco.stats.TimeStep])
assert_type(strategies.trends(), SearchStrategy[lgsco.series.Trend])
assert_type(strategies.waiting_times(), SearchStrategy[lgsco.stats.WaitingTimes])
assert_type(strategies.wrong_totals(), SearchStrategy[lgsco.documents.WrongTotal])
assert_type(strategies.year_rates(), SearchStrategy[lgsco.series.YearRate])

# --- The rest


def files_and_rows(file: lgsco.loading.LoadedFile, text: str) -> None:
    """Take what the names of packages hold that nothing above takes."""
    paths: list[lgsco.loading.Loadable] = ["downloads/", pathlib.Path("letter.pdf")]
    assert_type(load(*paths, exclude=["old/"]), Loaded)
    assert_type(file.documents, tuple[lgsco.loading.LoadedDocument, ...])
    assert_type([*readers.CASE_FIELDS], list[str])
    form: int = convert.FORMAT
    assert_type(convert.from_csv(text, Proportion), list[Proportion])
    assert_type(str(form), str)
    assert_type(readers.read_any(text), tuple[readers.ReadDocument, ...])
    council: lgsco.dataset.CouncilLike = "Kent"
    spring: lgsco.dataset.YearLike = "2023-24"
    assert_type(published.dataset().statistic(council, spring, uphold_rate).state, lgsco.dataset.FigureState)
    assert_type(published.dataset().coverages(), tuple[lgsco.dataset.Coverage, ...])
    assert_type(published.dataset().history("Kent").segments("uphold_rate"), tuple[History, ...])
    published.dataset().review("Kent", "2023-24", basis="own_cases")
    published.dataset().funnel("county", "2023-24", uphold_rate)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    published.dataset().review("Kent", "2023-24", basis="own")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    published.dataset().history("Kent").breaks_of("upheld")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
