"""What the sentences of a text say: each figure with its line, and the figures of which only words are found."""

from __future__ import annotations

import bisect
import re
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from lgsco.documents.figures import PrintedPer100k, PrintedPercent, PrintedStatistic, PrintedTally
from lgsco.documents.missing import Missing
from lgsco.errors import InvalidValue, Place, Problem
from lgsco.model.tallies import Overview
from lgsco.model.years import ReportingYear
from lgsco.readers.scanner import LAST_YEAR, number_in, years_in
from lgsco.readers.sentences import KEY_PARTS, SENTENCES, Part, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lgsco.readers.texts import Document, FlatText

_BEYOND = 72
"""How far after its words a sentence is looked at."""
_LEAST_CUT = 6
"""The fewest signs of a sentence's words by which one that is cut off at the end of a text is known."""
UNREAD = "unread"
"""The field of a fact that says which figure is not read, where the words for it are."""
_FIELD_WORDS = {
    "percent": "percentage",
    "count": "count",
    "base": "number that it is based on",
    "average": "average of similar authorities",
    "rate": "rate of the council",
    "total": "complaints dealt with",
    "not_for_us": "complaints not for the Ombudsman",
    "assessed_and_closed": "complaints assessed and closed",
    "investigated": "complaints investigated",
    "year": "period",
}
"""What a reader of ``not_found`` would call each figure of a sentence."""


class Fact(NamedTuple):
    """
    One thing that a sentence says: of which part, which field of it, what, and where.

    A ``field`` of ``None`` says only that the part is spoken of from here on; ``UNREAD`` has the field that is not
    read.
    ``row`` is the index of the line of the document in which it begins.
    ``about`` is the other year that the sentence speaks of, or the words by which it is of other councils or years.
    """

    part: Part | None
    field: str | None
    value: Any
    row: int
    about: ReportingYear | str | None = None

    def is_of_another(self, year: ReportingYear | None) -> bool:
        """Return True where it is no figure of the council and the year."""
        return self.about is not None and self.about != year


def facts_of(flat: FlatText, document: Document) -> tuple[list[Fact], list[Problem]]:
    """Return the facts of a text, in its order, and a problem for each figure that cannot be, such as 186%."""
    facts: list[Fact] = []
    problems: list[Problem] = []
    reached = -1
    matches = sorted(_matches(flat.searched), key=lambda match: (match[0], -match[1]))
    for start, end, sentence, groups in matches:
        # A heading within a sentence that has a figure is not a heading.
        if sentence.field is None and end <= reached:
            continue
        reached = max(reached, end)
        index = flat.index_at(start)
        about = _about(flat, start, end) if sentence.field not in (None, "year") else None
        try:
            facts += [Fact(sentence.part, field, value, index, about) for field, value in _fields(sentence, groups)]
        except InvalidValue as error:
            part = f"{sentence.part.words}: " if sentence.part else ""
            reason = f"{part}{groups['percent']}% {error.problems[0].reason}"
            problems.append(Problem(Place(path=document.place(index)), reason))
    unread = _unread(flat, matches)
    return (sorted([*facts, *unread], key=attrgetter("row")) if unread else facts), problems


_OTHERS = re.compile(
    r"\bnational(?:ly)?\b|\b(?:in|across|throughout) (?:england|the country)\b|\bfor example\b|\ball councils\b"
)
_IN_A_YEAR = re.compile(r"(?<!statistics )(?<!figures )(?<!data )\b(?:in|for|during) (?:the year )?(?=\d)", re.ASCII)
# What all of these have; most sentences have none.
_MAY_BE_OF_ANOTHER = re.compile(r"year|nation|engl|countr|exampl|all counc|(?:in|for|during) \d", re.ASCII)
_NEAR = 40
"""How far before and after a figure its sentence is looked at for what else it may be about."""


def _about(flat: FlatText, start: int, end: int) -> ReportingYear | str | None:
    """Return what a figure is about, where the words around it, in its sentence, say that it is of something else."""
    text = flat.searched
    if _MAY_BE_OF_ANOTHER.search(text, max(start - _NEAR, 0), end + _NEAR) is None:
        return None
    before = re.split(r"[.!?:;] ", text[flat.sentence_before(start, _NEAR) : start])[-1]
    after = text[end : flat.sentence_after(end, _NEAR)].partition(".")[0]
    for words in (before, after):
        if (other := LAST_YEAR.search(words) or _OTHERS.search(words)) is not None:
            return other[0]
        if (led := _IN_A_YEAR.search(words)) is not None and (years := years_in(words[led.end() :])):
            return years[0]
    return None


def _unread(flat: FlatText, matches: list[_Match]) -> list[Fact]:
    """Return the figures that are not read although words for them are there, or the beginning of these at the end."""
    text = flat.searched
    starts: dict[str | None, list[int]] = {}
    for start, _, sentence, _ in matches:
        starts.setdefault(sentence.field, []).append(start)
    unread: list[Fact] = []
    for sentence, before, _ in _COMPILED:
        known = starts.get(sentence.field, [])
        if sentence.opening:
            index = text.find(sentence.opening)
            while index >= 0:
                beyond = index + len(sentence.opening)
                following = bisect.bisect_left(known, index)
                if following == len(known) or known[following] > beyond + _BEYOND:
                    unread.append(Fact(sentence.part, UNREAD, sentence.field, flat.index_at(index)))
                index = text.find(sentence.opening, beyond)
        if (cut := _cut(sentence, before, text, known)) is not None:
            unread.append(Fact(sentence.part, UNREAD, sentence.field, flat.index_at(cut)))
    return unread


def _cut(sentence: Sentence, before: re.Pattern[str] | None, text: str, known: list[int]) -> int | None:
    """Return where a sentence begins of which the text has no more than the beginning, at its end."""
    words = sentence.words if before else sentence.opening
    if sentence.field and text[-_LEAST_CUT:] in words:
        for length in range(_LEAST_CUT, len(words)):
            if text.endswith(words[:length]):
                index = len(text) - length
                figure = before.search(text, max(index - sentence.reach, 0), index) if before else None
                return figure.start() if figure else None if before else index
    if not sentence.field or before or not sentence.after:
        return None
    index = text.rfind(sentence.words, max(len(text) - _BEYOND, 0))
    was_read = bool(known) and known[-1] >= index
    return None if index < 0 or was_read or "." in text[index:] else index


_Match: TypeAlias = "tuple[int, int, Sentence, dict[str, str]]"


def _matches(text: str) -> Iterator[_Match]:
    for sentence, before, after in _COMPILED:
        index = text.find(sentence.words)
        while index >= 0:
            beyond = index + len(sentence.words)
            first = before.search(text, max(index - sentence.reach, 0), index) if before else None
            last = after.match(text, beyond, beyond + _BEYOND) if after else None
            if (first or not before) and (last or not after):
                groups = {
                    name: words
                    for match in (first, last)
                    if match
                    for name, words in match.groupdict().items()
                    if words is not None
                }
                yield first.start() if first else index, last.end() if last else beyond, sentence, groups
            index = text.find(sentence.words, beyond)


_COMPILED = tuple(
    (
        sentence,
        re.compile(sentence.before, re.ASCII) if sentence.before else None,
        re.compile(sentence.after, re.ASCII) if sentence.after else None,
    )
    for sentence in SENTENCES
)


def _fields(sentence: Sentence, groups: dict[str, str]) -> list[tuple[str | None, object]]:
    """Return the fields that the named groups of a sentence fill."""
    field = sentence.field
    if field is None:
        return [(None, None)]
    if field == "nothing":
        return [("base", 0)]
    if field == "year":
        start, end = groups.get("start"), groups["end"]
        ending = int(end) if len(end) > 2 else 2000 + int(end)  # noqa: PLR2004  # "31/03/23"
        return [("year", (ending, int(start) if start else ending - 1, "overview" in groups))]
    if "absent" in groups:
        # A council's own figure per 100,000 residents is a figure or is missing.
        return [(field, Missing.NOT_APPLICABLE)]
    if "percent" in groups:
        whole, _, decimals = groups["percent"].partition(".")
        exact = Decimal(groups["percent"]) if decimals else int(whole)
        return [(field, PrintedPercent(exact, places=len(decimals)))]
    if "rate" in groups:
        return [(field, Decimal(groups["rate"]))]
    fields: list[tuple[str | None, object]] = [(field, _whole(groups["count"]))]
    if "noun" in groups:
        fields.append(("base_noun", f"{groups['noun']}s"))
    if "upheld" in groups:
        fields.append(("count", _whole(groups["upheld"])))
    return fields


def _whole(printed: str) -> int:
    return int(number_in(printed)[0] or 0)


def clash(what: str, fact: Fact, first: Fact, document: Document) -> Problem:
    """Return the problem of two figures for one field."""
    reason = f"{what}: {fact.field} is {fact.value}, but {first.value} on {document.place(first.row)}"
    return Problem(Place(path=document.place(fact.row)), reason)


def period_problem(start: int, ending: int, place: str) -> Problem:
    """Return the problem of a period that is not one year."""
    return Problem(Place(path=place), f"the period from April {start} to March {ending} is not one year")


def reporting_year(ending: int, place: str, problems: list[Problem]) -> ReportingYear | None:
    """Return the year that ends in a year; where there cannot be one, a problem says so."""
    try:
        return ReportingYear(ending)
    except InvalidValue as error:
        problems.append(Problem(Place(path=place), f"{ending} {error.problems[0].reason}"))
        return None


def unread_words(
    unread: Iterable[tuple[Part | None, str]], fields: dict[Part, dict[str, Any]], *, year: str = ""
) -> tuple[str, ...]:
    """
    Name the figures that are not read and that no other sentence has; a part of which nothing is known apart.

    Every statistic has a percentage, unless there were no cases.
    """
    rates = [(part, "percent") for part in KEY_PARTS if fields.get(part, {}).get("base") != 0]
    return tuple(
        f"{f'{part.words}{year}: ' if part else ''}{_FIELD_WORDS[field]}"
        for part, field in dict.fromkeys((*unread, *rates))
        if not (part and field in fields.get(part, {})) and not (part in KEY_PARTS and part not in fields)
    )


def printed_parts(fields: dict[Part, dict[str, Any]]) -> dict[str, Any]:
    """Return the parts of a PrintedReview, by its fields."""
    return {part.value: _MAKERS[part](**values) for part, values in fields.items() if values}


def _overview(*, total: int | None = None, **parts: int) -> PrintedTally[Overview]:
    return PrintedTally(Overview(**{name: parts.get(name) for name in _OVERVIEW}), total=total)


_OVERVIEW = ("not_for_us", "assessed_and_closed", "investigated")
_MAKERS: dict[Part, Any] = {
    Part.UPHELD: PrintedStatistic,
    Part.COMPLIANCE: PrintedStatistic,
    Part.REMEDIES: PrintedStatistic,
    Part.PER_100K: PrintedPer100k,
    Part.OVERVIEW: _overview,
}
