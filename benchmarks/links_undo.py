"""Is a vault the same after every link was made and taken back? Makes all suggestions in a copy, and undoes them.

    python -m benchmarks.links_undo VAULT…

Each note gets its 30 best suggestions, however unlikely, through the undo log, as ``--apply`` writes them.
"""

import argparse
import shutil
import tempfile
from functools import partial
from pathlib import Path

from enrich.links.apply import Style, has_place_of_type, plan_links
from enrich.links.index import open_index
from enrich.links.suggest import Wishes, suggest_links
from enrich.vault.edit import edit_bytes
from enrich.vault.file import decode_text
from enrich.vault.note import parse_note
from enrich.vault.note_type import prompt_folders, read_note_types
from enrich.vault.undo_log import UndoLog, undo, write_edit

_TYPES = {each.name: each for each in read_note_types(prompt_folders(None))}


def main() -> None:
    """Print one line a vault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vaults", nargs="+", type=Path)
    for vault in parser.parse_args().vaults:
        with tempfile.TemporaryDirectory() as folder:
            notes, links, differing = measure(vault, Path(folder))
        print(f"{vault.name}: {notes} notes, {links} links made and taken back, {differing} notes differ", flush=True)


def measure(vault: Path, folder: Path) -> tuple[int, int, int]:
    """Notes of the vault, links made in them, and notes that are not byte for byte as before."""
    root = folder / "vault"
    log = UndoLog(root, folder / "log")
    shutil.copytree(vault, root, copy_function=shutil.copyfile)
    before = {path: path.read_bytes() for path in sorted(root.rglob("*.md"))}
    index = open_index(root, folder / "cache")
    links = 0
    for path, data in before.items():
        text, name = decode_text(data), path.relative_to(root).as_posix()
        kind = parse_note(name, text).type_name
        note_type = _TYPES.get(kind)
        style = Style(note_type if note_type and has_place_of_type(text, note_type) else None)
        found = suggest_links(parse_note(name, text), index, Wishes(limit=30, note_type=partial(_TYPES.get, kind)))
        plan = plan_links(text, found, style)
        links += len(plan.placed)
        if plan.edits:
            write_edit(path, data, edit_bytes(data, plan.edits), log, "all links")
            undo(log)
            shutil.rmtree(log.folder)
    return len(before), links, sum(path.read_bytes() != data for path, data in before.items())


if __name__ == "__main__":
    main()
