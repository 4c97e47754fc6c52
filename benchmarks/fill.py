"""Is a note the same but for the section that was filled? One section of each note is taken out, filled, and undone.

    python -m benchmarks.fill VAULT [--notes 100] [--seed 1]

Works on a copy. Of notes that are of a type and hold one of its sections, one section is cut at random,
heading and all; the note's own text is its source, and the no-model engine writes. Told are notes in which any byte
outside of the section differs, whose section stands elsewhere than it did, and that undo does not restore.
"""

import argparse
import os
import random
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from enrich.draft.fill import Original
from enrich.errors import EnrichError
from enrich.text.span import Span
from enrich.vault.edit import Edit
from enrich.vault.note import Note
from enrich.workspace.options import FillOptions, Given
from enrich.workspace.workspace import Workspace

URL = "https://page.example/of-the-note"


@dataclass(frozen=True)
class Cut:
    """A note of which a section was taken out."""

    path: str
    title: str
    section: str
    whole: bytes
    less: bytes
    at: int
    """The byte at which the section's heading stood."""


def main() -> None:
    """Print one line a result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--notes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ENRICH_HOME"] = str(Path(folder) / "home")  # what another time has shown would be written again
        root = Path(folder) / "vault"
        shutil.copytree(given.vault, root, copy_function=shutil.copyfile)
        (root / ".enrich").mkdir(exist_ok=True)
        found = measure(Workspace.open(root, model=""), random.Random(given.seed), given.notes)
    for what, count in found.items():
        print(f"{count:5d} {what}")


def measure(workspace: Workspace, chance: random.Random, most: int) -> Counter[str]:
    """How many notes came out how."""
    found: Counter[str] = Counter()
    notes = [note for note in workspace.vault.notes if note.type_name in workspace.types]
    chance.shuffle(notes)
    for note in notes:
        if found["notes filled"] == most:
            break
        cut = cut_section(workspace, note, chance)
        if cut is not None:
            found[fill(workspace, cut)] += 1
            found["notes filled"] += 1
    return found


def cut_section(workspace: Workspace, note: Note, chance: random.Random) -> Cut | None:
    """The note without one of its type's sections; None where it has none."""
    note_type = workspace.types[note.type_name]
    whole = (workspace.folder / note.path).read_bytes()
    original = Original(note.stem, whole)
    outline = original.outline(note_type)
    there = [
        (section, place)
        for section in note_type.sections
        if section.writer != "human" and section.heading and (place := outline.place_of(section)) is not None
    ]
    if not there:
        return None
    section, place = chance.choice(there)
    start = outline.text.rfind("\n", 0, place.start) + 1
    less = original.edited([Edit(Span(start, place.end), "")])
    before = whole.decode("utf-8", "surrogateescape")[: original.cleaned.edge(start)]
    return Cut(note.path, note.title, section.name, whole, less, len(before.encode("utf-8", "surrogateescape")))


def fill(workspace: Workspace, cut: Cut) -> str:
    """What becomes of one note, which is afterwards as it was before."""
    file = workspace.folder / cut.path
    file.write_bytes(cut.less)
    source = Given(cut.path, cut.whole)
    try:
        done = workspace.fill(file, FillOptions((cut.section,), text=source, headline=cut.title, url=URL, apply=True))
    except EnrichError as error:
        file.write_bytes(cut.whole)
        return f"refused: {str(error).partition(': ')[2][:60]}"
    after = file.read_bytes()
    if done.edit is not None:
        workspace.undo(done.edit.id)
    is_restored = file.read_bytes() == cut.less
    file.write_bytes(cut.whole)
    return "not restored" if not is_restored else compare(cut, after)


def compare(cut: Cut, after: bytes) -> str:
    """Whether one stretch was put in, and where."""
    added = len(after) - len(cut.less)
    starts = range(max(0, cut.at - 4), cut.at + 5)  # blank lines around a section belong to either side
    if added > 0 and any(after[:at] + after[at + added :] == cut.less for at in starts):
        return "every other byte the same, the section where it was, undo restores"
    inside = next(
        (at for at, pair in enumerate(zip(cut.less, after, strict=False)) if pair[0] != pair[1]), len(cut.less)
    )
    if added > 0 and any(
        after[:at] + after[at + added :] == cut.less for at in range(max(0, inside - 200), inside + 1)
    ):
        return "every other byte the same, the section elsewhere, undo restores"
    return "other bytes differ"


if __name__ == "__main__":
    main()
