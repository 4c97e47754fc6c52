"""A process that writes one draft: ``python -m tests.vault.one_draft ROOT STATE NUMBER``. Prints its note id."""

import sys
import time
from datetime import date
from pathlib import Path

from enrich.vault.reserve import reserved_note_id
from enrich.vault.write import create_note


def main() -> None:
    """Reserve an id, dawdle so that the others would take the same one, and write the draft."""
    root, state, number = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    with reserved_note_id(root / "AI_Sandbox", state, "TJ", date(2023, 7, 18), {"230718TJ05"}) as note_id:
        time.sleep(0.02)
        create_note(root, f"AI_Sandbox/2023/draft {number}.md", f"---\nnote_id: {note_id}\n---\n".encode())
    sys.stdout.write(note_id)


if __name__ == "__main__":
    main()
