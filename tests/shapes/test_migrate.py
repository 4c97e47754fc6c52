"""Notes of one shape that become notes of another."""

from pathlib import Path

import pytest

from enrich.check.style.declared import keeps_type
from enrich.shapes.counterparts import find_counterparts
from enrich.shapes.migrate import Migrated, migrate_note
from enrich.vault.note import parse_note
from enrich.vault.note_type import NoteType, parse_note_type

OLD = """
name = "old"
h1 = true
ending = "#"
see_also = 2
[match]
tags = ["old"]
[[property]]
key = "author"
writer = "source"
[[property]]
key = "kind"
writer = "constant"
value = "article"
[[property]]
key = "tags"
form = "tags"
writer = "model"
[[section]]
name = "lead"
[[section]]
name = "facts"
heading = "Facts"
shape = "bullets"
[[section]]
name = "my view"
heading = "My take"
writer = "human"
[[section]]
name = "extra"
heading = "Extra"
optional = true
"""
NEW = """
name = "new"
ending = "%% end %%"
[match]
tags = ["new"]
[[property]]
key = "tags"
form = "tags"
writer = "model"
[[property]]
key = "creator"
writer = "source"
value = "author"
[[property]]
key = "kind"
writer = "constant"
value = "literature"
[[property]]
key = "rating"
writer = "person"
[[section]]
name = "lead"
[[section]]
name = "my view"
heading = "Opinion"
writer = "human"
[[section]]
name = "points"
heading = "Key points"
shape = "bullets"
[[section]]
name = "open"
heading = "Open questions"
shape = "question"
[[section]]
name = "see also"
heading = "See also"
shape = "bullets"
writer = "human"
"""
NOTE = """---
author: "A. B."   # as on the page
kind: article
mine: stays
tags:
  - old
  - topic
---

# A note

*see also:* [[One]] · [[Two|2]]

A lead  with odd   spaces.

## Facts
- one
- two

## Private
left alone

## My take
I think so.


#
"""
WANTED = """---
tags:
  - new
  - topic
creator: "A. B."   # as on the page
mine: stays
kind: literature
rating:
---

# A note

A lead  with odd   spaces.

## Opinion
I think so.

## Key points
- one
- two

## Private
left alone

## Open questions
todo: open


## See also
- [[One]]
- [[Two|2]]

%% end %%
"""


def read_type(folder: Path, table: str) -> NoteType:
    """The type whose table this is."""
    folder.mkdir()
    (folder / "type.toml").write_text(table, encoding="utf-8")
    return parse_note_type(folder)


@pytest.fixture
def types(tmp_path: Path) -> tuple[NoteType, NoteType]:
    """The old type and the new one."""
    return read_type(tmp_path / "old", OLD), read_type(tmp_path / "new", NEW)


def migrate(text: str, types: tuple[NoteType, NoteType]) -> Migrated:
    """The note of that text as one of the new type."""
    return migrate_note(parse_note("A note.md", text), *types, find_counterparts(*types, {}, {}))


def test_a_note_gets_the_other_type_s_shape_and_keeps_its_words(types: tuple[NoteType, NoteType]) -> None:
    """Properties are renamed and put in order, sections too; links of the see-also line stand in their section."""
    found = migrate(NOTE, types)
    assert found.text == WANTED
    assert keeps_type(found.text, "A note", types[1])
    assert found.lacks == ()


def test_a_second_migration_changes_nothing(types: tuple[NoteType, NoteType]) -> None:
    """A note that has the new shape stays as it is."""
    assert migrate(WANTED, types).text == WANTED


def test_line_ends_and_odd_bytes_stay(types: tuple[NoteType, NoteType]) -> None:
    """Carriage returns, a byte order mark and bytes that are no text are as they were."""
    text = "\ufeff" + NOTE.replace("left alone", "left \udcff alone").replace("\n", "\r\n")
    found = migrate(text, types).text
    assert found == "\ufeff" + WANTED.replace("left alone", "left \udcff alone").replace("\n", "\r\n")


def test_mixed_line_ends_are_moved_as_they_are(types: tuple[NoteType, NoteType]) -> None:
    """What only changes its place keeps its bytes, whatever ends its lines."""
    text = NOTE.replace("I think so.\n", "I think\r\nso.\n")
    assert "I think\r\nso.\n" in migrate(text, types).text


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (("kind: article", "kind: [article"), "cannot be read"),
        (("mine: stays", "kind: again"), "cannot be read"),
        (("## Private", "## Facts"), "stands twice"),
    ],
)
def test_what_cannot_be_told_apart_is_left_alone(
    types: tuple[NoteType, NoteType], damage: tuple[str, str], said: str
) -> None:
    """A note whose parts are not sure is not touched, and the reason is said."""
    text = NOTE.replace(*damage)
    found = migrate(text, types)
    assert found.text == text
    assert said in found.refused


def test_a_note_without_front_matter_gets_what_is_known(types: tuple[NoteType, NoteType]) -> None:
    """Constants are written, what only a person can say is left empty, and nothing is invented."""
    found = migrate("# A note\n\nA lead.\n\n## Facts\n- one\n", types)
    assert found.text.startswith("---\ncreator:\nkind: literature\nrating:\n---\n\n# A note\n")
    assert found.lacks == ("lacks tags",)


def test_the_way_back_brings_the_see_also_line(types: tuple[NoteType, NoteType]) -> None:
    """A section of links becomes the line under the title of the type that has one."""
    old, new = types
    found = migrate_note(parse_note("A note.md", WANTED), new, old, find_counterparts(new, old, {}, {}))
    assert "# A note\n\n*see also:* [[One]] · [[Two|2]]\n\nA lead  with odd   spaces.\n" in found.text
    assert "## See also" not in found.text
    assert found.text.endswith("\n#\n")


def test_a_heading_that_the_person_names_is_renamed(types: tuple[NoteType, NoteType]) -> None:
    """What the two types do not tell, the person says."""
    note = parse_note("A note.md", NOTE.replace("## Private", "## Extra"))
    found = migrate_note(note, *types, find_counterparts(*types, {"mine": "rating"}, {"Extra": "Open questions"}))
    assert "## Open questions\nleft alone\n" in found.text
    assert "rating: stays\n" in found.text
