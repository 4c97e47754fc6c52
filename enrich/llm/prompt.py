"""Build the prompt of a draft from a note type's templates.

Instructions go into the system message; the vault's notes and the article go into the user message, the article last
and between two fence lines that it cannot contain.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from enrich.llm.completion import Completion, Message, Prompt
from enrich.llm.schema import MOST_VALUES, build_schema
from enrich.source.source import Source
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType
from enrich.vault.prompt_file import find_folder
from enrich.vault.property_type import PropertyType
from enrich.vault.render import render, render_in

ARTICLE_CHARACTERS = 48_000
"""How much of an article is shown to the model: about 12,000 tokens. What is cut is flagged in the report."""


def build_prompt(
    note_type: NoteType,
    source: Source,
    candidates: Sequence[Candidate],
    exemplars: Sequence[str] = (),
    known_tags: Sequence[str] = (),
) -> Prompt:
    """One request for all sections that the model writes."""
    schema = build_schema(note_type, [candidate.id for candidate in candidates])
    language = source.language.split("-")[0]
    frame = {
        "foreign": language not in ("", "en"),
        "unspaced": language in ("zh", "ja"),
        "linkable": bool(candidates),
        "title_words": note_type.title_words,
        "title_characters": note_type.title_characters,
        "keyword_count": note_type.keyword_count,
        "description_characters": note_type.description_characters,
        "topic_count": note_type.topic_count,
        "head": note_type.head,
        "case": note_type.case,
        "language": note_type.language,
    }
    sections = {section.name: _section_text(note_type, section.key, frame) for section in note_type.written_by_model}
    asked = {row.name: _property_text(note_type, row, frame) for row in note_type.asked_properties}
    sections = asked | sections
    request = {"known_tags": known_tags, "candidates": candidates, "exemplars": exemplars, "source": source}
    article = source.text[:ARTICLE_CHARACTERS]
    fence = make_fence("\n".join((source.title, source.site, source.author, source.text)))
    system = render(note_type, "system.md.j2", {**frame, "sections": list(sections.values())})
    user = render(note_type, "request.md.j2", {**request, "article": article, "fence": fence})
    parts = {
        "system": render(note_type, "system.md.j2", {**frame, "sections": []}),
        **{f"section {name}": text for name, text in sections.items()},
        "request": render(note_type, "request.md.j2", _bare(source) | {"article": "", "fence": ""}),
        "tags": ", ".join(known_tags),
        "candidates": "\n".join(f"{item.id}: {item.title} ({item.line})" for item in candidates),
        **{f"exemplar {number}": text for number, text in enumerate(exemplars, 1)},
        "article": "\n".join((source.title, source.site, source.author, str(source.published), article)),
        "schema": json.dumps(schema, sort_keys=True, ensure_ascii=False),
    }
    messages = (Message("system", system), Message("user", user))
    return Prompt("draft", messages, schema, note_type.name.replace("-", "_"), parts)


def build_revision(
    note_type: NoteType,
    prompt: Prompt,
    completion: Completion,
    findings: Mapping[str, Sequence[str]],
    candidates: Sequence[Candidate],
) -> Prompt:
    """Ask once more for the keys of ``findings`` only; its values say in words what is wrong with each."""
    schema = build_schema(note_type, [candidate.id for candidate in candidates], only=tuple(findings))
    lines = [f"`{key}`: {line}" for key, said in findings.items() for line in said]
    request = render(note_type, "revise.md.j2", {"findings": lines, "keys": [f"`{key}`" for key in findings]})
    answer = json.dumps(completion.answer, ensure_ascii=False, indent=1)
    parts = {
        "first answer": answer,
        "revise": render(note_type, "revise.md.j2", {"findings": [], "keys": []}),
        "findings": "\n".join(lines),
        "schema": json.dumps(schema, sort_keys=True, ensure_ascii=False),
    }
    messages = (*prompt.messages, Message("assistant", answer), Message("user", request))
    return Prompt("revise", messages, schema, prompt.schema_name + "_revision", parts)


def build_part(
    prompt: Prompt,
    note_type: NoteType,
    keys: Sequence[str],
    note: str,
    candidates: Sequence[Candidate],
    folders: Sequence[Path],
) -> Prompt:
    """The draft's ``prompt`` asked for ``keys`` alone, which go into ``note``; no keys, and nobody has to be asked.

    SettingsError when none of ``folders`` has the template.
    """
    schema = build_schema(note_type, [candidate.id for candidate in candidates], only=keys)
    folder = find_folder("fill", folders)
    asked = {"keys": [f"`{key}`" for key in keys], "note": note, "fence": make_fence(note)}
    request = render_in(folder, "request.md.j2", asked)
    system, user = prompt.messages
    parts = {
        **prompt.parts,
        "fill": render_in(folder, "request.md.j2", {"keys": [], "note": "", "fence": ""}),
        "keys": ", ".join(keys),
        "note": note,
        "schema": json.dumps(schema, sort_keys=True, ensure_ascii=False),
    }
    messages = (system, Message("user", f"{user.content}\n{request}"))
    return Prompt("fill", messages, schema, f"{prompt.schema_name}_part", parts)


def make_fence(text: str) -> str:
    """A line that ``text`` cannot contain: it is made from the text's own hash, so a page cannot close it early."""
    return f"<<<article {hashlib.sha256(text.encode()).hexdigest()[:24]}>>>"


def _section_text(note_type: NoteType, key: str, frame: Mapping[str, object]) -> str:
    section = next(row for row in note_type.sections if row.key == key)
    variables = {**frame, "section": section}
    return render(note_type, f"sections/{key}.md.j2", variables, f"sections/{section.shape}.md.j2")


def _property_text(note_type: NoteType, row: PropertyType, frame: Mapping[str, object]) -> str:
    return render(note_type, "property.md.j2", {**frame, "property": row, "most": MOST_VALUES})


def _bare(source: Source) -> dict[str, object]:
    """The variables of the request template with nothing in them: what is left is the template's own text."""
    return {
        "known_tags": (),
        "candidates": (),
        "exemplars": (),
        "source": {name: "" for name in source.__struct_fields__},
    }
