"""Runs the examples of the README and of the source's docstrings with the tests."""

import contextlib
import io
import shlex
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from unittest import mock

from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

from lgsco import cli

FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE


def run_command(example):
    """Run a command line that a document shows, in this process, and compare what it prints on 80 columns."""
    command, _, expected = example.parsed.partition("\n")
    program, *arguments = shlex.split(command.removeprefix("$ "))
    if program != "lgsco":
        return f"only lgsco itself is run, not {program}"
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), mock.patch.dict("os.environ", COLUMNS="80"):
        cli.main(arguments)
    return None if printed.getvalue().rstrip() == expected.rstrip() else f"{command} printed:\n{printed.getvalue()}"


readme = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=FLAGS), CodeBlockParser("console", run_command)],
    patterns=["README.md"],
)
docstrings = Sybil(parsers=[DocTestParser(optionflags=FLAGS)], path="src", patterns=["*.py", "**/*.py"])
pytest_collect_file = (readme + docstrings).pytest()
