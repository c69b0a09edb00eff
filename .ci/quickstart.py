"""
The README's examples with the installed package, from an empty folder.

    python quickstart.py README.md

In the source tree pytest runs the same examples; here it is shown that the wheel has all that they need.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from unittest import mock

from lgsco import cli

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def printed(command: str) -> str:
    """Return what a command prints on 80 columns."""
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text), mock.patch.dict(os.environ, COLUMNS="80"):
        cli.main(shlex.split(command)[1:])
    return text.getvalue().rstrip()


def main(readme: Path) -> int:
    """Run every block, and return the number of those that show something else."""
    text = readme.read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)
    tests = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, readme.name, readme.name, 0)
    failures = doctest.DocTestRunner(optionflags=FLAGS).run(tests).failed
    for block in re.findall(r"^```console\n\$ (.*?)^```$", text, flags=re.DOTALL | re.MULTILINE):
        command, _, expected = block.partition("\n")
        if printed(command) != expected.rstrip():
            print(f"{command} prints something else:\n{printed(command)}")
            failures += 1
    return failures


if __name__ == "__main__":
    path = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        # What the reader of the README has downloaded.
        shutil.copytree(path.parent / "examples" / "downloads", "downloads")
        sys.exit(min(main(path), 1))
