"""What came of loading: the dataset, the files, and what was not understood in each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

import attrs

from lgsco._values import evolve
from lgsco.dataset import Dataset
from lgsco.documents.audits import Audited, audit
from lgsco.documents.decisions import DecisionListing, PublishedDecision
from lgsco.documents.findings import Finding
from lgsco.errors import LgscoError, Problem
from lgsco.model.authorities import Register
from lgsco.model.cases import CaseList
from lgsco.readers.documents import ReadDocument

LoadedDocument: TypeAlias = ReadDocument | CaseList | Dataset
"""What a file is read as: a published document, a council's own cases, or a saved dataset."""


@attrs.frozen
class LoadedFile:
    """
    One file as read: its name as shown, what is in it, and what was not understood or not used.

    ``rows`` are the council-years and cases of it that the dataset has. ``error`` says why nothing was read; it is
    among ``problems`` too.
    """

    name: str
    documents: tuple[LoadedDocument, ...] = attrs.field(default=(), kw_only=True)
    rows: int = attrs.field(default=0, kw_only=True)
    problems: tuple[Problem, ...] = attrs.field(default=(), kw_only=True)
    error: LgscoError | None = attrs.field(default=None, kw_only=True)


@attrs.frozen
class Loaded:
    """
    What ``load`` read: one dataset, the files that it is from, and all that was not understood.

    ``skipped`` are the files in folders and archives that were not opened, each with the reason.
    """

    dataset: Dataset
    files: tuple[LoadedFile, ...] = attrs.field(kw_only=True)
    skipped: tuple[Problem, ...] = attrs.field(default=(), kw_only=True)

    @property
    def documents(self) -> tuple[tuple[str, LoadedDocument], ...]:
        """Each document with the name of its file."""
        return tuple((file.name, document) for file in self.files for document in file.documents)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was not understood, refused, or not used, each with its file and its place there."""
        return (*self.skipped, *(problem for file in self.files for problem in file.problems))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The contradictions within documents, and between them."""
        return findings_of(self.files, self.dataset.register)


def findings_of(files: Iterable[LoadedFile], register: Register) -> tuple[Finding, ...]:
    """
    Return the contradictions within the documents of files, and between them.

    Args:
        files: as ``load`` read them.
        register: where the printed names are looked up.

    Returns:
        Each contradiction once; of listings, also copies of a decision that differ from file to file.
    """
    printed: list[Audited] = []
    listings: list[tuple[str, DecisionListing]] = []
    for file in files:
        for document in file.documents:
            if isinstance(document, DecisionListing):
                listings.append((file.name, document))
            elif isinstance(document, Dataset):
                printed += [*document.printed, *document.averages]
            elif not isinstance(document, CaseList):
                printed.append(document)
    if listings:
        printed.append(combined(listings))
    return tuple(dict.fromkeys(audit(printed, register=register)))


def place_in(name: str, entry: PublishedDecision) -> str:
    """Return the place of an entry with the name of its file before it."""
    return f"{name}, {entry.place}" if entry.place else name


def combined(listings: Iterable[tuple[str, DecisionListing]]) -> DecisionListing:
    """Join listings, so that copies in several files are one case; the place of each entry names its file."""
    return DecisionListing(
        tuple(evolve(entry, place=place_in(name, entry)) for name, listing in listings for entry in listing.as_printed)
    )
