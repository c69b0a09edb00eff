"""Frames: examples, what is refused, what each engine would do wrong, and what it makes of blanks."""

import builtins
import datetime as dt
import importlib
import sys

import narwhals.stable.v2 as nw
import polars as pl
import pyarrow as pa
import pyarrow.compute  # a module of its own
import pytest
from tests.support.engines import ENGINES, Stream, rows_of, table
from tests.support.refusals import fields

from lgsco import frames, investigation_rate, published, uphold_rate
from lgsco.errors import NO_VALUE, InvalidValue, MissingExtra

engines = pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
END = dt.date(2025, 3, 31)
CASES = {
    "authority": ["Barset", "Barset", "Barset", "Dorset", "Dorset", "Essex", None],
    "authority_type": ["county_council"] * 6 + [None],
    "decided_on": [dt.date(2025, 3, 31), dt.date(2025, 4, 1), *[END] * 5],
    "outcome": ["upheld", "not_upheld", "not_upheld", "upheld", "upheld", None, "advice_given"],
    "satisfactory_remedy": [True, None, None, None, True, None, None],
    "service_area": ["housing", "housing", "other", None, "other", "other", "other"],
}
COUNTED = [
    ("Barset", "county_council", END, 2, 2, 1, 1),
    ("Barset", "county_council", dt.date(2026, 3, 31), 1, 1, 0, 0),
    ("Dorset", "county_council", END, 2, 2, 2, None),
    ("Essex", "county_council", END, 1, None, None, None),
    (None, None, END, 1, 0, 0, 0),
]


def tuples(frame):
    """Give a frame's rows as a set of tuples: engines put blanks first or last, as they please."""
    return {tuple(row.values()) for row in rows_of(frame)}


def counts_of(upheld, investigations, group="county_council"):
    """Give the counts of as many councils in one year."""
    names = [f"Council {number}" for number in range(len(upheld))]
    return {
        "authority": names,
        "authority_type": [group] * len(names),
        "year_ending": [END] * len(names),
        "upheld": upheld,
        "investigations": investigations,
    }


@engines
def test_every_case_is_counted_and_what_is_not_known_stays_so(engine):
    """Blank outcomes, blank remedies and blank councils are kept apart, on every engine."""
    assert set(COUNTED) == tuples(frames.tally(engine(CASES)))


@engines
def test_any_columns_can_be_counted_by(engine):
    """Service areas, say, the blank one among them."""
    counted = frames.tally(engine(CASES), by=["service_area"])

    assert {("housing", 2, 2, 1, 1), ("other", 4, None, None, None), (None, 1, 1, 1, None)} == tuples(counted)


@engines
def test_the_kind_of_frame_is_kept(engine):
    """Lazy stays lazy; what has only the Arrow C stream becomes a pyarrow table."""
    frame = engine(CASES)
    kind = pa.Table if type(frame) is Stream else type(frame)

    assert kind is type(frames.tally(frame))
    assert kind is type(frames.unknown_outcomes(engine(CASES)))
    assert kind is type(frames.compare(engine(counts_of([1], [2])), measures=[uphold_rate]))


def test_a_frame_of_narwhals_stays_one():
    """For those who write their own functions over any frame."""
    assert isinstance(frames.tally(nw.from_native(pl.DataFrame(CASES))), nw.DataFrame)


@engines
def test_counts_stand_side_by_side_and_none_is_nought(engine):
    """A council without compliance outcomes had none; a count that is not known stays unknown."""
    outcomes = {
        "authority": ["Barset", "Barset", "Sussex", "Wilts"],
        "authority_type": ["county_council"] * 4,
        "recorded_on": [END] * 4,
        "status": ["late", "not_complied", "on_time", "unheard_of"],
    }
    joined = frames.join_tallies(frames.tally(engine(CASES)), frames.tally_compliance(engine(outcomes)))
    by_name = {row["authority"]: tuple(row.values())[2:] for row in rows_of(joined) if row["year_ending"] == END}

    assert (END, 2, 2, 1, 1, 2, 1, 1) == by_name["Barset"]
    assert (END, 2, 2, 2, None, 0, 0, 0) == by_name["Dorset"]
    assert (END, 0, 0, 0, 0, 1, 1, 0) == by_name["Sussex"]
    assert (END, 0, 0, 0, 0, 1, None, None) == by_name["Wilts"]


@engines
def test_words_that_are_not_listed_are_told_with_their_rows(engine):
    """A blank is not among them, and the group's counts are then not known."""
    misspelt = CASES | {"outcome": ["Upheld", "Upheld", "not upheld", "upheld", "upheld", None, "advice_given"]}
    outcomes = {"status": ["late", "Late", None]}

    assert [("Upheld", 2), ("not upheld", 1)] == [
        tuple(row.values()) for row in rows_of(frames.unknown_outcomes(engine(misspelt)))
    ]
    assert {("Late", 1)} == tuples(frames.unknown_outcomes(engine(outcomes)))
    assert ("Barset", "county_council", END, 2, None, None, None) in tuples(frames.tally(engine(misspelt)))


@engines
def test_counts_that_cannot_be_are_found_and_have_no_rate(engine):
    """More upheld than investigated, or fewer than none: null and never NaN, and in no average."""
    counts = counts_of([5, -1, 3, 4, 2, 1, 1], [4, 4, 4, 4, 4, 4, None])
    averaged = rows_of(frames.add_average(frames.add_rates(engine(counts), [uphold_rate]), measures=[uphold_rate]))

    assert {"Council 0", "Council 1"} == {
        row["authority"] for row in rows_of(frames.inconsistent_counts(engine(counts)))
    }
    assert {None, 75, 100, 50, 25} == {row["uphold_rate_percent"] for row in averaged}
    assert {None} == {row["uphold_rate_average"] for row in averaged}


# --- What is refused


def columns(caught):
    """Give the columns that are missing, and those of another type with what they must hold."""
    problems = caught.value.problems
    missing = [problem.place.column for problem in problems if problem.value is NO_VALUE]
    kinds = [(one.place.column, one.reason.removeprefix("is not ")) for one in problems if one.value is not NO_VALUE]
    return missing, kinds


def test_all_faults_of_the_columns_are_told_at_once():
    """Before any work, by name: what is missing, and what is of the wrong type."""
    with pytest.raises(InvalidValue) as caught:
        frames.tally(pl.LazyFrame({"authority": [1], "authority_type": ["x"], "satisfactory_remedy": ["yes"]}))

    assert (
        ["outcome", "year_ending or decided_on"],
        [("authority", "text"), ("satisfactory_remedy", "true or false")],
    ) == columns(caught)


@pytest.mark.parametrize(
    ("column", "cells", "kind"),
    [
        ("upheld", [1.0], "whole numbers"),
        ("upheld", [True], "whole numbers"),
        ("year_ending", ["2025-03-31"], "a date"),
        ("year_ending", [dt.datetime(2025, 3, 31, tzinfo=dt.UTC)], "a date"),
        ("authority_type", [5], "text"),
    ],
)
def test_a_column_of_another_type_is_refused(column, cells, kind):
    """Nothing is coerced; a time with a zone is no day."""
    frame = pl.DataFrame(counts_of([1], [2])).with_columns(pl.Series(column, cells))

    with pytest.raises(InvalidValue) as caught:
        frames.compare(frame, measures=[uphold_rate])

    assert ([], [(column, kind)]) == columns(caught)


def test_words_may_be_categories():
    """Text may be held as a category or an enumeration."""
    words = pl.Enum(["county_council", "district_council"])
    frame = pl.DataFrame(CASES).with_columns(
        pl.col("authority_type").cast(words), pl.col("outcome").cast(pl.Categorical)
    )

    assert set(COUNTED) == tuples(frames.tally(frame))


COUNTS = pl.DataFrame(counts_of([1], [2]))


@pytest.mark.parametrize(
    ("field", "call"),
    [
        ("frame", lambda: frames.tally([1, 2])),
        ("frame", lambda: frames.tally(pl.Series([1]))),
        ("by", lambda: frames.tally(COUNTS, by="authority")),
        ("by", lambda: frames.tally(COUNTS, by=[])),
        ("within", lambda: frames.add_average(COUNTS, within=())),
        ("within", lambda: frames.compare(COUNTS, by=["authority"], measures=[uphold_rate])),
        ("method", lambda: frames.add_average(COUNTS, method="median")),
        ("method", lambda: frames.add_average(COUNTS, method="mode")),
        ("measures", lambda: frames.add_rates(COUNTS, [investigation_rate])),
        ("measures", lambda: frames.compare(COUNTS, measures=[])),
        ("confidence", lambda: frames.compare(COUNTS, confidence=95)),
        ("confidence", lambda: frames.add_intervals(COUNTS, "upheld", "investigations", 1.0)),
        ("layout", lambda: frames.compare(COUNTS, layout="wide")),
        ("against", lambda: frames.compare(COUNTS, against="printed")),
        (
            "layout",
            lambda: frames.compare(
                COUNTS, by=["authority_type"], within=["authority_type"], measures=[uphold_rate], layout="dfe"
            ),
        ),
        ("backend", lambda: frames.frame_from([], "numpy")),
    ],
)
def test_an_argument_that_is_not_allowed_is_named(field, call):
    """As everywhere in the package."""
    with pytest.raises(InvalidValue) as caught:
        call()

    assert [field] == fields(caught)


def test_contradictions_are_sought_where_there_are_counts():
    """A frame without any of them is refused."""
    with pytest.raises(InvalidValue) as caught:
        frames.inconsistent_counts(pl.DataFrame({"authority": ["Kent"]}))

    missing, _ = columns(caught)

    assert ["investigations or upheld or satisfactory_remedies or compliance_outcomes or complied"] == missing


def test_every_bad_row_is_told_with_its_column():
    """Rows become values, or all that is wrong with them is told."""
    counts = counts_of([1, 3, -1], [2, 2, 2]) | {"year_ending": [END, dt.date(2025, 3, 30), END]}

    with pytest.raises(InvalidValue) as caught:
        frames.reviews_from(table(counts))

    assert {"row 2, year_ending", "row 3, upheld"} <= {str(problem.place) for problem in caught.value.problems}


def test_a_missing_extra_is_named(monkeypatch):
    """Without narwhals there is no room of frames, and the error says what to install."""
    found = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("narwhals"):
            raise ModuleNotFoundError(name, name=name)
        return found(name, *args, **kwargs)

    for name in [name for name in sys.modules if name.startswith("lgsco.frames")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(MissingExtra) as caught:
        importlib.import_module("lgsco.frames")

    assert "frames" == caught.value.extra


# --- Values and back


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_published_reviews_go_into_a_frame_and_come_back(backend):
    """All that is held of them, blanks, days and sources among it."""
    held = published.reviews()

    assert held == frames.reviews_from(frames.frame_from(held, backend))


def test_a_lazy_frame_is_collected_for_values():
    """The one place where rows are looked at."""
    held = published.reviews()

    assert held == frames.reviews_from(frames.frame_from(held, "polars").lazy())


def test_the_layout_of_the_department_for_education():
    """Who and when as its data standards have it, codes where they are held."""
    counts = counts_of([1], [2]) | {"code": ["E10000016"]}
    by = ["authority", "code", "authority_type", "year_ending"]
    (row,) = rows_of(frames.compare(table(counts), by=by, measures=[uphold_rate], layout="dfe"))
    plain = [*rows_of(frames.compare(table(counts), measures=[uphold_rate], layout="dfe"))[0]]

    assert [202425, "Financial year", "Local authority", "E10000016", "Council 0", "county_council"] == [*row.values()][
        :6
    ]
    assert ["time_period", "time_identifier", "geographic_level", "la_name", "authority_type", "measure"] == plain[:6]


# --- What an engine does when it is asked carelessly, and what is done here instead


def test_conditions_are_columns_before_they_are_summed():
    """A ``when`` summed inside ``agg`` is refused by pyarrow, or silently wrong there, depending on the release."""
    cases = {
        "authority": ["Barset", "Barset", "Dorset"],
        "outcome": ["advice_given", "not_upheld", "upheld"],
        "satisfactory_remedy": [None, None, True],
    }

    assert {("Barset", 2, 1, 0, 0), ("Dorset", 1, 1, 1, 1)} == tuples(frames.tally(table(cases), by=["authority"]))


@engines
def test_halves_are_rounded_up_on_every_engine(engine):
    """Where ``round`` gives halves to the even neighbour on some: 1 of 8 is 13%, and 1 of 200 is 1%."""
    counts = counts_of([1, 3, 33, 1, 199], [8, 8, 40, 200, 200])
    rates = rows_of(frames.add_rates(engine(counts), [uphold_rate]))

    assert {13, 38, 83, 1, 100} == {row["uphold_rate_percent"] for row in rates}
    assert 12.0 == pl.select(pl.lit(12.5).round(mode="half_to_even")).item()


@engines
def test_nothing_over_nothing_is_null(engine):
    """It is NaN, an endless number, null or an error, depending on the engine that divides."""
    rows = rows_of(
        frames.compare(engine(counts_of([0, 0, 1, 1, 1, 1, 1], [0, 5, 5, 5, 5, 5, 5])), measures=[uphold_rate])
    )

    assert [None] * 5 == [rows[0][name] for name in ("percent", "rate", "lower", "upper", "position")]
    assert [0, 0.0, 0.0] == [rows[1][name] for name in ("percent", "rate", "lower")]
    assert 20 == rows[1]["average_percent"]
    with pytest.raises(pa.ArrowInvalid):
        pa.compute.divide(pa.array([0]), pa.array([0]))


def test_sums_are_whole_numbers_on_duckdb():
    """Its own sums are of 128 bits, which become decimals or floats elsewhere."""
    relation = ENGINES["DuckDB"](CASES)
    own = relation.aggregate("sum(1)")

    assert ["HUGEINT"] == [str(kind) for kind in own.types]
    assert ["BIGINT"] * 4 == [str(kind) for kind in frames.tally(relation).types[3:]]
    assert "BIGINT" == str(dict(zip(*_types(frames.compare(_counts(relation))), strict=True))["average_percent"])


def _counts(relation):
    return frames.join_tallies(
        frames.tally(relation),
        frames.tally_compliance(
            ENGINES["DuckDB"](
                {
                    "authority": ["Barset"],
                    "authority_type": ["county_council"],
                    "recorded_on": [END],
                    "status": ["late"],
                }
            )
        ),
    )


def _types(relation):
    return relation.columns, relation.types


def test_averages_stay_with_their_rows_on_pyarrow():
    """A window there comes back in the order of a join, which is none; sums are joined to whole rows."""
    years = [dt.date(2000 + number % 40, 3, 31) for number in range(8_000)]
    counts = {
        "authority": [f"Council {number}" for number in range(8_000)],
        "authority_type": ["county_council"] * 8_000,
        "year_ending": years,
        "upheld": [year.year - 2000 for year in years],
        "investigations": [100] * 8_000,
    }
    averaged = rows_of(frames.add_average(table(counts), measures=[uphold_rate]))

    assert [] == [row for row in averaged if row["uphold_rate_average_percent"] != row["upheld"]]


def test_rows_come_sorted():
    """Nothing else gives rows an order."""
    compared = rows_of(
        frames.compare(ENGINES["pyarrow"](counts_of([2, 1, 0][::-1], [5, 5, 5])), measures=[uphold_rate])
    )

    assert ["Council 0", "Council 1", "Council 2"] == [row["authority"] for row in compared]


def test_nothing_is_collected(monkeypatch):
    """Every function runs without a lazy frame being collected."""

    def refuse(*_, **__):
        raise AssertionError("collected")

    monkeypatch.setattr(pl.LazyFrame, "collect", refuse)
    monkeypatch.setattr(nw.LazyFrame, "collect", refuse)
    lazy = pl.LazyFrame(CASES)
    outcomes = lazy.with_columns(status=pl.lit("late")).rename({"decided_on": "recorded_on"})
    counts = frames.join_tallies(frames.tally(lazy), frames.tally_compliance(outcomes))
    added = frames.add_funnel_position(frames.add_average(frames.add_rates(counts)))
    added = frames.add_intervals(added, "upheld", "investigations")

    assert isinstance(frames.compare(counts), pl.LazyFrame)
    assert isinstance(frames.inconsistent_counts(added), pl.LazyFrame)
    assert isinstance(frames.unknown_outcomes(lazy), pl.LazyFrame)


# --- Blanks


@engines
def test_councils_that_are_blank_are_not_similar(engine):
    """Null equals null in a join of pandas' and in no other; here a blank group has no average on any engine."""
    rows = rows_of(frames.compare(engine(counts_of([1] * 6, [2] * 6, group=None)), measures=[uphold_rate]))

    assert {(50, None, None)} == {(row["percent"], row["average"], row["position"]) for row in rows}


@pytest.mark.parametrize(
    ("engine", "kind"),
    [
        ("pandas on numpy", {"float64"}),
        ("pandas, nullable", {"int64[pyarrow]", "Int64"}),
        ("pandas on Arrow", {"int64[pyarrow]"}),
    ],
)
def test_what_pandas_makes_of_a_blank_count(engine, kind):
    """On numpy, which has no other, NaN; with pandas' own types or Arrow's a null, and whole numbers stay whole."""
    counted = frames.tally(ENGINES[engine](CASES))

    assert str(counted["upheld"].dtype) in kind
    assert counted["upheld"].isna().any()


def test_what_the_others_make_of_a_blank_count():
    """Null, and never NaN."""
    eager = frames.tally(pl.DataFrame(CASES))
    arrow = frames.tally(table(CASES))

    assert (1, False) == (eager["upheld"].null_count(), eager["upheld"].cast(pl.Float64).is_nan().any())
    assert (1, pa.int64()) == (arrow["upheld"].null_count, arrow["upheld"].type)
    related = frames.tally(ENGINES["DuckDB"](CASES))

    assert [(1,)] == related.filter("upheld is null").aggregate("count(*)").fetchall()
