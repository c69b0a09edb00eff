"""The text of a PDF, page by page; the library that reads it is loaded when the first PDF comes."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any

from lgsco.errors import MissingExtra, Place, Problem, UnreadableDocument
from lgsco.readers.worker import in_worker

if TYPE_CHECKING:
    from lgsco.readers.bounds import Bounds

_MARK = b"%PDF-"
# Some makers write a few bytes before the mark, and readers of PDFs have always allowed it.
_BEFORE_MARK = 1_024
# PDFium keeps what it works on in variables of the whole process.
_one_at_a_time = threading.Lock()


def is_pdf(source: bytes) -> bool:
    """Whether bytes are a PDF, by the mark with which they begin."""
    return _MARK in source[:_BEFORE_MARK] and not source.lstrip().startswith(b"<")


def pages_of_pdf(source: bytes, bounds: Bounds, expected: str) -> list[str]:
    """
    Return the text of each page.

    Raises:
        UnreadableDocument: the PDF is damaged, needs a password, is beyond a bound, or holds no
            text at all, as a scan does.
        MissingExtra: the extra ``lgsco[pdf]`` is not installed.
    """
    if len(source) > bounds.pdf_bytes:
        raise refused(expected, "the whole", f"has {len(source):,} bytes, and at most {bounds.pdf_bytes:,} are read")
    if bounds.isolate:
        return in_worker(
            pages_of_pdf, source, bounds, expected, refuse=lambda reason: refused(expected, "the whole", reason)
        )
    try:
        pdfium: Any = import_module("pypdfium2")
    except ImportError as error:
        raise MissingExtra.unless_broken(
            error, "pypdfium2", extra="pdf", package="pypdfium2", purpose="read a PDF"
        ) from None
    with _one_at_a_time:
        try:
            with pdfium.PdfDocument(source) as document:
                texts = _texts(document, bounds, expected)
        except pdfium.PdfiumError:
            raise refused(expected, "the whole", _reason(pdfium, source)) from None
    if not any(text.strip() for text in texts):
        reason = "this PDF holds no text: it may be a scan, which shows pictures of words"
        raise refused(expected, "the whole", reason)
    return texts


_NO_FILE, _NEEDS_PASSWORD = 2, 4


def _reason(pdfium: Any, source: bytes) -> str:
    """Return the reason why PDFium does not open a file, from the number of its error."""
    # Of a file without pages PDFium sets no error, and says the one before: so there is one that no bytes can have.
    pdfium.raw.FPDF_LoadDocument(b"", None)
    code = 0
    try:
        pdfium.PdfDocument(source).close()
    except pdfium.PdfiumError as error:
        code = error.err_code
    reasons = {_NO_FILE: "this PDF has no pages", _NEEDS_PASSWORD: "this PDF needs a password"}
    return reasons.get(code, "this PDF is damaged")


def _texts(document: Any, bounds: Bounds, expected: str) -> list[str]:
    if len(document) > bounds.pdf_pages:
        raise refused(expected, "the whole", f"has {len(document):,} pages, and at most {bounds.pdf_pages:,} are read")
    texts: list[str] = []
    room = bounds.text_bytes
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        texts.append(textpage.get_text_range())
        textpage.close()
        page.close()
        room -= len(texts[-1])
        if room < 0:
            reason = f"the text so far exceeds the {bounds.text_bytes:,} characters that are read"
            raise refused(expected, f"page {number + 1}", reason)
    return texts


def refused(expected: str, place: str, reason: str) -> UnreadableDocument:
    """Return the error of a file without readable text."""
    return UnreadableDocument(expected, (), ("text",), (Problem(Place(path=place), reason),))
