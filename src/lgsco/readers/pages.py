"""
The pages on which the Ombudsman shows a council's performance.

A page may show several years one below the other, each in three blocks or four. A block holds the sentences of one
statistic, in any order; the period that it names, the year above it or its neighbours tell its year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lgsco.documents.figures import PrintedReview
from lgsco.documents.letters import PerformancePage
from lgsco.errors import Place, Problem, UnreadableDocument
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
from lgsco.readers.names import folded_name, is_council
from lgsco.readers.page_lists import lists_of, neighbours_of
from lgsco.readers.scanner import YEAR_ENDING, places_of_years, without_years, years_in
from lgsco.readers.sentences import KEY_PARTS, Part
from lgsco.readers.texts import DEFAULT_BOUNDS, Document, FlatText, document_of, searchable
from lgsco.sources import Source

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from lgsco.model.years import ReportingYear
    from lgsco.readers.bounds import Bounds

# The words of a page in small letters, with straight quotes and hyphens.
_YEAR_LINE_WORDS = frozenset({"statistics", "figures", "data", "for", "the", "year", "period"})
_LONGEST_YEAR_LINE = 80
_FIRST_HEADINGS = ("annual statistics", "complaint overview")
_NAMED = (
    re.compile(r"complaints upheld by (?P<name>[^\d%]{1,200})"),
    re.compile(r"adjusted for (?P<name>.{1,200}?)'s? population"),
    re.compile(r"reports (?:against|about|for) (?P<name>[^\d]{1,200})"),
)
# What follows the name of a council where its figures begin.
_FIGURES_BEGIN = (*_FIRST_HEADINGS, "complaints upheld", "compliance with ombudsman", "satisfactory remed")
_FIGURES_OF = re.compile(
    r".{0,60}?\b(?:figures|statistics|data|performance|results|information) (?:for|of|about) (?:the )?(?:former )?",
    re.IGNORECASE,
)
_LAST_WORDS = ("council", "corporation", "authority")
_EXPECTED = "a page of a council's performance"


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
    return page_in(document_of(source, bounds, _EXPECTED), url=url)


def page_in(document: Document, *, url: str | None = None) -> PerformancePage:
    """Read the page that a document holds, as ``read_page`` does."""
    searched = [searchable(line) for line in document.lines]
    flat = FlatText.of(document)
    lists = lists_of(document, searched)
    neighbours = neighbours_of(document.lines, searched, min(lists.rows, default=len(searched)))
    facts, problems = facts_of(flat, document)
    name = neighbours.merged or _name(
        [*document.lines, flat.text], [*searched, flat.searched], neighbours.rows | lists.rows
    )
    printed = {fact.row for fact in facts if fact.field not in (None, UNREAD)}
    foreign = _figures_of_others(document.lines, searched, name, neighbours.rows | lists.rows, printed)
    headings = [Fact(None, "section", year, index) for index, year in _year_lines(searched)]
    facts = [fact for fact in facts if fact.row not in lists.rows]
    own = [fact for fact in (*facts, *headings) if fact.row not in foreign and not fact.about]
    left_out = dict.fromkeys(
        foreign.get(fact.row) or repr(str(fact.about)) for fact in facts if fact.row in foreign or fact.about
    )
    years, unread = _years(own, flat, document, problems)
    present = {"council": name is not None, "figures": bool(years), "public reports": lists.reports is not None}
    parts = tuple(part for part, is_there in present.items() if is_there)
    missing = tuple(part for part, is_there in present.items() if not is_there)
    if problems or name is None or len(missing) > 1:
        raise UnreadableDocument(_EXPECTED, parts, missing, tuple(problems))
    before, after = neighbours.others(name)
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
        public_reports=lists.reports or (),
        improvements=lists.improvements,
        predecessors=before,
        successors=after,
        not_found=(
            *(f"{part.words}, {year}" for year, fields in years.items() for part in KEY_PARTS if part not in fields),
            *missing,
            *unread,
            *lists.not_found,
            *(f"figures of {other}" for other in left_out),
        ),
    )


def _figures_of_others(
    lines: Sequence[str], searched: Sequence[str], name: str | None, lists: Container[int], printed: Container[int]
) -> dict[int, str]:
    """Return the rows with the figures of another council, below a line that names it, each with that council."""
    own, other = folded_name(name or ""), None
    rows: dict[int, str] = {}
    above = -1
    for row, words in enumerate(searched):
        begins = words.startswith(_FIGURES_BEGIN)
        if (
            (begins or row in printed)
            and above >= 0
            and above not in lists
            and (council := _whose(lines[above])) is not None
            # Above a sentence it may be a part of the name, which is in the sentence too.
            and (begins or (folded_name(council).endswith(_LAST_WORDS) and folded_name(council) not in own))
        ):
            other = None if folded_name(council) == own else council
        if other is not None:
            rows[row] = other
        above = row if words else above
    return rows


def _whose(line: str) -> str | None:
    """Return the council that a line above figures names, alone or after what of it they are."""
    led = _FIGURES_OF.match(line)
    council = (line[led.end() :] if led else line).strip(" .:")
    return council if is_council(council) else None


# --- The figures of each year


class _Block:
    """Consecutive sentences on one statistic, with the year that they name and the year of the section above."""

    def __init__(self, part: Part, section: int | None, index: int) -> None:
        self.part = part
        self.section = section
        self.index = index
        self.year: int | None = None
        self.facts: dict[str | None, Fact] = {}
        self.unread: dict[tuple[Part | None, str], None] = {}

    def contradicts(self, fact: Fact) -> bool:
        known = self.facts.get(fact.field)
        return known is not None and known.value != fact.value


def _years(
    facts: list[Fact], flat: FlatText, document: Document, problems: list[Problem]
) -> tuple[dict[ReportingYear, dict[Part, dict[str, Any]]], tuple[str, ...]]:
    """Return what is printed of each year, in the order of the page, and the figures that are not read."""
    blocks, loose = _blocks(sorted(facts, key=lambda fact: fact.row), document, problems)
    named = {year for block in blocks for year in (block.year, block.section) if year is not None}
    if not named:
        named = {year.ending for _, year in places_of_years(flat.searched, YEAR_ENDING)}
    _settle_years(blocks, named)
    first: dict[tuple[int, Part, str], Fact] = {}
    years: dict[ReportingYear, dict[Part, dict[str, Any]]] = {}
    unread: dict[ReportingYear, dict[tuple[Part | None, str], None]] = {}
    for block in blocks:
        year = _year_of(block, document, problems)
        if year is None:
            continue
        for fact in block.facts.values():
            earliest = first.setdefault((year.ending, block.part, str(fact.field)), fact)
            if earliest.value != fact.value:
                problems.append(clash(f"{block.part.words}, {year}", fact, earliest, document))
            years.setdefault(year, {}).setdefault(block.part, {})[str(fact.field)] = earliest.value
        unread.setdefault(year, {}).update(block.unread)
    words = [word for year, fields in unread.items() for word in unread_words(fields, years[year], year=f", {year}")]
    return years, (*words, *unread_words(loose, {}))


def _year_lines(searched: list[str]) -> Iterator[tuple[int, int]]:
    """Return the lines that are nothing but a year, as headings are, each with the year in which it ends."""
    headings: list[tuple[int, int, int]] = []
    above = ""
    for rank, (index, line) in enumerate((index, line) for index, line in enumerate(searched) if line):
        years = years_in(line) if len(line) <= _LONGEST_YEAR_LINE else []
        within_sentence = " april " in line and above.endswith(("between", "period", "from"))
        above = line
        if len(years) == 1 and not within_sentence and _YEAR_LINE_WORDS.issuperset(without_years(line).split()):
            headings.append((rank, index, years[0].ending))
    ranks = {rank for rank, _, _ in headings}
    # Years on consecutive lines are a menu.
    return ((index, ending) for rank, index, ending in headings if not {rank - 1, rank + 1} & ranks)


def _blocks(
    facts: list[Fact], document: Document, problems: list[Problem]
) -> tuple[list[_Block], dict[tuple[Part | None, str], None]]:
    """Return the blocks of a page, and the figures without a block that are not read."""
    blocks: list[_Block] = []
    loose: dict[tuple[Part | None, str], None] = {}
    standing: dict[Part | None, _Block] = {}
    spoken_of: Part | None = None
    section: int | None = None
    for fact in facts:
        if fact.field == "section":
            section, spoken_of = fact.value, None
            standing.clear()
        elif fact.field == "year":
            ending, start, begins = fact.value
            if ending == start + 1 and begins:
                section, spoken_of = ending, Part.OVERVIEW
                standing.clear()
            elif ending != start + 1:
                problems.append(period_problem(start, ending, document.place(fact.row)))
            else:
                _date_blocks(standing, spoken_of, fact, document, problems)
                # What is above the blocks before is not what this one says.
                section = section if section == ending else None
        elif fact.field is None:
            spoken_of = fact.part
            _close(standing, fact.part)
        elif fact.field == UNREAD:
            part = fact.part or spoken_of
            unread = standing[part].unread if part in standing else loose
            unread[part, fact.value] = None
        else:
            # Figures per 100,000 residents are among those of the complaints upheld.
            family = Part.UPHELD if fact.part is Part.PER_100K else fact.part
            if family is not None and family is not spoken_of:
                spoken_of = family
                _close(standing, family)
            if (part := fact.part or spoken_of) is not None:
                _add(fact, part, section, standing, blocks)
    return blocks, loose


def _add(
    fact: Fact, part: Part, section: int | None, standing: dict[Part | None, _Block], blocks: list[_Block]
) -> None:
    """Put a figure into the block of its part, or into a new one where it differs from the figure there."""
    block = standing.get(part)
    if block is None or block.contradicts(fact):
        block = standing[part] = _Block(part, section, fact.row)
        blocks.append(block)
    block.facts.setdefault(fact.field, fact)


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
            problems.append(Problem(Place(path=document.place(fact.row)), reason))
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
    following: list[int | None] = []
    after: int | None = None
    for block in reversed(blocks):
        after = block.year or after
        following.append(after)
    taken = {(block.year, block.part) for block in blocks}
    before: int | None = None
    for block in blocks:
        after = following.pop()
        if block.year is None:
            block.year = next((year for year in (before, after) if year and (year, block.part) not in taken), None)
            taken.add((block.year, block.part))
        before = block.year or before


def _year_of(block: _Block, document: Document, problems: list[Problem]) -> ReportingYear | None:
    place = document.place(block.index)
    if block.year is None:
        problems.append(Problem(Place(path=place), f"{block.part.words}: the year is not printed"))
        return None
    return reporting_year(block.year, place, problems)


# --- Whose page it is


def _name(lines: Sequence[str], searched: Sequence[str], lists: Container[int]) -> str | None:
    """Return the council whose page it is: the line above the first heading, or the name in a sentence."""
    above = ""
    for row, (line, words) in enumerate(zip(lines, searched, strict=True)):
        if words.startswith(_FIRST_HEADINGS) and is_council(above):
            return above
        above = line if line and row not in lists else above
    for pattern in _NAMED:
        for line, words in zip(lines, searched, strict=True):
            match = pattern.search(words)
            if match and is_council(name := line[match.start("name") : match.end("name")].strip(" .:-")):
                return name
    return next((line for row, line in enumerate(lines) if row not in lists and is_council(line)), None)
