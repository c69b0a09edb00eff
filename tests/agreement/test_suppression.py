"""What a reader can work out of a table with counts left out: by linear programming, as scipy solves it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from lgsco import Authority, AuthorityType, InvestigationTally, convert
from lgsco.casework import AreaTally, PaymentTally, Progress, RecommendationTally
from lgsco.casework.suppression import KEPT_BACK, recommendations_kept_back
from lgsco.model import AnnualReview, ComplianceTally, DecisionTally, ReportingYear
from lgsco.model.cases import RecommendationKind, ServiceArea
from lgsco.stats import SuppressionPolicy, suppress


def with_totals(parts):
    """Rows of counts with the sums of the rows, and of the columns where there are several rows."""
    rows = [[*row, sum(row)] for row in parts]
    return rows if len(rows) == 1 else [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def bounds(table, shown, cell):
    """The least and the greatest value of a cell that fit the sums, what is shown, and that the rest is above zero."""
    height, width = len(table), len(table[0])
    index = np.arange(height * width).reshape(height, width)
    sums = [*index] if height == 1 else [*index, *index.T]
    signs = np.zeros((len(sums), height * width))
    for line, cells in enumerate(sums):
        signs[line, cells[:-1]], signs[line, cells[-1]] = 1, -1
    limits = [(1, None) if count is None else (count, count) for row in shown for count in row]
    goal = np.zeros(height * width)
    goal[index[cell]] = 1
    ends = [linprog(sign * goal, A_eq=signs, b_eq=np.zeros(len(sums)), bounds=limits) for sign in (1, -1)]
    return ends[0].fun if ends[0].status == 0 else -np.inf, -ends[1].fun if ends[1].status == 0 else np.inf


@given(
    st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
        lambda size: st.lists(
            st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 9, 40]), min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )
)
def test_no_small_count_can_be_worked_out(parts):
    """Each has at least two possible values; and everything that is shown is as it was."""
    table = with_totals(parts)
    shown = suppress(table, policy="below-five")

    for row, line in enumerate(table):
        for column, count in enumerate(line):
            assert shown[row][column] in {count, None}
            if 0 < count < 5:
                assert shown[row][column] is None
                least, greatest = bounds(table, shown, (row, column))
                assert greatest - least >= 1 - 1e-6
            assert count or shown[row][column] == 0


def least_range(counts, sums, shown):
    """The least range of the small counts that fit the sums and what is shown; all that is not shown is above zero."""
    names = [*counts]
    equal = np.zeros((len(sums), len(names)))
    for line, (whole, parts) in enumerate(sums):
        equal[line, [names.index(part) for part in parts]] = 1
        equal[line, names.index(whole)] = -1
    limits = [(counts[name], counts[name]) if name in shown else (1, None) for name in names]
    ranges = []
    for index, name in enumerate(names):
        if 0 < counts[name] < 5:
            goal = np.zeros(len(names))
            goal[index] = 1
            least, greatest = (
                linprog(sign * goal, A_eq=equal, b_eq=np.zeros(len(sums)), bounds=limits) for sign in (1, -1)
            )
            ranges.append((-greatest.fun if greatest.status == 0 else np.inf) - least.fun)
    return min(ranges, default=np.inf)


GROUPS = [*RecommendationKind][:3], [*ServiceArea][:3]
PROGRESS = [progress.value for progress in Progress][:4]
NAMES = (*PROGRESS, "total")


@given(
    st.lists(
        st.tuples(*map(st.sampled_from, (*GROUPS, PROGRESS, [1, 2, 5, 9, 30]))),
        min_size=1,
        max_size=7,
    )
)
def test_kinds_and_areas_do_not_tell_each_other(items):
    """What is shown of both, with the sums of all that they share, leaves two values at least of each small count."""
    counts, shown, sums = {}, set(), []
    for position, groups in enumerate(GROUPS):
        tallies = {
            group: RecommendationTally(**{name: sum(n for *_, n in chosen if _[2] == name) for name in PROGRESS})
            for group in groups
            if (chosen := [item for item in items if item[position] is group])
        }
        kept_back = [*recommendations_kept_back([*tallies.values()], SuppressionPolicy.BELOW_FIVE)]
        rows = [
            *tallies.items(),
            (
                "all",
                RecommendationTally(
                    **{name: sum(getattr(tally, name) for tally in tallies.values()) for name in PROGRESS}
                ),
            ),
        ]
        if position == 1:
            areas = [
                AreaTally(
                    group, 9, public_reports=0, public_reports_not_stated=0, recommendations=tally,
                    payments=PaymentTally.zero(),
                )
                for group, tally in tallies.items()
            ]  # fmt: skip
            kept_back = KEPT_BACK[AreaTally](areas, SuppressionPolicy.BELOW_FIVE)
            rows = rows[:-1]
        for (group, tally), names in zip(rows, kept_back, strict=True):
            counts |= {(group, name): getattr(tally, name) for name in NAMES}
            shown |= {(group, name) for name in NAMES if not {name, f"recommendations_{name}"} & names}
            sums.append(((group, "total"), [(group, name) for name in PROGRESS]))
        sums += [(("all", name), [(group, name) for group in tallies]) for name in NAMES]

    assert least_range(counts, sums, shown) >= 1 - 1e-6


COUNTS = st.sampled_from([0, 1, 2, 4, 5, 9, 40])


@given(st.tuples(*[COUNTS] * 10))
def test_the_parts_of_a_review_do_not_tell_each_other(numbers):
    """Outcomes, investigations, remedies and compliance, whose sums are parts of other sums."""
    invalid, advice, back, closed, below, remedied, other, on_time, late, not_done = numbers
    review = AnnualReview(
        Authority("Barset", AuthorityType.COUNTY_COUNCIL),
        ReportingYear(2024),
        investigations=InvestigationTally(remedied + other, below, satisfactory_remedies=remedied),
        decided=DecisionTally(
            invalid_or_incomplete=invalid, advice_given=advice, referred_back=back,
            closed_after_initial_enquiries=closed, not_upheld=below, upheld=remedied + other,
        ),
        compliance=ComplianceTally(on_time + late, not_done, late=late),
    )  # fmt: skip
    [before], [after] = convert.rows_of([review]), convert.rows_of([review], suppression="below-five")
    counts = {name: count for name, count in before.items() if type(count) is int} | {
        "rest": other,
        "on_time": on_time,
    }
    shown = {name for name in counts if after.get(name) == counts[name]} | {
        name for name in ("rest", "on_time") if not counts[name]
    }
    sums = [
        ("decided_total", [name for name in counts if name.startswith("decided_") and name != "decided_total"]),
        ("investigations", ["upheld", "not_upheld"]),
        ("decided_upheld", ["upheld"]),
        ("decided_not_upheld", ["not_upheld"]),
        ("upheld", ["satisfactory_remedies", "rest"]),
        ("compliance_outcomes", ["complied", "not_complied"]),
        ("complied", ["late", "on_time"]),
    ]

    assert {name: count for name, count in after.items() if count != "[c]"}.items() <= before.items()
    assert least_range(counts, sums, shown) >= 1 - 1e-6
