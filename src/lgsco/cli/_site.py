"""``lgsco site``: a folder of static pages about every council of which figures are held."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from lgsco._text import number_of
from lgsco.cli._dataset import add_as_at, add_figures, dataset_of
from lgsco.cli._terminal import OK, UnreadableFile, complain, counted, say
from lgsco.cli._writing import write
from lgsco.errors import LgscoError
from lgsco.site import site_pages
from lgsco.wording import commands as wording

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.site import SitePage


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "site",
        help="a folder of pages about every council of which figures are held",
        description="Write a site of static pages, that can be read from its folder or put on"
        " a server. Pages that have not changed since the last build are left, pages that are no longer in the site are"
        " removed, and no file that this command did not write, or that was changed since, is touched.",
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="the folder to write to")
    parser.add_argument("--no-charts", action="store_true", help="no pictures")
    add_as_at(parser)
    add_figures(parser)
    parser.set_defaults(json=False, run=_site)


class ForeignFile(LgscoError, FileExistsError):
    """There is a file at the path of a page, and no build of a site wrote it."""


def _site(options: argparse.Namespace) -> int:
    folder = options.output
    pages = site_pages(dataset_of(options), charts=not options.no_charts, as_at=options.as_at)
    try:
        plan = _planned(folder, pages, _written_before(folder))
        _build(folder, plan)
    except OSError as error:
        if isinstance(error, LgscoError):
            raise
        raise UnreadableFile(f"{error.filename or folder}: {error.strerror}") from None
    counts = [f"{number_of(len(plan.write), 'file')} written", f"{len(plan.keep)} unchanged"]
    counts += [f"{len(plan.remove)} removed"] if plan.remove else []
    say(f"{', '.join(counts)}: {folder / 'index.html'}")
    for path in plan.leave:
        complain(f"lgsco: {folder / path}: is no longer part of the site, but was changed by hand, so it is left")
    return OK


# --- What a build has to do

_MANIFEST, _JOURNAL = ".lgsco-site.json", ".lgsco-site.journal"
"""Lists in the folder of the files that a build wrote: all of the last one, and what a build has done so far."""
_PATH = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")
"""The form of the paths of a site: none leads out of the folder."""


@attrs.frozen(order=True)
class _Written:
    """A file of a build: its path, the key of its page and the hash of its bytes."""

    path: str
    key: str
    digest: str


@attrs.frozen(kw_only=True)
class _Plan:
    write: Sequence[SitePage]
    keep: Sequence[_Written]
    remove: Sequence[str]
    leave: Sequence[str]


def _written_before(folder: Path) -> list[_Written]:
    """
    Return all that builds have written; nothing where there was no build.

    Raises:
        UnreadableFile: the list was not written by a build.
        ForeignFile: one of the two lists is a link.
    """
    for name in (_MANIFEST, _JOURNAL):
        if (folder / name).is_symlink():
            raise ForeignFile(wording.not_a_plain_file(str(folder / name)))
    manifest, journal = _content_of(folder / _MANIFEST), _content_of(folder / _JOURNAL) or b""
    # What was cut off is the line of a page that was not written any more.
    written = [entry for line in journal.splitlines() if (entry := _entry_of(_json_of(line)))]
    if manifest is None:
        return written
    match _json_of(manifest):
        case {"lgsco-site": 1, "files": dict(files)}:
            entries = [
                _entry_of([path, *hashes] if isinstance(hashes, list) else None) for path, hashes in files.items()
            ]
            if None not in entries:
                return [*filter(None, entries), *written]
    raise UnreadableFile(f"{folder / _MANIFEST}: was not written by a build of a site")


def _content_of(file: Path) -> bytes | None:
    with contextlib.suppress(FileNotFoundError):
        return file.read_bytes()
    return None


def _json_of(content: bytes) -> object:
    with contextlib.suppress(ValueError):
        document: object = json.loads(content)
        return document
    return None


def _entry_of(entry: object) -> _Written | None:
    match entry:
        case [str(path), str(key), str(digest)] if _PATH.fullmatch(path):
            return _Written(path, key, digest)
    return None


def _planned(folder: Path, pages: Sequence[SitePage], before: Sequence[_Written]) -> _Plan:
    """
    Compare the pages with the files in the folder.

    Raises:
        ForeignFile: a file at the path of a page is not as a build left it, or is a link, or one leads out of the
            folder.
    """
    known: dict[str, list[_Written]] = {}
    for entry in before:
        known.setdefault(entry.path, []).append(entry)
    write, keep = [], []
    for page in pages:
        target = folder / page.path
        if not _is_within(folder, target):
            raise ForeignFile(f"{target}: leads out of the folder")
        # For every page, so that a missing drawing library is noticed before anything is written.
        key, digest = page.key, _digest_of(target)
        # Of several the last: an interrupted build writes a page again.
        own = [entry for entry in known.get(page.path, ()) if entry.digest == digest][-1:]
        if target.exists() and not own:
            foreign = f"{target}: already exists, and this command did not write it"
            raise ForeignFile(wording.changed_by_hand(str(target)) if page.path in known else foreign)
        if own and own[0].key == key:
            keep += own
        else:
            write.append(page)
    paths = {page.path for page in pages}
    obsolete = [path for path in known if path not in paths and os.path.lexists(folder / path)]
    unchanged = {
        path
        for path in obsolete
        if _is_within(folder, folder / path) and _digest_of(folder / path) in {entry.digest for entry in known[path]}
    }
    return _Plan(
        write=write,
        keep=keep,
        remove=[path for path in obsolete if path in unchanged],
        leave=[path for path in obsolete if path not in unchanged],
    )


def _is_within(folder: Path, file: Path) -> bool:
    """Return whether a path is of the folder itself: no link leads out of it, and the file is none."""
    return file.parent.resolve().is_relative_to(folder.resolve()) and not file.is_symlink()


def _digest_of(file: Path) -> str | None:
    try:
        return _digest(file.read_bytes())
    except OSError:
        return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _build(folder: Path, plan: _Plan) -> None:
    """Carry out the plan; wherever it is interrupted, the next build knows each file that this one wrote."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in plan.remove:
        (folder / path).unlink()
        with contextlib.suppress(OSError):  # the folder is not empty
            (folder / path).parent.rmdir()
    written = [*plan.keep]
    with (folder / _JOURNAL).open("ab") as journal:
        for page in counted(plan.write, "pages"):
            content = page.content()
            entry = _Written(page.path, page.key, _digest(content))
            journal.write(f"\n{json.dumps(attrs.astuple(entry))}".encode())
            journal.flush()
            target = folder / page.path
            target.parent.mkdir(parents=True, exist_ok=True)
            write(target, content)
            written.append(entry)
    files = {entry.path: [entry.key, entry.digest] for entry in sorted(written)}
    write(folder / _MANIFEST, f"{json.dumps({'lgsco-site': 1, 'files': files}, indent=1)}\n".encode())
    (folder / _JOURNAL).unlink(missing_ok=True)
