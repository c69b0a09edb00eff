"""
The licences of all that an installation with every extra brings, as the table of ``docs/licences.md``.

    build/ci/venv/bin/python .ci/licences.py            # ends with 1 where the page says something else
    build/ci/venv/bin/python .ci/licences.py --write    # renews the page

It reads what the packages themselves declare, in an environment that has ``lgsco[all]`` and nothing else, such as the
one that ``.ci/run`` leaves behind.
"""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs/licences.md"
BEGIN, END = "<!-- the table: .ci/licences.py writes it -->\n", "<!-- end of the table -->\n"
_REQUIREMENT = re.compile(r"^([\w.-]+)\s*(?:\[([^]]*)])?[^;]*(?:;(.*))?$")


def names_of(package: Distribution, extras: set[str]) -> set[tuple[str, str]]:
    """Return what a package needs with these extras: names, and the extras that they are asked for with."""
    needed = set()
    for line in package.requires or ():
        match = _REQUIREMENT.match(line)
        if match is None:
            raise ValueError(line)
        name, inner, marker = match[1], match[2] or "", match[3] or ""
        extra = re.search(r"extra == ['\"]([^'\"]+)", marker)
        if extra is None or extra[1] in extras:
            needed.add((re.sub(r"[-_.]+", "-", name).lower(), inner))
    return needed


def licence_of(package: Distribution) -> str:
    """Return the licence that a package declares: an expression, else its classifiers, else the first line of text."""
    about = package.metadata
    if expression := about.get("License-Expression"):
        return expression
    classifiers = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License ::")
    ]
    return ", ".join(classifiers) or (about.get("License") or "not declared").partition("\n")[0]


def table() -> str:
    """Return the table: each package, its licence and what brings it."""
    rows: dict[str, tuple[str, set[str]]] = {}
    extras = sorted({*(distribution("lgsco").metadata.get_all("Provides-Extra") or [])} - {"all"})
    for extra in ["", *extras]:
        waiting, seen = [("lgsco", extra)], set()
        while waiting:
            name, inner = waiting.pop()
            if (name, inner) in seen:
                continue
            seen.add((name, inner))
            try:
                package = distribution(name)
            except PackageNotFoundError:  # needed on another system or by an older Python
                continue
            if name != "lgsco":
                rows.setdefault(name, (licence_of(package), set()))[1].add(extra)
            waiting += names_of(package, {part.strip() for part in inner.split(",")})
    lines = ["| package | licence | comes with |", "|---|---|---|"]
    for name, (licence, origins) in sorted(rows.items()):
        origin = "every installation" if "" in origins else ", ".join(f"`{extra}`" for extra in sorted(origins))
        lines.append(f"| {name} | {licence} | {origin} |")
    return "".join(f"{line}\n" for line in lines)


def main() -> int:
    """Compare, or write."""
    before = PAGE.read_text(encoding="utf-8")
    head, _, rest = before.partition(BEGIN)
    _, _, tail = rest.partition(END)
    now = f"{head}{BEGIN}\n{table()}\n{END}{tail}"
    if "--write" in sys.argv:
        PAGE.write_text(now, encoding="utf-8")
    elif now != before:
        print(table())
        print("docs/licences.md says something else; renew it: build/ci/venv/bin/python .ci/licences.py --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
