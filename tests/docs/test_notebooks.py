"""The notebooks of the documentation run from first to last, and show what they are kept with."""

import json
import re
from pathlib import Path

import execute
import nbformat
import pytest

NOTEBOOKS = sorted(Path(execute.__file__).parent.glob("*.ipynb"))
EACH = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
PICTURED = [path for path in NOTEBOOKS if "_chart(" in path.read_text(encoding="utf-8")]


def shown(cell):
    """Give what a cell shows, in words: the same on every machine, which pictures need not be."""
    return [
        (output.output_type, output.get("name"), output.get("text"), output.get("data", {}).get("text/plain"))
        for output in cell.get("outputs", [])
    ]


@pytest.mark.slow
@EACH
def test_a_notebook_shows_what_it_is_kept_with(path):
    """Cell by cell, and no cell ends in an error."""
    kept, run = nbformat.read(path, as_version=4), execute.executed(path)

    assert [cell.source for cell in kept.cells] == [cell.source for cell in run.cells]
    for before, after in zip(kept.cells, run.cells, strict=True):
        assert shown(before) == shown(after)
    assert sum(bool(cell.get("outputs")) for cell in run.cells) > 5


@EACH
def test_nothing_of_the_machine_is_kept(path):
    """No path, no time, no version of its Python, and ids that stay."""
    text = path.read_text(encoding="utf-8")
    book = json.loads(text)

    assert {**execute.KERNEL, "language_info": {"name": "python"}} == book["metadata"]
    assert [f"cell-{at:02}" for at in range(1, len(book["cells"]) + 1)] == [cell["id"] for cell in book["cells"]]
    assert [{}] * len(book["cells"]) == [cell["metadata"] for cell in book["cells"]]
    assert not re.search(r"/(home|root|work|tmp|Users)/|[A-Z]:\\\\|\bat 0x[0-9a-f]+", text)
    assert len(text) < 400_000


@pytest.mark.parametrize("path", PICTURED, ids=lambda path: path.stem)
def test_every_picture_tells_what_it_shows(path):
    """In words beside it, with its title and fewer words within it."""
    outputs = [
        output for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] for output in cell.get("outputs", [])
    ]
    pictures = [output["data"] for output in outputs if "image/svg+xml" in output.get("data", {})]

    assert pictures
    for data in pictures:
        drawn, words = "".join(data["image/svg+xml"]), "".join(data["text/plain"])
        title, _, said = words.partition("\n\n")
        assert said
        assert f">{title}</title>" in drawn
        assert re.search(r"<desc [^>]*>[^<]+</desc>", drawn)
