"""
JSON, flat rows, comma-separated values and JSON Schema for every public type, and tables for a dataset.

Reading is strict: nothing is coerced, dropped or filled in, and everything that is wrong is reported at once, with its
path. The types know nothing of this package.
"""

from lgsco.convert.converter import FORMAT
from lgsco.convert.csv import from_csv, to_csv
from lgsco.convert.json import from_dict, from_json, to_dict, to_json
from lgsco.convert.rows import from_rows, rows_of
from lgsco.convert.schema import json_schema
from lgsco.convert.tables import dataset_from_tables, tables_of

__all__ = [
    "FORMAT",
    "dataset_from_tables",
    "from_csv",
    "from_dict",
    "from_json",
    "from_rows",
    "json_schema",
    "rows_of",
    "tables_of",
    "to_csv",
    "to_dict",
    "to_json",
]
