"""Strategies for who and when: authorities, registers, years, sources."""

from __future__ import annotations

import datetime as dt
import re
import string

from hypothesis import strategies as st

from lgsco.model.authorities import Authority, AuthorityType, OnsCode, Register, RegisterEntry
from lgsco.model.measures import KEY_STATISTICS
from lgsco.model.years import ReportingYear, SeriesBreak
from lgsco.sources import Source
from lgsco.strategies._common import DAYS, NAMES, day_from, maybe
from lgsco.strategies._derived import OF_ANNOTATION, composes, derive, draws, named


@named
def authority_types(*, comparison_groups: bool = False) -> st.SearchStrategy[AuthorityType]:
    """Kinds of body; with ``comparison_groups=True`` only the five that the Ombudsman averages."""
    return st.sampled_from([kind for kind in AuthorityType if kind.is_comparison_group or not comparison_groups])


_TYPES = authority_types()
GROUPS = authority_types(comparison_groups=True)
_CODES = st.builds("{}{:08}".format, st.sampled_from(string.ascii_uppercase), st.integers(0, 99_999_999))
OF_ANNOTATION[OnsCode] = _CODES


@composes(Authority)
def authorities(draw: st.DrawFn, *, types: st.SearchStrategy[AuthorityType] = _TYPES, known: bool = False) -> Authority:
    """
    Bodies of any type under any name, with and without a code.

    Leaves out that a code's first letter and a body's type go together, and that a name suits its type.
    """
    return Authority(draw(NAMES), draw(types), code=draw(maybe(_CODES, known=known)))


AUTHORITIES = authorities()
COUNCILS = authorities(types=GROUPS)


def _folded(name: str) -> str:
    return "".join(re.findall(r"\w", name.casefold().replace("&", "and")))


def councils(
    *, min_size: int, max_size: int, types: st.SearchStrategy[AuthorityType]
) -> st.SearchStrategy[list[Authority]]:
    """Draw bodies that no spelling and no code could confuse."""
    return st.lists(
        authorities(types=types),
        min_size=min_size,
        max_size=max_size,
        unique_by=(lambda body: _folded(body.name), lambda body: body.code or _folded(body.name)),
    )


@composes(RegisterEntry)
def register_entries(draw: st.DrawFn, *, authorities: st.SearchStrategy[Authority] = AUTHORITIES) -> RegisterEntry:
    """
    What a register could know of one body, taken alone.

    Leaves out agreement with any other entry: take ``registers()`` where successors must lead somewhere.
    """
    authority = draw(authorities)
    start = draw(st.none() | DAYS)
    end = day_from(draw, (start or dt.date(1990, 1, 1)) + dt.timedelta(1), known=False)
    return RegisterEntry(
        authority,
        group=draw(st.none() | GROUPS),
        start=start,
        end=end,
        successors=() if end is None else tuple(draw(st.lists(authorities, max_size=2))),
        predecessors=() if start is None else tuple(draw(st.lists(authorities, max_size=2))),
        spellings=tuple(draw(st.lists(NAMES, max_size=2))),
        former_codes=tuple(draw(st.lists(_CODES, max_size=2))),
        region=draw(st.none() | st.sampled_from(("South East", "Yorkshire and The Humber"))),
        centre_km=draw(st.none() | st.tuples(st.integers(80, 660), st.integers(0, 660))),
    )


@composes(Register)
def registers(draw: st.DrawFn, *, min_size: int = 0, max_size: int = 6) -> Register:
    """
    Registers of councils, some abolished and succeeded by others, each found under its own name and code.

    Leaves out names and spellings that two bodies share, and chains of successors that come round to their beginning.
    """
    bodies = draw(councils(min_size=min_size, max_size=max_size, types=_TYPES))
    taken = {_folded(body.name) for body in bodies}
    entries = []
    for index, body in enumerate(bodies):
        entry = draw(register_entries(authorities=st.just(body)))
        heirs = bodies[index + 1 :]
        spellings = [spelling for spelling in entry.spellings if _folded(spelling) not in taken]
        taken.update(map(_folded, spellings))
        entries.append(
            RegisterEntry(
                body,
                group=body.type if body.type.is_comparison_group else None,
                start=entry.start,
                end=entry.end,
                successors=()
                if entry.end is None or not heirs
                else tuple(draw(st.lists(st.sampled_from(heirs), max_size=2, unique=True))),
                spellings=tuple(spellings),
                region=entry.region,
                centre_km=entry.centre_km,
            )
        )
    return Register(tuple(draw(st.permutations(entries))))


@draws(ReportingYear)
def reporting_years(*, min_ending: int = 1975, max_ending: int = 2100) -> st.SearchStrategy[ReportingYear]:
    """Reporting years by the year in which they end; leaves out those after 2100 unless they are asked for."""
    return st.builds(ReportingYear, st.integers(min_ending, max_ending))


YEARS = reporting_years()


_MEASURE_NAMES = st.lists(st.sampled_from([measure.name for measure in KEY_STATISTICS]), unique=True).map(tuple)

series_breaks = derive(
    SeriesBreak,
    "Series breaks in any year, not only those that there were.",
    breaks=_MEASURE_NAMES,
    cautions=_MEASURE_NAMES,
)


sources = derive(
    Source,
    "Where figures came from; leaves out addresses with anything but letters and digits in their path.",
    url=st.from_regex(r"https://[a-z]{1,8}\.example/[a-z0-9]{0,8}", fullmatch=True),
)


SOURCES = sources()
