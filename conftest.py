"""Runs the examples of the README and of the source's docstrings with the tests, those of a document as one test."""

import contextlib
import io
import os
import shlex
import shutil
import tempfile
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from itertools import groupby
from pathlib import Path
from unittest import mock

import pytest
from sybil import Sybil
from sybil.example import SybilFailure
from sybil.integration.pytest import SybilItem
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

from lgsco import cli

FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE
DOWNLOADS = Path(__file__).parent / "examples" / "downloads"


def run_command(example):
    """Run a command line that a document shows, in this process, and compare what it prints on 80 columns."""
    command, _, expected = example.parsed.partition("\n")
    program, *arguments = shlex.split(command.removeprefix("$ "))
    if program != "lgsco":
        return f"only lgsco itself is run, not {program}"
    printed = io.StringIO()
    width = mock.patch.dict("os.environ", COLUMNS="80")
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed), width:
        cli.main(arguments)
    return None if printed.getvalue().rstrip() == expected.rstrip() else f"{command} printed:\n{printed.getvalue()}"


def enter_directory(namespace):
    """Begin the README in a directory of its own, in which the reader has some downloads."""
    namespace["_before"] = Path.cwd()
    namespace["_own"] = Path(tempfile.mkdtemp())
    shutil.copytree(DOWNLOADS, namespace["_own"] / "downloads")
    os.chdir(namespace["_own"])


def leave_directory(namespace):
    """End it where it was begun."""
    os.chdir(namespace["_before"])
    shutil.rmtree(namespace["_own"])


readme = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=FLAGS), CodeBlockParser("console", run_command)],
    patterns=["README.md"],
    setup=enter_directory,
    teardown=leave_directory,
)
docstrings = Sybil(parsers=[DocTestParser(optionflags=FLAGS)], path="src", patterns=["*.py", "**/*.py"])
pytest_collect_file = (readme + docstrings).pytest()


class Examples(pytest.Item):
    """The examples of one document, in their order: later ones use what earlier ones made."""

    def __init__(self, *, examples, **about):
        super().__init__(**about)
        self.examples = examples

    def runtest(self):
        """Try every example, and tell of each that shows something else."""
        failures = []
        for example in self.examples:
            try:
                example.evaluate()
            except SybilFailure as failure:
                failures.append(str(failure))
        if failures:
            pytest.fail("\n\n".join(failures), pytrace=False)

    def reportinfo(self):
        """Say where the first example stands."""
        return self.path, self.examples[0].line, self.name


def pytest_collection_modifyitems(items):
    """Make one test of the examples of each document, so that two workers never share a document."""
    made = []
    for document, found in groupby(items, key=lambda item: isinstance(item, SybilItem) and item.parent):
        if document:
            examples = [item.example for item in found]
            made.append(Examples.from_parent(document, name="examples", examples=examples))
        else:
            made += found
    items[:] = made
