"""What a vault's author does again and again: tags, see-also concepts, notes that show the form of a type."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Any

from enrich.vault.link_text import LinkText, link_text
from enrich.vault.note import Note
from enrich.vault.note_id import parse_note_id
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


def find_concepts(vault: Vault, least: int = 10) -> frozenset[str]:
    """The concepts that at least ``least`` see-also lines hold."""
    return frozenset(concept for concept, count in count_concepts(vault).items() if count >= least)


def concept_pair(note: Note, concepts: Collection[str]) -> Pair | None:
    """The two ``concepts`` of a published note's see-also line; None where it holds anything else."""
    targets = note.see_also
    if note.draft or len(targets) != 2 or not all(target in concepts for target in targets):
        return None
    first, second = map(link_text, targets)
    return None if first is None or second is None else (first, second)


def has_shape(note: Note, note_type: NoteType) -> bool:
    """Whether the note has every section that the type asks for, in order; other sections may stand between them."""
    return bool(note_type.required) and _stand_in_order(note_type.required, _outline(note))


def is_of_type(note: Note, note_type: NoteType) -> bool:
    """Whether the type's ``[match]`` says that the note is one of its notes; whether it keeps the type is not asked."""
    return _rank_of(note, note_type) > 0


def find_type(
    note: Note,
    known: Callable[[str], NoteType | None],
    usual: Callable[[], NoteType | None],
    others: Callable[[], Iterable[NoteType]] = tuple,
) -> NoteType | None:
    """The type of a note: its own where that is ``known`` by name, else the one of ``others`` that it matches best.

    Where it matches none, it is the ``usual`` one if it has its shape.
    """
    own = known(note.type_name) if note.type_name else None
    if own is not None:
        return own
    ranked = [(rank, row) for row in others() if (rank := _rank_of(note, row))]
    if ranked:
        _, best = max(ranked, key=lambda pair: (has_shape(note, pair[1]), pair[0], len(pair[1].required)))
        return best
    shape = usual()
    return shape if shape is not None and has_shape(note, shape) else None


def _rank_of(note: Note, note_type: NoteType) -> int:
    """How plainly a note says that it is of a type: by a property, a tag, a class, its folder, its headings; 0: not."""
    match = note_type.match
    if note.type_name == note_type.name or _has_code(note, note_type):
        return 6
    if note_type.house and _looks_like_the_house(note, note_type):
        return 3
    if any(_has_property(note, key, value) for key, value in match.properties.items()):
        return 5
    if _share(match.tags, note.tags):
        return 4
    if match.css_classes and _share(match.css_classes, note.property_texts("cssclasses", "cssclass")):
        return 3
    if any(_lies_in(note.folder, folder) for folder in match.folders):
        return 2
    names = [name for _, name in _outline(note)] if match.headings else []
    return int(bool(match.headings) and _stand_in_order(match.headings, names))


def _looks_like_the_house(note: Note, note_type: NoteType) -> bool:
    """Whether a note that says no type has the type's name as first tag or class, or lies where its notes do."""
    if note.type_name:
        return False
    if note.tags[:1] == (note_type.name,) or note_type.name in note.property_texts("cssclasses", "cssclass"):
        return True
    folder = note_type.approved_pattern.partition("/{")[0]
    return bool(folder) and _lies_in(note.folder, folder)


def _has_code(note: Note, note_type: NoteType) -> bool:
    """Whether the note says no type and has an id of the type's."""
    parsed = parse_note_id(note.note_id) if note_type.code and not note.type_name else None
    return parsed is not None and parsed.code == note_type.code


def _has_property(note: Note, key: str, value: object) -> bool:
    """A list has the value when one of its items is it; case and the brackets of a link count for nothing."""
    wanted = value if isinstance(value, tuple) else (str(value).lower() if isinstance(value, bool) else str(value),)
    return _share(wanted, [text.strip("[]") for text in note.property_texts(key)])


def _share(one: Iterable[str], other: Iterable[str]) -> bool:
    return not {text.casefold().lstrip("#") for text in one}.isdisjoint(text.casefold() for text in other)


def _lies_in(folder: str, wanted: str) -> bool:
    return f"{folder}/".casefold().startswith(f"{wanted.strip('/')}/".casefold())


def _stand_in_order(wanted: Iterable[Any], found: Iterable[Any]) -> bool:
    rest = iter(found)
    return all(one in rest for one in wanted)


def find_exemplars(vault: Vault, note_type: NoteType) -> tuple[Note, ...]:
    """Notes that show a model the form: published, readable front matter, exactly the type's sections in order.

    Where fewer than `ENOUGH_EXEMPLARS` are so strict, those with further sections follow them.
    """
    shaped = [note for note in vault.notes if not (note.draft or note.front_error) and has_shape(note, note_type)]
    levels = {level for level, _ in note_type.required}
    exact = [note for note in shaped if tuple(row for row in _outline(note) if row[0] in levels) == note_type.required]
    if len(exact) >= ENOUGH_EXEMPLARS:
        return tuple(exact)
    return (*exact, *(note for note in shaped if note not in exact))


def _outline(note: Note) -> list[tuple[int, str]]:
    """Level and words of each heading."""
    return [(heading.level, heading.text) for heading in note.headings]
