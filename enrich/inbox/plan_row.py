"""A plan read back, as a person left it.

What is read is held against what may stand there: an entry that is not as it was written, but for its box and its
fields, is not drafted and says why. What was put into a comment or a code block is no entry. Slips that leave no doubt
(an indent, a capital, a `#` before a tag) are none.
"""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from enrich.draft.section import is_tag_of, title_for
from enrich.text.pattern import lazy_pattern
from enrich.text.plain import Plain, from_plain
from enrich.vault.file_name import title_fault
from enrich.vault.note_type import NoteType

FIELDS = ("type", "title", "tags", "date")
"""What a person may change."""
_LEFT_OUT = lazy_pattern(
    r"^%%(?:(?!%%).)*%%|<!--.*?-->|^ {0,3}(?P<fence>```+|~~~+).*?^ {0,3}(?P=fence)[`~]*[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_HEADING = lazy_pattern(r"^#{1,6}[ \t]+(?:(\d{1,9})(?!\S))?(.*)$", re.MULTILINE)
_BOX = lazy_pattern(r"\s*(?:[-*+]|\d+[.)])\s+\[(.)\]\s+draft(?:\s+[^\w\s].*)?\s*")
"""Signs may follow: programs note there when it was ticked."""
_FIELD = lazy_pattern(r"\s*(?:[-*+]|\d+[.)])\s+[*_]*([a-z]+)[*_]*:[*_]*(.*)", re.IGNORECASE)
_DAY = lazy_pattern(r"(?:\[\[)?(\d{4}-\d\d-\d\d)(?:\]\])?(?:[T ]\d.*)?")


class Row(Struct, frozen=True):
    """What a person has made of an entry."""

    number: int
    ticked: bool = False
    note_type: str = ""
    title: str = ""
    """Empty: the model's."""
    tags: str = ""
    day: date | None = None
    fault: str = ""
    """Why it cannot be drafted, whatever its box says."""


def read_plan(text: str, types: Mapping[str, NoteType]) -> list[Row]:
    """Every entry of a plan, in its order. One that stands there twice is faulty each time.

    A box under a heading that has lost its number is an entry 0 with its fault.
    """
    text = _LEFT_OUT.sub("", text.replace("\r\n", "\n"))
    heads = list(_HEADING.finditer(text))
    ends = [head.start() for head in (*heads[1:], None) if head] + [len(text)]
    rows = [
        row
        for head, end in zip(heads, ends, strict=False)
        if (row := _read(head[1], head[2], text[head.end() : end], types)) is not None
    ]
    seen = Counter(row.number for row in rows if row.number)
    return [_faulty(row.number, "stands in the plan twice") if seen[row.number] > 1 else row for row in rows]


def _faulty(number: int, fault: str) -> Row:
    return Row(number, fault=fault)


def _read(numbered: str | None, heading: str, text: str, types: Mapping[str, NoteType]) -> Row | None:
    """The entry under a heading; None where the heading begins none."""
    boxes, fields = [], dict[str, list[str]]()
    for line in text.splitlines():
        if box := _BOX.fullmatch(line):
            boxes.append(box[1])
        elif (field := _FIELD.fullmatch(line)) and field[1].lower() in FIELDS:
            fields.setdefault(field[1].lower(), []).append(field[2].strip())
    if numbered is None:
        fault = f"has a heading without its number ({Plain(heading.strip())}); write the number before the title again"
        return _faulty(0, fault) if boxes else None
    number = int(numbered)
    if twice := [name for name, values in fields.items() if len(values) > 1]:
        return _faulty(number, f"has {twice[0]} twice")
    if len(boxes) != 1 or boxes[0] not in " xX":
        return _faulty(number, "has no box" if not boxes else "has a box that is neither empty nor ticked, or several")
    if missing := [name for name in FIELDS if name not in fields]:
        return _faulty(number, f"lacks {', '.join(missing)}")
    return _checked(number, boxes[0] != " ", {name: values[0] for name, values in fields.items()}, types)


def _checked(number: int, ticked: bool, fields: Mapping[str, str], types: Mapping[str, NoteType]) -> Row:
    named = {name.casefold(): row for name, row in types.items()}
    note_type = named.get(fields["type"].casefold())
    if note_type is None:
        return _faulty(number, f"has the type {Plain(fields['type'])}, which is none; write one of {', '.join(types)}")
    title = " ".join(_unquoted(from_plain(fields["title"])).split())
    name = title_for(title, note_type)
    if title and (name.casefold() != title.casefold() or title_fault(name)):
        form = "write words of a to z and digits" if note_type.house else "leave out what no file may be called"
        return _faulty(number, f"has a title that is no name ({Plain(title)}); {form}")
    tags = _tags(fields["tags"])
    if wrong := [tag for tag in tags if not is_tag_of(tag, note_type)]:
        return _faulty(number, f"has a tag that is none ({Plain(wrong[0])}); write it as ai-policy")
    try:
        found = _DAY.fullmatch(fields["date"])
        day = date.fromisoformat(found[1] if found else fields["date"]) if fields["date"] else None
    except ValueError:
        return _faulty(number, f"has a date that is none ({Plain(fields['date'])}); write it as 2023-07-18")
    return Row(number, ticked, note_type.name, name, ", ".join(tags), day)


def _tags(text: str) -> list[str]:
    """Tags between commas, in brackets or not, or each with its ``#``."""
    parts = re.split(r"[,\s]+", text) if "#" in text else text.removeprefix("[").removesuffix("]").split(",")
    return [tag for part in parts if (tag := _unquoted(part.strip().removeprefix("#")))]


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
