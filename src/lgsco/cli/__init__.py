"""
The command line, the only package that prints and ends with an exit code.

Exit codes: 0 success; 1 ``audit`` found contradictions, or ``casework`` found dates missing; 2 the command cannot be
carried out (an option is wrong, the council is unknown, no figures are held); 3 a file cannot be read or written, or is
not of the right kind; 130 it was interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from typing import TYPE_CHECKING

from lgsco._version import __version__
from lgsco.cli import _audit, _cases, _casework, _collect, _compare, _funnel, _history, _read, _report, _review, _site
from lgsco.cli._terminal import CANNOT, INTERRUPTED, OK, UNREADABLE, UnreadableFile, complain
from lgsco.errors import LgscoError, UnreadableDocument
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Carry out one command.

    Args:
        arguments: the words after ``lgsco``; by default those of the process.

    Returns:
        The exit code.
    """
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # JSON is always UTF-8; in text, a character that the terminal cannot show becomes a question mark.
        if options.json:
            sys.stdout.reconfigure(encoding="utf-8")
        else:
            sys.stdout.reconfigure(errors="replace")
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        code = run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        complain(wording.INTERRUPTED)
        return INTERRUPTED
    except UnreadableDocument as error:
        complain(f"lgsco: {getattr(options, 'file', None) or ', '.join(options.files)}: {error}")
        return UNREADABLE
    except (LgscoError, ImportError, MemoryError) as error:
        complain(f"lgsco: {wording.NO_MEMORY if isinstance(error, MemoryError) else error}")
        return UNREADABLE if isinstance(error, UnreadableFile) else CANNOT
    except OSError as error:
        return _failed(error)
    return code


def _failed(error: OSError) -> int:
    """Return the exit code where a file, or the output itself, cannot be read or written."""
    if error.filename is None and sys.stdout is not None:
        # The output cannot be written, or its reader has closed it, as ``head`` does: the rest is discarded.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return OK
    complain(f"lgsco: {error.filename or wording.OUTPUT}: {error.strerror}")
    return UNREADABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lgsco",
        description="What the Local Government and Social Care Ombudsman publishes about English councils.",
        epilog="Exit codes: 0 all is well; 1 figures disagree (audit) or dates are missing (casework); 2 the command"
        " cannot be carried out; 3 a file cannot be read or written.",
    )
    parser.add_argument("--version", action="version", version=f"lgsco {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (_review, _compare, _funnel, _history, _report, _site, _collect, _read, _audit, _cases, _casework):
        command.add_to(commands)
    return parser
