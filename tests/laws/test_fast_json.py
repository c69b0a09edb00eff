"""
Laws of JSON at speed: whoever installs ``lgsco[fast]`` waits less, and sees nothing else.

- What is written at speed is, to the letter, what is written without it, for every public type.
- What is written is read at speed, for every type that has a twin, and as the strict way reads it.
- However a document is written or damaged, both ways read the same from it, or refuse it for the same reasons.
- A key that stands twice is never overlooked, wherever it stands and whatever colons stand in texts.
"""

import functools
import json
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.public import CLASSES as EVERY_TYPE
from tests.support.public import of_every

import lgsco
from lgsco import Decision, Investigation, ReportingYear, Source
from lgsco.convert import from_json, to_json
from lgsco.convert import json as _json
from lgsco.convert.fast_reading import fast_reader
from lgsco.errors import InvalidValue
from lgsco.strategies._registration import register

register()

TWINS = [kind for kind in EVERY_TYPE if fast_reader(kind)]


@pytest.fixture(scope="module", autouse=True)
def however_short():
    """Read and write at speed what would otherwise be too short for it to pay."""
    with mock.patch.multiple(_json, LEAST_TEXT=0, LEAST_VALUES=1):
        yield


@functools.cache
def values(kind):
    """Give the strategy that the entry point registers for a type."""
    return st.from_type(kind)


def attempted(text, asked):
    """Read, and give what was read and how it looks, or every problem for which it was refused."""
    try:
        read = from_json(text, asked)
    except InvalidValue as error:
        return [(str(problem.place), problem.reason) for problem in error.problems]
    # True equals 1, and 1 equals 1.0, but they do not look alike.
    return read, repr(read)


def strictly(text, asked):
    """Do the same without msgspec."""
    with mock.patch.object(_json, "fast_reader", return_value=None):
        return attempted(text, asked)


# --- What to_json writes


@of_every(TWINS)
def test_what_is_written_is_read_at_speed(kind, data):
    """The quick way takes it, and gives what the strict way gives; so for text and bytes, one value and several."""
    many = tuple(data.draw(st.lists(values(kind), min_size=1, max_size=3)))
    one, several = to_json(many[0]), to_json(many)

    assert many[0] == fast_reader(kind)(one)[0] == fast_reader(kind)(one.encode())[0]
    assert many == fast_reader(tuple[kind, ...])(several)[0] == fast_reader(tuple[kind, ...])(several.encode())[0]
    assert strictly(one, kind) == attempted(one, kind)
    assert strictly(several, tuple[kind, ...]) == attempted(several.encode(), tuple[kind, ...])


@of_every(EVERY_TYPE)
def test_what_is_written_is_the_same_to_the_letter(kind, data):
    """Of one value and of several."""
    many = data.draw(st.lists(values(kind), min_size=1, max_size=3))
    with mock.patch.object(_json, "fast_writer", return_value=None):
        one, several = to_json(many[0]), to_json(many)

    assert one == to_json(many[0])
    assert several == to_json(many)


# --- What others write

# In place of what stands somewhere: what each way might take for something that it is not.
SCRAPS = st.sampled_from(
    (
        *("null", "true", "false", "0", "1", "-0", "-0.0", "0.0", "1.0", "1e0", "1E+2", "-1", "22", "1e400", "1e-400"),
        *("01", "1.", ".5", "+1", "NaN", "Infinity", "-Infinity", "nan", "1_000", "0x1", "", " ", ":", "[[]]"),
        *("9" * 19, "9" * 400, "-" + "9" * 30, "9" * 5000, "0.1234567890123456789", "5e-324", "[", "[" * 3000),
        *('""', '" "', '"1"', '"upheld"', '"UPHELD"', '"uphold_rate"', '"2019-20"', '"2020"', '"2019/20"', '"1/2"'),
        *('"2/4"', '"1/0"', '"-1/2"', '"4.20"', '"1e2"', '"NaN"', '"2020-03-31"', '"20200331"', '"2020-W14-2"'),
        *('"2020-03-31T00:00:00"', '"2021-02-29"', '"0000-01-01"', '" 2020-03-31"', '"2020-03-31Z"', "20200331"),
        *(r'"\ud800"', r'"\ud83d\ude00"', r'"\u0000"', r'"\x"', r'"\/"', '"\n"', '"\x7f"', '"a: b"', r'"\": \""'),
        *("[]", "[1]", "[null]", "{}", '{"a": 1}', '{"type": "x"}', "'a'", "/* */ 1", "1 // 2", "\ufeff"),
    )
)
SPACES = st.sampled_from(("", "", "", " ", "\n\t", "\r\n  ", "\xa0", "\x0b"))


def written(draw, held, oddly):
    """Write JSON as nobody would: here and there a scrap, an escape, a space, a key twice or one left out."""

    def odd():
        return oddly and draw(st.integers(0, oddly)) == 0

    if odd():
        return draw(SCRAPS)
    if isinstance(held, dict):
        members = [member for member in held.items() if not odd()]
        members += [draw(st.sampled_from(members)) for _ in range(2) if members and odd()]
        if odd():
            members = draw(st.permutations(members))
        pairs = (f"{name(draw, key, odd)}:{written(draw, part, oddly)}" for key, part in members)
        return "{" + ",".join(pairs) + "}"
    if isinstance(held, list):
        return "[" + ",".join(written(draw, part, oddly) for part in held) + "]"
    text = json.dumps(held, ensure_ascii=odd())
    if isinstance(held, str) and held and odd():
        text = f'"\\u{ord(held[0]) % 65536:04x}{text[2:]}'
    return draw(SPACES) + text + draw(SPACES) if odd() else text


def name(draw, key, odd):
    """Write a key, perhaps with an escape in it, or with spaces about it."""
    text = f"\\u{ord(key[0]):04X}{key[1:]}" if odd() and key else key
    return f'{draw(SPACES)}"{text}"{draw(SPACES)}' if odd() else f'"{text}"'


def leaves(held, path):
    """Give the path of every place within what JSON holds that holds nothing further."""
    parts = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
    inner = [leaf for at, part in parts for leaf in leaves(part, (*path, at))]
    yield from inner or [path]


@of_every(TWINS, examples=10)
def test_whatever_is_written_both_ways_agree(kind, data):
    """They give one value, or name the same problems in the same words."""
    document = json.loads(to_json(data.draw(values(kind))))
    # Once in so many places; nought for never.
    text = written(data.draw, document, data.draw(st.sampled_from((0, 3, 10, 30))))

    assert strictly(text, kind) == attempted(text, kind)


@of_every(TWINS, examples=10)
def test_one_scrap_and_nothing_else_wrong(kind, data):
    """So that nothing but the rule of that one place decides."""
    document = json.loads(to_json(data.draw(values(kind))))
    leaf = data.draw(st.sampled_from([*leaves(document["value"], ("value",))]))
    inner = document
    for at in leaf[:-1]:
        inner = inner[at]
    inner[leaf[-1]] = "here"
    text = json.dumps(document).replace('"here"', data.draw(SCRAPS), 1)

    assert strictly(text, kind) == attempted(text, kind)


@given(st.data(), st.lists(values(Investigation), min_size=1, max_size=3).map(tuple))
def test_many_cases_however_written(data, cases):
    """The same of several investigations, which share authorities, at speed and not."""
    text = written(data.draw, json.loads(to_json(cases)), data.draw(st.sampled_from((0, 10, 50, 200))))

    assert strictly(text, tuple[Investigation, ...]) == attempted(text, tuple[Investigation, ...])


@given(st.data(), values(Decision))
def test_damaged_bytes(data, decision):
    """Some bytes of a document replaced, left out or put in: both ways agree, also on what is no UTF-8."""
    held = to_json(decision).encode()
    start = data.draw(st.integers(0, len(held)))
    end = data.draw(st.integers(start, min(len(held), start + 3)))
    damage = data.draw(st.binary(max_size=3) | st.sampled_from((b"\xef\xbb\xbf", b"\x00", b" ", b'"', b":", b"\\")))
    damaged = held[:start] + damage + held[end:]

    assert strictly(damaged, Decision) == attempted(damaged, Decision)


@given(values(Decision), st.text(), st.sampled_from(("", "\ufeff", "\ud800", "null", " ", "x")))
def test_what_stands_before_and_after(decision, after, before):
    """A mark of byte order, a surrogate, a second document: both ways agree on whatever surrounds a document."""
    text = before + to_json(decision) + after

    assert strictly(text, Decision) == attempted(text, Decision)


# --- Keys that stand twice


def places(held):
    """Give every object within what JSON holds."""
    if isinstance(held, dict):
        yield held
    for part in held.values() if isinstance(held, dict) else held if isinstance(held, list) else ():
        yield from places(part)


@given(
    st.data(),
    st.lists(values(Investigation), min_size=1, max_size=3).map(tuple)
    | st.lists(values(Source), min_size=1, max_size=3).map(tuple),
)
def test_a_key_that_stands_twice_is_seen(data, many):
    """In any object of a document, though its two values be the same; so where another key is left out instead."""
    kind = type(many[0])
    document = json.loads(to_json(many))
    objects = [held for held in places(document) if held]
    one = data.draw(st.sampled_from(objects))
    left_out = data.draw(st.sampled_from([None, *list(one)[1:]]))
    one.pop(left_out, None)
    key = next(iter(one))
    text = json.dumps(document)
    once = json.dumps({key: one[key]})[1:-1]
    at = text.index(json.dumps(one)) + 1
    doubled = f"{text[:at]}{once}, {text[at:]}"
    reasons = [reason for _, reason in attempted(doubled, tuple[kind, ...])]

    assert [f"key {key!r} stands twice in one object"] == reasons
    assert strictly(doubled, tuple[kind, ...]) == attempted(doubled, tuple[kind, ...])


def test_the_types_of_cases_and_counts_have_twins():
    """Those of which there are many; a twin is made at first use, and only once."""
    names = {kind.__name__ for kind in TWINS}

    assert names >= {"Decision", "Investigation", "ComplianceOutcome", "AnnualReview", "PublishedDecision", "Authority"}
    assert fast_reader(ReportingYear) is fast_reader(ReportingYear)
    assert fast_reader(lgsco.Comparison) is None
