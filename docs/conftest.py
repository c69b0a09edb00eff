"""
Runs the examples of these pages: Python sessions, and console sessions of the command.

A block of text with a caption is a file: it stands in the directory in which the sessions of its page run.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from pathlib import Path
from unittest import mock

from sybil import Region, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

from lgsco import cli

CAPTIONED = re.compile(
    r"^```\{code-block\} text\n:caption: (?P<name>[\w.-]+)\n\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)


def files_of(document):
    """Find the blocks of text that stand for files."""
    for match in CAPTIONED.finditer(document.text):
        yield Region(match.start(), match.end(), (match["name"], match["text"]), write_file)


def write_file(example):
    """Put the block where the sessions after it find it."""
    name, text = example.parsed
    Path(name).write_text(text, encoding="utf-8")


def run_session(example):
    """Run each command line of a session in this process, and compare what it prints on 80 columns."""
    code = 0
    for shown in re.split(r"^\$ ", example.parsed, flags=re.MULTILINE)[1:]:
        command, _, expected = shown.partition("\n")
        program, *arguments = shlex.split(command)
        if command == "echo $?":
            printed = str(code)
        elif program == "lgsco":
            code, printed = run_command(arguments)
        else:
            return f"only lgsco and echo $? are run, not {command}"
        if printed.rstrip() != expected.rstrip():
            return f"{command} printed:\n{printed}"
    return None


def run_command(arguments):
    """Give the exit code of a command, and all that it prints to either stream."""
    output = io.StringIO()
    with (
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output),
        mock.patch.dict("os.environ", COLUMNS="80"),
    ):
        try:
            code = cli.main(arguments)
        except SystemExit as error:  # argparse ends so
            code = error.code
    return code, output.getvalue()


def enter_directory(namespace):
    """Begin a page in an empty directory of its own."""
    namespace["_before"] = Path.cwd()
    namespace["_own"] = tempfile.mkdtemp()
    os.chdir(namespace["_own"])


def leave_directory(namespace):
    """End it where it was begun."""
    os.chdir(namespace["_before"])
    shutil.rmtree(namespace["_own"])


pytest_collect_file = Sybil(
    parsers=[
        files_of,
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE),
        CodeBlockParser("console", run_session),
    ],
    patterns=["*.md"],
    setup=enter_directory,
    teardown=leave_directory,
).pytest()
