"""
What a council's page says beside its figures: the councils before and after it, public reports, service improvements.

Help text may be unfolded into any of it, and empty lines may be lost.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lgsco.documents.improvements import ServiceImprovement
from lgsco.documents.letters import Paragraph, ParagraphTopic
from lgsco.readers.names import folded_name, is_council
from lgsco.readers.scanner import REFERENCE, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.readers.texts import Document

_BULLETS = "\N{BULLET}-* "
_MOST_NAMES, _MOST_WRAPPED, _LONGEST_PAGE_NUMBER, _LONGEST_DATE = 40, 3, 3, 30


# --- The councils before and after


# How a page names the councils before and after it. The merger is quoted from real pages, and the others are assumed.
_SUCCESSORS = re.compile(
    r"\b(?:replaced|succeeded) by\b|\bis now (?:part of|covered by)\b|\bbecame part of\b|\bmerged into\b"
    r"|\b(?:successor|new) (?:council|authorit)[a-z]*\b|\bnow (?:provided|delivered|run) by\b"
)
_MERGER = re.compile(r"\b(?:is|was) (?:a merger of|formed by (?:a|the) merger of)\b")
_PREDECESSORS = re.compile(
    r"\b(?:has |have )?replaced\b(?! by)|\b(?:predecessor|former|previous) (?:council|authorit)[a-z]*\b"
    r"|\b(?:formed|created|made up) (?:from|of)\b|\btook over from\b"
)
_SPEAKS_OF_OTHERS = re.compile(
    r"replace|succe|provid|part of|cover|merge|council|authorit|deliver|run by|formed|created|took"
)
# From a capital to the word that ends a council's name; a name may hold commas and "and".
_COUNCIL_NAME = re.compile(r"(?<![A-Z])[A-Z][^.;:()]{0,100}?\b(?:Council|Corporation)(?=\b|[A-Z])(?! of\b)")


class Neighbours(NamedTuple):
    """The council that a page says is a merger, the councils before and after, and the rows of lists of these."""

    merged: str | None
    before: tuple[str, ...]
    after: tuple[str, ...]
    rows: frozenset[int]

    def others(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the councils before and after that are not the council of a name."""
        own = folded_name(name)
        before, after = (
            tuple(council for council in names if folded_name(council) != own) for names in (self.before, self.after)
        )
        return before, after


def neighbours_of(lines: Sequence[str], searched: Sequence[str], end: int) -> Neighbours:
    """Return the councils that a page names as its predecessors and its successors, above its lists of cases."""
    merged: str | None = None
    before: dict[str, None] = {}
    after: dict[str, None] = {}
    rows: set[int] = set()
    for row in range(end):
        words = searched[row]
        if not words or not _SPEAKS_OF_OTHERS.search(words):
            continue
        merger = _MERGER.search(words)
        if merger and merged is None:
            # The name may be on the line above, or begin there.
            named = _COUNCIL_NAME.findall(lines[row][: merger.start()])
            name = named[-1] if named else lines[row][: merger.start()].strip()
            above = next(
                (lines[index] for index in range(row - 1, max(row - _MOST_WRAPPED, -1), -1) if lines[index]), ""
            )
            merged = next((text for text in (name, f"{above} {name}".strip(), above) if is_council(text)), None)
        for pattern, names in ((_MERGER, before), (_PREDECESSORS, before), (_SUCCESSORS, after)):
            if match := pattern.search(words):
                councils = _COUNCIL_NAME.findall(lines[row][match.end() :])
                if pattern is _MERGER or (not councils and lines[row].endswith(":")):
                    listed = _names_below(lines, row)
                    rows.update(listed)
                    councils += [lines[index].strip(_BULLETS) for index in listed]
                names.update(dict.fromkeys(councils))
    return Neighbours(merged, tuple(before), tuple(after), frozenset(rows))


def _names_below(lines: Sequence[str], row: int) -> list[int]:
    """Return the rows of the councils that are listed below a sentence, one on each line."""
    first = row + 1
    while first <= row + _MOST_WRAPPED and first < len(lines) and not _is_listed(lines[first]):
        # The sentence may go on over a line.
        if lines[first - 1].endswith((".", ":")) and lines[first]:
            return []
        first += 1
    rows: list[int] = []
    for index in range(first, min(first + _MOST_NAMES, len(lines))):
        if _is_listed(lines[index]):
            rows.append(index)
        elif lines[index]:
            break
    return rows


def _is_listed(line: str) -> bool:
    return is_council(line.strip(_BULLETS))


# --- Public reports and service improvements

_REPORTS_HEADING = re.compile(r"public (?:interest )?reports?(?: ?\?.*)?")
_REPORTS_LEAD = re.compile(r"published the following\b(?P<reports>.*\breports?\b)?")
_NO_REPORTS = re.compile(
    r"no (?:recent )?(?:public )?(?:interest )?reports? (?:have been )?(?:published|issued|found)"
    r"|not (?:published|issued) any (?:public )?(?:interest )?reports?"
)
_IMPROVEMENTS_HEADING = re.compile(r"service improvements?(?: ?\?.*)?")
_END = ("public reports for", "reports for", "view all", "last updated", "annual letters", "annual statistics",
        "complaint overview", "lgo logogram", "privacy settings", "complaints upheld", "back to top")  # fmt: skip
_HELP = re.compile(
    r"find out more|what (?:is|are) (?:this|these)|we (?:issue|publish) (?:public )?(?:interest )?reports\b|"
    r"common reasons for|service improvements are\b|we (?:may|can|often|also) (?:ask|recommend)\b"
)
_TITLE = re.compile(rf"(?P<body>(?:[^.;()]|St\.){{0,120}}?) ?\({REFERENCE.pattern}\)", re.IGNORECASE | re.ASCII)
_LABEL = re.compile(r"(?P<label>case reference|sub[ -]?category|category) ?: ?")


class Lists(NamedTuple):
    """The lists of a page, its lines that belong to one, and what of an improvement is not found."""

    reports: tuple[Paragraph, ...] | None
    improvements: tuple[ServiceImprovement, ...]
    rows: frozenset[int]
    not_found: tuple[str, ...]


def lists_of(document: Document, searched: Sequence[str]) -> Lists:
    """Return the public reports that a page lists, ``None`` where it has no list, and the service improvements."""
    reports, improvements = _Reports(document, searched), _Improvements(document)
    current: _Reports | _Improvements | None = None
    rows: set[int] = set()
    for row, words in enumerate(searched):
        of_reports = "report" in words or "following" in words
        is_heading = of_reports and _REPORTS_HEADING.fullmatch(words) is not None
        lead = _REPORTS_LEAD.search(words) if of_reports and not is_heading else None
        if is_heading or lead:
            reports.begin(row, lead)
            current = reports
        elif of_reports and _NO_REPORTS.search(words):
            reports.is_list, current = True, None
        elif _IMPROVEMENTS_HEADING.fullmatch(words):
            current = improvements
        elif words.startswith("case reference"):
            current = improvements
            improvements.add(row, words)
        elif words.startswith(_END) or (words.isdecimal() and len(words) <= _LONGEST_PAGE_NUMBER):
            current = None
        elif current is not None and not _is_help(row, searched):
            current.add(row, words)
        # What stands in a list may read like a figure of the council's.
        if current is not None and current.is_open:
            rows.add(row)
    improvements.finish()
    return Lists(reports.listed(), tuple(improvements.listed), frozenset(rows), tuple(improvements.not_found))


def _is_help(row: int, searched: Sequence[str]) -> bool:
    """Whether a line is help text, which may go on over two lines."""
    words, above = searched[row], searched[row - 1] if row else ""
    if _HELP.match(words):
        return True
    return (
        _HELP.match(above) is not None
        and not above.endswith((".", "?"))
        and not above.startswith(("find out", "what "))
        and not _TITLE.match(words)
    )


class _Reports:
    """The public reports: each is a title with a reference and its summary, or on older pages a summary alone."""

    def __init__(self, document: Document, searched: Sequence[str]) -> None:
        self._document, self._searched = document, searched
        self._is_fresh = self._is_spaced = self._is_lead = self._has_titles = self._needs_title = False
        self._paragraphs: list[tuple[int, list[str]]] = []
        self.is_list = False

    @property
    def is_open(self) -> bool:
        """Whether what follows is a report, and not perhaps the rest of a menu."""
        return not self._needs_title

    def begin(self, row: int, lead: re.Match[str] | None) -> None:
        """Begin a list, with its heading or with the sentence that leads to it."""
        if lead is not None:
            self.is_list = True
            self._is_lead = lead["reports"] is None
        # A heading alone may be that of a menu: what follows it is a report only if it has a reference.
        self._needs_title = lead is None
        self._is_fresh, self._is_spaced = True, "" in self._searched[row + 1 : row + 3]

    def add(self, row: int, words: str) -> None:
        """Take in a line."""
        line = self._document.lines[row].lstrip(_BULLETS)
        if self._is_lead and words:
            # The sentence before the list goes on over a line.
            self._is_lead = False
        elif not line or (not self._paragraphs and is_council(line)):
            self._is_fresh = True
        elif _TITLE.match(line) or REFERENCE.fullmatch(line):
            self._has_titles = self.is_list = True
            self._needs_title = False
            self._take(row, line, is_new=True)
        elif not self._needs_title:
            if not self._has_titles:
                self._take(row, line, is_new=self._is_fresh or not self._is_spaced)
            elif not self._is_fresh or sum(map(len, self._paragraphs[-1][1][1:])) < _LONGEST_DATE:
                # The summary of a title is the paragraph that follows it, or follows its date.
                self._take(row, line, is_new=False)

    def _take(self, row: int, line: str, *, is_new: bool) -> None:
        self._is_fresh = False
        if is_new or not self._paragraphs:
            self._paragraphs.append((row, [line]))
        else:
            self._paragraphs[-1][1].append(line)

    def listed(self) -> tuple[Paragraph, ...] | None:
        """Return the reports, or ``None`` where there is no list."""
        if not self.is_list:
            return None
        numbers = self._document.numbers
        return tuple(
            Paragraph(" ".join(lines), numbers[row], topics=(ParagraphTopic.PUBLIC_REPORT,))
            for row, lines in self._paragraphs
            # What is above the first title is no report.
            if not self._has_titles or _TITLE.match(lines[0]) or REFERENCE.fullmatch(lines[0])
        )


class _Improvements:
    """The service improvements: the labels of a case, and what was agreed, a paragraph for each."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._labels: dict[str, str] = {}
        self._waiting: str | None = None
        self._agreed: list[list[str]] = []
        self._is_fresh = True
        self.listed: list[ServiceImprovement] = []
        self.not_found: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether there is a case to which what follows belongs."""
        return bool(self._labels)

    def add(self, row: int, words: str) -> None:
        """Take in a line."""
        line = self._document.lines[row]
        labels = [*_LABEL.finditer(words)]
        if not line:
            self._is_fresh = True
        elif not labels and self._waiting is not None:
            self._labels[self._waiting], self._waiting = line, None
        elif not labels and self._labels:
            text = line.lstrip(_BULLETS)
            if self._is_fresh or text != line:
                self._agreed.append([])
            self._agreed[-1].append(text)
            self._is_fresh = False
        for number, label in enumerate(labels, 1):
            end = labels[number].start() if number < len(labels) else None
            self._label(label["label"].replace("-", "").replace(" ", ""), line[label.end() : end].strip())

    def _label(self, name: str, text: str) -> None:
        if name == "casereference":
            self.finish()
        self._labels[name] = text
        self._waiting = None if text else name
        self._is_fresh = True

    def finish(self) -> None:
        """Keep the improvements of the case that ends here."""
        if not self._labels:
            return
        printed = REFERENCE.match(self._labels.get("casereference", ""))
        reference = normal(printed["reference"].rstrip()) if printed else None
        category, subcategory = (self._labels.get(name) or None for name in ("category", "subcategory"))
        case = f"service improvement {reference or ''}".rstrip()
        self.not_found += [f"{case}: reference of the case"] * (reference is None)
        self.not_found += [f"{case}: what was agreed"] * (not self._agreed)
        self.listed += [
            ServiceImprovement(reference, " ".join(lines), category=category, subcategory=subcategory)
            for lines in self._agreed
        ]
        self._labels, self._waiting, self._agreed = {}, None, []
