"""
Executes the notebooks of this folder and keeps what they show: ``python docs/notebooks/execute.py``.

What is kept depends on the figures and on the code alone: no time, no version of the machine's, no path.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
}


def executed(path: Path) -> nbformat.NotebookNode:
    """Give a notebook with what its cells show when they are run from first to last."""
    book = nbformat.read(path, as_version=4)
    client = NotebookClient(
        book,
        kernel_name="python3",
        timeout=120,
        record_timing=False,
        coalesce_streams=True,
    )
    # Sockets that are files, which nobody else can read.
    client.create_kernel_manager().transport = "ipc"
    client.execute()
    book.metadata = nbformat.from_dict({**KERNEL, "language_info": {"name": "python"}})
    for number, cell in enumerate(book.cells, 1):
        cell.id, cell.metadata = f"cell-{number:02}", nbformat.from_dict({})
    nbformat.validate(book)
    return book


def main() -> int:
    """Execute each notebook, and keep it."""
    for path in sorted(HERE.glob("*.ipynb")):
        path.write_text(nbformat.writes(executed(path)) + "\n", encoding="utf-8")
        print(path.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
