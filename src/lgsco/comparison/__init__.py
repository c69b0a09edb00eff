"""One council beside others: groups, comparisons, funnels, shrinkage and standardisation."""

from lgsco.comparison.cautions import Caution, CautionKind
from lgsco.comparison.comparisons import Benchmark, Comparison, Sensitivity, compare
from lgsco.comparison.funnels import Funnel, FunnelPoint, funnel, funnels_by_group
from lgsco.comparison.groups import Average, AverageMethod, Member, average_of, similar_authorities
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
    "Member",
    "Sensitivity",
    "Shrinkage",
    "ShrinkageMethod",
    "ShrunkRate",
    "StandardisedRatio",
    "average_of",
    "compare",
    "funnel",
    "funnels_by_group",
    "shrink",
    "similar_authorities",
    "standardise",
    "tally_by_area",
]
