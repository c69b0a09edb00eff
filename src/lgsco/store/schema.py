"""The tables of a dataset as SQLAlchemy has them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import sqlalchemy as sa

from lgsco.convert.cells import Column
from lgsco.convert.tables import YEARS, layout

IS_DECIMAL: Final = {"decimal": True}
"""Marks a column that keeps a decimal number as text, exactly as it was printed."""
_TYPES: Final[dict[type, sa.types.TypeEngine[Any]]] = {
    int: sa.BigInteger(),
    str: sa.UnicodeText(),
    bool: sa.Boolean(),
    dt.date: sa.Date(),
}


def metadata_of(schema: str | None = None) -> sa.MetaData:
    """Return the tables, in a schema of the database where one is named."""
    metadata = sa.MetaData(schema=schema)
    prefix = f"{schema}." if schema else ""
    for name, columns in layout().tables.items():
        key = "year_ending" if name == YEARS else "id"
        sa.Table(name, metadata, *(_column(column, prefix, is_key=column.name == key) for column in columns))
    return metadata


def _column(column: Column, prefix: str, *, is_key: bool) -> sa.Column[Any]:
    kind = _TYPES[column.kind] if column.longest is None else sa.String(column.longest)
    target = "year_ending" if column.refers_to == YEARS else "id"
    return sa.Column(
        column.name,
        kind,
        *([sa.ForeignKey(f"{prefix}{column.refers_to}.{target}")] if column.refers_to else []),
        primary_key=is_key,
        autoincrement=False,
        nullable=column.optional,
        index=column.refers_to is not None,
        info=IS_DECIMAL if column.is_decimal else None,
    )
