"""
Laws of all values, checked for every public class.

- Pickling and copying give an equal value, and equal values have equal hashes.
- What a value shows is what one would type to make it (but for measures and registers, and what holds them).
- A value made again from its fields is the same value.
- Values are frozen, have slots and no dictionary, and are closed to subclassing.
- Enumerations are one and the same after pickling, and show and print what they are.
"""

import copy
import datetime as dt
import pickle
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty
from tests.support.public import CLASSES, ENUMERATIONS, PUBLIC, VALUES, of_every

import lgsco
from lgsco.strategies._registration import register

register()

HOLDS_WHAT_CANNOT_BE_TYPED = {
    lgsco.Measure,
    lgsco.Register,
    lgsco.Average,
    lgsco.Dataset,
    lgsco.dataset.Statistic,
    lgsco.PrintedAverage,
    lgsco.Comparison,
    lgsco.Funnel,
    lgsco.comparison.GroupRates,
    lgsco.comparison.Shrinkage,
    lgsco.series.Change,
    lgsco.series.Trend,
    lgsco.series.EarlyWarning,
}
TYPED = {"datetime": dt, "Decimal": Decimal, "Fraction": Fraction, **PUBLIC}


def test_every_public_class_is_one_or_the_other():
    """The laws below leave out no public class but the errors."""
    assert set(VALUES) | set(ENUMERATIONS) == set(CLASSES)
    assert len(VALUES) > 30


@of_every(VALUES)
def test_pickling_gives_an_equal_value(kind, data):
    """What comes out of a pickle equals what went in, under every protocol that keeps slots, and hashes alike."""
    value = data.draw(st.from_type(kind))

    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        back = pickle.loads(pickle.dumps(value, protocol))  # our own

        assert (type(value), value, hash(value)) == (type(back), back, hash(back))


@of_every(VALUES)
def test_copying_gives_an_equal_value(kind, data):
    """Copies, shallow and deep, equal the value and hash alike, and so does the value made again from its fields."""
    value = data.draw(st.from_type(kind))

    for back in (copy.copy(value), copy.deepcopy(value), attrs.evolve(value)):
        assert (value, hash(value)) == (back, hash(back))


@of_every([kind for kind in VALUES if kind is not lgsco.Dataset])
def test_a_value_shows_what_would_make_it(kind, data):
    """Evaluating what is shown gives the value back, and so does what Hypothesis shows of an example that fails."""
    value = data.draw(st.from_type(kind))

    assert value == eval(f"({pretty(value)})", TYPED)  # noqa: S307  # the point of the law
    assert kind in HOLDS_WHAT_CANNOT_BE_TYPED or value == eval(repr(value), TYPED)  # noqa: S307  # again


@of_every(VALUES)
def test_values_are_frozen(kind, data):
    """No field can be set or deleted, and none added: no value carries a dictionary."""
    value = data.draw(st.from_type(kind))

    assert not hasattr(value, "__dict__")
    for name in (*(field.name for field in attrs.fields(kind)), "another"):
        with pytest.raises(AttributeError):
            setattr(value, name, None)
        with pytest.raises(AttributeError):
            delattr(value, name)


@of_every(VALUES)
def test_values_of_two_kinds_are_never_equal(kind, data):
    """A value equals no value of another kind, nor a tuple of its fields."""
    value, other = data.draw(st.from_type(kind)), data.draw(st.sampled_from(VALUES).flatmap(st.from_type))

    assert type(other) is kind or value != other
    assert value != attrs.astuple(value, recurse=False)


def test_values_are_closed_to_subclassing():
    """A subclass of a value cannot be made, and the error names the value."""
    for kind in VALUES:
        with pytest.raises(lgsco.errors.NoSubclassing) as caught:
            type("Mine", (kind,), {})

        assert kind.__name__ == caught.value.name


def test_a_member_is_one_and_the_same_everywhere():
    """Pickles and copies of a member are the member, it is made from its value, and shows and prints what it is."""
    for member in (member for kind in ENUMERATIONS for member in kind):
        assert member is pickle.loads(pickle.dumps(member))  # our own
        assert member is copy.deepcopy(member)
        assert member is type(member)(member.value)
        assert member is eval(repr(member), TYPED)  # noqa: S307  # the point of the law
        assert member.value == str(member)
