"""
What a single line says, where decisions are printed: a title, what kind of decision it is, a date, a summary.

The same bodies, kinds and dates are in line after line, so the reading of each is remembered.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, TypeAlias

from lgsco.documents.decisions import PublishedDecision
from lgsco.model.cases import Outcome
from lgsco.readers.days import DATE, printed_date
from lgsco.readers.scanner import REFERENCE, normal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

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
SUMMARY = ("Summary:", "Summary :", "SUMMARY:")
_OUTCOME = "|".join(map(re.escape, OUTCOME_WORDS))
# Looked for in small letters; what follows is the subcategory, and the date is at the end.
_KIND = re.compile(rf"(?:(?P<type>statement|report)(?: |$))?(?:(?P<outcome>{_OUTCOME})(?: |$))?")
_BETWEEN = re.compile(r"[ /.-]")
_A_DATE = re.compile(DATE, re.IGNORECASE | re.ASCII)
_DATE_AT_END = re.compile(rf"(?:^|(?<=[ )])){DATE}$", re.IGNORECASE | re.ASCII)
_LONGEST_KIND, _LONGEST_DATE, _LONGEST_TITLE = 60, 18, 250
_DATE_AS_PRINTED = len("24-Jul-2025")
# No name: it holds the end of a sentence (a word of three letters or more before a stop, which "St." is not), it breaks
# off in one, or it is the way to a page.
_NO_NAME = re.compile(r"\w{3}[.;:] |\b(?:in|see|and|as) ?$| > ")
# The end of what is before a summary on the same line.
_BEFORE_SUMMARY = re.compile(r"(?:\)|\d{4}) ?$", re.ASCII)
_GLUED = re.compile(
    rf"(?P<title>.*?\({REFERENCE.pattern}\)) ?(?P<rest>(?:statement|report|summary|category|decision)\b.*)",
    re.IGNORECASE | re.ASCII,
)
_NEXT = re.compile(rf"(?<=[.!?] )[A-Z][^.!?()]{{0,120}}? ?\((?i:{REFERENCE.pattern})\) (?:Statement|Report) ", re.ASCII)
_BULLETS = "\N{BULLET}\N{MIDDLE DOT}\N{EN DASH}-*"
# Not all that Python takes for white space is made a space of before.
_BULLETS_AND_SPACES = _BULLETS + "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())


Title: TypeAlias = tuple[str | None, str]
"""The body that a title names, which may be missing, and the reference."""


class Wording:
    """Reads what lines say, and remembers the parts that were read before."""

    def __init__(self) -> None:
        self._names: dict[str, bool] = {}
        self._kinds: dict[str, PublishedDecision | None] = {}
        self._days: dict[str, dt.date] = {}

    def title(self, text: str) -> Title | None:
        """Return the body and the reference that a line names."""
        if text[-1] != ")" or len(text) > _LONGEST_TITLE:
            return None
        # Names have brackets too: the last pair holds the reference.
        opening = text.rfind("(")
        reference = REFERENCE.fullmatch(text, opening + 1, len(text) - 1)
        if opening < 0 or reference is None:
            return None
        body = text[:opening].strip()
        is_name = self._names.get(body)
        if is_name is None:
            is_name = self._names[body] = _NO_NAME.search(body) is None
        return (body or None, normal(reference["reference"])) if is_name else None

    def metadata(self, text: str) -> tuple[PublishedDecision, str | None] | None:
        """
        Return what a line says of a decision (its type, its outcome, its subcategory), and the date that it prints.

        It is parted from both its ends; the middle is the subcategory, and may be any words.
        """
        date: str | None = text[-_DATE_AS_PRINTED:]
        if date in self._days and text[-_DATE_AS_PRINTED - 1 : -_DATE_AS_PRINTED] == " ":
            text = text[: -_DATE_AS_PRINTED - 1].rstrip()
        elif match := _DATE_AT_END.search(text, max(len(text) - _LONGEST_DATE, 0)):
            date, text = match[0], text[: match.start()].rstrip()
        else:
            date = None
        try:
            kind = self._kinds[text]
        except KeyError:
            kind = self._kinds[text] = _kind(text)
        return None if kind is None else (kind, date)

    def day(self, printed: str) -> dt.date | None:
        """Return the day of a printed date; ``None`` where the calendar has no such day."""
        if (known := self._days.get(printed)) is not None:
            return known
        day = printed_date(*_BETWEEN.split(printed))
        if day is not None:
            self._days[printed] = day
        return day


class Items:
    """
    The lines of a document that hold anything, without their bullets, and split from what was glued to them.

    ``texts`` are what they say, ``indexes`` those of their lines in the document; ``bulleted`` are the numbers of those
    with a bullet before them.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.texts: list[str] = []
        self.indexes: list[int] = []
        self.bulleted: set[int] = set()
        bulleted = False
        for index, text in enumerate(lines):
            if not text:
                continue
            item = text
            if text[0] in _BULLETS:
                bulleted = True
                item = text.lstrip(_BULLETS_AND_SPACES)
                if not item:
                    # A bullet on a line of its own is that of the next line.
                    continue
            if bulleted:
                self.bulleted.add(len(self.texts))
                bulleted = False
            is_summary = item.startswith(SUMMARY)
            if (is_summary and not _may_have_next(item)) or not (
                is_summary or "Summary:" in item or ("(" in item and item[-1] != ")")
            ):
                self.texts.append(item)
                self.indexes.append(index)
            else:
                parts = tuple(_unglued(item))
                self.texts += parts
                self.indexes += [index] * len(parts)


def _may_have_next(text: str) -> bool:
    return ") Statement " in text or ") Report " in text


def _unglued(text: str) -> Iterator[str]:
    """Part a title from what follows it on its line, and a summary from what is before it."""
    summary = text.find("Summary:")
    if summary >= 0 and _may_have_next(text):
        # Where a copy has lost its lines, the next decision follows a summary.
        starts = [0, *(following.start() for following in _NEXT.finditer(text, summary)), len(text)]
        if len(starts) > 2:  # noqa: PLR2004  # there is a next
            for start, end in itertools.pairwise(starts):
                yield from _unglued(text[start:end].rstrip())
            return
    if summary > 0 and _BEFORE_SUMMARY.search(text, max(summary - 5, 0), summary):
        yield from _unglued(text[:summary].rstrip())
        yield text[summary:]
    elif "(" in text and text[-1] != ")" and (glued := _GLUED.fullmatch(text)):
        yield glued["title"]
        yield glued["rest"]
    else:
        yield text


def _kind(text: str) -> PublishedDecision | None:
    kind = _KIND.match(text[:_LONGEST_KIND].lower())
    if kind is None or kind.end() == 0:
        return None
    document, outcome = kind["type"], kind["outcome"]
    return PublishedDecision(
        None,
        None,
        document_type=document.capitalize() if document else None,
        outcome=OUTCOME_WORDS[outcome] if outcome else None,
        subcategory=text[kind.end() :].strip() or None,
    )


def date_in(printed: str) -> str | None:
    """Return the date with which a text begins."""
    date = _A_DATE.match(printed)
    return date and date[0]


def outcome_in(printed: str) -> Outcome | None:
    """Return the outcome with whose words a text begins."""
    words = printed.lower()
    return next((outcome for known, outcome in OUTCOME_WORDS.items() if words.startswith(known)), None)
