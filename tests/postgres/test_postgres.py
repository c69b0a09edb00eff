"""Datasets in a real PostgreSQL."""

from __future__ import annotations

import subprocess
import sys

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from tests.support.services import check_service

from lgsco import published, store, strategies
from lgsco.dataset import Dataset
from lgsco.errors import UnreadableDocument


def test_what_ships_comes_back_equal(address):
    """All that ships is saved, saved again and loaded."""
    data = published.dataset()

    store.save(data, address)
    store.save(data, address)

    assert store.load(address) == data


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dataset=strategies.datasets())
def test_any_dataset_comes_back_equal(address, dataset):
    """Whatever a dataset holds is loaded as it was saved."""
    store.save(dataset, address, schema=None)

    assert store.load(address) == dataset


def test_a_schema_of_its_own(address):
    """Tables may stand in a schema of the database, beside others."""
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema("ombudsman"))
    data = Dataset(published.register(), printed=published.printed("2023-24"))

    store.save(data, engine, schema="ombudsman")

    assert store.load(engine, schema="ombudsman") == data
    with engine.connect() as connection:
        row = connection.execute(
            sa.text(
                "SELECT upheld_count, upheld_base, upheld_percent FROM ombudsman.view_printed_figures"
                " WHERE authority = 'Kent County Council' AND year = '2023-24'"
            )
        ).one()
    assert (row.upheld_count, row.upheld_base, row.upheld_percent) == (76, 94, 81)
    engine.dispose()


def test_a_failure_leaves_what_there_was(address):
    """What fails in the middle changes nothing."""
    store.save(published.dataset(), address)
    engine = sa.create_engine(address)

    @sa.event.listens_for(engine, "before_cursor_execute")
    def fail(*event):
        if event[2].startswith(("INSERT INTO counts", "INSERT INTO averages")):
            raise RuntimeError("the power is cut")

    with pytest.raises(RuntimeError, match="power"):
        store.save(Dataset(published.register(), averages=published.averages()), engine)

    engine.dispose()
    assert store.load(address) == published.dataset()


def test_a_server_that_is_not_there_is_told():
    """An address without a server is an unreadable document."""
    with pytest.raises(UnreadableDocument):
        store.load("postgresql+psycopg://nobody@/nothing?host=/nowhere")


def test_the_service_of_the_examples(address):
    """A council's own decisions are kept on the server and served from there."""
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema("complaints"))
    engine.dispose()

    check_service(f"{address}&options=-csearch_path%3Dcomplaints")


_SAVE = (
    "import os, signal, sys\n"
    "import lgsco.store.database as database\n"
    "from lgsco import published, store\n"
    "if sys.argv[2] == 'killed':\n"
    "    database.views_of = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
    "store.save(published.dataset(), sys.argv[1], schema=sys.argv[3])\n"
)


def _saving(address, how, schema):
    """Start a process of its own that saves what ships."""
    return subprocess.Popen([sys.executable, "-c", _SAVE, address, how, schema])


def _with_schema(address, name):
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(name))
    engine.dispose()


def test_a_process_that_is_killed_changes_nothing(address):
    """Neither where there was nothing nor where there was another dataset; the next save is not in its way."""
    _with_schema(address, "killed")
    before = Dataset(published.register(), averages=published.averages())

    assert 0 != _saving(address, "killed", "killed").wait()
    with pytest.raises(UnreadableDocument):
        store.load(address, schema="killed")
    store.save(before, address, schema="killed")
    assert 0 != _saving(address, "killed", "killed").wait()

    assert before == store.load(address, schema="killed")
    store.save(published.dataset(), address, schema="killed")
    assert published.dataset() == store.load(address, schema="killed")


def test_processes_that_save_at_once_wait_for_each_other(address):
    """Into an empty schema, and in place of a dataset that is there: each saves all, and nothing is there twice."""
    _with_schema(address, "busy")
    for _ in range(2):
        processes = [_saving(address, "whole", "busy") for _ in range(3)]

        assert [0, 0, 0] == [process.wait() for process in processes]
        assert published.dataset() == store.load(address, schema="busy")


def test_a_load_sees_one_dataset_while_another_is_saved(address):
    """Whatever is saved after its first look at the tables."""
    before = Dataset(published.register(), averages=published.averages())
    store.save(before, address)
    engine = sa.create_engine(address)

    @sa.event.listens_for(engine, "after_cursor_execute", once=True)
    def save(*_):
        store.save(published.dataset(), address)

    assert before == store.load(engine)
    assert published.dataset() == store.load(engine)
    engine.dispose()
