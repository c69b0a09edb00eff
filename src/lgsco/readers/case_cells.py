"""
Cells of a council's own case list: from the words of an export to what a field holds.

What is read is what ``lgsco.convert.rows_of`` would write: members of lists, yes or no, and sums of pounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from lgsco._values import Choice
from lgsco.documents.missing import Missing
from lgsco.errors import InvalidValue, Place, Problem
from lgsco.model.authorities import AuthorityType
from lgsco.model.cases import ComplianceStatus, Outcome, RecommendationKind, ServiceArea
from lgsco.readers.cells import INSTEAD
from lgsco.readers.decisions import OUTCOME_WORDS
from lgsco.readers.headings import fields_of
from lgsco.readers.scanner import plain, shown

__all__ = ["EMPTY", "READ", "folded"]


def folded(cell: object) -> str:
    """Fold the case and the spaces of a cell or a heading."""
    return " ".join(str(cell).split()).casefold()


EMPTY = {*INSTEAD[Missing.BLANK], *INSTEAD[Missing.DASH], *INSTEAD[Missing.NOT_APPLICABLE]}
_STATUS_WORDS = {
    "complied on time": ComplianceStatus.ON_TIME,
    "complete and on time": ComplianceStatus.ON_TIME,
    "complied late": ComplianceStatus.LATE,
    "complete but late": ComplianceStatus.LATE,
    "non compliance": ComplianceStatus.NOT_COMPLIED,
    "non compliant": ComplianceStatus.NOT_COMPLIED,
}
_FLAGS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_COMPACT = re.compile(
    r"(?P<year>\d\d)[ -]?(?P<first>\d{3})[ -]?(?P<last>\d{3}) ?(?P<letter>[a-z]?)", re.ASCII | re.IGNORECASE
)
_POUNDS = re.compile(
    r"(?:\N{POUND SIGN} ?|gbp ?)?(?P<pounds>\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?P<pence>\.\d\d?)?", re.ASCII
)


def _refused(cell: object, reason: str) -> InvalidValue:
    return InvalidValue([Problem(Place(), reason, value=shown(cell))])


def _text(cell: object) -> str:
    if not isinstance(cell, str):
        raise _refused(cell, f"is a {type(cell).__name__}, not text")
    return cell.strip()


def _reference(cell: object) -> str:
    """Read a reference as it is printed; a spreadsheet may hold it as a number."""
    if type(cell) is float and cell.is_integer():
        cell = int(cell)
    match = _COMPACT.fullmatch(" ".join(str(cell).split()))
    if match:
        return f"{match['year']} {match['first']} {match['last']}{match['letter'].lower()}"
    return _text(cell)  # the oldest forms; any other text is refused by the case itself


def _flag(cell: object) -> bool:
    flag = cell if type(cell) is bool else _FLAGS.get(folded(cell)) if isinstance(cell, str) else None
    if flag is None:
        raise _refused(cell, "is neither yes nor no")
    return flag


def _pounds(cell: object) -> Decimal:
    if type(cell) is int or type(cell) is Decimal:
        return Decimal(cell)
    if type(cell) is float:
        return Decimal(repr(cell))  # as a spreadsheet shows it
    match = _POUNDS.fullmatch(folded(cell)) if isinstance(cell, str) else None
    if match is None:
        raise _refused(cell, "is not a sum of pounds")
    return Decimal(match["pounds"].replace(",", "") + (match["pence"] or ""))


_AREAS = {area.value for area in ServiceArea}


def _area(cell: str) -> ServiceArea | None:
    """Read the area that a heading of a published table would stand for."""
    areas = [field.value for field in fields_of(cell) if field is not None and field.value in _AREAS]
    return ServiceArea(areas[0]) if areas else None


def _one_of(
    kind: type[Choice], words: Mapping[str, Choice], also: Callable[[str], Choice | None] = lambda _: None
) -> Callable[[object], str]:
    """Make a reader of members of a list: by its value, by its label, or by other usual words."""
    known = {plain(word): member for member in kind for word in (_spaced(member), getattr(member, "label", member))}
    known |= {plain(word): member for word, member in words.items()}

    def read(cell: object) -> str:
        member = known.get(plain(_spaced(cell))) or also(cell) if isinstance(cell, str) else None
        if member is None:
            raise _refused(cell, f"is none of: {', '.join(kind)}")
        return member.value

    return read


def _spaced(word: str) -> str:
    return word.replace("_", " ")


READ: dict[str, Callable[[object], object]] = {
    "reference": _reference,
    "authority": _text,
    "code": _text,
    "authority_type": _one_of(AuthorityType, {}),
    "outcome": _one_of(Outcome, OUTCOME_WORDS),
    "service_area": _one_of(ServiceArea, {}, _area),
    "satisfactory_remedy": _flag,
    "public_report": _flag,
    "recommendation_kind": _one_of(RecommendationKind, {}),
    "recommendation_text": _text,
    "recommendation_payment": _pounds,
    "compliance_status": _one_of(ComplianceStatus, _STATUS_WORDS),
}
"""How a cell of each field is read; the other fields are dates."""
