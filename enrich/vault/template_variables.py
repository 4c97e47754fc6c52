"""What the template of a note sees, with a word in place of everything: what a type's note is without a page."""

from typing import Any

from enrich.vault.note_type import NoteType

WORD = "word"
_LINK = "https://word.example"


def blank_variables(note_type: NoteType, sees_links: bool = False) -> dict[str, Any]:
    """The variables of ``note.md.j2``, as `enrich.draft.compose` gives them; with a link to a note, if asked."""
    links = [f"[[{WORD}]]"] if sees_links else []
    note = {
        "title": WORD, "tags": [WORD], "keywords": [WORD], "description": WORD, "created": WORD, "note_id": WORD,
    }  # fmt: skip
    return {
        **note,
        "note": {**note, "type": note_type.name, "draft": True},
        "source": {
            "title": WORD, "url": _LINK, "site": WORD, "author": WORD, "published": WORD, "language": WORD, "words": 1,
            "link": f"[{WORD}]({_LINK})",
        },
        "links": links,
        "see_also": links,
        "run": {"model": WORD, "links": 0, "candidates": 0},
        "front": "".join(f"{row.key}: {WORD}\n" for row in note_type.properties),
        "property": {row.key: f"{row.key}: {WORD}\n" for row in note_type.properties},
        "body": {section.key: WORD for section in note_type.sections},
    }  # fmt: skip
