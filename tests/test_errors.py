"""Errors are values: they carry their data, travel between processes, and are caught by class."""

import datetime as dt
import pickle

import attrs
import pytest

from lgsco import errors

DAY = dt.date(2023, 4, 1)
ONE = errors.InvalidField("name", "", "must be text")
TWO = errors.InvalidCount("upheld", -1, "cannot be negative")

# One of each class, with what its text must name.
SINGLE = [
    (ONE, ["name", "''"]),
    (TWO, ["upheld", "-1"]),
    (errors.NoSubclassing("Authority"), ["Authority"]),
    (errors.UnknownAuthority("Barset"), ["Barset"]),
    (errors.UnknownAuthority("Barset", ("Dorset Council", "Somerset Council")), ["Dorset Council", "Somerset Council"]),
    (errors.AmbiguousAuthority("Newcastle", ("Newcastle upon Tyne", "Newcastle-under-Lyme")), ["upon Tyne", "Lyme"]),
    (errors.AmbiguousAuthority("Newcastle", ("Newcastle upon Tyne", "Newcastle-under-Lyme"), DAY), ["2023-04-01"]),
    (errors.AuthorityNotInBeing("Somerset Council", dt.date(2022, 1, 1), start=DAY), ["2022-01-01", "2023-04-01"]),
    (errors.AuthorityNotInBeing("Somerset Council", dt.date(2022, 1, 1)), ["Somerset Council", "2022-01-01"]),
    (errors.AuthorityNotInBeing("Cumbria", dt.date(2024, 1, 1), end=DAY), ["2024-01-01", "2023-04-01"]),
    (errors.AuthorityNotInBeing("Cumbria", DAY, end=DAY, successors=("Cumberland Council",)), ["Cumberland Council"]),
    (errors.MisplacedCase("19 003 456", "Kent County Council", "stands twice"), ["19 003 456", "Kent County Council"]),
    (errors.MisplacedReview("Kent County Council", "2019-20", "stands twice"), ["Kent", "2019-20", "stands twice"]),
    (errors.TooShort("a trend", 3, 2), ["a trend", "at least 3", "are 2"]),
    (errors.TooShort("a trend", 3, 1), ["is 1"]),
    (errors.TooShort("a trend", 3, 0), ["are none"]),
    (
        errors.AcrossBreak("the trend", ("2022-23: fewer cases",)),
        ["the trend", "2022-23: fewer cases", "across_breaks"],
    ),
    (
        errors.InvalidColumns(missing=("outcome",), mistyped=(("group", "text", "Int32"),)),
        ["no column outcome", "group must hold text", "Int32"],
    ),
    (errors.NothingToCombine("no tallies"), ["no tallies"]),
    (errors.MissingExtra("charts", "vl-convert-python", "draw charts"), ["vl-convert-python", "lgsco[charts]"]),
    (errors.NotComparable("year", "2019-20", "2020-21"), ["year", "2019-20", "2020-21"]),
    (errors.PlacedProblem("$.upheld", "must be a number"), ["$.upheld"]),
    (errors.MissingExtra("pdf", "pypdfium2", "read a PDF"), ["lgsco[pdf]", "pypdfium2", "read a PDF"]),
    (errors.UnreadableDocument((), ("text",)), ["text"]),
    (errors.UnreadableLetter((), ("uphold rate",)), ["uphold rate", "letter"]),
    (errors.UnreadablePage((), ("figures",)), ["figures", "page"]),
    (errors.UnreadableListing((), ("decisions",)), ["decisions"]),
    (errors.UnreadableTable(("column 'Housing'",), ("year",)), ["Housing", "year", "table"]),
    (errors.UnreadableLetter(("year",), (), (errors.PlacedProblem("line 3", "no number"),)), ["year", "line 3"]),
]
GROUPS = [
    errors.Problems,
    errors.InvalidFields,
    errors.InvalidRegister,
    errors.MisplacedCases,
    errors.InvalidDocument,
    errors.InvalidSeries,
    errors.InvalidCasework,
    errors.MissingDates,
]


def test_every_error_of_the_room_is_tried_here():
    """A new error must be added to the lists above."""
    tried = {"LgscoError", *(type(error).__name__ for error, _ in SINGLE), *(group.__name__ for group in GROUPS)}

    assert set(errors.__all__) == tried


@pytest.mark.parametrize(("error", "named"), SINGLE)
def test_the_text_of_an_error_names_what_it_is_about(error, named):
    """Whoever reads only the message still learns which name, field, place or day is meant."""
    text = str(error)

    assert [] == [name for name in named if name not in text]


@pytest.mark.parametrize("error", [error for error, _ in SINGLE], ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling(error):
    """An error raised in a worker process arrives whole."""
    again = pickle.loads(pickle.dumps(error))

    assert type(error) is type(again)
    assert [str(part) for part in attrs.astuple(error)] == [str(part) for part in attrs.astuple(again)]


@pytest.mark.parametrize("error", [error for error, _ in SINGLE], ids=lambda error: type(error).__name__)
def test_an_error_is_closed_against_change(error):
    """The data of an error cannot be altered on its way up, yet it can be raised, chained and annotated."""
    field = attrs.fields(type(error))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(error, field, "other")
    with pytest.raises(type(error)) as caught:
        raise error from KeyError("cause")
    caught.value.add_note("row 7")

    assert ["row 7"] == caught.value.__notes__


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (errors.InvalidField, ValueError),
        (errors.InvalidCount, errors.InvalidField),
        (errors.InvalidFields, ValueError),
        (errors.InvalidFields, ExceptionGroup),
        (errors.NoSubclassing, TypeError),
        (errors.UnknownAuthority, LookupError),
        (errors.AmbiguousAuthority, LookupError),
        (errors.AuthorityNotInBeing, LookupError),
        (errors.MisplacedCases, errors.Problems),
        (errors.NotComparable, ValueError),
        (errors.NothingToCombine, ValueError),
        (errors.PlacedProblem, ValueError),
        (errors.UnreadableLetter, ValueError),
    ],
)
def test_an_error_is_also_what_a_stranger_would_catch(error, builtin):
    """Each error stands below LgscoError and below the builtin that says the same."""
    assert issubclass(error, builtin)
    assert issubclass(error, errors.LgscoError)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_holds_each_problem_in_order(group):
    """All problems are there as values, and the text names each of them."""
    problems = group("several things are wrong", [ONE, TWO])

    assert (ONE, TWO) == problems.problems
    assert "several things are wrong" in str(problems)
    assert str(ONE) in str(problems)
    assert str(TWO) in str(problems)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_survives_pickling(group):
    """A group arrives with its class, its text and its members."""
    again = pickle.loads(pickle.dumps(group("several things are wrong", [ONE, TWO])))

    assert (group, "several things are wrong") == (type(again), again.message)
    assert [attrs.astuple(ONE), attrs.astuple(TWO)] == [attrs.astuple(problem) for problem in again.problems]


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_keeps_its_class_when_split(group):
    """What ``except*`` leaves over is still a group of the same kind."""
    counts, rest = group("several things are wrong", [ONE, TWO]).split(errors.InvalidCount)

    assert (group, (TWO,)) == (type(counts), counts.problems)
    assert (group, (ONE,)) == (type(rest), rest.problems)


def test_each_problem_of_a_group_is_reached_by_its_own_class():
    """``except*`` hands out the problems by class."""
    counts, fields = [], []
    try:
        raise errors.InvalidFields("several fields are wrong", [ONE, TWO])
    except* errors.InvalidCount as found:
        counts += found.exceptions
    except* errors.InvalidField as found:
        fields += found.exceptions

    assert ([TWO], [ONE]) == (counts, fields)
