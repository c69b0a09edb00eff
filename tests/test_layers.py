"""
What the packages may know of one another and of the world.

The order of the layers is import-linter's contract in ``pyproject.toml``; this is what it has no words for: a list of
what the core may import at all, and what an import of the package loads.
"""

import pathlib
import subprocess
import sys
import tomllib

import grimp
import pytest

# Standard modules that compute and hold; none reads, writes, logs, looks at a clock or a locale, or draws lots.
COMPUTING = {
    "__future__",
    "attrs",
    "collections",
    "contextlib",
    "dataclasses",
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "bisect",
    "functools",
    "heapq",
    "importlib",  # of ``_values`` alone: pydantic asks a value for what ``convert`` knows
    "itertools",
    "math",
    "numbers",
    "operator",
    "re",
    "statistics",
    "sys",
    "textwrap",
    "types",
    "typing",
}
NEVER = {"pandas", "polars", "pyarrow", "numpy", "scipy", "statsmodels", "PHStatsMethods"}
# What only the edges may load. (The standard library's statistics loads random, so that is not among them.)
UNWANTED = {"cattrs", "hypothesis", "json", "csv", "argparse", "logging", "importlib.resources", "narwhals", *NEVER}
PATHS = {"os", "pathlib", "shutil", "tempfile", "glob"}
ROOT = pathlib.Path(__file__).parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = [[name.strip() for name in layer.split("|")] for layer in CONTRACTS[0]["layers"]]
CORE = [name for layer in LAYERS[LAYERS.index(["reports"]) :] for name in layer]


@pytest.fixture(scope="module")
def graph():
    """Give the imports of the package, those for type checkers left out."""
    return grimp.build_graph(
        "lgsco", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


@pytest.fixture(scope="module")
def imports():
    """Give every import of one module of the package by another, those for type checkers too."""
    graph = grimp.build_graph("lgsco", cache_dir=None)
    return [(module, other) for module in graph.modules for other in graph.find_modules_directly_imported_by(module)]


def package_of(module):
    """Give the package of the first level in which a module stands."""
    return module.split(".")[1] if "." in module else ""


def core(graph):
    """Give the modules of the core: every layer up to the reports."""
    return sorted(module for module in graph.modules if module.startswith("lgsco.") and package_of(module) in CORE)


def test_the_core_imports_only_what_computes(graph):
    """Attrs and a few standard modules: the core does not read, write, log, or ask the machine anything."""
    modules = core(graph)
    outside = {
        (module, imported)
        for module in modules
        for imported in graph.find_modules_directly_imported_by(module)
        if not imported.startswith("lgsco")
    }

    assert {"lgsco.documents.audits", "lgsco.reports.council", "lgsco._values"} <= set(modules)
    assert set() == {(module, imported) for module, imported in outside if imported not in COMPUTING}
    assert COMPUTING >= {imported for _, imported in outside} >= {"attrs", "fractions"}


def test_the_core_imports_the_core_only(graph):
    """Nothing in it knows of the top level or of the edges."""
    modules = core(graph)
    known = {
        (module, imported)
        for module in modules
        for imported in graph.find_modules_directly_imported_by(module)
        if imported.startswith("lgsco")
    }

    assert set() == {(module, imported) for module, imported in known if imported not in modules}


def test_paths_are_opened_at_three_edges_only(graph):
    """Whatever else takes bytes, text or rows, so that it works where there are no files."""
    # It starts a process, for which it needs ``os``, and opens nothing of a caller's.
    others = graph.modules - {"lgsco.readers.worker"}
    openers = {package_of(module) for module in others if graph.find_modules_directly_imported_by(module) & PATHS}

    assert {"cli", "loading", "store"} == openers


def test_nothing_imports_the_top(imports):
    """The top level is for callers; ``from lgsco import stats`` is an import of the package ``stats``."""
    assert set() == {module for module, imported in imports if imported == "lgsco"}


def test_no_private_module_is_imported_from_another_package(imports):
    """What is shared has a public module; ``_text``, ``_values`` and ``_version`` belong to the whole."""
    private = {
        (module, imported)
        for module, imported in imports
        if imported.rpartition(".")[2].startswith("_") and imported.count(".") > 1
    }

    assert {package_of(module) for module, _ in private} >= {"cli", "strategies", "frames"}
    assert set() == {(module, imported) for module, imported in private if package_of(module) != package_of(imported)}


def test_every_package_of_more_than_four_modules_has_a_contract():
    """Its own, of all its modules."""
    folders = [folder for folder in (ROOT / "src" / "lgsco").iterdir() if (folder / "__init__.py").exists()]
    large = {folder.name for folder in folders if len([*folder.glob("*.py")]) > 5}  # with __init__.py

    assert {contract["containers"][0].removeprefix("lgsco.") for contract in CONTRACTS[1:]} >= large
    assert all(contract["exhaustive"] for contract in CONTRACTS)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("stats/intervals.py", "def _wilson("),  # the Wilson interval
        ("model/cases.py", "class Outcome("),  # the six outcomes
        ("wording/comparisons.py", "def verdict_sentence("),  # the sentence of a comparison
        ("readers/pages.py", "def read_page("),  # the layout of a 2024-25 page
        ("casework/progress.py", "LATE"),  # how late recommendations are counted
        ("comparison/groups.py", "def average_of("),  # where a group's average is made
        ("render/html.py", "def to_html("),  # how a report becomes HTML
    ],
)
def test_a_question_has_one_place(path, name):
    """What a newcomer looks for stands where the tree says, and nowhere else."""
    source = ROOT / "src" / "lgsco"

    assert name in (source / path).read_text(encoding="utf-8")


def test_no_module_imports_the_heavy_libraries(graph):
    """They are oracles in tests, and never needed at run time, but that gptables takes its tables as pandas frames."""
    assert NEVER & graph.modules <= {"pandas"}
    assert {"lgsco.render.workbook"} >= (
        graph.find_modules_that_directly_import("pandas") if "pandas" in graph.modules else set()
    )


@pytest.mark.slow
def test_rendering_reports_loads_no_extra():
    """What draws and what writes workbooks is loaded when it is asked to."""
    loaded = loaded_by("import lgsco\nlgsco.render.to_html")

    assert "lgsco.render.html" in loaded
    assert set() == loaded & {"resvg_py", "fontpkg", "gptables", "xlsxwriter", *NEVER}


def loaded_by(code):
    """Run code in a new interpreter, and give the modules that it loaded."""
    script = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def packages(modules):
    """Give the packages and modules of the first level among modules."""
    return {package_of(module) for module in modules if module.startswith("lgsco.")}


@pytest.mark.slow
def test_importing_the_package_loads_nothing_more():
    """All names are found when they are first used."""
    loaded = loaded_by("import lgsco")

    assert {"_version"} == packages(loaded)
    assert set() == loaded & UNWANTED


@pytest.mark.slow
def test_a_measure_loads_the_layers_it_stands_on():
    """Not those above it, and none of the edges."""
    loaded = loaded_by("import lgsco\nlgsco.uphold_rate")

    assert {"_version", "_text", "errors", "_values", "sources", "stats", "model"} == packages(loaded)
    assert set() == loaded & UNWANTED


@pytest.mark.slow
def test_the_whole_core_loads_no_edge():
    """Every name of the top level but those of loading, and the core's packages: no JSON, cattrs or shipped figures."""
    names = "[getattr(lgsco, name) for name in lgsco.__all__ if name not in {'load', 'Loaded'}]"
    loaded = loaded_by(f"import lgsco\n{names}\nimport lgsco.casework, lgsco.series, lgsco.reports")

    assert set(CORE) == packages(loaded)
    assert set() == loaded & UNWANTED
