"""The shipped register and figures: who is in them, how they are found, loaded once, and kept as printed."""

import csv
import datetime as dt
import re
import threading
from collections import Counter
from decimal import Decimal
from importlib import resources

import pytest

from lgsco import (
    KEY_STATISTICS,
    AnnualReview,
    Authority,
    AuthorityType,
    ComplianceTally,
    InvestigationTally,
    PrintedPercent,
    Proportion,
    ReportingYear,
    compliance_rate,
    late_compliance_rate,
    published,
    satisfactory_remedy_rate,
    uphold_rate,
)
from lgsco.documents import Missing
from lgsco.errors import AmbiguousAuthority, AuthorityNotCurrent, InvalidValue, UnknownAuthority

REGISTER = published.register()
DATA = resources.files(published).joinpath("data")
CREATED_2019, CREATED_2020, CREATED_2021, CREATED_2023 = (dt.date(year, 4, 1) for year in (2019, 2020, 2021, 2023))
GROUPS = (
    AuthorityType.COUNTY_COUNCIL,
    AuthorityType.DISTRICT_COUNCIL,
    AuthorityType.METROPOLITAN_BOROUGH,
    AuthorityType.UNITARY_COUNCIL,
    AuthorityType.LONDON_BOROUGH,
)


def rows(name):
    """Read a shipped file as it stands, without the loaders."""
    with DATA.joinpath(name).open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def entry(name):
    """Give what the register knows of the council of this full name."""
    (found,) = (held for held in REGISTER.entries if held.authority.name == name)
    return found


def names(authorities):
    """Give the names of authorities, in no order."""
    return {authority.name for authority in authorities}


# --- The register: how many there are


def test_365_councils_past_and_present():
    """Every principal council of England since the figures begin, by type."""
    assert {
        AuthorityType.COUNTY_COUNCIL: 27,
        AuthorityType.DISTRICT_COUNCIL: 204,
        AuthorityType.METROPOLITAN_BOROUGH: 36,
        AuthorityType.UNITARY_COUNCIL: 65,
        AuthorityType.LONDON_BOROUGH: 32,
        AuthorityType.CITY_CORPORATION: 1,
    } == Counter(authority.type for authority in REGISTER)
    assert 365 == len(REGISTER) == len({authority.code for authority in REGISTER})


@pytest.mark.parametrize(
    ("on", "expected", "in_groups"),
    [
        (dt.date(2020, 3, 31), 343, (26, 192, 36, 55, 32)),
        (CREATED_2020, 339, (25, 188, 36, 56, 32)),
        (CREATED_2021, 333, (24, 181, 36, 58, 32)),
        (dt.date(2023, 3, 31), 333, (24, 181, 36, 58, 32)),
        (CREATED_2023, 317, (21, 164, 36, 62, 32)),
    ],
)
def test_councils_in_being(on, expected, in_groups):
    """The numbers that are known for the days before and after each reorganisation, whole and by comparison group."""
    living = [held for held in REGISTER.entries if held.exists_on(on)]

    assert expected == len(living)
    assert in_groups == tuple(len(REGISTER.in_group(group, on)) for group in GROUPS)
    assert expected == sum(in_groups) + 2


def test_two_councils_stand_in_no_group():
    """No average is published for the City of London or the Isles of Scilly, so neither is put in a group."""
    outside = [held for held in REGISTER.entries if held.group is None]

    assert {
        "City of London Corporation": AuthorityType.CITY_CORPORATION,
        "Council of the Isles of Scilly": AuthorityType.UNITARY_COUNCIL,
    } == {held.authority.name: held.authority.type for held in outside}


def test_the_group_of_any_other_council_is_its_type():
    """Whatever its name says."""
    assert [] == [held for held in REGISTER.entries if held.group not in {held.authority.type, None}]


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Durham County Council", AuthorityType.UNITARY_COUNCIL),
        ("Northumberland County Council", AuthorityType.UNITARY_COUNCIL),
        ("Rutland County Council", AuthorityType.UNITARY_COUNCIL),
        ("Nottingham City Council", AuthorityType.UNITARY_COUNCIL),
        ("Lincoln City Council", AuthorityType.DISTRICT_COUNCIL),
        ("Leeds City Council", AuthorityType.METROPOLITAN_BOROUGH),
        ("Reading Borough Council", AuthorityType.UNITARY_COUNCIL),
        ("Havant Borough Council", AuthorityType.DISTRICT_COUNCIL),
        ("Royal Borough of Windsor and Maidenhead", AuthorityType.UNITARY_COUNCIL),
        ("Royal Borough of Greenwich", AuthorityType.LONDON_BOROUGH),
        ("City of Westminster", AuthorityType.LONDON_BOROUGH),
        ("West Suffolk Council", AuthorityType.DISTRICT_COUNCIL),
        ("West Northamptonshire Council", AuthorityType.UNITARY_COUNCIL),
    ],
)
def test_names_mislead_and_the_register_does_not(name, group):
    """A county, city or borough council by name is of whatever type it is."""
    assert group is REGISTER.entry(REGISTER.find(name)).group


# --- The register: what became of whom


@pytest.mark.parametrize(
    ("name", "created", "predecessors"),
    [
        (
            "Somerset Council",
            CREATED_2023,
            {
                "Somerset County Council",
                "Mendip District Council",
                "Sedgemoor District Council",
                "Somerset West and Taunton Council",
                "South Somerset District Council",
            },
        ),
        (
            "Cumberland Council",
            CREATED_2023,
            {
                "Cumbria County Council",
                "Allerdale Borough Council",
                "Carlisle City Council",
                "Copeland Borough Council",
            },
        ),
        (
            "West Northamptonshire Council",
            CREATED_2021,
            {
                "Northamptonshire County Council",
                "Daventry District Council",
                "Northampton Borough Council",
                "South Northamptonshire Council",
            },
        ),
        (
            "Bournemouth, Christchurch and Poole Council",
            CREATED_2019,
            {"Bournemouth Borough Council", "Borough of Poole", "Christchurch Borough Council"},
        ),
        (
            "Somerset West and Taunton Council",
            CREATED_2019,
            {"Taunton Deane Borough Council", "West Somerset District Council"},
        ),
        ("Kent County Council", None, set()),
    ],
)
def test_what_stood_before(name, created, predecessors):
    """Each successor lists its predecessors, and each of them ends on its first day and leads to it."""
    held = entry(name)

    assert (created, predecessors) == (held.start, names(held.predecessors))
    assert {created} >= {entry(before).end for before in predecessors}
    assert all(held.authority in entry(before).successors for before in predecessors)


@pytest.mark.parametrize(
    ("name", "abolished", "successors"),
    [
        ("Somerset County Council", CREATED_2023, {"Somerset Council"}),
        ("Cumbria County Council", CREATED_2023, {"Cumberland Council", "Westmorland and Furness Council"}),
        (
            "Northamptonshire County Council",
            CREATED_2021,
            {"North Northamptonshire Council", "West Northamptonshire Council"},
        ),
        ("Borough of Poole", CREATED_2019, {"Bournemouth, Christchurch and Poole Council"}),
        ("Dorset County Council", CREATED_2019, {"Dorset Council"}),
        ("Buckinghamshire County Council", CREATED_2020, {"Buckinghamshire Council"}),
        ("Taunton Deane Borough Council", CREATED_2019, {"Somerset West and Taunton Council"}),
        ("Kent County Council", None, set()),
    ],
)
def test_what_came_after(name, abolished, successors):
    """An abolished council leads to those that took its place, and they begin when it ends."""
    held = entry(name)

    assert (abolished, successors) == (held.end, names(held.successors))
    assert {abolished} >= {entry(after).start for after in successors}


def test_successors_begin_when_their_predecessors_end():
    """Nobody is governed by nobody: in the whole register, each abolition is a creation of the same day."""
    gaps = [
        (held.authority.name, heir.name)
        for held in REGISTER.entries
        for heir in held.successors
        if REGISTER.entry(heir).start != held.end
    ]

    assert [] == gaps
    assert [] == [held.authority.name for held in REGISTER.entries if held.end is not None and not held.successors]


# --- The register: finding


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Worcestershire County Council", "Worcestershire County Council"),
        ("worcestershire", "Worcestershire County Council"),
        ("  WORCESTERSHIRE   COUNTY  ", "Worcestershire County Council"),
        ("E10000034", "Worcestershire County Council"),
        ("City of Doncaster Council", "City of Doncaster Council"),
        ("Doncaster Metropolitan Borough Council", "City of Doncaster Council"),
        ("Doncaster", "City of Doncaster Council"),
        ("Bath & North East Somerset", "Bath and North East Somerset Council"),
        ("Bath and North East Somerset Council", "Bath and North East Somerset Council"),
        ("Telford and Wrekin Council", "Telford & Wrekin Council"),
        ("Kings Lynn & West Norfolk", "Borough Council of Kings Lynn and West Norfolk"),
        ("King's Lynn and West Norfolk Borough Council", "Borough Council of Kings Lynn and West Norfolk"),
        ("King\u2019s Lynn and West Norfolk", "Borough Council of Kings Lynn and West Norfolk"),
        ("Stoke on Trent", "Stoke-on-Trent City Council"),
        ("STOKE-ON-TRENT CITY COUNCIL", "Stoke-on-Trent City Council"),
        ("St. Helens", "St Helens Council"),
        ("St Helens Metropolitan Borough Council", "St Helens Council"),
        ("Kensington & Chelsea", "Royal Borough of Kensington and Chelsea"),
        ("Windsor and Maidenhead Borough Council", "Royal Borough of Windsor and Maidenhead"),
        ("Southwark", "London Borough of Southwark"),
        ("London Borough of Southwark", "London Borough of Southwark"),
        ("York", "City of York Council"),
        ("Bradford", "City of Bradford Metropolitan District Council"),
        ("Hull", "Hull City Council"),
        ("Kingston upon Hull City Council", "Hull City Council"),
        ("Durham", "Durham County Council"),
        ("County Durham", "Durham County Council"),
        ("City of London", "City of London Corporation"),
        ("Isles of Scilly", "Council of the Isles of Scilly"),
        ("Bournemouth, Christchurch & Poole", "Bournemouth, Christchurch and Poole Council"),
        ("Nottingham", "Nottingham City Council"),
        ("Nottinghamshire", "Nottinghamshire County Council"),
        ("Newcastle under Lyme", "Newcastle-under-Lyme Borough Council"),
        ("Newcastle upon Tyne", "Newcastle City Council"),
        ("Shepway District Council", "Folkestone and Hythe District Council"),
        ("E06000048", "Northumberland County Council"),
        ("E06000057", "Northumberland County Council"),
    ],
)  # fmt: skip
def test_councils_are_found_by_the_spellings_people_use(spelling, name):
    """Case, spaces, hyphens, apostrophes, "&", a dropped or added "Council" or "Borough", former names and codes."""
    assert name == REGISTER.find(spelling).name


def test_every_council_is_found_by_its_name_its_code_and_its_spellings():
    """Of 365 names and codes each finds its own council, and of the spellings each one that it may stand for."""
    by_name = {held.authority.name: REGISTER.find(held.authority.name) for held in REGISTER.entries}
    by_code = {held.authority.code: REGISTER.find(held.authority.code) for held in REGISTER.entries}
    astray = []
    for held in REGISTER.entries:
        for spelling in held.spellings:
            try:
                found = {REGISTER.find(spelling).name}
            except AmbiguousAuthority as error:
                found = set(error.candidates)
            if held.authority.name not in found:
                astray.append((spelling, held.authority.name, found))

    assert {name: name for name in by_name} == {name: found.name for name, found in by_name.items()}
    assert {code: code for code in by_code} == {code: found.code for code, found in by_code.items()}
    assert [] == astray


def test_every_name_in_the_shipped_figures_is_found():
    """A printed name, asked for at the end of its year, finds the council whose code stands beside it."""
    printed = {
        (row["name"], row["year_ending"], row["code"]) for name in ("reviews.csv", "tables.csv") for row in rows(name)
    }
    astray = [
        (name, ending)
        for name, ending, code in printed
        if code != REGISTER.find_in_print(name, dt.date.fromisoformat(ending)).code
    ]

    assert 200 < len(printed)
    assert [] == astray
    assert [] == [held.name for held in published.printed() if held.authority(REGISTER) not in REGISTER]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Somerset", "Somerset County Council", "Somerset Council"),
        ("North Yorkshire", "North Yorkshire County Council", "North Yorkshire Council"),
    ],
)
def test_a_name_shared_with_a_successor_needs_a_date(name, before, after):
    """Without one it is ambiguous, and both are named; the day of reorganisation belongs to the successor."""
    with pytest.raises(AmbiguousAuthority) as caught:
        REGISTER.find(name)

    assert (name, {before, after}, None) == (caught.value.name, set(caught.value.candidates), caught.value.on)
    assert before == REGISTER.find(name, dt.date(2023, 3, 31)).name
    assert after == REGISTER.find(name, CREATED_2023).name
    assert (before, after) == (REGISTER.find(before).name, REGISTER.find(after).name)


@pytest.mark.parametrize(
    ("name", "before", "after", "on"),
    [
        ("Dorset", "Dorset County Council", "Dorset Council", CREATED_2019),
        ("Buckinghamshire", "Buckinghamshire County Council", "Buckinghamshire Council", CREATED_2020),
    ],
)
def test_a_date_tells_a_county_council_from_the_unitary_that_took_its_name(name, before, after, on):
    """With a date the name is that of whoever bore it then."""
    assert before == REGISTER.find(name, on - dt.timedelta(1)).name
    assert after == REGISTER.find(name, on).name


def test_an_abolished_council_is_told_from_an_unknown_one():
    """Asked for after its end, it is refused with its dates and its successors; asked for without a date, found."""
    with pytest.raises(AuthorityNotCurrent) as caught:
        REGISTER.find("Cumbria", CREATED_2023)

    assert ("Cumbria County Council", CREATED_2023, CREATED_2023) == (
        caught.value.name,
        caught.value.on,
        caught.value.end,
    )
    assert {"Cumberland Council", "Westmorland and Furness Council"} == set(caught.value.successors)
    assert "Cumbria County Council" == REGISTER.find("Cumbria").name
    assert "Cumbria County Council" == REGISTER.find_in_print("Cumbria", dt.date(2025, 3, 31)).name


def test_a_council_is_not_in_being_before_it_is_created():
    """The refusal says from when it is."""
    with pytest.raises(AuthorityNotCurrent) as caught:
        REGISTER.find("Cumberland", dt.date(2023, 3, 31))

    assert ("Cumberland Council", CREATED_2023, ()) == (caught.value.name, caught.value.start, caught.value.successors)


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("Wrocestershire County Council", "Worcestershire County Council"),
        ("Kent District Council", None),
        ("Bedfordshire", None),
        ("Northumbria", None),
        ("Peak District National Park Authority", None),
        ("", None),
        ("County Council", None),
        ("Council", None),
        ("E99999999", None),
    ],
)
def test_what_is_no_council_is_not_guessed_at(wrong, near):
    """A kind that a council is not, a name that none has, a kind alone: refused, with the nearest names."""
    with pytest.raises(UnknownAuthority) as caught:
        REGISTER.find(wrong)

    assert wrong == caught.value.name
    assert near is None or near in caught.value.nearest
    assert names(REGISTER) >= set(caught.value.nearest)


# --- Loading


@pytest.mark.parametrize(
    "load",
    [published.register, published.averages, published.population_averages, published.national, published.regional],
)
def test_data_are_loaded_once(load):
    """A second call gives the very same object."""
    assert load() is load()


def test_figures_are_loaded_once():
    """The values in one answer are those of every other."""
    assert [] == [one for one, other in zip(published.printed(), published.printed(), strict=True) if one is not other]
    assert [] == [one for one, other in zip(published.reviews(), published.reviews(), strict=True) if one is not other]


def test_threads_load_once():
    """Of threads that ask at the same moment one loads, and all get what it loaded."""
    loads, answers, begun, everybody_asks = [], [], threading.Barrier(9), threading.Event()

    @published._once
    def load():
        """Load slowly: not before every thread has asked."""
        loads.append(None)
        everybody_asks.wait()
        return object()

    def ask():
        begun.wait()
        answers.append(load())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    begun.wait()
    everybody_asks.set()
    for thread in threads:
        thread.join()

    assert (1, 8, 1) == (len(loads), len(answers), len(set(answers)))


def test_threads_get_the_same_register():
    """The shipped loaders are loaded so."""
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(published.register())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [REGISTER] * 8 == answers
    assert {id(REGISTER)} == {id(answer) for answer in answers}


def test_a_load_that_fails_is_tried_again():
    """A failure is not kept as if it were the answer."""
    answers = iter([None, "loaded"])

    @published._once
    def load():
        """Fail at the first call."""
        if (answer := next(answers)) is None:
            raise OSError
        return answer

    with pytest.raises(OSError):
        load()

    assert "loaded" == load() == load()


# --- Choosing


def test_figures_are_chosen_by_year_and_group():
    """Either, both or neither; the figures of all years are all figures."""
    year, group = ReportingYear(2024), AuthorityType.LONDON_BOROUGH
    both = published.printed(year, group)
    every_year = {held.year for held in published.printed()}

    assert both == tuple(held for held in published.printed(year) if held in published.printed(group=group))
    assert {year} == {held.year for held in both}
    assert {group} == {held.authority(REGISTER).type for held in both}
    assert Counter(published.printed()) == Counter(held for one in every_year for held in published.printed(one))


def test_a_year_and_a_group_may_be_named():
    """The name of a year and of a group choose what they themselves choose; what is neither is refused."""
    year, group = ReportingYear(2024), AuthorityType.LONDON_BOROUGH

    assert published.printed(year, group) == published.printed("2023-24", "london_borough")
    assert published.reviews(year, group) == published.reviews("2023-24", "london_borough")
    for choose in (published.printed, published.reviews):
        for wrong in ({"year": 2024}, {"year": "2023-25"}, {"group": "councils"}):
            with pytest.raises(InvalidValue):
                choose(**wrong)


def test_a_group_leaves_out_who_was_abolished_by_then():
    """The Ombudsman goes on printing figures of an abolished council, which stands in no group any more."""
    grouped = {held for group in GROUPS for held in published.printed(group=group)}

    assert {
        ("Allerdale Borough Council", 2024),
        ("Cumbria County Council", 2024),
        ("Cumbria County Council", 2025),
        ("Northampton Borough Council", 2022),
        ("Scarborough Borough Council", 2024),
    } == {(held.name, held.year.ending) for held in published.printed() if held not in grouped}
    assert {"Allerdale Borough Council", "Somerset County Council"} <= {
        held.name for held in grouped if held.year.ending == 2023
    }


def test_counts_are_chosen_by_year_and_group():
    """The same for reviews, by the group that the register gives."""
    year, group = ReportingYear(2025), AuthorityType.COUNTY_COUNCIL
    both = published.reviews(year=year, group=group)

    assert both == tuple(held for held in published.reviews(year) if held in published.reviews(group=group))
    assert {(year, group)} == {(held.year, held.authority.type) for held in both}
    assert 15 == sum(uphold_rate(held) is not None for held in both)


def test_a_year_or_group_that_is_not_held_gives_nothing():
    """That is no error: nothing is held."""
    assert () == published.printed(ReportingYear(1990)) == published.reviews(ReportingYear(1990))
    assert () == published.printed(group=AuthorityType.NATIONAL_PARK) == published.reviews(group=AuthorityType.OTHER)


def test_figures_stand_in_order():
    """By year and then by name."""
    keys = [(held.year, held.name) for held in published.printed()]

    assert sorted(keys) == keys


def test_one_council_and_year_is_one_review():
    """Of several sources for one year one review is made, and only of councils in the register."""
    keys = [(held.authority, held.year) for held in published.reviews()]

    assert len(keys) == len(set(keys))
    assert {authority for authority, _ in keys} <= set(REGISTER)


def test_a_review_counts_something():
    """A row of percentages alone makes no review."""
    parts = ("investigations", "compliance", "overview", "decided", "received")

    assert [] == [held for held in published.reviews() if all(getattr(held, part) is None for part in parts)]


def test_sources_that_disagree_are_not_mixed():
    """Leeds 2023-24: the page says 44 upheld, a newspaper 42; the counts are the page's."""
    (review,) = (held for held in published.reviews(ReportingYear(2024)) if held.authority.name == "Leeds City Council")

    assert InvestigationTally(44, 15, satisfactory_remedies=8) == review.investigations
    assert review.decided is None


def test_worcestershire_2019_20():
    """The letter's counts, with the one that it does not print recovered from 92% of 12."""
    (review,) = (
        held
        for held in published.reviews(ReportingYear(2020))
        if held.authority.name == "Worcestershire County Council"
    )

    assert InvestigationTally(19, 3, satisfactory_remedies=3) == review.investigations
    assert ComplianceTally(11, 1) == review.compliance
    assert [Proportion(19, 22), Proportion(11, 12), Proportion(3, 19)] == [
        measure(review) for measure in KEY_STATISTICS
    ]


# --- Averages


def review_of(name, ending):
    """Give a review of a council in which nothing is counted."""
    return AnnualReview(REGISTER.find(name), ReportingYear(ending))


@pytest.mark.parametrize(
    ("measure", "expected"), [(uphold_rate, 66), (compliance_rate, 100), (satisfactory_remedy_rate, 9)]
)
def test_the_printed_average_of_a_council(measure, expected):
    """Those of county councils in 2019-20, as Worcestershire's letter prints them."""
    average = published.average(review_of("Worcestershire", 2020), measure)

    assert (AuthorityType.COUNTY_COUNCIL, ReportingYear(2020), measure, PrintedPercent(expected)) == (
        average.group,
        average.year,
        average.measure,
        average.percent,
    )
    assert average.source is not None


def test_the_average_is_that_of_the_group_in_the_register():
    """Durham County Council is set beside unitary councils."""
    assert AuthorityType.UNITARY_COUNCIL is published.average(review_of("Durham", 2024), uphold_rate).group


@pytest.mark.parametrize(
    ("name", "ending", "measure"),
    [
        ("Worcestershire", 2015, uphold_rate),
        ("Worcestershire", 2020, late_compliance_rate),
        ("Worcestershire", 2025, compliance_rate),
        ("City of London", 2024, uphold_rate),
        ("Isles of Scilly", 2024, uphold_rate),
        ("Cumbria", 2024, uphold_rate),
    ],
)
def test_no_average_is_none(name, ending, measure):
    """None printed, none held, no group, or a council abolished by then, beside which "n/a" is printed."""
    assert published.average(review_of(name, ending), measure) is None


def test_an_abolished_council_has_the_average_of_its_last_year():
    """It was in being on the last day of that."""
    assert PrintedPercent(80) == published.average(review_of("Cumbria", 2023), uphold_rate).percent


def test_a_council_that_is_not_in_the_register_has_no_group_to_ask_for():
    """Nobody guesses a group by a name."""
    stranger = Authority("Barsetshire County Council", AuthorityType.COUNTY_COUNCIL)
    with pytest.raises(UnknownAuthority):
        published.average(AnnualReview(stranger, ReportingYear(2020)), uphold_rate)


def test_what_is_no_review_or_no_measure_has_no_average_to_ask_for():
    """A wrong kind is refused, and never answered with nothing."""
    for review, measure, field in (
        (review_of("Kent", 2024), "uphold_rate", "measure"),
        (review_of("Kent", 2024), None, "measure"),
        (REGISTER.find("Kent"), uphold_rate, "review"),
    ):
        with pytest.raises(InvalidValue) as caught:
            published.average(review, measure)

        assert [field] == [str(problem.place) for problem in caught.value.problems]


def test_one_average_for_each_group_year_and_measure():
    """Every page of a group prints the same figure, so it stands once."""
    keys = [(held.group, held.year, held.measure) for held in published.averages()]

    assert len(keys) == len(set(keys))
    assert set(KEY_STATISTICS) == {held.measure for held in published.averages()}
    assert set(GROUPS) == {held.group for held in published.averages()}


# --- As printed


def test_text_stays_text():
    """What is printed as more than 99 is no percentage, and what is printed as more than 20,000 is no count."""
    by_year = {held.year.ending: held for held in published.national()}

    assert (">99", 15_488) == (by_year[2023].compliance, by_year[2023].received)
    assert (PrintedPercent(83), ">20000") == (by_year[2025].upheld, by_year[2025].received)
    assert PrintedPercent(Decimal("99.7"), places=1) == by_year[2025].compliance
    assert (None, 4_232) == (by_year[2015].investigations, by_year[2019].investigations)
    assert {*range(2014, 2026)} == {held.year.ending for held in published.national()}


def printed(held):
    """Give a printed figure as the cell it was read from."""
    if held is None:
        return ""
    if isinstance(held, Missing):
        return held.label
    return str(held.value) if isinstance(held, PrintedPercent) else str(held)


def cells_of(review):
    """Give the figures of a printed review as the cells they were read from."""
    statistics = {"uphold": review.upheld, "compliance": review.compliance, "remedy": review.remedies}
    of = {
        (name, field): printed(None if held is None else getattr(held, field))
        for name, held in statistics.items()
        for field in ("percent", "count", "base", "base_noun", "average")
    }
    return {
        "name": review.name,
        "year_ending": review.year.end.isoformat(),
        "uphold_percent": of["uphold", "percent"],
        "upheld": of["uphold", "count"],
        "investigations": of["uphold", "base"],
        "uphold_average": of["uphold", "average"],
        "compliance_percent": of["compliance", "percent"],
        "compliance_outcomes": of["compliance", "base"],
        "compliance_average": of["compliance", "average"],
        "remedy_percent": of["remedy", "percent"],
        "satisfactory_remedies": of["remedy", "count"],
        "remedy_base": of["remedy", "base"],
        "remedy_base_noun": of["remedy", "base_noun"],
        "remedy_average": of["remedy", "average"],
        "upheld_per_100k": printed(review.per_100k and review.per_100k.rate),
        "upheld_per_100k_average": printed(review.per_100k and review.per_100k.average),
        "dealt_with": printed(review.overview and review.overview.total),
        **{
            part: printed(review.overview and getattr(review.overview.counts, part))
            for part in ("not_for_us", "assessed_and_closed", "investigated")
        },
        "source": review.source.title,
        "url": review.source.url or "",
    }


def test_every_row_is_given_as_it_stands():
    """No row and no cell of the shipped figures is lost, filled in or changed, to the last digit."""
    shipped = rows("reviews.csv")
    held = [cells_of(review) for review in published.printed()]
    without_code = [
        {column: cell for column, cell in row.items() if column not in {"code", "basis"}} for row in shipped
    ]

    assert [] == [row for row in without_code if row not in held]
    assert 250 < len(shipped)


def test_every_table_is_given_as_it_stands():
    """No count of the shipped tables is lost, and no part that is not in print has one."""
    shipped = Counter(
        (row["name"], row["year_ending"], row["source"], row["table"], row["part"], int(row["count"]))
        for row in rows("tables.csv")
    )
    held = Counter(
        (review.name, review.year.end.isoformat(), review.source.title, table, part, count)
        for review in published.printed()
        for table in ("decided", "received")
        if getattr(review, table) is not None
        for part, count in (
            *getattr(review, table).counts.known().items(),
            *([("total", getattr(review, table).total)] if getattr(review, table).total is not None else []),
        )
    )

    assert shipped == held


def test_rates_per_100_000_are_kept_to_the_digit():
    """A decimal that is printed is kept, and one that is not is not added."""
    shipped = Counter(cell for row in rows("reviews.csv") if (cell := row["upheld_per_100k"]) not in {"", "n/a"})
    held = Counter(
        str(review.per_100k.rate)
        for review in published.printed()
        if review.per_100k is not None and review.per_100k.rate is not None
    )

    assert shipped == held
    assert {"4.4", "1.2", "8.2", "4.6"} <= {str(held.per_100k) for held in published.population_averages()}
    assert [cell for cell in shipped if not re.fullmatch(r"\d+(\.\d)?", cell)] == []


def test_every_region_is_given_as_it_stands():
    """No cell is lost, and each region has the name that the register has for it."""
    columns = {
        "uphold_percent": "upheld",
        "uphold_average": "upheld_average",
        "upheld": "upheld_count",
        **{
            name: name
            for name in (
                "region",
                "received",
                "received_percent",
                "received_per_100k",
                "received_per_100k_average",
                "upheld_per_100k",
                "upheld_per_100k_average",
            )
        },
    }
    shipped = [
        ({column: row[column] for column in columns}, row["year_ending"], row["source"], row["url"], row["basis"])
        for row in rows("regions.csv")
    ]
    held = [
        (
            {column: printed(getattr(figures, field)) for column, field in columns.items()},
            figures.year.end.isoformat(),
            figures.source.title,
            figures.source.url or "",
            figures.source.basis.value,
        )
        for figures in published.regional()
    ]

    assert shipped == held
    assert {figures.region for figures in published.regional()} <= {entry.region for entry in REGISTER.entries}


def test_population_averages_are_told_from_shares():
    """A rate per 100,000 residents is no percentage, so it stands apart."""
    shipped = [row for row in rows("averages.csv") if row["measure"] == "upheld_per_100k"]

    assert len(shipped) == len(published.population_averages())
    assert len(rows("averages.csv")) == len(shipped) + len(published.averages())
    assert set(GROUPS) == {held.group for held in published.population_averages()}


# --- Hygiene of the data

FIGURES = ("reviews.csv", "tables.csv", "averages.csv", "national.csv", "regions.csv")


@pytest.mark.parametrize("name", FIGURES)
def test_every_row_has_a_source(name):
    """A title that is no address, and an address where there is one."""
    shipped = rows(name)

    assert shipped
    assert [] == [row for row in shipped if not row["source"].strip()]
    assert [] == [row for row in shipped if "/" in row["source"] or "[" in row["source"] or "www." in row["source"]]
    assert [] == [row for row in shipped if row.get("url") and not re.fullmatch(r"https?://\S+", row["url"])]


@pytest.mark.parametrize("name", ["reviews.csv", "tables.csv", "spellings.csv"])
def test_every_code_is_in_the_register(name):
    """Figures and spellings belong to councils that are known."""
    assert {row["code"] for row in rows(name)} <= {authority.code for authority in REGISTER}


def test_no_row_stands_twice():
    """One row a council, year and source; one a table's part; one an average; one a spelling."""
    reviews = [(row["code"], row["year_ending"], row["source"]) for row in rows("reviews.csv")]
    tables = [(row["code"], row["year_ending"], row["source"], row["table"], row["part"]) for row in rows("tables.csv")]
    averages = [(row["authority_type"], row["year_ending"], row["measure"]) for row in rows("averages.csv")]
    spellings = [(row["code"], row["spelling"]) for row in rows("spellings.csv")]
    national = [(row["year_ending"], row["source"]) for row in rows("national.csv")]
    regions = [(row["region"], row["year_ending"], row["source"]) for row in rows("regions.csv")]

    for keys in (reviews, tables, averages, spellings, national, regions):
        assert [] == [key for key, times in Counter(keys).items() if times > 1]


@pytest.mark.parametrize("name", FIGURES)
def test_every_year_ends_on_31_march(name):
    """No figure is of a calendar year, and none is older than the present outcomes but what England received."""
    days = {dt.date.fromisoformat(row["year_ending"]) for row in rows(name)}

    assert {(3, 31)} == {(day.month, day.day) for day in days}
    assert dt.date(2014 if name == "national.csv" else 2015, 3, 31) <= min(days)


@pytest.mark.parametrize("name", [*FIGURES, "register.csv", "spellings.csv"])
def test_nobody_is_named(name):
    """No cell has a title, a greeting or an address that would go with a person."""
    person = re.compile(
        r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Cllr|Councillor|Professor|Rev)\b|@|Dear ", re.IGNORECASE
    )

    assert [] == [cell for row in rows(name) for cell in row.values() if person.search(cell)]


@pytest.mark.parametrize("name", [*FIGURES, "register.csv", "spellings.csv"])
def test_cells_are_clean(name):
    """No stray spaces, no spreadsheet's error, no word for nothing; a cell without a figure is empty."""
    strange = re.compile(r"^\s|\s$|\s\s|^(?:nan|none|null|-|#.*)$|\ufffd|\N{NO-BREAK SPACE}", re.IGNORECASE)

    assert [] == [cell for row in rows(name) for cell in row.values() if cell is None or strange.search(cell)]
