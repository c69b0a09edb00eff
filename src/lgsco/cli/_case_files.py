"""The files of a council's own cases, the mapping of their columns, and the problems in them, for the commands."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from lgsco.cli._terminal import UnreadableFile, content_of
from lgsco.cli._writing import write
from lgsco.convert.json import parse_json
from lgsco.convert.rows import columns_of
from lgsco.errors import InvalidValue, UnknownWords
from lgsco.model.cases import ComplianceOutcome
from lgsco.readers.bounds import ISOLATED
from lgsco.readers.case_columns import CASE_FIELDS
from lgsco.readers.cases import Duplicates, read_cases
from lgsco.wording import cases as wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lgsco.model.authorities import Authority, Register
    from lgsco.model.cases import CaseList
    from lgsco.readers.case_columns import ColumnProposal

_COPIES: dict[str, Duplicates] = {"refuse": "refuse", "drop": "drop-identical", "keep": "keep-identical"}


class CaseColumns(NamedTuple):
    """What a file of columns says: the heading of each field, and what words of the export mean."""

    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, object]]


def add_case_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the commands that read a council's own cases."""
    parser.add_argument("--columns", metavar="MAP.json", help="what each column is, as lgsco cases proposes it")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook, where several hold cases")
    parser.add_argument(
        "--copies",
        choices=_COPIES,
        default="refuse",
        help="what to do with rows that are exact copies: refuse the file (the default), drop the copies, or keep each"
        " as a recommendation of its own",
    )


def columns_in(file: str) -> CaseColumns:
    """
    Return what a file of columns says.

    Raises:
        UnreadableFile: it cannot be read, or is not of this form.
    """
    try:
        document: Any = parse_json(content_of(file), "file of columns")
    except InvalidValue as error:
        raise UnreadableFile(f"{file}: {error}") from None
    columns = document.get("columns") if isinstance(document, dict) else None
    words = document.get("words", {}) if isinstance(document, dict) else None
    if (
        not isinstance(columns, dict)
        or not all(isinstance(heading, str) for heading in columns.values())
        or not isinstance(words, dict)
        or not all(isinstance(meanings, dict) for meanings in words.values())
        or {*document} - {"columns", "words"}
    ):
        raise UnreadableFile(f"{file}: {wording.NO_COLUMNS_FILE}")
    return CaseColumns(columns, words)


def write_columns(file: str, proposal: ColumnProposal) -> None:
    """
    Write a proposal as a file of columns; a file that is there already is not touched.

    Raises:
        UnreadableFile: there is a file of this name, or it cannot be written.
    """
    document = json.dumps({"columns": proposal.mapping, "words": proposal.words}, ensure_ascii=False, indent=2)
    if os.path.lexists(file):
        raise UnreadableFile(f"{file}: {wording.FILE_EXISTS}")
    write(Path(file), f"{document}\n".encode())


def cases_in(
    content: bytes,
    options: argparse.Namespace,
    authority: Authority | None,
    as_of: dt.date | None = None,
    register: Register | None = None,
) -> CaseList:
    """
    Read cases by the columns that the options name, or, without any, by the headings of ``lgsco.convert.rows_of``.

    Raises:
        UnreadableFile: cases or columns are wrong; lists every problem by its kind.
    """
    try:
        mapping = None if options.columns is None else columns_in(options.columns)
        columns, words = _own_columns(content, options, authority) if mapping is None else mapping
        return read_cases(
            content,
            columns,
            authority,
            register=register,
            words=words,
            duplicates=_COPIES[options.copies],
            as_of=as_of,
            sheet=options.sheet,
            bounds=ISOLATED,
        )
    except InvalidValue as error:
        raise UnreadableFile(problems_in(error, options.file)) from None


_OWN = {*CASE_FIELDS, *columns_of(ComplianceOutcome), "group"}
"""The headings of the plain layout, and the one that it had before."""


def _own_columns(content: bytes, options: argparse.Namespace, authority: Authority | None) -> CaseColumns:
    """Return the columns of a file in the plain layout; a proposal for any other is not followed unasked."""
    proposal = read_cases(content, authority=authority, sheet=options.sheet, bounds=ISOLATED)
    if any(column.heading not in _OWN for column in proposal.columns) or not proposal.columns:
        raise UnreadableFile(f"{options.file}: {wording.no_mapping(options.file)}")
    return CaseColumns(proposal.mapping, {})


def problems_in(error: InvalidValue, file: str) -> str:
    """Return every problem of a file by its kind, with its rows, and the words that are to be explained."""
    kinds: dict[tuple[str, str], list[tuple[int | None, str]]] = {}
    for problem in error.problems:
        place = problem.place
        where = ", ".join(
            part for part in (f"sheet {place.sheet!r}" if place.sheet else None, place.column or place.path) if part
        )
        shown = problem.value if isinstance(problem.value, str) else ""
        kinds.setdefault((where, problem.reason), []).append((place.row, shown))
    lines = [wording.problem_kind(where, reason, cells) for (where, reason), cells in kinds.items()]
    text = "\n- ".join([wording.not_read(file, len(error.problems), len(kinds)), *lines])
    if isinstance(error, UnknownWords):
        text += f"\n{wording.EXPLAIN_WORDS}\n" + json.dumps({"words": error.skeleton}, ensure_ascii=False, indent=2)
    return text
