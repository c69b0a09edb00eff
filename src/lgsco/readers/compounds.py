"""
The records of a workbook from before 2007 (XLS), for what the library that reads workbooks does not say of its cells.

Such a file is a small file system, one file of which is a run of records.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from lgsco.readers.sheets import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

_MINI_SECTOR, _MINI_CUTOFF, _ENTRY = 64, 4_096, 128
_FAT = 0xFFFFFFFD
_STREAM, _ROOT = 2, 5
_IN_HEADER = 109
_NAMES = ("Workbook", "Book")


def records_of(source: bytes) -> bytes:
    """
    Return the records of a workbook, one after another.

    Raises:
        UnreadableDocument: it is damaged, or needs a password.
    """
    try:
        return _Compound(source).records()
    except struct.error:
        raise refused("the whole", "this workbook is damaged: it ends too early") from None


class _Compound:
    """The file system: sectors, the table that chains them, and the directory."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        (shift,) = struct.unpack_from("<H", source, 30)
        if shift not in (9, 12):
            raise refused("the whole", "this workbook is damaged: its sectors have no size that there is")
        self._size = 1 << shift
        (self._directory,) = struct.unpack_from("<I", source, 48)
        (mini,) = struct.unpack_from("<I", source, 60)
        self._chain = self._numbers(self._fat_sectors())
        self._mini_chain = self._numbers(self._followed(mini)) if mini < _FAT else ()

    def records(self) -> bytes:
        """Return the file that has the records."""
        entries = list(self._entries())
        root = next((entry for entry in entries if entry[1] == _ROOT), None)
        for name in _NAMES:
            for entry_name, kind, start, size in entries:
                if kind == _STREAM and entry_name == name:
                    if size >= _MINI_CUTOFF or root is None:
                        return self._joined(self._followed(start))[:size]
                    return self._mini(root[2], start)[:size]
        if any(entry_name == "EncryptedPackage" for entry_name, *_ in entries):
            raise refused("the whole", "this workbook needs a password")
        raise refused("the whole", "this is not a workbook: it has no sheets")

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._source[start : start + self._size]

    def _joined(self, sectors: Iterator[int]) -> bytes:
        return b"".join(map(self._sector, sectors))

    def _numbers(self, sectors: Iterator[int]) -> tuple[int, ...]:
        joined = self._joined(sectors)
        return struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])

    def _fat_sectors(self) -> Iterator[int]:
        """Yield the sectors of the table of chains: those named in the header, and in the list that goes on from it."""
        yield from (number for number in struct.unpack_from(f"<{_IN_HEADER}I", self._source, 76) if number < _FAT)
        (at,) = struct.unpack_from("<I", self._source, 68)
        for _ in range(len(self._source) // self._size):
            if at >= _FAT:
                return
            *numbers, at = struct.unpack(f"<{self._size // 4}I", self._sector(at))
            yield from (number for number in numbers if number < _FAT)
        raise refused("the whole", "this workbook is damaged: its sectors go round in a circle")

    def _followed(self, at: int, chain: tuple[int, ...] | None = None) -> Iterator[int]:
        """Yield the sectors that follow one another from one on."""
        chain = self._chain if chain is None else chain
        for _ in range(len(chain) + 1):
            if at >= len(chain):
                if at < _FAT:
                    raise refused("the whole", "this workbook is damaged: a sector is missing")
                return
            yield at
            at = chain[at]
        raise refused("the whole", "this workbook is damaged: its sectors go round in a circle")

    def _entries(self) -> Iterator[tuple[str, int, int, int]]:
        """Yield name, kind, first sector and size of everything in the directory."""
        directory = self._joined(self._followed(self._directory))
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
            yield name, kind, start, size

    def _mini(self, root: int, start: int) -> bytes:
        """Return a small file, which is in small sectors within that of the root."""
        small = self._joined(self._followed(root))
        sectors = self._followed(start, self._mini_chain)
        return b"".join(small[at * _MINI_SECTOR : (at + 1) * _MINI_SECTOR] for at in sectors)
