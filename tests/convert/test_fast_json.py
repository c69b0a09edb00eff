"""Reading JSON at speed: which types have a twin, that it is used where msgspec is, and that nobody need have it."""

import datetime as dt
import json
import subprocess
import sys
from decimal import Decimal
from unittest import mock

import attrs
import pytest
from tests.support.values import KENT

import lgsco
from lgsco import (
    Comparison,
    Decision,
    Enquiry,
    Investigation,
    InvestigationTally,
    Outcome,
    Recommendation,
    RecommendationKind,
    ReportingYear,
    Source,
)
from lgsco.convert import from_json, to_json
from lgsco.convert import json as _json
from lgsco.convert.fast_reading import fast_reader
from lgsco.convert.fast_writing import fast_writer
from lgsco.errors import InvalidValue
from lgsco.model import RegisterEntry

DECISION = Decision(
    "19 003 456", KENT, outcome=Outcome.UPHELD, decided_on=dt.date(2020, 1, 31), satisfactory_remedy=False
)
CASE = Investigation(
    DECISION,
    recommendations=[Recommendation(RecommendationKind.OTHER, "Say: sorry", due_on=dt.date(2020, 3, 1))],
    enquiries=[Enquiry(dt.date(2019, 9, 1), dt.date(2019, 9, 20))],
)


@pytest.fixture(scope="module", autouse=True)
def however_short():
    """Read and write at speed what would otherwise be too short for it to pay."""
    with mock.patch.multiple(_json, LEAST_TEXT=0, LEAST_VALUES=1):
        yield


def problems(caught):
    """Give the place and the reason of each problem."""
    return [(str(problem.place), problem.reason) for problem in caught.value.problems]


@pytest.fixture
def strict_way():
    """Watch the strict way, to see whether it is taken."""
    with mock.patch.object(_json, "converter", wraps=_json.converter) as watched:
        yield watched


@pytest.mark.parametrize(
    "value",
    [DECISION, CASE, KENT, InvestigationTally(19, 3), ReportingYear(2020), Outcome.UPHELD, lgsco.uphold_rate],
    ids=lambda value: type(value).__name__,
)
def test_what_is_written_is_read_at_speed(value, strict_way):
    """The strict way is not needed."""
    assert value == from_json(to_json(value), type(value))
    strict_way.assert_not_called()


@pytest.mark.parametrize(
    "values",
    [
        [DECISION, attrs.evolve(DECISION, reference="19 003 457")],
        (CASE, CASE),
        [InvestigationTally(19, None), InvestigationTally(None, None, total=22)],
        [Source('Text: "\\\n\t\x00\x7f\u2028 \N{OLD PERSONAL COMPUTER}', published_on=dt.date(1975, 1, 1))],
        [Source("Half of a character: \ud83d")],
        [RegisterEntry(KENT, centre_km=(590, 150), spellings=["kent"])],
        [lgsco.reports.Amount(Decimal("4.20")), lgsco.reports.Amount(Decimal("4.2"))],
    ],
    ids=str,
)
def test_the_same_text_is_written(values):
    """To the letter, of one and of several."""
    with mock.patch.object(_json, "fast_writer", return_value=None):
        one, several, set_out = to_json(values[0]), to_json(values), to_json(values, indent=2)

    assert fast_writer(type(values[0])) is not None
    assert (one, several, set_out) == (to_json(values[0]), to_json(values), to_json(values, indent=2))


def test_cases_are_written_at_speed():
    """The strict way is not needed, but for numbers with a fraction, which msgspec writes in other letters."""
    with mock.patch.object(_json, "plain", wraps=_json.plain) as plain:
        to_json([CASE, CASE])
        plain.assert_not_called()
        to_json(lgsco.Proportion(19, 22).interval())
        plain.assert_called_once()


def test_what_is_short_is_read_and_written_strictly():
    """One case or two: the quick way would take longer."""
    with (
        mock.patch.multiple(_json, LEAST_TEXT=2_000, LEAST_VALUES=4),
        mock.patch.object(_json, "fast_reader", wraps=fast_reader) as reader,
        mock.patch.object(_json, "fast_writer", wraps=fast_writer) as writer,
    ):
        assert CASE == from_json(to_json(CASE), Investigation)
        reader.assert_not_called()
        writer.assert_not_called()

        assert (CASE,) * 4 == from_json(to_json([CASE] * 4), tuple[Investigation, ...])
        reader.assert_called_once()
        writer.assert_called_once()


def test_a_document_may_leave_out_what_has_a_default(strict_way):
    """Or write its keys in another order, and with other spaces."""
    document = json.loads(to_json([CASE, CASE]))
    for value in document["values"]:
        value["decision"] = {key: value["decision"][key] for key in ("decided_on", "outcome", "authority", "reference")}
        del value["decision"]["authority"]["code"], value["enquiries"]
    decision = attrs.evolve(DECISION, authority=attrs.evolve(KENT, code=None), satisfactory_remedy=None)
    case = attrs.evolve(CASE, decision=decision, enquiries=())

    assert (case, case) == from_json(json.dumps(document, indent=3), tuple[Investigation, ...])
    strict_way.assert_not_called()


def test_what_many_values_share_is_one_value(strict_way):
    """An authority that stands in many decisions, and a source in many places, is made once."""
    many = [attrs.evolve(DECISION, reference=f"19 003 {at:03}", authority=attrs.evolve(KENT)) for at in range(3)]
    entries = from_json(to_json([RegisterEntry(KENT), RegisterEntry(KENT, group=KENT.type)]), tuple[RegisterEntry, ...])

    assert 1 == len({id(decision.authority) for decision in from_json(to_json(many), tuple[Decision, ...])})
    assert entries[0].authority is entries[1].authority
    strict_way.assert_not_called()


def test_a_colon_in_a_text_is_not_a_key(strict_way):
    """It makes one look again whether a key stands twice, and none does."""
    source = Source("Letter: 2020", url="https://example.org/a")

    assert source == from_json(to_json(source), Source)
    strict_way.assert_not_called()


@pytest.mark.parametrize("place", ["$", "$.value", "$.value.authority"])
def test_a_key_that_stands_twice_is_refused(place):
    """Of which msgspec alone would keep the last; with a key left out, or a colon in a text, to make up the number."""
    text = to_json(attrs.evolve(DECISION, authority=attrs.evolve(KENT, name="Kent: County Council")))
    key, once = {
        "$": ("lgsco", '"lgsco": 1'),
        "$.value": ("outcome", '"outcome": "upheld"'),
        "$.value.authority": ("type", '"type": "county_council"'),
    }[place]
    left_out = text.replace(', "public_report": null', "")
    for doubled in (text.replace(once, f"{once}, {once}"), left_out.replace(once, f"{once}, {once}")):
        with pytest.raises(InvalidValue) as caught:
            from_json(doubled, Decision)

        assert [("$", f"key {key!r} stands twice in one object")] == problems(caught)


@pytest.mark.parametrize(
    ("written", "instead", "places"),
    [
        ('"lgsco": 1', '"lgsco": 2', ["$.lgsco"]),
        ('"lgsco": 1', '"lgsco": 1.0', ["$.lgsco"]),
        ('"lgsco": 1', '"lgsco": true', ["$.lgsco"]),
        ('"type": "Decision"', '"type": "decision"', ["$.type"]),
        ('"19 003 456"', '"19003456"', ["$.value.reference"]),
        ('"Kent County Council"', '" Kent"', ["$.value.authority.name"]),
        (
            '"upheld", "decided_on": "2020-01-31"',
            '"uphold", "decided_on": "20200131"',
            ["$.value.outcome", "$.value.decided_on"],
        ),
        ('"satisfactory_remedy": false', '"satisfactory_remedy": 0', ["$.value.satisfactory_remedy"]),
        ('"public_report": null', '"public": null', ["$.value.public"]),
        ('"code": "E10000016"', '"code": "E10000016", "x": 1', ["$.value.authority.x"]),
        (
            '"upheld", "decided_on": "2020-01-31", "service_area": null, "satisfactory_remedy": false',
            '"not_upheld", "decided_on": "2020-01-31", "service_area": null, "satisfactory_remedy": true',
            ["$.value.satisfactory_remedy"],
        ),
    ],
)
def test_what_is_wrong_is_said_by_the_strict_way(written, instead, places):
    """All of it, with its places, as without msgspec."""
    text = to_json(DECISION)
    with pytest.raises(InvalidValue) as caught:
        from_json(text.replace(written, instead), Decision)

    assert written in text
    assert places == [place for place, _ in problems(caught)]


def test_what_follows_from_the_rest_is_read_strictly():
    """A type with parts that must agree with the rest, or that say of what type they are, has no twin."""
    assert fast_reader(Comparison) is None
    assert fast_reader(lgsco.PrintedPercent) is None
    assert fast_reader(lgsco.Register) is None
    assert fast_reader(tuple[Comparison, ...]) is None


def test_a_class_of_another_is_not_read_at_speed():
    """A class that merely bears the name of one of ours is not mistaken for it."""
    other = type("Decision", (), {})

    assert fast_reader(other) is None


def without_msgspec(code):
    """Run code in an interpreter in which msgspec cannot be imported, and give what it prints."""
    script = f"import sys\nsys.modules['msgspec'] = None\n{code}"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.mark.slow
def test_nobody_need_have_msgspec():
    """Without it the same is read from the same text."""
    code = (
        "from lgsco import Investigation\n"
        "from lgsco.convert import fast_reading, from_json\n"
        f"print(fast_reading.library(), from_json({to_json([CASE] * 9)!r}, tuple[Investigation, ...]))"
    )

    assert f"None {(CASE,) * 9!r}" == without_msgspec(code)
