"""``lgsco site``: a folder of static pages about every council of which figures are held."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from lgsco import published
from lgsco._text import number_of
from lgsco.cli._terminal import OK, UnreadableFile, complain, counted, say
from lgsco.errors import LgscoError
from lgsco.site import site_pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lgsco.cli._terminal import Commands
    from lgsco.site import SitePage

__all__ = ["add_to"]


def add_to(commands: Commands) -> None:
    """Add the command and its words."""
    parser = commands.add_parser(
        "site",
        help="a folder of pages about every council of which figures are held",
        description="Write a site of static pages, from the shipped figures, that is read from its folder or put on a"
        " server. Pages that have not changed since the last build are left as they are, pages that are no more are"
        " removed, and no file that another than this command wrote is touched.",
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="the folder to write to")
    parser.add_argument("--no-charts", action="store_true", help="no pictures, which need the extra lgsco[charts]")
    parser.set_defaults(json=False, run=lambda asked: _site(asked.output, not asked.no_charts))


class ForeignFile(LgscoError, FileExistsError):
    """A file stands where a page is to be, and no build of a site wrote it."""


def _site(folder: Path, charts: bool) -> int:  # noqa: FBT001  # one of the words given
    pages = site_pages(
        published.reviews(),
        published.register(),
        averages=published.averages(),
        printed=published.printed(),
        charts=charts,
    )
    try:
        plan = _planned(folder, pages, _written_before(folder))
        _build(folder, plan)
    except OSError as error:
        if isinstance(error, LgscoError):
            raise
        raise UnreadableFile(f"{error.filename or folder}: {error.strerror}") from None
    said = [f"{number_of(len(plan.write), 'file')} written", f"{len(plan.keep)} unchanged"]
    said += [f"{len(plan.remove)} removed"] if plan.remove else []
    say(f"{', '.join(said)}: {folder / 'index.html'}")
    for path in plan.leave:
        complain(f"lgsco: {folder / path}: is no longer part of the site, but was changed by hand, so it is left")
    return OK


# --- What a build has to do

_MANIFEST = ".lgsco-site.json"
"""Lists in the folder what a build wrote there, so that the next one knows its own files from others'."""
_PATH = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")
"""What the paths of a site are like: none leads out of the folder."""


@attrs.frozen
class _Written:
    """A file of an earlier build: the key of its page, and the hash of its bytes; both empty where it was cut off."""

    key: str
    digest: str


@attrs.frozen(kw_only=True)
class _Plan:
    write: Sequence[SitePage]
    keep: Mapping[str, _Written]
    remove: Sequence[str]
    leave: Sequence[str]


def _written_before(folder: Path) -> dict[str, _Written]:
    """Read what an earlier build wrote; nothing where there was none."""
    file = folder / _MANIFEST
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return {}
    with contextlib.suppress(ValueError):
        match json.loads(content):
            case {"lgsco-site": 1, "files": dict(files)} if all(map(_is_noted, files.items())):
                return {path: _Written(*noted) for path, noted in files.items()}
    raise UnreadableFile(f"{file}: is not what a build of a site wrote")


def _is_noted(entry: tuple[str, object]) -> bool:
    path, noted = entry
    match noted:
        case [str(), str()]:
            return _PATH.fullmatch(path) is not None
    return False


def _planned(folder: Path, pages: Sequence[SitePage], before: Mapping[str, _Written]) -> _Plan:
    """
    Compare the pages with what is in the folder.

    Raises:
        ForeignFile: a file of somebody else's stands where a page is to be, or a link leads out of the folder.
    """
    write, keep = [], {}
    for page in pages:
        target = folder / page.path
        if not target.parent.resolve().is_relative_to(folder.resolve()) or target.is_symlink():
            raise ForeignFile(f"{target}: leads out of the folder")
        # Asked of every page, so that what draws is missed before anything is written.
        key = page.key
        known = before.get(page.path)
        if known is None and target.exists():
            raise ForeignFile(f"{target}: was there before, and this command did not write it")
        if known is not None and known.key == key and _digest_of(target) == known.digest:
            keep[page.path] = known
        else:
            write.append(page)
    now = {page.path for page in pages}
    gone = [path for path in before if path not in now and (folder / path).exists()]
    ours = {path for path in gone if before[path].digest in {"", _digest_of(folder / path)}}
    return _Plan(
        write=write,
        keep=keep,
        remove=[path for path in gone if path in ours],
        leave=[path for path in gone if path not in ours],
    )


def _digest_of(file: Path) -> str | None:
    try:
        return _digest(file.read_bytes())
    except OSError:
        return None


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _build(folder: Path, plan: _Plan) -> None:
    """Carry the plan out."""
    folder.mkdir(parents=True, exist_ok=True)
    # Were it cut off, the next build would still know the files it had begun as its own.
    written = {**plan.keep, **{page.path: _Written("", "") for page in plan.write}}
    _note(folder, {**written, **{path: _Written("", "") for path in plan.remove}})
    for path in plan.remove:
        (folder / path).unlink()
        with contextlib.suppress(OSError):  # it still holds something
            (folder / path).parent.rmdir()
    for page in counted(plan.write, "pages"):
        content = page.content()
        target = folder / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        written[page.path] = _Written(page.key, _digest(content))
    _note(folder, written)


def _note(folder: Path, written: Mapping[str, _Written]) -> None:
    files = {path: [each.key, each.digest] for path, each in sorted(written.items())}
    text = json.dumps({"lgsco-site": 1, "files": files}, indent=1)
    (folder / _MANIFEST).write_text(f"{text}\n", encoding="utf-8")
