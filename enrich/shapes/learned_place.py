"""What notes of one kind are called, where they lie, how they are told from others, and the ids that they bear."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from enrich.check.style import declared
from enrich.shapes.note_shape import NoteShape
from enrich.shapes.share import MUST, holds, usual
from enrich.text.pattern import lazy_pattern
from enrich.vault.file_name import folder_fault
from enrich.vault.habits import is_of_type
from enrich.vault.note import Note
from enrich.vault.note_type import Case, Match, NoteType

_PATTERNS = ("{date} {title}", "{date} - {title}", "{date}-{title}", "{note_id} {title}", "{year} {title}")
"""What files are seen to be called, besides their title."""
_CASES: tuple[Case, ...] = ("lower", "title", "sentence")
_ID = lazy_pattern(r"\d{6}([A-Z]{2,4})\d{2,9}")
_MOST_FOLDERS = 3
"""Folders that a kind of notes is told by. By hand: what lies in more lies everywhere."""


def learn_id(shapes: Sequence[NoteShape]) -> tuple[str, str]:
    """The property that holds an id in nearly all notes, and its letters; empty where there is none.

    The letters are empty where the notes bear those of several types.
    """
    key, codes = codes_of(shapes)
    code, share = usual(codes.elements())
    return key, code if code and share >= MUST else ""


def codes_of(shapes: Sequence[NoteShape]) -> tuple[str, Counter[str]]:
    """The property that holds an id in nearly all notes, and how many have which letters in it."""
    for key in dict.fromkeys(key for shape in shapes for key in shape.layout.keys):
        found = [_ID.fullmatch(str(shape.layout.values.get(key))) for shape in shapes]
        if holds(row is not None for row in found):
            return key, Counter(row[1] for row in found if row)
    return "", Counter()


def learn_file(shapes: Sequence[NoteShape]) -> tuple[str, Case]:
    """The pattern of the file's name that nearly all notes have, and the case of the title that all have."""
    pattern = next((name for name in _PATTERNS if holds(_are_called(shapes, name, "keep"))), "{title}")
    if not any(shape.layout.stem.lower() != shape.layout.stem.upper() for shape in shapes):
        return pattern, "keep"
    return pattern, next((case for case in _CASES if all(_are_called(shapes, pattern, case))), "keep")


def _are_called(shapes: Iterable[NoteShape], pattern: str, case: Case) -> Iterator[bool]:
    wanted = NoteType("", Path(), (), file_name=pattern, case=case)
    return (not any(declared.file_name(shape.subject(wanted))) for shape in shapes)


def learn_folders(shapes: Iterable[NoteShape]) -> tuple[str, ...]:
    """The patterns of the notes' folders, the most frequent first; empty text for the vault's root."""
    return tuple(pattern for pattern, _ in Counter(_folder_pattern(shape) for shape in shapes).most_common())


def _folder_pattern(shape: NoteShape) -> str:
    """The folder, with the year and month of the note in braces where it names them."""
    folder, created = shape.note.folder, shape.note.created
    if "{" in folder or "}" in folder or (folder and folder_fault(folder)):
        return ""
    if created is None:
        return folder
    words = {f"{created:%Y}": "{year}", f"{created:%m}": "{month}", created.isoformat(): "{date}"}
    return "/".join(words.get(part, part) for part in folder.split("/"))


def learn_match(shapes: Sequence[NoteShape], others: Sequence[Note], note_type: NoteType) -> Match:
    """What tells nearly all notes of the kind from the ``others``: the one sign that fewest of those have.

    Of signs that are as good, headings come before a property, a tag, a class and a folder: they say what a note has,
    not where it was put. Of tags only the first counts, for the others are what the note is about.
    """
    best, fewest = Match(headings=tuple(name for _, name in note_type.required)), len(others) + 1
    for match in _signs(shapes, note_type):
        told = NoteType("?", Path(), (), match=match)
        if holds(is_of_type(shape.note, told) for shape in shapes):
            strangers = sum(is_of_type(note, told) for note in others)
            if strangers < fewest:
                best, fewest = match, strangers
    return best


def _signs(shapes: Sequence[NoteShape], note_type: NoteType) -> Iterator[Match]:
    if note_type.required:
        yield Match(headings=tuple(name for _, name in note_type.required))
    for row in note_type.properties:
        if row.writer == "constant" and isinstance(row.value, str):
            yield Match(properties={row.key.lower(): row.value})
    yield from (Match(tags=(tag,)) for tag in _frequent(shapes, lambda shape: shape.note.tags[:1]))
    yield from (Match(css_classes=(name,)) for name in _frequent(shapes, _classes))
    tops = tuple(sorted({shape.top_folder for shape in shapes}))
    if "" not in tops and len(tops) <= _MOST_FOLDERS:
        yield Match(folders=_common_folders(shapes) if len(tops) == 1 else tops)


def _classes(shape: NoteShape) -> Iterable[str]:
    return shape.note.property_texts("cssclasses", "cssclass")


def _frequent(shapes: Sequence[NoteShape], things: Callable[[NoteShape], Iterable[str]]) -> list[str]:
    counted = Counter(thing for shape in shapes for thing in set(things(shape)))
    return [thing for thing, count in counted.items() if count >= MUST * len(shapes)]


def _common_folders(shapes: Sequence[NoteShape]) -> tuple[str, ...]:
    """The deepest folder that all notes lie in."""
    folders = [shape.note.folder.split("/") for shape in shapes]
    shared = [parts[0] for parts in zip(*folders, strict=False) if len(set(parts)) == 1]
    deepest = 0
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        deepest += 1
    return ("/".join(folders[0][:deepest]),) if shared else ()
