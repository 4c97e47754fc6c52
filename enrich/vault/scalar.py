"""What a scalar of front matter means, for the readers with and without a YAML library."""

from collections.abc import Mapping
from typing import Any

Value = Any
"""Text, True, False, None, or a list or mapping of values."""

WORDS: Mapping[str, bool | None] = {
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "null": None, "Null": None, "NULL": None, "~": None, "": None,
}  # fmt: skip
"""Plain scalars that are no text."""


class Quoted(str):
    """Text that stood in quotes: where plain text is a list with commas between its items, this is one item."""

    __slots__ = ()
