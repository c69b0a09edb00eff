"""How much a reader takes before it refuses a file: what is published is small; what is not is something else."""

from __future__ import annotations

from typing import final

import attrs

from lgsco._values import Rule, value

__all__ = ["Bounds"]

_a_bound = Rule(lambda held: None if type(held) is int and held > 0 else "must be a whole number of 1 or more")


@final
@value(kw_only=True)
class Bounds:
    """
    The most that a reader takes of each thing; what exceeds a bound is refused, with the bound in the error.

    Every reader takes these as ``bounds``; a caller with larger files gives larger ones.

    >>> Bounds(pdf_pages=20).pdf_pages, Bounds().pdf_pages
    (20, 200)

    Raises:
        InvalidField: a bound is no whole number of 1 or more (InvalidFields where there are several).
    """

    text_bytes: int = attrs.field(default=16_000_000, validator=_a_bound)
    """Bytes of a text or of HTML, and characters where text is given or of what the pages of a PDF say."""
    pdf_bytes: int = attrs.field(default=64_000_000, validator=_a_bound)
    pdf_pages: int = attrs.field(default=200, validator=_a_bound)
    html_depth: int = attrs.field(default=500, validator=_a_bound)
    """Elements of HTML that stand open within one another."""
    sheets: int = attrs.field(default=100, validator=_a_bound)
    """Sheets of a workbook."""
    sheet_rows: int = attrs.field(default=20_000, validator=_a_bound)
    sheet_columns: int = attrs.field(default=500, validator=_a_bound)
    sheet_cells: int = attrs.field(default=2_000_000, validator=_a_bound)
    """Cells of all sheets, each from its first to its last, those between them without anything too."""
    archive_bytes: int = attrs.field(default=64_000_000, validator=_a_bound)
    """Bytes of a workbook, and of what its archive holds once it is unpacked."""
    archive_parts: int = attrs.field(default=2_000, validator=_a_bound)
    """Files within a workbook's archive."""
