"""The dataset that a command asks: what ships, unless the options say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco import published

if TYPE_CHECKING:
    import argparse

    from lgsco.dataset import Dataset

__all__ = ["add_figures", "dataset_of"]


def add_figures(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the figures."""
    del parser


def dataset_of(options: argparse.Namespace) -> Dataset:
    """Return the dataset that the options choose."""
    del options
    return published.dataset()
