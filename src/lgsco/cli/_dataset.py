"""The dataset that a command asks: what ships, and what the options name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lgsco import published
from lgsco.cli._files import load_named
from lgsco.cli._terminal import complain
from lgsco.errors import InvalidValue, by_kind
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from lgsco.dataset import Dataset
    from lgsco.errors import Problem

__all__ = ["add_figures", "dataset_of"]

_MOST_KINDS = 8


def add_figures(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the figures."""
    parser.add_argument(
        "--figures",
        metavar="PATH",
        action="append",
        default=[],
        help="figures beside those that ship: a file, a folder, or what lgsco collect wrote; may be repeated",
    )
    parser.add_argument("--only-figures", action="store_true", help="leave out the figures that ship; needs --figures")


def dataset_of(options: argparse.Namespace) -> Dataset:
    """
    Return the dataset that the options choose, and say on standard error what was not understood of the files.

    Raises:
        UnreadableFile: a file that is named cannot be read.
        InvalidValue: the shipped figures are to be left out, and there are no others.
    """
    paths: list[str] = options.figures
    if not paths:
        if options.only_figures:
            raise InvalidValue.at("--only-figures", True, "needs --figures")  # the value of the option
        return published.dataset()
    loaded = load_named(paths, every=True)
    _complain_of(loaded.problems)
    return loaded.dataset if options.only_figures else published.dataset() + loaded.dataset


def _complain_of(problems: Sequence[Problem]) -> None:
    kinds = by_kind(problems)
    for line in kinds[:_MOST_KINDS]:
        complain(f"lgsco: {line}")
    if len(kinds) > _MOST_KINDS:
        complain(f"lgsco: {wording.figures_not_understood(len(kinds), _MOST_KINDS)}")
