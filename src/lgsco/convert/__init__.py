"""
Values to JSON and back, values to flat rows (and to a file of them) and back, and the JSON Schema of each type.

Reading is strict: nothing is coerced, dropped or filled in, and everything that is wrong is reported at once, with its
path. The types know nothing of this room.
"""

from lgsco.convert._converter import FORMAT
from lgsco.convert._csv import from_csv, to_csv
from lgsco.convert._json import from_json, to_json
from lgsco.convert._rows import from_rows, rows_of
from lgsco.convert._schema import json_schema

__all__ = ["FORMAT", "from_csv", "from_json", "from_rows", "json_schema", "rows_of", "to_csv", "to_json"]
