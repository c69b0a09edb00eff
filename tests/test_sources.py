"""Where a figure came from."""

import datetime as dt
import pickle

import attrs
import pytest
from tests.support.refusals import faults

from lgsco import Basis, Source
from lgsco.errors import InvalidValue

LETTER = Source("Annual review letter 2020", url="https://www.lgo.org.uk/", published_on=dt.date(2020, 7, 22))


def test_a_source_is_published_unless_it_says_otherwise():
    """What the Ombudsman published is the usual case; a council's own cases are said to be so."""
    assert Basis.PUBLISHED is LETTER.basis
    assert Basis.OWN_CASES is Source("Case register", basis=Basis.OWN_CASES).basis


def test_only_the_title_may_be_given_by_position():
    """A second thing in brackets would have no name."""
    with pytest.raises(TypeError):
        Source("Annual review letter 2020", "https://www.lgo.org.uk/")


def test_a_source_is_one_value():
    """Equal parts make equal sources, through pickling and evolving."""
    assert LETTER == pickle.loads(pickle.dumps(LETTER))
    assert LETTER == attrs.evolve(attrs.evolve(LETTER, url=None), url=LETTER.url)
    assert 1 == len({LETTER, attrs.evolve(LETTER)})


@pytest.mark.parametrize(
    ("field", "held"), [("title", ""), ("url", ""), ("published_on", "2020-07-22"), ("basis", "published")]
)
def test_what_a_source_cannot_hold(field, held):
    """Each field is checked when the source is made, and named when it is refused."""
    with pytest.raises(InvalidValue) as caught:
        attrs.evolve(LETTER, **{field: held})

    assert [(field, held)] == faults(caught)


def test_everything_wrong_with_a_source_is_said_at_once():
    """Two bad fields are two problems."""
    with pytest.raises(InvalidValue) as caught:
        Source("", published_on=2020)

    assert ["title", "published_on"] == [problem.place.path for problem in caught.value.problems]
