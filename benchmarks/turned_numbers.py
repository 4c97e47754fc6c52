"""Which numbers of the package does a test hold? Each is turned to nought and far up, and tests are run.

    python -m benchmarks.turned_numbers enrich/check/evidence enrich/check/facts --tests tests/calibration tests/check
    python -m benchmarks.turned_numbers enrich/check/evidence/roles.py --only _LOSS --tests tests/calibration

A number is one that stands in an assignment of a module, in a table only with `--tables`. It is turned in the module's
code as it is read, so what is made of it turns too. A line a turn: the first test that fails; `bound` where none does
and the text below the number calls it one: no outcome on a page of usual size hangs on it; else `nothing`.
"""

import ast
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_loader
from multiprocessing import get_context
from pathlib import Path
from types import CodeType

import pytest

ROOT = Path(__file__).parents[1]
FAR = 4
BOUND = "bound"
"""What the text of a number says that only keeps time, memory or a line's length within limits."""


@dataclass(frozen=True)
class Turn:
    """One number of one module, as it is and as it is tried."""

    module: str
    name: str
    line: int
    column: int
    value: float
    turned: float
    is_bound: bool

    def __str__(self) -> str:
        return f"{self.module.removeprefix('enrich.')}.{self.name} {self.value:g} -> {self.turned:g}"


def find_turns(path: Path, tables: bool, only: Sequence[str]) -> Iterator[Turn]:
    """Two turns of each number of a file; of nought itself one, to 1."""
    module = ".".join(path.resolve().relative_to(ROOT).with_suffix("").parts)
    body = ast.parse(path.read_text("utf-8")).body
    for row, below in zip(body, [*body[1:], None], strict=True):
        if not isinstance(row, ast.Assign | ast.AnnAssign) or row.value is None:
            continue
        target = row.targets[0] if isinstance(row, ast.Assign) else row.target
        told = isinstance(below, ast.Expr) and BOUND in ast.unparse(below)
        for name, value in _named_values(target, row.value):
            for line, column, own in _numbers(value, tables) if not only or name in only else ():
                for turned in (0, own * FAR) if own else (1,):
                    yield Turn(module, name, line, column, own, type(own)(turned), told)


def _named_values(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Each name with what is assigned to it: two of `A, B = 1, 2`."""
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, own in zip(target.elts, value.elts, strict=True):
            yield from _named_values(one, own)
    else:
        yield ast.unparse(target), value


def _numbers(value: ast.AST, tables: bool) -> Iterator[tuple[int, int, float]]:
    """Line, column and value of the numbers of an expression; no index and none that text is built with."""
    if isinstance(value, ast.Subscript | ast.JoinedStr | ast.Compare) or (isinstance(value, ast.Dict) and not tables):
        return
    if (
        isinstance(value, ast.Constant)
        and isinstance(value.value, int | float)
        and value.value is not bool(value.value)
    ):
        yield value.lineno, value.col_offset, value.value
    for inner in ast.iter_child_nodes(value):
        yield from _numbers(inner, tables)


class _TurnedLoader(SourceFileLoader):
    """Reads a module with one number turned."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn.module, str(ROOT.joinpath(*turn.module.split(".")).with_suffix(".py")))
        self._turn = turn

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 (it reads one module alone)
        """The code of the file, never that of a cache."""
        tree = ast.parse(Path(self.path).read_text("utf-8"), self.path)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and (node.lineno, node.col_offset) == (
                self._turn.line,
                self._turn.column,
            ):
                node.value = self._turn.turned
        return compile(tree, self.path, "exec")


class _TurnedFinder(MetaPathFinder):
    """Has the module of a turn read with its number turned."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """Of the module of the turn alone."""
        return spec_from_loader(fullname, _TurnedLoader(self._turn)) if fullname == self._turn.module else None


class _FirstFailure:
    """Keeps the name of the first test that fails."""

    name = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test, or what it needs, failed."""
        if report.failed and not self.name:
            self.name = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file could not even be read."""
        if report.failed and not self.name:
            self.name = report.nodeid


def run_tests(asked: tuple[Turn | None, Sequence[str]]) -> tuple[Turn | None, str]:
    """The turn, and the first of the tests that fails with it; in a process of its own."""
    turn, tests = asked
    if turn:
        sys.meta_path.insert(0, _TurnedFinder(turn))
    failure = _FirstFailure()
    options = ["-x", "-p", "no:terminal", "-p", "no:xdist", "-p", "no:cacheprovider", "-o", "addopts="]
    result = pytest.main([*options, *tests], plugins=[failure])
    if result != (pytest.ExitCode.TESTS_FAILED if failure.name else pytest.ExitCode.OK):
        raise RuntimeError(f"pytest ended with {result!r} and {failure.name!r} failed")
    return turn, failure.name


def main() -> None:
    """Print a line a turn, and how many are held."""
    asked = _read_arguments()
    files = sorted(file for path in asked.paths for file in ([path] if path.is_file() else path.rglob("*.py")))
    turns: list[Turn | None] = [turn for file in files for turn in find_turns(file, asked.tables, asked.only)]
    count: Counter[str] = Counter()
    with get_context("fork").Pool(asked.jobs, maxtasksperchild=1) as pool:
        for turn, failed in pool.imap(run_tests, [(turn, asked.tests) for turn in [None, *turns]], 1):
            if turn is None and failed:
                sys.exit(f"{failed} fails as it is")
            if turn:
                held = "held" if failed else "bound" if turn.is_bound else "nothing"
                count[held] += 1
                print(f"{held:8} {turn}  {failed}", flush=True)
    print(", ".join(f"{number} {held}" for held, number in count.items()))


def _read_arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+", help="files or folders of the package")
    parser.add_argument("--tests", nargs="+", default=["tests/calibration"], help="what is run, the quickest first")
    parser.add_argument("--only", nargs="+", default=[], help="names of numbers")
    parser.add_argument("--tables", action="store_true", help="turn the numbers of tables too")
    parser.add_argument("--jobs", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
