"""Front matter as a YAML 1.1 and a YAML 1.2 reader see it."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from enrich.vault.yaml_versions import YamlError, load_both

FRAGMENTS = [
    "title: ", "tags:\n", "  - ", "draft: ", "created: ", "true", "false", "yes", "No", "null", "2023", "0123",
    "2023-07-18", "2023-13-01", "230718TJ04", "230718E04", "1e3", "0x1F", "a b", "a: b", "a #b", "it's", "\"q\"",
    "- x", "ü", "é, è", "\n", " ", ":", "y", "on", "True", "12:30", "a;b", "5g", "[x]", "don't (a/b) & +5%", "…",
    "\t", "a\u00a0b", "a\u2028b", "~", "T", "nan", "inf", "'s'", "[x, 2]", "[]", "- \"q\"", "yes: ",
    '"a \\"b\\""', "'it''s'", '"\\\\"', '"\\n"', "a #", " # c",
    "at $1,900", "a €5", "so!", "a !b", "[a $b, c!]",
]  # fmt: skip


def parsers(text: str) -> list[Any]:
    """What the two libraries make of ``text``."""
    return [yaml.safe_load(text), YAML(typ="safe", pure=True).load(text)]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=10).map("".join))
def test_reading_both_is_what_the_two_libraries_read(text: str) -> None:
    """The quick way for simple front matter must never differ from the parsers."""
    try:
        found = load_both(text)
    except YamlError:
        return
    expected = parsers(text)
    assert repr(list(found)) == repr(expected)


@pytest.mark.parametrize("value", ["yes", "012", "1:30", "0o17", "off"])
def test_a_value_that_the_versions_read_differently_is_seen(value: str) -> None:
    """`yes` is true for one reader and a word for the other."""
    old, new = load_both(f"key: {value}\n")
    assert old != new


def test_broken_yaml_is_an_error_with_its_line() -> None:
    """The owner of a note with a broken line wants to know which."""
    with pytest.raises(YamlError, match=r"YAML 1\.1: mapping values") as caught:
        load_both("title: a\ndescription: b: c\n")
    assert caught.value.line == 2
    with pytest.raises(YamlError, match=r"YAML 1\.2: .*key"):
        load_both("a: 1\na: 2\n")
