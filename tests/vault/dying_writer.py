"""A process that is killed while it writes a note: ``python -m tests.vault.dying_writer STEP ROOT PATH [BEFORE]``."""

import sys
from pathlib import Path

from enrich.vault.undo_log import UndoLog, write_edit
from enrich.vault.write import create_note
from tests.vault.failing_disk import DyingDisk

DATA = b"whole note\n" * 1000


def main() -> None:
    """Create the note, or edit it when what it holds is given."""
    step, root, path, *before = sys.argv[1:]
    if before:
        log = UndoLog(Path(root), Path(root, "log"))
        write_edit(Path(root, path), before[0].encode(), DATA, log, "test", disk=DyingDisk(step))
    else:
        create_note(Path(root), path, DATA, DyingDisk(step))


if __name__ == "__main__":
    main()
