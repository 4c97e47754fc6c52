"""The key of an endpoint, and how it is kept out of everything that is written or shown.

An endpoint knows the key that it was sent, and repeats it: in errors, in the address it moves to, in what its model
says. So whatever comes from it goes through `Secret.remove` after it was parsed, and what a run writes does so again.
"""

import base64
import re
from collections.abc import Mapping
from functools import cache
from html.entities import html5
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

SHORTEST = 8
"""Characters of a key. By hand: keys of providers have twenty and more; a shorter one may be a word of an answer."""
PLACEHOLDERS = frozenset({"lm-studio", "not-needed", "no-key-required", "sk-no-key-required", "placeholder"})
"""What people write where a local server wants a key but looks at none: words, not secrets."""
SHOWN = "‹key›"
"""No markup beside any text, and no sign of YAML: a note is cleaned after it was made and looked through."""

T = TypeVar("T")

# Characters that do not show, and marks that Markdown takes away: between two characters of the key they hide it from a
# search but not from a reader.
_UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
_MARKS = " \t\r\n\x00*_`~=^|\\"
_MOST_BETWEEN = 16
"""Characters that may hide a key between two of its own. By hand: more of them show as a gap, and every place that
could begin a key is searched that far."""


class Secret(Struct, frozen=True):
    """A key. Short keys and placeholders are words that an answer may need, so they stay."""

    key: str = ""

    def __repr__(self) -> str:
        """Without the key."""
        return "Secret()"

    def remove(self, value: T) -> T:
        """``value`` with ``‹key›`` for the key, in every string of it: keys and values, lists and structs.

        Also where the key is written in JSON or HTML escapes, percent-encoded, in base64 or hexadecimal, in other case,
        or with characters in it that do not show. What does not hold the key is given back as it is.
        """
        if len(self.key) < SHORTEST or self.key.lower() in PLACEHOLDERS:
            return value
        cleaned: T = _clean(value, _pattern(self.key))
        return cleaned


NO_SECRET = Secret()
"""Where nothing was sent that could come back."""


def _clean(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        cleaned = pattern.sub(SHOWN, value)
        return value if cleaned == value else type(value)(cleaned)  # checked text stays of its type
    if isinstance(value, Mapping):
        return {_clean(name, pattern): _clean(member, pattern) for name, member in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_clean(member, pattern) for member in value)
    if isinstance(value, Struct):
        return _clean_fields(value, pattern)
    return value


def _clean_fields(value: Any, pattern: re.Pattern[str]) -> Any:
    changed = {}
    for name in value.__struct_fields__:
        member = getattr(value, name)
        if (cleaned := _clean(member, pattern)) != member:
            changed[name] = cleaned
    return replace(value, **changed) if changed else value


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """The key in every form; linear, as no part of it can match what the next one begins with."""
    between = "".join(mark for mark in _MARKS if mark not in key)
    gap = f"[{re.escape(between)}{_UNSEEN}]{{0,{_MOST_BETWEEN}}}+"
    forms = [rf"\\{{0,{_MOST_BETWEEN}}}+{gap.join(map(_written, key))}", *_encoded(key)]
    first = re.escape("\\%&+-/_" + _wide(key[0]) + key[0] + "".join(form[0] for form in _encoded(key)))
    return re.compile(f"(?=[{first}])(?:{'|'.join(forms)})", re.IGNORECASE)


def _written(character: str) -> str:
    """A pattern for a character: itself, or an escape (of JSON and JavaScript without its backslash)."""
    number = ord(character)
    escapes = rf"u(?:00{number:02x}|\{{0*{number:x}\}})|x{number:02x}" if number < 0x100 else rf"u{number:04x}"
    names = [name for name, value in html5.items() if value == character and name.endswith(";")]
    entity = "|".join([f"#0*{number};?", f"#x0*{number:x};?", *names])
    octets = "".join(f"%(?:25)*{byte:02x}" for byte in character.encode("utf-8", "replace"))
    forms = [re.escape(character), escapes, octets, f"&(?:amp;)*(?:{entity})", re.escape(_wide(character))]
    return f"(?:{'|'.join(forms)})"


def _wide(character: str) -> str:
    """The form of a character that East Asian text uses; the character itself where there is none."""
    return chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character


def _encoded(key: str) -> list[str]:
    """The key in hexadecimal, and in base64 wherever in the encoded text it begins."""
    data = key.encode("utf-8", "replace")
    found = [data.hex()]
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + data).decode()
        core = whole[(0, 2, 3)[before] : (before + len(data)) * 8 // 6]
        found.append(re.escape(core).replace(r"\+", r"[+\-]").replace("/", "[/_]"))
    return found
