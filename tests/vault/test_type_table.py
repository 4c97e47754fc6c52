"""What stands wrong in a type's table is told all at once, with line, key and the nearest right one."""

from pathlib import Path

import pytest

from enrich.errors import SettingsError
from enrich.vault.note_type import Match, list_mistakes, parse_note_type
from tests.vault.declared_type import TABLE, make_type

SMALL = 'name = "a"\n[[section]]\nname = "s"\n'


def test_two_lines_are_a_type_and_the_rest_has_defaults(tmp_path: Path) -> None:
    """Who writes a name and a section gets a paragraph by the model, and no id, house or ending."""
    (tmp_path / "type.toml").write_text(SMALL, "utf-8")
    found = parse_note_type(tmp_path)
    (section,) = found.sections
    assert (section.writer, section.shape, section.evidence, section.level) == ("model", "paragraph", "fact", 2)
    assert section.items[0] == 0
    assert section.aim_items == (2, 3)
    assert (found.code, found.house, found.ending, found.h1, found.properties) == ("", "", "", None, ())
    assert found.match == Match((), ("a",), {"type": "a"}, ("a",))


def test_every_key_of_the_contract_is_read(tmp_path: Path) -> None:
    """What a type says of its notes arrives where the program looks for it."""
    found = make_type(tmp_path)
    assert found.match.folders == ("Reading/Books",)
    assert (found.code, found.id_key, found.case, found.file_name) == ("RD", "uid", "sentence", "{date} {title}")
    assert [row.field for row in found.properties] == ["note_id", "", "author", "tags", ""]
    assert found.required == ((2, "Summary"), (2, "Key points"), (2, "Doubts"), (2, "Mine"))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("h1 = 1", "h1 is 1, not true or false"),
        ("ending = 3", "ending is 3, not text"),
        ("[match]\ntag = ['x']", "unknown key 'tag' in [match]; did you mean tags?"),
        ("[match]\nfolder = ['../x']", "folder is ['../x'] in [match], in which '..' is no name"),
        ("[match]\nproperties = 'x'", "properties is 'x' in [match], not properties with their values"),
        ("[file]\nname = '{titel}'", "which names more than a pattern may"),
        ("[file]\nname = '{date}'", "without {title}"),
        ("[file]\nname = '{title}/x'", "which holds the character '/'"),
        ("[file]\nname = '{title} {note_id}'", "the notes have no id; add [id] with a code"),
        ("[file]\ncase = 'upper'", "not a known word; write one of keep, lower, title, sentence"),
        ("[file]\ndraft_folder = '{day}'", "use {year}, {month}, {date}"),
        ("folder = 'A'\n[file]\ndraft_folder = 'B'", "folder is what draft_folder in [file] says; remove one"),
        ("[id]\nkey = 'uid'", "[id] lacks 'code'"),
        ("[limits]\nlevel = 'wish'", "write one of must, should"),
        ("[rules]\nhouse = 'mine'", "house is 'mine' in [rules], not a known word"),
        ("[file]\ncase = 'lowercase'", "did you mean lower? known are keep, lower, title, sentence"),
        ("[limits]\nh1 = true", "unknown key 'h1' in [limits]; it belongs to the file's top, before the first table"),
        ("[match]\ncase = 'lower'", "unknown key 'case' in [match]; it belongs into [file]"),
        ("heading = 'x'", "unknown key 'heading'; it belongs into [[section]]"),
        ("[match]\ntags = ['#x']", "in which '#x' is no tag; write the word alone, without # and blanks"),
        ("[match]\nheadings = ['## X']", "with blanks around it or '#' before it"),
        ("[[property]]\nkey = 'by'\nwriter = 'source'", "property 'by': no value"),
        ("[[section]]\nname = 't'\nheading = 'T'\nwords = [9, 20]\naim = [5, 10]", "aim is [5, 10], outside of words"),
        ("[rules]\nhouse = 'tech-journal'", "house is given without the code"),
        ("[[property]]\nkey = 'x'\nform = 'color'", "form is 'color' in [[property]]"),
        ("[[property]]\nkey = 'x'\nwriter = 'source'\nvalue = 'autor'", "not; did you mean author?"),
        ("[[property]]\nkey = 'x'\nabout = 'y'", "property 'x': about is for what the model writes; remove it"),
        ("[[property]]\nkey = 'x'\nwriter = 'model'\nvalue = 'gist'", "'gist', which the model has not; known are"),
        (
            "[[property]]\nkey = 'x'\nwriter = 'model'\nvalue = 'tags'\nevidence = 'none'",
            "evidence is for a property of its own, not for the tags of an answer; remove one",
        ),
        ("[[property]]\nkey = 'x'\nwriter = 'model'\nevidence = 'facts'", "did you mean fact?"),
        ("[[property]]\nkey = 'x'\nwriter = 'model'\nhint = 'y'", "unknown key 'hint'"),
        ("[[property]]\nkey = 'x'\nwriter = 'source'", "no value; write the field of the source that is meant"),
        ("[[property]]\nkey = 'x'\nwriter = 'constant'", "no value; write the constant"),
        ("[[property]]\nkey = 'x'\nwriter = 'constant'\nform = 'flag'\nvalue = 'yes'", "'yes', which is no flag"),
        ("[[property]]\nkey = 'x'\nvalue = 'y'", "a value for what the person writes"),
        ("[[property]]\nkey = 'x'\n[[property]]\nkey = 'X'", "a second property is called 'X'"),
        ("[[section]]\nname = 't'\nheading = 'T'\ninstead = 'q'", "instead is 'q', which is no other section; "),
        ("[[section]]\nname = 't'", "a second section has no heading; only"),
        ("[[section]]\nname = 't'\nheading = '# T'", "heading is '# T' in [[section]], with blanks around it or '#'"),
        ("[[section]]\nname = 't'\nheading = 'T'\nlevel = 7", "level is 7 in [[section]], not the level of a heading"),
    ],
)  # fmt: skip
def test_a_mistake_names_line_key_and_remedy(tmp_path: Path, rows: str, said: str) -> None:
    """Each key of the table has its own words for what does not fit."""
    head, _, section = SMALL.partition("\n")
    after = rows.startswith("[[section]]")
    (tmp_path / "type.toml").write_text(f"{SMALL}{rows}\n" if after else f"{head}\n{rows}\n{section}", "utf-8")
    with pytest.raises(SettingsError) as raised:
        parse_note_type(tmp_path)
    assert said in str(raised.value)
    assert "type.toml, line " in str(raised.value)


def test_every_mistake_is_listed_at_once(tmp_path: Path) -> None:
    """Who mends a type sees all that is wrong with it, not one thing a run."""
    wrong = TABLE.replace("h1 = true", "h1 = 3").replace('case = "sentence"', 'caes = "sentence"')
    wrong = wrong.replace('instead = "table"', 'instead = "tabel"').replace('form = "list"', 'form = "lsit"')
    (tmp_path / "type.toml").write_text(wrong, "utf-8")
    found = [str(row) for row in list_mistakes(tmp_path)]
    assert len(found) == 4
    assert all(
        any(words in row for row in found)
        for words in ("h1 is 3", "did you mean case?", "did you mean table?", "'lsit'")
    )
