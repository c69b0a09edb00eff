"""The files that are to be read: those that are named, those in folders, and those in archives."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, NamedTuple, TypeAlias

from lgsco.errors import InvalidValue, Place, Problem
from lgsco.readers.bounds import Bounds

Loadable: TypeAlias = str | os.PathLike[str] | BinaryIO
"""A file or a folder by its path, or an open binary file such as standard input."""

_HIDDEN: Final = "is hidden, so it was skipped"
_SQLITE: Final = b"SQLite format 3\0"
_LINK: Final = "is a link, so it was skipped"


class File(NamedTuple):
    """A file by the name to show, and how its bytes are had, no further than the bounds allow."""

    name: str
    read: Callable[[Bounds], bytes]
    address: str | None = None
    """Its path, or the address of a database."""


class Content(NamedTuple):
    """What is in one file: its bytes, and the address where it is a database; or why there are none."""

    name: str
    data: bytes = b""
    database: str | None = None
    error: InvalidValue | None = None
    skipped: Problem | None = None


def refusal(file: str, reason: str) -> InvalidValue:
    """Return the error of a file as a whole."""
    return InvalidValue([Problem(Place(file=file), reason)])


def files_in(
    paths: Sequence[Loadable], exclude: Iterable[str | os.PathLike[str]]
) -> tuple[list[File], tuple[Problem, ...]]:
    """
    Return the files that are named and those in folders, in the order of their names, and what is skipped.

    The name to show of a file in the only folder is its path from there.

    Raises:
        InvalidValue: a path does not exist.
    """
    files: list[File] = []
    skipped: list[Problem] = []
    missing: list[Problem] = []
    excluded = {os.path.realpath(path) for path in exclude}
    for index, path in enumerate(paths):
        if not isinstance(path, str | os.PathLike):
            if not hasattr(path, "read"):
                raise InvalidValue.at(f"paths[{index}]", path, "must be a path, or an open binary file")
            files.append(_of_stream(path))
            continue
        name = os.fspath(path)
        if "://" in name:
            files.append(File(_without_password(name), lambda _: _SQLITE, name))
            continue
        try:
            is_folder = stat.S_ISDIR(Path(name).stat().st_mode)
        except (OSError, ValueError) as error:
            missing.append(Problem(Place(file=name), getattr(error, "strerror", None) or str(error)))
            continue
        if is_folder:
            _add_folder(name, Path(name) if len(paths) == 1 else Path(), excluded, files, skipped)
        else:
            files.append(_of_path(name, name))
    if missing:
        raise InvalidValue(missing)
    return files, tuple(skipped)


def _without_password(address: str) -> str:
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.partition('?')[0].rpartition('@')[2]}"


def _add_folder(name: str, top: Path, excluded: set[str], files: list[File], skipped: list[Problem]) -> None:
    count = len(files) + len(skipped)
    for path, reason in _walk(name, excluded):
        within = path != top and path.is_relative_to(top)
        shown = str(path.relative_to(top) if within else path)
        if isinstance(reason, str):
            skipped.append(Problem(Place(file=shown), reason))
        else:
            files.append(_of_path(str(path), shown) if reason is None else _unreadable(shown, reason))
    if len(files) + len(skipped) == count:
        skipped.append(Problem(Place(file=name), "is a folder without files"))


def _walk(folder: str, excluded: set[str]) -> Iterator[tuple[Path, str | OSError | None]]:
    """Yield what is in a folder and below, each with the reason why it is not read, if there is one."""
    errors: list[OSError] = []
    for here, subfolders, names in os.walk(folder, onerror=errors.append):
        for name in sorted((*subfolders, *names)):
            path, is_folder = Path(here, name), name in subfolders
            reason = _reason_to_skip(path, is_folder=is_folder, excluded=excluded)
            if reason is not None and is_folder:
                subfolders.remove(name)
            if reason is not None or not is_folder:
                yield path, reason
        subfolders.sort()
    yield from ((Path(error.filename), error) for error in errors)


def _reason_to_skip(path: Path, *, is_folder: bool, excluded: set[str]) -> str | None:
    if path.name.startswith("."):
        return _HIDDEN
    if path.is_symlink():
        return _LINK
    if not is_folder and not path.is_file():
        return "is not a plain file, so it was skipped"
    return "was left out, as asked" if excluded and os.path.realpath(path) in excluded else None


def _of_path(path: str, name: str) -> File:
    def read(bounds: Bounds) -> bytes:
        try:
            with Path(path).open("rb") as stream:
                head = stream.read(len(_SQLITE))
                if head == _SQLITE:
                    return head
                _check_size(name, os.fstat(stream.fileno()).st_size, bounds)
                return head + _read_within(name, stream, bounds)
        except OSError as error:
            raise refusal(name, error.strerror or str(error)) from None

    return File(name, read, path)


def _of_stream(stream: BinaryIO) -> File:
    own = getattr(stream, "name", None)
    name = own if isinstance(own, str) and own[:1] not in ("", "<") else "-"
    return File(name, lambda bounds: _read_within(name, stream, bounds))


def _unreadable(name: str, error: OSError) -> File:
    def read(_: Bounds) -> bytes:
        raise refusal(name, error.strerror or str(error))

    return File(name, read)


def _read_within(name: str, stream: BinaryIO, bounds: Bounds) -> bytes:
    data = stream.read(bounds.file_bytes + 1)
    if not isinstance(data, bytes):
        raise refusal(name, "is open as text, and must be open as bytes")
    _check_size(name, len(data), bounds)
    return data


def _check_size(name: str, size: int, bounds: Bounds) -> None:
    if size > bounds.file_bytes:
        raise refusal(name, f"has more than the {bounds.file_bytes:,} bytes that are read")


# --- Archives

_WORKBOOK_PARTS: Final = frozenset({"[Content_Types].xml", "content.xml", "mimetype"})
_ZIP: Final = b"PK\x03\x04"
_LOCKED: Final = 1
_DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error
)  # fmt: skip
"""What zipfile raises of archives that are damaged; NotImplementedError, of a compression that it does not know."""


def contents_of(file: File, bounds: Bounds) -> Iterator[Content]:
    """
    Yield what is in a file: its bytes, or those of each file where it is an archive of files.

    A workbook is an archive too, of parts; it is one file.
    """
    try:
        data = file.read(bounds)
        archive = _entries_of(data)
        if archive is not None:
            _check_archive(file.name, archive, bounds)
    except InvalidValue as error:
        yield Content(file.name, error=error)
        return
    if archive is None:
        yield Content(file.name, data, file.address if data == _SQLITE else None)
        return
    for entry in archive:
        name = f"{file.name}/{entry.filename}"
        if (reason := _reason_to_skip_entry(entry)) is not None:
            yield Content(name, skipped=Problem(Place(file=name), reason))
            continue
        try:
            yield Content(name, _unpacked(data, entry, name))
        except InvalidValue as error:
            yield Content(name, error=error)


def _entries_of(data: bytes) -> list[zipfile.ZipInfo] | None:
    """Return the files in an archive; ``None`` where it is a workbook, is damaged, or is not an archive."""
    if not data.startswith(_ZIP):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _DAMAGED:
        return None
    return None if _WORKBOOK_PARTS.intersection(entry.filename for entry in entries) else entries


def _check_archive(name: str, entries: Sequence[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(entries) > bounds.archive_parts:
        raise refusal(name, f"has {len(entries):,} files, and at most {bounds.archive_parts:,} are read")
    size = sum(entry.file_size for entry in entries)
    if size > bounds.archive_bytes:
        raise refusal(name, f"unpacks to {size:,} bytes, and at most {bounds.archive_bytes:,} are read")


def _reason_to_skip_entry(entry: zipfile.ZipInfo) -> str | None:
    parts = PurePosixPath(entry.filename).parts
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return _HIDDEN
    return _LINK if stat.S_ISLNK(entry.external_attr >> 16) else None


def _unpacked(data: bytes, entry: zipfile.ZipInfo, name: str) -> bytes:
    """Unpack one file, no further than the size that was checked before."""
    if entry.flag_bits & _LOCKED:
        raise refusal(name, "needs a password")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise refusal(name, "is packed in a way that is not read")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(entry) as stream:
            part = stream.read(entry.file_size + 1)
    except _DAMAGED:
        raise refusal(name, "is damaged") from None
    if _entries_of(part) is not None:
        raise refusal(name, "is an archive within an archive, which is not opened")
    return part
