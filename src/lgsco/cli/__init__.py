"""
The command line, the only package that prints and ends with an exit code.

Exit codes: 0 success; 1 ``audit`` found contradictions, or ``casework`` found dates missing; 2 the command cannot be
carried out (an option is wrong, the council is unknown, no figures are held); 3 a file cannot be read or written, or is
not of the right kind.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from typing import TYPE_CHECKING

from lgsco._version import __version__
from lgsco.cli import _audit, _casework, _collect, _compare, _funnel, _history, _read, _report, _review, _site
from lgsco.cli._terminal import CANNOT, OK, UNREADABLE, UnreadableFile, complain
from lgsco.errors import LgscoError, UnreadableDocument

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
        return run(options)
    except UnreadableDocument as error:
        complain(f"lgsco: {getattr(options, 'file', None) or ', '.join(options.files)}: {error}")
        return UNREADABLE
    except UnreadableFile as error:
        complain(f"lgsco: {error}")
        return UNREADABLE
    except LgscoError as error:
        complain(f"lgsco: {error}")
        return CANNOT
    except BrokenPipeError:
        # The reader of the output has closed it, as ``head`` does; what Python would still flush is discarded.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lgsco",
        description="What the Local Government and Social Care Ombudsman publishes about English councils.",
        epilog="Exit codes: 0 all is well; 1 figures disagree (audit) or dates are missing (casework); 2 the command"
        " cannot be carried out; 3 a file cannot be read or written.",
    )
    parser.add_argument("--version", action="version", version=f"lgsco {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (_review, _compare, _funnel, _history, _report, _site, _collect, _read, _audit, _casework):
        command.add_to(commands)
    return parser
