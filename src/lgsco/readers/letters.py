"""Annual review letters: what they print, whom they address, and what their paragraphs are about."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import re
from typing import TYPE_CHECKING, Any

from lgsco.documents.figures import PrintedReview
from lgsco.documents.letters import AnnualLetter, Paragraph, ParagraphTopic
from lgsco.errors import Place, Problem, UnreadableDocument
from lgsco.readers.days import date_in
from lgsco.readers.facts import (
    UNREAD,
    Fact,
    clash,
    facts_of,
    period_problem,
    printed_parts,
    reporting_year,
    unread_words,
)
from lgsco.readers.names import council_in, folded_name
from lgsco.readers.scanner import LETTER_OF_YEAR, YEAR_ENDING, places_of_years
from lgsco.readers.sentences import KEY_PARTS, Part
from lgsco.readers.texts import DEFAULT_BOUNDS, Document, FlatText, document_of
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lgsco.model.years import ReportingYear
    from lgsco.readers.bounds import Bounds

# A block of two lines may be a person and a council; the office is between them only in a longer one.
_PERSON_AND_COUNCIL = 2
# What the line above the council may be where it is no office.
_NO_OFFICE = re.compile(r"\d|\bletter\b|\bombudsman\b|\bemail\b|\bref\b", re.IGNORECASE)
_A_PERSON = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Lord|Lady)\b")
_DATE_LABEL = re.compile(r"date ?: ?", re.IGNORECASE)
# What a day that follows it is the end of, or the date of.
_OF_ANOTHER_DAY = re.compile(
    r"\b(?:ended|ending|end|to|until|from|of|dated|since|period|ref(?:erence)?:?)$", re.IGNORECASE
)
_WORD, _WORD_BEFORE, _NOT = r"(?:[\w'-]{1,40} )", r"(?: [\w'-]{1,40})", r"\b(?:not|never)(?: [\w'-]{1,40}){0,2}"
_DONE = (" took", " taken", " completed", " carried out", " implemented")
_REPORT, _COMPLIANCE = ParagraphTopic.PUBLIC_REPORT, ParagraphTopic.COMPLIANCE
_LATE, _LIAISON = ParagraphTopic.LATE_COMPLIANCE, ParagraphTopic.LIAISON
_FAILED = rf"(?:ed|ure) to {_WORD}{{0,2}}(?:comply with|carry out|implement)\b(?! our recommendations is rare)"
# What a paragraph is about: words in small letters, and the patterns of what is directly after and before them.
_TOPICS = tuple(
    (topic, words, re.compile(after) if after else None, re.compile(rf"{before}$") if before else None)
    for topic, words, after, before in (
        (_REPORT, "public report", r"s? (?:about|against|on|concerning|into|regarding)\b", ""),
        (_REPORT, "public interest report", r"s? (?:about|against|on|concerning|into|regarding)\b", ""),
        *((_COMPLIANCE, done, rf" {_WORD}{{0,2}}(?:action|recommendation)s?\b", "") for done in _DONE),
        (_COMPLIANCE, " complied with", "", _NOT),
        (_COMPLIANCE, " comply with", "", _NOT),
        (_COMPLIANCE, "fail", _FAILED, ""),
        (_COMPLIANCE, "non-compliance", "", ""),
        *((_LATE, done, rf" {_WORD}{{0,3}}(?:within|on time|by)\b", rf"\bnot{_WORD_BEFORE}{{0,2}}") for done in _DONE),
        (_LATE, "too long to", rf" {_WORD}{{0,2}}(?:implement|complete|carry out|comply)", ""),
        (_LATE, "delay", rf"s? in {_WORD}{{0,1}}(?:implementing|completing|carrying out|complying)", ""),
        (_LATE, "late compliance", "", ""),
        (_LATE, " late", r"\b", rf"(?:remed(?:y|ies)|recommendations?){_WORD_BEFORE}{{0,4}}"),
        (_LIAISON, "witness summons", "", ""),
        (_LIAISON, " liaison", r"\b", rf"\bimprove(?:ments? (?:in|to))?{_WORD_BEFORE}{{0,2}}"),
        (_LIAISON, "delay", rf"s? {_WORD}{{0,4}}(?:providing|responding|information|responses?)\b", ""),
        (_LIAISON, "late ", rf"{_WORD}{{0,2}}(?:responding|responses?|replies|replying)\b", ""),
        (_LIAISON, " to our enquiries", rf" {_WORD}{{0,4}}late\b", r"\b(?:responses?|replies)"),
    )
)  # fmt: skip
# How far before its words a pattern is tried.
_BEFORE = 120
# Where a text has next to no empty lines, as extraction from a PDF leaves it, a paragraph ends with a sentence on a
# line that is clearly shorter than the longest; and a short line without a stop is a heading.
_RARELY, _SHORT, _HEADING = 12, 0.85, 0.6
_STOPS = (".", "!", "?", ":", ".\N{RIGHT DOUBLE QUOTATION MARK}", ".\N{RIGHT SINGLE QUOTATION MARK}", '."', ".'")


def read_letter(source: str | bytes, *, bounds: Bounds = DEFAULT_BOUNDS) -> AnnualLetter:
    """
    Read an annual review letter: its figures as printed, whom it addresses, its date and its paragraphs.

    Bold marks, line breaks within sentences, hard spaces and glued sentences do not matter.

    Args:
        source: the text of a letter, a page of HTML, or the bytes of either in UTF-8 or of a PDF (extra
            ``lgsco[pdf]``).
        bounds: the most that is read.

    Returns:
        The letter. A statistic that is not found is ``None`` and named in its ``not_found``, and so is a figure of
        which only the words are found. A letter that names the Ombudsman, a council and a year may lack all three
        statistics: before 2019 there were none, and some years print them on the council's page alone.

    >>> letter = read_letter('''
    ... Barsetshire County Council
    ... Dear Chief Executive
    ... 86% of complaints we investigated were upheld. This compares to an average of **66%** in similar authorities.
    ... 19 upheld decisions
    ... Statistics are based on a total of 22 detailed investigations
    ... for the period between 1 April 2019 to 31 March 2020
    ... ''')
    >>> print(letter.figures.name, letter.figures.year, letter.figures.upheld.percent, letter.figures.upheld.average)
    Barsetshire County Council 2019-20 86% 66%
    >>> letter.not_found
    ('compliance', 'satisfactory remedies', 'date')

    Raises:
        UnreadableDocument: it has no readable text (beyond a bound, not UTF-8, or a PDF that is damaged, locked or a
            scan), or the council, the year or all figures are not found, or a figure is printed twice and differs;
            has what was found, what was not, and what is wrong, with its place.
        MissingExtra: it is a PDF, and what reads PDFs is not installed.

    Source: the sentences of the Ombudsman's letters since 2019, known in full from the one of 2020.
    """
    return letter_in(document_of(source, bounds, _EXPECTED))


_EXPECTED = "an annual review letter"


def letter_in(document: Document) -> AnnualLetter:
    """Read the letter that a document holds, as ``read_letter`` does."""
    lines = document.lines
    flat = FlatText.of(document)
    facts, problems = facts_of(flat, document)
    year = _year(facts, flat, document, problems)
    fields, unread = _fields(facts, year, document, problems)
    greetings = _greetings(lines)
    greeting = greetings[0]
    name, office = _addressee(lines[:greeting])
    dated = _date(lines[:greeting])
    for ends, begins in itertools.pairwise(greetings):
        other, _ = _addressee(lines[ends + 1 : begins])
        if other is not None and folded_name(other) != folded_name(name or ""):
            reason = f"another letter begins, to {other}: read each letter alone"
            problems.append(Problem(Place(path=document.place(begins)), reason))
    sought = {
        "council": name,
        "year": year,
        **{part.words: fields.get(part) for part in KEY_PARTS},
        "date": dated,
    }
    parts = tuple(part for part, value in sought.items() if value is not None)
    missing = tuple(part for part, value in sought.items() if value is None)
    if problems or name is None or year is None or not (fields or "ombudsman" in flat.searched):
        raise UnreadableDocument(_EXPECTED, parts, missing, tuple(problems))
    source_of_figures = Source(f"LGSCO, annual review letter to {name}, {year}", published_on=dated)
    return AnnualLetter(
        PrintedReview(name, year, **printed_parts(fields), source=source_of_figures),
        addressed_to=office,
        dated=dated,
        paragraphs=_body(document, flat, greeting),
        not_found=(*missing, *unread),
    )


def _fields(
    facts: list[Fact], year: ReportingYear | None, document: Document, problems: list[Problem]
) -> tuple[dict[Part, dict[str, Any]], tuple[str, ...]]:
    """Put the facts of each part together, report those that differ, and name the figures that are not read."""
    first: dict[tuple[Part, str], Fact] = {}
    unread: dict[tuple[Part | None, str], None] = {}
    spoken_of: Part | None = None
    others = dict.fromkeys(str(fact.about) for fact in facts if fact.is_of_another(year))
    for fact in facts:
        if fact.is_of_another(year):
            continue
        # Figures per 100,000 residents are among those of the complaints upheld.
        spoken_of = Part.UPHELD if fact.part is Part.PER_100K else fact.part or spoken_of
        part = fact.part or spoken_of
        if fact.field == UNREAD:
            unread.setdefault((part, fact.value))
        if part is None or fact.field in (None, UNREAD, "year"):
            continue
        earliest = first.setdefault((part, fact.field), fact)
        if earliest.value != fact.value:
            problems.append(clash(part.words, fact, earliest, document))
    fields: dict[Part, dict[str, Any]] = {}
    for (part, field), fact in first.items():
        fields.setdefault(part, {})[field] = fact.value
    return fields, (*unread_words(unread, fields), *(f"figures of {other!r}" for other in others))


def _year(facts: list[Fact], flat: FlatText, document: Document, problems: list[Problem]) -> ReportingYear | None:
    """Return the year that the letter's statistics cover; report where it names two."""
    named = [(fact.row, *fact.value[:2]) for fact in facts if fact.field == "year"]
    if not named:
        named = [
            (flat.index_at(start), year.ending, year.ending - 1)
            for start, year in places_of_years(flat.searched, YEAR_ENDING, LETTER_OF_YEAR)
        ]
    if not named:
        return None
    problems += [
        period_problem(start, ending, document.place(index)) for index, ending, start in named if ending != start + 1
    ]
    first, year, _ = named[0]
    for index, ending, _ in named[1:]:
        if ending != year:
            reason = f"the period ends in {ending}, but in {year} on {document.place(first)}"
            problems.append(Problem(Place(path=document.place(index)), reason))
    return reporting_year(year, document.place(first), problems)


def _greetings(lines: Sequence[str]) -> list[int]:
    """Return the indexes of the lines that begin with "Dear", or of the first line where there is none."""
    return [index for index, line in enumerate(lines) if line.startswith("Dear ")] or [0]


def _addressee(heading: Sequence[str]) -> tuple[str | None, str | None]:
    """Return the council that the lines above the greeting name last, and the office above it, never a person."""
    for index in range(len(heading) - 1, -1, -1):
        if (name := council_in(heading[index])) is not None:
            first = next((row for row in range(index, 0, -1) if not heading[row - 1]), 0)
            is_block = index + 1 - first > _PERSON_AND_COUNCIL
            above = heading[index - 1]
            has_office = is_block and not _A_PERSON.match(above) and not _NO_OFFICE.search(above)
            return name, above if has_office else None
    return None, None


def _date(heading: Sequence[str]) -> dt.date | None:
    """Return the first day that has a line of its own, and is not the end of a period or the date of something else."""
    above = ""
    for line in filter(None, heading):
        day = date_in(_DATE_LABEL.sub("", line, count=1)) if not _OF_ANOTHER_DAY.search(above) else None
        if isinstance(day, dt.date):
            return day
        above = line
    return None


def _body(document: Document, flat: FlatText, greeting: int) -> tuple[Paragraph, ...]:
    """Return the paragraphs between the greeting and the signature, each with its topics."""
    lines = document.lines
    ends = (index for index in range(greeting + 1, len(lines)) if lines[index].startswith("Yours "))
    body = range(greeting + 1, next(ends, len(lines)))
    indexes = [(body[first], body[last]) for first, last in _paragraphs([lines[index] for index in body])]
    stretches = [flat.stretch(first, last) for first, last in indexes]
    topics = _topics(flat.searched, stretches)
    return tuple(
        Paragraph(flat.text[start:end], document.numbers[first], topics=tuple(about))
        for (first, _), (start, end), about in zip(indexes, stretches, topics, strict=True)
    )


def _topics(searched: str, paragraphs: list[tuple[int, int]]) -> list[list[ParagraphTopic]]:
    """Return the topics of each paragraph, in the order of the table."""
    topics: list[list[ParagraphTopic]] = [[] for _ in paragraphs]
    starts = [start for start, _ in paragraphs]
    for topic, words, after, before in _TOPICS if paragraphs else ():
        index = searched.find(words, starts[0], paragraphs[-1][1])
        while index >= 0:
            number = bisect.bisect_right(starts, index) - 1
            start, end = paragraphs[number]
            beyond = index + len(words)
            if (
                topic not in topics[number]
                and (after is None or after.match(searched, beyond, end))
                and (before is None or before.search(searched, max(start, index - _BEFORE), index))
            ):
                topics[number].append(topic)
            index = searched.find(words, beyond, paragraphs[-1][1])
    return topics


def _paragraphs(lines: list[str]) -> list[tuple[int, int]]:
    """Return the indexes of the first and the last line of each paragraph."""
    parted = lines.count("") * _RARELY > len(lines)
    longest = 0 if parted else max(map(len, lines), default=0)
    paragraphs: list[tuple[int, int]] = []
    fresh = True
    for index, line in enumerate(lines):
        if not line:
            fresh = True
            continue
        paragraphs.append((index, index) if fresh else (paragraphs.pop()[0], index))
        stands_alone = fresh and len(line) < _HEADING * longest
        fresh = len(line) < _SHORT * longest and (line.endswith(_STOPS) or stands_alone)
    return paragraphs
