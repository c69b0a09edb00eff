"""
Decisions as the Ombudsman publishes them, one by one, and the cases that can be made of them.

Not every decision is published, and some listings leave whole outcomes out: what is counted here is labelled as made
from published decisions, and is never a council's published uphold rate.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import KW_ONLY
from typing import TYPE_CHECKING, final

import attrs

from lgsco._values import Text, evolve, value
from lgsco.documents.categories import DECISION_CATEGORIES
from lgsco.documents.matching import Matched
from lgsco.errors import NO_VALUE, AuthorityLookupError, Place, Problem, UnknownAuthority
from lgsco.model.authorities import AuthorityType
from lgsco.model.cases import Decision, Outcome, Reference, ServiceArea
from lgsco.model.counting import reviews_of
from lgsco.model.reviews import AnnualReview
from lgsco.sources import Basis, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lgsco.model.authorities import Authority, Register

_AREAS = {category.name.casefold(): category.service_area for category in DECISION_CATEGORIES}
# A subcategory determines the service area where every category that has it is counted in the same one.
_AREAS_BELOW: dict[str, set[ServiceArea | None]] = {}
for _category in DECISION_CATEGORIES:
    for _subcategory in _category.subcategories:
        _AREAS_BELOW.setdefault(_subcategory.casefold(), set()).add(_category.service_area)

# The kinds of bodies that are not councils, by the words of their names; the first line that fits decides.
_BODY_WORDS = (
    (
        AuthorityType.HEALTH_BODY,
        ("nhs", "ccg", "icb", "clinical commissioning", "clinicial commissioning", "integrated care", "hospitals"),
    ),
    (
        AuthorityType.CARE_PROVIDER,
        (
            "limited", "ltd", "llp", "plc", "care home", "care homes", "home care", "homecare", "healthcare",
            "nursing home", "residential home", "domiciliary care", "care services", "care agency",
        ),
    ),
    (AuthorityType.NATIONAL_PARK, ("national park",)),
    (
        AuthorityType.OTHER,
        (
            "school", "academy", "college", "environment agency", "drainage board", "transport for", "fire",
            "combined authority", "greater london authority", "police", "trust", "housing association",
        ),
    ),
)  # fmt: skip
_WHAT_BODY = {
    AuthorityType.HEALTH_BODY: "a health body",
    AuthorityType.CARE_PROVIDER: "a care provider",
    AuthorityType.NATIONAL_PARK: "a national park",
    AuthorityType.OTHER: "another body",
}


@final
@value
class PublishedDecision:
    """
    One decision as a listing or a page of its own prints it; a copy may lack any of it.

    ``document_type`` is "Statement" or "Report" and is printed in listings alone.
    ``category`` is printed on the decision's own page; of a listing it is in the address or the heading.
    ``place`` is where in the document it is printed.

    >>> entry = PublishedDecision("Leeds Council", "17 015 887", outcome=Outcome.UPHELD, subcategory="Safeguarding")
    >>> entry.missing, entry.service_area
    (('decided_on',), ServiceArea.ADULT_CARE_SERVICES)

    Raises:
        InvalidValue: a field is of the wrong type or form.
    """

    body: Text | None
    reference: Reference | None
    _: KW_ONLY
    document_type: Text | None = None
    outcome: Outcome | None = None
    category: Text | None = None
    subcategory: Text | None = None
    decided_on: dt.date | None = None
    place: Text | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that every decision has and this copy does not print."""
        return tuple(name for name in ("body", "reference", "outcome", "decided_on") if getattr(self, name) is None)

    @property
    def service_area(self) -> ServiceArea | None:
        """
        The service area by our own mapping of categories; ``None`` where that does not determine it.

        Where no category is printed, by the subcategory, if all categories that have it are counted in one area.
        """
        if self.category is not None:
            return _AREAS.get(_folded(self.category))
        areas = _AREAS_BELOW.get(_folded(self.subcategory or ""), set())
        return next(iter(areas)) if len(areas) == 1 else None

    @property
    def body_type(self) -> AuthorityType | None:
        """
        The kind of body where the words of its name show that it is not a council; ``None`` where they do not.

        >>> PublishedDecision("Piromar Ltd", None).body_type, PublishedDecision("Devon Council", None).body_type
        (AuthorityType.CARE_PROVIDER, None)
        """
        words = f" {_folded(self.body or '')} "
        if " council " in words:
            return None
        return next((kind for kind, known in _BODY_WORDS if any(f" {word} " in words for word in known)), None)


def _folded(text: str) -> str:
    """Fold what copies of one text differ in: case, curly or straight apostrophes, "&" for "and", full stops."""
    straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("&", "and").replace(".", "")
    return " ".join(straight.casefold().split())


@final
@value
class ConflictingDecision:
    """
    Copies of one case that cannot all be right: the same reference and body, and fields that differ.

    Raises:
        InvalidValue: the entries are no entries, or the fields no text.
    """

    entries: tuple[PublishedDecision, ...]
    fields: tuple[str, ...]


_COMPARED = ("document_type", "outcome", "category", "subcategory", "decided_on")


@final
@value
class DecisionListing:
    """
    Decisions as read: every copy as printed, and the cases that they come to.

    ``entries`` are the cases in the order of the document, copies of one case folded into one: a case is known by its
    reference and its body, and what one copy lacks is taken from another.
    ``duplicates`` are the copies that were folded away; ``clashes`` those that differ, which stay among the entries.
    ``problems`` say what could not be read, and name every entry that lacks something.
    Listings add up: the sum folds what both have.

    >>> first = PublishedDecision("Leeds City Council", "17 015 887", outcome=Outcome.UPHELD)
    >>> copy = evolve(first, decided_on=dt.date(2019, 7, 17))
    >>> listing = DecisionListing([first, copy])
    >>> len(listing.entries), len(listing.duplicates), listing.entries[0].decided_on
    (1, 1, datetime.date(2019, 7, 17))
    """

    as_printed: tuple[PublishedDecision, ...]
    _: KW_ONLY
    problems: tuple[Problem, ...] = ()
    entries: tuple[PublishedDecision, ...] = attrs.field(init=False, eq=False, repr=False)
    duplicates: tuple[PublishedDecision, ...] = attrs.field(init=False, eq=False, repr=False)
    clashes: tuple[ConflictingDecision, ...] = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        entries, repeats, clashes = _fold(self.as_printed)
        object.__setattr__(self, "entries", entries)
        object.__setattr__(self, "duplicates", repeats)
        object.__setattr__(self, "clashes", clashes)

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[PublishedDecision]:
        return iter(self.entries)

    def __add__(self, other: DecisionListing) -> DecisionListing:
        if not isinstance(other, DecisionListing):
            return NotImplemented
        return DecisionListing(self.as_printed + other.as_printed, problems=self.problems + other.problems)

    def decisions(self, register: Register) -> Matched[Decision]:
        """
        Match each entry with a body as it was on the day of the decision.

        Args:
            register: the councils that there are.

        Returns:
            The decisions that were matched, and a problem for each other entry, such as one without a body, a reference
            or a date, a conflicting copy, or a body that the register does not know, care providers and health bodies
            among them.
        """
        conflicting = {entry for clash in self.clashes for entry in clash.entries}
        matcher = _Matcher(register)
        decisions: dict[tuple[str, Authority], Decision] = {}
        unmatched: list[Problem] = []
        for entry in self.entries:
            case = "conflicts with another copy of the same case" if entry in conflicting else matcher.match(entry)
            if isinstance(case, Decision):
                duplicate = decisions.setdefault((case.reference, case.authority), case) is not case
                reason = f"is also a case of {case.authority} under another spelling" if duplicate else None
            else:
                reason = case
            if reason is not None:
                title = " ".join(filter(None, [entry.body, entry.reference and f"({entry.reference})"]))
                unmatched.append(Problem(Place(path=entry.place), reason, value=title or NO_VALUE))
        return Matched(tuple(decisions.values()), unmatched=tuple(unmatched))

    def reviews(self, register: Register) -> tuple[AnnualReview, ...]:
        """
        Count the decisions that can be matched, by council and year.

        Args:
            register: the councils that there are.

        Returns:
            The counts, labelled as made from published decisions; comparisons caution about these.
        """
        return reviews_of(self.decisions(register).found, source=_PUBLISHED_DECISIONS)


_PUBLISHED_DECISIONS = Source("LGSCO, published decisions", basis=Basis.PUBLISHED_DECISIONS)


def _fold(
    printed: Iterable[PublishedDecision],
) -> tuple[tuple[PublishedDecision, ...], tuple[PublishedDecision, ...], tuple[ConflictingDecision, ...]]:
    """Return the cases among copies, the copies that are duplicates, and the cases whose copies differ."""
    entries: list[PublishedDecision] = []
    duplicates: list[PublishedDecision] = []
    first: dict[tuple[str, str], int] = {}
    # The indexes of the copies that differ from the first of their case.
    differing: dict[tuple[str, str], list[int]] = {}
    folded: dict[str, str] = {}
    for entry in printed:
        if entry.body is None or entry.reference is None:
            entries.append(entry)
            continue
        if (body := folded.get(entry.body)) is None:
            body = folded[entry.body] = _folded(entry.body)
        case = (entry.reference, body)
        index = first.setdefault(case, len(entries))
        if index == len(entries):
            entries.append(entry)
            continue
        # No case has many; in a text that was made to have many, each copy is still compared with only a few.
        copies = (index, *differing.get(case, ())[:_MOST_COPIES])
        same = next((copy for copy in copies if not _differing(entries[copy], entry)), None)
        if same is None:
            differing.setdefault(case, []).append(len(entries))
            entries.append(entry)
        else:
            duplicates.append(entry)
            lacking = {name: getattr(entry, name) for name in _COMPARED if getattr(entries[same], name) is None}
            if any(part is not None for part in lacking.values()):
                entries[same] = evolve(entries[same], **lacking)
    clashes = tuple(_clash([entries[index] for index in (first[case], *copies)]) for case, copies in differing.items())
    return tuple(entries), tuple(duplicates), clashes


def _differing(first: PublishedDecision, second: PublishedDecision) -> tuple[str, ...]:
    """Name the fields that both copies print, and differently."""
    return tuple(name for name in _COMPARED if not _alike(getattr(first, name), getattr(second, name)))


_MOST_COPIES = 20


def _alike(first: object, second: object) -> bool:
    if first is None or second is None or first == second:
        return True
    return type(first) is str and type(second) is str and _folded(first) == _folded(second)


def _clash(copies: list[PublishedDecision]) -> ConflictingDecision:
    printed = {name: {_telling(getattr(copy, name)) for copy in copies} - {None} for name in _COMPARED}
    return ConflictingDecision(tuple(copies), tuple(name for name, values in printed.items() if len(values) > 1))


def _telling(printed: object) -> object:
    return _folded(printed) if type(printed) is str else printed


class _Matcher:
    """Finds the bodies of decisions in a register, and remembers those that it does not know."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._unknown: dict[str, str] = {}

    def match(self, entry: PublishedDecision) -> Decision | str:
        """Return the case of an entry, or the reason why there is none."""
        body, reference, day = entry.body, entry.reference, entry.decided_on
        if body is None or reference is None or day is None:
            lacking = [name for name in entry.missing if name != "outcome"]
            return f"has no {' and no '.join(_FIELD_WORDS[name] for name in lacking)}"
        if (reason := self._unknown.get(body)) is not None:
            return reason
        try:
            authority = self._register.find_in_print(body, day)
        except UnknownAuthority as error:
            kind = entry.body_type
            reason = f"cannot be matched: {error}" if kind is None else f"names {_WHAT_BODY[kind]}, not a council"
            self._unknown[body] = reason
            return reason
        except AuthorityLookupError as error:
            return f"cannot be matched: {error}"
        kind_of_document = None if entry.document_type is None else entry.document_type.casefold()
        return Decision(
            reference,
            authority,
            outcome=entry.outcome,
            decided_on=day,
            service_area=entry.service_area,
            public_report={"report": True, "statement": False}.get(kind_of_document or ""),
        )


_FIELD_WORDS = {"body": "body", "reference": "reference", "decided_on": "date"}
