"""
What it costs to count a national case list, compared with bare loops that count with ``is``, in the same run.

Run it with: uv run --group bench python benchmarks/bench_objects.py
"""

import datetime as dt
import gc
import random
import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from lgsco import (
    Authority,
    AuthorityType,
    Decision,
    DecisionTally,
    InvestigationTally,
    Outcome,
    ServiceArea,
    reviews_of,
    tally_decisions,
    tally_investigations,
)

ROUNDS = 5
COUNCILS, FIRST_DAY, DAYS = 340, dt.date(2015, 4, 1), 3650


class Pair(NamedTuple):
    """One piece of work, and the same or a part of it done by somebody else."""

    work: str
    against: str
    at_most: float | None
    """The ratio that is promised, where one is."""
    ours: Callable[[], Any]
    theirs: Callable[[], Any]


def decisions(number):
    """Make up decisions, the same ones each time."""
    draw = random.Random(2026)  # noqa: S311  # made-up figures
    bodies = [Authority(f"Council {at}", AuthorityType.DISTRICT_COUNCIL, code=f"E{at:08}") for at in range(COUNCILS)]
    outcomes, areas = [*Outcome], [*ServiceArea]
    made = []
    for at in range(number):
        outcome = draw.choice(outcomes)
        made.append(
            Decision(
                f"{at // 1_000_000:02} {at // 1000 % 1000:03} {at % 1000:03}",
                draw.choice(bodies),
                outcome=outcome,
                decided_on=FIRST_DAY + dt.timedelta(draw.randrange(DAYS)),
                service_area=draw.choice(areas),
                satisfactory_remedy=draw.random() < 0.13 if outcome is Outcome.UPHELD else None,
            )
        )
    return made


# --- Counting


def bare_investigations(cases):
    """Count upheld, not upheld and put right."""
    was_upheld, was_not_upheld = Outcome.UPHELD, Outcome.NOT_UPHELD
    upheld = not_upheld = remedies = unknown = 0
    for case in cases:
        outcome = case.outcome
        if outcome is was_upheld:
            upheld += 1
            if case.satisfactory_remedy:
                remedies += 1
            elif case.satisfactory_remedy is None:
                unknown += 1
        elif outcome is was_not_upheld:
            not_upheld += 1
    return upheld, not_upheld, None if unknown else remedies


def bare_outcomes(cases):
    """Count the six outcomes."""
    invalid_, advice_, referred_, closed_, not_upheld_, upheld_ = Outcome
    invalid = advice = referred = closed = not_upheld = upheld = 0
    for case in cases:
        outcome = case.outcome
        if outcome is upheld_:
            upheld += 1
        elif outcome is not_upheld_:
            not_upheld += 1
        elif outcome is closed_:
            closed += 1
        elif outcome is referred_:
            referred += 1
        elif outcome is advice_:
            advice += 1
        elif outcome is invalid_:
            invalid += 1
    return invalid, advice, referred, closed, not_upheld, upheld


def bare_reviews(cases):
    """Count upheld and not upheld by the name of the council and the year, and nothing else: not even repeats."""
    was_upheld, was_not_upheld = Outcome.UPHELD, Outcome.NOT_UPHELD
    counts = {}
    for case in cases:
        day = case.decided_on
        key = case.authority.name, day.year + ((day.month, day.day) >= (4, 1))
        counted = counts.get(key)
        if counted is None:
            counted = counts[key] = [0, 0]
        if case.outcome is was_upheld:
            counted[0] += 1
        elif case.outcome is was_not_upheld:
            counted[1] += 1
    return counts


def counting_pairs(number=1_000_000):
    """Count as many decisions, and see first that both count the same."""
    cases = decisions(number)
    upheld, not_upheld, remedies = bare_investigations(cases)
    assert InvestigationTally(upheld, not_upheld, satisfactory_remedies=remedies) == tally_investigations(cases)
    assert DecisionTally(**dict(zip(Outcome, bare_outcomes(cases), strict=True))) == tally_decisions(cases)
    assert bare_reviews(cases) == {
        (review.authority.name, review.year.ending): [review.investigations.upheld, review.investigations.not_upheld]
        for review in reviews_of(cases)
    }
    return [
        Pair(
            f"tally_investigations of {number:,} decisions",
            "a bare loop that counts with `is`",
            1.3,
            lambda: tally_investigations(cases),
            lambda: bare_investigations(cases),
        ),
        Pair(
            f"tally_decisions of {number:,} decisions",
            "a bare loop that counts with `is`",
            1.3,
            lambda: tally_decisions(cases),
            lambda: bare_outcomes(cases),
        ),
        Pair(
            f"reviews_of {number:,} decisions",
            "a bare loop by council and year, repeats not looked for",
            2,
            lambda: reviews_of(cases),
            lambda: bare_reviews(cases),
        ),
    ]


# --- Measuring


def seconds(work):
    """Time one round, on a clean floor."""
    gc.collect()
    start = time.perf_counter()
    held = work()
    taken = time.perf_counter() - start
    del held
    return taken


def medians(pair, rounds=ROUNDS):
    """Give the median seconds of each; they take turns, so that a busy moment touches both."""
    pair.ours(), pair.theirs()
    taken = [(seconds(pair.ours), seconds(pair.theirs)) for _ in range(rounds)]
    return tuple(statistics.median(times) for times in zip(*taken, strict=True))


def main():
    print("| work | against | lgsco, s | peer, s | ratio | at most |")
    print("|---|---|---|---|---|---|")
    for pair in counting_pairs():
        ours, theirs = medians(pair)
        at_most = "" if pair.at_most is None else f"{pair.at_most:g}"
        print(f"| {pair.work} | {pair.against} | {ours:.3f} | {theirs:.3f} | {ours / theirs:.2f} | {at_most} |")


if __name__ == "__main__":
    main()
