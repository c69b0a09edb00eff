"""
Small changes to the code, one at a time, each of which some test should notice.

    nice -n 19 uv run --group test python tests/mutation/mutants.py --sample 1000 --seed 1 --jobs 2 -o mutants.csv

It draws a sample of all changes that it knows, runs the tests of the changed package and its examples against each,
and against those that survive the laws and the rest. A row of the table is a change and what became of it.
"""

from __future__ import annotations

import argparse
import ast
import copy
import csv
import importlib.abc
import importlib.util
import multiprocessing
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src"
PARTS = {  # what is changed, and the tests that should notice first
    "stats": ["tests/stats"],
    "model": ["tests/model"],
    "comparison": ["tests/comparison"],
    "dataset.py": ["tests/test_dataset.py"],
    "joining.py": ["tests/test_dataset.py"],
}
# Quick ones first, and without those that draw pages, sites and frames.
OTHERS = [
    *["tests/test_dataset.py", "tests/stats", "tests/model", "tests/comparison", "tests/series", "tests/published"],
    *["tests/wording", "tests/casework", "tests/reports", "tests/convert"],
    *(
        f"tests/agreement/test_{name}.py"
        for name in ("exact_methods", "groups_and_years", "intervals", "survival", "trends_and_limits")
    ),
    *(
        f"tests/laws/test_{name}.py"
        for name in (
            "averages",
            "funnels",
            "groups",
            "inference",
            "intervals",
            "joining",
            "proportions",
            "registers",
            "reviews",
            "survival",
            "tallies",
            "verdicts",
            "years",
        )
    ),
]
SECONDS = 300
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


def run_tests(mutant: Mutant | None, tests: Sequence[str]) -> str:
    """Run tests in a child against a change, and return what became of it."""
    child = os.fork()
    if child == 0:
        os.setsid()
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = 99
        try:
            if mutant is not None:
                tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
                apply(tree, mutant.node, mutant.change)
                sys.meta_path.insert(0, Changed(mutant, compile(tree, str(mutant.path), "exec")))
            import pytest  # noqa: PLC0415  # in the child's own time

            code = int(pytest.main(["-q", "-x", "--assert=plain", "-n", "0", "-p", "no:cacheprovider", *tests]))
        except BaseException:  # noqa: BLE001  # a change that stops the import is noticed
            code = 98
        finally:
            os._exit(code)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if os.waitstatus_to_exitcode(status) == 0 else "killed"
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "killed"


def first_tests(mutant: Mutant) -> list[str]:
    """Return the tests that stand nearest to a change, with the examples of its own module."""
    part = mutant.path.relative_to(SOURCE / "lgsco").parts[0]
    return [*PARTS[part], str(mutant.path.relative_to(ROOT))]


def judge(mutant: Mutant) -> tuple[Mutant, str]:
    """Run the near tests, then the others where these noticed nothing."""
    outcome = run_tests(mutant, first_tests(mutant))
    return mutant, outcome if outcome == "killed" else run_tests(mutant, OTHERS)


def row_of(mutant: Mutant, outcome: str) -> list[str]:
    """Return the row of the table."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    line = getattr(list(ast.walk(tree))[mutant.node], "lineno", "")
    before, after = (text.partition("\n")[0] for text in apply(tree, mutant.node, mutant.change))
    place = f"{mutant.path.relative_to(SOURCE / 'lgsco')}:{line}"
    return [outcome, place, str(mutant.node), mutant.change, before, after]


def main() -> int:
    """Draw a sample, try each change, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=600, help="stop after so long, with what was tried")
    parser.add_argument("-o", "--output", type=Path, default=Path("mutants.csv"))
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(SOURCE)]
    for name in ("pytest", "attrs", "cattrs", "scipy.stats"):  # not Hypothesis, which loads the code to be changed
        importlib.import_module(name)
    files = [
        path
        for part in PARTS
        for path in sorted((SOURCE / "lgsco").glob(part if part.endswith(".py") else f"{part}/*.py"))
    ]
    everything = [mutant for path in files for mutant in mutants(path)]
    sample = random.Random(asked.seed).sample(everything, min(asked.sample, len(everything)))
    for tests in [*PARTS.values(), OTHERS]:
        if run_tests(None, tests) != "survived":
            print(f"the tests fail without any change: {' '.join(tests)}", file=sys.stderr)
            return 1
    end, tally = time.monotonic() + 60 * asked.minutes, Counter[str]()
    workers = multiprocessing.get_context("fork").Pool(asked.jobs)
    with asked.output.open("w", encoding="utf-8", newline="") as file, workers as pool:
        table = csv.writer(file)
        table.writerow(["outcome", "place", "node", "change", "before", "after"])
        for mutant, outcome in pool.imap_unordered(judge, sample):
            tally[outcome] += 1
            table.writerow(row_of(mutant, outcome))
            file.flush()
            if time.monotonic() > end:
                pool.terminate()
                break
    print(f"{tally.total()} of {len(everything)} changes tried: {tally['killed']} noticed, {tally['survived']} not")
    return 0


if __name__ == "__main__":
    sys.exit(main())
