"""
Listings of decisions, archives of them, and pages of a single decision.

A text is read line by line. Each line is looked at for what it is: the title of a decision, what kind of decision that
is, a label of a decision's own page, or the beginning of a summary; all else is passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lgsco.casework import Outcome
from lgsco.errors import UnreadableListing
from lgsco.listings import DECISION_CATEGORIES, DecisionListing, ListingProblem, PublishedDecision
from lgsco.readers.days import MONTHS
from lgsco.readers.texts import DEFAULT_BOUNDS, Document, document_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lgsco.readers.bounds import Bounds

__all__ = ["OUTCOME_WORDS", "read_decisions"]

_REFERENCE = re.compile(
    r"(?:ref(?:erence)?[.:]? ?)?(?P<reference>\d\d[ -]?\d{3}[ -]?\d{3} ?[a-z]?|\d\d/[a-z]/\d{1,5})",
    re.IGNORECASE | re.ASCII,
)
# By the words with which it is printed, which vary; the longest first, since "not upheld" contains "upheld".
OUTCOME_WORDS = {
    "referred back for local resolution": Outcome.REFERRED_BACK,
    "closed after initial enquiries": Outcome.CLOSED_AFTER_INITIAL_ENQUIRIES,
    "invalid or incomplete": Outcome.INVALID_OR_INCOMPLETE,
    "incomplete or invalid": Outcome.INVALID_OR_INCOMPLETE,
    "incomplete/invalid": Outcome.INVALID_OR_INCOMPLETE,
    "invalid/incomplete": Outcome.INVALID_OR_INCOMPLETE,
    "referred back": Outcome.REFERRED_BACK,
    "advice given": Outcome.ADVICE_GIVEN,
    "not upheld": Outcome.NOT_UPHELD,
    "upheld": Outcome.UPHELD,
}
_OUTCOME = "|".join(map(re.escape, OUTCOME_WORDS))
_DATE = r"(?P<day>\d{1,2})[ /.-](?P<month>[a-z]{3,9}|\d{1,2})[ /.-](?P<year>\d{4})"
# Looked for in small letters; what follows is the subcategory, and the date stands at the end.
# Looked for in small letters; after them stands the subcategory, and at the end the date.
_KIND = re.compile(rf"(?:(?P<type>statement|report)(?: |$))?(?:(?P<outcome>{_OUTCOME})(?: |$))?")
_BETWEEN = re.compile(r"[ /.-]")
_A_DATE = re.compile(_DATE, re.IGNORECASE | re.ASCII)
_DATE_AT_END = re.compile(rf"(?:^|(?<=[ )])){_DATE}$", re.IGNORECASE | re.ASCII)
_LONGEST_KIND, _LONGEST_DATE = 60, 18
_AS_PRINTED, _DATE_AS_PRINTED = len("24 013 122"), len("24-Jul-2025")
_LABEL = re.compile(r"(?P<label>category|decision date|decision) ?: ?", re.IGNORECASE)
# The end of what stands before a summary on the same line.
_BEFORE_SUMMARY = re.compile(r"(?:\)|\d{4}) ?$", re.ASCII)
_GLUED = re.compile(
    rf"(?P<title>.*?\({_REFERENCE.pattern}\)) ?(?P<rest>(?:statement|report|summary|category|decision)\b.*)",
    re.IGNORECASE | re.ASCII,
)
_LEAD = re.compile(r"recent \w+ in this category are shown below|archive has [\d,]+ results?\b", re.IGNORECASE)
_ARCHIVE = re.compile(r"(?P<heading>.*) archive \d{4}\s?-\s?\d{4}", re.IGNORECASE)
_ADDRESS = re.compile(r"/decisions/(?P<category>[a-z-]{1,60})(?:[/?#]|$)", re.IGNORECASE)
_SUMMARY = ("Summary:", "Summary :", "SUMMARY:")
_BULLETS = "\N{BULLET}\N{MIDDLE DOT}\N{EN DASH}-*"
_LONGEST_TITLE, _LONGEST_METADATA, _MOST_LINES = 250, 200, 5


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
        UnreadableListing: no text can be had of it (it is beyond a bound, no UTF-8, or a PDF that is damaged, locked or
            a scan), or it holds no decision and nothing that a listing prints.
        MissingExtra: it is a PDF, and what reads PDFs is not installed.

    Source: the Ombudsman's listings of decisions from 2016 to 2026, its archives, and its pages of single decisions.
    """
    document = document_of(source, bounds, UnreadableListing)
    reading = _Reading(document, _category_of(url))
    reading.read()
    if not reading.entries and not reading.is_listing:
        raise UnreadableListing((), ("decisions",))
    return DecisionListing(tuple(reading.entries), problems=tuple(reading.problems))


def _category_of(address: str | None) -> str | None:
    match = _ADDRESS.search(address) if address else None
    return _CATEGORY_BY_SLUG.get(match["category"].lower()) if match else None


_Item: TypeAlias = tuple[str, int, bool]
"""A line, its index in the document, and whether a bullet stands before it."""


class _Title(NamedTuple):
    """The line that names the body and the reference, either of which may be missing."""

    body: str | None
    reference: str


class _Metadata(NamedTuple):
    """The line that says what kind of document it is, how the case ended, what it was about, and when."""

    type: str | None
    outcome: Outcome | None
    subcategory: str | None
    date: str | None


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
        self._items = _items(document.lines)
        # The same words and the same days stand in many entries.
        self._kinds: dict[str, _Metadata | None] = {}
        self._days: dict[str, dt.date] = {}
        # Lines that read like a title, and nothing that belongs to a decision follows.
        self._loose: list[tuple[_Title, int]] = []

    def read(self) -> None:
        at = 0
        before = ""
        while at < len(self._items):
            text, index, bulleted = self._items[at]
            if text.startswith(_SUMMARY):
                at += 1
            elif text[-1] == ")" and (title := _title(text)):
                at = self._after_title(title, at, bulleted=bulleted)
            elif text[0] in _FIRST_LETTERS and (held := self._metadata(at)) and held[0].date:
                self._add(None, index, held[0])
                at = held[1]
            elif text[0] in "CcDd" and _LABEL.match(text):
                at = self._page(None, at, index)
            elif text[0] in _DIGITS and (bare := _REFERENCE.fullmatch(text)) and self._has_label(at + 1):
                at = self._page(_Title(None, _normal(bare["reference"])), at + 1, index)
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

    def _after_title(self, title: _Title, at: int, *, bulleted: bool) -> int:
        """Read what follows a title, and give where to read on."""
        index = self._items[at][1]
        below = at + 1
        if below < len(self._items):
            text = self._items[below][0]
            if text.startswith(_SUMMARY):
                self._add(title, index, None)
                return below + 1
            own = not self._items[below][2]
            if own and text[0] in _FIRST_LETTERS and (held := self._metadata(below)):
                self._add(title, index, held[0])
                return held[1]
            if self._has_label(below) or _FINAL.match(text):
                return self._page(title, below, index)
        if bulleted:
            self._add(title, index, None)
        else:
            self._loose.append((title, index))
        return below

    def _metadata(self, at: int) -> tuple[_Metadata, int] | None:
        """Give the type, outcome, subcategory and date that stand here, over several lines if need be."""
        whole = self._items[at][0]
        found = None if _title(whole) else self._kind(whole)
        if found is None or found.date:
            return found and (found, at + 1)
        for below in range(at + 1, min(at + _MOST_LINES, len(self._items))):
            text, _, bulleted = self._items[below]
            if text.startswith(_SUMMARY):
                broken = self._kind(whole)
                return broken and (broken, below)
            whole = f"{whole} {text}"
            if bulleted or len(whole) > _LONGEST_METADATA or _title(text) or _LABEL.match(text):
                break
            if (broken := self._kind(whole)) and broken.date:
                return broken, below + 1
        return found, at + 1

    def _kind(self, text: str) -> _Metadata | None:
        """Part a line of metadata from both its ends; the middle is the subcategory, and may be any words."""
        printed = text[-_DATE_AS_PRINTED:]
        if printed in self._days:
            text = text[:-_DATE_AS_PRINTED].rstrip()
        elif date := _DATE_AT_END.search(text, max(len(text) - _LONGEST_DATE, 0)):
            printed, text = date[0], text[: date.start()].rstrip()
        else:
            printed = ""
        if text not in self._kinds:
            self._kinds[text] = _kind(text)
        kind = self._kinds[text]
        return kind and _Metadata(kind[0], kind[1], kind[2], printed or None)

    def _has_label(self, at: int) -> bool:
        """Whether the labels of a decision's own page stand here, or after a line or two."""
        for text, _, _ in self._items[at : at + 3]:
            if _LABEL.match(text):
                return True
            if _title(text):
                break
        return False

    def _page(self, title: _Title | None, at: int, index: int) -> int:
        """Read the labels of a decision's own page."""
        said: dict[str, str] = {}
        while at < len(self._items):
            text = self._items[at][0]
            if _FINAL.match(text) or text.startswith(_SUMMARY) or (_title(text) and said):
                break
            labels = [*_LABEL.finditer(text)] if _LABEL.match(text) else []
            if said and not labels:
                break
            at += 1
            for number, label in enumerate(labels, 1):
                what, last = label["label"].lower(), number == len(labels)
                value = text[label.end() : None if last else labels[number].start()].strip()
                if not value and last and at < len(self._items) and not _LABEL.match(self._items[at][0]):
                    # The value of a label may stand on a line of its own.
                    value = self._items[at][0]
                    at += 1
                said.setdefault(what, value)
        self._add_page(title, index, said)
        self._has_pages = True
        return at

    def _add_page(self, title: _Title | None, index: int, said: dict[str, str]) -> None:
        outcome = _outcome(said.get("decision", ""))
        date = _A_DATE.match(said.get("decision date", ""))
        if title is None and outcome is None and date is None:
            return
        category, _, subcategory = (part.strip() for part in _BELOW.sub(">", said.get("category", "")).partition(">"))
        problems = []
        if outcome is None and said.get("decision"):
            problems.append(f"{said['decision']!r} is no outcome that we know")
        if date is None and said.get("decision date"):
            problems.append(f"{said['decision date']!r} is no date")
        body, reference = title or (None, None)
        self._keep(
            PublishedDecision(
                body,
                reference,
                outcome=outcome,
                category=category or None,
                subcategory=subcategory or None,
                decided_on=self._day(date[0], problems) if date else None,
                place=self._document.place(index),
            ),
            problems,
        )

    def _add(self, title: _Title | None, index: int, said: _Metadata | None) -> None:
        """Keep an entry of a listing, with what its lines say."""
        kind, outcome, subcategory, date = said or (None, None, None, None)
        problems: list[str] = []
        body, reference = title or (None, None)
        self._keep(
            PublishedDecision(
                body,
                reference,
                document_type=kind,
                outcome=outcome,
                category=self._linked.get(index, self._category),
                subcategory=subcategory,
                decided_on=self._day(date, problems) if date else None,
                place=self._document.place(index),
            ),
            problems,
        )

    def _keep(self, entry: PublishedDecision, problems: list[str]) -> None:
        self.entries.append(entry)
        if entry.body is None or entry.reference is None or entry.outcome is None or entry.decided_on is None:
            lacking = ", ".join(_WORDS[name] for name in entry.missing)
            problems.append(f"this decision is printed without {lacking}")
        if problems:
            place = entry.place or ""
            self.problems += [ListingProblem(place, problem) for problem in problems]

    def _day(self, printed: str, problems: list[str]) -> dt.date | None:
        """Give the day that a date stands for; one that is no day is a problem."""
        if (known := self._days.get(printed)) is not None:
            return known
        number, month, year = _BETWEEN.split(printed)
        months = MONTHS.get(month.lower(), 0) if month.isalpha() else int(month)
        try:
            day = self._days[printed] = dt.date(int(year), months, int(number))
        except ValueError:
            problems.append(f"{printed!r} is no day of any year")
            return None
        return day

    def _settle_loose(self) -> None:
        """Report titles that nothing follows; where there is nothing else, the first is that of a page without."""
        if self._loose and not self.entries:
            self._add(*self._loose[0], None)
        if self._has_pages:
            # The paragraphs of a decision speak of others.
            return
        known = {entry.reference for entry in self.entries}
        for title, index in self._loose:
            if title.reference not in known:
                printed = f"{title.body} ({title.reference})"
                reason = f"{printed!r} reads like the title of a decision, but nothing that belongs to one follows"
                self.problems.append(ListingProblem(self._document.place(index), reason))


_WORDS = {"body": "a body", "reference": "a reference", "outcome": "an outcome", "decided_on": "a date"}
_FIRST_LETTERS = frozenset("SsRrNnUuCcIiAa")
_DIGITS = frozenset("0123456789")
# No name: it holds the end of a sentence (a word of three letters or more before a stop, which "St." is not), it breaks
# off in one, or it is the way to a page.
_NO_NAME = re.compile(r"\w{3}[.;:] |\b(?:in|see|and|as) ?$| > ")
_FINAL = re.compile(r"the ombudsm[ae]n.{1,2}s? final decision", re.IGNORECASE)
_BELOW = re.compile(
    r" ?[>\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}] ?"
)


def _items(lines: Sequence[str]) -> list[_Item]:
    """Give each line that holds anything, without its bullet and split from what was glued to it."""
    items: list[_Item] = []
    bulleted = False
    for index, line in enumerate(lines):
        if not line:
            continue
        text = line
        if text[0] in _BULLETS:
            bulleted = True
            text = text.lstrip(_BULLETS + " ")
            if not text:
                # A bullet on a line of its own is that of the next line.
                continue
        if text.startswith(_SUMMARY) or not _is_glued(text):
            items.append((text, index, bulleted))
        else:
            items += [(part, index, bulleted and not at) for at, part in enumerate(_unglued(text))]
        bulleted = False
    return items


def _is_glued(text: str) -> bool:
    return "Summary:" in text or ("(" in text and text[-1] != ")")


def _unglued(text: str) -> Iterator[str]:
    """Part a title from what follows it on its line, and what stands before a summary from the summary."""
    summary = text.find("Summary:")
    if summary > 0 and _BEFORE_SUMMARY.search(text, max(summary - 5, 0), summary):
        yield from _unglued(text[:summary].rstrip())
        yield text[summary:]
    elif "(" in text and text[-1] != ")" and (glued := _GLUED.fullmatch(text)):
        yield glued["title"]
        yield glued["rest"]
    else:
        yield text


def _title(text: str) -> _Title | None:
    if text[-1] != ")" or len(text) > _LONGEST_TITLE:
        return None
    # Names have brackets too: the last pair holds the reference.
    opening = text.rfind("(")
    reference = _REFERENCE.fullmatch(text, opening + 1, len(text) - 1)
    if opening < 0 or reference is None:
        return None
    body = text[:opening].rstrip()
    return None if _NO_NAME.search(body) else _Title(body or None, _normal(reference["reference"]))


def _kind(text: str) -> _Metadata | None:
    kind = _KIND.match(text[:_LONGEST_KIND].lower())
    if kind is None or kind.end() == 0:
        return None
    document, outcome = kind["type"], kind["outcome"]
    return _Metadata(
        document.capitalize() if document else None,
        OUTCOME_WORDS[outcome] if outcome else None,
        text[kind.end() :].strip() or None,
        None,
    )


def _outcome(printed: str) -> Outcome | None:
    words = printed.lower()
    return next((outcome for said, outcome in OUTCOME_WORDS.items() if words.startswith(said)), None)


def _normal(printed: str) -> str:
    """Give a reference in the form that cases have it."""
    if len(printed) == _AS_PRINTED and printed[2] == printed[6] == " ":
        return printed
    if "/" in printed:
        return printed.upper()
    figures = printed.replace(" ", "").replace("-", "").lower()
    return f"{figures[:2]} {figures[2:5]} {figures[5:]}"
