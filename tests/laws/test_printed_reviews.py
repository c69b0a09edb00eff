"""
Laws of what was printed, and of the audit.

- In figures that follow from true counts the audit finds nothing, however many are missing.
- The counts taken from such figures never contradict the true ones.
- What is stated is kept, and a council or year by any other name has the same counts.
- One figure altered so that it cannot fit is found, and found as what it is.
- The order of what is audited changes no finding of any one place.
"""

from fractions import Fraction

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from lgsco import (
    Authority,
    AuthorityType,
    PrintedPercent,
    PrintedReview,
    Proportion,
    Register,
    ReportingYear,
    audit,
    strategies,
)
from lgsco.documents import Certainty, FindingKind, PrintedStatistic
from lgsco.model import RegisterEntry

FEW = settings(max_examples=settings().max_examples // 2)
SMALL = strategies.consistent_printed_reviews(max_count=40)
CONSISTENT = strategies.consistent_printed_reviews() | SMALL
COMPLETE = strategies.consistent_printed_reviews(known=True, max_count=400)
PRINTED = strategies.printed_reviews(max_count=60, years=strategies.reporting_years(min_ending=2020, max_ending=2021))
PERCENTS = st.integers(0, 100).map(PrintedPercent)


def register_of(printed):
    return Register([RegisterEntry(Authority(printed.name, AuthorityType.OTHER))])


def told(tally):
    """Every count of a tally that is known, its total among them."""
    known = {name: count for name, count in attrs.asdict(tally).items() if count is not None and name != "_total"}
    return known | ({} if tally.total is None else {"total": tally.total})


def kinds(findings):
    return {finding.kind for finding in findings}


@given(CONSISTENT)
def test_consistent_figures_have_no_finding(drawn):
    """The audit finds nothing in figures that follow from counts."""
    printed, *_ = drawn

    assert audit(printed) == ()


@FEW
@given(st.lists(SMALL, max_size=3, unique_by=lambda drawn: (drawn[0].name, drawn[0].year)), st.integers(1, 2))
def test_consistent_figures_of_many_councils_have_no_finding(drawn, times):
    """Nor does it in those of several councils, nor where a page is read twice."""
    assert audit([printed for printed, *_ in drawn] * times) == ()


@given(CONSISTENT)
def test_counts_taken_from_print_are_the_true_ones(drawn):
    """A count stated or recovered is never another than the true one."""
    printed, investigations, compliance = drawn
    review = printed.review(register_of(printed))

    for truth, taken in ((investigations, review.investigations), (compliance, review.compliance)):
        assert taken is None or told(taken).items() <= told(truth).items()


@FEW
@given(COMPLETE)
def test_complete_figures_give_all_counts(drawn):
    """Where nothing is missing, all counts come back, those of the three statistics and those of the tables."""
    printed, investigations, compliance = drawn
    review = printed.review(register_of(printed))

    assert investigations == review.investigations
    assert (compliance.complied, compliance.total) == (review.compliance.complied, review.compliance.total)
    assert review.overview.known().items() >= printed.overview.counts.known().items()
    assert (printed.overview.total, printed.decided.total, printed.received.total) == (
        review.overview.total,
        review.decided.total,
        review.received.total,
    )


@FEW
@given(COMPLETE)
def test_what_is_stated_is_kept(drawn):
    """A stated count comes back as it is stated, whatever else is missing."""
    printed, *_ = drawn
    bare = attrs.evolve(
        printed, compliance=PrintedStatistic(count=printed.compliance.count), overview=None, remedies=None
    )
    review = bare.review(register_of(bare))

    assert (printed.upheld.count, printed.upheld.base) == (review.investigations.upheld, review.investigations.total)
    assert (printed.compliance.count, None) == (review.compliance.complied, review.compliance.total)


@given(strategies.proportions(defined=True, max_count=300))
def test_a_hidden_count_comes_back_where_one_fits(rate):
    """Of a percentage and its base the count is recovered exactly where no other whole number would print so."""
    percent = PrintedPercent(rate.percent())
    printed = PrintedReview(
        "X", ReportingYear(2020), compliance=PrintedStatistic(percent=percent, base=rate.denominator)
    )
    review = printed.review(register_of(printed))
    fitting = [k for k in range(rate.denominator + 1) if Proportion(k, rate.denominator).percent() == percent.value]

    assert (rate.numerator if len(fitting) == 1 else None) == review.compliance.complied


@FEW
@given(strategies.consistent_printed_reviews(known=True, max_count=30))
def test_hidden_remedies_come_back_over_the_upheld(drawn):
    """Without their count the remedies are recovered from the upheld decisions, whatever base is stated for them."""
    printed, investigations, _ = drawn
    bare = attrs.evolve(printed.remedies, count=None, base=investigations.total)
    taken = attrs.evolve(printed, remedies=bare).review(register_of(printed)).investigations.satisfactory_remedies
    percent, upheld = printed.remedies.percent, investigations.upheld
    unique = upheld and len(percent.numerators(upheld)) == 1

    assert (investigations.satisfactory_remedies if unique else None) == taken or upheld == 0


@given(strategies.names(), PRINTED)
def test_a_name_changes_no_finding(name, printed):
    """The same figures under another name have the same findings under that name."""
    renamed = attrs.evolve(printed, name=name)

    assert [attrs.evolve(finding, name=name) for finding in audit(printed)] == [*audit(renamed)]


@FEW
@given(st.lists(PRINTED, max_size=4, unique_by=lambda printed: (printed.name, printed.year)))
def test_councils_are_audited_each_by_itself(many):
    """The findings in several councils' figures are the findings in each, in the order given."""
    assert tuple(finding for printed in many for finding in audit(printed)) == audit(many)


@FEW
@given(st.data(), st.lists(PRINTED, max_size=4, unique_by=lambda printed: (printed.name, printed.year)))
def test_the_order_of_what_is_audited_changes_no_finding(data, many):
    """In another order there are the same findings."""
    shuffled = data.draw(st.permutations(many))

    assert sorted(map(str, audit(many))) == sorted(map(str, audit(shuffled)))


@FEW
@given(strategies.annual_letters(figures=PRINTED))
def test_a_letter_is_audited_by_its_figures(letter):
    """The words of a letter change no finding."""
    assert audit(letter.figures) == audit(letter)


@given(PRINTED)
def test_any_figures_can_be_taken_as_counts(printed):
    """However figures contradict one another, the counts taken from them do not: remedies within upheld within all."""
    review = printed.review(register_of(printed))

    assert (printed.year, printed.source) == (review.year, review.source)
    if review.investigations is not None and review.investigations.upheld is not None:
        assert (review.investigations.satisfactory_remedies or 0) <= review.investigations.upheld


@FEW
@given(COMPLETE, st.sampled_from(["upheld", "compliance", "remedies"]), PERCENTS)
def test_a_percentage_that_its_counts_deny_is_found(drawn, where, percent):
    """A percentage altered to one that its count and base do not give is found, at its place."""
    printed, *_ = drawn
    statistic = getattr(printed, where)
    found = audit(attrs.evolve(printed, **{where: attrs.evolve(statistic, percent=percent)}))
    fits = statistic.base and Fraction(statistic.count, statistic.base) in percent

    if fits:
        assert found == ()
    elif statistic.base:
        assert {FindingKind.PERCENT_AGAINST_COUNTS} == kinds(found)
        assert [str(percent)] == [finding.printed for finding in found]
    else:
        assert {FindingKind.RATE_OF_NOTHING} == kinds(found)


@given(PERCENTS, st.integers(1, 120))
def test_a_percentage_of_no_whole_number_is_found(percent, base):
    """Without a count, a percentage is found exactly where no whole number of its base gives it."""
    printed = PrintedReview("X", ReportingYear(2020), upheld=PrintedStatistic(percent=percent, base=base))
    possible = any(Proportion(count, base).percent() == percent.value for count in range(base + 1))

    assert (set() if possible else {FindingKind.NO_SUCH_COUNT}) == kinds(audit(printed))


@FEW
@given(COMPLETE, st.sampled_from(["upheld", "compliance"]), st.integers(1, 50))
def test_a_count_above_its_base_is_found(drawn, where, more):
    """More cases counted than there are is found."""
    printed, *_ = drawn
    statistic = getattr(printed, where)
    altered = attrs.evolve(printed, **{where: attrs.evolve(statistic, count=statistic.base + more)})

    assert FindingKind.COUNT_ABOVE_BASE in kinds(audit(altered))


@FEW
@given(COMPLETE, st.sampled_from(["overview", "decided", "received"]), st.integers(1, 50))
def test_a_total_that_its_parts_deny_is_found(drawn, where, more):
    """A total altered is found, and nothing else is."""
    printed, *_ = drawn
    table = getattr(printed, where)

    assert [FindingKind.TOTAL] == [
        finding.kind
        for finding in audit(attrs.evolve(printed, **{where: attrs.evolve(table, total=table.total + more)}))
    ]


@FEW
@given(COMPLETE, st.integers(1, 50))
def test_a_table_that_counts_other_investigations_is_found(drawn, more):
    """Investigations counted otherwise in the overview than under the uphold rate are found."""
    printed, *_ = drawn
    counts = printed.overview.counts
    altered = attrs.evolve(
        printed.overview,
        counts=attrs.evolve(counts, investigated=counts.investigated + more),
        total=printed.overview.total + more,
    )

    assert {FindingKind.COUNTS_DISAGREE} == kinds(audit(attrs.evolve(printed, overview=altered)))


@FEW
@given(COMPLETE, st.integers(1, 50))
def test_two_places_that_count_differently_are_found(drawn, more):
    """Two places that print another count of one council's cases disagree, whichever comes first."""
    printed, *_ = drawn
    bare = PrintedReview(printed.name, printed.year, upheld=PrintedStatistic(base=printed.upheld.base + more))

    assert {FindingKind.COUNTS_DISAGREE} == kinds(audit([printed, bare])) == kinds(audit([bare, printed]))


@FEW
@given(COMPLETE, st.integers(1, 50))
def test_a_wrong_base_of_the_remedies_is_found(drawn, more):
    """A base of the remedies that is not the number upheld is found, whatever it is called."""
    printed, investigations, _ = drawn
    altered = attrs.evolve(printed.remedies, base=investigations.upheld + more, base_noun="decisions")

    assert {FindingKind.WRONG_BASE} == kinds(audit(attrs.evolve(printed, remedies=altered)))


@FEW
@given(COMPLETE)
def test_a_wrong_name_of_the_remedies_base_is_likely(drawn):
    """The number upheld called investigations is found as likely, unless it is the number investigated too."""
    printed, investigations, _ = drawn
    altered = attrs.evolve(printed, remedies=attrs.evolve(printed.remedies, base_noun="detailed investigations"))
    misnamed = investigations.upheld != investigations.total

    assert ([(FindingKind.MISNAMED_BASE, Certainty.LIKELY)] if misnamed else []) == [
        (finding.kind, finding.certainty) for finding in audit(altered)
    ]
