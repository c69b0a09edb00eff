"""
The public API as text, one line a name or a member, to be compared with the snapshot ``tests/typing/api.txt``.

    uv run --group lint python .ci/api.py            # ends with 1 where they differ, and shows where
    uv run --group lint python .ci/api.py --write    # renews the snapshot

Names come from each package's ``__all__``, signatures from the source as griffe reads it.
"""

import difflib
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import griffe

import lgsco

ROOT = Path(__file__).parents[1]
SNAPSHOT = ROOT / "tests/typing/api.txt"


def definition(tree: griffe.Object, package: str, name: str) -> griffe.Object | griffe.Alias:
    """Return where a public name is defined: its own module says so, or the module of the package that lists it."""
    value = getattr(import_module(package), name)
    module = getattr(value, "__module__", None)
    if isinstance(module, str) and module.startswith("lgsco.") and name in tree[module.removeprefix("lgsco.")].members:
        return tree[f"{module.removeprefix('lgsco.')}.{name}"]
    inside = [part for part in sys.modules if part.startswith("lgsco.") and hasattr(sys.modules[part], name)]
    for part in sorted(inside, key=lambda part: (not part.startswith(package), part)):
        member = tree[part.removeprefix("lgsco.")].members.get(name)
        if member is not None and not member.is_alias and not member.is_module:
            return member
    raise LookupError(f"{package}.{name}")


def signature(function: griffe.Function) -> str:
    """Return what a function takes and returns."""
    return f"{function.signature()}".replace("\n", " ")


def lines_of(path: str, member: griffe.Object | griffe.Alias) -> Iterator[str]:
    """Describe a name, and below it each of its members."""
    if member.is_class:
        bases = ", ".join(str(base) for base in member.bases)
        yield f"{path}: class({bases})" if bases else f"{path}: class"
        # In the order of the source, since fields may be given by position.
        for name, part in member.all_members.items():
            if not part.is_alias and (name[0] != "_" or name in {"_", "__init__", "__call__"}):
                yield from lines_of(f"{path}.{name}", part)
    elif member.is_function:
        yield f"{path}: {signature(member)}"
    else:
        value = "" if member.value is None or len(str(member.value)) > 200 else f" = {member.value}"
        yield f"{path}: {member.annotation or 'constant'}{value}".replace("\n", " ")


def snapshot() -> str:
    """Return the whole API: what the top level has, as names alone, and what each package has."""
    tree = griffe.load("lgsco", search_paths=[ROOT / "src"])
    packages = [name for name in dir(lgsco) if name in lgsco._PACKAGES]  # noqa: SLF001  # the packages that it lists
    lines = [f"lgsco.{name}: name" for name in sorted(lgsco.__all__)]
    for package in packages:
        module = import_module(f"lgsco.{package}")
        for name in sorted(module.__all__):
            lines += lines_of(f"lgsco.{package}.{name}", definition(tree, module.__name__, name))
    return "".join(f"{line}\n" for line in lines)


def main() -> int:
    """Compare, or write."""
    now = snapshot()
    if "--write" in sys.argv:
        SNAPSHOT.write_text(now, encoding="utf-8")
        return 0
    before = SNAPSHOT.read_text(encoding="utf-8")
    changes = difflib.unified_diff(before.splitlines(), now.splitlines(), "the snapshot", "the code", lineterm="", n=0)
    for line in changes:
        print(line)
    if now != before:
        print("\nThe public API has changed. If that is meant, add a line to CHANGELOG.md and renew the snapshot:")
        print("    uv run --group lint python .ci/api.py --write")
    return int(now != before)


if __name__ == "__main__":
    sys.exit(main())
