"""The same measures over any dataframe: pandas, polars, pyarrow, DuckDB, Spark, and what offers the Arrow C stream."""

from lgsco.frames._comparing import Layout, compare, contradictory
from lgsco.frames._rates import add_average, add_funnel_position, add_intervals, add_rates
from lgsco.frames._tallies import join_tallies, tally, tally_compliance, unlisted
from lgsco.frames._values import frame_from, reviews_from

__all__ = [
    "Layout",
    "add_average",
    "add_funnel_position",
    "add_intervals",
    "add_rates",
    "compare",
    "contradictory",
    "frame_from",
    "join_tallies",
    "reviews_from",
    "tally",
    "tally_compliance",
    "unlisted",
]
