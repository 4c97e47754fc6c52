"""The engine that needs no model: quotes for facts, frames around them, nothing that the source does not say."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from enrich.llm.answer import read_answer
from enrich.llm.completion import AnswerError, Completion, Prompt, Usage
from enrich.llm.extractive.article import read_article
from enrich.llm.extractive.writer import Writer
from enrich.source.source import Source
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType


class ExtractiveEngine:
    """Drafts from one source without asking anybody (implements `Engine`)."""

    def __init__(
        self,
        source: Source,
        candidates: Sequence[Candidate],
        note_type: NoteType,
        known_tags: Sequence[str],
    ) -> None:
        self.source, self.candidates = source, candidates
        self.note_type, self.known_tags = note_type, known_tags

    def complete(self, prompt: Prompt, on_text: Callable[[str], None]) -> Completion:
        """An answer with all sections of the note type. Raises AnswerError when the source is too poor for one."""
        writer = Writer(read_article(self.source), self.candidates, self.note_type, self.known_tags)
        answer: dict[str, Any] = writer.write()
        text = json.dumps(answer, ensure_ascii=False, indent=1)
        reading = read_answer(text, prompt.schema)
        if reading.answer is None:
            raise AnswerError(
                f"the embedded engine: cannot draft from this article ({reading.problems[0]}); "
                "configure a model (ENRICH_MODEL) or give a longer text with --text FILE"
            )
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
