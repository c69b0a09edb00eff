"""
The columns of a case system's export: which fields there are, which are needed, and what the headings of a list may be.

A proposal is made from the headings and from what is under them, and is followed only where the caller takes it.
No export of a real council was at hand: the headings are those that we assume.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, Final, TypeAlias, final

from lgsco._values import PositiveCount, Text, value
from lgsco.convert.rows import columns_of
from lgsco.errors import InvalidValue, Problem
from lgsco.model.cases import ComplianceOutcome, Enquiry, Investigation
from lgsco.readers.case_cells import READ, folded, is_blank, is_reference
from lgsco.readers.case_errors import error_in
from lgsco.readers.case_words import CHOICES, meaning_of
from lgsco.readers.cells import shown
from lgsco.readers.days import read_days
from lgsco.readers.headings import plain
from lgsco.wording import cases as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lgsco.model.authorities import Authority, Register
    from lgsco.readers.case_export import Export

__all__ = [
    "CASE_FIELDS",
    "COMPLIANCE",
    "DECISION",
    "ENQUIRY",
    "RECOMMENDATION",
    "WHO",
    "ColumnProposal",
    "ProposedColumn",
    "UnknownWord",
    "UnplacedHeading",
    "Words",
    "check_columns",
    "is_case_heading",
    "proposal_for",
    "skeleton_of",
    "unknown_words",
]

Words: TypeAlias = Mapping[str, Mapping[str, object]]
"""For a field, what words of the export stand for."""

WHO: Final = ("authority", "code", "authority_type")
DECISION: Final = ("outcome", "decided_on", "satisfactory_remedy", "public_report")
COMPLIANCE: Final = {
    f"compliance_{field}": field for field in columns_of(ComplianceOutcome) if field not in {"reference", *WHO}
}
"""The fields of a compliance outcome, each with the name that it has in the value."""
RECOMMENDATION: Final = tuple(field for field in columns_of(Investigation) if field.startswith("recommendation_"))
ENQUIRY: Final = {f"enquiry_{field}": field for field in columns_of(Enquiry)}
"""The fields of an enquiry, each with the name that it has in the value."""

CASE_FIELDS: Final = (*columns_of(Investigation), *COMPLIANCE)
"""What a column of an export may hold, by the names of ``lgsco.convert.rows_of``."""

# What must be mapped where any column of its part is.
_PARTS = (
    ((*DECISION, "opened_on", *RECOMMENDATION, *ENQUIRY), ("outcome", "decided_on")),
    (tuple(COMPLIANCE), ("compliance_status", "compliance_recorded_on")),
    (RECOMMENDATION, ("recommendation_text",)),
    (tuple(ENQUIRY), ("enquiry_sent_on", "enquiry_due_on")),
)


def _missing(columns: Iterable[str], authority: Authority | None, register: Register | None) -> list[str]:
    """List the fields without which these columns make no cases."""
    mapped = {*columns}
    needed = ["reference"]
    for part, these in _PARTS:
        needed += these if mapped & {*part} else ()
    if not mapped & {*DECISION, *COMPLIANCE}:
        needed += ["outcome", "decided_on"]
    if authority is None:
        needed += ["authority"] if register is not None else ["authority", "authority_type"]
    return [field for field in dict.fromkeys(needed) if field not in mapped]


def check_columns(
    columns: Mapping[str, str], words: Words, authority: Authority | None, register: Register | None
) -> None:
    """
    Refuse columns by which no case could be made, and words that mean nothing, before any cell is read.

    Raises:
        InvalidValue: lists every problem.
    """
    problems = [
        Problem.at(f"{what}[{field!r}]", mapping[field], f"is not for a field: give one of {', '.join(CASE_FIELDS)}")
        for what, mapping in (("columns", columns), ("words", words))
        for field in mapping
        if field not in CASE_FIELDS
    ]
    problems += [
        Problem.at(f"columns[{field!r}]", None, "must have a heading")
        for field in _missing(columns, authority, register)
    ]
    if authority is not None:
        problems += [
            Problem.at(f"columns[{field!r}]", columns[field], "must be left out where the authority is given")
            for field in WHO
            if field in columns
        ]
    for field, meanings in words.items():
        for word, meaning in meanings.items() if field in CHOICES else ():
            known = meaning is None or isinstance(meaning, bool) or meaning_of(field, str(meaning)) is not None
            if not known:
                place = f"words[{field!r}][{word!r}]"
                problems.append(Problem.at(place, meaning, wording.not_a_meaning(CHOICES[field])))
    if problems:
        raise InvalidValue(problems, subject="these columns make no cases")


# --- A proposal


@final
@value
class ProposedColumn:
    """A heading of an export, the field that it may stand for, and the reason to think so."""

    heading: Text
    field: Text
    _: KW_ONLY
    reason: Text


@final
@value
class UnplacedHeading:
    """A heading of an export that stands for no field that we know of, and the reason."""

    heading: str
    _: KW_ONLY
    reason: Text


@final
@value
class UnknownWord:
    """A word under a heading of which it is not known what it means, and how many rows have it."""

    field: Text
    word: str
    rows: PositiveCount


@final
@value
class ColumnProposal:
    r"""
    What the headings of an export may stand for; nothing was read by it yet.

    ``missing`` are the fields without which no case can be made and that no heading stands for.
    Check it, and hand ``mapping`` and, once its question marks are filled in, ``words`` to ``read_cases``.

    >>> from lgsco import Authority, AuthorityType, readers
    >>> proposal = readers.read_cases(
    ...     "Ref no,Decision,Decision date,Officer\n19003456,Upheld,1/10/2019,A\n19003457,Withdrawn,2/10/2019,B\n",
    ...     authority=Authority("Barsetshire County Council", AuthorityType.COUNTY_COUNCIL),
    ... )
    >>> proposal.mapping
    {'reference': 'Ref no', 'outcome': 'Decision', 'decided_on': 'Decision date'}
    >>> [(unplaced.heading, unplaced.reason) for unplaced in proposal.unplaced]
    [('Officer', 'no field that we know of')]
    >>> proposal.words
    {'outcome': {'Withdrawn': '?'}}
    """

    columns: tuple[ProposedColumn, ...]
    _: KW_ONLY
    unplaced: tuple[UnplacedHeading, ...] = ()
    missing: tuple[str, ...] = ()
    unknown_words: tuple[UnknownWord, ...] = ()

    @property
    def mapping(self) -> dict[str, str]:
        """The heading of each field, as ``read_cases`` takes it."""
        return {column.field: column.heading for column in self.columns}

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """The words that are not understood, by field, each with a question mark to replace by its meaning."""
        return skeleton_of(self.unknown_words)


def skeleton_of(words: Iterable[UnknownWord]) -> dict[str, dict[str, str]]:
    """Return words to fill in: for each field, each unknown word with a question mark for its meaning."""
    skeleton: dict[str, dict[str, str]] = {}
    for unknown in words:
        skeleton.setdefault(unknown.field, {})[unknown.word] = "?"
    return skeleton


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


def proposal_for(export: Export, authority: Authority | None, register: Register | None) -> ColumnProposal:
    """Propose what the headings of an export stand for, by their words and by what is under them."""
    times = Counter(map(folded, export.headings))
    claims: dict[str, list[ProposedColumn]] = {}
    reasons: dict[str, str] = {}
    for position, heading in enumerate(export.headings):
        cells = _telling(export.cells(position))
        if not heading:
            if cells:
                reasons[heading] = wording.NO_HEADING
            continue
        field, reason = (None, wording.HEADS_SEVERAL) if times[folded(heading)] > 1 else _field_of(heading, cells)
        if field in WHO and authority is not None:
            field, reason = None, wording.AUTHORITY_GIVEN
        if field is None:
            reasons[heading] = reason
        else:
            claims.setdefault(field, []).append(ProposedColumn(heading, field, reason=reason))
    placed = {field: columns[0] for field, columns in claims.items() if len(columns) == 1}
    for field, columns in claims.items():
        rivals = ", ".join(repr(column.heading) for column in columns)
        reasons |= {} if field in placed else {column.heading: wording.rivals(field, rivals) for column in columns}
    _settle_dates(placed, reasons)
    for part, needed in _PARTS[1:]:
        lacking = [field for field in needed if field not in placed]
        for field in part if lacking else ():
            if (column := placed.pop(field, None)) is not None:
                reasons[column.heading] = wording.part_lacks(field, lacking)
    in_order = sorted(placed.values(), key=lambda column: CASE_FIELDS.index(column.field))
    return ColumnProposal(
        tuple(in_order),
        unplaced=tuple(UnplacedHeading(heading, reason=reasons[heading]) for heading in reasons),
        missing=tuple(_missing(placed, authority, register)),
        unknown_words=tuple(
            unknown
            for column in in_order
            for unknown in unknown_words(column.field, export.cells(export.headings.index(column.heading)))
        ),
    )


def _settle_dates(placed: dict[str, ProposedColumn], reasons: dict[str, str]) -> None:
    """Give the only dates of no name to the decision, and dates of no recommendation to compliance."""
    nameless = [heading for heading, reason in reasons.items() if reason == wording.DATES_WITHOUT_NAME]
    if "outcome" in placed and "decided_on" not in placed and len(nameless) == 1:
        [heading] = nameless
        del reasons[heading]
        placed["decided_on"] = ProposedColumn(heading, "decided_on", reason=wording.ONLY_DATES)
    if "recommendation_text" in placed or "compliance_status" not in placed:
        return
    for name in ("due_on", "completed_on"):
        column = placed.pop(f"recommendation_{name}", None)
        if column is not None:
            field = f"compliance_{name}"
            placed.setdefault(field, ProposedColumn(column.heading, field, reason=column.reason))


def _telling(cells: Sequence[object]) -> list[object]:
    """Return the cells that say what a column holds, of the first rows."""
    return [cell for cell in cells[:_SAMPLE] if not is_blank(cell) and error_in(cell) is None]


def _field_of(heading: str, cells: Sequence[object]) -> tuple[str | None, str]:
    """Return the field that a heading may stand for and why, or ``None`` and why not."""
    if (name := folded(heading).replace(" ", "_")) in CASE_FIELDS:
        return name, wording.BY_NAME
    key = _key(heading)
    days = len(cells) - len(read_days(cells)[1])
    of_days = bool(cells) and 2 * days > len(cells)
    named = [field for words in (key | _DAY, key) if (field := _FIELDS.get(words)) is not None]
    for field in named:
        fitting = _fitting(field, cells, days)
        if not cells:
            return field, wording.by_heading_alone()
        # Of an outcome the caller can say what each word means; any other list has words that are understood.
        is_list = field in CHOICES and (fitting or field == "outcome") and not of_days and not _are_numbers(cells)
        if 2 * fitting > len(cells) or is_list:
            return field, wording.by_heading(fitting, len(cells))
    if cells and not of_days:
        for field in ("reference", "outcome", "compliance_status", "service_area"):
            fitting = _fitting(field, cells, days)
            if fitting == len(cells) > 1 and not all(meaning_of("public_report", str(cell)) for cell in cells):
                return field, wording.by_contents(field, len(cells))
    if named:
        return None, wording.contents_differ(named[0])
    return None, wording.DATES_WITHOUT_NAME if of_days else wording.NO_FIELD


def _fitting(field: str, cells: Sequence[object], days: int) -> int:
    """Return how many cells can be read as this field."""
    if field == "reference":
        return sum(map(is_reference, cells))
    read = READ.get(field)
    if read is None:
        return days
    if field == "recommendation_text":
        return sum(isinstance(cell, str) for cell in cells) if not days else 0
    return sum(_reads(field, cell) for cell in cells)


def _reads(field: str, cell: object) -> bool:
    try:
        READ[field](cell)
    except InvalidValue:
        return False
    return True


def _are_numbers(cells: Sequence[object]) -> bool:
    return 2 * sum(_reads("recommendation_payment", cell) for cell in cells) > len(cells)


def unknown_words(field: str, cells: Sequence[object]) -> list[UnknownWord]:
    """Return the words of a field with a list that are not understood, each once."""
    if field not in CHOICES:
        return []
    counts = Counter(
        shown(cell)
        for cell in cells
        if not is_blank(cell)
        and error_in(cell) is None
        and isinstance(cell, str | int | float)
        and not _reads(field, cell)
    )
    return [UnknownWord(field, word, rows) for word, rows in counts.items()]
