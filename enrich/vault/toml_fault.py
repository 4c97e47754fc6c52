"""Why a line is no TOML, for people who never heard of TOML: what they wrote, and how it is written."""

import re
from reprlib import Repr

from enrich.text.pattern import lazy_pattern

_PLACE = lazy_pattern(r" \(at (?:line (?P<line>\d+)(?:, column \d+)?|end of document)\)")
_SHOWN = Repr()
_SHOWN.maxstring = _SHOWN.maxother = 60
"""Characters of what stands in the file. By hand: the message stays two lines of a terminal."""
_KEY = r"""[ \t]*(?P<key>[\w.-]+|"[^"]*"|'[^']*')[ \t]*"""
_WORDS = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}
_SECOND = ("cannot overwrite", "twice", "cannot declare", "cannot mutate", "redefine")
"""What the standard parser says of a key or table that is there already, in small letters."""


def explain_fault(said: str, text: str) -> tuple[int, str]:
    """The line on which the parser stopped, 0 for the end, and *fact; remedy*; ``said`` are the parser's words."""
    found = _PLACE.search(said)
    number = int(found["line"] or 0) if found else 0
    rows = text.split("\n")
    line = rows[number - 1] if 0 < number <= len(rows) else ""
    said = _PLACE.sub("", said)
    return number, _of_line(line, said) or f"{said[:1].lower()}{said[1:]}; mend the line, or remove the file"


def _of_line(line: str, said: str) -> str:
    """What a person did not know; empty where nothing tells."""
    if any(words in said.casefold() for words in _SECOND):
        return _second(line)
    if re.match(r"[ \t]*\[", line):
        return _header(line)
    if "“" in line or "”" in line:
        return f'{show_line(line)} has curly quotation marks; write straight ones: "'
    if found := re.match(rf"{_KEY}:(?P<value>.*)", line):
        return f"{show_line(line)} has ':' behind the key; write {_example(found['key'], found['value'])}"
    found = re.match(rf"{_KEY}=[ \t]*(?P<value>.*)", line)
    return _value(found["key"], found["value"].strip(), said) if found else _bare(line)


def _second(line: str) -> str:
    name = line.split("=")[0].strip()
    if name.startswith("["):
        return f"{show_line(name)} stands there already; put its keys together, or write [[…]] where many may stand"
    return f"{show_line(name)} is given a second time; remove one"


def _header(line: str) -> str:
    name = line.split("#")[0].strip().strip("[]").strip()
    marks = 2 if line.strip().startswith("[[") else 1
    if re.fullmatch(r"[\w.-]+", name):
        return f"{show_line(line)} is no head of a table; write it as {'[' * marks}{name}{']' * marks}"
    return ""


def _bare(line: str) -> str:
    words = line.strip()
    return f"{show_line(line)} is no key with a value; write it as key = value, or put # before it" if words else ""


def _value(key: str, value: str, said: str) -> str:
    """What is wrong behind the ``=``: the first of these that is the case."""
    bare = value.split("#")[0].strip()
    first, closing = bare[:1], {"[": "]", "{": "}"}.get(bare[:1], "")
    word = _WORDS.get(bare.casefold(), "")
    faults = (
        (not bare, "has no value; write one behind the =, or remove the line"),
        (word, f"is {bare}; write {word}, in small letters and without quotes"),
        (first not in "\"'[{+-" and not first.isdigit(), f"is text without quotes; write {_example(key, bare)}"),
        ("escape" in said.casefold() or "\\" in value,
         "holds a backslash, which has a meaning of its own in quotes; write it as \\\\"),
        (first in "\"'" and bare.count(first) % 2, "has a quotation mark that nothing closes; put one behind the text"),
        (closing and bare.count(first) != bare.count(closing),
         "has a bracket that nothing closes; close it, with commas between the values"),
        (first == "[", f'is {show_line(bare)}, which is no list; write it as [1, 3] or ["one", "two"]'),
        (first.isdigit(), f"is {show_line(bare)}, which is neither a number nor text; put text in quotes"),
    )  # fmt: skip
    return next((f"{key} {fault}" for is_so, fault in faults if is_so), "")


def _example(key: str, value: str) -> str:
    """The line as it should be, where it is short enough to show."""
    bare = value.split(" #")[0].strip().strip("\"'")
    if not bare or len(bare) > _SHOWN.maxstring or not bare.isprintable() or set(bare) & set('"\\'):
        return f'{key} = "…"'
    return f"{key} = {bare}" if re.fullmatch(r"\d+|true|false|\[.*", bare) else f'{key} = "{bare}"'


def show_line(line: str) -> str:
    """A part of the file in a message: short, and nothing in it that a terminal acts on."""
    return _SHOWN.repr(line.strip())
