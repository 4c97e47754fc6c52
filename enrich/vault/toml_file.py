"""A TOML file that a person wrote: its values, held against the keys that may stand there, and where each mistake is.

The file may have come with somebody else's vault, so its size and depth are bounded before anything reads it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from reprlib import Repr
from typing import Any

from msgspec import Struct

from enrich.errors import SettingsError
from enrich.text.pattern import lazy_pattern
from enrich.vault.file import read_file

MOST_BYTES = 100_000
"""By hand: the largest `type.toml` that ships has 3,527; nobody writes thirty times that by hand."""
MOST_PARTS = 20
"""Of a dotted name: the standard parser's time grows with their number times that of the keys."""
MOST_LEVELS = 20
"""Of lists and tables in one another: the standard parser calls itself for each."""
MOST_DIGITS = 1000
"""In a row, outside of text. By hand: Python refuses to read more than 4,300."""

Key = tuple[str | int, ...]
"""Where a value stands: ``("section", 2, "words")`` is the key ``words`` of the third ``[[section]]``."""

Mistake = tuple[Key, str]
"""Where something is wrong, and what."""

Check = Callable[[Any], str]
"""What is wrong with a value, as it goes on after ``words is [9, 4], ``; empty: nothing."""

_STRING = r'"""(?:\\.|[^\\])*?"""|' + r"'''.*?'''" + r'|"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'"
_TOKEN = lazy_pattern(rf"{_STRING}|\#[^\n]*|[\[\]{{}}\n]", re.DOTALL)
_UNREAD = lazy_pattern(rf"{_STRING}|\#[^\n]*", re.DOTALL)
_LONG_NUMBER = lazy_pattern(f"[0-9a-fA-F_]{{{MOST_DIGITS},}}")
_KEY = lazy_pattern(rf"[ \t]*(?P<name>(?:{_STRING}|[^=\n#\"'])+?)[ \t]*=", re.DOTALL)
_HEADER = lazy_pattern(r"[ \t]*(?P<open>\[\[?)(?P<name>[^\n]*?)\]\]?[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_SHOWN = Repr()
_SHOWN.maxstring = _SHOWN.maxother = 60
"""Characters of a value in a message. By hand: the message stays two lines of a terminal."""
_SHOWN.maxlevel = 2
"""Levels of it: a list, and what stands in it."""


class Table(Struct, frozen=True):
    """The keys that may stand in a table of the file."""

    checks: Mapping[str, "Check | Table"]
    required: Sequence[str] = ()
    many: bool = False
    """It stands several times, as ``[[section]]``."""
    told: str = ""
    """How a message calls the table: ``[title]``; empty: the file's top."""


class TomlFile(Struct, frozen=True):
    """The file as read."""

    path: Path
    text: str
    values: dict[str, Any]

    def error(self, key: Key, fact: str) -> SettingsError:
        """The error to raise about the value at ``key``: *file, line: fact*."""
        line = find_line(self.text, key)
        return SettingsError(f"{self.path}{f', line {line}' if line else ''}: {fact}")

    def hold_to(self, table: Table) -> None:
        """SettingsError with line, key and the nearest right one when a key or value does not fit ``table``."""
        for mistake in self.find_mistakes(table):
            raise self.error(*mistake)

    def find_mistakes(self, table: Table) -> Iterator[Mistake]:
        """Every key and value that does not fit ``table``."""
        return self._of_table(self.values, table, (), table)

    def _of_table(self, values: Any, table: Table, where: Key, top: Table) -> Iterator[Mistake]:
        place = f" in {table.told}" if table.told else ""
        if not isinstance(values, dict):
            yield where, f"{where[-1]} is {show(values)}, not a table; write it as {table.told}"
            return
        for key, value in values.items():
            check = table.checks.get(key)
            if check is None:
                yield (*where, key), f"unknown key {show(key)}{place}; {_meant(key, table, top)}"
            elif isinstance(check, Table):
                yield from self._of_tables(value, check, (*where, key), top)
            elif fault := check(value):
                yield (*where, key), f"{key} is {show(value)}{place}, {fault}"
        for key in table.required:
            if key not in values:
                yield where, f"{table.told or 'the file'} lacks {key!r}; add it"

    def _of_tables(self, value: Any, table: Table, where: Key, top: Table) -> Iterator[Mistake]:
        if not table.many:
            yield from self._of_table(value, table, where, top)
        elif not isinstance(value, list):
            written = f"a table in single brackets, [{where[-1]}]" if isinstance(value, dict) else show(value)
            yield where, f"{where[-1]} is {written}, not a list of tables; write each as {table.told}"
        else:
            for number, row in enumerate(value):
                yield from self._of_table(row, table, (*where, number), top)


def read_toml(path: Path) -> TomlFile:
    """Read the file; SettingsError names it, and the line where the parser stopped."""
    import tomllib  # a fortieth of a warm answer, which reads no such file where none is set

    try:
        text = read_file(path, MOST_BYTES).decode("utf-8-sig").replace("\r\n", "\n")
        _refuse_costly(text)
        return TomlFile(path, text, tomllib.loads(text))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}; mend or remove the file") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}, line {line}: is not UTF-8; save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        from enrich.vault.toml_fault import explain_fault  # only a mistake needs it

        line, fault = explain_fault(str(error), text)
        raise SettingsError(f"{path}{f', line {line}' if line else ''}: {fault}") from error
    except ValueError as error:  # of the bounds, and of what the parser does not catch
        raise SettingsError(f"{path}: {error}; mend or remove the file") from error


def _refuse_costly(text: str) -> None:
    """ValueError, as the parser's, for what would cost it minutes or its stack."""
    bare = _UNREAD.sub(lambda found: "\n" * found.group().count("\n"), text)
    level = 0
    for number, line in enumerate(bare.split("\n"), 1):
        level += sum(line.count(opened) for opened in "[{")
        if line.count(".") >= MOST_PARTS:
            raise ValueError(f"a name of more than {MOST_PARTS} parts (at line {number})")
        if level > MOST_LEVELS:
            raise ValueError(f"nests too deeply (at line {number})")
        if _LONG_NUMBER.search(line):
            raise ValueError(f"a number of more than {MOST_DIGITS:,} digits (at line {number})")
        level -= sum(line.count(closed) for closed in "]}")


def show(value: Any) -> str:
    """A value for a message: short, however long or deep it is."""
    return _SHOWN.repr(value)


def _meant(key: str, table: Table, top: Table) -> str:
    """Where the key belongs, else what is most like it among those of its table."""
    from enrich.text.nearest import did_you_mean  # difflib: only a mistake needs it

    tables = [row for row in top.checks.values() if isinstance(row, Table)]
    places = ["to the file's top, before the first table"] if key in top.checks and table is not top else []
    places += [f"into {row.told}" for row in tables if row is not table and key in row.checks]
    if places:
        return f"it belongs {' or '.join(places)}"
    return did_you_mean(key[:100], table.checks, f"known are {', '.join(table.checks)}")


def find_line(text: str, key: Key) -> int:
    """The line, from 1, on which the value at ``key`` is set, else that of the nearest table around it; 0: none.

    ``text`` is TOML that a parser has taken.
    """
    lines: dict[Key, int] = {}
    for found, line in _settings_of(text):
        for end in range(len(found), 0, -1):
            lines.setdefault(found[:end], line)
    return next((lines[key[:end]] for end in range(len(key), 0, -1) if key[:end] in lines), 0)


def _settings_of(text: str) -> Iterator[tuple[Key, int]]:
    """Every table header and every key, whole, each with its line; what stands in a value is passed over."""
    place, counts = 0, dict[Key, int]()
    header: Key = ()
    while place < len(text):
        line = text.count("\n", 0, place) + 1
        if found := _HEADER.match(text, place):
            header = _names(found["name"])
            if found["open"] == "[[":
                counts[header] = counts.get(header, -1) + 1
            header = _numbered(header, counts)
            yield header, line
            place = found.end()
        elif found := _KEY.match(text, place):
            yield (*header, *_names(found["name"])), line
            place = _end_of_value(text, found.end())
        else:
            place = _end_of_value(text, place)


def _numbered(names: Key, counts: Mapping[Key, int]) -> Key:
    """The key with the number of its row behind each name that is a list of tables."""
    numbered: Key = ()
    for end, name in enumerate(names, 1):
        numbered = (*numbered, name, counts[names[:end]]) if names[:end] in counts else (*numbered, name)
    return numbered


def _names(written: str) -> Key:
    """The parts of a dotted key, as the parser reads them."""
    import tomllib  # see `read_toml`

    try:
        table: Any = tomllib.loads(f"{written.strip()} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    names: Key = ()
    while isinstance(table, dict):
        name, table = next(iter(table.items()))
        names = (*names, name)
    return names


def _end_of_value(text: str, place: int) -> int:
    """Behind the line end that ends the value: one outside of strings, comments and brackets."""
    depth = 0
    for token in _TOKEN.finditer(text, place):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token.group(), 0)
        if token.group() == "\n" and depth <= 0:
            return token.end()
    return len(text)


def is_text(value: Any) -> str:
    """One line that is not empty, without control characters."""
    if not isinstance(value, str) or not value:
        return "not text; write it in quotes"
    return "" if value.isprintable() else "with a character that cannot be seen; leave it out"


def is_line(value: Any) -> str:
    """As `is_text`, or empty."""
    return "" if value == "" else is_text(value)


def is_flag(value: Any) -> str:
    """True or false."""
    return "" if isinstance(value, bool) else "not true or false; write it without quotes"


def are_texts(value: Any) -> str:
    """A list of lines, at most 1,000."""
    if not isinstance(value, list) or len(value) > 1000 or any(map(is_text, value)):
        return 'not a list of texts; write it as ["one", "two"]'
    return ""


def is_count(most: int) -> Check:
    """A whole number from 0 to ``most``."""

    def check(value: Any) -> str:
        return "" if _whole(value) and 0 <= value <= most else f"not a number from 0 to {most:,}; write it as 2"

    return check


def are_limits(most: int) -> Check:
    """``[lowest, highest]``, both whole numbers from 0 to ``most``."""

    def check(value: Any) -> str:
        two = isinstance(value, list) and len(value) == 2 and all(map(_whole, value))
        if two and 0 <= value[0] <= value[1] <= most:
            return ""
        return f"not [lowest, highest] with numbers up to {most:,}; write it as [1, 3]"

    return check


def is_one_of(*allowed: str) -> Check:
    """One of these words."""

    def check(value: Any) -> str:
        if isinstance(value, str) and value in allowed:
            return ""
        from enrich.text.nearest import did_you_mean  # difflib: only a mistake needs it

        known = ", ".join(filter(None, allowed))
        nearest = did_you_mean(str(value)[:100], filter(None, allowed), "")
        return (
            f"not a known word; {nearest} known are {known}" if nearest else f"not a known word; write one of {known}"
        )

    return check


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
