"""Lines that name a council, told from lines that only speak of one, such as an address or a heading."""

from __future__ import annotations

import re

from lgsco.readers.scanner import plain

_LONGEST = 120
_ENDS = ("council", "corporation", "authority", "national park", "rescue service", "city of london")
_OF = re.compile(
    r"(?:the )?(?:(?:london|royal|metropolitan) )*(?:borough|council|city)(?: council)? of (?:the )?[a-z]|"
    r"transport for |london fire|environment agency"
)
# What a name does not have, and a sentence, a heading, a line of an address or a reference has.
_NO_NAME = re.compile(
    r"\b(?:your|our|my|this|that|these|about|we|you|i|am|is|was|are|has|have|by|to|from|at|a|an|another|any|all|which"
    r"|complain(?:ts?|ed)|statistics|decisions?|compliance|remed(?:y|ies)|letters?|reports?|performance|offices?"
    r"|ref(?:erence)?|dear|email|similar|other|ombudsman|chief|executive|head|director|paid|clerk|street|road|police"
    r"|school|college|hospital|find|contact|visit|search|select|choose|compare|(?:local|planning|education|housing)"
    r" authority|local government|council(?! of\b).*(?:council|corporation))\b|[?!;:@%/]|\d\d"
)
_GENERAL = frozenset({"the council", "a council", "council", "the authority", "authority", "city council",
                      "county council", "borough council", "district council"})  # fmt: skip
# An office may be before the council on its line.
_OFFICE = re.compile(
    r"(?:the )?(?:(?:interim|acting|deputy) )?"
    r"(?:chief|head|managing|corporate|director|town clerk|monitoring|to|re|for|council)\b[^,:]{0,60}?(?:[,:]| of)"
    r" (?=[a-z])"
)


def is_council(line: str) -> bool:
    """
    Whether a line is the name of a council or another authority, and no more than that.

    >>> [is_council(line) for line in ("Barsetshire County Council", "Council Offices", "Your council")]
    [True, False, False]
    """
    words = line.strip(" .,:*").lower()
    if not 0 < len(words) <= _LONGEST or words in _GENERAL or not line.strip(" *")[:1].isupper():
        return False
    return (words.endswith(_ENDS) or _OF.match(words) is not None) and _NO_NAME.search(words) is None


def council_in(line: str) -> str | None:
    """
    Return the council that a line of an address names, alone or after an office.

    >>> council_in("Chief Executive, Barsetshire County Council"), council_in("County Hall")
    ('Barsetshire County Council', None)
    """
    if is_council(line):
        return line.strip(" .,:*")
    office = _OFFICE.match(line[:_LONGEST].lower())
    rest = line[office.end() :] if office else ""
    return rest.strip(" .,:*") if is_council(rest) else None


def folded_name(name: str) -> str:
    """Return a name without what spellings of it differ in."""
    return plain(name).removeprefix("the ")
