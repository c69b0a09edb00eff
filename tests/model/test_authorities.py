"""Authorities, and a register of a few real ones made by hand: names, codes, dates, successors, groups."""

import datetime as dt
import inspect
import itertools
import pickle

import attrs
import pytest
from tests.support.refusals import faults
from tests.support.tables import each_of

from lgsco import Authority, AuthorityType, Register, published
from lgsco.errors import (
    AmbiguousAuthority,
    AuthorityNotCurrent,
    InvalidValue,
    UnknownAuthority,
)
from lgsco.model import RegisterEntry
from lgsco.model.authorities import authority_order

COUNTY, DISTRICT, METROPOLITAN, UNITARY = (
    AuthorityType.COUNTY_COUNCIL,
    AuthorityType.DISTRICT_COUNCIL,
    AuthorityType.METROPOLITAN_BOROUGH,
    AuthorityType.UNITARY_COUNCIL,
)
REORGANISED = dt.date(2023, 4, 1)
DAY_BEFORE = dt.date(2023, 3, 31)

KENT = Authority("Kent County Council", COUNTY, code="E10000016")
SOMERSET_COUNTY = Authority("Somerset County Council", COUNTY, code="E10000027")
SOMERSET = Authority("Somerset Council", UNITARY, code="E06000066")
DURHAM = Authority("Durham County Council", UNITARY, code="E06000047")
NORTHUMBERLAND = Authority("Northumberland County Council", UNITARY, code="E06000057")
REDCAR = Authority("Redcar and Cleveland Borough Council", UNITARY, code="E06000003")
HULL = Authority("Hull City Council", UNITARY, code="E06000010")
KINGS_LYNN = Authority("King's Lynn and West Norfolk Borough Council", DISTRICT, code="E07000146")
TYNE = Authority("Newcastle City Council", METROPOLITAN, code="E08000021")
LYME = Authority("Newcastle-under-Lyme Borough Council", DISTRICT, code="E07000195")
WINDSOR = Authority("Royal Borough of Windsor and Maidenhead", UNITARY, code="E06000040")
LONDON = Authority("City of London", AuthorityType.CITY_CORPORATION, code="E09000001")
SCILLY = Authority("Council of the Isles of Scilly", UNITARY, code="E06000053")

REGISTER = Register(
    [
        RegisterEntry(KENT, group=COUNTY),
        RegisterEntry(SOMERSET_COUNTY, group=COUNTY, end=REORGANISED, successors=[SOMERSET]),
        RegisterEntry(SOMERSET, group=UNITARY, start=REORGANISED),
        RegisterEntry(DURHAM, group=UNITARY, former_codes=["E10000010"]),
        RegisterEntry(NORTHUMBERLAND, group=UNITARY, former_codes=["E06000048"]),
        RegisterEntry(REDCAR, group=UNITARY),
        RegisterEntry(HULL, group=UNITARY, spellings=["Kingston upon Hull City Council"]),
        RegisterEntry(KINGS_LYNN, group=DISTRICT),
        RegisterEntry(TYNE, group=METROPOLITAN, spellings=["Newcastle upon Tyne City Council"]),
        RegisterEntry(LYME, group=DISTRICT, spellings=["Newcastle"]),
        RegisterEntry(WINDSOR, group=UNITARY),
        RegisterEntry(LONDON, spellings=["City of London Corporation"]),
        RegisterEntry(SCILLY, spellings=["Isles of Scilly"], region="South West", centre_km=(91, 11)),
    ]
)


def test_the_five_groups_have_the_labels_of_the_letters():
    """The letter of 2020 names these five, in this order."""
    groups = [kind.label for kind in AuthorityType if kind.is_comparison_group]

    assert [
        "County Councils",
        "District Councils",
        "Metropolitan Boroughs",
        "Unitary Councils",
        "London Boroughs",
    ] == groups
    assert all(kind.label for kind in AuthorityType)


def test_an_authority_prints_as_its_name():
    """In text an authority is its name."""
    assert "Kent County Council" == str(KENT)
    assert KENT == pickle.loads(pickle.dumps(KENT))


@each_of("code", ["E1000001", "e10000016", "E10000016 ", "\N{FULLWIDTH LATIN CAPITAL LETTER E}10000016", 1])
def test_a_code_is_nine_ascii_characters(code):
    """A letter and eight digits, as the ONS writes them."""
    with pytest.raises(InvalidValue) as caught:
        Authority("Kent County Council", COUNTY, code=code)

    assert [("code", code)] == faults(caught)


def test_digits_of_other_scripts_are_no_code():
    """What only looks like a digit is refused."""
    with pytest.raises(InvalidValue):
        Authority("Kent County Council", COUNTY, code="E1000001\N{ARABIC-INDIC DIGIT SIX}")


def test_everything_wrong_with_an_authority_is_said_at_once():
    """Name, type and code are checked together."""
    with pytest.raises(InvalidValue) as caught:
        Authority(" ", "county_council", code="?")

    assert [("name", " "), ("type", "county_council"), ("code", "?")] == [
        (problem.place.path, problem.value) for problem in caught.value.problems
    ]


@each_of(
    ("field", "held"),
    [
        ("group", AuthorityType.CARE_PROVIDER),
        ("group", "county_council"),
        ("end", REORGANISED),
        ("end", DAY_BEFORE),
        ("start", dt.datetime(2023, 4, 1)),  # noqa: DTZ001  # a moment is refused
        ("successors", ("Somerset Council",)),
        ("spellings", ("Kent", None)),
        ("former_codes", "E10000010"),
        ("region", ""),
        ("centre_km", (1,)),
        ("centre_km", (1.5, 2)),
    ],
)
def test_what_an_entry_cannot_hold(field, held):
    """An entry is of a comparison group or none, and ends after it starts."""
    with pytest.raises(InvalidValue) as caught:
        RegisterEntry(SOMERSET, **{"start": REORGANISED, field: held})

    assert [(field, held)] == faults(caught)


def test_an_authority_exists_from_its_first_day_to_the_day_before_its_end():
    """The day of abolition is the first without the old council, and the first of its successor."""
    old, new = REGISTER.entry(SOMERSET_COUNTY), REGISTER.entry(SOMERSET)

    assert [(True, False), (False, True)] == [
        (old.exists_on(day), new.exists_on(day)) for day in (DAY_BEFORE, REORGANISED)
    ]


def test_a_register_says_how_many_it_holds():
    """A register is shown by its size, and may be looped over and asked what it holds."""
    assert ("<Register of 13 authorities>", 13) == (repr(REGISTER), len(REGISTER))
    assert "<Register of 1 authority>" == repr(Register([RegisterEntry(KENT)]))
    assert [KENT, SOMERSET_COUNTY, SOMERSET] == [*REGISTER][:3]
    assert KENT in REGISTER
    assert attrs.evolve(KENT, code=None) not in REGISTER


def test_a_register_survives_pickling():
    """A register arrives in another process with all that it knows."""
    again = pickle.loads(pickle.dumps(REGISTER))

    assert REGISTER == again
    assert hash(REGISTER) == hash(again)
    assert KENT == again.find("Kent")


@each_of(
    ("spelling", "authority"),
    [
        ("Kent County Council", KENT),
        ("  kent county council ", KENT),
        ("KENT", KENT),
        ("Kent Council", KENT),
        ("E10000016", KENT),
        (" E10000016 ", KENT),
        ("E10000010", DURHAM),
        ("Durham", DURHAM),
        ("Redcar & Cleveland", REDCAR),
        ("Redcar and Cleveland Council", REDCAR),
        ("Kingston upon Hull, City of", HULL),
        ("Kingston-upon-Hull", HULL),
        ("Hull", HULL),
        ("King\N{RIGHT SINGLE QUOTATION MARK}s Lynn & West Norfolk", KINGS_LYNN),
        ("Borough Council of Kings Lynn and West Norfolk", KINGS_LYNN),
        ("Windsor & Maidenhead", WINDSOR),
        ("Windsor and Maidenhead Royal Borough Council", WINDSOR),
        ("Newcastle-upon-Tyne", TYNE),
        ("Newcastle under Lyme", LYME),
        ("City of London", LONDON),
        ("Isles of Scilly", SCILLY),
        ("Isles of Scilly Council", SCILLY),
    ],
)
def test_the_spellings_people_use(spelling, authority):
    """Case, hyphens, apostrophes and "&" do not matter, nor do words such as Council, Borough, Royal and City of."""
    assert authority == REGISTER.find(spelling)


@each_of("invented", ["Kent District Council", "Durham Metropolitan Borough Council", "Hull County Council"])
def test_a_kind_of_council_may_be_dropped_but_not_invented(invented):
    """There is no Kent District Council, so Kent County Council is not given for it."""
    with pytest.raises(UnknownAuthority) as caught:
        REGISTER.find(invented)

    assert invented == caught.value.name


def test_near_names_are_suggested():
    """A slip of the pen gets the names it may have meant, nearest first, each once."""
    with pytest.raises(UnknownAuthority) as caught:
        REGISTER.find("Northumberlnd County Council")

    assert ("Northumberlnd County Council", "Northumberland County Council") == (
        caught.value.name,
        caught.value.nearest[0],
    )
    assert len(caught.value.nearest) == len(set(caught.value.nearest)) <= 3


@each_of("nothing", ["", "Council", "???", "E99999999"])
def test_what_is_near_nobody_has_no_suggestions(nothing):
    """Where nothing is near nothing is suggested."""
    with pytest.raises(UnknownAuthority) as caught:
        Register([RegisterEntry(KENT)]).find(nothing)

    assert (nothing, ()) == (caught.value.name, caught.value.nearest)


def test_a_name_with_several_bearers_is_ambiguous():
    """Without a date the old and the new Somerset are both meant; with one, just one is."""
    with pytest.raises(AmbiguousAuthority) as caught:
        REGISTER.find("Somerset")

    assert ("Somerset", ("Somerset County Council", "Somerset Council"), None) == (
        caught.value.name,
        caught.value.candidates,
        caught.value.on,
    )
    assert SOMERSET_COUNTY == REGISTER.find("Somerset", on=DAY_BEFORE)
    assert SOMERSET == REGISTER.find("Somerset", on=REORGANISED)


def test_each_spelling_is_compared_as_a_whole():
    """A kind that belongs to another name of a council, or to its type alone, is not a part of this one."""
    tyne = RegisterEntry(TYNE, spellings=["Newcastle upon Tyne District Council"])
    with pytest.raises(UnknownAuthority):
        Register([tyne]).find("Newcastle District Council")
    former = Authority("Barset County Council", COUNTY)
    register = Register(
        [
            RegisterEntry(former, end=REORGANISED, spellings=["Barset County"]),
            RegisterEntry(Authority("Barset", COUNTY), start=REORGANISED),
        ]
    )
    with pytest.raises(AuthorityNotCurrent):
        register.find("Barset County", on=REORGANISED)
    # A short name that only the former one was known by is short for the new one's too.
    later = Authority("Royal Barset", COUNTY)
    register = Register(
        [RegisterEntry(former, end=REORGANISED, spellings=["Barset"]), RegisterEntry(later, start=REORGANISED)]
    )
    assert [former, later] == [register.find("Barset", on=day) for day in (DAY_BEFORE, REORGANISED)]


def test_an_exact_spelling_goes_before_a_loose_one():
    """The new council's own name, Somerset Council, is also the old one's without a word; it is the new one's."""
    assert SOMERSET == REGISTER.find("Somerset Council")
    assert LYME == REGISTER.find("Newcastle")


def test_a_date_does_not_always_settle_it():
    """Two living councils of one spelling stay ambiguous, and so do two dead ones."""
    one, other = Authority("Barset City Council", UNITARY), Authority("Barset Borough Council", DISTRICT)
    register = Register([RegisterEntry(one, end=REORGANISED), RegisterEntry(other, end=REORGANISED)])

    for day in (DAY_BEFORE, REORGANISED):
        with pytest.raises(AmbiguousAuthority) as caught:
            register.find("Barset", on=day)

        assert (day, (one.name, other.name)) == (caught.value.on, caught.value.candidates)


def test_abolition_is_told_apart_from_not_being_known():
    """The name is known, but not on that day; the error says since when, and what followed."""
    with pytest.raises(AuthorityNotCurrent) as caught:
        REGISTER.find("Somerset County Council", on=REORGANISED)

    assert ("Somerset County Council", REORGANISED, None, REORGANISED, ("Somerset Council",)) == attrs.astuple(
        caught.value
    )


def test_not_yet_created_is_told_apart_from_abolition():
    """Before its first day a council is not in being; nothing has succeeded it."""
    with pytest.raises(AuthorityNotCurrent) as caught:
        REGISTER.find("E06000066", on=DAY_BEFORE)

    assert ("Somerset Council", DAY_BEFORE, REORGANISED, None, ()) == attrs.astuple(caught.value)


def test_figures_in_print_may_be_an_abolished_councils():
    """A name that only an abolished council has borne is that council's; one that lives goes before."""
    assert SOMERSET_COUNTY == REGISTER.find_in_print("Somerset County Council", REORGANISED)
    assert SOMERSET == REGISTER.find_in_print("Somerset", REORGANISED)
    assert SOMERSET_COUNTY == REGISTER.find_in_print("Somerset", DAY_BEFORE)


def test_figures_in_print_are_of_no_council_still_to_come():
    """Before its first day a council had none."""
    with pytest.raises(AuthorityNotCurrent) as caught:
        REGISTER.find_in_print("Somerset Council", DAY_BEFORE)

    assert ("Somerset Council", DAY_BEFORE, REORGANISED) == (caught.value.name, caught.value.on, caught.value.start)


def test_the_type_comes_from_the_register_and_never_from_the_name():
    """Durham and Northumberland call themselves county councils and are unitary; Kent is a county council."""
    types = [REGISTER.find(name).type for name in ("Durham County Council", "Northumberland County Council", "Kent")]

    assert [UNITARY, UNITARY, COUNTY] == types


def test_a_group_is_those_in_being_that_day():
    """Somerset leaves the counties and joins the unitary councils on the day of its reorganisation."""
    assert (KENT, SOMERSET_COUNTY) == REGISTER.in_group(COUNTY, DAY_BEFORE)
    assert (KENT,) == REGISTER.in_group(COUNTY, REORGANISED)
    assert SOMERSET not in REGISTER.in_group(UNITARY, DAY_BEFORE)
    assert SOMERSET in REGISTER.in_group(UNITARY, REORGANISED)


def test_some_councils_stand_in_no_group():
    """The City of London and the Isles of Scilly are in no group, whatever their type."""
    grouped = {one for kind in AuthorityType for one in REGISTER.in_group(kind, REORGANISED)}

    assert [None, None] == [REGISTER.entry(LONDON).group, REGISTER.entry(SCILLY).group]
    assert {LONDON, SCILLY}.isdisjoint(grouped)


def test_predecessors_follow_from_successors():
    """They need not be given; where they are given they must agree."""
    assert (SOMERSET_COUNTY,) == REGISTER.entry(SOMERSET).predecessors
    assert REGISTER == Register(REGISTER.entries)
    assert all(entry == REGISTER.entry(entry.authority) for entry in REGISTER.entries)


def test_only_the_very_authority_has_an_entry():
    """Name, type and code must be the register's own."""
    stranger = attrs.evolve(KENT, code="E10000099")
    with pytest.raises(UnknownAuthority) as caught:
        REGISTER.entry(stranger)

    assert ("Kent County Council", ("Kent County Council",)) == (caught.value.name, caught.value.nearest[:1])


def test_a_register_that_contradicts_itself_is_refused():
    """Repeats, heirs that are not there and predecessors that nothing leads to are reported all at once."""
    with pytest.raises(InvalidValue) as caught:
        Register(
            [
                RegisterEntry(KENT, predecessors=[LYME]),
                RegisterEntry(KENT),
                RegisterEntry(SOMERSET_COUNTY, successors=[SOMERSET]),
                RegisterEntry(Authority("Hull", UNITARY, code="E10000016")),
            ]
        )

    assert [
        ("authority", KENT),
        ("code", "E10000016"),
        ("code", "E10000016"),
        ("successors", "Somerset Council"),
        ("predecessors", (LYME,)),
    ] == [(problem.place.path, problem.value) for problem in caught.value.problems]


def test_a_register_is_made_of_nothing_but_entries():
    """What it looks up is worked out, and cannot be handed in."""
    assert ["entries"] == [*inspect.signature(Register).parameters]


def test_a_register_is_made_of_entries():
    """A bare authority is not an entry."""
    with pytest.raises(InvalidValue) as caught:
        Register([KENT])

    assert [("entries", (KENT,))] == faults(caught)


def test_no_two_authorities_stand_in_one_place():
    """By name, then by type, then by code; one without a code stands before those that have one."""
    in_order = [
        Authority("Lyme", DISTRICT, code="E07000999"),
        Authority("Newcastle", DISTRICT),
        Authority("Newcastle", DISTRICT, code="E07000195"),
        Authority("Newcastle", DISTRICT, code="E07000196"),
        Authority("Newcastle", METROPOLITAN),
    ]

    for given in itertools.permutations(in_order):
        assert in_order == sorted(given, key=authority_order)


def test_names_as_people_type_them_are_found():
    """Short kinds, short words and initials stand for one council; what may be two is said to be."""
    register = published.register()
    typed = {
        "Barnet LBC": "London Borough of Barnet",
        "LB Barnet": "London Borough of Barnet",
        "RBWM": "Royal Borough of Windsor and Maidenhead",
        "Kingston upon Thames RB": "Royal Borough of Kingston upon Thames",
        "Sandwell MBC": "Sandwell Metropolitan Borough Council",
        "Sandwell MDC": "Sandwell Metropolitan Borough Council",
        "Kent CC": "Kent County Council",
        "Newcastle CC": "Newcastle City Council",
        "Dover DC": "Dover District Council",
        "Ashford BC": "Ashford Borough Council",
        "B&NES": "Bath and North East Somerset Council",
        "BCP": "Bournemouth, Christchurch and Poole Council",
        "Herts": "Hertfordshire County Council",
        "Worcs": "Worcestershire County Council",
        "NE Lincs": "North East Lincolnshire Council",
        "Barking & Dagenham LBC": "London Borough of Barking and Dagenham",
    }

    assert typed == {name: register.find(name).name for name in typed}
    for name, names in (
        ("N Yorks", {"North Yorkshire Council", "North Yorkshire County Council"}),
        ("Adur & Worthing", {"Adur District Council", "Worthing Borough Council"}),
        ("Adur and Worthing Borough Councils", {"Adur District Council", "Worthing Borough Council"}),
    ):
        with pytest.raises(AmbiguousAuthority) as caught:
            register.find(name)
        assert names == set(caught.value.candidates)
    # Where one of two is nobody, it is no joint name; half of the words are enough for a suggestion.
    with pytest.raises(UnknownAuthority):
        register.find("Adur & Borsetshire")
    with pytest.raises(UnknownAuthority) as unknown:
        register.find("Greater Dover")
    assert "Dover District Council" in unknown.value.nearest
    with pytest.raises(UnknownAuthority) as unknown:
        register.find("RB Kingstone")
    assert "Royal Borough of Kingston upon Thames" in unknown.value.nearest
    for name in ("Notts City", "Kent Borough Council", "Leics City Council"):
        with pytest.raises(UnknownAuthority):
            register.find(name)
