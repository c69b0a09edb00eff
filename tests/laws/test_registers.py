"""
Laws of registers.

- Each authority is found by its own name, code and spellings, in any case, and in whatever order the entries stand.
- On a day it is found exactly where it exists on that day.
- Predecessors mirror successors.
- The comparison groups partition those in being that stand in any.
"""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lgsco import Authority, AuthorityType, Register, strategies
from lgsco.errors import AuthorityNotCurrent, UnknownAuthority
from lgsco.model import RegisterEntry

REGISTERS = strategies.registers(max_size=4)
FEW = settings(max_examples=settings().max_examples // 2)
SOME = strategies.registers(min_size=1, max_size=4)
DAYS = st.dates(dt.date(1974, 4, 1), dt.date(2105, 1, 1))


def known_by(entry):
    return (entry.authority.name, *entry.spellings, *filter(None, [entry.authority.code]))


@FEW
@given(REGISTERS)
def test_an_authority_is_found_by_all_that_it_is_known_by(register):
    """Its name, its spellings and its code stand for an authority."""
    for entry in register.entries:
        assert {entry.authority} == {register.find(known) for known in known_by(entry)}


@FEW
@given(REGISTERS)
def test_case_does_not_matter(register):
    """A name in capitals, or in small letters between spaces, is the same name."""
    for authority in register:
        # Not all letters come back from their capitals: the dotless i does not.
        if authority.name.isascii():
            assert authority == register.find(authority.name.upper())
            assert authority == register.find(f" {authority.name.lower()} ")


@given(strategies.names(), strategies.names())
def test_and_may_be_written_in_both_ways(one, other):
    """A name with "&" for "and" is the same name."""
    authority = Authority(f"{one} and {other}", AuthorityType.OTHER)

    assert authority == Register([RegisterEntry(authority)]).find(f"{one} & {other}")


@FEW
@given(st.data(), REGISTERS)
def test_the_order_of_entries_does_not_matter(data, register):
    """A register in another order finds the same."""
    shuffled = Register(data.draw(st.permutations(register.entries)))

    for entry in register.entries:
        assert [register.find(known) for known in known_by(entry)] == [
            shuffled.find(known) for known in known_by(entry)
        ]
        assert entry.predecessors == () or set(entry.predecessors) == set(shuffled.entry(entry.authority).predecessors)


@FEW
@given(SOME, DAYS)
def test_on_a_day_those_are_found_that_exist_on_it(register, day):
    """By name and date an authority is found while it is in being, and otherwise the error says that it is not."""
    for entry in register.entries:
        if entry.exists_on(day):
            assert entry.authority == register.find(entry.authority.name, on=day)
        else:
            with pytest.raises(AuthorityNotCurrent) as caught:
                register.find(entry.authority.name, on=day)

            assert (entry.start, entry.end) == (caught.value.start, caught.value.end)


@FEW
@given(REGISTERS)
def test_an_authority_exists_from_its_start_until_its_end(register):
    """The start is its first day, the end the first day on which it is no more."""
    for entry in register.entries:
        if entry.start is not None:
            assert entry.exists_on(entry.start)
            assert not entry.exists_on(entry.start - dt.timedelta(1))
        if entry.end is not None:
            assert entry.exists_on(entry.end - dt.timedelta(1))
            assert not entry.exists_on(entry.end)


@FEW
@given(REGISTERS)
def test_predecessors_mirror_successors(register):
    """One is the predecessor of another exactly where that one is its successor."""
    followed = {(entry.authority, heir) for entry in register.entries for heir in entry.successors}

    assert followed == {(before, entry.authority) for entry in register.entries for before in entry.predecessors}


@FEW
@given(REGISTERS)
def test_a_register_made_of_its_own_entries_is_the_same(register):
    """Deriving predecessors twice changes nothing."""
    assert register == Register(register.entries)


@FEW
@given(REGISTERS, DAYS)
def test_the_groups_partition_those_in_being(register, day):
    """Each council in being that stands in a group stands in one, and no other body in any."""
    grouped = [authority for group in AuthorityType for authority in register.in_group(group, day)]
    expected = [entry.authority for entry in register.entries if entry.group is not None and entry.exists_on(day)]

    assert len(set(grouped)) == len(grouped)
    assert set(expected) == set(grouped)


@FEW
@given(REGISTERS, strategies.authorities())
def test_a_register_holds_what_it_can_tell_of(register, stranger):
    """An authority is in a register exactly where the register has an entry for it."""
    assert [authority for authority in register if register.entry(authority).authority == authority] == [*register]
    assert len(register) == len([*register])

    if stranger not in register:
        with pytest.raises(UnknownAuthority):
            register.entry(stranger)
