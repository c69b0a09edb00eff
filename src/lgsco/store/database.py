"""Saving a dataset to a database and loading it, in one transaction each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias

try:
    import sqlalchemy as sa
except ImportError as error:
    from lgsco.errors import MissingExtra

    raise MissingExtra.unless_broken(
        error, "sqlalchemy", extra="database", package="sqlalchemy", purpose="keep figures in a database"
    ) from None

from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from lgsco.convert.cells import Row
from lgsco.convert.tables import dataset_from_tables, tables_of
from lgsco.dataset import Dataset
from lgsco.errors import InvalidValue, Place, Problem, UnreadableDocument
from lgsco.store.schema import metadata_of
from lgsco.store.views import views_of

Address: TypeAlias = str | URL | Engine
"""A path of a SQLite file, the address of a database such as "postgresql+psycopg://host/name", or an engine."""
SCHEMA_VERSION: Final = 1
"""The version of the tables, in the table ``lgsco_schema``."""
_VERSIONS: Final = "lgsco_schema"
_EXPECTED: Final = "a database of lgsco"
_LOCK: Final = int.from_bytes(b"lgsco")
"""The number of the advisory lock that a save takes."""


def save(dataset: Dataset, address: Address, *, schema: str | None = None) -> None:
    """
    Save a dataset, in place of what the tables held before.

    All of it is one transaction: a failure, or a process that is killed, leaves the database as it was. Saves by
    several processes wait for each other. Saving the same dataset again changes nothing. Tables of other names are not
    touched.

    Args:
        dataset: what to save; its findings are saved too, for reading in the database alone.
        address: a path of a SQLite file, the address of a database, or an engine of SQLAlchemy.
        schema: the schema of the database in which the tables stand; its default where left out.

    Raises:
        MissingExtra: SQLAlchemy, or the driver of this database, is not installed.
        UnreadableDocument: the database cannot be opened, or has tables of another version.
        InvalidValue: what is to be saved is not a dataset, or the address is not one.
    """
    rows, metadata = tables_of(dataset), metadata_of(schema)
    with _connected(address, write=True) as connection:
        versions = _versions(connection, schema)
        if versions is None:
            _refuse_others(connection, metadata, schema)
        metadata.create_all(connection)
        _replace(connection, metadata, rows)
        if versions is None:
            table = _version_table(schema)
            table.create(connection)
            connection.execute(sa.insert(table).values(version=SCHEMA_VERSION))
        for name, select in views_of(metadata).items():
            _replace_view(connection, name, select, schema)


def load(address: Address, *, schema: str | None = None) -> Dataset:
    """
    Load the dataset that a database holds.

    Args:
        address: a path of a SQLite file, the address of a database, or an engine of SQLAlchemy.
        schema: the schema of the database in which the tables stand; its default where left out.

    Returns:
        The dataset, equal to the one that was saved; one of them whole where another is saved meanwhile.

    Raises:
        MissingExtra: SQLAlchemy, or the driver of this database, is not installed.
        UnreadableDocument: the database cannot be opened, is none of ours, or has tables of another version.
        InvalidValue: rows were changed so that they are no figures; lists each with its table and row.
    """
    metadata = metadata_of(schema)
    with _connected(address, write=False) as connection:
        if _versions(connection, schema) is None:
            raise UnreadableDocument(_EXPECTED, (), (f"the table {_VERSIONS}",))
        rows = {
            table.name: [
                dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for table in metadata.sorted_tables
        }
    return dataset_from_tables(rows)


def _replace(connection: Connection, metadata: sa.MetaData, rows: Mapping[str, list[Row]]) -> None:
    for table in reversed(metadata.sorted_tables):
        connection.execute(sa.delete(table))
    for table in metadata.sorted_tables:
        if cells := rows[table.name]:
            connection.execute(sa.insert(table), cells)


def _version_table(schema: str | None) -> sa.Table:
    return sa.Table(_VERSIONS, sa.MetaData(schema=schema), sa.Column("version", sa.Integer, primary_key=True))


def _versions(connection: Connection, schema: str | None) -> int | None:
    """Return the version of the tables that are there, if any; another one than ours is refused."""
    if not sa.inspect(connection).has_table(_VERSIONS, schema=schema):
        return None
    versions = [*connection.execute(sa.select(_version_table(schema))).scalars()]
    if versions != [SCHEMA_VERSION]:
        known = ", ".join(map(str, versions)) or "none"
        reason = f"its tables have version {known}; this package knows version {SCHEMA_VERSION}"
        problem = Problem(Place(sheet=_VERSIONS), reason)
        raise UnreadableDocument(_EXPECTED, (f"version {known}",), (f"version {SCHEMA_VERSION}",), (problem,))
    return SCHEMA_VERSION


def _refuse_others(connection: Connection, metadata: sa.MetaData, schema: str | None) -> None:
    """Refuse a database that has tables of our names and is none of ours."""
    present = {*sa.inspect(connection).get_table_names(schema=schema)}
    if others := sorted(present & {table.name for table in metadata.sorted_tables}):
        raise UnreadableDocument(_EXPECTED, (f"tables of others: {', '.join(others)}",), (f"the table {_VERSIONS}",))


def _replace_view(connection: Connection, name: str, select: sa.Select[Any], schema: str | None) -> None:
    quote = connection.dialect.identifier_preparer.quote
    full = f"{quote(schema)}.{quote(name)}" if schema else quote(name)
    body = select.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    connection.exec_driver_sql(f"DROP VIEW IF EXISTS {full}")
    connection.exec_driver_sql(f"CREATE VIEW {full} AS {body}".replace("%", "%%"))


@contextmanager
def _connected(address: Address, *, write: bool) -> Iterator[Connection]:
    """Open a database for one transaction, in which a load sees one state and saves wait for each other."""
    engine = address if isinstance(address, Engine) else _engine(address, write=write)
    is_postgresql = engine.dialect.name == "postgresql"
    # SQLite does the same by itself. Who waited for a lock must then see what the other has saved.
    isolation = {"isolation_level": "READ COMMITTED" if write else "REPEATABLE READ"} if is_postgresql else {}
    try:
        with engine.execution_options(**isolation).begin() as connection:
            if write and is_postgresql:
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            yield connection
    except DatabaseError as error:
        reason = str(error.orig).splitlines()[0] if error.orig is not None else type(error).__name__
        raise UnreadableDocument(_EXPECTED, (reason,), ()) from error
    finally:
        if engine is not address:
            engine.dispose()


def _engine(address: str | URL, *, write: bool) -> Engine:
    try:
        url = address if isinstance(address, URL) else _url(address)
        if url.get_backend_name() == "sqlite":
            return _sqlite_engine(url, write=write)
        return sa.create_engine(url)
    except (ArgumentError, NoSuchModuleError) as error:
        raise InvalidValue.at("address", str(address), f"must be the address of a database: {error}") from None
    except ImportError as error:
        raise UnreadableDocument(_EXPECTED, (), (f"the driver {error.name}, which is not installed",)) from None


def _url(address: object) -> URL:
    if not isinstance(address, str):
        raise InvalidValue.at("address", address, "must be a path, the address of a database, or an engine")
    return make_url(address) if "://" in address else URL.create("sqlite", database=address)


def _sqlite_engine(url: URL, *, write: bool) -> Engine:
    file = url.database
    if not write and file and file != ":memory:" and not Path(file).is_file():
        # To open a file that is not there would make an empty one.
        raise UnreadableDocument(_EXPECTED, (f"no file {file}",), ())
    engine = sa.create_engine(url)

    # Python's driver begins no transaction before a table is made, so the engine does.
    @event.listens_for(engine, "connect")
    def _leave_transactions(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine
