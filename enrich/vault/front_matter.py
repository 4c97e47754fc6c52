"""Front matter of any shape, read safely: never executed, never lost, never slow.

Scalars stay text as they were written (``2020`` is ``"2020"``, ``yes`` is ``"yes"``), except ``true``, ``false`` and
``null`` in the spellings that the site generator's YAML knows (js-yaml's JSON schema:
https://github.com/nodeca/js-yaml, used by quartz/plugins/transformers/frontmatter.ts).

Three ways, tried in order: most front matter is a list of plain lines, which `read_plain` reads without a YAML library
(a property test holds it to give what YAML gives); then YAML; and where that is broken, what can be saved key by key.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from enrich.text.pattern import lazy_pattern
from enrich.vault.scalar import WORDS, Quoted, Value

Load = Callable[[str], tuple[Value, str]]
"""A parser: a value, and what is wrong with the text."""

LARGEST = 65_536
"""Characters of YAML that are given to the parser, a hundred times what notes have; the rest is read line by line."""
_DEEP = lazy_pattern(r"(?:[-?:][ \t]+){50}")
_MOST_BRACKETS = 500
"""Far more than notes have, and nesting that the YAML library's recursion bears."""
_MOST_PARTS = 200
"""Keys of broken front matter that are each given to the parser, which is asked anew for every one."""
_CONTROL = lazy_pattern(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
# No indicator at the start, no ": ", no " #", no space or colon at the end.
_PLAIN = r"(?![-?:,\[\]{}#&*!|>'\"%@`\s=<])(?:[^:#]|:(?=\S)|(?<!\s)#)*(?<![\s:])"
_IN_QUOTES = r"\"((?:[^\"\\]|\\[\"\\])*+)\"|'((?:[^']|'')*+)'"
_ESCAPED = lazy_pattern(r"\\(.)")
_FLOW = r"\[((?:\w[\w./ -]*(?:, *\w[\w./ -]*)*)?)\]"
_KEY = r"[^\W\d][\w-]*(?: [\w-]+)*"
_COMMENT = "(?: +#.*)?"
_PLAIN_LINE = lazy_pattern(rf"(?:({_KEY}):|( {{0,8}})-)(?: +(?:({_PLAIN})|{_IN_QUOTES}|{_FLOW}))?{_COMMENT} *\Z")
_LINE = lazy_pattern(r"([^\W\d][\w .-]*?)[ \t]*:(?:[ \t]+(.*))?\Z")
_ITEM = lazy_pattern(r"\s*-[ \t]+(.*)\Z")
_COMMENT_BEHIND = lazy_pattern(r"(\"[^\"]*\"|'[^']*'|\[[^\[\]]*\]|[^\"'\[].*?)?(?:(?:^|\s)#.*)?")
_FLOW_ITEM = lazy_pattern(r"\"[^\"]*\"|'[^']*'|[^,]+")


class FrontMatter(NamedTuple):
    """What a note says of itself, and what is wrong with how it says it."""

    values: Mapping[str, Value]
    error: str = ""
    """Empty when the YAML is sound; else what a parser says, with the line counted from the front matter's first."""


def read_front_matter(block: str) -> FrontMatter:
    """Read ``block``: the front matter with both fences (and the line end after them); empty text has no values."""
    first, _, rest = block.partition("\n")
    body = rest[: rest.rstrip().rfind("---")]
    language = first.lstrip("\ufeff").strip().removeprefix("---").strip()
    if language and language not in ("yaml", "yml"):
        return FrontMatter({}, f"front matter is {language}, not YAML (a site generator may run it)")
    values = read_plain(body)
    return FrontMatter(values) if values is not None else _read_yaml(body)


def read_plain(body: str) -> dict[str, Value] | None:
    """Front matter of nothing but ``key: value`` lines and lists below a key; None for anything else.

    A tenth of what a YAML parser takes. Every doubt is answered with None, and YAML decides.
    """
    values: dict[str, Value] = {}
    items: list[Value] = []
    key = indent = None
    body = body.replace("\r\n", "\n")
    if (body and not body.endswith("\n")) or _CONTROL.search(body):
        return None
    for line in body.split("\n")[:-1]:
        found = _PLAIN_LINE.match(line)
        if found is None:
            return None
        name, margin, *written = found.groups()
        if name is not None:
            if name in values:
                return None
            values[name] = _plain_value(*written)
            items, indent = [], None
            key = name if written == [None] * 4 else None
        elif key is None or margin != (margin if indent is None else indent) or written == [None] * 4:
            return None
        else:
            indent = margin
            items.append(_plain_value(*written))
            values[key] = items
    return values


def salvage(body: str, load: Load | None = None) -> dict[str, Value]:
    """What the keys at the margin of broken YAML say, each by itself: ``load`` reads those whose lines are sound.

    Of the others a value on the key's line is taken, and the lists below it. The first of two equal keys wins, unless
    it is empty.
    """
    values: dict[str, Value] = {}
    parts = list(_parts(body))
    for key, lines in parts:
        value = _load_part(lines, load) if load and len(parts) <= _MOST_PARTS else None
        if values.get(key) in (None, "", []):
            values[key] = _read_loosely(lines) if value is None else value
    return values


def _parts(body: str) -> Iterator[tuple[str, list[str]]]:
    """Each key at the margin with its line and those below it."""
    key, lines = "", list[str]()
    for line in body.splitlines():
        if found := _LINE.match(line):
            if key:
                yield key, lines
            key, lines = found[1], [line]
        else:
            lines.append(line)
    if key:
        yield key, lines


def _load_part(lines: list[str], load: Load) -> Value:
    """The value of one key as YAML reads it; None where that is broken too, or says nothing."""
    values, error = load("\n".join((*lines, "")))
    return next(iter(values.values())) if not error and isinstance(values, dict) and len(values) == 1 else None


def _read_loosely(lines: list[str]) -> Value:
    found = _LINE.match(lines[0])
    value = _loose(found[2] or "") if found else None
    for line in lines[1:]:
        if item := _ITEM.match(line):
            value = _append(value, _loose(item[1]))
    return value


def _plain_value(plain: str | None, double: str | None, single: str | None, flow: str | None) -> Value:
    """The value of the one form that is there; None where none is."""
    if plain is not None:
        return WORDS.get(plain, plain)
    if flow is not None:
        return [WORDS.get(item.strip(), item.strip()) for item in flow.split(",")] if flow else []
    if double is not None:
        return Quoted(_ESCAPED.sub(r"\1", double))
    return None if single is None else Quoted(single.replace("''", "'"))


def _append(value: Value, item: Value) -> Value:
    if isinstance(value, list):
        return [*value, item]
    return [item] if value in (None, "") else value


def _loose(text: str) -> Value:
    """A scalar or a flow list of a line that may be broken: quotes and comment off, the words YAML knows."""
    found = _COMMENT_BEHIND.fullmatch(text.strip())
    text = (found[1] or "").strip() if found else text.strip()
    if text.startswith("[") and not text.startswith("[["):
        return [_loose(part) for part in _FLOW_ITEM.findall(text.strip("[]")) if part.strip()]
    if len(text) > 1 and text[0] in "'\"" and text[-1] == text[0]:
        return Quoted(text[1:-1])
    return WORDS.get(text, text)


def _read_yaml(body: str) -> FrontMatter:
    if len(body) > LARGEST or _DEEP.search(body) or body.count("[") + body.count("{") > _MOST_BRACKETS:
        return FrontMatter(salvage(body), "front matter is too long or too deep to be read as YAML")
    # most front matter is plain and never comes here; who lists a vault does not wait for this import
    from enrich.vault.yaml_text import load_yaml_text

    values, error = load_yaml_text(body)
    if error:
        return FrontMatter(salvage(body, load_yaml_text), error)
    if values is None:
        return FrontMatter({})
    if not isinstance(values, dict):
        return FrontMatter(salvage(body), "front matter is no mapping of keys to values")
    return FrontMatter(values)
