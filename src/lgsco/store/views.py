"""Views that put names in place of numbers, for those who open the database in Power BI or Excel."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa

from lgsco.convert.tables import AUTHORITIES, SOURCES, YEARS, layout
from lgsco.store.schema import IS_DECIMAL

_NUMBER = sa.Numeric(15, 4)


def views_of(metadata: sa.MetaData) -> dict[str, sa.Select[Any]]:
    """
    Return a view of each table: its rows with the council, the year and the source by name.

    Decimal numbers, which the tables keep as text just as they were printed, are numbers here.
    """
    tables = {table.name: table for table in metadata.sorted_tables}
    return {f"view_{part.table}": _view(tables[part.table], tables) for part in layout().parts}


def _view(table: sa.Table, tables: dict[str, sa.Table]) -> sa.Select[Any]:
    joined: sa.FromClause = table
    columns: list[Any] = []
    for column in table.columns:
        target = next((key.column.table for key in column.foreign_keys), None)
        if target is None:
            columns.append(sa.cast(column, _NUMBER).label(column.name) if column.info == IS_DECIMAL else column)
            continue
        shared = tables[target.name].alias(f"{column.name}_row")
        joined = joined.outerjoin(shared, column == next(iter(shared.primary_key)))
        prefix = column.name.removesuffix("_id").removesuffix("_ending")
        columns += _names(column, target.name, prefix, shared)
    select: sa.Select[Any] = cast("Any", sa.select)(*columns)
    return select.select_from(joined)


def _names(column: sa.Column[Any], target: str, prefix: str, shared: sa.FromClause) -> list[Any]:
    if target == AUTHORITIES:
        names = {"name": prefix, "code": f"{prefix}_code", "type": f"{prefix}_type"}
    elif target == SOURCES:
        names = {"title": prefix, "url": f"{prefix}_url", "published_on": f"{prefix}_published_on"}
        names["basis"] = f"{prefix}_basis"
    elif target == YEARS:
        return [column, shared.c["name"].label(prefix)]
    else:
        return [column]
    return [shared.c[name].label(label) for name, label in names.items()]
