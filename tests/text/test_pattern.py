"""A pattern is compiled when it is first used."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import enrich
from enrich.text.pattern import lazy_pattern


def test_a_mistake_is_found_at_the_first_use() -> None:
    """To name a pattern costs no compiling; to use it does, and then each method is the compiled pattern's own."""
    broken, sound = lazy_pattern("("), lazy_pattern("(?P<word>[a-z]+)", re.IGNORECASE)
    with pytest.raises(re.error):
        broken.search("")
    found = sound.search("1 Word")
    assert found is not None and found["word"] == "Word"
    assert (sound.sub("-", "A b"), sound.groups, sound.pattern) == ("- -", 1, "(?P<word>[a-z]+)")
    assert sound.search == re.compile(sound.pattern, re.IGNORECASE).search


def test_every_pattern_of_the_package_compiles() -> None:
    """No command meets a broken pattern: each that a module names is sound."""
    named = [one for module in _modules() for value in vars(module).values() for one in _patterns(value)]
    assert len(named) > 300 and all(one.groups >= 0 for one in named)


def test_no_module_compiles_a_pattern_when_it_is_imported() -> None:
    """A start pays only for what it uses: outside of functions a pattern is a `lazy_pattern`."""
    files = [Path(str(module.__file__)) for module in _modules()]
    assert [f"{file.name}:{line}" for file in files for line in _compiled_at_import(ast.parse(file.read_text()))] == []


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(enrich.__path__, "enrich."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    if type(value) is type(lazy_pattern("")):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _patterns(one)
    elif isinstance(value, dict):
        yield from _patterns(list(value.values()))


def _compiled_at_import(node: ast.AST) -> Iterator[int]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call) and ast.unparse(child.func) == "re.compile":
            yield child.lineno
        yield from _compiled_at_import(child)
