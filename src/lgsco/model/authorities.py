"""Councils and the other bodies that the Ombudsman investigates, and the register that finds them by name and date."""

from __future__ import annotations

import datetime as dt
from dataclasses import KW_ONLY
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, final

import attrs

from lgsco._values import Choice, Constraint, Day, Text, choice_of, evolve, matching, validate, value
from lgsco.errors import AmbiguousAuthority, AuthorityNotCurrent, InvalidValue, Problem, UnknownAuthority
from lgsco.model.names import COMMON_WORDS, LOOSE_WORDS, core_words, in_full, joint_parts, letter_pairs, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class AuthorityType(Choice):
    """
    The kinds of body; the first five are the Ombudsman's comparison groups.

    >>> AuthorityType("county_council").label
    'County Councils'
    >>> [kind.label for kind in AuthorityType if kind.is_comparison_group]
    ['County Councils', 'District Councils', 'Metropolitan Boroughs', 'Unitary Councils', 'London Boroughs']
    """

    COUNTY_COUNCIL = "county_council"
    DISTRICT_COUNCIL = "district_council"
    METROPOLITAN_BOROUGH = "metropolitan_borough"
    UNITARY_COUNCIL = "unitary_council"
    LONDON_BOROUGH = "london_borough"
    CITY_CORPORATION = "city_corporation"
    NATIONAL_PARK = "national_park"
    CARE_PROVIDER = "care_provider"
    HEALTH_BODY = "health_body"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The plural that the Ombudsman's letters print for a group."""
        return _LABELS.get(self, f"{self.replace('_', ' ').title()}s")

    @property
    def is_comparison_group(self) -> bool:
        """True for the five types for which the Ombudsman publishes averages."""
        return self in _GROUPS


AuthorityTypeLike: TypeAlias = (
    AuthorityType
    | Literal[
        "county_council",
        "district_council",
        "metropolitan_borough",
        "unitary_council",
        "london_borough",
        "city_corporation",
        "national_park",
        "care_provider",
        "health_body",
        "other",
    ]
)
"""A kind of body, or its value as text."""

_LABELS = {AuthorityType.HEALTH_BODY: "Health Bodies", AuthorityType.OTHER: "Other bodies"}
# The five that the annual review letters name as the types they compare.
_GROUPS = frozenset(list(AuthorityType)[:5])

OnsCode = Annotated[str, matching(r"[A-Z]\d{8}", "must be a nine-character ONS code in capitals, such as 'E10000034'")]


@final
@value
class Authority:
    """
    A body whose complaints the Ombudsman decides.

    The type comes from a register, never from the name: Durham County Council is a unitary council.

    >>> Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL, code="E10000016")
    Authority(name='Kent County Council', type=AuthorityType.COUNTY_COUNCIL, code='E10000016')

    Raises:
        InvalidValue: the name is empty, the type is not an AuthorityType, or the code is not of the ONS form.
    """

    name: Text
    type: AuthorityType
    _: KW_ONLY
    code: OnsCode | None = None

    def __str__(self) -> str:
        return self.name


def authority_order(authority: Authority) -> tuple[str, AuthorityType, str]:
    """
    Return the key by which authorities are sorted: by name, then type and code where two have one name.

    Args:
        authority: any authority.

    Returns:
        Its name, type and code; an empty text where it has no code.
    """
    return authority.name, authority.type, authority.code or ""


def _check_centre(point: object) -> str | None:
    if type(point) is tuple and len(point) == 2 and all(type(part) is int for part in point):  # noqa: PLR2004  # a pair
        return None
    return "must be (easting, northing) in whole kilometres"


@final
@value
class RegisterEntry:
    """
    The entry of one authority in a register: its group, dates, names and neighbours in time.

    ``start`` is its first day, ``None`` where that is before all that the register knows.
    ``end`` is the first day on which it no longer exists, ``None`` while it does.
    ``group`` is the comparison group, ``None`` for a body without one. It is stated for each entry, since the
    Ombudsman does not say in which group, if any, the Isles of Scilly and the City of London are.
    ``predecessors`` may be left out: a Register derives them from the successors.
    ``centre_km`` is a central point on the British National Grid, (easting, northing) in whole kilometres.

    Raises:
        InvalidValue: a field is of the wrong type, the end is not after the start, or the group is none of the five.
    """

    authority: Authority
    _: KW_ONLY
    group: AuthorityType | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    successors: tuple[Authority, ...] = ()
    predecessors: tuple[Authority, ...] = ()
    spellings: tuple[str, ...] = ()
    former_codes: tuple[str, ...] = ()
    region: Text | None = None
    centre_km: Annotated[tuple[int, int], Constraint(_check_centre)] | None = None

    def __attrs_post_init__(self) -> None:
        if self.group is not None and not self.group.is_comparison_group:
            raise InvalidValue.at("group", self.group, "is none of the five comparison groups")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise InvalidValue.at("end", self.end, f"must be after the start, {self.start}")

    def exists_on(self, on: dt.date) -> bool:
        """
        Return True where the authority exists on a day.

        Args:
            on: the day.

        Returns:
            False before its first day, and from ``end`` on.

        Raises:
            InvalidValue: the day is not a date.
        """
        if type(on) is not dt.date:
            validate(on=(on, Day))
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@final
@value
class Register:
    """
    Authorities by name, code and date.

    Make one of your own for bodies that are not in the shipped register (``lgsco.published.register()``).

    >>> kent = Authority("Kent County Council", AuthorityType.COUNTY_COUNCIL, code="E10000016")
    >>> register = Register([RegisterEntry(kent, group=AuthorityType.COUNTY_COUNCIL)])
    >>> register
    <Register of 1 authority>
    >>> register.find("kent county")
    Authority(name='Kent County Council', type=AuthorityType.COUNTY_COUNCIL, code='E10000016')

    Raises:
        InvalidValue: an entry is not a RegisterEntry.
        InvalidValue: an authority or a code is duplicated, or a successor or predecessor is itself not in the
            register or does not agree; lists every such case.
    """

    entries: tuple[RegisterEntry, ...]
    _by_authority: dict[Authority, RegisterEntry] = attrs.field(init=False, eq=False, repr=False, factory=dict)
    _by_code: dict[str, list[RegisterEntry]] = attrs.field(init=False, eq=False, repr=False, factory=dict)
    _by_spelling: dict[str, list[RegisterEntry]] = attrs.field(init=False, eq=False, repr=False, factory=dict)
    _by_core: dict[frozenset[str], list[RegisterEntry]] = attrs.field(init=False, eq=False, repr=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        entries = _with_predecessors(self.entries)
        object.__setattr__(self, "entries", entries)
        for entry in entries:
            self._by_authority[entry.authority] = entry
            for code in (entry.authority.code, *entry.former_codes):
                if code is not None:
                    self._by_code.setdefault(code, []).append(entry)
            for spelling in dict.fromkeys(plain_name(name) for name in (entry.authority.name, *entry.spellings)):
                self._by_spelling.setdefault(spelling, []).append(entry)
                core = self._by_core.setdefault(core_words(spelling), [])
                if entry not in core:
                    core.append(entry)

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Authority]:
        return iter(self._by_authority)

    def __contains__(self, authority: object) -> bool:
        return authority in self._by_authority

    def __repr__(self) -> str:
        return f"<Register of {len(self)} {'authority' if len(self) == 1 else 'authorities'}>"

    def find(self, name_or_code: str, on: dt.date | None = None) -> Authority:
        """
        Find an authority by its name, by another spelling of it, or by its ONS code.

        Case, hyphens, apostrophes and "&" for "and" do not matter, nor does a dropped or added "Council", "Borough",
        "Royal" or "City of"; other words that say what kind of council it is may be dropped but not invented.
        The usual short forms are understood: "Barnet LBC", "Kent CC", "B&NES", "Herts", "NE Lincs". A joint name, such
        as "Adur & Worthing", is that of neither council: it is ambiguous, and both are named.

        Args:
            name_or_code: the name as people write it, or a present or former ONS code.
            on: the day on which the authority must exist; ``None`` for any day.

        Returns:
            The only authority that fits.

        Raises:
            UnknownAuthority: no authority has this name; has the nearest names.
            AmbiguousAuthority: several have it (on that day).
            AuthorityNotCurrent: exactly one has it, but does not exist on that day.
            InvalidValue: the name is not text, or the day is not a date.
        """
        if not isinstance(name_or_code, str):
            raise InvalidValue.at("name_or_code", name_or_code, "must be a name or an ONS code")
        validate(on=(on, Day | None))
        entries = self._by_code.get(name_or_code.strip().upper()) or self._named(name_or_code)
        if not entries and (joint := self._joint(name_or_code)):
            raise AmbiguousAuthority(name_or_code, joint, on)
        if not entries:
            raise UnknownAuthority(name_or_code, self._nearest(name_or_code))
        current = entries if on is None else [entry for entry in entries if entry.exists_on(on)]
        if (
            on is not None
            and not current
            and not any(plain_name(entry.authority.name) == plain_name(name_or_code) for entry in entries)
        ):
            # A short name that no authority has on that day may be short for the name of another.
            current = [entry for entry in self._like(plain_name(name_or_code)) if entry.exists_on(on)]
        if len(current) == 1:
            return current[0].authority
        if on is not None and not current and len(entries) == 1:
            raise _not_current(entries[0], on)
        raise AmbiguousAuthority(name_or_code, tuple(entry.authority.name for entry in current or entries), on)

    def find_in_print(self, name_or_code: str, on: dt.date) -> Authority:
        """
        Find the authority that figures printed for a period up to a day are about.

        The Ombudsman goes on printing figures for a council after its abolition, so a name that only an abolished
        council has had is that council's.

        Args:
            name_or_code: the name or the ONS code, as for ``find``.
            on: the last day of the period.

        Returns:
            The only authority that fits.

        Raises:
            UnknownAuthority, AmbiguousAuthority: as ``find``.
            AuthorityNotCurrent: the only authority of that name came into being later.
            InvalidValue: the name is not text, or the day is not a date.
        """
        validate(on=(on, Day))
        try:
            return self.find(name_or_code, on)
        except AuthorityNotCurrent as error:
            if error.end is not None and error.end <= on:
                return self.find(name_or_code)
            raise

    def entry(self, authority: Authority) -> RegisterEntry:
        """
        Return the entry of an authority.

        Args:
            authority: the authority, with its name, type and code.

        Returns:
            Its entry.

        Raises:
            UnknownAuthority: this very authority (name, type and code) is not in the register.
        """
        try:
            return self._by_authority[authority]
        except KeyError:
            raise UnknownAuthority(str(authority), self._nearest(str(authority))) from None

    def in_group(self, type: AuthorityTypeLike, on: dt.date) -> tuple[Authority, ...]:  # noqa: A002  # the contract's name
        """
        Return the authorities that are in a comparison group on a day.

        Args:
            type: the group, or its value as text.
            on: the day.

        Returns:
            The authorities, in the register's order.

        Raises:
            InvalidValue: there is no such group, or the day is not a date.

        >>> import lgsco.published
        >>> len(lgsco.published.register().in_group(AuthorityType.COUNTY_COUNCIL, dt.date(2025, 3, 31)))
        21
        """
        group = choice_of("type", type, AuthorityType)
        validate(on=(on, Day))
        return tuple(entry.authority for entry in self.entries if entry.group is group and entry.exists_on(on))

    def in_region(self, region: str, on: dt.date) -> tuple[Authority, ...]:
        """
        Return the authorities of a region on a day, of every type.

        Args:
            region: the name of the region as the register has it, in any case.
            on: the day.

        Returns:
            The authorities, in the register's order.

        Raises:
            InvalidValue: no entry has this region (names those that there are), or the day is not a date.

        >>> import lgsco.published
        >>> len(lgsco.published.register().in_region("West Midlands", dt.date(2025, 3, 31)))
        34
        """
        validate(on=(on, Day))
        regions = {entry.region.casefold(): entry.region for entry in self.entries if entry.region is not None}
        wanted = regions.get(str(region).casefold())
        if wanted is None:
            raise InvalidValue.at("region", region, f"must be one of {', '.join(sorted(regions.values()))}")
        return tuple(entry.authority for entry in self.entries if entry.region == wanted and entry.exists_on(on))

    def _named(self, name: str) -> list[RegisterEntry]:
        spelling = plain_name(name)
        if exact := self._by_spelling.get(spelling):
            return exact
        entries = self._like(spelling)
        if not entries:
            for words in in_full(spelling):
                entries += [
                    entry
                    for entry in self._by_spelling.get(words) or self._like(words, of_type=True)
                    if entry not in entries
                ]
        return entries

    def _joint(self, name: str) -> tuple[str, ...]:
        """Return the names of the councils of which this is the joint name; none where it is no such name."""
        parts = joint_parts(name)
        names = []
        for part in parts:
            entries = self._named(part)
            names += [entry.authority.name for entry in entries]
            if not entries:
                return ()
        names = list(dict.fromkeys(names))
        return tuple(names) if len(names) >= len(parts) else ()

    def _like(self, spelling: str, *, of_type: bool = False) -> list[RegisterEntry]:
        """
        Return the entries whose name has the same core and is not contradicted by the words beyond it.

        With ``of_type`` the type of an authority stands for the words of its name that say its kind. No county council
        is a city's or a borough's: "Notts City" is not Nottinghamshire.
        """
        words = set(spelling.split())
        is_of_town = not words.isdisjoint({"city", "borough"})
        return [
            entry
            for entry in self._by_core.get(core_words(spelling), ())
            if not (is_of_town and entry.authority.type is AuthorityType.COUNTY_COUNCIL)
            and any(
                words - set(plain_name(known).split()) - (set(entry.authority.type.split("_")) if of_type else set())
                <= LOOSE_WORDS
                for known in (entry.authority.name, *entry.spellings)
                if core_words(plain_name(known)) == core_words(spelling)
            )
        ]

    def _nearest(self, name: str) -> tuple[str, ...]:
        """Return the names that are nearest by their letters, and those that share the most words."""
        spelling = next(iter(in_full(plain_name(name))), plain_name(name))
        words, pairs = core_words(spelling) - COMMON_WORDS, letter_pairs(spelling)
        by_words: dict[str, float] = {}
        by_letters: dict[str, float] = {}
        bits = sum(self._bits.get(pair, 0) for pair in pairs)
        least = [_LEAST_LIKENESS * min(size, len(pairs)) or 1 for size in range(self._most_pairs + 1)]
        for core, known_bits, size, names in self._cores:
            if not words.isdisjoint(core) and 2 * (common := len(words & core)) >= len(words):
                _keep_larger(by_words, names, common / len(words | core))
            if (common := (bits & known_bits).bit_count()) >= least[size]:
                # The share of both names, and to a third that of the shorter, which may be short for the other.
                likeness = (4 * common / (size + len(pairs)) + common / min(size, len(pairs))) / 3
                if likeness >= _LEAST_LIKENESS:
                    _keep_larger(by_letters, names, likeness)
        nearest = (sorted(like, key=lambda known: (-like[known], known)) for like in (by_words, by_letters))
        return tuple(dict.fromkeys((*next(nearest)[:2], *next(nearest))))[:3]

    @cached_property
    def _bits(self) -> dict[str, int]:
        """A bit for each pair of letters in the names: thousands of names are compared fast by their bits."""
        pairs = dict.fromkeys(pair for core in self._by_core for pair in sorted(letter_pairs(" ".join(core))))
        return {pair: 1 << index for index, pair in enumerate(pairs)}

    @cached_property
    def _most_pairs(self) -> int:
        return max((size for _, _, size, _ in self._cores), default=0)

    @cached_property
    def _cores(self) -> tuple[tuple[frozenset[str], int, int, list[str]], ...]:
        """The words of each name, the bits of its pairs of letters, how many, and the authorities that have it."""
        return tuple(
            (core, sum(map(self._bits.__getitem__, pairs)), len(pairs), [entry.authority.name for entry in entries])
            for core, entries in self._by_core.items()
            for pairs in [letter_pairs(" ".join(core))]
        )


def comparison_group(authority: Authority, register: Register | None, on: dt.date) -> AuthorityType | None:
    """
    Return the group in which an authority is compared on a day.

    Args:
        authority: the authority.
        register: the register that has its group; without one, the group follows from the authority's type.
        on: the day.

    Returns:
        The group; ``None`` for a body without one, and for a council that does not exist on the day.

    Raises:
        UnknownAuthority: the authority is not in the register.
    """
    if register is not None:
        entry = register.entry(authority)
        return entry.group if entry.exists_on(on) else None
    return authority.type if authority.type.is_comparison_group else None


_LEAST_LIKENESS = 0.59


def _keep_larger(shares: dict[str, float], names: Iterable[str], share: float) -> None:
    for name in names:
        shares[name] = max(share, shares.get(name, 0))


def _not_current(entry: RegisterEntry, on: dt.date) -> AuthorityNotCurrent:
    successors = tuple(authority.name for authority in entry.successors)
    return AuthorityNotCurrent(entry.authority.name, on, entry.start, entry.end, successors)


def _with_predecessors(entries: tuple[RegisterEntry, ...]) -> tuple[RegisterEntry, ...]:
    known = {entry.authority for entry in entries}
    problems: list[Problem] = [
        *_repeats("authority", (entry.authority for entry in entries)),
        *_repeats("code", (entry.authority.code for entry in entries if entry.authority.code is not None)),
        *(
            Problem.at("successors", successor.name, f"succeeds {entry.authority} but is not in the register")
            for entry in entries
            for successor in entry.successors
            if successor not in known
        ),
    ]
    predecessors: dict[Authority, list[Authority]] = {}
    for entry in entries:
        for successor in entry.successors:
            predecessors.setdefault(successor, []).append(entry.authority)
    problems += [
        Problem.at("predecessors", entry.predecessors, f"disagree with the successors that lead to {entry.authority}")
        for entry in entries
        if entry.predecessors and set(entry.predecessors) != set(predecessors.get(entry.authority, ()))
    ]
    if problems:
        raise InvalidValue(problems, subject="the register contradicts itself")
    return tuple(
        evolve(entry, predecessors=tuple(predecessors[entry.authority])) if entry.authority in predecessors else entry
        for entry in entries
    )


def _repeats(field: str, items: Iterable[object]) -> list[Problem]:
    seen: set[object] = set()
    problems = []
    for item in items:
        if item in seen:
            problems.append(Problem.at(field, item, "is duplicated in the register"))
        seen.add(item)
    return problems
