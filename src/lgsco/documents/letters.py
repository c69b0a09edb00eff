"""Letters and pages as read: their figures, and what else they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import KW_ONLY
from typing import Annotated, final

from lgsco._values import Choice, Constraint, Text, value
from lgsco.documents.figures import PrintedReview
from lgsco.documents.improvements import ServiceImprovement


class ParagraphTopic(Choice):
    """What a paragraph of a letter is about."""

    PUBLIC_REPORT = "public_report"
    COMPLIANCE = "compliance"
    LATE_COMPLIANCE = "late_compliance"
    LIAISON = "liaison"


@final
@value
class Paragraph:
    """One paragraph of a letter: the line on which it begins (from 1), and what it is about where that is known."""

    text: Text
    line: Annotated[
        int,
        Constraint(
            lambda line: None if type(line) is int and line > 0 else "must be a line number from 1",
            schema={"minimum": 1},
        ),
    ]
    _: KW_ONLY
    topics: tuple[ParagraphTopic, ...] = ()


@final
@value
class AnnualLetter:
    """
    An annual review letter as read: its figures, whom it addresses, its date and its paragraphs.

    ``addressed_to`` is the office, such as "Head of Paid Service", never a person.
    ``not_found`` names what such a letter prints and this one did not, or not in words that we know.
    """

    figures: PrintedReview
    _: KW_ONLY
    addressed_to: Text | None = None
    dated: dt.date | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    not_found: tuple[str, ...] = ()


@final
@value
class PerformancePage:
    """
    A council's page on the Ombudsman's site as read: the figures of each year on it, and what else it says.

    It can be counted and looped over like its reviews, so that ``lgsco.audit`` takes it as it is.
    ``public_reports`` are the public interest reports that it lists, ``improvements`` the service improvements.
    ``predecessors`` and ``successors`` are the councils that it names as such, as printed.
    ``not_found`` names what such a page prints and this one did not, or not in words that we know.
    """

    name: Text
    reviews: tuple[PrintedReview, ...]
    _: KW_ONLY
    public_reports: tuple[Paragraph, ...] = ()
    improvements: tuple[ServiceImprovement, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.reviews)

    def __iter__(self) -> Iterator[PrintedReview]:
        return iter(self.reviews)

    def __getitem__(self, index: int) -> PrintedReview:
        return self.reviews[index]
