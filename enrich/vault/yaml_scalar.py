"""A text as a YAML scalar that every reader of the vault takes for the same string."""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from enrich.text.pattern import lazy_pattern
from enrich.vault.yaml_versions import YamlError, is_plain_text, load_yaml_1_1, load_yaml_1_2

_READERS: tuple[Callable[[str], Any], ...] = (load_yaml_1_1, load_yaml_1_2)
# The 1.1 specification reads these as booleans, and some of its readers do, though PyYAML does not.
_BOOLEANS_OF_SOME_READERS = frozenset({"y", "Y", "n", "N"})
_NEVER_RAW = lazy_pattern("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def yaml_scalar(text: str) -> str:
    """``text`` plain where a YAML 1.1 and a YAML 1.2 reader both read back the same string, else double quoted.

    It fits behind ``key: `` and behind ``- `` alike, in block style, on one line.
    """
    return text if _survives_plain(text) else _quoted(text)


@lru_cache(maxsize=4096)  # two readers of YAML take 10 ms, and a note is composed more than once of the same words
def _survives_plain(text: str) -> bool:
    if is_plain_text(text):
        return True
    if text in _BOOLEANS_OF_SOME_READERS or _NEVER_RAW.search(text) or "\n" in text:
        return False
    expected = {"before": text, "list": [text, text], "after": 1}
    block = f"before: {text}\nlist:\n  - {text}\n  - {text}\nafter: 1\n"
    return all(_reads_as(read, block, expected) for read in _READERS)


def _reads_as(read: Callable[[str], Any], block: str, expected: dict[str, Any]) -> bool:
    try:
        return bool(read(block) == expected)
    except YamlError:
        return False


def _quoted(text: str) -> str:
    # JSON's escapes are all YAML's too; YAML forbids a few characters that JSON lets through.
    return _NEVER_RAW.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
