"""
Empirical Bayes shrinkage: each council's rate moved towards its group's, the further the fewer its cases.

The rate of a council with few cases is mostly chance, and the spread of the group says how much of it is. What is
shrunk says how much weight the council's own rate was given. A shrunk rate is an estimate, never a published figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, final

import attrs

from lgsco._values import (
    Rule,
    Slug,
    a_text_or_none,
    each,
    instance_of,
    one_named,
    one_of,
    optional,
    tuple_of,
    value,
)
from lgsco.authorities import Authority, Register
from lgsco.casework import ReportingYear
from lgsco.errors import InvalidField
from lgsco.heterogeneity import homogeneity
from lgsco.measures import Measure
from lgsco.peers import one_group
from lgsco.rates import PopulationRate, Proportion
from lgsco.tallies import AnnualReview

__all__ = ["Shrinkage", "ShrinkageMethod", "Shrunk", "correlation_of", "marshall", "shrink"]
