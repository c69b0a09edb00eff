"""Columns that went wrong: missing and far dates, counts in few bits or not whole, and names that are ours."""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from tests.support.engines import ENGINES, rows_of
from tests.support.refusals import fields

import lgsco
from lgsco import frames
from lgsco.errors import InvalidValue

CASES = {
    "authority": ["Kent County Council", "Kent County Council"],
    "authority_type": ["county_council", "county_council"],
    "decided_on": [dt.date(2024, 3, 31), None],
    "outcome": ["upheld", "not_upheld"],
    "satisfactory_remedy": [True, None],
}
MAKERS = {
    "pyarrow": lambda table: table,
    "polars": pl.from_arrow,
    "lazy polars": lambda table: pl.from_arrow(table).lazy(),
    "DuckDB": duckdb.from_arrow,
    "pandas": lambda table: table.to_pandas(date_as_object=False),
    "pandas with Arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_case_without_a_date_has_a_row_without_a_year(engine):
    """The case is counted, and belongs to no year."""
    counted = rows_of(frames.tally(ENGINES[engine](CASES)))

    by_year = {row["year_ending"]: (row["decisions"], row["upheld"]) for row in counted}
    assert by_year == {dt.date(2024, 3, 31): (1, 1), None: (1, 0)}


@pytest.mark.parametrize("engine", MAKERS)
def test_counts_in_few_bits_do_not_overflow(engine):
    """76 of 94 is 81% also where a hundred times 76 does not fit the type of the column."""
    for bits in (pa.int8(), pa.uint8(), pa.int16(), pa.int32(), pa.uint64()):
        counts = pa.table({"upheld": pa.array([76], bits), "investigations": pa.array([94], bits)})

        [row] = rows_of(frames.add_rates(MAKERS[engine](counts), [lgsco.uphold_rate]))

        assert (row["uphold_rate_percent"], row["uphold_rate"]) == (81, 76 / 94)


END = dt.date(2024, 3, 31)
FIVE = {
    "authority": [*"ABCDE"],
    "authority_type": ["county_council"] * 5,
    "year_ending": [END] * 5,
    "upheld": [33, 0, 5, 63, 50],
    "investigations": [40, 5, 5, 76, 100],
}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_case_of_a_far_day_has_a_row_without_a_year(engine):
    """9999-12-31 often means "not yet"; no reporting year has it, and not every engine has its year."""
    counted = rows_of(frames.tally(ENGINES[engine](CASES | {"decided_on": [END, dt.date(9999, 12, 31)]})))

    assert {row["year_ending"]: row["decisions"] for row in counted} == {END: 1, None: 1}


@pytest.mark.parametrize("engine", ENGINES)
def test_cases_are_counted_by_what_is_counted_itself(engine):
    """By outcome, say, which is a column that the count needs too."""
    counted = rows_of(frames.tally(ENGINES[engine](CASES), by=["outcome"]))

    assert {row["outcome"]: (row["decisions"], row["upheld"]) for row in counted} == {
        "upheld": (1, 1),
        "not_upheld": (1, 0),
    }


@pytest.mark.parametrize("engine", ENGINES)
def test_columns_of_the_callers_own_are_kept_whatever_their_names(engine):
    """Those on the way have a prefix of their own: 151 of 226 is 67% beside columns that once were overwritten."""
    names = ("_under_uphold_rate", "_over_uphold_rate_own", "_place", "_rates_uphold_rate")
    frame = ENGINES[engine](FIVE | {name: [777] * 5 for name in names})

    rows = rows_of(frames.add_average(frame, measures=[lgsco.uphold_rate]))

    assert {row["uphold_rate_average_percent"] for row in rows} == {67}
    assert {row[name] for row in rows for name in names} == {777}


def test_names_that_cannot_be_are_refused():
    """One that is ours on the way, one that is there twice, and one that the result has too."""
    reserved, twice = pl.DataFrame({"_lgsco_is": [1]}), pd.DataFrame([[1, 2]], columns=["upheld", "upheld"])
    calls = {
        "_lgsco_is": lambda: frames.unknown_outcomes(reserved),
        "frame": lambda: frames.add_rates(twice),
    }
    for by in (["authority", "decisions"], ["authority", "authority"]):
        with pytest.raises(InvalidValue) as caught:
            frames.tally(pl.DataFrame(CASES), by=by)

        assert ["by"] == fields(caught)
    for place, call in calls.items():
        with pytest.raises(InvalidValue) as caught:
            call()

        assert [place] == [str(problem.place) for problem in caught.value.problems]


def test_duckdb_may_have_tables_of_any_name():
    """A relation is compared without a view beside it; once it was taken for the caller's table ``_wide``."""
    connection = duckdb.connect()
    connection.execute("create table _wide as select 42 as mine")
    relation = connection.sql("select 'A' authority, 'county_council' authority_type, date '2024-03-31' year_ending,"
                              " 3 upheld, 5 investigations")  # fmt: skip

    [row] = rows_of(frames.compare(relation, measures=[lgsco.uphold_rate]))

    assert ("uphold_rate", 60) == (row["measure"], row["percent"])


@pytest.mark.parametrize("engine", MAKERS)
def test_texts_may_be_categories_of_arrow_with_blanks(engine):
    """Arrow cannot sort them, nor pandas group them."""
    encoded = pa.table({
        "authority": pa.array(["A", None, "A"]).dictionary_encode(),
        "outcome": pa.array(["upheld", "upheld", None]).dictionary_encode(),
        "satisfactory_remedy": pa.array([True, False, None]),
    })  # fmt: skip
    frame = MAKERS[engine](encoded)
    if engine == "pandas":
        frame["satisfactory_remedy"] = frame["satisfactory_remedy"].astype("boolean")

    counted = rows_of(frames.tally(frame, by=["authority"]))

    assert {row["authority"]: (row["decisions"], row["upheld"]) for row in counted} == {"A": (2, None), None: (1, 1)}


@pytest.mark.parametrize("kind", ["float64", "Float64", "double[pyarrow]"])
def test_counts_that_are_not_whole_have_no_rate(kind):
    """Floats are what pandas has where whole numbers have blanks: 2.5 of 5 is no rate."""
    counts = pd.DataFrame({
        "upheld": pd.Series([2.5, float("inf"), 1.0, 3.0, None], dtype=kind),
        "investigations": pd.Series([5.0, float("inf"), 2e15, 4.0, 4.0], dtype=kind),
    })  # fmt: skip
    rated = frames.add_intervals(frames.add_rates(counts, [lgsco.uphold_rate]), "upheld", "investigations")

    assert [True, True, True, False, True] == [*rated["uphold_rate_percent"].isna()]
    assert [True, True, True, False, True] == [*rated["upper"].isna()]
    assert 75 == rated["uphold_rate_percent"][3]
    assert [0, 1, 2] == [*frames.inconsistent_counts(counts).index]


@pytest.mark.parametrize("engine", MAKERS)
def test_vast_counts_have_a_position(engine):
    """The products of counts of a million million do not fit 64 bits."""
    large = 10**12
    counts = pa.table({
        **{name: FIVE[name] for name in ("authority", "authority_type", "year_ending")},
        "upheld": [large // 10 * part for part in (9, 5, 5, 5, 1)],
        "investigations": [large] * 5,
    })  # fmt: skip

    rows = rows_of(frames.add_funnel_position(MAKERS[engine](counts), measures=[lgsco.uphold_rate]))

    places = {row["authority"]: row["uphold_rate_position"] for row in rows}
    assert ("above_alarm", "within", "below_alarm") == (places["A"], places["B"], places["E"])


@pytest.mark.parametrize("engine", MAKERS)
def test_the_layout_for_education_has_the_digits_of_the_year_on_every_engine(engine):
    """On pandas there is no remainder for Arrow's types."""
    compared = frames.compare(MAKERS[engine](pa.table(FIVE)), measures=[lgsco.uphold_rate], layout="dfe")

    assert {202324} == {row["time_period"] for row in rows_of(compared)}


def test_what_is_not_known_is_no_text():
    """Older pandas wrote "None" for a missing code, title and address."""
    review = lgsco.AnnualReview(
        lgsco.Authority("Barset", lgsco.AuthorityType.COUNTY_COUNCIL), lgsco.ReportingYear(2024)
    )
    frame = frames.frame_from([review], "pandas")

    assert frame[["code", "source_title", "source_url", "source_basis"]].isna().all(axis=None)
    assert (review,) == frames.reviews_from(frame)


def under(names, columns):
    """Return columns under other names."""
    return pa.table({names.get(name, name): cells for name, cells in columns.items()})


@pytest.mark.parametrize("engine", MAKERS)
def test_columns_may_have_names_of_the_callers_own(engine):
    """Results have ours; what is added to counts stands beside the caller's."""
    make, names = MAKERS[engine], {"authority": "council", "upheld": "fault", "investigations": "complied"}
    own, ours = make(under(names, FIVE)), make(pa.table(FIVE))
    added = rows_of(frames.add_average(frames.add_rates(own, columns=names), columns=names))

    assert rows_of(frames.compare(ours, measures=[lgsco.uphold_rate])) == rows_of(frames.compare(own, columns=names))
    assert frames.reviews_from(ours) == frames.reviews_from(own, columns=names)
    assert FIVE["upheld"] == [row["fault"] for row in sorted(added, key=lambda row: row["council"])]
    assert {67} == {row["uphold_rate_average_percent"] for row in added}
    assert {"council", "authority_type", "year_ending", "fault", "complied"} < set(added[0])
    placed = rows_of(frames.add_funnel_position(own, columns=names))
    assert {"uphold_rate_position"} == set(placed[0]) - {
        "council",
        "authority_type",
        "year_ending",
        "fault",
        "complied",
    }


def test_cases_may_have_names_of_the_callers_own():
    """Decisions and outcomes alike, and counts of them are compared by the measures whose counts are there."""
    names = {"authority": "council", "decided_on": "closed", "outcome": "result"}
    cases = pl.from_arrow(under(names, CASES))
    counted = frames.tally(cases, columns=names)
    outcomes = pl.DataFrame({"council": ["A"], "authority_type": ["other"], "logged": [END], "state": ["late"]})
    complied = frames.tally_compliance(
        outcomes, columns={"authority": "council", "recorded_on": "logged", "status": "state"}
    )

    assert frames.tally(pl.DataFrame(CASES)).equals(counted)
    assert [("A", "other", END, 1, 1, 1)] == complied.rows()
    assert ["uphold_rate", "satisfactory_remedy_rate"] == frames.compare(counted)["measure"].unique(
        maintain_order=True
    ).to_list()
    assert ["compliance_rate"] == frames.compare(complied)["measure"].to_list()


@pytest.mark.parametrize(
    ("columns", "places"),
    [
        ({"late": "missing"}, ["missing"]),
        ({"nobody": "upheld"}, ["columns"]),
        ({"complied": "upheld", "upheld": "upheld"}, ["upheld"]),
        ({"investigations": "upheld"}, ["columns"]),
        ({"complied": "uphold_rate"}, ["uphold_rate"]),
    ],
)
def test_names_that_lead_nowhere_are_refused(columns, places):
    """A column that is not there, a name that is not ours, one for two, and one that is there or is added."""
    with pytest.raises(InvalidValue) as caught:
        frames.add_rates(pl.DataFrame(FIVE | {"uphold_rate": [1] * 5}), columns=columns)

    assert places == [str(problem.place) for problem in caught.value.problems]


@pytest.mark.parametrize("engine", MAKERS)
def test_rates_among_residents_are_those_of_values(engine):
    """31 among 560,000 are 5.5 per 100,000; no residents, and counts that cannot be, have no rate."""
    counts = {"upheld": [31, 0, 3, -1, None], "residents": [560_000, 7, 0, 9, 9]}
    rated = rows_of(frames.add_population_rate(MAKERS[engine](pa.table(counts)), columns={"population": "residents"}))
    exact = lgsco.PopulationRate(31, lgsco.Population(560_000, END)).value

    assert [pytest.approx(float(exact), rel=1e-12), 0.0, None, None, None] == [
        row["upheld_per_population"] for row in rated
    ]
    with pytest.raises(InvalidValue) as caught:
        frames.add_population_rate(pl.DataFrame(counts), per=0)

    assert ["per"] == fields(caught)


def test_what_is_wrong_is_found_under_the_callers_own_names():
    """Words and counts that cannot be come back in the caller's columns; one measure alone is refused."""
    words = frames.unknown_outcomes(pl.DataFrame({"result": ["upheld", "closed"]}), columns={"outcome": "result"})
    counts = pl.DataFrame({"fault": [5, 1], "investigations": [2, 2]})

    assert [("closed", 1)] == words.rows()
    assert counts.head(1).equals(frames.inconsistent_counts(counts, columns={"upheld": "fault"}))
    with pytest.raises(InvalidValue) as caught:
        frames.compare(counts, measures=lgsco.uphold_rate)

    assert ["measures"] == fields(caught)
    with pytest.raises(InvalidValue) as caught:
        frames.tally(pd.DataFrame({"outcome": ["upheld"] * 2, "satisfactory_remedy": [True, None]}), by=["outcome"])

    assert ["satisfactory_remedy"] == [problem.place.column for problem in caught.value.problems]
