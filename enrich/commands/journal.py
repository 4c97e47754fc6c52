"""Where the edits of a vault's notes are kept, so that each can be taken back."""

from pathlib import Path


def journal_folder(state: Path, root: Path) -> Path:
    """The journal of the vault at ``root``, in the user's state folder: one vault's undo must not reach another's."""
    from hashlib import sha256  # loads OpenSSL, and every command imports this module

    return state / "edits" / sha256(str(root.resolve()).encode()).hexdigest()[:24]
