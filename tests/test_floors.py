"""
What the rooms may know of one another and of the world.

The order of the floors is import-linter's contract in ``pyproject.toml``; this is what it has no words for: a list of
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
    "datetime",
    "decimal",
    "difflib",
    "enum",
    "fractions",
    "functools",
    "itertools",
    "math",
    "operator",
    "re",
    "statistics",
    "sys",
    "textwrap",
    "typing",
}
NEVER = {"pandas", "polars", "pyarrow", "numpy", "scipy", "statsmodels", "PHStatsMethods"}
# What only the edges may load. (The standard library's statistics loads random, so that is not among them.)
UNWANTED = {"cattrs", "hypothesis", "json", "csv", "argparse", "logging", "importlib.resources", "narwhals", *NEVER}
PYPROJECT = pathlib.Path(__file__).parent.parent / "pyproject.toml"


@pytest.fixture(scope="module")
def graph():
    """Give the imports of the package, those for type checkers left out."""
    return grimp.build_graph(
        "lgsco", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


def core(graph):
    """Give the rooms of the core: every floor below convert."""
    (contract,) = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    floors = contract["layers"][contract["layers"].index("convert") + 1 :]
    named = {f"lgsco.{room.strip()}" for floor in floors for room in floor.split("|")}
    return sorted(named & graph.modules)


def test_the_core_imports_only_what_computes(graph):
    """Attrs and a few standard modules: the core does not read, write, log, or ask the machine anything."""
    rooms = core(graph)
    outside = {
        (room, imported)
        for room in rooms
        for imported in graph.find_modules_directly_imported_by(room)
        if not imported.startswith("lgsco")
    }

    assert "lgsco.audits" in rooms
    assert "lgsco._values" in rooms
    assert set() == {(room, imported) for room, imported in outside if imported not in COMPUTING}
    assert COMPUTING >= {imported for _, imported in outside} >= {"attrs", "fractions"}


def test_the_core_imports_the_core_only(graph):
    """Nothing in it knows of the front door or of the edges."""
    rooms = core(graph)
    known = {
        (room, imported)
        for room in rooms
        for imported in graph.find_modules_directly_imported_by(room)
        if imported.startswith("lgsco")
    }

    assert set() == {(room, imported) for room, imported in known if imported not in rooms}


def test_no_room_imports_the_heavy_libraries(graph):
    """They are oracles in tests, and never needed at run time, but that gptables takes its tables as pandas frames."""
    assert NEVER & graph.modules <= {"pandas"}
    assert {"lgsco.report._workbook"} >= (
        graph.find_modules_that_directly_import("pandas") if "pandas" in graph.modules else set()
    )


def test_making_reports_loads_no_extra():
    """What draws and what writes workbooks is loaded when it is asked to."""
    loaded = loaded_by("import lgsco\nlgsco.report.to_html")

    assert "lgsco.report._html" in loaded
    assert set() == loaded & {"vl_convert", "gptables", "xlsxwriter", *NEVER}


def loaded_by(code):
    """Run code in a new interpreter, and give the modules that it loaded."""
    script = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def rooms(modules):
    """Give the rooms of the package among modules."""
    return {name.removeprefix("lgsco.") for name in modules if name.startswith("lgsco.")}


def test_importing_the_package_loads_no_room():
    """All names are found when they are first used."""
    loaded = loaded_by("import lgsco")

    assert "lgsco" in loaded
    assert set() == rooms(loaded)
    assert set() == loaded & UNWANTED


def test_a_measure_loads_the_rooms_it_stands_on():
    """Not those above it, and none of the edges."""
    loaded = loaded_by("import lgsco\nlgsco.uphold_rate")
    below = {
        "measures",
        "rates",
        "tallies",
        "casework",
        "intervals",
        "authorities",
        "sources",
        "_values",
        "_display",
        "errors",
        "_formulas",
        "_distributions",
    }

    assert below == rooms(loaded)
    assert set() == loaded & UNWANTED


def test_the_whole_core_loads_no_edge():
    """Every public name loaded: still no JSON, no cattrs, no shipped figures."""
    loaded = loaded_by("from lgsco import *")

    assert {"audits", "peers"} <= rooms(loaded)
    assert set() == rooms(loaded) & {"convert", "published", "readers", "strategies", "cli"}
    assert set() == loaded & UNWANTED
