"""The public strategies: every type has one, all that they draw is valid, and the knobs do what they say."""

import ast
import datetime as dt
import inspect
import os
import pathlib
import subprocess
import sys
from fractions import Fraction

import attrs
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from tests.support.public import CLASSES, of_every
from tests.support.tables import each_of
from tests.support.values import KENT, YEAR

import lgsco
from lgsco import (
    Average,
    ComplianceStatus,
    Outcome,
    PrintedAverage,
    PrintedPercent,
    Proportion,
    ReportingYear,
    audit,
    strategies,
)
from lgsco.comparison import Benchmark, Target
from lgsco.documents import Missing
from lgsco.strategies._derived import OF_TYPE, strategy_for
from lgsco.strategies._registration import register

register()

FEW = settings(max_examples=max(settings().max_examples // 5, 10))
SOUGHT = settings(max_examples=5_000, derandomize=True, database=None, phases=[Phase.generate])
# What known=True still leaves out: what cannot be known, or need not be for the value to be told in full.
UNKNOWN_AT_MOST = {
    lgsco.AnnualLetter: set(),
    lgsco.AnnualReview: set(),
    lgsco.casework.AreaTally: set(),
    lgsco.Authority: set(),
    lgsco.ComplianceOutcome: {"completed_on"},
    lgsco.ComplianceTally: {"_total"},
    lgsco.Decision: set(),
    lgsco.DecisionTally: {"_total"},
    lgsco.Enquiry: set(),
    lgsco.series.History: set(),
    lgsco.Enquiry: {"summons_threatened_on"},
    lgsco.Investigation: set(),
    lgsco.InvestigationTally: {"_total"},
    lgsco.Overview: {"_total"},
    lgsco.documents.NationalFigures: set(),
    lgsco.documents.PrintedPer100k: set(),
    lgsco.PrintedReview: set(),
    lgsco.documents.PrintedStatistic: set(),
    lgsco.documents.PrintedTally: set(),
    lgsco.ReceivedTally: {"_total"},
    lgsco.documents.RegionalFigures: set(),
    lgsco.Recommendation: set(),
    lgsco.series.YearRate: set(),
}
TALLIES = [
    lgsco.ComplianceTally,
    lgsco.DecisionTally,
    lgsco.InvestigationTally,
    lgsco.Overview,
    lgsco.ReceivedTally,
]


def fields_of(value):
    return {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}


def test_every_strategy_is_listed():
    """All that is public is in ``dir``, in order, and each function is under its name."""
    assert sorted(strategies.__all__) == dir(strategies) == strategies.__all__
    assert set(OF_TYPE.values()) <= {getattr(strategies, name) for name in strategies.__all__}
    stub = ast.parse(pathlib.Path(strategies.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    assert strategies.__all__ == sorted(alias.name for node in stub.body[1:] for alias in node.names)


def test_every_strategy_has_a_signature():
    """All that it takes is known, by keyword but for what it draws from."""
    for name in strategies.__all__:
        signature = inspect.signature(getattr(strategies, name))

        assert name == getattr(strategies, name).__name__
        assert "SearchStrategy" in str(signature.return_annotation), name
        assert not [given for given in signature.parameters.values() if given.kind is given.VAR_KEYWORD], name


def test_a_strategy_is_narrowed_by_its_fields_only():
    """A keyword that is no field is refused, as by any function."""
    assert {YEAR} == {find(strategies.findings(years=st.just(YEAR)), lambda _: True).year}
    with pytest.raises(TypeError):
        strategies.findings(seasons=st.just(YEAR))


def test_every_strategy_says_what_it_draws():
    """No strategy is without a docstring."""
    assert all(getattr(strategies, name).__doc__.strip() for name in strategies.__all__)


@of_every(OF_TYPE)
def test_a_strategy_draws_its_type(kind, data):
    """What is drawn is of the type, and valid: values that are not cannot be made."""
    assert type(data.draw(OF_TYPE[kind]())) is kind


@of_every(CLASSES)
def test_hypothesis_knows_every_public_class(kind, data):
    """``st.from_type`` draws the type."""
    assert type(data.draw(st.from_type(kind))) is kind


@of_every([lgsco.Overview, lgsco.DecisionTally, lgsco.ReceivedTally], examples=20)
def test_hypothesis_knows_which_table_is_meant(kind, data):
    """A printed table of one kind of counts is drawn with that kind."""
    assert type(data.draw(st.from_type(lgsco.documents.PrintedTally[kind])).counts) is kind


@given(st.from_type(lgsco.Measure[lgsco.InvestigationTally, Proportion]))
def test_hypothesis_knows_a_measure_by_its_parameters(measure):
    """A measure of some tally is a measure; which tallies it takes is not looked at."""
    assert type(measure) is lgsco.Measure


@of_every(UNKNOWN_AT_MOST, examples=20)
def test_known_leaves_no_field_out(kind, data):
    """With known=True no field is None, nor "n/a"."""
    missing = {
        name
        for name, held in fields_of(data.draw(strategy_for(kind, known=True))).items()
        if held is None or held is Missing.NOT_APPLICABLE
    }

    assert missing <= UNKNOWN_AT_MOST[kind]


@each_of("kind", UNKNOWN_AT_MOST)
def test_without_it_fields_are_left_out(kind):
    """By default there are values of which something is not known."""
    value = find(strategy_for(kind), lambda value: None in set(fields_of(value).values()) - {"_total"}, settings=SOUGHT)

    assert None in fields_of(value).values()


@of_every(TALLIES, examples=20)
def test_no_part_exceeds_the_greatest_asked_for(kind, data):
    """Between min_count=3 and max_count=7 lies every part of a tally; a total may exceed it."""
    assert set(data.draw(OF_TYPE[kind](min_count=3, max_count=7, known=True)).known().values()) <= {3, 4, 5, 6, 7}


@given(
    strategies.proportions(max_count=7),
    strategies.population_rates(max_count=7),
    strategies.printed_statistics(max_count=7, known=True),
)
def test_no_count_exceeds_the_greatest_asked_for(rate, per_people, statistic):
    """With max_count=7 no numerator, denominator, number of events or stated count exceeds it."""
    assert max(rate.denominator, per_people.events, statistic.count, statistic.base) <= 7


@FEW
@given(
    strategies.annual_reviews(min_count=1, max_count=7, known=True),
    strategies.consistent_printed_reviews(max_count=7, known=True),
)
def test_no_outcome_exceeds_the_greatest_asked_for(review, drawn):
    """With max_count=7 no outcome and no service area of a review has more cases, nor what is printed of one."""
    printed, investigations, compliance = drawn
    tallies = [review.decided, review.received, printed.decided.counts, investigations, compliance]

    assert max(count for tally in tallies for count in tally.known().values()) <= 7
    assert min(count for tally in (review.decided, review.received) for count in tally.known().values()) >= 1


@given(strategies.proportions(defined=True), strategies.population_rates(defined=True))
def test_defined_rates_have_a_value(rate, per_people):
    """With defined=True there is always something to share."""
    assert rate.value is not None
    assert per_people.value is not None


@given(strategies.authority_types(comparison_groups=True))
def test_comparison_groups_are_the_five(kind):
    """The types can be narrowed to those that are averaged."""
    assert kind.is_comparison_group


@given(strategies.reporting_years(min_ending=2019, max_ending=2021))
def test_years_can_be_narrowed(year):
    """Years stay between those asked for."""
    assert year in {ReportingYear(2019), ReportingYear(2020), ReportingYear(2021)}


@given(
    strategies.decisions(
        authorities=st.just(KENT), years=st.just(YEAR), outcomes=st.sampled_from([Outcome.UPHELD, None])
    )
)
def test_decisions_can_be_narrowed(decision):
    """Body, year and outcome are those asked for."""
    assert decision.authority == KENT
    assert decision.decided_on in YEAR
    assert decision.outcome in {Outcome.UPHELD, None}


MAY = st.dates(YEAR.start + dt.timedelta(30), YEAR.start + dt.timedelta(60))


@given(strategies.decisions(days=MAY), strategies.compliance_outcomes(days=MAY))
def test_days_can_be_narrowed(decision, outcome):
    """Cases are of the days asked for."""
    assert {decision.decided_on.month, outcome.recorded_on.month} == {5}


@given(strategies.compliance_outcomes(authorities=st.just(KENT), years=st.just(YEAR)))
def test_compliance_outcomes_can_be_narrowed(outcome):
    """Body and year are those asked for."""
    assert outcome.authority == KENT
    assert outcome.recorded_on in YEAR


@given(
    strategies.investigations(
        decisions=strategies.decisions(authorities=st.just(KENT), outcomes=st.just(Outcome.UPHELD))
    )
)
def test_investigations_can_be_narrowed_by_their_decisions(investigation):
    """An investigation is of the decision asked for."""
    assert (KENT, Outcome.UPHELD) == (investigation.decision.authority, investigation.decision.outcome)


@FEW
@given(
    strategies.decision_lists(strategies.decisions(authorities=st.just(KENT)), min_size=1, max_size=3),
    strategies.compliance_outcome_lists(min_size=2, max_size=3),
)
def test_lists_of_cases_hold_each_case_once(decisions, outcomes):
    """Their sizes are those asked for, and no case stands in them twice."""
    assert 1 <= len(decisions) == len({case.reference for case in decisions}) <= 3
    assert 2 <= len(outcomes) == len({(case.reference, case.authority) for case in outcomes}) <= 3


@given(strategies.annual_reviews(authorities=st.just(KENT), years=st.just(YEAR)))
def test_reviews_can_be_narrowed(review):
    """Body and year are those asked for."""
    assert (KENT, YEAR) == (review.authority, review.year)


@FEW
@given(strategies.review_groups(min_size=2, max_size=4, years=st.just(YEAR), known=True, max_count=50))
def test_groups_are_of_one_year_and_type(reviews):
    """A group of reviews could be averaged: one year, one comparison group, each council once."""
    assert 2 <= len(reviews) == len({review.authority for review in reviews}) <= 4
    assert {YEAR} == {review.year for review in reviews}
    assert 1 == len({review.authority.type for review in reviews})
    assert reviews[0].authority.type.is_comparison_group


@FEW
@given(strategies.registers(min_size=2, max_size=3))
def test_registers_have_the_size_asked_for(register):
    """The number of authorities can be narrowed."""
    assert 2 <= len(register) <= 3


@FEW
@given(strategies.averages(rates=strategies.group_rates(known=True, defined=True, min_size=5)))
def test_known_averages_of_five_are_averages(average):
    """With known=True and five councils there is an average, of all who were asked for."""
    assert average.value is not None
    assert average.group.missing == ()


@given(strategies.measures(key=True))
def test_key_measures_are_the_three_statistics(measure):
    """The measures can be narrowed to those of every letter."""
    assert measure in lgsco.KEY_STATISTICS


@given(strategies.printed_percents(places=st.just(3)))
def test_percentages_have_the_places_asked_for(percent):
    """Decimals can be asked for."""
    assert 3 == percent.places


@given(strategies.benchmarks(known=True, years=st.just(YEAR), measures=st.just(lgsco.uphold_rate)))
def test_benchmarks_can_be_narrowed(held):
    """With known=True there is one, of the year and measure asked for where it has any."""
    assert isinstance(held, Average | PrintedAverage | PrintedPercent | Target)
    assert isinstance(held, PrintedPercent | Target) or (YEAR, lgsco.uphold_rate) == (
        held.year,
        held.measure,
    )


@FEW
@given(st.from_type(Benchmark))
def test_hypothesis_knows_a_benchmark(held):
    """The union of benchmarks is drawn from its members."""
    assert held is None or isinstance(held, Average | PrintedAverage | PrintedPercent | Target)


@FEW
@given(strategies.comparisons())
def test_comparisons_are_of_like_with_like(comparison):
    """A benchmark is of the review's year and of the measure, and leaves the council itself out."""
    benchmark = comparison.benchmark
    if isinstance(benchmark, Average | PrintedAverage):
        assert (comparison.review.year, comparison.measure) == (benchmark.year, benchmark.measure)
    if isinstance(benchmark, Average):
        assert comparison.review.authority not in {part.authority for part in benchmark.group.members}


@FEW
@given(strategies.funnels(known=True, max_size=3, max_count=7))
def test_known_funnels_have_a_target(held):
    """With known=True there are a target, councils, each with its figures, and positions for those that have cases."""
    assert 1 <= len(held.points) <= held.group.size
    assert held.group.missing == ()
    assert all((point.rate.denominator > 0) == (point.position is not None) for point in held.points)
    assert max(point.rate.denominator for point in held.points) <= 7


@given(strategies.funnels())
def test_a_funnel_without_a_target_says_why(held):
    """There is a target, or too little, and in a funnel drawn the two go together as in one that is made."""
    assert (held.target is None) == (held.insufficient_data is not None)


@FEW
@given(strategies.differences(max_count=7))
def test_differences_lie_within_their_limits(apart):
    """Limits are those of the two rates."""
    assert apart.interval.lower - 1e-9 <= apart.value <= apart.interval.upper + 1e-9
    assert max(apart.first.denominator, apart.second.denominator) <= 7


@FEW
@given(strategies.consistent_printed_reviews(known=True))
def test_known_consistent_figures_are_complete(drawn):
    """With known=True no statistic and no table is missing, and of them at most a percentage of nothing."""
    printed, *_ = drawn
    statistics = [printed.upheld, printed.compliance, printed.remedies]

    assert None not in [printed.overview.total, printed.decided.total, printed.received.total]
    assert None not in [held for each in statistics for held in (each.count, each.base, each.base_noun)]
    assert all(isinstance(each.percent, PrintedPercent) == (each.base > 0) for each in statistics)


@FEW
@given(strategies.annual_letters(figures=strategies.printed_reviews(names=st.just("Kent"), years=st.just(YEAR))))
def test_letters_and_figures_can_be_narrowed(letter):
    """The figures of a letter are those asked for, and they the name and year."""
    assert ("Kent", YEAR) == (letter.figures.name, letter.figures.year)


TRICKY = {
    "a comma in a name": (strategies.names(), lambda name: "," in name),
    "an ampersand in a name": (strategies.names(), lambda name: "&" in name),
    "a curly apostrophe in a name": (strategies.names(), lambda name: "\N{RIGHT SINGLE QUOTATION MARK}" in name),
    "brackets in a name": (strategies.names(), lambda name: "(" in name and ")" in name),
    "a name that a spreadsheet would compute": (strategies.names(), lambda name: name[0] == "="),
    "a name beyond ASCII": (strategies.names(), lambda name: any(letter > "\xff" for letter in name)),
    "a joint case": (strategies.references(), lambda reference: reference[-1].isalpha()),
    "a case from before 2009": (strategies.references(), lambda reference: "/" in reference),
    "nought of nought": (strategies.proportions(), lambda rate: rate.denominator == 0),
    "none of some": (strategies.proportions(), lambda rate: rate.numerator == 0 < rate.denominator),
    "all of them": (strategies.proportions(), lambda rate: 1 < rate.numerator == rate.denominator),
    "only a total": (strategies.decision_tallies(), lambda tally: tally.total is not None and not tally.known()),
    "an unknown total": (strategies.decision_tallies(), lambda tally: tally.total is None and tally.known()),
    "remedies of an unknown number": (
        strategies.investigation_tallies(),
        lambda tally: tally.upheld is None and tally.satisfactory_remedies is not None,
    ),
    "an average that is n/a": (
        strategies.printed_statistics(),
        lambda statistic: statistic.average is Missing.NOT_APPLICABLE,
    ),
    "more counted than there are": (
        strategies.printed_statistics(),
        lambda statistic: (
            statistic.count is not None and statistic.base is not None and statistic.count > statistic.base
        ),
    ),
    "a table that does not add up": (
        strategies.printed_tallies(strategies.overviews()),
        lambda table: table.adds_up is False,
    ),
    "figures that contradict one another": (strategies.printed_reviews(), audit),
    "a percentage with decimals": (strategies.printed_percents(), lambda percent: percent.value % 1 != 0),
    "an average of too little": (strategies.averages(), lambda average: average.insufficient_data is not None),
    "an average": (strategies.averages(), lambda average: average.value is not None),
    "a council whose figures are not known": (strategies.averages(), lambda average: average.group.missing),
    "no benchmark": (strategies.benchmarks(), lambda benchmark: benchmark is None),
    "a target of nought": (strategies.benchmarks(), lambda benchmark: benchmark == Target(Fraction(0))),
    "a council abolished and succeeded": (
        strategies.registers(),
        lambda register: any(entry.successors for entry in register.entries),
    ),
    "late work": (strategies.compliance_outcomes(), lambda outcome: outcome.status is ComplianceStatus.LATE),
    "late work with its dates": (
        strategies.compliance_outcomes(),
        lambda outcome: outcome.due_on is not None and (outcome.completed_on or outcome.due_on) > outcome.due_on,
    ),
    "an answer after it was due": (
        strategies.enquiries(),
        lambda enquiry: enquiry.answered_on is not None and enquiry.answered_on > enquiry.due_on,
    ),
    "text for a national figure": (strategies.national_figures(), lambda national: isinstance(national.upheld, str)),
    "nobody": (strategies.population_rates(), lambda rate: rate.value is None),
}


@each_of("what", TRICKY)
def test_tricky_values_are_drawn(what):
    """Each of these is among what the strategies draw, by default."""
    strategy, is_so = TRICKY[what]

    assert is_so(find(strategy, is_so, settings=SOUGHT))


@pytest.mark.slow
@each_of("first", ["from hypothesis import strategies as st", "from lgsco import strategies"])
def test_hypothesis_calls_the_hook_by_the_entry_point(first, tmp_path):
    """Where the package is installed Hypothesis knows its types, whichever of the two is imported first."""
    installed = tmp_path / "lgsco-0.dist-info"
    installed.mkdir(exist_ok=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: lgsco\nVersion: 0\n")
    (installed / "entry_points.txt").write_text("[hypothesis]\nlgsco = lgsco.strategies._registration:register\n")
    code = f"""
{first}
from hypothesis import strategies as st
from lgsco import Decision

assert "decisions" in repr(st.from_type(Decision)), repr(st.from_type(Decision))
"""
    found = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    done = subprocess.run(  # our own code
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "PYTHONPATH": found},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)
