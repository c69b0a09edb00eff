"""Functions for the worker of the readers to call, in a module that is quickly loaded."""

import os
import sys
import time

from lgsco.readers.pdfs import pages_of_pdf


def process_of(_source, _bounds):
    """Give the number of the process in which this is called."""
    return os.getpid()


def fill(_source, _bounds, size):
    """Take memory and keep it, and give the number of the process."""
    kept.append(bytearray(size))
    return os.getpid()


kept = []


def wait(_source, _bounds):
    """Do nothing for longer than any bound."""
    time.sleep(600)


def without_pdfium(source, bounds):
    """Read where PDFium is not installed."""
    sys.modules["pypdfium2"] = None
    try:
        return pages_of_pdf(source, bounds, "a text")
    finally:
        del sys.modules["pypdfium2"]
