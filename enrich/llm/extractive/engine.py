"""The engine that needs no model: whole statements of the article, nothing that it does not say, the rest left open."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from enrich.llm.completion import AnswerError, Completion, Prompt, Usage
from enrich.llm.extractive.article import read_article
from enrich.llm.extractive.lexicon import find_lexicon, known_languages
from enrich.llm.extractive.writer import Writer
from enrich.source.source import Source
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType

LATIN = "\u1eff"
"""The last of the Latin letters with accents."""


class ExtractiveEngine:
    """Drafts from one source without asking anybody (implements `Engine`)."""

    def __init__(
        self,
        source: Source,
        candidates: Sequence[Candidate],
        note_type: NoteType,
        known_tags: Sequence[str],
        said: str = "",
    ) -> None:
        """``said``: what the note says already, and what is not quoted once more."""
        self.source, self.candidates = source, candidates
        self.note_type, self.known_tags, self.said = note_type, known_tags, said

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """An answer with all that the prompt asks for; a section that the article gives too little for is left open.

        Raises AnswerError when the note type asks for something that the engine does not write.
        """
        writer = Writer(read_article(self.source), self.candidates, self.note_type, self.known_tags, self.said)
        answer: dict[str, Any] = writer.write(prompt.schema.get("required", ()))
        if reason := next(_lacking(answer, prompt.schema), ""):
            raise AnswerError(
                f"the no-model engine: cannot draft from this article ({reason}); configure a model (ENRICH_MODEL) or "
                "give a longer text with --text FILE"
            )
        text = json.dumps(answer, ensure_ascii=False, indent=1)
        on_text(text)
        return Completion(
            text=text,
            answer=answer,
            model="extractive",
            usage=Usage(),
            finish_reason="stop",
            mode="embedded",
            origin="extractive",
        )


def _lacking(answer: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    """What a schema asks for that the answer has not: a key, or as many topics and keywords."""
    yield from (f"the answer lacks {key!r}" for key in schema.get("required", ()) if key not in answer)
    for key in ("topics", "keywords"):
        least = schema.get("properties", {}).get(key, {}).get("minItems", 0)
        if len(found := answer.get(key, ())) < least:
            yield f"it gives {len(found)} of {least} {key}"


def tell_limits(source: Source, note_type: NoteType) -> Iterator[str]:
    """What the engine cannot do with this article in this note type, in words, to be said before it drafts."""
    page, note = source.language.partition("-")[0], note_type.language
    known = ", ".join(known_languages())
    if not find_lexicon(page).is_known:
        what = f"the article's language ({page or 'unknown'})"
        yield f"no-model engine: {what} is none of {known}; it tells no risks and asks no question there"
    elif page != note:
        yield f"no-model engine: the article is in {page}, the note in {note}; quotes stay so, the question is yours"
    if note_type.house and any(char.isalpha() and char > LATIN for char in source.title):
        yield "no-model engine: the headline is written in other letters; the note's title spells it in a to z"
    if not find_lexicon(note).is_known:
        yield f"no-model engine: the note's language ({note}) is none of {known}; links have no word before them"
