"""
From what is published to values: text in, what was printed out.

Readers open no path, know no register and never guess: what is not understood is reported, with its place.
"""

from lgsco.readers.bounds import Bounds
from lgsco.readers.case_columns import (
    CASE_FIELDS,
    ColumnProposal,
    ProposedColumn,
    UnknownWord,
    UnplacedHeading,
)
from lgsco.readers.case_words import CASE_WORDS, CaseWord
from lgsco.readers.cases import read_cases
from lgsco.readers.decisions import read_decisions
from lgsco.readers.documents import ReadDocument, read_any
from lgsco.readers.letters import read_letter
from lgsco.readers.pages import read_page
from lgsco.readers.tables import read_table, read_tables

__all__ = [
    "CASE_FIELDS",
    "CASE_WORDS",
    "Bounds",
    "CaseWord",
    "ColumnProposal",
    "ProposedColumn",
    "ReadDocument",
    "UnknownWord",
    "UnplacedHeading",
    "read_any",
    "read_cases",
    "read_decisions",
    "read_letter",
    "read_page",
    "read_table",
    "read_tables",
]
