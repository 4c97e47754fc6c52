"""Exemplars: notes of the vault shown to a model as the answer that is wanted: it sees the form, and no front matter.

What such an answer holds beside the words (the evidence, the ids of linked notes) stood elsewhere: `ELSEWHERE` is in
its place.
"""

import json
from collections.abc import Callable, Collection, Iterator
from typing import Any

from enrich.check.evidence.passage import Passage
from enrich.check.style.layout import Layout, paragraphs, read_layout
from enrich.check.style.linkage import NOTE_LINK
from enrich.check.style.lint import check_style
from enrich.check.style.shape import bare_item, find_items
from enrich.draft.section import LINK, title_for
from enrich.text.cleaned import CleanedText
from enrich.text.pattern import lazy_pattern
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.vault.note import Note
from enrich.vault.note_type import NoteType
from enrich.vault.section_type import LISTED, SectionType

ELSEWHERE = "…"
_NOTE_LINK = lazy_pattern(rf"!?\[\[\]\]|!?{NOTE_LINK}")


def is_exemplary(
    note: Note, note_type: NoteType, resolves: Callable[[str], tuple[bool, bool]], concepts: Collection[str]
) -> bool:
    """Whether the note keeps every must rule of its type: a model copies faults too."""
    found = check_style(note.text, note.stem, note_type, resolves=resolves, allow_unresolved=concepts)
    return all(finding.level != "must" for finding in found)


def render_exemplar(note: Note, note_type: NoteType) -> str:
    """The JSON answer that the note could have been made of; empty where it lacks a section of the model's."""
    layout = read_layout(CleanedText(note.text).text, note.stem)
    tags = [tag for tag in note.tags if tag != note_type.name and not tag.isdigit()]
    head: dict[str, Any] = {
        "title": title_for(note.title or note.stem, note_type),
        "topics": tags,
        "keywords": list(layout.values.get("keywords") or ()),
        "description": _sentence(note.description, ELSEWHERE),
    }
    answer = {key: head[key] for key in note_type.head}
    for asked in note_type.asked_properties:
        answer[asked.name] = {"values": [{"value": ELSEWHERE, "evidence": ELSEWHERE}]}
    for section in note_type.written_by_model:
        part = layout.part_of(section, note_type)
        rows = [] if part is None else [_row(text, section) for text in _texts(layout, part.body, section)]
        if not rows:
            return ""
        if section.shape == "question":
            answer[section.key] = rows[0]
        else:
            answer[section.key] = {section.answer_key: rows}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":"))


def _texts(layout: Layout, body: Span, section: SectionType) -> Iterator[str]:
    """The sentences or bullets of a section, each link as the word that stands for it in an answer."""
    listed = section.shape in LISTED
    spans = find_items(layout.text, body, section.shape)[0] if listed else paragraphs(layout.text, body)
    for span in spans:
        words = span.of(layout.text)
        linked = _NOTE_LINK.sub(LINK, bare_item(words, section.shape) if listed else words)
        plain = Passage(linked, Span(0, len(linked))).text
        if listed:
            yield plain
        else:
            yield from (sentence.of(plain) for sentence in split_sentences(plain))


def _row(text: str, section: SectionType) -> dict[str, Any]:
    row = _sentence(text, None if section.evidence == "none" else ELSEWHERE)
    return {**row, "link": ELSEWHERE if LINK in text else None} if section.may_link else row


def _sentence(text: str, evidence: str | None) -> dict[str, Any]:
    return {"text": text, "evidence": evidence}
