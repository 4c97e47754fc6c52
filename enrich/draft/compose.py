"""Compose a note: checked sections and their context become the text of a file in the house style."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from enrich.check.style.active import added_markup
from enrich.check.style.linkage_tree import linkage_tree
from enrich.draft.checked import CheckedAnswer, CheckedSection, CheckedSentence
from enrich.draft.context import DraftContext
from enrich.draft.title import Naming
from enrich.links.tree_related import MOST_RELATED
from enrich.source.source import Source
from enrich.text.mark import mark
from enrich.text.plain import Plain, PlainLabel, protect_dollars
from enrich.text.words import split_words
from enrich.vault.candidate import Candidate
from enrich.vault.link_text import LinkText
from enrich.vault.note_type import NoteType
from enrich.vault.render import render

_BLANK = Plain("word")
_LIKELY = 0.2
"""A candidate's score, which is about the chance that the vault's author would link it."""
_NAMED = 2
"""Words of a candidate's title that the article says as well."""
_IN_ADDRESSES = frozenset("-._~:/?#@!&'*+,;=%")
_ACTIVE_IN_ADDRESSES = re.compile(r"%(?![0-9A-Fa-f]{2})|(?<=:):|(?<==)=|(?<=~)~")
"""An escape that is none, and what makes a field, a highlight or struck words of its neighbour."""
_ENTITY_IN_ADDRESSES = re.compile(r"(&#?\w+);")


@dataclass(frozen=True)
class Note:
    """The text of a draft and what the report says of its parts."""

    title: Plain
    note_id: str
    text: str
    tags: tuple[Plain, ...]
    see_also: tuple[LinkText, ...]
    """The targets of the see-also line."""
    by_convention: bool
    """The see-also targets are concepts with no note behind them, as the journal's habit is."""
    stray: tuple[LinkText, ...] = ()
    """See-also targets that are only the nearest notes of the vault: little says that they belong to the article."""
    intruders: str = ""
    """Active markup that the note would not have with other words in it; such a note may not be written."""
    blank: str = field(default="", repr=False)
    """The same note with a word in place of each text of the answer."""


def compose_note(
    checked: CheckedAnswer, context: DraftContext, note_type: NoteType, note_id: str, naming: Naming | None = None
) -> Note:
    """Fill the type's note template. Only generated links and the generated tree go in as markup.

    The finished text is read again beside the same note with blank words in it, which tells what is not the type's.
    """
    title = Plain((naming or Naming()).choose(checked.title, context, note_type))
    tags = _tags(checked, context, note_type)
    see_also, by_convention = _see_also(checked, context, note_type)
    fixed = _Fixed(tags, tuple(see_also), context, note_type, note_id)
    text = _fill(checked, title, cite(context.source), fixed)
    blank = _fill(_blank(checked), _BLANK, cite(replace(context.source, site="")), fixed)
    topics = _topics(checked, note_type)
    related = {candidate.link for candidate in context.candidates if _is_related(candidate, topics)}
    stray = () if by_convention else tuple(link for link in fixed.see_also if link not in related)
    return Note(title, note_id, text, tags, fixed.see_also, by_convention, stray, added_markup(blank, text), blank)


@dataclass(frozen=True)
class _Fixed:
    """What of a note is no text of a page or a model: names in a checked form."""

    tags: tuple[Plain, ...]
    see_also: tuple[LinkText, ...]
    context: DraftContext
    note_type: NoteType
    note_id: str


def _fill(checked: CheckedAnswer, title: Plain, citation: str, fixed: _Fixed) -> str:
    note_type = fixed.note_type
    related = [sentence.link.link for sentence, _ in checked.links if sentence.link is not None]
    body = {section.type.key: _section(section, citation) for section in checked.sections}
    for section in note_type.sections:
        if section.writer == "human":
            body[section.key] = section.todo
        elif section.writer == "tool":
            body[section.key] = linkage_tree(fixed.tags, related[:MOST_RELATED])
        body.setdefault(section.key, section.todo)
    return render(
        note_type,
        "note.md.j2",
        {
            "title": title,
            "tags": fixed.tags,
            "keywords": checked.keywords,
            "description": "" if checked.description is None else _sentence(checked.description, ""),
            "created": fixed.context.created.isoformat(),
            "note_id": fixed.note_id,
            "see_also": [f"[[{link}]]" for link in fixed.see_also],
            "body": body,
        },
    )


def _blank(checked: CheckedAnswer) -> CheckedAnswer:
    """The answer with a word in place of every text; links and marks stay where they are."""

    def blank(row: CheckedSentence) -> CheckedSentence:
        rest = _BLANK if row.sentence.rest else row.sentence.rest
        return replace(row, sentence=replace(row.sentence, words=_BLANK, rest=rest))

    sections = (replace(part, sentences=tuple(map(blank, part.sentences))) for part in checked.sections)
    keywords = (_BLANK,) * len(checked.keywords)
    description = None if checked.description is None else blank(checked.description)
    return replace(checked, keywords=keywords, description=description, sections=tuple(sections))


def _tags(checked: CheckedAnswer, context: DraftContext, note_type: NoteType) -> tuple[Plain, ...]:
    """``type, topic, topic, year, extra``: the year stands fourth where there are enough topics."""
    year = Plain(str(context.created.year))
    wanted = [Plain(topic) for topic in context.topics] or checked.topics
    topics = [topic for topic in wanted if topic not in (note_type.name, year)]
    topics = topics[: note_type.tag_count[1] - 2]
    return (Plain(note_type.name), *topics[:2], year, *topics[2:])


def _see_also(checked: CheckedAnswer, context: DraftContext, note_type: NoteType) -> tuple[list[LinkText], bool]:
    """The concept pair of the nearest notes, or notes that the prose does not link to; and which of the two it is.

    Notes that are related to the article come first; the type wants so many, so the nearest of the others follow.
    """
    count = note_type.see_also
    if not count:
        return [], False
    pair = (context.concepts or {}).get("")
    if context.see_also != "notes" and pair is not None:
        return list(pair), True
    linked = {sentence.link.path for sentence, _ in checked.links if sentence.link is not None}
    topics = _topics(checked, note_type)
    free = [candidate for candidate in context.candidates if candidate.path not in linked]
    free.sort(key=lambda candidate: not _is_related(candidate, topics))
    return [candidate.link for candidate in free][:count], False


def _topics(checked: CheckedAnswer, note_type: NoteType) -> frozenset[str]:
    return frozenset(topic for topic in checked.topics if topic != note_type.name and not topic.isdigit())


def _is_related(candidate: Candidate, topics: AbstractSet[str]) -> bool:
    """Whether a reader of the note would see why it names a candidate."""
    title = [word.text.casefold() for word in split_words(candidate.title)]
    named = sum(1 for term in candidate.terms if any(word.startswith(term.casefold()) for word in title))
    return candidate.score >= _LIKELY and (named >= _NAMED or not topics.isdisjoint(candidate.tags))


def _section(section: CheckedSection, citation: str) -> str:
    cited = citation if section.type.citation else ""
    sentences = [_sentence(checked, "" if index else cited) for index, checked in enumerate(section.sentences)]
    lines = [f"- {sentence}" for sentence in sentences] if section.type.shape == "bullets" else [" ".join(sentences)]
    # A blank line, or readers would take the todo for the end of the last sentence or bullet.
    written = "\n".join(filter(None, lines))
    return protect_dollars("\n\n".join(filter(None, (written, section.type.todo if section.left else ""))))


def _sentence(checked: CheckedSentence, citation: str) -> str:
    sentence = checked.sentence
    link = "" if sentence.link is None else f"[[{sentence.link.link}]]"
    return _marked(sentence.with_link(link, citation), checked)


def _marked(text: str, checked: CheckedSentence) -> str:
    if checked.check.verdict != "unsupported":
        return text
    return text + mark(checked.check.unsupported or ("no evidence",))


def cite(source: Source) -> str:
    """``([Publisher](https://…))``: the note's only external link, its address made safe for Markdown."""
    return f"([{PlainLabel(source.site) or 'Source'}]({_address(source.url)}))"


def _address(url: str) -> str:
    """``url`` with everything percent-encoded that Markdown, Obsidian or a plugin would act on."""
    url = "".join(char if char.isalnum() or char in _IN_ADDRESSES else quote(char, errors="replace") for char in url)
    url = _ENTITY_IN_ADDRESSES.sub(r"\1%3B", url)
    return _ACTIVE_IN_ADDRESSES.sub(lambda found: f"%{ord(found[0]):02X}", url)
