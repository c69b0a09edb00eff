"""
Comparing councils: groups, comparisons, funnels, shrinkage and standardisation.

Start with ``compare``, which compares a council's year with a benchmark:

>>> from lgsco import ReportingYear, published, uphold_rate
>>> from lgsco.comparison import compare
>>> kent = published.register().find("Kent")
>>> [review] = [review for review in published.reviews(ReportingYear(2024)) if review.authority == kent]
>>> comparison = compare(review, published.average(review, uphold_rate), uphold_rate)
>>> comparison.verdict
Verdict.NOT_DISTINGUISHABLE

**Groups** (``comparison.groups``): ``similar_authorities``; ``group_rates``, the councils of a group and their rates
(``GroupRates``), on which averages, funnels and shrinkage rest; and ``average_of``, the pooled average of a group. It
needs five councils and half of the group. An average that the Ombudsman printed includes the council itself; one that
is computed for a comparison leaves it out.

**Comparisons** (``comparison.comparisons``): ``compare`` returns a ``Comparison``: the rate with its interval, the
verdict with what it depends on, which counts chance alone could give, and sentences. A ``Benchmark`` is an average, a
printed percentage or a ``Target``.

**Cautions** (``comparison.cautions``): reasons to read a figure carefully: few cases, a series break, part of a group.

**Funnels** (``comparison.funnels``): ``funnel`` of a group against control limits that widen where cases are few, with
or without allowance for overdispersion.

**Many councils** (``comparison.shrinkage``, ``comparison.standardisation``): ``shrink`` moves rates of few cases
towards the group's; ``standardise`` compares a council's upheld cases with those that its mix of service areas would
give.

There are no ranks: a position is within or outside limits.
"""

from lgsco.comparison.cautions import Caution, CautionKind
from lgsco.comparison.comparisons import Benchmark, Comparison, Sensitivity, Target, compare
from lgsco.comparison.funnels import Funnel, FunnelPoint, funnel, funnels_by_group
from lgsco.comparison.groups import (
    Average,
    AverageMethod,
    GroupRates,
    Member,
    average_of,
    group_rates,
    similar_authorities,
)
from lgsco.comparison.shrinkage import Shrinkage, ShrinkageMethod, ShrunkRate, shrink
from lgsco.comparison.standardisation import AreaRates, StandardisedRatio, standardise, tally_by_area

__all__ = [
    "AreaRates",
    "Average",
    "AverageMethod",
    "Benchmark",
    "Caution",
    "CautionKind",
    "Comparison",
    "Funnel",
    "FunnelPoint",
    "GroupRates",
    "Member",
    "Sensitivity",
    "Shrinkage",
    "ShrinkageMethod",
    "ShrunkRate",
    "StandardisedRatio",
    "Target",
    "average_of",
    "compare",
    "funnel",
    "funnels_by_group",
    "group_rates",
    "shrink",
    "similar_authorities",
    "standardise",
    "tally_by_area",
]
