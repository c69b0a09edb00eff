"""
Small changes to the code, one at a time, each of which some test should notice.

    nice -n 19 uv run --group test python tests/mutation/mutants.py --sample 1000 --seed 18 --jobs 2 -o mutants.csv

It first runs the tests and examples once, to learn which of them run which lines, and keeps that beside the table in
a file that is to be deleted when the code or the tests have changed.
Then it draws a sample of all changes that it knows. Against each it runs the tests that run the changed lines, those
of the changed package first and the quickest first, until one fails; where none does, all others of the package.

Every change is tried in a child of its own. Where no import and no loading of a test has run the changed lines, the
child begins with all tests loaded, and gets the changed code in place; else it loads everything after the change.

A row of the table is a change and what noticed it: a test; the time, five times what the test takes otherwise and five
seconds more; the loading; or nothing. What is in the table is not tried again; what nothing noticed is, with --again.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import csv
import gc
import importlib.abc
import importlib.util
import json
import os
import random
import resource
import signal
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType
from typing import NamedTuple, NoReturn

# Plugins would load the code before it is changed.
os.environ |= {"HYPOTHESIS_NO_PLUGINS": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "LGSCO_PROFILE": "unshrunk"}

import coverage
import hypothesis
import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
PARTS = {  # what is changed, and where the tests are that should notice first
    "stats": "tests/stats/",
    "model": "tests/model/",
    "comparison": "tests/comparison/",
    "dataset.py": "tests/test_dataset.py",
    "joining.py": "tests/test_dataset.py",
}
LIBRARIES = ("attrs", "cattrs", "narwhals", "scipy.stats", "sqlalchemy", "statsmodels.api", "sybil")
OPTIONS = ["-q", "--assert=plain", "--capture=sys", "--import-mode=importlib", "-o", "addopts=", "-m", "not slow"]
COLUMNS = ["module", "node", "change", "line", "before", "after", "noticed by"]
MEMORY = 8 << 30
# Without those that draw pages, sites and frames, or start servers and other processes.
TESTS = [
    *["src", "tests/test_dataset.py", "tests/stats", "tests/model", "tests/comparison", "tests/series"],
    *["tests/published", "tests/wording", "tests/documents", "tests/casework", "tests/reports", "tests/convert"],
    *["tests/laws", "--ignore=tests/laws/test_sites.py", "tests/agreement", "--ignore=tests/agreement/test_frames.py"],
    "tests/render/test_notebook.py",
]
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add, ast.Pow: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


class Mutant(NamedTuple):
    """A change: the file, which of its nodes and what is done to it."""

    path: Path
    node: int
    change: str

    @property
    def module(self) -> str:
        """Return the name of the module that is changed."""
        return ".".join(self.path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def changes(node: ast.AST) -> Iterator[str]:
    """Name what may be done to a node."""
    match node:
        case ast.Compare(ops=[operator]) | ast.BinOp(op=operator) | ast.BoolOp(op=operator) if type(operator) in SWAPS:
            yield "swap"
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield "drop sign"
        case ast.Constant(value=bool() | int() | float()):
            yield "constant"
        case ast.If() | ast.IfExp() | ast.While():
            yield "negate"
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "return None"
        case ast.Expr(value=ast.Call()):
            yield "drop call"
        case ast.comprehension(ifs=[_, *_]):
            yield "drop filter"


def apply(tree: ast.AST, number: int, change: str) -> tuple[str, str]:  # noqa: C901  # a case for each change
    """Change one node of a tree, and return what it was and what it is."""
    node = list(ast.walk(tree))[number]
    before = ast.unparse(node)
    match change, node:
        case "swap", ast.Compare():
            node.ops = [SWAPS[type(node.ops[0])]()]
        case "swap", ast.BinOp() | ast.BoolOp():
            node.op = SWAPS[type(node.op)]()
        case "drop sign", ast.UnaryOp():
            node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
            if isinstance(node.op, ast.Not):
                node.operand = ast.UnaryOp(ast.Not(), copy.deepcopy(node.operand))
        case "constant", ast.Constant(value=bool()):
            node.value = not node.value
        case "constant", ast.Constant():
            node.value += 1
        case "negate", ast.If() | ast.IfExp() | ast.While():
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case "return None", ast.Return():
            node.value = ast.Constant(None)
        case "drop call", ast.Expr():
            node.value = ast.Constant(None)
        case "drop filter", ast.comprehension():
            node.ifs = []
    return before, ast.unparse(ast.fix_missing_locations(node))


def skipped(tree: ast.AST) -> set[int]:
    """Return the nodes that no test can see: annotations, and what only type checkers read."""
    roots: list[ast.AST] = []
    for node in ast.walk(tree):
        match node:
            case ast.arg(annotation=ast.expr() as annotation) | ast.AnnAssign(annotation=annotation):
                roots.append(annotation)
            case ast.FunctionDef(decorator_list=[*_, ast.Name(id="overload")]):  # nobody runs its body
                roots.append(node)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                roots.append(node)
            case ast.FunctionDef(returns=ast.expr() as returns):
                roots.append(returns)
    return {id(part) for root in roots for part in ast.walk(root)}


def mutants(path: Path) -> list[Mutant]:
    """List all changes to a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = skipped(tree)
    return [
        Mutant(path, number, change)
        for number, node in enumerate(ast.walk(tree))
        if id(node) not in hidden
        for change in changes(node)
    ]


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a changed tree."""

    def __init__(self, mutant: Mutant, code: object) -> None:
        """Take the code that stands in for a module's."""
        self.mutant, self.code = mutant, code

    def find_spec(self, name, path=None, target=None):  # noqa: ARG002  # the protocol's
        """Offer the one module."""
        if name != self.mutant.module:
            return None
        package = self.mutant.path.name == "__init__.py"
        return importlib.util.spec_from_file_location(
            name,
            self.mutant.path,
            loader=self,
            submodule_search_locations=[str(self.mutant.path.parent)] if package else None,
        )

    def create_module(self, spec):
        """Leave it to Python."""

    def exec_module(self, module):
        """Run the changed code."""
        exec(self.code, module.__dict__)  # noqa: S102  # that is what this is for


def key_of(path: Path) -> str:
    """Return how a file is named in what is written."""
    return str(path.relative_to(SOURCE / "lgsco"))


class Recorder:
    """Tells coverage which test is running, and keeps how long each takes and which fail."""

    def __init__(self, measured: coverage.Coverage) -> None:
        """Take what is measuring."""
        self.measured, self.seconds, self.failures = measured, defaultdict[str, float](float), list[str]()

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self, collector):
        """What a file runs when it is loaded counts for all of its tests."""
        self.measured.switch_context(collector.nodeid)
        report = yield
        self.measured.switch_context("")
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        """What a test runs, with what is made for it."""
        self.measured.switch_context(item.nodeid)
        ran = yield
        self.measured.switch_context("")
        return ran

    def pytest_runtest_logreport(self, report):
        """Sum the time, and keep failures."""
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failures.append(report.nodeid)


class Loaded:
    """Loads tests, and hands them over instead of running them."""

    def __init__(self, act: Callable[[dict[str, pytest.Item]], None]) -> None:
        """Take what is done with them."""
        self.act = act

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        """Hand them over, by name."""
        self.act({item.nodeid: item for item in session.items})
        return True

    def pytest_runtest_logreport(self, report):
        """End the process where a test fails."""
        if report.failed:
            os._exit(1)


class Record(NamedTuple):
    """What is known of the tests: how long each takes, and which of them run each line of each file."""

    seconds: dict[str, float]
    lines: dict[str, dict[int, set[str]]]

    @classmethod
    def read(cls, path: Path, longest: float) -> Record:
        """Read what was written, without the tests that take longest."""
        seconds, lines = json.loads(path.read_text(encoding="utf-8"))
        long = {test for test, spent in seconds.items() if spent > longest}
        return cls(
            {test: spent for test, spent in seconds.items() if test not in long},
            {name: {int(line): {*tests} - long for line, tests in rows.items()} for name, rows in lines.items()},
        )

    def tests_of(self, contexts: set[str]) -> set[str]:
        """Return the tests that are named, and all tests of the files that are named."""
        files = tuple(f"{name}::" for name in contexts if name and name not in self.seconds)
        return {test for test in self.seconds if test.startswith(files)} | (contexts & self.seconds.keys())


def in_children(works: Iterable[tuple[Mutant, Callable[[Path], object]]], jobs: int) -> Iterator[tuple[Mutant, str]]:
    """Do each work in a child, and return what noticed the change: nothing, a test, a test's time or the loading."""
    running: dict[int, tuple[Mutant, Path]] = {}

    def ended() -> tuple[Mutant, str]:
        child, status = os.wait()
        mutant, note = running.pop(child)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what its tests may have started
        last = note.read_text(encoding="utf-8") if note.exists() else "loading"
        note.unlink(missing_ok=True)
        code = os.waitstatus_to_exitcode(status)
        return mutant, "" if code == 0 else f"time: {last}" if code == -signal.SIGALRM else last

    for number, (mutant, work) in enumerate(works):
        note = Path(tempfile.gettempdir()) / f"test-{os.getpid()}-{number}"
        child = os.fork()
        if child == 0:
            try:
                os.setsid()
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
                silence = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silence, 1)
                os.dup2(silence, 2)
                signal.alarm(120)
                work(note)
            finally:
                os._exit(2)
        running[child] = mutant, note
        if len(running) == jobs:
            yield ended()
    while running:
        yield ended()


def run_in_turn(items: dict[str, pytest.Item], seconds: dict[str, float], note: Path) -> NoReturn:
    """Run tests in turn, each within a time of its own, and end the process."""
    chosen = [items[test] for test in seconds if test in items]
    for item, following in pairwise([*chosen, None]):
        note.write_text(item.nodeid, encoding="utf-8")
        signal.alarm(5 + int(5 * seconds[item.nodeid]))
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
    os._exit(0)


def load(tests: Iterable[str], act: Callable[[dict[str, pytest.Item]], None]) -> None:
    """Load the package and the files in which tests are, and do something with them."""
    del os.environ["HYPOTHESIS_NO_PLUGINS"]
    hypothesis.entry_points.run()
    files = dict.fromkeys(test.partition("::")[0] for test in tests)
    pytest.main([*OPTIONS, "-p", "no:cacheprovider", *files], [Loaded(act)])


def code_of(mutant: Mutant) -> CodeType:
    """Compile a changed module."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    apply(tree, mutant.node, mutant.change)
    return compile(tree, str(mutant.path), "exec")


def functions_in(code: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    """Return the code of every function, with its name and line."""
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield (part.co_qualname, part.co_firstlineno), part
            yield from functions_in(part)


def after_loading(
    mutant: Mutant, functions: list[FunctionType], items: dict[str, pytest.Item], seconds: dict[str, float], note: Path
) -> None:
    """Put the changed code in place, and run tests against it."""
    changed = dict(functions_in(code_of(mutant)))
    for function in functions:
        code = function.__code__
        if code.co_filename == str(mutant.path):
            function.__code__ = changed[code.co_qualname, code.co_firstlineno]
    run_in_turn(items, seconds, note)


def before_loading(mutant: Mutant, seconds: dict[str, float], note: Path) -> None:
    """Load everything with the changed code, and run tests against it."""
    sys.meta_path.insert(0, Changed(mutant, code_of(mutant)))
    load(seconds, partial(run_in_turn, seconds=seconds, note=note))


def record(files: Collection[Path], output: Path) -> None:
    """Run every test once, and write which run which lines."""
    del os.environ["HYPOTHESIS_NO_PLUGINS"]
    measured = coverage.Coverage(data_file=None, config_file=False, include=[str(path) for path in files])
    recorder = Recorder(measured)
    measured.start()
    hypothesis.entry_points.run()
    pytest.main([*OPTIONS, "-p", "no:cacheprovider", *TESTS], [recorder])
    measured.stop()
    data = measured.get_data()
    lines = {key_of(path): data.contexts_by_lineno(str(path)) for path in files}
    seconds = {test: spent for test, spent in recorder.seconds.items() if test not in recorder.failures}
    output.write_text(json.dumps([seconds, lines]), encoding="utf-8")


def statement_of(tree: ast.AST, node: ast.AST) -> range:
    """Return the lines of the statement in which a node is, without the statements in it."""
    *_, statement = (
        part for part in ast.walk(tree) if isinstance(part, ast.stmt) and any(node is inner for inner in ast.walk(part))
    )
    body = getattr(statement, "body", None)
    return range(statement.lineno, max(statement.lineno + 1, body[0].lineno) if body else statement.end_lineno + 1)


class Plan(NamedTuple):
    """How a change is tried."""

    mutant: Mutant
    fresh: bool
    """Whether everything is loaded after the change: loading runs the changed lines, or something beside functions."""
    seconds: dict[str, float]
    """The tests to be run, in order, and how long each takes."""


def plan_of(mutant: Mutant, known: Record) -> Plan:
    """Say which tests may notice a change, the likeliest and quickest first."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    of_file = known.lines[key_of(mutant.path)]
    contexts = {name for line in statement_of(tree, [*ast.walk(tree)][mutant.node]) for name in of_file.get(line, ())}
    direct = known.tests_of(contexts)
    near = (PARTS[Path(key_of(mutant.path)).parts[0]], str(mutant.path.relative_to(ROOT)))
    of_package = {test for test in known.seconds if test.startswith(near)}
    groups = [direct & of_package, direct, of_package]
    if "" in contexts:  # what importing the package runs may change what any test of the module sees
        groups.append(known.tests_of({name for names in of_file.values() for name in names}))
    tests = [test for group in groups for test in sorted(group, key=known.seconds.__getitem__)]
    return Plan(mutant, not contexts <= known.seconds.keys(), {test: known.seconds[test] for test in tests})


def place_of(mutant: Mutant) -> list[str]:
    """Return what tells a change from others in the table."""
    return [key_of(mutant.path), str(mutant.node), mutant.change]


def row_of(mutant: Mutant, noticed_by: str) -> list[str]:
    """Return the row of the table."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    line = statement_of(tree, [*ast.walk(tree)][mutant.node]).start
    before, after = (text.partition("\n")[0] for text in apply(tree, mutant.node, mutant.change))
    return [*place_of(mutant), str(line), before, after, noticed_by]


class Table:
    """The table of changes, to which each is added as soon as it was tried."""

    def __init__(self, path: Path, *, again: bool) -> None:
        """Read what was tried before, without what nothing noticed if that is tried again."""
        self.path, self.rows = path, list[list[str]]()
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                self.rows = [row for row in [*csv.reader(file)][1:] if row[-1] or not again]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, *self.rows])

    def waiting(self, sample: Iterable[Mutant]) -> list[Mutant]:
        """Return those of a sample that are not in the table."""
        places = {tuple(row[:3]) for row in self.rows}
        return [mutant for mutant in sample if tuple(place_of(mutant)) not in places]

    def add(self, tried: Iterable[tuple[Mutant, str]]) -> None:
        """Add rows to the file as they come."""
        for mutant, noticed_by in tried:
            with self.path.open("a", encoding="utf-8", newline="") as file:
                csv.writer(file).writerow(row_of(mutant, noticed_by))


def try_all(plans: list[Plan], table: Table, jobs: int) -> None:
    """Try changes, those first for which everything can be loaded before."""

    def with_all(items: dict[str, pytest.Item]) -> None:
        functions = [part for part in gc.get_objects() if isinstance(part, FunctionType)]
        gc.freeze()
        works = (
            (mutant, partial(after_loading, mutant, functions, items, seconds))
            for mutant, fresh, seconds in plans
            if not fresh
        )
        table.add(in_children(works, jobs))
        os._exit(0)

    if all_tests := {test for plan in plans if not plan.fresh for test in plan.seconds}:
        child = os.fork()
        if child == 0:
            load(sorted(all_tests), with_all)
            os._exit(1)
        os.waitpid(child, 0)
    works = ((mutant, partial(before_loading, mutant, seconds)) for mutant, fresh, seconds in plans if fresh)
    table.add(in_children(works, jobs))


def main() -> int:
    """Draw a sample, try each change, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--longest", type=float, default=600, help="leave tests out that take longer, in seconds")
    parser.add_argument("--again", action="store_true", help="try those of the table again that no test noticed")
    parser.add_argument("-o", "--output", type=Path, default=Path("mutants.csv"))
    asked = parser.parse_args()
    output = asked.output.resolve()
    known_tests = output.with_suffix(".lines.json")
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(SOURCE)]
    for name in LIBRARIES:
        importlib.import_module(name)
    files = [
        path
        for part in PARTS
        for path in sorted((SOURCE / "lgsco").glob(part if part.endswith(".py") else f"{part}/*.py"))
    ]
    everything = [mutant for path in files for mutant in mutants(path)]
    sample = random.Random(asked.seed).sample(everything, min(asked.sample, len(everything)))
    with tempfile.TemporaryDirectory() as own:
        tempfile.tempdir = os.environ["TMPDIR"] = own
        sys.dont_write_bytecode, sys.pycache_prefix = False, own
        if not known_tests.exists():
            child = os.fork()
            if child == 0:
                record(files, known_tests)
                os._exit(0)
            os.waitpid(child, 0)
        known = Record.read(known_tests, asked.longest)
        table = Table(output, again=asked.again)
        try_all([plan_of(mutant, known) for mutant in table.waiting(sample)], table, asked.jobs)
    noticed = Counter(bool(row[-1]) for row in Table(output, again=False).rows)
    print(f"{noticed.total()} of {len(everything)} changes tried: {noticed[True]} noticed, {noticed[False]} not")
    return 0


if __name__ == "__main__":
    sys.exit(main())
