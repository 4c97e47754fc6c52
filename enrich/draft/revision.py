"""What goes back to the writer: the sections that failed, each with all that is known against it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from enrich.check.finding import Finding
from enrich.check.style.layout import read_layout
from enrich.draft.checked import CheckedAnswer
from enrich.draft.compose import Note
from enrich.draft.context import DraftContext
from enrich.draft.section import LINK
from enrich.vault.note_type import NoteType

_HEAD_RULES = {"M3": "title", "M4": "title", "M5": "topics", "M6": "keywords", "M7": "description", "E2": "keywords"}
"""Rules whose finding is about a key of the answer that is not a section."""
_ASKS_AGAIN = ("C1", "E3")
"""Wishes for which a section is asked again, as for a must: words taken over, and what a reader does not find."""


def find_faults(
    findings: Iterable[Finding],
    checked: CheckedAnswer,
    note: Note,
    note_type: NoteType,
    answer: Mapping[str, Any],
    context: DraftContext,
) -> dict[str, list[str]]:
    """What to send back, by key of the answer, in the answer's order; what no rewording mends is left out.

    A section is asked again for a must, for words taken over and for what a reader does not find; then its doubts and
    the wishes of the style go along. Sentences are quoted as the model wrote them, with ``{link}``.
    """
    keys = {section.name: section.key for section in note_type.written_by_model}
    own_words = _OwnWords(checked)
    must: dict[str, list[str]] = {}
    wishes: dict[str, list[str]] = {}
    for finding in findings:
        key = _HEAD_RULES.get(finding.rule) or keys.get(section := _section_of(finding, note)) or section
        if key in answer and not (key == "title" and context.note_title):
            asks_again = finding.level == "must" or finding.rule in _ASKS_AGAIN
            line = f"{finding.rule}: {own_words.of(finding.message)}"
            (must if asks_again else wishes).setdefault(key, []).append(line)
    for key, line in _doubts(checked):
        wishes.setdefault(key, []).append(f"doubt: {own_words.of(line)}")
    return {key: [*must[key], *wishes.get(key, [])] for key in answer if key in must}


def _section_of(finding: Finding, note: Note) -> str:
    """The section that a finding is about; one about the note as a whole, by its place."""
    if finding.section != "note" or finding.span is None:
        return finding.section
    part = read_layout(note.text, note.stem).part_at(finding.span.start)
    return part.name if part is not None else finding.section


def _doubts(checked: CheckedAnswer) -> Iterator[tuple[str, str]]:
    """Key and reasons of each sentence that differs from its evidence; what a reader said is a finding already."""
    for row in checked.rows:
        if row.check.verdict == "doubtful" and row.check.reading is None and not row.check.thesis:
            yield row.key, f"{row.text!r}: {'; '.join(row.check.reasons)}"


class _OwnWords:
    """Says a finding in the words of the answer: what a reader sees of a link is `LINK` there."""

    def __init__(self, checked: CheckedAnswer) -> None:
        linked = [sentence for sentence, _ in checked.links]
        self._pairs = [(sentence.reading, sentence.text) for sentence in linked]
        self._pairs += [(f"[[{sentence.link.link}]]", LINK) for sentence in linked if sentence.link is not None]

    def of(self, message: str) -> str:
        """The message with the sentences as the model wrote them."""
        for shown, written in self._pairs:
            message = message.replace(shown, written)
        return message
