"""
What the headings of an export may stand for: by their words, and by what is under them.

A proposal is followed only where the caller takes it. No export of a real council was at hand: the headings are those
that we assume.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from lgsco.readers.case_cells import READ, is_blank, is_reference, reads
from lgsco.readers.case_columns import (
    CASE_FIELDS,
    PARTS,
    WHO,
    ColumnProposal,
    ProposedColumn,
    UnplacedHeading,
    missing_fields,
    unknown_words,
)
from lgsco.readers.case_words import CHOICES, meaning_of
from lgsco.readers.cells import fault_of
from lgsco.readers.days import read_days
from lgsco.readers.scanner import folded, plain
from lgsco.wording import cases as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lgsco.model.authorities import Authority, Register
    from lgsco.readers.case_export import Export

_TABLE = """
reference | reference; reference id; id
authority | authority; council; body; organisation; authority name; council name; body name
code | code; ons code; council code; authority code
authority_type | group; authority type; council type
outcome | outcome; decision; result; finding; decision outcome; outcome of investigation; decision type; outcome type
decided_on | decided on; decision date; outcome date; finding date; closed on; closed; determined on
service_area | service; service area; area; category; subject; service category; department; directorate
satisfactory_remedy | satisfactory remedy; put right before; put right; already put right; remedied before;
    already remedied; remedied by council; remedied by authority; satisfactory remedy provided;
    satisfactory remedy before; put right already
public_report | public report; public interest report; report issued; report; report published
opened_on | opened on; received on; received; opened; start date
recommendation_kind | recommendation kind; recommendation type; remedy type; action type; remedy kind; type
recommendation_text | recommendation; recommendation text; agreed action; action; remedy; remedy agreed;
    recommended action; remedy recommended; remedy details; action required
recommendation_agreed_on | agreed on; recommendation agreed on; remedy agreed on
recommendation_due_on | due on; due; recommendation due; remedy due; action due; recommendation due on; remedy due on;
    action due on; deadline; target date; remedy deadline
recommendation_completed_on | completed on; completed; completion date; done on; action completed on;
    remedy completed on; remedy completed; implemented on; recommendation completed on; remedy completion date
recommendation_payment | payment; amount; sum; money; compensation; financial remedy; amount paid; payment amount;
    payment recommended; remedy payment; remedy amount; pounds;
    payment pounds; amount pounds; remedy pounds; compensation pounds
compliance_status | compliance; compliance status; compliance outcome; complied; complied with; remedy status;
    compliant; remedy outcome; status
compliance_recorded_on | compliance recorded on; compliance date; complied on; satisfied on; recorded on;
    compliance confirmed on; compliance recorded; compliance outcome date
enquiry_sent_on | enquiry sent; enquiry sent on; enquiry date; enquiry received on
enquiry_due_on | enquiry due; enquiry due on; response due; response due on; reply due; reply due on; reply by
enquiry_answered_on | enquiry answered on; answered on; response sent; response sent on; replied on; response date;
    reply date; reply sent on; answered; replied
"""
"""The headings that we assume for each field, but for its own name."""

_SAME = {
    "ref": "reference", "on": "date", "when": "date", "recommendations": "recommendation", "remedies": "remedy",
    "actions": "action", "enquiries": "enquiry", "inquiry": "enquiry", "decisions": "decision", "payments": "payment",
    "recd": "received", "rec": "received",
    "services": "service", "number": "", "no": "", "num": "", "the": "", "of": "", "is": "",
    "was": "", "lgsco": "", "lgo": "", "ombudsman": "", "ombudsmans": "", "case": "", "complaint": "", "final": "",
    "a": "", "by": "", "with": "",
}  # fmt: skip


def _key(heading: str) -> frozenset[str]:
    words = plain(heading.replace("_", " ").replace("\N{POUND SIGN}", " pounds ")).split()
    return frozenset(filter(None, (_SAME.get(word, word) for word in words))) or frozenset(words)


def _keys() -> dict[frozenset[str], str]:
    keys = {_key(field): field for field in CASE_FIELDS}
    for row in re.sub(r"\n +", " ", _TABLE).strip().splitlines():
        field, headings = row.split(" | ")
        for heading in headings.split("; "):
            keys.setdefault(_key(heading), field)
    return keys


_FIELDS = _keys()
_SAMPLE = 500
_DAY = frozenset({"date"})


def is_case_heading(cell: object) -> bool:
    """Whether a cell is in words that head a column of cases."""
    return isinstance(cell, str) and (_key(cell) in _FIELDS or _key(cell) | _DAY in _FIELDS)


def names_bodies(heading: str) -> bool:
    """Whether a column is headed as that of the bodies whose cases they are."""
    return "authority" in _named(heading)


def proposal_for(export: Export, authority: Authority | None, register: Register | None) -> ColumnProposal:
    """Propose what the headings of an export stand for, by their words and by what is under them."""
    placed, reasons = _placed(_guesses(export, authority))
    if "recommendation_text" not in placed and "compliance_status" in placed:
        _settle_dates(placed)
    for part, needed in PARTS[1:]:
        lacking = [field for field in needed if field not in placed]
        for field in part if lacking else ():
            if (column := placed.pop(field, None)) is not None:
                reasons[column.heading] = wording.part_lacks(field, lacking)
    in_order = sorted(placed.values(), key=lambda column: CASE_FIELDS.index(column.field))
    return ColumnProposal(
        tuple(in_order),
        unplaced=tuple(UnplacedHeading(heading, reason=reason) for heading, reason in reasons.items()),
        missing=tuple(missing_fields(placed, authority, register)),
        unknown_words=tuple(
            unknown
            for column in in_order
            for unknown in unknown_words(column.field, export.cells(export.headings.index(column.heading)))
        ),
    )


class _Guess(NamedTuple):
    """The field that a heading may stand for, or ``None``, and the reason; and whether it has dates of no name."""

    heading: str
    field: str | None
    reason: str
    has_nameless_dates: bool = False


def _guesses(export: Export, authority: Authority | None) -> Iterator[_Guess]:
    """Yield a guess for each heading, and for each column that has contents and none."""
    times = Counter(map(folded, export.headings))
    for position, heading in enumerate(export.headings):
        cells = _telling(export.cells(position))
        if not heading:
            if cells:
                yield _Guess(heading, None, wording.NO_HEADING)
        elif times[folded(heading)] > 1:
            yield _Guess(heading, None, wording.HEADS_SEVERAL)
        else:
            guess = _guess(heading, cells)
            is_answered = guess.field in WHO and authority is not None
            yield _Guess(heading, None, wording.AUTHORITY_GIVEN) if is_answered else guess


def _placed(guesses: Iterable[_Guess]) -> tuple[dict[str, ProposedColumn], dict[str, str]]:
    """Return the column of each field that one heading alone may stand for, and why the others are not placed."""
    claims: dict[str, list[ProposedColumn]] = {}
    reasons: dict[str, str] = {}
    nameless: list[str] = []
    for guess in guesses:
        if guess.field is None:
            reasons[guess.heading] = guess.reason
            nameless += [guess.heading] if guess.has_nameless_dates else []
        else:
            claims.setdefault(guess.field, []).append(ProposedColumn(guess.heading, guess.field, reason=guess.reason))
    placed = {field: columns[0] for field, columns in claims.items() if len(columns) == 1}
    for field, columns in claims.items():
        rivals = ", ".join(repr(column.heading) for column in columns)
        reasons |= {} if field in placed else {column.heading: wording.rivals(field, rivals) for column in columns}
    if "outcome" in placed and "decided_on" not in claims and len(nameless) == 1:
        del reasons[nameless[0]]
        placed["decided_on"] = ProposedColumn(nameless[0], "decided_on", reason=wording.ONLY_DATES)
    return placed, reasons


def _settle_dates(placed: dict[str, ProposedColumn]) -> None:
    """Give dates that may be of a recommendation to compliance."""
    for name in ("due_on", "completed_on"):
        column = placed.pop(f"recommendation_{name}", None)
        if column is not None:
            field = f"compliance_{name}"
            placed.setdefault(field, ProposedColumn(column.heading, field, reason=column.reason))


def _telling(cells: Sequence[object]) -> list[object]:
    """Return the cells that say what a column holds, of the first rows."""
    return [cell for cell in cells[:_SAMPLE] if not is_blank(cell) and fault_of(cell) is None]


def _guess(heading: str, cells: Sequence[object]) -> _Guess:
    """Return the field that a heading may stand for and why, or ``None`` and why not."""
    if (name := folded(heading).replace(" ", "_")) in CASE_FIELDS:
        return _Guess(heading, name, wording.BY_NAME)
    of_days = _are_days(cells)
    named = _named(heading)
    for field in named:
        fitting = _fitting(field, cells)
        if not cells:
            return _Guess(heading, field, wording.by_heading_alone())
        # Of an outcome the caller can say what each word means; any other list has words that are understood.
        is_list = field in CHOICES and (fitting or field == "outcome") and not of_days and not _are_numbers(cells)
        if 2 * fitting > len(cells) or is_list:
            return _Guess(heading, field, wording.by_heading(fitting, len(cells)))
    # The figures of a date without its marks are also those of a reference.
    may_be_dates = of_days or any(field not in READ for field in named)
    if (field_by_contents := None if may_be_dates else _by_contents(cells)) is not None:
        return _Guess(heading, field_by_contents, wording.by_contents(field_by_contents, len(cells)))
    if named:
        return _Guess(heading, None, wording.contents_differ(named[0]))
    return _Guess(heading, None, wording.DATES_WITHOUT_NAME if of_days else wording.NO_FIELD, of_days)


def _by_contents(cells: Sequence[object]) -> str | None:
    """Return the field that every cell of a column can be read as; yes and no alone tell nothing."""
    if all(meaning_of("public_report", str(cell)) for cell in cells):
        return None
    fields = ("reference", "outcome", "compliance_status", "service_area")
    return next((field for field in fields if _fitting(field, cells) == len(cells) > 1), None)


def _named(heading: str) -> list[str]:
    """Return the fields that a heading may stand for, by its words."""
    key = _key(heading)
    return [field for words in (key | _DAY, key) if (field := _FIELDS.get(words)) is not None]


def _days_in(cells: Sequence[object]) -> int:
    return len(cells) - len(read_days(cells)[1])


def _are_days(cells: Sequence[object]) -> bool:
    return 2 * _days_in(cells) > len(cells)


def _fitting(field: str, cells: Sequence[object]) -> int:
    """Return how many cells can be read as this field."""
    if field == "reference":
        return sum(map(is_reference, cells))
    read = READ.get(field)
    if read is None:
        return _days_in(cells)
    if field == "recommendation_text":
        return sum(isinstance(cell, str) for cell in cells) if not _days_in(cells) else 0
    return sum(reads(field, cell) for cell in cells)


def _are_numbers(cells: Sequence[object]) -> bool:
    return 2 * sum(reads("recommendation_payment", cell) for cell in cells) > len(cells)
