"""Datasets in a real PostgreSQL."""

from __future__ import annotations

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
