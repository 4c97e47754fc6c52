"""Every pattern of the package, looked at as it is built: none reads a long text again from each of its characters.

Looked at are patterns that a module holds, also within tables and rules; forms with their signs;
and those written within a call (``re.sub("…", …)``) as far as they are no f-strings. Two forms make a search take the
square of the text's length, or worse, and both can be told without running them. What is not held here (two neighbours
that share characters, loops in Python) `benchmarks/hostile.py` measures.
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import enrich
from enrich.check.facts.form import Form
from enrich.text.pattern import lazy_pattern

PATTERN = (re.Pattern, type(lazy_pattern("")))
"""What is compiled, and what will be when it is used."""
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)
SEARCHES = r"\.(?:search|finditer|findall|sub|subn|split)\("
HARMLESS = {
    "enrich.check.facts.quantity._LABEL": "searches 24 characters",
    "enrich.text.sentences._LAST_TOKEN": "searches 40 characters",
    "enrich.source.byline._REST": "searches what clean_title cut to 1,000 characters",
    "enrich.source.byline._BETWEEN": "searches what clean_title cut to 1,000 characters",
    "enrich.source.site._SLOGAN": "searches what clean_title cut to 1,000 characters",
    "enrich.source.title._SEPARATED": "searches what clean_title cut to 1,000 characters",
    "enrich.source.title._ELLIPSIS": "searches what clean_title cut to 1,000 characters",
}
"""Patterns that the rules below would refuse, and why they do no harm."""


def patterns_of(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns that a module's value is, holds, or makes on demand."""
    if isinstance(value, PATTERN):
        yield value
    elif depth < 3 and isinstance(value, tuple | list):
        for item in value:
            yield from patterns_of(item, depth + 1)
    elif depth < 3 and isinstance(value, dict):
        yield from patterns_of(list(value.values()), depth)
    elif isinstance(getattr(value, "pattern", None), PATTERN):  # a rule
        yield value.pattern  # type: ignore[attr-defined]
    elif hasattr(value, "cache_info") and callable(value):
        signature = inspect.signature(value)
        if not signature.parameters and signature.return_annotation == re.Pattern[str]:
            yield from patterns_of(value(), depth + 1)


def forms_of(value: object) -> list[Form]:
    """The forms that a module's value is, or holds in a table."""
    rows = value if isinstance(value, tuple) else (value,)
    return [row for row in rows if isinstance(row, Form)]


def inline_patterns(source: str) -> Iterator[tuple[int, re.Pattern[str], bool]]:
    """Line, pattern and whether it is searched with, of the patterns written within calls of the module `re`."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=[ast.Constant(value=str(form)), *_]
            ) if name not in ("compile", "escape"):
                yield node.lineno, re.compile(form), name not in ("match", "fullmatch")


def every_pattern() -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Module and name, pattern, and whether the module searches with it; a pattern out of a table always may be."""
    for found in pkgutil.walk_packages(enrich.__path__, "enrich."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        source = inspect.getsource(module)
        for line, pattern, searched in inline_patterns(source) if "import re\n" in source else ():
            yield f"{found.name}:{line}", pattern, searched
        for name, value in vars(module).items():
            for number, form in enumerate(forms_of(value)):
                yield f"{found.name}.{name}[{number}]", form.compiled, True
                yield f"{found.name}.{name}[{number}].signs", re.compile(form.signs), True
        for name, value in vars(module).items():
            for pattern in patterns_of(value):
                direct = value is pattern
                made = rf"^{name}\b.* = (?:re\.compile|lazy_pattern)\("
                defined = not direct or re.search(made, source, re.M) is not None
                searched = not direct or re.search(rf"\b{name}{SEARCHES}", source) is not None
                passed = re.search(rf"[(,] ?{name}\b(?!\.)", source) is not None
                if defined and isinstance(pattern.pattern, str):
                    yield f"{found.name}.{name}", pattern, searched or passed


def parsed(pattern: re.Pattern[str]) -> Any:
    """The items of a pattern."""
    return parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)


def inside(node: Any) -> list[Any]:
    """The patterns within one item of a parsed pattern."""
    kind, value = node
    if kind in REPEATS or kind is op.POSSESSIVE_REPEAT:
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.BRANCH:
        return list(value[1])
    if kind is op.ATOMIC_GROUP:
        return [value]
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


def is_endless(node: Any) -> bool:
    """Whether an item repeats without a bound."""
    return node[0] in (*REPEATS, op.POSSESSIVE_REPEAT) and node[1][1] is op.MAXREPEAT


def can_give_back(node: Any) -> bool:
    """Whether it repeats without a bound and tries less when what follows does not fit."""
    return is_endless(node) and node[0] in REPEATS


def is_optional(node: Any) -> bool:
    """Whether an item may match nothing."""
    if node[0] in (*REPEATS, op.POSSESSIVE_REPEAT):
        return bool(node[1][0] == 0)
    return any(part.getwidth()[0] == 0 for part in inside(node))


def nests(items: Any) -> bool:
    """Whether a repeat repeats what one repeat within it can match alone, so that there are many ways to match it."""
    for node in items:
        if can_give_back(node):
            needed = [own for own in node[1][2] if not is_optional(own) or can_give_back(own)]
            if len(needed) == 1 and can_give_back(needed[0]):
                return True
        if any(map(nests, inside(node))):
            return True
    return False


def begins_endlessly(items: Any) -> bool:
    """Whether a search begins with a run that it reads again from each of the run's characters when the rest fails."""
    for at, node in enumerate(items):
        kind = node[0]
        if kind in (op.ASSERT, op.ASSERT_NOT, op.AT):
            return False  # it says where the run may begin
        if kind in (op.SUBPATTERN, op.BRANCH, op.ATOMIC_GROUP):
            rest = list(items)[at + 1 :]
            return any(begins_endlessly([*part, *rest]) for part in inside(node))
        if is_endless(node):
            return any(not is_optional(later) for later in list(items)[at + 1 :])
        if not is_optional(node):
            return False
    return False


@pytest.fixture(scope="module")
def patterns() -> list[tuple[str, re.Pattern[str], bool]]:
    """All of the package's, as `every_pattern` gives them."""
    return list(every_pattern())


def test_no_repeat_repeats_a_repeat(patterns: list[tuple[str, re.Pattern[str], bool]]) -> None:
    """A run of one character can be matched in one way only, or a text without an end costs twice as much a letter."""
    refused = [name for name, pattern, _ in patterns if nests(parsed(pattern))]
    assert [name for name in refused if name not in HARMLESS] == []


def test_no_search_reads_a_run_from_each_of_its_characters(patterns: list[tuple[str, re.Pattern[str], bool]]) -> None:
    """A search that begins with a run says where the run begins, or it takes the square of the run's length."""
    refused = [name for name, pattern, searched in patterns if searched and begins_endlessly(parsed(pattern))]
    assert [name for name in refused if name not in HARMLESS] == []


def test_the_patterns_of_the_package_are_found(patterns: list[tuple[str, re.Pattern[str], bool]]) -> None:
    """A pattern that is made in another way would be looked at by nobody."""
    assert len(patterns) > 500


def test_forms_that_take_for_ever_are_told() -> None:
    """The two rules refuse what they are for, and pass its linear form."""
    assert nests(parser.parse(r"(?:a+)*b"))
    assert not nests(parser.parse(r"(?:a+,)*b"))
    assert begins_endlessly(parser.parse(r"\s*\n"))
    assert [row[1:] for row in inline_patterns('re.sub(r"a+b", "", text)')] == [(re.compile("a+b"), True)]
    assert [form.pattern for form in forms_of((Form("x", "a"), Form("y", "b")))] == ["a", "b"]
    assert begins_endlessly(parser.parse(r"(?:x|\d+)-"))
    assert not begins_endlessly(parser.parse(r"(?<!\s)\s*+\n"))
    assert not begins_endlessly(parser.parse(r"[a-z]+"))
