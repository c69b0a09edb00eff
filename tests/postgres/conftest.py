"""A PostgreSQL server of our own, on a socket in a folder of its own, which is stopped at the end."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

USER = "postgres"


@pytest.fixture(scope="session")
def address():
    """Start a server and give the address of its database."""
    with tempfile.TemporaryDirectory(prefix="lgsco-postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        as_user = []
        if getpass.getuser() == "root":
            # The server refuses to be run by root.
            shutil.chown(folder, USER)
            as_user = ["runuser", "-u", USER, "--"]
        programs = _programs()
        _run([*as_user, programs / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8"])
        options = f"-k {folder} -h '' -c fsync=off"
        _run([*as_user, programs / "pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start"])
        try:
            yield f"postgresql+psycopg://{USER}@/postgres?host={folder}"
        finally:
            _run([*as_user, programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"])


def _programs() -> Path:
    """Return where the programs of the newest server are: on the path, or where Debian has them."""
    if (program := shutil.which("initdb")) is not None:
        return Path(program).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def _run(command: list[str | Path]) -> None:
    # The server must not inherit our pipes, for which we would then wait.
    subprocess.run(command, check=True, cwd=os.sep, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
