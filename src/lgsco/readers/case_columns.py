"""The columns of an export: which fields there are, which are needed, and what a proposal of them holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, Final, TypeAlias, final

from lgsco._values import PositiveCount, Text, value
from lgsco.convert.rows import columns_of
from lgsco.errors import InvalidValue, Place, Problem
from lgsco.model.cases import ComplianceOutcome, Enquiry, Investigation
from lgsco.readers.case_cells import is_blank, reads
from lgsco.readers.case_words import CHOICES, meaning_of
from lgsco.readers.cells import fault_of
from lgsco.readers.scanner import shown
from lgsco.wording import cases as wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lgsco.model.authorities import Authority, Register

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

PARTS: Final = (
    ((*DECISION, "opened_on", *RECOMMENDATION, *ENQUIRY), ("outcome", "decided_on")),
    (tuple(COMPLIANCE), ("compliance_status", "compliance_recorded_on")),
    (RECOMMENDATION, ("recommendation_text",)),
    (tuple(ENQUIRY), ("enquiry_sent_on", "enquiry_due_on")),
)
"""What must be mapped where any column of its part is: the fields of the part, and those that it needs."""


def missing_fields(columns: Iterable[str], authority: Authority | None, register: Register | None) -> list[str]:
    """List the fields without which these columns make no cases."""
    mapped = {*columns}
    needed = ["reference"]
    for part, these in PARTS:
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
        Problem(Place(path=f"columns[{field!r}]"), "is missing: give the heading of the column that holds it")
        for field in missing_fields(columns, authority, register)
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


def unknown_words(field: str, cells: Sequence[object]) -> list[UnknownWord]:
    """Return the words of a field with a list that are not understood, each once."""
    if field not in CHOICES:
        return []
    counts = Counter(
        shown(cell)
        for cell in cells
        if not is_blank(cell)
        and fault_of(cell) is None
        and isinstance(cell, str | int | float)
        and not reads(field, cell)
    )
    return [UnknownWord(field, word, rows) for word, rows in counts.items()]
