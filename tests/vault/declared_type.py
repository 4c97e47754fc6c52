"""A type of somebody else's vault, and a note that keeps it."""

from pathlib import Path

from enrich.vault.note_type import NoteType, parse_note_type

TABLE = """
name = "reading"
h1 = true
ending = "%%end%%"
[match]
folder = ["Reading/Books"]
tags = ["reading"]
properties = { kind = "book" }
cssclasses = ["book"]
[file]
name = "{date} {title}"
case = "sentence"
draft_folder = "Reading/{year}"
approved_folder = "Books/{year}/{month}"
[id]
key = "uid"
code = "RD"
[limits]
level = "must"
[title]
words = [2, 9]
[description]
characters = [5, 60]
[prose]
words = [5, 400]
never = ["seamless"]
[[property]]
key = "uid"
writer = "tool"
value = "note_id"
[[property]]
key = "kind"
writer = "constant"
value = "book"
[[property]]
key = "author"
form = "list"
writer = "source"
[[property]]
key = "tags"
form = "tags"
writer = "model"
[[property]]
key = "read"
form = "date"
optional = true
[[section]]
name = "summary"
heading = "Summary"
shape = "sentences"
items = [1, 3]
words = [3, 40]
citation = true
[[section]]
name = "points"
heading = "Key points"
shape = "bullets"
items = [2, 4]
words = [2, 12]
wikilinks = [1, 2]
[[section]]
name = "steps"
heading = "Steps"
level = 3
optional = true
shape = "numbered"
[[section]]
name = "quotes"
heading = "Quotes"
shape = "quotes"
instead = "table"
[[section]]
name = "table"
heading = "Figures"
shape = "table"
[[section]]
name = "doubts"
heading = "Doubts"
shape = "question"
[[section]]
name = "mine"
heading = "Mine"
writer = "human"
shape = "free"
"""

STEM = "2024-05-03 On quiet roads"
NOTE = """---
uid: 240503RD01
kind: book
author: [A. Walker]
tags: [reading, roads]
read: 2024-05-03
extra: anything
---

# On quiet roads

## Summary
Walkers like quiet roads ([Press](https://press.example/roads)). Roads are long.

## Key points
- Roads lead to [[Rome]].
- Some roads are old
  and go on over two lines.

### Steps
1. Walk.
2. Rest.

## Quotes
> Quiet roads are few.
> — page 3

## Doubts
Who walks there?

## Mine

%%end%%
"""


def make_type(folder: Path, table: str = TABLE, template: str = "") -> NoteType:
    """The type of ``table`` in a folder below ``folder``."""
    place = folder / "reading"
    place.mkdir(parents=True, exist_ok=True)
    (place / "type.toml").write_text(table, "utf-8")
    if template:
        (place / "note.md.j2").write_text(template, "utf-8")
    return parse_note_type(place)
