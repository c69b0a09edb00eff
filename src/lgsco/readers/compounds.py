"""
Workbooks as they were before 2007 (XLS), looked through before anything else reads them.

Such a file is a small file system, one file of which is a run of records. What goes on to the library that reads
workbooks is a file made anew of the records that were looked at.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from lgsco.readers.archives import Extent, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lgsco.readers.bounds import Bounds

__all__ = ["checked_compound", "records_of"]

_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SECTOR, _MINI_SECTOR, _MINI_CUTOFF, _ENTRY = 512, 64, 4_096, 128
_LAST, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_STREAM, _ROOT = 2, 5
_IN_HEADER = 109
_NAMES = ("Workbook", "Book")


def checked_compound(source: bytes, bounds: Bounds) -> bytes:
    """
    Give the file again, with nothing in it but its records.

    Raises:
        UnreadableDocument: it is damaged, needs a password, or a sheet of it reaches beyond a bound.
    """
    try:
        records = _Compound(source).records()
    except struct.error:
        raise refused("the whole", "this workbook is damaged: it ends too early") from None
    _check_records(records, bounds)
    return _written(records)


def records_of(source: bytes) -> bytes:
    """Return the records of a file that was looked through."""
    return _Compound(source).records()


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
        """Give the file that holds the records."""
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
        raise refused("the whole", "this is no workbook: it holds no sheets")

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._source[start : start + self._size]

    def _joined(self, sectors: Iterator[int]) -> bytes:
        return b"".join(map(self._sector, sectors))

    def _numbers(self, sectors: Iterator[int]) -> tuple[int, ...]:
        joined = self._joined(sectors)
        return struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])

    def _fat_sectors(self) -> Iterator[int]:
        """Give the sectors of the table of chains: those named in the header, and in the list that goes on from it."""
        yield from (number for number in struct.unpack_from(f"<{_IN_HEADER}I", self._source, 76) if number < _FAT)
        (at,) = struct.unpack_from("<I", self._source, 68)
        for _ in range(len(self._source) // self._size):
            if at >= _FAT:
                return
            *numbers, at = struct.unpack(f"<{self._size // 4}I", self._sector(at))
            yield from (number for number in numbers if number < _FAT)
        raise refused("the whole", "this workbook is damaged: its sectors go round in a circle")

    def _followed(self, at: int, chain: tuple[int, ...] | None = None) -> Iterator[int]:
        """Give the sectors that follow one another from one on."""
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
        """Give name, kind, first sector and size of everything in the directory."""
        directory = self._joined(self._followed(self._directory))
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
            yield name, kind, start, size

    def _mini(self, root: int, start: int) -> bytes:
        """Give a small file, which stands in small sectors within that of the root."""
        small = self._joined(self._followed(root))
        sectors = self._followed(start, self._mini_chain)
        return b"".join(small[at * _MINI_SECTOR : (at + 1) * _MINI_SECTOR] for at in sectors)


# --- The records

_BOUND_SHEET, _END, _STRINGS, _DIMENSIONS, _MANY = 0x85, 0x0A, 0xFC, (0x00, 0x200), 0xBD
_CELLS = frozenset({0x06, 0xBD, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x27E})
_OLD_DIMENSIONS, _NEW_DIMENSIONS = 10, 14


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Give each record from a place on, its kind and what it holds, to the one that ends them."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _END:
            return
        at += 4 + length


def _check_records(stream: bytes, bounds: Bounds) -> None:
    """See how many sheets there are and how far each reaches, as it says itself and by its cells."""
    places = []
    for kind, content in _records(stream, 0):
        if kind == _BOUND_SHEET and len(content) >= 4:  # noqa: PLR2004  # the place, in four bytes
            places.append(struct.unpack_from("<I", content)[0])
        elif kind == _STRINGS and len(content) >= 8 and struct.unpack_from("<I", content, 4)[0] > len(stream):  # noqa: PLR2004  # two numbers
            raise refused("the whole", "this workbook is damaged: it has more texts than it has bytes")
    if len(places) > bounds.sheets:
        raise refused("the whole", f"has {len(places):,} sheets, and at most {bounds.sheets:,} are read")
    # Without its sheets, what stands first is a sheet of its own, as it was in the oldest files.
    extent, room = Extent("sheet 1", bounds), 2 * len(stream)
    for number, place in enumerate(places or [0], 1):
        extent = extent.then(f"sheet {number}")
        for kind, content in _records(stream, place):
            room -= len(content) + 4
            if room < 0:
                raise refused("the whole", "this workbook is damaged: its sheets stand within one another")
            if kind in _CELLS and len(content) >= 4:  # noqa: PLR2004  # row and column
                row, first = struct.unpack_from("<HH", content)
                last = struct.unpack_from("<H", content, len(content) - 2)[0] if kind == _MANY else first
                extent.add(row, row, first, max(first, last))
            elif kind in _DIMENSIONS:
                _check_dimensions(content, extent)


def _check_dimensions(content: bytes, extent: Extent) -> None:
    if len(content) >= _NEW_DIMENSIONS:
        first_row, beyond_row, first_column, beyond_column = struct.unpack_from("<IIHH", content)
    elif len(content) >= _OLD_DIMENSIONS:
        first_row, beyond_row, first_column, beyond_column = struct.unpack_from("<HHHH", content)
    else:
        return
    if beyond_row < first_row or beyond_column < first_column:
        raise refused("the whole", "this workbook is damaged: a sheet ends before it begins")
    # One that says it has rows and no columns, or columns and no rows, is made room for all the same.
    extent.add(first_row, max(beyond_row - 1, first_row), first_column, max(beyond_column - 1, first_column))


def _written(stream: bytes) -> bytes:
    """Write a file system that holds one file: header, table of chains, directory, and the file itself."""
    # A file that is smaller would have to stand in small sectors.
    length = max(-(-len(stream) // _SECTOR) * _SECTOR, _MINI_CUTOFF)
    sectors = length // _SECTOR
    per_sector = _SECTOR // 4
    # The table of chains counts its own sectors and those of the list of them, too.
    tables, lists = 1, 0
    while tables * per_sector < sectors + 1 + tables + lists:
        tables += 1
        lists = -(-max(tables - _IN_HEADER, 0) // (per_sector - 1))
    directory, first = 0, 1
    table_at, list_at = first + sectors, first + sectors + tables
    chain = [_LAST, *range(first + 1, first + sectors), _LAST, *[_FAT] * tables, *[_FAT - 1] * lists]
    chain += [_FREE] * (tables * per_sector - len(chain))
    places = [*range(table_at, table_at + tables)]
    named = places[:_IN_HEADER] + [_FREE] * (_IN_HEADER - len(places))
    beyond = b""
    for number in range(lists):
        listed = places[_IN_HEADER + number * (per_sector - 1) :][: per_sector - 1]
        listed += [_FREE] * (per_sector - 1 - len(listed))
        beyond += struct.pack(f"<{per_sector}I", *listed, list_at + number + 1 if number + 1 < lists else _LAST)
    header = _MARK + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory, 0, _MINI_CUTOFF, _LAST, 0,
        list_at if lists else _LAST, lists, named[0],
    ) + struct.pack(f"<{_IN_HEADER - 1}I", *named[1:])  # fmt: skip
    entries = _entry("Root Entry", _ROOT, _LAST, 0, child=1) + _entry("Workbook", _STREAM, first, length)
    entries += bytes(_SECTOR - len(entries))
    table = struct.pack(f"<{len(chain)}I", *chain)
    return b"".join((header, entries, stream, bytes(length - len(stream)), table, beyond))


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII36xII4x", encoded, len(encoded) + 2, kind, 1, _FREE, _FREE, child, start, size)
