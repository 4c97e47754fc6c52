"""A small vault for the tests of links: three topics, each with a hub that its notes link to."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from enrich.links.index import index_file

TOPICS: Mapping[str, tuple[str, str]] = {
    "policy": ("Trust in Rules", "law regulator compliance fine audit court duty notice"),
    "hardware": ("Chips and Power", "silicon wafer cooling voltage server rack socket memory"),
    "music": ("Sound of Rooms", "violin chord rhythm melody concert choir tempo harmony"),
}


def note(title: str, tag: str, day: int, text: str, links: str = "", front: str = "") -> str:
    """A note with front matter, a paragraph and a line of links."""
    return (
        f"---\ntitle: {title}\ntags:\n  - tech-journal\n  - {tag}\ndescription: On {title}.\n"
        f"created: 2022-03-{day:02}\n{front}---\n\n# {title}\n\n{text}\n\n{links}\n"
    )


def garden(size: int = 10) -> dict[str, str]:
    """The notes by path: ``size`` a topic, each with words of its topic and, but for the first, a link to the hub."""
    notes = {}
    for tag, (hub, words) in TOPICS.items():
        some = words.split()
        notes[f"Notes/{hub}.md"] = note(hub, tag, 1, f"What {words} have in common.")
        for number in range(size):
            own = " ".join(some[(number + step) % len(some)] for step in range(5))
            title = f"{some[number % len(some)]} story {number}"
            links = f"It ties back to [[{hub}]] as before." if number else ""
            notes[f"Notes/{title}.md"] = note(title, tag, number + 2, f"A note about {own} and {some[0]}.", links)
    return notes


def write_vault(root: Path, notes: Mapping[str, str]) -> Path:
    """Write the notes below ``root`` and return it."""
    for path, text in notes.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    return root


def copy_with_index(root: Path, folder: Path) -> Path:
    """A copy of the vault ``root`` in ``folder/vault``, and of its index in ``cache`` beside it in ``folder/cache``."""
    copied = Path(shutil.copytree(root, folder / "vault"))
    (folder / "cache").mkdir()
    shutil.copy(index_file(root, root.parent / "cache"), index_file(copied, folder / "cache"))
    return copied
