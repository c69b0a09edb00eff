"""How much a reader takes before it refuses a file: what is published is small; what is not is something else."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import final

from lgsco._values import PositiveCount, value

TABLE = "a published table"
"""What a reader of sheets takes a document for."""


@final
@value
class Bounds:
    """
    The most that a reader takes of each thing; what exceeds a bound is refused, with the bound in the error.

    Every reader takes these as ``bounds``; a caller with larger files gives larger ones.

    >>> Bounds(pdf_pages=20).pdf_pages, Bounds().pdf_pages
    (20, 200)

    Raises:
        InvalidValue: a bound is not a whole number of 1 or more.
    """

    _: KW_ONLY
    text_bytes: PositiveCount = 16000000
    """
    Bytes of a text or of HTML, and characters where text is given.

    Also the characters of all pages of a PDF, and of all cells of a workbook.
    """
    pdf_bytes: PositiveCount = 64000000
    pdf_pages: PositiveCount = 200
    html_depth: PositiveCount = 500
    """Elements of HTML that are nested in one another."""
    sheets: PositiveCount = 100
    """Sheets of a workbook."""
    sheet_rows: PositiveCount = 20000
    sheet_columns: PositiveCount = 500
    sheet_cells: PositiveCount = 2000000
    """Cells of all sheets, each from its first to its last, those between them without anything too."""
    archive_bytes: PositiveCount = 64000000
    """Bytes of a workbook, and of what its archive says that it holds once it is unpacked."""
    archive_parts: PositiveCount = 2000
    """Files within an archive."""
    isolate: bool = False
    """
    Whether PDFs and workbooks are unpacked in a process of their own, with bounded memory and time.

    The libraries that unpack them cannot be bounded from within: a file of a kilobyte may take gigabytes, and end the
    process that reads it. ``lgsco.load`` and the commands isolate; do so wherever files come from strangers.
    """
    worker_bytes: PositiveCount = 1000000000
    """Bytes of memory of the process in which they are unpacked, where the system can limit them (on Linux)."""
    worker_seconds: PositiveCount = 60

    @property
    def file_bytes(self) -> int:
        """The size of the largest file that any reader takes; ask it before a file is opened."""
        return max(self.text_bytes, self.pdf_bytes, self.archive_bytes)


ISOLATED = Bounds(isolate=True)
"""The bounds of ``lgsco.load`` and of the commands, whose files may come from anyone."""
