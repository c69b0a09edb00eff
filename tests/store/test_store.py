"""Datasets in SQLite: what is saved comes back, whole or not at all, and what is not ours is refused."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from sqlalchemy.pool import StaticPool

import lgsco
from lgsco import convert, published, store, strategies
from lgsco.dataset import Dataset
from lgsco.errors import InvalidValue, UnreadableDocument
from lgsco.model.cases import RecommendationKind

KENT = lgsco.Authority("Kent County Council", lgsco.AuthorityType.COUNTY_COUNCIL, code="E10000016")


def in_memory():
    return sa.create_engine("sqlite://", poolclass=StaticPool)


@pytest.fixture
def address(tmp_path):
    return str(tmp_path / "figures.sqlite")


def rows(address, query):
    connection = sqlite3.connect(address)
    try:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]
    finally:
        connection.close()


def own_case():
    decision = lgsco.Decision(
        "23 001 001",
        KENT,
        outcome=lgsco.Outcome.UPHELD,
        decided_on=dt.date(2023, 9, 1),
    )
    advice = lgsco.Recommendation(RecommendationKind.APOLOGY, text="Apologise to Mrs X", agreed_on=dt.date(2023, 9, 1))
    return lgsco.Investigation(decision, recommendations=(advice,))


def test_what_ships_comes_back_equal(address):
    """All that ships, with one case, comes back equal, also after it is saved twice."""
    data = published.dataset() + Dataset(published.register(), cases=(own_case(),))

    store.save(data, address)
    before = rows(address, "SELECT * FROM printed_figures")
    store.save(data, address)

    assert store.load(address) == data
    assert rows(address, "SELECT * FROM printed_figures") == before
    assert store.load(f"sqlite:///{address}") == data


@settings(max_examples=8, deadline=None)
@given(dataset=strategies.datasets())
def test_any_dataset_comes_back_equal(dataset):
    """Whatever a dataset holds is loaded as it was saved."""
    engine = in_memory()
    store.save(dataset, engine)

    assert store.load(engine) == dataset
    engine.dispose()


def test_views_have_names_and_numbers(address):
    """A view names the council, the year and the source, and has printed percentages as numbers."""
    data = published.dataset() + Dataset(published.register(), cases=(own_case(),))
    store.save(data, address)

    [kent] = rows(
        address,
        "SELECT authority_code, authority_type, upheld_count, upheld_base, upheld_percent, source_basis"
        " FROM view_printed_figures WHERE authority = 'Kent County Council' AND year = '2023-24'",
    )
    assert kent == {
        "authority_code": "E10000016",
        "authority_type": "county_council",
        "upheld_count": 76,
        "upheld_base": 94,
        "upheld_percent": 81,
        "source_basis": "published",
    }
    [average] = rows(
        address,
        "SELECT percent FROM view_averages WHERE authority_type = 'county_council' AND year = '2023-24'"
        " AND measure = 'uphold_rate'",
    )
    assert average == {"percent": 85}
    [case] = rows(
        address,
        "SELECT view_decisions.authority, view_decisions.outcome, recommendations.kind FROM view_decisions"
        " JOIN recommendations ON recommendations.parent_id = view_decisions.id",
    )
    assert case == {
        "authority": "Kent County Council",
        "outcome": "upheld",
        "kind": "apology",
    }
    assert rows(address, "SELECT COUNT(*) AS n FROM findings") == [{"n": len(data.findings())}]


def test_what_a_table_held_before_is_gone():
    """A dataset takes the place of another."""
    engine, less = in_memory(), Dataset(published.register(), averages=published.averages())
    store.save(published.dataset(), engine)
    store.save(less, engine)

    assert store.load(engine) == less
    engine.dispose()


def test_every_number_of_a_row_leads_to_one(address):
    """Foreign keys hold, and every printed row of what ships has its council."""
    store.save(published.dataset(), address)

    assert rows(address, "PRAGMA foreign_key_check") == []
    assert rows(address, "SELECT * FROM printed_figures WHERE authority_id IS NULL") == []


def test_a_failure_leaves_what_there_was():
    """What fails in the middle changes nothing, also where there was nothing."""
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    store.save(published.dataset(), engine)

    @sa.event.listens_for(engine, "before_cursor_execute")
    def fail(*event):
        if event[2].startswith("INSERT INTO averages"):
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="disk"):
        store.save(Dataset(published.register(), averages=published.averages()), engine)

    sa.event.remove(engine, "before_cursor_execute", fail)
    assert store.load(engine) == published.dataset()
    engine.dispose()


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_nothing_half_written(address):
    """A file that a killed process was writing holds no tables."""
    script = (
        "import os, signal, sys\n"
        "import lgsco.store.database as database\n"
        "from lgsco import published, store\n"
        "def killed(*arguments): os.kill(os.getpid(), signal.SIGKILL)\n"
        "database.views_of = killed\n"
        "store.save(published.dataset(), sys.argv[1])\n"
    )

    ended = subprocess.run([sys.executable, "-c", script, address], check=False)

    assert ended.returncode != 0
    assert rows(address, "SELECT name FROM sqlite_master") == []


def test_a_changed_database_is_checked_like_any_document(address):
    """All that was changed for the worse is told, each with its table and row."""
    store.save(published.dataset(), address)
    connection = sqlite3.connect(address)
    connection.execute("UPDATE averages SET measure = 'luck' WHERE id = 3")
    connection.execute("UPDATE printed_figures SET upheld_count = -1, upheld_stated = 1 WHERE id = 7")
    connection.commit()
    connection.close()

    with pytest.raises(InvalidValue) as caught:
        store.load(address)

    places = {(problem.place.sheet, problem.place.row, problem.place.path) for problem in caught.value.problems}
    assert {("averages", 3, "measure"), ("printed_figures", 7, "upheld.count")} <= places


def test_what_is_not_ours_is_refused_and_left_alone(tmp_path, address):
    """A file that is none, another database, another version, and another's tables."""
    with pytest.raises(UnreadableDocument):
        store.load(address)
    assert not (tmp_path / "figures.sqlite").exists()

    (tmp_path / "letter.sqlite").write_text("Dear Chief Executive, " * 100)
    for action in (store.load, lambda path: store.save(published.dataset(), path)):
        with pytest.raises(UnreadableDocument):
            action(str(tmp_path / "letter.sqlite"))
    assert (tmp_path / "letter.sqlite").read_text().startswith("Dear")

    others = str(tmp_path / "others.sqlite")
    connection = sqlite3.connect(others)
    connection.execute("CREATE TABLE sources (id INTEGER)")
    connection.execute("INSERT INTO sources VALUES (4)")
    connection.commit()
    connection.close()
    with pytest.raises(UnreadableDocument):
        store.load(others)
    with pytest.raises(UnreadableDocument):
        store.save(published.dataset(), others)
    assert rows(others, "SELECT * FROM sources") == [{"id": 4}]

    store.save(published.dataset(), address)
    connection = sqlite3.connect(address)
    connection.execute("UPDATE lgsco_schema SET version = 2")
    connection.commit()
    connection.close()
    for action in (store.load, lambda path: store.save(published.dataset(), path)):
        with pytest.raises(UnreadableDocument):
            action(address)


def test_tables_of_other_names_stay(address):
    """Whoever keeps other tables in the database keeps them."""
    connection = sqlite3.connect(address)
    connection.execute("CREATE TABLE complaints (id INTEGER)")
    connection.commit()
    connection.close()

    store.save(published.dataset(), address)

    assert rows(address, "SELECT * FROM complaints") == []


def test_an_address_of_the_wrong_kind_is_refused():
    """What is neither a path, an address nor an engine, or names a database nobody knows, is told."""
    for address in (17, None, "clay://tablet/1"):
        with pytest.raises(InvalidValue):
            store.load(address)
    with pytest.raises(UnreadableDocument):
        store.load("mysql+mysqldb://localhost/figures")
    with pytest.raises(InvalidValue):
        store.save([published.dataset()], "figures.sqlite")


def test_tables_that_are_not_a_dataset_are_told_cell_by_cell():
    """A missing column, a cell of another type, a number that leads nowhere, and a table nobody knows."""
    tables = convert.tables_of(Dataset(published.register(), averages=published.averages()))
    first, second, third = tables["averages"][:3]
    del first["measure"]
    second["percent"] = 89
    third["source_id"] = 999
    tables["averages"][3]["authority_type"] = None
    tables["luck"] = []

    with pytest.raises(InvalidValue) as caught:
        convert.dataset_from_tables(tables)

    places = [(problem.place.sheet, problem.place.row, problem.place.column) for problem in caught.value.problems]
    assert places == [
        ("luck", None, None),
        ("averages", 1, "measure"),
        ("averages", 2, "percent"),
        ("averages", 3, "source_id"),
        ("averages", 4, "authority_type"),
    ]
