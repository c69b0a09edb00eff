"""
``from_json`` is given documents that were changed at random: a value comes out that writes itself, or ``InvalidValue``.

    uv run --group test python tests/fuzz/fuzz_json.py --count 1000000 --seed 1

It begins from the documents of ``tests/convert/form_1.json``, and needs no others. Each input follows from the seed
and its number, so that ``--first NUMBER --count 1`` tries one again.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import sys
import time
from pathlib import Path

from lgsco._values import public_types
from lgsco.convert import from_json, to_json
from lgsco.errors import InvalidValue

ROOT = Path(__file__).parents[2]
DOCUMENTS = json.loads((ROOT / "tests/convert/form_1.json").read_text(encoding="utf-8"))
ODD = [
    *[None, True, False, 0, 1, -1, 10**15, 10**16, 10**400, 0.5, -0.0, 1e308, "", " ", "null", "2024-02-30", "2023-24"],
    *[
        "1e999999999",
        "NaN",
        "\ud800",
        "\x00",
        "x" * 5_000,
        [],
        {},
        [[]],
        {"": ""},
        {"type": "X"},
        "upheld",
        "published",
    ],
]
PIECES = [
    '"',
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "1",
    "-",
    "e9",
    "null",
    "NaN",
    "\\ud800",
    "\ufeff",
    " ",
    "\n",
    "\u2212",
]


def places(content: object) -> list[tuple[object, object]]:
    """List every place within a document: a dictionary and its key, or a list and its index."""
    keys = content.keys() if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ()
    found = []
    for key in keys:
        found += [(content, key), *places(content[key])]
    return found


def changed(chance: random.Random, document: dict[str, object]) -> str:
    """Change a document in its structure, in its text, or in both."""
    content = json.loads(json.dumps(document))
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        holder, key = chance.choice(places(content))
        match chance.randrange(4):
            case 0:
                holder[key] = copy.deepcopy(chance.choice(ODD))
            case 1:
                other, there = chance.choice(places(content))
                holder[key] = json.loads(json.dumps(other[there]))
            case 2 if isinstance(holder, dict):
                holder[chance.choice(("x", "type", "value", "total"))] = copy.deepcopy(chance.choice(ODD))
            case _:
                del holder[key]
                if not places(content):
                    break
    text = json.dumps(content, ensure_ascii=chance.random() < 0.5)
    for _ in range(chance.choice((0, 0, 1, 2))):
        begin = chance.randrange(len(text) + 1)
        text = text[:begin] + chance.choice(PIECES) + text[begin + chance.choice((0, 0, 1, 5)) :]
    return text


def main() -> int:
    """Try so many inputs, and say how many were values, how many were refused, and what broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3_600, help="stop after so long")
    asked = parser.parse_args()
    values = refused = tried = 0
    broken = []
    end = time.monotonic() + asked.seconds
    for number in range(asked.first, asked.first + asked.count):
        chance = random.Random(f"{asked.seed} {number}")
        document = chance.choice(DOCUMENTS)
        kind, text = public_types()[document["type"]], changed(chance, document)
        try:
            value = from_json(text, kind)
            if from_json(to_json(value), kind) != value:
                broken.append((number, "is another value when written and read again"))
            values += 1
        except InvalidValue:
            refused += 1
        except Exception as error:  # noqa: BLE001  # that is what is looked for
            broken.append((number, repr(error)))
        tried += 1
        if time.monotonic() > end:
            break
    print(f"{tried:,} inputs with seed {asked.seed}: {values:,} values, {refused:,} refused, {len(broken)} broken")
    for number, reason in broken[:20]:
        print(f"  {number}: {reason}")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
