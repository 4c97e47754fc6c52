"""A text as a YAML scalar."""

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from enrich.vault.yaml_scalar import yaml_scalar

TROUBLE = ": #-?!&*%@`'\"{}[],|>~=<\\\n\r\t 0123456789.:_yYnNoOxXeE+-ąé中\x85\u2028\ufeff\x00\x7f"


def read_with_both(block: str) -> list[Any]:
    """What a YAML 1.1 and a YAML 1.2 reader make of ``block``."""
    return [yaml.safe_load(block), YAML(typ="safe", pure=True).load(block)]


@given(st.text() | st.text(alphabet=TROUBLE, max_size=12))
@example("1_000")
@example("0o17")
@example("2021-11-16")
@example("190:20:30")
@example("<<")
@example("=")
@example("a\x85b")
def test_any_text_is_read_back_as_the_same_string_by_both_yaml_versions(text: str) -> None:
    """A title with a colon or a date-like keyword would otherwise break the site build or change its type."""
    scalar = yaml_scalar(text)
    for read in read_with_both(f"key: {scalar}\nlist:\n  - {scalar}\nlast: true\n"):
        assert read == {"key": text, "list": [text], "last": True}
        assert type(read["key"]) is str
    assert "\n" not in scalar


@pytest.mark.parametrize(
    "text", ["gpt4", "meta opens llama 2 to builders", "DeepMind's AlphaFold 2, again.", "c++", "a:b"]
)
def test_ordinary_text_goes_out_plain(text: str) -> None:
    """Front matter stays as readable as a person would write it."""
    assert yaml_scalar(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021",
        "yes",
        "No",
        "on",
        "null",
        "~",
        "y",
        "n",
        "1e3",
        "012",
        "1:30",
        "0x1F",
        ".5",
        "- a",
        "a: b",
        "a #b",
        "ends:",
    ],
)
def test_text_that_a_reader_takes_for_something_else_is_quoted(text: str) -> None:
    """`no` as a keyword must not become a boolean, nor a version number a float."""
    assert yaml_scalar(text) == f'"{text}"'
