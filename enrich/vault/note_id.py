"""Note ids: ``230718TJ01`` is the date a note was created, the code of its type and a number."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from enrich.text.pattern import lazy_pattern

_FORM = lazy_pattern(r"(\d{6})([A-Z]{2,4})(\d{2,9})", re.ASCII)
_NEWEST = 10
"""So many of a type's newest notes tell whether the type has one running counter."""


class NoteId(NamedTuple):
    """A note id in its parts; sorted, the older come first."""

    day: str
    """``YYMMDD``."""
    code: str
    number: int


def parse_note_id(text: str) -> NoteId | None:
    """The parts of a note id; None when ``text`` is not one."""
    found = _FORM.fullmatch(text)
    return NoteId(found[1], found[2], int(found[3])) if found else None


def format_note_id(day: str, code: str, number: int) -> str:
    """Two digits, three from 100 on."""
    return f"{day}{code}{number:02d}"


def next_note_id(type_code: str, created: date, existing: Iterable[str]) -> str:
    """The id of a new note, unique among ``existing`` ids (what is no id is passed over).

    Where the ten newest notes of the type have strictly increasing numbers, the type has one running counter and the
    new number is its maximum + 1; else numbers are counted per day (house style §2).
    """
    taken = set(existing)
    day = f"{created:%y%m%d}"
    own = sorted(parsed for text in taken if (parsed := parse_note_id(text)) and parsed.code == type_code)
    newest = own[-_NEWEST:]
    runs = len(newest) == _NEWEST and all(one.number < other.number for one, other in pairwise(newest))
    counted = own if runs else [parsed for parsed in own if parsed.day == day]
    number = max((parsed.number for parsed in counted), default=0) + 1
    return format_note_id(day, type_code, number)
