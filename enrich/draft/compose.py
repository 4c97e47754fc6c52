"""Compose a note: checked sections and material become the text of a file in the house style."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from enrich.check.mark import mark
from enrich.check.plain import protect_dollars, to_plain
from enrich.check.tree import linkage_tree
from enrich.draft.checked import CheckedAnswer, CheckedSection, CheckedSentence
from enrich.draft.material import Material
from enrich.draft.section import LINK
from enrich.draft.title import titles_for
from enrich.source.source import Source
from enrich.vault.note_type import NoteType
from enrich.vault.template import render


@dataclass(frozen=True)
class Note:
    """The text of a draft and what the report says of its parts."""

    title: str
    text: str
    tags: tuple[str, ...]
    see_also: tuple[str, ...]
    """The targets of the see-also line."""
    by_convention: bool
    """The see-also targets are concepts with no note behind them, as the journal's habit is."""


def compose_note(checked: CheckedAnswer, material: Material, note_type: NoteType, note_id: str) -> Note:
    """Fill the type's note template. Only generated links and the generated tree go in as markup."""
    title = material.note_title or next(titles_for(checked.title, material, note_type))
    tags = _tags(checked, material, note_type)
    see_also, by_convention = _see_also(checked, material, note_type, tags)
    related = [sentence.link.link for sentence, _ in checked.links if sentence.link is not None]
    body = {section.type.key: _section(section, material.source) for section in checked.sections}
    for section in note_type.sections:
        if section.writer == "human":
            body[section.key] = section.placeholder
        elif section.writer == "tool":
            body[section.key] = linkage_tree(tags, related[:3])
    text = render(
        note_type,
        "note.md.j2",
        {
            "title": title,
            "tags": tags,
            "keywords": checked.keywords,
            "description": _marked(checked.description.sentence.text, checked.description),
            "created": material.created.isoformat(),
            "note_id": note_id,
            "see_also": [f"[[{link}]]" for link in see_also],
            "body": body,
        },
    )
    return Note(title, text, tags, tuple(see_also), by_convention)


def _tags(checked: CheckedAnswer, material: Material, note_type: NoteType) -> tuple[str, ...]:
    """``type, topic, topic, year, extra``: the year stands fourth where there are enough topics."""
    year = str(material.created.year)
    topics = [topic for topic in checked.topics if topic not in (note_type.name, year)]
    topics = topics[: note_type.tag_count[1] - 2]
    return (note_type.name, *topics[:2], year, *topics[2:])


def _see_also(
    checked: CheckedAnswer, material: Material, note_type: NoteType, tags: Sequence[str]
) -> tuple[list[str], bool]:
    """The vault's own concept pair, or notes that the prose does not link to; and which of the two it is."""
    count = note_type.see_also
    if not count:
        return [], False
    concepts = material.concepts or {}
    pair = next((concepts[tag] for tag in (*reversed(tags), "") if tag in concepts), None)
    if material.see_also != "notes" and pair is not None:
        return list(pair), True
    linked = {sentence.link.path for sentence, _ in checked.links if sentence.link is not None}
    free = [candidate.link for candidate in material.candidates if candidate.path not in linked]
    return free[:count], False


def _section(section: CheckedSection, source: Source) -> str:
    citation = cite(source) if section.type.citation else ""
    sentences = [_sentence(checked, citation if index == 0 else "") for index, checked in enumerate(section.sentences)]
    if section.type.shape == "bullets":
        return protect_dollars("\n".join(f"- {sentence}" for sentence in sentences))
    return protect_dollars(" ".join(sentences))


def _sentence(checked: CheckedSentence, citation: str) -> str:
    sentence = checked.sentence
    text = _end(sentence.text)
    if citation:
        text = f"{text[:-1].rstrip()} {citation}{text[-1]}"
    if sentence.link is not None:
        text = text.replace(LINK, f"[[{sentence.link.link}]]")
    return _marked(text, checked)


def _marked(text: str, checked: CheckedSentence) -> str:
    if checked.check.verdict != "unsupported":
        return text
    return text + mark(checked.check.unsupported or ("no evidence",))


def _end(text: str) -> str:
    """One full stop or question mark at the very end; a stop inside a closing quotation mark moves out."""
    text = re.sub(r'[.]?(["\'])[.]?$', r"\1.", text.strip())
    return text if text.endswith((".", "?")) else text.rstrip(",;:! ") + "."


def cite(source: Source) -> str:
    """``([Publisher](https://…))``: the note's only external link, its address made safe for Markdown."""
    label = re.sub(r"[\[\]()]", "", to_plain(source.site)).strip() or "Source"
    address = source.url
    for char, code in (
        ("(", "%28"),
        (")", "%29"),
        (" ", "%20"),
        ("<", "%3C"),
        (">", "%3E"),
        ('"', "%22"),
        ("|", "%7C"),
        ("[", "%5B"),
        ("]", "%5D"),
        ("\\", "%5C"),
        ("`", "%60"),
        ("$", "%24"),
        ("{", "%7B"),
        ("}", "%7D"),
    ):
        address = address.replace(char, code)
    return f"([{label}]({address}))"
