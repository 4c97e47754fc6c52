"""The plan: one Markdown file in the airlock that a person edits, an entry a source.

Everything of a page that stands in it went through `Plain`. What is read back is held against what may stand there:
an entry that is not as it was written, but for its box and its fields, is not drafted and says why.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from enrich.draft.section import clean_tag
from enrich.inbox.entry import Entry
from enrich.text.count import counted
from enrich.text.pattern import lazy_pattern
from enrich.text.plain import Plain, from_plain
from enrich.vault.file_name import title_fault
from enrich.vault.link_text import LinkText

FIELDS = ("type", "title", "tags", "date")
"""What a person may change."""
_HEAD = lazy_pattern(r"^## (\d{1,9})(?!\S)(.*)$", re.MULTILINE)
_BOX = lazy_pattern(r"^[-*+] \[(.)\] draft\s*$")
_FIELD = lazy_pattern(r"^[-*+] ([a-z][a-z ]*):(?:\s+(.*?))?\s*$")
_TITLE = lazy_pattern(r"[a-z0-9]+(?: [a-z0-9]+)*")


class Proposal(Struct, frozen=True):
    """What a plan says of an entry."""

    entry: Entry
    note_type: str
    title: str
    tags: Sequence[str]
    day: date
    folder: str
    """In the vault."""
    note_id: str
    estimate: str
    written: Sequence[tuple[date | None, LinkText]] = ()
    """Notes about it, in date order."""
    same_story: Sequence[str] = ()
    """Lines about other sources, or notes, that tell it."""
    warnings: Sequence[str] = ()


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


def write_plan(day: date, proposals: Sequence[Proposal], refused: Sequence[Entry], total: str) -> str:
    """The text of a plan."""
    title = f"inbox {day.isoformat()}"
    parts = [
        f"---\ntitle: {title}\ndraft: true\npublish: false\n---\n\n# {title}\n\n"
        "Tick what is to be drafted, change type, title, tags or date where they are wrong, save, and run\n"
        f"enrich inbox draft. {counted(len(proposals), 'entry', 'entries')}; {total}.\n"
    ]
    parts += map(_write, proposals)
    if refused:
        rows = "".join(f"- {row.number} {_address(row.url)}: {Plain(row.reason)}\n" for row in refused)
        parts.append(f"## not read\n\n{rows}")
    return "\n".join(parts)


def _write(row: Proposal) -> str:
    entry, source = row.entry, row.entry.source
    assert source is not None
    told = f"{source.site}, {source.published or 'date unknown'}, {counted(source.words, 'word')}"
    lines = [
        f"## {entry.number} {Plain(source.title)}",
        "",
        "- [ ] draft",
        f"- type: {row.note_type}",
        f"- title: {row.title}",
        f"- tags: {', '.join(row.tags)}",
        f"- date: {row.day.isoformat()}",
        "",
        f"{Plain(told)}; {_address(source.url)}",
        f"It would be {row.note_id} in {Plain(row.folder)}; {row.estimate}.",
    ]
    if row.written:
        notes = " · ".join(f"[[{link}]]{f' ({day})' if day else ''}" for day, link in row.written)
        lines.append(f"You wrote about this: {notes}")
    lines += row.same_story
    lines += [f"Look at: {Plain(warning)}" for warning in row.warnings]
    return "\n".join(lines) + "\n"


def _address(url: str) -> Plain:
    """An address to read, not to follow: what a page says may not become a link."""
    return Plain(url.partition("://")[2] or url)


def read_plan(text: str, types: Iterable[str]) -> list[Row]:
    """Every entry of a plan, in its order. One that stands there twice is faulty each time."""
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    rows = [
        _read(int(head[1]), text[head.end() : end], frozenset(types)) for head, end in zip(heads, ends, strict=True)
    ]
    seen: dict[int, int] = {}
    for row in rows:
        seen[row.number] = seen.get(row.number, 0) + 1
    return [row if seen[row.number] == 1 else _faulty(row.number, "stands in the plan twice") for row in rows]


def _faulty(number: int, fault: str) -> Row:
    return Row(number, fault=fault)


def _read(number: int, text: str, types: frozenset[str]) -> Row:
    text = re.split(r"^#{1,6} ", text, maxsplit=1, flags=re.MULTILINE)[0]
    boxes, fields = [], dict[str, str]()
    for line in text.splitlines():
        if box := _BOX.match(line):
            boxes.append(box[1])
        elif (field := _FIELD.match(line)) and field[1] in FIELDS:
            if field[1] in fields:
                return _faulty(number, f"has {field[1]} twice")
            fields[field[1]] = field[2] or ""
    if len(boxes) != 1 or boxes[0] not in " xX":
        return _faulty(number, "has no box" if not boxes else "has a box that is neither empty nor ticked, or several")
    if missing := [name for name in FIELDS if name not in fields]:
        return _faulty(number, f"lacks {', '.join(missing)}")
    return _checked(number, boxes[0] != " ", fields, types)


def _checked(number: int, ticked: bool, fields: Mapping[str, str], types: frozenset[str]) -> Row:
    title = from_plain(fields["title"])
    if fields["type"] not in types:
        return _faulty(number, f"has the type {Plain(fields['type'])}, which is none; write one of {', '.join(types)}")
    if title and (not _TITLE.fullmatch(title) or title_fault(title)):
        return _faulty(number, f"has a title that is no name ({Plain(title)}); write words of a to z and digits")
    tags = [tag.strip() for tag in fields["tags"].split(",") if tag.strip()]
    if wrong := [tag for tag in tags if clean_tag(tag) != tag]:
        return _faulty(number, f"has a tag that is none ({Plain(wrong[0])}); write it as ai-policy")
    try:
        day = date.fromisoformat(fields["date"])
    except ValueError:
        return _faulty(number, f"has a date that is none ({Plain(fields['date'])}); write it as 2023-07-18")
    return Row(number, ticked, fields["type"], title, ", ".join(tags), day)
