"""Front matter as its two kinds of reader see it: YAML 1.1 (PyYAML, older tools) and YAML 1.2 (the site generator).

The versions disagree on `yes`, `012`, `1:30` and more, so a value is safe only when both read the same. Most front
matter is too simple to be read in two ways; it is read at once, a hundred times faster than by the two parsers,
which are not even imported then.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Any

from enrich.text.pattern import lazy_pattern
from enrich.vault.front_matter import read_plain
from enrich.vault.scalar import Quoted, Value


class YamlError(ValueError):
    """One of the readers refuses the text; the message is one line that names the version."""

    def __init__(self, version: str, error: Exception) -> None:
        problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
        super().__init__(f"{version}: {' '.join(str(problem).split())}")
        mark = getattr(error, "problem_mark", None)
        self.line: int | None = None if mark is None else mark.line + 1
        """The line of the text, counted from 1; None when the reader does not say."""


@lru_cache(maxsize=8)
def load_both(text: str) -> tuple[Any, Any]:
    """``text`` read as YAML 1.1 and as YAML 1.2; YamlError when one of them refuses it.

    What was read is kept for the same text, which an edit of the prose leaves as it was: the values are not changed.
    """
    simple = _read_simple(text)
    if simple is not None:
        return simple, simple
    return load_yaml_1_1(text), load_yaml_1_2(text)


def is_plain_text(text: str) -> bool:
    """Whether every reader takes ``text`` for itself, beyond doubt: most words and names. False says nothing."""
    return _simple_scalar(text) == text


def load_yaml_1_1(text: str) -> Any:
    """``text`` read as YAML 1.1; YamlError when it is broken. A duplicate key goes unnoticed: the last one wins."""
    import yaml

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise YamlError("YAML 1.1", error) from error


def load_yaml_1_2(text: str) -> Any:
    """``text`` read as YAML 1.2; YamlError when it is broken or has a key twice."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError as Yaml12Error

    try:
        return YAML(typ="safe", pure=True).load(text)
    except (Yaml12Error, ValueError, RecursionError) as error:
        raise YamlError("YAML 1.2", error) from error


_TEXT = lazy_pattern(r"[A-Za-z][\w ,.;!'\"()/&+%$€£¥–—‘’“”-]*(?<! )|\d{6}[A-DF-NP-WYZ][A-Z]\d{2,4}")
_NUMBER = lazy_pattern(r"[1-9]\d{0,8}", re.ASCII)
_DAY = lazy_pattern(r"\d{4}-\d\d-\d\d", re.ASCII)
_DOUBT = object()
_NO_TEXT = frozenset({"y", "n", "yes", "no", "on", "off", "null"})


def _read_simple(text: str) -> dict[str, Any] | None:
    """What both versions read, where every value is beyond doubt; None for everything else."""
    plain = read_plain(text) or {}
    values = {key: _simple_value(value) for key, value in plain.items()}
    beyond_doubt = values and all(map(is_plain_text, values)) and _DOUBT not in values.values()
    return values if beyond_doubt else None


def _simple_value(value: Value) -> Any:
    if isinstance(value, list):
        items = [_simple_value(item) for item in value]
        return _DOUBT if _DOUBT in items else items
    if value is None or isinstance(value, bool | Quoted):
        return str(value) if isinstance(value, Quoted) else value
    simple = _simple_scalar(value)
    return _DOUBT if simple is None else simple


def _simple_scalar(written: str) -> str | int | bool | date | None:
    if written in {"true", "false"}:
        return written == "true"
    if _NUMBER.fullmatch(written):
        return int(written)
    if _DAY.fullmatch(written):
        try:
            return date.fromisoformat(written)
        except ValueError:
            return None
    if _TEXT.fullmatch(written) and written.isprintable() and written.lower() not in _NO_TEXT:
        return written if written.lower() not in {"true", "false"} else None
    return None
