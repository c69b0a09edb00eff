"""What all readers look for in a text: folded words, marks of notes, numbers, years, references; dates: ``days``."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from lgsco.errors import InvalidValue
from lgsco.model.years import ReportingYear
from lgsco.readers.days import date_in

_LONGEST, _LONGEST_SHOWN, _LONGEST_SEARCHED = 300, 80, 2_000


def is_empty(cell: object) -> bool:
    """Whether a cell has no contents."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def one_line(cell: object) -> str:
    """Return the contents of a cell as text on one line, with single spaces."""
    return "" if cell is None else " ".join((cell if isinstance(cell, str) else str(cell)).split())


def folded(cell: object) -> str:
    """Fold the case and the spaces of a cell or a heading."""
    return one_line(cell).casefold()


def shown(cell: object, longest: int = _LONGEST_SHOWN) -> str:
    """Return the contents of a cell as text on one line, cut to a readable length."""
    text = one_line("None" if cell is None else cell)
    return text if len(text) <= longest else f"{text[:longest].rstrip()}\N{HORIZONTAL ELLIPSIS}"


def plain(text: str) -> str:
    r"""
    Fold what headings and names differ in: case, punctuation, apostrophes, "&"; a sign of per cent becomes a word.

    >>> plain("Education & Children\N{RIGHT SINGLE QUOTATION MARK}s  Services"), plain("Uphold rate (%)")
    ('education and childrens services', 'uphold rate percent')
    """
    folded = text[:_LONGEST].casefold().replace("&", " and ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    folded = folded.replace("per cent", "%").replace("%", " percent ").replace("'", "")
    return " ".join(re.findall(r"\w+", folded))


# --- Marks of notes

NOTE_SIGNS = (
    "\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}\N{SUPERSCRIPT THREE}\N{SUPERSCRIPT FOUR}\N{SUPERSCRIPT FIVE}"
    "\N{SUPERSCRIPT SIX}\N{SUPERSCRIPT SEVEN}\N{SUPERSCRIPT EIGHT}\N{SUPERSCRIPT NINE}\N{DAGGER}\N{DOUBLE DAGGER}*#"
)
_NOTE_MARK = re.compile(
    rf" ?(?:\[(?:notes? ?)?[0-9]{{1,3}}\]|\(notes? ?[0-9]{{1,3}}\)|\[[prebuf]\]|[{NOTE_SIGNS}]{{1,3}})$", re.IGNORECASE
)
_MOST_MARKS, _LONGEST_MARK = 4, 20


def without_marks(text: str) -> tuple[str, str]:
    """
    Return a text on one line and without the marks of notes at its end, and those marks.

    >>> without_marks("Total [note 1]"), without_marks("1,234 [r] (note 2)"), without_marks("[z]")
    (('Total', '[note 1]'), ('1,234', '[r] (note 2)'), ('[z]', ''))
    """
    line = one_line(text)
    bare = line
    for _ in range(_MOST_MARKS):
        mark = _NOTE_MARK.search(bare, max(len(bare) - _LONGEST_MARK, 0))
        if mark is None or mark.start() == 0:
            break
        bare = bare[: mark.start()]
    return bare, line[len(bare) :].strip()


def may_have_marks(text: str) -> bool:
    """Whether a text may have the mark of a note, however long it is."""
    return any(sign in text for sign in f"]){NOTE_SIGNS}")


# --- Numbers

PER_CENT = r" ?(?:%|per ?cent\b)"
WHOLE, SPACED = (rf"[0-9]{{1,3}}(?:{comma}[0-9]{{3}}){{1,2}}|[0-9]{{1,9}}" for comma in (",", "[, ]"))
"""A whole number, with commas or without; and one that may have spaces for commas."""
_NUMBER = re.compile(rf"(?P<whole>{SPACED})(?P<part>\.[0-9]{{1,40}})?(?P<percent>{PER_CENT})?")
_LOOKS_LIKE_ONE = re.compile(
    r"\s*[-\N{MINUS SIGN}~<>+(]?[0-9][0-9., \N{NO-BREAK SPACE}]*+\)?%?\s*"
    r"(?:\[[^\[\]]{1,9}\]\s*|\(notes?[^()]{1,6}\)\s*|[" + NOTE_SIGNS + r"]){0,4}",
    re.IGNORECASE,
)
_LIMIT = 10**9


def is_number(cell: object) -> bool:
    """Whether a cell holds a number, or a text that looks like one."""
    if isinstance(cell, str):
        # Most texts begin with a letter.
        return not cell[:1].isalpha() and _LOOKS_LIKE_ONE.fullmatch(cell) is not None
    return cell is not None


def number_in(cell: object) -> tuple[Decimal | None, bool]:
    """Return the number in a cell, zero or more and below a thousand million, and whether it has a sign of per cent."""
    if isinstance(cell, str):
        match = _NUMBER.fullmatch(cell)
        if match is None:
            return None, False
        figures = match["whole"].replace(",", "").replace(" ", "")
        return Decimal(figures + (match["part"] or "")), match["percent"] is not None
    if type(cell) is int or type(cell) is Decimal:
        number = Decimal(cell)
    elif type(cell) is float:
        # As a spreadsheet shows it: the shortest number that is this float.
        number = Decimal(repr(cell))
    else:
        return None, False
    return (number, False) if number.is_finite() and 0 <= number < _LIMIT else (None, False)


# --- Reporting years

PERIOD = r"(?P<start>[0-9]{4}) ?(?:to|and|-|until) ?31(?:st)? march (?P<end>[0-9]{4})"
"""What follows "1 April" where a period of a year is printed."""
_ENDING = r" (?:ending|ended|to):? (?:31(?:st)? march )?(?P<ending>[0-9]{4})(?![0-9])"
_PAIR = r"(?P<pair>(?:19|20)[0-9]{2} ?(?:[-/]|to) ?(?:20[0-9]{2}|[0-9]{2}))(?![0-9/-])"
_A_YEAR = re.compile(
    rf"(?:1(?:st)? april {PERIOD})|(?:(?:financial |reporting )?year|12 months){_ENDING}|(?<![0-9]){_PAIR}"
    r"|\bfy ?(?P<short>[0-9]{2} ?[-/] ?[0-9]{2})(?![0-9/-])"
)
# Each begins with words that are found many times faster than a pattern.
YEAR_ENDING = re.compile(rf"year{_ENDING}")
LETTER_OF_YEAR = re.compile(rf"annual (?:review )?letter:? \(?{_PAIR}")
_TWO_FIGURES = re.compile(r"(?P<first>[0-9]{2}) ?[-/] ?(?P<last>[0-9]{2})")
_DIGITS = re.compile("[0-9]{2}")
_DASHES = str.maketrans(
    dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{MINUS SIGN}", "-")
)
_PLAIN_YEAR = 4
LAST_YEAR = re.compile(
    r"(?<!\bthe )\blast (?:financial |reporting )?(?:year|period)\b"
    r"|\b(?:previous|prior|preceding) (?:financial |reporting )?(?:year|period)\b|\byear before\b",
    re.IGNORECASE,
)
_YEARS = range(1974, 2100)
_YEAR_WORDS = frozenset({"year", "financial", "reporting", "fy", "the"})


def years_in(cell: object) -> list[ReportingYear]:
    """
    Return the reporting years that a text mentions.

    >>> [str(year) for year in years_in("Decided 2022/23 and in the year ending 31 March 2024, published July 2024")]
    ['2022-23', '2023-24']
    """
    if not isinstance(cell, str) or _DIGITS.search(cell, 0, _LONGEST_SEARCHED) is None:
        return []
    years = [_year_of_match(match) for match in _A_YEAR.finditer(_searched(cell))]
    return list(dict.fromkeys(year for year in years if year is not None))


def places_of_years(searched: str, *patterns: re.Pattern[str]) -> list[tuple[int, ReportingYear]]:
    """Return where a text in small letters names years in these ways, and the years, in the order of the text."""
    matches = [match for pattern in patterns for match in pattern.finditer(searched)]
    return sorted((match.start(), year) for match in matches if (year := _year_of_match(match)) is not None)


def without_years(text: str) -> str:
    """
    Return a text without the reporting years that it mentions.

    >>> without_years("Upheld (2022/23)"), without_years("Upheld in 2023-24")
    ('Upheld', 'Upheld')
    """
    bare = re.sub(_A_YEAR.pattern, " ", text[:_LONGEST_SEARCHED].translate(_DASHES), flags=re.IGNORECASE)
    bare = re.sub(r"\(\s*\)|\[\s*\]", " ", bare)
    return re.sub(
        r"\b(?:in|for|during|the)\s*$|^\s*(?:in|for|during)\b|^[\s:,;.-]+|[\s:,;-]+$", " ", one_line(bare)
    ).strip()


def _searched(text: str) -> str:
    return " ".join(text[:_LONGEST_SEARCHED].translate(_DASHES).casefold().split())


def _year_of_match(match: re.Match[str]) -> ReportingYear | None:
    parts = {name: words.replace(" ", "") for name, words in match.groupdict().items() if words}
    if "pair" in parts:
        words = parts["pair"].replace("to", "-")
    elif "short" in parts:
        words = f"20{parts['short']}"
    else:
        words = parts.get("ending") or f"{parts['start']}-{parts['end']}"
    try:
        return ReportingYear.parse(words)
    except InvalidValue:
        return None


def year_of(cell: object) -> ReportingYear | None:
    """
    Return the year that a cell holds: its name, the number of the year in which it ends, or a date in it.

    >>> str(year_of("2023/24")), str(year_of(2024.0)), str(year_of("31/03/2024")), year_of("Kent")
    ('2023-24', '2023-24', '2023-24', None)
    """
    try:
        if isinstance(cell, dt.date):
            return ReportingYear.containing(dt.date(cell.year, cell.month, cell.day))
        if isinstance(cell, str):
            return _year_in(one_line(cell))
        if type(cell) is int or (type(cell) is float and cell.is_integer()):
            return ReportingYear(int(cell)) if int(cell) in _YEARS else None
    except InvalidValue:
        return None
    return None


def _year_in(text: str) -> ReportingYear | None:
    text = without_marks(text)[0]
    if len(text) == _PLAIN_YEAR:
        return ReportingYear.parse(text)
    if (short := _TWO_FIGURES.fullmatch(text.translate(_DASHES))) is not None:
        return ReportingYear.parse(f"20{short['first']}-{short['last']}")
    years = years_in(text)
    if years:
        is_year = all(word in _YEAR_WORDS for word in plain(without_years(text)).split())
        return years[0] if len(years) == 1 and is_year else None
    date = date_in(text)
    return ReportingYear.containing(date) if isinstance(date, dt.date) else None


# --- References of cases, in the forms in which they are printed

REFERENCE = re.compile(
    r"(?:ref(?:erence)?[.:]? ?)?(?P<reference>\d\d[ -]?\d{3}[ -]?\d{3} ?[a-z]?|\d\d/[a-z]/\d{1,5})",
    re.IGNORECASE | re.ASCII,
)
_AS_PRINTED = len("24 013 122")


def normal(printed: str) -> str:
    """Return a reference in the form that cases have."""
    if len(printed) == _AS_PRINTED and printed[2] == printed[6] == " ":
        return printed
    if "/" in printed:
        return printed.upper()
    figures = printed.replace(" ", "").replace("-", "").lower()
    return f"{figures[:2]} {figures[2:5]} {figures[5:]}"
