"""What the model answered, as sections: parsed and made plain, not yet checked."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from enrich.check.plain import to_plain
from enrich.vault.candidate import Candidate
from enrich.vault.note_type import NoteType, SectionType

LINK = "{link}"
"""Stands in a sentence where its wikilink goes."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer. Its text is plain; a wikilink is still the word `LINK`."""

    text: str
    quote: str | None = None
    """The words of the source that the writer says it rests on, as answered."""
    link: Candidate | None = None

    @property
    def reading(self) -> str:
        """The sentence as a reader sees it, with the linked note's title in it."""
        return self.text if self.link is None else self.text.replace(LINK, shown(self.link))


@dataclass(frozen=True)
class Section:
    """The sentences of one row of the section table."""

    type: SectionType
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Answer:
    """A whole answer: the head of the note and its sections."""

    title: str
    topics: tuple[str, ...]
    keywords: tuple[str, ...]
    description: Sentence
    sections: tuple[Section, ...]


def parse_answer(answer: Mapping[str, Any], note_type: NoteType, candidates: Sequence[Candidate]) -> Answer:
    """Read an answer that is valid by `enrich.llm.schema`; every text in it is made plain (see `check.plain`).

    Each candidate is linked once: a second sentence that links to it keeps the title as plain words.
    """
    by_id = {candidate.id: candidate for candidate in candidates}
    linked: set[str] = set()
    sections = []
    for section in note_type.written_by_model:
        found = answer[section.key]
        rows = found.get("sentences") or found.get("bullets") or [found]
        sentences = tuple(_once(_sentence(row, by_id), linked) for row in rows)
        sections.append(Section(section, sentences))
    return Answer(
        title=clean_title(answer["title"]),
        topics=_unique(clean_tag(topic) for topic in answer["topics"]),
        keywords=_unique(clean_keyword(keyword) for keyword in answer["keywords"]),
        description=_sentence(answer["description"], {}),
        sections=tuple(sections),
    )


def shown(candidate: Candidate) -> str:
    """The words that a link to ``candidate`` shows: what follows the bar, else the target."""
    return candidate.link.rsplit("|", 1)[-1]


def clean_title(text: str) -> str:
    """Lowercase words of ``[a-z0-9]`` with single spaces; accents are dropped, other marks become spaces."""
    return " ".join(re.findall(r"[a-z0-9]+", _ascii(text)))


def clean_tag(text: str) -> str:
    """``AI policy`` → ``ai-policy``."""
    return "-".join(re.findall(r"[a-z0-9]+", _ascii(text)))


def clean_keyword(text: str) -> str:
    """``GPT-4`` → ``gpt4``."""
    return "".join(re.findall(r"[a-z0-9]+", _ascii(text)))


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D").replace("ß", "ss"))
    return folded.encode("ascii", "ignore").decode().lower().replace("'", "")


def _unique(words: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _sentence(row: Mapping[str, Any], by_id: Mapping[str, Candidate]) -> Sentence:
    quote = row.get("evidence") or None
    link = by_id.get(row.get("link") or "")
    before, mark, after = str(row["text"]).partition(LINK)
    text = f"{_plain(before)} {LINK if mark and link else ''}{_glue(after)}{_plain(after)}"
    text = re.sub(r" +", " ", text).strip()
    if link and not mark:
        text = _append_link(text)
    return Sentence(_tidy(text), quote, link)


def _plain(text: str) -> str:
    return to_plain(text.replace(LINK, " "))


def _glue(after: str) -> str:
    """A space where words follow the link, none where punctuation does."""
    return "" if re.match(r"[.,;:!?)'’]", after) else " "


def _append_link(text: str) -> str:
    """Where an answer names a link but no place for it, the style's own form is used."""
    end = len(text.rstrip(".!? "))
    return f"{text[:end]} (see {LINK}){text[end:].strip() or '.'}"


def _tidy(text: str) -> str:
    """No space before punctuation, capital first."""
    text = re.sub(r" ([.,;:?])", r"\1", text).strip()
    return text if text.startswith(LINK) else text[:1].upper() + text[1:]


def _once(sentence: Sentence, linked: set[str]) -> Sentence:
    if sentence.link is None:
        return sentence
    if sentence.link.path in linked:
        return replace(sentence, text=sentence.reading, link=None)
    linked.add(sentence.link.path)
    return sentence
