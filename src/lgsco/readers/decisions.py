"""
Listings of decisions, archives of them, and pages of a single decision.

A text is read line by line. Each line is looked at for what it is: the title of a decision, what kind of decision that
is, a label of a decision's own page, or the beginning of a summary; all else is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lgsco._values import setters_of
from lgsco.documents.categories import DECISION_CATEGORIES
from lgsco.documents.decisions import DecisionListing, PublishedDecision
from lgsco.errors import NO_VALUE, Place, Problem, UnreadableDocument
from lgsco.readers.decision_lines import (
    OUTCOME_WORDS,
    SUMMARY,
    Items,
    Title,
    Wording,
    date_in,
    outcome_in,
)
from lgsco.readers.scanner import REFERENCE, normal
from lgsco.readers.texts import DEFAULT_BOUNDS, Document, document_of

if TYPE_CHECKING:
    from lgsco.readers.bounds import Bounds

__all__ = ["OUTCOME_WORDS", "decisions_in", "read_decisions"]

_LABEL = re.compile(r"(?P<label>category|decision date|decision) ?: ?", re.IGNORECASE)
_LEAD = re.compile(
    r"recent \w+ in this category are shown below|archive has [\d,]+ results?\b"
    r"|(?:your search (?:has|had|returned) )?(?:no|0) (?:search )?results\b",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(r"(?P<heading>.*) archive \d{4}\s?-\s?\d{4}", re.IGNORECASE)
_ADDRESS = re.compile(r"/decisions/(?P<category>[a-z-]{1,60})(?:[/?#]|$)", re.IGNORECASE)
_LONGEST_METADATA, _MOST_LINES = 200, 5


def _slug(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.casefold()).strip("-")


_CATEGORY_BY_SLUG = {_slug(category.name): category.name for category in DECISION_CATEGORIES}


def read_decisions(source: str | bytes, *, url: str | None = None, bounds: Bounds = DEFAULT_BOUNDS) -> DecisionListing:
    """
    Read the decisions that a listing, an archive or a decision's own page prints.

    An entry that lacks a line is kept with what it has, and is among the listing's ``problems``.

    Args:
        source: text, HTML, or the bytes of either in UTF-8 or of a PDF (extra ``lgsco[pdf]``); a text may hold several
            pages.
        url: the address of the page, which has the category of its decisions; links within the text have it too.
        bounds: the most that is read.

    Returns:
        Every copy of a decision as printed, the cases that they are copies of, and what could not be read.

    >>> listing = read_decisions(\'\'\'
    ... Special educational needs
    ... Recent statements in this category are shown below:
    ...   • Barsetshire Council (24 013 122)
    ...     Statement Not upheld Special educational needs 24-Jul-2025
    ...     Summary: The Council was not at fault.
    ... \'\'\', url="https://www.lgo.org.uk/decisions/education/special-educational-needs")
    >>> [entry] = listing.entries
    >>> print(entry.body, entry.reference, entry.outcome.label, entry.decided_on, entry.category, sep=", ")
    Barsetshire Council, 24 013 122, Not upheld, 2025-07-24, Education

    Raises:
        UnreadableDocument: it has no readable text (beyond a bound, not UTF-8, or a PDF that is damaged, locked or a
            scan), or it holds no decision and nothing that a listing prints.
        MissingExtra: it is a PDF, and what reads PDFs is not installed.

    Source: the Ombudsman's listings of decisions from 2016 to 2026, its archives, and its pages of single decisions.
    """
    return decisions_in(document_of(source, bounds, "decisions"), url=url)


def decisions_in(document: Document, *, url: str | None = None) -> DecisionListing:
    """Read the decisions of a document, as ``read_decisions`` does."""
    reading = _Reading(document, _category_of(url))
    reading.read()
    if not reading.entries and not reading.is_listing:
        raise UnreadableDocument("decisions", (), ("decisions",))
    return DecisionListing(tuple(reading.entries), problems=tuple(reading.problems))


def _category_of(address: str | None) -> str | None:
    match = _ADDRESS.search(address) if address else None
    return _CATEGORY_BY_SLUG.get(match["category"].lower()) if match else None


_body, _reference, _document_type, _outcome, _category, _subcategory, _decided_on, _place = setters_of(
    PublishedDecision
)
_NO_METADATA = PublishedDecision(None, None)


class _Reading:
    """One reading of a document: the entries, and what was wrong with them."""

    def __init__(self, document: Document, category: str | None) -> None:
        self.entries: list[PublishedDecision] = []
        self.problems: list[Problem] = []
        self.is_listing = False
        self._has_pages = False
        self._document = document
        self._category = category
        self._linked = {index: linked for index, address in document.links if (linked := _category_of(address))}
        items = Items(document.lines)
        self._texts, self._indexes, self._bulleted = items.texts, items.indexes, items.bulleted
        self._wording = Wording()
        # Lines that read like a title, and nothing that belongs to a decision follows.
        self._loose: list[tuple[Title, int]] = []

    def read(self) -> None:
        row = 0
        before = ""
        texts = self._texts
        while row < len(texts):
            text = texts[row]
            if text.startswith(SUMMARY):
                row += 1
            elif text[-1] == ")" and (title := self._wording.title(text)):
                row = self._after_title(title, row)
            elif text[0] in _FIRST_LETTERS and (metadata := self._metadata(row)) and metadata[1]:
                self._add(None, self._indexes[row], metadata[0], metadata[1])
                row = metadata[2]
            elif text[0] in "CcDd" and _LABEL.match(text):
                row = self._page(None, row, self._indexes[row])
            elif text[0] in _DIGITS and (bare := REFERENCE.fullmatch(text)) and self._has_label(row + 1):
                row = self._page((None, normal(bare["reference"])), row + 1, self._indexes[row])
            else:
                if text[0] in _LEAD_LETTERS and _LEAD.match(text):
                    self._enter_listing(before)
                row += 1
            before = text
        self._settle_loose()

    def _enter_listing(self, heading: str) -> None:
        self.is_listing = True
        archive = _ARCHIVE.fullmatch(heading)
        named = _slug(archive["heading"] if archive else heading)
        self._category = _CATEGORY_BY_SLUG.get(named, self._category)

    def _after_title(self, title: Title, row: int) -> int:
        """Read what follows a title, and return the row to read on from."""
        index = self._indexes[row]
        below = row + 1
        if below < len(self._texts):
            text = self._texts[below]
            if text.startswith(SUMMARY):
                self._add(title, index)
                return below + 1
            own = below not in self._bulleted
            if own and text[0] in _FIRST_LETTERS and (metadata := self._metadata(below)):
                self._add(title, index, metadata[0], metadata[1])
                return metadata[2]
            if self._has_label(below) or _FINAL.match(text):
                return self._page(title, below, index)
        if row in self._bulleted:
            self._add(title, index)
        else:
            self._loose.append((title, index))
        return below

    def _metadata(self, row: int) -> tuple[PublishedDecision, str | None, int] | None:
        """Read the kind of a decision and its date, over several lines if need be, and the row to read on from."""
        whole = self._texts[row]
        metadata = None if whole[-1] == ")" and self._wording.title(whole) else self._wording.metadata(whole)
        if metadata is None or metadata[1]:
            return metadata and (*metadata, row + 1)
        for below in range(row + 1, min(row + _MOST_LINES, len(self._texts))):
            text = self._texts[below]
            if text.startswith(SUMMARY):
                broken = self._wording.metadata(whole)
                return broken and (*broken, below)
            whole = f"{whole} {text}"
            if (
                below in self._bulleted
                or len(whole) > _LONGEST_METADATA
                or self._wording.title(text)
                or _LABEL.match(text)
            ):
                break
            if (broken := self._wording.metadata(whole)) and broken[1]:
                return *broken, below + 1
        return *metadata, row + 1

    def _has_label(self, row: int) -> bool:
        """Whether the labels of a decision's own page are in this row, or in one of the next two."""
        for text in self._texts[row : row + 3]:
            if _LABEL.match(text):
                return True
            if self._wording.title(text):
                break
        return False

    def _page(self, title: Title | None, row: int, index: int) -> int:
        """Read the labels of a decision's own page."""
        values: dict[str, str] = {}
        while row < len(self._texts):
            text = self._texts[row]
            if _FINAL.match(text) or text.startswith(SUMMARY) or (self._wording.title(text) and values):
                break
            labels = [*_LABEL.finditer(text)] if _LABEL.match(text) else []
            if values and not labels:
                break
            row += 1
            for number, label in enumerate(labels, 1):
                name, last = label["label"].lower(), number == len(labels)
                value = text[label.end() : None if last else labels[number].start()].strip()
                if not value and last and row < len(self._texts) and not _LABEL.match(self._texts[row]):
                    # The value of a label may be on a line of its own.
                    value = self._texts[row]
                    row += 1
                values.setdefault(name, value)
        self._add_page(title, index, values)
        self._has_pages = True
        return row

    def _add_page(self, title: Title | None, index: int, values: dict[str, str]) -> None:
        outcome = outcome_in(values.get("decision", ""))
        date = date_in(values.get("decision date", ""))
        if title is None and outcome is None and date is None:
            return
        category, _, subcategory = (part.strip() for part in _BELOW.sub(">", values.get("category", "")).partition(">"))
        body, reference = title or (None, None)
        day = self._wording.day(date) if date else None
        entry = PublishedDecision(
            body,
            reference,
            outcome=outcome,
            category=category or None,
            subcategory=subcategory or None,
            decided_on=day,
            place=self._document.place(index),
        )
        self.entries.append(entry)
        if outcome is None and values.get("decision"):
            self._problem(index, "is not an outcome that we know", values["decision"])
        if day is None and values.get("decision date"):
            self._problem(index, "is not a date", date or values["decision date"])
        self._report_missing(entry, index)

    def _add(
        self, title: Title | None, index: int, kind: PublishedDecision = _NO_METADATA, date: str | None = None
    ) -> None:
        """Keep an entry of a listing, with what its lines say."""
        day = self._wording.day(date) if date else None
        body, reference = title or (None, None)
        # Each part satisfies its field's constraint by how it was made: a stripped name or none, a reference by its
        # pattern, the parts of another value, a category of the table, a date, and a place.
        entry = object.__new__(PublishedDecision)
        _body(entry, body)
        _reference(entry, reference)
        _document_type(entry, kind.document_type)
        _outcome(entry, kind.outcome)
        _category(entry, self._linked.get(index, self._category))
        _subcategory(entry, kind.subcategory)
        _decided_on(entry, day)
        _place(entry, self._document.place(index))
        self.entries.append(entry)
        if day is None or body is None or reference is None or kind.outcome is None:
            if date and day is None:
                self._problem(index, "is not a date", date)
            self._report_missing(entry, index)

    def _problem(self, index: int, reason: str, value: object = NO_VALUE) -> None:
        self.problems.append(Problem(Place(path=self._document.place(index)), reason, value=value))

    def _report_missing(self, entry: PublishedDecision, index: int) -> None:
        if entry.missing:
            missing = ", ".join(_WORDS[name] for name in entry.missing)
            self._problem(index, f"this decision is printed without {missing}")

    def _settle_loose(self) -> None:
        """Report titles that nothing follows; where there is nothing else, the first is that of a page without."""
        if self._loose and not self.entries:
            self._add(*self._loose[0])
        if self._has_pages:
            # The paragraphs of a decision speak of others.
            return
        known = {entry.reference for entry in self.entries}
        for (body, reference), index in self._loose:
            if reference not in known:
                reason = "reads like the title of a decision, but nothing that belongs to one follows"
                self._problem(index, reason, f"{body} ({reference})")


_WORDS = {"body": "a body", "reference": "a reference", "outcome": "an outcome", "decided_on": "a date"}
_FIRST_LETTERS = frozenset("SsRrNnUuCcIiAa")
_LEAD_LETTERS = frozenset("AaRrYyNn0")
_DIGITS = frozenset("0123456789")
_FINAL = re.compile(r"the ombudsm[ae]n.{1,2}s? final decision", re.IGNORECASE)
_BELOW = re.compile(
    r" ?[>\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}] ?"
)
