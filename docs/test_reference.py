"""The pages name all that they promise: the reference every public name, the command's page its options."""

import contextlib
import importlib
import io
import re
from collections import Counter
from pathlib import Path

import lgsco
from lgsco import cli

DOCS = Path(__file__).parent
ENTRY = re.compile(
    r"^\.\. (?:auto(?:class|data|exception|function)|py:(?:data|type)):: lgsco\.(?P<name>\S+)$", re.MULTILINE
)


def _entries():
    """Give the names that the reference has an entry for, in the order of its pages."""
    index = (DOCS / "reference" / "index.md").read_text(encoding="utf-8")
    pages = re.search(r"```\{toctree\}\n(.*?)```", index, re.DOTALL)[1].split()
    texts = ((DOCS / "reference" / f"{page}.md").read_text(encoding="utf-8") for page in pages)
    return [match["name"] for text in texts for match in ENTRY.finditer(text)]


def test_every_public_name_is_in_the_reference():
    """Each once, under the shortest name that reaches it."""
    packages = {name: importlib.import_module(f"lgsco.{name}") for name in lgsco._PACKAGES}
    below = {
        f"{package}.{name}"
        for package, module in packages.items()
        for name in module.__all__
        if getattr(module, name) is not getattr(lgsco, name, None)
    }

    assert dict.fromkeys({*lgsco.__all__, *below}, 1) == Counter(_entries())


def test_every_option_of_the_command_is_on_its_page():
    """The tables of options hold what each command's help lists; what commands share is once, and in their usage."""
    page = (DOCS / "command-line.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## `lgsco (\w+)`\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE))
    shared = _options_in_tables(page.partition("\n## ")[0])

    assert {command: _options_of(command) for command in _commands()} == {
        command: _options_in_tables(text) | shared & {"--help", *re.findall(r"--[a-z-]+", text.split("```")[1])}
        for command, text in sections.items()
    }


def _options_in_tables(text):
    return set(re.findall(r"(?<=`)--[a-z-]+", "".join(re.findall(r"^\| .*", text, re.MULTILINE))))


def _commands():
    return re.findall(r"^ {4}(\w+) ", _help(), re.MULTILINE)


def _options_of(command):
    return set(re.findall(r"--[a-z-]+", _help(command)))


def _help(*command):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(SystemExit):
        cli.main([*command, "--help"])
    return printed.getvalue()
