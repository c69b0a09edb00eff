"""Files that are written whole or not at all: beside the one that is meant, and then put in its place."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from typing import TYPE_CHECKING

from lgsco.cli._terminal import UnreadableFile
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    from pathlib import Path


def write(file: Path, content: bytes) -> None:
    """
    Write a file, in the place of the one that is there, whose permissions it keeps.

    Raises:
        UnreadableFile: it cannot be written, or something else than a plain file has its name; what was there stays.
    """
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
