"""What every value shares: frozen, slotted, closed, valid or not born, and shown as one would type it."""

import datetime as dt
import pickle

import attrs
import pytest
from tests.support.public import ENUMERATIONS, VALUES

import lgsco
from lgsco import _values as values


class Shade(values.Slug):
    """A word as this test needs one."""

    PALE_GREEN = "pale_green"


@values.value
class Plot:
    """A value as this test needs one."""

    name: str = attrs.field(validator=values.a_text)
    trees: int = attrs.field(validator=values.a_count)
    shade: Shade | None = attrs.field(default=None, kw_only=True, validator=values.optional(values.instance_of(Shade)))
    dug_on: dt.date | None = attrs.field(default=None, kw_only=True, validator=values.a_day_or_none)
    labels: tuple[str, ...] = attrs.field(
        default=(), kw_only=True, converter=values.tuple_of[str, ...], validator=values.each(str)
    )


@values.value(order=True, kw_only=True)
class Depth:
    """A value with options, and with a repr of its own."""

    metres: int = attrs.field(validator=values.a_count)

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
    with pytest.raises(lgsco.errors.InvalidField) as caught:
        Plot("North", 3, labels=labels)

    assert ("labels", labels) == (caught.value.field, caught.value.value)


def test_a_tuple_holds_one_class_only():
    """The first item of another class refuses the tuple."""
    with pytest.raises(lgsco.errors.InvalidField) as caught:
        Plot("North", 3, labels=("a", 1))

    assert ("labels", ("a", 1)) == (caught.value.field, caught.value.value)


@pytest.mark.parametrize("name", ["", " North", "North\n", None, 3, b"North"])
def test_text_is_not_empty_and_has_no_spaces_at_its_ends(name):
    """Text is a str that means something."""
    with pytest.raises(lgsco.errors.InvalidField) as caught:
        Plot(name, 3)

    assert ("name", name) == (caught.value.field, caught.value.value)


@pytest.mark.parametrize("trees", [-1, True, 1.0, "1", None])
def test_only_whole_numbers_from_nought_are_counts(trees):
    """A count is exactly an int of nought or more."""
    with pytest.raises(lgsco.errors.InvalidCount) as caught:
        Plot("North", trees)

    assert ("trees", trees) == (caught.value.field, caught.value.value)


@pytest.mark.parametrize("dug_on", [dt.datetime(2020, 4, 1), "2020-04-01", 2020])  # noqa: DTZ001  # a moment is refused
def test_a_day_is_a_date_and_not_a_moment(dug_on):
    """A datetime is a date to Python, but not here."""
    with pytest.raises(lgsco.errors.InvalidField) as caught:
        Plot("North", 3, dug_on=dug_on)

    assert ("dug_on", dug_on) == (caught.value.field, caught.value.value)


def test_the_slug_of_a_word_is_not_the_word():
    """Text that looks like a member is refused: nothing is coerced."""
    with pytest.raises(lgsco.errors.InvalidField) as caught:
        Plot("North", 3, shade="pale_green")

    assert ("shade", "pale_green") == (caught.value.field, caught.value.value)


def test_every_bad_field_is_reported_at_once():
    """Several problems arrive as one group, in the order of the fields, each with its own class."""
    with pytest.raises(lgsco.errors.InvalidFields) as caught:
        Plot("", -1, dug_on="today")

    assert [("name", ""), ("trees", -1), ("dug_on", "today")] == [
        (problem.field, problem.value) for problem in caught.value.problems
    ]
    assert [lgsco.errors.InvalidField, lgsco.errors.InvalidCount, lgsco.errors.InvalidField] == [
        type(each) for each in caught.value.problems
    ]


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, 95, True, float("nan"), "0.95", None])
def test_a_confidence_is_a_float_between_nought_and_one(confidence):
    """95 is not 0.95, and neither end leaves anything to say."""
    assert values.a_confidence.why(confidence) is not None
    assert values.a_confidence.why(0.95) is None


def test_a_rule_may_allow_several_classes():
    """Exactly these classes, and no subclass of them: True is no int."""
    rule = values.one_of(int, str)

    assert [None, None] == [rule.why(1), rule.why("1")]
    assert rule.why(True) is not None


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
