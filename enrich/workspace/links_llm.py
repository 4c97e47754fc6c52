"""A model chooses among the best candidates and words the clause of each link.

Its word is weighed, not taken: it can name candidates only, by their ids, and a clause that says what neither note
says is not written.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enrich.check.evidence.claim import Claim
from enrich.check.evidence.copying import longest_shared_run
from enrich.check.evidence.judge import check_claim
from enrich.links.document import read_document
from enrich.links.index import Index
from enrich.links.suggest import Suggestion
from enrich.llm.completion import Message, Prompt
from enrich.llm.prompt import make_fence
from enrich.source.source import Source
from enrich.text.count import counted
from enrich.text.plain import Plain
from enrich.text.span import Span
from enrich.text.words import count_words
from enrich.vault.note_type import COPIED_WORDS
from enrich.vault.prompt_file import find_folder
from enrich.vault.render import render_in
from enrich.vault.vault import open_note
from enrich.workspace.open_note import OpenNote
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import LinkOptions

CANDIDATES = 30
"""Suggestions that the model chooses from. By hand: three times what is shown without one."""
CLAUSE_WORDS = 16
"""Words of a clause with a link, as the prompt asks. By hand: half a sentence, one relation."""
NOTE_CHARACTERS = 24_000
"""Of a note that are shown to the model, about 6,000 tokens. By hand: the longest of a journal of 737 notes has 7,026
bytes."""
LINK = "{link}"


class Offer(Struct, frozen=True):
    """A suggestion as the model sees it."""

    id: str
    suggestion: Suggestion
    title: str
    line: str
    words: str
    """The words of the note that name it; empty for a related note."""

    @property
    def kind(self) -> str:
        """Mention or related."""
        return self.suggestion.kind


class Chosen(Struct, frozen=True):
    """What the model chose, the best first, and the words for related notes, with ``{link}`` for the link."""

    suggestions: tuple[Suggestion, ...]
    clauses: Mapping[str, str]
    """By the target's path."""
    refused: tuple[str, ...]
    """Why a clause is not used, in words."""


def choose_with_model(
    opened: OpenVault, index: Index, note: OpenNote, suggestions: Sequence[Suggestion], options: LinkOptions
) -> Chosen:
    """The model's choice among ``suggestions``. SettingsError without a model or key, ModelError without an answer."""
    engine = opened.engine("--llm")
    offers = _offers(index, note, suggestions)
    if not offers:
        return Chosen((), {}, ())
    opened.reporter.progress(f"asking {opened.settings.model} about {counted(len(offers), 'candidate')}")
    prompt = build_prompt(note, offers, opened.prompts)
    completion = engine.complete(prompt, lambda _piece: None)
    chosen = read_choice(completion.answer, offers, lambda offer: _source(opened.folder, note, offer))
    wanted = [one for one in chosen.suggestions if one.score >= options.min_score]
    return replace(chosen, suggestions=tuple(wanted[: options.limit]))


def build_prompt(note: OpenNote, offers: Sequence[Offer], folders: Sequence[Path]) -> Prompt:
    """One request for the choice and the clauses."""
    folder = find_folder("suggest-links", folders)
    document = read_document(note.parsed)
    text = document.prose.strip()[:NOTE_CHARACTERS]
    variables = {"candidates": offers, "fence": make_fence(note.text), "title": document.title, "text": text}
    system = render_in(folder, "system.md.j2", {"words": CLAUSE_WORDS})
    request = render_in(folder, "request.md.j2", variables)
    schema = _schema([offer.id for offer in offers])
    parts = {"system": system, "request": request, "schema": json.dumps(schema, sort_keys=True)}
    return Prompt("suggest", (Message("system", system), Message("user", request)), schema, "links", parts)


def read_choice(answer: Mapping[str, Any], offers: Sequence[Offer], source_of: Callable[[Offer], Source]) -> Chosen:
    """The links that were chosen; a clause only where it is one, and evidence holds it.

    ``source_of`` gives for an offer what its clause may rest on: the text of both notes.
    """
    by_id = {offer.id: offer for offer in offers}
    suggestions: list[Suggestion] = []
    clauses: dict[str, str] = {}
    refused: list[str] = []
    for row in answer["links"]:
        offer = by_id.pop(row["id"], None)
        if offer is None:  # named twice
            continue
        suggestions.append(offer.suggestion)
        if not row["clause"] or offer.kind == "mention":
            continue
        clause = row["clause"].strip().rstrip(".")
        if fault := clause_fault(clause, offer, source_of(offer)):
            refused.append(f"the clause for [[{offer.suggestion.target}]] is not used: {fault}")
        else:
            clauses[offer.suggestion.path] = clause
    return Chosen(tuple(suggestions), clauses, tuple(refused))


def clause_fault(clause: str, offer: Offer, source: Source) -> str:
    """Why the clause is not written; empty when it may be."""
    if clause.count(LINK) != 1:
        return "it does not hold the link exactly once"
    bare = " ".join(clause.replace(LINK, " ").split())
    if Plain(bare) != bare:
        return "it holds markup"
    if count_words(bare) > CLAUSE_WORDS:
        return f"it has more than {CLAUSE_WORDS} words"
    if longest_shared_run(bare, source.text).words > COPIED_WORDS:
        return "it copies a note"
    checked = check_claim(Claim(bare, kind="inference", known=frozenset({offer.title})), source)
    return "; ".join(checked.reasons) if checked.verdict == "unsupported" else ""


def _offers(index: Index, note: OpenNote, suggestions: Sequence[Suggestion]) -> list[Offer]:
    store = index.store
    offers = []
    for number, suggestion in enumerate(suggestions, 1):
        known = store.number_of(suggestion.path)
        entry = store.entries([known])[known]
        words = suggestion.span.of(note.text) if suggestion.span else ""
        offers.append(Offer(f"n{number}", suggestion, Plain(entry.title), Plain(entry.description), words))
    return offers


def _source(root: Path, note: OpenNote, offer: Offer) -> Source:
    """Both notes as one text."""
    target = open_note(root, offer.suggestion.path)
    prose = read_document(target).prose if target else ""
    text = "\n\n".join((read_document(note.parsed).prose, offer.line, prose))
    return Source("", offer.title, "given", "", "", None, "unknown", "", text, (Span(0, len(text)),))


def _schema(ids: Sequence[str]) -> dict[str, Any]:
    """Strict: only ids of candidates, every property required, no other allowed."""
    properties = {"id": {"type": "string", "enum": list(ids)}, "clause": {"type": ["string", "null"]}}
    link = {"type": "object", "properties": properties, "required": ["id", "clause"], "additionalProperties": False}
    links = {"type": "array", "items": link, "maxItems": len(ids)}
    return {"type": "object", "properties": {"links": links}, "required": ["links"], "additionalProperties": False}
