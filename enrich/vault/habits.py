"""What a vault's author does again and again: tags, see-also concepts, notes that show the form of a type."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.vault import Vault

_SEE_ALSO = re.compile(r"^\*see also:\* \[\[([^\]|\n]+)\]\] · \[\[([^\]|\n]+)\]\]$", re.MULTILINE)

Pair = tuple[str, str]


def count_tags(vault: Vault) -> Counter[str]:
    """How many notes, drafts left out, have each tag."""
    return Counter(tag for note in vault.notes if not note.draft for tag in set(note.tags))


def concept_pairs(vault: Vault, least: int = 10) -> Mapping[str, Pair]:
    """The see-also pair that goes with each extra tag, where no note stands behind the pair's concepts.

    A concept counts when at least ``least`` see-also lines of published notes hold it. ``""`` gives the pair that the
    vault uses most; the mapping is empty when there is none.
    """
    names = {note.stem.casefold() for note in vault.notes}
    lines = [(note, pair) for note in vault.notes if not note.draft for pair in _SEE_ALSO.findall(note.text)]
    used = Counter(concept for _, pair in lines for concept in pair if concept.casefold() not in names)
    concepts = {concept for concept, count in used.items() if count >= least}
    pairs: dict[str, Counter[Pair]] = defaultdict(Counter)
    for note, (first, second) in lines:
        if first in concepts and second in concepts:
            pairs[""][first, second] += 1
            pairs[_extra_tag(note)][first, second] += 1
    return {tag: counted.most_common(1)[0][0] for tag, counted in pairs.items()}


def find_exemplars(vault: Vault, note_type: NoteType) -> tuple[Note, ...]:
    """Published notes whose H2s are exactly the type's, in order: they show a model the form."""
    return tuple(
        note
        for note in vault.notes
        if not note.draft and not note.front_error and _h2s(note.text) == note_type.headings
    )


def _extra_tag(note: Note) -> str:
    """The fifth tag of ``type, topic, topic, year, extra``; else the last topic."""
    return note.tags[-1] if note.tags else ""


def _h2s(text: str) -> tuple[str, ...]:
    return tuple(line[3:].strip() for line in text.splitlines() if line.startswith("## "))
