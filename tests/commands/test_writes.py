"""Commands on a vault that holds links, pipes and read-only notes, and with a state folder that keeps nothing."""

import os
from pathlib import Path

import pytest

from tests.commands.test_suggest import command

ARTICLE = " ".join(
    f"Larkspur opened the weights of Corvid {number} on a Tuesday in July, it said." for number in range(40)
)
NOTE = b"---\r\ntitle: a note\r\ntags: [tech-journal]\r\n---\r\n# a note\r\n\r\nIt has an other name here.  \r\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A vault with a sound note, and beside it a folder that is none of the vault's business."""
    (tmp_path / "vault" / ".obsidian").mkdir(parents=True)
    (tmp_path / "vault" / "other name.md").write_text("# other name\n\nCorvid and Larkspur.\n")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "real.md").write_bytes(NOTE)
    (tmp_path / "article.txt").write_text(ARTICLE)
    return tmp_path / "vault"


WRITERS = (
    ("suggest-links", "--apply", "--min-score", "0"),
    ("suggest-links", "-i"),
    ("check", "--fix", "--offline"),
    ("fill", "-t", "tech-journal", "-m", "", "--description", "--text", "../article.txt", "--apply"),
    ("review", "--terminal", "--offline"),
)


@pytest.mark.parametrize("arguments", WRITERS, ids=" ".join)
@pytest.mark.parametrize("kind", ["a link", "read-only"])
def test_a_note_that_may_not_be_written_is_refused(vault: Path, arguments: tuple[str, ...], kind: str) -> None:
    """Exit 7, whatever command it is named to; the file is as it was, and the link still a link."""
    note, real = vault / "a.md", vault.parent / "outside" / "real.md"
    if kind == "a link":
        note.symlink_to(real)
    else:
        note.write_bytes(NOTE)
        note.chmod(0o444)
    done = command(vault, *arguments, "a.md", given="y\ny\ny\ny\n")
    assert done.returncode == 7, done.stderr
    assert done.stderr.startswith("enrich: ") or "\nenrich: " in done.stderr
    assert "Traceback" not in done.stderr
    assert (real.read_bytes(), note.read_bytes(), note.is_symlink()) == (NOTE, NOTE, kind == "a link")


def test_commands_that_choose_the_notes_leave_such_a_note_out(vault: Path) -> None:
    """The rest of the vault is mended; what was left out is named, and the exit code says that there was something."""
    (vault / "a.md").symlink_to(vault.parent / "outside" / "real.md")
    (vault / "b.md").write_bytes(NOTE)
    done = command(vault, "check", "--all", "--fix")
    assert done.returncode == 7, done.stderr
    assert "lies outside" in done.stderr
    assert b"\r" not in (vault / "b.md").read_bytes()
    assert (vault.parent / "outside" / "real.md").read_bytes() == NOTE


@pytest.mark.parametrize(
    "arguments", [("check", "--all"), ("suggest-links", "other name.md"), ("suggest-links", "--audit")]
)
def test_what_is_no_file_is_named_once(vault: Path, arguments: tuple[str, ...]) -> None:
    """A pipe, an endless device and a link in a circle are passed over by every reader, each with one line."""
    os.mkfifo(vault / "pipe.md")
    (vault / "zero.md").symlink_to("/dev/zero")
    (vault / "self.md").symlink_to("self.md")
    done = command(vault, *arguments)
    assert done.returncode in (0, 6), done.stderr
    for line in ("pipe.md: is a pipe", "zero.md: is a device", "self.md: is a link that leads in a circle"):
        assert done.stderr.count(line) == 1


@pytest.mark.parametrize(
    "arguments", [("check", "--offline"), ("suggest-links",), ("review", "--terminal", "--offline")]
)
@pytest.mark.parametrize("name", ["pipe.md", "self.md", "dir.md", "gone.md"])
def test_such_a_file_given_by_name_is_a_plain_error(vault: Path, arguments: tuple[str, ...], name: str) -> None:
    """Nothing is waited for, and nothing but a message comes."""
    os.mkfifo(vault / "pipe.md")
    (vault / "self.md").symlink_to("self.md")
    (vault / "dir.md").mkdir()
    done = command(vault, *arguments, name)
    assert done.returncode in (2, 7), done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_keeps_nothing(vault: Path) -> None:
    """The draft is written all the same; what could not be kept is said: the run, the index, the lock."""
    home = vault.parent / "home"
    home.write_text("a file where the folder should be")
    text = str(vault.parent / "article.txt")
    done = command(vault, "draft", "--text", text, "--url", "https://news.example.com/x", "--title", "Corvid opens")
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_file()
    for said in ("the run is not kept", "no index can be kept there", "can hold no lock"):
        assert done.stderr.count(said) == 1
    assert command(vault, "undo", "--list").returncode == 0
    assert command(vault, "suggest-links", "other name.md").returncode == 0
    refused = command(vault, "suggest-links", "--apply", "--min-score", "0", Path(done.stdout.strip()).name)
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize("title", ["CON", "index", "x " * 200, "\N{GRINNING FACE}"])
def test_a_named_title_that_is_unfit_is_told_before_anything_is_spent(vault: Path, title: str) -> None:
    """What the user chose is not replaced in silence: exit 2, and no page was read."""
    done = command(vault, "draft", "--url", "https://nowhere.invalid/x", "--note-title", title)
    assert done.returncode == 2
    assert "--note-title" in done.stderr
