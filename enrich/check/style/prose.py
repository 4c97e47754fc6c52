"""Rules about the voice: who speaks, how loudly, and how long."""

import re
from collections.abc import Iterator

from enrich.check.style.layout import Part, paragraphs, reading, split_todo
from enrich.check.style.rule import Fault, Rule, Subject, outside, say
from enrich.text.count import counted
from enrich.text.pattern import lazy_pattern
from enrich.text.sentences import split_sentences
from enrich.text.span import Span
from enrich.text.words import count_words
from enrich.vault.section_type import SectionType

# Case tells `us` from `US`, `me` from Windows `ME`; `mine` is a verb of this journal more often than a pronoun.
_FIRST_PERSON = lazy_pattern(r"(?<![\w/.-])(?:I|[Mm]y|me|[Ww]e|us|[Oo]urs?|[Mm]yself|[Oo]urselves)(?![\w/-])")
_EXCLAMATION = lazy_pattern(r"(?<![<\[])!(?!\[)")
"""Not the one of an image, a callout or a comment."""
_QUOTED = lazy_pattern(r"\"[^\"\n]*\"|“[^”\n]{0,2000}”")


def first_person(text: str) -> tuple[str, ...]:
    """The words of ``text`` in which its writer speaks of himself, outside of quotation marks; each once."""
    return tuple(dict.fromkeys(_FIRST_PERSON.findall(_QUOTED.sub(" ", text))))


def first_person_singular(text: str) -> tuple[str, ...]:
    """Like `first_person`, without the `we` that means everybody."""
    return tuple(word for word in first_person(text) if word.lower() in {"i", "my", "me", "myself"})


def own_words(subject: Subject) -> Iterator[Fault]:
    """S8."""
    description = subject.layout.values.get("description")
    if isinstance(description, str) and (words := first_person(description)):
        span = subject.layout.fields.get("description")
        yield Fault("front matter", f"the description speaks in the first person ({', '.join(words)})", span)
    for section, part in written_parts(subject):
        if section.writer == "model" and not section.first_person:
            words = first_person(reading(part.body.of(subject.text)))
            if words:
                yield Fault(part.name, f"{part.name} speaks in the first person ({', '.join(words)})", part.body)


def verdict(subject: Subject) -> Iterator[Fault]:
    """S7."""
    for section, part in written_parts(subject):
        text = reading(part.body.of(subject.text))
        if section.writer != "human" or not text or text == section.todo:
            continue
        if outside(sentences := len(split_sentences(text)), section.items):
            yield Fault(
                part.name,
                f"{part.name} has {counted(sentences, 'sentence')}; {say(section.items)} are usual",
                part.body,
            )
        if outside(words := count_words(text), section.words):
            yield Fault(
                part.name, f"{part.name} has {counted(words, 'word')}; {say(section.words)} are usual", part.body
            )


def length(subject: Subject) -> Iterator[Fault]:
    """S9."""
    limits = subject.note_type.prose_words
    parts = [split_todo(subject.text, part, section) for section, part in written_parts(subject)]
    if any(todo for _, todo in parts):
        # The human's words are still to come: only too many can be told now.
        limits = (0, limits[1])
    words = sum(count_words(reading(written.of(subject.text))) for written, _ in parts)
    if outside(words, limits):
        yield Fault(
            "note",
            f"all sections together have {counted(words, 'word')}; {say(subject.note_type.prose_words)} are usual",
        )


def loud_words(subject: Subject) -> Iterator[Fault]:
    """S10."""
    text, start = subject.text, subject.layout.body_start
    never = "|".join(map(re.escape, subject.note_type.prose_never)) or r"(?!)"
    loud = re.compile(rf"(?<![\w-])(?:{never})(?![\w-])", re.IGNORECASE)
    for span in paragraphs(text, Span(start, len(text))):
        spoken = _QUOTED.sub(lambda match: " " * len(match[0]), span.of(text))
        for found in loud.finditer(spoken):
            at = Span(span.start + found.start(), span.start + found.end())
            yield Fault("note", f"{found[0]!r} is a marketing word: say what it does", at)
        for found in _EXCLAMATION.finditer(spoken):
            at = Span(span.start + found.start(), span.start + found.end())
            yield Fault("note", "an exclamation mark: the facts speak for themselves", at)


def written_parts(subject: Subject) -> Iterator[tuple[SectionType, Part]]:
    """Each section of prose that the note has, with its row of the type's table."""
    for section in subject.note_type.sections:
        part = subject.layout.part(section.heading or "lead")
        if part is not None and section.shape != "tree":
            yield section, part


RULES = (
    Rule("S7", "the human's section, once written, is short", verdict, of_shape=True),
    Rule("S8", "the third person everywhere but in the human's section", own_words, of_shape=True),
    Rule("S9", "the prose has the type's usual length", length, of_shape=True),
    Rule("S10", "no marketing words and no exclamation marks", loud_words),
)
