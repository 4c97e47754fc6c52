"""Note types made of notes: one for each kind of notes that is found among them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count, islice
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from enrich.check.style.declared import heading_one, keeps_type
from enrich.check.style.shape import prose_words
from enrich.shapes.cluster import Cluster, find_clusters
from enrich.shapes.learned_place import learn_file, learn_folders, learn_id, learn_match
from enrich.shapes.learned_property import LearnedProperty, learn_properties
from enrich.shapes.learned_section import LearnedSection, learn_sections
from enrich.shapes.note_shape import TITLE_AGAIN, NoteShape, read_outlines
from enrich.shapes.share import MOST, MOST_WORDS, MUST, holds, limits_of, usual
from enrich.text.language import guess_language
from enrich.text.words import count_words
from enrich.vault.habits import is_of_type
from enrich.vault.note import Note
from enrich.vault.note_type import BARE_TYPE, Match, NoteType
from enrich.vault.type_table import MOST_SECTIONS

MOST_LEARNED = 40
"""Types that are learned at once, of the kinds with the most notes."""
LEAST_NOTES = 2
"""Notes of a kind that is found in a folder; of notes that are named, one is enough."""
_READ_FOR_LANGUAGE = 20
"""Notes. By hand: more say the same."""


class LearnedType(Struct, frozen=True):
    """A type, the notes that it was learned from, and what a person should look at."""

    note_type: NoteType
    shapes: tuple[NoteShape, ...]
    sections: tuple[LearnedSection, ...]
    properties: tuple[LearnedProperty, ...]
    ending: str
    """The line that the template ends with, as most notes do; the type asks for it where nearly all have it."""
    titled: bool
    """Whether a draft has its title as H1: most notes have."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """By the key of the type's table that each is about."""


def learn_types(
    shapes: Sequence[NoteShape],
    strangers: Sequence[Note] = (),
    name: str = "",
    taken: Iterable[str] = (),
    least: int = LEAST_NOTES,
) -> tuple[LearnedType, ...]:
    """A type for each kind of notes, the one with the most notes first; kinds of fewer than ``least`` have none.

    Nor has a kind whose type lets in more notes of others than it has of its own, or that nothing tells from other
    notes and ``strangers``, which are notes of the vault that nothing is learned from. The types are called ``name``,
    with a number from the second on, or after what their notes share; never as one of ``taken``.
    """
    clusters = find_clusters(read_outlines(shapes))
    used, learned = set(taken), list[LearnedType]()
    for cluster in [row for row in clusters if len(row.members) >= least][:MOST_LEARNED]:
        found = _learn(cluster, shapes, strangers)
        if least > 1 and (found.note_type.match == Match() or _is_loose(found, shapes)):
            continue  # nothing tells these notes from others, and nobody asked for a type of just these
        free = _free_name([name] if name else _own_names(found), used)
        used.add(free)
        learned.append(replace(found, note_type=replace(found.note_type, name=free)))
    return tuple(learned)


def _is_loose(found: LearnedType, every: Sequence[NoteShape]) -> bool:
    """Whether the type lets in more notes of other kinds than it has of its own."""
    own, note_type = {shape.note.path for shape in found.shapes}, found.note_type
    others = (shape.note for shape in every if shape.note.path not in own)
    passing = (note for note in others if is_of_type(note, note_type) and keeps_type(note.text, note.stem, note_type))
    return next(islice(passing, len(own), None), None) is not None


def _learn(cluster: Cluster, every: Sequence[NoteShape], strangers: Sequence[Note]) -> LearnedType:
    shapes = tuple(every[number] for number in cluster.members)
    members = set(cluster.members)
    others = [*strangers, *(shape.note for number, shape in enumerate(every) if number not in members)]
    ending, share = usual(shape.ending for shape in shapes)
    literal = ending if ending and ending != TITLE_AGAIN and share >= MUST else ""
    sections = learn_sections(shapes, cluster.headings, literal)
    id_key, code = learn_id(shapes)
    properties = learn_properties(shapes, id_key if code else "")
    pattern, case = learn_file(shapes)
    folders = learn_folders(shapes)
    note_type = NoteType(
        name="?",
        directory=Path(),
        sections=tuple(row.row for row in sections),
        code=code,
        id_key=id_key if code else BARE_TYPE.id_key,
        folder=_draft_folder(folders[0]),
        published_folder=folders[0],
        language=_language(shapes),
        ending=literal,
        closed=cluster.closed and len(cluster.headings) < MOST_SECTIONS,
        file_name=pattern,
        case=case,
        properties=tuple(row.row for row in properties if not row.loose),
        level="should",
    )
    note_type = _with_limits(note_type, shapes, sections)
    note_type = replace(note_type, h1=_has_title(shapes, note_type))
    note_type = replace(note_type, match=learn_match(shapes, others, note_type))
    titled = 2 * sum(shape.title is not None for shape in shapes) >= len(shapes)
    remarks = dict(_remarks(note_type, folders, shapes, id_key))
    return LearnedType(note_type, shapes, sections, properties, ending or "", titled, remarks)


def _has_title(shapes: Sequence[NoteShape], note_type: NoteType) -> bool | None:
    """Whether nearly all notes have their title as H1, or nearly none; None where some have."""
    for h1 in (True, False):
        wanted = replace(note_type, h1=h1)
        if holds(not any(heading_one(shape.subject(wanted))) for shape in shapes):
            return h1
    return None


def _with_limits(note_type: NoteType, shapes: Sequence[NoteShape], sections: Iterable[LearnedSection]) -> NoteType:
    """Title, tags, description, keywords and see-also line: what lies between the percentiles."""
    stems = [shape.layout.stem for shape in shapes]
    values = [shape.layout.values for shape in shapes]
    tags = [len(row["tags"]) for row in values if isinstance(row.get("tags"), list)]
    told = [len(row["description"]) for row in values if isinstance(row.get("description"), str)]
    words, _ = usual(len(row["keywords"]) for row in values if isinstance(row.get("keywords"), list))
    linked, _ = usual(len(shape.note.see_also) for shape in shapes)
    return replace(
        note_type,
        title_words=limits_of([len(stem.split()) for stem in stems], MOST),
        title_characters=limits_of([len(stem) for stem in stems], MOST_WORDS),
        tag_count=limits_of(tags, MOST) if tags else note_type.tag_count,
        description_characters=limits_of(told, MOST_WORDS) if told else note_type.description_characters,
        keyword_count=min(words, MOST) if words is not None else note_type.keyword_count,
        see_also=min(linked or 0, MOST),
        prose_words=limits_of(_prose(sections), MOST_WORDS),
    )


def _prose(sections: Iterable[LearnedSection]) -> list[int]:
    """The words of all sections together, of each note."""
    words: Counter[NoteShape] = Counter()
    for one in sections:
        for written in one.written:
            words[written.shape] += count_words(prose_words(written.shape.text, written.body))
    return list(words.values())


def _language(shapes: Sequence[NoteShape]) -> str:
    """The language of most of the notes; English where nothing tells."""
    guesses = (guess_language(shape.text[shape.layout.body_start :]) for shape in shapes[:_READ_FOR_LANGUAGE])
    best, _ = usual(guess for guess in guesses if guess)
    return best or BARE_TYPE.language


def _draft_folder(pattern: str) -> str:
    """The folder in the airlock: below the one that all notes of a vault often lie in."""
    top, _, rest = pattern.partition("/")
    return rest or top


def _remarks(
    note_type: NoteType, folders: Sequence[str], shapes: Sequence[NoteShape], id_key: str
) -> Iterable[tuple[str, str]]:
    if len(folders) > 1:
        yield "approved_folder", f"the notes lie in {', '.join(folder or 'the root' for folder in folders[:5])}"
    if note_type.h1 is None:
        titled = sum(shape.title is not None for shape in shapes)
        yield "h1", f"{titled} of {len(shapes)} notes have their title as H1: write h1 = true or h1 = false"
    if id_key and not note_type.code:
        yield "id", f"{id_key} holds ids of several types: add [id] with key and code to number new notes"
    if note_type.match == Match():
        yield "match", "nothing tells these notes from others: of the type is what has its name as a tag, or a [match]"


def _own_names(found: LearnedType) -> list[str]:
    """Names out of what tells the notes: a property, a tag, a class; else their folder, with the heading that all have.

    The first heading alone names notes that nothing but headings tells.
    """
    match, note_type = found.note_type.match, found.note_type
    folder = note_type.published_folder.replace("{year}", "").strip("/").rpartition("/")[2]
    heading = next((words for _, words in note_type.required), "")
    first = next((row.heading for row in note_type.sections if row.heading), "")
    placed = (folder, f"{folder} {heading}" if heading else "") if folder else (first,)
    told = (*map(str, match.properties.values()), *match.tags, *match.css_classes)
    signs = (*told, *match.headings[:1], *placed) if match.headings else (*told, *placed)
    names = (re.sub(r"[^\w]+|_+", "-", sign.lower()).strip("-")[:_LONGEST_NAME].strip("-") for sign in signs)
    return [name for name in names if name] or ["note"]


def _free_name(names: Sequence[str], used: Iterable[str]) -> str:
    """The first of the names that is free, else the first with a number."""
    taken = {one.casefold() for one in used}
    numbered = (f"{names[0]}-{number}" for number in count(2))
    return next(name for name in chain(names, numbered) if name.casefold() not in taken)


_LONGEST_NAME = 50
"""Characters: a type's name has 60 at most, and a number may follow."""
