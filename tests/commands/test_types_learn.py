"""``enrich types learn`` and ``enrich types migrate``: what they write, print and refuse."""

from pathlib import Path

import pytest

from tests.commands.test_suggest import command, files
from tests.shapes.test_migrate import NEW, NOTE, OLD, WANTED
from tests.shapes.written_notes import BOOKS, book_note, meeting_note


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault with notes about books and about meetings."""
    root = tmp_path / "vault"
    (root / ".obsidian").mkdir(parents=True)
    notes = [book_note(title, number) for number, title in enumerate(BOOKS, 1)]
    for note in (*notes, *map(meeting_note, range(1, 4))):
        (root / note.path).parent.mkdir(exist_ok=True)
        (root / note.path).write_text(note.text, encoding="utf-8")
    return root


def test_types_of_a_folder_are_written_into_the_vault_and_taken_back(vault: Path) -> None:
    """Each kind becomes a folder of two files, the notes stay as they were, and one undo takes all away."""
    before = files(vault)
    done = command(vault, "types", "learn", "--folder", ".")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
    made = {name: data for name, data in files(vault).items() if name not in before}
    assert {Path(name).name for name in made} == {"type.toml", "note.md.j2"}
    assert {name: data for name, data in files(vault).items() if name in before} == before
    assert command(vault, "undo").returncode == 0
    assert files(vault) == before


def test_a_dry_run_prints_the_files_and_writes_nothing(vault: Path) -> None:
    """What would be written is on standard output."""
    before = files(vault)
    done = command(vault, "types", "learn", "--folder", "Reading", "--name", "book", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert 'name = "book"' in done.stdout
    assert "{{ body.lead }}" in done.stdout
    assert files(vault) == before


def test_no_type_is_overwritten(vault: Path) -> None:
    """A name that is taken, in the vault or by what ships, is refused; a name of our own choice is another one."""
    arguments = ("types", "learn", "Reading/Walden.md", "Reading/Solaris.md", "--name", "book")
    assert command(vault, *arguments).returncode == 0
    before = files(vault)
    assert command(vault, *arguments).returncode == 7
    assert command(vault, *arguments[:4], "--name", "tech-journal").returncode == 7
    assert files(vault) == before


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("Reading/Walden.md", "--folder", "Reading"),
        ("--folder", "Nowhere"),
        ("--folder", "/"),
        ("--folder", ".."),
        ("none.md",),
        ("Reading/Walden.md", "--name", "../x"),
        ("Reading/Walden.md", "--name", "a b"),
    ],
)
def test_a_mistake_is_a_message(vault: Path, arguments: tuple[str, ...]) -> None:
    """What cannot be learned from, and names that are none, end with exit 2, a reason and nothing written."""
    before = files(vault)
    done = command(vault, "types", "learn", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("enrich: ")
    assert "Traceback" not in done.stderr
    assert files(vault) == before


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A vault with an old type, a new one, and three notes of the old one."""
    root = tmp_path / "journal"
    (root / ".obsidian").mkdir(parents=True)
    for name, table in (("old", OLD), ("new", NEW)):
        place = root / ".enrich" / "prompts" / name
        place.mkdir(parents=True)
        (place / "type.toml").write_text(table, encoding="utf-8")
        (place / "note.md.j2").write_text("# {{ title }}\n", encoding="utf-8")
    for name in ("A note", "B note", "other"):
        text = NOTE.replace("# A note", f"# {name}") if name != "other" else "Not of a type.\n"
        (root / f"{name}.md").write_bytes(text.encode())
    return root


def test_notes_are_migrated_as_a_patch_and_then_as_one_edit(journal: Path) -> None:
    """Without --apply only the patch is printed; with it all notes of the type are written, and one undo is enough."""
    before = files(journal)
    done = command(journal, "types", "migrate", "old", "new")
    assert done.returncode == 0, done.stderr
    assert "+## Key points" in done.stdout
    assert "+++ b/B note.md" in done.stdout
    assert files(journal) == before
    assert command(journal, "types", "migrate", "old", "new", "--apply").returncode == 0
    after = files(journal)
    assert after["A note.md"].decode() == WANTED
    assert after["other.md"] == before["other.md"]
    assert command(journal, "undo").returncode == 0
    assert files(journal) == before


def test_only_named_notes_are_migrated(journal: Path) -> None:
    """A note that is not named stays."""
    before = files(journal)
    assert command(journal, "types", "migrate", "old", "new", "A note.md", "--apply").returncode == 0
    changed = {name for name, data in files(journal).items() if before[name] != data}
    assert changed == {"A note.md"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("old", "nwe"),
        ("old", "new", "--key", "author"),
        ("old", "new", "--key", "author=creater"),
        ("old", "new", "--heading", "Fcts=Key points"),
        ("old", "new", "none.md"),
    ],
)
def test_a_migration_that_cannot_be_meant_is_refused(journal: Path, arguments: tuple[str, ...]) -> None:
    """Unknown types, properties, headings and notes are named, and nothing is written."""
    before = files(journal)
    done = command(journal, "types", "migrate", *arguments, "--apply")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert files(journal) == before
