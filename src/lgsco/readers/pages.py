"""
The pages on which the Ombudsman shows a council's performance.

A page may show several years one below the other, each in three blocks or four. A block holds the sentences of one
statistic, in any order; the period that it names, the year above it or its neighbours tell its year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lgsco.documents.figures import Paragraph, ParagraphTopic, PerformancePage, PrintedReview
from lgsco.errors import InvalidValue, Place, Problem, UnreadableDocument
from lgsco.model.years import ReportingYear
from lgsco.readers.sentences import KEY_PARTS, YEAR_ENDING, Fact, Part, clash, facts_of, printed_parts
from lgsco.readers.texts import DEFAULT_BOUNDS, Document, FlatText, document_of, searchable
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lgsco.readers.bounds import Bounds

__all__ = ["read_page"]

# The words of a page in small letters, with straight quotes and hyphens.
_YEAR_LINE = re.compile(
    r"(?:(?:statistics|figures|data) )?(?:for )?(?:the )?(?:"
    r"(?:year )?(?P<year>\d{4} ?[-/] ?(?:\d{4}|\d{2}))"
    r"|(?:period )?1 april (?P<start>\d{4}) (?:to|-) 31 march (?P<end>\d{4})"
    r"|year (?:ending|ended|to) 31 march (?P<ending>\d{4}))",
    re.ASCII,
)
_FIRST_HEADINGS = ("annual statistics", "complaint overview")
_NAMED = (
    re.compile(r"complaints upheld by (?P<name>[^\d%]{1,200})"),
    re.compile(r"adjusted for (?P<name>.{1,200}?)'s? population"),
    re.compile(r"reports (?:against|about|for) (?P<name>[^\d]{1,200})"),
)
_A_COUNCIL = re.compile(r"\b(?:council|borough|authority|corporation|city of london)\b")
_LONGEST_NAME, _MOST_NAMES = 120, 40
_REPORTS_BEGIN = re.compile(r"published the following (?:public interest )?reports?\b")
_REPORTS_END = (
    "public reports for",
    "reports for",
    "view all",
    "service improvements",
    "last updated",
    "annual letters",
    "lgo logogram",
    "privacy settings",
)
_NO_REPORTS = re.compile(r"no (?:public )?(?:interest )?reports? (?:have been )?published")
# How a page names the councils before and after it. No real page has confirmed these: they are assumed.
_SUCCESSORS = re.compile(
    r"\b(?:replaced|succeeded) by\b|\bis now (?:part of|covered by)\b|\bbecame part of\b|\bmerged into\b"
    r"|\b(?:successor|new) (?:council|authorit)[a-z]*\b|\bnow (?:provided|delivered|run) by\b"
)
_PREDECESSORS = re.compile(
    r"\b(?:has |have )?replaced\b(?! by)|\b(?:predecessor|former|previous) (?:council|authorit)[a-z]*\b"
    r"|\b(?:formed|created|made up) (?:from|of)\b|\btook over from\b"
)
# From a capital to the word that ends a council's name; a name may hold commas and "and".
_COUNCIL_NAME = re.compile(r"\b[A-Z][^.;:()]{0,100}?\b(?:Council|Corporation)\b(?! of\b)")


def read_page(source: str | bytes, *, url: str | None = None, bounds: Bounds = DEFAULT_BOUNDS) -> PerformancePage:
    """
    Read a council's page on the Ombudsman's site: the figures of every year on it as printed, and what else it says.

    Args:
        source: HTML or text, or the bytes of either in UTF-8 or of a PDF (extra ``lgsco[pdf]``).
        url: the address of the page.
        bounds: the most that is read.

    Returns:
        The page. What is not found is ``None`` and named in its ``not_found``; a page may show no figures at all.

    >>> page = read_page('''
    ... Barsetshire County Council
    ... Complaint overview
    ... Between 1 April 2024 to 31 March 2025, we dealt with 79 complaints. Of these, 29 were not for us or not ready
    ... for us to investigate. We assessed and closed 27 complaints. We investigated 23 complaints.
    ... Complaints upheld
    ... We investigated 23 complaints and upheld 18.
    ... 78% of complaints we investigated were upheld.
    ... ''')
    >>> [review] = page
    >>> print(review.name, review.year, review.overview.counts.investigated, review.upheld.count, review.upheld.percent)
    Barsetshire County Council 2024-25 23 18 78%
    >>> page.not_found
    ('compliance, 2024-25', 'satisfactory remedies, 2024-25', 'public reports')

    Raises:
        UnreadableDocument: it has no readable text (beyond a bound, not UTF-8, or a PDF that is damaged, locked or a
            scan), or no council is named, there is nothing of such a page, or a figure of one year is printed twice
            with different values; has what was found, what was not, and what is wrong, with its place.
        MissingExtra: it is a PDF, and what reads PDFs is not installed.

    Source: the Ombudsman's pages "Your council's performance", with the years 2018-19 to 2024-25.
    """
    document = document_of(source, bounds, "a page of a council's performance")
    searched = [searchable(line) for line in document.lines]
    flat = FlatText.of(document)
    reports, listed = _reports(document, searched)
    facts, problems = facts_of(flat, document)
    # What a report is about may read like a figure of the council's.
    facts = [fact for fact in facts if fact.index not in listed]
    years = _years(facts, searched, flat, document, problems)
    name = _name([*document.lines, flat.text], [*searched, flat.searched])
    present = {"council": name is not None, "figures": bool(years), "public reports": reports is not None}
    found = tuple(part for part, is_there in present.items() if is_there)
    missing = tuple(part for part, is_there in present.items() if not is_there)
    if problems or name is None or len(missing) > 1:
        raise UnreadableDocument("a page of a council's performance", found, missing, tuple(problems))
    before, after = _neighbours(document.lines, searched, name)
    return PerformancePage(
        name,
        tuple(
            PrintedReview(
                name,
                year,
                **printed_parts(fields),
                source=Source(f"LGSCO, Your council's performance, {name}, {year}", url=url),
            )
            for year, fields in years.items()
        ),
        public_reports=reports or (),
        predecessors=before,
        successors=after,
        not_found=(
            *(f"{part.words}, {year}" for year, fields in years.items() for part in KEY_PARTS if part not in fields),
            *missing,
        ),
    )


# --- The figures of each year


class _Block:
    """Consecutive sentences on one statistic, with the year that they name and the year of the section above."""

    def __init__(self, part: Part, section: int | None) -> None:
        self.part = part
        self.section = section
        self.year: int | None = None
        self.facts: list[Fact] = []

    def contradicts(self, fact: Fact) -> bool:
        return any(known.field == fact.field and known.value != fact.value for known in self.facts)


def _years(
    facts: list[Fact], searched: list[str], flat: FlatText, document: Document, problems: list[Problem]
) -> dict[ReportingYear, dict[Part, dict[str, Any]]]:
    """Return what is printed of each year, in the order of the page."""
    sections = [Fact(None, "section", year, index) for index, year in _year_lines(searched)]
    blocks = _blocks(sorted([*facts, *sections], key=lambda fact: fact.index), document, problems)
    named = {year for block in blocks for year in (block.year, block.section) if year is not None}
    if not named:
        named = {int(match["end"]) for match in YEAR_ENDING.finditer(flat.searched)}
    _settle_years(blocks, named)
    first: dict[tuple[int, Part, str], Fact] = {}
    years: dict[ReportingYear, dict[Part, dict[str, Any]]] = {}
    for block in blocks:
        year = _year_of(block, document, problems)
        if year is None:
            continue
        for fact in block.facts:
            earliest = first.setdefault((year.ending, block.part, str(fact.field)), fact)
            if earliest.value != fact.value:
                problems.append(clash(f"{block.part.words}, {year}", fact, earliest, document))
            years.setdefault(year, {}).setdefault(block.part, {})[str(fact.field)] = earliest.value
    return years


def _year_lines(searched: list[str]) -> Iterator[tuple[int, int]]:
    """Return the lines that are nothing but a year, as headings are, each with the year in which it ends."""
    headings: list[tuple[int, int, int]] = []
    above = ""
    for rank, (index, line) in enumerate((index, line) for index, line in enumerate(searched) if line):
        match = _YEAR_LINE.fullmatch(line)
        within_sentence = match and match["start"] and above.endswith(("between", "period", "from"))
        above = line
        if match and not within_sentence:
            try:
                ending = (
                    ReportingYear.parse(match["year"].replace(" ", "")).ending
                    if match["year"]
                    else int(match["end"] or match["ending"])
                )
            except InvalidValue:
                continue
            headings.append((rank, index, ending))
    ranks = {rank for rank, _, _ in headings}
    # Years on consecutive lines are a menu.
    return ((index, ending) for rank, index, ending in headings if not {rank - 1, rank + 1} & ranks)


def _blocks(facts: list[Fact], document: Document, problems: list[Problem]) -> list[_Block]:
    blocks: list[_Block] = []
    standing: dict[Part | None, _Block] = {}
    spoken_of: Part | None = None
    section: int | None = None
    for fact in facts:
        if fact.field == "section":
            section, spoken_of = fact.value, None
            standing.clear()
        elif fact.field == "year":
            ending, start, begins = fact.value
            if ending != start + 1:
                reason = f"the period from April {start} to March {ending} is not one year"
                problems.append(Problem(Place(path=document.place(fact.index)), reason))
            elif begins:
                section, spoken_of = ending, Part.OVERVIEW
                standing.clear()
            else:
                _date_blocks(standing, spoken_of, fact, document, problems)
                # What is above the blocks before is not what this one says.
                section = section if section == ending else None
        elif fact.field is None:
            spoken_of = fact.part
            _close(standing, fact.part)
        else:
            # Figures per 100,000 residents are among those of the complaints upheld.
            family = Part.UPHELD if fact.part is Part.PER_100K else fact.part
            if family is not None and family is not spoken_of:
                spoken_of = family
                _close(standing, family)
            part = fact.part or spoken_of
            if part is None:
                continue
            block = standing.get(part)
            if block is None or block.contradicts(fact):
                block = standing[part] = _Block(part, section)
                blocks.append(block)
            block.facts.append(fact)
    return blocks


def _close(standing: dict[Part | None, _Block], part: Part | None) -> None:
    """End the blocks of a part, so that the next sentence on it begins another."""
    for ended in (part, Part.PER_100K) if part is Part.UPHELD else (part,):
        standing.pop(ended, None)


def _date_blocks(
    standing: dict[Part | None, _Block],
    spoken_of: Part | None,
    fact: Fact,
    document: Document,
    problems: list[Problem],
) -> None:
    """Date the current blocks with the year that a sentence names."""
    ending = fact.value[0]
    family = (Part.UPHELD, Part.PER_100K) if spoken_of is Part.UPHELD else (spoken_of,)
    for block in (standing[part] for part in family if part in standing):
        if block.year not in (None, ending):
            reason = f"{block.part.words}: the period ends in {ending}, but in {block.year} before"
            problems.append(Problem(Place(path=document.place(fact.index)), reason))
        block.year = ending


def _settle_years(blocks: list[_Block], named: set[int]) -> None:
    """Date each block that names no year by its section, by the block before it, or by the next block."""
    if len(named) == 1:
        (only,) = named
        for block in blocks:
            block.year = only
        return
    for block in blocks:
        block.year = block.year or block.section
    for index, block in enumerate(blocks):
        if block.year is None:
            taken = {(other.year, other.part) for other in blocks}
            before = next((other.year for other in reversed(blocks[:index]) if other.year), None)
            after = next((other.year for other in blocks[index:] if other.year), None)
            block.year = next((year for year in (before, after) if year and (year, block.part) not in taken), None)


def _year_of(block: _Block, document: Document, problems: list[Problem]) -> ReportingYear | None:
    place = document.place(block.facts[0].index)
    if block.year is None:
        problems.append(Problem(Place(path=place), f"{block.part.words}: the year is not printed"))
        return None
    try:
        return ReportingYear(block.year)
    except InvalidValue as error:
        problems.append(Problem(Place(path=place), f"{block.year} {error.problems[0].reason}"))
        return None


# --- What else a page says


def _name(lines: Sequence[str], searched: list[str]) -> str | None:
    """Return the council whose page it is: the line above the first heading, or the name in a sentence."""
    above = ""
    for line, words in zip(lines, searched, strict=True):
        if words.startswith(_FIRST_HEADINGS) and _is_council(above):
            return above
        above = line or above
    for pattern in _NAMED:
        for line, words in zip(lines, searched, strict=True):
            match = pattern.search(words)
            if match and _is_council(name := line[match.start("name") : match.end("name")].strip(" .:-")):
                return name
    return next((line for line in lines if _is_council(line) and _COUNCIL_NAME.fullmatch(line)), None)


def _is_council(line: str) -> bool:
    return 0 < len(line) <= _LONGEST_NAME and _A_COUNCIL.search(searchable(line)) is not None


def _reports(document: Document, searched: list[str]) -> tuple[tuple[Paragraph, ...] | None, range]:
    """Return the public reports that a page lists, ``None`` where it has no list, and the lines of that list."""
    begin = next((row for row, words in enumerate(searched) if _REPORTS_BEGIN.search(words)), None)
    if begin is None:
        return None, range(0)
    reports: list[Paragraph] = []
    fresh = True
    spaced = "" in searched[begin + 1 : begin + 3]
    for row in range(begin + 1, len(searched)):
        words, line = searched[row], document.lines[row].lstrip("\N{BULLET}-* ")
        if words.startswith(_REPORTS_END) or _NO_REPORTS.search(words) or words.isdecimal():
            break
        if not line:
            fresh = True
            continue
        if fresh or not spaced or not reports:
            reports.append(Paragraph(line, document.numbers[row], topics=(ParagraphTopic.PUBLIC_REPORT,)))
        else:
            last = reports.pop()
            reports.append(Paragraph(f"{last.text} {line}", last.line, topics=last.topics))
        fresh = False
    else:
        row = len(searched)
    return tuple(reports), range(begin + 1, row)


def _neighbours(lines: Sequence[str], searched: list[str], name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the councils that a page names as its predecessors and its successors, above its lists of cases."""
    end = next((row for row, words in enumerate(searched) if _REPORTS_BEGIN.search(words)), len(lines))
    neighbours: dict[re.Pattern[str], dict[str, None]] = {_PREDECESSORS: {}, _SUCCESSORS: {}}
    for row in range(end):
        for pattern, names in neighbours.items():
            if match := pattern.search(searched[row]):
                texts = [lines[row][match.end() :]]
                # A list of names may be below, one on each line.
                texts += _names_below(lines, row + 1) if not _COUNCIL_NAME.search(texts[0]) else []
                names.update(dict.fromkeys(council for text in texts for council in _COUNCIL_NAME.findall(text)))
    before, after = (tuple(council for council in names if council != name) for names in neighbours.values())
    return before, after


def _names_below(lines: Sequence[str], row: int) -> list[str]:
    names: list[str] = []
    for line in lines[row : row + _MOST_NAMES]:
        text = line.lstrip("\N{BULLET}-* ")
        if text and not _COUNCIL_NAME.fullmatch(text):
            break
        names.append(text)
    return names
