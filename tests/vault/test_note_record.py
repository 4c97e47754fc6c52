"""Records: what the index keeps of a note is what its file says."""

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from enrich.errors import ExistsError
from enrich.vault.file import Stamp, decode_text
from enrich.vault.note import Note, ReadContents, parse_note
from enrich.vault.note_record import make_record, note_of_record
from enrich.vault.records import RECORD_TABLES, Records
from enrich.vault.vault import read_vault
from enrich.vault.walk import list_files

NO_FACTS = {"source", "known"}
"""Fields of a `Note` that are functions."""

VALUES = st.sampled_from(
    [
        *("yes", "true", "True", "null", "~", "2020", "2022-03-04", "18.07.2023", "220301TJ07", "tech-journal", "a, b"),
        *(
            '"Acme, Inc."',
            "'it''s'",
            '"a\\tb"',
            "[a, b]",
            "[\n  x,\n  y\n]",
            "# c",
            "v # c",
            "K: the lamp",
            "é 中",
            "[]",
        ),
        *(
            ">-\n  two\n  lines",
            "|\n  two\n  lines\n",
            "\n  - a\n  - 'b, c'",
            "\n- [a, b]",
            "{a: b}",
            "&a [*a]",
            '"open',
        ),
    ]
) | st.text(st.characters(codec="utf-8"), max_size=8)
KEYS = st.sampled_from(
    "title aliases alias tags tag keywords description created updated note_id cssclasses draft up Title x-y".split()
)
FRONT = st.lists(st.builds("{}: {}\n".format, KEYS, VALUES), max_size=6).map("".join)
PIECES = st.sampled_from(
    [
        *(
            "[[a]]",
            "![[b c#h|w]]",
            "[[x/y#^z]]",
            "[[#own]]",
            "[w](b%20c.md)",
            "![p](<a b.png>)",
            "[o](https://e.org/x)",
        ),
        *("# one\n", "## two ##\n", "under\n---\n", "#tag", "#a/b", "`[[code]]`", "```\n[[c]]\n```\n", "%%[[m]]%%"),
        *(
            "\n",
            "\n\n",
            "<div>\n  <li>[[h]]</li>\n</div>\n\n",
            "https://a.b/c_(d).",
            "*see also:* [[A]] · [[B|b]]\n",
            "$x$",
        ),
        *("[d]: path.md\n", "| [[t\\|u]] |", "😀", "e\u0301", "words", "<!-- [[c]] -->"),
    ]
) | st.text(max_size=6)
NOTES = st.builds(
    lambda bom, front, body, ending, odd: (
        (bom + (f"---\n{front}---\n" if front else "") + "".join(body)).replace("\n", ending).encode("utf-8", "replace")
        + odd
    ),
    st.sampled_from(["", "\ufeff"]),
    FRONT,
    st.lists(PIECES, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([b"", b"\xff\xfe caf\xe9", b"\xed\xa0\x80"]),
)


def facts_of(note: Note) -> dict[str, object]:
    """Everything that a note knows but its text."""
    facts = {field.name: getattr(note, field.name) for field in fields(note) if field.name not in NO_FACTS}
    return {**facts, "contents": {field.name: getattr(note.contents, field.name) for field in fields(ReadContents)}}


@given(NOTES)
def test_a_record_says_what_the_file_says(data: bytes) -> None:
    """A command that asks the index must not see another vault than one that reads the files."""
    note = parse_note("Notes/2022-03-04 a note.md", decode_text(data))
    kept = note_of_record(Path(), note.path, make_record(note), Stamp(0, 0))
    assert facts_of(kept) == facts_of(note)


def records_of(root: Path) -> Records:
    """Records of a vault in memory, up to date."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(RECORD_TABLES)
    records = Records(connection, root)
    records.follow(list_files(root))
    return records


def test_records_follow_the_files(tmp_path: Path) -> None:
    """What was written, added or removed since is what commands see; what did not change is not parsed again."""
    (tmp_path / "a.md").write_text("# one\n")
    (tmp_path / "b.md").write_text("---\ntitle: b\n---\n[[a]]\n")
    (tmp_path / "p.png").write_bytes(b"")
    records = records_of(tmp_path)
    (tmp_path / "a.md").unlink()
    (tmp_path / "b.md").write_text("---\ntitle: other\n---\n[[c]]\n")
    (tmp_path / "c.md").write_bytes(b"caf\xe9")
    parsed: list[str] = []
    records.follow(list_files(tmp_path), lambda note: parsed.append(note.path))
    assert sorted(parsed) == ["b.md", "c.md"]
    records.follow(list_files(tmp_path), lambda note: parsed.append(note.path))
    assert len(parsed) == 2
    kept, read = records.vault(list_files(tmp_path)), read_vault(tmp_path)
    assert [facts_of(note) for note in kept.notes] == [facts_of(note) for note in read.notes]
    assert [note.text for note in kept.notes] == [note.text for note in read.notes]
    assert (kept.files, kept.unreadable) == (read.files, read.unreadable) == (("p.png",), ())


def test_a_note_that_was_touched_is_not_parsed_again(tmp_path: Path) -> None:
    """A sync that sets all times anew costs the reading of the files, not their parsing."""
    (tmp_path / "a.md").write_text("# one\n")
    records = records_of(tmp_path)
    os.utime(tmp_path / "a.md", (1, 1))
    parsed: list[Note] = []
    records.follow(list_files(tmp_path), parsed.append)
    assert parsed == []
    assert records.differing(list_files(tmp_path)) == ([], [])


def test_a_note_that_changes_while_a_command_runs(tmp_path: Path) -> None:
    """Text and links are of one state of the file: offsets of another would make edits in the wrong place."""
    (tmp_path / "a.md").write_text("[[x]]\n")
    listing = list_files(tmp_path)
    first, second = (records_of(tmp_path).vault(listing).notes[0] for _ in range(2))
    assert [link.target for link in first.links] == ["x"]
    (tmp_path / "a.md").write_text("more [[y]]\n")
    with pytest.raises(ExistsError, match=r"a\.md: has changed"):
        _ = first.text
    third = records_of(tmp_path).vault(list_files(tmp_path)).notes[0]
    assert second.text == "more [[y]]\n"
    assert [link.target for link in second.links] == ["y"]
    (tmp_path / "a.md").unlink()
    with pytest.raises(ExistsError, match=r"a\.md: .*run the command again"):
        _ = third.text


def test_a_note_that_cannot_be_read_any_more(tmp_path: Path) -> None:
    """It is named and no note; links to its file still lead there."""
    (tmp_path / "a.md").write_text("# one\n")
    (tmp_path / "b.md").write_text("# two\n")
    listing = list_files(tmp_path)
    (tmp_path / "a.md").unlink()
    connection = sqlite3.connect(":memory:")
    connection.executescript(RECORD_TABLES)
    records = Records(connection, tmp_path)
    records.follow(listing)
    vault = records.vault(listing)
    assert [note.path for note in vault.notes] == ["b.md"]
    assert vault.files == ("a.md",)
    assert [path for path, _ in vault.unreadable] == ["a.md"]
