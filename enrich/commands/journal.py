"""Where the edits of a vault's notes are kept, so that each can be taken back."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from enrich.errors import RefusedError

if TYPE_CHECKING:
    from enrich.vault.journal import Change, Journal


def open_journal(state: Path, root: Path) -> "Journal":
    """The journal of the vault at ``root``, in the user's state folder: one vault's undo must not reach another's."""
    from hashlib import sha256  # loads OpenSSL, and every command imports this module

    from enrich.vault.journal import Journal

    return Journal(root, state / "edits" / sha256(os.fsencode(root.resolve())).hexdigest()[:24])


def leave_out_refused(changes: "Iterable[Change]", root: Path, warn: Callable[[str], None]) -> "list[Change]":
    """The changes that may be made; of the others each is told.

    For commands that choose the notes themselves: one note that is read-only must not keep a vault from being mended.
    """
    from enrich.vault.write import find_place

    allowed: list[Change] = []
    for change in changes:
        try:
            find_place(root, change.path)
        except RefusedError as error:
            warn(f"enrich: {error}")
        else:
            allowed.append(change)
    return allowed
