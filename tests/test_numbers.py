"""Every number of the package says where it comes from."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "enrich"
LOOKED_UP = ast.Dict | ast.DictComp
"""Tables explain themselves by their keys: months, digits, prefixes, statuses."""
NO_MEASURE = ast.Compare | ast.Subscript | ast.JoinedStr
"""What a number picks out of a name that is explained elsewhere."""
BUILDS_TEXT = frozenset({"compile", "maketrans", "enumerate"})


def numbers_in(value: ast.AST) -> Iterator[ast.Constant]:
    """The numbers of an expression that need a word of explanation."""
    if isinstance(value, LOOKED_UP | NO_MEASURE):
        return
    if isinstance(value, ast.Call) and ast.unparse(value.func).rpartition(".")[2] in BUILDS_TEXT:
        return
    if isinstance(value, ast.Constant) and type(value.value) in (int, float):
        yield value
    for inner in ast.iter_child_nodes(value):
        yield from numbers_in(inner)


def unexplained(path: Path) -> Iterator[str]:
    """``line: name`` of each number without a text right below it or a comment above or beside it."""
    text = path.read_text("utf-8")
    lines, body = text.splitlines(), ast.parse(text).body
    for row, below in zip(body, [*body[1:], None], strict=True):
        if not isinstance(row, ast.Assign | ast.AnnAssign) or row.value is None or not any(numbers_in(row.value)):
            continue
        is_told = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        beside = lines[(row.end_lineno or row.lineno) - 1].partition("  # ")[2]
        is_told |= bool(beside) and not beside.startswith(("fmt:", "noqa"))
        if not is_told and not lines[max(0, row.lineno - 2)].startswith("# "):
            names = row.targets if isinstance(row, ast.Assign) else [row.target]
            yield f"{row.lineno}: {', '.join(map(ast.unparse, names))}"


def test_every_number_says_where_it_comes_from() -> None:
    """Whoever changes a number finds beside it what it is, its unit, and which command or judgement gave it."""
    files = sorted(PACKAGE.rglob("*.py"))
    found = [f"{path.relative_to(PACKAGE.parent)}:{line}" for path in files for line in unexplained(path)]
    assert not found, "say below each what it is, in which unit and why it is so:\n" + "\n".join(found)


def test_a_bare_number_is_found(tmp_path: Path) -> None:
    """The rule above sees numbers in tuples, calls and sums, and takes a comment or a text for an explanation."""
    bare = "A = 3\nB, C = 1, 2.5\nD = frozenset({4})\nE: int = 6 * 7\nF = 5  # noqa: N\n"
    told = '# Why.\nG = 1\nH = 2\n"""Why."""\nI = 3  # why\nJ = {"ten": 10}\nK = A[0]\n'
    file = tmp_path / "made.py"
    file.write_text(bare + told, "utf-8")
    assert list(unexplained(file)) == ["1: A", "2: (B, C)", "3: D", "4: E", "5: F"]
