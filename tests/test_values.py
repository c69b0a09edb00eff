"""What every value shares: frozen, slotted, closed, valid or not born, and shown as one would type it."""

import datetime as dt
import inspect
import numbers
import pickle
from dataclasses import KW_ONLY
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

import attrs
import pytest
from hypothesis.vendor.pretty import pretty
from tests.support.public import ENUMERATIONS, VALUES
from tests.support.refusals import faults

import lgsco
from lgsco import _values as values


class Shade(values.Choice):
    """A word as this test needs one."""

    PALE_GREEN = "pale_green"


@values.value
class Plot:
    """A value as this test needs one."""

    name: values.Text
    trees: values.Count
    _: KW_ONLY
    shade: Shade | None = None
    dug_on: values.Day | None = None
    labels: tuple[str, ...] = ()


@values.value(order=True)
class Depth:
    """A value with an order, and with a repr of its own."""

    _: KW_ONLY
    metres: values.Count

    def __repr__(self):
        return f"<{self.metres} m>"


def test_the_shown_form_is_what_one_would_type():
    """Fields left at their default are not shown."""
    plot = Plot("North", 3, labels=["a"])

    assert "Plot(name='North', trees=3, labels=('a',))" == repr(plot)
    assert plot == eval(repr(plot))  # noqa: S307  # our own text


def test_a_shown_form_of_ones_own_is_kept():
    """A class that has a repr keeps it, and options reach attrs."""
    assert "<3 m>" == repr(Depth(metres=3))
    assert Depth(metres=2) < Depth(metres=3)


def test_a_list_is_frozen_to_a_tuple():
    """A list is taken as the tuple of its items; later changes to it change nothing."""
    labels = ["a", "b"]
    plot = Plot("North", 3, labels=labels)
    labels.append("c")

    assert ("a", "b") == plot.labels


@pytest.mark.parametrize("labels", ["ab", {"a", "b"}, iter(["a"]), None])
def test_what_is_neither_list_nor_tuple_is_refused(labels):
    """Text, a set, an iterator or nothing is not silently made a tuple."""
    with pytest.raises(lgsco.errors.InvalidValue) as caught:
        Plot("North", 3, labels=labels)

    assert [("labels", labels)] == faults(caught)


def test_a_tuple_holds_one_class_only():
    """The first item of another class refuses the tuple."""
    with pytest.raises(lgsco.errors.InvalidValue) as caught:
        Plot("North", 3, labels=("a", 1))

    assert [("labels", ("a", 1))] == faults(caught)


@pytest.mark.parametrize("name", ["", " North", "North\n", None, 3, b"North", "Nor\ud800th"])
def test_text_is_not_empty_and_has_no_spaces_at_its_ends(name):
    """Text is a str that means something."""
    with pytest.raises(lgsco.errors.InvalidValue) as caught:
        Plot(name, 3)

    assert [("name", name)] == faults(caught)


@pytest.mark.parametrize("trees", [-1, True, 1.0, "1", None, 10**15 + 1, pytest.param(10**5000, id="vast")])
def test_only_whole_numbers_from_nought_are_counts(trees):
    """A count is exactly an int of nought or more, up to 10**15; the error can be shown even of thousands of digits."""
    with pytest.raises(lgsco.errors.InvalidValue) as caught:
        Plot("North", trees)

    assert [("trees", trees)] == faults(caught)
    assert str(caught.value).startswith("trees: ")
    assert 10**15 == Plot("North", 10**15).trees


@pytest.mark.parametrize("dug_on", [dt.datetime(2020, 4, 1), "2020-04-01", 2020])  # noqa: DTZ001  # a moment is refused
def test_a_day_is_a_date_and_not_a_moment(dug_on):
    """A datetime is a date to Python, but not here."""
    with pytest.raises(lgsco.errors.InvalidValue) as caught:
        Plot("North", 3, dug_on=dug_on)

    assert [("dug_on", dug_on)] == faults(caught)


def test_the_slug_of_a_word_is_not_the_word():
    """Text that looks like a member is refused: nothing is coerced."""
    with pytest.raises(lgsco.errors.InvalidValue) as caught:
        Plot("North", 3, shade="pale_green")

    assert [("shade", "pale_green")] == faults(caught)


def test_every_bad_field_is_reported_at_once():
    """Several problems arrive as one group, in the order of the fields, each with its own class."""
    with pytest.raises(lgsco.errors.InvalidValue) as caught:
        Plot("", -1, dug_on="today")

    assert [("name", ""), ("trees", -1), ("dug_on", "today")] == [
        (problem.place.path, problem.value) for problem in caught.value.problems
    ]


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, 95, True, float("nan"), "0.95", None])
def test_a_confidence_is_a_float_between_nought_and_one(confidence):
    """95 is not 0.95, and neither end leaves anything to say."""
    assert values.refusal_of(confidence, values.Confidence) is not None
    assert values.refusal_of(0.95, values.Confidence) is None


def test_an_annotation_may_allow_several_classes():
    """Exactly these classes, and no subclass of them: True is no int."""
    assert [None, None] == [values.refusal_of(given, int | str) for given in (1, "1")]
    assert values.refusal_of(True, int | str) is not None
    assert values.refusal_of(None, int | str) is not None


@pytest.mark.parametrize(
    ("annotation", "allowed", "refused"),
    [
        (values.Count | None, [None, 0, 3], [-1, True, 1.0, "1"]),
        (values.Count | str, [0, "n/a"], [-1, None, 1.5]),
        (tuple[values.Text, ...], [(), ("a",)], [["a"], ("",), ("a", 1), "a"]),
        (tuple[int | None, ...], [(1, None)], [(1, "2")]),
        (tuple[int, int], [(1, 2)], [[1, 2], None]),
        (values.PositiveCount, [1], [0, -1, 1.0]),
        (values.Share, [Fraction(1, 2), Fraction(0)], [0.5, Fraction(3, 2), 1]),
        (values.Money, [Decimal("4200.50")], [Decimal("0.001"), Decimal(-1), 3, Decimal("NaN"), Decimal("1e400000")]),
        (Annotated[int, "a remark"], [1, -1], ["1"]),
        (Any, [1, None, "x"], []),
        (Any | None, [1, None, "x"], []),
        (type, [int, 3], []),
    ],
)
def test_an_annotation_says_what_is_allowed(annotation, allowed, refused):
    """A constraint, a class, a union, a tuple; what an annotation leaves open is not checked."""
    assert [None] * len(allowed) == [values.refusal_of(given, annotation) for given in allowed]
    assert None not in [values.refusal_of(given, annotation) for given in refused]


class Whole(numbers.Integral):
    """A whole number of another library, as far as a count must know it."""

    def __init__(self, number):
        self.number = number

    def __int__(self):
        return self.number


for _name in Whole.__abstractmethods__:
    setattr(Whole, _name, lambda self, *_: self.number)
Whole.__abstractmethods__ = frozenset()
Whole.__int__ = lambda self: self.number


def test_a_whole_number_of_any_library_is_a_count():
    """It is stored as an int; a bool is a whole number to Python, but no count."""
    plot = Plot("North", Whole(3))

    assert (int, 3) == (type(plot.trees), plot.trees)
    with pytest.raises(lgsco.errors.InvalidValue):
        Plot("North", Whole(-3))


def test_a_value_is_evolved_by_name():
    """The new value is checked like any other, and the old one is as it was."""
    plot = Plot("North", 3)

    assert Plot("North", 4) == lgsco.evolve(plot, trees=4)
    with pytest.raises(lgsco.errors.InvalidValue) as caught:
        lgsco.evolve(plot, trees=-1)

    assert [("trees", -1)] == faults(caught)
    with pytest.raises(TypeError):
        lgsco.evolve(plot, shrubs=3)


def test_arguments_are_checked_together():
    """Each against its annotation; all that is wrong is in one error."""
    values.validate(total=(3, values.PositiveCount), confidence=(0.95, values.Confidence))
    with pytest.raises(lgsco.errors.InvalidValue) as caught:
        values.validate(total=(0, values.PositiveCount), confidence=(95, values.Confidence))

    assert [("total", 0), ("confidence", 95)] == faults(caught)


def test_help_shows_the_parameters_and_their_types():
    """The signature has the fields with their annotations, and says which go by name."""
    parameters = inspect.signature(Plot).parameters

    assert ["name", "trees", "shade", "dug_on", "labels"] == [*parameters]
    assert ["name", "trees"] == [name for name, one in parameters.items() if one.kind is one.POSITIONAL_OR_KEYWORD]
    assert ["Text", "AuthorityType", "OnsCode | None"] == [
        one.annotation for one in inspect.signature(lgsco.Authority).parameters.values()
    ]


def test_words_are_shown_with_their_class():
    """A word prints as its slug and is shown as its name."""
    assert ("pale_green", "Shade.PALE_GREEN") == (str(Shade.PALE_GREEN), repr(Shade.PALE_GREEN))


def test_a_value_cannot_be_subclassed():
    """Values are closed: a subclass would break equality and pickling."""
    with pytest.raises(lgsco.errors.NoSubclassing) as caught:
        type("Sub", (Plot,), {})

    assert "Plot" == caught.value.name


def test_a_value_takes_at_most_two_leading_fields_by_position():
    """Whatever may be given by position is required, and there are at most two such fields."""
    for kind in VALUES:
        by_position = [field for field in attrs.fields(kind) if field.init and not field.kw_only]

        assert len(by_position) <= 2, kind
        assert {attrs.NOTHING} >= {field.default for field in by_position}, kind


def test_a_value_has_slots():
    """No instance has a dict into which something could be written."""
    for kind in VALUES:
        assert "__slots__" in vars(kind)
        assert not any("__dict__" in vars(base) for base in kind.__mro__), kind


def test_a_value_is_frozen_and_hashable():
    """Values may stand in sets and as keys; nothing can be assigned to them."""
    for kind in VALUES:
        assert kind.__hash__ is not None, kind
        assert kind.__setattr__ is not object.__setattr__, kind


def test_a_class_is_found_where_its_pickle_looks():
    """Classes pickle by name, so each must be found under its own."""
    for kind in (*VALUES, *ENUMERATIONS):
        assert kind is pickle.loads(pickle.dumps(kind))


def test_a_word_is_its_slug():
    """The same lower-case words in Python, JSON, columns and files; no two of one class are the same."""
    for kind in ENUMERATIONS:
        slugs = [word.value for word in kind]

        assert len(slugs) == len(set(slugs))
        assert slugs == [str(word) for word in kind]
        assert [kind(slug) for slug in slugs] == [*kind]


def test_a_failing_example_shows_a_few_items_and_counts_many():
    """A failing example says what it is about; what ships does not flood the terminal."""
    ships = lgsco.published.dataset()
    few = lgsco.Dataset(ships.register, counts=ships.reviews(year="2024-25", region="London")[:1])
    problem = lgsco.errors.Problem(lgsco.errors.Place(row=2), "is missing")

    assert pretty(few).startswith("Dataset(register=<Register of 365 authorities>,\n    counts=(AnnualReview(")
    assert repr(ships) == pretty(ships) == str(ships)
    assert repr(problem) == pretty(problem)
