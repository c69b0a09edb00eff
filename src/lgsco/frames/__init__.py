"""The same measures over data frames: pandas, polars, pyarrow, DuckDB, Spark, and whatever has the Arrow C stream."""

from lgsco.frames._comparing import Against, Layout, compare, inconsistent_counts
from lgsco.frames._rates import add_average, add_funnel_position, add_intervals, add_population_rate, add_rates
from lgsco.frames._tallies import join_tallies, tally, tally_compliance, unknown_outcomes
from lgsco.frames._values import dataset_from, frame_from, frames_of, reviews_from

__all__ = [
    "Against",
    "Layout",
    "add_average",
    "add_funnel_position",
    "add_intervals",
    "add_population_rate",
    "add_rates",
    "compare",
    "dataset_from",
    "frame_from",
    "frames_of",
    "inconsistent_counts",
    "join_tallies",
    "reviews_from",
    "tally",
    "tally_compliance",
    "unknown_outcomes",
]
