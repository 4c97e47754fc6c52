"""Front matter as its two kinds of reader see it: YAML 1.1 (PyYAML, older tools) and YAML 1.2 (the site generator).

The versions disagree on `yes`, `012`, `1:30` and more, so a value is safe only when both read the same.
"""

from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError as Yaml12Error


class YamlError(ValueError):
    """One of the readers refuses the text; the message is one line that names the version and the place."""


def load_yaml_1_1(text: str) -> Any:
    """``text`` read as YAML 1.1; YamlError when it is broken. A duplicate key goes unnoticed: the last one wins."""
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise YamlError(f"YAML 1.1: {_one_line(error)}") from error


def load_yaml_1_2(text: str) -> Any:
    """``text`` read as YAML 1.2; YamlError when it is broken or has a key twice."""
    try:
        return YAML(typ="safe", pure=True).load(text)
    except (Yaml12Error, ValueError) as error:
        raise YamlError(f"YAML 1.2: {_one_line(error)}") from error


def _one_line(error: Exception) -> str:
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    mark = getattr(error, "problem_mark", None)
    place = f" in line {mark.line + 1}" if mark is not None else ""
    return f"{' '.join(str(problem).split())}{place}"
