"""
Frames of every kind against the values: the same cases and counts give the same figures.

Counts, percentages and positions are equal; rates, limits and averages to 1e-12.
Drawn are zeros, blanks, councils alone in their group, groups without an average, and outcomes that are not listed.
"""

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.engines import ENGINES, rows_of

from lgsco import (
    KEY_STATISTICS,
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceOutcome,
    ComplianceStatus,
    ComplianceTally,
    Decision,
    InvestigationTally,
    Outcome,
    ReportingYear,
    average_of,
    frames,
    funnel,
    published,
    reviews_of,
    uphold_rate,
)
from lgsco.stats.control_limits import score_position

# Each example builds a frame and runs a query, on nine kinds of frame.
few = settings(max_examples=max(settings.default.max_examples // 16, 5))
USUAL = {"polars", "polars, lazy", "pandas, nullable"}
engines = pytest.mark.parametrize(
    "engine",
    [
        pytest.param(engine, id=name, marks=() if name in USUAL else pytest.mark.slow)
        for name, engine in ENGINES.items()
    ],
)

COUNTIES = [Authority(f"County {letter}", AuthorityType.COUNTY_COUNCIL) for letter in "ABCDEFG"]
OTHERS = [Authority("A Park", AuthorityType.NATIONAL_PARK), Authority("Durham", AuthorityType.UNITARY_COUNCIL)]
YEARS = [ReportingYear(2024), ReportingYear(2025)]
COUNTS = ("investigations", "upheld", "satisfactory_remedies", "compliance_outcomes", "complied")
REVIEWS_COLUMNS = ("authority", "authority_type", "year_ending", *COUNTS)

known_flags = st.sampled_from([True, False, None])


@st.composite
def cases(draw):
    """Decisions of few councils in two years, each with the word that stands for its outcome in a frame."""
    drawn = []
    for number in range(draw(st.integers(1, 25))):
        outcome = draw(st.sampled_from([*Outcome, Outcome.UPHELD, Outcome.UPHELD, None]))
        word = draw(st.sampled_from([None, "Upheld", "withdrawn"])) if outcome is None else outcome.value
        remedy = draw(known_flags) if outcome is Outcome.UPHELD else None
        day = draw(st.dates(dt.date(2023, 4, 1), dt.date(2025, 3, 31)) | st.just(dt.date(2024, 3, 31)))
        council = draw(st.sampled_from(COUNTIES[:3]))
        reference = f"24 {number // 1000:03} {number % 1000:03}"
        decision = Decision(reference, council, outcome=outcome, decided_on=day, satisfactory_remedy=remedy)
        drawn.append((decision, word))
    return drawn


@st.composite
def reviews(draw):
    """Reviews of a group in two years, any of their counts not known, beside a park and one alone in its group."""
    drawn = []
    for year in YEARS:
        for council in draw(st.lists(st.sampled_from([*COUNTIES, *COUNTIES, *OTHERS]), unique=True, max_size=9)):
            upheld, not_upheld = draw(small_counts), draw(small_counts)
            remedies = draw(st.none() | st.integers(0, upheld))
            complied, not_complied = draw(small_counts), draw(st.just(0) | small_counts)
            decided = InvestigationTally(upheld, not_upheld, satisfactory_remedies=remedies)
            settled = ComplianceTally(complied, not_complied)
            drawn.append(
                AnnualReview(
                    council,
                    year,
                    investigations=draw(st.sampled_from([decided, decided, None])),
                    compliance=draw(st.sampled_from([settled, settled, None])),
                )
            )
    return drawn


small_counts = st.just(0) | st.integers(0, 40) | st.integers(0, 5_000)


def columns_of(held):
    """Lay reviews out as columns."""
    rows = [
        {
            "authority": review.authority.name,
            "authority_type": review.authority.type.value,
            "year_ending": review.year.end,
            "investigations": review.investigations and review.investigations.total,
            "upheld": review.investigations and review.investigations.upheld,
            "satisfactory_remedies": review.investigations and review.investigations.satisfactory_remedies,
            "compliance_outcomes": review.compliance and review.compliance.total,
            "complied": review.compliance and review.compliance.complied,
        }
        for review in held
    ]
    return {name: [row[name] for row in rows] for name in REVIEWS_COLUMNS}


@engines
@few
@given(drawn=cases())
def test_decisions_are_counted_as_values_are(engine, drawn):
    """Counting rows is counting ``Decision`` values: by year of decision, unknown where a case leaves it unknown."""
    frame = engine(
        {
            "authority": [decision.authority.name for decision, _ in drawn],
            "authority_type": [decision.authority.type.value for decision, _ in drawn],
            "decided_on": [decision.decided_on for decision, _ in drawn],
            "outcome": [word for _, word in drawn],
            "satisfactory_remedy": [decision.satisfactory_remedy for decision, _ in drawn],
        }
    )

    assert [
        {
            "authority": review.authority.name,
            "authority_type": review.authority.type.value,
            "year_ending": review.year.end,
            "decisions": review.decided.total,
            "investigations": review.investigations.total,
            "upheld": review.investigations.upheld,
            "satisfactory_remedies": review.investigations.satisfactory_remedies,
        }
        for review in reviews_of([decision for decision, _ in drawn])
    ] == rows_of(frames.tally(frame))


@engines
@few
@given(
    drawn=st.lists(
        st.tuples(
            st.sampled_from(COUNTIES[:3]),
            st.sampled_from(ComplianceStatus),
            st.dates(dt.date(2023, 4, 1), dt.date(2025, 3, 31)),
        ),
        min_size=1,
        max_size=25,
    )
)
def test_compliance_outcomes_are_counted_as_values_are(engine, drawn):
    """By year of record; what was done late counts as complied, and as late too."""
    frame = engine(
        {
            "authority": [council.name for council, _, _ in drawn],
            "authority_type": [council.type.value for council, _, _ in drawn],
            "recorded_on": [day for _, _, day in drawn],
            "status": [status.value for _, status, _ in drawn],
        }
    )
    outcomes = [
        ComplianceOutcome(f"24 000 {number:03}", council, status=status, recorded_on=day)
        for number, (council, status, day) in enumerate(drawn)
    ]

    assert [
        {
            "authority": review.authority.name,
            "authority_type": review.authority.type.value,
            "year_ending": review.year.end,
            "compliance_outcomes": review.compliance.total,
            "complied": review.compliance.complied,
            "late": review.compliance.late,
        }
        for review in reviews_of(None, outcomes)
    ] == rows_of(frames.tally_compliance(frame))


def close(one, other):
    """Whether two figures are both not there, or alike to 1e-12."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=0.0, abs_tol=1e-12)


def by_name(review):
    """Sort reviews as frames sort rows."""
    return review.authority.name, review.authority.type, review.year


def group_of(review, held):
    """Give the reviews of the same group and year."""
    return [other for other in held if (other.authority.type, other.year) == (review.authority.type, review.year)]


def expected(held, confidence, *, include_self):
    """Compare by values what ``frames.compare`` compares by columns, in its order."""
    funnels = {
        (review.authority.type, review.year, measure.name): funnel(group_of(review, held), measure)
        for review in held
        for measure in KEY_STATISTICS
    }
    for review in sorted(held, key=by_name):
        for measure in KEY_STATISTICS:
            rate = measure(review)
            average = average_of(group_of(review, held), measure)
            average = average if include_self else average.without(review)
            value = average.value if review.authority.type.is_comparison_group else None
            if rate is None or value is None:
                placed = None
            elif include_self:
                points = funnels[review.authority.type, review.year, measure.name].points
                placed = next(point.position for point in points if point.authority == review.authority)
            else:
                placed = score_position(rate, value)
            interval = None if rate is None else rate.interval(confidence)
            share = None if rate is None else rate.value
            exact = {
                "authority": review.authority.name,
                "authority_type": review.authority.type.value,
                "year_ending": review.year.end,
                "measure": measure.name,
                "percent": None if share is None else int(rate.percent()),
                "average_percent": None if value is None else int(average.percent()),
                "position": None if placed is None else placed.value,
            }
            near = {
                "rate": None if share is None else float(share),
                "lower": None if interval is None else interval.lower,
                "upper": None if interval is None else interval.upper,
                "average": None if value is None else float(value),
            }
            yield exact, near


@engines
@few
@given(drawn=reviews().filter(bool), confidence=st.sampled_from([0.8, 0.95, 0.998]), include_self=st.booleans())
def test_counts_are_compared_as_reviews_are(engine, drawn, confidence, include_self):
    """Percentages and positions equal, rates, limits and averages to 1e-12, and null exactly where there is none."""
    frame = engine(columns_of(drawn))
    against = "group" if include_self else "others"
    compared = rows_of(frames.compare(frame, confidence=confidence, against=against))
    wanted = [*expected(drawn, confidence, include_self=include_self)]

    assert {against} == {row["benchmark"] for row in compared}
    assert [exact for exact, _ in wanted] == [{name: row[name] for name in wanted[0][0]} for row in compared]
    assert [] == [
        (near, row)
        for (_, near), row in zip(wanted, compared, strict=True)
        for name, figure in near.items()
        if not close(figure, row[name])
    ]


def test_a_dataset_and_a_frame_compare_alike():
    """Given the same benchmark both have the same numbers, and each says which it used: Essex in 2024-25 by three."""
    data = published.dataset()
    counties = data.reviews(year="2024-25", group="county_council")
    frame = frames.frame_from(counties, "polars")
    others, group = (
        {row["authority"]: row for row in rows_of(frames.compare(frame, measures=[uphold_rate], against=against))}
        for against in ("others", "group")
    )
    whole = average_of(counties, uphold_rate, register=data.register)
    compared = {
        review.authority.name: data.compare(review.authority, review.year, uphold_rate, against="others")
        for review in counties
    }
    essex = data.compare("Essex", "2024-25", uphold_rate)

    assert {"others"} == {row["benchmark"] for row in others.values()}
    assert {"group"} == {row["benchmark"] for row in group.values()}
    assert [] == [
        name
        for name, comparison in compared.items()
        if (others[name]["numerator"], others[name]["average_percent"], others[name]["position"])
        != (
            comparison.rate and comparison.rate.numerator,
            int(comparison.benchmark.percent()),
            comparison.position and comparison.position.value,
        )
        or not close(others[name]["average"], float(comparison.benchmark.value))
    ]
    assert {float(whole.value)} == {row["average"] for row in group.values()}
    assert (int(whole.percent()), "89% (average of similar councils)") == (89, essex.benchmark.words.label)
    assert (87, "87% (pooled average of 14 others)") == (
        others["Essex County Council"]["average_percent"],
        compared["Essex County Council"].benchmark.words.label,
    )


@engines
@few
@given(drawn=reviews().filter(bool), include_self=st.booleans())
def test_columns_are_added_as_reviews_are_averaged(engine, drawn, include_self):
    """The mean of the rates, and the columns that are added to counts, are those of the values too."""
    counts = engine(columns_of(drawn))
    means = rows_of(frames.add_average(counts, method="mean", include_self=include_self))
    pooled = rows_of(frames.add_average(counts, include_self=include_self))
    placed = rows_of(frames.add_funnel_position(counts, include_self=include_self))
    rates = rows_of(frames.add_rates(counts))
    wanted = {
        (exact["authority"], exact["year_ending"], exact["measure"]): (exact, near)
        for exact, near in expected(drawn, 0.95, include_self=include_self)
    }
    for rows in (means, pooled, placed, rates):  # nothing but a sort gives rows an order
        rows.sort(key=lambda row: (row["authority"], row["year_ending"]))
    by_council = sorted(drawn, key=by_name)

    for council, mean, pool, place, rate in zip(by_council, means, pooled, placed, rates, strict=True):
        for measure in KEY_STATISTICS:
            exact, near = wanted[mean["authority"], mean["year_ending"], measure.name]
            average = average_of(group_of(council, drawn), measure, method="mean")
            average = average if include_self else average.without(council)
            known = council.authority.type.is_comparison_group and average.value is not None

            assert close(float(average.value) if known else None, mean[f"{measure.name}_average"])
            assert close(near["average"], pool[f"{measure.name}_average"])
            assert exact["average_percent"] == pool[f"{measure.name}_average_percent"]
            assert exact["position"] == place[f"{measure.name}_position"]
            assert exact["percent"] == rate[f"{measure.name}_percent"]
            assert close(near["rate"], rate[measure.name])
