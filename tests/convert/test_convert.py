"""JSON and rows: the documented forms by hand, and all that is refused, with its place. Every type is left to laws."""

import datetime as dt
import json
import sys
from decimal import Decimal
from fractions import Fraction

import attrs
import cattrs
import pytest
from jsonschema import Draft202012Validator
from tests.support.tables import each_of
from tests.support.values import KENT, YEAR

from lgsco import (
    AnnualReview,
    Authority,
    AuthorityType,
    Average,
    Comparison,
    ComplianceOutcome,
    ComplianceTally,
    Decision,
    DecisionTally,
    Finding,
    Funnel,
    Interval,
    InvestigationTally,
    Measure,
    Outcome,
    Overview,
    Population,
    PopulationRate,
    Position,
    PrintedAverage,
    PrintedPercent,
    PrintedReview,
    Proportion,
    ReceivedTally,
    Recommendation,
    RecommendationKind,
    Register,
    ReportingYear,
    ServiceArea,
    Source,
    Verdict,
    compliance_rate,
    per_population_measure,
    published,
    uphold_rate,
)
from lgsco.comparison import AverageMethod, FunnelPoint, GroupRates, Member, Shrinkage, ShrunkRate, Target
from lgsco.convert import FORMAT, from_dict, from_json, from_rows, json_schema, rows_of, to_json
from lgsco.documents import (
    FindingKind,
    Missing,
    NationalFigures,
    Paragraph,
    ParagraphTopic,
    PrintedPer100k,
)
from lgsco.errors import InvalidValue, Problem
from lgsco.model import RegisterEntry
from lgsco.series import Change

# --- What is written below

BORCHESTER = Authority("Børchester & District", AuthorityType.OTHER)
SOURCE = Source("A page", url="https://example.org/a", published_on=dt.date(2020, 7, 22))
UPHELD = Decision(
    "19 003 456",
    KENT,
    outcome=Outcome.UPHELD,
    decided_on=dt.date(2020, 1, 31),
    service_area=ServiceArea.HOUSING,
    satisfactory_remedy=False,
    public_report=True,
)
UNKNOWN = Decision("96/A/1637", BORCHESTER, outcome=None, decided_on=dt.date(1997, 5, 1))
RECOMMENDATION = Recommendation(
    RecommendationKind.PAYMENT,
    "Pay what the lost lessons cost.",
    agreed_on=dt.date(2020, 2, 1),
    due_on=dt.date(2020, 3, 1),
    payment=Decimal("4200.00"),
)
REVIEW = AnnualReview(
    KENT,
    YEAR,
    investigations=InvestigationTally(19, 3, satisfactory_remedies=3),
    compliance=ComplianceTally(11, 1),
    source=SOURCE,
)
FULL_REVIEW = AnnualReview(
    KENT,
    YEAR,
    investigations=InvestigationTally(2, 1, satisfactory_remedies=0),
    compliance=ComplianceTally(2, 0, late=1),
    overview=Overview(not_for_us=6, assessed_and_closed=4, investigated=3),
    decided=DecisionTally(
        invalid_or_incomplete=1,
        advice_given=2,
        referred_back=3,
        closed_after_initial_enquiries=4,
        not_upheld=1,
        upheld=2,
    ),
    received=ReceivedTally(housing=5, other=None, total=9),
    source=SOURCE,
)
EMPTY_REVIEW = AnnualReview(BORCHESTER, YEAR)
PRINTED_AVERAGE = PrintedAverage(
    AuthorityType.COUNTY_COUNCIL, YEAR, measure=uphold_rate, percent=PrintedPercent(66), source=SOURCE
)
PARTS = tuple(Member(Authority(f"County {n}", AuthorityType.COUNTY_COUNCIL), Proportion(n, 10)) for n in range(5))
GROUP = GroupRates(uphold_rate, YEAR, members=PARTS, type=AuthorityType.COUNTY_COUNCIL, size=7, missing=(BORCHESTER,))
AVERAGE = Average(GROUP, method=AverageMethod.MEAN)
PASSAGE = Paragraph("You were late.", 12, topics=(ParagraphTopic.LIAISON, ParagraphTopic.LATE_COMPLIANCE))
FINDING = Finding(
    kind=FindingKind.WRONG_BASE,
    name="Kent County Council",
    year=YEAR,
    where="satisfactory remedy rate",
    printed="a base of 22",
    follows="3 of 19 is 16%",
    source=SOURCE,
)


def named(held):
    """Name a test by the type of its value."""
    return type(held).__name__


def document(value, kind, **changed):
    """Write a document by hand: the value as plain Python, and what is changed of its head."""
    return json.dumps({"lgsco": FORMAT, "type": kind.__name__, "value": value, **changed})


def plain(value):
    """Give what ``to_json`` writes for a value, without the head."""
    return json.loads(to_json(value))["value"]


def refused(text, kind):
    """Read what cannot be read, and give the problems found."""
    with pytest.raises(InvalidValue) as caught:
        from_json(text, kind)

    assert {Problem} == {type(problem) for problem in caught.value.problems}
    assert all(problem.reason for problem in caught.value.problems)
    return caught.value.problems


def places(text, kind):
    """Read what cannot be read, and give the places of the problems found."""
    return [str(problem.place) for problem in refused(text, kind)]


# --- Round trips


def test_no_values_are_read_as_none():
    """An empty list of values is one that others may send, though its type could not be told here."""
    assert () == from_json('{"lgsco": 1, "type": "Proportion", "values": []}', tuple[Proportion, ...])


def test_what_is_shipped_comes_back():
    """The register, the figures and the counts that ship with the package survive JSON whole."""
    register = published.register()

    assert register == from_json(to_json(register), Register)
    assert published.printed() == from_json(to_json(published.printed()), tuple[PrintedReview, ...])
    assert published.reviews() == from_json(to_json(published.reviews()), tuple[AnnualReview, ...])
    assert published.averages() == from_json(to_json(published.averages()), tuple[PrintedAverage, ...])
    assert published.national() == from_json(to_json(published.national()), tuple[NationalFigures, ...])


# --- What is written


def test_a_review_is_written_as_documented():
    """Slugs, ISO dates, years as printed, ``null`` for what is not known, and each total beside its parts."""
    assert {
        "lgsco": 1,
        "type": "AnnualReview",
        "value": {
            "authority": {"name": "Kent County Council", "type": "county_council", "code": "E10000016"},
            "year": "2019-20",
            "investigations": {"upheld": 19, "not_upheld": 3, "satisfactory_remedies": 3, "total": 22},
            "compliance": {"complied": 11, "not_complied": 1, "late": None, "total": 12},
            "overview": None,
            "decided": None,
            "received": None,
            "source": {
                "title": "A page",
                "url": "https://example.org/a",
                "published_on": "2020-07-22",
                "basis": "published",
            },
        },
    } == json.loads(to_json(REVIEW))


def test_money_and_shares_are_written_exactly():
    """Decimals and fractions stand as text, which no reader takes for a float."""
    assert "4200.00" == plain(RECOMMENDATION)["payment"]
    assert {"share": "2/3"} == plain(Target(Fraction(2, 3)))
    assert {"value": 86, "places": 0} == plain(PrintedPercent(86))
    assert {"value": "86.4", "places": 1} == plain(PrintedPercent(Decimal("86.4"), places=1))


def test_a_comparison_is_written_with_what_follows_from_it():
    """A reader in another language finds the rate, its interval and the pooled cases of an average."""
    written = plain(Comparison(REVIEW, uphold_rate, benchmark=AVERAGE))

    assert {"numerator": 19, "denominator": 22} == written["rate"]
    assert plain(Proportion(19, 22).interval()) == written["interval"]
    assert ("Average", {"numerator": 10, "denominator": 50}) == (
        written["benchmark"]["type"],
        written["benchmark"]["pooled"],
    )
    assert "uphold_rate" == written["measure"] == written["benchmark"]["group"]["measure"]


def test_what_follows_may_be_left_out():
    """A writer in another language need not compute rates in order to be read."""
    comparison = Comparison(REVIEW, uphold_rate, benchmark=AVERAGE)
    written = plain(comparison)
    del written["rate"], written["interval"], written["benchmark"]["pooled"]

    assert comparison == from_json(document(written, Comparison), Comparison)


def test_letters_of_other_alphabets_are_written_as_they_are():
    """A name is not escaped beyond recognition, and may be indented for people."""
    assert "Børchester & District" in to_json(BORCHESTER)
    assert json.loads(to_json(BORCHESTER)) == json.loads(to_json(BORCHESTER, indent=2))
    assert 1 < len(to_json(BORCHESTER, indent=2).splitlines())


@attrs.frozen
class NotOurs:
    """A class of somebody else's."""

    held: int = 1


@each_of(
    "held",
    [
        None,
        3,
        "Kent",
        {"numerator": 1},
        NotOurs(),
        [],
        (),
        [KENT, YEAR],
        [3],
        ValueError("x"),
        per_population_measure({}),
    ],
)
def test_only_values_of_ours_are_written(held):
    """What is no value, or nothing to tell a type by, or a measure that its name would not bring back, is refused."""
    with pytest.raises(TypeError):
        to_json(held)


@each_of("kind", [int, str, NotOurs, tuple[int, ...], ValueError, dict, None])
def test_only_types_of_ours_are_read(kind):
    """Asking for another type is a mistake of the program, not of the document."""
    with pytest.raises(TypeError):
        from_json('{"lgsco": 1, "type": "int", "value": 3}', kind)


def test_the_converter_of_cattrs_is_left_alone():
    """Other users of cattrs in the same program still get its own habits: coercion, and years by their fields."""
    to_json(REVIEW)

    assert Proportion(3, 4) == cattrs.structure({"numerator": "3", "denominator": 4.9, "extra": 1}, Proportion)
    assert {"ending": 2020} == cattrs.unstructure(YEAR)


# --- What is not JSON, or not ours

GOOD = '{"lgsco": 1, "type": "Proportion", "value": {"numerator": 1, "denominator": 2}}'


@each_of("changed", [2, 0, -1, "1", True, 1.0, None, [1], {}])
def test_another_version_is_refused(changed):
    """A document is of version 1, and ``true`` or ``1.0`` is no version."""
    assert ["$.lgsco"] == places(document({"numerator": 1, "denominator": 2}, Proportion, lgsco=changed), Proportion)


@each_of("changed", ["Interval", "proportion", "", None, 1, ["Proportion"], {}])
def test_another_type_is_refused(changed):
    """A document says of what type it is, and that is the type asked for."""
    assert ["$.type"] == places(document({"numerator": 1, "denominator": 2}, Proportion, type=changed), Proportion)


@each_of(("text", "expected"), [
        ("{}", ["$.lgsco", "$.type", "$.value"]),
        ('{"numerator": 1, "denominator": 2}', ["$.denominator", "$.lgsco", "$.numerator", "$.type", "$.value"]),
        ('{"lgsco": 1, "type": "Proportion"}', ["$.value"]),
        ('{"lgsco": 1, "type": "Proportion", "values": []}', ["$.value", "$.values"]),
        (GOOD[:-1] + ', "comment": ""}', ["$.comment"]),
        ('{"type": "X", "value": {"numerator": "3"}, "also": 1}', [
            "$.also", "$.lgsco", "$.type", "$.value.denominator", "$.value.numerator",
        ]),
        ('{"lgsco": 2, "type": "X", "value": {"numerator": "3"}, "also": 1}', ["$.lgsco"]),
    ])  # fmt: skip
def test_the_head_of_a_document_is_checked_whole(text, expected):
    """Everything that is wrong with the head is told at once, together with what is wrong below it."""
    assert expected == sorted(places(text, Proportion))


@each_of("text", ["[]", "3", "null", "true", '"text"', "[" + GOOD + "]"])
def test_a_document_is_an_object(text):
    """What is JSON but no object is refused at its root."""
    assert ["$"] == places(text, Proportion)


@each_of(
    ("text", "place"),
    [
        ("", "line 1, column 1"),
        ("lgsco", "line 1, column 1"),
        (GOOD[:-1], f"line 1, column {len(GOOD)}"),
        (GOOD + GOOD, f"line 1, column {len(GOOD) + 1}"),
        (GOOD.replace("1", "01", 1), "line 1, column 12"),
        # The comma too many, or what should come after it.
        ('{\n  "lgsco": 1,\n}', "line 2, column 13" if sys.version_info >= (3, 13) else "line 3, column 1"),
        ("{'lgsco': 1}", "line 1, column 2"),
    ],
)
def test_what_is_not_json_is_refused_where_it_goes_wrong(text, place):
    """The line and the column are those of the text."""
    assert [place] == places(text, Proportion)


def test_bytes_are_utf_8_and_nothing_else():
    """A byte that is not is told by its number; a mark of byte order does no harm."""
    broken = GOOD.encode().replace(b"Proportion", b"Prop\xffrtion")

    assert Proportion(1, 2) == from_json(b"\xef\xbb\xbf" + GOOD.encode(), Proportion)
    assert [f"byte {broken.index(0xFF)}"] == places(broken, Proportion)


@each_of("coding", ["utf-16", "utf-16-le", "utf-32", "cp037"])
def test_other_encodings_are_refused(coding):
    """Bytes in another encoding are not guessed at."""
    (place,) = places(GOOD.encode(coding), Proportion)

    assert place.startswith(("byte ", "line 1, "))


@each_of("word", ["NaN", "Infinity", "-Infinity"])
def test_words_for_no_number_are_refused(word):
    """JSON has no NaN, though Python's reader takes it."""
    text = f'{{"lgsco": 1, "type": "Interval", "value": {{"lower": {word}}}}}'
    (problem,) = refused(text, Interval)

    assert word in problem.reason


@each_of(
    "text",
    [
        GOOD.replace('"type"', '"lgsco": 1, "type"'),
        GOOD.replace('"denominator"', '"numerator": 2, "denominator"'),
        GOOD.replace("}}", ', "denominator": 3}}'),
    ],
)
def test_a_key_that_stands_twice_is_refused(text):
    """Python would keep the last and drop the first in silence."""
    (problem,) = refused(text, Proportion)

    assert "$" == str(problem.place)


@each_of("depth", [100, 900, 1_000, 5_000, 200_000])
@each_of(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_refused(depth, opening, closing):
    """Depth is a fault of the document, which ends in a refusal and never in a crash."""
    nested = opening * depth + "1" + closing * depth
    for place in ("value", "comment"):
        text = f'{{"lgsco": 1, "type": "Comparison", "{place}": {nested}}}'

        assert set(places(text, Comparison)) & {"$", "$.value", "$.value.a", "$.comment"}


def test_a_number_too_long_to_read_is_refused():
    """Python reads no whole number of more than some thousands of digits."""
    (problem,) = refused(GOOD.replace("1,", "9" * 10_000 + ",", 1), Proportion)

    assert str(problem.place).startswith("$")
    assert len(problem.reason) < 200


# --- What does not fit a type


@each_of("wrong", ["3", "", 2.7, 1.0, -0.0, True, False, None, [], [3], {}, {"value": 3}])
def test_a_count_is_a_whole_number_and_nothing_else(wrong):
    """Nothing is coerced: not text, not a float without a fraction, not ``true``; what was found is shown."""
    (problem,) = refused(document({"numerator": wrong, "denominator": 4}, Proportion), Proportion)

    assert "$.value.numerator" == str(problem.place)
    assert repr(wrong) in problem.reason


@each_of(
    "wrong",
    [
        "20200331",
        "2020-3-31",
        "2020-02-30",
        "2020-W14-2",
        "2020-091",
        "2020-03-31T00:00:00",
        "31 March 2020",
        "",
        " ",
        "2020-03-31 ",
        "٢٠٢٠-٠٣-٣١",
        20200331,
        1.5,
        True,
        [],
        {},
    ],
)
def test_a_date_is_written_one_way(wrong):
    """The other forms of ISO 8601, which Python reads, are none that we write."""
    good = plain(SOURCE)

    assert ["$.value.published_on"] == places(document({**good, "published_on": wrong}, Source), Source)


@each_of(
    "wrong",
    [
        "4,200",
        "4200.",
        ".5",
        "",
        ".",
        "1e3",
        "1E+3",
        "NaN",
        "Infinity",
        "-1",
        "-0",
        "+1",
        " 1",
        "1_000",
        "٤٢",
        "£1",
        "1.2.3",
        4200,
        42.5,
        True,
        [],
        {},
    ],
)
def test_a_sum_of_money_is_digits_in_quotes(wrong):
    """A JSON number would be a float to most readers; signs, exponents and separators are none that we write."""
    good = plain(RECOMMENDATION)

    assert ["$.value.payment"] == places(document({**good, "payment": wrong}, Recommendation), Recommendation)


@each_of("wrong", ["2020", "2019/20", "2019-2020", "2019-21", "2019-20 ", "1973-74", "", 2020, True, {}])
def test_a_year_is_written_one_way(wrong):
    """What a person may type is more than what a document may hold."""
    assert ["$.value.year"] == places(document({**plain(EMPTY_REVIEW), "year": wrong}, AnnualReview), AnnualReview)


@each_of("wrong", ["Upheld", "UPHELD", "upheld ", "", "unknown", 1, True, ["upheld"], {}])
def test_an_outcome_is_one_of_its_slugs(wrong):
    """Case and spaces matter, and the problem lists what may stand there."""
    (problem,) = refused(document({**plain(UPHELD), "outcome": wrong}, Decision), Decision)

    assert "$.value.outcome" == str(problem.place)
    assert all(outcome in problem.reason for outcome in Outcome)


@each_of("wrong", [0, 1, "true", "", [], {}])
def test_a_flag_is_true_or_false(wrong):
    """Nought is not false."""
    assert ["$.value.public_report"] == places(document({**plain(UPHELD), "public_report": wrong}, Decision), Decision)


@each_of("wrong", ["", " A", "A\n", 3, True, None, [], {}])
def test_a_name_is_text(wrong):
    """Neither nothing nor something else, and without spaces at its ends."""
    assert ["$.value.name"] == places(document({**plain(KENT), "name": wrong}, Authority), Authority)


@each_of("wrong", ["0.95", True, None, [], 0, 1, 1.5, -0.1])
def test_a_confidence_is_a_number_between_nought_and_one(wrong):
    """The type is checked on reading and the range by the value itself; either way the place is told."""
    good = plain(Comparison(REVIEW, uphold_rate, benchmark=None))
    del good["interval"]

    assert ["$.value.confidence"] == places(document({**good, "confidence": wrong}, Comparison), Comparison)


def test_a_whole_number_may_stand_for_a_float():
    """JSON does not tell 1 from 1.0, and other languages write either."""
    limits = {"lower": 0, "upper": 1, "confidence": 0.95, "method": "wilson"}
    read = from_json(document(limits, Interval), Interval)

    assert (float, float) == (type(read.lower), type(read.upper))
    assert Interval(0.0, 1.0, confidence=0.95, method="wilson") == read


def test_a_number_that_overflows_is_refused():
    """``1e999`` is infinite to Python, and a limit is finite."""
    text = document({"lower": 0, "upper": 1, "confidence": 0.95, "method": "x"}, Interval).replace('r": 1', 'r": 1e999')

    assert ["$.value.upper"] == places(text, Interval)


@each_of("wrong", ["uphold", "Uphold rate", "_uphold_rate", "Measure", "KEY_STATISTICS", "", 1, None, {}])
def test_a_measure_is_known_by_its_name(wrong):
    """Other names of the room it stands in do not do."""
    (problem,) = refused(document(wrong, Measure), Measure)

    assert "$.value" == str(problem.place)
    assert "uphold_rate" in problem.reason


@each_of("wrong", ["2/4", "4/2/1", "1/0", "0.5", "1", "+1/2", " 1/2", "1/2 ", "1e1", "½", "", 0.5, 1, [], True])
def test_a_target_is_a_fraction_in_lowest_terms(wrong):
    """A float or an unnormalised fraction is no exact share."""
    assert ["$.value.share"] == places(document({"share": wrong}, Target), Target)


@each_of("wrong", ["-1/3", "3/2"])
def test_a_target_is_a_share(wrong):
    """A fraction outside nought to one is one that the value itself refuses."""
    assert ["$.value.share"] == places(document({"share": wrong}, Target), Target)


@each_of("wrong", [None, "Average ", "Member", "average", 1, [], {}])
def test_a_benchmark_says_which_kind_it_is(wrong):
    """Where several kinds may stand, an object without a kind is not guessed at."""
    good = plain(Comparison(REVIEW, uphold_rate, benchmark=PrintedPercent(66)))
    good["benchmark"]["type"] = wrong
    without = {**good, "benchmark": {"value": 66, "places": 0}}

    for value in (good, without):
        (problem,) = refused(document(value, Comparison), Comparison)

        assert str(problem.place) in {"$.value.benchmark", "$.value.benchmark.type"}
        assert "PrintedAverage" in problem.reason


@each_of("wrong", ["liaison", "", {}, {"0": "liaison"}, None, 3, True])
def test_a_list_is_no_string_and_no_object(wrong):
    """A string would be taken for the list of its letters."""
    assert ["$.value.topics"] == places(document({**plain(PASSAGE), "topics": wrong}, Paragraph), Paragraph)


@each_of("wrong", [[], [1, 2], ["numerator", "denominator"], "Proportion", 3, True, None])
def test_an_object_is_no_list(wrong):
    """A value stands as an object, also within another."""
    assert ["$.value"] == places(document(wrong, Proportion), Proportion)
    assert ["$.value.rate"] == places(document({**plain(PARTS[0]), "rate": wrong}, Member), Member)


@each_of("wrong", [[590], [590, 150, 0], [], "590"])
def test_a_pair_has_two_members(wrong):
    """A list of another length is refused as a whole."""
    good = plain(RegisterEntry(KENT))

    assert ["$.value.centre_km"] == places(document({**good, "centre_km": wrong}, RegisterEntry), RegisterEntry)


def test_members_of_lists_are_told_by_their_number():
    """Counted from nought, as in a program, and through every list on the way."""
    value = plain(AVERAGE)
    members = value["group"]["members"]
    members[0]["rate"]["numerator"] = "1"
    members[3]["authority"]["type"] = "shire"
    members[4] = 5
    value["group"]["missing"].append({"name": "", "type": "other"})

    assert [
        "$.value.group.members[0].rate.numerator",
        "$.value.group.members[3].authority.type",
        "$.value.group.members[4]",
        "$.value.group.missing[1].name",
    ] == sorted(places(document(value, Average), Average))


def test_members_of_several_values_are_told_by_their_number():
    """The same for a document that holds many; a single value where many are due is refused as a whole."""
    many = '{"lgsco": 1, "type": "ReportingYear", "values": ["2019-20", 2020, "2020-21", "2020"]}'
    one = '{"lgsco": 1, "type": "ReportingYear", "values": "2019-20"}'

    assert ["$.values[1]", "$.values[3]"] == places(many, tuple[ReportingYear, ...])
    assert ["$.values"] == places(one, tuple[ReportingYear, ...])


def test_everything_wrong_is_told_at_once():
    """Unknown keys, missing keys, wrong types and broken rules of one document, each with its path."""
    value = plain(FULL_REVIEW)
    value["authority"] = {"name": " Kent", "type": "county", "Code": "E10000016"}
    value["investigations"]["upheld"] = "2"
    value["compliance"] = {"complied": -1, "not_complied": True}
    value["decided"]["upheld"] = 2.0
    value["received"] = [5]
    value["source"] = {"url": None, "published_on": "20200722", "extra": {}}
    value["reveiw"] = None

    assert [
        "$.value.authority.Code",
        "$.value.authority.type",
        "$.value.compliance.not_complied",
        "$.value.decided.upheld",
        "$.value.investigations.upheld",
        "$.value.received",
        "$.value.reveiw",
        "$.value.source.extra",
        "$.value.source.published_on",
        "$.value.source.title",
    ] == sorted(places(document(value, AnnualReview), AnnualReview))


def test_the_rules_of_a_value_are_told_with_their_fields():
    """What a value refuses is told as any other problem: several fields at once, and rules between fields."""
    assert ["$.value.denominator", "$.value.numerator"] == sorted(
        places(document({"numerator": -1, "denominator": -2}, Proportion), Proportion)
    )
    assert ["$.value.numerator"] == places(document({"numerator": 3, "denominator": 2}, Proportion), Proportion)
    assert ["$.value.total"] == places(
        document({"upheld": 19, "not_upheld": 3, "total": 23}, InvestigationTally), InvestigationTally
    )
    assert ["$.value.satisfactory_remedy"] == places(
        document({**plain(UPHELD), "outcome": "not_upheld", "satisfactory_remedy": True}, Decision), Decision
    )
    assert ["$.value.status"] == places(
        document(
            {
                "reference": "19 003 456",
                "authority": plain(KENT),
                "status": "on_time",
                "recorded_on": "2020-03-31",
                "due_on": "2020-02-01",
                "completed_on": "2020-02-02",
            },
            ComplianceOutcome,
        ),
        ComplianceOutcome,
    )


def test_a_rule_between_the_parts_of_a_value_names_the_part():
    """A review whose parts contradict each other is told by the part."""
    value = plain(FULL_REVIEW)
    value["overview"] = {"not_for_us": 6, "assessed_and_closed": 4, "investigated": 4}

    assert {"$.value.investigations.total", "$.value.overview.total"} == set(
        places(document(value, AnnualReview), AnnualReview)
    ) or ["$.value.investigations.total"] == places(document(value, AnnualReview), AnnualReview)


@each_of(
    ("path", "wrong"),
    [
        (("rate", "numerator"), 20),
        (("rate",), None),
        (("rate",), {"numerator": 38, "denominator": 44}),
        (("rate",), 0.86),
        (("interval", "lower"), 0.5),
        (("interval",), None),
        (("benchmark", "pooled", "denominator"), 51),
        (("benchmark", "pooled"), None),
    ],
)
def test_what_does_not_follow_is_refused(path, wrong):
    """A rate that its own counts deny is not read, however well it is formed."""
    value = plain(Comparison(REVIEW, uphold_rate, benchmark=AVERAGE))
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = wrong
    derived = "$.value.benchmark.pooled" if path[0] == "benchmark" else f"$.value.{path[0]}"

    assert [derived] == places(document(value, Comparison), Comparison)


def test_both_rates_that_do_not_follow_are_told():
    """Of several derived figures each is told."""
    value = {**plain(Comparison(REVIEW, uphold_rate, benchmark=None)), "rate": 1, "interval": 2}

    assert ["$.value.interval", "$.value.rate"] == sorted(places(document(value, Comparison), Comparison))


def test_a_refusal_speaks_our_words():
    """No name of a class of cattrs or of Python reaches whoever reads the refusal."""
    value = {**plain(FULL_REVIEW), "year": 2020, "authority": [], "source": {"basis": 1, "extra": 2}}
    text = str(InvalidValue(refused(document(value, AnnualReview), AnnualReview), subject="this holds no AnnualReview"))

    assert not [word for word in ("cattr", "structur", "KeyError", "TypeError", "<class", "Traceback") if word in text]


def test_what_was_found_is_shown_in_short():
    """A refusal of a long text is a line, not a page."""
    (problem,) = refused(document({"numerator": "3" * 5_000, "denominator": 4}, Proportion), Proportion)

    assert len(problem.reason) < 200


# --- JSON Schema


@each_of(
    ("value", "kind"),
    [
        ({"numerator": "1", "denominator": 2}, Proportion),
        ({"numerator": True, "denominator": 2}, Proportion),
        ({"numerator": 1}, Proportion),
        ({"numerator": 1, "denominator": 2, "percent": 50}, Proportion),
        ([1, 2], Proportion),
        ("2019/20", ReportingYear),
        ("upheld ", Outcome),
        ("uphold", Measure),
        ({**plain(RECOMMENDATION), "payment": 4200}, Recommendation),
        ({**plain(RECOMMENDATION), "payment": ""}, Recommendation),
        ({**plain(RECOMMENDATION), "payment": "-1"}, Recommendation),
        ({**plain(PASSAGE), "topics": "liaison"}, Paragraph),
        ({**plain(REVIEW), "authority": None}, AnnualReview),
        ({**plain(REVIEW), "investigations": []}, AnnualReview),
        ({**plain(RegisterEntry(KENT)), "centre_km": [1]}, RegisterEntry),
        ({**plain(Comparison(REVIEW, uphold_rate, benchmark=None)), "confidence": "0.95"}, Comparison),
    ],
)
def test_the_schema_refuses_what_cannot_be_read(value, kind):
    """A validator in another language refuses the same: other types, unknown keys, missing keys, unknown words."""
    text = document(value, kind)

    assert not Draft202012Validator(json_schema(kind)).is_valid(json.loads(text))
    assert places(text, kind)


def test_a_benchmark_without_its_kind_does_not_fit_the_schema():
    """Where several kinds may stand, the schema asks for the kind as the reader does."""
    value = plain(Comparison(REVIEW, uphold_rate, benchmark=PrintedPercent(66)))
    validator = Draft202012Validator(json_schema(Comparison))
    before = validator.is_valid(json.loads(document(value, Comparison)))
    del value["benchmark"]["type"]

    assert (True, False) == (before, validator.is_valid(json.loads(document(value, Comparison))))


@each_of("kind", [int, dict, NotOurs, ValueError, None, "Proportion"])
def test_only_types_of_ours_have_a_schema(kind):
    """Asking for another type is a mistake of the program."""
    with pytest.raises(TypeError):
        json_schema(kind)


# --- Rows

COUNTS = {
    "investigations": 3,
    "upheld": 2,
    "not_upheld": 1,
    "satisfactory_remedies": 0,
    "compliance_outcomes": 2,
    "complied": 2,
    "not_complied": 0,
    "late": 1,
    "dealt_with": 13,
    "not_for_us": 6,
    "assessed_and_closed": 4,
    "investigated": 3,
    "decided_invalid_or_incomplete": 1,
    "decided_advice_given": 2,
    "decided_referred_back": 3,
    "decided_closed_after_initial_enquiries": 4,
    "decided_not_upheld": 1,
    "decided_upheld": 2,
    "decided_total": 13,
    "received_adult_care_services": None,
    "received_benefits_and_tax": None,
    "received_corporate_and_other_services": None,
    "received_education_and_childrens_services": None,
    "received_environmental_services": None,
    "received_highways_and_transport": None,
    "received_housing": 5,
    "received_planning_and_development": None,
    "received_other": None,
    "received_total": 9,
}
WHO_AND_WHEN = {
    "authority": "Kent County Council",
    "code": "E10000016",
    "authority_type": "county_council",
    "year_ending": dt.date(2020, 3, 31),
}
FROM = {
    "source_title": "A page",
    "source_url": "https://example.org/a",
    "source_published_on": dt.date(2020, 7, 22),
    "source_basis": "published",
}


def bad_cells(rows, kind):
    """Read rows that cannot be read, and give the places of the problems found."""
    with pytest.raises(InvalidValue) as caught:
        from_rows(rows, kind)

    assert {Problem} == {type(problem) for problem in caught.value.problems}
    return [str(problem.place) for problem in caught.value.problems]


def test_the_row_of_a_review():
    """Who, when, every count under its own name in the order of the documentation, and the source."""
    (row,) = rows_of([FULL_REVIEW])

    assert [*WHO_AND_WHEN.items(), *COUNTS.items(), *FROM.items()] == [*row.items()]
    assert {str, int, dt.date, type(None)} == {type(cell) for cell in row.values()}
    assert [FULL_REVIEW] == from_rows([row], AnnualReview)


def test_the_row_of_a_review_of_which_nothing_is_known():
    """Every column is there for every review, so that rows make a table."""
    (row,) = rows_of([EMPTY_REVIEW])

    assert [*WHO_AND_WHEN, *COUNTS, *FROM] == [*row]
    assert {None} == {row[column] for column in (*COUNTS, *FROM)}
    assert [EMPTY_REVIEW] == from_rows([row], AnnualReview)


@each_of(
    ("beside", "share"),
    [
        (PRINTED_AVERAGE, 0.66),
        (PrintedPercent(Decimal("66.5"), places=1), 0.665),
        (Target(Fraction(3, 4)), 0.75),
        (AVERAGE, 0.2),
        (Average(attrs.evolve(GROUP, members=PARTS[:4])), None),
        (None, None),
    ],
)
def test_the_row_of_a_comparison(beside, share):
    """The rate with its counts, a whole percentage, and limits and benchmark as shares."""
    (row,) = rows_of([Comparison(REVIEW, uphold_rate, benchmark=beside)])
    lower, upper = row.pop("lower"), row.pop("upper")
    assert (share is None) == (row.pop("position") is None)
    assert row.pop("verdict") in set(Verdict)

    assert [
        *WHO_AND_WHEN.items(),
        ("measure", "uphold_rate"),
        ("numerator", 19),
        ("denominator", 22),
        ("percent", 86),
        ("benchmark", share),
    ] == [*row.items()]
    assert (66.7, 95.3) == (round(100 * lower, 1), round(100 * upper, 1))
    assert {int} == {type(row[column]) for column in ("numerator", "denominator", "percent")}


def test_the_columns_of_a_comparison_stand_in_the_documented_order():
    """The columns that a frame or a spreadsheet gets."""
    (row,) = rows_of([Comparison(REVIEW, uphold_rate, benchmark=None)])

    assert [
        *WHO_AND_WHEN,
        "measure",
        "numerator",
        "denominator",
        "percent",
        "lower",
        "upper",
        "benchmark",
        "position",
        "verdict",
    ] == [*row]


@each_of(
    ("compliance", "expected"),
    [
        (None, (None, None, None, None, None)),
        (ComplianceTally(0, 0), (0, 0, None, None, None)),
        (ComplianceTally(0, 2), (0, 2, 0, 0.0, 0.658)),
    ],
)
def test_the_four_states_stay_apart_in_a_row(compliance, expected):
    """Not published, nothing to share and a true nought are three different rows."""
    review = attrs.evolve(REVIEW, compliance=compliance)
    (row,) = rows_of([Comparison(review, compliance_rate, benchmark=None)])
    cells = [row[column] for column in ("numerator", "denominator", "percent", "lower", "upper")]

    assert expected == (*cells[:4], cells[4] and round(cells[4], 3))


def test_rows_of_comparisons_are_not_read_back():
    """They leave out what they were made from."""
    rows = rows_of([Comparison(REVIEW, uphold_rate, benchmark=None)])
    with pytest.raises(TypeError):
        from_rows(rows, Comparison)


PER = PopulationRate(31, Population(560_000, dt.date(2021, 6, 30)))


def test_the_rows_of_a_funnel():
    """A whole funnel says of which year and measure its points are; a point by itself does not carry that."""
    points = (
        FunnelPoint(KENT, Proportion(19, 22), position=Position.ABOVE_ALERT),
        FunnelPoint(Authority("Leeds City Council", AuthorityType.METROPOLITAN_BOROUGH), Proportion(0, 0)),
    )
    members = tuple(Member(point.authority, point.rate) for point in points)
    whole = Funnel(GroupRates(uphold_rate, ReportingYear(2020), members=members), target=None, target_is="none")

    first, other = rows_of(points)

    whose = {"authority": "Kent County Council", "code": KENT.code, "authority_type": "county_council"}
    counts = {"numerator": 19, "denominator": 22, "percent": 86, "per": None, "position": "above_alert"}
    assert whose | counts == first
    assert (0, 0, None, None) == tuple(other[name] for name in ("numerator", "denominator", "percent", "position"))
    made_of = {"year_ending": dt.date(2020, 3, 31), "measure": "uphold_rate"}
    names = ("target", "z_score", "p_value", "lower_95", "upper_95", "lower_99_8", "upper_99_8", "widened")
    nothing = dict.fromkeys(names)
    assert [first | made_of | nothing | {"position": None}, other | made_of | nothing] == rows_of([whole])
    assert [*whose, *made_of, *counts, *names] == [*rows_of([whole])[0]]


def test_the_row_of_a_rate_for_so_many_people_has_no_percentage():
    """It says how many people it is of, and for how many it is."""
    [row] = rows_of([FunnelPoint(KENT, PER)])

    assert (31, 560_000, None, 100_000) == tuple(row[name] for name in ("numerator", "denominator", "percent", "per"))


def test_the_rows_of_a_group():
    """A row for each member with its counts; a whole group says of which year and measure they are."""
    first, *_ = rows_of(PARTS)

    whose = {"authority": "County 0", "code": None, "authority_type": "county_council"}
    counts = {"numerator": 0, "denominator": 10, "percent": 0, "per": None}
    made_of = {"year_ending": YEAR.end, "measure": "uphold_rate"}
    assert whose | counts == first
    assert [*whose, *made_of, *counts] == [*rows_of([GROUP])[0]]
    assert len(PARTS) == len(rows_of([GROUP]))


def test_the_rows_of_shrunken_rates():
    """Each council's own counts, where its rate is moved to, and what its own was given."""
    point = ShrunkRate(KENT, Proportion(19, 22), estimate=0.8, weight=0.5)
    whole = Shrinkage(GroupRates(uphold_rate, ReportingYear(2020), members=(Member(KENT, point.rate),)))

    [row] = rows_of([point])

    assert (19, 22, 86, 0.8, 0.5) == tuple(
        row[name] for name in ("numerator", "denominator", "percent", "estimate", "weight")
    )
    year = {"year_ending": dt.date(2020, 3, 31), "measure": "uphold_rate"}
    assert [row | year | {"estimate": None, "weight": None}] == rows_of([whole])


@each_of(
    ("tally", "expected"),
    [
        (InvestigationTally(63, 13), (76, 83, "not_distinguishable")),
        (InvestigationTally(0, 0), (0, None, "no_rate")),
        (None, (None, None, "no_rate")),
    ],
)
def test_the_row_of_a_change(tally, expected):
    """The counts of both years, and their difference where there is one."""
    earlier = AnnualReview(KENT, ReportingYear(2024), investigations=InvestigationTally(76, 18))
    later = AnnualReview(KENT, ReportingYear(2025), investigations=tally)

    [row] = rows_of([Change(earlier, later, measure=uphold_rate)])

    assert (dt.date(2024, 3, 31), 76, 94, 81) == tuple(
        row[f"earlier_{name}"] for name in ("year_ending", "numerator", "denominator", "percent")
    )
    assert expected == (row["later_denominator"], row["later_percent"], row["verdict"])
    apart = {row["difference"] is None, row["lower"] is None, row["upper"] is None}
    assert {expected[1] is None} == apart


FLAT = {
    KENT: {"name": "Kent County Council", "authority_type": "county_council", "code": "E10000016"},
    UPHELD: {
        "reference": "19 003 456",
        "authority": "Kent County Council",
        "code": "E10000016",
        "authority_type": "county_council",
        "outcome": "upheld",
        "decided_on": dt.date(2020, 1, 31),
        "service_area": "housing",
        "satisfactory_remedy": False,
        "public_report": True,
    },
    RECOMMENDATION: {
        "kind": "payment",
        "text": "Pay what the lost lessons cost.",
        "agreed_on": dt.date(2020, 2, 1),
        "due_on": dt.date(2020, 3, 1),
        "completed_on": None,
        "payment": Decimal("4200.00"),
        "payment_in_text": False,
    },
    FINDING: {
        "kind": "wrong_base",
        "name": "Kent County Council",
        "year_ending": dt.date(2020, 3, 31),
        "where": "satisfactory remedy rate",
        "printed": "a base of 22",
        "follows": "3 of 19 is 16%",
        "certainty": "certain",
        **FROM,
    },
    PRINTED_AVERAGE: {
        "authority_type": "county_council",
        "year_ending": dt.date(2020, 3, 31),
        "measure": "uphold_rate",
        "percent_value": 66,
        "percent_places": 0,
        **FROM,
    },
    PopulationRate(31, Population(560_000, dt.date(2021, 6, 30), source=Source("ONS"))): {
        "events": 31,
        "population_people": 560_000,
        "population_estimated_on": dt.date(2021, 6, 30),
        "population_source_title": "ONS",
        "population_source_url": None,
        "population_source_published_on": None,
        "population_source_basis": "published",
        "per": 100_000,
    },
    InvestigationTally(19, 3): {"upheld": 19, "not_upheld": 3, "satisfactory_remedies": None, "total": 22},
}


@each_of("value", FLAT)
def test_the_row_of_a_flat_value(value):
    """Fields in their order, a value within a value joined by an underscore; and back."""
    (row,) = rows_of([value])

    assert [*FLAT[value].items()] == [*row.items()]
    assert [value] == from_rows([row], type(value))
    assert all(type(cell) in {str, int, bool, float, dt.date, Decimal, type(None)} for cell in row.values())


@each_of(
    "value",
    [
        UNKNOWN,
        InvestigationTally(None, 3),
        InvestigationTally(None, None, total=22),
        InvestigationTally(None, None),
        ComplianceTally(11, None),
        ComplianceTally(None, None),
        DecisionTally(),
        PrintedPer100k(average=Missing.NOT_APPLICABLE),
        PrintedPercent(Decimal("99.40"), places=2),
        AnnualReview(KENT, YEAR, investigations=InvestigationTally(None, None, total=22)),
        AnnualReview(KENT, YEAR, investigations=InvestigationTally(None, 3), compliance=ComplianceTally(11, None)),
        AnnualReview(KENT, YEAR, overview=Overview(total=5), decided=DecisionTally(upheld=0)),
    ],
)
def test_what_is_not_known_comes_back_as_not_known(value):
    """A cell without a value is what is not known, also where the field must be given, and text stays text."""
    assert [value] == from_rows(rows_of([value]), type(value))


def test_a_part_of_which_nothing_is_known_comes_back_as_no_part():
    """The documented exception: rows cannot tell a tally without counts from no tally."""
    review = attrs.evolve(EMPTY_REVIEW, investigations=InvestigationTally(None, None), overview=Overview())

    assert [EMPTY_REVIEW] == from_rows(rows_of([review]), AnnualReview)


def test_shipped_figures_lie_flat():
    """What ships can be laid out as rows, and the counts be read back."""
    assert [*published.reviews()] == from_rows(rows_of(published.reviews()), AnnualReview)
    assert [*published.averages()] == from_rows(rows_of(published.averages()), PrintedAverage)


def test_many_values_give_many_rows_in_order():
    """One row a value, from any iterable; none from none."""
    years = [attrs.evolve(REVIEW, year=ReportingYear(ending)) for ending in (2021, 2019, 2020)]

    assert [2021, 2019, 2020] == [row["year_ending"].year for row in rows_of(iter(years))]
    assert years == from_rows(iter(rows_of(years)), AnnualReview)
    assert [] == rows_of([]) == from_rows([], AnnualReview)


def test_a_date_may_stand_in_a_row_as_text():
    """A spreadsheet saved as CSV holds text, and only text in the form that we write is read."""
    (row,) = rows_of([FULL_REVIEW])
    text = {**row, "year_ending": "2020-03-31", "source_published_on": "2020-07-22"}

    assert [FULL_REVIEW] == from_rows([text], AnnualReview)


def test_missing_columns_are_not_known():
    """A caller need not give every column that there is."""
    row = {**WHO_AND_WHEN, "upheld": 19, "not_upheld": 3}

    assert [AnnualReview(KENT, YEAR, investigations=InvestigationTally(19, 3))] == from_rows([row], AnnualReview)


@each_of(
    "wrong",
    [
        dt.date(2020, 4, 1),
        dt.date(2020, 3, 30),
        dt.datetime(2020, 3, 31),  # noqa: DTZ001  # a moment is refused
        dt.date(1970, 3, 31),
        "2020-04-01",
        "20200331",
        "2020-W14-2",
        "2019-20",
        "31/03/2020",
        2020,
        "2020",
        2020.0,
        True,
        "",
    ],
)
def test_a_year_ends_on_31_march(wrong):
    """Any other day, or a year in another form, is refused in its own column."""
    assert ["row 1, year_ending"] == bad_cells([{**WHO_AND_WHEN, "year_ending": wrong}], AnnualReview)


@each_of("wrong", ["3", 2.0, True, float("nan"), "", -1, Decimal(3), [3]])
def test_a_cell_of_a_count_holds_a_count(wrong):
    """Nothing is coerced in rows either, so a NaN of a dataframe is refused and not taken for nothing."""
    assert ["row 1, upheld"] == bad_cells([{**WHO_AND_WHEN, "upheld": wrong, "not_upheld": 3}], AnnualReview)


def test_everything_wrong_with_rows_is_told_at_once():
    """Unknown columns, wrong cells and missing cells, each with its row from 1 and its column."""
    rows = [
        {**WHO_AND_WHEN, "upheld": "19", "not_upheld": 3.0, "uphold_rate": 0.86},
        {**WHO_AND_WHEN, "upheld": 19, "not_upheld": 3},
        {"authority": " Kent", "authority_type": "shire", "year_ending": dt.date(2020, 4, 1), "decided_upheld": -1},
        {"authority": "Kent", "year_ending": dt.date(2020, 3, 31), "received_total": 5, "received_housing": "x"},
        {**WHO_AND_WHEN, "upheld": 19, "investigations": 18, "source_url": "https://example.org"},
        {},
    ]

    assert [
        "row 1, not_upheld",
        "row 1, upheld",
        "row 1, uphold_rate",
        "row 3, authority_type",
        "row 3, decided_upheld",
        "row 3, year_ending",
        "row 4, authority_type",
        "row 4, received_housing",
        "row 5, investigations",
        "row 5, source_title",
        "row 6, authority",
        "row 6, authority_type",
        "row 6, year_ending",
    ] == sorted(bad_cells(rows, AnnualReview))


def test_counts_of_a_row_that_contradict_each_other_are_told():
    """The columns of one review are one review's, and agree."""
    (place,) = bad_cells([{**WHO_AND_WHEN, "upheld": 3, "decided_upheld": 2}], AnnualReview)

    assert place in {"row 1, upheld", "row 1, decided_upheld"}


@each_of("row", [3, None, "authority", ["authority"], {1: 2}])
def test_what_is_no_row_is_refused_with_its_number(row):
    """A row is a mapping from columns; what is not is refused like any other problem."""
    (place,) = {place.partition(",")[0] for place in bad_cells([{**FLAT[KENT]}, row], Authority)} - {"row 1"}

    assert "row 2" == place


@each_of(
    "values",
    [
        [3],
        ["Kent"],
        [None],
        [NotOurs()],
        [Outcome.UPHELD],
        [uphold_rate],
        [KENT, YEAR],
        [published.register()],
        [RegisterEntry(KENT)],
        [AVERAGE],
        [PASSAGE],
    ],
)
def test_what_has_no_flat_form_is_refused(values):
    """Lists within a value, words, measures, and what is not ours have none, and the types cannot be mixed."""
    with pytest.raises(TypeError):
        rows_of(values)


@each_of("kind", [int, NotOurs, Outcome, Measure, Register, Average, "Proportion"])
def test_what_has_no_flat_form_is_not_read_either(kind):
    """Whether or not there are any rows."""
    for rows in ([], [{}]):
        with pytest.raises(TypeError):
            from_rows(rows, kind)


def test_a_measure_of_a_callers_has_no_row():
    """Its name alone would not bring it back."""
    measure = per_population_measure({})
    average = PrintedAverage(AuthorityType.COUNTY_COUNCIL, YEAR, measure=measure, percent=PrintedPercent(66))
    with pytest.raises(TypeError):
        rows_of([average])


def test_a_number_of_thousands_of_digits_is_refused_like_any_other():
    """Python does not write it, so the error does not either."""
    with pytest.raises(InvalidValue) as caught:
        from_dict({"lgsco": 10**5000, "type": "Proportion", "value": {}}, Proportion)
    assert ["$.lgsco"] == [problem.place.path for problem in caught.value.problems]
    with pytest.raises(InvalidValue) as caught:
        from_dict([10**5000], Proportion)
    assert ["$"] == [problem.place.path for problem in caught.value.problems]
