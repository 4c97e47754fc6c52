"""What a note is about, in one line: its description without what the vault says of every note."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from enrich.check.evidence.passage import Passage
from enrich.check.style.layout import paragraphs, read_layout
from enrich.text.cleaned import CleanedText
from enrich.text.sentences import split_sentences
from enrich.text.words import split_words
from enrich.vault.candidate import Candidate
from enrich.vault.note import Note
from enrich.vault.vault import Vault

LONGEST = 240
"""Characters of a line."""
_COMMON = 10
"""Notes whose descriptions end, or begin, with the same words: no author says that of so many by chance."""
_SHORTEST, _LONGEST = 3, 12
"""Words of such an ending."""


class Subjects:
    """The lines of one vault's notes; what its descriptions have in common is counted once."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def of(self, candidate: Candidate) -> str:
        """What the candidate says it is about, else how its text begins, else the line that it has."""
        note = self._vault.by_path.get(candidate.path)
        if note is None:
            return candidate.line
        line = self._own_words(note.description)
        if not _says_more(line, note):
            line = next((text for text in _sentences(note) if _says_more(text, note)), "")
        return _shortened(line) or candidate.line

    def _own_words(self, description: str) -> str:
        """The description without an ending and a beginning that many others have."""
        words = description.split()
        for size in range(min(_LONGEST, len(words) - 1), _SHORTEST - 1, -1):
            if self._endings[_key(words[-size:])] >= _COMMON:
                words = words[:-size]
                break
        for size in range(min(_LONGEST, len(words) - 1), _SHORTEST - 1, -1):
            if self._beginnings[_key(words[:size])] >= _COMMON:
                words = words[size:]
                break
        return " ".join(words)

    @cached_property
    def _endings(self) -> Counter[str]:
        return Counter(_key(words[-size:]) for words in self._descriptions for size in _sizes(words))

    @cached_property
    def _beginnings(self) -> Counter[str]:
        return Counter(_key(words[:size]) for words in self._descriptions for size in _sizes(words))

    @cached_property
    def _descriptions(self) -> list[list[str]]:
        """As words, each once: a note that is there twice says nothing of the others."""
        return [text.split() for text in {note.description for note in self._vault.notes if not note.draft}]


def _sizes(words: Sequence[str]) -> range:
    return range(_SHORTEST, min(_LONGEST, len(words) - 1) + 1)


def _key(words: Sequence[str]) -> str:
    return " ".join(words).casefold().rstrip(".")


def _says_more(line: str, note: Note) -> bool:
    """Whether a line tells somebody who has read the title anything."""
    title = {word.text.casefold() for word in split_words(f"{note.title} {note.stem}")}
    said = {word.text.casefold() for word in split_words(line)}
    return len(said - title) > len(said) // 3


def _sentences(note: Note) -> list[str]:
    """The first sentences of the note's lead."""
    layout = read_layout(CleanedText(note.text).text, note.stem)
    lead = layout.part("lead")
    spans = paragraphs(layout.text, lead.body)[:2] if lead is not None else ()
    plain = " ".join(Passage(layout.text, span).text for span in spans)
    return [sentence.of(plain) for sentence in split_sentences(plain)[:3]]


def _shortened(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rpartition(" ")[0].rstrip(",;:") + " …"
