"""Files that are written whole or not at all: beside the one that is meant, and then put in its place."""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from lgsco.cli._terminal import UnreadableFile
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from collections.abc import Iterable


def ending_in(endings: tuple[str, ...], text: str) -> str:
    """
    Return the name of a file to write, as the type of an option.

    Raises:
        argparse.ArgumentTypeError: it ends in another way, so that it may be a file of another kind.
    """
    if not text.lower().endswith(endings):
        raise argparse.ArgumentTypeError(f"{text!r} must end in {' or '.join(endings)}")
    return text


def check_not_read(output: str, files: Iterable[str]) -> None:
    """
    Check that a file to write is none of those to read.

    Raises:
        UnreadableFile: it is; what it holds would be lost.
    """
    if Path(output).resolve() in {Path(name).resolve() for name in files}:
        raise UnreadableFile(wording.read_and_written(output))


def write(file: Path, content: bytes) -> None:
    """
    Write a file, in the place of the one that is there, whose permissions it keeps.

    Raises:
        UnreadableFile: it cannot be written, or something else than a plain file has its name; what was there stays.
    """
    if not file.absolute().parent.is_dir():
        raise UnreadableFile(wording.no_such_folder(str(file)))
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise UnreadableFile(wording.not_a_plain_file(str(file)))
    beside = file.with_name(f".lgsco-{secrets.token_hex(8)}.part")
    try:
        try:
            with beside.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            with contextlib.suppress(FileNotFoundError):
                shutil.copymode(file, beside)
            beside.replace(file)
        finally:
            # Gone already where it has taken its place.
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise UnreadableFile(f"{file}: {error.strerror}") from None
