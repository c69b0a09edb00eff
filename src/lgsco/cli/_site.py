"""``lgsco site``: a folder of static pages about every council of which figures are held."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from lgsco._text import number_of
from lgsco.cli._dataset import add_figures, dataset_of
from lgsco.cli._terminal import OK, UnreadableFile, complain, counted, say
from lgsco.errors import LgscoError
from lgsco.site import site_pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.dataset import Dataset
    from lgsco.site import SitePage

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "site",
        help="a folder of pages about every council of which figures are held",
        description="Write a site of static pages, that can be read from its folder or put on"
        " a server. Pages that have not changed since the last build are left, pages that are no longer in the site are"
        " removed, and no file that this command did not write is touched.",
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="the folder to write to")
    parser.add_argument("--no-charts", action="store_true", help="no pictures")
    add_figures(parser)
    parser.set_defaults(
        json=False, run=lambda options: _site(dataset_of(options), options.output, not options.no_charts)
    )


class ForeignFile(LgscoError, FileExistsError):
    """There is a file at the path of a page, and no build of a site wrote it."""


def _site(data: Dataset, folder: Path, charts: bool) -> int:  # noqa: FBT001  # one of the options
    pages = site_pages(data, charts=charts)
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

_MANIFEST = ".lgsco-site.json"
"""A list in the folder of the files that a build wrote, by which the next one recognises them."""
_PATH = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")
"""The form of the paths of a site: none leads out of the folder."""


@attrs.frozen
class _Written:
    """A file of an earlier build: the key of its page and the hash of its bytes, both empty after an interruption."""

    key: str
    digest: str


@attrs.frozen(kw_only=True)
class _Plan:
    write: Sequence[SitePage]
    keep: Mapping[str, _Written]
    remove: Sequence[str]
    leave: Sequence[str]


def _written_before(folder: Path) -> dict[str, _Written]:
    """Return the files that an earlier build wrote; none where there was no build."""
    file = folder / _MANIFEST
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return {}
    with contextlib.suppress(ValueError):
        match json.loads(content):
            case {"lgsco-site": 1, "files": dict(files)} if all(map(_is_entry, files.items())):
                return {path: _Written(*hashes) for path, hashes in files.items()}
    raise UnreadableFile(f"{file}: was not written by a build of a site")


def _is_entry(entry: tuple[str, object]) -> bool:
    path, hashes = entry
    match hashes:
        case [str(), str()]:
            return _PATH.fullmatch(path) is not None
    return False


def _planned(folder: Path, pages: Sequence[SitePage], before: Mapping[str, _Written]) -> _Plan:
    """
    Compare the pages with the files in the folder.

    Raises:
        ForeignFile: a file at the path of a page was not written by a build, or a link leads out of the folder.
    """
    write, keep = [], {}
    for page in pages:
        target = folder / page.path
        if not target.parent.resolve().is_relative_to(folder.resolve()) or target.is_symlink():
            raise ForeignFile(f"{target}: leads out of the folder")
        # For every page, so that a missing drawing library is noticed before anything is written.
        key = page.key
        known = before.get(page.path)
        if known is None and target.exists():
            raise ForeignFile(f"{target}: already exists, and this command did not write it")
        if known is not None and known.key == key and _digest_of(target) == known.digest:
            keep[page.path] = known
        else:
            write.append(page)
    paths = {page.path for page in pages}
    obsolete = [path for path in before if path not in paths and (folder / path).exists()]
    unchanged = {path for path in obsolete if before[path].digest in {"", _digest_of(folder / path)}}
    return _Plan(
        write=write,
        keep=keep,
        remove=[path for path in obsolete if path in unchanged],
        leave=[path for path in obsolete if path not in unchanged],
    )


def _digest_of(file: Path) -> str | None:
    try:
        return _digest(file.read_bytes())
    except OSError:
        return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _build(folder: Path, plan: _Plan) -> None:
    """Carry out the plan."""
    folder.mkdir(parents=True, exist_ok=True)
    # After an interruption, the next build still recognises the files of this one.
    written = {**plan.keep, **{page.path: _Written("", "") for page in plan.write}}
    _write_manifest(folder, {**written, **{path: _Written("", "") for path in plan.remove}})
    for path in plan.remove:
        (folder / path).unlink()
        with contextlib.suppress(OSError):  # the folder is not empty
            (folder / path).parent.rmdir()
    for page in counted(plan.write, "pages"):
        content = page.content()
        target = folder / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        written[page.path] = _Written(page.key, _digest(content))
    _write_manifest(folder, written)


def _write_manifest(folder: Path, written: Mapping[str, _Written]) -> None:
    files = {path: [file.key, file.digest] for path, file in sorted(written.items())}
    text = json.dumps({"lgsco-site": 1, "files": files}, indent=1)
    (folder / _MANIFEST).write_text(f"{text}\n", encoding="utf-8")
