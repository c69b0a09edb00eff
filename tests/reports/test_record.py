"""Everything that is printed of a council and year can be found in what ``lgsco review`` shows of it."""

import re

import attrs

from lgsco import published
from lgsco.render import to_text
from lgsco.reports import review_report

PARTS = ("overview", "decided", "received", "compliance_outcomes")


def printed_numbers(row):
    """List the percentages and counts of a row, each as a page has it."""
    for statistic in (row.upheld, row.compliance, row.remedies):
        # 0 of 0 is said in words.
        if statistic is not None and (statistic.count, statistic.base) != (0, 0):
            if hasattr(statistic.percent, "value"):
                yield str(statistic.percent)
            yield from (f"{count:,}" for count in (statistic.count, statistic.base) if count is not None)
    for part in (getattr(row, name) for name in PARTS):
        if part is not None:
            counts = [getattr(part.counts, field.name.lstrip("_")) for field in attrs.fields(type(part.counts))]
            yield from (f"{count:,}" for count in (*counts, part.total) if type(count) is int)
    if row.per_100k is not None and not isinstance(row.per_100k.rate, str | None):
        yield f"{row.per_100k.rate:f}"


def test_every_printed_percentage_and_count_is_shown():
    """Of every row that ships, contradictions and second sources included."""
    data = published.dataset()
    missing = []
    for row in data.printed:
        council = row.authority(data.register)
        text = to_text(review_report(data, council, row.year), width=100)
        shown = set(re.findall(r"\d(?:[\d,]*\d)?(?:\.\d+)?%?", text))
        missing += [(row.name, str(row.year), number) for number in printed_numbers(row) if number not in shown]
        assert row in data.printed_of(council, row.year)

    assert [] == missing
