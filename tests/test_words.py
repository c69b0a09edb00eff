"""Names and wording that ``words.toml`` refuses are in no package and on no page."""

import ast
import pathlib
import re
import tomllib

import pytest
from tests.support.rendered import Page

from lgsco import KEY_STATISTICS, published, reports
from lgsco.render import to_text
from lgsco.site import site_pages

ROOT = pathlib.Path(__file__).parent.parent
WORDS = tomllib.loads((ROOT / "tests" / "words.toml").read_text(encoding="utf-8"))
PAGES = ("CHANGELOG.md", "CONTRIBUTING.md", "README.md", "docs")


def parts():
    """List the packages and modules of lgsco, and the pages."""
    packages = [path for path in (ROOT / "src" / "lgsco").iterdir() if path.suffix == ".py" or any(path.glob("*.py"))]
    return sorted([*packages, *(ROOT / page for page in PAGES)])


def files_of(path):
    """List the modules of a package, or the pages of a folder."""
    return [path] if path.is_file() else sorted([*path.rglob("*.py"), *path.rglob("*.md")])


def bound_names(tree):
    """Yield each name that a module binds, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name, node.lineno
            case ast.MatchMapping(rest=str(name)) | ast.alias(asname=str(name)):
                yield name, node.lineno


def refused_names(text):
    """List the names in a module that are refused, each with its line and what to write."""
    refused = WORDS["identifiers"]
    return [
        (line, name, refused[name.strip("_")])
        for name, line in bound_names(ast.parse(text))
        if name.strip("_") in refused
    ]


def refused_phrases(text, rules="phrases"):
    """List the wording in a text that is refused, each with its line and what to write."""
    return [
        (text.count("\n", 0, found.start()) + 1, " ".join(found[0].split()), rule["instead"])
        for rule in WORDS[rules]
        for found in re.finditer(rule["pattern"].replace(" ", r"\s+"), text, re.IGNORECASE)
    ]


@pytest.mark.parametrize("path", parts(), ids=lambda path: path.name)
def test_no_refused_word_is_used(path):
    """Each is shown with its file, its line and the better word."""
    faults = []
    for file in files_of(path):
        text = file.read_text(encoding="utf-8")
        refused = refused_phrases(text) + (refused_names(text) if file.suffix == ".py" else [])
        faults += [
            f"{file.relative_to(ROOT)}:{line}: {word!r}; write {better}" for line, word, better in sorted(refused)
        ]

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("rules", ["phrases", "seen"])
def test_a_rule_finds_its_example_and_not_what_to_write(rules):
    """On two lines as well."""
    for rule in WORDS[rules]:
        for text in (rule["example"], rule["example"].replace(" ", "\n    ")):
            assert rule["instead"] in [better for _, _, better in refused_phrases(text, rules)]
        assert [] == refused_phrases(rule["instead"], rules)


def test_nobody_sees_a_refused_word():
    """On no page of the site of what ships, and in no text of a command; statistics come after the plain words."""
    data = published.dataset()
    pages = {page.path: Page(page.text).text for page in site_pages(data, charts=False) if page.path.endswith(".html")}
    shown = [
        reports.comparison_report(data, "Kent", "2023-24", detail=True),
        reports.comparison_report(data, "Worcestershire", "2019-20", detail=True),
        reports.history_report(data, "East Sussex", across_breaks=True),
        reports.funnel_report(data, "county_council", "2024-25", KEY_STATISTICS[0]),
        reports.review_report(data, "Leeds", "2023-24"),
        reports.group_report(data, None, "2023-24"),
    ]
    texts = {**pages, **{report.title: to_text(report) for report in shown}}
    faults = [(name, word, better) for name, text in texts.items() for _, word, better in refused_phrases(text, "seen")]
    for name, text in texts.items():
        if not name.endswith(".html") or name.startswith(("councils/", "groups/")):
            first = text.partition("How sure can we be?")[0]
            words = re.findall(WORDS["before_how_sure"]["pattern"], first, re.IGNORECASE)
            faults += [(name, word, "further down") for word in words]

    assert [] == faults


@pytest.mark.parametrize("name", WORDS["identifiers"])
@pytest.mark.parametrize(
    "code",
    [
        "NAME = 1",
        "NAME: int = 1",
        "_NAME = 1",
        "NAME += 1",
        "self.NAME = 1",
        "for NAME in x: pass",
        "[1 for NAME in x]",
        "(NAME := 1)",
        "def NAME(): pass",
        "async def NAME(): pass",
        "class NAME: pass",
        "def f(*, NAME): pass",
        "lambda NAME: 1",
        "import x as NAME",
        "with x as NAME: pass",
        "try: pass\nexcept E as NAME: pass",
        "match x:\n  case [NAME]: pass",
        "match x:\n  case [*NAME]: pass",
        "match x:\n  case {**NAME}: pass",
    ],
)
def test_a_refused_name_is_found_however_it_is_bound(code, name):
    """Whatever Python binds a name by."""
    assert [name] == [found.strip("_") for _, found, _ in refused_names(code.replace("NAME", name))]


def test_a_name_that_is_only_used_is_not_refused():
    """It is refused where it is bound."""
    assert [] == refused_names("print(held.told, said=made)")
