"""A change of a note as a unified diff that ``git apply`` and ``patch -p1`` take."""

from collections.abc import Iterator
from difflib import unified_diff


def unified_patch(path: str, before: str, after: str) -> str:
    """The diff from ``before`` to ``after`` of the file at ``path``; empty when they are the same."""
    name = f"{path}\t" if " " in path else path  # as git writes it: else a reader stops at the space
    lines = unified_diff(_lines(before), _lines(after), f"a/{name}", f"b/{name}", lineterm="\n")
    return "".join(_with_ends(lines))


def _lines(text: str) -> list[str]:
    """Lines with their line feed; `str.splitlines` would also split at form feeds and the like."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _with_ends(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
