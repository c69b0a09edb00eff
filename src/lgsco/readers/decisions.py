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
from lgsco.documents.decisions import DecisionListing, ListingProblem, PublishedDecision
from lgsco.errors import UnreadableDocument
from lgsco.readers.decision_lines import (
    OUTCOME_WORDS,
    REFERENCE,
    SUMMARY,
    Items,
    Title,
    Wording,
    date_in,
    normal,
    outcome_in,
)
from lgsco.readers.texts import DEFAULT_BOUNDS, Document, document_of

if TYPE_CHECKING:
    from lgsco.readers.bounds import Bounds

__all__ = ["OUTCOME_WORDS", "read_decisions"]

_LABEL = re.compile(r"(?P<label>category|decision date|decision) ?: ?", re.IGNORECASE)
_LEAD = re.compile(r"recent \w+ in this category are shown below|archive has [\d,]+ results?\b", re.IGNORECASE)
_ARCHIVE = re.compile(r"(?P<heading>.*) archive \d{4}\s?-\s?\d{4}", re.IGNORECASE)
_ADDRESS = re.compile(r"/decisions/(?P<category>[a-z-]{1,60})(?:[/?#]|$)", re.IGNORECASE)
_LONGEST_METADATA, _MOST_LINES = 200, 5


def _slug(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.casefold()).strip("-")


_CATEGORY_BY_SLUG = {_slug(category.name): category.name for category in DECISION_CATEGORIES}


def read_decisions(source: str | bytes, *, url: str | None = None, bounds: Bounds = DEFAULT_BOUNDS) -> DecisionListing:
    """
    Read the decisions that a listing, an archive or a decision's own page prints.

    Takes text, HTML, or the bytes of either in UTF-8 or of a PDF (extra ``lgsco[pdf]``); a text may hold several pages.
    The category of a listing stands in its address, so give the address as ``url`` where there is one; links within the
    text tell it too.
    An entry that lacks a line is kept with what it has, and named in the listing's ``problems``.

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
        UnreadableDocument: no text can be had of it (beyond a bound, no UTF-8, or a PDF that is damaged, locked or
            a scan), or it holds no decision and nothing that a listing prints.
        MissingExtra: it is a PDF, and what reads PDFs is not installed.

    Source: the Ombudsman's listings of decisions from 2016 to 2026, its archives, and its pages of single decisions.
    """
    document = document_of(source, bounds, "decisions")
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
_NOTHING_SAID = PublishedDecision(None, None)


class _Reading:
    """One reading of a document: the entries, and what was wrong with them."""

    def __init__(self, document: Document, category: str | None) -> None:
        self.entries: list[PublishedDecision] = []
        self.problems: list[ListingProblem] = []
        self.is_listing = False
        self._has_pages = False
        self._document = document
        self._category = category
        self._linked = {index: found for index, address in document.links if (found := _category_of(address))}
        items = Items(document.lines)
        self._texts, self._indexes, self._bulleted = items.texts, items.indexes, items.bulleted
        self._wording = Wording()
        # Lines that read like a title, and nothing that belongs to a decision follows.
        self._loose: list[tuple[Title, int]] = []

    def read(self) -> None:
        at = 0
        before = ""
        texts = self._texts
        while at < len(texts):
            text = texts[at]
            if text.startswith(SUMMARY):
                at += 1
            elif text[-1] == ")" and (title := self._wording.title(text)):
                at = self._after_title(title, at)
            elif text[0] in _FIRST_LETTERS and (held := self._metadata(at)) and held[1]:
                self._add(None, self._indexes[at], held[0], held[1])
                at = held[2]
            elif text[0] in "CcDd" and _LABEL.match(text):
                at = self._page(None, at, self._indexes[at])
            elif text[0] in _DIGITS and (bare := REFERENCE.fullmatch(text)) and self._has_label(at + 1):
                at = self._page((None, normal(bare["reference"])), at + 1, self._indexes[at])
            else:
                if text[0] in "AaRr" and _LEAD.match(text):
                    self._enter_listing(before)
                at += 1
            before = text
        self._settle_loose()

    def _enter_listing(self, heading: str) -> None:
        self.is_listing = True
        archive = _ARCHIVE.fullmatch(heading)
        named = _slug(archive["heading"] if archive else heading)
        self._category = _CATEGORY_BY_SLUG.get(named, self._category)

    def _after_title(self, title: Title, at: int) -> int:
        """Read what follows a title, and give where to read on."""
        index = self._indexes[at]
        below = at + 1
        if below < len(self._texts):
            text = self._texts[below]
            if text.startswith(SUMMARY):
                self._add(title, index)
                return below + 1
            own = below not in self._bulleted
            if own and text[0] in _FIRST_LETTERS and (held := self._metadata(below)):
                self._add(title, index, held[0], held[1])
                return held[2]
            if self._has_label(below) or _FINAL.match(text):
                return self._page(title, below, index)
        if at in self._bulleted:
            self._add(title, index)
        else:
            self._loose.append((title, index))
        return below

    def _metadata(self, at: int) -> tuple[PublishedDecision, str | None, int] | None:
        """Give what is said of a decision here and its date, over several lines if need be, and where to read on."""
        whole = self._texts[at]
        found = None if whole[-1] == ")" and self._wording.title(whole) else self._wording.metadata(whole)
        if found is None or found[1]:
            return found and (*found, at + 1)
        for below in range(at + 1, min(at + _MOST_LINES, len(self._texts))):
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
        return *found, at + 1

    def _has_label(self, at: int) -> bool:
        """Whether the labels of a decision's own page stand here, or after a line or two."""
        for text in self._texts[at : at + 3]:
            if _LABEL.match(text):
                return True
            if self._wording.title(text):
                break
        return False

    def _page(self, title: Title | None, at: int, index: int) -> int:
        """Read the labels of a decision's own page."""
        said: dict[str, str] = {}
        while at < len(self._texts):
            text = self._texts[at]
            if _FINAL.match(text) or text.startswith(SUMMARY) or (self._wording.title(text) and said):
                break
            labels = [*_LABEL.finditer(text)] if _LABEL.match(text) else []
            if said and not labels:
                break
            at += 1
            for number, label in enumerate(labels, 1):
                what, last = label["label"].lower(), number == len(labels)
                value = text[label.end() : None if last else labels[number].start()].strip()
                if not value and last and at < len(self._texts) and not _LABEL.match(self._texts[at]):
                    # The value of a label may stand on a line of its own.
                    value = self._texts[at]
                    at += 1
                said.setdefault(what, value)
        self._add_page(title, index, said)
        self._has_pages = True
        return at

    def _add_page(self, title: Title | None, index: int, said: dict[str, str]) -> None:
        outcome = outcome_in(said.get("decision", ""))
        date = date_in(said.get("decision date", ""))
        if title is None and outcome is None and date is None:
            return
        category, _, subcategory = (part.strip() for part in _BELOW.sub(">", said.get("category", "")).partition(">"))
        problems = []
        if outcome is None and said.get("decision"):
            problems.append(f"{said['decision']!r} is no outcome that we know")
        if date is None and said.get("decision date"):
            problems.append(f"{said['decision date']!r} is no date")
        body, reference = title or (None, None)
        day = self._wording.day(date) if date else None
        if date and day is None:
            problems.append(f"{date!r} is no day of any year")
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
        self._report(entry, problems)

    def _add(
        self, title: Title | None, index: int, said: PublishedDecision = _NOTHING_SAID, date: str | None = None
    ) -> None:
        """Keep an entry of a listing, with what its lines say."""
        day = self._wording.day(date) if date else None
        body, reference = title or (None, None)
        # Each part is of its field's form by how it was made: a stripped name or none, a reference by its pattern, what
        # is said by a value's own rules, a category of the table, a day, and a place.
        entry = object.__new__(PublishedDecision)
        _body(entry, body)
        _reference(entry, reference)
        _document_type(entry, said.document_type)
        _outcome(entry, said.outcome)
        _category(entry, self._linked.get(index, self._category))
        _subcategory(entry, said.subcategory)
        _decided_on(entry, day)
        _place(entry, self._document.place(index))
        self.entries.append(entry)
        if day is None or body is None or reference is None or said.outcome is None:
            self._report(entry, [f"{date!r} is no day of any year"] if date and day is None else [])

    def _report(self, entry: PublishedDecision, problems: list[str]) -> None:
        """Report what is wrong with an entry, and what it lacks."""
        if entry.missing:
            problems.append(f"this decision is printed without {', '.join(_WORDS[name] for name in entry.missing)}")
        self.problems += [ListingProblem(entry.place or "", problem) for problem in problems]

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
                printed = f"{body} ({reference})"
                reason = f"{printed!r} reads like the title of a decision, but nothing that belongs to one follows"
                self.problems.append(ListingProblem(self._document.place(index), reason))


_WORDS = {"body": "a body", "reference": "a reference", "outcome": "an outcome", "decided_on": "a date"}
_FIRST_LETTERS = frozenset("SsRrNnUuCcIiAa")
_DIGITS = frozenset("0123456789")
_FINAL = re.compile(r"the ombudsm[ae]n.{1,2}s? final decision", re.IGNORECASE)
_BELOW = re.compile(
    r" ?[>\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}] ?"
)
