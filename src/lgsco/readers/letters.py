"""
Annual review letters.

Facts are found by their words. The sentences differ between years in ways that are held here as patterns; each pattern
looks at a bounded stretch of text, so that reading takes time in proportion to the length of the letter.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import final

import attrs

from lgsco._values import Slug, value
from lgsco.casework import ReportingYear
from lgsco.errors import InvalidField, PlacedProblem, UnreadableLetter
from lgsco.printed import (
    AnnualLetter,
    NotApplicable,
    Passage,
    PassageTopic,
    PrintedPercent,
    PrintedReview,
    PrintedStatistic,
)
from lgsco.readers.texts import FlatText, decoded, plain
from lgsco.sources import Source

__all__ = ["read_letter"]


class Statistic(Slug):
    """The parts of a letter's statistics, by the field of a PrintedReview that each fills."""

    UPHELD = "upheld"
    COMPLIANCE = "compliance"
    REMEDIES = "remedies"

    @property
    def words(self) -> str:
        """What a reader of an error would call it."""
        return {"upheld": "complaints upheld", "compliance": "compliance", "remedies": "satisfactory remedies"}[self]


@final
@value
class Fact:
    """One thing that a sentence says of a statistic: which field of it, what, and on which line."""

    statistic: Statistic = attrs.field()
    field: str = attrs.field()
    found: object = attrs.field()
    line: int = attrs.field()


_WHOLE_NUMBER = r"(?<![-\d])(?<!\d[.,])"
_PERCENT = rf"{_WHOLE_NUMBER}(?P<percent>\d{{1,9}}(?:\.\d{{1,9}})?) ?%"
_COUNT = rf"{_WHOLE_NUMBER}(?P<count>\d{{1,3}}(?:,\d{{3}}){{1,2}}|\d{{1,9}})(?!,?\d)"
# A full stop and the next sentence are sometimes glued together, so no pattern asks for space around a sentence.
# Each pattern fills a field of the statistic that it names, or where it names none, of the one last spoken of.
_SENTENCES: tuple[tuple[Statistic | None, str], ...] = (
    (Statistic.UPHELD, rf"{_PERCENT} of complaints we investigated were upheld"),
    (Statistic.COMPLIANCE, rf"{_PERCENT} of cases we were satisfied"),
    (Statistic.REMEDIES, rf"{_PERCENT} of upheld cases we found"),
    (None, rf"average of (?:{_PERCENT}|(?P<absent>n/a)) in similar (?:authorities|organisations)"),
    (None, rf"total of {_COUNT} (?P<noun>detailed investigations?|investigations?|upheld decisions?)"),
    (Statistic.COMPLIANCE, rf"total of {_COUNT} (?P<noun>compliance outcomes?)"),
    (Statistic.UPHELD, rf"(?<!of ){_COUNT} upheld decisions?+(?! per\b)"),
    (Statistic.REMEDIES, rf"{_COUNT} satisfactory remedy decisions?"),
    (Statistic.COMPLIANCE, r"(?P<nothing>No recommendations were due for compliance)"),
    (Statistic.REMEDIES, r"(?P<nothing>did not uphold any complaints) in this period"),
    # Headings move on to the next statistic and say nothing of it.
    (Statistic.UPHELD, r"(?P<heading>Complaints upheld)(?! -)"),
    (Statistic.COMPLIANCE, r"(?P<heading>Compliance with Ombudsman recommendations)"),
    (Statistic.REMEDIES, r"(?P<heading>Satisfactory remedies provided by the (?:authority|council))(?! -)"),
)
_PATTERNS = tuple((statistic, re.compile(words, re.IGNORECASE)) for statistic, words in _SENTENCES)
_PERIOD = re.compile(r"period between 1 April (?P<start>\d{4}) (?:to|and) 31 March (?P<end>\d{4})", re.IGNORECASE)
_YEAR_ENDING = re.compile(r"year (?:ending|to|ended) 31 March (?P<end>\d{4})", re.IGNORECASE)
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# A block of two lines may be a person and a council; the office stands between them only in a longer one.
_PERSON_AND_COUNCIL = 2
_A_COUNCIL = re.compile(r"\b(?:Council|Borough|Authority|Corporation)\b", re.IGNORECASE)
_A_PERSON = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Lord|Lady)\b")
_DATE = re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})")
_TOPICS = (
    (
        PassageTopic.PUBLIC_REPORT,
        re.compile(r"\bpublic (?:interest )?reports? (?:about|against|on|concerning)", re.IGNORECASE),
    ),
    (
        PassageTopic.LATE_COMPLIANCE,
        re.compile(
            r"not implemented (?:\w{1,40} ){0,3}within|too long to implement|\blate compliance"
            r"|remed\w{1,40} (?:\w{1,40} ){0,4}late\b",
            re.IGNORECASE,
        ),
    ),
    (
        PassageTopic.LIAISON,
        re.compile(
            r"witness summons|improve its liaison"
            r"|delays? (?:\w{1,40} ){0,4}(?:providing|responding|information|responses?)",
            re.IGNORECASE,
        ),
    ),
)


def read_letter(text: str | bytes) -> AnnualLetter:
    """
    Read an annual review letter: its figures as printed, whom it addresses, its date and its paragraphs.

    Takes the text of a letter, or the UTF-8 bytes of such a text.
    Bold marks, line breaks within sentences, hard spaces and glued sentences do not matter.
    A statistic that is not found is ``None`` and named in the letter's ``not_found``.

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
        UnreadableLetter: the text is no UTF-8 text, or the council, the year or all three statistics are not found, or
            a figure stands in it twice with different values; says what was found, what was not, and what clashed.

    Source: the sentences of the Ombudsman's letters from 2019 to 2022, known in full from the one of 2020.
    """
    original = _text_of(text)
    lines = original.splitlines()
    flat = FlatText.of(original)
    problems: list[PlacedProblem] = []
    statistics = _statistics(_facts(flat, problems), problems)
    year = _year(flat, problems)
    greeting = _greeting(lines)
    addressee = _addressee(lines, greeting)
    name = addressee[-1] if addressee else None
    dated = _dated(lines[:greeting])
    sought = {
        "council": name,
        "year": year,
        **{statistic.words: statistics.get(statistic) for statistic in Statistic},
        "date": dated,
    }
    found = tuple(what for what, held in sought.items() if held is not None)
    missing = tuple(what for what, held in sought.items() if held is None)
    if problems or name is None or year is None or not statistics:
        raise UnreadableLetter(found, missing, tuple(problems))
    source = Source(f"LGSCO, annual review letter to {name}, {year}", published_on=dated)
    return AnnualLetter(
        PrintedReview(
            name,
            year,
            upheld=statistics.get(Statistic.UPHELD),
            compliance=statistics.get(Statistic.COMPLIANCE),
            remedies=statistics.get(Statistic.REMEDIES),
            source=source,
        ),
        addressed_to=_office(addressee),
        dated=dated,
        passages=_passages(lines, greeting),
        not_found=missing,
    )


def _text_of(text: str | bytes) -> str:
    if isinstance(text, bytes) and text.startswith(b"%PDF"):
        problem = PlacedProblem("byte 0", "this is a PDF; give the text that it holds")
        raise UnreadableLetter((), ("text",), (problem,))
    try:
        return decoded(text)
    except UnicodeDecodeError as error:
        problem = PlacedProblem(f"byte {error.start}", "this is no UTF-8 text")
        raise UnreadableLetter((), ("text",), (problem,)) from None


def _facts(flat: FlatText, problems: list[PlacedProblem]) -> list[Fact]:
    """Find every sentence that says something of a statistic, in the order of the text."""
    matches = sorted(
        (
            (match.start(), statistic, match)
            for statistic, pattern in _PATTERNS
            for match in pattern.finditer(flat.text)
        ),
        key=lambda found: found[0],
    )
    facts: list[Fact] = []
    spoken_of: Statistic | None = None
    for at, statistic, match in matches:
        spoken_of = statistic or spoken_of
        if spoken_of is None:
            continue
        said = {name: text for name, text in match.groupdict().items() if text is not None}
        line = flat.line_at(at)
        try:
            facts += [Fact(spoken_of, field, found, line) for field, found in _told(said, of_group=statistic is None)]
        except InvalidField as error:
            problems.append(PlacedProblem(f"line {line}", f"{spoken_of.words}: {said['percent']}% {error.reason}"))
    return facts


def _told(said: dict[str, str], *, of_group: bool) -> list[tuple[str, object]]:
    """Give the fields of a statistic that the named parts of a sentence fill."""
    if "absent" in said:
        return [("average", NotApplicable.NOT_APPLICABLE)]
    if "percent" in said:
        whole, _, decimals = said["percent"].partition(".")
        exact = Decimal(said["percent"]) if decimals else int(whole)
        return [("average" if of_group else "percent", PrintedPercent(exact, places=len(decimals)))]
    if "nothing" in said:
        return [("base", 0)]
    if "heading" in said:
        return []
    number = int(said["count"].replace(",", ""))
    return (
        [("base", number), ("base_noun", f"{said['noun'].lower().removesuffix('s')}s")]
        if "noun" in said
        else [("count", number)]
    )


def _statistics(facts: list[Fact], problems: list[PlacedProblem]) -> dict[Statistic, PrintedStatistic]:
    """Put the facts of each statistic together; report those that are printed twice and differ."""
    fields: dict[Statistic, dict[str, Fact]] = {}
    for fact in facts:
        first = fields.setdefault(fact.statistic, {}).setdefault(fact.field, fact)
        if first.found != fact.found:
            reason = f"{fact.statistic.words}: {fact.field} is {fact.found}, but {first.found} on line {first.line}"
            problems.append(PlacedProblem(f"line {fact.line}", reason))
    return {
        statistic: PrintedStatistic(**{field: fact.found for field, fact in said.items()})  # type: ignore[arg-type]  # fields by name
        for statistic, said in fields.items()
    }


def _year(flat: FlatText, problems: list[PlacedProblem]) -> ReportingYear | None:
    """Give the year that the letter's statistics cover; report where it names two."""
    named: list[tuple[int, str]] = []
    for match in _PERIOD.finditer(flat.text):
        line = flat.line_at(match.start())
        named.append((line, match["end"]))
        if int(match["end"]) != int(match["start"]) + 1:
            reason = f"the period from April {match['start']} to March {match['end']} is not one year"
            problems.append(PlacedProblem(f"line {line}", reason))
    if not named:
        named = [(flat.line_at(match.start()), match["end"]) for match in _YEAR_ENDING.finditer(flat.text)]
    for line, ending in named[1:]:
        if ending != named[0][1]:
            reason = f"the period ends in {ending}, but in {named[0][1]} on line {named[0][0]}"
            problems.append(PlacedProblem(f"line {line}", reason))
    if not named:
        return None
    try:
        return ReportingYear(int(named[0][1]))
    except InvalidField as error:
        problems.append(PlacedProblem(f"line {named[0][0]}", f"{named[0][1]} {error.reason}"))
        return None


def _greeting(lines: list[str]) -> int:
    """Give the index of the line that begins with "Dear", or of the first line where there is none."""
    return next((at for at, line in enumerate(lines) if plain(line).startswith("Dear ")), 0)


def _addressee(lines: list[str], greeting: int) -> list[str]:
    """Give the lines of the block above the greeting: a person, the office, the council last."""
    block: list[str] = []
    for line in reversed(lines[:greeting]):
        if text := plain(line):
            block.append(text)
        elif block:
            break
    block.reverse()
    # A street and a postcode may follow the council; where no line names one, the last is taken for it.
    named = [at for at, text in enumerate(block) if _A_COUNCIL.search(text)]
    return block[: named[-1] + 1] if named else block


def _office(addressee: list[str]) -> str | None:
    """Give the office that a letter addresses, never a person."""
    if len(addressee) <= _PERSON_AND_COUNCIL or _A_PERSON.match(addressee[-2]):
        return None
    return addressee[-2]


def _dated(heading: list[str]) -> dt.date | None:
    for line in heading:
        if match := _DATE.search(plain(line)):
            try:
                return dt.date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
            except ValueError:  # 31 February is no date
                return None
    return None


def _passages(lines: list[str], greeting: int) -> tuple[Passage, ...]:
    """Give the paragraphs between the greeting and the signature, each with what it is recognised to be about."""
    passages: list[Passage] = []
    paragraph: list[str] = []
    began = 0
    for number, line in enumerate([*lines[greeting + 1 :], ""], greeting + 2):
        text = plain(line)
        if text.startswith("Yours "):
            break
        if text:
            began = began if paragraph else number
            paragraph.append(text)
        elif paragraph:
            whole = " ".join(paragraph)
            topics = tuple(topic for topic, words in _TOPICS if words.search(whole))
            passages.append(Passage(whole, began, topics=topics))
            paragraph = []
    return tuple(passages)
