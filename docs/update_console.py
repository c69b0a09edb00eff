"""
Rewrites the console sessions of pages with what the commands print now: ``python docs/update_console.py PAGE.md...``.

Read what has changed before you keep it: a session that changes may be a fault that the page has found.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from doctest import DocTestParser
from pathlib import Path

from conftest import CAPTIONED, run_command

DOWNLOADS = Path(__file__).parents[1] / "examples" / "downloads"
BLOCK = re.compile(
    rf"{CAPTIONED.pattern}|^```python\n(?P<python>.*?)^```$|^```console\n(?P<session>.*?)^```$", CAPTIONED.flags
)


def run_python(code: str, namespace: dict) -> None:
    """Run the examples of a block, for what they write; what they print is the tests' affair."""
    for example in DocTestParser().get_examples(code):
        with contextlib.suppress(Exception), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(example.source, "example", "single"), namespace)  # noqa: S102  # our own page


def run_session(session: str) -> str:
    """Return a session with what its commands print now."""
    code, parts = 0, []
    for shown in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command = shown.partition("\n")[0]
        _, *arguments = shlex.split(command)
        if command == "echo $?":
            printed = str(code)
        else:
            code, printed = run_command(arguments)
        parts.append(f"$ {command}\n" + (f"{printed.rstrip()}\n" if printed.strip() else ""))
    return "".join(parts)


def update(page: Path) -> bool:
    """Rewrite the sessions of a page, in a directory of its own; return whether any has changed."""
    namespace = {}

    def replacement(match: re.Match) -> str:
        if match["name"]:
            Path(match["name"]).write_text(match["text"], encoding="utf-8")
        elif match["python"]:
            run_python(match["python"], namespace)
        else:
            return f"```console\n{run_session(match['session'])}```"
        return match[0]

    before, text = Path.cwd(), page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        if page.name == "README.md":
            shutil.copytree(DOWNLOADS, "downloads")
        updated = BLOCK.sub(replacement, text)
        os.chdir(before)
    page.write_text(updated, encoding="utf-8")
    return updated != text


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(f"{name}: {'changed' if update(Path(name).resolve()) else 'as it was'}")
