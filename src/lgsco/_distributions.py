"""Probability distributions, on the standard library alone."""

from __future__ import annotations

from statistics import NormalDist

__all__ = ["normal_quantile"]

normal_quantile = NormalDist().inv_cdf
"""The point below which a standard normal variable falls with the given probability, between 0 and 1."""
