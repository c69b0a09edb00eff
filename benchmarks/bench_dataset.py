"""
What a national dataset costs, beside plain pandas doing the joins by hand, in one run.

Run it with: uv run --group bench python benchmarks/bench_dataset.py
Five groups over eight years, some 2,700 council-years from two sources, with their averages, and 16,000 decisions.
Each promise is a time of the processor or a size; the ratio beside pandas says what a busy machine cannot.
"""

import argparse
import datetime as dt
import json
import random
import statistics
import time
import tracemalloc

import pandas as pd

import lgsco
from lgsco import convert, documents, published
from lgsco.model import Decision, Outcome

YEARS = tuple(lgsco.ReportingYear(ending) for ending in range(2018, 2026))
DECISIONS = 16_000
ROUNDS = 5
SOURCES = (
    lgsco.Source("Complaints decided", published_on=dt.date(2025, 7, 1)),
    lgsco.Source("The county's newspapers", basis=lgsco.Basis.SECOND_HAND),
)


def parts():
    """Make up a country from two sources that agree, the same one each time."""
    draw = random.Random(2026)  # noqa: S311  # made-up figures
    register = published.register()
    rows, averages, decisions = {source: [] for source in SOURCES}, [], []
    for year in YEARS:
        for group in (group for group in lgsco.AuthorityType if group.is_comparison_group):
            averages += [
                lgsco.PrintedAverage(group, year, measure=measure, percent=lgsco.PrintedPercent(draw.randint(50, 100)))
                for measure in lgsco.KEY_STATISTICS
            ]
            for council in register.in_group(group, year.end):
                total, outcomes = draw.randint(0, 90), draw.randint(0, 60)
                upheld = draw.randint(0, total)
                remedies, complied = draw.randint(0, upheld), draw.randint(0, outcomes)
                figures = {
                    "upheld": documents.PrintedStatistic(count=upheld, base=total),
                    "compliance": documents.PrintedStatistic(count=complied, base=outcomes),
                    "remedies": documents.PrintedStatistic(count=remedies, base=upheld, base_noun="upheld decisions"),
                }
                rows[SOURCES[0]].append(lgsco.PrintedReview(council.name, year, source=SOURCES[0], **figures))
                if draw.random() < 0.1:
                    rows[SOURCES[1]].append(lgsco.PrintedReview(council.name, year, source=SOURCES[1], **figures))
    councils = register.in_group(lgsco.AuthorityType.COUNTY_COUNCIL, YEARS[-1].end)
    for number in range(DECISIONS):
        day = dt.date(2017, 4, 1) + dt.timedelta(days=draw.randrange(8 * 365))
        reference = f"{(day - dt.timedelta(days=90)).year % 100:02} {number // 1000:03} {number % 1000:03}"
        decisions.append(Decision(reference, draw.choice(councils), outcome=draw.choice([*Outcome]), decided_on=day))
    first = lgsco.Dataset(register, printed=rows[SOURCES[0]], averages=averages)
    return first, lgsco.Dataset(register, printed=rows[SOURCES[1]], cases=decisions)


def by_hand(first, second):
    """Make the frames that an analyst would have: a row a council and year, and the averages."""
    counts = pd.DataFrame(
        {
            "council": row.name,
            "year": row.year.ending,
            "source": place,
            "upheld": row.upheld.count,
            "investigations": row.upheld.base,
            "complied": row.compliance.count,
            "outcomes": row.compliance.base,
            "remedies": row.remedies.count,
        }
        for place, data in enumerate((first, second))
        for row in data.printed
    )
    groups = pd.DataFrame({"council": entry.authority.name, "group": entry.group} for entry in first.register.entries)
    averages = pd.DataFrame(
        {"group": row.group, "year": row.year.ending, "measure": row.measure.name, "average": row.percent.value}
        for row in first.averages
    )
    return counts, groups, averages


def joined_by_hand(frames):
    """Take the better source of each council and year, and set its group and averages beside it."""
    counts, groups, averages = frames
    better = counts.sort_values(["council", "year", "source"]).drop_duplicates(["council", "year"])
    wide = averages.pivot_table(index=["group", "year"], columns="measure", values="average").reset_index()
    return better.merge(groups, on="council").merge(wide, on=["group", "year"])


def compared_by_hand(joined):
    """Work out the three rates with their Wilson limits, which is a part of what a comparison has."""
    for count, base in (("upheld", "investigations"), ("complied", "outcomes"), ("remedies", "upheld")):
        share, total = joined[count] / joined[base], joined[base]
        middle = (share + 1.92 / total) / (1 + 3.84 / total)
        half = 1.96 * ((share * (1 - share) + 0.96 / total) / total) ** 0.5 / (1 + 3.84 / total)
        joined[[f"{count}_low", f"{count}_high"]] = pd.concat([middle - half, middle + half], axis=1)
    return joined


def fresh(data):
    """Return the same dataset without what it has looked up so far."""
    return lgsco.evolve(data)


def compared(data, against="printed"):
    """Compare all councils of the last year on three measures, without a sentence."""
    return [
        data.compare(review.authority, review.year, measure, against=against).verdict
        for review in data.reviews(year=YEARS[-1])
        for measure in lgsco.KEY_STATISTICS
    ]


def sentence(data):
    """Compare one council, in words."""
    return data.compare("Kent", YEARS[-1], lgsco.uphold_rate).sentence()


def seconds(work, *given):
    """Return the median processor time of a few rounds, which a busy machine changes least."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work(*given)
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def main():
    """Print what each promise costs, and what pandas takes for its part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", choices=("join", "save", "load", "compare"), help="profile one of them instead")
    first, second = parts()
    whole = first + second
    text = convert.to_json(whole)
    works = {
        "join": lambda: len((first + second).reviews()),
        "save": lambda: convert.to_json(whole),
        "load": lambda: convert.from_json(text, lgsco.Dataset),
        "compare": lambda: compared(fresh(whole)),
    }
    chosen = parser.parse_args().profile
    if chosen:
        import cProfile  # noqa: PLC0415  # only where it is asked for

        cProfile.runctx("work()", {"work": works[chosen]}, {}, sort="cumulative")
        return
    frames = by_hand(first, second)
    joined = joined_by_hand(frames)
    whole.reviews()
    print(f"{whole!r}, {len(whole.reviews()):,} reviews, {len(text) / 1e6:.1f} MB of JSON")
    print(f"{'work':44}{'seconds':>10}{'at most':>10}{'by hand':>10}{'ratio':>8}")
    rows = [
        ("join two sources, and count", seconds(works["join"]), 0.5, seconds(joined_by_hand, frames)),
        ("save as JSON", seconds(works["save"]), 1.0, seconds(lambda: json.dumps(json.loads(text)))),
        ("load from JSON", seconds(works["load"]), 1.0, seconds(json.loads, text)),
        ("compare one council, with its sentence", seconds(sentence, whole), 0.01, None),
        ("compare all, three measures", seconds(compared, whole), 0.25, seconds(compared_by_hand, joined)),
        ("the same beside the others of each group", seconds(compared, whole, "others"), 0.25, None),
    ]
    for work, taken, most, theirs in rows:
        beside = "" if theirs is None else f"{theirs:10.4f}{taken / theirs:8.1f}"
        print(f"{work:44}{taken:10.4f}{most:10.2f}{beside}")
    tracemalloc.start()
    kept = convert.from_json(text, lgsco.Dataset)
    kept.reviews()
    print(f"memory, loaded and counted: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB at most (promised: 150)")


if __name__ == "__main__":
    main()
