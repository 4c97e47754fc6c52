"""Dismissed links: kept in the vault, readable, and safe under several processes."""

import errno
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from enrich.errors import EnrichError, SettingsError
from enrich.links.dismissed import FILE, Dismissed, dismiss, read_dismissed
from enrich.links.document import read_document
from enrich.links.index import open_index
from enrich.links.renamed import rare_words
from enrich.vault.vault import open_note
from tests.links.garden import write_vault
from tests.vault.failing_disk import FailingDisk


def test_what_is_dismissed_is_read_back(tmp_path: Path) -> None:
    """For one note and for all, each time added to what was there."""
    vault, state = tmp_path / "vault", tmp_path / "state"
    vault.mkdir()
    assert read_dismissed(vault) == Dismissed()
    dismiss(vault, state, "a.md", "Notes/x ü.md")
    dismiss(vault, state, "a.md", "y.md")
    dismiss(vault, state, "", "z.md")
    dismissed = read_dismissed(vault)
    assert dismissed.for_note("a.md") == {"Notes/x ü.md", "y.md", "z.md"}
    assert dismissed.for_note("b.md") == {"z.md"}
    assert "Notes/x ü.md" in (vault / FILE).read_text("utf-8")


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"notes": 1}', b"\xff", b"[" * 100_000])
def test_a_broken_file_is_told_and_left_alone(content: bytes, tmp_path: Path) -> None:
    """A person may edit the file; a slip is exit 3, and nothing is overwritten."""
    (tmp_path / ".enrich").mkdir()
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(SettingsError):
        read_dismissed(tmp_path)
    with pytest.raises(SettingsError):
        dismiss(tmp_path, tmp_path / "state", "a.md", "b.md")
    assert (tmp_path / FILE).read_bytes() == content


def test_a_pipe_of_that_name_does_not_hang(tmp_path: Path) -> None:
    """Whatever a vault holds in the file's place, the command ends."""
    (tmp_path / FILE).parent.mkdir()
    os.mkfifo(tmp_path / FILE)
    with pytest.raises(SettingsError, match="is a pipe"):
        read_dismissed(tmp_path)


def test_a_folder_that_leads_out_of_the_vault_is_refused(tmp_path: Path) -> None:
    """Nothing is written outside of the vault, whatever its folders are."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "vault" / ".enrich").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EnrichError):
        dismiss(tmp_path / "vault", tmp_path / "state", "a.md", "b.md")
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("known", [(), ("x.md",)])
@pytest.mark.parametrize("step", ["store", "take_name", "replace"])
def test_a_full_disk_leaves_what_was_there(step: str, known: tuple[str, ...], tmp_path: Path) -> None:
    """The next call finds no file that is cut off, which would end each of them with exit 3."""
    vault, state = tmp_path / "vault", tmp_path / "state"
    vault.mkdir()
    for target in known:
        dismiss(vault, state, "a.md", target)
    with suppress(EnrichError):
        dismiss(vault, state, "a.md", "y.md", disk=FailingDisk(step, errno.ENOSPC))
    assert read_dismissed(vault).for_note("a.md") >= set(known)
    assert (vault / FILE).exists() or not list(vault.iterdir())
    dismiss(vault, state, "a.md", "y.md")
    assert read_dismissed(vault).for_note("a.md") == {*known, "y.md"}


def test_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each of several writers adds its own; none overwrites another's."""
    (tmp_path / "vault").mkdir()
    code = (
        "import sys; from pathlib import Path; from enrich.links.dismissed import dismiss\n"
        "root = Path(sys.argv[1])\n"
        "for n in range(5): dismiss(root / 'vault', root / 'state', sys.argv[2], f'{n}.md')\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in "abc"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    dismissed = read_dismissed(tmp_path / "vault")
    assert [len(dismissed.for_note(name)) for name in "abc"] == [5, 5, 5]


PLAIN = "The {0} telescope in Graz has a mirror of beryllium and a dome of copper sheets."


@pytest.mark.parametrize(
    ("renames", "still"),
    [
        ({"b.md": "Lamp.md"}, {"Lamp.md"}),
        ({"b.md": "deep/b.md"}, {"deep/b.md"}),
        ({"a.md": "Starlight.md"}, {"b.md"}),
        ({"a.md": "x/y/a.md", "b.md": "Lamp.md"}, {"Lamp.md"}),
        ({"empty.md": "moved/empty.md"}, {"b.md", "moved/empty.md"}),
        ({"b.md": ""}, set()),
    ],
)
def test_a_dismissal_survives_a_rename(renames: dict[str, str], still: set[str], tmp_path: Path) -> None:
    """Both the note and what was dismissed may move or get another name; a note that is gone is taken for no other."""
    notes = {f"n{number}.md": f"# n{number}\n\nPlain weather, number {number}.\n" for number in range(9)}
    notes |= {"a.md": "# a\n\nStars twinkle through turbulent air above Styria.\n", "empty.md": ""}
    notes["b.md"] = f"# b\n\n{PLAIN.format('old')}\n"
    root = write_vault(tmp_path / "vault", notes)
    index = open_index(root, tmp_path / "cache")
    note = open_note(root, "b.md")
    other = open_note(root, "a.md")
    assert note is not None
    assert other is not None
    words = {one.path: rare_words(read_document(one), index.store) for one in (note, other)}
    dismiss(root, tmp_path / "state", "a.md", "b.md", words)
    if "empty.md" in renames:
        dismiss(root, tmp_path / "state", "a.md", "empty.md")
    for before, after in renames.items():
        if after:
            (root / after).parent.mkdir(parents=True, exist_ok=True)
            (root / after).write_text(f"# new name\n\n{(root / before).read_text('utf-8')[4:]}", "utf-8")
        (root / before).unlink()
    moved = read_dismissed(root).following(open_index(root, tmp_path / "cache").store)
    assert moved.for_note(renames.get("a.md", "a.md")) == (still or {"b.md"})
