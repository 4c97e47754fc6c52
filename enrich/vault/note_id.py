"""Note ids: ``230718TJ01`` is the date a note was created, the code of its type and a number."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

_FORM = re.compile(r"(?P<day>\d{6})(?P<code>[A-Z]{2})(?P<number>\d{2,3})")
_NEWEST = 10
"""So many of a type's newest notes tell whether the type has one running counter."""


class NoteId(NamedTuple):
    """A note id in its parts."""

    day: str
    """``YYMMDD``."""
    code: str
    number: int


def parse_note_id(text: str) -> NoteId | None:
    """The parts of a note id; None when ``text`` is not one."""
    match = _FORM.fullmatch(text)
    return NoteId(match["day"], match["code"], int(match["number"])) if match else None


def format_note_id(day: str, code: str, number: int) -> str:
    """Two digits, three from 100 on."""
    return f"{day}{code}{number:02d}"


def next_note_id(type_code: str, created: date, existing: Iterable[str]) -> str:
    """The id of a new note, unique among ``existing`` ids of all types.

    Where the ten newest notes of the type have strictly increasing numbers, the type has one running counter and the
    new number is its maximum + 1; else numbers are counted per day (house style §2).
    """
    taken = set(existing)
    day = f"{created:%y%m%d}"
    own = sorted(parsed for text in taken if (parsed := parse_note_id(text)) and parsed.code == type_code)
    numbers = [parsed.number for parsed in own]
    newest = numbers[-_NEWEST:]
    if len(newest) == _NEWEST and all(one < other for one, other in pairwise(newest)):
        number = max(numbers) + 1
    else:
        number = max((parsed.number for parsed in own if parsed.day == day), default=0) + 1
    while format_note_id(day, type_code, number) in taken:
        number += 1
    return format_note_id(day, type_code, number)
