"""The ``.env`` of the working folder, and whether it can have come from somebody else.

Whoever packs a vault or a repository can put a ``.env`` into it. One that lies outside of vaults, belongs to the user
and is not tracked by git was written by the user; of every other one there is a doubt.
"""

import io
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from enrich.errors import SettingsError
from enrich.vault.file import read_file
from enrich.vault.root import find_vault

MOST_BYTES = 64_000
"""By hand: a hundred times what our variables take; the file may have come with somebody else's folder."""
_GIT_SECONDS = 10
"""By hand: git tells at once whether it tracks a name; on a network disk that is gone it never does."""
_QUIET_GIT = ("-c", "core.fsmonitor=", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never")
"""What a repository's own configuration could make git run."""


class DotEnv(Struct, frozen=True, dict=True):
    """The file and what it says."""

    path: Path
    variables: Mapping[str, str | None]
    vault: Path | None = None
    """The vault that the command works on."""

    @property
    def place(self) -> Path:
        """The path with all links followed: what consent is given to."""
        return self.path.resolve()

    @cached_property
    def doubt(self) -> str:
        """Why the file may be somebody else's, as it goes on after *this file*; empty: it is the user's own."""
        for path in dict.fromkeys((self.path.parent.resolve() / self.path.name, self.place)):
            if reason := self._doubt_of(path):
                return reason
        return ""

    def _doubt_of(self, path: Path) -> str:
        named = self.vault is not None and path.is_relative_to(self.vault.resolve())
        if named or find_vault(path.parent) is not None:
            return "lies in a vault"
        if hasattr(os, "geteuid") and path.lstat().st_uid != os.geteuid():
            return "belongs to another user"
        return _doubt_of_git(path)


def read_dotenv(folder: Path, vault: Path | None) -> DotEnv | None:
    """The ``.env`` of ``folder``, nothing in it replaced; None where there is none (or a folder of that name).

    SettingsError when it cannot be read, or is a link that somebody else can have made.
    """
    path = folder / ".env"
    if not os.path.lexists(path) or path.is_dir():
        return None
    try:
        text = read_file(path, MOST_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror or error}; mend or remove the file") from error
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{path}: is not UTF-8 text ({error.reason} at byte {error.start}); save it as UTF-8"
        ) from None
    if "\0" in text:
        raise SettingsError(f"{path}: holds a NUL character; save it as text")
    from dotenv import dotenv_values

    found = DotEnv(path, dotenv_values(stream=io.StringIO(text), interpolate=False), vault)
    if path.is_symlink() and found.doubt:
        raise SettingsError(f"{path}: is a link, and {found.doubt}; copy the file that is meant")
    return found


def _doubt_of_git(path: Path) -> str:
    """Asks git, where the file is in a repository; the repository is not trusted either."""
    if not any(os.path.lexists(folder / ".git") for folder in path.parents):
        return ""
    import subprocess  # every command imports this module, and few need git

    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quiet = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", *_QUIET_GIT, "ls-files", "--error-unmatch", "--", f":(icase){path.name}"]
    try:
        done = subprocess.run(
            command,
            cwd=path.parent,
            env=own | quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return "lies in a git repository that git cannot read here"
    if done.returncode == 0:
        return "is tracked by git"
    # 1: git has looked and does not track it; 128: it could not look
    return "" if done.returncode == 1 else "lies in a git repository that git cannot read here"
