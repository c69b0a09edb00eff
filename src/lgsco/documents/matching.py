"""What could be matched with the register, and what could not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import KW_ONLY
from typing import Generic, TypeVar, final

from lgsco._values import value
from lgsco.errors import Problem
from lgsco.model.cases import Decision
from lgsco.model.reviews import AnnualReview

FoundT = TypeVar("FoundT", AnnualReview, Decision)


@final
@value
class Matched(Generic[FoundT]):
    """
    Values made of what was printed, each with its council, and a problem for everything that could not be matched.

    It can be counted and looped over like what was found.
    """

    found: tuple[FoundT, ...]
    _: KW_ONLY
    unmatched: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[FoundT]:
        return iter(self.found)
