"""What a vault's author does again and again: tags, see-also concepts, notes that show the form of a type."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from enrich.vault.link_text import LinkText, link_text
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.vault import Vault

Pair = tuple[LinkText, LinkText]

ENOUGH_EXEMPLARS = 5
"""With so many notes of exactly a type's form, those with further sections are no exemplars."""


def count_tags(vault: Vault) -> Counter[str]:
    """How many notes, drafts left out, have each tag in their front matter."""
    return Counter(tag for note in vault.notes if not note.draft for tag in set(note.tags))


def count_concepts(vault: Vault) -> Counter[str]:
    """How many see-also lines of published notes hold each *concept*: a target that no note of the vault is called."""
    targets = (target for note in vault.notes if not note.draft for target in set(note.see_also))
    return Counter(target for target in targets if not vault.named(target))


def concept_pairs(vault: Vault, least: int = 10) -> Mapping[str, Pair]:
    """The pair of concepts that see-also lines hold most often with each extra tag.

    A concept counts when at least ``least`` see-also lines hold it. ``""`` gives the pair that the vault uses most;
    the mapping is empty when there is none.
    """
    concepts = {concept for concept, count in count_concepts(vault).items() if count >= least}
    pairs: dict[str, Counter[Pair]] = defaultdict(Counter)
    for note in vault.notes:
        targets = note.see_also
        if note.draft or len(targets) != 2 or not concepts.issuperset(targets):
            continue
        first, second = map(link_text, targets)
        if first is not None and second is not None:
            pair = (first, second)
            pairs[""][pair] += 1
            pairs[_extra_tag(note)][pair] += 1
    return {tag: counted.most_common(1)[0][0] for tag, counted in pairs.items()}


def has_shape(note: Note, note_type: NoteType) -> bool:
    """Whether the note has every section of the type in order; other sections may stand between them."""
    if not note_type.headings:
        return False
    headings = iter(_sections(note))
    return all(heading in headings for heading in note_type.headings)


def find_type(
    note: Note, known: Callable[[str], NoteType | None], usual: Callable[[], NoteType | None]
) -> NoteType | None:
    """The type of a note: its own where that is ``known`` by name, else the ``usual`` one where it has its shape."""
    own = known(note.type_name) if note.type_name else None
    if own is not None:
        return own
    shape = usual()
    return shape if shape is not None and has_shape(note, shape) else None


def find_exemplars(vault: Vault, note_type: NoteType) -> tuple[Note, ...]:
    """Notes that show a model the form: published, readable front matter, exactly the type's sections in order.

    Where fewer than `ENOUGH_EXEMPLARS` are so strict, those with further sections follow them.
    """
    shaped = [note for note in vault.notes if not (note.draft or note.front_error) and has_shape(note, note_type)]
    exact = [note for note in shaped if _sections(note) == note_type.headings]
    if len(exact) >= ENOUGH_EXEMPLARS:
        return tuple(exact)
    return (*exact, *(note for note in shaped if note not in exact))


def _extra_tag(note: Note) -> str:
    """The last of ``type, topic, topic, year, extra`` that is no year."""
    return next((tag for tag in reversed(note.tags[1:]) if not tag.isdigit()), "")


def _sections(note: Note) -> tuple[str, ...]:
    return tuple(heading.text for heading in note.headings if heading.level == 2)
