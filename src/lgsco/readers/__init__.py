"""
From what is published to values: text in, what was printed out.

Readers open no path, know no register and never guess: what is not understood is reported, with its place.
"""

from lgsco.readers.bounds import Bounds
from lgsco.readers.cases import CASE_FIELDS, read_cases
from lgsco.readers.decisions import read_decisions
from lgsco.readers.documents import ReadDocument, read_any
from lgsco.readers.letters import read_letter
from lgsco.readers.pages import read_page
from lgsco.readers.tables import read_table, read_tables

__all__ = [
    "CASE_FIELDS",
    "Bounds",
    "ReadDocument",
    "read_any",
    "read_cases",
    "read_decisions",
    "read_letter",
    "read_page",
    "read_table",
    "read_tables",
]
