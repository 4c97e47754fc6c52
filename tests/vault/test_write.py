"""Writing a new note: whole or not at all, and never over another."""

import errno
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from enrich.errors import EnrichError, ExistsError, RefusedError, UsageError
from enrich.vault.disk import Disk
from enrich.vault.write import STALE_SECONDS, create_note, remove_stale, replace_file, vault_lock
from tests.vault.dying_writer import DATA
from tests.vault.failing_disk import STEPS, FailingDisk, LaterDisk, NoLinksDisk

PROJECT = Path(__file__).resolve().parents[2]


def everything_in(root: Path) -> list[str]:
    """Every file and folder below ``root``, hidden ones too."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


def test_a_note_is_written_with_its_folders(tmp_path: Path) -> None:
    """The airlock and the year's folder need not be there before the first draft."""
    path = create_note(tmp_path, "AI_Sandbox/Tech_Journal/2023/a note.md", b"text\n")
    assert path.read_bytes() == b"text\n"
    assert everything_in(tmp_path)[-1] == "AI_Sandbox/Tech_Journal/2023/a note.md"
    assert len(everything_in(tmp_path)) == 4


def test_a_new_note_can_be_read_by_whom_the_umask_allows(tmp_path: Path) -> None:
    """A sync service of another user must be able to read it, as it can the notes that Obsidian makes."""
    (tmp_path / "plain").touch()
    path = create_note(tmp_path, "a.md", b"")
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("there", ["a note.md", "A Note.md", unicodedata.normalize("NFD", "à note.md")])
@pytest.mark.parametrize("disk", [Disk(), NoLinksDisk()])
def test_nothing_is_overwritten(tmp_path: Path, there: str, disk: Disk) -> None:
    """A note of that name stays, also where another device would not tell the two names apart."""
    (tmp_path / there).write_bytes(b"mine")
    wanted = "à note.md" if "note" in there and not there.isascii() else "a note.md"
    with pytest.raises(ExistsError, match="nothing was written"):
        create_note(tmp_path, wanted, b"theirs", disk)
    assert (tmp_path / there).read_bytes() == b"mine"
    assert everything_in(tmp_path) == [there]


@pytest.mark.parametrize("disk", [Disk(), NoLinksDisk()])
def test_a_name_taken_in_the_last_instant_stays(tmp_path: Path, disk: Disk) -> None:
    """Even a file that appears while we write is not replaced: naming itself is exclusive."""

    class LateComer(Disk):
        def store(self, path: Path, data: bytes) -> None:
            super().store(path, data)
            (tmp_path / "a.md").write_bytes(b"mine")

        def take_name(self, temporary: Path, target: Path) -> None:
            disk.take_name(temporary, target)

    with pytest.raises(ExistsError):
        create_note(tmp_path, "a.md", b"theirs", LateComer())
    assert (tmp_path / "a.md").read_bytes() == b"mine"
    assert everything_in(tmp_path) == ["a.md"]


def test_without_hard_links_a_note_is_written_too(tmp_path: Path) -> None:
    """A vault on a memory card or some network drives has no hard links."""
    create_note(tmp_path, "x/a.md", b"text", NoLinksDisk())
    assert everything_in(tmp_path) == ["x", "x/a.md"]


@pytest.mark.parametrize(
    "path", ["../a.md", "x/../../a.md", "/etc/a.md", "", "x/CON.md", ".git/a.md", "a?.md", "a" * 300]
)
def test_paths_that_lead_out_or_cannot_be_stored(tmp_path: Path, path: str) -> None:
    """A title from a web page must not choose where on the disk it is written."""
    root = tmp_path / "vault"
    root.mkdir()
    with pytest.raises(UsageError):
        create_note(root, path, b"")
    assert everything_in(tmp_path) == ["vault"]


def test_a_link_out_of_the_vault_is_not_followed(tmp_path: Path) -> None:
    """A folder of the vault that leads elsewhere is no place for a draft; one that leads inside is."""
    (tmp_path / "vault" / "real").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "vault" / "out").symlink_to(tmp_path / "outside", target_is_directory=True)
    (tmp_path / "vault" / "in").symlink_to(tmp_path / "vault" / "real", target_is_directory=True)
    with pytest.raises(RefusedError, match="lies outside"):
        create_note(tmp_path / "vault", "out/deep/a.md", b"")
    assert everything_in(tmp_path / "outside") == []
    create_note(tmp_path / "vault", "in/a.md", b"")
    assert (tmp_path / "vault" / "real" / "a.md").is_file()


def test_a_link_to_nowhere_counts_as_taken(tmp_path: Path) -> None:
    """Writing through it would put the note outside of the vault."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "a.md").symlink_to(tmp_path / "outside.md")
    with pytest.raises(ExistsError):
        create_note(tmp_path / "vault", "a.md", b"")
    assert not (tmp_path / "outside.md").exists()


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "make room on the disk"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "right to write"),
        (errno.EIO, "check the disk"),
    ],
)
@pytest.mark.parametrize("step", ["store", "take_name"])
def test_a_failing_disk_leaves_nothing_behind(tmp_path: Path, step: str, number: int, said: str) -> None:
    """No half note, no temporary file, no empty folders; and a remedy is named."""
    with pytest.raises(EnrichError, match=said) as caught:
        create_note(tmp_path, "x/y/a.md", DATA, FailingDisk(step, number))
    assert caught.value.exit_code == 1
    assert everything_in(tmp_path) == []


def test_folders_that_were_there_stay(tmp_path: Path) -> None:
    """Tidying up after a failure must not touch what the user made."""
    (tmp_path / "x").mkdir()
    with pytest.raises(EnrichError):
        create_note(tmp_path, "x/y/a.md", DATA, FailingDisk("store", errno.ENOSPC))
    assert everything_in(tmp_path) == ["x"]


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    """The message names the remedy instead of an error number."""
    (tmp_path / "AI_Sandbox").write_bytes(b"")
    with pytest.raises(EnrichError, match="choose another"):
        create_note(tmp_path, "AI_Sandbox/2023/a.md", b"")


@pytest.mark.parametrize("step", STEPS)
def test_a_killed_process_leaves_no_note_or_the_whole_note(tmp_path: Path, step: str) -> None:
    """Whenever the power goes, a later reader sees no half note, and the next draft goes through."""
    command = [sys.executable, "-m", "tests.vault.dying_writer", step, str(tmp_path), "x/a.md"]
    assert subprocess.run(command, cwd=PROJECT, check=False, capture_output=True).returncode == -9
    note = tmp_path / "x" / "a.md"
    assert note.exists() == (step in STEPS[4:])
    assert not note.exists() or note.read_bytes() == DATA
    left = [path for path in everything_in(tmp_path) if path not in ("x", "x/a.md")]
    assert all(path.startswith("x/.enrich-") for path in left)
    create_note(tmp_path, "x/b.md", b"next", LaterDisk(STALE_SECONDS + 60))
    assert everything_in(tmp_path) == ["x", *(["x/a.md"] if note.exists() else []), "x/b.md"]


def test_only_our_own_old_files_are_tidied_up(tmp_path: Path) -> None:
    """A file that another process is writing now, or that is not ours, stays."""
    for name in (".enrich-0011.tmp", "enrich-0011.tmp", ".other.tmp"):
        (tmp_path / name).write_bytes(b"")
    remove_stale(tmp_path)
    assert len(everything_in(tmp_path)) == 3
    remove_stale(tmp_path, LaterDisk(STALE_SECONDS + 60))
    assert everything_in(tmp_path) == [".other.tmp", "enrich-0011.tmp"]


def test_replacing_keeps_permissions(tmp_path: Path) -> None:
    """A private note stays private when a link is added to it."""
    note = tmp_path / "a.md"
    note.write_bytes(b"old")
    note.chmod(0o640)
    replace_file(tmp_path, note, b"new")
    assert note.read_bytes() == b"new"
    assert note.stat().st_mode & 0o777 == 0o640
    assert everything_in(tmp_path) == ["a.md"]


@pytest.mark.parametrize("step", ["store", "replace"])
def test_a_replacement_that_fails_leaves_the_old_note(tmp_path: Path, step: str) -> None:
    """A full disk must not cost the user a note that was there."""
    (tmp_path / "a.md").write_bytes(b"old")
    with pytest.raises(EnrichError, match="make room"):
        replace_file(tmp_path, tmp_path / "a.md", b"new", FailingDisk(step, errno.ENOSPC))
    assert (tmp_path / "a.md").read_bytes() == b"old"
    assert everything_in(tmp_path) == ["a.md"]


def test_one_lock_for_a_vault_however_it_is_named(tmp_path: Path) -> None:
    """Two names of one vault are one vault; the lock lies outside of it."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "other name").symlink_to(tmp_path / "vault", target_is_directory=True)
    for root in (tmp_path / "vault", tmp_path / "other name"):
        with vault_lock(root, tmp_path / "state"):
            pass
    assert len(everything_in(tmp_path / "state" / "locks")) == 1
    assert everything_in(tmp_path / "vault") == []


def test_a_state_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """The message names the folder, and no note was touched."""
    (tmp_path / "state").write_bytes(b"")
    with pytest.raises(EnrichError, match="state"), vault_lock(tmp_path, tmp_path / "state"):
        pass
