"""Where the edits of a vault's notes are kept, so that each can be taken back."""

from hashlib import sha256
from pathlib import Path


def journal_folder(state: Path, root: Path) -> Path:
    """The journal of the vault at ``root``, in the user's state folder: one vault's undo must not reach another's."""
    return state / "edits" / sha256(str(root.resolve()).encode()).hexdigest()[:24]
