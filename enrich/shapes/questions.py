"""What a person is asked about a learned type, because the notes do not say it."""

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from enrich.shapes.learned import LearnedType
from enrich.shapes.learned_place import codes_of
from enrich.shapes.learned_property import LearnedProperty, number_notes
from enrich.text.count import counted
from enrich.vault.note_type import NoteType

_SAY_WHAT = "say in about what the model is to write there"


class Question(Struct, frozen=True):
    """One thing to say; without an answer it is `default`."""

    text: str
    default: str
    choices: tuple[str, ...] = ()
    """Empty: any words."""


Ask = Callable[[Question], str]


def ask_about(learned: LearnedType, ask: Ask) -> LearnedType:
    """The type with the person's answers: its name, who writes what may be their own, which ids new notes get."""
    notes = f"{counted(len(learned.shapes), 'note')} such as {learned.shapes[0].note.stem!r}"
    name = ask(Question(f"{notes}: name of the type", learned.note_type.name))
    learned = replace(learned, note_type=replace(learned.note_type, name=name))
    return _ask_code(_ask_properties(_ask_writers(learned, ask), ask), ask)


def _ask_writers(learned: LearnedType, ask: Ask) -> LearnedType:
    sections = []
    for one in learned.sections:
        if one.unclear and not one.fixed:
            question = Question(f"section {one.row.name!r}: who writes it?", one.row.writer, ("human", "model"))
            writer: Literal["human", "model"] = "model" if ask(question) == "model" else "human"
            one = replace(one, row=replace(one.row, writer=writer), remark="", unclear=False)
        sections.append(one)
    rows = tuple(one.row for one in sections)
    return replace(learned, sections=tuple(sections), note_type=replace(learned.note_type, sections=rows))


def _ask_properties(learned: LearnedType, ask: Ask) -> LearnedType:
    """Keys with values of their own in each note are the person's, unless they say that a model is to be asked."""
    keys = [one.row.key for one in learned.properties if one.row.writer == "person" and not one.loose]
    if not keys:
        return learned
    question = Question(f"properties {', '.join(keys)} are yours: which of them a model writes (a, b)?", "none")
    wanted = {" ".join(key.split()).casefold() for key in ask(question).split(",")}
    properties = tuple(
        replace(one, row=replace(one.row, writer="model", about=one.row.key), remark=_SAY_WHAT)
        if one.row.key.casefold() in wanted and one.row.key in keys
        else one
        for one in learned.properties
    )
    return replace(learned, properties=properties, note_type=_with(learned, properties))


def _with(learned: LearnedType, properties: Sequence[LearnedProperty]) -> NoteType:
    return replace(learned.note_type, properties=tuple(one.row for one in properties if not one.loose))


def _ask_code(learned: LearnedType, ask: Ask) -> LearnedType:
    key, codes = codes_of(learned.shapes)
    if not key or len(codes) < 2:
        return learned
    shown = ", ".join(f"{code} ({count})" for code, count in codes.most_common())
    question = Question(f"{key} holds {shown}: letters of new ids?", "none", ("none", *codes))
    code = ask(question)
    if code == "none":
        return learned
    properties = number_notes(learned.properties, key)
    note_type = replace(_with(learned, properties), code=code, id_key=key)
    remarks = {name: text for name, text in learned.remarks.items() if name != "id"}
    return replace(learned, properties=properties, note_type=note_type, remarks=remarks)
