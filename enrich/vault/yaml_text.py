"""YAML with text for scalars, for front matter that is too involved for `front_matter.read_plain`."""

from typing import Any, ClassVar

import yaml
from frontmatter.default_handlers import YAMLHandler

from enrich.vault.scalar import WORDS, Quoted, Value


def load_yaml_text(body: str) -> tuple[Value, str]:
    """The value of ``body``, and what the parser says of it where it is broken; the line counts from the fence."""
    try:
        return YAMLHandler().load(body, Loader=_Loader), ""
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return None, _one_line(error)


def _one_line(error: Exception) -> str:
    problem = getattr(error, "problem", None) or str(error).partition("\n")[0]
    mark = getattr(error, "problem_mark", None)
    place = f" in line {mark.line + 2}" if mark is not None else ""
    return f"{' '.join(str(problem).split())}{place}"


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML's structure with text for scalars: no dates, no numbers, no merge keys, no tags that build objects.

    An alias gives the same object again, so nested aliases cost nothing until somebody walks them, and nobody does.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, list[Any]]] = {}
    yaml_constructors: ClassVar[dict[str | None, Any]] = {}

    def text_or_word(self, node: yaml.ScalarNode) -> Value:
        """A plain scalar may be true, false or null; a quoted one is text."""
        if node.style in ("'", '"'):
            return Quoted(node.value)
        return node.value if node.style else WORDS.get(node.value, node.value)

    def mapping(self, node: yaml.MappingNode) -> Any:
        """As PyYAML does it, so that a mapping may hold itself; a key that is there twice is an error."""
        values: dict[str, Value] = {}
        yield values
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(problem="a key is no text", problem_mark=key_node.start_mark)
            if key in values:
                problem = f"key {key!r} is there twice"
                raise yaml.constructor.ConstructorError(problem=problem, problem_mark=key_node.start_mark)
            values[key] = self.construct_object(value_node)


_Loader.add_constructor("tag:yaml.org,2002:str", _Loader.text_or_word)
_Loader.add_constructor("tag:yaml.org,2002:seq", yaml.SafeLoader.construct_yaml_seq)
_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.mapping)
_Loader.add_constructor(None, yaml.SafeLoader.construct_undefined)
