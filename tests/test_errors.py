"""Errors are values: they carry their data, travel between processes, and are caught by class."""

import datetime as dt
import pickle

import attrs
import pytest

from lgsco import errors
from lgsco.errors import InvalidValue, Place, Problem, ProblemCollector

DAY = dt.date(2023, 4, 1)
ONE = Problem.at("name", "", "must be text")
TWO = Problem(Place(sheet="2024", row=7, column="Decided"), "is not a date", value="x")

# One of each class, with what its text must name.
SINGLE = [
    (InvalidValue([ONE]), ["name", "''"]),
    (InvalidValue([ONE, TWO], subject="these cases"), ["these cases", "2 problems", "name", "'2024'", "row 7"]),
    (errors.MissingDates([ONE], subject="these"), ["these", "name"]),
    (errors.UnknownWords([ONE], skeleton={"outcome": {"Withdrawn": "?"}}), ["name"]),
    (errors.NoSubclassing("Authority"), ["Authority"]),
    (errors.UnknownAuthority("Barset"), ["Barset"]),
    (errors.UnknownAuthority("Barset", ("Dorset Council", "Somerset Council")), ["Dorset Council", "Somerset Council"]),
    (errors.AmbiguousAuthority("Newcastle", ("Newcastle upon Tyne", "Newcastle-under-Lyme")), ["upon Tyne", "Lyme"]),
    (errors.AmbiguousAuthority("Newcastle", ("Newcastle upon Tyne", "Newcastle-under-Lyme"), DAY), ["2023-04-01"]),
    (errors.AuthorityNotCurrent("Somerset Council", dt.date(2022, 1, 1), start=DAY), ["2022-01-01", "2023-04-01"]),
    (errors.AuthorityNotCurrent("Somerset Council", dt.date(2022, 1, 1)), ["Somerset Council", "2022-01-01"]),
    (errors.AuthorityNotCurrent("Cumbria", dt.date(2024, 1, 1), end=DAY), ["2024-01-01", "2023-04-01"]),
    (errors.AuthorityNotCurrent("Cumbria", DAY, end=DAY, successors=("Cumberland Council",)), ["Cumberland Council"]),
    (errors.SeriesTooShort("a trend", 3, 2), ["a trend", "at least 3", "are 2"]),
    (errors.SeriesTooShort("a trend", 3, 1), ["is 1"]),
    (errors.SeriesTooShort("a trend", 3, 0), ["are none"]),
    (
        errors.CrossesSeriesBreak("the trend", ("2022-23: fewer cases",)),
        ["the trend", "2022-23: fewer cases", "across_breaks"],
    ),
    (errors.EmptyInput("no tallies"), ["no tallies"]),
    (errors.MissingExtra("png", "resvg-py", "make PNG files"), ["resvg-py", "lgsco[png]"]),
    (errors.NotComparable("year", "2019-20", "2020-21"), ["year", "2019-20", "2020-21"]),
    (errors.UnreadableDocument("a letter", (), ("text",)), ["letter", "text"]),
    (errors.UnreadableDocument("a table", ("column 'Housing'",), ("year",)), ["Housing", "year", "table"]),
    (errors.UnreadableDocument("a letter", ("year",), (), (TWO,)), ["year", "row 7"]),
]
WITHOUT_DATA = {"LgscoError", "AuthorityLookupError"}
NOT_ERRORS = {"NO_VALUE", "Place", "Problem", "ProblemCollector", "by_kind"}


def test_every_error_is_tried_here():
    """A new error must be added to the list above; there are few, so that a caller can know them all."""
    tried = {type(error).__name__ for error, _ in SINGLE}

    assert set(errors.__all__) == tried | WITHOUT_DATA | NOT_ERRORS
    assert len(errors.__all__) <= 20


def test_no_error_is_a_group():
    """Notebooks show the members of a group twice."""
    assert not any(issubclass(type(error), BaseExceptionGroup) for error, _ in SINGLE)


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
    assert attrs.astuple(error, recurse=False) == attrs.astuple(again, recurse=False)


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
        (InvalidValue, ValueError),
        (errors.MissingDates, InvalidValue),
        (errors.NoSubclassing, TypeError),
        (errors.AuthorityLookupError, LookupError),
        (errors.UnknownAuthority, errors.AuthorityLookupError),
        (errors.AmbiguousAuthority, errors.AuthorityLookupError),
        (errors.AuthorityNotCurrent, errors.AuthorityLookupError),
        (errors.MissingExtra, ImportError),
        (errors.NotComparable, ValueError),
        (errors.EmptyInput, ValueError),
        (errors.UnreadableDocument, ValueError),
    ],
)
def test_an_error_is_also_what_a_stranger_would_catch(error, builtin):
    """Each is an LgscoError and an error of the language."""
    assert issubclass(error, builtin)
    assert issubclass(error, errors.LgscoError)


# --- Places and problems


@pytest.mark.parametrize(
    ("inner", "outer", "place"),
    [
        (Place(path="upheld"), Place(path="decided"), Place(path="decided.upheld")),
        (Place(path="[2].kind"), Place(path="recommendations"), Place(path="recommendations[2].kind")),
        (Place(path="upheld"), Place(sheet="A", row=3), Place(sheet="A", row=3, path="upheld")),
        (Place(row=4, column="C"), Place(row=3), Place(row=4, column="C")),
        (Place(row=4), Place(file="a.csv"), Place(file="a.csv", row=4)),
        (Place(file="b.csv"), Place(file="a.csv"), Place(file="b.csv")),
        (Place(), Place(path="upheld"), Place(path="upheld")),
        (Place(), Place(), Place()),
    ],
)
def test_a_place_grows_as_it_passes_outward(inner, outer, place):
    """Paths are joined; what the inner place lacks it has from the outer one."""
    assert place == inner.within(outer)


def test_a_problem_without_a_value_shows_none():
    """None is a value like any other; no value is something else."""
    assert "None" not in str(Problem(Place(path="code"), "is missing"))
    assert "None" in str(Problem.at("code", None, "must be text"))


def test_a_long_value_is_shown_short():
    """An error is read on a line."""
    assert len(str(Problem.at("columns", list(range(10_000)), "must be text"))) < 200


def test_the_collector_keeps_every_problem_with_its_place():
    """Its own, and those of an InvalidValue that is raised at a place; nothing is raised before the end."""
    problems = ProblemCollector()
    problems.raise_if_any()
    for number, name in enumerate(["", "Kent"], start=1):
        with problems.at(sheet="2024", row=number):
            if not name:
                problems.add("name", name, "must be text")
                raise_one()
    with pytest.raises(InvalidValue) as caught:
        problems.raise_if_any("these rows")

    assert (
        Problem(Place(sheet="2024", row=1, path="name"), "must be text", value=""),
        Problem(Place(sheet="2024", row=1, path="name"), "must be text", value=""),
    ) == caught.value.problems
    assert "these rows" == caught.value.subject


def raise_one():
    raise InvalidValue([ONE])


def test_many_alike_problems_are_shown_as_kinds():
    """A hundred problems of two kinds are two lines, with their numbers and first places; all are in the error."""
    alike = [Problem(Place(row=row, column="Decided"), "is not a date", value="x") for row in range(1, 100)]
    error = InvalidValue([*alike, ONE])
    lines = str(error).splitlines()

    assert len(error.problems) == 100
    assert len(lines) == 3
    assert "99" in lines[1]
    assert "row 1, Decided" in lines[1]
    assert str(ONE) in lines[2]


def test_no_value_is_shown_by_its_name():
    """A problem without a value is not one whose value is None."""
    assert "NO_VALUE" == repr(errors.NO_VALUE)
    assert Problem.at("name", None, "must be text") != Problem(Place(path="name"), "must be text")


def test_a_library_that_lacks_another_is_not_called_missing():
    """Its own error is raised; that of one that is not installed names the extra."""
    absent, broken = (ModuleNotFoundError("no module", name=name) for name in ("gptables.core", "importlib_resources"))
    extra = {"extra": "workbook", "package": "gptables", "purpose": "write workbooks"}

    assert "workbook" == errors.MissingExtra.unless_broken(absent, "gptables", **extra).extra
    assert broken is errors.MissingExtra.unless_broken(broken, "gptables", **extra)
    assert errors.MissingExtra is not type(
        errors.MissingExtra.unless_broken(ImportError("no name"), "gptables", **extra)
    )
