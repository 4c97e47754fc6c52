"""The ``.env`` of the working folder: when it may be somebody else's, and that no form of it hangs or breaks."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from enrich.dotenv_file import MOST_BYTES, read_dotenv
from enrich.errors import SettingsError


def git(folder: Path, *arguments: str) -> None:
    """Run git in ``folder``."""
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


def doubt_of(folder: Path, vault: Path | None = None) -> str:
    """Why the folder's .env may be somebody else's."""
    (folder / ".env").write_text("ENRICH_BASE_URL=https://there.example/v1\n", "utf-8")
    found = read_dotenv(folder, vault)
    assert found is not None
    return found.doubt


def test_a_file_of_the_users_own_is_not_doubted(tmp_path: Path) -> None:
    """Who keeps keys in a project's .env, outside of vaults and out of git, is asked nothing."""
    assert doubt_of(tmp_path) == ""
    git(tmp_path, "init")
    assert doubt_of(tmp_path) == ""
    (tmp_path / ".gitignore").write_text(".env\n", "utf-8")
    git(tmp_path, "add", ".gitignore")
    assert doubt_of(tmp_path) == ""


@pytest.mark.parametrize("mark", [".obsidian", ".enrich"])
def test_a_file_in_a_vault_is_doubted(tmp_path: Path, mark: str) -> None:
    """At its root, in a folder of it, through a link to it, and in a vault that has no mark but was named."""
    (tmp_path / "vault" / mark).mkdir(parents=True)
    (tmp_path / "vault" / "sub").mkdir()
    (tmp_path / "link").symlink_to("vault/sub")
    for folder in ("vault", "vault/sub", "link"):
        assert doubt_of(tmp_path / folder) == "lies in a vault"
    (tmp_path / "bare").mkdir()
    assert doubt_of(tmp_path / "bare", tmp_path / "bare") == "lies in a vault"
    assert doubt_of(tmp_path / "bare", tmp_path / "vault") == ""


def test_a_file_that_git_tracks_is_doubted(tmp_path: Path) -> None:
    """It came with the repository; so it may when git cannot tell, and when the name differs in case only."""
    git(tmp_path, "init")
    (tmp_path / ".ENV").write_text("A=1\n", "utf-8")
    git(tmp_path, "add", ".ENV")
    assert doubt_of(tmp_path) == "is tracked by git"
    (tmp_path / ".git" / "HEAD").unlink()
    assert "git cannot read" in doubt_of(tmp_path)


def test_asking_git_runs_nothing_of_the_repository(tmp_path: Path) -> None:
    """A repository's configuration can name programs that git starts; here it starts none."""
    git(tmp_path, "init")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", "utf-8")
    program.chmod(0o755)
    for hook in ("post-index-change", "fsmonitor-watchman"):
        (tmp_path / hook).write_bytes(program.read_bytes())
        (tmp_path / hook).chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor"):
        git(tmp_path, "config", key, str(program))
    git(tmp_path, "config", "core.hooksPath", str(tmp_path))
    assert doubt_of(tmp_path) == ""
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_doubted(tmp_path: Path) -> None:
    """In a shared folder anybody can have left it."""
    (tmp_path / ".env").touch()
    os.chown(tmp_path / ".env", 12345, 12345)
    assert doubt_of(tmp_path) == "belongs to another user"


def test_nothing_is_replaced_in_a_value(tmp_path: Path) -> None:
    """A variable in a value would send what stands in the environment, such as a key, as a model's name."""
    (tmp_path / ".env").write_text("ENRICH_MODEL=${HOME}\nB=$(id)\n", "utf-8")
    found = read_dotenv(tmp_path, None)
    assert found is not None
    assert found.variables == {"ENRICH_MODEL": "${HOME}", "B": "$(id)"}


@pytest.mark.parametrize("kind", ["pipe", "endless", "loop", "dangling", "socket", "large", "not UTF-8", "NUL"])
def test_what_is_no_text_file_is_a_message(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever bears the name, the command ends and says so."""
    path = tmp_path / ".env"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        monkeypatch.chdir(tmp_path)
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(".env")
    elif kind in ("endless", "loop", "dangling"):
        path.symlink_to({"endless": "/dev/zero", "loop": ".env", "dangling": "nowhere"}[kind])
    else:
        path.write_bytes({"large": b"#" * (MOST_BYTES + 1), "not UTF-8": b"\xff\xfe", "NUL": b"A=\0"}[kind])
    with pytest.raises(SettingsError, match=r"\.env: .+; "):
        read_dotenv(tmp_path, None)


def test_a_link_is_followed_only_where_the_user_made_it(tmp_path: Path) -> None:
    """A vault's link could lead to a .env of the user's other project, with its key."""
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "real").write_text("A=1\n", "utf-8")
    for folder in ("own", "vault/.obsidian"):
        (tmp_path / folder).mkdir(parents=True)
    for folder in ("own", "vault"):
        (tmp_path / folder / ".env").symlink_to("../project/real")
    found = read_dotenv(tmp_path / "own", None)
    assert found is not None
    assert found.variables == {"A": "1"}
    with pytest.raises(SettingsError, match="is a link, and lies in a vault"):
        read_dotenv(tmp_path / "vault", None)


def test_a_folder_of_that_name_is_no_settings_file(tmp_path: Path) -> None:
    """Virtual environments are called so."""
    (tmp_path / ".env").mkdir()
    assert read_dotenv(tmp_path, None) is None
